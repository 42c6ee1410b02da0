//! Incidents: reading them, and the commands upon them.

use super::{Command, PageQuery, Rooms, USUAL_PAGE, answer, apart, carry_out};
use crate::{
    desk::Receipt,
    domain::{
        assessment::Assessment,
        decision::Verdict,
        delivery::Message,
        duty::Addressee,
        event::{Event, Happened},
        id::{IncidentId, MessageId, Seq},
        incident::{Incident, Mode},
    },
    gate::{Code, Input, Problem, SignedIn},
    reading::{OpenPlaybook, PAGE},
};
use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which incidents.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// `actual`, `exercise` or `test`: without default.
    pub mode: Mode,
    /// Only those last changed before this place in the log.
    pub before: Option<u64>,
    /// At most so many (500 at the most; 100 when not said).
    pub limit: Option<usize>,
}

/// A list of incidents.
#[derive(Serialize, ToSchema)]
pub struct Incidents {
    /// Last changed first.
    pub incidents: Vec<Incident>,
}

/// Incidents this account may see, last changed first. The next page is in the
/// `Link` header (RFC 8288).
#[utoipa::path(
    tag = "incidents", params(ListQuery),
    responses(
        (status = 200, description = "Incidents", body = Incidents),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents")]
pub async fn list(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let ListQuery { mode, before, limit } = *query;
    let limit = limit.unwrap_or(USUAL_PAGE).clamp(1, PAGE);
    let found = apart(move || rooms.reading.incidents(&who.viewer(), mode, before.map(Seq), limit)).await?;
    let mut response = HttpResponse::Ok();
    if let Some(last) = found.last().filter(|_| found.len() >= limit) {
        let next =
            format!("</api/v1/incidents?mode={mode}&before={}&limit={limit}>; rel=\"next\"", last.head);
        response.insert_header(("Link", next));
    }
    Ok(response.json(Incidents { incidents: found }))
}

/// One incident as it stands, as far as this account may see it.
#[utoipa::path(
    tag = "incidents", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "The incident; `ETag` is its revision", body = Incident),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<HttpResponse, Problem> {
    let incident = apart(move || rooms.reading.incident(&who.viewer(), *id)).await?;
    let tag = format!("\"{}\"", incident.revision);
    Ok(HttpResponse::Ok().insert_header(("ETag", tag)).json(incident))
}

/// A part of a timeline.
#[derive(Serialize, ToSchema)]
pub struct Timeline {
    /// In the order of the log.
    pub events: Vec<Event>,
    /// Ask for what comes after this place to go on.
    pub next: Seq,
}

/// What happened in an incident, in the order in which it was recorded.
#[utoipa::path(
    tag = "incidents", params(("id" = IncidentId, Path), PageQuery),
    responses(
        (status = 200, description = "Events", body = Timeline),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/timeline")]
pub async fn timeline(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    query: web::Query<PageQuery>,
) -> Result<web::Json<Timeline>, Problem> {
    let PageQuery { after, limit } = *query;
    let limit = limit.unwrap_or(USUAL_PAGE);
    let events = apart(move || rooms.reading.timeline(&who.viewer(), *id, Seq(after), limit)).await?;
    let next = events.last().map_or(Seq(after), |event| event.seq);
    Ok(web::Json(Timeline { events, next }))
}

/// Who is in reach, and why: the newest assessment.
#[utoipa::path(
    tag = "incidents", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "The assessment", body = Assessment),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/assessment")]
pub async fn assessment(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<web::Json<Assessment>, Problem> {
    Ok(web::Json(apart(move || rooms.reading.assessment(&who.viewer(), *id)).await?))
}

/// The messages of an incident.
#[derive(Serialize, ToSchema)]
pub struct Messages {
    /// In the order in which they were made.
    pub messages: Vec<Message>,
}

/// Messages and what became of them; a State sees its own.
#[utoipa::path(
    tag = "incidents", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "Messages", body = Messages),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/messages")]
