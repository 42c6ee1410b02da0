//! What was done so far in one run, as plain data: entries in, a fold out.
//!
//! An [`Entry`] says who did what when. [`permit`](super::permit()) says
//! whether it may be written down; [`Progress::apply`] writes it down and
//! cannot fail, so that a log once written always replays. Nothing is taken
//! away: undoing moves an outcome to [`StepRecord::undone`], and evidence
//! withdrawn stays listed.

pub use crate::domain::run::{AddedStep, Deed, Entry};

use crate::domain::{id::AccountId, run::KeptEvidence};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What was done so far in one run.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
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
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
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
    pub evidence: Vec<Evidence>,
    /// What was said of it.
    pub notes: Vec<Note>,
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
        by: AccountId,
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
        by: AccountId,
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
    pub by: AccountId,
    /// What it found out, by fact.
    pub answers: BTreeMap<String, String>,
}

/// One person who agreed that a step was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepSignedOff)]
pub struct SignedOff {
    /// Who.
    pub by: AccountId,
    /// In which role, by code.
    pub role: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A piece of evidence, and what became of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// What was kept.
    #[serde(flatten)]
    pub kept: KeptEvidence,
    /// When it was kept.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// The hands it has passed through since, in order.
    pub hands: Vec<Hand>,
    /// Why it does not count any more, if it does not.
    pub withdrawn: Option<String>,
}

/// A pair of hands that evidence came into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = EvidenceHand)]
pub struct Hand {
    /// Whose.
    pub to: String,
    /// The number of the seal, if it is sealed.
    pub seal: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who wrote it down.
    pub by: AccountId,
}

/// Something said of a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepNote)]
pub struct Note {
    /// What.
    pub text: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
}

/// Something that was done and undone again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepUndone)]
pub struct Undone {
    /// When it was undone.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
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

/// Who acts for a role.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = RunRole)]
pub struct RoleRecord {
    /// Who has taken it over, and when.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub holders: BTreeMap<AccountId, Timestamp>,
    /// Who was asked to take it over and has not confirmed yet, and from
    /// whom.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub offered: BTreeMap<AccountId, Option<AccountId>>,
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
        let Entry { at, by, deed, .. } = entry;
        if let (Some(step), Some(text)) = (deed.step(), said(deed)) {
            self.step(step).notes.push(Note { text: text.to_owned(), at: *at, by: *by });
        }
        match deed {
            Deed::Noted { .. } => {}
            Deed::Done { step, answers, deviation, .. } => {
                let record = self.step(step);
                record.outcome = Some(Outcome::Done { at: *at, by: *by, deviation: deviation.clone() });
                record.answers.clone_from(answers);
            }
            Deed::Round { step, answers, .. } => {
                let round = Round { at: *at, by: *by, answers: answers.clone() };
                let rounds = &mut self.step(step).rounds;
                // Work done offline may come in later than what came after it.
                let place = rounds.partition_point(|earlier| earlier.at <= *at);
                rounds.insert(place, round);
            }
            Deed::Skipped { step, reason } => {
                self.step(step).outcome = Some(Outcome::Skipped { at: *at, by: *by, reason: reason.clone() });
            }
            Deed::Undone { step, reason, reopened } => {
                self.undo(step, entry, reason, None);
                for other in reopened {
                    self.undo(other, entry, reason, Some(step));
                }
            }
            Deed::EvidenceKept(kept) => {
                let piece =
                    Evidence { kept: kept.clone(), at: *at, by: *by, hands: Vec::new(), withdrawn: None };
                self.step(&kept.step).evidence.push(piece);
            }
            Deed::EvidenceHandedOver { step, id, to, seal } => {
                let hand = Hand { to: to.clone(), seal: seal.clone(), at: *at, by: *by };
                for piece in self.step(step).evidence.iter_mut().filter(|piece| piece.kept.id == *id) {
                    piece.hands.push(hand.clone());
                }
            }
            Deed::EvidenceWithdrawn { step, id, reason } => {
                let evidence = &mut self.step(step).evidence;
                for piece in evidence.iter_mut().filter(|piece| piece.kept.id == *id) {
                    piece.withdrawn = Some(reason.clone());
                }
            }
            Deed::SignedOff { step, role, .. } => {
                let signed = SignedOff { by: *by, role: role.clone(), at: *at };
                self.step(step).signoffs.push(signed);
            }
            Deed::StepAdded(step) => self.added.push(step.clone()),
            Deed::RoleOffered { role, to, from } => {
                self.role(role).offered.insert(*to, *from);
            }
            Deed::RoleTaken { role } => {
                let record = self.role(role);
                if let Some(Some(from)) = record.offered.remove(by) {
                    record.holders.remove(&from);
                }
                record.holders.insert(*by, *at);
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
            by: entry.by,
            reason: reason.to_owned(),
            because_of: because_of.cloned(),
            outcome,
            round,
            answers: std::mem::take(&mut record.answers),
            signoffs: std::mem::take(&mut record.signoffs),
        });
    }
}

/// What somebody had to say of it.
fn said(deed: &Deed) -> Option<&str> {
    match deed {
        Deed::Noted { text, .. } => Some(text),
        Deed::Done { note, .. } | Deed::Round { note, .. } | Deed::SignedOff { note, .. } => note.as_deref(),
        _ => None,
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
