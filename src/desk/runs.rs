//! Teams work through playbooks: each run follows the text it was pinned to,
//! and the engine says what a step allows.

use super::{Asked, Committed, Desk, DeskError};
use crate::{
    domain::{
        account::{Action, Viewer, can},
        decision::{self, Refusal},
        id::{AccountId, IncidentId, RunId},
        incident::Incident,
        run::{Deed, DeedRecord, PinnedPlaybook, Run},
        state::StateCode,
    },
    playbook::{Playbook, StepKind, StepState, StepView, run::steps_of},
};
use jiff::Timestamp;

impl Desk {
    /// A State begins to work through a playbook of the library, as it is now.
    pub fn start_run(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        state: StateCode,
        playbook: &str,
    ) -> Result<Committed, DeskError> {
        let now = self.now();
        let id = RunId(self.entropy.id(now));
        self.decide_on(asked, incident, |incident| {
            can(asked.by, Action::FollowPlaybook, Some(state))?;
            if !incident.states.contains(state) {
                return Err(DeskError::NotFound);
            }
            let book = self.library.get(playbook).ok_or(DeskError::NoSuchPlaybook)?;
            let pinned = PinnedPlaybook {
                id: playbook.to_owned(),
                version: book.version,
                hash: book.hash.clone(),
                title: book.title.in_language(crate::playbook::Language::En).to_owned(),
            };
            let texts = vec![(book.hash.clone(), book.text().to_owned())];
            let begun = begun(id, state, pinned.clone(), now);
            let steps = steps_of(&begun, book, incident, self.assessment_of(incident).ok().as_ref(), now);
            let decision = decision::start_run(incident, id, state, pinned, next_due(&begun, &steps))?;
            Ok((decision, texts))
        })
    }

    /// Somebody did something about a step.
    pub fn record_step(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        run: RunId,
        step: &str,
        deed: &Deed,
    ) -> Result<Committed, DeskError> {
        self.decide_on(asked, incident, |incident| {
            let run = own_run(asked.by, incident, run)?;
            let now = self.now();
            let book = self.text_of(run)?;
            let assessment = self.assessment_of(incident).ok();
            let steps = steps_of(run, &book, incident, assessment.as_ref(), now);
            let view = steps.iter().find(|view| view.code == step);
            let view = view.ok_or_else(|| Refusal::NoSuchStep(step.to_owned()))?;
            check_deed(view, deed)?;
            if matches!(deed, Deed::SignedOff { .. }) {
                for doer in doers(run, step) {
                    self.check_second(doer, asked.by)?;
                }
            }
            let mut after = run.clone();
            let at = asked.happened.map_or(now, |happened| happened.occurred);
            let record = DeedRecord { deed: deed.clone(), at, proof: incident.head, by: asked.by.account() };
            after.record(step, record);
            let next = next_due(&after, &steps_of(&after, &book, incident, assessment.as_ref(), now));
            let decision =
                decision::record_step(incident, run, step, deed.clone(), asked.happened, next, now)?;
            Ok((decision, Vec::new()))
        })
    }

    /// A run ends.
    pub fn end_run(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        run: RunId,
        reason: &str,
    ) -> Result<Committed, DeskError> {
        self.decide_on(asked, incident, |incident| {
            let run = own_run(asked.by, incident, run)?;
            Ok((decision::end_run(incident, run, reason)?, Vec::new()))
        })
    }

    /// The time of a step may have passed: that is said once, and the timer set
    /// for the next.
    pub(super) fn settle_run(
        &self,
        incident: IncidentId,
        run: RunId,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let incident = self.store.incident(&Viewer::House, incident)?.ok_or(DeskError::NotFound)?;
        let run = incident.runs.iter().find(|known| known.id == run).ok_or(DeskError::NotFound)?;
        let book = self.text_of(run)?;
        let steps = steps_of(run, &book, &incident, self.assessment_of(&incident).ok().as_ref(), now);
        let waits = |view: &&StepView| !view.state.is_finished() && !run.overdue.contains(&view.code);
        let overdue: Vec<(String, Timestamp)> = steps
            .iter()
            .filter(waits)
            .filter_map(|view| Some((view.code.clone(), view.due.filter(|due| *due <= now)?)))
            .collect();
        let mut after = run.clone();
        after.overdue.extend(overdue.iter().map(|(step, _)| step.clone()));
        let decision = decision::remind_of_steps(&incident, run, overdue, next_due(&after, &steps));
        self.commit(&Viewer::House, now, decision, Vec::new(), None).map(|_| ())
    }

    /// The playbook a run follows, from the text it was pinned to.
    fn text_of(&self, run: &Run) -> Result<Playbook, DeskError> {
        let text = self.store.playbook_text(&Viewer::House, &run.playbook.hash)?;
        let text = text.ok_or_else(|| corrupt(&run.playbook))?;
        Playbook::read(&run.playbook.id, &text).map_err(|_| corrupt(&run.playbook))
    }
}

