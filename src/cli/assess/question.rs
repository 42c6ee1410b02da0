//! From what was written, on the command line or in a line of a batch, to the
//! report the map is asked with: the same that `POST /assessments/preview`
//! takes.

use crate::{
    cli::Trouble,
    domain::{
        incident::{Mode, Significance},
        moment::Moment,
        organism::{OecdIdentifier, Organism},
        place::{Geometry, Metres},
        reach::{Bearing, Pathway, PathwayReport, ReachOverride},
        report::{PlaceReport, Report},
        state::StateCode,
    },
    geo::{Atlas, UNKNOWN},
};

/// Half the way round the earth: no two places are farther apart, metres.
const FARTHEST: f64 = 20_004_000.0;

/// All pathways, in the order they are named to people.
const PATHWAYS: [Pathway; 13] = [
    Pathway::Pollen,
    Pathway::Seed,
    Pathway::Vegetative,
    Pathway::Flight,
    Pathway::WindBorne,
    Pathway::Swimming,
    Pathway::Water,
    Pathway::Aerosol,
    Pathway::HostContact,
    Pathway::SeedSpill,
    Pathway::Transport,
    Pathway::Trade,
    Pathway::Unknown,
];

/// What was written.
#[derive(Clone, Default, Debug)]
pub(super) struct Said {
    pub geometry: Option<Geometry>,
    pub uncertainty: Option<String>,
    pub state: Option<String>,
    pub environment: Option<String>,
    pub organism: Option<String>,
    pub pathways: Vec<String>,
    pub radius: Option<String>,
    pub destinations: Vec<String>,
    pub route: Option<Geometry>,
    pub towards: Option<String>,
    pub on: Option<String>,
}

impl Said {
    /// The report to ask with; what nobody can read is said in words.
    pub fn report(&self, atlas: &Atlas) -> Result<Report, Trouble> {
        let state = self.state.as_deref().map(|text| state(atlas, text)).transpose()?;
        let uncertainty =
            self.uncertainty.as_deref().map(|text| length(text, 1.0, "uncertainty")).transpose()?;
        if let Some(on) = &self.on
            && Moment::read(on).earliest.is_none()
        {
            return Err(Trouble(format!(
                "“{on}” gives no time: write a day (2026-03-02), a month (2026-03), a year, or a time with zone \
                 (2026-03-02T09:00Z)"
            )));
        }
        Ok(Report {
            mode: Mode::Test,
            organism: self.organism.as_deref().map(|text| organism(atlas, text)).unwrap_or_default(),
            place: PlaceReport {
                geometry: self.geometry.clone(),
                uncertainty_m: uncertainty,
                state: state.map(|code| code.to_string()),
                description: None,
                environment: self.environment.clone(),
            },
            released: self.on.clone(),
            pathways: self.pathways(atlas)?,
            known: None,
            affected_states: Vec::new(),
            quantities: None,
            traits: None,
            circumstances: None,
            r#use: None,
            adverse_effects: None,
            risk_management: None,
            other: None,
            point_of_contact: None,
            significance: Significance::default(),
        })
    }

