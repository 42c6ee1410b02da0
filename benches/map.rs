//! The map, measured: `cargo bench --bench map`.
//!
//! A full assessment (reasons and JSON included) of points at three reaches,
//! of a route and of an area; beside it, on the same places in the same run,
//! two usual ways of finding who is near: an R-tree of boxes in degrees with
//! `geo`'s closest point on the sphere, and a plain loop over all polygons.
//! Both find areas and distances alone, without hotspots, reasons or JSON.
//! Containment beside the `country-boundaries` crate.
//!
//! Prints Markdown tables; `benches/README.md` keeps the last ones.

#[path = "map/postgis.rs"]
mod postgis;

use country_boundaries::{BOUNDARIES_ODBL_360X180, CountryBoundaries, LatLon};
use geo::{
    BoundingRect, Closest, Distance, Haversine, HaversineClosestPoint, LineString, MultiPolygon, Point,
    Polygon,
};
use outcross::{
    domain::{
        place::{Geometry, Metres, Position},
        reach::{Pathway, PathwayReport, Question, ReachOverride},
    },
    geo::Atlas,
};
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};
use serde_json::Value;
use std::{collections::BTreeMap, hint::black_box, time::Instant};

/// Places of each kind.
const PLACES: usize = 500;
/// Rounds over all places that count; one before them warms up.
const ROUNDS: usize = 4;
/// Places for the plain loop, which takes a tenth of a second for each.
const FEW: usize = 10;

const RADIUS: f64 = 6_371_008.8;

fn main() {
    let before = memory();
    let started = Instant::now();
    let atlas = Atlas::built_in().expect("the map");
    let cold = milliseconds(started);
    let resident = memory().saturating_sub(before);
    if std::env::args().any(|argument| argument == "points") {
        return profile(&atlas);
    }
    let mut starts: Vec<f64> = (0..5)
        .map(|_| {
            let started = Instant::now();
            black_box(Atlas::built_in().expect("the map"));
            milliseconds(started)
        })
        .collect();
    let again = percentiles(&mut starts).0;
    let areas = areas();
    let boxes = Boxes::new(&areas);
    let land = places(|at| holds(&atlas, at));
    let sea = places(|at| !holds(&atlas, at));
    let border = by_borders(&atlas, &areas);

    println!("### A full assessment, with reasons and JSON\n");
    println!("| question | p50 µs | p99 µs |\n|---|---|---|");
    for (name, places) in [("on land", &land), ("on land by a border or coast", &border), ("at sea", &sea)] {
        for km in [5.0, 50.0, 500.0] {
            let mut times = measure(places, |at| assess(&atlas, Geometry::Point(at), km));
            row(&format!("point {name}, reach {km} km"), &mut times);
        }
    }
    for km in [5.0, 50.0, 500.0] {
        let mut times = measure(&land, |at| assess(&atlas, Geometry::LineString(line(at)), km));
        row(&format!("route of 100 km, 21 vertices, reach {km} km"), &mut times);
        let mut times = measure(&land, |at| assess(&atlas, Geometry::Polygon(vec![circle(at)]), km));
        row(&format!("area of 65 vertices, 30 km wide, reach {km} km"), &mut times);
    }

    println!("\n### Beside other ways, on the same places in the same run\n");
    println!(
        "| point, reach | full assessment p50 µs | areas and distances alone p50 / p99 µs \
         | R-tree of degree boxes with `geo`: p50 / p99 µs | over full assessment | over alone \
         | plain loop p50 µs ({FEW} places) | over full assessment |\n|---|---|---|---|---|---|---|---|"
    );
    for (name, places) in [("on land", &land), ("by a border or coast", &border)] {
        for km in [5.0, 50.0, 500.0] {
            compare(&atlas, &areas, &boxes, places, name, km);
        }
    }
    beside_postgis(
        &atlas,
        &areas,
        &[("on land", &land), ("by a border or coast", &border), ("at sea", &sea)],
    );
    containment(&atlas, &[("on land", &land), ("by a border or coast", &border), ("at sea", &sea)]);

    println!("\n### Cold start and memory\n");
    println!(
        "`Atlas::built_in()`: {cold:.0} ms the first time in the process, {again:.0} ms after that \
         (median of 5); {:.0} MB resident more than before, first time",
        resident as f64 / 1024.0
    );
}

