//! What can be erased of an event: words that people wrote. What happened,
//! when, and to whom stays, so that the incident still stands without them.
//!
//! Erasing leaves a stand-in: the same event without the words, which says
//! itself where they were. An incident folded from stand-ins is the same
//! incident; what it is about can still be assessed.

use super::{
    delivery::SUPERSEDED,
    event::{Body, Event},
    id::Seq,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys under which people write freely, anywhere in an event.
const FREE: [&str; 11] = [
    "text",
    "provenance",
    "reason",
    "note",
    "detail",
    "description",
    "before",
    "after",
    "as_said",
    "risk_assessment",
    "answer",
];

/// Keys under which they write freely within an entry on liability.
const FREE_IN_ENTRY: [&str; 8] =
    ["name", "capacity", "grounds", "operator", "measure", "reasons", "by", "purpose"];

/// Why something cannot be erased.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotErasable {
    /// Nobody wrote anything there.
    #[error("event {event} has no words of a person at {field}")]
    NoWords {
        /// Which event.
        event: Seq,
        /// The field asked for.
        field: String,
    },
    /// There are no words in it at all.
    #[error("event {0} has no words of a person in it")]
    NothingThere(Seq),
    /// The incident does not stand without it.
    #[error("event {0} cannot be read without what was to be erased")]
    Needed(Seq),
}

/// The fields that are erased when none is named: whom to ask, in a report;
/// everything that people wrote, in any other event.
pub fn usual_fields(event: &Event) -> Vec<String> {
    match event.body {
        Body::ReportReceived { .. } | Body::FactsChanged { .. } => {
            let contact = "/content/point_of_contact".to_owned();
            words(event)
                .into_iter()
                .any(|(field, _)| field == contact)
                .then_some(contact)
                .into_iter()
                .collect()
        }
        _ => words(event).into_iter().map(|(field, _)| field).collect(),
    }
}

/// The places that `fields` name: a field may be part of a place, or hold
/// several.
pub fn places(event: &Event, fields: &[String]) -> Result<Vec<String>, NotErasable> {
    let all: Vec<String> = words(event).into_iter().map(|(at, _)| at).collect();
    let within =
        |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let mut found = BTreeSet::new();
    for field in fields {
        let named = |at: &&String| *at == field || within(at, field) || within(field, at);
        let here: Vec<String> = all.iter().filter(named).cloned().collect();
        if here.is_empty() {
            return Err(NotErasable::NoWords { event: event.seq, field: field.clone() });
        }
        found.extend(here);
    }
    Ok(found.into_iter().collect())
}

/// The words that stand at `places`.
pub fn words_at(event: &Event, places: &[String]) -> BTreeSet<String> {
    words(event).into_iter().filter(|(at, _)| places.contains(at)).flat_map(|(_, texts)| texts).collect()
}

/// The fields of an event in which any of `wanted` stands, as it is.
pub fn fields_with(event: &Event, wanted: &BTreeSet<String>) -> Vec<String> {
    let stands = |texts: &Vec<String>| texts.iter().any(|text| wanted.contains(text));
    words(event).into_iter().filter(|(_, texts)| stands(texts)).map(|(field, _)| field).collect()
}

/// The event without the words at `fields`.
pub fn stand_in(event: &Event, fields: &[String]) -> Result<Event, NotErasable> {
    let needed = || NotErasable::Needed(event.seq);
    let mut value = serde_json::to_value(event).map_err(|_| needed())?;
    let mut erased: BTreeSet<String> = event.erased.iter().cloned().collect();
    for at in places(event, fields)? {
        if let Some(place) = value.pointer_mut(&at) {
            blank(place);
        }
        erased.insert(at);
    }
    if erased.is_empty() {
        return Err(NotErasable::NothingThere(event.seq));
    }
    value["erased"] = erased.into_iter().collect();
    let stand_in: Event = serde_json::from_value(value).map_err(|_| needed())?;
    let same = stand_in.body.name() == event.body.name() && stand_in.seq == event.seq;
    if same { Ok(stand_in) } else { Err(needed()) }
}

/// Takes the words away: a statement is withheld from then on.
fn blank(place: &mut Value) {
    match place {
        Value::String(text) => text.clear(),
        Value::Object(statement) => {
            statement.insert("status".to_owned(), "withheld".into());
            statement.insert("text".to_owned(), String::new().into());
            statement.remove("provenance");
        }
        _ => {}
    }
}

/// Every place where people wrote, with what stands there. A statement is one
/// place with its text and where that comes from.
fn words(event: &Event) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::to_value(event) {
        collect(&value, "", false, &mut found);
    }
    // The one place where a place is told in words by itself.
    if let Body::IncidentOpened { place: Some(place), .. } = &event.body {
        found.push(("/place".to_owned(), vec![place.clone()]));
    }
    found.retain(|(_, texts)| texts.iter().any(|text| !text.is_empty()));
    found
}

