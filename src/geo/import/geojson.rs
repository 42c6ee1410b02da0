//! GeoJSON (RFC 7946, and the older 2008 form), feature by feature: never more
//! than one feature is held besides the text.

use super::{
    ImportError,
    feature::{Feature, Sink},
    limits::MOST_VERTICES,
    nest::{self, Nest},
    reference,
};
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{borrow::Cow, fmt};

/// What the text turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// GeoJSON, and it has been read.
    GeoJson,
    /// TopoJSON; nothing has been read.
    Topology,
}

/// Reads a text.
pub(super) fn read(text: &[u8], sink: &mut dyn Sink) -> Result<Form, ImportError> {
    let mut reading = Reading { text, sink, features: 0, vertices: 0, refused: None, topology: false };
    let mut json = serde_json::Deserializer::from_slice(text);
    let read = Top(&mut reading).deserialize(&mut json).and_then(|()| json.end());
    if reading.topology {
        return Ok(Form::Topology);
    }
    if let Some(refused) = reading.refused {
        return Err(refused);
    }
    read.map_err(|error| words(&error, text, reading.features))?;
    Ok(Form::GeoJson)
}

/// What serde_json says, with what it cannot know.
pub(super) fn words(error: &serde_json::Error, text: &[u8], features: usize) -> ImportError {
    if error.is_eof() {
        let within = if features == 0 { "the text".to_owned() } else { format!("feature {}", features + 1) };
        return ImportError::Truncated { within };
    }
    let said = error.to_string();
    let mut problem = said.split(" at line ").next().unwrap_or(&said).to_owned();
    let line = text.split(|byte| *byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let (from, to) = (error.column().saturating_sub(3).min(line.len()), (error.column() + 3).min(line.len()));
    let around = String::from_utf8_lossy(&line[from..to]).to_ascii_lowercase();
    if around.contains("nan") || around.contains("inf") {
        problem = format!("feature {} has a coordinate or value that is not a number (NaN)", features + 1);
    }
    ImportError::Unreadable { line: error.line(), column: error.column(), problem }
}

/// The reading under way.
pub(super) struct Reading<'r> {
    text: &'r [u8],
    sink: &'r mut dyn Sink,
    features: usize,
    vertices: usize,
    refused: Option<ImportError>,
    topology: bool,
}

impl Reading<'_> {
    /// Counts a vertex.
    pub fn vertex<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.vertices += 1;
        if self.vertices > MOST_VERTICES {
            return Err(self.refuse(ImportError::TooManyVertices { limit: MOST_VERTICES }));
        }
        Ok(())
    }

    fn refuse<E: serde::de::Error>(&mut self, why: ImportError) -> E {
        self.refused = Some(why);
        E::custom("refused")
    }

    fn take<E: serde::de::Error>(&mut self, feature: Feature) -> Result<(), E> {
        self.features += 1;
        self.sink.take(feature).map_err(|why| self.refuse(why))
    }

    /// Tells how far the text is read: a key borrowed from it says where.
    fn pass(&mut self, key: &Cow<'_, str>) {
        if let Cow::Borrowed(key) = key {
            self.sink.at(key.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()));
        }
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);

#[derive(Deserialize)]
struct Crs {
    #[serde(default)]
    properties: CrsProperties,
}

#[derive(Default, Deserialize)]
struct CrsProperties {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    href: Option<String>,
}

macro_rules! seed {
    ($name:ident) => {
        impl<'de> DeserializeSeed<'de> for $name<'_, '_> {
            type Value = ();
            fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
                from.deserialize_any(self)
            }
        }
    };
}

/// The whole text.
struct Top<'a, 'r>(&'a mut Reading<'r>);
seed!(Top);

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reading = self.0;
        let (mut kind, mut collection, mut single) = (None, false, Parts::default());
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "type" => kind = map.next_value::<Option<String>>()?,
                "features" => {
                    map.next_value_seed(Features(reading))?;
                    collection = true;
                }
                "crs" => {
                    if let Some(Crs { properties }) = map.next_value()?
                        && let Some(name) = properties.name.or(properties.href)
                        && !reference::is_wgs84_name(&name)
                    {
                        return Err(reading.refuse(ImportError::CoordinateSystem { system: name }));
                    }
                }
                "arcs" | "objects" | "transform" if !collection => {
                    reading.topology = true;
                    return Err(A::Error::custom("a topology"));
                }
                _ => single.read(&key, &mut map, reading)?,
            }
            if kind.as_deref() == Some("Topology") {
                reading.topology = true;
                return Err(A::Error::custom("a topology"));
            }
        }
        match kind.as_deref() {
            Some("FeatureCollection") if collection => Ok(()),
            Some("FeatureCollection") => {
                Err(reading.refuse(not_a_layer("a FeatureCollection without “features”")))
            }
            Some("Feature") => reading.take(single.feature),
            Some(kind) if nest::is_geometry(kind) => {
                let feature = single.geometry(kind);
                reading.take(feature)
            }
            Some(kind) => {
                Err(reading
                    .refuse(not_a_layer(&format!("its type is “{kind}”, which GeoJSON does not have"))))
            }
            None => Err(reading.refuse(not_a_layer("it has no “type”, as every GeoJSON object has"))),
        }
    }
}

