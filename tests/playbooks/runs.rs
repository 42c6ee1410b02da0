//! Runs: what they are pinned to, what may be written down in them, and where
//! their steps stand after it.

use super::{at, did, done, entry, kept_as, library, piece, round, who};
use outcross::{
    domain::run::{AddedStep, Deed, Required},
    playbook::{
        Clocks, Facts, Library, Playbook, Progress, Refusal, RunSummary, StepState, StepView, conflicts,
        open_steps, orphans, permit, rests_on,
    },
};

/// A playbook that runs another, which has a decision and a group inside.
const PARENT: &str = r#"playbook: parent
version: 3
title: Parent
summary: A parent.
applies: {fallback: true}
roles:
  lead: Lead
  helper: Helper
clocks:
  known: Known
facts:
  seen: {type: bool, title: Seen}
steps:
  look:
    decide: Is it there?
    by: lead
    due: 1h after known
    sets: seen
    cases: {"yes": [inner], "no": end, unknown: [inner]}
  inner:
    run_playbook: child
    text: Run the child.
    roles: {worker: helper}
    by: lead
    due: 2h after known
  act:
    do: Act.
    by: lead
    due: 9h after known
    after: [inner/weigh]
  close:
    do: Close.
    by: lead
    due: 1h after step inner
    after: [inner]
    evidence: [{kind: photo, min: 2}, {kind: sample, min: 1, chain_of_custody: true}]
    signoff: {n: 2, of: [helper, boss]}
"#;

const CHILD: &str = r#"playbook: child
version: 7
title: Child
summary: A child.
applies: {shared: true}
roles:
  worker: Worker
  boss: Boss
clocks:
  known: Known
facts:
  seen: {type: bool, title: Seen, given: true}
  heavy: {type: enum, values: [heavy, light], title: Heavy}
  clear: {type: bool, title: Clear}
steps:
  weigh:
    decide: Is it heavy?
    by: worker
    due: 3h after known
    sets: heavy
    cases: {heavy: [crane], light: end, unknown: [crane]}
  crane:
    do: Bring a crane.
    by: worker
    due: 4h after known
    when: seen is "yes"
    signoff: {of: [boss]}
  both:
    together: Both.
    steps: [crane, paint]
    after: [weigh]
  paint:
    do: Paint.
    by: boss
    due: 1h after step weigh
  watch:
    repeat: Watch.
    every: 1d
    until: clear is "yes"
    by: worker
    due: 1d after known
    after: [both]
    records: [clear]
    evidence: [{kind: log}]
"#;

fn pair() -> Library {
    let text = PARENT.replace("  helper: Helper\n", "  helper: Helper\n  boss: Boss\n");
    Library::read([("child.yaml", CHILD), ("parent.yaml", &text)]).expect("reads")
}

fn edition() -> Playbook {
    let library = pair();
    assert_eq!(
        outcross::playbook::check(&library).iter().filter(|p| p.code != "language_missing").count(),
        0
    );
    library.edition("parent").expect("there").expect("sound")
}

fn states(playbook: &Playbook, progress: &Progress, hours: i64) -> Vec<StepView> {
    let clocks = Clocks::from([("known", at(0))]);
    open_steps(playbook, &Facts::default(), progress, &clocks, at(hours))
}

fn state(playbook: &Playbook, progress: &Progress, code: &str) -> StepState {
    let found = states(playbook, progress, 0).into_iter().find(|step| step.code == code);
    found.unwrap_or_else(|| panic!("no {code}")).state
}

fn blocked<const N: usize>(by: [&str; N]) -> StepState {
    StepState::Blocked { by: by.map(str::to_owned).into() }
}

fn may(playbook: &Playbook, progress: &Progress, by: &str, deed: Deed) -> Result<(), Refusal> {
    permit(playbook, &Facts::default(), progress, &entry(at(1), by, deed))
}

// ---- What a run is pinned to

