//! A layer of features that are not areas of States: hotspots, protected
//! areas, whatever was imported. Which of its features are in reach?

use super::{
    boxes::{Around, Boxes},
    earth::{LonLat, Point3, destination, lon_lat},
    ground::Ground,
    reach::Reaches,
    rounding::{bearing, metres},
    shape::Shape,
    tree::Pair,
};
use crate::domain::assessment::LayerFinding;
use rstar::{AABB, RTree, RTreeObject};
use std::{cell::OnceCell, sync::Arc};

/// Up to as many boxes are looked through one after the other; more stand in
/// a tree.
const FEW: usize = 64;

/// How much a box in single precision is widened when it is asked for, metres.
const SLACK: f64 = 16.0;

/// What a finding says of a feature.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Feature {
    pub code: Arc<str>,
    pub name: Arc<str>,
    /// How far its edge may be from the true one, metres.
    pub accuracy_m: f64,
    /// Whether it is drawn approximately.
    pub approximate: bool,
}

/// A layer, indexed.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub name: Arc<str>,
    pub features: Vec<Feature>,
    /// Shapes, each with the number of its feature; a feature is their union.
    parts: Vec<(usize, Shape)>,
    boxes: Index,
    coarsest_m: f64,
}

#[derive(Clone, Debug)]
enum Index {
    Few(Boxes),
    Many(RTree<Boxed>),
}

#[derive(Clone, Debug)]
struct Boxed {
    around: AABB<[f32; 3]>,
    part: usize,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f32; 3]>;

    fn envelope(&self) -> Self::Envelope {
        self.around
    }
}

impl Layer {
    /// A layer of features with their shapes.
    pub fn new(name: &str, all: impl IntoIterator<Item = (Feature, Vec<Shape>)>) -> Self {
        let (mut features, mut parts) = (Vec::new(), Vec::new());
        for (feature, shapes) in all {
            parts.extend(shapes.into_iter().map(|shape| (features.len(), shape)));
            features.push(feature);
        }
        let boxes = if parts.len() <= FEW {
            Index::Few(Boxes::new(parts.iter().map(|(_, shape)| shape.around)))
        } else {
            let boxed = |(part, (_, shape)): (usize, &(usize, Shape))| {
                let (low, high) = shape.around.corners();
                Boxed { around: AABB::from_corners(low, high), part }
            };
            Index::Many(RTree::bulk_load(parts.iter().enumerate().map(boxed).collect()))
        };
        let coarsest_m = features.iter().map(|feature: &Feature| feature.accuracy_m).fold(0.0, f64::max);
        Self { name: name.into(), features, parts, boxes, coarsest_m }
    }

    /// The parts that may lie within `bound` metres of the ground.
    fn near(&self, ground: &Ground<'_>, bound: f64) -> Vec<usize> {
        match &self.boxes {
            Index::Few(boxes) => {
                let bounds = ground.lower_bounds(boxes);
                (0..bounds.len()).filter(|part| f64::from(bounds[*part]) <= bound).collect()
            }
            Index::Many(tree) => {
                let mut parts: Vec<usize> = Vec::new();
                for around in ground.boxes() {
                    let wide = widened(&around, bound + SLACK);
                    parts.extend(tree.locate_in_envelope_intersecting(&wide).map(|boxed| boxed.part));
                }
                parts.sort_unstable();
                parts.dedup();
                parts
            }
        }
    }

