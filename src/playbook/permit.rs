//! May this be written down in the run? Asked before, so that
//! [`Progress::apply`] can take everything.

use super::{
    choose::Facts,
    engine::{Plan, Run, doer, found_by},
    model::{Action, FactKind, Playbook},
    progress::{AddedStep, Clocks, Deed, Entry, Outcome, Progress, StepRecord},
    step::EVIDENCE,
    view::StepState,
};
use crate::domain::{
    id::{AccountId, EvidenceId},
    run::KeptEvidence,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Why something may not be written down in a run.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = RunRefusal)]
pub enum Refusal {
    /// The playbook has no such step.
    #[error("there is no step “{step}”")]
    NoSuchStep {
        /// The code asked for.
        step: String,
    },
    /// The playbook has no such role.
    #[error("there is no role “{role}”")]
    NoSuchRole {
        /// The code asked for.
        role: String,
    },
    /// Somebody was faster, or it was done before.
    #[error("it was done by {by} at {at}")]
    AlreadyDone {
        /// By whom.
        by: AccountId,
        /// When.
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
    },
    /// It was left out; undo that first.
    #[error("it was left out: {reason}")]
    AlreadySkipped {
        /// Why.
        reason: String,
    },
    /// Other steps come first; doing it before its turn is a deviation and
    /// needs a reason.
    #[error("other steps come first: {}", by.join(", "))]
    Blocked {
        /// Their codes.
        by: Vec<String>,
    },
    /// Its condition does not hold; doing it all the same is a deviation and
    /// needs a reason.
    #[error("it does not apply: only when {condition}")]
    Hidden {
        /// The condition, as an English sentence.
        condition: String,
    },
    /// A group is done when its members are.
    #[error("it is done when its members are")]
    FinishedByMembers,
    /// A repeated step is done in rounds, and only a repeated step is.
    #[error("only a repeated step is done in rounds, and it only so")]
    RoundsOnly,
    /// What the step finds out was not said.
    #[error("it does not say “{fact}”")]
    AnswerMissing {
        /// The fact.
        fact: String,
    },
    /// The step does not find out this fact.
    #[error("the step does not find out “{fact}”")]
    NotAsked {
        /// The fact.
        fact: String,
    },
    /// The fact cannot have this answer.
    #[error("“{fact}” cannot be “{answer}”")]
    AnswerUnknown {
        /// The fact.
        fact: String,
        /// The answer.
        answer: String,
        /// The answers it may have, if they can be listed.
        allowed: Vec<String>,
    },
    /// It needs a reason.
    #[error("it needs a reason")]
    ReasonMissing,
    /// There is nothing to undo.
    #[error("nothing was done that could be undone")]
    NothingToUndo,
    /// It is not a kind of evidence.
    #[error("“{kind}” is not a kind of evidence")]
    UnknownEvidence {
        /// The kind.
        kind: String,
    },
    /// There is such evidence already, or none that could be withdrawn.
    #[error("there is already, or no longer, evidence “{id}”")]
    EvidenceTwice {
        /// Its id.
        id: EvidenceId,
    },
    /// Nobody writes down whose hands it passes through, or it is not there.
    #[error("there is no evidence “{id}” of which a chain of custody is kept")]
    NoCustody {
        /// Its id.
        id: EvidenceId,
    },
    /// Nobody has to agree to this step.
    #[error("nobody has to agree to this step")]
    NothingToSign,
    /// It is signed off when it is done.
    #[error("it is not done yet")]
    NotDoneYet,
    /// Nobody agrees to their own work.
    #[error("nobody signs off what they did themselves")]
    OwnWork,
    /// Only persons of these roles may agree.
    #[error("only these roles may agree: {}", of.join(", "))]
    WrongRole {
        /// The roles, by code.
        of: Vec<String>,
    },
    /// They agreed before.
    #[error("they have agreed already")]
    AlreadySigned,
    /// The code of an added step is `added/` and a slug nobody has used.
    #[error("“{step}” is not a free code: write “added/” and small letters, digits, “-” or “_”")]
    BadCode {
        /// The code asked for.
        step: String,
    },
    /// A step needs words.
    #[error("a step needs words")]
    NoWords,
    /// Nobody has asked them to act for the role.
    #[error("nobody has offered the role")]
    NotOffered,
    /// They act for the role already, or do not.
    #[error("they do, or do not, act for the role already")]
    NotInRole,
}

