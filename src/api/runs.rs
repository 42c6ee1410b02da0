//! Runs: a team works through a playbook, step by step.

use super::{Command, Rooms, apart, carry_out};
use crate::{
    desk::Receipt,
    domain::{
        event::Happened,
        id::{IncidentId, RunId},
        run::Deed,
        state::StateCode,
    },
    gate::{Input, Problem, SignedIn},
    reading::RunView,
};
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A run to be started.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// Which playbook, by its id.
    pub playbook: String,
    /// For which State; the account's own when not said.
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
    let Some(state) = input.value.state.or(who.account.state) else {
        return Err(Problem::field("/state", "an account of the instance must say for which State"));
    };
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

/// Which step of which run.
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct StepPath {
    id: IncidentId,
    run: RunId,
    /// The step's code.
    step: String,
}

/// What was done about a step.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct DeedInput {
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
    /// When it was done, if it is entered afterwards: work without a line.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Say what was done about a step: done, one round, left out, signed off,
/// reopened, or noted. Of two people who finish one step at once, one is first
/// and the other is told.
#[utoipa::path(
    tag = "runs", request_body = DeedInput,
    params(StepPath, ("Idempotency-Key" = Option<String>, Header)),
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
#[post("/incidents/{id}/runs/{run}/steps/{step}")]
pub async fn record(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<StepPath>,
    input: Input<DeedInput>,
) -> Result<HttpResponse, Problem> {
    let StepPath { id, run, step } = path.into_inner();
    let command = Command::read(&who, &input, "steps", input.value.happened);
    carry_out(rooms, command, id, move |desk, asked| {
        desk.record_step(asked, id, run, &step, &input.value.deed)
    })
    .await
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
