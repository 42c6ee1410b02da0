//! Files of responders, each named by the SHA-256 of what is in it. A file is
//! on the disk, its directory synced, before an event may refer to it; one that
//! no event refers to goes when it is a day old.

use crate::{proof::digest_hex, store::StoreError};
use jiff::Timestamp;
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

/// The directory in a store and in a backup.
pub(super) const ATTACHMENTS: &str = "attachments";

/// How a file that is being written begins.
const UNFINISHED: &str = ".unfinished-";

/// Numbers of files that are being written.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// The directory of files.
pub(super) struct Files {
    root: PathBuf,
    /// Whether keeping a file waits for the disk.
    full: bool,
    /// One file at a time: a directory that another one has made is synced
    /// before anything in it counts as kept.
    keeping: Mutex<()>,
}

impl Files {
    pub fn of(data: &Path, full: bool) -> Self {
        Self { root: data.join(ATTACHMENTS), full, keeping: Mutex::default() }
    }

    fn sync(&self, place: &Path) -> io::Result<()> {
        if self.full { File::open(place)?.sync_all() } else { Ok(()) }
    }

    fn place(&self, sha256: &str) -> Option<PathBuf> {
        let sound = sha256.len() == 64 && sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        sound.then(|| self.root.join(&sha256[..2]).join(sha256))
    }

    /// Keeps a file for good: written under another name, synced, then put in
    /// its place. The same bytes are kept once.
    pub fn keep(&self, bytes: &[u8], now: Timestamp) -> Result<String, StoreError> {
        let name = digest_hex(bytes);
        let place = self.place(&name).ok_or_else(|| StoreError::Corrupt(name.clone()))?;
        let _alone = self.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        self.put(&place, bytes, now).map_err(|e| unavailable(&place, &e))?;
        Ok(name)
    }

    fn put(&self, place: &Path, bytes: &[u8], now: Timestamp) -> io::Result<()> {
        let folder = place.parent().unwrap_or(&self.root);
        for made in [self.root.as_path(), folder] {
            if !made.is_dir() {
                fs::create_dir_all(made)?;
                made.parent().map_or(Ok(()), |above| self.sync(above))?;
            }
        }
        if touch(place, now).is_ok() {
            return Ok(());
        }
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.root.join(format!("{UNFINISHED}{}-{number}", std::process::id()));
        let written = File::create(&unfinished).and_then(|mut file| {
            file.write_all(bytes)?;
            file.set_modified(now.into())?;
            if self.full { file.sync_all() } else { Ok(()) }
        });
        match written.and_then(|()| fs::rename(&unfinished, place)) {
            Ok(()) => self.sync(folder),
            Err(error) => {
                let _ = fs::remove_file(&unfinished);
                Err(error)
            }
        }
    }

    /// What is in a file; absent when there is none of this name.
    pub fn read(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(place) = self.place(sha256) else { return Ok(None) };
        match fs::read(&place) {
            Ok(bytes) if digest_hex(&bytes) == sha256 => Ok(Some(bytes)),
            Ok(_) => Err(StoreError::Corrupt(format!("the file {sha256} is not what was kept"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unavailable(&place, &error)),
        }
    }

    /// Whether there is such a file. It counts as new, so that it is not swept
    /// away before an event refers to it.
    pub fn refresh(&self, sha256: &str, now: Timestamp) -> Result<bool, StoreError> {
        let Some(place) = self.place(sha256) else { return Ok(false) };
        match touch(&place, now) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(unavailable(&place, &error)),
        }
    }

    /// Takes away what was kept before `then` and nothing refers to. Gives how
    /// many files went.
    pub fn sweep(
        &self,
        then: Timestamp,
        is_kept: impl Fn(&str) -> Result<bool, StoreError>,
    ) -> Result<usize, StoreError> {
        let mut swept = 0;
        for place in self.all().map_err(|e| unavailable(&self.root, &e))? {
            let name = place.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if is_older(&place, then) && !is_kept(name)? && is_older(&place, then) {
                match fs::remove_file(&place) {
                    Ok(()) => swept += 1,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(unavailable(&place, &error)),
                }
            }
        }
        Ok(swept)
    }

    fn all(&self) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            for entry in entries {
                let path = entry?.path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        Ok(found)
    }
}

fn touch(place: &Path, now: Timestamp) -> io::Result<()> {
    File::options().append(true).open(place)?.set_modified(now.into())
}

fn is_older(place: &Path, then: Timestamp) -> bool {
    let modified = fs::metadata(place).and_then(|found| found.modified());
    modified.is_ok_and(|at| at < SystemTime::from(then))
}

fn unavailable(place: &Path, error: &io::Error) -> StoreError {
    StoreError::Unavailable(format!("{}: {error}", place.display()))
}
