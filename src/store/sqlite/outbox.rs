//! Messages: rows with bytes that never change, and beside them how far they
//! have got, folded from the events about them.

use super::{blob, read, text, writer::fault};
use crate::{
    domain::{
        contact::{Channel, ChannelKind},
        decision::NewMessage,
        delivery::{Message, MessageState, message_of},
        event::{Body, Event},
        id::{ContactId, IncidentId, MessageId, Seq},
    },
    store::{Hold, Parcel, StoreError},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// The columns of a message, in the order of [`message`].
const COLUMNS: &str =
    "id, incident, addressee, contact, channel, state, attempts, next, detail, created, changed";

/// A message with the event that issued it.
#[derive(Clone, PartialEq)]
struct Posted {
    message: Message,
    issued: Seq,
}

fn unreadable(column: usize, what: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, what.into())
}

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let (addressee, channel, state): (String, String, String) = (row.get(2)?, row.get(4)?, row.get(5)?);
    let next: Option<i64> = row.get(7)?;
    Ok(Message {
        id: MessageId(read::id(row, 0)?),
        incident: IncidentId(read::id(row, 1)?),
        addressee: addressee.parse().map_err(|_| unreadable(2, addressee))?,
        contact: ContactId(read::id(row, 3)?),
        channel: serde_json::from_value::<ChannelKind>(channel.clone().into())
            .map_err(|_| unreadable(4, channel))?,
        state: MessageState::read(&state).ok_or_else(|| unreadable(5, state))?,
        attempts: row.get(6)?,
        next_attempt: next.map(|_| read::time(row, 7)).transpose()?,
        detail: row.get(8)?,
        created: read::time(row, 9)?,
        changed: read::time(row, 10)?,
    })
}

/// One message.
pub(super) fn find(c: &Connection, id: MessageId) -> rusqlite::Result<Option<Message>> {
    c.prepare_cached(&format!("SELECT {COLUMNS} FROM message WHERE id = ?1"))?
        .query_row([blob(id.0)], message)
        .optional()
}

/// The messages of an incident, in the order in which they were made.
pub(super) fn of_incident(c: &Connection, incident: IncidentId) -> rusqlite::Result<Vec<Message>> {
    c.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM message WHERE incident = ?1 ORDER BY issued, created, id"
    ))?
    .query_map([blob(incident.0)], message)?
    .collect()
}

/// The bytes of a message as they are sent; none when they were erased.
pub(super) fn bytes(c: &Connection, id: MessageId) -> rusqlite::Result<Option<Vec<u8>>> {
    c.prepare_cached("SELECT bytes FROM message WHERE id = ?1")?
        .query_row([blob(id.0)], |row| row.get(0))
        .optional()
}

/// What waited in a backup when it was made; nobody here knows what has become
/// of it since.
pub(super) fn held(c: &Connection, hold: &Hold) -> rusqlite::Result<Vec<Message>> {
    c.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM message WHERE issued <= ?1 AND channel IN ('email', 'webhook')
         AND state IN ('pending', 'sending', 'failed-retrying') ORDER BY issued, created, id"
    ))?
    .query_map([hold.head.0], message)?
    .collect()
}

/// What is to be sent at `now`, the longest due first.
pub(super) fn due(
    c: &Connection,
    now: Timestamp,
    limit: usize,
    under_way: &[MessageId],
) -> rusqlite::Result<Vec<Parcel>> {
    let left_out: Vec<String> = under_way.iter().map(|id| id.0.simple().to_string()).collect();
    let left_out = text(&left_out).unwrap_or_default();
    c.prepare_cached(&format!(
        "SELECT {COLUMNS}, destination, bytes FROM message
         WHERE next <= ?1 AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'hold')
         AND id NOT IN (SELECT unhex(value) FROM json_each(?3))
         ORDER BY next, id LIMIT ?2"
    ))?
    .query_map(params![now.as_microsecond(), limit, left_out], |row| {
        let destination: Option<String> = row.get(11)?;
        let channel: Option<Channel> = destination
            .map(|text| serde_json::from_str(&text).map_err(|e| unreadable(11, e.to_string())))
            .transpose()?;
        Ok(Parcel { message: message(row)?, channel, bytes: row.get(12)? })
    })?
    .collect()
}

/// Keeps a new message, issued by the event `seq`.
pub(super) fn keep(
    connection: &Connection,
    incident: IncidentId,
    new: &NewMessage,
    issued: Seq,
    now: Timestamp,
) -> Result<(), StoreError> {
    let kind = new.channel.kind();
    let next = goes_by_itself(kind).then(|| now.as_microsecond());
    connection
        .prepare_cached(
            "INSERT INTO message
                 (id, incident, addressee, contact, channel, state, created, changed, bytes, next, issued, destination)
             VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6, ?6, ?7, ?8, ?9, ?10)",
        )
        .and_then(|mut s| {
            s.execute(params![
                blob(new.id.0),
                blob(incident.0),
                new.addressee.to_string(),
                blob(new.contact.0),
                text(&kind).unwrap_or_default().trim_matches('"'),
                now.as_microsecond(),
                new.bytes,
                next,
                issued.0,
                text(&new.channel).unwrap_or_default(),
            ])
        })
        .map(|_| ())
        .map_err(|e| fault(&e))
}

