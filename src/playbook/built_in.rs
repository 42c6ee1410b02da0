//! The playbooks the program carries.

use super::{Library, Problem};

macro_rules! carried {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../playbooks/", $name)))),*]
    };
}

const TEXTS: [(&str, &str); 20] = carried! {
    "centre-of-origin.yaml"
    "contained-use-breach.yaml"
    "desk.yaml"
    "feral-oilseed.yaml"
    "fish-escape.yaml"
    "fruit-field-trial-leak.yaml"
    "gene-drive.yaml"
    "microorganism.yaml"
    "ornamental-in-commerce.yaml"
    "perennial-escape.yaml"
    "receipt.yaml"
    "release.yaml"
    "self-limiting-insect.yaml"
    "shared-consultation.yaml"
    "shared-damage.yaml"
    "shared-identification.yaml"
    "unapproved-in-trade.yaml"
    "unknown-lmo.yaml"
    "virus-or-vaccine.yaml"
    "volunteer-of-trial.yaml"
};

impl Library {
    /// The library of the playbooks the program carries.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        Self::read(TEXTS)
    }
}
