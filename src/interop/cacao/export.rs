//! An edition as a workflow of CACAO 2.0.

use super::{
    condition::pattern,
    course::{Course, Scope},
    extension,
    names::{self, FIRST, extension_id, identifier, maker, variable},
};
use crate::playbook::{
    Playbook, Problem, Required, Step,
    choose::Facts,
    due::Delay,
    expr::UNKNOWN,
    fields::Field,
    model::{Action, Fact},
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    rc::Rc,
};

/// How long another program shall wait for a person, in milliseconds: a year.
/// A step done late has not failed, so nothing shorter is said; the due time
/// is in the extension. (A program that is told nothing may give up after
/// minutes.)
const TIMEOUT: u64 = 365 * 24 * 60 * 60 * 1000;

/// The activity of a decision, of the vocabulary of CACAO.
const DECIDING: &str = "analyze-collected-data";

/// The sectors of every exported playbook.
const SECTORS: [&str; 4] = ["agriculture", "biotechnology", "emergency-services", "national-government"];

/// An edition ([`Library::edition`](crate::playbook::Library::edition), with
/// translations laid over by `in_languages` if they shall go along) as a
/// CACAO 2.0 playbook. The same edition gives the same value: identifiers are
/// UUIDs of version 5 made of id, version, hash and code of the step;
/// `created` and `modified` are made of the version alone (an order, not
/// dates). Of a playbook that is no edition the steps of other playbooks are
/// named by a `playbook-action`. The problems are those of a playbook that
/// cannot be written as text and read again, which one that was read can.
pub fn export(playbook: &Playbook) -> Result<Value, Vec<Problem>> {
    let fields = playbook.fields()?;
    let writer = Writer {
        course: Course::of(playbook),
        fields: &fields,
        nodes: BTreeMap::new(),
        tasks: Vec::new(),
        plain_agent: false,
    };
    Ok(writer.playbook())
}

/// The text of an exported playbook: JSON, indented, members by name, with a
/// line break at the end.
pub fn written(playbook: &Value) -> String {
    format!("{playbook:#}\n")
}

/// What comes behind a node: the next node, and what is over by then.
#[derive(Clone)]
struct Then {
    next: String,
    done: Rc<BTreeSet<usize>>,
}

struct Writer<'p> {
    course: Course<'p>,
    fields: &'p Field,
    /// The workflow so far.
    nodes: BTreeMap<String, Value>,
    /// Steps still to be written, with what comes behind each.
    tasks: Vec<(usize, Then)>,
    /// Whether a step without a role needed an agent.
    plain_agent: bool,
}

