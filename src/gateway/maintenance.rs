//! Maintenance that an agency announces: from when to when its backend will not answer, or from when until further
//! notice, and why. Pages say so
//! beforehand, and in that while it is not called.

use chrono::TimeDelta;
use diesel::prelude::*;
use yimen_contract::Bilingual;

use super::incidents::{self, Act};
use crate::{
    agencies::{
        self,
        warnings::{self, News, TellAgency},
    },
    db::{Conn, DbError, Stamp, announce as wake, schema::maintenance},
    id,
    platform::{Moment, clock::city_day},
};

id! {
    /// Maintenance that was announced.
    MaintenanceId
}

/// Longer than this is no maintenance but a package to be changed. What lasts until further notice goes on, but whoever
/// announced it is asked, each morning from then on, until they say that it goes on or end it.
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
    /// Nothing: until further notice.
    pub to: Option<Moment>,
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
    renew_by: Option<Stamp>,
}

impl Maintenance {
    pub fn from(&self) -> Moment {
        self.starts_at.moment()
    }

    /// When it ends, unless it lasts until further notice.
    pub fn to(&self) -> Option<Moment> {
        self.renew_by.is_none().then(|| self.ends_at.moment())
    }

    /// Whether its agency is to say that it goes on.
    pub fn asks(&self, now: Moment) -> bool {
        self.renew_by.is_some_and(|by| by.moment() <= now)
    }

    pub fn reason(&self) -> Bilingual {
        Bilingual::new(&self.reason_zh, &self.reason_en)
    }
}

/// Until when maintenance that is under way lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    Moment(Moment),
    Notice,
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
            maintenance::ends_at.eq(Stamp::from(new.to.unwrap_or(new.from + LONGEST))),
            maintenance::renew_by.eq(new.to.is_none().then(|| Stamp::from(new.from + LONGEST))),
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
    if new.to.is_some_and(|to| to <= new.from) {
        Err(MaintenanceError::EndsBefore)
    } else if new.from < now + ahead {
        Err(MaintenanceError::TooSoon)
    } else if new.from > now + FARTHEST {
        Err(MaintenanceError::TooFar)
    } else if new.to.is_some_and(|to| to - new.from > LONGEST) {
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
        .filter(maintenance::ends_at.gt(Stamp::from(now)).or(maintenance::renew_by.is_not_null()));
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
    maintenance::table
        .filter(maintenance::cancelled_at.is_null())
        .filter(maintenance::ends_at.gt(at).or(maintenance::renew_by.is_not_null()))
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

/// Until when the maintenance lasts that is under way, if any is.
pub(super) fn until(c: &mut Conn, now: Moment, agency: &str) -> Result<Option<Until>, DbError> {
    let under_way: Vec<(Stamp, Option<Stamp>)> = not_over(Stamp::from(now))
        .filter(maintenance::agency.eq(agency))
        .filter(maintenance::starts_at.le(Stamp::from(now)))
        .order(maintenance::ends_at.desc())
        .select((maintenance::ends_at, maintenance::renew_by))
        .load(c)?;
    if under_way.iter().any(|(_, renew_by)| renew_by.is_some()) {
        return Ok(Some(Until::Notice));
    }
    Ok(under_way.first().map(|(end, _)| Until::Moment(end.moment())))
}

/// Whether an agency is away until further notice.
pub fn is_away(c: &mut Conn, now: Moment, agency: &str) -> Result<bool, DbError> {
    Ok(until(c, now, agency)? == Some(Until::Notice))
}

/// When an agency came back that was away until further notice: now, while it is not back. What waits for it is not given
/// up for the time that it was away.
pub fn back_since(c: &mut Conn, now: Moment, agency: &str) -> Result<Option<Moment>, DbError> {
    if is_away(c, now, agency)? {
        return Ok(Some(now));
    }
    let ended: Vec<Option<Stamp>> = maintenance::table
        .filter(maintenance::agency.eq(agency))
        .filter(maintenance::renew_by.is_not_null())
        .filter(maintenance::cancelled_at.is_not_null())
        .filter(maintenance::starts_at.le(Stamp::from(now)))
        .order(maintenance::cancelled_at.desc())
        .limit(1)
        .select(maintenance::cancelled_at)
        .load(c)?;
    Ok(ended.into_iter().flatten().next().map(Stamp::moment))
}

/// Says that what lasts until further notice goes on: for as long again nobody is asked.
pub fn renew(
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
        .filter(maintenance::starts_at.le(Stamp::from(now)))
        .filter(maintenance::renew_by.is_not_null());
    let next = Stamp::from(now + LONGEST);
    let renewed = diesel::update(open)
        .set((maintenance::renew_by.eq(Some(next)), maintenance::ends_at.eq(next)))
        .execute(c)?;
    if renewed == 0 {
        return Err(MaintenanceError::Unknown);
    }
    incidents::note(c, now, (agency, None), Act::MaintenanceRenewed, (by, ""))?;
    Ok(())
}

/// What was to be renewed and was not: agency, and since when it is away.
pub fn unrenewed(c: &mut Conn, now: Moment) -> Result<Vec<(String, Moment)>, DbError> {
    let rows: Vec<(String, Stamp)> = maintenance::table
        .filter(maintenance::cancelled_at.is_null())
        .filter(maintenance::renew_by.le(Some(Stamp::from(now))))
        .order((maintenance::agency, maintenance::starts_at))
        .select((maintenance::agency, maintenance::starts_at))
        .load(c)?;
    Ok(rows.into_iter().map(|(agency, since)| (agency, since.moment())).collect())
}

/// Each morning, asks those whether it goes on that did not say so in time.
pub fn ask_for_renewal(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let away = unrenewed(c, now)?
        .into_iter()
        .map(|(agency, since)| TellAgency { agency, news: News::StillAway { since: city_day(since) } });
    warnings::tell_all(c, now, away.collect()).map(|_| ())
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
                to: Some(now + hours(to)),
                reason,
            };
            check(now, &new, hours(24))
        };
        assert!(said(24, 25, "升级", "Upgrade").is_ok());
        assert!(matches!(said(23, 25, "升级", "Upgrade"), Err(MaintenanceError::TooSoon)));
        assert!(matches!(said(25, 25, "升级", "Upgrade"), Err(MaintenanceError::EndsBefore)));
        assert!(matches!(said(24, 24 * 16, "升级", "Upgrade"), Err(MaintenanceError::TooLong)));
        assert!(matches!(said(24 * 200, 24 * 201, "升级", "Upgrade"), Err(MaintenanceError::TooFar)));
        let open = Announcement {
            agency: "library".to_owned(),
            from: now + hours(24),
            to: None,
            reason: Bilingual::new("搬迁机房", "Moving the machines"),
        };
        assert!(check(now, &open, hours(24)).is_ok(), "until further notice");
        for (zh, en) in [("", "Upgrade"), ("升级", "  "), ("升级", &*"x".repeat(201))] {
            assert!(matches!(said(24, 25, zh, en), Err(MaintenanceError::Reason)), "{zh} {en}");
        }
    }
}
