//! `outcross check playbooks`: reads a folder of playbooks and translations
//! and says what is wrong, where, and how to mend it. Changes nothing.

use super::Trouble;
use crate::playbook::{self, Language, Library, Problem, Severity, check, translation};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Flags of `outcross check playbooks`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Directory of the playbooks, with its folders; those the program carries if left out
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Print one JSON object instead of text
    #[arg(long)]
    json: bool,
    /// Print a translation to fill, such as fr/receipt, with what is there and still fits
    #[arg(long, value_name = "LANGUAGE/ID")]
    template: Option<String>,
}

/// Codes of problems that may only follow from another file being unreadable.
const MAY_FOLLOW: [&str; 3] = ["unknown_playbook", "one_fallback", "unknown_role"];

/// Checks the playbooks; fails when there is an error.
pub fn run(arguments: &Arguments) -> Result<(), Trouble> {
    let texts = match &arguments.directory {
        Some(directory) => texts_in(directory)?,
        None => Library::carried().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
    };
    let (library, mut problems) = Library::gather(texts);
    if let Some(wanted) = &arguments.template {
        return print_template(&library, wanted);
    }
    let unreadable = !problems.is_empty();
    let found = check(&library).into_iter();
    problems.extend(found.filter(|problem| !unreadable || !MAY_FOLLOW.contains(&problem.code.as_str())));
    problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if arguments.json {
        print_json(&library, &problems, errors)?;
    } else {
        print_text(&library, &problems, errors);
    }
    if playbook::has_errors(&problems) {
        return Err(Trouble(format!("{} in the playbooks", counted(errors, "error"))));
    }
    Ok(())
}

/// Every YAML text in a folder and its folders, by path.
pub(super) fn texts_in(directory: &Path) -> Result<Vec<(String, String)>, Trouble> {
    let reading = |path: &Path| format!("reading {}", path.display());
    let mut texts = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(Trouble::while_doing(&reading(&folder)))?;
        for entry in entries {
            let path = entry.map_err(Trouble::while_doing(&reading(&folder)))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml" || end == "yml") {
                let text = fs::read_to_string(&path).map_err(Trouble::while_doing(&reading(&path)))?;
                texts.push((path.display().to_string(), text));
            }
        }
    }
    if texts.is_empty() {
        return Err(Trouble(format!("{}: no playbook here (files ending in .yaml)", directory.display())));
    }
    texts.sort();
    Ok(texts)
}

fn print_template(library: &Library, wanted: &str) -> Result<(), Trouble> {
    let (language, id) = wanted.split_once('/').unwrap_or_default();
    let language = Language::of(language).filter(|language| *language != Language::En).ok_or_else(|| {
        Trouble(format!("“{wanted}”: write a language (ar, zh, fr, ru, es), “/” and an id"))
    })?;
    let original = library.original(id).ok_or_else(|| Trouble(format!("there is no playbook “{id}”")))?;
    print!("{}", translation::template(original, language, library.translation(id, language)));
    Ok(())
}

fn print_json(library: &Library, problems: &[Problem], errors: usize) -> Result<(), Trouble> {
    let page = json!({
        "playbooks": library.originals().count(),
        "translations": library.translations().count(),
        "errors": errors,
        "notes": problems.len() - errors,
        "problems": problems,
    });
    let page = serde_json::to_string_pretty(&page).map_err(Trouble::while_doing("writing JSON"))?;
    println!("{page}");
    Ok(())
}

fn print_text(library: &Library, problems: &[Problem], errors: usize) {
    for problem in problems {
        println!("{problem}\n");
    }
    println!(
        "{}, {}: {}, {}",
        counted(library.originals().count(), "playbook"),
        counted(library.translations().count(), "translation"),
        counted(errors, "error"),
        counted(problems.len() - errors, "note"),
    );
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
