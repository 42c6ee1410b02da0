//! The edges of one area or line, indexed in space. Edges stand in short runs;
//! eight runs that lie together make a node, eight nodes the next, up to one
//! root: a packed R-tree whose nodes measure to their eight children in one
//! look (see [`boxes`](super::boxes)). rstar, which knows neither two trees at
//! once nor a bound to stay within, is a few times slower at this; the ratio
//! stands in `benches/README.md`.

use super::{
    boxes::{Around, Eight, TOGETHER, limit2, single},
    earth::{LONGEST_EDGE, Point3, chord2},
    segment::{nearest_between, nearest_on},
};
use std::sync::Arc;

/// Edges in a run.
const RUN: usize = 16;

/// Two trees closer than this touch: the chords of crossing lines miss each
/// other by the sag of both.
pub(super) const TOUCH: f64 = 2.0;

/// A run of consecutive edges, by index into the points of its layer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    first: usize,
    last: usize,
    /// Whether only one area has these edges: a coast, not a border.
    coast: bool,
}

/// Cuts the points `from..to` of one chain into runs.
pub(super) fn runs(from: usize, to: usize, coast: bool, into: &mut Vec<Run>) {
    let mut first = from;
    while first + 1 < to {
        let last = (first + RUN).min(to - 1);
        into.push(Run { first, last, coast });
        first = last;
    }
}

/// The edges of one area or line, ready for nearest-point questions.
#[derive(Clone, Debug)]
pub(super) struct Edges {
    points: Arc<[Point3]>,
    runs: Box<[Run]>,
    /// Level by level, the root alone at the end. Child `lane` of node `n` of a
    /// level is node, or at the lowest level run, `8 n + lane` below.
    nodes: Box<[Eight]>,
    /// Where each level starts in `nodes`, the lowest first.
    levels: Box<[usize]>,
    around: Around,
    coast: bool,
}

/// The best pair of points so far: square of the chord, the point asked from,
/// the point found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// Square of the chord, square metres.
    pub chord2: f64,
    /// On the side of the place.
    pub from: Point3,
    /// On the side of the area.
    pub to: Point3,
}

impl Pair {
    /// Nothing yet within `bound` metres.
    pub fn within(bound: f64) -> Self {
        Self { chord2: bound * bound, from: [f64::NAN; 3], to: [f64::NAN; 3] }
    }

    /// Whether a pair was found.
    pub fn found(&self) -> bool {
        !self.from[0].is_nan()
    }

    #[inline]
    fn offer(&mut self, from: Point3, to: Point3) {
        let chord2 = chord2(from, to);
        if chord2 < self.chord2 || (!self.found() && chord2 <= self.chord2) {
            *self = Self { chord2, from, to };
        }
    }
}

impl Edges {
    /// An index of `runs` over the shared `points`.
    pub fn new(points: Arc<[Point3]>, mut runs: Vec<Run>) -> Self {
        let around_run = |run: &Run| Around::points(&points[run.first..=run.last]);
        let whole = runs.iter().fold(Around::NOTHING, |whole, run| whole.and(&around_run(run)));
        runs.sort_by_cached_key(|run| nearness(&whole, around_run(run).middle()));
        let mut below: Vec<Around> = runs.iter().map(around_run).collect();
        let (mut nodes, mut levels) = (Vec::new(), Vec::new());
        loop {
            levels.push(nodes.len());
            let level: Vec<Eight> =
                below.chunks(TOGETHER).map(|some| Eight::of(some.iter().copied())).collect();
            below = level.iter().map(Eight::around).collect();
            nodes.extend(level);
            if below.len() <= 1 {
                break;
            }
        }
        let coast = runs.iter().any(|run| run.coast);
        Self { points, runs: runs.into(), nodes: nodes.into(), levels: levels.into(), around: whole, coast }
    }

    /// The box around all edges.
    pub fn around(&self) -> Around {
        self.around
    }