#[test]
fn an_edition_holds_the_playbooks_it_runs_and_reads_again_as_itself() {
    let edition = edition();
    let codes: Vec<&str> = edition.steps.iter().map(|step| step.code.as_str()).collect();
    let expected = [
        "look",
        "inner",
        "inner/weigh",
        "inner/crane",
        "inner/both",
        "inner/paint",
        "inner/watch",
        "act",
        "close",
    ];
    assert_eq!(codes, expected);
    assert_eq!(edition.steps[2].by.as_ref().expect("somebody").value, "helper", "the role is mapped");
    assert_eq!(edition.steps[5].by.as_ref().expect("somebody").value, "boss", "the role is the same");
    assert!(edition.roles.iter().all(|role| role.code != "worker"), "a mapped role is not added");
    assert_eq!(edition.facts.len(), 3, "facts of one code are one");
    let parts: Vec<(&str, u32)> = edition.parts.iter().map(|p| (p.playbook.as_str(), p.version)).collect();
    assert_eq!(parts, [("parent", 3), ("child", 7)]);

    let again = Playbook::read("kept", edition.text()).expect("its own text reads");
    assert_eq!((&again.hash, again.text()), (&edition.hash, edition.text()));
    assert_eq!(pair().edition("parent").expect("there").expect("sound").hash, edition.hash, "same bytes");
}

#[test]
fn every_shipped_edition_reads_again_and_is_sound() {
    let library = library();
    for playbook in library.iter() {
        let edition = library.edition(&playbook.id).expect("there").expect("sound");
        let problems = outcross::playbook::check_edition(&edition);
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{}: {}", playbook.id, lines.join("\n"));
        assert!(edition.steps.len() >= playbook.steps.len());
        assert_eq!(edition.parts[0].hash, playbook.hash);
    }
    let longest = library.iter().filter_map(|p| library.edition(&p.id)?.ok()).map(|p| p.steps.len()).max();
    assert!(longest > Some(40), "the playbooks that are run are inside");
}

#[test]
fn circles_and_missing_playbooks_give_no_edition() {
    let (library, problems) = Library::gather([("parent.yaml", PARENT)]);
    assert!(problems.is_empty());
    let problems = library.edition("parent").expect("there").expect_err("the child is missing");
    assert_eq!((problems[0].code.as_str(), problems[0].line), ("unknown_playbook", 21));

    let child = CHILD.replace("    do: Paint.\n", "    run_playbook: parent\n    text: Paint.\n");
    let library = Library::read([("child.yaml", child.as_str()), ("parent.yaml", PARENT)]).expect("reads");
    let problems = library.edition("parent").expect("there").expect_err("a circle");
    assert_eq!(problems[0].code, "endless");
    assert!(library.edition("nobody").is_none());

    let clash =
        CHILD.replace("{type: bool, title: Seen, given: true}", "{type: text, title: Seen, given: true}");
    let library = Library::read([("child.yaml", clash.as_str()), ("parent.yaml", PARENT)]).expect("reads");
    let problems = library.edition("parent").expect("there").expect_err("one fact in two ways");
    assert_eq!((problems[0].code.as_str(), problems[0].line), ("fact_conflict", 20));
}

#[test]
fn what_the_program_wrote_is_not_a_playbook_for_the_folder() {
    let problems = Library::read([("x.yaml", edition().text())]).expect_err("refused");
    assert_eq!(problems[0].code, "edition_in_library");
}

// ---- Steps of a playbook that is run

#[test]
fn the_steps_inside_wait_with_the_step_that_runs_them() {
    let edition = edition();
    let mut progress = Progress::default();
    for code in ["inner", "inner/weigh", "inner/paint"] {
        let StepState::Blocked { by } = state(&edition, &progress, code) else { panic!("{code} is open") };
        assert!(by.contains(&"look".to_owned()), "{code} waits for {by:?}");
    }
    did(&mut progress, &edition, at(0), "ann", done("look", &[("seen", "no")]));
    for code in ["inner", "inner/weigh", "inner/watch"] {
        let StepState::Hidden { condition } = state(&edition, &progress, code) else {
            panic!("{code} shows")
        };
        assert_eq!(condition.to_string(), "“Seen” is yes or unknown");
    }
    assert_eq!(state(&edition, &progress, "act"), StepState::Open, "what is hidden holds nobody up");

    let mut progress = Progress::default();
    did(&mut progress, &edition, at(0), "ann", done("look", &[("seen", "yes")]));
    assert_eq!(state(&edition, &progress, "inner"), StepState::Open);
    assert_eq!(state(&edition, &progress, "inner/crane"), blocked(["inner/weigh"]));
    assert_eq!(state(&edition, &progress, "act"), blocked(["inner/weigh"]));
    let reason = "another team has it".to_owned();
    did(&mut progress, &edition, at(1), "ann", Deed::Skipped { step: "inner".to_owned(), reason });
    assert!(matches!(state(&edition, &progress, "inner/paint"), StepState::Skipped { .. }));
    assert_eq!(state(&edition, &progress, "close"), StepState::Open);
}

