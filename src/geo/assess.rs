//! The assessment: place and reach in, States and hotspots with reasons out.
//! Rules: DESIGN §4.
//!
//! - The union of all pathways counts, from the place and from every route.
//! - A State is judged by the nearest area it has a relation to, of any kind.
//! - The State or States the place lies in are the origin. Where an area has
//!   more than one relation, only the State the reporter named can be the
//!   origin; all others are told, and so are all when none was named. The
//!   same holds where an outline lies on top of another State's area.
//! - At sea, every State whose coast lies within 200 nautical miles is told.

use super::{
    atlas::{Area, Atlas},
    ground::Ground,
    layer,
    organisms::gap,
    place::Place,
    reach::{Reaches, Tables, reaches},
    rounding::{bearing, metres},
    sector::Sectors,
    shape::Shape,
    survey::{Hit, NAUTICAL_200, beyond, coasts, in_reach},
};
use crate::domain::{
    assessment::{Assessment, Exclusion, LayerFinding, Reason, Ring, StateFinding},
    reach::{Pathway, Question},
    report::{Gap, GapCode},
    state::{StateCode, StateSet},
};
use jiff::SignedDuration;
use std::{collections::BTreeMap, sync::Arc};

impl Atlas {
    /// Which States and which hotspots are in reach, and why. Never refuses:
    /// what is missing or doubtful becomes a gap, and the widest reading
    /// holds. The same question over the same data gives the same answer.
    pub fn assess(&self, question: &Question) -> Assessment {
        let tables = Tables { states: &self.states, organisms: &self.organisms, dispersal: &self.dispersal };
        let reaches = reaches(tables, question);
        let mut case = Case::new(self, question, &reaches);
        let bounds = case.ground.lower_bounds(&self.boxes);
        let hits = in_reach(self, &bounds, &case.ground, &reaches);
        case.find_origin(&hits);
        case.tell_in_reach(&hits);
        case.tell_coasts(&hits);
        case.tell_named();
        let excluded = case.excluded(&bounds);
        let hotspots = self.hotspots.findings(&case.ground, &reaches);
        let added = self.added.iter().flat_map(|(_, layer)| layer.findings(&case.ground, &reaches));
        let mut layers: Vec<LayerFinding> = added.collect();
        layers.sort_by(layer::order);
        let (mut origin, mut states): (Vec<StateFinding>, Vec<StateFinding>) = Default::default();
        for (code, finding) in std::mem::take(&mut case.findings) {
            if case.origin.contains(code) { origin.push(finding) } else { states.push(finding) }
        }
        states.sort_by(|a, b| {
            let far = |finding: &StateFinding| finding.distance_m.map_or(f64::INFINITY, f64::from);
            let order = precedence(a).cmp(&precedence(b)).then(a.ring.cmp(&b.ring));
            order.then(far(a).total_cmp(&far(b))).then(a.iso2.cmp(&b.iso2))
        });
        let concerned = origin.iter().chain(&states).filter(|finding| self.has_land_in(finding));
        let centres = self.relatives.findings(question, concerned);
        let mut gaps = reaches.gaps.clone();
        gaps.append(&mut case.gaps);
        Assessment {
            group: question.group.clone(),
            horizon_m: metres(reaches.horizon()),
            reaches: reaches.applied.iter().map(|applied| applied.reach.clone()).collect(),
            origin,
            states,
            excluded,
            hotspots,
            layers,
            centres,
            gaps,
            data: Arc::clone(self.data()),
        }
    }
}

impl Atlas {
    /// Whether the State of a finding has land of its own in what is reached,
    /// and not only a share in what belongs to all.
    fn has_land_in(&self, finding: &StateFinding) -> bool {
        let own = |id: &Arc<str>| {
            let relation = self.area(id).and_then(|area| area.relation(finding.iso2));
            relation.is_some_and(|relation| &*relation.basis != "international")
        };
        finding.areas.is_empty() || finding.areas.iter().any(own)
    }
}

/// From how many points of the place is looked into a sector.
const LOOKOUTS: usize = 8;

/// One assessment under way.
struct Case<'a> {
    atlas: &'a Atlas,
    question: &'a Question,
    reaches: &'a Reaches<'a>,
    ground: Ground<'a>,
    sectors: Sectors,
    /// The State named, where the table knows it.
    named: Option<StateCode>,
    /// Whether the whole State stands for the place.
    whole: bool,
    origin: StateSet,
    /// Areas with more than one party that hold the place.
    contested: Vec<&'a Area>,
    findings: BTreeMap<StateCode, StateFinding>,
    gaps: Vec<Gap>,
}

