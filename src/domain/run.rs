//! A run: one team of one State works through one playbook, in one incident.
//! The playbook is pinned to its text; whatever becomes of the library
//! afterwards, the run goes on by the text it began with.

use super::{
    event::{Body, Event},
    id::{AccountId, RunId, Seq},
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The text a run follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PinnedPlaybook {
    /// The playbook's id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title in English.
    pub title: String,
}

/// What somebody did about a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// It was done.
    Done {
        /// What was found out, by fact; of a decision its answer.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        answers: BTreeMap<String, String>,
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// Why it was done although other steps come first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deviation: Option<String>,
    },
    /// One round of a step that is repeated.
    Round {
        /// What was found out, by fact.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        answers: BTreeMap<String, String>,
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// It is left out.
    Skipped {
        /// Why.
        reason: String,
    },
    /// Another person agrees that it was done.
    SignedOff {
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// It is to be done after all: what was done or left out no longer counts.
    /// The record of it stays.
    Reopened {
        /// Why.
        reason: String,
    },
    /// Something to say of it.
    Noted {
        /// What.
        text: String,
    },
}

/// A deed with its time, its proof and who did it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct DeedRecord {
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
    /// When it was done.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The event that keeps it.
    pub proof: Seq,
    /// By whom.
    pub by: Option<AccountId>,
}

/// A run as its events have made it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// How many events have changed it: what a decision about it is based on.
    pub version: u64,
    /// For which State.
    pub state: StateCode,
    /// The text it follows.
    pub playbook: PinnedPlaybook,
    /// When it was started.
    #[schema(value_type = String, format = DateTime)]
    pub started: Timestamp,
    /// By whom.
    pub by: Option<AccountId>,
    /// What was done, by step, in the order of the log.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub deeds: BTreeMap<String, Vec<DeedRecord>>,
    /// Steps of which it was said that their time has passed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub overdue: BTreeSet<String>,
    /// When it ended, if it has.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended: Option<Timestamp>,
}

impl Run {
    /// Writes a deed down. One that makes a step be done again takes back that
    /// its time has passed.
    pub fn record(&mut self, step: &str, record: DeedRecord) {
        self.version += 1;
        if matches!(record.deed, Deed::Reopened { .. }) {
            self.overdue.remove(step);
        }
        self.deeds.entry(step.to_owned()).or_default().push(record);
    }
}

/// Follows one event about runs.
pub(super) fn apply(runs: &mut Vec<Run>, event: &Event) {
    match &event.body {
        Body::RunStarted { run, state, playbook } => runs.push(Run {
            id: *run,
            version: 1,
            state: *state,
            playbook: playbook.clone(),
            started: event.occurred,
            by: event.actor,
            deeds: BTreeMap::new(),
            overdue: BTreeSet::new(),
            ended: None,
        }),
        Body::StepRecorded { run, step, deed, .. } => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == *run) {
                let (at, proof, by) = (event.occurred, event.seq, event.actor);
                run.record(step, DeedRecord { deed: deed.clone(), at, proof, by });
            }
        }
        Body::StepOverdue { run, step, .. } => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == *run) {
                run.version += 1;
                run.overdue.insert(step.clone());
            }
        }
        Body::RunEnded { run, .. } => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == *run) {
                run.version += 1;
                run.ended = Some(event.occurred);
            }
        }
        _ => {}
    }
}
