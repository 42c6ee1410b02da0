//! Links in mails: each is good for showing one message, as it was sent to one
//! contact point, and for acknowledging it. Whoever holds it has no account.

use super::{Asked, Committed, Desk, DeskError};
use crate::domain::{
    account::Viewer,
    decision::{self, Decision, Refusal},
    delivery::{Message, MessageState},
    id::MessageId,
    incident::Mode,
};
use jiff::Timestamp;

/// A message as its link shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedLetter {
    /// Its bytes, as they were sent.
    pub bytes: Vec<u8>,
    /// What people call the incident.
    pub reference: String,
    /// In which world.
    pub mode: Mode,
    /// What its contact point reads, best first; none when it was erased.
    pub languages: Vec<String>,
    /// Whether a newer message has taken its place.
    pub is_superseded: bool,
    /// Whether an acknowledgement is asked for.
    pub asks: bool,
    /// When its addressee acknowledged.
    pub acknowledged: Option<Timestamp>,
}

impl Desk {
    /// The message a link opens. Nothing changes: programs follow links too.
    pub fn open_link(&self, message: MessageId, seal: &str) -> Result<OpenedLetter, DeskError> {
        let message = self.sealed(message, seal)?;
        let house = Viewer::House;
        let incident = self.store.incident(&house, message.incident)?.ok_or(DeskError::NotFound)?;
        let kept = self.store.message_bytes(&house, message.id)?.ok_or(DeskError::NotFound)?;
        let contacts = self.store.contacts(&house, Some(&message.addressee))?;
        let contact = contacts.into_iter().find(|contact| contact.id == message.contact);
        let duty = incident.duty(&message.addressee);
        let newest = match duty.and_then(|duty| duty.message) {
            Some(newest) => self.store.message(&house, newest)?,
            None => None,
        };
        Ok(OpenedLetter {
            bytes: kept.bytes,
            reference: incident.reference.as_ref().map(ToString::to_string).unwrap_or_default(),
            mode: incident.mode,
            languages: contact.map(|contact| contact.languages).unwrap_or_default(),
            is_superseded: message.state == MessageState::Superseded
                || newest.is_some_and(|newest| newest.created > message.created),
            asks: duty.is_some_and(|duty| duty.notified.is_some()),
            acknowledged: duty.and_then(|duty| duty.acknowledged.as_ref()).map(|step| step.at),
        })
    }

    /// The button behind a link: the message counts as read by a person, and
    /// its addressee has acknowledged. Twice is once.
    pub fn acknowledge_by_link(&self, message: MessageId, seal: &str) -> Result<Committed, DeskError> {
        let message = self.sealed(message, seal)?;
        let asked = Asked::by(&Viewer::House);
        self.decide_on(asked, message.incident, |incident| {
            let message = self.message_in(incident, message.id, None)?;
            let read = decision::read(incident, &message);
            let acknowledged = decision::acknowledge(incident, &message.addressee, None, None, self.now());
            Ok((together(read, acknowledged)?, Vec::new()))
        })
        .inspect(|_| self.note_who_answers(message.incident, &message.addressee))
    }

    /// The message this seal was made for.
    fn sealed(&self, message: MessageId, seal: &str) -> Result<Message, DeskError> {
        let message = self.store.message(&Viewer::House, message)?.ok_or(DeskError::NotFound)?;
        let opens = self.settings.keys.opens(seal, message.id, message.contact);
        if opens { Ok(message) } else { Err(DeskError::NotFound) }
    }
}

/// Reading and acknowledging in one commit; to a message that asks for no
/// acknowledgement, reading alone.
fn together(mut read: Decision, acknowledged: Result<Decision, Refusal>) -> Result<Decision, DeskError> {
    match acknowledged {
        Ok(acknowledged) => {
            read.basis = acknowledged.basis;
            read.events.extend(acknowledged.events);
            read.cleared.extend(acknowledged.cleared);
            Ok(read)
        }
        Err(Refusal::NotAnAddressee(_) | Refusal::NotNotified(_)) => Ok(read),
        Err(refusal) => Err(refusal.into()),
    }
}
