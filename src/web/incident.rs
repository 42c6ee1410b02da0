//! The pages of one incident: where it stands now, who is owed what, what
//! happened when, and the checklist of the team.

use super::{
    Frame, apart,
    board::{banner, moment, need_of},
    page, see, speaker_of, trouble,
};
use crate::{
    api::Rooms,
    desk::Asked,
    domain::{
        account::{Action, can},
        duty::{Addressee, Duty, Step},
        event::{Body, Happened},
        id::{IncidentId, RunId, Seq},
        incident::Incident,
        run::Deed,
    },
    gate::{Code, Problem, Visit, visit::is_from_here},
    reading::{Ledger, OpenPlaybook, PAGE, Reading, RunView, StepKind, StepState, StepView},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What stands above all pages of one incident.
pub(super) struct Head {
    pub id: String,
    pub reference: String,
    pub state: String,
    pub organism: String,
    pub tab: &'static str,
    /// What it needs of whoever looks, and by when.
    pub need: Option<(String, Option<String>)>,
    /// Whether whoever looks can acknowledge receipt.
    pub can_acknowledge: bool,
}

#[derive(Template)]
#[template(path = "now.html", config = "src/web/askama.toml")]
struct NowPage<'a> {
    frame: Frame<'a>,
    head: Head,
    facts: Vec<(String, String)>,
    alarms: Vec<String>,
    latest: Vec<Line>,
}

#[derive(Template)]
#[template(path = "duties.html", config = "src/web/askama.toml")]
struct DutiesPage<'a> {
    frame: Frame<'a>,
    head: Head,
    rows: Vec<DutyRow>,
    excluded: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "timeline.html", config = "src/web/askama.toml")]
struct TimelinePage<'a> {
    frame: Frame<'a>,
    head: Head,
    lines: Vec<Line>,
    next: Option<u64>,
    /// Whether whoever looks may add to it.
    adds: bool,
    /// What was typed.
    typed: String,
    /// What several lines would come to: time and words.
    entries: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "checklist.html", config = "src/web/askama.toml")]
struct ChecklistPage<'a> {
    frame: Frame<'a>,
    head: Head,
    runs: Vec<RunSheet>,
    offered: Vec<(String, String)>,
}

/// One line of the timeline.
pub(super) struct Line {
    pub(super) occurred: String,
    /// When it was written down, where that was later.
    pub(super) recorded: Option<String>,
    pub(super) text: String,
    /// What somebody wrote with it, in their own words.
    pub(super) said: Option<String>,
}

struct DutyRow {
    name: String,
    notified: String,
    delivered: String,
    acknowledged: String,
    /// By when it is awaited, while it is.
    due: Option<String>,
    is_late: bool,
    alarm: Option<String>,
}

struct RunSheet {
    id: String,
    title: String,
    done: usize,
    open: usize,
    overdue: usize,
    newer: Option<u32>,
    has_ended: bool,
    groups: Vec<(String, Vec<StepRow>)>,
}

struct StepRow {
    /// Its anchor on the page.
    code: String,
    /// Its code as it is.
    path: String,
    number: String,
    title: String,
    role: String,
    due: Option<String>,
    state: String,
    class: &'static str,
    why: Option<String>,
    /// What it must be answered with.
    fact: Option<String>,
    answers: Vec<(String, String)>,
    /// `done` or `round`, where the form can say so.
    deed: Option<&'static str>,
    evidence: Vec<String>,
    legal: String,
    figures: Vec<(String, String)>,
    samples: Option<u64>,
    /// Whether somebody else's agreement is what is missing.
    can_sign: bool,
    /// Whether what was done can be taken back.
    can_undo: bool,
    /// Whether evidence is what is missing, or may be kept.
    wants_evidence: bool,
}

