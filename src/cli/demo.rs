//! `outcross demo`: a published case, from the report to live alerts, on a
//! server of its own. Everything is done through the public interface, and
//! every line shown comes from one of its answers.

use super::{
    Trouble,
    client::Client,
    scenarios::{Scenario, scenario},
    watch::{Cursor, Heard, Receiver},
};
use crate::{
    domain::{
        account::{Account, Role},
        assessment::Assessment,
        contact::{ContactPoint, Hop, HopOutcome},
        duty::Addressee,
        event::{Body, Event},
        id::{ContactId, IncidentId},
        incident::{Incident, Mode},
        place::Metres,
        report::Gap,
        state::StateCode,
    },
    words::{Speaker, distance, distance_within},
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, io::IsTerminal, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::mpsc,
};

/// How long may any part of the demonstration take?
const PATIENCE: Duration = Duration::from_secs(20);

/// How many centres of origin and wild relatives are shown of each State.
const CENTRES: usize = 2;

/// Flags of `outcross demo`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which case: basel, ticino, north-dakota, petunia-finland, papaya-thailand, zebrafish-brazil,
    /// anopheles-west-africa
    #[arg(long, value_name = "NAME", default_value = "basel")]
    scenario: String,
    /// Port to serve on
    #[arg(long, default_value_t = 8017)]
    port: u16,
    /// End when everything has been shown
    #[arg(long)]
    once: bool,
}

/// Plays a scenario; fails when any part of it fails.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    let scenario = scenario(&arguments.scenario)?;
    super::client_runtime()?.block_on(play(arguments, scenario))
}

async fn play(arguments: Arguments, scenario: Scenario) -> Result<(), Trouble> {
    let page = Page::new();
    let mut server = Server::start(arguments.port).await?;
    let stage = Stage::set(&server, &scenario).await?;
    page.heading(&format!("{} — an exercise on {}", scenario.title, server.base));
    page.say(&format!("{} ({})", scenario.summary, scenario.status));
    for source in &scenario.sources {
        page.dim(&format!("Source: {source}"));
    }
    stage.show_stage(&page);
    let case = stage.report(&page, &scenario).await?;
    stage.show_reach(&page, &case).await?;
    let alerted = stage.show_alerts(&page, &case).await?;
    stage.show_acknowledgement(&page, &case, &alerted).await?;
    stage.show_playbooks(&page, &case).await?;
    stage.show_timeline(&page, &case).await?;
    if arguments.once {
        return server.stop().await;
    }
    stage.show_what_next(&page, &case, &server);
    tokio::select! {
        _ = tokio::signal::ctrl_c() => server.stop().await,
        ended = server.child.wait() => {
            Err(Trouble(format!("the server has ended: {}", ended.map_or_else(|e| e.to_string(), |s| s.to_string()))))
        }
    }
}

/// A server of our own, in a process of its own, over a scratch directory.
struct Server {
    child: Child,
    base: String,
    token: String,
    _scratch: Scratch,
}

impl Server {
    async fn start(port: u16) -> Result<Self, Trouble> {
        let program = std::env::current_exe().map_err(Trouble::while_doing("finding this program"))?;
        let scratch = Scratch(std::env::temp_dir().join(format!("outcross-demo-{}", std::process::id())));
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            // The demonstration's server takes nothing from the settings of a real one.
            if name.to_string_lossy().starts_with("OUTCROSS_") {
                command.env_remove(name);
            }
        }
        let mut child = command
            .args(["serve", "--instance", "DEMO", "--bind", &format!("127.0.0.1:{port}"), "--data"])
            .arg(&scratch.0)
            .env("OUTCROSS_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(Trouble::while_doing("starting the server"))?;
        let stdout = child.stdout.take().ok_or_else(|| Trouble("the server has no output".into()))?;
        let mut lines = BufReader::new(stdout).lines();
        let (mut base, mut token) = (None, None);
        while base.is_none() {
            let line = tokio::time::timeout(PATIENCE, lines.next_line())
                .await
                .map_err(|_| Trouble("the server did not start in time".into()))?
                .map_err(Trouble::while_doing("listening to the server"))?;
            let Some(line) = line else { return Err(not_started(child).await) };
            if let Some(secret) = line.strip_prefix("administrator token: ") {
                token = Some(secret.to_owned());
            } else if let Some(address) = line.strip_prefix("listening on ") {
                base = Some(address.to_owned());
            }
        }
        let token = token.ok_or_else(|| Trouble("the server gave no administrator token".into()))?;
        Ok(Self { child, base: base.unwrap_or_default(), token, _scratch: scratch })
    }

