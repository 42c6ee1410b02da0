//! The playbooks the program carries.

use super::{Library, Problem};

macro_rules! carried {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../playbooks/", $name)))),*]
    };
}

/// Keep in step with the folder: a test compares the two.
const TEXTS: &[(&str, &str)] = &carried! {
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
    "translations/fr/desk.yaml"
    "translations/fr/receipt.yaml"
    "translations/ar/desk.yaml"
    "translations/ar/feral-oilseed.yaml"
    "translations/ar/receipt.yaml"
    "translations/ar/release.yaml"
    "translations/ar/shared-consultation.yaml"
    "translations/ar/shared-damage.yaml"
    "translations/ar/shared-identification.yaml"
    "translations/ar/unapproved-in-trade.yaml"
    "translations/fr/feral-oilseed.yaml"
    "translations/fr/release.yaml"
    "translations/fr/shared-consultation.yaml"
    "translations/fr/shared-damage.yaml"
    "translations/fr/shared-identification.yaml"
    "translations/fr/unapproved-in-trade.yaml"
    "translations/es/desk.yaml"
    "translations/es/feral-oilseed.yaml"
    "translations/es/receipt.yaml"
    "translations/es/release.yaml"
    "translations/es/shared-consultation.yaml"
    "translations/es/shared-damage.yaml"
    "translations/es/shared-identification.yaml"
    "translations/es/unapproved-in-trade.yaml"
    "translations/ru/desk.yaml"
    "translations/ru/feral-oilseed.yaml"
    "translations/ru/receipt.yaml"
    "translations/ru/release.yaml"
    "translations/ru/shared-consultation.yaml"
    "translations/ru/shared-damage.yaml"
    "translations/ru/shared-identification.yaml"
    "translations/ru/unapproved-in-trade.yaml"
    "translations/zh/desk.yaml"
    "translations/zh/feral-oilseed.yaml"
    "translations/zh/receipt.yaml"
    "translations/zh/release.yaml"
    "translations/zh/shared-consultation.yaml"
    "translations/zh/shared-damage.yaml"
    "translations/zh/shared-identification.yaml"
    "translations/zh/unapproved-in-trade.yaml"
};

impl Library {
    /// The texts the program carries, playbooks and translations, by path.
    pub fn carried() -> impl Iterator<Item = (&'static str, &'static str)> {
        TEXTS.iter().copied()
    }

    /// The library of the playbooks the program carries.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        Self::read(TEXTS.iter().copied())
    }
}
