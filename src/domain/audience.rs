//! Who may see an event. Fixed at commit, never widened by a later reading of
//! the rules.

use super::{
    account::{Action, Viewer, allows},
    id::AccountId,
    state::StateSet,
};
use serde::{Deserialize, Serialize};

/// Who may see one event: the instance always, the States in the set, the
/// account that reported (for what is its own), and everybody if public.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Audience {
    /// Everybody who may read incidents at all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub public: bool,
    /// The States.
    pub states: StateSet,
    /// For the States in the set only: the instance's own accounts see that it
    /// exists by other events, and not what was said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// The reporter, wherever its account belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<AccountId>,
}

impl Audience {
    /// These States and the instance.
    pub fn of(states: StateSet) -> Self {
        Self { states, ..Self::default() }
    }

    /// The same, and the reporter.
    #[must_use]
    pub fn and_reporter(mut self, reporter: AccountId) -> Self {
        self.reporter = Some(reporter);
        self
    }

    /// These States only.
    pub fn sealed(states: StateSet) -> Self {
        Self { states, sealed: true, ..Self::default() }
    }

    /// Whether `viewer` may see it.
    pub fn admits(&self, viewer: &Viewer) -> bool {
        match viewer {
            Viewer::House => true,
            Viewer::Account { role, .. } if !allows(*role, Action::ReadIncidents) => false,
            Viewer::Account { id, state, .. } => {
                self.public
                    || self.reporter == Some(*id)
                    || (!self.sealed && viewer.is_instance_reader())
                    || state.is_some_and(|s| self.states.contains(s))
            }
        }
    }
}
