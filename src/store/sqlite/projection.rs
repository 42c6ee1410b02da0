//! Projections: what the events make of an incident, kept as rows so that it
//! need not be made anew for every reader.

use super::{EVERYBODY, blob, outbox::Fold, text, writer::fault};
use crate::{
    domain::{
        audience::Audience,
        event::Event,
        incident::{FOLD, Incident},
    },
    proof,
    store::StoreError,
};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Writes the rows of one incident.
pub(super) fn write(connection: &Connection, incident: &Incident) -> Result<(), StoreError> {
    let id = blob(incident.id.0);
    connection
        .prepare_cached("INSERT OR REPLACE INTO incident VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .and_then(|mut s| {
            s.execute(params![
                id,
                incident.version,
                incident.head.0,
                incident.mode.as_str(),
                incident.state.as_str(),
                incident.reference.as_ref().map(|r| r.as_str().to_owned()),
                incident.opened.as_microsecond(),
                FOLD,
                serde_json::to_string(incident).unwrap_or_default()
            ])
        })
        .map_err(|e| fault(&e))?;
    for duty in &incident.duties {
        let at = |step: Option<crate::domain::duty::Step>| step.map(|s| s.at.as_microsecond());
        let body = text(duty)?;
        connection
            .prepare_cached("INSERT OR REPLACE INTO duty VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            .and_then(|mut s| {
                s.execute(params![
                    id,
                    duty.addressee.to_string(),
                    at(duty.notified),
                    at(duty.delivered),
                    at(duty.acknowledged),
                    duty.unreachable || duty.silent,
                    body
                ])
            })
            .map_err(|e| fault(&e))?;
    }
    Ok(())
}

/// Makes every projection anew from the events.
pub(super) fn rebuild(connection: &Connection) -> Result<(), StoreError> {
    connection
        .execute_batch(
            "DELETE FROM incident; DELETE FROM duty; DELETE FROM event_reader; DELETE FROM incident_reader;",
        )
        .map_err(|e| fault(&e))?;
    let mut incidents = BTreeMap::new();
    let mut messages = Fold::begin(connection).map_err(|e| fault(&e))?;
    let mut result = Ok(());
    each_event(connection, |event, audience, _| {
        messages.follow(event);
        if result.is_ok() {
            result = admit(connection, event, audience).map_err(|e| fault(&e));
        }
        incidents.entry(event.incident).or_insert_with(|| Incident::before(event)).apply(event);
    })?;
    result?;
    messages.write(connection).map_err(|e| fault(&e))?;
    incidents.values().try_for_each(|incident| write(connection, incident))
}

/// Reads the whole log: every leaf must fit its payload, and the projections
/// must be what the events make of them. Returns what is wrong, one line each.
pub(super) fn check(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let mut incidents = BTreeMap::new();
    let mut messages = Fold::begin(connection).map_err(|e| fault(&e))?;
    let mut expected = 1;
    each_event(connection, |event, _, sound| {
        messages.follow(event);
        if event.seq.0 != expected {
            problems.push(format!("event {expected} is missing"));
            expected = event.seq.0;
        }
        expected += 1;
        if !sound {
            problems.push(format!("event {} does not fit its leaf", event.seq));
        }
        incidents.entry(event.incident).or_insert_with(|| Incident::before(event)).apply(event);
    })?;
    for (id, folded) in incidents {
        let stored = super::read::incident(connection, &crate::domain::account::Viewer::House, id)
            .map_err(|e| fault(&e))?;
        if stored.as_ref() != Some(&folded) {
            problems.push(format!("the projection of incident {id} is not what its events make of it"));
        }
    }
    problems.extend(messages.compare(connection).map_err(|e| fault(&e))?);
    problems.extend(super::layers::check(connection).map_err(|e| fault(&e))?);
    Ok(problems)
}

/// Calls `see` with every event in order, its audience, and whether its leaf
/// fits.
fn each_event(
    connection: &Connection,
    mut see: impl FnMut(&Event, &Audience, bool),
) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare(
            "SELECT event.seq, audience, salt, leaf, bytes FROM event JOIN payload USING (seq) ORDER BY event.seq",
        )
        .map_err(|e| fault(&e))?;
    let mut rows = statement.query([]).map_err(|e| fault(&e))?;
    while let Some(row) = rows.next().map_err(|e| fault(&e))? {
        let seq: u64 = row.get(0).map_err(|e| fault(&e))?;
        let corrupt = |e: serde_json::Error| StoreError::Corrupt(format!("event {seq}: {e}"));
        let audience: String = row.get(1).map_err(|e| fault(&e))?;
        let salt: Option<[u8; 32]> = row.get(2).map_err(|e| fault(&e))?;
        let leaf: [u8; 32] = row.get(3).map_err(|e| fault(&e))?;
        let bytes: Vec<u8> = row.get(4).map_err(|e| fault(&e))?;
        let event: Event = serde_json::from_slice(&bytes).map_err(corrupt)?;
        // An erased event has no salt: its leaf can no longer be recomputed, and need not be.
        let sound = salt.is_none_or(|salt| proof::leaf(&salt, &bytes) == leaf);
        see(&event, &serde_json::from_str(&audience).map_err(corrupt)?, sound);
    }
    Ok(())
}

/// One row for each reader who may see the event, and its incident.
pub(super) fn admit(connection: &Connection, event: &Event, audience: &Audience) -> rusqlite::Result<()> {
    let mut of_event = connection.prepare_cached("INSERT INTO event_reader VALUES (?1, ?2)")?;
    let mut of_incident =
        connection.prepare_cached("INSERT OR IGNORE INTO incident_reader VALUES (?1, ?2)")?;
    let states = audience.states.iter().map(|state| state.to_string());
    let reporter = audience.reporter.map(|account| account.to_string());
    let public = audience.public.then(|| EVERYBODY.to_owned());
    for reader in states.chain(reporter).chain(public) {
        of_event.execute(params![reader, event.seq.0])?;
        of_incident.execute(params![reader, blob(event.incident.0)])?;
    }
    Ok(())
}