/// Whether an entry may be written down in a run of `playbook` as it stands.
/// Asks nothing about accounts and rights.
pub fn permit(playbook: &Playbook, facts: &Facts, progress: &Progress, entry: &Entry) -> Result<(), Refusal> {
    let plan = Plan::of(playbook);
    let clocks = Clocks::default();
    let run = Run::new(&plan, facts, progress, &clocks, entry.at);
    Asked { playbook, progress, run }.entry(entry)
}

struct Asked<'a> {
    playbook: &'a Playbook,
    progress: &'a Progress,
    run: Run<'a>,
}

impl Asked<'_> {
    fn entry(&mut self, entry: &Entry) -> Result<(), Refusal> {
        match &entry.deed {
            Deed::Done { step, answers, deviation, .. } => {
                let index = self.place(step)?;
                self.once(index)?;
                if deviation.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
                    return Err(Refusal::ReasonMissing);
                }
                self.unfinished(step, index)?;
                if deviation.is_none() {
                    self.open(index)?;
                }
                self.answers(index, answers)
            }
            Deed::Round { step, answers, .. } => {
                let index = self.place(step)?;
                let repeated =
                    self.run.step(index).is_some_and(|step| matches!(step.action, Action::Repeat { .. }));
                if !repeated {
                    return Err(Refusal::RoundsOnly);
                }
                // A round done offline before the last one is still welcome.
                let last = self.record(step).and_then(|record| record.rounds.last());
                if last.is_none_or(|last| last.at < entry.at) {
                    self.unfinished(step, index)?;
                    self.open(index)?;
                }
                self.answers(index, answers)
            }
            Deed::Skipped { step, reason } => {
                let index = self.place(step)?;
                given(reason)?;
                self.unfinished(step, index)
            }
            Deed::Undone { step, reason, reopened } => {
                self.place(step)?;
                for other in reopened {
                    self.place(other)?;
                }
                given(reason)?;
                let done = |record: &StepRecord| record.outcome.is_some() || !record.rounds.is_empty();
                if self.record(step).is_some_and(done) { Ok(()) } else { Err(Refusal::NothingToUndo) }
            }
            Deed::Noted { step, text } => {
                self.place(step)?;
                if text.trim().is_empty() { Err(Refusal::NoWords) } else { Ok(()) }
            }
            Deed::EvidenceKept(_) | Deed::EvidenceHandedOver { .. } | Deed::EvidenceWithdrawn { .. } => {
                self.evidence(&entry.deed)
            }
            Deed::SignedOff { step, role, .. } => self.signed_off(step, role, entry.by),
            Deed::StepAdded(step) => self.added(step),
            Deed::RoleOffered { role, to, from } => {
                self.role(role)?;
                let holds = |who: &AccountId| {
                    self.progress.roles.get(role).is_some_and(|role| role.holders.contains_key(who))
                };
                let fits = !holds(to) && from.as_ref().is_none_or(holds);
                if fits { Ok(()) } else { Err(Refusal::NotInRole) }
            }
            Deed::RoleTaken { role } => {
                self.role(role)?;
                let record = self.progress.roles.get(role);
                let offered = record.is_some_and(|role| role.offered.contains_key(&entry.by));
                if offered { Ok(()) } else { Err(Refusal::NotOffered) }
            }
            Deed::RoleLaidDown { role } => {
                self.role(role)?;
                let record = self.progress.roles.get(role);
                let acts = record.is_some_and(|role| {
                    role.holders.contains_key(&entry.by) || role.offered.contains_key(&entry.by)
                });
                if acts { Ok(()) } else { Err(Refusal::NotInRole) }
            }
        }
    }

    /// What may be done with evidence.
    fn evidence(&self, deed: &Deed) -> Result<(), Refusal> {
        match deed {
            Deed::EvidenceKept(KeptEvidence { step, id, kind, .. }) => {
                let index = self.place(step)?;
                if self.run.is_group(index) {
                    return Err(Refusal::FinishedByMembers);
                }
                if !EVIDENCE.contains(&kind.as_str()) {
                    return Err(Refusal::UnknownEvidence { kind: kind.clone() });
                }
                let twice =
                    self.record(step).is_some_and(|r| r.evidence.iter().any(|piece| piece.kept.id == *id));
                if twice { Err(Refusal::EvidenceTwice { id: *id }) } else { Ok(()) }
            }
            Deed::EvidenceHandedOver { step, id, to, .. } => {
                self.place(step)?;
                if to.trim().is_empty() {
                    return Err(Refusal::NoWords);
                }
                let held = |record: &StepRecord| {
                    record.evidence.iter().any(|piece| {
                        piece.kept.id == *id && piece.kept.chain_of_custody && piece.withdrawn.is_none()
                    })
                };
                if self.record(step).is_some_and(held) { Ok(()) } else { Err(Refusal::NoCustody { id: *id }) }
            }
            Deed::EvidenceWithdrawn { step, id, reason } => {
                self.place(step)?;
                given(reason)?;
                let counts = |record: &StepRecord| {
                    record.evidence.iter().any(|piece| piece.kept.id == *id && piece.withdrawn.is_none())
                };
                let there = self.record(step).is_some_and(counts);
                if there { Ok(()) } else { Err(Refusal::EvidenceTwice { id: *id }) }
            }
            _ => Ok(()),
        }
    }

    fn place(&self, step: &str) -> Result<usize, Refusal> {
        self.run.place(step).ok_or_else(|| Refusal::NoSuchStep { step: step.to_owned() })
    }

    fn role(&self, role: &str) -> Result<(), Refusal> {
        let known = self.playbook.roles.iter().any(|known| known.code == role);
        if known { Ok(()) } else { Err(Refusal::NoSuchRole { role: role.to_owned() }) }
    }

    fn record(&self, step: &str) -> Option<&StepRecord> {
        self.progress.steps.get(step)
    }

    /// It is a step that one person does once.
    fn once(&self, index: usize) -> Result<(), Refusal> {
        if self.run.is_group(index) {
            return Err(Refusal::FinishedByMembers);
        }
        match self.run.step(index).map(|step| &step.action) {
            Some(Action::Repeat { .. }) => Err(Refusal::RoundsOnly),
            _ => Ok(()),
        }
    }

    /// Nobody has done it or left it out.
    fn unfinished(&mut self, step: &str, index: usize) -> Result<(), Refusal> {
        match self.record(step).and_then(|record| record.outcome.clone()) {
            Some(Outcome::Done { at, by, .. }) => return Err(Refusal::AlreadyDone { by, at }),
            Some(Outcome::Skipped { reason, .. }) => return Err(Refusal::AlreadySkipped { reason }),
            None => {}
        }
        match self.run.state(index) {
            StepState::Skipped { reason } => Err(Refusal::AlreadySkipped { reason }),
            StepState::Done | StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. } => {
                match self.record(step).and_then(|record| record.rounds.last()) {
                    Some(round) => Err(Refusal::AlreadyDone { by: round.by, at: round.at }),
                    None => Err(Refusal::FinishedByMembers),
                }
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, index: usize) -> Result<(), Refusal> {
        match self.run.state(index) {
            StepState::Blocked { by } => Err(Refusal::Blocked { by }),
            StepState::Hidden { condition } => Err(Refusal::Hidden { condition: condition.to_string() }),
            _ => Ok(()),
        }
    }

    /// Every fact the step finds out has an answer that it may have.
    fn answers(&self, index: usize, answers: &BTreeMap<String, String>) -> Result<(), Refusal> {
        let asked = self.run.step(index).map(found_by).unwrap_or_default();
        if let Some(fact) = answers.keys().find(|fact| !asked.contains(&fact.as_str())) {
            return Err(Refusal::NotAsked { fact: fact.clone() });
        }
        for fact in asked {
            let answer = answers.get(fact).ok_or_else(|| Refusal::AnswerMissing { fact: fact.to_owned() })?;
            let Some(known) = self.playbook.fact(fact) else { continue };
            let allowed = known.values();
            let fits = match (&allowed, &known.kind) {
                (Some(allowed), _) => allowed.contains(&answer.as_str()),
                (None, FactKind::Number(_)) => {
                    answer == super::expr::UNKNOWN || answer.parse::<f64>().is_ok_and(f64::is_finite)
                }
                (None, _) => !answer.trim().is_empty(),
            };
            if !fits {
                return Err(Refusal::AnswerUnknown {
                    fact: fact.to_owned(),
                    answer: answer.clone(),
                    allowed: allowed.unwrap_or_default().into_iter().map(str::to_owned).collect(),
                });
            }
        }
        Ok(())
    }

    fn signed_off(&mut self, step: &str, role: &str, by: AccountId) -> Result<(), Refusal> {
        let index = self.place(step)?;
        let wanted = self.run.step(index).and_then(|step| step.signoff.as_ref());
        let of = wanted.map(|rule| rule.value.of.clone()).ok_or(Refusal::NothingToSign)?;
        match self.run.state(index) {
            StepState::Done | StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. } => {}
            _ => return Err(Refusal::NotDoneYet),
        }
        if !of.iter().any(|known| known == role) {
            return Err(Refusal::WrongRole { of });
        }
        let holders = self.progress.roles.get(role).map(|role| &role.holders);
        if holders.is_some_and(|holders| !holders.is_empty() && !holders.contains_key(&by)) {
            return Err(Refusal::NotInRole);
        }
        let Some(record) = self.record(step) else { return Err(Refusal::NotDoneYet) };
        if doer(record) == Some(by) {
            return Err(Refusal::OwnWork);
        }
        let twice = record.signoffs.iter().any(|signed| signed.by == by);
        if twice { Err(Refusal::AlreadySigned) } else { Ok(()) }
    }

    fn added(&self, step: &AddedStep) -> Result<(), Refusal> {
        let slug = step.code.strip_prefix("added/").unwrap_or_default();
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if slug.is_empty() || !slug.chars().all(good) || self.run.place(&step.code).is_some() {
            return Err(Refusal::BadCode { step: step.code.clone() });
        }
        if step.words.trim().is_empty() {
            return Err(Refusal::NoWords);
        }
        given(&step.reason)?;
        step.role.iter().try_for_each(|role| self.role(role))?;
        step.after.iter().try_for_each(|code| self.place(code).map(drop))
    }
}

