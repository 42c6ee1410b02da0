//! A newer version of a playbook beside the one a run is pinned to: what
//! differs, and what adopting some of it gives.

use super::library;
use outcross::playbook::{AdoptionRefusal, Class, Library, Playbook, adopt, check_edition, difference};

const OLD: &str = r#"playbook: base
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
    evidence: [{kind: photo}]
  tidy:
    do: Tidy up.
    by: helper
    due: 1d after known
    after: [act]
  watch:
    repeat: Watch.
    every: 1d
    until: over is "yes"
    by: helper
    due: 2d after known
    after: [tidy]
    records: [over]
"#;

/// The same with one change of every class.
fn newer() -> String {
    let mut text = OLD.to_owned();
    for (old, new) in [
        ("version: 1", "version: 2"),
        ("do: Act.", "do: Act at once."),
        ("due: 2h after known", "due: 90min after known"),
        ("{kind: photo}", "{kind: photo, min: 3}"),
        ("every: 1d", "every: 2d"),
        ("    after: [tidy]", "    after: [call, act]"),
        ("\"no\": end", "\"no\": [call]"),
        ("  lead: Lead", "  lead: Lead\n  caller: Caller"),
        (
            "  tidy:\n    do: Tidy up.\n    by: helper\n    due: 1d after known\n    after: [act]\n",
            "  call:\n    do: Call the neighbours.\n    by: caller\n    due: 3h after known\n",
        ),
        ("    by: helper\n    due: 2d", "    by: lead\n    due: 2d"),
        ("  helper: Helper\n", ""),
    ] {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

fn edition(text: &str) -> Playbook {
    Library::read([("base.yaml", text)]).expect("reads").edition("base").expect("there").expect("sound")
}

fn pair() -> [Playbook; 2] {
    [edition(OLD), edition(&newer())]
}

#[test]
fn changes_are_classed_by_what_they_change() {
    let [old, new] = pair();
    let difference = difference(&old, &new);
    let ids: Vec<&str> = difference.changes.iter().map(|change| change.id.as_str()).collect();
    let expected = [
        "decision:steps.look",
        "wording:steps.act",
        "deadline:steps.act",
        "evidence:steps.act",
        "added:steps.call",
        "deadline:steps.watch",
        "decision:steps.watch",
        "role:steps.watch",
        "removed:steps.tidy",
    ];
    assert_eq!(ids, expected);
    assert_eq!(difference.versions, [1, 2]);
    let words = &difference.changes[1];
    assert_eq!((words.class, &words.before["text"]["en"]), (Class::Wording, &"Act.".into()));
    assert_eq!(words.after["text"]["en"], "Act at once.");
    assert!(words.before.get("due").is_none(), "only what differs is shown");
    let needs = |id: &str| difference.changes.iter().find(|change| change.id == id).expect(id).needs.clone();
    assert_eq!(needs("decision:steps.look"), ["added:steps.call"]);
    assert_eq!(needs("decision:steps.watch"), ["added:steps.call"]);
    assert_eq!(needs("removed:steps.tidy"), ["decision:steps.watch"]);
    assert!(needs("wording:steps.act").is_empty());
}

#[test]
fn a_playbook_does_not_differ_from_itself() {
    let library = library();
    for playbook in library.iter() {
        let edition = library.edition(&playbook.id).expect("there").expect("sound");
        assert!(difference(&edition, &edition).changes.is_empty(), "{}", playbook.id);
    }
}

#[test]
fn adopting_everything_gives_the_newer_edition_and_nothing_the_old_one() {
    let [old, new] = pair();
    let all: Vec<String> = difference(&old, &new).changes.into_iter().map(|change| change.id).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(adopt(&old, &new, &all).expect("sound").hash, new.hash);
    assert_eq!(adopt(&old, &new, &[]).expect("sound").hash, old.hash);
}

#[test]
fn adopting_in_part_gives_a_text_of_its_own_always_the_same() {
    let [old, new] = pair();
    let picks = ["wording:steps.act", "added:steps.call", "decision:steps.look"];
    let mixed = adopt(&old, &new, &picks).expect("sound");
    let codes: Vec<&str> = mixed.steps.iter().map(|step| step.code.as_str()).collect();
    assert_eq!(codes, ["look", "act", "tidy", "call", "watch"]);
    assert_eq!(mixed.step("act").expect("act").text.to_string(), "Act at once.");
    let due = &mixed.step("act").expect("act").due.as_ref().expect("due").value;
    assert_eq!(due.to_string(), "2 hours after known", "the deadline was not adopted");
    assert_eq!(mixed.roles.len(), 3, "the role of the added step came with it");
    assert_eq!((mixed.version, mixed.adopted[0].version), (1, 2));
    assert_eq!(mixed.adopted[0].changes.len(), 3);
    assert!(check_edition(&mixed).is_empty());

    let again = adopt(&old, &new, &["decision:steps.look", "wording:steps.act", "added:steps.call"]);
    assert_eq!(again.expect("sound").text(), mixed.text(), "in whatever order");
    assert_eq!(Playbook::read("kept", mixed.text()).expect("reads").hash, mixed.hash);
    assert_ne!(mixed.hash, old.hash);

    let left: Vec<String> = difference(&mixed, &new).changes.into_iter().map(|change| change.id).collect();
    assert!(left.contains(&"deadline:steps.act".to_owned()), "the rest is still offered: {left:?}");
    assert!(!left.contains(&"wording:steps.act".to_owned()));
}

#[test]
fn removing_a_step_takes_its_role_with_it_when_nobody_else_has_it() {
    let [old, new] = pair();
    let picks = ["removed:steps.tidy", "decision:steps.watch", "added:steps.call", "role:steps.watch"];
    let mixed = adopt(&old, &new, &picks).expect("sound");
    assert!(mixed.step("tidy").is_none());
    assert!(mixed.roles.iter().all(|role| role.code != "helper"));
    let every = format!("{:?}", mixed.step("watch").expect("watch").action);
    assert!(every.contains("amount: 1"), "how often was not adopted: {every}");
}

#[test]
fn what_would_not_be_sound_is_refused_with_the_reason() {
    let [old, new] = pair();
    let refused = |picks: &[&str]| adopt(&old, &new, picks).expect_err("refused");
    assert_eq!(
        refused(&["decision:steps.look"]),
        AdoptionRefusal::Needs { changes: vec!["added:steps.call".into()] }
    );
    assert_eq!(
        refused(&["wording:steps.nowhere"]),
        AdoptionRefusal::NoSuchChange { changes: vec!["wording:steps.nowhere".into()] }
    );
    // Added alone, the step stands for itself: nothing opens it.
    assert!(adopt(&old, &new, &["added:steps.call"]).is_ok());

    let tight = edition(&newer().replace("due: 1h after known", "due: 80min after known"));
    let loose = edition(&OLD.replace("due: 2h after known", "due: 61min after known"));
    let AdoptionRefusal::Unsound { problems } =
        adopt(&loose, &tight, &["deadline:steps.look"]).expect_err("act would be due before look")
    else {
        panic!("another refusal")
    };
    assert_eq!(problems[0].code, "due_too_early");
}

#[test]
fn a_change_of_a_playbook_that_is_run_is_a_change_of_the_run() {
    let texts = |child: &str| {
        super::texts()
            .into_iter()
            .filter(|(name, _)| !name.contains('/'))
            .map(|(name, text)| match &*name {
                "shared-consultation.yaml" => (name, text.replacen("due: 12h after notified", child, 1)),
                _ => (name, text),
            })
            .collect::<Vec<_>>()
    };
    let edition = |child: &str| {
        let library = Library::read(texts(child)).expect("reads");
        library.edition("release").expect("there").expect("sound")
    };
    let [old, new] = [edition("due: 12h after notified"), edition("due: 11h after notified")];
    assert_eq!(old.parts[0].hash, new.parts[0].hash, "the playbook itself is the same");
    assert_ne!(old.hash, new.hash);
    let difference = difference(&old, &new);
    let ids: Vec<&str> = difference.changes.iter().map(|change| change.id.as_str()).collect();
    assert_eq!(ids, ["deadline:steps.consult/reach-by-voice"]);
}
