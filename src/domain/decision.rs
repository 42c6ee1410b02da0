//! What follows from a command: events, messages and timers, decided on from
//! the incident as it stands. May refuse; changes nothing.
//!
//! Every decision is made on a [`Draft`]: the incident as it would stand after
//! what has been decided so far.

mod answering;
mod draft;
mod falling_due;
mod merging;
mod opening;
mod proposing;
mod running;
mod steering;
mod telling;
mod testing;

use super::{
    contact::{Channel, ChannelKind, ContactPoint},
    delivery::MessageState,
    duty::Addressee,
    event::{Happened, NewEvent},
    id::{ContactId, IncidentId, MessageId, Reference, RunId},
    incident::{Incident, IncidentState, IncidentType, Likelihood, Mode},
    notice::Notice,
    state::{StateCode, StateSet},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub(super) use self::telling::to_be_told;
pub use self::{
    answering::{
        Answer, acknowledge, answer, inform_clearing_house, note, read, receive, record_call,
        record_liability,
    },
    draft::Draft,
    falling_due::{Told, begin_attempt, fall_due, settle_attempt},
    merging::{absorb, merge_into},
    opening::{Foreseen, Submission, Verdict, foresee, submit, verify},
    proposing::{ProposalAnswer, decide_proposal},
    running::{Overdue, adopt_playbook, end_run, record_deed, remind_of_steps, start_run},
    steering::{Change, change_facts, steer},
    telling::Case,
    testing::{end_test, test_reachability},
};

/// By when must things be answered? No figure in hours stands in Article 17
/// ("as soon as", "immediately"): these are choices of the instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EscalationPolicy {
    /// How long may an acknowledgement take before the next rung of the
    /// ladder, where effects are likely or nobody knows?
    pub acknowledge_within: SignedDuration,
    /// The same where significant effects are said to be unlikely.
    pub acknowledge_within_unlikely: SignedDuration,
    /// How long may the State where it happened take to verify a report?
    pub verify_within: SignedDuration,
    /// How long may a second person take, before notices go out without one?
    pub approve_within: SignedDuration,
}

impl Default for EscalationPolicy {
    fn default() -> Self {
        Self {
            acknowledge_within: SignedDuration::from_hours(1),
            acknowledge_within_unlikely: SignedDuration::from_hours(24),
            verify_within: SignedDuration::from_hours(24),
            approve_within: SignedDuration::from_hours(1),
        }
    }
}

