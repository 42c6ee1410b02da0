//! The text of a letter: short sentences in the receiver's language, then the
//! same in English. What to do stands first, then why, then what is known.

use super::{
    Writer,
    page::{Page, one_line},
};
use crate::{
    domain::{
        assessment::{Reason, Ring, StateFinding},
        contact::{Channel, zone},
        decision::Outgoing,
        duty::Addressee,
        event::OpenCode,
        incident::{IncidentType, Mode},
        moment::{Moment, Precision},
        notice::{Change, Notice, NoticeKind},
        place::{Geometry, Metres, Position},
        report::{Knowledge, Statement},
        state::StateCode,
    },
    words::{Speaker, distance, distance_within},
};
use jiff::Timestamp;

/// How many characters of one statement are shown?
const STATEMENT_MOST: usize = 2000;

/// How many characters are shown of what stands within a line?
const VALUE_MOST: usize = 200;

/// How many characters of the organism's names stand in a subject?
/// How much of what a step says is shown?
const STEP_MOST: usize = 300;

const SUBJECT_MOST: usize = 60;

/// How many changes of facts are shown one by one?
const CHANGES_MOST: usize = 40;

/// The whole text, each line ended by a line feed.
pub(super) fn write(writer: &Writer, outgoing: &Outgoing<'_>, link: Option<&str>) -> String {
    let speakers = writer.speakers_for(outgoing.contact);
    let mut page = Page::default();
    for (index, speaker) in speakers.iter().enumerate() {
        let is_translated = index + 1 < speakers.len();
        if index > 0 {
            page.rule();
            if let Some(first) = speakers.first() {
                page.line(&first.say("letter-english", &[]));
                page.gap();
            }
        }
        page.turn(speaker.is_right_to_left());
        let mut sheet = Sheet { writer, outgoing, link, speaker, page: &mut page };
        sheet.write(is_translated);
    }
    page.into_text()
}

/// The subject of a mail, one line: mode, reference, kind, State of release,
/// organism.
pub(super) fn subject(writer: &Writer, outgoing: &Outgoing<'_>) -> String {
    let Some(speaker) = writer.speakers_for(outgoing.contact).first().copied() else { return String::new() };
    let notice = outgoing.notice;
    let mut subject = String::new();
    // The English mark stands first in every language, so that a filter can
    // tell a drill from the real thing.
    let mark = match notice.mode {
        Mode::Actual => None,
        Mode::Exercise => Some(("[EXERCISE] ", "subject-mode_exercise")),
        Mode::Test => Some(("[TEST] ", "subject-mode_test")),
    };
    if let Some((english, key)) = mark {
        subject += english;
        let own = format!("[{}] ", speaker.say(key, &[]));
        if own != english {
            subject += &own;
        }
    }
    let kind = speaker.say(&format!("subject-{}", code_of(notice)), &[]);
    let kind =
        if outgoing.reminder { pair(speaker, &speaker.say("subject-reminder", &[]), &kind) } else { kind };
    let mut parts = vec![reference(outgoing), kind];
    if notice.kind != NoticeKind::Reachability {
        parts.extend(state_of_release(writer, notice, speaker));
        parts.push(organism(notice, speaker, SUBJECT_MOST));
    }
    subject + &parts.join(" - ")
}

/// The code by which the words for a notice's kind are found.
fn code_of(notice: &Notice) -> &'static str {
    match notice.kind {
        NoticeKind::Initial if notice.incident_type == Some(IncidentType::Illegal) => "illegal",
        NoticeKind::Initial => "initial",
        NoticeKind::FollowUp => "follow_up",
        NoticeKind::AllClear => "all_clear",
        NoticeKind::Withdrawal => "withdrawal",
        NoticeKind::Closing => "closing",
        NoticeKind::Verification => "verification",
        NoticeKind::Advisory => "advisory",
        NoticeKind::Reachability => "reachability",
        NoticeKind::StepOverdue => "step_overdue",
        NoticeKind::Escalation => "escalation",
    }
}

/// What people call the incident, else its id.
fn reference(outgoing: &Outgoing<'_>) -> String {
    outgoing.reference.map_or_else(|| outgoing.incident.to_string(), ToString::to_string)
}

