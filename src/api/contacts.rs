//! Contact points.

use super::{Rooms, apart};
use crate::{
    domain::{
        contact::{Channel, ContactKind, ContactPoint},
        state::StateCode,
    },
    gate::{Input, Problem, SignedIn},
};
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Whose contact points.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContactQuery {
    /// Of one State only.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
}

/// A list of contact points.
#[derive(Serialize, ToSchema)]
pub struct Contacts {
    /// By State.
    pub contacts: Vec<ContactPoint>,
}

/// Contact points of one State, or of all.
#[utoipa::path(
    tag = "contacts", params(ContactQuery),
    responses(
        (status = 200, description = "Contact points", body = Contacts),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/contacts")]
pub async fn list(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<ContactQuery>,
) -> Result<web::Json<Contacts>, Problem> {
    let contacts = apart(move || rooms.reading.contacts(&who.viewer(), query.state)).await?;
    Ok(web::Json(Contacts { contacts }))
}

/// A contact point to be created.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    /// For which State (or `EU`).
    pub state: StateCode,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// Create a contact point of a State.
#[utoipa::path(
    tag = "contacts", request_body = NewContact,
    responses(
        (status = 201, description = "Created", body = ContactPoint),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/contacts")]
pub async fn create(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<NewContact>,
) -> Result<HttpResponse, Problem> {
    let known = rooms.reading.states().get(input.value.state).is_some();
    if !known {
        return Err(Problem::field("/state", format!("{} is not in the table of States", input.value.state)));
    }
    let contact = apart(move || {
        let NewContact { state, kind, name, channels, languages } = input.value;
        rooms.desk.create_contact(&who.viewer(), state, kind, &name, channels, languages)
    })
    .await?;
    Ok(HttpResponse::Created().json(contact))
}
