//! The desk: commands in, stored events out. The only place that commits
//! events. A report's way through it is one function, [`Desk::submit`]:
//! assess, choose playbooks, decide (all pure), commit, announce.

pub mod contacts;
pub mod layers;
pub mod records;
mod timers;

use crate::{
    alert::hub::Hub,
    domain::{
        account::{Action, Denial, Viewer, can},
        assessment::Assessment,
        clock::{Clock, Entropy},
        contact::{ChannelKind, ContactPoint},
        decision::{self, Decision, EscalationPolicy, Facts, Refusal, Submission, Verdict},
        duty::Addressee,
        event::{Body, ChosenPlaybook, Event, PlaybookReason},
        id::{IncidentId, MessageId, ReportId},
        incident::Incident,
        moment::Moment,
        place::Metres,
        reach::Question,
        report::{Gap, Report},
        state::StateSet,
    },
    geo::{Atlas, MissingFacts, Shelf, import::ImportError},
    playbook::{self, Language, Library, Why},
    store::{Batch, Store},
};
use jiff::Timestamp;
use std::sync::{Arc, atomic::AtomicBool};

pub use crate::store::{Committed, Idempotency, Receipt, StoreError};

/// Why a command was not carried out.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum DeskError {
    /// The account may not do it.
    #[error(transparent)]
    Denied(#[from] Denial),
    /// The incident does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such thing, or this account may not see it.
    #[error("there is no such incident, or this account may not see it")]
    NotFound,
    /// There is no such imported layer (any more).
    #[error("there is no such imported layer")]
    NoSuchLayer,
    /// The file cannot be used as a layer.
    #[error(transparent)]
    Layer(Box<ImportError>),
    /// A layer does not say what it is.
    #[error(transparent)]
    Facts(MissingFacts),
    /// Somebody else is importing.
    #[error("another layer is being imported or taken away just now")]
    ImportUnderWay,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How this instance works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name in references: letters and digits, upper case.
    pub instance: String,
    /// How long answers may take.
    pub policy: EscalationPolicy,
}

/// What was worked out about a report before anything is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Preview {
    /// Who is in reach, and why.
    pub assessment: Assessment,
    /// What is missing or doubtful.
    pub gaps: Vec<Gap>,
    /// The playbooks that would be chosen for the State of release.
    pub playbooks: Vec<ChosenPlaybook>,
}

/// The desk.
pub struct Desk {
    store: Arc<dyn Store>,
    hub: Arc<Hub>,
    shelf: Arc<Shelf>,
    library: Arc<Library>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    settings: Settings,
    /// Whether layers are being changed just now.
    importing: AtomicBool,
}

/// How often is a decision taken again when somebody else was faster?
const ATTEMPTS: usize = 3;

/// The channels this instance serves: the live one, and a person with a
/// telephone. Mail and webhooks are kept on contact points and passed over.
const SERVED: [ChannelKind; 2] = [ChannelKind::Live, ChannelKind::ByHand];

impl Desk {
    /// A desk over a store, a map and a library of playbooks.
    pub fn new(
        store: Arc<dyn Store>,
        hub: Arc<Hub>,
        shelf: Arc<Shelf>,
        library: Arc<Library>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        settings: Settings,
    ) -> Self {
        Self { store, hub, shelf, library, clock, entropy, settings, importing: AtomicBool::new(false) }
    }

    /// The present moment, as the desk sees it.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Works out what a report comes to, without storing anything.
    pub fn preview(&self, viewer: &Viewer, report: &Report) -> Result<Preview, DeskError> {
        can(viewer, Action::Preview, None)?;
        let (assessment, class) = assess(&self.shelf.atlas(), report);
        let gaps = report.all_gaps(&assessment, self.clock.now());
        let playbooks = self.choose(report, &assessment, class, playbook::Audience::StateOfRelease);
        Ok(Preview { assessment, gaps, playbooks })
    }

    /// Takes a report: opens an incident, works out who is in reach, tells
    /// them or asks the State where it happened. Returns when it is stored.
    pub fn submit(
        &self,
        viewer: &Viewer,
        report: &Report,
        idempotency: Option<&Idempotency>,
    ) -> Result<Committed, DeskError> {
        can(viewer, Action::Submit, None)?;
        let now = self.clock.now();
        // Held until committed: a layer that comes meanwhile waits, and then finds
        // this incident among those to be assessed anew.
        let atlas = self.shelf.hold();
        let (assessment, class) = assess(&atlas, report);
        let release = self.choose(report, &assessment, class.clone(), playbook::Audience::StateOfRelease);
        let receipt = self.choose(report, &assessment, class, playbook::Audience::AffectedState);
        let texts = self.texts(release.iter().chain(&receipt));
        let decision = self.with_facts(now, |facts| {
            let submission = Submission {
                incident: IncidentId(self.entropy.id(now)),
                id: ReportId(self.entropy.id(now)),
                report,
                reporter: viewer,
                assessment: &assessment,
                release_playbooks: release,
                receipt_playbooks: receipt,
            };
            decision::submit(submission, facts)
        })?;
        self.commit(viewer, now, decision, texts, None, idempotency)
    }

