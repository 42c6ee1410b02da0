//! What the author of a playbook should mend, each with its line.

use super::{
    choose::Facts,
    due::From,
    engine::found_by,
    expr::{Expr, UNKNOWN},
    faithful,
    library::Library,
    model::{Action, Case, Playbook, Required, Step},
    paths,
    problem::{Mark, Problem, Severity, Spot, nearest},
    text::{Language, Translation},
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything wrong with the playbooks and their translations, and what is
/// worth knowing, by file and line. A library without an entry of
/// [`Severity::Error`] can be used.
pub fn check(library: &Library) -> Vec<Problem> {
    let mut problems = Vec::new();
    for playbook in library.originals() {
        let room = Room { library, playbook };
        room.references(&mut problems);
        duties(playbook, &mut problems);
        room.unused(&mut problems);
        languages(library, playbook, &mut problems);
        paths::check(library, playbook, &mut problems);
    }
    faithful::check(library, &mut problems);
    let fallbacks = library.originals().filter(|playbook| playbook.applies.fallback).count();
    if fallbacks != 1 {
        problems.push(Problem::of_library(
            "one_fallback",
            format!(
                "{fallbacks} playbooks are a fallback for an unknown organism or pathway; there must be one"
            ),
            "write “fallback: true” under “applies” of exactly one playbook",
        ));
    }
    sort(&mut problems);
    problems
}

/// Everything wrong with an edition, which stands for itself.
pub fn check_edition(playbook: &Playbook) -> Vec<Problem> {
    let alone = Library::default();
    let mut problems = Vec::new();
    let room = Room { library: &alone, playbook };
    room.references(&mut problems);
    duties(playbook, &mut problems);
    room.unused(&mut problems);
    paths::check(&alone, playbook, &mut problems);
    sort(&mut problems);
    problems
}

fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| (&a.file, a.line, a.column, &a.code).cmp(&(&b.file, b.line, b.column, &b.code)));
    problems.dedup();
}

/// Whether any of these is an error.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// A playbook and those beside it.
struct Room<'a> {
    library: &'a Library,
    playbook: &'a Playbook,
}

