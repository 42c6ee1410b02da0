//! A report by the State of release opens an incident and tells the States in
//! reach at once.

use crate::{
    harness::{House, basel, notices_to, of_type, seq_of, types},
    stage::Stage,
};
use outcross::domain::account::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_report_by_the_state_of_release_tells_everyone_in_reach_at_once() {
    let stage = Stage::set().await;
    let answer = stage.ch.post("/api/v1/reports", &basel("exercise")).await;
    let location = answer.headers.get("location").expect("a Location header").clone();
    let receipt = answer.is(201);
    assert!(receipt["reference"].as_str().expect("a reference").starts_with("EX-TEST-2026-"), "{receipt}");
    let id = receipt["incident"].as_str().expect("an id");
    assert_eq!(location, format!("/api/v1/incidents/{id}"));

    let incident = stage.ch.incident(id).await;
    assert_eq!(incident["state"], "open");
    assert_eq!(incident["state_of_release"], "CH");
    assert_eq!(notices_to(&stage.ch.timeline(id).await), ["DE", "EU", "FR"]);
    stage.house.is_sound();
}

#[tokio::test]
async fn each_receiver_hears_of_its_own_notice_and_of_nobody_elses() {
    let stage = Stage::set().await;
    let (mut de, mut fr) = (stage.de.live("exercise").await, stage.fr.live("exercise").await);
    let id = stage.ch.report(&basel("exercise")).await;

    for (account, live) in [(&stage.de, &mut de), (&stage.fr, &mut fr)] {
        let seen = account.timeline(&id).await;
        let heard = live.until(seq_of(seen.last().expect("events"))).await;
        assert_eq!(notices_to(&heard), [account.state.as_str()]);
        assert_eq!(heard, seen, "live and timeline tell {} the same", account.state);
        assert_eq!(heard, account.events("exercise", 0).await, "and so does the log");
        let notice = &of_type(&heard, "notice_issued")[0]["notice"];
        assert_eq!(notice["organism"]["event"], "GT73");
        assert_eq!(notice["place"]["state"], "CH");
    }
}

