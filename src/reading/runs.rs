//! Runs of playbooks as a viewer may see them: a State its own, the instance
//! all.

use super::{ReadError, Reading};
pub use crate::playbook::{Difference, EvidenceGap, StepKind, StepState, StepView};
use crate::{
    domain::{
        account::Viewer,
        assessment::Assessment,
        id::{IncidentId, RunId},
        incident::Incident,
        run::{File, Run},
    },
    playbook::{Playbook, Progress, RunSummary, Text, difference, orphans, run::steps_of},
};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A run, with where each of its steps stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RunView {
    /// The run; what was done in it stands in `progress`, and in full on the
    /// timeline.
    #[serde(flatten)]
    pub run: Run,
    /// Its steps as they stand now.
    pub steps: Vec<StepView>,
    /// What they come to.
    pub summary: RunSummary,
    /// What was done: by step the outcome, evidence, notes, and what was
    /// undone; and who acts for which role.
    pub progress: Progress,
    /// Records of steps that the text does not have any more, by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orphans: Vec<String>,
    /// The roles of the playbook, by code.
    #[schema(value_type = std::collections::HashMap<String, std::collections::HashMap<String, String>>)]
    pub roles: BTreeMap<String, Text>,
    /// The same playbook in the library, where it is another text: the run does
    /// not follow it unless somebody adopts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<Newer>,
}

/// A newer text of the playbook of a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = NewerPlaybook)]
pub struct Newer {
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub hash: String,
}

impl Reading {
    /// The runs of an incident, in the order in which they were started.
    pub fn runs(&self, viewer: &Viewer, id: IncidentId) -> Result<Vec<RunView>, ReadError> {
        let incident = self.incident(viewer, id)?;
        let assessment = self.assessment(viewer, id).ok();
        incident.runs.iter().map(|run| self.run_view(viewer, &incident, assessment.as_ref(), run)).collect()
    }

    /// One run.
    pub fn run(&self, viewer: &Viewer, id: IncidentId, run: RunId) -> Result<RunView, ReadError> {
        let incident = self.incident(viewer, id)?;
        let assessment = self.assessment(viewer, id).ok();
        let run = found(&incident, run)?;
        self.run_view(viewer, &incident, assessment.as_ref(), run)
    }

    /// What the text of the library would change in a run, change by change.
    pub fn newer_playbook(
        &self,
        viewer: &Viewer,
        id: IncidentId,
        run: RunId,
    ) -> Result<Difference, ReadError> {
        let incident = self.incident(viewer, id)?;
        let run = found(&incident, run)?;
        let playbook = self.text_of(viewer, run)?;
        let edition = self.edition_of(run).ok_or(ReadError::NotFound)?;
        Ok(difference(&playbook, &edition))
    }

    /// A file that was kept as evidence, and what is in it.
    pub fn file(&self, viewer: &Viewer, id: IncidentId, sha256: &str) -> Result<(File, Vec<u8>), ReadError> {
        let incident = self.incident(viewer, id)?;
        let file = incident.runs.iter().flat_map(Run::files).find(|file| file.sha256 == sha256);
        let file = file.ok_or(ReadError::NotFound)?.clone();
        let bytes = self.store.file(viewer, id, sha256)?.ok_or(ReadError::NotFound)?;
        Ok((file, bytes))
    }

    fn text_of(&self, viewer: &Viewer, run: &Run) -> Result<Playbook, ReadError> {
        let corrupt = || {
            let what = format!("the text {} of a run cannot be read", run.playbook.hash);
            crate::store::StoreError::Corrupt(what)
        };
        // Plans for emergency response are never confidential (Art. 21.6(d)).
        let text = self.store.playbook_text(viewer, &run.playbook.hash)?.ok_or_else(corrupt)?;
        Ok(Playbook::read(&run.playbook.id, &text).map_err(|_| corrupt())?)
    }

    fn edition_of(&self, run: &Run) -> Option<Playbook> {
        self.library.edition(&run.playbook.id)?.ok()
    }

    pub(super) fn run_view(
        &self,
        viewer: &Viewer,
        incident: &Incident,
        assessment: Option<&Assessment>,
        run: &Run,
    ) -> Result<RunView, ReadError> {
        let playbook = self.text_of(viewer, run)?.in_languages(self.library.translations());
        let newer = self.edition_of(run).filter(|edition| edition.hash != run.playbook.hash);
        let newer = newer.map(|edition| Newer { version: edition.version, hash: edition.hash });
        let now = self.clock.now();
        let steps = steps_of(run, &playbook, incident, assessment, now);
        let progress = Progress::of(&run.entries);
        Ok(RunView {
            summary: RunSummary::of(&steps, now),
            steps,
            orphans: orphans(&playbook, &progress).into_iter().map(str::to_owned).collect(),
            roles: playbook.roles.iter().map(|role| (role.code.clone(), role.title.clone())).collect(),
            progress,
            newer,
            run: Run { entries: Vec::new(), ..run.clone() },
        })
    }
}

fn found(incident: &Incident, run: RunId) -> Result<&Run, ReadError> {
    incident.runs.iter().find(|known| known.id == run).ok_or(ReadError::NotFound)
}
