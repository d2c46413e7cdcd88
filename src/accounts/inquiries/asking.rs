//! What a citizen does: ask, and say that an answer was none.

use diesel::prelude::*;

use super::{
    model::{InquiryError, InquiryId, Kind, State, end_of},
    queries::{OBJECTION, SAID},
};
use crate::{
    accounts::staff::{Branch, branch_of},
    db::{Conn, DbError, Stamp, schema::inquiries},
    each,
    ledger::{self, CitizenId, LookId, Looker, StaffId},
    platform::{Moment, calendar::Due, keys::KeyRing},
};

/// How many corrections of one person may wait at a time.
const MOST_WAITING: i64 = 20;

/// Writes down that a person asks why they were looked at. Asking again changes nothing. `false`: there is no
/// such look at this person, or it was their own.
pub fn ask_why(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    look: LookId,
    due: Due,
) -> Result<bool, DbError> {
    let (agency, concerns): (String, Option<StaffId>) = match ledger::looker(c, citizen, look)? {
        None => return Ok(false),
        Some(Looker::Citizen(who)) if who == citizen => return Ok(false),
        Some(Looker::Agency(slug)) => (slug, None),
        Some(Looker::Staff(who)) => (String::new(), Some(who)),
        Some(Looker::Citizen(_) | Looker::Portal) => (String::new(), None),
    };
    let row = (
        inquiries::citizen_id.eq(citizen),
        inquiries::id.eq(InquiryId::new()),
        inquiries::kind.eq(Kind::Why.tag()),
        inquiries::look_id.eq(Some(look)),
        inquiries::branch.eq(answering(c, &agency)?.as_str().to_owned()),
        inquiries::agency.eq(agency),
        inquiries::concerns.eq(concerns),
        inquiries::state.eq(State::Open.tag()),
        inquiries::made_at.eq(Stamp::from(now)),
        inquiries::due_at.eq(Stamp::from(end_of(due.on))),
        inquiries::provisional.eq(due.provisional),
    );
    each!(c, |c| diesel::insert_into(inquiries::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(true)
}

/// Who answers for an agency; for the city where there is none.
fn answering(c: &mut Conn, agency: &str) -> Result<Branch, DbError> {
    if agency.is_empty() { Ok(Branch::city()) } else { branch_of(c, agency) }
}

/// What a person wants corrected.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The agency whose record it is; the city where there is none.
    pub agency: Option<String>,
    /// The kind of data.
    pub what: String,
    pub words: String,
}

/// Asks to have something corrected, in the person's own words.
pub fn ask_correction(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    correction: &Correction,
    due: Due,
) -> Result<InquiryId, InquiryError> {
    let waiting: i64 = inquiries::table
        .filter(inquiries::citizen_id.eq(citizen))
        .filter(inquiries::kind.eq(Kind::Correct.tag()))
        .filter(inquiries::state.eq_any([State::Open.tag(), State::Objected.tag()]))
        .count()
        .get_result(c)?;
    if waiting >= MOST_WAITING {
        return Err(InquiryError::TooMany);
    }
    let Correction { agency, what, words } = correction;
    let said = ledger::seal(c, ring, citizen, SAID, &format!("{what}\n{words}"))?;
    let agency = agency.as_deref().unwrap_or_default();
    let (id, branch) = (InquiryId::new(), answering(c, agency)?);
    diesel::insert_into(inquiries::table)
        .values((
            inquiries::citizen_id.eq(citizen),
            inquiries::id.eq(id),
            inquiries::kind.eq(Kind::Correct.tag()),
            inquiries::agency.eq(agency),
            inquiries::branch.eq(branch.as_str()),
            inquiries::said.eq(Some(said)),
            inquiries::state.eq(State::Open.tag()),
            inquiries::made_at.eq(Stamp::from(now)),
            inquiries::due_at.eq(Stamp::from(end_of(due.on))),
            inquiries::provisional.eq(due.provisional),
        ))
        .execute(c)?;
    Ok(id)
}

/// The person says that the answer does not answer it: once, and it goes to the level above.
pub fn object(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    id: InquiryId,
    words: &str,
    due: Due,
) -> Result<(), InquiryError> {
    let own = inquiries::table.filter(inquiries::citizen_id.eq(citizen)).filter(inquiries::id.eq(id));
    let there: i64 = own.count().get_result(c)?;
    if there == 0 {
        return Err(InquiryError::Unknown);
    }
    let objection = match words {
        "" => None,
        words => Some(ledger::seal(c, ring, citizen, OBJECTION, words)?),
    };
    let objected = diesel::update(own.filter(inquiries::state.eq(State::Answered.tag())))
        .set((
            inquiries::state.eq(State::Objected.tag()),
            inquiries::objected_at.eq(Some(Stamp::from(now))),
            inquiries::objection.eq(objection),
            inquiries::due_at.eq(Stamp::from(end_of(due.on))),
            inquiries::provisional.eq(due.provisional),
        ))
        .execute(c)?;
    if objected == 1 { Ok(()) } else { Err(InquiryError::Already) }
}
