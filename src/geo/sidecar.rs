//! The sidecar of a layer or table: what it is, whence, and how exact.

use super::error::LayerError;
use crate::domain::assessment::DataVersion;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What stands in `NAME.meta.toml` beside every layer and table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    /// One line for people.
    pub title: String,
    /// Where the content comes from.
    pub source: String,
    /// Version, such as `2026.11.1`.
    pub version: String,
    /// Day of this version.
    pub date: String,
    /// Terms of use.
    pub licence: String,
    /// How it was made.
    pub how_made: String,
    /// How far a drawn line may be from the true one, in metres; 0 where the
    /// table carries no lines.
    pub accuracy_m: f64,
    /// Whatever else a user should know.
    #[serde(default)]
    pub notes: String,
}

/// A layer or table as text, with the text of its sidecar.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The data.
    pub text: &'a str,
    /// The sidecar.
    pub sidecar: &'a str,
}

impl Source<'_> {
    /// Reads the sidecar and takes the digest of the data.
    pub(super) fn version(&self, layer: &str) -> Result<(Sidecar, DataVersion), LayerError> {
        let sidecar: Sidecar = toml::from_str(self.sidecar)
            .map_err(|error| LayerError::unreadable(&format!("sidecar of {layer}"), &error))?;
        if !(sidecar.accuracy_m.is_finite() && sidecar.accuracy_m >= 0.0) {
            return Err(LayerError::inconsistent(layer, "sidecar", "accuracy_m is not a length"));
        }
        let digest = Sha256::digest(self.text.as_bytes());
        let version = DataVersion {
            layer: layer.to_owned(),
            version: sidecar.version.clone(),
            date: sidecar.date.clone(),
            sha256: digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
        };
        Ok((sidecar, version))
    }
}
