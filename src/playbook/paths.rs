//! Ways through a playbook: circles, steps nobody can reach, repetitions
//! without an end, deadlines that contradict each other.

use super::{
    choose::Facts,
    due::From,
    edition::circle,
    engine::{condition, found_by},
    expr::{Expr, UNKNOWN, Values},
    library::Library,
    model::{Action, Fact, Playbook, Required, Step},
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
    let far: Before<'_> = before.keys().map(|code| (*code, all_before(&before, code))).collect();
    let before_circles = problems.len();
    circles(playbook, &far, problems);
    nested(playbook, problems);
    let circular = problems.len() > before_circles;
    unreachable(playbook, &before, problems);
    for step in &playbook.steps {
        endless(playbook, step, problems);
    }
    // Times in a circle mean nothing; the circle was reported.
    if !circular && !counted_from_later(playbook, &far, problems) {
        for step in &playbook.steps {
            deadlines(library, playbook, &before, step, problems);
        }
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
/// open it, the steps that find out what its condition asks, its members if
/// it is a group, and what its group waits for if it is in one. A step of a
/// playbook that is run counts as the step that runs it.
fn predecessors(playbook: &Playbook) -> Before<'_> {
    let mut before: Before<'_> =
        playbook.steps.iter().map(|step| (step.code.as_str(), BTreeSet::new())).collect();
    let mut groups: Vec<(&str, &str)> = Vec::new();
    {
        let mut add = |later: &str, earlier: &str| {
            let later = own_step(playbook, later).map(|step| step.code.as_str());
            let earlier = own_step(playbook, earlier).map(|step| step.code.as_str());
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
                        if let Some(member) = playbook.step(&member.value).filter(|m| m.code != step.code) {
                            groups.push((&step.code, &member.code));
                        }
                    }
                }
                _ => {}
            }
            if let Some((parent, _)) = step.code.rsplit_once('/')
                && let Some(parent) = playbook.step(parent)
            {
                groups.push((&parent.code, &step.code));
            }
            for fact in step.when.iter().flat_map(|when| when.value.facts()) {
                let finds = |other: &&Step| other.code != step.code && found_by(other).contains(&fact);
                playbook.steps.iter().filter(finds).for_each(|other| add(&step.code, &other.code));
            }
        }
    }
    // Outer groups stand before inner ones in print, as steps of a playbook
    // that is run stand behind the step that runs it.
    for (group, member) in &groups {
        let waits: Vec<&str> = before.get(group).into_iter().flatten().copied().collect();
        before.entry(member).or_default().extend(waits);
    }
    for (group, member) in groups {
        before.entry(group).or_default().insert(member);
    }
    before
}

/// The step of this code, else the one that runs the playbook it is in.
fn own_step<'a>(playbook: &'a Playbook, code: &str) -> Option<&'a Step> {
    let mut named = code;
    loop {
        if let Some(step) = playbook.step(named) {
            return Some(step);
        }
        named = named.rsplit_once('/')?.0;
    }
}

