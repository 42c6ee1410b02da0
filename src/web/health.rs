//! Whether this server can do its work, in words: what needs somebody first.

use super::{
    Frame, apart,
    board::{banner, moment},
    contacts::called,
    incident::names,
    page, see, speaker_of, trouble,
};
use crate::{
    api::Rooms,
    desk::hold::Sent,
    domain::{
        account::{Action, allows, can},
        incident::Mode,
    },
    gate::{Code, Problem, Visit, visit::is_from_here},
    reading::{ContactReadiness, Health, STALE_AFTER_DAYS},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "health.html", config = "src/web/askama.toml")]
struct HealthPage<'a> {
    frame: Frame<'a>,
    mode: &'static str,
    /// What needs somebody.
    matters: Vec<String>,
    /// What is held after a restore, for those who may release it.
    hold: Option<Held>,
    /// For those who read incidents.
    alarms: Option<Vec<AlarmRow>>,
    /// How many addressees of which kind nobody can be told at, for those who
    /// read contact points: the words, and where they are listed.
    contacts: Vec<(String, &'static str)>,
    facts: Vec<(String, String)>,
}

struct Held {
    messages: Vec<(String, String, String)>,
    until: String,
}

struct AlarmRow {
    incident: String,
    reference: String,
    name: String,
    what: String,
    since: String,
}

/// Which world's alarms.
#[derive(Deserialize)]
pub struct World {
    mode: Option<Mode>,
}

/// How the server is.
#[get("/health")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    world: web::Query<World>,
) -> HttpResponse {
    health(&rooms, &request, &visit, world.mode.unwrap_or(Mode::Actual), None).await
}

async fn health(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    mode: Mode,
    refused: Option<(StatusCode, &str, String)>,
) -> HttpResponse {
    let (viewer, asked, served) = (visit.viewer(), rooms.clone(), rooms.desk.served());
    let role = visit.account.role;
    let releases = can(&viewer, Action::ReleaseOutbox, None).is_ok();
    let found = apart(move || -> Result<_, Problem> {
        let alarms = allows(role, Action::ReadIncidents).then(|| asked.reading.alarms(&viewer, mode));
        let contacts = allows(role, Action::ReadContacts)
            .then(|| asked.reading.contact_readiness(&viewer, served, STALE_AFTER_DAYS));
        let held = releases.then(|| asked.desk.held(&viewer)).transpose()?;
        Ok((
            asked.reading.readiness()?,
            alarms.transpose()?,
            contacts.transpose()?,
            held.map(|(_, messages)| messages),
            asked.reading.log_id()?,
        ))
    });
    let (readiness, alarms, contacts, held, log) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let name = names(&rooms.reading, &speaker);
    let store = readiness.store;
    let mut matters = matters(&readiness.unreadable_layers, readiness.clock_ahead_seconds, &store, &speaker);
    if let Some(alarms) = alarms.as_ref().filter(|alarms| !alarms.is_empty() && mode == Mode::Actual) {
        matters.push(speaker.say("health-alarms", &[("count", alarms.len().into())]));
    }
    let backup = store.hold.as_ref().map_or_else(
        || speaker.say("health-backup_unknown", &[]),
        |hold| speaker.say("health-backup_of", &[("made", moment(hold.made).into())]),
    );
    let facts = [
        ("waiting", store.pending_messages.to_string()),
        ("timers", store.timers.to_string()),
        ("events", store.head.0.to_string()),
        ("log", log),
        ("backup", backup),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("now", moment(rooms.desk.now())),
    ];
    let facts = facts.into_iter().map(|(key, value)| (speaker.say(&format!("health-{key}"), &[]), value));
    let (status, message, until) = match refused {
        Some((status, key, until)) => (status, Some(speaker.say(key, &[])), until),
        None => (StatusCode::OK, None, String::new()),
    };
    let shown = |message: &crate::domain::delivery::Message| {
        (
            called(&message.addressee, &speaker, &name),
            speaker.name("channel", &message.channel),
            moment(message.created),
        )
    };
    let page_of = HealthPage {
        mode: mode.as_str(),
        matters,
        hold: held
            .filter(|_| store.hold.is_some())
            .map(|messages| Held { messages: messages.iter().map(shown).collect(), until }),
        alarms: alarms.map(|alarms| {
            let row = |alarm: &crate::reading::Alarm| AlarmRow {
                incident: alarm.incident.to_string(),
                reference: alarm
                    .reference
                    .as_ref()
                    .map_or_else(|| alarm.incident.to_string(), ToString::to_string),
                name: called(&alarm.addressee, &speaker, &name),
                what: speaker.say(&format!("alarm-{}", alarm.code), &[]),
                since: alarm.since.map_or_else(|| "–".to_owned(), moment),
            };
            alarms.iter().map(row).collect()
        }),
        contacts: contacts.map(|contacts| silences(&contacts, &speaker)).unwrap_or_default(),
        facts: facts.collect(),
        frame: Frame { banner: banner(&speaker, mode), message, ..Frame::inside(&speaker, visit, "health") },
    };
    page(status, &page_of)
}

