//! What is owed to each addressee of an incident, step by step, with the
//! event that proves each step.

use super::{
    event::{Body, Event},
    id::{AccountId, MessageId, Seq},
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
            _ if text.len() > 2 && text.chars().all(|c| c.is_ascii_alphanumeric()) => {
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
    /// A notice was issued for it.
    pub notified: Option<Step>,
    /// A message reached it.
    pub delivered: Option<Step>,
    /// It acknowledged receipt.
    pub acknowledged: Option<Step>,
    /// Nobody can be told: an alarm.
    pub unreachable: bool,
    /// No acknowledgement came and the chain is at its end: an alarm.
    pub silent: bool,
    /// By when an acknowledgement is awaited.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub acknowledge_by: Option<Timestamp>,
    /// The message under way, the newest.
    pub message: Option<MessageId>,
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
            notified: None,
            delivered: None,
            acknowledged: None,
            unreachable: false,
            silent: false,
            acknowledge_by: None,
            message: None,
            superseded: Vec::new(),
            record: None,
        }
    }

    /// Follows one event. Cannot fail; an event about somebody else changes nothing.
    pub fn apply(&mut self, event: &Event) {
        self.version += 1;
        let step = Step { at: event.occurred, proof: event.seq, by: event.actor };
        match &event.body {
            Body::NoticeIssued { message, acknowledge_by, .. } => {
                self.notified.get_or_insert(step);
                self.acknowledge_by = *acknowledge_by;
                self.superseded.extend(self.message.take());
                self.message = message.as_ref().map(|m| m.id);
                self.unreachable = false;
            }
            Body::ClearingHouseInformed { record } => {
                self.notified.get_or_insert(step);
                self.record.get_or_insert_with(|| record.clone());
            }
            Body::AddresseeUnreachable { .. } => self.unreachable = true,
            Body::MessageDelivered { .. } => {
                self.delivered.get_or_insert(step);
            }
            Body::NoticeAcknowledged { .. } => {
                self.acknowledged.get_or_insert(step);
                self.acknowledge_by = None;
                self.silent = false;
            }
            Body::AddresseeSilent { .. } => {
                self.silent = true;
                self.acknowledge_by = None;
            }
            _ => {}
        }
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
            | Self::AddresseeSilent { addressee, .. } => Some(addressee),
            _ => None,
        }
    }
}
