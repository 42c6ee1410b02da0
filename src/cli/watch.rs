//! `outcross watch`: a contact point's receiver in a terminal.
//!
//! The receiver keeps its place in the log. After any break — of the line, of
//! the server, of its own process — it resumes where it stopped; while it is
//! cut off it says so, and for how long.

use super::{
    Trouble,
    client::{Client, innermost},
};
use crate::{
    domain::{
        account::Account,
        clock::{Clock, Entropy, Machine},
        event::{Body, Event},
        id::Seq,
        incident::Mode,
    },
    words::Speaker,
};
use futures_util::{SinkExt, StreamExt};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{
    io::{IsTerminal, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{io::AsyncWriteExt, sync::mpsc};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

/// How long may the line be silent before this side asks whether it is open?
/// The server speaks every 15 seconds.
const QUIET: Duration = Duration::from_secs(20);

/// How often does it ask before the line counts as cut?
const ASKED: u32 = 2;

/// How long may connecting take, or handing something to the system?
const SILENCE: Duration = Duration::from_mins(1);

/// How long does this side wait at the most before it comes back, whatever the
/// server says?
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// Flags of `outcross watch`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Address of the server
    #[arg(long, value_name = "URL", env = "OUTCROSS_URL")]
    url: String,
    /// Bearer token of the account
    #[arg(long, value_name = "TOKEN", env = "OUTCROSS_TOKEN", hide_env_values = true)]
    token: String,
    /// Which world to watch: actual, exercise or test
    #[arg(long, value_name = "MODE", value_parser = mode_from)]
    mode: Mode,
    /// File that keeps the place in the log [default: one per server and account, in the state directory]
    #[arg(long, value_name = "FILE")]
    cursor: Option<PathBuf>,
    /// Command to run for each alert, with the event as JSON on its standard input
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
    /// Everything as JSON lines, for other programs
    #[arg(long)]
    json: bool,
    /// Language of the sentences
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
    /// Do not ring the terminal's bell
    #[arg(long)]
    quiet: bool,
}

fn mode_from(text: &str) -> Result<Mode, String> {
    serde_json::from_value(Value::from(text)).map_err(|_| "one of actual, exercise, test".to_owned())
}

/// Where a receiver stands: kept on disk, so that its own end is just another
/// break.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The log it has been reading.
    pub log: Option<String>,
    /// The last event it has handled.
    pub seq: Option<Seq>,
}

/// What a receiver hears.
#[derive(Debug)]
pub enum Heard {
    /// The line is open; events come from `since` on.
    Connected {
        /// The id of the log.
        log: String,
        /// The newest event there is.
        head: Seq,
        /// From where this receiver is served.
        since: Seq,
    },
    /// The server has another log than the one known: there is a gap.
    Gap {
        /// The id of the log.
        log: String,
        /// Its newest event, from which on this receiver is served.
        head: Seq,
    },
    /// An event, as it arrived.
    Event {
        /// The event.
        event: Box<Event>,
        /// When it arrived here.
        arrived: Timestamp,
    },
    /// The place in the log has moved on without anything to see.
    Position(Seq),
    /// The line is cut: nothing can be heard until it is open again.
    Blind {
        /// Why.
        why: String,
        /// How long until the next attempt.
        retry: Duration,
    },
    /// The server will not have this receiver: trying again will not help.
    Refused(String),
}

/// One receiver: a server, an account, a world, and a place in the log.
pub struct Receiver {
    /// The server and the token.
    pub client: Client,
    /// Which world.
    pub mode: Mode,
    /// Whose receiver it is; it says `received` for notices to its State.
    pub account: Account,
    /// Where it stands.
    pub cursor: Cursor,
}

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// What the server says, as far as a receiver needs it.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    Hello {
        log: String,
        head: Seq,
        since: Seq,
        #[serde(default)]
        retry: Retry,
    },
    Reset {
        log: String,
        head: Seq,
        #[serde(default)]
        retry: Retry,
    },
    Bye {
        retry_after_ms: u64,
    },
    Event {
        event: Box<Event>,
    },
    Position {
        seq: Seq,
    },
    Answer {
        ok: bool,
        problem: Option<Value>,
    },
    /// What a newer server may say.
    #[serde(other)]
    Other,
}

