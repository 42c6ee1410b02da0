//! The board: every incident somebody may see, what needs them first.

use super::{Frame, apart, page, speaker_of, trouble};
use crate::{
    api::Rooms,
    domain::{
        account::{Action, Viewer, allows},
        duty::Addressee,
        incident::{Incident, IncidentState, Mode},
    },
    gate::Visit,
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;

/// How many incidents stand on the board at once?
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "board.html", config = "src/web/askama.toml")]
struct BoardPage<'a> {
    frame: Frame<'a>,
    mode: &'static str,
    rows: Vec<Row>,
    /// Whether this account reads incidents at all.
    reads: bool,
    /// Whether there are more than are shown.
    is_cut: bool,
    /// What is looked for.
    q: String,
    show: &'static str,
    /// How many are left out by that.
    hidden: usize,
}

impl BoardPage<'_> {
    fn hidden_words(&self) -> String {
        self.frame.words.0.say("board-hidden", &[("count", self.hidden.into())])
    }
}

/// One incident.
struct Row {
    id: String,
    reference: String,
    organism: String,
    place: String,
    state: String,
    opened: String,
    told: usize,
    acknowledged: usize,
    /// What it needs of whoever looks, if anything.
    need: Option<String>,
    /// By when.
    due: Option<String>,
    is_late: bool,
}

/// Which world.
#[derive(Deserialize)]
pub struct World {
    mode: Option<Mode>,
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
}

/// The board.
#[get("/")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    world: web::Query<World>,
) -> HttpResponse {
    let (viewer, mode) = (visit.viewer(), world.mode.unwrap_or(Mode::Actual));
    let reads = allows(visit.account.role, Action::ReadIncidents);
    let desk = rooms.desk.clone();
    let found = if reads {
        apart(move || rooms.reading.incidents(&viewer, mode, None, MOST)).await
    } else {
        Ok(Vec::new())
    };
    let incidents = match found {
        Ok(incidents) => incidents,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let is_cut = incidents.len() == MOST;
    let now = desk.now();
    let mut rows: Vec<(u8, Row)> =
        incidents.iter().map(|incident| row(incident, &viewer, &speaker, now)).collect();
    // What needs me stands first; within that the last changed.
    rows.sort_by_key(|(rank, _)| *rank);
    let wanted = world.q.trim().to_lowercase();
    let show = match world.show.as_str() {
        "open" => "open",
        "mine" => "mine",
        _ => "all",
    };
    let count = rows.len();
    let fits = |rank: u8, row: &Row| {
        let by_words =
            [&row.reference, &row.organism, &row.place].iter().any(|t| t.to_lowercase().contains(&wanted));
        by_words && (show == "all" || rank == 0 || (show == "open" && rank == 1))
    };
    let rows: Vec<Row> =
        rows.into_iter().filter(|(rank, row)| fits(*rank, row)).map(|(_, row)| row).collect();
    let hidden = count - rows.len();
    let frame = Frame { banner: banner(&speaker, mode), ..Frame::inside(&speaker, &visit, "board") };
    page(
        StatusCode::OK,
        &BoardPage { frame, mode: mode.as_str(), rows, reads, is_cut, q: world.q.clone(), show, hidden },
    )
}

/// What stands above everything that is not real.
pub(super) fn banner(speaker: &Speaker, mode: Mode) -> Option<String> {
    (mode != Mode::Actual).then(|| speaker.name("mode", &mode))
}

/// To the minute, in universal time.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn row(incident: &Incident, viewer: &Viewer, speaker: &Speaker, now: Timestamp) -> (u8, Row) {
    let told = incident.duties.iter().filter(|duty| duty.notified.is_some()).count();
    let acknowledged = incident.duties.iter().filter(|duty| duty.acknowledged.is_some()).count();
    let (need, due) = need_of(incident, viewer)
        .map_or((None, None), |(key, due)| (Some(speaker.say(&format!("need-{key}"), &[])), due));
    let rank = match (&need, incident.state.has_ended()) {
        (Some(_), _) => 0,
        (None, false) => 1,
        (None, true) => 2,
    };
    let unknown = || speaker.say("knowledge-unknown", &[]);
    let row = Row {
        id: incident.id.to_string(),
        reference: incident.reference.as_ref().map_or_else(|| incident.id.to_string(), ToString::to_string),
        organism: incident.organism.clone().unwrap_or_else(unknown),
        place: incident.place.clone().unwrap_or_else(unknown),
        state: speaker.name("state", &incident.state),
        opened: moment(incident.opened),
        told,
        acknowledged,
        need,
        is_late: due.is_some_and(|due| due < now),
        due: due.map(moment),
    };
    (rank, row)
}

/// What an incident needs of whoever looks, and by when.
pub(super) fn need_of(incident: &Incident, viewer: &Viewer) -> Option<(&'static str, Option<Timestamp>)> {
    if incident.state.has_ended() {
        return None;
    }
    let own = viewer.state().and_then(|state| incident.duty(&Addressee::State(state)));
    if let Some(duty) = own.filter(|duty| duty.notified.is_some() && duty.acknowledged.is_none()) {
        return Some(("acknowledge", duty.acknowledge_by));
    }
    let is_home = viewer.state().is_none() || viewer.state() == incident.state_of_release;
    if is_home && incident.state == IncidentState::UnderVerification {
        return Some(("verify", incident.verify_by));
    }
    if is_home && incident.duties.iter().any(|duty| duty.unreachable || duty.silent) {
        return Some(("alarm", None));
    }
    None
}
