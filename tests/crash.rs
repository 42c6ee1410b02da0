//! SIGKILL at random moments under load: whatever was acknowledged is there
//! afterwards exactly once, and every receiver's resumed stream is complete
//! and in order.
//!
//! `OUTCROSS_CRASH_ROUNDS` says how often the server is killed (3 when not
//! said; `.ci/run` says 50). A random moment is after the n-th
//! acknowledgement of a round, n from the round's number: nothing sleeps.

#![expect(clippy::panic, reason = "helpers of tests fail by panicking")]

use futures_util::StreamExt;
use outcross::store::{Store, sqlite::Sqlite};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

#[expect(dead_code, reason = "the tests of the courier alone use more of it")]
#[path = "courier/receivers.rs"]
mod receivers;

const SUBMITTERS: usize = 4;
const RECEIVERS: usize = 2;

struct Server {
    child: Child,
    base: String,
    token: Option<String>,
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
            .env("OUTCROSS_ALLOW_HTTP", "true")
            .env("OUTCROSS_ALLOW_NETWORKS", "127.0.0.0/8")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut token = None;
        loop {
            let line = lines.next().expect("the server says that it listens").expect("text");
            if let Some(secret) = line.strip_prefix("administrator token: ") {
                token = Some(secret.to_owned());
            } else if let Some(base) = line.strip_prefix("listening on ") {
                return Self { child, base: base.to_owned(), token };
            }
        }
    }

    fn kill(&mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn post(
    http: &reqwest::Client,
    url: String,
    token: &str,
    key: Option<&str>,
    body: &Value,
) -> Result<Value, String> {
    let mut request = http.post(url).bearer_auth(token).json(body);
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    let response = request.send().await.map_err(|e| e.to_string())?;
    let status = response.status();
    let text = response.text().await.map_err(|e| e.to_string())?;
    if status.is_success() { serde_json::from_str(&text).map_err(|e| e.to_string()) } else { Err(text) }
}

async fn get(http: &reqwest::Client, url: String, token: &str) -> Value {
    let response = http.get(url).bearer_auth(token).send().await.expect("answers");
    assert!(response.status().is_success(), "{}", response.status());
    response.json().await.expect("JSON")
}

/// An account of a State with a token, and a contact point that it listens for.
async fn settle_in(http: &reqwest::Client, server: &Server, admin: &str, state: &str) -> String {
    let url = |path: &str| format!("{}{path}", server.base);
    let account = json!({"name": state, "state": state, "role": "contact_point"});
    let account = post(http, url("/api/v1/accounts"), admin, None, &account).await.expect("account");
    let id = account["id"].as_str().expect("id").to_owned();
    let day = json!({"hours": 24});
    let issued = post(http, url(&format!("/api/v1/accounts/{id}/tokens")), admin, None, &day).await;
    let token = issued.expect("token")["token"].as_str().expect("text").to_owned();
    let contact = json!({"state": state, "kind": "CPB-A17-FP", "name": state,
                         "channels": [{"channel": "live", "account": id}]});
    post(http, url("/api/v1/contacts"), admin, None, &contact).await.expect("contact");
    token
}

fn report() -> Value {
    json!({
        "mode": "test",
        "organism": {"species": "Brassica napus"},
        "place": {"geometry": {"type": "Point", "coordinates": [7.592, 47.583]}, "state": "CH"},
        "pathways": [{"pathway": "pollen", "reach": {"max_m": 2000, "reason": "kept small for the test"}}],
    })
}

/// What one receiver has heard, and where it stands.
#[derive(Default)]
struct Heard {
    seqs: Vec<u64>,
    cursor: u64,
}

/// Listens until the line is cut or `until` is reached.
async fn listen(base: &str, token: &str, heard: &Mutex<Heard>, until: Option<u64>) {
    let since = heard.lock().expect("lock").cursor;
    if until.is_some_and(|until| since >= until) {
        return;
    }
    let url = format!("{}/api/v1/live?mode=test&since={since}", base.replace("http", "ws"));
    let mut request = url.into_client_request().expect("address");
    request.headers_mut().insert("Authorization", format!("Bearer {token}").parse().expect("header"));
    let Ok((mut socket, _)) = tokio_tungstenite::connect_async(request).await else { return };
    while let Some(Ok(Message::Text(text))) = socket.next().await {
        let said: Value = serde_json::from_str(&text).expect("JSON");
        let mut heard = heard.lock().expect("lock");
        match said["type"].as_str() {
            Some("event") => {
                let seq = said["event"]["seq"].as_u64().expect("seq");
                heard.seqs.push(seq);
                heard.cursor = seq;
            }
            Some("reset") => panic!("the server does not know the place {since} in its own log"),
            _ => {}
        }
        if until.is_some_and(|until| heard.cursor >= until) {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_every_kill() {
    let rounds: usize =
        std::env::var("OUTCROSS_CRASH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    // The first installation counts; another test of this binary may have done it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let data = tempfile::tempdir().expect("directory");
    let http = reqwest::Client::new();
    let mut server = Server::start(data.path());
    let admin = server.token.clone().expect("the first start gives a token");
    let reporter = settle_in(&http, &server, &admin, "CH").await;
    let listener = settle_in(&http, &server, &admin, "DE").await;
    let acknowledged: Arc<Mutex<BTreeMap<String, Option<Value>>>> = Arc::default();
    let heard: Vec<Arc<Mutex<Heard>>> = (0..RECEIVERS).map(|_| Arc::default()).collect();

    for round in 0..rounds {
        // A small mixing of the round's number: 1 to 13 acknowledgements.
        let moment = 1 + (round.wrapping_mul(2_654_435_761) >> 7) % 13;
        let (count, enough, over) =
            (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
        let mut tasks = Vec::new();
        for heard in &heard {
            let (base, listener, heard) = (server.base.clone(), listener.clone(), heard.clone());
            tasks.push(tokio::spawn(async move { listen(&base, &listener, &heard, None).await }));
        }
        for submitter in 0..SUBMITTERS {
            let (http, base, reporter) = (http.clone(), server.base.clone(), reporter.clone());
            let (acknowledged, count, enough, over) =
                (acknowledged.clone(), count.clone(), enough.clone(), over.clone());
            tasks.push(tokio::spawn(async move {
                for number in 0.. {
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                    let key = format!("{round}-{submitter}-{number}");
                    acknowledged.lock().expect("lock").insert(key.clone(), None);
                    let url = format!("{base}/api/v1/reports");
                    let Ok(receipt) = post(&http, url, &reporter, Some(&key), &report()).await else {
                        return;
                    };
                    acknowledged.lock().expect("lock").insert(key, Some(receipt));
                    if count.fetch_add(1, Ordering::SeqCst) + 1 >= moment {
                        enough.notify_one();
                    }
                }
            }));
        }
        enough.notified().await;
        server.kill();
        over.store(true, Ordering::SeqCst);
        for task in tasks {
            task.await.expect("no receiver or submitter fails by itself");
        }
        server = Server::start(data.path());
        assert!(server.token.is_none(), "the store was there already");
    }

    // Every key sent again, answered or not: the answered get the same answer,
    // and there is one incident for each key.
    let sent = acknowledged.lock().expect("lock").clone();
    for (key, first) in &sent {
        let url = format!("{}/api/v1/reports", server.base);
        let again = post(&http, url, &reporter, Some(key), &report()).await.expect("answers");
        if let Some(first) = first {
            assert_eq!(again, *first, "{key} was answered otherwise the first time");
        }
    }
    let mut incidents = Vec::new();
    let mut before = u64::MAX >> 1;
    loop {
        let url = format!("{}/api/v1/incidents?mode=test&limit=500&before={before}", server.base);
        let page = get(&http, url, &reporter).await;
        let page = page["incidents"].as_array().expect("list").clone();
        let Some(last) = page.last() else { break };
        before = last["head"].as_u64().expect("head");
        incidents.extend(page.iter().map(|i| i["id"].as_str().expect("id").to_owned()));
    }
    incidents.sort_unstable();
    incidents.dedup();
    assert_eq!(incidents.len(), sent.len(), "one incident for each report");

    // The receivers resume for the last time and then hold every event that
    // the log has for them, once and in order.
    let mut expected = Vec::new();
    let mut after = 0;
    loop {
        let url = format!("{}/api/v1/events?mode=test&limit=500&after={after}", server.base);
        let page = get(&http, url, &listener).await;
        let events = page["events"].as_array().expect("list").clone();
        expected.extend(events.iter().map(|e| e["seq"].as_u64().expect("seq")));
        let next = page["next"].as_u64().expect("next");
        if next == after || events.is_empty() {
            break;
        }
        after = next;
    }
    assert!(!expected.is_empty(), "there was something to hear");
    for heard in &heard {
        listen(&server.base, &listener, heard, expected.last().copied()).await;
        assert_eq!(heard.lock().expect("lock").seqs, expected, "complete and in order");
    }
    server.kill();
    let store = Sqlite::open(data.path(), "unused").expect("opens");
    assert_eq!(store.check().expect("readable"), Vec::<String>::new());
    eprintln!(
        "{rounds} kills; {} reports sent, {} of them acknowledged before a kill; {} events heard by each receiver",
        sent.len(),
        sent.values().filter(|receipt| receipt.is_some()).count(),
        expected.len()
    );
}

/// Killed while a message is on its way: whoever was to get it gets the same
/// again, by which it can tell that it has it, and nobody else gets it.
#[tokio::test]
async fn what_was_on_its_way_when_the_server_was_killed_is_sent_again_the_same() {
    use receivers::{Manner, Receiver, answer, soon};
    let _ = rustls::crypto::ring::default_provider().install_default();
    let data = tempfile::tempdir().expect("directory");
    let receiver = Receiver::open(vec![Manner::Hang, Manner::Close], answer(200, "")).await;
    let bystander = Receiver::open(Vec::new(), answer(200, "")).await;
    let mut server = Server::start(data.path());
    let admin = server.token.clone().expect("first start");
    let http = reqwest::Client::new();
    let reporter = settle_in(&http, &server, &admin, "CH").await;
    for (state, to) in [("DE", &receiver), ("JP", &bystander)] {
        let contact = json!({"state": state, "kind": "CPB-A17-FP", "name": state,
                             "channels": [{"channel": "webhook", "url": to.url()}]});
        post(&http, format!("{}/api/v1/contacts", server.base), &admin, None, &contact)
            .await
            .expect("contact");
    }
    let made = post(&http, format!("{}/api/v1/reports", server.base), &reporter, None, &report()).await;
    let incident = made.expect("receipt")["incident"].as_str().expect("id").to_owned();
    // On its way, then killed; and killed once more as soon as it goes again.
    for attempt in 1..=2 {
        receiver.requests(attempt).await;
        server.kill();
        server = Server::start(data.path());
    }
    let requests = receiver.requests(3).await;
    for again in &requests[1..] {
        assert_eq!(again.body, requests[0].body);
        assert_eq!(again.header("webhook-id"), requests[0].header("webhook-id"));
    }
    let url = format!("{}/api/v1/live?mode=test&since=0", server.base.replacen("http", "ws", 1));
    let mut request = url.into_client_request().expect("an address");
    request.headers_mut().insert("Authorization", format!("Bearer {reporter}").parse().expect("header"));
    let (mut line, _) = tokio_tungstenite::connect_async(request).await.expect("a line");
    loop {
        let said = soon(line.next()).await.expect("an open line").expect("an open line");
        if said.is_text() && said.to_text().expect("text").contains("message_delivered") {
            break;
        }
    }
    let url = format!("{}/api/v1/incidents/{incident}/messages", server.base);
    let messages = get(&http, url, &reporter).await;
    let message = &messages["messages"][0];
    assert_eq!((&message["state"], &message["addressee"]), (&json!("delivered"), &json!("DE")));
    assert!(message["attempts"].as_u64() >= Some(3), "every attempt is on record: {message}");
    assert!(bystander.requests_so_far().is_empty(), "nothing goes to a State that is not told");
    server.kill();
    let store = Sqlite::open(data.path(), "unused").expect("opens");
    assert_eq!(store.check().expect("readable"), Vec::<String>::new());
}
