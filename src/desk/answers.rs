//! What addressees say, and what people say about messages: receipt, reading,
//! acknowledgement, consultation, response, calls.

use super::{Asked, Committed, Desk, DeskError};
use crate::domain::{
    account::{Action, Denial, Viewer, can},
    decision::{self, Answer, Refusal},
    delivery::Message,
    duty::Addressee,
    event::{Body, CallOutcome},
    id::{IncidentId, MessageId},
    incident::Incident,
    liability::LiabilityEntry,
    state::StateCode,
};

impl Desk {
    /// Says that a message to `addressee` has arrived.
    pub fn receive(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        addressee: &Addressee,
        message: MessageId,
    ) -> Result<Committed, DeskError> {
        can(viewer, Action::Receive, addressee.state())?;
        self.decide_on(Asked::by(viewer), incident, |incident| {
            let message = self.message_in(incident, message, Some(addressee))?;
            Ok((decision::receive(incident, &message), Vec::new()))
        })
    }

    /// Says that a person has opened a message.
    pub fn read(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        message: MessageId,
    ) -> Result<Committed, DeskError> {
        self.decide_on(Asked::by(viewer), incident, |incident| {
            let message = self.message_in(incident, message, None)?;
            can(viewer, Action::Receive, message.addressee.state())?;
            Ok((decision::read(incident, &message), Vec::new()))
        })
    }

    /// A message of this incident (to this addressee).
    pub(super) fn message_in(
        &self,
        incident: &Incident,
        id: MessageId,
        to: Option<&Addressee>,
    ) -> Result<Message, DeskError> {
        let message = self.store.message(&Viewer::House, id)?.filter(|m| m.incident == incident.id);
        message.filter(|m| to.is_none_or(|to| *to == m.addressee)).ok_or(Refusal::ForeignMessage.into())
    }

    /// Acknowledges the notice for `addressee`: receipt, not agreement.
    pub fn acknowledge(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        addressee: &Addressee,
        note: Option<&str>,
    ) -> Result<Committed, DeskError> {
        can(asked.by, Action::Acknowledge, addressee.state())?;
        let committed = self.decide_on(asked, incident, |incident| {
            let note = note.map(str::to_owned);
            let decision = decision::acknowledge(incident, addressee, note, asked.happened, self.now())?;
            Ok((decision, Vec::new()))
        })?;
        self.note_who_answers(incident, addressee);
        Ok(committed)
    }

    /// Who answers a test of the line has shown that its contact point works.
    /// That this could not be noted takes nothing back of the answer.
    pub(super) fn note_who_answers(&self, incident: IncidentId, addressee: &Addressee) {
        let confirm = || -> Result<(), DeskError> {
            let Some(incident) = self.store.incident(&Viewer::House, incident)? else { return Ok(()) };
            let duty = incident.duty(addressee).filter(|_| incident.reachability);
            let Some(message) = duty.and_then(|duty| duty.message) else { return Ok(()) };
            let Some(message) = self.store.message(&Viewer::House, message)? else { return Ok(()) };
            let contacts = self.store.contacts(&Viewer::House, Some(addressee))?;
            for mut contact in contacts.into_iter().filter(|contact| contact.id == message.contact) {
                contact.confirmed = Some(self.now());
                self.store.save_contact(&contact)?;
            }
            Ok(())
        };
        if let Err(error) = confirm() {
            tracing::warn!(%error, "that a contact point answers could not be noted");
        }
    }

    /// Records under which id the Clearing-House has been informed.
    pub fn inform_clearing_house(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        record: &str,
    ) -> Result<Committed, DeskError> {
        self.decide_on(asked, incident, |incident| {
            // Whoever may speak for the State of release may say it.
            can(asked.by, Action::Acknowledge, incident.state_of_release)?;
            let decision = decision::inform_clearing_house(incident, record, asked.happened, self.now())?;
            Ok((decision, Vec::new()))
        })
    }

    /// Follows another answer of an addressee. Consulting is a matter of the two
    /// sides; the others speak for the addressee itself.
    pub fn answer(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        addressee: &Addressee,
        answer: &Answer,
    ) -> Result<Committed, DeskError> {
        self.decide_on(asked, incident, |incident| {
            let side = speaker(asked.by, incident, addressee, answer)?;
            let decision = decision::answer(incident, addressee, side, answer, asked.happened, self.now())?;
            Ok((decision, Vec::new()))
        })
    }

    /// Records what a call by a person came to. Whoever sends may say it: the
    /// State of release, or the instance.
    pub fn record_call(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        message: MessageId,
        outcome: CallOutcome,
        note: Option<&str>,
    ) -> Result<Committed, DeskError> {
        self.decide_on(asked, incident, |incident| {
            can(asked.by, Action::Steer, incident.state_of_release)?;
            let message = self.message_in(incident, message, None)?;
            let note = note.map(str::to_owned);
            let decision =
                decision::record_call(incident, &message, outcome, note, asked.happened, self.now())?;
            Ok((decision, Vec::new()))
        })
    }

    /// Records operators, damage, measures or costs for the account's State.
    pub fn record_liability(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        state: StateCode,
        entry: &LiabilityEntry,
    ) -> Result<Committed, DeskError> {
        can(asked.by, Action::Acknowledge, Some(state))?;
        self.decide_on(asked, incident, |incident| {
            let decision = decision::record_liability(incident, state, entry, asked.happened, self.now())?;
            Ok((decision, Vec::new()))
        })
    }

    /// Notes something down, for the own State and the instance, or for
    /// everybody who takes part.
    pub fn note(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        text: &str,
        for_everybody: bool,
    ) -> Result<Committed, DeskError> {
        can(asked.by, Action::Note, None)?;
        self.decide_on(asked, incident, |incident| {
            let own = asked.by.state();
            let takes_part = own.is_none_or(|state| incident.states.contains(state));
            if for_everybody && !takes_part {
                return Err(Denial::OtherState.into());
            }
            let decision = decision::note(incident, text, own, for_everybody, asked.happened, self.now())?;
            Ok((decision, Vec::new()))
        })
    }
}

/// For which State an account speaks when it answers.
fn speaker(
    viewer: &Viewer,
    incident: &Incident,
    addressee: &Addressee,
    answer: &Answer,
) -> Result<StateCode, DeskError> {
    can(viewer, Action::Acknowledge, viewer.state())?;
    let two_sides = [addressee.state(), incident.state_of_release];
    match viewer.state() {
        Some(state) if answer.is_consultation() && two_sides.contains(&Some(state)) => Ok(state),
        Some(state) if !answer.is_consultation() && addressee.state() == Some(state) => Ok(state),
        // The instance may enter what an addressee said by telephone, but takes
        // no part in what two States say to each other.
        None if !answer.is_consultation() => {
            addressee.state().ok_or(Refusal::NotAState(addressee.clone()).into())
        }
        _ => Err(Denial::OtherState.into()),
    }
}

/// The reason given for a merger, as the incident that goes on keeps it.
pub(super) fn reason_of_merger(body: &Body, absorbed: IncidentId) -> Option<String> {
    match body {
        Body::Absorbed { absorbed: found, reason, .. } if *found == absorbed => Some(reason.clone()),
        _ => None,
    }
}
