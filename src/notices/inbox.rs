//! What was said to somebody, as they read it.

use diesel::prelude::*;

use super::{
    model::{NoticeId, Principal},
    news::{News, Shown},
    say::CONTENT,
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{notice_ways, notices},
    },
    ledger::{CitizenId, LedgerError, Private, Warrant},
    platform::{Moment, Texts, keys::KeyRing},
    web::frame::CityLine,
};

/// A notice of somebody.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub id: NoticeId,
    pub said_at: Moment,
    pub read: bool,
    pub shown: Shown,
    /// Whose matter it is, where its reader acts for somebody.
    pub principal: Option<Principal>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notices)]
struct Row {
    id: NoticeId,
    content: Private,
    said_at: Stamp,
    read_at: Option<Stamp>,
    principal: Option<String>,
}

impl Row {
    fn open(
        self,
        c: &mut Conn,
        ring: &KeyRing,
        warrant: &Warrant,
        (t, line): (Texts, &CityLine),
    ) -> Result<Notice, LedgerError> {
        let content = warrant.open(c, ring, CONTENT, &self.content)?;
        let news: News = serde_json::from_str(&content).map_err(|_| LedgerError::Sealed)?;
        Ok(Notice {
            id: self.id,
            said_at: self.said_at.moment(),
            read: self.read_at.is_some(),
            shown: news.shown(t, line),
            principal: self.principal.as_deref().and_then(Principal::named),
        })
    }
}

/// A part of the inbox, the newest first, and how many there are.
pub(super) fn list(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    said: (Texts, &CityLine),
    (after, most): (i64, i64),
) -> Result<(Vec<Notice>, i64), LedgerError> {
    let whose = notices::citizen_id.eq(warrant.citizen());
    let all: i64 = notices::table.filter(whose).count().get_result(c)?;
    let rows: Vec<Row> = notices::table
        .filter(whose)
        .order(notices::id.desc())
        .offset(after)
        .limit(most)
        .select(Row::as_select())
        .load(c)?;
    let opened = rows.into_iter().map(|row| row.open(c, ring, warrant, said));
    Ok((opened.collect::<Result<_, _>>()?, all))
}

/// How many somebody has not read.
pub fn unread(c: &mut Conn, citizen: CitizenId) -> Result<i64, DbError> {
    let unread = notices::table.filter(notices::citizen_id.eq(citizen)).filter(notices::read_at.is_null());
    Ok(unread.count().get_result(c)?)
}

/// Where else a notice went.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = notice_ways)]
pub(super) struct WentTo {
    pub channel: String,
    pub state: String,
    pub reason: Option<String>,
    pub arrived_at: Option<Stamp>,
}

/// One notice, which is read from now on, and where else it went.
pub(super) fn read(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    warrant: &Warrant,
    id: NoticeId,
    said: (Texts, &CityLine),
) -> Result<Option<(Notice, Vec<WentTo>)>, LedgerError> {
    let place = (warrant.citizen(), id);
    let row: Option<Row> = notices::table.find(place).select(Row::as_select()).first(c).optional()?;
    let Some(row) = row else { return Ok(None) };
    if row.read_at.is_none() {
        diesel::update(notices::table.find(place).filter(notices::read_at.is_null()))
            .set(notices::read_at.eq(Some(Stamp::from(now))))
            .execute(c)?;
    }
    let ways: Vec<WentTo> = notice_ways::table
        .filter(notice_ways::citizen_id.eq(warrant.citizen()))
        .filter(notice_ways::notice_id.eq(id))
        .order(notice_ways::id)
        .select(WentTo::as_select())
        .load(c)?;
    Ok(Some((row.open(c, ring, warrant, said)?, ways)))
}

/// All of somebody's are read.
pub(super) fn read_all(c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), DbError> {
    let unread = notices::table.filter(notices::citizen_id.eq(citizen)).filter(notices::read_at.is_null());
    diesel::update(unread).set(notices::read_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(())
}
