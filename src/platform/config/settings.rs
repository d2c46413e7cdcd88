//! The settings in typed form, and the rules each must keep.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use chrono::TimeDelta;
use url::Url;
use yimen_drivers::address::Net;

use super::{
    channels::{self, CarrierConfig, OutletsConfig, ProviderConfig, SmtpConfig},
    national::{self, NationalConfig},
    reader::Reader,
};
use crate::platform::here::leads_here;

#[derive(Debug, Clone)]
pub struct Config {
    pub server: ServerConfig,
    pub database: DatabaseConfig,
    pub cache: CacheConfig,
    pub keys: PathBuf,
    pub files: FilesConfig,
    pub log: LogConfig,
    pub limits: LimitsConfig,
    pub jobs: JobsConfig,
    pub gateway: GatewayConfig,
    pub answers: AnswersConfig,
    pub payments: PaymentsConfig,
    /// The list of leaked passwords that nobody may choose. `None`: there is none.
    pub leaked_passwords: Option<PathBuf>,
    /// In the order in which they are asked. Without any nothing is sent by mail.
    pub mail: Vec<SmtpConfig>,
    /// In the order in which they are asked. Without any, and without carriers, no text messages are sent.
    pub texts: Vec<ProviderConfig>,
    /// Packages that carry text messages, in the order in which they are asked.
    pub carriers: Vec<CarrierConfig>,
    /// In the order in which they are asked. Without any, and without carriers, nothing is sent to apps.
    pub apps: Vec<ProviderConfig>,
    /// Packages that carry notices to apps, in the order in which they are asked.
    pub app_carriers: Vec<CarrierConfig>,
    pub outlets: OutletsConfig,
    pub national: Vec<NationalConfig>,
}

/// The ways by which codes can reach people. Pages offer only these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channels {
    pub email: bool,
    pub sms: bool,
    pub outlets: Outlets,
}

/// Where notices, never codes, can go besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlets {
    /// To addresses of people's own programs.
    pub webhooks: bool,
    /// To their browsers.
    pub push: bool,
    /// To the city's app on their telephones.
    pub apps: bool,
}

impl Outlets {
    pub const fn any(self) -> bool {
        self.webhooks || self.push || self.apps
    }
}

impl Channels {
    /// Whether people can be told anything at all outside the portal.
    pub const fn any(self) -> bool {
        self.email || self.sms
    }
}

impl Config {
    pub const fn channels(&self) -> Channels {
        Channels {
            email: !self.mail.is_empty(),
            sms: !self.texts.is_empty() || !self.carriers.is_empty(),
            outlets: Outlets {
                webhooks: self.outlets.webhooks,
                push: self.outlets.push_contact.is_some(),
                apps: !self.apps.is_empty() || !self.app_carriers.is_empty(),
            },
        }
    }
}

#[derive(Debug, Clone)]
pub struct ServerConfig {
    pub listen: SocketAddr,
    /// `None`: derived from `listen`.
    pub public_url: Option<Url>,
    /// Whoever comes by another name is sent to the public address.
    pub one_name: bool,
    pub operator_listen: Option<SocketAddr>,
    pub threads: usize,
    pub trusted_proxies: Vec<IpAddr>,
    pub deadline: Duration,
    pub max_form_bytes: usize,
    pub shutdown: Duration,
}

#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    pub url: Address,
    pub readers: usize,
    pub writers: usize,
    pub queue: usize,
    pub slow: Duration,
}

#[derive(Debug, Clone)]
pub struct CacheConfig {
    /// `None`: in process.
    pub url: Option<Address>,
    pub max_bytes: u64,
    pub prefix: String,
}

/// Papers that people hand in.
#[derive(Debug, Clone)]
pub struct FilesConfig {
    pub folder: PathBuf,
    /// The largest file.
    pub file_bytes: u64,
    /// All files of one application together.
    pub application_bytes: u64,
    /// How long one upload may take.
    pub upload: Duration,
}

#[derive(Debug, Clone)]
pub struct LogConfig {
    pub format: LogFormat,
    pub filter: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    #[default]
    Human,
    Json,
}

#[derive(Debug, Clone)]
pub struct LimitsConfig {
    pub requests_per_minute: u32,
    pub searches_per_minute: u32,
    pub machine_requests_per_minute: u32,
    pub site_requests_per_minute: u32,
}