/// Where an incident stands now.
#[get("/incidents/{id}")]
pub async fn overview(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
) -> HttpResponse {
    let (viewer, id) = (visit.viewer(), *id);
    let asked = rooms.clone();
    let found = apart(move || {
        let incident = asked.reading.incident(&viewer, id)?;
        let ledger = asked.reading.ledger(&viewer, id).ok();
        let after = Seq(0);
        let mut events = asked.reading.timeline(&viewer, id, after, PAGE)?;
        let kept = events.split_off(events.len().saturating_sub(8));
        Ok::<_, crate::reading::ReadError>((incident, ledger, kept))
    });
    let (incident, ledger, events) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let mut latest: Vec<Line> = events.iter().map(|event| line(event, &speaker, &name)).collect();
    latest.reverse();
    let page_of = NowPage {
        frame: frame(&speaker, &visit, &incident),
        head: head(&incident, &visit, &speaker, "now"),
        facts: facts(&incident, &speaker, &name),
        alarms: alarms(ledger.as_ref(), &speaker, &name),
        latest,
    };
    page(StatusCode::OK, &page_of)
}

/// Who is owed what.
#[get("/incidents/{id}/duties")]
pub async fn duties(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
) -> HttpResponse {
    let (viewer, id) = (visit.viewer(), *id);
    let asked = rooms.clone();
    let found = apart(move || {
        let incident = asked.reading.incident(&viewer, id)?;
        let ledger = asked.reading.ledger(&viewer, id)?;
        Ok::<_, crate::reading::ReadError>((incident, ledger))
    });
    let (incident, ledger) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let present = rooms.desk.now();
    let rows = ledger.addressees.iter().map(|row| {
        let due = row.duty.acknowledge_by.filter(|_| row.duty.acknowledged.is_none());
        DutyRow {
            name: named(&row.duty, &name),
            notified: step(row.duty.notified),
            delivered: step(row.duty.delivered),
            acknowledged: step(row.duty.acknowledged),
            is_late: due.is_some_and(|due| due < present),
            due: due.map(moment),
            alarm: alarm_of(&row.duty).map(|code| speaker.say(&format!("alarm-{code}"), &[])),
        }
    });
    let page_of = DutiesPage {
        frame: frame(&speaker, &visit, &incident),
        head: head(&incident, &visit, &speaker, "duties"),
        rows: rows.collect(),
        excluded: ledger
            .excluded
            .iter()
            .map(|left| (name(left.iso2.as_str()), speaker.reason(&left.reason, None)))
            .collect(),
    };
    page(StatusCode::OK, &page_of)
}

/// Which part of the timeline.
#[derive(Deserialize)]
pub struct From {
    #[serde(default)]
    after: u64,
}

/// What happened when.
#[get("/incidents/{id}/timeline")]
pub async fn timeline(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    from: web::Query<From>,
) -> HttpResponse {
    course(&rooms, &request, &visit, *id, Seq(from.after), Typed::default()).await
}

/// What somebody is about to add to a timeline.
#[derive(Default)]
struct Typed {
    words: String,
    entries: Vec<(String, String)>,
    refused: Option<Problem>,
}

async fn course(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    id: IncidentId,
    after: Seq,
    typed: Typed,
) -> HttpResponse {
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    let found = apart(move || {
        let incident = asked.reading.incident(&viewer, id)?;
        Ok::<_, crate::reading::ReadError>((incident, asked.reading.timeline(&viewer, id, after, PAGE)?))
    });
    let (incident, events) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let name = names(&rooms.reading, &speaker);
    let status = typed.refused.as_ref().and_then(|problem| StatusCode::from_u16(problem.status).ok());
    let message = typed.refused.map(|problem| problem.detail.unwrap_or(problem.title));
    let page_of = TimelinePage {
        frame: Frame { message, ..frame(&speaker, visit, &incident) },
        head: head(&incident, visit, &speaker, "timeline"),
        next: (events.len() == PAGE).then(|| events.last().map(|event| event.seq.0)).flatten(),
        lines: events.iter().map(|event| line(event, &speaker, &name)).collect(),
        adds: can(&visit.viewer(), Action::Note, None).is_ok(),
        typed: typed.words,
        entries: typed.entries,
    };
    page(status.unwrap_or(StatusCode::OK), &page_of)
}

