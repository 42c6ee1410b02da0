//! The register of areas and the table of States against what is known of
//! the earth and of the treaties. The places were written down apart from the
//! register.

use super::{ATLAS, TEXTS, at, metres, set};
use std::collections::BTreeSet;

/// Latitude, longitude, the area the place lies in, and the States that have
/// to do with it.
const PLACES: [(f64, f64, &str, &[&str]); 76] = [
    // Enclaves and exclaves.
    (51.44, 4.93, "baarle", &["BE", "NL"]),
    (47.697, 8.69, "buesingen", &["DE"]),
    (45.97, 8.97, "campione", &["IT"]),
    (42.464, 1.98, "llivia", &["ES"]),
    (25.267, 56.27, "nahwa", &["AE"]),
    (25.285, 56.333, "madha", &["OM"]),
    (-5.55, 12.2, "cabinda", &["AO"]),
    (39.21, 45.41, "nakhchivan", &["AZ"]),
    (-9.3, 124.36, "oecusse", &["TL"]),
    (54.71, 20.5, "kaliningrad-oblast", &["RU"]),
    (48.985, -123.07, "point-roberts", &["US"]),
    (26.29, 88.95, "dahagram-angarpota", &["BD"]),
    (43.55, 19.4, "sastavci", &["BA"]),
    (39.85, 70.58, "vorukh", &["TJ"]),
    (39.97, 71.13, "sokh", &["UZ"]),
    (39.983, 71.805, "shakhimardan-town", &["UZ"]),
    (40.66, 72.77, "barak", &["KG"]),
    (50.64, 6.2, "vennbahn-exclaves", &["BE", "DE"]),
    (47.575, 10.447, "at", &["AT"]),
    (34.993, 33.78, "cypriot-villages-in-dhekelia", &["CY"]),
    (-12.07, 34.73, "likoma-and-chizumulu", &["MW"]),
    // Islands: drawn under another State, out of place, or not at all.
    (44.88, -66.93, "campobello-and-deer-island", &["CA"]),
    (44.99, -66.96, "campobello-and-deer-island", &["CA"]),
    (15.85, -78.63, "bajo-nuevo-whole-bank", &["CO", "JM", "NI", "US"]),
    (15.8, -79.85, "serranilla-whole-bank", &["CO", "HN", "NI", "US"]),
    (36.145, 29.585, "kastellorizo", &["GR"]),
    (25.65, 50.77, "hawar-islands", &["BH"]),
    (20.62, 92.325, "st-martins-island-bd", &["BD"]),
    (10.638, -61.867, "patos-island", &["VE"]),
    (45.255, 30.204, "snake-island", &["UA"]),
    (26.15, 119.93, "matsu", &["CN"]),
    (-34.182, -58.25, "martin-garcia", &["AR"]),
    // Held in common, or by an international regime.
    (43.343, -1.765, "pheasant-island", &["ES", "FR"]),
    (49.545, 6.37, "moselle-sauer-our", &["DE", "LU"]),
    (13.2, -87.6, "gulf-of-fonseca", &["HN", "NI", "SV"]),
    (35.15, 33.28, "cyprus-un-buffer-zone", &["CY", "TR"]),
    (37.956, 126.677, "korean-demilitarized-zone", &["KP", "KR"]),
    (-65.25, -64.26, "antarctica-british-claim", &["AR", "CL", "GB"]),
    (-68.77, -90.58, "peter-i-island", &["NO"]),
    // Contested.
    (48.59, 38.0, "donetsk-oblast", &["RU", "UA"]),
    (49.05, 38.22, "luhansk-oblast", &["RU", "UA"]),
    (47.5, 34.65, "zaporizhzhia-oblast", &["RU", "UA"]),
    (46.56, 31.55, "kherson-oblast", &["RU", "UA"]),
    (50.29, 36.94, "kharkiv-oblast-line-of-contact", &["RU", "UA"]),
    (45.35, 36.47, "crimea", &["RU", "UA"]),
    (42.63, 41.74, "abkhazia", &["GE", "RU"]),
    (42.13, 44.48, "south-ossetia", &["GE", "RU"]),
    (47.26, 29.17, "transnistria", &["MD", "RU"]),
    (39.76, 46.75, "nagorno-karabakh", &["AM", "AZ"]),
    (36.151, -5.349, "gibraltar-isthmus", &["ES", "GB"]),
    (33.27, 35.77, "golan", &["IL", "SY"]),
    (33.31, 35.7, "shebaa-farms", &["IL", "LB", "SY"]),
    (26.35, -9.57, "western-sahara-east-of-berm", &["MA"]),
    (9.36, 28.58, "abyei", &["SD", "SS"]),
    (23.13, 35.59, "halaib-triangle", &["EG", "SD"]),
    (21.87, 33.75, "bir-tawil", &["EG", "SD"]),
    (5.0, 35.4, "ilemi-triangle", &["ET", "KE", "SS"]),
    (22.1, 31.35, "wadi-halfa-salient", &["EG", "SD"]),
    (-25.68, 31.78, "kangwane", &["SZ", "ZA"]),
    (-28.76, 17.62, "orange-river-lower", &["NA", "ZA"]),
    (-5.33, 71.85, "chagos-whole-archipelago", &["GB", "MU", "US"]),
    (33.77, 74.1, "jammu-kashmir-ladakh", &["CN", "IN", "PK"]),
    (27.59, 91.87, "arunachal-pradesh", &["CN", "IN"]),
    (36.0, 76.7, "shaksgam", &["CN", "IN", "PK"]),
    (30.234, 81.03, "kalapani-limpiyadhura-lipulekh", &["IN", "NP"]),
    (21.52, 70.46, "junagadh-and-manavadar", &["IN", "PK"]),
    (9.75, 115.87, "spratly-area", &["BN", "CN", "MY", "PH", "VN"]),
    (16.03, 112.53, "paracel-islands", &["CN", "VN"]),
    (25.92, 124.56, "senkaku-diaoyu", &["CN", "JP"]),
    (13.79, 102.74, "cambodia-thailand-sa-kaeo", &["KH", "TH"]),
    (5.17, -59.48, "west-of-essequibo", &["GY", "VE"]),
    (6.72, -61.13, "ankoko", &["GY", "VE"]),
    (16.11, -88.265, "sapodilla-cayes", &["BZ", "GT", "HN"]),
    (44.537, -67.088, "machias-seal-island", &["CA", "US"]),
    (80.827, -66.46, "hans-island", &["CA", "DK"]),
    (71.0, -140.2, "beaufort-sea", &["CA", "US"]),
];

