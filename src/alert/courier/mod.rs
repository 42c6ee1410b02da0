//! The courier: takes what is due from the outbox and sends it by signed
//! webhook or mail.
//!
//! - It holds nothing that would be lost: the outbox says what is due, is told
//!   when an attempt begins, and is told what came of it. What was under way
//!   when the machine went down is due again afterwards, with the same id and
//!   the same bytes, so that a receiver can drop the repeat.
//! - Every destination has its own lane with few places, so that a receiver
//!   that hangs holds up nobody but itself.
//! - What came of an attempt is never forgotten: while the outbox cannot write
//!   it down, it is kept, tried again, and the message is not sent meanwhile.

mod fault;
pub mod guard;
pub mod mail;
pub mod signature;
pub mod trust;
pub mod webhook;

use crate::{
    domain::{clock::Clock, delivery::Outcome, id::MessageId},
    store::StoreError,
};
use reqwest::Url;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    fmt,
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    task::{Id, JoinError, JoinHandle, JoinSet, spawn_blocking},
    time::{Instant, MissedTickBehavior, interval, sleep, timeout, timeout_at},
};

/// How many messages are taken from the outbox at a time?
const PAGE: usize = 64;

/// How many messages may wait for their lanes before a look takes in no more
/// than a page? Only their ids are kept.
const WAITING: usize = 16_384;

/// How long is the longest pause before the store is asked again?
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// How much longer than told may stopping take, when the store does not answer?
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What the courier asks of the desk; every verb commits before it returns.
/// Blocking; called off the async threads, from several at once.
pub trait Outbox: Send + Sync {
    /// Messages by mail or webhook that are due now, oldest first, at most
    /// `limit`, without those in `under_way`. That list also names messages
    /// that wait behind a slow receiver, so it may hold thousands.
    fn due(&self, limit: usize, under_way: &[MessageId]) -> Result<Vec<Parcel>, StoreError>;

    /// Records that an attempt begins. `false`: it is no longer to be sent
    /// (superseded, acknowledged, on hold).
    fn begin(&self, message: MessageId) -> Result<bool, StoreError>;

    /// Records what came of it (the desk decides on the next attempt).
    fn settle(&self, message: MessageId, outcome: &Outcome) -> Result<(), StoreError>;
}

/// One message, ready to go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parcel {
    /// Which message. Its id goes out with every attempt.
    pub message: MessageId,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// Where to.
    pub to: Destination,
    /// What is sent, the same at every attempt.
    pub bytes: Vec<u8>,
}

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
pub enum Destination {
    /// Mail: the bytes are a message after RFC 5322, lines ending in CR LF.
    Mail {
        /// The address of the envelope.
        address: String,
    },
    /// A webhook: the bytes are the body, JSON.
    Webhook {
        /// Where it is.
        url: String,
        /// The secret shared with the receiver, 24 to 64 bytes.
        secret: Vec<u8>,
    },
}

/// Neither addresses nor secrets are shown.
impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl Destination {
    /// `mail` or `webhook`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Mail { .. } => "mail",
            Self::Webhook { .. } => "webhook",
        }
    }
}

/// Tells the courier that something was put into the outbox, so that it looks
/// before its time. Nothing is lost when nobody listens.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Rings it. Never waits.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// What [`Courier::start`] listens to.
    pub fn rung(&self) -> Arc<Notify> {
        self.0.clone()
    }
}

/// How the courier works.
pub struct Settings {
    /// How many attempts may be under way at once?
    pub at_once: usize,
    /// How many of them may go to one host?
    pub per_host: usize,
    /// How often does it look without being nudged? No message is attempted
    /// twice within this time.
    pub look_every: Duration,
    /// How long to wait before the store is asked again after it failed: at
    /// first this long, then twice as long each time, up to a minute.
    pub ask_again: Duration,
    /// How webhooks are sent.
    pub webhook: webhook::Settings,
    /// How mail is sent, if there is a relay.
    pub mail: Option<mail::Settings>,
}

impl Settings {
    /// What suits one server: 64 attempts at once, 2 to one host.
    pub fn new(webhook: webhook::Settings, mail: Option<mail::Settings>) -> Self {
        Self {
            at_once: 64,
            per_host: 2,
            look_every: Duration::from_secs(1),
            ask_again: Duration::from_secs(1),
            webhook,
            mail,
        }
    }
}

