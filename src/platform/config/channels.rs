//! `[smtp]`, `[sms]` and `[app]`: how codes and notices leave the house. Each can have a second one beside it that is asked
//! where the first fails. `[outlets]`: the addresses of people's own.

use std::{path::PathBuf, time::Duration};

use lettre::message::Mailbox;
use secrecy::SecretString;
use url::Url;
use yimen_drivers::address::Net;

use super::reader::Reader;
use crate::platform::here::{is_here, leads_here};

/// Letters of a key by which a provider proves what it reports, at least.
const REPORTS_KEY: usize = 24;

/// The mail server that messages are handed to.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// The section that says so.
    pub section: &'static str,
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// Who vouches for the server, in the place of those whom everybody trusts: certificates in PEM.
    pub authority: Option<PathBuf>,
    /// Name and password, where the server asks for them.
    pub login: Option<(String, SecretString)>,
    pub from: Mailbox,
    pub timeout: Duration,
    pub reports_key: Option<SecretString>,
}

/// What protects the way to the mail server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// From the first byte.
    Tls,
    /// After a greeting in the clear, and never without.
    #[default]
    StartTls,
    /// Nothing.
    Plain,
}

/// A provider that messages are handed to by one POST each: text messages, or notices for apps.
#[derive(Debug, Clone)]
pub struct ProviderConfig {
    pub section: &'static str,
    pub address: Url,
    pub key: SecretString,
    /// The signature of text messages; the app, as its provider knows it.
    pub sender: String,
    pub timeout: Duration,
    pub reports_key: Option<SecretString>,
}

/// A carrier of messages that is a package: its address and its secrets are bound as an agency's are.
#[derive(Debug, Clone)]
pub struct CarrierConfig {
    pub section: &'static str,
    /// The folder's name of the package.
    pub package: String,
    pub timeout: Duration,
    pub reports_key: Option<SecretString>,
}

/// Where people may have notices sent beside telephone and mailbox.
#[derive(Debug, Clone)]
pub struct OutletsConfig {
    /// To addresses of programs of their own.
    pub webhooks: bool,
    /// Where those may lead besides public addresses over TLS.
    pub allow: Vec<Net>,
    /// Whom the carriers of browsers' messages write to. `None`: nothing is sent to browsers.
    pub push_contact: Option<String>,
}

pub(super) fn outlets(reader: &mut Reader) -> OutletsConfig {
    OutletsConfig {
        webhooks: reader.yes_or_no("outlets.webhooks"),
        allow: reader.nets("outlets.allow"),
        push_contact: reader.take(
            "outlets.push_contact",
            "Write an address such as \"mailto:operator@example.org\" or \"https://example.org/contact\".",
            |value| match value.as_str()? {
                "" => Some(None),
                text => {
                    let known =
                        text.starts_with("mailto:") && text.contains('@') || text.starts_with("https://");
                    known.then(|| Some(text.to_owned()))
                }
            },
        ),
    }
}

fn secret(reader: &mut Reader, key: &str) -> SecretString {
    reader.text(key).into()
}

fn seconds(reader: &mut Reader, key: &str) -> Duration {
    Duration::from_secs(reader.number(key, 1))
}

/// A key under which a provider says what became of messages. Empty: nothing is heard from it.
fn reports_key(reader: &mut Reader, section: &str) -> Option<SecretString> {
    let name = format!("{section}.reports_key");
    let key = reader.text(&name);
    if key.is_empty() {
        return None;
    }
    if key.len() < REPORTS_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        let remedy = format!(
            "Write at least {REPORTS_KEY} letters and digits at random, as `openssl rand -hex 32` gives."
        );
        reader.wrong(&name, "This key can be guessed, or does not fit a header.", &remedy);
    }
    Some(key.into())
}

/// The mail servers, in the order in which they are asked.
pub(super) fn mail(reader: &mut Reader) -> Vec<SmtpConfig> {
    let first = smtp(reader, "smtp", None);
    let from = first.as_ref().map(|first| first.from.clone());
    let second = smtp(reader, "smtp_second", from);
    if first.is_none() && second.is_some() {
        reader.wrong("smtp_second.server", "There is no first mail server.", "Write it under [smtp].");
    }
    first.into_iter().chain(second).collect()
}

/// Those who carry messages of one kind: by an address that stands here, and by packages, each in the order in which they are
/// asked.
pub(super) fn carriers(
    reader: &mut Reader,
    (first, second): (&'static str, &'static str),
) -> (Vec<ProviderConfig>, Vec<CarrierConfig>) {
    let (mut plain, mut packages) = (Vec::new(), Vec::new());
    for section in [first, second] {
        if let Some(package) = carrier(reader, section) {
            packages.push(package);
        } else if let Some(address) = provider(reader, section) {
            plain.push(address);
        }
    }
    let sections: Vec<&str> =
        plain.iter().map(|it| it.section).chain(packages.iter().map(|it| it.section)).collect();
    if sections == [second] {
        let setting = if plain.is_empty() { "carrier" } else { "address" };
        let (key, remedy) = (format!("{second}.{setting}"), format!("Write it under [{first}]."));
        reader.wrong(&key, "There is no first provider.", &remedy);
    }
    (plain, packages)
}

