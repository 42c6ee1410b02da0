//! Facts change, and the people in charge steer: who hears of it, and what
//! keeps two of them out of each other's way.

use crate::{
    harness::{basel, duty, notices_to, of_type, types},
    stage::Stage,
};
use serde_json::{Value, json};

#[tokio::test]
async fn changed_facts_reach_everyone_told_with_what_has_changed() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    let patch = json!({ "quantities": { "status": "estimated", "text": "about 4 kg" } });
    stage.ch.patch(&id, &patch, "weighed").await.is(200);
    let since = stage.officer.events("exercise", head).await;
    assert_eq!(notices_to(&since), ["DE", "EU", "FR"]);
    let notice = of_type(&stage.de.events("exercise", head).await, "notice_issued")[0].clone();
    assert_eq!(
        (&notice["notice"]["kind"], &notice["notice"]["reason"]),
        (&json!("follow_up"), &json!("weighed"))
    );
    let changes = notice["notice"]["changes"].as_array().expect("a list").clone();
    let text = changes.iter().find(|c| c["field"] == "/quantities/text").expect("what changed");
    assert_eq!(text["after"], "about 4 kg");
    // The older message was not fetched yet: its place is taken.
    let messages = stage.de.messages(&id).await;
    assert_eq!(notice["supersedes"], messages[0]["id"]);
    let states: Vec<_> = messages.iter().map(|m| m["state"].as_str().expect("a state")).collect();
    assert_eq!(states, ["superseded", "pending"]);
    // The same once more is no change.
    stage.ch.patch(&id, &patch, "again").await.problem(409, "refused");
    stage.house.is_sound();
}

#[tokio::test]
async fn facts_that_move_the_place_tell_new_states_and_drop_none() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    // From Basel to Chiasso.
    let patch = json!({ "place": { "geometry": { "type": "Point", "coordinates": [8.981, 45.87] } } });
    stage.ch.patch(&id, &patch, "the wagon stood elsewhere").await.is(200);
    let since = stage.officer.events("exercise", head).await;
    assert!(
        since.iter().any(|e| e["addressee"] == "IT" && e["type"] == "addressee_unreachable"),
        "{since:#?}"
    );
    let ledger = stage.officer.ledger(&id).await;
    for state in ["DE", "FR"] {
        assert!(duty(&ledger, state)["notified"].is_object(), "{state} stays");
    }
    assert_eq!(duty(&ledger, "DE")["finding"]["ring"], "named", "out of reach by now, and still of it");
    assert_eq!(of_type(&stage.de.events("exercise", head).await, "notice_issued").len(), 1, "it hears of it");
    stage.house.is_sound();
}

#[tokio::test]
async fn a_patch_that_is_no_report_says_where() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    for (patch, at) in [
        (json!({ "place": { "geometry": { "type": "Point", "coordinates": [9.0, 95.0] } } }), "place"),
        (json!({ "pathways": "wind" }), "pathways"),
        (json!({ "colour": "red" }), "colour"),
    ] {
        stage.ch.patch(&id, &patch, "why").await.problem(422, "invalid").says(at);
    }
    stage.ch.patch(&id, &json!({ "mode": "actual" }), "why").await.problem(422, "invalid").says("mode");
    stage.ch.patch(&id, &json!({ "other": null, "quantities": "4 kg" }), " ").await.problem(422, "invalid");
    stage.de.patch(&id, &json!({ "quantities": "9 kg" }), "we know better").await.problem(403, "not-allowed");
    assert_eq!(stage.house.head(), head);
}

#[tokio::test]
async fn only_the_transitions_of_the_table_are_made() {
    let (stage, id) = Stage::with_basel().await;
    let path = [
        ("open", 409),
        ("merged", 409),
        ("contained", 200),
        ("monitoring", 200),
        ("contained", 200),
        ("monitoring", 200),
        ("under_verification", 409),
        ("closed", 200),
        ("contained", 409),
        ("withdrawn", 409),
        ("open", 200),
        ("withdrawn", 200),
        ("closed", 409),
        ("open", 200),
    ];
    for (to, status) in path {
        let answer = stage.ch.put_into(&id, to, "as decided").await;
        assert_eq!(answer.status, status, "to {to}: {}", answer.body);
        if status == 409 && to == "contained" {
            answer.problem(409, "refused").says("open");
        }
    }
    stage.ch.put_into(&id, "closed", "").await.problem(422, "invalid");
    stage.house.is_sound();
}

