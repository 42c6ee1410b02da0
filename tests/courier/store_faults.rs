//! A full disk while the outbox drains: nothing is lost, nothing goes out
//! twice.

use crate::{
    desk::{Desk, Faults, settings, soon, start},
    receivers::{Receiver, answer},
};
use outcross::domain::delivery::Outcome;
use std::time::Duration;

#[tokio::test]
async fn an_outcome_that_cannot_be_written_down_is_kept_and_nothing_is_sent_twice() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    desk.fail(Faults { settle: 12, ..Faults::default() });
    let first = desk.put_webhook(&receiver.url(), b"1");
    let second = desk.put_webhook(&receiver.url(), b"2");
    let mut settings = settings();
    settings.ask_again = Duration::from_millis(1);
    let _courier = start(&desk, settings);
    // The desk is asked over and over while the message is nominally under way.
    desk.failed(6).await;
    assert_eq!((desk.begun(first), desk.begun(second)), (1, 1));
    let settled = desk.settled(2).await;
    assert!(settled.iter().all(|(_, outcome)| *outcome == Outcome::delivered("http 200")));
    assert_eq!(receiver.requests_so_far().len(), 2, "each went out once");
}

#[tokio::test]
async fn a_panic_in_the_desk_does_not_end_the_courier() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    desk.fail(Faults { panic: 1, ..Faults::default() });
    desk.put_webhook(&receiver.url(), b"{}");
    let _courier = start(&desk, settings());
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    assert_eq!(receiver.requests_so_far().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_sent_until_it_can() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    desk.fail(Faults { begin: 3, due: 2, ..Faults::default() });
    let message = desk.put_webhook(&receiver.url(), b"{}");
    let _courier = start(&desk, settings());
    desk.failed(5).await;
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    assert_eq!(desk.begun(message), 1);
    assert_eq!(receiver.requests_so_far().len(), 1);
}

#[tokio::test]
async fn a_stop_while_the_disk_is_full_says_what_is_left() {
    let receiver = Receiver::open(Vec::new(), answer(200, "")).await;
    let desk = Desk::new(false);
    desk.fail(Faults { settle: usize::MAX, ..Faults::default() });
    desk.put_webhook(&receiver.url(), b"{}");
    let courier = start(&desk, settings());
    desk.failed(2).await;
    assert_eq!(soon(courier.stop(Duration::from_millis(20))).await, 1);
    // The same message goes out again after the next start: the receiver knows
    // it by its id.
    desk.fail(Faults::default());
    desk.restart();
    let _courier = start(&desk, settings());
    assert_eq!(desk.outcome().await, Outcome::delivered("http 200"));
    let requests = receiver.requests(2).await;
    assert_eq!(requests[0].header("webhook-id"), requests[1].header("webhook-id"));
}
