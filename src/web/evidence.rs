//! What a team has kept to show what it did, and the form to keep more.

use super::{
    Frame, apart,
    board::{banner, moment},
    incident::{Head, head, titles},
    page, see, speaker_of, trouble,
};
use crate::{
    api::{Rooms, runs::attachment},
    desk::Asked,
    domain::{
        account::{Action, can},
        id::{IncidentId, RunId},
        run::{Deed, KeptEvidence, Measured},
    },
    gate::{Code, Problem, Upload, Visit, visit::is_from_here},
    reading::{ReadError, RunView, StepState},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use std::collections::BTreeMap;

/// What may be kept.
const KINDS: [&str; 6] = ["photo", "sample", "lab_report", "document", "measurement", "log"];

#[derive(Template)]
#[template(path = "evidence.html", config = "src/web/askama.toml")]
struct EvidencePage<'a> {
    frame: Frame<'a>,
    head: Head,
    pieces: Vec<Piece>,
    /// Steps that evidence may be kept for: what is sent back, and the name.
    steps: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    /// What was typed.
    typed: BTreeMap<String, String>,
    largest_mib: usize,
}

impl EvidencePage<'_> {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

/// One piece of evidence.
struct Piece {
    kind: String,
    step: String,
    at: String,
    note: Option<String>,
    measured: Option<String>,
    /// Digest, name and size of the file.
    file: Option<(String, String, String)>,
    hands: Vec<(String, String)>,
    withdrawn: Option<String>,
}

/// Everything that was kept.
#[get("/incidents/{id}/evidence")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
) -> HttpResponse {
    sheet(&rooms, &request, &visit, *id, BTreeMap::new(), None).await
}

async fn sheet(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    id: IncidentId,
    typed: BTreeMap<String, String>,
    refused: Option<Problem>,
) -> HttpResponse {
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    let found = apart(move || {
        let incident = asked.reading.incident(&viewer, id)?;
        Ok::<_, ReadError>((incident, asked.reading.runs(&viewer, id)?))
    });
    let (incident, runs) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let title = titles(&rooms.reading, visit, &speaker);
    let own = visit.account.state;
    let may = can(&visit.viewer(), Action::FollowPlaybook, own).is_ok();
    let open = |view: &&RunView| may && view.run.state == own && view.run.ended.is_none();
    let steps = runs.iter().filter(open).flat_map(|view| {
        let name = title(&view.run.playbook.id, &view.run.playbook.title);
        steps_of(view, &name, &speaker)
    });
    let status = refused.as_ref().and_then(|problem| StatusCode::from_u16(problem.status).ok());
    let message = refused.map(|problem| problem.detail.unwrap_or(problem.title));
    let frame = Frame::inside(&speaker, visit, "incident");
    let page_of = EvidencePage {
        frame: Frame { banner: banner(&speaker, incident.mode), message, ..frame },
        head: head(&incident, visit, &speaker, "evidence"),
        pieces: runs.iter().flat_map(|view| pieces_of(view, &speaker)).collect(),
        steps: steps.collect(),
        kinds: KINDS.map(|kind| (kind.to_owned(), speaker.say(&format!("evidence-{kind}"), &[]))).into(),
        typed,
        largest_mib: rooms.desk.largest_file() / (1024 * 1024),
    };
    page(status.unwrap_or(StatusCode::OK), &page_of)
}

/// Steps for which something may be kept: those that ask for it and wait for
/// it first.
fn steps_of(view: &RunView, run: &str, speaker: &Speaker) -> Vec<(String, String)> {
    let wants = |state: &StepState| match state {
        StepState::AwaitingEvidence { .. } => Some(0),
        StepState::Overdue | StepState::Open => Some(1),
        StepState::Done | StepState::AwaitingSignoff { .. } => Some(2),
        _ => None,
    };
    let mut steps: Vec<(u8, String, String)> = view
        .steps
        .iter()
        .filter(|step| !step.evidence.is_empty())
        .filter_map(|step| {
            let name: String = step.title.for_code(speaker.language()).chars().take(70).collect();
            let value = format!("{}|{}", view.run.id, step.code);
            Some((wants(&step.state)?, value, format!("{run} · {} {name}", step.number)))
        })
        .collect();
    steps.sort_by_key(|(rank, ..)| *rank);
    steps.into_iter().map(|(_, value, name)| (value, name)).collect()
}

