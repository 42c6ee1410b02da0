//! A step as the people who work it see it.

use super::{
    due::Due,
    model::{EvidenceRule, Figure, Required, Signoff},
    survey::SurveyRing,
    text::{Language, Text},
};
use crate::domain::id::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Where a step stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StepState {
    /// It can be done now.
    #[default]
    Open,
    /// It can be done now and should have been.
    Overdue,
    /// Other steps come first.
    Blocked {
        /// Their codes.
        by: Vec<String>,
    },
    /// It was done; what shows it is not there yet.
    AwaitingEvidence {
        /// What is missing.
        missing: Vec<EvidenceGap>,
    },
    /// It was done; others have still to agree.
    AwaitingSignoff {
        /// How many persons are missing.
        missing: u16,
    },
    /// It is done.
    Done,
    /// It was left out.
    Skipped {
        /// Why.
        reason: String,
    },
    /// Its condition does not hold.
    Hidden {
        /// The condition as a sentence, in the languages the playbook is there
        /// in.
        condition: Text,
    },
}

/// Evidence that is missing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct EvidenceGap {
    /// What kind.
    pub kind: String,
    /// Whether only pieces with a written chain of hands count.
    pub chain_of_custody: bool,
    /// How many there are.
    pub have: u16,
    /// How many there must be; of a repeated step for all rounds so far.
    pub need: u16,
}

impl StepState {
    /// Whether nothing more is to be done about it.
    pub fn is_finished(&self) -> bool {
        matches!(self, Self::Done | Self::Skipped { .. } | Self::Hidden { .. })
    }
}

/// What kind of step it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Something is done.
    #[default]
    Do,
    /// A question is answered.
    Decide,
    /// Several steps at the same time.
    Together,
    /// Done again and again.
    Repeat,
    /// Another playbook is run.
    RunPlaybook,
}

/// A survey with its ring in metres and its number of samples.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct SurveyView {
    /// Which ring bounds it.
    pub ring: SurveyRing,
    /// How far out, from the assessment; absent when no radius is known.
    pub radius_m: Option<f64>,
    /// How sure one wants to be.
    pub confidence: f64,
    /// The share of positives that must not be missed.
    pub prevalence: f64,
    /// How many samples: n = ⌈ln(1−C)/ln(1−p)⌉.
    pub samples: u64,
    /// What one sample is.
    pub unit: Text,
}

/// How a step ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepDone)]
pub struct DoneView {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// How and why it was done otherwise than written, or why a step that
    /// must be done was left out.
    pub deviation: Option<String>,
}

/// What the steps of a run come to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct RunSummary {
    /// How many can be done now and are in time.
    pub open: usize,
    /// How many can be done now and should have been.
    pub overdue: usize,
    /// How many wait for others.
    pub blocked: usize,
    /// How many were done and wait for evidence or for a person to agree.
    pub unproven: usize,
    /// How many are done.
    pub done: usize,
    /// How many were left out.
    pub skipped: usize,
    /// How many are hidden by their condition.
    pub hidden: usize,
    /// Whether nothing is left to do.
    pub finished: bool,
    /// When the next step falls due that is not late yet.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_due: Option<Timestamp>,
}

/// A step as the people who work it see it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct StepView {
    /// Its stable code.
    pub code: String,
    /// Its short number in print.
    pub number: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// What is to be done, decided or run.
    pub title: Text,
    /// The languages whose text of it the original has outrun; they are shown
    /// in English.
    #[serde(default)]
    pub stale: Vec<Language>,
    /// The group it belongs to, by code.
    #[serde(default)]
    pub group: Option<String>,
    /// By which role, by code.
    pub role: Option<String>,
    /// What the role is called.
    pub role_title: Option<Text>,
    /// Who acts for that role in this run.
    #[serde(default)]
    pub persons: Vec<AccountId>,
    /// When it is due; absent while its clock has not started. Of a playbook
    /// that is run when that must have begun.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
    /// What the due time is counted from.
    pub due_rule: Option<Due>,
    /// Whether the due time has passed and it is not finished, blocked or not.
    pub late: bool,
    /// How binding it is.
    pub required: Required,
    /// Where it stands.
    pub state: StepState,
    /// The answers a decision may have, *unknown* included.
    pub answers: Vec<String>,
    /// What the answers are called.
    #[serde(default)]
    pub answer_titles: BTreeMap<String, Text>,
    /// The facts that doing it finds out; of a decision the one it sets.
    pub records: Vec<String>,
    /// What it has found out, by fact.
    #[serde(default)]
    pub answered: BTreeMap<String, String>,
    /// How it ended, if it has.
    #[serde(default)]
    pub done: Option<DoneView>,
    /// How often it was done, of a repeated step.
    pub rounds: usize,
    /// How often it was undone.
    #[serde(default)]
    pub undone: usize,
    /// How many pieces of evidence are kept for it.
    #[serde(default)]
    pub kept: usize,
    /// Who has agreed so far.
    #[serde(default)]
    pub signed: Vec<AccountId>,
    /// Why it was added, of a step that is not in the playbook.
    #[serde(default)]
    pub added: Option<String>,
    /// The playbook it runs, by id.
    pub runs: Option<String>,
    /// What must be kept to show that it was done.
    pub evidence: Vec<EvidenceRule>,
    /// Who must agree.
    pub signoff: Option<Signoff>,
    /// The articles it rests on.
    pub legal: Vec<String>,
    /// Figures and cases, with sources.
    pub figures: Vec<Figure>,
    /// The survey it asks for.
    pub survey: Option<SurveyView>,
}
