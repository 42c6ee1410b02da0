//! Makes the layer of areas from world-atlas, the table of States and the
//! register. Pure: the same texts give the same layer, byte by byte.

use super::{
    earth::LonLat,
    error::LayerError,
    hotspots,
    land::{self, Land},
    outline, register,
    register::Entry,
    seam,
    sidecar::Sidecar,
    states::States,
    topology::{self, Feature, Grid, Polygon},
};
use std::collections::{BTreeMap, BTreeSet};

/// How exact the layer of areas is, in metres: generalisation to 1:10 million
/// and the grid of the source (400 m by 190 m at the equator).
const ACCURACY: f64 = 500.0;

/// A layer as made: its text and that of its sidecar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Built {
    /// TopoJSON.
    pub layer: String,
    /// TOML.
    pub sidecar: String,
}

/// The layer `areas`: TopoJSON, object `areas`, each geometry with the id of
/// its area. `world_atlas` is the text of `countries-10m.json` of the package
/// world-atlas 2.0.2, `states` and `register` those of `states.toml` and
/// `areas.toml`; `version` and `date` go into the sidecar.
///
/// Rings stitched together across ±180° are taken apart, Antarctica is closed
/// at the pole, features without an id are joined by name, and parts the
/// register names become areas of their own.
///
/// # Errors
/// When a text is unreadable, when the register names a feature or part that
/// is not there, or when a feature belongs to nobody.
pub fn areas(
    world_atlas: &str,
    states: &str,
    register: &str,
    version: &str,
    date: &str,
) -> Result<Built, LayerError> {
    let states = States::read(states)?;
    let entries = register::read(register, &states)?;
    let (grid, mut world) = topology::features(world_atlas, "world-atlas", "countries")?;
    for feature in &mut world {
        for ring in feature.polygons.iter_mut().flatten() {
            *ring = seam::unstitch(ring, grid, &feature.name)?;
        }
        for polygon in &mut feature.polygons {
            polygon.retain(|ring| ring.len() > 2);
        }
        feature.polygons.retain(|polygon| !polygon.is_empty());
    }
    let mut areas = BTreeMap::new();
    for entry in &entries {
        if let Some(feature) = &entry.part_of {
            areas.insert(entry.id.clone(), take_part(entry, feature, &mut world, grid)?);
        } else if let Some(line) = &entry.outline {
            areas.insert(entry.id.clone(), draw(entry, line, grid)?);
        }
    }
    for feature in world {
        if feature.polygons.is_empty() {
            continue;
        }
        let id = owner(&feature, &entries, &states)?;
        areas.entry(id).or_insert_with(Vec::new).extend(feature.polygons);
    }
    let named: BTreeSet<&str> = areas.keys().map(String::as_str).collect();
    if let Some(lost) = entries.iter().find(|entry| !named.contains(entry.id.as_str())) {
        return Err(LayerError::inconsistent("register", &lost.id, "its feature is not in world-atlas"));
    }
    let features: Vec<Feature> = areas
        .into_iter()
        .map(|(id, polygons)| Feature { id: Some(id), name: String::new(), polygons })
        .collect();
    Ok(Built { layer: topology::write(grid, "areas", &features), sidecar: areas_sidecar(version, date)? })
}

/// The id of the area a whole feature becomes: that of its register entry, or
/// the code of its State.
fn owner(feature: &Feature, entries: &[Entry], states: &States) -> Result<String, LayerError> {
    if let Some(entry) = entries.iter().find(|entry| entry.feature.as_deref() == Some(&*feature.name)) {
        return Ok(entry.id.clone());
    }
    feature
        .id
        .as_deref()
        .and_then(|numeric| states.by_numeric(numeric))
        .map(|state| state.iso2.as_str().to_ascii_lowercase())
        .ok_or_else(|| {
            LayerError::inconsistent("world-atlas", &feature.name, "is neither a State nor in the register")
        })
}

/// Takes the polygons wholly inside the boxes of `entry` out of a feature.
fn take_part(
    entry: &Entry,
    feature: &str,
    world: &mut [Feature],
    grid: Grid,
) -> Result<Vec<Polygon>, LayerError> {
    let whole = world.iter_mut().find(|candidate| candidate.name == feature).ok_or_else(|| {
        LayerError::inconsistent("register", &entry.id, &format!("{feature} is not in world-atlas"))
    })?;
    let inside = |polygon: &mut Polygon| {
        entry.rectangles().any(|rectangle| {
            polygon.iter().flatten().all(|cell| outline::holds(rectangle, grid.degrees(*cell)))
        })
    };
    let taken: Vec<Polygon> = whole.polygons.extract_if(.., inside).collect();
    if taken.is_empty() {
        return Err(LayerError::inconsistent("register", &entry.id, "no polygon lies in its box"));
    }
    Ok(taken)
}

