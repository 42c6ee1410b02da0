//! One incident on a map: an SVG with true distances from the middle, and a
//! table of the same facts.

use super::{
    Frame, apart,
    board::banner,
    incident::{Head, head, names},
    page, speaker_of, trouble,
};
use crate::{
    api::Rooms,
    domain::{
        assessment::{LayerFinding, Ring, StateFinding},
        id::IncidentId,
        incident::Incident,
        place::Metres,
    },
    gate::{Problem, Visit},
    reading::{Drawing, HALF, IncidentMap, Spot},
    words::{Speaker, distance, distance_within},
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use serde::Deserialize;
use std::fmt::Write as _;

/// The style of a map that is a file of its own; on a page the same rules
/// stand in the page's style.
const STYLE: &str = include_str!("pages/map.css");

/// Views to choose from, kilometres to each side.
const VIEWS: [u16; 10] = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 20_000];

#[derive(Template)]
#[template(path = "map.html", config = "src/web/askama.toml")]
struct MapPage<'a> {
    frame: Frame<'a>,
    head: Head,
    svg: String,
    km: String,
    nearer: Option<u16>,
    farther: Option<u16>,
    rings: Vec<(&'static str, String, String)>,
    rows: Vec<Row>,
}

/// A State or a hotspot.
struct Row {
    name: String,
    what: String,
    distance: String,
    ring: String,
    arrival: String,
}

/// How far the view reaches, kilometres to each side.
#[derive(Deserialize)]
pub struct Width {
    km: Option<f64>,
}

impl Width {
    fn half(&self) -> Option<Metres> {
        Metres::new(self.km? * 1000.0).filter(|half| half.get() > 0.0)
    }
}

async fn found(
    rooms: &web::Data<Rooms>,
    visit: &Visit,
    id: IncidentId,
    width: &Width,
) -> Result<(Incident, IncidentMap), Problem> {
    let (viewer, asked, half) = (visit.viewer(), rooms.clone(), width.half());
    apart(move || {
        let incident = asked.reading.incident(&viewer, id)?;
        Ok::<_, crate::reading::ReadError>((incident, asked.reading.map(&viewer, id, half)?))
    })
    .await
}

/// The map and its table.
#[get("/incidents/{id}/map")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    width: web::Query<Width>,
) -> HttpResponse {
    let (incident, map) = match found(&rooms, &visit, *id, &width).await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "map-none"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let km = map.view.half().get() / 1000.0;
    let page_of = MapPage {
        frame: Frame {
            banner: banner(&speaker, incident.mode),
            ..Frame::inside(&speaker, &visit, "incident")
        },
        head: head(&incident, &visit, &speaker, "map"),
        svg: svg(&map, &incident, &speaker, &name, false),
        km: format!("{km:.3}").trim_end_matches('0').trim_end_matches('.').to_owned(),
        nearer: VIEWS.iter().rev().find(|view| f64::from(**view) < km * 0.99).copied(),
        farther: VIEWS.iter().find(|view| f64::from(**view) > km * 1.01).copied(),
        rings: rings(&map)
            .map(|(class, reach)| (class, distance(reach), speaker.say(&format!("map-{class}"), &[])))
            .collect(),
        rows: rows(&map, &speaker, &name),
    };
    page(StatusCode::OK, &page_of)
}

/// The map as a file.
#[get("/incidents/{id}/map.svg")]
pub async fn download(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    id: web::Path<IncidentId>,
    width: web::Query<Width>,
) -> HttpResponse {
    let (incident, map) = match found(&rooms, &visit, *id, &width).await {
        Ok(found) => found,
        Err(problem) => return trouble(&request, &problem, "map-none"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let file = incident.reference.as_ref().map_or_else(|| id.to_string(), ToString::to_string);
    HttpResponse::Ok()
        .content_type("image/svg+xml; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}.svg\"")))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(svg(&map, &incident, &speaker, &name, true))
}

/// The reaches of all pathways together, innermost first.
fn rings(map: &IncidentMap) -> impl Iterator<Item = (&'static str, Metres)> {
    let widest = |of: fn(&crate::domain::reach::Reach) -> Metres| {
        let all = map.assessment.reaches.iter().map(of);
        all.max_by(|a, b| a.get().total_cmp(&b.get())).filter(|reach| reach.get() > 0.0)
    };
    let all = [("p50", widest(|r| r.p50_m)), ("p95", widest(|r| r.p95_m)), ("max", widest(|r| r.max_m))];
    all.into_iter().filter_map(|(class, reach)| Some((class, reach?)))
}

