//! The one place that asks what time it is.
//!
//! Rules about deadlines are only testable when time is ours, so everything that needs the time gets a
//! [`Clock`] or, better, a [`Moment`]. `Utc::now` is banned elsewhere by lint.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::{Asia::Shanghai, Tz};

/// A point in time, in UTC.
pub type Moment = DateTime<Utc>;

/// The city's own zone, in which people read dates and laws count days.
pub const CITY_ZONE: Tz = Shanghai;

/// The calendar day in the city at a moment.
pub fn city_day(at: Moment) -> NaiveDate {
    at.with_timezone(&CITY_ZONE).date_naive()
}

/// The wall clock, one that goes before or behind it, or one that only moves when told.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Microseconds since 1970, when the clock is a set one.
    set: Option<Arc<AtomicI64>>,
    /// How far it goes before the wall clock.
    ahead: TimeDelta,
}

impl Clock {
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still at `at` until it is moved. Its clones move together.
    pub fn standing(at: Moment) -> Self {
        Self { set: Some(Arc::new(AtomicI64::new(at.timestamp_micros()))), ahead: TimeDelta::zero() }
    }

    /// A clock on which it is `at` now, and which goes on from there.
    pub fn starting(at: Moment) -> Self {
        Self { set: None, ahead: at - Self::system().now() }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall clock")]
    pub fn now(&self) -> Moment {
        match &self.set {
            None => Utc::now() + self.ahead,
            Some(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// The calendar day in the city.
    pub fn today(&self) -> NaiveDate {
        city_day(self.now())
    }

    /// Moves a standing clock; the wall clock takes no orders.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(micros) = &self.set {
            micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }
}