/// Lines for a timeline.
#[derive(Deserialize)]
pub struct LinesForm {
    #[serde(default)]
    seal: String,
    #[serde(default)]
    lines: String,
    /// Whether what several lines come to was seen.
    #[serde(default)]
    seen: String,
}

/// Adds to the timeline: one line at once, several after they were shown as
/// they are understood.
#[post("/incidents/{id}/timeline")]
pub async fn add_lines(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    form: web::Form<LinesForm>,
) -> HttpResponse {
    let (id, form) = (*id, form.into_inner());
    let now = rooms.desk.now();
    let lines = form.lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let entries: Vec<(Option<Timestamp>, String)> = lines.map(|line| entry_of(line, now)).collect();
    if entries.len() > 1 && form.seen.is_empty() && visit.knows(&form.seal) {
        let shown = entries.iter().map(|(at, text)| (moment(at.unwrap_or(now)), text.clone())).collect();
        let typed = Typed { words: form.lines, entries: shown, refused: None };
        return course(&rooms, &request, &visit, id, Seq(0), typed).await;
    }
    let done = act(&rooms, &request, &visit, &form.seal, {
        let (viewer, rooms) = (visit.viewer(), rooms.clone());
        move || {
            if entries.is_empty() {
                rooms.desk.note(Asked::by(&viewer), id, "", false)?;
            }
            for (at, text) in &entries {
                let happened = at.map(|occurred| Happened { occurred, known: None });
                rooms.desk.note(Asked { happened, ..Asked::by(&viewer) }, id, text, false)?;
            }
            Ok(())
        }
    });
    match done.await {
        Ok(()) => see(&format!("/incidents/{id}/timeline")),
        Err(problem) => {
            let typed = Typed { words: form.lines, entries: Vec::new(), refused: Some(problem) };
            course(&rooms, &request, &visit, id, Seq(0), typed).await
        }
    }
}

/// A line as an entry: a time in front, if there is one, then what happened.
/// A time of day is today's in universal time, or yesterday's if that is still
/// to come.
fn entry_of(line: &str, now: Timestamp) -> (Option<Timestamp>, String) {
    let plain = || (None, line.to_owned());
    let Some((first, rest)) = line.split_once(char::is_whitespace) else { return plain() };
    if let Ok(at) = first.parse::<Timestamp>() {
        return (Some(at), rest.trim().to_owned());
    }
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let (date, clock, rest) = match first.parse::<jiff::civil::Date>() {
        Ok(date) => {
            let Some((clock, rest)) = rest.trim().split_once(char::is_whitespace) else { return plain() };
            (Some(date), clock, rest)
        }
        Err(_) => (None, first, rest),
    };
    let clock = clock.trim_end_matches(['Z', 'z']);
    let padded = if clock.len() == 4 { format!("0{clock}") } else { clock.to_owned() };
    let Ok(clock) = padded.parse::<jiff::civil::Time>() else { return plain() };
    let on = |date: jiff::civil::Date| {
        let at = date.to_datetime(clock).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        Some(at)
    };
    let at = match date {
        Some(date) => on(date),
        None => on(today).filter(|at| *at <= now).or_else(|| on(today.yesterday().ok()?)),
    };
    at.map_or_else(plain, |at| (Some(at), rest.trim().trim_start_matches("UTC ").to_owned()))
}

/// What the team has to do.
#[get("/incidents/{id}/checklist")]
pub async fn checklist(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
) -> HttpResponse {
    sheet(&rooms, &request, &visit, *id, None).await
}

