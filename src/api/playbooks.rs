//! Playbooks: the written emergency measures.

use super::{Rooms, apart};
use crate::{
    domain::account::Viewer,
    gate::{Code, Problem, SignedIn},
    interop, proof,
    reading::Reading,
};
use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A playbook in short.
#[derive(Serialize, ToSchema)]
pub struct PlaybookSummary {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
    /// Its title by language.
    pub title: BTreeMap<String, String>,
    /// How many steps it has.
    pub steps: usize,
}

/// The playbooks of this instance.
#[derive(Serialize, ToSchema)]
pub struct Playbooks {
    /// By id.
    pub playbooks: Vec<PlaybookSummary>,
}

/// The playbooks of this instance.
#[utoipa::path(
    tag = "playbooks",
    responses(
        (status = 200, description = "Playbooks", body = Playbooks),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/playbooks")]
pub async fn list(rooms: web::Data<Rooms>, who: SignedIn) -> Result<web::Json<Playbooks>, Problem> {
    let library = rooms.reading.library(&who.viewer())?;
    let playbooks = library
        .iter()
        .map(|book| PlaybookSummary {
            id: book.id.clone(),
            version: book.version,
            hash: book.hash.clone(),
            title: book.title.0.iter().map(|(l, words)| (l.code().to_owned(), words.clone())).collect(),
            steps: book.steps.len(),
        })
        .collect();
    Ok(web::Json(Playbooks { playbooks }))
}

/// One playbook as its authors wrote it (YAML).
#[utoipa::path(
    tag = "playbooks", params(("id" = String, Path)),
    responses(
        (status = 200, description = "The text", body = String, content_type = "application/yaml"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such playbook", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/playbooks/{id}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let text = apart(move || -> Result<_, Problem> {
        let library = rooms.reading.library(&who.viewer())?;
        let book = library.get(&id).ok_or_else(|| Problem::new(Code::NotFound))?;
        Ok(book.text().to_owned())
    })
    .await?;
    Ok(HttpResponse::Ok().content_type("application/yaml").body(text))
}

/// One playbook as CACAO 2.0, with the steps of those it runs written in.
///
/// What CACAO has no place for stands in one extension, which
/// `playbooks/README.md` describes. `outcross import cacao` reads it back.
#[utoipa::path(
    tag = "playbooks", params(("id" = String, Path)),
    responses(
        (status = 200, description = "The playbook (OASIS CACAO Security Playbooks 2.0)", body = serde_json::Value, content_type = "application/json",
            headers(("ETag" = String, description = "Of the text"))),
        (status = 304, description = "The one the caller has (`If-None-Match`)"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such playbook", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer at the moment", body = Problem, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/playbooks/{id}/cacao")]
pub async fn cacao(
    rooms: web::Data<Rooms>,
    who: SignedIn,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let text = apart(move || written_as_cacao(&rooms.reading, &who.viewer(), &id)).await?;
    let tag = format!("\"{}\"", proof::digest_hex(text.as_bytes()));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    Ok(HttpResponse::Ok().content_type("application/json").insert_header((header::ETAG, tag)).body(text))
}

/// A playbook, with the steps of those it runs, as the text of CACAO 2.0.
pub fn written_as_cacao(reading: &Reading, viewer: &Viewer, id: &str) -> Result<String, Problem> {
    let edition = reading.edition(viewer, id)?;
    let page = interop::cacao::export(&edition).map_err(|_| Problem::new(Code::Fault))?;
    Ok(interop::cacao::written(&page))
}