fn pieces_of(view: &RunView, speaker: &Speaker) -> Vec<Piece> {
    let number = |code: &str| {
        let step = view.steps.iter().find(|step| step.code == code);
        step.map_or_else(
            || code.to_owned(),
            |step| format!("{} {}", step.number, step.title.for_code(speaker.language())),
        )
    };
    let all = view.progress.steps.iter().flat_map(|(code, record)| {
        record.evidence.iter().map(|piece| Piece {
            kind: speaker.say(&format!("evidence-{}", piece.kept.kind), &[]),
            step: number(code),
            at: moment(piece.at),
            note: piece.kept.note.clone(),
            measured: piece
                .kept
                .measured
                .as_ref()
                .map(|it| format!("{}: {} {}", it.of, it.value, it.unit).trim_end().to_owned()),
            file: piece
                .kept
                .file
                .as_ref()
                .map(|file| (file.sha256.clone(), file.name.clone(), size(file.bytes))),
            hands: piece
                .hands
                .iter()
                .map(|hand| {
                    let seal = hand.seal.as_ref().map(|seal| format!(" ({seal})")).unwrap_or_default();
                    (moment(hand.at), format!("{}{seal}", hand.to))
                })
                .collect(),
            withdrawn: piece.withdrawn.clone(),
        })
    });
    all.collect()
}

/// A size as people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Keeps a piece of evidence, with its file if there is one.
#[post("/incidents/{id}/evidence")]
pub async fn keep(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    payload: web::Payload,
) -> HttpResponse {
    let id = *id;
    let upload = match Upload::take_in(&request, payload, rooms.desk.largest_file()).await {
        Ok(upload) => upload,
        Err(problem) => return sheet(&rooms, &request, &visit, id, BTreeMap::new(), Some(problem)).await,
    };
    if !visit.knows(upload.field("seal")) || !is_from_here(&request, &rooms.public_url) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let speaker = speaker_of(&request);
    let typed = upload.fields.clone();
    let kept = match evidence(&upload, &speaker) {
        Ok(kept) => kept,
        Err(problem) => return sheet(&rooms, &request, &visit, id, typed, Some(problem)).await,
    };
    let (viewer, asked, file) = (visit.viewer(), rooms.clone(), upload.file);
    let done = apart(move || {
        let (run, mut kept) = kept;
        if let Some((name, bytes)) = &file {
            kept.file = Some(asked.desk.keep_file(Asked::by(&viewer), id, run, name, bytes)?);
        }
        asked.desk.record_deed(Asked::by(&viewer), id, run, &Deed::EvidenceKept(kept))
    });
    match done.await {
        Ok(_) => see(&format!("/incidents/{id}/evidence")),
        Err(problem) => sheet(&rooms, &request, &visit, id, typed, Some(problem)).await,
    }
}

/// What the fields say.
fn evidence(upload: &Upload, speaker: &Speaker) -> Result<(RunId, KeptEvidence), Problem> {
    let wrong = |key: &str| Problem::with(Code::Invalid, speaker.say(key, &[]));
    let (run, step) = upload.field("step").split_once('|').ok_or_else(|| wrong("evidence-choose_step"))?;
    let run = run.parse().map_err(|_| wrong("evidence-choose_step"))?;
    let text = |name: &str| Some(upload.field(name).to_owned()).filter(|text| !text.is_empty());
    let measured = text("value")
        .map(|value| {
            let value = value.replace(',', ".").parse().map_err(|_| wrong("evidence-not_a_number"))?;
            let (of, unit) = (upload.field("of").to_owned(), upload.field("unit").to_owned());
            Ok::<_, Problem>(Measured { of, value, unit })
        })
        .transpose()?;
    let kept = KeptEvidence {
        step: step.to_owned(),
        kind: upload.field("kind").to_owned(),
        chain_of_custody: !upload.field("custody").is_empty(),
        measured,
        note: text("note"),
        ..KeptEvidence::default()
    };
    Ok((run, kept))
}

/// A file that was kept, to be saved.
#[get("/incidents/{id}/evidence/{sha256}")]
pub async fn fetch(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(IncidentId, String)>,
) -> HttpResponse {
    let ((id, sha256), viewer) = (path.into_inner(), visit.viewer());
    match apart(move || rooms.reading.file(&viewer, id, &sha256)).await {
        Ok((file, bytes)) => attachment(file, bytes),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}
