//! From the pathways of a report to the reaches that are applied.

use super::{
    dispersal::{Dispersal, Row, Shape},
    organisms::{Group, Organisms, UNKNOWN, gap},
    rounding::metres,
    states::States,
};
use crate::domain::{
    assessment::{Reason, Ring},
    place::Metres,
    reach::{Grade, Pathway, PathwayReport, Question, Reach, ReachOverride},
    report::{Gap, GapCode},
    state::StateCode,
};
use jiff::Timestamp;
use std::sync::Arc;

/// Surroundings on dry land, where nothing swims away. An organism nobody
/// knows is taken to swim, too, unless it was lost in one of these.
const DRY: [&str; 7] =
    ["rail_yard", "roadside", "field_trial", "cultivation", "retail", "garden", "facility"];

/// A reach that is applied, with its row of the table where it has one.
#[derive(Clone, Debug)]
pub(super) struct Applied<'a> {
    pub reach: Reach,
    pub row: Option<&'a Row>,
}

/// What became of the pathways.
#[derive(Clone, Debug, Default)]
pub(super) struct Reaches<'a> {
    /// Widest last.
    pub applied: Vec<Applied<'a>>,
    pub gaps: Vec<Gap>,
    /// States consignments went to, by which pathway.
    pub destinations: Vec<(StateCode, Pathway)>,
    /// A pathway of trade without a destination.
    pub unanswered: Option<Pathway>,
    /// Latitude of the release, and between which times, where known.
    released: Option<(f64, [Timestamp; 2])>,
}

/// The tables a reach is read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'a> {
    pub states: &'a States,
    pub organisms: &'a Organisms,
    pub dispersal: &'a Dispersal,
}

/// Works out the reaches of a question.
pub(super) fn reaches<'a>(tables: Tables<'a>, question: &Question) -> Reaches<'a> {
    let lat = question.geometry.as_ref().and_then(|place| place.positions().next()).map(|at| at.lat);
    let between = question.released.zip(question.released_by).map(<[Timestamp; 2]>::from);
    let mut reaches = Reaches { released: lat.zip(between), ..Reaches::default() };
    let known = tables.organisms.group(&question.group);
    if known.is_none() {
        reaches.gaps.push(gap("/organism/group", GapCode::UnknownOrganism, Some(&question.group)));
    }
    let Some(group) = known.or_else(|| tables.organisms.group(UNKNOWN)) else { return reaches };
    let mut by_itself = question.pathways.is_empty();
    let mut carried = false;
    for (index, said) in question.pathways.iter().enumerate() {
        let field = format!("/pathways/{index}");
        reaches.read_destinations(tables, said, &field);
        if let Some(own) = &said.reach {
            reaches.applied.push(Applied { reach: overridden(said.pathway, own), row: None });
        } else if said.pathway == Pathway::Unknown {
            by_itself = true;
        } else {
            reaches.say(tables, group, said, &field);
        }
        carried |= said.pathway.is_human_mediated() || said.pathway == Pathway::Water;
    }
    if by_itself || carried {
        reaches.imply(tables, group, question, by_itself);
    }
    reaches.applied.sort_by(|a, b| {
        a.reach.max_m.get().total_cmp(&b.reach.max_m.get()).then_with(|| a.reach.row.cmp(&b.reach.row))
    });
    reaches
}

impl<'a> Reaches<'a> {
    /// A pathway the reporter named.
    fn say(&mut self, tables: Tables<'a>, group: &Group, said: &PathwayReport, field: &str) {
        let Some((row, borrowed)) = row_of(tables, group, said.pathway) else {
            self.gaps.push(gap(field, GapCode::UnknownReach, None));
            self.ask(said, said.pathway.is_human_mediated(), field);
            return;
        };
        if borrowed && group.code != UNKNOWN {
            self.gaps.push(gap(field, GapCode::UnknownReach, None));
        }
        self.ask(said, row.shape == Shape::Network, field);
        self.add(row, borrowed, false);
    }

    /// Asks for the route or the destinations that are missing.
    fn ask(&mut self, said: &PathwayReport, network: bool, field: &str) {
        if said.pathway == Pathway::Trade {
            if said.destinations.is_empty() {
                self.gaps.push(gap(&format!("{field}/destinations"), GapCode::DestinationsNeeded, None));
                self.unanswered = self.unanswered.or(Some(said.pathway));
            }
        } else if network && said.route.as_ref().is_none_or(|route| route.positions().next().is_none()) {
            self.gaps.push(gap(&format!("{field}/route"), GapCode::RouteNeeded, None));
        }
    }

