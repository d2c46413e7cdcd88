//! What providers report: that a message arrived, that it did not, that its receiver wants no more, that an app is gone.
//!
//! `POST /api/v1/channels/{section}/reports`, where the section is the provider's in the configuration, with
//! `Authorization: Bearer` and the key that stands there. A provider says of its own channel only, reports may come twice
//! and in any order, and what arrived has arrived.

use std::{collections::HashMap, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path, Payload},
};
use diesel::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::{
    again::{self, UNDELIVERED},
    carrier::Became,
    manners,
    model::{Carrier, OutletId, Stand, Topic, WayId},
    outlets,
};
use crate::{
    accounts::{self, ContactId, Reach},
    db::{Conn, DbError, Sealed, Stamp, schema::notice_ways},
    ledger::CitizenId,
    platform::{Moment, config::Config, keys::KeyRing},
    web::{Failure, Site},
};

/// The longest body: some hundred reports.
const LONGEST: usize = 256 * 1024;
const AT_ONCE: usize = 500;

/// The providers that may report, each with its channel and its key.
#[derive(Debug, Clone, Default)]
pub struct Reporters {
    all: HashMap<&'static str, (Carrier, SecretString)>,
}

impl Reporters {
    pub fn new(config: &Config) -> Self {
        let mail = config.mail.iter().map(|it| (it.section, Carrier::Email, it.reports_key.clone()));
        let texts = config.texts.iter().map(|it| (it.section, Carrier::Sms, it.reports_key.clone()));
        let apps = config.apps.iter().map(|it| (it.section, Carrier::App, it.reports_key.clone()));
        let packages = config.carriers.iter().map(|it| (it.section, Carrier::Sms, it.reports_key.clone()));
        let of_apps = config.app_carriers.iter().map(|it| (it.section, Carrier::App, it.reports_key.clone()));
        let packages = packages.chain(of_apps);
        let with_key =
            |(section, carrier, key): (_, _, Option<SecretString>)| Some((section, (carrier, key?)));
        Self { all: mail.chain(texts).chain(packages).chain(apps).filter_map(with_key).collect() }
    }

    /// The channel of whoever proves to be this provider.
    fn proved(&self, section: &str, request: &HttpRequest) -> Option<Carrier> {
        let (carrier, key) = self.all.get(section)?;
        let given = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
        bool::from(given.as_bytes().ct_eq(key.expose_secret().as_bytes())).then_some(*carrier)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reports {
    reports: Vec<Report>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    outcome: Outcome,
    /// The `Idempotency-Key` of a text message, or what stands before the `@` of a mail's message id.
    key: Option<Uuid>,
    /// The telephone or mailbox, where somebody wants no more, or wants them again; an app's token.
    to: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    Delivered,
    Undelivered,
    /// Whoever got it complains of it: they want no more of these.
    Complaint,
    Stop,
    Start,
    /// There is no app any more under this token.
    Gone,
}

/// `POST /api/v1/channels/{section}/reports`
pub async fn reports(
    (site, reporters): (Data<Site>, Data<Reporters>),
    section: Path<String>,
    request: HttpRequest,
    body: Payload,
) -> Result<HttpResponse, Failure> {
    let Some(carrier) = reporters.proved(&section, &request) else {
        return Ok(told(StatusCode::UNAUTHORIZED, &json!({ "error": "not proved" })));
    };
    let Ok(body) = body.to_bytes_limited(LONGEST).await else {
        let error = "more than 256 KiB: send fewer reports at once";
        return Ok(told(StatusCode::PAYLOAD_TOO_LARGE, &json!({ "error": error })));
    };
    let Ok(body) = body else {
        return Ok(told(StatusCode::BAD_REQUEST, &json!({ "error": "the body ended early" })));
    };
    let all = match understood(&body) {
        Ok(all) => all,
        Err(error) => return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "error": error }))),
    };
    let (ring, now, count) = (Arc::clone(&site.keys), site.clock.now(), all.len());
    let taken = move |c: &mut Conn| {
        let mut known = 0;
        for report in &all {
            known += usize::from(take(c, &ring, now, carrier, report)?);
        }
        Ok::<_, DbError>(known)
    };
    let known = site.db.tx(taken).await?;
    Ok(told(StatusCode::OK, &json!({ "taken": known, "unknown": count - known })))
}

fn told(status: StatusCode, said: &Value) -> HttpResponse {
    HttpResponse::build(status).insert_header((header::CACHE_CONTROL, "no-store")).json(said)
}

/// All of them, or what is wrong with which.
fn understood(body: &[u8]) -> Result<Vec<Report>, String> {
    let Reports { reports } = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if reports.len() > AT_ONCE {
        return Err(format!("reports: {} of them, and {AT_ONCE} are taken at once", reports.len()));
    }
    for (at, report) in reports.iter().enumerate() {
        let needs = match report.outcome {
            Outcome::Delivered | Outcome::Undelivered if report.key.is_none() => "key",
            Outcome::Complaint | Outcome::Gone if report.key.is_none() && report.to.is_none() => "key or to",
            Outcome::Stop | Outcome::Start if report.to.is_none() => "to",
            _ => continue,
        };
        return Err(format!("reports[{at}]: this outcome needs {needs}"));
    }
    Ok(reports)
}

