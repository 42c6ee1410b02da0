//! Where time, ids and salts come from. The only place in the program that
//! reads the machine's clock or its random source; everybody else is handed
//! a [`Clock`] or an [`Entropy`].

use jiff::Timestamp;
use std::sync::Mutex;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// Gives bytes nobody can guess.
pub trait Entropy: Send + Sync {
    /// 32 fresh bytes.
    fn bytes(&self) -> [u8; 32];

    /// A fresh UUID version 7 (RFC 9562) of the moment `now`.
    fn id(&self, now: Timestamp) -> Uuid {
        let random = self.bytes();
        let mut ten = [0; 10];
        ten.copy_from_slice(&random[..10]);
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &ten).into_uuid()
    }
}

/// The machine's own clock and random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine;

impl Clock for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl Entropy for Machine {
    /// # Panics
    /// When the operating system has no random source: nothing that follows
    /// would be safe.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the random source")]
    #[expect(clippy::expect_used, reason = "a server without random bytes must not run")]
    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system has no random source");
        bytes
    }
}

/// A clock that moves only when told, and bytes that can be foretold: for
/// tests and replays.
#[derive(Debug)]
pub struct Rehearsal {
    now: Mutex<Timestamp>,
    count: Mutex<u64>,
}

impl Rehearsal {
    /// A rehearsal that starts at `now`.
    pub fn starting(now: Timestamp) -> Self {
        Self { now: Mutex::new(now), count: Mutex::new(0) }
    }

    /// Moves the clock; a negative span moves it back.
    pub fn advance(&self, by: jiff::SignedDuration) {
        let mut now = self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += by;
    }
}

impl Clock for Rehearsal {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Entropy for Rehearsal {
    fn bytes(&self) -> [u8; 32] {
        let mut count = self.count.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *count += 1;
        let mut bytes = [0; 32];
        // Spread the counter so that the first ten bytes, which an id keeps, differ.
        bytes[..8].copy_from_slice(&count.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        bytes[8..16].copy_from_slice(&count.to_be_bytes());
        bytes
    }
}
