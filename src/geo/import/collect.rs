//! Takes the features of a layer one by one, judges, names and indexes them.

use super::{
    ImportError, Progress,
    borders::{Borders, index},
    crossing,
    feature::{Feature, Rings, Sink},
    hotspot::{self, Table},
    limits::MOST_FEATURES,
    naming,
    outline::{self, Outlines},
    owner::{Owner, Register},
    problem::{DropReason, Dropped, FeatureProblem, Flaw},
    reference,
};
use crate::{
    domain::layer::LayerKind,
    geo::{Area, hotspots::Hotspot, shape::Shape, sidecar::Sidecar, states::Names},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many bytes pass between two reports of progress.
const STEP: usize = 256 * 1024;

/// What is collected.
pub(super) struct Collected {
    pub dropped: Vec<Dropped>,
    pub problems: Vec<FeatureProblem>,
    pub content: Content,
}

/// The features, indexed.
pub(super) enum Content {
    Hotspots(Hotspots),
    Areas(Areas),
    /// Code, name, shapes.
    Features(Vec<(String, String, Vec<Shape>)>),
}

/// Hotspots, features of one name joined.
#[derive(Default)]
pub(super) struct Hotspots {
    pub rows: Vec<Hotspot>,
    pub joined: Vec<(Hotspot, Vec<Shape>)>,
    pub kept: usize,
}

/// Areas by id; a feature whose parts overlap makes more than one.
#[derive(Default)]
pub(super) struct Areas {
    pub areas: Vec<Area>,
    pub kept: usize,
}

/// What is gathered, by kind.
enum Gathered {
    Hotspots { table: Table, found: BTreeMap<String, (String, Vec<Shape>)>, kept: usize },
    Areas { register: Box<Register>, found: Vec<(String, Option<Owner>, Vec<Vec<Rings>>)> },
    Features { found: Vec<(String, String, Vec<Shape>)>, codes: BTreeSet<String> },
}

/// The collecting under way.
pub(super) struct Collector<'a> {
    gathered: Gathered,
    number: usize,
    dropped: Vec<Dropped>,
    problems: Vec<FeatureProblem>,
    /// Whether a feature that is used reaches beyond 90° of longitude.
    beyond_90: bool,
    of: usize,
    said: usize,
    progress: &'a mut dyn FnMut(Progress),
}

