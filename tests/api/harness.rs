//! A house to test in: the real routes on a real port, a store in a scratch
//! directory, the map and the playbooks the program carries, and a clock that
//! moves only when told. Every answer that passes through is held against the
//! API document the house itself serves.

use crate::contract::Contract;
use futures_util::{SinkExt, StreamExt};
use jiff::{SignedDuration, Timestamp};
use outcross::{
    alert::{
        courier::{self, Bell, Courier, mail, webhook},
        hub::Hub,
        keys::Keys,
        letter::Writer,
    },
    api::{self, Rooms, live::Pace},
    desk::{self, Desk},
    domain::{
        account::Role,
        clock::{Clock, Entropy, Rehearsal},
        contact::ChannelKind,
        decision::EscalationPolicy,
    },
    geo::{Atlas, Shelf},
    playbook::Library,
    reading::Reading,
    store::{
        Store,
        sqlite::{OpenError, Sqlite},
    },
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, LazyLock, Once, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::timeout;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

/// Reading the map is costly; it never changes, so all houses share one.
static ATLAS: LazyLock<Arc<Atlas>> =
    LazyLock::new(|| Arc::new(Atlas::built_in().expect("the map the program carries")));
static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Arc::new(Library::built_in().expect("the playbooks the program carries")));

/// How long may anything take before the test fails instead of hanging?
const PATIENCE: Duration = Duration::from_secs(30);

/// The address under which people are said to reach every house.
pub const PUBLIC_URL: &str = "https://alerts.example.org";

/// The address mail of every house comes from.
pub const MAIL_FROM: &str = "alerts@outcross.example";

/// How long answers may take in every house.
pub const POLICY: EscalationPolicy = EscalationPolicy {
    acknowledge_within: SignedDuration::from_hours(1),
    acknowledge_within_unlikely: SignedDuration::from_hours(24),
    approve_within: SignedDuration::from_hours(1),
    verify_within: SignedDuration::from_hours(24),
};

/// A running instance.
pub struct House {
    pub clock: Arc<Rehearsal>,
    pub desk: Arc<Desk>,
    pub store: Arc<dyn Store>,
    keys: Keys,
    bell: Bell,
    arrangement: Arrangement,
    admin: String,
    base: String,
    http: reqwest::Client,
    contract: Arc<Contract>,
    server: Option<Running>,
    scratch: Arc<TempDir>,
}

/// How a house is set up.
#[derive(Clone, Copy)]
struct Arrangement {
    mail: bool,
    two_persons: bool,
    /// How often live receivers are told their place in the log.
    pace: Pace,
    /// Its playbooks.
    library: fn() -> Arc<Library>,
    /// How large files may be, in bytes.
    largest_file: usize,
}

impl Default for Arrangement {
    fn default() -> Self {
        let library = || LIBRARY.clone();
        Self { mail: true, two_persons: false, pace: Pace::default(), library, largest_file: 100_000 }
    }
}

struct Running {
    handle: actix_web::dev::ServerHandle,
    thread: JoinHandle<()>,
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(Running { handle, thread }) = self.server.take() {
            // The command is sent at once; the thread ends when it is obeyed.
            drop(handle.stop(false));
            let _ = thread.join();
        }
    }
}

impl House {
    /// A new house with nothing in it but its administrator.
    pub async fn new() -> Self {
        Self::arranged(Arrangement::default()).await
    }

    /// A house without a mail relay.
    pub async fn without_mail() -> Self {
        Self::arranged(Arrangement { mail: false, ..Arrangement::default() }).await
    }

    /// A house where what tells or calms others takes two persons.
    pub async fn of_two_persons() -> Self {
        Self::arranged(Arrangement { two_persons: true, ..Arrangement::default() }).await
    }

    /// A house whose store lies in this directory.
    pub async fn within(directory: &Path) -> Self {
        let scratch = TempDir::new_in(directory).expect("a scratch directory");
        Self::placed(Arc::new(scratch), Arrangement::default()).await
    }

