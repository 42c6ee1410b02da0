//! Who may import whom, as data. A wrong `use crate::…` fails here with file
//! and edge; so does an outside crate used in a room it does not belong in.
//!
//! If a rule stands in the way of good code, change the table here, in a
//! commit that says why.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Room → rooms it may import.
const MAY_IMPORT: [(&str, &[&str]); 15] = [
    ("domain", &[]),
    ("words", &["domain"]),
    ("proof", &[]),
    ("geo", &["domain"]),
    ("playbook", &["domain"]),
    ("interop", &["domain", "playbook", "words"]),
    ("store", &["domain", "proof"]),
    ("alert", &["domain", "store", "words"]),
    // Tokens are kept as digests, which `proof` makes.
    ("desk", &["domain", "geo", "playbook", "store", "alert", "proof"]),
    ("reading", &["domain", "geo", "playbook", "store"]),
    // A request body is recognised by its digest, which `proof` makes.
    ("gate", &["domain", "desk", "reading", "words", "proof"]),
    ("api", &["domain", "desk", "reading", "gate", "alert", "interop", "words", "proof"]),
    // Pages stand on the same rooms as the routes, which hold them (`Rooms`).
    ("web", &["domain", "desk", "reading", "gate", "api", "words", "proof"]),
    ("config", &["domain"]),
    (
        "cli",
        &[
            "domain", "words", "proof", "geo", "playbook", "interop", "store", "alert", "desk", "reading",
            "gate", "api", "web", "config",
        ],
    ),
];

/// Files with a narrower rule than their room: `cli::demo` may use only the
/// public HTTP and websocket client, and words for what the answers say.
const NARROWER: [(&str, &[&str]); 2] =
    [("src/cli/demo.rs", &["domain", "words"]), ("src/cli/client.rs", &[])];

/// Outside crate → rooms it may be used in. Crates not named here may be used
/// anywhere.
const LIVES_IN: [(&str, &[&str]); 43] = [
    ("argon2", &["proof"]),
    ("infer", &["desk"]),
    ("totp_rs", &["proof"]),
    ("actix_http", &["api"]),
    ("actix_tls", &["cli"]),
    ("actix_web", &["gate", "api", "web", "cli"]),
    ("askama", &["web"]),
    ("base64", &["desk", "alert", "web"]),
    ("bytes", &["alert", "api"]),
    ("clap", &["cli"]),
    ("console", &["cli"]),
    ("csv", &["interop", "cli", "web"]),
    ("encoding_rs", &["geo"]),
    ("fluent_bundle", &["words"]),
    ("geo", &["geo"]),
    ("geographiclib_rs", &["geo"]),
    ("getrandom", &["domain"]),
    ("indicatif", &["cli"]),
    ("ipnet", &["alert", "config"]),
    ("lettre", &["alert"]),
    ("mail_parser", &["web"]),
    ("md5", &["geo"]),
    ("metrics_exporter_prometheus", &["cli"]),
    ("reqwest", &["alert", "cli"]),
    ("ring", &["alert"]),
    ("rstar", &["geo"]),
    ("rusqlite", &["store"]),
    ("rustls", &["alert", "cli"]),
    ("serde_saphyr", &["playbook"]),
    ("json_patch", &["desk"]),
    ("sha2", &["proof", "geo", "playbook"]),
    ("shapefile", &["geo"]),
    ("socket2", &["cli"]),
    ("strsim", &["cli"]),
    ("tokio", &["alert", "api", "cli"]),
    ("tokio_tungstenite", &["cli"]),
    ("toml", &["geo", "config", "cli"]),
    ("tracing_subscriber", &["cli"]),
    ("unicode_width", &["cli", "alert"]),
    ("utoipa_actix_web", &["api", "cli"]),
    ("utoipa_swagger_ui", &["api", "cli"]),
    ("webpki_roots", &["alert"]),
    ("zip", &["geo"]),
];

/// Rooms that do no IO, never await, read no clock.
const PURE: [&str; 6] = ["domain", "words", "proof", "geo", "playbook", "interop"];

