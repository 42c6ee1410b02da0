//! The table of organism groups and known events, and the way from what a
//! person wrote to a group.

use super::{error::LayerError, states::Names};
use crate::domain::{
    organism::{OecdIdentifier, Organism},
    reach::Pathway,
    report::{Gap, GapCode},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The group of whatever nobody could identify.
pub const UNKNOWN: &str = "unknown";

/// Organisms that move alike.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Group {
    /// Its code, `brassica_napus`.
    pub code: String,
    /// `plant`, `insect`, `fish`, `alga`, `microorganism`, `virus`, `mammal`, `unknown`.
    pub kind: String,
    /// Names in six languages.
    pub name: Names,
    /// Scientific names.
    #[serde(default)]
    pub species: Vec<String>,
    /// Common names in any language.
    #[serde(default)]
    pub common: Vec<String>,
    /// How the organism moves by itself.
    #[serde(default)]
    pub own_pathways: Vec<Pathway>,
    /// The incident class that fits by default, `A` to `N`.
    pub class: String,
}

/// A known transformation event.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Event {
    /// OECD identifiers in force.
    #[serde(default)]
    pub oecd: Vec<String>,
    /// Identifiers once in use, or quoted with a wrong check digit.
    #[serde(default)]
    pub former: Vec<String>,
    /// The event's name, `GT73`.
    pub event: String,
    /// Other names of it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Species.
    #[serde(default)]
    pub species: String,
    /// Organism group.
    pub group: String,
    /// The trait, by language.
    #[serde(default)]
    pub r#trait: BTreeMap<String, String>,
    /// Where this is written.
    pub source: String,
    /// The incident class, where it differs from the group's.
    pub class: Option<String>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
    #[serde(default)]
    event: Vec<Event>,
}

/// Groups and events.
#[derive(Clone, Debug, Default)]
pub struct Organisms {
    groups: Vec<Group>,
    events: Vec<Event>,
    /// Group of a name in lower case.
    names: BTreeMap<String, usize>,
    /// Event of an identifier with plain zeros, and whether it is a former one.
    identifiers: BTreeMap<String, (usize, bool)>,
}

/// What an organism was found to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identified {
    /// Organism group by code; `unknown` when nothing says it.
    pub group: String,
    /// The species: that of the event found, else what was written.
    pub species: Option<String>,
    /// What was doubtful about the organism.
    pub gaps: Vec<Gap>,
    /// The incident class that fits by default, where one does.
    pub class: Option<String>,
}

impl Organisms {
    /// Reads `organisms.toml`.
    pub fn read(text: &str) -> Result<Self, LayerError> {
        let file: File = toml::from_str(text).map_err(|error| LayerError::unreadable("organisms", &error))?;
        let mut table = Self {
            groups: file.group,
            events: file.event,
            names: BTreeMap::new(),
            identifiers: BTreeMap::new(),
        };
        let mut codes = BTreeSet::new();
        for (index, group) in table.groups.iter().enumerate() {
            if !codes.insert(group.code.as_str()) {
                return Err(LayerError::inconsistent("organisms", &group.code, "stands there twice"));
            }
            for name in group.species.iter().chain(&group.common).chain([&group.code]) {
                table.names.entry(plain(name)).or_insert(index);
            }
            for (_, name) in group.name.iter() {
                table.names.entry(plain(name)).or_insert(index);
            }
        }
        if !codes.contains(UNKNOWN) {
            return Err(LayerError::inconsistent("organisms", UNKNOWN, "the group is missing"));
        }
        for (index, event) in table.events.iter().enumerate() {
            if !codes.contains(event.group.as_str()) {
                return Err(LayerError::inconsistent("organisms", &event.event, "its group is not there"));
            }
            for (list, former) in [(&event.oecd, false), (&event.former, true)] {
                for text in list {
                    let identifier: OecdIdentifier = text
                        .parse()
                        .map_err(|error| LayerError::inconsistent("organisms", &event.event, &error))?;
                    table.identifiers.entry(identifier.plain()).or_insert((index, former));
                }
            }
        }
        Ok(table)
    }

