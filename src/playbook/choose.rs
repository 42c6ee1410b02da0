//! Which playbooks apply to an incident, in what order, and why.

use super::{
    library::Library,
    model::{Applies, Playbook},
    text::{Language, Text},
};
use crate::domain::{
    event::{ChosenPlaybook, PlaybookReason},
    reach::Pathway,
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};
use utoipa::ToSchema;

/// For whom a playbook is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PlaybookAudience)]
pub enum Audience {
    /// The State under whose jurisdiction the release happened (Art. 17.1).
    StateOfRelease,
    /// A State that is or may be affected (Art. 17.4).
    AffectedState,
    /// The instance's own duty officers.
    Desk,
}

impl Audience {
    /// The code used in playbooks.
    pub fn code(self) -> &'static str {
        match self {
            Self::StateOfRelease => "state_of_release",
            Self::AffectedState => "affected_state",
            Self::Desk => "desk",
        }
    }
}

/// What is known of an incident, as far as playbooks ask. Everything may be
/// missing.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookFacts)]
#[serde(default)]
pub struct Facts {
    /// `unintentional`, `illegal`, `domestic` or `unclassified`.
    pub incident: Option<String>,
    /// Incident class, A to N, from the organism table or a person.
    pub class: Option<String>,
    /// Organism group, by code.
    pub group: Option<String>,
    /// Kind of organism: plant, fish, insect, …
    pub kind: Option<String>,
    /// The pathways said.
    pub pathways: Vec<Pathway>,
    /// Kind of surroundings, by code.
    pub environment: Option<String>,
    /// Who asks.
    pub audience: Option<Audience>,
    /// Where nineteen twentieths of the movement lie, from the assessment.
    pub p95_m: Option<f64>,
    /// The farthest credible, from the assessment.
    pub max_m: Option<f64>,
    /// Answers to the facts that playbooks define, by code.
    pub answers: BTreeMap<String, String>,
}

impl Facts {
    /// Names conditions may use without defining them.
    pub const BUILT_IN: [&str; 7] =
        ["incident", "class", "group", "kind", "pathway", "environment", "audience"];

    /// The values of a built-in fact, or the answer to another one; empty
    /// means unknown.
    pub fn values(&self, name: &str) -> Vec<Cow<'_, str>> {
        let one = |value: &Option<String>| value.clone().map(Cow::Owned).into_iter().collect();
        match name {
            "incident" => one(&self.incident),
            "class" => one(&self.class),
            "group" => one(&self.group),
            "kind" => one(&self.kind),
            "environment" => one(&self.environment),
            "pathway" => self.pathways.iter().map(|pathway| Cow::Borrowed(code(*pathway))).collect(),
            "audience" => self.audience.iter().map(|audience| Cow::Borrowed(audience.code())).collect(),
            other => self.answers.get(other).map(|value| Cow::Borrowed(value.as_str())).into_iter().collect(),
        }
    }
}

/// The code of a pathway, as written everywhere.
fn code(pathway: Pathway) -> &'static str {
    match pathway {
        Pathway::Pollen => "pollen",
        Pathway::Seed => "seed",
        Pathway::Vegetative => "vegetative",
        Pathway::Flight => "flight",
        Pathway::WindBorne => "wind_borne",
        Pathway::Swimming => "swimming",
        Pathway::Water => "water",
        Pathway::Aerosol => "aerosol",
        Pathway::HostContact => "host_contact",
        Pathway::SeedSpill => "seed_spill",
        Pathway::Transport => "transport",
        Pathway::Trade => "trade",
        Pathway::Unknown => "unknown",
    }
}

/// One playbook that applies, pinned, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookChoice)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title.
    pub title: Text,
    /// Why it applies, weightiest first; never empty.
    pub why: Vec<Why>,
}

/// Why a playbook applies, as a code with its value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = PlaybookWhy)]
pub enum Why {
    /// It is written for whoever asks.
    Audience {
        /// For whom.
        audience: Audience,
    },
    /// It is written for this incident class.
    Class {
        /// The class.
        class: String,
    },
    /// It is written for this organism group.
    Group {
        /// The group.
        group: String,
    },
    /// It is written for this kind of organism.
    Kind {
        /// The kind.
        kind: String,
    },
    /// It is written for this pathway.
    Pathway {
        /// The pathway.
        pathway: Pathway,
    },
    /// It is written for these surroundings.
    Environment {
        /// The surroundings.
        environment: String,
    },
    /// Nothing more fitting is known, so the worst case is planned for.
    Fallback {
        /// What is not known: `class`, `group`, `pathway`, or `playbook` when
        /// no playbook is written for the class.
        unknown: Vec<String>,
    },
}

impl Why {
    fn weight(&self) -> u32 {
        match self {
            Self::Class { .. } => 16,
            Self::Group { .. } => 8,
            Self::Pathway { .. } => 3,
            Self::Environment { .. } => 2,
            Self::Kind { .. } => 1,
            Self::Audience { .. } | Self::Fallback { .. } => 0,
        }
    }
}

