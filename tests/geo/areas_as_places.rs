//! Areas as places: around whole small States, across ±180°, around a pole,
//! with holes.

use super::{ATLAS, all_told, at, distances::ORACLE, question, ring, set, within};
use outcross::domain::{
    assessment::{Assessment, Ring, StateFinding},
    place::{Geometry, Position},
};
use std::collections::BTreeSet;

fn assess(geometry: Geometry, reach: f64) -> Assessment {
    let mut asked = question(geometry);
    asked.pathways = vec![within(reach)];
    ATLAS.assess(&asked)
}

fn findings(answer: &Assessment) -> impl Iterator<Item = &StateFinding> {
    answer.origin.iter().chain(&answer.states)
}

fn touched(answer: &Assessment) -> BTreeSet<String> {
    findings(answer)
        .filter(|finding| {
            finding.ring == Ring::Touched && finding.distance_m.is_some_and(|far| far.get() <= 0.0)
        })
        .map(|finding| finding.iso2.to_string())
        .collect()
}

/// A closed rectangle, corners at latitude and longitude.
fn rectangle(south: f64, west: f64, north: f64, east: f64) -> Vec<Position> {
    [(south, west), (south, east), (north, east), (north, west), (south, west)]
        .map(|(lat, lon)| at(lat, lon))
        .to_vec()
}

#[test]
fn an_area_around_a_whole_small_state_touches_it() {
    for (state, lat, lon, far) in [
        ("SM", 43.94, 12.46, 0.3),
        ("VA", 41.903, 12.453, 0.05),
        ("NR", -0.53, 166.93, 0.2),
        ("LS", -29.6, 28.2, 1.8),
        ("AD", 42.55, 1.57, 0.5),
        ("MT", 35.95, 14.4, 0.5),
        ("LI", 47.15, 9.55, 0.3),
        ("SG", 1.35, 103.82, 0.5),
        ("TV", -8.0, 178.0, 4.0),
    ] {
        let answer =
            assess(ring(&[(lat - far, lon - far), (lat - far, lon + far), (lat + far, lon)], 0.0), 1.0);
        // A triangle may miss the corners, but never the middle.
        let wide = assess(
            ring(
                &[
                    (lat - far, lon - far),
                    (lat - far, lon + far),
                    (lat + far, lon + far),
                    (lat + far, lon - far),
                ],
                0.0,
            ),
            1.0,
        );
        assert!(touched(&wide).contains(state), "{state}: {:?}", touched(&wide));
        assert!(touched(&wide).is_superset(&touched(&answer)), "{state}");
    }
}

#[test]
fn a_box_around_any_area_touches_it_although_no_edges_meet() {
    let mut tried = 0;
    for land in &ORACLE.areas {
        let Some([[west, south], [east, north]]) = land.lines.corners() else { continue };
        if east - west > 20.0 || north > 88.0 || south < -88.0 {
            continue;
        }
        let around = Geometry::Polygon(vec![rectangle(south - 0.5, west - 0.5, north + 0.5, east + 0.5)]);
        let touched = touched(&assess(around, 1.0));
        assert!(touched.is_superset(&land.states), "{}: {touched:?}", land.id);
        tried += 1;
    }
    assert!(tried > 300);
}

#[test]
fn an_area_cut_at_the_date_line_is_the_same_as_one_across_it() {
    for (south, north, west, east) in
        [(-18.0, -15.5, 178.5, -178.5), (64.0, 72.0, 175.0, -168.0), (-20.0, -13.0, 176.0, -170.0)]
    {
        let across = assess(Geometry::Polygon(vec![rectangle(south, west, north, east)]), 5_000.0);
        let cut = assess(
            Geometry::MultiPolygon(vec![
                vec![rectangle(south, west, north, 180.0)],
                vec![rectangle(south, -180.0, north, east)],
            ]),
            5_000.0,
        );
        assert_eq!(touched(&across), touched(&cut), "{west} to {east}");
        assert_eq!(all_told(&across), all_told(&cut), "{west} to {east}");
        assert!(across.gaps.is_empty(), "{:?}", across.gaps);
    }
}

#[test]
fn a_narrow_area_beside_the_date_line_does_not_run_around_the_earth() {
    let beside = assess(Geometry::Polygon(vec![rectangle(66.0, 179.5, 67.0, 180.0)]), 1.0);
    assert_eq!(all_told(&beside), set(&["RU"]));
    let other_side = assess(Geometry::Polygon(vec![rectangle(66.5, -180.0, 67.0, -179.5)]), 1.0);
    assert_eq!(all_told(&other_side), set(&["RU"]));
}

