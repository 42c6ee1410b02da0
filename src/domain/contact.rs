//! Contact points: who is to be told, by which channel, and in which order.

use super::{
    duty::Addressee,
    id::{AccountId, ContactId},
};
use jiff::{
    Timestamp,
    civil::Time,
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// What a contact point is for, in the order in which a State's chain is
/// followed. Codes as in the Biosafety Clearing-House's focal-point list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
pub enum ContactKind {
    /// Emergency Measures (Article 17) Contact Point (Art. 17.2).
    #[serde(rename = "CPB-A17-FP")]
    Article17,
    /// National focal point to the Biosafety Clearing-House.
    #[serde(rename = "BCH-FP")]
    ClearingHouse,
    /// National focal point to the Protocol (Art. 19).
    #[serde(rename = "CPB-FP1")]
    Protocol,
    /// Competent national authority (Art. 19).
    #[serde(rename = "CNA")]
    CompetentAuthority,
    /// Diplomatic mission.
    #[serde(rename = "MISSION")]
    Mission,
    /// An office of an international organization.
    #[serde(rename = "ORG")]
    Organization,
    /// The duty officer of this instance, who is told when a State's chain is
    /// at its end.
    #[serde(rename = "DUTY")]
    DutyOfficer,
}

impl ContactKind {
    /// Every kind, in the order of the chain.
    pub const ALL: [Self; 7] = [
        Self::Article17,
        Self::ClearingHouse,
        Self::Protocol,
        Self::CompetentAuthority,
        Self::Mission,
        Self::Organization,
        Self::DutyOfficer,
    ];

    /// The kind with this code, in upper or lower case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code.trim()))
    }

    /// The code as the Clearing-House writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Article17 => "CPB-A17-FP",
            Self::ClearingHouse => "BCH-FP",
            Self::Protocol => "CPB-FP1",
            Self::CompetentAuthority => "CNA",
            Self::Mission => "MISSION",
            Self::Organization => "ORG",
            Self::DutyOfficer => "DUTY",
        }
    }
}

impl fmt::Display for ContactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A way to reach a contact point.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "channel", rename_all = "snake_case")]
pub enum Channel {
    /// An account that listens on the live channel.
    Live {
        /// Which account.
        account: AccountId,
    },
    /// Electronic mail.
    Email {
        /// Address.
        address: String,
    },
    /// A signed web request.
    Webhook {
        /// Where to.
        url: String,
        /// Set when the receiver said that it is gone for good (410): nothing
        /// is sent there until somebody enters the channel again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        disabled: bool,
    },
    /// A person calls or faxes and records it.
    ByHand {
        /// Telephone or fax number.
        number: String,
    },
}

/// The kinds of channel, without their addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// An account that listens on the live channel.
    Live,
    /// Electronic mail.
    Email,
    /// A signed web request.
    Webhook,
    /// A person calls or faxes.
    ByHand,
}

impl Channel {
    /// Its kind.
    pub fn kind(&self) -> ChannelKind {
        match self {
            Self::Live { .. } => ChannelKind::Live,
            Self::Email { .. } => ChannelKind::Email,
            Self::Webhook { .. } => ChannelKind::Webhook,
            Self::ByHand { .. } => ChannelKind::ByHand,
        }
    }

    /// Whether its receiver said that it is gone for good.
    pub fn is_disabled(&self) -> bool {
        matches!(self, Self::Webhook { disabled: true, .. })
    }
}

/// When an office is staffed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingHours {
    /// Its time zone, by the name in the IANA database, such as `Africa/Nairobi`.
    pub zone: String,
    /// On which days: 1 is Monday, 7 Sunday.
    pub days: Vec<i8>,
    /// From, on the local clock, such as `08:00`.
    #[schema(value_type = String)]
    pub from: Time,
    /// To; a time before `from` means the next morning.
    #[schema(value_type = String)]
    pub to: Time,
}

impl WorkingHours {
    /// Whether somebody is there at `now`; `None` when the zone is not known.
    pub fn cover(&self, now: Timestamp) -> Option<bool> {
        let local = now.to_zoned(zone(&self.zone)?);
        let (today, clock) = (local.weekday().to_monday_one_offset(), local.time());
        if self.from <= self.to {
            return Some(self.days.contains(&today) && self.from <= clock && clock < self.to);
        }
        // A night shift belongs to the day it began on.
        let yesterday = if today == 1 { 7 } else { today - 1 };
        Some(
            (self.days.contains(&today) && clock >= self.from)
                || (self.days.contains(&yesterday) && clock < self.to),
        )
    }
}

