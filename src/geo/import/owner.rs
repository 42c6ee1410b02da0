//! Which State an area is of: by its code, or by a row of the register that
//! stands for it, or by its name.

use super::{ImportError, feature::Properties, naming::folded};
use crate::domain::state::StateCode;
use crate::geo::{
    register::{self, Entry, Relation},
    states::{Names, States},
};
use std::collections::BTreeMap;

const STATES: &str = include_str!("../../../geodata/states.toml");
const REGISTER: &str = include_str!("../../../geodata/areas.toml");

/// Properties with the name of the area itself, the likeliest first.
const OWN_NAMES: &[&str] = &[
    "NAME",
    "name",
    "Name",
    "NAME_LONG",
    "name_long",
    "NAME_EN",
    "name_en",
    "SUBUNIT",
    "subunit",
    "GEOUNIT",
    "geounit",
    "shapeName",
    "NAME_ENGL",
];

/// Properties with the name of the State it is of.
const STATE_NAMES: &[&str] = &[
    "ADMIN",
    "admin",
    "NAME_0",
    "COUNTRY",
    "Country",
    "country",
    "CNTRY_NAME",
    "SOVEREIGNT",
    "sovereignt",
    "SOVEREIGN",
    "State",
    "state",
    "STATE",
];

/// Properties with a code of it, the likeliest first.
const CODES: &[&str] = &[
    "ISO_A2_EH",
    "iso_a2_eh",
    "ISO_A2",
    "iso_a2",
    "ISO3166-1-Alpha-2",
    "ISO3166-1:alpha2",
    "ISO2",
    "iso2",
    "ISO_2",
    "CNTR_ID",
    "CNTR_CODE",
    "ISO_A3_EH",
    "iso_a3_eh",
    "ISO_A3",
    "iso_a3",
    "ISO3166-1-Alpha-3",
    "ISO3166-1:alpha3",
    "ISO3",
    "iso3",
    "ISO_3",
    "ISO3_CODE",
    "GID_0",
    "shapeGroup",
    "shapeISO",
    "SU_A3",
    "su_a3",
    "GU_A3",
    "gu_a3",
    "ADM0_A3",
    "adm0_a3",
    "SOV_A3",
    "sov_a3",
    "ISO_N3_EH",
    "ISO_N3",
    "iso_n3",
    "id",
];

/// Codes that name no State of the table but an area of the register: those
/// of ISO 3166 for territories, and Natural Earth's own.
const AREAS: &[(&str, &str)] = &[
    ("AI AIA", "anguilla"),
    ("AQ ATA", "antarctica"),
    ("AS ASM", "american-samoa"),
    ("AW ABW", "aruba"),
    ("AX ALA ALD", "aland"),
    ("BL BLM", "saint-barthelemy"),
    ("BM BMU", "bermuda"),
    ("BQ BES NLY", "bonaire"),
    ("BV BVT NOB", "bouvet-island"),
    ("CC CCK", "cocos-keeling-islands"),
    ("CW CUW", "curacao"),
    ("CX CXR", "christmas-island"),
    ("EH ESH SAH", "western-sahara-east-of-berm"),
    ("FK FLK", "falkland-malvinas"),
    ("FO FRO", "faroe-islands"),
    ("GF GUF", "french-guiana"),
    ("GG GGY", "guernsey"),
    ("GI GIB", "gibraltar"),
    ("GL GRL", "greenland"),
    ("GP GLP", "guadeloupe"),
    ("GS SGS", "south-georgia-and-south-sandwich"),
    ("GU GUM", "guam"),
    ("HK HKG", "hong-kong"),
    ("HM HMD", "heard-and-mcdonald"),
    ("IM IMN", "isle-of-man"),
    ("IO IOT", "chagos"),
    ("JE JEY", "jersey"),
    ("KY CYM", "cayman-islands"),
    ("MF MAF", "saint-martin-french-part"),
    ("MO MAC", "macao"),
    ("MP MNP", "northern-mariana-islands"),
    ("MQ MTQ", "martinique"),
    ("MS MSR", "montserrat"),
    ("NC NCL", "new-caledonia"),
    ("NF NFK", "norfolk-island"),
    ("PF PYF", "french-polynesia"),
    ("PM SPM", "saint-pierre-and-miquelon"),
    ("PN PCN", "pitcairn"),
    ("PR PRI", "puerto-rico"),
    ("RE REU", "reunion"),
    ("SH SHN", "saint-helena-ascension-tristan"),
    ("SJ SJM NSV", "svalbard"),
    ("SX SXM", "sint-maarten"),
    ("TC TCA", "turks-and-caicos"),
    ("TF ATF", "french-southern-lands"),
    ("TK TKL", "tokelau"),
    ("TW TWN", "taiwan"),
    ("UM UMI", "us-minor-outlying-islands"),
    ("VG VGB", "british-virgin-islands"),
    ("VI VIR", "us-virgin-islands"),
    ("WF WLF", "wallis-and-futuna"),
    ("XK XKX XKO KOS", "kosovo"),
    ("YT MYT", "mayotte"),
    ("NJM", "jan-mayen"),
    ("SOL", "somaliland"),
    ("CYN", "northern-cyprus"),
    ("CNM", "cyprus-un-buffer-zone"),
    ("WSB", "akrotiri"),
    ("ESB", "dhekelia"),
    ("KAS", "siachen"),
    ("KAB", "baikonur"),
    ("USG", "guantanamo-bay"),
    ("SPI", "southern-patagonian-ice-field"),
    ("BRT", "bir-tawil"),
    ("PGA", "spratly-islands"),
    ("PFA", "paracel-islands"),
    ("SCR", "scarborough-reef"),
    ("SER", "serranilla"),
    ("BJN", "bajo-nuevo"),
    ("CLP", "clipperton"),
    ("CSI", "coral-sea-islands"),
    ("ATC", "ashmore-and-cartier"),
    ("GAZ", "gaza-strip"),
    ("WEB", "west-bank"),
];

