//! What cannot be read is refused with words that help, and nothing of it is
//! stored.

use crate::{
    harness::{Account, House, Problem, basel},
    stage::Stage,
};
use outcross::{domain::account::Role, gate::Code};
use reqwest::Method;
use serde_json::{Value, json};

const REPORTS: &str = "/api/v1/reports";

struct Desk {
    house: House,
    ch: Account,
}

impl Desk {
    async fn open() -> Self {
        let house = House::new().await;
        let ch = house.account("CH", Role::ContactPoint).await;
        Self { house, ch }
    }

    /// Sends a body that must be refused, and makes sure that nothing is left
    /// of it.
    async fn refuses(&self, body: impl Into<Vec<u8>>, status: u16, code: &str) -> Problem {
        let answer = self.ch.post_bytes(REPORTS, body).await;
        assert_eq!(self.house.head(), 0, "nothing is stored of what is refused");
        answer.problem(status, code)
    }

    async fn refuses_with(&self, pointer: &str, value: Value) -> Problem {
        let mut report = basel("exercise");
        let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
        report.pointer_mut(parent).expect("a field")[field] = value;
        self.refuses(report.to_string(), 422, "invalid").await
    }

    async fn refuses_place(&self, geometry: Value) -> Problem {
        self.refuses_with("/place/geometry", geometry).await
    }
}

#[tokio::test]
async fn malformed_json_is_pointed_at_by_line_and_column() {
    let desk = Desk::open().await;
    desk.refuses("{\"mode\": \"exercise\",\n  released: 1}", 400, "syntax").await.says("line 2 column 3");
    desk.refuses("", 400, "syntax").await.says("line 1");
    desk.refuses("{\"mode\": \"exercise\"} and more", 400, "syntax").await.says("line 1 column 22");
    desk.refuses("{\"mode\": \"exer", 400, "syntax").await.says("line 1");
    desk.refuses(b"{\"mode\": \"\xff\"}".to_vec(), 400, "syntax").await.says("line 1");
}

#[tokio::test]
async fn a_wrong_type_is_pointed_at() {
    let desk = Desk::open().await;
    desk.refuses_with("/released", json!(2012)).await.at("/released").says("string");
    desk.refuses_with("/organism/oecd", json!("MON-ØØØ73-7")).await.at("/organism/oecd");
    desk.refuses_with("/place/uncertainty_m", json!(-5))
        .await
        .at("/place/uncertainty_m")
        .says("zero or more");
    desk.refuses_with("/pathways", json!(["pollen"])).await.at("/pathways/0");
    desk.refuses("[]", 422, "invalid").await;
    desk.refuses("7", 422, "invalid").await;
}

#[tokio::test]
async fn an_unknown_field_is_named() {
    let desk = Desk::open().await;
    desk.refuses_with("/date", json!("2012")).await.says("`date`").says("`released`");
    desk.refuses_with("/place/lat", json!(47.5)).await.says("`lat`");
    desk.refuses_with("/pathways", json!([{ "pathway": "teleport" }])).await.says("teleport").says("pollen");
}

#[tokio::test]
async fn a_field_said_twice_is_refused() {
    let desk = Desk::open().await;
    let twice = r#"{"mode": "actual", "mode": "exercise"}"#;
    desk.refuses(twice, 422, "invalid").await.says("mode");
}

#[tokio::test]
async fn a_latitude_out_of_range_is_refused_with_a_hint_when_exchanging_helps() {
    let desk = Desk::open().await;
    let point = |lon: f64, lat: f64| json!({ "type": "Point", "coordinates": [lon, lat] });
    desk.refuses_place(point(100.0, 95.0)).await.says("latitude 95");
    let swapped = desk.refuses_place(point(35.7, 139.7)).await.says("139.7").says("exchanged");
    swapped.says("longitude first").at("/place/geometry");
    desk.refuses_place(point(700.0, 10.0)).await.says("longitude 700");
    desk.refuses_place(json!({ "type": "Point", "coordinates": [7.5] })).await.says("two numbers");
    desk.refuses_place(json!({ "type": "Circle", "coordinates": [7.5, 47.5] })).await.says("Circle");
}

