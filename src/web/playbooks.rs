//! The library of playbooks: found, read and printed by people. Plans for
//! emergency response are never confidential (Art. 21.6(d)).

use super::{Frame, apart, page, speaker_of, trouble};
use crate::{
    api::{self, Rooms},
    gate::{Code, Problem, Visit},
    reading::{
        Applies, Delay, Evidence, PlaybookEntry, PlaybookSheet, Rendering, Required, Said, SheetMoment,
        SheetStep, SheetSurvey, StepKind, SurveyRing, Translation,
    },
    words::Speaker,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "playbooks.html", config = "src/web/askama.toml")]
struct ListPage<'a> {
    frame: Frame<'a>,
    query: &'a str,
    /// How many there are, and how many the search hides.
    count: String,
    hidden: Option<String>,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "playbook.html", config = "src/web/askama.toml")]
struct SheetPage<'a> {
    frame: Frame<'a>,
    sheet: &'a PlaybookSheet,
    version: String,
    rendering: Vec<String>,
    facts: Vec<Fact>,
    steps: Vec<StepSheet>,
}

/// A playbook in the list.
struct Entry {
    id: String,
    title: Said,
    summary: Said,
    facts: Vec<Fact>,
    steps: String,
    rendering: Vec<String>,
    /// Steps that a search has found: where they stand, and what they say.
    found: Vec<(String, Said)>,
}

/// When a playbook applies: what is asked, and what fits.
struct Fact {
    label: String,
    values: Vec<Said>,
}

struct StepSheet {
    /// Its anchor on the page.
    anchor: String,
    code: String,
    number: String,
    text: Said,
    /// Whether it belongs to a playbook that is run by this one.
    is_part: bool,
    /// What kind of step it is, unless something is simply done.
    kind: Option<String>,
    by: Option<Said>,
    due: Option<String>,
    required: String,
    /// What must be seen to: a label and words each.
    notes: Vec<Fact>,
    /// The other playbook it runs.
    runs: Option<(String, Said)>,
    legal: String,
    /// What it says, where that comes from, and the mark it bears.
    figures: Vec<(Said, String, Option<String>)>,
}

