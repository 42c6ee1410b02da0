//! The table of States: codes, names, what they are party to.

use super::error::LayerError;
use crate::domain::state::{Iso3, StateCode};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names by language code; `en` is always there.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// A name known in English, or in no language in particular.
    pub(super) fn english(name: &str) -> Self {
        Self(BTreeMap::from([("en".to_owned(), name.to_owned())]))
    }

    /// The name in `language`, else in English.
    pub fn get(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.get("en")).map_or("", String::as_str)
    }

    /// Languages and names, by language code.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, name)| (language.as_str(), name.as_str()))
    }
}

/// Since when and how a State is bound by a treaty.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Day of deposit, where known.
    pub since: Option<String>,
    /// `ratification`, `accession`, `approval`, `acceptance`, `succession`.
    pub by: Option<String>,
    /// `source` or `unverified`.
    pub evidence: String,
}

/// A named position.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPoint {
    /// Its name.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// A State, or the European Union.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct StateRow {
    /// Two-letter code.
    pub iso2: StateCode,
    /// Three-letter code.
    pub iso3: Iso3,
    /// Numeric code as text, `756`; empty for the European Union.
    #[serde(default)]
    pub numeric: String,
    /// Names in six languages.
    pub name: Names,
    /// `state` or `organization`.
    pub kind: String,
    /// Whether it is a Member State of the European Union.
    #[serde(default)]
    pub eu_member: bool,
    /// Party to the Cartagena Protocol.
    pub cpb: Option<Membership>,
    /// Party to the Nagoya–Kuala Lumpur Supplementary Protocol.
    pub nklsp: Option<Membership>,
    /// Party to the Convention on Biological Diversity.
    #[serde(default)]
    pub cbd: bool,
    /// Official languages among the six of the United Nations.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Seat of government, for marks on a small map.
    pub capital: Option<NamedPoint>,
}

/// All States, by code.
#[derive(Clone, Debug, Default)]
pub struct States(BTreeMap<StateCode, StateRow>);

#[derive(Deserialize)]
struct File {
    state: Vec<StateRow>,
}

impl States {
    /// Reads `states.toml`.
    pub fn read(text: &str) -> Result<Self, LayerError> {
        let file: File = toml::from_str(text).map_err(|error| LayerError::unreadable("states", &error))?;
        let mut states = BTreeMap::new();
        for row in file.state {
            if let Some(twin) = states.insert(row.iso2, row) {
                return Err(LayerError::inconsistent("states", twin.iso2.as_str(), "stands there twice"));
            }
        }
        Ok(Self(states))
    }

    /// The row of a State, if the code names one.
    pub fn get(&self, code: StateCode) -> Option<&StateRow> {
        self.0.get(&code)
    }

    /// The State with this ISO 3166 numeric code.
    pub fn by_numeric(&self, numeric: &str) -> Option<&StateRow> {
        self.0.values().find(|row| !numeric.is_empty() && row.numeric == numeric)
    }

    /// Every State, by code.
    pub fn iter(&self) -> impl Iterator<Item = &StateRow> {
        self.0.values()
    }

    /// The three-letter code; what is no State is refused when tables are read.
    pub(super) fn iso3(&self, code: StateCode) -> Iso3 {
        self.get(code).map_or(Iso3::NONE, |row| row.iso3)
    }
}
