//! The hub: one ring of encoded frames that all live subscribers share.
//!
//! A subscriber is a cursor on the log. Catching up, a slow reader and normal
//! service are the same code: ask for what comes after the cursor; the answer
//! comes from the ring, or from a stretch of the store when the cursor is
//! older than the ring. There is no queue per subscriber, so a slow one costs
//! nothing and delays nobody.
//!
//! Many subscribers that fall behind together (a restart) read the same
//! stretches: each is read and encoded once and kept for a while. One that is
//! far behind reads only what is for it.

use super::frame::{Frame, Retry, Say, encode};
use crate::{
    domain::{
        account::Viewer,
        id::{AccountId, Seq},
        incident::Mode,
    },
    store::{Logged, PAGE, Store, StoreError},
};
use bytes::Bytes;
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU32, AtomicU64, Ordering},
        mpsc,
    },
    time::Duration,
};
use tokio::sync::{Semaphore, watch};

/// How many of the newest events stay encoded, at the most?
const RING: usize = 4096;

/// How many bytes may they take? The newest one stays, whatever its size.
const RING_BYTES: usize = 32 << 20;

/// How many frames does a subscriber look at before others get their turn?
const LOOK: usize = 2048;

/// How many events does a stretch of the store hold?
const STRETCH: u64 = 256;

/// How many stretches are kept, for others that are behind as well?
const KEPT: usize = 8;

/// How far behind the newest event may a subscriber be that reads what others
/// read too? One that is further behind reads what is for it alone.
const TOGETHER: u64 = 16 * STRETCH + RING as u64;

/// How many events are read at once for one subscriber alone?
const ALONE: usize = 64;

/// How many stretches are read from the store at the same time?
const READERS: usize = 2;

/// After how long does the feeder try again when the log could not be read?
const AGAIN: Duration = Duration::from_millis(500);

/// How long should clients wait before they come back?
const RETRY_FIRST_MS: u32 = 1000;
const RETRY_MOST_MS: u32 = 30_000;

/// For every so many clients, the first attempts are spread over a
/// millisecond more: as fast as they can be let in.
const CLIENTS_PER_MS: u32 = 5;

/// The hub.
pub struct Hub {
    store: Arc<dyn Store>,
    log: String,
    ring: Arc<RwLock<Ring>>,
    /// The newest event in the ring, for those who only look.
    newest: Arc<AtomicU64>,
    head: watch::Sender<Seq>,
    nudge: mpsc::SyncSender<()>,
    closing: watch::Sender<bool>,
    kept: Mutex<Kept>,
    readers: Arc<Semaphore>,
    lines: AtomicU32,
    /// Accounts that are served no longer, however long their tokens were good.
    dismissed: RwLock<BTreeSet<AccountId>>,
    /// Over how many milliseconds those who are sent away are to come back.
    spread_ms: AtomicU32,
    goodbyes: AtomicU32,
}

/// Stretches that several may read.
#[derive(Default)]
struct Kept {
    stretches: VecDeque<Arc<Stretch>>,
    /// How often everything was forgotten: what was read before is not kept.
    forgotten: u64,
}

/// What comes next for a cursor.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A frame; the cursor has moved to it.
    Frame(Bytes),
    /// Nothing for this viewer among what was looked at; there is more.
    More,
    /// Nothing up to the end; the cursor stands there.
    End,
    /// The cursor is older than what is here.
    Behind,
}

/// Some consecutive part of the log, encoded.
#[derive(Debug, Default)]
pub struct Stretch {
    /// After which place it begins.
    after: Seq,
    /// Up to where it says all there is for whoever reads it.
    to: Seq,
    frames: Vec<Frame>,
}

impl Stretch {
    /// What comes next in it for a cursor; `End` when the cursor has come to
    /// its end and what follows is elsewhere.
    pub fn next(&self, cursor: &mut Seq, viewer: &Viewer, mode: Mode) -> Next {
        let skip = self.frames.partition_point(|frame| frame.seq <= *cursor);
        let found = self.frames[skip..].iter().find(|frame| frame.is_for(viewer, mode));
        *cursor = found.map_or(self.to, |frame| frame.seq).max(*cursor);
        found.map_or(Next::End, |frame| Next::Frame(frame.bytes.clone()))
    }
}

impl Frame {
    /// Whether it is of this world and for this viewer.
    pub(super) fn is_for(&self, viewer: &Viewer, mode: Mode) -> bool {
        self.mode == mode && self.audience.admits(viewer)
    }
}

/// The newest events.
#[derive(Default)]
struct Ring {
    frames: VecDeque<Arc<Frame>>,
    bytes: usize,
}

impl Ring {
    fn push(&mut self, frame: Frame) {
        self.bytes += frame.bytes.len();
        self.frames.push_back(Arc::new(frame));
        while self.frames.len() > RING || (self.bytes > RING_BYTES && self.frames.len() > 1) {
            self.bytes -= self.frames.pop_front().map_or(0, |oldest| oldest.bytes.len());
        }
    }

