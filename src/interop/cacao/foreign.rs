//! Somebody else's CACAO in our language.
//!
//! | CACAO | here |
//! |---|---|
//! | `action` with manual commands | `do`, by the role of its agent |
//! | `if-condition` | `decide`: a question with the answers yes and no; *unknown* opens both |
//! | `switch-condition` | `decide` on the fact of its variable; *unknown* opens everything |
//! | `parallel` | `together` |
//! | `while-condition` over one action | `repeat` until a person says that it is over |
//! | `playbook-action` | `do`: run that playbook |
//! | agents of steps | roles |
//!
//! Nothing becomes binding by being read: every step is `could`, and no due
//! time is made up.

use super::import::{NotMapped, escaped, short};
use crate::{interop::Unreadable, playbook::fields::Field};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How deep branches may stand in branches; far deeper than a team can follow.
const DEEPEST: usize = 40;

/// How often a repetition comes round when nothing says so.
const DAILY: &str = "1d";

/// Members of a playbook that are taken over or say nothing of their own.
const KNOWN: [&str; 17] = [
    "type",
    "spec_version",
    "id",
    "name",
    "description",
    "created_by",
    "created",
    "modified",
    "workflow",
    "workflow_start",
    "workflow_exception",
    "agent_definitions",
    "playbook_variables",
    "extension_definitions",
    "playbook_processing_summary",
    "playbook_types",
    "playbook_activities",
];

/// What was read.
pub(super) struct Reader {
    pub fields: Field,
    pub not_mapped: Vec<NotMapped>,
}

/// Reads the whole of it.
pub(super) fn read(object: &Map<String, Value>) -> Result<Reader, Unreadable> {
    let empty = Map::new();
    let of = |name: &str| object.get(name).and_then(Value::as_object).unwrap_or(&empty);
    let start = object.get("workflow_start").and_then(Value::as_str).ok_or_else(|| {
        Unreadable("the playbook does not say where it starts (“workflow_start”)".to_owned())
    })?;
    let mut walk = Walk {
        nodes: of("workflow"),
        agents: of("agent_definitions"),
        variables: of("playbook_variables"),
        steps: Vec::new(),
        codes: BTreeSet::new(),
        seen: HashMap::new(),
        roles: BTreeMap::new(),
        facts: BTreeMap::new(),
        not_mapped: Vec::new(),
    };
    for (name, value) in object.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())) {
        walk.lose(format!("/{}", escaped(name)), value, "has no place in a playbook here");
    }
    if let Some(id) = object.get("workflow_exception") {
        walk.lose("/workflow_exception".to_owned(), id, "steps here have no way out for failures");
    }
    walk.sequence(start, None, 0)?;
    for (id, node) in walk.nodes {
        if !walk.seen.contains_key(id.as_str()) && kind(node) != "end" {
            walk.lose(format!("/workflow/{}", escaped(id)), node, "is never reached from the start");
        }
    }
    for (name, variable) in walk.variables {
        if !walk.facts.values().any(|fact| fact.variable.as_deref() == Some(name)) {
            walk.lose(format!("/playbook_variables/{name}"), variable, "no question asks for it");
        }
    }
    if walk.steps.is_empty() {
        return Err(Unreadable("nothing can be reached from its start that a person could do".to_owned()));
    }
    let title = words(object, "name").unwrap_or("A playbook without a name");
    let summary = words(object, "description").unwrap_or(title);
    let map = |entries: Vec<(String, Field)>| Field::Map(entries);
    let english = |text: &str| map(vec![("en".to_owned(), Field::text(text))]);
    let mut fields = vec![
        ("playbook".to_owned(), Field::text(slug(title, "playbook"))),
        ("version".to_owned(), Field::Number(1.0)),
        ("title".to_owned(), english(title)),
        ("summary".to_owned(), english(summary)),
        // Chosen for nobody until somebody writes down when it applies.
        ("applies".to_owned(), map(vec![("shared".to_owned(), Field::Flag(true))])),
        (
            "roles".to_owned(),
            map(walk.roles.values().map(|(code, name)| (code.clone(), english(name))).collect()),
        ),
    ];
    if !walk.facts.is_empty() {
        let facts = walk.facts.into_iter().map(|(code, fact)| (code, fact.field())).collect();
        fields.push(("facts".to_owned(), map(facts)));
    }
    fields.push(("steps".to_owned(), map(walk.steps)));
    Ok(Reader { fields: Field::Map(fields), not_mapped: walk.not_mapped })
}

