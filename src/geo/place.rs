//! The place of a question, made ready: points, lines and areas, or the whole
//! of a State; and the measuring from it to a shape.

use super::{
    bands::Bands,
    boxes::{Around, Boxes},
    earth::{LonLat, Point3, ecef, geodesic, unwrap},
    shape::{Shape, of_lines, of_rings},
    tree::{Pair, TOUCH},
};
use crate::domain::place::{Geometry, Position};
use geo::{Area as _, LineString, Polygon, Validation};
use std::borrow::Cow;

/// Polygons with more positions than this are not checked for crossing
/// themselves.
const CHECKED: usize = 5_000;

/// A point this close to a border touches it, in metres.
pub(super) const TOUCH_POINT: f64 = 0.01;

/// A place ready to be measured from.
#[derive(Clone, Debug, Default)]
pub(super) struct Place<'a> {
    points: Vec<(LonLat, Point3)>,
    shapes: Vec<Cow<'a, Shape>>,
    /// Whether an area in it crosses itself or has no extent.
    pub doubtful: bool,
}

/// A distance as measured.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Measured {
    /// Metres; 0 when they touch.
    pub distance: f64,
    /// Degrees from north; nothing when they touch.
    pub bearing: Option<f64>,
}

impl Measured {
    pub const TOUCHES: Self = Self { distance: 0.0, bearing: None };

    /// The geodesic between the two points of `pair`; they touch when they are
    /// closer than `touch` metres.
    pub fn of(pair: &Pair, touch: f64) -> Self {
        if pair.chord2 < touch * touch {
            return Self::TOUCHES;
        }
        let (distance, bearing) = geodesic(pair.from, pair.to);
        Self { distance, bearing: Some(bearing) }
    }
}

impl<'a> Place<'a> {
    /// The place a geometry describes. Several geometries make one place.
    pub fn of(geometries: impl IntoIterator<Item = &'a Geometry>) -> Self {
        let mut place = Self::default();
        for geometry in geometries {
            match geometry {
                Geometry::Point(at) => place.point(*at),
                Geometry::MultiPoint(all) => all.iter().for_each(|at| place.point(*at)),
                Geometry::LineString(line) => place.line(line),
                Geometry::MultiLineString(lines) => lines.iter().for_each(|line| place.line(line)),
                Geometry::Polygon(rings) => place.polygon(rings),
                Geometry::MultiPolygon(all) => all.iter().for_each(|rings| place.polygon(rings)),
            }
        }
        place
    }

    /// Whole areas as the place.
    pub fn whole(shapes: impl Iterator<Item = &'a Shape>) -> Self {
        Self { shapes: shapes.map(Cow::Borrowed).collect(), ..Self::default() }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.shapes.is_empty()
    }

    fn point(&mut self, at: Position) {
        // The eastern name of the date line is its western one.
        let at = [if at.lon >= 180.0 { at.lon - 360.0 } else { at.lon }, at.lat];
        self.points.push((at, ecef(at)));
    }

    fn line(&mut self, line: &[Position]) {
        let mut chain: Vec<LonLat> = line.iter().map(|at| [at.lon, at.lat]).collect();
        unwrap(&mut chain);
        match chain[..] {
            [] => {}
            [at] => self.points.push((at, ecef(at))),
            _ => self.shapes.push(Cow::Owned(of_lines(&[chain]))),
        }
    }

    fn polygon(&mut self, rings: &[Vec<Position>]) {
        let (mut lines, mut chains): (Vec<Vec<LonLat>>, Vec<Vec<LonLat>>) = Default::default();
        for ring in rings.iter().filter(|ring| !ring.is_empty()) {
            let mut chain: Vec<LonLat> = ring.iter().map(|at| [at.lon, at.lat]).collect();
            let turns = unwrap(&mut chain);
            close(&mut chain, turns);
            if let Some(outer) = chains.first() {
                // A hole lies on the same turn of the earth as its outer ring.
                let by = 360.0 * ((outer[0][0] - chain[0][0]) / 360.0).round();
                for at in &mut chain {
                    at[0] += by;
                }
            }
            lines.push(chain.clone());
            go_by_the_pole(&mut chain, turns);
            chains.push(chain);
        }
        self.doubtful |= is_doubtful(&chains);
        if chains.iter().all(|chain| chain.len() < 2) {
            self.points.extend(chains.iter().filter_map(|chain| chain.first()).map(|at| (*at, ecef(*at))));
        } else {
            self.shapes.push(Cow::Owned(of_rings(&lines, &chains)));
        }
    }

    /// The nearest point of `shape` within `bound` metres, 0 when they touch
    /// or one lies in the other.
    pub fn measure(&self, shape: &Shape, bound: f64) -> Option<Measured> {
        let inside = self.points.iter().any(|(at, _)| shape.bands.contains(*at))
            || self
                .shapes
                .iter()
                .any(|own| holds(&shape.bands, &own.starts) || holds(&own.bands, &shape.starts));
        if inside { Some(Measured::TOUCHES) } else { self.measure_to_line(shape, bound, false) }
    }

