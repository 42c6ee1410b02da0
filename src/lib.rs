//! Outcross: emergency response for unintentional transboundary movements of
//! living modified organisms (Cartagena Protocol on Biosafety, Article 17).
//!
//! **The story.** *A report arrives; the desk asks the map who may be affected
//! and the playbook what to do; it writes down the events; then it tells
//! everyone.*
//!
//! # The rooms, in reading order
//!
//! | room | what lives there |
//! |---|---|
//! | [`domain`] | what is true regardless of machines: places, organisms, reports, incidents, duties, contacts, accounts |
//! | [`words`] | codes and values → sentences in the languages of the United Nations |
//! | [`proof`] | leaf hashes that make the log checkable |
//! | [`geo`] | layers in, an atlas out; place and reach → assessment |
//! | [`playbook`] | YAML → playbook, or problems that point at the line; playbook and facts → next steps |
//! | [`interop`] | other people's formats, both ways, as pure text |
//! | [`store`] | one trait of domain verbs, one SQLite file behind it |
//! | [`alert`] | the hub: one ring of frames that all live readers share; the courier: mail and webhooks |
//! | [`desk`] | commands in, stored events out; what falls due |
//! | [`reading`] | every query, answered for one viewer |
//! | [`gate`] | who is asking, what they sent, and what they are told when it cannot be done |
//! | [`api`] | JSON routes, the live channel, the API document |
//! | [`config`] | file, environment and flags → settings |
//! | [`cli`] | `serve`, `demo`, `watch` and the rest of the program |
//!
//! `tests/layers.rs` holds who may import whom, as data.
//!
//! # A report's path
//!
//! [`api::reports::submit`] → [`desk::Desk::submit`] (assess, choose playbooks,
//! [`domain::decision::submit`]: all pure) → [`store::Store::commit`] (one
//! transaction) → [`alert::hub::Hub::announce`] (cannot fail, does not wait) →
//! `201`. Three calls deep. Synchronous inside, asynchronous only at the edge.
//!
//! The map may change meanwhile: [`desk::layers`] reads an imported layer
//! beside the atlas in use, stores it, swaps the atlas whole
//! ([`geo::Shelf`]), and assesses every incident that has not ended anew
//! ([`domain::reassessment`]).
//!
//! # Invariants
//!
//! 1. `domain`, `words`, `proof`, `geo`, `playbook` and `interop` do no IO,
//!    never `await`, read no clock and no random source: time and ids are arguments.
//! 2. Nothing is announced before it is committed. Nothing acknowledged to a
//!    caller is ever lost.
//! 3. Only `desk` commits events. A message changes state only together with
//!    the event that says so. Timers are rows; one loop calls
//!    [`desk::Desk::tick`], which decides again on today's state.
//! 4. Serving HTTP lives in `gate`, `api` and `web`; speaking it as a client in
//!    `alert::courier` and `cli`.
//! 5. A missing or doubtful field never blocks a notice.
//! 6. Nothing unknown ranks below something known.
//! 7. No State with a relation to a touched area is dropped silently: told, or
//!    listed as excluded with the reason.
//! 8. Stored and compared are codes and values; sentences are made when shown.
//! 9. `mode` is an argument without default in every query and route; nothing
//!    links or merges across modes.

pub mod alert;
pub mod api;
pub mod cli;
pub mod config;
pub mod desk;
pub mod domain;
pub mod gate;
pub mod geo;
pub mod interop;
pub mod playbook;
pub mod proof;
pub mod reading;
pub mod store;
pub mod web;
pub mod words;