    /// A house that tells live receivers their place in the log at once.
    pub async fn that_tells_places() -> Self {
        let pace = Pace { heartbeat: Duration::from_millis(50), ..Pace::default() };
        Self::arranged(Arrangement { pace, ..Arrangement::default() }).await
    }

    async fn arranged(arrangement: Arrangement) -> Self {
        Self::placed(Arc::new(TempDir::new().expect("a scratch directory")), arrangement).await
    }

    async fn placed(scratch: Arc<TempDir>, arrangement: Arrangement) -> Self {
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a time");
        Self::open(scratch, Arc::new(Rehearsal::starting(start)), None, arrangement).await
    }

    async fn open(
        scratch: Arc<TempDir>,
        clock: Arc<Rehearsal>,
        admin: Option<String>,
        arrangement: Arrangement,
    ) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let store = open_store(scratch.path());
        let hub = Hub::start(store.clone()).expect("a log that can be read");
        let shelf = Arc::new(Shelf::new(ATLAS.clone()));
        let keys = Keys::of(&store.instance_key(clock.bytes()).expect("a store that keeps its key"));
        let writer = Writer::new(MAIL_FROM, "TEST", Box::new(|code, _| code.to_owned()));
        let bell = Bell::default();
        let settings = desk::Settings {
            policy: POLICY,
            two_persons: arrangement.two_persons,
            allow_http: true,
            served: [ChannelKind::Webhook]
                .into_iter()
                .chain(arrangement.mail.then_some(ChannelKind::Email))
                .collect(),
            compose: Arc::new(writer.with_links(keys.clone(), PUBLIC_URL)),
            keys: keys.clone(),
            bell: bell.clone(),
            largest_file: arrangement.largest_file,
            ..desk::Settings::plain("TEST")
        };
        let desk = Arc::new(Desk::new(
            store.clone(),
            hub.clone(),
            shelf.clone(),
            (arrangement.library)(),
            clock.clone(),
            clock.clone(),
            settings,
        ));
        desk.open_layers().expect("layers that can be read or left out");
        let reading = Reading::new(store.clone(), shelf, (arrangement.library)(), clock.clone());
        let rooms = Rooms {
            desk: desk.clone(),
            reading: Arc::new(reading),
            hub,
            metrics: Arc::new(String::new),
            public_url: PUBLIC_URL.to_owned(),
            pace: arrangement.pace,
        };
        let (base, server) = open_door(rooms);
        let http = reqwest::Client::builder().timeout(PATIENCE).build().expect("a client");
        let contract = Contract::served_at(&http, &base).await;
        let mut house = Self {
            clock,
            desk,
            store,
            keys,
            bell,
            arrangement,
            admin: String::new(),
            base,
            http,
            contract,
            server: Some(server),
            scratch,
        };
        house.admin = match admin {
            Some(token) => token,
            None => house.first_administrator().await,
        };
        house
    }

    /// The first start's token is good for a day; the tests go further.
    async fn first_administrator(&self) -> String {
        let first = self.desk.found().expect("a store that takes accounts").expect("a first start").secret;
        let founder = self.caller(&first);
        let account = founder.get("/api/v1/account").await.is(200);
        let path = format!("/api/v1/accounts/{}/tokens", account["id"].as_str().expect("an id"));
        let token = founder.post(&path, &json!({ "hours": 8760 })).await.is(201);
        token["token"].as_str().expect("a token").to_owned()
    }

    /// The same data and the same clock, another run of the program.
    pub async fn restart(self) -> Self {
        let arrangement = self.arrangement;
        self.restart_as(arrangement).await
    }

    /// As [`House::restart`], with other playbooks.
    pub async fn restart_with(self, library: fn() -> Arc<Library>) -> Self {
        let arrangement = Arrangement { library, ..self.arrangement };
        self.restart_as(arrangement).await
    }

    async fn restart_as(mut self, arrangement: Arrangement) -> Self {
        let (scratch, clock, admin) = (self.scratch.clone(), self.clock.clone(), self.admin.clone());
        if let Some(Running { handle, thread }) = self.server.take() {
            drop(handle.stop(false));
            thread.join().expect("a server that stops");
        }
        drop(self);
        Self::open(scratch, clock, Some(admin), arrangement).await
    }

    /// What a browser gets that sends this cookie and, of a form, this body.
    pub async fn browse(
        &self,
        method: &str,
        path: &str,
        cookie: Option<&str>,
        form: Option<String>,
    ) -> Answer {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
        let method = method.parse().expect("a method");
        let mut request = http.expect("a client").request(method, format!("{}{path}", self.base));
        if let Some(cookie) = cookie {
            request = request.header("Cookie", cookie);
        }
        if let Some(form) = form {
            request = request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", PUBLIC_URL)
                .body(form);
        }
        let response = timeout(PATIENCE, request.send()).await.expect("in time").expect("an answer");
        Answer::read(path.to_owned(), response).await
    }

    /// A page as a reader of this language is shown it.
    pub async fn page_in(&self, path: &str, cookie: &str, language: &str) -> String {
        let request = self.http.get(format!("{}{path}", self.base));
        let request = request.header("Cookie", cookie).header("Accept-Language", language);
        request.send().await.expect("an answer").text().await.expect("a text")
    }

    /// Whoever holds `token`.
    pub fn caller(&self, token: &str) -> Caller {
        Caller {
            token: Some(token.to_owned()),
            base: self.base.clone(),
            http: self.http.clone(),
            contract: self.contract.clone(),
        }
    }

    /// The same caller, of this run of the program.
    pub fn as_before(&self, caller: &Caller) -> Caller {
        self.caller(caller.token.as_deref().expect("somebody signed in"))
    }

    /// Somebody without a token.
    pub fn stranger(&self) -> Caller {
        Caller { token: None, ..self.caller("") }
    }

    /// The administrator of the instance.
    pub fn administrator(&self) -> Caller {
        self.caller(&self.admin)
    }

    /// A signed-in account of a State, or of the instance when `state` is empty.
    pub async fn account(&self, state: &str, role: Role) -> Account {
        self.account_for(state, role, 8760).await
    }

    /// The same with a token that is good for so many hours.
    pub async fn account_for(&self, state: &str, role: Role, hours: u32) -> Account {
        let home = (!state.is_empty()).then_some(state);
        let name = format!("{role:?} of {}", home.unwrap_or("the instance"));
        let body = json!({ "name": name, "state": home, "role": role });
        let made = self.administrator().post("/api/v1/accounts", &body).await.is(201);
        let id = made["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/accounts/{id}/tokens");
        let token = self.administrator().post(&path, &json!({ "hours": hours })).await.is(201);
        let caller = self.caller(token["token"].as_str().expect("a token"));
        Account { id, state: state.to_owned(), caller }
    }

    /// An account that a person uses, made by `maker`.
    pub async fn person(&self, maker: &Caller, state: &str, role: Role, person: &str) -> Account {
        let home = (!state.is_empty()).then_some(state);
        let body =
            json!({ "name": format!("{role:?}, {person}"), "state": home, "role": role, "person": person });
        let made = maker.post("/api/v1/accounts", &body).await.is(201);
        let id = made["id"].as_str().expect("an id").to_owned();
        let token =
            maker.post(&format!("/api/v1/accounts/{id}/tokens"), &json!({ "hours": 8760 })).await.is(201);
        let caller = self.caller(token["token"].as_str().expect("a token"));
        Account { id, state: state.to_owned(), caller }
    }

    /// A contact point of a State that listens on the live channel.
    pub async fn contact(&self, account: &Account, kind: &str) -> String {
        let channel = json!({ "channel": "live", "account": account.id });
        self.contact_by(&account.state, kind, channel).await
    }

    /// A contact point of a State with a channel.
    pub async fn contact_by(&self, state: &str, kind: &str, channel: Value) -> String {
        let name = format!("{kind} of {state} (invented)");
        let body = json!({ "state": state, "kind": kind, "name": name, "channels": [channel] });
        let made = self.administrator().post("/api/v1/contacts", &body).await.is(201);
        made["id"].as_str().expect("an id").to_owned()
    }

    /// The contact point of a State's Article 17, signed in and listed.
    pub async fn focal_point(&self, state: &str) -> Account {
        let account = self.account(state, Role::ContactPoint).await;
        self.contact(&account, "CPB-A17-FP").await;
        account
    }

    /// The newest place in the log.
    pub fn head(&self) -> u64 {
        self.store.head().expect("a log that can be read").0
    }

    /// Sends what is in the outbox: webhooks to this machine, and mail by the
    /// relay on this port.
    pub fn send_out(&self, relay: Option<u16>) -> Courier {
        self.send_out_within(relay, PATIENCE, "127.0.0.0/8")
    }

    /// The same; a webhook may take so long, and go only into this network.
    pub fn send_out_within(&self, relay: Option<u16>, within: Duration, network: &str) -> Courier {
        let mail = relay.map(|port| mail::Settings {
            relay: "localhost".to_owned(),
            port,
            tls: mail::Tls::None,
            login: None,
            sender: MAIL_FROM.to_owned(),
            name: "outcross.example".to_owned(),
            within: PATIENCE,
            connect_within: PATIENCE,
            at_once: 2,
            authorities: Vec::new(),
        });
        let webhook = webhook::Settings {
            allow_http: true,
            allow_networks: vec![network.parse().expect("a network")],
            within,
            ..webhook::Settings::new(self.keys.signing().expect("a key"))
        };
        let settings = courier::Settings {
            look_every: Duration::from_millis(20),
            ..courier::Settings::new(webhook, mail)
        };
        Courier::start(self.desk.clone(), settings, self.bell.rung(), self.clock.clone()).expect("a courier")
    }

    /// Moves the clock, then does what is due.
    pub fn after(&self, hours: i64) -> usize {
        self.clock.advance(SignedDuration::from_hours(hours));
        self.tick()
    }

    /// Does what is due now.
    pub fn tick(&self) -> usize {
        self.desk.tick(self.clock.now()).expect("what is due can be done")
    }

    /// Puts other bytes in the place of an event's, as a fault of the disk would.
    pub fn spoil(&self, seq: u64) {
        let file = self.scratch.path().join("outcross.sqlite");
        let connection = rusqlite::Connection::open(file).expect("the store's file");
        let spoilt = connection.execute("UPDATE payload SET bytes = x'00' WHERE seq = ?1", [seq]);
        assert_eq!(spoilt, Ok(1));
    }

    /// The log as it lies in the store's file: one object for each event.
    pub fn raw_events(&self) -> Vec<Value> {
        let file = rusqlite::Connection::open(self.scratch.path().join("outcross.sqlite"))
            .expect("the store's file");
        let mut query = file
            .prepare(
                "SELECT e.seq, lower(hex(e.incident)), e.mode, lower(hex(e.actor)), e.recorded, e.type, p.bytes
                 FROM event e JOIN payload p USING (seq) ORDER BY e.seq",
            )
            .expect("a query");
        let rows = query.query_map([], |row| {
            let bytes: Vec<u8> = row.get(6)?;
            let mut event: Value = serde_json::from_slice(&bytes).unwrap_or_else(|_| json!({}));
            let hex = |at: usize| row.get::<_, Option<String>>(at);
            let id = |text: Option<String>| {
                text.and_then(|hex| uuid::Uuid::parse_str(&hex).ok()).map(|id| id.to_string())
            };
            event["seq"] = json!(row.get::<_, i64>(0)?);
            event["incident"] = json!(id(hex(1)?));
            event["mode"] = json!(row.get::<_, String>(2)?);
            event["actor"] = json!(id(hex(3)?));
            event["recorded"] = json!(row.get::<_, i64>(4)?);
            event["type"] = json!(row.get::<_, String>(5)?);
            Ok(event)
        });
        rows.and_then(Iterator::collect).expect("events")
    }

    /// Every message as it is kept: to whom, by which channel, its bytes.
    pub fn messages_kept(&self) -> Vec<(String, String, String)> {
        let file = rusqlite::Connection::open(self.scratch.path().join("outcross.sqlite"))
            .expect("the store's file");
        let mut query = file.prepare("SELECT addressee, channel, bytes FROM message").expect("a query");
        let rows = query.query_map([], |row| {
            let bytes: Vec<u8> = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, String::from_utf8_lossy(&bytes).into_owned()))
        });
        rows.and_then(Iterator::collect).expect("messages")
    }

    /// Nothing of what the house keeps contradicts its log.
    pub fn is_sound(&self) {
        assert_eq!(self.store.check().expect("a log that can be read"), Vec::<String>::new());
    }
}

