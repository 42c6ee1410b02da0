//! `outcross serve`: puts the rooms together and opens the door.

use super::{Trouble, check_playbooks::texts_in};
use crate::{
    alert::{
        courier::{self, Bell, Courier, mail, webhook},
        hub::Hub,
        keys::Keys,
        letter::{StateName, Writer},
    },
    api::{self, Rooms, live::Pace},
    config::{MailTls, Settings, Sources},
    desk::{self, Desk},
    domain::{
        clock::{Clock, Entropy, Machine, Steady},
        contact::ChannelKind,
        decision::EscalationPolicy,
    },
    geo::{Atlas, Shelf},
    playbook::{Library, Problem, Severity, check, has_errors},
    reading::Reading,
    store::{Store, sqlite::Sqlite},
    web,
};
use actix_web::{HttpServer, dev::ServerHandle, web as actix};
use jiff::SignedDuration;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::{
    any::Any,
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// How often does the server look for timers that are due?
const TICK: Duration = Duration::from_secs(1);

/// By how much may two clocks differ without a word?
const SLACK: SignedDuration = SignedDuration::from_secs(30);

/// How long may requests under way take when the server stops?
const LAST_REQUESTS: u64 = 10;

/// How long may attempts to send take that are under way when the server
/// stops? What is not done by then is done after the next start.
const LAST_ATTEMPTS: Duration = Duration::from_secs(5);

/// How many bytes may wait in the system for a reader that does not take
/// them? What is on its way does not count.
const UNSENT: u32 = 64 * 1024;

/// Flags of `outcross serve`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE", env = "OUTCROSS_CONFIG")]
    config: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:8017]
    #[arg(long, value_name = "ADDRESS:PORT")]
    bind: Option<SocketAddr>,
    /// The address people use, such as https://alerts.example.org
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Directory of the store [default: outcross-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder of playbooks used instead of those the program carries
    #[arg(long)]
    playbooks: Option<PathBuf>,
    /// Name of this instance in references, 2 to 8 letters or digits [default: LOCAL]
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,
    /// Certificate chain (PEM), if this server does TLS itself
    #[arg(long, value_name = "FILE")]
    tls_certificate: Option<PathBuf>,
    /// Private key (PEM)
    #[arg(long, value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Address of a proxy that does TLS in front of this server; may be repeated
    #[arg(long = "trusted-proxy", value_name = "IP")]
    trusted_proxies: Vec<std::net::IpAddr>,
    /// Structured logs as JSON lines
    #[arg(long)]
    log_json: bool,
    /// Within how many seconds a live receiver is let go that gives no sign of
    /// life or takes nothing; it resumes when it comes back [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(2..=600))]
    receiver_patience: Option<u16>,
}

/// Runs the server until it is told to stop.
pub fn run(arguments: Arguments) -> Result<(), Trouble> {
    let settings = settings(arguments)?;
    start_logs(&settings);
    let house = build(&settings)?;
    actix_web::rt::System::new().block_on(open_door(settings, house))
}

fn settings(arguments: Arguments) -> Result<Settings, Trouble> {
    let file = match &arguments.config {
        Some(path) => {
            let what = format!("reading {}", path.display());
            let text = std::fs::read_to_string(path).map_err(Trouble::while_doing(&what))?;
            Sources::from_toml(&text).map_err(Trouble::while_doing(&what))?
        }
        None => Sources::default(),
    };
    let environment = Sources::from_environment(|name| std::env::var(name).ok())
        .map_err(Trouble::while_doing("reading the environment"))?;
    let flags = Sources {
        bind: arguments.bind,
        public_url: arguments.public_url,
        data: arguments.data,
        playbooks: arguments.playbooks,
        instance: arguments.instance,
        tls_certificate: arguments.tls_certificate,
        tls_key: arguments.tls_key,
        trusted_proxies: (!arguments.trusted_proxies.is_empty()).then_some(arguments.trusted_proxies),
        log_json: arguments.log_json.then_some(true),
        receiver_patience_seconds: arguments.receiver_patience,
        ..Sources::default()
    };
    flags.over(environment).over(file).settle().map_err(Trouble::while_doing("settings"))
}