/// How to come back after a break, as the server advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct Retry {
    /// Up to how long before the first attempt.
    first_ms: u32,
    /// Up to how long before any attempt.
    most_ms: u32,
}

impl Default for Retry {
    fn default() -> Self {
        Self { first_ms: 1000, most_ms: 30_000 }
    }
}

impl Retry {
    /// Exponential with full jitter: a thousand receivers that lose their
    /// server at once do not all come back at once. `fraction` is random, from
    /// 0 to 1; `failures` counts from 1.
    fn wait(self, failures: u32, fraction: f64) -> Duration {
        let doublings = failures.saturating_sub(1).min(20);
        let first = Duration::from_millis(u64::from(self.first_ms));
        let most = Duration::from_millis(u64::from(self.most_ms)).min(LONGEST_WAIT);
        let ceiling = first.saturating_mul(1 << doublings).min(most);
        ceiling.mul_f64(fraction).max(Duration::from_millis(50))
    }
}

/// A random fraction of one.
fn fraction() -> f64 {
    let random = Machine.bytes();
    f64::from(u16::from_be_bytes([random[0], random[1]])) / f64::from(u16::MAX)
}

/// How a line came to be cut.
struct Cut {
    why: String,
    /// When to come back, if the server has said so.
    after: Option<Duration>,
}

/// What one connection has taught.
#[derive(Default)]
struct Lesson {
    /// How to come back; nothing until the server has said its first words.
    retry: Option<Retry>,
    /// When to come back, once it has said goodbye.
    after: Option<Duration>,
}

impl Receiver {
    /// Listens for ever, reconnecting as needed; ends when nobody listens to it
    /// or the server refuses it for good.
    pub async fn listen(mut self, heard: mpsc::Sender<Heard>) {
        let mut failures = 0;
        let mut advice = Retry::default();
        loop {
            let cut = match self.connect().await {
                Ok(socket) => {
                    let mut lesson = Lesson::default();
                    let why = self.hear(socket, &heard, &mut lesson).await;
                    if let Some(retry) = lesson.retry {
                        // Connected is who was greeted: a door that opens and
                        // shuts again is no reason to knock more often.
                        (advice, failures) = (retry, 0);
                    }
                    match why {
                        Some(why) => Cut { why, after: lesson.after },
                        None => return,
                    }
                }
                Err(Failure::Passing(why)) => Cut { why, after: None },
                Err(Failure::Final(why)) => {
                    let _ = heard.send(Heard::Refused(why)).await;
                    return;
                }
            };
            failures += 1;
            let jittered = advice.wait(failures, fraction());
            let retry = cut.after.map_or(jittered, |after| after.min(LONGEST_WAIT));
            if heard.send(Heard::Blind { why: cut.why, retry }).await.is_err() {
                return;
            }
            tokio::time::sleep(retry).await;
        }
    }

