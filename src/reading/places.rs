//! Places by name, from the tables that are built in.

use super::Reading;
use crate::domain::{
    place::{Metres, Position},
    state::StateCode,
};

/// How far from the seat of government a place in that city may be.
const CITY: Metres = Metres::kilometres(20);

/// A place found by its name.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct NamedPlace {
    /// The State it lies in, where one administers it.
    pub state: Option<StateCode>,
    /// A point, and how far the true place may be from it; absent for a whole
    /// State or area.
    pub point: Option<(Position, Metres)>,
}

impl Reading {
    /// The place of this name, in any of the six languages: a State, its seat
    /// of government, or an area of the map.
    pub fn place_named(&self, name: &str) -> Option<NamedPlace> {
        let atlas = self.shelf.built_in();
        let wanted = name.trim().to_lowercase();
        if wanted.is_empty() {
            return None;
        }
        let is_it =
            |mut names: Box<dyn Iterator<Item = &str> + '_>| names.any(|name| name.to_lowercase() == wanted);
        for row in atlas.states().iter() {
            let codes = [row.iso2.as_str(), row.iso3.as_str()];
            if is_it(Box::new(row.name.iter().map(|(_, name)| name))) || is_it(Box::new(codes.into_iter())) {
                return Some(NamedPlace { state: Some(row.iso2), point: None });
            }
        }
        for row in atlas.states().iter() {
            if let Some(capital) =
                row.capital.as_ref().filter(|capital| capital.name.to_lowercase() == wanted)
            {
                let point = Position::new(capital.lat, capital.lon).ok();
                return Some(NamedPlace { state: Some(row.iso2), point: point.map(|at| (at, CITY)) });
            }
        }
        let area =
            atlas.areas().iter().find(|area| is_it(Box::new(area.name.iter().map(|(_, name)| name))))?;
        let holder = area.relations.iter().find(|relation| &*relation.basis == "administers");
        Some(NamedPlace { state: holder.map(|relation| relation.state), point: None })
    }
}