    /// About `count` points of the edges, evenly along them.
    pub fn some(&self, count: usize) -> impl Iterator<Item = Point3> {
        let step = (self.points.len() / count.max(1)).max(1);
        self.points.iter().step_by(step).copied()
    }

    /// Whether there is any coast.
    pub fn has_coast(&self) -> bool {
        self.coast
    }

    /// Brings `best` to the nearest point to `from`, if one is nearer than
    /// `best` is already; only coasts when `coast` is set.
    pub fn nearest(&self, from: Point3, coast: bool, best: &mut Pair) {
        if let Some(root) = self.root() {
            let limit2 = limit2(best.chord2);
            Search { edges: self, from, near: from.map(single), coast, limit2, best }.look_into(root);
        }
    }

    /// Brings `best` to the nearest pair of points of `self` and `other`.
    pub fn nearest_pair(&self, other: &Self, coast: bool, best: &mut Pair) {
        if let (Some(ours), Some(theirs)) = (self.root(), other.root()) {
            let limit2 = limit2(best.chord2);
            let mut both = Both { ours: self, theirs: other, coast, limit2, best };
            both.look_into((ours, self.around), (theirs, other.around));
        }
    }

    fn root(&self) -> Option<Node> {
        let level = self.levels.len().checked_sub(1)?;
        (!self.runs.is_empty()).then_some(Node { level, index: 0 })
    }

    fn eight(&self, node: Node) -> &Eight {
        &self.nodes[self.levels[node.level] + node.index]
    }

    fn points_of(&self, run: &Run) -> &[Point3] {
        &self.points[run.first..=run.last]
    }
}

/// A place on a curve through the box that keeps near what is near: the bits
/// of the three axes by turns.
fn nearness(whole: &Around, at: [f32; 3]) -> u32 {
    let (low, high) = whole.corners();
    let mut key = 0;
    for axis in 0..3 {
        let share = (at[axis] - low[axis]) / (high[axis] - low[axis]).max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 0 to 1 of ten bits"
        )]
        let bits = (share.clamp(0.0, 1.0) * 1023.0) as u32;
        for bit in 0..10 {
            key |= (bits >> bit & 1) << (3 * bit + axis);
        }
    }
    key
}

/// Eight children: the place of a node in its tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Node {
    level: usize,
    index: usize,
}

/// What a lane of a node stands for.
enum Child {
    Node(Node),
    Run(usize),
}

impl Node {
    fn child(self, lane: usize) -> Child {
        let index = self.index * TOGETHER + lane;
        match self.level.checked_sub(1) {
            Some(level) => Child::Node(Self { level, index }),
            None => Child::Run(index),
        }
    }
}

/// The lanes nearer than a limit, nearest first.
struct Lanes {
    order: [(f32, usize); TOGETHER],
    count: usize,
}

impl Lanes {
    #[inline]
    fn within(limit2: f32, gaps: &[f32; TOGETHER]) -> Self {
        let mut lanes = Self { order: [(0.0, 0); TOGETHER], count: 0 };
        for (lane, gap) in gaps.iter().enumerate() {
            if *gap < limit2 {
                let mut place = lanes.count;
                while place > 0 && lanes.order[place - 1].0 > *gap {
                    lanes.order[place] = lanes.order[place - 1];
                    place -= 1;
                }
                lanes.order[place] = (*gap, lane);
                lanes.count += 1;
            }
        }
        lanes
    }

    fn iter(&self) -> impl Iterator<Item = (f32, usize)> {
        self.order[..self.count].iter().copied()
    }
}

/// The descent into one tree from a point.
struct Search<'a> {
    edges: &'a Edges,
    from: Point3,
    near: [f32; 3],
    coast: bool,
    limit2: f32,
    best: &'a mut Pair,
}

