//! A slow second opinion, which shares no code with the room it judges.
//!
//! It reads the layer and the register by itself, cuts every edge (straight in
//! longitude and latitude) into pieces, and finds the nearest point of each
//! piece by golden section over Vincenty's inverse formula. Pieces are passed
//! over only where a rigorous lower bound of their distance exceeds what is
//! asked for: on WGS 84 a degree is nowhere shorter than on a sphere of the
//! smallest radius of curvature, and nowhere longer than on one of the largest.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Longitude and latitude, degrees.
pub type At = [f64; 2];

/// Smallest radius of curvature of WGS 84: of the meridian at the equator.
const FLATTEST: f64 = 6_335_439.0;
/// Largest: at the poles.
const ROUNDEST: f64 = 6_399_594.0;
/// Edges are cut at this many degrees, so that a piece is nearly straight.
const LONGEST: f64 = 0.25;
/// Pieces that share one bound.
const TOGETHER: usize = 32;
/// 200 nautical miles, metres.
pub const NAUTICAL_200: f64 = 370_400.0;

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    objects: BTreeMap<String, Collection>,
    arcs: Vec<Vec<[i64; 2]>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: At,
    translate: At,
}

impl Transform {
    /// A step beyond a pole or ±180° means the pole or ±180°.
    fn degrees(&self, cell: [i64; 2]) -> At {
        let on = |axis: usize| cell[axis] as f64 * self.scale[axis] + self.translate[axis];
        [on(0).clamp(-180.0, 180.0), on(1).clamp(-90.0, 90.0)]
    }
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<MultiPolygon>,
}

#[derive(Deserialize)]
struct MultiPolygon {
    id: String,
    arcs: Vec<Vec<Vec<i64>>>,
}

/// A short piece of an edge.
#[derive(Clone, Copy)]
struct Piece {
    a: At,
    b: At,
    /// Upper bound of its length, metres.
    length: f64,
    coast: bool,
}

/// A cap on the sphere, and a box in degrees, around some pieces.
struct Cap {
    from: usize,
    to: usize,
    middle: [f64; 3],
    /// Radians.
    radius: f64,
    low: At,
    high: At,
    coast: bool,
}

/// Edges that can be measured to and looked into.
pub struct Lines {
    pieces: Vec<Piece>,
    caps: Vec<Cap>,
    all: Option<Cap>,
    /// Beginnings of its rings or lines, and lone points.
    starts: Vec<At>,
}

/// An area of the layer with what the register says of it.
pub struct Land {
    pub id: String,
    pub states: BTreeSet<String>,
    pub accuracy_m: f64,
    pub overlay: bool,
    pub lines: Lines,
}

/// Every area.
pub struct Oracle {
    pub areas: Vec<Land>,
}

/// Where from: points, lines or filled rings. Longitudes run on beyond ±180°
/// instead of jumping.
pub struct Place {
    points: Vec<At>,
    lines: Lines,
    /// All rings, each closed, on the same turn of the earth.
    rings: Vec<Vec<At>>,
}

