//! Sends one message to one webhook, and says what came of it.

use super::{
    fault,
    guard::{Guard, Names, NotAdmitted, NotFound, SystemNames},
    signature::{self, SigningKey},
    trust::{TrustError, roots},
};
use crate::domain::{clock::Clock, delivery::Outcome, id::MessageId};
use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};
use reqwest::{
    StatusCode, Url,
    dns::Resolve,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// How much of an answer is read before the connection is dropped, bytes? What
/// it says is not used: the status is the answer.
const READ: usize = 16 * 1024;

/// How long may reading the answer's body take? The status is known by then.
const READING: Duration = Duration::from_secs(2);

/// For how long does a receiver's wish to be left alone hold at most?
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);

/// How webhooks are sent.
pub struct Settings {
    /// The instance's own key.
    pub key: SigningKey,
    /// How long may one attempt take in all?
    pub within: Duration,
    /// How long may connecting take?
    pub connect_within: Duration,
    /// Whether http without TLS is allowed (closed networks).
    pub allow_http: bool,
    /// Networks outside the public internet that are allowed.
    pub allow_networks: Vec<IpNet>,
    /// Certificates of authorities (PEM) trusted besides those of the public web.
    pub authorities: Vec<u8>,
    /// Who knows the addresses of names.
    pub names: Arc<dyn Resolve>,
}

impl Settings {
    /// What suits the public internet: https only, 20 seconds in all.
    pub fn new(key: SigningKey) -> Self {
        Self {
            key,
            within: Duration::from_secs(20),
            connect_within: Duration::from_secs(5),
            allow_http: false,
            allow_networks: Vec::new(),
            authorities: Vec::new(),
            names: Arc::new(SystemNames),
        }
    }
}

/// Why webhooks cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The certificates of authorities.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The client cannot be made.
    #[error("the client for webhooks cannot be made: {0}")]
    Client(#[source] reqwest::Error),
}

/// Sends webhooks.
pub(super) struct Sender {
    client: reqwest::Client,
    key: SigningKey,
    guard: Guard,
    allow_http: bool,
    clock: Arc<dyn Clock>,
}

impl Sender {
    /// A sender with these settings.
    pub(super) fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, WebhookError> {
        let guard = Guard::new(settings.allow_networks);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(TrustError::Tls)?
            .with_root_certificates(roots(&settings.authorities)?)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(!settings.allow_http)
            .timeout(settings.within)
            .connect_timeout(settings.connect_within)
            .redirect(Policy::none())
            .no_proxy()
            // An alert never waits on a connection whose other end has gone.
            .pool_max_idle_per_host(0)
            .retry(reqwest::retry::never())
            .user_agent(concat!("outcross/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(Names::new(guard.clone(), settings.names)))
            .build()
            .map_err(WebhookError::Client)?;
        Ok(Self { client, key: settings.key, guard, allow_http: settings.allow_http, clock })
    }

    /// Sends `body` to `url`. The timestamp and with it the signatures are
    /// fresh at each attempt; id and body are not.
    pub(super) async fn send(&self, message: MessageId, url: &str, secret: &[u8], body: Vec<u8>) -> Outcome {
        let url = match self.judge(url) {
            Ok(url) => url,
            Err(reason) => return Outcome::never(reason),
        };
        if !signature::SECRET.contains(&secret.len()) {
            return Outcome::never("secret not valid");
        }
        let id = message.to_string();
        let timestamp = self.clock.now().as_second();
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature::sign(&id, timestamp, &body, secret, &self.key))
            .body(body);
        match request.send().await {
            Ok(response) => {
                let outcome = judge_answer(&response, self.clock.now());
                read_some(response).await;
                outcome
            }
            Err(error) => judge_error(&error),
        }
    }

    /// The URL, or why nothing may be sent there.
    fn judge(&self, url: &str) -> Result<Url, &'static str> {
        let url = Url::parse(url).map_err(|_| "address not valid")?;
        let schemes: &[&str] = if self.allow_http { &["https", "http"] } else { &["https"] };
        if !schemes.contains(&url.scheme()) {
            return Err(if url.scheme() == "http" { "https required" } else { "address not valid" });
        }
        let host = url.host_str().ok_or("address not valid")?;
        if !url.port_or_known_default().is_some_and(Guard::admits_port) {
            return Err("port not allowed");
        }
        // A literal never reaches the resolver. The parser has brought every
        // way of writing one (octal, hexadecimal, one number) to this form.
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        if literal.is_ok_and(|address| !self.guard.admits(address)) {
            return Err("address not allowed");
        }
        Ok(url)
    }
}

/// Reads the beginning of an answer, so that a decent receiver can finish, and
/// drops the rest.
async fn read_some(mut response: reqwest::Response) {
    let reading = async {
        let mut read = 0;
        while let Ok(Some(chunk)) = response.chunk().await {
            read += chunk.len();
            if read >= READ {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(READING, reading).await;
}

fn judge_answer(response: &reqwest::Response, now: Timestamp) -> Outcome {
    let status = response.status();
    let detail = format!("http {}", status.as_u16());
    if status.is_success() {
        Outcome::delivered(&detail)
    } else if status.is_redirection() {
        Outcome::later("redirect refused")
    } else if status == StatusCode::GONE {
        Outcome::gone(&detail)
    } else if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        let wish = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        Outcome::later_after(&detail, wish.and_then(|wish| wait(wish, now)))
    } else {
        Outcome::later(&detail)
    }
}

/// Reads `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
fn wait(wish: &str, now: Timestamp) -> Option<SignedDuration> {
    let wish = wish.trim();
    let wait = if wish.bytes().all(|b| b.is_ascii_digit()) {
        // Digits that do not fit are a very long time.
        SignedDuration::from_secs(if wish.is_empty() {
            return None;
        } else {
            wish.parse().unwrap_or(i64::MAX)
        })
    } else {
        let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(wish).ok()?;
        until.duration_since(now)
    };
    Some(wait.clamp(SignedDuration::ZERO, LONGEST_WAIT))
}

/// What an error of the client comes to.
fn judge_error(error: &reqwest::Error) -> Outcome {
    if fault::is::<NotAdmitted>(error) {
        return Outcome::never("address not allowed");
    }
    if error.is_builder() {
        return Outcome::never("address not valid");
    }
    let detail = if error.is_timeout() {
        "timed out"
    } else if fault::is::<NotFound>(error) {
        "name not found"
    } else {
        fault::behind(error).unwrap_or(if error.is_connect() { "no connection" } else { "no answer" })
    };
    Outcome::later(detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_to_wait_is_read_in_both_ways_and_held_to_a_day() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().expect("a time");
        let seconds = |n| Some(SignedDuration::from_secs(n));
        assert_eq!(wait("120", now), seconds(120));
        assert_eq!(wait(" 0 ", now), seconds(0));
        assert_eq!(wait("Mon, 23 Nov 2026 12:01:30 GMT", now), seconds(90));
        assert_eq!(wait("Mon, 23 Nov 2026 11:00:00 GMT", now), seconds(0), "a date gone by");
        assert_eq!(wait("999999", now), seconds(86_400));
        assert_eq!(wait("99999999999999999999999999", now), seconds(86_400));
        assert_eq!(wait("Fri, 01 Jan 2100 00:00:00 GMT", now), seconds(86_400));
        for odd in ["", "soon", "-5", "1.5"] {
            assert_eq!(wait(odd, now), None, "{odd}");
        }
    }
}
