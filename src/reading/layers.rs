//! The layers of the map: what the program carries, what was imported, and
//! which of them are in force.

use super::{ReadError, Reading};
use crate::{
    domain::{
        account::{Action, Viewer, can},
        id::{AccountId, LayerId},
    },
    geo::{Atlas, Shelved, Sidecar},
    store::{Health, LayerRecord, StoreError},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One layer or table of the map, with its sidecar.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LayerEntry {
    /// Its id; absent for what the program carries.
    pub id: Option<LayerId>,
    /// What it holds: a kind of layer that can be imported, or the name of a
    /// layer or table the program carries.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether assessments use it.
    pub in_force: bool,
    /// One line for people.
    pub title: String,
    /// Where the content comes from.
    pub source: String,
    /// Version, as the source says it.
    pub version: String,
    /// Day of this version.
    pub date: String,
    /// Terms of use.
    pub licence: String,
    /// How it was made.
    pub how_made: String,
    /// How far a drawn line may be from the true one, metres.
    pub accuracy_m: f64,
    /// SHA-256 of the bytes read, in hexadecimal.
    pub sha256: String,
    /// How many features or rows it has, where that is known.
    pub features: Option<usize>,
    /// The publication the checksum is known to be of.
    pub known: Option<String>,
    /// The name of the file as it was sent.
    pub file_name: Option<String>,
    /// Size of the file in bytes.
    pub size: Option<u64>,
    /// When it was imported.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub imported: Option<Timestamp>,
    /// By whom.
    pub imported_by: Option<AccountId>,
    /// Why it could not be read; then the map goes without it.
    pub problem: Option<String>,
}

/// Whether the instance can work, and what it works without.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Readiness {
    /// How the store is.
    #[serde(flatten)]
    pub store: Health,
    /// Imported layers that could not be read: the map goes without them.
    pub unreadable_layers: Vec<String>,
    /// By how many seconds this server's time is ahead of the machine's clock,
    /// which was set back: it runs slower until the two agree. Check the clock.
    pub clock_ahead_seconds: i64,
}

impl Reading {
    /// The layers of the map: what the program carries first, then the
    /// imported ones in order.
    pub fn layers(&self, viewer: &Viewer) -> Result<Vec<LayerEntry>, ReadError> {
        can(viewer, Action::Preview, None)?;
        let records = self.store.layers(viewer)?;
        let shelved = self.shelf.layers();
        let on_shelf = |record: &LayerRecord| shelved.iter().find(|layer| layer.id == record.id);
        let imported: Vec<LayerEntry> =
            records.iter().map(|record| imported(record, on_shelf(record))).collect();
        let replaced =
            |layer: &str| layer == "hotspots" && imported.iter().any(|l| l.in_force && l.kind == layer);
        let carried = Atlas::carried().into_iter().map(|(layer, sidecar)| {
            let in_force = !replaced(layer);
            carried(self.shelf.built_in(), layer, sidecar, in_force)
        });
        Ok(carried.chain(imported.clone()).collect())
    }

    /// Whether the instance can work.
    pub fn readiness(&self) -> Result<Readiness, StoreError> {
        let store = self.store.health()?;
        let problem = |shelved: Shelved| shelved.layer.err().map(|why| format!("{}: {why}", shelved.id));
        let unreadable_layers = self.shelf.layers().into_iter().filter_map(problem).collect();
        Ok(Readiness { store, unreadable_layers, clock_ahead_seconds: self.clock.ahead().as_secs() })
    }
}

fn imported(record: &LayerRecord, shelved: Option<&Shelved>) -> LayerEntry {
    let layer = shelved.map(|shelved| &shelved.layer);
    let read = layer.and_then(|layer| layer.as_ref().ok());
    let entry = entry(Sidecar::read(&record.sidecar).ok(), record.kind.code(), &record.name);
    LayerEntry {
        id: Some(record.id),
        in_force: read.is_some(),
        sha256: record.sha256.clone(),
        features: read.map(|layer| layer.kept),
        known: read.and_then(|layer| layer.known).map(str::to_owned),
        file_name: Some(record.file_name.clone()),
        size: Some(record.size),
        imported: Some(record.imported),
        imported_by: record.imported_by,
        problem: layer.and_then(|layer| layer.as_ref().err().cloned()),
        ..entry
    }
}

fn carried(atlas: &Atlas, layer: &str, sidecar: Sidecar, in_force: bool) -> LayerEntry {
    let features = match layer {
        "areas" => Some(atlas.areas().len()),
        "hotspots" => Some(atlas.hotspots().count()),
        "states" => Some(atlas.states().iter().count()),
        _ => None,
    };
    let read = atlas.data().iter().find(|data| data.layer == layer);
    let sha256 = read.map(|data| data.sha256.clone()).unwrap_or_default();
    LayerEntry { in_force, sha256, features, ..entry(Some(sidecar), layer, layer) }
}

fn entry(sidecar: Option<Sidecar>, kind: &str, name: &str) -> LayerEntry {
    let unread = Sidecar {
        title: name.to_owned(),
        source: String::new(),
        version: String::new(),
        date: String::new(),
        licence: String::new(),
        how_made: String::new(),
        accuracy_m: 0.0,
        notes: String::new(),
    };
    let sidecar = sidecar.unwrap_or(unread);
    LayerEntry {
        id: None,
        kind: kind.to_owned(),
        name: name.to_owned(),
        in_force: true,
        title: sidecar.title,
        source: sidecar.source,
        version: sidecar.version,
        date: sidecar.date,
        licence: sidecar.licence,
        how_made: sidecar.how_made,
        accuracy_m: sidecar.accuracy_m,
        sha256: String::new(),
        features: None,
        known: None,
        file_name: None,
        size: None,
        imported: None,
        imported_by: None,
        problem: None,
    }
}
