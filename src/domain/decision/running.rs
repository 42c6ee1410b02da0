//! Runs of playbooks: started, worked through step by step, ended. What a step
//! allows the playbook says, and the desk asks it; here is what holds for every
//! run.

use super::{
    Basis, Decision, Draft, Facts, Refusal, Timer, TimerAt, telling::Manner, with_reason, with_text,
};
use crate::domain::{
    audience::Audience,
    duty::Addressee,
    event::{Body, Happened, NewEvent, OverdueStep},
    id::RunId,
    incident::{Incident, IncidentState},
    notice::{LateStep, Notice, NoticeKind},
    report::Report,
    run::{Circumstances, Deed, PinnedPlaybook, Run, StepRung},
    state::StateCode,
};
use jiff::Timestamp;

/// A State begins to work through a playbook.
pub fn start_run(
    incident: &Incident,
    id: RunId,
    state: Option<StateCode>,
    playbook: PinnedPlaybook,
    circumstances: Circumstances,
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
    let body = Body::RunStarted { run: id, state, playbook, circumstances };
    decision.events.push(of(state, body, None));
    wake(&mut decision, id, next);
    Ok(decision)
}

/// Somebody did something in a run. `next`: when the next step falls due.
pub fn record_deed(
    incident: &Incident,
    run: &Run,
    deed: Deed,
    happened: Option<Happened>,
    next: Option<Timestamp>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    super::check_happened(happened, now)?;
    check_running(run)?;
    let deed = match deed {
        Deed::Skipped { step, reason } => Deed::Skipped { step, reason: with_reason(&reason)? },
        Deed::Undone { step, reason, reopened } => {
            Deed::Undone { step, reason: with_reason(&reason)?, reopened }
        }
        Deed::EvidenceWithdrawn { step, id, reason } => {
            Deed::EvidenceWithdrawn { step, id, reason: with_reason(&reason)? }
        }
        Deed::Noted { step, text } => Deed::Noted { step, text: with_text(&text)? },
        other => other,
    };
    let mut decision = on(incident, run);
    let body = Body::DeedRecorded { run: run.id, state: run.state, deed };
    decision.events.push(of(run.state, body, happened));
    wake(&mut decision, run.id, next);
    Ok(decision)
}

/// A step whose time has passed.
pub struct Overdue {
    /// Its code.
    pub step: String,
    /// What is to be done, in English.
    pub title: String,
    /// When it was due.
    pub due: Timestamp,
    /// How loudly that is to be said.
    pub rung: StepRung,
}

/// The time of these steps has passed: first the team is reminded on the live
/// feed; when that was of no use the State's contact points are told by their
/// own channels. A case that has ended calls nobody.
pub fn remind_of_steps(
    incident: &Incident,
    run: &Run,
    overdue: Vec<Overdue>,
    next: Option<Timestamp>,
    report: Option<&Report>,
    facts: &Facts<'_>,
) -> Decision {
    let mut draft = Draft::on(incident, facts);
    draft.decision.basis = Basis::Run(run.id, run.version);
    let goes_on = run.ended.is_none() && !incident.state.has_ended();
    let late: Vec<LateStep> = overdue
        .iter()
        .filter(|step| step.rung == StepRung::Escalated)
        .map(|step| LateStep {
            playbook: run.playbook.title.clone(),
            title: step.title.clone(),
            due: step.due,
        })
        .collect();
    // One message for all of them.
    let mut said = false;
    for Overdue { step, due, rung, .. } in overdue.into_iter().filter(|_| goes_on) {
        let mut body = OverdueStep {
            run: run.id,
            state: run.state,
            step,
            due,
            rung,
            hops: Vec::new(),
            message: None,
            also: Vec::new(),
            notice: None,
        };
        if let Some(report) = report.filter(|_| rung == StepRung::Escalated && !said) {
            said = true;
            let notice = Notice {
                incident_type: Some(incident.incident_type),
                state: Some(incident.state),
                steps: late.clone(),
                ..Notice::from_report(NoticeKind::StepOverdue, report)
            };
            let route = draft.route(
                &run.state.map_or(Addressee::Instance, Addressee::State),
                &notice,
                &Manner::INFORM,
                None,
                None,
            );
            (body.hops, body.message, body.also) = route.split();
            body.notice = Some(Box::new(notice));
        }
        draft.tell(Audience::of(run.state.into_iter().collect()), Body::StepOverdue(Box::new(body)));
    }
    let timer = Timer::Run { run: run.id };
    match next.filter(|_| goes_on) {
        Some(due) => draft.set(timer, due),
        None => draft.clear(timer),
    }
    draft.decision
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
fn of(state: Option<StateCode>, body: Body, happened: Option<Happened>) -> NewEvent {
    super::answering::said(Audience::of(state.into_iter().collect()), body, happened)
}

fn wake(decision: &mut Decision, run: RunId, next: Option<Timestamp>) {
    let timer = Timer::Run { run };
    match next {
        Some(due) => decision.timers.push(TimerAt { timer, due }),
        None => decision.cleared.push(timer),
    }
}

/// A run follows another text from now on, which a person has chosen change by
/// change.
pub fn adopt_playbook(
    incident: &Incident,
    run: &Run,
    playbook: PinnedPlaybook,
    changes: Vec<String>,
    next: Option<Timestamp>,
) -> Result<Decision, Refusal> {
    check_running(run)?;
    let mut decision = on(incident, run);
    let from = run.playbook.hash.clone();
    let body = Body::PlaybookAdopted { run: run.id, state: run.state, playbook, from, changes };
    decision.events.push(of(run.state, body, None));
    wake(&mut decision, run.id, next);
    Ok(decision)
}
