//! Geometry as people really send it: the map answers with words or a sane
//! result, never by falling over, and in bounded time.

use super::{ATLAS, all_told, at, codes, metres, question, ring, set, within};
use outcross::domain::{
    assessment::{Assessment, Reason},
    place::{Geometry, Position},
    reach::Question,
    report::GapCode,
};
use std::collections::BTreeSet;

fn assess(geometry: Geometry, reach: f64) -> Assessment {
    ATLAS.assess(&Question { pathways: vec![within(reach)], ..question(geometry) })
}

fn is_doubtful(answer: &Assessment) -> bool {
    answer.gaps.iter().any(|gap| gap.code == GapCode::DoubtfulGeometry && gap.field == "/place/geometry")
}

fn with_area() -> BTreeSet<String> {
    ATLAS.areas().iter().flat_map(|area| &area.relations).map(|relation| relation.state.to_string()).collect()
}

#[test]
fn a_polygon_that_crosses_itself_is_used_whole_and_said_to_be_doubtful() {
    // A bow tie: one wing in Switzerland, one in Austria.
    let answer = assess(ring(&[(47.0, 8.0), (47.4, 14.0), (47.0, 14.0), (47.4, 8.0)], 0.0), 1.0);
    assert!(is_doubtful(&answer));
    assert!(all_told(&answer).is_superset(&set(&["CH", "AT"])), "{:?}", all_told(&answer));
}

#[test]
fn an_open_ring_is_the_same_as_a_closed_one() {
    let open = [(47.0, 7.0), (47.0, 9.0), (48.0, 9.0), (48.0, 7.0)];
    let mut closed = open.to_vec();
    closed.push(open[0]);
    let answer = assess(ring(&open, 0.0), 5_000.0);
    assert_eq!(answer, assess(ring(&closed, 0.0), 5_000.0));
    assert!(!is_doubtful(&answer));
}

fn empty() -> Vec<Geometry> {
    vec![
        Geometry::MultiPoint(vec![]),
        Geometry::LineString(vec![]),
        Geometry::MultiLineString(vec![]),
        Geometry::MultiLineString(vec![vec![]]),
        Geometry::Polygon(vec![]),
        Geometry::Polygon(vec![vec![]]),
        Geometry::Polygon(vec![vec![], vec![]]),
        Geometry::MultiPolygon(vec![]),
        Geometry::MultiPolygon(vec![vec![], vec![vec![]]]),
    ]
}

#[test]
fn an_empty_geometry_means_the_whole_state_named() {
    for geometry in empty() {
        let mut asked = Question { pathways: vec![within(1_000.0)], ..question(geometry.clone()) };
        asked.state = Some("CH".parse().expect("a code"));
        let answer = ATLAS.assess(&asked);
        assert!(is_doubtful(&answer), "{geometry:?}");
        assert_eq!(codes(&answer.origin), set(&["CH"]), "{geometry:?}");
        assert_eq!(answer.origin[0].reason, Reason::WholeState);
        assert_eq!(codes(&answer.states), set(&["AT", "DE", "FR", "IT", "LI"]), "{geometry:?}");
    }
}

#[test]
fn an_empty_geometry_and_no_state_tell_nobody_and_say_so() {
    for geometry in empty() {
        let answer = assess(geometry.clone(), 1_000.0);
        assert!(all_told(&answer).is_empty() && answer.excluded.is_empty(), "{geometry:?}");
        assert!(answer.gaps.iter().any(|gap| gap.code == GapCode::Missing && gap.field == "/place"));
        assert!(is_doubtful(&answer), "{geometry:?}");
    }
}

#[test]
fn a_polygon_without_extent_is_used_and_said_to_be_doubtful() {
    let basel = at(47.583, 7.592);
    let thin = vec![at(47.5, 7.6), at(47.6, 7.6), at(47.5, 7.6)];
    for ring in [vec![basel], vec![basel, basel], vec![basel; 4], vec![at(47.5, 7.6), at(47.6, 7.6)], thin] {
        let answer = assess(Geometry::Polygon(vec![ring.clone()]), 5_000.0);
        assert!(is_doubtful(&answer), "{ring:?}");
        assert_eq!(all_told(&answer), set(&["CH", "DE", "FR"]), "{ring:?}");
    }
}

#[test]
fn repeated_positions_and_spikes_change_nothing() {
    let plain = [(47.0, 7.0), (47.0, 9.0), (48.0, 9.0), (48.0, 7.0)];
    let repeated: Vec<(f64, f64)> = plain.iter().flat_map(|corner| [*corner; 3]).collect();
    let first = assess(ring(&plain, 0.0), 5_000.0);
    assert_eq!(all_told(&first), all_told(&assess(ring(&repeated, 0.0), 5_000.0)));
    // A spike to Milan and back.
    let mut spike = plain.to_vec();
    spike.splice(1..1, [(47.0, 8.0), (45.5, 9.2), (47.0, 8.0)]);
    let told = all_told(&assess(ring(&spike, 0.0), 5_000.0));
    assert!(told.is_superset(&all_told(&first)) && told.contains("IT"), "{told:?}");
}

