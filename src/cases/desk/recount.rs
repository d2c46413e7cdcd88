//! Clocks that were wound through a year whose calendar nobody had published are wound anew once it is known.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    clock,
    model::{Both, Work},
};
use crate::{
    cases::{CaseError, CaseId, model::Case, term},
    catalogue::Catalogue,
    db::{
        Conn, Stamp,
        schema::{case_steps, cases, desk_work},
    },
    jobs::Job,
    platform::{calendar::WorkingCalendar, clock::city_day},
};

/// So many are read at once.
const SET: i64 = 200;

/// Winds the clocks that are a guess anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recount {}

impl Job for Recount {
    const KIND: &'static str = "cases.recount";

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Says how many have another day now, or are no guess any more.
pub fn recount(c: &mut Conn, calendar: &WorkingCalendar, catalogue: &Catalogue) -> Result<usize, CaseError> {
    let (mut moved, mut after) = (0, CaseId::from(Uuid::nil()));
    loop {
        let some = guessed(c, after)?;
        let Some((_, last)) = some.last() else { return Ok(moved) };
        after = last.id;
        let steps = steps_of(c, &some)?;
        for (case, work) in &some {
            let acts = steps.get(&case.id).map_or(&[][..], Vec::as_slice);
            let pauses = term::pauses(acts.iter().map(|(day, act)| (*day, act.as_str())));
            let service = catalogue.service(&case.service).map(|entry| &entry.service);
            let Some(due) = clock::due(calendar, service, case, &pauses)? else { continue };
            if due.provisional && Some(due.on) == work.clock_on {
                continue;
            }
            // Whoever did something with it meanwhile has wound its clock by the new calendar.
            let unchanged = desk_work::table
                .filter(desk_work::citizen_id.eq(work.citizen_id))
                .filter(desk_work::id.eq(work.id))
                .filter(desk_work::clock_on.eq(work.clock_on))
                .filter(desk_work::provisional.eq(true));
            moved += diesel::update(unchanged)
                .set((desk_work::clock_on.eq(Some(due.on)), desk_work::provisional.eq(due.provisional)))
                .execute(c)?;
        }
    }
}

/// The next of those that are a guess.
fn guessed(c: &mut Conn, after: CaseId) -> Result<Vec<Both>, CaseError> {
    let of_case = desk_work::citizen_id.eq(cases::citizen_id).and(desk_work::id.eq(cases::id));
    Ok(cases::table
        .inner_join(desk_work::table.on(of_case))
        .filter(desk_work::provisional.eq(true))
        .filter(desk_work::clock_on.is_not_null())
        .filter(desk_work::id.gt(after))
        .order(desk_work::id)
        .limit(SET)
        .select((Case::as_select(), Work::as_select()))
        .load(c)?)
}

type Acts = HashMap<CaseId, Vec<(NaiveDate, String)>>;

/// What happened to them, by its day.
fn steps_of(c: &mut Conn, some: &[Both]) -> Result<Acts, CaseError> {
    let ids: Vec<CaseId> = some.iter().map(|(case, _)| case.id).collect();
    let rows: Vec<(CaseId, Stamp, String)> = case_steps::table
        .filter(case_steps::case_id.eq_any(ids))
        .order(case_steps::id)
        .select((case_steps::case_id, case_steps::at, case_steps::act))
        .load(c)?;
    let mut acts = Acts::new();
    for (case, at, act) in rows {
        acts.entry(case).or_default().push((city_day(at.moment()), act));
    }
    Ok(acts)
}