#[tokio::test]
async fn two_people_at_once_do_not_overwrite_each_other() {
    let (stage, id) = Stage::with_basel().await;
    let path = format!("/api/v1/incidents/{id}");
    let seen = stage.ch.get(&path).await;
    let tag = seen.headers["etag"].clone();
    let facts = json!({ "patch": { "quantities": "about 4 kg" }, "reason": "weighed" });
    let closing = json!({ "change": "state", "to": "closed", "reason": "swept" });
    let (to_facts, to_changes) = (format!("{path}/facts"), format!("{path}/changes"));
    let (edited, closed) = tokio::join!(
        stage.ch.post_if(&tag, &to_facts, &facts),
        stage.ch_officer.post_if(&tag, &to_changes, &closing),
    );
    let (won, lost) = if edited.status == 200 { (edited, closed) } else { (closed, edited) };
    won.is(200);
    let problem = lost.body.clone();
    lost.problem(412, "stale");
    assert_ne!(
        problem["current"]["revision"].to_string(),
        tag.trim_matches('"'),
        "the incident as it is now"
    );
    assert_eq!(problem["current"]["id"], json!(id));
    // Having seen it, the second may go on.
    let now = stage.ch.get(&path).await.headers["etag"].clone();
    let note = json!({ "change": "sharing", "told_see_each_other": false, "reason": "asked for" });
    let answer = stage.ch.post_if(&now, &to_changes, &note).await;
    assert!(answer.status == 200, "{}", answer.body);
    stage.ch.post_if("\"x\"", &to_changes, &note).await.problem(422, "invalid").says("ETag");
    stage.house.is_sound();
}

#[tokio::test]
async fn another_kind_of_case_changes_who_is_told_and_how() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    stage.ch.change(&id, json!({ "change": "type", "to": "illegal" }), "seized at customs").await.is(200);
    let since = stage.de.events("exercise", head).await;
    assert_eq!(types(&since), ["type_changed", "notice_issued"]);
    assert_eq!(since[1]["notice"]["incident_type"], "illegal");

    // No border was crossed: those told hear it, and are waited for no longer.
    stage
        .ch
        .change(&id, json!({ "change": "type", "to": "domestic" }), "it never left the yard")
        .await
        .is(200);
    let head = stage.house.head();
    stage.house.after(1);
    stage.house.after(100);
    assert_eq!(stage.house.head(), head, "nobody is reminded");
    let ledger = stage.officer.ledger(&id).await;
    assert!(duty(&ledger, "DE")["notified"].is_object(), "a State told is never removed");
    stage
        .ch
        .change(&id, json!({ "change": "addressees", "addressees": ["JP"] }), "asked")
        .await
        .problem(409, "refused")
        .says("domestic");

    stage.ch.change(&id, json!({ "change": "type", "to": "unintentional" }), "it did").await.is(200);
    stage.house.after(1);
    assert!(stage.house.head() > head + 4, "answers are awaited again");
    stage.house.is_sound();
}

#[tokio::test]
async fn a_state_the_map_does_not_name_can_be_named() {
    let (stage, id) = Stage::with_basel().await;
    stage.jp.get(&format!("/api/v1/incidents/{id}")).await.problem(404, "not-found");
    let named = json!({ "change": "addressees", "addressees": ["JP", "IPPC"] });
    stage.ch.change(&id, named.clone(), "seed of the same lot went there").await.is(200);
    let seen = stage.jp.timeline(&id).await;
    assert_eq!(notices_to(&seen), ["JP"]);
    assert!(of_type(&seen, "addressees_named").is_empty(), "why others are named is not its business");
    let ledger = stage.officer.ledger(&id).await;
    assert_eq!(duty(&ledger, "IPPC")["unreachable"], true, "an organization without an address is an alarm");
    stage.ch.change(&id, named, "again").await.problem(409, "refused");
    stage
        .ch
        .change(&id, json!({"change": "addressees", "addressees": ["CH"]}), "us")
        .await
        .problem(409, "refused");
}

