//! The daily comparison of portal, provider and agencies. What one of them has only missed is made up for first, through
//! the table; what still differs is written down for a person, once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::{
    Capability,
    pay::{Output, StatementInput, StatementOutput, Status},
};

use super::{
    Means, PayError,
    compare::{Asked, Compared, Difference, Ours, Theirs, compare},
    desk, learn,
    life::State,
    means::{WITHIN, failure},
    model::Order,
    queries,
    settle::verdict,
};
use crate::{
    db::{
        Conn, DbError, Stamp,
        schema::{payment_days, payment_orders},
    },
    each,
    gateway::{Request, Sent},
    jobs::{Done, Failure, Job, Running},
    platform::{
        Moment,
        clock::{CITY_ZONE, city_day},
    },
};

/// Days that are looked at again until they balance.
const BACK: i64 = 7;

/// Compares yesterday, and the days before that did not balance.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reconcile {}

impl Job for Reconcile {
    const KIND: &'static str = "payments.reconcile";
    const BUDGET: TimeDelta = TimeDelta::hours(20);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// How a day came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayReport {
    pub day: NaiveDate,
    pub provider: String,
    /// Whether the provider will add nothing.
    pub closed: bool,
    pub payments: usize,
    pub refunds: usize,
    pub in_fen: i64,
    pub out_fen: i64,
    pub on_the_way: usize,
    pub unchecked: usize,
    /// Differences that nobody has settled.
    pub differences: Vec<Open>,
}

/// A difference that nobody has settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    pub reference: String,
    pub kind: String,
    pub portal_fen: Option<i64>,
    pub provider_fen: Option<i64>,
}

impl DayReport {
    /// Whether everything is explained.
    pub fn balances(&self) -> bool {
        self.differences.is_empty() && self.unchecked == 0
    }
}

/// The moments between which a day of the city lies.
fn span(day: NaiveDate) -> Option<(Moment, Moment)> {
    let begins = |day: NaiveDate| {
        let midnight = day.and_time(NaiveTime::MIN);
        CITY_ZONE.from_local_datetime(&midnight).earliest().map(|at| at.to_utc())
    };
    Some((begins(day)?, begins(day.succ_opt()?)?))
}

/// Runs [`Reconcile`].
pub async fn reconcile(means: Means, _: Reconcile, running: Running) -> Result<Done, Failure> {
    let today = city_day(means.site.clock.now());
    let mut away = false;
    for provider in providers(&means)? {
        let done = balanced(&means, &provider, today).await?;
        // Who does not answer about one day is not asked about the others now.
        let mut silent = false;
        for back in (1..=BACK).rev() {
            let Some(day) = today.checked_sub_signed(TimeDelta::days(back)) else { continue };
            if done.contains(&day) {
                continue;
            }
            if silent {
                away |= any_of_day(&means, &provider, day).await?;
                continue;
            }
            match reconcile_day(&means, &provider, day).await {
                Ok(report) if report.balances() => {}
                Ok(report) => {
                    tracing::warn!(provider, %day, open = report.differences.len(), "a day does not balance");
                }
                // Where money came or went it is asked for again soon; where none did, tomorrow.
                Err(PayError::NotNow) => {
                    silent = true;
                    away |= any_of_day(&means, &provider, day).await?;
                }
                Err(error) => return Err(failure(error)),
            }
        }
    }
    if away {
        return Err(Failure::retry("a provider gave no statement"));
    }
    running.finish(|_| Ok::<_, DbError>(())).await
}

/// Who takes payments.
fn providers(means: &Means) -> Result<Vec<String>, Failure> {
    let edition = means.shelf.edition().map_err(|_| Failure::retry("there is no catalogue"))?;
    let takes = edition.catalogue.providers.iter();
    let takes = takes.filter(|one| one.agency.binding(Capability::PayStatement).is_some());
    Ok(takes.map(|one| one.slug.clone()).collect())
}

/// Whether the portal knows of a payment of that day.
async fn any_of_day(means: &Means, provider: &str, day: NaiveDate) -> Result<bool, Failure> {
    let Some((from, to)) = span(day) else { return Ok(false) };
    let provider = provider.to_owned();
    let orders = means.site.db.read(move |c| of_day(c, &provider, from, to)).await.map_err(failure)?;
    Ok(!orders.is_empty())
}

