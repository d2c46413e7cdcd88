//! Records of households, from the first to the last visit. The agencies of whoever reads or writes stand in every query.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{ABOUT, Household, HouseholdError, HouseholdId, Outcome, VisitId, WORDS};
use crate::{
    accounts::{
        self, Details, IdentityNumber,
        staff::counter::{By, Deed, look_up},
    },
    db::{
        Conn, Stamp,
        schema::{household_visits, households},
    },
    each,
    ledger::{self, Actor, Basis, CitizenId, Look, Private, Purpose, StaffId, Warrant},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// So many stand on a person's own page, and so many visits are shown.
const MOST: i64 = 100;

/// What is written down of a household.
#[derive(Debug, Clone)]
pub struct New {
    pub agency: String,
    pub service: String,
    pub district: Option<String>,
    pub members: i32,
    pub about: String,
    pub next_on: NaiveDate,
}

/// Begins a record for whoever has this number; the one that is there already is found again. None: nobody has it.
pub fn begin(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    (staff, reason): (StaffId, &str),
    number: &IdentityNumber,
    new: &New,
) -> Result<Option<HouseholdId>, HouseholdError> {
    let deed = Deed { staff, now, reason: reason.to_owned() };
    let found = look_up(c, ring, &deed, &By::Number(number.clone()))?.filter(|found| found.open);
    let Some(citizen) = found.map(|found| found.citizen) else { return Ok(None) };
    let row = (
        households::citizen_id.eq(citizen),
        households::id.eq(HouseholdId::new()),
        households::agency.eq(&new.agency),
        households::service.eq(&new.service),
        households::district.eq(&new.district),
        households::members.eq(new.members),
        households::about.eq(ledger::seal(c, ring, citizen, ABOUT, &new.about)?),
        households::opened_at.eq(Stamp::from(now)),
        households::next_on.eq(new.next_on),
    );
    each!(c, |c| diesel::insert_into(households::table).values(row).on_conflict_do_nothing().execute(c))?;
    let kept = households::table
        .filter(households::citizen_id.eq(citizen))
        .filter(households::service.eq(&new.service))
        .filter(households::ended_on.is_null())
        .select(households::id)
        .first(c)
        .optional()?;
    Ok(kept)
}

/// Which records a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    Open,
    Late,
    Ended,
}

impl Show {
    pub const ALL: [Self; 3] = [Self::Open, Self::Late, Self::Ended];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Late => "late",
            Self::Ended => "ended",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.tag() == tag)
    }
}

/// Those that a list shows. A macro, because the type of such a query cannot be written down.
macro_rules! shown {
    ($agencies:expr, $show:expr, $today:expr) => {{
        let all = households::table.filter(households::agency.eq_any($agencies.to_vec())).into_boxed();
        match $show {
            Show::Open => all.filter(households::ended_on.is_null()),
            Show::Late => all.filter(households::ended_on.is_null()).filter(households::next_on.lt($today)),
            Show::Ended => all.filter(households::ended_on.is_not_null()),
        }
    }};
}

/// A stretch of some agencies' records, the next visit first, and how many there are in all. It opens nobody's.
pub fn list(
    c: &mut Conn,
    agencies: &[String],
    (show, today): (Show, NaiveDate),
    (skip, limit): (i64, i64),
) -> Result<(Vec<Household>, i64), HouseholdError> {
    let all: i64 = shown!(agencies, show, today).count().get_result(c)?;
    let found = shown!(agencies, show, today)
        .order((households::next_on, households::id))
        .offset(skip)
        .limit(limit)
        .select(Household::as_select())
        .load(c)?;
    Ok((found, all))
}

/// A visit, as it is read.
#[derive(Debug, Clone)]
pub struct Visit {
    pub on: NaiveDate,
    pub outcome: Outcome,
    pub words: String,
}

/// A record with everything in it.
#[derive(Debug)]
pub struct Whole {
    pub household: Household,
    pub about: String,
    /// The latest first.
    pub visits: Vec<Visit>,
}

/// Opens a record for staff of its agency, with whom it is about: a look in that person's record.
pub fn opened(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    (staff, agencies): (StaffId, &[String]),
    id: HouseholdId,
) -> Result<(Whole, Details), HouseholdError> {
    let household: Option<Household> = households::table
        .filter(households::id.eq(id))
        .filter(households::agency.eq_any(agencies.to_vec()))
        .select(Household::as_select())
        .first(c)
        .optional()?;
    let household = household.ok_or(HouseholdError::Unknown)?;
    let warrant = ledger::look(c, ring, now, &look(staff, &household, &["name", "phone", "household"]))?;
    let who = accounts::details(c, ring, &warrant)?;
    let mut all = wholes(c, ring, &warrant, vec![household])?;
    Ok((all.pop().ok_or(HouseholdError::Unknown)?, who))
}

fn look<'a>(staff: StaffId, household: &'a Household, fields: &'a [&'a str]) -> Look<'a> {
    Look {
        citizen: household.citizen_id,
        actor: Actor::Staff(staff),
        purpose: Purpose::Service,
        basis: Basis::Duty,
        fields,
        detail: Some(&household.service),
    }
}

