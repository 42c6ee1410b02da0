//! A shape with its indexes: nearest points in space, inside in degrees.

use super::{
    bands::Bands,
    boxes::Around,
    earth::{LonLat, Point3, densify, ecef},
    error::LayerError,
    topology,
    tree::{Edges, Run, runs},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Threads that help to index a layer.
const HELPERS: usize = 3;

/// One area, feature or place.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub edges: Edges,
    pub bands: Bands,
    /// One position of each separate part.
    pub starts: Vec<LonLat>,
    /// The box around it, with what lies inside.
    pub around: Around,
}

impl Shape {
    /// A shape with its box.
    pub fn new(edges: Edges, bands: Bands, starts: Vec<LonLat>) -> Self {
        let around = around(&edges, &bands);
        Self { edges, bands, starts, around }
    }
}

/// Reads a layer and indexes each feature. A border is put into space once,
/// for both neighbours.
pub(super) fn index(text: &str, layer: &str) -> Result<Vec<(String, Shape)>, LayerError> {
    let topology = topology::read(text, layer, layer)?;
    let mut uses = vec![0_u8; topology.arcs.len()];
    for arc in topology.features.iter().flat_map(|(_, polygons)| polygons).flatten().flatten() {
        uses[*arc] = uses[*arc].saturating_add(1);
    }
    let mut points: Vec<Point3> = Vec::new();
    let spans: Vec<(usize, usize)> = topology
        .arcs
        .iter()
        .map(|arc| {
            let from = points.len();
            densify(arc, &mut points);
            (from, points.len())
        })
        .collect();
    let points: Arc<[Point3]> = points.into();
    let features = &topology.features;
    let index_one = |polygons: &Vec<Vec<Vec<usize>>>| {
        let mut leaves: Vec<Run> = Vec::new();
        for arc in polygons.iter().flatten().flatten() {
            let (from, to) = spans[*arc];
            runs(from, to, uses[*arc] == 1, &mut leaves);
        }
        let chains = polygons.iter().flatten().flatten().map(|arc| topology.arcs[*arc].as_slice());
        let start = |polygon: &Vec<Vec<usize>>| {
            polygon.first()?.first().and_then(|arc| topology.arcs[*arc].first()).copied()
        };
        let starts = polygons.iter().filter_map(start).collect();
        Shape::new(Edges::new(Arc::clone(&points), leaves), Bands::new(&chains), starts)
    };
    // Every shape is built by itself, so helpers change nothing but the time.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((_, polygons)) = features.get(index) else { return done };
            done.push((index, index_one(polygons)));
        }
    };
    let mut built: Vec<(usize, Shape)> = thread::scope(|scope| {
        let helpers: Vec<_> = (0..HELPERS).map(|_| scope.spawn(work)).collect();
        let mut built = work();
        built.extend(helpers.into_iter().flat_map(|helper| helper.join().unwrap_or_default()));
        built
    });
    built.sort_by_key(|(index, _)| *index);
    if built.len() != features.len() {
        return Err(LayerError::unreadable(layer, "a feature could not be indexed"));
    }
    Ok(built.into_iter().map(|(index, shape)| (features[index].0.clone(), shape)).collect())
}

/// Indexes lines.
pub(super) fn of_lines(lines: &[Vec<LonLat>]) -> Shape {
    Shape::new(edges_of(lines), Bands::default(), starts_of(lines))
}

/// Indexes closed rings, with the lines to measure to, which may be fewer.
pub(super) fn of_rings(lines: &[Vec<LonLat>], rings: &[Vec<LonLat>]) -> Shape {
    Shape::new(edges_of(lines), Bands::new(&rings.iter().map(Vec::as_slice)), starts_of(lines))
}

fn edges_of(lines: &[Vec<LonLat>]) -> Edges {
    let (mut points, mut leaves) = (Vec::new(), Vec::new());
    for line in lines {
        let from = points.len();
        densify(line, &mut points);
        runs(from, points.len(), false, &mut leaves);
    }
    Edges::new(points.into(), leaves)
}

fn starts_of(lines: &[Vec<LonLat>]) -> Vec<LonLat> {
    lines.iter().filter_map(|line| line.first().copied()).collect()
}

/// Where the surface of the earth lies farthest out along an axis: only there
/// may the inside of an area lie outside the box around its edges.
const OUTMOST: [LonLat; 7] = [
    [0.0, 0.0],
    [90.0, 0.0],
    [180.0, 0.0],
    [-180.0, 0.0],
    [-90.0, 0.0],
    [0.0, 89.999_999],
    [0.0, -89.999_999],
];

/// The box around edges and what lies within them.
fn around(edges: &Edges, bands: &Bands) -> Around {
    let inside = OUTMOST.into_iter().filter(|at| bands.contains(*at));
    inside.fold(edges.around(), |around, at| around.and(&Around::points(&[ecef(at)])))
}
