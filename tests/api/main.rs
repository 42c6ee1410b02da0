//! The API as its users meet it: real routes, a real port, a real store.
//! Every answer is held against the served API document; a route or a status
//! that is not in it fails the test that met it.

#![expect(clippy::panic, reason = "a harness fails the test that uses it")]

mod bad_input;
mod closing;
mod command_line;
mod consultation;
mod contacts;
mod contract;
mod doubtful_input;
mod duties;
mod harness;
mod idempotency;
mod layers;
mod ledger;
mod library;
mod live;
mod looking_back;
mod modes;
mod oracle;
mod oracle_story;
mod pages;
mod persons;
mod reachability;
#[expect(dead_code, reason = "the tests of the courier alone use more of it")]
#[path = "../courier/receivers.rs"]
mod receivers;
#[expect(dead_code, reason = "the tests of the courier alone use more of it")]
#[path = "../courier/relay.rs"]
mod relay;
mod reporting;
mod reports;
mod runs;
mod sending;
mod stage;
mod steering;
mod timers;
mod verification;
mod visibility;
