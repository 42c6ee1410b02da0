//! The table of centres of origin and wild relatives: what makes a State that
//! is told sensitive to an organism. It adds findings to an assessment; it
//! never brings a State in or leaves one out.

use super::{
    error::LayerError,
    organisms::{Organisms, plain},
    register::Entry as AreaEntry,
    states::States,
};
use crate::domain::{
    assessment::{CentreFinding, CentreRole, Compatibility, StateFinding},
    reach::{Grade, Question},
    state::{StateCode, StateSet},
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// Where a species comes from or is diverse.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    /// State codes, or ids of areas where not the whole State is meant.
    pub states: Vec<String>,
    /// What says so; in the file by key of its list of citations.
    pub sources: Vec<String>,
    /// How good the evidence is.
    pub grade: Grade,
}

/// A wild relative, and where it occurs.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// Scientific name.
    pub taxon: String,
    /// Whether it can take up genes of the crop.
    pub compatibility: Compatibility,
    /// State codes, or ids of areas where not the whole State is meant.
    pub states: Vec<String>,
    /// What says so; in the file by key of its list of citations.
    pub sources: Vec<String>,
    /// How good the evidence is.
    pub grade: Grade,
}

/// One row: a crop, or another species with a home.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crop {
    /// The row's name, `maize`.
    pub id: String,
    /// The organism groups it belongs to, by code.
    pub groups: Vec<String>,
    /// Scientific name.
    pub species: String,
    /// Other names a report may give it, in any language.
    #[serde(default)]
    pub names: Vec<String>,
    /// Whether it is looked up by name alone, because its group holds many
    /// species and most of them are something else.
    #[serde(default)]
    pub by_name: bool,
    /// Where it comes from, if that can be said.
    pub origin: Option<Centre>,
    /// Where else it is diverse.
    pub diversity: Option<Centre>,
    /// Wild relatives.
    #[serde(default)]
    pub relatives: Vec<Relative>,
    /// How the row is to be read.
    #[serde(default)]
    pub note: String,
}

/// A source, and what of it was read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Citation {
    text: String,
    /// Absent when it is cited from memory.
    read: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    citations: BTreeMap<String, Citation>,
    crop: Vec<Crop>,
}

/// One finding a row can make, before it is known whether its State is told.
#[derive(Clone, Debug)]
struct Entry {
    state: StateCode,
    area: Option<Arc<str>>,
    /// Index among the claims of the row.
    claim: usize,
}

/// What a row says of several States at once.
#[derive(Clone, Debug)]
struct Claim {
    role: CentreRole,
    taxon: Option<Arc<str>>,
    compatibility: Option<Compatibility>,
    /// The citations in full.
    source: Arc<str>,
    grade: Grade,
}

/// A row with what it can find, by State.
#[derive(Clone, Debug)]
struct Prepared {
    crop: Crop,
    id: Arc<str>,
    species: Arc<str>,
    claims: Vec<Claim>,
    states: StateSet,
    /// By State, then claim: origin, diversity, relatives as in the table.
    entries: Vec<Entry>,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Relatives {
    rows: Vec<Prepared>,
    /// Row of a name in lower case.
    names: BTreeMap<String, usize>,
    /// Rows of a group, without those looked up by name alone.
    groups: BTreeMap<String, Vec<usize>>,
}

impl Relatives {
    /// Reads `relatives.toml` and holds it against States, groups and the
    /// register of areas.
    pub(super) fn read(
        text: &str,
        states: &States,
        organisms: &Organisms,
        areas: &[AreaEntry],
    ) -> Result<Self, LayerError> {
        let file: File = toml::from_str(text).map_err(|error| LayerError::unreadable("relatives", &error))?;
        let mut table = Self::default();
        for mut crop in file.crop {
            let id = crop.id.clone();
            let wrong = |problem: String| LayerError::inconsistent("relatives", &id, &problem);
            if table.rows.iter().any(|row| row.crop.id == crop.id) {
                return Err(wrong("stands there twice".to_owned()));
            }
            cite(&mut crop, &file.citations).map_err(wrong)?;
            let (claims, entries) = claims(&crop, states, areas).map_err(wrong)?;
            let index = table.rows.len();
            if crop.groups.is_empty() {
                return Err(wrong("belongs to no group".to_owned()));
            }
            for group in &crop.groups {
                if organisms.group(group).is_none() {
                    return Err(wrong(format!("“{group}” is no group of organisms")));
                }
                if !crop.by_name {
                    table.groups.entry(group.clone()).or_default().push(index);
                }
            }
            for name in crop.names.iter().chain([&crop.species]) {
                if table.names.insert(plain(name), index).is_some_and(|other| other != index) {
                    return Err(wrong(format!("“{name}” is the name of another row, too")));
                }
            }
            let states = entries.iter().map(|entry| entry.state).collect();
            let (id, species) = (crop.id.as_str().into(), crop.species.as_str().into());
            table.rows.push(Prepared { crop, id, species, claims, states, entries });
        }
        Ok(table)
    }