#[test]
fn exchanged_numbers_are_noticed_where_they_can_be() {
    // Ulaanbaatar, latitude first: no such latitude.
    let error = serde_json::from_str::<Geometry>(r#"{"type":"Point","coordinates":[47.9,106.9]}"#)
        .expect_err("latitude 106.9")
        .to_string();
    assert!(error.contains("exchanged") && error.contains("longitude first"), "{error}");
    for text in ["[1e400,0]", "[0,91]", "[541,0]", "[]", "[1]", "[1,2,3,4]", "[null,0]", r#"["7","47"]"#] {
        let text = format!(r#"{{"type":"Point","coordinates":{text}}}"#);
        assert!(serde_json::from_str::<Geometry>(&text).is_err(), "{text}");
    }
    assert!(Position::new(f64::NAN, 0.0).is_err() && Position::new(0.0, f64::INFINITY).is_err());
    // Basel, exchanged, lies in the sea off Somalia; the State said is told all the same.
    let mut exchanged = question(Geometry::Point(at(7.592, 47.583)));
    exchanged.state = Some("CH".parse().expect("a code"));
    let answer = ATLAS.assess(&exchanged);
    assert!(answer.gaps.iter().any(|gap| gap.code == GapCode::StateDiffers && gap.field == "/place/state"));
    assert!(all_told(&answer).is_superset(&set(&["CH", "SO"])), "{:?}", all_told(&answer));
}

#[test]
fn a_reach_of_nothing_tells_what_the_place_lies_in_and_what_cannot_be_told_apart() {
    let inland = assess(Geometry::Point(at(46.8, 8.2)), 0.0);
    assert_eq!(all_told(&inland), set(&["CH"]));
    // Two hundred metres from the border on the map, which is good to 500 m.
    let border = assess(Geometry::Point(at(47.583, 7.592)), 0.0);
    assert!(all_told(&border).contains("CH"));
    for finding in border.states {
        assert!(finding.distance_m.expect("measured") <= finding.accuracy_m);
    }
}

#[test]
fn a_reach_or_uncertainty_beyond_the_earth_tells_every_state() {
    let everybody = with_area();
    for far in [3e7, 1e9, 1e15, 1e300] {
        let answer = assess(Geometry::Point(at(46.8, 8.2)), far);
        assert_eq!(all_told(&answer), everybody, "{far}");
        assert!(answer.excluded.is_empty(), "{far}");
        let farthest = answer.states.iter().filter_map(|f| f.distance_m).map(f64::from).fold(0.0, f64::max);
        assert!(farthest < 20_004_000.0, "{farthest}: nothing on earth is farther");
        let mut asked = Question { pathways: vec![within(1.0)], ..question(Geometry::Point(at(46.8, 8.2))) };
        asked.uncertainty_m = metres(far);
        assert_eq!(all_told(&ATLAS.assess(&asked)), everybody, "± {far}");
    }
    let route = Geometry::LineString(vec![at(46.8, 8.2), at(46.9, 8.3)]);
    assert_eq!(all_told(&assess(route, 1e9)), everybody);
    assert_eq!(all_told(&assess(ring(&[(46.0, 7.0), (46.0, 8.0), (47.0, 8.0)], 0.0), 1e9)), everybody);
}

/// A circle of `count` corners around Basel.
fn circle(count: usize) -> Geometry {
    let corner = |index: usize| {
        let (sin, cos) = (std::f64::consts::TAU * index as f64 / count as f64).sin_cos();
        at(47.583 + 0.4 * sin, 7.592 + 0.6 * cos)
    };
    Geometry::Polygon(vec![(0..count).map(corner).collect()])
}

#[test]
fn two_hundred_thousand_corners_are_answered_in_bounded_time() {
    let fine = assess(circle(200_000), 10_000.0);
    assert!(fine.gaps.is_empty());
    let coarse = assess(circle(2_000), 10_000.0);
    assert_eq!(codes(&fine.states), codes(&coarse.states));
    assert_eq!(codes(&fine.origin), codes(&coarse.origin));
    let Geometry::Polygon(rings) = circle(200_000) else { unreachable!("a polygon") };
    assess(Geometry::LineString(rings[0].clone()), 10_000.0);
    assess(Geometry::MultiPoint(rings[0].iter().step_by(10).copied().collect()), 10_000.0);
}

#[test]
fn many_far_places_at_once_are_answered() {
    let spread: Vec<Position> =
        (0..500).map(|n| at(f64::from(n % 170) - 85.0, f64::from(n * 37 % 360) - 180.0)).collect();
    let scattered = assess(Geometry::MultiPoint(spread.clone()), 1_000.0);
    assert!(all_told(&scattered).len() > 60, "{}", all_told(&scattered).len());
    // The line passes through all of them; it is no place at sea, as some of them are.
    let zigzag = all_told(&assess(Geometry::LineString(spread), 1_000.0));
    for finding in scattered.states.iter().filter(|finding| finding.reason != Reason::NearestCoast) {
        assert!(zigzag.contains(finding.iso2.as_str()), "{finding:?}");
    }
}
