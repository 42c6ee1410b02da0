//! Containment against an independent map, where one is at hand: Natural Earth
//! 5.1.2, 1:10 million, map units, as GeoJSON. `OUTCROSS_MAP_UNITS` names the
//! file; else it is looked for in `../shared/data`.

use super::{
    ATLAS, Dice, TEXTS, at, metres,
    oracle::{At, Lines, Place},
};
use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::PathBuf};

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Shape,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Properties {
    iso_a2_eh: String,
    sov_a3: String,
    adm0_a3: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Shape {
    Polygon(Vec<Vec<At>>),
    MultiPolygon(Vec<Vec<Vec<At>>>),
}

/// How far two maps of this scale may differ: a coast or border drawn anew.
const DIFFERENT: f64 = 5_000.0;

#[test]
fn places_lie_in_the_same_states_as_on_an_independent_map() {
    let file = std::env::var_os("OUTCROSS_MAP_UNITS").map_or_else(
        || {
            PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("../shared/data/ne_5.1.2_10m_admin_0_map_units.geojson")
        },
        PathBuf::from,
    );
    let Ok(text) = fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not there; OUTCROSS_MAP_UNITS may name such a file", file.display());
        return;
    };
    let states: BTreeSet<String> = ATLAS.states().iter().map(|row| row.iso2.to_string()).collect();
    assert!(!TEXTS.0.is_empty());
    let map: Collection = serde_json::from_str(&text).expect("GeoJSON");
    let units: Vec<(String, Lines)> = map
        .features
        .into_iter()
        // Dependencies and contested parts are drawn apart; States are compared.
        .filter(|feature| states.contains(&feature.properties.iso_a2_eh))
        .filter(|feature| feature.properties.sov_a3[..2] == feature.properties.adm0_a3[..2])
        .map(|feature| {
            let rings = match feature.geometry {
                Shape::Polygon(rings) => rings,
                Shape::MultiPolygon(polygons) => polygons.into_iter().flatten().collect(),
            };
            (feature.properties.iso_a2_eh, Lines::of_rings(&rings))
        })
        .collect();
    let mut dice = Dice(99);
    let (mut wrong, mut compared) = (Vec::new(), 0);
    while compared < 400 {
        let place = [360.0 * dice.unit() - 180.0, (2.0 * dice.unit() - 1.0).asin().to_degrees()];
        let Some((state, _)) = units.iter().find(|(_, lines)| lines.holds(place)) else { continue };
        compared += 1;
        let near = ATLAS.near(at(place[1], place[0]), metres(DIFFERENT));
        let related = near.iter().filter_map(|near| ATLAS.area(near.area)).flat_map(|area| &area.relations);
        if !related.into_iter().any(|relation| relation.state.as_str() == state) {
            let here: Vec<&str> = near.iter().map(|near| near.area).collect();
            wrong.push(format!("{place:?} lies in {state} there, and here in {here:?}"));
        }
        // The other way round: what holds the place here is near it there.
        for near in near.iter().filter(|near| near.distance_m <= 0.0) {
            let area = ATLAS.area(near.area).expect("an area");
            let mut own = units.iter().filter(|(state, _)| *area.id == *state.to_lowercase());
            let far = |lines: &Lines| Place::point(place).to(lines, DIFFERENT, false).is_none();
            if own.clone().next().is_some() && own.all(|(_, lines)| far(lines)) {
                wrong.push(format!("{place:?} lies in {} here, and not there", area.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
