//! The playbooks the program carries.

use super::{Library, Problem};

macro_rules! carried {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../playbooks/", $name)))),*]
    };
}

const TEXTS: [(&str, &str); 6] = carried! {
    "desk.yaml"
    "receipt.yaml"
    "release.yaml"
    "shared-consultation.yaml"
    "shared-damage.yaml"
    "shared-identification.yaml"
};

impl Library {
    /// The library of the playbooks the program carries.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        Self::read(TEXTS)
    }
}
