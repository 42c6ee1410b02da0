//! The dispersal table: how far an organism group gets by a pathway.

use super::error::LayerError;
use crate::domain::{
    place::Metres,
    reach::{Grade, Growth, Pathway, Reach},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

/// Latitude of the tropics, degrees.
const TROPIC: f64 = 23.44;

/// What the figures of a row mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Distances from the place.
    Radius,
    /// Along a network: needs a route, every point of which is a place.
    Network,
    /// Carried by people on purpose: needs destinations.
    Trade,
}

/// One row: an organism group by one pathway.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Row {
    /// The row's name, `brassica_napus.pollen`.
    pub id: Arc<str>,
    /// Organism group.
    pub group: String,
    /// Pathway.
    pub pathway: Pathway,
    /// What the figures mean.
    pub shape: Shape,
    /// Half of the movement lies within.
    #[serde(default = "zero")]
    pub p50_m: Metres,
    /// Nineteen twentieths lie within.
    #[serde(default = "zero")]
    pub p95_m: Metres,
    /// The farthest observed or credible.
    #[serde(default = "zero")]
    pub max_m: Metres,
    /// Reach over time, where known, by hours.
    #[serde(default = "steady")]
    pub growth: Arc<[Growth]>,
    /// How long it stays alive or fertile on the way, where known.
    pub viability_hours: Option<f64>,
    /// Months in which it moves, in the northern hemisphere, where known.
    #[serde(default)]
    pub months_north: Vec<u8>,
    /// What to ask for instead of a radius.
    #[serde(default)]
    pub asks: Vec<String>,
    /// Where the figures come from.
    pub source: Arc<str>,
    /// How good the evidence is.
    pub grade: Grade,
    /// How the figures are to be read.
    #[serde(default)]
    pub note: String,
}

fn zero() -> Metres {
    Metres::ZERO
}

fn steady() -> Arc<[Growth]> {
    Arc::new([])
}

#[derive(Deserialize)]
struct File {
    row: Vec<Row>,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Dispersal(Vec<Row>);

impl Dispersal {
    /// Reads `dispersal.toml`.
    pub fn read(text: &str) -> Result<Self, LayerError> {
        let file: File = toml::from_str(text).map_err(|error| LayerError::unreadable("dispersal", &error))?;
        let mut seen = BTreeSet::new();
        for row in &file.row {
            let wrong = |problem: &str| Err(LayerError::inconsistent("dispersal", &row.id, &problem));
            if !seen.insert((&row.group, row.pathway)) {
                return wrong("the group has two rows for this pathway");
            }
            if row.p50_m > row.p95_m || row.p95_m > row.max_m {
                return wrong("p50, p95 and max do not ascend");
            }
            if row.shape == Shape::Radius && row.max_m == Metres::ZERO {
                return wrong("a radius of nothing");
            }
            let rising = |pair: &[Growth]| pair[0].hours < pair[1].hours && pair[0].max_m <= pair[1].max_m;
            if !row.growth.windows(2).all(rising) || row.growth.iter().any(|step| step.hours <= 0.0) {
                return wrong("growth does not ascend");
            }
        }
        Ok(Self(file.row))
    }

    /// The row of a group for a pathway.
    pub fn get(&self, group: &str, pathway: Pathway) -> Option<&Row> {
        self.0.iter().find(|row| row.group == group && row.pathway == pathway)
    }

    /// The row of this name.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.0.iter().find(|row| &*row.id == id)
    }

    /// All rows, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Row> {
        self.0.iter()
    }
}

impl Row {
    /// The row as a reach that is applied, to a release at a latitude and
    /// between two times where they are known.
    pub(super) fn reach(
        &self,
        widest_applicable: bool,
        implied: bool,
        released: Option<(f64, [Timestamp; 2])>,
    ) -> Reach {
        Reach {
            row: Arc::clone(&self.id),
            pathway: self.pathway,
            p50_m: self.p50_m,
            p95_m: self.p95_m,
            max_m: self.max_m,
            source: Arc::clone(&self.source),
            grade: self.grade,
            widest_applicable,
            implied,
            growth: Arc::clone(&self.growth),
            viability_hours: self.viability_hours,
            in_season: released.and_then(|(lat, at)| self.in_season(lat, at)),
        }
    }

