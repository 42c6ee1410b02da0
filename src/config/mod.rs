//! Settings: a TOML file, the environment and flags, each overriding the one
//! before. Combinations that cannot work are refused with words that say what
//! to change. Only `cli` reads this; rooms are handed what concerns them.

use ipnet::IpNet;
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// Settings as one source gives them; every one may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// `bind`, `OUTCROSS_BIND`: address and port to listen on.
    pub bind: Option<SocketAddr>,
    /// `public_url`, `OUTCROSS_PUBLIC_URL`: the address people use.
    pub public_url: Option<String>,
    /// `data`, `OUTCROSS_DATA`: the directory of the store.
    pub data: Option<PathBuf>,
    /// `playbooks`, `OUTCROSS_PLAYBOOKS`: a folder of playbooks that are used
    /// instead of those the program carries.
    pub playbooks: Option<PathBuf>,
    /// `largest_file_mib`, `OUTCROSS_LARGEST_FILE_MIB`: how large a file that
    /// is kept as evidence may be.
    pub largest_file_mib: Option<u16>,
    /// `instance`, `OUTCROSS_INSTANCE`: the name in references.
    pub instance: Option<String>,
    /// `tls_certificate`, `OUTCROSS_TLS_CERTIFICATE`: PEM file.
    pub tls_certificate: Option<PathBuf>,
    /// `tls_key`, `OUTCROSS_TLS_KEY`: PEM file.
    pub tls_key: Option<PathBuf>,
    /// `trusted_proxies`, `OUTCROSS_TRUSTED_PROXIES`: addresses of the proxies
    /// that do TLS in front of this server, separated by commas in the environment.
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// `log_json`, `OUTCROSS_LOG_JSON`: structured logs as JSON lines.
    pub log_json: Option<bool>,
    /// `acknowledge_within_minutes`: when the next contact point is told.
    pub acknowledge_within_minutes: Option<u32>,
    /// `acknowledge_within_minutes_unlikely`: the same where significant
    /// adverse effects are said to be unlikely.
    pub acknowledge_within_minutes_unlikely: Option<u32>,
    /// `verify_within_hours`: how long a State may take to verify a report.
    pub verify_within_hours: Option<u32>,
    /// `approve_within_minutes`: how long a second person may take.
    pub approve_within_minutes: Option<u32>,
    /// `two_persons`, `OUTCROSS_TWO_PERSONS`: whether what tells or calms other
    /// States takes two persons.
    pub two_persons: Option<bool>,
    /// `receiver_patience_seconds`: when a live receiver without any sign of
    /// life is let go.
    pub receiver_patience_seconds: Option<u16>,
    /// `mail_relay`, `OUTCROSS_MAIL_RELAY`: the server that takes mail. Without
    /// it no mail is sent, and no contact point counts as reachable by mail.
    pub mail_relay: Option<String>,
    /// `mail_port`, `OUTCROSS_MAIL_PORT`: its port.
    pub mail_port: Option<u16>,
    /// `mail_tls`, `OUTCROSS_MAIL_TLS`: how the line to it is protected.
    pub mail_tls: Option<MailTls>,
    /// `mail_user`, `OUTCROSS_MAIL_USER`.
    pub mail_user: Option<String>,
    /// `mail_password`, `OUTCROSS_MAIL_PASSWORD`.
    pub mail_password: Option<Secret>,
    /// `mail_from`, `OUTCROSS_MAIL_FROM`: the address mail comes from.
    pub mail_from: Option<String>,
    /// `allow_http`: whether webhooks may be sent without TLS (closed networks).
    pub allow_http: Option<bool>,
    /// `allow_networks`, `OUTCROSS_ALLOW_NETWORKS`: networks outside the public
    /// internet to which webhooks may be sent, such as `10.1.0.0/16`; separated
    /// by commas in the environment.
    pub allow_networks: Option<Vec<IpNet>>,
    /// `authorities`, `OUTCROSS_AUTHORITIES`: PEM file of certificate
    /// authorities trusted besides those of the public web, for webhooks and mail.
    pub authorities: Option<PathBuf>,
}

/// How the line to the mail relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// From the first byte; the usual port is 465.
    Implicit,
    /// By STARTTLS, without which nothing is sent; the usual port is 587.
    Required,
    /// By STARTTLS where the relay offers it; the usual port is 25.
    Opportunistic,
    /// Not at all: a relay on this very machine; the usual port is 25.
    None,
}

