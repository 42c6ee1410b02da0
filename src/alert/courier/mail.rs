//! Hands one message to the mail relay, and says what came of it.
//!
//! The steps of the conversation are taken one by one, because it matters at
//! which of them a line breaks: before the text was handed over nothing has
//! happened; after it, the relay may have the message although nobody heard
//! it say so.

use super::{
    fault,
    trust::{TrustError, certificates},
};
use crate::domain::delivery::Outcome;
use lettre::{
    Address,
    transport::smtp::{
        self,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, CertificateStore, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use std::{
    error::Error,
    fmt, io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};

/// How long may saying goodbye take? The answer is known by then.
const GOODBYE: Duration = Duration::from_secs(2);

/// How much may a relay say in one conversation, bytes? An honest one says a
/// few hundred.
const MOST: usize = 1024 * 1024;

/// How the line to the relay is protected. Where it is, the relay's
/// certificate must be good for its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tls {
    /// From the first byte (port 465).
    Implicit,
    /// By STARTTLS; without it nothing is sent.
    Required,
    /// By STARTTLS where the relay offers it. The password is sent only under
    /// TLS, or to this very machine.
    Opportunistic,
    /// Not at all: only to this very machine.
    None,
}

/// How mail is sent.
#[derive(Clone)]
pub struct Settings {
    /// Name or address of the relay.
    pub relay: String,
    /// Its port.
    pub port: u16,
    /// How the line to it is protected.
    pub tls: Tls,
    /// User and password, if the relay wants them.
    pub login: Option<(String, String)>,
    /// The sender of the envelope: where complaints of relays go.
    pub sender: String,
    /// The name this server gives itself in EHLO.
    pub name: String,
    /// How long may one attempt take in all?
    pub within: Duration,
    /// How long may connecting take?
    pub connect_within: Duration,
    /// How many messages may be on their way to the relay at once?
    pub at_once: usize,
    /// Certificates of authorities (PEM) trusted besides those of the public web.
    pub authorities: Vec<u8>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mail by {}:{} ({:?})", self.relay, self.port, self.tls)
    }
}

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A relay elsewhere, without TLS.
    #[error("the mail relay {0} is on another machine: choose TLS, or a relay on this one")]
    Unprotected(String),
    /// The sender is not an address.
    #[error("the sender “{0}” of mail is not an address")]
    Sender(String),
    /// The name for EHLO.
    #[error("“{0}” cannot be this server's name for a mail relay: letters, digits, dots and hyphens only")]
    Name(String),
    /// The certificates of authorities.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// TLS cannot be set up.
    #[error("TLS for the mail relay cannot be set up: {0}")]
    Tls(#[source] smtp::Error),
}

/// Sends mail.
pub(super) struct Sender {
    settings: Settings,
    from: Address,
    name: ClientId,
    tls: TlsParameters,
}

impl Sender {
    /// A sender with these settings.
    pub(super) fn new(settings: Settings) -> Result<Self, MailError> {
        if settings.tls == Tls::None && !names_this_machine(&settings.relay) {
            return Err(MailError::Unprotected(settings.relay));
        }
        let from = settings.sender.parse().map_err(|_| MailError::Sender(settings.sender.clone()))?;
        let simple = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if settings.name.is_empty() || !settings.name.chars().all(simple) {
            return Err(MailError::Name(settings.name));
        }
        let mut tls =
            TlsParameters::builder(settings.relay.clone()).certificate_store(CertificateStore::WebpkiRoots);
        for certificate in certificates(&settings.authorities)? {
            let certificate = Certificate::from_der(certificate.to_vec()).map_err(MailError::Tls)?;
            tls = tls.add_root_certificate(certificate);
        }
        let tls = tls.build_rustls().map_err(MailError::Tls)?;
        let name = ClientId::Domain(settings.name.clone());
        Ok(Self { settings, from, name, tls })
    }

    /// Hands `bytes` (RFC 5322) to the relay for `address`, as they are.
    pub(super) async fn send(&self, address: &str, bytes: &[u8]) -> Outcome {
        let Ok(to) = address.parse::<Address>() else { return Outcome::never("address not valid") };
        if address.chars().any(|c| c.is_control() || c == ' ') {
            return Outcome::never("address not valid");
        }
        if !has_whole_line_ends(bytes) {
            return Outcome::never("text not valid");
        }
        let deadline = Instant::now() + self.settings.within;
        // Before the text is handed over, whatever goes wrong is forgotten.
        let Ok(ready) = timeout_at(deadline, self.prepare(&to, bytes)).await else {
            return Outcome::later("relay: timed out");
        };
        let mut connection = match ready {
            Ok(connection) => connection,
            Err(outcome) => return outcome,
        };
        // The end of the text brings its own line end.
        let text = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
        let outcome = match timeout_at(deadline, connection.message(text)).await {
            Ok(Ok(answer)) if answer.code().is_positive() => Outcome::sent(&said(&answer)),
            Ok(Ok(answer)) => Outcome::later(&format!("relay: unexpected answer {}", answer.code())),
            Ok(Err(error)) if error.status().is_some() => judge(&error),
            // The line broke, the answer makes no sense, or none came.
            Ok(Err(_)) | Err(_) => return Outcome::later("answer lost after DATA"),
        };
        let _ = timeout(GOODBYE, connection.quit()).await;
        outcome
    }

