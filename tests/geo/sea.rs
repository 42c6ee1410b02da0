//! At sea: the States whose coast lies within 200 nautical miles.

use super::{ATLAS, Dice, all_told, at, codes, distances::ORACLE, question, set, within};
use geographiclib_rs::{DirectGeodesic, Geodesic};
use outcross::domain::{
    assessment::{Assessment, Reason, Ring},
    place::Geometry,
    reach::Question,
    report::GapCode,
};
use std::collections::BTreeSet;

fn asked(lat: f64, lon: f64) -> Question {
    Question { pathways: vec![within(1.0)], ..question(Geometry::Point(at(lat, lon))) }
}

fn by_coast(answer: &Assessment) -> BTreeSet<String> {
    let by_coast = |finding: &&_| {
        matches!(finding, outcross::domain::assessment::StateFinding { reason: Reason::NearestCoast, .. })
    };
    answer.states.iter().filter(by_coast).map(|finding| finding.iso2.to_string()).collect()
}

#[test]
fn the_coast_counts_to_200_nautical_miles_and_no_farther() {
    let earth = Geodesic::wgs84();
    // From the westernmost cape of Easter Island to the west, where nothing else is near.
    let cape =
        ATLAS.near(at(-27.15, -112.0), outcross::domain::place::Metres::new(400_000.0).expect("a length"));
    assert_eq!(cape.len(), 1);
    let (lat, lon): (f64, f64) =
        earth.direct(-27.15, -112.0, cape[0].bearing_deg.expect("outside"), cape[0].distance_m);
    for (far, told) in [(369_000.0, true), (372_000.0, false)] {
        let (lat, lon): (f64, f64) = earth.direct(lat, lon, 270.0, far);
        let answer = ATLAS.assess(&asked(lat, lon));
        assert!(answer.origin.is_empty());
        if told {
            let [chile] = &answer.states[..] else { panic!("{:?}", answer.states) };
            assert_eq!(
                (chile.iso2.as_str(), chile.ring, &chile.reason),
                ("CL", Ring::Named, &Reason::NearestCoast)
            );
            let distance = chile.distance_m.expect("measured").get();
            assert!(distance <= 369_001.0 && distance > 360_000.0, "{distance}");
        } else {
            assert!(answer.states.is_empty(), "{:?}", answer.states);
            assert_eq!(answer.excluded[0].iso2.as_str(), "CL");
            assert!(answer.excluded[0].distance_m.get() > 370_400.0);
        }
    }
}

#[test]
fn nobody_is_near_the_middle_of_the_ocean_and_the_nearest_are_listed() {
    // Of the second, the Marquesas are the nearest land.
    for (lat, lon, nearest) in [(-48.877, -123.393, None), (0.0, -140.0, Some("FR"))] {
        let answer = ATLAS.assess(&asked(lat, lon));
        assert!(all_told(&answer).is_empty(), "{:?}", all_told(&answer));
        // All are far away, so that only two are listed.
        assert_eq!(answer.excluded.len(), 2);
        assert!(answer.excluded.iter().all(|excluded| excluded.distance_m.get() > 370_400.0));
        assert!(
            nearest.is_none_or(|state| answer.excluded[0].iso2.as_str() == state),
            "{:?}",
            answer.excluded
        );
    }
}

#[test]
fn coasts_around_a_sea_are_told_and_hinterland_is_not() {
    for (name, lat, lon, told, not_told) in [
        ("the Adriatic", 43.0, 15.5, vec!["HR", "IT", "BA", "ME", "SI"], vec!["AT", "HU", "RS", "CH"]),
        ("the Baltic", 56.5, 19.5, vec!["SE", "LV", "LT", "PL", "RU", "EE"], vec!["BY", "CZ"]),
        ("the Black Sea", 43.3, 32.0, vec!["TR", "UA", "RU", "BG", "RO"], vec!["MD", "GR"]),
        ("the Gulf of Guinea", 3.0, 7.5, vec!["NG", "CM", "GQ", "ST"], vec!["TD", "NE", "BF"]),
        ("the Persian Gulf", 27.0, 51.5, vec!["IR", "QA", "SA", "AE", "BH", "KW"], vec!["JO"]),
        ("the Strait of Malacca", 2.7, 101.0, vec!["MY", "ID", "SG"], vec!["LA"]),
    ] {
        let answer = ATLAS.assess(&asked(lat, lon));
        let coasts = by_coast(&answer);
        for state in told {
            assert!(coasts.contains(state), "{name}: {state} in {coasts:?}");
        }
        for state in not_told {
            assert!(!all_told(&answer).contains(state), "{name}: {state}");
        }
    }
}

#[test]
fn no_state_without_a_coast_is_told_by_its_coast() {
    let landlocked = set(&[
        "AD", "AF", "AM", "AT", "BF", "BI", "BO", "BT", "BW", "BY", "CF", "CH", "CZ", "ET", "HU", "KG", "LA",
        "LI", "LS", "LU", "MD", "MK", "ML", "MN", "MW", "NE", "NP", "PY", "RS", "RW", "SK", "SM", "SS", "SZ",
        "TD", "UG", "VA", "ZM", "ZW",
    ]);
    let mut dice = Dice(41);
    let mut at_sea = 0;
    for _ in 0..250 {
        // Not around Antarctica, in which Parties without a coast take part.
        let (lat, lon) = (125.0 * dice.unit() - 45.0, 360.0 * dice.unit() - 180.0);
        let coasts = by_coast(&ATLAS.assess(&asked(lat, lon)));
        let wrongly: Vec<_> = coasts.intersection(&landlocked).collect();
        assert!(wrongly.is_empty(), "{lat} {lon}: {wrongly:?}");
        at_sea += u32::from(!coasts.is_empty());
    }
    assert!(at_sea > 40, "{at_sea}");
}

#[test]
fn on_land_the_rule_does_not_apply() {
    for (lat, lon, told) in [
        (35.9, 14.4, &["MT"][..]),
        (52.1, 5.1, &["NL"]),
        (36.2, 138.0, &["JP"]),
        (-18.9, 47.5, &["MG"]),
        (18.2, -77.4, &["JM"]),
    ] {
        assert_eq!(all_told(&ATLAS.assess(&asked(lat, lon))), set(told), "{lat} {lon}");
    }
}

#[test]
fn at_sea_a_named_state_is_the_origin_and_its_neighbours_are_told() {
    let mut aegean = asked(37.9, 25.6);
    assert!(!ORACLE.areas.iter().any(|land| land.lines.holds([25.6, 37.9])), "at sea");
    aegean.state = Some("GR".parse().expect("a code"));
    let answer = ATLAS.assess(&aegean);
    assert_eq!(codes(&answer.origin), set(&["GR"]));
    assert!(by_coast(&answer).contains("TR") && !by_coast(&answer).contains("GR"));
    assert!(answer.gaps.is_empty(), "{:?}", answer.gaps);
    // A State far away is told as well, and doubted.
    aegean.state = Some("PY".parse().expect("a code"));
    let answer = ATLAS.assess(&aegean);
    assert!(all_told(&answer).is_superset(&set(&["GR", "TR", "PY"])));
    assert!(answer.gaps.iter().any(|gap| gap.code == GapCode::StateDiffers));
}
