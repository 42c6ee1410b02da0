//! Lines that cross, and parts that lie over one another. Parts that do are
//! put on sheets of their own: within a sheet the even-odd rule holds, and a
//! feature is the union of its sheets.

use super::{feature::Rings, problem::Flaw};
use crate::geo::{bands::Bands, earth::LonLat};
use rstar::{AABB, RTree, RTreeObject};
use std::collections::BTreeSet;

/// Degrees by which a line has to reach beyond another to cross it: a tenth of
/// a millimetre.
const CLEAR: f64 = 1e-9;

/// Pairs of edges that are looked at; beyond, a feature is not checked further.
const MOST_PAIRS: usize = 20_000_000;

/// An edge of one polygon of a feature.
struct Edge {
    polygon: usize,
    from: LonLat,
    to: LonLat,
}

impl RTreeObject for Edge {
    type Envelope = AABB<LonLat>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.from, self.to)
    }
}

/// The box of one polygon.
struct Extent {
    polygon: usize,
    around: AABB<LonLat>,
}

impl RTreeObject for Extent {
    type Envelope = AABB<LonLat>;

    fn envelope(&self) -> Self::Envelope {
        self.around
    }
}

/// Sorts polygons onto sheets, as few as need be, and says what was the matter.
pub(super) fn sheets(polygons: Vec<Rings>) -> (Vec<Vec<Rings>>, Vec<Flaw>) {
    let mut flaws = Vec::new();
    let (own, mut over) = crossings(&polygons);
    if let Some([lon, lat]) = own {
        flaws.push(Flaw::CrossesItself { lon, lat });
    }
    if polygons.len() > 1 {
        nested(&polygons, &mut over);
    }
    if over.is_empty() {
        return (vec![polygons], flaws);
    }
    flaws.push(Flaw::PartsOverlap);
    let mut numbers: Vec<Vec<usize>> = Vec::new();
    let mut sheets: Vec<Vec<Rings>> = Vec::new();
    for (number, polygon) in polygons.into_iter().enumerate() {
        let free = |on: &Vec<usize>| !on.iter().any(|other| over.contains(&(*other, number)));
        let place = numbers.iter().position(free).unwrap_or(numbers.len());
        if place == sheets.len() {
            numbers.push(Vec::new());
            sheets.push(Vec::new());
        }
        numbers[place].push(number);
        sheets[place].push(polygon);
    }
    (sheets, flaws)
}

type Pairs = BTreeSet<(usize, usize)>;

/// Where a polygon crosses itself, and which pairs cross each other.
fn crossings(polygons: &[Rings]) -> (Option<LonLat>, Pairs) {
    let edges = |(polygon, rings): (usize, &Rings)| -> Vec<Edge> {
        let edge = |pair: &[LonLat]| Edge { polygon, from: pair[0], to: pair[1] };
        rings.iter().flat_map(|ring| ring.windows(2)).map(edge).collect()
    };
    let tree = RTree::bulk_load(polygons.iter().enumerate().flat_map(edges).collect());
    let (mut own, mut over) = (None, Pairs::new());
    for (a, b) in tree.intersection_candidates_with_other_tree(&tree).take(MOST_PAIRS) {
        if a.polygon > b.polygon || (a.polygon == b.polygon && own.is_some()) {
            continue;
        }
        if let Some(at) = crossing(a, b) {
            if a.polygon == b.polygon {
                own = Some([at[0] - 360.0 * (at[0] / 360.0).round(), at[1]]);
            } else {
                over.insert((a.polygon, b.polygon));
            }
        }
    }
    (own, over)
}

/// Where two edges cross, if each has its ends clearly on both sides of the
/// other.
fn crossing(a: &Edge, b: &Edge) -> Option<LonLat> {
    let beside = |edge: &Edge, at: LonLat| {
        let (dx, dy) = (edge.to[0] - edge.from[0], edge.to[1] - edge.from[1]);
        (dx * (at[1] - edge.from[1]) - dy * (at[0] - edge.from[0])) / dx.hypot(dy)
    };
    let apart = |edge: &Edge, other: &Edge| {
        let (from, to) = (beside(edge, other.from), beside(edge, other.to));
        (from.abs() > CLEAR && to.abs() > CLEAR && (from > 0.0) != (to > 0.0)).then(|| from / (from - to))
    };
    apart(b, a)?;
    let share = apart(a, b)?;
    Some([0, 1].map(|axis| b.from[axis] + share * (b.to[axis] - b.from[axis])))
}

/// Adds the pairs of which one lies in the other.
fn nested(polygons: &[Rings], over: &mut Pairs) {
    let extent = |(polygon, rings): (usize, &Rings)| {
        Some(Extent { polygon, around: AABB::from_points(rings.first()?) })
    };
    let tree = RTree::bulk_load(polygons.iter().enumerate().filter_map(extent).collect());
    for (number, rings) in polygons.iter().enumerate() {
        let Some(outer) = rings.first() else { continue };
        let around = AABB::from_points(outer);
        let mut within = tree.locate_in_envelope(&around).filter(|other| other.polygon != number).peekable();
        if within.peek().is_none() {
            continue;
        }
        let bands = Bands::new(&rings.iter().map(Vec::as_slice));
        for other in within {
            let inner = &polygons[other.polygon][0];
            // Two of its positions, so that one on the line does not decide.
            if bands.contains(inner[0]) && bands.contains(inner[inner.len() / 2]) {
                over.insert((number.min(other.polygon), number.max(other.polygon)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Vec<LonLat> {
        let (east, north) = (west + side, south + side);
        vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
    }

    #[test]
    fn neighbours_and_islands_in_holes_share_a_sheet() {
        let ring = vec![square(0.0, 0.0, 10.0), square(2.0, 2.0, 6.0)];
        let all = vec![ring, vec![square(4.0, 4.0, 1.0)], vec![square(10.0, 0.0, 10.0)]];
        let (sheets, flaws) = sheets(all);
        assert_eq!((sheets.len(), flaws), (1, vec![]));
    }

    #[test]
    fn what_overlaps_gets_a_sheet_of_its_own() {
        let over =
            vec![vec![square(0.0, 0.0, 2.0)], vec![square(1.0, 1.0, 2.0)], vec![square(0.2, 0.2, 0.1)]];
        let (sheets, flaws) = sheets(over);
        assert_eq!(sheets.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(flaws, [Flaw::PartsOverlap]);
    }

    #[test]
    fn a_bow_tie_is_named_with_its_knot() {
        let tie = vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0]];
        let (_, flaws) = sheets(vec![vec![tie]]);
        assert_eq!(flaws, [Flaw::CrossesItself { lon: 1.0, lat: 1.0 }]);
    }
}
