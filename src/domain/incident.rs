//! The case a report opens.
//!
//! ```text
//!                    ┌────────────── withdrawn
//!                    │                   ▲
//!   under_verification ──▶ open ─────────┘      (contained, monitoring,
//!                                                closed, merged: see the
//!                                                table `may_become`)
//! ```
//!
//! Commands are decided on ([`super::decision`]); events are applied here.
//! Applying never fails and has no side effects, so an incident can always be
//! rebuilt from its events.

use super::{
    duty::{Addressee, Duty},
    event::{Body, ChosenPlaybook, Event},
    id::{AccountId, IncidentId, MessageId, Reference, ReportId, Seq},
    report::Gap,
    state::{StateCode, StateSet},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Whether it is real. Nothing links or merges across modes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It happened.
    Actual,
    /// A drill.
    Exercise,
    /// A test of the line.
    Test,
}

impl Mode {
    /// How references of this mode begin. Each mode counts for itself.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Actual => "OX",
            Self::Exercise => "EX",
            Self::Test => "TX",
        }
    }

    /// The mode as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Exercise => "exercise",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether significant adverse effects are likely (Art. 17.1), and who says so.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Significance {
    /// The answer.
    pub value: Likelihood,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The risk assessment referred to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_assessment: Option<String>,
}

/// Likely or not; unknown counts as likely and sorts above it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    /// Unlikely.
    Unlikely,
    /// Likely.
    Likely,
    /// Not known: counts as likely.
    #[default]
    Unknown,
}

/// What kind of case it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentType {
    /// Unintentional transboundary movement (Art. 17).
    Unintentional,
    /// Illegal transboundary movement (Art. 25).
    Illegal,
    /// No movement across a border is to be expected.
    Domestic,
    /// Not yet classified: handled like `unintentional`.
    Unclassified,
}

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentState {
    /// Reported by somebody else than the State of release, and not yet confirmed.
    UnderVerification,
    /// The duty of Article 17 runs.
    Open,
    /// No further release.
    Contained,
    /// Watched.
    Monitoring,
    /// Ended with a reason.
    Closed,
    /// Reported in error.
    Withdrawn,
    /// Continued in another incident.
    Merged,
}

impl IncidentState {
    /// The table of transitions.
    pub fn may_become(self, next: Self) -> bool {
        use IncidentState as S;
        let allowed: &[Self] = match self {
            S::UnderVerification => &[S::Open, S::Withdrawn, S::Merged],
            S::Open => &[S::Contained, S::Monitoring, S::Closed, S::Withdrawn, S::Merged],
            S::Contained => &[S::Open, S::Monitoring, S::Closed, S::Withdrawn, S::Merged],
            S::Monitoring => &[S::Open, S::Contained, S::Closed, S::Withdrawn, S::Merged],
            S::Closed | S::Withdrawn => &[S::Open],
            S::Merged => &[],
        };
        allowed.contains(&next)
    }

    /// Every state a case can be in.
    pub const ALL: [Self; 7] = [
        Self::UnderVerification,
        Self::Open,
        Self::Contained,
        Self::Monitoring,
        Self::Closed,
        Self::Withdrawn,
        Self::Merged,
    ];

    /// Whether nothing falls due any more.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn | Self::Merged)
    }

    /// The state as written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnderVerification => "under_verification",
            Self::Open => "open",
            Self::Contained => "contained",
            Self::Monitoring => "monitoring",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Merged => "merged",
        }
    }
}

/// An incident as its events have made it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// How many events it has: the version a change must be decided on.
    pub version: u64,
    /// Its newest event.
    pub head: Seq,
    /// What people call it.
    pub reference: Option<Reference>,
    /// Whether it is real.
    pub mode: Mode,
    /// What kind of case it is.
    pub incident_type: IncidentType,
    /// Where it stands.
    pub state: IncidentState,
    /// The State under whose jurisdiction it happened.
    pub state_of_release: Option<StateCode>,
    /// The organism in one line.
    pub organism: Option<String>,
    /// The organism group.
    pub group: String,
    /// The place in one line.
    pub place: Option<String>,
    /// Whether significant adverse effects are likely.
    pub significance: Significance,
    /// When it was opened here.
    #[schema(value_type = String, format = DateTime)]
    pub opened: Timestamp,
    /// Since when the State of release has known.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub aware: Option<Timestamp>,
    /// The report that opened it, and its place in the log.
    pub report: Option<ReportRef>,
    /// What is missing or doubtful.
    pub gaps: Vec<Gap>,
    /// Where in the log the newest assessment stands.
    pub assessed: Option<Seq>,
    /// Playbooks chosen, by role.
    pub playbooks: Vec<RolePlaybooks>,
    /// What is owed to whom.
    pub duties: Vec<Duty>,
    /// The message that asks the State where it happened, and whether it has
    /// arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<VerificationMessage>,
    /// By when a report under verification must be decided on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub verify_by: Option<Timestamp>,
    /// The States that take part: the State of release and every State told.
    pub states: StateSet,
}

