//! Playbooks as CACAO 2.0, out and in, without a server.

use super::{Trouble, check_playbooks::texts_in};
use crate::{
    interop::cacao::{self, LARGEST},
    playbook::{Library, Problem, check},
};
use std::{fs, path::PathBuf};

/// Flags of `outcross export cacao`.
#[derive(clap::Args)]
pub struct ExportArguments {
    /// Id of the playbook
    playbook: String,
    /// Directory of playbooks; those the program carries if left out
    #[arg(long, value_name = "DIR")]
    playbooks: Option<PathBuf>,
    /// Name the playbooks it runs instead of writing their steps in
    #[arg(long)]
    by_name: bool,
    /// Write to this file [default: the terminal]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Flags of `outcross import cacao`.
#[derive(clap::Args)]
pub struct ImportArguments {
    /// The file, JSON
    file: PathBuf,
    /// Write the YAML to this file [default: the terminal]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say what did not map in JSON
    #[arg(long)]
    json: bool,
}

/// Writes a playbook as CACAO.
pub fn export(arguments: &ExportArguments) -> Result<(), Trouble> {
    let library = match &arguments.playbooks {
        Some(directory) => Library::read(texts_in(directory)?),
        None => Library::built_in(),
    };
    let library = library.map_err(|problems| in_words(&problems))?;
    let id = &arguments.playbook;
    let known = || library.originals().map(|book| book.id.as_str()).collect::<Vec<_>>().join(", ");
    let original = library
        .original(id)
        .ok_or_else(|| Trouble(format!("there is no playbook “{id}”; there are {}", known())))?;
    let whole = match library.edition(id).filter(|_| !arguments.by_name) {
        Some(edition) => edition.map_err(|problems| in_words(&problems))?,
        None => original.clone(),
    };
    let whole = whole.in_languages(library.translations());
    let page = cacao::export(&whole).map_err(|problems| in_words(&problems))?;
    let page = cacao::written(&page);
    if let Some(file) = &arguments.output {
        return write(file, &page);
    }
    print!("{page}");
    Ok(())
}

/// Reads a playbook from CACAO, and says what did not map.
pub fn import(arguments: &ImportArguments) -> Result<(), Trouble> {
    let file = &arguments.file;
    let reading = format!("reading {}", file.display());
    let size = fs::metadata(file).map_err(Trouble::while_doing(&reading))?.len();
    if size > LARGEST as u64 {
        return Err(Trouble(format!(
            "{} is larger than {} MiB; a playbook is not",
            file.display(),
            LARGEST / (1024 * 1024)
        )));
    }
    let bytes = fs::read(file).map_err(Trouble::while_doing(&reading))?;
    let text =
        String::from_utf8(bytes).map_err(|_| Trouble(format!("{} is not UTF-8; JSON is", file.display())))?;
    let imported = cacao::import(&text).map_err(Trouble::while_doing(&file.display().to_string()))?;
    match &arguments.output {
        Some(to) => write(to, imported.playbook.text())?,
        None => print!("{}", imported.playbook.text()),
    }
    if arguments.json {
        let list = serde_json::to_string_pretty(&imported.not_mapped);
        eprintln!("{}", list.map_err(Trouble::while_doing("writing JSON"))?);
        return Ok(());
    }
    for lost in &imported.not_mapped {
        eprintln!("{}  {}\n    {}", lost.path, lost.what, lost.why);
    }
    let steps = imported.playbook.steps.len();
    let lost = match imported.not_mapped.len() {
        0 => "everything mapped".to_owned(),
        1 => "1 thing did not map".to_owned(),
        several => format!("{several} things did not map"),
    };
    eprintln!("{}: {steps} steps; {lost}.", imported.playbook.id);
    if !imported.playbook.parts.is_empty() {
        eprintln!(
            "It is an edition, as runs are pinned to. A folder of playbooks takes what was exported with --by-name."
        );
    } else if let Ok(alone) = Library::read([("imported", imported.playbook.text())]) {
        let found = check(&alone);
        let errors = found.iter().filter(|problem| problem.code != "one_fallback").count();
        if errors > 0 {
            eprintln!("Before it can be used, look through it with “outcross check playbooks”.");
        }
    }
    Ok(())
}

fn write(file: &PathBuf, text: &str) -> Result<(), Trouble> {
    fs::write(file, text).map_err(Trouble::while_doing(&format!("writing {}", file.display())))
}

fn in_words(problems: &[Problem]) -> Trouble {
    let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Trouble(words.join("\n"))
}
