//! Sanctions against an agency that breaks the rules, by degrees: a notice; lower limits; suspended; withdrawn. Each is
//! imposed by an administrator with a reason, can be answered by the agency, and is lifted by an administrator or
//! at its end. All of it stays on record.

use chrono::TimeDelta;
use diesel::prelude::*;

use crate::{
    accounts::staff::StaffError,
    agencies::{
        self,
        clients::By,
        releases::{self, ReleaseError},
        warnings,
    },
    db::{Conn, DbError, Stamp, announce, schema::sanctions},
    id,
    platform::Moment,
};

id! {
    /// A sanction.
    SanctionId
}

/// How heavy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The agency is told, and nothing else happens.
    Notice,
    /// It is called less: a part of the calls at once, and of the questions about one person, as the city sets it.
    Restricted,
    /// It is not called.
    Suspended,
    /// It is not called, and is to leave the city.
    Withdrawn,
}

impl Grade {
    pub const ALL: [Self; 4] = [Self::Notice, Self::Restricted, Self::Suspended, Self::Withdrawn];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Restricted => "restricted",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.tag() == tag)
    }

    /// Whether nobody imposes it alone.
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::Suspended | Self::Withdrawn)
    }

    pub(super) const fn number(self) -> i32 {
        match self {
            Self::Notice => 1,
            Self::Restricted => 2,
            Self::Suspended => 3,
            Self::Withdrawn => 4,
        }
    }

    pub(super) fn kept(number: i32) -> Self {
        // The database lets nothing else in; were it otherwise, the lightest.
        Self::ALL.into_iter().find(|grade| grade.number() == number).unwrap_or(Self::Notice)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SanctionError {
    #[error("there is no agency of that name here")]
    UnknownAgency,
    #[error("there is no such sanction in force")]
    Unknown,
    #[error("the degree before it is not in force")]
    LeavesOut,
    #[error("a heavier one, or this one, is in force")]
    NotHeavier,
    #[error("the reason is missing or too long")]
    Reason,
    #[error("it is answered already")]
    Answered,
    #[error("it takes two people")]
    Grave,
    #[error("another one against the agency waits for a second person")]
    Waits,
    #[error("it is decided already")]
    Decided,
    #[error("it is decided by another person, and taken back by whoever proposed it")]
    Own,
    #[error("its services cannot be shut or opened: {0}")]
    Shutting(ReleaseError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ReleaseError> for SanctionError {
    fn from(error: ReleaseError) -> Self {
        match error {
            ReleaseError::Db(error) => Self::Db(error),
            ReleaseError::Unknown => Self::UnknownAgency,
            other => Self::Shutting(other),
        }
    }
}

impl From<diesel::result::Error> for SanctionError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// What an administrator imposes.
#[derive(Debug, Clone)]
pub struct Imposition {
    pub agency: String,
    pub grade: Grade,
    pub reason: String,
    /// Leaves out lighter degrees because people are in danger of harm.
    pub at_once: bool,
    /// `None`: until it is lifted.
    pub lasting: Option<TimeDelta>,
}

/// A sanction with what became of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sanctions)]
pub struct Sanction {
    pub id: SanctionId,
    pub agency: String,
    grade: i32,
    pub reason: String,
    pub at_once: bool,
    pub imposed_by: String,
    imposed_at: Stamp,
    ends_at: Option<Stamp>,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    answered_at: Option<Stamp>,
    pub lifted_by: Option<String>,
    pub lifted_reason: Option<String>,
    lifted_at: Option<Stamp>,
}

impl Sanction {
    pub fn grade(&self) -> Grade {
        Grade::kept(self.grade)
    }

    pub fn imposed_at(&self) -> Moment {
        self.imposed_at.moment()
    }

    pub fn ends_at(&self) -> Option<Moment> {
        self.ends_at.map(Stamp::moment)
    }

    pub fn answered_at(&self) -> Option<Moment> {
        self.answered_at.map(Stamp::moment)
    }

    pub fn lifted_at(&self) -> Option<Moment> {
        self.lifted_at.map(Stamp::moment)
    }

    pub fn is_in_force(&self, now: Moment) -> bool {
        self.lifted_at.is_none() && self.ends_at().is_none_or(|end| end > now)
    }
}

/// How the end of a term stands in the record.
const BY_TERM: &str = "the portal";
/// In letters, for reasons and answers.
const LONGEST: usize = 2_000;

pub(super) fn worded(text: &str) -> Result<&str, SanctionError> {
    let text = text.trim();
    if (1..=LONGEST).contains(&text.chars().count()) { Ok(text) } else { Err(SanctionError::Reason) }
}

/// Whether one degree may follow what is in force.
pub fn may_follow(in_force: Option<Grade>, next: Grade, at_once: bool) -> Result<(), SanctionError> {
    let now = in_force.map_or(0, Grade::number);
    if next.number() <= now {
        Err(SanctionError::NotHeavier)
    } else if next.number() > now + 1 && !at_once {
        Err(SanctionError::LeavesOut)
    } else {
        Ok(())
    }
}

/// Imposes a light sanction, which one person may.
pub fn impose(c: &mut Conn, now: Moment, new: &Imposition, by: &By) -> Result<SanctionId, SanctionError> {
    if new.grade.is_grave() {
        return Err(SanctionError::Grave);
    }
    put(c, now, new, (by.name.trim(), by))
}

/// Whether it can be imposed as things are. Its reason, as it is kept.
pub(super) fn check<'a>(c: &mut Conn, now: Moment, new: &'a Imposition) -> Result<&'a str, SanctionError> {
    if agencies::version(c, &new.agency)?.is_none() {
        return Err(SanctionError::UnknownAgency);
    }
    let reason = worded(&new.reason)?;
    may_follow(grade(c, now, &new.agency)?, new.grade, new.at_once)?;
    Ok(reason)
}

/// Has a sanction in force. The agency is told; under the last two degrees its services are shut.
pub(super) fn put(
    c: &mut Conn,
    now: Moment,
    new: &Imposition,
    (names, by): (&str, &By),
) -> Result<SanctionId, SanctionError> {
    let reason = check(c, now, new)?;
    let id = SanctionId::new();
    diesel::insert_into(sanctions::table)
        .values((
            sanctions::id.eq(id),
            sanctions::agency.eq(&new.agency),
            sanctions::grade.eq(new.grade.number()),
            sanctions::reason.eq(reason),
            sanctions::at_once.eq(new.at_once),
            sanctions::imposed_by.eq(names),
            sanctions::imposed_at.eq(Stamp::from(now)),
            sanctions::ends_at.eq(new.lasting.map(|lasting| Stamp::from(now + lasting))),
        ))
        .execute(c)?;
    if new.grade.is_grave() && shut_because(c, &new.agency)?.is_none() {
        releases::suspend(c, now, &new.agency, by, reason)?;
    }
    warnings::tell(c, now, &new.agency, &warnings::News::Sanctioned { grade: new.grade.tag().to_owned() })?;
    announce(c, agencies::TOPIC);
    Ok(id)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn in_force<'a>(agency: &'a str, at: Stamp) -> _ {
    sanctions::table
        .filter(sanctions::agency.eq(agency))
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(at)))
}

