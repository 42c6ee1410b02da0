//! Every query, answered for one viewer. What a viewer may not see is not
//! fetched and thrown away here: the store leaves it out; what is left is put
//! into the shape a reader wants.

mod contacts;
mod exercises;
mod layers;
mod ledger;
mod map;
mod places;
mod playbooks;
mod review;
mod runs;
mod statistics;

use crate::{
    domain::{
        account::{Action, Denial, Viewer, can},
        assessment::Assessment,
        clock::Clock,
        contact::ContactPoint,
        delivery::Message,
        duty::{Addressee, Duty},
        event::{Body, ChosenPlaybook, Event},
        id::{IncidentId, RunId, Seq},
        incident::{Incident, Mode},
        run::{Circumstances, PinnedPlaybook, Run},
        state::StateCode,
    },
    geo::{Shelf, drawing::Outlines},
    playbook::{Audience, Choice, Library, Playbook, Why, run},
    store::{Logged, Store},
};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, OnceLock};
use utoipa::ToSchema;

pub use self::{
    contacts::{AddresseeContacts, ContactFinding, ContactReadiness, DisabledChannel, STALE_AFTER_DAYS},
    exercises::Drill,
    layers::{LayerEntry, Readiness},
    ledger::{Alarm, Ledger, LiabilityRecord, Score, ScoreRow, ToldAt, ToldMessage},
    map::IncidentMap,
    places::NamedPlace,
    playbooks::{
        Applies, Delay, Evidence, EvidenceRule, PlaybookEntry, PlaybookList, PlaybookSheet, Rendering,
        Required, Said, SheetDue, SheetMoment, SheetStep, SheetSurvey, SurveyRing, Translation, Unit,
    },
    review::{Deadline, Matter, Situation, Standing, Strand},
    runs::{Difference, EvidenceGap, RunView, StepKind, StepState, StepView},
    statistics::{BOUNDS, FEW, Selection, Spread, Statistics},
};
pub use crate::geo::drawing::{Drawing, HALF, Spot, View};
pub use crate::geo::{Group, Organisms, StateRow, States};
pub use crate::store::{Health, PAGE, StoreError};

/// Why a query has no answer.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// The account may not ask that.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// There is no such thing, or this account may not see it.
    #[error("there is no such thing, or this account may not see it")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A playbook chosen for a role, with the steps that are open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct OpenPlaybook {
    /// `state_of_release` or `affected_state`.
    pub role: String,
    /// Which playbook, pinned to its text.
    pub playbook: ChosenPlaybook,
    /// Its steps as they stand.
    pub steps: Vec<StepView>,
}

/// The reader's side of the house.
pub struct Reading {
    store: Arc<dyn Store>,
    shelf: Arc<Shelf>,
    library: Arc<Library>,
    clock: Arc<dyn Clock>,
    /// What is drawn on maps; read when the first one is asked for.
    outlines: OnceLock<Outlines>,
}

