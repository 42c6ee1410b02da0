//! One receiver never delays another; stopping loses nothing.

use crate::{
    desk::{Book, Desk, PATIENCE, settings, soon, start},
    receivers::{Manner, Receiver, answer},
};
use outcross::{
    alert::courier::{Destination, Settings},
    domain::delivery::Outcome,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// Settings that know two names of this machine.
fn two_hosts() -> Settings {
    let mut settings = settings();
    settings.webhook.within = PATIENCE;
    settings.webhook.names =
        Arc::new(Book::default().with("slow.test", &["127.0.0.1"]).with("fast.test", &["127.0.0.1"]));
    settings
}

#[tokio::test]
async fn a_fast_receiver_is_served_while_a_slow_one_hangs() {
    let slow = Receiver::open(Vec::new(), Manner::Hang).await;
    let fast = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    // Far more than fit into one look, and all older than the fast ones.
    for _ in 0..300 {
        desk.put_webhook(&slow.url_at("http", "slow.test"), b"{}");
    }
    for _ in 0..20 {
        desk.put_webhook(&fast.url_at("http", "fast.test"), b"{}");
    }
    let _courier = start(&desk, two_hosts());
    let settled = desk.settled(20).await;
    assert!(settled.iter().all(|(_, outcome)| *outcome == Outcome::delivered("http 200")), "{settled:?}");
    assert_eq!(fast.requests_so_far().len(), 20);
    assert_eq!(slow.requests(2).await.len(), 2, "two at once to one host");
}

#[tokio::test]
async fn one_host_under_two_ways_of_writing_it_is_one_host() {
    let slow = Receiver::open(Vec::new(), Manner::Hang).await;
    let fast = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    for name in ["slow.test", "SLOW.test", "Slow.Test", "sLoW.tEsT"] {
        desk.put_webhook(&slow.url_at("http", name), b"{}");
    }
    desk.put_webhook(&fast.url_at("http", "fast.test"), b"{}");
    let _courier = start(&desk, two_hosts());
    desk.settled(1).await;
    assert_eq!(slow.requests(2).await.len(), 2);
}

#[tokio::test]
async fn those_that_waited_for_a_slow_receiver_go_out_oldest_first() {
    let (tell, told) = watch::channel(false);
    let receiver = Receiver::open(Vec::new(), Manner::Wait(told)).await;
    let desk = Desk::new(false);
    let mut settings = settings();
    settings.per_host = 1;
    let messages: Vec<String> =
        (0..5).map(|_| desk.put_webhook(&receiver.url(), b"{}").to_string()).collect();
    let _courier = start(&desk, settings);
    receiver.requests(1).await;
    tell.send_replace(true);
    desk.settled(5).await;
    let requests = receiver.requests(5).await;
    let order: Vec<&str> = requests.iter().map(|request| request.header("webhook-id")).collect();
    assert_eq!(order, messages);
}

#[tokio::test]
async fn a_nudge_is_enough() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    let first = desk.put_webhook(&receiver.url(), b"{}");
    let mut settings = settings();
    settings.look_every = Duration::from_hours(24);
    let _courier = start(&desk, settings);
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    // Another comes while nothing is under way and the next regular look is a day off.
    let second = desk.put_webhook(&receiver.url(), b"{}");
    let settled = desk.settled(2).await;
    assert_eq!([settled[0].0, settled[1].0], [first, second]);
}

#[tokio::test]
async fn what_was_superseded_meanwhile_is_not_sent() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    let old = desk.put_webhook(&receiver.url(), b"old");
    desk.supersede(old);
    let new = desk.put_webhook(&receiver.url(), b"new");
    let _courier = start(&desk, settings());
    let settled = desk.settled(1).await;
    assert_eq!(settled, [(new, Outcome::delivered("http 200"))]);
    let requests = receiver.requests(1).await;
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].body, b"new");
    assert_eq!(desk.begun(old), 1, "it was asked about once, and never again");
}

#[tokio::test]
async fn mail_without_a_relay_fails_at_once_and_aloud() {
    let desk = Desk::new(false);
    desk.put(Destination::Mail { address: "focal.point@example.org".to_owned() }, b"Subject: x\r\n\r\nx\r\n");
    let _courier = start(&desk, settings());
    assert_eq!(desk.outcome().await, Outcome::never("no mail relay"));
}

#[tokio::test]
async fn stopping_waits_for_what_is_under_way() {
    let (tell, told) = watch::channel(false);
    let receiver = Receiver::open(Vec::new(), Manner::Wait(told)).await;
    let desk = Desk::new(false);
    desk.put_webhook(&receiver.url(), b"{}");
    let courier = start(&desk, settings());
    receiver.requests(1).await;
    let stopping = tokio::spawn(courier.stop(PATIENCE));
    // It has been told to stop; a message that comes now is left in the outbox.
    tell.send_replace(true);
    assert_eq!(soon(stopping).await.expect("no panic"), 0, "nothing is left");
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
}

#[tokio::test]
async fn what_is_left_at_the_stop_is_sent_after_the_next_start_with_the_same_id() {
    let receiver = Receiver::open(vec![Manner::Hang], answer(200, "")).await;
    let desk = Desk::new(false);
    let message = desk.put_webhook(&receiver.url(), b"{}");
    let courier = start(&desk, settings());
    receiver.requests(1).await;
    assert_eq!(soon(courier.stop(Duration::from_millis(10))).await, 1, "one attempt is left");
    desk.restart();
    let _courier = start(&desk, settings());
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    let requests = receiver.requests(2).await;
    assert_eq!(requests[0].header("webhook-id"), message.to_string());
    assert_eq!(requests[0].header("webhook-id"), requests[1].header("webhook-id"));
    assert_eq!(requests[0].body, requests[1].body);
}

#[tokio::test]
async fn after_the_stop_nothing_more_is_begun() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    let courier = start(&desk, settings());
    assert_eq!(soon(courier.stop(PATIENCE)).await, 0);
    let message = desk.put_webhook(&receiver.url(), b"{}");
    tokio::task::yield_now().await;
    assert_eq!(desk.begun(message), 0);
}
