//! What must hold for every place: wider never tells fewer, the way a place is
//! written down does not matter, a whole is the union of its parts, the same
//! question gives the same bytes.

use super::{ATLAS, all_told, at, distances::ORACLE, metres, pathway, question, within};
use geographiclib_rs::{DirectGeodesic, Geodesic};
use outcross::{
    domain::{
        assessment::{Assessment, Reason, Ring, StateFinding},
        place::{Geometry, Position},
        reach::{Pathway, Question},
    },
    geo::Atlas,
};
use proptest::{
    collection::vec,
    prelude::{
        Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, prop_assume, prop_oneof,
        proptest,
    },
    sample::select,
    test_runner::RngSeed,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

static OTHER: LazyLock<Atlas> = LazyLock::new(|| Atlas::built_in().expect("an atlas"));

/// Somewhere, or near some border or coast.
fn place() -> impl Strategy<Value = Position> {
    let anywhere = (-89.9..89.9_f64, -180.0..180.0_f64).prop_map(|(lat, lon)| at(lat, lon));
    let off = || -0.4..0.4_f64;
    let near_an_edge = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), off(), off()).prop_map(
        |(land, vertex, east, north)| {
            let lines = &land.get(&ORACLE.areas).lines;
            let [lon, lat] = lines.some_vertex(vertex.index(1_000_000));
            at((lat + north).clamp(-89.9, 89.9), lon + east)
        },
    );
    prop_oneof![1 => anywhere, 3 => near_an_edge]
}

fn reach() -> impl Strategy<Value = f64> {
    select(vec![0.0, 200.0, 3_000.0, 20_000.0, 100_000.0, 400_000.0])
}

/// Corners of a ring that does not cross itself, as degrees from its middle.
fn star() -> impl Strategy<Value = Vec<(f64, f64)>> {
    (vec(0.3..1.0_f64, 3..12), select(vec![0.02, 0.3, 2.5])).prop_map(|(out, far)| {
        let count = out.len() as f64;
        out.iter()
            .enumerate()
            .map(|(corner, out)| {
                let (sin, cos) = (std::f64::consts::TAU * corner as f64 / count).sin_cos();
                (far * out * sin, far * out * cos)
            })
            .collect()
    })
}

fn laid_out(middle: Position, corners: &[(f64, f64)]) -> Vec<Position> {
    let lat = middle.lat.clamp(-85.0, 85.0);
    corners.iter().map(|(north, east)| at(lat + north, middle.lon + east / lat.to_radians().cos())).collect()
}

fn assess(geometry: Geometry, reach: f64) -> Assessment {
    ATLAS.assess(&Question { pathways: vec![within(reach)], ..question(geometry) })
}

fn findings(answer: &Assessment) -> BTreeMap<String, &StateFinding> {
    answer.origin.iter().chain(&answer.states).map(|finding| (finding.iso2.to_string(), finding)).collect()
}

/// By State: ring and distance. Without those told by the nearest-coast rule,
/// which asks whether the whole place lies at sea. What is the origin holds
/// the place.
fn in_reach(answer: &Assessment) -> BTreeMap<String, (Ring, f64)> {
    let of_state = |finding: &StateFinding| {
        (finding.iso2.to_string(), (finding.ring, finding.distance_m.map_or(f64::INFINITY, f64::from)))
    };
    let touched = answer.origin.iter().map(|finding| (finding.iso2.to_string(), (Ring::Touched, 0.0)));
    let told = answer.states.iter().filter(|finding| finding.reason != Reason::NearestCoast).map(of_state);
    touched.chain(told).collect()
}

/// Whether two answers tell the same States at the same distances, as far as
/// floating point and the two metres allow at which lines touch.
fn alike(a: &Assessment, b: &Assessment) -> Result<(), String> {
    let (ours, theirs) = (findings(a), findings(b));
    if !ours.keys().eq(theirs.keys()) {
        return Err(format!("{:?} and {:?}", ours.keys(), theirs.keys()));
    }
    for (state, one) in &ours {
        let far = |finding: &StateFinding| finding.distance_m.map_or(-1.0, f64::from);
        let (one, other) = (far(one), far(theirs[state]));
        if (one - other).abs() > 2.2 + 1e-5 * one {
            return Err(format!("{state} at {one} and {other}"));
        }
    }
    Ok(())
}

