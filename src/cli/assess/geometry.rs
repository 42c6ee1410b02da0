//! GeoJSON in: a geometry, a Feature or a FeatureCollection as one place.

use crate::{
    cli::Trouble,
    domain::place::{Geometry, Position},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// How large may a file be? That is about three hundred thousand positions.
const LARGEST: u64 = 8 * 1024 * 1024;

/// A geometry as read, with what was mended on the way, in words.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Drawn {
    pub geometry: Geometry,
    pub mended: Vec<String>,
}

/// Reads a file, or standard input when it is `-`.
pub(super) fn read(path: &Path) -> Result<Drawn, Trouble> {
    let mut bytes = Vec::new();
    let name = name_of(path);
    let mut source = open(path)?.take(LARGEST + 1);
    source.read_to_end(&mut bytes).map_err(Trouble::while_doing(&format!("reading {name}")))?;
    if bytes.len() as u64 > LARGEST {
        let limit = LARGEST / (1024 * 1024);
        return Err(Trouble(format!(
            "{name} is larger than {limit} MiB: simplify the outline first; the map is exact to some 500 m"
        )));
    }
    parse(&bytes).map_err(|Trouble(why)| Trouble(format!("{name}: {why}")))
}

/// What a file is called in words.
pub(super) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Opens a file, or standard input when it is `-`.
pub(super) fn open(path: &Path) -> Result<Box<dyn Read + Send>, Trouble> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    match File::open(path) {
        Ok(file) if file.metadata().is_ok_and(|about| about.is_dir()) => {
            Err(Trouble(format!("{} is a directory; a file is wanted", path.display())))
        }
        Ok(file) => Ok(Box::new(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Trouble(format!("there is no file {}", path.display())))
        }
        Err(error) => Err(Trouble(format!("reading {}: {error}", path.display()))),
    }
}

/// Reads GeoJSON text.
fn parse(bytes: &[u8]) -> Result<Drawn, Trouble> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Trouble("there is nothing in it; a GeoJSON geometry is wanted".to_owned()));
    }
    let document: Value =
        serde_json::from_slice(bytes).map_err(|error| Trouble(format!("not JSON: {error}")))?;
    gather(&document)
}

/// The geometries of a GeoJSON document as one.
pub(super) fn gather(document: &Value) -> Result<Drawn, Trouble> {
    if let Some(crs) = document["crs"]["properties"]["name"].as_str()
        && !["CRS84", "4326"].iter().any(|known| crs.contains(known))
    {
        return Err(Trouble(format!(
            "its coordinates are in {crs}; GeoJSON is WGS 84 (EPSG:4326), longitude first: transform it"
        )));
    }
    let mut parts = Parts::default();
    parts.walk(document, "")?;
    let kinds = [!parts.points.is_empty(), !parts.lines.is_empty(), !parts.areas.is_empty()];
    let geometry = match kinds {
        [false, false, false] => return Err(Trouble("the geometry is empty".to_owned())),
        [true, false, false] if parts.points.len() == 1 => Geometry::Point(parts.points[0]),
        [true, false, false] => Geometry::MultiPoint(parts.points),
        [false, true, false] if parts.lines.len() == 1 => Geometry::LineString(parts.lines.remove(0)),
        [false, true, false] => Geometry::MultiLineString(parts.lines),
        [false, false, true] if parts.areas.len() == 1 => Geometry::Polygon(parts.areas.remove(0)),
        [false, false, true] => Geometry::MultiPolygon(parts.areas),
        _ => {
            return Err(Trouble(
                "it mixes points, lines and areas: one place is of one kind; give one of them, or ask for \
                 each with --batch"
                    .to_owned(),
            ));
        }
    };
    Ok(Drawn { geometry, mended: parts.mended })
}

#[derive(Default)]
struct Parts {
    points: Vec<Position>,
    lines: Vec<Vec<Position>>,
    areas: Vec<Vec<Vec<Position>>>,
    mended: Vec<String>,
}

