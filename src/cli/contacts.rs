//! Contact points on the command line: brought in, taken out, and looked
//! through in peacetime.

use super::{Trouble, client::Client};
use crate::{
    api::contacts::{DirectoryFormat, LARGEST_DIRECTORY},
    desk::contacts::{ContactPreview, ContactsImported},
    domain::{
        contact::{Channel, ContactPoint},
        directory::{Changed, Known, New, Unusable},
    },
    interop::contacts_csv,
    reading::{AddresseeContacts, ContactFinding, ContactReadiness, STALE_AFTER_DAYS},
};
use serde_json::Value;
use std::{fmt::Write as _, path::PathBuf};
use unicode_width::UnicodeWidthStr;

/// How many lines of a list are shown when not all are wanted?
const LISTED: usize = 20;

/// The server and who asks.
#[derive(clap::Args)]
pub struct Server {
    /// Address of the server
    #[arg(long, visible_alias = "url", value_name = "URL", env = "OUTCROSS_URL")]
    server: String,
    /// Bearer token of an account that may do it
    #[arg(long, value_name = "TOKEN", env = "OUTCROSS_TOKEN", hide_env_values = true)]
    token: String,
}

impl Server {
    /// A client of it.
    pub fn client(&self) -> Result<Client, Trouble> {
        Client::new(&self.server, &self.token)
    }
}

/// Flags of `outcross import contacts`.
#[derive(clap::Args)]
pub struct ImportArguments {
    /// The file: JSON of the Biosafety Clearing-House's index, or CSV with a header row
    file: PathBuf,
    /// The format [default: as the first byte looks]
    #[arg(long)]
    format: Option<Format>,
    /// Change what is shown; without it nothing is changed
    #[arg(long)]
    apply: bool,
    /// Show every line
    #[arg(long)]
    all: bool,
    /// Say what would change, or what was changed, in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

/// A format of contact points.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// The index of the Biosafety Clearing-House, in JSON
    Bch,
    /// A table with a header row
    Csv,
}

/// Flags of `outcross export contacts`.
#[derive(clap::Args)]
pub struct ExportContacts {
    /// Of one addressee only: a State by code, an organization by its acronym, or INSTANCE
    #[arg(long)]
    addressee: Option<String>,
    /// Write to this file [default: the terminal]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
}

