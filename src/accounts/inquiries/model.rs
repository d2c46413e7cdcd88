//! Kinds, states and terms of inquiries.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use diesel::prelude::*;

use crate::{
    accounts::{AccountError, staff::StaffError},
    db::{DbError, Stamp, schema::inquiries},
    id,
    ledger::{CitizenId, LedgerError, LookId, Private, StaffId},
    platform::{
        Moment,
        calendar::{Due, WorkingCalendar},
        clock::{CITY_ZONE, city_day},
        config::AnswersConfig,
    },
    web::Failure,
};

id! {
    /// Something a citizen asked about their data.
    InquiryId
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Why somebody looked.
    Why,
    /// That something be corrected.
    Correct,
}

impl Kind {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Why => "why",
            Self::Correct => "correct",
        }
    }
}

/// Who answers: the branch it concerns, or the level above, to which the citizen can go once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Branch,
    Above,
}

impl Level {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Above => "above",
        }
    }

    pub(super) fn named(tag: &str) -> Self {
        if tag == "above" { Self::Above } else { Self::Branch }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for the branch.
    Open,
    Answered,
    /// Waits for the level above.
    Objected,
    /// Answered by the level above, which is the last word here.
    Closed,
    /// The person was erased before anybody answered.
    Dropped,
}

impl State {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Objected => "objected",
            Self::Closed => "closed",
            Self::Dropped => "dropped",
        }
    }

    fn named(tag: &str) -> Self {
        let all = [Self::Open, Self::Answered, Self::Objected, Self::Closed];
        all.into_iter().find(|state| state.tag() == tag).unwrap_or(Self::Dropped)
    }

    /// Who has to answer now.
    pub const fn waits_for(self) -> Option<Level> {
        match self {
            Self::Open => Some(Level::Branch),
            Self::Objected => Some(Level::Above),
            _ => None,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Explained,
    Corrected,
    Partly,
    Refused,
}

impl Outcome {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::Corrected => "corrected",
            Self::Partly => "partly",
            Self::Refused => "refused",
        }
    }

    /// What an inquiry of this kind can come to.
    pub const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Why => &[Self::Explained],
            Kind::Correct => &[Self::Corrected, Self::Partly, Self::Refused],
        }
    }

    pub fn named(kind: Kind, tag: &str) -> Option<Self> {
        Self::of(kind).iter().copied().find(|outcome| outcome.tag() == tag)
    }

    pub(super) fn kept(tag: &str) -> Self {
        Self::named(Kind::Correct, tag).unwrap_or(Self::Explained)
    }

    /// Whether it says no to something, so that the person must hear where else to turn.
    pub const fn says_no(self) -> bool {
        matches!(self, Self::Partly | Self::Refused)
    }
}

/// By when what is answered.
#[derive(Debug, Clone, Copy)]
pub struct Terms(pub AnswersConfig);

impl Terms {
    /// The last working day on which an answer is in time, counted from the day after `since`.
    pub fn due(self, calendar: &WorkingCalendar, kind: Kind, level: Level, since: Moment) -> Due {
        let days = match (level, kind) {
            (Level::Above, _) => self.0.review_days,
            (Level::Branch, Kind::Why) => self.0.why_days,
            (Level::Branch, Kind::Correct) => self.0.correction_days,
        };
        calendar.working_days_after(city_day(since), days)
    }
}

/// The first moment after a day in the city.
pub(super) fn end_of(day: NaiveDate) -> Moment {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    CITY_ZONE.from_local_datetime(&next).earliest().map_or(Moment::MAX_UTC, |at| at.to_utc())
}

/// How an inquiry stands with its clock, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    OnTime(usize),
    Soon(usize),
    Late(usize),
}

/// So near the end a colour warns.
const SOON: usize = 2;

pub fn standing(calendar: &WorkingCalendar, today: NaiveDate, due: NaiveDate) -> Standing {
    if today > due {
        return Standing::Late(calendar.working_days_between(due, today));
    }
    match calendar.working_days_between(today, due) {
        left if left <= SOON => Standing::Soon(left),
        left => Standing::OnTime(left),
    }
}

/// An inquiry as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = inquiries)]
pub struct Inquiry {
    pub(super) citizen_id: CitizenId,
    pub id: InquiryId,
    kind: String,
    pub(super) look_id: Option<LookId>,
    /// By its public name; empty where it is the city itself.
    pub agency: String,
    pub(super) branch: String,
    pub(super) concerns: Option<StaffId>,
    pub(super) said: Option<Private>,
    state: String,
    pub assigned_to: Option<StaffId>,
    pub(super) made_at: Stamp,
    pub(super) due_at: Stamp,
    pub provisional: bool,
    pub(super) objected_at: Option<Stamp>,
    pub(super) objection: Option<Private>,
}

