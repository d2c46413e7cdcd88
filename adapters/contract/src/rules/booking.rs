//! Rules for `[booking]`: appointments that can be kept.

use crate::booking::{Booking, Place};
use crate::query::ServedBy;
use crate::rules::Report;
use crate::rules::words::Length;
use crate::service::{Service, ServiceKind};
use crate::shape;

const A_DAY: u16 = 24 * 60;

pub(crate) fn booking(service: &Service, report: &mut Report) {
    let Some(booking) = &service.booking else { return };
    if service.kind != ServiceKind::Booking {
        let remedy = "Remove this table, or write type = \"booking\".";
        return report.error("booking", "Only a service that gives appointments has rules for them.", remedy);
    }
    let times = booking.release.iter().map(|at| ("booking.release", at));
    let cut_off = booking.cancel_until.iter().map(|cut| ("booking.cancel_until.at", &cut.at));
    for (field, at) in times.chain(cut_off) {
        if shape::minutes(at).is_none_or(|at| at >= A_DAY) {
            report.error(field, "That is not a time of day.", "Write it as `07:00`.");
        }
    }
    let numbers = [
        ("booking.window_days", booking.window_days, 1, 90),
        ("booking.hold_minutes", booking.hold_minutes, 1, 60),
        ("booking.offer_minutes", booking.offer_minutes, 5, 1440),
    ];
    for (field, number, least, most) in numbers {
        within(field, number, (least, most), report);
    }
    if let Some(missed) = &booking.missed {
        within("booking.missed.late_minutes", missed.late_minutes, (5, 240), report);
        within("booking.missed.times", missed.times.into(), (1, 20), report);
        within("booking.missed.within_days", missed.within_days, (1, 366), report);
        within("booking.missed.barred_days", missed.barred_days, (1, 366), report);
    }
    places(service, booking, report);
}

fn within(field: &str, number: u16, (least, most): (u16, u16), report: &mut Report) {
    if number < least || number > most {
        let message = format!("{number} is out of range.");
        report.error(field, message, format!("Write a number from {least} to {most}."));
    }
}

fn places(service: &Service, booking: &Booking, report: &mut Report) {
    if !booking.places.is_empty() && service.served_by != Some(ServedBy::Desk) {
        report.error(
            "booking.places",
            "The backend keeps the calendar; the portal would keep a second one.",
            "Remove the places, or write served_by = \"desk\".",
        );
    }
    if booking.places.is_empty() && service.served_by == Some(ServedBy::Desk) {
        let remedy = "Add [[booking.places]].";
        report.error("booking", "Nobody keeps a calendar: there are no places.", remedy);
    }
    report.no_repeats("booking.places", booking.places.iter().map(|place| place.id.as_str()));
    for (index, place) in booking.places.iter().enumerate() {
        let field = format!("booking.places[{index}]");
        report.shape(format!("{field}.id"), &place.id, shape::is_slug, "small letters, digits and dashes");
        report.text(format!("{field}.name"), &place.name, Length::Name);
        within(&format!("{field}.minutes"), place.minutes, (5, 480), report);
        within(&format!("{field}.capacity"), place.capacity, (1, 10_000), report);
        hours(place, &field, report);
    }
}

fn hours(place: &Place, field: &str, report: &mut Report) {
    if place.hours.is_empty() {
        report.error(format!("{field}.hours"), "The place is never open.", "Add opening hours.");
    }
    for (index, hours) in place.hours.iter().enumerate() {
        let span = (shape::minutes(&hours.from), shape::minutes(&hours.to));
        let fits = matches!(span, (Some(from), Some(to)) if to <= A_DAY && from + place.minutes <= to);
        if !fits {
            report.error(
                format!("{field}.hours[{index}]"),
                "No appointment fits between these times.",
                "Write two times of one day such as `09:00` and `12:00`, far enough apart.",
            );
        }
    }
}
