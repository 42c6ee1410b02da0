//! Coordinates as a person types them: degrees in the usual notations of six
//! languages, UTM, and MGRS.

use super::place::{Metres, Position, PositionError};
use mgrs_convert::{Mgrs, UtmUps};

/// A position read from text, and how exactly it was said.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Coordinates {
    /// Where.
    pub position: Position,
    /// Half of the last digit said, as a length on the ground.
    pub within: Metres,
}

/// Why a text is not a pair of coordinates. Each says what to do.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum CoordinatesError {
    /// There are not two angles in it.
    #[error("two coordinates are needed, such as 47.5879 N 7.5915 E")]
    NotTwo,
    /// Something in it is neither a number nor a direction.
    #[error("“{0}” is neither a number nor a direction")]
    Unread(String),
    /// Directions that do not go together, such as two of them north or south.
    #[error(
        "one direction has to be north or south, the other east or west; or give none and put north first"
    )]
    Directions,
    /// “O” is east to some readers and west to others.
    #[error("“O” is west in some languages and east in others: write E or W")]
    EastOrWest,
    /// Minutes or seconds of sixty or more, or behind a degree with decimals.
    #[error("minutes and seconds are less than 60, and stand behind whole degrees and minutes")]
    Sixties,
    /// A grid reference that names no place.
    #[error("this grid reference names no place: {0}")]
    Grid(String),
    /// Out of range.
    #[error(transparent)]
    Position(#[from] PositionError),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Direction {
    North,
    South,
    East,
    West,
}