/// Whether it is about something that is known here.
fn take(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    carrier: Carrier,
    report: &Report,
) -> Result<bool, DbError> {
    let sent = match report.key {
        Some(key) => of_key(c, WayId::from(key), &[carrier])?,
        None => None,
    };
    match (report.outcome, sent) {
        (Outcome::Delivered, Some(sent)) => arrived(c, now, &sent)?,
        (Outcome::Undelivered, Some(sent)) => came_back(c, now, &sent)?,
        (Outcome::Complaint, Some(sent)) => want(c, sent.citizen_id, carrier, false)?,
        (Outcome::Gone, sent) => return gone(c, ring, now, (carrier, sent, report.to.as_deref())),
        (Outcome::Complaint | Outcome::Stop | Outcome::Start, _) => {
            let whose = match report.to.as_deref() {
                Some(to) => whose(c, ring, carrier, to)?,
                None => None,
            };
            let Some(whose) = whose else { return Ok(false) };
            want(c, whose, carrier, report.outcome == Outcome::Start)?;
        }
        (Outcome::Delivered | Outcome::Undelivered, None) => return Ok(false),
    }
    Ok(true)
}

/// Who is reached there.
fn whose(c: &mut Conn, ring: &KeyRing, carrier: Carrier, to: &str) -> Result<Option<CitizenId>, DbError> {
    if carrier == Carrier::App {
        return Ok(outlets::app(c, ring, to)?.map(|(citizen, _)| citizen));
    }
    let reach = Reach::parse(to).ok().filter(|reach| Carrier::from(accounts::channel_of(reach)) == carrier);
    match reach {
        Some(reach) => Ok(accounts::by_reach(c, ring, &reach)?.map(|found| found.id)),
        None => Ok(None),
    }
}

/// An app is no more: it is forgotten, and what was on its way there goes another.
fn gone(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (carrier, sent, token): (Carrier, Option<Sent>, Option<&str>),
) -> Result<bool, DbError> {
    if carrier != Carrier::App {
        return Ok(false);
    }
    let mut known = None;
    if let Some(sent) = &sent {
        came_back(c, now, sent)?;
        known = sent.outlet_id.map(|outlet| (sent.citizen_id, outlet));
    }
    if let (None, Some(token)) = (known, token) {
        known = outlets::app(c, ring, token)?;
    }
    if let Some(outlet) = known {
        outlets::gone(c, now, &[outlet])?;
    }
    Ok(known.is_some())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notice_ways)]
struct Sent {
    citizen_id: CitizenId,
    id: WayId,
    contact_id: Option<ContactId>,
    outlet_id: Option<OutletId>,
    gathered: bool,
    settled_at: Option<Stamp>,
}

/// A provider knows a message by its number alone; whose it is follows from that.
fn of_key(c: &mut Conn, key: WayId, carriers: &[Carrier]) -> Result<Option<Sent>, DbError> {
    let channels: Vec<&str> = carriers.iter().copied().map(Carrier::tag).collect();
    Ok(notice_ways::table
        .filter(notice_ways::id.eq(key))
        .filter(notice_ways::channel.eq_any(channels))
        .filter(notice_ways::state.ne(Stand::Suppressed.tag()))
        .select(Sent::as_select())
        .first(c)
        .optional()?)
}

/// The ways that went out as one message: of a mail that brought all of a day, those that were settled with the one whose number
/// it bears.
fn together(c: &mut Conn, sent: &Sent) -> Result<Vec<WayId>, DbError> {
    let Some(settled) = sent.settled_at.filter(|_| sent.gathered) else { return Ok(vec![sent.id]) };
    Ok(notice_ways::table
        .filter(notice_ways::citizen_id.eq(sent.citizen_id))
        .filter(notice_ways::gathered.eq(true))
        .filter(notice_ways::settled_at.eq(settled))
        .filter(notice_ways::state.ne(Stand::Suppressed.tag()))
        .select(notice_ways::id)
        .load(c)?)
}