/// Why the courier cannot start.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// Webhooks cannot be sent.
    #[error(transparent)]
    Webhook(#[from] webhook::WebhookError),
    /// Mail cannot be sent.
    #[error(transparent)]
    Mail(#[from] mail::MailError),
}

/// The courier at work. Dropping it stops it at once.
pub struct Courier {
    stop: watch::Sender<Option<Duration>>,
    work: JoinHandle<usize>,
}

impl Courier {
    /// Starts the courier on the tokio runtime this is called in. It looks
    /// into the outbox when `nudge` is notified (by `notify_one`, after a
    /// commit) and every [`Settings::look_every`].
    ///
    /// # Errors
    /// When certificates, addresses or names in the settings cannot be used.
    pub fn start(
        outbox: Arc<dyn Outbox>,
        settings: Settings,
        nudge: Arc<Notify>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, CourierError> {
        let pace = Pace {
            at_once: settings.at_once.max(1),
            per_host: settings.per_host.max(1),
            per_relay: settings.mail.as_ref().map_or(1, |mail| mail.at_once.max(1)),
            look_every: settings.look_every.max(Duration::from_millis(1)),
            ask_again: settings.ask_again,
        };
        let wire = Wire {
            webhook: webhook::Sender::new(settings.webhook, clock)?,
            mail: settings.mail.map(mail::Sender::new).transpose()?,
        };
        let (stop, stopped) = watch::channel(None);
        let round = Round {
            outbox,
            wire: Arc::new(wire),
            pace,
            sending: JoinSet::new(),
            sent_by: HashMap::new(),
            settling: JoinSet::new(),
            settled_by: HashMap::new(),
            lanes: HashMap::new(),
            rested: HashSet::new(),
            pause: Pause::default(),
            more: false,
        };
        Ok(Self { stop, work: tokio::spawn(round.run(stopped, nudge)) })
    }

    /// Begins no more attempts, and waits at most `within` for those under
    /// way. Returns how many were left, as far as known: they are due again
    /// after the next start.
    pub async fn stop(mut self, within: Duration) -> usize {
        self.stop.send_replace(Some(within));
        let Ok(Ok(left)) = timeout(within.saturating_add(LAST_WORDS), &mut self.work).await else {
            tracing::error!("the courier did not stop in time; what it had under way is sent again");
            self.work.abort();
            return 0;
        };
        if left > 0 {
            tracing::warn!(left, "the courier stopped with attempts under way; they are made again");
        }
        left
    }
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.work.abort();
    }
}

/// Limits and times of [`Settings`].
struct Pace {
    at_once: usize,
    per_host: usize,
    per_relay: usize,
    look_every: Duration,
    ask_again: Duration,
}

/// What sends.
struct Wire {
    webhook: webhook::Sender,
    mail: Option<mail::Sender>,
}

impl Wire {
    async fn send(&self, parcel: Parcel) -> Outcome {
        match parcel.to {
            Destination::Webhook { url, secret } => {
                self.webhook.send(parcel.message, &url, &secret, parcel.bytes).await
            }
            Destination::Mail { address } => match &self.mail {
                Some(mail) => mail.send(&address, &parcel.bytes).await,
                None => Outcome::never("no mail relay"),
            },
        }
    }
}

/// What shares the few places of one destination.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Lane {
    /// All mail: it goes to one relay.
    Relay,
    /// Webhooks of one host, in small letters.
    Host(String),
}

impl Lane {
    fn of(destination: &Destination) -> Self {
        match destination {
            Destination::Mail { .. } => Self::Relay,
            Destination::Webhook { url, .. } => {
                let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_ascii_lowercase));
                Self::Host(host.unwrap_or_default())
            }
        }
    }
}

/// One lane: how many attempts are under way, and which messages wait.
#[derive(Default)]
struct Queue {
    busy: usize,
    waiting: VecDeque<MessageId>,
}

/// How an attempt ended.
enum Ended {
    /// It was not to be sent any more.
    Dropped,
    /// The outbox could not record that it begins, so it did not.
    NotBegun(StoreError),
    /// It was sent, or not.
    Came(Outcome),
}

/// Until when the store is left alone, after it failed.
#[derive(Default)]
struct Pause {
    length: Duration,
    until: Option<Instant>,
}

impl Pause {
    fn is_on(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() < until)
    }

    fn begin(&mut self, first: Duration) {
        if !self.is_on() {
            self.length = longer(self.length, first);
            self.until = Some(Instant::now() + self.length);
        }
    }

    fn end(&mut self) {
        *self = Self::default();
    }
}

