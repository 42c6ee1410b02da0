//! Reporting by plain forms: four questions, everything together, and who
//! will be told, before it is sent.

use crate::{
    pages::{Browser, settle},
    stage::Stage,
};

async fn incidents(stage: &Stage) -> usize {
    let list = stage.ch.get("/api/v1/incidents?mode=exercise").await.is(200);
    list["incidents"].as_array().map_or(0, Vec::len)
}

/// A report is begun; gives the seal and where its questions are.
async fn begun(browser: &mut Browser<'_>) -> (String, String) {
    let seal = browser.open("/report").await.field("seal");
    let begun = browser.send("/report", &[("seal", &seal), ("mode", "exercise")]).await;
    let what = begun.goes_to().to_owned();
    (seal, what.trim_end_matches("/what").to_owned())
}

#[tokio::test]
async fn a_report_is_made_by_four_questions_and_says_before_who_will_be_told() {
    let (stage, _) = Stage::with_basel().await;
    let (mut browser, ..) = settle(&stage.house, &stage.ch, "watch bern").await;
    let (seal, report) = begun(&mut browser).await;
    let what = browser.open(&format!("{report}/what")).await;
    assert!(what.text.contains("EXERCISE") && what.text.contains("MON-ØØØ73-7"), "{}", what.text);
    let seal = ("seal", seal.as_str());
    let next = ("go", "next");
    let fields = [seal, next, ("organism", "mon–00073–7")];
    assert_eq!(browser.send(&format!("{report}/what"), &fields).await.goes_to(), format!("{report}/where"));
    let fields = [
        seal,
        next,
        ("place", "47,5879 N 7,5915 E"),
        ("within", "0,2"),
        ("unit", "km"),
        ("environment", "rail_yard"),
        ("state", "CH"),
    ];
    assert_eq!(browser.send(&format!("{report}/where"), &fields).await.goes_to(), format!("{report}/when"));
    let fields = [seal, next, ("released", "2026-02-27"), ("known", "2026-03-01T08:00Z")];
    assert_eq!(browser.send(&format!("{report}/when"), &fields).await.goes_to(), format!("{report}/who"));
    let fields = [
        seal,
        next,
        ("pathways", "seed_spill"),
        ("pathways", "pollen"),
        ("affected", "Italien"),
        ("significance", "likely"),
    ];
    assert_eq!(browser.send(&format!("{report}/who"), &fields).await.goes_to(), format!("{report}/check"));

    let check = browser.open(&format!("{report}/check")).await;
    for said in [
        "Brassica napus, GT73",
        "47.5879° N 7.5915° E ± 200 m",
        "Germany",
        "France",
        "told at once",
        "Switzerland",
    ] {
        assert!(check.text.contains(said), "no {said} in {}", check.text);
    }
    assert!(check.text.contains("Italien"), "what is no name here stays as typed");
    let before = incidents(&stage).await;
    let sent = browser.send(&format!("{report}/check"), &[seal]).await.goes_to().to_owned();
    assert!(sent.starts_with("/incidents/"), "{sent}");
    assert!(browser.open(&sent).await.text.contains("Brassica napus"), "it is there");
    // Pressed twice it is one report.
    assert_eq!(browser.send(&format!("{report}/check"), &[seal]).await.goes_to(), sent);
    assert_eq!(browser.open(&format!("{report}/check")).await.goes_to(), sent);
    assert_eq!(incidents(&stage).await, before + 1);
    stage.house.is_sound();
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_with_words_and_is_kept() {
    let (stage, _) = Stage::with_basel().await;
    let (mut browser, ..) = settle(&stage.house, &stage.ch, "watch bern").await;
    let seal = browser.open("/report").await.field("seal");
    let nothing = browser.send("/report", &[("seal", &seal)]).await;
    assert!(nothing.status == 422 && nothing.text.contains("Nothing is assumed"), "{}", nothing.text);
    let (seal, report) = begun(&mut browser).await;
    let seal = ("seal", seal.as_str());
    let next = ("go", "next");

    // A slip in the check digit is doubted once.
    let what = format!("{report}/what");
    let slip = browser.send(&what, &[seal, next, ("organism", "MON-ØØØ73-5")]).await;
    assert!(slip.status == 422 && slip.text.contains("MON-ØØØ73-7") && slip.text.contains("aria-invalid"));
    let accepted = slip.field("accepted");
    let fields = [seal, next, ("organism", "MON-ØØØ73-5"), ("accepted", accepted.as_str())];
    assert_eq!(browser.send(&what, &fields).await.goes_to(), format!("{report}/where"));

    let place = format!("{report}/where");
    for (typed, words) in [
        ("somewhere near the river", "No State, capital or area"),
        ("47.5", "Two coordinates are needed"),
        ("47.5 N 7.5 O", "west in some languages"),
        ("{\"type\":\"Point\"", "GeoJSON cannot be read"),
        ("147.5 7.5", "Perhaps the two are exchanged"),
    ] {
        let page = browser.send(&place, &[seal, next, ("place", typed)]).await;
        assert!(page.status == 422 && page.text.contains(words), "{typed}: {}", page.text);
        assert!(page.text.contains(&typed.replace('"', "&#34;")), "it is kept: {}", page.text);
    }
    // Saved as it is, and there again later; only for who began it.
    let later = [seal, ("go", "later"), ("place", "somewhere near the river")];
    assert_eq!(browser.send(&place, &later).await.goes_to(), "/report");
    assert!(browser.open("/report").await.text.contains("somewhere near the river"));
    let (mut other, ..) = settle(&stage.house, &stage.de, "watch berlin").await;
    assert_eq!(other.open(&format!("{report}/check")).await.status, 404);
    assert!(!other.open("/report").await.text.contains("river"));
    let check = browser.open(&format!("{report}/check")).await;
    assert!(check.text.contains("somewhere near the river") && check.text.contains("What was released"));
    let forged = browser.send(&format!("{report}/check"), &[("seal", "0")]).await;
    assert_eq!(forged.status, 403);
    assert_eq!(browser.send(&format!("{report}/drop"), &[seal]).await.goes_to(), "/report");
    assert_eq!(browser.open(&format!("{report}/check")).await.status, 404);
}

#[tokio::test]
async fn a_place_is_found_by_the_name_of_a_state_or_its_capital_or_pasted() {
    let (stage, _) = Stage::with_basel().await;
    let (mut browser, ..) = settle(&stage.house, &stage.ch, "watch bern").await;
    let (seal, report) = begun(&mut browser).await;
    let polygon = r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[7.5,47.5],[7.6,47.5],[7.6,47.6],[7.5,47.5]]]}}"#;
    for (typed, seen) in [
        ("Schweiz", "Switzerland"),
        ("瑞士", "Switzerland"),
        ("Suva", "Fiji"),
        ("32TLT9471", "47.58"),
        (polygon, "a shape of"),
    ] {
        let fields = [("seal", seal.as_str()), ("go", "check"), ("place", typed)];
        let answer = browser.send(&format!("{report}/where"), &fields).await;
        if typed == "Schweiz" {
            // German is none of the six languages.
            assert_eq!(answer.status, 422);
            continue;
        }
        assert_eq!(answer.goes_to(), format!("{report}/check"), "{typed}");
        let check = browser.open(&format!("{report}/check")).await;
        assert!(check.text.contains(seen), "{typed}: {}", check.text);
    }
}

