//! Reporting: four questions, one a page, then everything together with who
//! will be told and why, before it is sent. What was answered is kept.

mod form;

use super::{Frame, apart, board::banner, page, see, speaker_of, trouble};
use crate::{
    api::Rooms,
    desk::drafts::Outlook,
    domain::{
        account::{Action, allows},
        assessment::StateFinding,
        draft::ReportDraft,
        id::DraftId,
        incident::Mode,
        organism::OecdIdentifier,
        reach::Pathway,
        report::Report,
    },
    gate::{Code, Problem, Visit, visit::is_from_here},
    reading::Reading,
    words::{Speaker, distance_within},
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use std::collections::BTreeMap;

/// The questions, in order.
const STEPS: [&str; 4] = ["what", "where", "when", "who"];

/// Every pathway, in the order asked.
const PATHWAYS: [Pathway; 13] = [
    Pathway::SeedSpill,
    Pathway::Seed,
    Pathway::Pollen,
    Pathway::Vegetative,
    Pathway::Flight,
    Pathway::WindBorne,
    Pathway::Swimming,
    Pathway::Water,
    Pathway::Aerosol,
    Pathway::HostContact,
    Pathway::Transport,
    Pathway::Trade,
    Pathway::Unknown,
];

/// Kinds of surroundings, those that playbooks ask for.
const ENVIRONMENTS: [&str; 24] = [
    "field_trial",
    "field",
    "seed_field",
    "orchard",
    "plantation",
    "forest",
    "greenhouse",
    "laboratory",
    "facility",
    "insectary",
    "release_site",
    "rail_yard",
    "roadside",
    "port",
    "airport",
    "silo",
    "retail",
    "river",
    "lake",
    "fish_farm",
    "net_pen",
    "village",
    "city",
    "protected_area",
];

/// Further statements of Article 17.3 that may be added at once.
const STATEMENTS: [&str; 7] =
    ["quantities", "circumstances", "use", "adverse_effects", "risk_management", "other", "point_of_contact"];

#[derive(Template)]
#[template(path = "report_start.html", config = "src/web/askama.toml")]
struct StartPage<'a> {
    frame: Frame<'a>,
    /// Id, what it is about, and when it was last changed.
    drafts: Vec<(String, String, String)>,
}

/// What all questions share.
struct Asked {
    number: usize,
    /// Answers so far, by name.
    answers: BTreeMap<String, String>,
    /// What is the matter with the answer, if anything.
    fault: Option<String>,
}

impl Asked {
    fn answer(&self, name: &str) -> &str {
        self.answers.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.answer(name).split(',').any(|one| one == value)
    }
}

/// A choice: its code and what it is called.
type Choice = (String, String);

#[derive(Template)]
#[template(path = "report_what.html", config = "src/web/askama.toml")]
struct WhatPage<'a> {
    frame: Frame<'a>,
    asked: Asked,
    /// Identifiers and events that are known, with what they are.
    known: Vec<Choice>,
    groups: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "report_where.html", config = "src/web/askama.toml")]
struct WherePage<'a> {
    frame: Frame<'a>,
    asked: Asked,
    states: Vec<Choice>,
    environments: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "report_when.html", config = "src/web/askama.toml")]
struct WhenPage<'a> {
    frame: Frame<'a>,
    asked: Asked,
    now: String,
}

#[derive(Template)]
#[template(path = "report_who.html", config = "src/web/askama.toml")]
struct WhoPage<'a> {
    frame: Frame<'a>,
    asked: Asked,
    pathways: Vec<Choice>,
    likelihoods: Vec<Choice>,
    statements: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "report_check.html", config = "src/web/askama.toml")]
struct CheckPage<'a> {
    frame: Frame<'a>,
    id: String,
    /// The question an answer belongs to, its name, and the answer.
    rows: Vec<(&'static str, String, String)>,
    /// How it will go: told at once, or verified first.
    course: String,
    told: Vec<Reached>,
    left_out: Vec<Reached>,
    hotspots: Vec<(String, String)>,
    gaps: Vec<String>,
    playbooks: Vec<String>,
    disclaimer: String,
}

/// A State, and why it is told or not.
struct Reached {
    name: String,
    distance: String,
    why: String,
    /// The place of the finding in the list, by urgency.
    is_urgent: bool,
}

