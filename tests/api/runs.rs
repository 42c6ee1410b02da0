//! Teams work through playbooks: what a step allows, who sees it, and that
//! nothing of it is lost or done twice.

use crate::{
    harness::{Account, Answer, House, basel, of_type, types},
    stage::Stage,
};
use outcross::{domain::account::Role, playbook::Library};
use serde_json::{Value, json};

async fn start(by: &Account, id: &str, playbook: &str) -> String {
    by.post(&format!("/api/v1/incidents/{id}/runs"), &json!({ "playbook": playbook })).await.is(200);
    let runs = by.get(&format!("/api/v1/incidents/{id}/runs")).await.is(200);
    runs["runs"].as_array().expect("a list").last().expect("a run")["id"].as_str().expect("an id").to_owned()
}

async fn deed(by: &Account, id: &str, run: &str, step: &str, mut body: Value) -> Answer {
    body["step"] = json!(step);
    tell(by, id, run, body).await
}

async fn tell(by: &Account, id: &str, run: &str, body: Value) -> Answer {
    by.post(&format!("/api/v1/incidents/{id}/runs/{run}/deeds"), &body).await
}

async fn step(by: &Account, id: &str, run: &str, step: &str) -> Value {
    let run = by.get(&format!("/api/v1/incidents/{id}/runs/{run}")).await.is(200);
    let steps = run["steps"].as_array().expect("a list");
    steps.iter().find(|view| view["code"] == step).cloned().unwrap_or_else(|| panic!("there is {step}"))
}

