//! Operators, damage and response measures (Nagoya – Kuala Lumpur
//! Supplementary Protocol, Art. 5): what a State records about an incident on
//! its own territory. Seen by that State and the instance only.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};
use utoipa::ToSchema;

/// One entry of a State's record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum LiabilityEntry {
    /// An operator was identified (Art. 2.2(c), 5.2(a)): who is in direct or
    /// indirect control of the organism.
    Operator {
        /// Who.
        name: String,
        /// In what capacity: permit holder, producer, exporter, carrier…
        capacity: String,
    },
    /// The damage was evaluated (Art. 5.2(b)).
    DamageEvaluated {
        /// Whether there is damage, or a sufficient likelihood of it.
        finding: DamageFinding,
        /// On what grounds.
        grounds: String,
    },
    /// An operator was required to take a measure (Art. 5.1, 5.2(c)). The
    /// decision is to be reasoned and told to the operator (Art. 5.6).
    MeasureOrdered {
        /// Who has to.
        operator: String,
        /// What.
        measure: String,
        /// On what grounds.
        reasons: String,
        /// By when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = DateTime)]
        due: Option<Timestamp>,
    },
    /// A measure was taken.
    MeasureTaken {
        /// By whom: the operator, or the authority in its place (Art. 5.4).
        by: String,
        /// What.
        measure: String,
    },
    /// A cost arose that may be recovered from the operator (Art. 5.5).
    Cost {
        /// How much.
        amount: Amount,
        /// In which currency, by its three-letter code (ISO 4217).
        currency: String,
        /// For what.
        purpose: String,
    },
}

/// What an evaluation of damage came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DamageFinding {
    /// There is damage.
    Damage,
    /// None yet, but a sufficient likelihood that there will be if nothing is
    /// done in time (Art. 5.3).
    Likely,
    /// None.
    None,
    /// It cannot be said yet.
    Unknown,
}

/// An amount of money with at most four decimals, such as `1250.50`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(i64);

super::wire::written_as!(Amount as String, "An amount with at most four decimals, such as 1250.50");

/// The text is no amount.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("an amount is written with digits and at most four decimals after a point, such as 1250.50")]
pub struct NotAnAmount;

impl TryFrom<String> for Amount {
    type Error = NotAnAmount;
    fn try_from(text: String) -> Result<Self, NotAnAmount> {
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 14 || decimals.len() > 4 || !digits(whole) || !digits(decimals) {
            return Err(NotAnAmount);
        }
        format!("{whole}{decimals:0<4}").parse().map(Self).map_err(|_| NotAnAmount)
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        let decimals = format!("{rest:04}");
        let decimals = decimals.trim_end_matches('0');
        write!(f, "{whole}.{decimals:0<2}")
    }
}

/// The sum of all costs, by currency.
pub fn total<'a>(entries: impl Iterator<Item = &'a LiabilityEntry>) -> BTreeMap<String, Amount> {
    let mut sums: BTreeMap<String, Amount> = BTreeMap::new();
    for entry in entries {
        if let LiabilityEntry::Cost { amount, currency, .. } = entry {
            let sum = sums.entry(currency.clone()).or_default();
            sum.0 = sum.0.saturating_add(amount.0);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_add_up_to_the_last_decimal() {
        let cost = |amount: &str, currency: &str| LiabilityEntry::Cost {
            amount: amount.to_owned().try_into().expect("an amount"),
            currency: currency.into(),
            purpose: "mowing".into(),
        };
        let entries = [cost("0.1", "EUR"), cost("0.2", "EUR"), cost("1250", "CHF")];
        let sums = total(entries.iter());
        assert_eq!(sums["EUR"].to_string(), "0.30");
        assert_eq!(sums["CHF"].to_string(), "1250.00");
        for wrong in ["", "-1", "1,5", "1.23456", "1e3", ".5"] {
            assert!(Amount::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
