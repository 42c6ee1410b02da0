//! The desk's side of sending: which messages are due, that an attempt begins,
//! and what came of it. Every step is an event, committed before the next.

use super::{Desk, DeskError};
use crate::domain::{
    account::Viewer,
    contact::Channel,
    decision,
    delivery::{Message, Outcome},
    id::MessageId,
};
use crate::store::{Parcel, StoreError};

impl Desk {
    /// Messages by mail or webhook that are due, the longest due first.
    pub fn outbox(&self, limit: usize) -> Result<Vec<Parcel>, DeskError> {
        Ok(self.store.outbox(self.now(), limit)?)
    }

    /// Records that an attempt begins. `false`: it is no longer to be sent.
    pub fn begin_attempt(&self, message: MessageId) -> Result<bool, DeskError> {
        let Some(message) = self.store.message(&Viewer::House, message)? else { return Ok(false) };
        let incident = self.store.incident(&Viewer::House, message.incident)?.ok_or(DeskError::NotFound)?;
        let Some(decision) = decision::begin_attempt(&incident, &message) else { return Ok(false) };
        match self.commit(&Viewer::House, self.now(), decision, Vec::new(), None) {
            Ok(_) => Ok(true),
            // Somebody has taken its place, or has answered, just now.
            Err(DeskError::Store(StoreError::Conflict)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Records what came of an attempt.
    pub fn settle_attempt(&self, message: MessageId, outcome: &Outcome) -> Result<(), DeskError> {
        loop {
            let Some(message) = self.store.message(&Viewer::House, message)? else { return Ok(()) };
            let incident =
                self.store.incident(&Viewer::House, message.incident)?.ok_or(DeskError::NotFound)?;
            let siblings: Vec<Message> = self.store.messages(&Viewer::House, message.incident)?;
            let jitter = f64::from(self.entropy.bytes()[0]) / 255.0;
            let now = self.now();
            let decision = decision::settle_attempt(&incident, &message, &siblings, outcome, jitter, now);
            match self.commit(&Viewer::House, now, decision, Vec::new(), None) {
                Err(DeskError::Store(StoreError::Conflict)) => {}
                other => {
                    other?;
                    if matches!(outcome, Outcome::Gone { .. }) {
                        self.disable_webhook(&message)?;
                    }
                    return Ok(());
                }
            }
        }
    }

    /// A receiver that said it is gone is not tried again, by any message.
    fn disable_webhook(&self, message: &Message) -> Result<(), DeskError> {
        let contacts = self.store.contacts(&Viewer::House, Some(&message.addressee))?;
        for mut contact in contacts.into_iter().filter(|contact| contact.id == message.contact) {
            for channel in &mut contact.channels {
                if let Channel::Webhook { disabled, .. } = channel {
                    *disabled = true;
                }
            }
            self.store.save_contact(&contact)?;
        }
        Ok(())
    }
}