/// Done, with the entry in the log that most steps ask for.
fn done() -> Value {
    json!({ "deed": "done", "note": "done as written" })
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
    let early = json!({ "deed": "done", "note": "x", "deviation": "the laboratory had a sample already" });
    deed(&stage.de, &id, &run, "weigh-risk", json!({ "deed": "skipped", "reason": " " }))
        .await
        .problem(422, "invalid");
    let answer = deed(&stage.de, &id, &run, "wake-authority", early).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let seen = stage.de.timeline(&id).await;
    assert!(json!(of_type(&seen, "deed_recorded")).to_string().contains("had a sample already"));
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
    late.problem(409, "refused").says("somebody else was faster");
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
    deed(&stage.de, &id, &run, "acknowledge", json!({ "deed": "undone", "reason": "the wrong case" }))
        .await
        .is(200);
    assert_eq!(step(&stage.de, &id, &run, "acknowledge").await["state"]["code"], "open");
    let shown = stage.de.get(&format!("/api/v1/incidents/{id}/runs/{run}")).await.is(200);
    let undone = &shown["progress"]["steps"]["acknowledge"]["undone"][0];
    assert_eq!((&undone["reason"], &undone["outcome"]["code"]), (&json!("the wrong case"), &json!("done")));
    deed(&stage.de, &id, &run, "confirm-origin", json!({ "deed": "undone", "reason": "x" }))
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
    let waits = step(&ada, &id, &run, "emergency-measures").await;
    assert_eq!(waits["state"]["missing"][0]["kind"], "document");
    let order = json!({ "deed": "evidence_kept", "kind": "document", "note": "order 14 of the authority" });
    deed(&ada, &id, &run, "emergency-measures", order).await.is(200);
    assert_eq!(step(&ada, &id, &run, "emergency-measures").await["state"]["code"], "awaiting_signoff");
    let agree = json!({ "deed": "signed_off" });
    deed(&ada, &id, &run, "emergency-measures", agree.clone()).await.problem(403, "second-person");
    let again = house.person(&admin, "DE", Role::DutyOfficer, "ada example").await;
    deed(&again, &id, &run, "emergency-measures", agree.clone()).await.problem(403, "second-person");
    deed(&ben, &id, &run, "emergency-measures", agree.clone()).await.is(200);
    assert_eq!(step(&ada, &id, &run, "emergency-measures").await["state"]["code"], "done");
    deed(&ben, &id, &run, "emergency-measures", agree).await.problem(403, "second-person");
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
    let said: Vec<(&str, &str)> = overdue
        .iter()
        .map(|event| (event["step"].as_str().expect("a step"), event["rung"].as_str().expect("a rung")))
        .collect();
    // What waits for another step is not asked for yet; what was of no use is
    // said again, to the State's own contact point, and to nobody else.
    assert_eq!(
        said,
        [("acknowledge", "reminder"), ("acknowledge", "escalated"), ("confirm-origin", "reminder")]
    );
    assert_eq!(overdue[1]["notice"]["steps"][0]["due"], "2026-03-02T11:00:00Z");
    assert!(overdue[1]["message"]["contact"].is_string(), "{:#}", overdue[1]);
    for other in [&stage.ch, &stage.fr] {
        let seen = house.as_before(other).events("exercise", head).await;
        assert!(!json!(seen).to_string().contains("step_overdue"), "{seen:#?}");
    }
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
    let happened = json!({ "occurred": "2026-03-02T09:20:00Z" });
    let body = json!({ "deed": "done", "step": "acknowledge", "happened": happened });
    let path = format!("/api/v1/incidents/{id}/runs/{run}/deeds");
    stage.de.post_once("offline-1", &path, &body).await.is(200);
    stage.de.post_once("offline-1", &path, &body).await.is(200);
    let seen = stage.de.timeline(&id).await;
    let recorded = of_type(&seen, "deed_recorded");
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
    assert!(!well && text.contains("somebody else was faster"), "{text}");
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

/// Sends a file for a run and gives what the server says of it.
async fn send(by: &Account, id: &str, run: &str, name: &str, bytes: &[u8]) -> Answer {
    by.post_bytes(&format!("/api/v1/incidents/{id}/runs/{run}/files?name={name}"), bytes).await
}

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";

#[tokio::test]
async fn evidence_is_kept_by_its_content_and_given_back_as_an_attachment() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let sent = send(&stage.de, &id, &run, "the%20quay.png", PICTURE).await.is(201);
    assert_eq!((&sent["media_type"], &sent["bytes"]), (&json!("image/png"), &json!(PICTURE.len())));
    let sha256 = sent["sha256"].as_str().expect("a hash").to_owned();
    let path = format!("/api/v1/incidents/{id}/files/{sha256}");
    stage.de.get(&path).await.problem(404, "not-found");
    let file = json!({ "sha256": sha256, "name": "the quay.png" });
    let body = json!({ "deed": "evidence_kept", "kind": "document", "file": file, "note": "north side" });
    deed(&stage.de, &id, &run, "map-side", body).await.is(200);
    let got = stage.de.glance(&path).await;
    assert_eq!((got.status, &got.bytes[..]), (200, PICTURE));
    for (name, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-disposition", "attachment; filename*=UTF-8''the%20quay.png"),
    ] {
        assert_eq!(got.headers.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(got.headers["content-security-policy"].contains("sandbox"));
    stage.officer.glance(&path).await.is(200);
    for other in [&stage.ch, &stage.fr, &stage.jp] {
        other.get(&path).await.problem(404, "not-found");
        send(other, &id, &run, "x.png", PICTURE).await.problem(404, "not-found");
    }
    let kept =
        &stage.de.get(&format!("/api/v1/incidents/{id}/runs/{run}")).await.is(200)["progress"]["steps"];
    assert_eq!(kept["map-side"]["evidence"][0]["file"]["media_type"], "image/png");
    stage.house.is_sound();
}

#[tokio::test]
async fn what_is_no_evidence_is_refused_in_words() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    send(&stage.de, &id, &run, "a.png", b"").await.problem(422, "file").says("empty");
    send(&stage.de, &id, &run, "a.png", b"<html><script>alert(1)</script></html>").await.problem(422, "file");
    send(&stage.de, &id, &run, "a.png", b"MZ\x90\0\x03\0\0\0\x04").await.problem(422, "file");
    let large = [PICTURE, &vec![0; 100_000]].concat();
    send(&stage.de, &id, &run, "a.png", &large).await.problem(413, "too-large");
    send(&stage.de, &id, &run, "a%2Fb.png", PICTURE).await.problem(422, "invalid").at("/name");
    let never = "0".repeat(64);
    let file = json!({ "sha256": never, "name": "x.png" });
    let body = json!({ "deed": "evidence_kept", "kind": "photo", "file": file });
    deed(&stage.de, &id, &run, "map-side", body).await.problem(422, "invalid").says("send it again");
    let body = json!({ "deed": "evidence_kept", "kind": "rumour" });
    deed(&stage.de, &id, &run, "map-side", body).await.problem(422, "invalid").at("/kind");
}

#[tokio::test]
async fn a_sample_has_its_chain_of_hands() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let step_of = "emergency-survey";
    let body =
        json!({ "deed": "evidence_kept", "kind": "sample", "chain_of_custody": true, "note": "bag 7" });
    deed(&stage.de, &id, &run, step_of, body).await.is(200);
    let loose = json!({ "deed": "evidence_kept", "kind": "photo" });
    deed(&stage.de, &id, &run, step_of, loose).await.is(200);
    let path = format!("/api/v1/incidents/{id}/runs/{run}");
    let shown = stage.de.get(&path).await.is(200);
    let pieces = shown["progress"]["steps"][step_of]["evidence"].clone();
    let hand = |piece: &Value, to: &str| json!({ "deed": "evidence_handed_over", "id": piece["id"], "to": to, "seal": "A-0017" });
    deed(&stage.de, &id, &run, step_of, hand(&pieces[0], "courier K. Meier")).await.is(200);
    deed(&stage.de, &id, &run, step_of, hand(&pieces[0], "laboratory in Freiburg")).await.is(200);
    deed(&stage.de, &id, &run, step_of, hand(&pieces[1], "anybody")).await.problem(409, "refused");
    let shown = stage.de.get(&path).await.is(200);
    let hands = &shown["progress"]["steps"][step_of]["evidence"][0]["hands"];
    assert_eq!((&hands[1]["to"], &hands[1]["seal"]), (&json!("laboratory in Freiburg"), &json!("A-0017")));
    let wrong = json!({ "deed": "evidence_withdrawn", "id": pieces[0]["id"], "reason": "the bag was open" });
    deed(&stage.de, &id, &run, step_of, wrong.clone()).await.is(200);
    deed(&stage.de, &id, &run, step_of, wrong).await.problem(422, "invalid");
}

