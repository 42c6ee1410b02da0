//! The live channel: resumed without loss or repetition, and closed to
//! strangers.

use crate::{
    harness::{House, PUBLIC_URL, basel, of_type, seq_of},
    stage::Stage,
};
use jiff::SignedDuration;
use outcross::domain::account::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_receiver_resumes_with_exactly_what_it_missed() {
    let stage = Stage::set().await;
    let mut de = stage.de.live("exercise").await;
    let log = de.greeting["log"].clone();
    let first = stage.ch.report(&basel("exercise")).await;
    let seen = stage.de.timeline(&first).await;
    let last = seq_of(seen.last().expect("events"));
    assert_eq!(de.until(last).await, seen);
    drop(de);

    let second = stage.ch.report(&basel("exercise")).await;
    stage.de.acknowledge(&first, None).await.is(200);
    let missed = stage.de.events("exercise", last).await;
    assert!(missed.len() > 2);
    assert_eq!(missed.last().expect("events")["incident"], json!(first));
    let query = format!("mode=exercise&since={last}&log={}", log.as_str().expect("a log"));
    let mut de = stage.de.live_at(&query).await.expect("a live channel");
    assert_eq!(de.greeting["type"], "hello");
    assert_eq!(de.greeting["since"], json!(last));
    assert_eq!(de.until(seq_of(missed.last().expect("events"))).await, missed);

    // The same channel goes on live.
    stage.de.acknowledge(&second, None).await.is(200);
    let next = de.next().await;
    assert_eq!((&next["type"], &next["incident"]), (&json!("notice_acknowledged"), &json!(second)));
}

#[tokio::test]
async fn a_receiver_resumes_after_the_server_was_restarted() {
    let stage = Stage::set().await;
    let path = format!("/api/v1/accounts/{}/tokens", stage.de.id);
    let token = stage.house.administrator().post(&path, &json!({ "hours": 24 })).await.is(201);
    let id = stage.ch.report(&basel("exercise")).await;
    let seen = stage.de.timeline(&id).await;
    let (first, last) = (seq_of(&seen[0]), seq_of(seen.last().expect("events")));

    let house = stage.house.restart().await;
    let de = house.caller(token["token"].as_str().expect("a token"));
    let mut live = de.live_since("exercise", first).await;
    assert_eq!(live.until(last).await, seen[1..], "what the ring no longer has comes from the store");
}

#[tokio::test]
async fn a_place_that_does_not_exist_is_a_visible_gap() {
    let (stage, _) = Stage::with_basel().await;
    let head = stage.house.head();
    let beyond = format!("mode=exercise&since={}", head + 1);
    let mut late = stage.de.live_at(&beyond).await.expect("a live channel");
    let mut other = stage.de.live_at("mode=exercise&since=1&log=another").await.expect("a live channel");
    let id = stage.ch.report(&basel("exercise")).await;
    for live in [&mut late, &mut other] {
        assert_eq!((&live.greeting["type"], &live.greeting["head"]), (&json!("reset"), &json!(head)));
        assert_eq!(live.next().await["incident"], json!(id), "served from the present end on");
    }
}

#[tokio::test]
async fn a_page_of_another_site_may_not_listen() {
    let stage = Stage::set().await;
    let foreign = stage.de.live_from("mode=exercise", Some("https://elsewhere.example.com")).await;
    foreign.err().expect("a refusal").problem(403, "foreign-origin");
    let own = stage.de.live_from("mode=exercise", Some(PUBLIC_URL)).await.expect("a live channel");
    assert_eq!(own.greeting["type"], "hello");
}

#[tokio::test]
async fn a_token_is_good_until_it_expires() {
    let house = House::new().await;
    let de = house.account_for("DE", Role::ContactPoint, 2).await;
    de.get("/api/v1/account").await.is(200);
    house.clock.advance(SignedDuration::from_hours(2));
    let expired = de.get("/api/v1/account").await;
    assert_eq!(expired.headers.get("www-authenticate").map(String::as_str), Some("Bearer"));
    expired.problem(401, "not-signed-in").says("expired");
    de.live_at("mode=exercise").await.err().expect("a refusal").problem(401, "not-signed-in");
    de.post("/api/v1/reports", &basel("exercise")).await.problem(401, "not-signed-in");
    assert_eq!(house.head(), 0);
}

#[tokio::test]
async fn a_line_closes_when_its_token_expires() {
    let house = House::new().await;
    let de = house.account_for("DE", Role::ContactPoint, 2).await;
    house.clock.advance(SignedDuration::from_hours(2) - SignedDuration::from_millis(100));
    let mut live = de.live("exercise").await;
    let (code, words) = live.closed().await;
    assert_eq!(code, 4401);
    assert!(words.contains("expired"), "{words}");
}