impl Direction {
    fn is_latitude(self) -> bool {
        matches!(self, Self::North | Self::South)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unit {
    Degree,
    Minute,
    Second,
}

#[derive(Clone, PartialEq, Debug)]
enum Piece {
    Number { value: f64, decimals: u32, is_negative: bool },
    Unit(Unit),
    Direction(Direction),
    Separator,
}

/// Words for directions, longest first where one holds another. `O` alone is
/// refused.
const DIRECTIONS: [(&str, Direction); 32] = [
    ("С.Ш.", Direction::North),
    ("Ю.Ш.", Direction::South),
    ("В.Д.", Direction::East),
    ("З.Д.", Direction::West),
    ("СШ", Direction::North),
    ("ЮШ", Direction::South),
    ("ВД", Direction::East),
    ("ЗД", Direction::West),
    ("北纬", Direction::North),
    ("南纬", Direction::South),
    ("东经", Direction::East),
    ("西经", Direction::West),
    ("北緯", Direction::North),
    ("南緯", Direction::South),
    ("東經", Direction::East),
    ("西經", Direction::West),
    ("شمالا", Direction::North),
    ("شمال", Direction::North),
    ("جنوبا", Direction::South),
    ("جنوب", Direction::South),
    ("شرقا", Direction::East),
    ("شرق", Direction::East),
    ("غربا", Direction::West),
    ("غرب", Direction::West),
    ("NORTH", Direction::North),
    ("SOUTH", Direction::South),
    ("EAST", Direction::East),
    ("WEST", Direction::West),
    ("N", Direction::North),
    ("S", Direction::South),
    ("E", Direction::East),
    ("W", Direction::West),
];

/// Metres in a degree of latitude, near enough to say how exact a digit is.
const METRES_A_DEGREE: f64 = 111_320.0;

impl Coordinates {
    /// Reads what was typed. Without directions the first number is the
    /// latitude, as on most maps and receivers.
    pub fn read(text: &str) -> Result<Self, CoordinatesError> {
        let clean = cleaned(text);
        if let Some(found) = grid(&clean) {
            return found;
        }
        let pieces = pieces(&clean)?;
        let directions: Vec<Direction> =
            pieces.iter().filter_map(|p| if let Piece::Direction(d) = p { Some(*d) } else { None }).collect();
        let [first, second] = angles(&pieces)?;
        let has_sign = first.is_negative || second.is_negative;
        let signed = |angle: &Angle| if angle.is_negative { -angle.degrees } else { angle.degrees };
        let (lat, lon) = match directions[..] {
            [] => (signed(&first), signed(&second)),
            [one, other] if one.is_latitude() != other.is_latitude() && !has_sign => {
                let value = |direction, angle: &Angle| match direction {
                    Direction::South | Direction::West => -angle.degrees,
                    Direction::North | Direction::East => angle.degrees,
                };
                let (one_value, other_value) = (value(one, &first), value(other, &second));
                if one.is_latitude() { (one_value, other_value) } else { (other_value, one_value) }
            }
            _ => return Err(CoordinatesError::Directions),
        };
        let within = first.step.max(second.step) / 2.0 * METRES_A_DEGREE;
        Ok(Self { position: Position::new(lat, lon)?, within: metres(within) })
    }
}

fn metres(value: f64) -> Metres {
    Metres::new(value).unwrap_or(Metres::ZERO)
}

/// Capitals, plain digits and plain signs.
fn cleaned(text: &str) -> String {
    let mut clean = String::new();
    for letter in text.trim().chars() {
        match letter {
            // Digits of Arabic, of Persian and Urdu, and those of full width.
            '٠'..='٩' => clean.push(digit(letter, '٠')),
            '۰'..='۹' => clean.push(digit(letter, '۰')),
            '０'..='９' => clean.push(digit(letter, '０')),
            '٫' => clean.push('.'),
            '،' | '，' | '；' | '/' | '|' => clean.push(';'),
            '−' | '–' | '—' => clean.push('-'),
            'º' | '˚' | '度' => clean.push('°'),
            '′' | '’' | '‘' | '´' | '`' | '分' => clean.push('\''),
            '″' | '”' | '“' | '秒' => clean.push('"'),
            '[' | ']' | '(' | ')' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '+' => clean.push(' '),
            other => clean.extend(other.to_uppercase()),
        }
    }
    let clean = clean.strip_prefix("GEO:").unwrap_or(&clean);
    clean.replace("''", "\"").replace(". Ш", ".Ш").replace(". Д", ".Д")
}

fn digit(letter: char, zero: char) -> char {
    let value = u32::from(letter) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or('0')
}

/// A reference in MGRS, or UTM with the band of the zone.
fn grid(text: &str) -> Option<Result<Coordinates, CoordinatesError>> {
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = joined.bytes().take_while(u8::is_ascii_digit).count();
    let letters = joined[digits..].bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &joined[digits + letters..];
    let plain = rest.bytes().all(|b| b.is_ascii_digit());
    if digits <= 2 && letters == 3 && plain && rest.len().is_multiple_of(2) {
        return Some(match joined.parse::<Mgrs>() {
            Ok(cell) => {
                let centre = cell.to_latlon();
                let half = 10_f64.powi(5 - i32::from(cell.precision().get())) / 2.0;
                Position::new(centre.lat(), centre.lon())
                    .map(|position| Coordinates { position, within: metres(half) })
                    .map_err(CoordinatesError::from)
            }
            Err(error) => Err(CoordinatesError::Grid(error.to_string())),
        });
    }
    let parts: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ';').filter(|p| !p.is_empty()).collect();
    let [zone, easting, northing] = parts[..] else { return None };
    let (number, band) = zone.split_at(zone.bytes().take_while(u8::is_ascii_digit).count());
    let metre = |text: &str| text.trim_end_matches(['M', 'E', 'N']).parse::<f64>().ok();
    let (Ok(number), Some(easting), Some(northing)) = (number.parse::<u8>(), metre(easting), metre(northing))
    else {
        return None;
    };
    let [band @ 'C'..='X'] = band.chars().collect::<Vec<_>>()[..] else { return None };
    if easting < 100_000.0 {
        return None;
    }
    Some(match UtmUps::utm(number, band >= 'N', easting, northing) {
        Ok(found) => {
            let place = found.to_latlon();
            Position::new(place.lat(), place.lon())
                .map(|position| Coordinates { position, within: metres(1.0) })
                .map_err(CoordinatesError::from)
        }
        Err(error) => Err(CoordinatesError::Grid(error.to_string())),
    })
}

/// Whether commas between digits stand for decimal points: only when enough
/// numbers are left to be two coordinates.
fn has_decimal_commas(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let between = |at: usize| {
        letters[at] == ','
            && at > 0
            && letters[at - 1].is_ascii_digit()
            && letters.get(at + 1).is_some_and(char::is_ascii_digit)
    };
    let decimal: Vec<usize> = (0..letters.len()).filter(|at| between(*at)).collect();
    let has_point = letters.windows(3).any(|w| w[0].is_ascii_digit() && w[1] == '.' && w[2].is_ascii_digit());
    if decimal.is_empty() || has_point {
        return false;
    }
    let mut numbers = 0;
    let mut inside = false;
    for (at, letter) in letters.iter().enumerate() {
        let part = letter.is_ascii_digit() || decimal.contains(&at);
        numbers += usize::from(part && !inside);
        inside = part;
    }
    numbers >= 2
}

/// The direction a text begins with. A Latin letter that another follows is
/// part of a word.
fn direction(text: &str) -> Option<(&'static str, Direction)> {
    let fits = |word: &str| {
        let next = text.strip_prefix(word).map(|rest| rest.chars().next());
        next.is_some_and(|next| !(word.is_ascii() && next.is_some_and(char::is_alphabetic)))
    };
    DIRECTIONS.iter().find(|(word, _)| fits(word)).copied()
}

fn pieces(text: &str) -> Result<Vec<Piece>, CoordinatesError> {
    let decimal_comma = has_decimal_commas(text);
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut is_negative = false;
    while let Some(letter) = rest.chars().next() {
        let length = rest
            .char_indices()
            .take_while(|(at, c)| {
                let next = rest[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
                c.is_ascii_digit() || (*c == '.' && next) || (*c == ',' && decimal_comma && next)
            })
            .map(|(at, c)| at + c.len_utf8())
            .last();
        if let Some(length) = length.filter(|_| letter.is_ascii_digit()) {
            let number = rest[..length].replace(',', ".");
            let unread = || CoordinatesError::Unread(number.clone());
            let value: f64 = number.parse().map_err(|_| unread())?;
            let decimals = number.split_once('.').map_or(0, |(_, after)| after.len());
            let decimals = u32::try_from(decimals.min(12)).unwrap_or(12);
            pieces.push(Piece::Number { value, decimals, is_negative });
            is_negative = false;
            rest = &rest[length..];
            continue;
        }
        let unit = match letter {
            '°' => Some(Unit::Degree),
            '\'' => Some(Unit::Minute),
            '"' => Some(Unit::Second),
            _ => None,
        };
        if let Some(unit) = unit {
            pieces.push(Piece::Unit(unit));
        } else if letter == '-' {
            is_negative = true;
        } else if let Some((word, direction)) = direction(rest) {
            pieces.push(Piece::Direction(direction));
            rest = &rest[word.len()..];
            continue;
        } else if letter == 'O' {
            return Err(CoordinatesError::EastOrWest);
        } else if matches!(letter, ',' | ';') {
            pieces.push(Piece::Separator);
        } else if !(letter.is_whitespace() || letter == ':') {
            let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
            return Err(CoordinatesError::Unread(word));
        }
        rest = &rest[letter.len_utf8()..];
    }
    Ok(pieces)
}

struct Angle {
    degrees: f64,
    is_negative: bool,
    /// What the last digit counts, in degrees.
    step: f64,
}

/// The numbers as two angles: where the signs of degrees or the directions
/// part them, else in the middle.
fn angles(pieces: &[Piece]) -> Result<[Angle; 2], CoordinatesError> {
    if pieces.iter().filter(|piece| **piece == Piece::Separator).count() > 1 {
        return Err(CoordinatesError::NotTwo);
    }
    let mut numbers: Vec<(f64, u32, bool, Option<Unit>)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Number { value, decimals, is_negative } => {
                numbers.push((*value, *decimals, *is_negative, None));
            }
            Piece::Unit(unit) => {
                if let Some((.., said @ None)) = numbers.last_mut() {
                    *said = Some(*unit);
                }
            }
            Piece::Direction(_) | Piece::Separator => {}
        }
    }
    let degrees: Vec<usize> = (0..numbers.len()).filter(|at| numbers[*at].3 == Some(Unit::Degree)).collect();
    let parted = match (degrees[..].len(), degrees.get(1)) {
        (2, Some(second)) if degrees[0] == 0 => *second,
        (0, _) if matches!(numbers.len(), 2 | 4 | 6) => numbers.len() / 2,
        _ => return Err(CoordinatesError::NotTwo),
    };
    let (first, second) = numbers.split_at(parted);
    Ok([angle(first)?, angle(second)?])
}