/// Opens the store; after a restart the last thread of the former run may hold
/// it for an instant longer.
fn open_store(directory: &Path) -> Arc<dyn Store> {
    let started = Instant::now();
    loop {
        match Sqlite::open(directory, "log-of-the-tests") {
            Ok(store) => return Arc::new(store),
            Err(OpenError::InUse(_)) if started.elapsed() < PATIENCE => std::thread::yield_now(),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Opens the door as `outcross serve` does, on a port of the system's choice.
fn open_door(rooms: Rooms) -> (String, Running) {
    let (tell, told) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = actix_web::HttpServer::new(move || api::app(rooms.clone(), outcross::web::routes))
                .workers(1)
                .h1_write_buffer_size(4096)
                .shutdown_timeout(1)
                .disable_signals()
                .bind(("127.0.0.1", 0))
                .expect("a free port");
            let address = server.addrs()[0];
            let running = server.run();
            tell.send((address, running.handle())).expect("a test that waits");
            running.await.expect("a server that serves");
        });
    });
    let (address, handle) = told.recv_timeout(PATIENCE).expect("a server that starts");
    (format!("http://{address}"), Running { handle, thread })
}

/// Somebody who calls the house.
#[derive(Clone)]
pub struct Caller {
    token: Option<String>,
    base: String,
    http: reqwest::Client,
    contract: Arc<Contract>,
}