async fn sheet(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    id: IncidentId,
    refused: Option<Problem>,
) -> HttpResponse {
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    let found = apart(move || {
        let incident = asked.reading.incident(&viewer, id)?;
        let runs = asked.reading.runs(&viewer, id)?;
        let offered = asked.reading.open_playbooks(&viewer, id)?;
        Ok::<_, crate::reading::ReadError>((incident, runs, offered))
    });
    let (incident, runs, offered) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let own = visit.account.state;
    let title = titles(&rooms.reading, visit, &speaker);
    let may = can(&visit.viewer(), Action::FollowPlaybook, own).is_ok();
    let running = |open: &&OpenPlaybook| {
        !runs.iter().any(|view| {
            view.run.state == own && view.run.ended.is_none() && view.run.playbook.id == open.playbook.id
        })
    };
    let offered: Vec<(String, String)> = offered
        .iter()
        .filter(running)
        .filter(|_| may)
        .map(|open| (open.playbook.id.clone(), title(&open.playbook.id, &open.playbook.title)))
        .collect();
    let status = refused.as_ref().and_then(|problem| StatusCode::from_u16(problem.status).ok());
    let message = refused.map(|problem| problem.detail.unwrap_or(problem.title));
    let page_of = ChecklistPage {
        frame: Frame { message, ..frame(&speaker, visit, &incident) },
        head: head(&incident, visit, &speaker, "checklist"),
        runs: runs.iter().map(|view| run_sheet(view, &speaker, may, &title)).collect(),
        offered,
    };
    page(status.unwrap_or(StatusCode::OK), &page_of)
}

/// A form with nothing but its seal, and what it is about.
#[derive(Deserialize)]
pub struct ActForm {
    #[serde(default)]
    seal: String,
    #[serde(default)]
    playbook: String,
    #[serde(default)]
    deed: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    fact: String,
}

/// Acknowledges receipt for the State of the account.
#[post("/incidents/{id}/acknowledge")]
pub async fn acknowledge(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    form: web::Form<ActForm>,
) -> HttpResponse {
    let done = act(&rooms, &request, &visit, &form.seal, {
        let (viewer, id, rooms) = (visit.viewer(), *id, rooms.clone());
        move || {
            let state = viewer.state().ok_or(crate::desk::DeskError::NotFound)?;
            rooms.desk.acknowledge(Asked::by(&viewer), id, &Addressee::State(state), None)
        }
    });
    match done.await {
        Ok(()) => see(&format!("/incidents/{id}")),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}

/// Begins to work through a playbook.
#[post("/incidents/{id}/runs")]
pub async fn start_run(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    form: web::Form<ActForm>,
) -> HttpResponse {
    let done = act(&rooms, &request, &visit, &form.seal, {
        let (viewer, id, rooms, playbook) = (visit.viewer(), *id, rooms.clone(), form.playbook.clone());
        move || rooms.desk.start_run(Asked::by(&viewer), id, viewer.state(), &playbook)
    });
    match done.await {
        Ok(()) => see(&format!("/incidents/{id}/checklist")),
        Err(problem) => sheet(&rooms, &request, &visit, *id, Some(problem)).await,
    }
}

/// Says what was done about a step.
#[post("/incidents/{id}/runs/{run}/deeds")]
pub async fn record_deed(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(IncidentId, RunId)>,
    form: web::Form<ActForm>,
) -> HttpResponse {
    let (id, run) = *path;
    let deed = deed_of(&form);
    let step = form.step.replace('/', "-");
    let done = act(&rooms, &request, &visit, &form.seal, {
        let (viewer, rooms) = (visit.viewer(), rooms.clone());
        move || rooms.desk.record_deed(Asked::by(&viewer), id, run, &deed)
    });
    match done.await {
        Ok(()) => see(&format!("/incidents/{id}/checklist#{step}")),
        Err(problem) => sheet(&rooms, &request, &visit, id, Some(problem)).await,
    }
}

fn deed_of(form: &ActForm) -> Deed {
    let step = form.step.clone();
    let note = Some(form.note.trim().to_owned()).filter(|note| !note.is_empty());
    let mut answers = BTreeMap::new();
    if !form.fact.is_empty() && !form.answer.is_empty() {
        answers.insert(form.fact.clone(), form.answer.clone());
    }
    match form.deed.as_str() {
        "round" => Deed::Round { step, answers, note },
        "skipped" => Deed::Skipped { step, reason: note.unwrap_or_default() },
        "undone" => Deed::Undone { step, reason: note.unwrap_or_default(), reopened: Vec::new() },
        "signed_off" => Deed::SignedOff { step, role: String::new(), note },
        _ => Deed::Done { step, answers, deviation: None, note },
    }
}

/// Does something that a page of this session has asked for.
async fn act<T: Send + 'static>(
    rooms: &Rooms,
    request: &HttpRequest,
    visit: &Visit,
    seal: &str,
    work: impl FnOnce() -> Result<T, crate::desk::DeskError> + Send + 'static,
) -> Result<(), Problem> {
    if !visit.knows(seal) || !is_from_here(request, &rooms.public_url) {
        return Err(Problem::new(Code::ForeignOrigin));
    }
    apart(work).await.map(drop)
}

