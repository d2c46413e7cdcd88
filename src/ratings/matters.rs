//! What ended: a case, an appointment, a payment. Each is counted once, whether it is rated or not.

use std::sync::Arc;

use actix_web::web::Data;
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    model::{Kind, Matter, RatingError, RatingId},
    terms::Terms,
};
use crate::{
    accounts::acting::{CompanyId, Represented},
    bookings::{self, life::State as Booked},
    cases::{self, Whose},
    catalogue::{
        Edition, Shelf,
        scores::{self, Change, Of},
    },
    db::{Conn, schema::rating_matters},
    each,
    jobs::{Done, Failure, Running},
    ledger::CitizenId,
    payments::{self, PayError, life::State as Paid},
    platform::{clock::city_day, keys::KeyError, random},
    web::Site,
};

/// What the runners of this room work with.
#[derive(Clone)]
pub struct Means {
    pub site: Data<Site>,
    pub shelf: Data<Shelf>,
}

/// Something that ended, as its own room knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub kind: Kind,
    id: Uuid,
    pub reference: String,
    citizen: CitizenId,
    company: Option<CompanyId>,
    pub service: String,
    pub agency: String,
    /// The code of the district that it is about, where that is known.
    district: Option<String>,
    pub on: NaiveDate,
}

impl Ended {
    /// Whether it is of this company, or of none.
    pub(super) fn is_of(&self, company: Option<CompanyId>) -> bool {
        self.company == company
    }
}

/// Whose matters of a kind somebody rates. A payment is the payer's own, whomever they act for.
pub(super) fn owner(kind: Kind, whose: &Whose) -> Option<(CitizenId, Option<CompanyId>)> {
    match (kind, &whose.party.represented) {
        (Kind::Payment, Represented::Oneself) | (Kind::Case | Kind::Booking, _) => {
            Some((whose.owner(), whose.company()))
        }
        (Kind::Payment, _) => None,
    }
}

/// Asks the room whose matter it is whether it ended. Somebody else's is as unknown as none.
pub fn ended(
    c: &mut Conn,
    kind: Kind,
    citizen: CitizenId,
    reference: &str,
) -> Result<Option<Ended>, RatingError> {
    Ok(match kind {
        Kind::Case => {
            let found = cases::queries::of_reference(c, citizen, reference)?;
            let Some(case) = found else { return Ok(None) };
            case.state()?.may_be_rated().then(|| Ended {
                kind,
                id: case.id.uuid(),
                citizen,
                company: case.company_id,
                on: city_day(case.changed_at.moment()),
                reference: case.reference,
                service: case.service,
                agency: case.agency,
                district: case.district,
            })
        }
        Kind::Booking => {
            let found = bookings::queries::of_reference(c, citizen, reference)?;
            let Some(booking) = found else { return Ok(None) };
            (booking.state()? == Booked::Kept).then(|| Ended {
                kind,
                id: booking.id.uuid(),
                citizen,
                company: booking.company_id,
                on: city_day(booking.changed_at.moment()),
                reference: booking.reference,
                service: booking.service,
                agency: booking.agency,
                district: None,
            })
        }
        Kind::Payment => {
            let order = match payments::queries::find(c, citizen, reference) {
                Err(PayError::Unknown) => return Ok(None),
                found => found?,
            };
            (order.state()? == Paid::Settled).then(|| Ended {
                kind,
                id: order.id.uuid(),
                citizen,
                company: None,
                on: city_day(order.changed_at.moment()),
                reference: order.reference,
                service: order.service,
                agency: order.agency,
                district: None,
            })
        }
    })
}

