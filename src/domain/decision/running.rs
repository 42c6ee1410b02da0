//! Runs of playbooks: started, worked through step by step, ended. What a step
//! allows the playbook says, and the desk asks it; here is what holds for every
//! run.

use super::{Basis, Decision, Refusal, Timer, TimerAt, with_reason, with_text};
use crate::domain::{
    audience::Audience,
    event::{Body, Happened, NewEvent},
    id::RunId,
    incident::{Incident, IncidentState},
    run::{Deed, PinnedPlaybook, Run},
    state::StateCode,
};
use jiff::Timestamp;

/// A State begins to work through a playbook.
pub fn start_run(
    incident: &Incident,
    id: RunId,
    state: StateCode,
    playbook: PinnedPlaybook,
    next: Option<Timestamp>,
) -> Result<Decision, Refusal> {
    if incident.state == IncidentState::Merged {
        return Err(Refusal::HasEnded(incident.state));
    }
    let same = |run: &&Run| run.ended.is_none() && run.state == state && run.playbook.id == playbook.id;
    if let Some(running) = incident.runs.iter().find(same) {
        return Err(Refusal::Running(running.id));
    }
    let mut decision = Decision::nothing_on(incident);
    let body = Body::RunStarted { run: id, state, playbook };
    decision.events.push(of(state, body, None));
    wake(&mut decision, id, next);
    Ok(decision)
}

/// Somebody did something about a step. `next`: when the next step falls due.
pub fn record_step(
    incident: &Incident,
    run: &Run,
    step: &str,
    deed: Deed,
    happened: Option<Happened>,
    next: Option<Timestamp>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    super::check_happened(happened, now)?;
    check_running(run)?;
    let deed = match deed {
        Deed::Skipped { reason } => Deed::Skipped { reason: with_reason(&reason)? },
        Deed::Reopened { reason } => Deed::Reopened { reason: with_reason(&reason)? },
        Deed::Noted { text } => Deed::Noted { text: with_text(&text)? },
        other => other,
    };
    let mut decision = on(incident, run);
    let body = Body::StepRecorded { run: run.id, state: run.state, step: step.to_owned(), deed };
    decision.events.push(of(run.state, body, happened));
    wake(&mut decision, run.id, next);
    Ok(decision)
}

/// The time of these steps has passed.
pub fn remind_of_steps(
    incident: &Incident,
    run: &Run,
    overdue: Vec<(String, Timestamp)>,
    next: Option<Timestamp>,
) -> Decision {
    let mut decision = on(incident, run);
    if run.ended.is_none() {
        for (step, due) in overdue {
            let body = Body::StepOverdue { run: run.id, state: run.state, step, due };
            decision.events.push(of(run.state, body, None));
        }
    }
    wake(&mut decision, run.id, next.filter(|_| run.ended.is_none()));
    decision
}

/// The team is through, or gives up: what is left is left.
pub fn end_run(incident: &Incident, run: &Run, reason: &str) -> Result<Decision, Refusal> {
    check_running(run)?;
    let reason = with_reason(reason)?;
    let mut decision = on(incident, run);
    decision.events.push(of(run.state, Body::RunEnded { run: run.id, state: run.state, reason }, None));
    wake(&mut decision, run.id, None);
    Ok(decision)
}

fn check_running(run: &Run) -> Result<(), Refusal> {
    if run.ended.is_some() { Err(Refusal::RunHasEnded) } else { Ok(()) }
}

fn on(incident: &Incident, run: &Run) -> Decision {
    Decision { basis: Basis::Run(run.id, run.version), ..Decision::nothing_on(incident) }
}

/// An event of a State's own, and the instance's.
fn of(state: StateCode, body: Body, happened: Option<Happened>) -> NewEvent {
    super::answering::said(Audience::of([state].into_iter().collect()), body, happened)
}

fn wake(decision: &mut Decision, run: RunId, next: Option<Timestamp>) {
    let timer = Timer::Run { run };
    match next {
        Some(due) => decision.timers.push(TimerAt { timer, due }),
        None => decision.cleared.push(timer),
    }
}
