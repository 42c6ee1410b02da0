//! Contact points.

use super::{Rooms, apart};
use crate::{
    desk::records::NewContact,
    domain::{
        contact::{ContactPoint, zone},
        duty::Addressee,
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
    /// Of one addressee only: a State by code, an organization by its acronym,
    /// or `INSTANCE`.
    #[serde(alias = "state")]
    #[param(value_type = Option<String>)]
    addressee: Option<Addressee>,
}

/// A list of contact points.
#[derive(Serialize, ToSchema)]
pub struct Contacts {
    /// By State.
    pub contacts: Vec<ContactPoint>,
}

/// Contact points of one addressee, or of all.
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
    let contacts = apart(move || rooms.reading.contacts(&who.viewer(), query.addressee.as_ref())).await?;
    Ok(web::Json(Contacts { contacts }))
}

/// Create a contact point of a State, an organization, or this instance.
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
    if let Addressee::State(state) = input.value.addressee
        && rooms.reading.states().get(state).is_none()
    {
        return Err(Problem::field("/addressee", format!("{state} is not in the table of States")));
    }
    if let Some(hours) = &input.value.hours {
        if zone(&hours.zone).is_none() {
            let said = format!("“{}” is not a time zone; write one such as Africa/Nairobi", hours.zone);
            return Err(Problem::field("/hours/zone", said));
        }
        if hours.days.iter().any(|day| !(1..=7).contains(day)) {
            return Err(Problem::field("/hours/days", "days are numbers from 1 (Monday) to 7 (Sunday)"));
        }
    }
    let contact = apart(move || rooms.desk.create_contact(&who.viewer(), input.value)).await?;
    Ok(HttpResponse::Created().json(contact))
}
