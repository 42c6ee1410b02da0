//! A real, large layer, where it is at hand.

use crate::files::{ATLAS, assess, problems, sidecar, states};
use geographiclib_rs::{Geodesic, InverseGeodesic};
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

#[test]
fn distances_are_those_to_the_vertices_of_natural_earth() {
    let Some(layer) = read(LayerKind::Boundaries, &mut |_| {}) else { return };
    let atlas = ATLAS.with_areas(&layer);
    let text = fs::read_to_string(FILE).expect("read before");
    let file: serde_json::Value = serde_json::from_str(&text).expect("read before");
    let features = file["features"].as_array().expect("features");
    let wgs84 = Geodesic::wgs84();
    let from = |lat: f64, lon: f64, at: [f64; 2]| -> f64 { wgs84.inverse(lat, lon, at[1], at[0]) };
    for (lat, lon, code) in [
        (47.55, 7.7, "FR"),
        (46.1, 8.9, "IT"),
        (54.9, 12.0, "DE"),
        (-15.0, 179.0, "FJ"),
        (70.0, -175.0, "RU"),
        (-35.0, 110.0, "AU"),
    ] {
        let mut edges: Vec<[[f64; 2]; 2]> = Vec::new();
        for feature in features.iter().filter(|feature| feature["properties"]["ISO_A2_EH"] == code) {
            edges_of(&feature["geometry"]["coordinates"], &mut edges);
        }
        let rough = edges.iter().map(|edge| from(lat, lon, edge[0])).fold(f64::INFINITY, f64::min);
        // No edge here is longer than 300 km.
        let close = edges.iter().filter(|edge| from(lat, lon, edge[0]) < rough + 300_000.0);
        let nearest =
            close.map(|edge| nearest_on(edge, |at| from(lat, lon, at))).fold(f64::INFINITY, f64::min);
        let found = assess(&atlas, lat, lon, nearest + 10_000.0);
        let state = found.states.iter().find(|finding| finding.iso2.as_str() == code).expect(code);
        let distance = state.distance_m.expect("a distance").get();
        assert!(
            (distance - nearest).abs() <= 1.0 + 1e-5 * nearest,
            "{lat} {lon} {code}: {distance} {nearest}"
        );
    }
}

/// All edges of coordinates, however deep.
fn edges_of(coordinates: &serde_json::Value, into: &mut Vec<[[f64; 2]; 2]>) {
    match serde_json::from_value::<Vec<[f64; 2]>>(coordinates.clone()) {
        Ok(ring) => into.extend(ring.windows(2).map(|pair| [pair[0], pair[1]])),
        Err(_) => coordinates.as_array().into_iter().flatten().for_each(|inner| edges_of(inner, into)),
    }
}

/// The least of `far` on an edge, by thirds.
fn nearest_on(edge: &[[f64; 2]; 2], far: impl Fn([f64; 2]) -> f64) -> f64 {
    let at = |share: f64| [0, 1].map(|axis| edge[0][axis] + share * (edge[1][axis] - edge[0][axis]));
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..40 {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if far(at(a)) < far(at(b)) { high = b } else { low = a }
    }
    far(at(low)).min(far(edge[0])).min(far(edge[1]))
}
