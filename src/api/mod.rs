//! JSON over HTTP, and the live channel. One file per resource; each handler
//! reads what was sent, makes one call, and shows the answer.

pub mod accounts;
pub mod answers;
pub mod assessments;
pub mod changes;
pub mod contacts;
pub mod duties;
pub mod erasures;
pub mod events;
pub mod health;
pub mod incidents;
pub mod layers;
pub mod live;
pub mod messages;
pub mod outbox;
pub mod playbooks;
pub mod reports;
pub mod runs;
pub mod states;
pub mod webhooks;

use crate::{
    alert::{gallery::Gallery, hub::Hub},
    desk::{Asked, Committed, Desk, DeskError, Idempotency},
    domain::{account::Viewer, event::Happened, id::IncidentId, incident::Mode},
    gate::{Code, Input, Problem, SignedIn},
    reading::Reading,
};
use actix_web::{
    App, HttpResponse, ResponseError,
    http::{StatusCode, header},
    middleware, web,
};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};
use utoipa::{
    IntoParams, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_actix_web::AppExt as _;

/// What the handlers work with.
#[derive(Clone)]
pub struct Rooms {
    /// Commands.
    pub desk: Arc<Desk>,
    /// Queries.
    pub reading: Arc<Reading>,
    /// Live subscribers.
    pub hub: Arc<Hub>,
    /// Metrics in the Prometheus text format, made when asked.
    pub metrics: Arc<dyn Fn() -> String + Send + Sync>,
    /// The address under which people reach this server; other sites may not
    /// open its live channel from a browser.
    pub public_url: String,
    /// How long live readers are borne that give no sign of life.
    pub pace: live::Pace,
}

/// The part of the API document that is not in the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Outcross",
        description = "Reports of unintentional transboundary movements of living modified organisms \
                       (Cartagena Protocol, Article 17): who is in reach, who was told, what to do.\n\n\
                       `mode` has no default anywhere: `actual`, `exercise` and `test` are separate worlds.\n\n\
                       Every command takes an `Idempotency-Key` header: a repeat with the same key and body \
                       gets the first answer again."
    ),
    modifiers(&Bearer),
    components(schemas(Problem, crate::alert::frame::Say))
)]
pub struct Document;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        }
    }
}

/// The application: every route, the pages beside them, every default, the API
/// document.
pub fn app(
    rooms: Rooms,
    pages: fn(&mut web::ServiceConfig),
) -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    // The document is served under `/api/v1` and so has to be registered before
    // the scope of that name, which would answer first.
    App::new()
        .service(
            utoipa_swagger_ui::SwaggerUi::new("/api/docs/{_:.*}").url("/api/v1/openapi.json", document()),
        )
        .into_utoipa_app()
        .app_data(web::Data::new(rooms.clone()))
        .app_data(web::Data::new(rooms.desk))
        // One for each worker thread: the application is made once for each.
        .app_data(web::Data::new(Gallery::of(rooms.hub)))
        .configure(routes)
        .into_app()
        .configure(pages)
        .configure(defaults)
        .wrap(middleware::from_fn(observe))
}

/// The API document (OpenAPI 3.1), made from the handlers.
pub fn document() -> utoipa::openapi::OpenApi {
    App::new().into_utoipa_app().openapi(Document::openapi()).configure(routes).split_for_parts().1
}

/// All routes under `/api/v1`, and the ones beside it.
pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(health::healthz)
        .service(health::readyz)
        .service(health::metrics)
        .service(health::problems)
        .service(
            utoipa_actix_web::scope("/api/v1")
                .service(reports::submit)
                .service(assessments::preview)
                .service(incidents::list)
                .service(incidents::show)
                .service(incidents::timeline)
                .service(incidents::assessment)
                .service(incidents::messages)
                .service(incidents::playbooks)
                .service(incidents::acknowledge)
                .service(incidents::receive)
                .service(incidents::verify)
                .service(incidents::inform_clearing_house)
                .service(changes::change)
                .service(changes::change_facts)
                .service(changes::decide)
                .service(changes::test_reachability)
                .service(runs::start)
                .service(runs::list)
                .service(runs::show)
                .service(runs::record)
                .service(runs::newer)
                .service(runs::adopt)
                .service(runs::send_file)
                .service(runs::fetch_file)
                .service(runs::end)
                .service(answers::answer)
                .service(answers::note)
                .service(answers::record_liability)
                .service(answers::liability)
                .service(messages::record_call)
                .service(messages::read)
                .service(duties::ledger)
                .service(duties::told)
                .service(duties::score)
                .service(duties::alarms)
                .service(events::list)
                .service(live::live)
                .service(contacts::list)
                .service(contacts::create)
                .service(webhooks::keys)
                .service(webhooks::public_key)
                .service(contacts::readiness)
                .service(contacts::preview)
                .service(contacts::import)
                .service(contacts::show)
                .service(contacts::replace)
                .service(contacts::confirm)
                .service(accounts::own)
                .service(accounts::create)
                .service(accounts::issue_token)
                .service(accounts::invite)
                .service(erasures::list)
                .service(erasures::create)
                .service(outbox::held)
                .service(outbox::release)
                .service(playbooks::list)
                .service(playbooks::cacao)
                .service(playbooks::show)
                .service(states::list)
                .service(layers::list)
                .service(layers::import)
                .service(layers::remove),
        );
}

