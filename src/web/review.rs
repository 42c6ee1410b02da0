//! The review of an incident: its timeline by three clocks, who had been told
//! what at a moment, and every deadline with how it was met.

use super::{
    Frame, apart,
    board::moment,
    incident::{Head, frame, head, names},
    page,
    situation::{DeadlineRow, deadline, settled, still_open},
    speaker_of, trouble,
};
use crate::{
    api::Rooms,
    domain::{
        delivery::MessageState,
        duty::Addressee,
        event::{Body, Event},
        id::IncidentId,
        incident::Incident,
    },
    gate::Visit,
    reading::{PAGE, Situation, Standing, Strand, ToldAt, ToldMessage},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web};
use askama::Template;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "review.html", config = "src/web/askama.toml")]
struct ReviewPage<'a> {
    frame: Frame<'a>,
    head: Head,
    /// Whose clocks stand beneath universal time, or that they are not known.
    clocks: String,
    /// Code, name, how many entries, and whether they are shown.
    strands: Vec<(&'static str, String, usize, bool)>,
    /// How many entries there are, how many are hidden, and where more stand.
    counted: String,
    entries: Vec<Entry>,
    next: Option<String>,
    /// The moment asked about, as the field takes it and as it is read.
    at: (String, String),
    told: Vec<ToldRow>,
    /// What was sent to the one addressee asked about.
    sent: Option<(String, Vec<Sent>)>,
    deadlines: Vec<DeadlineRow>,
    /// How many deadlines are still open, and the next of them.
    open: Option<(usize, String)>,
    /// Those, one by one.
    waiting: Vec<DeadlineRow>,
}

struct Entry {
    seq: u64,
    clocks: [Clock; 3],
    text: String,
    strand: String,
    /// It was entered afterwards.
    is_late: bool,
}

/// A moment on two clocks.
struct Clock {
    universal: String,
    own: Option<String>,
}

struct ToldRow {
    name: String,
    told: Option<String>,
    state: String,
    acknowledged: Option<String>,
    messages: usize,
    /// Where what was sent can be read.
    link: String,
}

struct Sent {
    issued: String,
    channel: String,
    state: String,
    digest: String,
    is_sound: bool,
    text: String,
}

/// What is asked.
#[derive(Default)]
struct Question {
    shown: BTreeSet<String>,
    at: String,
    of: String,
    after: u64,
}

impl Question {
    /// Reads a query; what it does not know it leaves out.
    fn read(query: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "show" => _ = asked.shown.insert(value.into_owned()),
                "at" => value.trim().clone_into(&mut asked.at),
                "of" => asked.of = value.into_owned(),
                "after" => asked.after = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        asked
    }

    fn shows(&self, strand: Strand) -> bool {
        self.shown.is_empty() || self.shown.contains(strand.as_str())
    }

    /// The address of the same question with something else in it.
    fn with(&self, name: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for strand in &self.shown {
            query.append_pair("show", strand);
        }
        for (known, old) in [("at", &*self.at), ("of", &*self.of)] {
            let value = if known == name { value } else { old };
            if !value.is_empty() {
                query.append_pair(known, value);
            }
        }
        if name == "after" {
            query.append_pair(name, value);
        }
        format!("?{}", query.finish())
    }

    /// The moment asked about: an instant, or a time in universal time.
    fn moment(&self) -> Option<Timestamp> {
        let civil =
            || self.at.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
        self.at.parse().ok().or_else(civil)
    }
}

