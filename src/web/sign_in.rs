//! Signing in: name and password, then the second factor; invitations, where
//! both are chosen; and signing out.

use super::{Frame, apart, page, see};
use crate::{
    api::Rooms,
    desk::sign_in::{Entered, NextFactor},
    domain::account::Account,
    gate::{
        Code, Problem, Visit,
        visit::{cookie_of, is_from_here, no_cookie, secret_of},
    },
    words::Speaker,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    post, web,
};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "sign_in.html", config = "src/web/askama.toml")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    name: &'a str,
    to: &'a str,
}

#[derive(Template)]
#[template(path = "code.html", config = "src/web/askama.toml")]
struct CodePage<'a> {
    frame: Frame<'a>,
    to: &'a str,
}

#[derive(Template)]
#[template(path = "factor.html", config = "src/web/askama.toml")]
struct FactorPage<'a> {
    frame: Frame<'a>,
    /// The secret in Base32, in groups of four.
    key: String,
    /// The same for an authenticator on this very machine.
    address: String,
}

#[derive(Template)]
#[template(path = "recovery.html", config = "src/web/askama.toml")]
struct RecoveryPage<'a> {
    frame: Frame<'a>,
    codes: Vec<String>,
}

#[derive(Template)]
#[template(path = "invitation.html", config = "src/web/askama.toml")]
struct InvitationPage<'a> {
    frame: Frame<'a>,
    office: &'a str,
    name: &'a str,
}

/// Where somebody wants to go.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    to: String,
}

/// A name and a password.
#[derive(Deserialize)]
pub struct SignInForm {
    name: String,
    password: String,
    #[serde(default)]
    to: String,
}

/// A code.
#[derive(Deserialize)]
pub struct CodeForm {
    code: String,
    #[serde(default)]
    to: String,
}

/// A form with nothing but its seal.
#[derive(Deserialize)]
pub struct SealForm {
    #[serde(default)]
    seal: String,
}

/// The page to sign in.
#[get("/sign-in")]
pub async fn show(request: HttpRequest, wanted: web::Query<Wanted>) -> HttpResponse {
    let speaker = super::speaker_of(&request);
    page(StatusCode::OK, &SignInPage { frame: Frame::outside(&speaker), name: "", to: &wanted.to })
}

/// A name and a password: a session begins.
#[post("/sign-in")]
pub async fn enter(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    form: web::Form<SignInForm>,
) -> HttpResponse {
    let SignInForm { name, password, to } = form.into_inner();
    let (from, asked) = (super::address_of(&request), name.clone());
    let entered = guarded(&request, &rooms, {
        let rooms = rooms.clone();
        move || rooms.desk.enter(&asked, &password, &from)
    });
    match entered.await {
        Ok(entered) => begun(&entered, &to),
        Err(problem) => {
            let speaker = super::speaker_of(&request);
            let frame = Frame { message: Some(said(&speaker, &problem)), ..Frame::outside(&speaker) };
            page(status_of(&problem), &SignInPage { frame, name: &name, to: &to })
        }
    }
}

/// The page that asks for a code.
#[get("/sign-in/code")]
pub async fn ask_code(request: HttpRequest, wanted: web::Query<Wanted>) -> HttpResponse {
    let speaker = super::speaker_of(&request);
    page(StatusCode::OK, &CodePage { frame: Frame::outside(&speaker), to: &wanted.to })
}

/// A code: the session is open.
#[post("/sign-in/code")]
pub async fn give_code(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    form: web::Form<CodeForm>,
) -> HttpResponse {
    let CodeForm { code, to } = form.into_inner();
    let Some(secret) = secret_of(&request) else { return see("/sign-in") };
    let from = super::address_of(&request);
    let given = guarded(&request, &rooms, {
        let rooms = rooms.clone();
        move || rooms.desk.give_code(&secret, &code, &from)
    });
    match given.await {
        Ok(()) => see(inside(&to)),
        Err(problem) => {
            let speaker = super::speaker_of(&request);
            let frame = Frame { message: Some(said(&speaker, &problem)), ..Frame::outside(&speaker) };
            page(status_of(&problem), &CodePage { frame, to: &to })
        }
    }
}

/// The page that sets the second factor up.
#[get("/sign-in/factor")]
pub async fn ask_factor(rooms: web::Data<Rooms>, request: HttpRequest) -> HttpResponse {
    factor(&rooms, &request, None).await
}

async fn factor(rooms: &web::Data<Rooms>, request: &HttpRequest, trouble: Option<Problem>) -> HttpResponse {
    let Some(secret) = secret_of(request) else { return see("/sign-in") };
    let desk = rooms.desk.clone();
    let Ok(key) = apart(move || desk.set_up_factor(&secret)).await else { return see("/sign-in") };
    let speaker = super::speaker_of(request);
    let status = trouble.as_ref().map_or(StatusCode::OK, status_of);
    let frame =
        Frame { message: trouble.map(|problem| said(&speaker, &problem)), ..Frame::outside(&speaker) };
    let address = format!("otpauth://totp/Outcross?secret={key}&issuer=Outcross");
    let grouped: Vec<String> =
        key.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    page(status, &FactorPage { frame, key: grouped.join(" "), address })
}

