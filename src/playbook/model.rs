//! What a playbook is. This is the room's public face: exporters read it.
//!
//! A playbook comes in two forms. As its authors wrote it, a `run_playbook`
//! step names another playbook. In an *edition*
//! ([`Library::edition`](super::Library::edition)), which is what a run is
//! pinned to, the steps of the other playbook follow that step with codes
//! `parent/child`, and [`Playbook::parts`] says which texts it was made of.

pub use crate::domain::run::Required;

use super::{
    due::{Delay, Due},
    expr::Expr,
    problem::{Mark, Source, Spot},
    survey::Survey,
    text::{Language, Text, Translation},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Written emergency measures: for whom they are, and the steps.
#[derive(Clone, Debug, Serialize)]
pub struct Playbook {
    /// Its stable id, a slug.
    pub id: String,
    /// Its version; grows with every change.
    pub version: u32,
    /// SHA-256 of the exact text, in hexadecimal; what a run is pinned to.
    pub hash: String,
    /// Its title.
    pub title: Text,
    /// What it is for, in a few sentences.
    pub summary: Text,
    /// How each language came about.
    pub translations: BTreeMap<Language, Translation>,
    /// What the translation files laid over it have to say, by language.
    #[serde(skip)]
    pub overlaid: BTreeMap<Language, Overlay>,
    /// Of an edition the texts it was made of, the playbook itself first;
    /// empty for a playbook as its authors wrote it.
    pub parts: Vec<Part>,
    /// Of an edition what was adopted from newer ones, oldest first.
    pub adopted: Vec<Adopted>,
    /// When it applies.
    pub applies: Applies,
    /// Who acts, by code.
    pub roles: Vec<Named>,
    /// The clocks due times are counted from, by code.
    pub clocks: Vec<Named>,
    /// What must be found out, by code.
    pub facts: Vec<Fact>,
    /// The steps, in printed order.
    pub steps: Vec<Step>,
    #[serde(skip)]
    pub(crate) at: Mark,
    #[serde(skip)]
    pub(crate) source: Source,
}

impl Playbook {
    /// The exact text it was read from; what the hash is of.
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The name the text was handed in under.
    pub fn file(&self) -> &str {
        &self.source.name
    }

    /// The step with this code.
    pub fn step(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// The fact with this code.
    pub fn fact(&self, code: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.code == code)
    }
}

/// A text that an edition was made of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookPart)]
pub struct Part {
    /// The playbook's id.
    pub playbook: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its exact text, in hexadecimal.
    pub hash: String,
}

/// What an edition adopted from a newer one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookAdopted)]
pub struct Adopted {
    /// The version it came from.
    pub version: u32,
    /// The hash of the edition it came from.
    pub hash: String,
    /// The changes, by id.
    pub changes: Vec<String>,
}

/// What a translation file brought to a playbook.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookOverlay)]
pub struct Overlay {
    /// SHA-256 of the translation files used, by playbook; the translation
    /// has a hash of its own.
    pub hashes: BTreeMap<String, String>,
    /// Texts whose original has changed since they were translated; they are
    /// shown in English. By key, such as `steps.acknowledge`.
    pub stale: BTreeSet<String>,
    /// Texts nobody has translated. By key.
    pub missing: BTreeSet<String>,
}

/// A role or clock: a code and what it is called.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// The code.
    pub code: String,
    /// What it is called.
    pub title: Text,
    #[serde(skip)]
    pub(crate) at: Mark,
}

/// When a playbook applies. An empty list asks for nothing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Applies {
    /// Only run from other playbooks, never chosen.
    pub shared: bool,
    /// Chosen when nothing more fitting is known.
    pub fallback: bool,
    /// Incident types: `unintentional`, `illegal`, `domestic`, `unclassified`.
    pub incident: Vec<String>,
    /// Incident classes, A to N.
    pub classes: Vec<String>,
    /// Organism groups.
    pub groups: Vec<String>,
    /// Kinds of organism: plant, fish, insect, …
    pub kinds: Vec<String>,
    /// Pathways.
    pub pathways: Vec<String>,
    /// Surroundings.
    pub environments: Vec<String>,
    /// For whom: `state_of_release`, `affected_state`, `desk`.
    pub audience: Vec<String>,
}

