//! The outbox after a restore: nothing goes out until somebody has said what
//! had been sent since the backup was made.

use super::{Desk, DeskError};
use crate::{
    domain::{
        account::{Action, Viewer, can},
        decision,
        delivery::{Message, Outcome},
        id::MessageId,
    },
    store::StoreError,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

pub use crate::store::Hold;

/// What is said to have been sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sent {
    /// Everything made until then.
    Until(Timestamp),
    /// These messages.
    These(BTreeSet<MessageId>),
    /// Nothing.
    Nothing,
}

/// What became of the messages on hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Released {
    /// They count as sent from now on, by the word of whoever released them.
    pub sent: Vec<MessageId>,
    /// They go out now.
    pub going: Vec<MessageId>,
}

/// Why the outbox was not released.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum ReleaseError {
    /// There is no hold.
    #[error("the outbox is not on hold")]
    NotOnHold,
    /// A message that is not on hold was named.
    #[error("message {0} is not on hold")]
    NotHeld(MessageId),
    /// It could not be carried out; the hold stands.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// What the log says of a message that was sent before the restore.
const SAID: &str = "sent before the restore, as was said";

impl Desk {
    /// The hold the outbox is on, and what is on hold.
    pub fn held(&self, viewer: &Viewer) -> Result<(Option<Hold>, Vec<Message>), DeskError> {
        can(viewer, Action::ReleaseOutbox, None)?;
        Ok((self.store.hold()?, self.store.held()?))
    }

    /// Ends the hold. What is said to have been sent is recorded so, message by
    /// message; the rest goes out. Until all of it is recorded the hold stands:
    /// what is interrupted can be repeated.
    pub fn release_outbox(&self, viewer: &Viewer, sent: &Sent) -> Result<Released, ReleaseError> {
        let (hold, waiting) = self.held(viewer)?;
        if hold.is_none() {
            return Err(ReleaseError::NotOnHold);
        }
        if let Sent::These(named) = sent
            && let Some(stranger) = named.iter().find(|id| !waiting.iter().any(|message| message.id == **id))
        {
            // A repeat names what the first attempt has recorded.
            let known = self.store.message(&Viewer::House, *stranger).map_err(DeskError::from)?;
            if known.is_none_or(|message| message.detail.as_deref() != Some(SAID)) {
                return Err(ReleaseError::NotHeld(*stranger));
            }
        }
        let mut released = Released::default();
        for message in waiting {
            let was_sent = match sent {
                Sent::Until(moment) => message.created <= *moment,
                Sent::These(named) => named.contains(&message.id),
                Sent::Nothing => false,
            };
            if was_sent {
                self.count_as_sent(viewer, message.id)?;
                released.sent.push(message.id);
            } else {
                released.going.push(message.id);
            }
        }
        self.store.release().map_err(DeskError::from)?;
        tracing::warn!(sent = released.sent.len(), going = released.going.len(), "the outbox was released");
        Ok(released)
    }

    fn count_as_sent(&self, viewer: &Viewer, id: MessageId) -> Result<(), DeskError> {
        loop {
            let Some(message) = self.store.message(&Viewer::House, id)? else { return Ok(()) };
            let incident =
                self.store.incident(&Viewer::House, message.incident)?.ok_or(DeskError::NotFound)?;
            let outcome = Outcome::Sent { detail: SAID.to_owned() };
            let now = self.now();
            let decision = decision::settle_attempt(&incident, &message, &[], &outcome, 0.0, now);
            match self.commit(viewer, now, decision, Vec::new(), None) {
                Err(DeskError::Store(StoreError::Conflict)) => {}
                other => return other.map(|_| ()),
            }
        }
    }
}
