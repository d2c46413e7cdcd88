//! Why an agency is not to be called now, and until when: by order, under a sanction, for maintenance, by its own
//! hours, or because what is asked failed too often. What is decided here no page has to remember.

use yimen_contract::{agency::Backend, capability::Capability};

use super::{
    hours::shut_until,
    log::Class,
    maintenance::{self, Until},
    outages::{self, Outage},
    sanctions::{self, Grade},
    suspension,
};
use crate::{
    db::{Conn, DbError},
    platform::Moment,
    policy::{Rule, numbers_in_force},
};

/// What keeps an agency from being called at this moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Closed {
    outage: Option<Outage>,
    maintenance: Option<Until>,
    grade: Option<Grade>,
    /// One part in so many is left to it of what others have.
    share: u16,
    /// Somebody shut its services.
    shut: bool,
    /// What it is not asked.
    suspended: Vec<String>,
}

/// How much less an agency under a sanction is called, as the city sets it.
fn share(c: &mut Conn, now: Moment, grade: Option<Grade>) -> Result<u16, DbError> {
    if grade != Some(Grade::Restricted) {
        return Ok(1);
    }
    let set = numbers_in_force(c, Rule::RestrictedShare, now)?;
    Ok(set.first().and_then(|share| u16::try_from(*share).ok()).unwrap_or(1))
}

impl Closed {
    pub(super) fn read(c: &mut Conn, now: Moment, agency: &str, shut: bool) -> Result<Self, DbError> {
        let grade = sanctions::grade(c, now, agency)?;
        Ok(Self {
            shut,
            outage: outages::of(c, now, agency)?,
            maintenance: maintenance::until(c, now, agency)?,
            share: share(c, now, grade)?,
            grade,
            suspended: suspension::suspended(c, agency)?,
        })
    }

    /// Whether somebody wants it left alone altogether.
    pub(super) fn by_order(&self) -> bool {
        self.outage.is_some() || self.is_shut()
    }

    /// Whether its services are shut, by whomever: then nothing that was kept is shown either.
    pub(super) fn is_shut(&self) -> bool {
        self.shut || self.grade.is_some_and(|grade| grade >= Grade::Suspended)
    }

    /// One part in so many is left to it of what others have.
    pub(super) fn share(&self) -> u16 {
        self.share.max(1)
    }

    /// The class by which a question is not put now, and until when that is so, if it is known.
    pub(super) fn to(
        &self,
        capability: Capability,
        backend: &Backend,
        now: Moment,
    ) -> Option<(Option<Moment>, Class)> {
        if self.is_shut() {
            return Some((None, Class::Barred));
        }
        if let Some(outage) = &self.outage {
            return Some((outage.until(), Class::Ordered));
        }
        match self.maintenance {
            // It may be night by then.
            Some(Until::Moment(end)) => {
                return Some((Some(shut_until(backend, end).unwrap_or(end)), Class::Shut));
            }
            Some(Until::Notice) => return Some((None, Class::Shut)),
            None => {}
        }
        if let Some(end) = shut_until(backend, now) {
            return Some((Some(end), Class::Shut));
        }
        self.suspended.iter().any(|one| one == capability.name()).then_some((None, Class::Suspended))
    }
}