    /// Everything up to the point where the relay waits for the text.
    async fn prepare(&self, to: &Address, bytes: &[u8]) -> Result<AsyncSmtpConnection, Outcome> {
        let mut connection = self.enter().await.map_err(|error| error.outcome())?;
        match self.address(&mut connection, to, bytes).await {
            Ok(()) => Ok(connection),
            Err(outcome) => {
                let _ = timeout(GOODBYE, connection.quit()).await;
                Err(outcome)
            }
        }
    }

    /// Says from whom and to whom, and asks for leave to hand over the text.
    async fn address(
        &self,
        connection: &mut AsyncSmtpConnection,
        to: &Address,
        bytes: &[u8],
    ) -> Result<(), Outcome> {
        let mut parameters = Vec::new();
        let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        if !(ascii(to) && ascii(&self.from)) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Outcome::never("relay takes no such address"));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !bytes.is_ascii() {
            if !connection.server_info().supports_feature(Extension::EightBitMime) {
                return Err(Outcome::never("relay takes no 8-bit text"));
            }
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let mail = Mail::new(Some(self.from.clone()), parameters);
        connection.command(mail).await.map_err(|error| judge(&error))?;
        connection.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(|error| judge(&error))?;
        let leave = connection.command(Data).await.map_err(|error| judge(&error))?;
        if leave.has_code(354) {
            Ok(())
        } else {
            Err(Outcome::later(&format!("relay: unexpected answer {}", leave.code())))
        }
    }

    /// Connects, protects the line, signs in.
    async fn enter(&self) -> Result<AsyncSmtpConnection, NoEntry> {
        let settings = &self.settings;
        let (mut connection, near) = if settings.tls == Tls::Implicit {
            let (to, tls) = ((settings.relay.as_str(), settings.port), Some(self.tls.clone()));
            let within = Some(settings.connect_within);
            (AsyncSmtpConnection::connect_tokio1(to, within, &self.name, tls, None).await?, false)
        } else {
            let connected = timeout(settings.connect_within, self.connect()).await;
            let (stream, near) = connected.map_err(|_| NoEntry::Line("relay: timed out"))??;
            (AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.name).await?, near)
        };
        match settings.tls {
            Tls::Required if !connection.can_starttls() => return Err(NoEntry::Line("relay offers no TLS")),
            Tls::Required | Tls::Opportunistic if connection.can_starttls() => {
                connection.starttls(self.tls.clone(), &self.name).await?;
            }
            Tls::None if !near => return Err(NoEntry::Line("relay without TLS is not on this machine")),
            _ => {}
        }
        if let Some((user, password)) = &settings.login {
            if !(connection.is_encrypted() || near) {
                return Err(NoEntry::Line("relay offers no TLS"));
            }
            let login = Credentials::new(user.clone(), password.clone());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &login).await?;
        }
        Ok(connection)
    }

    /// The line to the relay, and whether it stays on this machine.
    async fn connect(&self) -> Result<(LineByLine, bool), NoEntry> {
        let to = (self.settings.relay.as_str(), self.settings.port);
        let stream = TcpStream::connect(to).await.map_err(|error| NoEntry::from_line(&error))?;
        let _ = stream.set_nodelay(true);
        let near = stream.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback());
        Ok((LineByLine { inner: stream, waiting: Vec::new(), taken: 0 }, near))
    }
}

/// Whether every line ends in CR LF and nowhere does one stand alone. A relay
/// that takes a lone one for a line end could be made to see the end of the
/// message, and commands after it, in the middle of a text.
fn has_whole_line_ends(bytes: &[u8]) -> bool {
    let mut before = 0;
    for byte in bytes {
        if (before == b'\r') != (*byte == b'\n') {
            return false;
        }
        before = *byte;
    }
    before != b'\r'
}

