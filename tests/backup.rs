//! Backups of a server at work, stores made of them, and what is erased for
//! good: with the real program, over the command line and HTTP.

use futures_util::StreamExt;
use outcross::{
    domain::{
        account::Viewer,
        audience::Audience,
        clock::{Clock, Machine},
        contact::{Channel, ContactKind, ContactPoint},
        decision::{Basis, Decision, NewMessage},
        delivery::MessageState,
        duty::Addressee,
        erasure::{stand_in, usual_fields},
        event::{Body, Event, MessagePlan, NewEvent, Rung},
        id::{ContactId, IncidentId, MessageId, Seq},
        incident::{IncidentState, IncidentType, Mode, Significance},
        notice::{Notice, NoticeKind},
        report::Report,
    },
    store::{
        Batch, Erased, Erasure, Store,
        sqlite::{
            Sqlite,
            backup::{self, BackupError, MANIFEST, Manifest},
        },
    },
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Notify, time::timeout};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// How long may anything take before the test fails instead of hanging?
const PATIENCE: Duration = Duration::from_mins(1);

/// What a command said, and whether it did what it was asked.
struct Outcome {
    done: bool,
    said: String,
}

fn outcross(arguments: &[&str]) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_outcross")).args(arguments).output().expect("the program");
    let said = [output.stdout, output.stderr].concat();
    Outcome { done: output.status.success(), said: String::from_utf8_lossy(&said).into_owned() }
}

fn back_up(data: &Path, target: &Path) -> Outcome {
    outcross(&["backup", text(target), "--data", text(data)])
}

fn restore(from: &Path, data: &Path) -> Outcome {
    outcross(&["restore", text(from), "--data", text(data)])
}

#[track_caller]
fn must(outcome: Outcome) -> String {
    assert!(outcome.done, "{}", outcome.said);
    outcome.said
}

