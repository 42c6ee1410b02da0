//! What a newer edition would change in a run, change by change; and the
//! edition that adopting some of the changes gives. Nothing is ever adopted
//! by itself: these functions say what would be, somebody decides.

use super::{
    check::check_edition,
    due::From,
    edition::sealed,
    model::{Action, Adopted, Playbook, Step},
    problem::Problem,
    text::Text,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What kind of change it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PlaybookChangeClass)]
pub enum Class {
    /// Other words, legal basis or figures for the same thing.
    Wording,
    /// A step that was not there.
    Added,
    /// A step that is there no more.
    Removed,
    /// Another time: when it is due, how often it is repeated.
    Deadline,
    /// Another course: what kind of step it is, when it opens, what its
    /// answers lead to, what it finds out, whether it must be done.
    Decision,
    /// Other persons: who does it, who signs it off.
    Role,
    /// Other proof: evidence, survey.
    Evidence,
}

impl Class {
    fn code(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Deadline => "deadline",
            Self::Decision => "decision",
            Self::Role => "role",
            Self::Evidence => "evidence",
        }
    }
}

/// One change that can be adopted by itself, unless it needs others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookChange)]
pub struct Change {
    /// Its id: class and subject, such as `deadline:steps.acknowledge`.
    pub id: String,
    /// What kind of change it is.
    pub class: Class,
    /// What it is about: `steps.CODE`, `roles.CODE`, `clocks.CODE`,
    /// `facts.CODE`, `title` or `summary`.
    pub subject: String,
    /// What the subject is called: the words of the newer edition where it
    /// has the subject.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub title: Text,
    /// The fields that differ, as they were; null where there was nothing.
    #[schema(value_type = Option<Object>)]
    pub before: Value,
    /// The same fields as they would be.
    #[schema(value_type = Option<Object>)]
    pub after: Value,
    /// Changes that must be adopted with it, by id.
    pub needs: Vec<String>,
}

/// The difference between two editions of a playbook.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PlaybookDifference)]
pub struct Difference {
    /// Its id.
    pub playbook: String,
    /// The version now and the newer one.
    pub versions: [u32; 2],
    /// The hash now and the newer one.
    pub hashes: [String; 2],
    /// The changes, in the printed order of the newer edition, removed steps
    /// last.
    pub changes: Vec<Change>,
}

/// Why changes could not be adopted.
#[derive(Clone, PartialEq, Debug, thiserror::Error, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = PlaybookAdoptionRefusal)]
pub enum AdoptionRefusal {
    /// There are no such changes.
    #[error("there are no such changes: {}", changes.join(", "))]
    NoSuchChange {
        /// Their ids.
        changes: Vec<String>,
    },
    /// Other changes must be adopted with these.
    #[error("these must be adopted too: {}", changes.join(", "))]
    Needs {
        /// Their ids.
        changes: Vec<String>,
    },
    /// What would come of it is not sound.
    #[error("the mixed edition has {} problems", problems.len())]
    Unsound {
        /// What is wrong with it.
        problems: Vec<Problem>,
    },
}

/// The fields of a step by the class their change is of.
const FIELDS: [(Class, &[&str]); 5] = [
    (Class::Wording, &["text", "legal", "figures"]),
    (Class::Deadline, &["due", "every"]),
    (Class::Decision, &["action", "when", "after", "required", "records"]),
    (Class::Role, &["by", "signoff"]),
    (Class::Evidence, &["evidence", "survey"]),
];

/// A step as fields, without where they were written.
fn fields(step: &Step) -> Value {
    let mut action = serde_json::to_value(&step.action).unwrap_or_default();
    let every = action.get_mut("repeat").and_then(|repeat| repeat.as_object_mut()?.remove("every"));
    let mut fields = serde_json::to_value(step).unwrap_or_default();
    if let Some(map) = fields.as_object_mut() {
        map.insert("action".to_owned(), action);
        map.insert("every".to_owned(), every.unwrap_or_default());
    }
    fields
}

fn picked(value: &Value, fields: &[&str]) -> Value {
    fields.iter().map(|field| ((*field).to_owned(), value[*field].clone())).collect()
}

