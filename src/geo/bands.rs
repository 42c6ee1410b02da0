//! Is a position inside? Edges sorted into bands of latitude; the crossings
//! east of the position are counted within its band.

use super::earth::LonLat;

/// Edges per band aimed at.
const PER_BAND: usize = 24;
/// The most bands made.
const MOST: usize = 8_192;

/// Rings by bands of latitude. Rings do not step over ±180° unless their
/// longitudes run on beyond it.
#[derive(Clone, Debug, Default)]
pub(super) struct Bands {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
    per_degree: f64,
    /// Where each band starts in `edges`; one more at the end.
    starts: Vec<usize>,
    /// Lower end, then upper end.
    edges: Vec<[LonLat; 2]>,
}

impl Bands {
    /// The bands of closed rings, given as chains whose edges together are
    /// the rings (in any order and direction).
    pub fn new<'a>(chains: &(impl Iterator<Item = &'a [LonLat]> + Clone)) -> Self {
        let all = || chains.clone().flat_map(|chain| chain.windows(2)).filter_map(upward);
        let mut bands = Self {
            south: f64::INFINITY,
            north: f64::NEG_INFINITY,
            west: f64::INFINITY,
            east: f64::NEG_INFINITY,
            ..Self::default()
        };
        let mut count = 0;
        for [low, high] in all() {
            bands.south = bands.south.min(low[1]);
            bands.north = bands.north.max(high[1]);
            bands.west = bands.west.min(low[0]).min(high[0]);
            bands.east = bands.east.max(low[0]).max(high[0]);
            count += 1;
        }
        if count == 0 {
            return bands;
        }
        let number = (count / PER_BAND).clamp(1, MOST);
        bands.per_degree = number as f64 / (bands.north - bands.south);
        let mut sizes = vec![0; number + 1];
        for edge in all() {
            for size in &mut sizes[bands.span(edge, number)] {
                *size += 1;
            }
        }
        let mut start = 0;
        for size in &mut sizes {
            start += std::mem::replace(size, start);
        }
        bands.starts = sizes;
        let mut next = bands.starts.clone();
        bands.edges = vec![[[0.0; 2]; 2]; start];
        for edge in all() {
            for band in bands.span(edge, number) {
                bands.edges[next[band]] = edge;
                next[band] += 1;
            }
        }
        bands
    }

    /// Whether the position is inside, by the even-odd rule. Half-open: of
    /// two areas with a common border exactly one has a position on it, and
    /// the south pole belongs to what is closed there.
    pub fn contains(&self, [lon, lat]: LonLat) -> bool {
        if self.edges.is_empty() || lat < self.south || lat > self.north {
            return false;
        }
        let turns: &[f64] = if self.west < -180.0 || self.east > 180.0 {
            &[-720.0, -360.0, 0.0, 360.0, 720.0]
        } else {
            &[0.0]
        };
        // Rings around a pole may start on different turns: all turns count together.
        turns.iter().fold(false, |inside, turn| inside ^ self.parity([lon + turn, lat]))
    }

    fn parity(&self, [lon, lat]: LonLat) -> bool {
        if lon < self.west || lon > self.east {
            return false;
        }
        let band = self.band(lat, self.starts.len() - 1);
        let mut inside = false;
        for [low, high] in &self.edges[self.starts[band]..self.starts[band + 1]] {
            if low[1] <= lat && lat < high[1] {
                let share = (lat - low[1]) / (high[1] - low[1]);
                inside ^= low[0] + share * (high[0] - low[0]) > lon;
            }
        }
        inside
    }

    fn span(&self, [low, high]: [LonLat; 2], number: usize) -> std::ops::RangeInclusive<usize> {
        self.band(low[1], number)..=self.band(high[1], number)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a latitude between south and north gives a small positive number"
    )]
    fn band(&self, lat: f64, number: usize) -> usize {
        (((lat - self.south) * self.per_degree).max(0.0) as usize).min(number - 1)
    }
}

/// The edge with its lower end first, so that both neighbours of a border
/// reckon the crossing alike; level edges are never crossed.
fn upward(edge: &[LonLat]) -> Option<[LonLat; 2]> {
    let (a, b) = (edge[0], edge[1]);
    if a[1] < b[1] {
        Some([a, b])
    } else if b[1] < a[1] {
        Some([b, a])
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_neighbours_share_no_position_and_leave_none_out() {
        let west: &[LonLat] = &[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]];
        let east: &[LonLat] = &[[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0, 0.0]];
        let (west, east) = (Bands::new(&[west].into_iter()), Bands::new(&[east].into_iter()));
        for lat in [0.0, 0.3, 0.999] {
            assert!(!west.contains([1.0, lat]) && east.contains([1.0, lat]));
            assert!(west.contains([0.0, lat]) && !east.contains([2.0, lat]));
        }
    }

    #[test]
    fn a_ring_beyond_the_date_line_is_found_from_both_sides() {
        let ring: &[LonLat] = &[[179.0, 0.0], [181.0, 0.0], [181.0, 1.0], [179.0, 1.0], [179.0, 0.0]];
        let bands = Bands::new(&[ring].into_iter());
        assert!(bands.contains([-179.5, 0.5]) && bands.contains([179.5, 0.5]) && !bands.contains([0.0, 0.5]));
    }
}