/// Natural Earth's own codes for States of the table.
const STATES_BY_NE: &[(&str, &str)] = &[("SDS", "SS"), ("PSX", "PS"), ("PN1", "PG")];

/// Other names of areas of the register.
const VARIANTS: &[(&str, &str)] = &[
    ("Gaza", "gaza-strip"),
    ("Western Sahara", "western-sahara-east-of-berm"),
    ("Sahrawi Arab Democratic Republic", "western-sahara-east-of-berm"),
    ("Northern Cyprus", "northern-cyprus"),
    ("Falkland Islands", "falkland-malvinas"),
    ("Malvinas", "falkland-malvinas"),
    ("Svalbard Islands", "svalbard"),
    ("Akrotiri Sovereign Base Area", "akrotiri"),
    ("Dhekelia Sovereign Base Area", "dhekelia"),
];

/// Whose an area is.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Owner {
    /// The id of the area: that of the register, or the State's code.
    pub id: String,
    /// Its names, where the register or the table of States has them.
    pub name: Option<Names>,
    pub relations: Vec<Relation>,
    pub local: Option<String>,
    pub note: Option<String>,
}

/// The tables to look in.
pub(super) struct Register {
    states: States,
    entries: BTreeMap<String, Entry>,
    /// Ids of the register by name.
    areas: BTreeMap<String, String>,
    /// States by name.
    by_name: BTreeMap<String, StateCode>,
    /// Whence and of when the layer is.
    source: String,
    as_of: String,
}

impl Register {
    /// The tables the program carries. `source` and `as_of` go into relations
    /// that come from the layer.
    pub fn carried(source: &str, as_of: &str) -> Result<Self, ImportError> {
        let unreadable =
            |error: crate::geo::LayerError| ImportError::NotALayer { problem: error.to_string() };
        let states = States::read(STATES).map_err(unreadable)?;
        let entries = register::read(REGISTER, &states).map_err(unreadable)?;
        let mut areas = BTreeMap::new();
        // A whole feature of Natural Earth's goes before an outline of the same name.
        let whole = |entry: &&Entry| entry.feature.is_none();
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by_key(whole);
        for (name, id) in VARIANTS {
            areas.insert(folded(name), (*id).to_owned());
        }
        for entry in sorted {
            let names = entry.name.iter().map(|(_, name)| name).chain(entry.feature.as_deref());
            for name in names {
                for spelling in spellings(name) {
                    areas.entry(spelling).or_insert_with(|| entry.id.clone());
                }
            }
        }
        let mut by_name = BTreeMap::new();
        for row in states.iter().filter(|row| row.kind == "state") {
            for (_, name) in row.name.iter() {
                for spelling in spellings(name) {
                    by_name.entry(spelling).or_insert(row.iso2);
                }
            }
        }
        areas.retain(|name, _| !by_name.contains_key(name));
        let entries = entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
        Ok(Self { states, entries, areas, by_name, source: source.to_owned(), as_of: as_of.to_owned() })
    }