impl<'a> Collector<'a> {
    pub fn new(
        kind: LayerKind,
        sidecar: &Sidecar,
        of: usize,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Result<Self, ImportError> {
        let gathered = match kind {
            LayerKind::Hotspots => {
                Gathered::Hotspots { table: Table::carried()?, found: BTreeMap::new(), kept: 0 }
            }
            LayerKind::Boundaries => Gathered::Areas {
                register: Box::new(Register::carried(&sidecar.source, &sidecar.date)?),
                found: Vec::new(),
            },
            _ => Gathered::Features { found: Vec::new(), codes: BTreeSet::new() },
        };
        progress(Progress::Reading { done: 0, of: of as u64 });
        let (dropped, problems) = Default::default();
        Ok(Self { gathered, number: 0, dropped, problems, beyond_90: false, of, said: 0, progress })
    }

    fn problem(&mut self, name: Option<&str>, problem: Flaw) {
        let name = name.map(str::to_owned);
        self.problems.push(FeatureProblem { feature: Some(self.number), name, problem });
    }

    /// Judges the geometry of a feature.
    fn outlines(&mut self, feature: &mut Feature) -> Result<Outlines, DropReason> {
        let polygons = std::mem::take(&mut feature.polygons);
        match (feature.other, &feature.unreadable) {
            _ if polygons.iter().flatten().any(|ring| !ring.is_empty()) => {}
            (_, Some(why)) => return Err(DropReason::Unreadable(why.clone())),
            (Some(other), None) => return Err(DropReason::NotAnArea(other)),
            (None, None) => return Err(DropReason::NoGeometry),
        }
        let mut outlines = outline::clean(polygons)?;
        outlines.flaws.extend(feature.other.map(Flaw::PartsNotAreas));
        let wide = |at: &[f64; 2]| at[0].abs() > 90.0;
        self.beyond_90 |= outlines.polygons.iter().flatten().flatten().any(wide);
        Ok(outlines)
    }

    /// Whether so many features lie off the earth that the whole layer is
    /// meant differently.
    fn refuse_if_off_the_earth(&self) -> Result<(), ImportError> {
        let off: Vec<[f64; 2]> = self
            .dropped
            .iter()
            .filter_map(|dropped| match dropped.reason {
                DropReason::OffTheEarth { lon, lat } => Some([lon, lat]),
                _ => None,
            })
            .collect();
        let swapped = |[lon, lat]: &&[f64; 2]| lat.abs() <= 180.0 && lon.abs() <= 90.0;
        let count = off.iter().filter(swapped).count();
        if let Some([lon, lat]) = off.iter().find(swapped)
            && count == off.len()
            && (!self.beyond_90 || 2 * count > self.number)
        {
            return Err(ImportError::Swapped { count, lat: *lat, lon: *lon });
        }
        if let Some([lon, lat]) = off.first()
            && 2 * off.len() > self.number
        {
            let what = if reference::looks_projected(*lon, *lat) {
                "metres of a map projection"
            } else {
                "no degrees"
            };
            let system = format!("coordinates such as [{lon}, {lat}] are {what}");
            return Err(ImportError::CoordinateSystem { system });
        }
        Ok(())
    }

    /// Ends the collecting.
    pub fn finish(self, sidecar: &Sidecar) -> Result<Collected, ImportError> {
        (self.progress)(Progress::Reading { done: self.of as u64, of: self.of as u64 });
        (self.progress)(Progress::Features { done: self.number });
        self.refuse_if_off_the_earth()?;
        let Self { gathered, mut problems, dropped, progress, number, .. } = self;
        let used = match &gathered {
            Gathered::Hotspots { found, .. } => found.len(),
            Gathered::Areas { found, .. } => found.len(),
            Gathered::Features { found, .. } => found.len(),
        };
        if used == 0 {
            let why = dropped.first().map_or_else(|| "it has no features".to_owned(), ToString::to_string);
            let more = if number > 1 { format!(", and so on for {number} features") } else { String::new() };
            return Err(ImportError::NothingUsable { why: why + &more });
        }
        let content = match gathered {
            Gathered::Hotspots { table, found, kept } => {
                problems.extend(table.missing());
                let mut all = Hotspots { kept, ..Hotspots::default() };
                for (code, (name, shapes)) in found {
                    let row = table.row(&code, &name, sidecar.accuracy_m);
                    all.rows.push(row.clone());
                    all.joined.push((row, shapes));
                }
                Content::Hotspots(all)
            }
            Gathered::Areas { found, .. } => Content::Areas(areas(found, sidecar, progress)),
            Gathered::Features { found, .. } => Content::Features(found),
        };
        Ok(Collected { dropped, problems, content })
    }
}

impl Sink for Collector<'_> {
    fn take(&mut self, mut feature: Feature) -> Result<(), ImportError> {
        self.number += 1;
        if self.number > MOST_FEATURES {
            return Err(ImportError::TooManyFeatures { limit: MOST_FEATURES });
        }
        if self.number.is_multiple_of(256) {
            (self.progress)(Progress::Features { done: self.number });
        }
        let name = naming::name(&feature.properties).map(str::to_owned);
        let judged = match &self.gathered {
            Gathered::Hotspots { .. } => hotspot::judge(&feature.properties),
            _ => Ok(None),
        };
        let (flaw, outlines) = match judged.and_then(|flaw| Ok((flaw, self.outlines(&mut feature)?))) {
            Ok(judged) => judged,
            Err(reason) => {
                self.dropped.push(Dropped { feature: self.number, name, reason });
                return Ok(());
            }
        };
        let encoding = feature.encoding.take().map(Flaw::Encoding);
        for flaw in flaw.into_iter().chain(encoding).chain(outlines.flaws) {
            self.problem(name.as_deref(), flaw);
        }
        let (sheets, flaws) = crossing::sheets(outlines.polygons);
        for flaw in flaws {
            self.problem(name.as_deref(), flaw);
        }
        let mut problems = Vec::new();
        let called = name.clone().unwrap_or_else(|| format!("feature {}", self.number));
        match &mut self.gathered {
            Gathered::Hotspots { table, found, kept } => {
                if name.is_none() {
                    return Err(ImportError::Nameless {
                        feature: self.number,
                        looked_for: naming::looked_for(),
                    });
                }
                let (code, known) = table.meet(&called);
                let new = !found.contains_key(&code);
                let shapes = sheets.iter().map(|sheet| index(sheet, None));
                found.entry(code).or_insert_with(|| (called, Vec::new())).1.extend(shapes);
                *kept += 1;
                problems.extend((!known && new).then_some(Flaw::UnknownHotspot));
            }
            Gathered::Areas { register, found } => {
                if let Some(id) = feature.id.take() {
                    feature.properties.0.push(("id".to_owned(), id));
                }
                let owner = register.owner(&feature.properties);
                problems.extend(name.is_none().then(|| Flaw::NoName(naming::looked_for())));
                problems.extend(owner.is_none().then(|| Flaw::NoState(Register::looked_for())));
                found.push((called, owner, sheets));
            }
            Gathered::Features { found, codes } => {
                let code = unique(naming::code(&feature, &called, self.number), codes);
                problems.extend(name.is_none().then(|| Flaw::NoName(naming::looked_for())));
                found.push((code, called, sheets.iter().map(|sheet| index(sheet, None)).collect()));
            }
        }
        for flaw in problems {
            self.problem(name.as_deref(), flaw);
        }
        Ok(())
    }

