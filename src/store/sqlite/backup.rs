//! Backups of a store, and stores made of backups.
//!
//! A backup is a directory with the database, the attachments and, written
//! last, a manifest that names every file with its digest. It is made from one
//! snapshot of the database by a reader of its own: the server goes on
//! meanwhile, and need not run at all. The database comes first and the
//! attachments second: a file that comes in between is merely not referred to.
//!
//! `VACUUM INTO` and not a copy of the file: it reads one snapshot however much
//! is written meanwhile, and what was erased from the store and still lies in
//! unused pages does not come along.

use super::{
    MIGRATIONS, OpenError,
    files::ATTACHMENTS,
    has_stale_projections, migrate, prepare, projection, text,
    writer::{self, fault},
};
use crate::{
    domain::{id::Seq, incident::Mode},
    proof::RunningDigest,
    store::{Hold, StoreError},
};
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// The name of the manifest in a backup.
pub const MANIFEST: &str = "MANIFEST.json";

/// The shape of backups made today.
const FORMAT: u32 = 1;

/// The database, in a store and in a backup.
pub(super) const DATABASE: &str = "outcross.sqlite";

/// The file a store is locked by.
pub(super) const LOCK: &str = "lock";

/// Where things are put together before they get their names.
const UNFINISHED: &str = ".unfinished";

/// How many numbers of incidents are passed over after a restore? The log that
/// was lost may have given some that nobody here knows of, and a number that
/// people use is never given twice.
pub const NUMBERS_PASSED_OVER: u32 = 100;

/// What a backup consists of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of the backup.
    pub format: u32,
    /// The program that made it, with its version.
    pub program: String,
    /// When it was made.
    pub made: Timestamp,
    /// The id of the log.
    pub log: String,
    /// The newest event in it.
    pub head: Seq,
    /// The version of the store.
    pub version: usize,
    /// Its files.
    pub files: Vec<FileRecord>,
}

/// A file of a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its path in the backup, with `/` between the parts.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// What a restore has brought back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// What the backup said of itself.
    pub manifest: Manifest,
    /// The id the log has from now on.
    pub log: String,
    /// Messages that the backup knows as not sent: they are on hold.
    pub held: u64,
}

/// What a check has found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// The id of the log.
    pub log: String,
    /// The newest event.
    pub head: Seq,
    /// What is wrong, one line each.
    pub problems: Vec<String>,
}

/// Why there is no backup, or no store made of one. Nothing half done is left.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Nothing to be backed up.
    #[error("there is no store in {0}: name the data directory of the server (--data)")]
    NoStore(PathBuf),
    /// Something is there already.
    #[error("{0} is not empty: name a directory that is empty or not there yet. Nothing was changed")]
    NotEmpty(PathBuf),
    /// Somebody else works there.
    #[error("{0} is in use by another outcross (a server, a backup or a restore). Nothing was changed")]
    InUse(PathBuf),
    /// No room left.
    #[error(
        "the disk of {0} is full: make room or choose another place. What had been written there was removed"
    )]
    Full(PathBuf),
    /// The system refuses.
    #[error("{path}: {source}")]
    System {
        /// Where.
        path: PathBuf,
        /// What it says.
        source: io::Error,
    },
    /// Not a backup.
    #[error("{0} is not a complete backup: it has no {MANIFEST}, which is written last")]
    NoManifest(PathBuf),
    /// A manifest that cannot be read.
    #[error("{path} cannot be read: {why}")]
    Manifest {
        /// Where.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Files that are not as the manifest says.
    #[error("the backup is damaged; use another one. Nothing was restored:\n  {}", .0.join("\n  "))]
    Damaged(Vec<String>),
    /// A log that does not check.
    #[error("the log in the backup does not check; use another backup. Nothing was restored:\n  {}", .0.join("\n  "))]
    Unsound(Vec<String>),
    /// The store has another version than this program reads without changing it.
    #[error(
        "the store has version {found} and this program checks version {known}: use the program that serves it"
    )]
    OtherVersion {
        /// The version found.
        found: usize,
        /// The version known.
        known: usize,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What goes wrong at a place.
fn at(path: &Path) -> impl Fn(io::Error) -> BackupError + '_ {
    move |source| match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => BackupError::Full(path.to_owned()),
        _ => BackupError::System { path: path.to_owned(), source },
    }
}

