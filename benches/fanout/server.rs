//! The servers: ours, and one of the plain kind, with a queue for each
//! connection. Both over a real store, with the same settings of the door.

use super::load::now;
use actix_http::ws;
use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    body::{BodyStream, BoxBody},
    web,
};
use futures_util::{StreamExt, stream};
use outcross::{
    alert::{
        frame::{Retry, Say, encode},
        hub::Hub,
    },
    api::{self, Rooms, live::Pace},
    desk::{self, Desk, records::NewAccount},
    domain::{
        account::{Role, Viewer},
        audience::Audience,
        clock::{Clock, Entropy, Machine},
        decision::{Basis, Decision},
        event::{Body, Event, NewEvent},
        id::{IncidentId, Seq},
        incident::{IncidentState, Mode},
        report::Report,
        state::{StateCode, StateSet},
    },
    geo::{Atlas, Shelf},
    playbook::Library,
    reading::Reading,
    store::{Batch, Logged, PAGE, Store, sqlite::Sqlite},
};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc;

/// How many States, of how many roles, listen.
const STATES: usize = 170;
const ROLES: [Role; 3] = [Role::ContactPoint, Role::Ministry, Role::DutyOfficer];

/// How large is an alert on the line, in bytes?
const ALERT: usize = 1024;

/// How many alerts wait for one connection, where there is a queue for each?
const QUEUE: usize = 256;

/// The door as `outcross serve` has it.
macro_rules! open_door {
    ($server:expr, $listening:expr) => {
        let server = $server
            .h1_write_buffer_size(4096)
            .h1_allow_half_closed(false)
            .tcp_nodelay(true)
            .backlog(4096)
            .bind(("127.0.0.1", 0))
            .expect("a port");
        let listening = $listening;
        listening(server.addrs()[0]);
        server.run().await.expect("a server that serves");
    };
}

/// Serves, and does what is said on the standard input.
pub fn serve(way: &str, data: &Path) {
    let machine = Arc::new(Machine);
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(data, "log").expect("a store"));
    let hub = Hub::start(store.clone()).expect("a log");
    let shelf = Arc::new(Shelf::new(Arc::new(Atlas::built_in().expect("the map"))));
    let library = Arc::new(Library::built_in().expect("the playbooks"));
    let settings = desk::Settings::plain("BENCH");
    let desk = Arc::new(Desk::new(
        store.clone(),
        hub.clone(),
        shelf.clone(),
        library.clone(),
        machine.clone(),
        machine.clone(),
        settings,
    ));
    let reading = Arc::new(Reading::new(store.clone(), shelf, library, machine));
    let incident = incident(&desk, data);
    let rooms = Rooms {
        desk: desk.clone(),
        reading,
        hub: hub.clone(),
        metrics: Arc::new(String::new),
        public_url: "http://127.0.0.1".to_owned(),
        pace: Pace::default(),
    };
    let queues = Arc::new(Queues::default());
    let publisher = Publisher { store, incident, states: states(), count: AtomicU64::new(0) };
    let (at_hub, at_queues) = (hub, queues.clone());
    let publish = move |publisher: &Publisher, kind: &str, alerts: usize, ring: bool| {
        let before = publisher.store.head().expect("a log");
        publisher.commit(kind, alerts);
        let committed = now();
        if ring {
            at_hub.announce();
        } else {
            at_queues.publish(&*publisher.store, before);
        }
        committed
    };
    let ring = way == "ring";
    let listening = move |address: std::net::SocketAddr| {
        println!("{}", json!({"listening": format!("http://{address}")}));
        std::thread::spawn(move || {
            for line in BufReader::new(std::io::stdin()).lines() {
                let line = line.expect("text");
                let words: Vec<&str> = line.split(' ').collect();
                let answer: Value = match words[..] {
                    ["publish", kind, alerts] => {
                        json!({"at": publish(&publisher, kind, alerts.parse().expect("a number"), ring)})
                    }
                    ["head"] => json!({"head": publisher.store.head().expect("a log")}),
                    _ => unreachable!("what is {line}?"),
                };
                println!("{answer}");
            }
            std::process::exit(0);
        });
    };
    actix_web::rt::System::new().block_on(async move {
        if ring {
            let pace = rooms.pace;
            let server = HttpServer::new(move || api::app(rooms.clone(), outcross::web::routes)).on_connect(
                move |connection, _| {
                    if let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() {
                        let socket = socket2::SockRef::from(stream);
                        let _ = socket.set_tcp_user_timeout(Some(pace.stuck));
                        let _ = socket.set_tcp_notsent_lowat(64 * 1024);
                    }
                },
            );
            open_door!(server, listening);
        } else {
            let server = HttpServer::new(move || {
                App::new()
                    .app_data(web::Data::new(desk.clone()))
                    .app_data(web::Data::new(queues.clone()))
                    .route("/api/v1/live", web::get().to(listen))
            });
            open_door!(server, listening);
        }
    });
}

/// The States that listen, in alphabetical order.
fn states() -> Vec<StateCode> {
    let table: toml::Table = include_str!("../../geodata/states.toml").parse().expect("TOML");
    let rows = table["state"].as_array().expect("States").iter();
    rows.filter(|row| row["kind"].as_str() == Some("state"))
        .map(|row| row["iso2"].as_str().expect("a code").parse().expect("a code"))
        .take(STATES)
        .collect()
}