    /// All rows, in the order of the table, citations in full.
    pub fn iter(&self) -> impl Iterator<Item = &Crop> {
        self.rows.iter().map(|row| &row.crop)
    }

    /// The rows of a species where its name is known to the table, else those
    /// of its group.
    pub fn of(&self, group: &str, species: Option<&str>) -> impl Iterator<Item = &Crop> {
        self.find(group, species).iter().map(|index| &self.rows[*index].crop)
    }

    fn find(&self, group: &str, species: Option<&str>) -> &[usize] {
        let by_name = species.and_then(|text| {
            let name = plain(text);
            self.names.get(&name).or_else(|| {
                // A subspecies, variety or author behind the name of the species.
                let second = name.match_indices(' ').nth(1)?.0;
                self.names.get(&name[..second])
            })
        });
        match by_name {
            Some(index) => std::slice::from_ref(index),
            None => self.groups.get(group).map_or(&[], Vec::as_slice),
        }
    }

    /// What the table says about the States told, in their order.
    pub(super) fn findings<'a>(
        &self,
        question: &Question,
        told: impl Iterator<Item = &'a StateFinding>,
    ) -> Vec<CentreFinding> {
        let rows = self.find(&question.group, question.species.as_deref());
        let mut found = Vec::new();
        if rows.is_empty() {
            return found;
        }
        for finding in told {
            for row in rows.iter().map(|index| &self.rows[*index]) {
                if row.states.contains(finding.iso2) {
                    found.extend(row.entries_of(finding).filter_map(|entry| row.finding(entry)));
                }
            }
        }
        found
    }
}

impl Prepared {
    fn entries_of(&self, finding: &StateFinding) -> impl Iterator<Item = &Entry> {
        let from = self.entries.partition_point(|entry| entry.state < finding.iso2);
        self.entries[from..].iter().take_while(|entry| entry.state == finding.iso2).filter(|entry| {
            // A State concerned by no area in particular is concerned as a whole.
            entry.area.as_ref().is_none_or(|area| finding.areas.is_empty() || finding.areas.contains(area))
        })
    }

    fn finding(&self, entry: &Entry) -> Option<CentreFinding> {
        let claim = self.claims.get(entry.claim)?;
        Some(CentreFinding {
            state: entry.state,
            area: entry.area.clone(),
            species: Arc::clone(&self.species),
            role: claim.role,
            taxon: claim.taxon.clone(),
            compatibility: claim.compatibility,
            source: claim.source.clone(),
            grade: claim.grade,
            row: Arc::clone(&self.id),
        })
    }
}