/// The first code: the second factor is in force.
#[post("/sign-in/factor")]
pub async fn confirm_factor(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    form: web::Form<CodeForm>,
) -> HttpResponse {
    let Some(secret) = secret_of(&request) else { return see("/sign-in") };
    let (code, from) = (form.into_inner().code, super::address_of(&request));
    let confirmed = guarded(&request, &rooms, {
        let rooms = rooms.clone();
        move || rooms.desk.confirm_factor(&secret, &code, &from)
    });
    match confirmed.await {
        Ok(codes) => {
            let speaker = super::speaker_of(&request);
            page(StatusCode::OK, &RecoveryPage { frame: Frame::outside(&speaker), codes })
        }
        Err(problem) => factor(&rooms, &request, Some(problem)).await,
    }
}

/// The page of an invitation.
#[get("/invitations/{secret}")]
pub async fn show_invitation(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    secret: web::Path<String>,
) -> HttpResponse {
    invitation(&rooms, &request, &secret, "", None).await
}

async fn invitation(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    secret: &str,
    name: &str,
    trouble: Option<Problem>,
) -> HttpResponse {
    let speaker = super::speaker_of(request);
    let (desk, asked) = (rooms.desk.clone(), secret.to_owned());
    let found: Result<Option<Account>, Problem> = apart(move || desk.invited(&asked)).await;
    let status = trouble.as_ref().map_or(StatusCode::OK, status_of);
    let frame =
        Frame { message: trouble.map(|problem| said(&speaker, &problem)), ..Frame::outside(&speaker) };
    match found {
        Ok(Some(account)) => page(status, &InvitationPage { frame, office: &account.name, name }),
        Ok(None) => super::trouble(request, &Problem::new(Code::NotFound), "invitation-unknown"),
        Err(problem) => super::trouble(request, &problem, "page-trouble"),
    }
}

/// Name and password are chosen: a session begins.
#[post("/invitations/{secret}")]
pub async fn accept_invitation(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    secret: web::Path<String>,
    form: web::Form<SignInForm>,
) -> HttpResponse {
    let SignInForm { name, password, .. } = form.into_inner();
    let (from, chosen, used) = (super::address_of(&request), name.clone(), secret.clone());
    let accepted = guarded(&request, &rooms, {
        let rooms = rooms.clone();
        move || rooms.desk.accept_invitation(&used, &chosen, &password, &from)
    });
    match accepted.await {
        Ok(entered) => begun(&entered, ""),
        Err(problem) => invitation(&rooms, &request, &secret, &name, Some(problem)).await,
    }
}

/// Signs out.
#[post("/sign-out")]
pub async fn leave(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    form: web::Form<SealForm>,
) -> HttpResponse {
    if visit.knows(&form.seal) {
        let (secret, from) = (visit.secret().to_owned(), super::address_of(&request));
        let desk = rooms.desk.clone();
        if let Err(problem) = apart(move || desk.leave(&secret, &from)).await {
            return super::trouble(&request, &problem, "page-trouble");
        }
    }
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "/sign-in"))
        .insert_header(("Clear-Site-Data", "\"cache\", \"storage\""))
        .cookie(no_cookie())
        .finish()
}

/// Does something a page of this site has asked for.
async fn guarded<T: Send + 'static>(
    request: &HttpRequest,
    rooms: &Rooms,
    work: impl FnOnce() -> Result<T, crate::desk::DeskError> + Send + 'static,
) -> Result<T, Problem> {
    if !is_from_here(request, &rooms.public_url) {
        return Err(Problem::new(Code::ForeignOrigin));
    }
    apart(work).await
}

fn begun(entered: &Entered, to: &str) -> HttpResponse {
    let wanted: String = form_urlencoded::byte_serialize(inside(to).as_bytes()).collect();
    let next = match entered.next {
        NextFactor::None => inside(to).to_owned(),
        NextFactor::Code => format!("/sign-in/code?to={wanted}"),
        NextFactor::SetUp => "/sign-in/factor".to_owned(),
    };
    HttpResponse::SeeOther().insert_header((header::LOCATION, next)).cookie(cookie_of(entered)).finish()
}

/// Only to a page of this site.
fn inside(to: &str) -> &str {
    if to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']) { to } else { "/" }
}

fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What is the matter, in the language of the page where there are words for it.
fn said(speaker: &Speaker, problem: &Problem) -> String {
    let detail = problem.detail.clone().unwrap_or_else(|| problem.title.clone());
    let key = match (problem.code, problem.errors.first().map(|error| error.pointer.as_str())) {
        (Code::Invalid, Some("/name")) => "sign_in-bad_name",
        (Code::Invalid, Some("/password")) => "sign_in-bad_password",
        (Code::NotSignedIn, _) => "sign_in-refused",
        _ => "page-trouble",
    };
    let words = speaker.say(key, &[]);
    if speaker.language() == "en" { detail } else { words }
}
