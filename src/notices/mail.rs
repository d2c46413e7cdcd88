//! Handing mail to the operator's server.

use std::{fs, mem, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Certificate, CertificateStore, Tls, TlsParameters},
        extension::ClientId,
    },
};
use secrecy::ExposeSecret as _;
use tokio::{runtime::Handle, sync::Semaphore};

use super::{
    courier::{CourierError, NotSent},
    letters::Letter,
};
use crate::platform::{
    Moment,
    config::{SmtpConfig, SmtpSecurity},
    tls,
};

/// So many conversations there are with a server at once. Servers refuse a client that has too many, and one that hangs must not
/// have all that is sent wait for it.
const AT_ONCE: u32 = 16;
/// So long a connection over which a mail went rests for the next one: shorter than servers have patience for silence. One that
/// rested is asked (NOOP) before a mail is trusted to it, so that what is lost with it is never a mail.
const RESTS: Duration = Duration::from_secs(15);

/// An entry for a calendar, as mail programs want it named.
const CALENDAR: &str = "text/calendar; charset=utf-8; method=PUBLISH";

/// Where a receiver's mail program says that they want no more of these (RFC 2369).
#[derive(Debug, Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(said: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(said.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// That one press is enough to say so (RFC 8058).
#[derive(Debug, Clone, Copy)]
struct OneClick;

impl OneClick {
    const SAID: &'static str = "List-Unsubscribe=One-Click";
}

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(said: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        if said == Self::SAID { Ok(Self) } else { Err("one click is all there is".into()) }
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), Self::SAID.to_owned())
    }
}

pub(super) struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    doors: Semaphore,
}

impl Drop for MailServer {
    /// The library takes leave of the server in a task. Where nobody is left who would run one, the connections end with the
    /// process.
    fn drop(&mut self) {
        if Handle::try_current().is_err() {
            mem::forget(self.transport.clone());
        }
    }
}

impl MailServer {
    pub(super) fn new(config: &SmtpConfig) -> Result<Self, CourierError> {
        tls::provide();
        let protection = match config.security {
            SmtpSecurity::Tls => Tls::Wrapper(parameters(config)?),
            SmtpSecurity::StartTls => Tls::Required(parameters(config)?),
            SmtpSecurity::Plain => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(protection)
            .hello_name(ClientId::Domain(config.from.email.domain().to_owned()))
            .timeout(Some(config.timeout))
            .pool_config(PoolConfig::new().max_size(AT_ONCE).idle_timeout(RESTS));
        if let Some((user, password)) = &config.login {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        let doors = Semaphore::new(usize::try_from(AT_ONCE).unwrap_or(1));
        Ok(Self { transport: builder.build(), from: config.from.clone(), doors })
    }

    /// Hands a letter over. The same `key` gives the same message id, by which a receiver can tell a repeat.
    pub(super) async fn send(
        &self,
        now: Moment,
        key: &str,
        to: &str,
        letter: &Letter,
    ) -> Result<(), NotSent> {
        let unreadable = |_| NotSent::Never("the address is none".to_owned());
        let unfit = |error| NotSent::Never(format!("the message could not be put together: {error}"));
        let to: Mailbox = to.parse().map_err(unreadable)?;
        let words = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
        let body = match &letter.calendar {
            Some(calendar) => {
                let entry = Attachment::new("dates.ics".to_owned())
                    .body(calendar.clone(), ContentType::parse(CALENDAR).map_err(unfit)?);
                MultiPart::mixed().multipart(words).singlepart(entry)
            }
            None => words,
        };
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .date(now.into())
            .message_id(Some(format!("<{key}@{}>", self.from.email.domain())))
            .subject(letter.subject.clone());
        if let Some(address) = &letter.stop {
            message = message.header(ListUnsubscribe(format!("<{address}>"))).header(OneClick);
        }
        let message = message
            .multipart(body)
            .map_err(|error| NotSent::Never(format!("the message could not be put together: {error}")))?;
        // Nobody ever says that there are no more.
        let _door = self.doors.acquire().await;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(judge(&error)),
        }
    }

    pub(super) async fn check(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the mail server hung up".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Who may vouch for the server: the public roots, or the authority that the operator names and nobody beside it.
fn parameters(config: &SmtpConfig) -> Result<TlsParameters, CourierError> {
    let Some(file) = &config.authority else { return Ok(TlsParameters::new(config.host.clone())?) };
    let unfit = |why: String| CourierError::Authority(file.display().to_string(), why);
    let pem = fs::read(file).map_err(|error| unfit(error.to_string()))?;
    // The library takes a file without any for an authority that vouches for nobody.
    if !String::from_utf8_lossy(&pem).contains("BEGIN CERTIFICATE") {
        return Err(unfit("there is no certificate in it".to_owned()));
    }
    let builder = TlsParameters::builder(config.host.clone()).certificate_store(CertificateStore::None);
    Ok(builder.add_root_certificate(Certificate::from_pem(&pem)?).build()?)
}

/// A refusal for good ends the matter; everything else may pass, and where the conversation broke off nobody knows whether
/// it was taken. What the server said is left out: it may repeat the address.
fn judge(error: &Error) -> NotSent {
    let said = error.status().map(|code| format!(" with {code}")).unwrap_or_default();
    if error.is_permanent() {
        // 530 to 538: the server does not take us as its client. An operator can mend that, the receiver cannot.
        let ours = error.status().is_some_and(|code| code.to_string().starts_with("53"));
        let reason = format!("the mail server refused{said}");
        return if ours { NotSent::Later(reason) } else { NotSent::Never(reason) };
    }
    if error.is_transient() {
        return NotSent::Later(format!("the mail server put the message off{said}"));
    }
    if error.is_tls() {
        return NotSent::Later("the mail server could not be reached safely".to_owned());
    }
    if never_reached(error) {
        return NotSent::Later("the mail server could not be reached".to_owned());
    }
    let kind = if error.is_timeout() { "did not answer in time" } else { "broke off" };
    NotSent::unknown(format!("the mail server {kind}"))
}

/// Whether nothing of the message left the house. The library tells that a connection was never made by its word alone.
fn never_reached(error: &Error) -> bool {
    error.is_client() || error.is_transport_shutdown() || error.to_string().starts_with("Connection error")
}
