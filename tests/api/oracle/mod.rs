//! A second rule of who sees what. It knows raw JSON out of the store's file
//! and the table beside this file, and no line of the program: whoever changes
//! the one has to change the other too.
//!
//! What only the writer of a text knows (a note for the own State, an
//! assessment that is withheld) stands in the text itself: `own-DE-…`.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// An account as it was created.
#[derive(Clone, Debug)]
pub struct Reader {
    pub id: String,
    pub state: Option<String>,
    pub role: String,
}

/// What one reader was shown in one way: places in the log, or a text.
#[derive(Clone, Debug)]
pub struct Observation {
    /// `timeline`, `events`, `live`, `list`, `mail`, …
    pub way: &'static str,
    /// Which reader, by its number; for a message the State it goes to.
    pub reader: usize,
    /// The mode that was asked for, where one is.
    pub mode: Option<String>,
    /// Places in the log.
    pub seqs: Option<BTreeSet<u64>>,
    /// Everything that was shown, as text.
    pub text: String,
}

/// The rule over one raw log.
pub struct Oracle {
    table: Value,
    events: Vec<Value>,
    /// By incident and State: from which place on it was told or named.
    told: BTreeMap<(String, String), u64>,
    release: BTreeMap<String, String>,
    found: BTreeMap<String, BTreeSet<String>>,
    reporter: BTreeMap<String, String>,
    /// Where the commit of each event ends.
    commit_ends: BTreeMap<u64, u64>,
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn seq(event: &Value) -> u64 {
    event["seq"].as_u64().unwrap_or_default()
}

impl Oracle {
    /// Reads the log: one JSON object for each event, in order.
    pub fn of(events: Vec<Value>) -> Self {
        let table: Value = serde_json::from_str(include_str!("table.json")).expect("a table");
        let mut oracle = Self {
            table,
            events: Vec::new(),
            told: BTreeMap::new(),
            release: BTreeMap::new(),
            found: BTreeMap::new(),
            reporter: BTreeMap::new(),
            commit_ends: BTreeMap::new(),
        };
        for (index, event) in events.iter().enumerate() {
            let same = |other: &&Value| {
                other["recorded"] == event["recorded"] && other["incident"] == event["incident"]
            };
            let end = events[index..].iter().take_while(same).last().map_or(0, seq);
            oracle.commit_ends.insert(seq(event), end);
            let incident = text(event, "incident").to_owned();
            match text(event, "type") {
                "report_received" => {
                    oracle.reporter.entry(incident).or_insert_with(|| text(event, "actor").to_owned());
                }
                "incident_opened" => {
                    if let Some(state) = event["state_of_release"].as_str() {
                        oracle.release.insert(incident, state.to_owned());
                    }
                }
                "assessed" => {
                    let origin = event["assessment"]["origin"].as_array().into_iter().flatten();
                    let states = origin.map(|finding| text(finding, "iso2").to_owned());
                    oracle.found.entry(incident).or_default().extend(states);
                }
                "notice_issued" | "addressee_unreachable" => {
                    let state = text(event, "addressee").to_owned();
                    oracle.told.entry((incident, state)).or_insert_with(|| seq(event));
                }
                _ => {}
            }
        }
        oracle.events = events;
        oracle
    }

    /// Types of events the table speaks of.
    pub fn types(&self) -> BTreeSet<String> {
        let rows = self.table["rows"].as_object().expect("rows");
        let listed = rows.values().flat_map(|row| row["events"].as_array().expect("events"));
        listed.map(|name| name.as_str().expect("a name").to_owned()).collect()
    }

    /// The columns in which a reader stands toward the incident of an event, at
    /// the time of that event: it sees what any of them sees.
    fn columns(&self, reader: &Reader, event: &Value) -> Vec<&'static str> {
        let incident = text(event, "incident");
        if reader.role == "administrator" {
            return Vec::new();
        }
        let mut columns = Vec::new();
        if self.reporter.get(incident) == Some(&reader.id) {
            columns.push("reporter");
        }
        let Some(state) = &reader.state else {
            if reader.role != "reporter" {
                columns.push("instance");
            }
            return columns;
        };
        if self.release.get(incident) == Some(state) {
            columns.push("release");
        } else if self.found.get(incident).is_some_and(|found| found.contains(state)) {
            columns.push("found");
        }
        let joined = self.told.get(&(incident.to_owned(), state.clone()));
        // Whoever is told by a commit sees the whole of it.
        if joined.is_some_and(|joined| *joined <= self.commit_ends[&seq(event)]) {
            columns.push("told");
        }
        if columns.is_empty() {
            columns.push("not_told");
        }
        columns
    }

