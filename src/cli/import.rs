//! `outcross import`: brings layers into a running server (contact points are
//! the matter of their own file).
//!
//! The file is read and checked here first, by the very code the server uses;
//! what it says by feature is said before anything is sent.

use super::{Trouble, client::Client};
use crate::{
    api::layers::LARGEST_LAYER,
    domain::layer::LayerKind,
    geo::{
        Facts, MissingFacts, NotTaken,
        import::{Imported, LayerFile, Progress},
    },
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

/// How many features are listed when not all are wanted?
const LISTED: usize = 20;

/// What to import.
#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Replace or add a layer of the map: GeoJSON, TopoJSON, or a shapefile in a zip
    Layer(LayerArguments),
    /// Contact points: JSON of the Biosafety Clearing-House's index, or CSV
    Contacts(super::contacts::ImportArguments),
    /// A playbook from CACAO 2.0, as YAML of our own; needs no server
    Cacao(super::cacao::ImportArguments),
}

/// Flags of `outcross import layer`.
#[derive(clap::Args)]
pub struct LayerArguments {
    /// The file: .geojson or .json (GeoJSON or TopoJSON), or .zip with a shapefile inside
    file: PathBuf,
    /// hotspots (replaces the built-in ones), protected_areas,
    /// key_biodiversity_areas, boundaries (adds areas of States) or other
    #[arg(long)]
    kind: LayerKind,
    /// Its name; a layer of the same kind and name is replaced [default: the file's name]
    #[arg(long)]
    name: Option<String>,
    /// TOML file with what the layer is [default: NAME.meta.toml beside the file, if there]
    #[arg(long, value_name = "FILE")]
    sidecar: Option<PathBuf>,
    /// One line for people
    #[arg(long)]
    title: Option<String>,
    /// Where the content comes from
    #[arg(long)]
    source: Option<String>,
    /// Terms of use
    #[arg(long)]
    licence: Option<String>,
    /// Version, as the source says it
    #[arg(long)]
    version: Option<String>,
    /// Day of this version, such as 2026-11-23
    #[arg(long)]
    date: Option<String>,
    /// How far a drawn line may be from the true one, in metres
    #[arg(long, value_name = "METRES")]
    accuracy_m: Option<f64>,
    /// Read and check the file, and send nothing
    #[arg(long)]
    check: bool,
    /// List every feature that is left out or has something the matter
    #[arg(long)]
    all: bool,
    /// Address of the server
    #[arg(
        long,
        visible_alias = "url",
        value_name = "URL",
        env = "OUTCROSS_URL",
        required_unless_present = "check"
    )]
    server: Option<String>,
    /// Bearer token of an administrator of the instance
    #[arg(
        long,
        value_name = "TOKEN",
        env = "OUTCROSS_TOKEN",
        hide_env_values = true,
        required_unless_present = "check"
    )]
    token: Option<String>,
}

/// Imports what was asked for.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    let arguments = match arguments {
        Arguments::Layer(arguments) => arguments,
        Arguments::Contacts(arguments) => return super::contacts::import(&arguments),
        Arguments::Cacao(arguments) => return super::cacao::import(&arguments),
    };
    let (file_name, bytes) = taken_from(&arguments.file)?;
    let name = arguments.name.clone().unwrap_or_else(|| usual_name(&arguments));
    let facts = facts(&arguments)?;
    let layer = read(&arguments, &name, &LayerFile { file_name: &file_name, bytes: &bytes }, &facts)?;
    print!("{}", account_of(&layer, &arguments.file, arguments.all));
    let (Some(server), Some(token), false) = (&arguments.server, &arguments.token, arguments.check) else {
        println!("Checked only: nothing was sent.");
        return Ok(());
    };
    let client = Client::new(server, token)?;
    let query = query(arguments.kind, &name, &file_name, facts);
    let answer = super::client_runtime()?.block_on(upload(&client, &query, bytes))?;
    print!("{}", outcome_of(&answer));
    Ok(())
}

