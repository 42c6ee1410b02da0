//! Lines and discs on the ellipsoid, to be drawn: where a bearing and a
//! distance lead (Karney's direct geodesic), the line there, and the disc
//! around a point. Longitudes stay within ±180°; what steps over is cut there
//! (RFC 7946 §3.1.9), and outer rings run counter-clockwise (§3.1.6).

use super::earth::LonLat;
use crate::domain::place::{Geometry, Metres, Position};
use geo::{BooleanOps, Coord, LineString, MultiPolygon, Orient, Polygon, Rect, coord, orient::Direction};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};
use std::sync::LazyLock;

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// Steps from north by east to south; a disc has twice as many vertices.
const HALF: u16 = 90;

/// Beyond this radius, metres, a disc is drawn as the whole earth: what is left
/// out around the antipode is no disc any more.
const WHOLE: f64 = 19_900_000.0;

/// Metres between two positions of a line that is drawn.
const STEP: f64 = 50_000.0;

/// Where one arrives from `from`, setting out at `bearing_deg` degrees from
/// north and going `distance` metres straight on.
pub fn arrive(from: Position, bearing_deg: f64, distance: Metres) -> Position {
    let [lon, lat] = go(from, bearing_deg, distance.get());
    Position { lat, lon }
}

/// The way there, with a position at least every fifty kilometres: a line, or
/// several where it steps over ±180°.
pub fn path(from: Position, bearing_deg: f64, distance: Metres) -> Geometry {
    let steps = (distance.get() / STEP).ceil().clamp(1.0, 500.0);
    let mut way: Vec<LonLat> = vec![[from.lon, from.lat]];
    let mut step = 1.0;
    while step <= steps {
        let [lon, lat] = go(from, bearing_deg, distance.get() * step / steps);
        let before = way.last().map_or(from.lon, |at| at[0]);
        way.push([lon + 360.0 * ((before - lon) / 360.0).round(), lat]);
        step += 1.0;
    }
    let mut pieces = cut(&way);
    if pieces.len() > 1 { Geometry::MultiLineString(pieces) } else { Geometry::LineString(pieces.remove(0)) }
}

/// Everything within `radius` of `at`: an area of 180 vertices, more where it
/// reaches over a pole, several areas where it steps over ±180°.
pub fn disc(at: Position, radius: Metres) -> Geometry {
    let radius = radius.get();
    let world = Rect::new(coord! { x: -180.0, y: -90.0 }, coord! { x: 180.0, y: 90.0 }).to_polygon();
    if radius >= WHOLE {
        return drawn(&MultiPolygon::new(vec![world]));
    }
    let [north, south] = [90.0, -90.0].map(|pole| between(at, Position { lat: pole, lon: at.lon }) < radius);
    let east = eastern_edge(at, radius, north, south);
    // The western half mirrors the eastern one.
    let side = |sign: f64| east.iter().map(move |[turn, lat]| coord! { x: at.lon + sign * turn, y: *lat });
    let mut ring: Vec<Coord> = Vec::new();
    match (north, south) {
        (false, false) => {
            ring.extend(side(1.0));
            ring.extend(side(-1.0).rev().skip(1));
        }
        (true, false) => {
            ring.extend(side(1.0));
            ring.extend(side(-1.0).rev().skip(1));
            ring.extend([-180.0, 180.0].map(|turn| coord! { x: at.lon + turn, y: 90.0 }));
        }
        (false, true) => {
            ring.extend(side(-1.0).rev());
            ring.extend(side(1.0).skip(1));
            ring.extend([180.0, -180.0].map(|turn| coord! { x: at.lon + turn, y: -90.0 }));
        }
        (true, true) => {
            // What is left out lies around the antipode.
            ring.extend(side(1.0));
            ring.extend(side(-1.0).rev().skip(1).map(|c| coord! { x: c.x + 360.0, y: c.y }));
            let whole = MultiPolygon::new(vec![world]);
            let holes = MultiPolygon::new(turned(&ring).collect());
            return drawn(&whole.difference(&holes));
        }
    }
    let inside = ring.iter().all(|c| c.x.abs() <= 180.0);
    if inside {
        return drawn(&MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]));
    }
    // Around a pole the turns join into one.
    let turns = turned(&ring).map(|turn| MultiPolygon::new(vec![turn]));
    let joined = turns.reduce(|all, turn| all.union(&turn)).unwrap_or_else(|| MultiPolygon::new(Vec::new()));
    drawn(&joined.intersection(&world))
}