/// Puts the citations in the place of their keys. What rests on memory alone
/// can have no grade but D.
fn cite(crop: &mut Crop, citations: &BTreeMap<String, Citation>) -> Result<(), String> {
    let centres = [&mut crop.origin, &mut crop.diversity].into_iter().flatten();
    let centres = centres.map(|centre| (&mut centre.sources, centre.grade));
    let relatives = crop.relatives.iter_mut().map(|relative| (&mut relative.sources, relative.grade));
    for (sources, grade) in centres.chain(relatives) {
        if sources.is_empty() {
            return Err("a claim has no source".to_owned());
        }
        let mut read = false;
        for source in sources {
            let citation = citations.get(source);
            let citation = citation.ok_or_else(|| format!("“{source}” is not among the citations"))?;
            read |= citation.read.is_some();
            source.clone_from(&citation.text);
        }
        if !read && grade != Grade::D {
            return Err("a claim from memory has a better grade than D".to_owned());
        }
    }
    Ok(())
}

/// Everything a row says, and of which States.
fn claims(crop: &Crop, states: &States, areas: &[AreaEntry]) -> Result<(Vec<Claim>, Vec<Entry>), String> {
    let centre = |role, centre: &Option<Centre>| {
        let centre = centre.as_ref()?;
        let claim = Claim {
            role,
            taxon: None,
            compatibility: None,
            source: centre.sources.join("; ").into(),
            grade: centre.grade,
        };
        Some((claim, centre.states.clone()))
    };
    let wild = crop.relatives.iter().map(|relative| {
        let claim = Claim {
            role: CentreRole::WildRelative,
            taxon: Some(relative.taxon.as_str().into()),
            compatibility: Some(relative.compatibility),
            source: relative.sources.join("; ").into(),
            grade: relative.grade,
        };
        (claim, relative.states.clone())
    });
    let own = [centre(CentreRole::Origin, &crop.origin), centre(CentreRole::Diversity, &crop.diversity)];
    let (claims, places): (Vec<Claim>, Vec<Vec<String>>) = own.into_iter().flatten().chain(wild).unzip();
    let mut entries: Vec<Entry> = Vec::new();
    for (claim, places) in places.into_iter().enumerate() {
        if places.is_empty() {
            return Err("a claim names no State".to_owned());
        }
        for place in places {
            let known = states_of(&place, states, areas);
            if known.is_empty() {
                return Err(format!("“{place}” is neither in the table of States nor an area with a State"));
            }
            let area: Option<Arc<str>> = (place.len() > 2).then(|| place.into());
            entries.extend(known.into_iter().map(|state| Entry { state, area: area.clone(), claim }));
        }
    }
    if entries.is_empty() {
        return Err("says nothing".to_owned());
    }
    entries.sort_by(|a, b| (a.state, a.claim, &a.area).cmp(&(b.state, b.claim, &b.area)));
    for pair in entries.windows(2) {
        let twice = (pair[0].state, pair[0].claim) == (pair[1].state, pair[1].claim);
        if twice && (pair[0].area.is_none() || pair[0].area == pair[1].area) {
            return Err(format!("“{}” stands twice in one list", pair[0].state));
        }
    }
    Ok((claims, entries))
}

