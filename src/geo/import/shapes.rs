//! The shapes of a shapefile with the rows of its table. Which rings are holes
//! is told by their direction, and by the largest ring, which is none.

use super::{
    ImportError,
    archive::Files,
    feature::{Feature, Rings, Sink},
    limits::MOST_VERTICES,
    reference,
    table::Table,
};
use crate::geo::earth::LonLat;
use rstar::AABB;
use shapefile::{
    PolygonRing, Shape, ShapeReader,
    record::{
        polygon::GenericPolygon,
        traits::{GrowablePoint, HasXY, ShrinkablePoint},
    },
};
use std::io::Cursor;

/// Bytes before the first record.
const HEAD: usize = 100;

/// Reads the features of a shapefile.
pub(super) fn read(files: &Files, sink: &mut dyn Sink) -> Result<(), ImportError> {
    if let Some(system) = files.prj.as_deref().and_then(reference::other_system) {
        return Err(ImportError::CoordinateSystem { system });
    }
    let records = count(&files.shp)?;
    let table = Table::read(&files.dbf, files.cpg.as_deref())?;
    if table.len() != records {
        let problem = format!(
            "the .shp has {records} shapes and the .dbf {} rows; they do not belong together",
            table.len()
        );
        return Err(ImportError::Shapefile { problem });
    }
    let damaged = |error: shapefile::Error| ImportError::Shapefile { problem: error.to_string() };
    let mut reader = ShapeReader::new(Cursor::new(&files.shp[..])).map_err(damaged)?;
    let mut vertices = 0;
    for (number, shape) in reader.iter_shapes().enumerate() {
        let shape = shape.map_err(|error| ImportError::Shapefile {
            problem: format!("feature {}: {error}", number + 1),
        })?;
        let (properties, encoding) = table.row(number);
        let mut feature = Feature { properties, encoding, ..Feature::default() };
        sort(shape, &mut feature);
        vertices += feature.polygons.iter().flatten().map(Vec::len).sum::<usize>();
        if vertices > MOST_VERTICES {
            return Err(ImportError::TooManyVertices { limit: MOST_VERTICES });
        }
        sink.take(feature)?;
        sink.at(files.shp.len() * (number + 1) / records.max(1));
    }
    Ok(())
}

/// Counts the records, and finds out whether all of them are there.
fn count(shp: &[u8]) -> Result<usize, ImportError> {
    let number = |at: usize| -> Option<usize> {
        let bytes: [u8; 4] = shp.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(i32::from_be_bytes(bytes)).ok()
    };
    let truncated = |within: String| ImportError::Truncated { within };
    if number(0) != Some(9994) {
        let problem = "its .shp does not begin as one does".to_owned();
        return Err(ImportError::Shapefile { problem });
    }
    let size =
        number(24).map(|words| 2 * words).ok_or_else(|| truncated("the head of the .shp".to_owned()))?;
    let (mut at, mut records) = (HEAD, 0);
    while at < size.min(shp.len()) {
        let end = number(at + 4).map(|words| at + 8 + 2 * words);
        let Some(end) = end.filter(|end| *end <= shp.len()) else {
            return Err(truncated(format!("feature {} of the .shp", records + 1)));
        };
        at = end;
        records += 1;
    }
    if size > shp.len() {
        let within = format!("the .shp, which says it has {size} bytes and has {}", shp.len());
        return Err(truncated(within));
    }
    Ok(records)
}

/// Puts a shape into its feature.
fn sort(shape: Shape, feature: &mut Feature) {
    match shape {
        Shape::NullShape => {}
        Shape::Polygon(polygon) => feature.polygons = rings(&polygon),
        Shape::PolygonM(polygon) => feature.polygons = rings(&polygon),
        Shape::PolygonZ(polygon) => feature.polygons = rings(&polygon),
        Shape::Polyline(_) | Shape::PolylineM(_) | Shape::PolylineZ(_) => feature.other = Some("line"),
        Shape::Multipatch(_) => feature.unreadable = Some("a multipatch, not a polygon".to_owned()),
        _ => feature.other = Some("point"),
    }
}

fn rings<P>(polygon: &GenericPolygon<P>) -> Vec<Rings>
where
    P: HasXY + ShrinkablePoint + GrowablePoint + PartialEq + Copy,
{
    let positions = |ring: &PolygonRing<P>| ring.points().iter().map(|at| [at.x(), at.y()]).collect();
    nest(polygon.rings().iter().map(positions).collect())
}

/// Puts holes to the rings they lie in.
fn nest(rings: Vec<Vec<LonLat>>) -> Vec<Rings> {
    let areas: Vec<f64> = rings.iter().map(|ring| area(ring)).collect();
    let largest = areas.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or_default();
    let is_hole = |area: f64| area * largest < 0.0;
    let mut polygons: Vec<(AABB<LonLat>, Rings)> = Vec::new();
    let mut holes: Rings = Vec::new();
    for (ring, area) in rings.into_iter().zip(areas) {
        if is_hole(area) {
            holes.push(ring);
        } else if !ring.is_empty() {
            polygons.push((AABB::from_points(&ring), vec![ring]));
        }
    }
    for hole in holes {
        let around = AABB::from_points(&hole);
        let within = |outer: &[LonLat]| holds(outer, hole[0]) || holds(outer, hole[hole.len() / 2]);
        let home = polygons
            .iter_mut()
            .filter(|(outer, rings)| rstar::Envelope::contains_envelope(outer, &around) && within(&rings[0]))
            .min_by(|a, b| rstar::Envelope::area(&a.0).total_cmp(&rstar::Envelope::area(&b.0)));
        match home {
            Some((_, rings)) => rings.push(hole),
            None => polygons.push((around, vec![hole])),
        }
    }
    polygons.into_iter().map(|(_, rings)| rings).collect()
}

/// Twice the area of a ring in square degrees, positive when clockwise.
fn area(ring: &[LonLat]) -> f64 {
    ring.windows(2).map(|pair| (pair[1][0] - pair[0][0]) * (pair[1][1] + pair[0][1])).sum()
}

/// Whether a ring holds a position, by the even-odd rule.
fn holds(ring: &[LonLat], [lon, lat]: LonLat) -> bool {
    let crossed = |pair: &&[LonLat]| {
        let ([x0, y0], [x1, y1]) = (pair[0], pair[1]);
        (y0 > lat) != (y1 > lat) && lon < x0 + (lat - y0) / (y1 - y0) * (x1 - x0)
    };
    ring.windows(2).filter(crossed).count() % 2 == 1
}
