//! What an addressee says: consultation under Article 17.4, response, liability;
//! each a matter between two, and recorded.

use crate::{
    harness::{duty, of_type},
    stage::Stage,
};
use serde_json::json;

#[tokio::test]
async fn two_states_consult_and_nobody_else_hears_what_they_say() {
    let (stage, id) = Stage::with_basel().await;
    stage.de.answer(&id, json!({ "answer": "say", "text": "too early" })).await.problem(409, "refused");
    stage.de.answer(&id, json!({ "answer": "open_consultation" })).await.is(200);
    stage.de.answer(&id, json!({ "answer": "open_consultation" })).await.problem(409, "refused");
    stage.de.answer(&id, json!({ "answer": "say", "text": "which lots went to Weil" })).await.is(200);
    let reply = json!({ "answer": "say", "text": "lots seven and nine", "addressee": "DE" });
    stage.ch.answer(&id, reply).await.is(200);
    stage
        .ch
        .answer(&id, json!({ "answer": "agree", "text": "joint survey on Monday", "addressee": "DE" }))
        .await
        .is(200);

    for side in [&stage.de, &stage.ch] {
        let seen = json!(side.timeline(&id).await).to_string();
        for words in ["which lots went to Weil", "lots seven and nine", "joint survey on Monday"] {
            assert!(seen.contains(words), "{} hears {words}", side.state);
        }
    }
    for other in [&stage.fr, &stage.officer, &stage.eu] {
        let seen = other.timeline(&id).await;
        let text = json!(seen).to_string();
        for words in ["which lots", "lots seven", "joint survey"] {
            assert!(!text.contains(words), "{:?} hears {words}", other.state);
        }
        // The instance knows that they talk; a third State does not.
        let opened = of_type(&seen, "consultation_opened").len();
        assert_eq!(opened, usize::from(other.state.is_empty()), "{:?}", other.state);
    }
    let head = stage.house.head();
    stage
        .fr
        .answer(&id, json!({ "answer": "say", "text": "me too", "addressee": "DE" }))
        .await
        .problem(403, "not-allowed");
    stage
        .officer
        .answer(&id, json!({ "answer": "say", "text": "x", "addressee": "DE" }))
        .await
        .problem(403, "not-allowed");
    assert_eq!(stage.house.head(), head);

    stage.ch.answer(&id, json!({ "answer": "close_consultation", "addressee": "DE" })).await.is(200);
    let row = duty(&stage.officer.ledger(&id).await, "DE");
    assert_eq!(row["consulted"]["by"], json!(stage.de.id), "opened by whom");
    assert_eq!(row["consultation_closed"]["by"], json!(stage.ch.id));
    assert!(row["acknowledged"].is_null(), "a duty apart from notification");
    stage.house.is_sound();
}

#[tokio::test]
async fn a_response_is_recorded_state_by_state() {
    let (stage, id) = Stage::with_basel().await;
    stage.de.answer(&id, json!({ "answer": "respond", "text": "the port is searched" })).await.is(200);
    assert!(json!(stage.ch.timeline(&id).await).to_string().contains("the port is searched"));
    assert!(!json!(stage.fr.timeline(&id).await).to_string().contains("the port is searched"));
    let ledger = stage.ch.ledger(&id).await;
    assert!(duty(&ledger, "DE")["responded"].is_object() && duty(&ledger, "FR")["responded"].is_null());
    stage.jp.answer(&id, json!({ "answer": "respond", "text": "x" })).await.problem(404, "not-found");
    stage.de.answer(&id, json!({ "answer": "respond", "text": " " })).await.problem(422, "invalid");
}

