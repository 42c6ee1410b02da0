//! Data taken out as files: CSV for spreadsheets, JSON for programs. What is
//! taken out is written into the access log first.

use super::{address_of, apart, incident::names, situation::matter, speaker_of, trouble};
use crate::{
    api::Rooms,
    domain::{
        duty::Step,
        event::Event,
        id::{IncidentId, Reference},
        incident::Mode,
    },
    gate::{Code, Problem, Visit},
    reading::{Deadline, Ledger, Matter, Situation},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use jiff::Timestamp;
use serde::Serialize;
use std::path::Path;

/// What stands around everything that is taken out.
#[derive(Serialize)]
struct File<'a, T> {
    incident: IncidentId,
    reference: Option<&'a str>,
    mode: Mode,
    exported: Timestamp,
    by: &'a str,
    log: &'a str,
    head: u64,
    #[serde(flatten)]
    data: T,
}

#[derive(Serialize)]
struct Timeline<'a> {
    events: &'a [Event],
}

#[derive(Serialize)]
struct Duties<'a> {
    ledger: &'a Ledger,
    deadlines: &'a [Deadline],
}

/// The timeline, the duties or the deadlines of an incident, as far as the
/// account may see them: `timeline.csv`, `timeline.json`, `duties.csv`,
/// `duties.json` (with the deadlines), `deadlines.csv`.
#[get("/incidents/{id}/review/{file}")]
pub async fn of_incident(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(IncidentId, String)>,
) -> HttpResponse {
    let (viewer, from, asked) = (visit.viewer(), address_of(&request), rooms.clone());
    let (id, file) = path.into_inner();
    if !["timeline.csv", "timeline.json", "duties.csv", "duties.json", "deadlines.csv"].contains(&&*file) {
        return trouble(&request, &Problem::new(Code::NotFound), "page-trouble");
    }
    let what = format!("incident {id}: {file}");
    let found = apart(move || {
        let situation = asked.reading.situation(&viewer, id).map_err(Problem::from)?;
        asked.desk.note_export(&viewer, &what, &from).map_err(Problem::from)?;
        Ok::<_, Problem>(situation)
    });
    let situation = match found.await {
        Ok(situation) => situation,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let at = rooms.desk.now();
    let bytes = match &*file {
        "timeline.json" => json(&situation, &visit, at, Timeline { events: &situation.events }),
        "duties.json" => {
            let data = Duties { ledger: &situation.ledger, deadlines: &situation.deadlines };
            json(&situation, &visit, at, data)
        }
        "timeline.csv" => csv(&timeline(&situation, &rooms, &speaker)),
        "duties.csv" => csv(&duties(&situation, &rooms, &speaker)),
        _ => csv(&deadlines(&situation, &rooms, &speaker)),
    };
    let reference = situation.incident.reference.as_ref().map_or_else(|| id.to_string(), ToString::to_string);
    attachment(&format!("{reference}-{file}"), bytes)
}

/// A file a browser saves and runs nothing of.
pub(super) fn attachment(name: &str, bytes: Option<Vec<u8>>) -> HttpResponse {
    let Some(bytes) = bytes else { return HttpResponse::InternalServerError().finish() };
    let kind = if Path::new(name).extension().is_some_and(|end| end == "csv") {
        "text/csv; charset=utf-8"
    } else {
        "application/json"
    };
    let parameters = vec![header::DispositionParam::Filename(name.to_owned())];
    HttpResponse::Ok()
        .insert_header(header::ContentDisposition {
            disposition: header::DispositionType::Attachment,
            parameters,
        })
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .content_type(kind)
        .body(bytes)
}

fn json<T: Serialize>(situation: &Situation, visit: &Visit, at: Timestamp, data: T) -> Option<Vec<u8>> {
    let file = File {
        incident: situation.incident.id,
        reference: situation.incident.reference.as_ref().map(Reference::as_str),
        mode: situation.incident.mode,
        exported: at,
        by: &visit.account.name,
        log: &situation.log,
        head: situation.head.0,
        data,
    };
    serde_json::to_vec_pretty(&file).ok()
}

/// A table as CSV (RFC 4180) in UTF-8 with its mark, so that spreadsheets read
/// every script.
pub(super) fn csv(rows: &[Vec<String>]) -> Option<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).ok()?;
    }
    writer.into_inner().ok()
}

