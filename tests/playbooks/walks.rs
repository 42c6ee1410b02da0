//! A walk through a case of every incident class: what is known and done goes
//! in, what is open then and when it is due comes out. The cases are those of
//! the first line of each playbook; the hours are counted from when the State
//! first knew.

use super::{at, did, done, library, round};
use outcross::{
    domain::reach::Pathway,
    playbook::{Audience, Clocks, Facts, Progress, StepState, StepView, model::Action, open_steps},
};

/// Facts and what they were found to be.
type Answers = &'static [(&'static str, &'static str)];

/// A case, as far as it is walked.
struct Case {
    class: &'static str,
    group: &'static str,
    kind: &'static str,
    pathways: &'static [Pathway],
    /// p95 and max, in metres.
    rings: [f64; 2],
    playbook: &'static str,
    /// Hour, step and what it found out.
    deeds: &'static [(i64, &'static str, Answers)],
    /// When one looks.
    now: i64,
    /// What is open then, with the hour it is due; −1 where a team that has begun
    /// has no due time. A step that is late is open too.
    open: &'static [(&'static str, i64)],
    /// What does not apply in this case.
    hidden: &'static [&'static str],
}

impl Case {
    fn steps(&self) -> Vec<StepView> {
        let facts = Facts {
            incident: Some("unintentional".into()),
            class: Some(self.class.into()),
            group: Some(self.group.into()),
            kind: Some(self.kind.into()),
            pathways: self.pathways.to_vec(),
            audience: Some(Audience::StateOfRelease),
            p95_m: Some(self.rings[0]),
            max_m: Some(self.rings[1]),
            ..Facts::default()
        };
        let library = library();
        let choices: Vec<String> = library.choose(&facts).into_iter().map(|choice| choice.id).collect();
        assert_eq!(choices, ["release", self.playbook], "class {}", self.class);
        let edition = library.edition(self.playbook).expect("shipped").expect("sound");
        let mut progress = Progress::default();
        for (hour, step, answers) in self.deeds {
            let known = edition.step(step).unwrap_or_else(|| panic!("{}: {step}", self.playbook));
            let repeated = matches!(known.action, Action::Repeat { .. });
            let deed = if repeated { round(step, answers) } else { done(step, answers) };
            did(&mut progress, &edition, at(*hour), "ann", deed);
        }
        let clocks =
            Clocks::from([("known", at(0)), ("released", at(-48)), ("notified", at(1)), ("opened", at(0))]);
        open_steps(&edition, &facts, &progress, &clocks, at(self.now))
    }

    fn holds(&self) {
        let steps = self.steps();
        let hours = |step: &StepView| step.due.map(|due| (due.as_second() - at(0).as_second()) / 3600);
        let open: Vec<(&str, Option<i64>)> = steps
            .iter()
            .filter(|step| matches!(step.state, StepState::Open | StepState::Overdue))
            .map(|step| (step.code.as_str(), hours(step)))
            .collect();
        let expected: Vec<(&str, Option<i64>)> =
            self.open.iter().map(|(code, due)| (*code, Some(*due).filter(|due| *due >= 0))).collect();
        assert_eq!(open, expected, "class {}", self.class);
        let late: Vec<&str> = steps
            .iter()
            .filter(|step| matches!(step.state, StepState::Overdue))
            .map(|step| step.code.as_str())
            .collect();
        let expected: Vec<&str> =
            self.open.iter().filter(|(_, due)| (0..self.now).contains(due)).map(|(code, _)| *code).collect();
        assert_eq!(late, expected, "class {}", self.class);
        let hidden: Vec<&str> = steps
            .iter()
            .filter(|step| matches!(step.state, StepState::Hidden { .. }))
            .map(|step| step.code.as_str())
            .collect();
        assert_eq!(hidden, self.hidden, "class {}", self.class);
    }
}

