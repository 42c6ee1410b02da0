//! Files made by the tests, and questions asked of atlases.

use outcross::{
    domain::{
        assessment::Assessment,
        layer::LayerKind,
        place::{Geometry, Metres, Position},
        reach::{Pathway, PathwayReport, Question, ReachOverride},
    },
    geo::{
        Atlas, Sidecar,
        import::{ImportError, Imported, LayerFile, Progress},
    },
};
use std::sync::LazyLock;

pub static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::built_in().expect("the built-in atlas"));

pub fn sidecar(accuracy_m: f64) -> Sidecar {
    Sidecar {
        title: "A layer of a test".to_owned(),
        source: "a test".to_owned(),
        version: "1".to_owned(),
        date: "2026-11-01".to_owned(),
        licence: "none".to_owned(),
        how_made: "by hand".to_owned(),
        accuracy_m,
        notes: String::new(),
    }
}

pub fn read(kind: LayerKind, file_name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    Imported::read(kind, "test", &LayerFile { file_name, bytes }, sidecar(10.0), &mut |_: Progress| {})
}

pub fn taken(kind: LayerKind, text: &str) -> Imported {
    read(kind, "layer.geojson", text.as_bytes()).expect("a layer that can be used")
}

pub fn refusal(kind: LayerKind, text: &str) -> String {
    let error = read(kind, "layer.geojson", text.as_bytes()).expect_err("a layer that cannot be used");
    assert!(!error.code().is_empty());
    error.to_string()
}

/// A collection of features given as properties and geometry.
pub fn collection(features: &[(&str, &str)]) -> String {
    let feature = |(properties, geometry): &(&str, &str)| {
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    };
    let all: Vec<String> = features.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
}

/// A polygon of one ring.
pub fn polygon(ring: &[[f64; 2]]) -> String {
    serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string()
}

pub fn square(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
    let (east, north) = (west + side, south + side);
    vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
}

pub fn named(name: &str) -> String {
    serde_json::json!({ "name": name }).to_string()
}

/// What the atlas says of a point and a reach of so many metres.
pub fn assess(atlas: &Atlas, lat: f64, lon: f64, reach_m: f64) -> Assessment {
    let metres = |value| Metres::new(value).expect("a length");
    let reach =
        ReachOverride { p50_m: None, p95_m: None, max_m: metres(reach_m), reason: "a test".to_owned() };
    let said = PathwayReport {
        pathway: Pathway::Pollen,
        route: None,
        destinations: Vec::new(),
        reach: Some(reach),
        towards_deg: None,
    };
    atlas.assess(&Question {
        geometry: Some(Geometry::Point(Position::new(lat, lon).expect("a position"))),
        uncertainty_m: metres(0.0),
        state: None,
        environment: None,
        group: "unknown".to_owned(),
        species: None,
        pathways: vec![said],
        concerned: Vec::new(),
        released: None,
        released_by: None,
    })
}

/// States told and States of origin.
pub fn states(assessment: &Assessment) -> Vec<String> {
    let all = assessment.origin.iter().chain(&assessment.states);
    let mut codes: Vec<String> = all.map(|finding| finding.iso2.to_string()).collect();
    codes.sort();
    codes
}

pub fn problems(layer: &Imported) -> Vec<String> {
    layer.problems.iter().map(ToString::to_string).collect()
}

pub fn dropped(layer: &Imported) -> Vec<String> {
    layer.dropped.iter().map(ToString::to_string).collect()
}
