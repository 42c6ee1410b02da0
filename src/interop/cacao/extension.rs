//! The extension: the fields of our language that CACAO has no place for, in
//! JSON. The object of the playbook has everything but the steps, and their
//! order; the object of a step has its fields. `playbooks/README.md` says
//! what each field means.
//!
//! Mappings of the language whose order counts (`roles`, `clocks`, `facts`,
//! `cases`) are lists here, as members of a JSON object have no order.

use super::names::{extension_id, maker, variable};
use crate::playbook::{Language, Playbook, Text, fields::Field, model::Overlay};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The version of the extension. Changes when a field changes its meaning or
/// goes; new fields alone change nothing.
pub const EXTENSION_VERSION: &str = "1";

/// Mappings of the playbook whose order counts, each with the name its values
/// get when they are no mappings themselves.
const ORDERED: [(&str, &str); 3] = [("roles", "title"), ("clocks", "title"), ("facts", "")];

pub(super) fn definition() -> Value {
    json!({
        "type": "extension-definition",
        "name": "Outcross emergency measures",
        "description": "Due times, evidence, sign-off, legal basis, figures, surveys, how binding a step is, \
            and texts in several languages with how each came about.",
        "created_by": maker(),
        "schema": "playbooks/README.md of Outcross, section “As CACAO 2.0”",
        "version": EXTENSION_VERSION,
    })
}

/// A value of the language in JSON.
fn plain(field: &Field) -> Value {
    match field {
        Field::Nothing => Value::Null,
        Field::Flag(flag) => json!(flag),
        Field::Number(number) => whole(*number).map_or_else(|| json!(number), |whole| json!(whole)),
        Field::Text(words) => json!(words),
        Field::List(items) => items.iter().map(plain).collect(),
        Field::Map(entries) => entries.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
    }
}

/// A whole number, which JSON then writes without a point.
fn whole(number: f64) -> Option<i32> {
    let fits = number.fract() == 0.0 && number.abs() < f64::from(i32::MAX);
    #[expect(clippy::cast_possible_truncation, reason = "checked to fit")]
    fits.then_some(number as i32)
}

fn back(value: &Value) -> Field {
    match value {
        Value::Null => Field::Nothing,
        Value::Bool(flag) => Field::Flag(*flag),
        Value::Number(number) => Field::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(words) => Field::text(words),
        Value::Array(items) => Field::List(items.iter().map(back).collect()),
        Value::Object(members) => {
            Field::Map(members.iter().map(|(name, value)| (name.clone(), back(value))).collect())
        }
    }
}

/// The object of the playbook: `fields` without the steps.
pub(super) fn of_playbook(playbook: &Playbook, fields: &Field) -> Value {
    let mut object = Map::new();
    for (name, value) in fields.entries().iter().filter(|(name, _)| name != "steps") {
        let ordered = ORDERED.iter().find(|(known, _)| known == name);
        object.insert(name.clone(), ordered.map_or_else(|| plain(value), |(_, inner)| listed(value, inner)));
    }
    object.insert("hash".to_owned(), json!(playbook.hash));
    object.insert("steps".to_owned(), playbook.steps.iter().map(|step| json!(step.code)).collect());
    let variables: BTreeMap<&str, String> =
        playbook.facts.iter().map(|fact| (fact.code.as_str(), variable(&fact.code))).collect();
    object.insert("variables".to_owned(), json!(variables));
    let answers: BTreeMap<&str, BTreeMap<&str, &Text>> = playbook
        .facts
        .iter()
        .map(|fact| (fact.code.as_str(), translated(&fact.answers)))
        .filter(|(_, answers)| !answers.is_empty())
        .collect();
    if !answers.is_empty() {
        object.insert("answers".to_owned(), json!(answers));
    }
    if !playbook.overlaid.is_empty() {
        object.insert("overlaid".to_owned(), json!(playbook.overlaid));
    }
    Value::Object(object)
}

/// What answers are called where that says more than their code.
fn translated(answers: &BTreeMap<String, Text>) -> BTreeMap<&str, &Text> {
    let more = answers.iter().filter(|(_, text)| text.0.keys().any(|language| *language != Language::En));
    more.map(|(answer, text)| (answer.as_str(), text)).collect()
}