/// Something that must be found out.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// Its code.
    pub code: String,
    /// What is asked.
    pub title: Text,
    /// What answers it may have.
    pub kind: FactKind,
    /// Whether it is known from outside the playbook, so that no step must
    /// record it.
    pub given: bool,
    /// What each answer is called, of a fact of type enum.
    pub answers: BTreeMap<String, Text>,
    #[serde(skip)]
    pub(crate) at: Mark,
}

/// What answers a fact may have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// One of these.
    Enum(Vec<String>),
    /// `yes` or `no`.
    Bool,
    /// A number in this unit.
    Number(Option<String>),
    /// Free text.
    Text,
}

impl Fact {
    /// The answers it may have, *unknown* included; absent when they cannot
    /// be listed.
    pub fn values(&self) -> Option<Vec<&str>> {
        let mut values: Vec<&str> = match &self.kind {
            FactKind::Enum(values) => values.iter().map(String::as_str).collect(),
            FactKind::Bool => vec!["yes", "no"],
            FactKind::Number(_) | FactKind::Text => return None,
        };
        if !values.contains(&super::expr::UNKNOWN) {
            values.push(super::expr::UNKNOWN);
        }
        Some(values)
    }
}

/// One step.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Its stable code, a slug.
    pub code: String,
    /// Its short number in print.
    pub number: String,
    /// What kind of step it is.
    pub action: Action,
    /// What is to be done, decided or run.
    pub text: Text,
    /// By which role.
    pub by: Option<Spot<String>>,
    /// When it is due; of `run_playbook` when it must have begun.
    pub due: Option<Spot<Due>>,
    /// How binding it is.
    pub required: Required,
    /// Steps that come first.
    pub after: Vec<Spot<String>>,
    /// Only under this condition.
    pub when: Option<Spot<Expr>>,
    /// Facts that doing it finds out.
    pub records: Vec<Spot<String>>,
    /// What must be kept to show that it was done.
    pub evidence: Vec<EvidenceRule>,
    /// Who must agree.
    pub signoff: Option<Spot<Signoff>>,
    /// The articles it rests on.
    pub legal: Vec<String>,
    /// Figures and cases, with sources.
    pub figures: Vec<Figure>,
    /// The survey it asks for.
    pub survey: Option<Survey>,
    #[serde(skip)]
    pub(crate) at: Mark,
}

/// What kind of step it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Something is done.
    Do,
    /// A question is answered, and the answer opens steps.
    Decide {
        /// The fact it answers.
        sets: Spot<String>,
        /// What each answer opens.
        cases: Vec<Case>,
    },
    /// Several steps at the same time; finished when all are.
    Together {
        /// The steps.
        steps: Vec<Spot<String>>,
    },
    /// Done again and again.
    Repeat {
        /// How often.
        every: Delay,
        /// Until when.
        until: Spot<Expr>,
    },
    /// Another playbook is run.
    RunPlaybook {
        /// Its id.
        playbook: Spot<String>,
        /// Which role of this playbook acts for a role of the other one. A
        /// role not named here is the one of the same code, if there is one,
        /// else it is added.
        roles: BTreeMap<String, Spot<String>>,
    },
}

impl Action {
    /// Whether the step is finished by its members, not by a person.
    pub fn is_group(&self) -> bool {
        matches!(self, Self::Together { .. } | Self::RunPlaybook { .. })
    }
}

/// One answer of a decision and the steps it opens.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// The answer.
    pub value: Spot<String>,
    /// The steps; none when that branch ends here.
    pub steps: Vec<Spot<String>>,
}

/// What must be kept to show that a step was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct EvidenceRule {
    /// What kind: `photo`, `sample`, `lab_report`, `document`, `measurement`, `log`, …
    pub kind: String,
    /// How many at least.
    pub min: u16,
    /// Whether every hand it passes through is written down.
    pub chain_of_custody: bool,
}

/// Who must agree that a step was done: `n` persons of these roles, never the
/// person who did it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepSignoff)]
pub struct Signoff {
    /// How many persons.
    pub n: u16,
    /// Of which roles.
    pub of: Vec<String>,
}

/// A figure or case a step rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Figure {
    /// What it says.
    pub says: Text,
    /// Where it comes from.
    pub source: String,
    /// How good it is.
    pub evidence: Evidence,
}

/// How good a figure is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FigureEvidence)]
pub enum Evidence {
    /// A published source was found.
    Source,
    /// From memory; nobody has checked it.
    Unverified,
    /// Computed from other figures.
    Calculated,
}
