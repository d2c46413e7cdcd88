//! Outages by order: an agency that is not called for a while, for a drill or because it asked to be left alone.
//! Pages show what they show when it is away by itself.

use diesel::prelude::*;

use super::incidents::{self, Act};
use crate::{
    agencies::{self, InstallError},
    db::{Conn, DbError, Stamp, schema::outages},
    platform::Moment,
    upsert,
};

/// An outage that somebody ordered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outages)]
pub struct Outage {
    pub agency: String,
    pub by_whom: String,
    pub reason: String,
    since: Stamp,
    ends_at: Option<Stamp>,
}

impl Outage {
    pub fn since(&self) -> Moment {
        self.since.moment()
    }

    /// When it ends by itself, if it does.
    pub fn until(&self) -> Option<Moment> {
        self.ends_at.map(Stamp::moment)
    }
}

/// Keeps an agency from being called from now on. Another order takes the place of the one before.
pub fn order(
    c: &mut Conn,
    now: Moment,
    agency: &str,
    (by, reason): (&str, &str),
    until: Option<Moment>,
) -> Result<(), InstallError> {
    if agencies::version(c, agency)?.is_none() {
        return Err(InstallError::Unknown(agency.to_owned()));
    }
    let said = (
        outages::by_whom.eq(by),
        outages::reason.eq(reason),
        outages::since.eq(Stamp::from(now)),
        outages::ends_at.eq(until.map(Stamp::from)),
    );
    let row = (outages::agency.eq(agency), said);
    upsert!(c, outages::table => row, on outages::agency, set said).map_err(DbError::from)?;
    incidents::note(c, now, (agency, None), Act::OutageOrdered, (by, reason))?;
    tracing::warn!(agency, by, reason, "the agency is not called by order");
    Ok(())
}

/// Ends an outage. `false`: there was none.
pub fn end(c: &mut Conn, now: Moment, agency: &str, by: &str) -> Result<bool, DbError> {
    let ended = diesel::delete(outages::table.filter(outages::agency.eq(agency))).execute(c)? > 0;
    if ended {
        incidents::note(c, now, (agency, None), Act::OutageEnded, (by, ""))?;
    }
    Ok(ended)
}

/// The outages of this moment.
pub fn ordered(c: &mut Conn, now: Moment) -> Result<Vec<Outage>, DbError> {
    let lasting = outages::ends_at.is_null().or(outages::ends_at.gt(Stamp::from(now)));
    Ok(outages::table.filter(lasting).order(outages::agency).select(Outage::as_select()).load(c)?)
}

/// The outage of an agency, if one is ordered for this moment.
pub fn of(c: &mut Conn, now: Moment, agency: &str) -> Result<Option<Outage>, DbError> {
    let lasting = outages::ends_at.is_null().or(outages::ends_at.gt(Stamp::from(now)));
    let found = outages::table.filter(outages::agency.eq(agency)).filter(lasting);
    Ok(found.select(Outage::as_select()).first(c).optional()?)
}
