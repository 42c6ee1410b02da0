//! Changing an incident: facts, state, type, significance, addressees, mergers,
//! and the second person where one is needed. `If-Match` with the `ETag` of the
//! incident as it was seen keeps two people from overwriting each other.

use super::{Command, Rooms, answer, apart, carry_out};
use crate::{
    desk::Receipt,
    domain::{
        decision::{Change, ProposalAnswer},
        duty::Addressee,
        event::Happened,
        id::IncidentId,
    },
    gate::{Input, Problem, SignedIn},
};
use actix_web::{HttpResponse, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A change of an incident.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct ChangeInput {
    /// What.
    #[serde(flatten)]
    pub change: Change,
    /// Why.
    pub reason: String,
}

/// Change the state, type, significance, sharing or addressees of an incident,
/// or merge another one into it. Every State that was told hears of it.
#[utoipa::path(
    tag = "incidents", request_body = ChangeInput,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded, or proposed to a second person", body = Receipt),
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
#[post("/incidents/{id}/changes")]
pub async fn change(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<ChangeInput>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "changes", None);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.change(asked, *id, &input.value.change, &input.value.reason)
    })
    .await
}

/// What is known now.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsInput {
    /// What is different, as a JSON merge patch (RFC 7396) of the report: `null`
    /// takes something back.
    #[schema(value_type = Object)]
    pub patch: serde_json::Value,
    /// Why, or from where it is known.
    pub reason: String,
    /// When it became known, if it is entered afterwards.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Change what is known of the occurrence. Who is in reach is worked out anew;
/// States newly in reach are told, those told before hear what has changed.
#[utoipa::path(
    tag = "incidents", request_body = FactsInput,
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
#[post("/incidents/{id}/facts")]
pub async fn change_facts(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<FactsInput>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "facts", input.value.happened);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.change_facts(asked, *id, &input.value.patch, &input.value.reason)
    })
    .await
}

/// Which proposal.
#[derive(Clone, Copy, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProposalPath {
    id: IncidentId,
    /// Its number in the incident, from 1.
    number: u32,
}

/// What a second person says.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalDecision {
    /// `approve` or `return`.
    pub answer: ProposalAnswer,
    /// Why; what is to be mended when it is returned.
    #[serde(default)]
    pub reason: String,
}

/// Decide, as a second person, on what another one proposed: it holds, or goes
/// back with a reason.
#[utoipa::path(
    tag = "incidents", request_body = ProposalDecision,
    params(ProposalPath, ("Idempotency-Key" = Option<String>, Header), ("If-Match" = Option<String>, Header)),
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
#[post("/incidents/{id}/proposals/{number}/decisions")]
pub async fn decide(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<ProposalPath>,
    input: Input<ProposalDecision>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "proposals", None);
    let ProposalPath { id, number } = *path;
    carry_out(rooms, command, id, move |desk, asked| {
        desk.decide_proposal(asked, id, number, input.value.answer, &input.value.reason)
    })
    .await
}

/// Whom to test.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReachabilityTest {
    /// These addressees; everybody who has a contact point when none is named.
    #[serde(default)]
    pub addressees: Vec<Addressee>,
}

/// Send a test of the line: a notice that says that nothing has happened. It is
/// an incident of mode `test`; its duties are the score, at
/// `/incidents/{id}/score`.
#[utoipa::path(
    tag = "contacts", request_body = ReachabilityTest,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 201, description = "Sent", body = Receipt),
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
#[post("/reachability-tests")]
pub async fn test_reachability(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<ReachabilityTest>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "reachability-tests", None);
    let committed =
        apart(move || rooms.desk.test_reachability(command.asked(), &input.value.addressees)).await?;
    Ok(answer(StatusCode::CREATED, true, committed))
}
