//! CACAO 2.0 in.

use super::{
    EXTENSION_VERSION, export, extension, extension_id,
    foreign::{self, Reader},
};
use crate::{
    interop::Unreadable,
    playbook::{Playbook, Problem, fields::Field},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How large a text may be, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// How many things that did not map are listed; one more says how many there
/// are besides.
const LISTED: usize = 500;

/// Something of a CACAO playbook that is not in ours.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct NotMapped {
    /// Where it stands, as a JSON pointer (RFC 6901).
    pub path: String,
    /// What stands there, shortened.
    pub what: String,
    /// Why it did not map, or what became of it.
    pub why: String,
}

/// A playbook read from CACAO.
#[derive(Debug)]
pub struct Imported {
    /// The playbook; [`Playbook::text`] is its YAML.
    pub playbook: Playbook,
    /// Whether it was once exported from here, and so came back whole.
    pub own: bool,
    /// What did not map, in the order of the text's paths.
    pub not_mapped: Vec<NotMapped>,
}

/// Reads a CACAO 2.0 playbook. One that was exported from here is read from
/// its extension and is the playbook it was; anything in it that says
/// otherwise by now is listed. Of anybody else's the steps, their order,
/// branches, roles and questions are taken over, and everything else listed.
///
/// # Errors
/// What is no JSON, no CACAO 2.0 playbook, too large, or would be a playbook
/// the language refuses, in words.
pub fn import(text: &str) -> Result<Imported, Unreadable> {
    if text.len() > LARGEST {
        let limit = LARGEST / (1024 * 1024);
        return Err(Unreadable(format!("the file is larger than {limit} MiB; a playbook is not")));
    }
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| Unreadable(format!("the file is not JSON: {error}")))?;
    let Some(object) = value.as_object() else {
        return Err(Unreadable("the file is JSON, but no object; a CACAO playbook is one".to_owned()));
    };
    let is = |name: &str, known: &str| object.get(name).and_then(Value::as_str) == Some(known);
    if !is("type", "playbook") && !is("type", "playbook-template") {
        return Err(Unreadable("the file is no CACAO playbook: its “type” is not “playbook”".to_owned()));
    }
    if !is("spec_version", "cacao-2.0") {
        let found = object.get("spec_version").map_or_else(|| "none".to_owned(), short);
        return Err(Unreadable(format!("its “spec_version” is {found}; only “cacao-2.0” is read")));
    }
    let mut imported = match extension::found(object.get("playbook_extensions")) {
        Some(own) => own_playbook(&value, object, own)?,
        None => foreign_playbook(object)?,
    };
    let more = imported.not_mapped.len().saturating_sub(LISTED);
    if more > 0 {
        imported.not_mapped.truncate(LISTED);
        let why = "listing them all would help nobody".to_owned();
        imported.not_mapped.push(NotMapped { path: String::new(), what: format!("{more} more"), why });
    }
    Ok(imported)
}

/// The problems of a playbook that would come of it, as one refusal.
fn refused(problems: &[Problem]) -> Unreadable {
    let words: Vec<String> = problems.iter().take(5).map(|problem| problem.message.clone()).collect();
    Unreadable(format!("no playbook can be made of it: {}", words.join("; ")))
}

/// A playbook that was exported from here.
fn own_playbook(
    whole: &Value,
    object: &Map<String, Value>,
    own: &Map<String, Value>,
) -> Result<Imported, Unreadable> {
    let wrong = |what: String| Unreadable(format!("the extension of this program is damaged: {what}"));
    let definition = object.get("extension_definitions").and_then(|all| all.get(extension_id()));
    let version = definition.and_then(|definition| definition.get("version")).and_then(Value::as_str);
    if version != Some(EXTENSION_VERSION) {
        let found = version.unwrap_or("none");
        return Err(Unreadable(format!(
            "the extension has version {found}, and this program reads version {EXTENSION_VERSION}; \
             read it with the program that wrote it, or a newer one"
        )));
    }
    let rest = extension::to_playbook(own).map_err(wrong)?;
    let nodes = object.get("workflow").and_then(Value::as_object);
    let mut steps: BTreeMap<String, Field> = BTreeMap::new();
    for node in nodes.into_iter().flat_map(Map::values) {
        let Some(step) = extension::found(node.get("step_extensions")) else { continue };
        if !step.contains_key("part") {
            let (code, fields) = extension::to_step(step).map_err(wrong)?;
            steps.insert(code, fields);
        }
    }
    let mut ordered = Vec::new();
    for code in &rest.order {
        let fields = steps.remove(code).ok_or_else(|| wrong(format!("the step “{code}” is missing")))?;
        ordered.push((code.clone(), fields));
    }
    if let Some(code) = steps.keys().next() {
        return Err(wrong(format!("the step “{code}” is not in its list")));
    }
    let mut fields = rest.fields;
    fields.push(("steps".to_owned(), Field::Map(ordered)));
    let mut playbook =
        Playbook::of_fields("cacao", &Field::Map(fields)).map_err(|problems| refused(&problems))?;
    playbook.overlaid = rest.overlaid;
    for fact in &mut playbook.facts {
        if let Some(answers) = rest.answers.get(&fact.code) {
            fact.answers.clone_from(answers);
        }
    }
    // Identifiers carry the hash of the text that was exported; translations
    // that go along are part of the text read here.
    let mut again = playbook.clone();
    again.hash = rest.hash;
    let again = export(&again).map_err(|problems| refused(&problems))?;
    let mut not_mapped = Vec::new();
    differences(&again, whole, &mut String::new(), &mut not_mapped);
    Ok(Imported { playbook, own: true, not_mapped })
}

/// Where a text says something else than the extension in it.
fn differences(read: &Value, given: &Value, path: &mut String, found: &mut Vec<NotMapped>) {
    let note = |what: &Value, path: &str, why: &str| NotMapped {
        path: path.to_owned(),
        what: short(what),
        why: why.to_owned(),
    };
    match (read, given) {
        (Value::Object(read), Value::Object(given)) => {
            for (name, value) in given {
                let end = path.len();
                path.push('/');
                path.push_str(&escaped(name));
                match read.get(name) {
                    Some(own) => differences(own, value, path, found),
                    None => found.push(note(value, path, "was added since it was exported, and is not read")),
                }
                path.truncate(end);
            }
            for (name, value) in read.iter().filter(|(name, _)| !given.contains_key(*name)) {
                let gone = format!("{path}/{}", escaped(name));
                found.push(note(
                    value,
                    &gone,
                    "was taken away since it was exported; it is read from the extension",
                ));
            }
        }
        (read, given) if read == given => {}
        (_, given) => {
            let why = "was changed since it was exported, and the extension says otherwise; \
                       the extension is read";
            found.push(note(given, path, why));
        }
    }
}

/// A name in a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A value in one short line.
pub(super) fn short(value: &Value) -> String {
    const LONGEST: usize = 80;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Somebody else's playbook.
fn foreign_playbook(object: &Map<String, Value>) -> Result<Imported, Unreadable> {
    let Reader { fields, mut not_mapped } = foreign::read(object)?;
    let playbook = Playbook::of_fields("cacao", &fields).map_err(|problems| refused(&problems))?;
    not_mapped.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Imported { playbook, own: false, not_mapped })
}