/// The message that asks the State where it happened to verify a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct VerificationMessage {
    /// Its id.
    pub id: MessageId,
    /// Whether it has arrived.
    pub delivered: bool,
}

/// The report that opened an incident.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReportRef {
    /// Its id.
    pub id: ReportId,
    /// Its place in the log.
    pub seq: Seq,
    /// Who reported.
    pub reporter: Option<AccountId>,
}

/// The playbooks chosen for one role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct RolePlaybooks {
    /// `state_of_release` or `affected_state`.
    pub role: String,
    /// In order.
    pub playbooks: Vec<ChosenPlaybook>,
}

/// The version of the fold below. Raised when what it computes changes, so
/// that stored projections are rebuilt.
pub const FOLD: u32 = 1;

impl Incident {
    /// The incident as its first event finds it.
    pub fn before(first: &Event) -> Self {
        Self {
            id: first.incident,
            version: 0,
            head: Seq(0),
            reference: None,
            mode: first.mode,
            incident_type: IncidentType::Unclassified,
            state: IncidentState::UnderVerification,
            state_of_release: None,
            organism: None,
            group: "unknown".to_owned(),
            place: None,
            significance: Significance::default(),
            opened: first.recorded,
            aware: None,
            report: None,
            gaps: Vec::new(),
            assessed: None,
            playbooks: Vec::new(),
            duties: Vec::new(),
            verification: None,
            verify_by: None,
            states: StateSet::default(),
        }
    }

    /// Follows one event. Cannot fail and has no side effects.
    pub fn apply(&mut self, event: &Event) {
        self.version += 1;
        self.head = event.seq;
        match &event.body {
            Body::ReportReceived { report, gaps, .. } => {
                self.report = Some(ReportRef { id: *report, seq: event.seq, reporter: event.actor });
                self.gaps.clone_from(gaps);
            }
            Body::IncidentOpened {
                reference,
                state,
                incident_type,
                state_of_release,
                organism,
                group,
                place,
                significance,
                aware,
            } => {
                self.reference.clone_from(reference);
                self.state = *state;
                self.incident_type = *incident_type;
                self.state_of_release = *state_of_release;
                self.organism.clone_from(organism);
                self.group.clone_from(group);
                self.place.clone_from(place);
                self.significance = significance.clone();
                self.aware = *aware;
                self.states.extend(*state_of_release);
            }
            Body::Assessed { .. } => self.assessed = Some(event.seq),
            Body::PlaybookChosen { audience_role, playbooks } => {
                self.playbooks.retain(|chosen| chosen.role != *audience_role);
                self.playbooks
                    .push(RolePlaybooks { role: audience_role.clone(), playbooks: playbooks.clone() });
            }
            Body::VerificationRequested { due, message, .. } => {
                self.verify_by = Some(*due);
                self.verification =
                    message.as_ref().map(|plan| VerificationMessage { id: plan.id, delivered: false });
            }
            Body::VerificationDecided { state, due, .. } => {
                self.state = *state;
                self.verify_by = *due;
            }
            Body::VerificationOverdue | Body::Erased { .. } => {}
            Body::ClearingHouseInformed { .. } => self.duty_toward(&Addressee::Bch).apply(event),
            Body::DutyIdentified { addressee, .. }
            | Body::NoticeIssued { addressee, .. }
            | Body::AddresseeUnreachable { addressee, .. } => {
                self.states.extend(addressee.state());
                self.duty_toward(addressee).apply(event);
            }
            Body::MessageDelivered { message, .. }
                if self.verification.is_some_and(|asked| asked.id == *message) =>
            {
                self.verification = Some(VerificationMessage { id: *message, delivered: true });
            }
            Body::MessageDelivered { addressee, .. }
            | Body::NoticeAcknowledged { addressee, .. }
            | Body::AddresseeSilent { addressee } => self.duty_toward(addressee).apply(event),
        }
    }

    fn duty_toward(&mut self, addressee: &Addressee) -> &mut Duty {
        let index = self.duties.iter().position(|d| d.addressee == *addressee).unwrap_or_else(|| {
            self.duties.push(Duty::toward(addressee.clone()));
            self.duties.len() - 1
        });
        &mut self.duties[index]
    }

    /// The duty toward `addressee`, if there is one.
    pub fn duty(&self, addressee: &Addressee) -> Option<&Duty> {
        self.duties.iter().find(|d| d.addressee == *addressee)
    }
}
