//! `outcross assess`: who would be in reach of a place, and why. The same
//! answer as `POST /assessments/preview`, without a server.

mod batch;
mod coordinates;
mod features;
mod geometry;
mod question;
mod row;
mod sheet;
mod table;

use super::{Trouble, import};
use crate::{
    desk,
    domain::{
        assessment::Assessment,
        layer::LayerKind,
        place::Geometry,
        report::{GapCode, Report},
    },
    geo::{Atlas, Facts, NotTaken, import::LayerFile},
    words::{Speaker, languages},
};
use question::Said;
use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

/// How many lines are said about features of a layer at most.
const PROBLEMS: usize = 5;

const EXAMPLES: &str = "\
Examples:
  outcross assess --at 47.57,7.58 --organism brassica_napus
  outcross assess --at \"33°57'S 18°28'E\" --organism maize --pathway pollen --on 2026-03-02
  outcross assess --geometry field.geojson --radius 25 --geojson > reach.geojson
  outcross assess --batch places.csv --organism maize > answers.jsonl

Exit codes: 0 answered, 1 something given cannot be read, 2 wrong usage.";

/// Flags of `outcross assess`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group = clap::ArgGroup::new("where").args(["at", "geometry", "state", "batch"]).required(true).multiple(true))]
pub struct Arguments {
    /// The place: latitude, longitude, such as 47.57,7.58 or "33.9 S, 18.4 E"
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true, conflicts_with = "geometry")]
    at: Option<String>,
    /// The place as GeoJSON: a point, route or area; - reads standard input
    #[arg(long, value_name = "FILE")]
    geometry: Option<PathBuf>,
    /// How far the true place may be from the one given, in metres
    #[arg(long, value_name = "METRES", allow_hyphen_values = true)]
    uncertainty: Option<String>,
    /// The State where it happened: code or name; alone, all of it is the place
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// Species, common name, group, event or OECD identifier [default: unknown]
    #[arg(long, value_name = "NAME")]
    organism: Option<String>,
    /// How it may move: pollen, seed, flight, swimming, seed_spill, trade, …; may be repeated; a wrong
    /// one names them all [default: unknown]
    #[arg(long, value_name = "NAME")]
    pathway: Vec<String>,
    /// A reach of your own instead of the table's; 0 asks who is touched
    #[arg(long, value_name = "KM", allow_hyphen_values = true)]
    radius: Option<String>,
    /// A State a consignment went to: code or name; may be repeated
    #[arg(long, value_name = "STATE")]
    destination: Vec<String>,
    /// The route of a transport or spill, as GeoJSON
    #[arg(long, value_name = "FILE")]
    route: Option<PathBuf>,
    /// Kind of surroundings, such as rail_yard, field_trial or river
    #[arg(long, value_name = "CODE")]
    environment: Option<String>,
    /// Where wind or current carries to: degrees from north or N, NE, E, …; orders the States, removes
    /// none
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true)]
    towards: Option<String>,
    /// When it was released, such as 2026-03-02
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    on: Option<String>,
    /// Another boundary layer for this run: GeoJSON, TopoJSON or a shapefile in a zip, with the
    /// State's code in a property such as ISO_A2 or ISO_A3
    #[arg(long, value_name = "FILE")]
    areas: Option<PathBuf>,
    /// How far the lines of --areas may be from the true ones, in metres
    #[arg(long, value_name = "METRES", default_value_t = 500.0, requires = "areas")]
    areas_accuracy: f64,
    /// Many places: CSV with the columns lat, lon and more, or JSON lines; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["at", "geometry", "geojson", "table"])]
    batch: Option<PathBuf>,
    /// JSON, which is what a pipe gets anyway
    #[arg(long, conflicts_with_all = ["geojson", "table"])]
    json: bool,
    /// GeoJSON: place, rings and lines to what is in reach
    #[arg(long, conflicts_with = "table")]
    geojson: bool,
    /// A table, which is what a terminal gets anyway
    #[arg(long)]
    table: bool,
    /// Language of the sentences
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
}

/// How the answer is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Table,
    Json,
    Geojson,
}

/// Answers, and ends.
pub fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let form = match (arguments.json, arguments.geojson, arguments.table) {
        (true, ..) => Form::Json,
        (_, true, _) => Form::Geojson,
        (.., true) => Form::Table,
        _ if io::stdout().is_terminal() => Form::Table,
        _ => Form::Json,
    };
    if !languages().any(|known| known == arguments.language) {
        let known: Vec<&str> = languages().collect();
        note(&format!("there are no texts in “{}”, only in {}", arguments.language, known.join(", ")));
    }
    let said = said(arguments)?;
    let atlas = Atlas::built_in().map_err(Trouble::while_doing("reading the map"))?;
    let atlas = match &arguments.areas {
        Some(file) => other_areas(&atlas, file, arguments.areas_accuracy)?,
        None => atlas,
    };
    if let Some(file) = &arguments.batch {
        return batch::run(&atlas, file, &said);
    }
    let report = said.report(&atlas)?;
    let assessment = answer(&atlas, &report);
    if let Some(text) = &said.organism
        && assessment.gaps.iter().any(|gap| gap.code == GapCode::UnknownOrganism)
    {
        unknown_organism(&atlas, text);
    }
    let text = match form {
        Form::Table => {
            let speaker = Speaker::of(&arguments.language);
            let page = page();
            sheet::Sheet { atlas: &atlas, report: &report, assessment: &assessment, speaker: &speaker, page }
                .written()
        }
        Form::Json => json(&assessment)? + "\n",
        Form::Geojson => json(&features::collection(&atlas, &report, &assessment))? + "\n",
    };
    print(&text)
}