impl std::str::FromStr for MailTls {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "implicit" => Ok(Self::Implicit),
            "required" => Ok(Self::Required),
            "opportunistic" => Ok(Self::Opportunistic),
            "none" => Ok(Self::None),
            _ => Err(()),
        }
    }
}

/// Something that is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Name or address of the relay.
    pub relay: String,
    /// Its port.
    pub port: u16,
    /// How the line to it is protected.
    pub tls: MailTls,
    /// User and password, if the relay wants them.
    pub login: Option<(String, Secret)>,
    /// The address mail comes from.
    pub from: String,
}

/// Settings that work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// The address people use, without a slash at the end.
    pub public_url: String,
    /// The directory of the store.
    pub data: PathBuf,
    /// The name in references.
    pub instance: String,
    /// The folder of playbooks; those the program carries when there is none.
    pub playbooks: Option<PathBuf>,
    /// How large a file that is kept as evidence may be, in bytes.
    pub largest_file: usize,
    /// Certificate and key, if this server does TLS itself.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Proxies that do TLS in front of it.
    pub trusted_proxies: Vec<IpAddr>,
    /// Structured logs as JSON lines.
    pub log_json: bool,
    /// When the next contact point is told.
    pub acknowledge_within_minutes: u32,
    /// The same where significant adverse effects are said to be unlikely.
    pub acknowledge_within_minutes_unlikely: u32,
    /// How long a State may take to verify a report.
    pub verify_within_hours: u32,
    /// How long a second person may take.
    pub approve_within_minutes: u32,
    /// Whether what tells or calms other States takes two persons.
    pub two_persons: bool,
    /// When a live receiver without any sign of life is let go.
    pub receiver_patience_seconds: u16,
    /// How mail is sent, if it is.
    pub mail: Option<Mail>,
    /// Whether webhooks may be sent without TLS.
    pub allow_http: bool,
    /// Networks outside the public internet to which webhooks may be sent.
    pub allow_networks: Vec<IpNet>,
    /// Certificate authorities trusted besides those of the public web.
    pub authorities: Option<PathBuf>,
}

