//! What people are told of an agency's system before they begin: when it will not answer, and that it does not now.

use yimen_contract::{Bilingual, service::Service};

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
    /// Work that was announced.
    Planned { from: Moment, to: Moment, reason: Bilingual },
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
    /// Whether it concerns a service of its agency: what asks, by its question; everything else by what it hands in.
    fn concerns(&self, service: &Service) -> bool {
        let uses = if asking::query_of(service).is_some() { "lookup" } else { "case.submit" };
        self.capability.as_deref().is_none_or(|capability| capability == uses)
    }
}

/// What the pages of a service say.
pub fn lines(
    present: Presenter<'_>,
    closures: &[Closure],
    (agency, service): (&str, &Service),
) -> Vec<ClosureLine> {
    let t = present.t;
    let own = closures.iter().filter(|one| one.agency == agency && one.concerns(service));
    own.map(|one| match &one.kind {
        ClosureKind::Planned { from, to, reason } => {
            let (from, to) = (t.short_moment(&local(*from)), t.short_moment(&local(*to)));
            ClosureLine {
                title: t.planned_title(named::From(from), named::To(to)),
                reason: Text::of(t, reason),
                text: t.planned_text(),
            }
        }
        ClosureKind::Now => ClosureLine {
            title: t.planned_closed().to_owned(),
            reason: Text::default(),
            text: t.planned_closed_text(),
        },
    })
    .collect()
}