pub(super) fn frame<'a>(speaker: &'a Speaker, visit: &Visit, incident: &Incident) -> Frame<'a> {
    Frame { banner: banner(speaker, incident.mode), ..Frame::inside(speaker, visit, "incident") }
}

/// What a code of a State, or another addressee, is called.
pub(super) fn names<'a>(reading: &'a Reading, speaker: &'a Speaker) -> impl Fn(&str) -> String + 'a {
    move |code: &str| {
        let row = code.parse().ok().and_then(|code| reading.states().get(code));
        row.map_or_else(
            || match code {
                "BCH" => speaker.say("addressee-BCH", &[]),
                "INSTANCE" => speaker.say("situation-instance", &[]),
                _ => code.to_owned(),
            },
            |row| row.name.get(speaker.language()).to_owned(),
        )
    }
}

/// What a playbook of this id is called in the language of the page, else as
/// it was.
pub(super) fn titles<'a>(
    reading: &'a Reading,
    visit: &'a Visit,
    speaker: &'a Speaker,
) -> impl Fn(&str, &str) -> String + 'a {
    move |id: &str, was: &str| {
        let found = reading.library(&visit.viewer()).ok().and_then(|library| library.get(id));
        found.map_or_else(|| was.to_owned(), |book| book.title.for_code(speaker.language()).to_owned())
    }
}

fn named(duty: &Duty, name: &dyn Fn(&str) -> String) -> String {
    name(&duty.addressee.to_string())
}

pub(super) fn step(step: Option<Step>) -> String {
    step.map_or_else(|| "–".to_owned(), |step| moment(step.at))
}

pub(super) fn head(incident: &Incident, visit: &Visit, speaker: &Speaker, tab: &'static str) -> Head {
    let viewer = visit.viewer();
    let need = need_of(incident, &viewer);
    let can_acknowledge = need.is_some_and(|(key, _)| key == "acknowledge")
        && can(&viewer, Action::Acknowledge, viewer.state()).is_ok();
    Head {
        id: incident.id.to_string(),
        reference: incident.reference.as_ref().map_or_else(|| incident.id.to_string(), ToString::to_string),
        state: speaker.name("state", &incident.state),
        organism: incident.organism.clone().unwrap_or_else(|| speaker.say("knowledge-unknown", &[])),
        tab,
        need: need.map(|(key, due)| (speaker.say(&format!("need-{key}"), &[]), due.map(moment))),
        can_acknowledge,
    }
}