struct Asked {
    title: String,
    /// The answers; none for yes and no.
    answers: Option<Vec<String>>,
    variable: Option<String>,
}

impl Asked {
    fn field(self) -> Field {
        let mut fields = vec![("title".to_owned(), Field::text(self.title))];
        match self.answers {
            Some(answers) => {
                fields.push(("type".to_owned(), Field::text("enum")));
                fields.push(("values".to_owned(), Field::texts(answers)));
            }
            None => fields.push(("type".to_owned(), Field::text("bool"))),
        }
        Field::Map(fields)
    }
}

struct Walk<'c> {
    nodes: &'c Map<String, Value>,
    agents: &'c Map<String, Value>,
    variables: &'c Map<String, Value>,
    steps: Vec<(String, Field)>,
    /// Codes given so far.
    codes: BTreeSet<String>,
    /// The code of each node read.
    seen: HashMap<&'c str, String>,
    /// Code and name of each agent's role.
    roles: BTreeMap<&'c str, (String, String)>,
    facts: BTreeMap<String, Asked>,
    not_mapped: Vec<NotMapped>,
}

impl<'c> Walk<'c> {
    fn lose(&mut self, path: String, what: &Value, why: &str) {
        self.not_mapped.push(NotMapped { path, what: short(what), why: why.to_owned() });
    }

    /// Reads from this node on to an end; gives the codes of the steps that
    /// stand in this branch itself, members of its groups included.
    fn sequence(
        &mut self,
        first: &'c str,
        after: Option<&str>,
        depth: usize,
    ) -> Result<Vec<String>, Unreadable> {
        if depth > DEEPEST {
            return Err(Unreadable(format!("its branches stand more than {DEEPEST} deep in each other")));
        }
        let (mut here, mut before) = (first, after.map(str::to_owned));
        let mut own = Vec::new();
        loop {
            let path = format!("/workflow/{}", escaped(here));
            let Some((id, node)) = self.nodes.get_key_value(here) else {
                let what = Value::from(here);
                self.lose("/workflow".to_owned(), &what, "is named as a next step, and is not there");
                return Ok(own);
            };
            if kind(node) == "end" {
                return Ok(own);
            }
            if let Some(code) = self.seen.get(id.as_str()) {
                let what = Value::from(code.as_str());
                self.lose(path, &what, "a second way leads here; it is read once, where it was met first");
                return Ok(own);
            }
            self.seen.insert(id, String::new());
            if kind(node) != "start" {
                let step = self.node(node, &path, before.as_deref(), depth)?;
                self.seen.insert(id, step.code.clone());
                before = Some(step.code.clone());
                own.push(step.code);
                own.extend(step.members);
            }
            for (way, why) in [
                (
                    "on_failure",
                    "steps here have no way for failures: what is not done is skipped with a reason",
                ),
                ("timeout", "a step that is late has not failed; give it a due time"),
                ("out_args", "the step records no fact by itself"),
            ] {
                if let Some(value) = node.get(way) {
                    self.lose(format!("{path}/{way}"), value, why);
                }
            }
            let next = words_of(node, "on_completion").or_else(|| words_of(node, "on_success"));
            match next {
                Some(next) => here = next,
                None => return Ok(own),
            }
        }
    }

