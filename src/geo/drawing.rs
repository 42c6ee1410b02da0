//! The map drawn around a place, azimuthal equidistant: from the middle every
//! distance and every bearing is true (on the WGS 84 ellipsoid), so a reach is
//! a circle. Nothing is lost at ±180° or at the poles, which are places like
//! any other; only the point farthest from the middle becomes the rim.
//!
//! Lines are thinned to what can be seen and clipped to a square a little
//! larger than the view.

use super::{
    Atlas,
    earth::{LonLat, Point3, chord2, ecef, geodesic, lon_lat, roughly},
    error::LayerError,
    topology::{self, Topology},
};
use crate::domain::place::{Geometry, Metres, Position};
use geo::{LineString, Simplify};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A point of a drawing: to the right and down from the middle, in
/// five-hundredths of half the width of the view.
pub type Spot = [i32; 2];

/// Half the width of the view, in the units of a [`Spot`].
pub const HALF: i32 = 500;

/// Lines are drawn so far, a little outside the view.
const RIM: f64 = 540.0;

/// How far a line may be from what was measured, in units.
const SEEN: f64 = 0.8;

/// Points of a line that stand or fall together.
const PIECE: usize = 200;

/// How far apart points of each coarser copy of a line are, metres.
const LEVELS: [f64; 3] = [0.0, 2_000.0, 20_000.0];

/// Half the circumference of the earth, and then some, metres.
pub const FARTHEST: Metres = Metres::kilometres(20_000);

/// The narrowest view.
pub const NEAREST: Metres = Metres::kilometres(1);

/// What is seen from above a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// Land and its coasts: closed lines, filled by the even-odd rule.
    pub land: Vec<Vec<Spot>>,
    /// Lines between areas about which nobody disagrees.
    pub borders: Vec<Vec<Spot>>,
    /// Lines of areas with more than one relation.
    pub contested: Vec<Vec<Spot>>,
    /// Hotspots asked for: closed lines, filled by the even-odd rule.
    pub hotspots: Vec<(String, Vec<Vec<Spot>>)>,
    /// The place itself: its lines, or points as lines of one spot.
    pub place: Vec<Vec<Spot>>,
}

/// From where, and how far to each side.
#[derive(Clone, Copy, Debug)]
pub struct View {
    centre: Position,
    at: Point3,
    half_m: f64,
}

impl View {
    /// A view of `half` to each side of `centre`, between [`NEAREST`] and
    /// [`FARTHEST`].
    pub fn new(centre: Position, half: Metres) -> Self {
        let half_m = half.get().clamp(NEAREST.get(), FARTHEST.get());
        Self { centre, at: ecef([centre.lon, centre.lat]), half_m }
    }

    /// The middle.
    pub fn centre(&self) -> Position {
        self.centre
    }

    /// How far it is from the middle to a side.
    pub fn half(&self) -> Metres {
        Metres::new(self.half_m).unwrap_or(NEAREST)
    }

    /// A length in units.
    pub fn length(&self, metres: Metres) -> f64 {
        metres.get() / self.half_m * f64::from(HALF)
    }

    /// Where a position is.
    pub fn spot(&self, at: Position) -> Spot {
        rounded(self.exactly([at.lon, at.lat]))
    }

    /// Where something is that lies so far away in that direction.
    pub fn towards(&self, bearing_deg: f64, distance: Metres) -> Spot {
        rounded(self.polar((distance.get(), bearing_deg)))
    }

    fn polar(&self, (length, bearing): (f64, f64)) -> [f64; 2] {
        let r = length / self.half_m * f64::from(HALF);
        let (sin, cos) = bearing.to_radians().sin_cos();
        [r * sin, -r * cos]
    }

    fn exactly(&self, at: LonLat) -> [f64; 2] {
        self.polar(geodesic(self.at, ecef(at)))
    }

    fn about(&self, at: LonLat) -> [f64; 2] {
        self.polar(roughly(self.at, ecef(at)))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "clipped to the view, or a few times as far")]
fn rounded([x, y]: [f64; 2]) -> Spot {
    [x.round() as i32, y.round() as i32]
}

/// How far a spot lies outside the square that is drawn; nothing inside it.
fn outside([x, y]: [f64; 2]) -> f64 {
    (x.abs() - RIM).max(y.abs() - RIM).max(0.0)
}

/// A part of a line, in several degrees of detail.
#[derive(Clone, Debug)]
struct Piece {
    levels: [Vec<LonLat>; 3],
    /// The middle of a ball around it, and its radius, metres.
    ball: (Point3, f64),
}

