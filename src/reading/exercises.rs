//! Exercises and tests of the line, and what came of them.

use super::{ReadError, Reading, ledger::score_of};
use crate::{
    domain::{
        account::Viewer,
        duty::Duty,
        id::IncidentId,
        incident::{Incident, Mode},
    },
    reading::Score,
};

/// An incident that is not real, with what came of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Drill {
    /// The incident, as the viewer sees it.
    pub incident: Incident,
    /// What came of it: of everybody for those who see everybody's answers,
    /// else of the viewer's State alone.
    pub score: Score,
    /// Whether that is everybody.
    pub is_whole: bool,
}

impl Reading {
    /// The exercises a viewer may see, last changed first; with `Mode::Test`
    /// the tests of the line.
    pub fn drills(&self, viewer: &Viewer, mode: Mode, limit: usize) -> Result<Vec<Drill>, ReadError> {
        if mode == Mode::Actual {
            return Ok(Vec::new());
        }
        let mut drills = Vec::new();
        let mut before = None;
        while drills.len() < limit {
            let page = self.incidents(viewer, mode, before, limit)?;
            let Some(last) = page.last() else { break };
            before = Some(last.head);
            // What else is tried out in the world of tests is no test of the line.
            let fits = page.into_iter().filter(|incident| mode == Mode::Exercise || incident.reachability);
            drills.extend(fits.map(|incident| drill(viewer, incident)));
        }
        drills.truncate(limit);
        Ok(drills)
    }

    /// One exercise or test of the line.
    pub fn drill(&self, viewer: &Viewer, id: IncidentId) -> Result<Drill, ReadError> {
        let incident = self.incident(viewer, id)?;
        if incident.mode == Mode::Actual {
            return Err(ReadError::NotFound);
        }
        Ok(drill(viewer, incident))
    }
}

fn drill(viewer: &Viewer, incident: Incident) -> Drill {
    let own = viewer.state();
    let is_whole = viewer.is_instance_reader() || (own.is_some() && own == incident.state_of_release);
    let counts = |duty: &&Duty| is_whole || (own.is_some() && duty.addressee.state() == own);
    let score = score_of(incident.duties.iter().filter(counts));
    Drill { incident, score, is_whole }
}
