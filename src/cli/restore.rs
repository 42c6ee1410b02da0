//! `outcross restore`: a store made of a backup, checked, with its outbox on
//! hold.

use super::Trouble;
use crate::{
    domain::clock::{Clock as _, Entropy as _, Machine},
    store::sqlite::backup::{self, NUMBERS_PASSED_OVER},
};
use std::path::PathBuf;

/// Flags of `outcross restore`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The backup: a directory made by `outcross backup`
    backup: PathBuf,
    /// Directory of the store to be made: empty or not there yet
    #[arg(long, value_name = "DIR", env = "OUTCROSS_DATA", default_value = "outcross-data")]
    data: PathBuf,
}

/// Restores a backup.
pub fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let Arguments { backup: from, data } = arguments;
    let now = Machine.now();
    let log = Machine.id(now).to_string();
    let restored =
        backup::restore(from, data, &log, now).map_err(Trouble::while_doing("nothing was restored"))?;
    let manifest = &restored.manifest;
    println!(
        "Restored {} to {}: {} files as backed up, every event up to {} checked.",
        from.display(),
        data.display(),
        manifest.files.len(),
        manifest.head
    );
    println!(
        "The log has a new id, {log}: live receivers see that there is a gap and read everything again."
    );
    println!(
        "No mail and no webhook goes out: {} on hold, because they may have been sent after the backup was made ({}).",
        match restored.held {
            1 => "1 message is".to_owned(),
            count => format!("{count} messages are"),
        },
        manifest.made.strftime("%Y-%m-%d %H:%M:%S UTC")
    );
    println!("What to do now:");
    println!(" 1. outcross serve --data {}", data.display());
    println!(
        " 2. See what is on hold (GET /api/v1/outbox) and say what had been sent, as an administrator or duty officer of the"
    );
    println!(
        "    instance: POST /api/v1/outbox/release with {{\"sent_until\": \"<time>\"}}, {{\"sent\": [\"<message id>\", …]}} or {{\"none\": true}}."
    );
    println!(
        " 3. Enter anew what was reported after the backup was made: this store does not know it. New incidents get numbers"
    );
    println!("    {NUMBERS_PASSED_OVER} higher, so that none is given twice.");
    println!(
        " 4. Erase again what was erased after the backup was made, and withdraw again what was withdrawn from accounts."
    );
    Ok(())
}