fn given(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(()) }
}

/// One field in which work done offline and what was written down meanwhile
/// say different things.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RunConflict)]
pub struct Conflict {
    /// The step.
    pub step: String,
    /// The field: `outcome`, `at`, `by`, `deviation`, `reason` or
    /// `answers.FACT`.
    pub field: String,
    /// What was written down.
    pub written: Option<String>,
    /// What the entry says.
    pub offered: Option<String>,
}

/// Where an entry and what was written down about its step differ, field by
/// field; empty when the step has not ended, or they say the same.
pub fn conflicts(progress: &Progress, entry: &Entry) -> Vec<Conflict> {
    let none = BTreeMap::new();
    let (step, mut offered, answers) = match &entry.deed {
        Deed::Done { step, answers, deviation, .. } => {
            (step, vec![("outcome", Some("done".to_owned())), ("deviation", deviation.clone())], answers)
        }
        Deed::Skipped { step, reason } => {
            (step, vec![("outcome", Some("skipped".to_owned())), ("reason", Some(reason.clone()))], &none)
        }
        _ => return Vec::new(),
    };
    offered.push(("at", Some(entry.at.to_string())));
    offered.push(("by", Some(entry.by.to_string())));
    let Some(record) = progress.steps.get(step) else { return Vec::new() };
    let written = match &record.outcome {
        None => return Vec::new(),
        Some(Outcome::Done { at, by, deviation }) => vec![
            ("outcome", Some("done".to_owned())),
            ("deviation", deviation.clone()),
            ("at", Some(at.to_string())),
            ("by", Some(by.to_string())),
        ],
        Some(Outcome::Skipped { at, by, reason }) => vec![
            ("outcome", Some("skipped".to_owned())),
            ("reason", Some(reason.clone())),
            ("at", Some(at.to_string())),
            ("by", Some(by.to_string())),
        ],
    };
    let mut both: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (side, fields) in [written, offered].into_iter().enumerate() {
        for (field, value) in fields {
            both.entry(field.to_owned()).or_default()[side] = value;
        }
    }
    for (side, answers) in [&record.answers, answers].into_iter().enumerate() {
        for (fact, value) in answers {
            both.entry(format!("answers.{fact}")).or_default()[side] = Some(value.clone());
        }
    }
    both.into_iter()
        .filter(|(_, [written, offered])| written != offered)
        .map(|(field, [written, offered])| Conflict { step: step.clone(), field, written, offered })
        .collect()
}