    async fn connect(&self) -> Result<Socket, Failure> {
        let base = self.client.base();
        let socket_base = match base.strip_prefix("https://") {
            Some(host) => format!("wss://{host}"),
            None => base.replacen("http://", "ws://", 1),
        };
        let mut url = format!("{socket_base}/api/v1/live?mode={}", self.mode);
        if let Some(seq) = self.cursor.seq {
            url = format!("{url}&since={seq}");
        }
        if let Some(log) = &self.cursor.log {
            url = format!("{url}&log={log}");
        }
        let bearer = format!("Bearer {}", self.client.token())
            .parse()
            .map_err(|_| Failure::Final("the token has characters no token has".to_owned()))?;
        let mut request =
            url.into_client_request().map_err(|e| Failure::Final(format!("not an address: {e}")))?;
        request.headers_mut().insert("Authorization", bearer);
        let small = WebSocketConfig::default()
            .read_buffer_size(4096)
            .max_message_size(Some(16 << 20))
            .max_write_buffer_size(1 << 20);
        let connector: Option<Connector> = None;
        let connecting = connect_async_tls_with_config(request, Some(small), true, connector);
        match tokio::time::timeout(SILENCE, connecting).await {
            Err(_) => Err(Failure::Passing("no answer".to_owned())),
            Ok(Ok((socket, _))) => Ok(socket),
            Ok(Err(error)) => Err(failure(&error)),
        }
    }

    /// Hears until the line is cut; returns why, or `None` when nobody listens
    /// any more.
    async fn hear(
        &mut self,
        mut socket: Socket,
        heard: &mpsc::Sender<Heard>,
        lesson: &mut Lesson,
    ) -> Option<String> {
        let mut asked = 0;
        loop {
            let message = match tokio::time::timeout(QUIET, socket.next()).await {
                Err(_) if asked == ASKED => {
                    return Some(format!("nothing was heard for {} s", (QUIET * (ASKED + 1)).as_secs()));
                }
                Err(_) => {
                    asked += 1;
                    match say(&mut socket, Message::Ping(Vec::new().into())).await {
                        Ok(()) => continue,
                        Err(why) => return Some(why),
                    }
                }
                Ok(None) => return Some("the server closed the line".to_owned()),
                Ok(Some(Err(error))) => return Some(innermost(&error)),
                Ok(Some(Ok(message))) => message,
            };
            asked = 0;
            let text = match message {
                Message::Text(text) => text,
                Message::Close(frame) => {
                    let reason = frame.map(|f| f.reason.to_string()).unwrap_or_default();
                    return Some(if reason.is_empty() {
                        "the server closed the line".into()
                    } else {
                        reason
                    });
                }
                _ => continue,
            };
            let arrived = Machine.now();
            let Ok(said) = serde_json::from_str::<Said>(&text) else {
                return Some("the server said something this program does not understand".to_owned());
            };
            let passed_on = match said {
                Said::Hello { log, head, since, retry } => {
                    lesson.retry = Some(retry);
                    self.cursor = Cursor { log: Some(log.clone()), seq: Some(since) };
                    heard.send(Heard::Connected { log, head, since }).await
                }
                Said::Reset { log, head, retry } => {
                    lesson.retry = Some(retry);
                    self.cursor = Cursor { log: Some(log.clone()), seq: Some(head) };
                    heard.send(Heard::Gap { log, head }).await
                }
                Said::Position { seq } => {
                    self.cursor.seq = Some(seq);
                    heard.send(Heard::Position(seq)).await
                }
                Said::Event { event } => {
                    self.cursor.seq = Some(event.seq);
                    if let Some(receipt) = self.receipt_for(&event)
                        && let Err(why) = say(&mut socket, Message::text(receipt.to_string())).await
                    {
                        // The event is passed on all the same; the receipt is given again
                        // when the notice is read.
                        let _ = heard.send(Heard::Event { event, arrived }).await;
                        return Some(why);
                    }
                    heard.send(Heard::Event { event, arrived }).await
                }
                Said::Answer { ok, problem } => {
                    if !ok {
                        tracing::warn!(?problem, "the server did not take a receipt");
                    }
                    Ok(())
                }
                Said::Bye { retry_after_ms } => {
                    lesson.after = Some(Duration::from_millis(retry_after_ms));
                    Ok(())
                }
                Said::Other => Ok(()),
            };
            if passed_on.is_err() {
                return None;
            }
        }
    }

