//! Writing an order down: its number, which is the key by which provider and agency know a repeat, exists in the
//! transaction that stores it, before anybody is called.

use chrono::{Datelike as _, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::dues::Due;

use super::{
    Means, Payer,
    life::{Act, By, State},
    means::failure,
    model::{OPEN_FOR, Order, OrderId, PayError, TITLE, new_reference},
    queries,
    steps::{self, MAKE, Word},
};
use crate::{
    accounts::acting::{self, CompanyId, What},
    db::{Conn, DbError, Stamp, schema::payment_orders},
    each,
    jobs::{self, Done, Failure, Job, Running},
    ledger::{self, CitizenId, Private},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// So often a number that is taken already is drawn anew. Once would do for a century.
const DRAWS: usize = 5;
/// For so long an agency may go on listing what was paid; nobody is let pay it again.
const LAGS: TimeDelta = TimeDelta::days(1);

/// What is to be paid, as the agency said it just now.
pub struct Wanted<'a> {
    pub service: &'a str,
    pub agency: &'a str,
    pub provider: &'a str,
    pub due: &'a Due,
}

#[derive(Insertable)]
#[diesel(table_name = payment_orders)]
struct New<'a> {
    citizen_id: CitizenId,
    id: OrderId,
    reference: String,
    for_id: Option<CitizenId>,
    company_id: Option<CompanyId>,
    relation: &'static str,
    level: i32,
    service: &'a str,
    agency: &'a str,
    due: &'a str,
    due_key: Vec<u8>,
    title: Private,
    amount_fen: i64,
    surcharge_fen: i64,
    due_on: Option<chrono::NaiveDate>,
    provider: &'a str,
    state: &'static str,
    created_at: Stamp,
    changed_at: Stamp,
    expires_at: Stamp,
}

/// By what all orders for a due are found: the agency and its number, and nothing that anybody could guess.
pub(super) fn due_key(ring: &KeyRing, agency: &str, due: &str) -> Vec<u8> {
    ring.lookup("payments.due", format!("{agency}\n{due}").as_bytes()).to_vec()
}

/// Makes an order for a due, or finds the payer's own that is on its way.
pub fn make(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    payer: &Payer,
    wanted: &Wanted<'_>,
) -> Result<Order, PayError> {
    let Wanted { service, agency, provider, due } = wanted;
    let amount = |fen: u64| i64::try_from(fen).map_err(|_| PayError::Stored("the amount".to_owned()));
    let (amount_fen, surcharge_fen) = (amount(due.amount_fen)?, amount(due.surcharge_fen)?);
    let key = due_key(ring, agency, &due.reference);
    if let Some(order) = queries::under_way(c, payer.owner(), &key)? {
        return Ok(order);
    }
    if queries::was_paid(c, &key, now - LAGS)? {
        return Err(PayError::Taken);
    }
    let title = ledger::seal(c, ring, payer.owner(), TITLE, &due.title)?;
    for _ in 0..DRAWS {
        let reference =
            new_reference(city_day(now).year()).map_err(|error| PayError::Stored(error.to_string()))?;
        let (id, at) = (OrderId::new(), Stamp::from(now));
        let row = New {
            citizen_id: payer.owner(),
            id,
            reference,
            for_id: payer.pays_for(),
            company_id: payer.company(),
            relation: payer.relation(),
            level: i32::from(payer.level),
            service,
            agency,
            due: &due.reference,
            due_key: key.clone(),
            title: title.clone(),
            amount_fen,
            surcharge_fen,
            due_on: due.due,
            provider,
            state: State::Created.tag(),
            created_at: at,
            changed_at: at,
            expires_at: (now + OPEN_FOR).into(),
        };
        let made = each!(c, |c| diesel::insert_into(payment_orders::table)
            .values(&row)
            .on_conflict_do_nothing()
            .execute(c))?;
        if made == 1 {
            let order = queries::of_payer(c, payer.owner(), id)?.ok_or(PayError::Unknown)?;
            let whose = payer.owner().to_string();
            steps::write(
                c,
                now,
                &order,
                (MAKE, None, State::Created),
                Word { by: By::Payer, whose: &whose },
            )?;
            acting::done(c, now, &payer.party, What::Service, Some(service))?;
            jobs::enqueue_at(c, now, now + OPEN_FOR, &Expire { citizen: order.citizen_id, order: id })?;
            return Ok(order);
        }
        // Of two clicks at the same moment the other was faster.
        if let Some(order) = queries::under_way(c, payer.owner(), &key)? {
            return Ok(order);
        }
    }
    Err(PayError::Stored("no number is free".to_owned()))
}

/// The payer does not want it any more. Once it is open at the provider only the provider can say so.
pub(super) fn cancel(c: &mut Conn, now: Moment, payer: CitizenId, reference: &str) -> Result<(), PayError> {
    let mut order = queries::find(c, payer, reference)?;
    let whose = payer.to_string();
    steps::take(c, now, &mut order, Act::Cancel, Word { by: By::Payer, whose: &whose })?;
    Ok(())
}

/// Ends an order that nobody went on with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expire {
    citizen: CitizenId,
    order: OrderId,
}

impl Job for Expire {
    const KIND: &'static str = "payments.expire";

    fn key(&self) -> Option<String> {
        Some(self.order.to_string())
    }
}

/// Runs [`Expire`].
pub async fn expire(means: Means, job: Expire, running: Running) -> Result<Done, Failure> {
    let now = means.site.clock.now();
    let end = move |c: &mut Conn| {
        let Some(mut order) = queries::of_payer(c, job.citizen, job.order)? else { return Ok(()) };
        if order.state()? != State::Created {
            return Ok(());
        }
        let word = Word { by: By::Clock, whose: Expire::KIND };
        steps::take(c, now, &mut order, Act::Expire, word).map(|_| ())
    };
    running.finish(move |c| end(c).map_err(failure)).await
}

/// Notes that the provider is asked now. `false`: it was asked a moment ago.
pub(super) fn ask_now(c: &mut Conn, now: Moment, order: &Order, pause: TimeDelta) -> Result<bool, DbError> {
    let before = Stamp::from(now - pause);
    let asked_at = payment_orders::asked_at;
    let due = queries::own(order).filter(asked_at.is_null().or(asked_at.le(before)));
    let noted = diesel::update(due).set(asked_at.eq(Some(Stamp::from(now)))).execute(c)?;
    Ok(noted == 1)
}
