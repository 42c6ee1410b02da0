//! Contact points in peacetime: whose there are, what is the matter with them,
//! and, for those who may, entering, changing and confirming them.

use super::{Frame, apart, board::moment, incident::names, page, see, speaker_of, trouble};
use crate::{
    api::Rooms,
    desk::contacts::{ContactError, NewContact, Replacement, revision},
    domain::{
        account::{Action, can},
        contact::{Channel, ChannelKind, ContactKind, ContactPoint, WorkingHours},
        duty::Addressee,
        id::ContactId,
    },
    gate::{Code, Problem, Visit, visit::is_from_here},
    reading::{AddresseeContacts, ReadError, STALE_AFTER_DAYS},
    words::Speaker,
};
use actix_web::{HttpRequest, HttpResponse, get, http::StatusCode, post, web};
use askama::Template;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "contacts.html", config = "src/web/askama.toml")]
struct ListPage<'a> {
    frame: Frame<'a>,
    query: &'a str,
    /// The filters: code, words, and whether it is the one in force.
    filters: Vec<(&'static str, String, bool)>,
    silent: String,
    stale: String,
    count: String,
    hidden: Option<String>,
    rows: Vec<Row>,
    /// Whether the account may send a test of the line.
    tests: bool,
}

/// One addressee in the list.
struct Row {
    code: String,
    name: String,
    is_own: bool,
    findings: Vec<String>,
    is_silent: bool,
    contact_points: usize,
    confirmed: Option<String>,
}

#[derive(Template)]
#[template(path = "addressee.html", config = "src/web/askama.toml")]
struct AddresseePage<'a> {
    frame: Frame<'a>,
    code: String,
    name: String,
    findings: Vec<String>,
    cards: Vec<Card>,
    may_edit: bool,
}

/// One contact point.
struct Card {
    id: String,
    kind: String,
    name: String,
    /// The kind of channel, where to, and what is the matter with it.
    channels: Vec<(String, String, Option<String>)>,
    languages: String,
    hours: Option<String>,
    confirmed: Option<String>,
    record: Option<String>,
    revision: u64,
}

#[derive(Template)]
#[template(path = "contact_form.html", config = "src/web/askama.toml")]
struct FormPage<'a> {
    frame: Frame<'a>,
    title: String,
    code: String,
    name: String,
    /// Where the form goes.
    to: String,
    entered: Entered,
    /// What must be mended: the field, and what to do.
    errors: Vec<(String, String)>,
    /// How it stands now, where others have changed it meanwhile.
    standing: Option<Card>,
    kinds: Vec<(&'static str, String, bool)>,
    ways: Vec<WayRow>,
    days: Vec<(usize, String, bool)>,
    own_account: String,
}

/// One way to reach a contact point, in the form.
struct WayRow {
    number: usize,
    kinds: Vec<(&'static str, String, bool)>,
    value: String,
    is_gone: bool,
}

/// What is looked for.
#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
}

/// What the filters are called in the address.
const FILTERS: [&str; 6] = ["all", "silent", "unconfirmed", "stale", "no_article17", "well"];

