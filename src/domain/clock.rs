//! Where time, ids and salts come from. The only place in the program that
//! reads the machine's clock or its random source; everybody else is handed
//! a [`Clock`] or an [`Entropy`].

use jiff::{SignedDuration, Timestamp};
use std::{sync::Mutex, time::Instant};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// How far it is ahead of the machine's clock, which somebody has set back.
    fn ahead(&self) -> SignedDuration {
        SignedDuration::ZERO
    }
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
        whole_microseconds(Timestamp::now())
    }
}

/// As fine as the store keeps it: what is said at once is what is read later.
fn whole_microseconds(now: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
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

/// How much slower does a steady clock run while it is ahead of the machine's?
/// By one in so many.
const SLOWER: i32 = 10;

/// How far ahead of the machine's clock may a steady one start, to go on where
/// the log ends? Beyond that the log's end is the likelier mistake.
const FARTHEST: SignedDuration = SignedDuration::from_hours(26);

/// The machine's clock, made to go forward only. When the machine's is set
/// back, this one runs a tenth slower until the two agree again: deadlines that
/// were set stay within a tenth of what they were, and the log stays in order.
pub struct Steady {
    machine: Machine,
    pace: Mutex<Pace>,
}

/// Where a steady clock stands.
#[derive(Clone, Copy, Debug)]
struct Pace {
    now: Timestamp,
    read: Instant,
    /// How far it is ahead of the machine's clock.
    ahead: SignedDuration,
}

impl Pace {
    /// Reads the clock `elapsed` after the last reading, when the machine's
    /// says `wall`.
    fn read(&mut self, wall: Timestamp, elapsed: SignedDuration) -> Timestamp {
        let steady = self.now + elapsed;
        // Two readings are never taken in the same instant.
        let set_back = wall + SignedDuration::from_millis(1) < steady;
        let next = if set_back { (steady - elapsed / SLOWER).max(wall) } else { wall };
        self.now = whole_microseconds(next).max(self.now);
        self.ahead = self.now.duration_since(wall);
        self.now
    }
}

impl Steady {
    /// A clock that goes on where the log ends, if that is not too far from
    /// what the machine's says.
    pub fn after(end_of_log: Option<Timestamp>) -> Self {
        let machine = Machine;
        let wall = machine.now();
        let now = end_of_log.filter(|end| *end > wall && end.duration_since(wall) <= FARTHEST);
        let now = now.unwrap_or(wall);
        Self { machine, pace: Mutex::new(Pace { now, read: moment(), ahead: now.duration_since(wall) }) }
    }
}

impl Clock for Steady {
    fn now(&self) -> Timestamp {
        let mut pace = self.pace.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (wall, read) = (self.machine.now(), moment());
        let elapsed = read.saturating_duration_since(pace.read);
        pace.read = read;
        pace.read(wall, SignedDuration::try_from(elapsed).unwrap_or_default())
    }

    fn ahead(&self) -> SignedDuration {
        self.now();
        self.pace.lock().unwrap_or_else(std::sync::PoisonError::into_inner).ahead
    }
}

impl Entropy for Steady {
    fn bytes(&self) -> [u8; 32] {
        self.machine.bytes()
    }
}

fn moment() -> Instant {
    Instant::now()
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
    pub fn advance(&self, by: SignedDuration) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(n)
    }

    #[test]
    fn a_clock_set_back_makes_no_moment_come_twice_and_is_caught_up_with() {
        let secs = SignedDuration::from_secs;
        let mut pace = Pace { now: second(10_000), read: moment(), ahead: SignedDuration::ZERO };
        assert_eq!(pace.read(second(10_001), secs(1)), second(10_001));
        // An hour back.
        assert_eq!(pace.read(second(6_411), secs(10)), second(10_010));
        assert_eq!(pace.ahead, secs(3_599));
        // A deadline in an hour is met within a tenth of an hour more.
        let mut wall = 6_411;
        let set = pace.now;
        while pace.now < set + SignedDuration::from_hours(1) {
            wall += 10;
            let before = pace.now;
            assert!(pace.read(second(wall), secs(10)) > before);
        }
        assert_eq!(wall - 6_411, 4_000);
        // In the end the two agree.
        while pace.ahead > SignedDuration::ZERO {
            wall += 10;
            pace.read(second(wall), secs(10));
        }
        assert_eq!(pace.now, second(wall));
        // Forward it follows at once.
        assert_eq!(pace.read(second(wall + 7_200), secs(1)), second(wall + 7_200));
    }

    #[test]
    fn it_goes_on_where_the_log_ends_unless_that_is_absurd() {
        let hour = SignedDuration::from_hours(1);
        let wall = Machine.now();
        assert!(Steady::after(Some(wall + hour)).now() >= wall + hour);
        assert!(Steady::after(Some(wall + hour)).ahead() > SignedDuration::from_mins(59));
        assert!(Steady::after(Some(wall + hour * 1000)).now() < wall + hour);
        assert!(Steady::after(None).ahead() < SignedDuration::from_secs(1));
    }
}
