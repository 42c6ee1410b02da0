//! Why a layer or table could not be used.

/// Why a layer or table could not be used. Nothing half-read is kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LayerError {
    /// The text is not of the format, or lacks a field.
    #[error("{layer}: {problem}")]
    Unreadable {
        /// Which layer or table.
        layer: String,
        /// What the reader says, with the place.
        problem: String,
    },
    /// A row or feature contradicts another, or names one that is not there.
    #[error("{layer}, {feature}: {problem}")]
    Inconsistent {
        /// Which layer or table.
        layer: String,
        /// Which row or feature.
        feature: String,
        /// What is the matter.
        problem: String,
    },
}

impl LayerError {
    pub(super) fn unreadable(layer: &str, problem: &(impl ToString + ?Sized)) -> Self {
        Self::Unreadable { layer: layer.to_owned(), problem: problem.to_string() }
    }

    pub(super) fn inconsistent(layer: &str, feature: &str, problem: &(impl ToString + ?Sized)) -> Self {
        Self::Inconsistent {
            layer: layer.to_owned(),
            feature: feature.to_owned(),
            problem: problem.to_string(),
        }
    }
}
