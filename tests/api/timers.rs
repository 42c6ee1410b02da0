//! What happens when nobody answers: the next contact point, then an alarm;
//! each once, whatever is restarted in between.

use crate::harness::{Account, House, basel, of_type, seq_of, types};
use outcross::domain::account::Role;
use serde_json::{Value, json};

/// Germany with two contact points, nobody else in reach with any.
struct Watch {
    house: House,
    officer: Account,
    de: Account,
    first: String,
    second: String,
    incident: String,
}

impl Watch {
    async fn begin() -> Self {
        let house = House::new().await;
        let ch = house.focal_point("CH").await;
        let officer = house.account("", Role::DutyOfficer).await;
        let de = house.account("DE", Role::ContactPoint).await;
        let first = house.contact(&de, "CPB-A17-FP").await;
        let authority = house.account("DE", Role::CompetentAuthority).await;
        let second = house.contact(&authority, "CNA").await;
        let incident = ch.report(&basel("exercise")).await;
        Self { house, officer, de, first, second, incident }
    }

    /// What was issued to Germany, in order.
    async fn issued(&self) -> Vec<Value> {
        let seen = self.officer.timeline(&self.incident).await;
        of_type(&seen, "notice_issued").into_iter().filter(|e| e["addressee"] == "DE").cloned().collect()
    }
}

#[tokio::test]
async fn when_nobody_answers_the_next_contact_point_is_told_and_then_an_alarm_raised() {
    let watch = Watch::begin().await;
    let mut live = watch.de.live("exercise").await;
    let head = watch.house.head();
    assert_eq!(watch.house.tick(), 0, "nothing is due yet");

    watch.house.after(1);
    watch.house.after(1);
    let issued = watch.issued().await;
    let steps: Vec<_> = issued.iter().map(|e| e["rung"].as_str().unwrap_or("first")).collect();
    assert_eq!(steps, ["first", "reminder", "next_kind"]);
    let contacts: Vec<_> = issued.iter().map(|e| e["message"]["contact"].clone()).collect();
    assert_eq!(contacts, [json!(watch.first), json!(watch.first), json!(watch.second)]);
    for pair in issued.windows(2) {
        assert_eq!(pair[1]["supersedes"], pair[0]["message"]["id"]);
        assert_eq!(pair[1]["notice"], pair[0]["notice"]);
    }
    let messages = watch.de.messages(&watch.incident).await;
    let states: Vec<_> = messages.iter().map(|m| m["state"].as_str().expect("a state")).collect();
    assert_eq!(states, ["superseded", "superseded", "pending"]);
    assert_eq!(live.next().await, issued[1], "and the State's receivers hear of it");

    watch.house.after(1);
    assert_eq!(
        types(&watch.officer.events("exercise", head).await),
        ["notice_issued", "notice_issued", "escalated_to_instance", "addressee_silent"],
        "the chain is at its end, and the instance has no duty officer to be told"
    );
    let incident = watch.officer.incident(&watch.incident).await;
    let duties = incident["duties"].as_array().expect("a list");
    assert!(duties.iter().any(|d| d["addressee"] == "DE" && d["silent"] == true));

    let head = watch.house.head();
    watch.house.after(100);
    assert_eq!(watch.house.head(), head, "an alarm is raised once");

    watch.de.acknowledge(&watch.incident, None).await.is(200);
    let incident = watch.officer.incident(&watch.incident).await;
    let duties = incident["duties"].as_array().expect("a list");
    assert!(duties.iter().any(|d| d["addressee"] == "DE" && d["silent"] == false), "a late answer ends it");
    watch.house.is_sound();
}

#[tokio::test]
async fn an_acknowledgement_ends_the_waiting() {
    let watch = Watch::begin().await;
    watch.de.acknowledge(&watch.incident, None).await.is(200);
    let head = watch.house.head();
    watch.house.after(1);
    watch.house.after(100);
    assert_eq!(watch.house.head(), head);
}

#[tokio::test]
async fn an_answer_to_the_second_notice_ends_the_waiting_too() {
    let watch = Watch::begin().await;
    watch.house.after(1);
    let message = watch.issued().await[1]["message"]["id"].clone();
    watch.de.receive(&watch.incident, message.as_str().expect("an id")).await.is(200);
    watch.de.acknowledge(&watch.incident, None).await.is(200);
    let head = watch.house.head();
    watch.house.after(100);
    assert_eq!(watch.house.head(), head);
}