pub async fn messages(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<web::Json<Messages>, Problem> {
    let messages = apart(move || rooms.reading.messages(&who.viewer(), *id)).await?;
    Ok(web::Json(Messages { messages }))
}

/// Playbooks with their steps.
#[derive(Serialize, ToSchema)]
pub struct OpenPlaybooks {
    /// In the order in which they apply.
    pub playbooks: Vec<OpenPlaybook>,
}

/// The playbooks chosen, with their steps as they stand: who, what, by when.
#[utoipa::path(
    tag = "incidents", params(("id" = IncidentId, Path)),
    responses(
        (status = 200, description = "Playbooks and steps", body = OpenPlaybooks),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/incidents/{id}/playbooks")]
pub async fn playbooks(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
) -> Result<web::Json<OpenPlaybooks>, Problem> {
    let playbooks = apart(move || rooms.reading.open_playbooks(&who.viewer(), *id)).await?;
    Ok(web::Json(OpenPlaybooks { playbooks }))
}

/// An acknowledgement: receipt, not agreement.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// For whom; the account's own State when not said.
    #[serde(default)]
    pub addressee: Option<Addressee>,
    /// What to say with it.
    #[serde(default)]
    pub note: Option<String>,
    /// When it was given, if it is entered afterwards: by telephone, during an
    /// outage.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Acknowledge the notice for a State. Each State acknowledges for itself;
/// doing it twice is the same as once.
#[utoipa::path(
    tag = "incidents", request_body = Acknowledgement,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Nothing is owed to it here", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/acknowledgements")]
pub async fn acknowledge(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<Acknowledgement>,
) -> Result<HttpResponse, Problem> {
    let addressee = addressee_for(&who, input.value.addressee.clone())?;
    let command = Command::read(&who, &input, "acknowledgements", input.value.happened);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.acknowledge(asked, *id, &addressee, input.value.note.as_deref())
    })
    .await
}

/// For whom an account speaks: whom it names, else its own State.
pub(super) fn addressee_for(who: &SignedIn, named: Option<Addressee>) -> Result<Addressee, Problem> {
    named.or(who.account.state.map(Addressee::State)).ok_or_else(|| {
        Problem::field("/addressee", "an account of the instance must say for which addressee it speaks")
    })
}

/// Which message.
#[derive(Deserialize, IntoParams)]
pub struct MessagePath {
    id: IncidentId,
    message: MessageId,
}

/// Say that a message has arrived. The live client does this by itself.
#[utoipa::path(
    tag = "incidents",
    params(("id" = IncidentId, Path), ("message" = MessageId, Path)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Not this account's message", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/messages/{message}/receipt")]
pub async fn receive(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<MessagePath>,
) -> Result<HttpResponse, Problem> {
    let committed = apart(move || -> Result<_, Problem> {
        let viewer = who.viewer();
        let message = rooms.reading.messages(&viewer, path.id)?.into_iter().find(|m| m.id == path.message);
        let addressee = message.ok_or_else(|| Problem::new(Code::NotFound))?.addressee;
        Ok(rooms.desk.receive(&viewer, path.id, &addressee, path.message)?)
    })
    .await?;
    Ok(answer(StatusCode::OK, false, committed))
}

/// What the State where it happened says of a report.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictInput {
    /// `open`, `extend`, `return` (to whoever reported, to be mended) or `withdraw`.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// Decide on a report under verification: open it (notices go out), take more
/// time, or withdraw it.
#[utoipa::path(
    tag = "incidents", request_body = VerdictInput,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Not under verification", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/verdicts")]
pub async fn verify(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<VerdictInput>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "verdicts", None);
    carry_out(rooms, command, *id, move |desk, asked| {
        let VerdictInput { verdict, reason } = &input.value;
        desk.verify(asked, *id, *verdict, reason)
    })
    .await
}

/// The record that meets the duty toward the Clearing-House.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearingHouseRecord {
    /// Its id, such as `BCH-DEC-CH-123456-1`.
    pub record: String,
    /// When it was informed, if that is entered afterwards.
    #[serde(default)]
    pub happened: Option<Happened>,
}

/// Say under which record the Biosafety Clearing-House has been informed
/// (17.1): that record is the proof.
#[utoipa::path(
    tag = "incidents", request_body = ClearingHouseRecord,
    params(("id" = IncidentId, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses(
        (status = 200, description = "Recorded", body = Receipt),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not found", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Nothing is owed to it here yet", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not a record id", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/incidents/{id}/clearing-house")]
pub async fn inform_clearing_house(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<IncidentId>,
    input: Input<ClearingHouseRecord>,
) -> Result<HttpResponse, Problem> {
    let command = Command::read(&who, &input, "clearing-house", input.value.happened);
    carry_out(rooms, command, *id, move |desk, asked| {
        desk.inform_clearing_house(asked, *id, &input.value.record)
    })
    .await
}