    /// Says that a message to `addressee` has arrived.
    pub fn receive(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        addressee: &Addressee,
        message: MessageId,
    ) -> Result<Committed, DeskError> {
        can(viewer, Action::Receive, addressee.state())?;
        self.decide_on(viewer, incident, Some(message), None, |incident| {
            Ok((decision::receive(incident, addressee, message)?, Vec::new()))
        })
    }

    /// Acknowledges the notice for `addressee`: receipt, not agreement.
    pub fn acknowledge(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        addressee: &Addressee,
        note: Option<&str>,
        idempotency: Option<&Idempotency>,
    ) -> Result<Committed, DeskError> {
        can(viewer, Action::Acknowledge, addressee.state())?;
        self.decide_on(viewer, incident, None, idempotency, |incident| {
            Ok((decision::acknowledge(incident, addressee, note.map(str::to_owned))?, Vec::new()))
        })
    }

    /// Records under which id the Clearing-House has been informed.
    pub fn inform_clearing_house(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        record: &str,
        idempotency: Option<&Idempotency>,
    ) -> Result<Committed, DeskError> {
        self.decide_on(viewer, incident, None, idempotency, |incident| {
            // Whoever may speak for the State of release may say it.
            can(viewer, Action::Acknowledge, incident.state_of_release)?;
            Ok((decision::inform_clearing_house(incident, record)?, Vec::new()))
        })
    }

    /// Decides on a report under verification.
    pub fn verify(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        verdict: Verdict,
        reason: &str,
        idempotency: Option<&Idempotency>,
    ) -> Result<Committed, DeskError> {
        let now = self.clock.now();
        self.decide_on(viewer, incident, None, idempotency, |incident| {
            can(viewer, Action::Verify, incident.state_of_release)?;
            let report = self.report_of(incident)?;
            let assessment = self.assessment_of(incident)?;
            let class = self.shelf.built_in().identify(&report.organism).class;
            let receipt = self.choose(&report, &assessment, class, playbook::Audience::AffectedState);
            let texts = self.texts(receipt.iter());
            let stored = (&report, &assessment, receipt);
            let decision =
                self.with_facts(now, |facts| decision::verify(incident, verdict, reason, stored, facts))??;
            Ok((decision, texts))
        })
    }

    fn choose(
        &self,
        report: &Report,
        assessment: &Assessment,
        class: Option<String>,
        audience: playbook::Audience,
    ) -> Vec<ChosenPlaybook> {
        let group = Some(assessment.group.clone()).filter(|group| group != "unknown");
        let kind = group.as_ref().and_then(|code| self.shelf.built_in().organisms().group(code));
        let facts = playbook::Facts {
            incident: Some("unintentional".to_owned()),
            class,
            kind: kind.map(|group| group.kind.clone()),
            group,
            pathways: report.pathways.iter().map(|p| p.pathway).collect(),
            environment: report.place.environment.clone(),
            audience: Some(audience),
            p95_m: assessment.reaches.iter().map(|r| r.p95_m.get()).reduce(f64::max),
            max_m: Some(assessment.horizon_m.get()),
            ..playbook::Facts::default()
        };
        self.library.choose(&facts).into_iter().map(chosen).collect()
    }

