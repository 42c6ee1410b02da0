//! Pages for people: HTML made here, on the server. Every action is a plain
//! form; nothing is fetched from elsewhere, and nothing needs a script.

mod letter;

use crate::{
    gate::{Code, Problem},
    words::Speaker,
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::sync::LazyLock;

/// All pages.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(letter::show).service(letter::acknowledge);
}

/// The style of every page.
const STYLE: &str = include_str!("pages/style.css");

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

    fn language(&self) -> &'static str {
        self.0.language()
    }

    fn direction(&self) -> &'static str {
        if self.0.is_right_to_left() { "rtl" } else { "ltr" }
    }
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