/// The pause after `pause`.
fn longer(pause: Duration, first: Duration) -> Duration {
    pause.saturating_mul(2).clamp(first.min(LONGEST_PAUSE), LONGEST_PAUSE)
}

/// The loop's state. Everything happens in one task; attempts and settlements
/// are tasks of their own that hand back what came of them.
struct Round {
    outbox: Arc<dyn Outbox>,
    wire: Arc<Wire>,
    pace: Pace,
    /// Attempts under way.
    sending: JoinSet<Ended>,
    sent_by: HashMap<Id, (MessageId, &'static str, Lane)>,
    /// Outcomes that are being written down.
    settling: JoinSet<()>,
    settled_by: HashMap<Id, MessageId>,
    lanes: HashMap<Lane, Queue>,
    /// Attempted since the last regular look: left alone until the next.
    rested: HashSet<MessageId>,
    pause: Pause,
    /// Whether something due was left for want of a place.
    more: bool,
}

impl Round {
    async fn run(mut self, mut stopped: watch::Receiver<Option<Duration>>, nudge: Arc<Notify>) -> usize {
        let mut regular = interval(self.pace.look_every);
        regular.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = stopped.changed() => break,
                Some(done) = self.sending.join_next_with_id() => {
                    let mut wanted = self.take_back(done);
                    // Whatever else has ended meanwhile frees its place too.
                    while let Some(done) = self.sending.try_join_next_with_id() {
                        wanted |= self.take_back(done);
                    }
                    if wanted || self.more {
                        self.look().await;
                    }
                }
                Some(done) = self.settling.join_next_with_id() => self.close(done),
                () = nudge.notified() => self.look().await,
                _ = regular.tick() => {
                    self.rested.clear();
                    self.look().await;
                }
            }
        }
        let within = stopped.borrow().unwrap_or_default();
        self.finish(within).await
    }

    /// Waits for what is under way; says how much was left.
    async fn finish(mut self, within: Duration) -> usize {
        let deadline = Instant::now() + within;
        let waiting = async {
            loop {
                tokio::select! {
                    Some(done) = self.sending.join_next_with_id() => { self.take_back(done); }
                    Some(done) = self.settling.join_next_with_id() => self.close(done),
                    else => break,
                }
            }
        };
        let _ = timeout_at(deadline, waiting).await;
        self.sending.len() + self.settling.len()
    }

    /// Takes what is due from the outbox, as far as there are places.
    async fn look(&mut self) {
        if self.pause.is_on() {
            return;
        }
        self.more = false;
        self.let_wait_no_longer();
        loop {
            if self.sending.len() >= self.pace.at_once {
                self.more = true;
                return;
            }
            let known = self.known();
            let outbox = self.outbox.clone();
            let page = match ask(move || outbox.due(PAGE, &known)).await {
                Ok(page) => page,
                Err(error) => {
                    self.pause.begin(self.pace.ask_again);
                    tracing::error!(%error, "the courier cannot read the outbox");
                    return;
                }
            };
            let whole = page.len() < PAGE;
            let mut known: HashSet<MessageId> = self.known().into_iter().collect();
            let mut taken = 0;
            for parcel in page {
                if self.sending.len() >= self.pace.at_once {
                    self.more = true;
                    return;
                }
                if known.insert(parcel.message) {
                    taken += 1;
                    self.place(parcel);
                }
            }
            let waiting: usize = self.lanes.values().map(|queue| queue.waiting.len()).sum();
            if waiting >= WAITING {
                tracing::warn!(waiting, "very many messages wait for slow receivers");
                return;
            }
            if whole || taken == 0 {
                return;
            }
        }
    }

    /// Forgets the oldest that wait in lanes that have places again, so that
    /// the outbox names them once more, if they are still due.
    fn let_wait_no_longer(&mut self) {
        let pace = &self.pace;
        self.lanes.retain(|lane, queue| {
            let free = pace.places(lane).saturating_sub(queue.busy).min(queue.waiting.len());
            queue.waiting.drain(..free);
            queue.busy > 0 || !queue.waiting.is_empty()
        });
    }

    /// Messages the outbox need not name.
    fn known(&self) -> Vec<MessageId> {
        let sending = self.sent_by.values().map(|(message, ..)| *message);
        let settling = self.settled_by.values().copied();
        let waiting = self.lanes.values().flat_map(|queue| queue.waiting.iter().copied());
        let mut known: Vec<MessageId> =
            sending.chain(settling).chain(waiting).chain(self.rested.iter().copied()).collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    /// Sends `parcel`, or lets it wait for its lane.
    fn place(&mut self, parcel: Parcel) {
        let lane = Lane::of(&parcel.to);
        let places = self.pace.places(&lane);
        let queue = self.lanes.entry(lane.clone()).or_default();
        if queue.busy >= places {
            queue.waiting.push_back(parcel.message);
            return;
        }
        queue.busy += 1;
        let (message, kind) = (parcel.message, parcel.to.kind());
        tracing::debug!(%message, kind, attempt = parcel.attempt, "sending");
        let attempt = attempt(self.outbox.clone(), self.wire.clone(), parcel);
        let task = self.sending.spawn(attempt).id();
        self.sent_by.insert(task, (message, kind, lane));
    }

    /// An attempt has ended: its place is free, and what came of it is written
    /// down. Says whether a message waits for the place.
    fn take_back(&mut self, done: Result<(Id, Ended), JoinError>) -> bool {
        let (task, ended) = match done {
            Ok((task, ended)) => (task, ended),
            // A fault in the program, not in the message: try again later.
            Err(error) => (error.id(), Ended::Came(Outcome::later("fault in the courier"))),
        };
        let Some((message, kind, lane)) = self.sent_by.remove(&task) else { return false };
        let wanted = self.lanes.get_mut(&lane).is_some_and(|queue| {
            queue.busy = queue.busy.saturating_sub(1);
            !queue.waiting.is_empty()
        });
        self.rested.insert(message);
        match ended {
            Ended::Dropped => tracing::debug!(%message, kind, "no longer to be sent"),
            Ended::NotBegun(error) => {
                self.more = true;
                self.pause.begin(self.pace.ask_again);
                tracing::error!(%message, kind, %error, "an attempt cannot be recorded, so it is not made");
            }
            Ended::Came(outcome) => {
                self.pause.end();
                let (code, detail) = (outcome.code(), outcome.detail());
                match outcome {
                    // What a relay says may hold addresses; the other details are ours.
                    Outcome::Sent { .. } | Outcome::Delivered { .. } => {
                        tracing::info!(%message, kind, code, "sent");
                    }
                    _ => tracing::warn!(%message, kind, code, detail, "not sent"),
                }
                metrics::counter!("outcross_attempts_total", "kind" => kind, "outcome" => code).increment(1);
                let settlement = settle(self.outbox.clone(), self.pace.ask_again, message, outcome);
                let task = self.settling.spawn(settlement).id();
                self.settled_by.insert(task, message);
            }
        }
        wanted
    }

    /// An outcome has been written down.
    fn close(&mut self, done: Result<(Id, ()), JoinError>) {
        let task = match done {
            Ok((task, ())) => task,
            Err(error) => error.id(),
        };
        if let Some(message) = self.settled_by.remove(&task) {
            self.rested.insert(message);
        }
    }
}