/// Few cases and always the same, unless `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let set = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return set;
    }
    ProptestConfig { cases: 40, rng_seed: RngSeed::Fixed(2026), ..set }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_wider_radius_finds_the_same_areas_at_the_same_distances_and_more(
        place in place(), near in 0.0..200_000.0_f64, more in 0.0..300_000.0_f64,
    ) {
        let narrow = ATLAS.near(place, metres(near));
        let wide = ATLAS.near(place, metres(near + more));
        let kept: Vec<_> = wide.iter().filter(|found| found.distance_m <= near).map(|found| found.area).collect();
        prop_assert_eq!(narrow.iter().map(|found| found.area).collect::<Vec<_>>(), kept);
        for (one, other) in narrow.iter().zip(&wide) {
            prop_assert!((one.distance_m - other.distance_m).abs() < 1e-3, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_wider_reach_tells_everybody_a_narrower_one_tells(
        place in place(), corners in star(), shaped in any::<bool>(), near in reach(), more in reach(),
    ) {
        let geometry = if shaped { Geometry::Polygon(vec![laid_out(place, &corners)]) } else { Geometry::Point(place) };
        let (narrow, wide) = (assess(geometry.clone(), near), assess(geometry, near + more));
        prop_assert!(all_told(&wide).is_superset(&all_told(&narrow)));
        for (state, (ring, distance)) in in_reach(&narrow) {
            let (wider, farther) = in_reach(&wide)[&state];
            prop_assert!(wider <= ring && farther <= distance + 2.2, "{state}: {ring:?} {distance}, {wider:?} {farther}");
        }
    }

    #[test]
    fn more_uncertainty_tells_everybody_less_of_it_tells(
        place in place(), less in select(vec![0.0, 10.0, 4_000.0]), more in 0.0..100_000.0_f64, near in reach(),
    ) {
        let asked = |uncertainty: f64| {
            let mut asked = Question { pathways: vec![within(near)], ..question(Geometry::Point(place)) };
            asked.uncertainty_m = metres(uncertainty);
            ATLAS.assess(&asked)
        };
        let (sure, unsure) = (asked(less), asked(less + more));
        prop_assert!(all_told(&unsure).is_superset(&all_told(&sure)));
        for finding in findings(&unsure).values() {
            prop_assert!(finding.accuracy_m >= metres((less + more - 0.1).max(0.0)), "{finding:?}");
        }
    }

    #[test]
    fn more_pathways_tell_everybody_fewer_tell(
        place in place(),
        group in select(ATLAS.organisms().groups().iter().map(|group| group.code.clone()).collect::<Vec<_>>()),
        said in vec(select(vec![
            Pathway::Pollen, Pathway::Seed, Pathway::Vegetative, Pathway::Flight, Pathway::WindBorne,
            Pathway::Swimming, Pathway::Water, Pathway::Aerosol, Pathway::HostContact, Pathway::SeedSpill,
            Pathway::Transport, Pathway::Trade, Pathway::Unknown,
        ]), 2..5),
        count in 1..2_usize,
    ) {
        let asked = |said: &[Pathway]| {
            let pathways = said.iter().map(|one| pathway(*one)).collect();
            ATLAS.assess(&Question { group: group.clone(), pathways, ..question(Geometry::Point(place)) })
        };
        let (fewer, more) = (asked(&said[..count]), asked(&said));
        prop_assert!(all_told(&more).is_superset(&all_told(&fewer)), "{group} {said:?}");
        prop_assert!(more.horizon_m >= fewer.horizon_m, "{group} {said:?}");
    }

    #[test]
    fn a_ring_may_begin_anywhere_run_either_way_and_be_written_on_any_turn(
        place in place(), corners in star(), begin in any::<prop::sample::Index>(),
        backwards in any::<bool>(), closed in any::<bool>(), turn in select(vec![-360.0, 0.0, 360.0]), near in reach(),
    ) {
        let ring = laid_out(place, &corners);
        let plain = assess(Geometry::Polygon(vec![ring.clone()]), near);
        let mut other: Vec<Position> = ring.iter().map(|at| super::at(at.lat, at.lon + turn)).collect();
        let count = other.len();
        other.rotate_left(begin.index(count));
        if backwards {
            other.reverse();
        }
        if closed {
            other.push(other[0]);
        }
        let told = alike(&plain, &assess(Geometry::Polygon(vec![other]), near));
        prop_assert_eq!(told, Ok(()));
    }

    #[test]
    fn a_line_tells_the_same_backwards_and_with_more_positions_along_it(
        place in place(), corners in star(), near in reach(),
    ) {
        let line = laid_out(place, &corners);
        let plain = assess(Geometry::LineString(line.clone()), near);
        let backwards: Vec<Position> = line.iter().rev().copied().collect();
        prop_assert_eq!(alike(&plain, &assess(Geometry::LineString(backwards), near)), Ok(()));
        let mut halved = vec![line[0]];
        for two in line.windows(2) {
            let east = two[1].lon - two[0].lon - 360.0 * ((two[1].lon - two[0].lon) / 360.0).round();
            halved.extend([at(f64::midpoint(two[0].lat, two[1].lat), two[0].lon + east / 2.0), two[1]]);
        }
        prop_assert_eq!(alike(&plain, &assess(Geometry::LineString(halved), near)), Ok(()));
    }

    #[test]
    fn a_point_may_be_written_in_many_ways(place in place(), near in reach()) {
        // Lines this close to a coast touch it, points do not.
        prop_assume!(ATLAS.near(place, metres(2.5)).iter().all(|near| near.distance_m <= 0.0));
        let plain = assess(Geometry::Point(place), near);
        for geometry in [
            Geometry::MultiPoint(vec![place]),
            Geometry::MultiPoint(vec![place, place]),
            Geometry::LineString(vec![place]),
            Geometry::LineString(vec![place, place]),
            Geometry::MultiLineString(vec![vec![place], vec![place, place]]),
            Geometry::Polygon(vec![vec![place]]),
            Geometry::Polygon(vec![vec![place; 4]]),
            Geometry::MultiPolygon(vec![vec![vec![place]], vec![vec![place]]]),
        ] {
            let told = alike(&plain, &assess(geometry.clone(), near));
            prop_assert_eq!(told, Ok(()), "{:?}", geometry);
        }
    }

    #[test]
    fn a_place_of_several_parts_is_in_reach_of_what_any_part_is(
        parts in vec((place(), star()), 2..4), near in reach(), kind in 0..3_u8,
    ) {
        let laid: Vec<Vec<Position>> = parts.iter().map(|(place, corners)| laid_out(*place, corners)).collect();
        let (whole, parts): (Geometry, Vec<Geometry>) = match kind {
            0 => {
                let points: Vec<Position> = parts.iter().map(|(place, _)| *place).collect();
                let each = points.iter().copied().map(Geometry::Point).collect();
                (Geometry::MultiPoint(points), each)
            }
            1 => (Geometry::MultiLineString(laid.clone()), laid.into_iter().map(Geometry::LineString).collect()),
            _ => {
                let each = laid.iter().map(|ring| Geometry::Polygon(vec![ring.clone()])).collect();
                (Geometry::MultiPolygon(laid.into_iter().map(|ring| vec![ring]).collect()), each)
            }
        };
        let mut union: BTreeMap<String, (Ring, f64)> = BTreeMap::new();
        for part in parts {
            for (state, (ring, distance)) in in_reach(&assess(part, near)) {
                let known = union.entry(state).or_insert((ring, distance));
                if ring < known.0 || (ring == known.0 && distance < known.1) {
                    *known = (ring, distance);
                }
            }
        }
        let whole = in_reach(&assess(whole, near));
        prop_assert_eq!(whole.keys().collect::<Vec<_>>(), union.keys().collect::<Vec<_>>());
        for (state, (ring, distance)) in &union {
            prop_assert_eq!(whole[state].0, *ring, "{}", state);
            prop_assert!((whole[state].1 - distance).abs() < 2.2, "{state}: {} {distance}", whole[state].1);
        }
    }

    #[test]
    fn from_the_nearest_point_of_an_area_the_way_back_is_as_long(place in place()) {
        let earth = Geodesic::wgs84();
        let here = ATLAS.near(place, metres(1.0));
        for near in ATLAS.near(place, metres(200_000.0)) {
            let Some(bearing) = near.bearing_deg else { continue };
            let (lat, lon): (f64, f64) = earth.direct(place.lat, place.lon, bearing, near.distance_m);
            let back = ATLAS.near(at(lat, lon), metres(near.distance_m + 50.0));
            let tolerance = 2.0 * (1.0 + 1e-5 * near.distance_m);
            for holding in &here {
                let found = back.iter().find(|found| found.area == holding.area);
                prop_assert!(
                    found.is_some_and(|found| found.distance_m <= near.distance_m + tolerance),
                    "{} from {}: {found:?}", holding.area, near.area
                );
            }
        }
    }

    #[test]
    fn the_same_question_gives_the_same_bytes_from_an_atlas_read_anew(
        place in place(), corners in star(), kind in 0..3_u8, near in reach(),
    ) {
        let geometry = match kind {
            0 => Geometry::Point(place),
            1 => Geometry::LineString(laid_out(place, &corners)),
            _ => Geometry::Polygon(vec![laid_out(place, &corners)]),
        };
        let asked = Question { pathways: vec![within(near)], ..question(geometry) };
        let bytes = |atlas: &Atlas| serde_json::to_string(&atlas.assess(&asked)).expect("writes");
        let first = bytes(&ATLAS);
        prop_assert_eq!(&first, &bytes(&ATLAS));
        prop_assert_eq!(&first, &bytes(&OTHER));
    }

    #[test]
    fn the_ring_follows_from_the_distance(
        place in place(), p50 in 0.0..30_000.0_f64, more in 0.0..60_000.0_f64, most in 0.0..200_000.0_f64,
    ) {
        let mut said = within(p50 + more + most);
        if let Some(reach) = &mut said.reach {
            (reach.p50_m, reach.p95_m) = (Some(metres(p50)), Some(metres(p50 + more)));
        }
        let answer = ATLAS.assess(&Question { pathways: vec![said], ..question(Geometry::Point(place)) });
        for finding in &answer.states {
            let Some(distance) = finding.distance_m.map(f64::from) else { continue };
            // Distances are written to a decimetre.
            let within = |far: f64| distance <= far + 0.1;
            let fits = match finding.ring {
                Ring::Touched => distance <= 0.0,
                Ring::P50 => within(p50),
                Ring::P95 => within(p50 + more) && distance > p50 - 0.1,
                Ring::Max => within(p50 + more + most) && distance > p50 + more - 0.1,
                Ring::CannotExclude => {
                    within(p50 + more + most + finding.accuracy_m.get()) && distance > p50 + more + most - 0.1
                }
                Ring::Named => finding.reason == Reason::NearestCoast && distance <= 370_400.0,
            };
            prop_assert!(fits, "{finding:?}");
        }
    }

    #[test]
    fn told_and_left_out_never_overlap_and_are_in_order(place in place(), near in reach()) {
        let answer = assess(Geometry::Point(place), near);
        let told = all_told(&answer);
        prop_assert!(answer.excluded.iter().all(|excluded| !told.contains(excluded.iso2.as_str())));
        prop_assert!(answer.excluded.is_sorted_by(|a, b| a.distance_m <= b.distance_m));
        prop_assert!(answer.states.is_sorted_by(|a, b| a.ring <= b.ring));
        let once: BTreeSet<_> = answer.origin.iter().chain(&answer.states).map(|finding| finding.iso2).collect();
        prop_assert_eq!(once.len(), answer.origin.len() + answer.states.len());
    }
}

#[test]
fn two_whole_states_are_as_far_from_each_other_both_ways() {
    // States no area of which is shared or claimed by another.
    let mut plain: BTreeSet<&str> =
        ORACLE.areas.iter().flat_map(|land| &land.states).map(String::as_str).collect();
    for land in ORACLE.areas.iter().filter(|land| land.states.len() > 1) {
        for state in &land.states {
            plain.remove(state.as_str());
        }
    }
    let from = |state: &str| {
        let mut asked =
            Question { pathways: vec![within(150_000.0)], ..question(Geometry::Point(at(0.0, 0.0))) };
        asked.geometry = None;
        asked.state = Some(state.parse().expect("a code"));
        ATLAS.assess(&asked)
    };
    let answers: BTreeMap<&str, Assessment> = plain.iter().map(|state| (*state, from(state))).collect();
    let mut pairs = 0;
    for (state, answer) in &answers {
        for finding in &answer.states {
            let Some(back) = answers.get(finding.iso2.as_str()) else { continue };
            let found = back.states.iter().find(|found| found.iso2.as_str() == *state);
            let (there, back) = (finding.distance_m, found.and_then(|found| found.distance_m));
            let apart = there.zip(back).map(|(there, back)| (there.get() - back.get()).abs());
            assert!(
                apart.is_some_and(|apart| apart < 2.5),
                "{state} to {}: {there:?}, {back:?}",
                finding.iso2
            );
            pairs += 1;
        }
    }
    assert!(pairs > 30, "{pairs}");
}

#[test]
fn proptest_strategies_make_places_on_land_and_at_sea() {
    // A guard against a strategy that never comes near a border.
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut near = 0;
    for _ in 0..60 {
        let tree = (place(), Just(())).new_tree(&mut runner).expect("a place");
        let (place, ()) = tree.current();
        near += usize::from(ATLAS.near(place, metres(20_000.0)).len() > 1);
    }
    assert!(near > 10, "{near}");
}