/// What SQLite says of a store in `path`.
fn of(path: &Path) -> impl Fn(rusqlite::Error) -> BackupError + '_ {
    move |error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => BackupError::Full(path.to_owned()),
        _ => fault(&error).into(),
    }
}

/// A place for something new. What is put together in it is removed unless it
/// is finished.
struct Site {
    place: PathBuf,
    /// Whether the place itself is new.
    new: bool,
    /// Whether servers will lock it: then the lock file stays, so that none is
    /// ever locked by two at once.
    store: bool,
    finished: bool,
    /// Held for as long as something is put together here.
    _lock: File,
}

impl Site {
    /// Takes an empty directory, or makes one. What an interrupted attempt has
    /// left there does not count.
    fn take(place: &Path, store: bool) -> Result<Self, BackupError> {
        let new = !place.exists();
        make_private(place).map_err(at(place))?;
        let harmless = [UNFINISHED, LOCK, "lost+found"];
        for entry in fs::read_dir(place).map_err(at(place))? {
            let name = entry.map_err(at(place))?.file_name();
            if !harmless.iter().any(|harmless| name == *harmless) {
                return Err(BackupError::NotEmpty(place.to_owned()));
            }
        }
        let lock = File::create(place.join(LOCK)).map_err(at(place))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(BackupError::InUse(place.to_owned())),
            Err(fs::TryLockError::Error(source)) => return Err(at(place)(source)),
        }
        let site = Self { place: place.to_owned(), new, store, finished: false, _lock: lock };
        let work = site.work();
        if work.exists() {
            fs::remove_dir_all(&work).map_err(at(&work))?;
        }
        make_private(&work).map_err(at(&work))?;
        Ok(site)
    }

    /// Where things are put together.
    fn work(&self) -> PathBuf {
        self.place.join(UNFINISHED)
    }

    /// Gives everything its name, in this order, once it is on the disk.
    fn finish(mut self, names: &[&str]) -> Result<(), BackupError> {
        let work = self.work();
        for name in names {
            let from = work.join(name);
            if from.exists() {
                sync(&work).map_err(at(&work))?;
                fs::rename(&from, self.place.join(name)).map_err(at(&from))?;
                sync(&self.place).map_err(at(&self.place))?;
            }
        }
        self.finished = true;
        fs::remove_dir_all(&work).map_err(at(&work))?;
        if !self.store {
            fs::remove_file(self.place.join(LOCK)).map_err(at(&self.place))?;
        }
        sync(&self.place).map_err(at(&self.place))?;
        if let Some(parent) = self.place.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            sync(parent).map_err(at(parent))?;
        }
        Ok(())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(self.work());
            if self.new || !self.store {
                let _ = fs::remove_file(self.place.join(LOCK));
            }
            if self.new {
                let _ = fs::remove_dir(&self.place);
            }
        }
    }
}

/// A directory for this user alone: there are secrets in it.
fn make_private(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory)
}

fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// A reader of the store in `data`; the server may be running.
fn open(data: &Path) -> Result<Connection, BackupError> {
    let file = data.join(DATABASE);
    if !file.is_file() {
        return Err(BackupError::NoStore(data.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&file, flags).map_err(of(data))?;
    connection.busy_timeout(std::time::Duration::from_secs(30)).map_err(of(data))?;
    Ok(connection)
}

/// The id of the log, its newest event, and the version of the store.
fn facts(connection: &Connection) -> rusqlite::Result<(String, Seq, usize)> {
    connection.query_row(
        "SELECT (SELECT value FROM meta WHERE key = 'log'), (SELECT coalesce(max(seq), 0) FROM event),
                (SELECT user_version FROM pragma_user_version)",
        [],
        |row| Ok((row.get(0)?, Seq(row.get(1)?), row.get(2)?)),
    )
}

/// Backs the store in `data` up into `target`, which must be empty or not there
/// yet. On the disk when it returns.
pub fn back_up(data: &Path, target: &Path, program: &str, now: Timestamp) -> Result<Manifest, BackupError> {
    let source = open(data)?;
    let site = Site::take(target, false)?;
    let work = site.work();
    let database = work.join(DATABASE);
    let name = database.to_str().ok_or_else(|| {
        at(target)(io::Error::new(io::ErrorKind::InvalidInput, "a path that is not Unicode"))
    })?;
    source.execute("VACUUM INTO ?1", [name]).map_err(of(target))?;
    drop(source);
    sync(&database).map_err(at(target))?;
    let copy =
        Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(of(target))?;
    let (log, head, version) = facts(&copy).map_err(of(target))?;
    drop(copy);
    copy_attachments(&data.join(ATTACHMENTS), &work.join(ATTACHMENTS))?;
    let mut files = Vec::new();
    record_files(&work, "", &mut files)?;
    let manifest =
        Manifest { format: FORMAT, program: program.to_owned(), made: now, log, head, version, files };
    let path = work.join(MANIFEST);
    let mut file = File::create(&path).map_err(at(target))?;
    let bytes = serde_json::to_vec_pretty(&manifest).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(at(target))?;
    site.finish(&[ATTACHMENTS, DATABASE, MANIFEST])?;
    Ok(manifest)
}

/// Copies attachments that are there; one that goes meanwhile was erased.
fn copy_attachments(from: &Path, to: &Path) -> Result<(), BackupError> {
    if !from.is_dir() {
        return Ok(());
    }
    make_private(to).map_err(at(to))?;
    for entry in fs::read_dir(from).map_err(at(from))? {
        let source = entry.map_err(at(from))?.path();
        let Some(name) = source.file_name() else { continue };
        if name.to_string_lossy().starts_with('.') {
            continue; // not finished
        }
        let target = to.join(name);
        if source.is_dir() {
            copy_attachments(&source, &target)?;
            continue;
        }
        match fs::copy(&source, &target) {
            Ok(_) => sync(&target).map_err(at(&target))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&target)(error)),
        }
    }
    sync(to).map_err(at(to))
}

/// Lists the files below `directory` with their digests, in order.
fn record_files(directory: &Path, prefix: &str, files: &mut Vec<FileRecord>) -> Result<(), BackupError> {
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(at(directory))?;
    entries.sort();
    for path in entries {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            record_files(&path, &format!("{name}/"), files)?;
        } else {
            let (size, sha256) = digest(&path).map_err(at(&path))?;
            files.push(FileRecord { name, size, sha256 });
        }
    }
    Ok(())
}

/// Size and SHA-256 of a file.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut running, mut size) = (File::open(path)?, RunningDigest::default(), 0);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((size, running.hex()));
        }
        size += read as u64;
        running.add(&buffer[..read]);
    }
}

/// Reads the manifest of a backup and compares every file with it.
fn verified(backup: &Path) -> Result<Manifest, BackupError> {
    let path = backup.join(MANIFEST);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(BackupError::NoManifest(backup.to_owned()));
        }
        Err(error) => return Err(at(&path)(error)),
    };
    let broken = |why: String| BackupError::Manifest { path: path.clone(), why };
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    if manifest.format != FORMAT {
        let why = format!("it is of format {}, and this program knows format {FORMAT}", manifest.format);
        return Err(broken(why));
    }
    let inside =
        |name: &str| name.split('/').all(|part| !matches!(part, "" | "." | "..")) && !name.contains('\\');
    if let Some(file) = manifest.files.iter().find(|file| !inside(&file.name)) {
        return Err(broken(format!("it names “{}”, which is not in the backup", file.name)));
    }
    if !manifest.files.iter().any(|file| file.name == DATABASE) {
        return Err(broken(format!("it does not name {DATABASE}")));
    }
    let mut damaged = Vec::new();
    for file in &manifest.files {
        match digest(&backup.join(&file.name)) {
            Ok((size, sha256)) if size == file.size && sha256 == file.sha256 => {}
            Ok((size, _)) if size != file.size => {
                damaged.push(format!("{} has {size} bytes instead of {}", file.name, file.size));
            }
            Ok(_) => {
                damaged.push(format!("{} is not what was backed up: its SHA-256 is another one", file.name));
            }
            Err(error) => damaged.push(format!("{}: {error}", file.name)),
        }
    }
    if damaged.is_empty() { Ok(manifest) } else { Err(BackupError::Damaged(damaged)) }
}

