//! What is free: asked of the agency's calendar, or counted in the portal's own.

use std::collections::HashMap;

use chrono::NaiveDate;
use yimen_contract::{
    booking::Booking as Rules,
    capability::{
        Outcome,
        slots::{ListInput, ListOutput},
    },
    service::Service,
};

use super::local;
use crate::{
    bookings::{
        kept,
        rules::{Session, sessions, window},
        tell::PATIENCE,
        views::CalendarSaid,
    },
    catalogue::{Edition, asking},
    gateway::{Gateway, Request},
    platform::{Moment, clock::city_day},
    web::{Failure, Site},
};

/// A time that can be chosen, or could have been.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// What the form says.
    pub id: String,
    pub place: Option<String>,
    pub place_name: Option<String>,
    pub starts: Moment,
    pub ends: Moment,
    pub free: u32,
    pub fee_fen: Option<u64>,
    pub stopped: bool,
    /// Where the portal keeps the calendar.
    pub session: Option<Session>,
}

impl Offer {
    pub fn is_free(&self) -> bool {
        self.free > 0 && !self.stopped
    }

    pub fn day(&self) -> NaiveDate {
        city_day(self.starts)
    }
}

pub(super) struct Calendar {
    pub said: CalendarSaid,
    pub offers: Vec<Offer>,
}

/// Where the calendar is, and for which service.
pub(super) struct Source<'a> {
    pub site: &'a Site,
    pub gateway: &'a Gateway,
    pub edition: &'a Edition,
    pub service: &'a Service,
    pub agency: &'a str,
    pub rules: &'a Rules,
    /// Whether somebody can be told when the agency is back.
    pub tells: bool,
}

impl Source<'_> {
    /// Everything that may be booked now.
    pub async fn calendar(&self) -> Result<Calendar, Failure> {
        let now = self.site.clock.now();
        let (from, to) = window(self.rules, now);
        let mut calendar = if asking::keeps_calendar(self.service) {
            self.own(now, (from, to)).await?
        } else {
            self.agencys((from, to)).await?
        };
        calendar.offers.retain(|offer| offer.starts > now && (from..=to).contains(&offer.day()));
        calendar.offers.sort_by(|one, other| (one.starts, &one.place).cmp(&(other.starts, &other.place)));
        if calendar.said == CalendarSaid::Answer && calendar.offers.is_empty() {
            calendar.said = CalendarSaid::Nothing;
        }
        Ok(calendar)
    }

    async fn agencys(&self, (from, to): (NaiveDate, NaiveDate)) -> Result<Calendar, Failure> {
        let code = &self.service.code;
        let question = ListInput { service: code.clone(), from, to, place: None };
        let request =
            Request { agency: self.agency, service: Some(code), question, about: None, within: PATIENCE };
        let said = |said| Calendar { said, offers: Vec::new() };
        Ok(match self.gateway.call(request).await? {
            Outcome::Fresh(list) => Calendar { said: CalendarSaid::Answer, offers: offers(list) },
            Outcome::Stale { value, since } => {
                Calendar { said: CalendarSaid::AsOf(local(since)), offers: offers(value) }
            }
            Outcome::Empty => said(CalendarSaid::Nothing),
            Outcome::NotEntitled => said(CalendarSaid::NotEntitled),
            Outcome::Unavailable { until } => {
                said(CalendarSaid::Away { until: until.map(local), tell: self.tells })
            }
        })
    }

    async fn own(&self, now: Moment, (from, to): (NaiveDate, NaiveDate)) -> Result<Calendar, Failure> {
        let code = self.service.code.clone();
        let rows = self.site.db.read(move |c| kept::between(c, &code, (from, to))).await?;
        let known: HashMap<_, _> =
            rows.iter().map(|row| ((row.place.as_str(), row.starts_at.moment()), row)).collect();
        let mut offers = Vec::new();
        for day in from.iter_days().take_while(|day| *day <= to) {
            for place in &self.rules.places {
                for session in sessions(place, day, &self.edition.catalogue.calendar) {
                    if session.starts <= now {
                        continue;
                    }
                    let row = known.get(&(place.id.as_str(), session.starts));
                    // What was agreed when it was first wanted counts, also after the package says otherwise.
                    let left = row.map_or(i32::from(session.capacity), |row| row.capacity - row.taken);
                    offers.push(Offer {
                        id: format!("{}@{}", place.id, session.starts.timestamp()),
                        place: Some(place.id.clone()),
                        place_name: None,
                        starts: session.starts,
                        ends: session.ends,
                        free: u32::try_from(left).unwrap_or_default(),
                        fee_fen: None,
                        stopped: row.is_some_and(|row| row.stopped_at.is_some()),
                        session: Some(session),
                    });
                }
            }
        }
        Ok(Calendar { said: CalendarSaid::Answer, offers })
    }
}

fn offers(list: ListOutput) -> Vec<Offer> {
    let offer = |slot: yimen_contract::capability::slots::Slot| Offer {
        id: slot.id,
        place: slot.place,
        place_name: slot.place_name,
        starts: slot.starts,
        ends: slot.ends,
        free: slot.free,
        fee_fen: slot.fee_fen,
        stopped: slot.stopped,
        session: None,
    };
    list.slots.into_iter().map(offer).collect()
}
