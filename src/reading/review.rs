//! Looking back: every deadline of an incident and whether it was met, where
//! everything stands in one piece, and who had been told what at a moment.

use super::{Ledger, ReadError, Reading, RunView, StepState, ToldAt};
use crate::{
    domain::{
        account::Viewer,
        assessment::Assessment,
        duty::Addressee,
        event::{Body, Event},
        id::{IncidentId, Seq},
        incident::Incident,
        notice::Notice,
        report::Gap,
        state::StateCode,
    },
    playbook::Text,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a deadline is about.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Matter {
    /// An addressee is to acknowledge receipt.
    Acknowledgement {
        /// Who.
        of: Addressee,
    },
    /// A report is to be confirmed, or not.
    Verification,
    /// A second person is to decide on a proposal.
    SecondPerson {
        /// Which proposal of the incident, from 1.
        number: u32,
    },
    /// An item of the report is to be filled.
    Gap {
        /// What is missing or doubtful.
        gap: Gap,
    },
    /// A step of a playbook is to be done.
    Step {
        /// Its number on the checklist.
        number: String,
        /// What is to be done.
        title: Text,
    },
}

impl Matter {
    /// What it is about, as written.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Acknowledgement { .. } => "acknowledgement",
            Self::Verification => "verification",
            Self::SecondPerson { .. } => "second_person",
            Self::Gap { .. } => "gap",
            Self::Step { .. } => "step",
        }
    }
}

/// Whether a deadline was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In time.
    Met,
    /// Done, but late.
    Late,
    /// Its time has passed, and it is not done.
    Missed,
    /// There is still time.
    Open,
}

impl Standing {
    /// As written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Late => "late",
            Self::Missed => "missed",
            Self::Open => "open",
        }
    }
}

/// Kinds of entries of a timeline, as somebody who looks back sorts them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strand {
    /// What is known of the occurrence.
    Facts,
    /// What was decided on the case.
    Decisions,
    /// Who is in reach.
    Reach,
    /// Who is told, or cannot be.
    Notices,
    /// How messages fared.
    Sending,
    /// What those who were told answered.
    Answers,
    /// What was done by playbooks.
    Work,
    /// Notes, liability, erasures.
    Notes,
}

impl Strand {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Facts,
        Self::Decisions,
        Self::Reach,
        Self::Notices,
        Self::Sending,
        Self::Answers,
        Self::Work,
        Self::Notes,
    ];

    /// The kind as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Decisions => "decisions",
            Self::Reach => "reach",
            Self::Notices => "notices",
            Self::Sending => "sending",
            Self::Answers => "answers",
            Self::Work => "work",
            Self::Notes => "notes",
        }
    }

    /// The kind an entry is of.
    pub fn of(body: &Body) -> Self {
        match body {
            Body::ReportReceived { .. }
            | Body::FactsChanged { .. }
            | Body::TypeChanged { .. }
            | Body::SignificanceChanged { .. } => Self::Facts,
            Body::IncidentOpened { .. }
            | Body::VerificationRequested { .. }
            | Body::VerificationDecided { .. }
            | Body::VerificationOverdue
            | Body::StateChanged { .. }
            | Body::LeftOpen { .. }
            | Body::ChangeProposed { .. }
            | Body::ProposalDecided { .. }
            | Body::AddresseesNamed { .. }
            | Body::SharingChanged { .. }
            | Body::Absorbed { .. }
            | Body::MergedInto { .. } => Self::Decisions,
            Body::Assessed { .. } | Body::ArrivalPossible { .. } => Self::Reach,
            Body::DutyIdentified { .. }
            | Body::ClearingHouseInformed { .. }
            | Body::NoticeIssued { .. }
            | Body::AddresseeUnreachable { .. }
            | Body::AddresseeSilent { .. }
            | Body::EscalatedToInstance { .. } => Self::Notices,
            Body::MessageSending { .. }
            | Body::MessageSent { .. }
            | Body::MessageDelivered { .. }
            | Body::MessageRead { .. }
            | Body::MessageFailed { .. }
            | Body::CallRecorded { .. } => Self::Sending,
            Body::NoticeAcknowledged { .. }
            | Body::ConsultationOpened { .. }
            | Body::ConsultationSaid { .. }
            | Body::MeasuresAgreed { .. }
            | Body::ConsultationClosed { .. }
            | Body::ResponseRecorded { .. }
            | Body::StateAssessed { .. } => Self::Answers,
            Body::PlaybookChosen { .. }
            | Body::RunStarted { .. }
            | Body::DeedRecorded { .. }
            | Body::StepOverdue(_)
            | Body::PlaybookAdopted { .. }
            | Body::RunEnded { .. } => Self::Work,
            Body::LiabilityRecorded { .. }
            | Body::NoteAdded { .. }
            | Body::WordsErased { .. }
            | Body::Erased { .. } => Self::Notes,
        }
    }
}

