//! Modes are separate worlds: a drill never shows among real cases.

use crate::{
    harness::{basel, seq_of},
    stage::Stage,
};
use serde_json::json;

#[tokio::test]
async fn an_exercise_never_shows_among_real_cases() {
    let stage = Stage::set().await;
    let mut actual = stage.officer.live("actual").await;
    let mut exercise = stage.officer.live("exercise").await;
    let drill = stage.ch.report(&basel("exercise")).await;
    let test = stage.ch.report(&basel("test")).await;
    let real = stage.ch.report(&basel("actual")).await;

    for (mode, id) in [("actual", &real), ("exercise", &drill), ("test", &test)] {
        for account in [&stage.officer, &stage.ch, &stage.de] {
            assert_eq!(account.incidents(mode).await, [id.as_str()], "{mode}");
            let events = account.events(mode, 0).await;
            assert!(!events.is_empty());
            assert!(events.iter().all(|e| e["mode"] == mode && e["incident"] == json!(id)), "{mode}");
        }
    }
    for (live, id) in [(&mut actual, &real), (&mut exercise, &drill)] {
        let seen = stage.officer.timeline(id).await;
        assert_eq!(live.until(seq_of(seen.last().expect("events"))).await, seen);
    }
}

#[tokio::test]
async fn each_mode_counts_for_itself() {
    let stage = Stage::set().await;
    let mut references = Vec::new();
    for mode in ["exercise", "actual", "exercise", "test"] {
        let receipt = stage.ch.post("/api/v1/reports", &basel(mode)).await.is(201);
        let reference = receipt["reference"].as_str().expect("a reference");
        references.push(reference.rsplit_once('-').expect("a check character").0.to_owned());
    }
    assert_eq!(
        references,
        ["EX-TEST-2026-0001", "OX-TEST-2026-0001", "EX-TEST-2026-0002", "TX-TEST-2026-0001"]
    );
}

#[tokio::test]
async fn lists_are_read_page_by_page_to_the_end() {
    let stage = Stage::set().await;
    let mut filed = Vec::new();
    for _ in 0..3 {
        filed.insert(0, stage.ch.report(&basel("exercise")).await);
    }
    let mut path = "/api/v1/incidents?mode=exercise&limit=2".to_owned();
    let mut found = Vec::new();
    loop {
        let answer = stage.ch.get(&path).await;
        let next = answer.headers.get("link").cloned();
        let page = answer.is(200);
        let ids = page["incidents"].as_array().expect("a list").iter();
        found.extend(ids.map(|incident| incident["id"].as_str().expect("an id").to_owned()));
        let Some(link) = next else { break };
        path = link.strip_prefix('<').and_then(|l| l.split_once('>')).expect("RFC 8288").0.to_owned();
    }
    assert_eq!(found, filed);

    let mut after = 0;
    let mut seen = Vec::new();
    loop {
        let page = stage.de.get(&format!("/api/v1/events?mode=exercise&after={after}&limit=2")).await.is(200);
        let events = page["events"].as_array().expect("a list").clone();
        after = page["next"].as_u64().expect("a place");
        if events.is_empty() {
            break;
        }
        seen.extend(events);
    }
    assert_eq!(seen, stage.de.events("exercise", 0).await);
    assert_eq!(after, stage.house.head(), "and ends at the end of the log");
    let none = stage.de.get("/api/v1/events?mode=exercise&after=0&limit=0").await.is(200);
    assert!(
        none["next"] == 0 || none["events"] != json!([]),
        "no page, however short, leads past events that were not given: {none}"
    );
}
