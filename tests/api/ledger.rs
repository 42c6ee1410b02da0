//! The ledger: every step of every duty with its proof, what was known when,
//! and alarms that nobody can overlook.

use crate::{
    harness::{House, basel, duty},
    stage::Stage,
};
use outcross::domain::account::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn every_step_of_a_duty_has_its_time_and_its_proof() {
    let (stage, id) = Stage::with_basel().await;
    let message = stage.de.messages(&id).await[0]["id"].as_str().expect("an id").to_owned();
    stage.de.receive(&id, &message).await.is(200);
    stage.de.post(&format!("/api/v1/incidents/{id}/messages/{message}/read"), &json!({})).await.is(200);
    stage.de.acknowledge(&id, None).await.is(200);
    stage.de.answer(&id, json!({ "answer": "open_consultation" })).await.is(200);
    stage.de.answer(&id, json!({ "answer": "respond", "text": "searching" })).await.is(200);
    stage.ch.put_into(&id, "closed", "done").await.is(200);
    let ledger = stage.ch.ledger(&id).await;
    let row = duty(&ledger, "DE");
    let seen = stage.ch.timeline(&id).await;
    for (step, kind) in [
        ("identified", ""),
        ("notified", "notice_issued"),
        ("delivered", "message_delivered"),
        ("read", "message_read"),
        ("acknowledged", "notice_acknowledged"),
        ("consulted", "consultation_opened"),
        ("responded", "response_recorded"),
        ("ended", "notice_issued"),
    ] {
        let proof = &row[step]["proof"];
        let event = seen.iter().find(|event| event["seq"] == *proof);
        let event = event.unwrap_or_else(|| panic!("{step} has a proof: {row:#}"));
        assert!(kind.is_empty() || event["type"] == kind, "{step}: {event:#}");
        assert_eq!(row[step]["at"], event["occurred"], "{step}");
    }
    assert_eq!(row["acknowledged"]["by"], json!(stage.de.id));
    assert!(row["finding"]["reason"]["code"].is_string(), "identified, with the reason: {row:#}");
    assert!(ledger["excluded"].as_array().is_some_and(|list| !list.is_empty()), "left out, with the reason");
    assert!(ledger["excluded"][0]["reason"].is_object() || ledger["excluded"][0]["reason"].is_string());
    assert_eq!(duty(&ledger, "BCH")["record"], Value::Null);
    let organizations = ledger["suggested"].to_string();
    assert!(organizations.contains("IPPC"), "{organizations}");
    let items: Vec<&str> =
        ledger["meter"].as_array().expect("a list").iter().filter_map(|m| m["item"].as_str()).collect();
    for letter in ["a", "b", "c", "d", "e"] {
        assert!(items.contains(&letter), "{items:?}");
    }
}

#[tokio::test]
async fn what_a_state_had_been_told_at_any_moment_comes_from_the_bytes_sent() {
    let (stage, id) = Stage::with_basel().await;
    let first = stage.de.messages(&id).await[0]["id"].as_str().expect("an id").to_owned();
    stage.de.receive(&id, &first).await.is(200);
    stage.house.clock.advance(jiff::SignedDuration::from_mins(30));
    stage.ch.patch(&id, &json!({ "quantities": "about 4 kg" }), "weighed").await.is(200);
    let told = |at: &'static str| {
        let path = format!("/api/v1/incidents/{id}/duties/DE/told?at={at}");
        let ch = &stage.ch;
        async move { ch.get(&path).await.is(200)["messages"].as_array().expect("a list").clone() }
    };
    assert!(told("2026-03-02T08:59:59Z").await.is_empty());
    let early = told("2026-03-02T09:10:00Z").await;
    assert_eq!((early.len(), &early[0]["told"]), (1, &json!(true)));
    assert!(!early[0]["text"].as_str().expect("text").contains("4 kg"));
    assert_eq!(early[0]["sound"], true);
    let late = told("2026-03-02T10:00:00Z").await;
    assert_eq!((late.len(), &late[1]["told"]), (2, &json!(false)), "issued, and not yet fetched");
    assert!(late[1]["text"].as_str().expect("text").contains("4 kg"));
    // Others' letters are not shown.
    let path = format!("/api/v1/incidents/{id}/duties/DE/told");
    let foreign = stage.fr.get(&path).await;
    assert!(foreign.status == 404 || foreign.body["messages"] == json!([]), "{}", foreign.body);
}

#[tokio::test]
async fn an_addressee_that_cannot_be_reached_is_loud_everywhere() {
    let house = House::new().await;
    let ch = house.focal_point("CH").await;
    let officer = house.account("", Role::DutyOfficer).await;
    let ministry = house.account("CH", Role::Ministry).await;
    let id = ch.report(&basel("exercise")).await;
    for viewer in [&officer, &ministry] {
        let ledger = viewer.ledger(&id).await;
        let alarm =
            ledger["alarms"].as_array().expect("a list").iter().find(|a| a["addressee"] == "DE").cloned();
        assert_eq!(alarm.expect("an alarm")["code"], "unreachable");
        let all = viewer.get("/api/v1/alarms?mode=exercise").await.is(200);
        assert!(all["alarms"].as_array().expect("a list").iter().any(|a| a["addressee"] == "DE"), "{all}");
    }
    let health = house.stranger().get("/readyz").await.is(200);
    assert!(
        health["alarms"].to_string().contains('3') || health["alarms"]["exercise"].as_u64() > Some(0),
        "{health}"
    );
    // A contact point comes, and the timer finds it: the alarm ends.
    house.focal_point("DE").await;
    house.after(1);
    let ledger = officer.ledger(&id).await;
    assert!(duty(&ledger, "DE")["notified"].is_object(), "{ledger:#}");
    assert!(
        ledger["alarms"].as_array().expect("a list").iter().all(|a| a["addressee"] != "DE"),
        "{ledger:#}"
    );
}

#[tokio::test]
async fn a_call_by_a_person_is_recorded_and_counts() {
    let house = House::new().await;
    let ch = house.focal_point("CH").await;
    let officer = house.account("", Role::DutyOfficer).await;
    house.contact_by("DE", "CPB-A17-FP", json!({ "channel": "by_hand", "number": "+49 000 0000" })).await;
    let id = ch.report(&basel("exercise")).await;
    let messages = officer.messages(&id).await;
    let message = messages.iter().find(|m| m["addressee"] == "DE").expect("a message");
    assert_eq!((&message["channel"], &message["state"]), (&json!("by_hand"), &json!("pending")));
    let path = format!("/api/v1/incidents/{id}/messages/{}/calls", message["id"].as_str().expect("an id"));
    officer.post(&path, &json!({ "outcome": "no_answer" })).await.is(200);
    let standing =
        officer.messages(&id).await.into_iter().find(|m| m["addressee"] == "DE").expect("a message");
    assert_eq!((&standing["state"], &standing["attempts"]), (&json!("failed-retrying"), &json!(1)));
    let reached = json!({ "outcome": "reached", "note": "duty desk of the ministry" });
    officer.post(&path, &reached).await.is(200);
    let row = duty(&officer.ledger(&id).await, "DE");
    assert!(row["delivered"].is_object() && row["acknowledged"].is_null(), "{row:#}");
    house.is_sound();
}