#[tokio::test]
async fn a_file_that_nothing_names_goes_and_one_that_is_named_stays() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let named = send(&stage.de, &id, &run, "a.txt", b"site;plants\nA;12\n").await.is(201);
    let lost = send(&stage.de, &id, &run, "b.txt", b"site;plants\nB;3\n").await.is(201);
    let file = json!({ "sha256": named["sha256"], "name": "a.txt" });
    deed(
        &stage.de,
        &id,
        &run,
        "map-side",
        json!({ "deed": "evidence_kept", "kind": "document", "file": file }),
    )
    .await
    .is(200);
    stage.house.after(23);
    let again = send(&stage.de, &id, &run, "b.txt", b"site;plants\nB;3\n").await.is(201);
    assert_eq!(again["sha256"], lost["sha256"], "the same bytes are kept once, and count as new");
    stage.house.after(26);
    let path =
        |file: &Value| format!("/api/v1/incidents/{id}/files/{}", file["sha256"].as_str().expect("hash"));
    stage.de.glance(&path(&named)).await.is(200);
    let file = json!({ "sha256": lost["sha256"], "name": "b.txt" });
    deed(
        &stage.de,
        &id,
        &run,
        "map-side",
        json!({ "deed": "evidence_kept", "kind": "document", "file": file }),
    )
    .await
    .problem(422, "invalid")
    .says("send it again");
}