impl<'a> Case<'a> {
    fn new(atlas: &'a Atlas, question: &'a Question, reaches: &'a Reaches<'a>) -> Self {
        let mut gaps = Vec::new();
        let named = question.state.filter(|code| atlas.states.get(*code).is_some());
        if let (None, Some(code)) = (named, question.state) {
            gaps.push(gap("/place/state", GapCode::UnknownState, Some(code.as_str())));
        }
        let mut place = Place::of(&question.geometry);
        let unplaced = place.is_empty();
        if place.doubtful || (unplaced && question.geometry.is_some()) {
            gaps.push(gap("/place/geometry", GapCode::DoubtfulGeometry, None));
        }
        if let (true, Some(code)) = (unplaced, named) {
            let held = |area: &&Area| {
                area.relation(code).is_some_and(|r| matches!(&*r.basis, "administers" | "shared"))
            };
            place = Place::whole(atlas.areas.iter().filter(held).map(|area| &area.shape));
        } else if unplaced {
            gaps.push(gap("/place", GapCode::Missing, None));
        }
        let routes = Place::of(question.pathways.iter().filter_map(|said| said.route.as_ref()));
        if routes.doubtful {
            gaps.push(gap("/pathways", GapCode::DoubtfulGeometry, None));
        }
        let ground = Ground { place, routes, uncertainty: question.uncertainty_m.get() };
        let towards: Vec<_> = question.pathways.iter().filter_map(|said| said.towards_deg).collect();
        let from = if towards.is_empty() { Vec::new() } else { ground.some(LOOKOUTS) };
        let sectors = Sectors { towards, from, reach: reaches.horizon() };
        Self {
            atlas,
            question,
            reaches,
            ground,
            sectors,
            named,
            whole: unplaced && named.is_some(),
            origin: StateSet::default(),
            contested: Vec::new(),
            findings: BTreeMap::new(),
            gaps,
        }
    }