    fn node(
        &mut self,
        node: &'c Value,
        path: &str,
        after: Option<&str>,
        depth: usize,
    ) -> Result<Read, Unreadable> {
        let code = self.code(words_of(node, "name").unwrap_or(kind(node)));
        let text = text_of(node, &code);
        let mut fields: Vec<(String, Field)> = Vec::new();
        let place = self.steps.len();
        // The step stands before what it opens.
        self.steps.push((code.clone(), Field::Nothing));
        let mut members = Vec::new();
        match kind(node) {
            "parallel" => {
                let branches = node.get("next_steps").and_then(Value::as_array);
                for branch in branches.into_iter().flatten().filter_map(Value::as_str) {
                    members.extend(self.sequence(branch, after, depth + 1)?);
                }
                if members.is_empty() {
                    say(&mut fields, "do", &text);
                } else {
                    say(&mut fields, "together", &text);
                    fields.push(("steps".to_owned(), Field::texts(members.iter().cloned())));
                }
            }
            "if-condition" => {
                let asks = words_of(node, "condition").unwrap_or("the condition of this step holds");
                self.lose(format!("{path}/condition"), &Value::from(asks), "is a question to a person now");
                let question = format!("{text} Is this so: {asks}?");
                let fact = code.clone();
                self.facts
                    .insert(fact.clone(), Asked { title: question.clone(), answers: None, variable: None });
                let yes = self.branch(node.get("on_true"), &code, depth)?;
                let no = self.branch(node.get("on_false"), &code, depth)?;
                let both = yes.iter().chain(&no).cloned().collect();
                Self::decide(
                    &mut fields,
                    &question,
                    &fact,
                    vec![("yes", yes), ("no", no), ("unknown", both)],
                );
            }
            "switch-condition" => self.switch(node, path, &code, &text, depth, &mut fields)?,
            "while-condition" => self.repeat(node, path, &code, &text, depth, &mut fields)?,
            "playbook-action" => {
                let other = words_of(node, "playbook_id").unwrap_or("without an id");
                self.lose(
                    format!("{path}/playbook_id"),
                    &Value::from(other),
                    "is another playbook; read it too and write “run_playbook” with its id",
                );
                say(&mut fields, "do", &format!("{text} Run the playbook {other}."));
            }
            _ => {
                let done = self.commands(node, path, &text);
                say(&mut fields, "do", &done);
                let by = self.role(node.get("agent").and_then(Value::as_str));
                fields.push(("by".to_owned(), Field::text(by)));
                if let Some(targets) = node.get("targets") {
                    self.lose(
                        format!("{path}/targets"),
                        targets,
                        "steps here are for people, not for machines",
                    );
                }
            }
        }
        if !fields.iter().any(|(name, _)| name == "by" || name == "together") {
            let by = self.role(None);
            fields.push(("by".to_owned(), Field::text(by)));
        }
        fields.push(("required".to_owned(), Field::text("could")));
        if let Some(after) = after {
            fields.push(("after".to_owned(), Field::texts([after])));
        }
        self.steps[place].1 = Field::Map(fields);
        Ok(Read { code, members })
    }

    fn branch(
        &mut self,
        first: Option<&'c Value>,
        after: &str,
        depth: usize,
    ) -> Result<Vec<String>, Unreadable> {
        match first.and_then(Value::as_str) {
            Some(first) => self.sequence(first, Some(after), depth + 1),
            None => Ok(Vec::new()),
        }
    }

    fn decide(
        fields: &mut Vec<(String, Field)>,
        question: &str,
        fact: &str,
        cases: Vec<(&str, Vec<String>)>,
    ) {
        say(fields, "decide", question);
        fields.push(("sets".to_owned(), Field::text(fact)));
        let cases = cases.into_iter().map(|(answer, steps)| {
            let opened = if steps.is_empty() { Field::text("end") } else { Field::texts(steps) };
            (answer.to_owned(), opened)
        });
        fields.push(("cases".to_owned(), Field::Map(cases.collect())));
    }