#[derive(Debug, Clone)]
pub struct JobsConfig {
    pub runners: usize,
    pub poll: Duration,
    pub lease: Duration,
}

#[derive(Debug, Clone)]
pub struct GatewayConfig {
    /// Addresses and ranges that may be dialled although they are not public, and without TLS.
    pub allow: Vec<Net>,
    /// The agency whose register of persons confirms identities. Not any that says it could.
    pub identity_register: String,
    /// The program that runs maps, where it is another than this one.
    pub map_worker: Option<PathBuf>,
    /// What fails too often is suspended: at least so many calls …
    pub suspend_calls: i64,
    /// … of a hundred, so many failures …
    pub suspend_percent: i64,
    /// … within this time.
    pub suspend_within: TimeDelta,
    /// How long ahead agencies must announce maintenance.
    pub maintenance_ahead: TimeDelta,
}

/// By when citizens hear what they asked about their data, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswersConfig {
    pub why_days: u32,
    pub correction_days: u32,
    pub review_days: u32,
}

/// What the operator says of payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentsConfig {
    /// From so many fen on whoever pays proves once more who they are.
    pub prove_from_fen: i64,
}

/// An address that may carry a password: it is used, and never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_string())
    }
}

impl fmt::Display for Address {
    /// The address without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Url::parse(&self.0) {
            Ok(url) if url.has_host() => {
                write!(f, "{}://{}", url.scheme(), url.host_str().unwrap_or_default())?;
                if let Some(port) = url.port() {
                    write!(f, ":{port}")?;
                }
                f.write_str(url.path())
            }
            _ => f.write_str(&self.0),
        }
    }
}

/// Takes every setting out of the layers; mistakes stay with the reader.
pub(super) fn read(reader: &mut Reader) -> Config {
    let (texts, carriers) = channels::carriers(reader, ("sms", "sms_second"));
    let (apps, app_carriers) = channels::carriers(reader, ("app", "app_second"));
    Config {
        server: server(reader),
        database: DatabaseConfig {
            url: reader.take(
                "database.url",
                "Write the path of a SQLite file, or postgres://user:password@host/name.",
                |value| database_address(value.as_str()?),
            ),
            readers: reader.number("database.readers", 0),
            writers: reader.number("database.writers", 1),
            queue: reader.number("database.queue", 1),
            slow: Duration::from_millis(reader.number("database.slow_ms", 0)),
        },
        cache: CacheConfig {
            url: reader.take(
                "cache.url",
                "Write redis://host:port/0, or leave it empty to keep the cache in the process.",
                |value| match value.as_str()? {
                    "" => Some(None),
                    text => matches!(Url::parse(text).ok()?.scheme(), "redis" | "redis+unix" | "unix")
                        .then(|| Some(Address::new(text))),
                },
            ),
            max_bytes: reader.number("cache.max_bytes", 1_048_576),
            prefix: reader.take("cache.prefix", "Write letters, digits, dashes or dots.", |value| {
                let text = value.as_str()?;
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
                (!text.is_empty() && text.bytes().all(plain)).then(|| text.to_owned())
            }),
        },
        keys: reader.text("keys.file").into(),
        files: files(reader),
        log: LogConfig {
            format: reader.take("log.format", "Write \"human\" or \"json\".", |value| {
                match value.as_str()? {
                    "human" => Some(LogFormat::Human),
                    "json" => Some(LogFormat::Json),
                    _ => None,
                }
            }),
            filter: reader.take(
                "log.filter",
                "Write something like \"info\" or \"yimen=debug,warn\".",
                |value| {
                    let text = value.as_str()?;
                    text.parse::<tracing_subscriber::EnvFilter>().ok().map(|_| text.to_owned())
                },
            ),
        },
        limits: LimitsConfig {
            requests_per_minute: reader.number("limits.requests_per_minute", 1),
            searches_per_minute: reader.number("limits.searches_per_minute", 1),
            machine_requests_per_minute: reader.number("limits.machine_requests_per_minute", 1),
            site_requests_per_minute: reader.number("limits.site_requests_per_minute", 1),
        },
        jobs: JobsConfig {
            runners: reader.number("jobs.runners", 1),
            poll: Duration::from_millis(reader.number("jobs.poll_ms", 10)),
            lease: Duration::from_secs(reader.number("jobs.lease_seconds", 1)),
        },
        gateway: GatewayConfig {
            allow: reader.nets("gateway.allow"),
            identity_register: reader.text("gateway.identity_register"),
            map_worker: Some(reader.text("gateway.map_worker"))
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            suspend_calls: reader.number("gateway.suspend_calls", 1),
            suspend_percent: reader.take(
                "gateway.suspend_percent",
                "Write a number from 1 to 100.",
                |value| value.as_integer().filter(|percent| (1..=100).contains(percent)),
            ),
            suspend_within: TimeDelta::minutes(reader.number::<u32>("gateway.suspend_minutes", 1).into()),
            maintenance_ahead: TimeDelta::hours(
                reader.number::<u32>("gateway.maintenance_ahead_hours", 0).into(),
            ),
        },
        answers: AnswersConfig {
            why_days: reader.number("answers.why_days", 1),
            correction_days: reader.number("answers.correction_days", 1),
            review_days: reader.number("answers.review_days", 1),
        },
        payments: PaymentsConfig {
            prove_from_fen: i64::from(reader.number::<u32>("payments.prove_from_fen", 1)),
        },
        leaked_passwords: match reader.text("passwords.leaked") {
            path if path.is_empty() => None,
            path => Some(path.into()),
        },
        mail: channels::mail(reader),
        texts,
        carriers,
        apps,
        app_carriers,
        outlets: channels::outlets(reader),
        national: national::all(reader),
    }
}

