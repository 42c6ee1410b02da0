//! Contact points.

use super::{Rooms, apart};
use crate::{
    desk::contacts::{ContactError, ContactPreview, ContactsImported, NewContact, Replacement, revision},
    domain::{contact::ContactPoint, directory::Listing, duty::Addressee, id::ContactId},
    gate::{Code, Input, Problem, SignedIn, problem::FieldError},
    interop::{Unreadable, bch, contacts_csv},
    reading::{ContactReadiness, STALE_AFTER_DAYS, StoreError},
};
use actix_web::{HttpRequest, HttpResponse, get, http::header, post, put, web};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// How large may a file of contact points be?
pub const LARGEST_DIRECTORY: usize = 8 * 1024 * 1024;

/// How long may an upload stand still?
const STANDSTILL: Duration = Duration::from_secs(30);

/// Whose contact points.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContactQuery {
    /// Of one addressee only: a State by code, an organization by its acronym,
    /// or `INSTANCE`.
    #[serde(alias = "state")]
    #[param(value_type = Option<String>)]
    addressee: Option<Addressee>,
}

/// A list of contact points.
#[derive(Serialize, ToSchema)]
pub struct Contacts {
    /// By State.
    pub contacts: Vec<ContactPoint>,
}

/// Contact points of one addressee, or of all.
#[utoipa::path(
    tag = "contacts", params(ContactQuery),
    responses(
        (status = 200, description = "Contact points", body = Contacts),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/contacts")]
pub async fn list(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<ContactQuery>,
) -> Result<web::Json<Contacts>, Problem> {
    let contacts = apart(move || rooms.reading.contacts(&who.viewer(), query.addressee.as_ref())).await?;
    Ok(web::Json(Contacts { contacts }))
}

/// Create a contact point of a State, an organization, or this instance.
#[utoipa::path(
    tag = "contacts", request_body = NewContact,
    responses(
        (status = 201, description = "Created", body = ContactPoint, headers(("ETag" = String, description = "Its revision, for If-Match"))),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/contacts")]
pub async fn create(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    input: Input<NewContact>,
) -> Result<HttpResponse, Problem> {
    let contact = apart(move || rooms.desk.create_contact(&who.viewer(), input.value)).await?;
    Ok(tagged(HttpResponse::Created(), &contact))
}

/// One contact point, with its revision in the `ETag`.
#[utoipa::path(
    tag = "contacts", params(("id" = ContactId, Path, description = "The contact point's id")),
    responses(
        (status = 200, description = "The contact point", body = ContactPoint, headers(("ETag" = String, description = "Its revision, for If-Match"))),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such contact point", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/contacts/{id}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<ContactId>,
) -> Result<HttpResponse, Problem> {
    let contact = apart(move || rooms.reading.contact(&who.viewer(), path.into_inner())).await?;
    Ok(tagged(HttpResponse::Ok(), &contact))
}

/// Replace a contact point whole: what is left out is taken away. With
/// `If-Match`, only if it still stands as it was seen. A webhook whose receiver
/// said that it is gone is used again once it is entered without `disabled`.
/// When the channels change, the contact point has to be confirmed again.
#[utoipa::path(
    tag = "contacts", request_body = Replacement,
    params(
        ("id" = ContactId, Path, description = "The contact point's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the contact point as it was seen"),
    ),
    responses(
        (status = 200, description = "As it stands now", body = ContactPoint, headers(("ETag" = String, description = "Its revision, for If-Match"))),
        (status = 400, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such contact point", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Others are changing it just now", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen; `current` is how it stands", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[put("/contacts/{id}")]
pub async fn replace(
    request: HttpRequest,
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<ContactId>,
    input: Input<Replacement>,
) -> Result<HttpResponse, Problem> {
    let seen = seen(&request)?;
    let id = path.into_inner();
    let contact = apart(move || rooms.desk.replace_contact(&who.viewer(), id, &input.value, seen)).await?;
    Ok(tagged(HttpResponse::Ok(), &contact))
}

/// Say that somebody has just made sure that a contact point answers. With
/// `If-Match`, only if it still stands as it was seen.
#[utoipa::path(
    tag = "contacts",
    params(
        ("id" = ContactId, Path, description = "The contact point's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the contact point as it was seen"),
    ),
    responses(
        (status = 200, description = "As it stands now", body = ContactPoint, headers(("ETag" = String, description = "Its revision, for If-Match"))),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not for this State", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such contact point", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Others are changing it just now", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Changed since it was seen; `current` is how it stands", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "If-Match cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/contacts/{id}/confirmations")]
pub async fn confirm(
    request: HttpRequest,
    rooms: web::Data<Rooms>,
    who: SignedIn,
    path: web::Path<ContactId>,
) -> Result<HttpResponse, Problem> {
    let seen = seen(&request)?;
    let contact = apart(move || rooms.desk.confirm_contact(&who.viewer(), path.into_inner(), seen)).await?;
    Ok(tagged(HttpResponse::Ok(), &contact))
}

/// What counts as stale.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReadinessQuery {
    /// After how many days a confirmation is stale; 365 if nothing is said.
    stale_after_days: Option<u32>,
}

/// Who could be told now, and who could not: for every State of the table, for
/// the organizations and for this instance whether anybody can be told, when
/// one of them was last confirmed, and what is the matter.
#[utoipa::path(
    tag = "contacts", params(ReadinessQuery),
    responses(
        (status = 200, description = "Who could be told", body = ContactReadiness),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A query value cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/contacts/readiness")]
pub async fn readiness(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<ReadinessQuery>,
) -> Result<web::Json<ContactReadiness>, Problem> {
    let days = query.stale_after_days.unwrap_or(STALE_AFTER_DAYS);
    let served = rooms.desk.served();
    let readiness = apart(move || rooms.reading.contact_readiness(&who.viewer(), served, days)).await?;
    Ok(web::Json(readiness))
}

/// In which format a file of contact points is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryFormat {
    /// The Biosafety Clearing-House's index, in JSON.
    Bch,
    /// A table with a header row.
    Csv,
}

impl DirectoryFormat {
    /// As it is written in the query.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bch => "bch",
            Self::Csv => "csv",
        }
    }

    /// The format that the first bytes of a file look like: JSON begins with a
    /// bracket, a header row does not.
    fn of(bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        if matches!(text.first(), Some(b'{' | b'[')) { Self::Bch } else { Self::Csv }
    }

    fn read(self, bytes: &[u8]) -> Result<Listing, Unreadable> {
        match self {
            Self::Bch => bch::read(bytes),
            Self::Csv => contacts_csv::read(bytes),
        }
    }
}

