//! Forgetting for good: contact points, accounts, and words that people wrote
//! into events. That something was erased, by whom and why, stays on record.

use super::{ATTEMPTS, Desk, DeskError};
use crate::{
    domain::{
        account::{Action, Viewer, can},
        contact::Channel,
        decision::{Decision, Refusal},
        delivery::MessageState,
        erasure::{NotErasable, fields_with, places, stand_in, usual_fields, words_at},
        event::{Body, Event, NewEvent},
        id::{AccountId, ContactId, IncidentId, MessageId, Seq},
        incident::Incident,
    },
    proof::digest_hex,
    store::{Erased, Erasure, ErasureOutcome, PAGE, StoreError},
};
use std::collections::BTreeSet;

pub use crate::store::ErasureRecord;

/// Words to be erased.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// In which event.
    pub event: Seq,
    /// Where, as JSON pointers (RFC 6901); the usual fields when empty.
    pub fields: Vec<String>,
    /// Not the same words where they stand elsewhere in the incident.
    pub only_here: bool,
    /// Also what the messages said that went out with them: the proof of what
    /// was said goes, and its digest stays.
    pub messages: bool,
}

/// Words that were erased.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WordsGone {
    /// Of which incident.
    pub incident: IncidentId,
    /// In which event.
    pub event: Seq,
    /// Where, as JSON pointers.
    pub fields: Vec<String>,
}

/// What came of an erasure.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Forgotten {
    /// Words that are gone.
    pub words: Vec<WordsGone>,
    /// Contact points that were told by the account's live channel, and no
    /// longer are.
    pub contacts_changed: Vec<ContactId>,
    /// How many contact points with a channel the addressee has left.
    pub contacts_left: Option<usize>,
    /// Whether it is in no file of the store any more. If not, a reader was in
    /// the way: the next erasure or start sees to it.
    pub scrubbed: bool,
}

