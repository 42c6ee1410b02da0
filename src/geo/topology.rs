//! TopoJSON in and out: lines on a whole-number grid, arcs shared between
//! neighbours (the TopoJSON format specification, 1.0).

use super::{earth::LonLat, error::LayerError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A position on the grid of a topology: steps east, steps north.
pub(super) type Cell = [i64; 2];
/// A closed ring; the first position is not repeated.
pub(super) type Ring = Vec<Cell>;
/// Outer ring, then holes.
pub(super) type Polygon = Vec<Ring>;

/// The grid: how wide a step is and where the count begins, in degrees.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Grid {
    pub scale: [f64; 2],
    pub translate: [f64; 2],
}

impl Grid {
    /// Degrees of a position. A step beyond a pole or ±180° is the pole or
    /// ±180°: the grid need not meet them exactly.
    pub fn degrees(&self, cell: Cell) -> LonLat {
        let at = |axis: usize| cell[axis] as f64 * self.scale[axis] + self.translate[axis];
        [at(0).clamp(-180.0, 180.0), at(1).clamp(-90.0, 90.0)]
    }

    /// The nearest position on the grid.
    #[expect(clippy::cast_possible_truncation, reason = "degrees over a step are far below 2^53")]
    pub fn cell(&self, at: LonLat) -> Cell {
        let step = |axis: usize| ((at[axis] - self.translate[axis]) / self.scale[axis]).round() as i64;
        [step(0), step(1)]
    }

    /// The first position at or beyond the pole of the hemisphere of `cell`.
    #[expect(clippy::cast_possible_truncation, reason = "degrees over a step are far below 2^53")]
    pub fn pole(&self, cell: Cell) -> i64 {
        if self.degrees(cell)[1] < 0.0 {
            ((-90.0 - self.translate[1]) / self.scale[1]).floor() as i64
        } else {
            ((90.0 - self.translate[1]) / self.scale[1]).ceil() as i64
        }
    }

    /// The positions of −180° and 180°.
    pub fn seam(&self) -> [i64; 2] {
        [self.cell([-180.0, 0.0])[0], self.cell([180.0, 0.0])[0]]
    }
}

/// A feature with its rings written out.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Feature {
    pub id: Option<String>,
    pub name: String,
    pub polygons: Vec<Polygon>,
}

/// A topology as written.
#[derive(Serialize, Deserialize)]
struct File {
    r#type: String,
    transform: Grid,
    objects: BTreeMap<String, Collection>,
    arcs: Vec<Vec<Cell>>,
}

#[derive(Serialize, Deserialize)]
struct Collection {
    r#type: String,
    geometries: Vec<Geometry>,
}

