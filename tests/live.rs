//! The live channel of a real server: readers that take nothing or say
//! nothing, and a restart that sends everybody away.

use futures_util::{StreamExt, future::join_all};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::time::timeout;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// How long may anything take before the test fails instead of hanging?
const PATIENCE: Duration = Duration::from_mins(1);

struct Server {
    child: Child,
    base: String,
    admin: String,
    http: reqwest::Client,
}

impl Server {
    /// Starts a server; `admin` is the token of an earlier start.
    #[expect(
        clippy::zombie_processes,
        reason = "waited for when dropped; before that, a failure ends the program"
    )]
    fn start(data: &Path, patience: u16, admin: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut child = Command::new(env!("CARGO_BIN_EXE_outcross"))
            .args(["serve", "--bind", "127.0.0.1:0", "--receiver-patience", &patience.to_string(), "--data"])
            .arg(data)
            .env("OUTCROSS_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut admin = admin.to_owned();
        loop {
            let line = lines.next().expect("the server says that it listens").expect("text");
            if let Some(secret) = line.strip_prefix("administrator token: ") {
                secret.clone_into(&mut admin);
            } else if let Some(base) = line.strip_prefix("listening on ") {
                let http = reqwest::Client::builder().timeout(PATIENCE).build().expect("a client");
                return Self { child, base: base.to_owned(), admin, http };
            }
        }
    }

    fn tell_to_stop(&self) {
        let done = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill");
        assert!(done.success());
    }

    async fn post(&self, token: &str, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(token).json(body);
        let response = request.send().await.expect("an answer");
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.json().await.expect("JSON")
    }

    /// The token of an account of a State, and a contact point it listens for.
    async fn settle_in(&self, state: &str) -> String {
        let account = json!({"name": state, "state": state, "role": "contact_point"});
        let account = self.post(&self.admin, "/api/v1/accounts", &account).await;
        let id = account["id"].as_str().expect("an id");
        let path = format!("/api/v1/accounts/{id}/tokens");
        let issued = self.post(&self.admin, &path, &json!({"hours": 24})).await;
        let contact = json!({"state": state, "kind": "CPB-A17-FP", "name": state,
                             "channels": [{"channel": "live", "account": id}]});
        self.post(&self.admin, "/api/v1/contacts", &contact).await;
        issued["token"].as_str().expect("a token").to_owned()
    }

    async fn report(&self, token: &str) {
        let report = json!({
            "mode": "test",
            "organism": {"species": "Brassica napus"},
            "place": {"geometry": {"type": "Point", "coordinates": [7.592, 47.583]}, "state": "CH"},
            "pathways": [{"pathway": "pollen", "reach": {"max_m": 2000, "reason": "kept small for the test"}}],
        });
        self.post(token, "/api/v1/reports", &report).await;
    }

    /// The places in the log this account may see.
    async fn places(&self, token: &str) -> Vec<u64> {
        let url = format!("{}/api/v1/events?mode=test&limit=500", self.base);
        let response = self.http.get(url).bearer_auth(token).send().await.expect("an answer");
        let list: Value = response.json().await.expect("JSON");
        let events = list["events"].as_array().expect("a list").iter();
        events.map(|event| event["seq"].as_u64().expect("a place")).collect()
    }

    async fn lines_open(&self) -> String {
        let response = self.http.get(format!("{}/metrics", self.base)).send().await.expect("an answer");
        let text = response.text().await.expect("text");
        let line = text.lines().find_map(|line| line.strip_prefix("outcross_live_connections "));
        line.expect("the number of live connections").to_owned()
    }

    async fn listen(&self, token: &str, since: u64) -> Receiver {
        let url = format!("{}/api/v1/live?mode=test&since={since}", self.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("an address");
        request.headers_mut().insert("Authorization", format!("Bearer {token}").parse().expect("a header"));
        let (socket, _) = timeout(PATIENCE, connect_async(request)).await.expect("in time").expect("a line");
        Receiver { socket, places: Vec::new(), retry_after_ms: None }
    }

    /// A connection of a program that knows how to open a line and no more.
    fn knock(&self, token: &str, buffer: usize) -> TcpStream {
        let address = self.base.strip_prefix("http://").expect("an address");
        let address: std::net::SocketAddr = address.parse().expect("an address");
        let socket =
            socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
        socket.set_recv_buffer_size(buffer).expect("a small buffer");
        socket.connect(&address.into()).expect("a connection");
        let mut stream: TcpStream = socket.into();
        write!(
            stream,
            "GET /api/v1/live?mode=test&since=0 HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .expect("a request");
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A receiver that behaves.
struct Receiver {
    socket: WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>,
    /// The events it has had.
    places: Vec<u64>,
    /// When it was told to come back.
    retry_after_ms: Option<u64>,
}

impl Receiver {
    /// Hears one thing more; the code when the line is closed.
    async fn hear(&mut self) -> Option<u16> {
        let message = timeout(PATIENCE, self.socket.next()).await.expect("something in time");
        match message.expect("a line").expect("a line") {
            Message::Text(text) => {
                let said: Value = serde_json::from_str(&text).expect("JSON");
                match said["type"].as_str().expect("a type") {
                    "event" => self.places.push(said["event"]["seq"].as_u64().expect("a place")),
                    "bye" => self.retry_after_ms = said["retry_after_ms"].as_u64(),
                    _ => {}
                }
                None
            }
            Message::Close(reason) => Some(reason.expect("a reason").code.into()),
            _ => None,
        }
    }

    async fn hear_until(&mut self, place: u64) {
        while self.places.last().is_none_or(|last| *last < place) {
            assert_eq!(self.hear().await, None, "the line stays open");
        }
    }
}

/// Who never reads is let go, whatever waits for it; who behaves is not, and
/// has everything.
#[tokio::test]
async fn a_reader_that_takes_nothing_is_gone_in_time() {
    let data = tempfile::tempdir().expect("a directory");
    let server = Server::start(data.path(), 3, "");
    let (ch, de) = (server.settle_in("CH").await, server.settle_in("DE").await);
    let mut healthy = server.listen(&de, 0).await;
    let stuck = server.knock(&de, 4096);
    // About ten kilobytes each: more than the system keeps for a reader.
    for _ in 0..40 {
        server.report(&ch).await;
    }
    let places = server.places(&de).await;
    let last = *places.last().expect("events");
    healthy.hear_until(last).await;
    assert_eq!(healthy.places, places);

    // The system gives such a line up without a word to the other side, so
    // the server is asked.
    let gone = async { while server.lines_open().await != "1" {} };
    tokio::select! {
        gone = timeout(PATIENCE, gone) => gone.expect("the stuck reader is let go"),
        closed = healthy.hear_for_ever() => panic!("the healthy receiver was closed: {closed}"),
    }
    drop(stuck);
    server.report(&ch).await;
    healthy.hear_until(last + 1).await;
}

/// Who takes everything but never answers is as good as gone.
#[tokio::test]
async fn a_receiver_that_never_answers_is_closed_with_words() {
    let data = tempfile::tempdir().expect("a directory");
    let server = Server::start(data.path(), 2, "");
    let de = server.settle_in("DE").await;
    let mut healthy = server.listen(&de, 0).await;
    let mut silent = server.knock(&de, 64 * 1024);
    let heard = tokio::task::spawn_blocking(move || {
        silent.set_read_timeout(Some(PATIENCE)).expect("a time");
        let mut heard = Vec::new();
        silent.read_to_end(&mut heard).expect("an end in order");
        heard
    });
    let heard = tokio::select! {
        heard = heard => heard.expect("read"),
        closed = healthy.hear_for_ever() => panic!("the healthy receiver was closed: {closed}"),
    };
    let heard = String::from_utf8_lossy(&heard).into_owned();
    assert!(heard.contains("\"type\":\"hello\"") && heard.contains("\"type\":\"position\""), "{heard}");
    assert!(heard.ends_with("nothing was heard of this receiver"), "{heard}");
}

impl Receiver {
    /// Behaves until the line is closed; says with which code.
    async fn hear_for_ever(&mut self) -> u16 {
        loop {
            if let Some(code) = self.hear().await {
                return code;
            }
        }
    }
}

/// A server that stops says so, sends each away for another time, and after
/// the restart everybody gets exactly what is missing.
#[tokio::test]
async fn a_restart_loses_nothing_and_spreads_those_who_come_back() {
    const RECEIVERS: usize = 60;
    let data = tempfile::tempdir().expect("a directory");
    let mut server = Server::start(data.path(), 60, "");
    let (ch, de) = (server.settle_in("CH").await, server.settle_in("DE").await);
    let mut receivers = join_all((0..RECEIVERS).map(|_| server.listen(&de, 0))).await;
    for _ in 0..5 {
        server.report(&ch).await;
    }
    let places = server.places(&de).await;
    // Each has come as far as it has come when the server stops.
    for (number, receiver) in receivers.iter_mut().enumerate() {
        receiver.hear_until(places[number % places.len()]).await;
    }
    server.tell_to_stop();
    let mut waits = BTreeSet::new();
    for receiver in &mut receivers {
        assert_eq!(receiver.hear_for_ever().await, 1012);
        waits.insert(receiver.retry_after_ms.expect("told when to come back"));
        assert_eq!(receiver.places, places[..receiver.places.len()], "in order, nothing left out");
    }
    drop(receivers);
    assert!(waits.len() > RECEIVERS * 3 / 4, "each at another time: {waits:?}");
    assert!(server.child.wait().expect("an end").success(), "it stops in order");

    let server = Server::start(data.path(), 60, &server.admin);
    // All at once, from many different places.
    let back = (0..RECEIVERS).map(|number| {
        let (server, de, places) = (&server, &de, &places);
        async move {
            let had = number % places.len();
            let since = had.checked_sub(1).map_or(0, |index| places[index]);
            let mut receiver = server.listen(de, since).await;
            receiver.hear_until(*places.last().expect("events")).await;
            (receiver, had)
        }
    });
    let mut back = join_all(back).await;
    for (receiver, had) in &back {
        assert_eq!(receiver.places, places[*had..], "exactly what was missing");
    }
    // And the same lines go on live.
    server.report(&ch).await;
    let places = server.places(&de).await;
    for (receiver, had) in &mut back {
        receiver.hear_until(*places.last().expect("events")).await;
        assert_eq!(receiver.places, places[*had..]);
    }
}
