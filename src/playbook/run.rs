//! What a run on record comes to: its entries as progress, the incident as
//! facts and clocks, and so where each of its steps stands.

use super::{
    choose::{Audience, Facts},
    engine::open_steps,
    model::Playbook,
    progress::{Clocks, Progress},
    view::StepView,
};
use crate::domain::{
    assessment::Assessment,
    duty::{Duty, Step},
    incident::{Incident, IncidentType},
    run::{Circumstances, Run},
    state::StateCode,
};
use jiff::Timestamp;

/// Where each step of a run stands at `now`.
pub fn steps_of(
    run: &Run,
    playbook: &Playbook,
    incident: &Incident,
    assessment: Option<&Assessment>,
    now: Timestamp,
) -> Vec<StepView> {
    let facts = facts_of(run, incident, assessment);
    open_steps(playbook, &facts, &Progress::of(&run.entries), &clocks(incident, run), now)
}

/// What the conditions of a run may ask: how the incident stands now, and what
/// was known of the occurrence when the run began.
pub fn facts_of(run: &Run, incident: &Incident, assessment: Option<&Assessment>) -> Facts {
    let audience = audience_of(incident, run.state);
    facts(incident.incident_type, &incident.group, assessment, &run.circumstances, audience)
}

/// For whom a playbook is that `state` works through; the instance without one.
pub fn audience_of(incident: &Incident, state: Option<StateCode>) -> Audience {
    match state {
        None => Audience::Desk,
        Some(state) if incident.state_of_release == Some(state) => Audience::StateOfRelease,
        Some(_) => Audience::AffectedState,
    }
}

/// What playbooks may ask of an occurrence.
pub fn facts(
    incident: IncidentType,
    group: &str,
    assessment: Option<&Assessment>,
    circumstances: &Circumstances,
    audience: Audience,
) -> Facts {
    let reaches = || assessment.into_iter().flat_map(|found| &found.reaches);
    Facts {
        incident: Some(incident.as_str().to_owned()),
        class: circumstances.class.clone(),
        group: Some(group.to_owned()).filter(|group| group != "unknown"),
        kind: circumstances.kind.clone(),
        pathways: circumstances.pathways.clone(),
        environment: circumstances.environment.clone(),
        audience: Some(audience),
        p95_m: reaches().map(|reach| reach.p95_m.get()).reduce(f64::max),
        max_m: assessment.map(|found| found.horizon_m.get()),
        ..Facts::default()
    }
}

/// The clocks a run may count from.
pub const CLOCKS: [&str; 7] =
    ["released", "known", "opened", "started", "notified", "received", "acknowledged"];

/// The clocks that have started: when it was released (for want of that, since
/// when it is known), since when the State of release has known (for want of
/// that, since the report), when the run began, and since when the State of the
/// run has been told; in the State of release and at the instance, since when
/// the first State has.
pub fn clocks(incident: &Incident, run: &Run) -> Clocks {
    let own: Vec<&Duty> = match audience_of(incident, run.state) {
        Audience::AffectedState => {
            incident.duties.iter().filter(|duty| duty.addressee.state() == run.state).collect()
        }
        Audience::StateOfRelease | Audience::Desk => incident.duties.iter().collect(),
    };
    let first =
        |step: fn(&Duty) -> Option<Step>| own.iter().filter_map(|duty| step(duty)).map(|s| s.at).min();
    // What was known long before the report cannot be worked off before it:
    // due times are counted from the report.
    let known = incident.aware.map_or(incident.opened, |aware| aware.max(incident.opened));
    let started = [
        ("released", run.circumstances.released.or(Some(known))),
        ("known", Some(known)),
        ("opened", Some(incident.opened)),
        ("started", Some(run.started)),
        ("notified", first(|duty| duty.notified)),
        ("received", first(|duty| duty.delivered.or(duty.notified))),
        ("acknowledged", first(|duty| duty.acknowledged)),
    ];
    Clocks(started.into_iter().filter_map(|(code, at)| Some((code.to_owned(), at?))).collect())
}
