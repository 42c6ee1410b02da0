//! What was done so far in one run, as plain data: entries in, a fold out.
//!
//! An [`Entry`] says who did what when. [`permit`](super::permit()) says
//! whether it may be written down; [`Progress::apply`] writes it down and
//! cannot fail, so that a log once written always replays. Nothing is taken
//! away: undoing moves an outcome to [`StepRecord::undone`], and evidence
//! withdrawn stays listed.

use super::{model::Required, text::Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What was done so far in one run.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RunProgress)]
pub struct Progress {
    /// By step code. A code the playbook does not have is kept and passed
    /// over: [`orphans`](super::engine::orphans).
    pub steps: BTreeMap<String, StepRecord>,
    /// Steps added during the run, in order.
    pub added: Vec<AddedStep>,
    /// Who acts for each role, by code.
    pub roles: BTreeMap<String, RoleRecord>,
}

/// What was done so far of one step.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StepRecord {
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
    /// What it found out, by fact; of a decision the answer.
    pub answers: BTreeMap<String, String>,
    /// Every time it was done, of a repeated step, oldest first.
    pub rounds: Vec<Round>,
    /// Who agreed.
    pub signoffs: Vec<SignedOff>,
    /// What was kept to show that it was done, withdrawn pieces too.
    pub evidence: Vec<KeptEvidence>,
    /// What was undone, oldest first.
    pub undone: Vec<Undone>,
}

/// How a step ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = StepOutcome)]
pub enum Outcome {
    /// It was done.
    Done {
        /// When.
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
        /// By whom.
        by: String,
        /// How and why it was done otherwise than written, if it was.
        #[serde(default)]
        deviation: Option<String>,
    },
    /// It was left out.
    Skipped {
        /// When.
        #[schema(value_type = String, format = DateTime)]
        at: Timestamp,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// When it ended.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Done { at, .. } | Self::Skipped { at, .. } => *at,
        }
    }
}

/// One time a repeated step was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepRound)]
pub struct Round {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What it found out, by fact.
    pub answers: BTreeMap<String, String>,
}

/// One person who agreed that a step was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepSignedOff)]
pub struct SignedOff {
    /// Who.
    pub by: String,
    /// In which role, by code.
    pub role: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A piece of evidence kept for a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct KeptEvidence {
    /// Its id; the files and figures are kept elsewhere.
    pub id: String,
    /// What kind: `photo`, `sample`, …
    pub kind: String,
    /// Whether every hand it passed through is written down.
    pub chain_of_custody: bool,
    /// When it was kept.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why it does not count any more, if it does not.
    pub withdrawn: Option<String>,
}

/// Something that was done and undone again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepUndone)]
pub struct Undone {
    /// When it was undone.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The step whose undoing opened this one again; absent for that step
    /// itself.
    pub because_of: Option<String>,
    /// How it had ended; absent when a round was undone.
    pub outcome: Option<Outcome>,
    /// The round that was undone, of a repeated step.
    pub round: Option<Round>,
    /// What it had found out.
    pub answers: BTreeMap<String, String>,
    /// Who had agreed.
    pub signoffs: Vec<SignedOff>,
}

/// A step that somebody added during the run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RunAddedStep)]
pub struct AddedStep {
    /// Its code: `added/` and a slug.
    pub code: String,
    /// What is to be done.
    pub text: Text,
    /// By which role, by code.
    pub role: Option<String>,
    /// When it is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
    /// How binding it is.
    pub required: Required,
    /// Steps that come first, by code.
    pub after: Vec<String>,
    /// Why it was added.
    pub reason: String,
}

/// Who acts for a role.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RunRole)]
pub struct RoleRecord {
    /// Who has taken it over, and when.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub holders: BTreeMap<String, Timestamp>,
    /// Who was asked to take it over and has not confirmed yet, and from
    /// whom.
    pub offered: BTreeMap<String, Option<String>>,
}

/// Something that happened in a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RunEntry)]
pub struct Entry {
    /// When it happened; of work done offline earlier than it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who did it.
    pub by: String,
    /// What was done.
    pub deed: Deed,
}

/// What was done in a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = RunDeed)]
pub enum Deed {
    /// A step was done; of a decision with its answer.
    Done {
        /// The step.
        step: String,
        /// What it found out, by fact.
        #[serde(default)]
        answers: BTreeMap<String, String>,
        /// How and why it was done otherwise than written, or before its
        /// turn.
        #[serde(default)]
        deviation: Option<String>,
    },
    /// A repeated step was done once more.
    Round {
        /// The step.
        step: String,
        /// What it found out, by fact.
        #[serde(default)]
        answers: BTreeMap<String, String>,
    },
    /// A step was left out, or a repetition ended before its end.
    Skipped {
        /// The step; of a group with all its members.
        step: String,
        /// Why.
        reason: String,
    },
    /// What was done, or the last round of a repetition, does not stand.
    Undone {
        /// The step.
        step: String,
        /// Why.
        reason: String,
        /// The steps that rested on it and are open again:
        /// [`rests_on`](super::engine::rests_on).
        #[serde(default)]
        reopened: Vec<String>,
    },
    /// Evidence was kept.
    EvidenceKept {
        /// For which step.
        step: String,
        /// Its id.
        id: String,
        /// What kind.
        kind: String,
        /// Whether every hand it passes through is written down.
        #[serde(default)]
        chain_of_custody: bool,
    },
    /// Evidence does not show what it was to show.
    EvidenceWithdrawn {
        /// For which step.
        step: String,
        /// Its id.
        id: String,
        /// Why.
        reason: String,
    },
    /// Somebody other than the doer agreed.
    SignedOff {
        /// The step.
        step: String,
        /// In which role, by code.
        role: String,
    },
    /// A step was added.
    StepAdded {
        /// The step.
        step: AddedStep,
    },
    /// Somebody is asked to act for a role.
    RoleOffered {
        /// The role, by code.
        role: String,
        /// Who.
        to: String,
        /// Whose place they take; absent when they act beside the others.
        #[serde(default)]
        from: Option<String>,
    },
    /// Whoever was asked confirms, and acts for the role from now on.
    RoleTaken {
        /// The role, by code.
        role: String,
    },
    /// Somebody acts for a role no more.
    RoleLaidDown {
        /// The role, by code.
        role: String,
    },
}

impl Progress {
    /// Progress after these entries, in the order they were written down.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut progress = Self::default();
        entries.into_iter().for_each(|entry| progress.apply(entry));
        progress
    }

