//! Reading ratings. Whose they are is known from `rating_matters` alone, and looked up for themselves or to tell them
//! something; staff read by agency, which stands in every query.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use yimen_scores::Level;

use super::{
    appeal::Appeal,
    follow::{FollowUp, hands::ALIVE, life::State},
    matters,
    model::{Kind, Matter, OWN_WORDS, Rating, RatingError, RatingId, Standing, degree},
};
use crate::{
    cases::Whose,
    db::{
        Conn,
        schema::{rating_appeals, rating_follow_ups, rating_matters, ratings},
    },
    ledger::Warrant,
    platform::keys::KeyRing,
};

/// So many stand on a page of a person's.
const MOST: i64 = 100;
/// So many of what somebody finished last are looked through.
const LATEST: i64 = 50;
/// So many stand on a public page.
const SHOWN: i64 = 30;

/// A matter with its rating, if there is one.
pub type Rated = (Matter, Option<Rating>);

/// What somebody can rate and has rated, the latest first.
pub fn mine(c: &mut Conn, whose: &Whose) -> Result<Vec<Rated>, RatingError> {
    let (owner, company) = (whose.owner(), whose.company());
    let of = rating_matters::table
        .left_join(ratings::table.on(ratings::id.eq(rating_matters::id)))
        .filter(rating_matters::citizen_id.eq(owner))
        .order((rating_matters::ended_on.desc(), rating_matters::id.desc()))
        .limit(MOST)
        .select((Matter::as_select(), Option::<Rating>::as_select()));
    let found: Vec<Rated> = match company {
        Some(company) => of.filter(rating_matters::company_id.eq(company)).load(c)?,
        None => of.filter(rating_matters::company_id.is_null()).load(c)?,
    };
    Ok(found.into_iter().filter(|(matter, _)| is_theirs(matter, whose)).collect())
}

/// What somebody finished lately, with an agency or with any, while they can rate it and did not: the last of it first.
pub fn unrated(
    c: &mut Conn,
    whose: &Whose,
    agency: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<Matter>, RatingError> {
    let mut of = rating_matters::table
        .filter(rating_matters::citizen_id.eq(whose.owner()))
        .filter(rating_matters::rated_at.is_null())
        .filter(rating_matters::last_day.ge(today))
        .into_boxed();
    of = match whose.company() {
        Some(company) => of.filter(rating_matters::company_id.eq(company)),
        None => of.filter(rating_matters::company_id.is_null()),
    };
    if let Some(agency) = agency {
        of = of.filter(rating_matters::agency.eq(agency.to_owned()));
    }
    let found: Vec<Matter> = of
        .order((rating_matters::ended_on.desc(), rating_matters::id.desc()))
        .limit(LATEST)
        .select(Matter::as_select())
        .load(c)?;
    Ok(found.into_iter().filter(|matter| is_theirs(matter, whose)).collect())
}

/// What somebody paid is their own, and nobody's who acts for them.
fn is_theirs(matter: &Matter, whose: &Whose) -> bool {
    matter.kind().is_ok_and(|kind| matters::owner(kind, whose).is_some())
}

/// A matter of somebody's with everything that came of it.
#[derive(Debug)]
pub struct Own {
    pub rating: Rating,
    pub follow_up: Option<FollowUp>,
    pub appeal: Option<Appeal>,
    /// In their own words.
    pub words: Option<String>,
}

/// What somebody said of a matter of theirs, opened for them.
pub fn own(
    c: &mut Conn,
    ring: &KeyRing,
    matter: &Matter,
    warrant: &Warrant,
) -> Result<Option<Own>, RatingError> {
    let Some((rating, follow_up, appeal)) = whole(c, matter.id)? else { return Ok(None) };
    let words = matter.words.as_ref().map(|words| warrant.open(c, ring, OWN_WORDS, words)).transpose()?;
    Ok(Some(Own { rating, follow_up, appeal, words }))
}

/// A rating with what came of it.
pub type Whole = (Rating, Option<FollowUp>, Option<Appeal>);

pub(super) fn whole(c: &mut Conn, id: RatingId) -> Result<Option<Whole>, RatingError> {
    Ok(ratings::table
        .left_join(rating_follow_ups::table.on(rating_follow_ups::id.eq(ratings::id)))
        .left_join(rating_appeals::table.on(rating_appeals::id.eq(ratings::id)))
        .filter(ratings::id.eq(id))
        .select((Rating::as_select(), Option::<FollowUp>::as_select(), Option::<Appeal>::as_select()))
        .first(c)
        .optional()?)
}

/// The same for staff. One of another agency is as unknown as none.
pub fn one(c: &mut Conn, agencies: &[String], id: RatingId) -> Result<Whole, RatingError> {
    let found = whole(c, id)?.filter(|(rating, ..)| agencies.contains(&rating.agency));
    found.ok_or(RatingError::Unknown)
}

/// Whose rating it is: to tell them, and for whoever says why they want to know.
pub(super) fn matter_of(c: &mut Conn, id: RatingId) -> Result<Option<Matter>, RatingError> {
    Ok(rating_matters::table
        .filter(rating_matters::id.eq(id))
        .select(Matter::as_select())
        .first(c)
        .optional()?)
}

/// A rating for whoever is about to change it: nobody else does so meanwhile.
pub(super) fn held(c: &mut Conn, id: RatingId) -> Result<Rating, RatingError> {
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    diesel::update(ratings::table.find(id)).set(ratings::level.eq(ratings::level)).execute(c)?;
    let found = ratings::table.find(id).select(Rating::as_select()).first(c).optional()?;
    found.ok_or(RatingError::Unknown)
}

/// Which ratings a list of staff shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// What the agency has to do something about.
    Open,
    /// What somebody has in hand, until it is over.
    Mine,
    /// What is to be done and late.
    Late,
    /// What people were not content with.
    Escalated,
    /// Those that an appeal waits about.
    Appeals,
    All,
}

