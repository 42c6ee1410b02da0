//! Mail and webhooks through the whole house: from the report to the receiver
//! and back into the ledger, past receivers that hang, refuse, lie and die.

use crate::{
    harness::{Account, House, Live, basel, of_type, types},
    receivers::{Manner, Receiver, answer, soon},
    relay::{KIND, Manner as RelayManner, Relay},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use outcross::domain::account::Role;
use ring::{hmac, signature};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tokio::sync::watch;

/// A house where Germany and France are in reach, and one who sees everything.
struct Post {
    house: House,
    officer: Account,
    ch: Account,
    line: Live,
}

impl Post {
    async fn open() -> Self {
        Self::open_in(House::new().await).await
    }

    async fn open_in(house: House) -> Self {
        let officer = house.account("", Role::DutyOfficer).await;
        let ch = house.focal_point("CH").await;
        let line = officer.live("exercise").await;
        Self { house, officer, ch, line }
    }

    async fn webhook(&self, state: &str, kind: &str, url: &str) -> String {
        self.house.contact_by(state, kind, json!({"channel": "webhook", "url": url})).await
    }

    async fn mail(&self, state: &str, address: &str) -> String {
        self.house.contact_by(state, "CPB-A17-FP", json!({"channel": "email", "address": address})).await
    }

    /// Waits until this has happened to a message of this State.
    async fn hear(&mut self, kind: &str, state: &str) -> Value {
        loop {
            let event = soon(self.line.next()).await;
            if event["type"] == kind && event["addressee"] == state {
                return event;
            }
        }
    }

    /// The messages to a State, oldest first.
    async fn messages(&self, incident: &str, state: &str) -> Vec<Value> {
        let all = self.officer.messages(incident).await;
        all.into_iter().filter(|message| message["addressee"] == state).collect()
    }

    fn wait_for_the_next_attempt(&self) {
        self.house.clock.advance(SignedDuration::from_hours(12));
    }
}

fn states(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["state"].as_str().expect("a state")).collect()
}

#[tokio::test]
async fn a_signed_webhook_arrives_and_the_ledger_says_so() {
    let mut post = Post::open().await;
    let receiver = Receiver::open(Vec::new(), answer(204, "")).await;
    let contact = post.webhook("DE", "CPB-A17-FP", &receiver.url()).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let courier = post.house.send_out(None);
    post.hear("message_delivered", "DE").await;
    let request = receiver.requests(1).await.remove(0);
    assert_eq!(courier.stop(Duration::from_secs(5)).await, 0);

    // Checked as a receiver would, with what the house hands out for it.
    let path = format!("/api/v1/contacts/{contact}/webhook");
    let keys = post.house.administrator().get(&path).await.is(200);
    post.ch.get(&path).await.problem(403, "not-allowed");
    assert_eq!(
        post.house.stranger().get("/api/v1/webhooks/key").await.is(200)["public_key"],
        keys["public_key"]
    );
    let mut signed =
        format!("{}.{}.", request.header("webhook-id"), request.header("webhook-timestamp")).into_bytes();
    signed.extend_from_slice(&request.body);
    let bytes = |text: &Value, prefix: &str| {
        STANDARD.decode(text.as_str().expect("text").strip_prefix(prefix).expect("a prefix")).expect("base64")
    };
    let by = |scheme: &str| {
        let header = request.header("webhook-signature");
        let found = header.split(' ').find_map(|one| one.strip_prefix(scheme)?.strip_prefix(','));
        STANDARD.decode(found.expect("a signature")).expect("base64")
    };
    let secret = hmac::Key::new(hmac::HMAC_SHA256, &bytes(&keys["secret"], "whsec_"));
    hmac::verify(&secret, &signed, &by("v1")).expect("signed with the shared secret");
    let public = bytes(&keys["public_key"], "whpk_");
    let public = signature::UnparsedPublicKey::new(&signature::ED25519, public);
    public.verify(&signed, &by("v1a")).expect("signed with the key of the instance");

    let body: Value = serde_json::from_slice(&request.body).expect("JSON");
    let messages = post.messages(&incident, "DE").await;
    assert_eq!(states(&messages), ["delivered"]);
    assert_eq!(request.header("webhook-id"), messages[0]["id"].as_str().expect("an id"));
    assert_eq!(body["data"]["message"], messages[0]["id"]);
    assert_eq!((&body["data"]["mode"], &body["data"]["addressee"]), (&json!("exercise"), &json!("DE")));
    let seen = post.officer.timeline(&incident).await;
    let about: Vec<&str> = types(&seen).into_iter().filter(|kind| kind.starts_with("message_")).collect();
    assert_eq!(about, ["message_sending", "message_delivered"], "the attempt is on record");
    post.house.is_sound();
}

