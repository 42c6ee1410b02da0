//! The case a report opens.
//!
//! ```text
//!                    ┌────────────── withdrawn
//!                    │                   ▲
//!   under_verification ──▶ open ─────────┘      (contained, monitoring,
//!                                                closed, merged: see the
//!                                                table `may_become`)
//! ```
//!
//! Commands are decided on ([`super::decision`]); events are applied here.
//! Applying never fails and has no side effects, so an incident can always be
//! rebuilt from its events.

use super::{
    duty::{Addressee, Duty},
    event::{Body, ChosenPlaybook, Event, Proposed},
    id::{AccountId, IncidentId, MessageId, Reference, ReportId, Seq},
    notice::NoticeKind,
    report::Gap,
    run::{self, Run},
    state::{StateCode, StateSet},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Whether it is real. Nothing links or merges across modes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It happened.
    Actual,
    /// A drill.
    Exercise,
    /// A test of the line.
    Test,
}

impl Mode {
    /// How references of this mode begin. Each mode counts for itself.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Actual => "OX",
            Self::Exercise => "EX",
            Self::Test => "TX",
        }
    }

    /// The mode as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Exercise => "exercise",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether significant adverse effects are likely (Art. 17.1), and who says so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Significance {
    /// The answer.
    pub value: Likelihood,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The risk assessment referred to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_assessment: Option<String>,
}

/// Likely or not; unknown counts as likely and sorts above it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Unlikely.
    Unlikely,
    /// Likely.
    Likely,
    /// Not known: counts as likely.
    #[default]
    Unknown,
}

/// What kind of case it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentType {
    /// Unintentional transboundary movement (Art. 17).
    Unintentional,
    /// Illegal transboundary movement (Art. 25).
    Illegal,
    /// No movement across a border is to be expected.
    Domestic,
    /// Not yet classified: handled like `unintentional`.
    Unclassified,
}

impl IncidentType {
    /// The type as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unintentional => "unintentional",
            Self::Illegal => "illegal",
            Self::Domestic => "domestic",
            Self::Unclassified => "unclassified",
        }
    }
}

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentState {
    /// Reported by somebody else than the State of release, and not yet confirmed.
    UnderVerification,
    /// The duty of Article 17 runs.
    Open,
    /// No further release.
    Contained,
    /// Watched.
    Monitoring,
    /// Ended with a reason.
    Closed,
    /// Reported in error.
    Withdrawn,
    /// Continued in another incident.
    Merged,
}

impl IncidentState {
    /// The table of transitions.
    pub fn may_become(self, next: Self) -> bool {
        use IncidentState as S;
        let allowed: &[Self] = match self {
            S::UnderVerification => &[S::Open, S::Withdrawn, S::Merged],
            S::Open => &[S::Contained, S::Monitoring, S::Closed, S::Withdrawn, S::Merged],
            S::Contained => &[S::Open, S::Monitoring, S::Closed, S::Withdrawn, S::Merged],
            S::Monitoring => &[S::Open, S::Contained, S::Closed, S::Withdrawn, S::Merged],
            S::Closed | S::Withdrawn => &[S::Open],
            S::Merged => &[],
        };
        allowed.contains(&next)
    }

    /// Every state a case can be in.
    pub const ALL: [Self; 7] = [
        Self::UnderVerification,
        Self::Open,
        Self::Contained,
        Self::Monitoring,
        Self::Closed,
        Self::Withdrawn,
        Self::Merged,
    ];

    /// Whether nothing falls due any more.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn | Self::Merged)
    }

    /// The state as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnderVerification => "under_verification",
            Self::Open => "open",
            Self::Contained => "contained",
            Self::Monitoring => "monitoring",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
        }
    }
}

/// An incident as its events have made it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// How many events have changed it: the version a decision is based on.
    pub version: u64,
    /// How many events have changed what people edit: facts, state, type,
    /// significance. Answers of addressees do not count. This is the `ETag`.
    #[serde(default)]
    pub revision: u64,
    /// The newest event that changed it.
    pub head: Seq,
    /// What people call it.
    pub reference: Option<Reference>,
    /// Whether it is real.
    pub mode: Mode,
    /// What kind of case it is.
    pub incident_type: IncidentType,
    /// Where it stands.
    pub state: IncidentState,
    /// The State under whose jurisdiction it happened.
    pub state_of_release: Option<StateCode>,
    /// The organism in one line.
    pub organism: Option<String>,
    /// The organism group.
    pub group: String,
    /// The place in one line.
    pub place: Option<String>,
    /// Whether significant adverse effects are likely.
    pub significance: Significance,
    /// When it was opened here.
    #[schema(value_type = String, format = DateTime)]
    pub opened: Timestamp,
    /// Since when the State of release has known.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub aware: Option<Timestamp>,
    /// The report that opened it, and its place in the log.
    pub report: Option<ReportRef>,
    /// Where in the log the report as it stands now is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Seq>,
    /// What is missing or doubtful.
    pub gaps: Vec<Gap>,
    /// What awaits, or was given, a second person's decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
    /// The incident it goes on in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Other>,
    /// Incidents that go on in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbed: Vec<Other>,
    /// Whether the States told see which others were told.
    #[serde(default = "yes")]
    pub told_see_each_other: bool,
    /// Whether it only tests the line: its notices say that nothing has happened.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reachability: bool,
    /// Where in the log the newest assessment stands.
    pub assessed: Option<Seq>,
    /// Playbooks chosen, by role.
    pub playbooks: Vec<RolePlaybooks>,
    /// Playbooks that States work through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Run>,
    /// What is owed to whom.
    pub duties: Vec<Duty>,
    /// The message that asks the State where it happened, and whether it has
    /// arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationMessage>,
    /// By when a report under verification must be decided on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub verify_by: Option<Timestamp>,
    /// Whether that time has passed without a decision.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
    /// The States that take part: the State of release and every State told.
    pub states: StateSet,
}

