//! Nearest points in space: an R-tree over short runs of edges, searched with
//! our own descent, because rstar knows neither two trees at once nor a bound.

use super::earth::{Point3, between, chord2, dot, minus};
use rstar::{AABB, RTree, RTreeNode, RTreeObject};
use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
    sync::Arc,
};

/// Edges in a leaf of the tree.
const RUN: usize = 16;

/// Two trees closer than this touch: the chords of crossing lines miss each
/// other by the sag of both.
pub(super) const TOUCH: f64 = 2.0;

/// A run of consecutive edges, by index into the points of its layer.
#[derive(Clone, Debug)]
pub(super) struct Run {
    low: Point3,
    high: Point3,
    first: usize,
    last: usize,
    /// Whether only one area has this edge: a coast, not a border.
    pub coast: bool,
}

impl RTreeObject for Run {
    type Envelope = AABB<Point3>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

/// Cuts the points `from..to` of `points`, one chain, into runs.
pub(super) fn runs(points: &[Point3], from: usize, to: usize, coast: bool, into: &mut Vec<Run>) {
    let mut first = from;
    while first + 1 < to {
        let last = (first + RUN).min(to - 1);
        let (mut low, mut high) = (points[first], points[first]);
        for point in &points[first..=last] {
            for axis in 0..3 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        into.push(Run { low, high, first, last, coast });
        first = last;
    }
}

/// A box around edges, kept apart from them where many are looked through.
#[derive(Clone, Debug)]
pub(super) struct Around(AABB<Point3>);

impl Around {
    /// Square of a lower bound of the chord from `from` to anything in it.
    pub fn at_least2(&self, from: Point3) -> f64 {
        box_distance2(&self.0, from)
    }

    /// Square of a lower bound of the chord between anything in both.
    pub fn apart2(&self, other: &Self) -> f64 {
        boxes_apart2(&self.0, &other.0)
    }
}

/// The edges of one area or line, ready for nearest-point questions.
#[derive(Clone, Debug)]
pub(super) struct Edges {
    points: Arc<[Point3]>,
    tree: RTree<Run>,
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

    fn offer(&mut self, from: Point3, to: Point3) {
        let chord2 = chord2(from, to);
        if chord2 < self.chord2 || (!self.found() && chord2 <= self.chord2) {
            *self = Self { chord2, from, to };
        }
    }
}

impl Edges {
    /// An index of `runs` over the shared `points`.
    pub fn new(points: Arc<[Point3]>, runs: Vec<Run>) -> Self {
        let coast = runs.iter().any(|run| run.coast);
        Self { points, tree: RTree::bulk_load(runs), coast }
    }

    /// The box around all edges.
    pub fn around(&self) -> Around {
        Around(self.tree.root().envelope())
    }

    /// Whether there is any coast.
    pub fn has_coast(&self) -> bool {
        self.coast
    }

    /// Brings `best` to the nearest point to `from`, if one is nearer than
    /// `best` is already; only coasts when `coast` is set.
    pub fn nearest(&self, from: Point3, coast: bool, best: &mut Pair) {
        for node in self.tree.root().children() {
            self.descend(node, from, coast, best);
        }
    }

    fn descend(&self, node: &RTreeNode<Run>, from: Point3, coast: bool, best: &mut Pair) {
        match node {
            RTreeNode::Leaf(run) => {
                if (!coast || run.coast) && box_distance2(&run.envelope(), from) <= best.chord2 {
                    self.offer(run, from, best);
                }
            }
            RTreeNode::Parent(parent) => {
                let mut order: [(f64, Option<&RTreeNode<Run>>); 8] = [(f64::INFINITY, None); 8];
                let mut count = 0;
                for child in parent.children() {
                    let distance = box_distance2(&child.envelope(), from);
                    if distance > best.chord2 {
                        continue;
                    }
                    if count == order.len() {
                        self.descend(child, from, coast, best);
                        continue;
                    }
                    let mut place = count;
                    while place > 0 && order[place - 1].0 > distance {
                        order[place] = order[place - 1];
                        place -= 1;
                    }
                    order[place] = (distance, Some(child));
                    count += 1;
                }
                for (distance, child) in order.into_iter().take(count) {
                    if distance <= best.chord2
                        && let Some(child) = child
                    {
                        self.descend(child, from, coast, best);
                    }
                }
            }
        }
    }

    fn offer(&self, run: &Run, from: Point3, best: &mut Pair) {
        for edge in self.points[run.first..=run.last].windows(2) {
            best.offer(from, nearest_on(edge[0], edge[1], from));
        }
    }

    /// Brings `best` to the nearest pair of points of `self` and `other`.
    pub fn nearest_pair(&self, other: &Self, coast: bool, best: &mut Pair) {
        let mut both = Both { ours: self, theirs: other, coast, best };
        for ours in self.tree.root().children() {
            for theirs in other.tree.root().children() {
                both.descend(ours, theirs);
            }
        }
    }
}

/// Many trees searched at once from one point, the nearest first: a step is
/// taken only where the next nearest may be, so nothing is looked at that lies
/// farther than the last one wanted.
pub(super) struct Outward<'a> {
    from: Point3,
    /// Trees not begun: bits of the square of a lower bound, and which. Squares
    /// are never negative, so their bits are in their order.
    roots: BinaryHeap<Reverse<(u64, usize)>>,
    begun: Vec<Begun<'a>>,
    ahead: BinaryHeap<Ahead<'a>>,
}

/// A tree with the nearest point found in it so far.
struct Begun<'a> {
    index: usize,
    edges: &'a Edges,
    best: Pair,
    done: bool,
}

