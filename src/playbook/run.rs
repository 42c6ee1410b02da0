//! What a run on record comes to: its deeds as progress, the incident as facts
//! and clocks, and so where each of its steps stands.

use super::{
    choose::Facts,
    engine::{Clocks, Outcome, Progress, open_steps},
    model::Playbook,
    view::StepView,
};
use crate::domain::{
    assessment::Assessment,
    incident::Incident,
    run::{Deed, DeedRecord, Run},
    state::StateCode,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Where each step of a run stands at `now`.
pub fn steps_of(
    run: &Run,
    playbook: &Playbook,
    incident: &Incident,
    assessment: Option<&Assessment>,
    now: Timestamp,
) -> Vec<StepView> {
    let clocks = clocks(incident, Some(run.state));
    open_steps(playbook, &facts(incident, assessment), &progress(run), &clocks, now)
}

/// What was done so far. What was reopened is not done, and what it had found
/// out is not known any more.
pub fn progress(run: &Run) -> Progress {
    let mut progress = Progress::default();
    for (step, deeds) in &run.deeds {
        for deed in deeds {
            follow(&mut progress, step, deed);
        }
    }
    progress
}

fn follow(progress: &mut Progress, step: &str, DeedRecord { deed, at, by, .. }: &DeedRecord) {
    let who = by.map(|by| by.to_string()).unwrap_or_default();
    let pairs = |answers: &BTreeMap<String, String>| -> Vec<(String, String)> {
        answers.iter().map(|(fact, value)| (fact.clone(), value.clone())).collect()
    };
    let record = progress.0.entry(step.to_owned()).or_default();
    match deed {
        Deed::Done { answers, .. } => {
            record.outcome = Some(Outcome::Done { at: *at, by: who });
            record.answers.extend(pairs(answers));
        }
        Deed::Round { answers, .. } => {
            record.rounds.push(*at);
            record.answers.extend(pairs(answers));
        }
        Deed::Skipped { reason } => {
            record.outcome = Some(Outcome::Skipped { at: *at, by: who, reason: reason.clone() });
        }
        Deed::SignedOff { .. } => record.signoffs.push(who),
        Deed::Reopened { .. } => *record = super::engine::StepRecord::default(),
        Deed::Noted { .. } => {}
    }
}

/// What conditions may ask of an incident.
pub fn facts(incident: &Incident, assessment: Option<&Assessment>) -> Facts {
    let reaches = || assessment.into_iter().flat_map(|found| &found.reaches);
    Facts {
        incident: Some("unintentional".to_owned()),
        group: Some(incident.group.clone()),
        p95_m: reaches().map(|reach| reach.p95_m.get()).reduce(f64::max),
        max_m: reaches().map(|reach| reach.max_m.get()).reduce(f64::max),
        ..Facts::default()
    }
}

/// The clocks that have started: since when the State of release has known
/// (for want of that, since the report), and since when `state` has been told.
pub fn clocks(incident: &Incident, state: Option<StateCode>) -> Clocks {
    let own = incident.duties.iter().find(|duty| duty.addressee.state() == state);
    // What was known long before the report cannot be worked off before it:
    // due times are counted from the report.
    let known = incident.aware.map_or(incident.opened, |aware| aware.max(incident.opened));
    let started = [
        ("known", Some(known)),
        ("opened", Some(incident.opened)),
        ("notified", own.and_then(|duty| duty.notified).map(|step| step.at)),
        ("received", own.and_then(|duty| duty.delivered.or(duty.notified)).map(|step| step.at)),
        ("acknowledged", own.and_then(|duty| duty.acknowledged).map(|step| step.at)),
    ];
    Clocks(started.into_iter().filter_map(|(code, at)| Some((code.to_owned(), at?))).collect())
}