impl Writer<'_> {
    fn playbook(mut self) -> Value {
        let playbook = self.course.playbook;
        let end = self.end("", "end");
        let first = self.course.first(&Scope::Top).to_vec();
        let then = Then { next: end, done: Rc::default() };
        let entry = self.list("", "all", &first, &then);
        while let Some((at, then)) = self.tasks.pop() {
            self.block(at, &then);
        }
        let start = self.node("start", "", "start");
        self.nodes.insert(start.clone(), json!({ "type": "start", "on_completion": entry }));

        let has = |kind: &str| self.nodes.values().any(|node| node["type"] == kind);
        let decides = playbook.steps.iter().any(|step| matches!(step.action, Action::Decide { .. }));
        let marking = identifier("marking-tlp", &["clear"]);
        let created = names::instant(playbook.version);
        let mut object = object(json!({
            "type": "playbook",
            "spec_version": "cacao-2.0",
            "id": names::playbook_id(&playbook.id),
            "name": playbook.title.to_string(),
            "description": format!(
                "{} Its steps are for people; a step that is done late has not failed.",
                playbook.summary
            ),
            "created_by": maker(),
            "created": FIRST,
            "modified": created,
            "industry_sectors": SECTORS,
            "labels": labels(playbook),
            "markings": [marking],
            "data_marking_definitions": { &marking: {
                "type": "marking-tlp",
                "id": marking,
                "created_by": maker(),
                "created": FIRST,
                "tlpv2_level": "TLP:CLEAR",
            } },
            "playbook_processing_summary": {
                "manual_playbook": true,
                "external_playbooks": has("playbook-action"),
                "parallel_processing": has("parallel"),
                "if_logic": has("if-condition"),
                "while_logic": has("while-condition"),
                "switch_logic": has("switch-condition"),
                "temporal_logic": true,
                "data_markings": true,
                "digital_signatures": false,
                "countersigned_signatures": false,
                "extensions": true,
            },
            "workflow_start": start,
            "extension_definitions": { extension_id(): extension::definition() },
            "playbook_extensions": { extension_id(): extension::of_playbook(playbook, self.fields) },
        }));
        if decides {
            object.insert("playbook_types".to_owned(), json!(["investigation", "mitigation"]));
            object.insert("playbook_activities".to_owned(), json!([DECIDING]));
        }
        let references: BTreeSet<Reference> = playbook.steps.iter().flat_map(references).collect();
        if !references.is_empty() {
            let references: Value = references.iter().map(Reference::json).collect();
            object.insert("external_references".to_owned(), references);
        }
        let mut agents: BTreeMap<String, Value> =
            playbook.roles.iter().map(|role| agent(playbook, &role.code)).collect();
        if self.plain_agent {
            let (id, team) = nobody(playbook);
            agents.insert(id, team);
        }
        if !agents.is_empty() {
            object.insert("agent_definitions".to_owned(), json!(agents));
        }
        let variables = self.variables();
        if !variables.is_empty() {
            object.insert("playbook_variables".to_owned(), json!(variables));
        }
        object.insert("workflow".to_owned(), json!(self.nodes));
        Value::Object(object)
    }

    fn node(&self, kind: &str, code: &str, part: &str) -> String {
        names::node(self.course.playbook, kind, code, part)
    }

    /// An end of its own for this branch.
    fn end(&mut self, code: &str, part: &str) -> String {
        let id = self.node("end", code, part);
        self.nodes.insert(id.clone(), json!({ "type": "end" }));
        id
    }

    /// The node a step begins with.
    fn entry(&self, at: usize) -> String {
        if self.course.guard[at].is_some() {
            self.node("if-condition", &self.course.step(at).code, "when")
        } else {
            self.core(at)
        }
    }

    /// The node that carries the step.
    fn core(&self, at: usize) -> String {
        let step = self.course.step(at);
        let kind = match &step.action {
            Action::Do | Action::Decide { .. } | Action::Repeat { .. } => "action",
            Action::RunPlaybook { .. } if self.course.first(&Scope::Members(at)).is_empty() => {
                "playbook-action"
            }
            Action::Together { .. } | Action::RunPlaybook { .. } => "parallel",
        };
        self.node(kind, &step.code, "step")
    }

    /// The node several steps begin with; `code` and `part` tell the place.
    fn list(&mut self, code: &str, part: &str, steps: &[usize], then: &Then) -> String {
        match steps {
            [] => then.next.clone(),
            [one] => {
                self.tasks.push((*one, then.clone()));
                self.entry(*one)
            }
            several => {
                let branches: Vec<String> =
                    several.iter().map(|at| self.branch(code, part, &[*at], &then.done)).collect();
                self.parallel(code, part, &branches, &then.next)
            }
        }
    }

    /// The beginning of a branch with an end of its own.
    fn branch(&mut self, code: &str, part: &str, steps: &[usize], done: &Rc<BTreeSet<usize>>) -> String {
        let which = steps.first().map_or("", |at| &*self.course.step(*at).code);
        let part = format!("{part} {which}");
        let next = self.end(code, &part);
        self.list(code, &part, steps, &Then { next, done: Rc::clone(done) })
    }

    fn parallel(&mut self, code: &str, part: &str, branches: &[String], next: &str) -> String {
        let id = self.node("parallel", code, part);
        let value = json!({
            "type": "parallel",
            "name": "At the same time",
            "next_steps": branches,
            "on_completion": next,
        });
        self.nodes.insert(id.clone(), value);
        id
    }

    /// Writes a step, and what follows it.
    fn block(&mut self, at: usize, then: &Then) {
        let step = self.course.step(at);
        let code = step.code.as_str();
        let mut over: BTreeSet<usize> = (*then.done).clone();
        over.insert(at);
        let begun = Rc::new(over.clone());
        over.extend(self.course.inside(at));
        let over = Then { next: then.next.clone(), done: Rc::new(over) };
        let after = self.course.after[at].clone();
        if let Some(guard) = self.course.guard[at].clone() {
            let next = self.list(code, "after", &after, &over);
            let end = self.end(code, "when");
            let condition = json!({
                "type": "if-condition",
                "name": format!("{}. when", number_and_code(step)),
                "description": format!("Only when {guard}."),
                "condition": pattern(&guard, true),
                "on_true": self.core(at),
                "on_completion": next,
                "step_extensions": { extension_id(): { "of": code, "part": "when" } },
            });
            self.nodes.insert(self.entry(at), condition);
            self.step(at, &end, &begun, then);
        } else if self.course.beside[at].is_empty() {
            let next = self.list(code, "after", &after, &over);
            self.step(at, &next, &begun, then);
        } else {
            // What the decision opens, then what comes after that, is one
            // branch; each step that waits for the answer alone another.
            let beside = self.course.beside[at].clone();
            let end = self.end(code, "answered");
            let inner = Then { next: end, done: Rc::clone(&over.done) };
            let after = self.list(code, "after", &after, &inner);
            let opened = self.opened(at, &after, &begun);
            let mut branches: Vec<String> =
                beside.iter().map(|other| self.branch(code, "beside", &[*other], &begun)).collect();
            // A decision that opens nothing has no branch of its own.
            let next = if opened == inner.next {
                self.nodes.remove(&inner.next);
                match beside.as_slice() {
                    [one] => {
                        self.nodes.remove(&self.node(
                            "end",
                            code,
                            &format!("beside {}", self.course.step(*one).code),
                        ));
                        self.tasks.pop();
                        self.list(
                            code,
                            "beside",
                            &[*one],
                            &Then { next: then.next.clone(), done: begun.clone() },
                        )
                    }
                    _ => self.parallel(code, "answered", &branches, &then.next),
                }
            } else {
                branches.insert(0, opened);
                self.parallel(code, "answered", &branches, &then.next)
            };
            self.written(at, &next, then);
        }
    }

    /// Writes the step itself and what it opens, up to `next`.
    fn step(&mut self, at: usize, next: &str, begun: &Rc<BTreeSet<usize>>, then: &Then) {
        let next = if matches!(self.course.step(at).action, Action::Decide { .. }) {
            self.opened(at, next, begun)
        } else {
            next.to_owned()
        };
        self.written(at, &next, then);
    }

    /// The node at which what a decision opens begins.
    fn opened(&mut self, at: usize, next: &str, begun: &Rc<BTreeSet<usize>>) -> String {
        let step = self.course.step(at);
        let (code, branches) = (step.code.as_str(), self.course.branches(at));
        let Action::Decide { sets, cases } = &step.action else { return next.to_owned() };
        if branches.is_empty() {
            return next.to_owned();
        }
        let variable = variable(&sets.value);
        let several: Vec<&Vec<String>> = branches.iter().filter(|answers| answers.len() > 1).collect();
        let answers: Vec<&String> = branches.iter().flatten().collect();
        let apart = answers.iter().collect::<BTreeSet<_>>().len() == answers.len();
        // An answer that opens steps which stand elsewhere is not seen here.
        let keys = cases.iter().all(|case| fit_for_key(&case.value.value));
        if apart && several.len() <= 1 && keys {
            let mut targets = BTreeMap::new();
            for answers in &branches {
                let case = if answers.len() > 1 { "default" } else { &*answers[0] };
                let scope = Scope::Opened(at, answers.clone());
                let first = self.course.first(&scope).to_vec();
                let part = format!("case {case}");
                let end = self.end(code, &part);
                let then = Then { next: end, done: Rc::clone(begun) };
                targets.insert(case.to_owned(), self.list(code, &part, &first, &then));
            }
            for case in cases.iter().filter(|case| !answers.contains(&&case.value.value)) {
                let end = self.end(code, &format!("case {}", case.value.value));
                targets.insert(case.value.value.clone(), end);
            }
            let id = self.node("switch-condition", code, "cases");
            let value = json!({
                "type": "switch-condition",
                "name": format!("{}. answer", number_and_code(step)),
                "switch": format!("{variable}:value"),
                "cases": targets,
                "on_completion": next,
                "step_extensions": { extension_id(): { "of": code, "part": "cases" } },
            });
            self.nodes.insert(id.clone(), value);
            return id;
        }
        let alone = branches.len() == 1;
        let mut ids = Vec::new();
        for answers in &branches {
            let name = answers.join(" ");
            let first = self.course.first(&Scope::Opened(at, answers.clone())).to_vec();
            let part = format!("if {name}");
            let end = self.end(code, &part);
            let then = Then { next: end, done: Rc::clone(begun) };
            let target = self.list(code, &part, &first, &then);
            let next = if alone { next.to_owned() } else { self.end(code, &format!("asked {name}")) };
            let expr = crate::playbook::expr::Expr::In(sets.value.clone(), answers.clone());
            let id = self.node("if-condition", code, &part);
            let value = json!({
                "type": "if-condition",
                "name": format!("{}. answer {}", number_and_code(step), answers.join(" or ")),
                "condition": pattern(&expr, true),
                "on_true": target,
                "on_completion": next,
                "step_extensions": { extension_id(): { "of": code, "part": "cases" } },
            });
            self.nodes.insert(id.clone(), value);
            ids.push(id);
        }
        if alone { ids.remove(0) } else { self.parallel(code, "answers", &ids, next) }
    }

    /// The node that carries a step, with its members if it is a group.
    fn written(&mut self, at: usize, next: &str, then: &Then) {
        let playbook = self.course.playbook;
        let step = self.course.step(at);
        let code = step.code.as_str();
        let id = self.core(at);
        let own = self.fields.get("steps").and_then(|steps| steps.get(code)).unwrap_or(&Field::Nothing);
        let mut node = object(json!({
            "name": number_and_code(step),
            "description": self.described(at, then),
            "on_completion": next,
            "step_extensions": { extension_id(): extension::of_step(code, own) },
        }));
        let references: BTreeSet<Reference> = references(step).into_iter().collect();
        if !references.is_empty() {
            let references: Value = references.iter().map(Reference::json).collect();
            node.insert("external_references".to_owned(), references);
        }
        match &step.action {
            Action::Do | Action::Decide { .. } | Action::Repeat { .. } => {
                let (agent, _) = match &step.by {
                    Some(by) => agent(playbook, &by.value),
                    None => nobody(playbook),
                };
                self.plain_agent |= step.by.is_none();
                node.insert("type".to_owned(), json!("action"));
                node.insert("agent".to_owned(), json!(agent));
                node.insert("timeout".to_owned(), json!(TIMEOUT));
                node.insert("commands".to_owned(), json!([command(playbook, step)]));
                let found = found(step);
                if !found.is_empty() {
                    let variables: Vec<String> = found.iter().map(|fact| variable(fact)).collect();
                    node.insert("out_args".to_owned(), json!(variables));
                }
                if let Action::Repeat { every, until } = &step.action {
                    let again = self.repeated(step, &node, *every, &pattern(&until.value, false), next);
                    node.insert("on_completion".to_owned(), json!(again));
                }
            }
            Action::RunPlaybook { playbook: other, .. } if id.starts_with("playbook-action") => {
                node.insert("type".to_owned(), json!("playbook-action"));
                node.insert("playbook_id".to_owned(), json!(names::playbook_id(&other.value)));
            }
            Action::Together { .. } | Action::RunPlaybook { .. } => {
                let members = self.course.first(&Scope::Members(at)).to_vec();
                let mut branches: Vec<String> = members
                    .iter()
                    .map(|member| self.branch(code, "member", &[*member], &then.done))
                    .collect();
                // A parallel has two branches at least.
                for spare in branches.len()..2 {
                    branches.push(self.end(code, &format!("spare {spare}")));
                }
                node.insert("type".to_owned(), json!("parallel"));
                node.insert("next_steps".to_owned(), json!(branches));
            }
        }
        self.nodes.insert(id, Value::Object(node));
    }

    /// The further rounds of a repetition; the first is the step itself.
    fn repeated(
        &mut self,
        step: &Step,
        first: &Map<String, Value>,
        every: Delay,
        goes_on: &str,
        next: &str,
    ) -> String {
        let (code, end) = (step.code.as_str(), self.end(&step.code, "round"));
        let mut round = first.clone();
        round.insert("name".to_owned(), json!(format!("{}, again", number_and_code(step))));
        round.insert("on_completion".to_owned(), json!(end));
        let of = json!({ extension_id(): { "of": code, "part": "round" } });
        round.insert("step_extensions".to_owned(), of);
        if every.amount > 0 {
            round.insert("delay".to_owned(), json!(milliseconds(every)));
        }
        let body = self.node("action", code, "round");
        self.nodes.insert(body.clone(), Value::Object(round));
        let id = self.node("while-condition", code, "rounds");
        let value = json!({
            "type": "while-condition",
            "name": format!("{}. every {every}", number_and_code(step)),
            "condition": goes_on,
            "on_true": body,
            "on_completion": next,
            "step_extensions": { extension_id(): { "of": code, "part": "rounds" } },
        });
        self.nodes.insert(id.clone(), value);
        id
    }

    /// What a step says to somebody who reads CACAO alone.
    fn described(&self, at: usize, then: &Then) -> String {
        let step = self.course.step(at);
        let mut lines = vec![step.text.to_string()];
        let waits: Vec<String> = self.course.waits[at]
            .iter()
            .filter(|wait| !then.done.contains(wait))
            .filter(|wait| !self.course.inside(**wait).any(|inner| inner == at))
            .filter(|wait| !self.course.inside(at).any(|inner| inner == **wait))
            .map(|wait| number_and_code(self.course.step(*wait)))
            .collect();
        if !waits.is_empty() {
            lines.push(format!("Begin only when these are over: {}.", waits.join("; ")));
        }
        if let Some(due) = &step.due {
            let word = if matches!(step.action, Action::RunPlaybook { .. }) { "Begin within" } else { "Due" };
            lines.push(format!("{word} {}. Late is not failed.", due.value));
        }
        if let Action::Repeat { every, until } = &step.action {
            lines.push(format!("Again every {every} until {}.", until.value));
        }
        match step.required {
            Required::Must => {}
            Required::Could => lines.push("Not binding.".to_owned()),
            Required::MustUnlessDocumented => {
                lines.push("Binding unless a reason is written down.".to_owned());
            }
        }
        for rule in &step.evidence {
            let custody =
                if rule.chain_of_custody { ", every hand it passes through written down" } else { "" };
            lines.push(format!("Keep as evidence: {} × {}{custody}.", rule.min, rule.kind.replace('_', " ")));
        }
        if let Some(signoff) = &step.signoff {
            let (n, of) = (signoff.value.n, signoff.value.of.join(", "));
            lines.push(format!("To be agreed to by {n} of: {of}; never by who did it."));
        }
        if let Some(survey) = &step.survey
            && let Some(samples) = survey.samples()
        {
            lines.push(format!("Samples: {samples} ({}).", survey.unit));
        }
        if !step.legal.is_empty() {
            lines.push(format!("Rests on {}.", step.legal.join("; ")));
        }
        for figure in &step.figures {
            lines.push(format!("{} ({})", figure.says, figure.source));
        }
        lines.join("\n")
    }

    /// The facts of the playbook, and those of every incident that its
    /// conditions name.
    fn variables(&self) -> BTreeMap<String, Value> {
        let playbook = self.course.playbook;
        let mut variables: BTreeMap<String, Value> = playbook.facts.iter().map(declared).collect();
        let untils = playbook.steps.iter().filter_map(|step| match &step.action {
            Action::Repeat { until, .. } => Some(&until.value),
            _ => None,
        });
        let sets = playbook.steps.iter().flat_map(found);
        let named = self.course.guard.iter().flatten().chain(untils).flat_map(|expr| expr.facts());
        for fact in named.chain(sets).filter(|fact| playbook.fact(fact).is_none()) {
            let description = if Facts::BUILT_IN.contains(&fact) {
                format!("Of the incident: its {fact}.")
            } else {
                "Known from outside this playbook.".to_owned()
            };
            let value = json!({
                "type": "string", "description": description, "value": UNKNOWN,
                "constant": false, "external": true,
            });
            variables.insert(variable(fact), value);
        }
        variables
    }
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(object) = value { object } else { Map::new() }
}

