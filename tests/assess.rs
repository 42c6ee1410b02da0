//! `outcross assess` as a person runs it: the real binary, without a server.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    io::Write,
    process::{Command, Output, Stdio},
};

fn assess(arguments: &[&str]) -> Output {
    run(arguments, None)
}

fn run(arguments: &[&str], input: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outcross"));
    command.arg("assess").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("its input");
    // A program that does not read its input is no failure.
    let _ = stdin.write_all(input.unwrap_or_default().as_bytes());
    drop(stdin);
    child.wait_with_output().expect("ends")
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", words(output));
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&text(output)).expect("JSON")
}

fn codes(list: &Value) -> BTreeSet<&str> {
    list.as_array().expect("a list").iter().map(|one| one["iso2"].as_str().expect("a code")).collect()
}

/// Fails with exit code 1 and words that say each of `parts`.
#[track_caller]
fn refuses(output: &Output, parts: &[&str]) {
    assert_eq!(output.status.code(), Some(1), "{}", words(output));
    assert!(output.stdout.is_empty(), "nothing but words");
    for part in parts {
        assert!(words(output).contains(part), "“{part}” is not in: {}", words(output));
    }
}

const BASEL: [&str; 4] = ["--at", "47.57,7.58", "--organism", "brassica_napus"];

#[test]
fn a_pipe_gets_json_with_states_excluded_and_hotspots() {
    let answer = json(&assess(&BASEL));
    assert_eq!(codes(&answer["origin"]), BTreeSet::from(["CH"]));
    assert_eq!(codes(&answer["states"]), BTreeSet::from(["DE", "FR"]));
    for member in ["iso2", "iso3", "distance_m", "bearing_deg", "ring", "reason"] {
        assert!(!answer["states"][0][member].is_null(), "{member}");
    }
    assert_eq!(answer["states"][0]["reason"]["code"], "within_reach");
    assert!(codes(&answer["excluded"]).contains("AT"));
    let brazil = json(&assess(&["--at=-21.13,-42.37", "--organism", "zebrafish"]));
    assert_eq!(brazil["hotspots"][0]["approximate"], true);
    assert!(brazil["hotspots"][0]["name"].as_str().is_some_and(|name| name.contains("Atlantic")), "{brazil}");
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    assert_eq!(assess(&BASEL).stdout, assess(&BASEL).stdout);
}

#[test]
fn a_table_fits_eighty_columns_and_says_why() {
    let table = text(&assess(&[&BASEL[..], &["--table", "--on", "2026-03-02"]].concat()));
    for part in [
        "Switzerland (CH)",
        "Germany (DE)",
        "Within 26 km",
        "Not told",
        "Austria (AT)",
        "Thompson",
        "wild relative",
        "at once",
        "implies no position",
        "not a legal delimitation",
        "2026.11",
    ] {
        assert!(table.contains(part), "“{part}” is not in:\n{table}");
    }
    assert!(!table.contains('\x1b'), "no colour when it is not a terminal");
    for line in table.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "too wide: {line}");
    }
    assert!(!table.contains("km 1"), "no finer than known");
}

#[test]
fn a_table_speaks_six_languages_and_fits_in_each() {
    for (language, part) in
        [("fr", "Allemagne"), ("es", "Alemania"), ("ru", "Германия"), ("zh", "德国"), ("ar", "ألمانيا")]
    {
        let table = text(&assess(&[&BASEL[..], &["--table", "--language", language]].concat()));
        assert!(table.contains(part), "{language}:\n{table}");
        for line in table.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{language}: {line}");
        }
    }
    let other = assess(&[&BASEL[..], &["--language", "tlh"]].concat());
    assert!(words(&other).contains("tlh"), "{}", words(&other));
}

#[test]
fn coordinates_are_taken_as_people_write_them() {
    let plain = json(&assess(&["--at", "-33.95,18.46"]));
    assert_eq!(codes(&plain["origin"]), BTreeSet::from(["ZA"]));
    for at in ["--at=-33.95, 18.46", "--at=33.95S 18.46E", "--at=33°57'S, 18°27.6'E", "--at=E18.46 S33.95"]
    {
        assert_eq!(json(&assess(&[at])), plain, "{at}");
    }
}

