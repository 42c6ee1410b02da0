//! TopoJSON of others: with or without a grid, whatever its objects are
//! called. Arcs are joined to rings feature by feature.

use super::{
    ImportError,
    feature::{Feature, Properties, Sink},
    geojson::{Pairs, words},
    limits::MOST_VERTICES,
    nest::{self, Number},
    scalar::Scalar,
};
use crate::geo::earth::LonLat;
use serde::{
    Deserialize,
    de::{DeserializeSeed as _, Deserializer, IgnoredAny, SeqAccess, Visitor},
};
use std::{collections::BTreeMap, fmt};

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    transform: Option<Transform>,
    #[serde(default)]
    objects: BTreeMap<String, Object>,
    #[serde(default)]
    arcs: Vec<Vec<Step>>,
}

#[derive(Clone, Copy, Deserialize)]
struct Transform {
    scale: LonLat,
    translate: LonLat,
}

#[derive(Default, Deserialize)]
struct Object {
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    id: Text,
    #[serde(default)]
    properties: Texts,
    #[serde(default)]
    arcs: Option<Arcs>,
    #[serde(default)]
    geometries: Vec<Object>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Arcs {
    Line(Vec<i64>),
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

/// One position, or one step on the grid.
struct Step(LonLat);

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Two;
        impl<'de> Visitor<'de> for Two {
            type Value = Step;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Step, A::Error> {
                let mut next = || seq.next_element_seed(Number);
                let at = [next()?.unwrap_or(f64::NAN), next()?.unwrap_or(f64::NAN)];
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Step(at))
            }
        }
        from.deserialize_seq(Two)
    }
}

#[derive(Default)]
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Scalar.deserialize(from).map(Self)
    }
}

#[derive(Default)]
struct Texts(Properties);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut feature = Feature::default();
        Pairs(&mut feature).deserialize(from)?;
        Ok(Self(feature.properties))
    }
}

/// Reads a topology. Of several objects the one with the most geometries is
/// taken; the names of the others are given back.
pub(super) fn read(text: &[u8], sink: &mut dyn Sink) -> Result<Vec<String>, ImportError> {
    let mut file: File = serde_json::from_slice(text).map_err(|error| words(&error, text, 0))?;
    place(&mut file.arcs, file.transform);
    sink.at(text.len() / 2);
    let most = file.objects.iter().max_by_key(|(_, object)| object.geometries.len());
    let Some(name) = most.map(|(name, _)| name.clone()) else {
        return Err(ImportError::NotALayer { problem: "a topology without objects".to_owned() });
    };
    let object = file.objects.remove(&name).unwrap_or_default();
    let all =
        if object.r#type.as_deref() == Some("GeometryCollection") { object.geometries } else { vec![object] };
    let mut joined = Joined { arcs: &file.arcs, vertices: 0 };
    for geometry in all {
        let mut feature =
            Feature { id: geometry.id.0, properties: geometry.properties.0, ..Feature::default() };
        joined.add(geometry.r#type.as_deref(), geometry.arcs, geometry.geometries, &mut feature)?;
        sink.take(feature)?;
    }
    Ok(file.objects.into_keys().collect())
}

/// Adds the steps of arcs up and puts them on the earth. A step beyond a pole
/// or ±180° is the pole or ±180°: grids need not meet them exactly.
fn place(arcs: &mut [Vec<Step>], transform: Option<Transform>) {
    let Some(Transform { scale, translate }) = transform else { return };
    for arc in arcs {
        let mut cell = [0.0; 2];
        for step in arc {
            cell = [cell[0] + step.0[0], cell[1] + step.0[1]];
            step.0 = [0, 1].map(|axis| {
                let (at, edge) = (cell[axis] * scale[axis] + translate[axis], [180.0, 90.0][axis]);
                if at.abs() > edge && at.abs() <= edge + scale[axis].abs() { edge.copysign(at) } else { at }
            });
        }
    }
}

struct Joined<'a> {
    arcs: &'a [Vec<Step>],
    vertices: usize,
}

impl Joined<'_> {
    fn add(
        &mut self,
        kind: Option<&str>,
        arcs: Option<Arcs>,
        members: Vec<Object>,
        feature: &mut Feature,
    ) -> Result<(), ImportError> {
        let polygons = match (kind.unwrap_or_default(), arcs) {
            ("Polygon", Some(Arcs::Polygon(rings))) => vec![rings],
            ("MultiPolygon", Some(Arcs::MultiPolygon(polygons))) => polygons,
            ("MultiPolygon", Some(Arcs::Line(none))) if none.is_empty() => Vec::new(),
            ("Polygon", Some(Arcs::Line(none))) if none.is_empty() => Vec::new(),
            ("GeometryCollection", _) => {
                for member in members {
                    self.add(member.r#type.as_deref(), member.arcs, member.geometries, feature)?;
                }
                return Ok(());
            }
            (kind @ ("Polygon" | "MultiPolygon"), _) => {
                feature.unreadable = Some(format!("its arcs are not nested as those of a {kind} are"));
                return Ok(());
            }
            ("", _) => return Ok(()),
            (kind, _) => {
                nest::sort(kind, nest::Nest::Nothing, feature);
                return Ok(());
            }
        };
        for rings in polygons {
            let mut polygon = Vec::new();
            for ring in rings {
                match self.ring(&ring)? {
                    Some(ring) => polygon.push(ring),
                    None => feature.unreadable = Some("it names an arc that is not there".to_owned()),
                }
            }
            feature.polygons.push(polygon);
        }
        Ok(())
    }

    /// The positions of a ring; nothing where an arc is missing.
    fn ring(&mut self, indices: &[i64]) -> Result<Option<Vec<LonLat>>, ImportError> {
        let mut ring: Vec<LonLat> = Vec::new();
        for index in indices {
            let number = if *index < 0 { !*index } else { *index };
            let Some(arc) = usize::try_from(number).ok().and_then(|number| self.arcs.get(number)) else {
                return Ok(None);
            };
            self.vertices += arc.len();
            if self.vertices > MOST_VERTICES {
                return Err(ImportError::TooManyVertices { limit: MOST_VERTICES });
            }
            // Arcs meet in their ends.
            ring.pop();
            let positions = arc.iter().map(|step| step.0);
            if *index < 0 { ring.extend(positions.rev()) } else { ring.extend(positions) }
        }
        Ok(Some(ring))
    }
}
