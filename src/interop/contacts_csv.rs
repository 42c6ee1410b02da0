//! Contact points as a table: one row each, with a header row, in UTF-8,
//! separated by commas or semicolons.
//!
//! | column | what stands there |
//! |---|---|
//! | `addressee` | a State by code, `EU`, an organization by its acronym, `BCH` or `INSTANCE` |
//! | `kind` | `CPB-A17-FP`, `BCH-FP`, `CPB-FP1`, `CNA`, `MISSION`, `ORG` or `DUTY` |
//! | `name` | the office |
//! | `email`, `webhook`, `phone`, `fax` | addresses; several with a bar between them |
//! | `languages` | two-letter codes with a space between them, best first |
//! | `hours_zone` | such as `Africa/Nairobi` |
//! | `hours_days` | 1 is Monday: `1 2 3 4 5`, or `1-5` |
//! | `hours_from`, `hours_to` | on the local clock, such as `08:00` |
//! | `record` | the id of the record elsewhere |
//! | `confirmed` | when it last answered: a day, or a moment such as `2026-11-23T10:00:00Z` |
//!
//! The first three columns must be there, in any order; an empty cell says
//! nothing. The live channel names an account of one instance and is no part
//! of the table.

use super::{Unreadable, without_mark};
use crate::domain::{
    contact::{Channel, ContactKind, ContactPoint, WorkingHours},
    directory::{Entry, FAX, Listing, Unusable, fax_number},
};
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use jiff::{Timestamp, civil::Date, civil::Time, tz::TimeZone};

/// The columns, in the order in which they are written.
pub const COLUMNS: [&str; 14] = [
    "addressee",
    "kind",
    "name",
    "email",
    "webhook",
    "phone",
    "fax",
    "languages",
    "hours_zone",
    "hours_days",
    "hours_from",
    "hours_to",
    "record",
    "confirmed",
];

/// How many columns must be there?
const NEEDED: usize = 3;

/// What stands between several addresses in one cell.
const BETWEEN: char = '|';

/// What a cell may not begin with, lest a spreadsheet takes it for a formula.
const FORMULA: [char; 4] = ['=', '@', '-', '+'];

/// Reads a table. A row that cannot be used is listed with its line, its
/// column and the reason; a table without the columns needed is an error.
pub fn read(bytes: &[u8]) -> Result<Listing, Unreadable> {
    let text = without_mark(bytes)?;
    let header = text.split(|b| *b == b'\n').next().unwrap_or_default();
    let many = |separator: u8| header.split(|b| *b == separator).count();
    let delimiter = if many(b';') > many(b',') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text);
    let unreadable = |error: csv::Error| Unreadable(format!("the file is not a table: {error}"));
    let header = reader.byte_headers().map_err(unreadable)?.clone();
    let (layout, notes) = Layout::of(&header)?;
    let mut listing = Listing { notes, ..Listing::default() };
    let mut lines = Lines { text, read: 0, line: 1 };
    for record in reader.byte_records() {
        let record = record.map_err(unreadable)?;
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        let row = Row { layout: &layout, record: &record };
        if row.is_empty() {
            continue;
        }
        match row.entry(line) {
            Ok(entry) => listing.entries.push(entry),
            Err((column, why)) => listing.unusable.push(Unusable {
                line,
                column: column.map(str::to_owned),
                record: row.cell("record").ok().flatten(),
                why,
            }),
        }
    }
    Ok(listing)
}

/// Counts the lines of a text. The parser's own count stands before the ends
/// of lines it has yet to pass over.
struct Lines<'a> {
    text: &'a [u8],
    /// How many bytes were counted.
    read: usize,
    /// On which line they end, from 1.
    line: usize,
}

impl Lines<'_> {
    /// The line of the first byte from `start` on that ends no line; starts
    /// come in order.
    fn at(&mut self, start: u64) -> usize {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.read) {
            if self.read >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += usize::from(*byte == b'\n');
            self.read += 1;
        }
        self.line
    }
}