#[tokio::test]
async fn an_incident_has_a_map_with_its_rings_and_a_table_of_the_same() {
    let (stage, id) = Stage::with_basel().await;
    let (mut browser, ..) = settle(&stage.house, &stage.de, "watch berlin").await;
    let map = format!("/incidents/{id}/map");
    let page = browser.open(&map).await;
    for said in
        ["<svg", "class=\"ring max\"", "class=\"land\"", "France", "imply no position", "<th scope=\"row\">"]
    {
        assert!(page.text.contains(said), "no {said} in {}", page.text);
    }
    assert!(!page.text.contains("style=\"") && !page.text.contains("<script"));
    let wide = browser.open(&format!("{map}?km=20000")).await;
    assert!(wide.status == 200 && wide.text.len() < 60_000, "{}", wide.text.len());
    assert_eq!(
        browser.open(&format!("{map}?km=-1")).await.status,
        200,
        "a width that is none counts as none"
    );
    let file = browser.open(&format!("{map}.svg?km=40")).await;
    assert!(file.headers["content-disposition"].starts_with("attachment; filename=\"EX-"));
    assert!(file.headers["content-security-policy"].contains("sandbox") && file.text.contains("<style>"));
    let (mut other, ..) = settle(&stage.house, &stage.jp, "watch tokyo").await;
    assert_eq!(other.open(&map).await.status, 404);
    assert_eq!(other.open(&format!("{map}.svg")).await.status, 404);
}
