//! Maintenance that an agency announces: from when to when its backend will not answer, and why. Pages say so
//! beforehand, and in that while it is not called.

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen_contract::Bilingual;

use super::incidents::{self, Act};
use crate::{
    agencies,
    db::{Conn, DbError, Stamp, announce as wake, schema::maintenance},
    id,
    platform::Moment,
};

id! {
    /// Maintenance that was announced.
    MaintenanceId
}

/// Longer than this is no maintenance but a package to be changed.
const LONGEST: TimeDelta = TimeDelta::days(14);
/// Nobody knows what will be later than this.
const FARTHEST: TimeDelta = TimeDelta::days(180);
/// As many as one agency may have ahead of it.
const MOST: i64 = 20;
/// How long before its beginning pages speak of it.
pub const TOLD_AHEAD: TimeDelta = TimeDelta::days(7);
/// In letters; a reason is a sentence.
const REASON: usize = 200;

/// What somebody announces.
#[derive(Debug, Clone)]
pub struct Announcement {
    pub agency: String,
    pub from: Moment,
    pub to: Moment,
    pub reason: Bilingual,
}

/// Why it is not taken.
#[derive(Debug, thiserror::Error)]
pub enum MaintenanceError {
    #[error("there is no agency of that name here")]
    UnknownAgency,
    #[error("there is no such announcement")]
    Unknown,
    #[error("it begins too soon: people would not hear of it in time")]
    TooSoon,
    #[error("it begins too far ahead")]
    TooFar,
    #[error("it ends before it begins")]
    EndsBefore,
    #[error("it takes too long")]
    TooLong,
    #[error("the reason is missing in a language, or too long")]
    Reason,
    #[error("too many are announced")]
    TooMany,
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for MaintenanceError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Maintenance as it was announced.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = maintenance)]
pub struct Maintenance {
    pub id: MaintenanceId,
    pub agency: String,
    starts_at: Stamp,
    ends_at: Stamp,
    reason_zh: String,
    reason_en: String,
    pub announced_by: String,
}

impl Maintenance {
    pub fn from(&self) -> Moment {
        self.starts_at.moment()
    }

    pub fn to(&self) -> Moment {
        self.ends_at.moment()
    }

    pub fn reason(&self) -> Bilingual {
        Bilingual::new(&self.reason_zh, &self.reason_en)
    }
}

