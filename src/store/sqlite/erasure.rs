//! What is to be forgotten for good. Records are deleted; an event gets a
//! stand-in without the words and loses its salt, so that its leaf tells
//! nothing more. `secure_delete` overwrites what is deleted; scrubbing sees to
//! what that does not reach.

use super::{
    blob,
    read::{id, time},
    text,
    writer::fault,
};
use crate::{
    domain::{
        account::{Account, Action, Role, Viewer, can},
        contact::ContactPoint,
        erasure,
        event::{Body, Event},
        id::{AccountId, ContactId, Seq},
        state::StateCode,
    },
    proof::digest_hex,
    store::{Erased, Erasure, ErasureOutcome, ErasureRecord, StoreError},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params, types::Type};

/// Erases a contact point or an account.
pub(super) fn erase(connection: &Connection, erasure: &Erasure) -> Result<ErasureOutcome, StoreError> {
    let state = match erasure.subject {
        Erased::Contact(contact) => match forget_contact(connection, contact)? {
            Some(contact) => contact.addressee.state(),
            None => return Ok(ErasureOutcome::Unknown),
        },
        Erased::Account(account) => match forget_account(connection, account, erasure.now)? {
            Ok(state) => state,
            Err(outcome) => return Ok(outcome),
        },
        Erased::Event(_) => return Ok(ErasureOutcome::Unknown),
    };
    let record = ErasureRecord {
        subject: erasure.subject,
        state,
        fields: Vec::new(),
        reason: erasure.reason.clone(),
        by: erasure.by,
        at: erasure.now,
    };
    note(connection, &record)?;
    Ok(ErasureOutcome::Done)
}

/// Deletes a contact point; gives back what it was.
fn forget_contact(connection: &Connection, contact: ContactId) -> Result<Option<ContactPoint>, StoreError> {
    let found: Option<ContactPoint> = connection
        .prepare_cached("SELECT body FROM contact WHERE id = ?1")
        .and_then(|mut s| s.query_row([blob(contact.0)], |row| super::read::parsed(row, 0)).optional())
        .map_err(sql)?;
    let Some(found) = found else { return Ok(None) };
    connection.execute("DELETE FROM contact WHERE id = ?1", [blob(contact.0)]).map_err(sql)?;
    connection
        .execute("UPDATE message SET destination = NULL WHERE contact = ?1", [blob(contact.0)])
        .map_err(sql)?;
    Ok(Some(found))
}

/// Leaves of an account that there was one, and deletes its tokens; says of
/// which State it was.
fn forget_account(
    connection: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<Result<Option<StateCode>, ErasureOutcome>, StoreError> {
    let mut statement = connection.prepare("SELECT body FROM account").map_err(sql)?;
    let accounts: Vec<Account> = statement
        .query_map([], |row| super::read::parsed(row, 0))
        .and_then(Iterator::collect)
        .map_err(sql)?;
    let standing = |account: &&Account| account.erased.is_none();
    let Some(found) = accounts.iter().filter(standing).find(|found| found.id == account) else {
        return Ok(Err(ErasureOutcome::Unknown));
    };
    let manages = |account: &Account| account.state.is_none() && account.role == Role::Administrator;
    if manages(found) {
        let mut others =
            accounts.iter().filter(standing).filter(|other| other.id != account && manages(other));
        // One that nobody can sign in with manages nothing.
        let signs_in = |other: &Account| -> rusqlite::Result<bool> {
            connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM token WHERE account = ?1 AND expires > ?2)
                     OR EXISTS (SELECT 1 FROM credential WHERE account = ?1)",
                params![blob(other.id.0), now.as_microsecond()],
                |row| row.get(0),
            )
        };
        if !others.try_fold(false, |found, other| Ok(found || signs_in(other)?)).map_err(sql)? {
            return Ok(Err(ErasureOutcome::LastAdministrator));
        }
    }
    connection.execute("DELETE FROM token WHERE account = ?1", [blob(account.0)]).map_err(sql)?;
    super::sign_in::forget(connection, account).map_err(sql)?;
    let state = found.state;
    connection
        .execute(
            "UPDATE account SET body = ?2 WHERE id = ?1",
            params![blob(account.0), text(&found.clone().erased(now))?],
        )
        .map_err(sql)?;
    Ok(Ok(state))
}

