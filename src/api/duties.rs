//! The duty ledger: who was told what, when, by which message, and what is
//! still owed.

use super::{Rooms, apart};
use crate::{
    domain::{duty::Addressee, id::IncidentId, incident::Mode},
    gate::{Problem, SignedIn},
    reading::{Alarm, Ledger, Score, ToldAt},
};
use actix_web::{get, web};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The duty ledger of an incident: for each addressee identified, notified,
/// delivered, read, acknowledged, consulted, responded, told of the end; with
/// time, proof, deadline and who; those left out with the reason; and the meter
/// of Article 17.3.
#[utoipa::path(
    tag = "duties", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "The ledger", body = Ledger),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A value in the query or the address cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/duties")]
pub async fn ledger(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<web::Json<Ledger>, Problem> {
    Ok(web::Json(apart(move || rooms.reading.ledger(&who.viewer(), *id)).await?))
}

/// Which duty.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DutyPath {
    id: IncidentId,
    /// The addressee.
    #[param(value_type = String)]
    addressee: Addressee,
}

/// At which moment.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MomentQuery {
    /// RFC 3339; now when not said.
    #[param(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// What an addressee had been told at a moment, from the very bytes sent, with
/// the digest the log keeps of them.
#[utoipa::path(
    tag = "duties", params(DutyPath, MomentQuery),
    responses(
        (status = 200, description = "Messages until then", body = ToldAt),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A value in the query or the address cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/duties/{addressee}/told")]
pub async fn told(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<DutyPath>,
    query: web::Query<MomentQuery>,
) -> Result<web::Json<ToldAt>, Problem> {
    let told = apart(move || {
        let at = query.at.unwrap_or_else(|| rooms.desk.now());
        rooms.reading.told(&who.viewer(), path.id, &path.addressee, at)
    });
    Ok(web::Json(told.await?))
}

/// What came of a test of the line.
#[utoipa::path(
    tag = "contacts", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "The score", body = Score),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A value in the query or the address cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/score")]
pub async fn score(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<web::Json<Score>, Problem> {
    Ok(web::Json(apart(move || rooms.reading.score(&who.viewer(), *id)).await?))
}

/// Of which world.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlarmQuery {
    /// `actual`, `exercise` or `test`: without default.
    mode: Mode,
}

/// A list of alarms.
#[derive(Serialize, ToSchema)]
pub struct AlarmList {
    /// The oldest first.
    pub alarms: Vec<Alarm>,
}

/// Addressees that cannot be reached or do not answer, in all incidents that
/// have not ended.
#[utoipa::path(
    tag = "duties", params(AlarmQuery),
    responses(
        (status = 200, description = "Alarms", body = AlarmList),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A value in the query or the address cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/alarms")]
pub async fn alarms(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<AlarmQuery>,
) -> Result<web::Json<AlarmList>, Problem> {
    let alarms = apart(move || rooms.reading.alarms(&who.viewer(), query.mode)).await?;
    Ok(web::Json(AlarmList { alarms }))
}
