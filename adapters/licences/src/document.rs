//! What is known about one document in somebody's hands.

use chrono::NaiveDate;
use yimen_contract::capability::licences::Status;

/// A document, as its issuer or its holder describes it. What is not known is left out, and is then said to be
/// missing where a date depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document<'d> {
    /// For a vehicle: the day of its first registration.
    pub issued: NaiveDate,
    /// Last day on which it is valid, as printed on it or told by its issuer. It goes before every rule.
    pub expires: Option<NaiveDate>,
    /// The holder's birthday.
    pub born: Option<NaiveDate>,
    /// The class that the rule distinguishes by: of a household, of a donation.
    pub class: Option<&'d str>,
    /// The size that the rule distinguishes by: a clinic's beds.
    pub size: Option<u32>,
    /// How often it has been renewed without fault: its step on a ladder.
    pub step: u8,
    /// The last check, inspection, report or donation.
    pub checked: Option<NaiveDate>,
    pub endorsed: Option<NaiveDate>,
    /// Last day of what it is tied to: another document, a right.
    pub tied: Option<NaiveDate>,
    /// The next day of its plan, or the day from which it may be done again.
    pub next: Option<NaiveDate>,
    /// How its issuer says it stands.
    pub status: Status,
}

impl Document<'_> {
    /// A valid document of which only the day of issue is known.
    pub fn issued(on: NaiveDate) -> Self {
        Self {
            issued: on,
            expires: None,
            born: None,
            class: None,
            size: None,
            step: 0,
            checked: None,
            endorsed: None,
            tied: None,
            next: None,
            status: Status::Valid,
        }
    }
}
