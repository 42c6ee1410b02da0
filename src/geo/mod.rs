//! Layers in, [`Atlas`] out; place and reach → assessment.
//!
//! Distances are right on the round earth everywhere, because nothing is
//! measured in degrees: every border vertex stands once as a point in space
//! (WGS 84, metres), nearest points are sought there, and the length and
//! bearing to the one found come from Karney's geodesic. Only the question
//! *inside or not* is asked in longitude and latitude.
//!
//! [`build`] makes the layers from their sources; [`Atlas::read`] takes them
//! in; [`Atlas::assess`] answers. Nothing here reads a file or a clock.

mod assess;
mod atlas;
mod bands;
mod boxes;
pub mod build;
mod built_in;
pub mod circle;
mod dispersal;
pub mod drawing;
mod earth;
mod error;
mod facts;
mod ground;
mod hotspots;
pub mod import;
mod land;
mod layer;
mod organisms;
mod outline;
mod place;
mod reach;
mod register;
mod relatives;
mod rounding;
mod seam;
mod sector;
mod segment;
mod shape;
mod shelf;
mod sidecar;
mod states;
mod survey;
mod topology;
mod tree;
mod zones;

pub use atlas::{Area, Atlas, HotspotSources, Near, Sources};
pub use dispersal::{Dispersal, Row, Shape};
pub use error::LayerError;
pub use facts::{Facts, MissingFacts, NotTaken};
pub use hotspots::Hotspot;
pub use organisms::{Event, Group, Identified, Organisms, UNKNOWN};
pub use register::Relation;
pub use relatives::{Centre, Crop, Relative, Relatives};
pub use shelf::{Held, Shelf, Shelved};
pub use sidecar::{Sidecar, Source};
pub use states::{Membership, NamedPoint, Names, StateRow, States};
pub use zones::zone_of;
