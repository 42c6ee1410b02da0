//! Contact points: entered, changed and confirmed by those who may, brought in
//! from a file after it was shown what it would change, and looked through in
//! peacetime.

use crate::harness::{Account, Answer, Caller, House};
use outcross::domain::account::Role;
use reqwest::Method;
use serde_json::{Value, json};
use std::process::{Command, Output};

const INDEX: &str = include_str!("../fixtures/contacts/bch.json");

async fn contacts(caller: &Caller) -> Vec<Value> {
    caller.get("/api/v1/contacts").await.is(200)["contacts"].as_array().expect("a list").clone()
}

async fn preview(caller: &Caller, file: &str) -> Value {
    caller.post_bytes("/api/v1/contacts/imports/preview", file).await.is(200)
}

async fn apply(caller: &Caller, file: &str, shown: &Value) -> Answer {
    let digest = shown["digest"].as_str().expect("a digest");
    caller.post_bytes(&format!("/api/v1/contacts/imports?digest={digest}"), file).await
}

fn counts(preview: &Value) -> [usize; 5] {
    ["new", "changed", "unchanged", "missing", "unusable"]
        .map(|part| preview[part].as_array().expect("a list").len())
}

async fn put(caller: &Caller, contact: &Value, seen: Option<&str>) -> Answer {
    let path = format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id"));
    caller.send_seen(Method::PUT, &path, seen, contact).await
}

#[tokio::test]
async fn a_file_is_shown_before_it_changes_anything() {
    let house = House::new().await;
    let administrator = house.administrator();
    let shown = preview(&administrator, INDEX).await;
    assert_eq!(counts(&shown), [5, 0, 0, 0, 5], "{shown:#}");
    assert_eq!(shown["new"][0]["record"], "CHM-NFP-TG-900001-2");
    let unusable = shown["unusable"].as_array().expect("a list");
    let lines: Vec<(&Value, &Value)> = unusable.iter().map(|row| (&row["line"], &row["column"])).collect();
    let expected = [
        (json!(5), json!("type_ss")),
        (json!(6), json!("addressee")),
        (json!(7), json!("channels.0.address")),
        (json!(8), Value::Null),
        (json!(9), json!("government_s")),
    ];
    assert_eq!(lines, expected.iter().map(|(line, column)| (line, column)).collect::<Vec<_>>());
    assert!(contacts(&administrator).await.is_empty(), "nothing is stored by looking");

    let done = apply(&administrator, INDEX, &shown).await.is(200);
    assert_eq!((&done["created"], &done["unusable"]), (&json!(5), &json!(5)));
    let stored = contacts(&administrator).await;
    assert_eq!(stored.len(), 5);
    assert!(stored.iter().all(|contact| contact["confirmed"].is_null()), "nobody has answered yet");

    let again = preview(&administrator, INDEX).await;
    assert_eq!(counts(&again), [0, 0, 5, 0, 5]);
    let newer = INDEX.replace("tg-900001-2", "tg-900001-3").replace("+228 00 00 00 01", "+228 00 00 00 09");
    let shown = preview(&administrator, &newer).await;
    assert_eq!(counts(&shown), [0, 2, 3, 0, 5], "a new revision is the same record");
    let fields = shown["changed"][0]["fields"].as_array().expect("a list");
    let names: Vec<&Value> = fields.iter().map(|field| &field["field"]).collect();
    assert_eq!(names, ["channels", "record"]);
    assert_eq!(fields[1]["before"], "CHM-NFP-TG-900001-2");
    assert_eq!(fields[1]["after"], "CHM-NFP-TG-900001-3");
}

