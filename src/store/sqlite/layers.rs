//! Imported layers: rows and files that are written by import only and are
//! never made from events.

use super::{
    blob,
    read::{id, time},
    text,
    writer::fault,
};
use crate::{
    domain::{
        id::{AccountId, IncidentId, LayerId},
        incident::IncidentState,
        layer::{LayerKind, NotALayerKind},
    },
    proof::digest_hex,
    store::{LayerChange, LayerRecord, StoreError},
};
use rusqlite::{Connection, OptionalExtension, params, types::Type};

/// Ends layers, keeps a new one, and sets the timer for every incident that
/// has not ended; returns which incidents those are.
pub(super) fn change(connection: &Connection, change: &LayerChange) -> Result<Vec<IncidentId>, StoreError> {
    let now = change.now.as_microsecond();
    for id in &change.ended {
        let ended = connection
            .execute(
                "UPDATE layer SET ended = ?2, ended_by = ?3 WHERE id = ?1 AND ended IS NULL",
                params![blob(id.0), now, change.by.map(|account| blob(account.0))],
            )
            .map_err(sql)?;
        if ended == 0 {
            return Err(StoreError::Conflict);
        }
    }
    if let Some((layer, bytes)) = &change.new {
        connection
            .execute("INSERT OR IGNORE INTO layer_file VALUES (?1, ?2)", params![layer.sha256, bytes])
            .map_err(sql)?;
        let row = params![
            blob(layer.id.0),
            layer.kind.code(),
            layer.name,
            layer.file_name,
            layer.sidecar,
            layer.sha256,
            layer.size,
            layer.imported.as_microsecond(),
            layer.imported_by.map(|account| blob(account.0)),
        ];
        connection
            .execute("INSERT INTO layer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, NULL)", row)
            .map_err(|error| match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::ConstraintViolation) => StoreError::Conflict,
                _ => fault(&error),
            })?;
    }
    mark(connection, change)
}

fn mark(connection: &Connection, change: &LayerChange) -> Result<Vec<IncidentId>, StoreError> {
    let timer = text(&change.mark)?;
    let mut found = connection.prepare("SELECT id, state FROM incident ORDER BY id").map_err(sql)?;
    let ended = |state: &str| IncidentState::ALL.iter().any(|s| s.has_ended() && s.as_str() == state);
    let rows: Vec<(IncidentId, String)> = found
        .query_map([], |row| Ok((IncidentId(id(row, 0)?), row.get(1)?)))
        .and_then(Iterator::collect)
        .map_err(sql)?;
    let open: Vec<IncidentId> =
        rows.into_iter().filter(|(_, state)| !ended(state)).map(|(id, _)| id).collect();
    for incident in &open {
        connection
            .prepare_cached("INSERT OR REPLACE INTO timer VALUES (?1, ?2, ?3)")
            .and_then(|mut s| s.execute(params![blob(incident.0), timer, change.now.as_microsecond()]))
            .map_err(sql)?;
    }
    Ok(open)
}

/// The layers in force, in the order they were imported.
pub(super) fn in_force(connection: &Connection) -> rusqlite::Result<Vec<LayerRecord>> {
    connection
        .prepare(
            "SELECT id, kind, name, file_name, sidecar, sha256, size, imported, imported_by FROM layer
             WHERE ended IS NULL ORDER BY imported, id",
        )?
        .query_map([], |row| {
            let kind: String = row.get(1)?;
            let kind: LayerKind = kind.parse().map_err(|e| {
                rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::<NotALayerKind>::new(e))
            })?;
            let imported_by = match row.get_ref(8)? {
                rusqlite::types::ValueRef::Null => None,
                _ => Some(AccountId(id(row, 8)?)),
            };
            Ok(LayerRecord {
                id: LayerId(id(row, 0)?),
                kind,
                name: row.get(2)?,
                file_name: row.get(3)?,
                sidecar: row.get(4)?,
                sha256: row.get(5)?,
                size: row.get(6)?,
                imported: time(row, 7)?,
                imported_by,
            })
        })?
        .collect()
}

/// The bytes of a layer, by digest.
pub(super) fn file(connection: &Connection, sha256: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT bytes FROM layer_file WHERE sha256 = ?1")?
        .query_row([sha256], |row| row.get(0))
        .optional()
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn sql(error: rusqlite::Error) -> StoreError {
    fault(&error)
}

/// The files that do not fit their digests, one line each.
pub(super) fn check(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut files = connection.prepare("SELECT sha256, bytes FROM layer_file")?;
    let mut rows = files.query([])?;
    while let Some(row) = rows.next()? {
        let (sha256, bytes): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if digest_hex(&bytes) != sha256 {
            problems.push(format!("the file of the imported layer {sha256} does not fit its digest"));
        }
    }
    Ok(problems)
}
