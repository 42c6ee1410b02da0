//! Words in several languages, and how each language came about.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};
use utoipa::ToSchema;

/// The six official languages of the United Nations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Arabic.
    Ar,
    /// Chinese.
    Zh,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Spanish.
    Es,
}

impl Language {
    /// All six, English first.
    pub const ALL: [Self; 6] = [Self::En, Self::Ar, Self::Zh, Self::Fr, Self::Ru, Self::Es];

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ar => "ar",
            Self::Zh => "zh",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Es => "es",
        }
    }

    /// The language of a two-letter code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How the text of one language came about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Translation {
    /// Written in this language.
    Original,
    /// Translated, or checked, by a person.
    Human,
    /// Translated by a machine and not yet checked by a person.
    Machine,
    /// Not translated.
    None,
}

impl Translation {
    /// The state of a code as written in YAML.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "original" => Some(Self::Original),
            "human" => Some(Self::Human),
            "machine" => Some(Self::Machine),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// One text in the languages there are, by two-letter code.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = std::collections::HashMap<String, String>)]
pub struct Text(pub BTreeMap<Language, String>);

impl Text {
    /// A text in English alone.
    pub fn english(words: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Language::En, words.into())]))
    }

    /// The text in `language`, else in English, else in whatever there is.
    pub fn in_language(&self, language: Language) -> &str {
        self.0
            .get(&language)
            .or_else(|| self.0.get(&Language::En))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text in the language of a two-letter code, else in English.
    pub fn for_code(&self, code: &str) -> &str {
        self.in_language(Language::of(code).unwrap_or(Language::En))
    }

    /// Whether there is a text in `language`.
    pub fn has(&self, language: Language) -> bool {
        self.0.get(&language).is_some_and(|words| !words.trim().is_empty())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_language(Language::En))
    }
}