impl Show {
    /// What the agency sees, and what is seen from above it.
    pub const AGENCY: [Self; 5] = [Self::Open, Self::Mine, Self::Late, Self::Appeals, Self::All];
    pub const ABOVE: [Self; 5] = [Self::Escalated, Self::Appeals, Self::Late, Self::Open, Self::All];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mine",
            Self::Late => "late",
            Self::Escalated => "escalated",
            Self::Appeals => "appeals",
            Self::All => "all",
        }
    }
}

/// In which order a list of staff stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due first, where something is; else the latest.
    #[default]
    Urgent,
    Newest,
    Oldest,
    Worst,
}

impl Sort {
    pub const ALL: [Self; 4] = [Self::Urgent, Self::Newest, Self::Oldest, Self::Worst];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Worst => "worst",
        }
    }

    pub fn named(tag: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.tag() == tag).unwrap_or_default()
    }
}

/// What of a list is wanted. Nothing asks for everything.
#[derive(Debug, Clone, Default)]
pub struct Only {
    pub service: Option<String>,
    /// The first day of the month in which what was rated ended.
    pub month: Option<NaiveDate>,
    pub level: Option<Level>,
    /// What the member of staff before the screen has in hand, for their own list.
    pub mine: Vec<RatingId>,
    pub sort: Sort,
}

/// Those that a list shows. A macro, because the type of such a query cannot be written down.
macro_rules! shown {
    ($agencies:expr, $only:expr, $show:expr, $today:expr) => {{
        use rating_follow_ups as f;
        let mut all = ratings::table
            .left_join(f::table.on(f::id.eq(ratings::id)))
            .filter(ratings::agency.eq_any($agencies))
            .into_boxed();
        if let Some(service) = &$only.service {
            all = all.filter(ratings::service.eq(service.clone()));
        }
        if let Some(month) = $only.month {
            all = all.filter(ratings::month.eq(month));
        }
        if let Some(level) = $only.level {
            all = all.filter(ratings::level.eq(degree(level)));
        }
        let waits = [State::Opened.tag(), State::Contacted.tag()];
        // Said once more of what follows, by whose index these are found: most ratings have nothing that follows.
        let followed = f::agency.eq_any($agencies);
        match $show {
            Show::All => all,
            Show::Open => all.filter(followed.and(f::state.eq_any(waits))),
            Show::Mine => {
                let mine = ratings::id.eq_any($only.mine.clone());
                all.filter(followed.and(f::state.eq_any(ALIVE)).and(mine))
            }
            Show::Escalated => all.filter(followed.and(f::state.eq(State::Escalated.tag()))),
            Show::Appeals => all.filter(ratings::standing.eq(Standing::Review.tag())),
            Show::Late => {
                let late = f::fix_by.lt($today);
                let unspoken = f::state.eq(State::Opened.tag()).and(f::contact_by.lt($today));
                all.filter(followed.and(f::state.eq_any(waits)).and(late.or(unspoken)))
            }
        }
    }};
}

