//! What an agency has against a rating: that it is malicious, or mistaken. It says so once, with what shows it; somebody
//! outside the agency decides. Until then the rating counts and is seen to be under review; set aside, it is still kept.

use diesel::prelude::*;

use super::{
    follow::{self, work::Worker},
    model::{Rating, RatingError, RatingId, Standing},
    queries,
};
use crate::{
    agencies::warnings::{self, Decision},
    catalogue::scores::{self, Change},
    db::{
        Conn, Sealed, Stamp,
        schema::{rating_appeals, ratings},
    },
    each,
    ledger::StaffId,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// Where what shows it, and why it was decided so, are sealed. Both go with the person who rated.
const EVIDENCE: &str = "rating_appeals.evidence";
const REASON: &str = "rating_appeals.reason";

/// What is wrong with a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Malicious,
    Mistaken,
}

impl Fault {
    pub const ALL: [Self; 2] = [Self::Malicious, Self::Mistaken];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Malicious => "malicious",
            Self::Mistaken => "mistaken",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.tag() == tag)
    }
}

/// How it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// The rating does not count any more.
    Upheld,
    Rejected,
}

impl Ruling {
    pub const ALL: [Self; 2] = [Self::Upheld, Self::Rejected];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Rejected => "rejected",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ruling| ruling.tag() == tag)
    }
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = rating_appeals)]
pub struct Appeal {
    pub(super) kind: String,
    evidence: Option<Sealed>,
    pub asked_by: StaffId,
    asked_at: Stamp,
    pub(super) outcome: Option<String>,
    reason: Option<Sealed>,
    decided_by: Option<StaffId>,
    decided_at: Option<Stamp>,
}

impl Appeal {
    pub fn fault(&self) -> Fault {
        Fault::named(&self.kind).unwrap_or(Fault::Mistaken)
    }

    pub fn ruling(&self) -> Option<Ruling> {
        self.outcome.as_deref().and_then(Ruling::named)
    }

    /// How it was decided, by whom and when.
    pub(super) fn decided(&self) -> Option<(Ruling, StaffId, Moment)> {
        Some((self.ruling()?, self.decided_by?, self.decided_at?.moment()))
    }

    pub fn asked_at(&self) -> Moment {
        self.asked_at.moment()
    }

    pub fn evidence(&self, ring: &KeyRing) -> Result<Option<String>, RatingError> {
        Ok(self.evidence.as_ref().map(|sealed| sealed.open(ring, EVIDENCE)).transpose()?)
    }

    pub fn reason(&self, ring: &KeyRing) -> Result<Option<String>, RatingError> {
        Ok(self.reason.as_ref().map(|sealed| sealed.open(ring, REASON)).transpose()?)
    }
}

/// A rating of this agency, for whoever is about to change it.
fn held(c: &mut Conn, agency: &str, id: RatingId) -> Result<Rating, RatingError> {
    let rating = queries::held(c, id)?;
    if rating.agency == agency { Ok(rating) } else { Err(RatingError::Unknown) }
}

/// Says what is wrong with a rating, in time and once.
pub fn ask(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    worker: Worker<'_>,
    id: RatingId,
    (fault, evidence): (Fault, &str),
) -> Result<(), RatingError> {
    let rating = held(c, worker.agency, id)?;
    if worker.above || rating.standing() != Standing::Counts {
        return Err(RatingError::NotNow);
    }
    if city_day(now) > rating.appeal_by {
        return Err(RatingError::Over);
    }
    let row = (
        rating_appeals::id.eq(id),
        rating_appeals::agency.eq(worker.agency),
        rating_appeals::kind.eq(fault.tag()),
        rating_appeals::evidence.eq(Some(Sealed::new(ring, EVIDENCE, evidence)?)),
        rating_appeals::asked_by.eq(worker.staff),
        rating_appeals::asked_at.eq(Stamp::from(now)),
    );
    let new = each!(c, |c| diesel::insert_into(rating_appeals::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if new != 1 {
        return Err(RatingError::Already);
    }
    diesel::update(ratings::table.find(id)).set(ratings::noted.eq(true)).execute(c)?;
    stand(c, id, Standing::Review)?;
    follow::tell(c, now, id, "review")
}

pub(super) fn stand(c: &mut Conn, id: RatingId, standing: Standing) -> Result<(), RatingError> {
    diesel::update(ratings::table.find(id)).set(ratings::standing.eq(standing.tag())).execute(c)?;
    Ok(())
}

/// Decides about an appeal: from above the agency, and not whoever made it.
pub fn decide(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    worker: Worker<'_>,
    id: RatingId,
    (ruling, reason): (Ruling, &str),
) -> Result<(), RatingError> {
    let rating = held(c, worker.agency, id)?;
    if !worker.above || rating.standing() != Standing::Review {
        return Err(RatingError::NotNow);
    }
    let open = rating_appeals::table.find(id).filter(rating_appeals::outcome.is_null());
    let others = open.filter(rating_appeals::asked_by.ne(worker.staff));
    let decided = diesel::update(others)
        .set((
            rating_appeals::outcome.eq(Some(ruling.tag())),
            rating_appeals::reason.eq(Some(Sealed::new(ring, REASON, reason)?)),
            rating_appeals::decided_by.eq(Some(worker.staff)),
            rating_appeals::decided_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    if decided != 1 {
        return Err(RatingError::Own);
    }
    match ruling {
        Ruling::Rejected => stand(c, id, Standing::Counts)?,
        Ruling::Upheld => {
            stand(c, id, Standing::Aside)?;
            scores::add(c, rating.counted_for(), Change::default().set_aside(rating.level()?))?;
            follow::drop_one(c, ring, now, worker.agency, id)?;
        }
    }
    let what = match ruling {
        Ruling::Upheld => Decision::AppealUpheld,
        Ruling::Rejected => Decision::AppealRejected,
    };
    warnings::tell_decided(c, now, worker.agency, what)?;
    follow::tell(c, now, id, ruling.tag())
}
