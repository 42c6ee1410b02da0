//! The desk's side of sending: which messages are due, that an attempt begins,
//! and what came of it. Every step is an event, committed before the next.

use super::{Desk, DeskError};
use crate::{
    alert::courier::{Destination, Outbox, Parcel},
    domain::{
        account::Viewer,
        contact::{Channel, ChannelKind},
        decision,
        delivery::{Message, Outcome},
        id::MessageId,
    },
    store::{self, StoreError},
};

/// What is written about a message to a webhook that said it is gone.
const DISABLED: &str = "the receiver said that it is gone";

/// What is written about a message whose address was erased.
const ERASED: &str = "the address was erased";

impl Outbox for Desk {
    fn due(&self, limit: usize, under_way: &[MessageId]) -> Result<Vec<Parcel>, StoreError> {
        let mut due = Vec::new();
        for parcel in self.store.outbox(self.now(), limit, under_way)? {
            let message = parcel.message.id;
            match self.address(parcel) {
                Some(parcel) => due.push(parcel),
                // Otherwise it would be due for ever.
                None => self.settle(message, &Outcome::never(ERASED))?,
            }
        }
        Ok(due)
    }

    fn begin(&self, message: MessageId) -> Result<bool, StoreError> {
        self.begin_attempt(message).map_err(as_fault)
    }

    fn settle(&self, message: MessageId, outcome: &Outcome) -> Result<(), StoreError> {
        self.settle_attempt(message, outcome).map_err(as_fault)
    }
}

/// The courier knows one kind of trouble: the store's.
fn as_fault(error: DeskError) -> StoreError {
    match error {
        DeskError::Store(error) => error,
        other => StoreError::Corrupt(other.to_string()),
    }
}

impl Desk {
    fn address(&self, parcel: store::Parcel) -> Option<Parcel> {
        let store::Parcel { message, channel, bytes } = parcel;
        let to = match channel? {
            Channel::Email { address } => Destination::Mail { address },
            Channel::Webhook { url, .. } => {
                let secret = self.settings.keys.webhook_secret(message.contact).to_vec();
                Destination::Webhook { url, secret }
            }
            Channel::Live { .. } | Channel::ByHand { .. } => return None,
        };
        Some(Parcel { message: message.id, attempt: message.attempts + 1, to, bytes })
    }

    /// Records that an attempt begins. `false`: it is no longer to be sent.
    fn begin_attempt(&self, message: MessageId) -> Result<bool, DeskError> {
        let Some(message) = self.store.message(&Viewer::House, message)? else { return Ok(false) };
        if message.channel == ChannelKind::Webhook && self.is_disabled(&message)? {
            self.settle_attempt(message.id, &Outcome::never(DISABLED))?;
            return Ok(false);
        }
        let incident = self.store.incident(&Viewer::House, message.incident)?.ok_or(DeskError::NotFound)?;
        let Some(decision) = decision::begin_attempt(&incident, &message) else { return Ok(false) };
        match self.commit(&Viewer::House, self.now(), decision, Vec::new(), None) {
            Ok(_) => Ok(true),
            // Somebody has taken its place, or has answered, just now.
            Err(DeskError::Store(StoreError::Conflict)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Records what came of an attempt. Of a message that is no longer there,
    /// nothing.
    fn settle_attempt(&self, message: MessageId, outcome: &Outcome) -> Result<(), DeskError> {
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

    /// Whether every webhook of the message's contact point has said that it is
    /// gone; one that was put in since is tried.
    fn is_disabled(&self, message: &Message) -> Result<bool, DeskError> {
        let contacts = self.store.contacts(&Viewer::House, Some(&message.addressee))?;
        let channels = contacts.iter().filter(|contact| contact.id == message.contact);
        let mut webhooks = channels
            .flat_map(|contact| &contact.channels)
            .filter_map(|channel| match channel {
                Channel::Webhook { disabled, .. } => Some(*disabled),
                _ => None,
            })
            .peekable();
        Ok(webhooks.peek().is_some() && webhooks.all(|disabled| disabled))
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
