//! Who sees what. The table below is the one of the design, read as data and
//! held against three ways of looking: the timeline, the log and the live
//! channel.

use crate::{
    harness::{Account, House, basel, seq_of, types},
    stage::Stage,
};
use outcross::domain::account::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Sees {
    /// Every event of the kind.
    All,
    /// Those about itself: addressed to it, done by it, or for its role.
    Own,
    /// None.
    Not,
}
use Sees::{All, Not, Own};

/// The columns of the table that are on stage.
#[derive(Clone, Copy)]
enum Column {
    Release = 0,
    Reporter = 1,
    Told = 2,
    NotTold = 3,
    Instance = 4,
}

/// Kinds of event, and what each column sees of them.
const TABLE: [(&[&str], [Sees; 5]); 6] = [
    (&["report_received"], [All, Own, Not, Not, All]),
    (&["notice_issued", "addressee_unreachable", "addressee_silent"], [All, Not, Own, Not, All]),
    (&["notice_acknowledged", "message_delivered"], [All, Not, Own, Not, All]),
    (&["assessed"], [All, Not, All, Not, All]),
    (&["playbook_chosen"], [Own, Not, Own, Not, All]),
    (&["incident_opened", "verification_decided"], [All, Own, All, Not, All]),
];

fn is_own(event: &Value, column: Column, account: &Account) -> bool {
    if let Some(addressee) = event["addressee"].as_str() {
        return addressee == account.state;
    }
    match event["audience_role"].as_str() {
        Some("state_of_release") => matches!(column, Column::Release),
        Some(_) => matches!(column, Column::Told),
        // What a reporter has to do with: the one report there is is its own.
        None => true,
    }
}

/// What of all that happened `account` should see, by the table.
fn expected(all: &[Value], column: Column, account: &Account) -> Vec<Value> {
    let sees = |event: &&Value| {
        let row = TABLE.iter().find(|(kinds, _)| kinds.iter().any(|kind| event["type"] == *kind));
        match row {
            None => false,
            Some((_, row)) => match row[column as usize] {
                All => true,
                Own => is_own(event, column, account),
                Not => false,
            },
        }
    };
    all.iter().filter(sees).cloned().collect()
}

/// The events of kinds the table speaks of.
fn in_table(events: Vec<Value>) -> Vec<Value> {
    let known: BTreeSet<&str> = TABLE.iter().flat_map(|(kinds, _)| kinds.iter().copied()).collect();
    events.into_iter().filter(|event| event["type"].as_str().is_some_and(|t| known.contains(t))).collect()
}

async fn holds_for(account: &Account, column: Column, all: &[Value], id: &str) {
    let who = format!("{} ({})", account.state, column as usize);
    let expected = expected(all, column, account);
    let seen = in_table(account.events("exercise", 0).await);
    assert_eq!(types(&seen), types(&expected), "the log for {who}");
    assert_eq!(seen, expected, "the log for {who}");
    if expected.is_empty() {
        account.get(&format!("/api/v1/incidents/{id}/timeline")).await.problem(404, "not-found");
        return;
    }
    assert_eq!(in_table(account.timeline(id).await), expected, "the timeline for {who}");
    let mut live = account.live_since("exercise", 0).await;
    // `until` the last event of any kind this account may see.
    let last = account.timeline(id).await.last().map(seq_of).expect("events");
    assert_eq!(in_table(live.until(last).await), expected, "the live channel for {who}");
}

#[tokio::test]
async fn the_table_holds_for_a_report_by_the_state_of_release() {
    let (stage, id) = Stage::with_basel().await;
    let message = stage.fr.messages(&id).await[0]["id"].as_str().expect("an id").to_owned();
    stage.fr.receive(&id, &message).await.is(200);
    stage.fr.acknowledge(&id, None).await.is(200);
    stage.house.after(1);
    let all = stage.officer.events("exercise", 0).await;
    for (account, column) in [
        (&stage.ch, Column::Release),
        (&stage.ch_ministry, Column::Release),
        (&stage.de, Column::Told),
        (&stage.fr, Column::Told),
        (&stage.eu, Column::Told),
        (&stage.jp, Column::NotTold),
        (&stage.officer, Column::Instance),
    ] {
        holds_for(account, column, &all, &id).await;
    }
}

