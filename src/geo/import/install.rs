//! Imported layers laid into an atlas beside the built-in ones. The old atlas
//! stays as it is; whoever holds it may go on asking it.

use super::{Content, Imported, version_name};
use crate::{
    domain::{assessment::DataVersion, layer::LayerKind},
    geo::{Area, Atlas, boxes::Boxes},
};
use std::{collections::BTreeSet, sync::Arc};

impl Atlas {
    /// This atlas with imported layers, in their order. Hotspots take the place
    /// of those there are; a layer takes the place of one of the same kind and
    /// name; boundaries add areas and never remove one.
    #[must_use]
    pub fn with_layers(&self, layers: &[Arc<Imported>]) -> Self {
        let mut atlas = self.clone();
        let last = |at: usize, layer: &Imported| {
            let same = |later: &Arc<Imported>| {
                later.kind == layer.kind && (layer.kind == LayerKind::Hotspots || later.name == layer.name)
            };
            !layers[at + 1..].iter().any(same)
        };
        for (_, layer) in layers.iter().enumerate().filter(|(at, layer)| last(*at, layer)) {
            let name = version_name(layer.kind, &layer.name);
            match &layer.content {
                Content::Hotspots(rows, hotspots) => {
                    atlas.hotspot_rows.clone_from(rows);
                    atlas.hotspots = Arc::clone(hotspots);
                }
                Content::Features(added) => {
                    atlas
                        .added
                        .retain(|(kind, there)| (*kind, &*there.name) != (layer.kind, layer.name.as_str()));
                    atlas.added.push((layer.kind, Arc::clone(added)));
                }
                Content::Areas(areas) => {
                    let prefix = format!("{}:", layer.name);
                    atlas.areas.retain(|area| !area.id.starts_with(&prefix));
                    // On top of what is there, as outlines of the register are.
                    atlas.areas.extend(areas.iter().map(|area| Area {
                        id: format!("{prefix}{}", area.id).into(),
                        overlay: true,
                        ..area.clone()
                    }));
                    atlas.index_areas();
                }
            }
            let kept = atlas.data.iter().filter(|version| version.layer != name).cloned();
            atlas.data = kept.chain([layer.version(name.clone())]).collect();
        }
        atlas
    }

    /// This atlas with the areas of an imported layer of boundaries instead of
    /// its own. Outlines of the register stay on top, and so do areas of more
    /// than one State that the layer has not got, so that all of them are
    /// told; see [`Imported::states`] for whom the layer leaves out. Nothing
    /// changes for a layer of another kind.
    #[must_use]
    pub fn with_areas(&self, boundaries: &Imported) -> Self {
        let Content::Areas(areas) = &boundaries.content else { return self.clone() };
        let known = areas.iter().filter(|area| !area.relations.is_empty());
        let ids: BTreeSet<&str> = known.map(|area| &*area.id).collect();
        let mut atlas = self.clone();
        atlas.areas.retain(|area| (area.overlay || area.is_contested()) && !ids.contains(&*area.id));
        for area in &mut atlas.areas {
            area.overlay = true;
        }
        atlas.areas.extend(areas.iter().cloned());
        atlas.accuracy_m = boundaries.sidecar.accuracy_m;
        atlas.index_areas();
        let other = |version: &DataVersion| match &*version.layer {
            "areas" => boundaries.version("areas".to_owned()),
            _ => version.clone(),
        };
        atlas.data = atlas.data.iter().map(other).collect();
        atlas
    }

    fn index_areas(&mut self) {
        self.areas.sort_by(|a, b| a.id.cmp(&b.id));
        self.boxes = Boxes::new(self.areas.iter().map(|area| area.shape.around));
        self.coarsest_m = self.areas.iter().map(|area| area.accuracy_m).fold(0.0, f64::max);
    }
}
