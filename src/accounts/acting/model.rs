//! Acting for others: the words and the rules, without the database.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate, NaiveTime, TimeZone as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yimen_contract::Bilingual;

use crate::{
    accounts::AccountError,
    db::DbError,
    id,
    ledger::{CitizenId, LedgerError},
    platform::{
        Moment,
        clock::{CITY_ZONE, city_day},
    },
    web::Failure,
};

id! {
    /// A delegation, or an offer of one.
    DelegationId
}

id! {
    /// A company.
    CompanyId
}

id! {
    /// Something an agent did.
    DeedId
}

/// The longest that somebody may be authorised for at once.
pub const LONGEST_MONTHS: u32 = 36;
/// From this age on a child is asked.
pub const ASKED_AT: u32 = 14;
/// At this age nobody acts as a parent any more.
pub const OF_AGE: u32 = 18;

/// By what right somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A parent for a child.
    Child,
    /// Somebody whom a person authorised.
    Person,
    /// Somebody whom a company's legal person named.
    Company,
}

impl Kind {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Person => "person",
            Self::Company => "company",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        [Self::Child, Self::Person, Self::Company].into_iter().find(|kind| kind.tag() == tag)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Offered, or waiting for proof.
    Proposed,
    Active,
    /// Taken back or declined, by either side.
    Revoked,
    /// Its time is over, or another took its place.
    Ended,
}

impl State {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Ended => "ended",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        [Self::Proposed, Self::Active, Self::Revoked, Self::Ended]
            .into_iter()
            .find(|state| state.tag() == tag)
    }
}

/// Which services somebody may do for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    All,
    /// Whole fields, by their codes.
    Domains(BTreeSet<String>),
    /// Single services, by their codes.
    Services(BTreeSet<String>),
}

impl Scope {
    /// Whether it reaches as far as a matter. Seeing whom one acts for is part of every scope.
    pub fn covers(&self, matter: &Matter<'_>) -> bool {
        match (self, matter) {
            (_, Matter::Details) | (Self::All, _) => true,
            (Self::Domains(domains), Matter::Service { domain, .. }) => domains.contains(*domain),
            (Self::Services(services), Matter::Service { code, .. }) => services.contains(*code),
        }
    }
}

/// What an agent is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter<'a> {
    /// See who the represented person is.
    Details,
    /// Carry out a service. Some must be done in person.
    Service { code: &'a str, domain: &'a str, agent_allowed: bool },
}

/// Who acts, and for whom. Every act records both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The person before the screen.
    pub acting: CitizenId,
    pub represented: Represented,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Represented {
    Oneself,
    Citizen {
        delegation: DelegationId,
        citizen: CitizenId,
    },
    /// A company, with the legal person who answers for it and is told.
    Company {
        delegation: DelegationId,
        company: CompanyId,
        legal_person: CitizenId,
    },
}

impl Party {
    /// The citizen whose matters these are. A company's are not its legal person's own.
    pub const fn citizen(&self) -> Option<CitizenId> {
        match self.represented {
            Represented::Oneself => Some(self.acting),
            Represented::Citizen { citizen, .. } => Some(citizen),
            Represented::Company { .. } => None,
        }
    }
}

/// Why somebody may not act for another just now.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Db(#[from] DbError),
    /// Revoked, over, not begun, or never there: which of them is nobody else's business.
    #[error("the delegation does not hold")]
    NotHolding,
    #[error("the delegation does not reach this far")]
    OutOfScope,
    /// The service must be done in person.
    #[error("nobody may do this for another")]
    InPerson,
    /// The child is fourteen or older and has not agreed.
    #[error("the child has not agreed")]
    ChildNotAsked,
}

impl From<diesel::result::Error> for Refused {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Db(error) => error.into(),
            _ => Self::Refused,
        }
    }
}