/// A mapping of codes as a list of objects with a `code`.
fn listed(field: &Field, inner: &str) -> Value {
    let entries = field.entries().iter().map(|(code, value)| {
        let mut object = match plain(value) {
            Value::Object(object) if inner.is_empty() => object,
            other => Map::from_iter([(inner.to_owned(), other)]),
        };
        object.insert("code".to_owned(), json!(code));
        Value::Object(object)
    });
    entries.collect()
}

/// The object of a step.
pub(super) fn of_step(code: &str, fields: &Field) -> Value {
    let mut object = Map::new();
    for (name, value) in fields.entries() {
        let value = if name == "cases" {
            let cases = value.entries().iter();
            cases.map(|(answer, steps)| json!({ "value": answer, "steps": plain(steps) })).collect()
        } else {
            plain(value)
        };
        object.insert(name.clone(), value);
    }
    object.insert("code".to_owned(), json!(code));
    Value::Object(object)
}

/// What came back from the object of the playbook, beside its fields.
pub(super) struct Rest {
    pub fields: Vec<(String, Field)>,
    pub hash: String,
    pub order: Vec<String>,
    pub overlaid: BTreeMap<Language, Overlay>,
    pub answers: BTreeMap<String, BTreeMap<String, Text>>,
}

/// The fields in the object of a playbook, without the steps.
pub(super) fn to_playbook(object: &Map<String, Value>) -> Result<Rest, String> {
    fn read<T: serde::de::DeserializeOwned + Default>(
        object: &Map<String, Value>,
        name: &str,
    ) -> Result<T, String> {
        let value = object.get(name).map(T::deserialize).transpose();
        value.map(Option::unwrap_or_default).map_err(|error| format!("“{name}”: {error}"))
    }
    let own = ["hash", "steps", "variables", "answers", "overlaid"];
    let mut fields = Vec::new();
    for (name, value) in object.iter().filter(|(name, _)| !own.contains(&name.as_str())) {
        let ordered = ORDERED.iter().find(|(known, _)| known == name);
        let field = ordered.map_or_else(|| Ok(back(value)), |(_, inner)| unlisted(name, value, inner))?;
        fields.push((name.clone(), field));
    }
    Ok(Rest {
        fields,
        hash: read(object, "hash")?,
        order: read(object, "steps")?,
        overlaid: read(object, "overlaid")?,
        answers: read(object, "answers")?,
    })
}

fn unlisted(name: &str, value: &Value, inner: &str) -> Result<Field, String> {
    let wrong = || format!("“{name}” is not a list of objects with a code");
    let items = value.as_array().ok_or_else(wrong)?;
    let entries = items.iter().map(|item| {
        let mut object = item.as_object().ok_or_else(wrong)?.clone();
        let code =
            object.remove("code").and_then(|code| Some(code.as_str()?.to_owned())).ok_or_else(wrong)?;
        let field = if inner.is_empty() {
            back(&Value::Object(object))
        } else {
            back(object.get(inner).ok_or_else(wrong)?)
        };
        Ok((code, field))
    });
    Ok(Field::Map(entries.collect::<Result<_, String>>()?))
}

/// The code and fields in the object of a step.
pub(super) fn to_step(object: &Map<String, Value>) -> Result<(String, Field), String> {
    let code = object.get("code").and_then(Value::as_str).ok_or("a step has no code")?.to_owned();
    let mut fields = Vec::new();
    for (name, value) in object.iter().filter(|(name, _)| *name != "code") {
        let field = if name == "cases" {
            cases(value).ok_or_else(|| format!("“cases” of “{code}” is not a list of values with steps"))?
        } else {
            back(value)
        };
        fields.push((name.clone(), field));
    }
    Ok((code, Field::Map(fields)))
}

fn cases(value: &Value) -> Option<Field> {
    let cases = value.as_array()?.iter();
    let cases = cases.map(|case| Some((case.get("value")?.as_str()?.to_owned(), back(case.get("steps")?))));
    Some(Field::Map(cases.collect::<Option<_>>()?))
}

/// The object in `extensions` that is ours.
pub(super) fn found(extensions: Option<&Value>) -> Option<&Map<String, Value>> {
    extensions?.get(extension_id())?.as_object()
}