/// The playbooks of a folder, all of them sound, else those the program carries.
fn open_library(folder: Option<&Path>) -> Result<Library, Trouble> {
    let Some(folder) = folder else {
        return Library::built_in().map_err(|problems| unsound("the playbooks it carries", &problems));
    };
    let place = folder.display().to_string();
    let library = Library::read(texts_in(folder)?).map_err(|problems| unsound(&place, &problems))?;
    let problems = check(&library);
    if has_errors(&problems) { Err(unsound(&place, &problems)) } else { Ok(library) }
}

fn unsound(place: &str, problems: &[Problem]) -> Trouble {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let lines: Vec<String> = errors.map(ToString::to_string).collect();
    Trouble(format!("{}\n\n{place}: playbooks that are not sound are not served", lines.join("\n")))
}

fn start_logs(settings: &Settings) {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_env("OUTCROSS_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let builder = builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    // A second start in one process (tests) keeps the first one's logs.
    let _ = if settings.log_json { builder.json().try_init() } else { builder.compact().try_init() };
}

/// The rooms, put together.
struct House {
    desk: Arc<Desk>,
    hub: Arc<Hub>,
    reading: Arc<Reading>,
    keys: Keys,
    bell: Bell,
}

fn build(settings: &Settings) -> Result<House, Trouble> {
    let log_id = Machine.id(Machine.now()).to_string();
    let store: Arc<dyn Store> =
        Arc::new(Sqlite::open(&settings.data, &log_id).map_err(Trouble::while_doing("opening the store"))?);
    let machine = Arc::new(steady_clock(&*store)?);
    if let Some(hold) = store.hold().map_err(Trouble::while_doing("opening the store"))? {
        tracing::warn!(
            since = %hold.since,
            backup_made = %hold.made,
            "NO MAIL AND NO WEBHOOK GOES OUT: this store was restored from a backup. Say what had been sent: \
             POST /api/v1/outbox/release"
        );
    }
    let atlas = Arc::new(Atlas::built_in().map_err(Trouble::while_doing("reading the built-in map"))?);
    let shelf = Arc::new(Shelf::new(atlas.clone()));
    let library = Arc::new(open_library(settings.playbooks.as_deref())?);
    let hub = Hub::start(store.clone()).map_err(Trouble::while_doing("reading the log"))?;
    let secret = store.instance_key(machine.bytes()).map_err(Trouble::while_doing("opening the store"))?;
    let keys = Keys::of(&secret);
    let sender = settings.mail.as_ref().map_or("", |mail| &mail.from);
    let writer = Writer::new(sender, &settings.instance, names_of_states(&atlas));
    let bell = Bell::default();
    let mut served = vec![ChannelKind::Webhook];
    served.extend(settings.mail.is_some().then_some(ChannelKind::Email));
    let desk = Desk::new(
        store.clone(),
        hub.clone(),
        shelf.clone(),
        library.clone(),
        machine.clone(),
        machine.clone(),
        desk::Settings {
            policy: policy(settings),
            two_persons: settings.two_persons,
            largest_file: settings.largest_file,
            served,
            allow_http: settings.allow_http,
            compose: Arc::new(writer.with_links(keys.clone(), &settings.public_url)),
            keys: keys.clone(),
            bell: bell.clone(),
            ..desk::Settings::plain(&settings.instance)
        },
    );
    desk.open_layers().map_err(Trouble::while_doing("reading the imported layers"))?;
    let reading = Reading::new(store, shelf, library, machine);
    Ok(House { desk: Arc::new(desk), hub, reading: Arc::new(reading), keys, bell })
}

/// A clock that does not go back behind what the log has seen.
fn steady_clock(store: &dyn Store) -> Result<Steady, Trouble> {
    let end = store.newest().map_err(Trouble::while_doing("reading the log"))?;
    let clock = Steady::after(end);
    let behind = end.map(|end| end.duration_since(Machine.now())).filter(|behind| *behind > SLACK);
    if let Some(behind) = behind {
        let minutes = behind.as_mins();
        tracing::warn!(
            minutes,
            "the last event of the log is later than this machine's clock says it is now: one of them is \
             wrong. Set the clock (a time server does it best). If it is right, this server goes on where \
             the log ends and runs a tenth slower until the two agree; beyond 26 hours it follows the clock"
        );
    }
    Ok(clock)
}

fn names_of_states(atlas: &Arc<Atlas>) -> Box<StateName> {
    let atlas = atlas.clone();
    Box::new(move |code, language| {
        let row = code.parse().ok().and_then(|code| atlas.states().get(code));
        row.map(|row| row.name.get(language).to_owned()).unwrap_or_default()
    })
}

/// How mail and webhooks are sent.
fn courier(settings: &Settings, keys: &Keys) -> Result<courier::Settings, Trouble> {
    let authorities = match &settings.authorities {
        Some(path) => {
            std::fs::read(path).map_err(Trouble::while_doing(&format!("reading {}", path.display())))?
        }
        None => Vec::new(),
    };
    let key = keys.signing().map_err(Trouble::while_doing("making the key for webhooks"))?;
    let mail = settings.mail.as_ref().map(|mail| mail::Settings {
        relay: mail.relay.clone(),
        port: mail.port,
        tls: match mail.tls {
            MailTls::Implicit => mail::Tls::Implicit,
            MailTls::Required => mail::Tls::Required,
            MailTls::Opportunistic => mail::Tls::Opportunistic,
            MailTls::None => mail::Tls::None,
        },
        login: mail.login.clone().map(|(user, password)| (user, password.0)),
        sender: mail.from.clone(),
        name: own_name(&settings.public_url),
        authorities: authorities.clone(),
        within: Duration::from_mins(1),
        connect_within: Duration::from_secs(10),
        at_once: 4,
    });
    let webhook = webhook::Settings {
        allow_http: settings.allow_http,
        allow_networks: settings.allow_networks.clone(),
        authorities,
        ..webhook::Settings::new(key)
    };
    Ok(courier::Settings::new(webhook, mail))
}

/// The name this server gives itself to a mail relay: the host people use.
fn own_name(public_url: &str) -> String {
    let host = public_url.split("://").nth(1).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    if host.is_empty() || host.starts_with('[') { "localhost".to_owned() } else { host.to_owned() }
}

fn policy(settings: &Settings) -> EscalationPolicy {
    let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
    EscalationPolicy {
        acknowledge_within: minutes(settings.acknowledge_within_minutes),
        acknowledge_within_unlikely: minutes(settings.acknowledge_within_minutes_unlikely),
        verify_within: SignedDuration::from_hours(i64::from(settings.verify_within_hours)),
        approve_within: minutes(settings.approve_within_minutes),
    }
}

async fn open_door(settings: Settings, house: House) -> Result<(), Trouble> {
    let recorder: PrometheusHandle =
        PrometheusBuilder::new().install_recorder().map_err(Trouble::while_doing("starting the metrics"))?;
    let pace = Pace::within(Duration::from_secs(u64::from(settings.receiver_patience_seconds)));
    let rooms = Rooms {
        desk: house.desk.clone(),
        reading: house.reading,
        hub: house.hub.clone(),
        metrics: Arc::new(move || recorder.render()),
        public_url: settings.public_url.clone(),
        pace,
    };
    let server = HttpServer::new(move || api::app(rooms.clone(), web::routes))
        .h1_write_buffer_size(4096)
        .h1_allow_half_closed(false)
        .tcp_nodelay(true)
        .backlog(4096)
        .shutdown_timeout(LAST_REQUESTS)
        .disable_signals()
        .on_connect(move |connection, _| bound_patience(connection, pace));
    let bound = match &settings.tls {
        None => server.bind(settings.bind),
        Some((certificate, key)) => server.bind_rustls_0_23(settings.bind, tls(certificate, key)?),
    };
    let server = bound.map_err(|error| door_trouble(settings.bind, &error))?;
    let address = server.addrs().first().copied().unwrap_or(settings.bind);
    // Before anybody is told that it listens: a signal may follow at once.
    let signals = Signals::listen().map_err(Trouble::while_doing("listening for signals"))?;
    // Only now: a token printed by a start that fails would be looked for in vain.
    let founded = house.desk.found().map_err(Trouble::while_doing("creating the first account"))?;
    if let Some(token) = founded {
        println!(
            "First start. Administrator token, good until {}:",
            token.expires.strftime("%Y-%m-%d %H:%M UTC")
        );
        println!("administrator token: {}", token.secret);
        let invitation = house
            .desk
            .invite_first(&token)
            .map_err(Trouble::while_doing("inviting the first administrator"))?;
        println!(
            "to sign in with a browser: {}/invitations/{}",
            settings
                .public_url
                .trim_end_matches('/')
                .replace(&settings.bind.to_string(), &address.to_string()),
            invitation.secret
        );
    }
    println!(
        "listening on {}",
        settings.public_url.replace(&settings.bind.to_string(), &address.to_string())
    );
    std::io::stdout().flush().map_err(Trouble::while_doing("writing to the terminal"))?;
    let courier = Courier::start(
        house.desk.clone(),
        courier(&settings, &house.keys)?,
        house.bell.rung(),
        Arc::new(Machine),
    )
    .map_err(Trouble::while_doing("setting up mail and webhooks"))?;
    let running = server.run();
    actix_web::rt::spawn(stop_when_told(signals, running.handle(), house.hub));
    let ticking = actix_web::rt::spawn(tick(house.desk));
    let result = running.await.map_err(Trouble::while_doing("serving"));
    ticking.abort();
    courier.stop(LAST_ATTEMPTS).await;
    tracing::info!("stopped");
    result
}

/// A reader that takes nothing is let go, instead of being waited for; until
/// then little is kept for it.
fn bound_patience(connection: &dyn Any, pace: Pace) {
    use actix_tls::accept::rustls_0_23::TlsStream;
    use actix_web::rt::net::TcpStream;
    let plain = connection.downcast_ref::<TcpStream>();
    let tls = || connection.downcast_ref::<TlsStream<TcpStream>>().map(|stream| stream.get_ref().0);
    if let Some(stream) = plain.or_else(tls) {
        let socket = socket2::SockRef::from(stream);
        let _ = socket.set_tcp_user_timeout(Some(pace.stuck));
        let _ = socket.set_tcp_notsent_lowat(UNSENT);
    }
}

fn tls(certificate: &PathBuf, key: &PathBuf) -> Result<rustls::ServerConfig, Trouble> {
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
    let what = format!("reading {}", certificate.display());
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(Trouble::while_doing(&what))?;
    let what = format!("reading {}", key.display());
    let key = PrivateKeyDer::from_pem_file(key).map_err(Trouble::while_doing(&what))?;
    rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(Trouble::while_doing("using the certificate"))
}

fn door_trouble(bind: SocketAddr, error: &std::io::Error) -> Trouble {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => Trouble(format!(
            "port {} is taken by another program. Stop that one, or choose another port (--bind {}:{})",
            bind.port(),
            bind.ip(),
            bind.port().wrapping_add(1)
        )),
        std::io::ErrorKind::PermissionDenied => {
            Trouble(format!("this user may not listen on port {}: choose one above 1023", bind.port()))
        }
        _ => Trouble(format!("cannot listen on {bind}: {error}")),
    }
}

/// SIGTERM and SIGINT, listened for.
struct Signals {
    term: tokio::signal::unix::Signal,
    int: tokio::signal::unix::Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { term: signal(SignalKind::terminate())?, int: signal(SignalKind::interrupt())? })
    }
}

/// Waits for a signal; then tells the live readers to resume later, lets
/// requests under way finish, and stops.
async fn stop_when_told(mut signals: Signals, server: ServerHandle, hub: Arc<Hub>) {
    tokio::select! {
        _ = signals.term.recv() => {}
        _ = signals.int.recv() => {}
    }
    tracing::info!("stopping");
    hub.close();
    server.stop(true).await;
}

/// The one loop that looks for what is due.
async fn tick(desk: Arc<Desk>) {
    let mut beat = tokio::time::interval(TICK);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        let desk = desk.clone();
        let ticked = actix::block(move || desk.tick(desk.now())).await;
        if let Ok(Err(error)) = ticked {
            tracing::error!(%error, "what is due could not be done; it stays due");
        }
    }
}