#[tokio::test]
async fn a_state_that_is_not_told_sees_nothing() {
    let (stage, id) = Stage::with_basel().await;
    assert_eq!(stage.jp.incidents("exercise").await, Vec::<String>::new());
    assert!(stage.jp.events("exercise", 0).await.is_empty());
    for part in ["", "/timeline", "/assessment", "/messages", "/playbooks"] {
        stage.jp.get(&format!("/api/v1/incidents/{id}{part}")).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn the_ministry_of_the_state_of_release_sees_all_of_it() {
    let (stage, id) = Stage::with_basel().await;
    let all = stage.officer.timeline(&id).await;
    let places: Vec<u64> = all.iter().map(seq_of).collect();
    assert_eq!(places, (1..=stage.house.head()).collect::<Vec<_>>());
    let seen = stage.ch_ministry.timeline(&id).await;
    let of_others = |event: &Value| event["audience_role"] == "affected_state";
    let expected: Vec<Value> = all.into_iter().filter(|event| !of_others(event)).collect();
    assert_eq!(seen, expected, "all but what the other States have to do");
    assert_eq!(stage.ch_ministry.messages(&id).await.len(), 3);
    assert_eq!(stage.de.messages(&id).await.len(), 1);
}

#[tokio::test]
async fn an_administrator_manages_accounts_and_reads_no_incident() {
    let (stage, id) = Stage::with_basel().await;
    let of_ch = stage.house.account("CH", Role::Administrator).await;
    for administrator in [stage.house.administrator(), (*of_ch).clone()] {
        administrator.get("/api/v1/incidents?mode=exercise").await.problem(403, "not-allowed");
        administrator.get(&format!("/api/v1/incidents/{id}")).await.problem(403, "not-allowed");
        administrator.get("/api/v1/events?mode=exercise").await.problem(403, "not-allowed");
        administrator.live_at("mode=exercise").await.err().expect("a refusal").problem(403, "not-allowed");
        administrator.post("/api/v1/reports", &basel("exercise")).await.problem(403, "not-allowed");
    }
    let of_de = json!({ "name": "Office", "state": "DE", "role": "ministry" });
    of_ch.post("/api/v1/accounts", &of_de).await.problem(403, "not-allowed");
    let of_nobody = json!({ "name": "Office", "state": null, "role": "duty_officer" });
    of_ch.post("/api/v1/accounts", &of_nobody).await.problem(403, "not-allowed");
}

#[tokio::test]
async fn the_assessment_says_who_is_in_reach_and_the_playbook_what_to_do() {
    let (stage, id) = Stage::with_basel().await;
    let assessment = stage.de.get(&format!("/api/v1/incidents/{id}/assessment")).await.is(200);
    let states: Vec<&str> = assessment["states"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| finding["iso2"].as_str().expect("a code"))
        .collect();
    assert!(states.contains(&"DE") && states.contains(&"FR"), "{states:?}");
    assert!(!states.contains(&"JP"));

    for (account, role) in [(&stage.ch, "state_of_release"), (&stage.de, "affected_state")] {
        let open = account.get(&format!("/api/v1/incidents/{id}/playbooks")).await.is(200);
        let open = open["playbooks"].as_array().expect("a list");
        assert!(!open.is_empty(), "{} has something to do", account.state);
        assert!(open.iter().all(|playbook| playbook["role"] == role), "{}: {open:#?}", account.state);
        assert!(open.iter().all(|playbook| playbook["steps"].as_array().is_some_and(|s| !s.is_empty())));
    }
}

#[tokio::test]
async fn a_preview_says_the_same_and_stores_nothing() {
    let stage = Stage::set().await;
    let preview = stage.ch.post("/api/v1/assessments/preview", &basel("exercise")).await.is(200);
    assert_eq!(stage.house.head(), 0);
    let id = stage.ch.report(&basel("exercise")).await;
    let assessment = stage.ch.get(&format!("/api/v1/incidents/{id}/assessment")).await.is(200);
    assert_eq!(preview["states"], assessment["states"]);
    assert_eq!(preview["excluded"], assessment["excluded"]);
}

#[tokio::test]
async fn a_state_without_a_contact_point_is_an_alarm_and_holds_nobody_up() {
    let house = House::new().await;
    let ch = house.focal_point("CH").await;
    let fr = house.focal_point("FR").await;
    let id = ch.report(&basel("exercise")).await;
    let seen = ch.timeline(&id).await;
    let unreachable: Vec<_> = of_type(&seen, "addressee_unreachable");
    let unreachable: Vec<_> = unreachable.iter().map(|e| e["addressee"].as_str().expect("a code")).collect();
    assert_eq!(unreachable, ["DE", "EU"]);
    assert_eq!(notices_to(&fr.timeline(&id).await), ["FR"]);
    let incident = ch.incident(&id).await;
    let duties = incident["duties"].as_array().expect("a list");
    assert!(duties.iter().any(|d| d["addressee"] == "DE" && d["unreachable"] == true));
}

#[tokio::test]
async fn a_contact_point_without_a_channel_is_passed_over_and_the_next_one_told() {
    let house = House::without_mail().await;
    let ch = house.focal_point("CH").await;
    let mail = json!({ "channel": "email", "address": "a17.de@example.org" });
    house.contact_by("DE", "CPB-A17-FP", mail).await;
    let hand = json!({ "channel": "by_hand", "number": "+49 000 0000" });
    let second = house.contact_by("DE", "CNA", hand).await;
    let id = ch.report(&basel("exercise")).await;
    let seen = ch.timeline(&id).await;
    let notice = of_type(&seen, "notice_issued")[0];
    assert_eq!(notice["hops"].as_array().map(Vec::len), Some(2), "{notice:#}");
    assert_eq!(notice["hops"][0]["outcome"], "channel_not_served");
    assert_eq!(notice["message"]["contact"], json!(second));
    assert_eq!(notice["message"]["channel"], "by_hand");
}

#[tokio::test]
async fn the_clearing_house_is_owed_a_record_and_met_by_its_id() {
    let (stage, id) = Stage::with_basel().await;
    let path = format!("/api/v1/incidents/{id}/clearing-house");
    stage.ch.post(&path, &json!({ "record": "posted it" })).await.problem(422, "invalid");
    stage.de.post(&path, &json!({ "record": "BCH-DEC-CH-123456-1" })).await.problem(403, "not-allowed");
    let head = stage.house.head();
    stage.ch.post(&path, &json!({ "record": "BCH-DEC-CH-123456-1" })).await.is(200);
    assert_eq!(types(&stage.ch.events("exercise", head).await), ["clearing_house_informed"]);
}
