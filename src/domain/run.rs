//! A run: one team of one State, or of the instance, works through one playbook
//! in one incident.
//! The playbook is pinned to its text; whatever becomes of the library
//! afterwards, the run goes on by the text it began with.

use super::{
    event::{Body, Event},
    id::{AccountId, EvidenceId, MessageId, RunId, Seq},
    reach::Pathway,
    state::StateCode,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The text a run follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PinnedPlaybook {
    /// The playbook's id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title in English.
    pub title: String,
}

/// What was known of the occurrence when a run began, as far as conditions and
/// clocks of playbooks ask for it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = RunCircumstances)]
pub struct Circumstances {
    /// The incident class, `A` to `N`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The kind of organism: plant, fish, insect, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The pathways said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pathways: Vec<Pathway>,
    /// The kind of surroundings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// When it was released, at the earliest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub released: Option<Timestamp>,
}

/// How binding a step is (the keywords of FHIR PlanDefinition).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = StepRequired)]
pub enum Required {
    /// It must be done.
    #[default]
    Must,
    /// It may be done.
    Could,
    /// It must be done unless the reason for not doing it is written down.
    MustUnlessDocumented,
}

/// What was done in a run.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[schema(as = RunDeed)]
pub enum Deed {
    /// A step was done; of a decision with its answer.
    Done {
        /// The step.
        step: String,
        /// What it found out, by fact.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        answers: BTreeMap<String, String>,
        /// How and why it was done otherwise than written, or before its turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deviation: Option<String>,
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// A repeated step was done once more.
    Round {
        /// The step.
        step: String,
        /// What it found out, by fact.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        answers: BTreeMap<String, String>,
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// A step was left out, or a repetition ended before its end.
    Skipped {
        /// The step; of a group with all its members.
        step: String,
        /// Why.
        reason: String,
    },
    /// What was done, or the last round of a repetition, does not stand. The
    /// record of it stays.
    Undone {
        /// The step.
        step: String,
        /// Why.
        reason: String,
        /// The steps that rested on it and are open again; worked out when it
        /// is written down.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reopened: Vec<String>,
    },
    /// Something to say of a step.
    Noted {
        /// The step.
        step: String,
        /// What.
        text: String,
    },
    /// Evidence was kept.
    EvidenceKept(KeptEvidence),
    /// Evidence went from one pair of hands to the next.
    EvidenceHandedOver {
        /// For which step it was kept.
        step: String,
        /// Its id.
        id: EvidenceId,
        /// To whom: a person, a laboratory.
        to: String,
        /// The number of the seal, if it is sealed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal: Option<String>,
    },
    /// Evidence does not show what it was to show.
    EvidenceWithdrawn {
        /// For which step.
        step: String,
        /// Its id.
        id: EvidenceId,
        /// Why.
        reason: String,
    },
    /// Somebody other than the doer agreed.
    SignedOff {
        /// The step.
        step: String,
        /// In which role, by code; when not said the one they act for.
        #[serde(default)]
        role: String,
        /// What there is to say of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// A step was added that is not in the playbook.
    StepAdded(AddedStep),
    /// Somebody is asked to act for a role.
    RoleOffered {
        /// The role, by code.
        role: String,
        /// Who.
        to: AccountId,
        /// Whose place they take; absent when they act beside the others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<AccountId>,
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

impl Deed {
    /// The step it is about, by code; absent where it is about a role.
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Done { step, .. }
            | Self::Round { step, .. }
            | Self::Skipped { step, .. }
            | Self::Undone { step, .. }
            | Self::Noted { step, .. }
            | Self::EvidenceHandedOver { step, .. }
            | Self::EvidenceWithdrawn { step, .. }
            | Self::SignedOff { step, .. }
            | Self::EvidenceKept(KeptEvidence { step, .. })
            | Self::StepAdded(AddedStep { code: step, .. }) => Some(step),
            Self::RoleOffered { .. } | Self::RoleTaken { .. } | Self::RoleLaidDown { .. } => None,
        }
    }

    /// Its name, as written in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Round { .. } => "round",
            Self::Skipped { .. } => "skipped",
            Self::Undone { .. } => "undone",
            Self::Noted { .. } => "noted",
            Self::EvidenceKept(_) => "evidence_kept",
            Self::EvidenceHandedOver { .. } => "evidence_handed_over",
            Self::EvidenceWithdrawn { .. } => "evidence_withdrawn",
            Self::SignedOff { .. } => "signed_off",
            Self::StepAdded(_) => "step_added",
            Self::RoleOffered { .. } => "role_offered",
            Self::RoleTaken { .. } => "role_taken",
            Self::RoleLaidDown { .. } => "role_laid_down",
        }
    }
}

/// A piece of evidence: a file, a measurement, or what there is to say of a
/// thing that cannot be sent.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = RunEvidence)]
pub struct KeptEvidence {
    /// For which step.
    pub step: String,
    /// Its id; given when it is written down.
    #[serde(default)]
    pub id: EvidenceId,
    /// What kind: `photo`, `sample`, `measurement`, …
    pub kind: String,
    /// Whether every hand it passes through is written down.
    #[serde(default)]
    pub chain_of_custody: bool,
    /// The file, sent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
    /// What was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// What there is to say of it: where it was taken, what it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A file that was sent and is kept by what is in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = EvidenceFile)]
pub struct File {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// What it is called.
    pub name: String,
    /// What it is, as its first bytes say.
    #[serde(default)]
    pub media_type: String,
    /// How many bytes it has.
    #[serde(default)]
    pub bytes: u64,
}

/// A figure with its unit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Measured {
    /// What of: `plants`, `distance to the border`, …
    pub of: String,
    /// How much.
    pub value: f64,
    /// In what unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// A step that somebody added during the run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RunAddedStep)]
pub struct AddedStep {
    /// Its code: `added/` and a slug.
    pub code: String,
    /// What is to be done, in the words of whoever added it.
    pub words: String,
    /// By which role, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
    /// How binding it is.
    #[serde(default)]
    pub required: Required,
    /// Steps that come first, by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Why it was added.
    pub reason: String,
}

/// Something that happened in a run.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RunEntry)]
pub struct Entry {
    /// When it happened; of work done offline earlier than it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
    /// The event that keeps it.
    pub proof: Seq,
    /// What was done.
    #[serde(flatten)]
    pub deed: Deed,
}

/// How loudly it was said that the time of a step has passed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StepRung)]
pub enum StepRung {
    /// To the team, on the live feed and the timeline.
    #[default]
    Reminder,
    /// To the State's contact points, by every channel.
    Escalated,
}

/// That it was said, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StepSaid)]
pub struct Said {
    /// How loudly.
    pub rung: StepRung,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// A run as its events have made it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// How many events have changed it: what a decision about it is based on.
    pub version: u64,
    /// For which State; for the instance itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The text it follows.
    pub playbook: PinnedPlaybook,
    /// What was known when it began.
    #[serde(default)]
    pub circumstances: Circumstances,
    /// When it was started.
    #[schema(value_type = String, format = DateTime)]
    pub started: Timestamp,
    /// By whom.
    pub by: Option<AccountId>,
    /// What was done, in the order of the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Steps of which it was said that their time has passed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub overdue: BTreeMap<String, Said>,
    /// Messages that said so to the State's contact points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<MessageId>,
    /// When it ended, if it has.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended: Option<Timestamp>,
}

impl Run {
    /// A run that begins, before anything was done.
    pub fn begun(
        id: RunId,
        state: Option<StateCode>,
        playbook: PinnedPlaybook,
        circumstances: Circumstances,
        started: Timestamp,
        by: Option<AccountId>,
    ) -> Self {
        let (entries, overdue) = (Vec::new(), BTreeMap::new());
        Self {
            id,
            version: 1,
            state,
            playbook,
            circumstances,
            started,
            by,
            entries,
            overdue,
            messages: Vec::new(),
            ended: None,
        }
    }

    /// Writes something down. A step that is open again may fall due again.
    pub fn record(&mut self, entry: Entry) {
        self.version += 1;
        if let Deed::Undone { step, reopened, .. } = &entry.deed {
            self.overdue.retain(|code, _| code != step && !reopened.contains(code));
        }
        if let Deed::Round { step, .. } = &entry.deed {
            self.overdue.remove(step);
        }
        self.entries.push(entry);
    }

    /// The files that are kept as evidence in it.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.entries.iter().filter_map(|entry| match &entry.deed {
            Deed::EvidenceKept(kept) => kept.file.as_ref(),
            _ => None,
        })
    }
}

/// Follows one event about runs.
pub(super) fn apply(runs: &mut Vec<Run>, event: &Event) {
    match &event.body {
        Body::RunStarted { run, state, playbook, circumstances } => {
            let (playbook, circumstances) = (playbook.clone(), circumstances.clone());
            runs.push(Run::begun(*run, *state, playbook, circumstances, event.occurred, event.actor));
        }
        Body::DeedRecorded { run, deed, .. } => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == *run)
                && let Some(by) = event.actor
            {
                run.record(Entry { at: event.occurred, by, proof: event.seq, deed: deed.clone() });
            }
        }
        Body::StepOverdue(late) => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == late.run) {
                run.version += 1;
                run.overdue.insert(late.step.clone(), Said { rung: late.rung, at: event.recorded });
                run.messages.extend(event.body.messages().map(|plan| plan.id));
            }
        }
        Body::PlaybookAdopted { run, playbook, .. } => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == *run) {
                run.version += 1;
                run.playbook = playbook.clone();
            }
        }
        Body::RunEnded { run, .. } => {
            if let Some(run) = runs.iter_mut().find(|known| known.id == *run) {
                run.version += 1;
                run.ended = Some(event.occurred);
            }
        }
        _ => {}
    }
}
