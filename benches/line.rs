//! The main job, measured: `cargo bench --bench line`.
//!
//! 1. report accepted → alert received by all of 1, 100, 1,000 receivers: the
//!    server is the real program in its own process, reporter and receivers
//!    are in another one;
//! 2. durable reports per second with 1, 16, 128 submitters, beside one
//!    transaction per report in the same run;
//! 3. time from start to open door, and memory, idle and per receiver.
//!
//! Prints Markdown tables; `benches/README.md` keeps the last ones.

use futures_util::StreamExt;
use outcross::{
    alert::hub::Hub,
    desk::{self, Desk, contacts::NewContact, records::NewAccount},
    domain::{
        account::{Role, Viewer},
        clock::{Clock, Entropy, Machine},
        contact::{Channel, ContactKind},
        duty::Addressee,
        id::AccountId,
        report::Report,
    },
    geo::{Atlas, Shelf},
    playbook::Library,
    store::{
        Store,
        sqlite::{Durability, Sqlite},
    },
};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::{net::TcpStream, sync::mpsc};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

/// Reports per number of receivers; some before them warm up.
const REPORTS: usize = 100;
const WARM_UP: usize = 5;

/// Between two reports, so that one does not wait for the other.
const PAUSE: Duration = Duration::from_millis(20);

/// How long reports are submitted for one figure, and how often.
const SPAN: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;

fn main() {
    // Only needed by a client that speaks TLS; a second installation is no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, mode, base, reporter, listener, count] = &arguments[..]
        && mode == "load"
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(load(base, reporter, listener, count.parse().expect("a number")));
        return;
    }
    alerts();
    let filled = throughput();
    start_up(filled.path());
}

/// The real server in its own process.
struct Server {
    child: Child,
    base: String,
    token: String,
    _lines: BufReader<ChildStdout>,
}

impl Server {
    #[expect(
        clippy::zombie_processes,
        reason = "waited for when dropped; before that, a failure ends the program"
    )]
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_outcross"))
            .args(["serve", "--bind", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("OUTCROSS_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("output"));
        let mut token = String::new();
        loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).expect("output") > 0, "the server ended");
            if let Some(secret) = line.trim().strip_prefix("administrator token: ") {
                secret.clone_into(&mut token);
            } else if let Some(base) = line.trim().strip_prefix("listening on ") {
                return Self { child, base: base.to_owned(), token, _lines: lines };
            }
        }
    }

    /// Resident memory in kB.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program itself as the load: reporter and receivers.
