//! Layers that are taken, some with something the matter.

use crate::files::{ATLAS, assess, collection, dropped, named, polygon, problems, square, states, taken};
use outcross::domain::{assessment::Ring, layer::LayerKind};
use std::sync::Arc;

#[test]
fn a_protected_area_is_found_with_its_name_and_distance() {
    let text = collection(&[
        (r#"{"WDPAID": 555, "NAME": "Petite Camargue"}"#, &polygon(&square(7.5, 47.6, 0.1))),
        (r#"{"WDPAID": 556, "NAME": "Far away"}"#, &polygon(&square(17.5, 47.6, 0.1))),
    ]);
    let layer = Arc::new(taken(LayerKind::ProtectedAreas, &text));
    assert_eq!((layer.kept, layer.dropped.len(), layer.problems.len()), (2, 0, 0));
    let atlas = ATLAS.with_layers(&[layer]);
    let found = assess(&atlas, 47.55, 7.55, 10_000.0).layers;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&*found[0].layer, &*found[0].code, &*found[0].name), ("test", "555", "Petite Camargue"));
    // Five hundredths of a degree of latitude.
    assert!((found[0].distance_m.get() - 5_559.0).abs() < 5.0, "{:?}", found[0].distance_m);
    let inside = assess(&atlas, 47.65, 7.55, 10.0).layers;
    assert_eq!((inside.len(), inside[0].ring), (1, Ring::Touched));
    assert!(assess(&ATLAS, 47.65, 7.55, 10.0).layers.is_empty(), "the old atlas stays as it is");
    assert!(atlas.data().iter().any(|data| data.layer == "protected_areas/test" && data.version == "1"));
}

