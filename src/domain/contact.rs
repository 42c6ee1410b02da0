//! Contact points: who is to be told, by which channel, and in which order.

use super::{
    id::{AccountId, ContactId},
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// What a contact point is for, in the order in which a State's chain is
/// followed. Codes as in the Biosafety Clearing-House's focal-point list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
pub enum ContactKind {
    /// Emergency Measures (Article 17) Contact Point (Art. 17.2).
    #[serde(rename = "CPB-A17-FP")]
    Article17,
    /// National focal point to the Biosafety Clearing-House.
    #[serde(rename = "BCH-FP")]
    ClearingHouse,
    /// National focal point to the Protocol (Art. 19).
    #[serde(rename = "CPB-FP1")]
    Protocol,
    /// Competent national authority (Art. 19).
    #[serde(rename = "CNA")]
    CompetentAuthority,
    /// Diplomatic mission.
    #[serde(rename = "MISSION")]
    Mission,
}

impl ContactKind {
    /// The code as the Clearing-House writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Article17 => "CPB-A17-FP",
            Self::ClearingHouse => "BCH-FP",
            Self::Protocol => "CPB-FP1",
            Self::CompetentAuthority => "CNA",
            Self::Mission => "MISSION",
        }
    }
}

impl fmt::Display for ContactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A way to reach a contact point.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "channel", rename_all = "snake_case")]
pub enum Channel {
    /// An account that listens on the live channel.
    Live {
        /// Which account.
        account: AccountId,
    },
    /// Electronic mail.
    Email {
        /// Address.
        address: String,
    },
    /// A signed web request.
    Webhook {
        /// Where to.
        url: String,
    },
    /// A person calls or faxes and records it.
    ByHand {
        /// Telephone or fax number.
        number: String,
    },
}

/// The kinds of channel, without their addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// An account that listens on the live channel.
    Live,
    /// Electronic mail.
    Email,
    /// A signed web request.
    Webhook,
    /// A person calls or faxes.
    ByHand,
}

impl Channel {
    /// Its kind.
    pub fn kind(&self) -> ChannelKind {
        match self {
            Self::Live { .. } => ChannelKind::Live,
            Self::Email { .. } => ChannelKind::Email,
            Self::Webhook { .. } => ChannelKind::Webhook,
            Self::ByHand { .. } => ChannelKind::ByHand,
        }
    }
}

/// Who is to be told for a State. A record of its own that can be erased;
/// events refer to it by id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ContactPoint {
    /// Its id.
    pub id: ContactId,
    /// For which State (or the European Union).
    pub state: StateCode,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first (two-letter codes).
    #[serde(default)]
    pub languages: Vec<String>,
    /// When somebody last made sure that it answers.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed: Option<Timestamp>,
}

/// What came of one contact point when a State's chain was followed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hop {
    /// Which contact point.
    pub contact: ContactId,
    /// What it is for.
    pub kind: ContactKind,
    /// The channel it is told by, or why it was passed over.
    pub outcome: HopOutcome,
}

/// What came of a hop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HopOutcome {
    /// It is told by this channel.
    Told(ChannelKind),
    /// It has no channel at all.
    NoChannel,
    /// It has channels, but none this instance can serve.
    ChannelNotServed,
}

/// Follows the chain of `state`: kinds in their order, contact points of one
/// kind by the one confirmed last. The hops end with the first contact point
/// that can be told, or with the last one when nobody can.
pub fn follow_chain(contacts: &[ContactPoint], state: StateCode, served: &[ChannelKind]) -> Vec<Hop> {
    let mut chain: Vec<&ContactPoint> = contacts.iter().filter(|c| c.state == state).collect();
    chain.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.confirmed.cmp(&a.confirmed)).then(a.id.cmp(&b.id)));
    let mut hops = Vec::new();
    for contact in chain {
        let channel = contact.channels.iter().map(Channel::kind).find(|kind| served.contains(kind));
        let outcome = match channel {
            Some(kind) => HopOutcome::Told(kind),
            None if contact.channels.is_empty() => HopOutcome::NoChannel,
            None => HopOutcome::ChannelNotServed,
        };
        hops.push(Hop { contact: contact.id, kind: contact.kind, outcome });
        if channel.is_some() {
            break;
        }
    }
    hops
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn contact(number: u128, state: &str, kind: ContactKind, channels: Vec<Channel>) -> ContactPoint {
        ContactPoint {
            id: ContactId(Uuid::from_u128(number)),
            state: state.parse().expect("code"),
            kind,
            name: String::new(),
            channels,
            languages: Vec::new(),
            confirmed: None,
        }
    }

    #[test]
    fn the_chain_goes_on_to_the_next_kind_and_says_why() {
        let live = Channel::Live { account: AccountId(Uuid::nil()) };
        let mail = Channel::Email { address: "cna@example.org".into() };
        let contacts = [
            contact(1, "FR", ContactKind::CompetentAuthority, vec![live.clone()]),
            contact(2, "FR", ContactKind::Article17, vec![mail]),
            contact(3, "FR", ContactKind::ClearingHouse, vec![]),
            contact(4, "DE", ContactKind::Article17, vec![live]),
        ];
        let hops = follow_chain(&contacts, "FR".parse().expect("code"), &[ChannelKind::Live]);
        let outcomes: Vec<HopOutcome> = hops.iter().map(|h| h.outcome).collect();
        assert_eq!(
            outcomes,
            [HopOutcome::ChannelNotServed, HopOutcome::NoChannel, HopOutcome::Told(ChannelKind::Live)]
        );
        assert!(follow_chain(&contacts, "IT".parse().expect("code"), &[ChannelKind::Live]).is_empty());
    }
}
