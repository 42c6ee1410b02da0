-- The log: append-only. `payload` stands beside it so that it can be erased;
-- `salt` is then set to NULL and the leaf still checks nothing but itself.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE event (
    seq      INTEGER PRIMARY KEY,
    incident BLOB    NOT NULL,
    type     TEXT    NOT NULL,
    v        INTEGER NOT NULL,
    mode     TEXT    NOT NULL,
    audience TEXT    NOT NULL,
    handling TEXT    NOT NULL DEFAULT 'standard',
    actor    BLOB,
    occurred INTEGER NOT NULL, -- microseconds since 1970, UTC; so are all times below
    known    INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    salt     BLOB,
    leaf     BLOB    NOT NULL
);
CREATE INDEX event_of_incident ON event (incident, seq);

CREATE TABLE payload (
    seq   INTEGER PRIMARY KEY REFERENCES event (seq),
    bytes BLOB NOT NULL
);

-- Who may see an event, one row a reader: a State's code, an account's id, or
-- '**' for everybody. The same for incidents.
CREATE TABLE event_reader (
    reader TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (reader, seq)
) WITHOUT ROWID;
CREATE TABLE incident_reader (
    reader   TEXT NOT NULL,
    incident BLOB NOT NULL,
    PRIMARY KEY (reader, incident)
) WITHOUT ROWID;

-- Projections: pure folds over the log, written with it, rebuilt to the same rows.
CREATE TABLE incident (
    id        BLOB    PRIMARY KEY,
    version   INTEGER NOT NULL,
    head      INTEGER NOT NULL,
    mode      TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    reference TEXT,
    opened    INTEGER NOT NULL,
    fold      INTEGER NOT NULL,
    body      TEXT    NOT NULL
) WITHOUT ROWID;
CREATE INDEX incident_by_head ON incident (mode, head);
CREATE TABLE duty (
    incident     BLOB NOT NULL,
    addressee    TEXT NOT NULL,
    notified     INTEGER,
    delivered    INTEGER,
    acknowledged INTEGER,
    alarm        INTEGER NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (incident, addressee)
) WITHOUT ROWID;

-- What has to go out and what has to happen, committed with the events.
CREATE TABLE message (
    id        BLOB    PRIMARY KEY,
    incident  BLOB    NOT NULL,
    addressee TEXT    NOT NULL,
    contact   BLOB    NOT NULL,
    channel   TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    bytes     BLOB    NOT NULL
) WITHOUT ROWID;
CREATE INDEX message_of_addressee ON message (incident, addressee, created);
CREATE TABLE timer (
    incident BLOB    NOT NULL,
    timer    TEXT    NOT NULL,
    due      INTEGER NOT NULL,
    PRIMARY KEY (incident, timer)
) WITHOUT ROWID;
CREATE INDEX timer_by_due ON timer (due);

-- Records that can be changed and erased.
CREATE TABLE account (
    id   BLOB PRIMARY KEY,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE token (
    hash    TEXT    PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE,
    account BLOB    NOT NULL REFERENCES account (id),
    expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE contact (
    id    BLOB PRIMARY KEY,
    state TEXT NOT NULL,
    body  TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX contact_of_state ON contact (state);

CREATE TABLE idempotency (
    account BLOB    NOT NULL,
    route   TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    body    TEXT    NOT NULL, -- SHA-256 of the raw request body
    answer  BLOB    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (account, route, key)
) WITHOUT ROWID;
CREATE TABLE playbook_text (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE counter (
    prefix TEXT    NOT NULL,
    year   INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (prefix, year)
) WITHOUT ROWID;
