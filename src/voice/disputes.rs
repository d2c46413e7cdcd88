//! Disputes of what was decided about a rating: an order of a kind of its own, with a number, terms, an answer and the question
//! whether that will do. Whoever rated disputes that their rating does not count, and the agency that it does.
//!
//! Neither the agency nor whoever decided first decides now. Who rated stays secret, as it was. The answer says whether the
//! decision stands; if it does not, the rating is counted accordingly in the same transaction.

use diesel::prelude::*;
use yimen_scores::mask::mask;

use super::{
    Clocks, Finding, Kind, Order, OrderId, VoiceError, Words, acts,
    steps::Doer,
    take::{self, Coming},
};
use crate::{
    cases::Whose,
    db::{
        Conn, DbError, Sealed,
        schema::{voice_disputes, voice_orders, voice_steps},
    },
    each,
    ledger::{CitizenId, StaffId},
    platform::{Moment, clock::city_day, keys::KeyRing},
    ratings::{
        self, RatingId, Terms,
        dispute::{self, Decision, Facts},
    },
};

/// Where what an agency says is sealed.
const SAID: &str = "voice_disputes.words";

/// Who disputes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Citizen,
    Agency,
}

impl Side {
    const fn tag(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Agency => "agency",
        }
    }
}

/// A decision, and the number of the order if it is disputed already.
#[derive(Debug)]
pub struct Open {
    pub decision: Decision,
    pub number: Option<String>,
}

impl Open {
    /// Whether it can be disputed on a day.
    fn in_time(self, now: Moment) -> Result<Self, VoiceError> {
        let over = self.number.is_none() && city_day(now) > self.decision.last_day;
        if over { Err(VoiceError::Over) } else { Ok(self) }
    }
}

/// What an order is about, for those who decide.
#[derive(Debug)]
pub struct Disputed {
    pub facts: Facts,
    /// What the agency says, where it is the one that disputes it.
    pub said: Option<String>,
}

fn terms(clocks: &Clocks) -> Result<Terms<'_>, VoiceError> {
    Terms::of(&clocks.edition().catalogue).ok_or(VoiceError::Unknown)
}

fn number_of(c: &mut Conn, rating: RatingId) -> Result<Option<String>, VoiceError> {
    Ok(voice_disputes::table
        .inner_join(voice_orders::table.on(voice_orders::id.eq(voice_disputes::order_id)))
        .filter(voice_disputes::rating_id.eq(rating))
        .select(voice_orders::number)
        .first(c)
        .optional()?)
}

/// What somebody can dispute of their own rating.
pub fn of_person(
    c: &mut Conn,
    now: Moment,
    clocks: &Clocks,
    whose: &Whose,
    (kind, reference): (ratings::Kind, &str),
) -> Result<Open, VoiceError> {
    let decision = dispute::of_person(c, &terms(clocks)?, whose, (kind, reference))?;
    let number = number_of(c, decision.rating)?;
    Open { decision, number }.in_time(now)
}

/// What an agency can dispute of a rating of its own.
pub fn of_agency(
    c: &mut Conn,
    now: Moment,
    clocks: &Clocks,
    agencies: &[String],
    id: RatingId,
) -> Result<Open, VoiceError> {
    let decision = dispute::of_agency(c, &terms(clocks)?, agencies, id)?;
    let number = number_of(c, decision.rating)?;
    Open { decision, number }.in_time(now)
}

fn coming(decision: &Decision, words: Words) -> Coming {
    Coming {
        kind: Kind::Dispute,
        words,
        // Whoever deals with it is not to learn who rated.
        secret: true,
        topic: None,
        service: Some(decision.service.clone()),
        agency: None,
        district: None,
        asset: None,
        picture: None,
    }
}

/// Takes what somebody says against the decision about their rating. Sent twice, it is there once. The number.
pub fn by_person(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    whose: &Whose,
    matter: (ratings::Kind, &str),
    (title, text): (&str, &str),
) -> Result<String, VoiceError> {
    let Open { decision, number } = of_person(c, now, clocks, whose, matter)?;
    if let Some(number) = number {
        return Ok(number);
    }
    let words = Words { title: title.to_owned(), text: text.to_owned(), ..Words::default() };
    let key = (whose.owner(), decision.rating.uuid());
    let number = take::from_citizen(c, ring, now, clocks, key, &coming(&decision, words))?;
    let order: Order =
        voice_orders::table.filter(voice_orders::number.eq(&number)).select(Order::as_select()).first(c)?;
    put(c, now, &order, &decision, (Side::Citizen, None))?;
    Ok(number)
}

