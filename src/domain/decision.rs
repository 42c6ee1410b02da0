//! What follows from a command: events, messages and timers, decided on from
//! the incident as it stands. May refuse; changes nothing.

use super::{
    account::{Role, Viewer},
    assessment::Assessment,
    audience::Audience,
    contact::{ChannelKind, ContactPoint, Hop, HopOutcome, follow_chain},
    duty::Addressee,
    event::{Body, ChosenPlaybook, MessagePlan, NewEvent},
    id::{ContactId, IncidentId, MessageId, ReportId},
    incident::{Incident, IncidentState, IncidentType, Mode},
    moment::Moment,
    notice::{Notice, NoticeKind},
    report::Report,
    state::{StateCode, StateSet},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// By when must things be answered? No figure in hours stands in Article 17
/// ("as soon as", "immediately"): these are choices of the instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EscalationPolicy {
    /// How long may an acknowledgement take before the next contact point is told?
    pub acknowledge_within: SignedDuration,
    /// How long may the State where it happened take to verify a report?
    pub verify_within: SignedDuration,
}

impl Default for EscalationPolicy {
    fn default() -> Self {
        Self {
            acknowledge_within: SignedDuration::from_hours(1),
            verify_within: SignedDuration::from_hours(24),
        }
    }
}

/// What has to happen when a timer is due. A row, decided on again on the day.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Timer {
    /// An acknowledgement of an addressee is awaited.
    Acknowledgement {
        /// Whose.
        addressee: Addressee,
    },
    /// A decision on a report under verification is awaited.
    Verification,
    /// Layers of the map have changed: who is in reach is worked out anew.
    Reassessment,
}

/// A timer and when it is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimerAt {
    /// What then.
    pub timer: Timer,
    /// When.
    pub due: Timestamp,
}

/// A message to be kept in the outbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// To whom.
    pub addressee: Addressee,
    /// To which contact point.
    pub contact: ContactId,
    /// By which channel.
    pub channel: ChannelKind,
    /// The bytes sent, now and at every retry.
    pub bytes: Vec<u8>,
}

/// What a decision was based on, and so what must not have changed when it is
/// committed. A receipt or an acknowledgement concerns one duty only: a hundred
/// States may send theirs at once without getting into each other's way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Basis {
    /// The incident as of this version; 0 for a new one.
    Incident(u64),
    /// The duty toward this addressee as of this version of it.
    Duty(Addressee, u64),
}

impl Basis {
    /// Whether it still holds for the incident as it stands.
    pub fn holds(&self, incident: Option<&Incident>) -> bool {
        match self {
            Self::Incident(version) => incident.map_or(0, |i| i.version) == *version,
            Self::Duty(addressee, version) => {
                incident.and_then(|i| i.duty(addressee)).is_some_and(|duty| duty.version == *version)
            }
        }
    }
}

/// Everything that follows from one command, to be committed together.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    /// Which incident.
    pub incident: IncidentId,
    /// Whether it is real.
    pub mode: Mode,
    /// What it was decided on; a commit on anything else is refused.
    pub basis: Basis,
    /// What happened.
    pub events: Vec<NewEvent>,
    /// What goes out.
    pub messages: Vec<NewMessage>,
    /// What has to happen later; a timer of the same kind is replaced.
    pub timers: Vec<TimerAt>,
    /// What no longer has to happen.
    pub cleared: Vec<Timer>,
}

/// What the desk knows beside the incident when it decides.
pub struct Facts<'a> {
    /// The present moment.
    pub now: Timestamp,
    /// Who is who, for every State.
    pub contacts: &'a [ContactPoint],
    /// The channels this instance can serve.
    pub served: &'a [ChannelKind],
    /// The members of the European Union, which is told when one of them is.
    pub eu_members: &'a StateSet,
    /// How long answers may take.
    pub policy: EscalationPolicy,
    /// Fresh message ids, as many as asked for.
    pub message_id: &'a dyn Fn() -> MessageId,
}