/// The review of an incident.
#[get("/incidents/{id}/review")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
) -> HttpResponse {
    let (viewer, id, asked) = (visit.viewer(), *id, rooms.clone());
    let question = Question::read(request.query_string());
    let read = question.moment();
    let at = read.unwrap_or_else(|| rooms.desk.now());
    let found = apart(move || {
        let situation = asked.reading.situation(&viewer, id)?;
        Ok::<_, crate::reading::ReadError>((situation, asked.reading.told_to_all(&viewer, id, at)?))
    });
    let (situation, told) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let mut made = review(&rooms, &visit, &speaker, &situation, &told, &question, at);
    let is_unread = read.is_none() && !question.at.is_empty();
    if is_unread {
        made.frame.message = Some(speaker.say("review-at_unread", &[]));
        made.at.0.clone_from(&question.at);
    }
    page(if is_unread { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &made)
}

fn review<'a>(
    rooms: &Rooms,
    visit: &Visit,
    speaker: &'a Speaker,
    situation: &Situation,
    told: &[ToldAt],
    question: &Question,
    at: Timestamp,
) -> ReviewPage<'a> {
    let name = names(&rooms.reading, speaker);
    let incident = &situation.incident;
    let (zone, clocks) = own_clocks(rooms, visit, incident, speaker);
    let strands = Strand::ALL.map(|strand| {
        let count = situation.events.iter().filter(|event| Strand::of(&event.body) == strand).count();
        let label = speaker.say(&format!("strand-{}", strand.as_str()), &[]);
        (strand.as_str(), label, count, question.shows(strand))
    });
    let shown: Vec<&Event> =
        situation.events.iter().filter(|event| question.shows(Strand::of(&event.body))).collect();
    let before = shown.iter().filter(|event| event.seq.0 <= question.after).count();
    let here = &shown[before..shown.len().min(before + PAGE)];
    let number = |number: usize| number.to_string().into();
    let counted = [
        ("all", number(situation.events.len())),
        ("hidden", (situation.events.len() - shown.len()).into()),
        ("elsewhere", (shown.len() - here.len()).into()),
    ];
    let entry = |event: &&Event| Entry {
        seq: event.seq.0,
        clocks: [event.occurred, event.known, event.recorded].map(|at| clock(at, zone.as_ref())),
        text: speaker.event(event, &name),
        strand: speaker.say(&format!("strand-{}", Strand::of(&event.body).as_str()), &[]),
        is_late: event.out_of_band,
    };
    let of = told.iter().find(|told| !question.of.is_empty() && told.addressee.to_string() == question.of);
    ReviewPage {
        frame: frame(speaker, visit, incident),
        head: head(incident, visit, speaker, "review"),
        clocks,
        strands: strands.into(),
        counted: speaker.say("review-counted", &counted),
        entries: here.iter().map(entry).collect(),
        next: here
            .last()
            .filter(|_| before + here.len() < shown.len())
            .map(|last| question.with("after", &last.seq.0.to_string())),
        at: (at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M").to_string(), moment(at)),
        told: told_rows(situation, told, question, at, speaker, &name),
        sent: of.map(|of| {
            let sent = of.messages.iter().map(|message| sent(message, speaker));
            (name(&of.addressee.to_string()), sent.collect())
        }),
        deadlines: settled(situation).map(|found| deadline(found, speaker, &name)).collect(),
        open: still_open(situation),
        waiting: situation
            .deadlines
            .iter()
            .filter(|found| found.standing == Standing::Open)
            .map(|found| deadline(found, speaker, &name))
            .collect(),
    }
}

/// The clocks of whoever looks, else of the State where it happened.
fn own_clocks(
    rooms: &Rooms,
    visit: &Visit,
    incident: &Incident,
    speaker: &Speaker,
) -> (Option<TimeZone>, String) {
    let Some(state) = visit.account.state.or(incident.state_of_release) else {
        return (None, speaker.say("review-clocks_universal", &[]));
    };
    let zone = rooms.reading.zone_of(state);
    let named = names(&rooms.reading, speaker)(state.as_str());
    let key = if zone.is_some() { "review-clocks" } else { "review-clocks_unknown" };
    (zone, speaker.say(key, &[("state", named.into())]))
}

fn clock(at: Timestamp, zone: Option<&TimeZone>) -> Clock {
    let own = zone.map(|zone| {
        let (own, universal) = (at.to_zoned(zone.clone()), at.to_zoned(TimeZone::UTC));
        // The day is said where it is another one.
        let form = if own.date() == universal.date() { "%H:%M %:z" } else { "%Y-%m-%d %H:%M %:z" };
        own.strftime(form).to_string()
    });
    Clock { universal: at.strftime("%Y-%m-%d %H:%M").to_string(), own }
}

fn told_rows(
    situation: &Situation,
    told: &[ToldAt],
    question: &Question,
    at: Timestamp,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
) -> Vec<ToldRow> {
    let owed = situation.incident.duties.iter().map(|duty| &duty.addressee);
    let mut addressees: Vec<&Addressee> = told.iter().map(|told| &told.addressee).collect();
    let known: BTreeSet<&Addressee> = addressees.iter().copied().collect();
    addressees.extend(owed.filter(|owed| !known.contains(owed)));
    let row = |of: &&Addressee| {
        let messages: Vec<&ToldMessage> =
            told.iter().filter(|told| told.addressee == **of).flat_map(|told| &told.messages).collect();
        let answer = situation.events.iter().find(|event| {
            event.occurred <= at
                && matches!(&event.body, Body::NoticeAcknowledged { addressee, .. } if addressee == *of)
        });
        let farthest = messages.iter().map(|message| message.state).max_by_key(|state| rank(*state));
        let code = of.to_string();
        ToldRow {
            name: name(&code),
            told: messages.first().map(|message| moment(message.issued)),
            state: farthest.map_or_else(
                || speaker.say("review-not_told", &[]),
                |state| speaker.say(&format!("message-{}", state.as_str()), &[]),
            ),
            acknowledged: answer.map(|answer| moment(answer.occurred)),
            messages: messages.len(),
            link: format!("{}#sent", question.with("of", &code)),
        }
    };
    addressees.iter().map(row).collect()
}

/// How far a message has got.
fn rank(state: MessageState) -> u8 {
    match state {
        MessageState::Read => 5,
        MessageState::Delivered => 4,
        MessageState::Sent => 3,
        MessageState::Failed => 1,
        MessageState::Superseded => 0,
        _ => 2,
    }
}

fn sent(message: &ToldMessage, speaker: &Speaker) -> Sent {
    Sent {
        issued: moment(message.issued),
        channel: speaker.name("channel", &message.channel),
        state: speaker.say(&format!("message-{}", message.state.as_str()), &[]),
        digest: message.digest.clone().unwrap_or_default(),
        is_sound: message.sound,
        text: message.text.clone(),
    }
}
