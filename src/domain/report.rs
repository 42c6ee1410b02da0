//! What a person tells us of an occurrence. A report may have gaps; a gap
//! never blocks a notice.

use super::{
    assessment::Assessment,
    incident::{Mode, Significance},
    moment::{Moment, Precision},
    organism::{Identity, OecdIdentifier, Organism},
    place::{Geometry, Metres},
    reach::PathwayReport,
    state::StateCode,
    wire::written_as,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The body of `POST /api/v1/reports`. Only `mode` is required; whatever else
/// is missing or doubtful is accepted and becomes a gap.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// `actual`, `exercise` or `test`: without default, because nobody should
    /// ever raise a real alarm, or none, by leaving a word out.
    pub mode: Mode,
    /// What was released.
    #[serde(default)]
    pub organism: Organism,
    /// Where.
    #[serde(default)]
    pub place: PlaceReport,
    /// When it was released (17.3(b)), as a person writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<String>,
    /// When the reporter learned of it: the clock of Article 17.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// How it may move.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pathways: Vec<PathwayReport>,
    /// States the reporter thinks may be affected, by two-letter code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affected_states: Vec<String>,
    /// Estimated quantities (17.3(a)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantities: Option<Statement>,
    /// Relevant characteristics and traits (17.3(a)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traits: Option<Statement>,
    /// Circumstances of the release (17.3(b)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstances: Option<Statement>,
    /// Use of the organism in the State of origin (17.3(b)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#use: Option<Statement>,
    /// Possible adverse effects (17.3(c)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adverse_effects: Option<Statement>,
    /// Possible risk-management measures (17.3(c)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_management: Option<Statement>,
    /// Any other relevant information (17.3(d)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Statement>,
    /// Whom to ask (17.3(e)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point_of_contact: Option<Statement>,
    /// Whether significant adverse effects are likely (17.1).
    #[serde(default)]
    pub significance: Significance,
}

/// Where it happened, as said.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceReport {
    /// A point, route or area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geometry: Option<Geometry>,
    /// How far the true place may be from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty_m: Option<Metres>,
    /// The State where it happened, by two-letter code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Kind of surroundings, such as `rail_yard` or `field_trial`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
}

/// How well something is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Knowledge {
    /// Known.
    Known,
    /// Estimated.
    Estimated,
    /// Not known.
    Unknown,
    /// Known, and held back.
    Withheld,
}

/// A statement for one item of Article 17.3: plain text, or text with how well
/// it is known and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "StatementForm", into = "StatementForm")]
pub struct Statement {
    /// How well it is known.
    pub status: Knowledge,
    /// The text; empty for `unknown` and `withheld`.
    pub text: String,
    /// Where it comes from.
    pub provenance: Option<String>,
}

/// A statement as written: text alone means `known`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum StatementForm {
    /// Text alone.
    Text(String),
    /// Text with how well it is known.
    Full(StatementFull),
}

/// A statement with how well it is known and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementFull {
    /// How well it is known.
    pub status: Knowledge,
    /// The text.
    #[serde(default)]
    pub text: String,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
}

written_as!(Statement as StatementForm, "Text, or text with how well it is known");

impl From<StatementForm> for Statement {
    fn from(form: StatementForm) -> Self {
        match form {
            StatementForm::Text(text) => Self { status: Knowledge::Known, text, provenance: None },
            StatementForm::Full(full) => {
                Self { status: full.status, text: full.text, provenance: full.provenance }
            }
        }
    }
}

impl From<Statement> for StatementForm {
    fn from(statement: Statement) -> Self {
        Self::Full(StatementFull {
            status: statement.status,
            text: statement.text,
            provenance: statement.provenance,
        })
    }
}

/// Something missing or doubtful, kept as said, with a due date. Never a
/// refusal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Gap {
    /// Which field of the report, as a JSON pointer (RFC 6901).
    pub field: String,
    /// What is the matter.
    pub code: GapCode,
    /// What was said, where anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_said: Option<String>,
    /// By when it should be filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
}

/// What is the matter with a field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GapCode {
    /// Nothing was said.
    Missing,
    /// Said to be unknown.
    Unknown,
    /// Known, and held back.
    Withheld,
    /// The time has no zone, so it may be that time anywhere.
    NoZone,
    /// The words give no time.
    NotATime,
    /// The time lies in the future.
    Future,
    /// The State code is not in the table of States.
    UnknownState,
    /// The place lies in another State than the one said.
    StateDiffers,
    /// The identifier does not have the form of one.
    NotAnIdentifier,
    /// The identifier's check digit does not fit.
    CheckDigit,
    /// The identifier is a former one; the present one is used.
    FormerIdentifier,
    /// The organism is not in the table: the widest applicable reach is taken.
    UnknownOrganism,
    /// No reach is known for this organism by this pathway: the widest
    /// applicable is taken.
    UnknownReach,
    /// A route is needed, because people carry the organism along one.
    RouteNeeded,
    /// Destinations are needed, because people carry the organism to them.
    DestinationsNeeded,
    /// The geometry crosses itself or is too small to be an area; it was used
    /// all the same.
    DoubtfulGeometry,
}