#[test]
fn a_playbook_that_is_run_must_have_begun_in_time_and_ends_with_its_steps() {
    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(0), "ann", done("look", &[("seen", "yes")]));
    let late = |progress: &Progress, hours| states(&edition, progress, hours).swap_remove(1).state;
    assert_eq!(late(&progress, 3), StepState::Overdue, "nobody has begun");
    did(&mut progress, &edition, at(1), "bob", done("inner/weigh", &[("heavy", "light")]));
    assert_eq!(late(&progress, 3), StepState::Open, "begun, the steps inside have their own times");
    assert!(matches!(state(&edition, &progress, "inner/crane"), StepState::Hidden { .. }));
    did(&mut progress, &edition, at(2), "eve", done("inner/paint", &[]));
    assert_eq!(state(&edition, &progress, "inner/both"), StepState::Done);
    did(&mut progress, &edition, at(30), "bob", round("inner/watch", &[("clear", "yes")]));
    assert_eq!(state(&edition, &progress, "inner"), StepState::Done);
    let close = states(&edition, &progress, 31).pop().expect("the last");
    assert_eq!(close.due, Some(at(31)), "counted from the end of the whole playbook that was run");
}

#[test]
fn a_branch_stays_hidden_while_its_decision_is() {
    let library = library();
    let playbook = library.get("release").expect("shipped");
    let mut progress = Progress::default();
    did(&mut progress, playbook, at(0), "duty", done("record-knowledge", &[]));
    did(&mut progress, playbook, at(1), "law", done("classify", &[("incident_type", "domestic")]));
    let of = |code| state(playbook, &progress, code);
    assert!(matches!(of("significance"), StepState::Hidden { .. }));
    assert!(matches!(of("draft-notice"), StepState::Hidden { .. }), "unknown opens it, but nobody asks");
    assert_eq!(of("watch-border"), StepState::Open);
}

// ---- Evidence, sign-off, deviation

#[test]
fn a_step_is_done_when_its_evidence_is_there_and_others_agree() {
    let edition = edition();
    let mut progress = Progress::default();
    let write = |progress: &mut Progress, by: &str, deed: Deed| {
        let allowed = may(&edition, progress, by, deed.clone());
        if allowed.is_ok() {
            progress.apply(&entry(at(2), by, deed));
        }
        allowed
    };
    let kept = |id: &str, kind: &str, chain_of_custody| kept_as("close", id, kind, chain_of_custody);
    let signed = |role: &str| Deed::SignedOff { step: "close".to_owned(), role: role.to_owned(), note: None };
    write(&mut progress, "ann", done("look", &[("seen", "no")])).expect("open");
    assert_eq!(write(&mut progress, "hal", signed("helper")), Err(Refusal::NotDoneYet));
    write(&mut progress, "ann", done("close", &[])).expect("open");
    write(&mut progress, "ann", kept("p1", "photo", false)).expect("kept");
    write(&mut progress, "ann", kept("s1", "sample", false)).expect("kept");
    let StepState::AwaitingEvidence { missing } = state(&edition, &progress, "close") else {
        panic!("one photo, and a sample without its chain of hands")
    };
    let missing: Vec<_> = missing.iter().map(|gap| (gap.kind.as_str(), gap.have, gap.need)).collect();
    assert_eq!(missing, [("photo", 1, 2), ("sample", 0, 1)]);
    assert_eq!(
        write(&mut progress, "ann", kept("p1", "photo", false)),
        Err(Refusal::EvidenceTwice { id: piece("p1") })
    );
    assert_eq!(
        write(&mut progress, "ann", kept("r", "rumour", false)),
        Err(Refusal::UnknownEvidence { kind: "rumour".into() })
    );
    write(&mut progress, "ann", kept("p2", "photo", false)).expect("kept");
    write(&mut progress, "ann", kept("s2", "sample", true)).expect("kept");
    assert_eq!(state(&edition, &progress, "close"), StepState::AwaitingSignoff { missing: 2 });

    assert_eq!(write(&mut progress, "ann", signed("helper")), Err(Refusal::OwnWork));
    let of = vec!["helper".to_owned(), "boss".to_owned()];
    assert_eq!(write(&mut progress, "eve", signed("lead")), Err(Refusal::WrongRole { of }));
    write(&mut progress, "hal", signed("helper")).expect("another person");
    assert_eq!(write(&mut progress, "hal", signed("boss")), Err(Refusal::AlreadySigned));
    write(&mut progress, "eve", signed("boss")).expect("another person");
    assert_eq!(state(&edition, &progress, "close"), StepState::Done);

    let reason = "wrong place".to_owned();
    write(&mut progress, "eve", Deed::EvidenceWithdrawn { step: "close".into(), id: piece("p2"), reason })
        .expect("withdrawn");
    assert!(matches!(state(&edition, &progress, "close"), StepState::AwaitingEvidence { .. }));
}

