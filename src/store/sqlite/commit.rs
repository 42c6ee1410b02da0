//! One batch, inside the writer's transaction.

use super::{blob, projection, text, writer::fault};
use crate::{
    domain::{
        account::Viewer,
        audience::Audience,
        decision::Basis,
        event::{Body, Event, NewEvent},
        id::{Reference, Seq},
        incident::Incident,
    },
    proof,
    store::{Batch, Committed, Idempotency, Receipt, StoreError},
};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn commit(connection: &Connection, batch: &Batch) -> Result<Committed, StoreError> {
    if let Some(request) = &batch.idempotency
        && let Some(earlier) = answer_given(connection, request)?
    {
        return Ok(earlier);
    }
    let decision = &batch.decision;
    let mut incident = super::read::incident(connection, &Viewer::House, decision.incident).map_err(sql)?;
    let message = match &decision.basis {
        Basis::Message(id, _) => super::outbox::find(connection, *id).map_err(sql)?.map(|found| found.state),
        _ => None,
    };
    if !decision.basis.holds(incident.as_ref(), message) {
        return Err(StoreError::Conflict);
    }
    let mut head: u64 =
        connection.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0)).map_err(sql)?;
    for (new, salt) in decision.events.iter().zip(&batch.salts) {
        head += 1;
        let event = record(batch, new, Seq(head));
        write_event(connection, batch, &event, &new.audience, salt)?;
        if let Body::IncidentOpened { reference: Some(reference), .. } = &event.body {
            count(connection, reference)?;
        }
        super::outbox::follow(connection, &event)?;
        for plan in event.body.messages() {
            if let Some(new) = decision.messages.iter().find(|new| new.id == plan.id) {
                super::outbox::keep(connection, event.incident, new, event.seq, batch.now)?;
            }
        }
        let folded = incident.get_or_insert_with(|| Incident::before(&event));
        folded.apply(&event);
    }
    let incident =
        incident.ok_or_else(|| StoreError::Corrupt("a batch without incident or events".to_owned()))?;
    if decision.events.iter().any(|event| !event.body.is_progress()) {
        projection::write(connection, &incident)?;
    }
    write_timers(connection, batch)?;
    let receipt = Receipt {
        incident: incident.id,
        reference: incident.reference.clone(),
        seq: if decision.events.is_empty() { incident.head } else { Seq(head) },
        recorded: batch.now,
    };
    let answer = serde_json::to_vec(&receipt).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    keep_answer(connection, batch, &answer)?;
    Ok(Committed { answer, receipt, replayed: false })
}

/// The answer this request was given before, if it was.
pub(super) fn answer_given(
    connection: &Connection,
    key: &Idempotency,
) -> Result<Option<Committed>, StoreError> {
    let given: Option<(String, Vec<u8>)> = connection
        .prepare_cached("SELECT body, answer FROM idempotency WHERE account = ?1 AND route = ?2 AND key = ?3")
        .and_then(|mut s| {
            s.query_row(params![blob(key.account.0), key.route, key.key], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
        })
        .map_err(sql)?;
    match given {
        None => Ok(None),
        Some((body, _)) if body != key.body => Err(StoreError::KeyReused),
        Some((_, answer)) => {
            let receipt = serde_json::from_slice(&answer).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            Ok(Some(Committed { answer, receipt, replayed: true }))
        }
    }
}

fn keep_answer(connection: &Connection, batch: &Batch, answer: &[u8]) -> Result<(), StoreError> {
    let Some(key) = &batch.idempotency else { return Ok(()) };
    connection
        .prepare_cached("INSERT INTO idempotency VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .and_then(|mut s| {
            s.execute(params![
                blob(key.account.0),
                key.route,
                key.key,
                key.body,
                answer,
                batch.now.as_microsecond()
            ])
        })
        .map_err(sql)?;
    Ok(())
}

/// The event as it will stand in the log.
fn record(batch: &Batch, new: &NewEvent, seq: Seq) -> Event {
    Event {
        seq,
        incident: batch.decision.incident,
        mode: batch.decision.mode,
        actor: batch.actor,
        occurred: new.occurred.unwrap_or(batch.now),
        known: new.known.unwrap_or(batch.now),
        recorded: batch.now,
        out_of_band: new.out_of_band,
        body: new.body.clone(),
    }
}

/// Numbers given to incidents are counted here, so that none is given twice.
fn count(connection: &Connection, reference: &Reference) -> Result<(), StoreError> {
    let Some((prefix, year, number)) = reference.parts() else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO counter (prefix, year, last) VALUES (?1, ?2, ?3)
             ON CONFLICT (prefix, year) DO UPDATE SET last = max(last, excluded.last)",
        )
        .and_then(|mut s| s.execute(params![prefix, year, number]))
        .map(|_| ())
        .map_err(sql)
}

fn write_event(
    connection: &Connection,
    batch: &Batch,
    event: &Event,
    audience: &Audience,
    salt: &[u8; 32],
) -> Result<(), StoreError> {
    let bytes = serde_json::to_vec(event).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    connection
        .prepare_cached(
            "INSERT INTO event
                 (seq, incident, type, v, mode, audience, actor, occurred, known, recorded, salt, leaf, handling)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )
        .and_then(|mut s| {
            s.execute(params![
                event.seq.0,
                blob(event.incident.0),
                event.body.name(),
                event.body.version(),
                event.mode.as_str(),
                serde_json::to_string(audience).unwrap_or_default(),
                batch.actor.map(|a| blob(a.0)),
                event.occurred.as_microsecond(),
                event.known.as_microsecond(),
                event.recorded.as_microsecond(),
                salt,
                proof::leaf(salt, &bytes),
                if audience.sealed { "sealed" } else { "standard" }
            ])
        })
        .map_err(sql)?;
    connection
        .prepare_cached("INSERT INTO payload (seq, bytes) VALUES (?1, ?2)")
        .and_then(|mut s| s.execute(params![event.seq.0, bytes]))
        .map_err(sql)?;
    projection::admit(connection, event, audience).map_err(sql)
}

fn write_timers(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    let incident = blob(batch.decision.incident.0);
    for timer in &batch.decision.cleared {
        connection
            .execute("DELETE FROM timer WHERE incident = ?1 AND timer = ?2", params![incident, text(timer)?])
            .map_err(sql)?;
    }
    for timer in &batch.decision.timers {
        connection
            .execute(
                "INSERT OR REPLACE INTO timer VALUES (?1, ?2, ?3)",
                params![incident, text(&timer.timer)?, timer.due.as_microsecond()],
            )
            .map_err(sql)?;
    }
    for (hash, playbook) in &batch.playbook_texts {
        connection
            .execute("INSERT OR IGNORE INTO playbook_text VALUES (?1, ?2)", params![hash, playbook])
            .map_err(sql)?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn sql(error: rusqlite::Error) -> StoreError {
    fault(&error)
}
