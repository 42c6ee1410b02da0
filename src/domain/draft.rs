//! Reports that somebody has begun and not sent.

use super::id::{AccountId, DraftId, IncidentId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For how long a report that nobody goes on with is kept?
pub const DRAFT_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many reports may an account have begun at once?
pub const MOST_DRAFTS: usize = 20;

/// How large may one be, in bytes of all its answers? Room for a pasted
/// outline.
pub const LARGEST_DRAFT: usize = 512 * 1024;

/// A report that somebody has begun: the answers as typed, by the name of
/// their field. Only who began it sees it; it is no part of the log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReportDraft {
    /// Its id.
    pub id: DraftId,
    /// Who began it.
    pub account: AccountId,
    /// When it was last changed.
    pub changed: Timestamp,
    /// The answers so far.
    pub answers: BTreeMap<String, String>,
    /// The incident it opened, once it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<IncidentId>,
}

impl ReportDraft {
    /// What is typed under this name; nothing is an empty text.
    pub fn answer(&self, name: &str) -> &str {
        self.answers.get(name).map_or("", |text| text.trim())
    }

    /// Whether it is kept no longer.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.changed) > DRAFT_KEPT
    }
}