#[test]
fn a_decision_counts_when_others_have_agreed_and_each_round_needs_its_evidence() {
    let library = library();
    let desk = library.get("desk").expect("shipped");
    let mut progress = Progress::default();
    did(&mut progress, desk, at(0), "dee", done("alert-state", &[]));
    did(&mut progress, desk, at(1), "dee", done("state-says", &[("state_answered", "silent")]));
    did(&mut progress, desk, at(2), "dee", done("clock-out", &[("after_clock", "withdraw")]));
    assert_eq!(state(desk, &progress, "withdrawal"), blocked(["clock-out"]), "one officer alone");
    let deed = Deed::SignedOff { step: "clock-out".into(), role: "second_officer".into(), note: None };
    did(&mut progress, desk, at(3), "sam", deed);
    assert_eq!(state(desk, &progress, "withdrawal"), StepState::Open);

    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(1), "bob", round("inner/watch", &[("clear", "no")]));
    progress.apply(&entry(at(2), "bob", round("inner/watch", &[("clear", "yes")])));
    assert!(matches!(state(&edition, &progress, "inner/watch"), StepState::AwaitingEvidence { .. }));
}

#[test]
fn doing_a_step_before_its_turn_or_otherwise_needs_a_reason() {
    let edition = edition();
    let mut progress = Progress::default();
    let early = |deviation: Option<&str>| Deed::Done {
        step: "act".to_owned(),
        answers: [].into(),
        deviation: deviation.map(str::to_owned),
        note: None,
    };
    let by = vec!["inner/weigh".to_owned()];
    assert_eq!(may(&edition, &progress, "ann", early(None)), Err(Refusal::Blocked { by }));
    assert_eq!(may(&edition, &progress, "ann", early(Some("  "))), Err(Refusal::ReasonMissing));
    assert_eq!(may(&edition, &progress, "ann", early(Some("the river rises"))), Ok(()));
    did(&mut progress, &edition, at(1), "ann", early(Some("the river rises")));
    let act = states(&edition, &progress, 1).into_iter().find(|step| step.code == "act").expect("act");
    assert_eq!(act.state, StepState::Done);
    assert_eq!(act.done.and_then(|done| done.deviation).as_deref(), Some("the river rises"));

    let refused = may(&edition, &progress, "bob", early(None));
    assert_eq!(refused, Err(Refusal::AlreadyDone { by: who("ann"), at: at(1) }), "the slower one is told");
}

#[test]
fn answers_are_those_the_playbook_asks_for() {
    let edition = edition();
    let progress = Progress::default();
    let asked = |answers: &[(&str, &str)]| may(&edition, &progress, "ann", done("look", answers));
    assert_eq!(asked(&[]), Err(Refusal::AnswerMissing { fact: "seen".into() }));
    assert_eq!(asked(&[("other", "yes")]), Err(Refusal::NotAsked { fact: "other".into() }));
    let allowed = ["yes", "no", "unknown"].map(str::to_owned).to_vec();
    let refused = Refusal::AnswerUnknown { fact: "seen".into(), answer: "perhaps".into(), allowed };
    assert_eq!(asked(&[("seen", "perhaps")]), Err(refused));
    assert_eq!(asked(&[("seen", "unknown")]), Ok(()));
    let may = |deed| may(&edition, &progress, "ann", deed);
    assert_eq!(may(done("nowhere", &[])), Err(Refusal::NoSuchStep { step: "nowhere".into() }));
    assert_eq!(may(done("inner", &[])), Err(Refusal::FinishedByMembers));
    assert_eq!(may(done("inner/watch", &[("clear", "yes")])), Err(Refusal::RoundsOnly));
    assert_eq!(may(round("look", &[("seen", "yes")])), Err(Refusal::RoundsOnly));
    let blank = Deed::Skipped { step: "look".into(), reason: " ".into() };
    assert_eq!(may(blank), Err(Refusal::ReasonMissing));
}

