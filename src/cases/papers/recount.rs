//! By when papers follow that were promised. Days that were counted through a year whose calendar nobody had published are
//! counted anew once it is known.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::kept::PromiseId;
use crate::{
    cases::CaseError,
    db::{
        Conn, Stamp,
        schema::{cases, promised_papers},
    },
    ledger::CitizenId,
    platform::{
        Moment,
        calendar::{Due, WorkingCalendar},
        clock::city_day,
    },
};

/// Working days within which a paper that was promised follows.
const LATE: u32 = 10;
/// So many are read at once.
const SET: i64 = 200;

/// By when a paper follows that was promised in what was handed in then.
pub(super) fn due(calendar: &WorkingCalendar, handed_in: Moment) -> Due {
    calendar.working_days_after(city_day(handed_in), LATE)
}

/// Says how many have another day now, or are no guess any more.
pub fn recount(c: &mut Conn, calendar: &WorkingCalendar) -> Result<usize, CaseError> {
    let (mut moved, mut after) = (0, PromiseId::from(Uuid::nil()));
    loop {
        let some = guessed(c, after)?;
        let Some((_, last, ..)) = some.last() else { return Ok(moved) };
        after = *last;
        for (owner, id, before, handed_in) in some {
            let due = due(calendar, handed_in.moment());
            if due.provisional && Some(due.on) == before {
                continue;
            }
            // A paper that came meanwhile has taken its promise away.
            let unchanged = promised_papers::table
                .find((owner, id))
                .filter(promised_papers::due_on.eq(before))
                .filter(promised_papers::provisional.eq(true));
            moved += diesel::update(unchanged)
                .set((
                    promised_papers::due_on.eq(Some(due.on)),
                    promised_papers::provisional.eq(due.provisional),
                ))
                .execute(c)?;
        }
    }
}

type Guess = (CitizenId, PromiseId, Option<NaiveDate>, Stamp);

/// The next of those that are a guess, with the moment in which their case was handed in.
fn guessed(c: &mut Conn, after: PromiseId) -> Result<Vec<Guess>, CaseError> {
    let of_case =
        cases::citizen_id.eq(promised_papers::citizen_id).and(cases::id.eq(promised_papers::matter));
    Ok(promised_papers::table
        .inner_join(cases::table.on(of_case))
        .filter(promised_papers::provisional.eq(true))
        .filter(promised_papers::due_on.is_not_null())
        .filter(promised_papers::id.gt(after))
        .order(promised_papers::id)
        .limit(SET)
        .select((
            promised_papers::citizen_id,
            promised_papers::id,
            promised_papers::due_on,
            cases::submitted_at,
        ))
        .load(c)?)
}
