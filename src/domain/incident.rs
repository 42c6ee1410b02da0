//! The case a report opens (work in progress).
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether it is real.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It happened.
    Actual,
    /// A drill.
    Exercise,
    /// A test of the line.
    Test,
}

/// Whether significant adverse effects are likely.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Significance {
    /// The answer.
    pub value: Likelihood,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The risk assessment referred to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_assessment: Option<String>,
}

/// Likely or not; unknown counts as likely.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Unlikely.
    Unlikely,
    /// Likely.
    Likely,
    /// Not known: counts as likely.
    #[default]
    Unknown,
}
