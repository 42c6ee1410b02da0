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

mod bands;
pub mod build;
mod earth;
mod error;
mod outline;
mod register;
mod seam;
mod sidecar;
mod states;
mod topology;
mod tree;

pub use error::LayerError;
pub use register::Relation;
pub use sidecar::{Sidecar, Source};
pub use states::{Membership, NamedPoint, Names, StateRow, States};