/// What differs between two values of the same fields.
fn differing(old: &Value, new: &Value, names: &[&str]) -> Option<[Value; 2]> {
    let names: Vec<&str> = names.iter().copied().filter(|name| old[*name] != new[*name]).collect();
    (!names.is_empty()).then(|| [picked(old, &names), picked(new, &names)])
}

/// What `new` would change in a run of `old`. Both are editions of the same
/// playbook; translations do not count.
pub fn difference(old: &Playbook, new: &Playbook) -> Difference {
    let mut changes = Vec::new();
    for (subject, old, new) in [("title", &old.title, &new.title), ("summary", &old.summary, &new.summary)] {
        let words = [old, new].map(|text| json!({ "text": text.to_string() }));
        if words[0] != words[1] {
            let [before, after] = words;
            changes.push(change(Class::Wording, subject.to_owned(), new, before, after));
        }
    }
    definitions(old, new, &mut changes);
    for step in &new.steps {
        match old.step(&step.code) {
            None => {
                let subject = format!("steps.{}", step.code);
                changes.push(change(Class::Added, subject, &step.text, Value::Null, fields(step)));
            }
            Some(before) => changed(before, step, &mut changes),
        }
    }
    for step in old.steps.iter().filter(|step| new.step(&step.code).is_none()) {
        let subject = format!("steps.{}", step.code);
        changes.push(change(Class::Removed, subject, &step.text, fields(step), Value::Null));
    }
    let ids: BTreeSet<String> = changes.iter().map(|change| change.id.clone()).collect();
    for change in &mut changes {
        change.needs = needs(old, new, change, &ids);
    }
    Difference {
        playbook: new.id.clone(),
        versions: [old.version, new.version],
        hashes: [old.hash.clone(), new.hash.clone()],
        changes,
    }
}

fn change(class: Class, subject: String, title: &Text, before: Value, after: Value) -> Change {
    let id = format!("{}:{subject}", class.code());
    Change { id, class, subject, title: title.clone(), before, after, needs: Vec::new() }
}

fn changed(old: &Step, new: &Step, changes: &mut Vec<Change>) {
    let (before, after) = (fields(old), fields(new));
    for (class, names) in FIELDS {
        if let Some([before, after]) = differing(&before, &after, names) {
            changes.push(change(class, format!("steps.{}", new.code), &new.text, before, after));
        }
    }
}

/// Roles, clocks and facts that both have. What only one of them has comes
/// and goes with the steps that use it.
fn definitions(old: &Playbook, new: &Playbook, changes: &mut Vec<Change>) {
    for (room, class, before, after) in [
        ("roles", Class::Role, &old.roles, &new.roles),
        ("clocks", Class::Deadline, &old.clocks, &new.clocks),
    ] {
        for named in after {
            let Some(earlier) = before.iter().find(|earlier| earlier.code == named.code) else { continue };
            let words = [earlier, named].map(|named| json!({ "text": named.title.to_string() }));
            if words[0] != words[1] {
                // A role or clock of another name is another one.
                let [before, after] = words;
                changes.push(change(class, format!("{room}.{}", named.code), &named.title, before, after));
            }
        }
    }
    for fact in &new.facts {
        let Some(earlier) = old.fact(&fact.code) else { continue };
        let subject = format!("facts.{}", fact.code);
        let values = [earlier, fact]
            .map(|fact| json!({ "title": fact.title.to_string(), "kind": fact.kind, "given": fact.given }));
        for (class, names) in [(Class::Wording, &["title"][..]), (Class::Decision, &["kind", "given"])] {
            if let Some([before, after]) = differing(&values[0], &values[1], names) {
                changes.push(change(class, subject.clone(), &fact.title, before, after));
            }
        }
    }
}

