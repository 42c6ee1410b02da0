//! What becomes of a message on its way: states, outcomes of attempts, and
//! when the next attempt is due.

use super::{
    contact::ChannelKind,
    duty::Addressee,
    event::{Body, CallOutcome},
    id::{ContactId, IncidentId, MessageId},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a message has got.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MessageState {
    /// Stored; nothing has been tried yet, or nobody has fetched it yet.
    Pending,
    /// An attempt is under way.
    Sending,
    /// Handed over: the mail relay has taken it. Nobody knows more of mail.
    Sent,
    /// It arrived: the webhook said so, the live client said so, or a person did.
    Delivered,
    /// A person has opened it.
    Read,
    /// An attempt failed; it is tried again.
    FailedRetrying,
    /// It cannot be delivered by this channel.
    Failed,
    /// A newer message has taken its place before it was handed over.
    Superseded,
}

impl MessageState {
    /// The state as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::FailedRetrying => "failed-retrying",
            Self::Failed => "failed",
            Self::Superseded => "superseded",
        }
    }

    /// The state written as `text`.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::FailedRetrying,
        Self::Failed,
        Self::Superseded,
    ];

    /// Whether it still waits to be handed over.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Pending | Self::FailedRetrying)
    }

    /// The state after an event about this very message. What was better known
    /// before is not forgotten: a repeat that fails makes nothing undelivered.
    #[must_use]
    pub fn after(self, body: &Body) -> Self {
        match (self, body) {
            (Self::Read, _) | (_, Body::MessageRead { .. }) => Self::Read,
            (Self::Delivered, _)
            | (_, Body::MessageDelivered { .. } | Body::CallRecorded { outcome: CallOutcome::Reached, .. }) => {
                Self::Delivered
            }
            (Self::Sent, _) | (_, Body::MessageSent { .. }) => Self::Sent,
            (Self::Superseded | Self::Failed, Body::MessageSending { .. }) | (Self::Superseded, _) => self,
            (_, Body::MessageSending { .. }) => Self::Sending,
            (_, Body::MessageFailed { retry_at: Some(_), .. } | Body::CallRecorded { .. }) => {
                Self::FailedRetrying
            }
            (_, Body::MessageFailed { detail, .. }) if detail == SUPERSEDED => Self::Superseded,
            (_, Body::MessageFailed { .. }) => Self::Failed,
            (state, _) => state,
        }
    }
}

/// A message as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Of which incident.
    pub incident: IncidentId,
    /// To whom.
    pub addressee: Addressee,
    /// To which contact point.
    pub contact: ContactId,
    /// By which channel.
    pub channel: ChannelKind,
    /// How far it has got.
    pub state: MessageState,
    /// How many attempts were made.
    pub attempts: u32,
    /// When the next attempt is due, if there is to be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_attempt: Option<Timestamp>,
    /// What the other side said last, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created: Timestamp,
    /// When its state last changed.
    #[schema(value_type = String, format = DateTime)]
    pub changed: Timestamp,
}

/// Why an attempt that failed is not followed by another one: a newer message
/// has taken its place meanwhile.
pub const SUPERSEDED: &str = "superseded";

/// The message an event is about, if it is about exactly one.
pub fn message_of(body: &Body) -> Option<MessageId> {
    match body {
        Body::MessageSending { message, .. }
        | Body::MessageSent { message, .. }
        | Body::MessageDelivered { message, .. }
        | Body::MessageRead { message, .. }
        | Body::MessageFailed { message, .. }
        | Body::CallRecorded { message, .. } => Some(*message),
        _ => None,
    }
}

/// What came of one attempt. `detail` is short and stable, such as `http 500`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Outcome {
    /// Handed over; nobody will know more.
    Sent {
        /// What the other side answered.
        detail: String,
    },
    /// It arrived.
    Delivered {
        /// What the other side answered.
        detail: String,
    },
    /// Not this time.
    Later {
        /// Why.
        detail: String,
        /// Not before this time has passed, if the other side said so.
        after: Option<SignedDuration>,
    },
    /// It will never work like this.
    Never {
        /// Why.
        detail: String,
    },
    /// The receiver is gone for good: nothing more is to be sent there.
    Gone {
        /// Why.
        detail: String,
    },
}

/// How long may the `detail` of an outcome be, in characters?
pub const DETAIL: usize = 200;

impl Outcome {
    /// Handed over to a relay.
    pub fn sent(detail: &str) -> Self {
        Self::Sent { detail: plain(detail) }
    }

