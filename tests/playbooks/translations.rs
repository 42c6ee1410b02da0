//! Playbooks in other languages: files of their own beside the original, each
//! text marked with the English it translates.

use super::{library, texts};
use outcross::playbook::{
    Clocks, Facts, Language, Library, Playbook, Problem, Progress, StepState, Translation, check, expr,
    open_steps, sentence, translation,
};
use std::collections::BTreeSet;

/// The playbooks that must be there in every language, and since when that is
/// asked: a language is added here when its files are.
const COMPLETE: [Language; 5] = [Language::Ar, Language::Es, Language::Fr, Language::Ru, Language::Zh];

/// What is complete in them: the three role playbooks, two classes, and the
/// playbooks these run.
const TRANSLATED: [&str; 8] = [
    "desk",
    "feral-oilseed",
    "receipt",
    "release",
    "shared-consultation",
    "shared-damage",
    "shared-identification",
    "unapproved-in-trade",
];

const ORIGINAL: &str = r"playbook: base
version: 4
title: Base
summary: A base of 3 000 seeds.
applies: {fallback: true}
roles:
  lead: Lead
clocks:
  known: Known
facts:
  stage: {type: enum, values: [in_flower, ripe], title: How far is it}
steps:
  look:
    decide: How far is it, within {ring} metres?
    by: lead
    due: 1h after known
    sets: stage
    cases: {in_flower: [cut], ripe: end, unknown: [cut]}
  cut:
    do: Cut all plants.
    by: lead
    due: 2h after known
";

/// A French translation of it, every text there.
fn french(original: &str) -> String {
    let original = Playbook::read("base.yaml", original).expect("reads");
    let words = |key: &str| match key {
        "title" => "Socle",
        "summary" => "Un socle de 3000 graines.",
        "roles.lead" => "Chef",
        "clocks.known" => "Connu",
        "facts.stage" => "Où en est la plante",
        "facts.stage.in_flower" => "en fleur",
        "facts.stage.ripe" => "mûre",
        "steps.look" => "Où en est-elle, à moins de {ring} mètres ?",
        "steps.cut" => "Couper toutes les plantes.",
        other => panic!("{other}"),
    };
    let mut page = translation::template(&original, Language::Fr, None);
    for text in original.texts() {
        page = page.replacen("text: \"\"", &format!("text: \"{}\"", words(&text.key)), 1);
    }
    page
}

fn read(original: &str, french: &str) -> Library {
    let read = Library::read([("fr/base.yaml", french), ("base.yaml", original)]);
    read.unwrap_or_else(|problems| panic!("{}", shown(&problems)))
}

fn shown(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Codes and lines of the problems of the translation.
fn found(original: &str, french: &str) -> Vec<(String, u32)> {
    let problems = check(&read(original, french));
    problems.into_iter().filter(|p| p.file == "fr/base.yaml").map(|p| (p.code, p.line)).collect()
}

// ---- What is shown

#[test]
fn a_translation_has_a_hash_of_its_own_and_leaves_that_of_the_original_alone() {
    let text = french(ORIGINAL);
    let library = read(ORIGINAL, &text);
    let shown = library.get("base").expect("there");
    let alone = Playbook::read("base.yaml", ORIGINAL).expect("reads");
    assert_eq!((&shown.hash, shown.text()), (&alone.hash, ORIGINAL));
    assert_eq!(library.edition("base").expect("there").expect("sound").text().matches("Socle").count(), 0);
    let overlay = &shown.overlaid[&Language::Fr];
    assert_eq!(overlay.hashes["base"], library.translation("base", Language::Fr).expect("there").hash);
    assert_ne!(overlay.hashes["base"], shown.hash);
    assert!(overlay.stale.is_empty() && overlay.missing.is_empty());
    assert_eq!(shown.title.in_language(Language::Fr), "Socle");
    assert_eq!(shown.title.in_language(Language::Ru), "Base", "English where there is nothing");
    assert_eq!(shown.translations[&Language::Fr], Translation::Machine);
    assert_eq!(found(ORIGINAL, &text), []);
}

#[test]
fn a_changed_text_is_stale_in_other_languages_and_shown_in_english() {
    let text = french(ORIGINAL);
    let changed = ORIGINAL
        .replace("Cut all plants.", "Cut all plants and bag them.")
        .replace("version: 4", "version: 5");
    let library = read(&changed, &text);
    let shown = library.get("base").expect("there");
    let cut = shown.wording("steps.cut", Language::Fr).expect("there");
    assert_eq!(cut.words, "Cut all plants and bag them.");
    assert_eq!((cut.language, cut.stale, cut.state), (Language::En, true, Translation::Original));
    let look = shown.wording("steps.look", Language::Fr).expect("there");
    assert_eq!((look.language, look.stale, look.state), (Language::Fr, false, Translation::Machine));
    assert_eq!(shown.overlaid[&Language::Fr].stale, BTreeSet::from(["steps.cut".to_owned()]));
    assert_eq!(shown.summarised().stale[&Language::Fr], 1);
    let steps = open_steps(shown, &Facts::default(), &Progress::default(), &Clocks::default(), super::at(0));
    assert_eq!(steps[1].stale, [Language::Fr]);
    assert!(steps[0].stale.is_empty());

    let codes: Vec<String> = found(&changed, &text).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["translation_of_older_text", "stale_text"]);
    let broken = ORIGINAL.replace("    do: Cut all plants.", "    do: >-\n      Cut all\n      plants.");
    assert!(read(&broken, &text).get("base").expect("there").overlaid[&Language::Fr].stale.is_empty());
}