fn state_of_release(writer: &Writer, notice: &Notice, speaker: &Speaker) -> Option<String> {
    let said = notice.place.state.as_deref()?;
    match said.parse::<StateCode>() {
        Ok(state) => Some(writer.state(state.as_str(), speaker)),
        Err(_) => Some(one_line(said, VALUE_MOST)).filter(|said| !said.is_empty()),
    }
}

fn organism(notice: &Notice, speaker: &Speaker, most: usize) -> String {
    let label = notice.organism.label().map(|label| one_line(&label, most));
    label.filter(|label| !label.is_empty()).unwrap_or_else(|| speaker.say("knowledge-unknown", &[]))
}

fn pair(speaker: &Speaker, label: &str, value: &str) -> String {
    speaker.say("letter-pair", &[("label", label.into()), ("value", isolated(speaker, value).into())])
}

/// A value that holds letters written from right to left does not turn those
/// around it. (In a language that is itself written so, the words isolate every
/// value.)
fn isolated(speaker: &Speaker, value: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}');
    if !speaker.is_right_to_left() && value.contains(turns) {
        format!("\u{2068}{value}\u{2069}")
    } else {
        value.to_owned()
    }
}

/// To the minute, in universal time. Seconds are left out, so that a deadline
/// is never shown later than it is.
fn clock(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// A letter in one language as it is written.
struct Sheet<'a> {
    writer: &'a Writer,
    outgoing: &'a Outgoing<'a>,
    link: Option<&'a str>,
    speaker: &'a Speaker,
    page: &'a mut Page,
}

