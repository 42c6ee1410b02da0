//! Outlines drawn by hand: cut at ±180°, clipped, simplified, put on a grid.

use super::{
    earth::{LonLat, unwrap},
    register::Rectangle,
    topology::{Grid, Polygon, Ring},
};
use geo::{BooleanOps, LineString, MultiPolygon, Polygon as Area, Rect, coord};

/// Cuts an outline at ±180°. The ring may be open; every edge goes the short
/// way round.
pub(super) fn cut(line: &[LonLat]) -> Result<MultiPolygon, &'static str> {
    if line.iter().flatten().any(|number| !number.is_finite()) || line.iter().any(|at| at[1].abs() > 90.0) {
        return Err("the outline leaves the earth");
    }
    let mut ring = line.to_vec();
    if unwrap(&mut ring).abs() > 0.5 {
        return Err("the outline runs around a pole; draw it along the pole and ±180° instead");
    }
    let whole = Area::new(LineString::from(ring), Vec::new());
    let mut pieces = Vec::new();
    for turn in [-360.0, 0.0, 360.0, 720.0] {
        let world = Rect::new(coord! { x: turn - 180.0, y: -90.0 }, coord! { x: turn + 180.0, y: 90.0 });
        let outside = whole.exterior().coords().all(|at| at.x <= turn - 180.0)
            || whole.exterior().coords().all(|at| at.x >= turn + 180.0);
        if outside {
            continue;
        }
        let inside = whole.exterior().coords().all(|at| (turn - 180.0..=turn + 180.0).contains(&at.x));
        let piece =
            if inside { MultiPolygon::from(whole.clone()) } else { whole.intersection(&world.to_polygon()) };
        pieces.extend(piece.into_iter().map(|area| shifted(&area, -turn)));
    }
    Ok(MultiPolygon::new(pieces))
}

/// Whether a rectangle of the register holds a position.
pub(super) fn holds([[west, south], [east, north]]: &Rectangle, [lon, lat]: LonLat) -> bool {
    let across = if west > east { lon >= *west || lon <= *east } else { (*west..=*east).contains(&lon) };
    across && (*south..=*north).contains(&lat)
}

fn shifted(area: &Area, by: f64) -> Area {
    let line = |ring: &LineString| {
        LineString::from(
            ring.coords().map(|at| [at.x + by, at.y]).map(<(f64, f64)>::from).collect::<Vec<_>>(),
        )
    };
    Area::new(line(area.exterior()), area.interiors().iter().map(line).collect())
}

/// Rounds to a grid; what loses its area there is dropped.
pub(super) fn on_grid(areas: &MultiPolygon, grid: Grid) -> Vec<Polygon> {
    let ring = |line: &LineString| -> Ring {
        let mut ring: Ring = line.coords().map(|at| grid.cell([at.x, at.y])).collect();
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        ring
    };
    areas
        .iter()
        .map(|area| {
            let mut rings = vec![ring(area.exterior())];
            rings.extend(area.interiors().iter().map(ring).filter(|hole| hole.len() > 2));
            rings
        })
        .filter(|polygon| polygon[0].len() > 2)
        .collect()
}
