//! Queries. Each filters by what the viewer may see before anything leaves the
//! database.

use super::{EVERYBODY, blob};
use crate::{
    domain::{
        account::{Account, Action, Role, Viewer, allows},
        contact::ContactPoint,
        duty::Addressee,
        event::{Body, Event},
        id::{AccountId, ContactId, IncidentId, MessageId, Seq},
        incident::{Incident, Mode},
    },
    store::{DueTimer, Health, Logged, MessageStatus},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use serde::de::DeserializeOwned;

type Sql<T> = rusqlite::Result<T>;

/// As whom a viewer reads: everything, the rows of some readers, or nothing.
enum Reach {
    All,
    Readers([String; 3]),
    Nothing,
}

fn reach(viewer: &Viewer) -> Reach {
    match viewer {
        _ if viewer.is_instance_reader() => Reach::All,
        Viewer::Account { id, state, role } if allows(*role, Action::ReadIncidents) => Reach::Readers([
            EVERYBODY.to_owned(),
            id.to_string(),
            state.map_or_else(String::new, |s| s.to_string()),
        ]),
        _ => Reach::Nothing,
    }
}

pub(super) fn parsed<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Sql<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}

pub(super) fn id(row: &Row<'_>, column: usize) -> Sql<uuid::Uuid> {
    let bytes: Vec<u8> = row.get(column)?;
    uuid::Uuid::from_slice(&bytes)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(e)))
}

pub(super) fn time(row: &Row<'_>, column: usize) -> Sql<Timestamp> {
    let micros: i64 = row.get(column)?;
    Timestamp::from_microsecond(micros)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, Box::new(e)))
}

fn event_in(row: &Row<'_>, column: usize) -> Sql<Event> {
    let bytes: Vec<u8> = row.get(column)?;
    serde_json::from_slice(&bytes)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(e)))
}

pub(super) fn account_by_token(
    c: &Connection,
    hash: &str,
    now: Timestamp,
) -> Sql<Option<(Account, Timestamp)>> {
    c.prepare_cached(
        "SELECT body, expires FROM token JOIN account ON account.id = token.account
         WHERE hash = ?1 AND expires > ?2",
    )?
    .query_row(params![hash, now.as_microsecond()], |row| Ok((parsed(row, 0)?, time(row, 1)?)))
    .optional()
}

pub(super) fn account(c: &Connection, viewer: &Viewer, id: AccountId) -> Sql<Option<Account>> {
    let found: Option<Account> = c
        .prepare_cached("SELECT body FROM account WHERE id = ?1")?
        .query_row([blob(id.0)], |row| parsed(row, 0))
        .optional()?;
    Ok(found.filter(|account| match viewer {
        Viewer::House | Viewer::Account { state: None, role: Role::Administrator, .. } => true,
        Viewer::Account { state, role: Role::Administrator, .. } if *state == account.state => true,
        Viewer::Account { id: own, .. } => *own == account.id,
    }))
}

pub(super) fn contacts(c: &Connection, viewer: &Viewer, of: Option<&Addressee>) -> Sql<Vec<ContactPoint>> {
    if let Viewer::Account { role, .. } = viewer
        && !allows(*role, Action::ReadContacts)
    {
        return Ok(Vec::new());
    }
    c.prepare_cached("SELECT body FROM contact WHERE ?1 IS NULL OR state = ?1 ORDER BY state, id")?
        .query_map([of.map(ToString::to_string)], |row| parsed(row, 0))?
        .collect()
}

pub(super) fn incident(c: &Connection, viewer: &Viewer, id: IncidentId) -> Sql<Option<Incident>> {
    let sql = match reach(viewer) {
        Reach::Nothing => return Ok(None),
        Reach::All => {
            return c
                .prepare_cached("SELECT body FROM incident WHERE id = ?1")?
                .query_row([blob(id.0)], |row| parsed(row, 0))
                .optional();
        }
        Reach::Readers(readers) => readers,
    };
    c.prepare_cached(
        "SELECT body FROM incident WHERE id = ?1 AND EXISTS (
             SELECT 1 FROM incident_reader WHERE incident = ?1 AND reader IN (?2, ?3, ?4))",
    )?
    .query_row(params![blob(id.0), sql[0], sql[1], sql[2]], |row| parsed(row, 0))
    .optional()
}

pub(super) fn incidents(
    c: &Connection,
    viewer: &Viewer,
    mode: Mode,
    before: Option<Seq>,
    limit: usize,
) -> Sql<Vec<Incident>> {
    let before = before.map_or(i64::MAX, |seq| i64::try_from(seq.0).unwrap_or(i64::MAX));
    match reach(viewer) {
        Reach::Nothing => Ok(Vec::new()),
        Reach::All => c
            .prepare_cached(
                "SELECT body FROM incident WHERE mode = ?1 AND head < ?2 ORDER BY head DESC LIMIT ?3",
            )?
            .query_map(params![mode.as_str(), before, limit], |row| parsed(row, 0))?
            .collect(),
        Reach::Readers([a, b, s]) => c
            .prepare_cached(
                "SELECT body FROM incident WHERE mode = ?1 AND head < ?2 AND EXISTS (
                     SELECT 1 FROM incident_reader
                     WHERE incident_reader.incident = incident.id AND reader IN (?4, ?5, ?6))
                 ORDER BY head DESC LIMIT ?3",
            )?
            .query_map(params![mode.as_str(), before, limit, a, b, s], |row| parsed(row, 0))?
            .collect(),
    }
}

