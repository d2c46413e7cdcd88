//! From where staff see orders: the city's desk sees all, a unit what it leads or helps with. The branch stands in every
//! query, so that an order of another branch is as unknown as none.

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};

use super::{
    By, Clocks, Order, OrderId, State, VoiceError,
    overview::{DONE, OPEN},
};
use crate::{
    accounts::staff::{Act, Branch, Member, branch_of, branches_in, pages::AtAgencies},
    db::{
        Conn, DbError,
        schema::{voice_orders, voice_units},
    },
};

/// A member of staff before orders.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
pub struct Seat {
    pub member: Member,
    /// Whether they sit at the city's desk.
    pub desk: bool,
    works: bool,
    /// Whether they lengthen terms.
    pub leads: bool,
    /// Whether they may learn who sent something whose sender is secret.
    pub sees_author: bool,
}

impl Seat {
    /// Whoever has nothing to do with orders has no seat.
    pub(crate) fn of(at: &AtAgencies, clocks: &Clocks) -> Result<Self, VoiceError> {
        let desk = &clocks.policy()?.desk;
        Ok(Self {
            desk: at.may(Act::WorkCases, desk),
            works: at.allowed_here(Act::WorkCases),
            leads: at.allowed_here(Act::ApproveCases),
            sees_author: at.may(Act::SeeAuthor, desk),
            member: at.member.clone(),
        })
    }

    /// Whether they see orders at all.
    pub const fn works(&self) -> bool {
        self.works
    }

    fn pattern(&self) -> String {
        if self.desk { Branch::city().pattern() } else { self.member.branch().pattern() }
    }

    /// As whom they can act on an order.
    pub(super) fn parts(&self, order: &Order, helps: bool) -> Vec<By> {
        let unit = self.works
            && order.state().is_ok_and(State::waits_for_unit)
            && self.member.branch().covers(&order.branch);
        let all = [(self.desk, By::Desk), (unit, By::Unit), (helps, By::Helper)];
        all.into_iter().filter(|(is, _)| *is).map(|(_, by)| by).collect()
    }
}

const AT_DESK: &[&str] = &[State::Received.tag(), State::Classified.tag(), State::Returned.tag()];
const IN_UNITS: &[&str] = &[State::Dispatched.tag(), State::Handling.tag()];
const ANSWERED: &[&str] = &[State::Replied.tag(), State::Visited.tag()];
/// Which part of the orders is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// To be given out.
    New,
    /// To be dealt with.
    Working,
    Answered,
    /// Late, or not dealt with well.
    Supervised,
    Done,
}

impl Show {
    pub const ALL: [Self; 5] = [Self::New, Self::Working, Self::Supervised, Self::Answered, Self::Done];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Working => "working",
            Self::Answered => "answered",
            Self::Supervised => "supervised",
            Self::Done => "done",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.tag() == tag)
    }

    const fn states(self) -> &'static [&'static str] {
        match self {
            Self::New => AT_DESK,
            Self::Working => IN_UNITS,
            Self::Answered => ANSWERED,
            Self::Supervised => OPEN,
            Self::Done => DONE,
        }
    }
}

/// What a seat sees. A macro, because the type of such a query cannot be written down.
macro_rules! seen_from {
    ($seat:expr) => {{
        let pattern = $seat.pattern();
        let helping = voice_units::table
            .filter(voice_units::order_id.eq(voice_orders::id))
            .filter(voice_units::branch.like(pattern.clone()));
        voice_orders::table.filter(voice_orders::branch.like(pattern).or(exists(helping))).into_boxed()
    }};
}

macro_rules! shown {
    ($seat:expr, $show:expr) => {{
        let query = seen_from!($seat).filter(voice_orders::state.eq_any($show.states()));
        match $show {
            Show::Supervised => query.filter(voice_orders::supervised_at.is_not_null()),
            _ => query,
        }
    }};
}

/// A stretch of the orders, the most urgent first, and how many there are in all.
pub fn list(
    c: &mut Conn,
    seat: &Seat,
    show: Show,
    (skip, limit): (i64, i64),
) -> Result<(Vec<Order>, i64), DbError> {
    let all = shown!(seat, show).count().get_result(c)?;
    let found = shown!(seat, show).offset(skip).limit(limit).select(Order::as_select());
    let found = match show {
        Show::Done => found.order((voice_orders::changed_at.desc(), voice_orders::id.desc())).load(c)?,
        // What has no clock comes after what has one, on either engine.
        _ => found.order((voice_orders::due_on.is_null(), voice_orders::due_on, voice_orders::id)).load(c)?,
    };
    Ok((found, all))
}

/// How many wait that are late.
pub fn late(c: &mut Conn, seat: &Seat, today: NaiveDate) -> Result<i64, DbError> {
    let waiting = shown!(seat, Show::Supervised);
    let unlisted = seen_from!(seat)
        .filter(voice_orders::state.eq_any(Show::Supervised.states()))
        .filter(voice_orders::supervised_at.is_null())
        .filter(voice_orders::due_on.lt(Some(today)));
    let listed: i64 = waiting.count().get_result(c)?;
    Ok(listed + unlisted.count().get_result::<i64>(c)?)
}

/// An order, if the seat sees it.
pub fn one(c: &mut Conn, seat: &Seat, number: &str) -> Result<Order, VoiceError> {
    if !seat.works() {
        return Err(VoiceError::Unknown);
    }
    let found = seen_from!(seat).filter(voice_orders::number.eq(number.to_owned()));
    found.select(Order::as_select()).first(c).optional()?.ok_or(VoiceError::Unknown)
}

/// The units that help with an order: each by its agency's public name, and where it is looked after.
pub(super) fn helpers(c: &mut Conn, id: OrderId) -> Result<Vec<(String, String)>, DbError> {
    Ok(voice_units::table
        .filter(voice_units::order_id.eq(id))
        .order(voice_units::agency)
        .select((voice_units::agency, voice_units::branch))
        .load(c)?)
}

/// Whether the seat is one of a unit that helps, and of which agency.
pub(super) fn helps(seat: &Seat, helpers: &[(String, String)]) -> Option<String> {
    let own = seat.member.branch();
    helpers.iter().find(|(_, branch)| seat.works() && own.covers(branch)).map(|(agency, _)| agency.clone())
}

/// Where an agency deals with what happens in a district: in the part of it that carries the district's code, or else itself.
pub(super) fn branch_for(c: &mut Conn, agency: &str, district: Option<&str>) -> Result<Branch, DbError> {
    let own = branch_of(c, agency)?;
    let Some(code) = district else { return Ok(own) };
    let parts = branches_in(c, &own)?;
    let there = parts.into_iter().map(|(part, _)| part).find(|part| *part != own && part.last() == code);
    Ok(there.unwrap_or(own))
}
