//! Teams work through playbooks: each run follows the text it is pinned to,
//! and the playbook says what may be written down.

use super::{Asked, Committed, Desk, DeskError, corrupt_text};
use crate::{
    domain::{
        account::{Action, Viewer, can},
        assessment::Assessment,
        decision::{self, Overdue},
        id::{AccountId, EvidenceId, IncidentId, RunId},
        incident::Incident,
        run::{Deed, Entry, PinnedPlaybook, Run, StepRung},
        state::StateCode,
    },
    playbook::{
        self, Language, Playbook, Progress, StepState, StepView, adopt, conflicts, difference, permit,
        rests_on,
        run::{facts_of, steps_of},
    },
};
use jiff::Timestamp;

pub use crate::playbook::{Conflict, Refusal as PlaybookRefusal};

/// Why a playbook does not allow something, and where it differs from what
/// somebody else has written down meanwhile.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("{refusal}")]
pub struct StepRefusal {
    /// Why.
    pub refusal: PlaybookRefusal,
    /// Field by field, where a step was finished by somebody else.
    pub conflicts: Vec<Conflict>,
}

impl Desk {
    /// A State, or the instance, begins to work through a playbook of the
    /// library, as it is now.
    pub fn start_run(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        state: Option<StateCode>,
        playbook: &str,
    ) -> Result<Committed, DeskError> {
        let now = self.now();
        let id = RunId(self.entropy.id(now));
        self.decide_on(asked, incident, |incident| {
            can(asked.by, Action::FollowPlaybook, state)?;
            if state.is_some_and(|state| !incident.states.contains(state)) {
                return Err(DeskError::NotFound);
            }
            let edition = self.edition(playbook)?;
            let report = self.report_of(incident)?;
            let class = self.shelf.built_in().identify(&report.organism).class;
            let circumstances = self.circumstances(&report, &incident.group, class);
            let begun = Run::begun(id, state, pinned(&edition), circumstances.clone(), now, None);
            let next = self.next_due(&begun, &edition, incident, now);
            let texts = vec![(edition.hash.clone(), edition.text().to_owned())];
            let decision = decision::start_run(incident, id, state, pinned(&edition), circumstances, next)?;
            Ok((decision, texts))
        })
    }

    /// Somebody did something in a run.
    pub fn record_deed(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        run: RunId,
        deed: &Deed,
    ) -> Result<Committed, DeskError> {
        let fresh = EvidenceId(self.entropy.id(self.now()));
        self.decide_on(asked, incident, |incident| {
            let run = own_run(asked.by, incident, run)?;
            let Some(by) = asked.by.account() else { return Err(DeskError::NotFound) };
            let now = self.now();
            let book = self.text_of(run)?;
            let progress = Progress::of(&run.entries);
            let deed = self.complete(deed.clone(), run, &book, &progress, by, fresh)?;
            let at = asked.happened.map_or(now, |happened| happened.occurred);
            let entry = Entry { at, by, proof: incident.head, deed };
            let facts = facts_of(run, incident, self.assessment_of(incident).ok().as_ref());
            if let Err(refusal) = permit(&book, &facts, &progress, &entry) {
                let conflicts = conflicts(&progress, &entry);
                return Err(DeskError::Step(Box::new(StepRefusal { refusal, conflicts })));
            }
            if let Deed::SignedOff { step, .. } = &entry.deed {
                for other in doers(&progress, step) {
                    self.check_second(Some(other), asked.by)?;
                }
            }
            if let Deed::RoleOffered { to, .. } = entry.deed {
                self.check_colleague(to, run.state)?;
            }
            let mut after = run.clone();
            after.record(entry.clone());
            let next = self.next_due(&after, &book, incident, now);
            let decision = decision::record_deed(incident, run, entry.deed, asked.happened, next, now)?;
            Ok((decision, Vec::new()))
        })
    }

