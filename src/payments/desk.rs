//! What waits for a person: orders that no machine could end, refunds that were asked for, and what the three parties do
//! not agree on. Everything done here has a name and a reason.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    PayError,
    back::GiveBack,
    compare::Difference,
    life::{Act, By, State},
    model::{Order, REASON},
    queries::{self, own},
    reconcile::Open,
    settle::{Settle, book},
    steps::{self, Word},
    till::Ask,
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{payment_days, payment_differences, payment_orders},
    },
    each, id, jobs,
    ledger::{self, Actor, Basis, Look, Purpose, StaffId},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

id! {
    /// A difference.
    DifferenceId
}

/// More than this is not read at once, the oldest first.
const AT_ONCE: i64 = 2_000;
/// The kind of the row that says why a person did something with an order.
const DECISION: &str = "decision";
/// Who settles a difference that has gone by itself.
const BY_ITSELF: &str = "portal";

/// A difference as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payment_differences)]
pub struct Row {
    pub day: NaiveDate,
    pub reference: String,
    pub kind: String,
    pub portal_fen: Option<i64>,
    pub provider_fen: Option<i64>,
    pub agency_says: Option<String>,
}

/// A day that was compared.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = payment_days)]
#[expect(clippy::struct_field_names, reason = "the day that was compared")]
pub struct Day {
    pub day: NaiveDate,
    pub provider: String,
    pub closed: bool,
    pub payments: i32,
    pub refunds: i32,
    pub in_fen: i64,
    pub out_fen: i64,
    pub on_the_way: i32,
    pub unchecked: i32,
    pub differences: i32,
}

