//! Playbooks, measured: `cargo bench --bench playbooks`.
//!
//! Where every step of a run stands, for the largest edition there is: at the
//! start, half worked and worked through; the same for 1,000 runs one after
//! the other. Beside it what a change costs (may it be written down, write it
//! down, stand anew), reading, checking and writing the whole library, and the
//! difference between two editions.
//!
//! Prints Markdown tables; `benches/README.md` keeps the last ones.

use jiff::Timestamp;
use outcross::domain::{
    id::{AccountId, EvidenceId, Seq},
    run::{Deed, Entry, KeptEvidence},
};
use outcross::playbook::{
    Clocks, Facts, Library, Plan, Playbook, Progress, StepKind, StepState, adopt, check, difference,
    open_steps, permit,
};
use std::{hint::black_box, time::Instant};

fn numbered(name: &str) -> uuid::Uuid {
    let digest = outcross::proof::digest(name.as_bytes());
    uuid::Uuid::from_slice(&digest[..16]).unwrap_or_default()
}

fn account(name: &str) -> AccountId {
    AccountId(numbered(name))
}

/// Runs of one round.
const RUNS: usize = 1000;
/// Times a small thing is measured.
const TIMES: usize = 2000;

fn main() {
    let library = Library::built_in().expect("the playbooks are sound");
    let largest = library
        .originals()
        .filter_map(|playbook| library.edition(&playbook.id)?.ok())
        .max_by_key(|edition| edition.steps.len())
        .expect("there are playbooks");
    let now: Timestamp = "2026-06-01T00:00:00Z".parse().expect("a time");
    let clocks = Clocks(largest.clocks.iter().map(|clock| (clock.code.clone(), now)).collect());
    let runs = Runs { playbook: &largest, clocks, now };

    let entries = runs.worked_through();
    let stages = [("new", 0), ("half worked", entries.len() / 2), ("worked through", entries.len())];
    println!("### Where every step stands\n");
    println!(
        "“{}” with the playbooks it runs: {} steps, {} entries.\n",
        largest.id,
        largest.steps.len(),
        entries.len()
    );
    println!("| run | p50 µs | p99 µs | 1,000 runs ms |\n|---|---|---|---|");
    for (name, count) in stages {
        let progress = Progress::of(&entries[..count]);
        let mut times = measure(TIMES, || runs.steps(&progress).len());
        let plan = Plan::of(&largest);
        let started = Instant::now();
        for _ in 0..RUNS {
            black_box(plan.steps(&Facts::default(), &progress, &runs.clocks, now));
        }
        let all = started.elapsed().as_secs_f64() * 1e3;
        let (p50, p99) = percentiles(&mut times);
        println!("| {name} | {p50:.0} | {p99:.0} | {all:.0} |");
    }

    println!("\n### A change of a run\n\n| what | p50 µs | p99 µs |\n|---|---|---|");
    let half = Progress::of(&entries[..entries.len() / 2]);
    let next = &entries[entries.len() / 2];
    let row = |name: &str, mut times: Vec<f64>| {
        let (p50, p99) = percentiles(&mut times);
        println!("| {name} | {p50:.0} | {p99:.0} |");
    };
    row(
        "may it be written down",
        measure(TIMES, || permit(&largest, &Facts::default(), &half, next).is_ok()),
    );
    row(
        "may it, write it down, stand anew",
        measure(TIMES, || {
            let mut progress = half.clone();
            black_box(permit(&largest, &Facts::default(), &progress, next).is_ok());
            progress.apply(next);
            runs.steps(&progress).len()
        }),
    );
    row("all entries again, from the first", measure(TIMES, || Progress::of(&entries).steps.len()));

    println!("\n### The library\n\n| what | p50 ms | p99 ms |\n|---|---|---|");
    let texts: Vec<(&str, &str)> = Library::carried().collect();
    let row = |name: &str, mut times: Vec<f64>| {
        let (p50, p99) = percentiles(&mut times);
        println!("| {name} | {:.2} | {:.2} |", p50 / 1e3, p99 / 1e3);
    };
    row(&format!("read {} files", texts.len()), measure(50, || Library::read(texts.iter().copied()).is_ok()));
    row("check all of it", measure(50, || check(&library).len()));
    row(
        "read and check all of it",
        measure(50, || Library::read(texts.iter().copied()).map(|library| check(&library).len())),
    );
    row("write the largest edition", measure(200, || library.edition(&largest.id).is_some()));
    row("read the largest edition", measure(200, || Playbook::read("kept", largest.text()).is_ok()));

    let newer = newer(&largest);
    let changes = difference(&largest, &newer).changes;
    let name = format!("difference to a newer edition, {} changes", changes.len());
    row(&name, measure(200, || difference(&largest, &newer).changes.len()));
    row("adopt one of them", measure(200, || adopt(&largest, &newer, &[&changes[0].id]).is_ok()));
}

