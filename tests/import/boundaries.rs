//! Another layer of boundaries instead of the built-in areas.

use crate::files::{ATLAS, assess, collection, dropped, polygon, problems, read, square, states, taken};
use geographiclib_rs::{Geodesic, InverseGeodesic};
use outcross::{
    domain::{
        assessment::{Reason, Ring},
        layer::LayerKind,
    },
    geo::Atlas,
};

/// An atlas of these features alone, with what the register lays on top.
fn areas(features: &[(&str, &str)]) -> Atlas {
    ATLAS.with_areas(&taken(LayerKind::Boundaries, &collection(features)))
}

#[test]
fn the_other_layer_stands_alone_but_for_what_lies_on_top() {
    let atlas = areas(&[
        (r#"{"ISO_A2": "FR"}"#, &polygon(&square(0.0, 46.0, 10.0))),
        (r#"{"ISO_A2": "DE"}"#, &polygon(&square(10.0, 46.0, 10.0))),
    ]);
    let found = assess(&atlas, 48.0, 9.9, 20_000.0);
    assert_eq!(states(&found), ["DE", "FR"]);
    assert_eq!(found.origin[0].iso2.as_str(), "FR");
    let vienna = assess(&atlas, 48.2, 16.4, 1_000.0);
    assert_eq!(states(&vienna), ["DE"], "Austria is not on this map");
    assert_eq!(states(&assess(&atlas, 44.95, 34.1, 1.0)), ["RU", "UA"], "the register's areas stay");
    let version = atlas.data().iter().find(|data| data.layer == "areas").expect("the areas");
    assert_eq!((&*version.version, version.sha256.len()), ("1", 64));
}

#[test]
fn a_state_is_told_by_code_then_by_name() {
    let texts: Vec<(&str, Option<&str>)> = vec![
        (r#"{"ISO_A2_EH": "NO", "ISO_A2": "-99"}"#, Some("NO")),
        (r#"{"ISO_A2": -99, "ISO_A3": "-99", "ADM0_A3": "SDS"}"#, Some("SS")),
        (r#"{"iso_a3": "che"}"#, Some("CH")),
        (r#"{"ISO3166-1-Alpha-2": "JP", "name": "Nippon"}"#, Some("JP")),
        (r#"{"SOV_A3": "FRA"}"#, Some("FR")),
        (r#"{"name": "Suisse"}"#, Some("CH")),
        (r#"{"NAME": "Cote d'Ivoire"}"#, Some("CI")),
        (r#"{"NAME": "Zanzibar", "ADMIN": "United Republic of Tanzania"}"#, Some("TZ")),
        (r#"{"ISO_N3": "756"}"#, Some("CH")),
        (r#"{"ISO_A2": "GL", "NAME": "Kalaallit Nunaat"}"#, Some("DK")),
        (r#"{"name": "South Korea"}"#, Some("KR")),
        (r#"{"name": "Vietnam"}"#, Some("VN")),
        (r#"{"ISO_A2": "XX", "NAME": "Nowhere"}"#, None),
        (r#"{"NAME": "Ruritania"}"#, None),
    ];
    for (properties, wanted) in texts {
        let text = collection(&[(properties, &polygon(&square(-140.0, -40.0, 1.0)))]);
        let layer = taken(LayerKind::Boundaries, &text);
        let found: Vec<String> = layer.states().iter().map(|code| code.to_string()).collect();
        assert_eq!(found.first().map(String::as_str), wanted, "{properties}");
        let named = problems(&layer).iter().any(|problem| problem.contains("its State cannot be told"));
        assert_eq!(named, wanted.is_none(), "{properties}");
        let answer = assess(&ATLAS.with_areas(&layer), -39.5, -139.5, 1.0);
        assert_eq!(states(&answer).first().map(String::as_str), wanted, "{properties}");
    }
}

#[test]
fn contested_areas_take_the_relations_of_the_register() {
    for (properties, wanted) in [
        (r#"{"NAME": "Somaliland", "ADM0_A3": "SOL"}"#, &["SO"][..]),
        (r#"{"NAME": "N. Cyprus", "ADM0_A3": "CYN"}"#, &["CY", "TR"]),
        (r#"{"NAME": "Kosovo", "ISO_A2_EH": "XK"}"#, &["RS"]),
        (r#"{"ISO_A2": "EH"}"#, &["MA"]),
        (r#"{"ISO_A2": "TW", "NAME": "Formosa"}"#, &["CN"]),
        (r#"{"NAME": "Falkland Is.", "ISO_A2": "FK"}"#, &["AR", "GB"]),
        (r#"{"NAME": "Falkland Islands / Malvinas", "ADM0_A3": "FLK"}"#, &["AR", "GB"]),
        (r#"{"NAME": "Paracel Is.", "ISO_A2": "-99", "ADM0_A3": "CHN"}"#, &["CN", "VN"]),
        (r#"{"NAME": "Gaza", "ISO_A2_EH": "PS"}"#, &["IL", "PS"]),
    ] {
        let atlas = areas(&[(properties, &polygon(&square(-140.0, -40.0, 1.0)))]);
        assert_eq!(states(&assess(&atlas, -39.5, -139.5, 1.0)), wanted, "{properties}");
    }
}

#[test]
fn what_two_features_share_is_a_border_and_the_rest_coast() {
    // A State within another has no coast, however near the sea it is.
    let ring = r#"{"type":"Polygon","coordinates":[[[-140,-40],[-138,-40],[-138,-38],[-140,-38],[-140,-40]],[[-139.9,-39.9],[-138.1,-39.9],[-138.1,-38.1],[-139.9,-38.1],[-139.9,-39.9]]]}"#;
    let inner = square(-139.9, -39.9, 1.0);
    let inner: Vec<[f64; 2]> = inner
        .into_iter()
        .map(|at| [if at[0] > -139.5 { -138.1 } else { at[0] }, if at[1] > -39.5 { -38.1 } else { at[1] }])
        .collect();
    let atlas = areas(&[(r#"{"ISO_A2": "ZA"}"#, ring), (r#"{"ISO_A2": "LS"}"#, &polygon(&inner))]);
    let found = assess(&atlas, -39.0, -141.0, 1_000.0);
    assert_eq!(states(&found), ["ZA"]);
    assert_eq!((found.states[0].ring, &found.states[0].reason), (Ring::Named, &Reason::NearestCoast));
    assert_eq!(states(&assess(&atlas, -39.0, -139.0, 1.0)), ["LS"]);
}

#[test]
fn several_features_of_a_state_are_areas_of_their_own() {
    let atlas = areas(&[
        (r#"{"NAME": "England", "ISO_A2": "GB"}"#, &polygon(&square(-140.0, -40.0, 1.0))),
        (r#"{"NAME": "Wales", "ISO_A2": "GB"}"#, &polygon(&square(-141.0, -40.0, 1.0))),
        (r#"{"NAME": "Wales", "ISO_A2": "GB"}"#, &polygon(&square(-142.0, -40.0, 1.0))),
    ]);
    let ids: Vec<&str> =
        ["gb", "gb-wales", "gb-wales-2"].into_iter().filter(|id| atlas.area(id).is_some()).collect();
    assert_eq!(ids, ["gb", "gb-wales", "gb-wales-2"]);
}

#[test]
fn distances_are_those_to_the_vertices_of_the_file() {
    // Far from whatever the register lays on top.
    let ring = [
        [-139.876_543_210_988, -40.2],
        [-138.7, -40.101_010_101_010_1],
        [-139.0, -39.0],
        [-140.0, -39.0],
        [-139.876_543_210_988, -40.2],
    ];
    let atlas = areas(&[(r#"{"ISO_A2": "DE"}"#, &polygon(&ring))]);
    let wgs84 = Geodesic::wgs84();
    for (lat, lon) in [(-40.5, -139.1), (-41.0, -139.8), (-39.5, -138.0), (-43.0, -135.0), (-38.0, -141.0)] {
        let mut nearest = f64::INFINITY;
        for edge in ring.windows(2) {
            for step in 0..=20_000 {
                let share = f64::from(step) / 20_000.0;
                let at = [0, 1].map(|axis| edge[0][axis] + share * (edge[1][axis] - edge[0][axis]));
                let length: f64 = wgs84.inverse(lat, lon, at[1], at[0]);
                nearest = nearest.min(length);
            }
        }
        let found = assess(&atlas, lat, lon, 500_000.0);
        let germany = found.states.iter().find(|finding| finding.iso2.as_str() == "DE").expect("Germany");
        let distance = germany.distance_m.expect("a distance").get();
        assert!((distance - nearest).abs() <= 1.0 + 1e-5 * nearest, "{lat} {lon}: {distance} {nearest}");
    }
}

#[test]
fn topojson_is_read_with_its_grid_and_largest_object() {
    let text = r#"{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[-140,-40]},
        "objects":{
            "land":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0,1]]}]},
            "countries":{"type":"GeometryCollection","geometries":[
                {"type":"Polygon","id":"756","properties":{"name":"Switzerland"},"arcs":[[0,1]]},
                {"type":"MultiPolygon","id":"276","properties":{"name":"Germany"},"arcs":[[[2,1]]]},
                {"type":"Polygon","id":"250","properties":{"name":"France"},"arcs":[[9]]},
                {"type":null,"properties":{"name":"Nothing"}}]}},
        "arcs":[[[2,2],[-2,0],[0,-2],[2,0]],[[2,0],[0,2]],[[2,2],[2,0],[0,-2],[-2,0]]]}"#;
    let layer = taken(LayerKind::Boundaries, text);
    assert_eq!(layer.kept, 2);
    assert_eq!(
        dropped(&layer),
        [
            "feature 3 (France) has a geometry that cannot be read: it names an arc that is not there",
            "feature 4 (Nothing) has no geometry",
        ]
    );
    assert_eq!(problems(&layer), ["the layer: the object with the most geometries is read; left out: land"]);
    let atlas = ATLAS.with_areas(&layer);
    assert_eq!(states(&assess(&atlas, -39.5, -139.5, 1.0)), ["CH"]);
    assert_eq!(states(&assess(&atlas, -39.5, -138.5, 1.0)), ["DE"]);
}

#[test]
fn the_built_in_layer_can_be_read_like_any_other() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/areas.topo.json");
    let layer =
        read(LayerKind::Boundaries, "areas.topo.json", &std::fs::read(path).expect(path)).expect("a layer");
    assert!(layer.dropped.is_empty(), "{:?}", layer.dropped);
    let atlas = ATLAS.with_areas(&layer);
    for (lat, lon) in
        [(47.55, 7.59), (-29.5, 28.2), (-17.8, 179.99), (66.0, -179.9), (-85.0, 20.0), (0.0, 73.0)]
    {
        let (here, there) = (assess(&atlas, lat, lon, 300_000.0), assess(&ATLAS, lat, lon, 300_000.0));
        assert_eq!(states(&here), states(&there), "{lat} {lon}");
    }
}
