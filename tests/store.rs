//! The store in SQLite: the suite any backend must pass, and what is true of
//! this one.

#![expect(clippy::panic, reason = "helpers of tests fail by panicking")]

use outcross::{
    domain::{event::Event, incident::Incident},
    store::{
        Store, StoreError, conformance,
        sqlite::{MIGRATIONS, OpenError, Sqlite},
    },
};
use rusqlite::Connection;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

#[test]
fn sqlite_does_what_any_store_must() {
    let mut directories = Vec::new();
    let failed = conformance::run(|| {
        let directory = tempfile::tempdir().expect("directory");
        let store = Sqlite::open(directory.path(), "log").expect("opens");
        directories.push(directory);
        Box::new(store)
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A store with the events of the golden files in it, as one incident.
fn furnished(directory: &Path) -> Sqlite {
    let store = Sqlite::open(directory, "log").expect("opens");
    drop(store);
    let connection = Connection::open(directory.join("outcross.sqlite")).expect("opens");
    for (index, (name, text)) in golden().into_iter().enumerate() {
        let mut event: Event = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        event.seq = outcross::domain::id::Seq(index as u64 + 1);
        let bytes = serde_json::to_vec(&event).expect("JSON");
        let leaf = outcross::proof::leaf(&[7; 32], &bytes);
        connection
            .execute(
                "INSERT INTO event VALUES (?1, ?2, ?3, 1, 'test', '{\"states\":[\"CH\"]}', 'standard', NULL, 0, 0, 0, ?4, ?5)",
                rusqlite::params![index + 1, event.incident.0.as_bytes(), event.body.name(), [7_u8; 32], leaf],
            )
            .expect("inserted");
        connection
            .execute("INSERT INTO payload VALUES (?1, ?2)", rusqlite::params![index + 1, bytes])
            .expect("inserted");
    }
    drop(connection);
    let store = Sqlite::open(directory, "log").expect("opens");
    store.rebuild().expect("rebuilds");
    store
}

fn rows(directory: &Path, table: &str) -> Vec<String> {
    let connection = Connection::open(directory.join("outcross.sqlite")).expect("opens");
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).expect("table");
    let columns = statement.column_count();
    let mut found = statement.query([]).expect("rows");
    let mut rows = Vec::new();
    while let Some(row) = found.next().expect("a row") {
        let values: Vec<String> =
            (0..columns).map(|n| format!("{:?}", row.get_ref(n).expect("value"))).collect();
        rows.push(values.join("|"));
    }
    rows
}

#[test]
fn projections_are_rebuilt_to_identical_rows() {
    let directory = tempfile::tempdir().expect("directory");
    let store = furnished(directory.path());
    let tables = ["incident", "duty", "event_reader", "incident_reader"];
    let before: Vec<Vec<String>> = tables.iter().map(|t| rows(directory.path(), t)).collect();
    assert!(before.iter().all(|rows| !rows.is_empty()), "there is something to rebuild");
    store.rebuild().expect("rebuilds");
    let after: Vec<Vec<String>> = tables.iter().map(|t| rows(directory.path(), t)).collect();
    assert_eq!(before, after);
}

#[test]
fn a_changed_payload_and_a_changed_projection_are_found() {
    let directory = tempfile::tempdir().expect("directory");
    let store = furnished(directory.path());
    assert_eq!(store.check().expect("readable"), Vec::<String>::new());
    let connection = Connection::open(directory.path().join("outcross.sqlite")).expect("opens");
    connection
        .execute_batch("UPDATE payload SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"recorded\":\"20', '\"recorded\":\"19') AS BLOB) WHERE seq = 2")
        .expect("changed");
    let problems = store.check().expect("readable").join("; ");
    assert!(problems.contains("event 2 does not fit its leaf"), "{problems}");
    connection
        .execute_batch("UPDATE incident SET body = replace(body, '\"version\":', '\"version\":1')")
        .expect("changed");
    let problems = store.check().expect("readable").join("; ");
    assert!(problems.contains("the projection of incident"), "{problems}");
}

#[test]
fn a_store_of_a_newer_version_is_refused_by_its_number() {
    let directory = tempfile::tempdir().expect("directory");
    drop(Sqlite::open(directory.path(), "log").expect("opens"));
    let connection = Connection::open(directory.path().join("outcross.sqlite")).expect("opens");
    connection.execute_batch("PRAGMA user_version = 4711").expect("set");
    drop(connection);
    let error = Sqlite::open(directory.path(), "log").err().expect("refused");
    assert!(matches!(error, OpenError::Newer { found: 4711, .. }), "{error}");
    assert!(error.to_string().contains("4711"), "{error}");
}

#[test]
fn a_second_opener_is_refused() {
    let directory = tempfile::tempdir().expect("directory");
    let _first = Sqlite::open(directory.path(), "log").expect("opens");
    let error = Sqlite::open(directory.path(), "log").err().expect("refused");
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
}

#[test]
fn a_place_that_is_no_directory_has_words() {
    let directory = tempfile::tempdir().expect("directory");
    let file = directory.path().join("file");
    fs::write(&file, "not a directory").expect("written");
    let error = Sqlite::open(&file, "log").err().expect("refused");
    assert!(error.to_string().contains("--data"), "{error}");
}

#[test]
fn every_migration_meets_data_of_the_one_before() {
    let connection = Connection::open_in_memory().expect("opens");
    for (index, migration) in MIGRATIONS.iter().enumerate() {
        connection.execute_batch(migration).unwrap_or_else(|e| panic!("migration {}: {e}", index + 1));
        let sample = root().join(format!("fixtures/migrations/{:04}.sql", index + 1));
        let rows = fs::read_to_string(&sample).unwrap_or_else(|e| panic!("{}: {e}", sample.display()));
        connection.execute_batch(&rows).unwrap_or_else(|e| panic!("{}: {e}", sample.display()));
    }
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("schema");
    let tables: Vec<String> =
        statement.query_map([], |row| row.get(0)).expect("tables").map(|t| t.expect("name")).collect();
    for table in tables {
        let count: i64 = connection
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
            .expect("count");
        assert!(count > 0, "the sample data puts nothing into {table}");
    }
}

/// The golden files: one per event type and version, kept for ever.
fn golden() -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("golden")).expect("folder").map(|e| e.expect("entry").path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().expect("name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("readable"))
        })
        .collect()
}

