//! The live line with many receivers, measured: `cargo bench --bench fanout`.
//!
//! 1. one alert of 1 KiB to 1,000, 5,000 and 10,000 receivers, of 170 States
//!    and three roles: one that all may see, one that a tenth may see;
//! 2. 100 alerts at once to 5,000, a tenth of which take nothing meanwhile;
//! 3. 5,000 that come back all at once, each 1,000 events behind.
//!
//! Server and receivers are two processes; the alerts are events committed to
//! a real store, and time runs from the commit. Beside it runs a server of the
//! plain kind, with a queue for each connection, over the same store.
//!
//! `OUTCROSS_FANOUT=500` measures with 500 receivers only, once, to see that
//! it works; `OUTCROSS_FANOUT_TIMES` says how often each figure is taken (3).
//! Prints Markdown tables; `benches/README.md` keeps the last ones.

#[path = "fanout/load.rs"]
mod load;
#[path = "fanout/server.rs"]
mod server;

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Lines, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

/// Rounds for one figure; some before them warm up.
const ROUNDS: usize = 50;
const WARM_UP: usize = 5;

/// How many alerts come at once?
const BURST: usize = 100;

/// How far behind are those who come back, in events?
const BEHIND: usize = 1000;

/// Descriptors a server needs for itself.
const OWN: usize = 200;

/// The two ways of serving.
const WAYS: [&str; 2] = ["ring", "queue"];

fn main() {
    // Only needed by a client that speaks TLS; a second installation is no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<String> = std::env::args().collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [_, "server", way, data] => return server::serve(way, Path::new(data)),
        [_, "load", base, data] => return load::receive(base, Path::new(data)),
        _ => {}
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<usize>().ok());
    let trial = number("OUTCROSS_FANOUT");
    let times = number("OUTCROSS_FANOUT_TIMES").unwrap_or(if trial.is_some() { 1 } else { 3 });
    let most = descriptors() - OWN;
    let fits = |wanted: usize| {
        if wanted > most {
            println!(
                "{wanted} receivers need more descriptors than this system gives (ulimit -Hn): {most} it is.\n"
            );
        }
        wanted.min(most)
    };
    let sizes: Vec<usize> = trial.map_or_else(|| vec![1000, 5000, 10_000], |trial| vec![trial]);
    let sizes: Vec<usize> = sizes.into_iter().map(fits).collect();
    let many = fits(trial.unwrap_or(5000));
    println!("Load of the machine before: {}; each figure the median of {times}.\n", machine_load());
    alerts(&sizes, times);
    burst(many, times);
    reconnect(many, times);
    println!("\nLoad of the machine after: {}.", machine_load());
}

fn machine_load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// How many descriptors a process may have at the most.
fn descriptors() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap_or_default();
    line.split_whitespace().nth(4).and_then(|hard| hard.parse().ok()).unwrap_or(1024)
}

