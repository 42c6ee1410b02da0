//! The gallery: the subscribers of one worker thread, waiting.
//!
//! Whoever has read to the end of the log sits down by State and world, and is
//! woken when something comes that its seat may see; what nine in ten may not
//! see wakes one in ten. One task per thread listens to the hub and wakes the
//! others on the same thread, which is far cheaper than waking each of ten
//! thousand from another one.
//!
//! Those nobody wakes fall behind without noticing. Once much has passed them,
//! and not more often than once a second, everybody is woken to say where in
//! the log it stands.

use super::{frame::Frame, hub::Hub};
use crate::domain::{
    account::{Role, Viewer},
    id::{AccountId, Seq},
    incident::Mode,
    state::StateCode,
};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    sync::Arc,
    task::Waker,
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// How many events may pass a subscriber before it hears where it stands,
/// without waiting for the heartbeat?
pub const PASSED: u64 = 100;

/// How often does everybody hear that at the most?
pub const ROUND: Duration = Duration::from_secs(1);

/// How many are woken before others get their turn?
const AT_ONCE: usize = 256;

/// What decides whether a frame is for somebody, but for what a reporter sees
/// of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Seat {
    mode: Mode,
    state: Option<StateCode>,
    role: Option<Role>,
}

/// Somebody who may be waiting.
struct Guest {
    seat: Seat,
    /// Where among those in this seat.
    position: usize,
    account: Option<AccountId>,
    /// How to wake it; nothing while it is not waiting.
    waker: Option<Waker>,
}

#[derive(Default)]
struct Seating {
    /// By number; nothing where somebody has left.
    guests: Vec<Option<Guest>>,
    left: Vec<usize>,
    seats: HashMap<Seat, Vec<usize>>,
    /// Several lines may be open for one account.
    accounts: HashMap<AccountId, Vec<usize>>,
    /// How many have ever come.
    come: u64,
}

impl Seating {
    fn seat(&mut self, seat: Seat, account: Option<AccountId>) -> usize {
        self.come += 1;
        let number = self.left.pop().unwrap_or_else(|| {
            self.guests.push(None);
            self.guests.len() - 1
        });
        let neighbours = self.seats.entry(seat).or_default();
        let position = neighbours.len();
        neighbours.push(number);
        if let Some(account) = account {
            self.accounts.entry(account).or_default().push(number);
        }
        self.guests[number] = Some(Guest { seat, position, account, waker: None });
        number
    }

    fn unseat(&mut self, number: usize) -> Option<Guest> {
        let guest = self.guests.get_mut(number)?.take()?;
        self.left.push(number);
        if let Some(neighbours) = self.seats.get_mut(&guest.seat) {
            // The last one takes the place that has become free.
            neighbours.swap_remove(guest.position);
            let moved = neighbours.get(guest.position).copied();
            if neighbours.is_empty() {
                self.seats.remove(&guest.seat);
            }
            if let Some(moved) = moved.and_then(|number| self.guests[number].as_mut()) {
                moved.position = guest.position;
            }
        }
        if let Some(account) = guest.account
            && let Some(lines) = self.accounts.get_mut(&account)
        {
            lines.retain(|line| *line != number);
            if lines.is_empty() {
                self.accounts.remove(&account);
            }
        }
        Some(guest)
    }

    fn everybody(&self) -> Vec<usize> {
        self.seats.values().flatten().copied().collect()
    }

    /// Who has to look at these frames. Somebody may be named twice.
    fn concerned(&self, frames: &[Arc<Frame>]) -> Vec<usize> {
        let seats = self.seats.iter().filter(|(seat, _)| frames.iter().any(|frame| seat.sees(frame)));
        let mut concerned: Vec<usize> = seats.flat_map(|(_, guests)| guests).copied().collect();
        let reporters = frames.iter().filter_map(|frame| frame.audience.reporter);
        concerned.extend(reporters.filter_map(|reporter| self.accounts.get(&reporter)).flatten());
        concerned
    }
}

/// The gallery of one worker thread.
pub struct Gallery {
    hub: Arc<Hub>,
    seating: RefCell<Seating>,
    closing: Cell<bool>,
    attended: Cell<bool>,
}

/// A place in the gallery, for as long as it is held.
pub struct Place {
    gallery: Rc<Gallery>,
    number: usize,
    /// Its number among all who have ever come.
    come: u64,
}

impl Gallery {
    /// An empty one. Whoever first sits down needs a tokio `LocalSet`.
    pub fn of(hub: Arc<Hub>) -> Rc<Self> {
        Rc::new(Self {
            hub,
            seating: RefCell::default(),
            closing: Cell::new(false),
            attended: Cell::new(false),
        })
    }

    /// Gives a subscriber a place.
    pub fn join(self: &Rc<Self>, viewer: &Viewer, mode: Mode) -> Place {
        if !self.attended.replace(true) {
            let attendant = Attendant { gallery: self.clone(), seen: self.hub.head(), behind: 0 };
            tokio::task::spawn_local(attendant.attend());
        }
        let mut seating = self.seating.borrow_mut();
        let number = seating.seat(Seat::of(viewer, mode), viewer.account());
        self.hub.count(true);
        Place { gallery: self.clone(), number, come: seating.come }
    }

