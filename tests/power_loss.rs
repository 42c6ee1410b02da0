//! The power fails: only what was synced is sure to be on the disk, and of
//! what was written after that, anything may be.
//!
//! A writer commits events under a recorder (`power_loss/recorder.c`, loaded
//! with `LD_PRELOAD`) that notes every write, sync and acknowledgement. The
//! files are then rebuilt as of 240 moments, with what was synced by then and
//! a chance half of what was not, and opened. No acknowledged event may be
//! missing. With `synchronous` lowered to NORMAL the same check must find losses, or it
//! would prove nothing. (Killing the process proves nothing either: the
//! system's cache outlives it.)

#![expect(clippy::panic, reason = "helpers of tests fail by panicking")]

use outcross::{
    domain::{
        account::Viewer,
        audience::Audience,
        clock::{Clock, Entropy, Machine},
        decision::Decision,
        event::{Body, NewEvent},
        id::{IncidentId, Seq},
        incident::Mode,
    },
    store::{
        Batch, Store,
        sqlite::{Durability, Sqlite},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

const MOMENTS: usize = 240;
const WRITERS: usize = 4;
const EACH: usize = 60;
const FILES: u64 = 40;

/// Not a test of its own: the writer, when started as one by the tests below.
#[test]
fn writer() {
    let Ok(directory) = std::env::var("POWER_LOSS_DIRECTORY") else { return };
    let full = std::env::var("POWER_LOSS_FULL").as_deref() == Ok("true");
    let durability = Durability { full, alone: false };
    let store = Arc::new(Sqlite::open_with(Path::new(&directory), "log", durability).expect("opens"));
    if std::env::var_os("RECORD_FILES").is_some() {
        for number in 0..FILES {
            store.keep_file(&file(number), Machine.now()).expect("kept");
            println!("acknowledged {number}");
        }
        return;
    }
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let store = store.clone();
            std::thread::spawn(move || {
                for _ in 0..EACH {
                    let committed = store.commit(one_event()).expect("commits");
                    println!("acknowledged {}", committed.receipt.seq);
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().expect("ends");
    }
}

/// What is in the file of this number.
fn file(number: u64) -> Vec<u8> {
    format!("number {number}\n").repeat(2000).into_bytes()
}

fn one_event() -> Batch {
    let now = Machine.now();
    Batch {
        decision: Decision {
            incident: IncidentId(Machine.id(now)),
            mode: Mode::Test,
            basis: outcross::domain::decision::Basis::Incident(0),
            events: vec![NewEvent {
                out_of_band: false,
                audience: Audience::default(),
                occurred: None,
                known: None,
                body: Body::VerificationOverdue,
            }],
            messages: Vec::new(),
            timers: Vec::new(),
            cleared: Vec::new(),
        },
        actor: None,
        now,
        salts: vec![Machine.bytes()],
        playbook_texts: Vec::new(),
        idempotency: None,
    }
}

enum Entry {
    Open { file: u8, name: String },
    Write { file: u8, offset: u64, bytes: Vec<u8> },
    Truncate { file: u8, size: u64 },
    Sync { file: u8 },
    Unlink { file: u8 },
    Rename { file: u8, to: String },
    Directory { name: String },
    Acknowledged(Vec<u64>),
}

fn parse(mut record: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !record.is_empty() {
        let (kind, file) = (record[0], record[1]);
        let number = |at: usize| u64::from_le_bytes(record[at..at + 8].try_into().expect("eight bytes"));
        let (offset, length) = (number(2), usize::try_from(number(10)).expect("fits"));
        let bytes = &record[18..18 + length];
        record = &record[18 + length..];
        entries.push(match kind {
            b'o' => Entry::Open { file, name: String::from_utf8_lossy(bytes).into_owned() },
            b'w' => Entry::Write { file, offset, bytes: bytes.to_vec() },
            b't' => Entry::Truncate { file, size: offset },
            b's' => Entry::Sync { file },
            b'u' => Entry::Unlink { file },
            b'r' => Entry::Rename { file, to: String::from_utf8_lossy(bytes).into_owned() },
            b'm' => Entry::Directory { name: String::from_utf8_lossy(bytes).into_owned() },
            b'a' => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let seqs = text.lines().filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok());
                Entry::Acknowledged(seqs.collect())
            }
            other => panic!("the record is broken: {other}"),
        });
    }
    entries
}

/// A small generator of chances (xorshift), so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// The files as the disk may hold them when the power fails before entry `end`.
fn rebuild(entries: &[Entry], end: usize, chance: &mut Chance, into: &Path) -> BTreeSet<u64> {
    let mut last_sync: BTreeMap<u8, usize> = BTreeMap::new();
    for (index, entry) in entries[..end].iter().enumerate() {
        if let Entry::Sync { file } = entry {
            last_sync.insert(*file, index);
        }
    }
    let (mut names, mut contents) = (BTreeMap::new(), BTreeMap::<u8, Vec<u8>>::new());
    let mut acknowledged = BTreeSet::new();
    for (index, entry) in entries[..end].iter().enumerate() {
        let mut survives = |file: &u8| {
            last_sync.get(file).is_some_and(|sync| index < *sync) || chance.next().is_multiple_of(2)
        };
        match entry {
            Entry::Open { file, name } => {
                names.insert(*file, name.clone());
                contents.entry(*file).or_default();
            }
            Entry::Write { file, offset, bytes } if survives(file) => {
                let content = contents.entry(*file).or_default();
                let start = usize::try_from(*offset).expect("fits");
                if content.len() < start + bytes.len() {
                    content.resize(start + bytes.len(), 0);
                }
                content[start..start + bytes.len()].copy_from_slice(bytes);
            }
            Entry::Truncate { file, size } if survives(file) => {
                contents.entry(*file).or_default().resize(usize::try_from(*size).expect("fits"), 0);
            }
            // The directory is synced after a journal is removed.
            Entry::Unlink { file } => {
                contents.remove(file);
            }
            Entry::Acknowledged(seqs) => acknowledged.extend(seqs.iter().copied()),
            Entry::Write { .. }
            | Entry::Truncate { .. }
            | Entry::Sync { .. }
            | Entry::Rename { .. }
            | Entry::Directory { .. } => {}
        }
    }
    for (file, content) in contents {
        let name = Path::new(&names[&file]).file_name().expect("a name");
        std::fs::write(into.join(name), content).expect("written");
    }
    acknowledged
}

/// What the writer did, in order.
fn recorded(full: bool, files: bool) -> Option<Vec<Entry>> {
    let recorder = recorder()?;
    let directory = tempfile::tempdir().expect("directory");
    let record = directory.path().join("record");
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command
        .args(["--exact", "writer", "--nocapture", "--test-threads=1"])
        .env("LD_PRELOAD", &recorder)
        .env("RECORD", &record)
        .env("POWER_LOSS_DIRECTORY", directory.path().join("store"))
        .env("POWER_LOSS_FULL", full.to_string());
    if files {
        command.env("RECORD_FILES", "true");
    }
    let status = command.status().expect("the writer runs");
    assert!(status.success(), "the writer failed");
    Some(parse(&std::fs::read(&record).expect("a record")))
}

/// The attachments that are whole and in their place when the power fails
/// before entry `end`, and the numbers of those that were acknowledged. A name
/// in a directory is sure when the directory was synced after it was given.
fn whole(entries: &[Entry], end: usize, chance: &mut Chance) -> (BTreeSet<Vec<u8>>, BTreeSet<u64>) {
    let mut names: BTreeMap<u8, String> = BTreeMap::new();
    let mut synced: BTreeMap<String, usize> = BTreeMap::new();
    for (index, entry) in entries[..end].iter().enumerate() {
        match entry {
            Entry::Open { file, name } => drop(names.insert(*file, name.clone())),
            Entry::Sync { file } => drop(synced.insert(names[file].clone(), index)),
            _ => {}
        }
    }
    let mut is_sure = |of: &str, index: usize| {
        synced.get(of).is_some_and(|sync| index < *sync) || chance.next().is_multiple_of(2)
    };
    let parent = |path: &str| path.rsplit_once('/').map(|(above, _)| above.to_owned()).unwrap_or_default();
    let (mut contents, mut kept) = (BTreeMap::<u8, Vec<u8>>::new(), Vec::new());
    let (mut directories, mut acknowledged) = (BTreeSet::new(), BTreeSet::new());
    for (index, entry) in entries[..end].iter().enumerate() {
        match entry {
            Entry::Directory { name } if is_sure(&parent(name), index) => {
                directories.insert(name.clone());
            }
            Entry::Write { file, offset, bytes } if is_sure(&names[file], index) => {
                let content = contents.entry(*file).or_default();
                let start = usize::try_from(*offset).expect("fits");
                content.resize(content.len().max(start + bytes.len()), 0);
                content[start..start + bytes.len()].copy_from_slice(bytes);
            }
            Entry::Rename { file, to } if is_sure(&parent(to), index) => kept.push((*file, to.clone())),
            Entry::Acknowledged(seqs) => acknowledged.extend(seqs.iter().copied()),
            _ => {}
        }
    }
    let above =
        |path: &str| directories.contains(&parent(path)) && directories.contains(&parent(&parent(path)));
    let there = kept.into_iter().filter(|(_, to)| above(to));
    (there.filter_map(|(file, _)| contents.get(&file).cloned()).collect(), acknowledged)
}

/// How many moments lose an attachment that was said to be kept.
fn lost_files(full: bool) -> Option<usize> {
    let entries = recorded(full, true)?;
    assert!(entries.iter().any(|entry| matches!(entry, Entry::Rename { .. })), "the recorder sees them");
    let lost = (0..MOMENTS).filter(|moment| {
        let end = 1 + moment * (entries.len() - 1) / (MOMENTS - 1);
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ (*moment as u64 + 1));
        let (there, acknowledged) = whole(&entries, end, &mut chance);
        acknowledged.into_iter().any(|number| !there.contains(&file(number)))
    });
    Some(lost.count())
}

#[test]
fn no_attachment_is_lost_when_the_power_fails() {
    let Some(lost) = lost_files(true) else { return };
    assert_eq!(lost, 0, "moments of {MOMENTS} that lost an attachment");
}

#[test]
fn with_less_syncing_attachments_are_lost() {
    let Some(lost) = lost_files(false) else { return };
    assert!(lost > MOMENTS / 4, "only {lost} moments lost attachments");
}

/// How many moments lose acknowledged events, and how many give a store that
/// cannot be read.
fn losses(full: bool) -> Option<(usize, usize)> {
    let entries = recorded(full, false)?;
    let acknowledged = |entry: &Entry| matches!(entry, Entry::Acknowledged(seqs) if !seqs.is_empty());
    let first = entries.iter().position(acknowledged).expect("something was acknowledged");
    assert!(entries.iter().any(|e| matches!(e, Entry::Write { .. })), "the recorder sees the writes");
    let (mut lost, mut broken) = (0, 0);
    for moment in 0..MOMENTS {
        let end = first + 1 + moment * (entries.len() - first - 1) / (MOMENTS - 1);
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ (moment as u64 + 1));
        let into = tempfile::tempdir().expect("directory");
        let promised = rebuild(&entries, end, &mut chance, into.path());
        match found(into.path()) {
            Ok(there) if promised.is_subset(&there) => {}
            Ok(_) => lost += 1,
            Err(_) => broken += 1,
        }
    }
    Some((lost, broken))
}