/// This program in another process, spoken to in lines.
struct Other {
    child: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Other {
    /// With as many descriptors as the system gives.
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new("sh")
            .args(["-c", "ulimit -n \"$(ulimit -Hn)\"; exec \"$@\"", "sh"])
            .arg(std::env::current_exe().expect("this program"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts");
        let input = child.stdin.take().expect("input");
        let lines = BufReader::new(child.stdout.take().expect("output")).lines();
        Self { child, input, lines }
    }

    fn hear(&mut self) -> Value {
        let line = self.lines.next().expect("the other process lives").expect("text");
        serde_json::from_str(&line).expect("JSON")
    }

    fn ask(&mut self, command: &str) -> Value {
        self.say(command);
        self.hear()
    }

    fn say(&mut self, command: &str) {
        self.input.write_all(format!("{command}\n").as_bytes()).expect("the other process listens");
    }

    /// Resident memory in kB.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
    }

    /// Time on a processor, of all its threads, in microseconds; to 10 ms.
    fn spent(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it lives");
        // The name, in brackets, may hold anything.
        let figures = stat.rsplit_once(')').expect("a name").1.split_whitespace();
        let ticks: f64 = figures.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
        ticks * 10_000.0
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server and its receivers, in a process each.
struct Pair {
    server: Other,
    load: Other,
}

impl Pair {
    fn start(way: &str, data: &Path) -> Self {
        let data = data.to_str().expect("a path");
        let mut server = Other::start(&["server", way, data]);
        let base = server.hear()["listening"].as_str().expect("an address").to_owned();
        let load = Other::start(&["load", &base, data]);
        Self { server, load }
    }

    /// Commits alerts at once and waits until all who are meant have them;
    /// milliseconds from the commit to the first, the median and the last
    /// receipt.
    fn publish(&mut self, kind: &str, alerts: usize, receipts: usize) -> [f64; 3] {
        let committed = self.server.ask(&format!("publish {kind} {alerts}"));
        let committed = committed["at"].as_f64().expect("a time");
        let heard = self.load.ask(&format!("wait {receipts}"));
        ["first", "middle", "last"].map(|which| (heard[which].as_f64().expect("a time") - committed) / 1000.0)
    }
}

fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent / 100).min(values.len() - 1)]
}

/// The medians of each column over several rows.
fn medians(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len()).map(|column| median(&rows.iter().map(|row| row[column]).collect::<Vec<_>>())).collect()
}

fn alerts(sizes: &[usize], times: usize) {
    println!(
        "#### One alert of 1 KiB\n\n| receivers | seen by | way | median receipt p50 ms | last receipt p50 ms \
         | p99 ms | server CPU µs per receipt | kB per receiver: connected / after |\n\
         |---|---|---|---|---|---|---|---|"
    );
    for &receivers in sizes {
        let mut rows: [[Vec<Vec<f64>>; 2]; 2] = Default::default();
        for _ in 0..times {
            for (way, rows) in WAYS.iter().zip(&mut rows) {
                let measured = alert(way, receivers);
                rows.iter_mut().zip(measured).for_each(|(rows, row)| rows.push(row));
            }
        }
        for (kind, seen) in ["all", "a tenth"].iter().enumerate() {
            for (way, rows) in WAYS.iter().zip(&rows) {
                let row = medians(&rows[kind]);
                println!(
                    "| {receivers} | {seen} | {way} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} / {:.1} |",
                    row[0], row[1], row[2], row[3], row[4], row[5]
                );
            }
        }
    }
}

/// Figures for alerts that all may see, and for those a tenth may see.
fn alert(way: &str, receivers: usize) -> [Vec<f64>; 2] {
    let data = tempfile::tempdir().expect("a directory");
    let mut pair = Pair::start(way, data.path());
    // What the first lines take once is not a receiver's.
    pair.load.ask("connect 10 now 0");
    pair.load.ask("drop");
    let idle = pair.server.memory();
    pair.load.ask(&format!("connect {receivers} now 0"));
    let each = |now: u64| now.saturating_sub(idle) as f64 / receivers as f64;
    let connected = each(pair.server.memory());
    ["all", "tenth"].map(|kind| {
        let receipts = if kind == "all" { receivers } else { receivers / 10 };
        for _ in 0..WARM_UP {
            pair.publish(kind, 1, receipts);
        }
        let before = pair.server.spent();
        let rounds: Vec<[f64; 3]> = (0..ROUNDS).map(|_| pair.publish(kind, 1, receipts)).collect();
        let spent = pair.server.spent() - before;
        let of = |which: usize| rounds.iter().map(|round| round[which]).collect::<Vec<_>>();
        vec![
            median(&of(1)),
            median(&of(2)),
            percentile(&of(2), 99),
            spent / (ROUNDS * receipts) as f64,
            connected,
            each(pair.server.memory()),
        ]
    })
}