impl EscalationPolicy {
    /// How long an acknowledgement may take in a case of this severity. Unknown
    /// counts as likely.
    pub fn acknowledge_within(&self, severity: Likelihood) -> SignedDuration {
        match severity {
            Likelihood::Unlikely => self.acknowledge_within_unlikely,
            Likelihood::Likely | Likelihood::Unknown => self.acknowledge_within,
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
    /// A second person's decision is awaited.
    Approval {
        /// On which proposal.
        number: u32,
    },
    /// The organism may have arrived.
    Arrival {
        /// Where.
        addressee: Addressee,
    },
    /// A step of a run falls due.
    Run {
        /// Of which run.
        run: RunId,
    },
    /// Another incident goes on in this one, and has yet to be told so.
    Merging {
        /// Which.
        absorbed: IncidentId,
    },
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
    pub channel: Channel,
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
    /// A message in this state.
    Message(MessageId, MessageState),
    /// A run as of this version of it.
    Run(RunId, u64),
}

impl Basis {
    /// Whether it still holds for the incident, and the message, as they stand.
    pub fn holds(&self, incident: Option<&Incident>, message: Option<MessageState>) -> bool {
        match self {
            Self::Incident(version) => incident.map_or(0, |i| i.version) == *version,
            Self::Duty(addressee, version) => {
                incident.and_then(|i| i.duty(addressee)).is_some_and(|duty| duty.version == *version)
            }
            Self::Message(_, state) => message == Some(*state),
            Self::Run(id, version) => incident
                .and_then(|i| i.runs.iter().find(|run| run.id == *id))
                .is_some_and(|run| run.version == *version),
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
    /// Who is who, for every addressee.
    pub contacts: &'a [ContactPoint],
    /// The channels this instance can serve.
    pub served: &'a [ChannelKind],
    /// The members of the European Union, which is told when one of them is.
    pub eu_members: &'a StateSet,
    /// How long answers may take.
    pub policy: EscalationPolicy,
    /// Fresh message ids, as many as asked for.
    pub message_id: &'a dyn Fn() -> MessageId,
    /// SHA-256 of bytes, in hexadecimal.
    pub digest: &'a dyn Fn(&[u8]) -> String,
    /// Puts a notice into the bytes that are sent.
    pub compose: &'a dyn Fn(&Outgoing<'_>) -> Vec<u8>,
}

/// A notice on its way to one contact point by one channel, to be put into
/// words.
pub struct Outgoing<'a> {
    /// The message's id.
    pub message: MessageId,
    /// Of which incident.
    pub incident: IncidentId,
    /// What people call it.
    pub reference: Option<&'a Reference>,
    /// To whom.
    pub addressee: &'a Addressee,
    /// To which contact point.
    pub contact: &'a ContactPoint,
    /// By which channel.
    pub channel: &'a Channel,
    /// What is said.
    pub notice: &'a Notice,
    /// When it is issued.
    pub issued: Timestamp,
    /// By when an acknowledgement is awaited.
    pub acknowledge_by: Option<Timestamp>,
    /// The message it takes the place of.
    pub supersedes: Option<MessageId>,
    /// Whether it repeats what was said before.
    pub reminder: bool,
}

/// Why a command cannot be followed.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
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
    #[error("a decision needs a reason")]
    ReasonMissing,
    /// Nothing was said.
    #[error("there is no text")]
    TextMissing,
    /// The table of transitions does not know it.
    #[error("an incident that is {} cannot become {}; it can become {allowed}", from.as_str(), to.as_str())]
    NotATransition {
        /// As it is.
        from: IncidentState,
        /// As it was to be.
        to: IncidentState,
        /// What is possible.
        allowed: String,
    },
    /// It has ended.
    #[error("the incident has ended ({}); open it again first", .0.as_str())]
    HasEnded(IncidentState),
    /// It is under verification.
    #[error("the incident is under verification: give a verdict first")]
    UnderVerification,
    /// It is so already.
    #[error("it is so already")]
    NoChange,
    /// The report as changed cannot be read.
    #[error("the report as changed cannot be read: {0}")]
    NotAReport(String),
    /// `mode` is fixed when an incident is opened.
    #[error("mode is fixed when an incident is opened; nothing moves between actual, exercise and test")]
    ModeIsFixed,
    /// There is no such proposal, or it is decided already.
    #[error("there is no open proposal {0} in this incident")]
    NoSuchProposal(u32),
    /// The same thing is being decided already.
    #[error("proposal {0} says the same and awaits a second person")]
    ProposedAlready(u32),
    /// An incident cannot go on in itself.
    #[error("an incident cannot be merged into itself")]
    Itself,
    /// Nothing merges across modes.
    #[error("one incident is {0} and the other {1}: nothing is merged across modes")]
    OtherMode(Mode, Mode),
    /// There is no consultation under way with this State.
    #[error("no consultation with {0} is under way")]
    NotConsulting(Addressee),
    /// One is under way already.
    #[error("a consultation with {0} is under way already")]
    Consulting(Addressee),
    /// Only States are consulted (17.4).
    #[error("only States are consulted, and {0} is none")]
    NotAState(Addressee),
    /// What has happened cannot lie in the future.
    #[error("what has happened cannot lie in the future ({0})")]
    InTheFuture(Timestamp),
    /// What is known cannot be known before it happened.
    #[error("nobody can know of it before it happened")]
    KnownBefore,
    /// A person calls by telephone only where no other channel is used.
    #[error("this message goes by another channel than a person's telephone")]
    NotByHand,
    /// The State of release cannot be told of itself.
    #[error("{0} is the State of release itself")]
    StateOfRelease(StateCode),
    /// It only tests the line.
    #[error("this is only a test of the line: all that can be done with it is to close it")]
    OnlyATest,
    /// There is nobody to be asked.
    #[error("there is nobody to be asked: no State has a contact point")]
    NobodyToTest,
    /// A closed list of currencies is not kept; three letters are.
    #[error("a currency is written with three capital letters, such as EUR")]
    NotACurrency,
    /// The State works through that playbook already.
    #[error("that playbook is being worked through already, in run {0}")]
    Running(RunId),
    /// The run has ended.
    #[error("the run has ended; start another one")]
    RunHasEnded,
    /// The incident has no State of release that could consult.
    #[error("the State of release is not known yet")]
    NoStateOfRelease,
    /// It is classified so that nobody is told.
    #[error("the incident is {}: nobody is told of it; classify it anew first", .0.as_str())]
    TellsNobody(IncidentType),
}

/// Whether it was entered afterwards, with times that can be.
pub fn check_happened(happened: Option<Happened>, now: Timestamp) -> Result<(), Refusal> {
    let Some(Happened { occurred, known }) = happened else { return Ok(()) };
    for moment in [Some(occurred), known].into_iter().flatten() {
        if moment > now {
            return Err(Refusal::InTheFuture(moment));
        }
    }
    if known.is_some_and(|known| known < occurred) { Err(Refusal::KnownBefore) } else { Ok(()) }
}

fn with_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason.to_owned()) }
}

fn with_text(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::TextMissing) } else { Ok(text.to_owned()) }
}
