//! Reports: how everything begins.

use super::{Rooms, answer, apart};
use crate::{
    desk::Receipt,
    domain::report::Report,
    gate::{Input, Problem, SignedIn},
};
use actix_web::{HttpResponse, http::StatusCode, post, web};

/// Report an occurrence. Opens an incident and tells everyone in reach at
/// once when the State of release reports; asks that State to verify when
/// somebody else does. Only `mode` is required: whatever else is missing or
/// doubtful becomes a gap.
#[utoipa::path(
    tag = "reports",
    request_body = Report,
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key gets the first answer")),
    responses(
        (status = 201, description = "Stored; notices are on their way", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Idempotency key reused", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/reports")]
pub async fn submit(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<Report>,
) -> Result<HttpResponse, Problem> {
    let idempotency = input.idempotency(who.account.id, "reports");
    let committed =
        apart(move || rooms.desk.submit(&who.viewer(), &input.value, idempotency.as_ref())).await?;
    Ok(answer(StatusCode::CREATED, true, committed))
}
