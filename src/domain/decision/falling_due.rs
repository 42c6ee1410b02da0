//! What follows when a timer is due, and from attempts to send a message:
//! decided on the incident as it stands today, not as it stood when the timer
//! was set.

use super::{
    Basis, Case, Decision, Draft, Facts, Timer,
    telling::{self, Manner},
    to_be_told,
};
use crate::domain::{
    audience::Audience,
    contact::{ContactKind, follow_chain},
    delivery::{Message, MessageState, Outcome, SUPERSEDED, next_attempt},
    duty::Addressee,
    event::{Body, NewEvent, Rung},
    id::ContactId,
    incident::{Incident, IncidentState},
    notice::{Notice, NoticeKind},
};
use jiff::Timestamp;

/// What an addressee was told so far.
#[derive(Default)]
pub struct Told {
    /// The contact points passed through, in order.
    pub tried: Vec<ContactId>,
    /// The contact point told last, and what it is for.
    pub last: Option<(ContactId, ContactKind)>,
    /// The notice it was sent.
    pub notice: Option<Notice>,
    /// Its messages as they stand.
    pub messages: Vec<Message>,
}

/// A timer is due.
pub fn fall_due(
    incident: &Incident,
    timer: &Timer,
    told: &Told,
    case: Option<&Case<'_>>,
    facts: &Facts<'_>,
) -> Decision {
    let mut draft = Draft::on(incident, facts);
    draft.clear(timer.clone());
    if incident.state.has_ended() {
        return draft.decision;
    }
    match timer {
        Timer::Verification if incident.state == IncidentState::UnderVerification => {
            if let Some(case) = case {
                draft.nobody_has_verified(case);
            }
        }
        Timer::Approval { number } => {
            if let Some(case) = case {
                // Nobody has decided: what a second person was to stop goes out.
                let _ = draft.settle_proposal(*number, false, "not decided in time", case);
            }
        }
        Timer::Arrival { addressee } => {
            if let Some(case) = case {
                draft.arrival_possible(addressee, case);
            }
        }
        Timer::Acknowledgement { addressee } => draft.climb(addressee, told, case),
        // What layers that changed come to, the map says: see `reassessment`; the
        // other half of a merger is decided on the other incident: see `merging`.
        Timer::Verification | Timer::Reassessment | Timer::Merging { .. } | Timer::Run { .. } => {}
    }
    draft.decision
}

impl Draft<'_> {
    /// The clock of verification has run out: first the instance's duty officer
    /// is told; when nobody decides for another period, States in reach get an
    /// advisory that says it is unverified.
    fn nobody_has_verified(&mut self, case: &Case<'_>) {
        let overdue_before = self.incident.overdue;
        let again = self.facts.now + self.facts.policy.verify_within;
        if !overdue_before {
            self.tell(self.home_and_reporter(), Body::VerificationOverdue);
            self.escalate(None, Notice::from_report(NoticeKind::Verification, case.report));
            self.set(Timer::Verification, again);
            return;
        }
        let states: Vec<Addressee> = to_be_told(case.assessment, self.incident.state_of_release, self.facts)
            .into_iter()
            .map(Addressee::State)
            .filter(|addressee| self.incident.duty(addressee).is_none())
            .collect();
        for addressee in states {
            let notice = telling::notice(NoticeKind::Advisory, &self.incident, case, &addressee);
            self.issue(addressee, notice, &Manner::INFORM);
        }
    }

    fn arrival_possible(&mut self, addressee: &Addressee, case: &Case<'_>) {
        self.tell(self.between(addressee), Body::ArrivalPossible { addressee: addressee.clone() });
        let mut notice = telling::notice(NoticeKind::FollowUp, &self.incident, case, addressee);
        notice.changes = vec![crate::domain::notice::Change {
            field: "/arrival".to_owned(),
            before: None,
            after: Some("possible".to_owned()),
        }];
        self.issue(addressee.clone(), notice, &Manner::INFORM);
    }

    /// No acknowledgement has come: the next rung. A reminder to the same contact
    /// point, unless no message got through to it; the next contact point; when
    /// the chain is at its end the instance's duty officer, then an alarm. After
    /// that only a contact point that is new is told.
    fn climb(&mut self, addressee: &Addressee, told: &Told, case: Option<&Case<'_>>) {
        let Some(duty) = self.incident.duty(addressee).cloned() else { return };
        if duty.acknowledged.is_some() {
            return;
        }
        let again = self.facts.now + self.facts.policy.acknowledge_within(self.incident.significance.value);
        let timer = Timer::Acknowledgement { addressee: addressee.clone() };
        let first = case.map(|case| telling::notice(NoticeKind::Initial, &self.incident, case, addressee));
        let Some(notice) = told.notice.clone().or(first) else { return };
        let lost = duty.current().all(|id| {
            told.messages.iter().any(|message| message.id == id && message.state == MessageState::Failed)
        });
        if let Some((contact, _)) = told.last
            && duty.rung == Rung::First
            && !duty.unreachable
            && !lost
            && self.can_be_told(addressee, &[], Some(contact))
        {
            let manner = Manner { rung: Rung::Reminder, to_answer: true, past: &[], only: Some(contact) };
            self.issue(addressee.clone(), notice, &manner);
            return;
        }
        if self.can_be_told(addressee, &told.tried, None) {
            let rung = match told.last {
                None => Rung::First,
                Some((_, kind)) if self.next_kind(addressee, &told.tried) == Some(kind) => Rung::NextContact,
                Some(_) => Rung::NextKind,
            };
            let manner = Manner { rung, to_answer: true, past: &told.tried, only: None };
            self.issue(addressee.clone(), notice, &manner);
            return;
        }
        self.set(timer, again);
        if !duty.escalated && !duty.silent {
            let reached = self.escalate(Some(addressee.clone()), notice);
            if reached {
                return;
            }
        }
        if !duty.silent && !duty.unreachable {
            self.tell(self.between(addressee), Body::AddresseeSilent { addressee: addressee.clone() });
        }
    }

    fn left<'c>(
        &'c self,
        past: &'c [ContactId],
        only: Option<ContactId>,
    ) -> impl Iterator<Item = &'c crate::domain::contact::ContactPoint> {
        self.facts
            .contacts
            .iter()
            .filter(move |c| !past.contains(&c.id) && only.is_none_or(|only| only == c.id))
    }

    fn can_be_told(&self, addressee: &Addressee, past: &[ContactId], only: Option<ContactId>) -> bool {
        self.left(past, only)
            .any(|c| c.addressee == *addressee && c.usable(self.facts.served).next().is_some())
    }

    fn next_kind(&self, addressee: &Addressee, past: &[ContactId]) -> Option<ContactKind> {
        let left: Vec<_> = self.left(past, None).cloned().collect();
        follow_chain(&left, addressee, self.facts.served, self.facts.now).last().map(|hop| hop.kind)
    }
}