/// A package that carries messages, where the section names one.
fn carrier(reader: &mut Reader, section: &'static str) -> Option<CarrierConfig> {
    let name = format!("{section}.carrier");
    let package = reader.take(&name, "Write the package's name, such as \"city-messenger\".", |value| {
        let text = value.as_str()?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        text.bytes().all(plain).then(|| text.to_owned())
    });
    if package.is_empty() {
        return None;
    }
    if !reader.text(&format!("{section}.address")).is_empty() {
        reader.wrong(
            &name,
            "There is an address beside it, and only one of the two can carry messages.",
            "Remove the address, or leave this empty.",
        );
    }
    let timeout = seconds(reader, &format!("{section}.timeout_seconds"));
    Some(CarrierConfig { section, package, timeout, reports_key: reports_key(reader, section) })
}

fn smtp(reader: &mut Reader, section: &'static str, usual: Option<Mailbox>) -> Option<SmtpConfig> {
    let name = |key: &str| format!("{section}.{key}");
    let server = reader.take(
        &name("server"),
        "Write HOST:PORT, such as \"mail.example.org:587\".",
        |value| match value.as_str()? {
            "" => Some(None),
            text => {
                let (host, port) = text.rsplit_once(':')?;
                let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
                let fine = !host.is_empty() && host.chars().all(plain);
                let port = port.parse::<u16>().ok().filter(|port| *port > 0)?;
                fine.then(|| Some((host.trim_start_matches('[').trim_end_matches(']').to_owned(), port)))
            }
        },
    );
    let security = reader.take(&name("security"), "Write \"tls\", \"starttls\" or \"plain\".", |value| {
        match value.as_str()? {
            "tls" => Some(SmtpSecurity::Tls),
            "starttls" => Some(SmtpSecurity::StartTls),
            "plain" => Some(SmtpSecurity::Plain),
            _ => None,
        }
    });
    let allow_plain = reader.yes_or_no(&name("allow_plain"));
    let authority = Some(reader.text(&name("authority"))).filter(|file| !file.is_empty()).map(PathBuf::from);
    let (user, password) = (reader.text(&name("user")), secret(reader, &name("password")));
    let from = reader.take(
        &name("from"),
        "Write an address, such as \"no-reply@example.org\" or \"Yunzhou <no-reply@example.org>\".",
        |value| match value.as_str()? {
            "" => Some(None),
            text => text.parse::<Mailbox>().ok().map(Some),
        },
    );
    let timeout = seconds(reader, &name("timeout_seconds"));
    let reports_key = reports_key(reader, section);
    let (host, port) = server?;
    if security == SmtpSecurity::Plain && !allow_plain && !is_here(&host) {
        reader.wrong(
            &name("security"),
            "Codes would cross the network in the clear.",
            "Write \"starttls\" or \"tls\"; or set allow_plain where the way is safe by other means.",
        );
    }
    let Some(from) = from.or(usual) else {
        reader.wrong(&name("from"), "Mail needs a sender.", "Write the address that mail comes from.");
        return None;
    };
    let login = (!user.is_empty()).then_some((user, password));
    Some(SmtpConfig { section, host, port, security, authority, login, from, timeout, reports_key })
}

fn provider(reader: &mut Reader, section: &'static str) -> Option<ProviderConfig> {
    let name = |key: &str| format!("{section}.{key}");
    let address = reader.take(
        &name("address"),
        "Write the full address that messages are posted to, such as \"https://provider.example.org/v1/messages\".",
        |value| match value.as_str()? {
            "" => Some(None),
            text => {
                let url = Url::parse(text).ok()?;
                let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
                (matches!(url.scheme(), "http" | "https") && url.has_host() && bare).then_some(Some(url))
            }
        },
    );
    let (key, sender) = (reader.text(&name("key")), reader.text(&name("sender")));
    let allow_plain = reader.yes_or_no(&name("allow_plain"));
    let timeout = seconds(reader, &name("timeout_seconds"));
    let reports_key = reports_key(reader, section);
    let address: Url = address?;
    let here = leads_here(&address);
    if address.scheme() == "http" && !allow_plain && !here {
        reader.wrong(
            &name("address"),
            "Messages would cross the network in the clear.",
            "Write an https address; or set allow_plain where the way is safe by other means.",
        );
    }
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        let setting = section.to_ascii_uppercase();
        let remedy = format!("Write the key that the provider gave you, or set YIMEN_{setting}_KEY.");
        reader.wrong(&name("key"), "The provider needs a key to know you by.", &remedy);
    }
    Some(ProviderConfig { section, address, key: key.into(), sender, timeout, reports_key })
}