/// Writes a table that [`read`] reads.
pub fn write(contacts: &[ContactPoint]) -> Result<String, Unreadable> {
    let broken = |error: &dyn std::fmt::Display| Unreadable(format!("the table cannot be written: {error}"));
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| broken(&error))?;
    for contact in contacts {
        writer.write_record(cells(contact)).map_err(|error| broken(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| broken(&error))?;
    String::from_utf8(bytes).map_err(|error| broken(&error))
}

/// The cells of one contact point, by [`COLUMNS`].
fn cells(contact: &ContactPoint) -> [String; 14] {
    let joined = |of: fn(&Channel) -> Option<&str>| {
        let found: Vec<&str> = contact.channels.iter().filter_map(of).collect();
        guarded(&found.join(" | "))
    };
    let hours = contact.hours.as_ref();
    let days = |hours: &WorkingHours| hours.days.iter().map(i8::to_string).collect::<Vec<_>>().join(" ");
    let time = |at: Time| {
        let whole_minute = at.second() == 0 && at.subsec_nanosecond() == 0;
        if whole_minute { at.strftime("%H:%M").to_string() } else { at.to_string() }
    };
    [
        contact.addressee.to_string(),
        contact.kind.code().to_owned(),
        guarded(&contact.name),
        joined(|channel| if let Channel::Email { address } = channel { Some(address) } else { None }),
        joined(|channel| if let Channel::Webhook { url, .. } = channel { Some(url) } else { None }),
        joined(|channel| match channel {
            Channel::ByHand { number } if fax_number(number).is_none() => Some(number),
            _ => None,
        }),
        joined(|channel| if let Channel::ByHand { number } = channel { fax_number(number) } else { None }),
        contact.languages.join(" "),
        hours.map(|hours| hours.zone.clone()).unwrap_or_default(),
        hours.map(days).unwrap_or_default(),
        hours.map(|hours| time(hours.from)).unwrap_or_default(),
        hours.map(|hours| time(hours.to)).unwrap_or_default(),
        guarded(contact.record.as_deref().unwrap_or_default()),
        contact.confirmed.map(|at| at.to_string()).unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before what
/// looks like one. A telephone number is none.
fn guarded(text: &str) -> String {
    let number = |c: char| c.is_ascii_digit() || " +-()/.|".contains(c);
    let formula = text.starts_with(FORMULA) && !(text.starts_with('+') && text.chars().all(number));
    // What has an apostrophe there already gets another, and loses only that.
    let quoted =
        text.strip_prefix('\'').is_some_and(|rest| rest.trim_start_matches('\'').starts_with(FORMULA));
    if formula || quoted { format!("'{text}") } else { text.to_owned() }
}

/// The text of a guarded cell.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => text,
    }
}

/// Where each column stands.
struct Layout([Option<usize>; 14]);

impl Layout {
    /// Reads the header row; says which of its columns are not read.
    fn of(header: &ByteRecord) -> Result<(Self, Vec<String>), Unreadable> {
        let mut found = [None; 14];
        let mut notes = Vec::new();
        for (index, cell) in header.iter().enumerate() {
            let title = String::from_utf8_lossy(cell);
            let name = title.trim().to_lowercase().replace([' ', '-'], "_");
            match COLUMNS.iter().position(|column| *column == name).and_then(|at| found.get_mut(at)) {
                Some(place) if place.is_none() => *place = Some(index),
                Some(_) => return Err(Unreadable(format!("line 1: the column “{name}” stands there twice"))),
                None if name.is_empty() => {}
                None => notes.push(format!("the column “{}” is not read", title.trim())),
            }
        }
        let missing: Vec<&str> = COLUMNS
            .iter()
            .zip(found)
            .take(NEEDED)
            .filter(|(_, at)| at.is_none())
            .map(|(name, _)| *name)
            .collect();
        if missing.is_empty() {
            return Ok((Self(found), notes));
        }
        Err(Unreadable(format!(
            "line 1: the header row has no column {}; the columns are {}",
            missing.join(", "),
            COLUMNS.join(", ")
        )))
    }

    fn place(&self, column: &str) -> Option<usize> {
        let at = COLUMNS.iter().position(|name| *name == column)?;
        self.0.get(at).copied().flatten()
    }
}

/// The column at fault, where it is one, and why.
type Fault = (Option<&'static str>, String);

/// One row of the table.
struct Row<'a> {
    layout: &'a Layout,
    record: &'a ByteRecord,
}

impl Row<'_> {
    fn is_empty(&self) -> bool {
        self.record.iter().all(|cell| cell.trim_ascii().is_empty())
    }

    /// The text of a cell; nothing if it is empty or the column is not there.
    fn cell(&self, column: &'static str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.layout.place(column).and_then(|index| self.record.get(index)) else {
            return Ok(None);
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|_| (Some(column), "the cell is not in UTF-8; save the file as UTF-8".to_owned()))?;
        let text = unguarded(text.trim());
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    fn needed(&self, column: &'static str) -> Result<String, Fault> {
        self.cell(column)?.ok_or_else(|| (Some(column), "the cell is empty".to_owned()))
    }

    fn several(&self, column: &'static str) -> Result<Vec<String>, Fault> {
        let cell = self.cell(column)?.unwrap_or_default();
        let parts = cell.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty());
        Ok(parts.map(str::to_owned).collect())
    }

    fn entry(&self, line: usize) -> Result<Entry, Fault> {
        let columns = self.layout.0.iter().flatten().max().map_or(0, |last| last + 1);
        if self.record.iter().skip(columns).any(|cell| !cell.trim_ascii().is_empty()) {
            let why = "the row has more cells than the header has columns; a cell with a separator in it stands in quotation marks";
            return Err((None, why.to_owned()));
        }
        let addressee = self.needed("addressee")?;
        let addressee =
            addressee.parse().map_err(|why| (Some("addressee"), format!("“{addressee}” is none: {why}")))?;
        let kind = self.needed("kind")?;
        let kind = ContactKind::from_code(&kind).ok_or_else(|| {
            let codes = ContactKind::ALL.map(ContactKind::code).join(", ");
            (Some("kind"), format!("“{kind}” is none of {codes}"))
        })?;
        let mut channels: Vec<Channel> = Vec::new();
        channels.extend(self.several("email")?.into_iter().map(|address| Channel::Email { address }));
        let webhook = |url| Channel::Webhook { url, disabled: false };
        channels.extend(self.several("webhook")?.into_iter().map(webhook));
        channels.extend(self.several("phone")?.into_iter().map(|number| Channel::ByHand { number }));
        let fax = |number: String| Channel::ByHand { number: format!("{FAX}{number}") };
        channels.extend(self.several("fax")?.into_iter().map(fax));
        let languages = self.cell("languages")?.map(|cell| {
            let codes = cell.split(|c: char| c.is_whitespace() || c == BETWEEN || c == ',' || c == ';');
            codes.filter(|code| !code.is_empty()).map(str::to_lowercase).collect()
        });
        Ok(Entry {
            line,
            addressee,
            kind,
            name: self.needed("name")?,
            channels,
            languages,
            hours: self.hours()?,
            record: self.cell("record")?,
            confirmed: self.cell("confirmed")?.map(|cell| moment(&cell)).transpose()?,
        })
    }

    /// All four columns of the hours, or none.
    fn hours(&self) -> Result<Option<WorkingHours>, Fault> {
        const HOURS: [&str; 4] = ["hours_zone", "hours_days", "hours_from", "hours_to"];
        let mut empty = true;
        for column in HOURS {
            empty &= self.cell(column)?.is_none();
        }
        if empty {
            return Ok(None);
        }
        let time = |column: &'static str| -> Result<Time, Fault> {
            let cell = self.needed(column)?;
            let why = || format!("“{cell}” is not a time such as 08:00");
            // A spreadsheet drops the zero of 08:00.
            let padded = if cell.find(':') == Some(1) { format!("0{cell}") } else { cell.clone() };
            padded.parse().map_err(|_| (Some(column), why()))
        };
        let days = self.needed("hours_days")?;
        let days = weekdays(&days)
            .ok_or_else(|| (Some("hours_days"), format!("“{days}” is not days such as 1-5 (1 is Monday)")))?;
        let zone = self.needed("hours_zone")?;
        Ok(Some(WorkingHours { zone, days, from: time("hours_from")?, to: time("hours_to")? }))
    }
}

/// `1 2 3`, `1,2,3`, `1-5`, `1-4 6`.
fn weekdays(text: &str) -> Option<Vec<i8>> {
    let day = |part: &str| part.trim().parse::<i8>().ok().filter(|day| (1..=7).contains(day));
    let mut days = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || c == ',' || c == BETWEEN).filter(|p| !p.is_empty())
    {
        match part.split_once('-') {
            Some((first, last)) => days.extend(day(first)?..=day(last)?),
            None => days.push(day(part)?),
        }
    }
    (!days.is_empty()).then_some(days)
}

/// A moment, or a day as it begins at Greenwich.
fn moment(text: &str) -> Result<Timestamp, Fault> {
    let day = |date: Date| date.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    let day = || text.parse::<Date>().ok().filter(|_| text.len() == 10).and_then(day);
    text.parse().ok().or_else(day).ok_or_else(|| {
        (Some("confirmed"), format!("“{text}” is not a day such as 2026-11-23, nor a moment with its zone"))
    })
}
