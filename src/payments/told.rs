//! What agencies say by themselves that somebody owes: `due.raised`. It is shown and reminded of as it was told. What is paid
//! in the end is what the agency says when it is asked.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::{
    capability::{
        EventKind,
        dues::{Due, Status},
        event::DueRaised,
    },
    text::is_unprintable,
};

use super::{
    PayError,
    life::State,
    model::Order,
    order::due_key,
    queries::{own, was_paid},
};
use crate::{
    accounts::acting::{self, Refused},
    db::{
        Conn, DbError, Stamp,
        schema::{payment_orders, told_dues},
    },
    gateway::{
        self,
        events::{Applies, Inbound, Settled},
    },
    id,
    jobs::{self, Job},
    ledger::{self, CitizenId, LedgerError, Private},
    notices::DueNews,
    platform::{Moment, clock::city_day, keys::KeyRing},
    web::session::Signed,
};

id! {
    /// Something that an agency says is owed.
    ToldId
}

/// Where its number and its words are sealed.
pub(super) const DUE: &str = "told_dues.due";
pub(super) const TITLE: &str = "told_dues.title";
/// As a look is recorded.
const FIELDS: [&str; 1] = ["dues"];
/// So many stand on a page.
const MOST: i64 = 100;
/// Longer numbers and words are no bill's.
const LONGEST: usize = 200;
/// A payment may be a little older than the news that it answers.
const BEFORE: TimeDelta = TimeDelta::days(1);

/// Something owed, as the agency said it last.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = told_dues, primary_key(citizen_id, id), treat_none_as_null = true)]
pub struct ToldDue {
    pub citizen_id: CitizenId,
    pub id: ToldId,
    pub agency: String,
    pub service: String,
    pub due: Private,
    pub due_key: Vec<u8>,
    pub title: Private,
    pub status: String,
    pub amount_fen: i64,
    pub surcharge_fen: i64,
    pub due_on: Option<NaiveDate>,
    pub raised_on: NaiveDate,
    pub told_at: Stamp,
}

impl ToldDue {
    fn is_open(&self) -> bool {
        self.status == tag(Status::Open)
    }
}

const fn tag(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Settled => "settled",
        Status::Cancelled => "cancelled",
        Status::Refunded => "refunded",
        Status::Pending => "pending",
    }
}

/// Something somebody owes is another than before: whoever keeps dates hears of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Owed {
    pub citizen: CitizenId,
    pub due: ToldId,
}

impl Job for Owed {
    const KIND: &'static str = "payments.owed";

    fn key(&self) -> Option<String> {
        Some(self.due.to_string())
    }
}

/// Events about what is owed.
pub struct Raised(pub Arc<KeyRing>);

impl Applies for Raised {
    fn kind(&self) -> EventKind {
        EventKind::DueRaised
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(told) = serde_json::from_value::<DueRaised>(event.data.clone()) else {
            return Ok(Settled::Refused("it does not have the form of a due"));
        };
        let Some(said) = Said::of(&told) else {
            return Ok(Settled::Refused("its amount, number or title is none that a due has"));
        };
        let Some(citizen) = gateway::introduced(c, &event.agency, &told.subject)? else {
            return Ok(Settled::Refused("nobody of that name was introduced to this agency"));
        };
        match take(c, &self.0, (now, event.happened_at.min(now)), (citizen, &event.agency), &said) {
            Ok(()) => Ok(Settled::Applied),
            Err(PayError::Db(error) | PayError::Ledger(LedgerError::Db(error))) => Err(error),
            // They closed their account.
            Err(PayError::Ledger(LedgerError::Erased)) => Ok(Settled::Refused("the person is gone")),
            Err(error) => {
                tracing::error!(agency = event.agency, %error, "an event about a due cannot be applied");
                Ok(Settled::Refused("it cannot be applied"))
            }
        }
    }
}

/// What an agency said, as far as it can be kept.
struct Said<'a> {
    service: &'a str,
    due: &'a Due,
    amount_fen: i64,
    surcharge_fen: i64,
}