#[test]
fn places_lie_in_the_area_they_are_known_to_lie_in() {
    for (lat, lon, id, states) in PLACES {
        let here = ATLAS.near(at(lat, lon), metres(600.0));
        assert!(here.iter().any(|near| near.area == id), "{lat}, {lon} is not in {id}: {here:?}");
        let told: BTreeSet<String> = here
            .iter()
            .filter_map(|near| ATLAS.area(near.area))
            .flat_map(|area| &area.relations)
            .map(|relation| relation.state.to_string())
            .collect();
        assert!(set(states).is_subset(&told), "{id}: {states:?} are not all among {told:?}");
    }
}

#[test]
fn islands_the_base_map_draws_under_another_state_are_not_that_states() {
    for (lat, lon, not) in [(44.88, -66.93, "US"), (44.99, -66.96, "US"), (36.145, 29.585, "TR")] {
        for near in ATLAS.near(at(lat, lon), metres(100.0)) {
            let area = ATLAS.area(near.area).expect("an area");
            assert!(area.relations.iter().all(|relation| relation.state.as_str() != not), "{}", area.id);
        }
    }
}

#[test]
fn outlines_are_simple_and_say_how_exact_they_are() {
    let register: toml::Table = toml::from_str(&TEXTS.0[4]).expect("TOML");
    for entry in register["area"].as_array().expect("areas") {
        let id = entry["id"].as_str().expect("an id");
        assert!(entry.get("points").is_some(), "{id} has no place to test it with");
        let Some(outline) = entry.get("outline").and_then(|outline| outline.as_array()) else { continue };
        assert!(outline.len() <= 40, "{id} has {} positions", outline.len());
        assert!(entry.get("accuracy_m").is_some(), "{id} does not say how exact it is");
    }
}

#[test]
fn every_area_of_the_register_has_six_names_and_relations_with_source_and_month() {
    for area in ATLAS.areas() {
        let languages: Vec<&str> = area.name.iter().map(|(language, _)| language).collect();
        assert_eq!(languages, ["ar", "en", "es", "fr", "ru", "zh"], "{}", area.id);
        let states: Vec<_> = area.relations.iter().map(|relation| relation.state).collect();
        assert!(states.is_sorted(), "{} ranks its States: {states:?}", area.id);
        for relation in &area.relations {
            assert!(relation.source.len() > 5, "{}: {} without source", area.id, relation.state);
            assert!(relation.as_of.as_str() >= "2018", "{}: {}", area.id, relation.as_of);
        }
    }
}

