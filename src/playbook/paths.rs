//! Ways through a playbook: circles, steps nobody can reach, repetitions
//! without an end, deadlines that contradict each other.

use super::{
    choose::Facts,
    due::From,
    engine::condition,
    expr::{Expr, UNKNOWN, Values},
    library::Library,
    model::{Action, Fact, Playbook, Step},
    problem::Problem,
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// Most combinations of facts that are tried; beyond, a condition counts as
/// possible.
const COMBINATIONS: usize = 4096;

pub(crate) fn check(library: &Library, playbook: &Playbook, problems: &mut Vec<Problem>) {
    let before = predecessors(playbook);
    circles(playbook, &before, problems);
    nested(playbook, problems);
    unreachable(playbook, &before, problems);
    for step in &playbook.steps {
        endless(playbook, step, problems);
        deadlines(playbook, step, problems);
    }
    recursion(library, playbook, problems);
}

/// A group cannot hold itself.
fn nested(playbook: &Playbook, problems: &mut Vec<Problem>) {
    let members = |code: &str| match playbook.step(code).map(|step| &step.action) {
        Some(Action::Together { steps }) => steps.iter().map(|spot| spot.value.as_str()).collect(),
        _ => Vec::new(),
    };
    for step in &playbook.steps {
        let mut seen = BTreeSet::new();
        let mut next = members(&step.code);
        while let Some(code) = next.pop() {
            if seen.insert(code) {
                next.extend(members(code));
            }
        }
        if seen.contains(step.code.as_str()) {
            problems.push(playbook.source.error(
                "cycle",
                step.at,
                format!("the group “{}” holds itself", step.code),
                "take it out of its own “steps”",
            ));
        }
    }
}

type Before<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The steps each step waits for: those it comes after, the decisions that
/// open it, the group it is in and what that waits for.
fn predecessors(playbook: &Playbook) -> Before<'_> {
    let mut before: Before<'_> =
        playbook.steps.iter().map(|step| (step.code.as_str(), BTreeSet::new())).collect();
    let mut add = |later: &'_ str, earlier: &'_ str| {
        let later = playbook.step(later).map(|step| step.code.as_str());
        let earlier = playbook.step(earlier).map(|step| step.code.as_str());
        if let (Some(later), Some(earlier)) = (later, earlier) {
            before.entry(later).or_default().insert(earlier);
        }
    };
    for step in &playbook.steps {
        step.after.iter().for_each(|spot| add(&step.code, &spot.value));
        match &step.action {
            Action::Decide { cases, .. } => {
                cases.iter().flat_map(|case| &case.steps).for_each(|spot| add(&spot.value, &step.code));
            }
            Action::Together { steps } => {
                for member in steps {
                    step.after.iter().for_each(|spot| add(&member.value, &spot.value));
                }
            }
            _ => {}
        }
        for fact in step.when.iter().flat_map(|when| when.value.facts()) {
            let decides =
                |other: &&Step| matches!(&other.action, Action::Decide { sets, .. } if sets.value == fact);
            playbook.steps.iter().filter(decides).for_each(|other| add(&step.code, &other.code));
        }
    }
    before
}

/// Everything a step waits for, however far back.
fn all_before<'a>(before: &Before<'a>, code: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&'a str> = before.get(code).into_iter().flatten().copied().collect();
    while let Some(code) = next.pop() {
        if found.insert(code) {
            next.extend(before.get(code).into_iter().flatten());
        }
    }
    found
}

fn circles(playbook: &Playbook, before: &Before<'_>, problems: &mut Vec<Problem>) {
    for step in &playbook.steps {
        let earlier = all_before(before, &step.code);
        if earlier.contains(step.code.as_str()) {
            let round: Vec<&str> = earlier
                .iter()
                .copied()
                .filter(|other| all_before(before, other).contains(step.code.as_str()))
                .collect();
            problems.push(playbook.source.error(
                "cycle",
                step.at,
                format!("“{}” waits for itself, by way of: {}", step.code, round.join(", ")),
                "take one of them out of “after” or “cases”; use “repeat” for what is done again and again",
            ));
        }
    }
}

/// Steps whose condition, with those of the steps before them that cannot be
/// left out, never holds.
fn unreachable(playbook: &Playbook, before: &Before<'_>, problems: &mut Vec<Problem>) {
    for step in &playbook.steps {
        let mut whole = condition(playbook, step);
        for earlier in before.get(step.code.as_str()).into_iter().flatten() {
            // A step opened by a decision needs that decision to be there.
            let opens = playbook.step(earlier).filter(|earlier| names(earlier, &step.code));
            whole = Expr::both(whole, opens.and_then(|earlier| condition(playbook, earlier)));
        }
        if whole.is_some_and(|whole| !possible(playbook, &whole)) {
            problems.push(playbook.source.error(
                "unreachable_step",
                step.at,
                format!(
                    "“{}” can never open: its condition and the decisions before it contradict each other",
                    step.code
                ),
                "mend “when”, or name the step in a case that can happen",
            ));
        }
    }
}

