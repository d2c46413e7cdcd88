//! The ledger as auditors read it: what staff looked at, for what and by which right. At whom, and which reason was given,
//! is not told: that stands in the record of the person, who sees it.

use diesel::{dsl::sql, prelude::*, sql_types::Bool};

use super::{Purpose, StaffId};
use crate::{
    db::{Conn, DbError, Stamp, Stretch, schema::looks},
    platform::Moment,
};

/// A look or an act of somebody of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLook {
    pub at: Moment,
    /// Absent only if somebody tampered with the ledger.
    pub by: Option<StaffId>,
    pub purpose: Option<Purpose>,
    pub fields: Vec<String>,
}

/// The looks of the staff: with the literal that their index begins with, which a bound value would not meet.
macro_rules! of_staff {
    ($actors:expr, $purpose:expr, $stretch:expr) => {{
        let (anybody, anything) = ($actors.is_none(), $purpose.is_none());
        let actors: Vec<String> = $actors.unwrap_or_default().iter().map(ToString::to_string).collect();
        looks::table
            .filter(sql::<Bool>("looks.actor_kind = 'staff'"))
            .filter(looks::at.ge(Stamp::from($stretch.from)))
            .filter(looks::at.lt(Stamp::from($stretch.until)))
            .filter(anybody.into_sql::<Bool>().or(looks::actor.eq_any(actors)))
            .filter(anything.into_sql::<Bool>().or(looks::purpose.eq($purpose.map_or("", Purpose::tag))))
    }};
}

/// A stretch of what staff looked at, of some of them or of all, for one purpose or for all; and how many there are.
pub fn by_staff(
    c: &mut Conn,
    actors: Option<&[StaffId]>,
    purpose: Option<Purpose>,
    stretch: &Stretch,
) -> Result<(Vec<StaffLook>, i64), DbError> {
    let all: i64 = of_staff!(actors, purpose, stretch).count().get_result(c)?;
    let found = of_staff!(actors, purpose, stretch).offset(stretch.skip).limit(stretch.most).select((
        looks::at,
        looks::actor,
        looks::purpose,
        looks::fields,
    ));
    let rows: Vec<(Stamp, String, String, String)> = if stretch.oldest_first {
        found.order((looks::at, looks::id)).load(c)?
    } else {
        found.order((looks::at.desc(), looks::id.desc())).load(c)?
    };
    let told = |(at, actor, purpose, fields): (Stamp, String, String, String)| StaffLook {
        at: at.moment(),
        by: actor.parse().ok(),
        purpose: Purpose::named(&purpose),
        fields: serde_json::from_str(&fields).unwrap_or_default(),
    };
    Ok((rows.into_iter().map(told).collect(), all))
}
