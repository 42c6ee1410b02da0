//! Features put into the index. In layers of boundaries, edges that two
//! features have in common are borders and all others coast.

use super::feature::Rings;
use crate::geo::{
    bands::Bands,
    earth::{LonLat, densify},
    shape::Shape,
    tree::{Edges, runs},
};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The edges that stand in a layer more than once.
#[derive(Clone, Debug, Default)]
pub(super) struct Borders(Vec<u64>);

impl Borders {
    /// Looks through the outlines of a whole layer.
    pub fn of<'a>(outlines: impl Iterator<Item = &'a Rings>) -> Self {
        let rings = outlines.flatten();
        let mut keys: Vec<u64> = rings.flat_map(|ring| ring.windows(2)).map(key).collect();
        keys.sort_unstable();
        let twice = (1..keys.len()).filter(|at| keys[*at] == keys[at - 1]).map(|at| keys[at]);
        let mut borders: Vec<u64> = twice.collect();
        borders.dedup();
        borders.shrink_to_fit();
        Self(borders)
    }

    /// Whether an edge is coast. Cuts along ±180° and poles are not.
    fn is_coast(&self, edge: &[LonLat]) -> bool {
        let along = |axis: usize, at: f64| edge.iter().all(|end| (end[axis].abs() - at).abs() < 1e-9);
        !along(0, 180.0) && !along(1, 90.0) && self.0.binary_search(&key(edge)).is_err()
    }
}

/// A number for an edge, the same in both directions and on every turn of the
/// earth. Two edges in a layer of millions get the same by chance about once in
/// a million layers; a bit of coast would be taken for a border.
fn key(edge: &[LonLat]) -> u64 {
    #[expect(clippy::cast_possible_truncation, reason = "degrees by the thousand million fit")]
    let cell = |at: &LonLat| {
        let lon = if at[1].abs() >= 90.0 { 0.0 } else { at[0] - 360.0 * (at[0] / 360.0).floor() };
        [lon, at[1]].map(|degrees| (degrees * 1e9).round() as i64)
    };
    let mut ends = [cell(&edge[0]), cell(&edge[1])];
    ends.sort_unstable();
    let mut hasher = DefaultHasher::new();
    ends.hash(&mut hasher);
    hasher.finish()
}

/// Indexes the polygons of one sheet. With `borders`, edges know whether they
/// are coast.
pub(super) fn index(polygons: &[Rings], borders: Option<&Borders>) -> Shape {
    let (mut points, mut leaves) = (Vec::new(), Vec::new());
    for ring in polygons.iter().flatten() {
        let is_coast = |at: usize| borders.is_some_and(|borders| borders.is_coast(&ring[at..at + 2]));
        let mut first = 0;
        while first + 1 < ring.len() {
            let coast = is_coast(first);
            let mut last = first + 1;
            while last + 1 < ring.len() && (borders.is_none() || is_coast(last) == coast) {
                last += 1;
            }
            let from = points.len();
            densify(&ring[first..=last], &mut points);
            runs(from, points.len(), coast, &mut leaves);
            first = last;
        }
    }
    let chains = polygons.iter().flatten().map(Vec::as_slice);
    let starts = polygons.iter().filter_map(|polygon| polygon.first()?.first().copied()).collect();
    Shape::new(Edges::new(points.into(), leaves), Bands::new(&chains), starts)
}
