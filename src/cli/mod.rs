//! The program: what can be said on the command line.

mod assess;
mod backup;
mod cacao;
mod check;
mod check_playbooks;
pub mod client;
mod contacts;
mod demo;
mod export;
mod geodata;
mod import;
mod restore;
mod run;
mod scenarios;
mod serve;
pub mod watch;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Emergency response for unintentional transboundary movements of living
/// modified organisms (Cartagena Protocol, Article 17).
#[derive(Parser)]
#[command(name = "outcross", version, about, max_term_width = 100)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Arguments),
    /// Watch a published case go from report to live alerts, on a server of its own
    Demo(demo::Arguments),
    /// Receive alerts in a terminal
    Watch(watch::Arguments),
    /// Ask the map who would be in reach, and why; needs no server
    Assess(Box<assess::Arguments>),
    /// Bring layers of the map or contact points into a running server, or read a playbook of another program
    #[command(subcommand)]
    Import(import::Arguments),
    /// Work through a playbook, step by step
    Run(Box<run::Arguments>),
    /// Copy a store so that it can be restored; the server may be running
    Backup(backup::Arguments),
    /// Make a store of a backup, checked, with its outbox on hold
    Restore(restore::Arguments),
    /// Write contact points of a running server, or a playbook, in a format of others
    #[command(subcommand)]
    Export(export::Arguments),
    /// Look through what an operator relies on
    #[command(subcommand)]
    Check(check::Arguments),
    /// Make the layers of the map from their sources
    #[command(subcommand)]
    Geodata(geodata::Arguments),
}

/// Runs the program; the exit code says whether it did what it was asked.
pub fn run() -> ExitCode {
    // One cryptography for every TLS connection of the process; only the first
    // installation counts, and this is the first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let result = match Program::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Demo(arguments) => demo::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
        Command::Assess(arguments) => assess::run(&arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Run(arguments) => run::run(*arguments),
        Command::Backup(arguments) => backup::run(&arguments),
        Command::Restore(arguments) => restore::run(&arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Geodata(arguments) => geodata::run(arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("outcross: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// What stops a command: words for the person at the terminal.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(pub String);

impl Trouble {
    /// Says what was being done when it went wrong.
    pub fn while_doing<E: std::fmt::Display>(what: &str) -> impl FnOnce(E) -> Self + '_ {
        move |error| Self(format!("{what}: {error}"))
    }
}

/// A runtime for the client side of the program.
fn client_runtime() -> Result<tokio::runtime::Runtime, Trouble> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Trouble::while_doing("starting"))
}
