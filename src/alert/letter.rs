//! Turns one notice into the bytes that are sent, once, when it is decided on.
//! The desk stores them, and a retry sends the same ones. The same message
//! gives the same bytes: no clock is read here and nothing is drawn by lot.

mod mail;
mod page;
mod text;

use super::keys::Keys;
use crate::{
    domain::{
        contact::{Channel, ContactPoint},
        decision::Outgoing,
        duty::Addressee,
        id::{ContactId, IncidentId, MessageId, Reference},
        incident::Mode,
        notice::Notice,
    },
    words::{self, Speaker},
};
use jiff::Timestamp;
use serde::Serialize;

/// Gives the name of a State: its two-letter code, then the language wanted.
/// Where no name is known it gives an empty text, and the code is written.
pub type StateName = dyn Fn(&str, &str) -> String + Send + Sync;

/// Writes the letters of one instance.
pub struct Writer {
    sender: String,
    instance: String,
    state_name: Box<StateName>,
    speakers: Vec<Speaker>,
}

impl Writer {
    /// A writer for `instance` (its name in references) whose mail comes from
    /// the address `sender`.
    pub fn new(sender: &str, instance: &str, state_name: Box<StateName>) -> Self {
        Self {
            sender: sender.to_owned(),
            instance: instance.to_owned(),
            state_name,
            speakers: words::languages().map(Speaker::of).collect(),
        }
    }

    /// Writes for the courier: mails carry a link made with `keys` that opens
    /// that message at the address `public_url`, for that contact point only.
    pub fn with_links(
        self,
        keys: Keys,
        public_url: &str,
    ) -> impl Fn(&Outgoing<'_>) -> Vec<u8> + Send + Sync + use<> {
        let public_url = public_url.to_owned();
        move |outgoing| {
            let link = matches!(outgoing.channel, Channel::Email { .. }).then(|| {
                let seal = keys.seal(outgoing.message, outgoing.contact.id);
                format!("{public_url}/m/{}/{seal}", outgoing.message)
            });
            self.compose(outgoing, link.as_deref())
        }
    }

    /// The bytes of a message, in the form its channel wants:
    ///
    /// - live: the notice as JSON;
    /// - webhook: a JSON object of `type`, `timestamp` and `data`;
    /// - mail: a whole message (RFC 5322), plain text;
    /// - by hand: the text of the mail, to be read aloud or faxed.
    ///
    /// `link` opens this very message for its receiver, and acknowledges it; it
    /// is written into nothing but this message.
    ///
    /// Never fails. An address that is none gives a mail that names no
    /// receiver, which the courier refuses.
    pub fn compose(&self, outgoing: &Outgoing<'_>, link: Option<&str>) -> Vec<u8> {
        match outgoing.channel {
            Channel::Live { .. } => serde_json::to_vec(outgoing.notice).unwrap_or_default(),
            Channel::Webhook { .. } => {
                serde_json::to_vec(&Announcement::of(outgoing, link)).unwrap_or_default()
            }
            Channel::Email { address } => mail::write(self, outgoing, link, address),
            Channel::ByHand { .. } => text::write(self, outgoing, link).into_bytes(),
        }
    }

    /// Who speaks to a contact point: its first language that has texts, and
    /// English beneath any other.
    fn speakers_for(&self, contact: &ContactPoint) -> Vec<&Speaker> {
        let original = self.speakers.first();
        let wanted = contact.languages.iter().find_map(|language| {
            let code = language.split(['-', '_']).next().unwrap_or_default().trim();
            self.speakers.iter().find(|speaker| code.eq_ignore_ascii_case(speaker.language()))
        });
        let mut speakers: Vec<&Speaker> = wanted.or(original).into_iter().collect();
        if let Some(original) = original
            && speakers.first().is_some_and(|first| first.language() != original.language())
        {
            speakers.push(original);
        }
        speakers
    }

    fn state(&self, code: &str, speaker: &Speaker) -> String {
        let name = (self.state_name)(code, speaker.language());
        if name.is_empty() { code.to_owned() } else { name }
    }

    fn addressee(&self, addressee: &Addressee, speaker: &Speaker) -> String {
        match addressee {
            Addressee::State(state) => self.state(state.as_str(), speaker),
            Addressee::Bch => speaker.say("addressee-BCH", &[]),
            Addressee::Instance => {
                speaker.say("addressee-INSTANCE", &[("instance", self.instance.as_str().into())])
            }
            Addressee::Organization(acronym) => acronym.clone(),
        }
    }
}

/// What a webhook is sent.
#[derive(Serialize)]
struct Announcement<'a> {
    r#type: &'static str,
    timestamp: Timestamp,
    data: AnnouncementData<'a>,
}

#[derive(Serialize)]
struct AnnouncementData<'a> {
    message: MessageId,
    incident: IncidentId,
    reference: Option<&'a Reference>,
    mode: Mode,
    addressee: &'a Addressee,
    contact: ContactId,
    supersedes: Option<MessageId>,
    acknowledge_by: Option<Timestamp>,
    link: Option<&'a str>,
    reminder: bool,
    notice: &'a Notice,
}

impl<'a> Announcement<'a> {
    fn of(outgoing: &Outgoing<'a>, link: Option<&'a str>) -> Self {
        Self {
            r#type: "notice.issued",
            timestamp: outgoing.issued,
            data: AnnouncementData {
                message: outgoing.message,
                incident: outgoing.incident,
                reference: outgoing.reference,
                mode: outgoing.notice.mode,
                addressee: outgoing.addressee,
                contact: outgoing.contact.id,
                supersedes: outgoing.supersedes,
                acknowledge_by: outgoing.acknowledge_by,
                link,
                reminder: outgoing.reminder,
                notice: outgoing.notice,
            },
        }
    }
}
