//! Reading inquiries: by the person whose they are, or from a seat, whose branch is part of every query.

use std::collections::HashMap;

use diesel::{dsl::not, prelude::*, sql_types::Bool};

use super::{
    model::{Inquiry, InquiryError, InquiryId, Kind, Level, Outcome},
    seat::Seat,
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{inquiries, inquiry_answers},
    },
    ledger::{LedgerError, LookId, Private, StaffId, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Where words are sealed. What citizens said keeps the place it had in its first table.
pub(super) const SAID: &str = "data_requests.said";
pub(super) const OBJECTION: &str = "inquiries.objection";
pub(super) const WORDS: &str = "inquiry_answers.words";
pub(super) const TURN_TO: &str = "inquiry_answers.turn_to";

/// Inquiries that a seat sees: those of its branch and below, and never one about a look of its own. A macro, because
/// the type of such a query cannot be written down.
macro_rules! seen_from {
    ($seat:expr, $states:expr) => {{
        let (me, own) = ($seat.member.id, $seat.member.branch());
        let (all, with_own) = (!$seat.is_given(), $seat.sees_own_branch());
        inquiries::table
            .filter(inquiries::state.eq_any($states))
            .filter(inquiries::branch.like(own.pattern()))
            .filter(inquiries::branch.ne(own.as_str().to_owned()).or(with_own.into_sql::<Bool>()))
            .filter(all.into_sql::<Bool>().or(inquiries::assigned_to.eq(Some(me))))
            .filter(inquiries::concerns.is_null().or(not(inquiries::concerns.eq(Some(me)))))
    }};
}

/// A stretch of what waits, the most urgent first, or of what is done, the latest first; and how many there are in all.
pub fn list(
    c: &mut Conn,
    seat: &Seat,
    done: bool,
    skip: i64,
    limit: i64,
) -> Result<(Vec<Inquiry>, i64), DbError> {
    let states = seat.states(done);
    let all: i64 = seen_from!(seat, states).count().get_result(c)?;
    let found = seen_from!(seat, states).offset(skip).limit(limit).select(Inquiry::as_select());
    let found = if done {
        found.order((inquiries::made_at.desc(), inquiries::id.desc())).load(c)?
    } else {
        found.order((inquiries::due_at, inquiries::id)).load(c)?
    };
    Ok((found, all))
}

/// How many of those that wait are late.
pub fn late(c: &mut Conn, seat: &Seat, now: Moment) -> Result<i64, DbError> {
    let waiting = seen_from!(seat, seat.states(false));
    Ok(waiting.filter(inquiries::due_at.le(Stamp::from(now))).count().get_result(c)?)
}

/// How many wait.
pub fn waiting(c: &mut Conn, seat: &Seat) -> Result<i64, DbError> {
    Ok(seen_from!(seat, seat.states(false)).count().get_result(c)?)
}

/// One, if the seat sees it. One of another branch is as unknown as none.
pub fn one(c: &mut Conn, seat: &Seat, id: InquiryId) -> Result<Inquiry, InquiryError> {
    let states: Vec<&str> = [false, true].iter().flat_map(|done| seat.states(*done)).copied().collect();
    let found = seen_from!(seat, states).filter(inquiries::id.eq(id)).select(Inquiry::as_select());
    found.first(c).optional()?.ok_or(InquiryError::Unknown)
}

/// An answer, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub level: Level,
    pub outcome: Outcome,
    pub words: String,
    /// Where else the person can turn.
    pub turn_to: Option<String>,
    pub by: StaffId,
    pub at: Moment,
}

/// An inquiry, opened.
#[derive(Debug, Clone)]
pub struct Told {
    pub inquiry: Inquiry,
    /// The look that is asked about.
    pub look: Option<LookId>,
    /// Of a correction: the kind of data, and the person's words.
    pub said: Option<(String, String)>,
    /// What was missing in the answer, if the person said so.
    pub objection: Option<String>,
    pub answers: Vec<Given>,
}