impl Oracle {
    /// Reads layer and register; `accuracy_m` is that of the layer.
    pub fn read(layer: &str, register: &str, accuracy_m: f64) -> Self {
        let file: Topology = serde_json::from_str(layer).expect("a topology");
        let register: toml::Table = toml::from_str(register).expect("a register");
        let rows: HashMap<&str, &toml::Value> = register["area"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| (row["id"].as_str().expect("an id"), row))
            .collect();
        let arcs: Vec<Vec<[i64; 2]>> = file.arcs.iter().map(|arc| added_up(arc)).collect();
        let degrees = |cell| file.transform.degrees(cell);
        let geometries = &file.objects["areas"].geometries;
        let overlay = |id: &str| rows.get(id).is_some_and(|row| row.get("outline").is_some());
        // An edge that two areas have in common is a border, not a coast.
        // Outlines on top of others do not count.
        // An islet may be a line drawn there and back.
        let mut owners: HashMap<[[i64; 2]; 2], BTreeSet<&str>> = HashMap::new();
        let edges_of = |geometry: &MultiPolygon| -> Vec<[[i64; 2]; 2]> {
            geometry
                .arcs
                .iter()
                .flatten()
                .flatten()
                .flat_map(|index| {
                    arcs[usize::try_from(if *index < 0 { !*index } else { *index }).expect("an arc")]
                        .windows(2)
                })
                .map(|two| [two[0].min(two[1]), two[0].max(two[1])])
                .collect()
        };
        for geometry in geometries.iter().filter(|geometry| !overlay(&geometry.id)) {
            for edge in edges_of(geometry) {
                owners.entry(edge).or_default().insert(&geometry.id);
            }
        }
        let areas = geometries
            .iter()
            .map(|geometry| {
                let row = rows.get(geometry.id.as_str());
                let mut pieces = Vec::new();
                let overlay = overlay(&geometry.id);
                for edge in edges_of(geometry) {
                    let coast = !overlay && owners[&edge].len() == 1;
                    cut(degrees(edge[0]), degrees(edge[1]), coast, &mut pieces);
                }
                let start = |rings: &Vec<Vec<i64>>| {
                    let index = rings[0][0];
                    degrees(arcs[usize::try_from(if index < 0 { !index } else { index }).expect("an arc")][0])
                };
                let number = |value: &toml::Value| value.as_float().or(value.as_integer().map(|n| n as f64));
                Land {
                    id: geometry.id.clone(),
                    states: row.map_or_else(
                        || BTreeSet::from([geometry.id.to_uppercase()]),
                        |row| {
                            let relations = row["relations"].as_array().expect("relations");
                            relations
                                .iter()
                                .map(|r| r["state"].as_str().expect("a code").to_owned())
                                .collect()
                        },
                    ),
                    accuracy_m: row
                        .and_then(|row| row.get("accuracy_m").and_then(number))
                        .unwrap_or(0.0)
                        .max(accuracy_m),
                    overlay,
                    lines: Lines::new(pieces, geometry.arcs.iter().map(start).collect()),
                }
            })
            .collect();
        Self { areas }
    }

    /// Reads the layer of hotspots and its table.
    pub fn of_hotspots(layer: &str, table: &str) -> Self {
        let file: Topology = serde_json::from_str(layer).expect("a topology");
        let table: toml::Table = toml::from_str(table).expect("a table");
        let arcs: Vec<Vec<[i64; 2]>> = file.arcs.iter().map(|arc| added_up(arc)).collect();
        let error = |code: &str| {
            let rows = table["hotspot"].as_array().expect("rows");
            let row = rows.iter().find(|row| row["code"].as_str() == Some(code)).expect(code);
            let error = &row["expected_error_m"];
            error.as_float().or(error.as_integer().map(|n| n as f64)).expect("metres")
        };
        let areas = file.objects["hotspots"].geometries.iter().map(|geometry| {
            let mut pieces = Vec::new();
            let mut starts = Vec::new();
            for index in geometry.arcs.iter().flatten().flatten() {
                let index = usize::try_from(if *index < 0 { !*index } else { *index }).expect("an arc");
                let line: Vec<At> = arcs[index].iter().map(|cell| file.transform.degrees(*cell)).collect();
                starts.push(line[0]);
                for two in line.windows(2) {
                    cut(two[0], two[1], true, &mut pieces);
                }
            }
            Land {
                id: geometry.id.clone(),
                states: BTreeSet::new(),
                accuracy_m: error(&geometry.id),
                overlay: true,
                lines: Lines::new(pieces, starts),
            }
        });
        Self { areas: areas.collect() }
    }

    /// Areas within `radius` metres and their distances, 0 where they touch.
    pub fn near(&self, place: &Place, radius: f64) -> BTreeMap<&str, f64> {
        let near = |land| Land::near(land, place, radius);
        self.areas.iter().filter_map(near).collect()
    }

    /// The area of this id.
    pub fn area(&self, id: &str) -> &Land {
        self.areas.iter().find(|land| land.id == id).expect(id)
    }

