//! Playbooks as CACAO 2.0: what is exported passes the public schema as
//! declared, the same read strictly, and the profile that no schema asserts;
//! what is imported comes back, or is listed.

use outcross::{
    interop::cacao::{EXTENSION_VERSION, LARGEST, export, extension_id, import, written},
    playbook::{Library, Playbook, difference},
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

fn library() -> Library {
    Library::built_in().expect("the carried playbooks are sound")
}

/// Every playbook of the library as it is exported: with the steps of those
/// it runs, in every language there is.
fn editions(library: &Library) -> Vec<Playbook> {
    let ids: Vec<String> = library.originals().map(|book| book.id.clone()).collect();
    let edition = |id: &String| library.edition(id).expect("there").expect("sound");
    ids.iter().map(edition).map(|book| book.in_languages(library.translations())).collect()
}

fn exported(id: &str) -> Value {
    let library = library();
    let edition = library.edition(id).expect("there").expect("sound");
    export(&edition.in_languages(library.translations())).expect("written")
}

// ---- The profile

fn id_of(kind: &str, text: &str) -> bool {
    text.strip_prefix(kind).and_then(|rest| rest.strip_prefix("--")).is_some_and(|uuid| {
        let parts: Vec<&str> = uuid.split('-').collect();
        parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
            && uuid.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c))
            && parts[2].starts_with('5')
    })
}

fn is_instant(text: &str) -> bool {
    text.len() == 24
        && text.ends_with('Z')
        && text.as_bytes()[19] == b'.'
        && text.parse::<jiff::Timestamp>().is_ok()
}

fn is_variable(name: &str) -> bool {
    name.strip_prefix("__").and_then(|rest| rest.strip_suffix("__")).is_some_and(|inner| {
        inner.len() <= 200
            && inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    })
}

/// The members each kind of node may have.
const MEMBERS: [(&str, &[&str]); 8] = [
    ("start", &["type", "on_completion"]),
    ("end", &["type"]),
    (
        "action",
        &[
            "type",
            "name",
            "description",
            "external_references",
            "delay",
            "timeout",
            "out_args",
            "on_completion",
            "step_extensions",
            "commands",
            "agent",
        ],
    ),
    (
        "playbook-action",
        &[
            "type",
            "name",
            "description",
            "external_references",
            "on_completion",
            "step_extensions",
            "playbook_id",
        ],
    ),
    (
        "parallel",
        &[
            "type",
            "name",
            "description",
            "external_references",
            "on_completion",
            "step_extensions",
            "next_steps",
        ],
    ),
    (
        "if-condition",
        &["type", "name", "description", "on_completion", "step_extensions", "condition", "on_true"],
    ),
    (
        "while-condition",
        &["type", "name", "description", "on_completion", "step_extensions", "condition", "on_true"],
    ),
    (
        "switch-condition",
        &["type", "name", "description", "on_completion", "step_extensions", "switch", "cases"],
    ),
];

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or("")
}

/// Where a branch of this node begins.
fn branches(node: &Value) -> Vec<&str> {
    let several = node["next_steps"].as_array().into_iter().flatten();
    let cases = node["cases"].as_object().into_iter().flat_map(Map::values);
    let conditions = ["on_true", "on_false"].map(|name| &node[name]);
    several.chain(cases).chain(conditions).filter_map(Value::as_str).collect()
}

/// Variables named in a condition.
fn named(condition: &str) -> Vec<String> {
    let words = condition.split(|c: char| c.is_whitespace() || c == '(' || c == ')');
    words.filter_map(|word| word.strip_suffix(":value")).map(str::to_owned).collect()
}

