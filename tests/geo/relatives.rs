//! Centres of origin and wild relatives: what the table adds to an
//! assessment, what it never does, and what its reader refuses.

use super::{ATLAS, TEXTS, all_told, at, codes, pathway, question, within};
use outcross::{
    domain::{
        assessment::{Assessment, CentreFinding, CentreRole, Compatibility},
        organism::Organism,
        place::Geometry,
        reach::{Pathway, PathwayReport, Question},
    },
    geo::{Atlas, Source, Sources},
};
use std::collections::BTreeSet;

fn lost(group: &str, species: Option<&str>, lat: f64, lon: f64) -> Question {
    let mut asked = question(Geometry::Point(at(lat, lon)));
    group.clone_into(&mut asked.group);
    asked.species = species.map(str::to_owned);
    asked
}

fn of<'a>(answer: &'a Assessment, state: &str) -> Vec<&'a CentreFinding> {
    answer.centres.iter().filter(|centre| centre.state.as_str() == state).collect()
}

fn read(relatives: &str) -> Result<Atlas, String> {
    let sources = Sources {
        areas: TEXTS.source(0),
        states: TEXTS.source(1),
        register: TEXTS.source(2),
        hotspots: None,
        dispersal: TEXTS.source(3),
        organisms: TEXTS.source(4),
        relatives: Source { text: relatives, sidecar: TEXTS.source(5).sidecar },
    };
    Atlas::read(sources).map_err(|error| error.to_string())
}

#[test]
fn maize_lost_in_oaxaca_names_mexico_as_its_home_with_teosinte() {
    let answer = ATLAS.assess(&lost("zea_mays", Some("corn"), 17.06, -96.72));
    let mexico = of(&answer, "MX");
    assert_eq!((mexico[0].role, mexico[0].species.as_str()), (CentreRole::Origin, "Zea mays"));
    let teosinte = mexico.iter().find(|centre| centre.taxon.as_deref() == Some("Zea mays subsp. mexicana"));
    let teosinte = teosinte.expect("teosinte is named");
    assert_eq!(teosinte.role, CentreRole::WildRelative);
    assert_eq!(teosinte.compatibility, Some(Compatibility::SameSpecies));
    assert!(teosinte.source.contains("10.1371/journal.pone.0192676"), "{}", teosinte.source);
    assert!(answer.data.iter().any(|data| data.layer == "relatives"));
    let bytes = |answer: &Assessment| serde_json::to_string(answer).expect("writes");
    assert_eq!(bytes(&answer), bytes(&ATLAS.assess(&lost("zea_mays", Some("corn"), 17.06, -96.72))));
    let border = ATLAS.assess(&lost("zea_mays", None, 14.68, -92.15));
    for state in ["GT", "MX"] {
        assert!(all_told(&border).contains(state) && !of(&border, state).is_empty(), "{state}");
    }
}

#[test]
fn only_states_that_are_told_are_spoken_of_and_none_is_told_for_it() {
    let empty = "[citations]\nx = { text = \"here\" }\n[[crop]]\nid = \"x\"\ngroups = [\"microalgae\"]\nspecies = \"X\"\n\
                 origin = { states = [\"FJ\"], sources = [\"x\"], grade = \"D\" }\n";
    let without = read(empty).expect("reads");
    let groups: BTreeSet<&String> = ATLAS.relatives().iter().flat_map(|crop| &crop.groups).collect();
    let mut spoken = 0;
    for group in groups {
        for (lat, lon) in [(17.06, -96.72), (47.583, 7.592), (36.9, 36.2), (-16.5, -68.6), (60.4, 5.3)] {
            let mut asked = lost(group, None, lat, lon);
            asked.pathways = vec![within(80_000.0)];
            let (answer, plain) = (ATLAS.assess(&asked), without.assess(&asked));
            let told = all_told(&answer);
            assert!(answer.centres.iter().all(|centre| told.contains(centre.state.as_str())), "{group}");
            assert_eq!((&answer.origin, &answer.excluded), (&plain.origin, &plain.excluded), "{group}");
            assert_eq!((&answer.states, answer.horizon_m), (&plain.states, plain.horizon_m), "{group}");
            spoken += answer.centres.len();
        }
    }
    assert!(spoken > 50, "{spoken}");
}

#[test]
fn a_group_of_many_species_speaks_only_of_the_one_named() {
    let home = |species| {
        let answer = ATLAS.assess(&lost("insect_pollinated", species, -13.5, -72.0));
        of(&answer, "PE").iter().map(|centre| centre.species.clone()).collect::<BTreeSet<_>>()
    };
    assert!(home(None).is_empty() && home(Some("Cichorium endivia")).is_empty());
    for name in ["Solanum tuberosum", "solanum  tuberosum subsp. andigenum", "картофель", "PAPA"] {
        assert_eq!(home(Some(name)), BTreeSet::from(["Solanum tuberosum".to_owned()]), "{name}");
    }
    // A crop outside the table of organisms is found by its name all the same.
    let cassava = ATLAS.assess(&lost("unknown", Some("mandioca"), -15.6, -56.1));
    assert_eq!(of(&cassava, "BR")[0].role, CentreRole::Origin);
}

#[test]
fn the_event_tells_the_species_of_a_report() {
    let potato = Organism { event: Some("EH92-527-1".to_owned()), ..Organism::default() };
    let named = ATLAS.identify(&potato);
    assert_eq!(named.species.as_deref(), Some("Solanum tuberosum"));
    let said = Organism { species: Some("canola".to_owned()), ..Organism::default() };
    assert_eq!(ATLAS.identify(&said).species.as_deref(), Some("canola"));
}

#[test]
fn a_distant_part_of_a_state_is_not_the_whole_of_it() {
    let cassava = |lat, lon| ATLAS.assess(&lost("plant_other", Some("cassava"), lat, lon));
    let paris = cassava(48.85, 2.35);
    assert!(codes(&paris.origin).contains("FR") && of(&paris, "FR").is_empty());
    let cayenne = cassava(4.92, -52.33);
    let wild = of(&cayenne, "FR");
    assert_eq!(wild[0].area.as_deref(), Some("french-guiana"));
    // Named without a place, France may be concerned there.
    let mut shipped = lost("plant_other", Some("cassava"), 9.06, 7.49);
    shipped.pathways = vec![PathwayReport { destinations: vec!["FR".to_owned()], ..pathway(Pathway::Trade) }];
    assert!(!of(&ATLAS.assess(&shipped), "FR").is_empty());
}

#[test]
fn every_row_has_sources_grades_and_known_groups() {
    let mut rows = 0;
    for crop in ATLAS.relatives().iter() {
        rows += 1;
        let centres = [&crop.origin, &crop.diversity].into_iter().flatten().map(|centre| &centre.sources);
        let wild = crop.relatives.iter().map(|relative| &relative.sources);
        for sources in centres.chain(wild) {
            assert!(!sources.is_empty() && sources.iter().all(|source| source.len() > 20), "{}", crop.id);
        }
        assert!(crop.groups.iter().all(|group| ATLAS.organisms().group(group).is_some()), "{}", crop.id);
    }
    assert!(rows >= 35, "{rows}");
    // Every species of a group that holds many has a row of its own, or the group has one.
    for group in ATLAS.organisms().groups() {
        let sure = matches!(group.kind.as_str(), "plant" | "fish");
        for species in group.species.iter().filter(|_| sure) {
            assert!(ATLAS.relatives().of(&group.code, Some(species)).next().is_some(), "{species}");
        }
    }
}