impl Reading {
    /// A reading room over the store, the map and the library.
    pub fn new(
        store: Arc<dyn Store>,
        shelf: Arc<Shelf>,
        library: Arc<Library>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, shelf, library, clock, outlines: OnceLock::new() }
    }

    /// The table of States.
    pub fn states(&self) -> &States {
        self.shelf.built_in().states()
    }

    /// The table of organism groups and known events.
    pub fn organisms(&self) -> &Organisms {
        self.shelf.built_in().organisms()
    }

    /// The playbooks of this instance.
    pub fn library(&self, viewer: &Viewer) -> Result<&Library, ReadError> {
        can(viewer, Action::ReadPlaybooks, None)?;
        Ok(&self.library)
    }

    /// A playbook with the steps of those it runs written in, in every
    /// language there is.
    pub fn edition(&self, viewer: &Viewer, id: &str) -> Result<Playbook, ReadError> {
        let edition = self.library(viewer)?.edition(id).and_then(Result::ok).ok_or(ReadError::NotFound)?;
        Ok(edition.in_languages(self.library.translations()))
    }

    /// Incidents of one mode, last changed first.
    pub fn incidents(
        &self,
        viewer: &Viewer,
        mode: Mode,
        before: Option<Seq>,
        limit: usize,
    ) -> Result<Vec<Incident>, ReadError> {
        can(viewer, Action::ReadIncidents, None)?;
        let found = self.store.incidents(viewer, mode, before, limit.clamp(1, PAGE))?;
        Ok(found.into_iter().map(|incident| as_seen_by(viewer, incident)).collect())
    }

    /// One incident.
    pub fn incident(&self, viewer: &Viewer, id: IncidentId) -> Result<Incident, ReadError> {
        can(viewer, Action::ReadIncidents, None)?;
        let incident = self.store.incident(viewer, id)?.ok_or(ReadError::NotFound)?;
        Ok(as_seen_by(viewer, incident))
    }

    /// The newest assessment of an incident.
    pub fn assessment(&self, viewer: &Viewer, id: IncidentId) -> Result<Assessment, ReadError> {
        self.incident(viewer, id)?;
        // The newest one this viewer may see: a State told later was given it again.
        let mut newest = None;
        for event in self.whole_timeline(viewer, id)? {
            if let Body::Assessed { assessment, .. } = event.body {
                newest = Some(*assessment);
            }
        }
        newest.ok_or(ReadError::NotFound)
    }

    /// Events of one incident after `after`.
    pub fn timeline(
        &self,
        viewer: &Viewer,
        id: IncidentId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Event>, ReadError> {
        self.incident(viewer, id)?;
        Ok(self.store.timeline(viewer, id, after, limit.clamp(1, PAGE))?)
    }

    fn whole_timeline(&self, viewer: &Viewer, id: IncidentId) -> Result<Vec<Event>, StoreError> {
        let mut events: Vec<Event> = Vec::new();
        loop {
            let after = events.last().map_or(Seq(0), |event| event.seq);
            let page = self.store.timeline(viewer, id, after, PAGE)?;
            if page.is_empty() {
                return Ok(events);
            }
            events.extend(page);
        }
    }

    /// Events of one mode after `after`, and the place in the log to go on from.
    pub fn events(
        &self,
        viewer: &Viewer,
        mode: Mode,
        after: Seq,
        limit: usize,
    ) -> Result<(Vec<Event>, Seq), ReadError> {
        can(viewer, Action::ReadIncidents, None)?;
        let limit = limit.clamp(1, PAGE);
        let head = self.store.head()?;
        let page: Vec<Logged> = self.store.events_after(viewer, after, limit)?;
        let next = match page.last() {
            Some(last) if page.len() == limit => last.event.seq,
            last => last.map_or(head, |l| l.event.seq.max(head)),
        };
        let events = page.into_iter().map(|logged| logged.event).filter(|e| e.mode == mode).collect();
        Ok((events, next.max(after)))
    }

    /// The messages of an incident.
    pub fn messages(&self, viewer: &Viewer, id: IncidentId) -> Result<Vec<Message>, ReadError> {
        self.incident(viewer, id)?;
        Ok(self.store.messages(viewer, id)?)
    }

    /// Contact points of one addressee, or of all.
    pub fn contacts(&self, viewer: &Viewer, of: Option<&Addressee>) -> Result<Vec<ContactPoint>, ReadError> {
        can(viewer, Action::ReadContacts, None)?;
        Ok(self.store.contacts(viewer, of)?)
    }

    /// The playbooks chosen for the roles this viewer may see, with their
    /// steps as they stand now.
    pub fn open_playbooks(&self, viewer: &Viewer, id: IncidentId) -> Result<Vec<OpenPlaybook>, ReadError> {
        let incident = self.incident(viewer, id)?;
        let assessment = self.assessment(viewer, id).ok();
        let mut open = Vec::new();
        for event in self.whole_timeline(viewer, id)? {
            let Body::PlaybookChosen { audience_role, playbooks } = event.body else { continue };
            // States told later are given the same texts again.
            open.retain(|earlier: &OpenPlaybook| earlier.role != audience_role);
            // As a run of it would stand if it began now.
            let state =
                if audience_role == "state_of_release" { incident.state_of_release } else { viewer.state() };
            for chosen in playbooks {
                let Some(text) = self.store.playbook_text(viewer, &chosen.hash)? else { continue };
                let Ok(playbook) = Playbook::read(&chosen.id, &text) else { continue };
                let steps = self.as_if_begun(&chosen, &playbook, &incident, state, assessment.as_ref());
                open.push(OpenPlaybook { role: audience_role.clone(), playbook: chosen, steps });
            }
        }
        if viewer.is_instance_reader() {
            // The instance's own duty officers are not among those who are told.
            let facts = run::facts(
                incident.incident_type,
                &incident.group,
                assessment.as_ref(),
                &Circumstances::default(),
                Audience::Desk,
            );
            let own = |choice: &Choice| choice.why.iter().any(|why| matches!(why, Why::Audience { .. }));
            for choice in self.library.choose(&facts).into_iter().filter(own) {
                let Some(playbook) = self.library.get(&choice.id) else { continue };
                let chosen = ChosenPlaybook::from(choice);
                let steps = self.as_if_begun(&chosen, playbook, &incident, None, assessment.as_ref());
                open.push(OpenPlaybook { role: Audience::Desk.code().to_owned(), playbook: chosen, steps });
            }
        }
        Ok(open)
    }

    /// The steps of a playbook as a run of it would stand if it began now.
    fn as_if_begun(
        &self,
        chosen: &ChosenPlaybook,
        playbook: &Playbook,
        incident: &Incident,
        state: Option<StateCode>,
        assessment: Option<&Assessment>,
    ) -> Vec<StepView> {
        let now = self.clock.now();
        let text = PinnedPlaybook {
            id: chosen.id.clone(),
            version: chosen.version,
            hash: chosen.hash.clone(),
            title: chosen.title.clone(),
        };
        let run = Run::begun(RunId::default(), state, text, Circumstances::default(), now, None);
        run::steps_of(&run, playbook, incident, assessment, now)
    }

    /// The newest place in the log.
    pub fn head(&self) -> Result<Seq, StoreError> {
        self.store.head()
    }

    /// The id of the log.
    pub fn log_id(&self) -> Result<String, StoreError> {
        self.store.log_id()
    }
}