/// Everybody who may have to be told.
#[get("/contacts")]
pub async fn list(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    search: web::Query<Search>,
) -> HttpResponse {
    let (viewer, served) = (visit.viewer(), rooms.desk.served());
    let asked = rooms.clone();
    let found = apart(move || asked.reading.contact_readiness(&viewer, served, STALE_AFTER_DAYS));
    let readiness = match found.await {
        Ok(readiness) => readiness,
        Err(problem) => return trouble(&request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(&request);
    let name = names(&rooms.reading, &speaker);
    let own = visit.account.state;
    let silent = [("count", readiness.silent_parties.into())];
    let stale = [("days", readiness.stale_after_days.into())];
    let everybody = [readiness.instance].into_iter().chain(readiness.organizations).chain(readiness.states);
    let all: Vec<Row> = everybody.map(|one| row(&one, &speaker, &name, own)).collect();
    let total = all.len();
    let filter = FILTERS.into_iter().find(|filter| *filter == search.show).unwrap_or("all");
    let words = search.q.trim().to_lowercase();
    let fits = |row: &Row| {
        (words.is_empty() || row.name.to_lowercase().contains(&words) || row.code.to_lowercase() == words)
            && match filter {
                "all" => true,
                "silent" => row.is_silent,
                "well" => row.findings.is_empty(),
                finding => row.findings.contains(&speaker.say(&format!("finding-{finding}"), &[])),
            }
    };
    let mut rows: Vec<Row> = all.into_iter().filter(fits).collect();
    rows.sort_by_cached_key(|row| (!row.is_own, row.name.to_lowercase()));
    let hidden = total - rows.len();
    let page_of = ListPage {
        query: search.q.trim(),
        filters: FILTERS
            .into_iter()
            .map(|code| (code, speaker.say(&format!("contacts-show_{code}"), &[]), code == filter))
            .collect(),
        silent: speaker.say("contacts-silent_parties", &silent),
        stale: speaker.say("contacts-stale_after", &stale),
        count: speaker.say("contacts-count", &[("count", rows.len().into())]),
        hidden: (hidden > 0).then(|| speaker.say("contacts-hidden", &[("count", hidden.into())])),
        rows,
        tests: can(&visit.viewer(), Action::TestReachability, None).is_ok(),
        frame: Frame::inside(&speaker, &visit, "contacts"),
    };
    page(StatusCode::OK, &page_of)
}

fn row(
    one: &AddresseeContacts,
    speaker: &Speaker,
    name: &dyn Fn(&str) -> String,
    own: Option<crate::domain::state::StateCode>,
) -> Row {
    Row {
        code: one.addressee.to_string(),
        name: called(&one.addressee, speaker, name),
        is_own: own.is_some() && one.addressee.state() == own,
        is_silent: !one.reachable,
        findings: one.findings.iter().map(|finding| speaker.name("finding", finding)).collect(),
        contact_points: one.contact_points,
        confirmed: one.confirmed.map(moment),
    }
}

/// What an addressee is called.
pub(super) fn called(addressee: &Addressee, speaker: &Speaker, name: &dyn Fn(&str) -> String) -> String {
    match addressee {
        Addressee::Instance => speaker.say("contacts-instance", &[]),
        Addressee::Bch => speaker.say("contacts-clearing_house", &[]),
        other => name(&other.to_string()),
    }
}

/// The contact points of one addressee.
#[get("/contacts/{addressee}")]
pub async fn show(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    addressee: web::Path<Addressee>,
) -> HttpResponse {
    addressed(&rooms, &request, &visit, &addressee, None).await
}

async fn addressed(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    addressee: &Addressee,
    refused: Option<(StatusCode, &str)>,
) -> HttpResponse {
    let (viewer, served) = (visit.viewer(), rooms.desk.served());
    let (asked, wanted) = (rooms.clone(), addressee.clone());
    let found = apart(move || {
        let readiness = asked.reading.contact_readiness(&viewer, served, STALE_AFTER_DAYS)?;
        let contacts = asked.reading.contacts(&viewer, Some(&wanted))?;
        let everybody =
            [readiness.instance].into_iter().chain(readiness.organizations).chain(readiness.states);
        let known = everybody.into_iter().find(|one| one.addressee == wanted);
        match known {
            // An organization may be entered that nobody has named here yet.
            None if wanted.state().is_some() => Err(ReadError::NotFound),
            known => Ok((known.map(|one| one.findings).unwrap_or_default(), contacts)),
        }
    });
    let (findings, mut contacts) = match found.await {
        Ok(found) => found,
        Err(problem) => return trouble(request, &problem, "page-trouble"),
    };
    let speaker = speaker_of(request);
    let name = names(&rooms.reading, &speaker);
    let may_edit = may_edit(visit, addressee);
    contacts.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.confirmed.cmp(&a.confirmed)));
    let served = rooms.desk.served();
    let message = refused.map(|(_, key)| speaker.say(key, &[]));
    let page_of = AddresseePage {
        code: addressee.to_string(),
        name: called(addressee, &speaker, &name),
        findings: findings.iter().map(|finding| speaker.name("finding", finding)).collect(),
        cards: contacts.iter().map(|contact| card(contact, &speaker, &served, may_edit)).collect(),
        may_edit,
        frame: Frame { message, ..Frame::inside(&speaker, visit, "contacts") },
    };
    page(refused.map_or(StatusCode::OK, |(status, _)| status), &page_of)
}

fn may_edit(visit: &Visit, addressee: &Addressee) -> bool {
    can(&visit.viewer(), Action::EditContacts, addressee.state()).is_ok()
}

