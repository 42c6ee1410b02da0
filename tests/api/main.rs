//! The API as its users meet it: real routes, a real port, a real store.
//! Every answer is held against the served API document; a route or a status
//! that is not in it fails the test that met it.

#![expect(clippy::panic, reason = "a harness fails the test that uses it")]

mod bad_input;
mod command_line;
mod contacts;
mod contract;
mod doubtful_input;
mod duties;
mod harness;
mod idempotency;
mod layers;
mod live;
mod modes;
mod reports;
mod stage;
mod timers;
mod verification;
mod visibility;
