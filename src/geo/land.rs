//! Land as polygons, for composing hotspots: whole States, parts of them, and
//! outlines clipped to the coast.

use super::{
    error::LayerError,
    hotspots::{Hotspot, Part},
    outline,
    register::{Entry, Rectangle},
    topology::{self, Grid, Polygon},
};
use crate::domain::state::StateCode;
use geo::{
    BooleanOps, BoundingRect, Intersects, LineString, MultiPolygon, Polygon as Shape, Rect, Simplify, coord,
};

/// The grid of the layer of hotspots: about 200 m, far finer than its lines.
pub(super) const GRID: Grid = Grid { scale: [0.002, 0.002], translate: [-180.0, -90.0] };

/// Lines are simplified by at most this many degrees.
const SIMPLIFIED: f64 = 0.01;

/// A polygon of land, with the State that administers it.
struct Ground {
    states: Vec<StateCode>,
    shape: Shape,
    bounds: Rect,
}

/// All land: the layer of areas without the outlines on top of it.
pub(super) struct Land(Vec<Ground>);

impl Land {
    /// Reads the layer of areas.
    pub fn read(areas: &str, entries: &[Entry]) -> Result<Self, LayerError> {
        let (grid, features) = topology::features(areas, "areas", "areas")?;
        let mut land = Vec::new();
        for feature in features {
            let id = feature.id.unwrap_or_default();
            let entry = entries.iter().find(|entry| entry.id == id);
            if entry.is_some_and(|entry| entry.outline.is_some()) {
                continue;
            }
            let states: Vec<StateCode> = entry.map_or_else(
                || id.parse().into_iter().collect(),
                |entry| {
                    let held = |basis: &str| matches!(basis, "administers" | "shared");
                    entry.relations.iter().filter(|r| held(&r.basis)).map(|r| r.state).collect()
                },
            );
            for polygon in feature.polygons {
                let shape = shape(&polygon, grid);
                if let Some(bounds) = shape.bounding_rect() {
                    land.push(Ground { states: states.clone(), shape, bounds });
                }
            }
        }
        Ok(Self(land))
    }

    /// Puts the parts of a hotspot together, on [`GRID`].
    pub fn compose(&self, hotspot: &Hotspot) -> Result<Vec<Polygon>, LayerError> {
        let wrong = |problem: String| LayerError::inconsistent("hotspots", &hotspot.code, &problem);
        let mut whole = MultiPolygon::new(Vec::new());
        for (index, part) in hotspot.parts.iter().enumerate() {
            let piece = self.part(part).map_err(|problem| wrong(format!("part {}: {problem}", index + 1)))?;
            if piece.0.is_empty() {
                return Err(wrong(format!("part {} has no land in it", index + 1)));
            }
            whole = whole.union(&piece);
        }
        let simple = MultiPolygon::new(whole.into_iter().map(|area| simplified(&area)).collect());
        let polygons = outline::on_grid(&simple, GRID);
        if polygons.is_empty() { Err(wrong("has no area".to_owned())) } else { Ok(polygons) }
    }

    fn part(&self, part: &Part) -> Result<MultiPolygon, String> {
        if let Some(state) = part.state {
            return Ok(self.of_state(state, part.within.as_ref()));
        }
        let line = part.outline.as_deref().unwrap_or_default();
        let pieces = outline::cut(line)?;
        Ok(self.clipped(&pieces))
    }

    /// The land a State administers: all, or what of it lies in a box.
    fn of_state(&self, state: StateCode, within: Option<&Rectangle>) -> MultiPolygon {
        let held = self.0.iter().filter(|ground| ground.states.contains(&state));
        let all = MultiPolygon::new(held.map(|ground| ground.shape.clone()).collect());
        let Some([[west, south], [east, north]]) = within else { return all };
        let halves = if west > east { vec![(*west, 180.0), (-180.0, *east)] } else { vec![(*west, *east)] };
        let boxes = halves.into_iter().map(|(west, east)| {
            Rect::new(coord! { x: west, y: *south }, coord! { x: east, y: *north }).to_polygon()
        });
        all.intersection(&MultiPolygon::new(boxes.collect()))
    }

    fn clipped(&self, pieces: &MultiPolygon) -> MultiPolygon {
        let mut clipped = Vec::new();
        for piece in pieces {
            let Some(bounds) = piece.bounding_rect() else { continue };
            let touched = self.0.iter().filter(|ground| ground.bounds.intersects(&bounds));
            let land = MultiPolygon::new(touched.map(|ground| ground.shape.clone()).collect());
            clipped.extend(MultiPolygon::from(piece.clone()).intersection(&land));
        }
        MultiPolygon::new(clipped)
    }
}

fn shape(polygon: &Polygon, grid: Grid) -> Shape {
    let line = |ring: &Vec<[i64; 2]>| -> LineString {
        ring.iter().map(|cell| <(f64, f64)>::from(grid.degrees(*cell))).collect::<Vec<_>>().into()
    };
    let mut rings = polygon.iter().map(line);
    let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Shape::new(outer, rings.collect())
}

/// Fewer positions; a ring that would vanish stays as it is.
fn simplified(area: &Shape) -> Shape {
    let line = |ring: &LineString| {
        let simple = ring.simplify(SIMPLIFIED);
        if simple.0.len() > 3 { simple } else { ring.clone() }
    };
    Shape::new(line(area.exterior()), area.interiors().iter().map(line).collect())
}
