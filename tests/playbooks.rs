//! The shipped playbooks: they read, they check clean, they are chosen, and
//! they can be walked. Planted mistakes are found at their line.

#![expect(clippy::panic, reason = "what the tests share fails the test that uses it")]

#[path = "playbooks/bad.rs"]
mod bad;
#[path = "playbooks/cacao.rs"]
mod cacao;
#[path = "playbooks/runs.rs"]
mod runs;
#[path = "playbooks/translations.rs"]
mod translations;
#[path = "playbooks/versions.rs"]
mod versions;
#[path = "playbooks/walks.rs"]
mod walks;

use jiff::{SignedDuration, Timestamp};
use outcross::{
    domain::{
        id::{AccountId, EvidenceId, Seq},
        reach::Pathway,
        run::{Deed, Entry, KeptEvidence},
    },
    playbook::{
        Audience, Clocks, Facts, Library, Playbook, Progress, Severity, StepKind, StepState, StepView, Why,
        check, open_steps,
    },
};
use std::{collections::BTreeSet, path::Path};

/// Every text in `playbooks/`, translations too, by path inside it.
fn texts() -> Vec<(String, String)> {
    fn gather(folder: &Path, inside: &str, texts: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("readable").path();
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            if path.is_dir() {
                gather(&path, &format!("{inside}{name}/"), texts);
            } else if Path::new(&name).extension().is_some_and(|end| end == "yaml") {
                texts.push((format!("{inside}{name}"), std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    let mut texts = Vec::new();
    gather(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/playbooks")), "", &mut texts);
    texts.sort();
    texts
}

/// The library as it is shipped.
fn library() -> Library {
    let read = Library::read(texts());
    let problems = read.as_ref().err().into_iter().flatten();
    let lines: Vec<String> = problems.map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    read.expect("no problems")
}

#[test]
fn every_shipped_playbook_checks_clean() {
    let problems = check(&library());
    let errors: Vec<String> =
        problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let notes = ["language_missing", "stale_text", "translation_of_older_text"];
    assert!(problems.iter().all(|problem| notes.contains(&problem.code.as_str())));
}

#[test]
fn each_class_has_eight_steps_of_its_own_and_shares_little() {
    let library = library();
    let classes: Vec<&Playbook> = library.iter().filter(|p| !p.applies.classes.is_empty()).collect();
    for playbook in &classes {
        let own = words(playbook);
        for other in classes.iter().filter(|other| other.id != playbook.id) {
            let shared = own.intersection(&words(other)).count();
            assert!(own.len() - shared >= 8, "{} beside {}", playbook.id, other.id);
            assert!(shared * 4 <= own.len(), "{} beside {}", playbook.id, other.id);
        }
        let figures: usize = playbook.steps.iter().map(|step| step.figures.len()).sum();
        assert!(figures > 0, "{} rests on no figure", playbook.id);
        assert!(playbook.steps.iter().any(|step| step.survey.is_some()), "{} has no survey", playbook.id);
    }
}

/// The texts of a playbook's own steps.
fn words(playbook: &Playbook) -> BTreeSet<String> {
    playbook.steps.iter().map(|step| step.text.to_string()).collect()
}

// ---- Choosing

fn facts(class: &str, group: &str, kind: &str, pathways: &[Pathway]) -> Facts {
    Facts {
        incident: Some("unintentional".into()),
        class: Some(class.into()),
        group: Some(group.into()),
        kind: Some(kind.into()),
        pathways: pathways.to_vec(),
        audience: Some(Audience::StateOfRelease),
        ..Facts::default()
    }
}

fn chosen(facts: &Facts) -> Vec<String> {
    library().choose(facts).into_iter().map(|choice| choice.id).collect()
}

#[test]
fn the_role_comes_first_and_then_the_class() {
    let oilseed = facts("A", "brassica_napus", "plant", &[Pathway::SeedSpill, Pathway::Pollen]);
    assert_eq!(chosen(&oilseed), ["release", "feral-oilseed"]);
    let choices = library().choose(&oilseed);
    assert_eq!(choices[0].why, [Why::Audience { audience: Audience::StateOfRelease }]);
    assert_eq!(choices[1].why[0], Why::Class { class: "A".into() });
    assert!(choices[1].why.contains(&Why::Pathway { pathway: Pathway::SeedSpill }));
    assert_eq!(choices[1].hash.len(), 64);

    let affected = Facts { audience: Some(Audience::AffectedState), ..oilseed };
    assert_eq!(chosen(&affected), ["receipt", "feral-oilseed"]);
    for (class, group, kind, pathway, id) in [
        ("E", "petunia", "plant", Pathway::Trade, "ornamental-in-commerce"),
        ("G", "carica_papaya", "plant", Pathway::Trade, "fruit-field-trial-leak"),
        ("H", "danio_rerio", "fish", Pathway::Water, "fish-escape"),
        ("J", "anopheles", "insect", Pathway::WindBorne, "gene-drive"),
    ] {
        assert_eq!(chosen(&facts(class, group, kind, &[pathway]))[1], id);
    }
}

#[test]
fn what_is_unknown_still_gets_a_playbook() {
    assert_eq!(chosen(&Facts::default()), ["unknown-lmo"]);
    let unknown = facts("N", "unknown", "unknown", &[Pathway::Unknown]);
    assert_eq!(chosen(&unknown), ["release", "unknown-lmo"]);
    let choice = library().choose(&unknown).pop().expect("one");
    assert_eq!(
        choice.why,
        [Why::Fallback { unknown: vec!["class".into(), "group".into(), "pathway".into()] }]
    );
    // A virus of which nothing more is known.
    let virus = Facts { class: None, group: None, ..facts("N", "", "virus", &[]) };
    assert_eq!(chosen(&virus), ["release", "unknown-lmo"]);
    // A fish of unknown class in a river is most likely an escape.
    let fish = Facts { class: None, group: None, ..facts("N", "", "fish", &[Pathway::Swimming]) };
    assert_eq!(chosen(&fish), ["release", "fish-escape"]);
    let desk = Facts { audience: Some(Audience::Desk), ..Facts::default() };
    assert_eq!(chosen(&desk), ["desk"]);
}

#[test]
fn every_class_and_every_group_of_the_organism_table_has_its_playbook() {
    let table = include_str!("../geodata/organisms.toml").parse::<toml::Table>().expect("TOML");
    let library = library();
    for class in 'A'..='N' {
        let class = class.to_string();
        let count = library.iter().filter(|playbook| playbook.applies.classes.contains(&class)).count();
        assert_eq!(count, 1, "class {class}");
    }
    for group in table["group"].as_array().expect("groups") {
        let text = |field: &str| group[field].as_str().expect(field).to_owned();
        let (code, class) = (text("code"), text("class"));
        let playbook = library.iter().find(|playbook| playbook.applies.groups.contains(&code));
        if let Some(playbook) = playbook {
            assert_eq!(playbook.applies.classes, [class], "{code} in {}", playbook.id);
        } else {
            assert_eq!(class, "N", "{code} is in no playbook");
        }
    }
}

// ---- Walking class A: the rail yard of Basel

/// When the walks begin.
const KNOWN: &str = "2012-06-15T08:00:00Z";

/// So many hours after the walks begin.
fn at(hours: i64) -> Timestamp {
    KNOWN.parse::<Timestamp>().expect("a time") + SignedDuration::from_hours(hours)
}

/// What happened in a run, said briefly: the deed, and evidence enough for it.
fn did(progress: &mut Progress, playbook: &Playbook, at: Timestamp, by: &str, deed: Deed) {
    if let Deed::Done { step, .. } | Deed::Round { step, .. } = &deed {
        let rules = playbook.step(step).map(|step| step.evidence.clone()).unwrap_or_default();
        for rule in rules {
            for _ in 0..rule.min {
                let kept = progress.steps.get(step).map_or(0, |record| record.evidence.len());
                let deed = kept_as(step, &format!("e{kept}"), &rule.kind, rule.chain_of_custody);
                progress.apply(&entry(at, by, deed));
            }
        }
    }
    progress.apply(&entry(at, by, deed));
}

/// Something somebody did.
fn entry(at: Timestamp, by: &str, deed: Deed) -> Entry {
    Entry { at, by: who(by), proof: Seq(0), deed }
}

fn numbered(name: &str) -> uuid::Uuid {
    let digest = outcross::proof::digest(name.as_bytes());
    uuid::Uuid::from_slice(&digest[..16]).expect("16 bytes")
}

/// The account of somebody.
fn who(name: &str) -> AccountId {
    AccountId(numbered(name))
}

/// The id of a piece of evidence.
fn piece(name: &str) -> EvidenceId {
    EvidenceId(numbered(name))
}

/// Evidence kept for a step.
fn kept_as(step: &str, id: &str, kind: &str, chain_of_custody: bool) -> Deed {
    Deed::EvidenceKept(KeptEvidence {
        step: step.to_owned(),
        id: piece(id),
        kind: kind.to_owned(),
        chain_of_custody,
        file: None,
        measured: None,
        note: None,
    })
}

/// A step done, with what it found out.
fn done(step: &str, answers: &[(&str, &str)]) -> Deed {
    let answers = answers.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect();
    Deed::Done { step: step.to_owned(), answers, deviation: None, note: None }
}

/// A repeated step done once more.
fn round(step: &str, answers: &[(&str, &str)]) -> Deed {
    let Deed::Done { step, answers, .. } = done(step, answers) else { unreachable!() };
    Deed::Round { step, answers, note: None }
}

struct Walk {
    library: Library,
    facts: Facts,
    progress: Progress,
}

impl Walk {
    fn of_basel() -> Self {
        let mut facts = facts("A", "brassica_napus", "plant", &[Pathway::SeedSpill, Pathway::Pollen]);
        facts.environment = Some("rail_yard".into());
        facts.p95_m = Some(1000.0);
        facts.max_m = Some(26_000.0);
        Self { library: library(), facts, progress: Progress::default() }
    }

    fn playbook(&self) -> &Playbook {
        self.library.get("feral-oilseed").expect("shipped")
    }

    fn did(&mut self, at: Timestamp, by: &str, deed: Deed) {
        let playbook = self.library.get("feral-oilseed").expect("shipped");
        did(&mut self.progress, playbook, at, by, deed);
    }

    fn signed(&mut self, step: &str, role: &str, by: &str) {
        let deed = Deed::SignedOff { step: step.to_owned(), role: role.to_owned(), note: None };
        self.did(at(20), by, deed);
    }

    fn steps(&self, now: Timestamp) -> Vec<StepView> {
        let playbook = self.playbook();
        let clocks = Clocks::from([("known", at(0)), ("released", at(-24 * 365))]);
        open_steps(playbook, &self.facts, &self.progress, &clocks, now)
    }

    fn step(&self, code: &str, now: Timestamp) -> StepView {
        self.steps(now).into_iter().find(|step| step.code == code).expect(code)
    }

    fn open(&self, now: Timestamp) -> Vec<(String, Option<Timestamp>)> {
        let open = |step: &StepView| matches!(step.state, StepState::Open | StepState::Overdue);
        self.steps(now).into_iter().filter(open).map(|step| (step.code, step.due)).collect()
    }
}

#[test]
fn the_walk_opens_the_right_steps_at_the_right_times() {
    let walk = Walk::of_basel();
    let expected = [
        ("halt-unloading", 4),
        ("seed-left", 6),
        ("growth-stage", 24),
        ("leaf-strips", 72),
        ("identify", 12),
        ("outer-ring", 28 * 24),
        ("other-herbicide", 30 * 24),
        ("trace-wagons", 240),
        ("tighten-handling", 45 * 24),
        ("neighbours", 14),
        ("damage", 14 * 24),
    ];
    let expected: Vec<_> = expected.map(|(code, hours)| (code.to_owned(), Some(at(hours)))).into();
    assert_eq!(walk.open(at(1)), expected);
    assert_eq!(walk.step("vacuum-seed", at(1)).state, StepState::Blocked { by: vec!["seed-left".into()] });
    assert_eq!(
        walk.step("trackside-survey", at(1)).state,
        StepState::Blocked { by: vec!["identify".into()] }
    );
    assert_eq!(walk.step("halt-unloading", at(5)).state, StepState::Overdue);
}

#[test]
fn a_decision_opens_its_branch_and_hides_the_others() {
    let mut walk = Walk::of_basel();
    walk.did(at(5), "anna", done("seed-left", &[("seed_on_ground", "no")]));
    walk.did(at(8), "bert", done("growth-stage", &[("stage", "flowering")]));
    assert_eq!(walk.step("cut-flowers", at(9)).state, StepState::Open);
    assert_eq!(walk.step("cut-flowers", at(9)).due, Some(at(72)));
    let StepState::Hidden { condition } = walk.step("bag-pods", at(9)).state else { panic!("not hidden") };
    assert_eq!(condition.to_string(), "“How far are the plants” is pods");
    assert!(matches!(walk.step("vacuum-seed", at(9)).state, StepState::Hidden { .. }));

    let mut doubtful = Walk::of_basel();
    doubtful.did(at(8), "bert", done("growth-stage", &[("stage", "unknown")]));
    assert_eq!(doubtful.step("cut-flowers", at(9)).state, StepState::Open);
}

#[test]
fn the_survey_takes_its_ring_from_the_assessment() {
    let mut walk = Walk::of_basel();
    walk.did(at(12), "lab", done("identify", &[]));
    let survey = walk.step("trackside-survey", at(13)).survey.expect("a survey");
    assert_eq!((survey.radius_m, survey.samples), (Some(1000.0), 299));
    let outer = walk.step("outer-ring", at(13)).survey.expect("a survey");
    assert_eq!((outer.radius_m, outer.samples), (Some(26_000.0), 59));
}

#[test]
fn signing_off_takes_other_persons_and_monitoring_takes_years() {
    let mut walk = Walk::of_basel();
    walk.did(at(20), "olga", done("other-herbicide", &[]));
    walk.signed("other-herbicide", "botanist", "olga");
    assert_eq!(walk.step("other-herbicide", at(21)).state, StepState::AwaitingSignoff { missing: 1 });
    walk.signed("other-herbicide", "laboratory", "lena");
    assert_eq!(walk.step("other-herbicide", at(21)).state, StepState::AwaitingSignoff { missing: 1 });
    walk.signed("other-herbicide", "authority", "pete");
    assert_eq!(walk.step("other-herbicide", at(21)).state, StepState::Done);

    let reason = "the ring holds no farmland".to_owned();
    walk.did(at(30), "lead", Deed::Skipped { step: "outer-ring".to_owned(), reason });
    assert!(matches!(walk.step("outer-ring", at(31)).state, StepState::Skipped { .. }));

    walk.did(at(12), "lab", done("identify", &[]));
    walk.did(at(200), "bert", done("trackside-survey", &[]));
    let first: Timestamp = "2013-06-01T00:00:00Z".parse().expect("a time");
    walk.did(first, "bert", round("yearly-survey", &[("years_clear", "no")]));
    let next = walk.step("yearly-survey", first);
    assert_eq!((next.rounds, next.state), (1, StepState::Open));
    assert_eq!(next.due.expect("due").to_string(), "2014-06-01T00:00:00Z");
    walk.did(first, "bert", round("yearly-survey", &[("years_clear", "yes")]));
    assert_eq!(walk.step("yearly-survey", first).state, StepState::Done);
    assert_eq!(walk.step("end-term", first).state, StepState::Open);
}

#[test]
fn steps_done_together_are_done_when_all_are() {
    let library = library();
    let playbook = library.get("release").expect("shipped");
    let clocks = Clocks::from([("known", at(0))]);
    let mut progress = Progress::default();
    let state = |progress: &Progress, code: &str| {
        let steps = open_steps(playbook, &Facts::default(), progress, &clocks, at(1));
        steps.into_iter().find(|step| step.code == code).expect(code).state
    };
    assert_eq!(state(&progress, "stop-source"), StepState::Blocked { by: vec!["record-knowledge".into()] });
    did(&mut progress, playbook, at(0), "duty", done("record-knowledge", &[]));
    assert_eq!(state(&progress, "stop-source"), StepState::Open);
    assert_eq!(state(&progress, "first-hour"), StepState::Open);
    for code in ["stop-source", "secure-place", "check-position"] {
        did(&mut progress, playbook, at(1), "team", done(code, &[]));
    }
    assert_eq!(state(&progress, "first-hour"), StepState::Done);
}

// ---- Planted mistakes

const BASE: &str = r#"playbook: base
version: 1
title: Base
summary: A base.
applies: {fallback: true}
roles:
  lead: Lead
  helper: Helper
clocks:
  known: Known
facts:
  seen: {type: bool, title: Seen}
  over: {type: bool, title: Over}
steps:
  look:
    decide: Is it there?
    by: lead
    due: 1h after known
    sets: seen
    cases: {"yes": [act], "no": end, unknown: [act]}
  act:
    do: Act.
    by: lead
    due: 2h after known
    signoff: {of: [helper]}
  watch:
    repeat: Watch.
    every: 1d
    until: over is "yes"
    by: helper
    due: 2d after known
    after: [act]
    records: [over]
"#;

/// Mistakes by: what is replaced, by what, the code and the line of the
/// problem.
const MISTAKES: [(&str, &str, &str, u32); 34] = [
    ("title: Base", "title: [Base", "not_yaml", 4),
    ("version: 1", "version: one", "wrong_type", 2),
    ("summary: A base.\n", "", "missing_field", 1),
    ("summary: A", "sumary: A", "unknown_field", 4),
    ("do: Act.", "do: {xx: Act.}", "unknown_language", 22),
    ("\"no\": end", "no: end", "unquoted_yes_no", 20),
    ("over is \"yes\"", "over is is", "not_a_condition", 29),
    ("due: 2h after known", "due: soon", "not_a_time", 24),
    ("    do: Act.\n", "", "step_kind", 21),
    (
        "signoff: {of: [helper]}",
        "survey: {ring: p95, confidence: 95, prevalence: 0.1, unit: leaf}",
        "not_a_share",
        25,
    ),
    ("by: helper", "by: helpr", "unknown_role", 30),
    ("after: [act]", "after: [akt]", "unknown_step", 32),
    ("sets: seen", "sets: sen", "unknown_fact", 19),
    ("until: over is \"yes\"", "until: over is finished", "unknown_value", 29),
    ("due: 2d after known", "due: 2d after knwn", "unknown_clock", 31),
    ("do: Act.", "run_playbook: other\n    text: Run.", "unknown_playbook", 22),
    (", unknown: [act]", "", "decision_not_exhaustive", 15),
    ("{\"yes\": [act]", "{maybe: [act], \"yes\": [act]", "unknown_value", 20),
    ("    do: Act.\n    by: lead\n", "    do: Act.\n", "must_without_role", 21),
    ("    due: 2h after known\n", "", "must_without_due", 21),
    ("of: [helper]", "of: [helper, lead]", "signoff_by_doer", 25),
    ("  helper: Helper\n", "  helper: Helper\n  idle: Idle\n", "unused_role", 9),
    ("  known: Known\n", "  known: Known\n  idle: Idle\n", "unused_clock", 11),
    ("    records: [over]\n", "", "fact_never_set", 13),
    ("    records: [over]\n", "", "endless", 29),
    ("do: Act.", "do: Act.\n    after: [watch]", "cycle", 21),
    ("do: Act.", "do: Act.\n    when: seen is \"no\"", "unreachable_step", 21),
    ("due: 2d after known", "due: 1h after known", "due_too_early", 31),
    ("  over: {", "  class: {type: bool, title: Class}\n  over: {", "reserved_fact", 13),
    ("[act], \"no\"", "[act, akt], \"no\"", "unknown_step", 20),
    ("steps:", "translations: {fr: machine}\nsteps:", "text_missing", 1),
    ("\"no\": end", "\"no\": []", "path_without_end", 20),
    ("due: 2h after known", "due: 2h after step watch", "due_from_later", 24),
    ("signoff: {of: [helper]}", "evidence: {kind: rumour}", "unknown_value", 25),
];

fn problems_of(text: &str) -> Vec<(String, u32)> {
    let problems = match Library::read([("base.yaml", text)]) {
        Ok(library) => check(&library),
        Err(problems) => problems,
    };
    problems.into_iter().filter(|p| p.severity == Severity::Error).map(|p| (p.code, p.line)).collect()
}

#[test]
fn planted_mistakes_are_found_at_their_line() {
    assert_eq!(problems_of(BASE), []);
    for (old, new, code, line) in MISTAKES {
        assert!(BASE.contains(old), "{old}");
        let found = problems_of(&BASE.replacen(old, new, 1));
        assert!(found.contains(&(code.to_owned(), line)), "{code} in line {line}, found {found:?}");
    }
}

#[test]
fn a_problem_shows_the_line_and_how_to_mend_it() {
    let text = BASE.replacen("by: helper", "by: helpr", 1);
    let library = Library::read([("base.yaml", &text)]).expect("reads");
    let mut problems = check(&library);
    problems.retain(|problem| problem.severity == Severity::Error);
    let problem = problems.remove(0);
    let shown = problem.to_string();
    assert!(shown.contains("error[unknown_role] base.yaml:30:9"), "{shown}");
    assert!(shown.contains("   30 |     by: helpr"), "{shown}");
    assert!(shown.contains("did you mean “helper”?"), "{shown}");
    let json = serde_json::to_value(&problem).expect("JSON");
    assert_eq!((json["line"].as_u64(), json["column"].as_u64()), (Some(30), Some(9)));
}

#[test]
fn a_library_needs_one_fallback_and_no_twins_and_no_circle_of_runs() {
    let plain = BASE.replacen("{fallback: true}", "{classes: [A]}", 1);
    assert!(problems_of(&plain).contains(&("one_fallback".into(), 0)));
    let twins = Library::read([("a.yaml", BASE), ("b.yaml", BASE)]).expect_err("twins");
    assert_eq!((twins[0].code.as_str(), twins[0].line), ("duplicate_id", 1));
    let itself = BASE.replacen("do: Act.", "run_playbook: base\n    text: Run.", 1);
    assert!(problems_of(&itself).contains(&("endless".into(), 22)));
}

#[test]
fn a_group_in_itself_is_refused_and_does_not_hang_the_engine() {
    let text = BASE.replacen(
        "    do: Act.\n",
        "    together: Act.\n    steps: [watch]\n  round:\n    together: Round.\n    steps: [round]\n",
        1,
    );
    let text = text.replacen("    by: lead\n    due: 2h after known\n    signoff: {of: [helper]}\n", "", 1);
    let found = problems_of(&text);
    assert!(found.contains(&("cycle".into(), 24)), "{found:?}");
    let playbook = Playbook::read("x.yaml", &text).expect("reads");
    let steps = open_steps(&playbook, &Facts::default(), &Progress::default(), &Clocks::default(), at(0));
    assert_eq!(steps.len(), playbook.steps.len());
}

#[test]
fn any_text_reads_or_gives_problems() {
    for text in [
        "",
        "~",
        "[]",
        "- 1",
        "playbook: 7",
        "a: &a [*a]",
        "steps: {x: 1}",
        "\u{0}",
        "playbook: x\nsteps: []",
    ] {
        assert!(!Playbook::read("x.yaml", text).expect_err(text).is_empty(), "{text}");
    }
}

#[test]
fn hostile_texts_are_refused_without_harm() {
    let deep = format!("playbook: {}", "[".repeat(50_000));
    let bomb: String = (1..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| {
        format!("{text}a{i}: &a{i} [*a{}, *a{}]\n", i - 1, i - 1)
    });
    let long = BASE.replacen("over is \"yes\"", &vec!["over is \"yes\""; 2000].join(" and "), 1);
    for text in [deep, bomb] {
        assert!(!Playbook::read("x.yaml", &text).expect_err("hostile").is_empty());
    }
    assert_eq!(problems_of(&long), []);
}

#[test]
fn a_long_chain_of_steps_is_walked_and_a_longer_one_refused() {
    let chain = |count: usize| {
        let mut text = BASE.split("  look:").next().expect("a head").to_owned();
        for number in 0..count {
            let step =
                format!("  s{number}:\n    do: Act.\n    required: could\n    after: [s{}]\n", number + 1);
            text.push_str(&step);
        }
        text
    };
    let playbook = Playbook::read("x.yaml", &chain(500)).expect("reads");
    let steps = open_steps(&playbook, &Facts::default(), &Progress::default(), &Clocks::default(), at(0));
    assert_eq!(steps[0].state, StepState::Blocked { by: vec!["s1".into()] });
    assert_eq!(problems_of(&chain(500)).iter().filter(|(code, _)| code == "unknown_step").count(), 1);
    assert_eq!(problems_of(&chain(501))[0].0, "too_many_steps");
}

// ---- Every playbook ends

/// Works a playbook to its end, giving each decision its answer number
/// `pick`, and returns what is left unfinished.
fn work_through(playbook: &Playbook, pick: usize) -> Vec<StepView> {
    let clocks = ["known", "released", "notified", "received", "opened", "confirmed"];
    let clocks = Clocks(clocks.map(|clock| (clock.to_owned(), at(0))).into());
    let mut progress = Progress::default();
    for _ in 0..=playbook.steps.len() {
        let steps = open_steps(playbook, &Facts::default(), &progress, &clocks, at(1));
        if steps.iter().all(|step| step.state.is_finished()) {
            break;
        }
        for step in steps.iter().filter(|step| matches!(step.state, StepState::Open | StepState::Overdue)) {
            let answer = step.answers.get(pick % step.answers.len().max(1)).map_or("yes", String::as_str);
            let answers: Vec<(&str, &str)> =
                step.records.iter().map(|fact| (fact.as_str(), answer)).collect();
            let group = steps.iter().any(|other| other.group.as_ref() == Some(&step.code));
            match step.kind {
                _ if group => continue,
                StepKind::Together => continue,
                StepKind::Repeat => did(&mut progress, playbook, at(1), "doer", round(&step.code, &answers)),
                _ => did(&mut progress, playbook, at(1), "doer", done(&step.code, &answers)),
            }
            for role in step.signoff.iter().flat_map(|rule| rule.of.iter().cycle().take(3)) {
                let by = format!("{role} {}", progress.steps[&step.code].signoffs.len());
                let deed = Deed::SignedOff { step: step.code.clone(), role: role.clone(), note: None };
                progress.apply(&entry(at(1), &by, deed));
            }
        }
    }
    let mut left = open_steps(playbook, &Facts::default(), &progress, &clocks, at(1));
    left.retain(|step| !step.state.is_finished());
    left
}

#[test]
fn every_playbook_comes_to_an_end_whatever_is_decided() {
    let library = library();
    let editions = library
        .iter()
        .map(|playbook| library.edition(&playbook.id).expect("it is there").expect("it can be written"));
    for playbook in library.iter().cloned().chain(editions) {
        let playbook = &playbook;
        for pick in 0..4 {
            let left: Vec<String> = work_through(playbook, pick).into_iter().map(|step| step.code).collect();
            assert!(left.is_empty(), "{} with answer {pick}: {left:?}", playbook.id);
        }
    }
}

#[test]
fn every_due_time_is_known_once_its_clock_runs() {
    for playbook in library().iter() {
        let clocks = Clocks(playbook.clocks.iter().map(|clock| (clock.code.clone(), at(0))).collect());
        for step in open_steps(playbook, &Facts::default(), &Progress::default(), &clocks, at(0)) {
            let waits_for_step = matches!(
                step.due_rule.as_ref().map(|due| &due.from),
                Some(outcross::playbook::due::From::Step(_))
            );
            let grouped = step.kind == StepKind::Together;
            assert!(step.due.is_some() || waits_for_step || grouped, "{} {}", playbook.id, step.code);
        }
    }
}

#[test]
fn the_example_of_the_guide_reads_and_checks() {
    let guide = include_str!("../playbooks/README.md");
    let example =
        guide.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let found = problems_of(&example.replace("translations: {fr: machine}", "translations: {}"));
    assert_eq!(found, [("one_fallback".to_owned(), 0)]);
}
