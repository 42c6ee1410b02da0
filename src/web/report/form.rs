//! What somebody typed, as a report.

use crate::{
    domain::{
        coordinates::{Coordinates, CoordinatesError},
        draft::ReportDraft,
        incident::{Likelihood, Mode, Significance},
        organism::{OecdIdentifier, Organism},
        place::{Geometry, Metres},
        reach::{Pathway, PathwayReport},
        report::{Knowledge, PlaceReport, Report, Statement},
        state::StateCode,
    },
    reading::Reading,
};
use serde_json::Value;

/// A place that was understood.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Placed {
    pub geometry: Option<Geometry>,
    pub within: Option<Metres>,
    pub state: Option<StateCode>,
}

/// Why a place was not: the key of the words that say so.
pub(super) type PlaceFault = (&'static str, Option<String>);

/// Reads a place as typed: GeoJSON, the name of a State, of its seat of
/// government or of an area, or coordinates.
pub(super) fn place(text: &str, reading: &Reading) -> Result<Placed, PlaceFault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Placed::default());
    }
    if text.starts_with('{') {
        return geojson(text).map(|geometry| Placed { geometry: Some(geometry), ..Placed::default() });
    }
    if let Some(named) = reading.place_named(text) {
        let (geometry, within) =
            named.point.map_or((None, None), |(at, within)| (Some(Geometry::Point(at)), Some(within)));
        return Ok(Placed { geometry, within, state: named.state });
    }
    match Coordinates::read(text) {
        Ok(read) => Ok(Placed {
            geometry: Some(Geometry::Point(read.position)),
            within: Some(read.within),
            state: None,
        }),
        Err(error) => Err(match error {
            _ if !text.chars().any(char::is_numeric) => ("where-unknown_name", None),
            CoordinatesError::NotTwo => ("where-not_two", None),
            CoordinatesError::Unread(word) => ("where-unread", Some(word)),
            CoordinatesError::Directions => ("where-directions", None),
            CoordinatesError::EastOrWest => ("where-east_or_west", None),
            CoordinatesError::Sixties => ("where-sixties", None),
            CoordinatesError::Grid(_) => ("where-grid", None),
            CoordinatesError::Position(_) => ("where-out_of_range", None),
        }),
    }
}

/// A geometry, or that of a feature, or of the only feature of a collection.
fn geojson(text: &str) -> Result<Geometry, PlaceFault> {
    let wrong = |said: String| ("where-geojson", Some(said));
    let mut value: Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if value["type"] == "FeatureCollection" {
        let features = value["features"].as_array_mut().map(std::mem::take).unwrap_or_default();
        let Ok([feature]) = <[Value; 1]>::try_from(features) else {
            return Err(("where-one_feature", None));
        };
        value = feature;
    }
    if value["type"] == "Feature" {
        value = value["geometry"].take();
    }
    serde_json::from_value(value).map_err(|error| wrong(error.to_string()))
}