/// A report with all that was worked out about it.
pub struct Submission<'a> {
    /// The incident to be opened.
    pub incident: IncidentId,
    /// The report's id.
    pub id: ReportId,
    /// The report.
    pub report: &'a Report,
    /// Who reports.
    pub reporter: &'a Viewer,
    /// Who is in reach.
    pub assessment: &'a Assessment,
    /// The playbooks of the State of release.
    pub release_playbooks: Vec<ChosenPlaybook>,
    /// The playbooks of the States told.
    pub receipt_playbooks: Vec<ChosenPlaybook>,
}

/// What the State where it happened, or the instance, says of a report under
/// verification.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is true: the duty of Article 17 begins.
    Open,
    /// More time is needed.
    Extend,
    /// It is not true.
    Withdraw,
}

/// Why a command cannot be followed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// Nothing is owed to this addressee here.
    #[error("nothing is owed to {0} in this incident")]
    NotAnAddressee(Addressee),
    /// No notice has been issued to it yet.
    #[error("no notice has been issued to {0} yet")]
    NotNotified(Addressee),
    /// The message is not one of this incident's to this addressee.
    #[error("the message does not belong to this addressee")]
    ForeignMessage,
    /// The incident is not under verification.
    #[error("the incident is not under verification; it is {}", .0.as_str())]
    NotUnderVerification(IncidentState),
    /// The text is not the id of a record in the Clearing-House.
    #[error("“{0}” is not a record of the Clearing-House: it looks like BCH-DEC-CH-123456-1")]
    NotARecord(String),
    /// A decision needs a reason.
    #[error("a decision on a report needs a reason")]
    ReasonMissing,
}

/// A report arrives. The State of release's own authorities make it that
/// Party's knowledge, and notices go out at once (17.1); anyone else's opens
/// the incident under verification and asks the State where it happened.
pub fn submit(submission: Submission<'_>, facts: &Facts<'_>) -> Decision {
    let Submission { incident, id, report, reporter, assessment, release_playbooks, receipt_playbooks } =
        submission;
    let origin = state_of_release(report, assessment);
    let own_knowledge = origin.is_some()
        && reporter.state() == origin
        && matches!(
            reporter,
            Viewer::Account { role: Role::ContactPoint | Role::CompetentAuthority | Role::DutyOfficer, .. }
        );
    let mut decision = Decision {
        incident,
        mode: report.mode,
        basis: Basis::Incident(0),
        events: Vec::new(),
        messages: Vec::new(),
        timers: Vec::new(),
        cleared: Vec::new(),
    };
    let home: StateSet = assessment.origin.iter().map(|f| f.iso2).chain(origin).collect();
    let told = to_be_told(assessment, origin, facts);
    let concerned: StateSet =
        if own_knowledge { home.iter().chain(told.iter().copied()).collect() } else { home };
    let mine = |audience: Audience| match reporter.account() {
        Some(account) => audience.and_reporter(account),
        None => audience,
    };
    let known = report.known.as_deref().map(Moment::read).and_then(|m| m.earliest);
    decision.events.push(NewEvent {
        audience: mine(Audience::of(home)),
        occurred: None,
        known,
        body: Body::ReportReceived {
            report: id,
            content: Box::new(report.clone()),
            gaps: report.all_gaps(assessment, facts.now),
        },
    });
    let state = if own_knowledge { IncidentState::Open } else { IncidentState::UnderVerification };
    let opened = Body::IncidentOpened {
        reference: None,
        state,
        incident_type: IncidentType::Unintentional,
        state_of_release: origin,
        organism: report.organism.label(),
        group: assessment.group.clone(),
        place: report.place.description.clone(),
        significance: report.significance.clone(),
        aware: known,
    };
    decision.tell(mine(Audience::of(concerned)), opened);
    decision.tell(
        Audience::of(concerned),
        Body::Assessed { assessment: Box::new(assessment.clone()), cause: None },
    );
    decision.choose("state_of_release", release_playbooks, home);
    if own_knowledge {
        issue_all(&mut decision, report, &told, origin, facts);
        decision.choose("affected_state", receipt_playbooks, told.into_iter().collect());
    } else {
        ask_to_verify(&mut decision, report, origin, facts);
    }
    decision
}