struct Load {
    child: Child,
    input: ChildStdin,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Load {
    fn start(base: &str, reporter: &str, listener: &str, receivers: usize) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["load", base, reporter, listener, &receivers.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the load starts");
        let input = child.stdin.take().expect("input");
        let lines = BufReader::new(child.stdout.take().expect("output")).lines();
        Self { child, input, lines }
    }

    fn hear(&mut self) -> String {
        self.lines.next().expect("a line").expect("text")
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn alerts() {
    println!("### Report accepted → alert received by all\n");
    println!(
        "| receivers | last receipt p50 ms | p99 ms | first receipt p50 ms | reporter has the answer p50 ms \
         | kB to each receiver per report | server memory MB: idle → connected → after {} reports \
         | kB per receiver: connected / after |\n|---|---|---|---|---|---|---|---|",
        REPORTS + WARM_UP
    );
    for receivers in [1, 100, 1000] {
        alert(receivers);
    }
}

fn alert(receivers: usize) {
    let data = tempfile::tempdir().expect("directory");
    let server = Server::start(data.path());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    let (reporter, listener) = runtime.block_on(async {
        let http = reqwest::Client::new();
        (settle_in(&http, &server, "CH").await, settle_in(&http, &server, "DE").await)
    });
    let idle = server.memory();
    let mut load = Load::start(&server.base, &reporter, &listener, receivers);
    assert_eq!(load.hear(), "ready");
    let connected = server.memory();
    load.input.write_all(b"go\n").expect("the load listens");
    let measured: [Vec<f64>; 4] = serde_json::from_str(&load.hear()).expect("figures");
    let after = server.memory();
    let [mut last, mut first, mut answered, bytes] = measured;
    let (p50, p99) = percentiles(&mut last);
    let each = |now: u64| now.saturating_sub(idle) as f64 / receivers as f64;
    let mb = |kb: u64| kb as f64 / 1024.0;
    println!(
        "| {receivers} | {p50:.1} | {p99:.1} | {:.1} | {:.1} | {:.1} | {:.0} → {:.0} → {:.0} | {} |",
        percentiles(&mut first).0,
        percentiles(&mut answered).0,
        bytes[0] / 1024.0 / (REPORTS + WARM_UP) as f64,
        mb(idle),
        mb(connected),
        mb(after),
        if receivers < 100 {
            "–".to_owned()
        } else {
            format!("{:.1} / {:.1}", each(connected), each(after))
        }
    );
}

async fn post(http: &reqwest::Client, base: &str, path: &str, token: &str, body: &Value) -> Value {
    let request = http.post(format!("{base}{path}")).bearer_auth(token).json(body);
    let response = request.send().await.expect("answers");
    assert!(response.status().is_success(), "{path}: {}", response.status());
    response.json().await.expect("JSON")
}

/// An account of a State with a token, and a contact point it listens for.
async fn settle_in(http: &reqwest::Client, server: &Server, state: &str) -> String {
    let (base, admin) = (&server.base, &server.token);
    let account = json!({"name": state, "state": state, "role": "contact_point"});
    let account = post(http, base, "/api/v1/accounts", admin, &account).await;
    let id = account["id"].as_str().expect("id").to_owned();
    let path = format!("/api/v1/accounts/{id}/tokens");
    let issued = post(http, base, &path, admin, &json!({"hours": 24})).await;
    let contact = json!({"state": state, "kind": "CPB-A17-FP", "name": state,
                         "channels": [{"channel": "live", "account": id}]});
    post(http, base, "/api/v1/contacts", admin, &contact).await;
    issued["token"].as_str().expect("token").to_owned()
}

/// The report of the Basel scenario, as a test.
fn report() -> Value {
    let scenario: Value =
        toml::from_str(include_str!("../geodata/scenarios/basel.toml")).expect("the scenario");
    let mut report = scenario["report"].clone();
    report["mode"] = "test".into();
    report
}

/// An alert as one receiver had it.
struct Arrival {
    incident: String,
    /// Milliseconds after it was recorded.
    after: f64,
}

/// The other process: connects the receivers, files the reports, and says how
/// many milliseconds after each was recorded the last and the first of the
/// receivers had the alert.
async fn load(base: &str, reporter: &str, listener: &str, count: usize) {
    let (sender, mut heard) = mpsc::unbounded_channel::<Arrival>();
    let bytes = Arc::new(AtomicUsize::new(0));
    for _ in 0..count {
        let url = format!("{}/api/v1/live?mode=test", base.replace("http", "ws"));
        let mut request = url.into_client_request().expect("address");
        request.headers_mut().insert("Authorization", format!("Bearer {listener}").parse().expect("header"));
        let small = WebSocketConfig::default().read_buffer_size(4096);
        let (mut socket, _) =
            tokio_tungstenite::connect_async_with_config(request, Some(small), true).await.expect("connects");
        let hello = socket.next().await.expect("open").expect("a frame");
        assert!(hello.to_text().expect("text").contains("\"type\":\"hello\""));
        tokio::spawn(receive(socket, sender.clone(), bytes.clone()));
    }
    let http = reqwest::Client::new();
    println!("ready");
    let mut go = String::new();
    std::io::stdin().read_line(&mut go).expect("input");
    let report = report();
    let mut measured: [Vec<f64>; 3] = Default::default();
    for number in 0..WARM_UP + REPORTS {
        tokio::time::sleep(PAUSE).await;
        let started = Instant::now();
        let receipt = post(&http, base, "/api/v1/reports", reporter, &report).await;
        let answered = started.elapsed().as_secs_f64() * 1000.0;
        let incident = receipt["incident"].as_str().expect("an incident");
        let (mut last, mut first) = (0.0, f64::INFINITY);
        for _ in 0..count {
            let arrival = heard.recv().await.expect("an alert");
            assert_eq!(arrival.incident, incident, "one alert for each report and receiver");
            last = arrival.after.max(last);
            first = arrival.after.min(first);
        }
        if number >= WARM_UP {
            for (figures, figure) in measured.iter_mut().zip([last, first, answered]) {
                figures.push(figure);
            }
        }
    }
    let [last, first, answered] = measured;
    let each = bytes.load(Ordering::Relaxed) as f64 / count as f64;
    println!("{}", json!([last, first, answered, [each]]));
    // Stays connected until the other side has looked at the server.
    std::io::stdin().read_line(&mut go).expect("input");
}

async fn receive(
    mut socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    sender: mpsc::UnboundedSender<Arrival>,
    bytes: Arc<AtomicUsize>,
) {
    while let Some(Ok(message)) = socket.next().await {
        let arrived = Machine.now();
        let Message::Text(text) = message else { continue };
        bytes.fetch_add(text.len(), Ordering::Relaxed);
        // Looked up, not parsed: the receivers share their processors with the server.
        let after = |key: &str| text.split_once(key).and_then(|(_, rest)| rest.split('"').next());
        if !text.contains("\"type\":\"notice_issued\"") || after("\"addressee\":\"") != Some("DE") {
            continue;
        }
        let incident = after("\"incident\":\"").expect("an incident").to_owned();
        let recorded: jiff::Timestamp = after("\"recorded\":\"").expect("a time").parse().expect("a time");
        let after = arrived.duration_since(recorded).as_secs_f64() * 1000.0;
        let _ = sender.send(Arrival { incident, after });
    }
}

fn percentiles(values: &mut [f64]) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[(values.len() * 99 / 100).min(values.len() - 1)])
}

/// What one way of committing came to.
#[derive(Default)]
struct Way {
    per_second: Vec<f64>,
    p50: Vec<f64>,
    p99: Vec<f64>,
}

/// Reports straight at the desk: assess, choose, decide, commit. Both ways of
/// committing in turn; medians of the rounds. Returns the last store.
fn throughput() -> TempDir {
    let atlas = Arc::new(Atlas::built_in().expect("the map"));
    let library = Arc::new(Library::built_in().expect("the playbooks"));
    let (fsync, slow) = fsync_ms();
    println!("\n### Durable reports per second\n");
    println!("4 KiB appended and synced on this disk: {fsync:.3} ms p50, {slow:.3} ms p99.\n");
    println!(
        "| submitters | group commit /s | p50 / p99 ms | one transaction per report /s | p50 / p99 ms | ratio |\n\
         |---|---|---|---|---|---|"
    );
    let mut kept = None;
    for submitters in [1, 16, 128] {
        let mut ways: [Way; 2] = Default::default();
        for _ in 0..ROUNDS {
            for (way, alone) in ways.iter_mut().zip([false, true]) {
                let data = tempfile::tempdir().expect("directory");
                submit(data.path(), (&atlas, &library), submitters, alone, way);
                if !alone {
                    kept = Some(data);
                }
            }
        }
        let [group, alone] = ways.map(|mut way| {
            [&mut way.per_second, &mut way.p50, &mut way.p99].map(|figures| percentiles(figures).0)
        });
        println!(
            "| {submitters} | {:.0} | {:.2} / {:.2} | {:.0} | {:.2} / {:.2} | {:.2} |",
            group[0],
            group[1],
            group[2],
            alone[0],
            alone[1],
            alone[2],
            group[0] / alone[0]
        );
    }
    kept.expect("at least one round")
}

fn submit(
    data: &Path,
    (atlas, library): (&Arc<Atlas>, &Arc<Library>),
    submitters: usize,
    alone: bool,
    way: &mut Way,
) {
    let durability = Durability { full: true, alone };
    let store: Arc<dyn Store> = Arc::new(Sqlite::open_with(data, "log", durability).expect("opens"));
    let hub = Hub::start(store.clone()).expect("hub");
    let machine = Arc::new(Machine);
    let settings = desk::Settings::plain("BENCH");
    let desk = Arc::new(Desk::new(
        store,
        hub,
        Arc::new(Shelf::new(atlas.clone())),
        library.clone(),
        machine.clone(),
        machine,
        settings,
    ));
    for state in ["CH", "DE", "FR"] {
        let state = state.parse().expect("a State");
        let account = desk
            .create_account(
                &Viewer::House,
                NewAccount {
                    name: "Duty desk".to_owned(),
                    state: Some(state),
                    role: Role::ContactPoint,
                    person: None,
                },
            )
            .expect("stored");
        let live = vec![Channel::Live { account: account.id }];
        let kind = ContactKind::Article17;
        let contact = NewContact {
            addressee: Addressee::State(state),
            kind,
            name: "Duty desk".to_owned(),
            channels: live,
            languages: Vec::new(),
            hours: None,
        };
        desk.create_contact(&Viewer::House, contact).expect("stored");
    }
    let report: Arc<Report> = Arc::new(serde_json::from_value(report()).expect("a report"));
    let viewer = Viewer::Account {
        id: AccountId(Machine.id(Machine.now())),
        state: "CH".parse().ok(),
        role: Role::ContactPoint,
    };
    let started = Instant::now();
    let one = || {
        let (desk, report) = (desk.clone(), report.clone());
        move || {
            let mut times = Vec::new();
            while started.elapsed() < SPAN {
                let asked = Instant::now();
                desk.submit(&viewer, &report, None).expect("stored");
                times.push(asked.elapsed().as_secs_f64() * 1000.0);
            }
            times
        }
    };
    let threads: Vec<_> = (0..submitters).map(|_| std::thread::spawn(one())).collect();
    let mut times: Vec<f64> = threads.into_iter().flat_map(|thread| thread.join().expect("ends")).collect();
    let spent = started.elapsed().as_secs_f64();
    let (p50, p99) = percentiles(&mut times);
    way.per_second.push(times.len() as f64 / spent);
    way.p50.push(p50);
    way.p99.push(p99);
}

fn fsync_ms() -> (f64, f64) {
    let directory = tempfile::tempdir().expect("directory");
    let mut file = std::fs::File::create(directory.path().join("file")).expect("file");
    let mut times: Vec<f64> = (0..500)
        .map(|_| {
            file.write_all(&[0; 4096]).expect("written");
            let started = Instant::now();
            file.sync_data().expect("synced");
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    percentiles(&mut times)
}

/// From the start of the process to the line that says that it listens.
fn start_up(filled: &Path) {
    println!("\n### Start and memory\n");
    println!(
        "| store | start to open door ms (median of 5) | slowest | resident, idle MB |\n|---|---|---|---|"
    );
    let fresh = tempfile::tempdir().expect("directory");
    let store = Sqlite::open(filled, "unused").expect("opens");
    let events = store.head().expect("readable").0;
    drop(store);
    for (name, data) in [("new".to_owned(), fresh.path()), (format!("with {events} events"), filled)] {
        // The first start makes the accounts and is left out.
        Server::start(data);
        let mut memory = Vec::new();
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                let started = Instant::now();
                let server = Server::start(data);
                let time = started.elapsed().as_secs_f64() * 1000.0;
                memory.push(server.memory() as f64 / 1024.0);
                time
            })
            .collect();
        let (p50, slowest) = percentiles(&mut times);
        println!("| {name} | {p50:.0} | {slowest:.0} | {:.0} |", percentiles(&mut memory).0);
    }
}