impl Inquiry {
    pub fn kind(&self) -> Kind {
        if self.kind == "why" { Kind::Why } else { Kind::Correct }
    }

    pub fn state(&self) -> State {
        State::named(&self.state)
    }

    pub fn made_at(&self) -> Moment {
        self.made_at.moment()
    }

    pub fn objected_at(&self) -> Option<Moment> {
        self.objected_at.map(Stamp::moment)
    }

    /// The last day on which an answer is in time.
    pub fn due_on(&self) -> NaiveDate {
        city_day(self.due_at.moment() - TimeDelta::seconds(1))
    }

    /// When the clock that runs now began.
    pub(super) fn since(&self) -> Moment {
        match self.state() {
            State::Objected => self.objected_at().unwrap_or(self.made_at()),
            _ => self.made_at(),
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum InquiryError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(LedgerError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Not there, of another branch, somebody else's, or its person is gone: which of these is not told.
    #[error("there is no such inquiry")]
    Unknown,
    #[error("somebody else has it")]
    Taken,
    #[error("it was answered already")]
    Already,
    /// So many of one person wait that more would help nobody.
    #[error("too many of them wait")]
    TooMany,
}

impl From<diesel::result::Error> for InquiryError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<LedgerError> for InquiryError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Erased => Self::Unknown,
            other => Self::Ledger(other),
        }
    }
}

impl From<AccountError> for InquiryError {
    fn from(error: AccountError) -> Self {
        Self::Staff(error.into())
    }
}

impl From<InquiryError> for Failure {
    fn from(error: InquiryError) -> Self {
        match error {
            InquiryError::Db(error) => error.into(),
            InquiryError::Ledger(error) => error.into(),
            InquiryError::Staff(error) => error.into(),
            InquiryError::Unknown => Self::NotFound,
            InquiryError::Taken | InquiryError::Already | InquiryError::TooMany => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The national day week of 2026, with the weekend days worked for it.
    fn calendar() -> WorkingCalendar {
        let mut calendar = WorkingCalendar::default();
        calendar.add_span(day("2026-10-01"), day("2026-10-07"), false);
        calendar.add_span(day("2026-09-20"), day("2026-09-20"), true);
        calendar.add_span(day("2026-10-10"), day("2026-10-10"), true);
        calendar
    }

    #[test]
    fn a_term_ends_with_its_last_working_day() {
        let terms = Terms(AnswersConfig { why_days: 5, correction_days: 15, review_days: 10 });
        let since: Moment = "2026-09-30T15:59:59Z".parse().unwrap();
        let due = terms.due(&calendar(), Kind::Why, Level::Branch, since);
        // 8, 9, the Saturday worked, 12, 13 October.
        assert_eq!(due.on, day("2026-10-13"));
        assert_eq!(end_of(due.on), "2026-10-13T16:00:00Z".parse::<Moment>().unwrap());
        // One second later it is the next day in the city.
        let later = since + TimeDelta::seconds(1);
        assert_eq!(terms.due(&calendar(), Kind::Why, Level::Branch, later).on, day("2026-10-13"));
        assert_eq!(terms.due(&calendar(), Kind::Why, Level::Above, since).on, day("2026-10-20"));
    }

    #[test]
    fn the_clock_warns_before_it_is_late() {
        let at = |today| standing(&calendar(), day(today), day("2026-10-09"));
        assert_eq!(at("2026-09-28"), Standing::OnTime(4));
        assert_eq!(at("2026-09-30"), Standing::Soon(2), "a week of holidays is no time to work");
        assert_eq!(at("2026-10-09"), Standing::Soon(0));
        assert_eq!(at("2026-10-10"), Standing::Late(1));
        assert_eq!(standing(&calendar(), day("2026-10-03"), day("2026-09-30")), Standing::Late(0));
    }

    proptest! {
        /// What is promised on a day has as many working days left as were promised, and is late the day after its end.
        #[test]
        fn a_term_is_as_long_as_it_says(offset in 0_u64..400, days in 1_u32..40) {
            let (calendar, start) = (calendar(), day("2026-01-01") + Days::new(offset));
            let due = calendar.working_days_after(start, days).on;
            prop_assert_eq!(calendar.working_days_between(start, due), days as usize);
            prop_assert!(calendar.is_working(due));
            let after = due + Days::new(1);
            prop_assert!(matches!(standing(&calendar, after, due), Standing::Late(_)), "{} {}", after, due);
            prop_assert_eq!(city_day(end_of(due)), after);
        }
    }
}
