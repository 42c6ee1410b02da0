//! The store in one SQLite file. One write connection, in a thread of its own;
//! a few read connections. `synchronous = FULL`: an emergency record cannot
//! afford to lose its last commits.

pub mod backup;
mod commit;
mod contacts;
mod erasure;
mod files;
mod layers;
mod outbox;
mod projection;
mod read;
mod readers;
mod sign_in;
mod writer;

use super::{
    Batch, Committed, ContactChange, DueTimer, Erasure, ErasureOutcome, ErasureRecord, Health, Hold,
    Idempotency, KeptBytes, LayerChange, LayerRecord, Logged, Parcel, Store, StoreError, TokenRecord,
};
use crate::domain::{
    account::{Account, Action, Viewer, can},
    contact::ContactPoint,
    delivery::Message,
    draft::ReportDraft,
    duty::Addressee,
    event::Event,
    id::{AccountId, ContactId, DraftId, IncidentId, MessageId, Reference, Seq},
    incident::{FOLD, Incident, Mode},
    sign_in::{Access, Credential, Session},
};
use crate::proof::digest_hex;
use jiff::Timestamp;
use readers::Readers;
use rusqlite::{Connection, OptionalExtension};
use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use writer::{Writer, fault};

/// Each migration takes the store from the version of its index to the next.
pub const MIGRATIONS: [&str; 6] = [
    include_str!("migrations/0001_log.sql"),
    include_str!("migrations/0002_layers.sql"),
    include_str!("migrations/0003_delivery.sql"),
    include_str!("migrations/0004_erasure.sql"),
    include_str!("migrations/0005_sign_in.sql"),
    include_str!("migrations/0006_draft.sql"),
];

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory cannot be made or written to.
    #[error(
        "cannot use the data directory {path}: {source}. Choose a directory this user may write to (--data)"
    )]
    Directory {
        /// Which directory.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another server works on the same data.
    #[error("another server is using {0}. Stop it first, or choose another directory (--data)")]
    InUse(PathBuf),
    /// The store was written by a newer program.
    #[error(
        "the store in {path} has version {found}, and this program knows versions up to {known}. \
         Use the newer program; nothing was changed"
    )]
    Newer {
        /// Where.
        path: PathBuf,
        /// The version found.
        found: usize,
        /// The newest version known.
        known: usize,
    },
    /// The bundled SQLite has a known fault that corrupts data.
    #[error(
        "SQLite {0} has a fault that can corrupt the store (fixed in 3.51.3); build with the bundled one"
    )]
    FaultySqlite(String),
    /// Something else.
    #[error("cannot open the store: {0}")]
    Fault(#[from] StoreError),
}

/// Settings that only tests and measurements change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Durability {
    /// Whether a commit waits for the disk. `false` loses acknowledged rows
    /// when the power fails, and exists so that a test can show that it does.
    pub full: bool,
    /// Whether every piece of work gets a transaction of its own, for
    /// comparison.
    pub alone: bool,
}

impl Default for Durability {
    fn default() -> Self {
        Self { full: true, alone: false }
    }
}

/// The store in a directory.
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
    /// The numbers last given to incidents, by prefix and year.
    numbers: Mutex<BTreeMap<(&'static str, i16), u32>>,
    /// Files of responders.
    files: files::Files,
    /// Held for as long as the store is open.
    _lock: File,
}

impl Sqlite {
    /// Opens the store in `directory`, creating or migrating it as needed.
    /// `log_id` names the log if it is new.
    pub fn open(directory: &Path, log_id: &str) -> Result<Self, OpenError> {
        Self::open_with(directory, log_id, Durability::default())
    }

