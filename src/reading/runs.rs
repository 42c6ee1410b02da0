//! Runs of playbooks as a viewer may see them: a State its own, the instance
//! all.

use super::{ReadError, Reading};
use crate::{
    domain::{
        account::Viewer,
        assessment::Assessment,
        id::{IncidentId, RunId},
        incident::Incident,
        run::Run,
    },
    playbook::{Playbook, StepView, run::steps_of},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A run, with where each of its steps stands.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RunView {
    /// The run, with every deed.
    #[serde(flatten)]
    pub run: Run,
    /// Its steps as they stand now.
    pub steps: Vec<StepView>,
    /// The version of the same playbook in the library, where it is another
    /// one: the run does not follow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newer: Option<u32>,
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
        let run = incident.runs.iter().find(|known| known.id == run).ok_or(ReadError::NotFound)?;
        self.run_view(viewer, &incident, assessment.as_ref(), run)
    }

    fn run_view(
        &self,
        viewer: &Viewer,
        incident: &Incident,
        assessment: Option<&Assessment>,
        run: &Run,
    ) -> Result<RunView, ReadError> {
        let corrupt = || {
            let what = format!("the text {} of a run cannot be read", run.playbook.hash);
            crate::store::StoreError::Corrupt(what)
        };
        // Plans for emergency response are never confidential (Art. 21.6(d)).
        let text = self.store.playbook_text(viewer, &run.playbook.hash)?.ok_or_else(corrupt)?;
        let playbook = Playbook::read(&run.playbook.id, &text).map_err(|_| corrupt())?;
        let today = self.library.get(&run.playbook.id);
        let newer = today.filter(|book| book.hash != run.playbook.hash).map(|book| book.version);
        let steps = steps_of(run, &playbook, incident, assessment, self.clock.now());
        Ok(RunView { run: run.clone(), steps, newer })
    }
}
