//! How many samples find at least one positive.

use super::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which distance of the assessment bounds the survey.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SurveyRing {
    /// Where nineteen twentieths of the movement lie.
    P95,
    /// The farthest credible.
    Max,
}

/// A delimiting survey as a playbook asks for it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Survey {
    /// How far out.
    pub ring: SurveyRing,
    /// How sure one wants to be to find it, between 0 and 1.
    pub confidence: f64,
    /// The share of positives that must not be missed, between 0 and 1.
    pub prevalence: f64,
    /// What one sample is.
    pub unit: Text,
}

impl Survey {
    /// The number of samples this survey needs.
    pub fn samples(&self) -> Option<u64> {
        sample_size(self.confidence, self.prevalence)
    }
}

/// The number of samples that find at least one positive with the given
/// confidence when the given share is positive, in a large lot and with a
/// perfect test: n = ⌈ln(1−C)/ln(1−p)⌉. Absent when either is not strictly
/// between 0 and 1.
pub fn sample_size(confidence: f64, prevalence: f64) -> Option<u64> {
    let inside = |x: f64| x > 0.0 && x < 1.0;
    if !inside(confidence) || !inside(prevalence) {
        return None;
    }
    let n = ((1.0 - confidence).ln() / (-prevalence).ln_1p()).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and checked to fit"
    )]
    (n.is_finite() && n < 1e15).then_some(n as u64)
}

#[cfg(test)]
mod tests {
    use super::sample_size;

    #[test]
    fn sample_sizes_are_those_of_the_table() {
        for (confidence, prevalence, n) in [
            (0.95, 0.05, 59),
            (0.99, 0.05, 90),
            (0.95, 0.01, 299),
            (0.99, 0.01, 459),
            (0.95, 0.005, 598),
            (0.99, 0.005, 919),
            (0.95, 0.001, 2995),
            (0.99, 0.001, 4603),
            (0.95, 0.0001, 29956),
            (0.99, 0.0001, 46050),
        ] {
            assert_eq!(sample_size(confidence, prevalence), Some(n), "{confidence} {prevalence}");
        }
        assert_eq!(sample_size(1.0, 0.5), None);
        assert_eq!(sample_size(0.95, 0.0), None);
    }
}
