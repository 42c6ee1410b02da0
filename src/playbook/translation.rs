//! Translations: files beside the playbooks, with a hash of their own.
//!
//! A translation names the playbook, the version and the hash of the text it
//! was made from, how it came about, and for every text a *mark* of the
//! English it translates. When the English changes, only the texts whose mark
//! no longer fits are [stale](super::model::Overlay::stale) and shown in
//! English; the rest stay. The original and its hash know nothing of its
//! translations, so a run pinned to an original takes part in none of this.

use super::{
    model::{Action, Overlay, Playbook},
    problem::{Mark, Problem, Source, Spot},
    read::{Reader, hash},
    text::{Language, Text, Translation},
    yaml::{self, Node},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt::Write};
use utoipa::ToSchema;

/// The texts of one playbook in one language.
#[derive(Clone, Debug)]
pub struct TranslationFile {
    /// Which playbook, by id.
    pub playbook: String,
    /// Into which language.
    pub language: Language,
    /// The version it was made from.
    pub version: u32,
    /// The hash of the original it was made from.
    pub original: String,
    /// How it came about.
    pub state: Translation,
    /// SHA-256 of its own exact text, in hexadecimal.
    pub hash: String,
    /// The texts, by key.
    pub texts: BTreeMap<String, Translated>,
    pub(crate) at: Mark,
    pub(crate) original_at: Mark,
    pub(crate) source: Source,
}

/// One text of a translation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Translated {
    /// The mark of the English it translates.
    pub of: String,
    /// The words.
    pub words: String,
    pub(crate) at: Mark,
}

/// A text as a reader of one language is shown it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookWording)]
pub struct Wording {
    /// The words.
    pub words: String,
    /// The language they are in: English when there are none in the one asked
    /// for.
    pub language: Language,
    /// How they came about.
    pub state: Translation,
    /// Whether there is a translation that the original has outrun.
    pub stale: bool,
}

/// One text of a playbook: its key, where it stands, and the words.
#[derive(Clone, Debug)]
pub struct TextAt<'a> {
    /// Its key: `title`, `summary`, `roles.CODE`, `clocks.CODE`, `facts.CODE`,
    /// `facts.CODE.ANSWER`, `steps.CODE`, `steps.CODE.unit`,
    /// `steps.CODE.figure-N` (N from 1).
    pub key: String,
    /// Where it stands.
    pub at: Mark,
    /// The words, by language.
    pub text: &'a Text,
}