#[tokio::test]
async fn numbers_that_are_none_are_refused() {
    let desk = Desk::open().await;
    for number in ["NaN", "Infinity", "1e999"] {
        let body = format!(
            r#"{{"mode":"exercise","place":{{"geometry":{{"type":"Point","coordinates":[{number},47.5]}}}}}}"#
        );
        let answer = desk.ch.post_bytes(REPORTS, body).await;
        assert!(matches!(answer.status, 400 | 422), "{number}: {}", answer.body);
        assert_eq!(desk.house.head(), 0);
    }
    let null = json!({ "type": "Point", "coordinates": [null, 47.5] });
    desk.refuses_place(null).await.at("/place/geometry");
}

#[tokio::test]
async fn a_body_over_two_mebibytes_is_too_large() {
    let desk = Desk::open().await;
    let mut report = basel("exercise");
    report["other"] = json!("x".repeat(2 * 1024 * 1024));
    desk.refuses(report.to_string(), 413, "too-large").await.says("2048 KiB");
    report["other"] = json!("x".repeat(2 * 1024 * 1024 - 64 * 1024));
    desk.ch.report(&report).await;
}

#[tokio::test]
async fn the_mode_has_no_default() {
    let desk = Desk::open().await;
    let mut report = basel("exercise");
    report.as_object_mut().expect("an object").remove("mode");
    desk.refuses(report.to_string(), 422, "invalid").await.says("`mode`");
    desk.refuses_with("/mode", json!("drill")).await.at("/mode").says("`exercise`");
    for path in ["/api/v1/incidents", "/api/v1/events"] {
        desk.ch.get(path).await.problem(422, "invalid").says("mode");
        desk.ch.get(&format!("{path}?mode=drill")).await.problem(422, "invalid").says("`exercise`");
    }
    desk.ch.live_at("since=1").await.err().expect("a refusal").problem(422, "invalid").says("mode");
}

