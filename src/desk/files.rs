//! Files that responders keep as evidence: taken when they are what they are
//! said to be, kept by what is in them, given back only as attachments.

use super::{Asked, Desk, DeskError, runs::own_run};
use crate::domain::{
    account::Viewer,
    id::{IncidentId, RunId},
    run::{File, Run},
};
use jiff::{SignedDuration, Timestamp};

/// How large may a file be unless the operator says otherwise?
pub const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// How long may the name of a file be, in bytes?
const LONGEST_NAME: usize = 200;

/// For how long is a file kept that nothing refers to?
const UNCLAIMED: SignedDuration = SignedDuration::from_hours(24);

/// How often are unclaimed files looked for?
pub(super) const SWEEP_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// What responders send, as its first bytes say. Nothing a browser would run.
const KNOWN: [&str; 16] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/tiff",
    "image/heif",
    "image/heic",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "audio/mpeg",
    "audio/m4a",
    "video/mp4",
    "video/quicktime",
];

/// Text of any kind: tables, tracks, notes. Given back as text, whatever it is.
pub const PLAIN_TEXT: &str = "text/plain; charset=utf-8";

/// Why a file is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileRefusal {
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// It is larger than this instance takes.
    #[error("a file may have up to {} MiB; send a smaller picture, or parts", .0 / (1024 * 1024))]
    TooLarge(usize),
    /// It is nothing responders send.
    #[error(
        "the file is not a picture, PDF, text document, table, sound or film as far as its first bytes say"
    )]
    UnknownKind,
    /// Its name cannot be used.
    #[error("the name of a file is 1 to {LONGEST_NAME} bytes without control characters or slashes")]
    BadName,
    /// It was not sent, or too long ago.
    #[error("there is no such file (any more): send it again")]
    NotSent,
}

impl Desk {
    /// Takes a file for a run. It counts only when evidence refers to it; if
    /// none does for a day it goes.
    pub fn keep_file(
        &self,
        asked: Asked<'_>,
        incident: IncidentId,
        run: RunId,
        name: &str,
        bytes: &[u8],
    ) -> Result<File, DeskError> {
        let incident = self.store.incident(asked.by, incident)?.ok_or(DeskError::NotFound)?;
        own_run(asked.by, &incident, run)?;
        if bytes.is_empty() {
            return Err(FileRefusal::Empty.into());
        }
        if bytes.len() > self.settings.largest_file {
            return Err(FileRefusal::TooLarge(self.settings.largest_file).into());
        }
        let media_type = kind_of(bytes).ok_or(FileRefusal::UnknownKind)?.to_owned();
        check_name(name)?;
        let sha256 = self.store.keep_file(bytes, self.now())?;
        Ok(File { sha256, name: name.to_owned(), media_type, bytes: bytes.len() as u64 })
    }

    /// How large a file may be here, in bytes.
    pub fn largest_file(&self) -> usize {
        self.settings.largest_file
    }

    /// Says of a file that evidence refers to what it is.
    pub(super) fn describe_file(&self, run: &Run, file: &mut File) -> Result<(), DeskError> {
        check_name(&file.name)?;
        if !self.store.refresh_file(&file.sha256, self.now())? {
            return Err(FileRefusal::NotSent.into());
        }
        if let Some(known) = run.files().find(|known| known.sha256 == file.sha256) {
            (file.media_type, file.bytes) = (known.media_type.clone(), known.bytes);
            return Ok(());
        }
        let bytes = self.store.sent_file(&Viewer::House, &file.sha256)?.ok_or(FileRefusal::NotSent)?;
        kind_of(&bytes).ok_or(FileRefusal::UnknownKind)?.clone_into(&mut file.media_type);
        file.bytes = bytes.len() as u64;
        Ok(())
    }

    /// Takes away files nobody refers to, now and then.
    pub(super) fn sweep_files(&self, now: Timestamp) -> Result<(), DeskError> {
        let mut swept = self.swept.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if swept.is_none_or(|at| now.duration_since(at) >= SWEEP_EVERY) {
            *swept = Some(now);
            self.store.sweep_files(now - UNCLAIMED)?;
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), FileRefusal> {
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
    if name.trim().is_empty() || name.len() > LONGEST_NAME || name.chars().any(bad) {
        Err(FileRefusal::BadName)
    } else {
        Ok(())
    }
}

/// What a file is, by its content.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    match infer::get(bytes) {
        // Tracks and tables are often written as XML.
        Some(kind) if kind.mime_type() == "text/xml" && is_text(bytes) => Some(PLAIN_TEXT),
        Some(kind) => KNOWN.into_iter().find(|known| *known == kind.mime_type()),
        None => is_text(bytes).then_some(PLAIN_TEXT),
    }
}

fn is_text(bytes: &[u8]) -> bool {
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::{PLAIN_TEXT, kind_of};

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("image/png"));
        assert_eq!(kind_of(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(kind_of("site;plants\nA;12\n".as_bytes()), Some(PLAIN_TEXT));
        // What a browser would run, or a computer, is not taken or given back as text.
        assert_eq!(kind_of(b"<html><script>alert(1)</script></html>"), None);
        assert_eq!(kind_of(b"\x7fELF\x02\x01\x01\0"), None);
        assert_eq!(kind_of(b"MZ\x90\0"), None);
        assert_eq!(kind_of(b"PK\x03\x04\0\0\0\0"), None);
        assert_eq!(kind_of(b"\0\x01\x02"), None);
    }
}