fn angle(numbers: &[(f64, u32, bool, Option<Unit>)]) -> Result<Angle, CoordinatesError> {
    if numbers.is_empty() || numbers.len() > 3 {
        return Err(CoordinatesError::NotTwo);
    }
    let mut angle = Angle { degrees: 0.0, is_negative: numbers[0].2, step: 1.0 };
    let mut scale = 1.0;
    for (at, (value, decimals, negative, unit)) in numbers.iter().enumerate() {
        let in_order = match unit {
            Some(Unit::Degree) => at == 0,
            Some(Unit::Minute) => at == 1,
            Some(Unit::Second) => at == 2,
            None => true,
        };
        let last = at + 1 == numbers.len();
        if !in_order || (at > 0 && (*value >= 60.0 || *negative)) || (!last && *decimals > 0) {
            return Err(CoordinatesError::Sixties);
        }
        angle.degrees += value / scale;
        angle.step = 10_f64.powi(-i32::try_from(*decimals).unwrap_or(0)) / scale;
        scale *= 60.0;
    }
    Ok(angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [f64; 2] {
        let at = Coordinates::read(text).unwrap_or_else(|error| panic!("{text}: {error}")).position;
        [at.lat, at.lon]
    }

    #[test]
    fn the_rhine_harbour_in_every_usual_notation() {
        for text in [
            "47.5879 7.5915",
            "47.5879, 7.5915",
            "47,5879 7,5915",
            "47,5879; 7,5915",
            "47,5879, 7,5915",
            "N47.5879 E7.5915",
            "47.5879° N, 7.5915° E",
            "7.5915 E 47.5879 N",
            "+47.5879 +7.5915",
            "(47.5879, 7.5915)",
            "47°35.274'N 7°35.49'E",
            "47 35.274 N 7 35.49 E",
            "47° 35′ 16.44″ N, 7° 35′ 29.4″ E",
            "47°35'16.44''N 7°35'29.4''E",
            "47 35 16.44 7 35 29.4",
            "47:35:16.44 N 7:35:29.4 E",
            "47,5879° с. ш. 7,5915° в. д.",
            "geo:47.5879,7.5915",
            "北纬47.5879度，东经7.5915度",
            "٤٧٫٥٨٧٩ شمالا، ٧٫٥٩١٥ شرقا",
            "32T LT 94099 71459",
        ] {
            let [lat, lon] = read(text);
            assert!((lat - 47.5879).abs() < 2e-5 && (lon - 7.5915).abs() < 2e-5, "{text}: {lat} {lon}");
        }
    }

    #[test]
    fn south_and_west_by_letter_or_sign() {
        let shown = |text: &str| Coordinates::read(text).expect(text).position.to_string();
        for text in ["18.1416 S 178.4419 W", "-18.1416 -178.4419", "−18.1416; −178.4419"] {
            assert_eq!(shown(text), "18.1416° S 178.4419° W");
        }
        assert_eq!(shown("W 178.5, S 18.25"), "18.2500° S 178.5000° W");
        let [lat, lon] = read("60K 650000 7990000");
        assert!((lat + 18.17).abs() < 0.02 && (lon - 178.42).abs() < 0.02, "{lat} {lon}");
    }

    #[test]
    fn how_exactly_it_was_said() {
        let within = |text: &str| format!("{:.0}", Coordinates::read(text).expect(text).within.get());
        assert_eq!(within("47 7"), "55660");
        assert_eq!(within("47.59 7.59"), "557");
        assert_eq!(within("47.5879 7.59"), "557");
        assert_eq!(within("47°35' 7°35'"), "928");
        assert_eq!(within("32TLT9471"), "500");
    }

    #[test]
    fn what_cannot_be_told_is_refused_with_what_to_do() {
        let says = |text: &str| Coordinates::read(text).expect_err(text);
        assert_eq!(says(""), CoordinatesError::NotTwo);
        assert_eq!(says("47.5"), CoordinatesError::NotTwo);
        assert_eq!(says("47.5 7.5 3"), CoordinatesError::NotTwo);
        assert_eq!(says("47,57,7,58"), CoordinatesError::NotTwo);
        assert_eq!(says("47.5 N 7.5 S"), CoordinatesError::Directions);
        assert_eq!(says("47.5 N 7.5"), CoordinatesError::Directions);
        assert_eq!(says("-47.5 N 7.5 E"), CoordinatesError::Directions);
        assert_eq!(says("47.5 N 7.5 O"), CoordinatesError::EastOrWest);
        assert_eq!(says("47 70 N 7 35 E"), CoordinatesError::Sixties);
        assert_eq!(says("47.5 35 N 7.5 35 E"), CoordinatesError::Sixties);
        assert_eq!(says("near Basel"), CoordinatesError::Unread("NEAR".to_owned()));
        assert!(matches!(says("147.5 7.5"), CoordinatesError::Position(PositionError::Swapped { .. })));
        assert!(matches!(says("99ZZZ1234"), CoordinatesError::Grid(_)));
    }
}
