//! How it ends: by what the person says to the answer, by time, or because there is nothing to follow any more.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::web::Data;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_scores::mask::mask;

use super::{
    hands::ALIVE,
    life::{Act, State},
    model::{FollowUp, Verdict},
    queries,
    steps::{Doer, PortalStep, take},
};
use crate::{
    cases::Whose,
    catalogue::{Edition, Shelf},
    db::{
        Conn, Stamp,
        schema::{rating_follow_ups as f, rating_steps},
    },
    insert_new,
    jobs::{Done, Failure, Job, Priority, Running},
    platform::{Moment, clock::city_day, keys::KeyRing},
    ratings::{Kind, Means, RatingError, RatingId, Terms, matters},
};

/// Ends those of a query, all of them alike.
macro_rules! end_those {
    ($c:expr, $now:expr, $those:expr, $act:expr, $to:expr) => {{
        // Writing first takes the rows' locks on PostgreSQL; on SQLite there is one writer anyway.
        diesel::update($those).set(f::state.eq(f::state)).execute($c)?;
        let rows: Vec<(RatingId, String)> = $those.select((f::id, f::state)).load($c)?;
        let ids: Vec<RatingId> = rows.iter().map(|(id, _)| *id).collect();
        let step = |row| PortalStep::of($now, row, ($act, $to));
        let steps: Vec<PortalStep> = rows.into_iter().map(step).collect();
        insert_new!($c, rating_steps::table => &steps)?;
        diesel::update(f::table.filter(f::id.eq_any(ids)))
            .set((f::state.eq($to.tag()), f::changed_at.eq(Stamp::from($now))))
            .execute($c)?;
    }};
}

/// What whoever rated says to the answer. Unsatisfied, it goes to the level above, with what is still wrong.
pub fn verdict(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    terms: &Terms<'_>,
    whose: &Whose,
    (kind, reference): (Kind, &str),
    (verdict, words): (Verdict, &str),
) -> Result<(), RatingError> {
    let matter = matters::held(c, whose, kind, reference)?;
    let mut one = queries::held(c, &matter.agency, matter.id)?;
    if one.verdict() == Some(verdict) && one.state()? != State::Answered {
        // The second of two clicks.
        return Ok(());
    }
    let answered = one.answered_on().ok_or(RatingError::NotNow)?;
    if city_day(now) > terms.last_day(answered) {
        return Err(RatingError::Over);
    }
    let act = if verdict == Verdict::Unsatisfied { Act::Object } else { Act::Accept };
    // Staff read it, as they read the rating's own words: without what tells who somebody is.
    let words = mask(words).text;
    let words = Some(words.as_str()).filter(|words| !words.is_empty());
    take(c, ring, now, &mut one, (act, Doer::PERSON), words)?;
    diesel::update(f::table.find(one.id)).set(f::verdict.eq(Some(verdict.tag()))).execute(c)?;
    Ok(())
}

/// There is nothing to follow any more, if there was.
pub(in crate::ratings) fn drop_one(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    agency: &str,
    id: RatingId,
) -> Result<(), RatingError> {
    let mut one = match queries::held(c, agency, id) {
        Err(RatingError::Unknown) => return Ok(()),
        found => found?,
    };
    if !one.state()?.is_final() {
        take(c, ring, now, &mut one, (Act::Drop, Doer::PORTAL), None)?;
    }
    Ok(())
}

/// The same for everything of a person who is gone.
pub(in crate::ratings) fn drop_all(c: &mut Conn, now: Moment, ids: &[RatingId]) -> diesel::QueryResult<()> {
    let open = || f::table.filter(f::id.eq_any(ids)).filter(f::state.eq_any(ALIVE));
    end_those!(c, now, open(), Act::Drop, State::Dropped);
    Ok(())
}

/// Whoever said nothing to an answer for as long as they could is not asked any longer. It is no verdict.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lapse {}

impl Job for Lapse {
    const KIND: &'static str = "ratings.lapse";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Lapse`].
pub async fn lapse(means: Means, running: Running) -> Result<Done, Failure> {
    let now = means.site.clock.now();
    let edition = edition(&means.shelf)?;
    running
        .finish(move |c: &mut Conn| {
            let Some(terms) = Terms::of(&edition.catalogue) else { return Ok(()) };
            let before = Some(Stamp::from(terms.over_before(city_day(now))));
            let silent =
                || f::table.filter(f::state.eq(State::Answered.tag())).filter(f::answered_at.lt(before));
            end_those!(c, now, silent(), Act::Lapse, State::Closed);
            Ok::<_, RatingError>(())
        })
        .await
}

/// Counts anew by when something is due that was counted through a year that nobody had published.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recount {}

impl Job for Recount {
    const KIND: &'static str = "ratings.recount";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`Recount`].
pub async fn recount(means: Means, running: Running) -> Result<Done, Failure> {
    let edition = edition(&means.shelf)?;
    running
        .finish(move |c: &mut Conn| {
            let Some(terms) = Terms::of(&edition.catalogue) else { return Ok(()) };
            count_anew(c, &terms)
        })
        .await
}

fn edition(shelf: &Data<Shelf>) -> Result<Arc<Edition>, Failure> {
    shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))
}

fn count_anew(c: &mut Conn, terms: &Terms<'_>) -> Result<(), RatingError> {
    let guessed = || f::table.filter(f::provisional.eq(true)).filter(f::state.eq_any(ALIVE));
    // Writing first takes the rows' locks on PostgreSQL; on SQLite there is one writer anyway.
    diesel::update(guessed()).set(f::state.eq(f::state)).execute(c)?;
    let all: Vec<FollowUp> = guessed().select(FollowUp::as_select()).load(c)?;
    let mut moved = BTreeMap::<_, Vec<RatingId>>::new();
    for one in all {
        let contact = terms.contact(one.opened_at());
        let fix = terms.fix(one.began(), one.complex);
        let new = (contact.on, fix.on, contact.provisional || fix.provisional);
        if new != (one.contact_by, one.fix_by, true) {
            moved.entry(new).or_default().push(one.id);
        }
    }
    // As many changes as there are different days, which are few.
    for ((contact, fix, provisional), ids) in moved {
        diesel::update(f::table.filter(f::id.eq_any(ids)))
            .set((f::contact_by.eq(contact), f::fix_by.eq(fix), f::provisional.eq(provisional)))
            .execute(c)?;
    }
    Ok(())
}
