//! `outcross run`: a responder works through a playbook from a terminal.

use super::{Trouble, client::Client, contacts::Server};
use crate::{
    api::runs::DeedInput,
    domain::{
        event::Happened,
        id::{AccountId, EvidenceId, IncidentId, RunId},
        run::{AddedStep, Deed, File, KeptEvidence, Measured, Required},
    },
    playbook::{Difference, EvidenceGap, Language, StepState, StepView},
    reading::RunView,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

/// How wide may a line of text be?
const WIDTH: usize = 92;

/// Flags of `outcross run`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
    /// Say it in JSON
    #[arg(long, global = true)]
    json: bool,
    /// When it was done, if it is entered afterwards, such as 2026-05-01T12:00Z
    #[arg(long, global = true, value_name = "TIME")]
    at: Option<Timestamp>,
    #[command(flatten)]
    server: Server,
}

#[derive(clap::Subcommand)]
enum What {
    /// The runs of an incident
    List {
        /// The incident's id
        incident: IncidentId,
    },
    /// Begin to work through a playbook
    Start {
        /// The incident's id
        incident: IncidentId,
        /// The playbook's id, such as receipt
        playbook: String,
        /// For which State [default: the account's own, else the instance itself]
        #[arg(long)]
        state: Option<String>,
    },
    /// The steps of a run: what is open, what waits, what is done
    Show {
        #[command(flatten)]
        run: Which,
        /// Show also steps that do not apply
        #[arg(long)]
        all: bool,
    },
    /// A step was done
    Done {
        #[command(flatten)]
        step: WhichStep,
        /// What was found out, such as present=yes; may be repeated
        #[arg(long = "answer", value_name = "FACT=VALUE", value_parser = fact)]
        answers: Vec<(String, String)>,
        /// What there is to say of it
        #[arg(long)]
        note: Option<String>,
        /// Why it was done although other steps come first
        #[arg(long, value_name = "REASON")]
        deviation: Option<String>,
    },
    /// One round of a step that is repeated was done
    Round {
        #[command(flatten)]
        step: WhichStep,
        /// What was found out, such as border_clear=yes; may be repeated
        #[arg(long = "answer", value_name = "FACT=VALUE", value_parser = fact)]
        answers: Vec<(String, String)>,
        /// What there is to say of it
        #[arg(long)]
        note: Option<String>,
    },
    /// A step is left out
    Skip {
        #[command(flatten)]
        step: WhichStep,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Agree, as another person, that a step was done
    SignOff {
        #[command(flatten)]
        step: WhichStep,
        /// In which role [default: the one you act for]
        #[arg(long, default_value = "")]
        role: String,
        /// What there is to say of it
        #[arg(long)]
        note: Option<String>,
    },
    /// What was done or left out does not stand; the record of it stays
    Undo {
        #[command(flatten)]
        step: WhichStep,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Write something down about a step
    Note {
        #[command(flatten)]
        step: WhichStep,
        /// What
        text: String,
    },
    /// Keep evidence for a step: a file, a measurement, or words
    Keep {
        #[command(flatten)]
        step: WhichStep,
        /// What kind: photo, sample, measurement, document, lab_report, log, …
        kind: String,
        /// The file
        #[arg(long)]
        file: Option<PathBuf>,
        /// What was measured, such as "plants=12" or "distance=40 m"
        #[arg(long, value_name = "OF=VALUE UNIT", value_parser = measured)]
        measured: Option<Measured>,
        /// Every hand it passes through is written down
        #[arg(long)]
        chain_of_custody: bool,
        /// What it is, where it was taken
        #[arg(long)]
        note: Option<String>,
    },
    /// Evidence went into other hands
    HandOver {
        #[command(flatten)]
        step: WhichStep,
        /// The evidence's id
        evidence: EvidenceId,
        /// To whom
        #[arg(long)]
        to: String,
        /// The number of the seal
        #[arg(long)]
        seal: Option<String>,
    },
    /// Evidence does not show what it was to show
    Withdraw {
        #[command(flatten)]
        step: WhichStep,
        /// The evidence's id
        evidence: EvidenceId,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Add a step that is not in the playbook
    Add {
        #[command(flatten)]
        run: Which,
        /// Its short name: small letters, digits, “-”
        name: String,
        /// What is to be done
        words: String,
        /// Why it is needed
        #[arg(long)]
        reason: String,
        /// By which role, by code
        #[arg(long)]
        role: Option<String>,
        /// When it is due, such as 2026-05-01T12:00Z
        #[arg(long)]
        due: Option<Timestamp>,
        /// A step that comes first, by code; may be repeated
        #[arg(long)]
        after: Vec<String>,
    },
    /// Ask somebody to act for a role
    Offer {
        #[command(flatten)]
        run: Which,
        /// The role, by code
        role: String,
        /// To which account, by id
        to: AccountId,
        /// Whose place they take, by account id
        #[arg(long)]
        from: Option<AccountId>,
    },
    /// Act for a role that was offered
    Take {
        #[command(flatten)]
        run: Which,
        /// The role, by code
        role: String,
    },
    /// Act for a role no more
    LayDown {
        #[command(flatten)]
        run: Which,
        /// The role, by code
        role: String,
    },
    /// What the playbook of the library would change in the run
    Newer {
        #[command(flatten)]
        run: Which,
    },
    /// Follow the playbook of the library from now on, in part or whole
    Adopt {
        #[command(flatten)]
        run: Which,
        /// A change by its id, as `run newer` shows it; may be repeated [default: all]
        #[arg(long = "change")]
        changes: Vec<String>,
    },
    /// End a run: what is left is left
    End {
        #[command(flatten)]
        run: Which,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

/// Which run.
#[derive(clap::Args)]
struct Which {
    /// The incident's id
    incident: IncidentId,
    /// The run: its number in `run list`, or its id
    run: String,
}

/// Which step of which run.
#[derive(clap::Args)]
struct WhichStep {
    #[command(flatten)]
    run: Which,
    /// The step: its code, or its number in `run show`
    step: String,
}

fn fact(text: &str) -> Result<(String, String), String> {
    let (fact, value) = text.split_once('=').ok_or("write it as FACT=VALUE, such as present=yes")?;
    Ok((fact.trim().to_owned(), value.trim().to_owned()))
}

fn measured(text: &str) -> Result<Measured, String> {
    let shape = "write it as OF=VALUE UNIT, such as plants=12 or distance=40 m";
    let (of, figure) = text.split_once('=').ok_or(shape)?;
    let (value, unit) = figure.trim().split_once(' ').unwrap_or((figure.trim(), ""));
    let value: f64 = value.parse().map_err(|_| shape)?;
    Ok(Measured { of: of.trim().to_owned(), value, unit: unit.trim().to_owned() })
}

#[derive(Deserialize)]
struct Runs {
    runs: Vec<RunView>,
}

/// Carries out one of the verbs.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    let client = arguments.server.client()?;
    let Arguments { what, json, at, .. } = arguments;
    super::client_runtime()?.block_on(carry_out(client, what, at, json))
}

async fn carry_out(client: Client, what: What, at: Option<Timestamp>, as_json: bool) -> Result<(), Trouble> {
    match what {
        What::List { incident } => list(&client, incident, as_json).await,
        What::Start { incident, playbook, state } => {
            let body = json!({ "playbook": playbook, "state": state });
            client.post::<Value>(&format!("/api/v1/incidents/{incident}/runs"), &body).await?;
            list(&client, incident, as_json).await
        }
        What::Show { run, all } => show(&find(&client, &run).await?, all, as_json),
        What::End { run, reason } => {
            let view = find(&client, &run).await?;
            let path = format!("{}/end", path_of(run.incident, view.run.id));
            client.post::<Value>(&path, &json!({ "reason": reason })).await?;
            println!("The run has ended.");
            Ok(())
        }
        What::Newer { run } => newer(&client, &run, as_json).await,
        What::Adopt { run, changes } => {
            let path = path_of(run.incident, find(&client, &run).await?.run.id);
            let difference: Difference = client.get(&format!("{path}/newer")).await?;
            let [_, hash] = difference.hashes;
            let changes = Some(changes).filter(|changes| !changes.is_empty());
            let body = json!({ "newer": hash, "changes": changes });
            client.post::<Value>(&format!("{path}/adoptions"), &body).await?;
            show(&find(&client, &run).await?, false, as_json)
        }
        what => {
            let (run, deed) = deed_of(&client, what).await?;
            let view = find(&client, &run).await?;
            let path = format!("{}/deeds", path_of(run.incident, view.run.id));
            let happened = at.map(|occurred| Happened { occurred, known: None });
            client.post::<Value>(&path, &DeedInput { deed, happened }).await?;
            show(&find(&client, &run).await?, false, as_json)
        }
    }
}

/// What was done, with the step by its code; a file is sent first.
async fn deed_of(client: &Client, what: What) -> Result<(Which, Deed), Trouble> {
    let answered = |answers: Vec<(String, String)>| answers.into_iter().collect();
    Ok(match what {
        What::Done { step, answers, note, deviation } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::Done { step, answers: answered(answers), deviation, note })
        }
        What::Round { step, answers, note } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::Round { step, answers: answered(answers), note })
        }
        What::Skip { step, reason } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::Skipped { step, reason })
        }
        What::SignOff { step, role, note } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::SignedOff { step, role, note })
        }
        What::Undo { step, reason } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::Undone { step, reason, reopened: Vec::new() })
        }
        What::Note { step, text } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::Noted { step, text })
        }
        What::Keep { step, kind, file, measured, chain_of_custody, note } => {
            let (run, step) = step.known(client).await?;
            let file = match file {
                Some(file) => Some(send(client, &run, &file).await?),
                None => None,
            };
            let id = EvidenceId::default();
            (run, Deed::EvidenceKept(KeptEvidence { step, id, kind, chain_of_custody, file, measured, note }))
        }
        What::HandOver { step, evidence: id, to, seal } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::EvidenceHandedOver { step, id, to, seal })
        }
        What::Withdraw { step, evidence: id, reason } => {
            let (run, step) = step.known(client).await?;
            (run, Deed::EvidenceWithdrawn { step, id, reason })
        }
        What::Add { run, name, words, reason, role, due, after } => {
            let code = format!("added/{name}");
            let required = Required::Must;
            (run, Deed::StepAdded(AddedStep { code, words, role, due, required, after, reason }))
        }
        What::Offer { run, role, to, from } => (run, Deed::RoleOffered { role, to, from }),
        What::Take { run, role } => (run, Deed::RoleTaken { role }),
        What::LayDown { run, role } => (run, Deed::RoleLaidDown { role }),
        What::List { .. }
        | What::Start { .. }
        | What::Show { .. }
        | What::End { .. }
        | What::Newer { .. }
        | What::Adopt { .. } => return Err(Trouble("nothing was done".to_owned())),
    })
}

