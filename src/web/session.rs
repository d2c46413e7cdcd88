//! Signed-in sessions: an opaque token in a cookie, its digest and what belongs to it in the database.
//!
//! The token is random and never stored, so a copy of the table signs nobody in. A session ends when it has
//! not been used for a while, at the latest after a fixed time, or at once when it is ended. Whenever what it
//! may do grows, it is renewed under another token. How somebody proves who they are is not this room's
//! business: `accounts` and `sso` decide and hand over a [`Signed`].

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    db::{Conn, DbError, Json, Stamp, schema::sessions},
    id,
    jobs::{Job, Priority},
    platform::{Moment, random},
};

id! {
    /// The name by which a person sees and ends a session. It opens nothing.
    SessionId
}

/// Citizens and staff are different people even where they are the same person: neither session does for the
/// other's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Realm {
    Citizen,
    Staff,
}

impl Realm {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Staff => "staff",
        }
    }

    /// The cookie that holds the session.
    pub(super) const fn cookie(self) -> &'static str {
        match self {
            Self::Citizen => "session",
            Self::Staff => "staff",
        }
    }

    /// How long sessions last.
    pub const fn terms(self) -> Terms {
        match self {
            Self::Citizen => Terms { idle: TimeDelta::minutes(30), longest: TimeDelta::hours(12) },
            Self::Staff => Terms { idle: TimeDelta::minutes(15), longest: TimeDelta::hours(10) },
        }
    }
}

/// How long after its end it is still known whose session it was.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Unused for so long, a session is over.
    pub idle: TimeDelta,
    /// However much it is used, it is over after this.
    pub longest: TimeDelta,
}

impl Terms {
    /// When a session is over that is in use now.
    fn end(self, created: Moment, now: Moment) -> Moment {
        (now + self.idle).min(created + self.longest)
    }
}

/// What a session says of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub realm: Realm,
    pub subject: Uuid,
    /// The assurance level that this session has: the account's, as far as the way of signing in carries it.
    pub level: u8,
    /// How the person proved who they are: `pwd`, `otp`, `passkey`, `national` …
    pub methods: Vec<String>,
    /// When they last did.
    pub proved_at: Moment,
    /// The name as every page's head shows it, masked.
    pub name: String,
    /// Whom the person acts for just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting: Option<Acting>,
    /// What a member of staff may do, in words of the room that knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// The represented person or company, while somebody acts for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acting {
    /// The delegation by which.
    pub delegation: Uuid,
    /// Whose matters these are: a citizen's id or a company's.
    pub principal: Uuid,
    /// `child`, `person` or `company`.
    pub kind: String,
    /// As the head of every page says it, masked.
    pub name: String,
}

/// A running session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub signed: Signed,
    pub created_at: Moment,
    pub seen_at: Moment,
    pub ends_at: Moment,
}

/// A session as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Device {
    pub id: SessionId,
    pub device: String,
    pub created_at: Stamp,
    pub seen_at: Stamp,
}

/// Housekeeping: removes what is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "sessions.sweep";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::hours(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// What the browser holds. Shown to nobody else, so it does not print.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    fn fresh() -> Result<Self, DbError> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::bytes::<32>().map_err(chance)?)))
    }

    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    pub fn cookie_value(&self) -> &str {
        &self.0
    }

    fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Begins a session.
pub fn begin(
    c: &mut Conn,
    now: Moment,
    signed: &Signed,
    device: &str,
) -> Result<(SessionId, Token), DbError> {
    let (id, token) = (SessionId::new(), Token::fresh()?);
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token.digest()),
            sessions::id.eq(id),
            sessions::realm.eq(signed.realm.tag()),
            sessions::subject.eq(signed.subject.as_bytes().to_vec()),
            sessions::data.eq(Json(signed.clone())),
            sessions::device.eq(device),
            sessions::created_at.eq(Stamp::from(now)),
            sessions::seen_at.eq(Stamp::from(now)),
            sessions::ends_at.eq(Stamp::from(signed.realm.terms().end(now, now))),
        ))
        .execute(c)?;
    Ok((id, token))
}

/// The running session behind a token.
pub fn find(c: &mut Conn, now: Moment, realm: Realm, token: &Token) -> Result<Option<Session>, DbError> {
    type Row = (SessionId, Json<Signed>, Stamp, Stamp, Stamp);
    let row: Option<Row> = sessions::table
        .filter(sessions::token_hash.eq(token.digest()))
        .filter(sessions::realm.eq(realm.tag()))
        .filter(sessions::ends_at.gt(Stamp::from(now)))
        .select((sessions::id, sessions::data, sessions::created_at, sessions::seen_at, sessions::ends_at))
        .first(c)
        .optional()?;
    Ok(row.map(|(id, Json(signed), created, seen, ends)| Session {
        id,
        signed,
        created_at: created.moment(),
        seen_at: seen.moment(),
        ends_at: ends.moment(),
    }))
}

/// Whose session a token was, also for a while after it was over by itself. It lets nobody in.
pub(super) fn whose(
    c: &mut Conn,
    now: Moment,
    realm: Realm,
    token: &Token,
) -> Result<Option<Signed>, DbError> {
    let row: Option<Json<Signed>> = sessions::table
        .filter(sessions::token_hash.eq(token.digest()))
        .filter(sessions::realm.eq(realm.tag()))
        .filter(sessions::ends_at.gt(Stamp::from(now - REMEMBERED)))
        .select(sessions::data)
        .first(c)
        .optional()?;
    Ok(row.map(|Json(signed)| signed))
}

