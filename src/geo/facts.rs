//! What a person says of a layer, fact by fact, until it is a whole sidecar.

use super::{
    error::LayerError,
    import::{ImportError, Imported, LayerFile, Progress},
    sidecar::Sidecar,
};
use crate::domain::layer::LayerKind;
use serde::{Deserialize, Serialize};

/// A sidecar of which parts may still be missing.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// One line for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where the content comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Version, as the source says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Day of this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Terms of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// How it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how_made: Option<String>,
    /// How far a drawn line may be from the true one, metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    /// Whatever else a user should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// Facts without which a layer is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a layer states where it comes from and how exact it is: {} missing", .0.join(", "))]
pub struct MissingFacts(pub Vec<&'static str>);

impl Facts {
    /// Reads a sidecar's TOML, which may be incomplete.
    pub fn read(toml: &str) -> Result<Self, LayerError> {
        toml::from_str(toml).map_err(|error| LayerError::unreadable("sidecar", &error))
    }

    /// These facts, with what they do not say taken from `below`.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            title: self.title.or(below.title),
            source: self.source.or(below.source),
            version: self.version.or(below.version),
            date: self.date.or(below.date),
            licence: self.licence.or(below.licence),
            how_made: self.how_made.or(below.how_made),
            accuracy_m: self.accuracy_m.or(below.accuracy_m),
            notes: self.notes.or(below.notes),
        }
    }

    /// The sidecar of the layer called `name`, or which facts are missing.
    /// Title and how it was made can be said by us.
    pub fn settle(self, name: &str) -> Result<Sidecar, MissingFacts> {
        let unsaid = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
        let facts = [
            ("source", unsaid(&self.source)),
            ("licence", unsaid(&self.licence)),
            ("version", unsaid(&self.version)),
            ("date", unsaid(&self.date)),
            ("accuracy_m", !self.accuracy_m.is_some_and(|metres| metres.is_finite() && metres >= 0.0)),
        ];
        let missing: Vec<&str> =
            facts.into_iter().filter_map(|(name, missing)| missing.then_some(name)).collect();
        if missing.is_empty() { Ok(self.whole(name)) } else { Err(MissingFacts(missing)) }
    }

    /// A sidecar with what was said, and the rest left blank.
    fn whole(self, name: &str) -> Sidecar {
        Sidecar {
            title: self.title.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| name.to_owned()),
            source: self.source.unwrap_or_default(),
            version: self.version.unwrap_or_default(),
            date: self.date.unwrap_or_default(),
            licence: self.licence.unwrap_or_default(),
            how_made: self.how_made.unwrap_or_else(|| "Imported as it was sent.".to_owned()),
            accuracy_m: self.accuracy_m.unwrap_or_default(),
            notes: self.notes.unwrap_or_default(),
        }
    }
}

impl Sidecar {
    /// Reads a whole sidecar.
    pub fn read(toml: &str) -> Result<Self, LayerError> {
        toml::from_str(toml).map_err(|error| LayerError::unreadable("sidecar", &error))
    }

    /// The sidecar as TOML.
    pub fn written(&self) -> String {
        // Texts and one number: nothing TOML cannot hold.
        toml::to_string(self).unwrap_or_default()
    }
}

/// What is said of the one layer that is known by its checksum. Its publisher
/// states no accuracy; ours is a guess, and the notes say so.
fn conservation_international() -> Facts {
    let said = |text: &str| Some(text.to_owned());
    Facts {
        title: said("Biodiversity hotspots 2016.1"),
        source: said("Conservation International, doi:10.5281/zenodo.3261807"),
        version: said("2016.1"),
        date: said("2016"),
        licence: said("CC BY-SA 4.0"),
        how_made: said("Imported as published; the features of type “hotspot area” are used."),
        accuracy_m: Some(5000.0),
        notes: said("The publisher states no accuracy; 5 km is an unverified guess."),
    }
}

/// Why a file is not taken as a layer.
#[derive(Debug)]
pub enum NotTaken {
    /// The file cannot be used.
    File(ImportError),
    /// The file can be used, but not enough is said of it; the layer as it
    /// would be otherwise.
    Facts(MissingFacts, Box<Imported>),
}

impl Imported {
    /// Reads a file with what is said of it. A file known by its checksum
    /// needs nothing said.
    ///
    /// # Errors
    /// When the file cannot be used, or not enough is said of it.
    pub fn read_with(
        kind: LayerKind,
        name: &str,
        file: &LayerFile<'_>,
        facts: Facts,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, NotTaken> {
        let mut read = |sidecar| Self::read(kind, name, file, sidecar, progress).map_err(NotTaken::File);
        match facts.clone().settle(name) {
            Ok(sidecar) => read(sidecar),
            Err(missing) => {
                let layer = read(facts.clone().whole(name))?;
                if layer.known.is_none() {
                    return Err(NotTaken::Facts(missing, Box::new(layer)));
                }
                // Read again: how exact it is goes into every feature.
                read(facts.over(conservation_international()).whole(name))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_all_at_once() {
        let said = Facts { source: Some("a ministry".into()), date: Some(" ".into()), ..Facts::default() };
        let missing = said.clone().settle("parks").expect_err("incomplete");
        assert_eq!(missing.0, ["licence", "version", "date", "accuracy_m"]);
        let below =
            Facts::read("licence = 'CC0'\nversion = '1'\ndate = '2026'\naccuracy_m = 50").expect("TOML");
        let below = Facts { date: Some("2026".into()), ..below };
        let sidecar = Facts { date: None, ..said }.over(below).settle("parks").expect("complete");
        assert_eq!((&*sidecar.title, &*sidecar.source, sidecar.accuracy_m), ("parks", "a ministry", 50.0));
        assert!(Facts::read("author = 'x'").expect_err("unknown").to_string().contains("author"));
    }
}