#[tokio::test]
async fn operators_measures_and_costs_are_kept_for_their_state() {
    let (stage, id) = Stage::with_basel().await;
    let path = format!("/api/v1/incidents/{id}/liability");
    for entry in [
        json!({ "kind": "operator", "name": "Rheinfracht (invented)", "capacity": "carrier" }),
        json!({ "kind": "damage_evaluated", "finding": "likely", "grounds": "wild relatives within 400 m" }),
        json!({ "kind": "measure_ordered", "operator": "Rheinfracht (invented)", "measure": "clear the track",
                "reasons": "Article 5.1", "due": "2026-03-05T00:00:00Z" }),
        json!({ "kind": "measure_taken", "by": "authority", "measure": "cleared 400 m" }),
        json!({ "kind": "cost", "amount": "1250.50", "currency": "EUR", "purpose": "survey" }),
        json!({ "kind": "cost", "amount": "49.50", "currency": "EUR", "purpose": "strips" }),
        json!({ "kind": "cost", "amount": "80.00", "currency": "CHF", "purpose": "disposal" }),
    ] {
        stage.de.post(&path, &json!({ "entry": entry })).await.is(200);
    }
    let record = stage.de.get(&path).await.is(200);
    assert_eq!(record["entries"].as_array().map(Vec::len), Some(7));
    assert_eq!(
        (&record["total"]["EUR"], &record["total"]["CHF"]),
        (&json!("1300.00"), &json!("80.00")),
        "{record:#}"
    );
    assert_eq!(stage.officer.get(&format!("{path}?state=DE")).await.is(200)["total"], record["total"]);
    let foreign = stage.ch.get(&format!("{path}?state=DE")).await;
    assert!(!foreign.body.to_string().contains("Rheinfracht"), "{}", foreign.body);
    assert!(!json!(stage.ch.timeline(&id).await).to_string().contains("Rheinfracht"));
    let wrong = json!({ "entry": { "kind": "cost", "amount": "1,5", "currency": "EUR", "purpose": "x" } });
    stage.de.post(&path, &wrong).await.problem(422, "invalid");
}

#[tokio::test]
async fn a_note_is_for_the_own_state_unless_it_is_for_everybody() {
    let (stage, id) = Stage::with_basel().await;
    let path = format!("/api/v1/incidents/{id}/notes");
    stage.de.post(&path, &json!({ "text": "boats are ready" })).await.is(200);
    stage.ch.post(&path, &json!({ "text": "press at noon", "for_everybody": true })).await.is(200);
    assert!(json!(stage.de.timeline(&id).await).to_string().contains("boats are ready"));
    for other in [&stage.ch, &stage.fr] {
        let seen = json!(other.timeline(&id).await).to_string();
        assert!(!seen.contains("boats are ready") && seen.contains("press at noon"), "{}", other.state);
    }
}

#[tokio::test]
async fn what_happened_by_telephone_is_entered_afterwards_with_its_own_times() {
    let (stage, id) = Stage::with_basel().await;
    stage.house.after(0);
    stage.house.clock.advance(jiff::SignedDuration::from_mins(50));
    let happened = json!({ "occurred": "2026-03-02T09:10:00Z", "known": "2026-03-02T09:12:00Z" });
    let path = format!("/api/v1/incidents/{id}/answers");
    let body =
        json!({ "answer": "respond", "text": "search begins, said by telephone", "happened": happened });
    stage.de.post(&path, &body).await.is(200);
    let seen = stage.ch.timeline(&id).await;
    let event = of_type(&seen, "response_recorded")[0];
    assert_eq!(event["out_of_band"], true, "{event:#}");
    assert_eq!(event["occurred"], "2026-03-02T09:10:00Z");
    assert_eq!(event["known"], "2026-03-02T09:12:00Z");
    assert_eq!(event["recorded"], "2026-03-02T09:50:00Z");
    assert_eq!(duty(&stage.ch.ledger(&id).await, "DE")["responded"]["at"], "2026-03-02T09:10:00Z");
    let future = json!({ "occurred": "2027-01-01T00:00:00Z" });
    let body = json!({ "answer": "respond", "text": "x", "happened": future });
    stage.de.post(&path, &body).await.problem(422, "invalid");
    stage.house.is_sound();
}
