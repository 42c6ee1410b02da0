//! What belongs to an account alone: credentials, sessions, invitations,
//! reports it has begun, and its lines of the access log.

use super::{blob, text, writer::fault};
use crate::{
    domain::{
        account::Account,
        draft::ReportDraft,
        id::AccountId,
        sign_in::{Access, Credential, Session},
    },
    store::StoreError,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

type Sql<T> = rusqlite::Result<T>;

fn parsed<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> Sql<T> {
    let body: String = row.get(at)?;
    serde_json::from_str(&body).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error))
    })
}

pub(super) fn credential(c: &Connection, account: AccountId) -> Sql<Option<Credential>> {
    c.prepare_cached("SELECT body FROM credential WHERE account = ?1")?
        .query_row([blob(account.0)], |row| parsed(row, 0))
        .optional()
}

pub(super) fn credential_named(c: &Connection, name: &str) -> Sql<Option<Credential>> {
    c.prepare_cached("SELECT body FROM credential WHERE name = ?1")?
        .query_row([name], |row| parsed(row, 0))
        .optional()
}

/// Keeps what an account signs in with; refused when another one has the name.
pub(super) fn save_credential(c: &Connection, credential: &Credential) -> Result<(), StoreError> {
    let taken: bool = c
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM credential WHERE name = ?1 AND account <> ?2)",
            params![credential.name, blob(credential.account.0)],
            |row| row.get(0),
        )
        .map_err(|e| fault(&e))?;
    if taken {
        return Err(StoreError::Conflict);
    }
    c.execute(
        "INSERT OR REPLACE INTO credential (account, name, body) VALUES (?1, ?2, ?3)",
        params![blob(credential.account.0), credential.name, text(credential)?],
    )
    .map(|_| ())
    .map_err(|e| fault(&e))
}

pub(super) fn session(c: &Connection, hash: &str) -> Sql<Option<(Session, Account)>> {
    c.prepare_cached(
        "SELECT session.body, account.body FROM session JOIN account ON account.id = session.account
         WHERE hash = ?1",
    )?
    .query_row([hash], |row| Ok((parsed(row, 0)?, parsed(row, 1)?)))
    .optional()
}

pub(super) fn invitation(c: &Connection, hash: &str, now: Timestamp) -> Sql<Option<Account>> {
    c.prepare_cached(
        "SELECT body FROM invitation JOIN account ON account.id = invitation.account
         WHERE hash = ?1 AND expires > ?2",
    )?
    .query_row(params![hash, now.as_microsecond()], |row| parsed(row, 0))
    .optional()
}

pub(super) fn accesses(c: &Connection, account: AccountId, limit: usize) -> Sql<Vec<Access>> {
    c.prepare_cached("SELECT body FROM access WHERE account = ?1 ORDER BY number DESC LIMIT ?2")?
        .query_map(params![blob(account.0), limit], |row| parsed(row, 0))?
        .collect()
}

pub(super) fn drafts(c: &Connection, account: AccountId) -> Sql<Vec<ReportDraft>> {
    c.prepare_cached("SELECT body FROM draft WHERE account = ?1 ORDER BY changed DESC, id")?
        .query_map([blob(account.0)], |row| parsed(row, 0))?
        .collect()
}

/// Nobody signs in as this account any more.
pub(super) fn forget(c: &Connection, account: AccountId) -> Sql<()> {
    for table in ["credential", "session", "invitation", "access", "draft"] {
        c.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [blob(account.0)])?;
    }
    Ok(())
}
