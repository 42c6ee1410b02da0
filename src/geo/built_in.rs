//! The layers and tables the program carries.

use super::{Atlas, HotspotSources, LayerError, Source, Sources};

macro_rules! carried {
    ($data:literal, $sidecar:literal) => {
        Source {
            text: include_str!(concat!("../../geodata/", $data)),
            sidecar: include_str!(concat!("../../geodata/", $sidecar)),
        }
    };
}

impl Atlas {
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