/// A cell that no spreadsheet takes for a formula; a plain number is none.
fn harmless(cell: &str) -> String {
    let begins = cell.trim_start_matches(|c: char| c == ' ' || c.is_control() || is_mark(c));
    let is_number = cell.parse::<i64>().is_ok() && !cell.starts_with('+');
    let is_formula = !is_number && begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula || cell.starts_with(['\t', '\r', '\n']) { format!("'{cell}") } else { cell.to_owned() }
}

/// Marks of direction and joining, which are not seen.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn timeline(situation: &Situation, rooms: &Rooms, speaker: &Speaker) -> Vec<Vec<String>> {
    let name = names(&rooms.reading, speaker);
    let head =
        row(["seq", "type", "occurred", "known", "recorded", "out_of_band", "addressee", "actor", "text"]);
    let entry = |event: &Event| {
        vec![
            event.seq.0.to_string(),
            event.body.name().to_owned(),
            event.occurred.to_string(),
            event.known.to_string(),
            event.recorded.to_string(),
            event.out_of_band.to_string(),
            event.body.addressee().map(ToString::to_string).unwrap_or_default(),
            event.actor.map(|actor| actor.to_string()).unwrap_or_default(),
            speaker.event(event, &name),
        ]
    };
    std::iter::once(head).chain(situation.events.iter().map(entry)).collect()
}

fn duties(situation: &Situation, rooms: &Rooms, speaker: &Speaker) -> Vec<Vec<String>> {
    let name = names(&rooms.reading, speaker);
    let head = row([
        "addressee",
        "name",
        "identified",
        "advised",
        "notified",
        "delivered",
        "read",
        "acknowledged",
        "consulted",
        "responded",
        "assessed",
        "ended",
        "acknowledge_by",
        "unreachable",
        "silent",
        "record",
    ]);
    let at = |step: Option<Step>| step.map(|step| step.at.to_string()).unwrap_or_default();
    let rows = situation.ledger.addressees.iter().map(|found| {
        let duty = &found.duty;
        let code = duty.addressee.to_string();
        let steps = [
            duty.identified,
            duty.advised,
            duty.notified,
            duty.delivered,
            duty.read,
            duty.acknowledged,
            duty.consulted,
            duty.responded,
            duty.assessed,
            duty.ended,
        ];
        let mut cells = vec![code.clone(), name(&code)];
        cells.extend(steps.map(at));
        cells.push(duty.acknowledge_by.map(|due| due.to_string()).unwrap_or_default());
        cells.extend([duty.unreachable.to_string(), duty.silent.to_string()]);
        cells.push(duty.record.clone().unwrap_or_default());
        cells
    });
    std::iter::once(head).chain(rows).collect()
}

fn deadlines(situation: &Situation, rooms: &Rooms, speaker: &Speaker) -> Vec<Vec<String>> {
    let name = names(&rooms.reading, speaker);
    let head = row(["about", "addressee", "what", "due", "met", "standing", "spare_seconds"]);
    let rows = situation.deadlines.iter().map(|found| {
        let of = match &found.matter {
            Matter::Acknowledgement { of } => of.to_string(),
            _ => String::new(),
        };
        vec![
            found.matter.as_str().to_owned(),
            of,
            matter(&found.matter, speaker, &name),
            found.due.to_string(),
            found.met.map(|met| met.to_string()).unwrap_or_default(),
            found.standing.as_str().to_owned(),
            // A number, and negative when late: not a formula.
            found.spare_seconds.to_string(),
        ]
    });
    std::iter::once(head).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_script_is_read() {
        let rows =
            [row(["=1+1", "+41 61", "-5+1", "@a", "\t=1", " =1", "\u{202b}=1", "سويسرا, \"a\"", "plain"])];
        let text = String::from_utf8(csv(&rows).expect("a table")).expect("UTF-8");
        let expected =
            "\u{feff}'=1+1,'+41 61,'-5+1,'@a,'\t=1,' =1,'\u{202b}=1,\"سويسرا, \"\"a\"\"\",plain\r\n";
        assert_eq!(text, expected);
        let number = String::from_utf8(csv(&[row(["-300"])]).expect("a table")).expect("UTF-8");
        assert_eq!(number, "\u{feff}-300\r\n", "a negative number stays a number");
    }
}
