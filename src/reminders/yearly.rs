//! Yearly windows: services that are there in some months only, as the tax return is. Whoever wants is reminded when one
//! opens and before it closes, each year anew, until they want it no more.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_licences::reminders::Reason;

use super::{
    Hangs, Means, Planned, Source, keep,
    model::{Deadline, DeadlineId},
};
use crate::{
    catalogue::Catalogue,
    db::{Conn, DbError, schema::deadlines},
    jobs::{self, Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Moment, clock::city_day},
};

/// Days before the last one on which people are reminded, beside the day on which the window opens.
const BEFORE_ITS_END: [i64; 3] = [30, 7, 1];
/// So many are counted anew in one transaction.
const SET: i64 = 200;

/// The days on which a service is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub opens: NaiveDate,
    pub closes: NaiveDate,
}

impl Window {
    /// The one that runs, or else the next, of a service that is there in these months. A service that is always there has
    /// none.
    pub fn next(months: &[u8], today: NaiveDate) -> Option<Self> {
        let has = |month: u32| u8::try_from(month).is_ok_and(|month| months.contains(&month));
        let before = |month: u32| if month == 1 { 12 } else { month - 1 };
        let begins = (1..=12).filter(|month| has(*month) && !has(before(*month)));
        let windows = begins.flat_map(|month| {
            let long = (0..12).take_while(|later| has((month - 1 + later) % 12 + 1)).count();
            (today.year() - 1..=today.year() + 1).filter_map(move |year| Self::of(year, month, long))
        });
        windows.filter(|window| window.closes >= today).min_by_key(|window| window.opens)
    }

    fn of(year: i32, month: u32, long: usize) -> Option<Self> {
        let opens = NaiveDate::from_ymd_opt(year, month, 1)?;
        let after = opens.checked_add_months(chrono::Months::new(u32::try_from(long).ok()?))?;
        Some(Self { opens, closes: after.pred_opt()? })
    }

    /// The day on which it opens, and some before it closes.
    fn plan(self) -> Vec<u16> {
        let whole = (self.closes - self.opens).num_days();
        let days = std::iter::once(whole).chain(BEFORE_ITS_END.into_iter().filter(|days| *days < whole));
        days.filter_map(|days| u16::try_from(days).ok()).collect()
    }
}

fn hangs(citizen: CitizenId, service: &str) -> Hangs {
    Hangs {
        citizen,
        source: Source::Own,
        id: format!("yearly/{service}"),
        about: service.to_owned(),
        words: None,
    }
}

/// Somebody wants to be reminded of a window.
pub fn want(
    c: &mut Conn,
    now: Moment,
    (citizen, service): (CitizenId, &str),
    window: Window,
) -> Result<(), DbError> {
    let today = city_day(now);
    let planned = Planned::on(window.closes, today.min(window.opens), &window.plan());
    keep(c, now, today, &hangs(citizen, service), (&[planned], Reason::Discarded))
}

/// Counts the windows anew that people are reminded of, after this one: a year is over, or a service has other months.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Recount {
    after: Option<DeadlineId>,
}

impl Job for Recount {
    const KIND: &'static str = "reminders.yearly";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(3);
}

/// Runs [`Recount`].
pub async fn recount(means: Means, job: Recount, running: Running) -> Result<Done, Failure> {
    let edition = means.wallet.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let now = means.wallet.site.clock.now();
    running.finish(move |c| set(c, now, &edition.catalogue, job.after)).await
}

fn set(c: &mut Conn, now: Moment, catalogue: &Catalogue, after: Option<DeadlineId>) -> Result<(), DbError> {
    let yearly = deadlines::table
        .filter(deadlines::source.eq(Source::Own.tag()))
        .filter(deadlines::about.ne(""))
        .filter(deadlines::ended.is_null())
        .into_boxed();
    let yearly = match after {
        Some(after) => yearly.filter(deadlines::id.gt(after)),
        None => yearly,
    };
    let some: Vec<Deadline> = yearly.order(deadlines::id).limit(SET).select(Deadline::as_select()).load(c)?;
    for known in &some {
        again(c, now, catalogue, known)?;
    }
    if let Some(last) = some.last().filter(|_| i64::try_from(some.len()) == Ok(SET)) {
        jobs::enqueue(c, now, &Recount { after: Some(last.id) })?;
    }
    Ok(())
}

