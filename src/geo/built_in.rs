//! The layers and tables the program carries.

use super::{Atlas, HotspotSources, LayerError, Sidecar, Source, Sources};

macro_rules! carried {
    ($data:literal, $sidecar:literal) => {
        Source {
            text: include_str!(concat!("../../geodata/", $data)),
            sidecar: include_str!(concat!("../../geodata/", $sidecar)),
        }
    };
}

/// Each layer or table the program carries, as assessments name it, with its
/// sidecar's text.
const SIDECARS: [(&str, &str); 7] = [
    ("areas", include_str!("../../geodata/areas.topo.meta.toml")),
    ("register", include_str!("../../geodata/areas.meta.toml")),
    ("states", include_str!("../../geodata/states.meta.toml")),
    ("hotspots", include_str!("../../geodata/hotspots.topo.meta.toml")),
    ("dispersal", include_str!("../../geodata/dispersal.meta.toml")),
    ("organisms", include_str!("../../geodata/organisms.meta.toml")),
    ("relatives", include_str!("../../geodata/relatives.meta.toml")),
];

impl Atlas {
    /// The outlines of the areas the program carries, TopoJSON.
    pub(super) const AREAS: &'static str = include_str!("../../geodata/areas.topo.json");
    /// The outlines of the hotspots the program carries, TopoJSON.
    pub(super) const HOTSPOTS: &'static str = include_str!("../../geodata/hotspots.topo.json");

    /// The layers and tables the program carries, with their sidecars.
    pub fn carried() -> Vec<(&'static str, Sidecar)> {
        SIDECARS.iter().filter_map(|(layer, text)| Some((*layer, Sidecar::read(text).ok()?))).collect()
    }

    /// The atlas of the layers and tables the program carries.
    pub fn built_in() -> Result<Self, LayerError> {
        Self::read(Sources {
            areas: carried!("areas.topo.json", "areas.topo.meta.toml"),
            states: carried!("states.toml", "states.meta.toml"),
            register: carried!("areas.toml", "areas.meta.toml"),
            hotspots: Some(HotspotSources {
                layer: carried!("hotspots.topo.json", "hotspots.topo.meta.toml"),
                table: include_str!("../../geodata/hotspots.toml"),
            }),
            dispersal: carried!("dispersal.toml", "dispersal.meta.toml"),
            organisms: carried!("organisms.toml", "organisms.meta.toml"),
            relatives: carried!("relatives.toml", "relatives.meta.toml"),
        })
    }
}
