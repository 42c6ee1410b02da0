//! A step as the people who work it see it.

use super::{
    due::Due,
    model::{EvidenceRule, Figure, Required, Signoff},
    survey::SurveyRing,
    text::Text,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a step stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StepState {
    /// It can be done now.
    Open,
    /// It can be done now and should have been.
    Overdue,
    /// Other steps come first.
    Blocked {
        /// Their codes.
        by: Vec<String>,
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
        /// The condition, as an English sentence.
        condition: String,
    },
}

impl StepState {
    /// Whether nothing more is to be done about it.
    pub fn is_finished(&self) -> bool {
        matches!(self, Self::Done | Self::Skipped { .. } | Self::Hidden { .. })
    }
}

/// What kind of step it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Something is done.
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

/// A step as the people who work it see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct StepView {
    /// Its stable code.
    pub code: String,
    /// Its short number in print.
    pub number: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// What is to be done, decided or run.
    pub title: Text,
    /// By which role, by code.
    pub role: Option<String>,
    /// What the role is called.
    pub role_title: Option<Text>,
    /// When it is due; absent while its clock has not started.
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
    /// The facts that doing it finds out; of a decision the one it sets.
    pub records: Vec<String>,
    /// How often it was done, of a repeated step.
    pub rounds: usize,
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