/// One deadline of an incident.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Deadline {
    /// What is to happen.
    #[serde(flatten)]
    pub matter: Matter,
    /// By when.
    pub due: Timestamp,
    /// When it happened.
    pub met: Option<Timestamp>,
    /// Whether it was met.
    pub standing: Standing,
    /// Seconds left when it was met, or now; negative when late.
    pub spare_seconds: i64,
}

impl Deadline {
    fn new(matter: Matter, due: Timestamp, met: Option<Timestamp>, now: Timestamp) -> Self {
        let standing = match met {
            Some(met) if met <= due => Standing::Met,
            Some(_) => Standing::Late,
            None if now > due => Standing::Missed,
            None => Standing::Open,
        };
        let spare_seconds = due.duration_since(met.unwrap_or(now)).as_secs();
        Self { matter, due, met, standing, spare_seconds }
    }

    /// How long before the deadline it was met, or is now; negative when late.
    pub fn spare(&self) -> SignedDuration {
        SignedDuration::from_secs(self.spare_seconds)
    }

    /// Whether somebody has to decide, rather than to answer or to do.
    pub fn is_decision(&self) -> bool {
        matches!(self.matter, Matter::Verification | Matter::SecondPerson { .. })
    }
}

/// An incident in one piece, as a viewer may see it.
#[derive(Clone, PartialEq, Debug)]
pub struct Situation {
    /// The incident.
    pub incident: Incident,
    /// What is owed to whom, and how much of Article 17.3 is known.
    pub ledger: Ledger,
    /// What is said of Article 17.3, as it stands now.
    pub said: Option<Notice>,
    /// The newest assessment.
    pub assessment: Option<Assessment>,
    /// The runs of playbooks.
    pub runs: Vec<RunView>,
    /// Every deadline, the earliest first.
    pub deadlines: Vec<Deadline>,
    /// The timeline, in the order recorded.
    pub events: Vec<Event>,
    /// The newest place in the log.
    pub head: Seq,
    /// The id of the log.
    pub log: String,
}

impl Situation {
    /// The decision that falls due next.
    pub fn next_decision(&self) -> Option<&Deadline> {
        self.deadlines.iter().find(|deadline| deadline.met.is_none() && deadline.is_decision())
    }
}

impl Reading {
    /// An incident in one piece.
    pub fn situation(&self, viewer: &Viewer, id: IncidentId) -> Result<Situation, ReadError> {
        let incident = self.incident(viewer, id)?;
        let events = self.whole_timeline(viewer, id)?;
        let assessment = events.iter().rev().find_map(|event| match &event.body {
            Body::Assessed { assessment, .. } => Some((**assessment).clone()),
            _ => None,
        });
        let runs: Result<Vec<RunView>, ReadError> = incident
            .runs
            .iter()
            .map(|run| self.run_view(viewer, &incident, assessment.as_ref(), run))
            .collect();
        let runs = runs?;
        Ok(Situation {
            ledger: self.ledger_of(viewer, &incident, &events)?,
            said: super::ledger::said(&events),
            deadlines: deadlines(&incident, &events, &runs, self.clock.now()),
            head: self.store.head()?,
            log: self.store.log_id()?,
            incident,
            assessment,
            runs,
            events,
        })
    }

    /// What everybody had been told at a moment, by whoever was told first.
    pub fn told_to_all(
        &self,
        viewer: &Viewer,
        id: IncidentId,
        at: Timestamp,
    ) -> Result<Vec<ToldAt>, ReadError> {
        self.incident(viewer, id)?;
        let timeline = self.whole_timeline(viewer, id)?;
        let mut seen = BTreeSet::new();
        let receivers = timeline.iter().filter(|event| event.occurred <= at);
        let receivers = receivers.filter(|event| event.body.messages().next().is_some());
        let receivers = receivers.filter_map(|event| super::ledger::receiver(&event.body));
        let receivers: Vec<Addressee> = receivers.filter(|of| seen.insert(of.clone())).collect();
        receivers.iter().map(|of| self.told_in(viewer, &timeline, of, at)).collect()
    }