/// A caller that is signed in.
#[derive(Clone)]
pub struct Account {
    pub id: String,
    pub state: String,
    caller: Caller,
}

impl std::ops::Deref for Account {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Caller {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_bytes(path, body.to_string().into_bytes()).await
    }

    /// A body as it stands, whatever it is.
    pub async fn post_bytes(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(Method::POST, path, None, body.into()).await
    }

    /// With an idempotency key.
    pub async fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(key), body.to_string().into_bytes()).await
    }

    /// Changes an incident, as it was seen at `revision`.
    pub async fn post_if(&self, revision: &str, path: &str, body: &Value) -> Answer {
        self.send_if(Method::POST, path, None, body.to_string().into_bytes(), Some(revision)).await
    }

    /// Sends a request and holds the answer against the API document.
    pub async fn send(&self, method: Method, path: &str, key: Option<&str>, body: Vec<u8>) -> Answer {
        self.send_if(method, path, key, body, None).await
    }

    async fn send_if(
        &self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Vec<u8>,
        revision: Option<&str>,
    ) -> Answer {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(revision) = revision {
            request = request.header("If-Match", revision);
        }
        if method == Method::POST {
            request = request.header("Content-Type", "application/json").body(body);
        }
        let response = request.send().await.expect("an answer");
        let answer = Answer::read(format!("{method} {path}"), response).await;
        let path = path.split('?').next().unwrap_or(path);
        self.contract.hold(method.as_str(), path, &answer);
        answer
    }

    /// What is shown there, without a look into the API document: for those who
    /// look at very much.
    pub async fn glance(&self, path: &str) -> Answer {
        let mut request = self.http.get(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Answer::read(path.to_owned(), request.send().await.expect("an answer")).await
    }

    /// A page, as a browser asks for it; redirections are not followed.
    pub async fn page(&self, method: &str, path: &str) -> Answer {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
        let method = method.parse().expect("a method");
        let request = http.expect("a client").request(method, format!("{}{path}", self.base));
        let response = timeout(PATIENCE, request.send()).await.expect("in time").expect("an answer");
        Answer::read(path.to_owned(), response).await
    }

    /// A JSON body by another method, with what was seen of the thing.
    pub async fn send_seen(&self, method: Method, path: &str, seen: Option<&str>, body: &Value) -> Answer {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(seen) = seen {
            request = request.header("If-Match", seen);
        }
        let response = request.json(body).send().await.expect("an answer");
        let answer = Answer::read(format!("{method} {path}"), response).await;
        self.contract.hold(method.as_str(), path, &answer);
        answer
    }

    /// Asks for what has changed since this tag.
    pub async fn get_known(&self, path: &str, tag: &str) -> Answer {
        let mut request = self.http.get(format!("{}{path}", self.base)).header("If-None-Match", tag);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer = Answer::read(format!("GET {path}"), request.send().await.expect("an answer")).await;
        self.contract.hold("GET", path, &answer);
        answer
    }

    /// Where the house is and with which token, for the program itself.
    pub fn door(&self) -> (&str, &str) {
        (&self.base, self.token.as_deref().unwrap_or_default())
    }

    /// Files a report that must be taken; returns the incident's id.
    pub async fn report(&self, report: &Value) -> String {
        let receipt = self.post("/api/v1/reports", report).await.is(201);
        receipt["incident"].as_str().expect("an id").to_owned()
    }

    pub async fn incident(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/incidents/{id}")).await.is(200)
    }

    /// The incidents of one mode this caller may see, by id.
    pub async fn incidents(&self, mode: &str) -> Vec<String> {
        let list = self.get(&format!("/api/v1/incidents?mode={mode}")).await.is(200);
        let ids = list["incidents"].as_array().expect("a list").iter();
        ids.map(|incident| incident["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// What this caller may see of an incident, in order.
    pub async fn timeline(&self, id: &str) -> Vec<Value> {
        let part = self.get(&format!("/api/v1/incidents/{id}/timeline?limit=500")).await.is(200);
        part["events"].as_array().expect("a list").clone()
    }

    /// What this caller may see of everything in one mode, after a place.
    pub async fn events(&self, mode: &str, after: u64) -> Vec<Value> {
        let part = self.get(&format!("/api/v1/events?mode={mode}&after={after}&limit=500")).await.is(200);
        part["events"].as_array().expect("a list").clone()
    }

    pub async fn messages(&self, id: &str) -> Vec<Value> {
        let list = self.get(&format!("/api/v1/incidents/{id}/messages")).await.is(200);
        list["messages"].as_array().expect("a list").clone()
    }

    /// Changes an incident.
    pub async fn change(&self, id: &str, change: Value, reason: &str) -> Answer {
        let mut body = change;
        body["reason"] = json!(reason);
        self.post(&format!("/api/v1/incidents/{id}/changes"), &body).await
    }

    /// Puts an incident into another state.
    pub async fn put_into(&self, id: &str, state: &str, reason: &str) -> Answer {
        self.change(id, json!({ "change": "state", "to": state }), reason).await
    }

    /// Changes the facts by a merge patch.
    pub async fn patch(&self, id: &str, patch: &Value, reason: &str) -> Answer {
        let body = json!({ "patch": patch, "reason": reason });
        self.post(&format!("/api/v1/incidents/{id}/facts"), &body).await
    }

    /// Answers as an addressee, or to one.
    pub async fn answer(&self, id: &str, answer: Value) -> Answer {
        self.post(&format!("/api/v1/incidents/{id}/answers"), &answer).await
    }

    pub async fn ledger(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/incidents/{id}/duties")).await.is(200)
    }

    pub async fn acknowledge(&self, id: &str, addressee: Option<&str>) -> Answer {
        let path = format!("/api/v1/incidents/{id}/acknowledgements");
        self.post(&path, &json!({ "addressee": addressee })).await
    }

    pub async fn verdict(&self, id: &str, verdict: &str, reason: &str) -> Answer {
        let path = format!("/api/v1/incidents/{id}/verdicts");
        self.post(&path, &json!({ "verdict": verdict, "reason": reason })).await
    }

    pub async fn receive(&self, id: &str, message: &str) -> Answer {
        self.post_bytes(&format!("/api/v1/incidents/{id}/messages/{message}/receipt"), "").await
    }

    /// Opens the live channel at the present end of the log.
    pub async fn live(&self, mode: &str) -> Live {
        self.live_at(&format!("mode={mode}")).await.expect("a live channel")
    }

    /// Opens the live channel after a place in the log.
    pub async fn live_since(&self, mode: &str, since: u64) -> Live {
        self.live_at(&format!("mode={mode}&since={since}")).await.expect("a live channel")
    }

    /// Opens the live channel with a query; the refusal if it is refused.
    pub async fn live_at(&self, query: &str) -> Result<Live, Box<Answer>> {
        self.live_from(query, None).await
    }

    /// The same from a page of a site.
    pub async fn live_from(&self, query: &str, origin: Option<&str>) -> Result<Live, Box<Answer>> {
        let url = format!("{}/api/v1/live?{query}", self.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("an address");
        let headers = request.headers_mut();
        if let Some(token) = &self.token {
            headers.insert("Authorization", format!("Bearer {token}").parse().expect("a header"));
        }
        if let Some(origin) = origin {
            headers.insert("Origin", origin.parse().expect("a header"));
        }
        match timeout(PATIENCE, connect_async(request)).await.expect("an answer") {
            Ok((socket, _)) => {
                let mut live = Live { socket, contract: self.contract.clone(), greeting: Value::Null };
                live.greeting = live.said().await;
                Ok(live)
            }
            Err(tungstenite::Error::Http(response)) => {
                let answer = Answer::refused(&response);
                self.contract.hold("GET", "/api/v1/live", &answer);
                Err(Box::new(answer))
            }
            Err(error) => panic!("the live channel failed: {error}"),
        }
    }
}

/// What the house answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub asked: String,
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub bytes: Vec<u8>,
    pub body: Value,
}

impl Answer {
    async fn read(asked: String, response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let text = |v: &reqwest::header::HeaderValue| v.to_str().unwrap_or_default().to_owned();
        let headers = response.headers().iter().map(|(k, v)| (k.as_str().to_owned(), text(v))).collect();
        let bytes = response.bytes().await.expect("a whole answer").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        Self { asked, status, headers, bytes, body }
    }

    fn refused(response: &tungstenite::http::Response<Option<Vec<u8>>>) -> Self {
        let text = |v: &tungstenite::http::HeaderValue| v.to_str().unwrap_or_default().to_owned();
        let bytes = response.body().clone().unwrap_or_default();
        Self {
            asked: "GET /api/v1/live".to_owned(),
            status: response.status().as_u16(),
            headers: response.headers().iter().map(|(k, v)| (k.as_str().to_owned(), text(v))).collect(),
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
            bytes,
        }
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.body);
        self.body
    }

    /// The problem with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Problem {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{}: {}",
            self.asked,
            self.body
        );
        let content_type = self.headers.get("content-type").map(String::as_str);
        assert_eq!(content_type, Some("application/problem+json"), "{}", self.asked);
        Problem(self.body)
    }
}