/// One window as it is now. Of a service that is gone, or always there, nobody is reminded.
pub(super) fn again(
    c: &mut Conn,
    now: Moment,
    catalogue: &Catalogue,
    known: &Deadline,
) -> Result<(), DbError> {
    let today = city_day(now);
    let service = catalogue.service(&known.about).map(|entry| &entry.service);
    let window = service.and_then(|service| Window::next(&service.months, today));
    let planned = window.map(|window| {
        // What was counted stays as it is, so that nothing changes from day to day.
        let same = window.closes == known.due_on;
        let since = if same { known.since_on } else { today.min(window.opens) };
        Planned::on(window.closes, since, &window.plan())
    });
    keep(c, now, today, &hangs(known.citizen_id, &known.about), (planned.as_slice(), Reason::Discarded))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn next(months: &[u8], today: &str) -> Option<(String, String)> {
        let window = Window::next(months, day(today))?;
        Some((window.opens.to_string(), window.closes.to_string()))
    }

    fn said(opens: &str, closes: &str) -> (String, String) {
        (opens.to_owned(), closes.to_owned())
    }

    #[test]
    fn the_window_that_runs_or_the_next_one() {
        let tax = [3, 4, 5, 6];
        assert_eq!(next(&tax, "2026-11-20"), Some(said("2027-03-01", "2027-06-30")));
        assert_eq!(next(&tax, "2027-03-01"), Some(said("2027-03-01", "2027-06-30")));
        assert_eq!(next(&tax, "2027-06-30"), Some(said("2027-03-01", "2027-06-30")));
        assert_eq!(next(&tax, "2027-07-01"), Some(said("2028-03-01", "2028-06-30")));
        // Over the turn of the year, and a month that is longer in some years.
        let winter = [11, 12, 1, 2];
        assert_eq!(next(&winter, "2027-12-31"), Some(said("2027-11-01", "2028-02-29")));
        assert_eq!(next(&winter, "2027-02-01"), Some(said("2026-11-01", "2027-02-28")));
        // Of two windows the nearer.
        assert_eq!(next(&[3, 9], "2026-11-20"), Some(said("2027-03-01", "2027-03-31")));
        assert_eq!(next(&[3, 9], "2026-08-20"), Some(said("2026-09-01", "2026-09-30")));
        assert_eq!(next(&[], "2026-11-20"), None);
        assert_eq!(next(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "2026-11-20"), None);
    }

    #[test]
    fn people_are_reminded_when_it_opens_and_before_it_closes() {
        let plan = |months: &[u8]| Window::next(months, day("2026-11-20")).unwrap().plan();
        assert_eq!(plan(&[3, 4, 5, 6]), [121, 30, 7, 1]);
        assert_eq!(plan(&[2]), [27, 7, 1]);
    }

    proptest! {
        /// Wherever somebody stands there is one window before them, in the months of the service, and the next day has the
        /// same or a later one.
        #[test]
        fn windows_follow_one_another(months in prop::collection::btree_set(1_u8..=12, 1..12), days in 0_i64..4000) {
            let months: Vec<u8> = months.into_iter().collect();
            let today = day("2024-01-01") + TimeDelta::days(days);
            let window = Window::next(&months, today).unwrap();
            prop_assert!(window.closes >= today && window.opens <= window.closes);
            for end in [window.opens, window.closes] {
                prop_assert!(months.contains(&u8::try_from(end.month()).unwrap()));
            }
            prop_assert_eq!(window.opens.day(), 1);
            prop_assert_eq!(window.closes.succ_opt().unwrap().day(), 1);
            let tomorrow = Window::next(&months, today.succ_opt().unwrap()).unwrap();
            prop_assert!(tomorrow.opens >= window.opens);
            prop_assert_eq!(tomorrow == window, window.closes > today);
        }
    }
}