    /// What comes after a place, if it reaches back that far. Numbers have no
    /// holes, so the place is found by counting.
    fn after(&self, cursor: Seq) -> Option<impl Iterator<Item = &Arc<Frame>>> {
        let first = self.frames.front()?.seq;
        let skip = usize::try_from((cursor.0 + 1).checked_sub(first.0)?).ok()?;
        Some(self.frames.iter().skip(skip))
    }
}

impl Hub {
    /// Starts the hub at the end of the log. Its feeder thread ends with it.
    pub fn start(store: Arc<dyn Store>) -> Result<Arc<Self>, StoreError> {
        let head = store.head()?;
        let log = store.log_id()?;
        let (nudge, nudged) = mpsc::sync_channel(1);
        let (sender, _) = watch::channel(head);
        let ring: Arc<RwLock<Ring>> = Arc::default();
        let newest = Arc::new(AtomicU64::new(head.0));
        let feeder =
            Feeder { store: store.clone(), ring: ring.clone(), newest: newest.clone(), head: sender.clone() };
        std::thread::Builder::new()
            .name("hub-feeder".to_owned())
            .spawn(move || feeder.run(&nudged))
            .map_err(|e| StoreError::Unavailable(e.to_string()))?;
        let (closing, _) = watch::channel(false);
        Ok(Arc::new(Self {
            store,
            log,
            ring,
            newest,
            head: sender,
            nudge,
            closing,
            kept: Mutex::default(),
            readers: Arc::new(Semaphore::new(READERS)),
            lines: AtomicU32::new(0),
            dismissed: RwLock::default(),
            spread_ms: AtomicU32::new(RETRY_FIRST_MS),
            goodbyes: AtomicU32::new(0),
        }))
    }

    /// Says that events up to some number have been committed. Cannot fail and
    /// does not wait: a nudge is lost only when another one is already waiting,
    /// and the feeder reads on from where it stands, whatever nudged it.
    pub fn announce(&self) {
        let _ = self.nudge.try_send(());
    }

    /// A receiver that is told whenever the ring has grown.
    pub fn subscribe(&self) -> watch::Receiver<Seq> {
        self.head.subscribe()
    }

    /// Tells every subscriber that the server stops, and that it may resume.
    pub fn close(&self) {
        self.spread_ms.store(self.retry().first_ms, Ordering::Relaxed);
        self.closing.send_replace(true);
    }

    /// A receiver that is told when the server stops.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// The newest event in the ring.
    pub fn head(&self) -> Seq {
        Seq(self.newest.load(Ordering::Acquire))
    }

    /// The id of the log.
    pub fn log_id(&self) -> &str {
        &self.log
    }

    /// What comes next for a cursor that is in the ring; `Behind` if the store
    /// must be asked.
    pub fn next(&self, cursor: &mut Seq, viewer: &Viewer, mode: Mode) -> Next {
        let head = self.head();
        if *cursor >= head {
            return Next::End;
        }
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let Some(after) = ring.after(*cursor) else { return Next::Behind };
        for frame in after.take(LOOK) {
            *cursor = frame.seq;
            if frame.is_for(viewer, mode) {
                return Next::Frame(frame.bytes.clone());
            }
        }
        if *cursor >= head { Next::End } else { Next::More }
    }