fn corrupt(playbook: &PinnedPlaybook) -> DeskError {
    let what = format!("the text {} of the playbook {} cannot be read", playbook.hash, playbook.id);
    crate::store::StoreError::Corrupt(what).into()
}

fn begun(id: RunId, state: StateCode, playbook: PinnedPlaybook, started: Timestamp) -> Run {
    Run {
        id,
        version: 0,
        state,
        playbook,
        started,
        by: None,
        deeds: std::collections::BTreeMap::new(),
        overdue: std::collections::BTreeSet::new(),
        ended: None,
    }
}

/// A run that the viewer may work on. What belongs to another State is not there.
fn own_run<'i>(viewer: &Viewer, incident: &'i Incident, run: RunId) -> Result<&'i Run, DeskError> {
    let run = incident.runs.iter().find(|known| known.id == run).ok_or(DeskError::NotFound)?;
    if viewer.state().is_some_and(|state| state != run.state) {
        return Err(DeskError::NotFound);
    }
    can(viewer, Action::FollowPlaybook, Some(run.state))?;
    Ok(run)
}

/// When the next step falls due of which nothing has been said yet.
fn next_due(run: &Run, steps: &[StepView]) -> Option<Timestamp> {
    let waits = |view: &&StepView| !view.state.is_finished() && !run.overdue.contains(&view.code);
    steps.iter().filter(waits).filter_map(|view| view.due).min()
}

/// Who has done a step, and who has agreed since.
fn doers(run: &Run, step: &str) -> Vec<Option<AccountId>> {
    let mut doers = Vec::new();
    for record in run.deeds.get(step).into_iter().flatten() {
        match record.deed {
            Deed::Done { .. } | Deed::Round { .. } | Deed::SignedOff { .. } => doers.push(record.by),
            Deed::Reopened { .. } => doers.clear(),
            _ => {}
        }
    }
    doers
}

/// Whether a step allows a deed, as it stands.
fn check_deed(view: &StepView, deed: &Deed) -> Result<(), Refusal> {
    let ended = match &view.state {
        StepState::Done => Some("done"),
        StepState::Skipped { .. } => Some("left out"),
        StepState::AwaitingSignoff { .. } => Some("done, and awaits a sign-off"),
        _ => None,
    };
    match deed {
        Deed::Noted { .. } => Ok(()),
        Deed::Reopened { .. } if ended.is_some() => Ok(()),
        Deed::Reopened { .. } => {
            Err(Refusal::WrongDeed("only a step that was done or left out can be reopened"))
        }
        Deed::SignedOff { .. } if matches!(view.state, StepState::AwaitingSignoff { .. }) => Ok(()),
        Deed::SignedOff { .. } => Err(Refusal::WrongDeed("nothing of this step awaits a sign-off")),
        _ if ended.is_some() => Err(Refusal::StepEnded(ended.unwrap_or_default())),
        Deed::Skipped { .. } => Ok(()),
        Deed::Round { answers, .. } if view.kind == StepKind::Repeat => {
            check_open(view, None)?;
            check_answers(view, answers)
        }
        Deed::Round { .. } => {
            Err(Refusal::WrongDeed("only a step that is repeated has rounds; say that it is done"))
        }
        Deed::Done { .. } if view.kind == StepKind::Repeat => {
            Err(Refusal::WrongDeed("this step is repeated: record a round; it ends by its own rule"))
        }
        Deed::Done { .. } if view.kind == StepKind::Together => {
            Err(Refusal::WrongDeed("these steps are done one by one; together they end by themselves"))
        }
        Deed::Done { answers, deviation, .. } => {
            check_open(view, deviation.as_deref())?;
            check_answers(view, answers)
        }
    }
}

fn check_open(view: &StepView, deviation: Option<&str>) -> Result<(), Refusal> {
    let why = match &view.state {
        StepState::Blocked { by } => format!("first comes {}", by.join(", ")),
        StepState::Hidden { condition } => format!("the step does not apply, unless {condition}"),
        _ => return Ok(()),
    };
    if deviation.is_some_and(|reason| !reason.trim().is_empty()) {
        return Ok(());
    }
    Err(Refusal::StepNotOpen(why))
}

fn check_answers(
    view: &StepView,
    answers: &std::collections::BTreeMap<String, String>,
) -> Result<(), Refusal> {
    for fact in answers.keys() {
        if !view.records.contains(fact) {
            let known = view.records.join(", ");
            let known = if known.is_empty() { "nothing".to_owned() } else { known };
            return Err(Refusal::WrongAnswer(format!("this step does not find out “{fact}”, but {known}")));
        }
    }
    if view.kind != StepKind::Decide {
        return Ok(());
    }
    let answer = view.records.first().and_then(|fact| answers.get(fact));
    match answer {
        Some(answer) if view.answers.contains(answer) => Ok(()),
        _ => {
            let fact = view.records.first().cloned().unwrap_or_default();
            let known = view.answers.join(", ");
            Err(Refusal::WrongAnswer(format!("answer “{fact}” with one of: {known}")))
        }
    }
}