// ---- Undoing, adding, taking over

#[test]
fn undoing_opens_again_what_rested_on_it_and_forgets_nothing() {
    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(0), "ann", done("look", &[("seen", "yes")]));
    did(&mut progress, &edition, at(1), "bob", done("inner/weigh", &[("heavy", "heavy")]));
    did(&mut progress, &edition, at(2), "bob", done("inner/crane", &[]));
    did(&mut progress, &edition, at(2), "eve", done("inner/paint", &[]));
    did(&mut progress, &edition, at(3), "ann", done("act", &[]));
    let reopened = rests_on(&edition, &progress, "inner/weigh");
    assert_eq!(reopened, ["inner/crane", "inner/paint", "act"].map(str::to_owned));
    let reason = "the scales were broken".to_owned();
    let undo = Deed::Undone { step: "inner/weigh".into(), reason: reason.clone(), reopened };
    assert_eq!(may(&edition, &progress, "ann", undo.clone()), Ok(()));
    did(&mut progress, &edition, at(4), "ann", undo.clone());

    assert_eq!(state(&edition, &progress, "inner/weigh"), StepState::Open);
    assert_eq!(state(&edition, &progress, "inner/crane"), blocked(["inner/weigh"]));
    assert_eq!(state(&edition, &progress, "act"), blocked(["inner/weigh"]));
    let record = &progress.steps["inner/weigh"];
    assert_eq!(record.undone[0].answers["heavy"], "heavy");
    assert_eq!(record.undone[0].reason, reason);
    assert_eq!(progress.steps["act"].undone[0].because_of.as_deref(), Some("inner/weigh"));
    assert_eq!(may(&edition, &progress, "ann", undo), Err(Refusal::NothingToUndo));

    did(&mut progress, &edition, at(5), "bob", done("inner/weigh", &[("heavy", "light")]));
    assert_eq!(state(&edition, &progress, "act"), StepState::Open, "to be done again");
}

#[test]
fn undoing_a_repetition_takes_back_its_last_round() {
    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(1), "bob", round("inner/watch", &[("clear", "no")]));
    did(&mut progress, &edition, at(2), "bob", round("inner/watch", &[("clear", "yes")]));
    assert_eq!(state(&edition, &progress, "inner/watch"), StepState::Done);
    let reason = "wrong valley".to_owned();
    let undo = Deed::Undone { step: "inner/watch".into(), reason, reopened: Vec::new() };
    did(&mut progress, &edition, at(3), "bob", undo);
    assert_eq!(progress.steps["inner/watch"].rounds.len(), 1);
    assert_ne!(state(&edition, &progress, "inner/watch"), StepState::Done);
}

