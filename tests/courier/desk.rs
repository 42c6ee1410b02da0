//! A desk with nothing behind it but a list, and a courier that works for it.

pub use crate::receivers::{PATIENCE, soon};
use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};
use outcross::{
    alert::courier::{Courier, Destination, Outbox, Parcel, Settings, mail, signature::SigningKey, webhook},
    domain::{clock::Rehearsal, delivery::Outcome, id::MessageId},
    store::StoreError,
};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, Once},
    time::Duration,
};
use tokio::sync::{Notify, watch};

/// The secret of every receiver in these tests.
pub const SECRET: [u8; 32] = [7; 32];

/// The seed of the instance's key in these tests.
pub const SEED: [u8; 32] = [9; 32];

/// The authority that vouches for the server in these tests.
pub const AUTHORITY: &[u8] = include_bytes!("certificates/authority.pem");

/// Whether a message may be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Due,
    Sending,
    Settled,
    /// Superseded, but a moment ago it was due: `begin` says no.
    Superseded,
}

struct Entry {
    parcel: Parcel,
    standing: Standing,
}

/// A failure to come.
#[derive(Clone, Copy, Default)]
pub struct Faults {
    /// How many more times `begin` fails.
    pub begin: usize,
    /// How many more times `settle` fails.
    pub settle: usize,
    /// How many more times `settle` panics.
    pub panic: usize,
    /// How many more times `due` fails.
    pub due: usize,
}

#[derive(Default)]
struct Inside {
    entries: Vec<Entry>,
    faults: Faults,
    /// Outcomes in the order they were written down.
    settled: Vec<(MessageId, Outcome)>,
    /// How often each message was begun.
    begun: HashMap<MessageId, usize>,
}

/// The desk: what it was told, and what it says when asked.
pub struct Desk {
    inside: Mutex<Inside>,
    /// How many outcomes were written down, and how many verbs failed.
    counts: watch::Sender<(usize, usize)>,
    /// Whether what did not get through is due again at once.
    pub retry: bool,
    pub clock: Arc<Rehearsal>,
    pub nudge: Arc<Notify>,
}