/// Everything the person asked whom the warrant is for, the latest first: about these looks, or all that is no
/// question about a look.
pub fn mine(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    about: Option<&[LookId]>,
) -> Result<Vec<Told>, LedgerError> {
    let own = inquiries::table
        .filter(inquiries::citizen_id.eq(warrant.citizen()))
        .order((inquiries::made_at.desc(), inquiries::id.desc()))
        .select(Inquiry::as_select());
    let found: Vec<Inquiry> = match about {
        Some(looks) => own.filter(inquiries::look_id.eq_any(looks.iter().copied().map(Some))).load(c)?,
        None => own.filter(inquiries::kind.eq(Kind::Correct.tag())).load(c)?,
    };
    opened(c, ring, warrant, found)
}

/// Everything the person asked, for their copy.
pub(super) fn all_of(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Told>, LedgerError> {
    let found = inquiries::table
        .filter(inquiries::citizen_id.eq(warrant.citizen()))
        .order((inquiries::made_at, inquiries::id))
        .select(Inquiry::as_select())
        .load(c)?;
    opened(c, ring, warrant, found)
}

/// One of the person's own.
pub fn own(c: &mut Conn, ring: &KeyRing, warrant: &Warrant, id: InquiryId) -> Result<Told, InquiryError> {
    let found: Option<Inquiry> =
        inquiries::table.find((warrant.citizen(), id)).select(Inquiry::as_select()).first(c).optional()?;
    let found = vec![found.ok_or(InquiryError::Unknown)?];
    opened(c, ring, warrant, found)?.pop().ok_or(InquiryError::Unknown)
}

type AnswerRow = (InquiryId, String, String, Private, Option<Private>, StaffId, Stamp);

/// Opens inquiries of the person whom the warrant is for, with their answers.
pub(super) fn opened(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    found: Vec<Inquiry>,
) -> Result<Vec<Told>, LedgerError> {
    let ids: Vec<InquiryId> = found.iter().map(|inquiry| inquiry.id).collect();
    let rows: Vec<AnswerRow> = inquiry_answers::table
        .filter(inquiry_answers::citizen_id.eq(warrant.citizen()))
        .filter(inquiry_answers::inquiry_id.eq_any(&ids))
        .order((inquiry_answers::answered_at, inquiry_answers::id))
        .select((
            inquiry_answers::inquiry_id,
            inquiry_answers::level,
            inquiry_answers::outcome,
            inquiry_answers::words,
            inquiry_answers::turn_to,
            inquiry_answers::answered_by,
            inquiry_answers::answered_at,
        ))
        .load(c)?;
    let mut answers: HashMap<InquiryId, Vec<Given>> = HashMap::new();
    for (id, level, outcome, words, turn_to, by, at) in rows {
        let given = Given {
            level: Level::named(&level),
            outcome: Outcome::kept(&outcome),
            words: warrant.open(c, ring, WORDS, &words)?,
            turn_to: turn_to.map(|words| warrant.open(c, ring, TURN_TO, &words)).transpose()?,
            by,
            at: at.moment(),
        };
        answers.entry(id).or_default().push(given);
    }
    let mut told = Vec::with_capacity(found.len());
    for inquiry in found {
        let said = inquiry.said.as_ref().map(|said| warrant.open(c, ring, SAID, said)).transpose()?;
        let objection =
            inquiry.objection.as_ref().map(|words| warrant.open(c, ring, OBJECTION, words)).transpose()?;
        told.push(Told {
            look: inquiry.look_id,
            said: said.map(|said| match said.split_once('\n') {
                Some((what, words)) => (what.to_owned(), words.to_owned()),
                None => ("other".to_owned(), said),
            }),
            objection,
            answers: answers.remove(&inquiry.id).unwrap_or_default(),
            inquiry,
        });
    }
    Ok(told)
}