fn files(reader: &mut Reader) -> FilesConfig {
    FilesConfig {
        folder: reader.text("files.folder").into(),
        file_bytes: reader.number::<u64>("files.file_mb", 1) << 20,
        application_bytes: reader.number::<u64>("files.application_mb", 1) << 20,
        upload: Duration::from_secs(reader.number("files.upload_seconds", 10)),
    }
}

fn server(reader: &mut Reader) -> ServerConfig {
    ServerConfig {
        listen: reader
            .take("server.listen", "Write ADDRESS:PORT, such as \"127.0.0.1:8080\".", |value| {
                value.as_str()?.parse().ok().map(Some)
            })
            .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        public_url: reader.take(
            "server.public_url",
            "Write the address people type, such as \"https://yimen.example.org\", without a path. It begins with \
             https, except on this machine alone.",
            |value| match value.as_str()? {
                "" => Some(None),
                text => {
                    let url = Url::parse(text).ok()?;
                    // Passwords and sessions do not go over a network in the clear.
                    let safe = url.scheme() == "https" || (url.scheme() == "http" && leads_here(&url));
                    (safe && url.has_host() && url.path() == "/").then_some(Some(url))
                }
            },
        ),
        one_name: reader.yes_or_no("server.one_name"),
        operator_listen: reader.take(
            "server.operator_listen",
            "Write ADDRESS:PORT, or leave it empty.",
            |value| match value.as_str()? {
                "" => Some(None),
                text => text.parse().ok().map(Some),
            },
        ),
        threads: reader.number("server.threads", 0),
        trusted_proxies: reader.take(
            "server.trusted_proxies",
            "Write a list of addresses, such as [\"10.0.0.1\"].",
            |value| value.as_array()?.iter().map(|item| item.as_str()?.parse().ok()).collect(),
        ),
        deadline: Duration::from_millis(reader.number("server.deadline_ms", 100)),
        max_form_bytes: reader.number("server.max_form_bytes", 1024),
        shutdown: Duration::from_secs(reader.number("server.shutdown_seconds", 0)),
    }
}

/// A path, `sqlite:` with a path, or a PostgreSQL address. Other engines are refused by name.
fn database_address(text: &str) -> Option<Address> {
    if text.is_empty() {
        return None;
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => {
            url.has_host().then(|| Address::new(text))
        }
        Ok(url) if url.scheme() == "sqlite" => {
            Some(Address::new(text.trim_start_matches("sqlite:").trim_start_matches("//")))
        }
        Ok(url) if url.scheme().len() > 1 => None,
        _ => Some(Address::new(text)),
    }
}
