//! Counts over the incidents a viewer may see: how many, of what kind, how
//! long it took to tell and to answer.

use super::{PAGE, ReadError, Reading};
use crate::domain::{
    account::Viewer,
    duty::Duty,
    event::Rung,
    incident::{Incident, IncidentState, IncidentType, Mode},
    state::StateCode,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer than this are too few to say anything by.
pub const FEW: usize = 5;

/// How many months are counted one by one?
const MONTHS: i16 = 12;

/// The upper bounds of the classes a span is counted in, in hours; above the
/// last one there is one more.
pub const BOUNDS: [i64; 5] = [1, 6, 24, 72, 168];

/// Which incidents are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Selection {
    /// Of which world.
    pub mode: Mode,
    /// Opened in this year, in universal time.
    pub year: Option<i16>,
    /// Released under the jurisdiction of this State.
    pub state: Option<StateCode>,
}

/// How long something took, in classes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spread {
    /// How many in each class of [`BOUNDS`], and longer.
    pub classes: [usize; BOUNDS.len() + 1],
    /// The median, unless there are too few.
    pub median: Option<SignedDuration>,
    /// Nine tenths took no longer, unless there are too few.
    pub nine_tenths: Option<SignedDuration>,
    /// How many cannot be counted, because one of the two times is not known.
    pub unknown: usize,
}

/// Whether answers came in time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// Before anybody had to be reminded.
    pub in_time: usize,
    /// After a reminder, or from a further contact point.
    pub late: usize,
    /// Not yet, and the time has passed.
    pub missing: usize,
    /// Not yet, and there is time.
    pub awaited: usize,
}

/// What there is to count.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Statistics {
    /// How many incidents are counted.
    pub incidents: usize,
    /// How many more there are in this world, which the choice leaves out.
    pub left_out: usize,
    /// Years in which incidents were opened, for choosing.
    pub years: BTreeSet<i16>,
    /// States of release, for choosing.
    pub states: BTreeSet<StateCode>,
    /// By where they stand.
    pub by_state: Vec<(IncidentState, usize)>,
    /// By type.
    pub by_type: Vec<(IncidentType, usize)>,
    /// By class, `A` to `N`; empty where none is known.
    pub by_class: BTreeMap<String, usize>,
    /// By month of opening: year, month, number.
    pub by_month: Vec<(i16, i8, usize)>,
    /// How many of those counted were opened before the first of these months.
    pub earlier: usize,
    /// From when the State of release knew to the notice, for each addressee.
    pub to_notice: Spread,
    /// From the notice to the acknowledgement, for each that acknowledged.
    pub to_acknowledgement: Spread,
    /// Whether answers came in time.
    pub answers: Answers,
    /// Duties whose answers are not for this viewer to see; not counted.
    pub unseen: usize,
}

impl Spread {
    fn of(mut spans: Vec<SignedDuration>, unknown: usize) -> Self {
        spans.sort();
        let mut classes = [0; BOUNDS.len() + 1];
        for span in &spans {
            let class = BOUNDS.iter().position(|hours| *span <= SignedDuration::from_hours(*hours));
            classes[class.unwrap_or(BOUNDS.len())] += 1;
        }
        // The nearest rank: a span that was really taken.
        let quantile = |tenths: usize| {
            let rank = (spans.len() * tenths).div_ceil(10).max(1) - 1;
            spans.get(rank).copied().filter(|_| spans.len() >= FEW)
        };
        Self { classes, median: quantile(5), nine_tenths: quantile(9), unknown }
    }

    /// How many were counted.
    pub fn counted(&self) -> usize {
        self.classes.iter().sum()
    }
}

impl Answers {
    /// How many are decided: answered, or too late to be answered in time.
    pub fn decided(&self) -> usize {
        self.in_time + self.late + self.missing
    }

    fn count(&mut self, duty: &Duty, now: Timestamp) {
        match duty.acknowledged {
            Some(_) if duty.rung == Rung::First => self.in_time += 1,
            Some(_) => self.late += 1,
            None if duty.silent || duty.rung != Rung::First => self.missing += 1,
            None => match duty.acknowledge_by {
                Some(due) if due < now => self.missing += 1,
                Some(_) => self.awaited += 1,
                // No answer is asked of it.
                None => {}
            },
        }
    }
}

impl Reading {
    /// Counts over the incidents of a selection that a viewer may see.
    pub fn statistics(&self, viewer: &Viewer, of: Selection) -> Result<Statistics, ReadError> {
        let mut found = Statistics::default();
        let mut tally = Tally::default();
        let (now, mut before) = (self.clock.now(), None);
        loop {
            let page = self.incidents(viewer, of.mode, before, PAGE)?;
            let Some(last) = page.last() else { break };
            before = Some(last.head);
            for incident in &page {
                let opened = incident.opened.to_zoned(TimeZone::UTC);
                found.years.insert(opened.year());
                found.states.extend(incident.state_of_release);
                let fits = of.year.is_none_or(|year| year == opened.year())
                    && (of.state.is_none() || of.state == incident.state_of_release);
                if !fits {
                    found.left_out += 1;
                    continue;
                }
                found.incidents += 1;
                tally.count(incident, (opened.year(), opened.month()));
                *found.by_class.entry(self.class_of(incident)).or_default() += 1;
                Self::count_duties(viewer, incident, now, &mut found, &mut tally);
            }
        }
        tally.finish(&mut found, of.year);
        Ok(found)
    }

