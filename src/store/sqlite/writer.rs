//! The one thread that writes. It drains its channel without a timer, runs
//! what it finds in one transaction, each piece of work in a savepoint of its
//! own, and answers when the transaction is on the disk.

use crate::store::StoreError;
use rusqlite::Connection;
use std::sync::mpsc;

/// How many pieces of work share a transaction at most?
const GROUP: usize = 256;

type Work = Box<dyn FnOnce(&Connection) -> Box<dyn FnOnce(Result<(), StoreError>) + Send> + Send>;

/// What the thread is asked to do.
enum Task {
    /// Within a transaction, together with others.
    Write(Work),
    /// On its own, outside of any transaction.
    Tend(Box<dyn FnOnce(&Connection) + Send>),
}

/// A hand on the writer thread.
pub(super) struct Writer {
    work: mpsc::Sender<Task>,
}

impl Writer {
    /// Starts the thread; it owns `connection` and ends when the last hand
    /// lets go.
    pub(super) fn start(connection: Connection, alone: bool) -> std::io::Result<Self> {
        let (work, inbox) = mpsc::channel::<Task>();
        std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            while let Ok(first) = inbox.recv() {
                let limit = if alone { 0 } else { GROUP - 1 };
                let mut group = Vec::new();
                for task in std::iter::once(first).chain(inbox.try_iter().take(limit)) {
                    match task {
                        Task::Write(work) => group.push(work),
                        Task::Tend(work) => {
                            run(&connection, std::mem::take(&mut group));
                            work(&connection);
                        }
                    }
                }
                run(&connection, group);
            }
        })?;
        Ok(Self { work })
    }

    /// Runs `work` in the next transaction and returns what it returned, once
    /// that is on the disk.
    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = mpsc::sync_channel(1);
        let boxed: Work = Box::new(move |connection| {
            let result = in_savepoint(connection, work);
            Box::new(move |committed| {
                // A caller that has gone away no longer waits for an answer.
                let _ = reply.send(committed.and(result));
            })
        });
        self.work.send(Task::Write(boxed)).map_err(|_| stopped())?;
        answer.recv().map_err(|_| stopped())?
    }

    /// Runs `work` between two transactions.
    pub(super) fn tend<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = mpsc::sync_channel(1);
        let boxed = Box::new(move |connection: &Connection| {
            let _ = reply.send(work(connection).map_err(|e| fault(&e)));
        });
        self.work.send(Task::Tend(boxed)).map_err(|_| stopped())?;
        answer.recv().map_err(|_| stopped())?
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the writer has stopped".to_owned())
}

fn run(connection: &Connection, work: Vec<Work>) {
    if work.is_empty() {
        return;
    }
    let began = connection.execute_batch("BEGIN IMMEDIATE").map_err(|e| fault(&e));
    let mut answers = Vec::new();
    for piece in work {
        if began.is_ok() {
            answers.push(piece(connection));
        } else {
            // Not begun: nothing may run outside a transaction. Dropping the
            // piece drops its reply, and the caller hears that nothing was written.
            drop(piece);
        }
    }
    let ended = match began {
        Err(error) => Err(error),
        // SQLite rolls a transaction back by itself when the disk is full.
        Ok(()) if connection.is_autocommit() => {
            Err(StoreError::Unavailable("the disk is full, or writing to it failed".to_owned()))
        }
        Ok(()) => connection.execute_batch("COMMIT").map_err(|e| {
            let _ = connection.execute_batch("ROLLBACK");
            fault(&e)
        }),
    };
    for answer in answers {
        answer(ended.clone());
    }
}

/// Runs `work` in a transaction of its own, on a connection nobody else uses.
pub(super) fn in_transaction<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.unchecked_transaction().map_err(|e| fault(&e))?;
    let result = work(&transaction)?;
    transaction.commit().map_err(|e| fault(&e))?;
    Ok(result)
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if connection.is_autocommit() {
        return Err(StoreError::Unavailable("the disk is full, or writing to it failed".to_owned()));
    }
    connection.execute_batch("SAVEPOINT piece").map_err(|e| fault(&e))?;
    let result = work(connection);
    if !connection.is_autocommit() {
        let end = if result.is_ok() { "RELEASE piece" } else { "ROLLBACK TO piece; RELEASE piece" };
        connection.execute_batch(end).map_err(|e| fault(&e))?;
    }
    result
}

/// What a caller can do about an error of SQLite.
pub(super) fn fault(error: &rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode as Code;
    match error.sqlite_error_code() {
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => StoreError::Corrupt(error.to_string()),
        _ => StoreError::Unavailable(error.to_string()),
    }
}