    /// The nearest point of the lines of `shape` within `bound` metres, for one
    /// who knows that neither lies in the other. With `coast`, only coasts count.
    pub fn measure_to_line(&self, shape: &Shape, bound: f64, coast: bool) -> Option<Measured> {
        let mut best = Pair::within(bound);
        self.approach(shape, coast, &mut best);
        if !best.found() {
            return None;
        }
        let measured = Measured::of(&best, if self.shapes.is_empty() { TOUCH_POINT } else { TOUCH });
        (measured.distance <= bound).then_some(measured)
    }

    /// The nearest points of this place and the lines of `shape`, if they are
    /// nearer than `best` is already.
    pub fn approach(&self, shape: &Shape, coast: bool, best: &mut Pair) {
        for (_, point) in &self.points {
            shape.edges.nearest(*point, coast, best);
        }
        for own in &self.shapes {
            own.edges.nearest_pair(&shape.edges, coast, best);
        }
    }

    /// The parts of this place that touch none of these shapes.
    pub fn apart_from(&self, shapes: &[&Shape]) -> Self {
        let apart =
            |part: &Self| shapes.iter().all(|shape| part.measure(shape, TOUCH) != Some(Measured::TOUCHES));
        let mut rest = Self::default();
        for point in &self.points {
            let part = Self { points: vec![*point], ..Self::default() };
            if apart(&part) {
                rest.points.push(*point);
            }
        }
        for own in &self.shapes {
            let part = Self { shapes: vec![own.clone()], ..Self::default() };
            if apart(&part) {
                rest.shapes.extend(part.shapes);
            }
        }
        rest
    }

    /// The boxes around its points and shapes.
    pub fn boxes(&self) -> impl Iterator<Item = Around> {
        let points = self.points.iter().map(|(_, point)| Around::points(&[*point]));
        points.chain(self.shapes.iter().map(|own| own.around))
    }

    /// The one point this place is, if it is no more than that.
    pub fn single(&self) -> Option<(LonLat, Point3)> {
        match (&self.points[..], &self.shapes[..]) {
            ([point], []) => Some(*point),
            _ => None,
        }
    }

    /// Some points of this place, at most `count` of each part of it.
    pub fn some(&self, count: usize) -> Vec<Point3> {
        let points = self.points.iter().take(count).map(|(_, point)| *point);
        points.chain(self.shapes.iter().flat_map(|own| own.edges.some(count))).collect()
    }

    /// Lowers `bounds`, one for each box, to lower bounds of the distance from
    /// this place in metres, where they are less.
    pub fn lower(&self, boxes: &Boxes, bounds: &mut [f32]) {
        for (_, point) in &self.points {
            boxes.lower(*point, bounds);
        }
        for own in &self.shapes {
            boxes.lower_from_box(&own.around, bounds);
        }
    }
}

fn holds(bands: &Bands, starts: &[LonLat]) -> bool {
    starts.iter().any(|at| bands.contains([turned(at[0]), at[1]]))
}

/// A longitude brought back into −180…180.
fn turned(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { lon - 360.0 * (lon / 360.0).round() }
}

/// Closes a ring.
fn close(chain: &mut Vec<LonLat>, turns: f64) {
    let Some(first) = chain.first().copied() else { return };
    let end = [first[0] + 360.0 * turns, first[1]];
    if chain.last() != Some(&end) {
        chain.push(end);
    }
}

/// Brings a ring that runs around the earth back by the nearer pole. What it
/// runs along there is no border, and nothing is measured to it.
fn go_by_the_pole(chain: &mut Vec<LonLat>, turns: f64) {
    let (Some(first), Some(end)) = (chain.first().copied(), chain.last().copied()) else { return };
    if turns.abs() > 0.5 {
        let pole = if chain.iter().map(|at| at[1]).sum::<f64>() < 0.0 { -90.0 } else { 90.0 };
        chain.extend([[end[0], pole], [first[0], pole], first]);
    }
}

fn is_doubtful(chains: &[Vec<LonLat>]) -> bool {
    let line = |chain: &Vec<LonLat>| -> LineString {
        chain.iter().map(|at| (at[0], at[1])).collect::<Vec<_>>().into()
    };
    let Some((outer, holes)) = chains.split_first() else { return true };
    if outer.len() < 4 {
        return true;
    }
    let polygon = Polygon::new(line(outer), holes.iter().map(line).collect());
    let small = polygon.unsigned_area() <= 0.0;
    small || (chains.iter().map(Vec::len).sum::<usize>() <= CHECKED && !polygon.is_valid())
}
