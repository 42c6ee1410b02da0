//! `outcross check`: looks through what an operator relies on, and changes
//! nothing.

use super::{
    Trouble, check_playbooks,
    contacts::{self, CheckContacts},
};
use crate::store::sqlite::backup;
use std::path::PathBuf;

/// What to check.
#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Read the whole log of a store, running or stopped: every leaf, every projection
    Store(StoreArguments),
    /// Who could be told now, and who could not; fails when a Party has nobody who can be told
    Contacts(CheckContacts),
    /// Read playbooks and their translations: what is wrong, where, and how to mend it
    Playbooks(check_playbooks::Arguments),
}

/// Flags of `outcross check store`.
#[derive(clap::Args)]
pub struct StoreArguments {
    /// Directory of the store
    #[arg(value_name = "DIR", env = "OUTCROSS_DATA", default_value = "outcross-data")]
    data: PathBuf,
}

/// Checks what was asked for.
pub fn run(arguments: &Arguments) -> Result<(), Trouble> {
    match arguments {
        Arguments::Store(arguments) => check_store(arguments),
        Arguments::Contacts(arguments) => contacts::check(arguments),
        Arguments::Playbooks(arguments) => check_playbooks::run(arguments),
    }
}

fn check_store(StoreArguments { data }: &StoreArguments) -> Result<(), Trouble> {
    let checked = backup::check(data).map_err(Trouble::while_doing("the store was not checked"))?;
    if checked.problems.is_empty() {
        println!("{}: log {}, {} events: all of them check.", data.display(), checked.log, checked.head);
        return Ok(());
    }
    for problem in &checked.problems {
        println!("{problem}");
    }
    Err(Trouble(format!(
        "{}: {} wrong. Keep the directory as it is, restore the newest backup that checks into another one, and ask for help",
        data.display(),
        match checked.problems.len() {
            1 => "1 thing is".to_owned(),
            count => format!("{count} things are"),
        }
    )))
}
