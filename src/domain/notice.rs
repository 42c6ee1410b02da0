//! The notice of Article 17.3: items (a) to (e), each with how well it is
//! known. "Should" and "available" are the treaty's words: a notice with gaps
//! is a notice.

use super::{
    assessment::StateFinding,
    duty::Addressee,
    event::OpenItem,
    incident::{IncidentState, IncidentType, Mode},
    moment::Moment,
    organism::Organism,
    report::{Knowledge, PlaceReport, Report, Statement},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a notice is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The first one to an addressee.
    Initial,
    /// Facts have changed.
    FollowUp,
    /// The danger is over: no further measures are needed.
    AllClear,
    /// It was sent in error: it never was so.
    Withdrawal,
    /// The case is closed, with a reason and what is still open.
    Closing,
    /// A report that the State of release has not yet confirmed, to that State.
    Verification,
    /// A report that nobody has confirmed in time, to States in reach: unverified.
    Advisory,
    /// A test of the line in peacetime: nothing has happened.
    Reachability,
    /// To a State's own contact points: a step of a playbook its team works
    /// through is overdue.
    StepOverdue,
    /// To this instance's duty officer: an addressee has not answered, or
    /// cannot be reached.
    Escalation,
}

/// One item that has changed since an addressee was last told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Which field of the report, as a JSON pointer (RFC 6901).
    pub field: String,
    /// What had been said; absent for what was not said before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is said now; absent for what was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A step of a playbook whose time has passed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LateStep {
    /// The playbook's title, in English.
    pub playbook: String,
    /// What is to be done, in English.
    pub title: String,
    /// When it was due.
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
}

/// The notice to one addressee. Inclusion of an addressee implies no position
/// on the status of any territory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// Why it is sent.
    pub kind: NoticeKind,
    /// Whether it is real.
    pub mode: Mode,
    /// What was released.
    pub organism: Organism,
    /// Where.
    pub place: PlaceReport,
    /// 17.3(a): estimated quantities.
    pub quantities: Statement,
    /// 17.3(a): characteristics and traits.
    pub traits: Statement,
    /// 17.3(b): circumstances.
    pub circumstances: Statement,
    /// 17.3(b): date of release.
    pub released: Option<Moment>,
    /// 17.3(b): use in the State of origin.
    pub r#use: Statement,
    /// 17.3(c): possible adverse effects.
    pub adverse_effects: Statement,
    /// 17.3(c): possible risk-management measures.
    pub risk_management: Statement,
    /// 17.3(d): other information.
    pub other: Statement,
    /// 17.3(e): whom to ask.
    pub point_of_contact: Statement,
    /// What kind of case it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident_type: Option<IncidentType>,
    /// Where the case stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<IncidentState>,
    /// Why this addressee is told: what the map found about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Box<StateFinding>>,
    /// What has changed since it was last told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Why, in the words of whoever decided: of an all-clear, a withdrawal, a
    /// closing, another classification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is still open as the case ends: facts nobody knows, and what is
    /// open between this addressee and the State of release.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub still_open: Vec<OpenItem>,
    /// The steps whose time has passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<LateStep>,
    /// About whom, when it is not about the receiver itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Addressee>,
}

impl Notice {
    /// The notice that `report` gives rise to. Whatever was not said is
    /// `unknown`; what is withheld carries no text.
    pub fn from_report(kind: NoticeKind, report: &Report) -> Self {
        let item = |statement: &Option<Statement>| match statement {
            None => Statement { status: Knowledge::Unknown, text: String::new(), provenance: None },
            Some(s) if s.status == Knowledge::Withheld => {
                Statement { status: Knowledge::Withheld, text: String::new(), provenance: None }
            }
            Some(s) => s.clone(),
        };
        Self {
            kind,
            mode: report.mode,
            organism: report.organism.clone(),
            place: report.place.clone(),
            quantities: item(&report.quantities),
            traits: item(&report.traits),
            circumstances: item(&report.circumstances),
            released: report.released.as_deref().map(Moment::read),
            r#use: item(&report.r#use),
            adverse_effects: item(&report.adverse_effects),
            risk_management: item(&report.risk_management),
            other: item(&report.other),
            point_of_contact: item(&report.point_of_contact),
            incident_type: None,
            state: None,
            finding: None,
            changes: Vec::new(),
            reason: None,
            still_open: Vec::new(),
            steps: Vec::new(),
            about: None,
        }
    }
}