#[test]
fn steps_can_be_added_and_roles_taken_over() {
    let edition = edition();
    let mut progress = Progress::default();
    let added = |code: &str, reason: &str| {
        Deed::StepAdded(AddedStep {
            code: code.to_owned(),
            words: "Close the bridge.".to_owned(),
            role: Some("helper".to_owned()),
            due: Some(at(2)),
            required: Required::Must,
            after: vec!["look".to_owned()],
            reason: reason.to_owned(),
        })
    };
    let may = |progress: &Progress, by: &str, deed: Deed| may(&edition, progress, by, deed);
    assert_eq!(may(&progress, "ann", added("bridge", "x")), Err(Refusal::BadCode { step: "bridge".into() }));
    assert_eq!(may(&progress, "ann", added("added/bridge", " ")), Err(Refusal::ReasonMissing));
    assert_eq!(may(&progress, "ann", added("added/bridge", "it is open")), Ok(()));
    did(&mut progress, &edition, at(0), "ann", added("added/bridge", "it is open"));
    assert_eq!(
        may(&progress, "ann", added("added/bridge", "again")),
        Err(Refusal::BadCode { step: "added/bridge".into() })
    );
    assert_eq!(state(&edition, &progress, "added/bridge"), blocked(["look"]));
    did(&mut progress, &edition, at(1), "ann", done("look", &[("seen", "no")]));
    let last = states(&edition, &progress, 3).pop().expect("the added one");
    assert_eq!((last.code.as_str(), last.number.as_str()), ("added/bridge", "+1"));
    assert_eq!((last.state, last.added.as_deref()), (StepState::Overdue, Some("it is open")));

    let offer = |to: &str, from: Option<&str>| Deed::RoleOffered {
        role: "helper".to_owned(),
        to: who(to),
        from: from.map(who),
    };
    let take = || Deed::RoleTaken { role: "helper".to_owned() };
    assert_eq!(may(&progress, "hal", take()), Err(Refusal::NotOffered));
    did(&mut progress, &edition, at(3), "ann", offer("hal", None));
    did(&mut progress, &edition, at(3), "hal", take());
    did(&mut progress, &edition, at(4), "hal", offer("zoe", Some("hal")));
    let persons = |progress: &Progress| states(&edition, progress, 4).pop().expect("one").persons;
    assert_eq!(persons(&progress), [who("hal")], "until the incoming person confirms");
    assert_eq!(may(&progress, "zoe", take()), Ok(()));
    did(&mut progress, &edition, at(5), "zoe", take());
    assert_eq!(persons(&progress), [who("zoe")]);
}

// ---- Offline work, sums, what is left behind

#[test]
fn work_done_offline_keeps_its_times_and_differences_show_by_field() {
    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(5), "bob", round("inner/watch", &[("clear", "yes")]));
    did(&mut progress, &edition, at(2), "eve", round("inner/watch", &[("clear", "no")]));
    let rounds: Vec<_> = progress.steps["inner/watch"].rounds.iter().map(|r| r.by).collect();
    assert_eq!(rounds, [who("eve"), who("bob")], "in the order they happened");
    assert_eq!(state(&edition, &progress, "inner/watch"), StepState::Done, "the later answer counts");

    did(&mut progress, &edition, at(5), "ann", done("look", &[("seen", "yes")]));
    let mine = entry(at(4), "eve", done("look", &[("seen", "no")]));
    let found = conflicts(&progress, &mine);
    let fields: Vec<&str> = found.iter().map(|conflict| conflict.field.as_str()).collect();
    assert_eq!(fields, ["answers.seen", "at", "by"]);
    assert_eq!(found[0].written.as_deref(), Some("yes"));
    assert_eq!(found[0].offered.as_deref(), Some("no"));
    let same = entry(at(5), "ann", done("look", &[("seen", "yes")]));
    assert!(conflicts(&progress, &same).is_empty());
}

#[test]
fn a_run_sums_up_and_keeps_records_of_steps_that_are_gone() {
    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(0), "ann", done("look", &[("seen", "yes")]));
    did(&mut progress, &edition, at(0), "ann", done("gone", &[]));
    let steps = states(&edition, &progress, 1);
    let sum = RunSummary::of(&steps, at(1));
    assert_eq!((sum.open, sum.done, sum.finished), (1, 1, false), "{sum:?}");
    assert_eq!(sum.next_due, Some(at(2)));
    assert_eq!(orphans(&edition, &progress), ["gone"]);
}

#[test]
fn progress_survives_being_written_as_json() {
    let edition = edition();
    let mut progress = Progress::default();
    did(&mut progress, &edition, at(1), "bob", round("inner/watch", &[("clear", "no")]));
    did(&mut progress, &edition, at(1), "ann", done("look", &[("seen", "yes")]));
    let text = serde_json::to_string(&progress).expect("JSON");
    assert_eq!(serde_json::from_str::<Progress>(&text).expect("reads"), progress);
}

#[test]
fn every_clock_of_a_shipped_playbook_is_one_that_a_run_starts() {
    for playbook in library().originals() {
        for clock in &playbook.clocks {
            assert!(
                outcross::playbook::run::CLOCKS.contains(&clock.code.as_str()),
                "{}: {}",
                playbook.id,
                clock.code
            );
        }
    }
}
