//! A test of the line in peacetime: sent to everybody, answered, scored.

use crate::harness::{House, basel, of_type};
use outcross::domain::account::Role;
use serde_json::json;

#[tokio::test]
async fn a_test_of_the_line_is_sent_answered_and_scored() {
    let house = House::new().await;
    let officer = house.account("", Role::DutyOfficer).await;
    let de = house.focal_point("DE").await;
    let fr = house.focal_point("FR").await;
    fr.post("/api/v1/reachability-tests", &json!({})).await.problem(403, "not-allowed");
    let asked = json!({ "addressees": ["DE", "FR", "JP"] });
    let receipt = officer.post("/api/v1/reachability-tests", &asked).await.is(201);
    let id = receipt["incident"].as_str().expect("an id").to_owned();

    let notice = of_type(&de.timeline(&id).await, "notice_issued")[0].clone();
    assert_eq!((&notice["notice"]["kind"], &notice["mode"]), (&json!("reachability"), &json!("test")));
    assert!(!json!(notice).to_string().contains("\"FR\""), "whom else it went to is not said");
    house.clock.advance(jiff::SignedDuration::from_mins(7));
    de.acknowledge(&id, None).await.is(200);
    let score = officer.get(&format!("/api/v1/incidents/{id}/score")).await.is(200);
    assert_eq!(
        (&score["asked"], &score["acknowledged"], &score["unreachable"]),
        (&json!(3), &json!(1), &json!(1))
    );
    let row = score["rows"].as_array().expect("a list").iter().find(|r| r["addressee"] == "DE").cloned();
    assert_eq!(row.expect("a row")["seconds"], 420);
    assert_eq!(score["in_time"], 1);

    // It is no incident: nothing of it can be classified, and it ends quietly.
    officer.change(&id, json!({ "change": "type", "to": "illegal" }), "x").await.problem(409, "refused");
    officer.put_into(&id, "closed", "done").await.is(200);
    let head = house.head();
    house.after(1000);
    assert_eq!(house.head(), head);
    assert_eq!(of_type(&fr.timeline(&id).await, "notice_issued").len(), 1, "no second letter for the end");

    let ch = house.focal_point("CH").await;
    let real = ch.report(&basel("exercise")).await;
    officer.get(&format!("/api/v1/incidents/{real}/score")).await.problem(404, "not-found");
    house.is_sound();
}
