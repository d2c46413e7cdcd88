//! What is held about people here, for the port `PersonalData`: what they could rate, and what they said.

use diesel::prelude::*;

use super::{
    evidence, follow,
    model::{Matter, OWN_WORDS, RatingError, RatingId, level_tag},
    queries,
};
use crate::{
    db::{
        Conn, Json, Sealed,
        schema::{rating_appeals, rating_matters, rating_steps, ratings},
    },
    hand_over,
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

pub struct Ratings;

impl PersonalData for Ratings {
    fn kind(&self) -> &'static str {
        "ratings"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["rating_matters"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let matters: Vec<Matter> = rating_matters::table
            .filter(rating_matters::citizen_id.eq(warrant.citizen()))
            .order(rating_matters::id)
            .select(Matter::as_select())
            .load(c)?;
        let ids: Vec<RatingId> = matters.iter().map(|matter| matter.id).collect();
        let ratings = queries::by_id(c, &ids).map_err(ledger_error)?;
        let mut records = Vec::with_capacity(matters.len());
        for matter in matters {
            let mut record = vec![
                ("reference", Value::Text(matter.reference)),
                ("service", Value::Text(matter.service)),
                ("actor", Value::Text(matter.agency)),
            ];
            if let Some(rating) = ratings.get(&matter.id) {
                let level = rating.level().map_err(ledger_error)?;
                record.push(("made-at", Value::At(rating.given_at())));
                record.push(("state", Value::Tag(format!("rating-{}", level_tag(level)))));
            }
            if let Some(words) = &matter.words {
                record.push(("said", Value::Text(warrant.open(c, ring, OWN_WORDS, words)?)));
            }
            records.push(record);
        }
        Ok(records)
    }

    /// The level stays and counts: it is nobody's any more. Every word that was said of it goes, and nobody is waited for.
    fn erase(&self, c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        let theirs = rating_matters::table.filter(rating_matters::citizen_id.eq(citizen));
        let ids: Vec<RatingId> = theirs.select(rating_matters::id).load(c)?;
        diesel::update(ratings::table.filter(ratings::id.eq_any(&ids)))
            .set((ratings::words.eq(None::<Sealed>), ratings::hidden.eq(Json(Vec::<String>::new()))))
            .execute(c)?;
        diesel::update(rating_steps::table.filter(rating_steps::rating_id.eq_any(&ids)))
            .set(rating_steps::said.eq(None::<Sealed>))
            .execute(c)?;
        diesel::update(rating_appeals::table.filter(rating_appeals::id.eq_any(&ids)))
            .set((rating_appeals::evidence.eq(None::<Sealed>), rating_appeals::reason.eq(None::<Sealed>)))
            .execute(c)?;
        evidence::forget(c, &ids).map_err(LedgerError::Db)?;
        follow::drop_all(c, now, &ids)?;
        diesel::delete(theirs).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, rating_matters, RatingId, [], [words: OWN_WORDS]);
        Ok(())
    }
}

fn ledger_error(error: RatingError) -> LedgerError {
    match error {
        RatingError::Db(error) => LedgerError::Db(error),
        RatingError::Ledger(error) => error,
        _ => LedgerError::Sealed,
    }
}
