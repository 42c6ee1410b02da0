//! The main job, measured: `cargo bench --bench line`.
//!
//! 1. report accepted → alert received by all of 1, 100, 1,000 receivers; the
//!    server is the real program in its own process, the receivers are in
//!    another one;
//! 2. durable reports per second with 1, 16, 128 submitters, beside one
//!    transaction per report in the same run;
//! 3. time from start to open door, and memory, idle and per receiver.
//!
//! Prints Markdown tables; `benches/README.md` keeps the last ones.

use futures_util::StreamExt;
use outcross::{
    alert::hub::Hub,
    desk::{self, Desk},
    domain::{
        account::{Role, Viewer},
        clock::{Clock, Entropy, Machine},
        decision::EscalationPolicy,
        id::AccountId,
        report::Report,
    },
    geo::Atlas,
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
    process::{Child, ChildStdout, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig};

const REPORTS: usize = 30;

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().collect();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runtime");
    if let [_, mode, base, token, count] = &arguments[..]
        && mode == "receivers"
    {
        runtime.block_on(receive(base, token, count.parse().expect("a number")));
        return;
    }
    println!("### Report accepted → alert received by all\n");
    println!(
        "| receivers | p50 ms | p99 ms | server memory kB (idle → connected) | kB per receiver |\n|---|---|---|---|---|"
    );
    for receivers in [1, 100, 1000] {
        runtime.block_on(alerts(receivers));
    }
    println!("\n### Durable reports per second\n");
    throughput();
    println!("\n### Start\n");
    start_up();
}

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

async fn post(http: &reqwest::Client, server: &Server, path: &str, token: &str, body: &Value) -> Value {
    let request = http.post(format!("{}{path}", server.base)).bearer_auth(token).json(body);
    let response = request.send().await.expect("answers");
    assert!(response.status().is_success(), "{path}: {}", response.status());
    response.json().await.expect("JSON")
}

async fn settle_in(http: &reqwest::Client, server: &Server, state: &str) -> String {
    let account = json!({"name": state, "state": state, "role": "contact_point"});
    let account = post(http, server, "/api/v1/accounts", &server.token, &account).await;
    let id = account["id"].as_str().expect("id").to_owned();
    let path = format!("/api/v1/accounts/{id}/tokens");
    let issued = post(http, server, &path, &server.token, &json!({"hours": 24})).await;
    let contact = json!({"state": state, "kind": "CPB-A17-FP", "name": state,
                         "channels": [{"channel": "live", "account": id}]});
    post(http, server, "/api/v1/contacts", &server.token, &contact).await;
    issued["token"].as_str().expect("token").to_owned()
}

fn report() -> Value {
    json!({
        "mode": "test",
        "organism": {"oecd": ["MON-ØØØ73-7"], "species": "Brassica napus"},
        "place": {"geometry": {"type": "Point", "coordinates": [7.592, 47.583]}, "uncertainty_m": 300, "state": "CH"},
        "pathways": [{"pathway": "seed_spill"}, {"pathway": "pollen"}],
    })
}

async fn alerts(receivers: usize) {
    let data = tempfile::tempdir().expect("directory");
    let server = Server::start(data.path());
    let http = reqwest::Client::new();
    let reporter = settle_in(&http, &server, "CH").await;
    let listener = settle_in(&http, &server, "DE").await;
    let idle = server.memory();
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["receivers", &server.base, &listener, &receivers.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the receivers start");
    let mut lines = BufReader::new(child.stdout.take().expect("output")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    assert_eq!(next(), "ready");
    let connected = server.memory();
    let mut last: Vec<f64> = Vec::new();
    for _ in 0..REPORTS {
        post(&http, &server, "/api/v1/reports", &reporter, &report()).await;
        last.push(next().parse().expect("milliseconds"));
    }
    let _ = child.kill();
    let _ = child.wait();
    let (p50, p99) = percentiles(&mut last);
    let each = connected.saturating_sub(idle) as f64 / receivers as f64;
    println!("| {receivers} | {p50:.1} | {p99:.1} | {idle} → {connected} | {each:.1} |");
}

fn percentiles(values: &mut [f64]) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[(values.len() * 99 / 100).min(values.len() - 1)])
}