/// Whether an answer can be a key of a switch. “default” has a meaning there.
fn fit_for_key(answer: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !answer.is_empty() && answer.len() <= 250 && answer != "default" && answer.chars().all(good)
}

fn number_and_code(step: &Step) -> String {
    format!("{}. {}", step.number, step.code.replace(['-', '_'], " "))
}

fn milliseconds(delay: Delay) -> u64 {
    // A round every month or year is told in days, as `rough_minutes` has them.
    delay.rough_minutes() * 60 * 1000
}

/// The facts a step finds out.
fn found(step: &Step) -> Vec<&str> {
    crate::playbook::engine::found_by(step)
}

fn declared(fact: &Fact) -> (String, Value) {
    let answers = fact.values().map_or_else(
        || "A text or number, or “unknown”.".to_owned(),
        |values| format!("One of: {}.", values.join(", ")),
    );
    let value = json!({
        "type": "string",
        "description": format!("{}? {answers}", fact.title.to_string().trim_end_matches('?')),
        "value": UNKNOWN,
        "constant": false,
        "external": fact.given,
    });
    (variable(&fact.code), value)
}

fn command(playbook: &Playbook, step: &Step) -> Value {
    let mut words = step.text.to_string();
    for fact in found(step) {
        let Some(known) = playbook.fact(fact) else { continue };
        let answers = known.values().map(|values| values.join(", ")).unwrap_or_default();
        let _ = write!(words, "\nWrite the answer to {}: {answers}", variable(fact));
    }
    if matches!(step.action, Action::Decide { .. }) {
        json!({ "type": "manual", "command": words, "playbook_activity": DECIDING })
    } else {
        json!({ "type": "manual", "command": words })
    }
}