/// What is kept about somebody's own household, for them.
pub fn own(c: &mut Conn, ring: &KeyRing, citizen: CitizenId) -> Result<Vec<Whole>, HouseholdError> {
    let theirs = households::table
        .filter(households::citizen_id.eq(citizen))
        .order(households::id.desc())
        .limit(MOST)
        .select(Household::as_select())
        .load(c)?;
    wholes(c, ring, &ledger::own(citizen), theirs)
}

type Row = (HouseholdId, NaiveDate, String, Private);

/// Opens some records of one person.
fn wholes(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    all: Vec<Household>,
) -> Result<Vec<Whole>, HouseholdError> {
    let ids: Vec<HouseholdId> = all.iter().map(|household| household.id).collect();
    let rows: Vec<Row> = household_visits::table
        .filter(household_visits::citizen_id.eq(warrant.citizen()))
        .filter(household_visits::household_id.eq_any(ids))
        .order((household_visits::visited_on.desc(), household_visits::id.desc()))
        .limit(MOST)
        .select((
            household_visits::household_id,
            household_visits::visited_on,
            household_visits::outcome,
            household_visits::words,
        ))
        .load(c)?;
    let mut visits = Vec::with_capacity(rows.len());
    for (id, on, outcome, words) in rows {
        let named = Outcome::named(&outcome);
        let outcome = named.ok_or_else(|| HouseholdError::Stored(format!("the outcome {outcome}")))?;
        visits.push((id, Visit { on, outcome, words: warrant.open(c, ring, WORDS, &words)? }));
    }
    let mut wholes = Vec::with_capacity(all.len());
    for household in all {
        let about = warrant.open(c, ring, ABOUT, &household.about)?;
        let theirs = visits.iter().filter(|(id, _)| *id == household.id).map(|(_, visit)| visit.clone());
        let visits = theirs.collect();
        wholes.push(Whole { household, about, visits });
    }
    Ok(wholes)
}

/// What staff do with a record.
#[derive(Debug, Clone)]
pub enum Work {
    /// Writes a visit down, and by when the next one is.
    Visit(Visit, NaiveDate),
    /// Puts down anew how many live there, and what they live on and need.
    Change(i32, String),
    /// Nobody looks in any more.
    End,
}

/// Does it. `seen`: how many visits there were when they decided to, so that the second of two clicks does nothing.
pub fn work(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    (staff, agencies): (StaffId, &[String]),
    (id, seen): (HouseholdId, i64),
    work: &Work,
) -> Result<(), HouseholdError> {
    let household = held(c, agencies, id)?;
    if household.ended_on.is_some() || visits(c, &household)? != seen {
        return Err(HouseholdError::Meanwhile);
    }
    let citizen = household.citizen_id;
    let this = households::table.find((citizen, id));
    match work {
        Work::Visit(visit, next_on) => {
            write(c, (ring, now), staff, &household, visit)?;
            let last = household.visited_on.map_or(visit.on, |before| before.max(visit.on));
            diesel::update(this)
                .set((households::visited_on.eq(Some(last)), households::next_on.eq(*next_on)))
                .execute(c)?;
        }
        Work::Change(members, about) => {
            let about = ledger::seal(c, ring, citizen, ABOUT, about)?;
            diesel::update(this)
                .set((households::members.eq(*members), households::about.eq(about)))
                .execute(c)?;
        }
        Work::End => {
            diesel::update(this).set(households::ended_on.eq(Some(city_day(now)))).execute(c)?;
        }
    }
    ledger::act(c, ring, now, &look(staff, &household, &[]))?;
    Ok(())
}

fn write(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    staff: StaffId,
    household: &Household,
    visit: &Visit,
) -> Result<(), HouseholdError> {
    let words = ledger::seal(c, ring, household.citizen_id, WORDS, &visit.words)?;
    diesel::insert_into(household_visits::table)
        .values((
            household_visits::citizen_id.eq(household.citizen_id),
            household_visits::id.eq(VisitId::new()),
            household_visits::household_id.eq(household.id),
            household_visits::agency.eq(&household.agency),
            household_visits::service.eq(&household.service),
            household_visits::visited_on.eq(visit.on),
            household_visits::outcome.eq(visit.outcome.tag()),
            household_visits::words.eq(words),
            household_visits::made_by.eq(staff),
            household_visits::made_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// A record for whoever is about to change it: nobody else does so meanwhile.
fn held(c: &mut Conn, agencies: &[String], id: HouseholdId) -> Result<Household, HouseholdError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let theirs =
        households::table.filter(households::id.eq(id)).filter(households::agency.eq_any(agencies.to_vec()));
    diesel::update(theirs).set(households::next_on.eq(households::next_on)).execute(c)?;
    let found: Option<Household> = households::table
        .filter(households::id.eq(id))
        .filter(households::agency.eq_any(agencies.to_vec()))
        .select(Household::as_select())
        .first(c)
        .optional()?;
    found.ok_or(HouseholdError::Unknown)
}

fn visits(c: &mut Conn, household: &Household) -> Result<i64, HouseholdError> {
    Ok(household_visits::table
        .filter(household_visits::citizen_id.eq(household.citizen_id))
        .filter(household_visits::household_id.eq(household.id))
        .count()
        .get_result(c)?)
}