/// A time zone by its name, from the database the program carries.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// Who is to be told for a State, an organization or this instance. A record
/// of its own that can be erased; events refer to it by id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ContactPoint {
    /// Its id.
    pub id: ContactId,
    /// For whom: a State (or the European Union), an organization by its
    /// acronym, or `INSTANCE` for this instance's own duty officer.
    #[serde(alias = "state")]
    pub addressee: Addressee,
    /// What it is for.
    pub kind: ContactKind,
    /// The office.
    pub name: String,
    /// How to reach it, best first.
    pub channels: Vec<Channel>,
    /// Languages it reads, best first (two-letter codes).
    #[serde(default)]
    pub languages: Vec<String>,
    /// When it is staffed, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<WorkingHours>,
    /// The record it was imported from, such as `BCH-NFP-XX-123456-1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// When somebody last made sure that it answers.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed: Option<Timestamp>,
}

/// What came of one contact point when a State's chain was followed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hop {
    /// Which contact point.
    pub contact: ContactId,
    /// What it is for.
    pub kind: ContactKind,
    /// The channel it is told by, or why it was passed over.
    pub outcome: HopOutcome,
}

/// What came of a hop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HopOutcome {
    /// It is told by this channel.
    Told(ChannelKind),
    /// It has no channel at all.
    NoChannel,
    /// It has channels, but none this instance can serve.
    ChannelNotServed,
}

/// Follows the chain of `addressee`: kinds in their order; of one kind first
/// those where somebody is there now or whose hours are not known, then the
/// one confirmed last. The hops end with the first contact point that can be
/// told, or with the last one when nobody can.
pub fn follow_chain(
    contacts: &[ContactPoint],
    addressee: &Addressee,
    served: &[ChannelKind],
    now: Timestamp,
) -> Vec<Hop> {
    let away = |c: &ContactPoint| c.hours.as_ref().and_then(|hours| hours.cover(now)) == Some(false);
    let mut chain: Vec<&ContactPoint> = contacts.iter().filter(|c| c.addressee == *addressee).collect();
    chain.sort_by(|a, b| {
        let order = a.kind.cmp(&b.kind).then(away(a).cmp(&away(b)));
        order.then(b.confirmed.cmp(&a.confirmed)).then(a.id.cmp(&b.id))
    });
    let mut hops = Vec::new();
    for contact in chain {
        let channel = contact.usable(served).next().map(Channel::kind);
        let outcome = match channel {
            Some(kind) => HopOutcome::Told(kind),
            None if contact.channels.is_empty() => HopOutcome::NoChannel,
            None => HopOutcome::ChannelNotServed,
        };
        hops.push(Hop { contact: contact.id, kind: contact.kind, outcome });
        if channel.is_some() {
            break;
        }
    }
    hops
}

impl ContactPoint {
    /// The channels it can be told by, best first.
    pub fn usable(&self, served: &[ChannelKind]) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(|channel| served.contains(&channel.kind()) && !channel.is_disabled())
    }

    /// What cannot be as it is said, each with a JSON pointer to the field and
    /// a sentence for whoever wrote it. Whether the State exists and the
    /// account of a live channel is there is not looked up here. Webhooks need
    /// https, unless http is allowed too.
    pub fn problems(&self, allow_http: bool) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        let mut say = |pointer: String, text: String| problems.push((pointer, text));
        if !is_line(&self.name, LONGEST_NAME) {
            say("/name".into(), format!("a name has 1 to {LONGEST_NAME} characters on one line"));
        }
        if self.channels.len() > MOST_ENTRIES {
            say("/channels".into(), format!("a contact point has at most {MOST_ENTRIES} channels"));
        }
        for (index, channel) in self.channels.iter().enumerate() {
            if let Some((field, text)) = channel.problem(allow_http) {
                say(format!("/channels/{index}/{field}"), text);
            }
        }
        if self.languages.len() > MOST_ENTRIES {
            say("/languages".into(), format!("a contact point has at most {MOST_ENTRIES} languages"));
        }
        for (index, language) in self.languages.iter().enumerate() {
            if language.len() != 2 || !language.chars().all(|c| c.is_ascii_lowercase()) {
                let text = format!("“{language}” is not a two-letter code in lower case such as fr");
                say(format!("/languages/{index}"), text);
            }
        }
        if let Some((field, text)) = self.hours.as_ref().and_then(WorkingHours::problem) {
            say(format!("/hours/{field}"), text);
        }
        if self.record.as_ref().is_some_and(|record| !is_line(record, LONGEST_RECORD)) {
            say("/record".into(), format!("a record's id has 1 to {LONGEST_RECORD} characters on one line"));
        }
        problems
    }
}

