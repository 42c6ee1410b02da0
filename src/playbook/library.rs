//! All playbooks together, with their translations.

use super::{
    model::Playbook,
    problem::{Problem, Source},
    text::{Language, Text, Translation},
    translation::TranslationFile,
    yaml::{self, Value},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// All playbooks, by id.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// As their authors wrote them.
    originals: BTreeMap<String, Playbook>,
    /// With the translations laid over.
    shown: BTreeMap<String, Playbook>,
    translations: BTreeMap<(String, Language), TranslationFile>,
}

/// What a list of playbooks says of each.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookSummary)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title.
    pub title: Text,
    /// What it is for.
    pub summary: Text,
    /// How each language came about.
    #[schema(value_type = std::collections::HashMap<String, Translation>)]
    pub translations: BTreeMap<Language, Translation>,
    /// How many texts of each language are behind the original.
    #[schema(value_type = std::collections::HashMap<String, usize>)]
    pub stale: BTreeMap<Language, usize>,
    /// How many steps it has.
    pub steps: usize,
    /// Whether it is only run from other playbooks.
    pub shared: bool,
}

impl Library {
    /// Reads every text, playbooks and translations in any order, or gives
    /// all problems of all of them.
    pub fn read<N: AsRef<str>, T: AsRef<str>>(
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, Vec<Problem>> {
        let (library, problems) = Self::gather(texts);
        if problems.is_empty() { Ok(library) } else { Err(problems) }
    }

    /// Reads what can be read, and gives the problems of the rest.
    pub fn gather<N: AsRef<str>, T: AsRef<str>>(
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> (Self, Vec<Problem>) {
        let mut library = Self::default();
        let mut problems = Vec::new();
        for (name, text) in texts {
            let source = Source { name: name.as_ref().to_owned(), text: text.as_ref().to_owned() };
            match Document::read(&source) {
                Ok(Document::Playbook(playbook)) => problems.extend(library.add(*playbook)),
                Ok(Document::Translation(file)) => problems.extend(library.add_translation(file)),
                Err(found) => problems.extend(found),
            }
        }
        library.overlay();
        (library, problems)
    }

    fn add(&mut self, playbook: Playbook) -> Option<Problem> {
        if let Some(other) = self.originals.get(&playbook.id) {
            return Some(playbook.source.error(
                "duplicate_id",
                playbook.at,
                format!("{} already has the id “{}”", other.source.name, playbook.id),
                "give one of the two another id",
            ));
        }
        if !playbook.parts.is_empty() {
            return Some(playbook.source.error(
                "edition_in_library",
                playbook.at,
                "this text was written by the program for a run",
                "take “parts” out and write “run_playbook” where another playbook is run",
            ));
        }
        self.originals.insert(playbook.id.clone(), playbook);
        None
    }

    fn add_translation(&mut self, file: TranslationFile) -> Option<Problem> {
        let key = (file.playbook.clone(), file.language);
        if let Some(other) = self.translations.get(&key) {
            let message = format!("{} already translates “{}”", other.source.name, file.playbook);
            return Some(file.source.error("duplicate_id", file.at, message, "take one of the two away"));
        }
        self.translations.insert(key, file);
        None
    }

    fn overlay(&mut self) {
        let files = || self.translations.values();
        self.shown = self
            .originals
            .iter()
            .map(|(id, playbook)| (id.clone(), playbook.in_languages(files())))
            .collect();
    }

    /// The playbook with this id, its translations laid over.
    pub fn get(&self, id: &str) -> Option<&Playbook> {
        self.shown.get(id)
    }

    /// The playbook with this id as its authors wrote it.
    pub fn original(&self, id: &str) -> Option<&Playbook> {
        self.originals.get(id)
    }

    /// All of them, by id, their translations laid over.
    pub fn iter(&self) -> impl Iterator<Item = &Playbook> {
        self.shown.values()
    }

    /// All of them as their authors wrote them, by id.
    pub fn originals(&self) -> impl Iterator<Item = &Playbook> {
        self.originals.values()
    }

    /// All translations, by playbook and language. A text kept for a run is
    /// shown with them too: [`Playbook::in_languages`].
    pub fn translations(&self) -> impl Iterator<Item = &TranslationFile> {
        self.translations.values()
    }

    /// The translation of one playbook into one language.
    pub fn translation(&self, id: &str, language: Language) -> Option<&TranslationFile> {
        self.translations.get(&(id.to_owned(), language))
    }

    /// What a list says of each, by id.
    pub fn summaries(&self) -> Vec<Summary> {
        self.iter().map(Playbook::summarised).collect()
    }
}

enum Document {
    Playbook(Box<Playbook>),
    Translation(TranslationFile),
}

impl Document {
    /// A text is a translation when it says “translation: …”.
    fn read(source: &Source) -> Result<Self, Vec<Problem>> {
        let tree = yaml::tree(source)?;
        let says = |name: &str| match &tree.value {
            Value::Map(entries) => entries.iter().any(|(key, _)| key.name == name),
            _ => false,
        };
        if says("translation") && !says("playbook") {
            return TranslationFile::of_tree(source, &tree).map(Self::Translation);
        }
        Playbook::of_tree(source, &tree).map(|playbook| Self::Playbook(Box::new(playbook)))
    }
}

impl Playbook {
    /// What a list says of it.
    pub fn summarised(&self) -> Summary {
        Summary {
            id: self.id.clone(),
            version: self.version,
            hash: self.hash.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            translations: self.translations.clone(),
            stale: self.overlaid.iter().map(|(language, overlay)| (*language, overlay.stale.len())).collect(),
            steps: self.steps.len(),
            shared: self.applies.shared,
        }
    }
}