#[tokio::test]
async fn an_instance_started_again_on_the_same_store_does_each_thing_once() {
    let watch = Watch::begin().await;
    let head = watch.house.head();
    // Due while the program was not running.
    watch.house.clock.advance(jiff::SignedDuration::from_hours(1));
    let house = watch.house.restart().await;
    house.tick();
    assert_eq!(house.tick(), 0);
    let house = house.restart().await;
    assert_eq!(house.tick(), 0);
    for _ in 0..4 {
        house.after(1);
    }
    let house = house.restart().await;
    house.after(1);
    let officer = house.account("", Role::DutyOfficer).await;
    let since = officer.events("exercise", head).await;
    assert_eq!(
        types(&since),
        ["notice_issued", "notice_issued", "escalated_to_instance", "addressee_silent"]
    );
    assert_eq!(since.iter().map(seq_of).collect::<Vec<_>>(), (head + 1..=head + 4).collect::<Vec<_>>());
    house.is_sound();
}

#[tokio::test]
async fn a_clock_put_back_does_nothing_early() {
    let watch = Watch::begin().await;
    let head = watch.house.head();
    watch.house.after(-48);
    assert_eq!(watch.house.head(), head);
    watch.house.after(49);
    assert_eq!(watch.house.head(), head + 1);
}

#[tokio::test]
async fn a_message_that_arrives_after_its_successor_was_sent_still_counts() {
    let watch = Watch::begin().await;
    let first = watch.de.messages(&watch.incident).await[0]["id"].as_str().expect("an id").to_owned();
    watch.house.after(1);
    assert_eq!(watch.issued().await.len(), 2, "the second contact point was told");
    watch.de.receive(&watch.incident, &first).await.is(200);
    let seen = watch.officer.timeline(&watch.incident).await;
    assert_eq!(of_type(&seen, "message_delivered").len(), 1);
}

/// Three days, hour by hour, with a day in the middle when the program does not
/// run.
#[tokio::test]
async fn over_three_days_and_a_restart_every_step_comes_once_and_in_order() {
    let house = House::new().await;
    let officer = house.account("", Role::DutyOfficer).await;
    let mut named = Vec::new();
    for kind in ["CPB-A17-FP", "CPB-A17-FP", "BCH-FP", "CNA"] {
        let account = house.account("DE", Role::ContactPoint).await;
        named.push(house.contact(&account, kind).await);
    }
    let fr = house.focal_point("FR").await;
    let channels = json!([{ "channel": "live", "account": officer.id }]);
    let body = json!({ "addressee": "INSTANCE", "kind": "DUTY", "name": "duty desk", "channels": channels });
    house.administrator().post("/api/v1/contacts", &body).await.is(201);
    let ch = house.focal_point("CH").await;
    let incident = ch.report(&basel("exercise")).await;
    let closed = ch.report(&basel("exercise")).await;
    ch.put_into(&closed, "closed", "a double").await.is(200);
    let head = house.head();
    fr.acknowledge(&incident, None).await.is(200);

    for _ in 0..2 {
        house.after(1);
    }
    house.clock.advance(jiff::SignedDuration::from_hours(24));
    let house = house.restart().await;
    for _ in 0..46 {
        house.after(1);
    }
    let house = house.restart().await;
    house.after(0);
    let officer = house.as_before(&officer);
    let since = officer.events("exercise", head).await;
    assert!(since.iter().all(|event| event["incident"] != json!(closed)), "none for a case that is closed");

    let of_germany: Vec<&Value> =
        since.iter().filter(|e| e["addressee"] == "DE" || e["about"] == "DE").collect();
    let steps: Vec<String> = of_germany
        .iter()
        .map(|e| match e["type"].as_str() {
            Some("notice_issued") => e["rung"].as_str().unwrap_or("first").to_owned(),
            other => other.unwrap_or_default().to_owned(),
        })
        .collect();
    assert_eq!(
        steps,
        ["reminder", "next_contact", "next_kind", "next_kind", "escalated_to_instance", "addressee_silent"]
    );
    let contacts: Vec<&str> =
        of_germany[..4].iter().map(|e| e["message"]["contact"].as_str().expect("an id")).collect();
    assert!(contacts[0] == named[0] || contacts[0] == named[1], "the one told first is reminded");
    assert!(contacts[1] != contacts[0] && (contacts[1] == named[0] || contacts[1] == named[1]));
    assert_eq!(contacts[2..], [&*named[2], &*named[3]]);
    let times: Vec<_> = of_germany.iter().map(|e| e["recorded"].as_str().expect("a time")).collect();
    assert!(times.windows(2).all(|pair| pair[0] <= pair[1]), "{times:?}");
    let of_france = since.iter().filter(|e| e["addressee"] == "FR" && e["type"] == "notice_issued");
    assert_eq!(of_france.count(), 0, "whoever has answered is left alone");
    house.is_sound();
}
