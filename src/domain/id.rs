//! Typed ids. Inside the server every id is a UUID version 7; people read
//! references such as `OX-GVA-2026-0123-K`.

use super::wire::written_as;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// One report: what a person told us of an occurrence.
    ReportId;
    /// One incident: the case a report opens.
    IncidentId;
    /// One account: who signs in.
    AccountId;
    /// One contact point: who is to be told.
    ContactId;
    /// One message: one notice to one contact point by one channel.
    MessageId;
    /// One imported layer of the map.
    LayerId;
    /// One run of a playbook.
    RunId;
    /// One piece of evidence kept in a run.
    EvidenceId;
    /// One report that somebody has begun and not sent.
    DraftId;
    /// One bearer token (its secret is never stored).
    TokenId;
}

/// A place in the log: events are numbered in the order they were committed,
/// from 1, without holes. `Seq(0)` is "before the first event".
#[derive(
    Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What people call an incident: `OX-GVA-2026-0123-K`, exercises
/// `EX-GVA-2026-0123-K`, tests `TX-…`. Never changed once given. The last
/// character is a check over the rest (ISO 7064 MOD 37,36), so that a
/// reference read out over a bad line is caught when one character is wrong
/// or two neighbours are swapped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

written_as!(Reference as String, "What people call an incident, such as EX-GVA-2026-0001-V");

/// A text that is not a reference, and why.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The text does not have the five parts of a reference.
    #[error("a reference looks like OX-GVA-2026-0123-K")]
    Shape,
    /// One character was misread: the check character does not fit.
    #[error("the check character does not fit: one character was misread")]
    Check,
}

impl Reference {
    /// The reference numbered `number` of `year` at the instance named
    /// `instance` (letters and digits, upper case).
    pub fn new(prefix: &str, instance: &str, year: i16, number: u32) -> Self {
        let stem = format!("{prefix}-{instance}-{year:04}-{number:04}");
        let check = check_character(&stem);
        Self(format!("{stem}-{check}"))
    }

    /// The text as people write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Prefix, year and number.
    pub fn parts(&self) -> Option<(&str, i16, u32)> {
        let mut parts = self.0.split('-');
        let (prefix, _, year, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some((prefix, year.parse().ok()?, number.parse().ok()?))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    /// Reads a reference as people type it: any case, surrounding blanks.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_ascii_uppercase();
        let (stem, check) = text.rsplit_once('-').ok_or(ReferenceError::Shape)?;
        let parts: Vec<&str> = stem.split('-').collect();
        let shaped = parts.len() == 4
            && matches!(parts[0], "OX" | "EX" | "TX")
            && parts[1].chars().all(|c| c.is_ascii_alphanumeric())
            && parts[2].len() == 4
            && parts[3].len() >= 4
            && parts[2..].iter().all(|p| p.chars().all(|c| c.is_ascii_digit()));
        if !shaped || check.len() != 1 {
            return Err(ReferenceError::Shape);
        }
        if !check.starts_with(check_character(stem)) {
            return Err(ReferenceError::Check);
        }
        Ok(Self(text))
    }
}

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// ISO 7064 MOD 37,36 over the letters and digits of `stem`.
fn check_character(stem: &str) -> char {
    let mut product = 36;
    for c in stem.chars().filter(char::is_ascii_alphanumeric) {
        let value = c.to_digit(36).unwrap_or(0) as usize;
        let mut sum = (product + value) % 36;
        if sum == 0 {
            sum = 36;
        }
        product = (sum * 2) % 37;
    }
    char::from(ALPHABET[(37 - product) % 36])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_written() {
        let reference = Reference::new("OX", "GVA", 2026, 123);
        assert_eq!(reference.as_str().len(), "OX-GVA-2026-0123-K".len());
        let typed = format!("  {} ", reference.as_str().to_lowercase());
        assert_eq!(typed.parse(), Ok(reference));
    }

    #[test]
    fn one_wrong_character_is_caught() {
        let good = Reference::new("EX", "GVA", 2026, 7).to_string();
        let stem_length = good.len() - 2;
        for (position, original) in good.char_indices().take(stem_length) {
            for wrong in ALPHABET.iter().map(|b| char::from(*b)) {
                if wrong == original || original == '-' {
                    continue;
                }
                let mut bad: Vec<char> = good.chars().collect();
                bad[position] = wrong;
                let bad: String = bad.into_iter().collect();
                assert!(bad.parse::<Reference>().is_err(), "{bad} was taken for {good}");
            }
        }
    }
}
