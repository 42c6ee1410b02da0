//! CACAO 2.0 (OASIS, Collaborative Automated Course of Action Operations):
//! playbooks as JSON, out and in.
//!
//! [`export`] writes an edition as a workflow that another program can show
//! and follow, in English; what CACAO has no place for (due times, evidence,
//! sign-off, translations and so on) stands in one extension, described in
//! `playbooks/README.md`. [`import`] reads it back, and what maps of anybody
//! else's CACAO, with a list of what did not.
//!
//! Reading order: `names` (identifiers, variables), `course` (which step
//! follows which), `export`, `extension`, `import`, `foreign`.

mod condition;
mod course;
mod export;
mod extension;
mod foreign;
mod import;
mod names;

pub use export::{export, written};
pub use extension::EXTENSION_VERSION;
pub use import::{Imported, LARGEST, NotMapped, import};
pub use names::extension_id;
