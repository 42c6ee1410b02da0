//! Runs: a team works through a playbook, step by step.

use super::{Command, Rooms, apart, carry_out};
use crate::{
    desk::{Asked, Receipt},
    domain::{
        event::Happened,
        id::{IncidentId, RunId},
        run::{Deed, File},
        state::StateCode,
    },
    gate::{Input, Problem, SignedIn, take_in},
    reading::{Difference, RunView},
};
use actix_web::{HttpRequest, HttpResponse, get, http::header, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A run to be started.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// Which playbook, by its id.
    pub playbook: String,
    /// For which State; the account's own when not said, and the instance's
    /// own work when the account has none.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub state: Option<StateCode>,
}

/// Begin to work through a playbook. The run follows the text as it is now,
/// whatever becomes of the playbook afterwards.
#[utoipa::path(
    tag = "runs", request_body = NewRun,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Started", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is being worked through already", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "There is no such playbook, or a field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/runs")]
pub async fn start(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<NewRun>,
) -> Result<HttpResponse, Problem> {
    let state = input.value.state.or(who.account.state);
    let command = Command::read(&who, &input, "runs", None);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.start_run(asked, *id, state, &input.value.playbook)
    })
    .await
}

/// Runs of an incident.
#[derive(Serialize, ToSchema)]
pub struct Runs {
    /// In the order in which they were started.
    pub runs: Vec<RunView>,
}

/// The runs of an incident a viewer may see, with every step as it stands.
#[utoipa::path(
    tag = "runs", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "Runs", body = Runs),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/runs")]
pub async fn list(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<web::Json<Runs>, Problem> {
    let runs = apart(move || rooms.reading.runs(&who.viewer(), *id)).await?;
    Ok(web::Json(Runs { runs }))
}

/// Which run.
#[derive(Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RunPath {
    id: IncidentId,
    run: RunId,
}

/// One run, with every step as it stands.
#[utoipa::path(
    tag = "runs", params(RunPath),
    responses(
        (status = 200, description = "The run", body = RunView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/runs/{run}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<RunPath>,
) -> Result<web::Json<RunView>, Problem> {
    Ok(web::Json(apart(move || rooms.reading.run(&who.viewer(), path.id, path.run)).await?))
}

/// What was done in a run.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct DeedInput {
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
    /// When it was done, if it is entered afterwards: work without a line.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Say what was done in a run: a step done, one round of it, left out, undone,
/// noted; evidence kept, handed over, withdrawn; signed off; a step added; a
/// role offered, taken, laid down. Of two people who finish one step at once,
/// one is first and the other is told where the two differ, field by field.
#[utoipa::path(
    tag = "runs", request_body = DeedInput,
    params(RunPath, ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account, or it takes another person", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The step does not allow it now", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/runs/{run}/deeds")]
pub async fn record(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<RunPath>,
    input: Input<DeedInput>,
) -> Result<HttpResponse, Problem> {
    let RunPath { id, run } = *path;
    let command = Command::read(&who, &input, "deeds", input.value.happened);
    carry_out(rooms, command, id, move |desk, asked| desk.record_deed(asked, id, run, &input.value.deed))
        .await
}

/// What the playbook of the library would change in a run, change by change.
/// Nothing is adopted by itself.
#[utoipa::path(
    tag = "runs", params(RunPath),
    responses(
        (status = 200, description = "The difference; no changes when it is the same text", body = Difference),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/runs/{run}/newer")]
pub async fn newer(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<RunPath>,
) -> Result<web::Json<Difference>, Problem> {
    Ok(web::Json(apart(move || rooms.reading.newer_playbook(&who.viewer(), path.id, path.run)).await?))
}

/// Which changes of a newer playbook a run is to follow.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The hash of the newer text, as it was looked at.
    pub newer: String,
    /// The changes, by id; all of them when not said.
    #[serde(default)]
    pub changes: Option<Vec<String>>,
}

/// Follow a newer playbook in a run from now on, in part or whole. What was
/// done stays as it was recorded.
#[utoipa::path(
    tag = "runs", request_body = Adoption,
    params(RunPath, ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Adopted", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account, or it takes another person", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The run has ended", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/runs/{run}/adoptions")]
pub async fn adopt(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<RunPath>,
    input: Input<Adoption>,
) -> Result<HttpResponse, Problem> {
    let RunPath { id, run } = *path;
    let command = Command::read(&who, &input, "adoptions", None);
    carry_out(rooms, command, id, move |desk, asked| {
        desk.adopt_newer(asked, id, run, &input.value.newer, input.value.changes.as_deref())
    })
    .await
}

/// What a file is called.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileName {
    /// Its name, as people know it.
    name: String,
}

/// Send a file that is to be kept as evidence: its bytes are the body. It is
/// kept by its SHA-256, and counts when a deed `evidence_kept` names that; a
/// file that nothing names goes after a day.
#[utoipa::path(
    tag = "runs", params(RunPath, FileName),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "Kept", body = File),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Nothing that is kept as evidence", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/runs/{run}/files")]
pub async fn send_file(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    who: SignedIn,
    path: web::Path<RunPath>,
    query: web::Query<FileName>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let RunPath { id, run } = *path;
    let bytes = take_in(&request, payload.into_inner(), rooms.desk.largest_file()).await?;
    let file =
        apart(move || rooms.desk.keep_file(Asked::by(&who.viewer()), id, run, &query.name, &bytes)).await?;
    Ok(HttpResponse::Created().json(file))
}

/// Which file of which incident.
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FilePath {
    id: IncidentId,
    /// SHA-256 of what is in it, in hexadecimal.
    sha256: String,
}

/// A file that is kept as evidence, as an attachment: a browser saves it and
/// runs nothing of it.
#[utoipa::path(
    tag = "runs", params(FilePath),
    responses(
        (status = 200, description = "What is in it", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/files/{sha256}")]
pub async fn fetch_file(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<FilePath>,
) -> Result<HttpResponse, Problem> {
    let FilePath { id, sha256 } = path.into_inner();
    let (file, bytes) = apart(move || rooms.reading.file(&who.viewer(), id, &sha256)).await?;
    Ok(attachment(file, bytes))
}

/// A file as a browser saves it and runs nothing of it.
pub fn attachment(file: File, bytes: Vec<u8>) -> HttpResponse {
    let name = header::DispositionParam::FilenameExt(header::ExtendedValue {
        charset: header::Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: file.name.into_bytes(),
    });
    let disposition = header::DispositionType::Attachment;
    HttpResponse::Ok()
        .insert_header(header::ContentDisposition { disposition, parameters: vec![name] })
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .content_type(file.media_type)
        .body(bytes)
}

/// Why a run ends.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunEnd {
    /// Why.
    pub reason: String,
}

/// End a run: the team is through, or what is left is left.
#[utoipa::path(
    tag = "runs", request_body = RunEnd,
    params(RunPath, ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Ended", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this account", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/runs/{run}/end")]
pub async fn end(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<RunPath>,
    input: Input<RunEnd>,
) -> Result<HttpResponse, Problem> {
    let RunPath { id, run } = *path;
    let command = Command::read(&who, &input, "run-ends", None);
    carry_out(rooms, command, id, move |desk, asked| desk.end_run(asked, id, run, &input.value.reason)).await
}