/// Takes what an agency says against the decision about a rating of its own. Sent twice, it is there once. The number.
pub fn by_agency(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    agencies: &[String],
    id: RatingId,
    text: &str,
) -> Result<String, VoiceError> {
    let Open { decision, number } = of_agency(c, now, clocks, agencies, id)?;
    if let Some(number) = number {
        return Ok(number);
    }
    let order = take::put(c, ring, now, clocks, &coming(&decision, Words::default()))?;
    // It is no person's and is not erased with one: it is kept without what tells who somebody is.
    let said = Sealed::new(ring, SAID, &mask(text).text)?;
    if put(c, now, &order, &decision, (Side::Agency, Some(said)))? {
        return Ok(order.number);
    }
    take::drop_order(c, order.id)?;
    number_of(c, decision.rating)?.ok_or(VoiceError::Unknown)
}

/// Whether it was not there yet. The agency reads it, and has its say as one that helps.
fn put(
    c: &mut Conn,
    now: Moment,
    order: &Order,
    decision: &Decision,
    (side, words): (Side, Option<Sealed>),
) -> Result<bool, VoiceError> {
    let row = (
        voice_disputes::order_id.eq(order.id),
        voice_disputes::rating_id.eq(decision.rating),
        voice_disputes::side.eq(side.tag()),
        voice_disputes::agency.eq(&decision.agency),
        voice_disputes::first_by.eq(decision.by),
        voice_disputes::words.eq(words),
        voice_disputes::changed.eq(false),
    );
    let made = each!(c, |c| diesel::insert_into(voice_disputes::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if made == 1 {
        acts::help(c, now, order, "", std::slice::from_ref(&decision.agency))?;
    }
    Ok(made == 1)
}

/// What an order is about, if it is a dispute.
pub(super) fn disputed(c: &mut Conn, ring: &KeyRing, order: &Order) -> Result<Option<Disputed>, VoiceError> {
    if order.kind()? != Kind::Dispute {
        return Ok(None);
    }
    let (rating, words): (RatingId, Option<Sealed>) = voice_disputes::table
        .find(order.id)
        .select((voice_disputes::rating_id, voice_disputes::words))
        .first(c)?;
    let said = words.map(|words| words.open(ring, SAID)).transpose()?;
    Ok(Some(Disputed { facts: dispute::facts(c, ring, rating)?, said }))
}

/// The agency whose rating is disputed, if an order is a dispute.
pub(super) fn agency(c: &mut Conn, order: &Order) -> Result<Option<String>, VoiceError> {
    if order.kind()? != Kind::Dispute {
        return Ok(None);
    }
    Ok(Some(voice_disputes::table.find(order.id).select(voice_disputes::agency).first(c)?))
}

/// What came of it, said with the answer: of a dispute it must be said, by somebody else than whoever decided first.
pub(super) fn answer(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    order: &Order,
    doer: &Doer,
    finding: Option<Finding>,
) -> Result<(), VoiceError> {
    let kind = order.kind()?;
    if finding.is_some_and(|finding| !Finding::of(kind).contains(&finding)) {
        return Err(VoiceError::NotWhole);
    }
    if kind != Kind::Dispute {
        return Ok(());
    }
    let changed = finding.ok_or(VoiceError::NotWhole)? == Finding::Changed;
    let (rating, first, before) = found(c, order.id)?;
    if doer.staff == Some(first) {
        return Err(VoiceError::Own);
    }
    // Opened once more, it may be answered otherwise than before.
    if changed != before {
        dispute::turn(c, (ring, now), rating)?;
        diesel::update(voice_disputes::table.find(order.id))
            .set(voice_disputes::changed.eq(changed))
            .execute(c)?;
    }
    Ok(())
}

fn found(c: &mut Conn, id: OrderId) -> Result<(RatingId, StaffId, bool), VoiceError> {
    Ok(voice_disputes::table
        .find(id)
        .select((voice_disputes::rating_id, voice_disputes::first_by, voice_disputes::changed))
        .first(c)?)
}

/// Forgets everything that was said of somebody's ratings, by whichever side. That there was a dispute, and what came of it,
/// names nobody and stays.
pub(super) fn forget(c: &mut Conn, citizen: CitizenId) -> Result<(), DbError> {
    let ratings = dispute::given_by(c, citizen)?;
    let theirs = || voice_disputes::table.filter(voice_disputes::rating_id.eq_any(&ratings));
    let orders: Vec<OrderId> = theirs().select(voice_disputes::order_id).load(c)?;
    diesel::update(theirs()).set(voice_disputes::words.eq(None::<Sealed>)).execute(c)?;
    diesel::update(voice_steps::table.filter(voice_steps::order_id.eq_any(&orders)))
        .set(voice_steps::said.eq(None::<Sealed>))
        .execute(c)?;
    Ok(())
}
