//! Contact points: entered, replaced and confirmed by hand, and brought in
//! from a file after it was shown what the file would change.

use super::Desk;
use crate::{
    domain::{
        account::{Action, Denial, Viewer, can},
        contact::{Channel, ChannelKind, ContactKind, ContactPoint, WorkingHours},
        directory::{self, Comparison, Entry, Listing},
        duty::Addressee,
        id::ContactId,
    },
    proof::digest_hex,
    store::{ContactChange, StoreError},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why contact points are not changed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ContactError {
    /// The account may not do it.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// There is no such contact point.
    #[error("there is no such contact point, or this account may not see it")]
    NotFound,
    /// Fields that cannot be as they are: a JSON pointer and a sentence each.
    #[error("what is said of the contact point cannot be")]
    Invalid(Vec<(String, String)>),
    /// The contact point is not any more as the caller has seen it: this is
    /// how it stands now.
    #[error("the contact point has been changed since you saw it")]
    Stale(Box<ContactPoint>),
    /// The file would now change other things than were shown.
    #[error("this is not what was shown: the file or the contact points have changed since the preview")]
    NotAsShown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A contact point to be created.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// For whom: a State by code (or `EU`), an organization by its acronym, or
    /// `INSTANCE` for this instance's duty officer.
    #[serde(alias = "state")]
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// When it is staffed.
    #[serde(default)]
    pub hours: Option<WorkingHours>,
}

/// A contact point as it is to stand, whole: what is left out is taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Its id, if it is said: it does not change.
    #[serde(default)]
    pub id: Option<ContactId>,
    /// For whom: a State by code (or `EU`), an organization by its acronym, or
    /// `INSTANCE` for this instance's duty officer.
    #[serde(alias = "state")]
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first. A webhook that was given up for gone is
    /// used again unless `disabled` is repeated.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// When it is staffed.
    #[serde(default)]
    pub hours: Option<WorkingHours>,
    /// The record it was imported from.
    #[serde(default)]
    pub record: Option<String>,
    /// Passed over: a confirmation is given by itself, and stays as long as
    /// the channels do.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed: Option<Timestamp>,
}

/// What a file would change, and by which digest exactly that is applied.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ContactPreview {
    /// SHA-256 of what is shown and of what stands, in hexadecimal: say it to
    /// apply it.
    pub digest: String,
    /// What would change.
    #[serde(flatten)]
    pub comparison: Comparison,
}

/// What an import of contact points came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ContactsImported {
    /// How many were created.
    pub created: usize,
    /// How many were changed.
    pub changed: usize,
    /// How many stand as they stood.
    pub unchanged: usize,
    /// How many are not in the file, and stand all the same.
    pub missing: usize,
    /// How many rows or documents could not be used.
    pub unusable: usize,
}

/// How often is a change tried again when somebody else was faster?
const ATTEMPTS: usize = 3;

/// The entity tag of a contact point: a number made of its content, so that it
/// is another one after every change.
pub fn revision(contact: &ContactPoint) -> u64 {
    let digest = digest_hex(&serde_json::to_vec(contact).unwrap_or_default());
    digest.get(..16).and_then(|front| u64::from_str_radix(front, 16).ok()).unwrap_or(0)
}

impl Desk {
    /// The kinds of channel this instance serves.
    pub fn served(&self) -> Vec<ChannelKind> {
        let mut served = vec![ChannelKind::Live, ChannelKind::ByHand];
        served.extend(&self.settings.served);
        served
    }

    /// Creates a contact point.
    pub fn create_contact(&self, viewer: &Viewer, new: NewContact) -> Result<ContactPoint, ContactError> {
        can(viewer, Action::EditContacts, new.addressee.state())?;
        let now = self.now();
        let NewContact { addressee, kind, name, mut channels, languages, hours } = new;
        enable(&mut channels, &[]);
        let contact = ContactPoint {
            id: ContactId(self.entropy.id(now)),
            addressee,
            kind,
            name,
            channels,
            languages,
            hours,
            record: None,
            confirmed: Some(now),
        };
        self.check_contact(&contact)?;
        self.store.save_contact(&contact)?;
        Ok(contact)
    }

    /// Replaces a contact point whole. `seen` is the revision the caller has
    /// seen, if it says one.
    pub fn replace_contact(
        &self,
        viewer: &Viewer,
        id: ContactId,
        new: &Replacement,
        seen: Option<u64>,
    ) -> Result<ContactPoint, ContactError> {
        if new.id.is_some_and(|said| said != id) {
            let why = "the id of a contact point does not change".to_owned();
            return Err(ContactError::Invalid(vec![("/id".to_owned(), why)]));
        }
        self.change_contact(viewer, id, seen, |before| {
            let Replacement { addressee, kind, name, mut channels, languages, hours, record, .. } =
                new.clone();
            enable(&mut channels, &before.channels);
            let confirmed = before.confirmed.filter(|_| channels == before.channels);
            ContactPoint { id, addressee, kind, name, channels, languages, hours, record, confirmed }
        })
    }