    fn at(&mut self, done: usize) {
        if done >= self.said + STEP {
            self.said = done;
            (self.progress)(Progress::Reading { done: done as u64, of: self.of as u64 });
        }
    }
}

/// The code itself, or with a number behind it if it is taken.
fn unique(code: String, taken: &mut BTreeSet<String>) -> String {
    let free = |code: &String| !taken.contains(code);
    let code =
        if free(&code) { code } else { (2..).map(|n| format!("{code}-{n}")).find(free).unwrap_or(code) };
    taken.insert(code.clone());
    code
}

/// Areas of the features found, their borders told from coasts.
fn areas(
    found: Vec<(String, Option<Owner>, Vec<Vec<Rings>>)>,
    sidecar: &Sidecar,
    progress: &mut dyn FnMut(Progress),
) -> Areas {
    let (of, mut ids) = (found.len(), BTreeSet::new());
    let borders = Borders::of(found.iter().flat_map(|(_, _, sheets)| sheets).flatten());
    let mut all = Areas { kept: of, ..Areas::default() };
    for (done, (called, owner, sheets)) in found.into_iter().enumerate() {
        progress(Progress::Indexing { done, of });
        let owner = owner.unwrap_or_else(|| Owner {
            id: format!("undetermined-{}", naming::slug(&called)),
            name: None,
            relations: Vec::new(),
            local: None,
            note: None,
        });
        // The first feature of a State bears its code alone, further ones
        // their name beside it.
        let base = match (ids.contains(&owner.id), &*owner.id) {
            (_, "") => format!("area-{}", done + 1),
            (true, id) if id.len() == 2 => format!("{id}-{}", naming::slug(&called)),
            (_, id) => id.to_owned(),
        };
        for sheet in &sheets {
            let id = unique(base.clone(), &mut ids);
            // A State's name stands for its areas of the same id only.
            let name = owner.name.clone().filter(|_| id == owner.id);
            all.areas.push(Area {
                id,
                name: name.unwrap_or_else(|| Names::english(&called)),
                relations: owner.relations.clone(),
                accuracy_m: sidecar.accuracy_m,
                overlay: false,
                local: owner.local.clone(),
                note: owner.note.clone(),
                shape: index(sheet, Some(&borders)),
            });
        }
    }
    progress(Progress::Indexing { done: of, of });
    all.areas.sort_by(|a, b| a.id.cmp(&b.id));
    all
}