    async fn stop(&mut self) -> Result<(), Trouble> {
        self.child.kill().await.map_err(Trouble::while_doing("stopping the server"))
    }
}

/// A directory that is removed with its holder.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's directory for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn not_started(mut child: Child) -> Trouble {
    let mut words = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        let _ = tokio::io::AsyncReadExt::read_to_string(&mut stderr, &mut words).await;
    }
    let words = words.trim().trim_start_matches("outcross: ").replace("(--bind 127.0.0.1:", "(--port ");
    Trouble(format!("the server did not start: {words}"))
}

/// Somebody who listens.
struct Listener {
    account: Account,
    client: Client,
    heard: mpsc::Receiver<Heard>,
}

/// Everything set up for the case.
struct Stage {
    admin: Client,
    names: BTreeMap<String, String>,
    contacts: BTreeMap<ContactId, ContactPoint>,
    reporter: StateCode,
    listeners: tokio::sync::Mutex<Vec<Listener>>,
    speaker: Speaker,
}

/// The case as the server has it.
struct Case {
    incident: Incident,
    accepted: Timestamp,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct IssuedToken {
    token: String,
}

#[derive(Deserialize)]
struct Receipt {
    incident: IncidentId,
    recorded: Timestamp,
}

#[derive(Deserialize)]
struct Timeline {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct StateName {
    iso2: String,
    name: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct StateNames {
    states: Vec<StateName>,
}

impl Stage {
    /// Invents contact points and lets them listen.
    async fn set(server: &Server, scenario: &Scenario) -> Result<Self, Trouble> {
        let admin = Client::new(&server.base, &server.token)?;
        let StateNames { states } = admin.get("/api/v1/states").await?;
        let names: BTreeMap<String, String> =
            states.into_iter().map(|s| (s.iso2, s.name.get("en").cloned().unwrap_or_default())).collect();
        let mut stage = Self {
            admin,
            names,
            contacts: BTreeMap::new(),
            reporter: scenario.reporter_state,
            listeners: tokio::sync::Mutex::new(Vec::new()),
            speaker: Speaker::of("en"),
        };
        let mut states = scenario.receivers.clone();
        if !states.contains(&scenario.reporter_state) {
            states.push(scenario.reporter_state);
        }
        if !states.contains(&StateCode::EU) {
            states.push(StateCode::EU);
        }
        for state in states {
            stage.settle_in(state, scenario.reporter_state).await?;
        }
        let home = Some(scenario.reporter_state);
        let ministry =
            format!("Ministry of the Environment, {}", stage.name(scenario.reporter_state.as_str()));
        stage.open_account(&ministry, home, Role::Ministry).await?;
        stage.open_account("Duty officer of this server", None, Role::DutyOfficer).await?;
        Ok(stage)
    }

    /// A contact point of a State, with an account that listens. States other
    /// than the reporting one also have an Article 17 contact point with an
    /// e-mail address only when their code sorts last: it shows the chain going on.
    async fn settle_in(&mut self, state: StateCode, reporter: StateCode) -> Result<(), Trouble> {
        let office = format!("Biosafety office, {}", self.name(state.as_str()));
        let account = self.open_account(&office, Some(state), Role::ContactPoint).await?;
        let live = json!([{ "channel": "live", "account": account.id }]);
        // France's Article 17 contact point is reached by e-mail only, which this
        // server does not send: its chain goes on to the Clearing-House focal point.
        let kind = if state != reporter && state.as_str() == "FR" {
            let mail = json!([{ "channel": "email", "address": format!("a17.{state}@example.org") }]);
            self.add_contact(
                state,
                "CPB-A17-FP",
                &format!("Article 17 desk, {}", self.name(state.as_str())),
                mail,
            )
            .await?;
            "BCH-FP"
        } else {
            "CPB-A17-FP"
        };
        self.add_contact(state, kind, &office, live).await
    }

    async fn add_contact(
        &mut self,
        state: StateCode,
        kind: &str,
        name: &str,
        channels: Value,
    ) -> Result<(), Trouble> {
        let body =
            json!({ "state": state, "kind": kind, "name": name, "channels": channels, "languages": ["en"] });
        let contact: ContactPoint = self.admin.post("/api/v1/contacts", &body).await?;
        self.contacts.insert(contact.id, contact);
        Ok(())
    }