    /// The nearest distance to each State of `wanted`, of those that may be
    /// among the nearest `count`.
    pub fn nearest_states(
        &self,
        place: &Place,
        count: usize,
        wanted: impl Fn(&str) -> bool,
    ) -> BTreeMap<String, f64> {
        let mut order: Vec<(f64, &Land)> = self
            .areas
            .iter()
            .filter(|land| land.states.iter().any(|state| wanted(state)))
            .map(|land| (place.at_least(&land.lines), land))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut nearest: BTreeMap<String, f64> = BTreeMap::new();
        for (bound, land) in order {
            let mut so_far: Vec<f64> = nearest.values().copied().collect();
            so_far.sort_by(f64::total_cmp);
            let last = so_far.get(count - 1).copied().unwrap_or(f64::INFINITY);
            if bound > last {
                break;
            }
            if let Some(distance) = place.to(&land.lines, last, false) {
                for state in land.states.iter().filter(|state| wanted(state)) {
                    let known = nearest.entry(state.clone()).or_insert(distance);
                    *known = known.min(distance);
                }
            }
        }
        nearest
    }
}

impl Land {
    fn near<'a>(&'a self, place: &Place, radius: f64) -> Option<(&'a str, f64)> {
        Some((&self.id, place.to(&self.lines, radius, false)?))
    }
}

fn added_up(arc: &[[i64; 2]]) -> Vec<[i64; 2]> {
    arc.iter()
        .scan([0, 0], |sum, step| {
            *sum = [sum[0] + step[0], sum[1] + step[1]];
            Some(*sum)
        })
        .collect()
}

fn cut(a: At, b: At, coast: bool, into: &mut Vec<Piece>) {
    let count = ((b[0] - a[0]).abs().max((b[1] - a[1]).abs()) / LONGEST).ceil().max(1.0);
    let on = |share: f64| [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    let (mut last, mut step) = (a, 1.0);
    while step <= count {
        let next = if step < count { on(step / count) } else { b };
        // Straight in degrees may be longer than the great circle: by the
        // parallel nearest to the equator it is an upper bound.
        let wide = last[1].abs().min(next[1].abs()).to_radians().cos() * (next[0] - last[0]);
        let length = ROUNDEST * wide.hypot(next[1] - last[1]).to_radians();
        into.push(Piece { a: last, b: next, length, coast });
        last = next;
        step += 1.0;
    }
}

impl Cap {
    fn around(pieces: &[Piece], from: usize, to: usize) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        let mut middle = [0.0; 3];
        for piece in pieces {
            for at in [piece.a, piece.b] {
                let up = unit(at);
                for axis in 0..3 {
                    middle[axis] += up[axis];
                }
                for axis in 0..2 {
                    low[axis] = at[axis].min(low[axis]);
                    high[axis] = at[axis].max(high[axis]);
                }
            }
        }
        let length = middle.iter().map(|x| x * x).sum::<f64>().sqrt();
        let middle = if length > 0.0 { middle.map(|x| x / length) } else { [0.0, 0.0, 1.0] };
        let far = |piece: &Piece| {
            angle(middle, unit(piece.a)).max(angle(middle, unit(piece.b))) + piece.length / FLATTEST
        };
        let radius = pieces.iter().map(far).fold(0.0, f64::max);
        Self { from, to, middle, radius, low, high, coast: pieces.iter().any(|piece| piece.coast) }
    }

    /// A lower bound of the distance from `from`, metres.
    fn at_least(&self, from: [f64; 3]) -> f64 {
        (angle(self.middle, from) - self.radius) * FLATTEST - 1.0
    }
}

impl Lines {
    fn new(pieces: Vec<Piece>, starts: Vec<At>) -> Self {
        let caps = (0..pieces.len())
            .step_by(TOGETHER)
            .map(|from| {
                let to = (from + TOGETHER).min(pieces.len());
                Cap::around(&pieces[from..to], from, to)
            })
            .collect();
        let all = (!pieces.is_empty()).then(|| Cap::around(&pieces, 0, pieces.len()));
        Self { pieces, caps, all, starts }
    }

    /// Closed rings read from elsewhere.
    pub fn of_rings(rings: &[Vec<At>]) -> Self {
        let mut pieces = Vec::new();
        for two in rings.iter().flat_map(|ring| ring.windows(2)) {
            cut(two[0], two[1], true, &mut pieces);
        }
        Self::new(pieces, rings.iter().filter_map(|ring| ring.first()).copied().collect())
    }