#[tokio::test]
async fn a_receiver_that_hangs_holds_up_nobody_else() {
    let mut post = Post::open().await;
    let stuck = Receiver::open(Vec::new(), Manner::Hang).await;
    let quick = Receiver::open(Vec::new(), answer(200, "")).await;
    post.webhook("DE", "CPB-A17-FP", &stuck.url()).await;
    post.webhook("FR", "CPB-A17-FP", &quick.url_at("http", "localhost")).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let courier = post.house.send_out_within(None, Duration::from_mins(5), "127.0.0.0/8");
    post.hear("message_delivered", "FR").await;
    assert_eq!(states(&post.messages(&incident, "DE").await), ["sending"]);
    // The server stops with the attempt under way: it is made again.
    assert_eq!(courier.stop(Duration::ZERO).await, 1);
    let house = post.house.restart().await;
    let _courier = house.send_out(None);
    let requests = stuck.requests(2).await;
    assert_eq!(requests[0].header("webhook-id"), requests[1].header("webhook-id"));
    assert_eq!(requests[0].body, requests[1].body);
}

#[tokio::test]
async fn a_receiver_that_fails_gets_the_same_again_and_every_attempt_is_on_record() {
    let mut post = Post::open().await;
    let receiver = Receiver::open(vec![answer(500, ""), answer(503, "")], answer(200, "")).await;
    post.webhook("DE", "CPB-A17-FP", &receiver.url()).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let _courier = post.house.send_out(None);
    for expected in ["http 500", "http 503"] {
        let failed = post.hear("message_failed", "DE").await;
        assert_eq!(failed["detail"], expected);
        assert!(failed["retry_at"].is_string(), "{failed}");
        let message = post.messages(&incident, "DE").await.remove(0);
        assert_eq!(
            (&message["state"], &message["next_attempt"]),
            (&json!("failed-retrying"), &failed["retry_at"])
        );
        post.wait_for_the_next_attempt();
    }
    post.hear("message_delivered", "DE").await;
    let requests = receiver.requests(3).await;
    assert!(requests.iter().all(|r| r.body == requests[0].body), "the same bytes");
    assert!(requests.iter().all(|r| r.header("webhook-id") == requests[0].header("webhook-id")));
    let messages = post.messages(&incident, "DE").await;
    assert_eq!((states(&messages), &messages[0]["attempts"]), (vec!["delivered"], &json!(3)));
    post.house.is_sound();
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_not_tried_again_and_the_next_contact_point_is_told() {
    let mut post = Post::open().await;
    let gone = Receiver::open(Vec::new(), answer(410, "")).await;
    let second = Receiver::open(Vec::new(), answer(200, "")).await;
    post.webhook("DE", "CPB-A17-FP", &gone.url()).await;
    post.webhook("DE", "CNA", &second.url()).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let _courier = post.house.send_out(None);
    let failed = post.hear("message_failed", "DE").await;
    assert_eq!((&failed["detail"], failed["retry_at"].is_null()), (&json!("http 410"), true));
    // It is not waited for somebody who cannot have heard of it.
    post.house.tick();
    post.hear("message_delivered", "DE").await;
    assert_eq!(states(&post.messages(&incident, "DE").await), ["failed", "delivered"]);
    let contacts = post.officer.get("/api/v1/contacts?addressee=DE").await.is(200);
    let disabled: Vec<bool> = contacts["contacts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|contact| contact["channels"][0]["disabled"] == true)
        .collect();
    assert_eq!(disabled.iter().filter(|gone| **gone).count(), 1, "{contacts}");

    post.ch.report(&basel("exercise")).await;
    post.hear("message_delivered", "DE").await;
    assert_eq!(gone.requests_so_far().len(), 1, "a second case does not go there");
    assert_eq!(second.requests(2).await.len(), 2);
}

#[tokio::test]
async fn a_redirect_is_refused_and_a_private_address_never_called() {
    let mut post = Post::open().await;
    let secret = Receiver::open(Vec::new(), answer(200, "")).await;
    let location = format!("location: {}\r\n", secret.url());
    let receiver = Receiver::open(Vec::new(), answer(307, &location)).await;
    post.webhook("DE", "CPB-A17-FP", &receiver.url()).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let courier = post.house.send_out(None);
    let failed = post.hear("message_failed", "DE").await;
    assert_eq!(failed["detail"], "redirect refused");
    assert_eq!(states(&post.messages(&incident, "DE").await), ["failed-retrying"]);
    assert!(secret.requests_so_far().is_empty(), "nobody was sent elsewhere");
    courier.stop(Duration::ZERO).await;

    post.webhook("FR", "CPB-A17-FP", &secret.url()).await;
    post.ch.report(&basel("exercise")).await;
    let _courier = post.house.send_out_within(None, Duration::from_secs(20), "192.0.2.0/24");
    let failed = post.hear("message_failed", "FR").await;
    assert_eq!(failed["retry_at"], Value::Null);
    assert!(failed["detail"].as_str().expect("words").contains("not allowed"), "{failed}");
    assert!(secret.requests_so_far().is_empty());
}

#[tokio::test]
async fn an_answer_of_a_gigabyte_is_not_read() {
    let mut post = Post::open().await;
    let receiver = Receiver::open(Vec::new(), Manner::Flood).await;
    post.webhook("DE", "CPB-A17-FP", &receiver.url()).await;
    post.ch.report(&basel("exercise")).await;
    let _courier = post.house.send_out(None);
    post.hear("message_delivered", "DE").await;
    let sent = receiver.flooded().await;
    assert!(sent < 16 << 20, "{sent} bytes were taken");
}

/// The link in a mail, without the address in front of it.
fn link(mail: &[u8]) -> String {
    let mail = mail_parser::MessageParser::default().parse(mail).expect("a mail");
    let text = mail.body_text(0).expect("text").into_owned();
    let start = text.find("https://alerts.example.org/m/").expect("a link");
    let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
    text[start + "https://alerts.example.org".len()..end].to_owned()
}

#[tokio::test]
async fn a_relay_that_dies_after_the_text_gets_the_same_mail_again() {
    let mut post = Post::open().await;
    let relay = Relay::open(vec![RelayManner { text: "", ..KIND }], KIND).await;
    post.mail("DE", "focal.point@example.org").await;
    let incident = post.ch.report(&basel("exercise")).await;
    let _courier = post.house.send_out(Some(relay.port));
    let failed = post.hear("message_failed", "DE").await;
    assert_eq!(failed["detail"], "answer lost after DATA");
    post.wait_for_the_next_attempt();
    post.hear("message_sent", "DE").await;
    let taken = relay.taken(2).await;
    assert_eq!(taken[0], taken[1], "the receiver can drop the repeat");
    assert_eq!(states(&post.messages(&incident, "DE").await), ["sent"], "nobody knows more of mail");
}

#[tokio::test]
async fn a_mailed_link_shows_that_message_and_acknowledges_it_and_nothing_else() {
    let mut post = Post::open().await;
    let relay = Relay::open(Vec::new(), KIND).await;
    post.mail("DE", "focal.point@example.org").await;
    post.mail("FR", "point.focal@example.org").await;
    let incident = post.ch.report(&basel("exercise")).await;
    let courier = post.house.send_out(Some(relay.port));
    post.hear("message_sent", "DE").await;
    let taken = relay.taken(2).await;
    assert_eq!(courier.stop(Duration::from_secs(5)).await, 0);
    let to = |address: &str| {
        let sent = taken.iter().find(|mail| mail.commands.iter().any(|c| c.contains(address)));
        link(&sent.expect("a mail").text)
    };
    let (de, fr) = (to("focal.point@"), to("point.focal@"));
    let head = post.house.head();

    // Looking changes nothing: scanners of mail follow links too.
    let page = post.house.stranger().page("GET", &de).await;
    assert_eq!(page.status, 200);
    let html = String::from_utf8(page.bytes).expect("text");
    assert!(html.contains("Acknowledge receipt") && html.contains("EXERCISE"), "{html}");
    assert!(html.contains("Brassica napus"), "the words of the mail: {html}");
    assert!(!html.contains("<script"), "{html}");
    assert!(page.headers["content-security-policy"].starts_with("default-src 'none'"));
    assert_eq!(
        (&*page.headers["referrer-policy"], &*page.headers["cache-control"]),
        ("no-referrer", "no-store")
    );
    assert_eq!(post.house.head(), head);

    // Another message's seal, a seal that was cut, a message that is none.
    let (message, seal) = de.rsplit_once('/').expect("two parts");
    let (_, foreign) = fr.rsplit_once('/').expect("two parts");
    for wrong in
        [format!("{message}/{foreign}"), format!("{message}/{}", &seal[..20]), "/m/none/x".to_owned()]
    {
        for method in ["GET", "POST"] {
            let page = post.house.stranger().page(method, &wrong).await;
            assert_eq!(page.status, 404, "{wrong}");
            let html = String::from_utf8(page.bytes).expect("text");
            assert!(html.contains("copied whole"), "it says what to do: {html}");
        }
    }
    assert_eq!(post.house.head(), head);

    // The button; twice is once.
    for _ in 0..2 {
        let page = post.house.stranger().page("POST", &de).await;
        assert_eq!((page.status, &page.headers["location"]), (303, &de));
    }
    let html = post.house.stranger().page("GET", &de).await.bytes;
    let html = String::from_utf8(html).expect("text");
    assert!(html.contains("Receipt acknowledged") && !html.contains("<button"), "{html}");
    let seen = post.officer.events("exercise", head).await;
    assert_eq!(types(&seen), ["message_read", "notice_acknowledged"]);
    assert!(seen.iter().all(|event| event["addressee"] == "DE"));
    let duties = post.officer.incident(&incident).await;
    let acknowledged = |state: &str| {
        let duties = duties["duties"].as_array().expect("a list");
        duties.iter().find(|duty| duty["addressee"] == state).expect("a duty")["acknowledged"].clone()
    };
    assert!(acknowledged("DE").is_object() && acknowledged("FR").is_null());
    assert_eq!(of_type(&post.officer.timeline(&incident).await, "message_read").len(), 1);
    post.house.is_sound();
}

#[tokio::test]
async fn a_link_is_a_key_that_others_do_not_get_to_see() {
    let mut post = Post::open().await;
    let relay = Relay::open(Vec::new(), KIND).await;
    let de = post.house.account("DE", Role::ContactPoint).await;
    post.mail("DE", "focal.point@example.org").await;
    let incident = post.ch.report(&basel("exercise")).await;
    let _courier = post.house.send_out(Some(relay.port));
    post.hear("message_sent", "DE").await;
    let sent = relay.taken(1).await.remove(0);
    let link = link(&sent.text);
    let (_, seal) = link.rsplit_once('/').expect("two parts");
    let seen = |answer: Value| answer.to_string().replace("=\\r\\n", "");
    let path = format!("/api/v1/incidents/{incident}/duties/DE/told");
    assert!(seen(de.get(&path).await.is(200)).contains(seal));
    for other in [&post.ch, &post.officer] {
        let told = seen(other.get(&path).await.is(200));
        assert!(told.contains("/m/") && !told.contains(seal), "{told}");
    }
}

#[tokio::test]
async fn what_was_committed_and_not_sent_goes_out_after_the_next_start_once() {
    let post = Post::open().await;
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    post.webhook("DE", "CPB-A17-FP", &receiver.url()).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let officer = post.officer.clone();
    let house = post.house.restart().await;
    let officer = house.as_before(&officer);
    let mut line = officer.live_since("exercise", 0).await;
    let courier = house.send_out(None);
    while soon(line.next()).await["type"] != "message_delivered" {}
    assert_eq!(courier.stop(Duration::from_secs(5)).await, 0);
    let _again = house.send_out(None);
    let second = Receiver::open(Vec::new(), answer(200, "")).await;
    let ch = house.account("CH", Role::ContactPoint).await;
    house.contact_by("FR", "CPB-A17-FP", json!({"channel": "webhook", "url": second.url()})).await;
    ch.report(&basel("exercise")).await;
    second.requests(1).await;
    assert_eq!(receiver.requests(2).await.len(), 2, "each case once");
    assert_eq!(officer.messages(&incident).await.len(), 1);
    house.is_sound();
}

/// A disk of its own, small enough to be filled.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let directory = tempfile::tempdir().expect("a directory");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"])
            .arg(directory.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            eprintln!("SKIPPED: trying a full disk needs a small tmpfs, and this user cannot mount one");
            assert!(std::env::var_os("CI").is_none(), "skipping is a failure in CI");
        }
        mounted.then(|| Self(directory))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills it, until not even a note can be stored.
    async fn fill(&self, writer: &Account, incident: &str) {
        let mut filler = File::create(self.path().join("filler")).expect("a file");
        for size in [1 << 16, 1 << 12, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
        let path = format!("/api/v1/incidents/{incident}/notes");
        let mut refused = 0;
        while refused < 3 {
            let answer = writer.post(&path, &json!({ "text": "is there room?" })).await;
            refused += usize::from(answer.status != 200);
            if answer.status != 200 {
                answer.problem(503, "unavailable");
            }
        }
    }

    fn free(&self) {
        fs::remove_file(self.path().join("filler")).expect("removed");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[tokio::test]
async fn a_disk_that_is_full_while_the_outbox_drains_loses_nothing_and_sends_nothing_twice() {
    let Some(disk) = SmallDisk::mount() else { return };
    let mut post = Post::open_in(House::within(disk.path()).await).await;
    let (tell, told) = watch::channel(false);
    let receiver = Receiver::open(vec![Manner::Wait(told)], answer(200, "")).await;
    post.webhook("DE", "CPB-A17-FP", &receiver.url()).await;
    let incident = post.ch.report(&basel("exercise")).await;
    let courier = post.house.send_out(None);
    receiver.requests(1).await;
    // Nobody can write down that it arrived.
    disk.fill(&post.officer, &incident).await;
    tell.send_replace(true);
    // It can still be read.
    assert_eq!(states(&post.messages(&incident, "DE").await), ["sending"]);
    disk.free();
    post.hear("message_delivered", "DE").await;
    assert_eq!(receiver.requests_so_far().len(), 1);
    assert_eq!(courier.stop(Duration::from_secs(5)).await, 0);

    // Nobody can write down that an attempt begins: none is made.
    post.ch.report(&basel("exercise")).await;
    disk.fill(&post.officer, &incident).await;
    let _courier = post.house.send_out(None);
    disk.free();
    post.hear("message_delivered", "DE").await;
    assert_eq!(receiver.requests(2).await.len(), 2, "once each");
    post.house.is_sound();
}