/// Everything that breaks the profile: what the specification says in words
/// and the schema does not hold, and what an engine trips over.
fn faults(playbook: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |fault: String| faults.push(fault);
    if !id_of("playbook", text(playbook, "id")) {
        say("id".to_owned());
    }
    for name in ["created", "modified"] {
        if !is_instant(text(playbook, name)) {
            say(format!("{name} is no instant with three digits of a second"));
        }
    }
    if text(playbook, "created") > text(playbook, "modified") {
        say("modified before it was created".to_owned());
    }
    if !id_of("identity", text(playbook, "created_by")) {
        say("created_by is no identity".to_owned());
    }
    for marking in playbook["markings"].as_array().into_iter().flatten() {
        if playbook["data_marking_definitions"][marking.as_str().unwrap_or("")]["tlpv2_level"] != "TLP:CLEAR"
        {
            say(format!("marking {marking} is not defined"));
        }
    }
    let nothing = Map::new();
    let of = |name: &str| playbook[name].as_object().unwrap_or(&nothing);
    let (nodes, agents, variables) = (of("workflow"), of("agent_definitions"), of("playbook_variables"));
    for (name, variable) in variables {
        if !is_variable(name) {
            say(format!("{name} is no name of a variable"));
        }
        if !(variable["value"].is_string() || variable["value"].is_null()) {
            say(format!("the value of {name} is no text"));
        }
    }
    for (id, agent) in agents {
        if !id_of(text(agent, "type"), id) {
            say(format!("agent {id}"));
        }
    }
    let mut activities = BTreeSet::new();
    for (id, node) in nodes {
        activities
            .extend(node["commands"].as_array().into_iter().flatten().map(|c| text(c, "playbook_activity")));
        node_faults(playbook, id, node, &mut say);
    }
    for activity in playbook["playbook_activities"].as_array().into_iter().flatten().filter_map(Value::as_str)
    {
        if !activities.contains(activity) {
            say(format!("no step is of the activity {activity}"));
        }
    }
    if playbook["playbook_types"].is_array() && playbook["playbook_activities"].is_null() {
        say("types without activities".to_owned());
    }
    let starts = nodes.values().filter(|node| node["type"] == "start").count();
    let start = text(playbook, "workflow_start");
    if starts != 1 || nodes.get(start).is_none_or(|node| node["type"] != "start") {
        say("one start, and it is named".to_owned());
    }
    walk(nodes, start, &mut faults);
    faults
}

/// What is wrong with one node.
fn node_faults(playbook: &Value, id: &str, node: &Value, say: &mut impl FnMut(String)) {
    let nothing = Map::new();
    let of = |name: &str| playbook[name].as_object().unwrap_or(&nothing);
    let (nodes, agents, variables) = (of("workflow"), of("agent_definitions"), of("playbook_variables"));
    let declared = |name: &str| variables.contains_key(name);
    let kind = text(node, "type");
    let Some((_, members)) = MEMBERS.iter().find(|(known, _)| *known == kind) else {
        say(format!("{id} has the type {kind}"));
        return;
    };
    if !id_of(kind, id) {
        say(format!("{id} is no id of {kind}"));
    }
    for (member, value) in node.as_object().unwrap_or(&nothing) {
        if !members.contains(&member.as_str()) {
            say(format!("{id} has a member {member}"));
        }
        if ["delay", "timeout"].contains(&member.as_str()) && value.as_u64().is_none_or(|value| value == 0) {
            say(format!("{member} of {id}"));
        }
    }
    if (kind == "end") != node["on_completion"].is_null() {
        say(format!("{id} has one way on unless it is an end"));
    }
    for target in branches(node).into_iter().chain(node["on_completion"].as_str()) {
        if !nodes.contains_key(target) {
            say(format!("{id} leads to {target}, which is not there"));
        }
    }
    match kind {
        "action" => {
            let commands = node["commands"].as_array().map_or(&[][..], Vec::as_slice);
            if commands.is_empty() || commands.iter().any(|command| command["type"] != "manual") {
                say(format!("{id} has no command for a person"));
            }
            if !agents.contains_key(text(node, "agent")) {
                say(format!("{id} has an agent that is not defined"));
            }
            if node["timeout"].is_null() {
                say(format!("{id} leaves its timeout to the engine"));
            }
        }
        "parallel" => {
            let next = branches(node);
            if next.len() < 2 || next.iter().collect::<BTreeSet<_>>().len() < next.len() {
                say(format!("{id} has fewer than two branches"));
            }
        }
        "switch-condition" => {
            let name = text(node, "switch").trim_end_matches(":value");
            if !declared(name) || node["cases"].as_object().is_none_or(Map::is_empty) {
                say(format!("{id} asks {name}"));
            }
            for key in node["cases"].as_object().unwrap_or(&nothing).keys() {
                if !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
                    say(format!("{id} has the case {key}"));
                }
            }
        }
        "if-condition" | "while-condition" => {
            let named = named(text(node, "condition"));
            if named.is_empty() || named.iter().any(|name| !declared(name)) {
                say(format!("{id} asks {}", text(node, "condition")));
            }
        }
        _ => {}
    }
    for name in node["out_args"].as_array().into_iter().flatten() {
        if !declared(name.as_str().unwrap_or("")) {
            say(format!("{id} gives {name}"));
        }
    }
    for extension in node["step_extensions"].as_object().unwrap_or(&nothing).keys() {
        if playbook["extension_definitions"][extension].is_null() {
            say(format!("the extension {extension} is not defined"));
        }
    }
}