impl WhichStep {
    /// The run, and the step's code, whichever way it was named.
    async fn known(self, client: &Client) -> Result<(Which, String), Trouble> {
        let view = find(client, &self.run).await?;
        let named = |known: &&StepView| known.code == self.step || known.number == self.step;
        let code =
            view.steps.iter().find(named).map_or_else(|| self.step.clone(), |known| known.code.clone());
        Ok((self.run, code))
    }
}

/// Sends a file, so that evidence can name it.
async fn send(client: &Client, run: &Which, file: &Path) -> Result<File, Trouble> {
    let reading = format!("reading {}", file.display());
    let bytes = std::fs::read(file).map_err(Trouble::while_doing(&reading))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path = format!("{}/files", path_of(run.incident, find(client, run).await?.run.id));
    client.post_file(&path, &[("name", name)], bytes, |_| ()).await
}

/// What the library would change, change by change.
async fn newer(client: &Client, run: &Which, as_json: bool) -> Result<(), Trouble> {
    let path = path_of(run.incident, find(client, run).await?.run.id);
    let difference: Difference = client.get(&format!("{path}/newer")).await?;
    if as_json {
        return print_json(&difference);
    }
    let [old, new] = difference.versions;
    if difference.changes.is_empty() {
        println!("The run follows the text of the library (version {new}).");
        return Ok(());
    }
    println!("The run follows version {old}; the library has version {new}.");
    for change in &difference.changes {
        println!("\n  {}", change.id);
        println!("       {}", change.title);
        let fields = change.after.as_object().into_iter().flatten();
        for (field, after) in fields {
            let before = &change.before[field];
            if before != after {
                println!("       {field}: {before} -> {after}");
            }
        }
        if !change.needs.is_empty() {
            println!("       needs {}", change.needs.join(", "));
        }
    }
    println!("\nAdopt all of it with `outcross run adopt`, or some with --change ID.");
    Ok(())
}