/// A step of a playbook, or `parent/child` of one that it runs, and the
/// playbook it stands in.
pub(crate) fn step_named<'a>(
    library: &'a Library,
    playbook: &'a Playbook,
    code: &str,
) -> Option<(&'a Playbook, &'a Step)> {
    if let Some(step) = playbook.step(code) {
        return Some((playbook, step));
    }
    let (parent, rest) = code.split_once('/')?;
    match &playbook.step(parent)?.action {
        Action::RunPlaybook { playbook, .. } => step_named(library, library.original(&playbook.value)?, rest),
        _ => None,
    }
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

fn circles(playbook: &Playbook, far: &Before<'_>, problems: &mut Vec<Problem>) {
    let waits = |later: &str, earlier: &str| far.get(later).is_some_and(|before| before.contains(earlier));
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for step in playbook.steps.iter().filter(|step| waits(&step.code, &step.code)) {
        if told.contains(step.code.as_str()) {
            continue;
        }
        let round: Vec<&str> = far
            .get(step.code.as_str())
            .into_iter()
            .flatten()
            .copied()
            .filter(|other| waits(other, &step.code))
            .collect();
        told.extend(&round);
        problems.push(playbook.source.error(
            "cycle",
            step.at,
            format!("“{}” waits for itself, by way of: {}", step.code, round.join(", ")),
            "take one of them out of “after” or “cases”; use “repeat” for what is done again and again",
        ));
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
    let found_out = |fact: &str| playbook.steps.iter().any(|other| found_by(other).contains(&fact));
    if !possible(playbook, &until.value) || !until.value.facts().into_iter().any(found_out) {
        problems.push(playbook.source.error(
            "endless",
            until.at,
            format!("“{}” never ends: nobody can find out that {}", step.code, until.value),
            "let this step record the fact that “until” asks for",
        ));
    }
}

/// By when a step must be finished at the latest, if that can be told: the
/// clock, the minutes after it, and which step says so.
type Latest = (String, u64, String);

/// The latest time of a step; `depth` ends circles, which are reported
/// elsewhere.
fn latest(library: &Library, playbook: &Playbook, step: &Step, depth: usize) -> Option<Latest> {
    if depth == 0 {
        return None;
    }
    let own = step.due.as_ref().and_then(|due| {
        let minutes = due.value.delay.rough_minutes();
        match &due.value.from {
            From::Clock(clock) => Some((clock.clone(), minutes, step.code.clone())),
            From::Step(code) => {
                let (home, earlier) = step_named(library, playbook, code)?;
                let (clock, before, _) = latest(library, home, earlier, depth - 1)?;
                Some((clock, before.saturating_add(minutes), step.code.clone()))
            }
        }
    });
    let Action::RunPlaybook { playbook: other, .. } = &step.action else { return own };
    // A playbook that is run is finished when its steps are; those that are
    // left out or opened by a decision may not come to it.
    let Some(other) = library.original(&other.value) else { return own };
    let certain = other.steps.iter().filter(|inner| {
        inner.required == Required::Must && condition(other, inner).is_none() && !inner.action.is_group()
    });
    certain
        .filter_map(|inner| latest(library, other, inner, depth - 1))
        .filter(|(clock, ..)| own.as_ref().is_none_or(|(own, ..)| own == clock))
        .map(|(clock, minutes, code)| (clock, minutes, format!("{}/{code}", step.code)))
        .chain(own.clone())
        .max_by_key(|(_, minutes, _)| *minutes)
}

/// How far due times are followed.
const DEPTH: usize = 32;

/// A step cannot be counted from itself or a step that comes after it.
fn counted_from_later(playbook: &Playbook, far: &Before<'_>, problems: &mut Vec<Problem>) -> bool {
    let before = problems.len();
    for step in &playbook.steps {
        let Some(due) = &step.due else { continue };
        let From::Step(code) = &due.value.from else { continue };
        let Some(start) = own_step(playbook, code) else { continue };
        let later = far.get(start.code.as_str()).is_some_and(|before| before.contains(step.code.as_str()));
        if start.code == step.code || later {
            problems.push(playbook.source.error(
                "due_from_later",
                playbook.source.find(due.at, code),
                format!("“{}” is counted from “{code}”, which comes after it", step.code),
                "count from a clock, or from a step that comes first",
            ));
        }
    }
    problems.len() > before
}

/// A step cannot be due before a step that it comes after.
fn deadlines(
    library: &Library,
    playbook: &Playbook,
    before: &Before<'_>,
    step: &Step,
    problems: &mut Vec<Problem>,
) {
    let Some(due) = &step.due else { return };
    let minutes = due.value.delay.rough_minutes();
    let own = match &due.value.from {
        From::Clock(clock) => Some((clock.clone(), minutes)),
        From::Step(code) => step_named(library, playbook, code)
            .and_then(|(home, start)| latest(library, home, start, DEPTH))
            .map(|(clock, before, _)| (clock, before.saturating_add(minutes))),
    };
    let Some((clock, minutes)) = own else { return };
    let members = |earlier: &&&Step| !step_in(earlier, step) && !step_in(step, earlier);
    let named: Vec<(&Playbook, &Step)> = step
        .after
        .iter()
        .filter_map(|spot| step_named(library, playbook, &spot.value))
        .chain(
            before
                .get(step.code.as_str())
                .into_iter()
                .flatten()
                .filter_map(|code| playbook.step(code))
                .filter(|earlier| members(&earlier))
                // Named as `parent/child`, only that child is waited for.
                .filter(|earlier| {
                    !step.after.iter().any(|s| {
                        s.value.strip_prefix(&*earlier.code).is_some_and(|rest| rest.starts_with('/'))
                    }) || step.after.iter().any(|s| s.value == earlier.code)
                })
                .map(|earlier| (playbook, earlier)),
        )
        .collect();
    let worst = named
        .into_iter()
        .filter_map(|(home, earlier)| latest(library, home, earlier, DEPTH))
        .filter(|(other, before, _)| *other == clock && *before > minutes)
        .max_by_key(|(_, before, _)| *before);
    if let Some((_, before, code)) = worst {
        let named = playbook.step(&code).and_then(|step| step.due.as_ref()).map_or_else(
            || format!("about {} hours after {}", before / 60, clock.replace('_', " ")),
            |due| due.value.to_string(),
        );
        problems.push(playbook.source.error(
            "due_too_early",
            due.at,
            format!("due {}, but “{code}”, which comes first, is due {named}", due.value),
            "give more time, or wait for less: “after” may name one step of a playbook that is run, as “parent/child”",
        ));
    }
}

/// Whether a step is a member of a group.
fn step_in(group: &Step, step: &Step) -> bool {
    match &group.action {
        Action::Together { steps } => steps.iter().any(|spot| spot.value == step.code),
        Action::RunPlaybook { .. } => {
            step.code.strip_prefix(&*group.code).is_some_and(|rest| rest.starts_with('/'))
        }
        _ => false,
    }
}

/// A playbook that runs itself, by way of others, never ends.
fn recursion(library: &Library, playbook: &Playbook, problems: &mut Vec<Problem>) {
    for step in &playbook.steps {
        let Action::RunPlaybook { playbook: other, .. } = &step.action else { continue };
        let mut seen = BTreeSet::new();
        let mut next = vec![other.value.as_str()];
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(library.original(id).into_iter().flat_map(runs));
            }
        }
        if seen.contains(playbook.id.as_str()) {
            problems.push(circle(playbook, other));
        }
    }
}

pub(crate) fn runs(playbook: &Playbook) -> impl Iterator<Item = &str> {
    playbook.steps.iter().filter_map(|step| match &step.action {
        Action::RunPlaybook { playbook, .. } => Some(playbook.value.as_str()),
        _ => None,
    })
}
