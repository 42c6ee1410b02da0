//! Layers from other people's files: bytes in, an indexed layer or words of
//! what is the matter out. Nothing half-imported comes out, and nothing here
//! reads a file or a clock.
//!
//! A file is told by its first bytes: GeoJSON and TopoJSON as text, a
//! shapefile in a zip. It is read feature by feature; each is made fit for
//! use ([`outline`], [`crossing`]), named and indexed before the next is
//! looked at. Limits: 100 MB, 5 million vertices, 200,000 features.

mod borders;
mod collect;
mod crossing;
mod feature;
mod geojson;
mod hotspot;
mod install;
mod limits;
mod naming;
mod nest;
mod outline;
mod owner;
mod problem;
mod reference;

pub use problem::{DropReason, Dropped, FeatureProblem, Flaw, ImportError};

use super::{
    hotspots::{self, Hotspot},
    layer::{Feature as Found, Layer},
    shape::Shape,
    sidecar::Sidecar,
};
use crate::domain::{assessment::DataVersion, layer::LayerKind, state::StateSet};
use collect::Collector;
use sha2::{Digest, Sha256};
use std::{fmt, sync::Arc};

/// A file with a layer.
#[derive(Clone, Copy, Debug)]
pub struct LayerFile<'a> {
    /// Its name, for words.
    pub file_name: &'a str,
    /// All of it.
    pub bytes: &'a [u8],
}

/// How far the reading has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Bytes read, of how many.
    Reading {
        /// So many.
        done: u64,
        /// Of so many.
        of: u64,
    },
    /// Features read.
    Features {
        /// So many.
        done: usize,
    },
    /// Features indexed, of how many.
    Indexing {
        /// So many.
        done: usize,
        /// Of so many.
        of: usize,
    },
}

/// A layer as imported, ready to be laid into an [`Atlas`](super::Atlas).
#[derive(Clone)]
pub struct Imported {
    /// What it holds.
    pub kind: LayerKind,
    /// Its name; with the kind it tells layers apart.
    pub name: String,
    /// Whence, of when, how exact.
    pub sidecar: Sidecar,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The publication this file is, where its checksum is known.
    pub known: Option<&'static str>,
    /// Features used.
    pub kept: usize,
    /// Features left out, with the reason.
    pub dropped: Vec<Dropped>,
    /// What is the matter with those used, or with the whole.
    pub problems: Vec<FeatureProblem>,
    content: Content,
}

/// What was read, indexed.
#[derive(Clone)]
enum Content {
    /// Hotspots: their rows beside the layer.
    Hotspots(Vec<Hotspot>, Arc<Layer>),
    /// Areas of States.
    Areas(Vec<super::Area>),
    /// Anything else.
    Features(Arc<Layer>),
}

impl Imported {
    /// Reads a file. `progress` hears how far it has come.
    ///
    /// # Errors
    /// When the file is no layer or cannot be used as it is; the words say what
    /// to do about it. Then nothing is imported.
    pub fn read(
        kind: LayerKind,
        name: &str,
        file: &LayerFile<'_>,
        sidecar: Sidecar,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, ImportError> {
        let known = hotspot::known(file.bytes);
        let digest = Sha256::digest(file.bytes);
        let mut collector = Collector::new(kind, &sidecar, file.bytes.len(), progress)?;
        read_into(file, &mut collector)?;
        let collected = collector.finish(&sidecar)?;
        let accuracy_m = sidecar.accuracy_m;
        let found = |code: String, name: String| Found { code, name, accuracy_m, approximate: false };
        let layer_name = layer_name(kind, name);
        let (content, kept) = match collected.content {
            collect::Content::Areas(areas) => {
                let kept = areas.kept;
                (Content::Areas(areas.areas), kept)
            }
            collect::Content::Hotspots(all) => {
                let kept = all.kept;
                let features: Vec<(Found, Vec<Shape>)> =
                    all.joined.into_iter().map(|(row, shapes)| (row.feature(false), shapes)).collect();
                (Content::Hotspots(all.rows, Arc::new(Layer::new(hotspots::LAYER, features))), kept)
            }
            collect::Content::Features(all) => {
                let kept = all.len();
                let features = all.into_iter().map(|(code, name, shapes)| (found(code, name), shapes));
                (Content::Features(Arc::new(Layer::new(&layer_name, features))), kept)
            }
        };
        Ok(Self {
            kind,
            name: name.to_owned(),
            sidecar,
            sha256: digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
            known,
            kept,
            dropped: collected.dropped,
            problems: collected.problems,
            content,
        })
    }

    /// The States that a layer of boundaries has areas of.
    pub fn states(&self) -> StateSet {
        match &self.content {
            Content::Areas(areas) => {
                areas.iter().flat_map(|area| &area.relations).map(|relation| relation.state).collect()
            }
            _ => StateSet::default(),
        }
    }

    /// What an assessment says of the data it used.
    pub(super) fn version(&self, layer: String) -> DataVersion {
        DataVersion {
            layer,
            version: self.sidecar.version.clone(),
            date: self.sidecar.date.clone(),
            sha256: self.sha256.clone(),
        }
    }
}

/// What findings and data versions call a layer.
fn layer_name(kind: LayerKind, name: &str) -> String {
    match kind {
        LayerKind::Hotspots => hotspots::LAYER.to_owned(),
        _ => format!("{}/{name}", kind.code()),
    }
}

impl fmt::Debug for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Imported")
            .field("kind", &self.kind)
            .field("name", &self.name)
            .field("sha256", &self.sha256)
            .field("kept", &self.kept)
            .field("dropped", &self.dropped)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// Reads the features of a file in whatever form it has.
fn read_into(file: &LayerFile<'_>, collector: &mut Collector<'_>) -> Result<(), ImportError> {
    let LayerFile { file_name, bytes } = *file;
    let unknown = |looks| ImportError::UnknownFormat { file_name: file_name.to_owned(), looks };
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.len() as u64 > limits::LARGEST_FILE {
        return Err(ImportError::TooManyBytes {
            what: format!("“{file_name}”"),
            bytes: bytes.len() as u64,
            limit: limits::LARGEST_FILE,
        });
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match text.trim_ascii_start() {
        [] => Err(ImportError::Empty),
        [b'{' | b'[', ..] => match geojson::read(text, collector)? {
            geojson::Form::GeoJson => Ok(()),
            geojson::Form::Topology => Err(unknown("TopoJSON")),
        },
        [b'P', b'K', 3 | 5, ..] => Err(unknown("a zip")),
        [0, 0, 0x27, 0x0a, ..] => Err(unknown(
            "a .shp alone, without the .dbf with its names and the .prj with its coordinate system beside it",
        )),
        [b'<', ..] => Err(unknown("XML, such as KML or GML")),
        [0x1f, 0x8b, ..] => Err(unknown("compressed with gzip; unpack it first")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(unknown("text in UTF-16; save it as UTF-8")),
        rest if rest.starts_with(b"SQLite format 3") => {
            Err(unknown("a GeoPackage or another SQLite database"))
        }
        _ => Err(unknown("in no format that is read")),
    }
}
