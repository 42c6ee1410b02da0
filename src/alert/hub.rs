//! The hub: one ring of encoded frames that all live subscribers share.
//!
//! A subscriber is a cursor on the log. Catching up, a slow reader and normal
//! service are the same code: ask for what comes after the cursor; the answer
//! comes from the ring, or from the store when the cursor is older than the
//! ring. There is no queue per subscriber, so a slow one costs nothing and
//! delays nobody.

use super::frame::{Frame, Say, encode};
use crate::{
    domain::{account::Viewer, id::Seq, incident::Mode},
    store::{Logged, PAGE, Store, StoreError},
};
use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock, mpsc},
};
use tokio::sync::watch;

/// How many of the newest events stay encoded?
const RING: usize = 4096;

/// How many bytes are handed over at a time, when there are more?
const SLICE: usize = 32 * 1024;

/// How many frames does a subscriber look at before others get their turn?
const LOOK: usize = 2048;

/// The hub.
pub struct Hub {
    store: Arc<dyn Store>,
    ring: Arc<RwLock<VecDeque<Arc<Frame>>>>,
    head: watch::Sender<Seq>,
    nudge: mpsc::SyncSender<()>,
    closing: watch::Sender<bool>,
}

/// What a subscriber gets for its cursor.
#[derive(Debug, Default)]
pub struct Slice {
    /// Whole frames, one after the other; empty when nothing is for it.
    pub bytes: Vec<u8>,
    /// The cursor from now on.
    pub cursor: Seq,
}

impl Hub {
    /// Starts the hub at the end of the log. Its feeder thread ends with it.
    pub fn start(store: Arc<dyn Store>) -> Result<Arc<Self>, StoreError> {
        let head = store.head()?;
        let (nudge, nudged) = mpsc::sync_channel(1);
        let (sender, _) = watch::channel(head);
        let ring: Arc<RwLock<VecDeque<Arc<Frame>>>> = Arc::default();
        let feeder = Feeder { store: store.clone(), ring: ring.clone(), head: sender.clone() };
        std::thread::Builder::new()
            .name("hub-feeder".to_owned())
            .spawn(move || {
                while nudged.recv().is_ok() {
                    feeder.feed();
                }
            })
            .map_err(|e| StoreError::Unavailable(e.to_string()))?;
        let (closing, _) = watch::channel(false);
        Ok(Arc::new(Self { store, ring, head: sender, nudge, closing }))
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
        self.closing.send_replace(true);
    }

    /// A receiver that is told when the server stops.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// The newest event in the ring.
    pub fn head(&self) -> Seq {
        *self.head.borrow()
    }

    /// What comes after `cursor` for `viewer`, if the ring reaches back that
    /// far; `None` if it does not and the store must be asked.
    pub fn read(&self, cursor: Seq, viewer: &Viewer, mode: Mode) -> Option<Slice> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let head = *self.head.borrow();
        if cursor >= head {
            return Some(Slice { bytes: Vec::new(), cursor });
        }
        let first = ring.front()?.seq;
        if cursor.0 + 1 < first.0 {
            return None;
        }
        let skip = usize::try_from(cursor.0 + 1 - first.0).ok()?;
        let mut slice = Slice { bytes: Vec::new(), cursor };
        for frame in ring.iter().skip(skip).take(LOOK) {
            if frame.mode == mode && frame.audience.admits(viewer) {
                slice.bytes.extend_from_slice(&frame.bytes);
            }
            slice.cursor = frame.seq;
            if slice.bytes.len() >= SLICE {
                break;
            }
        }
        Some(slice)
    }

    /// The same from the store, for a cursor older than the ring. Blocks.
    pub fn read_back(&self, cursor: Seq, viewer: &Viewer, mode: Mode) -> Result<Slice, StoreError> {
        let head = self.head();
        let page = self.store.events_after(viewer, cursor, PAGE)?;
        let whole = page.len() < PAGE;
        let mut slice = Slice { bytes: Vec::new(), cursor };
        for logged in page.into_iter().filter(|logged| logged.event.seq <= head) {
            slice.cursor = logged.event.seq;
            if logged.event.mode == mode {
                slice.bytes.extend_from_slice(&frame(logged).bytes);
            }
        }
        if whole {
            // Nothing else up to the head is for this viewer.
            slice.cursor = slice.cursor.max(head);
        }
        Ok(slice)
    }
}

fn frame(logged: Logged) -> Frame {
    let Logged { event, audience } = logged;
    Frame { seq: event.seq, mode: event.mode, audience, bytes: encode(&Say::Event { event: &event }) }
}

/// Reads what was committed and puts it into the ring, in the order of the log.
struct Feeder {
    store: Arc<dyn Store>,
    ring: Arc<RwLock<VecDeque<Arc<Frame>>>>,
    head: watch::Sender<Seq>,
}

impl Feeder {
    fn feed(&self) {
        loop {
            let last = *self.head.borrow();
            let page = match self.store.events_after(&Viewer::House, last, PAGE) {
                Ok(page) => page,
                Err(error) => {
                    // Subscribers stay behind until the next nudge; nothing is skipped.
                    tracing::error!(%error, "the hub cannot read the log");
                    return;
                }
            };
            let Some(newest) = page.last().map(|logged| logged.event.seq) else { return };
            {
                let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
                ring.extend(page.into_iter().map(|logged| Arc::new(frame(logged))));
                let surplus = ring.len().saturating_sub(RING);
                ring.drain(..surplus);
            }
            self.head.send_replace(newest);
        }
    }
}
