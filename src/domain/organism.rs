//! Which organism: the identity ladder of an LMO, from a unique identifier
//! down to "unknown", and the OECD check digit.

use super::wire::written_as;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

/// An OECD unique identifier for transgenic plants (ENV/JM/MONO(2002)7/REV1):
/// applicant, event, check digit. Shown with Ø for zero.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OecdIdentifier {
    /// `MON-00073`, with plain zeros.
    stem: String,
    digit: u8,
}

written_as!(OecdIdentifier as String, "OECD unique identifier, such as MON-ØØØ73-7");

/// The text does not have the form of an OECD identifier.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "“{0}” is not an OECD unique identifier: it looks like MON-ØØØ73-7, two or three letters or digits, five or six, one digit"
)]
pub struct NotAnIdentifier(pub String);

impl OecdIdentifier {
    /// The check digit the first eight characters call for: the digital root
    /// of their values, A = 1 … Z = 26 (§ *verification digit* of the guidance).
    pub fn expected_digit(&self) -> u8 {
        let sum: u32 = self
            .stem
            .chars()
            .filter(|c| *c != '-')
            .map(|c| c.to_digit(10).unwrap_or_else(|| u32::from(c) - u32::from('A') + 1))
            .sum();
        u8::try_from(if sum == 0 { 0 } else { 1 + (sum - 1) % 9 }).unwrap_or(0)
    }

    /// Whether the check digit fits. A wrong one is a reason to look again
    /// (former identifiers exist), never a reason to refuse.
    pub fn is_sound(&self) -> bool {
        self.digit == self.expected_digit()
    }

    /// The identifier with plain zeros, for comparing and searching.
    pub fn plain(&self) -> String {
        format!("{}-{}", self.stem, self.digit)
    }
}

impl FromStr for OecdIdentifier {
    type Err = NotAnIdentifier;

    /// Reads an identifier as people type it: any of Ø ø ∅ ⌀ for zero, any
    /// dash, any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let no = || NotAnIdentifier(text.to_owned());
        let clean: String = text
            .trim()
            .chars()
            .map(|c| match c {
                'Ø' | 'ø' | '∅' | '⌀' => '0',
                '\u{2010}'..='\u{2015}' | '−' => '-',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        let parts: Vec<&str> = clean.split('-').collect();
        let alphanumeric = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let [applicant, event, digit] = parts[..] else { return Err(no()) };
        let shaped = matches!(applicant.len(), 2 | 3)
            && applicant.len() + event.len() == 8
            && alphanumeric(applicant)
            && alphanumeric(event)
            && digit.len() == 1;
        match digit.parse() {
            Ok(digit) if shaped => Ok(Self { stem: format!("{applicant}-{event}"), digit }),
            _ => Err(no()),
        }
    }
}

impl fmt::Display for OecdIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.stem.replace('0', "Ø"), self.digit)
    }
}

impl TryFrom<String> for OecdIdentifier {
    type Error = NotAnIdentifier;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OecdIdentifier> for String {
    fn from(identifier: OecdIdentifier) -> Self {
        identifier.to_string()
    }
}

/// What the reporter knows of the organism. Every field may be missing; the
/// highest rung that is present identifies it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Organism {
    /// OECD identifiers as written (several for a stack). Kept as text, so
    /// that one with a slip in it is a gap and not a refusal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oecd: Vec<String>,
    /// BCH record of the LMO, such as `BCH-LMO-SCBD-101474-1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bch_record: Option<String>,
    /// Transformation event, such as `GT73`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Scientific or common name of the species.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub species: Option<String>,
    /// Trait, such as `glyphosate tolerance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#trait: Option<String>,
    /// Genetic construct, where only that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub construct: Option<String>,
    /// Organism group, by the code of the built-in table, when nothing else
    /// says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// The rungs of the identity ladder, best first. `Unknown` sorts last: it is
/// treated as the worst case, never as the mildest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// OECD unique identifier.
    Oecd,
    /// BCH record of the LMO.
    BchRecord,
    /// Event and species.
    Event,
    /// Species only.
    Species,
    /// Trait or construct only.
    Trait,
    /// Nothing.
    Unknown,
}

impl Organism {
    /// The highest rung of the ladder that is present.
    pub fn identity(&self) -> Identity {
        if self.oecd.iter().any(|text| text.parse::<OecdIdentifier>().is_ok()) {
            Identity::Oecd
        } else if self.bch_record.is_some() {
            Identity::BchRecord
        } else if self.event.is_some() {
            Identity::Event
        } else if self.species.is_some() || self.group.is_some() {
            Identity::Species
        } else if self.r#trait.is_some() || self.construct.is_some() {
            Identity::Trait
        } else {
            Identity::Unknown
        }
    }

    /// One line for people: the best names there are, codes as given.
    pub fn label(&self) -> Option<String> {
        let oecd = (!self.oecd.is_empty()).then(|| self.oecd.join(" × "));
        let names: Vec<String> = [self.species.clone(), self.event.clone(), oecd, self.r#trait.clone()]
            .into_iter()
            .flatten()
            .collect();
        if names.is_empty() {
            self.construct.clone().or_else(|| self.bch_record.clone()).or_else(|| self.group.clone())
        } else {
            Some(names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_identifiers_carry_the_right_digit() {
        for text in [
            "MON-ØØ6Ø3-6",
            "MON-ØØ81Ø-6",
            "SYN-BTØ11-1",
            "SYN-IR162-4",
            "DAS-Ø15Ø7-1",
            "ACS-ZMØØ4-3",
            "MON-Ø4Ø32-6",
            "BCS-GHØØ2-5",
            "MON-ØØØ73-7",
            "ACS-BNØØ5-8",
            "KM-ØØØH71-4",
            "DP-Ø9814Ø-6",
            "CUH-CP551-8",
            "SMG-368ØØ-2",
            "IND-ØØ412-7",
            "UFL-X17CP-9",
            "FLO-4Ø644-6",
            "IR-ØØGR2E-5",
        ] {
            let identifier: OecdIdentifier = text.parse().expect(text);
            assert!(identifier.is_sound(), "{text}");
            assert_eq!(identifier.to_string(), text);
        }
    }

    #[test]
    fn a_former_identifier_is_read_but_not_sound() {
        let former: OecdIdentifier = "UFL-X17CP-6".parse().expect("right form");
        assert!(!former.is_sound());
        assert_eq!(former.expected_digit(), 9);
    }

    #[test]
    fn any_dash_and_any_zero_will_do() {
        let typed: OecdIdentifier = " mon–ø0∅73−7 ".parse().expect("readable");
        assert_eq!(typed.plain(), "MON-00073-7");
        for wrong in ["", "MON", "MON-00073", "MONS-00073-7", "MON-000731-7", "MON-00073-X"] {
            assert!(wrong.parse::<OecdIdentifier>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn unknown_is_the_worst_rung() {
        assert!(Identity::Unknown > Identity::Trait);
        assert_eq!(Organism::default().identity(), Identity::Unknown);
    }
}
