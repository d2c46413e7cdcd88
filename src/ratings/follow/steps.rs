//! What happens after a bad rating: each step through the one table, on record.

use diesel::prelude::*;

use super::{
    life::{Act, By, State, next},
    model::FollowUp,
};
use crate::{
    db::{
        Conn, Sealed, Stamp,
        schema::{rating_follow_ups, rating_steps},
    },
    jobs,
    notices::RatingNews,
    platform::{Moment, clock::city_day, keys::KeyRing},
    ratings::{Matter, RatingError, RatingId, Terms, model::StepId, queries},
};

/// Where what was said is sealed. It is staff's and the person's to read, and goes with the person.
const SAID: &str = "rating_steps.said";
/// The first step, which leads from nothing.
const OPEN: &str = "open";

/// Who does something: a member of staff's id, or a word. Never a person's name, and not who rated.
#[derive(Debug, Clone, Copy)]
pub(in crate::ratings) struct Doer<'a> {
    pub by: By,
    pub whom: &'a str,
}

impl Doer<'static> {
    pub(in crate::ratings) const PERSON: Self = Self { by: By::Person, whom: "person" };
    pub(in crate::ratings) const PORTAL: Self = Self { by: By::Portal, whom: "portal" };
}

/// Opens one, in the transaction in which the rating is given.
pub(in crate::ratings) fn open(
    c: &mut Conn,
    now: Moment,
    terms: &Terms<'_>,
    matter: &Matter,
) -> Result<(), RatingError> {
    use rating_follow_ups as f;
    let today = city_day(now);
    let (contact, fix) = (terms.contact(now), terms.fix(now, false));
    diesel::insert_into(f::table)
        .values((
            f::id.eq(matter.id),
            f::agency.eq(&matter.agency),
            f::service.eq(&matter.service),
            f::state.eq(State::Opened.tag()),
            f::opened_at.eq(Stamp::from(now)),
            f::changed_at.eq(Stamp::from(now)),
            f::contact_by.eq(contact.on),
            f::fix_by.eq(fix.on),
            f::provisional.eq(contact.provisional || fix.provisional),
            f::since.eq(today),
            f::complex.eq(false),
        ))
        .execute(c)?;
    write(c, now, matter.id, (OPEN, None, State::Opened), Doer::PERSON, None)
}

/// Takes a step, in the caller's transaction.
pub(in crate::ratings) fn take(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    one: &mut FollowUp,
    (act, doer): (Act, Doer<'_>),
    said: Option<&str>,
) -> Result<State, RatingError> {
    let from = one.state()?;
    let to = next(from, act, doer.by).ok_or(RatingError::NotNow)?;
    // Whoever was faster has changed what this was decided by.
    let still = rating_follow_ups::table.find(one.id).filter(rating_follow_ups::state.eq(from.tag()));
    let moved = diesel::update(still)
        .set((rating_follow_ups::state.eq(to.tag()), rating_follow_ups::changed_at.eq(Stamp::from(now))))
        .execute(c)?;
    if moved != 1 {
        return Err(RatingError::NotNow);
    }
    let said = said.map(|said| Sealed::new(ring, SAID, said)).transpose()?;
    write(c, now, one.id, (act.tag(), Some(from), to), doer, said)?;
    to.tag().clone_into(&mut one.state);
    Ok(to)
}

fn write(
    c: &mut Conn,
    now: Moment,
    id: RatingId,
    (act, from, to): (&str, Option<State>, State),
    doer: Doer<'_>,
    said: Option<Sealed>,
) -> Result<(), RatingError> {
    diesel::insert_into(rating_steps::table)
        .values((
            rating_steps::id.eq(StepId::new()),
            rating_steps::rating_id.eq(id),
            rating_steps::at.eq(Stamp::from(now)),
            rating_steps::by_kind.eq(doer.by.tag()),
            rating_steps::by_whom.eq(doer.whom),
            rating_steps::act.eq(act),
            rating_steps::from_state.eq(from.map(State::tag)),
            rating_steps::to_state.eq(to.tag()),
            rating_steps::said.eq(said),
        ))
        .execute(c)?;
    Ok(())
}

/// That somebody of the agency has it in hand now, which moves it nowhere.
pub(super) fn note(
    c: &mut Conn,
    now: Moment,
    id: RatingId,
    (act, state): (&str, State),
    whom: &str,
) -> Result<(), RatingError> {
    write(c, now, id, (act, Some(state), state), Doer { by: By::Agency, whom }, None)
}

/// A step that many take at once, by the portal.
#[derive(Insertable)]
#[diesel(table_name = rating_steps)]
pub(super) struct PortalStep {
    id: StepId,
    rating_id: RatingId,
    at: Stamp,
    by_kind: &'static str,
    by_whom: &'static str,
    act: &'static str,
    from_state: Option<String>,
    to_state: &'static str,
}

impl PortalStep {
    pub(super) fn of(now: Moment, (id, from): (RatingId, String), (act, to): (Act, State)) -> Self {
        Self {
            id: StepId::new(),
            rating_id: id,
            at: Stamp::from(now),
            by_kind: By::Portal.tag(),
            by_whom: Doer::PORTAL.whom,
            act: act.tag(),
            from_state: Some(from),
            to_state: to.tag(),
        }
    }
}

/// Has whoever rated told, if they are still there.
pub(in crate::ratings) fn tell(
    c: &mut Conn,
    now: Moment,
    id: RatingId,
    what: &str,
) -> Result<(), RatingError> {
    let Some(matter) = queries::matter_of(c, id)? else { return Ok(()) };
    let news = RatingNews {
        citizen: matter.citizen_id,
        kind: matter.kind()?.tag().to_owned(),
        reference: matter.reference,
        service: matter.service,
        agency: matter.agency,
        what: what.to_owned(),
    };
    jobs::enqueue(c, now, &news)?;
    Ok(())
}

/// A step as it is shown.
#[derive(Debug, Clone)]
pub struct Step {
    pub at: Moment,
    pub by: String,
    pub act: String,
    pub said: Option<String>,
}

/// Everything that happened after a rating, oldest first.
pub fn of_rating(c: &mut Conn, ring: &KeyRing, id: RatingId) -> Result<Vec<Step>, RatingError> {
    let rows: Vec<(Stamp, String, String, Option<Sealed>)> = rating_steps::table
        .filter(rating_steps::rating_id.eq(id))
        .order(rating_steps::id)
        .select((rating_steps::at, rating_steps::by_kind, rating_steps::act, rating_steps::said))
        .load(c)?;
    rows.into_iter()
        .map(|(at, by, act, said)| {
            let said = said.map(|said| said.open(ring, SAID)).transpose()?;
            Ok(Step { at: at.moment(), by, act, said })
        })
        .collect()
}

/// How many steps there were.
pub(super) fn count(c: &mut Conn, id: RatingId) -> Result<i64, RatingError> {
    Ok(rating_steps::table.filter(rating_steps::rating_id.eq(id)).count().get_result(c)?)
}