#[tokio::test]
async fn the_table_holds_for_a_report_by_somebody_else_that_is_confirmed() {
    let (stage, laboratory, id) = Stage::with_basel_unverified().await;
    stage.ch_officer.verdict(&id, "open", "seen by our own inspectors").await.is(200);
    stage.de.acknowledge(&id, None).await.is(200);
    let all = stage.officer.events("exercise", 0).await;
    holds_for(&stage.ch, Column::Release, &all, &id).await;
    holds_for(&stage.jp, Column::NotTold, &all, &id).await;
    holds_for(&stage.officer, Column::Instance, &all, &id).await;
    holds_for(&laboratory, Column::Reporter, &all, &id).await;
    // Those told after the opening are given the opening's facts with their
    // notice, and see the incident as it stands.
    for account in [&stage.de, &stage.fr, &stage.eu] {
        let seen = account.timeline(&id).await;
        let kinds: BTreeSet<&str> = types(&seen).into_iter().collect();
        for kind in ["verification_decided", "assessed", "notice_issued", "playbook_chosen"] {
            assert!(kinds.contains(kind), "{} is given {kind}: {kinds:?}", account.state);
        }
        for kind in ["report_received", "verification_requested"] {
            assert!(!kinds.contains(kind), "{} is not given {kind}", account.state);
        }
        assert_eq!(account.incident(&id).await["state"], "open");
    }
}

#[tokio::test]
async fn a_reporter_who_belongs_to_no_state_sees_its_own_reports_and_no_others() {
    let (stage, others) = Stage::with_basel().await;
    let reporter = stage.house.account("", Role::Reporter).await;
    let own = reporter.report(&basel("exercise")).await;
    assert_eq!(reporter.incidents("exercise").await, [own.as_str()]);
    reporter.get(&format!("/api/v1/incidents/{others}")).await.problem(404, "not-found");
    let seen = reporter.events("exercise", 0).await;
    assert_eq!(types(&seen), ["report_received", "incident_opened"]);
    let mut live = reporter.live_since("exercise", 0).await;
    assert_eq!(live.until(seq_of(&seen[1])).await, seen);
    let incident = reporter.incident(&own).await;
    assert_eq!((&incident["duties"], &incident["playbooks"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn a_state_with_a_claim_is_told_and_sees_as_any_told_state() {
    let house = House::new().await;
    let (eg, sd) = (house.focal_point("EG").await, house.focal_point("SD").await);
    let officer = house.account("", Role::DutyOfficer).await;
    let report = json!({
        "mode": "exercise",
        "organism": { "species": "Gossypium hirsutum" },
        "place": { "geometry": { "type": "Point", "coordinates": [36.0, 22.3] }, "state": "EG" },
        "pathways": [{ "pathway": "pollen" }],
    });
    let id = eg.report(&report).await;
    let all = officer.events("exercise", 0).await;
    holds_for(&eg, Column::Release, &all, &id).await;
    holds_for(&sd, Column::Told, &all, &id).await;
}

#[tokio::test]
async fn where_nobody_says_whose_the_place_is_every_state_it_lies_in_is_told() {
    let stage = Stage::set().await;
    let mut report = basel("exercise");
    report["place"] = json!({
        "geometry": { "type": "LineString", "coordinates": [[7.60, 47.50], [7.75, 47.75]] },
    });
    report.as_object_mut().expect("an object").remove("affected_states");
    let id = stage.ch.report(&report).await;
    let assessment = stage.officer.get(&format!("/api/v1/incidents/{id}/assessment")).await.is(200);
    let origin = assessment["origin"].as_array().expect("a list").len();
    assert_eq!(origin, 2, "the line runs from one State into another: {assessment:#}");
    stage.officer.verdict(&id, "open", "both States agree").await.is(200);
    for account in [&stage.ch, &stage.de, &stage.fr] {
        let seen = account.timeline(&id).await;
        let own =
            seen.iter().any(|e| e["type"] == "notice_issued" && e["addressee"] == account.state.as_str());
        assert!(own, "{} is told", account.state);
    }
}