impl Room<'_> {
    /// Names that lead nowhere.
    fn references(&self, problems: &mut Vec<Problem>) {
        let playbook = self.playbook;
        for step in &playbook.steps {
            if let Some(by) = &step.by {
                role(playbook, &by.value, by.at, problems);
            }
            if let Some(signoff) = &step.signoff {
                signoff.value.of.iter().for_each(|of| role(playbook, of, signoff.at, problems));
            }
            for spot in &step.after {
                self.step(spot, problems);
            }
            for spot in steps_opened(step) {
                self.own_step(spot, problems);
            }
            for spot in &step.records {
                fact(playbook, spot, problems);
            }
            for condition in conditions(step) {
                condition_names(playbook, condition, problems);
            }
            self.clock(step, problems);
            self.action(step, problems);
        }
    }

    /// A step of this playbook, or `parent/child` of one it runs.
    fn step(&self, spot: &Spot<String>, problems: &mut Vec<Problem>) {
        if paths::step_named(self.library, self.playbook, &spot.value).is_none() {
            self.lost_step(spot, problems);
        }
    }

    /// A step of this playbook itself: only it can be opened or grouped here.
    fn own_step(&self, spot: &Spot<String>, problems: &mut Vec<Problem>) {
        if self.playbook.step(&spot.value).is_none() {
            self.lost_step(spot, problems);
        }
    }

    fn lost_step(&self, spot: &Spot<String>, problems: &mut Vec<Problem>) {
        let known = self.playbook.steps.iter().map(|step| &*step.code);
        problems.push(lost(self.playbook, "unknown_step", "step", spot, known));
    }

    fn clock(&self, step: &Step, problems: &mut Vec<Problem>) {
        let (playbook, Some(due)) = (self.playbook, &step.due) else { return };
        match &due.value.from {
            From::Clock(code) if !playbook.clocks.iter().any(|clock| clock.code == *code) => {
                let spot = Spot { value: code.clone(), at: playbook.source.find(due.at, code) };
                let known = playbook.clocks.iter().map(|clock| &*clock.code);
                problems.push(lost(playbook, "unknown_clock", "clock", &spot, known));
            }
            From::Step(code) => {
                let spot = Spot { value: code.clone(), at: playbook.source.find(due.at, code) };
                self.step(&spot, problems);
            }
            From::Clock(_) => {}
        }
    }

    fn action(&self, step: &Step, problems: &mut Vec<Problem>) {
        match &step.action {
            Action::Decide { sets, cases } => {
                fact(self.playbook, sets, problems);
                exhaustive(self.playbook, step, sets, cases, problems);
            }
            Action::RunPlaybook { playbook, roles } => self.run(step, playbook, roles, problems),
            _ => {}
        }
    }

    /// A playbook that is run: that it is there, that roles are mapped to
    /// roles, that nobody signs off their own work by the mapping, and that
    /// facts of one code are one fact.
    fn run(
        &self,
        step: &Step,
        name: &Spot<String>,
        roles: &BTreeMap<String, Spot<String>>,
        problems: &mut Vec<Problem>,
    ) {
        let source = &self.playbook.source;
        for ours in roles.values() {
            role(self.playbook, &ours.value, ours.at, problems);
        }
        let Some(other) = self.library.original(&name.value) else {
            let inside = self.playbook.parts.iter().any(|part| part.playbook == name.value);
            if !inside {
                let known = self.library.originals().map(|playbook| &*playbook.id);
                problems.push(lost(self.playbook, "unknown_playbook", "playbook", name, known));
            }
            return;
        };
        for (theirs, ours) in roles {
            if !other.roles.iter().any(|role| role.code == *theirs) {
                let known: Vec<&str> = other.roles.iter().map(|role| &*role.code).collect();
                problems.push(source.error(
                    "unknown_role",
                    ours.at,
                    format!("“{}” has no role “{theirs}”", other.id),
                    format!("its roles are: {}", known.join(", ")),
                ));
            }
        }
        let acts = |role: &String| roles.get(role).map_or(role.clone(), |ours| ours.value.clone());
        for inner in &other.steps {
            if let (Some(by), Some(signoff)) = (&inner.by, &inner.signoff)
                && signoff.value.of.iter().any(|of| acts(of) == acts(&by.value))
                && !signoff.value.of.contains(&by.value)
            {
                problems.push(source.error(
                    "signoff_by_doer",
                    step.at,
                    format!(
                        "with these roles “{}” does “{}/{}” and signs it off",
                        acts(&by.value),
                        step.code,
                        inner.code
                    ),
                    "let different roles act for the doer and for those who sign off",
                ));
            }
        }
        for fact in &other.facts {
            if self.playbook.fact(&fact.code).is_some_and(|own| own.kind != fact.kind) {
                problems.push(source.error(
                    "fact_conflict",
                    step.at,
                    format!(
                        "“{}” and “{}” ask the fact “{}” in two ways",
                        self.playbook.id, other.id, fact.code
                    ),
                    "give one of the two facts another code, or the same type and values",
                ));
            }
        }
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
    let help = match nearest(&known, &spot.value) {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("define it, or use one of: {}", known.join(", ")),
    };
    playbook.source.error(code, spot.at, format!("there is no {noun} “{}”", spot.value), help)
}

/// The steps that a decision opens or a group holds.
fn steps_opened(step: &Step) -> Vec<&Spot<String>> {
    match &step.action {
        Action::Together { steps } => steps.iter().collect(),
        Action::Decide { cases, .. } => cases.iter().flat_map(|case| &case.steps).collect(),
        _ => Vec::new(),
    }
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
            let at = playbook.source.find(condition.at, name);
            fact(playbook, &Spot { value: name.to_owned(), at }, problems);
            continue;
        };
        if let Some(values) = known.values().filter(|values| !values.contains(&value)) {
            problems.push(playbook.source.error(
                "unknown_value",
                playbook.source.find(condition.at, value),
                format!("“{name}” is never “{value}”"),
                format!("it is one of: {}", values.join(", ")),
            ));
        }
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

/// The roles, clocks and facts that the steps of a playbook name.
#[derive(Default)]
pub(crate) struct NamesUsed {
    pub roles: BTreeSet<String>,
    pub clocks: BTreeSet<String>,
    /// Asked for by a condition or found out by a step.
    pub facts: BTreeSet<String>,
    /// Found out by a step.
    pub found: BTreeSet<String>,
}

