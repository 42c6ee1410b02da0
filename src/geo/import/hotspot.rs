//! Hotspots of a layer held against the table of the 36.

use super::{
    ImportError,
    feature::Properties,
    naming::{folded, slug},
    problem::{DropReason, FeatureProblem, Flaw},
};
use crate::geo::{
    hotspots::{self, Hotspot},
    states::Names,
};
use std::collections::{BTreeMap, BTreeSet};

/// Files that are known by their MD5, which is what their publishers give.
const KNOWN: [(&str, &str); 1] =
    [("c47d115deb7a139174af3c32ed5edf68", "Conservation International 2016.1 (Zenodo 3261807)")];

/// Other names of hotspots in use, with the code of the table.
const VARIANTS: [(&str, &str); 19] = [
    ("Brazilian Atlantic Forest", "atlantic_forest"),
    ("Cape Floristic Province", "cape_floristic_region"),
    ("Caribbean", "caribbean_islands"),
    ("Central Chile", "chilean_winter_rainfall_and_valdivian_forests"),
    ("Chilean Winter Rainfall-Valdivian Forests", "chilean_winter_rainfall_and_valdivian_forests"),
    ("Chilean Forests", "chilean_winter_rainfall_and_valdivian_forests"),
    ("Choco-Darien-Western Ecuador", "tumbes_choco_magdalena"),
    ("Forests of Eastern Australia", "forests_of_east_australia"),
    ("Guinean Forests", "guinean_forests_of_west_africa"),
    ("Eastern Himalaya", "himalaya"),
    ("Himalayas", "himalaya"),
    ("Indo-Myanmar", "indo_burma"),
    ("Madagascar and Indian Ocean Islands", "madagascar_and_the_indian_ocean_islands"),
    ("Mediterranean", "mediterranean_basin"),
    ("Mountains of South-Central China", "mountains_of_southwest_china"),
    ("Micronesia-Polynesia", "polynesia_micronesia"),
    ("South-Western Australia", "southwest_australia"),
    ("The Philippines", "philippines"),
    ("Tropical Andes Hotspot", "tropical_andes"),
];

const TABLE: &str = include_str!("../../../geodata/hotspots.toml");

/// The publication this file is, if its MD5 is known.
pub(super) fn known(bytes: &[u8]) -> Option<&'static str> {
    let digest = <md5::Md5 as md5::Digest>::digest(bytes);
    let text = digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    KNOWN.into_iter().find(|(md5, _)| *md5 == text).map(|(_, words)| words)
}

/// What the `Type` of a feature says to its use.
pub(super) fn judge(properties: &Properties) -> Result<Option<Flaw>, DropReason> {
    let Some(said) = properties.first(&["Type", "TYPE", "type"]) else { return Ok(None) };
    match &*folded(said) {
        "outerlimit" => Err(DropReason::OuterLimit),
        "hotspotarea" | "hotspot" => Ok(None),
        _ => Ok(Some(Flaw::UnknownType(said.to_owned()))),
    }
}

/// The table, by name.
pub(super) struct Table {
    rows: BTreeMap<String, Hotspot>,
    codes: BTreeMap<String, String>,
    met: BTreeSet<String>,
}

impl Table {
    /// The table the program carries.
    pub fn carried() -> Result<Self, ImportError> {
        let rows =
            hotspots::read(TABLE).map_err(|error| ImportError::NotALayer { problem: error.to_string() })?;
        let mut codes = BTreeMap::new();
        for row in &rows {
            codes.insert(folded(&row.code.replace('_', " ")), row.code.clone());
            for (_, name) in row.name.iter() {
                codes.insert(folded(name), row.code.clone());
            }
        }
        for (name, code) in VARIANTS {
            codes.entry(folded(name)).or_insert_with(|| code.to_owned());
        }
        let rows = rows.into_iter().map(|row| (row.code.clone(), row)).collect();
        Ok(Self { rows, codes, met: BTreeSet::new() })
    }

    /// The code of the hotspot of this name, and whether the table has it.
    pub fn meet(&mut self, name: &str) -> (String, bool) {
        let folded = folded(name);
        let code = self.codes.get(&folded).or_else(|| self.codes.get(folded.strip_suffix("hotspot")?));
        match code {
            Some(code) => {
                self.met.insert(code.clone());
                (code.clone(), true)
            }
            None => (slug(name).replace('-', "_"), false),
        }
    }

    /// The row of a hotspot as imported, its edge known to `accuracy_m`.
    pub fn row(&self, code: &str, name: &str, accuracy_m: f64) -> Hotspot {
        let known = self.rows.get(code);
        Hotspot {
            code: code.to_owned(),
            name: known.map_or_else(|| Names::english(name), |row| row.name.clone()),
            published_km2: known.and_then(|row| row.published_km2),
            expected_error_m: accuracy_m,
            grade: "imported".to_owned(),
            parts: Vec::new(),
            inside: known.map_or_else(Vec::new, |row| row.inside.clone()),
            outside: known.map_or_else(Vec::new, |row| row.outside.clone()),
            sources: String::new(),
            note: String::new(),
        }
    }

    /// The hotspots that were not met.
    pub fn missing(&self) -> impl Iterator<Item = FeatureProblem> {
        self.rows.values().filter(|row| !self.met.contains(&row.code)).map(|row| FeatureProblem {
            feature: None,
            name: Some(row.name.get("en").to_owned()),
            problem: Flaw::MissingHotspot,
        })
    }
}
