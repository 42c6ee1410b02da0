//! Contact points: rows that are changed only as they were seen.

use super::{blob, read::parsed, text, writer::fault};
use crate::{
    domain::{contact::ContactPoint, id::ContactId},
    store::{ContactChange, StoreError},
};
use rusqlite::{Connection, OptionalExtension, params};

/// One contact point.
pub(super) fn one(connection: &Connection, id: ContactId) -> rusqlite::Result<Option<ContactPoint>> {
    connection
        .prepare_cached("SELECT body FROM contact WHERE id = ?1")?
        .query_row([blob(id.0)], |row| parsed(row, 0))
        .optional()
}

/// Writes a change if what it is based on still stands.
pub(super) fn change(connection: &Connection, change: &ContactChange) -> Result<(), StoreError> {
    for seen in &change.seen {
        if one(connection, seen.id).map_err(sql)?.as_ref() != Some(seen) {
            return Err(StoreError::Conflict);
        }
    }
    if change.all {
        let count: usize =
            connection.query_row("SELECT count(*) FROM contact", [], |row| row.get(0)).map_err(sql)?;
        if count != change.seen.len() {
            return Err(StoreError::Conflict);
        }
    }
    let mut write = connection
        .prepare_cached("INSERT OR REPLACE INTO contact (id, state, body) VALUES (?1, ?2, ?3)")
        .map_err(sql)?;
    for contact in &change.write {
        // Whoever had read it before it was erased does not bring it back.
        if super::erasure::is_erased(connection, contact.id)? {
            return Err(StoreError::Conflict);
        }
        let row = params![blob(contact.id.0), contact.addressee.to_string(), text(contact)?];
        write.execute(row).map_err(sql)?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn sql(error: rusqlite::Error) -> StoreError {
    fault(&error)
}
