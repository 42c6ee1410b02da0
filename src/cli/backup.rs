//! `outcross backup`: a copy of a store that can be restored.
//!
//! It reads the data directory itself instead of asking the server: it needs
//! no token and works whether the server runs, hangs or is stopped, which is
//! what somebody wants who is woken by a job of the night. It only reads: a
//! snapshot of the database does not disturb whoever writes.

use super::Trouble;
use crate::{
    domain::clock::{Clock as _, Machine},
    store::sqlite::backup,
};
use std::path::PathBuf;

/// Flags of `outcross backup`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to: a directory that is empty or not there yet
    target: PathBuf,
    /// Directory of the store
    #[arg(long, value_name = "DIR", env = "OUTCROSS_DATA", default_value = "outcross-data")]
    data: PathBuf,
}

/// The program as a backup names it.
const PROGRAM: &str = concat!("outcross ", env!("CARGO_PKG_VERSION"));

/// Makes a backup.
pub fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let Arguments { target, data } = arguments;
    let manifest = backup::back_up(data, target, PROGRAM, Machine.now())
        .map_err(Trouble::while_doing("there is no backup"))?;
    let bytes: u64 = manifest.files.iter().map(|file| file.size).sum();
    println!(
        "Backed up {} to {}: log {} up to event {}, {} files, {} KiB.",
        data.display(),
        target.display(),
        manifest.log,
        manifest.head,
        manifest.files.len(),
        bytes.div_ceil(1024)
    );
    println!(
        "It holds all that the server knows, also the addresses of contact points, the digests of tokens and the secret \
         of the instance: keep it where only the operator can read it."
    );
    Ok(())
}
