//! Who may publish: an agency applies with what entitles it, and somebody above it admits or refuses it.

use diesel::prelude::*;

use super::{
    acts,
    model::{OPERATOR, ReleaseError},
};
use crate::{
    agencies::{
        clients::By,
        warnings::{self, Decision},
    },
    db::{Conn, DbError, Stamp, schema::agency_applications},
    id,
    platform::Moment,
};

id! {
    /// An agency's application.
    ApplicationId
}

/// So many of an agency's earlier applications, and of those that wait, are shown.
const MOST: i64 = 200;

/// What an agency applies with.
#[derive(Debug, Clone, Default)]
pub struct NewApplication {
    pub slug: String,
    pub name_zh: String,
    pub name_en: String,
    pub kind: String,
    pub credit_code: String,
    pub contact: String,
    pub document: String,
    pub reference: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = agency_applications)]
pub struct Application {
    pub id: ApplicationId,
    pub slug: String,
    pub name_zh: String,
    pub name_en: String,
    pub kind: String,
    pub credit_code: String,
    pub contact: String,
    pub document: String,
    pub reference: String,
    pub state: String,
    pub applied_by: Option<String>,
    pub applied_at: Stamp,
    pub decided_by: Option<String>,
    pub decided_at: Option<Stamp>,
    pub reason: String,
}

impl Application {
    pub fn waits(&self) -> bool {
        self.state == "applied"
    }

    pub fn is_admitted(&self) -> bool {
        self.state == "admitted"
    }
}

/// Puts an application before those who decide. While one waits or is admitted there is no other.
pub fn apply(
    c: &mut Conn,
    now: Moment,
    new: &NewApplication,
    by: &By,
) -> Result<ApplicationId, ReleaseError> {
    let standing: i64 = agency_applications::table
        .filter(agency_applications::slug.eq(&new.slug))
        .filter(agency_applications::state.ne("refused"))
        .count()
        .get_result(c)?;
    if standing > 0 {
        return Err(ReleaseError::AppliedAlready);
    }
    let id = insert(c, now, new, Some(by.name.trim()))?;
    acts::record(c, now, (&new.slug, None), "applied", by, &new.document)?;
    Ok(id)
}

/// Decides about an application that waits. Whoever applied does not.
pub fn decide(
    c: &mut Conn,
    now: Moment,
    id: ApplicationId,
    admit: bool,
    by: &By,
    words: &str,
) -> Result<(), ReleaseError> {
    let application = find(c, id)?.ok_or(ReleaseError::Unknown)?;
    let name = by.name.trim();
    if application.applied_by.as_deref().is_some_and(|applied| applied.eq_ignore_ascii_case(name)) {
        return Err(ReleaseError::OwnApproval);
    }
    let words = if admit { words.trim().to_owned() } else { acts::reason(words)? };
    let (state, act) = if admit { ("admitted", "admitted") } else { ("refused", "refused") };
    let waiting = agency_applications::table
        .filter(agency_applications::id.eq(id))
        .filter(agency_applications::state.eq("applied"));
    let decided = diesel::update(waiting)
        .set((
            agency_applications::state.eq(state),
            agency_applications::decided_by.eq(Some(name)),
            agency_applications::decided_at.eq(Some(Stamp::from(now))),
            agency_applications::reason.eq(&words),
        ))
        .execute(c)?;
    if decided != 1 {
        return Err(ReleaseError::AppliedAlready);
    }
    let what = if admit { Decision::Admitted } else { Decision::NotAdmitted };
    warnings::tell_decided(c, now, &application.slug, what)?;
    Ok(acts::record(c, now, (&application.slug, None), act, by, &words)?)
}

/// The operator vouches for whom they install. An agency that is admitted already stays as it is.
pub(in crate::agencies) fn admitted_by_operator(
    c: &mut Conn,
    now: Moment,
    new: &NewApplication,
) -> Result<(), DbError> {
    if is_admitted(c, &new.slug)? {
        return Ok(());
    }
    let decided = (
        agency_applications::state.eq("admitted"),
        agency_applications::decided_by.eq(Some(OPERATOR)),
        agency_applications::decided_at.eq(Some(Stamp::from(now))),
    );
    let waiting = agency_applications::table
        .filter(agency_applications::slug.eq(&new.slug))
        .filter(agency_applications::state.eq("applied"));
    if diesel::update(waiting).set(decided).execute(c)? == 0 {
        let id = insert(c, now, new, None)?;
        diesel::update(agency_applications::table.filter(agency_applications::id.eq(id)))
            .set(decided)
            .execute(c)?;
    }
    acts::record(c, now, (&new.slug, None), "admitted", &By::operator(OPERATOR), "")
}

fn insert(
    c: &mut Conn,
    now: Moment,
    new: &NewApplication,
    by: Option<&str>,
) -> Result<ApplicationId, DbError> {
    let id = ApplicationId::new();
    diesel::insert_into(agency_applications::table)
        .values((
            agency_applications::id.eq(id),
            agency_applications::slug.eq(&new.slug),
            agency_applications::name_zh.eq(new.name_zh.trim()),
            agency_applications::name_en.eq(new.name_en.trim()),
            agency_applications::kind.eq(&new.kind),
            agency_applications::credit_code.eq(&new.credit_code),
            agency_applications::contact.eq(new.contact.trim()),
            agency_applications::document.eq(new.document.trim()),
            agency_applications::reference.eq(new.reference.trim()),
            agency_applications::state.eq("applied"),
            agency_applications::applied_by.eq(by),
            agency_applications::applied_at.eq(Stamp::from(now)),
            agency_applications::reason.eq(""),
        ))
        .execute(c)?;
    Ok(id)
}

pub fn find(c: &mut Conn, id: ApplicationId) -> Result<Option<Application>, DbError> {
    let found = agency_applications::table.filter(agency_applications::id.eq(id));
    Ok(found.select(Application::as_select()).first(c).optional()?)
}

/// Those that wait for a decision, the oldest first.
pub fn waiting(c: &mut Conn) -> Result<Vec<Application>, DbError> {
    Ok(agency_applications::table
        .filter(agency_applications::state.eq("applied"))
        .order(agency_applications::applied_at)
        .limit(MOST)
        .select(Application::as_select())
        .load(c)?)
}

/// An agency's applications, the latest first.
pub fn applications_of(c: &mut Conn, slug: &str) -> Result<Vec<Application>, DbError> {
    Ok(agency_applications::table
        .filter(agency_applications::slug.eq(slug))
        .order(agency_applications::applied_at.desc())
        .limit(MOST)
        .select(Application::as_select())
        .load(c)?)
}

/// Every agency that is admitted: its public name, and its own in Chinese and English.
pub fn admitted(c: &mut Conn) -> Result<Vec<(String, String, String)>, DbError> {
    Ok(agency_applications::table
        .filter(agency_applications::state.eq("admitted"))
        .order(agency_applications::slug)
        .select((agency_applications::slug, agency_applications::name_zh, agency_applications::name_en))
        .load(c)?)
}

/// Whether an agency may publish.
pub fn is_admitted(c: &mut Conn, slug: &str) -> Result<bool, DbError> {
    let found = agency_applications::table
        .filter(agency_applications::slug.eq(slug))
        .filter(agency_applications::state.eq("admitted"));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(c)?)
}