/// Words by which a title tells a person, several, or an organization. Titles
/// are English; the first list that has a word of the title counts, and a
/// title with none is a person's.
const INDIVIDUAL: [&str; 7] = ["head", "manager", "officer", "liaison", "adviser", "keeper", "lead"];
const GROUP: [&str; 3] = ["team", "crew", "group"];
const ORGANIZATION: [&str; 12] = [
    "authority",
    "laboratory",
    "service",
    "office",
    "board",
    "bank",
    "carrier",
    "operator",
    "inspection",
    "agency",
    "ministry",
    "institute",
];

/// The agent of a role.
fn agent(playbook: &Playbook, role: &str) -> (String, Value) {
    let title = playbook.roles.iter().find(|own| own.code == role).map(|own| own.title.to_string());
    let title = title.unwrap_or_else(|| role.replace('_', " "));
    let lower = title.to_lowercase();
    let has = |words: &[&str]| lower.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
    let kind = if has(&INDIVIDUAL) {
        "individual"
    } else if has(&GROUP) {
        "group"
    } else if has(&ORGANIZATION) {
        "organization"
    } else {
        "individual"
    };
    let id = identifier(kind, &[&playbook.id, "role", role]);
    let value = json!({
        "type": kind,
        "name": title,
        "agent_target_extensions": { extension_id(): { "role": role } },
    });
    (id, value)
}

