//! Looking back: the situation report, the review with its three clocks, the
//! files that are taken out, and statistics.

use crate::{
    harness::{Account, basel},
    pages::{Browser, settle},
    stage::Stage,
};
use jiff::SignedDuration;
use outcross::domain::{
    account::{Role, Viewer},
    sign_in::AccessKind,
};
use serde_json::{Value, json};

async fn ministry(stage: &Stage) -> Browser<'_> {
    settle(&stage.house, &stage.ch_ministry, "ministry bern").await.0
}

fn viewer(account: &Account, role: Role) -> Viewer {
    let state = Some(account.state.parse().expect("a State"));
    Viewer::Account { id: account.id.parse().expect("an id"), state, role }
}

#[tokio::test]
async fn a_situation_report_says_where_it_stands_in_any_language() {
    let (stage, id) = Stage::with_basel().await;
    let weighed = json!({
        "quantities": { "status": "estimated", "text": "about 4 kg", "provenance": "weighbridge" },
        "other": { "status": "withheld", "text": "the name of the carrier" },
    });
    stage.ch.patch(&id, &weighed, "weighed").await.is(200);
    stage.de.acknowledge(&id, None).await.is(200);
    stage.ch.post(&format!("/api/v1/incidents/{id}/runs"), &json!({ "playbook": "release" })).await.is(200);
    let mut browser = ministry(&stage).await;
    let path = format!("/incidents/{id}/report");
    let page = browser.open(&path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for said in [
        "EX-TEST-2026-0001",
        "EXERCISE",
        "about 4 kg",
        "weighbridge",
        "estimated",
        "known, and withheld",
        "not known",
        "Germany",
        "State of release: the first 24 hours",
        "Open steps",
        "Made on 2026-03-02 09:00 UTC",
        "in time, 1 h 0 min before",
        "no finer than map and place",
        "SHA-256",
    ] {
        assert!(page.text.contains(said), "{said} is missing in {}", page.text);
    }
    assert!(!page.text.contains("the name of the carrier"), "what is withheld is not printed");
    assert!(!page.text.contains(" style="), "the policy forbids it");
    assert_eq!(page.text.matches("<h1").count(), 1);
    for (language, word) in
        [("fr", "Ce que l’on sait"), ("es", "Informe de situación"), ("ru", "Сводка"), ("zh", "情况报告")]
    {
        let page = browser.open(&format!("{path}?language={language}")).await;
        assert!(page.text.contains(word) && page.text.contains(&format!("<html lang=\"{language}\"")));
    }
    let page = browser.open(&format!("{path}?language=ar")).await;
    assert!(page.text.contains("dir=\"rtl\"") && page.text.contains("تقرير الحالة"), "{}", page.text);
    let page = browser.open(&format!("{path}?language=tlh")).await;
    assert!(page.text.contains("<html lang=\"en\""), "an unknown language is the browser's own");
}

#[tokio::test]
async fn a_review_has_three_clocks_and_says_what_it_hides() {
    let (stage, id) = Stage::with_basel().await;
    let mut browser = ministry(&stage).await;
    let path = format!("/incidents/{id}/review");
    let page = browser.open(&path).await;
    assert!(page.text.contains("none is hidden"), "{}", page.text);
    assert!(
        page.text.contains("<time>2026-03-02 09:00</time><br><time>10:00 +01:00</time>"),
        "{}",
        page.text
    );
    let all = stage.ch.timeline(&id).await.len();
    assert_eq!(page.text.matches("<tr id=\"e").count(), all);
    let page = browser.open(&format!("{path}?show=facts")).await;
    assert_eq!(page.text.matches("<tr id=\"e").count(), 1);
    assert!(page.text.contains(&format!("{} are hidden by the choice of kinds", all - 1)), "{}", page.text);
    let bad = browser.open(&format!("{path}?at=yesterday")).await;
    assert!(bad.status == 422 && bad.text.contains("This moment cannot be read"), "{}", bad.text);
    assert!(bad.text.contains("value=\"yesterday\""), "what was typed stays");
}

#[tokio::test]
async fn a_review_says_who_had_been_told_what_at_a_moment_and_by_how_much_a_deadline_was_missed() {
    let (stage, id) = Stage::with_basel().await;
    let message = stage.de.messages(&id).await[0]["id"].as_str().expect("an id").to_owned();
    stage.de.receive(&id, &message).await.is(200);
    stage.house.after(3);
    stage.de.acknowledge(&id, None).await.is(200);
    let mut browser = ministry(&stage).await;
    let path = format!("/incidents/{id}/review");
    let before = browser.open(&format!("{path}?at=2026-03-02T08:59")).await;
    assert!(
        !before.text.contains("at=2026-03-02T08%3A59&#38;of=DE"),
        "nobody had been told: {}",
        before.text
    );
    let then = browser.open(&format!("{path}?at=2026-03-02T09:10&of=DE")).await;
    assert!(then.text.contains("Sent to <bdi>Germany</bdi>"), "{}", then.text);
    assert!(then.text.contains("The text fits the digest in the log"), "{}", then.text);
    assert!(then.text.contains("late by 2 h 0 min"), "{}", then.text);
    // Those who are told see their own deadlines, not those of others.
    let (mut german, ..) = settle(&stage.house, &stage.de, "watch berlin").await;
    assert!(german.open(&path).await.text.contains("Germany acknowledges receipt"));
    let (mut french, ..) = settle(&stage.house, &stage.fr, "watch paris").await;
    let page = french.open(&path).await;
    assert!(page.text.contains("France acknowledges receipt"), "{}", page.text);
    assert!(!page.text.contains("Germany acknowledge"), "{}", page.text);
}

#[tokio::test]
async fn what_is_taken_out_is_whole_is_harmless_and_is_written_down() {
    let (stage, id) = Stage::with_basel().await;
    stage.de.acknowledge(&id, None).await.is(200);
    let mut browser = ministry(&stage).await;
    let file = |name: &str| format!("/incidents/{id}/review/{name}");
    let table = browser.open(&file("timeline.csv")).await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    let disposition = &table.headers["content-disposition"];
    assert!(disposition.starts_with("attachment") && disposition.contains("-timeline.csv"), "{disposition}");
    assert_eq!(table.headers["x-content-type-options"], "nosniff");
    assert!(table.headers["content-security-policy"].contains("sandbox"));
    assert!(table.text.starts_with("\u{feff}seq,type,occurred,known,recorded,"), "{}", table.text);
    let events = stage.ch_ministry.timeline(&id).await;
    assert_eq!(table.text.lines().count(), events.len() + 1);
    let whole = browser.open(&file("timeline.json")).await;
    let body: Value = serde_json::from_str(&whole.text).expect("JSON");
    assert_eq!(body["events"], json!(events), "as the interface gives it");
    assert!(body["exported"].is_string() && body["mode"] == "exercise" && body["log"].is_string());
    let duties: Value = serde_json::from_str(&browser.open(&file("duties.json")).await.text).expect("JSON");
    assert_eq!(duties["ledger"], stage.ch_ministry.ledger(&id).await);
    assert!(duties["deadlines"].as_array().is_some_and(|list| !list.is_empty()), "{duties}");
    assert!(browser.open(&file("duties.csv")).await.text.contains("DE,Germany,2026-03-02T09:00:00Z"));
    assert!(browser.open(&file("deadlines.csv")).await.text.contains("acknowledgement,DE,"));
    assert_eq!(browser.open(&file("accounts.csv")).await.status, 404);

    let reader = viewer(&stage.ch_ministry, Role::Ministry);
    let account = stage.ch_ministry.id.parse().expect("an id");
    let log = stage.house.store.accesses(&reader, account, 50).expect("a log");
    let taken: Vec<&str> = log
        .iter()
        .filter(|access| access.kind == AccessKind::Exported)
        .filter_map(|access| access.what.as_deref())
        .collect();
    assert_eq!(taken.len(), 5, "{taken:?}");
    assert!(taken.iter().any(|what| what.contains(&id) && what.ends_with("timeline.csv")), "{taken:?}");

    // Whoever was not told finds nothing, and nothing is written down.
    let (mut stranger, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    for path in ["report", "review", "review/timeline.csv", "review/duties.json"] {
        assert_eq!(stranger.open(&format!("/incidents/{id}/{path}")).await.status, 404, "{path}");
    }
    let reader = viewer(&stage.jp, Role::ContactPoint);
    let log = stage.house.store.accesses(&reader, stage.jp.id.parse().expect("an id"), 50).expect("a log");
    assert!(log.iter().all(|access| access.kind != AccessKind::Exported));
}

#[tokio::test]
async fn statistics_count_what_the_account_may_see_and_are_silent_about_few() {
    let (stage, _) = Stage::with_basel().await;
    let (mut browser, ..) = settle(&stage.house, &stage.ch_ministry, "ministry bern").await;
    let page = browser.open("/statistics").await;
    assert!(page.text.contains("0 incidents are counted"), "the real ones, unless asked: {}", page.text);
    let few = browser.open("/statistics?mode=exercise").await;
    assert!(few.text.contains("n = 1: too few to say anything by."), "{}", few.text);
    assert!(few.text.contains("EXERCISE") && !few.text.contains("<svg"), "{}", few.text);
    for _ in 0..4 {
        let id = stage.ch.report(&basel("exercise")).await;
        stage.house.clock.advance(SignedDuration::from_mins(10));
        stage.de.acknowledge(&id, None).await.is(200);
    }
    let page = browser.open("/statistics?mode=exercise").await;
    assert!(page.text.contains("5 incidents are counted; the choice leaves none out."), "{}", page.text);
    assert!(page.text.contains("<svg") && page.text.contains("2026-03"), "{}", page.text);
    assert!(!page.text.contains(" style=\""), "the policy forbids it");
    let none = browser.open("/statistics?mode=exercise&year=2025").await;
    assert!(none.text.contains("0 incidents are counted; the choice leaves 5 out."), "{}", none.text);
    let by_state = browser.open("/statistics?mode=exercise&state=CH&year=2026").await;
    assert!(by_state.text.contains("5 incidents are counted"), "{}", by_state.text);

    // A State that was told does not learn how others answered.
    let (mut french, ..) = settle(&stage.house, &stage.fr, "watch paris").await;
    let page = french.open("/statistics?mode=exercise").await;
    assert!(page.text.contains("their answers are not for this account to see"), "{}", page.text);
    let (mut stranger, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    let page = stranger.open("/statistics?mode=exercise").await;
    assert!(page.text.contains("0 incidents are counted; the choice leaves none out."), "{}", page.text);
    let admin = stage.house.account("CH", Role::Administrator).await;
    let (mut admin, ..) = settle(&stage.house, &admin, "administrator").await;
    assert_eq!(admin.open("/statistics?mode=exercise").await.status, 403);
}