/// An outline of the register, cut at ±180° and put on the grid.
fn draw(entry: &Entry, line: &[LonLat], grid: Grid) -> Result<Vec<Polygon>, LayerError> {
    let pieces =
        outline::cut(line).map_err(|problem| LayerError::inconsistent("register", &entry.id, &problem))?;
    let polygons = outline::on_grid(&pieces, grid);
    if polygons.is_empty() {
        return Err(LayerError::inconsistent("register", &entry.id, "the outline has no area"));
    }
    Ok(polygons)
}

fn areas_sidecar(version: &str, date: &str) -> Result<String, LayerError> {
    sidecar_text(&Sidecar {
        title: "Areas of the world at 1:10 million".to_owned(),
        source: "world-atlas 2.0.2, countries-10m.json (Natural Earth 4.1, 1:10m cultural vectors); outlines of the register areas.toml".to_owned(),
        version: version.to_owned(),
        date: date.to_owned(),
        licence: "Natural Earth: public domain; package world-atlas: ISC; outlines: Apache-2.0".to_owned(),
        how_made: "Made by `outcross geodata build` from world-atlas, states.toml and areas.toml: rings stitched across 180 degrees taken apart, Antarctica closed at the pole, features without id joined by name, parts named in the register taken out into areas of their own, outlines of the register laid on top. The grid is that of the source; outlines are rounded to it. Shared borders are shared arcs; the object is `areas`, each geometry's id an area's id. A position one step beyond a pole means the pole.".to_owned(),
        accuracy_m: ACCURACY,
        notes: "accuracy_m is an estimate: generalisation to 1:10 million plus rounding by up to 200 m east-west and 94 m north-south. Outlines of the register state their own. Boundaries imply no position on the status of any territory.".to_owned(),
    })
}

/// The layer `hotspots`: TopoJSON, object `hotspots`, each geometry with the
/// code of its hotspot. `areas` is the text of the layer [`areas`] made;
/// outlines are clipped to its land, whole States are taken from it.
///
/// # Errors
/// When a text is unreadable, when a part names a State or box without area,
/// or when an outline has no land in it.
pub fn hotspots(
    areas: &str,
    states: &str,
    register: &str,
    hotspots: &str,
    version: &str,
    date: &str,
) -> Result<Built, LayerError> {
    let table = States::read(states)?;
    let entries = register::read(register, &table)?;
    let land = Land::read(areas, &entries)?;
    let mut features = Vec::new();
    let mut accuracy_m = 0.0_f64;
    for hotspot in hotspots::read(hotspots)? {
        let polygons = land.compose(&hotspot)?;
        features.push(Feature { id: Some(hotspot.code.clone()), name: String::new(), polygons });
        accuracy_m = accuracy_m.max(hotspot.expected_error_m);
    }
    features.sort_by(|a, b| a.id.cmp(&b.id));
    let sidecar = sidecar_text(&Sidecar {
        title: "The 36 biodiversity hotspots, approximate".to_owned(),
        source: "Outlines drawn by hand and whole States, hotspots.toml, with the sources named there; land of the layer of areas (Natural Earth 4.1)".to_owned(),
        version: version.to_owned(),
        date: date.to_owned(),
        licence: "Apache-2.0 for the outlines; Natural Earth: public domain".to_owned(),
        how_made: "Made by `outcross geodata build` from hotspots.toml and the layer of areas: outlines clipped to land, whole States and islands taken from it, lines simplified to 0.01 degrees. Not the layer of Conservation International (2016.1), which can be imported in its place.".to_owned(),
        accuracy_m,
        notes: "accuracy_m is the worst of all; each hotspot states its own expected_error_m. Outlines are meant to be over-inclusive at the edge.".to_owned(),
    })?;
    Ok(Built { layer: topology::write(land::GRID, "hotspots", &features), sidecar })
}

pub(super) fn sidecar_text(sidecar: &Sidecar) -> Result<String, LayerError> {
    toml::to_string(sidecar).map_err(|error| LayerError::unreadable("sidecar", &error))
}