    /// Where did it happen? See the rules at the top of the file.
    fn find_origin(&mut self, hits: &[Hit<'_>]) {
        let inside = || hits.iter().filter(|hit| hit.inside);
        if let Some(code) = self.named {
            let nearest = nearest_of(code, hits);
            let within = self.whole || inside().any(|hit| hit.area.relation(code).is_some());
            let near = nearest.is_some_and(|hit| hit.measured.distance <= hit.margin);
            let offshore = !inside().any(|hit| !hit.area.overlay);
            let differs = if offshore {
                !near && !self.coast_is_near(code) && !self.ground.place.is_empty()
            } else {
                !within && !near
            };
            if differs {
                self.gaps.push(gap("/place/state", GapCode::StateDiffers, Some(code.as_str())));
            }
            if within || near || offshore {
                self.origin.insert(code);
                let reason = match (self.whole, within) {
                    (true, _) => Reason::WholeState,
                    (false, true) => Reason::PlaceInside,
                    (false, false) => Reason::Reported,
                };
                let finding = self.origin_finding(code, nearest, within, reason);
                self.findings.insert(code, finding);
                return;
            }
        }
        let states: StateSet = inside()
            .flat_map(|hit| &hit.area.relations)
            .filter(|relation| &*relation.basis == "administers")
            .map(|relation| relation.state)
            .collect();
        // An outline of the register may be wider than what it stands for.
        let doubtful = inside().any(|hit| hit.area.overlay) && states.iter().count() > 1;
        if doubtful || inside().any(|hit| hit.area.is_contested()) {
            return;
        }
        self.origin = states;
        for code in states.iter() {
            let finding = self.origin_finding(code, nearest_of(code, hits), true, Reason::PlaceInside);
            self.findings.insert(code, finding);
        }
    }

    fn coast_is_near(&self, code: StateCode) -> bool {
        let own = |area: &&Area| area.relation(code).is_some();
        self.atlas
            .areas
            .iter()
            .filter(own)
            .any(|area| self.ground.place.measure(&area.shape, NAUTICAL_200).is_some())
    }

    fn origin_finding(
        &self,
        code: StateCode,
        nearest: Option<&Hit<'_>>,
        within: bool,
        reason: Reason,
    ) -> StateFinding {
        let mut finding = self.named_finding(code, reason);
        if within {
            finding.ring = Ring::Touched;
            finding.distance_m = Some(metres(0.0));
        } else if let Some(hit) = nearest {
            finding.distance_m = Some(metres(hit.measured.distance));
            finding.bearing_deg = hit.measured.bearing.map(bearing);
        }
        if let Some(hit) = nearest {
            finding.accuracy_m = metres(hit.margin);
        }
        finding
    }

    /// Every State with a relation to an area in reach.
    fn tell_in_reach(&mut self, hits: &[Hit<'a>]) {
        let contested = |hit: &&Hit<'_>| hit.inside && hit.area.is_contested();
        self.contested = hits.iter().filter(contested).map(|hit| hit.area).collect();
        for hit in hits {
            let mut related: Vec<StateCode> = hit.area.relations.iter().map(|r| r.state).collect();
            related.dedup();
            for code in related {
                let finding = self.finding_of(code, hit);
                self.tell(finding);
            }
        }
    }

    fn finding_of(&self, code: StateCode, hit: &Hit<'_>) -> StateFinding {
        let Hit { area, measured, margin, .. } = hit;
        let basis =
            area.relation(code).map_or_else(|| "undetermined".into(), |relation| Arc::clone(&relation.basis));
        let reason = if &*basis != "administers" {
            Reason::Relation { area: Arc::clone(&area.id), basis }
        } else if let (true, Some((area, basis))) = (hit.inside, self.relation_here(code)) {
            // To say of one party alone that the place lies in it would take a side.
            Reason::Relation { area, basis }
        } else if hit.ring == Ring::Touched && !hit.inside {
            self.route_reason()
        } else {
            hit.reason.clone()
        };
        StateFinding {
            iso2: code,
            iso3: self.atlas.states.iso3(code),
            distance_m: Some(metres(measured.distance)),
            bearing_deg: measured.bearing.map(bearing),
            accuracy_m: metres(*margin),
            ring: hit.ring,
            reason,
            areas: vec![area.id.clone()],
            in_sector: self.sectors.hold(measured.bearing, &area.shape.bands),
            earliest_arrival: self.arrival(self.reaches.hours_to(measured.distance, *margin)),
        }
    }

    /// The relation of a State to a contested area that holds the place.
    fn relation_here(&self, code: StateCode) -> Option<(Arc<str>, Arc<str>)> {
        let related = |area: &&'a Area| {
            area.relation(code).map(|relation| (Arc::clone(&area.id), Arc::clone(&relation.basis)))
        };
        self.contested.iter().find_map(related)
    }

    /// Touched by a route, not by the place: along which pathway?
    fn route_reason(&self) -> Reason {
        let said = self.question.pathways.iter().find(|said| said.route.is_some());
        let pathway = said.map_or(Pathway::Unknown, |said| said.pathway);
        let row = self.reaches.applied.iter().find(|applied| applied.reach.pathway == pathway);
        Reason::WithinReach {
            pathway,
            row: row.map_or_else(|| "".into(), |applied| Arc::clone(&applied.reach.row)),
            reach_m: metres(0.0),
        }
    }

    /// At sea: every State whose coast lies within 200 nautical miles.
    fn tell_coasts(&mut self, hits: &[Hit<'_>]) {
        let land = hits.iter().filter(|hit| hit.inside && !hit.area.overlay);
        let land: Vec<&Shape> = land.map(|hit| &hit.area.shape).collect();
        let afloat = self.ground.place.apart_from(&land);
        let as_said = self.named.and_then(|code| nearest_of(code, hits));
        let ashore = as_said.is_some_and(|hit| hit.measured.distance <= hit.margin);
        if afloat.is_empty() || ashore || self.whole {
            return;
        }
        for (area, measured) in coasts(self.atlas, &afloat, self.ground.uncertainty) {
            for relation in &area.relations {
                let mut finding = self.named_finding(relation.state, Reason::NearestCoast);
                finding.distance_m = Some(metres(measured.distance));
                finding.bearing_deg = measured.bearing.map(bearing);
                finding.accuracy_m = metres(area.accuracy_m + self.ground.uncertainty);
                finding.areas = vec![area.id.clone()];
                self.tell(finding);
            }
        }
    }

    /// States that a consignment went to, or that the report names.
    fn tell_named(&mut self) {
        for (code, pathway) in &self.reaches.destinations {
            let finding = self.named_finding(*code, Reason::Destination { pathway: *pathway });
            self.tell(finding);
        }
        for (index, code) in self.question.concerned.iter().enumerate() {
            if self.atlas.states.get(*code).is_none() {
                let field = format!("/affected_states/{index}");
                self.gaps.push(gap(&field, GapCode::UnknownState, Some(code.as_str())));
                continue;
            }
            let finding = self.named_finding(*code, Reason::Reported);
            self.tell(finding);
        }
        if let Some(code) = self.named {
            let finding = self.named_finding(code, Reason::Reported);
            self.tell(finding);
        }
    }

    fn named_finding(&self, code: StateCode, reason: Reason) -> StateFinding {
        StateFinding {
            iso2: code,
            iso3: self.atlas.states.iso3(code),
            distance_m: None,
            bearing_deg: None,
            accuracy_m: metres(self.atlas.accuracy_m + self.ground.uncertainty),
            ring: Ring::Named,
            reason,
            areas: Vec::new(),
            in_sector: None,
            earliest_arrival: self.arrival(0.0),
        }
    }

    /// Keeps the stronger of two findings about a State: inner ring first,
    /// then the nearer, then the one by an area it administers.
    fn tell(&mut self, finding: StateFinding) {
        let Some(known) = self.findings.get_mut(&finding.iso2) else {
            self.findings.insert(finding.iso2, finding);
            return;
        };
        let in_sector = known.in_sector.into_iter().chain(finding.in_sector).reduce(|a, b| a || b);
        let mut areas = std::mem::take(&mut known.areas);
        areas.extend(finding.areas.iter().cloned());
        areas.sort_unstable();
        areas.dedup();
        if !self.origin.contains(finding.iso2) || known.reason == finding.reason {
            let far = |f: &StateFinding| f.distance_m.map_or(f64::INFINITY, f64::from);
            let claimed = |f: &StateFinding| matches!(f.reason, Reason::Relation { .. });
            let order = finding
                .ring
                .cmp(&known.ring)
                .then(far(&finding).total_cmp(&far(known)))
                .then(claimed(&finding).cmp(&claimed(known)));
            if order.is_lt() {
                *known = finding;
            }
        }
        known.areas = areas;
        known.in_sector = in_sector;
    }

    fn arrival(&self, hours: f64) -> Option<jiff::Timestamp> {
        let released = self.question.released?;
        let later = SignedDuration::try_from_secs_f64(hours * 3600.0).ok()?;
        let later = SignedDuration::from_secs(later.as_secs());
        released.checked_add(later).ok().or(Some(released))
    }

    fn excluded(&self, bounds: &[f32]) -> Vec<Exclusion> {
        let reason = || match self.reaches.unanswered {
            Some(pathway) => Reason::NoDestinationNamed { pathway },
            None => Reason::BeyondReach { reach_m: metres(self.reaches.horizon()) },
        };
        let told: StateSet = self.findings.keys().copied().collect();
        let horizon = self.reaches.horizon();
        beyond(self.atlas, bounds, &self.ground, horizon, |code| told.contains(code))
            .into_iter()
            .map(|(code, measured)| Exclusion {
                iso2: code,
                iso3: self.atlas.states.iso3(code),
                distance_m: metres(measured.distance),
                bearing_deg: bearing(measured.bearing.unwrap_or(0.0)),
                accuracy_m: metres(self.atlas.accuracy_m + self.ground.uncertainty),
                reason: reason(),
            })
            .collect()
    }
}

/// Who is told first: those touched, then those inside p95, first among them
/// those where wind or current carries it to, then all others.
fn precedence(finding: &StateFinding) -> (u8, bool) {
    match finding.ring {
        Ring::Touched => (0, false),
        Ring::P50 | Ring::P95 => (1, finding.in_sector == Some(false)),
        _ => (2, false),
    }
}

/// The area in reach nearest to the place to which a State has a relation.
fn nearest_of<'a, 's>(code: StateCode, hits: &'s [Hit<'a>]) -> Option<&'s Hit<'a>> {
    hits.iter()
        .filter(|hit| hit.area.relation(code).is_some())
        .min_by(|a, b| a.measured.distance.total_cmp(&b.measured.distance))
}
