//! Boxes in space, eight side by side, so that one look measures to all of
//! them. Single precision, rounded outward: a distance to a box is never more
//! than [`SLACK`] too long, and whoever leaves something out for lying farther
//! than a bound adds that to the bound first.

use super::earth::Point3;

/// Boxes looked at together.
pub(super) const TOGETHER: usize = 8;

/// How much too long a distance to a box may come out, metres. Numbers of the
/// size of the earth are half a metre apart in single precision.
const SLACK: f32 = 8.0;

/// A box around something, single precision, rounded outward.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    low: [f32; 3],
    high: [f32; 3],
}

impl Around {
    /// Around nothing.
    pub const NOTHING: Self = Self { low: [f32::INFINITY; 3], high: [f32::NEG_INFINITY; 3] };

    /// The box around points.
    pub fn points(points: &[Point3]) -> Self {
        let mut around = Self::NOTHING;
        for point in points {
            for (axis, at) in point.iter().enumerate() {
                around.low[axis] = least(around.low[axis], single(*at));
                around.high[axis] = most(around.high[axis], single(*at));
            }
        }
        for axis in 0..3 {
            around.low[axis] = around.low[axis].next_down();
            around.high[axis] = around.high[axis].next_up();
        }
        around
    }

    /// The box around two boxes.
    pub fn and(mut self, other: &Self) -> Self {
        for axis in 0..3 {
            self.low[axis] = least(self.low[axis], other.low[axis]);
            self.high[axis] = most(self.high[axis], other.high[axis]);
        }
        self
    }

    /// The middle, for putting what is near together.
    pub fn middle(&self) -> [f32; 3] {
        [0, 1, 2].map(|axis| 0.5 * (self.low[axis] + self.high[axis]))
    }

    /// Square of the diagonal.
    pub fn extent2(&self) -> f32 {
        let sides = [0, 1, 2].map(|axis| self.high[axis] - self.low[axis]);
        sides.iter().map(|side| side * side).sum()
    }

    /// The smaller and the larger corner.
    pub fn corners(&self) -> ([f32; 3], [f32; 3]) {
        (self.low, self.high)
    }
}

/// Eight boxes, axis by axis; lanes without a box are infinitely far away.
#[derive(Clone, Debug)]
pub(super) struct Eight {
    low: [[f32; TOGETHER]; 3],
    high: [[f32; TOGETHER]; 3],
}

/// Squares of the distances to eight boxes.
pub(super) type Gaps = [f32; TOGETHER];

impl Eight {
    /// The first eight of these boxes.
    pub fn of(boxes: impl Iterator<Item = Around>) -> Self {
        let mut eight =
            Self { low: [[f32::INFINITY; TOGETHER]; 3], high: [[f32::NEG_INFINITY; TOGETHER]; 3] };
        for (lane, around) in boxes.take(TOGETHER).enumerate() {
            for axis in 0..3 {
                eight.low[axis][lane] = around.low[axis];
                eight.high[axis][lane] = around.high[axis];
            }
        }
        eight
    }

    /// The box of one lane.
    pub fn lane(&self, lane: usize) -> Around {
        Around { low: self.low.map(|lanes| lanes[lane]), high: self.high.map(|lanes| lanes[lane]) }
    }

    /// The box around all eight.
    pub fn around(&self) -> Around {
        (0..TOGETHER).fold(Around::NOTHING, |around, lane| around.and(&self.lane(lane)))
    }

    /// Squares of the distances from a point.
    #[inline]
    pub fn gaps2(&self, from: [f32; 3]) -> Gaps {
        let mut sum = [0.0; TOGETHER];
        for (axis, at) in from.into_iter().enumerate() {
            for (lane, sum) in sum.iter_mut().enumerate() {
                let gap = most(most(self.low[axis][lane] - at, at - self.high[axis][lane]), 0.0);
                *sum += gap * gap;
            }
        }
        sum
    }

    /// Squares of the distances from a box.
    #[inline]
    pub fn apart2(&self, other: &Around) -> Gaps {
        let mut sum = [0.0; TOGETHER];
        for axis in 0..3 {
            for (lane, sum) in sum.iter_mut().enumerate() {
                let above = self.low[axis][lane] - other.high[axis];
                let below = other.low[axis] - self.high[axis][lane];
                let gap = most(most(above, below), 0.0);
                *sum += gap * gap;
            }
        }
        sum
    }
}

/// Many boxes, each by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Boxes {
    eights: Vec<Eight>,
    count: usize,
}

impl Boxes {
    /// These boxes, in their order.
    pub fn new(all: impl Iterator<Item = Around>) -> Self {
        let all: Vec<Around> = all.collect();
        let eights = all.chunks(TOGETHER).map(|some| Eight::of(some.iter().copied())).collect();
        Self { eights, count: all.len() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Lowers `bounds`, one for each box, to the distance from this point
    /// where that is less: lower bounds in metres.
    pub fn lower(&self, from: Point3, bounds: &mut [f32]) {
        self.lower_to(bounds, |eight| eight.gaps2(from.map(single)));
    }

    /// The same from a box.
    pub fn lower_from_box(&self, from: &Around, bounds: &mut [f32]) {
        self.lower_to(bounds, |eight| eight.apart2(from));
    }

    fn lower_to(&self, bounds: &mut [f32], gaps: impl Fn(&Eight) -> Gaps) {
        debug_assert_eq!(bounds.len(), self.count, "a bound for each box");
        for (eight, bounds) in self.eights.iter().zip(bounds.chunks_mut(TOGETHER)) {
            let gaps = gaps(eight);
            for (bound, gap) in bounds.iter_mut().zip(gaps) {
                *bound = least(*bound, most(gap.sqrt() - SLACK, 0.0));
            }
        }
    }
}

/// What the square of a distance to a box must stay under to be looked at,
/// when everything within the square of a chord is wanted.
#[inline]
pub(super) fn limit2(chord2: f64) -> f32 {
    let limit = single(chord2.sqrt()) + SLACK;
    limit * limit
}

/// In single precision.
#[expect(clippy::cast_possible_truncation, reason = "the loss is what SLACK allows for")]
#[inline]
pub(super) fn single(number: f64) -> f32 {
    number as f32
}

// Plain comparisons: nothing here is NaN, and these become one instruction.
#[inline]
fn most(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline]
fn least(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}
