//! Where a month's figures come from: what is kept anyway, one grouped statement for each kind of it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::{
    calls,
    complaints::{Ask, Complained, Others},
    decided::decisions,
    districts::{self, District},
    guide,
    model::Kept,
    stage::Month,
};
use crate::{
    cases::drafts as begun,
    catalogue::{Catalogue, counts},
    db::{
        Conn, DbError, Stamp,
        schema::{bookings, cases, drafts, payment_orders, service_scores},
    },
    platform::{Moment, clock::city_day},
};

/// Whoever saved a draft within these days may still hand it in.
const AT_WORK: TimeDelta = TimeDelta::days(7);
/// What the agency promises, in minutes: a day of the calendar, and a working day, of which five are a week.
const DAY: u32 = 1_440;
const WORKING_DAY: u32 = 2_016;

/// A month of every service, while it is counted, and of every district.
pub(super) struct Rows {
    month: Month,
    services: BTreeMap<String, Kept>,
    districts: BTreeMap<String, District>,
    /// Complaints about none of an agency's services.
    complaints: BTreeMap<String, i64>,
}

/// A month as it was counted.
pub(super) struct Counted {
    pub services: Vec<Kept>,
    pub districts: Vec<District>,
    pub complaints: Vec<Others>,
}

impl Rows {
    /// Of every service there is: one that nobody used has a row as well.
    pub fn new(catalogue: &Catalogue, month: Month) -> Self {
        let row = |entry: &crate::catalogue::ServiceEntry| {
            let (service, agency) = (&entry.service, catalogue.agency_of(entry));
            let filled = guide::filled(service);
            let row = Kept {
                agency: agency.slug.clone(),
                domain: service.domain.clone(),
                promised_minutes: promised(service).into(),
                guide: signed(filled.count),
                guide_of: signed(filled.of),
                visits: service.visits.into(),
                maturity: word(&service.maturity(agency.agency.backend.driver)),
                ..Kept::empty(&service.code, month)
            };
            (service.code.clone(), row)
        };
        let none = |district: &yimen_contract::city::District| {
            (district.code.clone(), District::empty(&district.code, month))
        };
        Self {
            month,
            services: catalogue.services.iter().map(row).collect(),
            districts: catalogue.city.city.districts.iter().map(none).collect(),
            complaints: BTreeMap::new(),
        }
    }

    /// The row of a service. One that has left the city is its last agency's.
    fn of(&mut self, service: &str, agency: &str) -> &mut Kept {
        let month = self.month;
        self.services
            .entry(service.to_owned())
            .or_insert_with(|| Kept { agency: agency.to_owned(), ..Kept::empty(service, month) })
    }

    /// The same where it is not known whose it was: nothing is counted for nobody.
    fn known(&mut self, service: &str) -> Option<&mut Kept> {
        self.services.get_mut(service)
    }

    /// The row of a district. What has no district, or none of the city's any more, is counted for none.
    fn there(&mut self, district: Option<&str>) -> Option<&mut District> {
        self.districts.get_mut(district?)
    }

    pub fn into_counted(self) -> Counted {
        let month = self.month.first();
        let others = |(agency, complaints)| Others { agency, month, complaints };
        Counted {
            services: self.services.into_values().collect(),
            districts: self.districts.into_values().collect(),
            complaints: self.complaints.into_iter().map(others).collect(),
        }
    }

    /// Counts everything.
    pub fn fill(&mut self, c: &mut Conn, now: Moment, ask: Ask) -> Result<(), DbError> {
        self.rated(c)?;
        self.rated_in_districts(c)?;
        self.complained(c, ask)?;
        self.decided(c)?;
        self.handed_in(c)?;
        self.booked(c)?;
        self.paid(c)?;
        self.left_lying(c, now)?;
        self.called(c)?;
        self.looked_at(c)
    }

    /// What ended and what was said of it. A service that went from one agency to another has both's.
    fn rated(&mut self, c: &mut Conn) -> Result<(), DbError> {
        use service_scores as s;
        type Line = (String, String, i64, i64, i64, i64, i64, i64, i64);
        let lines: Vec<Line> = s::table
            .filter(s::month.eq(self.month.first()))
            .select((
                s::service,
                s::agency,
                s::finished,
                s::very_dissatisfied,
                s::dissatisfied,
                s::basically_satisfied,
                s::satisfied,
                s::very_satisfied,
                s::aside,
            ))
            .load(c)?;
        for (service, agency, finished, worst, bad, fair, good, best, aside) in lines {
            let row = self.of(&service, &agency);
            row.finished += finished;
            row.very_dissatisfied += worst;
            row.dissatisfied += bad;
            row.basically_satisfied += fair;
            row.satisfied += good;
            row.very_satisfied += best;
            row.aside += aside;
        }
        Ok(())
    }

    fn rated_in_districts(&mut self, c: &mut Conn) -> Result<(), DbError> {
        for rated in districts::rated(c, self.month)? {
            if let Some(place) = self.there(Some(&rated.district)) {
                *place = rated;
            }
        }
        Ok(())
    }

    /// Complaints: those about a service count for it, the others for whoever deals with them, apart.
    fn complained(&mut self, c: &mut Conn, ask: Ask) -> Result<(), DbError> {
        let (from, to) = self.month.span();
        for Complained { service, agency, district, times } in ask(c, from, to)? {
            if let Some(place) = self.there(district.as_deref()) {
                place.complaints += times;
            }
            let row = service.as_deref().and_then(|service| self.services.get_mut(service));
            match (row, agency) {
                (Some(row), _) => row.complaints += times,
                (None, Some(agency)) => *self.complaints.entry(agency).or_default() += times,
                (None, None) => {}
            }
        }
        Ok(())
    }