/// Writes down what differs, each once. What a person has explained stays explained; what has gone by itself is settled.
pub(super) fn note(
    c: &mut Conn,
    now: Moment,
    (day, provider): (NaiveDate, &str),
    looked_at: &[&str],
    found: &[(String, Difference)],
) -> Result<(), PayError> {
    for (says, one) in found {
        let row = (
            payment_differences::id.eq(DifferenceId::new()),
            payment_differences::day.eq(day),
            payment_differences::provider.eq(provider),
            payment_differences::reference.eq(&one.reference),
            payment_differences::kind.eq(one.kind.tag()),
            payment_differences::portal_fen.eq(one.portal_fen),
            payment_differences::provider_fen.eq(one.provider_fen),
            payment_differences::agency_says.eq(Some(says.as_str()).filter(|says| !says.is_empty())),
            payment_differences::found_at.eq(Stamp::from(now)),
        );
        each!(c, |c| diesel::insert_into(payment_differences::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    let open = open_of_day(c, day, provider)?;
    let still = |one: &Open| {
        found.iter().any(|(_, found)| found.reference == one.reference && found.kind.tag() == one.kind)
    };
    let gone: Vec<&Open> = open
        .iter()
        .filter(|one| {
            !still(one) && (looked_at.contains(&one.reference.as_str()) || one.portal_fen.is_none())
        })
        .collect();
    for one in gone {
        explain(c, now, (&one.reference, Some(&one.kind)), (BY_ITSELF, ""))?;
    }
    Ok(())
}

/// Settles what is open of a number: one kind of difference, or all.
fn explain(
    c: &mut Conn,
    now: Moment,
    (reference, kind): (&str, Option<&str>),
    (by, reason): (&str, &str),
) -> Result<usize, PayError> {
    let mut open = payment_differences::table
        .filter(payment_differences::reference.eq(reference))
        .filter(payment_differences::settled_at.is_null())
        .select(payment_differences::id)
        .into_boxed();
    if let Some(kind) = kind {
        open = open.filter(payment_differences::kind.eq(kind));
    }
    let open: Vec<DifferenceId> = open.load(c)?;
    let rows = payment_differences::table.filter(payment_differences::id.eq_any(open));
    Ok(diesel::update(rows)
        .set((
            payment_differences::settled_at.eq(Some(Stamp::from(now))),
            payment_differences::settled_by.eq(Some(by)),
            payment_differences::reason.eq(Some(reason)),
        ))
        .execute(c)?)
}

/// What of a day nobody has settled.
pub(super) fn open_of_day(c: &mut Conn, day: NaiveDate, provider: &str) -> Result<Vec<Open>, PayError> {
    let rows: Vec<Row> = payment_differences::table
        .filter(payment_differences::day.eq(day))
        .filter(payment_differences::provider.eq(provider))
        .filter(payment_differences::settled_at.is_null())
        .order((payment_differences::reference, payment_differences::kind))
        .select(Row::as_select())
        .load(c)?;
    let open = |row: Row| Open {
        reference: row.reference,
        kind: row.kind,
        portal_fen: row.portal_fen,
        provider_fen: row.provider_fen,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// Orders and differences that wait for a person, and the days compared last.
type Waiting = (Vec<Order>, Vec<Row>, Vec<Day>);

/// Everything that waits, oldest first; and the days compared last.
pub(super) fn waiting(c: &mut Conn) -> Result<Waiting, PayError> {
    let asked = payment_orders::state.eq(State::RefundAsked.tag());
    let orders = payment_orders::table
        .filter(payment_orders::with_staff.eq(true).or(asked))
        .order((payment_orders::changed_at, payment_orders::id))
        .limit(AT_ONCE)
        .select(Order::as_select())
        .load(c)?;
    let rows = payment_differences::table
        .filter(payment_differences::settled_at.is_null())
        .order((payment_differences::found_at, payment_differences::id))
        .limit(AT_ONCE)
        .select(Row::as_select())
        .load(c)?;
    let days = payment_days::table
        .order((payment_days::day.desc(), payment_days::provider))
        .limit(10)
        .select(Day::as_select())
        .load(c)?;
    Ok((orders, rows, days))
}

/// How much waits: orders and differences together.
pub fn left_to_staff(c: &mut Conn) -> Result<i64, DbError> {
    let asked = payment_orders::state.eq(State::RefundAsked.tag());
    let orders: i64 =
        payment_orders::table.filter(payment_orders::with_staff.eq(true).or(asked)).count().get_result(c)?;
    let differences: i64 =
        payment_differences::table.filter(payment_differences::settled_at.is_null()).count().get_result(c)?;
    Ok(orders + differences)
}

/// The differences of one order.
pub(super) fn of_order(c: &mut Conn, reference: &str) -> Result<Vec<Row>, PayError> {
    Ok(payment_differences::table
        .filter(payment_differences::reference.eq(reference))
        .filter(payment_differences::settled_at.is_null())
        .order(payment_differences::id)
        .select(Row::as_select())
        .load(c)?)
}

/// Why the payer wants the money back. That somebody of the staff reads it is on the payer's record.
pub(super) fn payers_reason(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    who: StaffId,
    order: &Order,
) -> Result<Option<String>, PayError> {
    let Some(sealed) = &order.refund_reason else { return Ok(None) };
    let look = Look {
        citizen: order.citizen_id,
        actor: Actor::Staff(who),
        purpose: Purpose::Service,
        basis: Basis::Consent,
        fields: &["payment"],
        detail: Some(&order.service),
    };
    let warrant = ledger::look(c, ring, now, &look)?;
    Ok(Some(warrant.open(c, ring, REASON, sealed)?))
}

/// What a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Book,
    Refund,
    Keep,
    /// Whatever stood in the way is put right: the machine goes on.
    Again,
    /// Nothing is wrong with the order.
    Explained,
}

impl Way {
    pub const ALL: [Self; 5] = [Self::Book, Self::Refund, Self::Keep, Self::Again, Self::Explained];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Refund => "refund",
            Self::Keep => "keep",
            Self::Again => "again",
            Self::Explained => "explained",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.tag() == tag)
    }

    /// Whether it can be done with an order as it stands; `None`: there is no such order here.
    pub fn is_open(self, order: Option<&Order>) -> bool {
        let Some((order, state)) = order.and_then(|order| Some((order, order.state().ok()?))) else {
            return self == Self::Explained;
        };
        let leads = |act| super::life::next(state, act, By::Staff).is_some();
        match self {
            Self::Book => leads(Act::Book),
            Self::Refund => leads(Act::Refund),
            Self::Keep => leads(Act::Keep),
            Self::Again => {
                order.with_staff
                    && (state.waits_for_agency() || state.waits_for_provider() || state == State::Refunding)
            }
            Self::Explained => !order.with_staff && state != State::RefundAsked,
        }
    }
}

/// Settles what waits about an order, in one transaction with the reason.
pub fn settle(
    c: &mut Conn,
    now: Moment,
    (reference, way): (&str, Way),
    (by, reason): (&str, &str),
) -> Result<(), PayError> {
    let order = queries::of_reference(c, reference)?;
    if !way.is_open(order.as_ref()) {
        return Err(PayError::NotNow);
    }
    if let Some(mut order) = order {
        let word = Word { by: By::Staff, whose: by };
        match way {
            Way::Book => book(c, now, &mut order, word, None)?,
            Way::Refund => {
                steps::take(c, now, &mut order, Act::Refund, word)?;
                jobs::enqueue(c, now, &GiveBack::of(&order))?;
            }
            Way::Keep => drop(steps::take(c, now, &mut order, Act::Keep, word)?),
            Way::Again => again(c, now, &order)?,
            Way::Explained => {}
        }
        diesel::update(own(&order)).set(payment_orders::with_staff.eq(false)).execute(c)?;
        decided(c, now, &order, way, (by, reason))?;
    }
    let explained = explain(c, now, (reference, None), (by, reason))?;
    if explained == 0 && way == Way::Explained {
        return Err(PayError::NotNow);
    }
    Ok(())
}

/// The machine has another week.
fn again(c: &mut Conn, now: Moment, order: &Order) -> Result<(), PayError> {
    let state = order.state()?;
    if state.waits_for_agency() {
        jobs::enqueue(c, now, &Settle::of(order))?;
    } else if state.waits_for_provider() {
        jobs::enqueue(c, now, &Ask::of(order))?;
    } else {
        jobs::enqueue(c, now, &GiveBack::of(order))?;
    }
    Ok(())
}

/// Writes the reason down beside the differences, where it stays.
fn decided(
    c: &mut Conn,
    now: Moment,
    order: &Order,
    way: Way,
    (by, reason): (&str, &str),
) -> Result<(), PayError> {
    let kind = format!("{DECISION}:{}:{}", way.tag(), now.timestamp_millis());
    diesel::insert_into(payment_differences::table)
        .values((
            payment_differences::id.eq(DifferenceId::new()),
            payment_differences::day.eq(city_day(now)),
            payment_differences::provider.eq(&order.provider),
            payment_differences::reference.eq(&order.reference),
            payment_differences::kind.eq(kind),
            payment_differences::portal_fen.eq(Some(order.amount_fen)),
            payment_differences::found_at.eq(Stamp::from(now)),
            payment_differences::settled_at.eq(Some(Stamp::from(now))),
            payment_differences::settled_by.eq(by),
            payment_differences::reason.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}
