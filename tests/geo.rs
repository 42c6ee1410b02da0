//! The map against a second opinion, against what is known of the earth, and
//! against the published cases.

#[path = "geo/areas_as_places.rs"]
mod areas_as_places;
#[path = "geo/bad_input.rs"]
mod bad_input;
#[path = "geo/distances.rs"]
mod distances;
#[path = "geo/drawing.rs"]
mod drawing;
#[path = "geo/hard_places.rs"]
mod hard_places;
#[path = "geo/oracle.rs"]
mod oracle;
#[path = "geo/other_maps.rs"]
mod other_maps;
#[path = "geo/overlaps.rs"]
mod overlaps;
#[path = "geo/parties.rs"]
mod parties;
#[path = "geo/properties.rs"]
mod properties;
#[path = "geo/register.rs"]
mod register;
#[path = "geo/relatives.rs"]
mod relatives;
#[path = "geo/sea.rs"]
mod sea;
#[path = "geo/sectors.rs"]
mod sectors;
#[path = "geo/turns.rs"]
mod turns;

use outcross::{
    domain::{
        assessment::{Assessment, Reason, Ring, StateFinding},
        moment::Moment,
        organism::Organism,
        place::{Geometry, Metres, Position},
        reach::{Pathway, PathwayReport, Question, ReachOverride},
        report::{GapCode, Report},
    },
    geo::{Atlas, HotspotSources, Source, Sources, build},
};
use std::{collections::BTreeSet, fs, sync::LazyLock};

fn file(name: &str) -> String {
    let path = format!("{}/geodata/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).expect(&path)
}

struct Texts(Vec<String>);

impl Texts {
    fn source(&self, index: usize) -> Source<'_> {
        Source { text: &self.0[2 * index], sidecar: &self.0[2 * index + 1] }
    }
}

static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
    let names = [
        ("areas.topo", "json"),
        ("states", "toml"),
        ("areas", "toml"),
        ("dispersal", "toml"),
        ("organisms", "toml"),
        ("relatives", "toml"),
    ];
    let both = |(name, ending): &(&str, &str)| {
        [file(&format!("{name}.{ending}")), file(&format!("{name}.meta.toml"))]
    };
    Texts(names.iter().flat_map(both).collect())
});

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let exists = fs::exists(format!("{}/geodata/hotspots.topo.json", env!("CARGO_MANIFEST_DIR")));
    let hotspots = exists
        .unwrap_or(false)
        .then(|| [file("hotspots.topo.json"), file("hotspots.topo.meta.toml"), file("hotspots.toml")]);
    let sources = Sources {
        areas: TEXTS.source(0),
        states: TEXTS.source(1),
        register: TEXTS.source(2),
        hotspots: hotspots
            .as_ref()
            .map(|[layer, sidecar, table]| HotspotSources { layer: Source { text: layer, sidecar }, table }),
        dispersal: TEXTS.source(3),
        organisms: TEXTS.source(4),
        relatives: TEXTS.source(5),
    };
    Atlas::read(sources).expect("the atlas")
});

fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).expect("a position")
}

fn metres(value: f64) -> Metres {
    Metres::new(value).expect("a length")
}

fn question(geometry: Geometry) -> Question {
    Question {
        geometry: Some(geometry),
        uncertainty_m: Metres::ZERO,
        state: None,
        environment: None,
        group: "brassica_napus".to_owned(),
        species: None,
        pathways: Vec::new(),
        concerned: Vec::new(),
        released: None,
        released_by: None,
    }
}

fn pathway(pathway: Pathway) -> PathwayReport {
    PathwayReport { pathway, route: None, destinations: Vec::new(), towards_deg: None, reach: None }
}

fn within(max_m: f64) -> PathwayReport {
    let reach =
        ReachOverride { p50_m: None, p95_m: None, max_m: metres(max_m), reason: "for the test".to_owned() };
    PathwayReport { reach: Some(reach), ..pathway(Pathway::Pollen) }
}