/// Notes that a session is in use, which moves its end. `None`: it is over.
pub fn touch(c: &mut Conn, now: Moment, realm: Realm, token: &Token) -> Result<Option<Moment>, DbError> {
    let Some(session) = find(c, now, realm, token)? else { return Ok(None) };
    let ends = realm.terms().end(session.created_at, now);
    let touched = diesel::update(sessions::table.filter(sessions::token_hash.eq(token.digest())))
        .set((sessions::seen_at.eq(Stamp::from(now)), sessions::ends_at.eq(Stamp::from(ends))))
        .execute(c)?;
    Ok((touched == 1).then_some(ends))
}

/// Gives a session another token and other contents, as must happen whenever what it may do grows. The old
/// token ends at once; the session keeps its name and its latest possible end. `None`: it was over.
pub fn renew(c: &mut Conn, now: Moment, token: &Token, signed: &Signed) -> Result<Option<Token>, DbError> {
    let Some(session) = find(c, now, signed.realm, token)? else { return Ok(None) };
    let fresh = Token::fresh()?;
    let ends = signed.realm.terms().end(session.created_at, now);
    // The same row, changed: whoever ends all sessions at the same moment ends this one as well, and one that was
    // ended meanwhile does not come back.
    let running = sessions::table
        .filter(sessions::token_hash.eq(token.digest()))
        .filter(sessions::ends_at.gt(Stamp::from(now)));
    let renewed = diesel::update(running)
        .set((
            sessions::token_hash.eq(fresh.digest()),
            sessions::subject.eq(signed.subject.as_bytes().to_vec()),
            sessions::data.eq(Json(signed.clone())),
            sessions::seen_at.eq(Stamp::from(now)),
            sessions::ends_at.eq(Stamp::from(ends)),
        ))
        .execute(c)?;
    Ok((renewed == 1).then_some(fresh))
}

/// Begins a session for somebody who proves anew who they are. Where it is the same person as before, the session
/// stays the same one under another token, so that sites they signed in to by it stay signed in; anybody else's
/// ends.
pub fn begin_anew(
    c: &mut Conn,
    now: Moment,
    old: &Token,
    signed: &Signed,
    device: &str,
) -> Result<Token, DbError> {
    let fresh = Token::fresh()?;
    let theirs = sessions::table
        .filter(sessions::token_hash.eq(old.digest()))
        .filter(sessions::realm.eq(signed.realm.tag()))
        .filter(sessions::subject.eq(signed.subject.as_bytes().to_vec()))
        .filter(sessions::ends_at.gt(Stamp::from(now)));
    // The same row, changed. One that was ended at the same moment stays ended, with the sites: this is another then.
    let same = diesel::update(theirs)
        .set((
            sessions::token_hash.eq(fresh.digest()),
            sessions::data.eq(Json(signed.clone())),
            sessions::device.eq(device),
            sessions::created_at.eq(Stamp::from(now)),
            sessions::seen_at.eq(Stamp::from(now)),
            sessions::ends_at.eq(Stamp::from(signed.realm.terms().end(now, now))),
        ))
        .execute(c)?;
    if same == 1 {
        return Ok(fresh);
    }
    end(c, old)?;
    Ok(begin(c, now, signed, device)?.1)
}

/// Ends a session at once.
pub fn end(c: &mut Conn, token: &Token) -> Result<(), DbError> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token.digest()))).execute(c)?;
    Ok(())
}

/// The running sessions of a person, the latest used first.
pub fn of(c: &mut Conn, now: Moment, realm: Realm, subject: Uuid) -> Result<Vec<Device>, DbError> {
    Ok(sessions::table
        .filter(sessions::subject.eq(subject.as_bytes().to_vec()))
        .filter(sessions::realm.eq(realm.tag()))
        .filter(sessions::ends_at.gt(Stamp::from(now)))
        .order((sessions::seen_at.desc(), sessions::id))
        .select((sessions::id, sessions::device, sessions::created_at, sessions::seen_at))
        .load(c)?)
}

/// Ends sessions of a person: the one named, or all of them, but never the one excepted. Says which ended.
pub fn end_of(
    c: &mut Conn,
    realm: Realm,
    subject: Uuid,
    which: Option<SessionId>,
    except: Option<SessionId>,
) -> Result<Vec<SessionId>, DbError> {
    let mine: Vec<SessionId> = sessions::table
        .filter(sessions::subject.eq(subject.as_bytes().to_vec()))
        .filter(sessions::realm.eq(realm.tag()))
        .select(sessions::id)
        .load(c)?;
    let ending: Vec<SessionId> =
        mine.into_iter().filter(|id| which.is_none_or(|which| which == *id) && except != Some(*id)).collect();
    diesel::delete(sessions::table.filter(sessions::id.eq_any(&ending))).execute(c)?;
    Ok(ending)
}

/// Removes sessions that are over and no longer needed to know whose answers were set aside.
pub fn sweep(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    Ok(diesel::delete(sessions::table.filter(sessions::ends_at.le(Stamp::from(now - REMEMBERED))))
        .execute(c)?)
}

fn chance(error: getrandom::Error) -> DbError {
    DbError::Query(diesel::result::Error::QueryBuilderError(error.into()))
}
