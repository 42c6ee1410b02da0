//! Every row of the register tells all its parties from anywhere inside it.

use super::{ATLAS, TEXTS, all_told, at, distances::ORACLE, question, within};
use outcross::domain::{assessment::Ring, place::Geometry};
use std::collections::BTreeSet;

/// Ids and the States of every row.
fn rows() -> Vec<(String, BTreeSet<String>)> {
    let register: toml::Table = toml::from_str(&TEXTS.0[4]).expect("TOML");
    let of_row = |row: &toml::Value| {
        let relations = row["relations"].as_array().expect("relations");
        let states = relations.iter().map(|r| r["state"].as_str().expect("a code").to_owned()).collect();
        (row["id"].as_str().expect("an id").to_owned(), states)
    };
    register["area"].as_array().expect("rows").iter().map(of_row).collect()
}

#[test]
fn a_place_inside_any_row_tells_all_its_parties() {
    let mut without = Vec::new();
    let rows = rows();
    for (id, states) in &rows {
        let inside = ORACLE.area(id).lines.inside();
        if inside.is_empty() {
            without.push(id);
        }
        for [lon, lat] in inside {
            let mut asked = question(Geometry::Point(at(lat, lon)));
            asked.pathways = vec![within(1.0)];
            let answer = ATLAS.assess(&asked);
            // The State or States of origin hold the place.
            let touched = answer.states.iter().filter(|finding| finding.ring == Ring::Touched);
            let told: BTreeSet<String> =
                answer.origin.iter().chain(touched).map(|finding| finding.iso2.to_string()).collect();
            assert!(told.is_superset(states), "{id} at {lat} {lon}: {told:?}");
        }
    }
    assert!(rows.len() > 150 && without.is_empty(), "nothing lies inside {without:?}");
}

#[test]
fn whichever_party_is_named_all_others_are_told() {
    for (id, states) in rows() {
        let Some([lon, lat]) = ORACLE.area(&id).lines.inside().first().copied() else { continue };
        for named in &states {
            let mut asked = question(Geometry::Point(at(lat, lon)));
            asked.pathways = vec![within(1.0)];
            asked.state = Some(named.parse().expect("a code"));
            let answer = ATLAS.assess(&asked);
            assert!(all_told(&answer).is_superset(&states), "{id}, {named} named: {:?}", all_told(&answer));
            let origin: Vec<&str> = answer.origin.iter().map(|finding| finding.iso2.as_str()).collect();
            assert_eq!(origin, [named.as_str()], "{id}");
            assert!(answer.gaps.is_empty(), "{id}, {named} named: {:?}", answer.gaps);
        }
    }
}

#[test]
fn every_area_of_the_layer_knows_the_states_of_the_register() {
    assert_eq!(ATLAS.areas().len(), ORACLE.areas.len());
    for area in ATLAS.areas() {
        let theirs = ORACLE.area(&area.id);
        let ours: BTreeSet<String> =
            area.relations.iter().map(|relation| relation.state.to_string()).collect();
        assert_eq!(ours, theirs.states, "{}", area.id);
        assert!((area.accuracy_m - theirs.accuracy_m).abs() < 1e-9, "{}", area.id);
        assert_eq!(area.overlay, theirs.overlay, "{}", area.id);
    }
}