    /// The group of this code.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// All groups, in the order of the table.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// All events, in the order of the table.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Finds the group: by OECD identifier (former ones too), event, species
    /// or common name, then the group code given. The species named decides
    /// before a trait or construct; nothing found is `unknown`, with a gap.
    pub fn identify(&self, organism: &Organism) -> Identified {
        let mut gaps = Vec::new();
        let mut event = None;
        for (index, text) in organism.oecd.iter().enumerate() {
            let found = self.by_identifier(text, &format!("/organism/oecd/{index}"), &mut gaps);
            event = event.or(found);
        }
        let event = event.or_else(|| self.by_event(organism.event.as_deref()?));
        let species = event.map(|event| event.species.clone()).filter(|name| !name.is_empty());
        let species = species.or_else(|| organism.species.clone());
        let said = event.map(|event| event.group.as_str()).or_else(|| self.by_words(organism));
        let Some(group) = said.and_then(|code| self.group(code)) else {
            let text = organism.label();
            let field = if organism.group.is_some() { "/organism/group" } else { "/organism" };
            gaps.push(gap(field, GapCode::UnknownOrganism, text.as_deref()));
            let class = self.group(UNKNOWN).map(|group| group.class.clone());
            return Identified { group: UNKNOWN.to_owned(), species, gaps, class };
        };
        let class = event.and_then(|event| event.class.clone()).unwrap_or_else(|| group.class.clone());
        if group.code == UNKNOWN {
            gaps.push(gap("/organism", GapCode::UnknownOrganism, organism.label().as_deref()));
        }
        Identified { group: group.code.clone(), species, gaps, class: Some(class) }
    }

    fn by_identifier(&self, text: &str, field: &str, gaps: &mut Vec<Gap>) -> Option<&Event> {
        let Ok(identifier) = text.parse::<OecdIdentifier>() else {
            gaps.push(gap(field, GapCode::NotAnIdentifier, Some(text)));
            return None;
        };
        if !identifier.is_sound() {
            gaps.push(gap(field, GapCode::CheckDigit, Some(text)));
        }
        let plain = identifier.plain();
        if let Some((index, former)) = self.identifiers.get(&plain) {
            if *former {
                gaps.push(gap(field, GapCode::FormerIdentifier, Some(text)));
            }
            return self.events.get(*index);
        }
        // A slip in the check digit alone: the rest may still name one event.
        let stem = plain.rsplit_once('-').map_or("", |(stem, _)| stem);
        let (index, _) = self.identifiers.iter().find_map(|(known, event)| {
            known.rsplit_once('-').is_some_and(|(known, _)| known == stem).then_some(event)
        })?;
        self.events.get(*index)
    }

    fn by_event(&self, name: &str) -> Option<&Event> {
        let name = plain(name);
        self.events
            .iter()
            .find(|event| plain(&event.event) == name || event.also.iter().any(|other| plain(other) == name))
    }

    fn by_words(&self, organism: &Organism) -> Option<&str> {
        [&organism.species, &organism.group].into_iter().flatten().find_map(|text| {
            let name = plain(text);
            let index = self.names.get(&name).or_else(|| {
                // A subspecies, variety or author behind the name of the species.
                let mut words = name.split(' ');
                let species = format!("{} {}", words.next()?, words.next()?);
                self.names.get(&species)
            })?;
            self.groups.get(*index).map(|group| group.code.as_str())
        })
    }
}

/// Lower case, single spaces, × as x.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.to_lowercase().replace('×', "x")).collect();
    words.join(" ")
}

/// A gap the map found; its due date is set by whoever reads the clock.
pub(super) fn gap(field: &str, code: GapCode, as_said: Option<&str>) -> Gap {
    Gap { field: field.to_owned(), code, as_said: as_said.map(str::to_owned), due: None }
}