/// GT73 in the rail yard of the Rhine harbour: seed still lies there, and the plants flower.
#[test]
fn the_rail_yard_of_basel() {
    Case {
        class: "A",
        group: "brassica_napus",
        kind: "plant",
        pathways: &[Pathway::SeedSpill, Pathway::Pollen],
        rings: [1000.0, 26000.0],
        playbook: "feral-oilseed",
        deeds: &[
            (3, "halt-unloading", &[]),
            (5, "seed-left", &[("seed_on_ground", "yes")]),
            (8, "growth-stage", &[("stage", "flowering")]),
            (11, "identify/screen", &[("screening", "positive")]),
        ],
        now: 20,
        open: &[
            ("vacuum-seed", 24),
            ("cut-flowers", 72),
            ("leaf-strips", 72),
            ("identify", -1),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("identify/event-known", 96),
            ("identify/second-opinion", 336),
            ("identify/report-identity", 168),
            ("outer-ring", 672),
            ("other-herbicide", 720),
            ("trace-wagons", 240),
            ("tighten-handling", 1080),
            ("neighbours", 14),
            ("neighbours/open-talks", 3),
            ("neighbours/share-working-papers", 25),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["pull-rosettes", "bag-pods", "mark-for-spring"],
    }
    .holds();
}

/// Glyphosate-tolerant creeping bentgrass along irrigation canals: no trees, water near, and sentinel plants pollinated.
#[test]
fn bentgrass_across_the_snake_river() {
    Case {
        class: "B",
        group: "agrostis_stolonifera",
        kind: "plant",
        pathways: &[Pathway::Pollen, Pathway::Seed, Pathway::Water],
        rings: [2000.0, 21000.0],
        playbook: "perennial-escape",
        deeds: &[
            (6, "stop-mowers", &[]),
            (10, "grass-or-tree", &[("habit", "grass")]),
            (20, "beside-water", &[("at_water", "yes")]),
            (400, "sentinel-plants", &[]),
            (1500, "sentinels-say", &[("sentinels", "positive")]),
        ],
        now: 2000,
        open: &[
            ("bag-panicles", 72),
            ("frame-stands", 240),
            ("screen-canal", 120),
            ("hand-at-water", 720),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("seedling-assay", 1080),
            ("wild-kin-map", 4320),
            ("machine-pass", 336),
            ("seed-lots-near", 1440),
            ("joint-group", 1440),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("stand-rounds", 2208),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["fell-before-flower", "dig-suckers"],
    }
    .holds();
}

/// LLRICE601 in grain for eating: no event method in the first days, and later found in foundation seed.
#[test]
fn rice_that_was_never_approved() {
    Case {
        class: "C",
        group: "oryza_sativa",
        kind: "plant",
        pathways: &[Pathway::Trade],
        rings: [43.0, 600.0],
        playbook: "unapproved-in-trade",
        deeds: &[
            (8, "hold-lots", &[]),
            (10, "sowing-or-eating", &[("goods", "grain")]),
            (40, "method-at-hand", &[("method_there", "no")]),
            (300, "seed-pedigree", &[("in_seed_stock", "yes")]),
        ],
        now: 320,
        open: &[
            ("spill-watch", 336),
            ("food-question", 48),
            ("construct-tests", 240),
            ("lot-sampling", 168),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("one-up-one-down", 240),
            ("consignee-list", 36),
            ("renew-stock", 17520),
            ("send-back", 720),
            ("certificate-rule", 504),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("season-count", 720),
            ("damage", 720),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["sown-fields", "buy-back", "consignment-tests", "mixing-point"],
    }
    .holds();
}

/// MON71800 in one Oregon field of 123 acres: the archive gives no source, and no other field is found.
#[test]
fn wheat_that_survived_the_spray() {
    Case {
        class: "D",
        group: "triticum_aestivum",
        kind: "plant",
        pathways: &[Pathway::Seed],
        rings: [100.0, 2750.0],
        playbook: "volunteer-of-trial",
        deeds: &[
            (9, "quarantine-field", &[]),
            (60, "map-survivors", &[]),
            (100, "trial-archive", &[]),
            (700, "where-from", &[("source_year", "no_source")]),
            (600, "district-survey", &[]),
            (1200, "elsewhere", &[("other_fields", "no")]),
        ],
        now: 1300,
        open: &[
            ("strip-survivors", 72),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("variety-match", 720),
            ("ask-growers", 1080),
            ("old-trial-sites", 2880),
            ("seed-lot-chase", 2160),
            ("test-for-buyers", -1),
            ("trade-talk", -1),
            ("kill-volunteers", 336),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("fallow-rounds", 1464),
            ("damage", 720),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["harvest-tests"],
    }
    .holds();
}

/// Suspicion on 15 March, plan 23 March, sampling to 3 April, results 21 to 26 April, sales stopped the same days; the plants do not survive the winter.
#[test]
fn orange_petunias() {
    Case {
        class: "E",
        group: "petunia",
        kind: "plant",
        pathways: &[Pathway::Trade],
        rings: [0.0, 0.0],
        playbook: "ornamental-in-commerce",
        deeds: &[
            (20, "hold-variety", &[]),
            (100, "colour-list", &[]),
            (190, "sampling-plan", &[]),
            (450, "sample-lots", &[]),
            (880, "specific-gene", &[]),
            (1000, "confirmed-gm", &[("confirmed_gm", "yes")]),
            (300, "winter-hardy", &[("outdoor_survival", "no")]),
        ],
        now: 1010,
        open: &[
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("stop-sale", 1048),
            ("recall-lots", 1672),
            ("mother-stock", 1440),
            ("tell-destinations", 1024),
            ("balcony-advice", 504),
            ("outlets-report", 1168),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("new-season", 8760),
            ("damage", 720),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["retest", "lift-hold", "garden-survey"],
    }
    .holds();
}

/// Transgenic wild Gossypium hirsutum in four of eight metapopulations: wild relatives, and more than one population.
#[test]
fn wild_cotton_in_mexico() {
    Case {
        class: "F",
        group: "gossypium_hirsutum",
        kind: "plant",
        pathways: &[Pathway::Seed],
        rings: [0.0, 0.0],
        playbook: "centre-of-origin",
        deeds: &[
            (100, "ask-consent", &[("consent", "yes")]),
            (90, "landrace-or-wild", &[("material", "wild_relative")]),
            (500, "field-walk", &[]),
            (800, "two-methods", &[]),
            (2000, "how-wide", &[("spread", "several")]),
        ],
        now: 2100,
        open: &[
            ("save-first", 336),
            ("metapopulation-map", 1080),
            ("guard-wild", 504),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("slow-spread", 3600),
            ("fitness-question", 8760),
            ("grain-in-relief", 720),
            ("outer-populations", 2160),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("generation-rounds", 8760),
            ("damage", 720),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["talk-again", "seed-network", "swap-seed", "pull-positive"],
    }
    .holds();
}

/// Thailand 2004: seed sold to 2 600 buyers, trees inside the 400 m ring positive.
#[test]
fn papaya_seed_sold_from_a_station() {
    Case {
        class: "G",
        group: "carica_papaya",
        kind: "plant",
        pathways: &[Pathway::Pollen, Pathway::Seed],
        rings: [400.0, 1000.0],
        playbook: "fruit-field-trial-leak",
        deeds: &[
            (5, "seal-trial", &[("trial_state", "open")]),
            (20, "seize-books", &[]),
            (90, "seed-left-station", &[("sold_seed", "yes")]),
            (150, "quarantine-ring", &[]),
            (480, "test-ring-trees", &[("tree_result", "positive")]),
        ],
        now: 500,
        open: &[
            ("strip-fruit", 48),
            ("guard-trial", 24),
            ("call-buyers", 720),
            ("exchange-seed", 720),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("coat-protein-control", 240),
            ("fell-plantation", 720),
            ("widen-ring", 840),
            ("fruit-seed-bulk", 960),
            ("export-stop", 336),
            ("market-sweep", 1440),
            ("how-it-left", 2160),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("resurvey", 4392),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["walk-old-plot"],
    }
    .holds();
}

/// Muriaé, Brazil: out of ponds into creeks, and they breed.
#[test]
fn glowing_zebrafish_in_creeks() {
    Case {
        class: "H",
        group: "danio_rerio",
        kind: "fish",
        pathways: &[Pathway::Swimming, Pathway::Water],
        rings: [5000.0, 40000.0],
        playbook: "fish-escape",
        deeds: &[
            (2, "close-holes", &[]),
            (3, "escape-site", &[("site", "running_water")]),
            (100, "fertility", &[("fertile", "fertile")]),
            (9, "identify/screen", &[("screening", "positive")]),
        ],
        now: 110,
        open: &[
            ("count-stock", 12),
            ("block-stream", 8),
            ("electro-fish", 48),
            ("warn-intakes", 12),
            ("blue-light", 48),
            ("identify", -1),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("identify/event-known", 96),
            ("identify/second-opinion", 336),
            ("identify/report-identity", 168),
            ("spawning-grounds", 504),
            ("border-waters", 120),
            ("fishing-effort", 168),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("seasonal-survey", 8760),
            ("mend-facility", 2160),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["gillnets-day-one", "bag-nets", "retain-water", "drain-and-treat"],
    }
    .holds();
}

/// OX513A: releases still running, the marker found in wild larvae.
#[test]
fn self_limiting_mosquitoes() {
    Case {
        class: "I",
        group: "aedes_aegypti",
        kind: "insect",
        pathways: &[Pathway::Flight, Pathway::Transport],
        rings: [160.0, 1000.0],
        playbook: "self-limiting-insect",
        deeds: &[
            (3, "suspend-releases", &[("releases_running", "yes")]),
            (10, "which-insect", &[("kind_of_insect", "mosquito")]),
            (300, "red-larvae", &[("marker_in_larvae", "yes")]),
        ],
        now: 310,
        open: &[
            ("stop-vans", 8),
            ("release-diary", 24),
            ("ovitrap-ring", 120),
            ("container-clean-up", 168),
            ("tyres-and-ships", 240),
            ("adult-spray", 120),
            ("survivors", 840),
            ("repressor-check", 672),
            ("genome-watch", 2880),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("disease-baseline", 720),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("marker-watch", 720),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["pheromone-ring", "host-crop-strip"],
    }
    .holds();
}

/// A plausible case: females of a self-sustaining drive, and night winds that carry them 300 km.
#[test]
fn a_gene_drive_mosquito() {
    Case {
        class: "J",
        group: "anopheles",
        kind: "insect",
        pathways: &[Pathway::Flight, Pathway::WindBorne],
        rings: [5000.0, 300_000.0],
        playbook: "gene-drive",
        deeds: &[
            (2, "kill-colony-leak", &[]),
            (10, "which-sex", &[("released_sex", "females")]),
            (20, "drive-kind", &[("drive_type", "self_sustaining")]),
        ],
        now: 24,
        open: &[
            ("colony-count", 12),
            ("regional-call", 12),
            ("ring-adult-traps", 36),
            ("larval-ring", 96),
            ("wind-ring", 48),
            ("regional-plan", 168),
            ("identify", 12),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("sentinel-stations", 504),
            ("ports-and-trucks", 72),
            ("outer-stations", 672),
            ("speak-with-villages", 36),
            ("consult", 3),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("generations-watch", 4392),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["fading-watch"],
    }
    .holds();
}

/// Bacillus subtilis in a feed additive: living cells, with resistance genes.
#[test]
fn bacteria_in_vitamin_b2() {
    Case {
        class: "K",
        group: "bacteria",
        kind: "microorganism",
        pathways: &[Pathway::Trade],
        rings: [0.0, 0.0],
        playbook: "microorganism",
        deeds: &[
            (3, "stop-batch", &[]),
            (5, "where-is-it", &[("setting", "product")]),
            (110, "strip-dna-question", &[("alive", "yes")]),
            (220, "resistance-panel", &[("resistance", "yes")]),
        ],
        now: 230,
        open: &[
            ("batch-recall", 48),
            ("disinfect-plan", 168),
            ("transfer-test", 1080),
            ("tell-health", 288),
            ("build-method", 672),
            ("identify", 24),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("downstream-water", 168),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("warm-season-rounds", 720),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["kill-effluent", "cover-pond", "trap-ponds", "dna-only-file"],
    }
    .holds();
}

/// Myxoma-RHDV vaccine beyond its island: fleas carry it, people are safe, the genome is as it was.
#[test]
fn a_vaccine_that_spreads_by_itself() {
    Case {
        class: "L",
        group: "rhdv",
        kind: "virus",
        pathways: &[Pathway::HostContact],
        rings: [500.0, 5000.0],
        playbook: "virus-or-vaccine",
        deeds: &[
            (7, "stop-host-moves", &[]),
            (11, "people-question", &[("infects_people", "no")]),
            (40, "how-carried", &[("vector_borne", "vectors")]),
            (480, "whole-genome", &[("genome_changed", "no")]),
        ],
        now: 490,
        open: &[
            ("account-doses", 24),
            ("tell-woah-who", 24),
            ("flea-control", 120),
            ("warren-fence", 240),
            ("carcass-walks", 96),
            ("identify", 12),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("wild-or-modified", 168),
            ("serosurvey", 720),
            ("beyond-water", 1080),
            ("rare-hosts", 336),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("young-sera", 2208),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["contact-list", "challenge-trial"],
    }
    .holds();
}

/// A consignment under UN 3245, damaged on the road: not all animals are there.
#[test]
fn a_parcel_of_mice_that_broke() {
    Case {
        class: "M",
        group: "apis_mellifera",
        kind: "mammal",
        pathways: &[Pathway::Transport],
        rings: [493.0, 11000.0],
        playbook: "contained-use-breach",
        deeds: &[
            (0, "seal-rooms", &[]),
            (1, "what-breached", &[("breach", "consignment")]),
            (1, "hazard", &[("hazard_high", "no")]),
            (5, "head-count", &[("count_complete", "no")]),
        ],
        now: 6,
        open: &[
            ("stop-vehicle", 1),
            ("overpack", 4),
            ("read-the-papers", 3),
            ("identify", 8),
            ("identify/take-samples", 12),
            ("identify/field-test", 12),
            ("decontaminate", 24),
            ("cull-or-keep", 36),
            ("accident-report", 48),
            ("consult", 14),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("night-rounds", 34),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["drains-and-air", "police-alarm", "quarantine-staff"],
    }
    .holds();
}

/// Plants nobody knows, put there on purpose: the evidence goes to the police and the origin is asked to take them back.
#[test]
fn somebody_found_something() {
    Case {
        class: "N",
        group: "unknown",
        kind: "unknown",
        pathways: &[Pathway::Unknown],
        rings: [0.0, 0.0],
        playbook: "unknown-lmo",
        deeds: &[
            (1, "assume-worst", &[]),
            (2, "protect-team", &[("people_at_risk", "unknown")]),
            (3, "evidence-chain", &[]),
            (11, "what-kind", &[("organism_kind", "plant")]),
            (100, "on-purpose", &[("deliberate", "yes")]),
        ],
        now: 120,
        open: &[
            ("suit-up", 3),
            ("call-health", 4),
            ("cordon", 4),
            ("five-samples", 12),
            ("bag-flowers", 24),
            ("how-moves", 24),
            ("screening-matrix", 24),
            ("screening-matrix/take-samples", 12),
            ("screening-matrix/field-test", 12),
            ("ask-the-world", 120),
            ("hand-to-police", 144),
            ("claim-origin", 504),
            ("consult", 24),
            ("consult/open-talks", 3),
            ("consult/share-working-papers", 25),
            ("look-again", 720),
            ("damage", 336),
            ("damage/open-cost-log", 24),
            ("damage/find-operator", 168),
            ("damage/set-baseline", 336),
        ],
        hidden: &["trap-and-hold", "hold-effluent"],
    }
    .holds();
}