/// Nothing but assessments, for a profiler: `cargo bench --bench map -- points`.
fn profile(atlas: &Atlas) {
    let land = places(|at| holds(atlas, at));
    let started = Instant::now();
    let rounds = 40;
    for _ in 0..rounds {
        for at in &land {
            black_box(assess(atlas, Geometry::Point(*at), 50.0));
        }
    }
    println!("{:.1} µs each", started.elapsed().as_secs_f64() * 1e6 / (rounds * PLACES) as f64);
}

fn row(name: &str, times: &mut [f64]) {
    let (p50, p99) = percentiles(times);
    println!("| {name} | {p50:.1} | {p99:.1} |");
}

fn compare(
    atlas: &Atlas,
    areas: &BTreeMap<String, MultiPolygon>,
    boxes: &Boxes<'_>,
    places: &[Position],
    name: &str,
    km: f64,
) {
    let radius = km * 1000.0;
    let within = Metres::new(radius).expect("a length");
    let full = percentiles(&mut measure(places, |at| assess(atlas, Geometry::Point(at), km))).0;
    let alone = percentiles(&mut measure(places, |at| atlas.near(at, within).len()));
    let usual = percentiles(&mut once(places, |at| boxes.near(at, radius).len()));
    let few: Vec<Position> = places.iter().step_by(PLACES / FEW).copied().collect();
    let looped = percentiles(&mut once(&few, |at| plain_loop(areas, at, radius).len())).0;
    println!(
        "| {name}, {km} km | {full:.1} | {:.1} / {:.1} | {:.0} / {:.0} | {:.0} × | {:.0} × | {looped:.0} | {:.0} × |",
        alone.0,
        alone.1,
        usual.0,
        usual.1,
        usual.0 / full,
        usual.0 / alone.0,
        looped / full
    );
}

/// A full assessment beside areas and distances alone from PostGIS.
fn beside_postgis(atlas: &Atlas, areas: &BTreeMap<String, MultiPolygon>, kinds: &[(&str, &Vec<Position>)]) {
    let Some(server) = postgis::Postgis::with(areas) else { return };
    println!("\n### Beside PostGIS (geography in parts of 64 vertices, GiST; timed inside the server)\n");
    println!(
        "| point, reach | full assessment p50 / p99 µs | areas and distances alone p50 / p99 µs \
         | PostGIS p50 / p99 µs | over full assessment p50 | over alone p50 |\n|---|---|---|---|---|---|"
    );
    for (name, places) in kinds {
        for km in [5.0, 50.0, 500.0] {
            let full = percentiles(&mut measure(places, |at| assess(atlas, Geometry::Point(at), km)));
            let within = Metres::new(km * 1000.0).expect("a length");
            let alone = percentiles(&mut measure(places, |at| atlas.near(at, within).len()));
            let Some((p50, p99)) = server.near(places, km * 1000.0) else { return };
            println!(
                "| {name}, {km} km | {:.1} / {:.1} | {:.1} / {:.1} | {p50:.0} / {p99:.0} | {:.0} × | {:.0} × |",
                full.0,
                full.1,
                alone.0,
                alone.1,
                p50 / full.0,
                p50 / alone.0
            );
        }
    }
}

/// Which areas hold a position, beside a crate made for that one question.
fn containment(atlas: &Atlas, kinds: &[(&str, &Vec<Position>)]) {
    let started = Instant::now();
    let raster = CountryBoundaries::from_reader(BOUNDARIES_ODBL_360X180).expect("its data");
    let loaded = milliseconds(started);
    println!("\n### Containment: which areas hold a position\n");
    println!(
        "`country-boundaries` loads in {loaded:.0} ms; its data is another (OpenStreetMap), its answer codes alone.\n"
    );
    println!(
        "| point | ours p50 / p99 ns | `country-boundaries` p50 / p99 ns | ours over it |\n|---|---|---|---|"
    );
    for (name, places) in kinds {
        let ours = in_batches(places, |at| atlas.near(at, Metres::ZERO).len());
        let theirs =
            in_batches(places, |at| raster.ids(LatLon::new(at.lat, at.lon).expect("a position")).len());
        println!(
            "| {name} | {:.0} / {:.0} | {:.0} / {:.0} | {:.1} × |",
            ours.0,
            ours.1,
            theirs.0,
            theirs.1,
            ours.0 / theirs.0
        );
    }
}

