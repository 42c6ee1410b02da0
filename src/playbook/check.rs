//! What the author of a playbook should mend, each with its line.

use super::{
    choose::Facts,
    due::From,
    expr::{Expr, UNKNOWN},
    library::Library,
    model::{Action, Case, Playbook, Required, Step},
    paths,
    problem::{Mark, Problem, Severity, Spot},
    text::{Language, Translation},
};
use std::collections::BTreeSet;

/// Everything wrong with the playbooks and what is worth knowing, by file and
/// line. A library without an entry of [`Severity::Error`] can be used.
pub fn check(library: &Library) -> Vec<Problem> {
    let mut problems = Vec::new();
    for playbook in library.iter() {
        references(library, playbook, &mut problems);
        duties(playbook, &mut problems);
        unused(playbook, &mut problems);
        languages(playbook, &mut problems);
        paths::check(library, playbook, &mut problems);
    }
    let fallbacks = library.iter().filter(|playbook| playbook.applies.fallback).count();
    if fallbacks != 1 {
        problems.push(Problem::of_library(
            "one_fallback",
            format!(
                "{fallbacks} playbooks are a fallback for an unknown organism or pathway; there must be one"
            ),
            "write “fallback: true” under “applies” of exactly one playbook",
        ));
    }
    problems.sort_by(|a, b| (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code)));
    problems
}

/// Whether any of these is an error.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Names that lead nowhere.
fn references(library: &Library, playbook: &Playbook, problems: &mut Vec<Problem>) {
    for step in &playbook.steps {
        if let Some(by) = &step.by {
            role(playbook, &by.value, by.at, problems);
        }
        if let Some(signoff) = &step.signoff {
            signoff.value.of.iter().for_each(|of| role(playbook, of, signoff.at, problems));
        }
        for spot in steps_named(step) {
            if playbook.step(&spot.value).is_none() {
                problems.push(lost(
                    playbook,
                    "unknown_step",
                    "step",
                    spot,
                    playbook.steps.iter().map(|s| &*s.code),
                ));
            }
        }
        for spot in &step.records {
            fact(playbook, spot, problems);
        }
        for condition in conditions(step) {
            condition_names(playbook, condition, problems);
        }
        clock(playbook, step, problems);
        action(library, playbook, step, problems);
    }
}

fn role(playbook: &Playbook, code: &str, at: Mark, problems: &mut Vec<Problem>) {
    if !playbook.roles.iter().any(|role| role.code == code) {
        let spot = Spot { value: code.to_owned(), at };
        problems.push(lost(playbook, "unknown_role", "role", &spot, playbook.roles.iter().map(|r| &*r.code)));
    }
}

fn fact(playbook: &Playbook, spot: &Spot<String>, problems: &mut Vec<Problem>) {
    if playbook.fact(&spot.value).is_none() {
        problems.push(lost(playbook, "unknown_fact", "fact", spot, playbook.facts.iter().map(|f| &*f.code)));
    }
}

/// A name nobody has defined, with the nearest that is.
fn lost<'a>(
    playbook: &Playbook,
    code: &str,
    noun: &str,
    spot: &Spot<String>,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let known: Vec<&str> = known.collect();
    let near = known.iter().min_by_key(|name| distance(name, &spot.value));
    let help = match near {
        Some(near) if distance(near, &spot.value) <= 3 => format!("did you mean “{near}”?"),
        _ => format!("define it, or use one of: {}", known.join(", ")),
    };
    playbook.source.error(code, spot.at, format!("there is no {noun} “{}”", spot.value), help)
}

/// How many letters must change to make one word the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let kept = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = kept.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// Every step a step names.
fn steps_named(step: &Step) -> Vec<&Spot<String>> {
    let mut named: Vec<&Spot<String>> = step.after.iter().collect();
    match &step.action {
        Action::Together { steps } => named.extend(steps),
        Action::Decide { cases, .. } => named.extend(cases.iter().flat_map(|case| &case.steps)),
        _ => {}
    }
    named
}

