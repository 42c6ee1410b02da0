//! Teams work through playbooks: what a step allows, who sees it, and that
//! nothing of it is lost or done twice.

use crate::{
    harness::{Account, Answer, House, basel, of_type, types},
    stage::Stage,
};
use outcross::domain::account::Role;
use serde_json::{Value, json};

async fn start(by: &Account, id: &str, playbook: &str) -> String {
    by.post(&format!("/api/v1/incidents/{id}/runs"), &json!({ "playbook": playbook })).await.is(200);
    let runs = by.get(&format!("/api/v1/incidents/{id}/runs")).await.is(200);
    runs["runs"].as_array().expect("a list").last().expect("a run")["id"].as_str().expect("an id").to_owned()
}

async fn deed(by: &Account, id: &str, run: &str, step: &str, body: Value) -> Answer {
    by.post(&format!("/api/v1/incidents/{id}/runs/{run}/steps/{step}"), &body).await
}

async fn step(by: &Account, id: &str, run: &str, step: &str) -> Value {
    let run = by.get(&format!("/api/v1/incidents/{id}/runs/{run}")).await.is(200);
    let steps = run["steps"].as_array().expect("a list");
    steps.iter().find(|view| view["code"] == step).cloned().unwrap_or_else(|| panic!("there is {step}"))
}

fn done() -> Value {
    json!({ "deed": "done" })
}

#[tokio::test]
async fn a_team_works_through_a_playbook_and_the_next_steps_open() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    assert_eq!(step(&stage.de, &id, &run, "wake-authority").await["state"]["code"], "blocked");
    deed(&stage.de, &id, &run, "wake-authority", done()).await.problem(409, "refused").says("acknowledge");
    deed(&stage.de, &id, &run, "acknowledge", done()).await.is(200);
    assert_eq!(step(&stage.de, &id, &run, "acknowledge").await["state"]["code"], "done");
    assert_eq!(step(&stage.de, &id, &run, "wake-authority").await["state"]["code"], "open");
    deed(&stage.de, &id, &run, "acknowledge", done()).await.problem(409, "refused").says("faster");
    deed(&stage.de, &id, &run, "no-such-step", done()).await.problem(404, "not-found").says("no-such-step");

    // A decision is one of its answers, and opens what follows from it.
    let wrong = json!({ "deed": "done", "answers": { "enough_information": "perhaps" } });
    deed(&stage.de, &id, &run, "read-notice", wrong)
        .await
        .problem(422, "invalid")
        .at("/answers")
        .says("unknown");
    deed(&stage.de, &id, &run, "read-notice", done()).await.problem(422, "invalid");
    let no = json!({ "deed": "done", "answers": { "enough_information": "no" } });
    deed(&stage.de, &id, &run, "read-notice", no).await.is(200);
    assert_eq!(step(&stage.de, &id, &run, "ask-questions").await["state"]["code"], "open");

    // Out of order takes a reason, which stays.
    let early = json!({ "deed": "done", "deviation": "the laboratory had a sample already" });
    deed(&stage.de, &id, &run, "weigh-risk", json!({ "deed": "skipped", "reason": " " }))
        .await
        .problem(422, "invalid");
    let answer = deed(&stage.de, &id, &run, "wake-authority", early).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let seen = stage.de.timeline(&id).await;
    assert!(json!(of_type(&seen, "step_recorded")).to_string().contains("had a sample already"));
    stage.house.is_sound();
}

#[tokio::test]
async fn of_two_who_finish_one_step_at_once_one_is_first_and_the_other_is_told() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let other = stage.house.account("DE", Role::Responder).await;
    let (one, two) = tokio::join!(
        deed(&stage.de, &id, &run, "acknowledge", done()),
        deed(&other, &id, &run, "acknowledge", done())
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let late = if one.status == 409 { one } else { two };
    late.problem(409, "refused").says("somebody else");
    // Two at two steps do not get into each other's way.
    let (one, two) = tokio::join!(
        deed(&stage.de, &id, &run, "confirm-origin", done()),
        deed(&other, &id, &run, "wake-authority", done())
    );
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.body, two.body);
    stage.house.is_sound();
}

