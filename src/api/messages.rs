//! Messages that need a person: calls, and reading.

use super::{Command, Rooms, carry_out};
use crate::{
    desk::Receipt,
    domain::{
        event::{CallOutcome, Happened},
        id::{IncidentId, MessageId},
    },
    gate::{Input, Problem, SignedIn},
};
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which message.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MessagePath {
    id: IncidentId,
    message: MessageId,
}

/// What a call came to.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallInput {
    /// `reached`, `no_answer` or `wrong_number`.
    pub outcome: CallOutcome,
    /// In words: which office answered.
    #[serde(default)]
    pub note: Option<String>,
    /// When it was made, if it is entered afterwards.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Record a call or a fax by a person: who was reached has been told.
#[utoipa::path(
    tag = "incidents", request_body = CallInput,
    params(MessagePath, ("Idempotency-Key" = Option<String>, Header), ("If-Match" = Option<String>, Header)),
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
#[post("/incidents/{id}/messages/{message}/calls")]
pub async fn record_call(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<MessagePath>,
    input: Input<CallInput>,
) -> Result<HttpResponse, Problem> {
    let MessagePath { id, message } = *path;
    let command = Command::read(&who, &input, "calls", input.value.happened);
    carry_out(rooms, command, id, move |desk, asked| {
        desk.record_call(asked, id, message, input.value.outcome, input.value.note.as_deref())
    })
    .await
}

/// Nothing to be said.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {}

/// Say that a person has opened a message.
#[utoipa::path(
    tag = "incidents", request_body = Opened, params(MessagePath),
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
#[post("/incidents/{id}/messages/{message}/read")]
pub async fn read(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<MessagePath>,
    input: Input<Opened>,
) -> Result<HttpResponse, Problem> {
    let MessagePath { id, message } = *path;
    let command = Command::read(&who, &input, "read", None);
    carry_out(rooms, command, id, move |desk, asked| desk.read(asked.by, id, message)).await
}
