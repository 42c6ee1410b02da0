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
    collections::{HashMap, HashSet},
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
    account: Option<AccountId>,
    /// How to wake it; nothing while it is not waiting.
    waker: Option<Waker>,
}

#[derive(Default)]
struct Seating {
    last: u64,
    guests: HashMap<u64, Guest>,
    seats: HashMap<Seat, HashSet<u64>>,
    accounts: HashMap<AccountId, HashSet<u64>>,
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
    number: u64,
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
        seating.last += 1;
        let number = seating.last;
        let seat = Seat::of(viewer, mode);
        let account = viewer.account();
        seating.seats.entry(seat).or_default().insert(number);
        if let Some(account) = account {
            seating.accounts.entry(account).or_default().insert(number);
        }
        seating.guests.insert(number, Guest { seat, account, waker: None });
        self.hub.count(true);
        Place { gallery: self.clone(), number }
    }

    /// Whether the server stops.
    pub fn is_closing(&self) -> bool {
        self.closing.get()
    }

    /// Who has to look at these frames.
    fn concerned(&self, frames: &[Arc<Frame>]) -> Vec<u64> {
        let seating = self.seating.borrow();
        let mut seats = HashSet::new();
        let mut concerned = Vec::new();
        for (seat, guests) in &seating.seats {
            if frames.iter().any(|frame| seat.sees(frame)) {
                seats.insert(*seat);
                concerned.extend(guests);
            }
        }
        for reporter in frames.iter().filter_map(|frame| frame.audience.reporter) {
            let own = seating.accounts.get(&reporter).into_iter().flatten();
            concerned.extend(own.filter(|number| {
                seating.guests.get(number).is_some_and(|guest| !seats.contains(&guest.seat))
            }));
        }
        concerned
    }

    /// Wakes some of those who wait, a few at a time.
    async fn wake(&self, numbers: Vec<u64>) {
        for some in numbers.chunks(AT_ONCE) {
            for number in some {
                let waker =
                    self.seating.borrow_mut().guests.get_mut(number).and_then(|guest| guest.waker.take());
                if let Some(waker) = waker {
                    waker.wake();
                }
            }
            tokio::task::yield_now().await;
        }
    }

    fn everybody(&self) -> Vec<u64> {
        self.seating.borrow().guests.keys().copied().collect()
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
    fn sees(&self, frame: &Frame) -> bool {
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
        if let Some(guest) = self.gallery.seating.borrow_mut().guests.get_mut(&self.number) {
            match &mut guest.waker {
                Some(known) => known.clone_from(waker),
                none => *none = Some(waker.clone()),
            }
        }
    }

    /// A share of one that is another one for each place, evenly spread.
    pub fn share(&self) -> f64 {
        // Multiples of the golden ratio, modulo one.
        (self.number as f64 * 0.618_033_988_749_895).fract()
    }

    /// The gallery it is in.
    pub fn gallery(&self) -> &Gallery {
        &self.gallery
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut seating = self.gallery.seating.borrow_mut();
        let Some(guest) = seating.guests.remove(&self.number) else { return };
        if let Some(others) = seating.seats.get_mut(&guest.seat) {
            others.remove(&self.number);
            if others.is_empty() {
                seating.seats.remove(&guest.seat);
            }
        }
        if let Some(account) = guest.account
            && let Some(others) = seating.accounts.get_mut(&account)
        {
            others.remove(&self.number);
            if others.is_empty() {
                seating.accounts.remove(&account);
            }
        }
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
                    self.gallery.wake(self.gallery.everybody()).await;
                }
            }
        }
        // From now on whoever looks sees it; those who wait are woken once.
        self.gallery.closing.set(true);
        self.gallery.wake(self.gallery.everybody()).await;
    }

    async fn serve(&mut self, hub: &Hub, head: Seq) {
        let concerned = match hub.since(self.seen) {
            Some(frames) => {
                let newest = frames.last().map_or(head, |frame| frame.seq.max(head));
                self.behind += newest.0 - self.seen.0;
                self.seen = newest;
                self.gallery.concerned(&frames)
            }
            // More has come than the ring holds: everybody looks for itself.
            None => {
                self.seen = head;
                self.behind = 0;
                self.gallery.everybody()
            }
        };
        self.gallery.wake(concerned).await;
    }
}
