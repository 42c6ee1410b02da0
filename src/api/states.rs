//! The table of States.

use super::Rooms;
use crate::{
    domain::state::{Iso3, StateCode},
    gate::{Problem, SignedIn},
    reading::StateRow,
};
use actix_web::{get, web};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One State, or the European Union.
#[derive(Serialize, ToSchema)]
pub struct StateView {
    /// Two-letter code.
    pub iso2: StateCode,
    /// Three-letter code.
    pub iso3: Iso3,
    /// Names by language.
    pub name: BTreeMap<String, String>,
    /// Whether it is a Party to the Cartagena Protocol.
    pub party: bool,
    /// Whether it is a Member State of the European Union.
    pub eu_member: bool,
}

/// The table of States.
#[derive(Serialize, ToSchema)]
pub struct States {
    /// By code.
    pub states: Vec<StateView>,
}

/// States with their names in six languages and their standing toward the
/// Protocol.
#[utoipa::path(
    tag = "states",
    responses(
        (status = 200, description = "States", body = States),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/states")]
pub async fn list(rooms: web::Data<Rooms>, _who: SignedIn) -> web::Json<States> {
    let view = |row: &StateRow| StateView {
        iso2: row.iso2,
        iso3: row.iso3,
        name: row.name.iter().map(|(language, name)| (language.to_owned(), name.to_owned())).collect(),
        party: row.cpb.is_some(),
        eu_member: row.eu_member,
    };
    web::Json(States { states: rooms.reading.states().iter().map(view).collect() })
}