/// The file, unless it is larger than any server takes.
pub(super) fn taken_from(path: &Path) -> Result<(String, Vec<u8>), Trouble> {
    let what = format!("reading {}", path.display());
    let size = std::fs::metadata(path).map_err(Trouble::while_doing(&what))?.len();
    if size > LARGEST_LAYER as u64 {
        return Err(Trouble(format!(
            "{} has {} MiB; a layer may have up to {}. Simplify the geometry, or split it and import the parts under different names",
            path.display(),
            size.div_ceil(1024 * 1024),
            LARGEST_LAYER / (1024 * 1024)
        )));
    }
    let bytes = std::fs::read(path).map_err(Trouble::while_doing(&what))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok((name.ok_or_else(|| Trouble(format!("{} is not a file", path.display())))?, bytes))
}

fn usual_name(arguments: &LayerArguments) -> String {
    match arguments.kind {
        LayerKind::Hotspots => LayerKind::Hotspots.code().to_owned(),
        _ => arguments.file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
    }
}

/// What is said of the layer: flags, over the sidecar file.
fn facts(arguments: &LayerArguments) -> Result<Facts, Trouble> {
    let below = facts_beside(&arguments.file, arguments.sidecar.clone())?;
    let flags = Facts {
        title: arguments.title.clone(),
        source: arguments.source.clone(),
        licence: arguments.licence.clone(),
        version: arguments.version.clone(),
        date: arguments.date.clone(),
        accuracy_m: arguments.accuracy_m,
        ..Facts::default()
    };
    Ok(flags.over(below))
}

/// What a sidecar says: the one named, or the one beside the file, if there.
pub(super) fn facts_beside(file: &Path, sidecar: Option<PathBuf>) -> Result<Facts, Trouble> {
    let beside = file.with_extension("meta.toml");
    let Some(path) = sidecar.or_else(|| beside.is_file().then_some(beside)) else {
        return Ok(Facts::default());
    };
    let what = format!("reading {}", path.display());
    let text = std::fs::read_to_string(&path).map_err(Trouble::while_doing(&what))?;
    Facts::read(&text).map_err(Trouble::while_doing(&what))
}

/// Reads the layer here.
fn read(
    arguments: &LayerArguments,
    name: &str,
    file: &LayerFile<'_>,
    facts: &Facts,
) -> Result<Imported, Trouble> {
    read_with_bar(arguments.kind, name, file, facts).map_err(|why| match why {
        NotTaken::File(error) => Trouble(format!("{}: {error}", arguments.file.display())),
        NotTaken::Facts(missing, layer) => {
            print!("{}", account_of(&layer, &arguments.file, arguments.all));
            unsaid(&missing)
        }
    })
}

/// Reads a layer, with a bar on a terminal.
pub(super) fn read_with_bar(
    kind: LayerKind,
    name: &str,
    file: &LayerFile<'_>,
    facts: &Facts,
) -> Result<Imported, NotTaken> {
    let bar = ProgressBar::new(file.bytes.len() as u64);
    let (bytes, count) = (style("{bytes}/{total_bytes}"), style("{pos}"));
    bar.set_style(bytes.clone());
    let mut show = |progress: Progress| match progress {
        Progress::Reading { done, of } => {
            bar.set_message("reading");
            bar.set_length(of);
            bar.set_position(done);
        }
        Progress::Features { done } => {
            bar.set_style(count.clone());
            bar.set_message("features");
            bar.set_position(done as u64);
        }
        Progress::Indexing { done, of } => {
            bar.set_message("indexing");
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        }
    };
    let layer = Imported::read_with(kind, name, file, facts.clone(), &mut show);
    bar.finish_and_clear();
    layer
}

fn unsaid(missing: &MissingFacts) -> Trouble {
    let flags: Vec<String> = missing.0.iter().map(|fact| format!("--{}", fact.replace('_', "-"))).collect();
    let verb = if flags.len() == 1 { "is" } else { "are" };
    Trouble(format!(
        "a layer says where it comes from and how exact it is: {} {verb} missing (flags, or a sidecar file)",
        flags.join(", ")
    ))
}

