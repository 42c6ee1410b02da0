//! How fine the figures of a finding are.

use crate::domain::place::Metres;

/// Metres to a decimetre.
pub(super) fn metres(value: f64) -> Metres {
    Metres::new((value * 10.0).round() / 10.0).unwrap_or(Metres::ZERO)
}

/// Degrees to a tenth, 0 to below 360.
pub(super) fn bearing(degrees: f64) -> f64 {
    ((degrees * 10.0).round() / 10.0).rem_euclid(360.0)
}
