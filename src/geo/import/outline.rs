//! Rings made fit for use: closed, in one piece, every position on the earth.
//! Vertices stay exactly as the file gives them, but for whole turns of the
//! earth.

use super::{
    feature::Rings,
    problem::{DropReason, Flaw},
};
use crate::geo::earth::{LonLat, unwrap};

/// How far beyond a pole a latitude may be by rounding, degrees.
const ROUNDING: f64 = 1e-6;

/// Outlines ready for the index.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Outlines {
    /// Polygons of closed rings.
    pub polygons: Vec<Rings>,
    /// What was the matter with them.
    pub flaws: Vec<Flaw>,
}

/// Cleans the polygons of a feature.
pub(super) fn clean(polygons: Vec<Rings>) -> Result<Outlines, DropReason> {
    let mut tally = Tally::default();
    let mut clean = Vec::new();
    let any = polygons.iter().flatten().any(|ring| !ring.is_empty());
    for rings in polygons {
        let mut rings = rings.into_iter();
        let Some(outer) = rings.next().map(|ring| tally.ring(ring)).transpose()?.flatten() else {
            continue;
        };
        let middle = middle(&outer);
        let mut polygon = vec![outer];
        for hole in rings {
            if let Some(mut hole) = tally.ring(hole)? {
                let turns = ((middle - self::middle(&hole)) / 360.0).round();
                turn(&mut hole, turns);
                polygon.push(hole);
            }
        }
        clean.push(polygon);
    }
    if clean.is_empty() {
        return Err(if any { DropReason::NoRing } else { DropReason::NoGeometry });
    }
    Ok(Outlines { polygons: clean, flaws: tally.flaws() })
}

/// What was the matter, counted.
#[derive(Default)]
struct Tally {
    unclosed: usize,
    short: usize,
    not_numbers: usize,
    steps_over: bool,
    pole: Option<&'static str>,
}

impl Tally {
    fn flaws(&self) -> Vec<Flaw> {
        let counted = |count: usize, flaw: fn(usize) -> Flaw| (count > 0).then(|| flaw(count));
        [
            counted(self.not_numbers, Flaw::NotNumbers),
            counted(self.unclosed, Flaw::Unclosed),
            counted(self.short, Flaw::ShortRings),
            self.steps_over.then_some(Flaw::StepsOverDateLine),
            self.pole.map(Flaw::ClosedAtPole),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// One ring; nothing where too little of it is left.
    fn ring(&mut self, mut ring: Vec<LonLat>) -> Result<Option<Vec<LonLat>>, DropReason> {
        let all = ring.len();
        ring.retain(|at| at.iter().all(|number| number.is_finite()));
        self.not_numbers += all - ring.len();
        for at in &mut ring {
            let [lon, lat] = *at;
            if lat.abs() > 90.0 + ROUNDING || lon.abs() > 540.0 {
                return Err(DropReason::OffTheEarth { lon, lat });
            }
            at[1] = lat.clamp(-90.0, 90.0);
        }
        ring.dedup();
        let closed = ring.len() > 1 && ring.first() == ring.last();
        if ring.len() < 3 + usize::from(closed) {
            self.short += usize::from(all > 0);
            return Ok(None);
        }
        if !closed {
            self.unclosed += 1;
            ring.push(ring[0]);
        }
        self.straighten(&mut ring);
        Ok(Some(ring))
    }

    /// Brings a ring that steps over ±180° into one piece, and one that runs
    /// around a pole to the pole.
    fn straighten(&mut self, ring: &mut Vec<LonLat>) {
        let far = |pair: &[LonLat]| (pair[1][0] - pair[0][0]).abs() > 180.0;
        // From −180° to 180° goes the long way along a parallel: the edge of a
        // map, as Antarctica and layers of the whole world have it.
        let on_seam = |at: LonLat| (at[0].abs() - 180.0).abs() < 1e-9;
        let mut steps = ring.windows(2).filter(|pair| far(pair)).peekable();
        if steps.peek().is_some() && !steps.all(|pair| on_seam(pair[0]) && on_seam(pair[1])) {
            let turns = unwrap(ring);
            if turns.abs() > 0.5 {
                let south = ring.iter().map(|at| at[1]).sum::<f64>() < 0.0;
                let pole = if south { -90.0 } else { 90.0 };
                let (first, end) = (ring[0], ring[ring.len() - 1][0]);
                if !ring.iter().any(|at| (at[1] - pole).abs() < ROUNDING) {
                    self.pole = Some(if south { "south" } else { "north" });
                }
                ring.extend([[end, pole], [first[0], pole], first]);
            } else {
                self.steps_over = true;
            }
        }
        let turns = (middle(ring) / 360.0).round();
        turn(ring, -turns);
    }
}

/// The middle of the longitudes.
fn middle(ring: &[LonLat]) -> f64 {
    let west = ring.iter().map(|at| at[0]).fold(f64::INFINITY, f64::min);
    let east = ring.iter().map(|at| at[0]).fold(f64::NEG_INFINITY, f64::max);
    f64::midpoint(west, east)
}

/// Moves a ring by whole turns of the earth.
fn turn(ring: &mut [LonLat], turns: f64) {
    if turns.abs() > 0.5 {
        for at in ring {
            at[0] += 360.0 * turns;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_of_the_map_stays_where_it_is() {
        let whole = vec![[-180.0, -90.0], [180.0, -90.0], [180.0, -60.0], [-180.0, -60.0], [-180.0, -90.0]];
        let outlines = clean(vec![vec![whole.clone()]]).expect("a polygon");
        assert_eq!(outlines.polygons, [[whole]]);
        assert_eq!(outlines.flaws, []);
    }

    #[test]
    fn a_hole_lies_on_the_turn_of_its_ring() {
        let outer = vec![[178.0, 0.0], [-176.0, 0.0], [-176.0, 4.0], [178.0, 4.0], [178.0, 0.0]];
        let hole = vec![[-178.0, 1.0], [-177.0, 1.0], [-177.0, 2.0], [-178.0, 1.0]];
        let outlines = clean(vec![vec![outer, hole]]).expect("a polygon");
        let (outer, hole) = (&outlines.polygons[0][0], &outlines.polygons[0][1]);
        assert_eq!((outer[1][0], hole[0][0]), (184.0, 182.0));
        assert_eq!(outlines.flaws, [Flaw::StepsOverDateLine]);
    }
}