/// Nanoseconds of work too short for a clock: twenty times each.
fn in_batches<T>(places: &[Position], work: impl Fn(Position) -> T) -> (f64, f64) {
    let twenty = |at| {
        for _ in 0..20 {
            black_box(work(black_box(at)));
        }
    };
    let mut times: Vec<f64> = measure(places, twenty).into_iter().map(|us| us * 1000.0 / 20.0).collect();
    percentiles(&mut times)
}

/// Microseconds for every place, [`ROUNDS`] times over all of them in turn.
fn measure<T>(places: &[Position], work: impl Fn(Position) -> T) -> Vec<f64> {
    once(places, &work);
    (0..ROUNDS).flat_map(|_| once(places, &work)).collect()
}

fn once<T>(places: &[Position], work: impl Fn(Position) -> T) -> Vec<f64> {
    let timed = |at: &Position| {
        let started = Instant::now();
        black_box(work(*at));
        milliseconds(started) * 1000.0
    };
    places.iter().map(timed).collect()
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn percentiles(values: &mut [f64]) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[(values.len() * 99 / 100).min(values.len() - 1)])
}

/// Resident memory of this process in kB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn holds(atlas: &Atlas, at: Position) -> bool {
    !atlas.near(at, Metres::ZERO).is_empty()
}

/// Places spread evenly over the earth, the same in every run.
fn places(wanted: impl Fn(Position) -> bool) -> Vec<Position> {
    let at = |n: u32| {
        let part = |step: f64| (f64::from(n) * step).fract();
        let lat = (2.0 * part(0.618_033_988_749) - 1.0).asin().to_degrees();
        Position { lat, lon: part(0.754_877_666_246) * 360.0 - 180.0 }
    };
    (1..).map(at).filter(|at| wanted(*at)).take(PLACES).collect()
}

/// Places on land within about 10 km of a vertex of a border or coast.
fn by_borders(atlas: &Atlas, areas: &BTreeMap<String, MultiPolygon>) -> Vec<Position> {
    let vertices: Vec<_> =
        areas.values().flatten().flat_map(|polygon| polygon.exterior().coords()).copied().collect();
    let at = |n: usize| {
        let vertex = vertices[n.wrapping_mul(7_919_777) % vertices.len()];
        let part = |step: f64| (n as f64 * step).fract() - 0.5;
        let lat = (vertex.y + 0.15 * part(0.618_033_988_749)).clamp(-89.0, 89.0);
        let lon = vertex.x + 0.15 * part(0.754_877_666_246) / lat.to_radians().cos();
        Position { lat, lon: lon.clamp(-180.0, 180.0) }
    };
    (1..).map(at).filter(|at| holds(atlas, *at)).take(PLACES).collect()
}

fn line(at: Position) -> Vec<Position> {
    let step = if at.lat > 0.0 { -0.045 } else { 0.045 };
    (0..21).map(|n| Position { lat: at.lat + f64::from(n) * step, lon: at.lon }).collect()
}

fn circle(at: Position) -> Vec<Position> {
    let step = std::f64::consts::TAU / 64.0;
    let at_angle = |n: u32| {
        let (sin, cos) = (f64::from(n) * step).sin_cos();
        let lat = (at.lat + 0.135 * sin).clamp(-89.9, 89.9);
        let lon = at.lon + 0.135 * cos / lat.to_radians().cos();
        Position { lat, lon: lon - 360.0 * (lon / 360.0).round() }
    };
    (0..65).map(|n| at_angle(n % 64)).collect()
}

fn assess(atlas: &Atlas, geometry: Geometry, km: f64) -> usize {
    let max_m = Metres::new(km * 1000.0).expect("a length");
    let reach = ReachOverride { p50_m: None, p95_m: None, max_m, reason: "measurement".to_owned() };
    let pathway = PathwayReport {
        pathway: Pathway::Pollen,
        route: None,
        destinations: Vec::new(),
        towards_deg: None,
        reach: Some(reach),
    };
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
        released_by: None,
    };
    serde_json::to_vec(&atlas.assess(&question)).expect("JSON").len()
}