#[tokio::test]
async fn a_run_is_its_states_own_and_the_instances() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let path = format!("/api/v1/incidents/{id}/runs/{run}");
    for other in [&stage.fr, &stage.ch, &stage.ch_ministry] {
        other.get(&path).await.problem(404, "not-found");
        assert_eq!(other.get(&format!("/api/v1/incidents/{id}/runs")).await.is(200)["runs"], json!([]));
        assert!(!json!(other.timeline(&id).await).to_string().contains("run_started"));
    }
    deed(&stage.fr, &id, &run, "acknowledge", done()).await.problem(404, "not-found");
    stage.officer.get(&path).await.is(200);
    let ministry = stage.house.account("DE", Role::Ministry).await;
    ministry.get(&path).await.is(200);
    deed(&ministry, &id, &run, "acknowledge", done()).await.problem(403, "not-allowed");
    stage
        .jp
        .post(&format!("/api/v1/incidents/{id}/runs"), &json!({ "playbook": "receipt" }))
        .await
        .problem(404, "not-found");
    stage
        .de
        .post(&format!("/api/v1/incidents/{id}/runs"), &json!({ "playbook": "none" }))
        .await
        .problem(422, "invalid");
    stage
        .de
        .post(&format!("/api/v1/incidents/{id}/runs"), &json!({ "playbook": "receipt" }))
        .await
        .problem(409, "refused");
}

#[tokio::test]
async fn what_was_done_can_be_undone_and_the_record_stays() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    deed(&stage.de, &id, &run, "acknowledge", done()).await.is(200);
    deed(&stage.de, &id, &run, "wake-authority", json!({ "deed": "skipped", "reason": "it sits here" }))
        .await
        .is(200);
    deed(&stage.de, &id, &run, "acknowledge", json!({ "deed": "reopened", "reason": "the wrong case" }))
        .await
        .is(200);
    assert_eq!(step(&stage.de, &id, &run, "acknowledge").await["state"]["code"], "open");
    let shown = stage.de.get(&format!("/api/v1/incidents/{id}/runs/{run}")).await.is(200);
    let deeds: Vec<&str> = shown["deeds"]["acknowledge"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|deed| deed["deed"].as_str())
        .collect();
    assert_eq!(deeds, ["done", "reopened"], "{shown:#}");
    deed(&stage.de, &id, &run, "confirm-origin", json!({ "deed": "reopened", "reason": "x" }))
        .await
        .problem(409, "refused");
    stage.house.is_sound();
}

#[tokio::test]
async fn a_sign_off_takes_another_person() {
    let house = House::new().await;
    let ch = house.focal_point("CH").await;
    let admin = house.administrator();
    let ada = house.person(&admin, "DE", Role::ContactPoint, "Ada Example").await;
    let ben = house.person(&admin, "DE", Role::Responder, "Ben Example").await;
    house.contact(&ada, "CPB-A17-FP").await;
    let id = ch.report(&basel("exercise")).await;
    let run = start(&ada, &id, "receipt").await;
    let early = json!({ "deed": "done", "deviation": "measures first" });
    deed(&ada, &id, &run, "emergency-measures", early).await.is(200);
    assert_eq!(step(&ada, &id, &run, "emergency-measures").await["state"]["code"], "awaiting_signoff");
    let agree = json!({ "deed": "signed_off" });
    deed(&ada, &id, &run, "emergency-measures", agree.clone()).await.problem(403, "second-person");
    let again = house.person(&admin, "DE", Role::DutyOfficer, "ada example").await;
    deed(&again, &id, &run, "emergency-measures", agree.clone()).await.problem(403, "second-person");
    deed(&ben, &id, &run, "emergency-measures", agree.clone()).await.is(200);
    assert_eq!(step(&ada, &id, &run, "emergency-measures").await["state"]["code"], "done");
    deed(&ben, &id, &run, "emergency-measures", agree).await.problem(409, "refused");
}