/// The identifiers in what was typed about the organism, and the rest.
pub(super) fn identifiers(text: &str) -> (Vec<String>, String) {
    let parts = text.split([',', ';', '×', '+', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let (found, rest): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| part.parse::<OecdIdentifier>().is_ok());
    (found.into_iter().map(str::to_owned).collect(), rest.join(", "))
}

fn organism(draft: &ReportDraft, reading: &Reading) -> Organism {
    let (oecd, rest) = identifiers(draft.answer("organism"));
    let events = reading.organisms().events();
    let named = |text: &str| {
        let is = |name: &String| name.eq_ignore_ascii_case(text);
        events.iter().find(|event| is(&event.event) || event.also.iter().any(is))
    };
    let by_identifier = oecd.first().and_then(|text| {
        let wanted = text.parse::<OecdIdentifier>().ok()?.plain();
        let same =
            |known: &String| known.parse::<OecdIdentifier>().is_ok_and(|known| known.plain() == wanted);
        events.iter().find(|event| event.oecd.iter().any(same))
    });
    let event = named(&rest).or(by_identifier);
    let species = event.map(|event| event.species.clone()).filter(|name| !name.is_empty());
    let by_event = named(&rest).is_some();
    Organism {
        oecd,
        event: event.map(|event| event.event.clone()),
        species: species.or_else(|| Some(rest).filter(|rest| !rest.is_empty() && !by_event)),
        r#trait: said(draft, "trait"),
        group: said(draft, "group"),
        ..Organism::default()
    }
}

fn said(draft: &ReportDraft, name: &str) -> Option<String> {
    Some(draft.answer(name).to_owned()).filter(|text| !text.is_empty())
}

fn statement(draft: &ReportDraft, name: &str) -> Option<Statement> {
    said(draft, name).map(|text| Statement { status: Knowledge::Known, text, provenance: None })
}

/// Codes and names of States, as typed with commas between them; what is no
/// State stays as typed and becomes a gap.
pub(super) fn states(text: &str, reading: &Reading) -> Vec<String> {
    let parts = text.split([',', ';', '،', '，', '、', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let named = reading.place_named(part).and_then(|named| named.state);
            named.map_or_else(|| part.to_owned(), |state| state.to_string())
        })
        .collect()
}

/// In which world it is; nothing until somebody has said so.
pub(super) fn mode(draft: &ReportDraft) -> Option<Mode> {
    serde_json::from_value(Value::from(draft.answer("mode"))).ok()
}

/// The report so far. A place that cannot be read is its description.
pub(super) fn report(draft: &ReportDraft, mode: Mode, reading: &Reading) -> Report {
    let typed = draft.answer("place");
    let placed = place(typed, reading).ok();
    let described = said(draft, "description").or_else(|| match &placed {
        Some(placed) if placed.geometry.is_some() && typed.chars().any(|c| c.is_ascii_digit()) => None,
        _ => Some(typed.to_owned()).filter(|text| !text.is_empty()),
    });
    let placed = placed.unwrap_or_default();
    let chosen = states(draft.answer("state"), reading).into_iter().next();
    let pathways = draft.answer("pathways").split(',').filter_map(|code| {
        let pathway: Pathway = serde_json::from_value(Value::from(code)).ok()?;
        let destinations = if pathway.is_human_mediated() {
            states(draft.answer("destinations"), reading)
        } else {
            Vec::new()
        };
        Some(PathwayReport { pathway, route: None, destinations, towards_deg: None, reach: None })
    });
    Report {
        organism: organism(draft, reading),
        place: PlaceReport {
            geometry: placed.geometry,
            uncertainty_m: within(draft).or(placed.within),
            state: chosen.or_else(|| placed.state.map(|state| state.to_string())),
            description: described,
            environment: said(draft, "environment"),
        },
        released: said(draft, "released"),
        known: said(draft, "known"),
        pathways: pathways.collect(),
        affected_states: states(draft.answer("affected"), reading),
        quantities: statement(draft, "quantities"),
        circumstances: statement(draft, "circumstances"),
        r#use: statement(draft, "use"),
        adverse_effects: statement(draft, "adverse_effects"),
        risk_management: statement(draft, "risk_management"),
        other: statement(draft, "other"),
        point_of_contact: statement(draft, "point_of_contact"),
        significance: Significance {
            value: likelihood(draft),
            reason: said(draft, "reason"),
            risk_assessment: None,
        },
        ..Report::saying_nothing(mode)
    }
}

fn likelihood(draft: &ReportDraft) -> Likelihood {
    serde_json::from_value(Value::from(draft.answer("significance"))).unwrap_or_default()
}

/// The uncertainty somebody gave, in kilometres or metres.
pub(super) fn within(draft: &ReportDraft) -> Option<Metres> {
    let number: f64 = draft.answer("within").replace(',', ".").parse().ok()?;
    Metres::new(if draft.answer("unit") == "m" { number } else { number * 1000.0 })
}
