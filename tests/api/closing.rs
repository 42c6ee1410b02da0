//! The end of a case: who hears of it, what is still open, and that nothing
//! rises from the dead.

use crate::{
    harness::{duty, notices_to, of_type, types},
    stage::Stage,
};
use serde_json::json;

#[tokio::test]
async fn closing_tells_everyone_who_was_ever_told_and_lists_what_is_open() {
    let (stage, id) = Stage::with_basel().await;
    stage.de.acknowledge(&id, None).await.is(200);
    let head = stage.house.head();
    stage.ch.put_into(&id, "closed", "three surveys without a plant").await.is(200);
    let since = stage.officer.events("exercise", head).await;
    assert_eq!(notices_to(&since), ["DE", "EU", "FR"]);

    let left = of_type(&since, "left_open")[0]["items"].clone();
    let open: Vec<(&str, &str)> = left
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (item["code"].as_str().expect("a code"), item["of"].as_str().expect("a name")))
        .collect();
    assert!(
        open.contains(&("acknowledgement", "FR")) && !open.contains(&("acknowledgement", "DE")),
        "{open:?}"
    );
    assert!(open.contains(&("notice", "BCH")) && open.iter().any(|(code, _)| *code == "gap"), "{open:?}");

    // A State told learns what is open for it, not what is open for others.
    let seen = stage.fr.events("exercise", head).await;
    assert_eq!(types(&seen), ["state_changed", "notice_issued"]);
    let items = seen[1]["notice"]["still_open"].as_array().expect("a list");
    assert!(items.iter().any(|item| item["code"] == "acknowledgement" && item["of"] == "FR"), "{items:?}");
    assert!(items.iter().all(|item| item["of"] != "EU" && item["of"] != "DE"), "{items:?}");
    assert_eq!(seen[1]["notice"]["kind"], "closing");
    assert!(seen[0]["still_open"].as_array().expect("a list").iter().all(|item| item["code"] == "gap"));
    for addressee in ["DE", "FR", "EU"] {
        assert!(duty(&stage.ch.ledger(&id).await, addressee)["ended"].is_object(), "{addressee}");
    }
    stage.house.is_sound();
}

#[tokio::test]
async fn all_clear_and_withdrawal_are_different_words() {
    for (change, kind) in [
        (json!({ "change": "state", "to": "closed", "all_clear": true }), "all_clear"),
        (json!({ "change": "state", "to": "withdrawn" }), "withdrawal"),
        (json!({ "change": "state", "to": "closed" }), "closing"),
    ] {
        let (stage, id) = Stage::with_basel().await;
        let head = stage.house.head();
        stage.ch.change(&id, change, "as decided").await.is(200);
        let notice = of_type(&stage.de.events("exercise", head).await, "notice_issued")[0].clone();
        assert_eq!(notice["notice"]["kind"], kind);
        assert!(notice["acknowledge_by"].is_null(), "nothing is asked any more");
    }
}

#[tokio::test]
async fn a_closed_case_pages_nobody_whatever_is_restarted() {
    let (stage, id) = Stage::with_basel().await;
    stage.ch.put_into(&id, "closed", "done").await.is(200);
    let head = stage.house.head();
    let house = stage.house.restart().await;
    for _ in 0..80 {
        house.after(1);
    }
    let house = house.restart().await;
    house.after(4_000);
    assert_eq!(house.head(), head);
    // A late joiner can still say that it has heard.
    let de = house.as_before(&stage.de);
    de.acknowledge(&id, None).await.is(200);
    assert_eq!(house.head(), head + 1);
    house.is_sound();
}

#[tokio::test]
async fn a_case_that_is_opened_again_awaits_what_was_never_answered() {
    let (stage, id) = Stage::with_basel().await;
    stage.de.acknowledge(&id, None).await.is(200);
    stage.ch.put_into(&id, "closed", "done").await.is(200);
    stage.ch.put_into(&id, "open", "plants were found after all").await.is(200);
    let head = stage.house.head();
    stage.house.after(1);
    let reminded = notices_to(&stage.officer.events("exercise", head).await);
    assert_eq!(reminded, ["EU", "FR"], "DE has answered");
    stage.house.is_sound();
}