    /// The frames after a place, for whoever decides who is to be woken; `None`
    /// when the ring does not reach back that far.
    pub(super) fn since(&self, cursor: Seq) -> Option<Vec<Arc<Frame>>> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        ring.after(cursor).map(|frames| frames.cloned().collect())
    }

    /// The part of the log after a cursor that is older than the ring; `None`
    /// when the store does not answer (the log says why). Must be called within
    /// a tokio runtime.
    pub async fn fetch(self: Arc<Self>, cursor: Seq, viewer: Viewer, mode: Mode) -> Option<Arc<Stretch>> {
        let together = self.head().0.saturating_sub(cursor.0) <= TOGETHER;
        if together && let Some(kept) = self.kept(cursor) {
            return Some(kept);
        }
        let permit = self.readers.clone().acquire_owned().await;
        // While this one waited, another one may have read it.
        if together && let Some(kept) = self.kept(cursor) {
            return Some(kept);
        }
        let read = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            if together { self.read_together(cursor) } else { self.read_alone(cursor, &viewer, mode) }
        });
        // Not joined: the server stops.
        let read = read.await.ok()?;
        read.inspect_err(|error| tracing::error!(%error, "a live reader cannot be served")).ok()
    }

    fn kept(&self, cursor: Seq) -> Option<Arc<Stretch>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.stretches.iter().find(|stretch| stretch.after <= cursor && cursor < stretch.to).cloned()
    }

    /// A stretch for everybody, filtered when it is read. Blocks.
    fn read_together(&self, cursor: Seq) -> Result<Arc<Stretch>, StoreError> {
        let forgotten = self.kept.lock().unwrap_or_else(PoisonError::into_inner).forgotten;
        let after = Seq(cursor.0 / STRETCH * STRETCH);
        let head = self.head();
        let page =
            self.store.events_after(&Viewer::House, after, usize::try_from(STRETCH).unwrap_or(PAGE))?;
        let frames: Vec<Frame> = page.into_iter().map(frame).filter(|frame| frame.seq <= head).collect();
        let to = frames.last().map_or(after, |frame| frame.seq);
        if to <= cursor {
            return Err(StoreError::Corrupt(format!("the log ends at {to}, before {head}")));
        }
        let stretch = Arc::new(Stretch { after, to, frames });
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.forgotten == forgotten {
            kept.stretches.push_back(stretch.clone());
        }
        if kept.stretches.len() > KEPT {
            kept.stretches.pop_front();
        }
        Ok(stretch)
    }

    /// A stretch with what one viewer may see. Blocks.
    fn read_alone(&self, cursor: Seq, viewer: &Viewer, mode: Mode) -> Result<Arc<Stretch>, StoreError> {
        let head = self.head();
        let page = self.store.events_after(viewer, cursor, ALONE)?;
        // A page that is not full says that nothing else is for this viewer.
        let whole = page.len() < ALONE;
        let page: Vec<Frame> = page.into_iter().map(frame).filter(|frame| frame.seq <= head).collect();
        let last = page.last().map_or(cursor, |frame| frame.seq);
        let frames = page.into_iter().filter(|frame| frame.mode == mode).collect();
        Ok(Arc::new(Stretch { after: cursor, to: if whole { head.max(last) } else { last }, frames }))
    }

    /// Forgets every frame, so that all of them are read from the store again:
    /// for when something in the log was erased.
    pub fn forget(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.stretches.clear();
        kept.forgotten += 1;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Ring::default();
    }

    /// Sends the subscribers of an account away, at their next heartbeat.
    pub fn dismiss(&self, account: AccountId) {
        self.dismissed.write().unwrap_or_else(PoisonError::into_inner).insert(account);
    }

    /// Whether a viewer was dismissed.
    pub fn is_dismissed(&self, viewer: &Viewer) -> bool {
        let dismissed = self.dismissed.read().unwrap_or_else(PoisonError::into_inner);
        viewer.account().is_some_and(|account| dismissed.contains(&account))
    }

    /// A subscriber has come, or gone.
    pub(super) fn count(&self, come: bool) {
        if come {
            self.lines.fetch_add(1, Ordering::Relaxed);
        } else {
            self.lines.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// How clients should come back after a break nobody has announced: the
    /// more there are, the more slowly.
    pub fn retry(&self) -> Retry {
        let lines = self.lines.load(Ordering::Relaxed);
        let first_ms = (RETRY_FIRST_MS + lines / CLIENTS_PER_MS).min(RETRY_MOST_MS);
        Retry { first_ms, most_ms: RETRY_MOST_MS }
    }

    /// What to say to a subscriber when the server stops: come back, each
    /// after another time, spread evenly over the time all of them take.
    pub fn bye(&self) -> Say<'static> {
        // Multiples of the golden ratio, modulo one: even for any number of them.
        let number = self.goodbyes.fetch_add(1, Ordering::Relaxed);
        let place = u64::from(number.wrapping_mul(0x9E37_79B9));
        let spread = u64::from(self.spread_ms.load(Ordering::Relaxed));
        let wait = (spread * place) >> 32;
        Say::Bye { retry_after_ms: RETRY_FIRST_MS / 4 + u32::try_from(wait).unwrap_or(RETRY_MOST_MS) }
    }
}

fn frame(logged: Logged) -> Frame {
    let Logged { event, audience } = logged;
    Frame { seq: event.seq, mode: event.mode, audience, bytes: encode(&Say::Event { event: &event }).into() }
}

/// Reads what was committed and puts it into the ring, in the order of the log.
struct Feeder {
    store: Arc<dyn Store>,
    ring: Arc<RwLock<Ring>>,
    newest: Arc<AtomicU64>,
    head: watch::Sender<Seq>,
}

impl Feeder {
    /// Feeds at every nudge until nobody nudges any more. When the log could
    /// not be read, it tries again by itself: the next nudge may be far away,
    /// and an alert may be waiting.
    fn run(&self, nudged: &mpsc::Receiver<()>) {
        let mut behind = false;
        loop {
            let more = if behind {
                nudged.recv_timeout(AGAIN) != Err(mpsc::RecvTimeoutError::Disconnected)
            } else {
                nudged.recv().is_ok()
            };
            if !more {
                return;
            }
            behind = self
                .feed()
                .inspect_err(|error| tracing::error!(%error, "the hub cannot read the log"))
                .is_err();
        }
    }

    fn feed(&self) -> Result<(), StoreError> {
        loop {
            let last = *self.head.borrow();
            let page = self.store.events_after(&Viewer::House, last, PAGE)?;
            let Some(newest) = page.last().map(|logged| logged.event.seq) else { return Ok(()) };
            let frames: Vec<Frame> = page.into_iter().map(frame).collect();
            {
                let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
                for frame in frames {
                    ring.push(frame);
                }
            }
            self.newest.store(newest.0, Ordering::Release);
            self.head.send_replace(newest);
        }
    }
}
