//! Webhooks that behave, and webhooks that do not.

use crate::{
    desk::{AUTHORITY, Book, Desk, SECRET, SEED, settings, start, this_machine},
    receivers::{Manner, Receiver, Request, answer},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use outcross::{
    alert::courier::{Settings, signature::SigningKey, webhook},
    domain::delivery::Outcome,
};
use ring::{hmac, signature};
use std::{sync::Arc, time::Duration};

const BODY: &[u8] = "{\"type\":\"notice\",\"text\":\"Überschreitung\"}".as_bytes();

/// Checks a request the way a receiver would: by the headers, the raw body,
/// the shared secret, and the instance's public key.
fn assert_signed(request: &Request) {
    let header = request.header("webhook-signature").to_owned();
    let mut signed =
        format!("{}.{}.", request.header("webhook-id"), request.header("webhook-timestamp")).into_bytes();
    signed.extend_from_slice(&request.body);
    let by = |scheme: &str| {
        let found = header.split(' ').find_map(|one| one.strip_prefix(scheme)?.strip_prefix(','));
        STANDARD.decode(found.expect("a signature of this scheme")).expect("base64")
    };
    let secret = hmac::Key::new(hmac::HMAC_SHA256, &SECRET);
    hmac::verify(&secret, &signed, &by("v1")).expect("signed with the shared secret");
    let public = SigningKey::from_bytes(&SEED).expect("a seed").public();
    let public = STANDARD.decode(public.trim_start_matches("whpk_")).expect("base64");
    let public = signature::UnparsedPublicKey::new(&signature::ED25519, public);
    public.verify(&signed, &by("v1a")).expect("signed with the instance's key");
}

/// The outcome at a receiver with this manner.
async fn outcome_at(then: Manner, settings: Settings) -> Outcome {
    let receiver = Receiver::open(Vec::new(), then).await;
    let desk = Desk::new(false);
    desk.put_webhook(&receiver.url(), BODY);
    let _courier = start(&desk, settings);
    desk.outcome().await
}

/// Settings with another limit on the time of an attempt.
fn within(limit: Duration) -> Settings {
    let mut settings = settings();
    settings.webhook.within = limit;
    settings
}

#[tokio::test]
async fn a_message_arrives_as_it_is_and_signed_both_ways() {
    let receiver = Receiver::open(Vec::new(), answer(204, "")).await;
    let desk = Desk::new(false);
    let message = desk.put_webhook(&receiver.url(), BODY);
    let _courier = start(&desk, settings());
    assert_eq!(desk.outcome().await, Outcome::delivered("http 204"));
    let requests = receiver.requests(1).await;
    assert_eq!(requests[0].body, BODY);
    assert_eq!(requests[0].header("webhook-id"), message.to_string());
    assert_eq!(requests[0].header("webhook-timestamp"), "1795435200", "2026-11-23T12:00:00Z");
    assert_eq!(requests[0].header("content-type"), "application/json");
    assert_signed(&requests[0]);
}

#[tokio::test]
async fn a_retry_has_the_same_id_and_bytes_and_a_fresh_signature() {
    let receiver = Receiver::open(vec![answer(500, "")], answer(200, "")).await;
    let desk = Desk::new(true);
    desk.put_webhook(&receiver.url(), BODY);
    let _courier = start(&desk, settings());
    let settled = desk.settled(2).await;
    assert_eq!(settled[0].1, Outcome::later("http 500"));
    assert_eq!(settled[1].1, Outcome::delivered("http 200"));
    let requests = receiver.requests(2).await;
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].body, requests[1].body);
    assert_eq!(requests[0].header("webhook-id"), requests[1].header("webhook-id"));
    assert_ne!(requests[0].header("webhook-timestamp"), requests[1].header("webhook-timestamp"));
    assert_ne!(requests[0].header("webhook-signature"), requests[1].header("webhook-signature"));
    requests.iter().for_each(assert_signed);
}

#[tokio::test]
async fn answers_are_told_apart() {
    let later = |detail| Outcome::later(detail);
    for (manner, expected) in [
        (answer(410, ""), Outcome::gone("http 410")),
        (answer(404, ""), later("http 404")),
        (answer(401, ""), later("http 401")),
        (answer(502, "retry-after: 60\r\n"), later("http 502")),
        (answer(304, ""), later("redirect refused")),
        (
            answer(429, "retry-after: 120\r\n"),
            Outcome::later_after("http 429", Some(SignedDuration::from_secs(120))),
        ),
        (
            answer(503, "retry-after: Mon, 23 Nov 2026 12:05:00 GMT\r\n"),
            Outcome::later_after("http 503", Some(SignedDuration::from_mins(5))),
        ),
        (
            answer(503, "retry-after: 9999999\r\n"),
            Outcome::later_after("http 503", Some(SignedDuration::from_hours(24))),
        ),
        (answer(503, "retry-after: tomorrow\r\n"), later("http 503")),
        (Manner::Close, later("no answer")),
        (Manner::Answer("SMTP, I think\r\n\r\n".to_owned()), later("no answer")),
    ] {
        let got = outcome_at(manner.clone(), settings()).await;
        assert_eq!(got, expected, "{manner:?}");
    }
}

#[tokio::test]
async fn a_receiver_that_hangs_is_given_up() {
    let got = outcome_at(Manner::Hang, within(Duration::from_millis(100))).await;
    assert_eq!(got, Outcome::later("timed out"));
}

