//! States by their two-letter code, and sets of them.

use super::wire::written_as;
use serde::{Deserialize, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The ISO 3166-1 alpha-2 code of a State; the European Union is `EU` (a
/// Party to the Protocol, without area). That the code names a State is
/// checked against the table of States, not here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct StateCode([u8; 2]);

written_as!(StateCode as String, "ISO 3166-1 alpha-2 code of a State; EU for the European Union");

/// The text is not a two-letter code.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("“{0}” is not a two-letter State code such as CH")]
pub struct NotAStateCode(pub String);

impl StateCode {
    /// The European Union: a Party without area.
    pub const EU: Self = Self(*b"EU");

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    fn bit(self) -> usize {
        usize::from(self.0[0] - b'A') * 26 + usize::from(self.0[1] - b'A')
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for StateCode {
    type Err = NotAStateCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotAStateCode(text.to_owned())),
        }
    }
}

impl TryFrom<String> for StateCode {
    type Error = NotAStateCode;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl Serialize for StateCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The ISO 3166-1 alpha-3 code of a State, as the table of States has it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Iso3([u8; 3]);

written_as!(Iso3 as String, "ISO 3166-1 alpha-3 code of a State");

/// The text is not a three-letter code.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("“{0}” is not a three-letter State code such as CHE")]
pub struct NotAnIso3(pub String);

impl Iso3 {
    /// What stands for a code that is in no table.
    pub const NONE: Self = Self(*b"ZZZ");

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl TryFrom<String> for Iso3 {
    type Error = NotAnIso3;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_bytes() {
            [a, b, c] if text.bytes().all(|letter| letter.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(NotAnIso3(text)),
        }
    }
}

impl fmt::Display for Iso3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Iso3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Iso3 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

const WORDS: usize = (26 * 26usize).div_ceil(64);

/// A set of States as a bitmap: testing one is a shift, whatever the number
/// of States in it. Written as a sorted list of codes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<StateCode>", into = "Vec<StateCode>")]
pub struct StateSet([u64; WORDS]);

written_as!(StateSet as Vec<String>, "States, by two-letter code");

impl StateSet {
    /// Whether `state` is in the set.
    pub fn contains(&self, state: StateCode) -> bool {
        self.0[state.bit() / 64] >> (state.bit() % 64) & 1 == 1
    }

    /// Puts `state` into the set.
    pub fn insert(&mut self, state: StateCode) {
        self.0[state.bit() / 64] |= 1 << (state.bit() % 64);
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The States, in alphabetical order of code.
    pub fn iter(&self) -> impl Iterator<Item = StateCode> + '_ {
        (0..26 * 26).filter(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1).filter_map(|bit| {
            let letter = |n: usize| u8::try_from(n).ok().map(|n| b'A' + n);
            Some(StateCode([letter(bit / 26)?, letter(bit % 26)?]))
        })
    }
}

impl FromIterator<StateCode> for StateSet {
    fn from_iter<I: IntoIterator<Item = StateCode>>(states: I) -> Self {
        let mut set = Self::default();
        for state in states {
            set.insert(state);
        }
        set
    }
}

impl Extend<StateCode> for StateSet {
    fn extend<I: IntoIterator<Item = StateCode>>(&mut self, states: I) {
        for state in states {
            self.insert(state);
        }
    }
}

impl From<Vec<StateCode>> for StateSet {
    fn from(states: Vec<StateCode>) -> Self {
        states.into_iter().collect()
    }
}

impl From<StateSet> for Vec<StateCode> {
    fn from(set: StateSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for StateSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_bit_of_its_own() {
        let all: Vec<StateCode> =
            (b'A'..=b'Z').flat_map(|a| (b'A'..=b'Z').map(move |b| StateCode([a, b]))).collect();
        let set: StateSet = all.iter().copied().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), all);
        let mut one = StateSet::default();
        one.insert(StateCode(*b"ZZ"));
        assert!(all.iter().filter(|s| one.contains(**s)).count() == 1);
    }
}
