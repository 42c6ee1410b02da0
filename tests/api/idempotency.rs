//! A repeat with the same key gets the first answer, byte for byte.

use crate::{harness::basel, stage::Stage};
use serde_json::json;

const REPORTS: &str = "/api/v1/reports";

#[tokio::test]
async fn the_same_report_sent_twice_opens_one_incident() {
    let stage = Stage::set().await;
    let first = stage.ch.post_once("first", REPORTS, &basel("exercise")).await;
    let head = stage.house.head();
    let second = stage.ch.post_once("first", REPORTS, &basel("exercise")).await;
    assert_eq!((second.status, &second.bytes), (201, &first.bytes));
    assert_eq!(second.headers.get("idempotent-replayed").map(String::as_str), Some("true"));
    assert_eq!(first.headers.get("idempotent-replayed"), None);
    assert_eq!(stage.house.head(), head);
    assert_eq!(stage.ch.incidents("exercise").await.len(), 1);
}

#[tokio::test]
async fn the_first_answer_outlives_a_restart() {
    let stage = Stage::set().await;
    let again = house_token(&stage).await;
    let first = stage.ch.post_once("first", REPORTS, &basel("exercise")).await;
    let house = stage.house.restart().await;
    let second = house.caller(&again).post_once("first", REPORTS, &basel("exercise")).await;
    assert_eq!((second.status, &second.bytes), (201, &first.bytes));
}

/// Another token of the same account, to be used after a restart.
async fn house_token(stage: &Stage) -> String {
    let path = format!("/api/v1/accounts/{}/tokens", stage.ch.id);
    let token = stage.house.administrator().post(&path, &json!({ "hours": 24 })).await.is(201);
    token["token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn a_key_used_for_another_body_is_refused() {
    let stage = Stage::set().await;
    stage.ch.post_once("first", REPORTS, &basel("exercise")).await.is(201);
    let head = stage.house.head();
    let mut other = basel("exercise");
    other["released"] = json!("2013");
    stage.ch.post_once("first", REPORTS, &other).await.problem(409, "key-reused");
    assert_eq!(stage.house.head(), head);
    stage.ch_officer.post_once("first", REPORTS, &other).await.is(201);
}

#[tokio::test]
async fn two_at_once_open_one_incident() {
    let stage = Stage::set().await;
    let report = basel("exercise");
    let (one, two, three) = tokio::join!(
        stage.ch.post_once("twin", REPORTS, &report),
        stage.ch.post_once("twin", REPORTS, &report),
        stage.ch.post_once("twin", REPORTS, &report),
    );
    assert_eq!((one.status, two.status, three.status), (201, 201, 201));
    assert_eq!(one.bytes, two.bytes);
    assert_eq!(one.bytes, three.bytes);
    assert_eq!(stage.ch.incidents("exercise").await.len(), 1);
}

#[tokio::test]
async fn a_verdict_repeated_gets_the_first_answer() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    let path = format!("/api/v1/incidents/{id}/verdicts");
    let open = json!({ "verdict": "open", "reason": "seen by our own inspectors" });
    let first = stage.ch_officer.post_once("verdict", &path, &open).await;
    let head = stage.house.head();
    let second = stage.ch_officer.post_once("verdict", &path, &open).await;
    assert_eq!((second.status, &second.bytes), (200, &first.bytes), "{}", second.body);
    assert_eq!(stage.house.head(), head);
    let no = json!({ "verdict": "withdraw", "reason": "seen by our own inspectors" });
    stage.ch_officer.post_once("verdict", &path, &no).await.problem(409, "key-reused");
}

#[tokio::test]
async fn a_key_used_for_one_incident_never_swallows_an_acknowledgement_of_another() {
    let (stage, first) = Stage::with_basel().await;
    let second = stage.ch.report(&basel("exercise")).await;
    let path = |id: &str| format!("/api/v1/incidents/{id}/acknowledgements");
    stage.de.post_once("ack", &path(&first), &json!({})).await.is(200);
    let other = stage.de.post_once("ack", &path(&second), &json!({})).await;
    assert_eq!(other.headers.get("idempotent-replayed"), None, "another request: {}", other.body);
    other.problem(409, "key-reused");
    stage.de.post_once("ack again", &path(&second), &json!({})).await.is(200);
}

#[tokio::test]
async fn a_key_has_one_to_two_hundred_characters() {
    let stage = Stage::set().await;
    let long = "k".repeat(201);
    stage.ch.post_once(&long, REPORTS, &basel("exercise")).await.problem(422, "invalid").says("200");
    stage.ch.post_once("", REPORTS, &basel("exercise")).await.problem(422, "invalid").says("200");
    assert_eq!(stage.house.head(), 0);
}