    /// What to say when a notice to this receiver's State arrives.
    fn receipt_for(&self, event: &Event) -> Option<Value> {
        let (state, message) = match &event.body {
            Body::NoticeIssued { addressee, message: Some(message), .. } => (addressee.state(), message),
            Body::VerificationRequested { state, message: Some(message), .. } => (*state, message),
            _ => return None,
        };
        let own = self.account.state.is_some() && state == self.account.state;
        let receives =
            crate::domain::account::allows(self.account.role, crate::domain::account::Action::Receive);
        (own && receives).then(|| {
            json!({
                "do": "received",
                "id": message.id.to_string(),
                "incident": event.incident,
                "message": message.id,
            })
        })
    }
}

/// Says something; a line that takes nothing for a minute is cut.
async fn say(socket: &mut Socket, message: Message) -> Result<(), String> {
    match tokio::time::timeout(SILENCE, socket.send(message)).await {
        Ok(said) => said.map_err(|error| innermost(&error)),
        Err(_) => Err("the line took nothing for a minute".to_owned()),
    }
}

/// Whether trying again may help.
enum Failure {
    Passing(String),
    Final(String),
}

fn failure(error: &tokio_tungstenite::tungstenite::Error) -> Failure {
    use tokio_tungstenite::tungstenite::Error;
    if let Error::Http(response) = error {
        let status = response.status();
        let problem: Value =
            response.body().as_ref().and_then(|b| serde_json::from_slice(b).ok()).unwrap_or_default();
        let detail = problem["detail"].as_str().or(problem["title"].as_str()).unwrap_or_default();
        let why = format!("the server answered {status}: {detail}");
        return if status.is_client_error() && status.as_u16() != 429 {
            Failure::Final(why)
        } else {
            Failure::Passing(why)
        };
    }
    Failure::Passing(innermost(error))
}

/// Whether an event is an alert for a receiver of this account: something
/// somebody has to act on.
fn is_alert(event: &Event, account: &Account) -> bool {
    let own = |addressee: &crate::domain::duty::Addressee| {
        account.state.is_none() || addressee.state() == account.state
    };
    match &event.body {
        Body::NoticeIssued { addressee, .. } => own(addressee),
        Body::VerificationRequested { state, .. } => account.state.is_none() || *state == account.state,
        Body::AddresseeUnreachable { .. } | Body::AddresseeSilent { .. } | Body::VerificationOverdue => true,
        _ => false,
    }
}

/// Runs the receiver until it is interrupted.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    super::client_runtime()?.block_on(watch(arguments))
}

async fn watch(arguments: Arguments) -> Result<(), Trouble> {
    let client = Client::new(&arguments.url, &arguments.token)?;
    let account: Account = wait_for_account(&client, &arguments).await?;
    let file = match arguments.cursor.clone() {
        Some(file) => file,
        None => usual_cursor_file(&client, &account, arguments.mode)?,
    };
    let cursor = load(&file)?;
    let mut screen = Screen::new(&arguments, account.clone());
    screen.start(&file);
    let (sender, mut heard) = mpsc::channel(64);
    let mut kept = cursor.clone();
    let receiver = Receiver { client, mode: arguments.mode, account, cursor };
    tokio::spawn(receiver.listen(sender));
    while let Some(one) = heard.recv().await {
        screen.show(&one);
        match one {
            Heard::Event { event, .. } => {
                if let Some(command) = &arguments.exec
                    && is_alert(&event, &screen.account)
                {
                    hand_over(command, &event).await;
                }
                // Kept after handling: a crash in between repeats an alert rather than losing it.
                kept.seq = Some(event.seq);
                keep(&file, &kept)?;
            }
            Heard::Position(seq) => {
                kept.seq = Some(seq);
                keep(&file, &kept)?;
            }
            Heard::Connected { log, since: seq, .. } | Heard::Gap { log, head: seq } => {
                kept = Cursor { log: Some(log), seq: Some(seq) };
                keep(&file, &kept)?;
            }
            Heard::Refused(why) => return Err(Trouble(why)),
            Heard::Blind { .. } => {}
        }
    }
    Ok(())
}