/// Why settings cannot work, and what to change.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read as settings.
    #[error("the settings file cannot be read: {0}")]
    File(String),
    /// A variable of the environment has a value of the wrong kind.
    #[error("{name} is “{value}”, and should be {wanted}")]
    Environment {
        /// The variable.
        name: &'static str,
        /// What it holds.
        value: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// Listening to the network without protection.
    #[error(
        "{0} can be reached from the network, and nothing protects what goes over the line. \
         Give tls_certificate and tls_key, or trusted_proxies if a proxy does TLS, or bind to 127.0.0.1"
    )]
    Unprotected(SocketAddr),
    /// Only one of certificate and key.
    #[error("tls_certificate and tls_key go together: give both or neither")]
    HalfTls,
    /// Certificate and trusted proxies at once.
    #[error(
        "either this server does TLS (tls_certificate, tls_key) or a proxy does (trusted_proxies), not both"
    )]
    TlsTwice,
    /// The public address does not fit.
    #[error(
        "public_url is “{0}”, and should be an address such as https://alerts.example.org, without a path"
    )]
    PublicUrl(String),
    /// The public address promises TLS nobody does, or the other way round.
    #[error("public_url begins with {0}, but TLS is {1}: change one of them")]
    Scheme(&'static str, &'static str),
    /// The name of the instance.
    #[error("instance is “{0}”, and should be 2 to 8 letters or digits, such as GVA")]
    Instance(String),
    /// A relay, and nobody the mail comes from.
    #[error("mail_relay needs mail_from: the address mail comes from, such as alerts@example.org")]
    NoSender,
    /// Settings of mail without a relay.
    #[error("{0} says how mail is sent, but there is no mail_relay: name one, or leave {0} out")]
    NoRelay(&'static str),
    /// Only one of user and password.
    #[error("mail_user and mail_password go together: give both or neither")]
    HalfLogin,
    /// A waiting time of nothing.
    #[error("{0} must be at least 1")]
    Zero(&'static str),
}

impl Sources {
    /// Reads a TOML file's text.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|e| ConfigError::File(e.to_string()))
    }

    /// Reads the environment through `variable`.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        fn read<T: std::str::FromStr>(
            variable: &impl Fn(&str) -> Option<String>,
            name: &'static str,
            wanted: &'static str,
        ) -> Result<Option<T>, ConfigError> {
            variable(name)
                .map(|value| {
                    value.parse().map_err(|_| ConfigError::Environment { name, value: value.clone(), wanted })
                })
                .transpose()
        }
        let number = "a whole number";
        let proxies = variable("OUTCROSS_TRUSTED_PROXIES")
            .map(|value| {
                value.split(',').map(|part| part.trim().parse()).collect::<Result<Vec<IpAddr>, _>>().map_err(
                    |_| ConfigError::Environment {
                        name: "OUTCROSS_TRUSTED_PROXIES",
                        value: value.clone(),
                        wanted: "IP addresses, separated by commas",
                    },
                )
            })
            .transpose()?;
        let networks = variable("OUTCROSS_ALLOW_NETWORKS")
            .map(|value| {
                value.split(',').map(|part| part.trim().parse()).collect::<Result<Vec<IpNet>, _>>().map_err(
                    |_| ConfigError::Environment {
                        name: "OUTCROSS_ALLOW_NETWORKS",
                        value: value.clone(),
                        wanted: "networks such as 10.1.0.0/16, separated by commas",
                    },
                )
            })
            .transpose()?;
        Ok(Self {
            bind: read(&variable, "OUTCROSS_BIND", "an address with port, such as 127.0.0.1:8017")?,
            public_url: variable("OUTCROSS_PUBLIC_URL"),
            data: variable("OUTCROSS_DATA").map(PathBuf::from),
            playbooks: variable("OUTCROSS_PLAYBOOKS").map(PathBuf::from),
            largest_file_mib: read(&variable, "OUTCROSS_LARGEST_FILE_MIB", "a number from 1 to 1000")?,
            instance: variable("OUTCROSS_INSTANCE"),
            tls_certificate: variable("OUTCROSS_TLS_CERTIFICATE").map(PathBuf::from),
            tls_key: variable("OUTCROSS_TLS_KEY").map(PathBuf::from),
            trusted_proxies: proxies,
            log_json: read(&variable, "OUTCROSS_LOG_JSON", "true or false")?,
            acknowledge_within_minutes: read(&variable, "OUTCROSS_ACKNOWLEDGE_WITHIN_MINUTES", number)?,
            acknowledge_within_minutes_unlikely: read(
                &variable,
                "OUTCROSS_ACKNOWLEDGE_WITHIN_MINUTES_UNLIKELY",
                number,
            )?,
            verify_within_hours: read(&variable, "OUTCROSS_VERIFY_WITHIN_HOURS", number)?,
            approve_within_minutes: read(&variable, "OUTCROSS_APPROVE_WITHIN_MINUTES", number)?,
            two_persons: read(&variable, "OUTCROSS_TWO_PERSONS", "true or false")?,
            receiver_patience_seconds: read(&variable, "OUTCROSS_RECEIVER_PATIENCE_SECONDS", number)?,
            mail_relay: variable("OUTCROSS_MAIL_RELAY"),
            mail_port: read(&variable, "OUTCROSS_MAIL_PORT", "a port number")?,
            mail_tls: read(&variable, "OUTCROSS_MAIL_TLS", "implicit, required, opportunistic or none")?,
            mail_user: variable("OUTCROSS_MAIL_USER"),
            mail_password: variable("OUTCROSS_MAIL_PASSWORD").map(Secret),
            mail_from: variable("OUTCROSS_MAIL_FROM"),
            allow_http: read(&variable, "OUTCROSS_ALLOW_HTTP", "true or false")?,
            allow_networks: networks,
            authorities: variable("OUTCROSS_AUTHORITIES").map(PathBuf::from),
        })
    }

    /// This source, with what it does not say taken from `below`.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            bind: self.bind.or(below.bind),
            public_url: self.public_url.or(below.public_url),
            data: self.data.or(below.data),
            playbooks: self.playbooks.or(below.playbooks),
            largest_file_mib: self.largest_file_mib.or(below.largest_file_mib),
            instance: self.instance.or(below.instance),
            tls_certificate: self.tls_certificate.or(below.tls_certificate),
            tls_key: self.tls_key.or(below.tls_key),
            trusted_proxies: self.trusted_proxies.or(below.trusted_proxies),
            log_json: self.log_json.or(below.log_json),
            acknowledge_within_minutes: self.acknowledge_within_minutes.or(below.acknowledge_within_minutes),
            acknowledge_within_minutes_unlikely: self
                .acknowledge_within_minutes_unlikely
                .or(below.acknowledge_within_minutes_unlikely),
            verify_within_hours: self.verify_within_hours.or(below.verify_within_hours),
            approve_within_minutes: self.approve_within_minutes.or(below.approve_within_minutes),
            two_persons: self.two_persons.or(below.two_persons),
            receiver_patience_seconds: self.receiver_patience_seconds.or(below.receiver_patience_seconds),
            mail_relay: self.mail_relay.or(below.mail_relay),
            mail_port: self.mail_port.or(below.mail_port),
            mail_tls: self.mail_tls.or(below.mail_tls),
            mail_user: self.mail_user.or(below.mail_user),
            mail_password: self.mail_password.or(below.mail_password),
            mail_from: self.mail_from.or(below.mail_from),
            allow_http: self.allow_http.or(below.allow_http),
            allow_networks: self.allow_networks.or(below.allow_networks),
            authorities: self.authorities.or(below.authorities),
        }
    }

    /// Settings that work, or why they do not.
    pub fn settle(self) -> Result<Settings, ConfigError> {
        let mail = self.mail()?;
        let bind = self.bind.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8017)));
        let tls = match (self.tls_certificate, self.tls_key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => return Err(ConfigError::HalfTls),
        };
        let trusted_proxies = self.trusted_proxies.unwrap_or_default();
        if tls.is_some() && !trusted_proxies.is_empty() {
            return Err(ConfigError::TlsTwice);
        }
        if !bind.ip().is_loopback() && tls.is_none() && trusted_proxies.is_empty() {
            return Err(ConfigError::Unprotected(bind));
        }
        let protected = tls.is_some() || !trusted_proxies.is_empty();
        let public_url = checked_url(self.public_url, bind, tls.is_some(), protected)?;
        let instance = self.instance.unwrap_or_else(|| "LOCAL".to_owned()).to_ascii_uppercase();
        if !(2..=8).contains(&instance.len()) || !instance.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(ConfigError::Instance(instance));
        }
        let at_least_one = |name, said: Option<u32>, usual: u32| match said.unwrap_or(usual) {
            0 => Err(ConfigError::Zero(name)),
            value => Ok(value),
        };
        let acknowledge_within_minutes =
            at_least_one("acknowledge_within_minutes", self.acknowledge_within_minutes, 60)?;
        let acknowledge_within_minutes_unlikely = at_least_one(
            "acknowledge_within_minutes_unlikely",
            self.acknowledge_within_minutes_unlikely,
            24 * 60,
        )?;
        let verify_within_hours = at_least_one("verify_within_hours", self.verify_within_hours, 24)?;
        let approve_within_minutes = at_least_one("approve_within_minutes", self.approve_within_minutes, 60)?;
        let receiver_patience_seconds = self.receiver_patience_seconds.unwrap_or(60);
        if receiver_patience_seconds == 0 {
            return Err(ConfigError::Zero("receiver_patience_seconds"));
        }
        Ok(Settings {
            bind,
            public_url,
            data: self.data.unwrap_or_else(|| PathBuf::from("outcross-data")),
            playbooks: self.playbooks,
            largest_file: usize::from(self.largest_file_mib.unwrap_or(20).clamp(1, 1000)) * 1024 * 1024,
            instance,
            tls,
            trusted_proxies,
            log_json: self.log_json.unwrap_or(false),
            acknowledge_within_minutes,
            acknowledge_within_minutes_unlikely,
            verify_within_hours,
            approve_within_minutes,
            two_persons: self.two_persons.unwrap_or(false),
            receiver_patience_seconds,
            mail,
            allow_http: self.allow_http.unwrap_or(false),
            allow_networks: self.allow_networks.unwrap_or_default(),
            authorities: self.authorities,
        })
    }

    /// How mail is sent, if it is.
    fn mail(&self) -> Result<Option<Mail>, ConfigError> {
        let Some(relay) = self.mail_relay.clone() else {
            let said = [
                ("mail_port", self.mail_port.is_some()),
                ("mail_tls", self.mail_tls.is_some()),
                ("mail_user", self.mail_user.is_some()),
                ("mail_password", self.mail_password.is_some()),
                ("mail_from", self.mail_from.is_some()),
            ];
            return match said.into_iter().find(|(_, said)| *said) {
                Some((name, _)) => Err(ConfigError::NoRelay(name)),
                None => Ok(None),
            };
        };
        let tls = self.mail_tls.unwrap_or(MailTls::Implicit);
        let usual = match tls {
            MailTls::Implicit => 465,
            MailTls::Required => 587,
            MailTls::Opportunistic | MailTls::None => 25,
        };
        let login = match (self.mail_user.clone(), self.mail_password.clone()) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            _ => return Err(ConfigError::HalfLogin),
        };
        let from = self.mail_from.clone().ok_or(ConfigError::NoSender)?;
        Ok(Some(Mail { relay, port: self.mail_port.unwrap_or(usual), tls, login, from }))
    }
}