/// A step that may be taken, with the square of a lower bound of its chord:
/// into a node, or, without one, to the best pair, for nothing left in its
/// tree is nearer then.
struct Ahead<'a> {
    chord2: f64,
    begun: usize,
    node: Option<&'a RTreeNode<Run>>,
}

impl<'a> Outward<'a> {
    /// A search from `from` in trees of which only squares of lower bounds of
    /// their chords are told.
    pub fn new(from: Point3, roots: impl Iterator<Item = f64>) -> Self {
        let roots: Vec<_> =
            roots.enumerate().map(|(index, bound)| Reverse((bound.to_bits(), index))).collect();
        Self { from, roots: roots.into(), begun: Vec::new(), ahead: BinaryHeap::new() }
    }

    /// The next nearest tree, by its index, with its nearest pair; nothing
    /// when every tree left is farther than `bound` metres. `tree` gives a
    /// tree for its index, or nothing if it is to be passed over.
    pub fn next(&mut self, bound: f64, tree: impl Fn(usize) -> Option<&'a Edges>) -> Option<(usize, Pair)> {
        loop {
            let root = self.roots.peek().map_or(f64::INFINITY, |Reverse((bits, _))| f64::from_bits(*bits));
            let ahead = self.ahead.peek().map_or(f64::INFINITY, |ahead| ahead.chord2);
            let nearer = root.min(ahead);
            if nearer.is_infinite() || nearer > bound * bound {
                return None;
            }
            if root <= ahead {
                let Reverse((_, index)) = self.roots.pop()?;
                if let Some(edges) = tree(index) {
                    let best = Pair::within(f64::INFINITY);
                    self.begun.push(Begun { index, edges, best, done: false });
                    self.look_into(self.begun.len() - 1, edges.tree.root().children());
                }
            } else if let Some(reached) = self.step() {
                return Some(reached);
            }
        }
    }

    /// Takes the nearest step ahead.
    fn step(&mut self) -> Option<(usize, Pair)> {
        let Ahead { begun, node, .. } = self.ahead.pop()?;
        let tree = &mut self.begun[begun];
        if tree.done {
            return None;
        }
        match node {
            None => {
                tree.done = true;
                return Some((tree.index, tree.best));
            }
            Some(RTreeNode::Parent(parent)) => self.look_into(begun, parent.children()),
            Some(RTreeNode::Leaf(run)) => {
                let before = tree.best.chord2;
                tree.edges.offer(run, self.from, &mut tree.best);
                let chord2 = tree.best.chord2;
                if chord2 < before {
                    self.ahead.push(Ahead { chord2, begun, node: None });
                }
            }
        }
        None
    }

    fn look_into(&mut self, begun: usize, children: &'a [RTreeNode<Run>]) {
        for child in children {
            let chord2 = box_distance2(&child.envelope(), self.from);
            if chord2 < self.begun[begun].best.chord2 {
                self.ahead.push(Ahead { chord2, begun, node: Some(child) });
            }
        }
    }
}

// Nearest first out of a heap that gives the greatest first.
impl Ord for Ahead<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.chord2.total_cmp(&self.chord2).then(other.begun.cmp(&self.begun))
    }
}

impl PartialOrd for Ahead<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ahead<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ahead<'_> {}

/// The descent into two trees at once.
struct Both<'a> {
    ours: &'a Edges,
    theirs: &'a Edges,
    coast: bool,
    best: &'a mut Pair,
}

