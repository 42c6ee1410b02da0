//! The situation report: where an incident stands, made to be printed, in any
//! of the six languages.

use super::{
    Frame, apart,
    board::moment,
    incident::{Head, Line, alarms, facts, frame, head, line, names, titles},
    page, speaker_of, trouble,
};
use crate::{
    api::Rooms,
    domain::{
        duty::Duty,
        id::IncidentId,
        notice::Notice,
        report::{Knowledge, Statement},
    },
    gate::Visit,
    reading::{Deadline, Matter, Situation, Standing, StepState},
    words::{Speaker, distance, distance_within, languages},
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web};
use askama::Template;
use jiff::SignedDuration;
use serde::Deserialize;

/// How many lines of the timeline stand in it?
const LINES: usize = 20;

#[derive(Template)]
#[template(path = "situation.html", config = "src/web/askama.toml")]
struct SituationPage<'a> {
    frame: Frame<'a>,
    head: Head,
    /// Language and what it calls itself.
    languages: Vec<(&'static str, &'static str)>,
    printed: String,
    facts: Vec<(String, String)>,
    /// The assessment in sentences.
    assessed: Vec<String>,
    items: Vec<Item>,
    hotspots: Vec<(String, String, String)>,
    alarms: Vec<String>,
    told: Vec<Told>,
    runs: Vec<RunRow>,
    /// Addressees whose answer is awaited, and by when.
    owed: Vec<(String, String, bool)>,
    steps: Vec<StepRow>,
    decision: Option<(String, String, bool)>,
    deadlines: Vec<DeadlineRow>,
    /// How many deadlines are still open, and the next of them.
    open: Option<(usize, String)>,
    lines: Vec<Line>,
    /// How many entries the timeline has.
    entries: usize,
    data: Vec<(String, String, String, String)>,
    log: String,
}

/// One item of Article 17.3.
struct Item {
    /// The letter, where the label does not say it.
    letter: Option<&'static str>,
    label: String,
    known: String,
    said: String,
    from: String,
}

struct Told {
    name: String,
    notified: String,
    delivered: String,
    acknowledged: String,
}

struct RunRow {
    title: String,
    of: String,
    done: usize,
    open: usize,
    overdue: usize,
    skipped: usize,
    has_ended: bool,
}

struct StepRow {
    number: String,
    title: String,
    role: String,
    state: String,
    due: String,
    is_late: bool,
}

/// A deadline as it is read.
pub(super) struct DeadlineRow {
    pub(super) what: String,
    pub(super) due: String,
    pub(super) met: String,
    pub(super) standing: String,
    pub(super) is_late: bool,
}

/// In which language.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    language: String,
}

/// The situation report.
#[get("/incidents/{id}/report")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    chosen: web::Query<Chosen>,
) -> HttpResponse {
    let (viewer, id, asked) = (visit.viewer(), *id, rooms.clone());
    let situation = match apart(move || asked.reading.situation(&viewer, id)).await {
        Ok(situation) => situation,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let own = languages().find(|known| *known == chosen.language);
    let speaker = own.map_or_else(|| speaker_of(&request), Speaker::of);
    page(StatusCode::OK, &report(&rooms, &visit, &situation, &speaker))
}

fn report<'a>(
    rooms: &Rooms,
    visit: &Visit,
    situation: &Situation,
    speaker: &'a Speaker,
) -> SituationPage<'a> {
    let name = names(&rooms.reading, speaker);
    let title = titles(&rooms.reading, visit, speaker);
    let (incident, present) = (&situation.incident, rooms.desk.now());
    let later = situation.events.len().saturating_sub(LINES);
    let told = situation.ledger.addressees.iter().filter(|row| row.duty.was_told());
    let owed = situation.ledger.addressees.iter().filter_map(|row| {
        let due = row.duty.acknowledge_by.filter(|_| row.duty.acknowledged.is_none())?;
        Some((name(&row.duty.addressee.to_string()), moment(due), due < present))
    });
    let runs = situation.runs.iter().map(|view| RunRow {
        title: title(&view.run.playbook.id, &view.run.playbook.title),
        of: view
            .run
            .state
            .map_or_else(|| speaker.say("situation-instance", &[]), |state| name(state.as_str())),
        done: view.summary.done,
        open: view.summary.open + view.summary.blocked + view.summary.unproven,
        overdue: view.summary.overdue,
        skipped: view.summary.skipped,
        has_ended: view.run.ended.is_some(),
    });
    let said = [("when", moment(present).into()), ("who", visit.account.name.as_str().into())];
    SituationPage {
        frame: frame(speaker, visit, incident),
        head: head(incident, visit, speaker, "report"),
        languages: languages().map(|code| (code, own_name(code))).collect(),
        printed: speaker.say("situation-printed", &said),
        facts: facts(incident, speaker, &name),
        assessed: assessed(situation, speaker),
        items: situation.said.as_ref().map(|notice| items(notice, speaker)).unwrap_or_default(),
        hotspots: hotspots(situation, speaker),
        alarms: alarms(Some(&situation.ledger), speaker, &name),
        told: told.map(|row| told_row(&row.duty, &name)).collect(),
        runs: runs.collect(),
        owed: owed.collect(),
        steps: steps(situation, speaker),
        decision: situation.next_decision().map(|decision| {
            (matter(&decision.matter, speaker, &name), moment(decision.due), decision.due < present)
        }),
        deadlines: settled(situation).map(|found| deadline(found, speaker, &name)).collect(),
        open: still_open(situation),
        lines: situation.events[later..].iter().map(|event| line(event, speaker, &name)).collect(),
        entries: situation.events.len(),
        data: data(situation),
        log: speaker.say(
            "situation-log",
            &[("log", situation.log.as_str().into()), ("head", situation.head.0.to_string().into())],
        ),
    }
}

