//! By when what has to be done, by what the city sets and its calendar. A clock runs by the numbers with which it began.

use chrono::{Days, NaiveDate};

use crate::{
    accounts::acting::beginning,
    catalogue::Catalogue,
    platform::{
        Moment,
        calendar::{Due, WorkingCalendar},
        clock::city_day,
    },
    policy::{Book, Rule},
};

/// The terms of a city. Where it has none, nobody is asked for a rating.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    book: &'a Book,
    calendar: &'a WorkingCalendar,
}

impl<'a> Terms<'a> {
    pub fn of(catalogue: &'a Catalogue) -> Option<Self> {
        let asks = catalogue.city.ratings.is_some();
        asks.then(|| Self { book: &catalogue.rules, calendar: &catalogue.calendar })
    }

    /// The last day on which something can be said of what happened on a day.
    pub fn last_day(&self, on: NaiveDate) -> NaiveDate {
        self.book.last_day(Rule::RateWindow, on)
    }

    /// Of what happened before this moment nobody can say anything any more.
    pub fn over_before(&self, today: NaiveDate) -> Moment {
        let longest = Days::new(Rule::RateWindow.bounds().1.into());
        let first = today.checked_sub_days(longest).unwrap_or(today);
        // Where the window was shortened, what happened later may be over before what happened first.
        let open = first.iter_days().find(|day| self.last_day(*day) >= today);
        beginning(open.unwrap_or(today))
    }

    /// Whether a rating can be changed after something that was done about it on a day.
    pub fn amends(&self, on: NaiveDate) -> bool {
        self.book.on(on).is_on(Rule::AmendOnce)
    }

    /// By when somebody speaks with whoever rated at a moment.
    pub fn contact(&self, at: Moment) -> Due {
        self.after(city_day(at), self.book.at(at).number(Rule::ContactDue))
    }

    /// By when it is put right, from the moment at which the clock began.
    pub fn fix(&self, began: Moment, complex: bool) -> Due {
        let rule = if complex { Rule::ComplexFixDue } else { Rule::FixDue };
        self.after(city_day(began), self.book.at(began).number(rule))
    }

    /// Until when the agency can appeal against what was rated at a moment.
    pub fn appeal(&self, at: Moment) -> NaiveDate {
        self.after(city_day(at), self.book.at(at).number(Rule::AppealWindow)).on
    }

    fn after(&self, day: NaiveDate, days: u32) -> Due {
        self.calendar.working_days_after(day, days)
    }
}
