//! Places where an earlier map was wrong: wide areas, seams, belts around a
//! pole, parts on land and at sea.

use super::{ATLAS, all_told, at, codes, question, set, within};
use outcross::domain::{
    assessment::{Assessment, Reason, Ring, StateFinding},
    place::{Geometry, Position},
    reach::Question,
};
use std::collections::BTreeSet;

fn assess(geometry: Geometry, reach: f64) -> Assessment {
    ATLAS.assess(&Question { pathways: vec![within(reach)], ..question(geometry) })
}

fn rectangle(south: f64, west: f64, north: f64, east: f64) -> Geometry {
    Geometry::Polygon(vec![
        [(south, west), (south, east), (north, east), (north, west)].map(|(lat, lon)| at(lat, lon)).to_vec(),
    ])
}

/// On 180° the seam of the layer lies up to 8 cm below the place, which must
/// not be taken to lie at sea for that.
#[test]
fn a_place_on_the_date_line_lies_in_the_land_around_it() {
    for (lat, state) in [(-16.8, "FJ"), (67.5, "RU"), (71.2, "RU")] {
        for lon in [180.0, -180.0] {
            let answer = assess(Geometry::Point(at(lat, lon)), 1.0);
            assert_eq!(codes(&answer.origin), set(&[state]), "{lat} {lon}");
            assert!(answer.states.is_empty(), "{lat} {lon}: {:?}", codes(&answer.states));
        }
    }
}

/// The middle of a wide area bulges out of the box around its edges in space.
#[test]
fn a_wide_area_touches_the_small_states_in_its_middle() {
    for (south, west, north, east, states) in [
        (-20.0, 170.0, 30.0, -150.0, &["TV"][..]),
        (-15.0, -15.0, 15.0, 20.0, &["ST"]),
        (-15.0, 160.0, 15.0, -160.0, &["TV", "KI"]),
    ] {
        let answer = assess(rectangle(south, west, north, east), 1.0);
        for state in states {
            let found = answer.origin.iter().chain(&answer.states).find(|f| f.iso2.as_str() == *state);
            assert!(found.is_some_and(|f| f.ring == Ring::Touched), "{state} in {west} to {east}: {found:?}");
        }
    }
}

/// Another area to which the State has a relation may be in reach, too.
#[test]
fn the_state_that_holds_the_place_is_touched_however_far_the_reach() {
    for (lat, lon, state) in [(33.28, 35.41, "LB"), (33.4, -8.1, "MA")] {
        for reach in [0.0, 20_000.0, 400_000.0] {
            let answer = assess(Geometry::Point(at(lat, lon)), reach);
            let [origin] = &answer.origin[..] else { panic!("{state} at {reach}: {:?}", answer.origin) };
            assert_eq!(origin.iso2.as_str(), state);
            assert_eq!(origin.ring, Ring::Touched, "{state} at {reach}: {origin:?}");
            assert!(origin.distance_m.is_some_and(|far| far.get() <= 0.0), "{state} at {reach}: {origin:?}");
        }
    }
}

/// An edge of exactly half a turn goes back the way it came.
#[test]
fn a_box_over_half_the_earth_holds_that_half() {
    let west = all_told(&assess(rectangle(40.0, -180.0, 50.0, 0.0), 1.0));
    assert!(west.contains("US") && west.contains("FR"), "{west:?}");
    assert!(!west.contains("CN") && !west.contains("NO"), "{west:?}");
    let middle = all_told(&assess(rectangle(40.0, -90.0, 50.0, 90.0), 1.0));
    assert!(middle.contains("FR") && middle.contains("KZ"), "{middle:?}");
    assert!(!middle.contains("JP") && !middle.contains("NO"), "{middle:?}");
}

/// One part of a place on land takes nothing from another at sea.
#[test]
fn a_part_at_sea_tells_the_coasts_around_it_although_another_lies_on_land() {
    let (adriatic, vienna) = (at(43.0, 15.5), at(48.2, 16.4));
    let alone = assess(Geometry::Point(adriatic), 1.0);
    assert!(alone.states.iter().all(|finding| finding.reason == Reason::NearestCoast));
    let both = all_told(&assess(Geometry::MultiPoint(vec![adriatic, vienna]), 1.0));
    assert!(both.is_superset(&all_told(&alone)), "{both:?}");
}

/// The line along ±180° by which a ring around a pole is closed is no edge.
#[test]
fn a_belt_around_a_pole_leaves_out_what_lies_in_its_middle() {
    // Between the fiftieth and almost the sixtieth parallel south.
    for hole in [parallel(-59.8, 40, true), parallel(-59.8, 40, false)] {
        let answer = assess(Geometry::Polygon(vec![parallel(-50.0, 30, true), hole]), 1.0);
        assert!(
            touched(&answer).is_superset(&set(&["AR", "AU", "CL", "GB", "NO"])),
            "{:?}",
            touched(&answer)
        );
        for state in ["BG", "CN", "US", "NZ"] {
            let told = all_told(&answer).contains(state);
            assert_eq!(told, state == "NZ", "{state}: {:?}", all_told(&answer));
        }
    }
}

/// A ring along a parallel, in steps of `step` degrees.
fn parallel(lat: f64, step: usize, eastward: bool) -> Vec<Position> {
    let mut ring: Vec<Position> = (0..360).step_by(step).map(|lon| at(lat, f64::from(lon) - 180.0)).collect();
    if !eastward {
        ring.reverse();
    }
    ring
}

fn touched(answer: &Assessment) -> BTreeSet<String> {
    let touched = |finding: &&StateFinding| finding.ring == Ring::Touched;
    answer
        .origin
        .iter()
        .chain(&answer.states)
        .filter(touched)
        .map(|finding| finding.iso2.to_string())
        .collect()
}