fn card(contact: &ContactPoint, speaker: &Speaker, served: &[ChannelKind], whole: bool) -> Card {
    let channels = contact.channels.iter().map(|channel| {
        let matter = match channel {
            channel if channel.is_disabled() => Some("channel-gone"),
            channel if !served.contains(&channel.kind()) => Some("channel-not_served"),
            _ => None,
        };
        let matter = matter.map(|key| speaker.say(key, &[]));
        (speaker.name("channel", &channel.kind()), where_to(channel, whole), matter)
    });
    Card {
        id: contact.id.to_string(),
        kind: speaker.name("kind", &contact.kind),
        name: contact.name.clone(),
        channels: channels.collect(),
        languages: contact.languages.join(" · "),
        hours: contact.hours.as_ref().map(|hours| staffed(hours, speaker)),
        confirmed: contact.confirmed.map(moment),
        record: contact.record.clone(),
        revision: revision(contact),
    }
}

/// Where a channel leads. The path of a webhook may let whoever knows it in, so
/// only those who may change it see more than its host.
fn where_to(channel: &Channel, whole: bool) -> String {
    match channel {
        Channel::Live { .. } => String::new(),
        Channel::Email { address } => address.clone(),
        Channel::ByHand { number } => number.clone(),
        Channel::Webhook { url, .. } if whole => url.clone(),
        Channel::Webhook { url, .. } => {
            let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
            format!("{scheme}://{}/…", rest.split(['/', '?']).next().unwrap_or_default())
        }
    }
}

fn staffed(hours: &WorkingHours, speaker: &Speaker) -> String {
    let day = |day: &i8| speaker.say(&format!("day-{day}"), &[]);
    let days: Vec<String> = hours.days.iter().map(day).collect();
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    format!("{} {}–{} ({})", days.join(" · "), clock(hours.from), clock(hours.to), hours.zone)
}

/// The empty form for a contact point.
#[get("/contacts/{addressee}/new")]
pub async fn ask_new(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    addressee: web::Path<Addressee>,
) -> HttpResponse {
    if !may_edit(&visit, &addressee) {
        return trouble(&request, &Problem::new(Code::NotAllowed), "contacts-not_yours");
    }
    let languages = addressee.state().and_then(|state| rooms.reading.states().get(state));
    let languages = languages.map(|row| row.languages.join(", ")).unwrap_or_default();
    let entered = Entered { languages, ..Entered::default() };
    form(&rooms, &request, &visit, &addressee, None, entered, Trouble::None)
}

/// Enters a contact point.
#[post("/contacts/{addressee}")]
pub async fn create(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    addressee: web::Path<Addressee>,
    fields: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let entered = Entered::of(fields.into_inner());
    let addressee = addressee.into_inner();
    if !visit.knows(&entered.seal) || !is_from_here(&request, &rooms.public_url) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let contact = match entered.read() {
        Ok(read) => read,
        Err(errors) => {
            return form(&rooms, &request, &visit, &addressee, None, entered, Trouble::Invalid(errors));
        }
    };
    let (viewer, asked, of) = (visit.viewer(), rooms.clone(), addressee.clone());
    let made = web::block(move || {
        let Read { kind, name, channels, languages, hours } = contact;
        let new = NewContact { addressee: of, kind, name, channels, languages, hours };
        asked.desk.create_contact(&viewer, new)
    });
    match made.await {
        Ok(Ok(_)) => see(&format!("/contacts/{addressee}")),
        Ok(Err(ContactError::Invalid(problems))) => {
            let errors = entered.said_of(problems);
            form(&rooms, &request, &visit, &addressee, None, entered, Trouble::Invalid(errors))
        }
        Ok(Err(error)) => refused(&request, error),
        Err(_) => trouble(&request, &Problem::new(Code::Unavailable), "page-trouble"),
    }
}

/// The form of a contact point as it stands.
#[get("/contacts/{addressee}/{id}")]
pub async fn ask_change(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(Addressee, ContactId)>,
) -> HttpResponse {
    let (addressee, id) = path.into_inner();
    if !may_edit(&visit, &addressee) {
        return trouble(&request, &Problem::new(Code::NotAllowed), "contacts-not_yours");
    }
    let (viewer, asked) = (visit.viewer(), rooms.clone());
    match apart(move || asked.reading.contact(&viewer, id)).await {
        Ok(contact) if contact.addressee == addressee => {
            let entered = Entered::standing(&contact);
            form(&rooms, &request, &visit, &addressee, Some(id), entered, Trouble::None)
        }
        Ok(_) => trouble(&request, &Problem::new(Code::NotFound), "page-trouble"),
        Err(problem) => trouble(&request, &problem, "page-trouble"),
    }
}

