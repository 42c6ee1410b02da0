//! The measuring part of an assessment: every area in reach, the coasts
//! around a place at sea, and the nearest States beyond.

use super::{
    atlas::{Area, Atlas},
    earth::Point3,
    place::{Measured, Place, TOUCH_POINT},
    reach::Reaches,
    tree::{Around, Outward, TOUCH},
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

    fn at_least(&self, around: &Around) -> f64 {
        self.place.at_least(around).min(self.routes.at_least(around))
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

/// The areas in reach, by id.
pub(super) fn in_reach<'a>(
    atlas: &'a Atlas,
    bounds: &[(f64, &'a Area)],
    ground: &Ground<'_>,
    reaches: &Reaches<'_>,
) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let horizon = reaches.horizon();
    let farthest = horizon + atlas.coarsest_m + ground.uncertainty;
    for (at_least, area) in bounds.iter().filter(|(at_least, _)| *at_least <= farthest) {
        let margin = area.accuracy_m + ground.uncertainty;
        if *at_least > horizon + margin {
            continue;
        }
        let Some((measured, inside)) = ground.measure(area, horizon + margin) else { continue };
        if let Some((ring, reason)) = reaches.ring(measured.distance, margin) {
            hits.push(Hit { area, measured, inside, margin, ring, reason });
        }
    }
    hits
}

/// All areas, by id, with a lower bound of their distance; none where there is
/// no place.
pub(super) fn lower_bounds<'a>(atlas: &'a Atlas, ground: &Ground<'_>) -> Vec<(f64, &'a Area)> {
    if ground.is_empty() {
        return Vec::new();
    }
    atlas.boxes.iter().zip(&atlas.areas).map(|(around, area)| (ground.at_least(around), area)).collect()
}

/// The nearest States that are not told, nearest first, by the nearest of
/// their areas. What holds the place is in reach, so that its States are told
/// and only borders are left to be measured to.
pub(super) fn beyond(
    bounds: &[(f64, &Area)],
    ground: &Ground<'_>,
    told: impl Fn(StateCode) -> bool,
) -> Vec<(StateCode, Measured)> {
    if let (Some(from), true) = (ground.place.single(), ground.routes.is_empty()) {
        return outward(from, bounds, &told).0;
    }
    let mut nearest = Nearest::default();
    let Some(from) = ground.place.any().or_else(|| ground.routes.any()) else { return nearest.0 };
    // From all of the ground the five nearest States are no farther than from
    // one point of it; a little more, because chords and geodesics differ.
    let one: Vec<(f64, &Area)> =
        bounds.iter().map(|(_, area)| (area.shape.edges.around().at_least2(from).sqrt(), *area)).collect();
    let enough = 1.001 * outward(from, &one, &told).last() + TOUCH;
    let mut order: Vec<(f64, &Area)> =
        bounds.iter().copied().filter(|(at_least, _)| *at_least <= enough).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    for (at_least, area) in order {
        let last = nearest.last().min(enough);
        if at_least > last {
            break;
        }
        if is_left(area, &told)
            && let Some((measured, _)) = ground.measure(area, last)
        {
            nearest.offer(area, measured, &told);
        }
    }
    nearest.0
}

/// The same from one point.
fn outward(from: Point3, areas: &[(f64, &Area)], told: &impl Fn(StateCode) -> bool) -> Nearest {
    let mut search = Outward::new(from, areas.iter().map(|(at_least, _)| at_least * at_least));
    let tree = |index: usize| {
        let area = areas[index].1;
        is_left(area, told).then_some(&area.shape.edges)
    };
    let mut nearest = Nearest::default();
    while let Some((index, pair)) = search.next(nearest.last(), tree) {
        nearest.offer(areas[index].1, Measured::of(&pair, TOUCH_POINT), told);
    }
    nearest
}

/// Whether a State with a relation to the area is not told.
fn is_left(area: &Area, told: &impl Fn(StateCode) -> bool) -> bool {
    area.relations.iter().any(|relation| !told(relation.state))
}

/// The nearest States so far, nearest first.
#[derive(Default)]
struct Nearest(Vec<(StateCode, Measured)>);

impl Nearest {
    /// Beyond which distance nothing is wanted any more.
    fn last(&self) -> f64 {
        self.0.get(EXCLUDED - 1).map_or(f64::INFINITY, |(_, measured)| measured.distance)
    }

    fn offer(&mut self, area: &Area, measured: Measured, told: &impl Fn(StateCode) -> bool) {
        for relation in area.relations.iter().filter(|relation| !told(relation.state)) {
            match self.0.iter_mut().find(|(state, _)| *state == relation.state) {
                Some((_, known)) if known.distance <= measured.distance => {}
                Some((_, known)) => *known = measured,
                None => self.0.push((relation.state, measured)),
            }
        }
        self.0.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance).then(a.0.cmp(&b.0)));
        self.0.truncate(EXCLUDED);
    }
}

/// The areas whose coast lies within 200 nautical miles of the place, with
/// the distance. Outlines that lie on top of others have no coast.
pub(super) fn coasts<'a>(atlas: &'a Atlas, place: &Place<'_>) -> Vec<(&'a Area, Measured)> {
    let mut coasts = Vec::new();
    for (around, area) in atlas.boxes.iter().zip(&atlas.areas) {
        if place.at_least(around) > NAUTICAL_200 || area.overlay || !area.shape.edges.has_coast() {
            continue;
        }
        if let Some(measured) = place.measure(&area.shape, NAUTICAL_200, true) {
            coasts.push((area, measured));
        }
    }
    coasts
}
