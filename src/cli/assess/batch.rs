//! Many places from one file: a JSON object per line comes out, in the order
//! of the lines. A line nobody can read is said by its number and does not
//! stop the rest.

use super::{
    answer,
    geometry::open,
    question::Said,
    row::{CSV_COLUMNS, Row},
};
use crate::{cli::Trouble, domain::assessment::Assessment, geo::Atlas};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// Lines on their way, at most, between reader and workers, and again between
/// workers and writer.
const AHEAD: usize = 64;

/// How long may a line of JSON be, in bytes?
const LONGEST_LINE: u64 = 8 * 1024 * 1024;

/// A line of the file, with its number from 1, as far as it could be read.
struct Line {
    number: u64,
    row: Result<Row, Trouble>,
}

/// What came of a line: the text to write, or why there is none.
struct Done {
    number: u64,
    text: Result<String, Trouble>,
}

/// What is written for a line.
#[derive(Serialize)]
struct Answer<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(flatten)]
    assessment: &'a Assessment,
}

/// How many lines were asked, and how many could not be answered.
struct Count {
    asked: u64,
    bad: u64,
}

/// Reads, answers and writes; what was said on the command line holds for
/// every line that says nothing else.
pub(super) fn run(atlas: &Atlas, file: &Path, usual: &Said) -> Result<(), Trouble> {
    let read = Arc::new(AtomicU64::new(0));
    let source = Counted { source: open(file)?, read: Arc::clone(&read) };
    let source = BufReader::with_capacity(1 << 16, source);
    let bar = progress_bar(std::fs::metadata(file).map_or(0, |about| about.len()));
    let (lines_in, lines_out) = sync_channel::<(u64, Line)>(AHEAD);
    let (done_in, done_out) = sync_channel::<(u64, Done)>(AHEAD);
    let (reading, written) = thread::scope(|scope| {
        // The workers own the end they read from: when the writer stops, they
        // do, and then the reader does.
        let lines_out = Arc::new(Mutex::new(lines_out));
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            let (lines, done) = (Arc::clone(&lines_out), done_in.clone());
            scope.spawn(move || work(atlas, usual, &lines, &done));
        }
        drop((lines_out, done_in));
        let reader = scope.spawn(move || read_all(source, &lines_in));
        let written = write(done_out, &bar, &read);
        (reader.join().unwrap_or_else(|_| Err(Trouble("reading the batch failed".to_owned()))), written)
    });
    bar.finish_and_clear();
    let Some(count) = written? else { return Ok(()) };
    reading?;
    match count {
        Count { asked: 0, .. } => Err(Trouble("there is no place in the batch".to_owned())),
        Count { bad: 0, .. } => Ok(()),
        Count { asked, bad } => Err(Trouble(format!("{bad} of {asked} lines could not be answered"))),
    }
}