#[test]
fn overseas_parts_are_areas_of_their_own() {
    for (id, state) in [
        ("french-guiana", "FR"),
        ("guadeloupe", "FR"),
        ("martinique", "FR"),
        ("reunion", "FR"),
        ("mayotte", "FR"),
        ("svalbard", "NO"),
        ("jan-mayen", "NO"),
        ("bouvet-island", "NO"),
        ("bonaire", "NL"),
        ("saba", "NL"),
        ("sint-eustatius", "NL"),
        ("tokelau", "NZ"),
        ("christmas-island", "AU"),
        ("cocos-keeling-islands", "AU"),
        ("azores", "PT"),
        ("canary-islands", "ES"),
        ("hawaii", "US"),
        ("galapagos", "EC"),
        ("easter-island", "CL"),
    ] {
        let area = ATLAS.area(id).unwrap_or_else(|| panic!("{id} is no area"));
        let relation = area.relation(state.parse().expect("a code")).expect("a relation");
        assert_eq!(relation.basis, "administers", "{id}");
    }
}

#[test]
fn the_parties_are_as_many_as_the_depositary_counted() {
    let rows: Vec<_> = ATLAS.states().iter().collect();
    let parties: Vec<_> = rows.iter().filter_map(|row| row.cpb.as_ref().map(|cpb| (row, cpb))).collect();
    assert_eq!((rows.len(), parties.len()), (198, 173));
    // The table of contributions of decision BS-VI/7 has the 164 Parties whose
    // instruments were deposited by 1 October 2012; Jamaica's was the last.
    let early: Vec<_> = parties
        .iter()
        .filter(|(_, cpb)| cpb.since.as_deref().is_some_and(|since| since <= "2012-10-01"))
        .collect();
    assert_eq!(early.len(), 164);
    let last = early.iter().max_by_key(|(_, cpb)| cpb.since.clone()).expect("a Party");
    assert_eq!((last.0.iso2.as_str(), last.1.since.as_deref()), ("JM", Some("2012-09-25")));
    let outside: BTreeSet<String> =
        rows.iter().filter(|row| row.cpb.is_none()).map(|row| row.iso2.to_string()).collect();
    let expected = "AD AR AU BN CA CK CL FM GQ HT IL IS LI MC NP RU SG SM SS ST TL TV US VA VU";
    assert_eq!(outside, expected.split(' ').map(str::to_owned).collect());
    for (code, cbd) in [("US", false), ("VA", false), ("AR", true)] {
        assert_eq!(rows.iter().find(|row| row.iso2.as_str() == code).expect("a row").cbd, cbd, "{code}");
    }
}

#[test]
fn the_supplementary_protocol_binds_parties_only_and_says_how_it_is_known() {
    let bound: Vec<_> = ATLAS.states().iter().filter(|row| row.nklsp.is_some()).collect();
    assert_eq!(bound.len(), 49);
    for row in bound {
        assert!(row.cpb.is_some(), "{} is no Party to the Protocol", row.iso2);
        let nklsp = row.nklsp.as_ref().expect("a membership");
        assert!(["source", "unverified"].contains(&nklsp.evidence.as_str()), "{}", row.iso2);
        // Opened for signature on 7 March 2011.
        assert!(nklsp.since.as_deref().is_none_or(|since| since > "2011-03-07"), "{}", row.iso2);
    }
}

#[test]
fn states_carry_the_names_the_united_nations_use() {
    for (code, language, name) in [
        ("TR", "en", "Türkiye"),
        ("CZ", "en", "Czechia"),
        ("CZ", "fr", "Tchéquie"),
        ("SZ", "en", "Eswatini"),
        ("MK", "ru", "Северная Македония"),
        ("CV", "es", "Cabo Verde"),
        ("CI", "en", "Côte d'Ivoire"),
        ("VN", "fr", "Viet Nam"),
        ("MD", "zh", "摩尔多瓦共和国"),
        ("KP", "ar", "جمهورية كوريا الشعبية الديمقراطية"),
        ("NZ", "es", "Nueva Zelandia"),
        ("BY", "fr", "Bélarus"),
    ] {
        let row = ATLAS.states().get(code.parse().expect("a code")).expect("a row");
        assert_eq!(row.name.get(language), name);
    }
    for row in ATLAS.states().iter() {
        assert_eq!(row.name.iter().count(), 6, "{}", row.iso2);
        assert!(row.kind == "organization" || row.numeric.len() == 3, "{}", row.iso2);
    }
}
