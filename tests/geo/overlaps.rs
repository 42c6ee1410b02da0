//! How much of a reach lies in a hotspot.

use super::{ATLAS, at, question, within};
use outcross::domain::{place::Geometry, reach::Question};

fn overlap(geometry: Geometry, reach: f64, code: &str) -> Option<f64> {
    let answer = ATLAS.assess(&Question { pathways: vec![within(reach)], ..question(geometry) });
    answer.hotspots.into_iter().find(|found| &*found.code == code).expect("in reach").overlap
}

#[test]
fn a_reach_wholly_inside_overlaps_wholly_and_one_at_the_coast_by_half() {
    // Antananarivo lies far inside its island, Toamasina on a straight coast of it.
    let madagascar = "madagascar_and_the_indian_ocean_islands";
    assert_eq!(overlap(Geometry::Point(at(-18.9, 47.5)), 20_000.0, madagascar), Some(1.0));
    let coast = overlap(Geometry::Point(at(-18.15, 49.41)), 20_000.0, madagascar).expect("a point");
    assert!((0.35..0.7).contains(&coast), "{coast}");
    let wide = overlap(Geometry::Point(at(-18.9, 47.5)), 2_000_000.0, madagascar).expect("a point");
    assert!((0.02..0.15).contains(&wide), "{wide}");
}

#[test]
fn a_line_has_no_overlap_to_tell() {
    let line = Geometry::LineString(vec![at(-18.9, 47.5), at(-19.5, 47.0)]);
    assert_eq!(overlap(line, 20_000.0, "madagascar_and_the_indian_ocean_islands"), None);
}

#[test]
fn no_party_to_a_contested_area_is_said_alone_to_hold_the_place() {
    use outcross::domain::assessment::Reason;
    // Simferopol, Srinagar, Stanley, Pristina.
    for (lat, lon) in [(44.95, 34.1), (34.08, 74.8), (-51.7, -57.85), (42.66, 21.17)] {
        let answer = ATLAS
            .assess(&Question { pathways: vec![within(0.0)], ..question(Geometry::Point(at(lat, lon))) });
        assert!(answer.origin.is_empty(), "{lat} {lon}");
        for finding in &answer.states {
            assert!(matches!(finding.reason, Reason::Relation { .. }), "{lat} {lon}: {finding:?}");
        }
    }
}