impl Search<'_> {
    fn look_into(&mut self, node: Node) {
        for (gap, lane) in Lanes::within(self.limit2, &self.edges.eight(node).gaps2(self.near)).iter() {
            if gap >= self.limit2 {
                return;
            }
            match node.child(lane) {
                Child::Node(child) => self.look_into(child),
                Child::Run(run) => self.measure(&self.edges.runs[run]),
            }
        }
    }

    fn measure(&mut self, run: &Run) {
        if self.coast && !run.coast {
            return;
        }
        let before = self.best.chord2;
        let far = before.sqrt() + LONGEST_EDGE;
        for edge in self.edges.points_of(run).windows(2) {
            // An edge that starts this far away ends too far away as well.
            if chord2(edge[0], self.from) > far * far {
                continue;
            }
            self.best.offer(self.from, nearest_on(edge[0], edge[1], self.from));
        }
        if self.best.chord2 < before {
            self.limit2 = limit2(self.best.chord2);
        }
    }
}

/// The descent into two trees at once.
struct Both<'a> {
    ours: &'a Edges,
    theirs: &'a Edges,
    coast: bool,
    limit2: f32,
    best: &'a mut Pair,
}

impl Both<'_> {
    /// Opens the larger of two nodes.
    fn look_into(&mut self, ours: (Node, Around), theirs: (Node, Around)) {
        if ours.1.extent2() > theirs.1.extent2() {
            let eight = self.ours.eight(ours.0);
            for (gap, lane) in Lanes::within(self.limit2, &eight.apart2(&theirs.1)).iter() {
                if self.is_enough(gap) {
                    return;
                }
                let around = eight.lane(lane);
                match ours.0.child(lane) {
                    Child::Node(child) => self.look_into((child, around), theirs),
                    Child::Run(run) => self.look_into_theirs((run, around), theirs.0),
                }
            }
        } else {
            let eight = self.theirs.eight(theirs.0);
            for (gap, lane) in Lanes::within(self.limit2, &eight.apart2(&ours.1)).iter() {
                if self.is_enough(gap) {
                    return;
                }
                let around = eight.lane(lane);
                match theirs.0.child(lane) {
                    Child::Node(child) => self.look_into(ours, (child, around)),
                    Child::Run(run) => self.look_into_ours(ours.0, (run, around)),
                }
            }
        }
    }

    fn look_into_theirs(&mut self, ours: (usize, Around), theirs: Node) {
        for (gap, lane) in Lanes::within(self.limit2, &self.theirs.eight(theirs).apart2(&ours.1)).iter() {
            if self.is_enough(gap) {
                return;
            }
            match theirs.child(lane) {
                Child::Node(child) => self.look_into_theirs(ours, child),
                Child::Run(run) => self.measure(ours.0, run),
            }
        }
    }

    fn look_into_ours(&mut self, ours: Node, theirs: (usize, Around)) {
        for (gap, lane) in Lanes::within(self.limit2, &self.ours.eight(ours).apart2(&theirs.1)).iter() {
            if self.is_enough(gap) {
                return;
            }
            match ours.child(lane) {
                Child::Node(child) => self.look_into_ours(child, theirs),
                Child::Run(run) => self.measure(run, theirs.0),
            }
        }
    }

    /// Whether nothing this far away is wanted any more.
    fn is_enough(&self, gap: f32) -> bool {
        gap >= self.limit2 || (self.best.found() && self.best.chord2 < TOUCH * TOUCH)
    }

    fn measure(&mut self, ours: usize, theirs: usize) {
        let (ours, theirs) = (&self.ours.runs[ours], &self.theirs.runs[theirs]);
        if self.coast && !theirs.coast {
            return;
        }
        let before = self.best.chord2;
        for own in self.ours.points_of(ours).windows(2) {
            for other in self.theirs.points_of(theirs).windows(2) {
                let (from, to) = nearest_between(own[0], own[1], other[0], other[1]);
                self.best.offer(from, to);
            }
        }
        if self.best.chord2 < before {
            self.limit2 = limit2(self.best.chord2);
        }
    }
}
