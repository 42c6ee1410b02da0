//! Receipt and acknowledgement: each State for itself, and twice is once.

use crate::{
    harness::{of_type, types},
    stage::Stage,
};
use serde_json::{Value, json};

fn duty<'a>(incident: &'a Value, addressee: &str) -> &'a Value {
    let duties = incident["duties"].as_array().expect("a list");
    duties.iter().find(|duty| duty["addressee"] == addressee).expect("a duty")
}

#[tokio::test]
async fn an_acknowledgement_given_twice_is_given_once() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    stage.de.acknowledge(&id, None).await.is(200);
    stage.de.acknowledge(&id, Some("DE")).await.is(200);
    assert_eq!(stage.house.head(), head + 1);
    let incident = stage.ch.incident(&id).await;
    assert_eq!(duty(&incident, "DE")["acknowledged"]["by"], json!(stage.de.id));
    assert!(duty(&incident, "DE")["acknowledge_by"].is_null());
    assert!(duty(&incident, "FR")["acknowledged"].is_null());
    stage.house.is_sound();
}

#[tokio::test]
async fn nobody_acknowledges_for_another_state() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    stage.de.acknowledge(&id, Some("FR")).await.problem(403, "not-allowed").says("own State");
    stage.de.acknowledge(&id, Some("BCH")).await.problem(403, "not-allowed");
    stage.ch_ministry.acknowledge(&id, None).await.problem(403, "not-allowed").says("role");
    assert_eq!(stage.house.head(), head);
}

#[tokio::test]
async fn nothing_is_acknowledged_that_is_not_owed() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    stage.ch.acknowledge(&id, None).await.problem(409, "refused").says("CH");
    stage.officer.acknowledge(&id, Some("JP")).await.problem(409, "refused").says("JP");
    stage.officer.acknowledge(&id, Some("BCH")).await.problem(409, "refused").says("BCH");
    stage.jp.acknowledge(&id, None).await.problem(404, "not-found");
    stage.officer.acknowledge(&id, None).await.problem(422, "invalid").at("/addressee");
    assert_eq!(stage.house.head(), head);
}

#[tokio::test]
async fn a_receipt_marks_the_message_delivered() {
    let (stage, id) = Stage::with_basel().await;
    let message = stage.de.messages(&id).await[0].clone();
    assert_eq!((&message["state"], &message["channel"]), (&json!("pending"), &json!("live")));
    let message = message["id"].as_str().expect("an id");
    let head = stage.house.head();

    stage.fr.receive(&id, message).await.problem(404, "not-found");
    stage.ch_ministry.receive(&id, message).await.problem(403, "not-allowed");
    assert_eq!(stage.house.head(), head);

    stage.de.receive(&id, message).await.is(200);
    stage.de.receive(&id, message).await.is(200);
    assert_eq!(types(&stage.ch.events("exercise", head).await), ["message_delivered"]);
    assert_eq!(stage.de.messages(&id).await[0]["state"], "delivered");
    let incident = stage.ch.incident(&id).await;
    assert!(duty(&incident, "DE")["delivered"]["at"].is_string());
    assert!(duty(&incident, "DE")["acknowledged"].is_null(), "received is not yet acknowledged");
}

#[tokio::test]
async fn a_told_state_sees_that_others_were_told_and_no_more() {
    let (stage, id) = Stage::with_basel().await;
    stage.fr.acknowledge(&id, None).await.is(200);
    let incident = stage.de.incident(&id).await;
    assert!(duty(&incident, "FR")["notified"]["at"].is_string());
    assert!(duty(&incident, "FR")["acknowledged"].is_null());
    assert!(of_type(&stage.de.timeline(&id).await, "notice_acknowledged").is_empty());
    assert!(incident["report"].is_null() && incident["gaps"] == json!([]));
}

#[tokio::test]
async fn many_states_may_answer_at_once() {
    let (stage, id) = Stage::with_basel().await;
    for _ in 0..5 {
        let (de, fr, eu) = tokio::join!(
            stage.de.acknowledge(&id, None),
            stage.fr.acknowledge(&id, None),
            stage.eu.acknowledge(&id, None)
        );
        for answer in [de, fr, eu] {
            answer.is(200);
        }
    }
    let seen = stage.ch.timeline(&id).await;
    assert_eq!(of_type(&seen, "notice_acknowledged").len(), 3, "each once");
    stage.house.is_sound();
}