#[tokio::test]
async fn what_is_applied_is_what_was_shown() {
    let house = House::new().await;
    let administrator = house.administrator();
    let shown = preview(&administrator, INDEX).await;
    let other = INDEX.replace("one@example.org", "other@example.org");
    apply(&administrator, &other, &shown).await.problem(409, "conflict").says("preview");
    house.contact_by("TG", "BCH-FP", json!({ "channel": "email", "address": "x@example.org" })).await;
    apply(&administrator, INDEX, &shown).await.problem(409, "conflict");
    assert_eq!(contacts(&administrator).await.len(), 1, "nothing of it was stored");
    let shown = preview(&administrator, INDEX).await;
    assert_eq!(counts(&shown), [5, 0, 0, 0, 5], "what has no record is no concern of the register");
    apply(&administrator, INDEX, &shown).await.is(200);
    apply(&administrator, INDEX, &shown).await.problem(409, "conflict");
    administrator.post_bytes("/api/v1/contacts/imports", INDEX).await.problem(422, "invalid").says("digest");
}

#[tokio::test]
async fn channels_entered_by_hand_are_kept_and_what_is_left_out_stays() {
    let house = House::new().await;
    let administrator = house.administrator();
    let account = house.account("TG", Role::ContactPoint).await;
    let live = json!({ "channel": "live", "account": account.id });
    let hook = json!({ "channel": "webhook", "url": "https://example.org/alerts" });
    let old = json!({ "channel": "email", "address": "old@example.org" });
    let body = json!({ "state": "TG", "kind": "CPB-A17-FP", "name": "Desk", "channels": [live, old, hook] });
    administrator.post("/api/v1/contacts", &body).await.is(201);
    house.contact_by("BJ", "MISSION", json!({ "channel": "by_hand", "number": "+229 1" })).await;
    let table = "addressee,kind,name,email\nTG,CPB-A17-FP,desk,new@example.org\n";
    let shown = preview(&administrator, table).await;
    assert_eq!(counts(&shown), [0, 1, 0, 1, 0]);
    assert_eq!(shown["missing"][0]["addressee"], "BJ");
    apply(&administrator, table, &shown).await.is(200);
    let stored = contacts(&administrator).await;
    assert_eq!(stored.len(), 2, "nothing is ever deleted");
    let desk = stored.iter().find(|contact| contact["addressee"] == "TG").expect("the desk");
    let new = json!({ "channel": "email", "address": "new@example.org" });
    assert_eq!(desk["channels"], json!([live, new, hook]));
    assert_eq!(desk["confirmed"], Value::Null, "nobody has answered on the new address");
}

