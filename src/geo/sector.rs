//! Sectors: where wind or current carries an organism to. They say who comes
//! first, never who is left out.

use super::{
    bands::Bands,
    earth::{Point3, destination, lon_lat},
};
use crate::domain::reach::Bearing;

/// A sector reaches this far to both sides of its direction, degrees.
const HALF: f64 = 45.0;

/// Directions looked into on both sides of the middle.
const SIDES: u8 = 4;

/// Shares of the reach at which is looked.
const SHARES: [f64; 6] = [0.05, 0.2, 0.4, 0.6, 0.8, 1.0];

/// The sectors of a report, from some points of the place, out to the reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Sectors {
    pub towards: Vec<Bearing>,
    pub from: Vec<Point3>,
    pub reach: f64,
}

impl Sectors {
    /// Whether some of an area lies in a sector: the nearest point of it, by
    /// its bearing, or one of the points looked at; nothing without a sector.
    pub fn hold(&self, nearest: Option<f64>, inside: &Bands) -> Option<bool> {
        if self.towards.is_empty() {
            return None;
        }
        let Some(nearest) = nearest else { return Some(true) };
        let held = |towards: &Bearing| towards.apart(nearest) <= HALF || self.looks_into(*towards, inside);
        Some(self.towards.iter().any(held))
    }

    fn looks_into(&self, towards: Bearing, inside: &Bands) -> bool {
        self.from.iter().any(|from| {
            (0..=2 * SIDES).any(|step| {
                let bearing = towards.degrees() - HALF + HALF * f64::from(step) / f64::from(SIDES);
                let at = |share: &f64| lon_lat(destination(*from, bearing, share * self.reach));
                SHARES.iter().map(at).any(|at| inside.contains(at))
            })
        })
    }
}
