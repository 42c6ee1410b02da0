//! What addressees say: that a message arrived, that they have read it, that
//! they acknowledge, consult, respond. Each for itself.

use super::{Basis, Decision, Refusal, Timer, check_happened, with_text};
use crate::domain::{
    audience::Audience,
    contact::ChannelKind,
    delivery::{Message, MessageState},
    duty::{Addressee, Duty},
    event::{Body, CallOutcome, Happened, NewEvent},
    incident::{Incident, Likelihood, Significance},
    liability::LiabilityEntry,
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one addressee, or the State of release with it, says beside
/// acknowledging.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Consultation begins (17.4).
    OpenConsultation,
    /// One side says something to the other.
    Say {
        /// What.
        text: String,
    },
    /// Measures are agreed.
    Agree {
        /// Which.
        text: String,
    },
    /// Consultation ends.
    CloseConsultation,
    /// The addressee says what it does about it.
    Respond {
        /// What.
        text: String,
    },
    /// The addressee has assessed the effects itself.
    Assess {
        /// Whether significant adverse effects are likely there.
        value: Likelihood,
        /// On what grounds.
        text: String,
        /// The risk assessment referred to.
        #[serde(default)]
        risk_assessment: Option<String>,
        /// Whether the other States told are not to see it.
        #[serde(default)]
        withheld: bool,
    },
}

impl Answer {
    /// Whether it belongs to a consultation, which both sides take part in.
    pub fn is_consultation(&self) -> bool {
        !matches!(self, Self::Respond { .. } | Self::Assess { .. })
    }
}

fn between(incident: &Incident, addressee: &Addressee) -> Audience {
    Audience::of(addressee.state().into_iter().chain(incident.state_of_release).collect())
}

pub(super) fn said(audience: Audience, body: Body, happened: Option<Happened>) -> NewEvent {
    NewEvent {
        audience,
        occurred: happened.map(|h| h.occurred),
        known: happened.map(|h| h.known.unwrap_or(h.occurred)),
        out_of_band: happened.is_some(),
        body,
    }
}

fn owed<'i>(incident: &'i Incident, addressee: &Addressee) -> Result<&'i Duty, Refusal> {
    incident.duty(addressee).ok_or_else(|| Refusal::NotAnAddressee(addressee.clone()))
}

/// A message has reached its receiver. The second time is the same as the
/// first: nothing more is recorded.
pub fn receive(incident: &Incident, message: &Message) -> Decision {
    let body = Body::MessageDelivered { addressee: message.addressee.clone(), message: message.id };
    progress(incident, message, body, matches!(message.state, MessageState::Delivered | MessageState::Read))
}

/// A person has opened a message.
pub fn read(incident: &Incident, message: &Message) -> Decision {
    let body = Body::MessageRead { addressee: message.addressee.clone(), message: message.id };
    progress(incident, message, body, message.state == MessageState::Read)
}

fn progress(incident: &Incident, message: &Message, body: Body, known: bool) -> Decision {
    let mut decision = Decision::nothing_on(incident);
    decision.basis = Basis::Message(message.id, message.state);
    if !known {
        decision.events.push(said(between(incident, &message.addressee), body, None));
    }
    decision
}

/// An addressee acknowledges receipt, for itself only. The second time is the
/// same as the first. Whoever joins late, or could not be told and has found
/// it here, can acknowledge too.
pub fn acknowledge(
    incident: &Incident,
    addressee: &Addressee,
    note: Option<String>,
    happened: Option<Happened>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    check_happened(happened, now)?;
    let duty = owed(incident, addressee)?;
    if *addressee == Addressee::Bch || !(duty.was_told() || duty.unreachable) {
        return Err(Refusal::NotNotified(addressee.clone()));
    }
    let mut decision = Decision::nothing_on(incident);
    decision.basis = Basis::Duty(addressee.clone(), duty.version);
    if duty.acknowledged.is_none() {
        let body = Body::NoticeAcknowledged { addressee: addressee.clone(), note };
        decision.events.push(said(between(incident, addressee), body, happened));
        decision.cleared.push(Timer::Acknowledgement { addressee: addressee.clone() });
    }
    Ok(decision)
}

