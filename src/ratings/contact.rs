//! Who rated, for whoever is to call them: a look with a reason, in that person's record. Ratings themselves name nobody.

use chrono::NaiveDate;

use super::{
    follow::{self, life::State},
    model::{Kind, Matter, RatingError, RatingId},
    queries,
};
use crate::{
    accounts,
    db::Conn,
    ledger::{self, Actor, Basis, Look, Purpose, StaffId},
    platform::{Moment, keys::KeyRing},
};

/// How to reach whoever rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Which matter was rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    pub kind: Kind,
    pub reference: String,
    pub ended_on: NaiveDate,
}

pub(super) fn by<'a>(staff: StaffId, matter: &Matter, fields: &'a [&'a str], why: &'a str) -> Look<'a> {
    Look {
        citizen: matter.citizen_id,
        actor: Actor::Staff(staff),
        purpose: Purpose::Service,
        basis: Basis::Duty,
        fields,
        detail: Some(why),
    }
}

/// Which matter of an agency it was, for whoever decides about the rating from above. Its number leads to the person, so that
/// this is a look as well.
pub fn matter(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (staff, agency): (StaffId, &str),
    (id, why): (RatingId, &str),
) -> Result<Which, RatingError> {
    let found = queries::matter_of(c, id)?.filter(|matter| matter.agency == agency);
    let matter = found.ok_or(RatingError::NotNow)?;
    ledger::look(c, ring, now, &by(staff, &matter, &["service", "number"], why))?;
    Ok(Which { kind: matter.kind()?, ended_on: matter.ended_on, reference: matter.reference })
}

/// Opens it while there is something to speak about, and only for the agency whose it is.
pub fn look(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (staff, agency): (StaffId, &str),
    (id, why): (RatingId, &str),
) -> Result<Reach, RatingError> {
    let one = follow::queries::of(c, id)?.filter(|one| one.agency == agency).ok_or(RatingError::Unknown)?;
    if !matches!(one.state()?, State::Opened | State::Contacted) {
        return Err(RatingError::NotNow);
    }
    let matter = queries::matter_of(c, id)?.ok_or(RatingError::NotNow)?;
    let warrant = ledger::look(c, ring, now, &by(staff, &matter, &["name", "phone", "email"], why))?;
    let known = accounts::details(c, ring, &warrant)?;
    Ok(Reach { name: known.name, phone: known.phone, email: known.email })
}