/// Why a delegation was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum ActingError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Account(#[from] AccountError),
    /// None of this person's, or no longer open.
    #[error("there is nothing like that")]
    Unknown,
    #[error("nobody needs to be authorised to act for themself")]
    Oneself,
    #[error("too many are waiting already")]
    TooMany,
    /// The dates are in the wrong order, in the past or too far apart.
    #[error("the time is not possible")]
    Term,
    /// Of age already, or not born yet.
    #[error("not a child")]
    NotAChild,
    /// The name is not known yet: the person has not proved who they are.
    #[error("the person has not proved who they are")]
    Unproved,
}

impl From<diesel::result::Error> for ActingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ActingError> for Failure {
    fn from(error: ActingError) -> Self {
        match error {
            ActingError::Db(error) | ActingError::Ledger(LedgerError::Db(error)) => error.into(),
            ActingError::Account(error) => error.into(),
            ActingError::Ledger(error) => Self::broken(error),
            ActingError::Unknown => Self::NotFound,
            ActingError::Oneself
            | ActingError::TooMany
            | ActingError::Term
            | ActingError::NotAChild
            | ActingError::Unproved => Self::Refused,
        }
    }
}

/// What an agent did. Each is said to the represented person in words, so the list is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Began,
    SawDetails,
    /// Carried out a service.
    Service,
}

impl What {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::SawDetails => "saw-details",
            Self::Service => "service",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        [Self::Began, Self::SawDetails, Self::Service].into_iter().find(|what| what.tag() == tag)
    }
}

/// What the catalogue knows, for authorising somebody for some services only. Bound in `app`.
pub trait Matters: Send + Sync {
    fn domains(&self) -> Vec<(String, Bilingual)>;
    /// A service's name and whether it may be done for another.
    fn service(&self, code: &str) -> Option<(Bilingual, bool)>;
}

/// The day on which somebody reaches an age. Who was born on 29 February reaches it, in a year without that
/// day, on the last day of the month (Civil Code, article 202).
pub fn turns(birth: NaiveDate, years: u32) -> Option<NaiveDate> {
    birth.checked_add_months(Months::new(years.checked_mul(12)?))
}

/// The beginning of a day in the city.
pub fn beginning(day: NaiveDate) -> Moment {
    // The city's clocks never skip midnight; were there such a day, it would begin in UTC.
    CITY_ZONE
        .from_local_datetime(&day.and_time(NaiveTime::MIN))
        .earliest()
        .map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |at| at.to_utc())
}

/// When nobody acts for a child any more as a parent. `None`: it is of age already, or not born.
pub fn parent_until(birth: NaiveDate, today: NaiveDate) -> Option<Moment> {
    let end = turns(birth, OF_AGE)?;
    (birth <= today && today < end).then(|| beginning(end))
}

/// From when on the child is asked, of a delegation that ends when it is of age. Its birthday is kept nowhere
/// else in the clear: four years before one that fell on the same day.
pub fn asked_from(of_age: Moment) -> Moment {
    let day = city_day(of_age);
    day.checked_sub_months(Months::new((OF_AGE - ASKED_AT) * 12)).map_or(of_age, beginning)
}

/// From the first day to the end of the last, if both are possible.
pub fn term(today: NaiveDate, first: NaiveDate, last: NaiveDate) -> Option<(Moment, Moment)> {
    let latest = first.checked_add_months(Months::new(LONGEST_MONTHS))?.checked_sub_days(Days::new(1))?;
    let fine = today <= first && first <= last && last <= latest;
    fine.then_some(()).and_then(|()| Some((beginning(first), beginning(last.succ_opt()?))))
}

