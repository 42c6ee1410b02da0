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

/// The areas in reach, by id. `order` is that of [`by_nearness`].
pub(super) fn in_reach<'a>(
    order: &[(f64, &'a Area)],
    ground: &Ground<'_>,
    reaches: &Reaches<'_>,
) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let horizon = reaches.horizon();
    let widest = order.iter().map(|(_, area)| area.accuracy_m).fold(0.0, f64::max) + ground.uncertainty;
    for (at_least, area) in order {
        if *at_least > horizon + widest {
            break;
        }
        let margin = area.accuracy_m + ground.uncertainty;
        if *at_least > horizon + margin {
            continue;
        }
        let Some((measured, inside)) = ground.measure(area, horizon + margin) else { continue };
        if let Some((ring, reason)) = reaches.ring(measured.distance, margin) {
            hits.push(Hit { area, measured, inside, margin, ring, reason });
        }
    }
    hits.sort_by(|a, b| a.area.id.cmp(&b.area.id));
    hits
}

/// All areas with a lower bound of their distance, nearest first; none where
/// there is no place.
pub(super) fn by_nearness<'a>(atlas: &'a Atlas, ground: &Ground<'_>) -> Vec<(f64, &'a Area)> {
    if ground.is_empty() {
        return Vec::new();
    }
    let mut order: Vec<(f64, &Area)> = atlas.areas.iter().map(|area| (ground.at_least(area), area)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    order
}

/// The nearest States that are not told, nearest first, by the nearest of
/// their areas. Stops as soon as no area left can be nearer.
pub(super) fn beyond(
    order: &[(f64, &Area)],
    ground: &Ground<'_>,
    told: impl Fn(StateCode) -> bool,
) -> Vec<(StateCode, Measured)> {
    let mut nearest: Vec<(StateCode, Measured)> = Vec::new();
    for (at_least, area) in order {
        let last = nearest.get(EXCLUDED - 1).map_or(f64::INFINITY, |(_, measured)| measured.distance);
        if *at_least > last {
            break;
        }
        if area.relations.iter().all(|relation| told(relation.state)) {
            continue;
        }
        let Some((measured, _)) = ground.measure(area, last) else { continue };
        for relation in area.relations.iter().filter(|relation| !told(relation.state)) {
            match nearest.iter_mut().find(|(state, _)| *state == relation.state) {
                Some((_, known)) if known.distance <= measured.distance => {}
                Some((_, known)) => *known = measured,
                None => nearest.push((relation.state, measured)),
            }
        }
        nearest.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance).then(a.0.cmp(&b.0)));
        nearest.truncate(EXCLUDED);
    }
    nearest
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