/// A report that has been begun, or the page that begins one.
#[get("/report")]
pub async fn start(rooms: web::Data<Rooms>, request: HttpRequest, visit: Visit) -> HttpResponse {
    begin(&rooms, &request, &visit, None).await
}

async fn begin(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    fault: Option<&str>,
) -> HttpResponse {
    let (desk, account) = (rooms.desk.clone(), visit.account.clone());
    let drafts = match apart(move || desk.drafts(&account)).await {
        Ok(drafts) => drafts,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let drafts = drafts.iter().map(|draft| {
        let about = [draft.answer("organism"), draft.answer("place")].join(" · ");
        let about = about.trim_matches([' ', '·']).to_owned();
        (draft.id.to_string(), about, super::board::moment(draft.changed))
    });
    let message = fault.map(|key| speaker.say(key, &[]));
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame { message, ..Frame::inside(&speaker, visit, "report") };
    page(status, &StartPage { frame, drafts: drafts.collect() })
}

/// The fields of a form, several of one name joined with commas.
fn fields(body: &[u8]) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(body) {
        let field = fields.entry(name.into_owned()).or_default();
        if !field.is_empty() {
            field.push(',');
        }
        field.push_str(&value.replace("\r\n", "\n"));
    }
    fields
}

fn is_ours(rooms: &Rooms, request: &HttpRequest, visit: &Visit, fields: &BTreeMap<String, String>) -> bool {
    let seal = fields.get("seal").map_or("", String::as_str);
    visit.knows(seal) && is_from_here(request, &rooms.public_url)
}

/// Begins a report: in which world it is has to be said, without default.
#[post("/report")]
pub async fn start_it(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    body: web::Bytes,
) -> HttpResponse {
    let mut fields = fields(&body);
    if !is_ours(&rooms, &request, &visit, &fields) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    fields.retain(|name, _| name == "mode");
    if fields.get("mode").is_none_or(|mode| serde_json::from_value::<Mode>(mode.as_str().into()).is_err()) {
        return begin(&rooms, &request, &visit, Some("report-choose_mode")).await;
    }
    let (desk, account) = (rooms.desk.clone(), visit.account.clone());
    match apart(move || desk.begin_draft(&account, fields)).await {
        Ok(draft) => see(&format!("/report/{}/what", draft.id)),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}

async fn draft_of(rooms: &Rooms, visit: &Visit, id: DraftId) -> Result<ReportDraft, Problem> {
    let (desk, account) = (rooms.desk.clone(), visit.account.clone());
    apart(move || desk.draft(&account, id)).await
}

/// One question.
#[get("/report/{id}/{step:what|where|when|who}")]
pub async fn ask(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(DraftId, String)>,
) -> HttpResponse {
    let (id, step) = path.into_inner();
    match draft_of(&rooms, &visit, id).await {
        Ok(draft) if draft.sent.is_none() => question(&rooms, &request, &visit, &draft, &step, None),
        Ok(draft) => sent(&draft),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}

/// A report that was sent leads to its incident.
fn sent(draft: &ReportDraft) -> HttpResponse {
    see(&draft.sent.map_or_else(|| "/report".to_owned(), |incident| format!("/incidents/{incident}")))
}

fn question(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    draft: &ReportDraft,
    step: &str,
    fault: Option<String>,
) -> HttpResponse {
    let speaker = speaker_of(request);
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let number = STEPS.iter().position(|known| *known == step).unwrap_or(0);
    let asked = Asked { number: number + 1, answers: draft.answers.clone(), fault };
    let frame = frame(&speaker, visit, draft);
    let named = |group: &str, codes: &[&str]| -> Vec<Choice> {
        codes.iter().map(|code| ((*code).to_owned(), speaker.say(&format!("{group}-{code}"), &[]))).collect()
    };
    match step {
        "what" => page(
            status,
            &WhatPage {
                asked,
                known: known_events(&rooms.reading, &speaker),
                groups: groups(&rooms.reading, &speaker),
                frame,
            },
        ),
        "where" => page(
            status,
            &WherePage {
                asked,
                states: states(&rooms.reading, &speaker),
                environments: named("environment", &ENVIRONMENTS),
                frame,
            },
        ),
        "when" => page(status, &WhenPage { asked, now: super::board::moment(rooms.desk.now()), frame }),
        _ => page(
            status,
            &WhoPage {
                asked,
                pathways: PATHWAYS.iter().map(|way| (way.code().to_owned(), speaker.pathway(*way))).collect(),
                likelihoods: named("likelihood", &["likely", "unknown", "unlikely"]),
                statements: named("field", &STATEMENTS),
                frame,
            },
        ),
    }
}

fn frame<'a>(speaker: &'a Speaker, visit: &Visit, draft: &ReportDraft) -> Frame<'a> {
    let banner = form::mode(draft).and_then(|mode| banner(speaker, mode));
    Frame { banner, ..Frame::inside(speaker, visit, "report") }
}