#[tokio::test]
async fn a_step_whose_time_has_passed_is_said_once_whatever_is_restarted() {
    let (stage, id) = Stage::with_basel().await;
    stage.de.acknowledge(&id, None).await.is(200);
    stage.fr.acknowledge(&id, None).await.is(200);
    stage.eu.acknowledge(&id, None).await.is(200);
    let run = start(&stage.de, &id, "receipt").await;
    let mut line = stage.de.live("exercise").await;
    let head = stage.house.head();
    stage.house.after(1);
    assert_eq!(stage.house.head(), head, "nothing is due yet");
    stage.house.after(1);
    stage.house.after(0);
    let said = line.next().await;
    assert_eq!((&said["type"], &said["step"]), (&json!("step_overdue"), &json!("acknowledge")));
    let house = stage.house.restart().await;
    house.after(0);
    let de = house.as_before(&stage.de);
    assert_eq!(types(&de.events("exercise", head).await), ["step_overdue"]);
    house.after(1);
    house.after(0);
    let overdue = de.events("exercise", head).await;
    let steps: Vec<&str> = overdue.iter().map(|event| event["step"].as_str().expect("a step")).collect();
    assert_eq!(steps, ["acknowledge", "confirm-origin", "wake-authority"]);
    // What is ended reminds nobody.
    let path = format!("/api/v1/incidents/{id}/runs/{run}/end");
    de.post(&path, &json!({ "reason": "handed to the region" })).await.is(200);
    let head = house.head();
    house.after(1000);
    assert_eq!(house.head(), head);
    de.post(&path, &json!({ "reason": "again" })).await.problem(409, "refused");
    house.is_sound();
}

#[tokio::test]
async fn work_without_a_line_is_entered_later_with_its_own_times() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    stage.house.clock.advance(jiff::SignedDuration::from_mins(90));
    let body = json!({ "deed": "done", "happened": { "occurred": "2026-03-02T09:20:00Z" } });
    let path = format!("/api/v1/incidents/{id}/runs/{run}/steps/acknowledge");
    stage.de.post_once("offline-1", &path, &body).await.is(200);
    stage.de.post_once("offline-1", &path, &body).await.is(200);
    let seen = stage.de.timeline(&id).await;
    let recorded = of_type(&seen, "step_recorded");
    assert_eq!(recorded.len(), 1, "the queue may send it twice");
    assert_eq!(
        (&recorded[0]["out_of_band"], &recorded[0]["occurred"]),
        (&json!(true), &json!("2026-03-02T09:20:00Z"))
    );
}

#[tokio::test]
async fn the_terminal_does_what_the_interface_does() {
    let (stage, id) = Stage::with_basel().await;
    let (server, token) = stage.de.door();
    let (server, token) = (server.to_owned(), token.to_owned());
    let said = |arguments: Vec<String>| {
        let (server, token) = (server.clone(), token.clone());
        tokio::task::spawn_blocking(move || {
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_outcross"))
                .args(["run", "--server", &server, "--token", &token])
                .args(&arguments)
                .output()
                .expect("the program runs");
            let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            (output.status.success(), text)
        })
    };
    let line = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (well, text) = said(line(&["list", &id])).await.expect("ran");
    assert!(well && text.contains("No run yet"), "{text}");
    let (well, text) = said(line(&["start", &id, "receipt"])).await.expect("ran");
    assert!(well && text.starts_with("1. "), "{text}");
    let (well, text) =
        said(line(&["done", &id, "1", "acknowledge", "--note", "by telephone"])).await.expect("ran");
    assert!(well && text.contains("\nDone\n") && text.contains("acknowledge"), "{text}");
    let (well, text) = said(line(&["done", &id, "1", "1"])).await.expect("ran");
    assert!(!well && text.contains("reopen it with a reason"), "{text}");
    let answer = ["done", &id, "1", "read-notice", "--answer", "enough_information=no"];
    let (well, text) = said(line(&answer)).await.expect("ran");
    assert!(well && text.contains("ask-questions, by 2026-03-0"), "{text}");
    let (well, text) =
        said(line(&["skip", &id, "1", "confirm-origin", "--reason", "known office"])).await.expect("ran");
    assert!(well && text.contains("confirm-origin: known office"), "{text}");
    let (well, text) = said(line(&["show", &id, "7"])).await.expect("ran");
    assert!(!well && text.contains("with the number 1"), "{text}");
    let (well, text) = said(line(&["end", &id, "1", "--reason", "handed over"])).await.expect("ran");
    assert!(well, "{text}");
}