/// Why nothing was erased.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum ErasureError {
    /// It cannot be erased.
    #[error(transparent)]
    NotErasable(#[from] NotErasable),
    /// There is no such thing.
    #[error("there is no such {0}, or it was erased before")]
    NoSuch(&'static str),
    /// Nobody could manage the instance any more.
    #[error("this is the last administrator of the instance who can sign in: create another one first")]
    LastAdministrator,
    /// The message has yet to go out.
    #[error("message {0} has yet to go out: erase what it says when it has, or leave the messages alone")]
    StillToGo(MessageId),
    /// It could not be carried out.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<StoreError> for ErasureError {
    fn from(error: StoreError) -> Self {
        Self::Desk(error.into())
    }
}

/// How short may words be that are looked for elsewhere, in characters? “No”
/// stands in many places and is nobody's.
const SHORTEST: usize = 4;

impl Desk {
    /// What was erased, as far as `viewer` manages it.
    pub fn erasures(&self, viewer: &Viewer) -> Result<Vec<ErasureRecord>, DeskError> {
        can(viewer, Action::ManageAccounts, viewer.state())?;
        Ok(self.store.erasures(viewer)?)
    }

    /// Erases a contact point. Events go on naming its id.
    pub fn erase_contact(
        &self,
        viewer: &Viewer,
        contact: ContactId,
        reason: &str,
    ) -> Result<Forgotten, ErasureError> {
        let contacts = self.store.contacts(&Viewer::House, None)?;
        let found = contacts.iter().find(|found| found.id == contact);
        let found = found.ok_or(ErasureError::NoSuch("contact point"))?;
        can(viewer, Action::ManageAccounts, found.addressee.state()).map_err(DeskError::from)?;
        self.erase(viewer, Erased::Contact(contact), reason)?;
        let others =
            contacts.iter().filter(|other| other.id != contact && other.addressee == found.addressee);
        let left = others.filter(|other| !other.channels.is_empty()).count();
        Ok(Forgotten { contacts_left: Some(left), scrubbed: self.scrub(), ..Forgotten::default() })
    }

    /// Erases whom an account stood for, and its tokens. Events go on naming its
    /// id, and nobody signs in with it again.
    pub fn erase_account(
        &self,
        viewer: &Viewer,
        account: AccountId,
        reason: &str,
    ) -> Result<Forgotten, ErasureError> {
        let found = self.store.account(&Viewer::House, account)?.ok_or(ErasureError::NoSuch("account"))?;
        can(viewer, Action::ManageAccounts, found.state).map_err(DeskError::from)?;
        self.erase(viewer, Erased::Account(account), reason)?;
        self.hub.dismiss(account);
        let mut contacts_changed = Vec::new();
        for mut contact in self.store.contacts(&Viewer::House, None)? {
            let before = contact.channels.len();
            contact.channels.retain(|channel| *channel != Channel::Live { account });
            if contact.channels.len() < before {
                self.store.save_contact(&contact)?;
                contacts_changed.push(contact.id);
            }
        }
        Ok(Forgotten { contacts_changed, scrubbed: self.scrub(), ..Forgotten::default() })
    }

    fn erase(&self, viewer: &Viewer, subject: Erased, reason: &str) -> Result<(), ErasureError> {
        let reason = reasoned(reason)?;
        match self.store.erase(Erasure { subject, reason, by: viewer.account(), now: self.now() })? {
            ErasureOutcome::Done => Ok(()),
            ErasureOutcome::Unknown if matches!(subject, Erased::Contact(_)) => {
                Err(ErasureError::NoSuch("contact point"))
            }
            ErasureOutcome::Unknown => Err(ErasureError::NoSuch("account")),
            ErasureOutcome::LastAdministrator => Err(ErasureError::LastAdministrator),
        }
    }

    /// Erases words of people in an event and, unless told otherwise, wherever
    /// the same words stand in the incident and in those it was merged with.
    pub fn erase_words(
        &self,
        viewer: &Viewer,
        words: &Words,
        reason: &str,
    ) -> Result<Forgotten, ErasureError> {
        can(viewer, Action::ManageAccounts, None).map_err(DeskError::from)?;
        let reason = reasoned(reason)?;
        let event = self.store.event(&Viewer::House, words.event)?.ok_or(ErasureError::NoSuch("event"))?;
        let fields = if words.fields.is_empty() { usual_fields(&event) } else { words.fields.clone() };
        if fields.is_empty() {
            return Err(NotErasable::NothingThere(event.seq).into());
        }
        let fields = places(&event, &fields)?;
        let mut wanted = words_at(&event, &fields);
        wanted.retain(|text| !words.only_here && text.chars().count() >= SHORTEST);
        let mut forgotten = Forgotten::default();
        for incident in self.merged_with(event.incident)? {
            forgotten.words.extend(self.erase_in(viewer, incident, words, &fields, &wanted, &reason)?);
        }
        forgotten.scrubbed = self.scrub();
        Ok(forgotten)
    }

    /// An incident and those it was merged with, each once.
    fn merged_with(&self, first: IncidentId) -> Result<BTreeSet<IncidentId>, DeskError> {
        let (mut found, mut next) = (BTreeSet::new(), vec![first]);
        while let Some(id) = next.pop() {
            if found.insert(id)
                && let Some(incident) = self.store.incident(&Viewer::House, id)?
            {
                next.extend(
                    incident.absorbed.iter().chain(&incident.merged_into).map(|other| other.incident),
                );
            }
        }
        Ok(found)
    }

    /// Erases words in one incident, in one transaction.
    fn erase_in(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        words: &Words,
        fields: &[String],
        wanted: &BTreeSet<String>,
        reason: &str,
    ) -> Result<Vec<WordsGone>, ErasureError> {
        let mut attempt = 1;
        loop {
            let standing = self.store.incident(&Viewer::House, incident)?.ok_or(DeskError::NotFound)?;
            let mut decision = Decision::nothing_on(&standing);
            let mut gone = Vec::new();
            let mut after = Seq(0);
            loop {
                let page = self.store.timeline(&Viewer::House, incident, after, PAGE)?;
                let Some(last) = page.last() else { break };
                after = last.seq;
                for event in &page {
                    let here = if event.seq == words.event { fields } else { &[] };
                    let mut at: BTreeSet<String> = fields_with(event, wanted).into_iter().collect();
                    at.extend(here.iter().cloned());
                    if !at.is_empty() {
                        let at: Vec<String> = at.into_iter().collect();
                        decision.events.push(self.erasing(&standing, event, &at, words.messages, reason)?);
                        gone.push(WordsGone { incident, event: event.seq, fields: at });
                    }
                }
            }
            if gone.is_empty() {
                return Ok(gone);
            }
            match self.commit(viewer, self.now(), decision, Vec::new(), None) {
                Err(DeskError::Store(StoreError::Conflict)) if attempt < ATTEMPTS => attempt += 1,
                other => return other.map(|_| gone).map_err(ErasureError::from),
            }
        }
    }

    /// The event that erases words of another one, for whoever may see that one.
    fn erasing(
        &self,
        incident: &Incident,
        event: &Event,
        fields: &[String],
        messages: bool,
        reason: &str,
    ) -> Result<NewEvent, ErasureError> {
        let stand_in = stand_in(event, fields)?;
        let bytes = serde_json::to_vec(&stand_in).map_err(|_| NotErasable::Needed(event.seq))?;
        let messages = messages && event.body.messages().next().is_some();
        if messages {
            for plan in event.body.messages() {
                let kept = self.store.message(&Viewer::House, plan.id)?;
                let by_itself = kept.filter(|message| message.incident == incident.id);
                if by_itself.is_some_and(|m| m.state.is_waiting() || m.state == MessageState::Sending) {
                    return Err(ErasureError::StillToGo(plan.id));
                }
            }
        }
        let before = Seq(event.seq.0.saturating_sub(1));
        let logged = self.store.events_after(&Viewer::House, before, 1)?;
        let audience = logged.into_iter().next().map(|logged| logged.audience).unwrap_or_default();
        Ok(NewEvent {
            audience,
            occurred: None,
            known: None,
            out_of_band: false,
            body: Body::WordsErased {
                event: event.seq,
                fields: fields.to_vec(),
                digest: digest_hex(&bytes),
                messages,
                reason: reason.to_owned(),
            },
        })
    }

    /// Forgets what was erased wherever else it is held: in frames for live
    /// readers, and in what the disk still has.
    fn scrub(&self) -> bool {
        self.hub.forget();
        let scrubbed =
            (0..ATTEMPTS).try_fold(false, |done, _| if done { Ok(true) } else { self.store.scrub() });
        match &scrubbed {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!("what was erased is still in the store's files: a reader was in the way");
            }
            Err(error) => tracing::error!(%error, "what was erased is still in the store's files"),
        }
        scrubbed == Ok(true)
    }
}

fn reasoned(reason: &str) -> Result<String, DeskError> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonMissing.into()) } else { Ok(reason.to_owned()) }
}
