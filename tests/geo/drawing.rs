//! The map drawn around a place: true from its middle, whole everywhere.

use crate::ATLAS;
use geographiclib_rs::{Geodesic, InverseGeodesic};
use outcross::{
    domain::place::{Geometry, Metres, Position},
    geo::{
        circle::arrive,
        drawing::{Drawing, HALF, Outlines, Spot, View},
    },
};
use std::sync::LazyLock;

static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| Outlines::built_in(&ATLAS).expect("reads"));

fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).expect("on the earth")
}

fn km(number: f64) -> Metres {
    Metres::new(number * 1000.0).expect("a length")
}

/// Middles where maps go wrong: at borders, on ±180°, at the poles, in the
/// middle of land and of the sea.
fn middles() -> [Position; 9] {
    [
        at(47.5879, 7.5915),
        at(-16.8, 179.99),
        at(-16.8, -179.99),
        at(90.0, 0.0),
        at(-89.9, 12.0),
        at(66.0, 180.0),
        at(0.0, -30.0),
        at(-33.9, 18.4),
        at(46.3, 86.7),
    ]
}

fn drawn(view: &View) -> Drawing {
    OUTLINES.draw(&ATLAS, view, &[], None)
}

/// Whether a spot is land, by the even-odd rule.
fn is_land(drawing: &Drawing, [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    for ring in &drawing.land {
        let ends = ring.iter().zip(ring.iter().cycle().skip(1));
        for (a, b) in ends {
            let [a, b] = [a, b].map(|spot| spot.map(f64::from));
            if (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) {
                inside = !inside;
            }
        }
    }
    inside
}

/// How near a spot is to any line.
fn to_a_line(drawing: &Drawing, [x, y]: [f64; 2]) -> f64 {
    let mut nearest = f64::INFINITY;
    for line in &drawing.land {
        let ends = line.iter().zip(line.iter().cycle().skip(1));
        for (a, b) in ends {
            let [a, b] = [a, b].map(|spot| spot.map(f64::from));
            let way = [b[0] - a[0], b[1] - a[1]];
            let length2 = way[0] * way[0] + way[1] * way[1];
            let along =
                if length2 > 0.0 { ((x - a[0]) * way[0] + (y - a[1]) * way[1]) / length2 } else { 0.0 };
            let along = along.clamp(0.0, 1.0);
            nearest = nearest.min((x - a[0] - along * way[0]).hypot(y - a[1] - along * way[1]));
        }
    }
    nearest
}

#[test]
fn distances_and_directions_from_the_middle_are_true() {
    let earth = Geodesic::wgs84();
    for middle in middles() {
        for half in [1.0, 300.0, 3_000.0, 20_000.0] {
            let view = View::new(middle, km(half));
            for (lat, lon) in [(47.0, 8.0), (-17.0, -179.0), (89.0, 100.0), (-70.0, 20.0), (1.0, -30.5)] {
                let there = at(lat, lon);
                let (length, _, _, _): (f64, f64, f64, f64) = earth.inverse(middle.lat, middle.lon, lat, lon);
                let spot = view.spot(there).map(f64::from);
                let shown = spot[0].hypot(spot[1]) / f64::from(HALF) * half * 1000.0;
                let step = half * 1000.0 / f64::from(HALF);
                assert!(
                    (shown - length).abs() < length / 1000.0 + step,
                    "{middle} {half} {there}: {shown} {length}"
                );
            }
        }
    }
    let [x, y] = View::new(at(47.5, 7.5), km(100.0)).spot(at(47.5, 8.5));
    assert!(x > 300 && y.abs() < 5, "east is to the right: {x} {y}");
    assert!(View::new(at(47.5, 7.5), km(100.0)).spot(at(48.0, 7.5))[1] < -200, "north is up");
}

#[test]
fn land_is_land_and_sea_is_sea_in_every_view() {
    for middle in middles() {
        for half in [1.0, 40.0, 1_000.0, 5_000.0, 20_000.0] {
            let view = View::new(middle, km(half));
            let drawing = drawn(&view);
            let mut wrong = Vec::new();
            for step in 0..240_u32 {
                // A spiral over the whole view.
                let share = (f64::from(step) + 0.5) / 240.0;
                let (r, bearing) = (share.sqrt() * 490.0, f64::from(step) * 137.508);
                let metres = r / f64::from(HALF) * half * 1000.0;
                if metres > 19_500_000.0 {
                    continue;
                }
                let there = arrive(middle, bearing, Metres::new(metres).expect("a length"));
                let plain =
                    |near: &outcross::geo::Near<'_>| !ATLAS.area(near.area).is_some_and(|area| area.overlay);
                let is = ATLAS.near(there, Metres::ZERO).iter().any(plain);
                let (sin, cos) = bearing.to_radians().sin_cos();
                let spot = [r * sin, -r * cos];
                if is_land(&drawing, spot) != is && to_a_line(&drawing, spot) > 2.5 {
                    wrong.push((there.to_string(), is));
                }
            }
            assert!(wrong.is_empty(), "around {middle}, {half} km: {wrong:?}");
        }
    }
}

#[test]
fn no_line_is_smeared_and_a_map_stays_small() {
    for middle in middles() {
        for half in [1.0, 300.0, 3_000.0, 20_000.0] {
            let drawing = drawn(&View::new(middle, km(half)));
            let long = |line: &Vec<Spot>| {
                line.windows(2).any(|pair| {
                    let [a, b] = [pair[0], pair[1]].map(|spot| spot.map(f64::from));
                    (a[0] - b[0]).hypot(a[1] - b[1]) > 420.0 && half > 2_000.0
                })
            };
            assert!(!drawing.borders.iter().any(long), "around {middle}, {half} km");
            let spots: usize = [&drawing.land, &drawing.borders, &drawing.contested]
                .iter()
                .map(|all| all.iter().map(Vec::len).sum::<usize>())
                .sum();
            assert!(spots < 12_000, "{spots} spots around {middle}, {half} km");
        }
    }
}

#[test]
fn the_same_place_gives_the_same_drawing_with_the_place_in_the_middle() {
    let view = View::new(at(47.5879, 7.5915), km(40.0));
    let place = Geometry::Point(at(47.5879, 7.5915));
    let one = OUTLINES.draw(&ATLAS, &view, &["mediterranean_basin"], Some(&place));
    assert_eq!(one, OUTLINES.draw(&ATLAS, &view, &["mediterranean_basin"], Some(&place)));
    assert_eq!(one.place, [vec![[0, 0]]]);
    let route = Geometry::LineString(vec![at(47.5, 7.5), at(47.6, 7.7)]);
    assert!(OUTLINES.draw(&ATLAS, &view, &[], Some(&route)).place[0].len() >= 2);
}