#[tokio::test]
async fn who_may_see_nothing_hears_how_far_the_log_has_come() {
    let stage = Stage::set().await;
    let mut jp = stage.jp.live("exercise").await;
    let mut other_world = stage.de.live("actual").await;
    while stage.house.head() < 100 {
        stage.ch.report(&basel("exercise")).await;
    }
    for live in [&mut jp, &mut other_world] {
        assert_eq!(live.greeting["since"], 0);
        let mut place = 0;
        while place < 100 {
            place = live.place_unasked().await;
        }
        assert!(place <= stage.house.head());
    }
}

#[tokio::test]
async fn who_comes_back_from_far_without_anything_to_see_is_moved_on_at_once() {
    let stage = Stage::set().await;
    while stage.house.head() < 200 {
        stage.ch.report(&basel("exercise")).await;
    }
    let mut jp = stage.jp.live_since("exercise", 0).await;
    assert!(jp.place_unasked().await >= 100);
}

#[tokio::test]
async fn a_reporter_sees_its_own_report_live_and_no_other() {
    let house = House::new().await;
    house.focal_point("CH").await;
    let laboratory = house.account("JP", Role::Reporter).await;
    let neighbour = house.account("JP", Role::Reporter).await;
    let mut own = laboratory.live("exercise").await;
    let mut other = neighbour.live("exercise").await;
    let id = laboratory.report(&basel("exercise")).await;
    let seen = laboratory.timeline(&id).await;
    assert!(!seen.is_empty());
    assert_eq!(own.until(seq_of(seen.last().expect("events"))).await, seen);
    let second = neighbour.report(&basel("exercise")).await;
    assert_eq!(other.next().await["incident"], json!(second), "nothing of the first was for it");
}

#[tokio::test]
async fn a_greeting_says_how_to_come_back() {
    let stage = Stage::set().await;
    let live = stage.de.live("exercise").await;
    let retry = &live.greeting["retry"];
    assert!(retry["first_ms"].as_u64() <= retry["most_ms"].as_u64(), "{retry}");
    let strange = stage.de.live_at("mode=exercise&since=5").await.expect("a live channel");
    assert_eq!((&strange.greeting["type"], &strange.greeting["retry"]), (&json!("reset"), retry));
}

#[tokio::test]
async fn a_receiver_says_that_a_notice_arrived_and_acknowledges_it() {
    let stage = Stage::set().await;
    let mut de = stage.de.live("exercise").await;
    let id = stage.ch.report(&basel("exercise")).await;
    let seen = stage.de.timeline(&id).await;
    let events = de.until(seq_of(seen.last().expect("events"))).await;
    let message = &of_type(&events, "notice_issued")[0]["message"]["id"];

    let received = json!({ "do": "received", "id": "1", "incident": id, "message": message });
    let answer = de.say(&received).await;
    assert_eq!((&answer["id"], &answer["ok"]), (&json!("1"), &json!(true)), "{answer}");
    let acknowledge = json!({ "do": "acknowledge", "id": "2", "incident": id, "note": "on our way" });
    assert_eq!(de.say(&acknowledge).await["ok"], true);
    let end = stage.house.head();
    assert_eq!(de.say(&acknowledge).await["ok"], true, "said again after a break");
    assert_eq!(stage.house.head(), end);

    let seen = stage.ch.timeline(&id).await;
    assert_eq!(of_type(&seen, "message_delivered")[0]["addressee"], "DE");
    assert_eq!(of_type(&seen, "notice_acknowledged")[0]["note"], "on our way");
}

#[tokio::test]
async fn what_a_receiver_may_not_say_is_answered_and_the_line_stays_open() {
    let (stage, id) = Stage::with_basel().await;
    let mut de = stage.de.live("exercise").await;
    let head = stage.house.head();
    let problem = |answer: Value| {
        assert_eq!(answer["ok"], false, "{answer}");
        answer["problem"]["code"].as_str().expect("a code").to_owned()
    };
    let for_another = json!({ "do": "acknowledge", "id": "1", "incident": id, "addressee": "FR" });
    assert_eq!(problem(de.say(&for_another).await), "not-allowed");
    assert_eq!(problem(de.say(&json!({ "do": "withdraw", "id": "2" })).await), "invalid");
    assert_eq!(problem(de.say(&json!("hello")).await), "invalid");
    assert_eq!(stage.house.head(), head);
    let own = json!({ "do": "acknowledge", "id": "3", "incident": id });
    assert_eq!(de.say(&own).await["ok"], true);
}