#[test]
fn every_event_ever_written_can_still_be_read_and_replayed() {
    // `Body::name` has these names; a new one fails here until it has a file.
    let source = fs::read_to_string(root().join("../src/domain/event.rs")).expect("source");
    let names: BTreeSet<&str> = source
        .lines()
        .filter(|line| line.contains("Self::") && line.contains("=> \""))
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    assert!(names.len() >= 15, "the reader of names finds them: {names:?}");
    let files = golden();
    for name in &names {
        assert!(files.iter().any(|(file, _)| file == &format!("{name}.v1")), "no golden file for {name}");
    }
    for (file, text) in files {
        let written: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let event: Event = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert_eq!(format!("{}.v{}", event.body.name(), event.body.version()), file);
        assert_eq!(serde_json::to_value(&event).expect("JSON"), written, "{file} is written otherwise today");
        let mut incident = Incident::before(&event);
        incident.apply(&event);
        assert_eq!(incident.version, u64::from(!event.body.is_progress()), "{file} replays");
    }
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    let directory = tempfile::tempdir().expect("directory");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(directory.path())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        eprintln!("SKIPPED: trying a full disk needs a small tmpfs, and this user cannot mount one");
        assert!(std::env::var_os("CI").is_none(), "skipping is a failure in CI");
        return;
    }
    let result = std::panic::catch_unwind(|| fill_and_free(directory.path()));
    Command::new("umount").arg("-l").arg(directory.path()).status().expect("umount");
    result.expect("the checks on the full disk");
}

fn fill_and_free(directory: &Path) {
    let store = Sqlite::open(directory, "log").expect("opens");
    let before = commit_until_full(&store, 0);
    let head = store.head().expect("readable");
    assert_eq!(head.0, before, "what was acknowledged is there, and nothing else");
    assert_eq!(store.check().expect("readable"), Vec::<String>::new(), "nothing is half-written");
    Command::new("mount").args(["-o", "remount,size=16m"]).arg(directory).status().expect("remount");
    assert!(store.commit(conformance_batch(before + 1)).is_ok(), "with room again it goes on");
    assert_eq!(store.head().expect("readable").0, before + 1);
}

fn commit_until_full(store: &Sqlite, start: u64) -> u64 {
    let mut done = start;
    loop {
        match store.commit(conformance_batch(done + 1)) {
            Ok(_) => done += 1,
            Err(StoreError::Unavailable(_)) => return done,
            Err(other) => panic!("a full disk is not {other:?}"),
        }
        assert!(done < 1_000_000, "the disk never fills");
    }
}

fn conformance_batch(number: u64) -> outcross::store::Batch {
    use outcross::domain::{
        audience::Audience, decision::Decision, event::Body, event::NewEvent, id::IncidentId, incident::Mode,
    };
    let reason = "x".repeat(4000);
    let body = Body::VerificationDecided {
        state: outcross::domain::incident::IncidentState::Open,
        reason,
        due: None,
        returned: false,
    };
    outcross::store::Batch {
        decision: Decision {
            incident: IncidentId(uuid::Uuid::from_u128(u128::from(number))),
            mode: Mode::Test,
            basis: outcross::domain::decision::Basis::Incident(0),
            events: vec![NewEvent {
                audience: Audience::default(),
                occurred: None,
                known: None,
                out_of_band: false,
                body,
            }],
            messages: Vec::new(),
            timers: Vec::new(),
            cleared: Vec::new(),
        },
        actor: None,
        now: jiff::Timestamp::UNIX_EPOCH,
        salts: vec![[1; 32]],
        playbook_texts: Vec::new(),
        idempotency: None,
    }
}