    fn switch(
        &mut self,
        node: &'c Value,
        path: &str,
        code: &str,
        text: &str,
        depth: usize,
        fields: &mut Vec<(String, Field)>,
    ) -> Result<(), Unreadable> {
        let variable = words_of(node, "switch").unwrap_or_default();
        let name = variable.trim_start_matches('$').split(':').next().unwrap_or_default();
        let mut cases: Vec<(String, Vec<String>)> = Vec::new();
        let mut all: Vec<String> = Vec::new();
        for (answer, first) in node.get("cases").and_then(Value::as_object).into_iter().flatten() {
            let steps = self.branch(Some(first), code, depth)?;
            all.extend(steps.iter().cloned());
            let answer = match answer.as_str() {
                "default" => "other".to_owned(),
                answer => answer.to_owned(),
            };
            cases.retain(|(known, _)| *known != answer);
            cases.push((answer, steps));
        }
        cases.sort_by_key(|(answer, _)| answer == "other");
        let asked: Vec<String> =
            cases.iter().map(|(answer, _)| answer.clone()).filter(|a| a != "unknown").collect();
        if asked.is_empty() {
            self.lose(
                format!("{path}/cases"),
                &node["cases"],
                "a question needs an answer; it is a plain step now",
            );
            say(fields, "do", text);
            return Ok(());
        }
        if !cases.iter().any(|(answer, _)| answer == "unknown") {
            cases.push(("unknown".to_owned(), all));
        }
        let known = self.variables.get(name);
        let described = known.and_then(|variable| words_of(variable, "description"));
        let title = described.map_or_else(|| format!("{text} ({name})"), str::to_owned);
        let fact = self.free(slug(name, "answer"), |walk, code| walk.facts.contains_key(code));
        let variable = known.map(|_| name.to_owned());
        self.facts.insert(fact.clone(), Asked { title, answers: Some(asked), variable });
        let cases = cases.iter().map(|(answer, steps)| (answer.as_str(), steps.clone())).collect();
        Self::decide(fields, text, &fact, cases);
        Ok(())
    }

    fn repeat(
        &mut self,
        node: &'c Value,
        path: &str,
        code: &str,
        text: &str,
        depth: usize,
        fields: &mut Vec<(String, Field)>,
    ) -> Result<(), Unreadable> {
        let condition = words_of(node, "condition").unwrap_or_default();
        let body = words_of(node, "on_true").and_then(|first| Some((first, self.nodes.get(first)?)));
        let Some((first, action)) = body.filter(|(first, action)| {
            let next = words_of(action, "on_completion").or_else(|| words_of(action, "on_success"));
            let ends = next.and_then(|next| self.nodes.get(next)).is_none_or(|next| kind(next) == "end");
            kind(action) == "action" && ends && !self.seen.contains_key(*first)
        }) else {
            let steps = self.branch(node.get("on_true"), code, depth)?;
            let why = format!("only one action can be repeated here; its {} steps come once", steps.len());
            self.lose(format!("{path}/on_true"), &node["on_true"], &why);
            say(fields, "do", &format!("{text} Again as long as {condition}."));
            return Ok(());
        };
        self.seen.insert(first, code.to_owned());
        let words = self.commands(action, &format!("/workflow/{}", escaped(first)), &text_of(action, code));
        say(fields, "repeat", &format!("{words} Again as long as {condition}."));
        let every = action.get("delay").or_else(|| node.get("delay")).and_then(Value::as_u64);
        let every = every.map(|milliseconds| (milliseconds / 60_000).clamp(1, 60_000));
        if every.is_none() {
            let why = format!("it does not say how often; every {DAILY} until somebody says better");
            self.lose(path.to_owned(), &node["name"], &why);
        }
        let every = every.map_or_else(|| DAILY.to_owned(), |minutes| format!("{minutes}min"));
        fields.push(("every".to_owned(), Field::text(every)));
        self.lose(format!("{path}/condition"), &Value::from(condition), "a person says when it is over");
        let title = format!("Is it over? It goes on as long as {condition}");
        self.facts.insert(code.to_owned(), Asked { title, answers: None, variable: None });
        fields.push(("until".to_owned(), Field::text(format!("{code} is \"yes\""))));
        fields.push(("records".to_owned(), Field::texts([code])));
        let by = self.role(action.get("agent").and_then(Value::as_str));
        fields.push(("by".to_owned(), Field::text(by)));
        Ok(())
    }