impl Both<'_> {
    fn descend(&mut self, ours: &RTreeNode<Run>, theirs: &RTreeNode<Run>) {
        if self.best.found() && self.best.chord2 < TOUCH * TOUCH {
            return;
        }
        if boxes_apart2(&ours.envelope(), &theirs.envelope()) > self.best.chord2 {
            return;
        }
        match (ours, theirs) {
            (RTreeNode::Leaf(a), RTreeNode::Leaf(b)) => self.leaves(a, b),
            (RTreeNode::Parent(parent), RTreeNode::Leaf(_)) => {
                self.in_order(parent.children(), &theirs.envelope(), |both, child| {
                    both.descend(child, theirs);
                });
            }
            (RTreeNode::Leaf(_), RTreeNode::Parent(parent)) => {
                self.in_order(parent.children(), &ours.envelope(), |both, child| both.descend(ours, child));
            }
            (RTreeNode::Parent(a), RTreeNode::Parent(b)) => {
                if extent(&ours.envelope()) > extent(&theirs.envelope()) {
                    self.in_order(a.children(), &theirs.envelope(), |both, child| {
                        both.descend(child, theirs);
                    });
                } else {
                    self.in_order(b.children(), &ours.envelope(), |both, child| both.descend(ours, child));
                }
            }
        }
    }

    fn in_order(
        &mut self,
        children: &[RTreeNode<Run>],
        other: &AABB<Point3>,
        visit: impl Fn(&mut Self, &RTreeNode<Run>),
    ) {
        let mut order: Vec<(f64, &RTreeNode<Run>)> =
            children.iter().map(|child| (boxes_apart2(&child.envelope(), other), child)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (distance, child) in order {
            if distance <= self.best.chord2 {
                visit(self, child);
            }
        }
    }

    fn leaves(&mut self, a: &Run, b: &Run) {
        if self.coast && !b.coast {
            return;
        }
        for ours in self.ours.points[a.first..=a.last].windows(2) {
            for theirs in self.theirs.points[b.first..=b.last].windows(2) {
                let (from, to) = nearest_between(ours[0], ours[1], theirs[0], theirs[1]);
                self.best.offer(from, to);
            }
        }
    }
}

fn extent(of: &AABB<Point3>) -> f64 {
    chord2(of.lower(), of.upper())
}

fn box_distance2(of: &AABB<Point3>, from: Point3) -> f64 {
    let (low, high) = (of.lower(), of.upper());
    let mut sum = 0.0;
    for axis in 0..3 {
        let gap = (low[axis] - from[axis]).max(from[axis] - high[axis]).max(0.0);
        sum += gap * gap;
    }
    sum
}

fn boxes_apart2(a: &AABB<Point3>, b: &AABB<Point3>) -> f64 {
    let (a_low, a_high, b_low, b_high) = (a.lower(), a.upper(), b.lower(), b.upper());
    let mut sum = 0.0;
    for axis in 0..3 {
        let gap = (b_low[axis] - a_high[axis]).max(a_low[axis] - b_high[axis]).max(0.0);
        sum += gap * gap;
    }
    sum
}

/// The point of the segment `a`–`b` nearest to `from`.
fn nearest_on(a: Point3, b: Point3, from: Point3) -> Point3 {
    let along = minus(b, a);
    let length2 = dot(along, along);
    if length2 <= 0.0 {
        return a;
    }
    between(a, b, (dot(minus(from, a), along) / length2).clamp(0.0, 1.0))
}

/// The nearest points of two segments, the first on the first. Either the
/// lines come nearest inside both, or an end of one is nearest.
fn nearest_between(a: Point3, b: Point3, c: Point3, d: Point3) -> (Point3, Point3) {
    let (ab, cd, ca) = (minus(b, a), minus(d, c), minus(a, c));
    let (ab2, cd2, along) = (dot(ab, ab), dot(cd, cd), dot(ab, cd));
    let area = ab2 * cd2 - along * along;
    if area > 1e-9 * ab2 * cd2 {
        let on_ab = (along * dot(cd, ca) - cd2 * dot(ab, ca)) / area;
        let on_cd = (ab2 * dot(cd, ca) - along * dot(ab, ca)) / area;
        if (0.0..=1.0).contains(&on_ab) && (0.0..=1.0).contains(&on_cd) {
            return (between(a, b, on_ab), between(c, d, on_cd));
        }
    }
    let ends = [
        (a, nearest_on(c, d, a)),
        (b, nearest_on(c, d, b)),
        (nearest_on(a, b, c), c),
        (nearest_on(a, b, d), d),
    ];
    ends.into_iter().min_by(|x, y| chord2(x.0, x.1).total_cmp(&chord2(y.0, y.1))).unwrap_or((a, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_meet_where_they_cross_and_at_ends_elsewhere() {
        let (from, to) = nearest_between([0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [1.0, -1.0, 1.0], [1.0, 1.0, 1.0]);
        assert!((chord2(from, to) - 1.0).abs() < 1e-12);
        let (from, to) = nearest_between([0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [3.0, 0.0, 0.0], [4.0, 0.0, 0.0]);
        assert!((chord2(from, to) - 4.0).abs() < 1e-12);
    }
}
