//! Whether the server lives, whether it can work, and what it counts.

use super::{Rooms, apart};
use crate::{
    gate::{Code, Problem},
    reading::Readiness,
};
use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the process answers at all.
#[utoipa::path(tag = "health", responses((status = 200, description = "It lives", body = String, content_type = "text/plain")))]
#[get("/healthz")]
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Whether it can read its store, and which imported layers it works without.
#[utoipa::path(tag = "health", responses(
    (status = 200, description = "It can work", body = Readiness),
    (status = 503, description = "It cannot", body = Problem, content_type = "application/problem+json"),
))]
#[get("/readyz")]
pub async fn readyz(rooms: web::Data<Rooms>) -> Result<web::Json<Readiness>, Problem> {
    Ok(web::Json(apart(move || rooms.reading.readiness()).await?))
}

/// Counters in the Prometheus text format.
#[utoipa::path(tag = "health", responses((status = 200, description = "Metrics", body = String, content_type = "text/plain")))]
#[get("/metrics")]
pub async fn metrics(rooms: web::Data<Rooms>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body((rooms.metrics)())
}

/// One row of the table of problems.
#[derive(Serialize, ToSchema)]
pub struct ProblemRow {
    /// The stable code.
    pub code: Code,
    /// The HTTP status.
    pub status: u16,
    /// What is the matter.
    pub title: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// The table of problems.
#[derive(Serialize, ToSchema)]
pub struct Problems {
    /// Every code there is.
    pub problems: Vec<ProblemRow>,
}

/// What every problem code means, and what to do.
#[utoipa::path(tag = "health", responses((status = 200, description = "The table of problems", body = Problems)))]
#[get("/problems")]
pub async fn problems() -> web::Json<Problems> {
    let row = |code: &Code| {
        let row = code.row();
        ProblemRow { code: *code, status: row.status, title: row.title, help: row.help }
    };
    web::Json(Problems { problems: Code::ALL.iter().map(row).collect() })
}
