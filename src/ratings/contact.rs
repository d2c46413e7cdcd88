//! Who rated, for whoever is to call them: a look with a reason, in that person's record. Ratings themselves name nobody.

use super::{
    follow::{self, life::State},
    model::{RatingError, RatingId},
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
    let look = Look {
        citizen: matter.citizen_id,
        actor: Actor::Staff(staff),
        purpose: Purpose::Service,
        basis: Basis::Duty,
        fields: &["name", "phone", "email"],
        detail: Some(why),
    };
    let warrant = ledger::look(c, ring, now, &look)?;
    let known = accounts::details(c, ring, &warrant)?;
    Ok(Reach { name: known.name, phone: known.phone, email: known.email })
}