fn names(decision: &Step, code: &str) -> bool {
    match &decision.action {
        Action::Decide { cases, .. } => {
            cases.iter().flat_map(|case| &case.steps).any(|spot| spot.value == code)
        }
        _ => false,
    }
}

/// Whether some combination of facts makes a condition hold.
fn possible(playbook: &Playbook, expr: &Expr) -> bool {
    let named = expr.named();
    let mut choices: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for fact in expr.facts() {
        let mentioned: Vec<&str> =
            named.iter().filter(|(name, _)| *name == fact).map(|(_, value)| *value).collect();
        let mut values: Vec<Vec<&str>> = match playbook.fact(fact).and_then(Fact::values) {
            Some(values) => values.into_iter().map(|value| vec![value]).collect(),
            None => mentioned.iter().copied().chain([UNKNOWN, "\0"]).map(|value| vec![value]).collect(),
        };
        if Facts::BUILT_IN.contains(&fact) && fact == "pathway" {
            values.push(mentioned);
        }
        choices.insert(fact, values);
    }
    let count = choices.values().try_fold(1_usize, |product, values| product.checked_mul(values.len()));
    if count.is_none_or(|count| count > COMBINATIONS) {
        return true;
    }
    (0..count.unwrap_or(0)).any(|mut number| {
        let mut picked: BTreeMap<&str, &Vec<&str>> = BTreeMap::new();
        for (fact, values) in &choices {
            picked.insert(fact, &values[number % values.len()]);
            number /= values.len();
        }
        let values = |fact: &str| -> Values<'_> {
            picked
                .get(fact)
                .into_iter()
                .flat_map(|values| values.iter().map(|value| Cow::Borrowed(*value)))
                .collect()
        };
        expr.holds(&values)
    })
}

/// A repetition needs an end that somebody can find out.
fn endless(playbook: &Playbook, step: &Step, problems: &mut Vec<Problem>) {
    let Action::Repeat { until, .. } = &step.action else { return };
    let found_out = |fact: &str| {
        playbook.steps.iter().any(|other| {
            other.records.iter().any(|spot| spot.value == fact)
                || matches!(&other.action, Action::Decide { sets, .. } if sets.value == fact)
        })
    };
    if !possible(playbook, &until.value) || !until.value.facts().into_iter().any(found_out) {
        problems.push(playbook.source.error(
            "endless",
            until.at,
            format!("“{}” never ends: nobody can find out that {}", step.code, until.value),
            "let this step record the fact that “until” asks for",
        ));
    }
}

/// A step cannot be due before a step that it comes after.
fn deadlines(playbook: &Playbook, step: &Step, problems: &mut Vec<Problem>) {
    let Some(due) = &step.due else { return };
    let From::Clock(clock) = &due.value.from else { return };
    for earlier in step.after.iter().filter_map(|spot| playbook.step(&spot.value)) {
        let Some(before) = &earlier.due else { continue };
        let same = before.value.from == From::Clock(clock.clone());
        if same && before.value.delay.rough_minutes() > due.value.delay.rough_minutes() {
            problems.push(playbook.source.error(
                "due_too_early",
                due.at,
                format!(
                    "due {}, but “{}”, which comes first, is due {}",
                    due.value, earlier.code, before.value
                ),
                "give more time, or take the other step out of “after”",
            ));
        }
    }
}

/// A playbook that runs itself, by way of others, never ends.
fn recursion(library: &Library, playbook: &Playbook, problems: &mut Vec<Problem>) {
    for step in &playbook.steps {
        let Action::RunPlaybook { playbook: other } = &step.action else { continue };
        let mut seen = BTreeSet::new();
        let mut next = vec![other.value.as_str()];
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(library.get(id).into_iter().flat_map(runs));
            }
        }
        if seen.contains(playbook.id.as_str()) {
            problems.push(playbook.source.error(
                "endless",
                other.at,
                format!("“{}” runs “{}”, which leads back to it", playbook.id, other.value),
                "take the step out of one of the two",
            ));
        }
    }
}

fn runs(playbook: &Playbook) -> impl Iterator<Item = &str> {
    playbook.steps.iter().filter_map(|step| match &step.action {
        Action::RunPlaybook { playbook } => Some(playbook.value.as_str()),
        _ => None,
    })
}