impl Piece {
    fn new(points: &[LonLat]) -> Self {
        let inside: Vec<Point3> = points.iter().map(|at| ecef(*at)).collect();
        let count = inside.len().max(1) as f64;
        let middle = [0, 1, 2].map(|axis| inside.iter().map(|point| point[axis]).sum::<f64>() / count);
        let radius = inside.iter().map(|point| chord2(*point, middle)).fold(0.0, f64::max).sqrt();
        Self { levels: LEVELS.map(|apart| thinned(points, apart)), ball: (middle, radius) }
    }
}

/// First and last point, and of the others those that are far enough from the
/// one before.
fn thinned(points: &[LonLat], apart: f64) -> Vec<LonLat> {
    let mut kept: Vec<LonLat> = Vec::new();
    let mut last: Option<Point3> = None;
    for (index, at) in points.iter().enumerate() {
        let point = ecef(*at);
        if index + 1 == points.len() || last.is_none_or(|last| chord2(last, point) > apart * apart) {
            kept.push(*at);
            last = Some(point);
        }
    }
    kept
}

type Line = Vec<Piece>;

fn line(points: &[LonLat]) -> Line {
    let mut pieces = Vec::new();
    let mut from = 0;
    while from + 1 < points.len() {
        let to = (from + PIECE).min(points.len() - 1);
        pieces.push(Piece::new(&points[from..=to]));
        from = to;
    }
    pieces
}

/// The outlines of everything that is drawn.
#[derive(Clone, Debug, Default)]
pub struct Outlines {
    /// Closed.
    land: Vec<Line>,
    borders: Vec<Line>,
    contested: Vec<Line>,
    /// By id, closed.
    hotspots: BTreeMap<String, Vec<Line>>,
}

impl Outlines {
    /// The outlines of the layers the program carries.
    ///
    /// # Errors
    /// When a layer is unreadable, which one that was carried is not.
    pub fn built_in(atlas: &Atlas) -> Result<Self, LayerError> {
        let areas = topology::read(Atlas::AREAS, "areas", "areas")?;
        let hotspots = topology::features(Atlas::HOTSPOTS, "hotspots", "hotspots")?;
        let (grid, features) = hotspots;
        let mut outlines = Self::of_areas(&areas, atlas);
        for feature in features {
            let closed = |ring: &Vec<topology::Cell>| {
                let mut points: Vec<LonLat> = ring.iter().map(|cell| grid.degrees(*cell)).collect();
                points.extend(points.first().copied());
                line(&points)
            };
            let rings = feature.polygons.iter().flatten().map(closed);
            outlines.hotspots.entry(feature.id.unwrap_or_default()).or_default().extend(rings);
        }
        Ok(outlines)
    }

    fn of_areas(topology: &Topology, atlas: &Atlas) -> Self {
        let area = |id: &str| atlas.areas().iter().find(|area| &*area.id == id);
        let mut uses = vec![0_u8; topology.arcs.len()];
        let mut disputed: HashSet<usize> = HashSet::new();
        for (id, polygons) in &topology.features {
            let (overlay, contested) =
                area(id).map_or((false, false), |area| (area.overlay, area.is_contested()));
            for arc in polygons.iter().flatten().flatten() {
                if !overlay {
                    uses[*arc] = uses[*arc].saturating_add(1);
                }
                if contested {
                    disputed.insert(*arc);
                }
            }
        }
        let of = |wanted: &dyn Fn(usize) -> bool| {
            (0..topology.arcs.len()).filter(|arc| wanted(*arc)).map(|arc| line(&topology.arcs[arc])).collect()
        };
        let shores: Vec<Vec<LonLat>> = (0..uses.len())
            .filter(|arc| uses[*arc] == 1)
            .flat_map(|arc| without_seams(&topology.arcs[arc]))
            .collect();
        Self {
            land: closed(&shores).iter().map(|ring| line(ring)).collect(),
            borders: of(&|arc| uses[arc] > 1 && !disputed.contains(&arc)),
            contested: of(&|arc| uses[arc] != 1 && disputed.contains(&arc)),
            hotspots: BTreeMap::new(),
        }
    }