impl Desk {
    /// An empty desk; `retry`: what comes back `Later` is due again at once,
    /// seven seconds later by its clock.
    pub fn new(retry: bool) -> Arc<Self> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().expect("a time");
        Arc::new(Self {
            inside: Mutex::default(),
            counts: watch::channel((0, 0)).0,
            retry,
            clock: Arc::new(Rehearsal::starting(now)),
            nudge: Arc::default(),
        })
    }

    fn inside<T>(&self, look: impl FnOnce(&mut Inside) -> T) -> T {
        look(&mut self.inside.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Puts a message into the outbox, and nudges the courier.
    pub fn put(&self, to: Destination, bytes: &[u8]) -> MessageId {
        let message = self.inside(|inside| {
            let message = MessageId(uuid::Uuid::from_u128(inside.entries.len() as u128 + 1));
            let parcel = Parcel { message, attempt: 1, to, bytes: bytes.to_vec() };
            inside.entries.push(Entry { parcel, standing: Standing::Due });
            message
        });
        self.nudge.notify_one();
        message
    }

    /// A webhook message.
    pub fn put_webhook(&self, url: &str, bytes: &[u8]) -> MessageId {
        self.put(Destination::Webhook { url: url.to_owned(), secret: SECRET.to_vec() }, bytes)
    }

    /// A mail message.
    pub fn put_mail(&self, bytes: &[u8]) -> MessageId {
        self.put(Destination::Mail { address: "focal.point@example.org".to_owned() }, bytes)
    }

    /// A message that was superseded after the courier was told it is due.
    pub fn supersede(&self, message: MessageId) {
        self.inside(|inside| {
            for entry in inside.entries.iter_mut().filter(|entry| entry.parcel.message == message) {
                entry.standing = Standing::Superseded;
            }
        });
    }

    /// What was under way is due again, as after a start.
    pub fn restart(&self) {
        self.inside(|inside| {
            for entry in inside.entries.iter_mut().filter(|entry| entry.standing == Standing::Sending) {
                entry.standing = Standing::Due;
                entry.parcel.attempt += 1;
            }
        });
    }

    pub fn fail(&self, faults: Faults) {
        self.inside(|inside| inside.faults = faults);
    }

    /// Waits until `count` outcomes are written down; all of them.
    pub async fn settled(&self, count: usize) -> Vec<(MessageId, Outcome)> {
        let mut counts = self.counts.subscribe();
        soon(counts.wait_for(|(settled, _)| *settled >= count)).await.expect("the desk is there");
        self.inside(|inside| inside.settled.clone())
    }

    /// Waits until the verbs have failed `count` times.
    pub async fn failed(&self, count: usize) {
        let mut counts = self.counts.subscribe();
        soon(counts.wait_for(|(_, failed)| *failed >= count)).await.expect("the desk is there");
    }

    /// The only outcome there is to be.
    pub async fn outcome(&self) -> Outcome {
        let settled = self.settled(1).await;
        assert_eq!(settled.len(), 1, "one outcome: {settled:?}");
        settled[0].1.clone()
    }

    /// How often attempts at `message` began.
    pub fn begun(&self, message: MessageId) -> usize {
        self.inside(|inside| inside.begun.get(&message).copied().unwrap_or_default())
    }

    fn failure(&self) -> StoreError {
        self.counts.send_modify(|(_, failed)| *failed += 1);
        StoreError::Unavailable("the disk is full".to_owned())
    }
}

fn used_up(count: &mut usize) -> bool {
    let left = *count > 0;
    *count = count.saturating_sub(1);
    left
}

impl Outbox for Desk {
    fn due(&self, limit: usize, under_way: &[MessageId]) -> Result<Vec<Parcel>, StoreError> {
        if self.inside(|inside| used_up(&mut inside.faults.due)) {
            return Err(self.failure());
        }
        Ok(self.inside(|inside| {
            // A superseded message was read a moment before it was superseded.
            let due = inside.entries.iter().filter(|entry| {
                matches!(entry.standing, Standing::Due | Standing::Superseded)
                    && !under_way.contains(&entry.parcel.message)
            });
            due.take(limit).map(|entry| entry.parcel.clone()).collect()
        }))
    }

    fn begin(&self, message: MessageId) -> Result<bool, StoreError> {
        if self.inside(|inside| used_up(&mut inside.faults.begin)) {
            return Err(self.failure());
        }
        Ok(self.inside(|inside| {
            *inside.begun.entry(message).or_default() += 1;
            let entry = inside.entries.iter_mut().find(|entry| entry.parcel.message == message);
            let entry = entry.expect("a message of this desk");
            assert_ne!(entry.standing, Standing::Sending, "no message is under way twice");
            let wanted = entry.standing == Standing::Due;
            entry.standing = if wanted { Standing::Sending } else { Standing::Settled };
            wanted
        }))
    }

    fn settle(&self, message: MessageId, outcome: &Outcome) -> Result<(), StoreError> {
        let faulty = self.inside(|inside| used_up(&mut inside.faults.panic));
        assert!(!faulty, "a fault in the desk, on purpose");
        if self.inside(|inside| used_up(&mut inside.faults.settle)) {
            return Err(self.failure());
        }
        self.inside(|inside| {
            inside.settled.push((message, outcome.clone()));
            let entry = inside.entries.iter_mut().find(|entry| entry.parcel.message == message);
            let entry = entry.expect("a message of this desk");
            assert_eq!(entry.standing, Standing::Sending, "what is settled was under way");
            entry.standing = Standing::Settled;
            if self.retry && matches!(outcome, Outcome::Later { .. }) {
                entry.standing = Standing::Due;
                entry.parcel.attempt += 1;
                self.clock.advance(SignedDuration::from_secs(7));
            }
        });
        self.counts.send_modify(|(settled, _)| *settled += 1);
        Ok(())
    }
}

/// Names and their addresses.
#[derive(Default)]
pub struct Book(HashMap<&'static str, Vec<IpAddr>>);

impl Book {
    pub fn with(mut self, name: &'static str, addresses: &[&str]) -> Self {
        self.0.insert(name, addresses.iter().map(|text| text.parse().expect("an address")).collect());
        self
    }
}

impl Resolve for Book {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.0.get(name.as_str()).cloned();
        Box::pin(async move {
            let found = found.ok_or_else(|| std::io::Error::other("no such name"))?;
            Ok(Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

/// This machine, as a network an operator allows.
pub fn this_machine() -> Vec<IpNet> {
    vec!["127.0.0.0/8".parse().expect("a network")]
}

/// Settings for receivers on this machine: impatient, and without TLS.
pub fn settings() -> Settings {
    let key = SigningKey::from_bytes(&SEED).expect("a seed");
    let webhook = webhook::Settings {
        allow_http: true,
        allow_networks: this_machine(),
        authorities: AUTHORITY.to_vec(),
        names: Arc::new(Book::default().with("hooks.test", &["127.0.0.1"])),
        ..webhook::Settings::new(key)
    };
    Settings {
        look_every: Duration::from_millis(20),
        ask_again: Duration::from_millis(5),
        ..Settings::new(webhook, None)
    }
}

/// Settings for a relay on this machine.
pub fn settings_with_relay(port: u16) -> Settings {
    let mail = mail::Settings {
        relay: "localhost".to_owned(),
        port,
        tls: mail::Tls::None,
        login: None,
        sender: "alerts@outcross.example".to_owned(),
        name: "outcross.example".to_owned(),
        within: PATIENCE,
        connect_within: PATIENCE,
        at_once: 2,
        authorities: AUTHORITY.to_vec(),
    };
    Settings { mail: Some(mail), ..settings() }
}

/// Starts a courier for `desk`.
pub fn start(desk: &Arc<Desk>, settings: Settings) -> Courier {
    Courier::start(desk.clone(), settings, desk.nudge.clone(), desk.clock.clone())
        .expect("a courier that can start")
}
