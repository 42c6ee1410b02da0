//! What happened in an incident: the entries of its timeline. Codes and
//! values; sentences are made when shown.
//!
//! An event, once committed, is never rewritten. A change of shape is a new
//! version of its type, and old versions are lifted when read; a golden file
//! per type and version keeps the promise.

use super::{
    assessment::Assessment,
    audience::Audience,
    contact::{ChannelKind, Hop},
    duty::Addressee,
    id::{AccountId, ContactId, IncidentId, MessageId, Reference, ReportId, Seq},
    incident::{IncidentState, IncidentType, Mode, Significance},
    notice::Notice,
    report::{Gap, Report},
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One entry of the log, as committed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its place in the log.
    pub seq: Seq,
    /// Which incident.
    pub incident: IncidentId,
    /// Whether it is real.
    pub mode: Mode,
    /// Whose doing; absent for the house itself (timers).
    pub actor: Option<AccountId>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub occurred: Timestamp,
    /// When the actor knew of it.
    #[schema(value_type = String, format = DateTime)]
    pub known: Timestamp,
    /// When it was recorded here.
    #[schema(value_type = String, format = DateTime)]
    pub recorded: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub body: Body,
}

/// An event decided on but not yet committed.
#[derive(Clone, PartialEq, Debug)]
pub struct NewEvent {
    /// Who may see it.
    pub audience: Audience,
    /// When it happened, if not now.
    pub occurred: Option<Timestamp>,
    /// When the actor knew of it, if not now.
    pub known: Option<Timestamp>,
    /// What happened.
    pub body: Body,
}

/// A playbook that applies to an incident, pinned to its text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChosenPlaybook {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title in English.
    pub title: String,
    /// Why it applies, weightiest first.
    pub why: Vec<PlaybookReason>,
}

/// Why a playbook applies: a code and its value, such as `class` and `A`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PlaybookReason {
    /// `audience`, `class`, `group`, `kind`, `pathway`, `environment` or `fallback`.
    pub code: String,
    /// What it is that fits; for `fallback`, what is not known.
    pub value: String,
}

/// A message that goes out with a notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct MessagePlan {
    /// Its id; a retry is the same id and the same bytes.
    pub id: MessageId,
    /// To which contact point.
    pub contact: ContactId,
    /// By which channel.
    pub channel: ChannelKind,
}

/// Why an incident was assessed anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Cause {
    /// Data sets of the map were replaced, added or taken away.
    DataChanged {
        /// Which, as the assessments name them.
        layers: Vec<String>,
    },
}