    /// Whether an event repeats for a State that joins what the others have.
    fn is_copy(&self, event: &Value) -> bool {
        let kind = match text(event, "type") {
            "assessed" if event["cause"].is_null() => "",
            "playbook_chosen" => text(event, "audience_role"),
            _ => return false,
        };
        self.events.iter().take_while(|earlier| seq(earlier) < seq(event)).any(|earlier| {
            earlier["incident"] == event["incident"]
                && earlier["type"] == event["type"]
                && (kind.is_empty() || text(earlier, "audience_role") == kind)
        })
    }

    /// Whether a reader joins by the commit an event belongs to.
    fn joins_with(&self, reader: &Reader, event: &Value) -> bool {
        let state = reader.state.clone().unwrap_or_default();
        let end = self.commit_ends[&seq(event)];
        self.told
            .get(&(text(event, "incident").to_owned(), state))
            .is_some_and(|joined| self.commit_ends.get(joined) == Some(&end))
    }

    /// Whether a reader may see an event.
    pub fn sees(&self, reader: &Reader, event: &Value) -> bool {
        if self.is_copy(event) {
            let columns = self.columns(reader, event);
            let in_charge = columns.contains(&"instance")
                || (columns.contains(&"release") && text(event, "type") == "assessed");
            return in_charge || self.joins_with(reader, event);
        }
        let name = text(event, "type");
        let rows: &Map<String, Value> = self.table["rows"].as_object().expect("rows");
        let row = rows
            .values()
            .find(|row| row["events"].as_array().expect("events").iter().any(|known| known == name))
            .unwrap_or_else(|| panic!("the table does not speak of {name}"));
        self.columns(reader, event).into_iter().any(|column| {
            let own = Self::is_own(reader, event, column);
            match row["cells"][column].as_str().expect("a cell") {
                "all" => true,
                "own" | "own talks" => own,
                "all but withheld" => own || !is_withheld(event),
                _ => false,
            }
        })
    }

    fn is_own(reader: &Reader, event: &Value, column: &str) -> bool {
        let state = reader.state.as_deref().unwrap_or("-");
        match text(event, "type") {
            "report_received" | "facts_changed" => text(event, "actor") == reader.id,
            "playbook_chosen" => match text(event, "audience_role") {
                "state_of_release" => column == "release",
                _ => column == "told",
            },
            "liability_recorded" | "run_started" | "deed_recorded" | "step_overdue" | "playbook_adopted"
            | "run_ended" => text(event, "state") == state,
            "consultation_opened" | "consultation_said" | "measures_agreed" | "consultation_closed" => {
                column == "release" || text(event, "addressee") == state
            }
            "note_added" => text(event, "text").contains(&format!("own-{state}-")),
            "escalated_to_instance" => text(event, "about") == state,
            "state_assessed" => column == "release" || text(event, "addressee") == state,
            _ => text(event, "addressee") == state,
        }
    }

    /// What is wrong with what was shown: too much, or too little.
    pub fn judge(&self, readers: &[Reader], seen: &[Observation]) -> Vec<String> {
        let mut wrong = Vec::new();
        let marked = self.marks();
        for observation in seen {
            let reader = &readers[observation.reader];
            let who = format!("{} {} ({:?})", observation.way, reader.role, reader.state);
            if let Some(seqs) = &observation.seqs {
                let expected: BTreeSet<u64> = self
                    .events
                    .iter()
                    .filter(|event| {
                        observation.mode.as_deref().is_none_or(|mode| text(event, "mode") == mode)
                    })
                    .filter(|event| self.sees(reader, event))
                    .map(seq)
                    .collect();
                for extra in seqs.difference(&expected) {
                    wrong.push(format!("{who} is shown {}", self.named(*extra)));
                }
                for missing in expected.difference(seqs) {
                    wrong.push(format!("{who} is not shown {}", self.named(*missing)));
                }
            }
            for (mark, at) in &marked {
                let may = at.iter().any(|event| self.sees(reader, event));
                if !may && observation.text.contains(mark.as_str()) {
                    wrong.push(format!("{who} reads {mark}"));
                }
            }
        }
        wrong
    }

    fn named(&self, place: u64) -> String {
        let event = self.events.iter().find(|event| seq(event) == place);
        let name = event.map_or("nothing", |event| text(event, "type"));
        let mode = event.map_or("", |event| text(event, "mode"));
        format!("{place} {name} ({mode})")
    }

    /// Every mark somebody wrote, and the events it stands in.
    fn marks(&self) -> BTreeMap<String, Vec<&Value>> {
        let mut marks: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
        for event in &self.events {
            let words = event.to_string();
            let found: BTreeSet<String> = words
                .split("mark-")
                .skip(1)
                .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>())
                .collect();
            for mark in found {
                marks.entry(format!("mark-{mark}")).or_default().push(event);
            }
        }
        marks
    }
}

/// Whether the text says that it is not for everybody.
fn is_withheld(event: &Value) -> bool {
    text(event, "text").starts_with("own-") || text(event, "text").starts_with("withheld-")
}
