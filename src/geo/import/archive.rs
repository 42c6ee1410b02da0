//! A shapefile in a zip: its files found and unpacked, never more than is
//! allowed, whatever the archive says of their size.

use super::{
    ImportError,
    limits::{LARGEST_ARCHIVE, LARGEST_FILE},
};
use std::io::{Cursor, Read as _};
use zip::{ZipArchive, result::ZipError};

/// The files of one shapefile.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Files {
    pub shp: Vec<u8>,
    pub dbf: Vec<u8>,
    /// The coordinate system, where it is said.
    pub prj: Option<String>,
    /// The encoding of names, where it is said.
    pub cpg: Option<String>,
}

/// Unpacks the one shapefile of a zip.
pub(super) fn unpack(bytes: &[u8]) -> Result<Files, ImportError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut names = Vec::new();
    for name in zip.file_names() {
        names.push(name.map_err(damaged)?.into_owned());
    }
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let shapes: Vec<&String> = names
        .iter()
        .filter(|name| ending(name).as_deref() == Some("shp") && !name.starts_with("__MACOSX"))
        .collect();
    let stem = match shapes[..] {
        [one] => one[..one.len() - 4].to_owned(),
        [] => {
            let hint = match names.iter().find(|name| {
                matches!(ending(name).as_deref(), Some("geojson" | "json" | "kml" | "gpkg" | "gml" | "gdb"))
            }) {
                Some(other) => format!("; it holds “{other}”, which is not read from a zip"),
                None => String::new(),
            };
            return Err(archive(&format!("it holds no .shp{hint}")));
        }
        _ => {
            let all: Vec<&str> = shapes.iter().map(|name| name.as_str()).take(10).collect();
            return Err(archive(&format!(
                "it holds several shapefiles ({}); send them one by one",
                all.join(", ")
            )));
        }
    };
    let mut left = LARGEST_ARCHIVE;
    let mut take = |wanted: &str| -> Result<Option<Vec<u8>>, ImportError> {
        let same = |name: &String| {
            name.rsplit_once('.')
                .is_some_and(|(of, ending)| of == stem && ending.eq_ignore_ascii_case(wanted))
        };
        let Some(index) = names.iter().position(same) else { return Ok(None) };
        let limit = LARGEST_FILE.min(left);
        let file = zip.by_index(index).map_err(damaged)?;
        let too_many = |bytes| ImportError::TooManyBytes {
            what: format!("“{stem}.{wanted}” in the zip, unpacked,"),
            bytes,
            limit,
        };
        if file.size() > limit {
            return Err(too_many(file.size()));
        }
        let mut content = Vec::new();
        file.take(limit + 1).read_to_end(&mut content).map_err(|error| damaged(error.into()))?;
        if content.len() as u64 > limit {
            return Err(too_many(content.len() as u64));
        }
        left -= content.len() as u64;
        Ok(Some(content))
    };
    let shp = take("shp")?.unwrap_or_default();
    let missing = || archive(&format!("“{stem}.dbf” is missing, in which a shapefile keeps the names"));
    let dbf = take("dbf")?.ok_or_else(missing)?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Files { shp, dbf, prj: take("prj")?.map(text), cpg: take("cpg")?.map(text) })
}

fn archive(problem: &str) -> ImportError {
    ImportError::Archive { problem: problem.to_owned() }
}

fn damaged(error: ZipError) -> ImportError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            archive("it is encrypted; unpack it and pack it again without a password")
        }
        ZipError::UnsupportedArchive(why) => archive(&format!("{why}; pack it again with plain deflate")),
        ZipError::CompressionMethodNotSupported(_) => {
            archive("its compression is not supported; pack it again with plain deflate")
        }
        error => archive(&format!("it is truncated or damaged ({error}); send it again whole")),
    }
}