#[test]
fn the_file_to_fill_keeps_what_still_fits() {
    let before = read(ORIGINAL, &french(ORIGINAL));
    let before = before.translation("base", Language::Fr).expect("there");
    let changed = ORIGINAL.replace("Cut all plants.", "Cut all plants and bag them.");
    let original = Playbook::read("base.yaml", &changed).expect("reads");
    let page = translation::template(&original, Language::Fr, Some(before));
    assert!(page.contains("text: \"Socle\""), "{page}");
    assert!(page.contains("# of an older text: Couper toutes les plantes."), "{page}");
    assert_eq!(page.matches("text: \"\"").count(), 1);
    assert!(page.contains(&original.hash));
}

#[test]
fn a_run_is_shown_in_other_languages_too_whatever_it_was_made_of() {
    let library = library();
    let edition = library.edition("receipt").expect("there").expect("sound");
    let shown = edition.in_languages(library.translations());
    assert_eq!(shown.hash, edition.hash);
    assert_eq!(shown.wording("steps.acknowledge", Language::Fr).expect("there").language, Language::Fr);
    let inside = shown.wording("steps.identify/screen", Language::Fr).expect("there");
    let file = library.translation("shared-identification", Language::Fr);
    assert_eq!(inside.language == Language::Fr, file.is_some(), "as far as that playbook is translated");
}

#[test]
fn conditions_read_as_sentences_in_every_language() {
    let library = read(ORIGINAL, &french(ORIGINAL));
    let playbook = library.get("base").expect("there");
    let say =
        |text: &str, language| sentence::condition(playbook, &expr::parse(text).expect("reads"), language);
    let text = "stage in [in_flower, unknown] and not (class is A or kind is fish)";
    assert_eq!(
        say(text, Language::En),
        "“How far is it” is in flower or unknown and it is not so that class is A or kind is fish"
    );
    assert_eq!(
        say(text, Language::Fr),
        "« Où en est la plante » : en fleur ou inconnu et il n’est pas vrai que classe : A ou sorte d’organisme : fish"
    );
    assert_eq!(say("class is not A", Language::Es), "clase: no A");
    assert_eq!(say("class in [A, B, C]", Language::Ru), "класс: A, B или C");
    assert_eq!(say("class in [A, B]", Language::Zh), "类别：A或B");
    assert_eq!(say("class is A and kind is fish", Language::Ar), "الفئة: A ونوع الكائن: fish");

    let mut progress = Progress::default();
    let deed = super::done("look", &[("stage", "ripe")]);
    super::did(&mut progress, playbook, super::at(0), "ann", deed);
    let steps = open_steps(playbook, &Facts::default(), &progress, &Clocks::default(), super::at(1));
    let StepState::Hidden { condition } = &steps[1].state else { panic!("shown") };
    assert_eq!(condition.in_language(Language::Fr), "« Où en est la plante » : en fleur ou inconnu");
    assert_eq!(steps[0].answer_titles["in_flower"].in_language(Language::Fr), "en fleur");
    assert_eq!(steps[0].answer_titles["unknown"].in_language(Language::Fr), "inconnu");
}