    /// As [`Sqlite::open`], with other settings.
    pub fn open_with(directory: &Path, log_id: &str, durability: Durability) -> Result<Self, OpenError> {
        if rusqlite::version_number() < 3_051_003 {
            return Err(OpenError::FaultySqlite(rusqlite::version().to_owned()));
        }
        let trouble = |source| OpenError::Directory { path: directory.to_owned(), source };
        std::fs::create_dir_all(directory).map_err(trouble)?;
        let lock = File::create(directory.join(backup::LOCK)).map_err(trouble)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(OpenError::InUse(directory.to_owned())),
            Err(std::fs::TryLockError::Error(source)) => return Err(trouble(source)),
        }
        let file = directory.join(backup::DATABASE);
        let connection = Connection::open(&file).map_err(|e| OpenError::Fault(fault(&e)))?;
        prepare(&connection, durability).map_err(|e| OpenError::Fault(fault(&e)))?;
        migrate(&connection, &file, log_id)?;
        // What was erased while something was in the way goes now, or when there is room.
        let _ = erasure::scrub(&connection);
        let writer = Writer::start(connection, durability.alone).map_err(trouble)?;
        let files = files::Files::of(directory, durability.full);
        let store =
            Self { readers: Readers::of(&file), writer, numbers: Mutex::default(), files, _lock: lock };
        if store.read(has_stale_projections)? {
            store.rebuild()?;
        }
        Ok(store)
    }

    /// Runs a query on a read connection of its own.
    fn read<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        self.readers.read(query).map_err(|e| fault(&e))
    }
}

fn has_stale_projections(c: &Connection) -> rusqlite::Result<bool> {
    c.query_row("SELECT EXISTS (SELECT 1 FROM incident WHERE fold <> ?1)", [FOLD], |row| row.get(0))
}

fn prepare(connection: &Connection, durability: Durability) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", if durability.full { "FULL" } else { "NORMAL" })?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))
}

fn migrate(connection: &Connection, file: &Path, log_id: &str) -> Result<(), OpenError> {
    let broken = |e: rusqlite::Error| OpenError::Fault(fault(&e));
    let found: usize = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(broken)?;
    if found > MIGRATIONS.len() {
        return Err(OpenError::Newer { path: file.to_owned(), found, known: MIGRATIONS.len() });
    }
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(found) {
        let script = format!("BEGIN IMMEDIATE; {migration} PRAGMA user_version = {}; COMMIT;", index + 1);
        connection.execute_batch(&script).map_err(broken)?;
    }
    connection
        .execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('log', ?1)", [log_id])
        .map_err(broken)?;
    Ok(())
}

impl Store for Sqlite {
    fn commit(&self, batch: Batch) -> Result<Committed, StoreError> {
        self.writer.write(move |connection| commit::commit(connection, &batch))
    }

    fn answered(&self, request: &Idempotency) -> Result<Option<Committed>, StoreError> {
        self.read(|c| Ok(commit::answer_given(c, request)))?
    }

    fn save_account(&self, account: &Account) -> Result<(), StoreError> {
        let (id, body) = (account.id.0, text(account)?);
        self.execute("INSERT OR REPLACE INTO account (id, body) VALUES (?1, ?2)", (blob(id), body))
    }

    fn save_token(&self, token: &TokenRecord) -> Result<(), StoreError> {
        let row =
            (token.hash.clone(), blob(token.id.0), blob(token.account.0), token.expires.as_microsecond());
        self.execute("INSERT INTO token (hash, id, account, expires) VALUES (?1, ?2, ?3, ?4)", row)
    }

    fn save_credential(&self, credential: &Credential) -> Result<(), StoreError> {
        let credential = credential.clone();
        self.writer.write(move |c| sign_in::save_credential(c, &credential))
    }

    fn credential(&self, account: AccountId) -> Result<Option<Credential>, StoreError> {
        self.read(|c| sign_in::credential(c, account))
    }

    fn credential_named(&self, name: &str) -> Result<Option<Credential>, StoreError> {
        self.read(|c| sign_in::credential_named(c, name))
    }