/// Follows an event that erases words of another one.
pub(super) fn follow(connection: &Connection, erasing: &Event) -> Result<bool, StoreError> {
    let Body::WordsErased { event: seq, fields, digest, messages, reason } = &erasing.body else {
        return Ok(false);
    };
    let found: Option<Vec<u8>> = connection
        .prepare_cached("SELECT bytes FROM payload WHERE seq = ?1")
        .and_then(|mut s| s.query_row([seq.0], |row| row.get(0)).optional())
        .map_err(sql)?;
    let corrupt = |e: serde_json::Error| StoreError::Corrupt(format!("event {seq}: {e}"));
    let event: Event = match found {
        Some(bytes) => serde_json::from_slice(&bytes).map_err(corrupt)?,
        None => return Err(StoreError::Corrupt(format!("event {seq} is not there"))),
    };
    let stand_in = erasure::stand_in(&event, fields).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let bytes = serde_json::to_vec(&stand_in).map_err(corrupt)?;
    // Somebody else has erased something of it meanwhile.
    if event.incident != erasing.incident || digest_hex(&bytes) != *digest {
        return Err(StoreError::Conflict);
    }
    connection.execute("UPDATE payload SET bytes = ?2 WHERE seq = ?1", params![seq.0, bytes]).map_err(sql)?;
    connection.execute("UPDATE event SET salt = NULL WHERE seq = ?1", [seq.0]).map_err(sql)?;
    if *messages {
        forget_bytes(connection, *seq)?;
    }
    let record = ErasureRecord {
        subject: Erased::Event(*seq),
        state: None,
        fields: fields.clone(),
        reason: reason.clone(),
        by: erasing.actor,
        at: erasing.recorded,
    };
    note(connection, &record)?;
    Ok(true)
}

/// Erases what the messages said that went out with an event.
fn forget_bytes(connection: &Connection, seq: Seq) -> Result<(), StoreError> {
    let waiting: bool = connection
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM message
                 WHERE issued = ?1 AND state IN ('pending', 'sending', 'failed-retrying'))",
            [seq.0],
            |row| row.get(0),
        )
        .map_err(sql)?;
    if waiting {
        return Err(StoreError::Conflict);
    }
    connection.execute("UPDATE message SET bytes = x'' WHERE issued = ?1", [seq.0]).map_err(sql)?;
    Ok(())
}

fn note(connection: &Connection, record: &ErasureRecord) -> Result<(), StoreError> {
    let (kind, subject) = match record.subject {
        Erased::Contact(id) => ("contact", id.to_string()),
        Erased::Account(id) => ("account", id.to_string()),
        Erased::Event(seq) => ("event", seq.to_string()),
    };
    connection
        .execute(
            "INSERT INTO erasure (kind, subject, state, detail, reason, actor, recorded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                kind,
                subject,
                record.state.map(|state| state.to_string()),
                text(&record.fields)?,
                record.reason,
                record.by.map(|account| blob(account.0)),
                record.at.as_microsecond()
            ],
        )
        .map_err(sql)?;
    connection.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('scrub', 'due')", []).map_err(sql)?;
    Ok(())
}

/// What was erased, as far as `viewer` manages it.
pub(super) fn records(connection: &Connection, viewer: &Viewer) -> rusqlite::Result<Vec<ErasureRecord>> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, subject, state, detail, reason, actor, recorded FROM erasure ORDER BY number",
    )?;
    let rows = statement.query_map([], |row| {
        let unreadable = |what: String| rusqlite::Error::FromSqlConversionFailure(1, Type::Text, what.into());
        let (kind, subject): (String, String) = (row.get(0)?, row.get(1)?);
        let uuid = || uuid::Uuid::parse_str(&subject).map_err(|e| unreadable(e.to_string()));
        let state: Option<String> = row.get(2)?;
        let by: Option<Vec<u8>> = row.get(5)?;
        Ok(ErasureRecord {
            subject: match kind.as_str() {
                "contact" => Erased::Contact(ContactId(uuid()?)),
                "account" => Erased::Account(AccountId(uuid()?)),
                _ => Erased::Event(Seq(subject.parse().map_err(|_| unreadable(subject.clone()))?)),
            },
            state: state.and_then(|code| code.parse().ok()),
            fields: super::read::parsed(row, 3)?,
            reason: row.get(4)?,
            by: by.map(|_| id(row, 5).map(AccountId)).transpose()?,
            at: time(row, 6)?,
        })
    })?;
    let own = |record: &ErasureRecord| can(viewer, Action::ManageAccounts, record.state).is_ok();
    rows.filter(|row| row.as_ref().map_or(true, own)).collect()
}

/// Whether a contact point was erased: it does not come back by being saved.
pub(super) fn is_erased(connection: &Connection, contact: ContactId) -> Result<bool, StoreError> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM erasure WHERE kind = 'contact' AND subject = ?1)")
        .and_then(|mut s| s.query_row([contact.to_string()], |row| row.get(0)))
        .map_err(sql)
}

/// Writes the whole database anew and empties the write-ahead log, if anything
/// was erased since that was last done. `false`: a reader was in the way.
///
/// Overwriting what is deleted is not enough: rows move between pages, and the
/// gaps they leave keep what had stood there.
pub(super) fn scrub(connection: &Connection) -> rusqlite::Result<bool> {
    let due: bool =
        connection
            .query_row("SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'scrub')", [], |row| row.get(0))?;
    if !due {
        return Ok(true);
    }
    connection.execute_batch("VACUUM")?;
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Ok(false);
    }
    connection.execute("DELETE FROM meta WHERE key = 'scrub'", [])?;
    Ok(true)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn sql(error: rusqlite::Error) -> StoreError {
    fault(&error)
}
