//! The measuring part of an assessment: every area in reach, the coasts
//! around a place at sea, and the nearest States beyond.

use super::{
    atlas::{Area, Atlas},
    place::{Measured, Place},
    reach::Reaches,
};
use crate::domain::{
    assessment::{Reason, Ring},
    state::StateCode,
};
use std::collections::BTreeMap;

/// How many States beyond reach are listed.
const EXCLUDED: usize = 5;

/// 200 nautical miles, in metres.
pub(super) const NAUTICAL_200: f64 = 370_400.0;

/// Where from: the place itself, and the routes beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ground<'a> {
    pub place: Place<'a>,
    pub routes: Place<'a>,
    pub uncertainty: f64,
}

impl Ground<'_> {
    pub fn is_empty(&self) -> bool {
        self.place.is_empty() && self.routes.is_empty()
    }

    fn at_least(&self, area: &Area) -> f64 {
        self.place.at_least(&area.shape).min(self.routes.at_least(&area.shape))
    }

    /// The nearer of place and routes, and whether the place itself touches.
    fn measure(&self, area: &Area, bound: f64) -> Option<(Measured, bool)> {
        let place = self.place.measure(&area.shape, bound, false);
        if place == Some(Measured::TOUCHES) {
            return Some((Measured::TOUCHES, true));
        }
        let route = self.routes.measure(&area.shape, bound, false);
        let nearer = match (place, route) {
            (Some(a), Some(b)) => Some(if b.distance < a.distance { b } else { a }),
            (a, b) => a.or(b),
        };
        nearer.map(|measured| (measured, false))
    }
}

/// An area in reach.
#[derive(Clone, Debug)]
pub(super) struct Hit<'a> {
    pub area: &'a Area,
    pub measured: Measured,
    /// Whether the place itself lies in it or touches it.
    pub inside: bool,
    pub margin: f64,
    pub ring: Ring,
    pub reason: Reason,
}

/// What the measuring found.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey<'a> {
    /// Areas in reach, by id.
    pub hits: Vec<Hit<'a>>,
    /// States none of whose areas is in reach, nearest first.
    pub beyond: Vec<(StateCode, Measured)>,
}

/// Measures nearest areas first and stops once nothing can matter any more.
pub(super) fn survey<'a>(atlas: &'a Atlas, ground: &Ground<'_>, reaches: &Reaches<'_>) -> Survey<'a> {
    let mut survey = Survey::default();
    if ground.is_empty() {
        return survey;
    }
    let horizon = reaches.horizon();
    let mut order: Vec<(f64, &Area)> = atlas.areas.iter().map(|area| (ground.at_least(area), area)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let widest_margin =
        ground.uncertainty + atlas.areas.iter().map(|area| area.accuracy_m).fold(0.0, f64::max);
    let mut beyond: BTreeMap<StateCode, Measured> = BTreeMap::new();
    let mut told = crate::domain::state::StateSet::default();
    for (at_least, area) in order {
        let enough = last_listed(&beyond, |state| told.contains(state));
        if at_least > enough.max(horizon + widest_margin) {
            break;
        }
        let margin = area.accuracy_m + ground.uncertainty;
        let bound = enough.max(horizon + margin);
        if at_least > bound {
            continue;
        }
        let Some((measured, inside)) = ground.measure(area, bound) else { continue };
        if let Some((ring, reason)) = reaches.ring(measured.distance, margin) {
            told.extend(area.relations.iter().map(|relation| relation.state));
            survey.hits.push(Hit { area, measured, inside, margin, ring, reason });
        } else {
            for relation in &area.relations {
                let nearest = beyond.entry(relation.state).or_insert(measured);
                if measured.distance < nearest.distance {
                    *nearest = measured;
                }
            }
        }
    }
    survey.hits.sort_by(|a, b| a.area.id.cmp(&b.area.id));
    survey.beyond = beyond.into_iter().filter(|(state, _)| !told.contains(*state)).collect();
    survey.beyond.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance).then(a.0.cmp(&b.0)));
    survey.beyond.truncate(EXCLUDED);
    survey
}

/// The distance of the last State that would be listed as excluded; infinite
/// while there are too few.
fn last_listed(beyond: &BTreeMap<StateCode, Measured>, told: impl Fn(StateCode) -> bool) -> f64 {
    let mut nearest: Vec<f64> =
        beyond.iter().filter(|(state, _)| !told(**state)).map(|(_, measured)| measured.distance).collect();
    nearest.sort_unstable_by(f64::total_cmp);
    nearest.get(EXCLUDED - 1).copied().unwrap_or(f64::INFINITY)
}

/// The areas whose coast lies within 200 nautical miles of the place, with
/// the distance. Outlines that lie on top of others have no coast.
pub(super) fn coasts<'a>(atlas: &'a Atlas, place: &Place<'_>) -> Vec<(&'a Area, Measured)> {
    let mut coasts = Vec::new();
    for area in &atlas.areas {
        if area.overlay || !area.shape.edges.has_coast() || place.at_least(&area.shape) > NAUTICAL_200 {
            continue;
        }
        if let Some(measured) = place.measure(&area.shape, NAUTICAL_200, true) {
            coasts.push((area, measured));
        }
    }
    coasts
}