/// The State under whose jurisdiction it happened: the one said, else the one
/// the place lies in when there is exactly one.
fn state_of_release(report: &Report, assessment: &Assessment) -> Option<StateCode> {
    let lies_in = |state: &StateCode| assessment.origin.iter().any(|f| f.iso2 == *state);
    match (report.state(), &assessment.origin[..]) {
        (Some(said), found) if found.is_empty() || lies_in(&said) => Some(said),
        (_, [only]) => Some(only.iso2),
        (said, _) => said,
    }
}

impl Decision {
    pub(super) fn tell(&mut self, audience: Audience, body: Body) {
        self.events.push(NewEvent { audience, occurred: None, known: None, body });
    }

    pub(super) fn choose(&mut self, role: &str, playbooks: Vec<ChosenPlaybook>, states: StateSet) {
        if !playbooks.is_empty() {
            let body = Body::PlaybookChosen { audience_role: role.to_owned(), playbooks };
            self.tell(Audience::of(states), body);
        }
    }
}

/// Every State that is owed a notice: those the place lies in, but for the
/// State of release itself; those in reach; and the European Union when one of
/// its members is told.
pub(super) fn to_be_told(
    assessment: &Assessment,
    origin: Option<StateCode>,
    facts: &Facts<'_>,
) -> Vec<StateCode> {
    let touched = assessment.origin.iter().map(|f| f.iso2).filter(|state| Some(*state) != origin);
    let mut told: Vec<StateCode> = touched.chain(assessment.states.iter().map(|f| f.iso2)).collect();
    if told.iter().any(|state| facts.eu_members.contains(*state)) && !told.contains(&StateCode::EU) {
        told.push(StateCode::EU);
    }
    told
}

/// Notices to every State that is owed one, and the duty toward the Biosafety
/// Clearing-House.
fn issue_all(
    decision: &mut Decision,
    report: &Report,
    told: &[StateCode],
    origin: Option<StateCode>,
    facts: &Facts<'_>,
) {
    issue_first(decision, report, told, origin, facts);
    let notice = Box::new(Notice::from_report(NoticeKind::Initial, report));
    decision.tell(
        Audience::of(origin.into_iter().collect()),
        Body::DutyIdentified { addressee: Addressee::Bch, notice },
    );
}

/// The first notice to each of some States.
pub(super) fn issue_first(
    decision: &mut Decision,
    report: &Report,
    told: &[StateCode],
    origin: Option<StateCode>,
    facts: &Facts<'_>,
) {
    for &state in told {
        let audience = Audience::of([state].into_iter().chain(origin).collect());
        let notice = Notice::from_report(NoticeKind::Initial, report);
        issue(decision, Addressee::State(state), audience, notice, None, &[], facts);
    }
}

/// One notice to one State: the chain is followed past the contact points
/// already `tried`; nobody to be told is an alarm.
fn issue(
    decision: &mut Decision,
    addressee: Addressee,
    audience: Audience,
    notice: Notice,
    supersedes: Option<MessageId>,
    tried: &[ContactId],
    facts: &Facts<'_>,
) {
    let hops = chain_past(facts, &addressee, tried);
    let Some(message) = plan_message(&hops, facts) else {
        decision.tell(audience, Body::AddresseeUnreachable { addressee, hops });
        return;
    };
    let due = facts.now + facts.policy.acknowledge_within;
    decision.messages.push(NewMessage {
        id: message.id,
        addressee: addressee.clone(),
        contact: message.contact,
        channel: message.channel,
        bytes: serde_json::to_vec(&notice).unwrap_or_default(),
    });
    decision.timers.push(TimerAt { timer: Timer::Acknowledgement { addressee: addressee.clone() }, due });
    decision.tell(
        audience,
        Body::NoticeIssued {
            addressee,
            hops,
            message: Some(message),
            supersedes,
            notice: Box::new(notice),
            acknowledge_by: Some(due),
        },
    );
}

fn chain_past(facts: &Facts<'_>, addressee: &Addressee, tried: &[ContactId]) -> Vec<Hop> {
    let left: Vec<ContactPoint> = facts.contacts.iter().filter(|c| !tried.contains(&c.id)).cloned().collect();
    follow_chain(&left, addressee, facts.served, facts.now)
}