fn known_events(reading: &Reading, speaker: &Speaker) -> Vec<Choice> {
    let events = reading.organisms().events().iter();
    let all = events.flat_map(|event| {
        let about =
            [event.event.as_str(), event.species.as_str(), title(&event.r#trait, speaker)].join(" · ");
        let codes = event.oecd.iter().cloned().chain(event.oecd.is_empty().then(|| event.event.clone()));
        codes.map(move |code| (code, about.clone())).collect::<Vec<_>>()
    });
    all.collect()
}

fn title<'t>(texts: &'t BTreeMap<String, String>, speaker: &Speaker) -> &'t str {
    texts.get(speaker.language()).or_else(|| texts.get("en")).map_or("", String::as_str)
}

fn groups(reading: &Reading, speaker: &Speaker) -> Vec<Choice> {
    let name = |group: &crate::reading::Group| group.name.get(speaker.language()).to_owned();
    reading.organisms().groups().iter().map(|group| (group.code.clone(), name(group))).collect()
}

fn states(reading: &Reading, speaker: &Speaker) -> Vec<Choice> {
    let mut states: Vec<Choice> = reading
        .states()
        .iter()
        .filter(|row| row.kind == "state")
        .map(|row| (row.iso2.to_string(), row.name.get(speaker.language()).to_owned()))
        .collect();
    states.sort_by(|one, other| one.1.cmp(&other.1));
    states
}