    /// Taken by the receiver's own system.
    pub fn delivered(detail: &str) -> Self {
        Self::Delivered { detail: plain(detail) }
    }

    /// Not this time.
    pub fn later(detail: &str) -> Self {
        Self::Later { detail: plain(detail), after: None }
    }

    /// Not this time, and the receiver said when to come back.
    pub fn later_after(detail: &str, after: Option<SignedDuration>) -> Self {
        Self::Later { detail: plain(detail), after }
    }

    /// Never in this way.
    pub fn never(detail: &str) -> Self {
        Self::Never { detail: plain(detail) }
    }

    /// Nothing more to this destination.
    pub fn gone(detail: &str) -> Self {
        Self::Gone { detail: plain(detail) }
    }

    /// The short stable text.
    pub fn detail(&self) -> &str {
        match self {
            Self::Sent { detail }
            | Self::Delivered { detail }
            | Self::Later { detail, .. }
            | Self::Never { detail }
            | Self::Gone { detail } => detail,
        }
    }

    /// The code, as it is written in `code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Delivered { .. } => "delivered",
            Self::Later { .. } => "later",
            Self::Never { .. } => "never",
            Self::Gone { .. } => "gone",
        }
    }
}

/// `text` on one line: runs of blanks and control characters become one blank,
/// marks that turn the direction of writing go, and the rest is cut.
fn plain(text: &str) -> String {
    let visible = |c: char| {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns { ' ' } else { c }
    };
    let text: String = text.chars().map(visible).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(DETAIL).collect()
}

/// How long after an attempt the next one is due: the schedule of Standard
/// Webhooks 1.0.0, which also suits mail. `None` after the last.
const SCHEDULE: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];

/// When the next attempt is due after `attempts` have been made; `jitter`,
/// from 0 to 1, adds up to a fifth, so that not everybody comes back at once.
pub fn next_attempt(attempts: u32, jitter: f64) -> Option<SignedDuration> {
    let base = *SCHEDULE.get(usize::try_from(attempts).ok()?.checked_sub(1)?)?;
    let later = SignedDuration::from_secs_f64(base.as_secs_f64() * 0.2 * jitter.clamp(0.0, 1.0));
    // Whole milliseconds: what is written is what is kept.
    Some(base + SignedDuration::new(later.as_secs(), later.subsec_millis() * 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_come_further_and_further_apart_and_end() {
        let all: Vec<i64> = (1..).map_while(|n| next_attempt(n, 0.0)).map(|d| d.as_secs()).collect();
        assert_eq!(all.len(), 9);
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(next_attempt(1, 1.0), Some(SignedDuration::from_secs(6)));
        assert_eq!(next_attempt(0, 0.0), None, "no attempt was made yet");
    }

    #[test]
    fn what_arrived_stays_arrived() {
        let (addressee, message) = (Addressee::Bch, MessageId(uuid::Uuid::nil()));
        let failed = |detail: &str| Body::MessageFailed {
            addressee: addressee.clone(),
            message,
            detail: detail.into(),
            retry_at: None,
        };
        let sending = Body::MessageSending { addressee: addressee.clone(), message, attempt: 1 };
        assert_eq!(MessageState::Pending.after(&sending), MessageState::Sending);
        assert_eq!(MessageState::Delivered.after(&failed("http 500")), MessageState::Delivered);
        assert_eq!(MessageState::Sending.after(&failed("http 400")), MessageState::Failed);
        assert_eq!(MessageState::Sending.after(&failed(SUPERSEDED)), MessageState::Superseded);
    }

    #[test]
    fn a_detail_is_one_short_line() {
        let outcome = Outcome::sent(&format!("250 2.0.0\r\n\x1b[2Jqueued \u{202e}as {}", "ж".repeat(500)));
        assert!(outcome.detail().starts_with("250 2.0.0 [2Jqueued as жж"), "{}", outcome.detail());
        assert_eq!(outcome.detail().chars().count(), DETAIL);
    }

    #[test]
    fn an_outcome_reads_back_as_written() {
        let outcome = Outcome::later_after("http 503", Some(SignedDuration::from_secs(90)));
        let text = serde_json::to_string(&outcome).expect("JSON");
        assert!(text.starts_with(r#"{"code":"later","detail":"http 503","after":"PT"#), "{text}");
        assert_eq!(serde_json::from_str::<Outcome>(&text).expect("an outcome"), outcome);
    }
}