/// The State of a code in capitals, or the States with a relation to an area.
fn states_of(place: &str, states: &States, areas: &[AreaEntry]) -> Vec<StateCode> {
    if place.len() == 2 {
        let code = place.parse().ok().filter(|code: &StateCode| code.as_str() == place);
        return code.filter(|code| states.get(*code).is_some()).into_iter().collect();
    }
    let area = areas.iter().find(|area| area.id == place);
    let related: StateSet = area.iter().flat_map(|area| &area.relations).map(|r| r.state).collect();
    related.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::register;

    const ROW: &str = r#"
        [citations]
        here = { text = "Somebody 2020", read = "all of it" }
        memory = { text = "Somebody else 2021" }

        [[crop]]
        id = "moss"
        groups = ["mosses"]
        species = "Bryum"
        names = ["moss"]
        origin = { states = ["MX"], sources = ["here"], grade = "B" }

        [[crop.relatives]]
        taxon = "Bryum wild"
        compatibility = "unknown"
        states = ["GT", "island"]
        sources = ["here"]
        grade = "D"
    "#;

    fn read(text: &str) -> Result<Relatives, String> {
        let states = ["MX", "GT", "FR"].map(|code| {
            format!("[[state]]\niso2 = \"{code}\"\niso3 = \"{code}X\"\nkind = \"state\"\nname = {{ en = \"{code}\" }}\n")
        });
        let states = States::read(&states.concat()).expect("States");
        let groups = ["mosses", "unknown"].map(|code| {
            format!("[[group]]\ncode = \"{code}\"\nkind = \"plant\"\nname = {{ en = \"{code}\" }}\nclass = \"A\"\n")
        });
        let organisms = Organisms::read(&groups.concat()).expect("groups");
        let island = r#"
            [[area]]
            id = "island"
            name = { en = "Island" }
            feature = "Island"
            relations = [{ state = "FR", basis = "administers", source = "here", as_of = "2026-11" }]
        "#;
        let areas = register::read(island, &states).expect("areas");
        Relatives::read(text, &states, &organisms, &areas).map_err(|error| error.to_string())
    }

    #[test]
    fn a_row_is_found_by_name_or_group() {
        let by_name = |text: &str| text.replace("groups =", "by_name = true\ngroups =");
        let ids = |table: &Relatives, group, species| -> Vec<String> {
            table.of(group, species).map(|crop| crop.id.clone()).collect()
        };
        let table = read(ROW).expect("reads");
        assert_eq!(ids(&table, "mosses", None), ["moss"]);
        assert_eq!(ids(&table, "mosses", Some("fern")), ["moss"]);
        let table = read(&by_name(ROW)).expect("reads");
        assert!(ids(&table, "mosses", None).is_empty() && ids(&table, "mosses", Some("fern")).is_empty());
        assert_eq!(ids(&table, "unknown", Some(" MOSS")), ["moss"]);
        assert_eq!(table.iter().next().expect("a row").relatives[0].sources, ["Somebody 2020"]);
    }

    #[test]
    fn a_wrong_row_is_refused_by_name() {
        let twin = ROW.split_once("[[crop]]").expect("a row").1;
        let fern = twin.replace("id = \"moss\"", "id = \"fern\"");
        for (wrong, row, said) in [
            (ROW.replace("\"MX\"", "\"XX\""), "moss", "“XX”"),
            (ROW.replace("\"MX\"", "\"mx\""), "moss", "“mx”"),
            (ROW.replace("\"island\"", "\"atlantis\""), "moss", "“atlantis”"),
            (ROW.replace("\"island\"", "\"GT\""), "moss", "“GT”"),
            (ROW.replace("[\"GT\", \"island\"]", "[]"), "moss", "no State"),
            (ROW.replace("[\"mosses\"]", "[\"lichens\"]"), "moss", "“lichens”"),
            (ROW.replace("[\"mosses\"]", "[]"), "moss", "no group"),
            (ROW.replacen("[\"here\"]", "[\"there\"]", 1), "moss", "“there”"),
            (ROW.replacen("[\"here\"]", "[]", 1), "moss", "no source"),
            (ROW.replacen("[\"here\"]", "[\"memory\"]", 1), "moss", "from memory"),
            (format!("{ROW}[[crop]]{twin}"), "moss", "twice"),
            (format!("{ROW}[[crop]]{fern}"), "fern", "“moss”"),
        ] {
            let error = read(&wrong).expect_err(said);
            assert!(error.starts_with(&format!("relatives, {row}: ")) && error.contains(said), "{error}");
        }
        for wrong in [
            ROW.replace("\"B\"", "\"E\""),
            ROW.replace("taxon", "tacson"),
            ROW.replace("\"unknown\"", "\"maybe\""),
        ] {
            assert!(read(&wrong).expect_err("unreadable").starts_with("relatives: "));
        }
    }
}