/// What of an incident a viewer sees: the State of release and the instance
/// all of it; a State told its own duty whole and of the others only that they
/// were told; a reporter where the case stands.
fn as_seen_by(viewer: &Viewer, mut incident: Incident) -> Incident {
    let state = viewer.state();
    if !viewer.is_instance_reader() {
        incident.runs.retain(|run| state.is_some() && state == run.state);
    }
    if viewer.is_instance_reader() || (state.is_some() && state == incident.state_of_release) {
        return incident;
    }
    let takes_part = state.is_some_and(|s| incident.states.contains(s));
    if !takes_part {
        incident.duties.clear();
        incident.playbooks.clear();
        incident.proposals.clear();
        return incident;
    }
    let reported_it = incident.report.and_then(|r| r.reporter) == viewer.account();
    if !reported_it {
        incident.gaps.clear();
        incident.report = None;
    }
    incident.playbooks.retain(|chosen| chosen.role == "affected_state");
    incident.proposals.clear();
    if !incident.told_see_each_other {
        incident.duties.retain(|duty| duty.addressee.state() == state);
    }
    for duty in &mut incident.duties {
        if duty.addressee.state() != state {
            let (identified, notified) = (duty.identified, duty.notified);
            *duty = Duty { identified, notified, ..Duty::toward(duty.addressee.clone()) };
        }
    }
    incident
}
