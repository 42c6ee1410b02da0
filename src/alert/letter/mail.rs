//! A letter as electronic mail (RFC 5322): one part, plain text.

use super::{Writer, page::one_line, text};
use crate::{
    domain::{decision::Outgoing, id::MessageId},
    words::Speaker,
};
use jiff::Timestamp;
use lettre::{
    Address,
    message::{
        Body, Mailbox, Mailboxes,
        header::{
            ContentType, Date, From, HeaderName, HeaderValue, Headers, InReplyTo, MIME_VERSION_1_0,
            MessageId as MailId, References, Subject, To,
        },
    },
};
use std::time::SystemTime;

/// How long may a name beside an address be, in characters?
const NAME_MOST: usize = 60;

/// The whole message, lines ended by CR LF.
pub(super) fn write(writer: &Writer, outgoing: &Outgoing<'_>, link: Option<&str>, address: &str) -> Vec<u8> {
    let sender = mailbox(&writer.sender, &format!("Outcross {}", writer.instance));
    let host = sender.as_ref().map(|sender| sender.email.domain()).filter(|host| host.is_ascii());
    let host = host.unwrap_or("outcross.invalid").to_owned();
    let id = |message: MessageId| format!("<{message}@{host}>");

    let mut headers = Headers::new();
    // Without a sender or a receiver the header names a group that is empty
    // (RFC 6854): the message stays well-formed, and the courier refuses it.
    match sender {
        Some(sender) => headers.set(From::from(Mailboxes::from(sender))),
        None => plain(&mut headers, "From", "Outcross:;"),
    }
    match mailbox(address, &outgoing.contact.name) {
        Some(receiver) => headers.set(To::from(Mailboxes::from(receiver))),
        None => plain(&mut headers, "To", "undisclosed-recipients:;"),
    }
    headers.set(Date::new(SystemTime::from(outgoing.issued.max(Timestamp::UNIX_EPOCH))));
    headers.set(MailId::from(id(outgoing.message)));
    if let Some(earlier) = outgoing.supersedes {
        headers.set(InReplyTo::from(id(earlier)));
        headers.set(References::from(id(earlier)));
    }
    headers.set(Subject::from(text::subject(writer, outgoing)));
    plain(&mut headers, "Auto-Submitted", "auto-generated");
    let languages: Vec<&str> =
        writer.speakers_for(outgoing.contact).into_iter().map(Speaker::language).collect();
    plain(&mut headers, "Content-Language", &languages.join(", "));
    plain(&mut headers, "X-Outcross-Message", &outgoing.message.to_string());
    headers.set(MIME_VERSION_1_0);
    headers.set(ContentType::TEXT_PLAIN);
    let body = Body::new(text::write(writer, outgoing, link));
    headers.set(body.encoding());

    let mut bytes = headers.to_string().into_bytes();
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body.as_ref());
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// An address with a name beside it; `None` where the text is no address.
fn mailbox(address: &str, name: &str) -> Option<Mailbox> {
    let name = one_line(name, NAME_MOST);
    let address: Address = address.parse().ok()?;
    let text: &str = address.as_ref();
    let clean = !text.chars().any(|c| c.is_control() || c == ' ');
    clean.then(|| Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn plain(headers: &mut Headers, name: &'static str, value: &str) {
    headers.insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()));
}