#[tokio::test]
async fn told_states_see_each_other_only_while_that_is_shared() {
    let (stage, id) = Stage::with_basel().await;
    assert!(!duty(&stage.de.incident(&id).await, "FR").is_null());
    let change = json!({ "change": "sharing", "told_see_each_other": false });
    stage.ch.change(&id, change, "asked by one of them").await.is(200);
    let seen = stage.de.incident(&id).await;
    assert!(duty(&seen, "FR").is_null() && !duty(&seen, "DE").is_null(), "{seen:#}");
    assert!(!duty(&stage.ch.incident(&id).await, "FR").is_null());
    assert!(!stage.de.ledger(&id).await.to_string().contains("\"FR\""));
}

#[tokio::test]
async fn two_reports_of_one_event_go_on_as_one() {
    let stage = Stage::set().await;
    let first = stage.ch.report(&basel("exercise")).await;
    let mut wider = basel("exercise");
    wider["place"] = json!({ "geometry": { "type": "Point", "coordinates": [8.981, 45.87] }, "state": "CH" });
    let second = stage.ch.report(&wider).await;
    let old = stage.ch.incident(&second).await;
    let merge = json!({ "change": "merge", "absorb": second });
    stage.ch.change(&first, merge.clone(), "the same wagon").await.is(200);

    let (target, source) = (stage.ch.incident(&first).await, stage.ch.incident(&second).await);
    assert_eq!((&source["state"], &source["merged_into"]["incident"]), (&json!("merged"), &json!(first)));
    assert_eq!(source["reference"], old["reference"], "the reference stays valid");
    assert!(target["absorbed"].to_string().contains(old["reference"].as_str().expect("text")), "{target:#}");
    // Whom only the other one had told is told by this one.
    assert!(duty(&target, "IT")["unreachable"] == true, "{target:#}");
    stage.ch.change(&first, merge, "again").await.problem(409, "refused");
    stage.ch.put_into(&second, "open", "no").await.problem(409, "refused");
    let own = json!({ "change": "merge", "absorb": first });
    stage.ch.change(&first, own, "itself").await.problem(409, "refused");

    let mut real = basel("test");
    real["mode"] = json!("test");
    let other = stage.ch.report(&real).await;
    let across = json!({ "change": "merge", "absorb": other });
    stage.ch.change(&first, across, "why not").await.problem(409, "refused").says("mode");
    // Nothing rises from the merged one.
    let before = stage.house.head();
    stage.house.after(100);
    let since = stage.officer.events("exercise", before).await;
    assert!(since.iter().all(|event| event["incident"] != json!(second)), "{since:#?}");
    stage.house.is_sound();
}

#[tokio::test]
async fn an_own_assessment_stands_beside_that_of_the_origin() {
    let (stage, id) = Stage::with_basel().await;
    let own = json!({ "answer": "assess", "value": "likely", "text": "wild relatives flower now",
                      "risk_assessment": "BCH-RA-DE-100000-1" });
    stage.de.answer(&id, own).await.is(200);
    for viewer in [&stage.ch, &stage.fr, &stage.de] {
        let seen = viewer.timeline(&id).await;
        assert_eq!(of_type(&seen, "state_assessed").len(), 1, "{}", viewer.state);
    }
    assert_eq!(stage.ch.incident(&id).await["significance"]["value"], "unknown", "the origin's stands");
    let withheld =
        json!({ "answer": "assess", "value": "unlikely", "text": "confidential grounds", "withheld": true });
    stage.fr.answer(&id, withheld).await.is(200);
    assert!(!json!(stage.de.timeline(&id).await).to_string().contains("confidential grounds"));
    assert!(json!(stage.ch.timeline(&id).await).to_string().contains("confidential grounds"));
    let ledger: Value = stage.officer.ledger(&id).await;
    assert!(duty(&ledger, "DE")["assessed"].is_object());
}