    /// Whether the months of release are such in which it moves, if all or none
    /// of them are. Between the tropics the months of the table say nothing; in
    /// the south they are half a year away.
    fn in_season(&self, lat: f64, released: [Timestamp; 2]) -> Option<bool> {
        if self.months_north.is_empty() || lat.abs() < TROPIC {
            return None;
        }
        let count = |at: Timestamp| {
            let day = at.to_zoned(TimeZone::UTC);
            i32::from(day.year()) * 12 + i32::from(day.month()) - 1
        };
        let begin = count(released[0]);
        let end = count(released[1]).min(begin + 11);
        let turn = if lat < 0.0 { 6 } else { 0 };
        let moves = |month: i32| {
            self.months_north.iter().any(|own| i32::from(*own) == (month + turn).rem_euclid(12) + 1)
        };
        let moving = (begin..=end).filter(|month| moves(*month)).count();
        let all = (begin..=end).count();
        if moving == 0 { Some(false) } else { (moving == all).then_some(true) }
    }

    /// Hours after release at which the farthest credible movement may cover
    /// `distance` metres: straight lines between the known times, starting at
    /// nothing; 0 where no growth is known, the last known time beyond it.
    pub fn hours_to(&self, distance: f64) -> f64 {
        let (mut hours, mut reached) = (0.0, 0.0);
        for step in self.growth.iter() {
            let far = step.max_m.get();
            if distance <= far {
                let share = if far > reached { (distance - reached) / (far - reached) } else { 0.0 };
                return hours + share.clamp(0.0, 1.0) * (step.hours - hours);
            }
            (hours, reached) = (step.hours, far);
        }
        hours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"
        [[row]]
        id = "a.wind_borne"
        group = "a"
        pathway = "wind_borne"
        shape = "radius"
        p50_m = 100
        p95_m = 200
        max_m = 500
        growth = [{ hours = 10, p50_m = 50, p95_m = 80, max_m = 100 }, { hours = 20, p50_m = 90, p95_m = 100, max_m = 300 }]
        source = "here"
        grade = "B"
    "#;

    #[test]
    fn arrival_is_read_off_the_growth() {
        let table = Dispersal::read(ROW).expect("reads");
        let row = table.row("a.wind_borne").expect("there");
        for (distance, hours) in [(0.0, 0.0), (50.0, 5.0), (100.0, 10.0), (200.0, 15.0), (450.0, 20.0)] {
            assert!((row.hours_to(distance) - hours).abs() < 1e-9, "{distance}");
        }
    }

    #[test]
    fn a_season_is_half_a_year_away_in_the_south_and_unsaid_between_the_tropics() {
        let table =
            Dispersal::read(&ROW.replace("grade =", "months_north = [5, 6]\ngrade =")).expect("reads");
        let row = table.row("a.wind_borne").expect("there");
        let season = |lat: f64, day: &str| {
            let at: Timestamp = format!("{day}T12:00:00Z").parse().expect("a time");
            row.reach(false, false, Some((lat, [at, at]))).in_season
        };
        let span = ["2011-01-01T00:00:00Z", "2012-12-31T00:00:00Z"].map(|at| at.parse().expect("a time"));
        assert_eq!(row.reach(false, false, Some((47.0, span))).in_season, None);
        assert_eq!([season(47.0, "2026-05-20"), season(47.0, "2026-11-20")], [Some(true), Some(false)]);
        assert_eq!([season(-35.0, "2026-05-20"), season(-35.0, "2026-12-20")], [Some(false), Some(true)]);
        assert_eq!(season(5.0, "2026-05-20"), None);
    }

    #[test]
    fn descending_figures_are_refused_by_name() {
        let error = Dispersal::read(&ROW.replace("p95_m = 200", "p95_m = 600")).expect_err("descends");
        assert!(error.to_string().contains("a.wind_borne"), "{error}");
    }
}