/// What is looked for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// The list.
#[get("/playbooks")]
pub async fn list(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    search: web::Query<Search>,
) -> HttpResponse {
    let speaker = speaker_of(&request);
    let (viewer, language, words) = (visit.viewer(), speaker.language(), search.q.clone());
    let list = match apart(move || rooms.reading.playbooks(&viewer, language, &words)).await {
        Ok(list) => list,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let count = [("count", list.entries.len().into())];
    let hidden = [("count", list.hidden.into())];
    let page_of = ListPage {
        frame: Frame::inside(&speaker, &visit, "playbooks"),
        query: search.q.trim(),
        count: speaker.say("playbooks-count", &count),
        hidden: (list.hidden > 0).then(|| speaker.say("playbooks-hidden", &hidden)),
        entries: list.entries.into_iter().map(|entry| listed(entry, &speaker)).collect(),
    };
    page(StatusCode::OK, &page_of)
}

/// One playbook, whole.
#[get("/playbooks/{id}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<String>,
) -> HttpResponse {
    let speaker = speaker_of(&request);
    let (viewer, language) = (visit.viewer(), speaker.language());
    let sheet = match apart(move || rooms.reading.playbook(&viewer, &id, language)).await {
        Ok(sheet) => sheet,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let page_of = SheetPage {
        frame: Frame::inside(&speaker, &visit, "playbooks"),
        version: speaker.say("playbook-version", &[("version", sheet.version.into())]),
        rendering: rendered(sheet.rendering, &speaker),
        facts: applies(&sheet.applies, &speaker),
        steps: sheet.steps.iter().map(|step| step_sheet(step, &speaker)).collect(),
        sheet: &sheet,
    };
    page(StatusCode::OK, &page_of)
}

/// One playbook as its authors wrote it, to keep.
#[get("/playbooks/{id}/yaml")]
pub async fn yaml(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<String>,
) -> HttpResponse {
    let (viewer, name) = (visit.viewer(), id.clone());
    let text = apart(move || -> Result<_, Problem> {
        let book = rooms.reading.library(&viewer)?.get(&id).ok_or_else(|| Problem::new(Code::NotFound))?;
        Ok(book.text().to_owned())
    });
    kept(&request, text.await, "application/yaml", &format!("{name}.yaml"))
}

/// One playbook as CACAO 2.0, to keep.
#[get("/playbooks/{id}/cacao")]
pub async fn cacao(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<String>,
) -> HttpResponse {
    let (viewer, name) = (visit.viewer(), id.clone());
    let text = apart(move || api::playbooks::written_as_cacao(&rooms.reading, &viewer, &id));
    kept(&request, text.await, "application/json", &format!("{name}.cacao.json"))
}

/// A file that is kept, not shown. Only what is known here by that name gets so
/// far: ids are letters, digits, `-` and `_`.
fn kept(request: &HttpRequest, text: Result<String, Problem>, kind: &str, name: &str) -> HttpResponse {
    match text {
        Ok(text) => HttpResponse::Ok()
            .content_type(kind)
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(text),
        Err(problem) => trouble(request, &problem, "page-trouble"),
    }
}

fn listed(entry: PlaybookEntry, speaker: &Speaker) -> Entry {
    /// How many of the steps found are shown?
    const MOST: usize = 5;
    let mut facts = applies(&entry.applies, speaker);
    // Surroundings and groups would bury the rest.
    facts.truncate(4);
    Entry {
        facts,
        steps: speaker.say("playbook-steps", &[("count", entry.steps.into())]),
        rendering: rendered(entry.rendering, speaker),
        found: entry.found.into_iter().take(MOST).map(|(code, text)| (anchor(&code), text)).collect(),
        id: entry.id,
        title: entry.title,
        summary: entry.summary,
    }
}

/// How a playbook reads in the language of the page, unless that is the one it
/// was written in.
fn rendered(rendering: Rendering, speaker: &Speaker) -> Vec<String> {
    let state = match rendering.state {
        Translation::Original => return Vec::new(),
        Translation::Human => "human",
        Translation::Machine => "machine",
        Translation::None => return vec![speaker.say("translation-none", &[])],
    };
    let behind = [("stale", rendering.stale), ("missing", rendering.missing)];
    let behind = behind.into_iter().filter(|(_, count)| *count > 0);
    let behind =
        behind.map(|(key, count)| speaker.say(&format!("translation-{key}"), &[("count", count.into())]));
    [speaker.say(&format!("translation-{state}"), &[])].into_iter().chain(behind).collect()
}

fn applies(applies: &Applies, speaker: &Speaker) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, values: Vec<Said>| {
        if !values.is_empty() {
            facts.push(Fact { label: speaker.say(&format!("applies-{label}"), &[]), values });
        }
    };
    let coded = |group: &str, codes: &[String]| -> Vec<Said> {
        codes.iter().map(|code| own(speaker, speaker.say(&format!("{group}-{code}"), &[]))).collect()
    };
    let when = |key: &str| vec![own(speaker, speaker.say(key, &[]))];
    fact("for", coded("audience", &applies.audience));
    match (applies.shared, applies.fallback) {
        (true, _) => fact("when", when("applies-shared")),
        (false, true) => fact("when", when("applies-fallback")),
        (false, false) => {}
    }
    let class = |code: &String| own(speaker, code.clone());
    fact("class", applies.classes.iter().map(class).collect());
    fact("kind", coded("organism_kind", &applies.kinds));
    fact("pathway", coded("pathway", &applies.pathways));
    fact("incident", coded("type", &applies.incident));
    fact("group", applies.groups.iter().map(|code| group(code, speaker)).collect());
    fact("surroundings", coded("surroundings", &applies.environments));
    facts
}

/// A group of organisms: by a word where there is one, else by its scientific
/// name, which is its code.
fn group(code: &str, speaker: &Speaker) -> Said {
    let key = format!("organism_group-{code}");
    let word = speaker.say(&key, &[]);
    if word != key {
        return own(speaker, word);
    }
    let mut letters = code.replace('_', " ");
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Said { words: letters, language: "la" }
}

/// Words in the language of the page.
fn own(speaker: &Speaker, words: String) -> Said {
    Said { words, language: speaker.language() }
}

fn anchor(code: &str) -> String {
    code.replace('/', "-")
}

fn length(delay: Delay, speaker: &Speaker) -> String {
    let amount = [("count", delay.amount.into())];
    speaker.say(&format!("delay-{}", unit(delay)), &amount)
}