    async fn open_account(
        &self,
        name: &str,
        state: Option<StateCode>,
        role: Role,
    ) -> Result<Account, Trouble> {
        let body = json!({ "name": name, "state": state, "role": role });
        let account: Account = self.admin.post("/api/v1/accounts", &body).await?;
        let path = format!("/api/v1/accounts/{}/tokens", account.id);
        let issued: IssuedToken = self.admin.post(&path, &json!({ "hours": 24 })).await?;
        let client = self.admin.with_token(&issued.token);
        let (sender, mut heard) = mpsc::channel(256);
        let receiver = Receiver {
            client: client.clone(),
            mode: Mode::Exercise,
            account: account.clone(),
            cursor: Cursor::default(),
        };
        tokio::spawn(receiver.listen(sender));
        match tokio::time::timeout(PATIENCE, heard.recv()).await {
            Ok(Some(Heard::Connected { .. })) => {}
            other => return Err(Trouble(format!("{name} could not connect: {other:?}"))),
        }
        self.listeners.lock().await.push(Listener { account: account.clone(), client, heard });
        Ok(account)
    }

    fn name(&self, code: &str) -> String {
        self.names.get(code).cloned().unwrap_or_else(|| match code {
            "BCH" => "the Biosafety Clearing-House".to_owned(),
            other => other.to_owned(),
        })
    }

    fn show_stage(&self, page: &Page) {
        let listeners: Vec<String> = match self.listeners.try_lock() {
            Ok(listeners) => listeners.iter().map(|l| l.account.name.clone()).collect(),
            Err(_) => Vec::new(),
        };
        page.section("Listening over websockets (invented offices)");
        for name in listeners {
            page.say(&name);
        }
    }

    /// The State of release reports.
    async fn report(&self, page: &Page, scenario: &Scenario) -> Result<Case, Trouble> {
        let mut body = scenario.report.clone();
        body["mode"] = json!("exercise");
        let reporter = self.client_of(self.reporter).await?;
        let receipt: Receipt = reporter.post("/api/v1/reports", &body).await?;
        let path = format!("/api/v1/incidents/{}", receipt.incident);
        let incident: Incident = reporter.get(&path).await?;
        let Timeline { events } = reporter.get(&format!("{path}/timeline?limit=500")).await?;
        let case = Case { incident, accepted: receipt.recorded, events };
        self.show_report(page, &case);
        Ok(case)
    }

    fn show_report(&self, page: &Page, case: &Case) {
        let incident = &case.incident;
        let reference = incident.reference.as_ref().map_or_else(String::new, ToString::to_string);
        page.section(&format!("The report, accepted as {reference}"));
        for event in &case.events {
            if let Body::ReportReceived { content, .. } = &event.body {
                page.fact("What", &content.organism.label().unwrap_or_else(|| "unknown".into()));
                page.fact(
                    "Where",
                    &content.place.description.clone().unwrap_or_else(|| "not described".into()),
                );
                if let Some(position) = content.place.geometry.as_ref().and_then(|g| g.positions().next()) {
                    page.fact("", &position.to_string());
                }
                page.fact("Released", &content.released.clone().unwrap_or_else(|| "not said".into()));
            }
        }
        page.fact("State", &self.speaker.name("state", &incident.state));
        page.fact("Mode", &self.speaker.name("mode", &incident.mode));
        if !incident.gaps.is_empty() {
            let gaps: Vec<String> = incident.gaps.iter().map(|gap: &Gap| self.speaker.gap(gap)).collect();
            page.fact("Gaps", &format!("{} (none of them holds a notice back)", gaps.len()));
            for gap in gaps {
                page.fact("", &gap);
            }
        }
    }