fn codes(findings: &[StateFinding]) -> BTreeSet<String> {
    findings.iter().map(|finding| finding.iso2.to_string()).collect()
}

fn all_told(answer: &Assessment) -> BTreeSet<String> {
    codes(&answer.origin).union(&codes(&answer.states)).cloned().collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn basel_tells_germany_and_france() {
    let mut basel = question(Geometry::Point(at(47.583, 7.592)));
    basel.state = Some("CH".parse().expect("a code"));
    basel.uncertainty_m = metres(300.0);
    let answer = ATLAS.assess(&basel);
    assert_eq!(codes(&answer.origin), set(&["CH"]));
    assert_eq!(codes(&answer.states), set(&["DE", "FR"]));
    assert!(answer.states.iter().all(|finding| f64::from(finding.distance_m.expect("measured")) < 2_000.0));
    assert!(answer.excluded.len() == 5 && answer.gaps.is_empty());
    let bytes = |answer: &Assessment| serde_json::to_string(answer).expect("writes");
    assert_eq!(bytes(&answer), bytes(&ATLAS.assess(&basel)), "the same question, the same bytes");
}

#[test]
fn every_published_case_tells_whom_it_must() {
    let folder = format!("{}/geodata/scenarios", env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let case: toml::Table = toml::from_str(&fs::read_to_string(&path).expect("text")).expect("TOML");
        let mut written = case["report"].as_table().expect("a report").clone();
        written.insert("mode".to_owned(), "exercise".into());
        let value = serde_json::to_value(&written).expect("JSON");
        let report: Report = serde_json::from_value(value).expect("a report");
        let identified = ATLAS.identify(&report.organism);
        let asked = Question {
            geometry: report.place.geometry.clone(),
            uncertainty_m: report.place.uncertainty_m.unwrap_or(Metres::ZERO),
            state: report.state(),
            environment: report.place.environment.clone(),
            group: identified.group,
            species: identified.species,
            pathways: report.pathways.clone(),
            concerned: Vec::new(),
            released: report.released.as_deref().and_then(|said| Moment::read(said).earliest),
            released_by: None,
        };
        let answer = ATLAS.assess(&asked);
        let told: BTreeSet<String> = case["told"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|v| v.as_str())
            .map(str::to_owned)
            .collect();
        assert_eq!(codes(&answer.states), told, "{}", path.display());
        count += 1;
    }
    assert!(count >= 7);
}

#[test]
fn every_point_of_the_register_tells_every_state_with_a_relation() {
    let register: toml::Table = toml::from_str(&TEXTS.0[4]).expect("TOML");
    for entry in register["area"].as_array().expect("areas") {
        let id = entry["id"].as_str().expect("an id");
        let Some(points) = entry.get("points").and_then(|points| points.as_array()) else { continue };
        let number = |point: &toml::Value, key: &str| {
            point[key].as_float().or(point[key].as_integer().map(|n| n as f64)).expect("a number")
        };
        let area = ATLAS.area(id).unwrap_or_else(|| panic!("{id} is not in the atlas"));
        for point in points {
            let point = at(number(point, "lat"), number(point, "lon"));
            // Reefs and islets lie within the accuracy of the map.
            let near = ATLAS.near(point, metres(area.accuracy_m));
            assert!(near.iter().any(|near| near.area == id), "{id}: {point} lies elsewhere");
            let told = all_told(&ATLAS.assess(&question(Geometry::Point(point))));
            for relation in &area.relations {
                assert!(told.contains(relation.state.as_str()), "{id}: {} is not told", relation.state);
            }
        }
    }
}

#[test]
fn the_state_named_is_the_origin_where_an_area_is_contested() {
    for (named, told) in [("UA", "RU"), ("RU", "UA")] {
        let mut crimea = question(Geometry::Point(at(44.95, 34.1)));
        crimea.state = Some(named.parse().expect("a code"));
        let answer = ATLAS.assess(&crimea);
        assert_eq!(codes(&answer.origin), set(&[named]));
        assert_eq!(codes(&answer.states), set(&[told]));
        assert_eq!(answer.states[0].ring, Ring::Touched);
    }
}

#[test]
fn another_state_than_the_one_named_is_a_gap_and_both_are_told() {
    let mut lyon = question(Geometry::Point(at(45.75, 4.85)));
    lyon.state = Some("DE".parse().expect("a code"));
    let answer = ATLAS.assess(&lyon);
    assert!(answer.gaps.iter().any(|gap| gap.code == GapCode::StateDiffers));
    assert_eq!((codes(&answer.origin), codes(&answer.states)), (set(&["FR"]), set(&["DE"])));
}

#[test]
fn a_wider_reach_never_drops_a_state() {
    let mut dice = Dice(7);
    for _ in 0..12 {
        let place = at(130.0 * dice.unit() - 60.0, 360.0 * dice.unit() - 180.0);
        let mut before = BTreeSet::new();
        for reach in [1_000.0, 30_000.0, 300_000.0, 1_500_000.0] {
            let mut asked = question(Geometry::Point(place));
            asked.pathways = vec![within(reach)];
            let told = all_told(&ATLAS.assess(&asked));
            assert!(told.is_superset(&before), "{place} at {reach}");
            before = told;
        }
    }
}

fn ring(corners: &[(f64, f64)], turn: f64) -> Geometry {
    let position = |(lat, lon): &(f64, f64)| at(*lat, (lon + turn + 540.0).rem_euclid(360.0) - 180.0);
    Geometry::Polygon(vec![corners.iter().map(position).collect()])
}

#[test]
fn a_place_across_the_date_line_is_one_place() {
    let fiji = [(-18.0, 178.5), (-18.0, 181.5), (-15.5, 181.5), (-15.5, 178.5)];
    let first = ATLAS.assess(&question(ring(&fiji, 0.0)));
    assert_eq!(codes(&first.origin), set(&["FJ"]));
    assert_eq!(first, ATLAS.assess(&question(ring(&fiji, 360.0))));
    let mut backwards = fiji;
    backwards.reverse();
    assert_eq!(first.states, ATLAS.assess(&question(ring(&backwards, 0.0))).states);
}

#[test]
fn an_area_around_a_small_state_or_a_pole_touches_it() {
    let lesotho = [(-31.5, 26.0), (-31.5, 30.5), (-28.0, 30.5), (-28.0, 26.0)];
    assert!(codes(&ATLAS.assess(&question(ring(&lesotho, 0.0))).origin).contains("LS"));
    let malta = [(35.5, 14.0), (35.5, 15.0), (36.3, 15.0), (36.3, 14.0)];
    assert_eq!(codes(&ATLAS.assess(&question(ring(&malta, 0.0))).origin), set(&["MT"]));
    let arctic = [(82.0, -120.0), (82.0, 0.0), (82.0, 120.0)];
    let answer = all_told(&ATLAS.assess(&question(ring(&arctic, 0.0))));
    assert!(answer.contains("DK") && answer.contains("CA"), "{answer:?}");
}

#[test]
fn a_route_carries_the_organism_to_every_state_it_passes() {
    let mut asked = question(Geometry::Point(at(52.5, 13.4)));
    asked.state = Some("DE".parse().expect("a code"));
    asked.pathways = vec![PathwayReport {
        route: Some(Geometry::LineString(vec![at(52.5, 13.4), at(52.2, 21.0), at(52.1, 23.8)])),
        ..pathway(Pathway::SeedSpill)
    }];
    let answer = ATLAS.assess(&asked);
    assert_eq!((codes(&answer.origin), codes(&answer.states)), (set(&["DE"]), set(&["PL", "BY"])));
    assert!(answer.reaches.iter().any(|reach| reach.pathway == Pathway::Pollen && reach.implied));
    assert!(matches!(answer.states[0].reason, Reason::WithinReach { pathway: Pathway::SeedSpill, .. }));
}

#[test]
fn no_place_but_a_state_means_the_whole_of_it() {
    let mut asked = question(Geometry::Point(at(0.0, 0.0)));
    asked.geometry = None;
    asked.state = Some("CH".parse().expect("a code"));
    let answer = ATLAS.assess(&asked);
    assert_eq!(answer.origin[0].reason, Reason::WholeState);
    assert_eq!(codes(&answer.states), set(&["AT", "DE", "FR", "IT", "LI"]));
}

#[test]
fn what_is_missing_becomes_a_gap_and_the_widest_reach_holds() {
    let mut asked = question(Geometry::Point(at(47.0, 8.0)));
    asked.pathways = vec![
        pathway(Pathway::SeedSpill),
        pathway(Pathway::Trade),
        PathwayReport { destinations: vec!["XX".to_owned(), "jp".to_owned()], ..pathway(Pathway::Trade) },
    ];
    let answer = ATLAS.assess(&asked);
    let gaps: BTreeSet<(&str, GapCode)> =
        answer.gaps.iter().map(|gap| (gap.field.as_str(), gap.code)).collect();
    for gap in [
        ("/pathways/0/route", GapCode::RouteNeeded),
        ("/pathways/1/destinations", GapCode::DestinationsNeeded),
        ("/pathways/2/destinations/0", GapCode::UnknownState),
        ("/pathways/1", GapCode::UnknownReach),
    ] {
        assert!(gaps.contains(&gap), "{gap:?} in {gaps:?}");
    }
    let japan = answer.states.iter().find(|finding| finding.iso2.as_str() == "JP").expect("told");
    assert_eq!((japan.ring, &japan.reason), (Ring::Named, &Reason::Destination { pathway: Pathway::Trade }));
    assert!(matches!(answer.excluded[0].reason, Reason::NoDestinationNamed { .. }));
}

#[test]
fn an_unknown_organism_swims_unless_it_was_lost_on_dry_land() {
    let mut asked = question(Geometry::Point(at(47.0, 8.0)));
    asked.group = "unknown".to_owned();
    let swims = |asked: &Question| ATLAS.assess(asked).reaches.iter().any(|r| r.pathway == Pathway::Swimming);
    assert!(swims(&asked));
    asked.environment = Some("rail_yard".to_owned());
    assert!(!swims(&asked));
    assert!(ATLAS.assess(&asked).reaches.iter().all(|reach| reach.widest_applicable));
}

#[test]
fn organisms_are_found_by_whatever_names_them() {
    let named = |organism: Organism| ATLAS.identify(&organism);
    let oecd = |text: &str| Organism { oecd: vec![text.to_owned()], ..Organism::default() };
    assert_eq!(named(oecd("mon-00073-7")).group, "brassica_napus");
    let former = named(oecd("UFL-X17CP-6"));
    let gaps: Vec<GapCode> = former.gaps.iter().map(|gap| gap.code).collect();
    assert_eq!(
        (former.group.as_str(), gaps),
        ("carica_papaya", vec![GapCode::CheckDigit, GapCode::FormerIdentifier])
    );
    for (species, group) in
        [("BRASSICA  napus", "brassica_napus"), ("canola", "brassica_napus"), ("玉米", "zea_mays")]
    {
        let organism = Organism { species: Some(species.to_owned()), ..Organism::default() };
        assert_eq!(named(organism).group, group);
    }
    let nobody = named(Organism { species: Some("unicorn".to_owned()), ..Organism::default() });
    assert_eq!((nobody.group.as_str(), nobody.gaps[0].code), ("unknown", GapCode::UnknownOrganism));
}

#[test]
fn states_at_sea_are_told_by_the_nearest_coast() {
    let answer = ATLAS.assess(&question(Geometry::Point(at(40.5, 51.0))));
    assert!(answer.origin.is_empty());
    let by_coast = |code: &str| {
        answer.states.iter().any(|f| f.iso2.as_str() == code && f.reason == Reason::NearestCoast)
    };
    for code in ["AZ", "IR", "KZ", "RU", "TM"] {
        assert!(by_coast(code), "{code}: {:?}", answer.states);
    }
    let adriatic = ATLAS.assess(&question(Geometry::Point(at(45.2, 13.2))));
    assert!(!all_told(&adriatic).contains("AT"), "Austria has no coast");
}

#[test]
fn every_hotspot_holds_what_lies_in_it() {
    let mut wrong = Vec::new();
    for hotspot in ATLAS.hotspots() {
        let found = |lat: f64, lon: f64| {
            let mut asked = question(Geometry::Point(at(lat, lon)));
            asked.pathways = vec![within(1.0)];
            let answer = ATLAS.assess(&asked);
            answer.hotspots.into_iter().find(|finding| *finding.code == *hotspot.code)
        };
        for point in &hotspot.inside {
            // A place on the shore may lie outside a simplified shore.
            if found(point.lat, point.lon).is_none_or(|f| f.distance_m.get() >= 3_000.0) {
                wrong.push(format!("{} lies outside {}", point.name, hotspot.code));
            }
        }
        for point in &hotspot.outside {
            if found(point.lat, point.lon).is_some_and(|f| f.distance_m == Metres::ZERO) {
                wrong.push(format!("{} lies in {}", point.name, hotspot.code));
            }
        }
    }
    assert!(ATLAS.hotspots().count() == 36 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn hotspots_are_composed_of_states_and_clipped_outlines() {
    let table = r#"
        [[hotspot]]
        code = "south"
        name = { en = "South" }
        expected_error_m = 20000
        parts = [{ state = "LS" }, { outline = [[178.0, -19.0], [181.0, -19.0], [181.0, -15.0], [178.0, -15.0]], name = "across 180" }]
    "#;
    let made =
        build::hotspots(&TEXTS.0[0], &TEXTS.0[2], &TEXTS.0[4], table, "1", "2026-11-23").expect("made");
    let again =
        build::hotspots(&TEXTS.0[0], &TEXTS.0[2], &TEXTS.0[4], table, "1", "2026-11-23").expect("made");
    assert_eq!(made, again);
    let sources = Sources {
        areas: TEXTS.source(0),
        states: TEXTS.source(1),
        register: TEXTS.source(2),
        hotspots: Some(HotspotSources { layer: Source { text: &made.layer, sidecar: &made.sidecar }, table }),
        dispersal: TEXTS.source(3),
        organisms: TEXTS.source(4),
        relatives: TEXTS.source(5),
    };
    let atlas = Atlas::read(sources).expect("reads");
    for (lat, lon, inside) in [
        (-29.5, 28.2, true),
        (-16.6, 179.3, true),
        (-16.83, -179.98, true),
        (-17.5, 179.5, false),
        (-29.0, 25.0, false),
    ] {
        let answer = atlas.assess(&question(Geometry::Point(at(lat, lon))));
        let found = answer.hotspots.iter().any(|finding| finding.distance_m == Metres::ZERO);
        assert_eq!(found, inside, "{lat} {lon}");
    }
}

#[test]
fn a_broken_layer_is_refused_by_name() {
    let broken = Source { text: "{}", sidecar: &TEXTS.0[1] };
    let sources = Sources {
        areas: broken,
        states: TEXTS.source(1),
        register: TEXTS.source(2),
        hotspots: None,
        dispersal: TEXTS.source(3),
        organisms: TEXTS.source(4),
        relatives: TEXTS.source(5),
    };
    let error = Atlas::read(sources).expect_err("no layer");
    assert!(error.to_string().starts_with("areas: "), "{error}");
}
