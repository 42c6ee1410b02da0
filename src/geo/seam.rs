//! Takes stitched rings apart again: world-atlas joins rings across ±180°,
//! so that positions on the seam all carry −180 and Antarctica has no edge to
//! the pole.

use super::{
    error::LayerError,
    topology::{Cell, Grid, Ring},
};

/// A ring whose positions on the seam lie on the side of their neighbours,
/// closed at the pole when it runs around one. `name` is for the error.
pub(super) fn unstitch(ring: &[Cell], grid: Grid, name: &str) -> Result<Ring, LayerError> {
    let [west, east] = grid.seam();
    let middle = i64::midpoint(west, east);
    let on_seam = |cell: &Cell| cell[0] == west || cell[0] == east;
    let Some(start) = ring.iter().position(|cell| !on_seam(cell)) else { return Ok(ring.to_vec()) };
    let side = |cell: &Cell| if cell[0] > middle { east } else { west };
    let mut whole = Ring::new();
    let mut waiting: Vec<Cell> = Vec::new();
    let mut last = ring[start];
    let mut crossings = 0;
    for step in 0..=ring.len() {
        let cell = ring[(start + step) % ring.len()];
        if on_seam(&cell) {
            waiting.push(cell);
            continue;
        }
        let far = (cell[0] - last[0]).abs() > middle - west;
        if far && waiting.is_empty() {
            return Err(LayerError::inconsistent("areas", name, "a ring steps over ±180° between positions"));
        }
        if let Some(first) = waiting.first().copied() {
            whole.extend(waiting.iter().map(|on| [side(&last), on[1]]));
            if far {
                crossings += 1;
                let pole = grid.pole(first);
                let end = waiting.last().map_or(first[1], |on| on[1]);
                whole.extend([[side(&last), pole], [side(&cell), pole], [side(&cell), end]]);
            }
            waiting.clear();
        }
        whole.push(cell);
        last = cell;
    }
    if crossings > 1 {
        return Err(LayerError::inconsistent("areas", name, "a ring steps over ±180° more than once"));
    }
    whole.pop();
    whole.dedup();
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRID: Grid = Grid { scale: [1.0, 1.0], translate: [-180.0, -85.0] };

    #[test]
    fn positions_on_the_seam_go_to_the_side_of_their_neighbours() {
        let ring = [[0, 80], [355, 80], [355, 90], [0, 90]];
        let whole = unstitch(&ring, GRID, "x").expect("one side");
        assert_eq!(whole, [[355, 80], [355, 90], [360, 90], [360, 80]]);
    }

    #[test]
    fn a_ring_around_the_pole_is_closed_there() {
        let ring = [[100, 5], [200, 5], [300, 5], [0, 7]];
        let whole = unstitch(&ring, GRID, "x").expect("one crossing");
        assert_eq!(whole, [[100, 5], [200, 5], [300, 5], [360, 7], [360, -5], [0, -5], [0, 7]]);
    }
}
