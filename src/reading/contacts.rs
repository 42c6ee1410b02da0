//! Contact points in peacetime: who could be told today, and who could not.

use super::{ReadError, Reading};
use crate::domain::{
    account::{Action, Viewer, can},
    contact::{Channel, ChannelKind, ContactKind, ContactPoint},
    duty::Addressee,
    id::ContactId,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// After how many days is a confirmation stale, unless somebody says otherwise?
pub const STALE_AFTER_DAYS: u32 = 365;

/// The organizations a notice may go to beside the European Union.
const ORGANIZATIONS: [&str; 4] = ["FAO", "IPPC", "WHO", "WOAH"];

/// What is the matter with the contact points of an addressee.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactFinding {
    /// There is none: nobody can be told.
    NoContactPoint,
    /// There are some, and none has a channel this instance can use: nobody
    /// can be told.
    NoUsableChannel,
    /// None that can be told was ever confirmed.
    Unconfirmed,
    /// Some were confirmed, all of them too long ago.
    Stale,
    /// None is for Article 17 (a State's).
    NoArticle17,
}

impl ContactFinding {
    /// Whether it means that nobody can be told.
    pub fn is_silence(self) -> bool {
        matches!(self, Self::NoContactPoint | Self::NoUsableChannel)
    }
}

/// The contact points of one addressee, in short.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct AddresseeContacts {
    /// Whose.
    pub addressee: Addressee,
    /// Its name in English; its acronym where it has none here.
    pub name: String,
    /// Whether it is a Party to the Protocol; absent for what is no State.
    pub party: Option<bool>,
    /// Whether anybody can be told.
    pub reachable: bool,
    /// How many contact points it has.
    pub contact_points: usize,
    /// How many of them have a channel this instance can use.
    pub usable: usize,
    /// When one that can be told was last confirmed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed: Option<Timestamp>,
    /// What is the matter; nothing when all is well.
    pub findings: Vec<ContactFinding>,
}

/// A channel that is not used because its receiver said that it is gone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct DisabledChannel {
    /// Whose.
    pub addressee: Addressee,
    /// Of which contact point.
    pub contact: ContactId,
    /// What it is called.
    pub name: String,
    /// The address that is gone.
    pub url: String,
}

/// Who could be told at this moment, and who could not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ContactReadiness {
    /// The moment.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// After how many days a confirmation was taken for stale.
    pub stale_after_days: u32,
    /// The kinds of channel this instance serves.
    pub served: Vec<ChannelKind>,
    /// How many Parties have nobody who can be told.
    pub silent_parties: usize,
    /// Every State of the table, and the European Union.
    pub states: Vec<AddresseeContacts>,
    /// Organizations.
    pub organizations: Vec<AddresseeContacts>,
    /// This instance: its duty officer, who is told when a State's chain is at
    /// its end.
    pub instance: AddresseeContacts,
    /// Channels that are not used any more.
    pub disabled: Vec<DisabledChannel>,
}

impl Reading {
    /// One contact point.
    pub fn contact(&self, viewer: &Viewer, id: ContactId) -> Result<ContactPoint, ReadError> {
        can(viewer, Action::ReadContacts, None)?;
        self.store.contact(viewer, id)?.ok_or(ReadError::NotFound)
    }

    /// Who could be told now by the kinds of channel that are `served`.
    pub fn contact_readiness(
        &self,
        viewer: &Viewer,
        served: Vec<ChannelKind>,
        stale_after_days: u32,
    ) -> Result<ContactReadiness, ReadError> {
        let contacts = self.contacts(viewer, None)?;
        let now = self.clock.now();
        let age = SignedDuration::from_hours(24 * i64::from(stale_after_days));
        let look = Look { contacts: &contacts, served: &served, fresh_from: now.checked_sub(age).ok() };
        let states: Vec<AddresseeContacts> = self
            .states()
            .iter()
            .map(|row| {
                let addressee = Addressee::State(row.iso2);
                look.at(addressee, row.name.get("en"), Some(row.cpb.is_some()))
            })
            .collect();
        let others = contacts.iter().filter_map(|contact| match &contact.addressee {
            Addressee::Organization(acronym) => Some(acronym.as_str()),
            _ => None,
        });
        let organizations: BTreeSet<&str> = ORGANIZATIONS.into_iter().chain(others).collect();
        let organizations = organizations
            .into_iter()
            .map(|acronym| look.at(Addressee::Organization(acronym.to_owned()), acronym, None))
            .collect();
        let silent_parties =
            states.iter().filter(|state| state.party == Some(true) && !state.reachable).count();
        Ok(ContactReadiness {
            at: now,
            stale_after_days,
            silent_parties,
            states,
            organizations,
            instance: look.at(Addressee::Instance, "this instance", None),
            disabled: contacts.iter().flat_map(disabled).collect(),
            served,
        })
    }
}

/// The channels of a contact point whose receivers said that they are gone.
fn disabled(contact: &ContactPoint) -> impl Iterator<Item = DisabledChannel> + '_ {
    contact.channels.iter().filter(|channel| channel.is_disabled()).filter_map(|channel| match channel {
        Channel::Webhook { url, .. } => Some(DisabledChannel {
            addressee: contact.addressee.clone(),
            contact: contact.id,
            name: contact.name.clone(),
            url: url.clone(),
        }),
        _ => None,
    })
}

/// What the contact points are looked at with.
struct Look<'a> {
    contacts: &'a [ContactPoint],
    served: &'a [ChannelKind],
    /// Since when a confirmation counts.
    fresh_from: Option<Timestamp>,
}

impl Look<'_> {
    fn at(&self, addressee: Addressee, name: &str, party: Option<bool>) -> AddresseeContacts {
        // Of this instance only its duty officer counts.
        let counts = |contact: &&ContactPoint| {
            contact.addressee == addressee
                && (addressee != Addressee::Instance || contact.kind == ContactKind::DutyOfficer)
        };
        let own: Vec<&ContactPoint> = self.contacts.iter().filter(counts).collect();
        let usable: Vec<&ContactPoint> =
            own.iter().copied().filter(|contact| contact.usable(self.served).next().is_some()).collect();
        let confirmed = usable.iter().filter_map(|contact| contact.confirmed).max();
        let mut findings = Vec::new();
        if own.is_empty() {
            findings.push(ContactFinding::NoContactPoint);
        } else if usable.is_empty() {
            findings.push(ContactFinding::NoUsableChannel);
        } else if confirmed.is_none() {
            findings.push(ContactFinding::Unconfirmed);
        } else if confirmed < self.fresh_from {
            findings.push(ContactFinding::Stale);
        }
        let for_article_17 = own.iter().any(|contact| contact.kind == ContactKind::Article17);
        if addressee.state().is_some() && !own.is_empty() && !for_article_17 {
            findings.push(ContactFinding::NoArticle17);
        }
        AddresseeContacts {
            addressee,
            name: name.to_owned(),
            party,
            reachable: !usable.is_empty(),
            contact_points: own.len(),
            usable: usable.len(),
            confirmed,
            findings,
        }
    }
}
