//! What can be read but is missing or doubtful is accepted, kept as said, and
//! becomes a gap: it never holds a notice up.

use crate::harness::{Account, House, basel, notices_to, of_type, types};
use outcross::domain::account::Role;
use serde_json::{Value, json};

struct Desk {
    house: House,
    ch: Account,
}

impl Desk {
    async fn open() -> Self {
        let house = House::new().await;
        let ch = house.focal_point("CH").await;
        house.focal_point("DE").await;
        Self { house, ch }
    }

    /// Files the Basel report with one field changed; the gaps it leaves, and
    /// who was told.
    async fn takes(&self, pointer: &str, value: Value) -> (Vec<Value>, Vec<String>) {
        let mut report = basel("exercise");
        let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
        let parent = report.pointer_mut(parent).expect("a field");
        match (parent, value) {
            (Value::Object(fields), Value::Null) => {
                fields.remove(field);
            }
            (parent, value) => parent[field] = value,
        }
        let id = self.ch.report(&report).await;
        let incident = self.ch.incident(&id).await;
        let told = notices_to(&self.ch.timeline(&id).await);
        (incident["gaps"].as_array().expect("a list").clone(), told)
    }
}

#[track_caller]
fn has(gaps: &[Value], field: &str, code: &str, as_said: Option<&str>) {
    let found = gaps.iter().any(|gap| {
        gap["field"] == field
            && gap["code"] == code
            && gap["as_said"].as_str() == as_said
            && gap["due"].is_string()
    });
    assert!(found, "no gap {code} at {field} ({as_said:?}) in {gaps:#?}");
}

#[tokio::test]
async fn without_a_place_the_whole_state_is_the_place() {
    let desk = Desk::open().await;
    let (gaps, told) = desk.takes("/place/geometry", Value::Null).await;
    has(&gaps, "/place/geometry", "missing", basel("exercise")["place"]["description"].as_str());
    assert_eq!(told, ["DE"], "the neighbour with a contact point is told all the same");
}

#[tokio::test]
async fn times_are_kept_as_said() {
    let desk = Desk::open().await;
    for (said, code) in
        [("spring", "not_a_time"), ("2026-02-28T15:00:00", "no_zone"), ("2027-01-01T00:00:00Z", "future")]
    {
        let (gaps, told) = desk.takes("/released", json!(said)).await;
        has(&gaps, "/released", code, Some(said));
        assert_eq!(told, ["DE"], "{said}");
        let (gaps, _) = desk.takes("/known", json!(said)).await;
        has(&gaps, "/known", code, Some(said));
    }
}

#[tokio::test]
async fn a_state_nobody_knows_is_a_gap() {
    let desk = Desk::open().await;
    for code in ["XX", "Helvetia"] {
        let (gaps, _) = desk.takes("/place/state", json!(code)).await;
        has(&gaps, "/place/state", "unknown_state", Some(code));
        let (gaps, told) = desk.takes("/affected_states", json!(["DE", code])).await;
        has(&gaps, "/affected_states/1", "unknown_state", Some(code));
        assert_eq!(told, ["DE"]);
    }
}

#[tokio::test]
async fn a_place_in_another_state_than_the_one_said_is_a_gap() {
    let desk = Desk::open().await;
    let (gaps, _) = desk.takes("/place/state", json!("JP")).await;
    has(&gaps, "/place/state", "state_differs", Some("JP"));
}

#[tokio::test]
async fn an_identifier_with_a_slip_is_a_gap() {
    let desk = Desk::open().await;
    let (gaps, told) = desk.takes("/organism/oecd", json!(["MON-ØØØ73-8"])).await;
    has(&gaps, "/organism/oecd/0", "check_digit", Some("MON-ØØØ73-8"));
    assert_eq!(told, ["DE"]);
    let (gaps, _) = desk.takes("/organism/oecd", json!(["GT73"])).await;
    has(&gaps, "/organism/oecd/0", "not_an_identifier", Some("GT73"));
}

#[tokio::test]
async fn what_is_withheld_is_said_to_be_withheld() {
    let desk = Desk::open().await;
    let secret = json!({ "status": "withheld", "text": "forty thousand" });
    let (gaps, _) = desk.takes("/quantities", secret).await;
    has(&gaps, "/quantities", "withheld", None);
    let de = desk.house.account("DE", Role::Ministry).await;
    let seen = de.events("exercise", 0).await;
    assert!(!seen.is_empty());
    assert!(!json!(seen).to_string().contains("forty thousand"), "it goes to nobody who is told");
}

#[tokio::test]
async fn an_empty_shape_is_no_place_and_no_refusal() {
    let desk = Desk::open().await;
    for shape in ["LineString", "Polygon", "MultiPoint", "MultiPolygon"] {
        let (gaps, told) = desk.takes("/place/geometry", json!({ "type": shape, "coordinates": [] })).await;
        has(&gaps, "/place/geometry", "doubtful_geometry", None);
        assert_eq!(told, ["DE"], "{shape}: the State said stands for the place");
    }
}

#[tokio::test]
async fn a_report_with_nothing_but_its_mode_is_taken() {
    let desk = Desk::open().await;
    let officer = desk.house.account("", Role::DutyOfficer).await;
    let id = desk.ch.report(&json!({ "mode": "exercise" })).await;
    let incident = officer.incident(&id).await;
    assert_eq!(incident["state"], "under_verification", "nobody knows whose it is");
    assert!(incident["state_of_release"].is_null());
    let gaps = incident["gaps"].as_array().expect("a list");
    for field in
        ["/organism", "/place/geometry", "/released", "/pathways", "/quantities", "/point_of_contact"]
    {
        has(gaps, field, "missing", None);
    }
    desk.house.tick();
    let seen = officer.timeline(&id).await;
    assert_eq!(types(&seen).last(), Some(&"escalated_to_instance"), "the instance must decide");
    assert_eq!(of_type(&seen, "verification_overdue").len(), 1);
    officer.verdict(&id, "open", "it is all we know").await.is(200);
    desk.house.is_sound();
}
