//! The atlas: all layers and tables, read and indexed.

use super::{
    boxes::Boxes,
    dispersal::Dispersal,
    error::LayerError,
    hotspots::{self, Hotspot},
    layer::Layer,
    organisms::{Identified, Organisms},
    place::{Measured, Place},
    register::{self, Entry, Relation},
    relatives::Relatives,
    shape::{self, Shape},
    sidecar::{Sidecar, Source},
    states::{Names, States},
};
use crate::domain::{
    assessment::DataVersion,
    layer::LayerKind,
    organism::Organism,
    place::{Geometry, Metres, Position},
    state::StateCode,
};
use std::{collections::BTreeMap, sync::Arc, thread};

/// Everything the atlas is read from, as text.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `areas.topo.json`.
    pub areas: Source<'a>,
    /// `states.toml`.
    pub states: Source<'a>,
    /// `areas.toml`.
    pub register: Source<'a>,
    /// `hotspots.topo.json` and `hotspots.toml`; without them no hotspots are
    /// found, and [`Atlas::data`] does not list them.
    pub hotspots: Option<HotspotSources<'a>>,
    /// `dispersal.toml`.
    pub dispersal: Source<'a>,
    /// `organisms.toml`.
    pub organisms: Source<'a>,
    /// `relatives.toml`.
    pub relatives: Source<'a>,
}

/// The layer of hotspots and its table.
#[derive(Clone, Copy, Debug)]
pub struct HotspotSources<'a> {
    /// `hotspots.topo.json`.
    pub layer: Source<'a>,
    /// `hotspots.toml`, text alone: the layer's sidecar speaks for both.
    pub table: &'a str,
}

/// A piece of the earth with its relations to States.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its id: the code of its State in lower case, or that of the register.
    pub id: Arc<str>,
    /// Names.
    pub name: Names,
    /// Every State with a relation, none ranked.
    pub relations: Vec<Relation>,
    /// How far the drawn line may be from the true one, metres.
    pub accuracy_m: f64,
    /// Whether it lies on top of other areas.
    pub overlay: bool,
    /// Authorities in place that are not on the list of States.
    pub local: Option<String>,
    /// A note of the register; one beginning with `*` is shown with the name.
    pub note: Option<String>,
    pub(super) shape: Shape,
}

impl Area {
    /// Whether more than one State, or none alone, stands behind it.
    pub fn is_contested(&self) -> bool {
        let mut plain = self.relations.iter().filter(|relation| &*relation.basis != "international");
        !matches!((plain.next(), plain.next()), (Some(one), None) if &*one.basis == "administers")
    }

    /// The relation of a State to it; `administers` before others.
    pub fn relation(&self, state: StateCode) -> Option<&Relation> {
        let of_state = || self.relations.iter().filter(|relation| relation.state == state);
        of_state().find(|relation| &*relation.basis == "administers").or_else(|| of_state().next())
    }
}

/// An area near a position.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Near<'a> {
    /// Id of the area.
    pub area: &'a str,
    /// Metres on the ellipsoid; 0 inside.
    pub distance_m: f64,
    /// Degrees clockwise from north; nothing inside.
    pub bearing_deg: Option<f64>,
}

/// All layers and tables, indexed. Answers every question about the earth and
/// about how far organisms get; never changes once read.
#[derive(Clone, Debug)]
pub struct Atlas {
    pub(super) states: States,
    pub(super) organisms: Organisms,
    pub(super) dispersal: Dispersal,
    pub(super) relatives: Relatives,
    pub(super) areas: Vec<Area>,
    /// The boxes around the areas: every question looks through all of them.
    pub(super) boxes: Boxes,
    /// The largest `accuracy_m` of all areas.
    pub(super) coarsest_m: f64,
    pub(super) hotspot_rows: Vec<Hotspot>,
    pub(super) hotspots: Arc<Layer>,
    /// Layers added by import.
    pub(super) added: Vec<(LayerKind, Arc<Layer>)>,
    pub(super) accuracy_m: f64,
    pub(super) data: Arc<[DataVersion]>,
}