    async fn show_reach(&self, page: &Page, case: &Case) -> Result<(), Trouble> {
        let reporter = self.client_of(self.reporter).await?;
        let path = format!("/api/v1/incidents/{}/assessment", case.incident.id);
        let assessment: Assessment = reporter.get(&path).await?;
        page.section("Who is in reach, and why");
        for reach in &assessment.reaches {
            let how = self.speaker.pathway(reach.pathway);
            let grade = self.speaker.name("grade", &reach.grade);
            let text = if reach.max_m.get() > 0.0 {
                let [half, most, farthest] = [reach.p50_m, reach.p95_m, reach.max_m].map(distance);
                format!(
                    "By {how}: half within {half}, nearly all within {most}, at most {farthest} [{grade}]"
                )
            } else {
                format!("By {how}: as far as people carry it; from there it moves by itself [{grade}]")
            };
            page.dim(&text);
            for said in self.speaker.circumstances(reach) {
                page.dim(&format!("  {said}"));
            }
        }
        for state in &assessment.origin {
            page.row(
                &self.name(state.iso2.as_str()),
                "",
                &self.speaker.reason(&state.reason, Some(state.ring)),
            );
            self.show_centres(page, &assessment, state.iso2);
        }
        if assessment.states.is_empty() {
            page.say("No other State is in reach.");
        }
        for state in &assessment.states {
            let reason = self.speaker.reason(&state.reason, Some(state.ring));
            page.row(
                &self.name(state.iso2.as_str()),
                &self.way(state.distance_m, state.accuracy_m, state.bearing_deg),
                &reason,
            );
            if let Some(inside) = state.in_sector {
                page.dim(&format!("  {}", self.speaker.sector(inside)));
            }
            self.show_centres(page, &assessment, state.iso2);
        }
        if !assessment.excluded.is_empty() {
            page.section("The nearest States that are not");
        }
        for state in assessment.excluded.iter().take(4) {
            let reason = self.speaker.reason(&state.reason, None);
            let way = self.way(Some(state.distance_m), state.accuracy_m, Some(state.bearing_deg));
            page.row(&self.name(state.iso2.as_str()), &way, &reason);
        }
        page.section("Biodiversity hotspots in reach");
        if assessment.hotspots.is_empty() {
            page.say("None.");
        }
        for hotspot in &assessment.hotspots {
            let reason = self.speaker.reason(&hotspot.reason, Some(hotspot.ring));
            let mark = if hotspot.approximate { " (outline approximate)" } else { "" };
            page.row(
                &hotspot.name,
                &self.way(Some(hotspot.distance_m), hotspot.accuracy_m, hotspot.bearing_deg),
                &format!("{reason}{mark}"),
            );
        }
        Ok(())
    }

    /// What makes a State sensitive to the organism, under its name.
    fn show_centres(&self, page: &Page, assessment: &Assessment, state: StateCode) {
        let of_state = assessment.centres.iter().filter(|centre| centre.state == state);
        let mut said: Vec<String> = of_state.map(|centre| self.speaker.centre(centre)).collect();
        let more = said.len().saturating_sub(CENTRES);
        said.truncate(CENTRES);
        if more > 0 {
            said.push(format!("{more} more"));
        }
        if !said.is_empty() {
            page.wrapped(&" ".repeat(26), &said.join("; "), Some("2"));
        }
    }

    /// Distance and bearing, no finer than they are known.
    fn way(&self, metres: Option<Metres>, accuracy: Metres, bearing: Option<f64>) -> String {
        match (metres, bearing) {
            (Some(metres), Some(bearing)) if metres.get() > 0.0 => {
                let far = distance_within(metres, accuracy);
                format!("{far} {} ({bearing:.0}°)", self.speaker.bearing(bearing))
            }
            (Some(_), _) => "at the place".to_owned(),
            (None, _) => "no distance applies".to_owned(),
        }
    }

    /// Waits until every State told has its alert; shows by which hop and when.
    async fn show_alerts(&self, page: &Page, case: &Case) -> Result<Vec<StateCode>, Trouble> {
        page.section("Who was told, by which hop, and when the alert was there");
        let mut alerted = Vec::new();
        for event in &case.events {
            match &event.body {
                Body::NoticeIssued { addressee, hops, .. } => {
                    let name = self.name(&addressee.to_string());
                    let Some(state) = addressee.state() else { continue };
                    let arrived = self.alert_of(state, addressee, case).await?;
                    let late = arrived.duration_since(case.accepted).as_millis();
                    page.row(&name, &format!("{late} ms after acceptance"), "");
                    self.show_hops(page, hops);
                    alerted.push(state);
                }
                Body::DutyIdentified { addressee, .. } => {
                    let open = "still owed; met when the id of its record is entered";
                    page.row(&self.name(&addressee.to_string()), open, "");
                }
                Body::AddresseeUnreachable { addressee, hops } => {
                    page.row(&self.name(&addressee.to_string()), "ALARM", "nobody can be reached");
                    self.show_hops(page, hops);
                }
                _ => {}
            }
        }
        if alerted.is_empty() {
            page.say("No State had to be told.");
        }
        Ok(alerted)
    }

