//! Small playbooks with one fault each: the fault is found, at its line and
//! column, and nothing else is; the schema for editors refuses those whose
//! structure is wrong. Each file says in its first line what is to be found.

use super::texts;
use outcross::playbook::{Library, Problem, Severity, check};
use std::{collections::BTreeSet, fs, path::Path, process::Command};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/playbooks/bad");

/// Name and text of every faulty playbook.
fn faulty() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(FOLDER)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect();
    found.sort();
    found
}

fn errors_of(name: &str, text: &str) -> Vec<Problem> {
    let (library, mut problems) = Library::gather([(name, text)]);
    if problems.is_empty() {
        problems = check(&library);
    }
    problems.retain(|problem| problem.severity == Severity::Error);
    problems
}

fn structural(text: &str) -> bool {
    text.contains("# A fault of structure")
}

#[test]
fn every_fault_is_found_at_its_line_and_column_and_nothing_else_is() {
    let files = faulty();
    let mut kinds = BTreeSet::new();
    for (name, text) in &files {
        let expected = text.lines().next().and_then(|line| line.strip_prefix("# expects: "));
        let expected = expected.unwrap_or_else(|| panic!("{name} does not say what to find"));
        let problems = errors_of(name, text);
        let found: Vec<String> =
            problems.iter().map(|p| format!("{} {}:{}", p.code, p.line, p.column)).collect();
        assert_eq!(found.join(", "), expected, "{name}");
        for problem in problems {
            assert!(!problem.help.is_empty() && !problem.message.is_empty(), "{name}");
            let line = text.lines().nth(problem.line as usize - 1).expect("the line is there");
            assert_eq!(problem.snippet, line, "{name}");
            kinds.insert(problem.code);
        }
    }
    assert!(kinds.len() >= 30, "{} kinds of fault", kinds.len());
}

#[test]
fn the_caret_stands_under_the_fault() {
    let (name, text) = faulty().into_iter().find(|(name, _)| name == "unknown-value.yaml").expect("there");
    let shown = errors_of(&name, &text).remove(0).to_string();
    let lines: Vec<&str> = shown.lines().collect();
    let word = lines[1].find("perhaps").expect("the line is shown");
    assert_eq!(lines[2].find('^'), Some(word), "{shown}");
}

// ---- The schema for editors

fn schema() -> jsonschema::Validator {
    let text = include_str!("../../playbooks/schema.json");
    let schema: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).expect("a schema");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

#[test]
fn every_shipped_file_satisfies_the_schema() {
    let schema = schema();
    for (name, text) in texts() {
        let value: serde_json::Value = serde_saphyr::from_str(&text).expect("YAML");
        let faults: Vec<String> =
            schema.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
    }
}

#[test]
fn the_schema_refuses_faults_of_structure_and_leaves_the_others_to_the_checker() {
    let schema = schema();
    for (name, text) in faulty() {
        let Ok(value) = serde_saphyr::from_str::<serde_json::Value>(&text) else {
            assert!(structural(&text), "{name} is not even YAML");
            continue;
        };
        assert_ne!(schema.is_valid(&value), structural(&text), "{name}");
    }
}

// ---- The command

fn outcross(arguments: &[&str]) -> (bool, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_outcross")).args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (run.status.code() == Some(0), text(run.stdout), text(run.stderr))
}

#[test]
fn the_command_fails_on_errors_and_says_where_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = faulty();
    let (_, text) = files.iter().find(|(name, _)| name == "unknown-clock.yaml").expect("there");
    fs::write(folder.path().join("one.yaml"), text).expect("written");
    let path = folder.path().display().to_string();
    let (passed, out, err) = outcross(&["check", "playbooks", &path]);
    assert!(!passed);
    assert!(out.contains("one.yaml:33:19\n   33 |     due: 2d after knwn\n"), "{out}");
    assert!(out.contains("= help: did you mean “known”?"), "{out}");
    assert!(err.contains("1 error in the playbooks"), "{err}");

    let (passed, out, _) = outcross(&["check", "playbooks", &path, "--json"]);
    assert!(!passed);
    let page: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(page["errors"], 1);
    let problem = &page["problems"][1];
    for field in ["code", "severity", "file", "line", "column", "snippet", "message", "help"] {
        assert!(!problem[field].is_null(), "{field}");
    }
}

#[test]
fn the_command_passes_the_shipped_playbooks_from_inside_and_from_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playbooks");
    let (passed, inside, _) = outcross(&["check", "playbooks", "--json"]);
    assert!(passed, "{inside}");
    let (passed, outside, _) = outcross(&["check", "playbooks", &folder.display().to_string(), "--json"]);
    assert!(passed, "{outside}");
    let count = |text: &str| {
        let page: serde_json::Value = serde_json::from_str(text).expect("JSON");
        (page["playbooks"].clone(), page["translations"].clone(), page["errors"].clone())
    };
    assert_eq!(count(&inside), count(&outside));
    let (passed, _, err) = outcross(&["check", "playbooks", concat!(env!("CARGO_MANIFEST_DIR"), "/.github")]);
    assert!(!passed && err.contains("no playbook here"), "{err}");
}

#[test]
fn the_program_carries_what_the_folder_holds() {
    let inside: Vec<(String, String)> =
        Library::carried().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let mut sorted = inside.clone();
    sorted.sort();
    let names = |texts: &[(String, String)]| texts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&sorted), names(&texts()), "add it to src/playbook/built_in.rs");
}

#[test]
#[ignore = "writes the first lines of the faulty playbooks; read them before keeping them"]
fn write_what_is_found() {
    for (name, text) in faulty() {
        let found: Vec<String> =
            errors_of(&name, &text).iter().map(|p| format!("{} {}:{}", p.code, p.line, p.column)).collect();
        let rest = text.split_once('\n').expect("lines").1;
        fs::write(Path::new(FOLDER).join(&name), format!("# expects: {}\n{rest}", found.join(", ")))
            .expect("written");
    }
}
