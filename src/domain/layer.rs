//! Layers of the map that were added by import.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// What an imported layer holds, and so what it does to the map.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// Biodiversity hotspots: takes the place of the built-in ones.
    Hotspots,
    /// Protected areas: features in reach are listed.
    ProtectedAreas,
    /// Key biodiversity areas: features in reach are listed.
    KeyBiodiversityAreas,
    /// Areas of States: added to the built-in ones, which all stay.
    Boundaries,
    /// Anything else: features in reach are listed.
    Other,
}

impl LayerKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Hotspots, Self::ProtectedAreas, Self::KeyBiodiversityAreas, Self::Boundaries, Self::Other];

    /// The code as written everywhere.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hotspots => "hotspots",
            Self::ProtectedAreas => "protected_areas",
            Self::KeyBiodiversityAreas => "key_biodiversity_areas",
            Self::Boundaries => "boundaries",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for LayerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no kind of layer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "“{0}” is not a kind of layer: hotspots, protected_areas, key_biodiversity_areas, boundaries or other"
)]
pub struct NotALayerKind(pub String);

impl FromStr for LayerKind {
    type Err = NotALayerKind;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or_else(|| NotALayerKind(text.to_owned()))
    }
}
