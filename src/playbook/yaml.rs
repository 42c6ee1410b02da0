//! YAML as a tree in which every value knows its line and column.

use super::problem::{Mark, Problem, Source};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// One value of the tree and where it stands.
pub(crate) struct Node {
    pub at: Mark,
    pub value: Value,
}

/// A key of a mapping and where it stands.
pub(crate) struct Key {
    pub at: Mark,
    pub name: String,
}

pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

impl Value {
    /// What kind of value it is, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

fn mark(location: Location) -> Mark {
    let short = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Mark { line: short(location.line()), column: short(location.column()) }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { at: mark(spanned.referenced), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Number(v as f64))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Number(v as f64))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(Value::Number(v))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::Text(v.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<Node>()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<Spanned<String>, Node>()? {
            entries.push((Key { at: mark(key.referenced), name: key.value }, value));
        }
        Ok(Value::Map(entries))
    }
}

/// Reads the tree, or says where the text is not YAML.
pub(crate) fn tree(source: &Source) -> Result<Node, Vec<Problem>> {
    let options = serde_saphyr::options! { strict_booleans: true };
    let node: Node = serde_saphyr::from_str_with_options(&source.text, options).map_err(|error| {
        let at = error.location().map_or(Mark { line: 1, column: 1 }, mark);
        let plain = error.without_snippet().to_string();
        vec![source.error(
            "not_yaml",
            at,
            plain,
            "mend the YAML at this place; quote text that contains “: ” or “#”",
        )]
    })?;
    let mut problems = Vec::new();
    unquoted(source, &node, &mut problems);
    if problems.is_empty() { Ok(node) } else { Err(problems) }
}

/// Words that readers of YAML 1.1 take for booleans, others for text.
const DOUBTFUL: [&str; 4] = ["yes", "no", "on", "off"];

/// Letters that some of them take so too. As keys they are let be: `n` is the
/// number of persons of a sign-off.
const DOUBTFUL_LETTERS: [&str; 2] = ["y", "n"];

/// Finds [`DOUBTFUL`] words without quotes.
fn unquoted(source: &Source, node: &Node, problems: &mut Vec<Problem>) {
    match &node.value {
        Value::Bool(_) | Value::Text(_) => unquoted_word(source, node.at, true, problems),
        Value::List(items) => items.iter().for_each(|item| unquoted(source, item, problems)),
        Value::Map(entries) => {
            for (key, value) in entries {
                unquoted_word(source, key.at, false, problems);
                unquoted(source, value, problems);
            }
        }
        Value::Null | Value::Number(_) => {}
    }
}

fn unquoted_word(source: &Source, at: Mark, value: bool, problems: &mut Vec<Problem>) {
    let rest = source.rest_of_line(at);
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (word, tail) = rest.split_at(end);
    let ends_here = tail.is_empty()
        || tail.starts_with([',', ']', '}', ':'])
        || tail.trim_start().starts_with('#')
        || tail.trim().is_empty();
    let lower = word.to_ascii_lowercase();
    let doubtful =
        DOUBTFUL.contains(&lower.as_str()) || (value && DOUBTFUL_LETTERS.contains(&lower.as_str()));
    if ends_here && doubtful {
        problems.push(source.error(
            "unquoted_yes_no",
            at,
            format!("“{word}” without quotes is a boolean to some readers and a word to others"),
            format!("write \"{word}\" in quotes"),
        ));
    }
}