fn collect(value: &Value, at: &str, in_entry: bool, found: &mut Vec<(String, Vec<String>)>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("status") && map.get("text").is_some_and(Value::is_string) {
                let texts = ["text", "provenance"].iter().filter_map(|key| map.get(*key)?.as_str());
                found.push((at.to_owned(), texts.map(str::to_owned).collect()));
                return;
            }
            for (key, inner) in map {
                let below = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                let free =
                    FREE.contains(&key.as_str()) || (in_entry && FREE_IN_ENTRY.contains(&key.as_str()));
                match inner {
                    // A word of the house among the words of others: the fold reads it.
                    Value::String(text) if free && text == SUPERSEDED => {}
                    Value::String(text) if free => found.push((below, vec![text.clone()])),
                    _ => collect(inner, &below, in_entry || key == "entry", found),
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                collect(inner, &format!("{at}/{index}"), in_entry, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        id::{IncidentId, ReportId},
        incident::{Incident, Mode},
        liability::LiabilityEntry,
        report::{Knowledge, Report, Statement},
    };
    use jiff::Timestamp;
    use uuid::Uuid;

    fn event(body: Body) -> Event {
        let now = Timestamp::UNIX_EPOCH;
        Event {
            seq: Seq(7),
            incident: IncidentId(Uuid::nil()),
            mode: Mode::Test,
            actor: None,
            occurred: now,
            known: now,
            recorded: now,
            out_of_band: false,
            erased: Vec::new(),
            body,
        }
    }

    fn reported() -> Event {
        let said = |text: &str, from: &str| {
            Some(Statement { status: Knowledge::Known, text: text.into(), provenance: Some(from.into()) })
        };
        let content = Report {
            point_of_contact: said("Ada Kone, +00 1", "herself"),
            other: said("seen from the road", "Ada Kone"),
            ..Report::saying_nothing(Mode::Test)
        };
        event(Body::ReportReceived {
            report: ReportId(Uuid::nil()),
            content: Box::new(content),
            gaps: Vec::new(),
        })
    }

    #[test]
    fn a_report_stands_without_whom_to_ask() {
        let event = reported();
        let fields = usual_fields(&event);
        assert_eq!(fields, ["/content/point_of_contact"]);
        let erased = stand_in(&event, &fields).expect("erasable");
        let text = serde_json::to_string(&erased).expect("JSON");
        assert!(!text.contains("+00 1") && !text.contains("herself"), "{text}");
        assert!(text.contains("seen from the road"), "{text}");
        assert_eq!(erased.erased, fields);
        let folded = |event: &Event| {
            let mut incident = Incident::before(event);
            incident.apply(event);
            incident
        };
        assert_eq!(folded(&erased), folded(&event), "the incident is the same");
        let again = stand_in(&erased, &["/content/other".to_owned()]).expect("erasable");
        assert_eq!(again.erased, ["/content/other", "/content/point_of_contact"]);
        assert_eq!(usual_fields(&erased), Vec::<String>::new(), "nothing is left to be erased");
    }

    #[test]
    fn the_same_words_are_found_wherever_they_stand() {
        let event = reported();
        let named = ["/content/point_of_contact/text".to_owned()];
        let wanted = words_at(&event, &places(&event, &named).expect("a place"));
        assert_eq!(wanted.iter().collect::<Vec<_>>(), ["Ada Kone, +00 1", "herself"]);
        let note = self::event(Body::NoteAdded { text: "Ada Kone, +00 1".into() });
        assert_eq!(fields_with(&note, &wanted), ["/text"]);
        let other = self::event(Body::NoteAdded { text: "Ada Kone called".into() });
        assert_eq!(fields_with(&other, &wanted), Vec::<String>::new());
    }

    #[test]
    fn an_operator_can_be_erased_and_what_happened_cannot() {
        let entry = LiabilityEntry::Operator { name: "Bo Lindt".into(), capacity: "carrier".into() };
        let event = self::event(Body::LiabilityRecorded { state: "CH".parse().expect("code"), entry });
        let erased = stand_in(&event, &["/entry/name".to_owned()]).expect("erasable");
        let left = LiabilityEntry::Operator { name: String::new(), capacity: "carrier".into() };
        assert!(matches!(&erased.body, Body::LiabilityRecorded { entry, .. } if *entry == left));
        for field in ["/state", "/seq", "/entry/kind", "", "/nothing"] {
            let refused = stand_in(&event, &[field.to_owned()]);
            if field.is_empty() {
                assert!(refused.is_ok(), "everything that people wrote");
            } else {
                assert!(matches!(refused, Err(NotErasable::NoWords { .. })), "{field}: {refused:?}");
            }
        }
        let bare = self::event(Body::VerificationOverdue);
        assert_eq!(stand_in(&bare, &[]), Err(NotErasable::NothingThere(Seq(7))));
    }
}