/// Flags of `outcross check contacts`.
#[derive(clap::Args)]
pub struct CheckContacts {
    /// After how many days a confirmation is stale
    #[arg(long, value_name = "DAYS", default_value_t = STALE_AFTER_DAYS)]
    stale_after: u32,
    /// Show also those of whom there is nothing to say
    #[arg(long)]
    all: bool,
    /// The whole answer in JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

/// Shows what a file would change and, if it was asked for, changes it.
pub fn import(arguments: &ImportArguments) -> Result<(), Trouble> {
    let what = format!("reading {}", arguments.file.display());
    let size = std::fs::metadata(&arguments.file).map_err(Trouble::while_doing(&what))?.len();
    if size > LARGEST_DIRECTORY as u64 {
        let limit = LARGEST_DIRECTORY / (1024 * 1024);
        return Err(Trouble(format!(
            "{} is too large: a file of contact points may have up to {limit} MiB. Split it and import the parts",
            arguments.file.display()
        )));
    }
    let bytes = std::fs::read(&arguments.file).map_err(Trouble::while_doing(&what))?;
    let client = arguments.server.client()?;
    let format = arguments.format.map(|format| match format {
        Format::Bch => DirectoryFormat::Bch,
        Format::Csv => DirectoryFormat::Csv,
    });
    let mut query: Vec<(&'static str, String)> =
        format.map(|format| ("format", format.code().to_owned())).into_iter().collect();
    let runtime = super::client_runtime()?;
    let preview: ContactPreview = runtime.block_on(client.post_file(
        "/api/v1/contacts/imports/preview",
        &query,
        bytes.clone(),
        |_| {},
    ))?;
    if !arguments.json {
        print!("{}", account_of(&preview, arguments.all));
    }
    if !arguments.apply {
        if arguments.json {
            return show(&preview);
        }
        println!("Shown only: nothing was changed. --apply changes it.");
        return Ok(());
    }
    query.push(("digest", preview.digest));
    let outcome: ContactsImported =
        runtime.block_on(client.post_file("/api/v1/contacts/imports", &query, bytes, |_| {}))?;
    if arguments.json {
        return show(&outcome);
    }
    println!("Applied: {} created, {} changed.", outcome.created, outcome.changed);
    Ok(())
}

/// Writes contact points out as a table.
pub fn export(arguments: ExportContacts) -> Result<(), Trouble> {
    let client = arguments.server.client()?;
    let path = match &arguments.addressee {
        Some(addressee) => format!("/api/v1/contacts?addressee={}", encoded(addressee)),
        None => "/api/v1/contacts".to_owned(),
    };
    let mut answer: Value = super::client_runtime()?.block_on(client.get(&path))?;
    let contacts: Vec<ContactPoint> =
        serde_json::from_value(answer["contacts"].take()).map_err(Trouble::while_doing(&path))?;
    let table = contacts_csv::write(&contacts).map_err(|why| Trouble(why.to_string()))?;
    let Some(file) = arguments.output else {
        print!("{table}");
        return Ok(());
    };
    std::fs::write(&file, table).map_err(Trouble::while_doing(&format!("writing {}", file.display())))?;
    let live = |contact: &&ContactPoint| {
        contact.channels.iter().any(|channel| matches!(channel, Channel::Live { .. }))
    };
    println!("{}: {}.", file.display(), counted(contacts.len(), "contact point"));
    let live = contacts.iter().filter(live).count();
    if live > 0 {
        println!(
            "{live} of them with a live channel, which names an account of this server and is not in the file."
        );
    }
    Ok(())
}

/// Says who could be told; it is trouble when a Party has nobody.
pub fn check(arguments: &CheckContacts) -> Result<(), Trouble> {
    let path = format!("/api/v1/contacts/readiness?stale_after_days={}", arguments.stale_after);
    let client = arguments.server.client()?;
    let readiness: ContactReadiness = super::client_runtime()?.block_on(client.get(&path))?;
    if arguments.json {
        show(&readiness)?;
    } else {
        print!("{}", state_of(&readiness, arguments.all));
    }
    match readiness.silent_parties {
        0 => Ok(()),
        1 => Err(Trouble("1 Party has nobody who can be told".to_owned())),
        count => Err(Trouble(format!("{count} Parties have nobody who can be told"))),
    }
}

fn show(value: &impl serde::Serialize) -> Result<(), Trouble> {
    let text = serde_json::to_string_pretty(value).map_err(Trouble::while_doing("writing JSON"))?;
    println!("{text}");
    Ok(())
}

/// What a file would change, for a person.
fn account_of(preview: &ContactPreview, all: bool) -> String {
    let mut text = String::new();
    let limit = if all { usize::MAX } else { LISTED };
    let comparison = &preview.comparison;
    for note in &comparison.notes {
        let _ = writeln!(text, "Note: {}.", printable(note));
    }
    list(&mut text, "New", comparison.new.iter().map(new_line), limit);
    list(&mut text, "Changed", comparison.changed.iter().map(changed_lines), limit);
    let missing = comparison.missing.iter().map(known_line);
    list(&mut text, "Not in the file, and kept", missing, limit);
    list(&mut text, "Cannot be used", comparison.unusable.iter().map(unusable_line), limit);
    let _ = writeln!(
        text,
        "{} new, {} changed, {} unchanged, {} not in the file, {} unusable.",
        comparison.new.len(),
        comparison.changed.len(),
        comparison.unchanged.len(),
        comparison.missing.len(),
        comparison.unusable.len()
    );
    text
}

fn list(text: &mut String, head: &str, lines: impl ExactSizeIterator<Item = String>, limit: usize) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    let _ = writeln!(text, "{head}:");
    for line in lines.take(limit) {
        let _ = writeln!(text, "  {line}");
    }
    if count > limit {
        let _ = writeln!(text, "  … and {} more (--all lists them)", count - limit);
    }
}

fn new_line(new: &New) -> String {
    let channels: Vec<String> = new.channels.iter().map(channel).collect();
    let channels = if channels.is_empty() { "no channel".to_owned() } else { channels.join(", ") };
    format!("{} {}  {}: {}", new.addressee, new.kind, printable(&new.name), printable(&channels))
}

fn changed_lines(changed: &Changed) -> String {
    let mut text = format!("{} {}  {}", changed.addressee, changed.kind, printable(&changed.name));
    for field in &changed.fields {
        let (before, after) = (said(&field.before), said(&field.after));
        let _ = write!(text, "\n      {}: {} → {}", field.field, printable(&before), printable(&after));
    }
    text
}

fn known_line(known: &Known) -> String {
    let record = known.record.as_ref().map(|record| format!(" ({record})")).unwrap_or_default();
    format!("{} {}  {}{}", known.addressee, known.kind, printable(&known.name), printable(&record))
}

fn unusable_line(row: &Unusable) -> String {
    let column = row.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
    let record = row.record.as_ref().map(|record| format!(" ({record})")).unwrap_or_default();
    printable(&format!("{}{column}: {}{record}", row.line, row.why))
}

/// A value of a field, for a person.
fn said(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.is_empty() => "nothing".to_owned(),
        Value::Array(values) => {
            let part = |value: &Value| {
                serde_json::from_value(value.clone()).map_or_else(|_| said(value), |known| channel(&known))
            };
            values.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn channel(channel: &Channel) -> String {
    match channel {
        Channel::Live { account } => format!("live as {account}"),
        Channel::Email { address } => address.clone(),
        Channel::Webhook { url, disabled: false } => url.clone(),
        Channel::Webhook { url, disabled: true } => format!("{url} (gone)"),
        Channel::ByHand { number } => number.clone(),
    }
}

/// Who could be told, for a person.
fn state_of(readiness: &ContactReadiness, all: bool) -> String {
    let mut text = String::new();
    let worth_a_line = |row: &&AddresseeContacts| all || !row.findings.is_empty();
    let everybody = || readiness.states.iter().chain(&readiness.organizations).chain([&readiness.instance]);
    let rows: Vec<[String; 5]> = everybody().filter(worth_a_line).map(row).collect();
    if !rows.is_empty() {
        let head = ["", "", "Party", "Confirmed", "What is the matter"].map(str::to_owned);
        text.push_str(&table(std::iter::once(head).chain(rows).collect()));
        text.push('\n');
    }
    let gone = readiness.disabled.iter().map(|gone| {
        printable(&format!(
            "{} {}: {} answered that it is gone for good",
            gone.addressee, gone.name, gone.url
        ))
    });
    list(&mut text, "Not used any more", gone, usize::MAX);
    let parties = readiness.states.iter().filter(|state| state.party == Some(true)).count();
    let _ = writeln!(
        text,
        "{} of {parties} Parties have somebody who can be told.",
        parties - readiness.silent_parties.min(parties)
    );
    text
}

fn row(of: &AddresseeContacts) -> [String; 5] {
    let party = match of.party {
        Some(true) => "yes",
        Some(false) => "no",
        None => "–",
    };
    let findings: Vec<&str> = of.findings.iter().map(|finding| words(*finding)).collect();
    [
        of.addressee.to_string(),
        printable(&of.name),
        party.to_owned(),
        of.confirmed.map_or_else(|| "–".to_owned(), |at| at.strftime("%Y-%m-%d").to_string()),
        if findings.is_empty() { "–".to_owned() } else { findings.join("; ") },
    ]
}

fn words(finding: ContactFinding) -> &'static str {
    match finding {
        ContactFinding::NoContactPoint => "nobody can be told: no contact point",
        ContactFinding::NoUsableChannel => "nobody can be told: no channel this server serves",
        ContactFinding::Unconfirmed => "never confirmed",
        ContactFinding::Stale => "confirmed too long ago",
        ContactFinding::NoArticle17 => "none for Article 17",
    }
}

/// Rows in columns, the last one as it comes.
fn table(rows: Vec<[String; 5]>) -> String {
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let space = " ".repeat(width - cell.width());
            let _ = write!(line, "{cell}{space}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A text that a terminal shows and does not obey.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

/// A text as part of a query.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