// ---- What is found wrong

#[test]
fn planted_mistakes_of_translations_are_found_at_their_line() {
    let text = french(ORIGINAL);
    let line = |text: &str, of: &str| {
        let at = text.lines().position(|line| line.trim() == of).unwrap_or_else(|| panic!("no {of}"));
        u32::try_from(at + 1).expect("short")
    };
    for (old, new, code, of) in [
        ("Un socle de 3000 graines.", "Un socle de graines.", "lost_figure", "summary:"),
        ("à moins de {ring} mètres", "tout près", "lost_placeholder", "steps.look:"),
        ("Couper toutes les plantes.", "Срезать все растения.", "wrong_script", "steps.cut:"),
        ("Couper toutes les plantes.", "Cut all plants.", "same_text", "steps.cut:"),
        ("Couper toutes les plantes.", "", "text_missing", "translation: base"),
        ("  steps.cut:", "  steps.cat:", "unknown_text", "steps.cat:"),
        ("translation: base", "translation: bass", "unknown_playbook", "translation: bass"),
    ] {
        assert!(text.contains(old), "{old}");
        let text = text.replacen(old, new, 1);
        let found = found(ORIGINAL, &text);
        assert!(found.contains(&(code.to_owned(), line(&text, of))), "{code}: {found:?}");
    }
    for (old, new, code) in [
        ("language: fr", "language: en", "unknown_language"),
        ("state: machine", "state: none", "unknown_translation"),
        ("    of: ", "    from: ", "unknown_field"),
        ("texts:", "text:", "missing_field"),
    ] {
        let problems = Library::read([("fr/base.yaml", text.replacen(old, new, 1))]).expect_err(code);
        assert!(problems.iter().any(|problem| problem.code == code), "{}", shown(&problems));
    }
    let inside = ORIGINAL.replace("title: Base", "translations: {fr: machine}\ntitle: {en: Base, fr: Socle}");
    assert!(found(&inside, &text).iter().any(|(code, _)| code == "translated_twice"));
    let twice = Library::read([("a", text.as_str()), ("b", text.as_str())]).expect_err("twice");
    assert_eq!(twice[0].code, "duplicate_id");
}

#[test]
fn the_same_words_in_two_languages_are_found_names_apart() {
    let text = french(ORIGINAL);
    let spanish = text.replace("language: fr", "language: es");
    let library =
        Library::read([("fr", text.as_str()), ("es", spanish.as_str()), ("base", ORIGINAL)]).expect("reads");
    let same: Vec<String> =
        check(&library).into_iter().filter(|p| p.code == "same_text").map(|p| p.message).collect();
    assert!(same.iter().any(|message| message.contains("steps.cut")), "{same:?}");
    assert!(same.iter().all(|message| !message.contains("roles.lead")), "one word may be the same: {same:?}");
}

// ---- The shipped translations

#[test]
fn what_must_be_translated_is_complete_and_fresh() {
    let library = library();
    for language in COMPLETE {
        for id in TRANSLATED {
            let playbook = library.get(id).expect("shipped");
            assert_ne!(playbook.translations[&language], Translation::None, "{id} in {language}");
            let overlay = playbook.overlaid.get(&language).unwrap_or_else(|| panic!("{id} in {language}"));
            assert!(overlay.missing.is_empty(), "{id} in {language}: {:?}", overlay.missing);
            assert!(overlay.stale.is_empty(), "{id} in {language}: {:?}", overlay.stale);
        }
    }
}

#[test]
fn every_shipped_translation_stands_in_the_folder_of_its_language() {
    for (name, text) in texts() {
        let Some(rest) = name.strip_prefix("translations/") else { continue };
        let file = outcross::playbook::TranslationFile::read(&name, &text)
            .unwrap_or_else(|problems| panic!("{}", shown(&problems)));
        assert_eq!(rest, format!("{}/{}.yaml", file.language, file.playbook));
    }
}

#[test]
fn what_is_not_translated_says_so() {
    let library = library();
    for playbook in library.iter() {
        for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
            let there = library.translation(&playbook.id, language).is_some();
            assert_eq!(
                playbook.translations[&language] != Translation::None,
                there,
                "{} {language}",
                playbook.id
            );
        }
    }
}