/// Follows every branch from the start: each has an end of its own, none
/// comes back, and every node is met once.
fn walk(nodes: &Map<String, Value>, start: &str, faults: &mut Vec<String>) {
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut open = vec![start.to_owned()];
    while let Some(first) = open.pop() {
        let mut here = first;
        while let Some(node) = nodes.get(&here) {
            if !met.insert(here.clone()) {
                faults.push(format!("two branches meet at {here}"));
                break;
            }
            open.extend(branches(node).into_iter().map(str::to_owned));
            match node["on_completion"].as_str() {
                Some(next) => next.clone_into(&mut here),
                None => break,
            }
        }
    }
    for id in nodes.keys().filter(|id| !met.contains(*id)) {
        faults.push(format!("{id} is never reached"));
    }
}

#[test]
fn every_playbook_keeps_the_profile() {
    let library = library();
    for edition in editions(&library) {
        let playbook = export(&edition).expect("written");
        assert_eq!(faults(&playbook), Vec::<String>::new(), "{}", edition.id);
        let original = export(library.original(&edition.id).expect("there")).expect("written");
        assert_eq!(faults(&original), Vec::<String>::new(), "{} by itself", edition.id);
    }
}

#[test]
fn each_fault_against_the_profile_is_found() {
    type Planted = (&'static str, fn(&mut Value));
    fn of<'v>(playbook: &'v mut Value, kind: &str) -> &'v mut Value {
        let nodes = playbook["workflow"].as_object_mut().expect("nodes");
        nodes.values_mut().find(|node| node["type"] == kind).expect("one of the kind")
    }
    let planted: [Planted; 16] = [
        ("a UUID of version 7", |p| p["id"] = json!("playbook--01890a5d-ac96-774b-bcce-b302099a8057")),
        ("no milliseconds", |p| p["created"] = json!("2026-01-01T00:00:00Z")),
        ("a maker that is none", |p| p["created_by"] = json!("Outcross")),
        ("a marking nobody defined", |p| p["markings"] = json!(["marking-tlp--1"])),
        ("a value that is a number", |p| {
            let variables = p["playbook_variables"].as_object_mut().expect("variables");
            variables.values_mut().next().expect("one")["value"] = json!(1);
        }),
        ("a variable with a letter that is none", |p| {
            p["playbook_variables"]["__é__"] = json!({"type": "string", "value": "x"});
        }),
        ("an action without an agent", |p| of(p, "action")["agent"] = json!("nobody")),
        ("an action without a command", |p| of(p, "action")["commands"] = json!([])),
        ("an action that times out when the engine likes", |p| {
            of(p, "action").as_object_mut().expect("a node").remove("timeout");
        }),
        ("no way on", |p| {
            of(p, "action").as_object_mut().expect("a node").remove("on_completion");
        }),
        ("a way on that is not there", |p| of(p, "parallel")["on_completion"] = json!("end--x")),
        ("a way back", |p| {
            let start = p["workflow_start"].clone();
            of(p, "action")["on_completion"] = start;
        }),
        ("a parallel of one", |p| {
            let first = of(p, "parallel")["next_steps"][0].clone();
            of(p, "parallel")["next_steps"] = json!([first]);
        }),
        ("a condition over nothing declared", |p| {
            of(p, "if-condition")["condition"] = json!("__none__:value = 'x'");
        }),
        ("a stray member", |p| of(p, "action")["banana"] = json!(true)),
        ("a node nobody reaches", |p| p["workflow"]["end--x"] = json!({"type": "end"})),
    ];
    let sound = exported("receipt");
    assert_eq!(faults(&sound), Vec::<String>::new());
    for (what, plant) in planted {
        let mut broken = sound.clone();
        plant(&mut broken);
        assert!(!faults(&broken).is_empty(), "{what} was not found");
    }
}