    /// The zone of a State's clocks, where one offset holds in the whole of it.
    pub fn zone_of(&self, state: StateCode) -> Option<TimeZone> {
        TimeZone::get(crate::geo::zone_of(state)?).ok()
    }
}

/// Every deadline there was, the earliest first. A deadline that a newer one
/// has taken the place of (a reminder's, a longer time to verify) counts by the
/// first; what had time left when the incident ended is not asked any more.
fn deadlines(incident: &Incident, timeline: &[Event], runs: &[RunView], now: Timestamp) -> Vec<Deadline> {
    let mut found = Vec::new();
    let mut awaited: BTreeMap<&Addressee, Timestamp> = BTreeMap::new();
    let mut verification = None;
    let mut proposals: BTreeMap<u32, Timestamp> = BTreeMap::new();
    let mut gaps: Vec<Gap> = Vec::new();
    for event in timeline {
        match &event.body {
            Body::NoticeIssued { addressee, acknowledge_by: Some(due), .. } => {
                awaited.entry(addressee).or_insert(*due);
            }
            Body::NoticeAcknowledged { addressee, .. } => {
                if let Some(due) = awaited.remove(addressee) {
                    let matter = Matter::Acknowledgement { of: addressee.clone() };
                    found.push(Deadline::new(matter, due, Some(event.occurred), now));
                }
            }
            Body::VerificationRequested { due, .. } => verification = Some(*due),
            Body::VerificationDecided { due: next, .. } => {
                if let Some(due) = verification {
                    found.push(Deadline::new(Matter::Verification, due, Some(event.occurred), now));
                }
                verification = *next;
            }
            Body::ChangeProposed { number, due, .. } => {
                proposals.insert(*number, *due);
            }
            Body::ProposalDecided { number, .. } => {
                if let Some(due) = proposals.remove(number) {
                    // Without a person, its time has run out.
                    let met = event.actor.map(|_| event.occurred);
                    found.push(Deadline::new(Matter::SecondPerson { number: *number }, due, met, now));
                }
            }
            Body::ReportReceived { gaps: open, .. } | Body::FactsChanged { gaps: open, .. } => {
                let is_filled = |gap: &Gap| open.iter().all(|other| other.field != gap.field);
                for gap in gaps.iter().filter(|gap| is_filled(gap)) {
                    let Some(due) = gap.due else { continue };
                    found.push(Deadline::new(
                        Matter::Gap { gap: gap.clone() },
                        due,
                        Some(event.occurred),
                        now,
                    ));
                }
                gaps.clone_from(open);
            }
            _ => {}
        }
    }
    let mut open = Vec::new();
    open.extend(awaited.into_iter().map(|(of, due)| (Matter::Acknowledgement { of: of.clone() }, due)));
    open.extend(verification.map(|due| (Matter::Verification, due)));
    open.extend(proposals.into_iter().map(|(number, due)| (Matter::SecondPerson { number }, due)));
    open.extend(gaps.into_iter().filter_map(|gap| gap.due.map(|due| (Matter::Gap { gap }, due))));
    for (run, step) in runs.iter().flat_map(|run| run.steps.iter().map(move |step| (run, step))) {
        let Some(due) = step.due else { continue };
        let matter = Matter::Step { number: step.number.clone(), title: step.title.clone() };
        match (&step.state, &step.done) {
            (StepState::Skipped { .. } | StepState::Hidden { .. }, _) => {}
            (_, Some(done)) => found.push(Deadline::new(matter, due, Some(done.at), now)),
            (_, None) if run.run.ended.is_none() => open.push((matter, due)),
            (_, None) => {}
        }
    }
    let ended =
        timeline.iter().rev().filter(|_| incident.state.has_ended()).find(|event| match &event.body {
            Body::StateChanged { to: state, .. } | Body::VerificationDecided { state, .. } => {
                state.has_ended()
            }
            Body::MergedInto { .. } => true,
            _ => false,
        });
    let ended = ended.map(|event| event.occurred);
    let open = open.into_iter().filter(|(_, due)| ended.is_none_or(|ended| *due < ended));
    found.extend(open.map(|(matter, due)| Deadline::new(matter, due, None, now)));
    found.sort_by_key(|deadline| deadline.due);
    found
}
