-- Reports that somebody has begun and not sent. No part of the log.
CREATE TABLE draft (
    id      BLOB PRIMARY KEY,
    account BLOB NOT NULL REFERENCES account (id),
    changed INTEGER NOT NULL,
    body    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX draft_of ON draft (account, changed);