/// Asks whose token it is; a server that is not there yet is waited for.
async fn wait_for_account(client: &Client, arguments: &Arguments) -> Result<Account, Trouble> {
    let mut failures = 0;
    loop {
        match client.get::<Account>("/api/v1/account").await {
            Ok(account) => return Ok(account),
            Err(trouble) if trouble.0.contains("does not answer") => {
                failures += 1;
                let retry = Retry::default().wait(failures, fraction());
                if !arguments.json {
                    eprintln!("BLIND — {trouble}; trying again in {:.0} s", retry.as_secs_f64().ceil());
                }
                tokio::time::sleep(retry).await;
            }
            Err(trouble) => return Err(trouble),
        }
    }
}

fn usual_cursor_file(client: &Client, account: &Account, mode: Mode) -> Result<PathBuf, Trouble> {
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local").join("state")));
    let directory = state
        .ok_or_else(|| {
            Trouble("there is no home directory: say where to keep the place in the log (--cursor)".into())
        })?
        .join("outcross");
    std::fs::create_dir_all(&directory)
        .map_err(Trouble::while_doing("making the directory that keeps the place in the log"))?;
    let server: String =
        client.base().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    Ok(directory.join(format!("{server}-{}-{mode}.json", account.id)))
}

fn load(file: &Path) -> Result<Cursor, Trouble> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| {
            Trouble(format!(
                "{} does not hold a place in the log ({e}): remove it to start at the end",
                file.display()
            ))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Cursor::default()),
        Err(error) => Err(Trouble(format!("reading {}: {error}", file.display()))),
    }
}

/// Written beside, synced, then renamed: the file is always whole.
fn keep(file: &Path, cursor: &Cursor) -> Result<(), Trouble> {
    let write = || -> std::io::Result<()> {
        let fresh = file.with_extension("new");
        let mut out = std::fs::File::create(&fresh)?;
        out.write_all(&serde_json::to_vec(cursor)?)?;
        out.sync_all()?;
        std::fs::rename(&fresh, file)
    };
    write().map_err(|e| Trouble(format!("keeping the place in the log in {}: {e}", file.display())))
}

async fn hand_over(command: &str, event: &Event) {
    let run = async {
        let mut child = tokio::process::Command::new("sh")
            .arg("-c")
            .arg(command)
            .stdin(std::process::Stdio::piped())
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // A command that does not read its input is no reason to stop.
            let _ = input.write_all(&serde_json::to_vec(event)?).await;
        }
        child.wait().await
    };
    match run.await {
        Ok(status) if status.success() => {}
        Ok(status) => eprintln!("the command ended with {status}; the alert stands above"),
        Err(error) => eprintln!("the command could not be run ({error}); the alert stands above"),
    }
}

/// What the person at the terminal sees.
struct Screen {
    speaker: Speaker,
    account: Account,
    json: bool,
    bell: bool,
    colour: bool,
    blind_since: Option<Timestamp>,
    mode: Mode,
}

impl Screen {
    fn new(arguments: &Arguments, account: Account) -> Self {
        Self {
            speaker: Speaker::of(&arguments.language),
            account,
            json: arguments.json,
            bell: !arguments.quiet && std::io::stdout().is_terminal(),
            colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            blind_since: None,
            mode: arguments.mode,
        }
    }

    fn start(&self, file: &Path) {
        if !self.json {
            let state = self.account.state.map_or_else(|| "the instance".to_owned(), |s| s.to_string());
            println!(
                "Watching as {} ({state}). {}",
                self.account.name,
                self.speaker.name("mode", &self.mode)
            );
            println!("Keep a second way of receiving alerts. Place in the log: {}", file.display());
        }
    }

