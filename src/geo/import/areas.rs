//! Areas of States made of the features of a layer of boundaries.

use super::{
    Progress,
    borders::{Borders, index},
    codes::Taken,
    feature::Rings,
    naming,
    owner::Owner,
};
use crate::geo::{Area, sidecar::Sidecar, states::Names};
use std::collections::BTreeMap;

/// A feature that is to become an area.
pub(super) struct Found {
    /// Its name, or its number in words.
    pub called: String,
    pub owner: Option<Owner>,
    /// Its polygons, on as many sheets as overlap.
    pub sheets: Vec<Vec<Rings>>,
}

/// Areas by id; a feature whose parts overlap makes more than one.
#[derive(Default)]
pub(super) struct Areas {
    pub areas: Vec<Area>,
    /// How many features they are of.
    pub kept: usize,
}

/// Indexes all features, their borders told from coasts.
pub(super) fn index_all(found: Vec<Found>, sidecar: &Sidecar, progress: &mut dyn FnMut(Progress)) -> Areas {
    let (of, mut ids) = (found.len(), Taken::default());
    let borders = Borders::of(found.iter().flat_map(|feature| &feature.sheets).flatten());
    let mut alone: BTreeMap<String, bool> = BTreeMap::new();
    for owner in found.iter().filter_map(|feature| feature.owner.as_ref()) {
        alone.entry(owner.id.clone()).and_modify(|alone| *alone = false).or_insert(true);
    }
    let mut all = Areas { kept: of, ..Areas::default() };
    for (done, Found { called, owner, sheets }) in found.into_iter().enumerate() {
        progress(Progress::Indexing { done, of });
        let (id, name) = called_by(&called, owner.as_ref(), &alone);
        let (relations, local, note) =
            owner.map_or_else(Default::default, |owner| (owner.relations, owner.local, owner.note));
        for sheet in &sheets {
            all.areas.push(Area {
                id: ids.unique(&id).into(),
                name: name.clone(),
                relations: relations.clone(),
                accuracy_m: sidecar.accuracy_m,
                overlay: false,
                local: local.clone(),
                note: note.clone(),
                shape: index(sheet, Some(&borders)),
            });
        }
    }
    progress(Progress::Indexing { done: of, of });
    all.areas.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// The id and the names of an area. A feature that bears its owner's name, or
/// is the only one of a State, is that owner's area; others are called by
/// their own name.
fn called_by(called: &str, owner: Option<&Owner>, alone: &BTreeMap<String, bool>) -> (String, Names) {
    let own = || Names::english(called);
    let Some(owner) = owner else { return (format!("undetermined-{}", naming::slug(called)), own()) };
    let only = alone.get(&owner.id) == Some(&true);
    if owner.named || (only && owner.is_state) {
        (owner.id.clone(), owner.name.clone())
    } else if only {
        (owner.id.clone(), own())
    } else {
        (format!("{}-{}", owner.id, naming::slug(called)), own())
    }
}