#[tokio::test]
async fn an_answer_counts_although_its_body_never_comes() {
    let got = outcome_at(Manner::Stall, settings()).await;
    assert_eq!(got, Outcome::delivered("http 200"));
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_tried_later() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let url = receiver.url();
    drop(receiver);
    let desk = Desk::new(false);
    desk.put_webhook(&url, BODY);
    desk.put_webhook("http://nowhere.test/alerts", BODY);
    let _courier = start(&desk, settings());
    let settled = desk.settled(2).await;
    let mut details: Vec<&str> = settled.iter().map(|(_, outcome)| outcome.detail()).collect();
    details.sort_unstable();
    assert_eq!(details, ["connection refused", "name not found"]);
    assert!(settled.iter().all(|(_, outcome)| outcome.code() == "later"));
}

#[tokio::test]
async fn a_redirect_to_this_machine_is_not_followed() {
    let inside = Receiver::open(Vec::new(), answer(200, "")).await;
    let headers = format!("location: http://localhost:{}/alerts\r\n", inside.address.port());
    for status in [301, 302, 303, 307, 308] {
        let got = outcome_at(answer(status, &headers), settings()).await;
        assert_eq!(got, Outcome::later("redirect refused"), "{status}");
    }
    assert!(inside.requests_so_far().is_empty());
}

#[tokio::test]
async fn a_gigabyte_is_not_read() {
    let receiver = Receiver::open(Vec::new(), Manner::Flood).await;
    let desk = Desk::new(false);
    desk.put_webhook(&receiver.url(), BODY);
    let _courier = start(&desk, settings());
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    // What the sockets of this machine buffer went out, and nothing like a gigabyte.
    let flooded = receiver.flooded().await;
    assert!(flooded < 64 << 20, "{flooded} bytes were taken");
}

#[tokio::test]
async fn addresses_inside_are_refused_as_literals_and_behind_names() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let port = receiver.address.port();
    let mut settings = settings();
    settings.webhook.allow_networks = Vec::new();
    settings.webhook.names = Arc::new(
        Book::default()
            .with("localhost", &["127.0.0.1", "::1"])
            .with("inside.test", &["127.0.0.1"])
            .with("metadata.test", &["169.254.169.254", "fe80::1"])
            .with("mapped.test", &["::ffff:127.0.0.1"]),
    );
    let hosts = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fd00::1]",
        "localhost",
        "LOCALHOST",
        "inside.test",
        "metadata.test",
        "mapped.test",
    ];
    let desk = Desk::new(false);
    for host in hosts {
        desk.put_webhook(&format!("http://{host}:{port}/alerts"), BODY);
    }
    let _courier = start(&desk, settings);
    for (message, outcome) in desk.settled(hosts.len()).await {
        let host = hosts[usize::try_from(message.0.as_u128()).expect("small") - 1];
        assert_eq!(outcome, Outcome::never("address not allowed"), "{host}");
    }
    assert!(receiver.requests_so_far().is_empty());
}

#[tokio::test]
async fn of_several_addresses_only_the_allowed_are_called() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let mut settings = settings();
    settings.webhook.allow_networks = this_machine();
    settings.webhook.names =
        Arc::new(Book::default().with("both.test", &["10.255.255.1", "fe80::1", "127.0.0.1"]));
    let desk = Desk::new(false);
    desk.put_webhook(&receiver.url_at("http", "both.test"), BODY);
    let _courier = start(&desk, settings);
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    assert_eq!(receiver.requests(1).await.len(), 1);
}

#[tokio::test]
async fn places_nothing_may_be_sent_to_say_why() {
    let mut settings = settings();
    settings.webhook.allow_http = false;
    let cases = [
        ("http://hooks.test/alerts", "https required"),
        ("ftp://hooks.test/alerts", "address not valid"),
        ("file:///etc/passwd", "address not valid"),
        ("no url at all", "address not valid"),
        ("https://", "address not valid"),
        ("https://hooks.test:22/alerts", "port not allowed"),
        ("https://hooks.test:6379/alerts", "port not allowed"),
    ];
    let desk = Desk::new(false);
    for (url, _) in cases {
        desk.put_webhook(url, BODY);
    }
    let _courier = start(&desk, settings);
    for (message, outcome) in desk.settled(cases.len()).await {
        let (url, reason) = cases[usize::try_from(message.0.as_u128()).expect("small") - 1];
        assert_eq!(outcome, Outcome::never(reason), "{url}");
    }
}

#[tokio::test]
async fn https_needs_a_certificate_that_is_good_for_the_name() {
    let receiver = Receiver::open_with_tls(answer(200, "")).await;
    let key = || SigningKey::from_bytes(&SEED).expect("a seed");
    let strict = |authorities: &[u8]| webhook::Settings {
        allow_networks: this_machine(),
        authorities: authorities.to_vec(),
        names: Arc::new(
            Book::default().with("hooks.test", &["127.0.0.1"]).with("other.test", &["127.0.0.1"]),
        ),
        ..webhook::Settings::new(key())
    };
    for (name, authorities, expected) in [
        ("hooks.test", AUTHORITY, Outcome::delivered("http 200")),
        ("other.test", AUTHORITY, Outcome::later("tls failed")),
        ("hooks.test", b"".as_slice(), Outcome::later("tls failed")),
    ] {
        let desk = Desk::new(false);
        desk.put_webhook(&receiver.url_at("https", name), BODY);
        let _courier = start(&desk, Settings { webhook: strict(authorities), ..settings() });
        assert_eq!(desk.outcome().await, expected, "{name}");
    }
    assert_eq!(receiver.requests_so_far().len(), 1, "only the good one was told anything");
}
