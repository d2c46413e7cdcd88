//! The pages of bookings.

mod calendar;
mod choose;
mod desk;
mod list;
mod load;
mod review;
mod start;
mod ticket;

pub use choose::{begin, wait};
pub use desk::{calendar, calendars, check_in, excuse, stop};
pub use list::{bookings, leave};
pub use load::{load, walked_in};
pub use review::{confirm, discard, review};
pub use start::start;
pub use ticket::{cancel, entry, go_on, ticket};

use chrono::NaiveDateTime;
use yimen_contract::{
    booking::{Booking as Rules, Place},
    query::ServedBy,
    service::Service,
};

use super::views::{RulesView, WhenView};
use crate::{
    bookings::{Booking, Slot},
    catalogue::{asking, filling::yuan, present::Presenter},
    platform::{Moment, clock::CITY_ZONE},
};

/// Whether appointments of a service are made here: the backend gives them, or the portal keeps the calendar.
fn is_booked_here(service: &Service) -> bool {
    let given = service.served_by == Some(ServedBy::Slots) || asking::keeps_calendar(service);
    given && service.form.is_some()
}

/// The rules of a service; those of one that says nothing of them.
fn rules_of(service: &Service) -> Rules {
    service.booking.clone().unwrap_or_default()
}

/// A moment in the city's own time.
fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

/// A place of a calendar that the portal keeps.
fn place_of<'a>(service: &'a Service, id: &str) -> Option<&'a Place> {
    service.booking.as_ref()?.places.iter().find(|place| place.id == id)
}

fn when(present: Presenter<'_>, service: Option<&Service>, booking: &Booking, slot: &Slot) -> WhenView {
    let kept = service.zip(slot.place.as_deref()).and_then(|(service, id)| place_of(service, id));
    let named = kept.map(|place| present.text(&place.name).text);
    WhenView {
        starts: local(booking.starts_at.moment()),
        ends: local(booking.ends_at.moment()),
        place: slot.place_name.clone().or(named),
        fee: slot
            .fee_fen
            .filter(|fee| *fee > 0)
            .map(|fee| present.t.amount_yuan(yuan(i64::try_from(fee).unwrap_or(i64::MAX)))),
    }
}

fn rules_view(rules: &Rules) -> RulesView {
    RulesView {
        days: rules.window_days,
        release: rules.release.clone(),
        cancel: rules.cancel_until.as_ref().map(|cut| (cut.days, cut.at.clone())),
        missed: rules
            .missed
            .map(|rule| (rule.late_minutes, rule.times, rule.within_days, rule.barred_days))
            .filter(|_| !rules.places.is_empty()),
        guardian: rules.guardian_under,
    }
}