fn not_a_layer(problem: &str) -> ImportError {
    ImportError::NotALayer { problem: problem.to_owned() }
}

/// The array of features.
struct Features<'a, 'r>(&'a mut Reading<'r>);
seed!(Features);

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(OneFeature(self.0))?.is_some() {}
        Ok(())
    }
}

/// One feature.
struct OneFeature<'a, 'r>(&'a mut Reading<'r>);
seed!(OneFeature);

impl<'de> Visitor<'de> for OneFeature<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feature {} to be an object", self.0.features + 1)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reading = self.0;
        let (mut kind, mut parts) = (None, Parts::default());
        while let Some(Key(key)) = map.next_key()? {
            reading.pass(&key);
            if &*key == "type" {
                kind = map.next_value::<Option<String>>()?;
            } else {
                parts.read(&key, &mut map, reading)?;
            }
        }
        let feature = match kind.as_deref() {
            Some(kind) if nest::is_geometry(kind) => parts.geometry(kind),
            _ => parts.feature,
        };
        reading.take(feature)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.0.take(Feature::default())
    }
}

/// What belongs to a feature or a geometry, in whatever order it comes.
#[derive(Default)]
struct Parts {
    feature: Feature,
    coordinates: Option<Nest>,
}

impl Parts {
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
        reading: &mut Reading<'_>,
    ) -> Result<(), A::Error> {
        match key {
            "id" => self.feature.id = map.next_value_seed(Scalar)?,
            "properties" => map.next_value_seed(Pairs(&mut self.feature))?,
            "geometry" => map.next_value_seed(Geometry(reading, &mut self.feature))?,
            "geometries" => map.next_value_seed(Geometries(reading, &mut self.feature))?,
            "coordinates" => self.coordinates = Some(map.next_value_seed(nest::Read(reading))?),
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    /// The feature, which is a geometry of this kind.
    fn geometry(mut self, kind: &str) -> Feature {
        nest::sort(kind, self.coordinates.unwrap_or(Nest::Nothing), &mut self.feature);
        self.feature
    }
}

/// One geometry, into a feature.
struct Geometry<'a, 'r>(&'a mut Reading<'r>, &'a mut Feature);
seed!(Geometry);

impl<'de> Visitor<'de> for Geometry<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the geometry of feature {} to be an object or null", self.0.features + 1)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(reading, feature) = self;
        let (mut kind, mut coordinates) = (None, Nest::Nothing);
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "type" => kind = map.next_value::<Option<String>>()?,
                "coordinates" => coordinates = map.next_value_seed(nest::Read(reading))?,
                "geometries" => map.next_value_seed(Geometries(reading, feature))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        nest::sort(kind.as_deref().unwrap_or(""), coordinates, feature);
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The members of a collection of geometries, all into one feature.
struct Geometries<'a, 'r>(&'a mut Reading<'r>, &'a mut Feature);
seed!(Geometries);

impl<'de> Visitor<'de> for Geometries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of geometries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Geometry(self.0, self.1))?.is_some() {}
        Ok(())
    }
}

/// Properties, into a feature.
struct Pairs<'a>(&'a mut Feature);

impl<'de> DeserializeSeed<'de> for Pairs<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Pairs<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties to be an object or null")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            if let Some(value) = map.next_value_seed(Scalar)? {
                self.0.properties.0.push((key.into_owned(), value));
            }
        }
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Bytes of a property's text that are kept.
const LONGEST: usize = 400;

/// A text, number or truth as text; nothing for all else.
struct Scalar;

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Option<String>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text[..text.floor_char_boundary(LONGEST)].to_owned()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_bool<E: serde::de::Error>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(Some(truth.to_string()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