/// An answer: kept, and then the next question.
#[post("/report/{id}/{step:what|where|when|who}")]
pub async fn answer(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(DraftId, String)>,
    body: web::Bytes,
) -> HttpResponse {
    let (id, step) = path.into_inner();
    let mut fields = fields(&body);
    if !is_ours(&rooms, &request, &visit, &fields) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let go = fields.remove("go").unwrap_or_default();
    fields.remove("seal");
    let accepted = fields.remove("accepted").unwrap_or_default();
    if step == "who" {
        // A box without a tick is not sent.
        fields.entry("pathways".to_owned()).or_default();
    }
    let (desk, account) = (rooms.desk.clone(), visit.account.clone());
    let kept = match apart(move || desk.keep_answers(&account, id, fields)).await {
        Ok(kept) if kept.sent.is_none() => kept,
        Ok(kept) => return sent(&kept),
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    if go != "later"
        && let Some(fault) = fault(&kept, &step, &accepted, &rooms.reading, &speaker)
    {
        return question(&rooms, &request, &visit, &kept, &step, Some(fault));
    }
    let next = STEPS.iter().position(|known| *known == step).and_then(|at| STEPS.get(at + 1));
    match (go.as_str(), next) {
        ("later", _) => see("/report"),
        ("next", Some(next)) => see(&format!("/report/{id}/{next}")),
        _ => see(&format!("/report/{id}/check")),
    }
}

/// What is the matter with the answer to a question. A doubt is raised once;
/// whoever sends the same again means it.
fn fault(
    draft: &ReportDraft,
    step: &str,
    accepted: &str,
    reading: &Reading,
    speaker: &Speaker,
) -> Option<String> {
    match step {
        "what" => {
            let typed = draft.answer("organism");
            let (oecd, _) = form::identifiers(typed);
            let wrong =
                oecd.iter().filter_map(|text| text.parse::<OecdIdentifier>().ok()).find(|id| !id.is_sound());
            let nothing = typed.is_empty() && draft.answer("group").is_empty();
            if nothing && accepted != "nothing" {
                return Some(speaker.say("what-nothing", &[]));
            }
            let wrong = wrong.filter(|_| accepted != typed)?;
            let fits = format!(
                "{}{}",
                wrong.to_string().trim_end_matches(|c: char| c.is_ascii_digit()),
                wrong.expected_digit()
            );
            Some(speaker.say("what-check_digit", &[("fits", fits.into())]))
        }
        "where" => {
            let found = form::place(draft.answer("place"), reading);
            if let Err((key, said)) = found {
                return Some(speaker.say(key, &[("said", said.unwrap_or_default().into())]));
            }
            let typed = draft.answer("within");
            (!typed.is_empty() && form::within(draft).is_none())
                .then(|| speaker.say("where-not_a_length", &[("said", typed.into())]))
        }
        _ => None,
    }
}

/// Everything together, and what will come of it.
#[get("/report/{id}/check")]
pub async fn check(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<DraftId>,
) -> HttpResponse {
    let draft = match draft_of(&rooms, &visit, *id).await {
        Ok(draft) => draft,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    checked(&rooms, &request, &visit, &draft, None).await
}

async fn checked(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    draft: &ReportDraft,
    refused: Option<Problem>,
) -> HttpResponse {
    if draft.sent.is_some() {
        return sent(draft);
    }
    let Some(mode) = form::mode(draft) else { return see("/report") };
    let report = form::report(draft, mode, &rooms.reading);
    let (desk, account, asked) = (rooms.desk.clone(), visit.account.clone(), report.clone());
    let outlook = match apart(move || desk.foresee(&account, &asked)).await {
        Ok(outlook) => outlook,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let status = refused.as_ref().and_then(|problem| StatusCode::from_u16(problem.status).ok());
    let message = refused.map(|problem| problem.detail.unwrap_or(problem.title));
    let base = frame(&speaker, visit, draft);
    let page_of = outlook_page(Frame { message, ..base }, draft, &report, &outlook, &rooms.reading, &speaker);
    page(status.unwrap_or(StatusCode::OK), &page_of)
}

fn outlook_page<'a>(
    frame: Frame<'a>,
    draft: &ReportDraft,
    report: &Report,
    outlook: &Outlook,
    reading: &Reading,
    speaker: &Speaker,
) -> CheckPage<'a> {
    let assessment = &outlook.preview.assessment;
    let foreseen = &outlook.foreseen;
    let name = |code: &str| {
        let row = code.parse().ok().and_then(|code| reading.states().get(code));
        row.map_or_else(|| code.to_owned(), |row| row.name.get(speaker.language()).to_owned())
    };
    let findings = || assessment.origin.iter().chain(&assessment.states);
    let told = foreseen.told.iter().map(|state| {
        let finding = findings().find(|finding| finding.iso2 == *state);
        finding.map_or_else(
            || Reached {
                name: name(state.as_str()),
                distance: String::new(),
                why: speaker.say("check-eu", &[]),
                is_urgent: false,
            },
            |finding| reached(finding, &name, speaker),
        )
    });
    let origin =
        foreseen.origin.map_or_else(|| speaker.say("knowledge-unknown", &[]), |code| name(code.as_str()));
    let course = match (foreseen.at_once, foreseen.is_doubted) {
        (true, false) => "check-at_once",
        (true, true) => "check-doubted",
        (false, _) => "check-verify",
    };
    let left_out = assessment.excluded.iter().map(|left| Reached {
        name: name(left.iso2.as_str()),
        distance: distance_within(left.distance_m, left.accuracy_m),
        why: speaker.reason(&left.reason, None),
        is_urgent: false,
    });
    let hotspots = assessment.hotspots.iter().map(|found| {
        let distance = distance_within(found.distance_m, found.accuracy_m);
        let where_it_is = found.bearing_deg.map_or_else(
            || speaker.reason(&found.reason, Some(found.ring)),
            |bearing| format!("{distance} {}", speaker.bearing(bearing)),
        );
        (found.name.to_string(), where_it_is)
    });
    CheckPage {
        id: draft.id.to_string(),
        rows: rows(draft, report, speaker, &name),
        course: speaker.say(course, &[("state", origin.into())]),
        told: told.collect(),
        left_out: left_out.collect(),
        hotspots: hotspots.collect(),
        gaps: outlook.preview.gaps.iter().map(|gap| speaker.gap(gap)).collect(),
        playbooks: outlook.preview.playbooks.iter().map(|chosen| chosen.title.clone()).collect(),
        disclaimer: speaker.say("check-disclaimer", &[]),
        frame,
    }
}

fn reached(finding: &StateFinding, name: &dyn Fn(&str) -> String, speaker: &Speaker) -> Reached {
    let distance = finding.distance_m.map(|metres| distance_within(metres, finding.accuracy_m));
    let bearing = finding.bearing_deg.map(|degrees| speaker.bearing(degrees));
    Reached {
        name: name(finding.iso2.as_str()),
        distance: [distance, bearing].into_iter().flatten().collect::<Vec<_>>().join(" "),
        why: speaker.reason(&finding.reason, Some(finding.ring)),
        is_urgent: finding.ring <= crate::domain::assessment::Ring::P50,
    }
}

/// The answers as the report has them.
fn rows(
    draft: &ReportDraft,
    report: &Report,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
) -> Vec<(&'static str, String, String)> {
    let place = &report.place;
    let at = place.geometry.as_ref().map(|geometry| match geometry {
        crate::domain::place::Geometry::Point(at) => at.to_string(),
        other => speaker.say("where-shape", &[("count", other.positions().count().into())]),
    });
    let within = place.uncertainty_m.map(|metres| format!("± {}", crate::words::distance(metres)));
    let at = at.map(|at| [Some(at), within].into_iter().flatten().collect::<Vec<_>>().join(" "));
    let environment = place.environment.as_ref().map(|code| speaker.say(&format!("environment-{code}"), &[]));
    let pathways: Vec<String> = report.pathways.iter().map(|way| speaker.pathway(way.pathway)).collect();
    let affected: Vec<String> = report.affected_states.iter().map(|code| name(code)).collect();
    let group = report.organism.group.as_deref().map(str::to_owned);
    let rows = [
        ("what", "organism", report.organism.label().or(group)),
        ("where", "geometry", at),
        ("where", "state", place.state.as_deref().map(name)),
        ("where", "description", place.description.clone()),
        ("where", "environment", environment),
        ("when", "released", report.released.clone()),
        ("when", "known", report.known.clone()),
        ("who", "pathways", Some(pathways.join(", "))),
        ("who", "affected_states", Some(affected.join(", "))),
        ("who", "significance", Some(speaker.name("likelihood", &report.significance.value))),
    ];
    let mut rows: Vec<(&'static str, String, String)> = rows
        .into_iter()
        .map(|(step, key, value)| {
            let value = value.filter(|text| !text.is_empty());
            let value = value.unwrap_or_else(|| speaker.say("check-nothing_said", &[]));
            (step, speaker.say(&format!("field-{key}"), &[]), value)
        })
        .collect();
    for key in STATEMENTS {
        if !draft.answer(key).is_empty() {
            rows.push(("who", speaker.say(&format!("field-{key}"), &[]), draft.answer(key).to_owned()));
        }
    }
    rows
}

/// Sends the report.
#[post("/report/{id}/check")]
pub async fn send(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<DraftId>,
    body: web::Bytes,
) -> HttpResponse {
    if !is_ours(&rooms, &request, &visit, &fields(&body)) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let draft = match draft_of(&rooms, &visit, *id).await {
        Ok(draft) if draft.sent.is_some() => return sent(&draft),
        Ok(draft) => draft,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let Some(mode) = form::mode(&draft) else { return see("/report") };
    let report = form::report(&draft, mode, &rooms.reading);
    let (desk, account, id) = (rooms.desk.clone(), visit.account.clone(), *id);
    match apart(move || desk.send_draft(&account, id, &report)).await {
        Ok(incident) => {
            let reads = allows(visit.account.role, Action::ReadIncidents);
            see(&if reads { format!("/incidents/{incident}") } else { "/".to_owned() })
        }
        Err(problem) => checked(&rooms, &request, &visit, &draft, Some(problem)).await,
    }
}

/// Gives a begun report up.
#[post("/report/{id}/drop")]
pub async fn drop_it(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<DraftId>,
    body: web::Bytes,
) -> HttpResponse {
    if !is_ours(&rooms, &request, &visit, &fields(&body)) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let (desk, account, id) = (rooms.desk.clone(), visit.account.clone(), *id);
    match apart(move || desk.drop_draft(&account, id)).await {
        Ok(()) => see("/report"),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}