/// It arrived: also where we had not heard that it was taken over, or had given it up.
fn arrived(c: &mut Conn, now: Moment, sent: &Sent) -> Result<(), DbError> {
    let ways = together(c, sent)?;
    diesel::update(notice_ways::table.filter(notice_ways::citizen_id.eq(sent.citizen_id)))
        .filter(notice_ways::id.eq_any(ways))
        .filter(notice_ways::state.ne(Stand::Suppressed.tag()))
        .set((
            notice_ways::state.eq(Stand::Sent.tag()),
            notice_ways::reason.eq(None::<String>),
            notice_ways::parcel.eq(None::<Sealed>),
            notice_ways::held.eq(None::<i32>),
            notice_ways::settled_at.eq(Some(Stamp::from(now))),
            notice_ways::arrived_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    match sent.contact_id {
        Some(contact) => accounts::reached(c, sent.citizen_id, contact),
        None => Ok(()),
    }
}

/// How it went, if it was taken over and nobody said yet what became of it.
pub(super) fn open_by(c: &mut Conn, place: (CitizenId, WayId)) -> Result<Option<Carrier>, DbError> {
    let channel: Option<String> = notice_ways::table
        .find(place)
        .filter(notice_ways::state.eq(Stand::Sent.tag()))
        .filter(notice_ways::arrived_at.is_null())
        .select(notice_ways::channel)
        .first(c)
        .optional()?;
    Ok(channel.as_deref().and_then(Carrier::named))
}

/// What its carrier says when it is asked.
pub(super) fn answered(
    c: &mut Conn,
    now: Moment,
    place: (CitizenId, WayId),
    became: Became,
) -> Result<(), DbError> {
    let sent: Option<Sent> = notice_ways::table
        .find(place)
        .filter(notice_ways::state.eq(Stand::Sent.tag()))
        .select(Sent::as_select())
        .first(c)
        .optional()?;
    match sent {
        Some(sent) => learn(c, now, &sent, became),
        None => Ok(()),
    }
}

/// What a carrier tells by itself of a message that went in one of its channels: also where we had not heard that it was taken over.
pub(super) fn pushed(
    c: &mut Conn,
    now: Moment,
    (key, carriers): (WayId, &[Carrier]),
    became: Became,
) -> Result<(), DbError> {
    match of_key(c, key, carriers)? {
        Some(sent) => learn(c, now, &sent, became),
        // A code, or what was forgotten meanwhile: nothing stands here that it would change.
        None => Ok(()),
    }
}

fn learn(c: &mut Conn, now: Moment, sent: &Sent, became: Became) -> Result<(), DbError> {
    match became {
        Became::Open => Ok(()),
        Became::Arrived => arrived(c, now, sent),
        Became::CameBack => came_back(c, now, sent),
        Became::Gone => {
            came_back(c, now, sent)?;
            // Only apps have an outlet here: it is forgotten with its token.
            let outlet: Vec<_> = sent.outlet_id.map(|outlet| (sent.citizen_id, outlet)).into_iter().collect();
            outlets::gone(c, now, &outlet)
        }
    }
}

/// It did not: it goes another way, and nothing more is sent there until its owner says that it works again.
fn came_back(c: &mut Conn, now: Moment, sent: &Sent) -> Result<(), DbError> {
    let ways = together(c, sent)?;
    let gone = diesel::update(notice_ways::table.filter(notice_ways::citizen_id.eq(sent.citizen_id)))
        .filter(notice_ways::id.eq_any(&ways))
        .filter(notice_ways::arrived_at.is_null())
        .filter(notice_ways::state.ne_all([Stand::Suppressed.tag(), Stand::Failed.tag()]))
        .set((
            notice_ways::state.eq(Stand::Failed.tag()),
            notice_ways::reason.eq(Some(UNDELIVERED)),
            notice_ways::parcel.eq(None::<Sealed>),
            notice_ways::held.eq(None::<i32>),
            notice_ways::settled_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    if gone == 0 {
        return Ok(());
    }
    if let Some(contact) = sent.contact_id {
        accounts::unreached(c, now, sent.citizen_id, contact)?;
    }
    let places: Vec<(CitizenId, WayId)> = ways.into_iter().map(|way| (sent.citizen_id, way)).collect();
    again::otherwise(c, now, &places)
}

/// Of what may be chosen they want to hear by this channel, or want not.
fn want(c: &mut Conn, citizen: CitizenId, carrier: Carrier, wanted: bool) -> Result<(), DbError> {
    for topic in Topic::ALL.into_iter().filter(|topic| topic.may_be_chosen()) {
        if wanted {
            manners::want(c, citizen, (topic, carrier), true)?;
        } else {
            manners::refuse(c, citizen, (topic, carrier))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_lacks_something_is_named() {
        let wrong = |text: &str| understood(text.as_bytes()).unwrap_err();
        let key = "01a204c7-530d-720c-9840-0a517c26ca93";
        assert!(
            understood(format!(r#"{{"reports":[{{"outcome":"delivered","key":"{key}"}}]}}"#).as_bytes())
                .is_ok()
        );
        let second =
            format!(r#"{{"reports":[{{"outcome":"delivered","key":"{key}"}},{{"outcome":"stop"}}]}}"#);
        assert_eq!(wrong(&second), "reports[1]: this outcome needs to");
        assert!(wrong(r#"{"reports":[{"outcome":"lost"}]}"#).contains("unknown variant `lost`"));
        assert!(wrong(r#"{"reports":[{"outcome":"stop","from":"x"}]}"#).contains("unknown field `from`"));
        let many = vec![r#"{"outcome":"stop","to":"x"}"#; 501].join(",");
        assert!(wrong(&format!(r#"{{"reports":[{many}]}}"#)).contains("501 of them"));
    }
}