/// What happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    /// A report was received.
    ReportReceived {
        /// The report's id.
        report: ReportId,
        /// As it was sent.
        content: Box<Report>,
        /// What is missing or doubtful in it.
        gaps: Vec<Gap>,
    },
    /// An incident was opened, at once or under verification.
    IncidentOpened {
        /// What people call it. Given by the store at commit.
        reference: Option<Reference>,
        /// `open` or `under_verification`.
        state: IncidentState,
        /// Article 17, Article 25, domestic, or not yet classified.
        incident_type: IncidentType,
        /// The State under whose jurisdiction it happened.
        state_of_release: Option<StateCode>,
        /// The organism in one line.
        organism: Option<String>,
        /// The organism group the reach was taken for.
        group: String,
        /// The place in one line.
        place: Option<String>,
        /// Whether significant adverse effects are likely.
        significance: Significance,
        /// Since when the State of release has known: the clock of 17.1.
        #[schema(value_type = Option<String>, format = DateTime)]
        aware: Option<Timestamp>,
    },
    /// It was worked out who is in reach, and why.
    Assessed {
        /// The answer of the map.
        assessment: Box<Assessment>,
        /// Why it was worked out again; absent for the first assessment and
        /// where States that join are given the one that stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<Cause>,
    },
    /// Playbooks were chosen for a State's role.
    PlaybookChosen {
        /// `state_of_release` or `affected_state`.
        audience_role: String,
        /// In order.
        playbooks: Vec<ChosenPlaybook>,
    },
    /// The State where it happened was asked to verify a report.
    VerificationRequested {
        /// Which State; absent when none is known, then the instance's duty officer.
        state: Option<StateCode>,
        /// The chain as it was followed.
        hops: Vec<Hop>,
        /// The message, if there is anybody to tell.
        message: Option<MessagePlan>,
        /// The report in short.
        notice: Box<Notice>,
        /// By when an answer is due.
        #[schema(value_type = String, format = DateTime)]
        due: Timestamp,
    },
    /// A report under verification was confirmed, given more time, or withdrawn.
    VerificationDecided {
        /// The state of the incident from now on.
        state: IncidentState,
        /// Why.
        reason: String,
        /// By when the next decision is due, when it was given more time.
        #[schema(value_type = Option<String>, format = DateTime)]
        due: Option<Timestamp>,
    },
    /// Verification was due and nobody has decided: the instance's duty officer must.
    VerificationOverdue,
    /// Something is owed to an addressee that is not told by message: the
    /// Clearing-House, whose duty is met by a record of its own.
    DutyIdentified {
        /// To whom.
        addressee: Addressee,
        /// What is to be said.
        notice: Box<Notice>,
    },
    /// The record in the Clearing-House exists (17.1, 20.3).
    ClearingHouseInformed {
        /// Its id, such as `BCH-DEC-CH-123456-1`.
        record: String,
    },
    /// A notice was issued to an addressee. Carries the whole current notice,
    /// so that whoever joins late needs nothing from before.
    NoticeIssued {
        /// To whom.
        addressee: Addressee,
        /// The chain as it was followed.
        hops: Vec<Hop>,
        /// The message, if there is a contact point to tell.
        message: Option<MessagePlan>,
        /// The message this one takes the place of, when the first was not answered.
        supersedes: Option<MessageId>,
        /// What is said.
        notice: Box<Notice>,
        /// By when an acknowledgement is awaited.
        #[schema(value_type = Option<String>, format = DateTime)]
        acknowledge_by: Option<Timestamp>,
    },
    /// Nobody can be told for an addressee: an alarm of the whole incident.
    AddresseeUnreachable {
        /// Whom.
        addressee: Addressee,
        /// The chain as it was followed.
        hops: Vec<Hop>,
    },
    /// A message reached its receiver.
    MessageDelivered {
        /// To whom.
        addressee: Addressee,
        /// Which message.
        message: MessageId,
    },
    /// An addressee acknowledged receipt. Receipt, not agreement.
    NoticeAcknowledged {
        /// Who.
        addressee: Addressee,
        /// What they said with it.
        note: Option<String>,
    },
    /// No acknowledgement came in time and the chain is at its end.
    AddresseeSilent {
        /// Who.
        addressee: Addressee,
    },
    /// The payload was erased by a logged decision; the leaf still stands.
    Erased {
        /// What it had been.
        was: String,
    },
}

impl Body {
    /// The type as written in the `type` field.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReportReceived { .. } => "report_received",
            Self::IncidentOpened { .. } => "incident_opened",
            Self::Assessed { .. } => "assessed",
            Self::PlaybookChosen { .. } => "playbook_chosen",
            Self::VerificationRequested { .. } => "verification_requested",
            Self::VerificationDecided { .. } => "verification_decided",
            Self::VerificationOverdue => "verification_overdue",
            Self::DutyIdentified { .. } => "duty_identified",
            Self::ClearingHouseInformed { .. } => "clearing_house_informed",
            Self::NoticeIssued { .. } => "notice_issued",
            Self::AddresseeUnreachable { .. } => "addressee_unreachable",
            Self::MessageDelivered { .. } => "message_delivered",
            Self::NoticeAcknowledged { .. } => "notice_acknowledged",
            Self::AddresseeSilent { .. } => "addressee_silent",
            Self::Erased { .. } => "erased",
        }
    }

    /// The version of the shape written today.
    pub fn version(&self) -> u16 {
        1
    }
}