/// Changes a contact point, if it still stands as it was seen.
#[post("/contacts/{addressee}/{id}")]
pub async fn change(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(Addressee, ContactId)>,
    fields: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let mut entered = Entered::of(fields.into_inner());
    let (addressee, id) = path.into_inner();
    if !visit.knows(&entered.seal) || !is_from_here(&request, &rooms.public_url) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let contact = match entered.read() {
        Ok(read) => read,
        Err(errors) => {
            return form(&rooms, &request, &visit, &addressee, Some(id), entered, Trouble::Invalid(errors));
        }
    };
    let (viewer, asked, of) = (visit.viewer(), rooms.clone(), addressee.clone());
    let record = Some(entered.record.clone()).filter(|record| !record.is_empty());
    let seen = entered.revision.parse().ok();
    let changed = web::block(move || {
        let Read { kind, name, channels, languages, hours } = contact;
        let id_said = Some(id);
        let new = Replacement {
            id: id_said,
            addressee: of,
            kind,
            name,
            channels,
            languages,
            hours,
            record,
            confirmed: None,
        };
        // A form without what was seen is no form of ours: nothing stands as it says.
        asked.desk.replace_contact(&viewer, id, &new, Some(seen.unwrap_or_default()))
    });
    match changed.await {
        Ok(Ok(_)) => see(&format!("/contacts/{addressee}")),
        Ok(Err(ContactError::Invalid(problems))) => {
            let errors = entered.said_of(problems);
            form(&rooms, &request, &visit, &addressee, Some(id), entered, Trouble::Invalid(errors))
        }
        Ok(Err(ContactError::Stale(standing))) => {
            entered.revision = revision(&standing).to_string();
            form(&rooms, &request, &visit, &addressee, Some(id), entered, Trouble::Stale(standing))
        }
        Ok(Err(error)) => refused(&request, error),
        Err(_) => trouble(&request, &Problem::new(Code::Unavailable), "page-trouble"),
    }
}

/// A form with what was seen.
#[derive(Deserialize)]
pub struct SeenForm {
    #[serde(default)]
    seal: String,
    #[serde(default)]
    revision: u64,
}

/// Says that a contact point has just answered.
#[post("/contacts/{addressee}/{id}/confirm")]
pub async fn confirm(
    rooms: web::Data<Rooms>,
    request: HttpRequest,
    visit: Visit,
    path: web::Path<(Addressee, ContactId)>,
    form: web::Form<SeenForm>,
) -> HttpResponse {
    let (addressee, id) = path.into_inner();
    if !visit.knows(&form.seal) || !is_from_here(&request, &rooms.public_url) {
        return trouble(&request, &Problem::new(Code::ForeignOrigin), "page-trouble");
    }
    let (viewer, asked, seen) = (visit.viewer(), rooms.clone(), Some(form.revision));
    match web::block(move || asked.desk.confirm_contact(&viewer, id, seen)).await {
        Ok(Ok(_)) => see(&format!("/contacts/{addressee}")),
        Ok(Err(ContactError::Stale(_))) => {
            let said = (StatusCode::PRECONDITION_FAILED, "contacts-changed_meanwhile");
            addressed(&rooms, &request, &visit, &addressee, Some(said)).await
        }
        Ok(Err(error)) => refused(&request, error),
        Err(_) => trouble(&request, &Problem::new(Code::Unavailable), "page-trouble"),
    }
}

fn refused(request: &HttpRequest, error: ContactError) -> HttpResponse {
    let key = if matches!(error, ContactError::Denied(_)) { "contacts-not_yours" } else { "page-trouble" };
    trouble(request, &error.into(), key)
}

