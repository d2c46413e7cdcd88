//! `[smtp]` and `[sms]`: how codes and notices leave the house.

use std::time::Duration;

use lettre::message::Mailbox;
use secrecy::SecretString;
use url::Url;

use super::reader::Reader;
use crate::platform::here::{is_here, leads_here};

/// The mail server that messages are handed to.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// Name and password, where the server asks for them.
    pub login: Option<(String, SecretString)>,
    pub from: Mailbox,
    pub timeout: Duration,
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

/// The provider that text messages are handed to.
#[derive(Debug, Clone)]
pub struct SmsConfig {
    pub address: Url,
    pub key: SecretString,
    pub sender: String,
    pub timeout: Duration,
}

fn secret(reader: &mut Reader, key: &str) -> SecretString {
    reader.text(key).into()
}

fn seconds(reader: &mut Reader, key: &str) -> Duration {
    Duration::from_secs(reader.number(key, 1))
}

pub(super) fn smtp(reader: &mut Reader) -> Option<SmtpConfig> {
    let server =
        reader.take("smtp.server", "Write HOST:PORT, such as \"mail.example.org:587\".", |value| match value
            .as_str(
        )? {
            "" => Some(None),
            text => {
                let (host, port) = text.rsplit_once(':')?;
                let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
                let fine = !host.is_empty() && host.chars().all(plain);
                let port = port.parse::<u16>().ok().filter(|port| *port > 0)?;
                fine.then(|| Some((host.trim_start_matches('[').trim_end_matches(']').to_owned(), port)))
            }
        });
    let security = reader.take("smtp.security", "Write \"tls\", \"starttls\" or \"plain\".", |value| {
        match value.as_str()? {
            "tls" => Some(SmtpSecurity::Tls),
            "starttls" => Some(SmtpSecurity::StartTls),
            "plain" => Some(SmtpSecurity::Plain),
            _ => None,
        }
    });
    let allow_plain = reader.yes_or_no("smtp.allow_plain");
    let (user, password) = (reader.text("smtp.user"), secret(reader, "smtp.password"));
    let from = reader.take(
        "smtp.from",
        "Write an address, such as \"no-reply@example.org\" or \"Yunzhou <no-reply@example.org>\".",
        |value| match value.as_str()? {
            "" => Some(None),
            text => text.parse::<Mailbox>().ok().map(Some),
        },
    );
    let timeout = seconds(reader, "smtp.timeout_seconds");
    let (host, port) = server?;
    if security == SmtpSecurity::Plain && !allow_plain && !is_here(&host) {
        reader.wrong(
            "smtp.security",
            "Codes would cross the network in the clear.",
            "Write \"starttls\" or \"tls\"; or set smtp.allow_plain where the way is safe by other means.",
        );
    }
    let Some(from) = from else {
        reader.wrong("smtp.from", "Mail needs a sender.", "Write the address that mail comes from.");
        return None;
    };
    let login = (!user.is_empty()).then_some((user, password));
    Some(SmtpConfig { host, port, security, login, from, timeout })
}

pub(super) fn sms(reader: &mut Reader) -> Option<SmsConfig> {
    let address = reader.take(
        "sms.address",
        "Write the full address that messages are posted to, such as \"https://sms.example.org/v1/messages\".",
        |value| match value.as_str()? {
            "" => Some(None),
            text => {
                let url = Url::parse(text).ok()?;
                let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
                (matches!(url.scheme(), "http" | "https") && url.has_host() && bare).then_some(Some(url))
            }
        },
    );
    let (key, sender) = (reader.text("sms.key"), reader.text("sms.sender"));
    let allow_plain = reader.yes_or_no("sms.allow_plain");
    let timeout = seconds(reader, "sms.timeout_seconds");
    let address: Url = address?;
    let here = leads_here(&address);
    if address.scheme() == "http" && !allow_plain && !here {
        reader.wrong(
            "sms.address",
            "Codes would cross the network in the clear.",
            "Write an https address; or set sms.allow_plain where the way is safe by other means.",
        );
    }
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        let remedy = "Write the key that the provider gave you, or set YIMEN_SMS_KEY.";
        reader.wrong("sms.key", "The provider needs a key to know you by.", remedy);
    }
    Some(SmsConfig { address, key: key.into(), sender, timeout })
}