    /// South-west and north-east corner, unless it lies on both sides of ±180°.
    pub fn corners(&self) -> Option<[At; 2]> {
        let all = self.all.as_ref()?;
        (all.low[0] > -179.0 && all.high[0] < 179.0).then_some([all.low, all.high])
    }

    /// Some positions well inside: where a parallel crosses it, in the middle
    /// of the widest stretch. Nothing where it has no extent.
    pub fn inside(&self) -> Vec<At> {
        let step = (self.caps.len() / 3).max(1);
        let inside = |cap: &Cap| {
            let mut pieces = self.pieces[cap.from..cap.to].iter();
            let whole = self.inside_at(f64::midpoint(cap.low[1], cap.high[1]));
            whole.or_else(|| pieces.find_map(|piece| self.inside_at(f64::midpoint(piece.a[1], piece.b[1]))))
        };
        self.caps.iter().step_by(step).filter_map(inside).collect()
    }

    fn inside_at(&self, lat: f64) -> Option<At> {
        let mut crossed: Vec<f64> = Vec::new();
        for piece in &self.pieces {
            let (low, high) = if piece.a[1] < piece.b[1] { (piece.a, piece.b) } else { (piece.b, piece.a) };
            if low[1] <= lat && lat < high[1] {
                crossed.push(low[0] + (lat - low[1]) / (high[1] - low[1]) * (high[0] - low[0]));
            }
        }
        crossed.sort_by(f64::total_cmp);
        let widest = crossed.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
        let at = [f64::midpoint(widest[0], widest[1]), lat];
        (widest[1] - widest[0] > 1e-6 && self.holds(at)).then_some(at)
    }

    /// The vertex of this number, counted round and round.
    pub fn some_vertex(&self, number: usize) -> At {
        self.pieces[number % self.pieces.len()].a
    }

    /// Every vertex, and where edges were cut.
    pub fn vertices(&self) -> impl Iterator<Item = At> {
        self.pieces.iter().flat_map(|piece| [piece.a, piece.b])
    }

    /// A ray to the north: pieces crossed above the position, odd means inside.
    pub fn holds(&self, [lon, lat]: At) -> bool {
        [lon - 360.0, lon, lon + 360.0].iter().any(|lon| {
            let mut inside = false;
            for cap in &self.caps {
                if cap.low[0] > *lon || cap.high[0] < *lon || cap.high[1] < lat {
                    continue;
                }
                for piece in &self.pieces[cap.from..cap.to] {
                    let (west, east) =
                        if piece.a[0] < piece.b[0] { (piece.a, piece.b) } else { (piece.b, piece.a) };
                    if west[0] <= *lon && *lon < east[0] {
                        let share = (lon - west[0]) / (east[0] - west[0]);
                        inside ^= west[1] + share * (east[1] - west[1]) > lat;
                    }
                }
            }
            inside
        })
    }

    /// Distance from a point to the nearest piece within `best` metres.
    fn to_point(&self, at: At, best: f64, coast: bool) -> Option<f64> {
        let from = unit(at);
        if self.all.as_ref().is_none_or(|all| all.at_least(from) > best) {
            return None;
        }
        let mut order: Vec<(f64, &Cap)> = self
            .caps
            .iter()
            .filter(|cap| cap.coast || !coast)
            .map(|cap| (cap.at_least(from), cap))
            .filter(|(bound, _)| *bound <= best)
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut nearest = Nearest { best, found: false };
        for (bound, cap) in order {
            if bound > nearest.best {
                break;
            }
            for piece in &self.pieces[cap.from..cap.to] {
                if piece.coast || !coast {
                    nearest.offer(at, *piece);
                }
            }
        }
        nearest.found.then_some(nearest.best)
    }
}

/// The nearest distance so far.
struct Nearest {
    best: f64,
    found: bool,
}