/// Why the form comes back.
enum Trouble {
    None,
    Invalid(Vec<(String, &'static str)>),
    Stale(Box<ContactPoint>),
}

fn form(
    rooms: &web::Data<Rooms>,
    request: &HttpRequest,
    visit: &Visit,
    addressee: &Addressee,
    id: Option<ContactId>,
    entered: Entered,
    why: Trouble,
) -> HttpResponse {
    /// How many empty rows for further ways?
    const SPARE: usize = 2;
    const WAYS: [ChannelKind; 4] =
        [ChannelKind::Email, ChannelKind::ByHand, ChannelKind::Webhook, ChannelKind::Live];
    let speaker = speaker_of(request);
    let name = called(addressee, &speaker, &names(&rooms.reading, &speaker));
    let fits = |kind: &ContactKind| match addressee {
        Addressee::State(_) => !matches!(kind, ContactKind::Organization | ContactKind::DutyOfficer),
        Addressee::Instance => *kind == ContactKind::DutyOfficer,
        Addressee::Organization(_) | Addressee::Bch => *kind == ContactKind::Organization,
    };
    let blank = std::iter::repeat_with(Way::default).take(SPARE);
    let ways = entered.ways.iter().cloned().chain(blank).enumerate().map(|(number, way)| WayRow {
        number,
        kinds: WAYS
            .into_iter()
            .map(|kind| (code_of(kind), speaker.name("channel", &kind), code_of(kind) == way.kind))
            .collect(),
        value: way.value,
        is_gone: way.is_gone,
    });
    let (status, errors, standing) = match why {
        Trouble::None => (StatusCode::OK, Vec::new(), None),
        Trouble::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Trouble::Stale(standing) => {
            let standing = card(&standing, &speaker, &rooms.desk.served(), true);
            (StatusCode::PRECONDITION_FAILED, Vec::new(), Some(standing))
        }
    };
    let key = if id.is_some() { "contact-change" } else { "contact-new" };
    let page_of = FormPage {
        title: speaker.say(key, &[]),
        code: addressee.to_string(),
        name,
        to: id.map_or_else(|| format!("/contacts/{addressee}"), |id| format!("/contacts/{addressee}/{id}")),
        errors: errors.into_iter().map(|(field, key)| (field, speaker.say(key, &[]))).collect(),
        standing,
        kinds: ContactKind::ALL
            .into_iter()
            .filter(fits)
            .map(|kind| (kind.code(), speaker.name("kind", &kind), kind.code() == entered.kind))
            .collect(),
        ways: ways.collect(),
        days: (1..=7)
            .map(|day| (day, speaker.say(&format!("day-{day}"), &[]), entered.days.contains(&day)))
            .collect(),
        own_account: visit.account.id.to_string(),
        entered,
        frame: Frame::inside(&speaker, visit, "contacts"),
    };
    page(status, &page_of)
}

fn code_of(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Live => "live",
        ChannelKind::Email => "email",
        ChannelKind::Webhook => "webhook",
        ChannelKind::ByHand => "by_hand",
    }
}

/// One way to reach somebody, as it was typed.
#[derive(Clone, Default)]
struct Way {
    kind: String,
    value: String,
    /// Its receiver said that it is gone.
    is_gone: bool,
    /// It is to be used again all the same.
    again: bool,
}

/// A contact point as it was typed.
#[derive(Default)]
struct Entered {
    seal: String,
    revision: String,
    record: String,
    kind: String,
    name: String,
    ways: Vec<Way>,
    languages: String,
    zone: String,
    days: Vec<usize>,
    from: String,
    to: String,
}

/// A contact point as it was read.
struct Read {
    kind: ContactKind,
    name: String,
    channels: Vec<Channel>,
    languages: Vec<String>,
    hours: Option<WorkingHours>,
}

impl Entered {
    fn of(fields: Vec<(String, String)>) -> Self {
        let mut entered = Self::default();
        let mut ways: BTreeMap<usize, Way> = BTreeMap::new();
        for (name, value) in fields {
            let value = value.trim().to_owned();
            let (word, number) = match name.split_once('-') {
                Some((word, number)) => (word, number.parse::<usize>().ok()),
                None => (&*name, None),
            };
            match (word, number) {
                ("seal", None) => entered.seal = value,
                ("revision", None) => entered.revision = value,
                ("record", None) => entered.record = value,
                ("kind", None) => entered.kind = value,
                ("name", None) => entered.name = value,
                ("languages", None) => entered.languages = value,
                ("zone", None) => entered.zone = value,
                ("from", None) => entered.from = value,
                ("to", None) => entered.to = value,
                ("day", Some(day)) => entered.days.push(day),
                ("by", Some(way)) => ways.entry(way).or_default().kind = value,
                ("way", Some(way)) => ways.entry(way).or_default().value = value,
                ("gone", Some(way)) => ways.entry(way).or_default().is_gone = true,
                ("again", Some(way)) => ways.entry(way).or_default().again = true,
                _ => {}
            }
        }
        entered.ways = ways.into_values().filter(|way| !way.value.is_empty()).collect();
        entered
    }