/// Whether `relay` can only mean this machine.
fn names_this_machine(relay: &str) -> bool {
    relay.eq_ignore_ascii_case("localhost") || relay.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The relay did not let us in. Nothing about this message is wrong, so it is
/// tried again, whatever the relay said.
enum NoEntry {
    Line(&'static str),
    Refused(smtp::Error),
}

impl NoEntry {
    fn from_line(error: &io::Error) -> Self {
        Self::Line(match fault::name(error) {
            Some("connection refused") => "relay: connection refused",
            Some("not reachable") => "relay: not reachable",
            Some("timed out") => "relay: timed out",
            _ => "relay: no connection",
        })
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Line(detail) => Outcome::later(detail),
            Self::Refused(error) => match answered(error) {
                Some(answer) => Outcome::later(&format!("relay refused us: {answer}")),
                None => judge(error),
            },
        }
    }
}

impl From<smtp::Error> for NoEntry {
    fn from(error: smtp::Error) -> Self {
        Self::Refused(error)
    }
}

/// What a failure before the text was handed over comes to.
fn judge(error: &smtp::Error) -> Outcome {
    let Some(answer) = answered(error) else {
        let detail = if error.is_tls() { Some("tls failed") } else { fault::behind(error) };
        return Outcome::later(&format!("relay: {}", detail.unwrap_or("connection lost")));
    };
    if error.is_permanent() { Outcome::never(&answer) } else { Outcome::later(&answer) }
}

/// `smtp 550 5.1.1`: the code, and the enhanced code (RFC 3463) if the answer
/// begins with one. The rest of an answer often holds addresses.
fn answered(error: &smtp::Error) -> Option<String> {
    let code = error.status()?;
    let text = error.source().map(ToString::to_string).unwrap_or_default();
    let first = text.split_whitespace().next().unwrap_or_default();
    let parts: Vec<&str> = first.split('.').collect();
    let number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let enhanced = parts.len() == 3 && parts.iter().all(number);
    Some(if enhanced { format!("smtp {code} {first}") } else { format!("smtp {code}") })
}

/// What a relay said when it took the text; it often names its queue entry.
fn said(answer: &Response) -> String {
    format!("{} {}", answer.code(), answer.first_line().unwrap_or_default())
}

/// A line to the relay that hands over what it reads at most one text line at
/// a time. The reader above it therefore never holds more than the answer it
/// is reading, and what somebody slipped in behind the answer to STARTTLS goes
/// to the TLS layer, which refuses it, instead of being taken for an answer
/// given under TLS. It also bounds how much a relay may say.
#[derive(Debug)]
struct LineByLine {
    inner: TcpStream,
    /// Read, and not yet handed over.
    waiting: Vec<u8>,
    /// How much was read, bytes.
    taken: usize,
}

impl AsyncTokioStream for LineByLine {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner.peer_addr()
    }
}

impl AsyncRead for LineByLine {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.waiting.is_empty() {
            let mut piece = [0; 4096];
            let mut piece = ReadBuf::new(&mut piece);
            ready!(Pin::new(&mut self.inner).poll_read(context, &mut piece))?;
            self.taken = self.taken.saturating_add(piece.filled().len());
            if self.taken > MOST {
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "too much was said")));
            }
            self.waiting.extend_from_slice(piece.filled());
        }
        let line = self.waiting.iter().position(|b| *b == b'\n').map_or(self.waiting.len(), |at| at + 1);
        let length = line.min(into.remaining());
        into.put_slice(&self.waiting[..length]);
        self.waiting.drain(..length);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for LineByLine {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            relay: "relay.example.org".to_owned(),
            port: 587,
            tls: Tls::Required,
            login: None,
            sender: "alerts@example.org".to_owned(),
            name: "alerts.example.org".to_owned(),
            within: Duration::from_mins(1),
            connect_within: Duration::from_secs(10),
            at_once: 8,
            authorities: Vec::new(),
        }
    }

    #[test]
    fn settings_that_cannot_work_are_refused_with_words() {
        assert!(Sender::new(settings()).is_ok());
        let open = Settings { tls: Tls::None, ..settings() };
        assert!(matches!(Sender::new(open), Err(MailError::Unprotected(_))));
        for near in ["localhost", "127.0.0.1", "::1"] {
            let here = Settings { tls: Tls::None, relay: near.to_owned(), ..settings() };
            assert!(Sender::new(here).is_ok(), "{near}");
        }
        let nobody = Settings { sender: "nobody".to_owned(), ..settings() };
        assert!(matches!(Sender::new(nobody), Err(MailError::Sender(_))));
        let twisted = Settings { name: "a\r\nMAIL FROM:<x@example.org>".to_owned(), ..settings() };
        assert!(matches!(Sender::new(twisted), Err(MailError::Name(_))));
    }

    #[test]
    fn a_line_end_standing_alone_is_seen() {
        for good in ["", "a", "a\r\n", "a\r\n\r\nb", "\r\n"] {
            assert!(has_whole_line_ends(good.as_bytes()), "{good:?}");
        }
        for bad in ["a\n", "a\r", "\n.\r\n", "a\r\r\n", "a\r\n\n", "a\rb"] {
            assert!(!has_whole_line_ends(bad.as_bytes()), "{bad:?}");
        }
    }

    #[test]
    fn settings_do_not_show_the_password() {
        let settings = Settings { login: Some(("u".to_owned(), "hush".to_owned())), ..settings() };
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