/// What a pure room must not name, and why.
const IMPURE: [(&str, &str); 6] = [
    ("std::fs", "IO"),
    ("std::net", "IO"),
    ("std::env", "IO"),
    (".await", "awaiting"),
    ("async fn", "awaiting"),
    ("std::thread", "threads"),
];

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a readable directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its room and its text without comments.
fn sources() -> Vec<(String, String, String)> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&home.join("src"), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let file = path.strip_prefix(home).expect("inside the repository").to_string_lossy().into_owned();
            let room = file.strip_prefix("src/")?.split('/').next()?.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).expect("readable");
            let code: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
            Some((file, room, code.join("\n")))
        })
        .filter(|(_, room, _)| !matches!(room.as_str(), "lib" | "main"))
        .collect()
}

/// Names that follow `crate::`, one level deep, also inside `crate::{…}`.
fn rooms_named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let before = code[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[start + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut word, mut fresh) = (1, String::new(), true);
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => fresh = true,
                    c if depth == 1 && fresh && (c.is_alphanumeric() || c == '_') => word.push(c),
                    _ => {}
                }
                if !(word.is_empty() || c.is_alphanumeric() || c == '_') {
                    named.push(std::mem::take(&mut word));
                    fresh = c == ',' && depth == 1;
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            named.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    named
}

#[test]
fn rooms_import_only_what_they_may() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.into_iter().collect();
    let narrower: BTreeMap<&str, &[&str]> = NARROWER.into_iter().collect();
    let mut wrong = Vec::new();
    let mut edges = 0;
    for (file, room, code) in sources() {
        let allowed =
            table.get(room.as_str()).unwrap_or_else(|| panic!("{file}: no room “{room}” in the table"));
        let allowed = narrower.get(file.as_str()).unwrap_or(allowed);
        for named in rooms_named(&code) {
            if table.contains_key(named.as_str()) && named != room {
                edges += 1;
                if !allowed.contains(&named.as_str()) {
                    wrong.push(format!("{file}: {room} → {named}"));
                }
            }
        }
    }
    assert!(edges > 50, "the reader of imports finds them: {edges}");
    assert!(wrong.is_empty(), "imports against the table:\n{}", wrong.join("\n"));
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (file, room, code) in sources() {
        for (name, rooms) in LIVES_IN {
            let is_room_too = MAY_IMPORT.iter().any(|(room, _)| *room == name);
            let used = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                let before = &code[..at];
                // `geo` is also one of our own rooms: there only a plain `use geo::…` counts.
                before.ends_with("\nuse ")
                    || before == "use "
                    || before.ends_with(" ::")
                    || !(is_room_too
                        || before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
            });
            if used && !rooms.contains(&room.as_str()) {
                wrong.push(format!("{file}: {room} uses {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "outside crates against the table:\n{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_do_no_io() {
    let mut wrong = Vec::new();
    for (file, room, code) in sources() {
        if PURE.contains(&room.as_str()) {
            let inner = code.split("#[cfg(test)]").next().unwrap_or_default();
            for (name, what) in IMPURE {
                if inner.contains(name) {
                    wrong.push(format!("{file}: {what} ({name}) in {room}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "pure rooms:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_desk_commits_and_only_it_and_the_hub_read_as_the_house() {
    let mut wrong = Vec::new();
    for (file, room, code) in sources() {
        if code.contains(".commit(") && !matches!(room.as_str(), "desk" | "store") {
            wrong.push(format!("{file}: commits"));
        }
        if code.contains("Viewer::House") && !matches!(room.as_str(), "desk" | "alert" | "store" | "domain") {
            wrong.push(format!("{file}: reads as the house"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The demonstration talks to its server as anybody would: it may name its
/// siblings that are clients, and not the one that builds the house.
#[test]
fn the_demonstration_is_a_client() {
    let demo =
        sources().into_iter().find(|(file, ..)| file == "src/cli/demo.rs").expect("the demonstration").2;
    for sibling in ["serve", "geodata", "config"] {
        assert!(!demo.contains(&format!("{sibling}::")), "src/cli/demo.rs: demo → {sibling}");
    }
    assert!(
        demo.contains("client::Client") && demo.contains("watch::"),
        "it uses the client and the receiver"
    );
}

#[test]
fn the_reader_of_imports_reads_groups() {
    let code = "use crate::{domain::id::Seq, store::{Store, sqlite::X}, words};\nlet x = crate::geo::Y;";
    assert_eq!(rooms_named(code), ["domain", "store", "words", "geo"]);
}
