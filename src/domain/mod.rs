//! What is true regardless of machines: places, organisms, reports, incidents,
//! duties, contacts, accounts. No IO, no clock, no random source lives here;
//! time and ids come in as arguments.

pub mod account;
pub mod assessment;
pub mod audience;
pub mod clock;
pub mod contact;
pub mod coordinates;
pub mod decision;
pub mod delivery;
pub mod directory;
pub mod draft;
pub mod duty;
pub mod erasure;
pub mod event;
pub mod id;
pub mod incident;
pub mod layer;
pub mod liability;
pub mod moment;
pub mod notice;
pub mod organism;
pub mod place;
pub mod reach;
pub mod reassessment;
pub mod report;
pub mod run;
pub mod sign_in;
pub mod state;
pub(crate) mod wire;