/// The events a store holds, if it can be read and checks.
fn found(directory: &Path) -> Result<BTreeSet<u64>, String> {
    let store = Sqlite::open(directory, "other").map_err(|e| e.to_string())?;
    let problems = store.check().map_err(|e| e.to_string())?;
    if !problems.is_empty() {
        return Err(problems.join("; "));
    }
    let mut seqs = BTreeSet::new();
    loop {
        let after = Seq(seqs.last().copied().unwrap_or(0));
        let page = store.events_after(&Viewer::House, after, 500).map_err(|e| e.to_string())?;
        if page.is_empty() {
            return Ok(seqs);
        }
        seqs.extend(page.iter().map(|logged| logged.event.seq.0));
    }
}

/// Compiles the recorder; the C compiler that SQLite needs is there.
fn recorder() -> Option<PathBuf> {
    let library = std::env::temp_dir().join(format!("outcross-recorder-{}.so", std::process::id()));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/power_loss/recorder.c");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .args([source, "-ldl"])
        .status();
    if cfg!(target_os = "linux") && compiled.is_ok_and(|status| status.success()) {
        return Some(library);
    }
    eprintln!("SKIPPED: the power-loss replay needs Linux and a C compiler");
    assert!(std::env::var_os("CI").is_none(), "skipping is a failure in CI");
    None
}

#[test]
fn no_acknowledged_event_is_lost_when_the_power_fails() {
    let Some((lost, broken)) = losses(true) else { return };
    assert_eq!((lost, broken), (0, 0), "moments of {MOMENTS} that lost events, that gave a broken store");
}

#[test]
fn with_less_syncing_the_same_check_finds_losses() {
    let Some((lost, broken)) = losses(false) else { return };
    assert!(lost > MOMENTS / 4, "only {lost} moments lost events and {broken} broke the store");
    eprintln!(
        "with synchronous = NORMAL, of {MOMENTS} moments {lost} lost acknowledged events and {broken} broke the store"
    );
}