/// Follows one of the other answers. `side` is the State that speaks.
pub fn answer(
    incident: &Incident,
    addressee: &Addressee,
    side: StateCode,
    answer: &Answer,
    happened: Option<Happened>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    check_happened(happened, now)?;
    let duty = owed(incident, addressee)?;
    let mut decision = Decision::nothing_on(incident);
    decision.basis = Basis::Duty(addressee.clone(), duty.version);
    let both = between(incident, addressee);
    let of = addressee.clone();
    if answer.is_consultation() {
        let Some(_) = addressee.state() else { return Err(Refusal::NotAState(of)) };
        if incident.state_of_release.is_none() {
            return Err(Refusal::NoStateOfRelease);
        }
        match (matches!(answer, Answer::OpenConsultation), duty.is_consulting()) {
            (true, true) => return Err(Refusal::Consulting(of)),
            (false, false) => return Err(Refusal::NotConsulting(of)),
            _ => {}
        }
    }
    let sealed = Audience { sealed: true, ..both.clone() };
    let (audience, body) = match answer {
        Answer::OpenConsultation => (both, Body::ConsultationOpened { addressee: of }),
        Answer::Say { text } => {
            (sealed, Body::ConsultationSaid { addressee: of, side, text: with_text(text)? })
        }
        Answer::Agree { text } => (sealed, Body::MeasuresAgreed { addressee: of, text: with_text(text)? }),
        Answer::CloseConsultation => (both, Body::ConsultationClosed { addressee: of }),
        Answer::Respond { text } => (both, Body::ResponseRecorded { addressee: of, text: with_text(text)? }),
        Answer::Assess { value, text, risk_assessment, withheld } => {
            let text = with_text(text)?;
            let significance = Significance {
                value: *value,
                reason: Some(text.clone()),
                risk_assessment: risk_assessment.clone(),
            };
            let audience = if *withheld { both } else { Audience::of(incident.states) };
            (audience, Body::StateAssessed { addressee: of, significance, text })
        }
    };
    decision.events.push(said(audience, body, happened));
    Ok(decision)
}

/// A person has called or faxed, and says what came of it.
pub fn record_call(
    incident: &Incident,
    message: &Message,
    outcome: CallOutcome,
    note: Option<String>,
    happened: Option<Happened>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    check_happened(happened, now)?;
    if message.channel != ChannelKind::ByHand {
        return Err(Refusal::NotByHand);
    }
    let mut decision = Decision::nothing_on(incident);
    decision.basis = Basis::Message(message.id, message.state);
    let (addressee, id) = (message.addressee.clone(), message.id);
    let audience = between(incident, &addressee);
    let body = Body::CallRecorded { addressee: addressee.clone(), message: id, outcome, note };
    decision.events.push(said(audience.clone(), body, happened));
    if outcome == CallOutcome::Reached
        && !matches!(message.state, MessageState::Delivered | MessageState::Read)
    {
        let body = Body::MessageDelivered { addressee, message: id };
        decision.events.push(said(audience, body, happened));
    }
    Ok(decision)
}

/// The State of release says under which record it has informed the
/// Clearing-House. A second record of the same incident is refused by nobody:
/// the first one stays the proof.
pub fn inform_clearing_house(
    incident: &Incident,
    record: &str,
    happened: Option<Happened>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    check_happened(happened, now)?;
    let record = record.trim().to_ascii_uppercase();
    if !is_record_id(&record) {
        return Err(Refusal::NotARecord(record));
    }
    owed(incident, &Addressee::Bch)?;
    let mut decision = Decision::nothing_on(incident);
    let audience = between(incident, &Addressee::Bch);
    decision.events.push(said(audience, Body::ClearingHouseInformed { record }, happened));
    Ok(decision)
}

/// `BCH-DEC-CH-123456` or `BCH-DEC-CH-123456-1`, test realms `BCH-TRG-…`: realm, kind,
/// government, number, revision.
fn is_record_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let (["BCH", "TRG" | "DEV", parts @ ..] | ["BCH", parts @ ..]) = &parts[..] else { return false };
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match parts {
        [kind, government, numbers @ ..] => {
            (2..=5).contains(&kind.len())
                && matches!(government.len(), 2 | 4)
                && matches!(numbers.len(), 1 | 2)
                && numbers.iter().all(number)
        }
        _ => false,
    }
}

/// A State records operators, damage, measures or costs (Supplementary
/// Protocol, Art. 5): for itself and the instance.
pub fn record_liability(
    incident: &Incident,
    state: StateCode,
    entry: &LiabilityEntry,
    happened: Option<Happened>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    check_happened(happened, now)?;
    if !incident.states.contains(state) {
        return Err(Refusal::NotAnAddressee(Addressee::State(state)));
    }
    if let LiabilityEntry::Cost { currency, .. } = entry
        && !(currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()))
    {
        return Err(Refusal::NotACurrency);
    }
    let mut decision = Decision::nothing_on(incident);
    let body = Body::LiabilityRecorded { state, entry: entry.clone() };
    decision.events.push(said(Audience::of([state].into_iter().collect()), body, happened));
    Ok(decision)
}

/// Somebody notes something down: for the own State and the instance, or for
/// everybody who takes part.
pub fn note(
    incident: &Incident,
    text: &str,
    own: Option<StateCode>,
    for_everybody: bool,
    happened: Option<Happened>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    check_happened(happened, now)?;
    let states = if for_everybody { incident.states } else { own.into_iter().collect() };
    let mut decision = Decision::nothing_on(incident);
    decision.events.push(said(Audience::of(states), Body::NoteAdded { text: with_text(text)? }, happened));
    Ok(decision)
}