impl Atlas {
    /// Reads and indexes everything.
    ///
    /// # Errors
    /// When a text is unreadable or contradicts another; the message names
    /// layer and feature. Nothing half-read is kept.
    pub fn read(sources: Sources<'_>) -> Result<Self, LayerError> {
        let mut data = Vec::new();
        let mut version = |source: &Source<'_>, layer: &str| -> Result<Sidecar, LayerError> {
            let (sidecar, version) = source.version(layer)?;
            data.push(version);
            Ok(sidecar)
        };
        let accuracy_m = version(&sources.areas, "areas")?.accuracy_m;
        version(&sources.register, "register")?;
        version(&sources.states, "states")?;
        if let Some(hotspots) = &sources.hotspots {
            version(&hotspots.layer, "hotspots")?;
        }
        version(&sources.dispersal, "dispersal")?;
        version(&sources.organisms, "organisms")?;
        version(&sources.relatives, "relatives")?;
        let states = States::read(sources.states.text)?;
        let entries = register::read(sources.register.text, &states)?;
        let organisms = Organisms::read(sources.organisms.text)?;
        let relatives = Relatives::read(sources.relatives.text, &states, &organisms, &entries)?;
        let (shapes, hotspots) = thread::scope(|scope| {
            let hotspots =
                scope.spawn(|| sources.hotspots.map_or(join_hotspots(None), |its| join_hotspots(Some(&its))));
            let shapes = shape::index(sources.areas.text, "areas");
            (
                shapes,
                hotspots.join().unwrap_or_else(|_| Err(LayerError::unreadable("hotspots", "not indexed"))),
            )
        });
        let (areas, (hotspot_rows, hotspots)) =
            (join_areas(shapes?, entries, &states, accuracy_m)?, hotspots?);
        Ok(Self {
            relatives,
            organisms,
            dispersal: Dispersal::read(sources.dispersal.text)?,
            states,
            boxes: Boxes::new(areas.iter().map(|area| area.shape.around)),
            coarsest_m: areas.iter().map(|area| area.accuracy_m).fold(0.0, f64::max),
            areas,
            hotspot_rows,
            hotspots: Arc::new(hotspots),
            added: Vec::new(),
            accuracy_m,
            data: data.into(),
        })
    }

    /// The table of States.
    pub fn states(&self) -> &States {
        &self.states
    }

    /// The table of organism groups and events.
    pub fn organisms(&self) -> &Organisms {
        &self.organisms
    }

    /// The dispersal table.
    pub fn dispersal(&self) -> &Dispersal {
        &self.dispersal
    }

    /// The table of centres of origin and wild relatives.
    pub fn relatives(&self) -> &Relatives {
        &self.relatives
    }

    /// The areas, by id.
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The area of this id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.binary_search_by(|area| (*area.id).cmp(id)).ok().map(|index| &self.areas[index])
    }

    /// The rows of the hotspots, by code.
    pub fn hotspots(&self) -> impl Iterator<Item = &Hotspot> {
        self.hotspot_rows.iter()
    }

    /// What was read, with versions and digests.
    pub fn data(&self) -> &Arc<[DataVersion]> {
        &self.data
    }

    /// Finds the group of an organism; see [`Organisms::identify`].
    pub fn identify(&self, organism: &Organism) -> Identified {
        self.organisms.identify(organism)
    }

    /// The areas within `radius` of a position, nearest first, then by id.
    pub fn near(&self, at: Position, radius: Metres) -> Vec<Near<'_>> {
        let geometry = Geometry::Point(at);
        let place = Place::of([&geometry]);
        let mut bounds = vec![f32::INFINITY; self.boxes.len()];
        place.lower(&self.boxes, &mut bounds);
        let radius = radius.get();
        let within = self.areas.iter().zip(bounds).filter(|(_, bound)| f64::from(*bound) <= radius);
        let mut found: Vec<Near<'_>> = within.filter_map(|(area, _)| near(area, &place, radius)).collect();
        found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.area.cmp(b.area)));
        found
    }
}

fn near<'a>(area: &'a Area, place: &Place<'_>, radius: f64) -> Option<Near<'a>> {
    let Measured { distance, bearing } = place.measure(&area.shape, radius)?;
    Some(Near { area: &area.id, distance_m: distance, bearing_deg: bearing })
}

fn join_areas(
    shapes: Vec<(String, Shape)>,
    entries: Vec<Entry>,
    states: &States,
    accuracy_m: f64,
) -> Result<Vec<Area>, LayerError> {
    let mut entries: BTreeMap<String, Entry> =
        entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
    let mut areas = Vec::with_capacity(shapes.len());
    for (id, shape) in shapes {
        let area = match entries.remove(&id) {
            Some(entry) => Area {
                id: id.into(),
                name: entry.name,
                relations: entry.relations,
                accuracy_m: entry.accuracy_m.unwrap_or(0.0).max(accuracy_m),
                overlay: entry.outline.is_some(),
                local: entry.local,
                note: entry.note,
                shape,
            },
            None => plain_area(id, shape, states, accuracy_m)?,
        };
        areas.push(area);
    }
    if let Some(id) = entries.keys().next() {
        return Err(LayerError::inconsistent("register", id, "is not in the layer of areas; build it anew"));
    }
    areas.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(areas)
}

/// An area without a row in the register: all of it is of one State.
fn plain_area(id: String, shape: Shape, states: &States, accuracy_m: f64) -> Result<Area, LayerError> {
    let row = id.parse().ok().and_then(|code: StateCode| states.get(code));
    let Some(row) = row else {
        return Err(LayerError::inconsistent("areas", &id, "is neither in the register nor a State"));
    };
    let relation = Relation {
        state: row.iso2,
        basis: "administers".into(),
        source: "Natural Earth 4.1, as in world-atlas 2.0.2".to_owned(),
        as_of: "2018".to_owned(),
    };
    Ok(Area {
        id: id.into(),
        name: row.name.clone(),
        relations: vec![relation],
        accuracy_m,
        overlay: false,
        local: None,
        note: None,
        shape,
    })
}

fn join_hotspots(sources: Option<&HotspotSources<'_>>) -> Result<(Vec<Hotspot>, Layer), LayerError> {
    let Some(sources) = sources else { return Ok((Vec::new(), Layer::new(hotspots::LAYER, []))) };
    let mut shapes: BTreeMap<String, Shape> =
        shape::index(sources.layer.text, hotspots::LAYER)?.into_iter().collect();
    let mut rows = hotspots::read(sources.table)?;
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    let mut joined = Vec::new();
    for row in &rows {
        let shape = shapes.remove(&row.code).ok_or_else(|| {
            LayerError::inconsistent("hotspots", &row.code, "is not in the layer; build it anew")
        })?;
        joined.push((row.feature(row.expected_error_m > 0.0), vec![shape]));
    }
    Ok((rows, Layer::new(hotspots::LAYER, joined)))
}