#[test]
fn what_is_the_matter_is_named_by_number_and_name() {
    let tie = polygon(&[[10.0, 10.0], [12.0, 12.0], [12.0, 10.0], [10.0, 12.0], [10.0, 10.0]]);
    let open = polygon(&[[20.0, 0.0], [21.0, 0.0], [21.0, 1.0], [20.0, 1.0]]);
    let text = collection(&[
        (&named("Tie"), &tie),
        (&named("Open"), &open),
        (&named("Post"), r#"{"type":"Point","coordinates":[1,2]}"#),
        (&named("Road"), r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
        (&named("Nowhere"), "null"),
        (&named("Empty"), r#"{"type":"Polygon","coordinates":[]}"#),
        (&named("Short"), r#"{"type":"Polygon","coordinates":[[[1,1],[2,2],[1,1]]]}"#),
        ("{}", &polygon(&square(30.0, 0.0, 1.0))),
        (
            &named("Gaps"),
            r#"{"type":"Polygon","coordinates":[[[40,0],[41,0],[null,null],[41,1],[40,1],[40,0]]]}"#,
        ),
        (&named("Curve"), r#"{"type":"Curve","coordinates":[[40,0],[41,0]]}"#),
        (&named("Flat"), r#"{"type":"Polygon","coordinates":[[40,0],[41,0],[41,1],[40,0]]}"#),
    ]);
    let layer = taken(LayerKind::Other, &text);
    assert_eq!(layer.kept, 4);
    assert_eq!(
        dropped(&layer),
        [
            "feature 3 (Post) is a point, not an area",
            "feature 4 (Road) is a line, not an area",
            "feature 5 (Nowhere) has no geometry",
            "feature 6 (Empty) has no geometry",
            "feature 7 (Short) has no ring of at least four positions, first and last the same",
            "feature 10 (Curve) has a geometry that cannot be read: “Curve” is not a type of geometry",
            "feature 11 (Flat) has a geometry that cannot be read: its coordinates are not nested as those of a \
             Polygon are",
        ]
    );
    let problems = problems(&layer);
    assert!(
        problems[0].starts_with(
            "feature 1 (Tie): its outline crosses itself near latitude 11.0000, longitude 11.0000"
        )
    );
    assert_eq!(problems[1], "feature 2 (Open): 1 of its rings were not closed and have been");
    assert!(
        problems[2].starts_with("feature 8: has no name: none of its properties is called name, NAME"),
        "{problems:?}"
    );
    assert_eq!(problems[3], "feature 9 (Gaps): 1 of its positions are not numbers and are left out");
    assert_eq!(problems.len(), 4);
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    let name_at = |lat, lon| assess(&atlas, lat, lon, 1.0).layers.first().map(|found| found.name.clone());
    assert_eq!(name_at(0.5, 30.5).as_deref(), Some("feature 8"));
    assert_eq!(name_at(11.0, 11.9).as_deref(), Some("Tie"));
    assert_eq!(name_at(11.5, 11.0), None, "outside both wings of the tie");
}

#[test]
fn winding_holes_and_the_date_line_are_read_as_meant() {
    let mut backwards = square(50.0, 0.0, 1.0);
    backwards.reverse();
    let over = [[179.0, 0.0], [-179.0, 0.0], [-179.0, 1.0], [179.0, 1.0], [179.0, 0.0]];
    let ice = [
        [-180.0, -70.0],
        [-90.0, -70.0],
        [0.0, -70.0],
        [90.0, -70.0],
        [180.0, -70.0],
        [180.0, -90.0],
        [-180.0, -90.0],
        [-180.0, -70.0],
    ];
    let cap = [[-120.0, 80.0], [0.0, 80.0], [120.0, 80.0], [-120.0, 80.0]];
    let ring = r#"{"type":"Polygon","coordinates":[[[60,0],[63,0],[63,3],[60,3],[60,0]],[[61,1],[62,1],[62,2],[61,2],[61,1]]]}"#;
    let text = collection(&[
        (&named("Backwards"), &polygon(&backwards)),
        (&named("Over"), &polygon(&over)),
        (&named("Ice"), &polygon(&ice)),
        (&named("Cap"), &polygon(&cap)),
        (&named("Ring"), ring),
    ]);
    let layer = taken(LayerKind::Other, &text);
    assert_eq!(layer.kept, 5, "{:?}", layer.dropped);
    assert_eq!(
        problems(&layer),
        [
            "feature 2 (Over): its outline steps over 180° of longitude; every such edge is taken the short way round",
            "feature 4 (Cap): its outline runs around the north pole and has been closed there",
        ]
    );
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    let at = |lat, lon| -> Vec<String> {
        assess(&atlas, lat, lon, 1.0).layers.into_iter().map(|found| found.name.to_string()).collect()
    };
    assert_eq!(at(0.5, 50.5), ["Backwards"]);
    for lon in [179.5, 180.0, -180.0, -179.5] {
        assert_eq!(at(0.5, lon), ["Over"], "{lon}");
    }
    assert!(at(0.5, 178.5).is_empty() && at(0.5, -178.5).is_empty() && at(0.5, 0.0).is_empty());
    for (lat, lon) in [(-75.0, 13.0), (-75.0, 180.0), (-89.999, 40.0), (-90.0, 0.0)] {
        assert_eq!(at(lat, lon), ["Ice"], "{lat} {lon}");
    }
    assert!(at(-69.0, 13.0).is_empty());
    for (lat, lon) in [(85.0, 10.0), (85.0, 175.0), (89.99, -90.0), (90.0, 0.0)] {
        assert_eq!(at(lat, lon), ["Cap"], "{lat} {lon}");
    }
    assert!(at(79.0, 10.0).is_empty());
    assert_eq!(at(0.5, 60.5), ["Ring"]);
    assert!(at(1.5, 61.5).is_empty(), "the hole");
}

#[test]
fn parts_that_overlap_do_not_cancel_each_other() {
    let both = r#"{"type":"MultiPolygon","coordinates":[[[[0,40],[2,40],[2,42],[0,42],[0,40]]],[[[1,41],[3,41],[3,43],[1,43],[1,41]]]]}"#;
    let layer = taken(LayerKind::Other, &collection(&[(&named("Both"), both)]));
    assert_eq!(problems(&layer), ["feature 1 (Both): some of its parts lie over one another; each is used"]);
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    let found = assess(&atlas, 41.5, 1.5, 1.0).layers;
    assert_eq!((found.len(), found[0].distance_m.get()), (1, 0.0));
}

#[test]
fn ten_thousand_features_answer_as_few_do() {
    let names: Vec<String> = (0..10_000).map(|n| named(&format!("Reserve {n}"))).collect();
    let squares: Vec<String> = (0..10_000)
        .map(|n| polygon(&square(f64::from(n % 100) * 3.0 - 150.0, f64::from(n / 100) * 1.5 - 75.0, 0.5)))
        .collect();
    let features: Vec<(&str, &str)> =
        names.iter().zip(&squares).map(|(name, square)| (name.as_str(), square.as_str())).collect();
    let layer = taken(LayerKind::ProtectedAreas, &collection(&features));
    assert_eq!(layer.kept, 10_000);
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    let found = assess(&atlas, 0.25, 0.25, 200_000.0).layers;
    let names: Vec<&str> = found.iter().map(|found| &*found.name).collect();
    assert_eq!(names[0], "Reserve 5050", "{names:?}");
    assert!(
        names.len() >= 3 && found.windows(2).all(|pair| pair[0].distance_m.get() <= pair[1].distance_m.get())
    );
}

#[test]
fn a_layer_replaces_itself_and_nothing_else() {
    let layer = |name: &str| {
        Arc::new(taken(LayerKind::Other, &collection(&[(&named(name), &polygon(&square(0.0, 0.0, 1.0)))])))
    };
    let atlas = ATLAS.with_layers(&[layer("Old"), layer("New")]);
    let found = assess(&atlas, 0.5, 0.5, 1.0).layers;
    assert_eq!(found.iter().map(|found| &*found.name).collect::<Vec<_>>(), ["New"]);
    let again = atlas.with_layers(&[layer("Newest")]);
    assert_eq!(assess(&again, 0.5, 0.5, 1.0).layers.len(), 1);
}

#[test]
fn added_boundaries_tell_more_states_and_never_fewer() {
    let text = collection(&[
        (r#"{"ISO_A2": "CH", "NAME": "Switzerland"}"#, &polygon(&square(6.0, 40.0, 1.0))),
        (r#"{"NAME": "Atlantis"}"#, &polygon(&square(-30.0, 40.0, 1.0))),
    ]);
    let layer = Arc::new(taken(LayerKind::Boundaries, &text));
    assert!(
        problems(&layer)[0]
            .starts_with("feature 2 (Atlantis): its State cannot be told: none of ISO_A2_EH, ISO_A2,")
    );
    let before = assess(&ATLAS, 40.5, 6.5, 300_000.0);
    let atlas = ATLAS.with_layers(&[layer]);
    let after = assess(&atlas, 40.5, 6.5, 300_000.0);
    let told = states(&after);
    assert!(told.contains(&"CH".to_owned()) && states(&before).iter().all(|code| told.contains(code)));
    assert_eq!(atlas.areas().len(), ATLAS.areas().len() + 2);
}

#[test]
fn a_feature_cut_at_the_date_line_is_whole_on_it() {
    let cut = r#"{"type":"MultiPolygon","coordinates":[[[[179,0],[180,0],[180,1],[179,1],[179,0]]],[[[-180,0],[-179,0],[-179,1],[-180,1],[-180,0]]]]}"#;
    let layer = taken(LayerKind::Other, &collection(&[(&named("Cut"), cut)]));
    assert_eq!(problems(&layer), [""; 0]);
    let atlas = ATLAS.with_layers(&[Arc::new(layer)]);
    for lon in [179.5, 180.0, -180.0, -179.5] {
        let found = assess(&atlas, 0.5, lon, 1.0).layers;
        assert_eq!((found.len(), found[0].ring), (1, Ring::Touched), "{lon}");
    }
}
