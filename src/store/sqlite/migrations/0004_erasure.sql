-- What was erased, when, by whom and why: never what it was. Whoever restores
-- an older backup has to erase it again. The hold after a restore is a row of
-- `meta` (`hold`).
CREATE TABLE erasure (
    number   INTEGER PRIMARY KEY,
    kind     TEXT    NOT NULL, -- contact, account or event
    subject  TEXT    NOT NULL, -- its id, or its place in the log
    state    TEXT,             -- the State it belonged to; NULL for the instance
    detail   TEXT    NOT NULL, -- JSON: the fields of an event whose text was erased
    reason   TEXT    NOT NULL,
    actor    BLOB,
    recorded INTEGER NOT NULL
);
CREATE INDEX erasure_of ON erasure (kind, subject);
