//! Who would be in reach: an assessment without a report.

use super::{Rooms, apart};
use crate::{
    domain::{
        assessment::Assessment,
        event::ChosenPlaybook,
        report::{Gap, Report},
    },
    gate::{Input, Problem, SignedIn},
};
use actix_web::{post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// What a report would come to.
#[derive(Serialize, ToSchema)]
pub struct PreviewView {
    /// Who would be in reach, and why.
    #[serde(flatten)]
    pub assessment: Assessment,
    /// What is missing or doubtful in the report.
    pub report_gaps: Vec<Gap>,
    /// The playbooks that would be chosen.
    pub playbooks: Vec<ChosenPlaybook>,
}

/// Assess without storing anything: who would be told and why, and who would
/// not. Takes the body of a report.
#[utoipa::path(
    tag = "assessments",
    request_body = Report,
    responses(
        (status = 200, description = "The assessment", body = PreviewView),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/assessments/preview")]
pub async fn preview(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<Report>,
) -> Result<web::Json<PreviewView>, Problem> {
    let preview = apart(move || rooms.desk.preview(&who.viewer(), &input.value)).await?;
    Ok(web::Json(PreviewView {
        assessment: preview.assessment,
        report_gaps: preview.gaps,
        playbooks: preview.playbooks,
    }))
}
