//! The computed answer: which States and which hotspots are in reach, and
//! why. Codes and values only; sentences are made when shown.

use super::{
    place::Metres,
    reach::{Grade, Pathway, Reach},
    report::Gap,
    state::{Iso3, StateCode},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Inside which ring a State or layer feature lies. Ordered by urgency; what
/// cannot be decided sorts with what is in reach, never with what is not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ring {
    /// The place itself touches it.
    Touched,
    /// Within p50.
    P50,
    /// Within p95.
    P95,
    /// Within the farthest credible.
    Max,
    /// Beyond max, but by less than map and place can tell apart.
    CannotExclude,
    /// No distance decides: trade, a relation, or a report names it.
    Named,
}

/// Why a finding stands, as a code with its values.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// The place lies in (or touches) the area.
    PlaceInside,
    /// The whole State stands for the place, because no place is known.
    WholeState,
    /// The nearest point of the area lies within the reach.
    WithinReach {
        /// By which pathway (the one that reaches with the innermost ring).
        pathway: Pathway,
        /// The row of the dispersal table.
        #[schema(value_type = String)]
        row: Arc<str>,
        /// How far that pathway reaches in this ring.
        reach_m: Metres,
    },
    /// Beyond the reach by less than the map's accuracy and the place's
    /// uncertainty together.
    CannotExclude {
        /// By which pathway.
        pathway: Pathway,
        /// The row of the dispersal table.
        #[schema(value_type = String)]
        row: Arc<str>,
        /// The farthest reach.
        reach_m: Metres,
        /// Accuracy of the map and uncertainty of the place, added.
        margin_m: Metres,
    },
    /// A consignment went there.
    Destination {
        /// By which pathway.
        pathway: Pathway,
    },
    /// The reporter named it.
    Reported,
    /// Its coast is the nearest, or within 200 nautical miles (nearest-coast
    /// rule; not a legal delimitation).
    NearestCoast,
    /// It has a relation to an area that is in reach.
    Relation {
        /// The area's id.
        #[schema(value_type = String)]
        area: Arc<str>,
        /// The relation: `administers`, `claims`, `shared`, `undetermined`, `international`.
        #[schema(value_type = String)]
        basis: Arc<str>,
    },
    /// Named by an earlier assessment, so that a notice is owed to it; today's
    /// map alone would not say so. Nobody is ever dropped.
    ToldBefore,
    /// Farther than any pathway reaches.
    BeyondReach {
        /// The farthest reach of all pathways.
        reach_m: Metres,
    },
    /// People carry it, so no radius applies, and no destination was named.
    NoDestinationNamed {
        /// By which pathway.
        pathway: Pathway,
    },
}

/// One State that may be affected. `distance_m` is absent where no distance
/// decides.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct StateFinding {
    /// Two-letter code.
    pub iso2: StateCode,
    /// Three-letter code.
    pub iso3: Iso3,
    /// From the place to the nearest point of the State's areas, on the WGS 84
    /// ellipsoid.
    pub distance_m: Option<Metres>,
    /// Initial bearing to that point, degrees clockwise from north, 0–360.
    pub bearing_deg: Option<f64>,
    /// How exact the distance is: accuracy of the map and uncertainty of the
    /// place, added. Distances are shown no finer.
    pub accuracy_m: Metres,
    /// Inside which ring.
    pub ring: Ring,
    /// Why.
    pub reason: Reason,
    /// The areas by which it is concerned, by id.
    #[schema(value_type = Vec<String>)]
    pub areas: Vec<Arc<str>>,
    /// Whether some of it lies where wind or current carries the organism to;
    /// absent where the report gives no direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_sector: Option<bool>,
    /// When the organism may arrive at the earliest, where growth of the reach
    /// over time is known; else the release itself.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub earliest_arrival: Option<Timestamp>,
}

/// A State that was looked at and left out, with the reason.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Exclusion {
    /// Two-letter code.
    pub iso2: StateCode,
    /// Three-letter code.
    pub iso3: Iso3,
    /// Distance to its nearest point.
    pub distance_m: Metres,
    /// Initial bearing to that point.
    pub bearing_deg: f64,
    /// How exact the distance is: accuracy of the map and uncertainty of the
    /// place, added.
    pub accuracy_m: Metres,
    /// Why it is left out.
    pub reason: Reason,
}

