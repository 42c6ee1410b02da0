//! Read connections: a few, handed out one at a time. Whoever finds none free
//! waits: on few cores more of them at once would only be slower each.

use rusqlite::{Connection, OpenFlags};
use std::{
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How many queries may run at once?
const MOST: usize = 16;

/// The read connections of one store.
pub(super) struct Readers {
    file: PathBuf,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    busy: usize,
}

/// A place among those who read; it is given back however the query ends.
struct Place<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.readers.lock();
        state.busy -= 1;
        state.idle.extend(self.connection.take());
        drop(state);
        self.readers.freed.notify_one();
    }
}

impl Readers {
    /// Nobody reads yet.
    pub(super) fn of(file: &Path) -> Self {
        Self { file: file.to_owned(), state: Mutex::default(), freed: Condvar::new() }
    }

    /// Runs a query on a connection that nobody else uses meanwhile.
    pub(super) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let mut state = self.lock();
        while state.busy >= MOST {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.busy += 1;
        let idle = state.idle.pop();
        drop(state);
        let mut place = Place { readers: self, connection: idle };
        let connection = match place.connection.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        query(place.connection.insert(connection))
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn however_many_ask_few_read_at_once_and_all_are_answered() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("a.sqlite");
        Connection::open(&file)
            .and_then(|c| c.execute_batch("CREATE TABLE a (b); INSERT INTO a VALUES (7)"))
            .expect("a file");
        let readers = Readers::of(&file);
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 * MOST {
                scope.spawn(|| {
                    let answer = readers.read(|c| {
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        let answer = c.query_row("SELECT b FROM a", [], |row| row.get(0));
                        now.fetch_sub(1, Ordering::SeqCst);
                        answer
                    });
                    assert_eq!(answer, Ok(7));
                });
            }
        });
        assert!(most.into_inner() <= MOST);
        // A query that fails gives its place back, and one that panics too.
        for _ in 0..2 * MOST {
            assert!(readers.read(|c| c.query_row("SELECT c FROM a", [], |_| Ok(()))).is_err());
            let panics = std::panic::AssertUnwindSafe(|| {
                readers.read(|_| -> rusqlite::Result<()> { std::panic::resume_unwind(Box::new(())) })
            });
            assert!(std::panic::catch_unwind(panics).is_err());
        }
        assert_eq!(readers.read(|c| c.query_row("SELECT b FROM a", [], |row| row.get(0))), Ok(7));
    }
}