fn unit(delay: Delay) -> &'static str {
    use crate::reading::Unit;
    match delay.unit {
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

fn step_sheet(step: &SheetStep, speaker: &Speaker) -> StepSheet {
    let due = step.due.as_ref().map(|due| {
        let delay = length(due.delay, speaker);
        match &due.after {
            SheetMoment::Clock(clock) => {
                let values = [("delay", delay.into()), ("clock", clock.words.as_str().into())];
                speaker.say("due-clock", &values)
            }
            SheetMoment::Step(number) => {
                speaker.say("due-step", &[("delay", delay.into()), ("step", number.as_str().into())])
            }
        }
    });
    let figures = step.figures.iter().map(|(says, source, evidence)| {
        let mark = match evidence {
            Evidence::Source => None,
            Evidence::Unverified => Some(speaker.say("figure-unverified", &[])),
            Evidence::Calculated => Some(speaker.say("figure-calculated", &[])),
        };
        (says.clone(), source.clone(), mark)
    });
    StepSheet {
        anchor: anchor(&step.code),
        code: step.code.clone(),
        number: step.number.clone(),
        text: step.text.clone(),
        is_part: step.code.contains('/'),
        kind: (step.kind != StepKind::Do).then(|| speaker.name("step_kind", &step.kind)),
        by: step.by.clone(),
        due,
        required: speaker.say(
            match step.required {
                Required::Must => "required-must",
                Required::Could => "required-could",
                Required::MustUnlessDocumented => "required-must_unless_documented",
            },
            &[],
        ),
        notes: notes(step, speaker),
        runs: step.runs.clone(),
        legal: step.legal.join(" · "),
        figures: figures.collect(),
    }
}

fn notes(step: &SheetStep, speaker: &Speaker) -> Vec<Fact> {
    let mut notes = Vec::new();
    let mut note = |label: &str, values: Vec<Said>| {
        if !values.is_empty() {
            notes.push(Fact { label: speaker.say(&format!("sheet_step-{label}"), &[]), values });
        }
    };
    let numbers =
        |numbers: &[String]| -> Vec<Said> { numbers.iter().map(|n| own(speaker, n.clone())).collect() };
    note("when", step.when.iter().cloned().collect());
    note("after", numbers(&step.after));
    note("members", numbers(&step.members));
    let opens = |(called, steps): &(Said, Vec<String>)| {
        let (key, values) = match steps.as_slice() {
            [] => ("case-end", vec![("answer", called.words.as_str().into())]),
            steps => (
                "case-opens",
                vec![("answer", called.words.as_str().into()), ("steps", steps.join(" · ").into())],
            ),
        };
        own(speaker, speaker.say(key, &values))
    };
    note("cases", step.cases.iter().map(opens).collect());
    if let Some((every, until)) = &step.repeat {
        note("every", vec![own(speaker, length(*every, speaker))]);
        note("until", vec![until.clone()]);
    }
    let evidence = step.evidence.iter().map(|rule| {
        let kind = speaker.say(&format!("evidence-{}", rule.kind), &[]);
        let key = if rule.chain_of_custody { "evidence-with_hands" } else { "evidence-plain" };
        own(speaker, speaker.say(key, &[("count", rule.min.into()), ("kind", kind.into())]))
    });
    note("evidence", evidence.collect());
    if let Some((persons, roles)) = &step.signoff {
        let persons = own(speaker, speaker.say("signoff-persons", &[("count", (*persons).into())]));
        note("signoff", [persons].into_iter().chain(roles.iter().cloned()).collect());
    }
    note("survey", step.survey.iter().map(|survey| own(speaker, surveyed(survey, speaker))).collect());
    notes
}

fn surveyed(survey: &SheetSurvey, speaker: &Speaker) -> String {
    let percent = |share: f64| (share * 1e6).round() / 1e4;
    let ring = match survey.ring {
        SurveyRing::P95 => "ring-p95",
        SurveyRing::Max => "ring-max",
    };
    let values = [
        ("samples", survey.samples.unwrap_or_default().into()),
        ("unit", survey.unit.words.as_str().into()),
        ("ring", speaker.say(ring, &[]).into()),
        ("confidence", percent(survey.confidence).into()),
        ("prevalence", percent(survey.prevalence).into()),
    ];
    speaker.say("survey-samples", &values)
}
