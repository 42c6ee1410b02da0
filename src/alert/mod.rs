//! Who hears of what: the hub wakes the live subscribers, the courier sends
//! mail and webhooks.

pub mod courier;
pub mod frame;
pub mod gallery;
pub mod hub;
pub mod keys;
pub mod letter;