/// How the file is to be read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuery {
    /// `bch` for the index of the Biosafety Clearing-House, `csv` for a table;
    /// else by the first byte.
    format: Option<DirectoryFormat>,
}

/// What a file of contact points would change. Nothing is changed: what is
/// shown is applied by sending the same file to `/contacts/imports` with the
/// digest given here. A row or document that cannot be used is listed with the
/// reason; so is what stands here and is not in the file: it stays.
#[utoipa::path(
    tag = "contacts", params(PreviewQuery),
    request_body(content((serde_json::Value = "application/json"), (String = "text/csv")), description = "The file as it is, up to 8 MiB"),
    responses(
        (status = 200, description = "What it would change", body = ContactPreview),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/contacts/imports/preview")]
pub async fn preview(
    request: HttpRequest,
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<PreviewQuery>,
    payload: web::Payload,
) -> Result<web::Json<ContactPreview>, Problem> {
    let listing = listing(query.format, &taken_in(&request, payload).await?)?;
    let preview = apart(move || rooms.desk.preview_contacts(&who.viewer(), listing)).await?;
    Ok(web::Json(preview))
}

/// How the file is to be read, and what was shown.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// `bch` for the index of the Biosafety Clearing-House, `csv` for a table;
    /// else by the first byte.
    format: Option<DirectoryFormat>,
    /// The digest of the preview that is to be applied.
    digest: String,
}

/// Apply what a preview has shown: all of it or, when the file or the contact
/// points have changed meanwhile, nothing. Nothing is ever deleted.
#[utoipa::path(
    tag = "contacts", params(ImportQuery),
    request_body(content((serde_json::Value = "application/json"), (String = "text/csv")), description = "The file as it is, up to 8 MiB"),
    responses(
        (status = 200, description = "Applied", body = ContactsImported),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Not what was shown: ask for a new preview", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing can be stored at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/contacts/imports")]
