//! What a run is pinned to: a playbook with the playbooks it runs written
//! into it, as one text with one hash.
//!
//! `run_playbook` becomes a group: the steps of the other playbook follow it
//! with codes `parent/child`; they wait for what the parent waits for, and
//! the parent is finished when they are. Facts and clocks are shared by code;
//! roles are mapped as the step says, else by code, else added.
//!
//! The text is written by the program ([`write`](super::write)): the same
//! playbooks give the same bytes, so a later change of the folder, of a
//! shared playbook too, changes no run.

use super::{
    due::From,
    library::Library,
    model::{Action, Part, Playbook, Step},
    problem::{Problem, Source, Spot},
    step::MOST_STEPS,
    write,
};
use std::collections::BTreeMap;

impl Library {
    /// The edition of the playbook with this id: read it again by
    /// [`Playbook::read`] from [`Playbook::text`], which is what the store
    /// keeps under [`Playbook::hash`]. Gives problems when a playbook it runs
    /// is missing, runs it in turn, or asks one fact in two ways; a library
    /// that [`check`](super::check()) passes has none of these. Absent when
    /// there is no such playbook.
    pub fn edition(&self, id: &str) -> Option<Result<Playbook, Vec<Problem>>> {
        self.original(id).map(|root| {
            let mut whole = expanded(self, root, &[])?;
            whole.translations = root.translations.clone();
            sealed(&whole)
        })
    }
}

/// A playbook made by the program, read again from the text it is written as.
pub(crate) fn sealed(playbook: &Playbook) -> Result<Playbook, Vec<Problem>> {
    Playbook::read(&playbook.id, &write::playbook(playbook))
}

fn expanded(library: &Library, root: &Playbook, above: &[&str]) -> Result<Playbook, Vec<Problem>> {
    let mut whole = root.clone();
    let part = Part { playbook: root.id.clone(), version: root.version, hash: root.hash.clone() };
    whole.parts = vec![part];
    whole.steps = Vec::new();
    let mut problems = Vec::new();
    for step in &root.steps {
        whole.steps.push(step.clone());
        let Action::RunPlaybook { playbook, roles } = &step.action else { continue };
        let Some(other) = library.original(&playbook.value) else {
            problems.push(missing(&root.source, playbook));
            continue;
        };
        if above.contains(&&*other.id) || other.id == root.id {
            problems.push(circle(root, playbook));
            continue;
        }
        let path: Vec<&str> = above.iter().copied().chain([&*root.id]).collect();
        match expanded(library, other, &path) {
            Ok(other) => problems.extend(join(&mut whole, root, step, roles, other)),
            Err(found) => problems.extend(found),
        }
    }
    for (index, step) in whole.steps.iter_mut().enumerate() {
        step.number = (index + 1).to_string();
    }
    if whole.steps.len() > MOST_STEPS {
        let message = format!("with the playbooks it runs it has {} steps", whole.steps.len());
        let help = format!("a playbook may have {MOST_STEPS}");
        problems.push(root.source.error("too_many_steps", root.at, message, help));
    }
    if problems.is_empty() { Ok(whole) } else { Err(problems) }
}

pub(crate) fn missing(source: &Source, spot: &Spot<String>) -> Problem {
    let message = format!("there is no playbook “{}”", spot.value);
    source.error("unknown_playbook", spot.at, message, "put it beside this one, or mend the name")
}

pub(crate) fn circle(root: &Playbook, other: &Spot<String>) -> Problem {
    let message = format!("“{}” runs “{}”, which leads back to it", root.id, other.value);
    root.source.error("endless", other.at, message, "take the step out of one of the two")
}

/// Puts the steps of `other` under `parent`.
fn join(
    whole: &mut Playbook,
    root: &Playbook,
    parent: &Step,
    roles: &BTreeMap<String, Spot<String>>,
    other: Playbook,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let ours = |role: &str| roles.get(role).map_or_else(|| role.to_owned(), |spot| spot.value.clone());
    for role in other.roles {
        if !roles.contains_key(&role.code) && !whole.roles.iter().any(|own| own.code == role.code) {
            whole.roles.push(role);
        }
    }
    for clock in other.clocks {
        if !whole.clocks.iter().any(|own| own.code == clock.code) {
            whole.clocks.push(clock);
        }
    }
    for fact in other.facts {
        match whole.facts.iter_mut().find(|own| own.code == fact.code) {
            None => whole.facts.push(fact),
            Some(own) if own.kind == fact.kind => own.given |= fact.given,
            Some(own) => problems.push(root.source.error(
                "fact_conflict",
                parent.at,
                format!("“{}” and “{}” ask the fact “{}” in two ways", root.id, other.id, own.code),
                "give one of the two facts another code, or the same type and values",
            )),
        }
    }
    for part in other.parts {
        if !whole.parts.contains(&part) {
            whole.parts.push(part);
        }
    }
    let prefix = format!("{}/", parent.code);
    whole.steps.extend(other.steps.into_iter().map(|step| prefixed(step, &prefix, &ours)));
    problems
}

fn prefixed(mut step: Step, prefix: &str, ours: &dyn Fn(&str) -> String) -> Step {
    step.code.insert_str(0, prefix);
    let under = |spots: &mut Vec<Spot<String>>| {
        for spot in spots.iter_mut() {
            spot.value.insert_str(0, prefix);
        }
    };
    under(&mut step.after);
    match &mut step.action {
        Action::Decide { cases, .. } => cases.iter_mut().for_each(|case| under(&mut case.steps)),
        Action::Together { steps } => under(steps),
        Action::RunPlaybook { roles, .. } => {
            for role in roles.values_mut() {
                role.value = ours(&role.value);
            }
        }
        Action::Do | Action::Repeat { .. } => {}
    }
    if let Some(due) = &mut step.due
        && let From::Step(code) = &mut due.value.from
    {
        code.insert_str(0, prefix);
    }
    if let Some(by) = &mut step.by {
        by.value = ours(&by.value);
    }
    if let Some(signoff) = &mut step.signoff {
        signoff.value.of.iter_mut().for_each(|role| *role = ours(role));
        signoff.value.of.dedup();
    }
    step
}