/// A problem, to be asked what it says.
pub struct Problem(Value);

impl Problem {
    /// Its words for this case contain `part`.
    #[track_caller]
    pub fn says(self, part: &str) -> Self {
        let detail = self.0["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(part), "“{detail}” does not say “{part}”");
        self
    }

    /// It points at a field.
    #[track_caller]
    pub fn at(self, pointer: &str) -> Self {
        assert_eq!(self.0["errors"][0]["pointer"], pointer, "{}", self.0);
        self
    }
}

/// A receiver on the live channel.
pub struct Live {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
    contract: Arc<Contract>,
    /// What the house said first.
    pub greeting: Value,
}

impl Live {
    /// The next thing the house says, whatever it is.
    async fn said(&mut self) -> Value {
        loop {
            let message = timeout(PATIENCE, self.socket.next()).await.expect("something is said in time");
            match message.expect("an open line").expect("an open line") {
                Message::Text(text) => {
                    let said = serde_json::from_str(&text).expect("JSON");
                    self.contract.hold_live(&said);
                    return said;
                }
                Message::Close(reason) => panic!("the house closed the line: {reason:?}"),
                _ => {}
            }
        }
    }

    /// Where it hears it stands, unasked: before the first heartbeat.
    pub async fn place_unasked(&mut self) -> u64 {
        loop {
            let message = timeout(PATIENCE, self.socket.next()).await.expect("something is said in time");
            let Message::Text(text) = message.expect("an open line").expect("an open line") else {
                panic!("the heartbeat came first")
            };
            let said: Value = serde_json::from_str(&text).expect("JSON");
            self.contract.hold_live(&said);
            if said["type"] == "position" {
                return said["seq"].as_u64().expect("a place");
            }
        }
    }

