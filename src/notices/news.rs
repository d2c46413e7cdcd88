//! What can be told, and how each channel says it.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use yimen_contract::Bilingual;

use super::{
    bookings::{self, BookingTold},
    bulletins::{self, BulletinTold},
    cases::{self, CaseTold},
    courier::{Courier, NotSent},
    dues::{self, DueTold},
    letters::{self, Letter},
    matter::Matter,
    model::{Carrier, Topic},
    payments::{self, PaymentTold},
    providers::{Twice, Whom},
    ratings::{self, RatingTold},
    reminders::{self, Reminded},
    say::say,
    voice::{self, VoiceTold},
};
use crate::{
    accounts::{self, AccountError, Channel, Tell},
    agencies::{self, InstallError},
    db::{Conn, DbError},
    gateway::Returned,
    jobs::{self, Done, Failure, Job, Priority, Running},
    platform::{Lang, Moment, Texts, keys::KeyRing},
    web::{frame::CityLine, ical::Entry},
};

/// One piece of news for one telephone or mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Deliver {
    channel: Channel,
    /// A [`Parcel`], sealed with the ring, in base64.
    sealed: String,
    #[serde(alias = "tell")]
    news: News,
}

/// What can be told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum News {
    Account(Tell),
    /// A date comes near. It has more fields of its own than any of those that follow.
    Reminder(Reminded),
    /// An agency says something of what somebody owes. It has fields of its own, too.
    Due(DueTold),
    /// A booking stands differently. Before applications, whose notices say less of the same.
    Booking(BookingTold),
    /// An application stands differently.
    Case(CaseTold),
    /// A payment stands differently.
    Payment(PaymentTold),
    /// Something was done about a rating. No other has the field that says which.
    Rating(RatingTold),
    /// A notice to the public that they follow.
    Bulletin(BulletinTold),
    /// What they asked or reported stands differently.
    Voice(VoiceTold),
    /// An agency that the person waited for answers again.
    Returned {
        agency: Bilingual,
        path: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Parcel {
    to: String,
    lang: String,
}

impl News {
    pub(super) const fn topic(&self) -> Topic {
        match self {
            Self::Account(_) => Topic::Account,
            Self::Reminder(_) => Topic::Dates,
            Self::Booking(_) => Topic::Bookings,
            Self::Case(_) | Self::Rating(_) => Topic::Cases,
            Self::Due(_) | Self::Payment(_) => Topic::Payments,
            Self::Bulletin(told) if told.level.is_some() => Topic::Warnings,
            Self::Bulletin(_) => Topic::Bulletins,
            Self::Voice(_) => Topic::Voice,
            Self::Returned { .. } => Topic::Agencies,
        }
    }

    /// What there is to say of it.
    fn saying(&self, t: Texts) -> Saying<'_> {
        match self {
            Self::Account(tell) => Saying::Account(tell),
            Self::Returned { agency, path } => Saying::Returned { agency, path },
            Self::Reminder(told) => Saying::Matter(reminders::matter(t, told)),
            Self::Due(told) => Saying::Matter(dues::matter(t, told)),
            Self::Booking(told) => Saying::Matter(bookings::matter(t, told)),
            Self::Case(told) => Saying::Matter(cases::matter(t, told)),
            Self::Payment(told) => Saying::Matter(payments::matter(t, told)),
            Self::Rating(told) => Saying::Matter(ratings::matter(t, told)),
            Self::Bulletin(told) => Saying::Matter(bulletins::matter(t, told)),
            Self::Voice(told) => Saying::Matter(voice::matter(t, told)),
        }
    }

    /// What happened, in one line.
    pub(super) fn title(&self, t: Texts) -> String {
        match self.saying(t) {
            Saying::Account(tell) => letters::shown(t, tell).title,
            Saying::Returned { agency, .. } => t.notice_returned(t.say(agency).text),
            Saying::Matter(matter) => matter.subject,
        }
    }

    /// As the inbox shows it: what happened in one line, more of it, and where to go on.
    pub(super) fn shown(&self, t: Texts, line: &CityLine) -> Shown {
        match self.saying(t) {
            Saying::Account(tell) => letters::shown(t, tell),
            Saying::Returned { agency, path } => Shown {
                title: t.notice_returned(t.say(agency).text),
                text: t.notice_returned_text(line.hotline.as_str()),
                path: path.to_owned(),
                by_law: false,
            },
            Saying::Matter(matter) => matter.shown(),
        }
    }

    /// What of it belongs into the reader's own calendar: by what it is known, and the entry; without one, nothing of it does any
    /// more.
    pub(super) fn entered(&self, t: Texts) -> Option<(String, Option<Entry>)> {
        match self {
            Self::Booking(told) => Some(bookings::entered(t, told)),
            Self::Reminder(told) => reminders::entry(t, told).map(|entry| (entry.id.clone(), Some(entry))),
            _ => None,
        }
    }

    /// As a text message.
    fn text(&self, t: Texts, line: &CityLine) -> String {
        match self.saying(t) {
            Saying::Account(tell) => letters::news_text(t, line, tell),
            Saying::Returned { agency, path } => letters::returned_text(t, line, agency, path),
            Saying::Matter(matter) => matter.text(t, line),
        }
    }

    /// As a letter, made at a moment; with where its reader says that they want no more of these.
    pub(super) fn letter(
        &self,
        (t, now): (Texts, Moment),
        line: &CityLine,
        stop: Option<&str>,
    ) -> askama::Result<Letter> {
        let matter = match self.saying(t) {
            Saying::Account(tell) => return letters::news(t, line, tell),
            Saying::Returned { agency, path } => letters::returned(t, agency, path),
            Saying::Matter(matter) => matter,
        };
        matter.letter((t, now), line, stop.map(|path| (self.topic().tag(), path)))
    }
}