fn goes_by_itself(kind: ChannelKind) -> bool {
    matches!(kind, ChannelKind::Email | ChannelKind::Webhook)
}

/// Follows one event: the message it is about, and those whose place a new
/// notice takes.
pub(super) fn follow(connection: &Connection, event: &Event) -> Result<(), StoreError> {
    let touched: Vec<Message> = match (&event.body, message_of(&event.body)) {
        (_, Some(id)) => find(connection, id).map_err(|e| fault(&e))?.into_iter().collect(),
        (Body::NoticeIssued { addressee, .. }, None) => connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM message
                 WHERE incident = ?1 AND addressee = ?2 AND state IN ('pending', 'failed-retrying')"
            ))
            .and_then(|mut s| {
                s.query_map(params![blob(event.incident.0), addressee.to_string()], message)?.collect()
            })
            .map_err(|e| fault(&e))?,
        _ => Vec::new(),
    };
    for mut message in touched {
        advance(&mut message, event);
        write(connection, &message).map_err(|e| fault(&e))?;
    }
    Ok(())
}

fn write(connection: &Connection, message: &Message) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE message SET state = ?2, attempts = ?3, next = ?4, detail = ?5, changed = ?6 WHERE id = ?1",
        )?
        .execute(params![
            blob(message.id.0),
            message.state.as_str(),
            message.attempts,
            message.next_attempt.map(Timestamp::as_microsecond),
            message.detail,
            message.changed.as_microsecond()
        ])
        .map(|_| ())
}

/// The fold: a message after an event that touches it.
fn advance(message: &mut Message, event: &Event) {
    let before = message.clone();
    if matches!(event.body, Body::NoticeIssued { .. }) {
        message.state = MessageState::Superseded;
    } else {
        message.state = message.state.after(&event.body);
    }
    match &event.body {
        Body::MessageSending { attempt, .. } if message.state == MessageState::Sending => {
            message.attempts = *attempt;
        }
        Body::MessageSent { detail, .. } | Body::MessageFailed { detail, .. } => {
            message.detail = Some(detail.clone());
        }
        Body::CallRecorded { .. } => message.attempts += 1,
        _ => {}
    }
    message.next_attempt = match (&event.body, message.state) {
        (Body::MessageFailed { retry_at, .. }, MessageState::FailedRetrying) => retry_at.map(as_kept),
        // Should the program die meanwhile, it is due again at once.
        (_, MessageState::Sending | MessageState::Pending) => message.next_attempt,
        _ => None,
    };
    if *message != before {
        message.changed = as_kept(event.recorded);
    }
}

/// A moment as a row keeps it, in microseconds: what is folded is compared with
/// what is read back.
fn as_kept(moment: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment)
}

/// Messages as the events make them, for rebuilding and checking.
#[derive(Default)]
pub(super) struct Fold(BTreeMap<MessageId, Posted>);

impl Fold {
    /// Every message as it was when it was made.
    pub(super) fn begin(connection: &Connection) -> rusqlite::Result<Self> {
        Self::of_some(connection, None)
    }

    /// The same of one incident.
    pub(super) fn of(connection: &Connection, incident: IncidentId) -> rusqlite::Result<Self> {
        Self::of_some(connection, Some(incident))
    }

    fn of_some(connection: &Connection, incident: Option<IncidentId>) -> rusqlite::Result<Self> {
        let sql = format!("SELECT {COLUMNS}, issued FROM message WHERE ?1 IS NULL OR incident = ?1");
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map([incident.map(|id| blob(id.0))], |row| {
            let mut message = message(row)?;
            message.state = MessageState::Pending;
            message.attempts = 0;
            message.detail = None;
            message.changed = message.created;
            message.next_attempt = goes_by_itself(message.channel).then_some(message.created);
            Ok((message.id, Posted { message, issued: Seq(row.get(11)?) }))
        })?;
        rows.collect::<rusqlite::Result<_>>().map(Self)
    }

    /// Follows one event.
    pub(super) fn follow(&mut self, event: &Event) {
        if let Some(id) = message_of(&event.body) {
            if let Some(posted) = self.0.get_mut(&id) {
                advance(&mut posted.message, event);
            }
        } else if let Body::NoticeIssued { addressee, .. } = &event.body {
            let replaced = |posted: &&mut Posted| {
                posted.issued < event.seq
                    && posted.message.incident == event.incident
                    && posted.message.addressee == *addressee
                    && posted.message.state.is_waiting()
            };
            self.0.values_mut().filter(replaced).for_each(|posted| advance(&mut posted.message, event));
        }
    }

    /// Writes every message as the events made it.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        self.0.values().try_for_each(|posted| write(connection, &posted.message))
    }

    /// The messages that are not as the events made them.
    pub(super) fn compare(&self, connection: &Connection) -> rusqlite::Result<Vec<String>> {
        let mut problems = Vec::new();
        for posted in self.0.values() {
            if find(connection, posted.message.id)?.as_ref() != Some(&posted.message) {
                problems.push(format!("message {} is not as its events make it", posted.message.id));
            }
        }
        Ok(problems)
    }
}
