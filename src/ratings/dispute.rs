//! A decision about a rating that one side does not accept. `voice` takes it up as an order and has somebody else decide; this
//! says what can be disputed, shows it to those who decide, and turns the decision.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    appeal::{self, Ruling},
    follow, matters,
    model::{Kind, RatingError, RatingId, Standing, WORDS, level_tag},
    queries,
    terms::Terms,
};
use crate::{
    cases::Whose,
    catalogue::scores::{self, Change},
    db::{Conn, DbError, schema::rating_matters},
    ledger::{CitizenId, StaffId},
    platform::{Moment, keys::KeyRing},
};

/// A decision that can be disputed.
#[derive(Debug, Clone)]
pub struct Decision {
    pub rating: RatingId,
    pub service: String,
    pub agency: String,
    /// Who decided: the next one is somebody else.
    pub by: StaffId,
    /// The last day on which it can be disputed.
    pub last_day: NaiveDate,
}

/// What whoever rated can dispute: that their rating does not count.
pub fn of_person(
    c: &mut Conn,
    terms: &Terms<'_>,
    whose: &Whose,
    (kind, reference): (Kind, &str),
) -> Result<Decision, RatingError> {
    let matter = matters::find(c, whose, kind, reference)?.ok_or(RatingError::Unknown)?;
    decided(c, terms, matter.id, Ruling::Upheld)
}

/// What an agency can dispute: that a rating which it spoke against counts. Another agency's is as unknown as none.
pub fn of_agency(
    c: &mut Conn,
    terms: &Terms<'_>,
    agencies: &[String],
    id: RatingId,
) -> Result<Decision, RatingError> {
    queries::one(c, agencies, id)?;
    decided(c, terms, id, Ruling::Rejected)
}

fn decided(c: &mut Conn, terms: &Terms<'_>, id: RatingId, against: Ruling) -> Result<Decision, RatingError> {
    let (rating, _, appeal) = queries::whole(c, id)?.ok_or(RatingError::Unknown)?;
    let decided = appeal.as_ref().and_then(appeal::Appeal::decided).filter(|(ruling, ..)| *ruling == against);
    let (_, by, at) = decided.ok_or(RatingError::NotNow)?;
    Ok(Decision {
        rating: rating.id,
        service: rating.service,
        agency: rating.agency,
        by,
        last_day: terms.appeal(at),
    })
}

/// The ratings that somebody gave, whoever disputes what was decided about them.
pub fn given_by(c: &mut Conn, citizen: CitizenId) -> Result<Vec<RatingId>, DbError> {
    Ok(rating_matters::table
        .filter(rating_matters::citizen_id.eq(citizen))
        .filter(rating_matters::rated_at.is_not_null())
        .select(rating_matters::id)
        .load(c)?)
}

/// What those read who decide anew. It names nobody.
#[derive(Debug, Clone)]
pub struct Facts {
    pub agency: String,
    pub level: &'static str,
    /// As far as they tell nothing of who rated.
    pub words: Option<String>,
    pub fault: &'static str,
    pub evidence: Option<String>,
    pub ruling: Option<&'static str>,
    pub reason: Option<String>,
}

/// What was rated, what the agency had against it, and how that was decided.
pub fn facts(c: &mut Conn, ring: &KeyRing, id: RatingId) -> Result<Facts, RatingError> {
    let (rating, _, appeal) = queries::whole(c, id)?.ok_or(RatingError::Unknown)?;
    let appeal = appeal.ok_or(RatingError::Unknown)?;
    Ok(Facts {
        level: level_tag(rating.level()?),
        words: rating.words.as_ref().map(|words| words.open(ring, WORDS)).transpose()?,
        fault: appeal.fault().tag(),
        evidence: appeal.evidence(ring)?,
        ruling: appeal.ruling().map(Ruling::tag),
        reason: appeal.reason(ring)?,
        agency: rating.agency,
    })
}

/// Turns the decision: what was set aside counts again, and what counted is set aside. What followed from a bad rating is not
/// taken up again: the answer to the dispute stands in its place.
pub fn turn(c: &mut Conn, (ring, now): (&KeyRing, Moment), id: RatingId) -> Result<(), RatingError> {
    let rating = queries::held(c, id)?;
    let level = rating.level()?;
    let (standing, change, told) = match rating.standing() {
        Standing::Review => return Err(RatingError::NotNow),
        Standing::Counts => (Standing::Aside, Change::default().set_aside(level), Ruling::Upheld),
        Standing::Aside => (Standing::Counts, Change::default().restored(level), Ruling::Rejected),
    };
    appeal::stand(c, id, standing)?;
    scores::add(c, rating.counted_for(), change)?;
    if standing == Standing::Aside {
        follow::drop_one(c, ring, now, &rating.agency, id)?;
    }
    follow::tell(c, now, id, told.tag())
}