/// News by how it is said: most of it is about a matter of somebody's, and said alike.
enum Saying<'a> {
    Account(&'a Tell),
    Returned { agency: &'a Bilingual, path: &'a str },
    Matter(Matter),
}

/// A notice in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub title: String,
    pub text: String,
    /// Where to go on, below our own address.
    pub path: String,
    /// Whether the law says that they must be told.
    pub by_law: bool,
}

impl Deliver {
    const PLACE: &str = "job.notice";

    fn parcel(&self, ring: &KeyRing) -> Option<Parcel> {
        let sealed = BASE64.decode(&self.sealed).ok()?;
        serde_json::from_slice(&ring.open_sealed(Self::PLACE, &sealed).ok()?).ok()
    }
}

impl Job for Deliver {
    const KIND: &'static str = "notices.deliver";
    const PRIORITY: Priority = Priority::Urgent;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// Why the ways to a person were not found.
pub(super) struct Unreachable(pub(super) Failure);

impl From<DbError> for Unreachable {
    fn from(error: DbError) -> Self {
        Self(error.into())
    }
}

impl From<diesel::result::Error> for Unreachable {
    fn from(error: diesel::result::Error) -> Self {
        DbError::from(error).into()
    }
}

impl From<AccountError> for Unreachable {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Db(error) => error.into(),
            other => Self(Failure::give_up(other)),
        }
    }
}

impl From<Unreachable> for Failure {
    fn from(Unreachable(failure): Unreachable) -> Self {
        failure
    }
}

/// Finds the ways to a person, as far as the channels are set up, and has each used.
pub async fn tell(courier: Courier, job: Tell, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| spread(c, &courier, &job)).await
}