    fn decided(&mut self, c: &mut Conn) -> Result<(), DbError> {
        let (from, to) = self.month.span();
        for line in decisions(c, from, to)? {
            if let Some(place) = self.there(line.district.as_deref()) {
                place.decided += line.decided;
                place.on_time += line.on_time;
                place.on_time_of += line.on_time_of;
            }
            let row = self.of(&line.service, &line.agency);
            row.decided += line.decided;
            row.on_time += line.on_time;
            row.on_time_of += line.on_time_of;
            row.first_pass += line.first_pass;
            let minutes = u32::try_from(line.minutes).unwrap_or_default();
            *row.durations.0.entry(minutes).or_default() += u64::try_from(line.decided).unwrap_or_default();
        }
        Ok(())
    }

    fn handed_in(&mut self, c: &mut Conn) -> Result<(), DbError> {
        let (from, to) = self.span();
        let lines: Vec<(String, String, i64, i64, Option<Stamp>)> = cases::table
            .filter(cases::submitted_at.ge(from))
            .filter(cases::submitted_at.lt(to))
            .group_by((cases::service, cases::agency))
            .select((
                cases::service,
                cases::agency,
                diesel::dsl::count_star(),
                diesel::dsl::count(cases::accepted_on),
                diesel::dsl::max(cases::submitted_at),
            ))
            .load(c)?;
        for (service, agency, count, accepted, last) in lines {
            let row = self.of(&service, &agency);
            row.handed_in += count;
            row.accepted += accepted;
            used(row, last);
        }
        Ok(())
    }

    fn booked(&mut self, c: &mut Conn) -> Result<(), DbError> {
        let (from, to) = self.span();
        let lines: Vec<(String, String, Option<Stamp>)> = bookings::table
            .filter(bookings::made_at.ge(from))
            .filter(bookings::made_at.lt(to))
            .group_by((bookings::service, bookings::agency))
            .select((bookings::service, bookings::agency, diesel::dsl::max(bookings::made_at)))
            .load(c)?;
        for (service, agency, last) in lines {
            used(self.of(&service, &agency), last);
        }
        Ok(())
    }

    fn paid(&mut self, c: &mut Conn) -> Result<(), DbError> {
        use payment_orders as o;
        let (from, to) = self.span();
        let lines: Vec<(String, String, Option<Stamp>)> = o::table
            .filter(o::created_at.ge(from))
            .filter(o::created_at.lt(to))
            .group_by((o::service, o::agency))
            .select((o::service, o::agency, diesel::dsl::max(o::created_at)))
            .load(c)?;
        for (service, agency, last) in lines {
            used(self.of(&service, &agency), last);
        }
        Ok(())
    }

    /// Drafts of the month that nobody goes on with, by where they were left. What was handed in or thrown away is no
    /// draft any more.
    fn left_lying(&mut self, c: &mut Conn, now: Moment) -> Result<(), DbError> {
        let (from, to) = self.span();
        let lines: Vec<(String, Option<String>, i64)> = drafts::table
            .filter(drafts::begun_at.ge(from))
            .filter(drafts::begun_at.lt(to))
            .filter(drafts::saved_at.lt(Stamp::from(now - AT_WORK)))
            .group_by((drafts::service, drafts::step))
            .select((drafts::service, drafts::step, diesel::dsl::count_star()))
            .load(c)?;
        for (service, step, count) in lines {
            if let Some(row) = self.known(&service) {
                let step = step.unwrap_or_else(|| begun::BEGUN.to_owned());
                row.left_lying += count;
                *row.left_at.0.entry(step).or_default() += u64::try_from(count).unwrap_or_default();
            }
        }
        Ok(())
    }

    fn called(&mut self, c: &mut Conn) -> Result<(), DbError> {
        for day in calls::between(c, self.month.first(), self.month.next().first())? {
            let Some(row) = self.known(&day.service) else { continue };
            row.reachable += day.reachable;
            row.reachable_of += day.reachable_of;
            for (millis, times) in day.latency.0 {
                *row.latency.0.entry(millis).or_default() += times;
            }
            row.used_on(day.day);
        }
        Ok(())
    }

    fn looked_at(&mut self, c: &mut Conn) -> Result<(), DbError> {
        for (service, views) in counts::between(c, self.month.first(), self.month.next().first())? {
            if let Some(row) = self.known(&service) {
                row.looked_at += views;
            }
        }
        Ok(())
    }

    fn span(&self) -> (Stamp, Stamp) {
        let (from, to) = self.month.span();
        (from.into(), to.into())
    }
}

fn used(row: &mut Kept, last: Option<Stamp>) {
    if let Some(last) = last {
        row.used_on(city_day(last.moment()));
    }
}

/// What the agency promises, in minutes. What is done at once is done within a day.
fn promised(service: &yimen_contract::service::Service) -> u32 {
    use yimen_contract::service::DayUnit;
    let promised = service.time.promised;
    let day = match promised.unit {
        DayUnit::Working => WORKING_DAY,
        DayUnit::Calendar => DAY,
    };
    (u32::from(promised.days) * day).max(DAY)
}

/// The word that packages have for a value.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The last day on which each service was used, of those that are known to have been.
pub(super) fn last_uses(c: &mut Conn) -> Result<BTreeMap<String, NaiveDate>, DbError> {
    use crate::db::schema::score_rows as r;
    let lines: Vec<(String, Option<NaiveDate>)> = r::table
        .filter(r::last_used.is_not_null())
        .group_by(r::service)
        .select((r::service, diesel::dsl::max(r::last_used)))
        .load(c)?;
    Ok(lines.into_iter().filter_map(|(service, last)| Some((service, last?))).collect())
}