/// The map with the areas of a file instead of its own. Outlines of the
/// register stay on top, so that every party to a contested area is told.
fn other_areas(atlas: &Atlas, path: &Path, accuracy_m: f64) -> Result<Atlas, Trouble> {
    let (file_name, bytes) = import::taken_from(path)?;
    let unsaid = || Some("not said".to_owned());
    let facts = import::facts_beside(path, None)?.over(Facts {
        source: Some(file_name.clone()),
        licence: unsaid(),
        version: unsaid(),
        date: unsaid(),
        accuracy_m: Some(accuracy_m),
        ..Facts::default()
    });
    let file = LayerFile { file_name: &file_name, bytes: &bytes };
    let layer = import::read_with_bar(LayerKind::Boundaries, &file_name, &file, &facts).map_err(|why| {
        let shown = path.display();
        match why {
            NotTaken::File(error) => Trouble(format!("{shown}: {error}")),
            NotTaken::Facts(missing, _) => Trouble(format!("{shown}: {missing}")),
        }
    })?;
    let words: Vec<String> = layer
        .dropped
        .iter()
        .map(ToString::to_string)
        .chain(layer.problems.iter().map(ToString::to_string))
        .collect();
    for line in words.iter().take(PROBLEMS) {
        note(&format!("{}: {line}", path.display()));
    }
    if words.len() > PROBLEMS {
        note(&format!(
            "… and {} more; `outcross import layer --check --all` lists them",
            words.len() - PROBLEMS
        ));
    }
    let there = layer.states();
    let missing: Vec<&str> = atlas
        .states()
        .iter()
        .filter(|row| row.kind == "state" && !there.contains(row.iso2))
        .map(|row| row.iso2.as_str())
        .collect();
    if !missing.is_empty() {
        note(&format!(
            "{}: {} States have no area in it and are told only by the register: {}",
            path.display(),
            missing.len(),
            missing.join(" ")
        ));
    }
    Ok(atlas.with_areas(&layer))
}

/// What was written on the command line, with the files read.
fn said(arguments: &Arguments) -> Result<Said, Trouble> {
    let geometry = match (&arguments.at, &arguments.geometry) {
        (Some(text), _) => Some(Geometry::Point(coordinates::read(text)?)),
        (None, Some(file)) => Some(drawn(file)?),
        (None, None) => None,
    };
    Ok(Said {
        geometry,
        uncertainty: arguments.uncertainty.clone(),
        state: arguments.state.clone(),
        environment: arguments.environment.clone(),
        organism: arguments.organism.clone(),
        pathways: arguments.pathway.clone(),
        radius: arguments.radius.clone(),
        destinations: arguments.destination.clone(),
        route: arguments.route.as_deref().map(drawn).transpose()?,
        towards: arguments.towards.clone(),
        on: arguments.on.clone(),
    })
}

fn drawn(file: &Path) -> Result<Geometry, Trouble> {
    let drawn = geometry::read(file)?;
    for mended in &drawn.mended {
        note(&format!("{}: {mended}", geometry::name_of(file)));
    }
    Ok(drawn.geometry)
}

fn unknown_organism(atlas: &Atlas, text: &str) {
    let near = question::near_organisms(atlas, text);
    let near = if near.is_empty() { String::new() } else { format!(". Near it: {}", near.join(", ")) };
    note(&format!(
        "“{text}” is not in the table of organisms, so the widest applicable reach is taken{near}"
    ));
}

/// As wide as the terminal, or eighty columns where it is none; in colour only
/// on a terminal.
fn page() -> table::Page {
    let terminal = io::stdout().is_terminal();
    let size = console::Term::stdout().size_checked().filter(|_| terminal);
    let width = size.map_or(80, |(_, columns)| usize::from(columns)).clamp(40, 140);
    table::Page { width, colour: terminal && std::env::var_os("NO_COLOR").is_none() }
}

fn json(value: &impl serde::Serialize) -> Result<String, Trouble> {
    let pretty = io::stdout().is_terminal();
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    text.map_err(Trouble::while_doing("writing JSON"))
}

/// Something the person at the terminal should know; never part of the answer.
fn note(text: &str) {
    eprintln!("outcross: note: {text}");
}

/// Writes to standard output; a reader that has seen enough is no trouble.
fn print(text: &str) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Trouble(format!("writing the answer: {error}")))
        }
        _ => Ok(()),
    }
}

/// What the map says to a report.
fn answer(atlas: &Atlas, report: &Report) -> Assessment {
    desk::assess(atlas, report).0
}