fn spread(c: &mut Conn, courier: &Courier, tell: &Tell) -> Result<(), Unreachable> {
    say(c, courier, tell.citizen, &News::Account(tell.clone()))?;
    // A telephone or mailbox that is the account's no more is told once, and nowhere else.
    if let Some(former) = tell.former(&courier.keys).filter(|former| courier.has(former.channel.into())) {
        let language = match accounts::citizen(c, tell.citizen) {
            Err(AccountError::Unknown) => return Ok(()),
            found => found?.language,
        };
        hand_on(c, courier, former.channel, former.to, &language, News::Account(tell.to_former()))?;
    }
    Ok(())
}

/// Tells somebody that an agency they waited for answers again: once, by the first way there is.
pub async fn returned(courier: Courier, job: Returned, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell_returned(c, &courier, job)).await
}

fn tell_returned(c: &mut Conn, courier: &Courier, job: Returned) -> Result<(), Unreachable> {
    let agency = match agencies::agency(c, &job.agency) {
        Ok(found) => found.package.agency.name,
        // It left the city meanwhile, and nobody waits for it any more.
        Err(InstallError::Unknown(_)) => return Ok(()),
        Err(InstallError::Db(error)) => return Err(error.into()),
        Err(error) => return Err(Unreachable(Failure::give_up(error))),
    };
    say(c, courier, job.citizen, &News::Returned { agency, path: job.path })
}

/// Has a former address told: where to is sealed in the job.
fn hand_on(
    c: &mut Conn,
    courier: &Courier,
    channel: Channel,
    to: String,
    lang: &str,
    news: News,
) -> Result<(), Unreachable> {
    let parcel = Parcel { to, lang: lang.to_owned() };
    let plain = serde_json::to_vec(&parcel).map_err(|error| Unreachable(Failure::give_up(error)))?;
    let sealed = courier.keys.seal(Deliver::PLACE, &plain).map_err(AccountError::from)?;
    jobs::enqueue(c, courier.clock.now(), &Deliver { channel, sealed: BASE64.encode(sealed), news })?;
    Ok(())
}

/// Sends one piece of news one way.
pub async fn deliver(courier: Courier, job: Deliver, running: Running) -> Result<Done, Failure> {
    let Some(parcel) = job.parcel(&courier.keys) else {
        return Err(Failure::give_up("the notice cannot be opened with this key ring"));
    };
    let key = running.idempotency_key();
    let to = Receiver { carrier: job.channel.into(), lang: &parcel.lang, address: &parcel.to, stop: None };
    hand_over(&courier, &key, &to, &job.news, (Whom::Any, Twice::Harmless)).await?;
    running.finish(|_| Ok::<_, Failure>(())).await
}

/// Where a notice goes.
pub(super) struct Receiver<'a> {
    pub carrier: Carrier,
    pub lang: &'a str,
    pub address: &'a str,
    /// Where they say that they want no more of these by mail.
    pub stop: Option<&'a str>,
}

/// Hands a notice to a channel.
pub(super) async fn hand_over(
    courier: &Courier,
    key: &str,
    to: &Receiver<'_>,
    news: &News,
    way: (Whom, Twice),
) -> Result<(), NotSent> {
    let t = Texts::new(to.lang.parse::<Lang>().unwrap_or_default());
    let (city, now) = (courier.chrome.city(), courier.clock.now());
    match to.carrier {
        Carrier::Sms => courier.text(key, to.address, &news.text(t, &city), way).await,
        Carrier::Email => {
            let letter = news.letter((t, now), &city, to.stop);
            let letter = letter.map_err(|error| NotSent::Never(format!("the letter: {error}")))?;
            courier.mail(key, to.address, &letter, way).await
        }
        Carrier::Webhook | Carrier::Push | Carrier::App => {
            let Shown { title, path, .. } = news.shown(t, &city);
            let told = Told { key, topic: news.topic(), title: &title, path: &path, lang: to.lang };
            courier.outlet(to.address, &told, way).await
        }
    }
}

/// What an outlet is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    /// The same at every attempt.
    pub key: &'a str,
    pub topic: Topic,
    pub title: &'a str,
    /// Where to go on, below our own address.
    pub path: &'a str,
    pub lang: &'a str,
}
