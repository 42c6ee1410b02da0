//! What is owed to each addressee of an incident, step by step, with the
//! event that proves each step.

use super::{
    event::{Body, Event, Rung},
    id::{AccountId, MessageId, Seq},
    notice::NoticeKind,
    state::StateCode,
    wire::written_as,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// To whom something is owed: a State (or the European Union), the Biosafety
/// Clearing-House, or an international organization (Art. 17.1).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Addressee {
    /// A State, by code.
    State(StateCode),
    /// The Biosafety Clearing-House.
    Bch,
    /// An organization, by its acronym.
    Organization(String),
    /// This instance itself: its duty officer.
    Instance,
}

written_as!(
    Addressee as String,
    "A State by two-letter code, BCH, the acronym of an organization, or INSTANCE"
);

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(state) => state.fmt(f),
            Self::Bch => f.write_str("BCH"),
            Self::Organization(acronym) => f.write_str(acronym),
            Self::Instance => f.write_str("INSTANCE"),
        }
    }
}

/// The text names no addressee.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("an addressee is a State code such as CH, BCH, or the acronym of an organization")]
pub struct NotAnAddressee;

impl FromStr for Addressee {
    type Err = NotAnAddressee;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "BCH" => Ok(Self::Bch),
            "INSTANCE" => Ok(Self::Instance),
            _ if text.len() == 2 => text.parse().map(Self::State).map_err(|_| NotAnAddressee),
            _ if (3..=12).contains(&text.len())
                && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) =>
            {
                Ok(Self::Organization(text.to_owned()))
            }
            _ => Err(NotAnAddressee),
        }
    }
}

impl TryFrom<String> for Addressee {
    type Error = NotAnAddressee;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Addressee> for String {
    fn from(addressee: Addressee) -> Self {
        addressee.to_string()
    }
}

impl Addressee {
    /// The State, if it is one.
    pub fn state(&self) -> Option<StateCode> {
        match self {
            Self::State(state) => Some(*state),
            Self::Bch | Self::Organization(_) | Self::Instance => None,
        }
    }
}

/// One step of a duty: when, and by which event it is proved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The event that shows it.
    pub proof: Seq,
    /// Whose doing.
    pub by: Option<AccountId>,
}

/// The duty toward one addressee. A step that has not happened is absent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Duty {
    /// Toward whom.
    pub addressee: Addressee,
    /// How many events it has followed: what a decision about it alone is based on.
    #[serde(default)]
    pub version: u64,
    /// It was found to be owed something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identified: Option<Step>,
    /// A notice was issued for it.
    pub notified: Option<Step>,
    /// A message reached it.
    pub delivered: Option<Step>,
    /// A person there opened a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Step>,
    /// It acknowledged receipt.
    pub acknowledged: Option<Step>,
    /// A consultation with it was opened (17.4): a duty of its own, beside
    /// notification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consulted: Option<Step>,
    /// That consultation has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consultation_closed: Option<Step>,
    /// It said what it does about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responded: Option<Step>,
    /// It assessed the effects itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Step>,
    /// It was told of a report nobody had confirmed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advised: Option<Step>,
    /// It was told of the end: all-clear, closing or withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Step>,
    /// The instance's duty officer was told that it does not answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub escalated: bool,
    /// Nobody can be told: an alarm.
    pub unreachable: bool,
    /// No acknowledgement came and the chain is at its end: an alarm.
    pub silent: bool,
    /// Since when that alarm stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarmed: Option<Step>,
    /// By when an acknowledgement is awaited.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub acknowledge_by: Option<Timestamp>,
    /// The message under way, the newest, by the best channel.
    pub message: Option<MessageId>,
    /// The same by the other channels of the contact point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<MessageId>,
    /// How far the ladder was climbed for want of an answer.
    #[serde(default)]
    pub rung: Rung,
    /// Earlier messages, whose place the newest has taken. One of them may
    /// still arrive, and that counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<MessageId>,
    /// The record of the Clearing-House that meets the duty toward it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

impl Duty {
    /// A duty that has only been identified.
    pub fn toward(addressee: Addressee) -> Self {
        Self {
            addressee,
            version: 0,
            identified: None,
            notified: None,
            delivered: None,
            read: None,
            acknowledged: None,
            consulted: None,
            consultation_closed: None,
            responded: None,
            assessed: None,
            advised: None,
            ended: None,
            escalated: false,
            unreachable: false,
            silent: false,
            alarmed: None,
            acknowledge_by: None,
            message: None,
            also: Vec::new(),
            rung: Rung::First,
            superseded: Vec::new(),
            record: None,
        }
    }

