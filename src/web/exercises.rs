//! What an exercise is, those there are, and what came of them; and the test of
//! the line.

use super::{
    Frame, apart,
    board::{banner, moment},
    contacts::called,
    incident::names,
    page, see, speaker_of, trouble,
};
use crate::{
    api::Rooms,
    desk::{Asked, Idempotency},
    domain::{
        account::{Action, allows, can},
        duty::Addressee,
        id::IncidentId,
        incident::Mode,
    },
    gate::{Code, Problem, Visit, visit::is_from_here},
    proof::digest_hex,
    reading::{Drill, ReadError, STALE_AFTER_DAYS, ScoreRow},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;

/// How many of either stand in the list?
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "exercises.html", config = "src/web/askama.toml")]
struct ListPage<'a> {
    frame: Frame<'a>,
    /// Whether a test of the line was just sent by an account that sees none.
    sent: bool,
    reads: bool,
    tests: bool,
    /// The headings and what stands under them.
    groups: [(String, Vec<DrillCard>); 2],
}

struct DrillCard {
    id: String,
    reference: String,
    state: String,
    about: Option<String>,
    opened: String,
    score: String,
}

#[derive(Template)]
#[template(path = "drill.html", config = "src/web/askama.toml")]
struct DrillPage<'a> {
    frame: Frame<'a>,
    card: DrillCard,
    is_whole: bool,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    delivered: String,
    acknowledged: String,
    took: Option<String>,
    /// What is the matter, or how often it had to be asked.
    remark: Option<String>,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "line.html", config = "src/web/askama.toml")]
struct LinePage<'a> {
    frame: Frame<'a>,
    /// What makes a repeat of this very form one test.
    key: String,
    everybody: String,
    addressees: Vec<(String, String, bool)>,
}

/// What happened just before.
#[derive(Deserialize)]
pub struct Before {
    #[serde(default)]
    sent: bool,
}

/// The exercises there are.
#[get("/exercises")]
pub async fn list(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    before: web::Query<Before>,
) -> HttpResponse {
    let viewer = visit.viewer();
    let reads = allows(visit.account.role, Action::ReadIncidents);
    let asked = rooms.clone();
    let found = apart(move || {
        if !reads {
            return Ok((Vec::new(), Vec::new()));
        }
        let exercises = asked.reading.drills(&viewer, Mode::Exercise, MOST)?;
        Ok::<_, ReadError>((exercises, asked.reading.drills(&viewer, Mode::Test, MOST)?))
    });
    let (exercises, tests) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let cards = |drills: &[Drill]| drills.iter().map(|one| card(one, &speaker)).collect();
    let page_of = ListPage {
        sent: before.sent,
        reads,
        tests: can(&visit.viewer(), Action::TestReachability, None).is_ok(),
        groups: [
            (speaker.say("exercises-exercises", &[]), cards(&exercises)),
            (speaker.say("exercises-tests", &[]), cards(&tests)),
        ],
        frame: Frame {
            banner: banner(&speaker, Mode::Exercise),
            ..Frame::inside(&speaker, &visit, "exercises")
        },
    };
    page(StatusCode::OK, &page_of)
}

fn card(drill: &Drill, speaker: &Speaker) -> DrillCard {
    let (incident, score) = (&drill.incident, &drill.score);
    let values = [
        ("asked", score.asked.into()),
        ("acknowledged", score.acknowledged.into()),
        ("in_time", score.in_time.into()),
        ("unreachable", score.unreachable.into()),
    ];
    let key = match (drill.is_whole, score.rows.first()) {
        (true, Some(_)) => "drill-score",
        (false, Some(row)) if row.acknowledged.is_some() => "drill-answered",
        (false, Some(_)) => "drill-unanswered",
        (_, None) => "drill-nobody",
    };
    DrillCard {
        id: incident.id.to_string(),
        reference: incident.reference.as_ref().map_or_else(|| incident.id.to_string(), ToString::to_string),
        state: speaker.name("state", &incident.state),
        about: incident.organism.clone(),
        opened: moment(incident.opened),
        score: speaker.say(key, &values),
    }
}