#[tokio::test]
async fn nothing_is_done_for_somebody_without_a_good_token() {
    let desk = Desk::open().await;
    let unknown = desk.house.caller("ox_invented");
    let id = "00000000-0000-7000-8000-000000000000";
    for caller in [desk.house.stranger(), unknown] {
        for path in [
            "/api/v1/incidents?mode=actual",
            "/api/v1/events?mode=actual",
            "/api/v1/account",
            "/api/v1/contacts",
            "/api/v1/playbooks",
            "/api/v1/states",
        ] {
            caller.get(path).await.problem(401, "not-signed-in");
        }
        for part in ["", "/timeline", "/assessment", "/messages", "/playbooks"] {
            caller.get(&format!("/api/v1/incidents/{id}{part}")).await.problem(401, "not-signed-in");
        }
        for path in [REPORTS, "/api/v1/assessments/preview"] {
            caller.post(path, &basel("actual")).await.problem(401, "not-signed-in");
        }
        caller.acknowledge(id, None).await.problem(401, "not-signed-in");
        caller.verdict(id, "open", "yes").await.problem(401, "not-signed-in");
        caller.receive(id, id).await.problem(401, "not-signed-in");
        caller.live_at("mode=actual").await.err().expect("a refusal").problem(401, "not-signed-in");
    }
    assert_eq!(desk.house.head(), 0);
    for open in ["/healthz", "/readyz", "/metrics", "/problems"] {
        desk.house.stranger().get(open).await.is(200);
    }
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_a_problem_too() {
    let desk = Desk::open().await;
    for path in ["/nothing", "/api/v1", "/api/v1/incident", "/api/v2/incidents", "/api/v1/incidents/"] {
        desk.ch.get(path).await.problem(404, "not-found").says(path);
    }
    desk.ch.post("/api/v1/report", &basel("exercise")).await.problem(404, "not-found").says("POST");
}

#[tokio::test]
async fn a_wrong_method_is_told_which_ones_there_are() {
    let desk = Desk::open().await;
    let wrong = [
        (Method::DELETE, "/api/v1/incidents", "GET"),
        (Method::GET, "/api/v1/reports", "POST"),
        (Method::PUT, "/api/v1/contacts", "GET, POST"),
        (Method::PATCH, "/api/v1/incidents/00000000-0000-7000-8000-000000000000", "GET"),
    ];
    for (method, path, allowed) in wrong {
        let answer = desk.ch.send(method, path, None, Vec::new()).await;
        assert_eq!(answer.headers.get("allow").map(String::as_str), Some(allowed), "{}", answer.asked);
        answer.problem(405, "method");
    }
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let (stage, incident) = Stage::with_basel().await;
    let head = stage.house.head();
    for id in ["00000000-0000-7000-8000-000000000000", "EX-TEST-2026-0001", "1"] {
        for part in ["", "/timeline", "/assessment", "/messages", "/playbooks"] {
            let path = format!("/api/v1/incidents/{id}{part}");
            stage.ch.get(&path).await.problem(404, "not-found");
        }
        stage.ch.acknowledge(id, None).await.problem(404, "not-found");
        stage.ch_officer.verdict(id, "open", "yes").await.problem(404, "not-found");
        stage.de.receive(&incident, id).await.problem(404, "not-found");
        let tokens = format!("/api/v1/accounts/{id}/tokens");
        stage.house.administrator().post(&tokens, &json!({ "hours": 1 })).await.problem(404, "not-found");
        stage.ch.get(&format!("/api/v1/playbooks/{id}")).await.problem(404, "not-found");
    }
    assert_eq!(stage.house.head(), head);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_named() {
    let (stage, id) = Stage::with_basel().await;
    for path in [
        format!("/api/v1/incidents/{id}/timeline?after=yesterday"),
        "/api/v1/events?mode=exercise&after=-1".to_owned(),
        "/api/v1/incidents?mode=exercise&limit=many".to_owned(),
        "/api/v1/contacts?state=Germany".to_owned(),
    ] {
        stage.ch.get(&path).await.problem(422, "invalid").says("in the query");
    }
}

#[tokio::test]
async fn records_of_accounts_and_contacts_are_read_as_strictly() {
    let house = House::new().await;
    let administrator = house.administrator();
    let account = |state: &str, role: &str| json!({ "name": "Office", "state": state, "role": role });
    let accounts = "/api/v1/accounts";
    administrator.post(accounts, &account("XX", "ministry")).await.problem(422, "invalid").at("/state");
    administrator.post(accounts, &account("CH", "king")).await.problem(422, "invalid").at("/role");
    administrator.post(accounts, &json!({ "name": "Office" })).await.problem(422, "invalid").says("`role`");
    administrator.post_bytes(accounts, "{").await.problem(400, "syntax");
    let contact = json!({ "addressee": "XX", "kind": "CNA", "name": "Office", "channels": [] });
    administrator.post("/api/v1/contacts", &contact).await.problem(422, "invalid").at("/addressee");
    let id = house.account("CH", Role::Ministry).await.id;
    for hours in [0, 8761] {
        let path = format!("/api/v1/accounts/{id}/tokens");
        administrator.post(&path, &json!({ "hours": hours })).await.problem(422, "invalid").at("/hours");
    }
}

#[tokio::test]
async fn every_route_that_takes_a_body_has_the_same_limit() {
    let (stage, id) = Stage::with_basel().await;
    let head = stage.house.head();
    let large = vec![b' '; 2 * 1024 * 1024 + 1];
    for path in [
        "/api/v1/assessments/preview".to_owned(),
        format!("/api/v1/incidents/{id}/acknowledgements"),
        format!("/api/v1/incidents/{id}/verdicts"),
        format!("/api/v1/incidents/{id}/clearing-house"),
    ] {
        stage.ch.post_bytes(&path, large.clone()).await.problem(413, "too-large");
    }
    for path in ["/api/v1/accounts", "/api/v1/contacts"] {
        stage.house.administrator().post_bytes(path, large.clone()).await.problem(413, "too-large");
    }
    assert_eq!(stage.house.head(), head);
}

#[tokio::test]
async fn the_table_of_problems_lists_every_code() {
    let house = House::new().await;
    let table = house.stranger().get("/problems").await.is(200);
    let rows = table["problems"].as_array().expect("a list");
    let listed: Vec<&str> = rows.iter().map(|row| row["code"].as_str().expect("a code")).collect();
    let all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(listed, all);
    assert!(rows.iter().all(|row| row["help"].as_str().is_some_and(|help| !help.is_empty())));
    let mut distinct = all.clone();
    distinct.dedup();
    assert_eq!(distinct, all);
}