impl Sheet<'_> {
    fn write(&mut self, is_translated: bool) {
        self.banner();
        self.page.line(&self.say(&format!("notice-{}", code_of(self.outgoing.notice))));
        self.page.gap();
        if is_translated {
            self.page.line(&self.say("letter-machine"));
            self.page.gap();
        }
        self.opening();
        self.answer();
        self.head();
        self.why();
        self.changes();
        self.reason();
        self.open_items();
        if self.says_what_is_known() {
            self.facts();
        }
        self.notes();
        if self.outgoing.notice.mode != Mode::Actual {
            self.page.gap();
            self.banner();
        }
    }

    fn say(&self, key: &str) -> String {
        self.speaker.say(key, &[])
    }

    fn pair(&self, label: &str, value: &str) -> String {
        pair(self.speaker, &self.say(label), value)
    }

    /// A label of what stands on the lines below.
    fn label(&self, label: &str) -> String {
        self.pair(label, "").replace("\u{2068}\u{2069}", "").trim_end().to_owned()
    }

    /// First and last line of what is not real.
    fn banner(&mut self) {
        if self.outgoing.notice.mode != Mode::Actual {
            let mode = self.speaker.name("mode", &self.outgoing.notice.mode);
            self.page.line(&format!("*** {mode} ***"));
        }
    }

    fn opening(&mut self) {
        let notice = self.outgoing.notice;
        let text = match (notice.kind, &notice.about) {
            (NoticeKind::Escalation, None) => self.say("opening-undecided"),
            (NoticeKind::Escalation, Some(about)) => {
                let about = self.writer.addressee(about, self.speaker);
                self.speaker.say("opening-escalation", &[("about", about.into())])
            }
            (NoticeKind::StepOverdue, _) => {
                let playbook = notice.steps.first().map(|step| step.playbook.as_str()).unwrap_or_default();
                self.speaker.say("opening-step_overdue", &[("playbook", playbook.into())])
            }
            _ => self.say(&format!("opening-{}", code_of(notice))),
        };
        if self.outgoing.reminder {
            self.page.line(&self.say("letter-reminder"));
        }
        self.page.line(&text);
        self.page.gap();
    }

    /// By when an answer is awaited, and how to give it.
    fn answer(&mut self) {
        match self.outgoing.acknowledge_by {
            None => self.page.line(&self.say("letter-no_ask")),
            Some(by) => {
                let decides = self.outgoing.notice.kind == NoticeKind::Verification;
                let (ask, ask_local) = if decides {
                    ("letter-decide", "letter-decide_local")
                } else {
                    ("letter-ask", "letter-ask_local")
                };
                let mut values = vec![("time", clock(by).into())];
                let zone_name = self.outgoing.contact.hours.as_ref().map(|hours| hours.zone.as_str());
                let local = zone_name.and_then(|name| Some((zone(name)?, name)));
                let text = if let Some((zone, name)) = local {
                    let local = by.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string();
                    values.push(("local", local.into()));
                    values.push(("zone", name.into()));
                    self.speaker.say(ask_local, &values)
                } else {
                    self.speaker.say(ask, &values)
                };
                self.page.line(&text);
            }
        }
        let is_asked = self.outgoing.acknowledge_by.is_some();
        if let Some(link) = self.link {
            self.page.line(&self.say(if is_asked { "letter-link" } else { "letter-link_read" }));
            self.page.address(link);
            self.page.line(&self.say("letter-link_own"));
        }
        if is_asked && matches!(self.outgoing.channel, Channel::ByHand { .. }) {
            self.page.line(&self.say("letter-voice"));
        }
        self.page.gap();
    }

    /// What a letter is about, one line each.
    fn head(&mut self) {
        let (writer, speaker, outgoing) = (self.writer, self.speaker, self.outgoing);
        let notice = outgoing.notice;
        let to = writer.addressee(outgoing.addressee, speaker);
        let office = one_line(&outgoing.contact.name, VALUE_MOST);
        let to = if office.is_empty() { to } else { format!("{to} — {office}") };
        let mut lines = vec![
            self.pair("label-reference", &reference(outgoing)),
            self.pair("label-to", &to),
            self.pair("label-from", &format!("Outcross {}", writer.instance)),
            self.pair("label-issued", &clock(outgoing.issued)),
        ];
        if notice.kind != NoticeKind::Reachability {
            if let Some(kind) = notice.incident_type {
                lines.push(self.pair("label-type", &speaker.name("type", &kind)));
            }
            if let Some(state) = notice.state {
                lines.push(self.pair("label-status", &speaker.name("state", &state)));
            }
            lines.push(self.pair("sheet-organism", &organism(notice, speaker, VALUE_MOST)));
            if let Some(state) = state_of_release(writer, notice, speaker) {
                lines.push(self.pair("label-state_of_release", &state));
            }
            let place = self.place();
            lines.push(if place.is_empty() {
                self.label("sheet-place")
            } else {
                self.pair("sheet-place", &place)
            });
        }
        for line in lines {
            self.page.line(&line);
        }
        if notice.kind != NoticeKind::Reachability
            && let Some(description) = notice.place.description.as_deref()
        {
            self.quote(description);
        }
    }

    /// Where it happened, in figures.
    fn place(&self) -> String {
        let place = &self.outgoing.notice.place;
        let counted = |key, count: usize| self.speaker.say(key, &[("count", count.into())]);
        let Some(geometry) = &place.geometry else {
            return match (&place.description, &place.state) {
                (Some(_), _) => String::new(),
                (None, Some(_)) => self.say("sheet-whole"),
                (None, None) => self.say("knowledge-unknown"),
            };
        };
        let count = geometry.positions().count();
        let shape = match geometry {
            Geometry::Point(position) => return self.exactly(position.to_string()),
            Geometry::MultiPoint(_) => counted("sheet-points", count),
            Geometry::LineString(_) | Geometry::MultiLineString(_) => counted("sheet-line", count),
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) => counted("sheet-area", count),
        };
        let first = geometry.positions().next().map(|position| position.to_string());
        self.exactly(first.into_iter().chain([shape]).collect::<Vec<_>>().join(", "))
    }

    fn exactly(&self, place: String) -> String {
        match self.outgoing.notice.place.uncertainty_m {
            Some(uncertainty) => {
                let exact =
                    self.speaker.say("sheet-uncertain", &[("distance", distance(uncertainty).into())]);
                format!("{place} ({exact})")
            }
            None => place,
        }
    }

    fn why(&mut self) {
        let mut lines = Vec::new();
        let notice = self.outgoing.notice;
        let addressee = self.outgoing.addressee;
        match (notice.kind, &notice.finding, addressee) {
            (NoticeKind::Verification, _, Addressee::State(_)) => lines.push(self.say("why-release")),
            (NoticeKind::Escalation, ..) | (_, _, Addressee::Instance) => {
                lines.push(self.say("why-instance"));
            }
            (NoticeKind::StepOverdue, ..) => {
                lines.push(self.say("why-team"));
                for late in &notice.steps {
                    let due = clock(late.due);
                    let what = [("due", due.into()), ("step", one_line(&late.title, STEP_MOST).into())];
                    lines.push(self.speaker.say("late-step", &what));
                }
            }
            (NoticeKind::Reachability, ..) => lines.push(self.say("why-contact")),
            (NoticeKind::AllClear | NoticeKind::Withdrawal | NoticeKind::Closing, ..) => {
                lines.push(self.say("why-told"));
            }
            (_, Some(finding), _) => lines = self.finding(finding),
            (_, None, Addressee::Organization(_)) => lines.push(self.say("why-organization")),
            (_, None, Addressee::State(StateCode::EU)) => lines.push(self.say("why-union")),
            (_, None, _) => lines.push(self.say("why-named")),
        }
        self.page.heading(&self.say("heading-why"));
        for line in lines {
            self.page.item(&line);
        }
    }

    /// What the map found about the receiver.
    fn finding(&self, finding: &StateFinding) -> Vec<String> {
        let reason = self.speaker.reason(&finding.reason, Some(finding.ring));
        let state = self.writer.state(finding.iso2.as_str(), self.speaker);
        let mut lines = vec![pair(self.speaker, &state, &reason)];
        let says_ring =
            matches!(finding.reason, Reason::Relation { .. } | Reason::NearestCoast | Reason::ToldBefore);
        if says_ring && finding.ring != Ring::Named {
            let ring = self.speaker.name("ring", &finding.ring);
            lines.push(self.speaker.say("why-ring", &[("ring", ring.into())]));
        }
        if let Some(away) = finding.distance_m.filter(|away| *away > Metres::ZERO) {
            let mut values = vec![
                ("distance", distance_within(away, finding.accuracy_m).into()),
                ("accuracy", distance(finding.accuracy_m).into()),
            ];
            lines.push(match finding.bearing_deg {
                Some(bearing) => {
                    values.push(("bearing", self.speaker.bearing(bearing).into()));
                    self.speaker.say("why-distance", &values)
                }
                None => self.speaker.say("why-distance_only", &values),
            });
        }
        lines.extend(finding.in_sector.map(|inside| self.speaker.sector(inside)));
        if let Some(arrival) = finding.earliest_arrival {
            lines.push(self.speaker.say("why-arrival", &[("time", clock(arrival).into())]));
        }
        lines
    }

    /// What has changed, field by field: before and now.
    fn changes(&mut self) {
        let changes = &self.outgoing.notice.changes;
        let mut fields: Vec<(String, Sides)> = Vec::new();
        for (change, altered) in changes.iter().filter_map(|change| Some((change, alter(change)?))) {
            let name = self.changed_field(&change.field);
            if fields.last().is_none_or(|(last, _)| *last != name) {
                fields.push((name, Sides::default()));
            }
            if let Some((_, sides)) = fields.last_mut() {
                sides.before.extend(self.shown(&altered, change.before.as_deref()));
                sides.now.extend(self.shown(&altered, change.after.as_deref()));
            }
        }
        for (index, (name, sides)) in fields.into_iter().take(CHANGES_MOST).enumerate() {
            if index == 0 {
                self.page.heading(&self.say("heading-changes"));
            }
            self.page.item(&name);
            if sides.before.is_empty() && sides.now.is_empty() {
                self.page.detail(&self.say("letter-arrival_possible"));
                continue;
            }
            for (label, values) in [("label-before", sides.before), ("label-now", sides.now)] {
                let is_empty = values.is_empty();
                let (plain, quoted): (Vec<Shown>, Vec<Shown>) =
                    values.into_iter().partition(|value| matches!(value, Shown::Plain(_)));
                let plain: Vec<String> = plain.into_iter().map(Shown::into_text).collect();
                let line = match (is_empty, plain.is_empty()) {
                    (true, _) => self.pair(label, &self.say("letter-nothing")),
                    (false, true) => self.label(label),
                    (false, false) => self.pair(label, &plain.join(", ")),
                };
                self.page.detail(&line);
                for words in quoted {
                    self.quote(&words.into_text());
                }
            }
        }
    }

    /// One side of a change; `None` where nothing was said.
    fn shown(&self, altered: &Altered, value: Option<&str>) -> Option<Shown> {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        let plain = match altered {
            Altered::Arrival => return None,
            Altered::Words => {
                return Some(Shown::Quoted(list_of_texts(value).unwrap_or_else(|| value.to_owned())));
            }
            Altered::Coded(group) => self.named(group, value),
            Altered::Length => distance(Metres::new(value.parse().ok()?)?),
            Altered::Time => clock(value.parse().ok()?),
            Altered::Position => coordinates(value),
        };
        Some(Shown::Plain(plain))
    }

    /// What the field of a change is called.
    fn changed_field(&self, field: &str) -> String {
        let top = field.trim_start_matches('/').split('/').next().unwrap_or_default();
        match top {
            "incident_type" => self.say("label-type"),
            "state" => self.say("label-status"),
            "finding" => self.say("label-reach"),
            "arrival" => self.say("label-arrival"),
            "significance" => self.say("label-significance"),
            "released" => self.say("letter-released"),
            other => self.named("field", other),
        }
    }

    /// The words for a code; the code itself where there are none.
    fn named(&self, group: &str, code: &str) -> String {
        let key = format!("{group}-{code}");
        let words = self.say(&key);
        if words == key { one_line(code, VALUE_MOST) } else { words }
    }

    fn reason(&mut self) {
        if let Some(reason) = self.outgoing.notice.reason.as_deref() {
            self.page.heading(&self.say("heading-reason"));
            self.quote(reason);
        }
    }

    /// What is still open as the case ends.
    fn open_items(&mut self) {
        for (index, item) in self.outgoing.notice.still_open.iter().enumerate() {
            if index == 0 {
                self.page.heading(&self.say("heading-open"));
            }
            let key = match item.code {
                OpenCode::Notice => "open-notice",
                OpenCode::Acknowledgement => "open-acknowledgement",
                OpenCode::Consultation => "open-consultation",
                OpenCode::ConsultationClosing => "open-consultation_closing",
                OpenCode::Gap => "open-gap",
                OpenCode::Proposal => continue,
            };
            let what = self.changed_field(&item.of);
            let line = self.speaker.say(key, &[("what", what.into())]);
            self.page.item(&line);
        }
    }

    /// Whether the items of Article 17.3 are shown: not where nothing has
    /// happened, and not where what was said before has ended.
    fn says_what_is_known(&self) -> bool {
        use NoticeKind as K;
        !matches!(self.outgoing.notice.kind, K::Reachability | K::AllClear | K::Withdrawal | K::Closing)
    }

    fn facts(&mut self) {
        let notice = self.outgoing.notice;
        self.page.heading(&self.say("heading-facts"));
        self.item("field-quantities", &notice.quantities);
        self.item("field-traits", &notice.traits);
        self.item("field-circumstances", &notice.circumstances);
        let released = match &notice.released {
            Some(moment) => self.moment(moment),
            None => self.say("knowledge-unknown"),
        };
        self.page.item(&self.pair("letter-released", &released));
        self.item("field-use", &notice.r#use);
        self.item("field-adverse_effects", &notice.adverse_effects);
        self.item("field-risk_management", &notice.risk_management);
        self.item("field-other", &notice.other);
        self.item("field-point_of_contact", &notice.point_of_contact);
    }

    /// One item with how well it is known; what is withheld shows no word.
    fn item(&mut self, label: &str, statement: &Statement) {
        let is_withheld = statement.status == Knowledge::Withheld;
        let words = if is_withheld { "" } else { statement.text.trim() };
        let knowledge = match statement.status {
            Knowledge::Known | Knowledge::Estimated if words.is_empty() => self.say("gap-missing"),
            status => self.speaker.name("knowledge", &status),
        };
        self.page.item(&self.pair(label, &knowledge));
        self.quote(words);
        if !is_withheld && let Some(source) = statement.provenance.as_deref() {
            let source = one_line(source, VALUE_MOST);
            if !source.is_empty() {
                self.page.detail(&self.pair("label-source", &source));
            }
        }
        if !words.is_empty() {
            self.page.gap();
        }
    }

    /// A time as it was said; in universal time where it was said with a zone.
    fn moment(&self, moment: &Moment) -> String {
        let said = one_line(&moment.as_said, VALUE_MOST);
        match (moment.precision, moment.earliest) {
            (Precision::Instant, Some(at)) => clock(at),
            (Precision::LocalTime, _) => self.speaker.say("letter-no_zone", &[("said", said.into())]),
            _ if said.is_empty() => self.say("knowledge-unknown"),
            _ => said,
        }
    }

    /// Somebody's own words, with a sign where they are cut.
    fn quote(&mut self, words: &str) {
        if words.trim().is_empty() || !self.page.quote(words, STATEMENT_MOST) {
            return;
        }
        let count = words.trim().chars().count();
        let mut values = vec![("count", count.into())];
        let text = match self.link {
            Some(link) => {
                values.push(("link", link.into()));
                self.speaker.say("letter-cut_link", &values)
            }
            None => self.speaker.say("letter-cut", &values),
        };
        self.page.detail(&text);
    }

    fn notes(&mut self) {
        let outgoing = self.outgoing;
        self.page.heading(&self.say("heading-notes"));
        if outgoing.acknowledge_by.is_some() {
            self.page.item(&self.say("letter-receipt"));
            let path = format!("/api/v1/incidents/{}/acknowledgements", outgoing.incident);
            self.page.item(&self.speaker.say("letter-account", &[("path", path.into())]));
        }
        let is_to_decide = outgoing.notice.kind == NoticeKind::Verification
            || (outgoing.notice.kind == NoticeKind::Escalation && outgoing.notice.about.is_none());
        if is_to_decide {
            let path = format!("/api/v1/incidents/{}/verdicts", outgoing.incident);
            self.page.item(&self.speaker.say("letter-verdict", &[("path", path.into())]));
        }
        if outgoing.notice.kind != NoticeKind::Reachability {
            self.page.item(&self.say("sheet-status"));
            self.page.item(&self.say("letter-quoted"));
        }
        if let Some(earlier) = outgoing.supersedes {
            let earlier = earlier.to_string();
            self.page.item(&self.speaker.say("letter-supersedes", &[("message", earlier.into())]));
        }
        self.page.item(&self.pair("label-message", &outgoing.message.to_string()));
    }
}