/// Accounts of all States and roles, with a token each; and an incident, by a
/// report of the Basel case. Made once for each store.
fn incident(desk: &Desk, data: &Path) -> IncidentId {
    let file = data.join("incident");
    if let Ok(id) = std::fs::read_to_string(&file) {
        return id.parse().expect("an id");
    }
    let mut tokens = String::new();
    let day = jiff::SignedDuration::from_hours(24);
    // Receivers take them in turn: all States, then the next role.
    for role in ROLES {
        for state in states() {
            let account = desk.create_account(&Viewer::House, somebody(state, role)).expect("stored");
            let token = desk.issue_token(&Viewer::House, account.id, day).expect("stored");
            tokens.push_str(&token.secret);
            tokens.push('\n');
        }
    }
    std::fs::write(data.join("tokens"), tokens).expect("written");
    let scenario: Value = toml::from_str(include_str!("../../geodata/scenarios/basel.toml")).expect("TOML");
    let mut report = scenario["report"].clone();
    report["mode"] = "test".into();
    let report: Report = serde_json::from_value(report).expect("a report");
    let switzerland = "CH".parse().expect("a code");
    let reporter =
        desk.create_account(&Viewer::House, somebody(switzerland, Role::ContactPoint)).expect("stored");
    let committed = desk.submit(&reporter.viewer(), &report, None).expect("stored");
    let id = committed.receipt.incident;
    std::fs::write(file, id.to_string()).expect("written");
    id
}

fn somebody(state: StateCode, role: Role) -> NewAccount {
    NewAccount { name: "bench".to_owned(), state: Some(state), role, person: None }
}

/// Commits alerts: decisions on the incident whose words are as long as the
/// alert is to be.
struct Publisher {
    store: Arc<dyn Store>,
    incident: IncidentId,
    states: Vec<StateCode>,
    count: AtomicU64,
}

impl Publisher {
    fn commit(&self, kind: &str, alerts: usize) {
        let incident = self.store.incident(&Viewer::House, self.incident).expect("a store").expect("it");
        let events: Vec<NewEvent> = (0..alerts).map(|_| self.event(kind)).collect();
        let salts = events.iter().map(|_| Machine.bytes()).collect();
        let decision = Decision {
            incident: self.incident,
            mode: Mode::Test,
            basis: Basis::Incident(incident.version),
            events,
            messages: Vec::new(),
            timers: Vec::new(),
            cleared: Vec::new(),
        };
        let batch = Batch {
            decision,
            actor: None,
            now: Machine.now(),
            salts,
            playbook_texts: Vec::new(),
            idempotency: None,
        };
        self.store.commit(batch).expect("committed");
    }

    /// Seen by all, or by every tenth State, another tenth each time.
    fn event(&self, kind: &str) -> NewEvent {
        let turn = usize::try_from(self.count.fetch_add(1, Ordering::Relaxed) % 10).expect("small");
        let mut audience = Audience { public: kind == "all", ..Audience::default() };
        if kind == "tenth" {
            let mut states = StateSet::default();
            self.states.iter().skip(turn).step_by(10).for_each(|state| states.insert(*state));
            audience.states = states;
        }
        let body = |reason: String| Body::VerificationDecided {
            state: IncidentState::Open,
            reason,
            due: None,
            returned: false,
        };
        let now = Machine.now();
        let bare = Event {
            seq: Seq(1000),
            incident: self.incident,
            mode: Mode::Test,
            actor: None,
            occurred: now,
            known: now,
            recorded: now,
            out_of_band: false,
            body: body(String::new()),
            erased: Vec::new(),
        };
        let filling = ALERT - encode(&Say::Event { event: &bare }).len();
        NewEvent {
            audience,
            occurred: None,
            known: None,
            out_of_band: false,
            body: body("x".repeat(filling)),
        }
    }
}

/// The plain way: a queue for each connection, filled when something comes.
#[derive(Default)]
struct Queues {
    queues: Mutex<Vec<(Viewer, mpsc::Sender<web::Bytes>)>>,
}

impl Queues {
    fn publish(&self, store: &dyn Store, after: Seq) {
        let mut queues = self.queues.lock().expect("a list");
        for Logged { event, audience } in store.events_after(&Viewer::House, after, PAGE).expect("a log") {
            let bytes = web::Bytes::from(encode(&Say::Event { event: &event }));
            queues.retain(|(viewer, queue)| {
                if event.mode != Mode::Test || !audience.admits(viewer) {
                    return true;
                }
                match queue.try_send(bytes.clone()) {
                    Ok(()) => true,
                    Err(mpsc::error::TrySendError::Closed(_)) => false,
                    Err(mpsc::error::TrySendError::Full(_)) => unreachable!("a burst fits into {QUEUE}"),
                }
            });
        }
    }
}

async fn listen(
    desk: web::Data<Arc<Desk>>,
    queues: web::Data<Arc<Queues>>,
    request: HttpRequest,
    mut payload: web::Payload,
) -> HttpResponse {
    let header = request.headers().get("Authorization").and_then(|value| value.to_str().ok());
    let secret = header.and_then(|value| value.strip_prefix("Bearer ")).expect("a token").to_owned();
    let found = web::block(move || desk.sign_in(&secret)).await.expect("an answer").expect("a store");
    let viewer = found.expect("an account").0.viewer();
    let (sender, receiver) = mpsc::channel(QUEUE);
    let retry = Retry { first_ms: 1000, most_ms: 30_000 };
    let hello = encode(&Say::Hello { log: "log", head: Seq(0), since: Seq(0), retry });
    sender.try_send(hello.into()).expect("room");
    queues.queues.lock().expect("a list").push((viewer, sender));
    // What the client says is taken and left aside.
    actix_web::rt::spawn(async move { while payload.next().await.is_some_and(|part| part.is_ok()) {} });
    let body = stream::unfold(receiver, |mut receiver| async move {
        let bytes = receiver.recv().await?;
        Some((Ok::<_, std::convert::Infallible>(bytes), receiver))
    });
    let mut response = ws::handshake(request.head()).expect("a handshake");
    response.message_body(BoxBody::new(BodyStream::new(body))).expect("a response").into()
}
