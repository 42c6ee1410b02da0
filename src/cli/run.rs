//! `outcross run`: a responder works through a playbook from a terminal.

use super::{Trouble, client::Client, contacts::Server};
use crate::{
    domain::{
        id::{IncidentId, RunId},
        run::Deed,
    },
    playbook::{Language, StepState, StepView},
    reading::RunView,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _};

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
        /// For which State [default: the account's own]
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
        /// What there is to say of it
        #[arg(long)]
        note: Option<String>,
    },
    /// A step is to be done after all; the record of it stays
    Reopen {
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

#[derive(Deserialize)]
struct Runs {
    runs: Vec<RunView>,
}

/// Carries out one of the verbs.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    let client = arguments.server.client()?;
    super::client_runtime()?.block_on(carry_out(client, arguments.what, arguments.json))
}

async fn carry_out(client: Client, what: What, as_json: bool) -> Result<(), Trouble> {
    let (run, deed) = match what {
        What::List { incident } => return list(&client, incident, as_json).await,
        What::Start { incident, playbook, state } => {
            let body = json!({ "playbook": playbook, "state": state });
            client.post::<Value>(&format!("/api/v1/incidents/{incident}/runs"), &body).await?;
            return list(&client, incident, as_json).await;
        }
        What::Show { run, all } => {
            let view = find(&client, &run).await?;
            return show(&view, all, as_json);
        }
        What::End { run, reason } => {
            let view = find(&client, &run).await?;
            let path = format!("{}/end", path_of(run.incident, view.run.id));
            client.post::<Value>(&path, &json!({ "reason": reason })).await?;
            println!("The run has ended.");
            return Ok(());
        }
        What::Done { step, answers, note, deviation } => {
            (step, Deed::Done { answers: answers.into_iter().collect(), note, deviation })
        }
        What::Round { step, answers, note } => {
            (step, Deed::Round { answers: answers.into_iter().collect(), note })
        }
        What::Skip { step, reason } => (step, Deed::Skipped { reason }),
        What::SignOff { step, note } => (step, Deed::SignedOff { note }),
        What::Reopen { step, reason } => (step, Deed::Reopened { reason }),
        What::Note { step, text } => (step, Deed::Noted { text }),
    };
    let WhichStep { run, step } = run;
    let view = find(&client, &run).await?;
    let named = |known: &&StepView| known.code == step || known.number == step;
    let step = view.steps.iter().find(named).map_or(step.clone(), |known| known.code.clone());
    let path = format!("{}/steps/{step}", path_of(run.incident, view.run.id));
    client.post::<Value>(&path, &deed).await?;
    let view = find(&client, &run).await?;
    show(&view, false, as_json)
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
            view.run.state,
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
    let mut text = format!("{} ({})\n", view.run.playbook.title, view.run.state);
    if let Some(newer) = view.newer {
        let _ = writeln!(text, "The library has version {newer} by now; this run goes on by its own.");
    }
    let mut groups: BTreeMap<u8, Vec<&StepView>> = BTreeMap::new();
    for step in &view.steps {
        groups.entry(rank(&step.state)).or_default().push(step);
    }
    for (rank, steps) in groups {
        let (title, brief) = match rank {
            0 => ("Overdue", false),
            1 => ("Open", false),
            2 => ("Awaiting sign-off by another person", false),
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

fn rank(state: &StepState) -> u8 {
    match state {
        StepState::Overdue => 0,
        StepState::Open => 1,
        StepState::AwaitingSignoff { .. } => 2,
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
        StepState::Hidden { condition } => format!(": unless {condition}"),
        _ => String::new(),
    };
    if brief {
        let _ = writeln!(text, "  {:>4} {}{why}", step.number, step.code);
        return;
    }
    let _ = writeln!(text, "  {:>4} {}{due}{role}", step.number, step.code);
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
