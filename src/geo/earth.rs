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
/// Mean radius, metres.
const MEAN_RADIUS: f64 = 6_371_008.8;
/// Flattening of WGS 84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Square of the first eccentricity.
const E2: f64 = FLATTENING * (2.0 - FLATTENING);

/// Edges longer than this are cut, in longitude and latitude, before they
/// become chords: a chord of 2 km lies 8 cm under the surface.
const CUT: f64 = 2_000.0;

/// No chord of a cut edge is longer: its pieces are equal in degrees, and so
/// may be longer than the mean of them, but never twice as long.
pub(super) const LONGEST_EDGE: f64 = 2.1 * CUT;

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
    [y.atan2(x).to_degrees(), z.atan2((x * x + y * y).sqrt() * (1.0 - E2)).to_degrees()]
}

/// Length of the geodesic between two points near the surface, in metres, and
/// its bearing at `from`, degrees clockwise from north, 0 to 360.
///
/// Up to two thousand kilometres the length follows from the chord and the
/// curvature half way along it, which is 1 mm off at 500 km, 3 cm at 1,000 km
/// and 90 cm at 2,000 km, the bearing 0.004°; beyond, from Karney's solution of
/// the inverse problem.
pub(super) fn geodesic(from: Point3, to: Point3) -> (f64, f64) {
    let chord2 = chord2(from, to);
    if chord2 > FAR * FAR {
        let (from, to) = (lon_lat(from), lon_lat(to));
        let (length, bearing, _, _): (f64, f64, f64, f64) = WGS84.inverse(from[1], from[0], to[1], to[0]);
        return (length, bearing.rem_euclid(360.0));
    }
    let (from, to) = (surfaced(from), surfaced(to));
    let along = minus(to, from);
    let up = normal(between(from, to, 0.5));
    let (level2, rise) = (1.0 - up[2] * up[2], dot(along, up));
    let flat2 = dot(along, along) - rise * rise;
    let north = along[2] - up[2] * rise;
    let share = if level2 * flat2 > 0.0 { (north * north / (level2 * flat2)).min(1.0) } else { 1.0 };
    let bend = 1.0 - E2 * up[2] * up[2];
    let across = RADIUS / bend.sqrt();
    let curvature = share * bend / (across * (1.0 - E2)) + (1.0 - share) / across;
    let length = 2.0 * (0.5 * curvature * dot(along, along).sqrt()).asin() / curvature;
    (length, bearing(from, along))
}

/// Length and bearing as on a sphere: half a hundredth off at the most, and
/// many times faster than [`geodesic`] far away. For drawing and looking
/// around, not for measuring.
pub(super) fn roughly(from: Point3, to: Point3) -> (f64, f64) {
    let (a, b) = (dot(from, from).sqrt(), dot(to, to).sqrt());
    let along = [0, 1, 2].map(|axis| to[axis] / b - from[axis] / a);
    let length = 2.0 * MEAN_RADIUS * (0.5 * dot(along, along).sqrt()).min(1.0).asin();
    (length, bearing(from, along))
}

/// The chord of a length along the earth's mean sphere.
pub(super) fn chord(length: f64) -> f64 {
    2.0 * MEAN_RADIUS * (0.5 * length / MEAN_RADIUS).min(std::f64::consts::FRAC_PI_2).sin()
}

/// Chords longer than this are left to Karney's solution, metres.
const FAR: f64 = 2_000_000.0;

/// Bearing of a direction as seen at `from`, degrees from north, 0 to 360. At
/// the poles north is where longitude 0 (south pole) or 180° (north pole) is.
fn bearing(from: Point3, along: Point3) -> f64 {
    let up = normal(from);
    let level = (up[0] * up[0] + up[1] * up[1]).sqrt();
    let [cos_lon, sin_lon] = if level > 1e-12 { [up[0] / level, up[1] / level] } else { [1.0, 0.0] };
    let east = along[1] * cos_lon - along[0] * sin_lon;
    let north = along[2] * level - up[2] * (along[0] * cos_lon + along[1] * sin_lon);
    east.atan2(north).to_degrees().rem_euclid(360.0)
}

/// The point reached from `from`, so many metres along a bearing; good to half
/// a hundredth of the way, for looking around, not for measuring.
pub(super) fn destination(from: Point3, bearing: f64, length: f64) -> Point3 {
    // Seen from the middle of the earth, as `surfaced` does.
    let radius = dot(from, from).sqrt();
    let up = from.map(|axis| axis / radius);
    let level = (up[0] * up[0] + up[1] * up[1]).sqrt();
    let [cos_lon, sin_lon] = if level > 1e-12 { [up[0] / level, up[1] / level] } else { [1.0, 0.0] };
    let (east, north) = ([-sin_lon, cos_lon, 0.0], [-up[2] * cos_lon, -up[2] * sin_lon, level]);
    let (sin, cos) = bearing.to_radians().sin_cos();
    let (far, near) = (length / MEAN_RADIUS).sin_cos();
    surfaced([0, 1, 2].map(|axis| near * up[axis] + far * (sin * east[axis] + cos * north[axis])))
}

