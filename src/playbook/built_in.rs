//! The playbooks the program carries.

use super::{Library, Problem};

macro_rules! carried {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../playbooks/", $name)))),*]
    };
}

const TEXTS: [(&str, &str); 12] = carried! {
    "desk.yaml"
    "feral-oilseed.yaml"
    "fish-escape.yaml"
    "fruit-field-trial-leak.yaml"
    "gene-drive.yaml"
    "ornamental-in-commerce.yaml"
    "receipt.yaml"
    "release.yaml"
    "shared-consultation.yaml"
    "shared-damage.yaml"
    "shared-identification.yaml"
    "unknown-lmo.yaml"
};

impl Library {
    /// The library of the playbooks the program carries.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        Self::read(TEXTS)
    }
}