/// How many characters may a name have?
const LONGEST_NAME: usize = 300;

/// How many characters may the id of a record have?
const LONGEST_RECORD: usize = 120;

/// How many channels, or languages, may a contact point have?
const MOST_ENTRIES: usize = 20;

/// How many characters may the address of a web request have?
const LONGEST_URL: usize = 2000;

/// How many characters may a telephone number have, with what is said of it?
const LONGEST_NUMBER: usize = 80;

impl Channel {
    /// The field that cannot be used, and why.
    fn problem(&self, allow_http: bool) -> Option<(&'static str, String)> {
        match self {
            Self::Live { .. } => None,
            Self::Email { address } => (!is_address(address)).then(|| {
                ("address", format!("“{address}” is not an e-mail address such as desk@example.org"))
            }),
            Self::Webhook { url, .. } => (!is_web_address(url, allow_http)).then(|| {
                (
                    "url",
                    format!("“{url}” is not an absolute https address such as https://example.org/alerts"),
                )
            }),
            Self::ByHand { number } => {
                let good = is_line(number, LONGEST_NUMBER) && number.chars().any(|c| c.is_ascii_digit());
                (!good).then(|| ("number", format!("“{number}” is not a telephone or fax number")))
            }
        }
    }
}

impl WorkingHours {
    /// The field that cannot be used, and why.
    fn problem(&self) -> Option<(&'static str, String)> {
        if zone(&self.zone).is_none() {
            let text = format!("“{}” is not a time zone; write one such as Africa/Nairobi", self.zone);
            return Some(("zone", text));
        }
        if self.days.is_empty() || self.days.iter().any(|day| !(1..=7).contains(day)) {
            return Some(("days", "days are numbers from 1 (Monday) to 7 (Sunday)".to_owned()));
        }
        (self.from == self.to).then(|| {
            let text = "hours that begin and end at the same time are none; leave them out for an office that is always staffed";
            ("to", text.to_owned())
        })
    }
}

/// Whether a text is one line of up to `longest` characters, with something on it.
fn is_line(text: &str, longest: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= longest && !text.chars().any(char::is_control)
}

/// Whether a text looks like an e-mail address. What a mail server makes of it
/// only a mail can show; this stops what no server would take.
fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && !local.contains(strange)
        && !(local.starts_with('.') || local.ends_with('.') || local.contains(".."))
        && host.contains('.')
        && is_host(host)
}

/// Whether a text is an absolute https address (or http where that is allowed)
/// without a name and password.
fn is_web_address(text: &str, allow_http: bool) -> bool {
    let plain = text.strip_prefix("http://").filter(|_| allow_http);
    let Some(rest) = text.strip_prefix("https://").or(plain) else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    // An address in brackets is one of IPv6.
    let (host, port) = match authority.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((inner, port)) => {
            let good = inner.parse::<core::net::Ipv6Addr>().is_ok();
            (good.then_some("x"), port.strip_prefix(':').or(port.is_empty().then_some("443")))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(authority), Some("443")),
        },
    };
    text.len() <= LONGEST_URL
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#' || c == '\\')
        && host.is_some_and(is_host)
        && port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Whether a text is the name of a host: labels of letters, digits and hyphens.
