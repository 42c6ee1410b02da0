//! Emergency measures a team can follow: YAML in, a [`Playbook`] or problems
//! that point at the line out; a playbook and the facts in, the next steps
//! out. The room does no IO and reads no clock: text and times are arguments.
//!
//! Reading order: [`model`] (what a playbook is), [`expr`], [`sentence`] and
//! [`due`] (its two small languages), [`read`](Playbook::read) with
//! [`problem`], [`library`] with [`translation`], and [`choose`] (which
//! playbook for which incident); then a run: [`edition`] (the text it is
//! pinned to), [`progress`] (what was done), [`mod@permit`] (what may be),
//! [`engine`] (where every step stands), [`mod@difference`] (what a newer
//! edition would change); and [`mod@check`] (what the author should mend) with
//! [`survey`] (how many samples).
//!
//! A run, from start to end:
//!
//! ```text
//! library.edition(id) ──► text and hash: store them, pin the run to the hash
//! Playbook::read(id, text)                       the pinned edition again
//!   permit(edition, facts, progress, entry)?     may this be written down
//!   progress.apply(entry)                        written down; never fails
//!   open_steps(edition, facts, progress, clocks, now), RunSummary::of(…)
//! difference(edition, newer), adopt(edition, newer, changes) ──► next text and hash
//! ```
//!
//! No time limit in hours stands in Article 17 of the Protocol ("as soon as",
//! "immediately"): every hour in a playbook is a choice of its author.

mod built_in;
pub mod check;
pub mod choose;
pub mod difference;
pub mod due;
pub mod edition;
pub mod engine;
pub mod expr;
mod faithful;
pub mod fields;
pub mod library;
pub mod model;
mod paths;
pub mod permit;
pub mod problem;
pub mod progress;
mod read;
pub mod run;
pub mod sentence;
mod step;
pub mod survey;
pub mod text;
pub mod translation;
mod view;
mod write;
mod yaml;

pub use check::{check, check_edition, has_errors};
pub use choose::{Audience, Choice, Facts, Why};
pub use difference::{AdoptionRefusal, Change, Class, Difference, adopt, difference};
pub use engine::{Plan, open_steps, orphans, rests_on};
pub use library::{Library, Summary};
pub use model::{Playbook, Required, Step};
pub use permit::{Conflict, Refusal, conflicts, permit};
pub use problem::{Mark, Problem, Severity};
pub use progress::{Clocks, Outcome, Progress, StepRecord};
pub use text::{Language, Text, Translation};
pub use translation::{TranslationFile, Wording};
pub use view::{DoneView, EvidenceGap, RunSummary, StepKind, StepState, StepView, SurveyView};