/// How long after the report should a gap be filled? A product choice: Article
/// 17 has no deadline in hours.
const GAP_DUE: SignedDuration = SignedDuration::from_hours(72);

impl Report {
    /// The gaps that can be seen in the report alone; the map adds its own.
    pub fn gaps(&self, now: Timestamp) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let mut gap = |field: &str, code, as_said: Option<&str>| {
            gaps.push(Gap {
                field: field.to_owned(),
                code,
                as_said: as_said.map(str::to_owned),
                due: Some(now + GAP_DUE),
            });
        };
        if self.organism.identity() == Identity::Unknown {
            gap("/organism", GapCode::Missing, None);
        }
        for (index, text) in self.organism.oecd.iter().enumerate() {
            let field = format!("/organism/oecd/{index}");
            match text.parse::<OecdIdentifier>() {
                Err(_) => gap(&field, GapCode::NotAnIdentifier, Some(text)),
                Ok(identifier) if !identifier.is_sound() => gap(&field, GapCode::CheckDigit, Some(text)),
                Ok(_) => {}
            }
        }
        if self.place.geometry.is_none() {
            gap("/place/geometry", GapCode::Missing, self.place.description.as_deref());
        }
        let states = self.affected_states.iter().enumerate();
        let states = states.map(|(index, text)| (format!("/affected_states/{index}"), text));
        for (field, text) in
            self.place.state.iter().map(|text| ("/place/state".to_owned(), text)).chain(states)
        {
            if text.parse::<StateCode>().is_err() {
                gap(&field, GapCode::UnknownState, Some(text));
            }
        }
        for (field, said) in [("/released", &self.released), ("/known", &self.known)] {
            match said {
                None => gap(field, GapCode::Missing, None),
                Some(said) => {
                    let moment = Moment::read(said);
                    match moment.precision {
                        Precision::Words => gap(field, GapCode::NotATime, Some(said)),
                        Precision::LocalTime => gap(field, GapCode::NoZone, Some(said)),
                        _ => {}
                    }
                    if moment.is_future(now) {
                        gap(field, GapCode::Future, Some(said));
                    }
                }
            }
        }
        if self.pathways.is_empty() {
            gap("/pathways", GapCode::Missing, None);
        }
        for (field, statement) in self.statements() {
            match statement {
                None => gap(field, GapCode::Missing, None),
                Some(s) if s.status == Knowledge::Unknown => gap(field, GapCode::Unknown, None),
                Some(s) if s.status == Knowledge::Withheld => gap(field, GapCode::Withheld, None),
                Some(s) if s.text.trim().is_empty() => gap(field, GapCode::Missing, None),
                Some(_) => {}
            }
        }
        gaps
    }

    /// A report in which nothing is said, for a test of the line.
    pub fn saying_nothing(mode: Mode) -> Self {
        Self {
            mode,
            organism: Organism::default(),
            place: PlaceReport::default(),
            released: None,
            known: None,
            pathways: Vec::new(),
            affected_states: Vec::new(),
            quantities: None,
            traits: None,
            circumstances: None,
            r#use: None,
            adverse_effects: None,
            risk_management: None,
            other: None,
            point_of_contact: None,
            significance: Significance::default(),
        }
    }

    /// The items of Article 17.3 that are statements, by field.
    pub fn statements(&self) -> [(&'static str, Option<&Statement>); 8] {
        [
            ("/quantities", self.quantities.as_ref()),
            ("/traits", self.traits.as_ref()),
            ("/circumstances", self.circumstances.as_ref()),
            ("/use", self.r#use.as_ref()),
            ("/adverse_effects", self.adverse_effects.as_ref()),
            ("/risk_management", self.risk_management.as_ref()),
            ("/other", self.other.as_ref()),
            ("/point_of_contact", self.point_of_contact.as_ref()),
        ]
    }

    /// The State named as the place, when the text is a State code at all.
    pub fn state(&self) -> Option<StateCode> {
        self.place.state.as_deref().and_then(|text| text.parse().ok())
    }

    /// All gaps: the report's own, then those the map found.
    pub fn all_gaps(&self, assessment: &Assessment, now: Timestamp) -> Vec<Gap> {
        let mut gaps = self.gaps(now);
        for gap in &assessment.gaps {
            if !gaps.iter().any(|g| g.field == gap.field && g.code == gap.code) {
                gaps.push(Gap { due: gap.due.or(Some(now + GAP_DUE)), ..gap.clone() });
            }
        }
        gaps
    }
}