    /// The record of a step, to be written in.
    fn step(&mut self, code: &str) -> &mut StepRecord {
        self.steps.entry(code.to_owned()).or_default()
    }

    /// Writes down what happened. Takes every entry: what may be written down
    /// was asked before.
    pub fn apply(&mut self, entry: &Entry) {
        let Entry { at, by, deed } = entry;
        match deed {
            Deed::Done { step, answers, deviation } => {
                let record = self.step(step);
                record.outcome =
                    Some(Outcome::Done { at: *at, by: by.clone(), deviation: deviation.clone() });
                record.answers.clone_from(answers);
            }
            Deed::Round { step, answers } => {
                let round = Round { at: *at, by: by.clone(), answers: answers.clone() };
                let rounds = &mut self.step(step).rounds;
                // Work done offline may come in later than what came after it.
                let place = rounds.partition_point(|earlier| earlier.at <= *at);
                rounds.insert(place, round);
            }
            Deed::Skipped { step, reason } => {
                self.step(step).outcome =
                    Some(Outcome::Skipped { at: *at, by: by.clone(), reason: reason.clone() });
            }
            Deed::Undone { step, reason, reopened } => {
                self.undo(step, entry, reason, None);
                for other in reopened {
                    self.undo(other, entry, reason, Some(step));
                }
            }
            Deed::EvidenceKept { step, id, kind, chain_of_custody } => {
                self.step(step).evidence.push(KeptEvidence {
                    id: id.clone(),
                    kind: kind.clone(),
                    chain_of_custody: *chain_of_custody,
                    at: *at,
                    by: by.clone(),
                    withdrawn: None,
                });
            }
            Deed::EvidenceWithdrawn { step, id, reason } => {
                let evidence = &mut self.step(step).evidence;
                for piece in evidence.iter_mut().filter(|piece| piece.id == *id) {
                    piece.withdrawn = Some(reason.clone());
                }
            }
            Deed::SignedOff { step, role } => {
                let signed = SignedOff { by: by.clone(), role: role.clone(), at: *at };
                self.step(step).signoffs.push(signed);
            }
            Deed::StepAdded { step } => self.added.push(step.clone()),
            Deed::RoleOffered { role, to, from } => {
                self.role(role).offered.insert(to.clone(), from.clone());
            }
            Deed::RoleTaken { role } => {
                let record = self.role(role);
                if let Some(Some(from)) = record.offered.remove(by) {
                    record.holders.remove(&from);
                }
                record.holders.insert(by.clone(), *at);
            }
            Deed::RoleLaidDown { role } => {
                let record = self.role(role);
                record.holders.remove(by);
                record.offered.remove(by);
            }
        }
    }

    fn role(&mut self, code: &str) -> &mut RoleRecord {
        self.roles.entry(code.to_owned()).or_default()
    }

    /// Moves how a step ended, or else its last round, to what was undone.
    /// Evidence stays.
    fn undo(&mut self, step: &str, entry: &Entry, reason: &str, because_of: Option<&String>) {
        let record = self.step(step);
        let outcome = record.outcome.take();
        let round = if outcome.is_none() { record.rounds.pop() } else { None };
        if outcome.is_none() && round.is_none() {
            return;
        }
        record.undone.push(Undone {
            at: entry.at,
            by: entry.by.clone(),
            reason: reason.to_owned(),
            because_of: because_of.cloned(),
            outcome,
            round,
            answers: std::mem::take(&mut record.answers),
            signoffs: std::mem::take(&mut record.signoffs),
        });
    }
}

/// The clocks that have started, by code: `known`, `released`, `notified`, …
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = RunClocks, value_type = std::collections::HashMap<String, String>)]
pub struct Clocks(pub BTreeMap<String, Timestamp>);

impl<const N: usize> From<[(&str, Timestamp); N]> for Clocks {
    fn from(clocks: [(&str, Timestamp); N]) -> Self {
        Self(clocks.into_iter().map(|(code, at)| (code.to_owned(), at)).collect())
    }
}
