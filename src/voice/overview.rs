//! Every order of the city, for those above the city's desk: sorted out, and what of it needs a person. Nothing here says who
//! reported anything, or in which words.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Kind, Order, State};
use crate::db::{Conn, DbError, schema::voice_orders as o};

/// Somebody is to act.
pub(super) const OPEN: &[&str] = &[
    State::Received.tag(),
    State::Classified.tag(),
    State::Returned.tag(),
    State::Dispatched.tag(),
    State::Handling.tag(),
];
/// Nothing happens to it any more.
pub(super) const DONE: &[&str] =
    &[State::Closed.tag(), State::NotTaken.tag(), State::Merged.tag(), State::Withdrawn.tag()];

/// What is the matter with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Its day is over and nobody answered.
    Late,
    /// On the supervision list.
    Supervised,
    /// Whoever reported it was not satisfied with what was answered, and nothing new was.
    Unsatisfied,
}

impl Mark {
    pub const ALL: [Self; 3] = [Self::Late, Self::Supervised, Self::Unsatisfied];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Supervised => "supervised",
            Self::Unsatisfied => "unsatisfied",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.tag() == tag)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    /// Whose day is over first.
    Due,
}

impl Sort {
    pub const ALL: [Self; 3] = [Self::Newest, Self::Oldest, Self::Due];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Due => "due",
        }
    }

    /// A word that nobody knows asks for the usual.
    pub fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.tag() == tag).unwrap_or_default()
    }
}

/// Which orders are asked for; what is not said is all of it.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub kind: Option<Kind>,
    pub state: Option<State>,
    pub agency: Option<String>,
    pub district: Option<String>,
    pub mark: Option<Mark>,
    pub sort: Sort,
}

/// A macro, because the type of such a query cannot be written down.
macro_rules! wanted {
    ($wanted:expr, $today:expr) => {{
        let kinds: Vec<&'static str> = Kind::ALL
            .into_iter()
            .filter(|one| $wanted.kind.is_none_or(|kind| kind == *one))
            .map(Kind::tag)
            .collect();
        let mut query = o::table.filter(o::kind.eq_any(kinds)).into_boxed();
        if let Some(state) = $wanted.state {
            query = query.filter(o::state.eq(state.tag()));
        }
        if let Some(agency) = &$wanted.agency {
            query = query.filter(o::agency.eq(Some(agency.clone())));
        }
        if let Some(district) = &$wanted.district {
            query = query.filter(o::district.eq(Some(district.clone())));
        }
        match $wanted.mark {
            None => query,
            Some(Mark::Late) => query.filter(o::state.eq_any(OPEN)).filter(o::due_on.lt(Some($today))),
            Some(Mark::Supervised) => {
                query.filter(o::state.eq_any(OPEN)).filter(o::supervised_at.is_not_null())
            }
            // An answer takes an order off the list, and who is not satisfied again puts it back.
            Some(Mark::Unsatisfied) => {
                let again = o::reopened.eq(true).and(o::supervised_at.is_not_null());
                query.filter(o::state.ne_all(DONE)).filter(again)
            }
        }
    }};
}

fn count(c: &mut Conn, wanted: &Wanted, today: NaiveDate) -> Result<i64, DbError> {
    Ok(wanted!(wanted, today).count().get_result(c)?)
}

/// A stretch of the orders, and how many there are in all.
pub fn list(
    c: &mut Conn,
    wanted: &Wanted,
    today: NaiveDate,
    (skip, most): (i64, i64),
) -> Result<(Vec<Order>, i64), DbError> {
    let all = count(c, wanted, today)?;
    let found = wanted!(wanted, today).offset(skip).limit(most).select(Order::as_select());
    let orders = match wanted.sort {
        Sort::Newest => found.order((o::made_at.desc(), o::id.desc())).load(c)?,
        Sort::Oldest => found.order((o::made_at, o::id)).load(c)?,
        // What has no clock comes after what has one, on either engine.
        Sort::Due => found.order((o::due_on.is_null(), o::due_on, o::id)).load(c)?,
    };
    Ok((orders, all))
}

/// What needs a person above the city's desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waiting {
    pub late: i64,
    /// Given back by their units: a dispute about whose they are.
    pub returned: i64,
    pub unsatisfied: i64,
}

pub fn waiting(c: &mut Conn, today: NaiveDate) -> Result<Waiting, DbError> {
    let marked = |mark| Wanted { mark: Some(mark), ..Wanted::default() };
    let returned = Wanted { state: Some(State::Returned), ..Wanted::default() };
    Ok(Waiting {
        late: count(c, &marked(Mark::Late), today)?,
        returned: count(c, &returned, today)?,
        unsatisfied: count(c, &marked(Mark::Unsatisfied), today)?,
    })
}
