//! The register of areas with more than one relation, and of areas that are
//! not simply one map feature for one State.

use super::{
    earth::LonLat,
    error::LayerError,
    states::{NamedPoint, Names, States},
};
use crate::domain::state::StateCode;
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

/// The relation of a State to an area, with its source.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Which State.
    pub state: StateCode,
    /// `administers`, `claims`, `shared`, `undetermined` or `international`.
    pub basis: Arc<str>,
    /// What says so.
    pub source: String,
    /// The month up to which the row is believed right.
    pub as_of: String,
}

/// A rectangle of longitude and latitude, south-west corner first; west
/// beyond east runs across ±180°.
pub(super) type Rectangle = [LonLat; 2];

/// One row of the register.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub id: String,
    pub name: Names,
    pub feature: Option<String>,
    pub part_of: Option<String>,
    pub r#box: Option<Rectangle>,
    #[serde(default)]
    pub boxes: Vec<Rectangle>,
    pub outline: Option<Vec<LonLat>>,
    pub accuracy_m: Option<f64>,
    #[serde(default)]
    pub points: Vec<NamedPoint>,
    pub relations: Vec<Relation>,
    pub local: Option<String>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
struct File {
    area: Vec<Entry>,
}

const BASES: [&str; 5] = ["administers", "claims", "shared", "undetermined", "international"];

/// Reads `areas.toml` and holds it against the table of States.
pub(super) fn read(text: &str, states: &States) -> Result<Vec<Entry>, LayerError> {
    let file: File = toml::from_str(text).map_err(|error| LayerError::unreadable("register", &error))?;
    let mut ids = BTreeSet::new();
    for entry in &file.area {
        let wrong = |problem: &str| Err(LayerError::inconsistent("register", &entry.id, &problem));
        if !ids.insert(entry.id.as_str()) {
            return wrong("stands there twice");
        }
        let shapes = [entry.feature.is_some(), entry.part_of.is_some(), entry.outline.is_some()];
        if shapes.iter().filter(|there| **there).count() != 1 {
            return wrong("has to have exactly one of feature, part_of and outline");
        }
        if entry.part_of.is_some() && entry.rectangles().next().is_none() {
            return wrong("part_of needs a box");
        }
        if entry.outline.as_ref().is_some_and(|line| line.len() < 3) {
            return wrong("the outline needs three positions");
        }
        if entry.relations.is_empty() {
            return wrong("has no relation");
        }
        for relation in &entry.relations {
            if states.get(relation.state).is_none() {
                return wrong(&format!("{} is not in the table of States", relation.state));
            }
            if !BASES.contains(&&*relation.basis) {
                return wrong(&format!("“{}” is no relation", relation.basis));
            }
        }
    }
    Ok(file.area)
}

impl Entry {
    /// The boxes of a `part_of` entry.
    pub fn rectangles(&self) -> impl Iterator<Item = &Rectangle> {
        self.r#box.iter().chain(&self.boxes)
    }
}