    /// What the commands of an action say, behind its description.
    fn commands(&mut self, node: &'c Value, path: &str, text: &str) -> String {
        let mut lines = vec![text.to_owned()];
        let commands = node.get("commands").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (index, command) in commands.iter().enumerate() {
            match (words_of(command, "type"), words_of(command, "command")) {
                (Some("manual"), Some(words)) if words != text => lines.push(words.to_owned()),
                (Some("manual"), _) => {}
                _ => self.lose(
                    format!("{path}/commands/{index}"),
                    command,
                    "is for a machine; the step says its name and description alone",
                ),
            }
        }
        lines.join("\n")
    }

    /// The role of an agent; of none a response team.
    fn role(&mut self, agent: Option<&'c str>) -> String {
        let id = agent.unwrap_or("");
        if let Some((code, _)) = self.roles.get(id) {
            return code.clone();
        }
        let name = self.agents.get(id).and_then(|agent| words_of(agent, "name"));
        let name = name.unwrap_or("Response team").to_owned();
        let code =
            self.free(slug(&name, "team"), |walk, code| walk.roles.values().any(|(taken, _)| taken == code));
        self.roles.insert(id, (code.clone(), name));
        code
    }

    /// A code for a step that no other has.
    fn code(&mut self, name: &str) -> String {
        let code = self.free(slug(name, "step"), |walk, code| {
            walk.codes.contains(code) || walk.facts.contains_key(code) || code == "end"
        });
        self.codes.insert(code.clone());
        code
    }

    fn free(&self, wanted: String, taken: impl Fn(&Self, &str) -> bool) -> String {
        if !taken(self, &wanted) {
            return wanted;
        }
        let numbered = (2_u32..).map(|number| format!("{wanted}-{number}"));
        numbered.into_iter().find(|code| !taken(self, code)).unwrap_or(wanted)
    }
}

fn say(fields: &mut Vec<(String, Field)>, what: &str, words: &str) {
    fields.push((what.to_owned(), Field::text(words)));
}

struct Read {
    code: String,
    /// Steps in it that are not opened by a decision of their own.
    members: Vec<String>,
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or("action")
}

fn words<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str).map(str::trim).filter(|words| !words.is_empty())
}

fn words_of<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.as_object().and_then(|object| words(object, name))
}

/// What a node says: its name, and its description where that says more.
fn text_of(node: &Value, code: &str) -> String {
    match (words_of(node, "name"), words_of(node, "description")) {
        (Some(name), Some(more)) if name != more => format!("{}. {more}", name.trim_end_matches('.')),
        (Some(one), _) | (None, Some(one)) => one.to_owned(),
        (None, None) => code.to_owned(),
    }
}

/// A code made of a name: Latin letters and digits, the rest as hyphens.
fn slug(name: &str, without: &str) -> String {
    const LONGEST: usize = 48;
    let mut code = String::new();
    for letter in name.to_lowercase().chars().take(LONGEST) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            code.push(letter);
        } else if !code.ends_with('-') {
            code.push('-');
        }
    }
    let code = code.trim_matches(['-', '_']);
    // A name in another script keeps nothing; names that differ stay apart by number.
    if code.is_empty() { without.to_owned() } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_any_name() {
        assert_eq!(slug("  Isolate the “field”! ", "step"), "isolate-the-field");
        assert_eq!(slug("隔离", "step"), "step");
    }
}
