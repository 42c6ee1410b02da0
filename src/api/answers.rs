//! What addressees say: consultation, response, own assessment; notes; and what
//! a State records of operators, damage, measures and costs.

use super::{Command, Rooms, apart, carry_out, incidents::addressee_for};
use crate::{
    desk::Receipt,
    domain::{
        decision::Answer, duty::Addressee, event::Happened, id::IncidentId, liability::LiabilityEntry,
        state::StateCode,
    },
    gate::{Input, Problem, SignedIn},
    reading::LiabilityRecord,
};
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An answer of an addressee, or of the State of release to it.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct AnswerInput {
    /// What.
    #[serde(flatten)]
    pub answer: Answer,
    /// Which addressee it concerns: the account's own State when not said. The
    /// State of release names the State it consults.
    #[serde(default)]
    pub addressee: Option<Addressee>,
    /// When it was said, if it is entered afterwards.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Consult (17.4), respond, or give an own assessment of the effects. What two
/// States say to each other is seen by the two only; the instance sees that they
/// consult.
#[utoipa::path(
    tag = "incidents", request_body = AnswerInput,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account, or not for this person", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The incident does not allow it now", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/answers")]
pub async fn answer(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<AnswerInput>,
) -> Result<HttpResponse, Problem> {
    let addressee = addressee_for(&who, input.value.addressee.clone())?;
    let command = Command::read(&who, &input, "answers", input.value.happened);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.answer(asked, *id, &addressee, &input.value.answer)
    })
    .await
}

/// A note.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteInput {
    /// What.
    pub text: String,
    /// Whether everybody who takes part may read it; the own State and the
    /// instance when not.
    #[serde(default)]
    pub for_everybody: bool,
    /// When it happened, if it is entered afterwards.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Write a note into the timeline.
#[utoipa::path(
    tag = "incidents", request_body = NoteInput,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account, or not for this person", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The incident does not allow it now", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/notes")]
pub async fn note(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<NoteInput>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "notes", input.value.happened);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.note(asked, *id, &input.value.text, input.value.for_everybody)
    })
    .await
}

/// An entry about operators, damage, measures or costs.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LiabilityInput {
    /// What.
    pub entry: LiabilityEntry,
    /// For which State; the account's own when not said.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub state: Option<StateCode>,
    /// When it happened, if it is entered afterwards.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Record an operator, an evaluation of damage, a measure ordered or taken, or a
/// cost (Supplementary Protocol, Art. 5). Seen by that State and the instance.
#[utoipa::path(
    tag = "incidents", request_body = LiabilityInput,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account, or not for this person", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The incident does not allow it now", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/liability")]
pub async fn record_liability(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<LiabilityInput>,
) -> Result<HttpResponse, Problem> {
    let Some(state) = input.value.state.or(who.account.state) else {
        return Err(Problem::field("/state", "an account of the instance must say for which State"));
    };
    let command = Command::read(&who, &input, "liability", input.value.happened);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.record_liability(asked, *id, state, &input.value.entry)
    })
    .await
}

/// Of which State.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StateQuery {
    /// The account's own when not said.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
}

/// What a State has recorded of operators, damage, measures and costs, with the
/// sum of the costs by currency.
#[utoipa::path(
    tag = "incidents", params(("id" = IncidentId, Path), StateQuery),
    responses(
        (status = 200, description = "The record", body = LiabilityRecord),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/liability")]
pub async fn liability(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    query: web::Query<StateQuery>,
) -> Result<web::Json<LiabilityRecord>, Problem> {
    let Some(state) = query.state.or(who.account.state) else {
        return Err(Problem::field("/state", "an account of the instance must say of which State"));
    };
    Ok(web::Json(apart(move || rooms.reading.liability(&who.viewer(), *id, state)).await?))
}