/// A line of a list of staff.
pub type Line = (Rating, Option<FollowUp>);

/// A stretch of a list, the most urgent first, and how many there are in all.
pub fn list(
    c: &mut Conn,
    agencies: &[String],
    (show, today): (Show, NaiveDate),
    stretch: (i64, i64),
) -> Result<(Vec<Line>, i64), RatingError> {
    narrowed(c, agencies, (show, &Only::default(), today), stretch)
}

/// The same of what is wanted.
pub fn narrowed(
    c: &mut Conn,
    agencies: &[String],
    (show, only, today): (Show, &Only, NaiveDate),
    (skip, limit): (i64, i64),
) -> Result<(Vec<Line>, i64), RatingError> {
    let all: i64 = shown!(agencies, only, show, today).count().get_result(c)?;
    let found = shown!(agencies, only, show, today)
        .offset(skip)
        .limit(limit)
        .select((Rating::as_select(), Option::<FollowUp>::as_select()));
    let found = match (only.sort, show) {
        (Sort::Urgent, Show::Open | Show::Mine | Show::Late) => {
            found.order((rating_follow_ups::fix_by, ratings::id)).load(c)?
        }
        (Sort::Oldest, _) => found.order((ratings::given_at, ratings::id)).load(c)?,
        (Sort::Worst, _) => found.order((ratings::level, ratings::given_at.desc(), ratings::id)).load(c)?,
        (Sort::Urgent | Sort::Newest, _) => {
            found.order((ratings::given_at.desc(), ratings::id.desc())).load(c)?
        }
    };
    Ok((found, all))
}

/// How many a list shows.
pub fn count(c: &mut Conn, agencies: &[String], show: Show, today: NaiveDate) -> Result<i64, RatingError> {
    count_of(c, agencies, (show, &Only::default(), today))
}

/// The same of what is wanted.
pub fn count_of(
    c: &mut Conn,
    agencies: &[String],
    (show, only, today): (Show, &Only, NaiveDate),
) -> Result<i64, RatingError> {
    Ok(shown!(agencies, only, show, today).count().get_result(c)?)
}

/// Whose ratings everybody reads.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    Service(&'a str),
    Agency(&'a str),
}

/// The latest ratings that were followed up or appealed against, as everybody may read them.
pub fn public(c: &mut Conn, about: About<'_>) -> Result<Vec<Whole>, RatingError> {
    let latest = ratings::table
        .left_join(rating_follow_ups::table.on(rating_follow_ups::id.eq(ratings::id)))
        .left_join(rating_appeals::table.on(rating_appeals::id.eq(ratings::id)))
        .filter(ratings::noted.eq(true))
        .order((ratings::given_at.desc(), ratings::id.desc()))
        .limit(SHOWN)
        .select((Rating::as_select(), Option::<FollowUp>::as_select(), Option::<Appeal>::as_select()));
    Ok(match about {
        About::Service(code) => latest.filter(ratings::service.eq(code)).load(c)?,
        About::Agency(slug) => latest.filter(ratings::agency.eq(slug)).load(c)?,
    })
}

/// Ratings by their numbers, for the copy that a person takes away.
pub(super) fn by_id(c: &mut Conn, ids: &[RatingId]) -> Result<HashMap<RatingId, Rating>, RatingError> {
    let found: Vec<Rating> =
        ratings::table.filter(ratings::id.eq_any(ids)).select(Rating::as_select()).load(c)?;
    Ok(found.into_iter().map(|rating| (rating.id, rating)).collect())
}

/// The kind and number of a matter, for its address.
pub fn address(matter: &Matter) -> Result<String, RatingError> {
    let kind: Kind = matter.kind()?;
    Ok(format!("/me/ratings/{}/{}", kind.tag(), matter.reference))
}