    /// Says that somebody has just made sure that a contact point answers.
    pub fn confirm_contact(
        &self,
        viewer: &Viewer,
        id: ContactId,
        seen: Option<u64>,
    ) -> Result<ContactPoint, ContactError> {
        let now = self.now();
        self.change_contact(viewer, id, seen, |before| ContactPoint {
            confirmed: Some(now),
            ..before.clone()
        })
    }

    fn change_contact(
        &self,
        viewer: &Viewer,
        id: ContactId,
        seen: Option<u64>,
        change: impl Fn(&ContactPoint) -> ContactPoint,
    ) -> Result<ContactPoint, ContactError> {
        let mut attempt = 1;
        loop {
            let before = self.store.contact(viewer, id)?.ok_or(ContactError::NotFound)?;
            can(viewer, Action::EditContacts, before.addressee.state())?;
            if seen.is_some_and(|seen| seen != revision(&before)) {
                return Err(ContactError::Stale(Box::new(before)));
            }
            let after = change(&before);
            can(viewer, Action::EditContacts, after.addressee.state())?;
            // What was accepted once does not stand in the way of a confirmation.
            if (ContactPoint { confirmed: before.confirmed, ..after.clone() }) != before {
                self.check_contact(&after)?;
            }
            let write = ContactChange { seen: vec![before], all: false, write: vec![after.clone()] };
            match self.store.change_contacts(write) {
                Ok(()) => return Ok(after),
                Err(StoreError::Conflict) if attempt < ATTEMPTS => attempt += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What a file would change; changes nothing.
    pub fn preview_contacts(
        &self,
        viewer: &Viewer,
        listing: Listing,
    ) -> Result<ContactPreview, ContactError> {
        let standing = self.store.contacts(viewer, None)?;
        self.compare_contacts(viewer, listing, &standing)
    }

    /// Changes what [`Desk::preview_contacts`] has shown under this digest: all
    /// of it or, when that is not any more what the file would change, nothing.
    pub fn import_contacts(
        &self,
        viewer: &Viewer,
        listing: Listing,
        digest: &str,
    ) -> Result<ContactsImported, ContactError> {
        let standing = self.store.contacts(viewer, None)?;
        let preview = self.compare_contacts(viewer, listing, &standing)?;
        if !preview.digest.eq_ignore_ascii_case(digest) {
            return Err(ContactError::NotAsShown);
        }
        let Comparison { new, changed, unchanged, missing, unusable, .. } = preview.comparison;
        let now = self.now();
        let created = new.iter().map(|contact| contact.with_id(ContactId(self.entropy.id(now))));
        let write: Vec<ContactPoint> =
            created.chain(changed.iter().filter_map(|contact| contact.after.clone())).collect();
        let change = ContactChange { seen: standing, all: true, write };
        self.store.change_contacts(change).map_err(|error| match error {
            StoreError::Conflict => ContactError::NotAsShown,
            error => error.into(),
        })?;
        Ok(ContactsImported {
            created: new.len(),
            changed: changed.len(),
            unchanged: unchanged.len(),
            missing: missing.len(),
            unusable: unusable.len(),
        })
    }

    fn compare_contacts(
        &self,
        viewer: &Viewer,
        listing: Listing,
        standing: &[ContactPoint],
    ) -> Result<ContactPreview, ContactError> {
        // Whoever may edit no contact points at all hears it before anything else.
        can(viewer, Action::EditContacts, viewer.state())?;
        let now = self.now();
        let may_edit = |addressee: &Addressee| can(viewer, Action::EditContacts, addressee.state());
        let own: Vec<ContactPoint> =
            standing.iter().filter(|contact| may_edit(&contact.addressee).is_ok()).cloned().collect();
        let comparison = directory::compare(listing, &own, |entry: &Entry| {
            if let Err(denial) = may_edit(&entry.addressee) {
                return Some(("addressee", denial.to_string()));
            }
            if let Some(why) = self.no_such_state(&entry.addressee) {
                return Some(("addressee", why));
            }
            let confirmed = entry.confirmed.filter(|at| *at > now)?;
            Some(("confirmed", format!("{confirmed} is in the future")))
        });
        // Over what stands as well: any change of it in between asks for another look.
        let shown = serde_json::to_vec(&(&comparison, &own))
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        Ok(ContactPreview { digest: digest_hex(&shown), comparison })
    }

    fn check_contact(&self, contact: &ContactPoint) -> Result<(), ContactError> {
        let state = self.no_such_state(&contact.addressee).map(|why| ("/addressee".to_owned(), why));
        let problems: Vec<(String, String)> =
            state.into_iter().chain(contact.problems(self.settings.allow_http)).collect();
        if problems.is_empty() { Ok(()) } else { Err(ContactError::Invalid(problems)) }
    }

    fn no_such_state(&self, addressee: &Addressee) -> Option<String> {
        let state = addressee.state()?;
        let known = self.shelf.built_in().states().get(state).is_some();
        (!known).then(|| format!("{state} is not in the table of States"))
    }
}

/// A webhook is given up for gone only by its receiver: what is entered is
/// used, unless it stood disabled before and is entered as such.
fn enable(channels: &mut [Channel], before: &[Channel]) {
    for channel in channels {
        let stood = before.contains(channel);
        if let Channel::Webhook { disabled, .. } = channel {
            *disabled = *disabled && stood;
        }
    }
}
