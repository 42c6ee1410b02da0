//! Where an assessment measures from: the place, and the routes beside it.

use super::{
    boxes::{Around, Boxes},
    earth::{LonLat, Point3},
    place::{Measured, Place},
    shape::Shape,
    tree::Pair,
};

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

    /// Lower bounds of the distance to each box, metres; infinite where there
    /// is no place.
    pub fn lower_bounds(&self, boxes: &Boxes) -> Vec<f32> {
        let mut bounds = vec![f32::INFINITY; boxes.len()];
        self.place.lower(boxes, &mut bounds);
        self.routes.lower(boxes, &mut bounds);
        bounds
    }

    /// The boxes around all of it.
    pub fn boxes(&self) -> impl Iterator<Item = Around> {
        self.place.boxes().chain(self.routes.boxes())
    }

    /// The one point it is, if it is no more than that.
    pub fn single(&self) -> Option<(LonLat, Point3)> {
        self.place.single().filter(|_| self.routes.is_empty())
    }

    /// Some points of it, at most `count` of each part.
    pub fn some(&self, count: usize) -> Vec<Point3> {
        let mut points = self.place.some(count);
        points.extend(self.routes.some(count));
        points
    }

    /// The nearer of place and routes, and whether the place itself touches.
    pub fn measure(&self, shape: &Shape, bound: f64) -> Option<(Measured, bool)> {
        let place = self.place.measure(shape, bound);
        if place == Some(Measured::TOUCHES) {
            return Some((Measured::TOUCHES, true));
        }
        nearer(place, self.routes.measure(shape, bound)).map(|measured| (measured, false))
    }

    /// The nearest points of the ground and the lines of a shape, if they are
    /// nearer than `best` is already.
    pub fn approach(&self, shape: &Shape, best: &mut Pair) {
        self.place.approach(shape, false, best);
        self.routes.approach(shape, false, best);
    }
}

fn nearer(a: Option<Measured>, b: Option<Measured>) -> Option<Measured> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.distance < a.distance { b } else { a }),
        (a, b) => a.or(b),
    }
}