    fn save_session(&self, hash: &str, session: &Session) -> Result<(), StoreError> {
        let row = (hash.to_owned(), blob(session.account.0), text(session)?);
        self.execute("INSERT OR REPLACE INTO session (hash, account, body) VALUES (?1, ?2, ?3)", row)
    }

    fn session(&self, hash: &str) -> Result<Option<(Session, Account)>, StoreError> {
        self.read(|c| sign_in::session(c, hash))
    }

    fn end_session(&self, hash: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM session WHERE hash = ?1", (hash.to_owned(),))
    }

    fn save_invitation(&self, hash: &str, account: AccountId, expires: Timestamp) -> Result<(), StoreError> {
        let row = (hash.to_owned(), blob(account.0), expires.as_microsecond());
        self.execute("INSERT INTO invitation (hash, account, expires) VALUES (?1, ?2, ?3)", row)
    }

    fn invitation(&self, hash: &str, now: Timestamp) -> Result<Option<Account>, StoreError> {
        self.read(|c| sign_in::invitation(c, hash, now))
    }

    fn end_invitations(&self, account: AccountId) -> Result<(), StoreError> {
        self.execute("DELETE FROM invitation WHERE account = ?1", (blob(account.0),))
    }

    fn save_draft(&self, draft: &ReportDraft) -> Result<(), StoreError> {
        let row = (blob(draft.id.0), blob(draft.account.0), draft.changed.as_microsecond(), text(draft)?);
        self.execute("INSERT OR REPLACE INTO draft (id, account, changed, body) VALUES (?1, ?2, ?3, ?4)", row)
    }

    fn drafts(&self, account: AccountId) -> Result<Vec<ReportDraft>, StoreError> {
        self.read(|c| sign_in::drafts(c, account))
    }

    fn drop_draft(&self, account: AccountId, id: DraftId) -> Result<(), StoreError> {
        self.execute("DELETE FROM draft WHERE account = ?1 AND id = ?2", (blob(account.0), blob(id.0)))
    }

    fn log_access(&self, access: &Access) -> Result<(), StoreError> {
        let row = (access.account.map(|account| blob(account.0)), text(access)?);
        self.execute("INSERT INTO access (account, body) VALUES (?1, ?2)", row)
    }

    fn accesses(&self, viewer: &Viewer, account: AccountId, limit: usize) -> Result<Vec<Access>, StoreError> {
        if viewer.account() != Some(account) && self.account(viewer, account)?.is_none() {
            return Ok(Vec::new());
        }
        self.read(|c| sign_in::accesses(c, account, limit))
    }

    fn save_contact(&self, contact: &ContactPoint) -> Result<(), StoreError> {
        let (id, row) = (contact.id, (blob(contact.id.0), contact.addressee.to_string(), text(contact)?));
        self.writer.write(move |c| {
            // Whoever had read it before it was erased does not bring it back.
            if erasure::is_erased(c, id)? {
                return Err(StoreError::Conflict);
            }
            c.execute("INSERT OR REPLACE INTO contact (id, state, body) VALUES (?1, ?2, ?3)", row)
                .map(|_| ())
                .map_err(|e| fault(&e))
        })
    }

    fn erase(&self, erasure: Erasure) -> Result<ErasureOutcome, StoreError> {
        self.writer.write(move |connection| erasure::erase(connection, &erasure))
    }

    fn erasures(&self, viewer: &Viewer) -> Result<Vec<ErasureRecord>, StoreError> {
        self.read(|c| erasure::records(c, viewer))
    }

    fn scrub(&self) -> Result<bool, StoreError> {
        self.writer.tend(erasure::scrub)
    }

    fn change_contacts(&self, change: ContactChange) -> Result<(), StoreError> {
        self.writer.write(move |connection| contacts::change(connection, &change))
    }

    fn contact(&self, viewer: &Viewer, id: ContactId) -> Result<Option<ContactPoint>, StoreError> {
        if can(viewer, Action::ReadContacts, None).is_err() {
            return Ok(None);
        }
        self.read(|c| contacts::one(c, id))
    }

