//! Who hears of what: the hub wakes the live subscribers. (The courier for
//! mail and webhooks will live here too.)

pub mod frame;
pub mod gallery;
pub mod hub;
pub mod letter;
