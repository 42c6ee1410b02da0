//! Who is at the browser: a session, looked up by the hash of its cookie. A
//! form counts when it comes from a page of this site and carries that page's
//! seal.

use super::Problem;
use crate::{
    desk::{
        Desk,
        sign_in::{Entered, NextFactor},
    },
    domain::account::{Account, Viewer},
    proof::digest_hex,
};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse, ResponseError,
    cookie::{Cookie, SameSite},
    dev::Payload,
    http::{StatusCode, header},
    web,
};
use std::{fmt, future::Future, pin::Pin, sync::Arc};

/// The cookie of a session: only over TLS (or on the machine itself), only to
/// this host, out of reach of scripts.
pub const COOKIE: &str = "__Host-outcross";

/// Somebody at a browser who has signed in.
pub struct Visit {
    /// As which account.
    pub account: Account,
    secret: String,
}

/// Somebody who has to do something first.
#[derive(Debug)]
pub enum Turned {
    /// Sign in; then they are taken to where they wanted to go.
    SignIn(String),
    /// Give the second factor.
    Code,
    /// Set the second factor up.
    SetUp,
    /// Something is the matter.
    Problem(Box<Problem>),
}

impl Visit {
    /// As whom it reads.
    pub fn viewer(&self) -> Viewer {
        self.account.viewer()
    }

    /// What stands in every form of this session.
    pub fn seal(&self) -> String {
        seal_of(&self.secret)
    }

    /// The secret of the session.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Whether a form that carries `seal` is one of ours.
    pub fn knows(&self, seal: &str) -> bool {
        self.seal() == seal
    }
}

/// What stands in the forms of a session.
fn seal_of(secret: &str) -> String {
    digest_hex(format!("form {secret}").as_bytes())[..32].to_owned()
}

/// The secret in the cookie, if there is one.
pub fn secret_of(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).filter(|secret| !secret.is_empty())
}

/// The cookie of a session that has begun.
pub fn cookie_of(entered: &Entered) -> Cookie<'static> {
    cookie(entered.secret.clone())
}

/// The cookie after a session has ended.
pub fn no_cookie() -> Cookie<'static> {
    let mut cookie = cookie(String::new());
    cookie.make_removal();
    cookie
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value).path("/").secure(true).http_only(true).same_site(SameSite::Lax).finish()
}

/// Whether a request comes from a page of this site, as far as the browser
/// says.
pub fn is_from_here(request: &HttpRequest, public_url: &str) -> bool {
    let said = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match said("Sec-Fetch-Site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => said("Origin")
            .is_none_or(|origin| origin.trim_end_matches('/') == public_url.trim_end_matches('/')),
    }
}

impl FromRequest for Visit {
    type Error = Turned;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Turned>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let desk = request.app_data::<web::Data<Arc<Desk>>>().cloned();
        let wanted = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        let secret = secret_of(request);
        Box::pin(async move {
            let (Some(desk), Some(secret)) = (desk, secret) else { return Err(Turned::SignIn(wanted)) };
            let asked = secret.clone();
            let found = web::block(move || desk.session(&asked))
                .await
                .map_err(|_| Turned::Problem(Box::new(Problem::new(super::Code::Unavailable))))?
                .map_err(|error| Turned::Problem(Box::new(error.into())))?;
            match found {
                None => Err(Turned::SignIn(wanted)),
                Some((_, NextFactor::Code)) => Err(Turned::Code),
                Some((_, NextFactor::SetUp)) => Err(Turned::SetUp),
                Some((account, NextFactor::None)) => Ok(Self { account, secret }),
            }
        })
    }
}

impl fmt::Display for Turned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn(_) => f.write_str("sign in first"),
            Self::Code | Self::SetUp => f.write_str("the second factor is missing"),
            Self::Problem(problem) => problem.fmt(f),
        }
    }
}

impl ResponseError for Turned {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => problem.status_code(),
            _ => StatusCode::SEE_OTHER,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let to = match self {
            Self::SignIn(wanted) if wanted.len() > 1 => {
                let wanted: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
                format!("/sign-in?to={wanted}")
            }
            Self::SignIn(_) => "/sign-in".to_owned(),
            Self::Code => "/sign-in/code".to_owned(),
            Self::SetUp => "/sign-in/factor".to_owned(),
            Self::Problem(problem) => return problem.error_response(),
        };
        HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
    }
}
