//! Telling an agency's own people what happens to its connection: by mail to the address they left for it, if they
//! left one. Their pages say it too, from what is the case; nothing here is the only way to hear of it.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    db::{Conn, DbError, Sealed, Stamp, schema::agency_contacts},
    jobs::{self, Job},
    platform::{
        Lang, Moment,
        keys::{KeyError, KeyRing},
    },
    upsert,
};

/// What an agency is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// A secret or a certificate ends soon, or has ended.
    Expiring {
        name: String,
        on: NaiveDate,
    },
    /// What it is asked failed too often.
    Suspended {
        capability: String,
        calls: i64,
        faults: i64,
    },
    Resumed {
        capability: String,
    },
    /// By the word for its degree.
    Sanctioned {
        grade: String,
    },
    SanctionLifted,
    /// Those above decided about something that the agency handed in or asked for.
    Decided {
        what: Decision,
    },
    /// A service that nobody uses is to be retired by a day, or to be spoken for.
    Retiring {
        service: String,
        on: NaiveDate,
    },
    /// It announced to be away until further notice, and did not say for long that this goes on.
    StillAway {
        since: NaiveDate,
    },
    /// So many applications are to be decided until a day, and so many should have been.
    DueSoon {
        cases: i64,
        late: i64,
        by: NaiveDate,
    },
}

/// What was decided from above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Whether it may publish.
    Admitted,
    NotAdmitted,
    /// A version of its package.
    Approved,
    Returned,
    /// What it had against a rating.
    AppealUpheld,
    AppealRejected,
}

impl Decision {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::NotAdmitted => "not-admitted",
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::AppealUpheld => "appeal-upheld",
            Self::AppealRejected => "appeal-rejected",
        }
    }
}

/// Tells one agency one thing. `notices` carries it out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TellAgency {
    pub agency: String,
    pub news: News,
}

impl Job for TellAgency {
    const KIND: &'static str = "agencies.tell";
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// Has an agency told, in the transaction in which it happens. Where nobody left an address, nobody is.
pub fn tell(c: &mut Conn, now: Moment, agency: &str, news: &News) -> Result<(), DbError> {
    let left = agency_contacts::table.filter(agency_contacts::agency.eq(agency));
    if diesel::select(diesel::dsl::exists(left)).get_result(c)? {
        jobs::enqueue(c, now, &TellAgency { agency: agency.to_owned(), news: news.clone() })?;
    }
    Ok(())
}

/// Has an agency told what was decided about it.
pub fn tell_decided(c: &mut Conn, now: Moment, agency: &str, what: Decision) -> Result<(), DbError> {
    tell(c, now, agency, &News::Decided { what })
}

/// Has several agencies told, each its own news: those that left an address. How many.
pub fn tell_all(c: &mut Conn, now: Moment, all: Vec<TellAgency>) -> Result<usize, DbError> {
    let names: Vec<&str> = all.iter().map(|one| one.agency.as_str()).collect();
    let left: Vec<String> = agency_contacts::table
        .filter(agency_contacts::agency.eq_any(names))
        .select(agency_contacts::agency)
        .load(c)?;
    let told: Vec<TellAgency> = all.into_iter().filter(|one| left.contains(&one.agency)).collect();
    jobs::enqueue_all(c, now, &told)
}

#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Keys(#[from] KeyError),
}

impl From<diesel::result::Error> for ContactError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Whom an agency wants told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub email: String,
    pub lang: Lang,
}

fn place(agency: &str) -> String {
    format!("agency_contacts.email/{agency}")
}

/// The address an agency left.
pub fn contact(c: &mut Conn, ring: &KeyRing, agency: &str) -> Result<Option<Contact>, ContactError> {
    let row: Option<(Sealed, String)> = agency_contacts::table
        .filter(agency_contacts::agency.eq(agency))
        .select((agency_contacts::email, agency_contacts::lang))
        .first(c)
        .optional()?;
    let Some((email, lang)) = row else { return Ok(None) };
    Ok(Some(Contact { email: email.open(ring, &place(agency))?, lang: lang.parse().unwrap_or_default() }))
}

/// Leaves an address, or takes it back.
pub fn set_contact(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (agency, by): (&str, &str),
    contact: Option<&Contact>,
) -> Result<(), ContactError> {
    let Some(Contact { email, lang }) = contact else {
        diesel::delete(agency_contacts::table.filter(agency_contacts::agency.eq(agency))).execute(c)?;
        return Ok(());
    };
    let said = (
        agency_contacts::email.eq(Sealed::new(ring, &place(agency), email)?),
        agency_contacts::lang.eq(lang.tag()),
        agency_contacts::changed_by.eq(by),
        agency_contacts::changed_at.eq(Stamp::from(now)),
    );
    let row = (agency_contacts::agency.eq(agency), said.clone());
    upsert!(c, agency_contacts::table => row, on agency_contacts::agency, set said)?;
    Ok(())
}
