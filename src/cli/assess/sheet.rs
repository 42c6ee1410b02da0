//! The answer as a person reads it: who is in reach and why, who is not, what
//! is missing, and what it rests on.

use super::table::{Page, Paint, Row, Table};
use crate::{
    domain::{
        assessment::{Assessment, Exclusion, LayerFinding, Reason, Ring, StateFinding},
        moment::Moment,
        place::{Geometry, Metres},
        reach::Reach,
        report::Report,
        state::StateCode,
    },
    geo::{Atlas, UNKNOWN},
    words::{Speaker, distance, distance_within},
};

/// Everything a sheet is written from.
pub(super) struct Sheet<'a> {
    pub atlas: &'a Atlas,
    pub report: &'a Report,
    pub assessment: &'a Assessment,
    pub speaker: &'a Speaker,
    pub page: Page,
}

/// Nearer a pole than this, degrees of latitude, compass points mean nothing.
const POLE: f64 = 89.99;

const HEADING: Paint = Some("1");

impl Sheet<'_> {
    /// The whole sheet.
    pub fn written(&self) -> String {
        let Assessment { states, excluded, hotspots, layers, .. } = self.assessment;
        let mut out = self.head();
        out += &self.reach();
        if states.is_empty() {
            out += &self.heading("sheet-no_states");
        } else {
            out += &self.heading("sheet-states");
            out += &self.states();
        }
        if !excluded.is_empty() {
            out += &self.excluded();
        }
        if hotspots.is_empty() {
            out += &self.heading("sheet-no_hotspots");
        } else {
            out += &self.heading("sheet-hotspots");
            out += &self.features("column-hotspot", hotspots);
        }
        if !self.assessment.centres.is_empty() {
            out += &self.heading("sheet-centres");
            out += &self.centres();
        }
        if !layers.is_empty() {
            out += &self.heading("sheet-layers");
            out += &self.features("column-layer", layers);
        }
        out += &self.gaps();
        out + &self.foot()
    }

    fn say(&self, key: &str) -> String {
        self.speaker.say(key, &[])
    }

    fn heading(&self, key: &str) -> String {
        format!("\n{}", self.page.wrapped("", &self.say(key), HEADING))
    }

    fn state(&self, code: StateCode) -> String {
        let row = self.atlas.states().get(code);
        row.map_or_else(
            || code.to_string(),
            |row| format!("{} ({code})", row.name.get(self.speaker.language())),
        )
    }

    /// Place, organism and time, as they were understood.
    fn head(&self) -> String {
        let place = &self.report.place;
        let mut where_ = match &place.geometry {
            Some(geometry) => self.shape(geometry),
            None => self.say("sheet-whole"),
        };
        if let Some(uncertainty) = place.uncertainty_m {
            let known = [("distance", distance(uncertainty).into())];
            where_ = format!("{where_}; {}", self.speaker.say("sheet-uncertain", &known));
        }
        let origin: Vec<String> = self.assessment.origin.iter().map(|f| self.state(f.iso2)).collect();
        let touched = self.assessment.states.iter().any(|finding| finding.ring == Ring::Touched);
        let origin = match (origin.is_empty(), touched) {
            (false, _) => origin.join(", "),
            (true, true) => self.say("sheet-no_one_state"),
            (true, false) => self.say("sheet-no_state"),
        };
        let group = self.atlas.organisms().group(&self.assessment.group);
        let group = group.map_or_else(
            || self.assessment.group.clone(),
            |group| match group.name.get(self.speaker.language()) {
                name if group.code == UNKNOWN => name.to_owned(),
                name => format!("{name}, {}", group.code),
            },
        );
        let organism = match self.report.organism.label().filter(|said| *said != self.assessment.group) {
            Some(said) => format!("{said} → {group}"),
            None => group,
        };
        let mut facts =
            vec![("sheet-place", where_), ("sheet-lies_in", origin), ("sheet-organism", organism)];
        if let Some(released) = &self.report.released {
            facts.push(("sheet-released", released.clone()));
        }
        let labels: Vec<String> = facts.iter().map(|(key, _)| self.say(key)).collect();
        let widest = labels.iter().map(|label| unicode_width::UnicodeWidthStr::width(label.as_str())).max();
        let line = |(label, (_, text)): (&String, &(&str, String))| {
            let short = widest.unwrap_or(0) - unicode_width::UnicodeWidthStr::width(label.as_str());
            self.page.wrapped(&format!("{label}{}  ", " ".repeat(short)), text, None)
        };
        labels.iter().zip(&facts).map(line).collect()
    }

    fn shape(&self, geometry: &Geometry) -> String {
        let key = match geometry {
            Geometry::Point(at) => return at.to_string(),
            Geometry::MultiPoint(_) => "sheet-points",
            Geometry::LineString(_) | Geometry::MultiLineString(_) => "sheet-line",
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) => "sheet-area",
        };
        self.speaker.say(key, &[("count", geometry.positions().count().into())])
    }

    /// How far it gets, by which pathway, says who.
    fn reach(&self) -> String {
        let mut out = self.heading("sheet-reach");
        for reach in self.assessment.reaches.iter().rev() {
            out += &self.page.wrapped("  ", &self.one_reach(reach), None);
            let mut notes = Vec::new();
            if &*reach.row != "reporter" {
                let grade = self.speaker.name("grade", &reach.grade);
                notes.push(self.speaker.say("sheet-grade", &[("grade", grade.into())]));
            }
            if reach.widest_applicable {
                notes.push(self.say("sheet-widest"));
            }
            if reach.implied {
                notes.push(self.say("sheet-implied"));
            }
            notes.push(reach.source.to_string());
            notes.extend(self.speaker.circumstances(reach));
            out += &self.page.wrapped("    ", &notes.join("; "), Some("2"));
        }
        if self.assessment.reaches.is_empty() {
            out += &self.page.wrapped("  ", &self.say("sheet-reach_none"), None);
        }
        out
    }

    fn one_reach(&self, reach: &Reach) -> String {
        let pathway = self.speaker.pathway(reach.pathway);
        let far = if reach.max_m == Metres::ZERO && &*reach.row != "reporter" {
            self.say("sheet-reach_none")
        } else {
            let values = [("p50", reach.p50_m), ("p95", reach.p95_m), ("max", reach.max_m)];
            let values = values.map(|(name, metres)| (name, distance(metres).into()));
            self.speaker.say("sheet-reach_far", &values)
        };
        format!("{pathway}: {far}")
    }

    fn headings(&self, first: &str) -> Vec<String> {
        let rest = ["column-ring", "column-distance", "column-bearing", "column-arrival", "column-why"];
        std::iter::once(first).chain(rest).map(|key| self.say(key)).collect()
    }

    fn states(&self) -> String {
        let row = |finding: &StateFinding| Row {
            cells: vec![
                (self.state(finding.iso2), HEADING),
                self.mark(finding.ring),
                (far(finding.distance_m, finding.accuracy_m), None),
                (self.bearing(finding.bearing_deg), None),
                (self.arrival(finding), None),
            ],
            sentence: self.why(finding),
        };
        let rows = self.assessment.states.iter().map(row).collect();
        self.page.table(&Table { headings: self.headings("column-state"), rows })
    }

    /// Why a State is told. Where an area has several relations, each State's
    /// own is named, with the area's name: saying of one alone that the place
    /// lies in it would be taking a position.
    fn why(&self, finding: &StateFinding) -> String {
        let named =
            |id: &str| self.atlas.area(id).map(|area| area.name.get(self.speaker.language()).to_owned());
        let contested = || {
            let areas = finding.areas.iter().filter_map(|id| self.atlas.area(id));
            let area = areas.into_iter().find(|area| area.is_contested())?;
            let relation = area.relation(finding.iso2)?;
            Some(Reason::Relation { area: area.id.clone(), basis: relation.basis.clone() })
        };
        let reason = match &finding.reason {
            Reason::PlaceInside => contested().unwrap_or(Reason::PlaceInside),
            other => other.clone(),
        };
        let reason = match reason {
            Reason::Relation { area, basis } => {
                Reason::Relation { area: named(&area).map_or(area, Into::into), basis }
            }
            other => other,
        };
        let why = self.speaker.reason(&reason, Some(finding.ring));
        match finding.in_sector {
            Some(inside) => format!("{why} {}", self.speaker.sector(inside)),
            None => why,
        }
    }

    /// The nearest that are not told; a reason all of them share is said once.
    fn excluded(&self) -> String {
        let list = &self.assessment.excluded;
        let shared = list.iter().all(|one| one.reason == list[0].reason);
        let mut out = self.heading("sheet-excluded");
        if shared {
            out += &self.page.wrapped("  ", &self.speaker.reason(&list[0].reason, None), None);
        }
        let row = |one: &Exclusion| Row {
            cells: vec![
                (self.state(one.iso2), None),
                (distance_within(one.distance_m, one.accuracy_m), None),
                (self.bearing(Some(one.bearing_deg)), None),
            ],
            sentence: if shared { String::new() } else { self.speaker.reason(&one.reason, None) },
        };
        let headings = ["column-state", "column-distance", "column-bearing", "column-why"];
        let headings = headings.map(|key| self.say(key)).to_vec();
        out += &self.page.table(&Table { headings, rows: list.iter().map(row).collect() });
        out
    }

    /// What makes States that are told sensitive to the organism, State by
    /// State, and then who says so.
    fn centres(&self) -> String {
        let mut states: Vec<(StateCode, Vec<String>)> = Vec::new();
        let mut sources: Vec<&str> = Vec::new();
        for centre in &self.assessment.centres {
            let mut named = centre.clone();
            if let Some(area) = centre.area.as_deref().and_then(|id| self.atlas.area(id)) {
                named.area = Some(area.name.get(self.speaker.language()).into());
            }
            let said = self.speaker.centre(&named);
            match states.iter_mut().find(|(state, _)| *state == centre.state) {
                Some((_, known)) => known.push(said),
                None => states.push((centre.state, vec![said])),
            }
            for source in centre.source.split(';').map(str::trim) {
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        let mut out = String::new();
        for (state, said) in states {
            out += &self.page.wrapped("  ", &self.state(state), HEADING);
            out += &self.page.wrapped("    ", &said.join("; "), None);
        }
        out + &self.page.wrapped("  ", &sources.join("; "), Some("2"))
    }

    fn features(&self, first: &str, findings: &[LayerFinding]) -> String {
        let name = |finding: &LayerFinding| {
            let row =
                self.atlas.hotspots().find(|row| &*finding.layer == "hotspots" && *row.code == *finding.code);
            row.map_or(&*finding.name, |row| row.name.get(self.speaker.language())).to_owned()
        };
        let row = |finding: &LayerFinding| {
            let mut sentence = self.speaker.reason(&finding.reason, Some(finding.ring));
            if finding.approximate {
                let error = [("distance", distance(finding.accuracy_m).into())];
                sentence = format!("{sentence} {}", self.speaker.say("sheet-approximate", &error));
            }
            if let Some(share) = finding.overlap.filter(|share| *share > 0.0) {
                sentence = format!("{sentence} {}", self.speaker.overlap(share));
            }
            Row {
                cells: vec![
                    (name(finding), HEADING),
                    self.mark(finding.ring),
                    (far(Some(finding.distance_m), finding.accuracy_m), None),
                    (self.bearing(finding.bearing_deg), None),
                    (String::new(), None),
                ],
                sentence,
            }
        };
        let rows = findings.iter().map(row).collect();
        self.page.table(&Table { headings: self.headings(first), rows })
    }

    fn gaps(&self) -> String {
        if self.assessment.gaps.is_empty() {
            return String::new();
        }
        let mut out = self.heading("sheet-gaps");
        for gap in &self.assessment.gaps {
            let mut text = self.speaker.gap(gap);
            if let Some(said) = self.pathway_of(&gap.field) {
                text = format!("{text} ({said})");
            }
            out += &self.page.wrapped("  – ", &text, None);
        }
        out
    }

    /// Which pathway a field of the report is about.
    fn pathway_of(&self, field: &str) -> Option<String> {
        let index: usize = field.strip_prefix("/pathways/")?.split('/').next()?.parse().ok()?;
        self.report.pathways.get(index).map(|said| self.speaker.pathway(said.pathway))
    }

    /// Versions of the data, and what a list of States does not mean.
    fn foot(&self) -> String {
        // Layers of one version stand together.
        let mut data: Vec<(String, String)> = Vec::new();
        for d in self.assessment.data.iter() {
            let version = format!("{} ({})", d.version, d.date);
            match data.iter_mut().find(|(known, _)| *known == version) {
                Some((_, layers)) => *layers = format!("{layers}, {}", d.layer),
                None => data.push((version, d.layer.clone())),
            }
        }
        let data: Vec<String> =
            data.into_iter().map(|(version, layers)| format!("{layers}: {version}")).collect();
        let mut out = self.heading("sheet-data");
        let dim = Some("2");
        out += &self.page.wrapped("  ", &data.join(" · "), dim);
        out += &self.page.wrapped("  ", &self.say("sheet-exactness"), dim);
        out + &self.page.wrapped("  ", &self.say("sheet-status"), dim)
    }

    fn mark(&self, ring: Ring) -> (String, Paint) {
        let colour = match ring {
            Ring::Touched | Ring::P50 => Some("1;31"),
            Ring::P95 => Some("33"),
            Ring::Max | Ring::CannotExclude | Ring::Named => None,
        };
        (self.speaker.name("mark", &ring), colour)
    }

    fn bearing(&self, degrees: Option<f64>) -> String {
        let Some(degrees) = degrees else { return String::new() };
        match &self.report.place.geometry {
            // At a pole there is but one direction, and every meridian goes there.
            Some(Geometry::Point(at)) if at.lat.abs() > POLE => {
                let turned = if at.lat > 0.0 { 180.0 - degrees } else { degrees };
                let lon = (at.lon + turned + 180.0).rem_euclid(360.0) - 180.0;
                let side = if lon.round() < 0.0 { 'W' } else { 'E' };
                let meridian = format!("{:.0}° {side}", lon.abs());
                self.speaker.say("bearing-meridian", &[("meridian", meridian.into())])
            }
            _ => format!("{} {:.0}°", self.speaker.bearing(degrees), degrees.round().rem_euclid(360.0)),
        }
    }

    /// How long after the release it may arrive at the earliest; nothing where
    /// no reach decides.
    fn arrival(&self, finding: &StateFinding) -> String {
        let arrival = finding.earliest_arrival.filter(|_| finding.ring != Ring::Named);
        let released = self.report.released.as_deref().and_then(|said| Moment::read(said).earliest);
        let (Some(arrival), Some(released)) = (arrival, released) else { return String::new() };
        let hours = arrival.duration_since(released).as_hours();
        let (key, count) = match hours {
            ..1 => ("arrival-at_once", 0),
            1..72 => ("arrival-hours", hours),
            72.. => ("arrival-days", hours / 24),
        };
        self.speaker.say(key, &[("count", count.into())])
    }
}

/// A distance no finer than it is known.
fn far(metres: Option<Metres>, accuracy: Metres) -> String {
    match metres {
        None => String::new(),
        Some(metres) if metres == Metres::ZERO => "0 m".to_owned(),
        Some(metres) => distance_within(metres, accuracy),
    }
}