    /// The properties looked through, for people.
    pub fn looked_for() -> String {
        let codes = [
            "ISO_A2_EH",
            "ISO_A2",
            "iso_a2",
            "ISO3166-1-Alpha-2",
            "ISO_A3_EH",
            "ISO_A3",
            "iso_a3",
            "ADM0_A3",
            "SOV_A3",
        ];
        format!("{}, NAME, ADMIN, SOVEREIGNT", codes.join(", "))
    }

    /// Whose an area with these properties is.
    pub fn owner(&self, properties: &Properties) -> Option<Owner> {
        let values = |names: &'static [&'static str]| names.iter().filter_map(|name| properties.get(name));
        let by_register = values(OWN_NAMES)
            .flat_map(spellings)
            .find_map(|name| self.areas.get(&name))
            .and_then(|id| self.entries.get(id));
        if let Some(entry) = by_register {
            return Some(self.of_entry(entry));
        }
        values(CODES).find_map(|code| self.by_code(code)).or_else(|| {
            values(OWN_NAMES)
                .chain(values(STATE_NAMES))
                .flat_map(spellings)
                .find_map(|name| self.by_name.get(&name))
                .and_then(|code| self.of_state(*code))
        })
    }

    fn by_code(&self, said: &str) -> Option<Owner> {
        let said = said.to_ascii_uppercase();
        let id = AREAS.iter().find(|(codes, _)| codes.split(' ').any(|code| code == said));
        if let Some(entry) = id.and_then(|(_, id)| self.entries.get(*id)) {
            return Some(self.of_entry(entry));
        }
        let known = STATES_BY_NE.iter().find(|(code, _)| *code == said).map_or(&*said, |(_, iso2)| iso2);
        let state = match known.len() {
            2 => known.parse().ok().and_then(|code| self.states.get(code)),
            3 if known.bytes().all(|byte| byte.is_ascii_digit()) => self.states.by_numeric(known),
            3 => self.states.iter().find(|row| row.iso3.as_str() == known),
            _ => None,
        };
        state.filter(|row| row.kind == "state").and_then(|row| self.of_state(row.iso2))
    }

    fn of_state(&self, code: StateCode) -> Option<Owner> {
        let row = self.states.get(code)?;
        let relation = Relation {
            state: code,
            basis: "administers".to_owned(),
            source: self.source.clone(),
            as_of: self.as_of.clone(),
        };
        Some(Owner {
            id: code.as_str().to_ascii_lowercase(),
            name: Some(row.name.clone()),
            relations: vec![relation],
            local: None,
            note: None,
        })
    }

    fn of_entry(&self, entry: &Entry) -> Owner {
        Owner {
            id: entry.id.clone(),
            name: Some(entry.name.clone()),
            relations: entry.relations.clone(),
            local: entry.local.clone(),
            note: entry.note.clone(),
        }
    }
}

/// A name folded, and the same without what stands in parentheses and with
/// the abbreviations of maps written out.
fn spellings(name: &str) -> Vec<String> {
    let mut all = vec![folded(name)];
    let without = name.split('(').next().unwrap_or_default();
    let long: Vec<&str> = without
        .split([' ', '.'])
        .map(|word| match word {
            "Is" => "Islands",
            "I" => "Island",
            "Fr" => "French",
            "St" => "Saint",
            "Ter" => "Territory",
            "Rep" => "Republic",
            word => word,
        })
        .collect();
    all.extend([folded(without), folded(&long.join(" "))]);
    all.retain(|spelling| !spelling.is_empty());
    all.dedup();
    all
}