fn yes() -> bool {
    true
}

/// A change that needs a second person, and what became of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// Its number in this incident, from 1.
    pub number: u32,
    /// What is proposed.
    #[serde(flatten)]
    pub change: Proposed,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<AccountId>,
    /// By when it must be decided.
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
    /// Whether it holds; absent while it is open.
    pub approved: Option<bool>,
    /// What the second person said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// Another incident of the same occurrence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Other {
    /// Its id.
    pub incident: IncidentId,
    /// What people call it.
    pub reference: Option<Reference>,
}

/// The message that asks the State where it happened to verify a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct VerificationMessage {
    /// Its id.
    pub id: MessageId,
    /// Whether it has arrived.
    pub delivered: bool,
}

/// The report that opened an incident.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReportRef {
    /// Its id.
    pub id: ReportId,
    /// Its place in the log.
    pub seq: Seq,
    /// Who reported.
    pub reporter: Option<AccountId>,
}

/// The playbooks chosen for one role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RolePlaybooks {
    /// `state_of_release` or `affected_state`.
    pub role: String,
    /// In order.
    pub playbooks: Vec<ChosenPlaybook>,
}

/// The version of the fold below. Raised when what it computes changes, so
/// that stored projections are rebuilt.
pub const FOLD: u32 = 3;

impl Incident {
    /// The incident as its first event finds it.
    pub fn before(first: &Event) -> Self {
        Self {
            id: first.incident,
            version: 0,
            revision: 0,
            head: Seq(0),
            reference: None,
            mode: first.mode,
            incident_type: IncidentType::Unclassified,
            state: IncidentState::UnderVerification,
            state_of_release: None,
            organism: None,
            group: "unknown".to_owned(),
            place: None,
            significance: Significance::default(),
            opened: first.recorded,
            aware: None,
            report: None,
            facts: None,
            gaps: Vec::new(),
            proposals: Vec::new(),
            merged_into: None,
            absorbed: Vec::new(),
            told_see_each_other: true,
            reachability: false,
            assessed: None,
            playbooks: Vec::new(),
            runs: Vec::new(),
            duties: Vec::new(),
            verification: None,
            verify_by: None,
            overdue: false,
            states: StateSet::default(),
        }
    }

