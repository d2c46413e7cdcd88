//! Rating: once for each matter, by whoever had it. This is the only place where a rating comes to be.

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_scores::{Level, mask::mask};

use super::{
    follow::{self, FollowUp},
    matters::{self, enter, held, owner},
    model::{Kind, Matter, OWN_WORDS, Rating, RatingError, Standing, WORDS, degree},
    queries,
    terms::Terms,
};
use crate::{
    accounts::acting::{self, What},
    cases::Whose,
    catalogue::scores::{self, Change, Of, month_of},
    db::{
        Conn, Json, Sealed, Stamp,
        schema::{rating_matters, ratings},
    },
    each,
    ledger::{self, Private},
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// What somebody says. They chose the level: there is none until they do.
#[derive(Debug, Clone)]
pub struct Given {
    pub level: Level,
    pub tags: Vec<String>,
    pub words: String,
}

/// Rates what somebody's matter was like, in the caller's transaction.
pub fn give(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    terms: &Terms<'_>,
    whose: &Whose,
    (kind, reference): (Kind, &str),
    given: &Given,
) -> Result<(), RatingError> {
    let (citizen, company) = owner(kind, whose).ok_or(RatingError::Unknown)?;
    let over = matters::ended(c, kind, citizen, reference)?;
    let over = over.filter(|over| over.is_of(company)).ok_or(RatingError::Unknown)?;
    enter(c, terms, &over)?;
    let matter = held(c, whose, kind, reference)?;
    let today = city_day(now);
    if matter.is_rated() {
        let rating = queries::held(c, matter.id)?;
        // The second of two clicks.
        let same = rating.first_level.is_none() && rating.level()? == given.level;
        return if same { Ok(()) } else { Err(RatingError::Already) };
    }
    if today > matter.last_day {
        return Err(RatingError::Over);
    }
    write(c, ring, now, terms, &matter, given)?;
    keep_words(c, ring, now, &matter, &given.words)?;
    let of = Of {
        service: &matter.service,
        agency: &matter.agency,
        district: matter.district.as_deref(),
        month: matter.ended_on,
    };
    scores::add(c, of, Change::default().more(given.level))?;
    acting::done(c, now, &whose.party, What::Service, Some(&matter.service))?;
    if given.level.is_bad() {
        follow::open(c, now, terms, &matter)?;
    }
    Ok(())
}

/// The rating itself, which names nobody.
fn write(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    terms: &Terms<'_>,
    matter: &Matter,
    given: &Given,
) -> Result<(), RatingError> {
    let masked = mask(&given.words);
    let words = if masked.text.is_empty() { None } else { Some(Sealed::new(ring, WORDS, &masked.text)?) };
    let row = (
        ratings::id.eq(matter.id),
        ratings::kind.eq(matter.kind()?.tag()),
        ratings::service.eq(&matter.service),
        ratings::agency.eq(&matter.agency),
        ratings::month.eq(month_of(matter.ended_on)),
        ratings::level.eq(degree(given.level)),
        ratings::tags.eq(Json(given.tags.clone())),
        ratings::words.eq(words),
        ratings::hidden.eq(Json(masked.hidden)),
        ratings::given_at.eq(Stamp::from(now)),
        ratings::appeal_by.eq(terms.appeal(now)),
        ratings::standing.eq("counts"),
        ratings::noted.eq(given.level.is_bad()),
        ratings::district.eq(&matter.district),
    );
    let new =
        each!(c, |c| diesel::insert_into(ratings::table).values(row).on_conflict_do_nothing().execute(c))?;
    if new == 1 { Ok(()) } else { Err(RatingError::Already) }
}

/// That they rated it, and their own words, for nobody but them.
fn keep_words(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    matter: &Matter,
    words: &str,
) -> Result<(), RatingError> {
    let sealed: Option<Private> = match words {
        "" => None,
        words => Some(ledger::seal(c, ring, matter.citizen_id, OWN_WORDS, words)?),
    };
    let theirs = rating_matters::table.find((matter.citizen_id, matter.id));
    diesel::update(theirs)
        .set((rating_matters::rated_at.eq(Some(Stamp::from(now))), rating_matters::words.eq(sealed)))
        .execute(c)?;
    Ok(())
}

/// Changes the level of a rating, once, after something was done about it.
pub fn amend(
    c: &mut Conn,
    now: Moment,
    terms: &Terms<'_>,
    whose: &Whose,
    (kind, reference): (Kind, &str),
    level: Level,
) -> Result<(), RatingError> {
    let matter = held(c, whose, kind, reference)?;
    let rating = queries::held(c, matter.id)?;
    let follow_up = follow::queries::of(c, matter.id)?;
    let before = rating.level()?;
    if before == level {
        return Ok(());
    }
    if !may_amend(terms, city_day(now), &rating, follow_up.as_ref()) {
        return Err(if rating.first_level.is_some() { RatingError::Already } else { RatingError::NotNow });
    }
    diesel::update(ratings::table.find(rating.id))
        .set((
            ratings::level.eq(degree(level)),
            ratings::first_level.eq(Some(degree(before))),
            ratings::amended_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(scores::add(c, rating.counted_for(), Change::default().less(before).more(level))?)
}

/// Whether somebody may change their rating now: something was done about it, and lately.
pub(super) fn may_amend(
    terms: &Terms<'_>,
    today: NaiveDate,
    rating: &Rating,
    follow_up: Option<&FollowUp>,
) -> bool {
    let answered = follow_up.and_then(FollowUp::answered_on);
    rating.first_level.is_none()
        && rating.standing() != Standing::Aside
        && answered.is_some_and(|on| terms.amends(on) && today <= terms.last_day(on))
}