impl Library {
    /// The playbooks that apply, in the order to work them: those of the role
    /// first, then the most fitting for the organism. Never empty unless the
    /// library is: what is unknown gets the fallback.
    pub fn choose(&self, facts: &Facts) -> Vec<Choice> {
        let open = |playbook: &&Playbook| !playbook.applies.shared && permitted(&playbook.applies, facts);
        let mut ranked: Vec<(u32, u32, Choice)> = Vec::new();
        for playbook in self.iter().filter(open).filter(|playbook| !playbook.applies.fallback) {
            if let Some(why) = reasons(&playbook.applies, facts) {
                let weight = why.iter().map(Why::weight).sum();
                ranked.push((u32::from(!is_role(&playbook.applies)), weight, choice(playbook, why)));
            }
        }
        ranked.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then_with(|| a.2.id.cmp(&b.2.id)));
        let fitting = ranked.iter().any(|(later, ..)| *later == 1);
        let mut choices: Vec<Choice> = ranked.into_iter().map(|(.., choice)| choice).collect();
        let desk = facts.audience == Some(Audience::Desk);
        let fallback = self.iter().find(|playbook| playbook.applies.fallback);
        if let Some(playbook) = fallback.filter(|_| choices.is_empty() || (!fitting && !desk)) {
            choices.push(choice(playbook, vec![Why::Fallback { unknown: missing(facts) }]));
        }
        choices
    }
}

fn choice(playbook: &Playbook, why: Vec<Why>) -> Choice {
    Choice {
        id: playbook.id.clone(),
        version: playbook.version,
        hash: playbook.hash.clone(),
        title: playbook.title.clone(),
        why,
    }
}

/// Whether it is written for a role and for any organism.
fn is_role(applies: &Applies) -> bool {
    applies.classes.is_empty() && applies.groups.is_empty() && applies.kinds.is_empty()
}

/// Whether audience and incident type, as far as known, are those it is
/// written for. An unclassified incident may turn out to be any type.
fn permitted(applies: &Applies, facts: &Facts) -> bool {
    let audience = facts.audience.map(Audience::code);
    let incident = facts.incident.as_deref().filter(|incident| *incident != "unclassified");
    let allows = |list: &[String], known: Option<&str>| {
        list.is_empty() || known.is_none_or(|known| list.iter().any(|one| one == known))
    };
    allows(&applies.audience, audience) && allows(&applies.incident, incident)
}

/// Why it applies; absent when it does not. What is known of the organism
/// decides; while the class is unknown, kind and circumstances together do.
fn reasons(applies: &Applies, facts: &Facts) -> Option<Vec<Why>> {
    let fits = |list: &[String], value: &Option<String>| value.clone().filter(|value| list.contains(value));
    if is_role(applies) {
        let audience = facts.audience.filter(|_| !applies.audience.is_empty())?;
        return Some(vec![Why::Audience { audience }]);
    }
    let class = fits(&applies.classes, &facts.class);
    let group = fits(&applies.groups, &facts.group);
    let kind = fits(&applies.kinds, &facts.kind);
    let environment = fits(&applies.environments, &facts.environment);
    let pathways: Vec<Pathway> = facts
        .pathways
        .iter()
        .copied()
        .filter(|pathway| applies.pathways.iter().any(|one| one == code(*pathway)))
        .collect();
    let class_open = facts.class.as_deref().is_none_or(|class| class == "N");
    let circumstance = environment.is_some() || !pathways.is_empty();
    if class.is_none() && group.is_none() && !(class_open && kind.is_some() && circumstance) {
        return None;
    }
    let mut why: Vec<Why> = class.map(|class| Why::Class { class }).into_iter().collect();
    why.extend(group.map(|group| Why::Group { group }));
    why.extend(pathways.into_iter().map(|pathway| Why::Pathway { pathway }));
    why.extend(environment.map(|environment| Why::Environment { environment }));
    why.extend(kind.map(|kind| Why::Kind { kind }));
    Some(why)
}

/// What is not known, for the reason of the fallback.
fn missing(facts: &Facts) -> Vec<String> {
    let blank = |value: &Option<String>| value.as_deref().is_none_or(|value| value == "unknown");
    let mut unknown = Vec::new();
    if facts.class.as_deref().is_none_or(|class| class == "N") {
        unknown.push("class".to_owned());
    }
    if blank(&facts.group) {
        unknown.push("group".to_owned());
    }
    if facts.pathways.iter().all(|pathway| *pathway == Pathway::Unknown) {
        unknown.push("pathway".to_owned());
    }
    if unknown.is_empty() {
        unknown.push("playbook".to_owned());
    }
    unknown
}

/// A choice as the log keeps it.
impl From<Choice> for ChosenPlaybook {
    fn from(choice: Choice) -> Self {
        let reason = |why: &Why| {
            let (code, value) = match why {
                Why::Audience { audience } => ("audience", audience.code().to_owned()),
                Why::Class { class } => ("class", class.clone()),
                Why::Group { group } => ("group", group.clone()),
                Why::Kind { kind } => ("kind", kind.clone()),
                Why::Pathway { pathway } => ("pathway", pathway.code().to_owned()),
                Why::Environment { environment } => ("environment", environment.clone()),
                Why::Fallback { unknown } => ("fallback", unknown.join(", ")),
            };
            PlaybookReason { code: code.to_owned(), value }
        };
        Self {
            title: choice.title.in_language(Language::En).to_owned(),
            why: choice.why.iter().map(reason).collect(),
            id: choice.id,
            version: choice.version,
            hash: choice.hash,
        }
    }
}
