//! How far an organism may get, by which pathway.

use super::{
    place::{Geometry, Metres},
    state::StateCode,
    wire::written_as,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A way in which an organism, or its pollen or seed, may move.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pathway {
    /// Pollen, by wind or insects.
    Pollen,
    /// Seed, by wind, water or animals.
    Seed,
    /// Cuttings, tubers, fragments.
    Vegetative,
    /// Own flight.
    Flight,
    /// Carried by the wind at height.
    WindBorne,
    /// Own swimming.
    Swimming,
    /// Carried by rivers, canals or currents.
    Water,
    /// Droplets and dust.
    Aerosol,
    /// From host to host.
    HostContact,
    /// Seed lost along a transport route.
    SeedSpill,
    /// Stowaway or escape along a transport route.
    Transport,
    /// Consignments: carried by people on purpose.
    Trade,
    /// Nobody knows: the widest applicable reach is taken.
    Unknown,
}

impl Pathway {
    /// The code as written everywhere.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pollen => "pollen",
            Self::Seed => "seed",
            Self::Vegetative => "vegetative",
            Self::Flight => "flight",
            Self::WindBorne => "wind_borne",
            Self::Swimming => "swimming",
            Self::Water => "water",
            Self::Aerosol => "aerosol",
            Self::HostContact => "host_contact",
            Self::SeedSpill => "seed_spill",
            Self::Transport => "transport",
            Self::Trade => "trade",
            Self::Unknown => "unknown",
        }
    }

    /// Whether people carry it, so that no radius can be given: a route or
    /// destinations must be asked for instead.
    pub fn is_human_mediated(self) -> bool {
        matches!(self, Self::SeedSpill | Self::Transport | Self::Trade)
    }
}

/// How good the evidence for a figure is. `D` is from memory and unverified;
/// it sorts as the weakest and is shown wherever the figure is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
pub enum Grade {
    /// Several field studies.
    A,
    /// One field study or survey.
    B,
    /// Model or inference.
    C,
    /// Unverified.
    D,
}

/// The reach of one organism group by one pathway: where half of the movement
/// lies, where nineteen twentieths lie, and the farthest credible.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Reach {
    /// The row of the dispersal table, or `reporter` for an override.
    #[schema(value_type = String)]
    pub row: Arc<str>,
    /// By which pathway.
    pub pathway: Pathway,
    /// Half of the movement lies within.
    pub p50_m: Metres,
    /// Nineteen twentieths lie within.
    pub p95_m: Metres,
    /// The farthest observed or credible.
    pub max_m: Metres,
    /// Where the figures come from.
    #[schema(value_type = String)]
    pub source: Arc<str>,
    /// How good the evidence is.
    pub grade: Grade,
    /// Whether the row is of the organism itself, or the widest applicable
    /// one because the organism or its movement is not known.
    pub widest_applicable: bool,
    /// Whether the row was not named by the reporter but follows from a spill
    /// or escape: the organism moves by itself from wherever it was carried.
    pub implied: bool,
    /// Reach over time since release, where known, by hours.
    #[serde(default = "no_growth", skip_serializing_if = "<[Growth]>::is_empty")]
    #[schema(value_type = Vec<Growth>)]
    pub growth: Arc<[Growth]>,
    /// How long it stays alive or fertile on the way, hours, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viability_hours: Option<f64>,
    /// Whether the month of release is one in which it moves, where both are
    /// known. Says how urgent it is; the reach stays what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_season: Option<bool>,
}

fn no_growth() -> Arc<[Growth]> {
    Arc::new([])
}

/// Reach some hours after release.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// Hours since release.
    pub hours: f64,
    /// Half of the movement lies within, by then.
    pub p50_m: Metres,
    /// Nineteen twentieths lie within, by then.
    pub p95_m: Metres,
    /// The farthest credible, by then.
    pub max_m: Metres,
}

/// A direction, degrees clockwise from north, 0 to below 360; input from −180
/// is brought into range.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Bearing(f64);

written_as!(Bearing as f64, "A direction, degrees clockwise from north");

/// The number is no direction.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("a direction is −180 to 360 degrees clockwise from north, and this is {0}")]
pub struct NotABearing(pub f64);

impl Bearing {
    /// The number of degrees.
    pub fn degrees(self) -> f64 {
        self.0
    }

    /// How far another direction is from this one, degrees, 0 to 180.
    pub fn apart(self, degrees: f64) -> f64 {
        let turn = (degrees - self.0).rem_euclid(360.0);
        turn.min(360.0 - turn)
    }
}

impl TryFrom<f64> for Bearing {
    type Error = NotABearing;

    fn try_from(degrees: f64) -> Result<Self, Self::Error> {
        let known = (-180.0..=360.0).contains(&degrees);
        if known { Ok(Self(degrees.rem_euclid(360.0))) } else { Err(NotABearing(degrees)) }
    }
}

impl From<Bearing> for f64 {
    fn from(bearing: Bearing) -> Self {
        bearing.0
    }
}

/// One pathway of a report, as said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PathwayReport {
    /// Which pathway.
    pub pathway: Pathway,
    /// The route, for pathways along a transport network or river.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Geometry>,
    /// The States a consignment went to, by two-letter code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destinations: Vec<String>,
    /// Where wind or current carries it to. States in that direction come
    /// first among those inside p95; nobody is left out for lying elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub towards_deg: Option<Bearing>,
    /// The reporter's own reach, which replaces the table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<ReachOverride>,
}

/// A reach the reporter sets instead of the table's, with the reason.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReachOverride {
    /// Half of the movement lies within; `p95_m` when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p50_m: Option<Metres>,
    /// Nineteen twentieths lie within; `max_m` when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p95_m: Option<Metres>,
    /// The farthest credible.
    pub max_m: Metres,
    /// Why the table's figure does not hold here.
    pub reason: String,
}

/// What the map is asked: a place, an organism, the ways it may move.
/// Everything in it is what was said; the answer says what was made of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// Where; absent when nobody knows, then the whole of `state` stands for it.
    pub geometry: Option<Geometry>,
    /// How far the true place may be from the geometry.
    pub uncertainty_m: Metres,
    /// The State where it happened, if said.
    pub state: Option<StateCode>,
    /// Kind of surroundings, by code, if said.
    pub environment: Option<String>,
    /// Organism group by code; `unknown` when nothing says it.
    pub group: String,
    /// The species, as known or as said; a group may hold several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub species: Option<String>,
    /// The pathways said; empty stands for unknown.
    pub pathways: Vec<PathwayReport>,
    /// States the reporter thinks may be affected.
    pub concerned: Vec<StateCode>,
    /// The earliest time of release, from which reach grows.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub released: Option<jiff::Timestamp>,
    /// The latest time of release, where it is known; season needs both.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub released_by: Option<jiff::Timestamp>,
}
