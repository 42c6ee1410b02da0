//! Distances, bearings and the States in reach, against brute force.
//!
//! `OUTCROSS_GEO_POINTS` sets how many random places of each kind are tried.

use super::{
    ATLAS, Dice, TEXTS, all_told, at, file, hard_places, metres,
    oracle::{At, Land, NAUTICAL_200, Oracle, Place, vincenty},
    question, within,
};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use outcross::domain::{
    assessment::{Assessment, Reason},
    place::{Geometry, Metres, Position},
    reach::Question,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

pub static ORACLE: LazyLock<Oracle> = LazyLock::new(|| {
    let sidecar: toml::Table = toml::from_str(&TEXTS.0[1]).expect("a sidecar");
    Oracle::read(&TEXTS.0[0], &TEXTS.0[4], sidecar["accuracy_m"].as_float().expect("metres"))
});

fn number_of_points() -> usize {
    std::env::var("OUTCROSS_GEO_POINTS").map_or(120, |text| text.parse().expect("a number of points"))
}

/// Random places: anywhere, on or off a coast or border by up to some
/// kilometres, and close to a border.
fn places(seed: u64) -> Vec<At> {
    let mut dice = Dice(seed);
    let mut places: Vec<At> = hard_places::PLACES.iter().map(|place| [place.lon, place.lat]).collect();
    for _ in 0..number_of_points() {
        places.push([360.0 * dice.unit() - 180.0, (2.0 * dice.unit() - 1.0).asin().to_degrees()]);
        for off in [0.3, 0.01] {
            let land = &ORACLE.areas[pick(&mut dice, ORACLE.areas.len())];
            let [lon, lat] = land.lines.some_vertex(pick(&mut dice, 1_000_000));
            let (east, north) = (off * (2.0 * dice.unit() - 1.0), off * (2.0 * dice.unit() - 1.0));
            places.push([(lon + east + 540.0).rem_euclid(360.0) - 180.0, (lat + north).clamp(-90.0, 90.0)]);
        }
    }
    places
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
fn pick(dice: &mut Dice, count: usize) -> usize {
    (dice.unit() * count as f64) as usize
}

/// What the map promises, and no more.
fn tolerance(exact: f64) -> f64 {
    1.0 + 1e-5 * exact
}

fn position([lon, lat]: At) -> Position {
    at(lat, lon)
}

#[test]
fn every_area_within_500_km_of_a_point_is_found_at_its_exact_distance() {
    let radius = 500_000.0;
    let (mut wrong, mut measured) = (Vec::new(), 0);
    for place in places(2026) {
        let ours: BTreeMap<&str, f64> = ATLAS
            .near(position(place), metres(radius))
            .into_iter()
            .map(|near| (near.area, near.distance_m))
            .collect();
        let theirs = ORACLE.near(&Place::point(place), radius);
        measured += theirs.len();
        compare(&ours, &theirs, radius, &format!("{place:?}"), &mut wrong);
    }
    assert!(wrong.is_empty() && measured > 200, "{wrong:#?}");
}

fn compare(
    ours: &BTreeMap<&str, f64>,
    theirs: &BTreeMap<&str, f64>,
    radius: f64,
    place: &str,
    wrong: &mut Vec<String>,
) {
    let edge = radius - tolerance(radius);
    for (area, distance) in ours {
        match theirs.get(area) {
            Some(exact) if (distance - exact).abs() <= tolerance(*exact) => {}
            Some(exact) => wrong.push(format!("{place}: {area} at {distance}, exactly {exact}")),
            None if *distance > edge => {}
            None => wrong.push(format!("{place}: {area} at {distance} is not in reach")),
        }
    }
    for (area, exact) in theirs {
        if !ours.contains_key(area) && *exact < edge {
            wrong.push(format!("{place}: {area} at {exact} was not found"));
        }
    }
}

#[test]
fn areas_are_listed_nearest_first_and_their_bearings_lead_there() {
    let earth = Geodesic::wgs84();
    for place in places(11).into_iter().step_by(3) {
        let near = ATLAS.near(position(place), metres(300_000.0));
        assert!(near.is_sorted_by(|a, b| (a.distance_m, a.area) < (b.distance_m, b.area)), "{place:?}");
        for near in near {
            let Some(bearing) = near.bearing_deg else {
                assert!(near.distance_m <= 0.0, "{place:?}: no bearing to {}", near.area);
                continue;
            };
            assert!((0.0..=360.0).contains(&bearing), "{place:?}: {bearing}");
            let (lat, lon): (f64, f64) = earth.direct(place[1], place[0], bearing, near.distance_m);
            let left = Place::point([lon, lat]).to(&ORACLE.area(near.area).lines, 50.0, false);
            let left = left.unwrap_or(f64::INFINITY);
            assert!(
                left <= 2.0 * tolerance(near.distance_m),
                "{place:?}: {} is missed by {left} m",
                near.area
            );
        }
    }
}

/// A question with one reach, and the same for the oracle.
struct Case {
    question: Question,
    place: Place,
    reach: f64,
}

impl Case {
    fn new(geometry: Geometry, place: Place, reach: f64, uncertainty: f64) -> Self {
        let mut asked = question(geometry);
        asked.pathways = vec![within(reach)];
        asked.uncertainty_m = metres(uncertainty);
        Self { question: asked, place, reach }
    }

    /// Who must be told, and who may be or not, because the distance is too
    /// near the bound to tell.
    fn expected(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut must, mut may) = (BTreeSet::new(), BTreeSet::new());
        let mut ashore = false;
        for land in &ORACLE.areas {
            let bound = self.reach + land.accuracy_m + self.question.uncertainty_m.get();
            let Some(distance) = self.place.to(&land.lines, bound + 10.0 + 1e-4 * bound, false) else {
                continue;
            };
            ashore |= distance <= 0.0 && !land.overlay;
            Self::sort(land, distance, bound, &mut must, &mut may);
        }
        if !ashore {
            for land in ORACLE.areas.iter().filter(|land| !land.overlay) {
                let bound = NAUTICAL_200 + land.accuracy_m + self.question.uncertainty_m.get();
                if let Some(distance) = self.place.to(&land.lines, bound + 50.0, true) {
                    Self::sort(land, distance, bound, &mut must, &mut may);
                }
            }
        }
        may.extend(must.iter().cloned());
        (must, may)
    }

    fn sort(land: &Land, distance: f64, bound: f64, must: &mut BTreeSet<String>, may: &mut BTreeSet<String>) {
        let side = if distance < bound - tolerance(bound) {
            must
        } else if distance < bound + tolerance(bound) {
            may
        } else {
            return;
        };
        side.extend(land.states.iter().cloned());
    }

    fn check(&self, wrong: &mut Vec<String>) -> Assessment {
        let answer = ATLAS.assess(&self.question);
        let told = all_told(&answer);
        let (must, may) = self.expected();
        let missing: Vec<_> = must.difference(&told).collect();
        let beyond: Vec<_> = told.difference(&may).collect();
        if !missing.is_empty() || !beyond.is_empty() {
            let place = serde_json::to_string(&self.question.geometry).expect("JSON");
            let uncertainty = self.question.uncertainty_m;
            wrong.push(format!(
                "{place} ± {uncertainty}, reach {}: {missing:?} not told, {beyond:?} told",
                self.reach
            ));
        }
        answer
    }
}

#[test]
fn the_states_told_are_those_of_brute_force_margins_included() {
    let mut dice = Dice(3);
    let mut wrong = Vec::new();
    for place in places(5) {
        let reach = [1.0, 300.0, 5_000.0, 50_000.0, 500_000.0][pick(&mut dice, 5)];
        let uncertainty = [0.0, 0.0, 700.0, 25_000.0][pick(&mut dice, 4)];
        Case::new(Geometry::Point(position(place)), Place::point(place), reach, uncertainty)
            .check(&mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_state_just_beyond_its_margin_is_excluded_and_just_inside_is_told() {
    let mut tried = 0;
    for place in places(77).into_iter().step_by(4) {
        for near in ATLAS.near(position(place), metres(450_000.0)) {
            let land = ORACLE.area(near.area);
            let state = land.states.first().expect("a State");
            // The State's nearest bound of all, or it may be told by another area.
            let bound = |land: &Land, distance: f64| distance - land.accuracy_m;
            let own = bound(land, near.distance_m);
            let mut others =
                ORACLE.areas.iter().filter(|other| other.id != land.id && other.states.contains(state));
            let nearest = others.find_map(|other| {
                let radius = own + other.accuracy_m + 20.0;
                (radius > 0.0).then(|| Place::point(place).to(&other.lines, radius, false))?
            });
            let at_sea = !ORACLE.areas.iter().any(|land| !land.overlay && land.lines.holds(place));
            if own < 100.0 || nearest.is_some() || at_sea {
                continue;
            }
            let told = |reach: f64| {
                let mut asked = question(Geometry::Point(position(place)));
                asked.pathways = vec![within(reach)];
                all_told(&ATLAS.assess(&asked)).contains(state)
            };
            let error = tolerance(near.distance_m) + 0.2;
            assert!(told(own + error), "{place:?}: {state} at {} by {}", near.distance_m, land.id);
            assert!(
                !told((own - error).max(0.0)),
                "{place:?}: {state} at {} by {}",
                near.distance_m,
                land.id
            );
            tried += 1;
            break;
        }
    }
    assert!(tried > 10, "{tried}");
}

#[test]
fn the_nearest_states_left_out_are_those_of_brute_force() {
    let mut wrong = Vec::new();
    for place in places(13).into_iter().step_by(2) {
        let case = Case::new(Geometry::Point(position(place)), Place::point(place), 1_000.0, 0.0);
        let answer = ATLAS.assess(&case.question);
        let told = all_told(&answer);
        let exact = ORACLE.nearest_states(&case.place, answer.excluded.len(), |state| !told.contains(state));
        let mut order: Vec<f64> = exact.values().copied().collect();
        order.sort_by(f64::total_cmp);
        // Five, but of those a thousand kilometres beyond the reach no more than two.
        let listed = ORACLE.nearest_states(&case.place, 5, |state| !told.contains(state));
        let near =
            |slack: f64| listed.values().filter(|far| **far <= 1_001_000.0 + slack).count().clamp(2, 5);
        if !(near(-3_000.0)..=near(3_000.0)).contains(&answer.excluded.len()) {
            wrong.push(format!("{place:?}: {} are listed", answer.excluded.len()));
        }
        for (excluded, nth) in answer.excluded.iter().zip(order) {
            let distance = excluded.distance_m.get();
            let own = exact.get(excluded.iso2.as_str()).copied().unwrap_or(f64::INFINITY);
            // Beyond 500 km the promise is one in ten thousand.
            let tolerance = if nth < 500_000.0 { tolerance(nth) } else { 1e-4 * nth };
            if (distance - own).abs() > tolerance || (distance - nth).abs() > tolerance {
                wrong.push(format!("{place:?}: {} at {distance}, exactly {own}, due {nth}", excluded.iso2));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A walk of some steps in random directions.
fn walk(dice: &mut Dice, from: At, steps: usize, step: f64) -> Vec<At> {
    let mut line = vec![[from[0], from[1].clamp(-86.0, 86.0)]];
    for _ in 1..steps {
        let [lon, lat] = line[line.len() - 1];
        let wide = step / lat.to_radians().cos().max(0.05);
        line.push([
            lon + wide * (2.0 * dice.unit() - 1.0),
            (lat + step * (2.0 * dice.unit() - 1.0)).clamp(-88.0, 88.0),
        ]);
    }
    line
}

fn positions(line: &[At]) -> Vec<Position> {
    line.iter().map(|[lon, lat]| at(*lat, (lon + 540.0).rem_euclid(360.0) - 180.0)).collect()
}

/// Distances of the States told, compared where one area alone can have told them.
fn compare_distances(case: &Case, answer: &Assessment, wrong: &mut Vec<String>) {
    for finding in answer.origin.iter().chain(&answer.states) {
        let ([area], Some(distance)) = (&finding.areas[..], finding.distance_m) else { continue };
        let coast = finding.reason == Reason::NearestCoast;
        let exact = case.place.to(&ORACLE.area(area).lines, 2_000_000.0, coast).unwrap_or(f64::INFINITY);
        let distance = distance.get();
        // Lines closer than two metres are taken to touch.
        let touches = distance <= 0.0 && exact < 3.0;
        if (distance - exact).abs() > tolerance(exact) + 0.05 && !touches {
            let place = serde_json::to_string(&case.question.geometry).expect("JSON");
            wrong.push(format!("{place}: {area} at {distance}, exactly {exact}"));
        }
    }
}

#[test]
fn routes_tell_the_states_of_brute_force_at_exact_distances() {
    let mut dice = Dice(17);
    let mut wrong = Vec::new();
    for place in places(19).into_iter().step_by(4) {
        let (steps, step) = (2 + pick(&mut dice, 6), [0.02, 0.3, 2.0][pick(&mut dice, 3)]);
        let line = walk(&mut dice, place, steps, step);
        let reach = [100.0, 20_000.0][pick(&mut dice, 2)];
        let case = Case::new(Geometry::LineString(positions(&line)), Place::line(&line), reach, 0.0);
        let answer = case.check(&mut wrong);
        compare_distances(&case, &answer, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn areas_tell_the_states_of_brute_force_at_exact_distances() {
    let mut dice = Dice(23);
    let mut wrong = Vec::new();
    for [lon, lat] in places(29).into_iter().step_by(4) {
        // A star around the place never crosses itself.
        let lat = lat.clamp(-84.0, 84.0);
        let (corners, far) = (3 + pick(&mut dice, 9), [0.01, 0.2, 3.0][pick(&mut dice, 3)]);
        let wide = far / lat.to_radians().cos();
        let mut ring = Vec::new();
        for corner in 0..corners {
            let (sin, cos) = (std::f64::consts::TAU * corner as f64 / corners as f64).sin_cos();
            let out = 0.3 + 0.7 * dice.unit();
            ring.push([lon + wide * out * cos, lat + far * out * sin]);
        }
        let reach = [100.0, 20_000.0][pick(&mut dice, 2)];
        let case = Case::new(Geometry::Polygon(vec![positions(&ring)]), Place::ring(&ring), reach, 0.0);
        let answer = case.check(&mut wrong);
        compare_distances(&case, &answer, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_route_beside_the_place_adds_the_states_it_reaches() {
    let mut dice = Dice(37);
    for place in places(43).into_iter().step_by(8) {
        let far = [place[0] + 3.0 * dice.unit(), (place[1] + 2.0).min(86.0)];
        let line = walk(&mut dice, far, 3, 1.0);
        let reach = [100.0, 20_000.0][pick(&mut dice, 2)];
        let alone = Case::new(Geometry::Point(position(place)), Place::point(place), reach, 0.0);
        let mut both = alone.question.clone();
        both.pathways[0].route = Some(Geometry::LineString(positions(&line)));
        let route = Place::line(&line);
        let told = all_told(&ATLAS.assess(&both));
        assert!(told.is_superset(&all_told(&ATLAS.assess(&alone.question))), "{place:?}");
        let (_, mut may) = alone.expected();
        for land in &ORACLE.areas {
            let bound = reach + land.accuracy_m;
            let Some(distance) = route.to(&land.lines, bound + tolerance(bound), false) else { continue };
            may.extend(land.states.iter().cloned());
            if distance < bound - tolerance(bound) {
                assert!(told.is_superset(&land.states), "{place:?} by {line:?}: {}", land.id);
            }
        }
        assert!(told.is_subset(&may), "{place:?} by {line:?}: {:?}", told.difference(&may));
    }
}

#[test]
fn a_place_on_a_border_is_at_no_distance_from_either_side() {
    let mut dice = Dice(47);
    let mut borders = 0;
    for _ in 0..4 * number_of_points() {
        let lines = &ORACLE.areas[pick(&mut dice, ORACLE.areas.len())].lines;
        let corner = lines.some_vertex(pick(&mut dice, 1_000_000));
        let on = Place::point(corner);
        let both: Vec<&Land> =
            ORACLE.areas.iter().filter(|land| on.to(&land.lines, 0.001, false).is_some()).collect();
        borders += usize::from(both.len() > 1);
        let near = ATLAS.near(position(corner), metres(1.0));
        for land in both {
            let found = near.iter().find(|near| near.area == land.id);
            assert!(found.is_some_and(|near| near.distance_m < 0.2), "{corner:?}: {} {found:?}", land.id);
        }
    }
    assert!(borders > 30, "{borders}");
}

#[test]
fn the_hotspots_in_reach_are_those_of_brute_force() {
    let hotspots = Oracle::of_hotspots(&file("hotspots.topo.json"), &file("hotspots.toml"));
    assert_eq!(hotspots.areas.len(), 36);
    let mut dice = Dice(53);
    let mut found = 0;
    for place in places(59).into_iter().step_by(2) {
        let reach = [100.0, 10_000.0, 200_000.0][pick(&mut dice, 3)];
        let case = Case::new(Geometry::Point(position(place)), Place::point(place), reach, 0.0);
        let answer = ATLAS.assess(&case.question);
        found += answer.hotspots.len();
        for land in &hotspots.areas {
            let bound = reach + land.accuracy_m;
            let exact = case.place.to(&land.lines, bound + 50.0, false);
            let ours = answer.hotspots.iter().find(|finding| *finding.code == *land.id);
            match (ours, exact) {
                (Some(ours), Some(exact)) => {
                    let error = (ours.distance_m.get() - exact).abs();
                    assert!(error <= tolerance(exact) + 0.05, "{place:?}: {} at {exact}", land.id);
                }
                (None, Some(exact)) => assert!(exact > bound - tolerance(bound), "{place:?}: {}", land.id),
                (Some(_), None) => panic!("{place:?}: {} is not in reach", land.id),
                (None, None) => {}
            }
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn the_oracle_is_right_itself() {
    // Vincenty agrees with Karney wherever it converges.
    let earth = Geodesic::wgs84();
    let mut dice = Dice(1);
    for _ in 0..2_000 {
        let [a, b] = [(); 2].map(|()| [360.0 * dice.unit() - 180.0, 180.0 * dice.unit() - 90.0]);
        let b = [a[0] + 0.3 * b[0], (a[1] + 0.3 * b[1]).clamp(-90.0, 90.0)];
        let exact: f64 = earth.inverse(a[1], a[0], b[1], b[0]);
        assert!((vincenty(a, b) - exact).abs() < 0.001, "{a:?} {b:?}");
    }
    // Nothing is passed over wrongly: every vertex of an area is at least as
    // far as the nearest point found.
    for place in places(31).into_iter().step_by(40) {
        for (area, distance) in ORACLE.near(&Place::point(place), 300_000.0) {
            let nearest = ORACLE
                .area(area)
                .lines
                .vertices()
                .map(|at| vincenty(place, at))
                .fold(f64::INFINITY, f64::min);
            assert!(
                distance <= nearest && nearest - distance < 30_000.0 || distance <= 0.0,
                "{place:?} {area}"
            );
        }
    }
}

#[test]
fn the_built_in_atlas_is_that_of_the_files() {
    let built_in = outcross::geo::Atlas::built_in().expect("an atlas");
    assert_eq!(built_in.data(), ATLAS.data());
    let asked = Question { uncertainty_m: Metres::ZERO, ..question(Geometry::Point(at(47.583, 7.592))) };
    assert_eq!(built_in.assess(&asked), ATLAS.assess(&asked));
}