/// What a language calls itself.
pub(super) fn own_name(code: &str) -> &'static str {
    match code {
        "ar" => "العربية",
        "es" => "Español",
        "fr" => "Français",
        "ru" => "Русский",
        "zh" => "中文",
        _ => "English",
    }
}

fn assessed(situation: &Situation, speaker: &Speaker) -> Vec<String> {
    let Some(found) = &situation.assessment else { return vec![speaker.say("situation-not_assessed", &[])] };
    let counts = [("states", found.states.len().into()), ("hotspots", found.hotspots.len().into())];
    let mut sentences = vec![speaker.say("event-assessed", &counts)];
    for reach in &found.reaches {
        let far = [
            ("p50", distance(reach.p50_m).into()),
            ("p95", distance(reach.p95_m).into()),
            ("max", distance(reach.max_m).into()),
        ];
        let far = if reach.max_m.get() > 0.0 {
            speaker.say("sheet-reach_far", &far)
        } else {
            speaker.say("sheet-reach_none", &[])
        };
        let grade = speaker.say("sheet-grade", &[("grade", speaker.name("grade", &reach.grade).into())]);
        sentences.push(format!("{}: {far} ({grade})", speaker.pathway(reach.pathway)));
    }
    sentences
}

fn items(notice: &Notice, speaker: &Speaker) -> Vec<Item> {
    let known = |status: Knowledge| speaker.name("knowledge", &status);
    let said = |field: &str, statement: &Statement| Item {
        letter: None,
        label: speaker.say(&format!("field-{field}"), &[]),
        known: known(statement.status),
        said: statement.text.clone(),
        from: statement.provenance.clone().unwrap_or_default(),
    };
    let plain = |letter, field: &str, text: Option<String>| Item {
        letter: Some(letter),
        label: speaker.say(&format!("field-{field}"), &[]),
        known: known(if text.is_some() { Knowledge::Known } else { Knowledge::Unknown }),
        said: text.unwrap_or_default(),
        from: String::new(),
    };
    vec![
        plain("a", "organism", notice.organism.label()),
        said("quantities", &notice.quantities),
        said("traits", &notice.traits),
        said("circumstances", &notice.circumstances),
        plain("b", "released", notice.released.as_ref().map(|released| released.as_said.clone())),
        said("use", &notice.r#use),
        said("adverse_effects", &notice.adverse_effects),
        said("risk_management", &notice.risk_management),
        said("other", &notice.other),
        said("point_of_contact", &notice.point_of_contact),
    ]
}

fn hotspots(situation: &Situation, speaker: &Speaker) -> Vec<(String, String, String)> {
    let found = situation.assessment.iter().flat_map(|found| found.hotspots.iter().chain(&found.layers));
    found
        .map(|found| {
            let far = distance_within(found.distance_m, found.accuracy_m);
            (found.name.to_string(), far, speaker.reason(&found.reason, Some(found.ring)))
        })
        .collect()
}

fn told_row(duty: &Duty, name: &dyn Fn(&str) -> String) -> Told {
    let step = super::incident::step;
    Told {
        name: name(&duty.addressee.to_string()),
        notified: step(duty.notified.or(duty.advised)),
        delivered: step(duty.delivered),
        acknowledged: step(duty.acknowledged),
    }
}

fn steps(situation: &Situation, speaker: &Speaker) -> Vec<StepRow> {
    let language = speaker.language();
    let running = situation.runs.iter().filter(|view| view.run.ended.is_none());
    let all = running.flat_map(|view| &view.steps).filter_map(|step| {
        let class = match step.state {
            StepState::Overdue => "late",
            StepState::Open => "open",
            StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. } => "proof",
            _ => return None,
        };
        let row = StepRow {
            number: step.number.clone(),
            title: step.title.for_code(language).to_owned(),
            role: step
                .role_title
                .as_ref()
                .map(|title| title.for_code(language).to_owned())
                .unwrap_or_default(),
            state: speaker.say(&format!("situation-step_{class}"), &[]),
            due: step.due.map(moment).unwrap_or_default(),
            is_late: class == "late",
        };
        Some((!row.is_late, row))
    });
    let mut rows: Vec<(bool, StepRow)> = all.collect();
    rows.sort_by_key(|(in_time, _)| *in_time);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn data(situation: &Situation) -> Vec<(String, String, String, String)> {
    let found = situation.assessment.iter().flat_map(|found| found.data.iter());
    let short = |sha256: &str| sha256.chars().take(16).collect();
    found
        .map(|data| (data.layer.clone(), data.version.clone(), data.date.clone(), short(&data.sha256)))
        .collect()
}

/// Deadlines that were met or missed.
pub(super) fn settled(situation: &Situation) -> impl Iterator<Item = &Deadline> {
    situation.deadlines.iter().filter(|deadline| deadline.standing != Standing::Open)
}

/// How many deadlines are still open, and when the next of them falls due.
pub(super) fn still_open(situation: &Situation) -> Option<(usize, String)> {
    let mut open = situation.deadlines.iter().filter(|deadline| deadline.standing == Standing::Open);
    let next = open.next()?;
    Some((open.count() + 1, moment(next.due)))
}

/// What a deadline is about.
pub(super) fn matter(matter: &Matter, speaker: &Speaker, name: &dyn Fn(&str) -> String) -> String {
    match matter {
        Matter::Acknowledgement { of } => {
            speaker.say("deadline-acknowledgement", &[("of", name(&of.to_string()).into())])
        }
        Matter::Verification => speaker.say("deadline-verification", &[]),
        Matter::SecondPerson { number } => {
            speaker.say("deadline-second_person", &[("number", number.to_string().into())])
        }
        Matter::Gap { gap } => speaker.say("deadline-gap", &[("gap", speaker.gap(gap).into())]),
        Matter::Step { number, title } => {
            let title = title.for_code(speaker.language()).to_owned();
            speaker.say("deadline-step", &[("step", number.as_str().into()), ("title", title.into())])
        }
    }
}

/// A deadline, and how it was met.
pub(super) fn deadline(found: &Deadline, speaker: &Speaker, name: &dyn Fn(&str) -> String) -> DeadlineRow {
    let key = match found.standing {
        Standing::Met => "deadline-met",
        Standing::Late => "deadline-late",
        Standing::Missed => "deadline-missed",
        Standing::Open => "deadline-open",
    };
    DeadlineRow {
        what: matter(&found.matter, speaker, name),
        due: moment(found.due),
        met: found.met.map_or_else(|| "–".to_owned(), moment),
        standing: speaker.say(key, &[("span", span(found.spare(), speaker).into())]),
        is_late: matches!(found.standing, Standing::Late | Standing::Missed),
    }
}

/// A span of time in words, to the minute; its sign is not said.
pub(super) fn span(span: SignedDuration, speaker: &Speaker) -> String {
    let minutes = span.as_mins().unsigned_abs();
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let number = |number: u64| number.to_string().into();
    match (days, hours) {
        (0, 0) if rest == 0 => speaker.say("span-less", &[]),
        (0, 0) => speaker.say("span-minutes", &[("minutes", number(rest))]),
        (0, _) => speaker.say("span-hours", &[("hours", number(hours)), ("minutes", number(rest))]),
        _ => speaker.say("span-days", &[("days", number(days)), ("hours", number(hours))]),
    }
}
