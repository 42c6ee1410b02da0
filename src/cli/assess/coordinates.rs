//! Coordinates of a question, with words for the terminal.

use crate::{
    cli::Trouble,
    domain::{
        coordinates::{Coordinates, CoordinatesError},
        place::{Position, PositionError},
    },
};

const SHAPES: &str =
    "write latitude and longitude in degrees, such as 47.57,7.58 or 33.9S,18.4E or 47°34'12\"N 7°34'48\"E";

/// Reads a position.
pub(super) fn read(text: &str) -> Result<Position, Trouble> {
    if text.trim().is_empty() {
        return Err(Trouble(format!("no coordinates are given: {SHAPES}")));
    }
    let read = Coordinates::read(text).map_err(|error| match error {
        CoordinatesError::Position(error) => outside(&error),
        CoordinatesError::NotTwo | CoordinatesError::Unread(_) => {
            Trouble(format!("“{}” is not a pair of coordinates: {SHAPES}", text.trim()))
        }
        error => Trouble(format!("“{}”: {error}", text.trim())),
    });
    read.map(|read| read.position)
}

/// Reads a latitude and a longitude that stand apart.
pub(super) fn read_pair(lat: &str, lon: &str) -> Result<Position, Trouble> {
    read(&format!("{lat} ; {lon}"))
}

fn outside(error: &PositionError) -> Trouble {
    match error {
        PositionError::Swapped { lat, lon } => Trouble(format!(
            "latitude {lat} is outside −90…90. The latitude comes first: did you mean {lon},{lat}?"
        )),
        PositionError::Latitude { lat } if lat.abs() > 1_000.0 => Trouble(format!(
            "{error}. Metres of a national grid? Coordinates are degrees, WGS 84 (EPSG:4326)"
        )),
        error => Trouble(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_as_people_write_them() {
        for (text, lat, lon) in [
            ("47.57,7.58", 47.57, 7.58),
            (" 47.57 , 7.58 ", 47.57, 7.58),
            ("47.57 7.58", 47.57, 7.58),
            ("-33.9,18.4", -33.9, 18.4),
            ("−33.9 18.4", -33.9, 18.4),
            ("33.9S,18.4E", -33.9, 18.4),
            ("S33.9 E18.4", -33.9, 18.4),
            ("18.4 E, 33.9 s", -33.9, 18.4),
            ("47°34'12\"N 7°34'48\"E", 47.57, 7.58),
            ("47° 34′ 12″ N, 7° 34′ 48″ W", 47.57, -7.58),
            ("47 34 12 7 34 48", 47.57, 7.58),
            ("47°34.2' N 7°34.8' E", 47.57, 7.58),
            ("geo:47.57,7.58", 47.57, 7.58),
            ("0,-180", 0.0, -180.0),
            ("0,190", 0.0, -170.0),
        ] {
            let read = read(text).expect(text);
            assert!((read.lat - lat).abs() < 1e-9 && (read.lon - lon).abs() < 1e-9, "{text}: {read:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (text, words) in [
            ("139.7,35.7", "did you mean 35.7,139.7?"),
            ("NaN,7", "not a pair"),
            ("", "no coordinates"),
            ("47.57", "not a pair"),
            ("47,57,7,58", "not a pair"),
            ("2612000,1267000", "national grid"),
            ("47N,7N", "one direction"),
            ("-47S,7E", "one direction"),
            ("47°61'N 7°E", "less than 60"),
            ("95,100", "95"),
            ("1..2,3", "not a pair"),
            ("10,600", "600"),
        ] {
            let Trouble(said) = read(text).expect_err(text);
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