#[tokio::test]
async fn a_state_brings_in_its_own_and_nobody_else_any() {
    let house = House::new().await;
    let officer = house.account("TG", Role::DutyOfficer).await;
    house.contact_by("FR", "CNA", json!({ "channel": "email", "address": "x@example.org" })).await;
    let shown = preview(&officer, INDEX).await;
    assert_eq!(counts(&shown), [2, 0, 0, 0, 8], "{shown:#}");
    let other = shown["unusable"].as_array().expect("a list").iter().find(|row| row["line"] == 2);
    assert!(other.expect("Benin's row")["why"].as_str().expect("why").contains("own State"));
    apply(&officer, INDEX, &shown).await.is(200);
    assert_eq!(contacts(&officer).await.len(), 3);
    for role in [Role::ContactPoint, Role::Ministry, Role::Reporter] {
        let caller = house.account("TG", role).await;
        let path = "/api/v1/contacts/imports/preview";
        caller.post_bytes(path, INDEX).await.problem(403, "not-allowed");
    }
    house
        .stranger()
        .post_bytes("/api/v1/contacts/imports/preview", INDEX)
        .await
        .problem(401, "not-signed-in");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_has_words() {
    let house = House::new().await;
    let administrator = house.administrator();
    let path = "/api/v1/contacts/imports/preview";
    administrator.post_bytes(path, "").await.problem(422, "invalid").says("addressee");
    administrator.post_bytes(path, "{").await.problem(422, "invalid").says("not JSON");
    let as_csv = format!("{path}?format=csv");
    administrator.post_bytes(&as_csv, INDEX).await.problem(422, "invalid").says("header row");
    administrator.post_bytes(&format!("{path}?format=pdf"), INDEX).await.problem(422, "invalid").says("pdf");
    administrator.post_bytes(path, vec![b' '; 8 * 1024 * 1024 + 1]).await.problem(413, "too-large");
    let future = "addressee,kind,name,confirmed\nCH,CNA,Office,2031-01-01\n";
    let shown = preview(&administrator, future).await;
    assert_eq!(shown["unusable"][0]["column"], "confirmed");
}

#[tokio::test]
async fn two_who_edit_at_once_do_not_overwrite_each_other() {
    let house = House::new().await;
    let officer = house.account("CH", Role::DutyOfficer).await;
    let mail = |address: &str| json!({ "channel": "email", "address": address });
    let body = json!({ "state": "CH", "kind": "CNA", "name": "Office", "channels": [mail("a@example.org")] });
    let made = officer.post("/api/v1/contacts", &body).await;
    let seen = made.headers["etag"].clone();
    let contact = made.is(201);
    let path = format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id"));
    let shown = officer.get(&path).await;
    assert_eq!((shown.headers.get("etag"), &shown.body), (Some(&seen), &contact));

    let mut renamed = contact.clone();
    renamed["name"] = json!("Other office");
    let first = put(&officer, &renamed, Some(&seen)).await;
    let newer = first.headers["etag"].clone();
    assert_eq!(first.is(200)["confirmed"], contact["confirmed"], "the channels are the same");
    assert_ne!(newer, seen);
    let late = put(&officer, &contact, Some(&seen)).await;
    assert_eq!(late.headers.get("etag"), Some(&newer));
    assert_eq!(late.body["current"]["name"], "Other office");
    late.problem(412, "stale");

    let mut moved = renamed.clone();
    moved["channels"] = json!([mail("b@example.org")]);
    assert_eq!(put(&officer, &moved, Some(&newer)).await.is(200)["confirmed"], Value::Null);
    let confirmations = format!("{path}/confirmations");
    officer.send_seen(Method::POST, &confirmations, Some(&newer), &json!({})).await.problem(412, "stale");
    let confirmed = officer.post_bytes(&confirmations, "").await.is(200);
    assert_eq!(confirmed["confirmed"], "2026-03-02T09:00:00Z");

    let mut elsewhere = moved.clone();
    elsewhere["addressee"] = json!("DE");
    put(&officer, &elsewhere, None).await.problem(403, "not-allowed");
    let neighbour = house.account("DE", Role::DutyOfficer).await;
    put(&neighbour, &moved, None).await.problem(403, "not-allowed");
    neighbour.post_bytes(&confirmations, "").await.problem(403, "not-allowed");
    let reporter = house.account("CH", Role::Reporter).await;
    reporter.get(&path).await.problem(403, "not-allowed");
    let nowhere = format!("/api/v1/contacts/{}", uuid::Uuid::nil());
    officer.get(&nowhere).await.problem(404, "not-found");
    moved["id"] = json!(uuid::Uuid::nil());
    officer.send_seen(Method::PUT, &path, None, &moved).await.problem(422, "invalid").at("/id");
    officer
        .send_seen(Method::PUT, &path, Some("old"), &renamed)
        .await
        .problem(422, "invalid")
        .says("If-Match");
}

#[tokio::test]
async fn what_cannot_be_is_named_field_by_field() {
    let house = House::new().await;
    let administrator = house.administrator();
    let body = json!({
        "addressee": "QQ", "kind": "CNA", "name": "Office", "languages": ["French"],
        "channels": [{ "channel": "webhook", "url": "ftp://example.org" }],
        "hours": { "zone": "Atlantis/Poseidonis", "days": [1], "from": "08:00", "to": "17:00" },
    });
    let refused = administrator.post("/api/v1/contacts", &body).await;
    let pointers: Vec<&Value> =
        refused.body["errors"].as_array().expect("a list").iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/addressee", "/channels/0/url", "/languages/0", "/hours/zone"]);
    refused.problem(422, "invalid").says("table of States");
}

#[tokio::test]
async fn a_webhook_given_up_for_gone_is_used_again_when_it_is_entered_again() {
    let house = House::new().await;
    let administrator = house.administrator();
    let hook = json!({ "channel": "webhook", "url": "https://example.org/alerts", "disabled": true });
    let id = house.contact_by("CH", "CPB-A17-FP", hook.clone()).await;
    let path = format!("/api/v1/contacts/{id}");
    let mut contact = administrator.get(&path).await.is(200);
    assert!(contact["channels"][0].get("disabled").is_none(), "only its receiver says that it is gone");
    // As the courier leaves it after an answer of 410.
    let mut gone: outcross::domain::contact::ContactPoint =
        serde_json::from_value(contact.clone()).expect("a contact point");
    gone.channels = vec![serde_json::from_value(hook.clone()).expect("a channel")];
    house.store.save_contact(&gone).expect("stored");
    let found = administrator.get("/api/v1/contacts/readiness").await.is(200);
    assert_eq!(found["disabled"][0]["url"], "https://example.org/alerts");
    contact["channels"] = json!([hook]);
    let kept = put(&administrator, &contact, None).await.is(200);
    assert_eq!(kept["channels"][0]["disabled"], true);
    contact["channels"][0].as_object_mut().expect("a channel").remove("disabled");
    let used = put(&administrator, &contact, None).await.is(200);
    assert!(used["channels"][0].get("disabled").is_none());
}

fn of<'a>(found: &'a Value, addressee: &str) -> &'a Value {
    let everybody =
        ["states", "organizations"].into_iter().flat_map(|part| found[part].as_array().expect("a list"));
    everybody.into_iter().find(|row| row["addressee"] == addressee).expect("an addressee")
}

