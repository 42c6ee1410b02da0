//! The log, as far as an account may see it, for clients that poll.

use super::{ModePageQuery, Rooms, USUAL_PAGE, apart, incidents::Timeline};
use crate::{
    domain::id::Seq,
    gate::{Problem, SignedIn},
};
use actix_web::{get, web};

/// Events of all incidents this account may see, after a place in the log: the
/// same events as on the live channel.
#[utoipa::path(
    tag = "events", params(ModePageQuery),
    responses(
        (status = 200, description = "Events, and where to go on", body = Timeline),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/events")]
pub async fn list(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<ModePageQuery>,
) -> Result<web::Json<Timeline>, Problem> {
    let ModePageQuery { mode, after, limit } = *query;
    let limit = limit.unwrap_or(USUAL_PAGE);
    let (events, next) = apart(move || rooms.reading.events(&who.viewer(), mode, Seq(after), limit)).await?;
    Ok(web::Json(Timeline { events, next }))
}