/// The steps a step names.
fn named(step: &Step) -> BTreeSet<&str> {
    let mut named: BTreeSet<&str> = step.after.iter().map(|spot| spot.value.as_str()).collect();
    match &step.action {
        Action::Together { steps } => named.extend(steps.iter().map(|spot| spot.value.as_str())),
        Action::Decide { cases, .. } => {
            named.extend(cases.iter().flat_map(|case| &case.steps).map(|spot| spot.value.as_str()));
        }
        _ => {}
    }
    if let Some((parent, _)) = step.code.rsplit_once('/') {
        named.insert(parent);
    }
    named
}

/// The changes that must come with a change, so that no step names one that
/// is not there.
fn needs(old: &Playbook, new: &Playbook, change: &Change, ids: &BTreeSet<String>) -> Vec<String> {
    let Some(code) = change.subject.strip_prefix("steps.") else { return Vec::new() };
    let mut needs: BTreeSet<String> = BTreeSet::new();
    match (change.class, new.step(code)) {
        (Class::Added | Class::Decision, Some(step)) => {
            needs.extend(named(step).into_iter().map(|other| format!("added:steps.{other}")));
        }
        (Class::Deadline, Some(step)) => {
            if let Some(From::Step(other)) = step.due.as_ref().map(|due| &due.value.from) {
                needs.insert(format!("added:steps.{other}"));
            }
        }
        (Class::Removed, _) => {
            for step in &old.steps {
                let gone = format!("removed:steps.{}", step.code);
                if named(step).contains(code) {
                    let kept = format!("decision:steps.{}", step.code);
                    needs.insert(if ids.contains(&gone) { gone.clone() } else { kept });
                }
                if step.due.as_ref().is_some_and(|due| due.value.from == From::Step(code.to_owned())) {
                    let kept = format!("deadline:steps.{}", step.code);
                    needs.insert(if ids.contains(&gone) { gone } else { kept });
                }
            }
        }
        _ => {}
    }
    needs.retain(|id| ids.contains(id) && *id != change.id);
    needs.into_iter().collect()
}

/// The edition that adopting these changes, by id, gives: read from a text of
/// its own with a hash of its own, the same bytes for the same changes in
/// whatever order. All changes together give the newer edition itself.
pub fn adopt(old: &Playbook, new: &Playbook, picks: &[&str]) -> Result<Playbook, AdoptionRefusal> {
    let difference = difference(old, new);
    let picks: BTreeSet<&str> = picks.iter().copied().collect();
    let known: BTreeSet<&str> = difference.changes.iter().map(|change| change.id.as_str()).collect();
    let strange: Vec<String> = picks.difference(&known).map(|id| (*id).to_owned()).collect();
    if !strange.is_empty() {
        return Err(AdoptionRefusal::NoSuchChange { changes: strange });
    }
    let chosen = || difference.changes.iter().filter(|change| picks.contains(change.id.as_str()));
    let wanted: BTreeSet<&str> = chosen().flat_map(|change| &change.needs).map(String::as_str).collect();
    let lacking: Vec<String> = wanted.difference(&picks).map(|id| (*id).to_owned()).collect();
    if !lacking.is_empty() {
        return Err(AdoptionRefusal::Needs { changes: lacking });
    }
    if picks == known {
        return Ok(new.clone());
    }
    if picks.is_empty() {
        return Ok(old.clone());
    }
    let has = |class: Class, subject: &str| picks.contains(format!("{}:{subject}", class.code()).as_str());
    let mut mixed = old.clone();
    if has(Class::Wording, "title") {
        mixed.title = new.title.clone();
    }
    if has(Class::Wording, "summary") {
        mixed.summary = new.summary.clone();
    }
    mix_definitions(&mut mixed, new, &has);
    mixed.steps = mix_steps(old, new, &has);
    for (index, step) in mixed.steps.iter_mut().enumerate() {
        step.number = (index + 1).to_string();
    }
    drop_unused(&mut mixed);
    for part in &new.parts {
        if !mixed.parts.contains(part) {
            mixed.parts.push(part.clone());
        }
    }
    mixed.adopted.push(Adopted {
        version: new.version,
        hash: new.hash.clone(),
        changes: picks.into_iter().map(str::to_owned).collect(),
    });
    let sound = sealed(&mixed).map_err(|problems| AdoptionRefusal::Unsound { problems })?;
    let problems = check_edition(&sound);
    if problems.is_empty() { Ok(sound) } else { Err(AdoptionRefusal::Unsound { problems }) }
}