/// Days of late that are closed and balance.
async fn balanced(means: &Means, provider: &str, today: NaiveDate) -> Result<BTreeSet<NaiveDate>, Failure> {
    let provider = provider.to_owned();
    let since = today.checked_sub_signed(TimeDelta::days(BACK)).unwrap_or(today);
    let read = move |c: &mut Conn| {
        payment_days::table
            .filter(payment_days::provider.eq(provider))
            .filter(payment_days::day.ge(since))
            .filter(payment_days::closed.eq(true))
            .filter(payment_days::differences.eq(0))
            .filter(payment_days::unchecked.eq(0))
            .filter(payment_days::on_the_way.eq(0))
            .select(payment_days::day)
            .load::<NaiveDate>(c)
            .map_err(DbError::from)
    };
    Ok(means.site.db.read(read).await?.into_iter().collect())
}

/// Compares one day. [`PayError::NotNow`]: the provider gave no statement.
pub async fn reconcile_day(means: &Means, provider: &str, day: NaiveDate) -> Result<DayReport, PayError> {
    let statement = statement(means, provider, day).await?.ok_or(PayError::NotNow)?;
    let now = means.site.clock.now();
    let (slug, lines) = (provider.to_owned(), statement.clone());
    // What only was not heard is heard now.
    means.site.db.tx(move |c| hear(c, now, &slug, &lines)).await?;
    let (from, to) = span(day).ok_or_else(|| PayError::Stored("there is no such day".to_owned()))?;
    let slug = provider.to_owned();
    let orders = means.site.db.read(move |c| of_day(c, &slug, from, to)).await?;
    let mut ours = Vec::with_capacity(orders.len());
    for order in &orders {
        ours.push(beside(means, order, (from, to)).await?);
    }
    let theirs = theirs(&statement);
    let compared = compare(&ours, &theirs);
    let (provider, held) = (provider.to_owned(), orders);
    let write = move |c: &mut Conn| conclude(c, now, (day, provider), &held, (&ours, &theirs, compared));
    means.site.db.tx(write).await
}

async fn statement(
    means: &Means,
    provider: &str,
    day: NaiveDate,
) -> Result<Option<StatementOutput>, PayError> {
    let question = StatementInput { day };
    let request = Request { agency: provider, service: None, question, about: None, within: WITHIN };
    let key = format!("statement-{day}-{}", means.site.clock.now().timestamp());
    Ok(match means.gateway.send(request, &key).await? {
        Sent::Done(statement) => Some(statement),
        _ => None,
    })
}

