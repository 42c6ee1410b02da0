//! A report by somebody else than the State of release is first put to that
//! State; nobody else is alarmed until it is confirmed.

use crate::{
    harness::{House, basel, notices_to, of_type, seq_of, types},
    stage::Stage,
};
use outcross::domain::account::Role;
use serde_json::json;

#[tokio::test]
async fn a_report_by_somebody_else_asks_only_the_state_where_it_happened() {
    let (stage, laboratory, id) = Stage::with_basel_unverified().await;
    let incident = stage.ch.incident(&id).await;
    assert_eq!(incident["state"], "under_verification");
    assert_eq!(incident["verify_by"], "2026-03-03T09:00:00Z");
    let seen = stage.ch.timeline(&id).await;
    assert!(types(&seen).contains(&"verification_requested"));
    assert!(notices_to(&seen).is_empty());
    for account in [&stage.de, &stage.fr, &stage.eu, &stage.jp] {
        assert!(account.incidents("exercise").await.is_empty(), "{} hears nothing yet", account.state);
    }
    assert_eq!(types(&laboratory.timeline(&id).await), ["report_received", "incident_opened"]);
}

#[tokio::test]
async fn opening_tells_everyone_in_reach() {
    let (stage, laboratory, id) = Stage::with_basel_unverified().await;
    let mut de = stage.de.live("exercise").await;
    stage.ch_officer.verdict(&id, "open", "seen by our own inspectors").await.is(200);
    let seen = stage.de.timeline(&id).await;
    let heard = de.until(seq_of(seen.last().expect("events"))).await;
    assert_eq!(heard, seen);
    assert_eq!(notices_to(&heard), ["DE"]);
    assert!(types(&heard).contains(&"assessed"), "whoever joins late is given the assessment again");
    assert_eq!(notices_to(&stage.ch.timeline(&id).await), ["DE", "EU", "FR"]);
    assert_eq!(stage.ch.incident(&id).await["state"], "open");
    let told = laboratory.timeline(&id).await;
    assert_eq!(types(&told).last(), Some(&"verification_decided"), "the reporter hears what became of it");
    assert_eq!(told.last().expect("events")["reason"], "seen by our own inspectors");
    stage.house.is_sound();
}

#[tokio::test]
async fn withdrawing_tells_nobody() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    stage.ch_officer.verdict(&id, "withdraw", "conventional plants").await.is(200);
    assert_eq!(stage.ch.incident(&id).await["state"], "withdrawn");
    assert!(notices_to(&stage.ch.timeline(&id).await).is_empty());
    assert!(stage.de.incidents("exercise").await.is_empty());
    let head = stage.house.head();
    stage.house.after(48);
    assert_eq!(stage.house.head(), head, "and its clock has ended");
}

#[tokio::test]
async fn more_time_moves_the_clock() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    stage.house.after(20);
    stage.ch_officer.verdict(&id, "extend", "samples are in the laboratory").await.is(200);
    let head = stage.house.head();
    stage.house.after(20);
    assert_eq!(stage.house.head(), head, "the first due time no longer counts");
    stage.house.after(4);
    assert_eq!(
        types(&stage.ch.events("exercise", head).await),
        ["verification_overdue", "escalated_to_instance"]
    );
}

#[tokio::test]
async fn a_verdict_needs_a_reason_the_right_state_and_something_to_decide() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    let head = stage.house.head();
    stage.ch_officer.verdict(&id, "open", "  ").await.problem(422, "invalid").at("/reason").says("reason");
    let path = format!("/api/v1/incidents/{id}/verdicts");
    stage.ch_officer.post(&path, &json!({ "verdict": "open" })).await.problem(422, "invalid").says("reason");
    stage.ch_ministry.verdict(&id, "open", "yes").await.problem(403, "not-allowed");
    let elsewhere = stage.house.account("DE", Role::DutyOfficer).await;
    elsewhere.verdict(&id, "open", "yes").await.problem(404, "not-found");
    assert_eq!(stage.house.head(), head);
    stage.officer.verdict(&id, "open", "the State has said so by telephone").await.is(200);
    stage.ch_officer.verdict(&id, "withdraw", "no").await.problem(409, "refused").says("open");
}

#[tokio::test]
async fn a_verdict_that_is_overdue_is_said_once() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    let head = stage.house.head();
    stage.house.after(23);
    assert_eq!(stage.house.head(), head, "not before it is due");
    stage.house.after(1);
    stage.house.tick();
    let house = stage.house.restart().await;
    house.after(1);
    let seen = house.account("", Role::DutyOfficer).await.timeline(&id).await;
    assert_eq!(of_type(&seen, "verification_overdue").len(), 1);
    assert_eq!(of_type(&seen, "escalated_to_instance").len(), 1, "and the duty officer is told once");
    assert_eq!(house.head(), head + 2);
}

#[tokio::test]
async fn with_nobody_to_ask_the_instance_must_decide_at_once() {
    let house = House::new().await;
    let officer = house.account("", Role::DutyOfficer).await;
    let laboratory = house.account("JP", Role::Reporter).await;
    let id = laboratory.report(&basel("exercise")).await;
    house.tick();
    let seen = officer.timeline(&id).await;
    assert_eq!(types(&seen)[types(&seen).len() - 2..], ["verification_overdue", "escalated_to_instance"]);
}

#[tokio::test]
async fn the_request_to_verify_can_be_marked_as_received_once() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    let seen = stage.ch.timeline(&id).await;
    let message =
        of_type(&seen, "verification_requested")[0]["message"]["id"].as_str().expect("an id").to_owned();
    stage.ch.receive(&id, &message).await.is(200);
    stage.ch.receive(&id, &message).await.is(200);
    let seen = stage.ch.timeline(&id).await;
    assert_eq!(of_type(&seen, "message_delivered").len(), 1);
    assert_eq!(stage.ch.incident(&id).await["verification"]["delivered"], true);
    assert!(
        stage.ch.incident(&id).await["duties"].as_array().expect("a list").is_empty(),
        "nothing is owed yet"
    );
}