    /// Follows one event. Cannot fail; an event about somebody else changes nothing.
    pub fn apply(&mut self, event: &Event) {
        self.version += 1;
        let step = Step { at: event.occurred, proof: event.seq, by: event.actor };
        self.identified.get_or_insert(step);
        match &event.body {
            Body::NoticeIssued { message, also, acknowledge_by, rung, notice, .. } => {
                match notice.kind {
                    NoticeKind::Advisory => &mut self.advised,
                    NoticeKind::AllClear | NoticeKind::Closing | NoticeKind::Withdrawal => &mut self.ended,
                    _ => &mut self.notified,
                }
                .get_or_insert(step);
                if acknowledge_by.is_some() {
                    self.acknowledge_by = *acknowledge_by;
                }
                self.superseded.extend(self.message.take());
                self.superseded.append(&mut self.also);
                self.message = message.as_ref().map(|m| m.id);
                self.also = also.iter().map(|m| m.id).collect();
                if *rung != Rung::First || acknowledge_by.is_some() {
                    self.rung = *rung;
                }
                self.unreachable = false;
                self.alarmed = self.alarmed.filter(|_| self.silent);
            }
            Body::ClearingHouseInformed { record } => {
                self.notified.get_or_insert(step);
                self.record.get_or_insert_with(|| record.clone());
            }
            Body::AddresseeUnreachable { .. } => {
                self.unreachable = true;
                self.alarmed.get_or_insert(step);
            }
            Body::MessageDelivered { .. } => {
                self.delivered.get_or_insert(step);
            }
            Body::MessageRead { .. } => {
                // Whoever has opened it has received it.
                self.delivered.get_or_insert(step);
                self.read.get_or_insert(step);
            }
            Body::NoticeAcknowledged { .. } => {
                self.acknowledged.get_or_insert(step);
                self.acknowledge_by = None;
                self.silent = false;
                self.unreachable = false;
                self.alarmed = None;
            }
            Body::AddresseeSilent { .. } => {
                self.silent = true;
                self.alarmed.get_or_insert(step);
                self.acknowledge_by = None;
            }
            Body::EscalatedToInstance { .. } => self.escalated = true,
            Body::ConsultationOpened { .. } => {
                self.consulted.get_or_insert(step);
                self.consultation_closed = None;
            }
            Body::ConsultationClosed { .. } => self.consultation_closed = Some(step),
            Body::ResponseRecorded { .. } => {
                self.responded.get_or_insert(step);
            }
            Body::StateAssessed { .. } => self.assessed = Some(step),
            _ => {}
        }
    }

    /// The messages that stand for it now, best channel first.
    pub fn current(&self) -> impl Iterator<Item = MessageId> {
        self.message.into_iter().chain(self.also.iter().copied())
    }

    /// Whether `message` is or was one of its messages.
    pub fn knows(&self, message: MessageId) -> bool {
        self.superseded.contains(&message) || self.current().any(|current| current == message)
    }

    /// Whether it was ever told anything.
    pub fn was_told(&self) -> bool {
        self.notified.is_some() || self.advised.is_some()
    }

    /// Whether a consultation is under way.
    pub fn is_consulting(&self) -> bool {
        self.consulted.is_some() && self.consultation_closed.is_none()
    }
}

impl Body {
    /// The addressee an event is about, if it is about one.
    pub fn addressee(&self) -> Option<&Addressee> {
        match self {
            Self::DutyIdentified { addressee, .. }
            | Self::NoticeIssued { addressee, .. }
            | Self::AddresseeUnreachable { addressee, .. }
            | Self::MessageDelivered { addressee, .. }
            | Self::NoticeAcknowledged { addressee, .. }
            | Self::AddresseeSilent { addressee, .. }
            | Self::MessageSending { addressee, .. }
            | Self::MessageSent { addressee, .. }
            | Self::MessageRead { addressee, .. }
            | Self::MessageFailed { addressee, .. }
            | Self::CallRecorded { addressee, .. }
            | Self::ConsultationOpened { addressee }
            | Self::ConsultationSaid { addressee, .. }
            | Self::MeasuresAgreed { addressee, .. }
            | Self::ConsultationClosed { addressee }
            | Self::ResponseRecorded { addressee, .. }
            | Self::StateAssessed { addressee, .. }
            | Self::ArrivalPossible { addressee } => Some(addressee),
            Self::EscalatedToInstance { about, .. } => about.as_ref(),
            _ => None,
        }
    }
}