fn plan_message(hops: &[Hop], facts: &Facts<'_>) -> Option<MessagePlan> {
    let last = hops.last()?;
    let HopOutcome::Told(channel) = last.outcome else { return None };
    Some(MessagePlan { id: (facts.message_id)(), contact: last.contact, channel })
}

fn ask_to_verify(decision: &mut Decision, report: &Report, origin: Option<StateCode>, facts: &Facts<'_>) {
    let hops = origin.map(|state| chain_past(facts, &Addressee::State(state), &[])).unwrap_or_default();
    let message = plan_message(&hops, facts);
    let notice = Notice::from_report(NoticeKind::Verification, report);
    // A State with nobody to ask leaves the decision to the instance at once.
    let due = if message.is_some() { facts.now + facts.policy.verify_within } else { facts.now };
    if let (Some(plan), Some(state)) = (&message, origin) {
        decision.messages.push(NewMessage {
            id: plan.id,
            addressee: Addressee::State(state),
            contact: plan.contact,
            channel: plan.channel,
            bytes: serde_json::to_vec(&notice).unwrap_or_default(),
        });
    }
    decision.timers.push(TimerAt { timer: Timer::Verification, due });
    decision.tell(
        Audience::of(origin.into_iter().collect()),
        Body::VerificationRequested { state: origin, hops, message, notice: Box::new(notice), due },
    );
}

/// A decision on an incident as it stands, with nothing in it yet.
pub fn nothing_on(incident: &Incident) -> Decision {
    Decision {
        incident: incident.id,
        mode: incident.mode,
        basis: Basis::Incident(incident.version),
        events: Vec::new(),
        messages: Vec::new(),
        timers: Vec::new(),
        cleared: Vec::new(),
    }
}

fn between(incident: &Incident, addressee: &Addressee) -> Audience {
    Audience::of(addressee.state().into_iter().chain(incident.state_of_release).collect())
}

/// A message has reached its receiver. The second time is the same as the
/// first: nothing more is recorded.
pub fn receive(incident: &Incident, addressee: &Addressee, message: MessageId) -> Result<Decision, Refusal> {
    let mut decision = nothing_on(incident);
    let body = Body::MessageDelivered { addressee: addressee.clone(), message };
    if let Some(asked) = incident.verification
        && asked.id == message
        && addressee.state() == incident.state_of_release
    {
        if !asked.delivered {
            decision.tell(between(incident, addressee), body);
        }
        return Ok(decision);
    }
    let duty = incident.duty(addressee).ok_or_else(|| Refusal::NotAnAddressee(addressee.clone()))?;
    decision.basis = Basis::Duty(addressee.clone(), duty.version);
    if duty.message != Some(message) && !duty.superseded.contains(&message) {
        return Err(Refusal::ForeignMessage);
    }
    if duty.delivered.is_none() {
        decision.tell(between(incident, addressee), body);
    }
    Ok(decision)
}

/// An addressee acknowledges receipt, for itself only. The second time is the
/// same as the first.
pub fn acknowledge(
    incident: &Incident,
    addressee: &Addressee,
    note: Option<String>,
) -> Result<Decision, Refusal> {
    let duty = incident.duty(addressee).ok_or_else(|| Refusal::NotAnAddressee(addressee.clone()))?;
    if duty.notified.is_none() {
        return Err(Refusal::NotNotified(addressee.clone()));
    }
    let mut decision = nothing_on(incident);
    decision.basis = Basis::Duty(addressee.clone(), duty.version);
    if duty.acknowledged.is_none() {
        let body = Body::NoticeAcknowledged { addressee: addressee.clone(), note };
        decision.tell(between(incident, addressee), body);
        decision.cleared.push(Timer::Acknowledgement { addressee: addressee.clone() });
    }
    Ok(decision)
}

/// The State of release says under which record it has informed the
/// Clearing-House. A second record of the same incident is refused by nobody:
/// the first one stays the proof.
pub fn inform_clearing_house(incident: &Incident, record: &str) -> Result<Decision, Refusal> {
    let record = record.trim().to_ascii_uppercase();
    if !is_record_id(&record) {
        return Err(Refusal::NotARecord(record));
    }
    if incident.duty(&Addressee::Bch).is_none() {
        return Err(Refusal::NotAnAddressee(Addressee::Bch));
    }
    let mut decision = nothing_on(incident);
    decision.tell(
        Audience::of(incident.state_of_release.into_iter().collect()),
        Body::ClearingHouseInformed { record },
    );
    Ok(decision)
}