    /// The class an incident is handled as: by the playbook chosen for it, else
    /// the one its organism usually is of.
    fn class_of(&self, incident: &Incident) -> String {
        let chosen = incident.playbooks.iter().flat_map(|role| &role.playbooks).flat_map(|book| &book.why);
        let chosen = chosen.into_iter().find(|why| why.code == "class").map(|why| why.value.clone());
        let usual = || self.organisms().group(&incident.group).map(|group| group.class.clone());
        chosen.or_else(usual).unwrap_or_default()
    }

    fn count_duties(
        viewer: &Viewer,
        incident: &Incident,
        now: Timestamp,
        found: &mut Statistics,
        tally: &mut Tally,
    ) {
        let own = viewer.state();
        let in_charge = viewer.is_instance_reader() || (own.is_some() && own == incident.state_of_release);
        for duty in &incident.duties {
            let Some(notified) = duty.notified.map(|step| step.at) else { continue };
            match incident.aware.filter(|aware| *aware <= notified) {
                Some(aware) => tally.to_notice.push(notified.duration_since(aware)),
                None => tally.unaware += 1,
            }
            if !in_charge && (own.is_none() || duty.addressee.state() != own) {
                found.unseen += 1;
                continue;
            }
            found.answers.count(duty, now);
            if let Some(answered) = duty.acknowledged {
                tally.to_acknowledgement.push(answered.at.duration_since(notified).max(SignedDuration::ZERO));
            }
        }
    }
}

/// What is collected on the way.
#[derive(Default)]
struct Tally {
    states: BTreeMap<&'static str, usize>,
    types: BTreeMap<&'static str, usize>,
    months: BTreeMap<(i16, i8), usize>,
    to_notice: Vec<SignedDuration>,
    unaware: usize,
    to_acknowledgement: Vec<SignedDuration>,
}

impl Tally {
    fn count(&mut self, incident: &Incident, month: (i16, i8)) {
        *self.states.entry(incident.state.as_str()).or_default() += 1;
        *self.types.entry(incident.incident_type.as_str()).or_default() += 1;
        *self.months.entry(month).or_default() += 1;
    }

    fn finish(self, found: &mut Statistics, year: Option<i16>) {
        let number = |counted: &BTreeMap<&str, usize>, name| counted.get(name).copied().unwrap_or(0);
        found.by_state = IncidentState::ALL.map(|state| (state, number(&self.states, state.as_str()))).into();
        let types = [
            IncidentType::Unintentional,
            IncidentType::Illegal,
            IncidentType::Domestic,
            IncidentType::Unclassified,
        ];
        found.by_type = types.map(|kind| (kind, number(&self.types, kind.as_str()))).into();
        let newest = self.months.keys().next_back().copied();
        if let Some(newest) = year.map(|year| (year, 12)).or(newest) {
            let index = |(year, month): (i16, i8)| year * 12 + i16::from(month) - 1;
            let last = index(newest);
            let first = last - MONTHS + 1;
            found.by_month = (first..=last)
                .map(|at| {
                    let month = (at.div_euclid(12), i8::try_from(at.rem_euclid(12) + 1).unwrap_or(1));
                    (month.0, month.1, self.months.get(&month).copied().unwrap_or(0))
                })
                .collect();
            found.earlier = self
                .months
                .iter()
                .filter(|(month, _)| index(**month) < first)
                .map(|(_, number)| number)
                .sum();
        }
        found.to_notice = Spread::of(self.to_notice, self.unaware);
        found.to_acknowledgement = Spread::of(self.to_acknowledgement, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_counts_by_class_and_is_silent_about_few() {
        let hours = |hours: &[i64]| hours.iter().map(|h| SignedDuration::from_hours(*h)).collect::<Vec<_>>();
        let few = Spread::of(hours(&[1, 2, 200, 24]), 1);
        assert_eq!((few.classes, few.counted(), few.unknown), ([1, 1, 1, 0, 0, 1], 4, 1));
        assert_eq!((few.median, few.nine_tenths), (None, None));
        let enough = Spread::of(hours(&[9, 1, 3, 5, 7]), 0);
        let span = |hours| Some(SignedDuration::from_hours(hours));
        assert_eq!((enough.median, enough.nine_tenths), (span(5), span(9)));
        assert_eq!(Spread::of(Vec::new(), 0).counted(), 0);
    }

    #[test]
    fn twelve_months_are_counted_and_those_before_are_said() {
        let mut tally = Tally::default();
        tally.months.extend([((2025, 2), 3), ((2025, 3), 1), ((2026, 2), 2)]);
        let mut found = Statistics::default();
        tally.finish(&mut found, None);
        assert_eq!((found.by_month.len(), found.by_month[0], found.earlier), (12, (2025, 3, 1), 3));
        assert_eq!(found.by_month[11], (2026, 2, 2));
        let mut found = Statistics::default();
        Tally::default().finish(&mut found, Some(2025));
        assert_eq!((found.by_month[0], found.by_month[11]), ((2025, 1, 0), (2025, 12, 0)));
    }
}
