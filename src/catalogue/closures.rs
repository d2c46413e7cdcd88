//! What people are told of an agency's system before they begin: when it will not answer, and that it does not now.

use yimen_contract::{Bilingual, query::ServedBy, service::Service};

use super::{asking, present::Presenter, views::ClosureLine};
use crate::{
    db::{Conn, DbError},
    gateway::{
        maintenance::{self, Maintenance},
        suspension,
        views::local,
    },
    platform::{Moment, named},
    web::frame::{Dates as _, Text},
};

/// Something that keeps an agency's services from being used online.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    pub agency: String,
    /// Where it concerns one kind of question only.
    pub capability: Option<String>,
    pub kind: ClosureKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosureKind {
    /// Work that was announced, perhaps until further notice.
    Planned { from: Moment, to: Option<Moment>, reason: Bilingual },
    /// Now, and nobody knows until when.
    Now,
}

/// Everything that pages speak of at this moment.
pub fn read(c: &mut Conn, now: Moment) -> Result<Vec<Closure>, DbError> {
    let planned = |one: Maintenance| Closure {
        kind: ClosureKind::Planned { from: one.from(), to: one.to(), reason: one.reason() },
        agency: one.agency,
        capability: None,
    };
    let mut closures: Vec<Closure> = maintenance::near(c, now)?.into_iter().map(planned).collect();
    let suspended = suspension::all(c)?.into_iter();
    closures.extend(suspended.map(|one| Closure {
        agency: one.agency,
        capability: Some(one.capability),
        kind: ClosureKind::Now,
    }));
    Ok(closures)
}

impl Closure {
    /// Whether it concerns a service of its agency, by what the service begins with.
    fn concerns(&self, service: &Service) -> bool {
        let begins = match service.served_by {
            _ if asking::query_of(service).is_some() => "lookup",
            Some(ServedBy::Slots) => "slots.",
            Some(ServedBy::Dues) => "dues.",
            _ => "case.submit",
        };
        self.capability.as_deref().is_none_or(|capability| capability.starts_with(begins))
    }
}

/// Whether what is handed in waits here until the agency's system can be reached.
fn waits(service: &Service) -> bool {
    service.served_by == Some(ServedBy::Case) && asking::query_of(service).is_none()
}

/// What the pages of a service say.
pub fn lines(
    present: Presenter<'_>,
    closures: &[Closure],
    (agency, service): (&str, &Service),
) -> Vec<ClosureLine> {
    // Officers work in the portal, whatever else their agency runs.
    if service.served_by == Some(ServedBy::Desk) {
        return Vec::new();
    }
    let t = present.t;
    let own = closures.iter().filter(|one| one.agency == agency && one.concerns(service));
    own.map(|one| match &one.kind {
        _ if waits(service) => ClosureLine { text: t.planned_waits_text(), ..of_system(present, one) },
        ClosureKind::Planned { from, to: Some(to), reason } => {
            let (from, to) = (t.short_moment(&local(*from)), t.short_moment(&local(*to)));
            ClosureLine {
                title: t.planned_title(named::From(from), named::To(to)),
                reason: Text::of(t, reason),
                text: t.planned_text(),
            }
        }
        ClosureKind::Planned { from, to: None, reason } => ClosureLine {
            title: t.planned_open_title(t.short_moment(&local(*from))),
            reason: Text::of(t, reason),
            text: t.planned_open_text(),
        },
        ClosureKind::Now => ClosureLine {
            title: t.planned_closed().to_owned(),
            reason: Text::default(),
            text: t.planned_closed_text(),
        },
    })
    .collect()
}

/// What the page of an agency says: that its services are shut, and why; else what keeps some of them from being used.
pub fn lines_of_agency(
    present: Presenter<'_>,
    closures: &[Closure],
    (agency, shut): (&str, Option<&str>),
) -> Vec<ClosureLine> {
    let t = present.t;
    if let Some(why) = shut {
        return vec![ClosureLine {
            title: t.planned_shut().to_owned(),
            reason: Text::plain(why),
            text: t.planned_closed_text(),
        }];
    }
    let own: Vec<&Closure> = closures.iter().filter(|one| one.agency == agency).collect();
    let (now, planned): (Vec<_>, Vec<_>) = own.into_iter().partition(|one| one.kind == ClosureKind::Now);
    let planned = planned.into_iter().map(|one| of_system(present, one));
    // However many kinds of questions are not put, the page says so once.
    planned.chain(now.first().map(|one| of_system(present, one))).collect()
}

/// The same, said of the agency's system and not of a service.
fn of_system(present: Presenter<'_>, one: &Closure) -> ClosureLine {
    let t = present.t;
    let text = t.planned_some_text();
    match &one.kind {
        ClosureKind::Planned { from, to: None, reason } => ClosureLine {
            title: t.planned_system_open_title(t.short_moment(&local(*from))),
            reason: Text::of(t, reason),
            text,
        },
        ClosureKind::Planned { from, to: Some(to), reason } => {
            let (from, to) = (t.short_moment(&local(*from)), t.short_moment(&local(*to)));
            let title = t.planned_system_title(named::From(from), named::To(to));
            ClosureLine { title, reason: Text::of(t, reason), text }
        }
        ClosureKind::Now => {
            ClosureLine { title: t.planned_system_closed().to_owned(), reason: Text::default(), text }
        }
    }
}