fn rows(map: &IncidentMap, speaker: &Speaker, name: &dyn Fn(&str) -> String) -> Vec<Row> {
    let state = |finding: &StateFinding| Row {
        name: name(finding.iso2.as_str()),
        what: speaker.say("map-state", &[]),
        distance: far(finding.distance_m, finding.accuracy_m, finding.bearing_deg, speaker),
        ring: ring(finding.ring, speaker),
        arrival: finding.earliest_arrival.map(super::board::moment).unwrap_or_default(),
    };
    let hotspot = |found: &LayerFinding| Row {
        name: found.name.to_string(),
        what: speaker.say("map-hotspot", &[]),
        distance: far(Some(found.distance_m), found.accuracy_m, found.bearing_deg, speaker),
        ring: ring(found.ring, speaker),
        arrival: String::new(),
    };
    let assessment = &map.assessment;
    let states = assessment.origin.iter().chain(&assessment.states).map(state);
    states.chain(assessment.hotspots.iter().map(hotspot)).collect()
}

fn ring(ring: Ring, speaker: &Speaker) -> String {
    speaker.name("ring", &ring)
}

fn far(metres: Option<Metres>, accuracy: Metres, bearing: Option<f64>, speaker: &Speaker) -> String {
    let length = metres.map(|metres| distance_within(metres, accuracy));
    let bearing = bearing.map(|degrees| speaker.bearing(degrees));
    [length, bearing].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The map. With its own style when it is a file.
fn svg(
    map: &IncidentMap,
    incident: &Incident,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
    is_file: bool,
) -> String {
    let (view, drawing) = (&map.view, &map.drawing);
    let reference = incident.reference.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = speaker.say("map-title", &[("reference", reference.into())]);
    let half = distance(view.half());
    let description = speaker.say("map-description", &[("half", half.into())]);
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"-500 -500 1000 1042\" role=\"img\" \
         aria-labelledby=\"map-title map-description\">",
    );
    let _ = write!(
        svg,
        "<title id=\"map-title\">{}</title><desc id=\"map-description\">{}</desc>",
        escaped(&title),
        escaped(&description)
    );
    if is_file {
        let _ = write!(svg, "<style>{STYLE}</style>");
    }
    // Beyond half the circumference there is nothing.
    let rim = view.length(Metres::kilometres(19_900)).min(760.0);
    let _ = write!(
        svg,
        "<clipPath id=\"rim\"><circle r=\"{rim:.0}\"/></clipPath><clipPath id=\"view\">\
         <rect x=\"-500\" y=\"-500\" width=\"1000\" height=\"1000\"/></clipPath>\
         <g clip-path=\"url(#view)\"><g clip-path=\"url(#rim)\"><circle class=\"sea\" r=\"{rim:.0}\"/>"
    );
    lines(&mut svg, "land", &drawing.land, true);
    for (_, rings) in &drawing.hotspots {
        lines(&mut svg, "hotspot", rings, true);
    }
    lines(&mut svg, "border", &drawing.borders, false);
    lines(&mut svg, "contested", &drawing.contested, false);
    svg.push_str("</g>");
    let mut written = 0.0;
    for (class, reach) in rings(map) {
        let r = view.length(reach);
        if (2.0..1_500.0).contains(&r) {
            let _ = write!(svg, "<circle class=\"ring {class}\" r=\"{r:.1}\"/>");
            // Each on a side of its own, and only where it can be told apart.
            let words = format!("{class} {}", distance(reach));
            match class {
                _ if !(40.0..480.0).contains(&r) => {}
                "p50" => label(&mut svg, "ring-label", [0, whole(r) + 18], &words),
                // One ring right behind another shares its words' place.
                _ if r - written < 24.0 => {}
                _ => {
                    label(&mut svg, "ring-label", [0, -whole(r) - 6], &words);
                    written = r;
                }
            }
        }
    }
    place(&mut svg, map, drawing);
    states(&mut svg, map, name);
    svg.push_str("</g>");
    furniture(&mut svg, map, speaker);
    svg.push_str("</svg>");
    svg
}

