//! When something happened, as precisely as it was said and no more.

use jiff::{Timestamp, ToSpan, civil};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How precisely a time was said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the second, with a zone.
    Instant,
    /// A clock time without a zone: it may be that time in any zone.
    LocalTime,
    /// A day, in any zone.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A span between two times.
    Span,
    /// Words nobody could turn into a time; kept as said.
    Words,
}

/// A time as it was said, and the interval it must lie in. What was said is
/// never thrown away; what it means is the widest reading, because a time
/// without zone may be that time anywhere (UTC+14 to UTC−12).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Moment {
    /// The words or figures used.
    pub as_said: String,
    /// Not before; absent when the words give no time at all.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub earliest: Option<Timestamp>,
    /// Not after.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub latest: Option<Timestamp>,
    /// How precisely it was said.
    pub precision: Precision,
}

/// The farthest zones east and west of Greenwich, in hours.
const EAST: i64 = 14;
const WEST: i64 = 12;

impl Moment {
    /// A moment known to the second.
    pub fn exact(at: Timestamp) -> Self {
        Self { as_said: at.to_string(), earliest: Some(at), latest: Some(at), precision: Precision::Instant }
    }

    /// Reads what a person wrote: an RFC 3339 time, a clock time without
    /// zone, a day, a month, a year, two of these with a slash or an en dash between, or
    /// any words. Never refuses: words that give no time keep
    /// [`Precision::Words`], with a year in them as the interval when there is
    /// exactly one.
    pub fn read(said: &str) -> Self {
        let text = said.trim();
        if let Some((earliest, latest, precision)) = span(text) {
            return Self {
                as_said: said.to_owned(),
                earliest: Some(earliest),
                latest: Some(latest),
                precision,
            };
        }
        let within = only_year(text).and_then(|year| civil_span(civil::date(year, 1, 1), Precision::Year));
        Self {
            as_said: said.to_owned(),
            earliest: within.map(|(earliest, ..)| earliest),
            latest: within.map(|(_, latest, _)| latest),
            precision: Precision::Words,
        }
    }

    /// Whether all of it lies after `now`.
    pub fn is_future(&self, now: Timestamp) -> bool {
        self.earliest.is_some_and(|earliest| earliest > now)
    }
}

fn span(text: &str) -> Option<(Timestamp, Timestamp, Precision)> {
    if let Some(one) = single(text) {
        return Some(one);
    }
    let (from, to) = text.split_once(['/', '–'])?;
    let (earliest, ..) = single(from.trim())?;
    let (_, latest, _) = single(to.trim())?;
    (earliest <= latest).then_some((earliest, latest, Precision::Span))
}

fn single(text: &str) -> Option<(Timestamp, Timestamp, Precision)> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some((at, at, Precision::Instant));
    }
    // A day must be tried before a clock time: a bare day reads as midnight otherwise.
    if let Ok(day) = civil::Date::strptime("%Y-%m-%d", text) {
        return civil_span(day, Precision::Day);
    }
    if let Ok(time) = text.parse::<civil::DateTime>() {
        let at = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        return Some((at - EAST.hours(), at + WEST.hours(), Precision::LocalTime));
    }
    let digits = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
    };
    match text.split_once('-') {
        Some((year, month)) => {
            let first = civil::Date::new(digits(year, 4)?, i8::try_from(digits(month, 2)?).ok()?, 1).ok()?;
            civil_span(first, Precision::Month)
        }
        None => civil_span(civil::Date::new(digits(text, 4)?, 1, 1).ok()?, Precision::Year),
    }
}

/// The widest interval a day, month or year beginning at `first` can mean.
fn civil_span(first: civil::Date, precision: Precision) -> Option<(Timestamp, Timestamp, Precision)> {
    let next = match precision {
        Precision::Year => first.checked_add(1.year()),
        Precision::Month => first.checked_add(1.month()),
        _ => first.checked_add(1.day()),
    }
    .ok()?;
    let utc = |date: civil::Date| Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp());
    Some((utc(first)? - EAST.hours(), utc(next)? + WEST.hours(), precision))
}

fn only_year(text: &str) -> Option<i16> {
    let mut years = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        .map(str::parse);
    match (years.next(), years.next()) {
        (Some(Ok(year)), None) => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &str, precision: Precision, earliest: Option<&str>) {
        let moment = Moment::read(said);
        assert_eq!(moment.precision, precision, "{said}");
        assert_eq!(moment.earliest.map(|t| t.to_string()).as_deref(), earliest, "{said}");
        assert_eq!(moment.as_said, said, "what was said is kept");
    }

    #[test]
    fn the_interval_is_the_widest_reading() {
        check("2026-11-23T08:00:00Z", Precision::Instant, Some("2026-11-23T08:00:00Z"));
        check("2026-11-23T08:00:00+01:00", Precision::Instant, Some("2026-11-23T07:00:00Z"));
        check("2026-11-23 08:00", Precision::LocalTime, Some("2026-11-22T18:00:00Z"));
        check("2026-11-23", Precision::Day, Some("2026-11-22T10:00:00Z"));
        check("2012-06", Precision::Month, Some("2012-05-31T10:00:00Z"));
        check("2011", Precision::Year, Some("2010-12-31T10:00:00Z"));
        check("2011/2012-06", Precision::Span, Some("2010-12-31T10:00:00Z"));
    }

    #[test]
    fn words_are_kept_and_never_refused() {
        check("spring", Precision::Words, None);
        check("spring 2011", Precision::Words, Some("2010-12-31T10:00:00Z"));
        check("between 2011 and 2013", Precision::Words, None);
        check("", Precision::Words, None);
        check("2011-13", Precision::Words, Some("2010-12-31T10:00:00Z"));
    }
}