/// An attempt to send `message` begins, if it is still to be sent.
pub fn begin_attempt(incident: &Incident, message: &Message) -> Option<Decision> {
    let waits = message.state.is_waiting() || message.state == MessageState::Sending;
    waits.then(|| {
        let attempt = message.attempts + 1;
        on_message(incident, message, |addressee, message| Body::MessageSending {
            addressee,
            message,
            attempt,
        })
    })
}

/// What came of an attempt. When no channel of the contact point works any
/// more, nobody waits for an answer that cannot come: the next rung is due now.
pub fn settle_attempt(
    incident: &Incident,
    message: &Message,
    siblings: &[Message],
    outcome: &Outcome,
    jitter: f64,
    now: Timestamp,
) -> Decision {
    let duty = incident.duty(&message.addressee);
    let superseded = duty.is_some_and(|duty| duty.superseded.contains(&message.id));
    let failed = |detail: &str, retry_at: Option<Timestamp>| {
        let detail = if superseded { SUPERSEDED } else { detail }.to_owned();
        let retry_at = retry_at.filter(|_| !superseded);
        on_message(incident, message, |addressee, message| Body::MessageFailed {
            addressee,
            message,
            detail,
            retry_at,
        })
    };
    let mut decision =
        match outcome {
            Outcome::Sent { detail } => on_message(incident, message, |addressee, message| {
                Body::MessageSent { addressee, message, detail: detail.clone() }
            }),
            Outcome::Delivered { .. } => on_message(incident, message, |addressee, message| {
                Body::MessageDelivered { addressee, message }
            }),
            Outcome::Later { detail, after } => {
                let wait = next_attempt(message.attempts, jitter)
                    .map(|wait| after.map_or(wait, |after| wait.max(after)));
                failed(detail, wait.map(|wait| now + wait))
            }
            Outcome::Never { detail } | Outcome::Gone { detail } => failed(detail, None),
        };
    let lost_for_good =
        decision.events.iter().any(|event| matches!(&event.body, Body::MessageFailed { retry_at: None, .. }));
    if lost_for_good
        && !superseded
        && let Some(duty) = duty.filter(|duty| duty.acknowledge_by.is_some() && duty.acknowledged.is_none())
        && duty.current().all(|id| {
            id == message.id
                || siblings.iter().any(|other| other.id == id && other.state == MessageState::Failed)
        })
    {
        let timer = Timer::Acknowledgement { addressee: message.addressee.clone() };
        decision.timers.push(super::TimerAt { timer, due: now });
    }
    decision
}

fn on_message(
    incident: &Incident,
    message: &Message,
    body: impl FnOnce(Addressee, crate::domain::id::MessageId) -> Body,
) -> Decision {
    let mut decision = Decision::nothing_on(incident);
    decision.basis = Basis::Message(message.id, message.state);
    let addressee = message.addressee.clone();
    // What a State's own team is reminded of is nobody else's.
    let of_a_run = incident.runs.iter().any(|run| run.messages.contains(&message.id));
    let also = incident.state_of_release.filter(|_| !of_a_run);
    let audience = Audience::of(addressee.state().into_iter().chain(also).collect());
    decision.events.push(NewEvent {
        audience,
        occurred: None,
        known: None,
        out_of_band: false,
        body: body(addressee, message.id),
    });
    decision
}