fn burst(receivers: usize, times: usize) {
    println!(
        "\n#### {BURST} alerts at once to {receivers}, a tenth of which take nothing meanwhile\n\n\
         | way | last receipt of those who read ms | receipts per second | server CPU µs per receipt \
         | kB per receiver: connected / after | those who took nothing, once they read: have everything after ms |\n\
         |---|---|---|---|---|---|"
    );
    let mut rows: [Vec<Vec<f64>>; 2] = Default::default();
    for _ in 0..times {
        for (way, rows) in WAYS.iter().zip(&mut rows) {
            let data = tempfile::tempdir().expect("a directory");
            let mut pair = Pair::start(way, data.path());
            pair.load.ask("connect 10 now 0");
            pair.load.ask("drop");
            let idle = pair.server.memory();
            pair.load.ask(&format!("connect {receivers} now 1"));
            let each = |now: u64| now.saturating_sub(idle) as f64 / receivers as f64;
            let connected = each(pair.server.memory());
            let stalled = receivers / 10;
            let receipts = (receivers - stalled) * BURST;
            let before = pair.server.spent();
            let [_, _, last] = pair.publish("all", BURST, receipts);
            let spent = pair.server.spent() - before;
            let after = each(pair.server.memory());
            let released = Instant::now();
            pair.load.say("release");
            pair.load.ask(&format!("wait {}", stalled * BURST));
            let caught_up = released.elapsed().as_secs_f64() * 1000.0;
            rows.push(vec![
                last,
                receipts as f64 / last * 1000.0,
                spent / receipts as f64,
                connected,
                after,
                caught_up,
            ]);
        }
    }
    for (way, rows) in WAYS.iter().zip(&rows) {
        let row = medians(rows);
        println!(
            "| {way} | {:.0} | {:.0} | {:.2} | {:.1} / {:.1} | {:.0} |",
            row[0], row[1], row[2], row[3], row[4], row[5]
        );
    }
}

fn reconnect(receivers: usize, times: usize) {
    println!(
        "\n#### {receivers} come back at once, each {BEHIND} events behind\n\n\
         | events are in | of which each may see | all have everything after s | receipts per second \
         | server CPU µs per receiver | server memory MB: before → after |\n|---|---|---|---|---|---|"
    );
    for (place, kind, share) in [
        ("the ring", "all", 1),
        ("the store", "all", 1),
        ("the ring", "tenth", 10),
        ("the store", "tenth", 10),
    ] {
        let rows: Vec<Vec<f64>> =
            (0..times).map(|_| come_back(receivers, place == "the store", kind, BEHIND / share)).collect();
        let row = medians(&rows);
        println!(
            "| {place} | {} | {:.2} | {:.0} | {:.0} | {:.0} → {:.0} |",
            BEHIND / share,
            row[0],
            row[1],
            row[2],
            row[3],
            row[4]
        );
    }
}

fn come_back(receivers: usize, restarted: bool, kind: &str, each: usize) -> Vec<f64> {
    let data = tempfile::tempdir().expect("a directory");
    let mut pair = Pair::start("ring", data.path());
    let since = pair.server.ask("head")["head"].as_u64().expect("a place");
    for _ in 0..BEHIND / BURST {
        pair.server.ask(&format!("publish {kind} {BURST}"));
    }
    if restarted {
        drop(pair);
        pair = Pair::start("ring", data.path());
    }
    let (memory, before, started) = (pair.server.memory(), pair.server.spent(), Instant::now());
    pair.load.say(&format!("connect {receivers} {since} 0"));
    pair.load.hear();
    let receipts = receivers * each;
    pair.load.ask(&format!("wait {receipts}"));
    let took = started.elapsed().as_secs_f64();
    let spent = pair.server.spent() - before;
    let mb = |kb: u64| kb as f64 / 1024.0;
    vec![took, receipts as f64 / took, spent / receivers as f64, mb(memory), mb(pair.server.memory())]
}
