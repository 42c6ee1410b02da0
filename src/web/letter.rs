//! What a link in a mail opens: that one message, and a button that
//! acknowledges it. Whoever follows the link has no account; it is good for
//! nothing else. Looking at it changes nothing: mail scanners follow links too.

use super::{STYLE, Words, apart, page};
use crate::{
    api::Rooms,
    desk::links::OpenedLetter,
    domain::{id::MessageId, incident::Mode},
    gate::{Code, Problem},
    words::Speaker,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    post, web,
};
use askama::Template;
use jiff::Timestamp;
use mail_parser::MessageParser;

/// The page of one letter.
#[derive(Template)]
#[template(path = "letter.html", config = "src/web/askama.toml")]
struct LetterPage<'a> {
    words: Words<'a>,
    style: &'static str,
    reference: &'a str,
    /// Said above everything else, unless it is the real thing.
    banner: Option<String>,
    text: &'a str,
    is_superseded: bool,
    /// Receipt was acknowledged, and when.
    acknowledged: Option<String>,
    /// Whether it can be acknowledged.
    can_acknowledge: bool,
}

/// Shows a message to whoever holds its link.
#[get("/m/{message}/{seal}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    link: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    match open(rooms, &link).await {
        Ok(letter) => shown(&letter),
        Err(problem) => trouble(&request, &problem),
    }
}

/// Acknowledges receipt of the message, and shows it again.
#[post("/m/{message}/{seal}")]
pub async fn acknowledge(
    rooms: web::Data<Rooms>,
    link: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let acknowledged = async {
        let (message, seal) = read(&link)?;
        apart(move || rooms.desk.acknowledge_by_link(message, &seal)).await
    };
    match acknowledged.await {
        // Loading the page again then asks nothing of anybody.
        Ok(_) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, request.path().to_owned()))
            .insert_header((header::REFERRER_POLICY, "no-referrer"))
            .finish(),
        Err(problem) => trouble(&request, &problem),
    }
}

async fn open(rooms: web::Data<Rooms>, link: &(String, String)) -> Result<OpenedLetter, Problem> {
    let (message, seal) = read(link)?;
    apart(move || rooms.desk.open_link(message, &seal)).await
}

fn read((message, seal): &(String, String)) -> Result<(MessageId, String), Problem> {
    let message = message.parse().map_err(|_| Problem::new(Code::NotFound))?;
    Ok((message, seal.clone()))
}

fn shown(letter: &OpenedLetter) -> HttpResponse {
    let speaker = Speaker::of(&letter.languages.join(","));
    let text = text_of(&letter.bytes);
    page(
        StatusCode::OK,
        &LetterPage {
            words: Words(&speaker),
            style: STYLE,
            reference: &letter.reference,
            banner: (letter.mode != Mode::Actual).then(|| speaker.name("mode", &letter.mode)),
            text: &text,
            is_superseded: letter.is_superseded,
            acknowledged: letter.acknowledged.map(moment),
            can_acknowledge: letter.acknowledged.is_none() && letter.asks,
        },
    )
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// The words of a mail as its reader sees them, from the bytes that were sent.
fn text_of(bytes: &[u8]) -> String {
    let mail = MessageParser::default().parse(bytes);
    let text = mail.as_ref().and_then(|mail| mail.body_text(0)).unwrap_or_default();
    text.trim().to_owned()
}

fn trouble(request: &HttpRequest, problem: &Problem) -> HttpResponse {
    let key = if problem.code == Code::NotFound { "link-unknown" } else { "link-trouble" };
    super::trouble(request, problem, key)
}