/// What of the server itself needs somebody.
fn matters(layers: &[String], clock_ahead_seconds: i64, store: &Health, speaker: &Speaker) -> Vec<String> {
    let mut matters = Vec::new();
    if let Some(hold) = &store.hold {
        let values = [("since", moment(hold.since).into()), ("made", moment(hold.made).into())];
        matters.push(speaker.say("health-hold", &values));
    }
    if store.failed_messages > 0 {
        matters.push(speaker.say("health-failed", &[("count", store.failed_messages.into())]));
    }
    for layer in layers {
        matters.push(speaker.say("health-layer", &[("layer", layer.as_str().into())]));
    }
    if clock_ahead_seconds > 0 {
        matters.push(speaker.say("health-clock", &[("seconds", clock_ahead_seconds.into())]));
    }
    matters
}

/// Where nobody can be told: the words, and where they are listed.
fn silences(contacts: &ContactReadiness, speaker: &Speaker) -> Vec<(String, &'static str)> {
    let mut silences = Vec::new();
    if contacts.silent_parties > 0 {
        let silent = [("count", contacts.silent_parties.into())];
        silences.push((speaker.say("contacts-silent_parties", &silent), "/contacts?show=silent"));
    }
    if !contacts.instance.reachable {
        silences.push((speaker.say("health-no_duty_officer", &[]), "/contacts/INSTANCE"));
    }
    if !contacts.disabled.is_empty() {
        let gone = [("count", contacts.disabled.len().into())];
        silences.push((speaker.say("health-gone", &gone), "/contacts"));
    }
    silences
}

/// What had been sent before the restore.
#[derive(Deserialize)]
pub struct ReleaseForm {
    #[serde(default)]
    seal: String,
    #[serde(default)]
    sent: String,
    #[serde(default)]
    until: String,
}

/// Says what had been sent before the restore; the rest goes out.
#[post("/health/release")]
pub async fn release(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    form: web::Form<ReleaseForm>,
) -> HttpResponse {
    if !visit.knows(&form.seal) || !is_from_here(&request, &rooms.public_url) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let sent = match &*form.sent {
        "none" => Some(Sent::Nothing),
        "until" => read_moment(&form.until).map(Sent::Until),
        _ => None,
    };
    let Some(sent) = sent else {
        let said = (StatusCode::UNPROCESSABLE_ENTITY, "health-release_unread", form.until.clone());
        return health(&rooms, &request, &visit, Mode::Actual, Some(said)).await;
    };
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    match apart(move || asked.desk.release_outbox(&viewer, &sent)).await {
        Ok(_) => see("/health"),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}

/// A moment in universal time, as the field gives it: `2026-03-02T09:00`.
fn read_moment(text: &str) -> Option<jiff::Timestamp> {
    let text = text.trim().trim_end_matches("UTC").trim().trim_end_matches('Z');
    let local: jiff::civil::DateTime = text.replace(' ', "T").parse().ok()?;
    local.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::read_moment;

    #[test]
    fn a_moment_is_read_as_the_field_gives_it_and_as_pages_show_it() {
        let expected = "2026-03-02T09:00:00Z".parse().ok();
        for typed in ["2026-03-02T09:00", "2026-03-02 09:00 UTC", "2026-03-02T09:00:00Z"] {
            assert_eq!(read_moment(typed), expected, "{typed}");
        }
        assert_eq!(read_moment("yesterday"), None);
    }
}