// ---- The public schema

const SCHEMAS: &str = "https://raw.githubusercontent.com/oasis-open/cacao-json-schemas/main/schemas/";

/// The schemas of OASIS, where they are there.
fn schemas() -> Option<BTreeMap<String, Value>> {
    fn gather(folder: &Path, found: &mut BTreeMap<String, Value>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|end| end == "json") {
                let text = std::fs::read_to_string(&path).expect("text");
                let schema: Value = serde_json::from_str(&text).expect("JSON");
                found.insert(schema["$id"].as_str().expect("an id").to_owned(), schema);
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cacao-2.0");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the schemas of OASIS CACAO 2.0 are not here; the profile is held without them");
        return None;
    }
    let mut found = BTreeMap::new();
    gather(&folder, &mut found);
    Some(found)
}

fn problems_by(
    schemas: &BTreeMap<String, Value>,
    draft: jsonschema::Draft,
    playbooks: &[Value],
) -> Vec<String> {
    let mut registry = jsonschema::Registry::new();
    for (id, schema) in schemas {
        registry = registry.add(id.clone(), schema.clone()).expect("an address");
    }
    let registry = registry.prepare().expect("every part is there");
    let root = &schemas[&format!("{SCHEMAS}playbook.json")];
    let options = jsonschema::options().with_draft(draft).with_registry(&registry);
    let validator = options.build(root).expect("a schema");
    let all = playbooks.iter().flat_map(|playbook| {
        let found =
            validator.iter_errors(playbook).map(|fault| format!("{}: {fault}", fault.instance_path()));
        found
            .take(3)
            .map(|fault| format!("{}: {}", playbook["name"], fault.chars().take(400).collect::<String>()))
            .collect::<Vec<_>>()
    });
    all.collect()
}

#[test]
fn every_playbook_passes_the_public_schema_as_declared_and_read_strictly() {
    let Some(mut schemas) = schemas() else { return };
    let library = library();
    let mut playbooks: Vec<Value> =
        editions(&library).iter().map(|book| export(book).expect("written")).collect();
    playbooks.extend(library.originals().map(|book| export(book).expect("written")));
    assert_eq!(problems_by(&schemas, jsonschema::Draft::Draft7, &playbooks), Vec::<String>::new());

    // They declare draft 7 and use a keyword of 2019-09, so that nothing stray
    // is refused as declared. Read as 2020-12, one line refuses every command;
    // without that line they say what they mean.
    for schema in schemas.values_mut() {
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    }
    let command = schemas.get_mut(&format!("{SCHEMAS}commands/command-data.json")).expect("there");
    command.as_object_mut().expect("a schema").remove("unevaluatedProperties");
    let draft = jsonschema::Draft::Draft202012;
    assert_eq!(problems_by(&schemas, draft, &playbooks), Vec::<String>::new());
    // Read so, they do refuse something.
    let mut stray = playbooks[0].clone();
    stray["banana"] = json!(true);
    assert_eq!(problems_by(&schemas, draft, &[stray]).len(), 1);
}

// ---- The same input, the same bytes

#[test]
fn the_same_playbook_gives_the_same_bytes() {
    let (one, other) = (written(&exported("release")), written(&exported("release")));
    assert_eq!(one, other);
    let library = library();
    let text = library.original("release").expect("there").text().replace("version: ", "version: 1");
    let newer = export(&Playbook::read("release", &text).expect("reads")).expect("written");
    let older = export(library.original("release").expect("there")).expect("written");
    assert_eq!(newer["id"], older["id"], "one playbook");
    assert!(newer["modified"].as_str() > older["modified"].as_str(), "a later version");
    assert_ne!(newer["workflow_start"], older["workflow_start"], "other steps");
}