impl Nearest {
    fn offer(&mut self, at: At, piece: Piece) {
        let bound =
            f64::midpoint(rough(at, piece.a), rough(at, piece.b)) * FLATTEST - piece.length / 2.0 - 1.0;
        if bound > self.best {
            return;
        }
        let distance = to_piece(at, piece);
        if distance <= self.best {
            (self.best, self.found) = (distance, true);
        }
    }
}

/// The least distance to a piece: golden section, then its ends.
fn to_piece(at: At, piece: Piece) -> f64 {
    let on = |share: f64| {
        vincenty(
            at,
            [piece.a[0] + share * (piece.b[0] - piece.a[0]), piece.a[1] + share * (piece.b[1] - piece.a[1])],
        )
    };
    let golden = 0.618_033_988_749_895;
    let (mut low, mut high) = (0.0, 1.0);
    let (mut left, mut right) = (1.0 - golden, golden);
    let (mut at_left, mut at_right) = (on(left), on(right));
    // To a centimetre along the piece: far finer across it.
    let mut span = piece.length;
    while span > 0.01 {
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = on(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = on(right);
        }
        span *= golden;
    }
    at_left.min(at_right).min(vincenty(at, piece.a)).min(vincenty(at, piece.b))
}

impl Place {
    /// One point.
    pub fn point(at: At) -> Self {
        Self { points: vec![at], lines: Lines::new(Vec::new(), Vec::new()), rings: Vec::new() }
    }

    /// A route.
    pub fn line(line: &[At]) -> Self {
        let mut pieces = Vec::new();
        for two in line.windows(2) {
            finely(two[0], two[1], &mut pieces);
        }
        Self { points: Vec::new(), lines: Lines::new(pieces, vec![line[0]]), rings: Vec::new() }
    }

    /// An area of one ring, which may be open. It must not run around a pole.
    pub fn ring(ring: &[At]) -> Self {
        let mut closed = ring.to_vec();
        closed.push(ring[0]);
        Self { rings: vec![closed.clone()], ..Self::line(&closed) }
    }

    fn at_least(&self, lines: &Lines) -> f64 {
        let Some(all) = &lines.all else { return f64::INFINITY };
        let of_points = self.points.iter().map(|at| all.at_least(unit(*at)));
        let of_lines = self.lines.caps.iter().map(|cap| all.at_least(cap.middle) - cap.radius * ROUNDEST);
        of_points.chain(of_lines).fold(f64::INFINITY, f64::min)
    }

