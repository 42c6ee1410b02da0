//! Times relative to a clock: `24h after known`, `2d after step contain`.

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// Units a time may be counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DelayUnit)]
pub enum Unit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days of 24 hours.
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months, in UTC.
    Month,
    /// Calendar years, in UTC.
    Year,
}

/// A length of time: an amount of one unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Delay {
    /// How many.
    pub amount: u16,
    /// Of what.
    pub unit: Unit,
}

impl Delay {
    /// The moment this long after `start`; absent beyond the calendar.
    pub fn after(self, start: Timestamp) -> Option<Timestamp> {
        let amount = i64::from(self.amount);
        let span = match self.unit {
            Unit::Minute => amount.minutes(),
            Unit::Hour => amount.hours(),
            Unit::Day => (amount * 24).hours(),
            Unit::Week => (amount * 24 * 7).hours(),
            Unit::Month => amount.months(),
            Unit::Year => amount.years(),
        };
        start.to_zoned(TimeZone::UTC).checked_add(span).ok().map(|zoned| zoned.timestamp())
    }

    /// Roughly how long, for comparing: months of 30 days, years of 365.
    pub fn rough_minutes(self) -> u64 {
        let unit = match self.unit {
            Unit::Minute => 1,
            Unit::Hour => 60,
            Unit::Day => 24 * 60,
            Unit::Week => 7 * 24 * 60,
            Unit::Month => 30 * 24 * 60,
            Unit::Year => 365 * 24 * 60,
        };
        u64::from(self.amount) * unit
    }
}

impl FromStr for Delay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(split);
        let unit = match unit.trim() {
            "min" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            "mo" => Unit::Month,
            "y" => Unit::Year,
            _ => return Err(format!("“{text}” is not a length of time")),
        };
        let amount = digits.parse().map_err(|_| format!("“{text}” is not a length of time"))?;
        Ok(Self { amount, unit })
    }
}

impl fmt::Display for Delay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.amount, if self.amount == 1 { "" } else { "s" })
    }
}

/// What a due time is counted from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DueFrom)]
pub enum From {
    /// A clock of the playbook, such as `known`.
    Clock(String),
    /// The moment another step was done, by its code.
    Step(String),
}

/// When something is due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Due {
    /// How long after.
    pub delay: Delay,
    /// After what.
    pub from: From,
}

impl FromStr for Due {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("“{text}” is not a due time");
        let (delay, from) = text.split_once(" after ").ok_or_else(wrong)?;
        let from = from.trim();
        let from = match from.strip_prefix("step ") {
            Some(step) => From::Step(step.trim().to_owned()),
            None if !from.is_empty() && !from.contains(' ') => From::Clock(from.to_owned()),
            None => return Err(wrong()),
        };
        Ok(Self { delay: delay.parse()?, from })
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.from {
            From::Clock(clock) => write!(f, "{} after {}", self.delay, clock.replace('_', " ")),
            From::Step(step) => write!(f, "{} after the step “{step}”", self.delay),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_times_read_and_add_up() {
        let due: Due = "24h after known".parse().expect("readable");
        assert_eq!(due.to_string(), "24 hours after known");
        let start: Timestamp = "2024-02-29T06:00:00Z".parse().expect("time");
        assert_eq!(due.delay.after(start).expect("in range").to_string(), "2024-03-01T06:00:00Z");
        let years: Delay = "15y".parse().expect("readable");
        assert_eq!(years.after(start).expect("in range").to_string(), "2039-02-28T06:00:00Z");
        let step: Due = "2d after step contain".parse().expect("readable");
        assert_eq!(step.from, From::Step("contain".into()));
        for wrong in ["", "24h", "soon after known", "24 after known", "-1h after known", "1h after"] {
            assert!(wrong.parse::<Due>().is_err(), "{wrong}");
        }
    }
}