/// A source that says how far it has been read.
struct Counted {
    source: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A bar on standard error, when that is a terminal and the answers go
/// elsewhere.
fn progress_bar(size: u64) -> ProgressBar {
    if io::stdout().is_terminal() || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = if size > 0 {
        (ProgressBar::new(size), "{bar:30} {percent:>3} %  {msg}  {elapsed} of about {duration}")
    } else {
        (ProgressBar::new_spinner(), "{spinner} {msg}  {elapsed}")
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Hands over numbered lines until there are none, or nobody takes them.
fn read_all(mut source: impl BufRead, to: &SyncSender<(u64, Line)>) -> Result<(), Trouble> {
    let failed = Trouble::while_doing("reading the batch");
    let start = match source.fill_buf() {
        Ok(start) => start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start),
        Err(error) => return Err(failed(error)),
    };
    match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Ok(()),
        Some(b'[') => Err(Trouble(
            "the batch is a JSON list; JSON lines are wanted: one object on each line, without commas between"
                .to_owned(),
        )),
        Some(b'{') => read_json(source, to),
        Some(_) => {
            let header = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let holds = |mark: u8| header.contains(&mark);
            let delimiter = [b',', b';', b'\t'].into_iter().find(|mark| holds(*mark)).unwrap_or(b',');
            read_csv(source, delimiter, to)
        }
    }
}

fn read_json(mut source: impl BufRead, to: &SyncSender<(u64, Line)>) -> Result<(), Trouble> {
    let (mut number, mut count) = (0, 0);
    loop {
        let mut text = Vec::new();
        let read = (&mut source).take(LONGEST_LINE + 1).read_until(b'\n', &mut text);
        if read.map_err(Trouble::while_doing("reading the batch"))? == 0 {
            return Ok(());
        }
        number += 1;
        if text.len() as u64 > LONGEST_LINE {
            let limit = LONGEST_LINE / (1024 * 1024);
            return Err(Trouble(format!("line {number} is longer than {limit} MiB; the batch ends there")));
        }
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
        if to.send((count, Line { number, row: Row::of_json(text) })).is_err() {
            return Ok(());
        }
        count += 1;
    }
}

fn read_csv(source: impl Read, delimiter: u8, to: &SyncSender<(u64, Line)>) -> Result<(), Trouble> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(source);
    let headers = reader.headers().map_err(Trouble::while_doing("reading the header of the batch"))?.clone();
    let unknown: Vec<&str> = headers.iter().filter(|name| !CSV_COLUMNS.contains(name)).collect();
    let lacks = !["lat", "lon"].iter().all(|name| headers.iter().any(|header| header == *name));
    if lacks || !unknown.is_empty() {
        let wrong = if lacks {
            "the first line of the batch names no columns lat and lon".to_owned()
        } else {
            format!("the batch has columns nobody knows ({})", unknown.join(", "))
        };
        return Err(Trouble(format!("{wrong}. Columns are {}", CSV_COLUMNS.join(", "))));
    }
    let mut record = csv::StringRecord::new();
    let mut count = 0;
    loop {
        let row = match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) if record.len() == headers.len() => {
                let cells = headers.iter().zip(record.iter());
                Row::of_cells(cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())))
            }
            Ok(true) => {
                let (has, wanted) = (record.len(), headers.len());
                Err(Trouble(format!("it has {has} cells, and the header names {wanted}")))
            }
            Err(error) if error.is_io_error() => return Err(Trouble(format!("reading the batch: {error}"))),
            Err(error) => Err(Trouble(error.to_string())),
        };
        let number = record.position().map_or(0, csv::Position::line);
        if to.send((count, Line { number, row })).is_err() {
            return Ok(());
        }
        count += 1;
    }
}

/// Answers lines until there are none, or nobody takes the answers.
fn work(atlas: &Atlas, usual: &Said, lines: &Mutex<Receiver<(u64, Line)>>, done: &SyncSender<(u64, Done)>) {
    loop {
        let next = lines.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((place, Line { number, row })) = next else { return };
        let text = row.and_then(|row| {
            let report = row.said(usual).report(atlas)?;
            let assessment = answer(atlas, &report);
            let answer = Answer { line: number, name: row.name.as_deref(), assessment: &assessment };
            serde_json::to_string(&answer).map_err(Trouble::while_doing("writing JSON"))
        });
        if done.send((place, Done { number, text })).is_err() {
            return;
        }
    }
}

/// Writes what is done in the order of the lines; nothing when the reader of
/// the answers has seen enough.
fn write(done: Receiver<(u64, Done)>, bar: &ProgressBar, read: &AtomicU64) -> Result<Option<Count>, Trouble> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut count = Count { asked: 0, bad: 0 };
    let mut early = BTreeMap::new();
    let outcome = done.into_iter().try_for_each(|(place, one)| {
        early.insert(place, one);
        while let Some(Done { number, text }) = early.remove(&count.asked) {
            count.asked += 1;
            match text {
                Ok(text) => writeln!(out, "{text}")?,
                Err(trouble) => {
                    count.bad += 1;
                    bar.suspend(|| eprintln!("outcross: line {number}: {trouble}"));
                }
            }
        }
        // Whoever reads along sees each answer when it is there.
        if early.is_empty() {
            out.flush()?;
        }
        bar.set_position(read.load(Ordering::Relaxed));
        bar.set_message(format!("{} places", count.asked));
        Ok(())
    });
    match outcome.and_then(|()| out.flush()) {
        Ok(()) => Ok(Some(count)),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        Err(error) => Err(Trouble(format!("writing the answers: {error}"))),
    }
}