/// The same edition with every due time of hours in days.
fn newer(edition: &Playbook) -> Playbook {
    let text = edition.text().replace("12h after", "11h after").replace("version: 1", "version: 2");
    Playbook::read("newer", &text).expect("sound")
}

struct Runs<'a> {
    playbook: &'a Playbook,
    clocks: Clocks,
    now: Timestamp,
}

impl Runs<'_> {
    fn steps(&self, progress: &Progress) -> Vec<outcross::playbook::StepView> {
        open_steps(self.playbook, &Facts::default(), progress, &self.clocks, self.now)
    }

    /// The entries that work the playbook to its end, each decision with its
    /// first answer.
    fn worked_through(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut progress = Progress::default();
        loop {
            let before = entries.len();
            let steps = self.steps(&progress);
            for step in steps.iter().filter(|s| matches!(s.state, StepState::Open | StepState::Overdue)) {
                if steps.iter().any(|other| other.group.as_ref() == Some(&step.code)) {
                    continue;
                }
                let answer = step.answers.first().map_or("yes", String::as_str);
                let answers = step.records.iter().map(|fact| (fact.clone(), answer.to_owned())).collect();
                let code = step.code.clone();
                let mut write = |by: &str, deed: Deed| {
                    let entry = Entry { at: self.now, by: account(by), proof: Seq(0), deed };
                    progress.apply(&entry);
                    entries.push(entry);
                };
                for rule in &step.evidence {
                    for piece in 0..rule.min {
                        let deed = Deed::EvidenceKept(KeptEvidence {
                            step: code.clone(),
                            id: EvidenceId(numbered(&format!("{code} {} {piece}", rule.kind))),
                            kind: rule.kind.clone(),
                            chain_of_custody: rule.chain_of_custody,
                            file: None,
                            measured: None,
                            note: None,
                        });
                        write("doer", deed);
                    }
                }
                match step.kind {
                    StepKind::Repeat => {
                        write("doer", Deed::Round { step: code.clone(), answers, note: None });
                    }
                    _ => {
                        write(
                            "doer",
                            Deed::Done { step: code.clone(), answers, deviation: None, note: None },
                        );
                    }
                }
                if let Some(rule) = &step.signoff {
                    for number in 0..rule.n {
                        let role = rule.of[usize::from(number) % rule.of.len()].clone();
                        write(
                            &format!("person {number}"),
                            Deed::SignedOff { step: code.clone(), role, note: None },
                        );
                    }
                }
            }
            if entries.len() == before {
                return entries;
            }
        }
    }
}

/// Microseconds of each of `times` calls, after a tenth of them to warm up.
fn measure<T>(times: usize, mut what: impl FnMut() -> T) -> Vec<f64> {
    for _ in 0..times / 10 {
        black_box(what());
    }
    (0..times)
        .map(|_| {
            let started = Instant::now();
            black_box(what());
            started.elapsed().as_secs_f64() * 1e6
        })
        .collect()
}

fn percentiles(times: &mut [f64]) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 99 / 100])
}