/// A layer feature in reach: a hotspot, a protected area, a centre of origin.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LayerFinding {
    /// Which layer, such as `hotspots`.
    #[schema(value_type = String)]
    pub layer: Arc<str>,
    /// The feature's code in its layer.
    #[schema(value_type = String)]
    pub code: Arc<str>,
    /// The feature's name in English; names in other languages by code.
    #[schema(value_type = String)]
    pub name: Arc<str>,
    /// Distance to its nearest point; zero when the place lies in it.
    pub distance_m: Metres,
    /// Initial bearing to that point; absent when the place lies in it.
    pub bearing_deg: Option<f64>,
    /// Inside which ring.
    pub ring: Ring,
    /// Why.
    pub reason: Reason,
    /// Whether the layer is drawn approximately.
    pub approximate: bool,
    /// How far the drawn edge may be from the true one.
    pub accuracy_m: Metres,
    /// Share of the farthest reach around the place that lies in it, 0 to 1,
    /// counted on 64 points spread evenly; only for a place that is one point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlap: Option<f64>,
}

/// What a State is to the species: where it comes from, where it is diverse,
/// or where relatives grow or live wild.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CentreRole {
    /// Centre of origin: domesticated there, or native there.
    Origin,
    /// Centre of diversity.
    Diversity,
    /// Compatible relatives occur there in the wild.
    WildRelative,
}

/// Whether a wild relative can take up genes of the organism.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compatibility {
    /// Wild or feral forms of the same species.
    SameSpecies,
    /// Fertile hybrids arise without help.
    CrossesReadily,
    /// Hybrids are rare, weak or mostly sterile.
    CrossesWithDifficulty,
    /// Nobody has shown it either way; not to be read as "does not cross".
    Unknown,
}

/// What makes a State that is told sensitive to this organism. Says nothing
/// about reach: no State is told because of it, and none is left out for want
/// of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct CentreFinding {
    /// Which State.
    pub state: StateCode,
    /// The area of that State it is true of, by id, where it is not the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub area: Option<Arc<str>>,
    /// Scientific name of the organism's species.
    #[schema(value_type = String)]
    pub species: Arc<str>,
    /// What the State is to it.
    pub role: CentreRole,
    /// Scientific name of the wild relative; only with that role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub taxon: Option<Arc<str>>,
    /// Whether the relative can take up genes of it; only with that role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compatibility: Option<Compatibility>,
    /// What says so.
    #[schema(value_type = String)]
    pub source: Arc<str>,
    /// How good the evidence is.
    pub grade: Grade,
    /// The row of the table of relatives.
    #[schema(value_type = String)]
    pub row: Arc<str>,
}

/// A data set that went into an assessment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct DataVersion {
    /// Which data set: `areas`, `hotspots`, `dispersal`, …
    pub layer: String,
    /// Its version, from the sidecar.
    pub version: String,
    /// Its date, from the sidecar.
    pub date: String,
    /// SHA-256 of the bytes read, in hexadecimal.
    pub sha256: String,
}

/// The answer of the map to a [`Question`](super::reach::Question).
/// Deterministic: the same question over the same data gives the same bytes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Assessment {
    /// The organism group the reach was taken for.
    pub group: String,
    /// The reaches that were applied, widest last.
    pub reaches: Vec<Reach>,
    /// The farthest of them; zero when only people carry it.
    pub horizon_m: Metres,
    /// The State or States the place lies in.
    pub origin: Vec<StateFinding>,
    /// The other States in reach or concerned, most urgent first.
    pub states: Vec<StateFinding>,
    /// The nearest States that are not, and why.
    pub excluded: Vec<Exclusion>,
    /// Hotspots in reach, nearest first.
    pub hotspots: Vec<LayerFinding>,
    /// Features of other layers in reach.
    pub layers: Vec<LayerFinding>,
    /// Centres of origin and diversity and wild relatives, in the States of
    /// `origin` and `states` only, and in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub centres: Vec<CentreFinding>,
    /// What was missing or doubtful for the map.
    pub gaps: Vec<Gap>,
    /// Data sets and their versions.
    #[schema(value_type = Vec<DataVersion>)]
    pub data: Arc<[DataVersion]>,
}