/// Writes down and counts that something ended, once. What goes on after its end, such as a delivery, puts off the last
/// day on which it can be rated.
pub(super) fn enter(c: &mut Conn, terms: &Terms<'_>, ended: &Ended) -> Result<(), RatingError> {
    use rating_matters as m;
    let last_day = terms.last_day(ended.on);
    // A number of pure chance: others say at which moment they were made, and staff see this one and decided the case.
    let bytes: [u8; 16] = random::bytes().map_err(KeyError::from)?;
    let id = RatingId::from(uuid::Builder::from_random_bytes(bytes).into_uuid());
    let row = (
        m::citizen_id.eq(ended.citizen),
        m::id.eq(id),
        m::kind.eq(ended.kind.tag()),
        m::matter_id.eq(ended.id.as_bytes().to_vec()),
        m::reference.eq(&ended.reference),
        m::company_id.eq(ended.company),
        m::service.eq(&ended.service),
        m::agency.eq(&ended.agency),
        m::ended_on.eq(ended.on),
        m::last_day.eq(last_day),
        m::district.eq(&ended.district),
    );
    let new = each!(c, |c| diesel::insert_into(m::table).values(row).on_conflict_do_nothing().execute(c))?;
    if new == 1 {
        let district = ended.district.as_deref();
        let of = Of { service: &ended.service, agency: &ended.agency, district, month: ended.on };
        scores::add(c, of, Change::finished())?;
        return Ok(());
    }
    let waiting = m::table
        .filter(m::citizen_id.eq(ended.citizen))
        .filter(m::kind.eq(ended.kind.tag()))
        .filter(m::matter_id.eq(ended.id.as_bytes().to_vec()))
        .filter(m::rated_at.is_null())
        .filter(m::last_day.lt(last_day));
    diesel::update(waiting).set(m::last_day.eq(last_day)).execute(c)?;
    Ok(())
}

/// A matter by its owner and number, if it is known that it ended.
pub(super) fn find(
    c: &mut Conn,
    whose: &Whose,
    kind: Kind,
    reference: &str,
) -> Result<Option<Matter>, RatingError> {
    let Some((citizen, company)) = owner(kind, whose) else { return Ok(None) };
    let found: Option<Matter> = rating_matters::table
        .filter(rating_matters::citizen_id.eq(citizen))
        .filter(rating_matters::kind.eq(kind.tag()))
        .filter(rating_matters::reference.eq(reference))
        .select(Matter::as_select())
        .first(c)
        .optional()?;
    Ok(found.filter(|matter| matter.company_id == company))
}

/// The same for whoever is about to change it: nobody else does so meanwhile.
pub(super) fn held(c: &mut Conn, whose: &Whose, kind: Kind, reference: &str) -> Result<Matter, RatingError> {
    let (citizen, _) = owner(kind, whose).ok_or(RatingError::Unknown)?;
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    let theirs = rating_matters::table
        .filter(rating_matters::citizen_id.eq(citizen))
        .filter(rating_matters::kind.eq(kind.tag()))
        .filter(rating_matters::reference.eq(reference));
    diesel::update(theirs).set(rating_matters::last_day.eq(rating_matters::last_day)).execute(c)?;
    find(c, whose, kind, reference)?.ok_or(RatingError::Unknown)
}

/// Runs [`cases::Ended`].
pub async fn case_ended(means: Means, job: cases::Ended, running: Running) -> Result<Done, Failure> {
    over(means, running, (Kind::Case, job.citizen, job.reference)).await
}

/// Runs [`bookings::Ended`].
pub async fn booking_ended(means: Means, job: bookings::Ended, running: Running) -> Result<Done, Failure> {
    over(means, running, (Kind::Booking, job.citizen, job.reference)).await
}

/// Runs [`payments::Ended`].
pub async fn payment_ended(means: Means, job: payments::Ended, running: Running) -> Result<Done, Failure> {
    over(means, running, (Kind::Payment, job.citizen, job.reference)).await
}

async fn over(
    means: Means,
    running: Running,
    (kind, citizen, reference): (Kind, CitizenId, String),
) -> Result<Done, Failure> {
    let edition: Arc<Edition> =
        means.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    running
        .finish(move |c: &mut Conn| {
            if kind == Kind::Case {
                cases::promise::keep(c, &edition, citizen, &reference)?;
            }
            let Some(terms) = Terms::of(&edition.catalogue) else { return Ok(()) };
            match ended(c, kind, citizen, &reference)? {
                Some(ended) => enter(c, &terms, &ended),
                // The person is gone, or it goes on after all.
                None => Ok(()),
            }
        })
        .await
}

impl From<RatingError> for Failure {
    fn from(error: RatingError) -> Self {
        match error {
            RatingError::Db(error) => error.into(),
            other => Self::retry(other),
        }
    }
}