fn mix_definitions(mixed: &mut Playbook, new: &Playbook, has: &dyn Fn(Class, &str) -> bool) {
    for (room, class, ours, theirs) in [
        ("roles", Class::Role, &mut mixed.roles, &new.roles),
        ("clocks", Class::Deadline, &mut mixed.clocks, &new.clocks),
    ] {
        for named in theirs {
            match ours.iter_mut().find(|own| own.code == named.code) {
                None => ours.push(named.clone()),
                Some(own) if has(class, &format!("{room}.{}", named.code)) => {
                    own.title = named.title.clone();
                }
                Some(_) => {}
            }
        }
    }
    for fact in &new.facts {
        let subject = format!("facts.{}", fact.code);
        match mixed.facts.iter_mut().find(|own| own.code == fact.code) {
            None => mixed.facts.push(fact.clone()),
            Some(own) => {
                if has(Class::Wording, &subject) {
                    own.title = fact.title.clone();
                }
                if has(Class::Decision, &subject) {
                    own.kind = fact.kind.clone();
                    own.given = fact.given;
                    own.answers = fact.answers.clone();
                }
            }
        }
    }
}

/// The steps in the order of the newer edition; what it does not have stays
/// behind the step it stood behind.
fn mix_steps(old: &Playbook, new: &Playbook, has: &dyn Fn(Class, &str) -> bool) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for step in &new.steps {
        let subject = format!("steps.{}", step.code);
        match old.step(&step.code) {
            None if has(Class::Added, &subject) => steps.push(step.clone()),
            None => {}
            Some(before) => steps.push(mix_step(before, step, &|class| has(class, &subject))),
        }
    }
    let mut before: Option<&str> = None;
    for step in &old.steps {
        if new.step(&step.code).is_none() && !has(Class::Removed, &format!("steps.{}", step.code)) {
            let at = before.and_then(|code| steps.iter().position(|step| step.code == code));
            steps.insert(at.map_or(0, |at| at + 1), step.clone());
        }
        if steps.iter().any(|kept| kept.code == step.code) {
            before = Some(&step.code);
        }
    }
    steps
}

fn mix_step(old: &Step, new: &Step, has: &dyn Fn(Class) -> bool) -> Step {
    let mut step = old.clone();
    if has(Class::Wording) {
        step.text = new.text.clone();
        step.legal.clone_from(&new.legal);
        step.figures.clone_from(&new.figures);
    }
    if has(Class::Decision) {
        let every = match &old.action {
            Action::Repeat { every, .. } => Some(*every),
            _ => None,
        };
        step.action = new.action.clone();
        if let (Action::Repeat { every: theirs, .. }, Some(ours)) = (&mut step.action, every) {
            *theirs = ours;
        }
        step.when.clone_from(&new.when);
        step.after.clone_from(&new.after);
        step.required = new.required;
        step.records.clone_from(&new.records);
    }
    if has(Class::Deadline) {
        step.due.clone_from(&new.due);
        if let (Action::Repeat { every: ours, .. }, Action::Repeat { every: theirs, .. }) =
            (&mut step.action, &new.action)
        {
            *ours = *theirs;
        }
    }
    if has(Class::Role) {
        step.by.clone_from(&new.by);
        step.signoff.clone_from(&new.signoff);
    }
    if has(Class::Evidence) {
        step.evidence.clone_from(&new.evidence);
        step.survey.clone_from(&new.survey);
    }
    step
}

/// Takes out roles, clocks and facts that no step uses.
fn drop_unused(playbook: &mut Playbook) {
    let used = super::check::names_used(playbook);
    let (roles, clocks, facts) = (used.roles, used.clocks, used.facts);
    playbook.roles.retain(|role| roles.contains(&role.code));
    playbook.clocks.retain(|clock| clocks.contains(&clock.code));
    playbook.facts.retain(|fact| facts.contains(&fact.code));
}