#[test]
fn translations_go_along_with_how_they_came_about() {
    let playbook = exported("receipt");
    let own = &playbook["playbook_extensions"][extension_id()];
    assert_eq!(own["translations"]["fr"], "machine");
    assert_eq!(
        own["title"]["fr"],
        library().get("receipt").expect("there").title.0[&outcross::playbook::Language::Fr]
    );
    assert_eq!(playbook["extension_definitions"][extension_id()]["version"], EXTENSION_VERSION);
}

// ---- Back again

#[test]
fn what_was_exported_comes_back_whole() {
    let library = library();
    for edition in editions(&library) {
        let text = written(&export(&edition).expect("written"));
        let back = import(&text).expect("reads");
        assert!(back.own);
        assert_eq!(back.not_mapped, Vec::new(), "{}", edition.id);
        let found = difference(&edition, &back.playbook);
        assert!(found.changes.is_empty(), "{}: {:?}", edition.id, found.changes);
        let again = import(&written(&export(&back.playbook).expect("written"))).expect("reads");
        assert_eq!(again.playbook.text(), back.playbook.text(), "{}", edition.id);

        // By itself it goes into a folder of playbooks again.
        let original = library.original(&edition.id).expect("there");
        let back = import(&written(&export(original).expect("written"))).expect("reads");
        assert!(difference(original, &back.playbook).changes.is_empty(), "{}", edition.id);
        assert!(back.playbook.parts.is_empty());
    }
}

#[test]
fn what_somebody_changed_outside_is_listed() {
    let mut playbook = exported("desk");
    playbook["name"] = json!("Another name");
    playbook["signatures"] = json!([]);
    playbook.as_object_mut().expect("an object").remove("labels");
    let back = import(&playbook.to_string()).expect("reads");
    let paths: Vec<&str> = back.not_mapped.iter().map(|lost| lost.path.as_str()).collect();
    assert_eq!(paths, ["/name", "/signatures", "/labels"]);
    assert_eq!(back.playbook.title.to_string(), library().get("desk").expect("there").title.to_string());
}

/// Somebody else's playbook: two people, a question, a loop and a machine.
fn foreign() -> Value {
    json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": "playbook--uuid", "name": "Spill of seed",
        "description": "From another house.", "created_by": "identity--x",
        "created": "2025-01-01T00:00:00.000Z", "modified": "2025-01-01T00:00:00.000Z", "priority": 3,
        "workflow_start": "start--1",
        "agent_definitions": {
            "individual--1": {"type": "individual", "name": "Inspector"},
            "group--1": {"type": "group", "name": "Field team"},
        },
        "playbook_variables": {
            "__crop__": {"type": "string", "description": "Which crop is it?", "value": null},
            "__token__": {"type": "string", "value": "x"},
        },
        "workflow": {
            "start--1": {"type": "start", "on_completion": "action--1"},
            "action--1": {"type": "action", "name": "Close the road", "agent": "individual--1", "timeout": 600_000,
                "commands": [{"type": "manual", "command": "Close it for 2 km."}], "on_success": "switch--1",
                "on_failure": "end--1"},
            "switch--1": {"type": "switch-condition", "name": "Which crop", "switch": "__crop__:value",
                "cases": {"rape": "action--2", "default": "end--2"}, "on_completion": "parallel--1"},
            "action--2": {"type": "action", "name": "Sweep the verge", "agent": "group--1",
                "commands": [{"type": "manual", "command": "Sweep."}], "on_completion": "end--3"},
            "parallel--1": {"type": "parallel", "name": "Both", "next_steps": ["action--3", "action--4"],
                "on_completion": "while--1"},
            "action--3": {"type": "action", "name": "Send a list", "agent": "group--1",
                "commands": [{"type": "bash", "command": "curl example.org"}], "on_completion": "end--4"},
            "action--4": {"type": "action", "name": "Tell the farmers", "agent": "individual--1",
                "commands": [{"type": "manual", "command": "Telephone."}], "on_completion": "end--5"},
            "while--1": {"type": "while-condition", "name": "Go on", "condition": "__crop__:value = 'rape'",
                "on_true": "action--5", "on_completion": "end--1"},
            "action--5": {"type": "action", "name": "Look again", "delay": 86_400_000, "agent": "group--1",
                "commands": [{"type": "manual", "command": "Look."}], "on_completion": "end--6"},
            "end--1": {"type": "end"}, "end--2": {"type": "end"}, "end--3": {"type": "end"},
            "end--4": {"type": "end"}, "end--5": {"type": "end"}, "end--6": {"type": "end"},
        },
    })
}

