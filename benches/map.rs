//! The map, measured: `cargo bench --bench map`.
//!
//! A full assessment (reasons and JSON included) of points at three reaches,
//! of a route and of an area, beside a plain loop over every border vertex
//! with the same great-circle formula everybody writes first. The loop only
//! finds distances; ours also says why.

use outcross::{
    domain::{
        place::{Geometry, Metres, Position},
        reach::{Pathway, PathwayReport, Question, ReachOverride},
    },
    geo::Atlas,
};
use std::{hint::black_box, time::Instant};

fn main() {
    let started = Instant::now();
    let atlas = Atlas::built_in().expect("the map");
    println!(
        "### The map\n\ncold start of every layer: {:.0} ms\n",
        started.elapsed().as_secs_f64() * 1000.0
    );
    let places = places();
    let outlines = outlines();
    println!("| question | p50 µs | p99 µs | plain loop p50 µs | ratio |\n|---|---|---|---|---|");
    let looped = {
        let mut times: Vec<f64> =
            places.iter().take(20).map(|p| timed(|| plain_loop(&outlines, *p))).collect();
        percentiles(&mut times).0
    };
    for km in [5.0, 50.0, 500.0] {
        let mut times: Vec<f64> =
            places.iter().map(|p| timed(|| assess(&atlas, Geometry::Point(*p), km))).collect();
        row(&format!("point, reach {km} km"), &mut times, Some(looped));
    }
    let mut times: Vec<f64> = places
        .iter()
        .take(100)
        .map(|p| timed(|| assess(&atlas, Geometry::LineString(line(*p)), 50.0)))
        .collect();
    row("route of 100 km, 21 vertices, reach 50 km", &mut times, None);
    let mut times: Vec<f64> = places
        .iter()
        .take(100)
        .map(|p| timed(|| assess(&atlas, Geometry::Polygon(vec![circle(*p)]), 50.0)))
        .collect();
    row("area of 65 vertices, 30 km wide, reach 50 km", &mut times, None);
}

fn row(name: &str, times: &mut [f64], looped: Option<f64>) {
    let (p50, p99) = percentiles(times);
    match looped {
        Some(looped) => println!("| {name} | {p50:.1} | {p99:.1} | {looped:.0} | {:.0} |", looped / p50),
        None => println!("| {name} | {p50:.1} | {p99:.1} | – | – |"),
    }
}

fn timed<T>(work: impl Fn() -> T) -> f64 {
    // Once to warm up, then once measured: a server is asked again and again.
    black_box(work());
    let started = Instant::now();
    black_box(work());
    started.elapsed().as_secs_f64() * 1e6
}

fn percentiles(values: &mut [f64]) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[(values.len() * 99 / 100).min(values.len() - 1)])
}

/// 500 places spread over the inhabited latitudes, the same in every run.
fn places() -> Vec<Position> {
    (0..500)
        .map(|n| {
            let part = |step: f64| (f64::from(n) * step).fract();
            Position { lat: part(0.618_034) * 120.0 - 50.0, lon: part(0.754_878) * 360.0 - 180.0 }
        })
        .collect()
}

fn line(at: Position) -> Vec<Position> {
    (0..21).map(|n| Position { lat: at.lat + f64::from(n) * 0.045, lon: at.lon }).collect()
}

fn circle(at: Position) -> Vec<Position> {
    let step = std::f64::consts::TAU / 64.0;
    let at_angle = |n: u32| {
        let (sin, cos) = (f64::from(n) * step).sin_cos();
        Position { lat: at.lat + 0.135 * sin, lon: at.lon + 0.135 * cos / at.lat.to_radians().cos() }
    };
    (0..65).map(|n| at_angle(n % 64)).collect()
}

fn assess(atlas: &Atlas, geometry: Geometry, km: f64) -> usize {
    let max_m = Metres::new(km * 1000.0).expect("a length");
    let reach = ReachOverride { p50_m: None, p95_m: None, max_m, reason: "measurement".to_owned() };
    let pathway =
        PathwayReport { pathway: Pathway::Pollen, route: None, destinations: Vec::new(), reach: Some(reach) };
    let question = Question {
        geometry: Some(geometry),
        uncertainty_m: Metres::ZERO,
        state: None,
        environment: None,
        group: "brassica_napus".to_owned(),
        species: None,
        pathways: vec![pathway],
        concerned: Vec::new(),
        released: None,
    };
    serde_json::to_vec(&atlas.assess(&question)).expect("JSON").len()
}

/// Every arc of the layer, as positions in degrees.
fn outlines() -> Vec<(f64, f64)> {
    let text = include_str!("../geodata/areas.topo.json");
    let topology: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let (scale, origin) = (&topology["transform"]["scale"], &topology["transform"]["translate"]);
    let mut positions = Vec::new();
    for arc in topology["arcs"].as_array().expect("arcs") {
        let (mut x, mut y) = (0.0, 0.0);
        for step in arc.as_array().expect("an arc") {
            x += number(&step[0]);
            y += number(&step[1]);
            positions.push((
                y * number(&scale[1]) + number(&origin[1]),
                x * number(&scale[0]) + number(&origin[0]),
            ));
        }
    }
    positions
}

/// The nearest vertex by the haversine formula: what one writes first.
fn plain_loop(outlines: &[(f64, f64)], at: Position) -> f64 {
    let (lat, cos) = (at.lat.to_radians(), at.lat.to_radians().cos());
    outlines
        .iter()
        .map(|(other_lat, other_lon)| {
            let (a, b) = (other_lat.to_radians() - lat, (other_lon - at.lon).to_radians());
            let h = (a / 2.0).sin().powi(2) + cos * other_lat.to_radians().cos() * (b / 2.0).sin().powi(2);
            2.0 * 6_371_008.8 * h.sqrt().asin()
        })
        .fold(f64::INFINITY, f64::min)
}