/// The edge of a disc from north by east to south: degrees of longitude from
/// the middle, 0 to 180, and latitude.
fn eastern_edge(at: Position, radius: f64, north: bool, south: bool) -> Vec<LonLat> {
    let edge = |step: u16| {
        let [lon, lat] = go(at, 180.0 * f64::from(step) / f64::from(HALF), radius);
        let turn = match step {
            // Straight over a pole one comes out on the other side of the earth.
            0 => {
                if north {
                    180.0
                } else {
                    0.0
                }
            }
            HALF => {
                if south {
                    180.0
                } else {
                    0.0
                }
            }
            _ => {
                let turn = (lon - at.lon).rem_euclid(360.0);
                if turn > 270.0 { 0.0 } else { turn.min(180.0) }
            }
        };
        [turn, lat]
    };
    (0..=HALF).map(edge).collect()
}

/// A ring on each turn of the earth on which it may meet −180…180.
fn turned(ring: &[Coord]) -> impl Iterator<Item = Polygon> {
    [-360.0, 0.0, 360.0].into_iter().map(|by| {
        let moved = ring.iter().map(|c| coord! { x: c.x + by, y: c.y });
        Polygon::new(moved.collect(), Vec::new())
    })
}

/// Polygons as a geometry, wound as GeoJSON wants it.
fn drawn(polygons: &MultiPolygon) -> Geometry {
    let ring = |line: &LineString| -> Vec<Position> {
        line.coords().map(|c| Position { lat: snapped(c.y, 90.0), lon: snapped(c.x, 180.0) }).collect()
    };
    let polygons = polygons.orient(Direction::Default).0.into_iter();
    let mut areas: Vec<Vec<Vec<Position>>> = polygons
        .map(|area| std::iter::once(area.exterior()).chain(area.interiors()).map(ring).collect())
        .collect();
    if areas.len() == 1 { Geometry::Polygon(areas.remove(0)) } else { Geometry::MultiPolygon(areas) }
}

/// Cutting is done on a fine grid: what ends beside the edge belongs on it.
fn snapped(value: f64, edge: f64) -> f64 {
    if (value.abs() - edge).abs() < 1e-6 { edge.copysign(value) } else { value }
}

/// Cuts an unwrapped line wherever it steps over ±180°.
fn cut(way: &[LonLat]) -> Vec<Vec<Position>> {
    let turn = |lon: f64| ((lon + 180.0) / 360.0).floor();
    let position = |[lon, lat]: LonLat, turns: f64| Position { lat, lon: lon - 360.0 * turns };
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    let mut before: Option<(LonLat, f64)> = None;
    for at in way {
        // A position on the seam belongs to the side it comes from.
        let mut turns = turn(at[0]);
        if let Some((last, on)) = before {
            let seam = 360.0 * turns.max(on) - 180.0;
            if (at[0] - seam).abs() < 1e-12 {
                turns = on;
            } else if (turns - on).abs() > 0.5 {
                let share = (seam - last[0]) / (at[0] - last[0]);
                let over = [seam, last[1] + share * (at[1] - last[1])];
                piece.push(position(over, on));
                pieces.push(std::mem::take(&mut piece));
                piece.push(position(over, turns));
            }
        }
        piece.push(position(*at, turns));
        before = Some((*at, turns));
    }
    pieces.push(piece);
    let moves = |piece: &Vec<Position>| piece.windows(2).any(|pair| pair[0] != pair[1]);
    if pieces.len() > 1 {
        pieces.retain(moves);
    }
    pieces
}

fn go(from: Position, bearing: f64, distance: f64) -> LonLat {
    let (lat, lon): (f64, f64) = WGS84.direct(from.lat, from.lon, bearing, distance);
    [if lon > 180.0 { lon - 360.0 } else { lon }, lat]
}