#[test]
fn somebody_elses_playbook_is_read_as_far_as_it_maps() {
    let read = import(&foreign().to_string()).expect("reads");
    assert!(!read.own);
    let playbook = &read.playbook;
    assert_eq!((playbook.id.as_str(), playbook.roles.len()), ("spill-of-seed", 3));
    let codes: Vec<&str> = playbook.steps.iter().map(|step| step.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "close-the-road",
            "which-crop",
            "sweep-the-verge",
            "both",
            "send-a-list",
            "tell-the-farmers",
            "go-on"
        ]
    );
    assert!(playbook.step("close-the-road").expect("there").text.to_string().contains("Close it for 2 km."));
    let fact = playbook.facts.first().expect("a fact");
    assert_eq!(fact.values(), Some(vec!["rape", "other", "unknown"]));
    let lost: Vec<&str> = read.not_mapped.iter().map(|lost| lost.path.as_str()).collect();
    assert_eq!(
        lost,
        [
            "/playbook_variables/__token__",
            "/priority",
            "/workflow/action--1/on_failure",
            "/workflow/action--1/timeout",
            "/workflow/action--3/commands/0",
            "/workflow/while--1/condition",
        ]
    );
    // It stands the checker but for what a person has to say.
    let alone = Library::read([("spill", playbook.text())]).expect("reads");
    let errors: Vec<String> = outcross::playbook::check(&alone)
        .into_iter()
        .filter(|problem| problem.severity == outcross::playbook::Severity::Error)
        .map(|problem| format!("{} {}", problem.code, problem.message))
        .filter(|problem| !problem.starts_with("one_fallback"))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn what_is_no_playbook_is_refused_in_words() {
    let says = |text: &str| import(text).expect_err("refused").to_string();
    assert!(says("{").contains("not JSON"));
    assert!(says("[]").contains("no object"));
    assert!(says("{}").contains("no CACAO playbook"));
    assert!(says(r#"{"type": "playbook", "spec_version": "1.1"}"#).contains("cacao-2.0"));
    assert!(says(&"[".repeat(100_000)).contains("not JSON"));
    assert!(says(&" ".repeat(LARGEST + 1)).contains("larger than 8 MiB"));
    let mut newer = exported("desk");
    newer["extension_definitions"][extension_id()]["version"] = json!("9");
    assert!(says(&newer.to_string()).contains("version 9"));
    let mut damaged = exported("desk");
    damaged["playbook_extensions"][extension_id()]["steps"][0] = json!("nowhere");
    assert!(says(&damaged.to_string()).contains("“nowhere” is missing"));

    // A workflow that runs in a circle, and one that is a tower.
    let mut circle = foreign();
    circle["workflow"]["action--4"]["on_completion"] = json!("action--1");
    let read = import(&circle.to_string()).expect("reads");
    assert!(read.not_mapped.iter().any(|lost| lost.why.contains("second way")));
    let mut tower = foreign();
    for floor in 0..5_000 {
        tower["workflow"][format!("if--{floor}")] = json!({"type": "if-condition", "name": "If", "condition": "x",
            "on_true": format!("if--{}", floor + 1), "on_completion": "end--1"});
    }
    tower["workflow"]["start--1"]["on_completion"] = json!("if--0");
    assert!(says(&tower.to_string()).contains("deep"));
    let mut nowhere = foreign();
    nowhere["workflow_start"] = json!("start--9");
    assert!(says(&nowhere.to_string()).contains("nothing can be reached"));
}
