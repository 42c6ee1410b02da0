//! What came of an attempt to hand a message over, and when the next one is.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long may a `detail` be, in characters?
pub const DETAIL: usize = 200;

/// What came of one attempt to send one message. `detail` is a short stable
/// text such as `http 500`, at most [`DETAIL`] characters, without control
/// characters and without anything secret; the constructors see to that.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Outcome {
    /// Handed over to a relay that promised to carry it on. It may still not
    /// arrive.
    Sent {
        /// What the relay said.
        detail: String,
    },
    /// The receiver's own system has it.
    Delivered {
        /// What it answered.
        detail: String,
    },
    /// It did not get through this time.
    Later {
        /// Why.
        detail: String,
        /// How long the receiver asked us to wait, if it did.
        #[schema(value_type = Option<String>)]
        after: Option<SignedDuration>,
    },
    /// The same bytes to the same destination will never get through.
    Never {
        /// Why.
        detail: String,
    },
    /// The receiver wants nothing more at this destination (HTTP 410): the
    /// channel is to be disabled.
    Gone {
        /// What it answered.
        detail: String,
    },
}

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

/// Waits between attempts, seconds: those Standard Webhooks 1.0.0 suggests
/// (5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; all together three
/// days and a little).
const WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// By how much does `jitter` stretch a wait at most?
const STRETCH: f64 = 0.2;

/// How long to wait after `attempts` attempts were made, or `None` when it was
/// the last. The first attempt is made at once. `jitter` (0 to 1, a fresh
/// random number each time) stretches the wait by up to a fifth, so that what
/// failed together is not tried again together.
pub fn next_attempt(attempts: u32, jitter: f64) -> Option<SignedDuration> {
    let Some(made) = attempts.checked_sub(1) else { return Some(SignedDuration::ZERO) };
    let wait = *WAITS.get(usize::try_from(made).ok()?)?;
    let jitter = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.0 };
    let wait = SignedDuration::from_secs(wait);
    Some(wait + wait.mul_f64(STRETCH * jitter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_and_end_after_three_days() {
        let waits: Vec<SignedDuration> = (0..).map_while(|made| next_attempt(made, 0.0)).collect();
        assert_eq!(waits.len(), 10, "ten attempts");
        assert!(waits.is_sorted());
        let all: SignedDuration = waits.iter().sum();
        assert_eq!(all, SignedDuration::new(75 * 3_600 + 35 * 60 + 5, 0));
        assert_eq!(next_attempt(10, 0.0), None);
        assert_eq!(next_attempt(u32::MAX, 1.0), None);
    }

    #[test]
    fn jitter_stretches_by_a_fifth_at_most() {
        assert_eq!(next_attempt(1, 1.0), Some(SignedDuration::from_secs(6)));
        assert_eq!(next_attempt(1, 0.5), Some(SignedDuration::from_millis(5_500)));
        for odd in [-1.0, 7.0, f64::NAN, f64::INFINITY] {
            let wait = next_attempt(2, odd).expect("a wait");
            assert!((300..=360).contains(&wait.as_secs()), "{odd}: {wait:?}");
        }
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