fn path_of(incident: IncidentId, run: RunId) -> String {
    format!("/api/v1/incidents/{incident}/runs/{run}")
}

async fn runs(client: &Client, incident: IncidentId) -> Result<Vec<RunView>, Trouble> {
    let Runs { runs } = client.get(&format!("/api/v1/incidents/{incident}/runs")).await?;
    Ok(runs)
}

async fn find(client: &Client, which: &Which) -> Result<RunView, Trouble> {
    let runs = runs(client, which.incident).await?;
    let count = runs.len();
    let by_number = which.run.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let found = match by_number {
        Some(index) => runs.into_iter().nth(index),
        None => runs.into_iter().find(|view| view.run.id.to_string() == which.run),
    };
    let said = &which.run;
    found.ok_or_else(|| match count {
        0 => Trouble("this incident has no run: begin one with `outcross run start`".to_owned()),
        1 => Trouble(format!("there is no run {said}: there is one, with the number 1")),
        _ => Trouble(format!("there is no run {said}: they have the numbers 1 to {count}")),
    })
}

async fn list(client: &Client, incident: IncidentId, as_json: bool) -> Result<(), Trouble> {
    let runs = runs(client, incident).await?;
    if as_json {
        return print_json(&runs);
    }
    if runs.is_empty() {
        println!("No run yet. Begin one with: outcross run start {incident} PLAYBOOK");
    }
    for (number, view) in (1..).zip(&runs) {
        let finished = view.steps.iter().filter(|step| step.state.is_finished()).count();
        let overdue = view.steps.iter().filter(|step| step.state == StepState::Overdue).count();
        let ended = if view.run.ended.is_some() { ", ended" } else { "" };
        println!(
            "{number}. {} ({}), {} of {} steps finished, {overdue} overdue{ended}",
            view.run.playbook.title,
            whose(view),
            finished,
            view.steps.len()
        );
    }
    Ok(())
}