    fn standing(contact: &ContactPoint) -> Self {
        let way = |channel: &Channel| Way {
            kind: code_of(channel.kind()).to_owned(),
            value: match channel {
                Channel::Live { account } => account.to_string(),
                other => where_to(other, true),
            },
            is_gone: channel.is_disabled(),
            again: false,
        };
        let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        let hours = contact.hours.as_ref();
        Self {
            seal: String::new(),
            revision: revision(contact).to_string(),
            record: contact.record.clone().unwrap_or_default(),
            kind: contact.kind.code().to_owned(),
            name: contact.name.clone(),
            ways: contact.channels.iter().map(way).collect(),
            languages: contact.languages.join(", "),
            zone: hours.map(|hours| hours.zone.clone()).unwrap_or_default(),
            days: hours.map_or_else(Vec::new, |hours| {
                hours.days.iter().filter_map(|day| usize::try_from(*day).ok()).collect()
            }),
            from: hours.map(|hours| clock(hours.from)).unwrap_or_default(),
            to: hours.map(|hours| clock(hours.to)).unwrap_or_default(),
        }
    }

    /// What was typed, or the fields that cannot be read and what to do.
    fn read(&self) -> Result<Read, Vec<(String, &'static str)>> {
        let mut errors = Vec::new();
        let kind = ContactKind::from_code(&self.kind);
        if kind.is_none() {
            errors.push(("kind".to_owned(), "contact-bad_kind"));
        }
        let mut channels = Vec::new();
        for (number, way) in self.ways.iter().enumerate() {
            let value = way.value.clone();
            let channel = match &*way.kind {
                "live" => value.parse().ok().map(|account| Channel::Live { account }),
                "email" => Some(Channel::Email { address: value }),
                "webhook" => Some(Channel::Webhook { url: value, disabled: way.is_gone && !way.again }),
                "by_hand" => Some(Channel::ByHand { number: value }),
                _ => None,
            };
            match channel {
                Some(channel) => channels.push(channel),
                None => errors.push((format!("way-{number}"), bad_way(&way.kind))),
            }
        }
        let languages = self.languages.split([',', ';', ' ', '،', '、', '，']);
        let languages: Vec<String> =
            languages.map(|code| code.trim().to_lowercase()).filter(|code| !code.is_empty()).collect();
        let no_hours =
            self.zone.is_empty() && self.from.is_empty() && self.to.is_empty() && self.days.is_empty();
        let hours = if no_hours { None } else { self.hours() };
        if !no_hours && hours.is_none() {
            errors.push(("zone".to_owned(), "contact-bad_hours"));
        }
        match kind {
            Some(kind) if errors.is_empty() => {
                Ok(Read { kind, name: self.name.clone(), channels, languages, hours })
            }
            _ => Err(errors),
        }
    }

    fn hours(&self) -> Option<WorkingHours> {
        let days = self.days.iter().filter_map(|day| i8::try_from(*day).ok()).collect();
        Some(WorkingHours {
            zone: self.zone.clone(),
            days,
            from: self.from.parse().ok()?,
            to: self.to.parse().ok()?,
        })
    }

    /// What the desk finds wrong, in words of the page.
    fn said_of(&self, problems: Vec<(String, String)>) -> Vec<(String, &'static str)> {
        let said = |(pointer, _): (String, String)| {
            let mut parts = pointer.trim_start_matches('/').split('/');
            match (parts.next(), parts.next()) {
                (Some("channels"), Some(number)) => {
                    let way = number.parse().ok().and_then(|number: usize| self.ways.get(number));
                    (format!("way-{number}"), way.map_or("contact-bad_way", |way| bad_way(&way.kind)))
                }
                (Some("channels"), None) => ("way-0".to_owned(), "contact-too_many"),
                (Some("name"), _) => ("name".to_owned(), "contact-bad_name"),
                (Some("languages"), _) => ("languages".to_owned(), "contact-bad_languages"),
                (Some("hours"), _) => ("zone".to_owned(), "contact-bad_hours"),
                _ => ("kind".to_owned(), "contact-bad_addressee"),
            }
        };
        problems.into_iter().map(said).collect()
    }
}

fn bad_way(kind: &str) -> &'static str {
    match kind {
        "email" => "contact-bad_email",
        "webhook" => "contact-bad_webhook",
        "by_hand" => "contact-bad_number",
        "live" => "contact-bad_live",
        _ => "contact-bad_way",
    }
}