/// Makes a store of a backup in `data`, which must be empty or not there yet:
/// compares every file with the manifest, reads the whole log, gives it the id
/// `log`, and puts the outbox on hold. On the disk when it returns.
pub fn restore(backup: &Path, data: &Path, log: &str, now: Timestamp) -> Result<Restored, BackupError> {
    let manifest = verified(backup)?;
    if manifest.version > MIGRATIONS.len() {
        let (path, found, known) = (backup.to_owned(), manifest.version, MIGRATIONS.len());
        return Err(OpenError::Newer { path, found, known }.into());
    }
    let site = Site::take(data, true)?;
    let work = site.work();
    for file in &manifest.files {
        let target = work.join(&file.name);
        if let Some(parent) = target.parent() {
            make_private(parent).map_err(at(parent))?;
        }
        fs::copy(backup.join(&file.name), &target).and_then(|_| sync(&target)).map_err(at(data))?;
        if digest(&target).map_err(at(data))?.1 != file.sha256 {
            return Err(BackupError::Damaged(vec![format!("{} was not copied as it is", file.name)]));
        }
    }
    let database = work.join(DATABASE);
    let held = adopt(&database, &manifest, log, now)?;
    sync(&database).map_err(at(data))?;
    if work.join(ATTACHMENTS).is_dir() {
        sync(&work.join(ATTACHMENTS)).map_err(at(data))?;
    }
    site.finish(&[ATTACHMENTS, DATABASE])?;
    Ok(Restored { manifest, log: log.to_owned(), held })
}

/// Checks a restored database and makes it a log of its own; returns how many
/// messages are on hold.
fn adopt(database: &Path, manifest: &Manifest, log: &str, now: Timestamp) -> Result<u64, BackupError> {
    let place = database.parent().unwrap_or(database);
    let connection = Connection::open(database).map_err(of(place))?;
    prepare(&connection, super::Durability::default()).map_err(of(place))?;
    migrate(&connection, database, log)?;
    writer::in_transaction(&connection, |c| {
        if has_stale_projections(c).map_err(|e| fault(&e))? { projection::rebuild(c) } else { Ok(()) }
    })?;
    let problems = projection::check(&connection)?;
    if !problems.is_empty() {
        return Err(BackupError::Unsound(problems));
    }
    let (before, head, _) = facts(&connection).map_err(of(place))?;
    let hold = Hold { since: now, head, log: before, made: manifest.made };
    let year = now.to_zoned(jiff::tz::TimeZone::UTC).year();
    writer::in_transaction(&connection, |c| {
        c.execute("UPDATE meta SET value = ?1 WHERE key = 'log'", [log]).map_err(|e| fault(&e))?;
        c.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('hold', ?1)", [text(&hold)?])
            .map_err(|e| fault(&e))?;
        for mode in [Mode::Actual, Mode::Exercise, Mode::Test] {
            c.execute(
                "INSERT INTO counter (prefix, year, last) VALUES (?1, ?2, ?3)
                 ON CONFLICT (prefix, year) DO UPDATE SET last = last + excluded.last",
                params![mode.prefix(), year, NUMBERS_PASSED_OVER],
            )
            .map_err(|e| fault(&e))?;
        }
        Ok(())
    })?;
    let waiting = super::outbox::held(&connection, &hold).map_err(of(place))?.len() as u64;
    // Everything into the one file: nothing else is moved.
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).map_err(of(place))?;
    connection.close().map_err(|(_, error)| of(place)(error))?;
    Ok(waiting)
}

/// The hold the outbox is on, if it is.
pub(super) fn hold(connection: &Connection) -> rusqlite::Result<Option<Hold>> {
    connection
        .prepare_cached("SELECT value FROM meta WHERE key = 'hold'")?
        .query_row([], |row| super::read::parsed(row, 0))
        .optional()
}

/// Checks the store in `data` without changing anything; the server may be
/// running.
pub fn check(data: &Path) -> Result<Checked, BackupError> {
    let connection = open(data)?;
    // One snapshot for all of it.
    connection.execute_batch("BEGIN").map_err(of(data))?;
    let (log, head, found) = facts(&connection).map_err(of(data))?;
    if found != MIGRATIONS.len() {
        return Err(BackupError::OtherVersion { found, known: MIGRATIONS.len() });
    }
    let mut problems = projection::check(&connection)?;
    let mut statement = connection.prepare("PRAGMA integrity_check").map_err(of(data))?;
    let lines: Vec<String> =
        statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(of(data))?;
    problems.extend(lines.into_iter().filter(|line| line != "ok"));
    Ok(Checked { log, head, problems })
}
