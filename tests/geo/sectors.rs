//! Wind and season say what is urgent; they never take anybody out.

use super::{ATLAS, all_told, metres, pathway, question};
use outcross::domain::{
    assessment::{Assessment, Ring},
    place::{Geometry, Position},
    reach::{Bearing, Pathway, PathwayReport, Question, ReachOverride},
};

/// Basel: Germany and France lie at the edge of the town, Liechtenstein,
/// Austria and Italy to the east and south.
fn basel() -> Question {
    question(Geometry::Point(Position { lat: 47.55, lon: 7.6 }))
}

fn blown(towards: f64) -> PathwayReport {
    let towards = Bearing::try_from(towards).expect("a direction");
    let reach = ReachOverride {
        p50_m: Some(metres(50_000.0)),
        p95_m: Some(metres(250_000.0)),
        max_m: metres(300_000.0),
        reason: "for the test".to_owned(),
    };
    PathwayReport { towards_deg: Some(towards), reach: Some(reach), ..pathway(Pathway::WindBorne) }
}

fn order(answer: &Assessment) -> Vec<String> {
    let inside = |ring| matches!(ring, Ring::P50 | Ring::P95);
    answer.states.iter().filter(|state| inside(state.ring)).map(|state| state.iso2.to_string()).collect()
}

#[test]
fn wind_orders_the_states_inside_p95_and_removes_none() {
    let mut calm = basel();
    calm.pathways = vec![PathwayReport { towards_deg: None, ..blown(0.0) }];
    let calm = ATLAS.assess(&calm);
    assert!(calm.states.iter().all(|state| state.in_sector.is_none()));
    for towards in [0.0, 90.0, 180.0, 270.0] {
        let mut windy = basel();
        windy.pathways = vec![blown(towards)];
        let windy = ATLAS.assess(&windy);
        assert_eq!(all_told(&windy), all_told(&calm), "towards {towards}");
        let sides: Vec<bool> = windy
            .states
            .iter()
            .filter(|state| matches!(state.ring, Ring::P50 | Ring::P95))
            .map(|state| state.in_sector.expect("a side"))
            .collect();
        assert!(sides.is_sorted_by(|a, b| a >= b), "those downwind come first: {:?}", order(&windy));
    }
    let mut east = basel();
    east.pathways = vec![blown(100.0)];
    let east = order(&ATLAS.assess(&east));
    let place = |code: &str| east.iter().position(|own| own == code).expect("told");
    assert!(place("AT") < place("FR") && place("LI") < place("FR"), "{east:?}");
}

#[test]
fn a_state_counts_as_downwind_when_any_part_of_it_is() {
    // Germany's nearest point from here lies to the north; its south-west corner
    // beside the Rhine reaches far to the east of Basel, too.
    let mut east = basel();
    east.pathways = vec![blown(70.0)];
    let answer = ATLAS.assess(&east);
    let germany = answer.states.iter().find(|state| state.iso2.as_str() == "DE").expect("told");
    assert_eq!(germany.in_sector, Some(true));
}

#[test]
fn the_season_is_said_and_changes_no_reach() {
    let mut asked = basel();
    asked.pathways = vec![pathway(Pathway::Pollen)];
    let mut answers = ["2026-05-10T00:00:00Z", "2026-11-10T00:00:00Z"].map(|day| {
        asked.released = Some(day.parse().expect("a time"));
        asked.released_by = asked.released;
        ATLAS.assess(&asked)
    });
    let season = answers.each_ref().map(|answer| answer.reaches[0].in_season);
    assert_eq!(season, [Some(true), Some(false)]);
    for answer in &mut answers {
        let mut reaches = answer.reaches.clone();
        for reach in &mut reaches {
            reach.in_season = None;
        }
        answer.reaches = reaches;
        for state in answer.origin.iter_mut().chain(&mut answer.states) {
            state.earliest_arrival = None;
        }
    }
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn a_direction_that_is_none_is_refused_in_words() {
    let wrong = Bearing::try_from(400.0).expect_err("no direction").to_string();
    assert!(wrong.contains("400") && wrong.contains("clockwise from north"), "{wrong}");
    let west = Bearing::try_from(-90.0).expect("west");
    assert!((west.degrees() - 270.0).abs() < 1e-12);
}
