//! The index of the Biosafety Clearing-House: focal points and competent
//! national authorities, as its search answers in JSON
//! (`{"response":{"numFound":…,"docs":[…]}}`).
//!
//! The field names of focal points (`government_s`, `type_ss`,
//! `organization_EN_s`, `email_ss`, `telephone_ss`, `fax_ss`,
//! `uniqueIdentifier_s` and so on) are those the readers of the
//! Clearing-House itself query. For authorities the same names are read, and
//! the title for want of an organization: that part is unverified.

use super::{Unreadable, without_mark};
use crate::domain::{
    contact::{Channel, ContactKind},
    directory::{Entry, FAX, Listing, Unusable},
    duty::Addressee,
    state::StateCode,
};
use serde_json::{Map, Value};

/// The languages in which a field may be given, in the order in which they are
/// tried.
const LANGUAGES: [&str; 6] = ["EN", "FR", "ES", "AR", "RU", "ZH"];

/// Reads an answer of the index: whole, its `response`, or the bare list of
/// documents. Unknown fields are passed over; a document that cannot be used
/// is listed with the reason. A focal point with several functions becomes a
/// contact point for each.
pub fn read(bytes: &[u8]) -> Result<Listing, Unreadable> {
    let answer: Value = serde_json::from_slice(without_mark(bytes)?)
        .map_err(|error| Unreadable(format!("the file is not JSON: {error}")))?;
    let response = answer.get("response").unwrap_or(&answer);
    let documents = response.get("docs").unwrap_or(response).as_array().ok_or_else(|| {
        Unreadable(
            "the file is JSON, and not an answer of the index: there is no list of documents at response.docs \
             (grouped answers are not read)"
                .to_owned(),
        )
    })?;
    let mut listing = Listing { of_records: true, ..Listing::default() };
    for (index, document) in documents.iter().enumerate() {
        let line = index + 1;
        match document.as_object().map(|fields| entries(line, fields)) {
            Some(Ok(entries)) => listing.entries.extend(entries),
            Some(Err((column, why))) => listing.unusable.push(Unusable {
                line,
                column: Some(column.to_owned()),
                record: document.as_object().and_then(record),
                why,
            }),
            None => listing.unusable.push(Unusable {
                line,
                column: None,
                record: None,
                why: "the document is not a JSON object".to_owned(),
            }),
        }
    }
    let found = response.get("numFound").and_then(Value::as_u64).unwrap_or(0);
    if found > documents.len() as u64 {
        listing.notes.push(format!(
            "the index found {found} documents and the file has {}: ask it for more rows, or what is left out looks missing",
            documents.len()
        ));
    }
    Ok(listing)
}

/// The contact points of one document, or the field for which there are none.
fn entries(line: usize, document: &Map<String, Value>) -> Result<Vec<Entry>, (&'static str, String)> {
    if document.contains_key("version_s") {
        return Err(("version_s", "an older version of a record that has been changed since".to_owned()));
    }
    let state = text(document, "government").unwrap_or_default();
    let state: StateCode =
        state.parse().map_err(|_| ("government_s", format!("“{state}” is not the code of a State")))?;
    let record = record(document)
        .ok_or_else(|| ("uniqueIdentifier_s", "the document does not say which record it is".to_owned()))?;
    let name = name(document)
        .ok_or_else(|| ("organization_EN_s", "neither a name nor an organization is given".to_owned()))?;
    let mut channels: Vec<Channel> = Vec::new();
    channels.extend(texts(document, "email").into_iter().map(|address| Channel::Email { address }));
    channels.extend(texts(document, "telephone").into_iter().map(|number| Channel::ByHand { number }));
    let fax = |number: String| Channel::ByHand { number: format!("{FAX}{number}") };
    channels.extend(texts(document, "fax").into_iter().map(fax));
    let entry = |kind: ContactKind| Entry {
        line,
        addressee: Addressee::State(state),
        kind,
        name: name.clone(),
        channels: channels.clone(),
        languages: None,
        hours: None,
        record: Some(record.clone()),
        confirmed: None,
    };
    Ok(kinds(document)?.into_iter().map(entry).collect())
}

/// What a document is for.
fn kinds(document: &Map<String, Value>) -> Result<Vec<ContactKind>, (&'static str, String)> {
    let schema = text(document, "schema").unwrap_or_default();
    match schema.as_str() {
        "authority" => Ok(vec![ContactKind::CompetentAuthority]),
        "focalPoint" | "" => {
            let named = texts(document, "type");
            let mut kinds: Vec<ContactKind> =
                named.iter().filter_map(|code| ContactKind::from_code(code)).collect();
            kinds.retain(|kind| {
                matches!(kind, ContactKind::Article17 | ContactKind::ClearingHouse | ContactKind::Protocol)
            });
            kinds.sort();
            kinds.dedup();
            if kinds.is_empty() {
                let others = if named.is_empty() { "nothing".to_owned() } else { named.join(", ") };
                let wanted = "CPB-A17-FP, BCH-FP or CPB-FP1";
                return Err(("type_ss", format!("a focal point for {others}; used are those for {wanted}")));
            }
            Ok(kinds)
        }
        other => {
            Err(("schema_s", format!("a record of the kind “{other}”; used are focalPoint and authority")))
        }
    }
}

/// The record's id as it is displayed: in upper case.
fn record(document: &Map<String, Value>) -> Option<String> {
    text(document, "uniqueIdentifier").or_else(|| text(document, "identifier")).map(|id| id.to_uppercase())
}

/// Whom to ask for, and where: the person as published, the department, the
/// organization. For an authority without them, the title of its record.
fn name(document: &Map<String, Value>) -> Option<String> {
    let join = |parts: [Option<String>; 2], by: &str| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(by))
    };
    let person = join([text(document, "firstName"), text(document, "lastName")], " ");
    let office = join([text(document, "department"), text(document, "organization")], ", ");
    let office = office.or_else(|| text(document, "function"));
    join([person, office], ", ").or_else(|| text(document, "title"))
}

/// The first text of a field, in the first language there is one in.
fn text(document: &Map<String, Value>, field: &str) -> Option<String> {
    texts(document, field).into_iter().next()
}

/// All texts of a field: `field_s`, `field_EN_s`, `field_ss` and so on.
fn texts(document: &Map<String, Value>, field: &str) -> Vec<String> {
    let plain = ["ss", "s", "txt", "t"].map(|ending| format!("{field}_{ending}"));
    let translated = LANGUAGES
        .into_iter()
        .flat_map(|language| ["ss", "s", "txt", "t"].map(|ending| format!("{field}_{language}_{ending}")));
    let mut names = translated.chain(plain);
    names
        .find_map(|name| {
            let found: Vec<String> = match document.get(&name)? {
                Value::Array(values) => values.iter().filter_map(tidy).collect(),
                value => tidy(value).into_iter().collect(),
            };
            (!found.is_empty()).then_some(found)
        })
        .unwrap_or_default()
}

/// A text on one line without space around it; nothing if it is none.
fn tidy(value: &Value) -> Option<String> {
    let words: Vec<&str> = value.as_str()?.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