/// The agency's answer: once, while it is in force.
pub fn answer(
    c: &mut Conn,
    now: Moment,
    (agency, id): (&str, SanctionId),
    words: &str,
    by: &str,
) -> Result<(), SanctionError> {
    let words = worded(words)?;
    let answered: Option<Option<Stamp>> = in_force(agency, Stamp::from(now))
        .filter(sanctions::id.eq(id))
        .select(sanctions::answered_at)
        .first(c)
        .optional()?;
    match answered {
        None => return Err(SanctionError::Unknown),
        Some(Some(_)) => return Err(SanctionError::Answered),
        Some(None) => {}
    }
    // Of two answers at the same moment the first stands.
    let open = sanctions::table.filter(sanctions::id.eq(id)).filter(sanctions::answered_at.is_null());
    let taken = diesel::update(open)
        .set((
            sanctions::answer.eq(words),
            sanctions::answered_by.eq(by),
            sanctions::answered_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    if taken == 1 { Ok(()) } else { Err(SanctionError::Answered) }
}

/// Lifts a sanction, with the reason.
pub fn lift(
    c: &mut Conn,
    now: Moment,
    (agency, id): (&str, SanctionId),
    reason: &str,
    by: &By,
) -> Result<(), SanctionError> {
    let reason = worded(reason)?;
    let open = sanctions::table
        .filter(sanctions::id.eq(id))
        .filter(sanctions::agency.eq(agency))
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(Stamp::from(now))));
    let lifted = diesel::update(open)
        .set((
            sanctions::lifted_by.eq(by.name.trim()),
            sanctions::lifted_reason.eq(reason),
            sanctions::lifted_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    if lifted == 0 {
        return Err(SanctionError::Unknown);
    }
    open_again(c, now, (agency, id), by)?;
    warnings::tell(c, now, agency, &warnings::News::SanctionLifted)?;
    announce(c, agencies::TOPIC);
    Ok(())
}

/// Why an agency's services are shut, if they are.
fn shut_because(c: &mut Conn, agency: &str) -> Result<Option<String>, DbError> {
    Ok(agencies::standing(c, agency)?.and_then(|standing| standing.suspended).map(|shut| shut.why))
}

/// Opens the services that a sanction shut, which is over. Where they are shut for another reason, or another
/// sanction holds, they stay so.
fn open_again(
    c: &mut Conn,
    now: Moment,
    (agency, id): (&str, SanctionId),
    by: &By,
) -> Result<(), SanctionError> {
    if grade(c, now, agency)?.is_some_and(|grade| grade >= Grade::Suspended) {
        return Ok(());
    }
    let reason: String = sanctions::table.filter(sanctions::id.eq(id)).select(sanctions::reason).first(c)?;
    if shut_because(c, agency)?.is_some_and(|why| why == reason) {
        match releases::reopen(c, now, agency, by, &reason) {
            // Somebody further up shut them as well: it is theirs to open them.
            Ok(()) | Err(ReleaseError::ShutAbove) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Ends what is over by its term.
pub fn end_over(c: &mut Conn, now: Moment) -> Result<(), DbError> {
    let over: Vec<(SanctionId, String)> = sanctions::table
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::ends_at.le(Stamp::from(now)))
        .order(sanctions::ends_at)
        .limit(100)
        .select((sanctions::id, sanctions::agency))
        .load(c)?;
    for (id, agency) in over {
        diesel::update(sanctions::table.filter(sanctions::id.eq(id)))
            .set(sanctions::lifted_at.eq(Stamp::from(now)))
            .execute(c)?;
        match open_again(c, now, (&agency, id), &By::operator(BY_TERM)) {
            Ok(()) => {}
            Err(SanctionError::Db(error)) => return Err(error),
            // Whoever looks at the agency sees that it is shut, and why.
            Err(error) => tracing::error!(agency, %error, "a sanction is over and its services stay shut"),
        }
        announce(c, agencies::TOPIC);
    }
    Ok(())
}

/// The heaviest in force against an agency.
pub fn grade(c: &mut Conn, now: Moment, agency: &str) -> Result<Option<Grade>, DbError> {
    let number: Option<i32> =
        in_force(agency, Stamp::from(now)).select(diesel::dsl::max(sanctions::grade)).first(c)?;
    Ok(number.map(Grade::kept))
}

/// The agencies whose answer to a sanction in force somebody has to read and decide about, once for each.
pub fn answered(c: &mut Conn, now: Moment) -> Result<Vec<String>, DbError> {
    Ok(sanctions::table
        .filter(sanctions::answered_at.is_not_null())
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(Stamp::from(now))))
        .select(sanctions::agency)
        .load(c)?)
}

/// Every agency's heaviest in force.
pub fn grades(c: &mut Conn, now: Moment) -> Result<Vec<(String, Grade)>, DbError> {
    let rows: Vec<(String, Option<i32>)> = sanctions::table
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::ends_at.is_null().or(sanctions::ends_at.gt(Stamp::from(now))))
        .group_by(sanctions::agency)
        .order(sanctions::agency)
        .select((sanctions::agency, diesel::dsl::max(sanctions::grade)))
        .load(c)?;
    Ok(rows.into_iter().map(|(agency, grade)| (agency, Grade::kept(grade.unwrap_or(1)))).collect())
}

/// All that were ever imposed on an agency, the latest first.
pub fn of(c: &mut Conn, agency: &str) -> Result<Vec<Sanction>, DbError> {
    Ok(sanctions::table
        .filter(sanctions::agency.eq(agency))
        .order((sanctions::imposed_at.desc(), sanctions::id.desc()))
        .limit(200)
        .select(Sanction::as_select())
        .load(c)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_follow_one_another_unless_people_are_in_danger() {
        for (at, in_force) in [None].into_iter().chain(Grade::ALL.map(Some)).enumerate() {
            for (next, grade) in Grade::ALL.into_iter().enumerate() {
                let (step, danger) = (may_follow(in_force, grade, false), may_follow(in_force, grade, true));
                assert_eq!(step.is_ok(), next == at, "{in_force:?} {grade:?}");
                assert_eq!(danger.is_ok(), next >= at, "{in_force:?} {grade:?}");
            }
        }
    }
}
