//! Projections: what the events make of an incident, kept as rows so that it
//! need not be made anew for every reader.

use super::{EVERYBODY, blob, outbox::Fold, text, writer::fault};
use crate::{
    domain::{
        audience::Audience,
        event::{Body, Event},
        id::{IncidentId, Seq},
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

/// Makes the rows of one incident anew: words were erased that they may hold.
pub(super) fn refold(connection: &Connection, id: IncidentId) -> Result<Incident, StoreError> {
    let mut folded: Option<Incident> = None;
    let mut messages = Fold::of(connection, id).map_err(|e| fault(&e))?;
    let mut statement = connection
        .prepare_cached("SELECT bytes FROM event JOIN payload USING (seq) WHERE incident = ?1 ORDER BY seq")
        .map_err(|e| fault(&e))?;
    let mut rows = statement.query([blob(id.0)]).map_err(|e| fault(&e))?;
    while let Some(row) = rows.next().map_err(|e| fault(&e))? {
        let bytes: Vec<u8> = row.get(0).map_err(|e| fault(&e))?;
        let event: Event = serde_json::from_slice(&bytes).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        messages.follow(&event);
        folded.get_or_insert_with(|| Incident::before(&event)).apply(&event);
    }
    let folded = folded.ok_or_else(|| StoreError::Corrupt(format!("incident {id} has no events")))?;
    messages.write(connection).map_err(|e| fault(&e))?;
    connection.execute("DELETE FROM duty WHERE incident = ?1", [blob(id.0)]).map_err(|e| fault(&e))?;
    write(connection, &folded)?;
    Ok(folded)
}

/// Events without a salt, and what was decided about them.
#[derive(Default)]
struct StandIns {
    /// The digest of what stands where something was erased.
    there: BTreeMap<Seq, String>,
    /// The digest of what is to stand there, by the newest decision.
    decided: BTreeMap<Seq, String>,
}

impl StandIns {
    fn follow(&mut self, event: &Event) {
        if let Body::WordsErased { event, digest, .. } = &event.body {
            self.decided.insert(*event, digest.clone());
        }
    }

    /// What stands somewhere without a decision, or otherwise than decided.
    fn problems(&self, head: u64) -> Vec<String> {
        let undecided = self.there.iter().filter(|(seq, there)| self.decided.get(seq) != Some(there));
        let undecided = undecided.map(|(seq, _)| {
            format!("event {seq} cannot be checked any more, and no decision in the log has made it so")
        });
        let left = self.decided.keys().filter(|seq| seq.0 <= head && !self.there.contains_key(seq));
        undecided
            .chain(left.map(|seq| format!("words in event {seq} were to be erased and are there")))
            .collect()
    }
}

/// Reads the whole log: every leaf must fit its payload, and the projections
/// must be what the events make of them. Returns what is wrong, one line each.
pub(super) fn check(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let mut incidents = BTreeMap::new();
    let mut messages = Fold::begin(connection).map_err(|e| fault(&e))?;
    let mut stand_ins = StandIns::default();
    let mut expected = 1;
    each_event(connection, |event, _, leaf| {
        messages.follow(event);
        stand_ins.follow(event);
        if event.seq.0 != expected {
            problems.push(format!("event {expected} is missing"));
            expected = event.seq.0;
        }
        expected += 1;
        match leaf {
            Leaf::Fits => {}
            Leaf::Differs => problems.push(format!("event {} does not fit its leaf", event.seq)),
            Leaf::Unknown(digest) => {
                stand_ins.there.insert(event.seq, digest);
            }
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
    problems.extend(stand_ins.problems(expected - 1));
    problems.extend(messages.compare(connection).map_err(|e| fault(&e))?);
    problems.extend(super::layers::check(connection).map_err(|e| fault(&e))?);
    Ok(problems)
}

/// What a leaf says of the payload beside it.
enum Leaf {
    Fits,
    Differs,
    /// Its salt is gone: what stands beside it has this digest.
    Unknown(String),
}

/// Calls `see` with every event in order, its audience, and what its leaf says.
fn each_event(
    connection: &Connection,
    mut see: impl FnMut(&Event, &Audience, Leaf),
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
        let leaf = match salt {
            None => Leaf::Unknown(proof::digest_hex(&bytes)),
            Some(salt) if proof::leaf(&salt, &bytes) == leaf => Leaf::Fits,
            Some(_) => Leaf::Differs,
        };
        see(&event, &serde_json::from_str(&audience).map_err(corrupt)?, leaf);
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