/// Takes over what the statement says of orders that do not know it yet.
fn hear(c: &mut Conn, now: Moment, provider: &str, statement: &StatementOutput) -> Result<(), PayError> {
    for line in &statement.lines {
        let Some(mut order) = queries::of_reference(c, &line.order)? else { continue };
        if order.provider != provider {
            continue;
        }
        let said = Output {
            status: if line.refund.is_some() { Status::Refunded } else { Status::Paid },
            payment: Some(line.payment.clone()),
            amount_fen: Some(line.amount_fen.unsigned_abs()),
            at: Some(line.at),
        };
        match &line.refund {
            None => drop(learn::payment(c, now, &mut order, &said)?),
            Some(refund) if *refund == order.refund() => {
                learn::refund(c, now, &mut order, &said)?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The orders whose money came or went back on a day.
fn of_day(c: &mut Conn, provider: &str, from: Moment, to: Moment) -> Result<Vec<Order>, PayError> {
    let (from, to) = (Stamp::from(from), Stamp::from(to));
    let came = payment_orders::paid_at.ge(from).and(payment_orders::paid_at.lt(to));
    let went = payment_orders::refunded_at.ge(from).and(payment_orders::refunded_at.lt(to));
    Ok(payment_orders::table
        .filter(payment_orders::provider.eq(provider))
        .filter(came.or(went))
        .order(payment_orders::reference)
        .select(Order::as_select())
        .load(c)?)
}

/// An order with what its agency says of it.
async fn beside(means: &Means, order: &Order, (from, to): (Moment, Moment)) -> Result<Ours, PayError> {
    let within = |at: Option<Stamp>| at.is_some_and(|at| (from..to).contains(&at.moment()));
    let (state, booked) = (order.state()?, order.receipt_code.is_some());
    let asks = matches!(state, State::Settled | State::RefundAsked) || (booked && state == State::Refunded);
    let agency = if asks {
        match means.due_status(order).await {
            Ok(Some(said)) => Asked::Said(verdict(order, &said)),
            Ok(None) => Asked::Silent,
            Err(crate::gateway::GatewayError::Db(error)) => return Err(error.into()),
            Err(error) => {
                tracing::warn!(agency = order.agency, %error, "an agency could not be asked about a payment");
                Asked::Silent
            }
        }
    } else {
        Asked::NotNeeded
    };
    Ok(Ours {
        reference: order.reference.clone(),
        state,
        fen: order.amount_fen,
        paid: within(order.paid_at),
        returned: within(order.refunded_at),
        booked,
        agency,
    })
}

/// The statement, by orders. What was given back under another number than ours is nothing that we asked for.
fn theirs(statement: &StatementOutput) -> Theirs {
    let mut theirs = Theirs { closed: statement.closed, ..Theirs::default() };
    for line in &statement.lines {
        if line.refund.is_some() {
            *theirs.refunds.entry(line.order.clone()).or_default() -= line.amount_fen;
        } else {
            *theirs.payments.entry(line.order.clone()).or_default() += line.amount_fen;
        }
    }
    theirs
}

fn conclude(
    c: &mut Conn,
    now: Moment,
    (day, provider): (NaiveDate, String),
    orders: &[Order],
    (ours, theirs, compared): (&[Ours], &Theirs, Compared),
) -> Result<DayReport, PayError> {
    let Compared { differences, on_the_way, unchecked } = compared;
    let found: Vec<(String, Difference)> =
        differences.into_iter().map(|one| (says(ours, &one), one)).collect();
    let references: Vec<&str> = orders.iter().map(|order| order.reference.as_str()).collect();
    desk::note(c, now, (day, &provider), &references, &found)?;
    let open = desk::open_of_day(c, day, &provider)?;
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let (in_fen, out_fen) = (theirs.payments.values().sum::<i64>(), theirs.refunds.values().sum::<i64>());
    let row = (
        payment_days::day.eq(day),
        payment_days::provider.eq(provider.clone()),
        payment_days::compared_at.eq(Stamp::from(now)),
        payment_days::closed.eq(theirs.closed),
        payment_days::payments.eq(count(theirs.payments.len())),
        payment_days::refunds.eq(count(theirs.refunds.len())),
        payment_days::in_fen.eq(in_fen),
        payment_days::out_fen.eq(out_fen),
        payment_days::on_the_way.eq(count(on_the_way)),
        payment_days::unchecked.eq(count(unchecked)),
        payment_days::differences.eq(count(open.len())),
    );
    let of = payment_days::table
        .filter(payment_days::day.eq(day))
        .filter(payment_days::provider.eq(provider.clone()));
    diesel::delete(of).execute(c)?;
    each!(c, |c| diesel::insert_into(payment_days::table).values(row).execute(c))?;
    Ok(DayReport {
        day,
        provider,
        closed: theirs.closed,
        payments: theirs.payments.len(),
        refunds: theirs.refunds.len(),
        in_fen,
        out_fen,
        on_the_way,
        unchecked,
        differences: open,
    })
}

/// What the agency said, in a word, for whoever looks at the difference.
fn says(ours: &[Ours], difference: &Difference) -> String {
    let words: BTreeMap<&str, &Asked> =
        ours.iter().map(|one| (one.reference.as_str(), &one.agency)).collect();
    match words.get(difference.reference.as_str()) {
        Some(Asked::Said(verdict)) => match verdict {
            super::settle::Verdict::Booked(_) => "settled",
            super::settle::Verdict::Refused => "refused",
            super::settle::Verdict::Owed => "open",
            super::settle::Verdict::Undecided => "pending",
        },
        Some(Asked::Silent) => "silent",
        _ => "",
    }
    .to_owned()
}