    /// Follows one event. Cannot fail and has no side effects.
    pub fn apply(&mut self, event: &Event) {
        if event.body.is_progress() {
            return;
        }
        self.version += 1;
        self.head = event.seq;
        self.revision += u64::from(event.body.is_edit());
        run::apply(&mut self.runs, event);
        match &event.body {
            Body::ReportReceived { report, gaps, .. } => {
                self.report = Some(ReportRef { id: *report, seq: event.seq, reporter: event.actor });
                self.facts = Some(event.seq);
                self.gaps.clone_from(gaps);
            }
            Body::IncidentOpened {
                reference,
                state,
                incident_type,
                state_of_release,
                organism,
                group,
                place,
                significance,
                aware,
            } => {
                self.reference.clone_from(reference);
                self.state = *state;
                self.incident_type = *incident_type;
                self.state_of_release = *state_of_release;
                self.organism.clone_from(organism);
                self.group.clone_from(group);
                self.place.clone_from(place);
                self.significance = significance.clone();
                self.aware = *aware;
                self.states.extend(*state_of_release);
            }
            Body::Assessed { .. } => self.assessed = Some(event.seq),
            Body::PlaybookChosen { audience_role, playbooks } => {
                self.playbooks.retain(|chosen| chosen.role != *audience_role);
                self.playbooks
                    .push(RolePlaybooks { role: audience_role.clone(), playbooks: playbooks.clone() });
            }
            Body::VerificationRequested { due, message, .. } => {
                self.verify_by = Some(*due);
                self.verification =
                    message.as_ref().map(|plan| VerificationMessage { id: plan.id, delivered: false });
            }
            Body::VerificationDecided { state, due, returned, .. } => {
                self.state = *state;
                self.verify_by = *due;
                self.overdue &= *returned;
            }
            Body::FactsChanged { content, gaps, .. } => {
                self.facts = Some(event.seq);
                self.gaps.clone_from(gaps);
                self.organism = content.organism.label();
                self.place.clone_from(&content.place.description);
            }
            Body::StateChanged { to, .. } => {
                self.state = *to;
                self.verify_by = None;
            }
            Body::TypeChanged { to, .. } => self.incident_type = *to,
            Body::SignificanceChanged { significance } => self.significance = significance.clone(),
            Body::ChangeProposed { number, change, reason, due } => self.proposals.push(Proposal {
                number: *number,
                change: change.clone(),
                reason: reason.clone(),
                by: event.actor,
                due: *due,
                approved: None,
                answer: None,
            }),
            Body::ProposalDecided { number, approved, reason } => {
                for proposal in self.proposals.iter_mut().filter(|p| p.number == *number) {
                    proposal.approved = Some(*approved);
                    proposal.answer = Some(reason.clone());
                }
            }
            Body::SharingChanged { told_see_each_other, .. } => {
                self.told_see_each_other = *told_see_each_other;
            }
            Body::Absorbed { absorbed, reference, .. } => {
                self.absorbed.push(Other { incident: *absorbed, reference: reference.clone() });
            }
            Body::MergedInto { into, reference, .. } => {
                self.state = IncidentState::Merged;
                self.merged_into = Some(Other { incident: *into, reference: reference.clone() });
            }
            Body::VerificationOverdue => self.overdue = true,
            body => self.apply_to_duty(body, event),
        }
    }

    /// Follows an event about one addressee.
    fn apply_to_duty(&mut self, body: &Body, event: &Event) {
        if body.addressee() == Some(&Addressee::Instance) {
            return;
        }
        match body {
            Body::EscalatedToInstance { about: Some(addressee), .. } if self.duty(addressee).is_some() => {
                self.duty_toward(addressee).apply(event);
            }
            Body::ClearingHouseInformed { .. } => self.duty_toward(&Addressee::Bch).apply(event),
            Body::DutyIdentified { addressee, notice } | Body::NoticeIssued { addressee, notice, .. } => {
                self.reachability |= notice.kind == NoticeKind::Reachability;
                self.states.extend(addressee.state());
                self.duty_toward(addressee).apply(event);
            }
            Body::AddresseeUnreachable { addressee, .. } => {
                self.states.extend(addressee.state());
                self.duty_toward(addressee).apply(event);
            }
            Body::MessageDelivered { message, .. } | Body::MessageRead { message, .. }
                if self.verification.is_some_and(|asked| asked.id == *message) =>
            {
                self.verification = Some(VerificationMessage { id: *message, delivered: true });
            }
            Body::MessageDelivered { addressee, .. }
            | Body::MessageRead { addressee, .. }
            | Body::CallRecorded { addressee, .. }
            | Body::NoticeAcknowledged { addressee, .. }
            | Body::AddresseeSilent { addressee }
            | Body::ConsultationOpened { addressee }
            | Body::ConsultationSaid { addressee, .. }
            | Body::MeasuresAgreed { addressee, .. }
            | Body::ConsultationClosed { addressee }
            | Body::ResponseRecorded { addressee, .. }
            | Body::StateAssessed { addressee, .. }
            | Body::ArrivalPossible { addressee } => self.duty_toward(addressee).apply(event),
            _ => {}
        }
    }

    fn duty_toward(&mut self, addressee: &Addressee) -> &mut Duty {
        let index = self.duties.iter().position(|d| d.addressee == *addressee).unwrap_or_else(|| {
            self.duties.push(Duty::toward(addressee.clone()));
            self.duties.len() - 1
        });
        &mut self.duties[index]
    }

    /// Whether first notices go out in it as it stands: it is confirmed, has
    /// not ended, is expected to cross a border, and its effects are not said
    /// to be insignificant, nor is that being decided just now.
    pub fn tells(&self) -> bool {
        !self.state.has_ended()
            && self.state != IncidentState::UnderVerification
            && self.incident_type != IncidentType::Domestic
            && self.significance.value != Likelihood::Unlikely
            && !self.is_held()
    }

    /// Whether nobody has been told yet because a second person is to decide
    /// whether effects are significant.
    pub fn is_held(&self) -> bool {
        let awaited = self
            .proposals
            .iter()
            .any(|p| p.approved.is_none() && matches!(p.change, Proposed::Significance { .. }));
        awaited && !self.duties.iter().any(Duty::was_told)
    }

    /// The duty toward `addressee`, if there is one.
    pub fn duty(&self, addressee: &Addressee) -> Option<&Duty> {
        self.duties.iter().find(|d| d.addressee == *addressee)
    }
}
