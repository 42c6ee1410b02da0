//! Coordinates of GeoJSON: numbers in arrays in arrays, as deep as the type
//! says, which may stand after them.

use super::{
    feature::{Feature, Rings},
    geojson::Reading,
};
use crate::geo::earth::LonLat;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Arrays as they were found. What is not a number is NaN.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Nest {
    /// An empty array, or null.
    Nothing,
    Number(f64),
    Position(LonLat),
    Ring(Vec<LonLat>),
    Many(Vec<Nest>),
    /// Arrays of different depth side by side.
    Mixed,
}

/// Whether this is a type of geometry.
pub(super) fn is_geometry(kind: &str) -> bool {
    other(kind).is_some() || matches!(kind, "Polygon" | "MultiPolygon" | "GeometryCollection")
}

fn other(kind: &str) -> Option<&'static str> {
    match kind {
        "Point" | "MultiPoint" => Some("point"),
        "LineString" | "MultiLineString" => Some("line"),
        _ => None,
    }
}

/// Puts a geometry into its feature.
pub(super) fn sort(kind: &str, coordinates: Nest, feature: &mut Feature) {
    let polygons = match (kind, coordinates) {
        ("GeometryCollection", _) => return,
        ("Polygon" | "MultiPolygon", Nest::Nothing) => Some(Vec::new()),
        ("Polygon", polygon) => rings(polygon).map(|rings| vec![rings]),
        ("MultiPolygon", Nest::Many(polygons)) => polygons.into_iter().map(rings).collect(),
        ("MultiPolygon", _) => None,
        (kind, _) if other(kind).is_some() => {
            feature.other = other(kind);
            return;
        }
        (kind, _) => {
            feature.unreadable = Some(format!("“{kind}” is not a type of geometry"));
            return;
        }
    };
    match polygons {
        Some(polygons) => feature.polygons.extend(polygons),
        None => {
            feature.unreadable = Some(format!("its coordinates are not nested as those of a {kind} are"));
        }
    }
}

fn rings(polygon: Nest) -> Option<Rings> {
    let ring = |nest| match nest {
        Nest::Ring(ring) => Some(ring),
        Nest::Nothing => Some(Vec::new()),
        _ => None,
    };
    match polygon {
        Nest::Nothing => Some(Vec::new()),
        Nest::Many(all) => all.into_iter().map(ring).collect(),
        _ => None,
    }
}

/// Reads coordinates.
pub(super) struct Read<'a, 'r>(pub &'a mut Reading<'r>);

impl<'de> DeserializeSeed<'de> for Read<'_, '_> {
    type Value = Nest;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Nest, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read<'_, '_> {
    type Value = Nest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nest, A::Error> {
        let mut whole = match seq.next_element_seed(Read(self.0))? {
            None => return Ok(Nest::Nothing),
            Some(Nest::Number(lon)) => {
                self.0.vertex()?;
                return position(lon, seq);
            }
            Some(Nest::Position(first)) => Nest::Ring(vec![first]),
            Some(deeper) => Nest::Many(vec![deeper]),
        };
        while let Some(next) = seq.next_element_seed(Read(self.0))? {
            match (&mut whole, next) {
                (Nest::Ring(ring), Nest::Position(at)) => ring.push(at),
                (Nest::Ring(ring), Nest::Nothing | Nest::Number(_)) => ring.push([f64::NAN; 2]),
                (Nest::Many(many), next @ (Nest::Ring(_) | Nest::Many(_) | Nest::Nothing | Nest::Mixed)) => {
                    many.push(next);
                }
                _ => whole = Nest::Mixed,
            }
        }
        Ok(whole)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Nest, E> {
        Ok(Nest::Number(number))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Nest, E> {
        Ok(Nest::Number(number as f64))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Nest, E> {
        Ok(Nest::Number(number as f64))
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Nest, E> {
        Ok(Nest::Number(f64::NAN))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Nest, E> {
        Ok(Nest::Number(f64::NAN))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Nest, E> {
        Ok(Nest::Number(f64::NAN))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Nest, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Nest::Mixed)
    }
}

/// A position of which the first number is read; further ones than the second
/// are altitudes.
fn position<'de, A: SeqAccess<'de>>(lon: f64, mut seq: A) -> Result<Nest, A::Error> {
    let lat = seq.next_element_seed(Number)?.unwrap_or(f64::NAN);
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(Nest::Position([lon, lat]))
}

/// A number; whatever else is NaN.
struct Number;

impl<'de> DeserializeSeed<'de> for Number {
    type Value = f64;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<f64, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Number {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<f64, E> {
        Ok(number as f64)
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<f64, E> {
        Ok(f64::NAN)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<f64, E> {
        Ok(f64::NAN)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<f64, E> {
        Ok(f64::NAN)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<f64, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(f64::NAN)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<f64, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(f64::NAN)
    }
}