    /// The organism's own movement, from wherever it was lost.
    fn imply(&mut self, tables: Tables<'a>, group: &Group, question: &Question, by_itself: bool) {
        let dry = question.environment.as_deref().is_some_and(|code| DRY.contains(&code));
        let fallback = tables.organisms.group(UNKNOWN).map_or(&[][..], |unknown| &unknown.own_pathways);
        let own = if group.own_pathways.is_empty() { fallback } else { &group.own_pathways };
        for pathway in own {
            let wet = matches!(pathway, Pathway::Swimming | Pathway::Water);
            if wet && dry && group.code == UNKNOWN {
                continue;
            }
            // What was named already stands, above all an override.
            if self.applied.iter().any(|applied| applied.reach.pathway == *pathway) {
                continue;
            }
            if let Some((row, borrowed)) = row_of(tables, group, *pathway) {
                self.add(row, borrowed || by_itself, !by_itself);
            }
        }
    }

    fn add(&mut self, row: &'a Row, widest_applicable: bool, implied: bool) {
        if !self.applied.iter().any(|applied| applied.reach.row == row.id) {
            self.applied.push(Applied {
                reach: row.reach(widest_applicable, implied, self.released),
                row: Some(row),
            });
        }
    }

    fn read_destinations(&mut self, tables: Tables<'_>, said: &PathwayReport, field: &str) {
        for (index, text) in said.destinations.iter().enumerate() {
            let field = format!("{field}/destinations/{index}");
            match text.parse::<StateCode>().ok().filter(|code| tables.states.get(*code).is_some()) {
                None => self.gaps.push(gap(&field, GapCode::UnknownState, Some(text))),
                Some(code) => {
                    if code == StateCode::EU {
                        // Which Member States? Until then the Union is told itself.
                        self.gaps.push(gap(&field, GapCode::DestinationsNeeded, Some(text)));
                    }
                    self.destinations.push((code, said.pathway));
                }
            }
        }
    }

    /// The farthest reach of all.
    pub fn horizon(&self) -> f64 {
        self.applied.last().map_or(0.0, |widest| widest.reach.max_m.get())
    }

    /// In which ring a distance lies, and why; nothing when it is beyond all
    /// of them by more than `margin`.
    pub fn ring(&self, distance: f64, margin: f64) -> Option<(Ring, Reason)> {
        if distance <= 0.0 {
            return Some((Ring::Touched, Reason::PlaceInside));
        }
        let rings = self.applied.iter().filter_map(|applied| {
            let reach = &applied.reach;
            let within = [(Ring::P50, reach.p50_m), (Ring::P95, reach.p95_m), (Ring::Max, reach.max_m)];
            let ring = within.into_iter().find(|(_, far)| distance <= far.get());
            if let Some((ring, reach_m)) = ring {
                let reason =
                    Reason::WithinReach { pathway: reach.pathway, row: Arc::clone(&reach.row), reach_m };
                return Some((ring, reason));
            }
            (distance - margin <= reach.max_m.get()).then(|| {
                let reason = Reason::CannotExclude {
                    pathway: reach.pathway,
                    row: Arc::clone(&reach.row),
                    reach_m: reach.max_m,
                    margin_m: metres(margin),
                };
                (Ring::CannotExclude, reason)
            })
        });
        rings.min_by_key(|(ring, _)| *ring).or_else(|| (distance <= margin).then(|| at_the_edge(margin)))
    }

    /// Hours after release at which anything may arrive at `distance`.
    pub fn hours_to(&self, distance: f64, margin: f64) -> f64 {
        let near = (distance - margin).max(0.0);
        self.applied
            .iter()
            .filter(|applied| near <= applied.reach.max_m.get())
            .map(|applied| applied.row.map_or(0.0, |row| row.hours_to(near)))
            .reduce(f64::min)
            .unwrap_or(0.0)
    }
}

/// No reach at all, but map and place may be wrong by more than the distance.
fn at_the_edge(margin: f64) -> (Ring, Reason) {
    let reason = Reason::CannotExclude {
        pathway: Pathway::Unknown,
        row: "".into(),
        reach_m: Metres::ZERO,
        margin_m: metres(margin),
    };
    (Ring::CannotExclude, reason)
}

/// The row of the group; else that of the other organisms of its kind, else
/// that of unknown ones, with `true`. Rows of unknown organisms are always the
/// widest applicable.
fn row_of<'a>(tables: Tables<'a>, group: &Group, pathway: Pathway) -> Option<(&'a Row, bool)> {
    let own = tables.dispersal.get(&group.code, pathway);
    own.map(|row| (row, group.code == UNKNOWN)).or_else(|| {
        let kind = format!("{}_other", group.kind);
        let row = tables.dispersal.get(&kind, pathway).or_else(|| tables.dispersal.get(UNKNOWN, pathway));
        row.map(|row| (row, true))
    })
}

/// What the reporter set instead of the table's row.
fn overridden(pathway: Pathway, own: &ReachOverride) -> Reach {
    let p95_m = own.p95_m.unwrap_or(own.max_m);
    Reach {
        row: "reporter".into(),
        pathway,
        p50_m: own.p50_m.unwrap_or(p95_m),
        p95_m,
        max_m: own.max_m,
        source: own.reason.as_str().into(),
        grade: Grade::D,
        widest_applicable: false,
        implied: false,
        growth: Arc::new([]),
        viability_hours: None,
        in_season: None,
    }
}