/// `BCH-DEC-CH-123456` or `BCH-DEC-CH-123456-1`, test realms `BCH-TRG-…`: realm, kind,
/// government, number, revision.
fn is_record_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let (["BCH", "TRG" | "DEV", parts @ ..] | ["BCH", parts @ ..]) = &parts[..] else { return false };
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match parts {
        [kind, government, numbers @ ..] => {
            (2..=5).contains(&kind.len())
                && matches!(government.len(), 2 | 4)
                && matches!(numbers.len(), 1 | 2)
                && numbers.iter().all(number)
        }
        _ => false,
    }
}

/// The State where it happened, or the instance's duty officer, decides on a
/// report under verification. `stored` is the report with its assessment and
/// the playbooks for the States told.
pub fn verify(
    incident: &Incident,
    verdict: Verdict,
    reason: &str,
    stored: (&Report, &Assessment, Vec<ChosenPlaybook>),
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    if incident.state != IncidentState::UnderVerification {
        return Err(Refusal::NotUnderVerification(incident.state));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let (report, assessment, receipt) = stored;
    let mut decision = nothing_on(incident);
    let home = || incident.state_of_release.into_iter();
    let mut audience = Audience::of(home().collect());
    audience.reporter = incident.report.and_then(|r| r.reporter);
    let told = to_be_told(assessment, incident.state_of_release, facts);
    let (state, due) = match verdict {
        Verdict::Open => (IncidentState::Open, None),
        Verdict::Withdraw => (IncidentState::Withdrawn, None),
        Verdict::Extend => (IncidentState::UnderVerification, Some(facts.now + facts.policy.verify_within)),
    };
    if verdict == Verdict::Open {
        audience.states.extend(told.iter().copied());
    }
    decision.tell(audience, Body::VerificationDecided { state, reason: reason.to_owned(), due });
    match due {
        Some(due) => decision.timers.push(TimerAt { timer: Timer::Verification, due }),
        None => decision.cleared.push(Timer::Verification),
    }
    if verdict == Verdict::Open {
        let joining: StateSet = told.iter().copied().collect();
        // The States told join now: they are given the assessment again.
        let all = joining.iter().chain(home()).collect();
        decision.tell(
            Audience::of(all),
            Body::Assessed { assessment: Box::new(assessment.clone()), cause: None },
        );
        issue_all(&mut decision, report, &told, incident.state_of_release, facts);
        decision.choose("affected_state", receipt, joining);
    }
    Ok(decision)
}

/// A timer is due: decided on the incident as it stands today, not as it
/// stood when the timer was set. `tried` are the contact points already told
/// for the timer's addressee, `last` the report to send again.
pub fn fall_due(
    incident: &Incident,
    timer: &Timer,
    tried: &[ContactId],
    last: Option<&Notice>,
    facts: &Facts<'_>,
) -> Decision {
    let mut decision = nothing_on(incident);
    decision.cleared.push(timer.clone());
    if incident.state.has_ended() {
        return decision;
    }
    match timer {
        Timer::Verification if incident.state == IncidentState::UnderVerification => {
            let audience = Audience::of(incident.state_of_release.into_iter().collect());
            decision.tell(audience, Body::VerificationOverdue);
        }
        // What layers that changed come to, the map says: see `reassessment`.
        Timer::Verification | Timer::Reassessment => {}
        Timer::Acknowledgement { addressee } => {
            let Some(duty) = incident.duty(addressee) else { return decision };
            if duty.acknowledged.is_some() {
                return decision;
            }
            let audience = between(incident, addressee);
            let next = chain_past(facts, addressee, tried);
            match (plan_message(&next, facts), last) {
                (Some(_), Some(notice)) => {
                    decision.cleared.clear();
                    issue(
                        &mut decision,
                        addressee.clone(),
                        audience,
                        notice.clone(),
                        duty.message,
                        tried,
                        facts,
                    );
                }
                _ => decision.tell(audience, Body::AddresseeSilent { addressee: addressee.clone() }),
            }
        }
    }
    decision
}
