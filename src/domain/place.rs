//! Places on the earth: positions, geometries, distances.

use super::wire::written_as;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// A point on the earth in degrees, WGS 84. On the wire it is a GeoJSON
/// position, longitude first (RFC 7946 §3.1.1); in code the fields are named,
/// so nobody has to remember that.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<f64>", into = "[f64; 2]")]
pub struct Position {
    /// Degrees north, −90 to 90.
    pub lat: f64,
    /// Degrees east, −180 to 180; input up to ±540 is brought into range.
    pub lon: f64,
}

written_as!(Position as Vec<f64>, "GeoJSON position: longitude, latitude");

/// Why two numbers are not a position.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum PositionError {
    /// A GeoJSON position needs two numbers.
    #[error("a position needs two numbers, [longitude, latitude], and this one has {0}")]
    Length(usize),
    /// Not a number, or infinite.
    #[error("a position needs finite numbers")]
    NotFinite,
    /// Latitude outside −90…90, and exchanging the numbers would not help.
    #[error("latitude {lat} is outside −90…90")]
    Latitude {
        /// The latitude given.
        lat: f64,
    },
    /// Latitude outside −90…90, but exchanged the numbers would be a place.
    #[error(
        "latitude {lat} is outside −90…90; exchanged it would be latitude {lon}, longitude {lat}: \
         GeoJSON puts the longitude first"
    )]
    Swapped {
        /// The latitude given.
        lat: f64,
        /// The longitude given.
        lon: f64,
    },
    /// Longitude outside −540…540.
    #[error("longitude {lon} is outside −180…180")]
    Longitude {
        /// The longitude given.
        lon: f64,
    },
}

impl Position {
    /// A position of `lat` and `lon` degrees. Longitudes up to a full turn
    /// too far are brought back; anything else out of range is refused, with a
    /// hint when the two numbers look exchanged.
    pub fn new(lat: f64, lon: f64) -> Result<Self, PositionError> {
        if !lat.is_finite() || !lon.is_finite() {
            return Err(PositionError::NotFinite);
        }
        if lat.abs() > 90.0 {
            return Err(if lat.abs() <= 180.0 && lon.abs() <= 90.0 {
                PositionError::Swapped { lat, lon }
            } else {
                PositionError::Latitude { lat }
            });
        }
        if lon.abs() > 540.0 {
            return Err(PositionError::Longitude { lon });
        }
        let lon = if lon > 180.0 {
            lon - 360.0
        } else if lon < -180.0 {
            lon + 360.0
        } else {
            lon
        };
        Ok(Self { lat, lon })
    }
}

impl TryFrom<Vec<f64>> for Position {
    type Error = PositionError;

    /// Reads a GeoJSON position; a third number (altitude) is ignored.
    fn try_from(numbers: Vec<f64>) -> Result<Self, Self::Error> {
        match numbers[..] {
            [lon, lat] | [lon, lat, _] => Self::new(lat, lon),
            _ => Err(PositionError::Length(numbers.len())),
        }
    }
}

impl From<Position> for [f64; 2] {
    fn from(position: Position) -> Self {
        [position.lon, position.lat]
    }
}

impl fmt::Display for Position {
    /// `47.5700° N 7.5800° E`: four decimals, about eleven metres.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let north = if self.lat < 0.0 { 'S' } else { 'N' };
        let east = if self.lon < 0.0 { 'W' } else { 'E' };
        write!(f, "{:.4}° {north} {:.4}° {east}", self.lat.abs(), self.lon.abs())
    }
}

/// Where something is: a point, a line or an area, as GeoJSON geometry
/// (RFC 7946 §3.1). Rings may be open or closed, in either direction; edges
/// are straight in longitude and latitude, and an edge of more than 180° of
/// longitude is taken the short way round.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    /// One point.
    Point(Position),
    /// Several points.
    MultiPoint(Vec<Position>),
    /// A route.
    LineString(Vec<Position>),
    /// Several routes.
    MultiLineString(Vec<Vec<Position>>),
    /// An area: outer ring, then holes.
    Polygon(Vec<Vec<Position>>),
    /// Several areas.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

impl Geometry {
    /// Every position of the geometry, in the order written.
    pub fn positions(&self) -> Box<dyn Iterator<Item = Position> + '_> {
        match self {
            Self::Point(p) => Box::new(std::iter::once(*p)),
            Self::MultiPoint(ps) | Self::LineString(ps) => Box::new(ps.iter().copied()),
            Self::MultiLineString(rings) | Self::Polygon(rings) => Box::new(rings.iter().flatten().copied()),
            Self::MultiPolygon(polygons) => Box::new(polygons.iter().flatten().flatten().copied()),
        }
    }
}

/// A length in metres, never negative, never NaN.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Metres(f64);

written_as!(Metres as f64, "A length in metres, zero or more");

/// The number is negative or not finite.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("a length in metres is zero or more, and this is {0}")]
pub struct NotALength(pub f64);

impl Metres {
    /// No distance at all.
    pub const ZERO: Self = Self(0.0);

    /// Whole kilometres.
    pub const fn kilometres(number: u16) -> Self {
        Self(number as f64 * 1000.0)
    }

    /// `value` metres; `None` when negative or not finite.
    pub fn new(value: f64) -> Option<Self> {
        (value.is_finite() && value >= 0.0).then_some(Self(value))
    }

    /// The number of metres.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Metres {
    type Error = NotALength;
    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value).ok_or(NotALength(value))
    }
}

impl From<Metres> for f64 {
    fn from(metres: Metres) -> Self {
        metres.0
    }
}

impl fmt::Display for Metres {
    /// Metres below ten kilometres, kilometres above.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 10_000.0 { write!(f, "{:.0} m", self.0) } else { write!(f, "{:.0} km", self.0 / 1000.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanged_numbers_are_pointed_out() {
        let error = Position::new(139.7, 35.7).expect_err("latitude 139.7");
        assert!(matches!(error, PositionError::Swapped { .. }));
        assert!(Position::new(95.0, 100.0).expect_err("latitude 95").to_string().contains("95"));
    }

    #[test]
    fn a_longitude_past_the_date_line_comes_back() {
        assert_eq!(Position::new(0.0, 190.0), Position::new(0.0, -170.0));
        assert_eq!(Position::new(0.0, -181.0), Position::new(0.0, 179.0));
    }

    #[test]
    fn geojson_goes_in_and_out_unchanged() {
        let text = r#"{"type":"Polygon","coordinates":[[[7.0,47.0],[8.0,47.0],[8.0,48.0],[7.0,47.0]]]}"#;
        let geometry: Geometry = serde_json::from_str(text).expect("valid");
        assert_eq!(serde_json::to_string(&geometry).expect("writes"), text);
        assert_eq!(geometry.positions().count(), 4);
    }
}