    /// Draws what is seen: land, lines, the hotspots of these ids, the place.
    pub fn draw(&self, atlas: &Atlas, view: &View, hotspots: &[&str], place: Option<&Geometry>) -> Drawing {
        let ring = |line: &Line| finished(clipped(&project(line, view)), true);
        let open = |line: &Line| {
            let cut = cut(&project(line, view));
            cut.into_iter().filter_map(|part| finished(part, false)).collect::<Vec<_>>()
        };
        let mut land: Vec<Vec<Spot>> = self.land.iter().filter_map(ring).collect();
        // What holds the far side of the earth lies outside its own lines.
        let far = lon_lat(view.at.map(|axis| -axis));
        if atlas.areas().iter().any(|area| !area.overlay && area.shape.bands.contains(far)) {
            land.push(frame());
        }
        let found = |id: &&str| {
            let rings = self.hotspots.get(*id)?.iter().filter_map(ring).collect::<Vec<_>>();
            (!rings.is_empty()).then(|| ((*id).to_owned(), rings))
        };
        Drawing {
            land,
            borders: self.borders.iter().flat_map(open).collect(),
            contested: self.contested.iter().flat_map(open).collect(),
            hotspots: hotspots.iter().filter_map(found).collect(),
            place: place.map(|place| of_place(place, view)).unwrap_or_default(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a few hundred")]
fn frame() -> Vec<Spot> {
    let rim = RIM as i32;
    vec![[-rim, -rim], [rim, -rim], [rim, rim], [-rim, rim]]
}

fn of_place(place: &Geometry, view: &View) -> Vec<Vec<Spot>> {
    let dense = |points: &[Position], close: bool| -> Vec<LonLat> {
        let mut points: Vec<LonLat> = points.iter().map(|at| [at.lon, at.lat]).collect();
        if close {
            points.extend(points.first().copied());
        }
        points
    };
    let lines: Vec<Vec<LonLat>> = match place {
        Geometry::Point(at) => return vec![vec![view.spot(*at)]],
        Geometry::MultiPoint(points) => return points.iter().map(|at| vec![view.spot(*at)]).collect(),
        Geometry::LineString(points) => vec![dense(points, false)],
        Geometry::MultiLineString(lines) => lines.iter().map(|points| dense(points, false)).collect(),
        Geometry::Polygon(rings) => rings.iter().map(|points| dense(points, true)).collect(),
        Geometry::MultiPolygon(all) => all.iter().flatten().map(|points| dense(points, true)).collect(),
    };
    lines
        .iter()
        .flat_map(|points| cut(&project(&line(points), view)))
        .filter_map(|part| finished(part, false))
        .collect()
}

/// The parts of a line that are not there only to close an area at ±180° or
/// at a pole.
fn without_seams(points: &[LonLat]) -> Vec<Vec<LonLat>> {
    let at_edge = |at: &LonLat| at[0].abs() > 179.999;
    let at_pole = |at: &LonLat| at[1].abs() > 89.99;
    let mut parts: Vec<Vec<LonLat>> = Vec::new();
    let mut is_open = false;
    for pair in points.windows(2) {
        if pair.iter().all(at_edge) || pair.iter().all(at_pole) {
            is_open = false;
            continue;
        }
        match parts.last_mut().filter(|_| is_open) {
            Some(part) => part.push(pair[1]),
            None => parts.push(pair.to_vec()),
        }
        is_open = true;
    }
    parts
}

/// How far apart two ends may be that are one, degrees: a step of the grid and
/// a half.
const ONE_END: f64 = 0.006;

/// Lines with common ends put together into closed ones.
fn closed(lines: &[Vec<LonLat>]) -> Vec<Vec<LonLat>> {
    // ±180° is one meridian.
    let lon = |at: &LonLat| if at[0] < -179.999 || at[0] > 179.999 { 180.0 } else { at[0] };
    let key = |at: &LonLat| (lon(at).to_bits(), at[1].to_bits());
    let mut ends: HashMap<(u64, u64), Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            ends.entry(key(end)).or_default().push(index);
        }
    }
    let mut used = vec![false; lines.len()];
    let mut rings = Vec::new();
    for start in 0..lines.len() {
        if used[start] {
            continue;
        }
        used[start] = true;
        let mut ring = lines[start].clone();
        while let (Some(first), Some(last)) = (ring.first(), ring.last())
            && key(first) != key(last)
        {
            let last = *last;
            let is_it =
                |at: &LonLat| (lon(at) - lon(&last)).abs() < ONE_END && (at[1] - last[1]).abs() < ONE_END;
            let exact = ends.get(&key(&last)).and_then(|all| all.iter().find(|index| !used[**index]));
            let next = exact.copied().or_else(|| {
                (0..lines.len()).find(|index| {
                    !used[*index]
                        && [lines[*index].first(), lines[*index].last()].into_iter().flatten().any(is_it)
                })
            });
            let Some(next) = next else { break };
            used[next] = true;
            let line = &lines[next];
            if line.first().is_some_and(is_it) {
                ring.extend(&line[1..]);
            } else {
                ring.extend(line[..line.len() - 1].iter().rev());
            }
        }
        rings.push(ring);
    }
    rings
}

/// A line as seen, no denser than can be told apart; none of it is left out,
/// however far outside the view, only coarser there.
fn project(line: &Line, view: &View) -> Vec<Seen> {
    let unit_m = view.half_m / f64::from(HALF);
    let mut seen: Vec<Seen> = Vec::new();
    for piece in line {
        let (middle, radius) = piece.ball;
        let (length, _) = roughly(view.at, middle);
        let away = (length - 2.0 * radius - 1.6 * view.half_m).max(0.0);
        let fine = (SEEN * unit_m).max(away / 3.0);
        let level = LEVELS.iter().rposition(|apart| *apart <= fine).unwrap_or(0);
        for at in &piece.levels[level] {
            push(&mut seen, *at, view, 0);
        }
    }
    // Inside and near the view as exactly as can be told.
    for spot in &mut seen {
        if outside(spot.spot) < 200.0 {
            spot.spot = view.exactly(spot.at);
        }
    }
    seen
}

#[derive(Clone, Copy)]
struct Seen {
    at: LonLat,
    spot: [f64; 2],
}

/// Adds a point of a line: none where nothing would be seen of it, more where
/// the way there is long, because it is straight in degrees and not on a map.
fn push(seen: &mut Vec<Seen>, at: LonLat, view: &View, depth: u8) {
    const DEEPEST: u8 = 12;
    let spot = view.about(at);
    let Some(last) = seen.last() else {
        seen.push(Seen { at, spot });
        return;
    };
    let apart = (spot[0] - last.spot[0]).hypot(spot[1] - last.spot[1]);
    let near = outside(spot).min(outside(last.spot));
    if apart < SEEN.max(near / 4.0) && depth == 0 {
        return;
    }
    let from = last.at;
    let turn = (at[0] - from[0] + 540.0).rem_euclid(360.0) - 180.0;
    let degrees = turn.abs().max((at[1] - from[1]).abs());
    if depth < DEEPEST && degrees > 0.02 && apart > (near / 2.0).max(12.0) {
        let middle = [from[0] + turn / 2.0, f64::midpoint(from[1], at[1])];
        push(seen, middle, view, depth + 1);
        push(seen, at, view, depth + 1);
        return;
    }
    seen.push(Seen { at, spot });
}

/// A closed line within the square that is drawn (Sutherland and Hodgman).
fn clipped(seen: &[Seen]) -> Vec<[f64; 2]> {
    let mut ring: Vec<[f64; 2]> = seen.iter().map(|seen| seen.spot).collect();
    for (axis, sign) in [(0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)] {
        if ring.iter().all(|spot| spot[axis] * sign <= RIM) {
            continue;
        }
        let given = std::mem::take(&mut ring);
        let Some(mut before) = given.last().copied() else { break };
        for spot in given {
            let (was, is) = (before[axis] * sign - RIM, spot[axis] * sign - RIM);
            if (was > 0.0) != (is > 0.0) {
                let share = was / (was - is);
                let mut crossing = [0, 1].map(|axis| before[axis] + share * (spot[axis] - before[axis]));
                crossing[axis] = RIM * sign;
                ring.push(crossing);
            }
            if is <= 0.0 {
                ring.push(spot);
            }
            before = spot;
        }
    }
    ring
}

/// The parts of a line within the square that is drawn (Liang and Barsky).
fn cut(seen: &[Seen]) -> Vec<Vec<[f64; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut is_open = false;
    for pair in seen.windows(2) {
        let (a, b) = (pair[0].spot, pair[1].spot);
        let Some((from, to)) = inside(a, b) else {
            is_open = false;
            continue;
        };
        let point = |share: f64| [0, 1].map(|axis| a[axis] + share * (b[axis] - a[axis]));
        match parts.last_mut().filter(|_| is_open && from <= 0.0) {
            Some(part) => part.push(point(to)),
            None => parts.push(vec![point(from), point(to)]),
        }
        is_open = to >= 1.0;
    }
    parts
}

/// Which share of the way from `a` to `b` lies in the square.
fn inside(a: [f64; 2], b: [f64; 2]) -> Option<(f64, f64)> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let way = b[axis] - a[axis];
        for sign in [1.0, -1.0] {
            let (speed, room) = (way * sign, RIM - a[axis] * sign);
            if speed == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if speed > 0.0 {
                to = to.min(room / speed);
            } else {
                from = from.max(room / speed);
            }
        }
    }
    (from <= to).then_some((from, to))
}

/// Thinned, in whole units, no point twice; nothing if too little is left to
/// be seen.
fn finished(points: Vec<[f64; 2]>, is_ring: bool) -> Option<Vec<Spot>> {
    let line: LineString = points.into_iter().collect();
    let mut spots: Vec<Spot> = line.simplify(SEEN).into_iter().map(|at| rounded([at.x, at.y])).collect();
    spots.dedup();
    if is_ring && spots.len() > 1 && spots.first() == spots.last() {
        spots.pop();
    }
    (spots.len() >= if is_ring { 3 } else { 2 }).then_some(spots)
}