pub(crate) fn names_used(playbook: &Playbook) -> NamesUsed {
    let mut used = NamesUsed::default();
    for step in &playbook.steps {
        used.roles.extend(step.by.iter().map(|spot| spot.value.clone()));
        used.roles.extend(step.signoff.iter().flat_map(|spot| spot.value.of.iter().cloned()));
        if let Action::RunPlaybook { roles, .. } = &step.action {
            used.roles.extend(roles.values().map(|spot| spot.value.clone()));
        }
        if let Some(From::Clock(code)) = step.due.as_ref().map(|due| &due.value.from) {
            used.clocks.insert(code.clone());
        }
        used.found.extend(found_by(step).into_iter().map(str::to_owned));
        let asked = conditions(step).into_iter().flat_map(|condition| condition.value.facts());
        used.facts.extend(asked.map(str::to_owned));
    }
    used.facts.extend(used.found.iter().cloned());
    used
}

impl Room<'_> {
    /// What the playbooks it runs use, however deep.
    fn used_inside(&self) -> NamesUsed {
        let mut used = names_used(self.playbook);
        let mut seen = BTreeSet::from([self.playbook.id.as_str()]);
        let mut next: Vec<&str> = paths::runs(self.playbook).collect();
        while let Some(id) = next.pop() {
            if let Some(other) = self.library.original(id).filter(|other| seen.insert(&other.id)) {
                let inside = names_used(other);
                used.roles.extend(inside.roles);
                used.clocks.extend(inside.clocks);
                used.facts.extend(inside.facts);
                used.found.extend(inside.found);
                next.extend(paths::runs(other));
            }
        }
        used
    }

    /// What is defined and never used.
    fn unused(&self, problems: &mut Vec<Problem>) {
        let playbook = self.playbook;
        let used = self.used_inside();
        let say = |code, at, noun: &str, name: &str| {
            let message = format!("no step uses the {noun} “{name}”");
            playbook.source.error(code, at, message, "use it or take it out")
        };
        for role in playbook.roles.iter().filter(|role| !used.roles.contains(&role.code)) {
            problems.push(say("unused_role", role.at, "role", &role.code));
        }
        for clock in playbook.clocks.iter().filter(|clock| !used.clocks.contains(&clock.code)) {
            problems.push(say("unused_clock", clock.at, "clock", &clock.code));
        }
        for fact in &playbook.facts {
            if !used.facts.contains(&fact.code) {
                problems.push(say("unused_fact", fact.at, "fact", &fact.code));
            } else if !fact.given && !used.found.contains(&fact.code) {
                let message = format!("no step finds out “{}”", fact.code);
                let help = "let a step record it, or write “given: true” if it is known from outside";
                problems.push(playbook.source.error("fact_never_set", fact.at, message, help));
            }
        }
    }
}

/// Languages that are missing are worth knowing; a language the playbook
/// itself says is there with texts missing is an error.
fn languages(library: &Library, playbook: &Playbook, problems: &mut Vec<Problem>) {
    let mut missing = Vec::new();
    for language in Language::ALL {
        let state = playbook.translations.get(&language).copied().unwrap_or(Translation::None);
        if state == Translation::None {
            if library.translation(&playbook.id, language).is_none() {
                missing.push(language.code());
            }
            continue;
        }
        // What answers are called has no place in the playbook itself.
        let answer = |key: &str| key.starts_with("facts.") && key.matches('.').count() > 1;
        for text in playbook.texts().into_iter().filter(|text| !answer(&text.key)) {
            if !text.text.has(language) {
                let message =
                    format!("“{language}” is said to be there, and “{}” is missing in it", text.key);
                let help = format!("add the text, or write “{language}: none” under “translations”");
                problems.push(playbook.source.error("text_missing", text.at, message, help));
            }
        }
    }
    if !missing.is_empty() {
        problems.push(playbook.source.note(
            "language_missing",
            playbook.at,
            format!("not translated into {}", missing.join(", ")),
            format!("outcross check playbooks --template {}/{} prints what to fill", missing[0], playbook.id),
        ));
    }
}
