//! Emergency measures a team can follow: YAML in, a [`Playbook`] or problems
//! that point at the line out; a playbook and the facts in, the next steps
//! out. The room does no IO and reads no clock: text and times are arguments.
//!
//! Reading order: [`model`] (what a playbook is), [`expr`] and [`due`] (its
//! two small languages), [`read`](Playbook::read) with [`problem`],
//! [`library`] and [`choose`] (which playbook for which incident), [`engine`]
//! (which step now), [`mod@check`] (what the author should mend), [`survey`]
//! (how many samples).
//!
//! No time limit in hours stands in Article 17 of the Protocol ("as soon as",
//! "immediately"): every hour in a playbook is a choice of its author.

mod built_in;
pub mod check;
pub mod choose;
pub mod due;
pub mod engine;
pub mod expr;
pub mod library;
pub mod model;
mod paths;
pub mod problem;
mod read;
pub mod run;
mod step;
pub mod survey;
pub mod text;
mod view;
mod yaml;

pub use check::{check, has_errors};
pub use choose::{Audience, Choice, Facts, Why};
pub use engine::{Clocks, Outcome, Progress, StepRecord, open_steps};
pub use library::{Library, Summary};
pub use model::{Playbook, Required, Step};
pub use problem::{Mark, Problem, Severity};
pub use text::{Language, Text, Translation};
pub use view::{StepKind, StepState, StepView, SurveyView};
