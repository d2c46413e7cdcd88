//! What happens by the clock: each tick once, on however many nodes.

use chrono::{DurationRound as _, NaiveTime, TimeDelta};
use diesel::prelude::*;

use crate::{
    db::{Conn, DbError, Stamp, schema::schedules},
    each,
    platform::{Moment, clock::CITY_ZONE},
};

/// How often a schedule ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// As exactly as the runners look at the clock, which is every few seconds.
    Seconds(u16),
    Minutes(u16),
    /// Once a day at this hour and minute in the city.
    DayAt(u8, u8),
}

/// Something to do at every tick, in the transaction that claims the tick: usually to enqueue a job.
#[derive(Clone, Copy)]
pub struct Schedule {
    pub name: &'static str,
    pub every: Every,
    pub act: fn(&mut Conn, Moment) -> Result<(), DbError>,
}

impl Every {
    /// The latest tick at or before `now`.
    pub(super) fn tick(self, now: Moment) -> Option<Moment> {
        match self {
            Self::Seconds(seconds) => now.duration_trunc(TimeDelta::seconds(seconds.max(1).into())).ok(),
            Self::Minutes(minutes) => now.duration_trunc(TimeDelta::minutes(minutes.max(1).into())).ok(),
            Self::DayAt(hour, minute) => {
                let local = now.with_timezone(&CITY_ZONE);
                let at = NaiveTime::from_hms_opt(hour.into(), minute.into(), 0)?;
                let today = local.date_naive().and_time(at).and_local_timezone(CITY_ZONE).earliest()?;
                let tick = if today <= local { today } else { today - TimeDelta::days(1) };
                Some(tick.to_utc())
            }
        }
    }
}

/// Acts on a schedule if its latest tick has not been claimed by any node. Ticks missed while nothing ran are
/// made up for by one: whoever acts works by what is due, not by what the clock says.
pub(super) fn claim(c: &mut Conn, now: Moment, schedule: &Schedule) -> Result<bool, DbError> {
    let Some(tick) = schedule.every.tick(now) else { return Ok(false) };
    let tick = Stamp::from(tick);
    let row = (schedules::name.eq(schedule.name), schedules::last_tick.eq(tick));
    let first =
        each!(c, |c| diesel::insert_into(schedules::table).values(row).on_conflict_do_nothing().execute(c))?;
    let claimed = first == 1
        || diesel::update(schedules::table)
            .filter(schedules::name.eq(schedule.name))
            .filter(schedules::last_tick.lt(tick))
            .set(schedules::last_tick.eq(tick))
            .execute(c)?
            == 1;
    if claimed {
        (schedule.act)(c, now)?;
    }
    Ok(claimed)
}

/// When everything last happened that happens by the clock, by name.
pub fn ticks(c: &mut Conn) -> Result<Vec<(String, Moment)>, DbError> {
    let rows: Vec<(String, Stamp)> =
        schedules::table.order(schedules::name).select((schedules::name, schedules::last_tick)).load(c)?;
    Ok(rows.into_iter().map(|(name, at)| (name, at.moment())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_counted_in_the_city_s_own_day() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        // 02:30 in the city is 18:30 UTC of the day before.
        assert_eq!(Every::DayAt(2, 30).tick(at("2026-11-20T18:29:59Z")), Some(at("2026-11-19T18:30:00Z")));
        assert_eq!(Every::DayAt(2, 30).tick(at("2026-11-20T18:30:00Z")), Some(at("2026-11-20T18:30:00Z")));
        assert_eq!(Every::Seconds(5).tick(at("2026-11-20T18:29:59Z")), Some(at("2026-11-20T18:29:55Z")));
        assert_eq!(Every::Minutes(10).tick(at("2026-11-20T18:29:59Z")), Some(at("2026-11-20T18:20:00Z")));
    }
}
