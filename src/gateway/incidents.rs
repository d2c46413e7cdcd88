//! What was done about an agency's backend, by whom and why. Nothing here is ever changed or removed.

use diesel::prelude::*;

use crate::{
    db::{Conn, DbError, Stamp, schema::agency_incidents},
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
    /// Not called any more, because it failed too often.
    Suspended,
    /// Called again.
    Resumed,
}

impl Act {
    const ALL: [Self; 6] = [
        Self::OutageOrdered,
        Self::OutageEnded,
        Self::MaintenanceAnnounced,
        Self::MaintenanceCancelled,
        Self::Suspended,
        Self::Resumed,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::OutageOrdered => "outage-ordered",
            Self::OutageEnded => "outage-ended",
            Self::MaintenanceAnnounced => "maintenance-announced",
            Self::MaintenanceCancelled => "maintenance-cancelled",
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