impl<'a> Said<'a> {
    fn of(told: &'a DueRaised) -> Option<Self> {
        let due = &told.due;
        let plain =
            |text: &str| !text.is_empty() && text.len() <= LONGEST && !text.chars().any(is_unprintable);
        let fen = |fen: u64| i64::try_from(fen).ok();
        let (amount_fen, surcharge_fen) = (fen(due.amount_fen)?, fen(due.surcharge_fen)?);
        let sane = plain(&due.reference) && plain(&due.title) && surcharge_fen <= amount_fen;
        sane.then_some(Self { service: &told.service, due, amount_fen, surcharge_fen })
    }
}

/// What a person hears of a due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    Raised,
    Changed,
    Gone,
}

impl News {
    /// What is new about it. That it is paid its payer hears from the payment.
    fn of(before: Option<&ToldDue>, after: &ToldDue) -> Option<Self> {
        match before.filter(|before| before.is_open()) {
            None => after.is_open().then_some(Self::Raised),
            Some(before) if after.is_open() => {
                let same = (before.amount_fen, before.due_on) == (after.amount_fen, after.due_on);
                (!same).then_some(Self::Changed)
            }
            Some(_) => (after.status == tag(Status::Cancelled)).then_some(Self::Gone),
        }
    }

    const fn tag(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// Takes over what an agency said, and has the person told.
fn take(
    c: &mut Conn,
    ring: &KeyRing,
    (now, at): (Moment, Moment),
    (citizen, agency): (CitizenId, &str),
    said: &Said<'_>,
) -> Result<(), PayError> {
    let key = due_key(ring, agency, &said.due.reference);
    let of = told_dues::table
        .filter(told_dues::citizen_id.eq(citizen))
        .filter(told_dues::due_key.eq(&key))
        .select(ToldDue::as_select());
    let before: Option<ToldDue> = of.first(c).optional()?;
    // What never was owed here, and is not now, is nobody's business.
    if before.is_none() && said.due.status != Status::Open {
        return Ok(());
    }
    let raised_on = said.due.raised.unwrap_or_else(|| city_day(at));
    let after = ToldDue {
        citizen_id: citizen,
        id: before.as_ref().map_or_else(ToldId::new, |before| before.id),
        agency: agency.to_owned(),
        service: said.service.to_owned(),
        due: ledger::seal(c, ring, citizen, DUE, &said.due.reference)?,
        due_key: key,
        title: ledger::seal(c, ring, citizen, TITLE, &said.due.title)?,
        status: tag(said.due.status).to_owned(),
        amount_fen: said.amount_fen,
        surcharge_fen: said.surcharge_fen,
        due_on: said.due.due,
        raised_on,
        told_at: at.into(),
    };
    if before.is_some() {
        diesel::update(told_dues::table.find((citizen, after.id))).set(&after).execute(c)?;
    } else {
        diesel::insert_into(told_dues::table).values(&after).execute(c)?;
    }
    // Whoever has just paid it need not hear that it is owed.
    if let Some(news) = News::of(before.as_ref(), &after)
        && (news == News::Gone || !is_paid(c, &after)?)
    {
        tell(c, now, &after, news)?;
    }
    jobs::enqueue(c, now, &Owed { citizen, due: after.id })?;
    Ok(())
}

fn tell(c: &mut Conn, now: Moment, due: &ToldDue, news: News) -> Result<(), DbError> {
    let news = DueNews {
        citizen: due.citizen_id,
        due: due.id.to_string(),
        service: due.service.clone(),
        agency: due.agency.clone(),
        stands: news.tag().to_owned(),
        amount_fen: due.amount_fen.unsigned_abs(),
        due_on: due.due_on,
    };
    jobs::enqueue(c, now, &news)?;
    Ok(())
}

/// Whether somebody's money for it is here: the agency may not have heard.
fn is_paid(c: &mut Conn, due: &ToldDue) -> Result<bool, PayError> {
    was_paid(c, &due.due_key, due.told_at.moment() - BEFORE)
}

/// An order has moved: what it pays is owed no more, or again.
pub(super) fn follow(c: &mut Conn, now: Moment, order: &Order, to: State) -> Result<(), PayError> {
    if !matches!(to, State::Paid | State::Settled | State::Refunded) {
        return Ok(());
    }
    let key: Vec<u8> = own(order).select(payment_orders::due_key).first(c)?;
    let told = || told_dues::table.filter(told_dues::due_key.eq(&key));
    if to == State::Settled {
        diesel::update(told()).set(told_dues::status.eq(tag(Status::Settled))).execute(c)?;
    }
    let of: Vec<(CitizenId, ToldId)> = told().select((told_dues::citizen_id, told_dues::id)).load(c)?;
    for (citizen, due) in of {
        jobs::enqueue(c, now, &Owed { citizen, due })?;
    }
    Ok(())
}

/// What is dated of a due.
#[derive(Debug)]
pub struct Dates {
    /// Code of the service that pays it.
    pub service: String,
    /// Until when it can be paid in time, and since when it is owed; nothing, if it is not owed or has no such day.
    pub until: Option<(NaiveDate, NaiveDate)>,
}

/// When a due is to be paid. `None`: there is none.
pub fn dates(c: &mut Conn, citizen: CitizenId, id: ToldId) -> Result<Option<Dates>, PayError> {
    let Some(due) = one(c, citizen, id)? else { return Ok(None) };
    let owed = due.is_open() && !is_paid(c, &due)?;
    let until = due.due_on.filter(|_| owed).map(|day| (day, due.raised_on));
    Ok(Some(Dates { service: due.service, until }))
}

fn one(c: &mut Conn, citizen: CitizenId, id: ToldId) -> Result<Option<ToldDue>, DbError> {
    Ok(told_dues::table.find((citizen, id)).select(ToldDue::as_select()).first(c).optional()?)
}

/// Whose dues are shown: the reader's own, or those of somebody for whom they act in everything.
fn whose(c: &mut Conn, now: Moment, signed: &Signed) -> Result<Option<acting::Party>, DbError> {
    match acting::in_everything(c, now, signed) {
        Ok(party) => Ok(Some(party)),
        Err(Refused::Db(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// What somebody owes, with the agencies' words for it; what is to be paid first stands first.
pub fn open(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    signed: &Signed,
) -> Result<Vec<(ToldDue, String)>, PayError> {
    let Some(party) = whose(c, now, signed)? else { return Ok(Vec::new()) };
    let Some(citizen) = party.citizen() else { return Ok(Vec::new()) };
    let mut dues: Vec<ToldDue> = told_dues::table
        .filter(told_dues::citizen_id.eq(citizen))
        .filter(told_dues::status.eq(tag(Status::Open)))
        .order(told_dues::id.desc())
        .limit(MOST)
        .select(ToldDue::as_select())
        .load(c)?;
    if dues.is_empty() {
        return Ok(Vec::new());
    }
    dues.sort_by_key(|due| (due.due_on.is_none(), due.due_on));
    let warrant = acting::see(c, ring, now, &party, &FIELDS)?;
    let named = |due: ToldDue| {
        let title = warrant.open(c, ring, TITLE, &due.title)?;
        Ok((due, title))
    };
    dues.into_iter().map(named).collect()
}

/// The service that pays one of somebody's dues, and the agency's number of it.
pub fn number(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (signed, id): (&Signed, ToldId),
) -> Result<Option<(String, String)>, PayError> {
    let Some(party) = whose(c, now, signed)? else { return Ok(None) };
    let Some(citizen) = party.citizen() else { return Ok(None) };
    let Some(due) = one(c, citizen, id)? else { return Ok(None) };
    let warrant = acting::see(c, ring, now, &party, &FIELDS)?;
    Ok(Some((due.service, warrant.open(c, ring, DUE, &due.due)?)))
}