/// Of a session's words: whose matters they are.
pub(super) fn is_principal(named: Uuid, citizen: CitizenId, company: Option<CompanyId>) -> bool {
    named == company.map_or(citizen.uuid(), CompanyId::uuid)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_leap_day_child_comes_of_age_on_the_last_of_february() {
        assert_eq!(turns(day(2008, 2, 29), 18), Some(day(2026, 2, 28)));
        assert_eq!(turns(day(2008, 2, 29), 14), Some(day(2022, 2, 28)));
        assert_eq!(parent_until(day(2008, 2, 29), day(2026, 2, 28)), None);
        let end = parent_until(day(2008, 2, 29), day(2026, 2, 27)).unwrap();
        // Midnight in the city is 16:00 the day before in UTC.
        assert_eq!(end.to_rfc3339(), "2026-02-27T16:00:00+00:00");
    }

    #[test]
    fn the_day_is_the_city_s() {
        let end = parent_until(day(2010, 5, 1), day(2026, 1, 1)).unwrap();
        assert_eq!(city_day(end), day(2028, 5, 1));
        assert_eq!(city_day(end - chrono::TimeDelta::microseconds(1)), day(2028, 4, 30));
    }

    #[test]
    fn three_years_are_the_longest_and_the_past_is_not_to_be_had() {
        let today = day(2026, 11, 20);
        assert!(term(today, today, day(2029, 11, 19)).is_some());
        assert!(term(today, today, day(2029, 11, 20)).is_none());
        assert!(term(today, day(2026, 11, 19), day(2027, 1, 1)).is_none());
        assert!(term(today, day(2027, 1, 2), day(2027, 1, 1)).is_none());
        let (from, until) = term(today, today, today).unwrap();
        assert_eq!((until - from).num_hours(), 24);
    }

    #[test]
    fn a_scope_reaches_what_it_names_and_no_further() {
        let matter = Matter::Service { code: "YZ02022", domain: "D02", agent_allowed: true };
        let set = |code: &str| BTreeSet::from([code.to_owned()]);
        assert!(Scope::All.covers(&matter));
        assert!(Scope::Domains(set("D02")).covers(&matter));
        assert!(!Scope::Domains(set("D03")).covers(&matter));
        assert!(Scope::Services(set("YZ02022")).covers(&matter));
        assert!(!Scope::Services(set("YZ02021")).covers(&matter));
        assert!(!Scope::Services(BTreeSet::new()).covers(&matter));
        assert!(Scope::Services(BTreeSet::new()).covers(&Matter::Details));
    }

    proptest! {
        /// Every birthday of two centuries, leap days included.
        #[test]
        fn a_parent_acts_exactly_until_the_eighteenth_birthday(offset in 0_u64..73_000, age_days in 0_u64..9_000) {
            let birth = day(1900, 1, 1) + Days::new(offset);
            let today = birth + Days::new(age_days);
            let end = turns(birth, OF_AGE).unwrap();
            prop_assert_eq!(parent_until(birth, today).is_some(), today < end);
            prop_assert_eq!(parent_until(birth, birth.pred_opt().unwrap()), None);
        }

        /// The question at fourteen is worked out from the end at eighteen, and must fall on the same day.
        #[test]
        fn the_child_is_asked_from_the_fourteenth_birthday_on(offset in 0_u64..36_500) {
            let birth = day(1995, 1, 1) + Days::new(offset);
            let of_age = parent_until(birth, birth).unwrap();
            prop_assert_eq!(asked_from(of_age), beginning(turns(birth, ASKED_AT).unwrap()));
        }

        #[test]
        fn leap_day_children_are_asked_and_come_of_age_on_time(year in 480_i32..520) {
            let birth = NaiveDate::from_ymd_opt(year * 4, 2, 29);
            prop_assume!(birth.is_some());
            let birth = birth.unwrap();
            let of_age = parent_until(birth, birth).unwrap();
            prop_assert_eq!(city_day(of_age), NaiveDate::from_ymd_opt(year * 4 + 18, 2, 28).unwrap());
            prop_assert_eq!(city_day(asked_from(of_age)), NaiveDate::from_ymd_opt(year * 4 + 14, 2, 28).unwrap());
        }
    }
}
