//! The shape of the earth: WGS 84 positions as points in space, and exact
//! geodesics between two of them.

use geographiclib_rs::{Geodesic, InverseGeodesic};
use std::sync::LazyLock;

/// A point in space, earth-centred and earth-fixed, in metres.
pub(super) type Point3 = [f64; 3];

/// Longitude and latitude in degrees, in this order.
pub(super) type LonLat = [f64; 2];

/// Equatorial radius of WGS 84, metres.
const RADIUS: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Square of the first eccentricity.
const E2: f64 = FLATTENING * (2.0 - FLATTENING);

/// Edges longer than this are cut, in longitude and latitude, before they
/// become chords: a chord of 2 km lies 8 cm under the surface.
const LONGEST_EDGE: f64 = 2_000.0;

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// The point in space of a position on the ellipsoid.
pub(super) fn ecef([lon, lat]: LonLat) -> Point3 {
    let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
    let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
    let normal = RADIUS / (1.0 - E2 * sin_lat * sin_lat).sqrt();
    [normal * cos_lat * cos_lon, normal * cos_lat * sin_lon, normal * (1.0 - E2) * sin_lat]
}

/// The position above a point in space near the surface.
pub(super) fn lon_lat([x, y, z]: Point3) -> LonLat {
    [y.atan2(x).to_degrees(), z.atan2(x.hypot(y) * (1.0 - E2)).to_degrees()]
}

/// Length of the geodesic in metres and its bearing at `from`, degrees
/// clockwise from north, 0 to 360 (Karney's inverse problem).
pub(super) fn geodesic(from: LonLat, to: LonLat) -> (f64, f64) {
    let (length, bearing, _, _): (f64, f64, f64, f64) = WGS84.inverse(from[1], from[0], to[1], to[0]);
    (length, bearing.rem_euclid(360.0))
}

/// Square of the chord between two points.
pub(super) fn chord2(a: Point3, b: Point3) -> f64 {
    let d = minus(a, b);
    dot(d, d)
}

pub(super) fn minus(a: Point3, b: Point3) -> Point3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(super) fn dot(a: Point3, b: Point3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The point a share `t` of the way from `a` to `b`.
pub(super) fn between(a: Point3, b: Point3, t: f64) -> Point3 {
    [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])]
}

/// Appends the points of a chain, edges straight in longitude and latitude
/// and cut to at most two kilometres.
pub(super) fn densify(chain: &[LonLat], into: &mut Vec<Point3>) {
    let Some(first) = chain.first() else { return };
    let mut last = ecef(*first);
    into.push(last);
    for pair in chain.windows(2) {
        let end = ecef(pair[1]);
        let [dx, dy] = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
        // Along a parallel the chord may be far shorter than the edge.
        let middle = pair[0][1].abs().min(pair[1][1].abs()).to_radians().cos();
        let length = chord2(last, end).sqrt().max(dy.hypot(dx * middle).min(360.0) * 111_000.0 * 0.5);
        let pieces = (length / LONGEST_EDGE).ceil().max(1.0);
        let mut step = 1.0;
        while step < pieces {
            let share = step / pieces;
            into.push(ecef([pair[0][0] + share * dx, pair[0][1] + share * dy]));
            step += 1.0;
        }
        into.push(end);
        last = end;
    }
}

/// Brings a ring or line that steps over ±180° into one piece: every edge is
/// taken the short way round, so longitudes may leave −180…180. Returns the
/// turns made around the earth: 0 for a ring that lies on one side of both
/// poles, ±1 for one around a pole.
pub(super) fn unwrap(chain: &mut [LonLat]) -> f64 {
    let Some(first) = chain.first().copied() else { return 0.0 };
    let mut last = first[0];
    for point in chain.iter_mut().skip(1) {
        point[0] += 360.0 * ((last - point[0]) / 360.0).round();
        last = point[0];
    }
    let back = first[0] + 360.0 * ((last - first[0]) / 360.0).round();
    ((back - first[0]) / 360.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_survives_the_way_into_space_and_back() {
        for at in [[7.6, 47.6], [-179.9, -16.5], [180.0, 71.0], [0.0, 89.9], [12.0, -89.99]] {
            let back = lon_lat(ecef(at));
            assert!((back[0] - at[0]).abs() < 1e-9 && (back[1] - at[1]).abs() < 1e-9, "{at:?} {back:?}");
        }
    }

    #[test]
    fn a_degree_of_meridian_has_the_published_length() {
        let (length, bearing) = geodesic([0.0, 0.0], [0.0, 1.0]);
        assert!((length - 110_574.388_6).abs() < 1e-3 && bearing.abs() < 1e-9);
    }

    #[test]
    fn a_ring_around_a_pole_makes_one_turn() {
        let mut ring = [[-90.0, -80.0], [0.0, -80.0], [90.0, -80.0], [180.0, -80.0], [-90.0, -80.0]];
        assert!((unwrap(&mut ring) - 1.0).abs() < 1e-12);
        let mut fiji = [[179.0, -17.0], [-179.0, -17.0], [-179.0, -16.0], [179.0, -16.0]];
        assert!(unwrap(&mut fiji).abs() < 1e-12);
        assert!((fiji[1][0] - 181.0).abs() < 1e-12);
    }
}
