//! Nearest points of straight segments in space.

use super::earth::{Point3, between, chord2, dot, minus};

/// The point of the segment `a`–`b` nearest to `from`.
#[inline]
pub(super) fn nearest_on(a: Point3, b: Point3, from: Point3) -> Point3 {
    let along = minus(b, a);
    let length2 = dot(along, along);
    if length2 <= 0.0 {
        return a;
    }
    between(a, b, (dot(minus(from, a), along) / length2).clamp(0.0, 1.0))
}

/// The nearest points of two segments, the first on the first. Either the
/// lines come nearest inside both, or an end of one is nearest.
pub(super) fn nearest_between(a: Point3, b: Point3, c: Point3, d: Point3) -> (Point3, Point3) {
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
