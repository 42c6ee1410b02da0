//! The command line and the API are one answer: `outcross assess` says what
//! `POST /assessments/preview` says.

use crate::harness::House;
use serde_json::{Value, json};
use std::process::Command;

fn on_the_command_line(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_outcross"))
        .args(["assess", "--json"])
        .args(arguments)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn point(lat: f64, lon: f64) -> Value {
    json!({ "geometry": { "type": "Point", "coordinates": [lon, lat] } })
}

#[actix_web::test]
async fn assess_and_preview_give_the_same_answer() {
    let house = House::new().await;
    let own = |km: u32| json!({ "max_m": km * 1000, "reason": "set by whoever asked" });
    let questions: [(&[&str], Value); 5] = [
        (
            &[
                "--at",
                "47.57,7.58",
                "--organism",
                "brassica_napus",
                "--pathway",
                "seed_spill",
                "--on",
                "2026-03-02",
            ],
            json!({
                "place": point(47.57, 7.58),
                "organism": { "group": "brassica_napus" },
                "pathways": [{ "pathway": "seed_spill" }],
                "released": "2026-03-02",
            }),
        ),
        (&["--at", "0,-180"], json!({ "place": point(0.0, -180.0) })),
        (
            &["--at", "45.2,34.1", "--organism", "Triticum aestivum", "--radius", "40"],
            json!({
                "place": point(45.2, 34.1),
                "organism": { "species": "Triticum aestivum" },
                "pathways": [{ "pathway": "unknown", "reach": own(40) }],
            }),
        ),
        (
            &["--state", "Lesotho", "--organism", "no such plant"],
            json!({ "place": { "state": "LS" }, "organism": { "species": "no such plant" } }),
        ),
        (
            &[
                "--at",
                "16.34,102.83",
                "--uncertainty",
                "5000",
                "--environment",
                "field_trial",
                "--organism",
                "papaya",
                "--pathway",
                "trade",
                "--destination",
                "DE",
            ],
            json!({
                "place": {
                    "geometry": { "type": "Point", "coordinates": [102.83, 16.34] },
                    "uncertainty_m": 5000,
                    "environment": "field_trial",
                },
                "organism": { "species": "papaya" },
                "pathways": [{ "pathway": "trade", "destinations": ["DE"] }],
            }),
        ),
    ];
    for (arguments, mut report) in questions {
        report["mode"] = json!("test");
        let mut preview = house.administrator().post("/api/v1/assessments/preview", &report).await.is(200);
        let members = preview.as_object_mut().expect("an object");
        assert!(members.remove("report_gaps").is_some() && members.remove("playbooks").is_some());
        assert_eq!(on_the_command_line(arguments), preview, "{arguments:?}");
    }
}