    /// The code and the words with which the house closes the line.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            let message = timeout(PATIENCE, self.socket.next()).await.expect("something is said in time");
            if let Message::Close(reason) = message.expect("a close").expect("an open line") {
                let reason = reason.expect("a reason");
                return (reason.code.into(), reason.reason.to_string());
            }
        }
    }

    /// The next event.
    pub async fn next(&mut self) -> Value {
        loop {
            let mut said = self.said().await;
            if said["type"] == "event" {
                return said["event"].take();
            }
        }
    }

    /// All events up to and including the one at `seq`, which this receiver
    /// must be allowed to see. Events come in the order of the log, so nothing
    /// below it can still be under way.
    pub async fn until(&mut self, seq: u64) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let event = self.next().await;
            let at = seq_of(&event);
            assert!(at <= seq, "event {at} came where {seq} was to be the last");
            events.push(event);
            if at == seq {
                return events;
            }
        }
    }

    /// All events up to a place in the log that may be hidden from this receiver.
    pub async fn up_to(&mut self, place: u64) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let mut said = self.said().await;
            match said["type"].as_str() {
                Some("event") => {
                    let event = said["event"].take();
                    let at = seq_of(&event);
                    events.push(event);
                    if at >= place {
                        return events;
                    }
                }
                Some("position") if said["seq"].as_u64() >= Some(place) => return events,
                _ => {}
            }
        }
    }

    /// Says something and waits for the answer.
    pub async fn say(&mut self, command: &Value) -> Value {
        self.socket.send(Message::text(command.to_string())).await.expect("an open line");
        loop {
            let said = self.said().await;
            if said["type"] == "answer" {
                return said;
            }
        }
    }
}

