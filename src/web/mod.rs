//! Pages for people: HTML made here, on the server. Every action is a plain
//! form; nothing is fetched from elsewhere, and nothing needs a script.

mod board;
mod contacts;
mod evidence;
mod exercises;
mod export;
mod health;
mod incident;
mod letter;
mod map;
mod playbooks;
mod plot;
mod report;
mod review;
mod sign_in;
mod situation;
mod statistics;

use crate::{
    domain::account::{Action, allows},
    gate::{Code, Problem, Visit},
    words::Speaker,
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::sync::LazyLock;

/// All pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(letter::show)
        .service(letter::acknowledge)
        .service(sign_in::show)
        .service(sign_in::enter)
        .service(sign_in::ask_code)
        .service(sign_in::give_code)
        .service(sign_in::ask_factor)
        .service(sign_in::confirm_factor)
        .service(sign_in::show_invitation)
        .service(sign_in::accept_invitation)
        .service(sign_in::leave)
        .service(board::show)
        .service(report::start)
        .service(report::start_it)
        .service(report::ask)
        .service(report::answer)
        .service(report::check)
        .service(report::send)
        .service(report::drop_it)
        .service(incident::overview)
        .service(evidence::show)
        .service(evidence::keep)
        .service(evidence::fetch)
        .service(map::show)
        .service(map::download)
        .service(incident::duties)
        .service(incident::timeline)
        .service(incident::add_lines)
        .service(incident::checklist)
        .service(incident::acknowledge)
        .service(incident::start_run)
        .service(incident::record_deed)
        .service(playbooks::list)
        .service(playbooks::show)
        .service(playbooks::yaml)
        .service(playbooks::cacao)
        .service(contacts::list)
        .service(contacts::show)
        .service(contacts::ask_new)
        .service(contacts::create)
        .service(contacts::ask_change)
        .service(contacts::change)
        .service(contacts::confirm)
        .service(exercises::list)
        .service(exercises::ask_line)
        .service(exercises::send_line)
        .service(exercises::show)
        .service(health::show)
        .service(health::release)
        .service(situation::show)
        .service(review::show)
        .service(export::of_incident)
        .service(statistics::show);
}

/// The style of every page.
const STYLE: &str = concat!(include_str!("pages/style.css"), include_str!("pages/map.css"));

/// What a browser may do with a page: nothing but show it, in the style that
/// stands in it, and send its forms back here.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let style = STANDARD.encode(crate::proof::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
});

/// The words of one page in one language.
struct Words<'a>(&'a Speaker);

impl Words<'_> {
    fn say(&self, key: &str) -> String {
        self.0.say(key, &[])
    }

    /// A text with one number in it.
    fn say_number(&self, key: &str, number: usize) -> String {
        self.0.say(key, &[("number", number.into())])
    }

    /// A text of a group, by code.
    fn say_of(&self, group: &str, code: &str) -> String {
        self.0.say(&format!("{group}_{code}"), &[])
    }

    fn language(&self) -> &'static str {
        self.0.language()
    }

    fn direction(&self) -> &'static str {
        if self.0.is_right_to_left() { "rtl" } else { "ltr" }
    }
}

/// What stands around every page.
struct Frame<'a> {
    words: Words<'a>,
    style: &'static str,
    /// Said above everything else, unless it is the real thing.
    banner: Option<String>,
    /// The account, once somebody has signed in.
    account: Option<String>,
    /// What stands in every form.
    seal: String,
    /// Which page it is.
    here: &'static str,
    /// What could not be done.
    message: Option<String>,
    /// Whether the account may read the contact points.
    reads_contacts: bool,
}

impl<'a> Frame<'a> {
    /// Before anybody has signed in.
    fn outside(speaker: &'a Speaker) -> Self {
        Self {
            words: Words(speaker),
            style: STYLE,
            banner: None,
            account: None,
            seal: String::new(),
            here: "",
            message: None,
            reads_contacts: false,
        }
    }

    /// For somebody who has.
    fn inside(speaker: &'a Speaker, visit: &Visit, here: &'static str) -> Self {
        let reads_contacts = allows(visit.account.role, Action::ReadContacts);
        let account = Some(visit.account.name.clone());
        Self { account, seal: visit.seal(), here, reads_contacts, ..Self::outside(speaker) }
    }
}

/// The language of a request.
fn speaker_of(request: &HttpRequest) -> Speaker {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Speaker::of(accepted.unwrap_or_default())
}

/// The address a request comes from.
fn address_of(request: &HttpRequest) -> String {
    request.peer_addr().map_or_else(String::new, |peer| peer.ip().to_string())
}

/// Goes on to another page.
fn see(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.to_owned())).finish()
}

/// A page that says what is the matter, and what to do.
#[derive(Template)]
#[template(path = "trouble.html", config = "src/web/askama.toml")]
struct TroublePage<'a> {
    words: Words<'a>,
    style: &'static str,
    title: String,
    help: String,
}

fn trouble(request: &HttpRequest, problem: &Problem, key: &str) -> HttpResponse {
    let speaker = speaker_of(request);
    let key = if problem.code == Code::NotFound && key == "page-trouble" { "page-unknown" } else { key };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (title, help) = (speaker.say(key, &[]), speaker.say(&format!("{key}_help"), &[]));
    page(status, &TroublePage { words: Words(&speaker), style: STYLE, title, help })
}

/// A page as it is sent. It is kept nowhere, and its address is told to nobody.
fn page(status: StatusCode, page: &impl Template) -> HttpResponse {
    let Ok(text) = page.render() else {
        return HttpResponse::InternalServerError().body("This page could not be made. Try again.");
    };
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY.as_str()))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header(("x-robots-tag", "noindex"))
        .body(text)
}

/// Runs something that blocks where blocking is allowed.
async fn apart<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Into<Problem> + Send + 'static,
{
    web::block(work).await.map_err(|_| Problem::new(Code::Unavailable))?.map_err(Into::into)
}