/// The layer of areas as polygons in degrees.
fn areas() -> BTreeMap<String, MultiPolygon> {
    let text = include_str!("../geodata/areas.topo.json");
    let topology: Value = serde_json::from_str(text).expect("JSON");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let pair = |value: &Value| [0, 1].map(|axis: usize| value[axis].as_f64().expect("a number"));
    let (scale, origin) = (pair(&topology["transform"]["scale"]), pair(&topology["transform"]["translate"]));
    let arc = |steps: &Value| -> Vec<(f64, f64)> {
        let mut sum = [0.0, 0.0];
        let mut next = |step: &Value| {
            let step = pair(step);
            sum = [sum[0] + step[0], sum[1] + step[1]];
            (sum[0] * scale[0] + origin[0], (sum[1] * scale[1] + origin[1]).clamp(-90.0, 90.0))
        };
        list(steps).iter().map(&mut next).collect()
    };
    let arcs: Vec<Vec<(f64, f64)>> = list(&topology["arcs"]).iter().map(arc).collect();
    let ring = |indices: &Value| -> LineString {
        let mut positions: Vec<(f64, f64)> = Vec::new();
        for index in list(indices) {
            let index = index.as_i64().expect("an index");
            let arc = |index: i64| &arcs[usize::try_from(index).expect("small")];
            positions.pop();
            if index < 0 {
                positions.extend(arc(-1 - index).iter().rev());
            } else {
                positions.extend(arc(index));
            }
        }
        positions.into()
    };
    let polygon = |rings: &Value| {
        let mut rings: Vec<LineString> = list(rings).iter().map(ring).collect();
        let outer = rings.remove(0);
        Polygon::new(outer, rings)
    };
    let feature = |geometry: &Value| {
        let id = geometry["id"].as_str().expect("an id").to_owned();
        (id, MultiPolygon::new(list(&geometry["arcs"]).iter().map(polygon).collect()))
    };
    list(&topology["objects"]["areas"]["geometries"]).iter().map(feature).collect()
}

/// The usual way: boxes of polygons, in degrees, in an R-tree.
struct Boxes<'a>(RTree<Bounds<'a>>);

type Bounds<'a> = GeomWithData<Rectangle<[f64; 2]>, (&'a str, &'a Polygon)>;

impl<'a> Boxes<'a> {
    fn new(areas: &'a BTreeMap<String, MultiPolygon>) -> Self {
        let item = |id: &'a str, polygon: &'a Polygon| {
            let bounds = polygon.bounding_rect().expect("positions");
            let (low, high) = (bounds.min(), bounds.max());
            let rectangle = Rectangle::from_corners([low.x, low.y], [high.x, high.y]);
            GeomWithData::new(rectangle, (id, polygon))
        };
        let items = areas.iter().flat_map(|(id, area)| area.iter().map(move |polygon| item(id, polygon)));
        Self(RTree::bulk_load(items.collect()))
    }

    fn near(&self, at: Position, radius: f64) -> BTreeMap<&'a str, f64> {
        let angle = radius / RADIUS;
        let up = angle.to_degrees();
        let share = angle.sin() / at.lat.to_radians().cos();
        let aside = if at.lat.abs() + up < 90.0 { share.min(1.0).asin().to_degrees() } else { 360.0 };
        let mut near = BTreeMap::new();
        for turn in [-360.0, 0.0, 360.0] {
            let lon = at.lon + turn;
            if lon + aside < -180.0 || lon - aside > 180.0 {
                continue;
            }
            let bounds = AABB::from_corners([lon - aside, at.lat - up], [lon + aside, at.lat + up]);
            for found in self.0.locate_in_envelope_intersecting(&bounds) {
                let (id, polygon) = found.data;
                offer(&mut near, id, distance(polygon, at), radius);
            }
        }
        near
    }
}

/// What one writes first: every polygon, one after the other.
fn plain_loop(areas: &BTreeMap<String, MultiPolygon>, at: Position, radius: f64) -> BTreeMap<&str, f64> {
    let mut near = BTreeMap::new();
    for (id, area) in areas {
        for polygon in area {
            offer(&mut near, id, distance(polygon, at), radius);
        }
    }
    near
}

fn offer<'a>(near: &mut BTreeMap<&'a str, f64>, id: &'a str, distance: f64, radius: f64) {
    if distance <= radius {
        let known = near.entry(id).or_insert(distance);
        *known = known.min(distance);
    }
}

fn distance(polygon: &Polygon, at: Position) -> f64 {
    let from = Point::new(at.lon, at.lat);
    match polygon.haversine_closest_point(&from) {
        Closest::SinglePoint(to) => Haversine.distance(from, to),
        Closest::Intersection(_) => 0.0,
        Closest::Indeterminate => f64::INFINITY,
    }
}
