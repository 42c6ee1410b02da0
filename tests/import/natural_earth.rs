//! A real, large layer, where it is at hand.

use crate::files::{ATLAS, assess, problems, sidecar, states};
use outcross::{
    domain::layer::LayerKind,
    geo::import::{Imported, LayerFile, Progress},
};
use std::{fs, sync::Arc};

const FILE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ne_5.1.2_10m_admin_0_map_units.geojson");

fn read(kind: LayerKind, progress: &mut dyn FnMut(Progress)) -> Option<Imported> {
    let Ok(bytes) = fs::read(FILE) else {
        println!("skipped: {FILE} is not at hand");
        return None;
    };
    let file = LayerFile { file_name: "ne.geojson", bytes: &bytes };
    Some(Imported::read(kind, "map-units", &file, sidecar(500.0), progress).expect("Natural Earth"))
}

#[test]
fn natural_earth_becomes_areas_with_the_right_states() {
    let mut said = Vec::new();
    let Some(layer) = read(LayerKind::Boundaries, &mut |progress| said.push(progress)) else { return };
    assert!(said.len() > 50 && matches!(said.last(), Some(Progress::Indexing { done: 298, of: 298 })));
    println!("{:#?}\n{:#?}", layer.dropped, problems(&layer));
    assert_eq!(layer.kept, 298);
    let atlas = ATLAS.with_areas(&layer);
    for (lat, lon, wanted) in [
        (47.55, 7.59, &["CH"][..]),
        (4.9, -52.3, &["FR"]),
        (12.17, -68.27, &["NL"]),
        (9.56, 44.06, &["SO"]),
        (35.34, 33.32, &["CY", "TR"]),
        (42.66, 21.16, &["RS"]),
        (25.03, 121.56, &["CN"]),
        (-51.7, -57.86, &["AR", "GB"]),
        (44.95, 34.1, &["RU", "UA"]),
        (-29.5, 28.2, &["LS"]),
        (64.18, -51.72, &["DK"]),
        (78.22, 15.65, &["NO"]),
        (31.5, 34.45, &["IL", "PS"]),
        (-90.0, 0.0, &["AR", "AU"]),
        (4.85, 31.6, &["SS"]),
        (-9.44, 147.18, &["PG"]),
        (38.72, -9.14, &["PT"]),
        (-17.8, 179.99, &["FJ"]),
        (66.0, -179.9, &["RU"]),
    ] {
        let found = states(&assess(&atlas, lat, lon, 1.0));
        assert!(wanted.iter().all(|code| found.iter().any(|one| one == code)), "{lat} {lon}: {found:?}");
        if wanted.len() == 1 {
            assert_eq!(found, wanted, "{lat} {lon}");
        }
    }
}

#[test]
fn natural_earth_is_a_layer_like_any_other() {
    let Some(layer) = read(LayerKind::Other, &mut |_| {}) else { return };
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    let found = assess(&atlas, 47.55, 7.59, 10_000.0).layers;
    let names: Vec<&str> = found.iter().map(|found| &*found.name).collect();
    assert_eq!(names, ["Switzerland", "Germany", "France"], "{found:?}");
}
