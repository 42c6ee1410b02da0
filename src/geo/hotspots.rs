//! The table of biodiversity hotspots: what each is composed of, and how well.

use super::{
    earth::LonLat,
    error::LayerError,
    layer::Feature,
    register::Rectangle,
    states::{NamedPoint, Names},
};
use crate::domain::state::StateCode;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The layer's name, as findings and data versions carry it.
pub(super) const LAYER: &str = "hotspots";

/// One part of a hotspot.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    /// The land this State administers, all of it or what lies in `within`.
    pub state: Option<StateCode>,
    pub within: Option<Rectangle>,
    /// An outline drawn by hand, clipped to land.
    pub outline: Option<Vec<LonLat>>,
    #[serde(default)]
    pub name: Option<String>,
}

/// One hotspot.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Hotspot {
    /// Its code, `cerrado`.
    pub code: String,
    /// Names in six languages.
    pub name: Names,
    /// Published area, square kilometres.
    pub published_km2: Option<f64>,
    /// How far the drawn edge may be from the true one, metres.
    pub expected_error_m: f64,
    /// How good the outline is: `approximate` for one drawn by hand.
    #[serde(default)]
    pub grade: String,
    pub(super) parts: Vec<Part>,
    /// Places well known to lie inside.
    #[serde(default)]
    pub inside: Vec<NamedPoint>,
    /// Places well known to lie outside.
    #[serde(default)]
    pub outside: Vec<NamedPoint>,
    /// Where the outline comes from.
    #[serde(default)]
    pub sources: String,
    /// Whatever else should be known.
    #[serde(default)]
    pub note: String,
}

impl Hotspot {
    /// What findings say of it.
    pub(super) fn feature(&self, approximate: bool) -> Feature {
        Feature {
            code: self.code.clone(),
            name: self.name.get("en").to_owned(),
            accuracy_m: self.expected_error_m,
            approximate,
        }
    }
}

#[derive(Deserialize)]
struct File {
    hotspot: Vec<Hotspot>,
}

/// Reads `hotspots.toml`.
pub(super) fn read(text: &str) -> Result<Vec<Hotspot>, LayerError> {
    let file: File = toml::from_str(text).map_err(|error| LayerError::unreadable("hotspots", &error))?;
    let mut codes = BTreeSet::new();
    for hotspot in &file.hotspot {
        let wrong = |problem: &str| Err(LayerError::inconsistent("hotspots", &hotspot.code, &problem));
        if !codes.insert(hotspot.code.as_str()) {
            return wrong("stands there twice");
        }
        if hotspot.parts.iter().any(|part| part.state.is_some() == part.outline.is_some()) {
            return wrong("a part is either a State or an outline");
        }
        if !(hotspot.expected_error_m.is_finite() && hotspot.expected_error_m >= 0.0) {
            return wrong("expected_error_m is not a length");
        }
    }
    Ok(file.hotspot)
}