/// The mark of a text: the first 8 hexadecimal digits of the SHA-256 of its
/// words with single spaces between them, so that new line breaks make
/// nothing stale.
pub fn mark_of(words: &str) -> String {
    let mut mark = hash(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    mark.truncate(8);
    mark
}

impl Playbook {
    /// Every text there is to translate, in printed order.
    pub fn texts(&self) -> Vec<TextAt<'_>> {
        let mut texts = vec![
            TextAt { key: "title".to_owned(), at: self.at, text: &self.title },
            TextAt { key: "summary".to_owned(), at: self.at, text: &self.summary },
        ];
        let mut add = |key: String, at: Mark, text| texts.push(TextAt { key, at, text });
        for role in &self.roles {
            add(format!("roles.{}", role.code), role.at, &role.title);
        }
        for clock in &self.clocks {
            add(format!("clocks.{}", clock.code), clock.at, &clock.title);
        }
        for fact in &self.facts {
            add(format!("facts.{}", fact.code), fact.at, &fact.title);
            for (answer, text) in &fact.answers {
                add(format!("facts.{}.{answer}", fact.code), fact.at, text);
            }
        }
        for step in &self.steps {
            add(format!("steps.{}", step.code), step.at, &step.text);
            if let Some(survey) = &step.survey {
                add(format!("steps.{}.unit", step.code), step.at, &survey.unit);
            }
            for (index, figure) in step.figures.iter().enumerate() {
                add(format!("steps.{}.figure-{}", step.code, index + 1), step.at, &figure.says);
            }
        }
        texts
    }

    /// The same, to be changed.
    fn texts_mut(&mut self) -> BTreeMap<String, &mut Text> {
        let mut texts: BTreeMap<String, &mut Text> = BTreeMap::new();
        texts.insert("title".to_owned(), &mut self.title);
        texts.insert("summary".to_owned(), &mut self.summary);
        for role in &mut self.roles {
            texts.insert(format!("roles.{}", role.code), &mut role.title);
        }
        for clock in &mut self.clocks {
            texts.insert(format!("clocks.{}", clock.code), &mut clock.title);
        }
        for fact in &mut self.facts {
            texts.insert(format!("facts.{}", fact.code), &mut fact.title);
            for (answer, text) in &mut fact.answers {
                texts.insert(format!("facts.{}.{answer}", fact.code), text);
            }
        }
        for step in &mut self.steps {
            texts.insert(format!("steps.{}", step.code), &mut step.text);
            if let Some(survey) = &mut step.survey {
                texts.insert(format!("steps.{}.unit", step.code), &mut survey.unit);
            }
            for (index, figure) in step.figures.iter_mut().enumerate() {
                texts.insert(format!("steps.{}.figure-{}", step.code, index + 1), &mut figure.says);
            }
        }
        texts
    }

    /// This playbook with the texts of these translations laid over it. Those
    /// of other playbooks are passed over, unless it is an edition that was
    /// made of them. Hash and text stay those of the original.
    #[must_use]
    pub fn in_languages<'t>(&self, files: impl IntoIterator<Item = &'t TranslationFile>) -> Self {
        let mut shown = self.clone();
        let mut by_language: BTreeMap<Language, Vec<&TranslationFile>> = BTreeMap::new();
        let mine = |file: &&TranslationFile| {
            file.playbook == self.id || self.parts.iter().any(|part| part.playbook == file.playbook)
        };
        for file in files.into_iter().filter(mine) {
            by_language.entry(file.language).or_default().push(file);
        }
        for (language, mut files) in by_language {
            // What the playbook itself says goes before what its parts say.
            files.sort_by_key(|file| (file.playbook != self.id, file.playbook.clone()));
            let worst = files.iter().map(|file| file.state).max_by_key(|state| state.trust_lost());
            shown.translations.insert(language, worst.unwrap_or(Translation::None));
            let overlay = self.overlay(&mut shown, language, &files);
            shown.overlaid.insert(language, overlay);
        }
        shown
    }

    fn overlay(&self, shown: &mut Self, language: Language, files: &[&TranslationFile]) -> Overlay {
        let hashes = files.iter().map(|file| (file.playbook.clone(), file.hash.clone())).collect();
        let mut overlay = Overlay { hashes, ..Overlay::default() };
        for (key, text) in shown.texts_mut() {
            if text.has(language) {
                continue;
            }
            let mark = mark_of(text.in_language(Language::En));
            let (owner, local) = self.origin(&key);
            let found: Vec<&Translated> = files
                .iter()
                .filter(|file| owner.is_none_or(|owner| owner == file.playbook))
                .filter_map(|file| file.texts.get(&local))
                .filter(|translated| !translated.words.trim().is_empty())
                .collect();
            if let Some(fresh) = found.iter().find(|translated| translated.of == mark) {
                text.0.insert(language, fresh.words.clone());
            } else if found.is_empty() {
                overlay.missing.insert(key);
            } else {
                overlay.stale.insert(key);
            }
        }
        overlay
    }

    /// Which playbook a text comes from, and its key there. A role, clock or
    /// fact of an edition may come from any part.
    fn origin(&self, key: &str) -> (Option<&str>, String) {
        let Some(rest) = key.strip_prefix("steps.") else {
            let own = matches!(key, "title" | "summary") || self.parts.is_empty();
            return (own.then_some(&*self.id), key.to_owned());
        };
        let (code, tail) = rest.split_once('.').map_or((rest, None), |(code, tail)| (code, Some(tail)));
        let tail = tail.map(|tail| format!(".{tail}")).unwrap_or_default();
        match code.rsplit_once('/') {
            Some((parent, own)) => match self.step(parent).map(|step| &step.action) {
                Some(Action::RunPlaybook { playbook, .. }) => {
                    (Some(&playbook.value), format!("steps.{own}{tail}"))
                }
                _ => (None, key.to_owned()),
            },
            None => (Some(&self.id), key.to_owned()),
        }
    }

    /// A text as a reader of `language` is shown it; absent when there is no
    /// text of that key.
    pub fn wording(&self, key: &str, language: Language) -> Option<Wording> {
        let text = self.texts().into_iter().find(|text| text.key == key)?.text;
        let shown = if text.has(language) { language } else { Language::En };
        Some(Wording {
            words: text.in_language(language).to_owned(),
            language: shown,
            state: self.translations.get(&shown).copied().unwrap_or(Translation::Original),
            stale: self.overlaid.get(&language).is_some_and(|overlay| overlay.stale.contains(key)),
        })
    }
}