#[track_caller]
fn refused(outcome: &Outcome, because: &str) {
    assert!(!outcome.done, "{}", outcome.said);
    assert!(outcome.said.contains(because), "“{because}” is not in: {}", outcome.said);
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

fn manifest(backup: &Path) -> Manifest {
    serde_json::from_slice(&fs::read(backup.join(MANIFEST)).expect("a manifest")).expect("JSON")
}

fn is_empty(directory: &Path) -> bool {
    fs::read_dir(directory).expect("a directory").next().is_none()
}

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
    fn start(data: &Path, admin: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut child = Command::new(env!("CARGO_BIN_EXE_outcross"))
            .args(["serve", "--bind", "127.0.0.1:0", "--receiver-patience", "2", "--data"])
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

    fn stop(mut self) {
        let done = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill");
        assert!(done.success());
        self.child.wait().expect("it stops");
    }

    async fn answer(&self, request: reqwest::RequestBuilder, token: &str) -> (u16, Value) {
        let response = request.bearer_auth(token).send().await.expect("an answer");
        let status = response.status().as_u16();
        (status, response.json().await.expect("JSON"))
    }

    async fn try_post(&self, token: &str, path: &str, body: &Value) -> (u16, Value) {
        self.answer(self.http.post(format!("{}{path}", self.base)).json(body), token).await
    }

    #[track_caller]
    fn good((status, body): (u16, Value)) -> Value {
        assert!((200..300).contains(&status), "{status}: {body}");
        body
    }

    async fn post(&self, token: &str, path: &str, body: &Value) -> Value {
        Self::good(self.try_post(token, path, body).await)
    }

    async fn get(&self, token: &str, path: &str) -> Value {
        Self::good(self.answer(self.http.get(format!("{}{path}", self.base)), token).await)
    }

    /// An account with its token.
    async fn account(&self, state: Option<&str>, role: &str, person: &str) -> (String, String) {
        let account = json!({"name": "Office", "state": state, "role": role, "person": person});
        let account = self.post(&self.admin, "/api/v1/accounts", &account).await;
        let id = account["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/accounts/{id}/tokens");
        let issued = self.post(&self.admin, &path, &json!({"hours": 24})).await;
        (id, issued["token"].as_str().expect("a token").to_owned())
    }

    /// An account of a State, and a contact point it listens for: token, ids.
    async fn settle_in(&self, state: &str, person: &str) -> (String, String, String) {
        let (id, token) = self.account(Some(state), "contact_point", person).await;
        let contact = json!({"state": state, "kind": "CPB-A17-FP", "name": person,
                             "channels": [{"channel": "live", "account": id}]});
        let contact = self.post(&self.admin, "/api/v1/contacts", &contact).await;
        (token, id, contact["id"].as_str().expect("an id").to_owned())
    }

    async fn report(&self, token: &str, whom_to_ask: &str) -> Result<Value, String> {
        let report = json!({
            "mode": "test",
            "organism": {"species": "Brassica napus"},
            "place": {"geometry": {"type": "Point", "coordinates": [7.592, 47.583]}, "state": "CH"},
            "pathways": [{"pathway": "pollen", "reach": {"max_m": 2000, "reason": "kept small for the test"}}],
            "point_of_contact": whom_to_ask,
            "other": "seen from the road",
        });
        let request = self.http.post(format!("{}/api/v1/reports", self.base)).json(&report);
        let response = request.bearer_auth(token).send().await.map_err(|e| e.to_string())?;
        response.json().await.map_err(|e| e.to_string())
    }

    async fn events(&self, token: &str) -> Vec<Value> {
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let page = self.get(token, &format!("/api/v1/events?mode=test&limit=500&after={after}")).await;
            let events = page["events"].as_array().expect("a list");
            all.extend(events.iter().cloned());
            if events.is_empty() {
                return all;
            }
            after = page["next"].as_u64().expect("a place");
        }
    }

    /// Opens the live channel; what it says first, and the line.
    async fn listen(&self, token: &str, query: &str) -> (Value, Line) {
        let url = format!("{}/api/v1/live?mode=test{query}", self.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("an address");
        request.headers_mut().insert("Authorization", format!("Bearer {token}").parse().expect("a header"));
        let (socket, _) = timeout(PATIENCE, connect_async(request)).await.expect("in time").expect("a line");
        let mut line = Line { socket };
        let first = line.hear().await.expect("a greeting");
        (first, line)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Line {
    socket: tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>,
}

impl Line {
    /// The next thing said, or the code with which the line is closed.
    async fn hear(&mut self) -> Result<Value, u16> {
        loop {
            let message = timeout(PATIENCE, self.socket.next()).await.expect("something in time");
            match message.expect("a line").expect("a line") {
                Message::Text(text) => return Ok(serde_json::from_str(&text).expect("JSON")),
                Message::Close(reason) => return Err(reason.expect("a reason").code.into()),
                _ => {}
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_at_work_is_backed_up_and_restored() {
    let place = tempfile::tempdir().expect("a directory");
    let (data, copy, again) =
        (place.path().join("data"), place.path().join("copy"), place.path().join("again"));
    let server = Arc::new(Server::start(&data, ""));
    let admin = server.admin.clone();
    let (ch, _, _) = server.settle_in("CH", "Ada Kone").await;
    let (de, _, _) = server.settle_in("DE", "Bo Lindt").await;
    let (greeting, _line) = server.listen(&de, "").await;
    fs::create_dir_all(data.join("attachments/ab")).expect("a directory");
    fs::write(data.join("attachments/ab/abc"), "a photograph").expect("written");

    // A backup while reports come in.
    let (over, sent, some) =
        (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let submitting = {
        let (server, ch, over, sent, some) =
            (server.clone(), ch.clone(), over.clone(), sent.clone(), some.clone());
        tokio::spawn(async move {
            while !over.load(Ordering::SeqCst) {
                server.report(&ch, "the duty desk").await.expect("reported");
                sent.fetch_add(1, Ordering::SeqCst);
                some.notify_one();
            }
        })
    };
    some.notified().await;
    let (from, to) = (data.clone(), copy.clone());
    let outcome = tokio::task::spawn_blocking(move || back_up(&from, &to)).await.expect("it runs");
    let said = must(outcome);
    some.notified().await;
    over.store(true, Ordering::SeqCst);
    submitting.await.expect("ends");
    let made = manifest(&copy);
    assert!(said.contains(&format!("up to event {}", made.head)), "{said}");
    assert!(made.head.0 > 0 && sent.load(Ordering::SeqCst) > 1, "there was something to lose");
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["attachments/ab/abc", "outcross.sqlite"]);
    let mut found: Vec<String> = fs::read_dir(&copy)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, [MANIFEST, "attachments", "outcross.sqlite"], "and nothing else");
    refused(&back_up(&data, &copy), "is not empty");
    refused(&back_up(place.path(), &again), "there is no store in");
    assert!(!again.exists(), "a refused backup leaves nothing");
    assert!(must(outcross(&["check", "store", text(&data)])).contains("all of them check"), "while it runs");

    let before = server.events(&de).await;
    let head = |events: &[Value]| events.last().and_then(|event| event["seq"].as_u64()).expect("events");
    let seen = head(&before);
    assert_eq!(server.get("", "/readyz").await["hold"], Value::Null);
    Arc::into_inner(server).expect("nobody else has it").stop();

    // Stopped, it is backed up the same way.
    must(back_up(&data, &again));
    assert!(manifest(&again).head > made.head);

    let restored = place.path().join("restored");
    refused(&restore(&copy, &data), "is not empty");
    let said = must(restore(&copy, &restored));
    assert!(said.contains("No mail and no webhook goes out"), "{said}");
    refused(&restore(&copy, &restored), "is not empty");
    assert_eq!(fs::read(restored.join("attachments/ab/abc")).expect("there"), b"a photograph");
    assert!(must(outcross(&["check", "store", text(&restored)])).contains("all of them check"));

    let server = Server::start(&restored, "");
    let after = server.events(&de).await;
    assert!(head(&after) <= made.head.0);
    assert_eq!(after[..], before[..after.len()], "what was backed up is as it was");
    let old = greeting["log"].as_str().expect("a log");
    let (reset, _line) = server.listen(&de, &format!("&since=1&log={old}")).await;
    assert_eq!(reset["type"], "reset", "{reset}");
    assert_ne!(reset["log"], greeting["log"]);
    let (reset, _line) = server.listen(&de, &format!("&since={}", seen + 1000)).await;
    assert_eq!(reset["type"], "reset", "{reset}");

    // The hold is loud, for those who may lift it, and lifted once.
    let health = server.get("", "/readyz").await;
    assert_eq!(health["hold"]["head"], made.head.0, "{health}");
    assert_eq!(health["hold"]["log"], greeting["log"]);
    assert_eq!(server.try_post(&de, "/api/v1/outbox/release", &json!({"none": true})).await.0, 403);
    let admin = admin.as_str();
    assert_eq!(
        server.post(admin, "/api/v1/outbox/release", &json!({"none": true})).await["going"],
        json!([])
    );
    assert_eq!(server.get("", "/readyz").await["hold"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restore_the_outbox_waits_for_a_word() {
    let place = tempfile::tempdir().expect("a directory");
    let (data, copy, restored) =
        (place.path().join("data"), place.path().join("copy"), place.path().join("restored"));
    let server = Server::start(&data, "");
    let admin = server.admin.clone();
    let (ch, _, _) = server.settle_in("CH", "Ada Kone").await;
    let (_, officer) = server.account(None, "duty_officer", "Chen Wei").await;
    let first = server.report(&ch, "the duty desk").await.expect("reported");
    server.stop();
    let (one, two) = (mail(1), mail(2));
    {
        let store = Sqlite::open(&data, "unused").expect("opens");
        store.commit(posted(&[&one, &two])).expect("committed");
        assert_eq!(store.outbox(Machine.now(), 10, &[]).expect("readable").len(), 2, "they are due");
    }
    must(back_up(&data, &copy));
    assert!(must(restore(&copy, &restored)).contains("2 messages are on hold"));

    {
        let store = Sqlite::open(&restored, "unused").expect("opens");
        assert_eq!(store.outbox(Machine.now(), 10, &[]).expect("readable").len(), 0, "nothing goes out");
    }
    let server = Server::start(&restored, &admin);
    let held = server.get(&officer, "/api/v1/outbox").await;
    assert_eq!(held["messages"].as_array().expect("a list").len(), 2, "{held}");
    let release = |body: Value| {
        let (server, officer) = (&server, &officer);
        async move { server.try_post(officer, "/api/v1/outbox/release", &body).await }
    };
    for unclear in [json!({}), json!({"none": true, "sent": []}), json!({"sent_until": "yesterday"})] {
        assert_eq!(release(unclear.clone()).await.0, 422, "{unclear}");
    }
    let stranger = json!({"sent": [one.id, MessageId(uuid::Uuid::from_u128(77))]});
    let (status, problem) = release(stranger).await;
    assert_eq!((status, problem["errors"][0]["pointer"].as_str()), (422, Some("/sent")), "{problem}");
    assert!(server.get("", "/readyz").await["hold"].is_object(), "the hold stands");
    let (status, released) = release(json!({"sent": [one.id]})).await;
    assert_eq!(status, 200, "{released}");
    assert_eq!(released, json!({"sent": [one.id], "going": [two.id]}));
    assert_eq!(server.get("", "/readyz").await["hold"], Value::Null);
    assert_eq!(release(json!({"none": true})).await.0, 409, "once");
    // A number is not given twice, even if the lost log has given the next ones.
    let second = server.report(&ch, "the duty desk").await.expect("reported");
    let number = |receipt: &Value| -> u32 {
        let reference = receipt["reference"].as_str().expect("a reference").to_owned();
        reference.split('-').nth(3).expect("a number").parse().expect("a number")
    };
    assert_eq!(number(&second), number(&first) + 1 + backup::NUMBERS_PASSED_OVER);
    server.stop();

    let store = Sqlite::open(&restored, "unused").expect("opens");
    let due = store.outbox(Machine.now(), 10, &[]).expect("readable");
    assert_eq!(due.iter().map(|parcel| parcel.message.id).collect::<Vec<_>>(), [two.id]);
    assert_eq!(
        store.message(&Viewer::House, one.id).expect("readable").expect("there").state,
        MessageState::Sent
    );
    assert_eq!(store.check().expect("readable"), Vec::<String>::new());
}

fn mail(number: u128) -> NewMessage {
    NewMessage {
        id: MessageId(uuid::Uuid::from_u128(number)),
        addressee: Addressee::State("DE".parse().expect("a code")),
        contact: ContactId(uuid::Uuid::from_u128(9)),
        channel: Channel::Email { address: "a17.de@example.org".to_owned() },
        bytes: format!("message {number}").into_bytes(),
    }
}

/// An incident with notices that go out by mail.
fn posted(mails: &[&NewMessage]) -> Batch {
    let states = ["CH", "DE"].iter().map(|code| code.parse().expect("a code")).collect();
    let event = |body| NewEvent {
        audience: Audience::of(states),
        occurred: None,
        known: None,
        out_of_band: false,
        body,
    };
    let opened = Body::IncidentOpened {
        reference: None,
        state: IncidentState::Open,
        incident_type: IncidentType::Unintentional,
        state_of_release: "CH".parse().ok(),
        organism: None,
        group: "unknown".to_owned(),
        place: None,
        significance: Significance::default(),
        aware: None,
    };
    let plan = |mail: &NewMessage| MessagePlan {
        id: mail.id,
        contact: mail.contact,
        channel: mail.channel.kind(),
        digest: None,
    };
    let (first, rest) = mails.split_first().expect("a mail");
    let issued = Body::NoticeIssued {
        addressee: first.addressee.clone(),
        hops: Vec::new(),
        message: Some(plan(first)),
        also: rest.iter().map(|mail| plan(mail)).collect(),
        supersedes: None,
        rung: Rung::First,
        notice: Box::new(Notice::from_report(NoticeKind::Initial, &Report::saying_nothing(Mode::Test))),
        acknowledge_by: None,
    };
    Batch {
        decision: Decision {
            incident: IncidentId(uuid::Uuid::from_u128(5)),
            mode: Mode::Test,
            basis: Basis::Incident(0),
            events: vec![event(opened), event(issued)],
            messages: mails.iter().map(|mail| (*mail).clone()).collect(),
            timers: Vec::new(),
            cleared: Vec::new(),
        },
        actor: None,
        now: Machine.now(),
        salts: vec![[1; 32], [2; 32]],
        playbook_texts: Vec::new(),
        idempotency: None,
    }
}

/// A store with an incident in it, and a backup of it.
fn small_backup(place: &Path) -> PathBuf {
    let (data, copy) = (place.join("data"), place.join("copy"));
    let store = Sqlite::open(&data, "log").expect("opens");
    store.commit(posted(&[&mail(1)])).expect("committed");
    fs::create_dir(data.join("attachments")).expect("a directory");
    fs::write(data.join("attachments/abc"), "a photograph").expect("written");
    backup::back_up(&data, &copy, "test", Machine.now()).expect("backed up");
    copy
}

fn change_manifest(backup: &Path, change: impl FnOnce(&mut Manifest)) {
    let mut manifest = manifest(backup);
    change(&mut manifest);
    fs::write(backup.join(MANIFEST), serde_json::to_vec(&manifest).expect("JSON")).expect("written");
}

#[test]
fn a_damaged_backup_restores_nothing_and_says_what_is_wrong() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 9] = [
        ("outcross.sqlite is not what was backed up", |copy| {
            let path = copy.join("outcross.sqlite");
            let mut bytes = fs::read(&path).expect("there");
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            fs::write(path, bytes).expect("written");
        }),
        ("outcross.sqlite has 100 bytes", |copy| {
            fs::File::options()
                .write(true)
                .open(copy.join("outcross.sqlite"))
                .expect("there")
                .set_len(100)
                .expect("cut");
        }),
        ("attachments/abc: ", |copy| fs::remove_file(copy.join("attachments/abc")).expect("removed")),
        ("is not a complete backup", |copy| fs::remove_file(copy.join(MANIFEST)).expect("removed")),
        ("cannot be read", |copy| fs::write(copy.join(MANIFEST), "{\"format\":").expect("written")),
        ("format 99", |copy| change_manifest(copy, |manifest| manifest.format = 99)),
        ("which is not in the backup", |copy| {
            change_manifest(copy, |manifest| manifest.files[0].name = "../../etc/passwd".to_owned());
        }),
        ("has version 4711", |copy| change_manifest(copy, |manifest| manifest.version = 4711)),
        ("does not fit its leaf", |copy| {
            // Changed by somebody who has mended the manifest too.
            let path = copy.join("outcross.sqlite");
            let connection = rusqlite::Connection::open(&path).expect("opens");
            connection
                .execute_batch("UPDATE payload SET bytes = CAST(replace(CAST(bytes AS TEXT), 'open', 'shut') AS BLOB) WHERE seq = 2; UPDATE event SET salt = zeroblob(32) WHERE seq = 1")
                .expect("changed");
            drop(connection);
            let bytes = fs::read(&path).expect("there");
            change_manifest(copy, |manifest| {
                let file =
                    manifest.files.iter_mut().find(|file| file.name == "outcross.sqlite").expect("named");
                file.size = bytes.len() as u64;
                file.sha256 = outcross::proof::digest_hex(&bytes);
            });
        }),
    ];
    for (words, damage) in damages {
        let place = tempfile::tempdir().expect("a directory");
        let copy = small_backup(place.path());
        damage(&copy);
        let new = place.path().join("restored");
        refused(&restore(&copy, &new), words);
        assert!(!new.exists(), "{words}: nothing is left of it");
        fs::create_dir(&new).expect("a directory");
        refused(&restore(&copy, &new), words);
        assert!(
            is_empty(&new)
                || fs::read_dir(&new).expect("there").all(|e| e.expect("entry").file_name() == "lock")
        );
    }
}

#[test]
fn what_an_interrupted_attempt_left_is_no_backup_and_in_nobodys_way() {
    let place = tempfile::tempdir().expect("a directory");
    let copy = small_backup(place.path());
    for target in ["second", "restored"] {
        let unfinished = place.path().join(target).join(".unfinished");
        fs::create_dir_all(&unfinished).expect("a directory");
        fs::write(unfinished.join("outcross.sqlite"), "half of it").expect("written");
        refused(&restore(&place.path().join(target), &place.path().join("no")), "is not a complete backup");
    }
    must(back_up(&place.path().join("data"), &place.path().join("second")));
    assert!(!place.path().join("second/.unfinished").exists());
    must(restore(&copy, &place.path().join("restored")));
    assert!(!place.path().join("restored/.unfinished").exists());
    // While somebody is at it, nobody else is.
    let busy = place.path().join("busy");
    fs::create_dir(&busy).expect("a directory");
    let lock = fs::File::create(busy.join("lock")).expect("a lock");
    lock.lock().expect("locked");
    refused(&restore(&copy, &busy), "is in use by another outcross");
    refused(&back_up(&place.path().join("data"), &busy), "is in use by another outcross");
}

#[test]
fn a_full_disk_has_words_and_leaves_nothing_half_done() {
    let place = tempfile::tempdir().expect("a directory");
    let full = place.path().join("full");
    fs::create_dir(&full).expect("a directory");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&full)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        eprintln!("SKIPPED: trying a full disk needs a small tmpfs, and this user cannot mount one");
        assert!(std::env::var_os("CI").is_none(), "skipping is a failure in CI");
        return;
    }
    let result = std::panic::catch_unwind(|| {
        let copy = small_backup(place.path());
        for target in [full.join("new"), full.clone()] {
            refused(&back_up(&place.path().join("data"), &target), "is full");
            assert!(is_empty(&full), "nothing is left of the backup");
            refused(&restore(&copy, &target), "is full");
            let left = fs::read_dir(&full).expect("there").all(|e| e.expect("entry").file_name() == "lock");
            assert!(left, "nothing is left of the restore");
            let _ = fs::remove_file(full.join("lock"));
        }
    });
    Command::new("umount").arg("-l").arg(&full).status().expect("umount");
    result.expect("the checks on the full disk");
}

/// The files below a directory in which any of `words` stands.
fn files_with(directory: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
            continue;
        }
        let bytes = fs::read(&path).expect("readable");
        for word in words {
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::too_many_lines, reason = "one person, from the first word to the restored copy")]
async fn a_person_is_forgotten_and_the_log_still_checks() {
    let place = tempfile::tempdir().expect("a directory");
    let data = place.path().join("data");
    let server = Server::start(&data, "");
    let admin = server.admin.clone();
    let (ch, _, _) = server.settle_in("CH", "Ada Kone").await;
    let (de, account, contact) = server.settle_in("DE", "Bjarne Lindtqvist").await;
    let (_, manager) = server.account(Some("FR"), "administrator", "Odile Marchand").await;
    let receipt = server.report(&ch, "Zephyrine Quispe, telephone 555 0147").await.expect("reported");
    let incident = receipt["incident"].as_str().expect("an id").to_owned();
    let whole = server.events(&ch).await;
    let place_of = |kind: &str| {
        whole
            .iter()
            .find(|event| event["type"] == kind)
            .and_then(|event| event["seq"].as_u64())
            .expect("an event")
    };
    let report = place_of("report_received");
    let before = server.get(&ch, &format!("/api/v1/incidents/{incident}")).await;
    assert!(!files_with(&data, &["Zephyrine"]).is_empty(), "it is found where it is");

    // Who may not, cannot; what makes no sense has words.
    let erase = |token: &str, body: Value| {
        let (server, token) = (&server, token.to_owned());
        async move { server.try_post(&token, "/api/v1/erasures", &body).await }
    };
    let asked = "asked for by the person";
    for (token, body, status) in [
        (&ch, json!({"event": report, "reason": asked}), 403),
        (&manager, json!({"event": report, "reason": asked}), 403),
        (&manager, json!({"contact": contact, "reason": asked}), 403),
        (&manager, json!({"account": account, "reason": asked}), 403),
        (&admin, json!({"event": report, "reason": " "}), 422),
        (&admin, json!({"event": report, "fields": ["/type"], "reason": asked}), 422),
        (&admin, json!({"event": report, "account": account, "reason": asked}), 422),
        (&admin, json!({"account": account, "messages": true, "reason": asked}), 422),
        (&admin, json!({"event": 4711, "reason": asked}), 404),
        (&admin, json!({"contact": account, "reason": asked}), 404),
        (&admin, json!({"event": report, "messages": true, "reason": asked}), 409),
    ] {
        let (found, answer) = erase(token, body.clone()).await;
        assert_eq!(found, status, "{body}: {answer}");
    }
    assert_eq!(server.events(&ch).await, whole, "nothing was erased");

    // The words go from the report and from every notice that repeats them.
    let (status, done) = erase(&admin, json!({"event": report, "reason": asked})).await;
    assert_eq!((status, done["scrubbed"].as_bool()), (200, Some(true)), "{done}");
    assert!(done["words"].as_array().expect("a list").len() >= 2, "{done}");
    for token in [&ch, &de] {
        let events = server.events(token).await;
        assert!(!serde_json::to_string(&events).expect("JSON").contains("Zephyrine"));
        assert!(
            events.iter().any(|event| event["type"] == "words_erased"),
            "whoever saw it sees that it is gone"
        );
    }
    let (greeting, mut line) = server.listen(&ch, "&since=0").await;
    assert_eq!(greeting["type"], "hello");
    loop {
        let said = line.hear().await.expect("it goes on");
        assert!(!said.to_string().contains("Zephyrine"), "{said}");
        if said["event"]["type"] == "words_erased" {
            break;
        }
    }
    let after = server.get(&ch, &format!("/api/v1/incidents/{incident}")).await;
    for key in ["state", "facts", "report", "duties", "gaps", "assessed"] {
        assert_eq!(after[key], before[key], "{key} stands");
    }
    // It is still possible to work on it.
    let facts = json!({"patch": {"quantities": "about 4 kg"}, "reason": "counted again"});
    server.post(&ch, &format!("/api/v1/incidents/{incident}/facts"), &facts).await;
    assert_eq!(
        erase(&admin, json!({"event": report, "reason": asked})).await.0,
        422,
        "nothing is left there"
    );

    // What was sent is proof, and goes only when that is asked for, once it is
    // no longer to go out: a newer message has taken its place.
    assert!(!files_with(&data, &["Zephyrine"]).is_empty(), "the message as it was sent");
    let messages = server.get(&de, &format!("/api/v1/incidents/{incident}/messages")).await;
    let first = messages["messages"][0]["id"].as_str().expect("a message").to_owned();
    let notice =
        whole.iter().find(|e| e["message"]["id"] == first.as_str()).expect("the notice")["seq"].clone();
    let body = json!({"event": notice, "fields": ["/notice/other"], "only_here": true, "messages": true, "reason": asked});
    let (status, done) = erase(&admin, body).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(files_with(&data, &["Zephyrine"]), Vec::<String>::new());

    // The contact point and the account; the live line of the account ends.
    let (_, mut line) = server.listen(&de, "").await;
    let (status, done) = erase(&admin, json!({"account": account, "reason": asked})).await;
    assert_eq!((status, &done["contacts_changed"]), (200, &json!([contact])), "{done}");
    let (status, done) = erase(&admin, json!({"contact": contact, "reason": asked})).await;
    assert_eq!((status, done["contacts_left"].as_u64()), (200, Some(0)), "{done}");
    assert_eq!(erase(&admin, json!({"account": account, "reason": asked})).await.0, 404, "once");
    let again =
        server.try_post(&admin, &format!("/api/v1/accounts/{account}/tokens"), &json!({"hours": 1})).await;
    assert_eq!(again.0, 404, "nobody signs in with it again");
    let url = format!("{}/api/v1/account", server.base);
    assert_eq!(server.answer(server.http.get(url), &de).await.0, 401);
    let code = loop {
        if let Err(code) = line.hear().await {
            break code;
        }
    };
    assert_eq!(code, 4401, "the line ends at the next heartbeat");
    let own = server.get(&admin, "/api/v1/account").await["id"].clone();
    let (status, problem) = erase(&admin, json!({"account": own, "reason": asked})).await;
    assert_eq!(status, 409, "{problem}");
    let list = server.get(&admin, "/api/v1/erasures").await;
    let kinds: Vec<&str> =
        list["erasures"].as_array().expect("a list").iter().filter_map(|e| e["kind"].as_str()).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["account", "contact"], "{list}");
    assert_eq!(server.get(&manager, "/api/v1/erasures").await["erasures"], json!([]), "of its own State");
    let gone = ["Zephyrine", "555 0147", "Lindtqvist"];
    assert_eq!(files_with(&data, &gone), Vec::<String>::new(), "while the server runs");
    must(outcross(&["check", "store", text(&data)]));
    server.stop();

    // And so it stays: checked, rebuilt, backed up, restored.
    let (copy, restored) = (place.path().join("copy"), place.path().join("restored"));
    let store = Sqlite::open(&data, "unused").expect("opens");
    store.rebuild().expect("rebuilds");
    assert_eq!(store.check().expect("readable"), Vec::<String>::new());
    drop(store);
    must(back_up(&data, &copy));
    must(restore(&copy, &restored));
    assert_eq!(files_with(place.path(), &gone), Vec::<String>::new());
    // A stand-in that nobody has decided on is found.
    let connection = rusqlite::Connection::open(restored.join("outcross.sqlite")).expect("opens");
    connection.execute("UPDATE event SET salt = NULL WHERE seq = ?1", [report + 1]).expect("changed");
    drop(connection);
    refused(&outcross(&["check", "store", text(&restored)]), "cannot be checked any more");
}

#[test]
fn what_is_deleted_is_in_no_file_however_the_rows_had_moved() {
    let place = tempfile::tempdir().expect("a directory");
    let store = Sqlite::open(place.path(), "log").expect("opens");
    // Of many sizes and in no order, so that pages are split and joined.
    let mixed = |n: u128| n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_0C57_3F1E_A1D3);
    let contact = |number: u128, word: &str| ContactPoint {
        id: ContactId(uuid::Uuid::from_u128(mixed(number))),
        addressee: Addressee::State(
            ["DE", "FR", "CH"][usize::try_from(number % 3).expect("small")].parse().expect("a code"),
        ),
        kind: ContactKind::Article17,
        name: format!("{word}{number:04}x").repeat(usize::try_from(mixed(number) % 90).expect("small") + 1),
        channels: vec![Channel::Email { address: format!("{word}{number:04}x@example.org") }],
        languages: Vec::new(),
        hours: None,
        record: None,
        confirmed: None,
    };
    for number in 0..300 {
        store.save_contact(&contact(number, "former")).expect("saved");
    }
    for number in 0..300 {
        store.save_contact(&contact(mixed(number) % 300, "later")).expect("saved");
    }
    for number in (0..300).filter(|number| number % 4 != 0) {
        let subject = Erased::Contact(contact(number, "later").id);
        let erasure = Erasure { subject, reason: "asked for".to_owned(), by: None, now: Machine.now() };
        store.erase(erasure).expect("erased");
    }
    assert!(store.scrub().expect("scrubbed"));
    let words: Vec<String> = (0..300)
        .filter(|number| number % 4 != 0)
        .flat_map(|number| ["former", "later"].map(|word| format!("{word}{number:04}x")))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(files_with(place.path(), &words), Vec::<String>::new());
    let left = store.contacts(&Viewer::House, None).expect("readable").len();
    assert_eq!(left, 75, "the others are there");
    let back = store.save_contact(&contact(1, "later")).err();
    assert_eq!(
        back,
        Some(outcross::store::StoreError::Conflict),
        "what was erased does not come back by being saved"
    );
}

#[test]
fn every_event_can_do_without_what_people_wrote() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut erasable = 0;
    for entry in fs::read_dir(golden).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            continue;
        }
        let event: Event = serde_json::from_slice(&fs::read(&path).expect("readable")).expect("an event");
        let everything = stand_in(&event, &[String::new()]);
        let Ok(erased) = everything else {
            assert!(usual_fields(&event).is_empty(), "{}: {everything:?}", path.display());
            continue;
        };
        erasable += 1;
        assert_eq!(usual_fields(&erased), Vec::<String>::new(), "{}", path.display());
        assert_eq!((erased.seq, erased.body.name()), (event.seq, event.body.name()));
        assert!(erased.body.messages().eq(event.body.messages()), "{}", path.display());
    }
    assert!(erasable > 15, "{erasable}");
}

#[test]
fn errors_of_a_backup_tell_what_to_do() {
    let place = tempfile::tempdir().expect("a directory");
    let error = backup::back_up(place.path(), &place.path().join("x"), "test", Machine.now()).err();
    assert!(matches!(error, Some(BackupError::NoStore(_))));
    let file = place.path().join("file");
    fs::write(&file, "no directory").expect("written");
    let copy = small_backup(place.path());
    refused(&restore(&copy, &file), "file");
    refused(&outcross(&["check", "store", text(place.path())]), "there is no store in");
    assert_eq!(manifest(&copy).head, Seq(2));
}