/// The agent of steps without a role.
fn nobody(playbook: &Playbook) -> (String, Value) {
    let id = identifier("group", &[&playbook.id, "no role"]);
    (id, json!({ "type": "group", "name": "Response team" }))
}

fn labels(playbook: &Playbook) -> Vec<String> {
    let applies = &playbook.applies;
    let mut labels = vec!["living-modified-organism".to_owned()];
    for (name, values) in [
        ("incident", &applies.incident),
        ("class", &applies.classes),
        ("group", &applies.groups),
        ("kind", &applies.kinds),
        ("pathway", &applies.pathways),
        ("environment", &applies.environments),
        ("audience", &applies.audience),
    ] {
        labels.extend(values.iter().map(|value| format!("{name}:{value}")));
    }
    labels
}

/// What a step rests on.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Reference {
    name: String,
    description: Option<String>,
}

impl Reference {
    fn json(&self) -> Value {
        match &self.description {
            Some(description) => json!({ "name": self.name, "description": description }),
            None => json!({ "name": self.name }),
        }
    }
}

fn references(step: &Step) -> Vec<Reference> {
    let legal = step.legal.iter().map(|article| Reference { name: article.clone(), description: None });
    let figures = step
        .figures
        .iter()
        .map(|figure| Reference { name: figure.source.clone(), description: Some(figure.says.to_string()) });
    legal.chain(figures).collect()
}