impl Translation {
    /// How much trust it takes from a text, for finding the weakest.
    fn trust_lost(self) -> u8 {
        match self {
            Self::Original => 0,
            Self::Human => 1,
            Self::Machine => 2,
            Self::None => 3,
        }
    }
}

impl TranslationFile {
    /// Reads a translation; `name` is what problems call the text.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Source { name: name.to_owned(), text: text.to_owned() };
        let tree = yaml::tree(&source)?;
        Self::of_tree(&source, &tree)
    }

    pub(crate) fn of_tree(source: &Source, tree: &Node) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader { source, problems: Vec::new(), edition: false };
        let file = reader.translation(tree);
        match file {
            Some(file) if reader.problems.is_empty() => Ok(file),
            _ => Err(reader.problems),
        }
    }
}

impl Reader<'_> {
    fn translation(&mut self, tree: &Node) -> Option<TranslationFile> {
        let of = "the translation";
        let mut fields = self.fields(tree)?;
        let mut word = |reader: &mut Self, name| -> Option<Spot<String>> {
            reader.required(&mut fields, name, of).and_then(|node| reader.string(node))
        };
        let playbook = word(self, "translation");
        let language = word(self, "language");
        let original = word(self, "original");
        let state = word(self, "state");
        let version = self.required(&mut fields, "version", of).and_then(|node| self.count(node));
        let entries = self.required(&mut fields, "texts", of).and_then(|node| self.entries(node));
        self.finish(fields, "a translation");
        let language = language.and_then(|spot| {
            let known = Language::of(&spot.value).filter(|language| *language != Language::En);
            if known.is_none() {
                let message = format!("“{}” is not a language to translate into", spot.value);
                self.error("unknown_language", spot.at, message, "use ar, zh, fr, ru or es");
            }
            known
        });
        let state = state.and_then(|spot| {
            let known = Translation::of(&spot.value)
                .filter(|state| matches!(state, Translation::Human | Translation::Machine));
            if known.is_none() {
                let message = format!("“{}” does not say how a translation came about", spot.value);
                self.error("unknown_translation", spot.at, message, "use human or machine");
            }
            known
        });
        let mut texts = BTreeMap::new();
        for (key, node) in entries.unwrap_or_default() {
            let Some(mut fields) = self.fields(node) else { continue };
            let of = self.required(&mut fields, "of", "the text").and_then(|node| self.string(node));
            let words = self.required(&mut fields, "text", "the text").and_then(|node| self.string(node));
            self.finish(fields, "a text");
            if let (Some(of), Some(words)) = (of, words) {
                let translated =
                    Translated { of: of.value, words: words.value.trim().to_owned(), at: key.at };
                texts.insert(key.name.clone(), translated);
            }
        }
        let (playbook, original) = (playbook?, original?);
        Some(TranslationFile {
            at: playbook.at,
            original_at: original.at,
            playbook: playbook.value,
            language: language?,
            version: u32::from(version?),
            original: original.value,
            state: state?,
            hash: hash(&self.source.text),
            texts,
            source: self.source.clone(),
        })
    }
}

/// The file to fill for a translation of `original`, every text with its mark
/// and its English as a comment. Texts of `before` that still fit are kept;
/// those the original has outrun are left empty, their old words beside them
/// as a comment.
pub fn template(original: &Playbook, language: Language, before: Option<&TranslationFile>) -> String {
    let state = before.map_or("machine", |before| match before.state {
        Translation::Human => "human",
        _ => "machine",
    });
    let mut page = format!(
        "translation: {}\nlanguage: {language}\nversion: {}\noriginal: \"{}\"\nstate: {state}\ntexts:\n",
        original.id, original.version, original.hash
    );
    for text in original.texts() {
        let words = text.text.in_language(Language::En);
        let mark = mark_of(words);
        let old = before.and_then(|before| before.texts.get(&text.key));
        let kept = old.filter(|old| old.of == mark).map_or("", |old| &old.words);
        let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        // Writing to a string cannot fail.
        let _ = writeln!(page, "  # {}", line(words));
        if let Some(old) = old.filter(|old| old.of != mark) {
            let _ = writeln!(page, "  # of an older text: {}", line(&old.words));
        }
        let _ = writeln!(page, "  {}:", text.key);
        let _ = writeln!(page, "    of: \"{mark}\"\n    text: {}", super::write::quoted(kept));
    }
    page
}
