//! Statistics over the incidents an account may see, as plots with their
//! tables.

use super::{
    Frame, Words, apart,
    board::banner,
    incident::names,
    page,
    plot::{Plot, bars, columns},
    situation::span,
    speaker_of, trouble,
};
use crate::{
    api::Rooms,
    domain::incident::Mode,
    gate::Visit,
    reading::{BOUNDS, FEW, Selection, Spread, Statistics},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "statistics.html", config = "src/web/askama.toml")]
struct StatisticsPage<'a> {
    frame: Frame<'a>,
    mode: &'static str,
    /// Value, name, and whether it is chosen.
    years: Vec<(String, String, bool)>,
    states: Vec<(String, String, bool)>,
    counted: String,
    plots: Vec<Plot>,
}

/// Which incidents. What cannot be read counts as not said.
#[derive(Deserialize)]
pub struct Chosen {
    mode: Option<Mode>,
    #[serde(default)]
    year: String,
    #[serde(default)]
    state: String,
}

/// Statistics.
#[get("/statistics")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    chosen: web::Query<Chosen>,
) -> HttpResponse {
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    let of = Selection {
        mode: chosen.mode.unwrap_or(Mode::Actual),
        year: chosen.year.parse().ok().filter(|year| (1900..=9999).contains(year)),
        state: chosen.state.parse().ok(),
    };
    let found = match apart(move || asked.reading.statistics(&viewer, of)).await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let years =
        found.years.iter().rev().map(|year| (year.to_string(), year.to_string(), Some(*year) == of.year));
    let states =
        found.states.iter().map(|state| (state.to_string(), name(state.as_str()), Some(*state) == of.state));
    let mut states: Vec<_> = states.collect();
    states.sort_by(|one, other| one.1.cmp(&other.1));
    let counted = [("counted", found.incidents.into()), ("hidden", found.left_out.into())];
    let made = StatisticsPage {
        mode: of.mode.as_str(),
        years: years.collect(),
        states,
        counted: speaker.say("statistics-counted", &counted),
        plots: plots(&found, &speaker),
        frame: Frame { banner: banner(&speaker, of.mode), ..Frame::inside(&speaker, &visit, "statistics") },
    };
    page(StatusCode::OK, &made)
}

fn plots(found: &Statistics, speaker: &Speaker) -> Vec<Plot> {
    let say = |key: &str| speaker.say(key, &[]);
    let states =
        found.by_state.iter().map(|(state, number)| Counted::of(speaker.name("state", state), *number));
    let types = found.by_type.iter().map(|(kind, number)| Counted {
        short: speaker.name("statistics", &format!("kind_{}", kind.as_str())),
        name: speaker.name("type", kind),
        number: *number,
    });
    let classes = found.by_class.iter().map(|(class, number)| match class.as_str() {
        "" => Counted::of(say("statistics-class_unknown"), *number),
        class => Counted { short: class.to_owned(), name: class_name(class, speaker), number: *number },
    });
    let months =
        found.by_month.iter().map(|(year, month, number)| Counted::of(format!("{year}-{month:02}"), *number));
    let mut all = vec![
        plot("state", states.collect(), speaker, bars),
        plot("type", types.collect(), speaker, bars),
        plot("class", classes.collect(), speaker, bars),
        plot("month", months.collect(), speaker, columns),
    ];
    if found.earlier > 0 {
        all[3].notes.push(speaker.say("statistics-earlier", &[("number", found.earlier.into())]));
    }
    all.push(spread("notice", &found.to_notice, speaker));
    all.push(spread("acknowledgement", &found.to_acknowledgement, speaker));
    all.push(answers(found, speaker));
    all
}

fn class_name(class: &str, speaker: &Speaker) -> String {
    speaker.say(
        "statistics-class_of",
        &[("class", class.into()), ("name", speaker.say(&format!("case-{class}"), &[]).into())],
    )
}

type Draw = fn(&str, &[(String, usize)], &Words<'_>) -> Option<String>;

/// A row of a table; the plot says it in short.
struct Counted {
    short: String,
    name: String,
    number: usize,
}

impl Counted {
    fn of(name: String, number: usize) -> Self {
        Self { short: name.clone(), name, number }
    }
}

fn plot(key: &str, rows: Vec<Counted>, speaker: &Speaker, draw: Draw) -> Plot {
    let title = speaker.say(&format!("statistics-{key}"), &[]);
    let counted: usize = rows.iter().map(|row| row.number).sum();
    let short: Vec<(String, usize)> = rows.iter().map(|row| (row.short.clone(), row.number)).collect();
    let notes = if counted < FEW {
        vec![speaker.say("statistics-few", &[("number", counted.into())])]
    } else {
        Vec::new()
    };
    Plot {
        drawing: (counted >= FEW).then(|| draw(&title, &short, &Words(speaker))).flatten(),
        heads: (speaker.say(&format!("statistics-{key}_head"), &[]), speaker.say("statistics-number", &[])),
        title,
        notes,
        rows: rows.into_iter().map(|row| (row.name, row.number)).collect(),
    }
}

fn spread(key: &str, found: &Spread, speaker: &Speaker) -> Plot {
    let bound = |place: usize| BOUNDS.get(place).map(|hours| length(*hours, speaker));
    let rows = found.classes.iter().enumerate().map(|(place, number)| {
        let label = match (place.checked_sub(1).and_then(bound), bound(place)) {
            (None, Some(to)) => speaker.say("statistics-up_to", &[("to", to.into())]),
            (Some(from), Some(to)) => {
                speaker.say("statistics-between", &[("from", from.into()), ("to", to.into())])
            }
            (from, None) => speaker.say("statistics-over", &[("from", from.unwrap_or_default().into())]),
        };
        Counted::of(label, *number)
    });
    let mut made = plot(key, rows.collect(), speaker, bars);
    if let (Some(median), Some(nine)) = (found.median, found.nine_tenths) {
        let values = [("median", span(median, speaker).into()), ("nine", span(nine, speaker).into())];
        made.notes.push(speaker.say("statistics-median", &values));
    }
    if found.unknown > 0 {
        made.notes.push(speaker.say("statistics-unknown", &[("number", found.unknown.into())]));
    }
    made
}

/// A bound of a class, in words.
fn length(hours: i64, speaker: &Speaker) -> String {
    match hours {
        hours if hours > 24 => speaker.say("statistics-days", &[("days", (hours / 24).to_string().into())]),
        hours => speaker.say("statistics-hours", &[("hours", hours.to_string().into())]),
    }
}

fn answers(found: &Statistics, speaker: &Speaker) -> Plot {
    let rows = [
        ("in_time", found.answers.in_time),
        ("late", found.answers.late),
        ("missing", found.answers.missing),
        ("awaited", found.answers.awaited),
    ];
    let rows = rows.map(|(key, number)| Counted::of(speaker.say(&format!("statistics-{key}"), &[]), number));
    let mut made = plot("answers", rows.into(), speaker, bars);
    let decided = found.answers.decided();
    if decided >= FEW {
        let share = 100.0 * found.answers.in_time as f64 / decided as f64;
        let values = [("percent", format!("{share:.0}").into()), ("decided", decided.to_string().into())];
        made.notes.push(speaker.say("statistics-share", &values));
    }
    made.notes.push(speaker.say("statistics-in_time_means", &[]));
    if found.unseen > 0 {
        made.notes.push(speaker.say("statistics-unseen", &[("number", found.unseen.into())]));
    }
    made
}