#[tokio::test]
async fn a_role_is_taken_over_when_the_incoming_person_confirms() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let other = stage.house.account("DE", Role::Responder).await;
    let offer = |to: &Account, from: Option<&Account>| json!({ "deed": "role_offered", "role": "field_team", "to": to.id, "from": from.map(|from| &from.id) });
    let take = json!({ "deed": "role_taken", "role": "field_team" });
    tell(&other, &id, &run, take.clone()).await.problem(422, "invalid").at("/role");
    tell(&stage.de, &id, &run, offer(&stage.de, None)).await.is(200);
    tell(&stage.de, &id, &run, take.clone()).await.is(200);
    tell(&stage.de, &id, &run, offer(&other, Some(&stage.de))).await.is(200);
    let path = format!("/api/v1/incidents/{id}/runs/{run}");
    let holders = |shown: &Value| {
        let held = shown["progress"]["roles"]["field_team"]["holders"].as_object().cloned();
        held.map(|held| held.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    assert_eq!(holders(&stage.de.get(&path).await.is(200)), [stage.de.id.as_str()]);
    tell(&other, &id, &run, take).await.is(200);
    assert_eq!(holders(&stage.de.get(&path).await.is(200)), [other.id.as_str()]);
    tell(&stage.de, &id, &run, offer(&stage.fr, None)).await.problem(422, "invalid").at("/to");
}

#[tokio::test]
async fn a_step_can_be_added_and_falls_due_like_any_other() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    let added = json!({
        "deed": "step_added", "code": "added/close-bridge", "words": "Close the bridge to lorries.",
        "role": "field_team", "due": "2026-03-02T10:00:00Z", "reason": "loads go over it every hour",
    });
    tell(&stage.de, &id, &run, added.clone()).await.is(200);
    tell(&stage.de, &id, &run, added).await.problem(422, "invalid").at("/code");
    let head = stage.house.head();
    stage.house.after(1);
    let said = stage.de.events("exercise", head).await;
    assert_eq!(of_type(&said, "step_overdue")[0]["step"], "added/close-bridge");
    assert_eq!(step(&stage.de, &id, &run, "added/close-bridge").await["state"]["code"], "open");
    deed(&stage.de, &id, &run, "added/close-bridge", done()).await.is(200);
    assert_eq!(step(&stage.de, &id, &run, "added/close-bridge").await["state"]["code"], "done");
}

#[tokio::test]
async fn work_done_offline_that_somebody_else_did_meanwhile_shows_field_by_field() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    deed(&stage.de, &id, &run, "acknowledge", done()).await.is(200);
    let yes = json!({ "deed": "done", "answers": { "enough_information": "yes" } });
    deed(&stage.de, &id, &run, "read-notice", yes).await.is(200);
    stage.house.clock.advance(jiff::SignedDuration::from_mins(90));
    let other = stage.house.account("DE", Role::Responder).await;
    let no = json!({
        "deed": "done", "answers": { "enough_information": "no" },
        "happened": { "occurred": "2026-03-02T08:59:00Z" },
    });
    let answer = deed(&other, &id, &run, "read-notice", no).await;
    let fields: Vec<String> = answer.body["conflicts"]
        .as_array()
        .expect("conflicts")
        .iter()
        .map(|found| format!("{}: {} / {}", found["field"], found["written"], found["offered"]))
        .collect();
    answer.problem(409, "refused").says("faster");
    assert!(
        fields.iter().any(|field| field == r#""answers.enough_information": "yes" / "no""#),
        "{fields:?}"
    );
    assert!(fields.iter().any(|field| field.starts_with("\"at\"")), "{fields:?}");
}

/// The library, with the `receipt` playbook as an operator has changed it.
fn changed() -> std::sync::Arc<Library> {
    let texts = Library::carried().map(|(name, text)| match name {
        "receipt.yaml" => {
            let text = text
                .replacen("due: 2h after received", "due: 1h after received", 1)
                .replacen("version: 2", "version: 3", 1)
                .replacen("  confirm-origin:", "  tell-minister:\n    do: Tell the minister in one sentence.\n    by: authority\n    due: 5h after received\n  confirm-origin:", 1);
            (name, text)
        }
        _ => (name, text.to_owned()),
    });
    std::sync::Arc::new(Library::read(texts).expect("sound playbooks"))
}

