//! From text to a playbook, or to everything that is wrong with the text.

use super::{
    choose::Facts,
    model::{Adopted, Applies, Fact, FactKind, Named, Part, Playbook},
    problem::{Mark, Problem, Source, Spot, nearest},
    text::{Language, Text, Translation},
    yaml::{self, Key, Node, Value},
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write};

impl Playbook {
    /// Reads a playbook; `name` is what problems call the text. Every problem
    /// found is given, each with its line.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Source { name: name.to_owned(), text: text.to_owned() };
        let tree = yaml::tree(&source)?;
        Self::of_tree(&source, &tree)
    }

    pub(crate) fn of_tree(source: &Source, tree: &Node) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader { source, problems: Vec::new(), edition: false };
        let playbook = reader.playbook(tree);
        let problems = reader.problems;
        match playbook {
            Some(playbook) if problems.is_empty() => Ok(playbook),
            _ => Err(problems),
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Reads values out of the tree and collects what is wrong.
pub(crate) struct Reader<'s> {
    pub source: &'s Source,
    pub problems: Vec<Problem>,
    /// Whether the text is one the program wrote for a run.
    pub edition: bool,
}

/// The fields of a mapping that nobody has read yet.
pub(crate) struct Fields<'n> {
    pub at: Mark,
    rest: Vec<(&'n Key, &'n Node)>,
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// The field of this name, if written.
    pub fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        let index = self.rest.iter().position(|(key, _)| key.name == name)?;
        Some(self.rest.remove(index).1)
    }
}