impl Pace {
    /// How many attempts may be under way in `lane`.
    fn places(&self, lane: &Lane) -> usize {
        match lane {
            Lane::Relay => self.per_relay,
            Lane::Host(_) => self.per_host,
        }
    }
}

/// Asks the outbox on a thread that may block. A panic there comes out as a
/// failure of the store.
async fn ask<T: Send + 'static>(
    question: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    spawn_blocking(question).await.unwrap_or_else(|error| Err(StoreError::Unavailable(error.to_string())))
}

/// One attempt: recorded first, then made.
async fn attempt(outbox: Arc<dyn Outbox>, wire: Arc<Wire>, parcel: Parcel) -> Ended {
    let message = parcel.message;
    match ask(move || outbox.begin(message)).await {
        Ok(true) => Ended::Came(wire.send(parcel).await),
        Ok(false) => Ended::Dropped,
        Err(error) => Ended::NotBegun(error),
    }
}

/// Writes down what came of an attempt, however long that takes.
async fn settle(outbox: Arc<dyn Outbox>, first: Duration, message: MessageId, outcome: Outcome) {
    let outcome = Arc::new(outcome);
    let mut pause = Duration::ZERO;
    loop {
        let (outbox, outcome) = (outbox.clone(), outcome.clone());
        match ask(move || outbox.settle(message, &outcome)).await {
            Ok(()) => return,
            Err(error) => {
                tracing::error!(%message, %error, "what came of an attempt cannot be written down yet");
                pause = longer(pause, first);
                sleep(pause).await;
            }
        }
    }
}