#[tokio::test]
async fn a_changed_playbook_changes_no_run_until_somebody_adopts_it() {
    let (stage, id) = Stage::with_basel().await;
    let run = start(&stage.de, &id, "receipt").await;
    deed(&stage.de, &id, &run, "acknowledge", done()).await.is(200);
    let house = stage.house.restart_with(changed).await;
    let (de, fr) = (house.as_before(&stage.de), house.as_before(&stage.fr));
    let path = format!("/api/v1/incidents/{id}/runs/{run}");
    let shown = de.get(&path).await.is(200);
    assert_eq!((&shown["playbook"]["version"], &shown["newer"]["version"]), (&json!(2), &json!(3)));
    assert!(!shown["steps"].to_string().contains("tell-minister"));
    let newer = de.get(&format!("{path}/newer")).await.is(200);
    let changes: Vec<(&str, &str)> = newer["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| (change["id"].as_str().expect("id"), change["class"].as_str().expect("class")))
        .collect();
    assert_eq!(
        changes,
        [("deadline:steps.acknowledge", "deadline"), ("added:steps.tell-minister", "added")],
        "{newer:#}"
    );
    fr.get(&format!("{path}/newer")).await.problem(404, "not-found");

    let adoptions = format!("{path}/adoptions");
    let some = json!({ "newer": shown["newer"]["hash"], "changes": ["added:steps.tell-minister"] });
    fr.post(&adoptions, &some).await.problem(404, "not-found");
    let odd = json!({ "newer": shown["newer"]["hash"], "changes": ["added:steps.nothing"] });
    de.post(&adoptions, &odd).await.problem(422, "invalid").at("/changes");
    let old = json!({ "newer": shown["playbook"]["hash"] });
    de.post(&adoptions, &old).await.problem(422, "invalid");
    de.post(&adoptions, &some).await.is(200);
    let shown = de.get(&path).await.is(200);
    let codes: Vec<&str> =
        shown["steps"].as_array().expect("steps").iter().filter_map(|step| step["code"].as_str()).collect();
    assert!(codes.contains(&"tell-minister"));
    let acknowledge = shown["steps"].as_array().expect("steps").iter().find(|s| s["code"] == "acknowledge");
    assert_eq!(acknowledge.expect("there")["state"]["code"], "done", "what was done stays");
    let seen = de.timeline(&id).await;
    let adopted = of_type(&seen, "playbook_adopted");
    assert_eq!(adopted[0]["changes"], json!(["added:steps.tell-minister"]));
    // What was left is still offered.
    let left = de.get(&format!("{path}/newer")).await.is(200);
    assert_eq!(left["changes"].as_array().map(Vec::len), Some(1), "{left:#}");
    house.is_sound();
}

#[tokio::test]
async fn the_instance_works_through_its_own_playbook_and_no_state_sees_it() {
    let (stage, laboratory, id) = Stage::with_basel_unverified().await;
    let offered = stage.officer.get(&format!("/api/v1/incidents/{id}/playbooks")).await.is(200);
    let roles: Vec<&str> = offered["playbooks"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|open| open["role"].as_str())
        .collect();
    assert!(roles.contains(&"desk"), "{roles:?}");
    let run = start(&stage.officer, &id, "desk").await;
    deed(&stage.officer, &id, &run, "keep-words", done()).await.is(200);
    assert_eq!(step(&stage.officer, &id, &run, "look-for-twin").await["state"]["code"], "open");
    for other in [&stage.ch, &stage.ch_ministry, &stage.de, &laboratory] {
        other.get(&format!("/api/v1/incidents/{id}/runs/{run}")).await.problem(404, "not-found");
        let seen = other.glance(&format!("/api/v1/incidents/{id}/timeline")).await;
        assert!(!seen.body.to_string().contains("run_started"), "{:#}", seen.body);
    }
    stage.house.is_sound();
}

#[tokio::test]
async fn a_playbook_can_be_taken_out_as_cacao_and_read_back() {
    let (stage, _) = Stage::with_basel().await;
    let answer = stage.de.get("/api/v1/playbooks/receipt/cacao").await;
    let tag = answer.headers["etag"].clone();
    let text = String::from_utf8(answer.bytes.clone()).expect("text");
    answer.is(200);
    let read = outcross::interop::cacao::import(&text).expect("reads");
    assert_eq!((read.playbook.id.as_str(), read.not_mapped), ("receipt", Vec::new()));
    let again = stage.de.get_known("/api/v1/playbooks/receipt/cacao", &tag).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    stage.de.get("/api/v1/playbooks/nothing/cacao").await.problem(404, "not-found");
}
