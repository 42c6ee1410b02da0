//! Layers imported into a running house: who is newly in reach is told, nobody
//! who was told is dropped, and what cannot be used changes nothing.

use crate::{
    harness::{Caller, House, basel, notices_to, of_type, seq_of, types},
    stage::Stage,
};
use outcross::{
    domain::{account::Role, decision::Timer, id::LayerId, layer::LayerKind},
    proof::digest_hex,
    store::{LayerChange, LayerRecord},
};
use reqwest::Method;
use serde_json::{Value, json};

const FACTS: &str = "source=an%20invented%20survey&licence=CC0&version=1&date=2026-11-01&accuracy_m=10";

/// A square of about two kilometres around a position.
fn square(lon: f64, lat: f64, properties: &Value) -> Value {
    let (w, e, s, n) = (lon - 0.01, lon + 0.01, lat - 0.01, lat + 0.01);
    let ring = json!([[w, s], [e, s], [e, n], [w, n], [w, s]]);
    json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

fn collection(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

/// A piece of Austria beside the rail yard of Basel, which no map shows.
fn pack() -> Vec<u8> {
    collection(&[square(7.60, 47.58, &json!({ "name": "A survey's Austria", "iso_a2": "AT" }))])
}

fn hotspot() -> Vec<u8> {
    collection(&[square(7.60, 47.58, &json!({ "name": "Upper Rhine", "Type": "hotspot area" }))])
}

async fn import(by: &Caller, kind: &str, file: Vec<u8>) -> Value {
    by.post_bytes(&format!("/api/v1/layers?kind={kind}&name=survey&{FACTS}"), file).await.is(201)
}

async fn take_away(by: &Caller, layer: &Value) -> Value {
    let path = format!("/api/v1/layers/{}", layer["id"].as_str().expect("an id"));
    by.send(Method::DELETE, &path, None, Vec::new()).await.is(200)
}

async fn layers(by: &Caller) -> Vec<Value> {
    by.get("/api/v1/layers").await.is(200)["layers"].as_array().expect("a list").clone()
}

async fn assessment(by: &Caller, id: &str) -> Value {
    by.get(&format!("/api/v1/incidents/{id}/assessment")).await.is(200)
}

fn codes(states: &Value) -> Vec<&str> {
    states.as_array().expect("a list").iter().map(|s| s["iso2"].as_str().expect("a code")).collect()
}

fn hotspots(assessment: &Value) -> Vec<&str> {
    let list = assessment["hotspots"].as_array().expect("a list");
    list.iter().map(|hotspot| hotspot["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn a_state_newly_in_reach_is_told_live_as_at_opening() {
    let (stage, id) = Stage::with_basel().await;
    let at = stage.house.focal_point("AT").await;
    let (mut hearing, mut de) = (at.live("exercise").await, stage.de.live("exercise").await);
    let answer = import(&stage.house.administrator(), "boundaries", pack()).await;
    assert_eq!(answer["kept"], 1);
    assert_eq!(answer["layer"]["kind"], "boundaries");
    let reassessed = &answer["reassessed"];
    assert_eq!((&reassessed["incidents"], &reassessed["changed"]), (&json!(1), &json!(1)));
    assert_eq!(reassessed["newly_told"], json!([{ "mode": "exercise", "states": ["AT"] }]));

    let seen = at.timeline(&id).await;
    assert_eq!(notices_to(&seen), ["AT"]);
    let heard = hearing.until(seq_of(seen.last().expect("events"))).await;
    assert_eq!(heard, seen, "its receiver hears all of it");
    assert!(types(&heard).contains(&"playbook_chosen"));
    let assessed = de.next().await;
    assert_eq!((&assessed["type"], &assessed["cause"]["code"]), (&json!("assessed"), &json!("data_changed")));
    assert!(codes(&assessed["assessment"]["states"]).contains(&"AT"));

    let notice = of_type(&seen, "notice_issued")[0];
    let to_de = stage.de.timeline(&id).await;
    let mut told_before = of_type(&to_de, "notice_issued")[0]["notice"].clone();
    assert_eq!(
        (&notice["notice"]["finding"]["iso2"], &told_before["finding"]["iso2"]),
        (&json!("AT"), &json!("DE"))
    );
    told_before["finding"] = notice["notice"]["finding"].clone();
    assert_eq!(notice["notice"], told_before, "the same but for what the map says of each");
    assert_eq!(notices_to(&to_de), ["DE"], "nobody is told twice");
    at.acknowledge(&id, None).await.is(200);
    assert_eq!(stage.house.after(0), 0, "nothing is left to be assessed");
    stage.house.is_sound();
}

#[tokio::test]
async fn who_was_told_stays_when_the_layer_goes() {
    let (stage, id) = Stage::with_basel().await;
    let at = stage.house.focal_point("AT").await;
    let administrator = stage.house.administrator();
    let layer = import(&administrator, "boundaries", pack()).await["layer"].clone();
    let answer = take_away(&administrator, &layer).await;
    assert_eq!(answer["reassessed"]["changed"], 1);
    assert_eq!(answer["reassessed"]["newly_told"], json!([]));
    let found = assessment(&at, &id).await;
    let kept = found["states"].as_array().expect("a list").last().expect("a finding").clone();
    assert_eq!((&kept["iso2"], &kept["reason"]["code"]), (&json!("AT"), &json!("told_before")));
    assert!(!codes(&found["excluded"]).contains(&"AT"));
    at.acknowledge(&id, None).await.is(200);
    assert!(layers(&administrator).await.iter().all(|layer| layer["id"].is_null()), "the built-in stand");
    let path = format!("/api/v1/layers/{}", layer["id"].as_str().expect("an id"));
    administrator.send(Method::DELETE, &path, None, Vec::new()).await.problem(404, "not-found");
    let head = stage.house.head();
    import(&administrator, "other", pack()).await;
    assert_eq!(
        stage.house.head() - head,
        1,
        "only what changed is said: {:?}",
        types(&at.timeline(&id).await)
    );
}

#[tokio::test]
async fn hotspots_are_replaced_and_come_back() {
    let (stage, id) = Stage::with_basel().await;
    let administrator = stage.house.administrator();
    let before = hotspots(&assessment(&stage.ch, &id).await).join(", ");
    let first = import(&administrator, "hotspots", hotspot()).await;
    assert_eq!(hotspots(&assessment(&stage.ch, &id).await), ["Upper Rhine"]);
    assert_eq!(first["reassessed"]["newly_told"], json!([]));
    let in_force = |list: &[Value]| -> Vec<(bool, bool)> {
        let spots = list.iter().filter(|layer| layer["kind"] == "hotspots");
        spots.map(|layer| (layer["id"].is_null(), layer["in_force"] == true)).collect()
    };
    assert_eq!(in_force(&layers(&administrator).await), [(true, false), (false, true)]);

    let head = stage.house.head();
    let path = format!("/api/v1/layers?kind=hotspots&name=survey&{FACTS}");
    let again = administrator.post_bytes(&path, hotspot()).await.is(200);
    assert_eq!(again["unchanged"], true);
    assert_eq!(stage.house.head(), head, "a repeat changes nothing");

    let path = format!("/api/v1/layers?kind=hotspots&name=another&{FACTS}");
    let second = administrator.post_bytes(&path, hotspot()).await.is(201);
    assert_eq!(second["replaced"], json!([first["layer"]["id"]]), "there is one layer of hotspots");
    assert_eq!(stage.house.head(), head, "the same findings are not said again");
    take_away(&administrator, &second["layer"]).await;
    assert_eq!(hotspots(&assessment(&stage.ch, &id).await).join(", "), before);
    assert_eq!(in_force(&layers(&administrator).await), [(true, true)]);
}

#[tokio::test]
async fn under_verification_only_the_assessment_changes_and_it_counts_when_opened() {
    let (stage, _, id) = Stage::with_basel_unverified().await;
    let at = stage.house.focal_point("AT").await;
    let head = stage.house.head();
    let answer = import(&stage.house.administrator(), "boundaries", pack()).await;
    assert_eq!(answer["reassessed"]["newly_told"], json!([]));
    assert_eq!(types(&stage.officer.events("exercise", head).await), ["assessed"]);
    assert!(at.incidents("exercise").await.is_empty(), "nobody else hears of it yet");
    stage.ch_officer.verdict(&id, "open", "seen by our own inspectors").await.is(200);
    assert_eq!(notices_to(&at.timeline(&id).await), ["AT"]);
}

#[tokio::test]
async fn every_mode_is_assessed_anew_and_what_has_ended_is_not() {
    let stage = Stage::set().await;
    let laboratory = stage.house.account("JP", Role::Reporter).await;
    for mode in ["actual", "exercise", "test"] {
        stage.ch.report(&basel(mode)).await;
    }
    let ended = laboratory.report(&basel("exercise")).await;
    stage.ch_officer.verdict(&ended, "withdraw", "conventional plants").await.is(200);
    let answer = import(&stage.house.administrator(), "boundaries", pack()).await;
    assert_eq!(answer["reassessed"]["incidents"], 3);
    let told: Vec<&Value> =
        answer["reassessed"]["newly_told"].as_array().expect("a list").iter().map(|t| &t["mode"]).collect();
    assert_eq!(told, ["actual", "exercise", "test"]);
    assert_eq!(types(&stage.ch.timeline(&ended).await).last(), Some(&"verification_decided"));
}

#[tokio::test]
async fn an_incident_that_cannot_be_assessed_is_said_and_stops_no_other() {
    let (stage, spoilt) = Stage::with_basel().await;
    let at = stage.house.focal_point("AT").await;
    let report = seq_of(&stage.ch.timeline(&spoilt).await[0]);
    let sound = stage.ch.report(&basel("exercise")).await;
    stage.house.spoil(report);
    let answer = import(&stage.house.administrator(), "boundaries", pack()).await;
    assert_eq!((&answer["reassessed"]["failed"], &answer["reassessed"]["changed"]), (&json!(1), &json!(1)));
    assert_eq!(at.incidents("exercise").await, [sound]);
    assert_eq!(stage.house.tick(), 1, "it is tried again");
    assert_eq!(stage.house.tick(), 0, "but not all the time");
}

#[tokio::test]
async fn only_an_administrator_of_the_instance_imports() {
    let stage = Stage::set().await;
    let at_home = stage.house.account("CH", Role::Administrator).await;
    let path = format!("/api/v1/layers?kind=hotspots&{FACTS}");
    for caller in [&stage.ch, &stage.officer, &at_home] {
        caller.post_bytes(&path, hotspot()).await.problem(403, "not-allowed");
        let gone = format!("/api/v1/layers/{}", uuid::Uuid::nil());
        caller.send(Method::DELETE, &gone, None, Vec::new()).await.problem(403, "not-allowed");
        assert!(layers(caller).await.len() >= 5, "anybody signed in may look");
    }
    stage.house.stranger().post_bytes(&path, hotspot()).await.problem(401, "not-signed-in");
    stage.house.stranger().get("/api/v1/layers").await.problem(401, "not-signed-in");
}

#[tokio::test]
async fn what_cannot_be_used_has_words_and_changes_nothing() {
    let (stage, id) = Stage::with_basel().await;
    let administrator = stage.house.administrator();
    let before = (stage.house.head(), layers(&administrator).await, assessment(&stage.ch, &id).await);
    let send = |query: &str, body: Vec<u8>| {
        let (path, administrator) = (format!("/api/v1/layers?{query}"), administrator.clone());
        async move { administrator.post_bytes(&path, body).await }
    };
    let usual = format!("kind=protected_areas&{FACTS}");
    send(&usual, b"not JSON".to_vec()).await.problem(422, "layer");
    send(&usual, Vec::new()).await.problem(422, "layer");
    send(&usual, b"PK\x03\x04 and nothing more".to_vec()).await.problem(422, "layer");
    send(&usual, collection(&[])).await.problem(422, "layer");
    send(&format!("{usual}&file_name=parks.shp"), vec![0, 0, 0x27, 0x0a]).await.problem(422, "layer");
    let nameless = collection(&[square(7.6, 47.58, &json!({}))]);
    send(&format!("kind=hotspots&{FACTS}"), nameless).await.problem(422, "layer").at("/features/0");
    send(&format!("kind=roads&{FACTS}"), pack()).await.problem(422, "invalid").says("hotspots");
    send("kind=other&source=me", pack()).await.problem(422, "invalid").says("licence").at("/licence");
    send(&format!("{usual}&colour=red"), pack()).await.problem(422, "invalid").says("colour");
    send(&format!("{usual}&name=%20"), pack()).await.problem(422, "invalid").at("/name");
    let after = (stage.house.head(), layers(&administrator).await, assessment(&stage.ch, &id).await);
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_file_too_large_is_refused() {
    let house = House::new().await;
    let path = format!("/api/v1/layers?kind=other&{FACTS}");
    let large = vec![b' '; 64 * 1024 * 1024 + 1];
    house.administrator().post_bytes(&path, large).await.problem(413, "too-large").says("64 MiB");
}

#[tokio::test]
async fn a_layer_stands_again_after_a_restart() {
    let (stage, _) = Stage::with_basel().await;
    import(&stage.house.administrator(), "boundaries", pack()).await;
    let ch = stage.ch.clone();
    let house = stage.house.restart().await;
    let ready = house.stranger().get("/readyz").await.is(200);
    assert_eq!(ready["unreadable_layers"], json!([]));
    let preview = house.as_before(&ch).post("/api/v1/assessments/preview", &basel("exercise")).await.is(200);
    assert!(codes(&preview["states"]).contains(&"AT"));
    house.is_sound();
}

/// As the house keeps it, before it has assessed anything anew.
fn kept(house: &House, name: &str, bytes: &[u8]) {
    let facts = "title='Survey'\nsource='invented'\nversion='1'\ndate='2026-11-01'\nlicence='CC0'\nhow_made='by hand'\naccuracy_m=10.0";
    let layer = LayerRecord {
        id: LayerId(uuid::Uuid::from_u128(1)),
        kind: LayerKind::Boundaries,
        name: name.to_owned(),
        file_name: "survey.geojson".to_owned(),
        sidecar: facts.to_owned(),
        sha256: digest_hex(bytes),
        size: bytes.len() as u64,
        imported: house.desk.now(),
        imported_by: None,
    };
    let change = LayerChange {
        ended: Vec::new(),
        new: Some((layer, bytes.to_vec())),
        by: None,
        now: house.desk.now(),
        mark: Timer::Reassessment,
    };
    house.store.change_layers(change).expect("kept");
}

#[tokio::test]
async fn what_a_crash_interrupted_is_finished_after_the_next_start() {
    let (stage, id) = Stage::with_basel().await;
    let at = stage.house.focal_point("AT").await;
    kept(&stage.house, "survey", &pack());
    let house = stage.house.restart().await;
    let at = house.as_before(&at);
    assert!(at.incidents("exercise").await.is_empty(), "the crash came first");
    assert_eq!(house.tick(), 1);
    assert_eq!(notices_to(&at.timeline(&id).await), ["AT"]);
    assert_eq!(house.tick(), 0);
    house.is_sound();
}

#[tokio::test]
async fn a_layer_that_cannot_be_read_is_said_and_the_built_in_map_stands() {
    let (stage, id) = Stage::with_basel().await;
    kept(&stage.house, "broken", b"{}");
    let ch = stage.ch.clone();
    let house = stage.house.restart().await;
    let ready = house.stranger().get("/readyz").await.is(200);
    assert_eq!(ready["unreadable_layers"].as_array().map(Vec::len), Some(1), "{ready}");
    let list = layers(&house.administrator()).await;
    let broken = list.last().expect("a layer");
    assert_eq!((&broken["name"], &broken["in_force"]), (&json!("broken"), &json!(false)));
    assert!(!broken["problem"].as_str().expect("why").is_empty());
    let head = house.head();
    house.tick();
    assert_eq!(house.head(), head, "nothing has changed for {id}");
    let preview = house.as_before(&ch).post("/api/v1/assessments/preview", &basel("exercise")).await.is(200);
    assert!(codes(&preview["states"]).contains(&"DE"));
    take_away(&house.administrator(), broken).await;
    let ready = house.stranger().get("/readyz").await.is(200);
    assert_eq!(ready["unreadable_layers"], json!([]));
}