fn conditions(step: &Step) -> Vec<&Spot<Expr>> {
    let mut conditions: Vec<_> = step.when.iter().collect();
    if let Action::Repeat { until, .. } = &step.action {
        conditions.push(until);
    }
    conditions
}

fn condition_names(playbook: &Playbook, condition: &Spot<Expr>, problems: &mut Vec<Problem>) {
    for (name, value) in condition.value.named() {
        if Facts::BUILT_IN.contains(&name) {
            continue;
        }
        let Some(known) = playbook.fact(name) else {
            fact(playbook, &Spot { value: name.to_owned(), at: condition.at }, problems);
            continue;
        };
        if let Some(values) = known.values().filter(|values| !values.contains(&value)) {
            problems.push(playbook.source.error(
                "unknown_value",
                condition.at,
                format!("“{name}” is never “{value}”"),
                format!("it is one of: {}", values.join(", ")),
            ));
        }
    }
}

fn clock(playbook: &Playbook, step: &Step, problems: &mut Vec<Problem>) {
    let Some(due) = &step.due else { return };
    match &due.value.from {
        From::Clock(code) if !playbook.clocks.iter().any(|clock| clock.code == *code) => {
            let spot = Spot { value: code.clone(), at: due.at };
            problems.push(lost(
                playbook,
                "unknown_clock",
                "clock",
                &spot,
                playbook.clocks.iter().map(|c| &*c.code),
            ));
        }
        From::Step(code) if playbook.step(code).is_none() => {
            let spot = Spot { value: code.clone(), at: due.at };
            problems.push(lost(
                playbook,
                "unknown_step",
                "step",
                &spot,
                playbook.steps.iter().map(|s| &*s.code),
            ));
        }
        _ => {}
    }
}

fn action(library: &Library, playbook: &Playbook, step: &Step, problems: &mut Vec<Problem>) {
    match &step.action {
        Action::Decide { sets, cases } => {
            fact(playbook, sets, problems);
            exhaustive(playbook, step, sets, cases, problems);
        }
        Action::RunPlaybook { playbook: other } if library.get(&other.value).is_none() => {
            problems.push(lost(
                playbook,
                "unknown_playbook",
                "playbook",
                other,
                library.iter().map(|p| &*p.id),
            ));
        }
        _ => {}
    }
}

/// A decision answers for every value its fact may have, *unknown* included.
fn exhaustive(
    playbook: &Playbook,
    step: &Step,
    sets: &Spot<String>,
    cases: &[Case],
    problems: &mut Vec<Problem>,
) {
    let Some(known) = playbook.fact(&sets.value) else { return };
    let Some(values) = known.values() else {
        problems.push(playbook.source.error(
            "cannot_decide",
            sets.at,
            format!("the answers to “{}” cannot be listed", sets.value),
            "decide on a fact of type enum or bool",
        ));
        return;
    };
    let missing: Vec<&str> =
        values.iter().copied().filter(|value| !cases.iter().any(|case| case.value.value == *value)).collect();
    if !missing.is_empty() {
        problems.push(playbook.source.error(
            "decision_not_exhaustive",
            step.at,
            format!("the decision does not say what follows from: {}", missing.join(", ")),
            format!("add a case for each; “{UNKNOWN}” must lead at least where the worst answer leads"),
        ));
    }
    for case in cases.iter().filter(|case| !values.contains(&case.value.value.as_str())) {
        problems.push(playbook.source.error(
            "unknown_value",
            case.value.at,
            format!("“{}” is never “{}”", sets.value, case.value.value),
            format!("it is one of: {}", values.join(", ")),
        ));
    }
}