    fn show_hops(&self, page: &Page, hops: &[Hop]) {
        for (number, hop) in hops.iter().enumerate() {
            let contact = self.contacts.get(&hop.contact).map_or_else(String::new, |c| c.name.clone());
            let kind = self.speaker.name("kind", &hop.kind);
            let told = matches!(hop.outcome, HopOutcome::Told(_));
            let outcome = self.speaker.hop(hop.outcome);
            let outcome = if told { format!("told by {outcome}") } else { outcome };
            page.dim(&format!("  hop {}: {kind} — {contact}: {outcome}", number + 1));
        }
    }

    async fn alert_of(
        &self,
        state: StateCode,
        addressee: &Addressee,
        case: &Case,
    ) -> Result<Timestamp, Trouble> {
        let is_it = |event: &Event| {
            event.incident == case.incident.id
                && matches!(&event.body, Body::NoticeIssued { addressee: to, .. } if to == addressee)
        };
        Ok(self.hear(state, Role::ContactPoint, &is_it).await?.1)
    }

    /// Waits until the listener of `state` hears the event wanted.
    async fn hear(
        &self,
        state: StateCode,
        role: Role,
        wanted: &dyn Fn(&Event) -> bool,
    ) -> Result<(Event, Timestamp), Trouble> {
        let mut listeners = self.listeners.lock().await;
        let listener = listeners
            .iter_mut()
            .find(|l| l.account.state == Some(state) && l.account.role == role)
            .ok_or_else(|| Trouble(format!("nobody listens for {state}")))?;
        let waiting = async {
            while let Some(heard) = listener.heard.recv().await {
                match heard {
                    Heard::Event { event, arrived } if wanted(&event) => return Ok((*event, arrived)),
                    Heard::Blind { why, .. } | Heard::Refused(why) => return Err(Trouble(why)),
                    _ => {}
                }
            }
            Err(Trouble("the receiver has ended".into()))
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .map_err(|_| Trouble(format!("{state} did not hear what it should have heard in time")))?
    }

    async fn show_acknowledgement(
        &self,
        page: &Page,
        case: &Case,
        alerted: &[StateCode],
    ) -> Result<(), Trouble> {
        let Some(first) = alerted.first().copied() else { return Ok(()) };
        page.section("An acknowledgement comes back (receipt, not agreement)");
        let client = self.client_of(first).await?;
        let path = format!("/api/v1/incidents/{}/acknowledgements", case.incident.id);
        let receipt: Receipt =
            client.post(&path, &json!({ "note": "Received; our inspectors are informed." })).await?;
        let is_it = |event: &Event| matches!(&event.body, Body::NoticeAcknowledged { addressee, .. } if addressee.state() == Some(first));
        let (event, arrived) = self.hear(self.reporter, Role::ContactPoint, &is_it).await?;
        let sentence = self.speaker.event(&event, &|code| self.name(code));
        let late = arrived.duration_since(receipt.recorded).as_millis();
        page.say(&format!("{sentence}; {} heard of it {late} ms later.", self.name(self.reporter.as_str())));
        if let Body::NoticeAcknowledged { note: Some(note), .. } = &event.body {
            page.dim(&format!("“{note}”"));
        }
        Ok(())
    }

    async fn show_playbooks(&self, page: &Page, case: &Case) -> Result<(), Trouble> {
        let reporter = self.client_of(self.reporter).await?;
        let path = format!("/api/v1/incidents/{}/playbooks", case.incident.id);
        let found: Value = reporter.get(&path).await?;
        for (index, open) in found["playbooks"].as_array().into_iter().flatten().enumerate() {
            let title = open["playbook"]["title"].as_str().unwrap_or_default();
            let why: Vec<String> = open["playbook"]["why"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|w| {
                    format!("{} {}", w["code"].as_str().unwrap_or(""), w["value"].as_str().unwrap_or(""))
                })
                .collect();
            page.section(&format!("Playbook {}: {title}", index + 1));
            page.dim(&format!("Chosen because: {}", why.join(", ")));
            let steps = open["steps"].as_array().cloned().unwrap_or_default();
            for step in steps.iter().filter(|s| s["state"]["code"] == "open").take(4) {
                let text = step["title"]["en"].as_str().unwrap_or_default();
                let who = step["role_title"]["en"].as_str().or(step["role"].as_str()).unwrap_or("anyone");
                let due = due_in_words(&step["due"]);
                page.row(
                    &format!("Step {}", step["number"].as_str().unwrap_or_default()),
                    &format!("{who}, {due}"),
                    text,
                );
            }
            page.dim(&format!("{} steps in all", steps.len()));
        }
        Ok(())
    }

    async fn show_timeline(&self, page: &Page, case: &Case) -> Result<(), Trouble> {
        let reporter = self.client_of(self.reporter).await?;
        let path = format!("/api/v1/incidents/{}/timeline?limit=500", case.incident.id);
        let Timeline { events } = reporter.get(&path).await?;
        page.section(&format!("The timeline so far, as {} sees it", self.name(self.reporter.as_str())));
        for event in events {
            let time = event.recorded.strftime("%H:%M:%S%.3fZ").to_string();
            page.fact(&time, &self.speaker.event(&event, &|code| self.name(code)));
        }
        Ok(())
    }

    fn show_what_next(&self, page: &Page, case: &Case, server: &Server) {
        let base = &server.base;
        page.section("The server goes on. What next?");
        page.say(&format!("Read the interface:   {base}/api/docs/"));
        page.say("Watch as a contact point, in another terminal:");
        if let Ok(listeners) = self.listeners.try_lock() {
            for listener in listeners.iter().filter(|l| l.account.role == Role::ContactPoint).take(2) {
                let token = listener.client.token();
                page.command(&format!("outcross watch --url {base} --mode exercise --token {token}"));
            }
            if let Some(reporter) = listeners.iter().find(|l| l.account.state == Some(self.reporter)) {
                page.say("Look at the incident:");
                page.command(&format!(
                    "curl -H 'Authorization: Bearer {}' {base}/api/v1/incidents/{}",
                    reporter.client.token(),
                    case.incident.id
                ));
            }
        }
        page.say("Ctrl-C ends it; the scratch directory is removed.");
    }

    async fn client_of(&self, state: StateCode) -> Result<Client, Trouble> {
        let listeners = self.listeners.lock().await;
        listeners
            .iter()
            .find(|l| l.account.state == Some(state) && l.account.role == Role::ContactPoint)
            .map(|l| l.client.clone())
            .ok_or_else(|| Trouble(format!("there is no account for {state}")))
    }
}

/// When a step is due, to the minute: nobody works to the second.
fn due_in_words(due: &Value) -> String {
    let due = due.as_str().and_then(|text| text.parse::<Timestamp>().ok());
    due.map_or_else(|| "no due time".to_owned(), |at| format!("by {}", at.strftime("%d %b %H:%M UTC")))
}

/// The terminal: colour only when it is one.
struct Page {
    colour: bool,
    width: usize,
}

impl Page {
    fn new() -> Self {
        let terminal = std::io::stdout().is_terminal();
        Self { colour: terminal && std::env::var_os("NO_COLOR").is_none(), width: 100 }
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn heading(&self, text: &str) {
        println!("{}", self.paint("1;36", text));
    }

    fn section(&self, text: &str) {
        println!("\n{}", self.paint("1", text));
    }

    fn say(&self, text: &str) {
        self.wrapped("  ", text, None);
    }

    /// A command to be copied: never wrapped.
    fn command(&self, text: &str) {
        println!("    {}", self.paint("36", text));
    }

    fn dim(&self, text: &str) {
        self.wrapped("  ", text, Some("2"));
    }

    fn fact(&self, label: &str, text: &str) {
        self.wrapped(&format!("  {label:<13} "), text, None);
    }

    fn row(&self, name: &str, middle: &str, text: &str) {
        let label = format!("  {}  ", self.paint("1", &format!("{name:<22}")));
        if middle.is_empty() {
            self.wrapped(&label, text, None);
        } else {
            println!("{label}{middle}");
            if !text.is_empty() {
                self.wrapped(&" ".repeat(26), text, None);
            }
        }
    }

    /// Wraps at words; following lines are indented under the first.
    fn wrapped(&self, lead: &str, text: &str, colour: Option<&str>) {
        let visible = lead.replace("\x1b[1m", "").replace("\x1b[0m", "").chars().count();
        let room = self.width.saturating_sub(visible).max(30);
        let mut line = String::new();
        let mut lead = lead.to_owned();
        let mut flush = |line: &str| {
            let shown = colour.map_or_else(|| line.to_owned(), |c| self.paint(c, line));
            println!("{lead}{shown}");
            lead = " ".repeat(visible);
        };
        for word in text.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
                flush(&line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        flush(&line);
    }
}