fn is_host(text: &str) -> bool {
    text.split('.').all(|label| {
        let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        (1..=63).contains(&label.len())
            && label.chars().all(inside)
            && !(label.starts_with('-') || label.ends_with('-'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn contact(number: u128, state: &str, kind: ContactKind, channels: Vec<Channel>) -> ContactPoint {
        ContactPoint {
            id: ContactId(Uuid::from_u128(number)),
            addressee: state.parse().expect("code"),
            kind,
            name: String::new(),
            channels,
            languages: Vec::new(),
            hours: None,
            record: None,
            confirmed: None,
        }
    }

    #[test]
    fn the_chain_goes_on_to_the_next_kind_and_says_why() {
        let live = Channel::Live { account: AccountId(Uuid::nil()) };
        let mail = Channel::Email { address: "cna@example.org".into() };
        let contacts = [
            contact(1, "FR", ContactKind::CompetentAuthority, vec![live.clone()]),
            contact(2, "FR", ContactKind::Article17, vec![mail]),
            contact(3, "FR", ContactKind::ClearingHouse, vec![]),
            contact(4, "DE", ContactKind::Article17, vec![live]),
        ];
        let hops = follow_chain(
            &contacts,
            &"FR".parse().expect("code"),
            &[ChannelKind::Live],
            Timestamp::UNIX_EPOCH,
        );
        let outcomes: Vec<HopOutcome> = hops.iter().map(|h| h.outcome).collect();
        assert_eq!(
            outcomes,
            [HopOutcome::ChannelNotServed, HopOutcome::NoChannel, HopOutcome::Told(ChannelKind::Live)]
        );
        let nobody = follow_chain(
            &contacts,
            &"IT".parse().expect("code"),
            &[ChannelKind::Live],
            Timestamp::UNIX_EPOCH,
        );
        assert!(nobody.is_empty());
    }

    #[test]
    fn of_one_kind_whoever_is_there_comes_first() {
        let live = Channel::Live { account: AccountId(Uuid::nil()) };
        let hours = |zone: &str| {
            let time = |text: &str| text.parse().expect("a time");
            Some(WorkingHours {
                zone: zone.into(),
                days: vec![1, 2, 3, 4, 5],
                from: time("08:00"),
                to: time("17:00"),
            })
        };
        let mut asleep = contact(1, "FR", ContactKind::Article17, vec![live.clone()]);
        asleep.hours = hours("Europe/Paris");
        let mut awake = contact(2, "FR", ContactKind::Article17, vec![live]);
        awake.hours = hours("Pacific/Noumea");
        // Monday, 23 November 2026, 23:30 UTC: Tuesday, 10:30 in Nouméa.
        let now: Timestamp = "2026-11-23T23:30:00Z".parse().expect("a moment");
        let hops = follow_chain(&[asleep, awake], &"FR".parse().expect("code"), &[ChannelKind::Live], now);
        assert_eq!(hops[0].contact, ContactId(Uuid::from_u128(2)));
    }

    #[test]
    fn a_night_shift_reaches_into_the_next_morning() {
        let time = |text: &str| text.parse().expect("a time");
        let hours =
            WorkingHours { zone: "UTC".into(), days: vec![7], from: time("22:00"), to: time("06:00") };
        let at = |text: &str| hours.cover(text.parse().expect("a moment"));
        assert_eq!(at("2026-11-22T23:00:00Z"), Some(true), "Sunday night");
        assert_eq!(at("2026-11-23T05:00:00Z"), Some(true), "the Monday after");
        assert_eq!(at("2026-11-23T23:00:00Z"), Some(false), "Monday night");
        let nowhere = WorkingHours { zone: "Atlantis/Poseidonis".into(), ..hours.clone() };
        assert_eq!(nowhere.cover(Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn problems_point_at_the_field() {
        let time = |text: &str| text.parse().expect("a time");
        let email = |address: &str| Channel::Email { address: address.into() };
        let hook = |url: &str| Channel::Webhook { url: url.into(), disabled: false };
        let mut point = contact(
            1,
            "FR",
            ContactKind::Article17,
            vec![
                email("desk@example.org"),
                hook("https://example.org:8443/a?b=c"),
                hook("https://[2001:db8::1]/a"),
                Channel::ByHand { number: "fax +33 1 00 00 00 00".into() },
            ],
        );
        point.name = "Office".into();
        point.languages = vec!["fr".into()];
        point.hours = Some(WorkingHours {
            zone: "Europe/Paris".into(),
            days: vec![1, 5],
            from: time("22:00"),
            to: time("06:00"),
        });
        assert_eq!(point.problems(false), []);
        point.name = " ".into();
        point.languages = vec!["fr".into(), "French".into()];
        point.channels = vec![
            email("desk@example"),
            email("a b@example.org"),
            email("@example.org"),
            hook("http://example.org/"),
            hook("https:///alerts"),
            hook("https://name:secret@example.org/"),
            hook("/alerts"),
            Channel::ByHand { number: "ask at the gate".into() },
        ];
        let hours = point.hours.as_mut().expect("hours");
        hours.days = vec![0];
        let pointers: Vec<String> = point.problems(false).into_iter().map(|(pointer, _)| pointer).collect();
        let expected = [
            "/name",
            "/channels/0/address",
            "/channels/1/address",
            "/channels/2/address",
            "/channels/3/url",
            "/channels/4/url",
            "/channels/5/url",
            "/channels/6/url",
            "/channels/7/number",
            "/languages/1",
            "/hours/days",
        ];
        assert_eq!(pointers, expected);
    }
}
