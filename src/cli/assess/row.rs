//! One line of a batch: cells of CSV, or members of a JSON object.

use super::{coordinates, geometry, question::Said};
use crate::{cli::Trouble, domain::place::Geometry};
use serde_json::Value;
use std::collections::BTreeMap;

/// The columns of a CSV file; lines of JSON have them as members, and
/// `geometry` instead of `lat` and `lon` if they like.
pub(super) const CSV_COLUMNS: [&str; 12] = [
    "lat",
    "lon",
    "name",
    "organism",
    "pathway",
    "radius_km",
    "state",
    "on",
    "uncertainty_m",
    "environment",
    "destination",
    "towards",
];

/// A line as read: what it says, and nothing about what it leaves out.
#[derive(Debug)]
pub(super) struct Row {
    pub name: Option<String>,
    geometry: Option<Geometry>,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// From the cells of a CSV line, by column.
    pub fn of_cells(cells: impl Iterator<Item = (String, String)>) -> Result<Self, Trouble> {
        Self::of(cells.collect(), None)
    }

    /// From a line of JSON.
    pub fn of_json(text: &[u8]) -> Result<Self, Trouble> {
        let value: Value =
            serde_json::from_slice(text).map_err(|error| Trouble(format!("not JSON: {}", column(&error))))?;
        let Value::Object(members) = value else {
            return Err(Trouble("a JSON object is wanted on each line".to_owned()));
        };
        let (mut cells, mut drawn) = (BTreeMap::new(), None);
        for (name, value) in members {
            if name == "geometry" && !value.is_null() {
                drawn = Some(geometry::gather(&value)?.geometry);
            } else if CSV_COLUMNS.contains(&name.as_str()) {
                cells.insert(name, plain(&value)?);
            } else {
                let geojson = if name == "type" { " (for GeoJSON there is --geometry)" } else { "" };
                return Err(Trouble(format!(
                    "“{name}” is no member{geojson}; there are {}, geometry",
                    CSV_COLUMNS.join(", ")
                )));
            }
        }
        Self::of(cells, drawn)
    }

    fn of(mut cells: BTreeMap<String, String>, drawn: Option<Geometry>) -> Result<Self, Trouble> {
        cells.retain(|_, cell| !cell.is_empty());
        let geometry = match (cells.remove("lat"), cells.remove("lon"), drawn) {
            (Some(lat), Some(lon), None) => Some(Geometry::Point(coordinates::read_pair(&lat, &lon)?)),
            (None, None, drawn) => drawn,
            (Some(_), Some(_), Some(_)) => {
                return Err(Trouble("it has lat and lon, and a geometry too".to_owned()));
            }
            (None, Some(_), _) => return Err(Trouble("it has a lon without a lat".to_owned())),
            (Some(_), None, _) => return Err(Trouble("it has a lat without a lon".to_owned())),
        };
        if geometry.is_none() && !cells.contains_key("state") {
            return Err(Trouble("it names no place: neither lat and lon nor a state".to_owned()));
        }
        Ok(Self { name: cells.remove("name"), geometry, cells })
    }

    /// What is asked about it; what the line leaves out is as usual.
    pub fn said(&self, usual: &Said) -> Said {
        let cell = |name: &str, usual: &Option<String>| self.cells.get(name).or(usual.as_ref()).cloned();
        let list = |name: &str, usual: &Vec<String>| match self.cells.get(name) {
            Some(cell) => cell.split([';', '|']).map(|part| part.trim().to_owned()).collect(),
            None => usual.clone(),
        };
        Said {
            geometry: self.geometry.clone(),
            uncertainty: cell("uncertainty_m", &usual.uncertainty),
            state: cell("state", &usual.state),
            environment: cell("environment", &usual.environment),
            organism: cell("organism", &usual.organism),
            pathways: list("pathway", &usual.pathways),
            radius: cell("radius_km", &usual.radius),
            destinations: list("destination", &usual.destinations),
            route: usual.route.clone(),
            towards: cell("towards", &usual.towards),
            on: cell("on", &usual.on),
        }
    }
}

/// A member as the text a CSV cell would hold.
fn plain(value: &Value) -> Result<String, Trouble> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(plain).collect::<Result<_, _>>()?;
            Ok(all.join(";"))
        }
        other => Err(Trouble(format!("{other} is neither text nor a number"))),
    }
}

/// What is wrong with a line of JSON; its number is known already.
fn column(error: &serde_json::Error) -> String {
    error.to_string().replace("at line 1 column", "at column")
}