/// A must needs somebody and a time; nobody signs off what they did.
fn duties(playbook: &Playbook, problems: &mut Vec<Problem>) {
    for step in &playbook.steps {
        let grouped = matches!(step.action, Action::Together { .. });
        if step.required != Required::Could && !grouped {
            if step.by.is_none() {
                let message = format!("“{}” must be done, and nobody is named to do it", step.code);
                problems.push(playbook.source.error("must_without_role", step.at, message, "add “by: role”"));
            }
            if step.due.is_none() {
                let message = format!("“{}” must be done, and no time is given", step.code);
                let help = "add “due: 24h after known”, or make it “required: could”";
                problems.push(playbook.source.error("must_without_due", step.at, message, help));
            }
        }
        if let (Some(by), Some(signoff)) = (&step.by, &step.signoff)
            && signoff.value.of.contains(&by.value)
        {
            problems.push(playbook.source.error(
                "signoff_by_doer",
                signoff.at,
                format!("“{}” does the step and signs it off", by.value),
                "name other roles for the sign-off",
            ));
        }
    }
}

/// What is defined and never used.
fn unused(playbook: &Playbook, problems: &mut Vec<Problem>) {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut set: BTreeSet<&str> = BTreeSet::new();
    for step in &playbook.steps {
        used.extend(step.by.iter().map(|spot| spot.value.as_str()));
        used.extend(step.signoff.iter().flat_map(|spot| spot.value.of.iter().map(String::as_str)));
        if let Some(From::Clock(code)) = step.due.as_ref().map(|due| &due.value.from) {
            used.insert(code);
        }
        set.extend(step.records.iter().map(|spot| spot.value.as_str()));
        if let Action::Decide { sets, .. } = &step.action {
            set.insert(&sets.value);
        }
        used.extend(conditions(step).into_iter().flat_map(|condition| condition.value.facts()));
    }
    let say = |code, at, noun: &str, name: &str| {
        let message = format!("no step uses the {noun} “{name}”");
        playbook.source.error(code, at, message, "use it or take it out")
    };
    for role in playbook.roles.iter().filter(|role| !used.contains(role.code.as_str())) {
        problems.push(say("unused_role", role.at, "role", &role.code));
    }
    for clock in playbook.clocks.iter().filter(|clock| !used.contains(clock.code.as_str())) {
        problems.push(say("unused_clock", clock.at, "clock", &clock.code));
    }
    for fact in &playbook.facts {
        if !used.contains(fact.code.as_str()) && !set.contains(fact.code.as_str()) {
            problems.push(say("unused_fact", fact.at, "fact", &fact.code));
        } else if !fact.given && !set.contains(fact.code.as_str()) {
            let message = format!("no step finds out “{}”", fact.code);
            let help = "let a step record it, or write “given: true” if it is known from outside";
            problems.push(playbook.source.error("fact_never_set", fact.at, message, help));
        }
    }
}

/// Languages that are missing are worth knowing; a language said to be there
/// with texts missing is an error.
fn languages(playbook: &Playbook, problems: &mut Vec<Problem>) {
    for language in Language::ALL {
        let state = playbook.translations.get(&language).copied().unwrap_or(Translation::None);
        let mut texts = vec![(playbook.at, &playbook.title), (playbook.at, &playbook.summary)];
        texts.extend(playbook.roles.iter().map(|role| (role.at, &role.title)));
        texts.extend(playbook.facts.iter().map(|fact| (fact.at, &fact.title)));
        texts.extend(playbook.steps.iter().map(|step| (step.at, &step.text)));
        if state == Translation::None {
            problems.push(playbook.source.note(
                "language_missing",
                playbook.at,
                format!("not translated into “{language}”"),
                "add the texts and say under “translations” how they came about",
            ));
            continue;
        }
        for (at, _) in texts.into_iter().filter(|(_, text)| !text.has(language)) {
            let message = format!("“{language}” is said to be there, and this text is missing in it");
            let help = format!("add the text, or write “{language}: none” under “translations”");
            problems.push(playbook.source.error("text_missing", at, message, help));
        }
    }
}