#[tokio::test]
async fn who_could_not_be_told_is_said_in_peacetime() {
    let house = House::new().await;
    let administrator = house.administrator();
    let phone = json!({ "channel": "by_hand", "number": "+41 00 000 00 00" });
    house.contact_by("CH", "CPB-A17-FP", phone.clone()).await;
    house.contact_by("DE", "CNA", phone.clone()).await;
    let body = json!({ "state": "FR", "kind": "CPB-A17-FP", "name": "Desk", "channels": [] });
    administrator.post("/api/v1/contacts", &body).await.is(201);
    let table = "addressee,kind,name,phone\nIT,CPB-A17-FP,Desk,+39 00\nIPPC,ORG,Desk,+39 00\n";
    let shown = preview(&administrator, table).await;
    apply(&administrator, table, &shown).await.is(200);
    let found = administrator.get("/api/v1/contacts/readiness").await.is(200);
    assert_eq!(of(&found, "CH")["findings"], json!([]));
    assert_eq!(of(&found, "DE")["findings"], json!(["no_article17"]));
    assert_eq!(of(&found, "FR")["findings"], json!(["no_usable_channel"]));
    assert_eq!(of(&found, "IT")["findings"], json!(["unconfirmed"]));
    assert_eq!(of(&found, "JP")["findings"], json!(["no_contact_point"]));
    assert_eq!((&of(&found, "JP")["party"], &of(&found, "US")["party"]), (&json!(true), &json!(false)));
    assert_eq!(of(&found, "IPPC")["findings"], json!(["unconfirmed"]));
    assert_eq!(of(&found, "WOAH")["findings"], json!(["no_contact_point"]));
    assert_eq!(found["instance"]["findings"], json!(["no_contact_point"]));
    let silent = found["silent_parties"].as_u64().expect("a number");
    let parties = found["states"].as_array().expect("a list").iter();
    assert_eq!(silent + 3, parties.filter(|row| row["party"] == true).count() as u64);

    house.after(24 * 40);
    let strict = administrator.get("/api/v1/contacts/readiness?stale_after_days=30").await.is(200);
    assert_eq!(of(&strict, "CH")["findings"], json!(["stale"]));
    let usual = administrator.get("/api/v1/contacts/readiness").await.is(200);
    assert_eq!(of(&usual, "CH")["findings"], json!([]));
    let reporter = house.account("CH", Role::Reporter).await;
    reporter.get("/api/v1/contacts/readiness").await.problem(403, "not-allowed");
    administrator.get("/api/v1/contacts/readiness?stale_after_days=-1").await.problem(422, "invalid");
}