/// The other process: connects the receivers, and says for each report how
/// many milliseconds after it was recorded the last of them had the alert.
async fn receive(base: &str, token: &str, count: usize) {
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel::<f64>();
    let connected = Arc::new(AtomicUsize::new(0));
    for _ in 0..count {
        let url = format!("{}/api/v1/live?mode=test", base.replace("http", "ws"));
        let mut request = url.into_client_request().expect("address");
        request.headers_mut().insert("Authorization", format!("Bearer {token}").parse().expect("header"));
        let small = WebSocketConfig::default().read_buffer_size(4096);
        let (mut socket, _) =
            tokio_tungstenite::connect_async_with_config(request, Some(small), true).await.expect("connects");
        connected.fetch_add(1, Ordering::SeqCst);
        let sender = sender.clone();
        tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                let Message::Text(text) = message else { continue };
                if !text.contains("\"type\":\"notice_issued\"") {
                    continue;
                }
                let arrived = Machine.now();
                let said: Value = serde_json::from_str(&text).expect("JSON");
                let recorded: jiff::Timestamp =
                    said["event"]["recorded"].as_str().expect("time").parse().expect("time");
                let _ = sender.send(arrived.duration_since(recorded).as_secs_f64() * 1000.0);
            }
        });
    }
    println!("ready");
    std::io::stdout().flush().expect("output");
    loop {
        let mut last: f64 = 0.0;
        for _ in 0..count {
            last = last.max(heard.recv().await.expect("an alert"));
        }
        println!("{last}");
        std::io::stdout().flush().expect("output");
    }
}

/// Reports straight at the desk: assess, choose, decide, commit.
fn throughput() {
    let atlas = Arc::new(Atlas::built_in().expect("the map"));
    let library = Arc::new(Library::built_in().expect("the playbooks"));
    println!("fsync of this disk: {:.2} ms (median of 50)\n", fsync_ms());
    println!("| submitters | group commit /s | one transaction per report /s | ratio |\n|---|---|---|---|");
    for submitters in [1, 16, 128] {
        let [group, alone] =
            [false, true].map(|alone| reports_per_second(&atlas, &library, submitters, alone));
        println!("| {submitters} | {group:.0} | {alone:.0} | {:.2} |", group / alone);
    }
}

fn reports_per_second(atlas: &Arc<Atlas>, library: &Arc<Library>, submitters: usize, alone: bool) -> f64 {
    let data = tempfile::tempdir().expect("directory");
    let durability = Durability { full: true, alone };
    let store: Arc<dyn Store> = Arc::new(Sqlite::open_with(data.path(), "log", durability).expect("opens"));
    let hub = Hub::start(store.clone()).expect("hub");
    let machine = Arc::new(Machine);
    let settings = desk::Settings { instance: "BENCH".to_owned(), policy: EscalationPolicy::default() };
    let desk =
        Arc::new(Desk::new(store, hub, atlas.clone(), library.clone(), machine.clone(), machine, settings));
    let report: Arc<Report> = Arc::new(serde_json::from_value(report()).expect("a report"));
    let viewer = Viewer::Account {
        id: AccountId(Machine.id(Machine.now())),
        state: "CH".parse().ok(),
        role: Role::ContactPoint,
    };
    let done = Arc::new(AtomicUsize::new(0));
    let span = Duration::from_secs(3);
    let started = Instant::now();
    let threads: Vec<_> = (0..submitters)
        .map(|_| {
            let (desk, report, done) = (desk.clone(), report.clone(), done.clone());
            std::thread::spawn(move || {
                while started.elapsed() < span {
                    desk.submit(&viewer, &report, None).expect("stored");
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("ends");
    }
    done.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}

fn fsync_ms() -> f64 {
    let directory = tempfile::tempdir().expect("directory");
    let mut file = std::fs::File::create(directory.path().join("file")).expect("file");
    let mut times: Vec<f64> = (0..50)
        .map(|_| {
            file.write_all(&[0; 4096]).expect("written");
            let started = Instant::now();
            file.sync_data().expect("synced");
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    percentiles(&mut times).0
}

fn start_up() {
    let times = Mutex::new(Vec::new());
    let data = tempfile::tempdir().expect("directory");
    let mut memory = 0;
    for _ in 0..6 {
        let started = Instant::now();
        let server = Server::start(data.path());
        times.lock().expect("lock").push(started.elapsed().as_secs_f64() * 1000.0);
        memory = server.memory();
    }
    // The first start creates the store and is left out.
    let mut times = times.into_inner().expect("lock").split_off(1);
    let (p50, _) = percentiles(&mut times);
    println!(
        "open door after {p50:.0} ms (median of 5), with every layer and playbook loaded; {memory} kB resident, idle"
    );
}