fn style(count: &str) -> ProgressStyle {
    let template = format!("{{msg:10}} {{wide_bar}} {count}");
    ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// What was found in the file, for a person.
fn account_of(layer: &Imported, file: &Path, all: bool) -> String {
    let mut text = String::new();
    let limit = if all { usize::MAX } else { LISTED };
    let _ = writeln!(
        text,
        "{}: {} “{}”, {} used, {} left out",
        file.display(),
        layer.kind,
        layer.name,
        features(layer.kept),
        layer.dropped.len()
    );
    let _ = match layer.known {
        Some(known) => writeln!(text, "Checksum known: this is {known}."),
        None => writeln!(text, "SHA-256 {}: not a publication this program knows.", layer.sha256),
    };
    list(&mut text, "Left out", layer.dropped.iter().map(ToString::to_string), limit);
    list(&mut text, "Used, with something the matter", layer.problems.iter().map(ToString::to_string), limit);
    text
}

fn features(count: usize) -> String {
    if count == 1 { "1 feature".to_owned() } else { format!("{count} features") }
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

fn query(kind: LayerKind, name: &str, file_name: &str, facts: Facts) -> Vec<(&'static str, String)> {
    let said = [
        ("kind", Some(kind.code().to_owned())),
        ("name", Some(name.to_owned())),
        ("file_name", Some(file_name.to_owned())),
        ("title", facts.title),
        ("source", facts.source),
        ("licence", facts.licence),
        ("version", facts.version),
        ("date", facts.date),
        ("how_made", facts.how_made),
        ("accuracy_m", facts.accuracy_m.map(|metres| metres.to_string())),
        ("notes", facts.notes),
    ];
    said.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

async fn upload(client: &Client, query: &[(&'static str, String)], bytes: Vec<u8>) -> Result<Value, Trouble> {
    let bar = ProgressBar::new(bytes.len() as u64);
    bar.set_style(style("{bytes}/{total_bytes}"));
    bar.set_message("sending");
    let (sent, size) = (bar.clone(), bytes.len() as u64);
    let answer = client
        .post_file("/api/v1/layers", query, bytes, move |done| {
            sent.set_position(done);
            if done == size {
                sent.set_message("sent; the server reads it and assesses the open incidents");
            }
        })
        .await;
    bar.finish_and_clear();
    answer
}

/// What the server made of it, for a person.
fn outcome_of(answer: &Value) -> String {
    let mut text = String::new();
    let layer = &answer["layer"];
    let id = layer["id"].as_str().unwrap_or("?");
    if answer["unchanged"].as_bool() == Some(true) {
        return format!("The server has this very layer already ({id}): nothing was done.\n");
    }
    let _ = writeln!(text, "Imported as {id}: {} in force.", features(count(&answer["kept"])));
    match answer["replaced"].as_array().map_or(0, Vec::len) {
        0 => {}
        replaced => {
            let _ = writeln!(text, "It took the place of {replaced} imported before.");
        }
    }
    let reassessed = &answer["reassessed"];
    let _ = writeln!(
        text,
        "{} assessed anew; the findings changed in {}.",
        incidents(count(&reassessed["incidents"])),
        count(&reassessed["changed"])
    );
    for told in reassessed["newly_told"].as_array().into_iter().flatten() {
        let states: Vec<&str> =
            told["states"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mode = told["mode"].as_str().unwrap_or("?");
        let _ = writeln!(text, "Told because of it ({mode}): {}.", states.join(", "));
    }
    if count(&reassessed["failed"]) > 0 {
        let _ = writeln!(
            text,
            "{} could not be assessed; the server tries again by itself, and its log says why.",
            incidents(count(&reassessed["failed"]))
        );
    }
    text
}

fn count(value: &Value) -> usize {
    value.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

fn incidents(count: usize) -> String {
    if count == 1 { "1 incident".to_owned() } else { format!("{count} incidents") }
}
