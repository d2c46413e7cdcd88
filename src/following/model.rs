//! What can be followed, and who follows it.

use diesel::prelude::*;
use yimen_contract::writing::Level;

use crate::{
    db::{Conn, DbError, Stamp, schema::follows},
    insert_new,
    ledger::CitizenId,
    platform::Moment,
};

/// Something of which notices come by themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// By its public name.
    Agency(String),
    /// By its code.
    Domain(String),
    /// Warnings for a district, by its code.
    Warnings(String),
}

impl What {
    /// The word by which it is kept.
    pub fn tag(&self) -> String {
        match self {
            Self::Agency(slug) => format!("agency:{slug}"),
            Self::Domain(code) => format!("domain:{code}"),
            Self::Warnings(district) => format!("warning:{district}"),
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        let (kind, name) = tag.split_once(':')?;
        let name = name.to_owned();
        match kind {
            "agency" => Some(Self::Agency(name)),
            "domain" => Some(Self::Domain(name)),
            "warning" => Some(Self::Warnings(name)),
            _ => None,
        }
    }
}

/// One thing that somebody follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    pub what: What,
    /// Of warnings: from which level on.
    pub from: Option<Level>,
}

/// Everything that somebody follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed(pub Vec<Follow>);

impl Followed {
    pub fn has(&self, what: &What) -> bool {
        self.0.iter().any(|follow| follow.what == *what)
    }

    /// From which level on they are warned. Whoever has chosen no district yet is offered the second.
    pub fn level(&self) -> Level {
        self.0.iter().find_map(|follow| follow.from).unwrap_or(Level::Yellow)
    }
}

/// A level as it is kept.
pub(super) const fn degree(level: Level) -> i32 {
    match level {
        Level::Blue => 1,
        Level::Yellow => 2,
        Level::Orange => 3,
        Level::Red => 4,
    }
}

pub(super) fn of(c: &mut Conn, citizen: CitizenId) -> Result<Followed, DbError> {
    let rows: Vec<(String, Option<i32>)> = follows::table
        .filter(follows::citizen_id.eq(citizen))
        .order(follows::what)
        .select((follows::what, follows::from_level))
        .load(c)?;
    let level = |kept: i32| Level::ALL.into_iter().find(|level| degree(*level) == kept);
    let follow = |(tag, from): (String, Option<i32>)| {
        Some(Follow { what: What::named(&tag)?, from: from.and_then(level) })
    };
    Ok(Followed(rows.into_iter().filter_map(follow).collect()))
}

#[derive(Insertable)]
#[diesel(table_name = follows)]
struct NewFollow {
    citizen_id: CitizenId,
    what: String,
    from_level: Option<i32>,
    since: Stamp,
}

/// Keeps what somebody follows, in place of all they followed before.
pub(super) fn choose(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    chosen: &Followed,
) -> Result<(), DbError> {
    diesel::delete(follows::table.filter(follows::citizen_id.eq(citizen))).execute(c)?;
    let new = |follow: &Follow| NewFollow {
        citizen_id: citizen,
        what: follow.what.tag(),
        from_level: follow.from.map(degree),
        since: Stamp::from(now),
    };
    let rows: Vec<NewFollow> = chosen.0.iter().map(new).collect();
    insert_new!(c, follows::table => &rows)?;
    Ok(())
}