    /// The distance to an area within `radius`, 0 where they touch; with
    /// `coast`, to its coast alone.
    pub fn to(&self, area: &Lines, radius: f64, coast: bool) -> Option<f64> {
        // An area around all of it may have its edges far away.
        if self.rings.is_empty() && self.at_least(area) > radius {
            return None;
        }
        if self.points.iter().chain(&self.lines.starts).any(|at| area.holds(*at)) {
            return Some(0.0);
        }
        if !self.rings.is_empty() && area.starts.iter().any(|at| self.lines.holds(*at)) {
            return Some(0.0);
        }
        let (mut best, mut found) = (radius, false);
        for at in &self.points {
            if let Some(distance) = area.to_point(*at, best, coast) {
                (best, found) = (distance, true);
            }
        }
        let mut pairs: Vec<(f64, &Cap, &Cap)> = Vec::new();
        for own in &self.lines.caps {
            for their in area.caps.iter().filter(|cap| cap.coast || !coast) {
                let bound = their.at_least(own.middle) - own.radius * FLATTEST;
                if bound <= best {
                    pairs.push((bound, own, their));
                }
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (bound, own, their) in pairs {
            if bound > best {
                break;
            }
            for ours in &self.lines.pieces[own.from..own.to] {
                for theirs in area.pieces[their.from..their.to].iter().filter(|piece| piece.coast || !coast) {
                    let bound = rough(ours.a, theirs.a) * FLATTEST - ours.length - theirs.length - 1.0;
                    if bound > best {
                        continue;
                    }
                    if cross(*ours, *theirs) {
                        return Some(0.0);
                    }
                    let mut nearest = Nearest { best, found };
                    nearest.offer(ours.a, *theirs);
                    nearest.offer(ours.b, *theirs);
                    nearest.offer(theirs.a, *ours);
                    nearest.offer(theirs.b, *ours);
                    Nearest { best, found } = nearest;
                }
            }
        }
        found.then_some(best)
    }
}

/// Cuts an edge of a place so finely that its pieces are straight on the earth.
fn finely(a: At, b: At, into: &mut Vec<Piece>) {
    let count = ((b[0] - a[0]).abs().max((b[1] - a[1]).abs()) / 0.05).ceil().max(1.0);
    let on = |share: f64| [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    let mut step = 0.0;
    while step < count {
        cut(on(step / count), on((step + 1.0) / count), true, into);
        step += 1.0;
    }
}

/// Whether two pieces cross, both straight in degrees, on any turn of the earth.
fn cross(one: Piece, other: Piece) -> bool {
    let side = |a: At, b: At, c: At| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    [-360.0, 0.0, 360.0].iter().any(|turn| {
        let (a, b) = ([one.a[0] + turn, one.a[1]], [one.b[0] + turn, one.b[1]]);
        let (c, d) = (other.a, other.b);
        side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
    })
}

/// Straight up, on a sphere.
fn unit(at: At) -> [f64; 3] {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) =
        (at[0].to_radians().sin_cos(), at[1].to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

fn angle(a: [f64; 3], b: [f64; 3]) -> f64 {
    let chord2 = (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2);
    2.0 * (chord2.sqrt() / 2.0).min(1.0).asin()
}

/// The angle between two positions, radians.
fn rough(a: At, b: At) -> f64 {
    angle(unit(a), unit(b))
}

/// Vincenty's inverse formula on WGS 84 (Survey Review 1975, XXIII 176).
pub fn vincenty(from: At, to: At) -> f64 {
    let (major, flat) = (6_378_137.0, 1.0 / 298.257_223_563);
    let minor = major * (1.0 - flat);
    let reduced = |lat: f64| ((1.0 - flat) * lat.to_radians().sin()).atan2(lat.to_radians().cos());
    let ((sin1, cos1), (sin2, cos2)) = (reduced(from[1]).sin_cos(), reduced(to[1]).sin_cos());
    // The short way round.
    let apart = (to[0] - from[0] - 360.0 * ((to[0] - from[0]) / 360.0).round()).to_radians();
    let mut lambda = apart;
    for _ in 0..50 {
        let (sin_l, cos_l) = lambda.sin_cos();
        let sin_s = (cos2 * sin_l).hypot(cos1 * sin2 - sin1 * cos2 * cos_l);
        if sin_s <= 0.0 {
            return 0.0;
        }
        let cos_s = sin1 * sin2 + cos1 * cos2 * cos_l;
        let sigma = sin_s.atan2(cos_s);
        let sin_a = cos1 * cos2 * sin_l / sin_s;
        let cos2_a = 1.0 - sin_a * sin_a;
        let middle = if cos2_a > 1e-15 { cos_s - 2.0 * sin1 * sin2 / cos2_a } else { 0.0 };
        let c = flat / 16.0 * cos2_a * (4.0 + flat * (4.0 - 3.0 * cos2_a));
        let before = lambda;
        let twice = 2.0 * middle * middle - 1.0;
        lambda = apart + (1.0 - c) * flat * sin_a * (sigma + c * sin_s * (middle + c * cos_s * twice));
        if (lambda - before).abs() < 1e-13 {
            let u2 = cos2_a * (major * major - minor * minor) / (minor * minor);
            let a = 1.0 + u2 / 16384.0 * (4096.0 + u2 * (-768.0 + u2 * (320.0 - 175.0 * u2)));
            let b = u2 / 1024.0 * (256.0 + u2 * (-128.0 + u2 * (74.0 - 47.0 * u2)));
            let third = b / 6.0 * middle * (4.0 * sin_s * sin_s - 3.0) * (4.0 * middle * middle - 3.0);
            let delta = b * sin_s * (middle + b / 4.0 * (cos_s * twice - third));
            return minor * a * (sigma - delta);
        }
    }
    // Nearly opposite points of the earth: good enough for the farthest places.
    rough(from, to) * 6_371_000.0
}