/// What was said of a field before, and what is said now.
#[derive(Default)]
struct Sides {
    before: Vec<Shown>,
    now: Vec<Shown>,
}

/// A value as it stands in a letter.
enum Shown {
    /// On the line of its label.
    Plain(String),
    /// On lines of its own, as somebody's words.
    Quoted(String),
}

impl Shown {
    fn into_text(self) -> String {
        match self {
            Self::Plain(text) | Self::Quoted(text) => text,
        }
    }
}

/// How a change is shown.
enum Altered {
    /// A code of this group of words.
    Coded(&'static str),
    /// A length in metres.
    Length,
    /// A time.
    Time,
    /// A position.
    Position,
    /// The organism may have arrived.
    Arrival,
    /// Somebody's own words, or figures of theirs.
    Words,
}

/// How a change is shown; `None` for what says nothing to people, or is said
/// by another change beside it.
fn alter(change: &Change) -> Option<Altered> {
    let mut parts = change.field.trim_start_matches('/').split('/');
    let (top, inner) = (parts.next()?, parts.next());
    match (top, inner) {
        ("incident_type", _) => Some(Altered::Coded("type")),
        ("state", _) => Some(Altered::Coded("state")),
        ("significance", _) => Some(Altered::Coded("likelihood")),
        ("arrival", _) => Some(Altered::Arrival),
        ("finding", Some("ring")) => Some(Altered::Coded("ring")),
        ("finding", Some("distance_m")) | ("place", Some("uncertainty_m")) => Some(Altered::Length),
        ("finding", Some("earliest_arrival")) => Some(Altered::Time),
        ("place", Some("geometry")) if parts.next() == Some("coordinates") => Some(Altered::Position),
        ("released", Some("as_said"))
        | ("organism", _)
        | ("place", Some("state" | "description" | "environment")) => Some(Altered::Words),
        ("finding" | "released" | "place" | "kind" | "mode", _) => None,
        (_, Some("status")) => Some(Altered::Coded("knowledge")),
        _ => Some(Altered::Words),
    }
}

/// Coordinates as people write them; those of lines and areas as they stand,
/// shortened.
fn coordinates(text: &str) -> String {
    let position = serde_json::from_str::<Position>(text).ok().map(|position| position.to_string());
    position.unwrap_or_else(|| one_line(text, VALUE_MOST))
}

/// The texts of a JSON list, with commas between.
fn list_of_texts(text: &str) -> Option<String> {
    serde_json::from_str::<Vec<String>>(text).ok().map(|texts| texts.join(", "))
}