/// What came of one of them.
#[get("/exercises/{id}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
) -> HttpResponse {
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    let drill = match apart(move || asked.reading.drill(&viewer, *id)).await {
        Ok(drill) => drill,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let page_of = DrillPage {
        card: card(&drill, &speaker),
        is_whole: drill.is_whole,
        rows: drill.score.rows.iter().map(|one| row(one, &speaker, &name)).collect(),
        frame: Frame {
            banner: banner(&speaker, drill.incident.mode),
            ..Frame::inside(&speaker, &visit, "exercises")
        },
    };
    page(StatusCode::OK, &page_of)
}

fn row(row: &ScoreRow, speaker: &Speaker, name: &dyn Fn(&str) -> String) -> Row {
    let at = |time: Option<jiff::Timestamp>| time.map_or_else(|| "–".to_owned(), moment);
    let remark = match (row.unreachable, row.acknowledged) {
        (true, _) => Some("alarm-unreachable".to_owned()),
        (false, None) => Some("alarm-silent".to_owned()),
        (false, Some(_)) => rung_of(row).map(|rung| format!("rung-{rung}")),
    };
    Row {
        name: called(&row.addressee, speaker, name),
        delivered: at(row.delivered),
        acknowledged: at(row.acknowledged),
        took: row.seconds.map(|seconds| took(seconds, speaker)),
        remark: remark.map(|key| speaker.say(&key, &[])),
        is_late: row.unreachable || row.acknowledged.is_none(),
    }
}

fn rung_of(row: &ScoreRow) -> Option<&'static str> {
    use crate::domain::event::Rung;
    match row.rung {
        Rung::First => None,
        Rung::Reminder => Some("reminder"),
        Rung::NextContact => Some("next_contact"),
        Rung::NextKind => Some("next_kind"),
    }
}

/// A length of time in the unit that says it best, rounded up.
fn took(seconds: i64, speaker: &Speaker) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let (unit, length) = match seconds {
        s if s < 2 * HOUR => ("minute", MINUTE),
        s if s < 2 * DAY => ("hour", HOUR),
        _ => ("day", DAY),
    };
    let count = seconds.max(1).saturating_add(length - 1) / length;
    speaker.say(&format!("delay-{unit}"), &[("count", count.into())])
}

/// The form that sends a test of the line.
#[get("/exercises/line")]
pub async fn ask_line(rooms: web::Data<Rooms>, request: HttpRequest, visit: Visit) -> HttpResponse {
    line(&rooms, &request, &visit, &[], None).await
}

async fn line(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    chosen: &[Addressee],
    refused: Option<&Problem>,
) -> HttpResponse {
    let viewer = visit.viewer();
    if can(&viewer, Action::TestReachability, None).is_err() {
        return trouble(request, &Problem::new(Code::NotAllowed), "line-not_yours");
    }
    let (asked, served) = (rooms.clone(), rooms.desk.served());
    let found = apart(move || {
        let head = asked.reading.head()?;
        Ok::<_, ReadError>((head, asked.reading.contact_readiness(&viewer, served, STALE_AFTER_DAYS)?))
    });
    let (head, readiness) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let name = names(&rooms.reading, &speaker);
    let everybody = readiness.organizations.iter().chain(&readiness.states);
    let mut addressees: Vec<(String, String, bool)> = everybody
        .filter(|one| one.contact_points > 0)
        .map(|one| {
            let is_chosen = chosen.contains(&one.addressee);
            (one.addressee.to_string(), called(&one.addressee, &speaker, &name), is_chosen)
        })
        .collect();
    addressees.sort_by_cached_key(|(_, name, _)| name.to_lowercase());
    let status = refused.and_then(|problem| StatusCode::from_u16(problem.status).ok());
    let message = refused.map(|problem| {
        let key = if problem.code == Code::Refused { "line-nobody" } else { "line-not_sent" };
        speaker.say(key, &[])
    });
    let page_of = LinePage {
        key: format!("line-{}", head.0),
        everybody: speaker.say("line-everybody", &[("count", addressees.len().into())]),
        addressees,
        frame: Frame {
            banner: banner(&speaker, Mode::Test),
            message,
            ..Frame::inside(&speaker, visit, "exercises")
        },
    };
    page(status.unwrap_or(StatusCode::OK), &page_of)
}

/// Sends a test of the line. The same form sent twice is one test.
#[post("/exercises/line")]
pub async fn send_line(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    fields: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let value = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| &**value);
    if !visit.knows(value("seal").unwrap_or_default()) || !is_from_here(&request, &rooms.public_url) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let chosen: Vec<Addressee> = fields
        .iter()
        .filter(|(name, _)| name == "addressee")
        .filter_map(|(_, code)| code.parse().ok())
        .collect();
    // Nobody chosen would mean everybody: that takes its own button.
    let to_all = value("to") == Some("all");
    if !to_all && chosen.is_empty() {
        return line(&rooms, &request, &visit, &[], Some(&Problem::new(Code::Refused))).await;
    }
    let named = if to_all { Vec::new() } else { chosen.clone() };
    let body = named.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let idempotency = value("key").map(|key| Idempotency {
        account: visit.account.id,
        route: "exercises/line",
        key: key.to_owned(),
        body: digest_hex(body.as_bytes()),
    });
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    let sent = apart(move || {
        let by = Asked { idempotency: idempotency.as_ref(), ..Asked::by(&viewer) };
        asked.desk.test_reachability(by, &named)
    });
    match sent.await {
        Ok(committed) if allows(visit.account.role, Action::ReadIncidents) => {
            see(&format!("/exercises/{}", committed.receipt.incident))
        }
        Ok(_) => see("/exercises?sent=true"),
        Err(problem) => line(&rooms, &request, &visit, &chosen, Some(&problem)).await,
    }
}