pub(super) fn timeline(
    c: &Connection,
    viewer: &Viewer,
    incident: IncidentId,
    after: Seq,
    limit: usize,
) -> Sql<Vec<Event>> {
    match reach(viewer) {
        Reach::Nothing => Ok(Vec::new()),
        Reach::All => c
            .prepare_cached(
                "SELECT bytes FROM event JOIN payload USING (seq)
                 WHERE incident = ?1 AND event.seq > ?2 ORDER BY event.seq LIMIT ?3",
            )?
            .query_map(params![blob(incident.0), after.0, limit], |row| event_in(row, 0))?
            .collect(),
        Reach::Readers([a, b, s]) => c
            .prepare_cached(
                "SELECT bytes FROM event JOIN payload USING (seq)
                 WHERE incident = ?1 AND event.seq > ?2 AND EXISTS (
                     SELECT 1 FROM event_reader
                     WHERE event_reader.seq = event.seq AND reader IN (?4, ?5, ?6))
                 ORDER BY event.seq LIMIT ?3",
            )?
            .query_map(params![blob(incident.0), after.0, limit, a, b, s], |row| event_in(row, 0))?
            .collect(),
    }
}

pub(super) fn events_after(c: &Connection, viewer: &Viewer, after: Seq, limit: usize) -> Sql<Vec<Logged>> {
    let logged = |row: &Row<'_>| Ok(Logged { event: event_in(row, 0)?, audience: parsed(row, 1)? });
    match reach(viewer) {
        Reach::Nothing => Ok(Vec::new()),
        Reach::All => c
            .prepare_cached(
                "SELECT bytes, audience FROM event JOIN payload USING (seq)
                 WHERE event.seq > ?1 ORDER BY event.seq LIMIT ?2",
            )?
            .query_map(params![after.0, limit], logged)?
            .collect(),
        Reach::Readers([a, b, s]) => c
            .prepare_cached(
                "SELECT bytes, audience FROM event JOIN payload USING (seq) WHERE event.seq IN (
                     SELECT DISTINCT seq FROM event_reader
                     WHERE reader IN (?3, ?4, ?5) AND seq > ?1 ORDER BY seq LIMIT ?2)
                 ORDER BY event.seq",
            )?
            .query_map(params![after.0, limit, a, b, s], logged)?
            .collect(),
    }
}

pub(super) fn event(c: &Connection, viewer: &Viewer, seq: Seq) -> Sql<Option<Event>> {
    let found = c
        .prepare_cached("SELECT bytes, audience FROM event JOIN payload USING (seq) WHERE event.seq = ?1")?
        .query_row([seq.0], |row| Ok(Logged { event: event_in(row, 0)?, audience: parsed(row, 1)? }))
        .optional()?;
    Ok(found.filter(|logged| logged.audience.admits(viewer)).map(|logged| logged.event))
}

pub(super) fn messages(c: &Connection, viewer: &Viewer, incident: IncidentId) -> Sql<Vec<MessageStatus>> {
    // Whoever may see the event that issued a message may see the message.
    let issued: Vec<MessageId> = timeline(c, viewer, incident, Seq(0), usize::MAX >> 1)?
        .iter()
        .filter_map(|event| match &event.body {
            Body::NoticeIssued { message, .. } | Body::VerificationRequested { message, .. } => {
                message.as_ref().map(|m| m.id)
            }
            _ => None,
        })
        .collect();
    let all: Vec<MessageStatus> = c
        .prepare_cached(
            "SELECT id, addressee, contact, channel, state, created, changed FROM message
             WHERE incident = ?1 ORDER BY created, id",
        )?
        .query_map([blob(incident.0)], |row| {
            let addressee: String = row.get(1)?;
            Ok(MessageStatus {
                id: MessageId(id(row, 0)?),
                addressee: addressee.parse().unwrap_or(Addressee::Organization(addressee)),
                contact: ContactId(id(row, 2)?),
                channel: row.get(3)?,
                state: row.get(4)?,
                created: time(row, 5)?,
                changed: time(row, 6)?,
            })
        })?
        .collect::<Sql<_>>()?;
    Ok(all.into_iter().filter(|message| issued.contains(&message.id)).collect())
}

pub(super) fn playbook_text(c: &Connection, viewer: &Viewer, hash: &str) -> Sql<Option<String>> {
    if let Viewer::Account { role, .. } = viewer
        && !allows(*role, Action::ReadPlaybooks)
    {
        return Ok(None);
    }
    c.prepare_cached("SELECT text FROM playbook_text WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()
}

pub(super) fn due(c: &Connection, now: Timestamp, limit: usize) -> Sql<Vec<DueTimer>> {
    c.prepare_cached(
        "SELECT incident, timer, due FROM timer WHERE due <= ?1 ORDER BY due, incident, timer LIMIT ?2",
    )?
    .query_map(params![now.as_microsecond(), limit], |row| {
        Ok(DueTimer { incident: IncidentId(id(row, 0)?), timer: parsed(row, 1)?, due: time(row, 2)? })
    })?
    .collect()
}

pub(super) fn health(c: &Connection) -> Sql<Health> {
    c.query_row(
        "SELECT (SELECT coalesce(max(seq), 0) FROM event), (SELECT count(*) FROM timer),
                (SELECT count(*) FROM message WHERE state = 'pending')",
        [],
        |row| Ok(Health { head: Seq(row.get(0)?), timers: row.get(1)?, pending_messages: row.get(2)? }),
    )
}