#[test]
fn what_cannot_be_a_place_is_refused_in_words() {
    refuses(&assess(&["--at", "139.7,35.7"]), &["did you mean 35.7,139.7"]);
    refuses(&assess(&["--at", "NaN,7"]), &["47.57,7.58"]);
    refuses(&assess(&["--at", ""]), &["no coordinates"]);
    refuses(&assess(&["--at", "2612000,1267000"]), &["national grid"]);
    refuses(&assess(&["--geometry", "/no/such/file"]), &["there is no file /no/such/file"]);
    let from = |text: &str| run(&["--geometry", "-"], Some(text));
    refuses(&from(""), &["nothing in it"]);
    refuses(&from("{\n \"type\": nonsense}"), &["not JSON", "line 2 column"]);
    refuses(&from(r#"{"type":"Polygon","coordinates":[]}"#), &["empty"]);
    refuses(&from(r#"{"type":"Point","coordinates":[35.7,139.7]}"#), &["exchanged", "longitude first"]);
    let huge = format!(r#"{{"type":"LineString","coordinates":[{}[0,0]]}}"#, "[0.5,0.5],".repeat(1_000_000));
    refuses(&from(&huge), &["larger than 8 MiB"]);
    let nowhere = assess(&["--organism", "maize"]);
    assert_eq!(nowhere.status.code(), Some(2), "usage");
}

#[test]
fn a_doubtful_polygon_is_answered_with_a_gap() {
    let bow_tie = r#"{"type":"Feature","geometry":
        {"type":"Polygon","coordinates":[[[7,47],[8,48],[8,47],[7,48],[7,47]]]}}"#;
    let answer = json(&run(&["--geometry", "-", "--organism", "maize"], Some(bow_tie)));
    assert_eq!(answer["gaps"][0]["code"], "doubtful_geometry");
    assert!(codes(&answer["origin"]).contains("CH"));
    let open = r#"{"type":"Polygon","coordinates":[[[7,47],[8,47],[8,48]]]}"#;
    let output = run(&["--geometry", "-", "--organism", "maize"], Some(open));
    assert!(words(&output).contains("not closed"), "{}", words(&output));
    assert!(codes(&json(&output)["origin"]).contains("CH"));
}

#[test]
fn an_organism_is_found_by_any_of_its_names() {
    let names = ["zea_mays", "Zea mays", "maize", "MAÏS", "玉米", "MON-ØØ6Ø3-6", "MON-00603-6 x MON-00810-6"];
    let csv =
        names.iter().fold("lat,lon,organism\n".to_owned(), |csv, name| csv + "47.57,7.58," + name + "\n");
    let answers = text(&run(&["--batch", "-"], Some(&csv)));
    let answers: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for (name, answer) in names.iter().zip(&answers) {
        assert_eq!(answer["group"], "zea_mays", "{name}");
    }
    let maize = &answers[0];
    let slip = assess(&["--at", "47.57,7.58", "--organism", "brasica napus"]);
    assert!(words(&slip).contains("brassica_napus"), "{}", words(&slip));
    let slip = json(&slip);
    assert_eq!(
        (slip["group"].as_str(), &slip["gaps"][0]["code"]),
        (Some("unknown"), &"unknown_organism".into())
    );
    assert!(slip["horizon_m"].as_f64() > maize["horizon_m"].as_f64(), "nothing unknown ranks below");
}

#[test]
fn what_was_mistyped_names_what_there_is() {
    refuses(&assess(&["--at", "1,2", "--pathway", "polen"]), &["Did you mean pollen?", "seed_spill"]);
    refuses(&assess(&["--state", "Switzerlnd"]), &["Switzerland"]);
    refuses(&assess(&["--at", "1,2", "--destination", "Narnya"]), &["Narnya"]);
    refuses(&assess(&["--at", "1,2", "--on", "spring"]), &["2026-03-02"]);
    refuses(&assess(&["--at", "1,2", "--radius", "30000"]), &["larger than the earth"]);
    refuses(&assess(&["--at", "1,2", "--radius", "-3"]), &["zero or more"]);
    refuses(&assess(&["--at", "1,2", "--uncertainty", "wide"]), &["metres"]);
}

#[test]
fn a_reach_of_ones_own_replaces_the_table() {
    let within = |km: &str| json(&assess(&["--at", "47.57,7.58", "--radius", km]));
    assert_eq!(codes(&within("0")["states"]), BTreeSet::new(), "touched only");
    assert_eq!(codes(&within("5")["states"]), BTreeSet::from(["DE", "FR"]));
    let wide = within("150");
    assert!(codes(&wide["states"]).is_superset(&BTreeSet::from(["AT", "DE", "FR", "IT"])), "{wide}");
    assert_eq!(wide["states"][0]["reason"]["row"], "reporter");
}

#[test]
fn people_carry_it_along_a_route_and_to_destinations() {
    let directory = tempfile::tempdir().expect("directory");
    let file = directory.path().join("route.geojson");
    let line = r#"{"type":"LineString","coordinates":[[7.58,47.57],[8.5,47.4],[9.6,47.2]]}"#;
    std::fs::write(&file, line).expect("written");
    let route = file.to_str().expect("a path");
    let asked =
        [&BASEL[..], &["--pathway", "seed_spill", "--route", route, "--destination", "Japan"]].concat();
    let answer = json(&assess(&asked));
    assert!(
        codes(&answer["states"]).is_superset(&BTreeSet::from(["DE", "FR", "AT", "LI", "JP"])),
        "{answer}"
    );
    let japan = answer["states"].as_array().expect("a list").iter().find(|s| s["iso2"] == "JP");
    assert_eq!(japan.expect("Japan")["reason"]["code"], "destination");
}

#[test]
fn a_whole_state_may_stand_for_the_place() {
    let answer = json(&assess(&["--state", "Lesotho", "--organism", "maize"]));
    assert_eq!(codes(&answer["origin"]), BTreeSet::from(["LS"]));
    assert_eq!(codes(&answer["states"]), BTreeSet::from(["ZA"]));
    assert_eq!(answer["origin"][0]["reason"]["code"], "whole_state");
}

#[test]
fn a_contested_area_names_the_relation_of_every_party() {
    let table = text(&assess(&["--at", "45.2,34.1", "--organism", "wheat", "--table"]));
    assert!(table.contains("Ukraine (UA)") && table.contains("Russian Federation (RU)"), "{table}");
    assert!(!table.contains("The place lies in"), "no position is taken:\n{table}");
    let folded = table.split_whitespace().collect::<Vec<_>>().join(" ");
    for basis in ["administers", "claims"] {
        assert!(folded.contains(&format!("Crimea and Sevastopol: {basis}")), "{table}");
    }
}

fn features<'a>(collection: &'a Value, kind: &str) -> Vec<&'a Value> {
    let all = collection["features"].as_array().expect("features").iter();
    all.filter(|feature| feature["properties"]["kind"] == kind).collect()
}

#[test]
fn geojson_holds_place_rings_and_lines_that_a_map_can_show() {
    let basel = json(&assess(&[&BASEL[..], &["--geojson"]].concat()));
    assert_eq!(basel["type"], "FeatureCollection");
    assert_eq!(features(&basel, "place")[0]["geometry"]["coordinates"], serde_json::json!([7.58, 47.57]));
    let rings = features(&basel, "ring");
    assert_eq!(rings.len(), 6, "three of pollen, three of seed");
    assert_eq!(rings[0]["properties"]["radius_m"], 26000.0, "the widest lies beneath");
    let ring = rings[0]["geometry"]["coordinates"][0].as_array().expect("a ring");
    assert_eq!((ring.len(), ring.first()), (181, ring.last()));
    let states = features(&basel, "state");
    assert_eq!(states.len(), 2);
    for state in &states {
        assert_eq!(state["geometry"]["type"], "LineString", "{state}");
        assert_eq!(state["geometry"]["coordinates"][0], serde_json::json!([7.58, 47.57]));
        assert!(state["properties"]["reason"]["code"].is_string() && state["properties"]["name"].is_string());
    }
    assert!(features(&basel, "excluded").len() >= 3);
}

#[test]
fn geojson_is_cut_at_the_date_line_and_whole_over_the_pole() {
    let in_range = |value: &Value| {
        fn holds(value: &Value) -> bool {
            match value.as_array() {
                Some(pair) if pair.len() == 2 && pair[0].is_number() => {
                    let number = |index: usize| pair[index].as_f64().expect("a number");
                    number(0).abs() <= 180.0 && number(1).abs() <= 90.0
                }
                Some(inner) => inner.iter().all(holds),
                None => true,
            }
        }
        holds(&value["coordinates"])
    };
    for at in ["0,-180", "-17,179.9", "90,0", "-89.9,10"] {
        let answer = json(&assess(&[&format!("--at={at}"), "--organism", "salmon", "--geojson"]));
        for feature in answer["features"].as_array().expect("features") {
            assert!(in_range(&feature["geometry"]), "{at}: {feature}");
        }
        let widest = &features(&answer, "ring")[0]["geometry"];
        let wanted = if at.contains("18") || at.contains("179") { "MultiPolygon" } else { "Polygon" };
        assert_eq!(widest["type"], wanted, "{at}");
    }
    let line = r#"{"type":"LineString","coordinates":[[7.58,47.57],[8.5,47.4]]}"#;
    let answer = json(&run(&["--geometry", "-", "--geojson"], Some(line)));
    assert!(features(&answer, "ring").is_empty(), "rings only around a point");
    assert_eq!(features(&answer, "place")[0]["geometry"]["type"], "LineString");
}

#[test]
fn a_batch_answers_each_line_and_names_the_bad_ones() {
    let csv = "lat,lon,name,organism,pathway,radius_km,state,on\n\
        47.57,7.58,Basel,brassica_napus,pollen;seed,,CH,2026-03-02\n\
        139.7,35.7,Tokyo exchanged,maize,,,,\n\
        41.9022,12.4533,\"Rome, Vatican\",maize,,,,\n\
        1,2\n\
        -29.3,27.5,Maseru,,,100,,\n";
    let output = run(&["--batch", "-"], Some(csv));
    assert_eq!(output.status.code(), Some(1), "some lines were bad");
    let said = words(&output);
    assert!(said.contains("line 3: ") && said.contains("did you mean 35.7,139.7"), "{said}");
    assert!(said.contains("line 5: ") && said.contains("2 of 5"), "{said}");
    let answers: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object on each line"))
        .collect();
    let named: Vec<_> = answers.iter().map(|a| (a["line"].as_u64(), a["name"].as_str())).collect();
    let expected = [(Some(2), Some("Basel")), (Some(4), Some("Rome, Vatican")), (Some(6), Some("Maseru"))];
    assert_eq!(named, expected, "in the order of the lines");
    let alone =
        ["--at", "47.57,7.58", "--organism", "brassica_napus", "--pathway", "pollen", "--pathway", "seed"];
    let mut alone = json(&assess(&[&alone[..], &["--state", "CH", "--on", "2026-03-02"]].concat()));
    alone["line"] = 2.into();
    alone["name"] = "Basel".into();
    assert_eq!(answers[0], alone, "the same answer as alone");
}

#[test]
fn a_long_batch_keeps_its_order() {
    use std::fmt::Write as _;
    let mut csv = String::from("name;lat;lon;radius_km\n");
    for index in 0..600 {
        let radius = if index % 7 == 0 { 900 } else { 1 };
        writeln!(csv, "{index};{};{};{radius}", index % 80, index % 170).expect("written");
    }
    let answers = text(&run(&["--batch", "-", "--organism", "maize"], Some(&csv)));
    let names: Vec<String> = answers
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["name"].as_str().expect("name").to_owned()
        })
        .collect();
    assert_eq!(names, (0..600).map(|index| index.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_batch_may_be_lines_of_json() {
    let lines = "{\"lat\":47.57,\"lon\":7.58,\"organism\":\"maize\",\"pathway\":[\"pollen\"]}\n\n\
        {\"name\":\"route\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[7,47],[8,48]]}}\n\
        {\"state\":\"LS\",\"colour\":\"red\"}\n{\"lat\":1";
    let output = run(&["--batch", "-"], Some(lines));
    assert_eq!(output.status.code(), Some(1));
    let said = words(&output);
    assert!(said.contains("line 4: “colour” is no member") && said.contains("line 5: not JSON"), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[test]
fn a_batch_nobody_can_read_is_refused_in_words() {
    refuses(&run(&["--batch", "-"], Some("")), &["no place"]);
    refuses(&run(&["--batch", "-"], Some("a,b\n1,2\n")), &["lat and lon", "organism"]);
    refuses(&run(&["--batch", "-"], Some("lat,lon,colour\n1,2,red\n")), &["colour"]);
    refuses(&run(&["--batch", "-"], Some("[{\"lat\":1,\"lon\":2}]")), &["JSON lines"]);
    refuses(&assess(&["--batch", "/no/such/file"]), &["there is no file"]);
    let both = assess(&["--batch", "-", "--at", "1,2"]);
    assert_eq!(both.status.code(), Some(2), "usage");
}