/// A ring along a parallel, in steps of `step` degrees.
fn around(lat: f64, step: usize, eastward: bool) -> Vec<Position> {
    let mut ring: Vec<Position> = (0..360).step_by(step).map(|lon| at(lat, f64::from(lon) - 180.0)).collect();
    if !eastward {
        ring.reverse();
    }
    ring
}

#[test]
fn a_ring_around_the_north_pole_holds_what_lies_north_of_it() {
    let expected = set(&["CA", "DK"]);
    for eastward in [true, false] {
        for step in [10, 60, 90, 120] {
            let mut ring = around(82.5, step, eastward);
            let open = assess(Geometry::Polygon(vec![ring.clone()]), 1_000.0);
            assert_eq!(all_told(&open), expected, "steps of {step}, eastward {eastward}");
            ring.rotate_left(1);
            ring.push(ring[0]);
            let closed = assess(Geometry::Polygon(vec![ring]), 1_000.0);
            assert_eq!(all_told(&closed), expected, "closed, steps of {step}, eastward {eastward}");
        }
    }
}

#[test]
fn a_ring_around_the_south_pole_holds_antarctica_and_nothing_else() {
    let whole = assess(Geometry::Polygon(vec![around(-60.5, 30, true)]), 1_000.0);
    let parties = &ORACLE.area("antarctica").states;
    assert!(touched(&whole).is_superset(parties), "{:?}", touched(&whole));
    assert!(!all_told(&whole).contains("MX") && !all_told(&whole).contains("FJ"));
    // Inside the ice: no edge of land within a hundred kilometres of it.
    let inland = assess(Geometry::Polygon(vec![around(-88.0, 40, false)]), 1_000.0);
    assert!(touched(&inland).is_superset(parties));
}

#[test]
fn a_ring_drawn_along_the_date_line_and_the_pole_is_the_ring_around_the_pole() {
    for (lat, pole) in [(82.5, 90.0), (-75.0, -90.0)] {
        let mut drawn: Vec<Position> = [-180.0, -90.0, 0.0, 90.0, 180.0].map(|lon| at(lat, lon)).to_vec();
        drawn.extend([180.0, 90.0, 0.0, -90.0, -180.0].map(|lon| at(pole, lon)));
        drawn.push(at(lat, -180.0));
        let explicit = assess(Geometry::Polygon(vec![drawn]), 1_000.0);
        let implicit = assess(Geometry::Polygon(vec![around(lat, 90, true)]), 1_000.0);
        assert_eq!(touched(&explicit), touched(&implicit), "{lat}");
        assert_eq!(all_told(&explicit), all_told(&implicit), "{lat}");
    }
}

#[test]
fn a_hole_is_not_part_of_the_area() {
    // South Africa around Lesotho, without Lesotho.
    let outer = rectangle(-31.5, 26.0, -28.0, 30.5);
    let hole = rectangle(-30.9, 26.8, -28.4, 29.6);
    let with_hole = assess(Geometry::Polygon(vec![outer.clone(), hole]), 1_000.0);
    assert!(touched(&with_hole).contains("ZA"));
    assert!(!all_told(&with_hole).contains("LS"), "{:?}", all_told(&with_hole));
    assert!(touched(&assess(Geometry::Polygon(vec![outer]), 1_000.0)).contains("LS"));
    // Fiji's Taveuni cut out, outer ring and hole written on different turns.
    let outer = rectangle(-20.5, 175.0, -14.5, -176.5);
    for hole in [rectangle(-20.2, 176.5, -15.2, -177.9), {
        let mut hole = rectangle(-20.2, 176.5, -15.2, -177.9);
        hole.rotate_left(1);
        hole.reverse();
        hole
    }] {
        let answer = assess(Geometry::Polygon(vec![outer.clone(), hole]), 10.0);
        let fiji = findings(&answer).find(|finding| finding.iso2.as_str() == "FJ");
        assert!(fiji.is_none_or(|finding| finding.ring != Ring::Touched), "{fiji:?}");
    }
}

#[test]
fn a_wide_area_holds_the_states_within_it() {
    // All longitudes between two parallels of the tropics, in steps.
    let mut belt: Vec<Position> = [-180.0, -90.0, 0.0, 90.0, 180.0].map(|lon| at(-5.0, lon)).to_vec();
    belt.extend([180.0, 90.0, 0.0, -90.0, -180.0].map(|lon| at(5.0, lon)));
    let told = touched(&assess(Geometry::Polygon(vec![belt]), 1.0));
    for state in ["BR", "CO", "EC", "GA", "KE", "ID", "MY", "SG", "NR", "KI", "MV", "ST"] {
        assert!(told.contains(state), "{state}: {told:?}");
    }
    for state in ["CH", "JP", "ZA", "AU", "MX"] {
        assert!(!told.contains(state), "{state}: {told:?}");
    }
}
