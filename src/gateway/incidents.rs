//! What was done about an agency's backend, by whom and why. Nothing here is ever changed or removed.

use diesel::{prelude::*, sql_types::Bool};

use crate::{
    db::{Conn, DbError, Stamp, Stretch, schema::agency_incidents},
    id,
    platform::Moment,
};

id! {
    /// Something that was done.
    IncidentId
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    OutageOrdered,
    OutageEnded,
    MaintenanceAnnounced,
    MaintenanceCancelled,
    /// It goes on, until further notice.
    MaintenanceRenewed,
    /// Not called any more, because it failed too often.
    Suspended,
    /// Called again.
    Resumed,
}

impl Act {
    pub const ALL: [Self; 7] = [
        Self::OutageOrdered,
        Self::OutageEnded,
        Self::MaintenanceAnnounced,
        Self::MaintenanceCancelled,
        Self::MaintenanceRenewed,
        Self::Suspended,
        Self::Resumed,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::OutageOrdered => "outage-ordered",
            Self::OutageEnded => "outage-ended",
            Self::MaintenanceAnnounced => "maintenance-announced",
            Self::MaintenanceCancelled => "maintenance-cancelled",
            Self::MaintenanceRenewed => "maintenance-renewed",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
        }
    }
}

/// A line of the record.
#[derive(Debug, Clone, Queryable)]
pub struct Incident {
    act: String,
    pub capability: Option<String>,
    /// Empty: it happened by itself.
    pub by_whom: String,
    pub reason: String,
    at: Stamp,
}

impl Incident {
    /// `None`: a word of another version of the portal.
    pub fn act(&self) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.tag() == self.act)
    }

    pub fn at(&self) -> Moment {
        self.at.moment()
    }
}

/// Writes down what is done, in the transaction that does it.
pub(super) fn note(
    c: &mut Conn,
    now: Moment,
    (agency, capability): (&str, Option<&str>),
    act: Act,
    (by, reason): (&str, &str),
) -> Result<(), DbError> {
    diesel::insert_into(agency_incidents::table)
        .values((
            agency_incidents::id.eq(IncidentId::new()),
            agency_incidents::agency.eq(agency),
            agency_incidents::capability.eq(capability),
            agency_incidents::act.eq(act.tag()),
            agency_incidents::by_whom.eq(by),
            agency_incidents::reason.eq(reason),
            agency_incidents::at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// The latest of an agency.
pub fn latest(c: &mut Conn, agency: &str, most: i64) -> Result<Vec<Incident>, DbError> {
    Ok(agency_incidents::table
        .filter(agency_incidents::agency.eq(agency))
        .order((agency_incidents::at.desc(), agency_incidents::id.desc()))
        .limit(most)
        .select((
            agency_incidents::act,
            agency_incidents::capability,
            agency_incidents::by_whom,
            agency_incidents::reason,
            agency_incidents::at,
        ))
        .load(c)?)
}

/// A line of the record of all agencies.
#[derive(Debug, Clone, Queryable)]
pub struct Logged {
    pub agency: String,
    act: String,
    pub capability: Option<String>,
    /// Empty: it happened by itself.
    pub by_whom: String,
    pub reason: String,
    at: Stamp,
}

impl Logged {
    /// `None`: a word of another version of the portal.
    pub fn act(&self) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.tag() == self.act)
    }

    pub fn at(&self) -> Moment {
        self.at.moment()
    }
}

macro_rules! noted {
    ($by:expr, $act:expr, $stretch:expr) => {{
        let (anybody, anything) = ($by.is_none(), $act.is_none());
        agency_incidents::table
            .filter(agency_incidents::at.ge(Stamp::from($stretch.from)))
            .filter(agency_incidents::at.lt(Stamp::from($stretch.until)))
            .filter(anybody.into_sql::<Bool>().or(agency_incidents::by_whom.eq_any($by.unwrap_or_default())))
            .filter(anything.into_sql::<Bool>().or(agency_incidents::act.eq($act.map_or("", Act::tag))))
    }};
}

/// A stretch of what was done about agencies' backends: by some people or by all and by itself, one act or all; and how much
/// there is.
pub fn lines(
    c: &mut Conn,
    (by, act): (Option<&[String]>, Option<Act>),
    stretch: &Stretch,
) -> Result<(Vec<Logged>, i64), DbError> {
    let all: i64 = noted!(by, act, stretch).count().get_result(c)?;
    let found = noted!(by, act, stretch).offset(stretch.skip).limit(stretch.most).select((
        agency_incidents::agency,
        agency_incidents::act,
        agency_incidents::capability,
        agency_incidents::by_whom,
        agency_incidents::reason,
        agency_incidents::at,
    ));
    let rows = if stretch.oldest_first {
        found.order((agency_incidents::at, agency_incidents::id)).load(c)?
    } else {
        found.order((agency_incidents::at.desc(), agency_incidents::id.desc())).load(c)?
    };
    Ok((rows, all))
}