/// Length of the geodesic, metres.
fn between(from: Position, to: Position) -> f64 {
    WGS84.inverse(from.lat, from.lon, to.lat, to.lon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position { lat, lon }
    }

    fn km(km: f64) -> Metres {
        Metres::new(km * 1000.0).expect("a length")
    }

    fn areas(geometry: Geometry) -> Vec<Vec<Vec<Position>>> {
        match geometry {
            Geometry::Polygon(rings) => vec![rings],
            Geometry::MultiPolygon(areas) => areas,
            other => unreachable!("not an area: {other:?}"),
        }
    }

    fn signed_area(ring: &[Position]) -> f64 {
        ring.windows(2).map(|p| p[0].lon * p[1].lat - p[1].lon * p[0].lat).sum::<f64>() / 2.0
    }

    /// Whether the areas hold a position, by counting crossings.
    fn hold(areas: &[Vec<Vec<Position>>], p: Position) -> bool {
        let crossings = areas.iter().flatten().flat_map(|ring| ring.windows(2)).filter(|edge| {
            let (a, b) = (edge[0], edge[1]);
            (a.lat > p.lat) != (b.lat > p.lat)
                && p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
        });
        crossings.count() % 2 == 1
    }

    #[test]
    fn a_disc_holds_exactly_what_is_within_its_radius() {
        let middles = [
            at(47.57, 7.58),
            at(0.0, -180.0),
            at(0.0, 180.0),
            at(-17.0, 179.5),
            at(90.0, 0.0),
            at(-90.0, 33.0),
            at(89.5, -120.0),
            at(-80.0, 175.0),
            at(60.0, -179.0),
            at(10.0, 100.0),
        ];
        for middle in middles {
            for radius in [0.5, 26.0, 500.0, 4_000.0, 9_000.0, 12_000.0, 19_000.0] {
                let disc = areas(disc(middle, km(radius)));
                for area in &disc {
                    assert!(signed_area(&area[0]) > 0.0, "{middle} {radius}: counter-clockwise");
                    for ring in area {
                        assert_eq!(ring.first(), ring.last(), "{middle} {radius}: closed");
                        assert!(ring.iter().all(|p| p.lon.abs() <= 180.0 && p.lat.abs() <= 90.0));
                    }
                }
                // A chord between two vertices lies at most two parts in ten
                // thousand inside the circle; in degrees near a pole more.
                for step in 0..24 {
                    for share in [0.3, 0.9, 1.1, 1.4] {
                        let distance = radius * share;
                        if distance > 19_500.0 {
                            continue;
                        }
                        let probe = arrive(middle, 15.0 * f64::from(step) + 1.0, km(distance));
                        if probe.lat.abs() > 89.0 {
                            continue;
                        }
                        let real = between(middle, probe);
                        assert_eq!(
                            hold(&disc, probe),
                            real < radius * 1000.0,
                            "{middle} {radius} km: {probe}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_plain_disc_has_180_vertices() {
        let disc = areas(disc(at(47.57, 7.58), km(26.0)));
        assert_eq!((disc.len(), disc[0].len(), disc[0][0].len()), (1, 1, 181));
    }

    #[test]
    fn a_disc_over_the_date_line_is_cut_there() {
        let disc = areas(disc(at(0.0, 180.0), km(100.0)));
        assert_eq!(disc.len(), 2);
        assert!(disc.iter().flatten().flatten().all(|p| p.lon.abs() > 179.0));
    }

    #[test]
    fn a_disc_over_a_pole_is_one_area_around_it() {
        for middle in [at(-89.9, 10.0), at(88.0, -133.3), at(90.0, 0.0)] {
            let disc = areas(disc(middle, km(2_347.0)));
            assert_eq!(disc.len(), 1, "{middle}");
            let west = disc[0][0].iter().map(|p| p.lon).fold(f64::INFINITY, f64::min);
            let east = disc[0][0].iter().map(|p| p.lon).fold(f64::NEG_INFINITY, f64::max);
            assert!((east - west - 360.0).abs() < 1e-9, "{middle}: {west} to {east}");
        }
    }

    #[test]
    fn everything_is_within_half_the_way_round() {
        let world = areas(disc(at(12.0, 34.0), km(20_003.0)));
        assert!((signed_area(&world[0][0]) - 64_800.0).abs() < 1e-6);
    }

    #[test]
    fn a_line_over_the_date_line_is_cut_there() {
        match path(at(0.0, 179.0), 90.0, km(400.0)) {
            Geometry::MultiLineString(pieces) => {
                assert_eq!(pieces.len(), 2);
                assert_eq!(pieces[0].last().map(|p| p.lon.to_bits()), Some(180.0_f64.to_bits()));
                assert_eq!(pieces[1].first().map(|p| p.lon.to_bits()), Some((-180.0_f64).to_bits()));
            }
            other => unreachable!("{other:?}"),
        }
        assert!(matches!(path(at(0.0, -180.0), 270.0, km(400.0)), Geometry::LineString(_)));
        assert!(matches!(path(at(0.0, 180.0), 270.0, km(400.0)), Geometry::LineString(_)));
        let there = arrive(at(47.57, 7.58), 45.0, km(10.0));
        let back = between(at(47.57, 7.58), there);
        assert!((back - 10_000.0).abs() < 1e-6);
    }
}
