//! How people sign in: a name and a password, a second factor, and the session
//! that follows. What is kept proves a secret and does not tell it.

use super::id::AccountId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long is a session good at the most?
pub const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(12);

/// How long may nothing come from it?
pub const IDLE: SignedDuration = SignedDuration::from_hours(2);

/// How long is an invitation good?
pub const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many characters has a password at least? (NIST SP 800-63B asks for 15
/// where it stands alone, 8 beside a second factor.)
pub const SHORTEST_PASSWORD: usize = 12;

/// What an account signs in with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Credential {
    /// Whose.
    pub account: AccountId,
    /// The name it signs in by, in small letters.
    pub name: String,
    /// The password, as an Argon2id string.
    pub password: String,
    /// The second factor, once it is set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor: Option<Factor>,
    /// SHA-256 of the recovery codes that are left, in hexadecimal.
    #[serde(default)]
    pub recovery: Vec<String>,
}

/// A second factor: codes that change every half minute.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Factor {
    /// The secret shared with the authenticator.
    pub secret: [u8; 20],
    /// Whether a code has shown that the authenticator has it.
    pub confirmed: bool,
    /// The newest half minute a code was taken of: none is taken twice.
    pub newest: u64,
}

impl Credential {
    /// The second factor, if it is in force.
    pub fn factor(&self) -> Option<&Factor> {
        self.factor.as_ref().filter(|factor| factor.confirmed)
    }
}

/// Somebody at a browser.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Who.
    pub account: AccountId,
    /// Since when.
    pub began: Timestamp,
    /// When something last came from it.
    pub seen: Timestamp,
    /// Whether both factors were shown. Until then it opens nothing.
    pub complete: bool,
}

impl Session {
    /// Whether it is good at `now`.
    pub fn is_good(&self, now: Timestamp) -> bool {
        now.duration_since(self.began) < LONGEST_SESSION && now.duration_since(self.seen) < IDLE
    }
}

/// What is written into the access log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessKind {
    /// Somebody was invited.
    Invited,
    /// An invitation was accepted: name and password were chosen.
    Accepted,
    /// A password was right.
    Password,
    /// Both factors were right.
    SignedIn,
    /// A recovery code was used.
    Recovered,
    /// A password or a code was wrong.
    Refused,
    /// A second factor was set up.
    FactorSet,
    /// Somebody signed out.
    SignedOut,
    /// Somebody took data out, as a file.
    Exported,
}

/// One line of the access log, which stands apart from the timeline.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Access {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Which account, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// What.
    pub kind: AccessKind,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What was taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
}

/// How long somebody has to wait after this many wrong passwords in a row: it
/// slows guessing down and locks nobody out.
pub fn wait_after(failures: u32) -> SignedDuration {
    match failures.checked_sub(3) {
        None => SignedDuration::ZERO,
        Some(more) => SignedDuration::from_secs(1 << more.min(6)).min(SignedDuration::from_secs(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_gets_slow_and_nobody_is_locked_out() {
        let seconds: Vec<i64> = (0..12).map(|failures| wait_after(failures).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_session_ends_when_nothing_comes_and_after_half_a_day() {
        let began: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
        let seen = |hours| began + SignedDuration::from_hours(hours);
        let session =
            |hours| Session { account: AccountId::default(), began, seen: seen(hours), complete: true };
        assert!(session(0).is_good(seen(1)));
        assert!(!session(0).is_good(seen(2)));
        assert!(session(11).is_good(seen(11)));
        assert!(!session(11).is_good(seen(12)));
    }
}
