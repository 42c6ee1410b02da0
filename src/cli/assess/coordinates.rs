//! Coordinates as people write them: `47.57,7.58`, `33.9S 18.4E`,
//! `47°34'12"N 7°34'48"E`. Latitude first, unless letters say otherwise.

use crate::{
    cli::Trouble,
    domain::place::{Position, PositionError},
};

const SHAPES: &str =
    "write latitude and longitude in degrees, such as 47.57,7.58 or 33.9S,18.4E or 47°34'12\"N 7°34'48\"E";

/// Reads a position.
pub(super) fn read(text: &str) -> Result<Position, Trouble> {
    if text.trim().is_empty() {
        return Err(Trouble(format!("no coordinates are given: {SHAPES}")));
    }
    let wrong = |what: &str| Trouble(format!("“{}” {what}: {SHAPES}", text.trim()));
    let tokens = tokens(text).ok_or_else(|| wrong("is not a pair of coordinates"))?;
    let (first, second) = halves(&tokens).ok_or_else(|| wrong("is not a pair of coordinates"))?;
    position(angle(first).map_err(wrong)?, angle(second).map_err(wrong)?).map_err(|why| match why {
        Some(error) => outside(&error),
        None => wrong("gives the same coordinate twice"),
    })
}

/// Reads a latitude and a longitude that stand apart.
pub(super) fn read_pair(lat: &str, lon: &str) -> Result<Position, Trouble> {
    let one = |text: &str, name: &str| {
        let wrong = |what: &str| Trouble(format!("{name} “{text}” {what}: {SHAPES}"));
        let tokens = tokens(text).ok_or_else(|| wrong("is no coordinate"))?;
        angle(&tokens).map_err(|_| wrong("is no coordinate"))
    };
    position(one(lat, "lat")?, one(lon, "lon")?).map_err(|why| match why {
        Some(error) => outside(&error),
        None => Trouble("lat and lon are the same coordinate twice".to_owned()),
    })
}

/// Two angles as a position; letters say which is which, else the latitude
/// comes first. Nothing as the error means the same coordinate twice.
fn position(first: Angle, second: Angle) -> Result<Position, Option<PositionError>> {
    let (lat, lon) = match (first.axis, second.axis) {
        (Some(Axis::Longitude), Some(Axis::Latitude) | None) | (None, Some(Axis::Latitude)) => {
            (second, first)
        }
        (Some(one), Some(other)) if one == other => return Err(None),
        _ => (first, second),
    };
    Position::new(lat.degrees, lon.degrees).map_err(Some)
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

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token {
    /// A number, whether with a minus, and its unit: 0 degrees, 1 minutes, 2 seconds.
    Number {
        value: f64,
        minus: bool,
        unit: Option<u8>,
    },
    Letter(char),
    Comma,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.trim();
    let text = text.strip_prefix("geo:").unwrap_or(text).replace("''", "″");
    let mut characters = text.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(c) = characters.next() {
        let unit = match c {
            ' ' | '\t' | '\u{a0}' | '\u{202f}' => continue,
            ',' | ';' | '/' => {
                tokens.push(Token::Comma);
                continue;
            }
            'N' | 'n' | 'S' | 's' | 'E' | 'e' | 'W' | 'w' => {
                tokens.push(Token::Letter(c.to_ascii_uppercase()));
                continue;
            }
            '°' | 'º' | '˚' => 0,
            '\'' | '′' | '’' | '´' => 1,
            '"' | '″' | '”' | '“' => 2,
            '+' | '-' | '−' | '–' | '.' | '0'..='9' => {
                let minus = matches!(c, '-' | '−' | '–');
                let mut digits = String::new();
                if matches!(c, '.' | '0'..='9') {
                    digits.push(c);
                }
                while let Some(next) = characters.next_if(|c| matches!(c, '.' | '0'..='9')) {
                    digits.push(next);
                }
                tokens.push(Token::Number { value: digits.parse().ok()?, minus, unit: None });
                continue;
            }
            _ => return None,
        };
        match tokens.last_mut() {
            Some(Token::Number { unit: none @ None, .. }) => *none = Some(unit),
            _ => return None,
        }
    }
    Some(tokens)
}

/// Where the first coordinate ends and the second begins.
fn halves(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    let is_comma = |token: &Token| *token == Token::Comma;
    let is_letter = |token: &Token| matches!(token, Token::Letter(_));
    if let Some(at) = tokens.iter().position(is_comma) {
        let (first, second) = (&tokens[..at], &tokens[at + 1..]);
        return (!second.iter().any(is_comma)).then_some((first, second));
    }
    let at = match tokens.iter().position(is_letter) {
        // N 47.57 E 7.58
        Some(0) => 1 + tokens[1..].iter().position(is_letter)?,
        // 47.57 N 7.58 E
        Some(at) => at + 1,
        // 47 34 12 7 34 48
        None => tokens.len() / 2,
    };
    let even = tokens.iter().any(is_letter) || tokens.len().is_multiple_of(2);
    (even && at < tokens.len()).then(|| tokens.split_at(at))
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Axis {
    Latitude,
    Longitude,
}

struct Angle {
    degrees: f64,
    axis: Option<Axis>,
}

/// One coordinate: degrees, then perhaps minutes and seconds, and a letter.
fn angle(tokens: &[Token]) -> Result<Angle, &'static str> {
    let letter = |token: &Token| match token {
        Token::Letter(c) => Some(*c),
        _ => None,
    };
    let (letter, numbers) = match tokens {
        [first, rest @ ..] if letter(first).is_some() => (letter(first), rest),
        [rest @ .., last] => (letter(last), if letter(last).is_some() { rest } else { tokens }),
        [] => return Err("lacks a coordinate"),
    };
    if numbers.is_empty() || numbers.len() > 3 {
        return Err("is not a pair of coordinates");
    }
    let (mut degrees, mut negative) = (0.0, false);
    for (place, token) in (0_u8..).zip(numbers) {
        let Token::Number { value, minus, unit } = *token else { return Err("is not a pair of coordinates") };
        let whole = place + 1 == u8::try_from(numbers.len()).unwrap_or(0) || value.fract() == 0.0;
        if unit.is_some_and(|unit| unit != place) || !whole || (place > 0 && minus) {
            return Err("mixes degrees, minutes and seconds in a way nobody can read");
        }
        if place > 0 && value >= 60.0 {
            return Err("has sixty minutes or seconds, or more");
        }
        negative |= minus;
        degrees += value / [1.0, 60.0, 3600.0][usize::from(place)];
    }
    if negative && letter.is_some() {
        return Err("has both a minus and a letter");
    }
    let axis = letter.map(|c| if matches!(c, 'N' | 'S') { Axis::Latitude } else { Axis::Longitude });
    let back = negative || matches!(letter, Some('S' | 'W'));
    Ok(Angle { degrees: if back { -degrees } else { degrees }, axis })
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
            ("47N,7N", "twice"),
            ("-47S,7E", "both"),
            ("47°61'N 7°E", "sixty"),
            ("95,100", "95"),
            ("1..2,3", "not a pair"),
            ("10,600", "600"),
        ] {
            let Trouble(said) = read(text).expect_err(text);
            assert!(said.contains(words), "{text}: {said}");
        }
    }
}