    /// The run follows what of a newer version is picked; `changes` names the
    /// changes, nothing means all of them. `newer` is the hash of the version
    /// that was looked at.
    pub fn adopt_newer(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        run: RunId,
        newer: &str,
        changes: Option<&[String]>,
    ) -> Result<Committed, DeskError> {
        self.decide_on(asked, incident, |incident| {
            let run = own_run(asked.by, incident, run)?;
            let book = self.text_of(run)?;
            let edition = self.edition(&run.playbook.id)?;
            if edition.hash != newer {
                return Err(DeskError::Adoption(Box::new(playbook::AdoptionRefusal::NoSuchChange {
                    changes: vec![newer.to_owned()],
                })));
            }
            let all: Vec<String> =
                difference(&book, &edition).changes.into_iter().map(|change| change.id).collect();
            let picked: Vec<&str> = changes.unwrap_or(&all).iter().map(String::as_str).collect();
            let mixed =
                adopt(&book, &edition, &picked).map_err(|refusal| DeskError::Adoption(Box::new(refusal)))?;
            let picked = picked.into_iter().map(str::to_owned).collect();
            let mut after = run.clone();
            after.playbook = pinned(&mixed);
            let next = self.next_due(&after, &mixed, incident, self.now());
            let texts = vec![(mixed.hash.clone(), mixed.text().to_owned())];
            Ok((decision::adopt_playbook(incident, run, pinned(&mixed), picked, next)?, texts))
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

    /// The time of a step may have passed: that is said to the team, and later
    /// once more and louder; the timer is set for the next.
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
        let patience = self.settings.policy.acknowledge_within(incident.significance.value);
        let mut after = run.clone();
        let mut overdue = Vec::new();
        for view in &steps {
            let Some((rung, at)) = next_word(run, view, patience).filter(|(_, at)| *at <= now) else {
                continue;
            };
            let said = crate::domain::run::Said { rung, at: now };
            after.overdue.insert(view.code.clone(), said);
            let title = view.title.in_language(Language::En).to_owned();
            overdue.push(Overdue { step: view.code.clone(), title, due: view.due.unwrap_or(at), rung });
        }
        let next = steps.iter().filter_map(|view| next_word(&after, view, patience)).map(|(_, at)| at).min();
        let report = self.report_of(&incident).ok();
        let decision = self.with_facts(now, |facts| {
            decision::remind_of_steps(&incident, run, overdue, next, report.as_ref(), facts)
        })?;
        self.commit(&Viewer::House, now, decision, Vec::new(), None).map(|_| ())
    }

    /// When the next word is due about a step of which the time passes.
    fn next_due(
        &self,
        run: &Run,
        playbook: &Playbook,
        incident: &Incident,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let assessment: Option<Assessment> = self.assessment_of(incident).ok();
        let patience = self.settings.policy.acknowledge_within(incident.significance.value);
        let steps = steps_of(run, playbook, incident, assessment.as_ref(), now);
        steps.iter().filter_map(|view| next_word(run, view, patience)).map(|(_, at)| at).min()
    }

    /// The playbook as the library has it now, with the playbooks it runs.
    fn edition(&self, id: &str) -> Result<Playbook, DeskError> {
        let edition = self.library.edition(id).ok_or(DeskError::NoSuchPlaybook)?;
        edition.map_err(|_| DeskError::NoSuchPlaybook)
    }

    /// The playbook a run follows, from the text it is pinned to.
    fn text_of(&self, run: &Run) -> Result<Playbook, DeskError> {
        let text = self.store.playbook_text(&Viewer::House, &run.playbook.hash)?;
        let text = text.ok_or_else(|| corrupt_text(&run.playbook))?;
        Playbook::read(&run.playbook.id, &text).map_err(|_| corrupt_text(&run.playbook))
    }

    /// Fills in what whoever did it need not say.
    fn complete(
        &self,
        deed: Deed,
        run: &Run,
        book: &Playbook,
        progress: &Progress,
        by: AccountId,
        fresh: EvidenceId,
    ) -> Result<Deed, DeskError> {
        Ok(match deed {
            Deed::Undone { step, reason, .. } => {
                let reopened = rests_on(book, progress, &step);
                Deed::Undone { step, reason, reopened }
            }
            Deed::SignedOff { step, role, note } if role.is_empty() => {
                let of = book.step(&step).and_then(|step| step.signoff.as_ref());
                let of = of.map(|rule| rule.value.of.clone()).unwrap_or_default();
                let held = of.iter().find(|role| {
                    progress.roles.get(*role).is_some_and(|role| role.holders.contains_key(&by))
                });
                // Nobody acts for a role that nobody has taken: then any of them fits.
                let free =
                    of.iter().find(|role| progress.roles.get(*role).is_none_or(|r| r.holders.is_empty()));
                let role = held.or(free).or(of.first()).cloned().unwrap_or_default();
                Deed::SignedOff { step, role, note }
            }
            Deed::EvidenceKept(mut kept) => {
                if kept.id == EvidenceId::default() {
                    kept.id = fresh;
                }
                if let Some(file) = &mut kept.file {
                    self.describe_file(run, file)?;
                }
                Deed::EvidenceKept(kept)
            }
            other => other,
        })
    }

    fn check_colleague(&self, account: AccountId, state: Option<StateCode>) -> Result<(), DeskError> {
        let account = self.store.account(&Viewer::House, account)?.ok_or(DeskError::NoSuchColleague)?;
        let viewer = account.viewer();
        let of_state = account.state.is_none_or(|own| Some(own) == state);
        if of_state && can(&viewer, Action::FollowPlaybook, state).is_ok() {
            Ok(())
        } else {
            Err(DeskError::NoSuchColleague)
        }
    }
}

fn pinned(playbook: &Playbook) -> PinnedPlaybook {
    PinnedPlaybook {
        id: playbook.id.clone(),
        version: playbook.version,
        hash: playbook.hash.clone(),
        title: playbook.title.in_language(Language::En).to_owned(),
    }
}

/// A run that the viewer may work on. What belongs to another State is not there.
pub(super) fn own_run<'i>(viewer: &Viewer, incident: &'i Incident, run: RunId) -> Result<&'i Run, DeskError> {
    let run = incident.runs.iter().find(|known| known.id == run).ok_or(DeskError::NotFound)?;
    if viewer.state().is_some_and(|state| Some(state) != run.state) {
        return Err(DeskError::NotFound);
    }
    can(viewer, Action::FollowPlaybook, run.state)?;
    Ok(run)
}

/// What is to be said next of a step whose time passes, and when. What waits
/// for other steps waits: whoever is late is told of those.
fn next_word(run: &Run, view: &StepView, patience: jiff::SignedDuration) -> Option<(StepRung, Timestamp)> {
    let waits = matches!(view.state, StepState::Blocked { .. });
    let due = view.due.filter(|_| !waits && !view.state.is_finished())?;
    match run.overdue.get(&view.code) {
        None => Some((StepRung::Reminder, due)),
        Some(said) if said.rung == StepRung::Reminder => {
            Some((StepRung::Escalated, said.at.checked_add(patience).ok()?))
        }
        Some(_) => None,
    }
}

/// Who has done a step, and who has agreed since.
fn doers(progress: &Progress, step: &str) -> Vec<AccountId> {
    let Some(record) = progress.steps.get(step) else { return Vec::new() };
    let done = match &record.outcome {
        Some(playbook::Outcome::Done { by, .. }) => Some(*by),
        _ => record.rounds.last().map(|round| round.by),
    };
    done.into_iter().chain(record.signoffs.iter().map(|signed| signed.by)).collect()
}
