//! `outcross geodata`: makes the layers of the map from their sources.

use super::Trouble;
use crate::geo::build::{self, Built};
use std::path::{Path, PathBuf};

/// What to do with the layers.
#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Make areas.topo.json and hotspots.topo.json from world-atlas and the tables
    Build {
        /// The file countries-10m.json of the npm package world-atlas 2.0.2
        #[arg(long, value_name = "FILE")]
        world_atlas: PathBuf,
        /// Directory with states.toml, areas.toml and hotspots.toml; the layers are written there
        #[arg(long, value_name = "DIR", default_value = "geodata")]
        directory: PathBuf,
        /// Version to write into the sidecars
        #[arg(long)]
        version: String,
        /// Day to write into the sidecars, such as 2026-11-23
        #[arg(long)]
        date: String,
    },
}

/// Makes the layers; the same sources, version and day give the same bytes.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    let Arguments::Build { world_atlas, directory, version, date } = arguments;
    let world = read(&world_atlas)?;
    let table = |name: &str| read(&directory.join(name));
    let (states, register, hotspots) = (table("states.toml")?, table("areas.toml")?, table("hotspots.toml")?);
    let areas = build::areas(&world, &states, &register, &version, &date)
        .map_err(Trouble::while_doing("making the layer of areas"))?;
    let spots = build::hotspots(&areas.layer, &states, &register, &hotspots, &version, &date)
        .map_err(Trouble::while_doing("making the layer of hotspots"))?;
    write(&directory, "areas", &areas)?;
    write(&directory, "hotspots", &spots)
}

fn read(path: &Path) -> Result<String, Trouble> {
    let what = format!("reading {}", path.display());
    std::fs::read_to_string(path).map_err(Trouble::while_doing(&what))
}

fn write(directory: &Path, name: &str, built: &Built) -> Result<(), Trouble> {
    for (ending, text) in [("topo.json", &built.layer), ("topo.meta.toml", &built.sidecar)] {
        let path = directory.join(format!("{name}.{ending}"));
        let what = format!("writing {}", path.display());
        std::fs::write(&path, text).map_err(Trouble::while_doing(&what))?;
        println!("{} ({} bytes)", path.display(), text.len());
    }
    Ok(())
}