    /// The pathways named; a destination stands for trade and a route for
    /// transport where no pathway named takes them, and a reach of one's own
    /// stands alone where none is named.
    fn pathways(&self, atlas: &Atlas) -> Result<Vec<PathwayReport>, Trouble> {
        let mut codes: Vec<Pathway> = Vec::new();
        for text in &self.pathways {
            let code = pathway(text)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let along = |code: &Pathway| matches!(code, Pathway::SeedSpill | Pathway::Transport | Pathway::Water);
        if self.route.is_some() && !codes.iter().any(along) {
            codes.push(Pathway::Transport);
        }
        if !self.destinations.is_empty() && !codes.iter().any(|code| code.is_human_mediated()) {
            codes.push(Pathway::Trade);
        }
        let radius = self.radius.as_deref().map(radius).transpose()?;
        let towards = self.towards.as_deref().map(towards).transpose()?;
        // Where wind or current carries to says nothing about consignments.
        let carried = |code: &Pathway| !code.is_human_mediated();
        if (radius.is_some() && codes.is_empty()) || (towards.is_some() && !codes.iter().any(carried)) {
            codes.push(Pathway::Unknown);
        }
        let destinations: Vec<String> = self
            .destinations
            .iter()
            .map(|text| state(atlas, text).map(|code| code.to_string()))
            .collect::<Result<_, _>>()?;
        let report = |code: Pathway| PathwayReport {
            pathway: code,
            route: if along(&code) { self.route.clone() } else { None },
            destinations: if code.is_human_mediated() { destinations.clone() } else { Vec::new() },
            towards_deg: towards.filter(|_| carried(&code)),
            reach: radius.map(|max_m| ReachOverride {
                p50_m: None,
                p95_m: None,
                max_m,
                reason: "set by whoever asked".to_owned(),
            }),
        };
        Ok(codes.into_iter().map(report).collect())
    }
}

/// A reach of one's own, in kilometres unless a unit says otherwise.
fn radius(text: &str) -> Result<Metres, Trouble> {
    let radius = length(text, 1000.0, "radius")?;
    if radius.get() > FARTHEST {
        return Err(Trouble(format!(
            "a radius of {:.0} km is larger than the earth: no two places are more than 20 004 km apart",
            radius.get() / 1000.0
        )));
    }
    Ok(radius)
}

/// A length in metres, from a number with or without a unit.
fn length(text: &str, unit: f64, what: &str) -> Result<Metres, Trouble> {
    let plain = text.trim();
    let (number, unit) = match (plain.strip_suffix("km"), plain.strip_suffix('m')) {
        (Some(number), _) => (number, 1000.0),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (plain, unit),
    };
    let metres = number.trim().replace('−', "-").parse::<f64>().ok().map(|value| value * unit);
    metres.and_then(Metres::new).ok_or_else(|| {
        let unit = if unit > 1.0 { "kilometres" } else { "metres" };
        Trouble(format!("“{text}” is no {what}: a number of {unit}, zero or more, is wanted"))
    })
}

fn pathway(text: &str) -> Result<Pathway, Trouble> {
    let code = text.trim().to_lowercase().replace(['-', ' '], "_");
    PATHWAYS.into_iter().find(|pathway| pathway.code() == code).ok_or_else(|| {
        let codes: Vec<&str> = PATHWAYS.iter().map(|pathway| pathway.code()).collect();
        let near = near(&code, codes.iter().copied(), 1);
        let hint = near.first().map(|code| format!(" Did you mean {code}?")).unwrap_or_default();
        Trouble(format!("“{text}” is no pathway.{hint} There are: {}", codes.join(", ")))
    })
}

/// A direction in degrees from north, or one of the eight winds.
fn towards(text: &str) -> Result<Bearing, Trouble> {
    const WINDS: [&str; 8] = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
    let plain = text.trim().trim_end_matches('°').trim();
    let wind = (0_u8..).zip(WINDS).find(|(_, wind)| wind.eq_ignore_ascii_case(plain));
    let degrees = wind.map(|(index, _)| 45.0 * f64::from(index)).or_else(|| plain.parse().ok());
    let degrees: f64 = degrees.ok_or_else(|| {
        Trouble(format!(
            "“{text}” is no direction: write degrees clockwise from north, such as 90, or one of {}; it is \
             where wind or current carries to, not where it comes from",
            WINDS.join(" ")
        ))
    })?;
    Bearing::try_from(degrees).map_err(Trouble::while_doing("towards"))
}

/// A State by two-letter or three-letter code, or by a name in any of the six
/// languages.
fn state(atlas: &Atlas, text: &str) -> Result<StateCode, Trouble> {
    let plain = text.trim();
    let by_code = plain.parse().ok().and_then(|code| atlas.states().get(code));
    let by_name = || {
        let wanted = plain.to_lowercase();
        atlas.states().iter().find(|row| {
            row.iso3.as_str().eq_ignore_ascii_case(plain)
                || row.name.iter().any(|(_, name)| name.to_lowercase() == wanted)
        })
    };
    by_code.or_else(by_name).map(|row| row.iso2).ok_or_else(|| {
        let near = near(plain, atlas.states().iter().map(|row| row.name.get("en")), 3);
        let hint =
            if near.is_empty() { String::new() } else { format!(": did you mean {}?", near.join(", ")) };
        Trouble(format!("“{text}” is not in the table of States{hint}"))
    })
}

/// What was written as the organism: identifiers of a stack, a record of the
/// Clearing-House, a species, group or common name, or an event.
pub(super) fn organism(atlas: &Atlas, text: &str) -> Organism {
    let text = text.trim();
    let identifiers: Vec<&str> =
        text.split(['×', '+']).flat_map(|part| part.split(" x ")).map(str::trim).collect();
    if identifiers.iter().all(|part| part.parse::<OecdIdentifier>().is_ok()) {
        return Organism {
            oecd: identifiers.into_iter().map(str::to_owned).collect(),
            ..Organism::default()
        };
    }
    if text.to_uppercase().starts_with("BCH-LMO") {
        return Organism { bch_record: Some(text.to_owned()), ..Organism::default() };
    }
    if let Some(group) = atlas.organisms().group(text) {
        return Organism { group: Some(group.code.clone()), ..Organism::default() };
    }
    let species = Organism { species: Some(text.to_owned()), ..Organism::default() };
    let event = Organism { event: Some(text.to_owned()), ..Organism::default() };
    let known = |organism: &Organism| atlas.identify(organism).group != UNKNOWN;
    if !known(&species) && known(&event) { event } else { species }
}

/// Organisms of the table with a name near one that is not in it: the name,
/// and the code of its group.
pub(super) fn near_organisms(atlas: &Atlas, text: &str) -> Vec<String> {
    let mut ranked: Vec<(f64, &str, &str)> = Vec::new();
    for group in atlas.organisms().groups().iter().filter(|group| group.code != UNKNOWN) {
        let of_group = group.species.iter().chain(&group.common).map(String::as_str);
        let events = atlas.organisms().events().iter().filter(|event| event.group == group.code);
        let names = of_group
            .chain(group.name.iter().map(|(_, name)| name))
            .chain([group.code.as_str()])
            .chain(events.map(|event| event.event.as_str()));
        let best = names.map(|name| (alike(text, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
        ranked.extend(
            best.filter(|(alike, _)| *alike >= NEAR).map(|(alike, name)| (alike, name, &*group.code)),
        );
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(b.2)));
    let shown = |(_, name, code): &(f64, &str, &str)| format!("{name} ({code})");
    ranked.iter().take(4).map(shown).collect()
}

/// Names at least this much alike are named to people.
const NEAR: f64 = 0.6;

/// How much two names are alike, 0 to 1.
fn alike(wanted: &str, name: &str) -> f64 {
    let (wanted, name) = (wanted.to_lowercase(), name.to_lowercase());
    let holds = |whole: &str, part: &str| part.chars().count() > 3 && whole.contains(part);
    let alike = strsim::normalized_damerau_levenshtein(&wanted, &name);
    if holds(&name, &wanted) || holds(&wanted, &name) { alike.max(0.75) } else { alike }
}

/// The names most like `wanted`, most like first.
fn near<'a>(wanted: &str, names: impl Iterator<Item = &'a str>, most: usize) -> Vec<String> {
    let mut ranked: Vec<(f64, &str)> =
        names.map(|name| (alike(wanted, name), name)).filter(|(alike, _)| *alike >= NEAR).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    ranked.into_iter().take(most).map(|(_, name)| name.to_owned()).collect()
}
