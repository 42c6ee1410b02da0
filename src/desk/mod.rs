//! The desk: commands in, stored events out. The only place that commits
//! events. A report's way through it is one function, [`Desk::submit`]:
//! assess, choose playbooks, decide (all pure), commit, announce.

mod answers;
mod changes;
pub mod contacts;
pub mod drafts;
pub mod erasure;
pub mod files;
pub mod hold;
pub mod layers;
pub mod links;
mod outbox;
pub mod records;
pub mod runs;
pub mod sign_in;
mod timers;
pub mod webhooks;

use crate::{
    alert::{courier::Bell, hub::Hub, keys::Keys},
    domain::{
        account::{Action, Denial, NotIndependent, Viewer, can},
        assessment::Assessment,
        clock::{Clock, Entropy},
        contact::{ChannelKind, ContactPoint},
        decision::{self, Case, Decision, EscalationPolicy, Facts, Outgoing, Refusal, Submission, Verdict},
        event::{Body, ChosenPlaybook, Event, Happened},
        id::{IncidentId, MessageId, ReportId},
        incident::{Incident, IncidentType},
        moment::Moment,
        place::Metres,
        reach::Question,
        report::{Gap, Report},
        run::{Circumstances, PinnedPlaybook},
        state::StateSet,
    },
    geo::{Atlas, MissingFacts, Shelf, import::ImportError},
    playbook::{self, Library},
    proof::digest_hex,
    store::{Batch, Store},
};
use jiff::Timestamp;
use runs::StepRefusal;
use std::sync::{Arc, Mutex, atomic::AtomicBool};

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
    /// It takes another person.
    #[error(transparent)]
    NotIndependent(#[from] NotIndependent),
    /// The incident is not any more as the one who asks has seen it.
    #[error("the incident has been changed by others: it is at revision {}", .0.revision)]
    Stale(Box<Incident>),
    /// There is no such imported layer (any more).
    #[error("there is no such imported layer")]
    NoSuchLayer,
    /// The playbook of a run does not allow it.
    #[error("{0}")]
    Step(Box<StepRefusal>),
    /// Somebody is not let in.
    #[error(transparent)]
    SignIn(#[from] sign_in::SignInRefusal),
    /// The file is not taken.
    #[error(transparent)]
    File(#[from] files::FileRefusal),
    /// A newer version cannot be adopted so.
    #[error(transparent)]
    Adoption(Box<playbook::AdoptionRefusal>),
    /// Nobody who could act for a role of this run.
    #[error("there is no such account of this State that may work on a playbook")]
    NoSuchColleague,
    /// The library has no such playbook.
    #[error("there is no such playbook: see /api/v1/playbooks")]
    NoSuchPlaybook,
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
#[derive(Clone)]
pub struct Settings {
    /// Its name in references: letters and digits, upper case.
    pub instance: String,
    /// How long answers may take.
    pub policy: EscalationPolicy,
    /// The channels that are served beside the live one and a person's telephone.
    pub served: Vec<ChannelKind>,
    /// Whether what tells or calms other States takes two persons.
    pub two_persons: bool,
    /// Puts a notice into the bytes that are sent.
    pub compose: Arc<Compose>,
    /// Whether webhooks may be entered that do without TLS (closed networks).
    pub allow_http: bool,
    /// What webhooks and links are sealed with.
    pub keys: Keys,
    /// Rung when something is to be sent.
    pub bell: Bell,
    /// How large files of responders may be, in bytes.
    pub largest_file: usize,
}

impl Settings {
    /// An instance that serves the live channel only, where one person may act
    /// alone; its keys are known to everybody.
    pub fn plain(instance: &str) -> Self {
        Self {
            instance: instance.to_owned(),
            policy: EscalationPolicy::default(),
            served: Vec::new(),
            two_persons: false,
            compose: Arc::new(|outgoing| serde_json::to_vec(outgoing.notice).unwrap_or_default()),
            allow_http: false,
            keys: Keys::of(&[0; 32]),
            bell: Bell::default(),
            largest_file: files::LARGEST_FILE,
        }
    }
}

/// How a command is given.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// By whom.
    pub by: &'a Viewer,
    /// To recognise a repeat.
    pub idempotency: Option<&'a Idempotency>,
    /// The revision of the incident that was seen (`If-Match`); the command is
    /// refused when it is another one by now.
    pub revision: Option<u64>,
    /// When it happened, if it is entered afterwards.
    pub happened: Option<Happened>,
}

impl<'a> Asked<'a> {
    /// By this viewer, for the first time, just now.
    pub fn by(by: &'a Viewer) -> Self {
        Self { by, idempotency: None, revision: None, happened: None }
    }
}

/// Puts a notice into the bytes that are sent.
pub type Compose = dyn Fn(&Outgoing<'_>) -> Vec<u8> + Send + Sync;

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
    /// Wrong attempts to sign in.
    attempts: Mutex<sign_in::Attempts>,
    /// Held while a password is verified: that costs much.
    verifying: Mutex<()>,
    /// When unclaimed files were last looked for.
    swept: Mutex<Option<Timestamp>>,
}

/// How often is a decision taken again when somebody else was faster?
const ATTEMPTS: usize = 3;

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
        let importing = AtomicBool::new(false);
        Self {
            store,
            hub,
            shelf,
            library,
            clock,
            entropy,
            settings,
            importing,
            attempts: Mutex::default(),
            verifying: Mutex::default(),
            swept: Mutex::default(),
        }
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
        // Before a number is taken that nobody would ever get.
        if let Some(request) = idempotency
            && let Some(earlier) = self.store.answered(request)?
        {
            return Ok(earlier);
        }
        let now = self.clock.now();
        // Held until committed: a layer that comes meanwhile waits, and then finds
        // this incident among those to be assessed anew.
        let atlas = self.shelf.hold();
        let (assessment, class) = assess(&atlas, report);
        let release = self.choose(report, &assessment, class.clone(), playbook::Audience::StateOfRelease);
        let receipt = self.choose(report, &assessment, class, playbook::Audience::AffectedState);
        let texts = self.texts(release.iter().chain(&receipt));
        let reference = self.store.next_reference(report.mode, &self.settings.instance, now)?;
        let decision = self.with_facts(now, |facts| {
            let submission = Submission {
                incident: IncidentId(self.entropy.id(now)),
                reference,
                two_persons: self.settings.two_persons,
                id: ReportId(self.entropy.id(now)),
                report,
                reporter: viewer,
                assessment: &assessment,
                release_playbooks: release,
                receipt_playbooks: receipt,
            };
            decision::submit(submission, facts)
        })?;
        self.commit(viewer, now, decision, texts, idempotency)
    }

    /// Decides on a report under verification.
    pub fn verify(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        verdict: Verdict,
        reason: &str,
    ) -> Result<Committed, DeskError> {
        let now = self.clock.now();
        self.decide_on(asked, incident, |incident| {
            can(asked.by, Action::Verify, incident.state_of_release)?;
            if verdict == Verdict::Open && self.settings.two_persons {
                self.check_second_for_report(incident, asked.by)?;
            }
            let stored = self.stored_case(incident)?;
            let decision = self.with_facts(now, |facts| {
                decision::verify(incident, verdict, reason, &stored.case(), facts)
            })??;
            Ok((decision, stored.texts))
        })
    }

    fn choose(
        &self,
        report: &Report,
        assessment: &Assessment,
        class: Option<String>,
        audience: playbook::Audience,
    ) -> Vec<ChosenPlaybook> {
        let circumstances = self.circumstances(report, &assessment.group, class);
        let incident = IncidentType::Unintentional;
        let facts =
            playbook::run::facts(incident, &assessment.group, Some(assessment), &circumstances, audience);
        self.library.choose(&facts).into_iter().map(ChosenPlaybook::from).collect()
    }

    /// What playbooks may ask of an occurrence beside what the map says.
    fn circumstances(&self, report: &Report, group: &str, class: Option<String>) -> Circumstances {
        let released = report.released.as_deref().map(Moment::read);
        Circumstances {
            class,
            kind: self.shelf.built_in().organisms().group(group).map(|group| group.kind.clone()),
            pathways: report.pathways.iter().map(|pathway| pathway.pathway).collect(),
            environment: report.place.environment.clone(),
            released: released.and_then(|moment| moment.earliest),
        }
    }

    fn texts<'a>(&self, chosen: impl Iterator<Item = &'a ChosenPlaybook>) -> Vec<(String, String)> {
        chosen
            .filter_map(|c| self.library.get(&c.id).map(|book| (book.hash.clone(), book.text().to_owned())))
            .collect()
    }

    /// Decides on an incident as it stands, again when somebody was faster.
    fn decide_on(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        decide: impl Fn(&Incident) -> Result<(Decision, Vec<(String, String)>), DeskError>,
    ) -> Result<Committed, DeskError> {
        let mut attempt = 1;
        loop {
            // Whether the viewer may see the incident at all comes first: what it
            // may not see does not exist for it.
            self.store.incident(asked.by, incident)?.ok_or(DeskError::NotFound)?;
            // Before deciding: what was done the first time may not be possible again.
            if let Some(request) = asked.idempotency
                && let Some(earlier) = self.store.answered(request)?
            {
                return Ok(earlier);
            }
            let standing = self.store.incident(&Viewer::House, incident)?.ok_or(DeskError::NotFound)?;
            if asked.revision.is_some_and(|seen| seen != standing.revision) {
                return Err(DeskError::Stale(Box::new(standing)));
            }
            let (decision, texts) = decide(&standing)?;
            let now = self.clock.now();
            match self.commit(asked.by, now, decision, texts, asked.idempotency) {
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
        idempotency: Option<&Idempotency>,
    ) -> Result<Committed, DeskError> {
        let salts = decision.events.iter().map(|_| self.entropy.bytes()).collect();
        let to_send = !decision.messages.is_empty();
        let committed = self.store.commit(Batch {
            decision,
            actor: viewer.account(),
            now,
            salts,
            playbook_texts,
            idempotency: idempotency.cloned(),
        })?;
        self.hub.announce();
        if to_send {
            self.settings.bell.ring();
        }
        Ok(committed)
    }

    fn with_facts<T>(&self, now: Timestamp, decide: impl FnOnce(&Facts<'_>) -> T) -> Result<T, DeskError> {
        let contacts: Vec<ContactPoint> = self.store.contacts(&Viewer::House, None)?;
        let eu_members: StateSet =
            self.shelf.built_in().states().iter().filter(|row| row.eu_member).map(|row| row.iso2).collect();
        let served = self.served();
        let facts = Facts {
            now,
            contacts: &contacts,
            served: &served,
            eu_members: &eu_members,
            policy: self.settings.policy,
            message_id: &|| MessageId(self.entropy.id(now)),
            digest: &digest_hex,
            compose: &*self.settings.compose,
        };
        Ok(decide(&facts))
    }

    fn report_of(&self, incident: &Incident) -> Result<Report, DeskError> {
        let seq = incident.facts.ok_or(DeskError::NotFound)?;
        match self.store.event(&Viewer::House, seq)?.map(|event| event.body) {
            Some(Body::ReportReceived { content, .. } | Body::FactsChanged { content, .. }) => Ok(*content),
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

    /// What an incident is about, as it is stored.
    fn stored_case(&self, incident: &Incident) -> Result<StoredCase, DeskError> {
        let report = self.report_of(incident)?;
        let assessment = self.assessment_of(incident)?;
        let class = self.shelf.built_in().identify(&report.organism).class;
        let playbooks = self.choose(&report, &assessment, class, playbook::Audience::AffectedState);
        let texts = self.texts(playbooks.iter());
        Ok(StoredCase { report, assessment, playbooks, texts })
    }
}

fn corrupt_text(playbook: &PinnedPlaybook) -> DeskError {
    let what = format!("the text {} of the playbook {} cannot be read", playbook.hash, playbook.id);
    StoreError::Corrupt(what).into()
}

/// What an incident is about, with the texts of the playbooks for States told.
struct StoredCase {
    report: Report,
    assessment: Assessment,
    playbooks: Vec<ChosenPlaybook>,
    texts: Vec<(String, String)>,
}

impl StoredCase {
    fn case(&self) -> Case<'_> {
        Case { report: &self.report, assessment: &self.assessment, playbooks: self.playbooks.clone() }
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