impl Parts {
    fn walk(&mut self, value: &Value, at: &str) -> Result<(), Trouble> {
        let Some(kind) = value["type"].as_str() else {
            return Err(Trouble(format!("{at}not GeoJSON: there is no “type”")));
        };
        let coordinates = &value["coordinates"];
        match kind {
            "FeatureCollection" => {
                for (index, feature) in list(value, "features", at)?.iter().enumerate() {
                    self.walk(feature, &format!("feature {}: ", index + 1))?;
                }
            }
            "Feature" if value["geometry"].is_null() => {
                self.mended.push(format!("{at}a feature without geometry is left out"));
            }
            "Feature" => self.walk(&value["geometry"], at)?,
            "GeometryCollection" => {
                for part in list(value, "geometries", at)? {
                    self.walk(part, at)?;
                }
            }
            "Point" => self.points.push(positions(coordinates, at)?),
            "MultiPoint" => self.points.extend(positions::<Vec<Position>>(coordinates, at)?),
            "LineString" => self.line(positions(coordinates, at)?),
            "MultiLineString" => {
                positions::<Vec<Vec<Position>>>(coordinates, at)?
                    .into_iter()
                    .for_each(|line| self.line(line));
            }
            "Polygon" => self.area(positions(coordinates, at)?, at),
            "MultiPolygon" => {
                for area in positions::<Vec<Vec<Vec<Position>>>>(coordinates, at)? {
                    self.area(area, at);
                }
            }
            "Topology" => {
                return Err(Trouble("this is TopoJSON; GeoJSON is wanted here".to_owned()));
            }
            other => return Err(Trouble(format!("{at}“{other}” is no kind of GeoJSON"))),
        }
        Ok(())
    }

    fn line(&mut self, line: Vec<Position>) {
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    fn area(&mut self, mut rings: Vec<Vec<Position>>, at: &str) {
        rings.retain(|ring| !ring.is_empty());
        if rings.iter().any(|ring| ring.first() != ring.last()) {
            self.mended.push(format!("{at}a ring is not closed; it is closed from its end to its beginning"));
        }
        if !rings.is_empty() {
            self.areas.push(rings);
        }
    }
}

fn list<'a>(value: &'a Value, member: &str, at: &str) -> Result<&'a Vec<Value>, Trouble> {
    value[member].as_array().ok_or_else(|| Trouble(format!("{at}there is no list of {member}")))
}

fn positions<T: DeserializeOwned>(coordinates: &Value, at: &str) -> Result<T, Trouble> {
    if coordinates.is_null() {
        return Err(Trouble(format!("{at}there are no coordinates")));
    }
    serde_path_to_error::deserialize(coordinates).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        let inner = error.inner().to_string();
        let metres = inner.contains("is outside") && far_out(coordinates);
        let hint = if metres { ". Metres of a national grid? GeoJSON is WGS 84 (EPSG:4326)" } else { "" };
        Trouble(format!("{at}coordinates{path}: {inner}{hint}"))
    })
}

/// Whether any number is too large for degrees by far.
fn far_out(coordinates: &Value) -> bool {
    match coordinates {
        Value::Array(inner) => inner.iter().any(far_out),
        other => other.as_f64().is_some_and(|number| number.abs() > 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        parse(text.as_bytes()).expect_err(text).0
    }

    #[test]
    fn any_wrapping_of_a_geometry_is_read() {
        let point = r#"{"type":"Point","coordinates":[7.58,47.57]}"#;
        for text in [
            point.to_owned(),
            format!("\u{feff}{{\"type\":\"Feature\",\"properties\":null,\"geometry\":{point}}}"),
            format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{point}}}]}}"#),
            format!(r#"{{"type":"GeometryCollection","geometries":[{point}]}}"#),
        ] {
            let read = parse(text.as_bytes()).expect("reads");
            assert_eq!(read.geometry, Geometry::Point(Position { lat: 47.57, lon: 7.58 }));
        }
        let two = format!(r#"{{"type":"GeometryCollection","geometries":[{point},{point}]}}"#);
        assert!(matches!(parse(two.as_bytes()).expect("reads").geometry, Geometry::MultiPoint(_)));
    }

    #[test]
    fn an_open_ring_is_closed_and_said() {
        let open = r#"{"type":"Polygon","coordinates":[[[7,47],[8,47],[8,48]]]}"#;
        let read = parse(open.as_bytes()).expect("reads");
        assert!(read.mended[0].contains("not closed"), "{:?}", read.mended);
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        assert!(said("{\"type\":\n  oops}").contains("line 2 column"));
        assert!(said("").contains("nothing"));
        assert!(said("[1,2]").contains("type"));
        assert!(said(r#"{"type":"Polygon","coordinates":[]}"#).contains("empty"));
        assert!(said(r#"{"type":"FeatureCollection","features":[]}"#).contains("empty"));
        assert!(said(r#"{"type":"Topology","objects":{}}"#).contains("TopoJSON"));
        assert!(said(r#"{"type":"Point","coordinates":[2612000,1267000]}"#).contains("national grid"));
        let swapped = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":
            {"type":"LineString","coordinates":[[7,47],[35.7,139.7]]}}]}"#;
        let words = said(swapped);
        assert!(
            words.contains("feature 1") && words.contains("[1]") && words.contains("exchanged"),
            "{words}"
        );
        let grid = r#"{"type":"Point","coordinates":[7,47],"crs":{"type":"name","properties":{"name":"EPSG:2056"}}}"#;
        assert!(said(grid).contains("EPSG:2056"));
    }
}