/// Announces maintenance, at least so long ahead.
pub fn announce(
    c: &mut Conn,
    now: Moment,
    new: &Announcement,
    by: &str,
    ahead: TimeDelta,
) -> Result<MaintenanceId, MaintenanceError> {
    check(now, new, ahead)?;
    if agencies::version(c, &new.agency)?.is_none() {
        return Err(MaintenanceError::UnknownAgency);
    }
    let waiting: i64 =
        not_over(Stamp::from(now)).filter(maintenance::agency.eq(&new.agency)).count().get_result(c)?;
    if waiting >= MOST {
        return Err(MaintenanceError::TooMany);
    }
    let id = MaintenanceId::new();
    diesel::insert_into(maintenance::table)
        .values((
            maintenance::id.eq(id),
            maintenance::agency.eq(&new.agency),
            maintenance::starts_at.eq(Stamp::from(new.from)),
            maintenance::ends_at.eq(Stamp::from(new.to)),
            maintenance::reason_zh.eq(new.reason.zh.trim()),
            maintenance::reason_en.eq(new.reason.en.trim()),
            maintenance::announced_by.eq(by),
            maintenance::announced_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    let why = (by, new.reason.zh.trim());
    incidents::note(c, now, (&new.agency, None), Act::MaintenanceAnnounced, why)?;
    // Pages speak of it from now on.
    wake(c, agencies::TOPIC);
    Ok(id)
}

fn check(now: Moment, new: &Announcement, ahead: TimeDelta) -> Result<(), MaintenanceError> {
    let worded = |text: &str| (1..=REASON).contains(&text.trim().chars().count());
    if new.to <= new.from {
        Err(MaintenanceError::EndsBefore)
    } else if new.from < now + ahead {
        Err(MaintenanceError::TooSoon)
    } else if new.from > now + FARTHEST {
        Err(MaintenanceError::TooFar)
    } else if new.to - new.from > LONGEST {
        Err(MaintenanceError::TooLong)
    } else if !worded(&new.reason.zh) || !worded(&new.reason.en) {
        Err(MaintenanceError::Reason)
    } else {
        Ok(())
    }
}

/// Takes an announcement back, or ends what is under way: the agency is called as ever.
pub fn cancel(
    c: &mut Conn,
    now: Moment,
    agency: &str,
    id: MaintenanceId,
    by: &str,
) -> Result<(), MaintenanceError> {
    let open = maintenance::table
        .filter(maintenance::id.eq(id))
        .filter(maintenance::agency.eq(agency))
        .filter(maintenance::cancelled_at.is_null())
        .filter(maintenance::ends_at.gt(Stamp::from(now)));
    let taken = diesel::update(open)
        .set((maintenance::cancelled_by.eq(by), maintenance::cancelled_at.eq(Stamp::from(now))))
        .execute(c)?;
    if taken == 0 {
        return Err(MaintenanceError::Unknown);
    }
    incidents::note(c, now, (agency, None), Act::MaintenanceCancelled, (by, ""))?;
    wake(c, agencies::TOPIC);
    Ok(())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn not_over(at: Stamp) -> _ {
    maintenance::table.filter(maintenance::cancelled_at.is_null()).filter(maintenance::ends_at.gt(at))
}

/// What is ahead of an agency or under way.
pub fn planned(c: &mut Conn, now: Moment, agency: &str) -> Result<Vec<Maintenance>, DbError> {
    Ok(not_over(Stamp::from(now))
        .filter(maintenance::agency.eq(agency))
        .order((maintenance::starts_at, maintenance::id))
        .select(Maintenance::as_select())
        .load(c)?)
}

/// What pages of services speak of: everything under way or near, of all agencies.
pub fn near(c: &mut Conn, now: Moment) -> Result<Vec<Maintenance>, DbError> {
    Ok(not_over(Stamp::from(now))
        .filter(maintenance::starts_at.le(Stamp::from(now + TOLD_AHEAD)))
        .order((maintenance::starts_at, maintenance::id))
        .select(Maintenance::as_select())
        .load(c)?)
}

/// When the maintenance that is under way ends.
pub(super) fn until(c: &mut Conn, now: Moment, agency: &str) -> Result<Option<Moment>, DbError> {
    let end: Option<Stamp> = not_over(Stamp::from(now))
        .filter(maintenance::agency.eq(agency))
        .filter(maintenance::starts_at.le(Stamp::from(now)))
        .select(diesel::dsl::max(maintenance::ends_at))
        .first(c)?;
    Ok(end.map(Stamp::moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_people_can_hear_of_in_time_is_taken() {
        let now: Moment = "2026-11-20T04:00:00Z".parse().unwrap();
        let hours = TimeDelta::hours;
        let said = |from: i64, to: i64, zh: &str, en: &str| {
            let reason = Bilingual::new(zh, en);
            let new = Announcement {
                agency: "library".to_owned(),
                from: now + hours(from),
                to: now + hours(to),
                reason,
            };
            check(now, &new, hours(24))
        };
        assert!(said(24, 25, "升级", "Upgrade").is_ok());
        assert!(matches!(said(23, 25, "升级", "Upgrade"), Err(MaintenanceError::TooSoon)));
        assert!(matches!(said(25, 25, "升级", "Upgrade"), Err(MaintenanceError::EndsBefore)));
        assert!(matches!(said(24, 24 * 16, "升级", "Upgrade"), Err(MaintenanceError::TooLong)));
        assert!(matches!(said(24 * 200, 24 * 201, "升级", "Upgrade"), Err(MaintenanceError::TooFar)));
        for (zh, en) in [("", "Upgrade"), ("升级", "  "), ("升级", &*"x".repeat(201))] {
            assert!(matches!(said(24, 25, zh, en), Err(MaintenanceError::Reason)), "{zh} {en}");
        }
    }
}