    fn show(&mut self, heard: &Heard) {
        if self.json {
            println!("{}", as_json(heard));
            let _ = std::io::stdout().flush();
            return;
        }
        match heard {
            Heard::Connected { head, since, .. } => self.connected(*head, *since),
            Heard::Gap { .. } => self.line(
                "1;31",
                "GAP — the server has another log than before (a restore?). Ask it what you may have missed.",
            ),
            Heard::Blind { why, retry } => {
                let now = Machine.now();
                let since = *self.blind_since.get_or_insert(now);
                let blind = now.duration_since(since).as_secs();
                let wait = retry.as_secs_f64().ceil();
                self.line("1;31", &format!("BLIND for {blind} s — {why}; trying again in {wait:.0} s"));
            }
            Heard::Event { event, arrived } => self.event(event, *arrived),
            Heard::Position(_) => {}
            Heard::Refused(why) => self.line("1;31", why),
        }
    }

    fn connected(&mut self, head: Seq, since: Seq) {
        let behind = head.0.saturating_sub(since.0);
        let blind = self.blind_since.take().map(|since| Machine.now().duration_since(since).as_secs());
        let mut text = "live".to_owned();
        if let Some(seconds) = blind {
            text = format!("{text} again after {seconds} s");
        }
        if behind > 0 {
            text = format!("{text}; catching up with up to {behind} events");
        }
        self.line("32", &text);
    }

    fn event(&self, event: &Event, arrived: Timestamp) {
        let sentence = self.speaker.event(event, &|code| code.to_owned());
        let late = arrived.duration_since(event.recorded).as_millis();
        let time = event.recorded.strftime("%Y-%m-%d %H:%M:%SZ");
        if is_alert(event, &self.account) {
            let bell = if self.bell { "\x07" } else { "" };
            let mode = self.speaker.name("mode", &event.mode);
            self.line(
                "1;33",
                &format!("{bell}ALERT  {time}  {sentence}  [{mode}; {late} ms after it was recorded]"),
            );
            if let Body::NoticeIssued { notice, .. } = &event.body {
                let organism = notice.organism.label().unwrap_or_else(|| "unknown organism".to_owned());
                let place = notice.place.description.clone().unwrap_or_else(|| "unknown place".to_owned());
                println!("       {organism} — {place}");
                println!("       incident {}", event.incident);
            }
        } else {
            println!("       {time}  {sentence}");
        }
    }

    fn line(&self, colour: &str, text: &str) {
        if self.colour {
            println!("\x1b[{colour}m{text}\x1b[0m");
        } else {
            println!("{text}");
        }
    }
}

fn as_json(heard: &Heard) -> Value {
    match heard {
        Heard::Connected { log, head, since } => {
            json!({"heard": "connected", "log": log, "head": head, "since": since})
        }
        Heard::Gap { log, head } => json!({"heard": "gap", "log": log, "head": head}),
        Heard::Event { event, arrived } => json!({"heard": "event", "arrived": arrived, "event": event}),
        Heard::Position(seq) => json!({"heard": "position", "seq": seq}),
        Heard::Blind { why, retry } => {
            json!({"heard": "blind", "why": why, "retry_ms": u64::try_from(retry.as_millis()).unwrap_or(u64::MAX)})
        }
        Heard::Refused(why) => json!({"heard": "refused", "why": why}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_are_spread() {
        let advice = Retry { first_ms: 400, most_ms: 2000 };
        let ceilings: Vec<u128> = (1..=5).map(|failures| advice.wait(failures, 1.0).as_millis()).collect();
        assert_eq!(ceilings, [400, 800, 1600, 2000, 2000]);
        assert_eq!(advice.wait(3, 0.5).as_millis(), 800);
        assert_eq!(advice.wait(u32::MAX, 1.0).as_millis(), 2000);
        let never = Retry { first_ms: u32::MAX, most_ms: u32::MAX };
        assert_eq!(never.wait(9, 1.0), LONGEST_WAIT, "a server cannot send a receiver away for good");
    }
}