pub async fn import(
    request: HttpRequest,
    rooms: web::Data<Rooms>,
    who: SignedIn,
    query: web::Query<ImportQuery>,
    payload: web::Payload,
) -> Result<web::Json<ContactsImported>, Problem> {
    let listing = listing(query.format, &taken_in(&request, payload).await?)?;
    let imported = apart(move || rooms.desk.import_contacts(&who.viewer(), listing, &query.digest)).await?;
    Ok(web::Json(imported))
}

fn listing(format: Option<DirectoryFormat>, bytes: &[u8]) -> Result<Listing, Problem> {
    let format = format.unwrap_or_else(|| DirectoryFormat::of(bytes));
    format.read(bytes).map_err(|why| {
        let mut problem = Problem::with(Code::Invalid, why);
        "The file cannot be read".clone_into(&mut problem.title);
        "Nothing was changed. Mend the file as the detail says.".clone_into(&mut problem.help);
        problem
    })
}

/// The whole body, bounded.
async fn taken_in(request: &HttpRequest, mut payload: web::Payload) -> Result<Vec<u8>, Problem> {
    let too_large = || {
        let limit = LARGEST_DIRECTORY / (1024 * 1024);
        let mut problem =
            Problem::with(Code::TooLarge, format!("a file of contact points may have up to {limit} MiB"));
        "Split the file and import the parts. Nothing was changed.".clone_into(&mut problem.help);
        problem
    };
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
    let said: usize = said.unwrap_or(0);
    if said > LARGEST_DIRECTORY {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(said);
    loop {
        let next = actix_web::rt::time::timeout(STANDSTILL, payload.next()).await;
        let Ok(next) = next else {
            return Err(Problem::with(Code::Invalid, "the upload stood still for half a minute"));
        };
        let Some(chunk) = next else { return Ok(bytes) };
        let chunk = chunk.map_err(|e| Problem::with(Code::Invalid, format!("the upload broke off: {e}")))?;
        if bytes.len() + chunk.len() > LARGEST_DIRECTORY {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
}

/// The revision in `If-Match`; `*` means whatever stands.
fn seen(request: &HttpRequest) -> Result<Option<u64>, Problem> {
    let Some(tag) = request.headers().get(header::IF_MATCH) else { return Ok(None) };
    let tag = tag.to_str().unwrap_or_default().trim();
    if tag == "*" {
        return Ok(None);
    }
    let said = "If-Match is the ETag of the contact point as you saw it, such as \"7\"";
    tag.trim_matches('"').parse().map(Some).map_err(|_| Problem::with(Code::Invalid, said))
}

fn tag(contact: &ContactPoint) -> String {
    format!("\"{}\"", revision(contact))
}

/// A contact point as an answer, with its revision.
fn tagged(mut response: actix_web::HttpResponseBuilder, contact: &ContactPoint) -> HttpResponse {
    response.insert_header((header::ETAG, tag(contact))).json(contact)
}

impl From<ContactError> for Problem {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Denied(denial) => denial.into(),
            ContactError::NotFound => Self::with(Code::NotFound, error),
            ContactError::Invalid(problems) => {
                let detail = problems.first().map(|(_, detail)| detail.clone()).unwrap_or_default();
                let errors = problems.into_iter().map(|(pointer, detail)| FieldError { pointer, detail });
                Self { errors: errors.collect(), ..Self::with(Code::Invalid, detail) }
            }
            ContactError::Stale(ref current) => Self {
                tag: Some(tag(current)),
                current: serde_json::to_value(current).ok().map(Box::new),
                ..Self::with(Code::Stale, &error)
            },
            ContactError::NotAsShown => Self {
                title: "The contact points or the file have changed".to_owned(),
                help: "Nothing was changed. Ask for a new preview, look at it, and apply that.".to_owned(),
                ..Self::with(Code::Conflict, error)
            },
            ContactError::Store(StoreError::Conflict) => Self {
                title: "The contact point is being changed by others".to_owned(),
                ..Self::new(Code::Conflict)
            },
            ContactError::Store(error) => error.into(),
        }
    }
}
