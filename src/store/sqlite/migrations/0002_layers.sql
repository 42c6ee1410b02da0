-- Layers of the map that were imported: records, not projections. A layer that
-- was replaced or taken away keeps its row and its file, because assessments
-- name the data they were made with by digest.
CREATE TABLE layer (
    id          BLOB    PRIMARY KEY,
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    file_name   TEXT    NOT NULL,
    sidecar     TEXT    NOT NULL, -- TOML
    sha256      TEXT    NOT NULL REFERENCES layer_file (sha256),
    size        INTEGER NOT NULL, -- bytes
    imported    INTEGER NOT NULL,
    imported_by BLOB,
    ended       INTEGER,
    ended_by    BLOB
) WITHOUT ROWID;
CREATE UNIQUE INDEX layer_in_force ON layer (kind, name) WHERE ended IS NULL;

-- The bytes as they were sent, once for each digest.
CREATE TABLE layer_file (
    sha256 TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL
);