pub(super) fn facts(
    incident: &Incident,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
) -> Vec<(String, String)> {
    let unknown = || speaker.say("knowledge-unknown", &[]);
    let told = incident.duties.iter().filter(|duty| duty.notified.is_some()).count();
    let acknowledged = incident.duties.iter().filter(|duty| duty.acknowledged.is_some()).count();
    let rows = [
        ("type", speaker.name("type", &incident.incident_type)),
        ("place", incident.place.clone().unwrap_or_else(unknown)),
        ("release", incident.state_of_release.map_or_else(unknown, |state| name(state.as_str()))),
        ("significance", speaker.name("likelihood", &incident.significance.value)),
        ("opened", moment(incident.opened)),
        ("aware", incident.aware.map_or_else(unknown, moment)),
        ("told", told.to_string()),
        ("acknowledged", acknowledged.to_string()),
    ];
    rows.into_iter().map(|(key, value)| (speaker.say(&format!("fact-{key}"), &[]), value)).collect()
}

fn alarm_of(duty: &Duty) -> Option<&'static str> {
    match (duty.unreachable, duty.silent) {
        (true, _) => Some("unreachable"),
        (false, true) => Some("silent"),
        _ => None,
    }
}

pub(super) fn alarms(
    ledger: Option<&Ledger>,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let alarms = ledger.into_iter().flat_map(|ledger| &ledger.alarms);
    let say = |alarm: &crate::reading::Alarm| {
        let what = speaker.say(&format!("alarm-{}", alarm.code), &[]);
        format!("{}: {what}", name(&alarm.addressee.to_string()))
    };
    alarms.map(say).collect()
}

pub(super) fn line(
    event: &crate::domain::event::Event,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
) -> Line {
    Line {
        occurred: moment(event.occurred),
        recorded: event.out_of_band.then(|| moment(event.recorded)),
        text: speaker.event(event, name),
        said: said(&event.body),
    }
}

/// What somebody wrote with an event: a note, a reason, an answer.
fn said(body: &Body) -> Option<String> {
    let value = serde_json::to_value(body).ok()?;
    let places = [&value, &value["deed"], &value["answer"]];
    let words = places.into_iter().flat_map(|place| {
        ["text", "words", "note", "reason", "message"]
            .into_iter()
            .filter_map(move |name| place[name].as_str())
    });
    words.map(str::trim).find(|words| !words.is_empty()).map(str::to_owned)
}

/// A run as a team reads it: what can be done first, then what waits, then
/// what is behind.
fn run_sheet(view: &RunView, speaker: &Speaker, may: bool, title: &dyn Fn(&str, &str) -> String) -> RunSheet {
    let mut groups: BTreeMap<u8, Vec<StepRow>> = BTreeMap::new();
    let ended = view.run.ended.is_some();
    for step in &view.steps {
        let is_group = view.steps.iter().any(|other| other.group.as_ref() == Some(&step.code));
        if let Some(rank) = rank(&step.state) {
            let number = |code: &String| {
                let other = view.steps.iter().find(|other| other.code == *code);
                other.map_or_else(|| code.clone(), |other| other.number.clone())
            };
            let row = step_row(step, speaker, may && !ended && !is_group, &number);
            groups.entry(rank).or_default().push(row);
        }
    }
    let titles = ["overdue", "open", "proof", "blocked", "done", "skipped"];
    RunSheet {
        id: view.run.id.to_string(),
        title: title(&view.run.playbook.id, &view.run.playbook.title),
        done: view.summary.done,
        open: view.summary.open,
        overdue: view.summary.overdue,
        newer: view.newer.as_ref().map(|newer| newer.version),
        has_ended: ended,
        groups: groups
            .into_iter()
            .map(|(rank, steps)| (speaker.say(&format!("steps-{}", titles[usize::from(rank)]), &[]), steps))
            .collect(),
    }
}

fn rank(state: &StepState) -> Option<u8> {
    Some(match state {
        StepState::Overdue => 0,
        StepState::Open => 1,
        StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. } => 2,
        StepState::Blocked { .. } => 3,
        StepState::Done => 4,
        StepState::Skipped { .. } => 5,
        StepState::Hidden { .. } => return None,
    })
}