#[derive(Serialize, Deserialize)]
struct Geometry {
    r#type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    arcs: Arcs,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize, Deserialize)]
struct Properties {
    #[serde(default)]
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Arcs {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

/// A topology with its arcs kept apart: what the index is built from.
pub(super) struct Topology {
    /// Positions of each arc, in degrees.
    pub arcs: Vec<Vec<LonLat>>,
    /// Features: id, then polygons of rings of arc indices (direction dropped).
    pub features: Vec<(String, Vec<Vec<Vec<usize>>>)>,
}

/// The grid, the arcs with their steps added up, and the geometries.
type Parsed = (Grid, Vec<Vec<Cell>>, Vec<Geometry>);

fn parse(text: &str, layer: &str, object: &str) -> Result<Parsed, LayerError> {
    let mut file: File = serde_json::from_str(text).map_err(|error| LayerError::unreadable(layer, &error))?;
    let collection = file
        .objects
        .remove(object)
        .ok_or_else(|| LayerError::unreadable(layer, &format!("there is no object “{object}”")))?;
    for arc in &mut file.arcs {
        let mut last = [0, 0];
        for cell in arc {
            *cell = [last[0] + cell[0], last[1] + cell[1]];
            last = *cell;
        }
    }
    Ok((file.transform, file.arcs, collection.geometries))
}

fn polygons(geometry: &Geometry) -> Vec<&[Vec<i64>]> {
    match &geometry.arcs {
        Arcs::Polygon(polygon) => vec![polygon.as_slice()],
        Arcs::MultiPolygon(polygons) => polygons.iter().map(Vec::as_slice).collect(),
    }
}

/// Which arc an index means, and whether it runs backwards.
fn arc_of(index: i64) -> (usize, bool) {
    let plain = if index < 0 { !index } else { index };
    (usize::try_from(plain).unwrap_or(usize::MAX), index < 0)
}

/// Reads a topology and writes its rings out.
pub(super) fn features(text: &str, layer: &str, object: &str) -> Result<(Grid, Vec<Feature>), LayerError> {
    let (grid, arcs, geometries) = parse(text, layer, object)?;
    let mut features = Vec::new();
    for geometry in &geometries {
        let name = geometry.properties.as_ref().map_or(String::new(), |p| p.name.clone());
        let mut written = Vec::new();
        for polygon in polygons(geometry) {
            let mut rings = Vec::new();
            for indices in polygon {
                rings.push(ring(indices, &arcs).ok_or_else(|| {
                    LayerError::inconsistent(layer, &name, "names an arc that is not there")
                })?);
            }
            written.push(rings);
        }
        features.push(Feature { id: geometry.id.clone(), name, polygons: written });
    }
    Ok((grid, features))
}

fn ring(indices: &[i64], arcs: &[Vec<Cell>]) -> Option<Ring> {
    let mut ring: Ring = Vec::new();
    for index in indices {
        let (arc, backwards) = arc_of(*index);
        let arc = arcs.get(arc)?;
        if backwards {
            ring.extend(arc.iter().rev());
        } else {
            ring.extend(arc);
        }
    }
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    Some(ring)
}

/// Reads a topology with its arcs kept apart.
pub(super) fn read(text: &str, layer: &str, object: &str) -> Result<Topology, LayerError> {
    let (grid, arcs, geometries) = parse(text, layer, object)?;
    let mut features = Vec::new();
    for geometry in &geometries {
        let id = geometry.id.clone().unwrap_or_default();
        let mut written = Vec::new();
        for polygon in polygons(geometry) {
            let mut rings = Vec::new();
            for indices in polygon {
                let ring: Vec<usize> = indices.iter().map(|index| arc_of(*index).0).collect();
                if ring.iter().any(|arc| *arc >= arcs.len()) {
                    return Err(LayerError::inconsistent(layer, &id, "names an arc that is not there"));
                }
                rings.push(ring);
            }
            written.push(rings);
        }
        features.push((id, written));
    }
    let arcs = arcs.iter().map(|arc| arc.iter().map(|cell| grid.degrees(*cell)).collect()).collect();
    Ok(Topology { arcs, features })
}

/// Writes features as TopoJSON: rings cut into arcs where neighbours part,
/// every arc written once. The same features give the same bytes.
pub(super) fn write(grid: Grid, object: &str, features: &[Feature]) -> String {
    let mut arcs = ArcTable::new(features);
    let geometries = features
        .iter()
        .map(|feature| Geometry {
            r#type: "MultiPolygon".to_owned(),
            id: feature.id.clone(),
            arcs: Arcs::MultiPolygon(
                feature
                    .polygons
                    .iter()
                    .map(|polygon| polygon.iter().map(|ring| arcs.cut(ring)).collect())
                    .collect(),
            ),
            properties: (!feature.name.is_empty()).then(|| Properties { name: feature.name.clone() }),
        })
        .collect();
    let file = File {
        r#type: "Topology".to_owned(),
        transform: grid,
        objects: BTreeMap::from([(
            object.to_owned(),
            Collection { r#type: "GeometryCollection".to_owned(), geometries },
        )]),
        arcs: arcs.arcs.iter().map(|arc| deltas(arc)).collect(),
    };
    let mut text = serde_json::to_string(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn deltas(arc: &[Cell]) -> Vec<Cell> {
    let mut last = [0, 0];
    arc.iter()
        .map(|cell| {
            let delta = [cell[0] - last[0], cell[1] - last[1]];
            last = *cell;
            delta
        })
        .collect()
}

/// The arcs written so far, and where rings have to be cut.
struct ArcTable {
    /// The neighbours of a position, lower first; `None` where rings part.
    neighbours: HashMap<Cell, Option<[Cell; 2]>>,
    known: HashMap<Vec<Cell>, i64>,
    arcs: Vec<Vec<Cell>>,
}

impl ArcTable {
    fn new(features: &[Feature]) -> Self {
        let mut neighbours: HashMap<Cell, Option<[Cell; 2]>> = HashMap::new();
        for ring in features.iter().flat_map(|feature| &feature.polygons).flatten() {
            for (index, cell) in ring.iter().enumerate() {
                let before = ring[(index + ring.len() - 1) % ring.len()];
                let after = ring[(index + 1) % ring.len()];
                let pair = if before < after { [before, after] } else { [after, before] };
                neighbours
                    .entry(*cell)
                    .and_modify(|known| {
                        if *known != Some(pair) {
                            *known = None;
                        }
                    })
                    .or_insert(Some(pair));
            }
        }
        Self { neighbours, known: HashMap::new(), arcs: Vec::new() }
    }

    /// Cuts a ring into arcs and gives their indices.
    fn cut(&mut self, ring: &Ring) -> Vec<i64> {
        let parts = |cell: &Cell| self.neighbours.get(cell).is_some_and(Option::is_none);
        let start = ring.iter().position(parts).unwrap_or_else(|| {
            ring.iter().enumerate().min_by_key(|(_, cell)| **cell).map_or(0, |(index, _)| index)
        });
        let mut chains = Vec::new();
        let mut chain = vec![ring[start]];
        for step in 1..=ring.len() {
            let cell = ring[(start + step) % ring.len()];
            chain.push(cell);
            if step == ring.len() || parts(&cell) {
                chains.push(std::mem::replace(&mut chain, vec![cell]));
            }
        }
        chains.into_iter().map(|chain| self.index(chain)).collect()
    }

    fn index(&mut self, chain: Vec<Cell>) -> i64 {
        if let Some(index) = self.known.get(&chain) {
            return *index;
        }
        let backwards: Vec<Cell> = chain.iter().rev().copied().collect();
        if let Some(index) = self.known.get(&backwards) {
            return !*index;
        }
        let index = i64::try_from(self.arcs.len()).unwrap_or(i64::MAX);
        self.known.insert(chain.clone(), index);
        self.arcs.push(chain);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_an_arc_and_rings_come_back() {
        let square = |x: i64| vec![[x, 0], [x + 2, 0], [x + 2, 2], [x, 2]];
        let hole = vec![[0, 5], [1, 6], [2, 5]];
        let feature =
            |name: &str, polygons| Feature { id: Some(name.to_owned()), name: String::new(), polygons };
        let around = vec![[-1, 4], [4, 4], [4, 9], [-1, 9]];
        let all = [
            feature("a", vec![vec![square(0)]]),
            feature("b", vec![vec![square(2)]]),
            feature("c", vec![vec![around, hole.clone()]]),
            feature("d", vec![vec![vec![hole[2], hole[1], hole[0]]]]),
        ];
        let grid = Grid { scale: [1.0, 1.0], translate: [0.0, 0.0] };
        let text = write(grid, "areas", &all);
        let read_back = read(&text, "areas", "areas").expect("readable");
        assert_eq!(read_back.arcs.len(), 5, "one shared border, one shared ring: {text}");
        let (_, back) = features(&text, "areas", "areas").expect("readable");
        for (was, is) in all.iter().zip(&back) {
            let cells = |f: &Feature| {
                let mut cells: Vec<Cell> = f.polygons.iter().flatten().flatten().copied().collect();
                cells.sort_unstable();
                cells
            };
            assert_eq!(cells(was), cells(is));
        }
    }
}