    fn texts<'a>(&self, chosen: impl Iterator<Item = &'a ChosenPlaybook>) -> Vec<(String, String)> {
        chosen
            .filter_map(|c| self.library.get(&c.id).map(|book| (book.hash.clone(), book.text().to_owned())))
            .collect()
    }

    /// Decides on an incident as it stands, again when somebody was faster.
    fn decide_on(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        delivered: Option<MessageId>,
        idempotency: Option<&Idempotency>,
        decide: impl Fn(&Incident) -> Result<(Decision, Vec<(String, String)>), DeskError>,
    ) -> Result<Committed, DeskError> {
        let mut attempt = 1;
        loop {
            // Whether the viewer may see the incident at all comes first: what it
            // may not see does not exist for it.
            self.store.incident(viewer, incident)?.ok_or(DeskError::NotFound)?;
            // Before deciding: what was done the first time may not be possible again.
            if let Some(request) = idempotency
                && let Some(earlier) = self.store.answered(request)?
            {
                return Ok(earlier);
            }
            let standing = self.store.incident(&Viewer::House, incident)?.ok_or(DeskError::NotFound)?;
            let (decision, texts) = decide(&standing)?;
            let now = self.clock.now();
            match self.commit(viewer, now, decision, texts, delivered, idempotency) {
                Err(DeskError::Store(StoreError::Conflict)) if attempt < ATTEMPTS => attempt += 1,
                result => return result,
            }
        }
    }

    fn commit(
        &self,
        viewer: &Viewer,
        now: Timestamp,
        decision: Decision,
        playbook_texts: Vec<(String, String)>,
        delivered: Option<MessageId>,
        idempotency: Option<&Idempotency>,
    ) -> Result<Committed, DeskError> {
        let salts = decision.events.iter().map(|_| self.entropy.bytes()).collect();
        let committed = self.store.commit(Batch {
            decision,
            actor: viewer.account(),
            now,
            salts,
            instance: self.settings.instance.clone(),
            playbook_texts,
            delivered,
            idempotency: idempotency.cloned(),
        })?;
        self.hub.announce();
        Ok(committed)
    }

    fn with_facts<T>(&self, now: Timestamp, decide: impl FnOnce(&Facts<'_>) -> T) -> Result<T, DeskError> {
        let contacts: Vec<ContactPoint> = self.store.contacts(&Viewer::House, None)?;
        let eu_members: StateSet =
            self.shelf.built_in().states().iter().filter(|row| row.eu_member).map(|row| row.iso2).collect();
        let facts = Facts {
            now,
            contacts: &contacts,
            served: &SERVED,
            eu_members: &eu_members,
            policy: self.settings.policy,
            message_id: &|| MessageId(self.entropy.id(now)),
        };
        Ok(decide(&facts))
    }

    fn report_of(&self, incident: &Incident) -> Result<Report, DeskError> {
        let seq = incident.report.map(|r| r.seq).ok_or(DeskError::NotFound)?;
        match self.store.event(&Viewer::House, seq)? {
            Some(Event { body: Body::ReportReceived { content, .. }, .. }) => Ok(*content),
            _ => Err(StoreError::Corrupt(format!("event {seq} is not a report")).into()),
        }
    }

    fn assessment_of(&self, incident: &Incident) -> Result<Assessment, DeskError> {
        let seq = incident.assessed.ok_or(DeskError::NotFound)?;
        match self.store.event(&Viewer::House, seq)? {
            Some(Event { body: Body::Assessed { assessment, .. }, .. }) => Ok(*assessment),
            _ => Err(StoreError::Corrupt(format!("event {seq} is not an assessment")).into()),
        }
    }
}

/// What the map says to a report, and the incident class that fits by default.
/// A report that is filed, one that is only tried and a question on the
/// command line all come through here.
pub fn assess(atlas: &Atlas, report: &Report) -> (Assessment, Option<String>) {
    let identified = atlas.identify(&report.organism);
    let released = report.released.as_deref().map(Moment::read);
    let question = Question {
        geometry: report.place.geometry.clone(),
        uncertainty_m: report.place.uncertainty_m.unwrap_or(Metres::ZERO),
        state: report.state(),
        environment: report.place.environment.clone(),
        group: identified.group,
        species: identified.species,
        pathways: report.pathways.clone(),
        concerned: report.affected_states.iter().filter_map(|text| text.parse().ok()).collect(),
        released: released.as_ref().and_then(|moment| moment.earliest),
        released_by: released.as_ref().and_then(|moment| moment.latest),
    };
    let mut assessment = atlas.assess(&question);
    assessment.gaps.extend(identified.gaps);
    (assessment, identified.class)
}

/// A choice of the library as the log keeps it.
fn chosen(choice: playbook::Choice) -> ChosenPlaybook {
    let reason = |why: &Why| {
        let (code, value) = match why {
            Why::Audience { audience } => ("audience", audience.code().to_owned()),
            Why::Class { class } => ("class", class.clone()),
            Why::Group { group } => ("group", group.clone()),
            Why::Kind { kind } => ("kind", kind.clone()),
            Why::Pathway { pathway } => ("pathway", pathway.code().to_owned()),
            Why::Environment { environment } => ("environment", environment.clone()),
            Why::Fallback { unknown } => ("fallback", unknown.join(", ")),
        };
        PlaybookReason { code: code.to_owned(), value }
    };
    ChosenPlaybook {
        title: choice.title.in_language(Language::En).to_owned(),
        why: choice.why.iter().map(reason).collect(),
        id: choice.id,
        version: choice.version,
        hash: choice.hash,
    }
}