    fn change_layers(&self, change: LayerChange) -> Result<Vec<IncidentId>, StoreError> {
        self.writer.write(move |connection| layers::change(connection, &change))
    }

    fn layers(&self, viewer: &Viewer) -> Result<Vec<LayerRecord>, StoreError> {
        if can(viewer, Action::Preview, None).is_err() {
            return Ok(Vec::new());
        }
        self.read(layers::in_force)
    }

    fn layer_file(&self, viewer: &Viewer, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if can(viewer, Action::Preview, None).is_err() {
            return Ok(None);
        }
        self.read(|c| layers::file(c, sha256))
    }

    fn account_by_token(
        &self,
        hash: &str,
        now: Timestamp,
    ) -> Result<Option<(Account, Timestamp)>, StoreError> {
        self.read(|c| read::account_by_token(c, hash, now))
    }

    fn has_accounts(&self) -> Result<bool, StoreError> {
        self.read(|c| c.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0)))
    }

    fn account(&self, viewer: &Viewer, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.read(|c| read::account(c, viewer, id))
    }

    fn contacts(&self, viewer: &Viewer, of: Option<&Addressee>) -> Result<Vec<ContactPoint>, StoreError> {
        self.read(|c| read::contacts(c, viewer, of))
    }

    fn incident(&self, viewer: &Viewer, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        self.read(|c| read::incident(c, viewer, id))
    }

    fn incidents(
        &self,
        viewer: &Viewer,
        mode: Mode,
        before: Option<Seq>,
        limit: usize,
    ) -> Result<Vec<Incident>, StoreError> {
        self.read(|c| read::incidents(c, viewer, mode, before, limit))
    }

    fn timeline(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.read(|c| read::timeline(c, viewer, incident, after, limit))
    }

    fn events_after(&self, viewer: &Viewer, after: Seq, limit: usize) -> Result<Vec<Logged>, StoreError> {
        self.read(|c| read::events_after(c, viewer, after, limit))
    }

    fn event(&self, viewer: &Viewer, seq: Seq) -> Result<Option<Event>, StoreError> {
        self.read(|c| read::event(c, viewer, seq))
    }

    fn messages(&self, viewer: &Viewer, incident: IncidentId) -> Result<Vec<Message>, StoreError> {
        self.read(|c| read::messages(c, viewer, incident))
    }

    fn message(&self, viewer: &Viewer, id: MessageId) -> Result<Option<Message>, StoreError> {
        self.read(|c| read::message(c, viewer, id))
    }

    fn message_bytes(&self, viewer: &Viewer, id: MessageId) -> Result<Option<KeptBytes>, StoreError> {
        self.read(|c| match read::message(c, viewer, id)? {
            Some(_) => {
                let kept = |bytes: Vec<u8>| KeptBytes {
                    sha256: digest_hex(&bytes),
                    erased: bytes.is_empty(),
                    bytes,
                };
                Ok(outbox::bytes(c, id)?.map(kept))
            }
            None => Ok(None),
        })
    }

    fn outbox(
        &self,
        now: Timestamp,
        limit: usize,
        under_way: &[MessageId],
    ) -> Result<Vec<Parcel>, StoreError> {
        self.read(|c| outbox::due(c, now, limit, under_way))
    }

    fn hold(&self) -> Result<Option<Hold>, StoreError> {
        self.read(backup::hold)
    }

    fn held(&self) -> Result<Vec<Message>, StoreError> {
        self.read(|c| match backup::hold(c)? {
            Some(hold) => outbox::held(c, &hold),
            None => Ok(Vec::new()),
        })
    }

    fn release(&self) -> Result<(), StoreError> {
        self.execute("DELETE FROM meta WHERE key = 'hold'", ())
    }

    fn next_reference(&self, mode: Mode, instance: &str, now: Timestamp) -> Result<Reference, StoreError> {
        let (prefix, year) = (mode.prefix(), now.to_zoned(jiff::tz::TimeZone::UTC).year());
        let mut given = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let last = match given.get(&(prefix, year)) {
            Some(last) => *last,
            None => self.read(|c| read::last_number(c, prefix, year))?,
        };
        given.insert((prefix, year), last + 1);
        Ok(Reference::new(prefix, instance, year, last + 1))
    }

    fn instance_key(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        let row = (text(&fresh)?,);
        self.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('instance_key', ?1)", row)?;
        let kept: String = self.read(|c| {
            c.query_row("SELECT value FROM meta WHERE key = 'instance_key'", [], |row| row.get(0))
        })?;
        serde_json::from_str(&kept).map_err(|error| StoreError::Corrupt(error.to_string()))
    }

    fn playbook_text(&self, viewer: &Viewer, hash: &str) -> Result<Option<String>, StoreError> {
        self.read(|c| read::playbook_text(c, viewer, hash))
    }

    fn keep_file(&self, bytes: &[u8], now: Timestamp) -> Result<String, StoreError> {
        self.files.keep(bytes, now)
    }

    fn refresh_file(&self, sha256: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.files.refresh(sha256, now)
    }

    fn file(
        &self,
        viewer: &Viewer,
        incident: IncidentId,
        sha256: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(incident) = self.incident(viewer, incident)? else { return Ok(None) };
        let seen =
            |run: &&crate::domain::run::Run| viewer.state().is_none_or(|state| Some(state) == run.state);
        let kept = incident.runs.iter().filter(seen).any(|run| run.files().any(|file| file.sha256 == sha256));
        if kept { self.files.read(sha256) } else { Ok(None) }
    }

    fn sent_file(&self, viewer: &Viewer, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if *viewer == Viewer::House { self.files.read(sha256) } else { Ok(None) }
    }

    fn sweep_files(&self, then: Timestamp) -> Result<usize, StoreError> {
        self.files.sweep(then, |sha256| {
            self.read(|c| {
                let kept = "SELECT EXISTS (SELECT 1 FROM incident WHERE instr(body, ?1) > 0)";
                c.query_row(kept, [sha256], |row| row.get(0))
            })
        })
    }

    fn due(&self, now: Timestamp, limit: usize) -> Result<Vec<DueTimer>, StoreError> {
        self.read(|c| read::due(c, now, limit))
    }

    fn head(&self) -> Result<Seq, StoreError> {
        self.read(|c| c.query_row("SELECT coalesce(max(seq), 0) FROM event", [], |row| row.get(0)).map(Seq))
    }

    fn newest(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|c| {
            c.query_row("SELECT recorded FROM event ORDER BY seq DESC LIMIT 1", [], |row| read::time(row, 0))
                .optional()
        })
    }

    fn log_id(&self) -> Result<String, StoreError> {
        self.read(|c| c.query_row("SELECT value FROM meta WHERE key = 'log'", [], |row| row.get(0)))
    }

    fn health(&self) -> Result<Health, StoreError> {
        self.read(read::health)
    }

    fn check(&self) -> Result<Vec<String>, StoreError> {
        // One snapshot: what is committed meanwhile is not half of it.
        self.read(|c| c.unchecked_transaction().map(|snapshot| projection::check(&snapshot)))?
    }

    fn rebuild(&self) -> Result<(), StoreError> {
        self.writer.write(projection::rebuild)
    }
}

impl Sqlite {
    fn execute<P: rusqlite::Params + Send + 'static>(
        &self,
        sql: &'static str,
        row: P,
    ) -> Result<(), StoreError> {
        self.writer.write(move |c| c.execute(sql, row).map(|_| ()).map_err(|e| fault(&e)))
    }
}

/// The reader that stands for everybody.
const EVERYBODY: &str = "**";

fn blob(id: uuid::Uuid) -> Vec<u8> {
    id.as_bytes().to_vec()
}

fn text<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}