fn checked_url(
    given: Option<String>,
    bind: SocketAddr,
    tls: bool,
    protected: bool,
) -> Result<String, ConfigError> {
    let Some(given) = given else {
        return Ok(format!("{}://{bind}", if tls { "https" } else { "http" }));
    };
    let url = given.trim_end_matches('/').to_owned();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => {}
        _ => return Err(ConfigError::PublicUrl(given)),
    }
    match (url.starts_with("https://"), protected) {
        (true, false) => Err(ConfigError::Scheme("https", "off")),
        (false, true) => Err(ConfigError::Scheme("http", "on")),
        _ => Ok(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(toml: &str) -> Result<Settings, ConfigError> {
        Sources::from_toml(toml)?.settle()
    }

    #[test]
    fn a_network_address_needs_protection() {
        assert!(matches!(settle("bind = '0.0.0.0:80'"), Err(ConfigError::Unprotected(_))));
        assert!(settle("bind = '127.0.0.1:80'").is_ok());
        assert!(
            settle("bind = '0.0.0.0:80'\ntrusted_proxies = ['10.0.0.1']\npublic_url = 'https://a.example'")
                .is_ok()
        );
    }

    #[test]
    fn combinations_that_cannot_work_are_refused() {
        assert_eq!(settle("tls_key = 'k.pem'"), Err(ConfigError::HalfTls));
        assert_eq!(
            settle("tls_key = 'k'\ntls_certificate = 'c'\ntrusted_proxies = ['10.0.0.1']"),
            Err(ConfigError::TlsTwice)
        );
        assert_eq!(settle("public_url = 'https://a.example'"), Err(ConfigError::Scheme("https", "off")));
        assert!(matches!(settle("public_url = 'a.example/x'"), Err(ConfigError::PublicUrl(_))));
        assert!(matches!(settle("instance = 'Ge-nf'"), Err(ConfigError::Instance(_))));
        assert_eq!(settle("mail_relay = 'mx'"), Err(ConfigError::NoSender));
        assert_eq!(settle("mail_port = 25"), Err(ConfigError::NoRelay("mail_port")));
        assert_eq!(
            settle("mail_relay = 'mx'\nmail_from = 'a@example.org'\nmail_user = 'a'"),
            Err(ConfigError::HalfLogin)
        );
        assert!(matches!(settle("port = 1"), Err(ConfigError::File(text)) if text.contains("port")));
    }

    #[test]
    fn a_relay_has_the_usual_port_and_its_password_is_not_shown() {
        let text = "mail_relay = 'mx'\nmail_from = 'a@example.org'\nmail_tls = 'required'\n\
                    mail_user = 'a'\nmail_password = 'hush'\nallow_networks = ['10.0.0.0/8']";
        let settings = settle(text).expect("settings");
        assert_eq!(settings.mail.as_ref().map(|mail| mail.port), Some(587));
        assert!(!format!("{settings:?}").contains("hush"));
        assert_eq!(settle("").expect("settings").mail, None);
    }

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let file =
            Sources::from_toml("instance = 'FILE'\ndata = 'file'\nbind = '127.0.0.1:1'").expect("toml");
        let environment = Sources::from_environment(|name| match name {
            "OUTCROSS_INSTANCE" => Some("ENV".into()),
            "OUTCROSS_DATA" => Some("env".into()),
            _ => None,
        })
        .expect("environment");
        let flags = Sources { data: Some("flag".into()), ..Sources::default() };
        let settings = flags.over(environment).over(file).settle().expect("settings");
        assert_eq!(settings.data, PathBuf::from("flag"));
        assert_eq!(settings.instance, "ENV");
        assert_eq!(settings.bind.port(), 1);
    }
}