fn outcross(caller: &Caller, arguments: &[&str]) -> Output {
    let (server, token) = caller.door();
    Command::new(env!("CARGO_BIN_EXE_outcross"))
        .args(arguments)
        .env("OUTCROSS_URL", server)
        .env("OUTCROSS_TOKEN", token)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_shows_applies_writes_out_and_checks() {
    let house = House::new().await;
    let administrator = house.administrator();
    let scratch = tempfile::TempDir::new().expect("a scratch directory");
    let index = scratch.path().join("index.json");
    std::fs::write(&index, INDEX).expect("written");
    let index = index.to_str().expect("a path");
    let shown = outcross(&administrator, &["import", "contacts", index]);
    let text = said(&shown);
    assert!(shown.status.success(), "{text}{}", String::from_utf8_lossy(&shown.stderr));
    assert!(text.contains("5 new, 0 changed") && text.contains("nothing was changed"), "{text}");
    assert!(contacts(&administrator).await.is_empty());
    let applied = outcross(&administrator, &["import", "contacts", index, "--format", "bch", "--apply"]);
    assert!(said(&applied).contains("Applied: 5 created, 0 changed."), "{}", said(&applied));

    let table = scratch.path().join("contacts.csv");
    let table = table.to_str().expect("a path");
    let written = outcross(&administrator, &["export", "contacts", "--output", table]);
    assert!(said(&written).contains("5 contact points"), "{}", said(&written));
    let again = outcross(&administrator, &["import", "contacts", table]);
    assert!(
        said(&again).contains("0 new, 0 changed, 5 unchanged, 0 not in the file, 0 unusable"),
        "{}",
        said(&again)
    );
    let of_togo = outcross(&administrator, &["export", "contacts", "--addressee", "TG"]);
    assert_eq!(said(&of_togo).lines().count(), 3);

    let check = outcross(&administrator, &["check", "contacts"]);
    assert_eq!(check.status.code(), Some(1), "some Parties have nobody");
    assert!(said(&check).contains("Japan") && said(&check).contains("no contact point"), "{}", said(&check));
    assert!(String::from_utf8_lossy(&check.stderr).contains("Parties have nobody who can be told"));
    let json = outcross(&administrator, &["check", "contacts", "--json"]);
    let found: Value = serde_json::from_str(&said(&json)).expect("JSON");
    assert_eq!((json.status.code(), of(&found, "TG")["usable"].as_u64()), (Some(1), Some(2)));

    let mut rows = "addressee,kind,name,phone\n".to_owned();
    for row in found["states"].as_array().expect("a list").iter().filter(|row| row["party"] == true) {
        rows.push_str(row["addressee"].as_str().expect("a code"));
        rows.push_str(",CPB-A17-FP,Desk,+00 0\n");
    }
    let whole = scratch.path().join("whole.csv");
    std::fs::write(&whole, rows).expect("written");
    let whole = whole.to_str().expect("a path");
    outcross(&administrator, &["import", "contacts", whole, "--apply"]);
    let check = outcross(&administrator, &["check", "contacts"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let stranger: Account = house.account("CH", Role::Reporter).await;
    let refused = outcross(&stranger, &["check", "contacts"]);
    assert!(!refused.status.success());
}
