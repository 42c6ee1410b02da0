//! A decision in the making, with the incident as it would stand.

use super::{Basis, Decision, Facts, Timer, TimerAt};
use crate::domain::{
    audience::Audience,
    duty::Addressee,
    event::{Body, ChosenPlaybook, Event, Happened, NewEvent},
    id::{IncidentId, Seq},
    incident::{Incident, Mode},
    state::StateSet,
};
use jiff::Timestamp;

/// A decision in the making. Telling an event follows it at once, so that what
/// comes after is decided on the incident as it would stand.
pub struct Draft<'a> {
    /// The incident as what was decided so far leaves it.
    pub incident: Incident,
    /// What was decided so far.
    pub decision: Decision,
    /// What the desk knows.
    pub facts: &'a Facts<'a>,
}

impl<'a> Draft<'a> {
    /// Nothing decided yet, on an incident as it stands.
    pub fn on(incident: &Incident, facts: &'a Facts<'a>) -> Self {
        Self { incident: incident.clone(), decision: Decision::nothing_on(incident), facts }
    }

    /// Nothing decided yet, for an incident that is to be opened.
    pub fn new(id: IncidentId, mode: Mode, facts: &'a Facts<'a>) -> Self {
        Self::on(&Incident::before(&event(id, mode, facts.now, Body::VerificationOverdue)), facts)
    }

    /// Something happens now.
    pub fn tell(&mut self, audience: Audience, body: Body) {
        self.follow(&body);
        self.decision.events.push(NewEvent {
            audience,
            occurred: None,
            known: None,
            out_of_band: false,
            body,
        });
    }

    /// Something happens, at the times it is said to have happened.
    pub fn tell_as_said(&mut self, audience: Audience, body: Body, happened: Option<Happened>) {
        self.tell(audience, body);
        if let (Some(event), Some(Happened { occurred, known })) = (self.decision.events.last_mut(), happened)
        {
            event.occurred = Some(occurred);
            event.known = Some(known.unwrap_or(occurred));
            event.out_of_band = true;
        }
    }

    fn follow(&mut self, body: &Body) {
        let event = event(self.incident.id, self.incident.mode, self.facts.now, body.clone());
        self.incident.apply(&event);
    }

    /// Something has to happen later.
    pub fn set(&mut self, timer: Timer, due: Timestamp) {
        self.decision.timers.push(TimerAt { timer, due });
    }

    /// Something need not happen any more.
    pub fn clear(&mut self, timer: Timer) {
        self.decision.timers.retain(|at| at.timer != timer);
        self.decision.cleared.push(timer);
    }

    /// Playbooks for these States.
    pub fn choose(&mut self, role: &str, playbooks: Vec<ChosenPlaybook>, states: StateSet) {
        if !playbooks.is_empty() {
            let body = Body::PlaybookChosen { audience_role: role.to_owned(), playbooks };
            self.tell(Audience::of(states), body);
        }
    }

    /// The addressee's State and the State of release.
    pub fn between(&self, addressee: &Addressee) -> Audience {
        Audience::of(addressee.state().into_iter().chain(self.incident.state_of_release).collect())
    }

    /// The State of release.
    pub fn home(&self) -> Audience {
        Audience::of(self.incident.state_of_release.into_iter().collect())
    }

    /// The State of release, and who reported: it hears where the case stands,
    /// and of facts only what it said itself.
    pub fn home_and_reporter(&self) -> Audience {
        Audience { reporter: self.incident.report.and_then(|report| report.reporter), ..self.home() }
    }

    /// Everybody who takes part: the State of release, every State told, and
    /// who reported.
    pub fn everybody(&self) -> Audience {
        Audience { states: self.incident.states, ..self.home_and_reporter() }
    }
}

impl Decision {
    /// A decision on an incident as it stands, with nothing in it yet.
    pub fn nothing_on(incident: &Incident) -> Self {
        Self {
            incident: incident.id,
            mode: incident.mode,
            basis: Basis::Incident(incident.version),
            events: Vec::new(),
            messages: Vec::new(),
            timers: Vec::new(),
            cleared: Vec::new(),
        }
    }
}

/// An event as it would stand in the log, but for its place there.
fn event(incident: IncidentId, mode: Mode, now: Timestamp, body: Body) -> Event {
    Event {
        seq: Seq(0),
        incident,
        mode,
        actor: None,
        occurred: now,
        known: now,
        recorded: now,
        out_of_band: false,
        erased: Vec::new(),
        body,
    }
}
