//! Until when secrets and certificates of bindings are good, and saying so in time: 30, 14, 7 and 1 days before, and
//! when it is over; each once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use x509_parser::pem::Pem;

use super::{
    bindings::BindingId,
    warnings::{self, News},
};
use crate::{
    db::{
        Conn, DbError, Json, Stamp,
        schema::{environment_bindings, expiry_warnings},
    },
    each,
    jobs::{Job, Priority},
    platform::{
        Moment,
        clock::{CITY_ZONE, city_day},
    },
};

/// Days by name of the secret.
pub type Expiries = BTreeMap<String, NaiveDate>;

/// So many days before its end it is said; 0: it is over.
const STAGES: [i32; 5] = [0, 1, 7, 14, 30];

/// The stage that a number of days has reached.
pub fn stage(days: i64) -> Option<i32> {
    // Over means after its last day.
    STAGES.into_iter().find(|stage| if *stage == 0 { days < 0 } else { days <= i64::from(*stage) })
}

/// The last day of the certificates in a text, in the city; of several the first to end. `None`: it holds none.
pub fn certificates_end(text: &str) -> Option<NaiveDate> {
    let ends = Pem::iter_from_buffer(text.as_bytes()).filter_map(Result::ok).filter_map(|pem| {
        let certificate = pem.parse_x509().ok()?;
        Moment::from_timestamp(certificate.validity().not_after.timestamp(), 0)
    });
    ends.min().map(|end| end.with_timezone(&CITY_ZONE).date_naive())
}

/// What a proposal says of its secrets, and what certificates among them say themselves, which is truer.
pub(super) fn known(secrets: &BTreeMap<String, String>, said: &Expiries) -> Expiries {
    secrets
        .iter()
        .filter_map(|(name, value)| {
            let day = certificates_end(value).or_else(|| said.get(name).copied())?;
            Some((name.clone(), day))
        })
        .collect()
}

/// A secret that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub name: String,
    pub on: NaiveDate,
    /// Negative: it is over.
    pub days: i64,
}

/// What ends soon of an agency's binding in force, the first to end first.
pub fn ending(c: &mut Conn, now: Moment, agency: &str) -> Result<Vec<Ending>, DbError> {
    let rows: Vec<Json<Expiries>> = environment_bindings::table
        .filter(environment_bindings::agency.eq(agency))
        .filter(environment_bindings::approved_at.is_not_null())
        .filter(environment_bindings::ended_at.is_null())
        .select(environment_bindings::expiries)
        .load(c)?;
    let today = city_day(now);
    let all = rows.into_iter().flat_map(|Json(expiries)| expiries);
    let mut ending: Vec<Ending> = all
        .map(|(name, on)| Ending { name, on, days: (on - today).num_days() })
        .filter(|ending| stage(ending.days).is_some())
        .collect();
    ending.sort_by_key(|ending| (ending.on, ending.name.clone()));
    Ok(ending)
}

/// Tells agencies what ends soon.
#[derive(Debug, Serialize, Deserialize)]
pub struct WarnOfExpiry;

impl Job for WarnOfExpiry {
    const KIND: &'static str = "agencies.warn-of-expiry";
    const PRIORITY: Priority = Priority::Low;
    const BUDGET: TimeDelta = TimeDelta::days(1);

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Runs [`WarnOfExpiry`]: whatever was missed is said by the stage that has been reached.
pub fn warn(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let rows: Vec<(BindingId, String, Json<Expiries>)> = environment_bindings::table
        .filter(environment_bindings::approved_at.is_not_null())
        .filter(environment_bindings::ended_at.is_null())
        .filter(environment_bindings::expiries.ne("{}"))
        .select((environment_bindings::id, environment_bindings::agency, environment_bindings::expiries))
        .load(c)?;
    let today = city_day(now);
    let mut warned = 0;
    for (binding, agency, Json(expiries)) in rows {
        for (name, on) in expiries {
            let Some(stage) = stage((on - today).num_days()) else { continue };
            let row = (
                expiry_warnings::binding_id.eq(binding),
                expiry_warnings::name.eq(&name),
                expiry_warnings::stage.eq(stage),
                expiry_warnings::warned_at.eq(Stamp::from(now)),
            );
            // Whoever writes the row says it.
            let first = each!(c, |c| diesel::insert_into(expiry_warnings::table)
                .values(row)
                .on_conflict_do_nothing()
                .execute(c))?;
            if first == 1 {
                warnings::tell(c, now, &agency, &News::Expiring { name, on })?;
                warned += 1;
            }
        }
    }
    Ok(warned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_reached_one_after_the_other() {
        let reached: Vec<_> = [31, 30, 15, 14, 8, 7, 2, 1, 0, -1, -400].map(stage).into();
        let expected = [
            None,
            Some(30),
            Some(30),
            Some(14),
            Some(14),
            Some(7),
            Some(7),
            Some(1),
            Some(1),
            Some(0),
            Some(0),
        ];
        assert_eq!(reached, expected);
    }

    #[test]
    fn what_is_no_certificate_has_no_end_of_its_own() {
        assert_eq!(certificates_end("0123456789abcdef"), None);
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(certificates_end(broken), None);
        let day = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        let secrets =
            BTreeMap::from([("key".to_owned(), "x".to_owned()), ("other".to_owned(), "y".to_owned())]);
        let said = Expiries::from([("key".to_owned(), day), ("unknown".to_owned(), day)]);
        assert_eq!(known(&secrets, &said), Expiries::from([("key".to_owned(), day)]));
    }
}