impl Reader<'_> {
    pub fn error(&mut self, code: &str, at: Mark, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.source.error(code, at, message, help));
    }

    fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let message = format!("expected {wanted} here, found {}", node.value.kind());
        self.error(
            "wrong_type",
            node.at,
            message,
            format!("write {wanted}; put text that looks like a number in quotes"),
        );
    }

    pub fn missing(&mut self, at: Mark, field: &str, of: &str) {
        self.error("missing_field", at, format!("{of} has no “{field}”"), format!("add “{field}: …”"));
    }

    pub fn fields<'n>(&mut self, node: &'n Node) -> Option<Fields<'n>> {
        let entries = self.entries(node)?;
        Some(Fields { at: node.at, rest: entries, known: Vec::new() })
    }

    pub fn entries<'n>(&mut self, node: &'n Node) -> Option<Vec<(&'n Key, &'n Node)>> {
        if let Value::Map(entries) = &node.value {
            Some(entries.iter().map(|(key, value)| (key, value)).collect())
        } else {
            self.wrong_type(node, "a mapping (name: value)");
            None
        }
    }

    /// Reports fields nobody has read.
    pub fn finish(&mut self, fields: Fields<'_>, of: &str) {
        for (key, _) in fields.rest {
            let message = format!("{of} has no field “{}”", key.name);
            // What the program alone writes is nothing to offer an author.
            let known: Vec<&str> =
                fields.known.iter().copied().filter(|name| !["parts", "adopted"].contains(name)).collect();
            let help = match nearest(&known, &key.name) {
                Some(near) => format!("did you mean “{near}”?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.error("unknown_field", key.at, message, help);
        }
    }

    pub fn string(&mut self, node: &Node) -> Option<Spot<String>> {
        if let Value::Text(text) = &node.value {
            Some(Spot { value: text.clone(), at: node.at })
        } else {
            self.wrong_type(node, "text");
            None
        }
    }

    /// A list of texts; one text alone is a list of one.
    pub fn strings(&mut self, node: Option<&Node>) -> Vec<Spot<String>> {
        match node.map(|node| (&node.value, node)) {
            None => Vec::new(),
            Some((Value::List(items), _)) => items.iter().filter_map(|item| self.string(item)).collect(),
            Some((_, node)) => self.string(node).into_iter().collect(),
        }
    }

    pub fn plain(&mut self, node: Option<&Node>) -> Vec<String> {
        self.strings(node).into_iter().map(|spot| spot.value).collect()
    }

    pub fn flag(&mut self, node: Option<&Node>) -> bool {
        match node.map(|node| (&node.value, node)) {
            None => false,
            Some((Value::Bool(flag), _)) => *flag,
            Some((_, node)) => {
                self.wrong_type(node, "true or false");
                false
            }
        }
    }

    pub fn number(&mut self, node: &Node) -> Option<f64> {
        if let Value::Number(number) = node.value {
            Some(number)
        } else {
            self.wrong_type(node, "a number");
            None
        }
    }

    /// A whole number from 1 up.
    pub fn count(&mut self, node: &Node) -> Option<u16> {
        let number = self.number(node)?;
        if number.fract() == 0.0 && (1.0..=f64::from(u16::MAX)).contains(&number) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to fit")]
            return Some(number as u16);
        }
        self.error("not_a_count", node.at, "expected a whole number from 1 up", "write 1, 2, 3 …");
        None
    }

    /// A text in several languages; plain text is English.
    pub fn text(&mut self, node: &Node) -> Option<Text> {
        if let Value::Text(words) = &node.value {
            return Some(Text::english(words.trim()));
        }
        let mut text = BTreeMap::new();
        for (key, value) in self.entries(node)? {
            let words = self.string(value)?;
            match Language::of(&key.name) {
                Some(language) => drop(text.insert(language, words.value.trim().to_owned())),
                None => self.unknown_language(key),
            }
        }
        Some(Text(text))
    }

    pub fn unknown_language(&mut self, key: &Key) {
        let message = format!("“{}” is not a language of this program", key.name);
        self.error("unknown_language", key.at, message, "use en, ar, zh, fr, ru or es");
    }

    pub fn slug(&mut self, code: &str, at: Mark) {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if code.is_empty() || !code.chars().all(good) {
            let message = format!("“{code}” is not a code");
            self.error("not_a_code", at, message, "use small letters a–z, digits, “-” and “_”");
        }
    }

    fn playbook(&mut self, tree: &Node) -> Option<Playbook> {
        let mut fields = self.fields(tree)?;
        let at = fields.at;
        let id = self.required(&mut fields, "playbook", "the playbook").and_then(|node| self.string(node));
        let version = self.required(&mut fields, "version", "the playbook").and_then(|node| self.count(node));
        let title = self.required(&mut fields, "title", "the playbook").and_then(|node| self.text(node));
        let summary = self.required(&mut fields, "summary", "the playbook").and_then(|node| self.text(node));
        let translations = self.translations(fields.take("translations"));
        let applies =
            self.required(&mut fields, "applies", "the playbook").and_then(|node| self.applies(node));
        let roles = self.named(fields.take("roles"));
        let clocks = self.named(fields.take("clocks"));
        let facts = self.facts(fields.take("facts"));
        let parts = fields.take("parts");
        self.edition = parts.is_some();
        let parts = self.list(parts, Self::part);
        let adopted = self.list(fields.take("adopted"), Self::adopted);
        let steps = self.required(&mut fields, "steps", "the playbook").map(|node| self.steps(node));
        self.finish(fields, "a playbook");
        let id = id?;
        self.slug(&id.value, id.at);
        Some(Playbook {
            at: id.at.max(at),
            id: id.value,
            version: u32::from(version?),
            hash: hash(&self.source.text),
            title: title?,
            summary: summary?,
            translations,
            overlaid: BTreeMap::new(),
            parts,
            adopted,
            applies: applies?,
            roles,
            clocks,
            facts,
            steps: steps?,
            source: self.source.clone(),
        })
    }

    pub fn required<'n>(
        &mut self,
        fields: &mut Fields<'n>,
        name: &'static str,
        of: &str,
    ) -> Option<&'n Node> {
        let node = fields.take(name);
        if node.is_none() {
            self.missing(fields.at, name, of);
        }
        node
    }

    fn part(&mut self, node: &Node) -> Option<Part> {
        let mut fields = self.fields(node)?;
        let playbook = self.required(&mut fields, "playbook", "the part").and_then(|node| self.string(node));
        let (version, hash) = self.version_and_hash(&mut fields, "the part");
        self.finish(fields, "a part");
        Some(Part { playbook: playbook?.value, version: version?, hash: hash? })
    }

    fn adopted(&mut self, node: &Node) -> Option<Adopted> {
        let mut fields = self.fields(node)?;
        let (version, hash) = self.version_and_hash(&mut fields, "the adoption");
        let changes = self.plain(fields.take("changes"));
        self.finish(fields, "an adoption");
        Some(Adopted { version: version?, hash: hash?, changes })
    }

    fn version_and_hash(&mut self, fields: &mut Fields<'_>, of: &str) -> (Option<u32>, Option<String>) {
        let version = self.required(fields, "version", of).and_then(|node| self.count(node)).map(u32::from);
        let hash =
            self.required(fields, "hash", of).and_then(|node| self.string(node)).map(|spot| spot.value);
        (version, hash)
    }

    fn translations(&mut self, node: Option<&Node>) -> BTreeMap<Language, Translation> {
        let mut states: BTreeMap<_, _> = Language::ALL.map(|language| (language, Translation::None)).into();
        states.insert(Language::En, Translation::Original);
        let Some(entries) = node.and_then(|node| self.entries(node)) else { return states };
        for (key, value) in entries {
            let Some(state) = self.string(value) else { continue };
            match (Language::of(&key.name), Translation::of(&state.value)) {
                (None, _) => self.unknown_language(key),
                (_, None) => self.error(
                    "unknown_translation",
                    state.at,
                    format!("“{}” is not a state of a translation", state.value),
                    "use original, human, machine or none",
                ),
                (Some(language), Some(state)) => drop(states.insert(language, state)),
            }
        }
        states
    }

    fn applies(&mut self, node: &Node) -> Option<Applies> {
        let mut fields = self.fields(node)?;
        let applies = Applies {
            shared: self.flag(fields.take("shared")),
            fallback: self.flag(fields.take("fallback")),
            incident: self
                .among(fields.take("incident"), &["unintentional", "illegal", "domestic", "unclassified"]),
            classes: self.among(fields.take("classes"), &CLASSES),
            groups: self.plain(fields.take("groups")),
            kinds: self.among(fields.take("kinds"), &KINDS),
            pathways: self.among(fields.take("pathways"), &PATHWAYS),
            environments: self.plain(fields.take("environments")),
            audience: self.among(fields.take("audience"), &["state_of_release", "affected_state", "desk"]),
        };
        self.finish(fields, "“applies”");
        Some(applies)
    }

    /// A list of texts, each one of those known.
    fn among(&mut self, node: Option<&Node>, known: &[&str]) -> Vec<String> {
        let spots = self.strings(node);
        for spot in spots.iter().filter(|spot| !known.contains(&spot.value.as_str())) {
            let message = format!("“{}” is not known here", spot.value);
            self.error("unknown_value", spot.at, message, format!("use one of: {}", known.join(", ")));
        }
        spots.into_iter().map(|spot| spot.value).collect()
    }

    fn named(&mut self, node: Option<&Node>) -> Vec<Named> {
        let mut named = Vec::new();
        for (key, value) in node.and_then(|node| self.entries(node)).unwrap_or_default() {
            self.slug(&key.name, key.at);
            if let Some(title) = self.text(value) {
                named.push(Named { code: key.name.clone(), title, at: key.at });
            }
        }
        named
    }

    fn facts(&mut self, node: Option<&Node>) -> Vec<Fact> {
        let entries = node.and_then(|node| self.entries(node)).unwrap_or_default();
        entries.into_iter().filter_map(|(key, value)| self.fact(key, value)).collect()
    }

    fn fact(&mut self, key: &Key, node: &Node) -> Option<Fact> {
        self.slug(&key.name, key.at);
        if Facts::BUILT_IN.contains(&key.name.as_str()) {
            let message = format!("“{}” is known of every incident and cannot be defined again", key.name);
            self.error("reserved_fact", key.at, message, "give the fact another code");
        }
        let mut fields = self.fields(node)?;
        let title = self.required(&mut fields, "title", "the fact").and_then(|node| self.text(node));
        let kind = self.required(&mut fields, "type", "the fact").and_then(|node| self.string(node));
        let values = self.plain(fields.take("values"));
        let unit = fields.take("unit").and_then(|node| self.string(node)).map(|spot| spot.value);
        let given = self.flag(fields.take("given"));
        self.finish(fields, "a fact");
        let kind = kind?;
        let kind = match kind.value.as_str() {
            "enum" if values.is_empty() => {
                return {
                    self.missing(kind.at, "values", "the fact");
                    None
                };
            }
            "enum" => FactKind::Enum(values),
            "bool" => FactKind::Bool,
            "number" => FactKind::Number(unit),
            "text" => FactKind::Text,
            other => {
                let message = format!("“{other}” is not a type of fact");
                self.error("unknown_type", kind.at, message, "use enum, bool, number or text");
                return None;
            }
        };
        let mut answers = BTreeMap::new();
        if let FactKind::Enum(values) = &kind {
            for value in values {
                let label = Text::english(value.replace('_', " "));
                answers.insert(value.clone(), label);
            }
        }
        Some(Fact { code: key.name.clone(), title: title?, kind, given, answers, at: key.at })
    }
}

/// The incident classes, after the letters of the class table.
const CLASSES: [&str; 14] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N"];

/// The kinds of organism of the organism table.
const KINDS: [&str; 8] = ["plant", "fish", "insect", "microorganism", "virus", "mammal", "alga", "unknown"];

/// The codes of [`Pathway`](crate::domain::reach::Pathway).
const PATHWAYS: [&str; 13] = [
    "pollen",
    "seed",
    "vegetative",
    "flight",
    "wind_borne",
    "swimming",
    "water",
    "aerosol",
    "host_contact",
    "seed_spill",
    "transport",
    "trade",
    "unknown",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reach::Pathway;

    #[test]
    fn pathways_are_those_of_the_domain() {
        for code in PATHWAYS {
            let read: Result<Pathway, _> = serde_json::from_value(serde_json::json!(code));
            assert!(read.is_ok(), "{code}");
        }
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert_eq!(hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