    /// Whether the server stops.
    pub fn is_closing(&self) -> bool {
        self.closing.get()
    }

    /// Wakes some of those who wait, a few at a time.
    async fn wake(&self, numbers: Vec<usize>) {
        for some in numbers.chunks(AT_ONCE) {
            for number in some {
                if let Some(waker) = self.waker_of(*number) {
                    waker.wake();
                }
            }
            tokio::task::yield_now().await;
        }
    }

    fn waker_of(&self, number: usize) -> Option<Waker> {
        self.seating.borrow_mut().guests.get_mut(number)?.as_mut()?.waker.take()
    }

    async fn wake_everybody(&self) {
        let everybody = self.seating.borrow().everybody();
        self.wake(everybody).await;
    }
}

impl Seat {
    fn of(viewer: &Viewer, mode: Mode) -> Self {
        let (state, role) = match viewer {
            Viewer::Account { state, role, .. } => (*state, Some(*role)),
            Viewer::House => (None, None),
        };
        Self { mode, state, role }
    }

    /// Whether a frame is for everybody in this seat. The rule itself is asked,
    /// for somebody here who has reported nothing.
    fn sees(self, frame: &Frame) -> bool {
        let anybody = match self.role {
            Some(role) => Viewer::Account { id: AccountId(uuid::Uuid::nil()), state: self.state, role },
            None => Viewer::House,
        };
        frame.is_for(&anybody, self.mode)
    }
}

impl Place {
    /// Sits down: wakes `waker` when something comes that may be for this
    /// subscriber, and when the server stops.
    pub fn wait(&self, waker: &Waker) {
        if let Some(Some(guest)) = self.gallery.seating.borrow_mut().guests.get_mut(self.number) {
            match &mut guest.waker {
                Some(known) => known.clone_from(waker),
                none => *none = Some(waker.clone()),
            }
        }
    }

    /// A share of one that is another one for each place, evenly spread.
    pub fn share(&self) -> f64 {
        // Multiples of the golden ratio, modulo one.
        (self.come as f64 * 0.618_033_988_749_895).fract()
    }

    /// The gallery it is in.
    pub fn gallery(&self) -> &Gallery {
        &self.gallery
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let guest = self.gallery.seating.borrow_mut().unseat(self.number);
        // Its waker goes when nobody looks at the seating any more.
        drop(guest);
        self.gallery.hub.count(false);
    }
}

/// The task that wakes the others.
struct Attendant {
    gallery: Rc<Gallery>,
    /// Up to where in the log it has woken those concerned.
    seen: Seq,
    /// How much has passed since everybody was last woken.
    behind: u64,
}

impl Attendant {
    async fn attend(mut self) {
        let hub = self.gallery.hub.clone();
        let (mut grown, mut closing) = (hub.subscribe(), hub.closing());
        let mut round = Instant::now();
        loop {
            // Marked before looking, so that growth in between wakes at once.
            let head = *grown.borrow_and_update();
            if head > self.seen {
                self.serve(&hub, head).await;
                continue;
            }
            let due = self.behind >= PASSED;
            tokio::select! {
                changed = grown.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
                _ = closing.wait_for(|closing| *closing) => break,
                () = sleep_until(round), if due => {
                    self.behind = 0;
                    round = Instant::now() + ROUND;
                    self.gallery.wake_everybody().await;
                }
            }
        }
        // From now on whoever looks sees it; those who wait are woken once.
        self.gallery.closing.set(true);
        self.gallery.wake_everybody().await;
    }

    async fn serve(&mut self, hub: &Hub, head: Seq) {
        let concerned = if let Some(frames) = hub.since(self.seen) {
            let newest = frames.last().map_or(head, |frame| frame.seq.max(head));
            self.behind += newest.0 - self.seen.0;
            self.seen = newest;
            self.gallery.seating.borrow().concerned(&frames)
        } else {
            // More has come than the ring holds: everybody looks for itself.
            self.seen = head;
            self.behind = 0;
            self.gallery.seating.borrow().everybody()
        };
        self.gallery.wake(concerned).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(code: &str) -> Seat {
        Seat { mode: Mode::Exercise, state: code.parse().ok(), role: Some(Role::ContactPoint) }
    }

    /// Whoever leaves, the others are found in their seats.
    #[test]
    fn those_who_stay_keep_their_seats() {
        let mut seating = Seating::default();
        let account = Some(AccountId(uuid::Uuid::from_u128(7)));
        let numbers: Vec<usize> =
            (0..6).map(|n| seating.seat(seat(if n % 2 == 0 { "CH" } else { "DE" }), account)).collect();
        assert!(seating.unseat(numbers[0]).is_some());
        assert!(seating.unseat(numbers[0]).is_none(), "gone is gone");
        assert_eq!(seating.seats[&seat("CH")], [numbers[4], numbers[2]]);
        assert!(seating.unseat(numbers[4]).is_some());
        assert_eq!(seating.seats[&seat("CH")], [numbers[2]]);
        // A place that has become free is given to the next.
        assert_eq!(seating.seat(seat("FR"), None), numbers[4]);
        for number in [numbers[1], numbers[2], numbers[3], numbers[5]] {
            assert!(seating.unseat(number).is_some());
        }
        assert!(seating.accounts.is_empty());
        assert_eq!(seating.everybody(), [numbers[4]]);
    }
}
