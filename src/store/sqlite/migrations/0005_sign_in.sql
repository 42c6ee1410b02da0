-- How people sign in. Nothing here tells a secret but the one an authenticator
-- shares, which has to be there to be checked.
CREATE TABLE credential (
    account BLOB PRIMARY KEY REFERENCES account (id),
    name    TEXT NOT NULL UNIQUE, -- in small letters
    body    TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
    hash    TEXT PRIMARY KEY,     -- SHA-256 of the cookie
    account BLOB NOT NULL REFERENCES account (id),
    body    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_of ON session (account);
CREATE TABLE invitation (
    hash    TEXT PRIMARY KEY,     -- SHA-256 of the link
    account BLOB NOT NULL REFERENCES account (id),
    expires INTEGER NOT NULL
) WITHOUT ROWID;
-- Who signed in, who failed to: apart from the timeline.
CREATE TABLE access (
    number  INTEGER PRIMARY KEY,
    account BLOB,
    body    TEXT NOT NULL
);