/// The direction straight up.
fn normal([x, y, z]: Point3) -> Point3 {
    let z = z / (1.0 - E2);
    let length = dot([x, y, z], [x, y, z]).sqrt();
    [x / length, y / length, z / length]
}

/// A point near the surface brought onto it.
fn surfaced(point: Point3) -> Point3 {
    let [x, y, z] = point;
    let scale = RADIUS / (x * x + y * y + z * z / (1.0 - E2)).sqrt();
    [x * scale, y * scale, z * scale]
}

/// Square of the chord between two points.
#[inline]
pub(super) fn chord2(a: Point3, b: Point3) -> f64 {
    let d = minus(a, b);
    dot(d, d)
}

#[inline]
pub(super) fn minus(a: Point3, b: Point3) -> Point3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

#[inline]
pub(super) fn dot(a: Point3, b: Point3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The point a share `t` of the way from `a` to `b`.
#[inline]
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
        let pieces = (length / CUT).ceil().max(1.0);
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
/// taken the short way round, one of exactly half a turn as written, so
/// longitudes may leave −180…180. Returns the turns made around the earth: 0 for a ring that lies on one side of both
/// poles, ±1 for one around a pole.
pub(super) fn unwrap(chain: &mut [LonLat]) -> f64 {
    let Some(first) = chain.first().copied() else { return 0.0 };
    let mut last = first[0];
    for point in chain.iter_mut().skip(1) {
        point[0] += 360.0 * ((last - point[0]) / 360.0).round_ties_even();
        last = point[0];
    }
    let back = first[0] + 360.0 * ((last - first[0]) / 360.0).round_ties_even();
    ((back - first[0]) / 360.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geographiclib_rs::DirectGeodesic;

    #[test]
    fn a_position_survives_the_way_into_space_and_back() {
        for at in [[7.6, 47.6], [-179.9, -16.5], [180.0, 71.0], [0.0, 89.9], [12.0, -89.99]] {
            let back = lon_lat(ecef(at));
            assert!((back[0] - at[0]).abs() < 1e-9 && (back[1] - at[1]).abs() < 1e-9, "{at:?} {back:?}");
        }
    }

    #[test]
    fn a_degree_of_meridian_has_the_published_length() {
        let (length, bearing) = geodesic(ecef([0.0, 0.0]), ecef([0.0, 1.0]));
        assert!((length - 110_574.388_6).abs() < 1e-3 && bearing.abs() < 1e-9);
    }

    #[test]
    fn short_geodesics_are_as_long_as_karney_says() {
        let mut worst = [0.0_f64; 2];
        for n in 0..4_000_u32 {
            let part = |step: f64| (f64::from(n) * step).fract();
            let lat = (2.0 * part(0.618_033_988_749) - 1.0).asin().to_degrees();
            let lon = part(0.754_877_666_246) * 360.0 - 180.0;
            let far = 10_f64.powf(6.3 * part(0.569_840_290_998));
            let to: (f64, f64) = WGS84.direct(lat, lon, 360.0 * part(0.381_966_011_25), far);
            let (length, bearing) = geodesic(ecef([lon, lat]), ecef([to.1, to.0]));
            let (exact, towards, _, _): (f64, f64, f64, f64) = WGS84.inverse(lat, lon, to.0, to.1);
            worst[0] = worst[0].max((length - exact).abs() / (0.001 + 5e-7 * exact * (exact / 2e6).powi(3)));
            if far > 10.0 {
                worst[1] = worst[1].max(((bearing - towards + 540.0).rem_euclid(360.0) - 180.0).abs());
            }
        }
        assert!(worst[0] < 1.0 && worst[1] < 0.004, "{worst:?}");
    }

    #[test]
    fn a_destination_lies_where_it_was_looked_for() {
        for (at, towards, far) in [([7.6, 47.6], 70.0, 20_000.0), ([179.9, -17.0], 100.0, 400_000.0)] {
            let (length, bearing) = geodesic(ecef(at), destination(ecef(at), towards, far));
            assert!(
                (length / far - 1.0).abs() < 0.006 && (bearing - towards).abs() < 0.5,
                "{length} {bearing}"
            );
        }
    }

    #[test]
    fn bearings_at_the_poles_follow_the_meridians() {
        for (lon, wanted) in [(0.0, 180.0), (90.0, 90.0), (180.0, 0.0), (-90.0, 270.0)] {
            let (_, bearing) = geodesic(ecef([0.0, 90.0]), ecef([lon, 89.0]));
            assert!(
                ((bearing - wanted + 540.0_f64).rem_euclid(360.0) - 180.0).abs() < 1e-6,
                "{lon} {bearing}"
            );
        }
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
