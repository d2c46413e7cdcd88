//! The ledger as the person it is about reads it: who looked, for what, and the question why.

use diesel::prelude::*;

use super::{Basis, CitizenId, LedgerError, LookId, Purpose, Warrant, entry::Entry, looks::DETAIL};
use crate::{
    db::{
        Conn, Stamp,
        schema::{look_questions, looks},
    },
    each, id,
    platform::{Moment, keys::KeyRing},
};

id! {
    /// A question about a look.
    QuestionId
}

/// Where an answer is sealed.
const ANSWER: &str = "look_questions.answer";

/// A look, as it is told to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub id: LookId,
    pub at: Moment,
    pub who: Who,
    /// Absent only if somebody tampered with the ledger; the verification names it.
    pub purpose: Option<Purpose>,
    pub basis: Option<Basis>,
    pub fields: Vec<String>,
    /// The reason given, or the service in whose name it happened.
    pub detail: Option<String>,
    pub asked: Option<Asked>,
}

/// Who looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The person themself.
    Yourself,
    /// Another citizen, who acts for the person.
    Citizen,
    Staff,
    /// By its public name.
    Agency(String),
    /// The portal itself, by the name of what it does.
    Portal(String),
}

/// What the person asked about a look, and what they heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub at: Moment,
    pub answered_at: Option<Moment>,
    pub answer: Option<String>,
}

/// A question as it is kept: the look, when it was asked, when answered, and how.
type Row = (LookId, Stamp, Option<Stamp>, Option<super::Private>);

/// The looks at the person the warrant is for, the latest first, and how many there are in all.
pub fn seen(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    skip: i64,
    limit: i64,
) -> Result<(Vec<Seen>, i64), LedgerError> {
    let citizen = warrant.citizen();
    let mine = looks::table.filter(looks::citizen_id.eq(citizen));
    let all: i64 = mine.count().get_result(c)?;
    let entries: Vec<Entry> = mine
        .order((looks::at.desc(), looks::id.desc()))
        .offset(skip)
        .limit(limit)
        .select(Entry::as_select())
        .load(c)?;
    let ids: Vec<LookId> = entries.iter().map(|entry| entry.id).collect();
    let questions: Vec<Row> = look_questions::table
        .filter(look_questions::citizen_id.eq(citizen))
        .filter(look_questions::look_id.eq_any(&ids))
        .select((
            look_questions::look_id,
            look_questions::asked_at,
            look_questions::answered_at,
            look_questions::answer,
        ))
        .load(c)?;
    let mut told = Vec::with_capacity(entries.len());
    for entry in entries {
        let detail = match &entry.detail {
            Some(detail) => Some(warrant.open(c, ring, DETAIL, detail)?),
            None => None,
        };
        let asked = match questions.iter().find(|(look, ..)| *look == entry.id) {
            Some((_, at, answered, answer)) => {
                let answer =
                    answer.as_ref().map(|answer| warrant.open(c, ring, ANSWER, answer)).transpose()?;
                Some(Asked { at: at.moment(), answered_at: answered.map(Stamp::moment), answer })
            }
            None => None,
        };
        told.push(Seen {
            id: entry.id,
            at: entry.at.moment(),
            who: who(citizen, &entry),
            purpose: Purpose::named(&entry.purpose),
            basis: Basis::named(&entry.basis),
            fields: serde_json::from_str(&entry.fields).unwrap_or_default(),
            detail,
            asked,
        });
    }
    Ok((told, all))
}

fn who(citizen: CitizenId, entry: &Entry) -> Who {
    match entry.actor_kind.as_str() {
        "citizen" if entry.actor == citizen.to_string() => Who::Yourself,
        "citizen" => Who::Citizen,
        "staff" => Who::Staff,
        "agency" => Who::Agency(entry.actor.clone()),
        _ => Who::Portal(entry.actor.clone()),
    }
}

/// Writes down that a person asks why they were looked at. Asking again changes nothing. `false`: there is no
/// such look at this person.
pub fn ask(c: &mut Conn, now: Moment, citizen: CitizenId, look: LookId) -> Result<bool, LedgerError> {
    let found: Option<LookId> = looks::table.find((citizen, look)).select(looks::id).first(c).optional()?;
    if found.is_none() {
        return Ok(false);
    }
    let question = (
        look_questions::citizen_id.eq(citizen),
        look_questions::id.eq(QuestionId::new()),
        look_questions::look_id.eq(look),
        look_questions::asked_at.eq(Stamp::from(now)),
    );
    each!(c, |c| diesel::insert_into(look_questions::table)
        .values(question)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(true)
}