fn step_row(step: &StepView, speaker: &Speaker, may: bool, number: &dyn Fn(&String) -> String) -> StepRow {
    let language = speaker.language();
    let (class, why) = match &step.state {
        StepState::Overdue => ("late", None),
        StepState::Open => ("open", None),
        StepState::Blocked { by } => ("waits", Some(by.iter().map(number).collect::<Vec<_>>().join(", "))),
        StepState::AwaitingEvidence { missing } => {
            let gap = |gap: &crate::reading::EvidenceGap| format!("{} {}/{}", gap.kind, gap.have, gap.need);
            ("proof", Some(missing.iter().map(gap).collect::<Vec<_>>().join(", ")))
        }
        StepState::AwaitingSignoff { missing } => ("proof", Some(missing.to_string())),
        StepState::Done => ("done", step.done.as_ref().map(|done| moment(done.at))),
        StepState::Skipped { reason } => ("skipped", Some(reason.clone())),
        StepState::Hidden { .. } => ("hidden", None),
    };
    let can_be_done = may && matches!(step.state, StepState::Open | StepState::Overdue);
    let deed = match step.kind {
        _ if !can_be_done => None,
        StepKind::Repeat => Some("round"),
        StepKind::Do | StepKind::Decide => Some("done"),
        StepKind::Together | StepKind::RunPlaybook => None,
    };
    let fact = step.records.first().cloned().filter(|_| deed.is_some());
    let titled = |answer: &String| {
        let title = step.answer_titles.get(answer).map(|title| title.for_code(language).to_owned());
        (answer.clone(), title.unwrap_or_else(|| answer.clone()))
    };
    StepRow {
        code: step.code.replace('/', "-"),
        path: step.code.clone(),
        number: step.number.clone(),
        title: step.title.for_code(language).to_owned(),
        role: step.role_title.as_ref().map(|title| title.for_code(language).to_owned()).unwrap_or_default(),
        due: step.due.filter(|_| !step.state.is_finished()).map(moment),
        state: speaker.say(&format!("step-{class}"), &[]),
        class,
        why,
        answers: if fact.is_some() { step.answers.iter().map(titled).collect() } else { Vec::new() },
        fact,
        deed,
        evidence: step.evidence.iter().map(|rule| format!("{} × {}", rule.min, rule.kind)).collect(),
        legal: step.legal.join(" · "),
        figures: step
            .figures
            .iter()
            .map(|figure| (figure.says.for_code(language).to_owned(), figure.source.clone()))
            .collect(),
        samples: step.survey.as_ref().map(|survey| survey.samples),
        can_sign: may && matches!(step.state, StepState::AwaitingSignoff { .. }),
        can_undo: may
            && matches!(
                step.state,
                StepState::Done | StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. }
            ),
        wants_evidence: may
            && !step.evidence.is_empty()
            && matches!(
                step.state,
                StepState::Open | StepState::Overdue | StepState::AwaitingEvidence { .. } | StepState::Done
            ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_begin_with_its_time() {
        let now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
        let read = |line: &str| {
            let (at, text) = entry_of(line, now);
            (at.map(|at| at.to_string()), text)
        };
        let at = |time: &str, text: &str| (Some(time.to_owned()), text.to_owned());
        assert_eq!(read("08:30 gate closed"), at("2026-03-02T08:30:00Z", "gate closed"));
        assert_eq!(read("8:30Z gate closed"), at("2026-03-02T08:30:00Z", "gate closed"));
        assert_eq!(read("14:32 seen first"), at("2026-03-01T14:32:00Z", "seen first"));
        assert_eq!(read("2026-02-27 14:32 seed lost"), at("2026-02-27T14:32:00Z", "seed lost"));
        assert_eq!(read("2026-02-27T14:32:00+01:00 seed lost"), at("2026-02-27T13:32:00Z", "seed lost"));
        assert_eq!(read("3 trucks came"), (None, "3 trucks came".to_owned()));
        assert_eq!(read("closed"), (None, "closed".to_owned()));
    }
}