    /// The features in reach, nearest first, then by code.
    pub fn findings(&self, ground: &Ground<'_>, reaches: &Reaches<'_>) -> Vec<LayerFinding> {
        let mut found: Vec<(usize, LayerFinding)> = Vec::new();
        let horizon = reaches.horizon();
        for part in self.near(ground, horizon + self.coarsest_m + ground.uncertainty) {
            let (number, shape) = &self.parts[part];
            let feature = &self.features[*number];
            let margin = feature.accuracy_m + ground.uncertainty;
            let Some((measured, _)) = ground.measure(shape, horizon + margin) else { continue };
            let Some((ring, reason)) = reaches.ring(measured.distance, margin) else { continue };
            let finding = LayerFinding {
                layer: self.name.clone(),
                code: feature.code.clone(),
                name: feature.name.clone(),
                distance_m: metres(measured.distance),
                bearing_deg: measured.bearing.map(bearing),
                ring,
                reason,
                approximate: feature.approximate,
                accuracy_m: metres(feature.accuracy_m),
                overlap: None,
            };
            // The parts of a feature follow one another; the nearest stands for it.
            match found.last_mut().filter(|(last, _)| last == number) {
                Some((_, known)) if known.distance_m.get() <= finding.distance_m.get() => {}
                Some((_, known)) => *known = finding,
                None => found.push((*number, finding)),
            }
        }
        let disc = Disc::around(ground, horizon);
        let with_overlap = |(number, finding): (usize, LayerFinding)| {
            let overlap = disc.as_ref().map(|disc| disc.share_in(self.shapes_of(number)));
            LayerFinding { overlap, ..finding }
        };
        let mut found: Vec<LayerFinding> = found.into_iter().map(with_overlap).collect();
        found.sort_by(order);
        found
    }

    /// The shapes of a feature, by its number.
    fn shapes_of(&self, number: usize) -> &[(usize, Shape)] {
        let first = self.parts.partition_point(|(feature, _)| *feature < number);
        let count = self.parts[first..].partition_point(|(feature, _)| *feature == number);
        &self.parts[first..first + count]
    }
}

/// All that lies within a reach of one point.
struct Disc {
    at: LonLat,
    middle: Point3,
    radius: f64,
    /// Points spread evenly over it, made when first asked for.
    spread: OnceCell<Vec<LonLat>>,
}

impl Disc {
    fn around(ground: &Ground<'_>, radius: f64) -> Option<Self> {
        let (at, middle) = ground.single().filter(|_| radius > 0.0)?;
        Some(Self { at, middle, radius, spread: OnceCell::new() })
    }

    /// Which share of it lies in these shapes together.
    fn share_in(&self, shapes: &[(usize, Shape)]) -> f64 {
        let whole = shapes.iter().any(|(_, shape)| {
            let mut edge = Pair::within(self.radius);
            shape.bands.contains(self.at) && {
                shape.edges.nearest(self.middle, false, &mut edge);
                !edge.found()
            }
        });
        if whole {
            return 1.0;
        }
        let spread = self.spread.get_or_init(|| self.points());
        let inside = |at: &&LonLat| shapes.iter().any(|(_, shape)| shape.bands.contains(**at));
        let share = spread.iter().filter(inside).count() as f64 / spread.len() as f64;
        (100.0 * share).round() / 100.0
    }

    /// Points turned on by the golden angle, each with as much room as any other.
    fn points(&self) -> Vec<LonLat> {
        const GOLDEN_ANGLE: f64 = 137.507_764;
        let point = |n: u8| {
            let far = self.radius * ((f64::from(n) + 0.5) / f64::from(SPREAD)).sqrt();
            lon_lat(destination(self.middle, f64::from(n) * GOLDEN_ANGLE, far))
        };
        (0..SPREAD).map(point).collect()
    }
}

/// Points by which an overlap is counted.
const SPREAD: u8 = 64;

/// Nearest first, then by layer and code.
pub(super) fn order(a: &LayerFinding, b: &LayerFinding) -> std::cmp::Ordering {
    let far = a.distance_m.get().total_cmp(&b.distance_m.get());
    far.then_with(|| (&a.layer, &a.code).cmp(&(&b.layer, &b.code)))
}

#[expect(clippy::cast_possible_truncation, reason = "rounded outward by SLACK")]
fn widened(around: &Around, by: f64) -> AABB<[f32; 3]> {
    let (low, high) = around.corners();
    AABB::from_corners(low.map(|at| at - by as f32), high.map(|at| at + by as f32))
}