/// Lines of one class as one path, each point counted from the one before.
fn lines(svg: &mut String, class: &str, lines: &[Vec<Spot>], is_closed: bool) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(svg, "<path class=\"{class}\" d=\"");
    for line in lines {
        let Some(first) = line.first() else { continue };
        let _ = write!(svg, "M{} {}", first[0], first[1]);
        let mut last = *first;
        for (index, spot) in line.iter().skip(1).enumerate() {
            let (dx, dy) = (spot[0] - last[0], spot[1] - last[1]);
            svg.push_str(match (index, dx < 0) {
                (0, _) => "l",
                (_, true) => "",
                (_, false) => " ",
            });
            let _ = write!(svg, "{dx}");
            if dy >= 0 {
                svg.push(' ');
            }
            let _ = write!(svg, "{dy}");
            last = *spot;
        }
        if is_closed {
            svg.push('z');
        }
    }
    svg.push_str("\"/>");
}

fn place(svg: &mut String, map: &IncidentMap, drawing: &Drawing) {
    if let Some(within) = map.place.uncertainty_m {
        let r = map.view.length(within);
        if (3.0..1_500.0).contains(&r) {
            let _ = write!(svg, "<circle class=\"within\" r=\"{r:.1}\"/>");
        }
    }
    for line in &drawing.place {
        if let [[x, y]] = line[..] {
            let _ = write!(svg, "<circle class=\"place\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>");
        }
    }
    let drawn: Vec<Vec<Spot>> = drawing.place.iter().filter(|line| line.len() > 1).cloned().collect();
    lines(svg, "route", &drawn, false);
}

/// Names of States in reach, where their nearest point lies, as far as they
/// do not stand on each other.
fn states(svg: &mut String, map: &IncidentMap, name: &dyn Fn(&str) -> String) {
    const HEIGHT: i32 = 30;
    let mut taken: Vec<[i32; 4]> = Vec::new();
    for finding in &map.assessment.states {
        let (Some(distance_m), Some(bearing)) = (finding.distance_m, finding.bearing_deg) else { continue };
        let words = name(finding.iso2.as_str());
        let width = whole(words.chars().map(|c| if c.is_ascii() { 13.0 } else { 20.0 }).sum::<f64>()) + 8;
        // A little farther in that direction, so that the name stands inside it.
        let room = Metres::new(distance_m.get() + map.view.half().get() * 0.14).unwrap_or(distance_m);
        let [x, y] = map.view.towards(bearing, room);
        if x.abs() > HALF - 10 || y.abs() > HALF - 20 {
            continue;
        }
        let x = x.clamp(-HALF + width / 2 + 4, HALF - width / 2 - 4);
        let spots = [0, 1, -1, 2, -2].map(|row| y + row * HEIGHT);
        let free = |y: &i32| {
            let own = [x - width / 2, *y - HEIGHT + 6, x + width / 2, *y + 6];
            let apart = |other: &[i32; 4]| {
                own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1]
            };
            taken.iter().all(apart).then_some(own)
        };
        if let Some((y, own)) = spots.iter().find_map(|y| Some((*y, free(y)?))) {
            taken.push(own);
            label(svg, "state", [x, y], &words);
        }
    }
}

fn label(svg: &mut String, class: &str, [x, y]: Spot, words: &str) {
    let _ = write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(words));
}

/// Scale, north, and what the map is made of.
fn furniture(svg: &mut String, map: &IncidentMap, speaker: &Speaker) {
    let half = map.view.half().get();
    // One, two or five times a power of ten, a fifth to a half of the width.
    let power = 10_f64.powf((half * 0.5).log10().floor());
    let long = [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|m| *m <= half * 0.5).unwrap_or(power);
    let length = whole(map.view.length(Metres::new(long).unwrap_or(Metres::ZERO)));
    let _ = write!(
        svg,
        "<g class=\"furniture\"><path class=\"scale\" d=\"M-480 470v10h{length}v-10\"/>\
         <path class=\"north\" d=\"M470-440l-9 26 9-6 9 6z\"/></g>"
    );
    label(svg, "small start", [-480, 462], &distance(Metres::new(long).unwrap_or(Metres::ZERO)));
    label(svg, "small", [470, -450], &speaker.say("map-north", &[]));
    let data: Vec<String> = map
        .assessment
        .data
        .iter()
        .filter(|data| ["areas", "hotspots"].contains(&data.layer.as_str()))
        .map(|data| format!("{} {} ({})", data.layer, data.version, data.date))
        .collect();
    label(svg, "note", [0, 518], &speaker.say("map-disclaimer", &[]));
    label(svg, "note", [0, 535], &data.join(" · "));
}

#[expect(clippy::cast_possible_truncation, reason = "a few thousand at the most")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
