//! The measuring part of an assessment: every area in reach, the coasts
//! around a place at sea, and the nearest States beyond.

use super::{
    atlas::{Area, Atlas},
    boxes::single,
    earth::chord,
    ground::Ground,
    place::{Measured, Place},
    reach::Reaches,
    tree::{Pair, TOUCH},
};
use crate::domain::{
    assessment::{Reason, Ring},
    state::StateCode,
};
use std::{cmp::Reverse, collections::BinaryHeap};

/// How many States beyond reach are listed at most.
const EXCLUDED: usize = 5;

/// How many of them even if they are far away.
const EXCLUDED_AFAR: usize = 2;

/// What is far away, metres beyond the reach.
const AFAR: f64 = 1_000_000.0;

/// How far is looked for them at first, metres.
const FIRST_RING: f32 = 1_100_000.0;

/// More than half way round the earth, metres.
const HALF_ROUND: f32 = 20_100_000.0;

/// 200 nautical miles, in metres.
pub(super) const NAUTICAL_200: f64 = 370_400.0;

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

/// The areas in reach, by id. `bounds` are the lower bounds of the distances
/// to all areas.
pub(super) fn in_reach<'a>(
    atlas: &'a Atlas,
    bounds: &[f32],
    ground: &Ground<'_>,
    reaches: &Reaches<'_>,
) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let horizon = reaches.horizon();
    let farthest = horizon + atlas.coarsest_m + ground.uncertainty;
    for (area, bound) in atlas.areas.iter().zip(bounds).filter(|(_, bound)| f64::from(**bound) <= farthest) {
        let margin = area.accuracy_m + ground.uncertainty;
        if f64::from(*bound) > horizon + margin {
            continue;
        }
        let Some((measured, inside)) = ground.measure(&area.shape, horizon + margin) else { continue };
        if let Some((ring, reason)) = reaches.ring(measured.distance, margin) {
            hits.push(Hit { area, measured, inside, margin, ring, reason });
        }
    }
    hits
}

/// The nearest States that are not told, nearest first, by the nearest of
/// their areas: five of them, far away only two. What holds the place is in reach, so that its States are told
/// and only lines are left to be measured to.
pub(super) fn beyond(
    atlas: &Atlas,
    bounds: &[f32],
    ground: &Ground<'_>,
    horizon: f64,
    told: impl Fn(StateCode) -> bool,
) -> Vec<(StateCode, Measured)> {
    let mut nearest = Nearest { states: Vec::with_capacity(EXCLUDED + 1), afar: chord(horizon + AFAR) };
    // Outward in rings, so that only what may be near is put in order.
    let (mut inner, mut outer) = (-1.0, FIRST_RING);
    while !ground.is_empty() && inner < HALF_ROUND && inner < nearest.last() {
        let ring = bounds.iter().enumerate().filter(|(_, bound)| **bound > inner && **bound <= outer);
        // Bits of numbers that are not negative are in the order of the numbers.
        let ring = ring.map(|(index, bound)| Reverse((bound.to_bits(), index)));
        let mut order: BinaryHeap<_> = ring.collect::<Vec<_>>().into();
        while let Some(Reverse((bits, index))) = order.pop() {
            if f32::from_bits(bits) > nearest.last() {
                break;
            }
            let area = &atlas.areas[index];
            if area.relations.iter().any(|relation| !told(relation.state)) {
                let mut pair = Pair::within(nearest.wanted());
                ground.approach(&area.shape, &mut pair);
                nearest.offer(area, pair, &told);
            }
        }
        (inner, outer) = (outer, 3.0 * outer);
    }
    nearest.measured()
}

/// The nearest States so far, by the chord, nearest first.
struct Nearest {
    states: Vec<(StateCode, Pair)>,
    afar: f64,
}

impl Nearest {
    /// The chord a State must be nearer than to be wanted.
    fn wanted(&self) -> f64 {
        let chord = |index: usize| self.states.get(index).map(|(_, pair)| pair.chord2.sqrt());
        let some = chord(EXCLUDED_AFAR - 1).map_or(f64::INFINITY, |second| second.max(self.afar));
        chord(EXCLUDED - 1).map_or(some, |last| last.min(some))
    }

    /// The same, rounded up.
    fn last(&self) -> f32 {
        single(self.wanted()).next_up()
    }

    fn offer(&mut self, area: &Area, pair: Pair, told: &impl Fn(StateCode) -> bool) {
        if !pair.found() {
            return;
        }
        for relation in area.relations.iter().filter(|relation| !told(relation.state)) {
            match self.states.iter_mut().find(|(state, _)| *state == relation.state) {
                Some((_, known)) if known.chord2 <= pair.chord2 => {}
                Some((_, known)) => *known = pair,
                None => self.states.push((relation.state, pair)),
            }
        }
        self.states.sort_by(|a, b| a.1.chord2.total_cmp(&b.1.chord2).then(a.0.cmp(&b.0)));
        let near = self.states.iter().filter(|(_, pair)| pair.chord2 <= self.afar * self.afar).count();
        self.states.truncate(near.clamp(EXCLUDED_AFAR, EXCLUDED));
    }

    fn measured(self) -> Vec<(StateCode, Measured)> {
        let measure = |(state, pair): (StateCode, Pair)| (state, Measured::of(&pair, TOUCH));
        let mut measured: Vec<(StateCode, Measured)> = self.states.into_iter().map(measure).collect();
        measured.sort_by(|a, b| a.1.distance.total_cmp(&b.1.distance).then(a.0.cmp(&b.0)));
        measured
    }
}

/// The areas whose coast lies within 200 nautical miles of the place, as far
/// as map and place can tell, with the distance. Outlines that lie on top of
/// others have no coast.
pub(super) fn coasts<'a>(atlas: &'a Atlas, place: &Place<'_>, uncertainty: f64) -> Vec<(&'a Area, Measured)> {
    let mut bounds = vec![f32::INFINITY; atlas.boxes.len()];
    place.lower(&atlas.boxes, &mut bounds);
    let mut coasts = Vec::new();
    for (area, bound) in atlas.areas.iter().zip(bounds) {
        let far = NAUTICAL_200 + area.accuracy_m + uncertainty;
        if f64::from(bound) > far || area.overlay || !area.shape.edges.has_coast() {
            continue;
        }
        if let Some(measured) = place.measure_to_line(&area.shape, far, true) {
            coasts.push((area, measured));
        }
    }
    coasts
}
