//! All playbooks together.

use super::{
    model::Playbook,
    problem::Problem,
    text::{Language, Text, Translation},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// All playbooks, by id.
#[derive(Clone, Debug, Default)]
pub struct Library {
    playbooks: BTreeMap<String, Playbook>,
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
    /// How many steps it has.
    pub steps: usize,
    /// Whether it is only run from other playbooks.
    pub shared: bool,
}

impl Library {
    /// Reads every text, or gives all problems of all of them.
    pub fn read<N: AsRef<str>, T: AsRef<str>>(
        texts: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut library = Self::default();
        let mut problems = Vec::new();
        for (name, text) in texts {
            match Playbook::read(name.as_ref(), text.as_ref()) {
                Ok(playbook) => problems.extend(library.add(playbook)),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(library) } else { Err(problems) }
    }

    fn add(&mut self, playbook: Playbook) -> Option<Problem> {
        if let Some(other) = self.playbooks.get(&playbook.id) {
            return Some(playbook.source.error(
                "duplicate_id",
                playbook.at,
                format!("{} already has the id “{}”", other.source.name, playbook.id),
                "give one of the two another id",
            ));
        }
        self.playbooks.insert(playbook.id.clone(), playbook);
        None
    }

    /// The playbook with this id.
    pub fn get(&self, id: &str) -> Option<&Playbook> {
        self.playbooks.get(id)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Playbook> {
        self.playbooks.values()
    }

    /// What a list says of each, by id.
    pub fn summaries(&self) -> Vec<Summary> {
        self.iter().map(Playbook::summarised).collect()
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
            steps: self.steps.len(),
            shared: self.applies.shared,
        }
    }
}