/// The place of an event in the log.
pub fn seq_of(event: &Value) -> u64 {
    event["seq"].as_u64().expect("a place in the log")
}

/// The types of events, in order.
pub fn types(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().expect("a type")).collect()
}

/// The events of one type.
pub fn of_type<'a>(events: &'a [Value], kind: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["type"] == kind).collect()
}

/// Whom the notices among some events are addressed to, in order of code.
pub fn notices_to(events: &[Value]) -> Vec<String> {
    let notices = of_type(events, "notice_issued");
    let mut to: Vec<String> =
        notices.iter().map(|e| e["addressee"].as_str().expect("an addressee").to_owned()).collect();
    to.sort();
    to
}

/// The duty toward an addressee, of an incident or a ledger.
pub fn duty(of: &Value, addressee: &str) -> Value {
    let list = of.get("duties").or_else(|| of.get("addressees")).and_then(Value::as_array).expect("a list");
    list.iter().find(|duty| duty["addressee"] == addressee).cloned().unwrap_or_default()
}

/// The published case of Basel, as it is told to the house.
pub fn basel(mode: &str) -> Value {
    scenario(include_str!("../../geodata/scenarios/basel.toml"), mode)
}

fn scenario(text: &str, mode: &str) -> Value {
    let table: toml::Table = text.parse().expect("TOML");
    let mut report = serde_json::to_value(&table["report"]).expect("JSON");
    report["mode"] = json!(mode);
    report
}