fn show(view: &RunView, all: bool, as_json: bool) -> Result<(), Trouble> {
    if as_json {
        return print_json(view);
    }
    print!("{}", sheet(view, all));
    Ok(())
}

fn print_json(value: &impl serde::Serialize) -> Result<(), Trouble> {
    let text = serde_json::to_string_pretty(value).map_err(Trouble::while_doing("writing JSON"))?;
    println!("{text}");
    Ok(())
}

/// A run as a responder reads it: what can be done first, then what waits, then
/// what is behind.
fn sheet(view: &RunView, all: bool) -> String {
    let mut text = format!("{} ({})\n", view.run.playbook.title, whose(view));
    if let Some(newer) = &view.newer {
        let version = newer.version;
        let _ = writeln!(
            text,
            "The library has another text by now (version {version}); this run goes on by its own. See `run newer`."
        );
    }
    let mut groups: BTreeMap<u8, Vec<&StepView>> = BTreeMap::new();
    for step in &view.steps {
        groups.entry(rank(&step.state)).or_default().push(step);
    }
    for (rank, steps) in groups {
        let (title, brief) = match rank {
            0 => ("Overdue", false),
            1 => ("Open", false),
            2 => ("Done, and waiting for evidence or another person", false),
            3 => ("Waiting for other steps", true),
            4 => ("Done", true),
            5 => ("Left out", true),
            _ if all => ("Do not apply", true),
            _ => continue,
        };
        let _ = writeln!(text, "\n{title}");
        for step in steps {
            line(&mut text, step, brief);
        }
    }
    text
}

fn whose(view: &RunView) -> String {
    view.run.state.map_or_else(|| "the instance".to_owned(), |state| state.to_string())
}

fn rank(state: &StepState) -> u8 {
    match state {
        StepState::Overdue => 0,
        StepState::Open => 1,
        StepState::AwaitingEvidence { .. } | StepState::AwaitingSignoff { .. } => 2,
        StepState::Blocked { .. } => 3,
        StepState::Done => 4,
        StepState::Skipped { .. } => 5,
        StepState::Hidden { .. } => 6,
    }
}

fn line(text: &mut String, step: &StepView, brief: bool) {
    let due = step.due.map(|due| format!(", by {}", due.strftime("%Y-%m-%d %H:%M UTC"))).unwrap_or_default();
    let role = step.role_title.as_ref().map(|role| format!(", {}", role.in_language(Language::En)));
    let role = role.unwrap_or_default();
    let why = match &step.state {
        StepState::Blocked { by } => format!(", after {}", by.join(", ")),
        StepState::Skipped { reason } => format!(": {reason}"),
        StepState::AwaitingSignoff { missing } => format!(", {missing} to sign off"),
        StepState::AwaitingEvidence { missing } => {
            let gap = |gap: &EvidenceGap| {
                let custody = if gap.chain_of_custody { " with chain of custody" } else { "" };
                format!("{} of {} {}{custody}", gap.have, gap.need, gap.kind)
            };
            format!(", {} kept", missing.iter().map(gap).collect::<Vec<_>>().join(", "))
        }
        StepState::Hidden { condition } => format!(": unless {condition}"),
        _ => String::new(),
    };
    if brief {
        let _ = writeln!(text, "  {:>4} {}{why}", step.number, step.code);
        return;
    }
    let _ = writeln!(text, "  {:>4} {}{due}{role}{why}", step.number, step.code);
    for part in folded(step.title.in_language(Language::En)) {
        let _ = writeln!(text, "       {part}");
    }
    if !step.answers.is_empty() {
        let fact = step.records.first().map_or("answer", String::as_str);
        let _ = writeln!(text, "       --answer {fact}={}", step.answers.join(" | "));
    }
    if let Some(survey) = &step.survey {
        let _ = writeln!(text, "       {} samples", survey.samples);
    }
}

/// Words in lines of bounded width.
fn folded(words: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < WIDTH) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