/// How wrong addresses, queries and paths are answered: always with a problem.
pub fn defaults(config: &mut web::ServiceConfig) {
    config
        .app_data(
            web::QueryConfig::default().error_handler(|error, _| {
                Problem::with(Code::Invalid, format!("in the query: {error}")).into()
            }),
        )
        .app_data(web::PathConfig::default().error_handler(|error, _| {
            Problem::with(Code::NotFound, format!("in the address: {error}")).into()
        }))
        .default_service(web::to(|request: actix_web::HttpRequest| async move {
            let what = format!("{} {}", request.method(), request.path());
            let known = methods_of(request.path());
            if known.is_empty() {
                return Problem::with(Code::NotFound, format!("there is no {what}")).error_response();
            }
            let problem = format!("{what} does not exist; use {}", known.join(" or "));
            let mut response = Problem::with(Code::Method, problem).error_response();
            if let Ok(allowed) = known.join(", ").parse() {
                response.headers_mut().insert(header::ALLOW, allowed);
            }
            response
        }));
}

/// The methods the API document names for an address.
fn methods_of(address: &str) -> Vec<&'static str> {
    static PATHS: LazyLock<utoipa::openapi::Paths> = LazyLock::new(|| document().paths);
    let fits = |template: &str| {
        template.split('/').count() == address.split('/').count()
            && template
                .split('/')
                .zip(address.split('/'))
                .all(|(t, a)| t == a || (t.starts_with('{') && !a.is_empty()))
    };
    let item = PATHS.paths.iter().find(|(template, _)| fits(template)).map(|(_, item)| item);
    let of = |item: &utoipa::openapi::PathItem| {
        let methods =
            [("GET", item.get.is_some()), ("POST", item.post.is_some()), ("DELETE", item.delete.is_some())];
        methods.into_iter().filter_map(|(name, there)| there.then_some(name)).collect()
    };
    item.map(of).unwrap_or_default()
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Only what comes after this place in the log.
    #[serde(default)]
    pub after: u64,
    /// At most so many (500 at the most; 100 when not said).
    pub limit: Option<usize>,
}

/// Which world, and which part of it.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ModePageQuery {
    /// `actual`, `exercise` or `test`: without default.
    pub mode: Mode,
    /// Only what comes after this place in the log.
    #[serde(default)]
    pub after: u64,
    /// At most so many (500 at the most; 100 when not said).
    pub limit: Option<usize>,
}

/// How long is a page when nothing is said?
const USUAL_PAGE: usize = 100;

/// Runs something that blocks (the store, the map) where blocking is allowed.
async fn apart<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    web::block(work).await.map_err(|_| Problem::new(Code::Unavailable))?.map_err(Into::into)
}

/// A command as it came over the line: who gives it, how a repeat is
/// recognised, and what the caller had seen.
struct Command {
    viewer: Viewer,
    idempotency: Option<Idempotency>,
    revision: Option<u64>,
    happened: Option<Happened>,
}

impl Command {
    fn read<T>(who: &SignedIn, input: &Input<T>, route: &'static str, happened: Option<Happened>) -> Self {
        let idempotency = input.idempotency(who.account.id, route);
        Self { viewer: who.viewer(), idempotency, revision: input.revision, happened }
    }

    fn asked(&self) -> Asked<'_> {
        let Self { viewer, idempotency, revision, happened } = self;
        Asked { by: viewer, idempotency: idempotency.as_ref(), revision: *revision, happened: *happened }
    }
}

/// Carries out a command on an incident. Whoever had seen an older one is shown
/// the incident as it is now.
async fn carry_out(
    rooms: web::Data<Rooms>,
    command: Command,
    incident: IncidentId,
    work: impl FnOnce(&Desk, Asked<'_>) -> Result<Committed, DeskError> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let committed = apart(move || {
        work(&rooms.desk, command.asked()).map_err(|error| {
            let stale = matches!(error, DeskError::Stale(_));
            let mut problem = Problem::from(error);
            if stale && let Ok(standing) = rooms.reading.incident(&command.viewer, incident) {
                problem.current = serde_json::to_value(standing).ok().map(Box::new);
            }
            problem
        })
    })
    .await?;
    Ok(answer(StatusCode::OK, false, committed))
}

/// The answer to a command, byte for byte what it was the first time.
fn answer(status: StatusCode, location: bool, committed: Committed) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if location {
        response.insert_header(("Location", format!("/api/v1/incidents/{}", committed.receipt.incident)));
    }
    if committed.replayed {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    response.content_type("application/json").body(committed.answer)
}

/// Counts requests and logs those that fail; never what was in them.
pub async fn observe(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<impl actix_web::body::MessageBody>,
) -> Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    let method = request.method().to_string();
    let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
    let started = std::time::Instant::now();
    let response = next.call(request).await?;
    let status = response.status().as_u16();
    let duration_ms = started.elapsed().as_secs_f64() * 1000.0;
    let labels = [("method", method.clone()), ("route", route.clone()), ("status", status.to_string())];
    metrics::counter!("outcross_requests_total", &labels).increment(1);
    metrics::histogram!("outcross_request_ms", "route" => route.clone()).record(duration_ms);
    if status >= 500 {
        tracing::warn!(method, route, status, duration_ms, "request failed");
    } else {
        tracing::debug!(method, route, status, duration_ms, "request");
    }
    Ok(response)
}
