//! One batch, inside the writer's transaction.

use super::{blob, projection, text, writer::fault};
use crate::{
    domain::{
        account::Viewer,
        audience::Audience,
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
    if !decision.basis.holds(incident.as_ref()) {
        return Err(StoreError::Conflict);
    }
    let mut head: u64 =
        connection.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0)).map_err(sql)?;
    for (new, salt) in decision.events.iter().zip(&batch.salts) {
        head += 1;
        let event = record(connection, batch, new, Seq(head))?;
        write_event(connection, batch, &event, &new.audience, salt)?;
        let folded = incident.get_or_insert_with(|| Incident::before(&event));
        folded.apply(&event);
    }
    let incident =
        incident.ok_or_else(|| StoreError::Corrupt("a batch without incident or events".to_owned()))?;
    if !decision.events.is_empty() {
        projection::write(connection, &incident)?;
    }
    write_outbox(connection, batch)?;
    let receipt = Receipt {
        incident: incident.id,
        reference: incident.reference.clone(),
        seq: incident.head,
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

/// The event as it will stand in the log; an opened incident gets its
/// reference here, where numbers cannot be given twice.
fn record(connection: &Connection, batch: &Batch, new: &NewEvent, seq: Seq) -> Result<Event, StoreError> {
    let mut body = new.body.clone();
    if let Body::IncidentOpened { reference, .. } = &mut body {
        *reference = Some(next_reference(connection, batch)?);
    }
    Ok(Event {
        seq,
        incident: batch.decision.incident,
        mode: batch.decision.mode,
        actor: batch.actor,
        occurred: new.occurred.unwrap_or(batch.now),
        known: new.known.unwrap_or(batch.now),
        recorded: batch.now,
        body,
    })
}

fn next_reference(connection: &Connection, batch: &Batch) -> Result<Reference, StoreError> {
    let prefix = batch.decision.mode.prefix();
    let year = batch.now.to_zoned(jiff::tz::TimeZone::UTC).year();
    let number = connection
        .query_row(
            "INSERT INTO counter (prefix, year, last) VALUES (?1, ?2, 1)
             ON CONFLICT (prefix, year) DO UPDATE SET last = last + 1 RETURNING last",
            params![prefix, year],
            |row| row.get(0),
        )
        .map_err(sql)?;
    Ok(Reference::new(prefix, &batch.instance, year, number))
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
            "INSERT INTO event (seq, incident, type, v, mode, audience, actor, occurred, known, recorded, salt, leaf)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
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
                proof::leaf(salt, &bytes)
            ])
        })
        .map_err(sql)?;
    connection
        .prepare_cached("INSERT INTO payload (seq, bytes) VALUES (?1, ?2)")
        .and_then(|mut s| s.execute(params![event.seq.0, bytes]))
        .map_err(sql)?;
    projection::admit(connection, event, audience).map_err(sql)
}

fn write_outbox(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    let incident = blob(batch.decision.incident.0);
    let now = batch.now.as_microsecond();
    for message in &batch.decision.messages {
        connection
            .execute(
                "UPDATE message SET state = 'superseded', changed = ?3
                 WHERE incident = ?1 AND addressee = ?2 AND state = 'pending'",
                params![incident, message.addressee.to_string(), now],
            )
            .map_err(sql)?;
        let channel = text(&message.channel)?.trim_matches('"').to_owned();
        connection
            .execute(
                "INSERT INTO message VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6, ?6, ?7)",
                params![
                    blob(message.id.0),
                    incident,
                    message.addressee.to_string(),
                    blob(message.contact.0),
                    channel,
                    now,
                    message.bytes
                ],
            )
            .map_err(sql)?;
    }
    if let Some(id) = batch.delivered {
        connection
            .execute(
                "UPDATE message SET state = 'delivered', changed = ?2 WHERE id = ?1 AND state = 'pending'",
                params![blob(id.0), now],
            )
            .map_err(sql)?;
    }
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
