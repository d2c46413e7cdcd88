//! Bookings as they are kept, and the errors of this room.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_contract::capability::person::Claim;

use super::life::State;
use crate::{
    accounts::acting::CompanyId,
    agencies::VersionId,
    cases::{CaseError, Parties},
    db::{
        Conn, DbError, Stamp,
        schema::{booking_sessions, bookings},
    },
    gateway::{About, GatewayError},
    id,
    jobs::Job,
    ledger::{CitizenId, LedgerError, Private, Warrant},
    platform::{Moment, keys::KeyRing},
    web::Failure,
};

id! {
    /// An appointment of somebody.
    BookingId
}
id! {
    /// Something that happened to a booking.
    StepId
}
id! {
    /// An appointment of a calendar that the portal keeps.
    SessionId
}
id! {
    /// A place on a waiting list.
    WaitId
}

/// Where what was chosen is sealed.
pub(super) const CHOSEN: &str = "bookings.chosen";
/// Where what was filled in is sealed.
pub(super) const ANSWERS: &str = "bookings.answers";

/// A booking.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = bookings)]
pub struct Booking {
    pub citizen_id: CitizenId,
    pub id: BookingId,
    pub reference: String,
    pub company_id: Option<CompanyId>,
    pub acting_id: CitizenId,
    pub relation: String,
    pub level: i32,
    pub service: String,
    pub agency: String,
    pub version: VersionId,
    pub form: Option<String>,
    pub state: String,
    pub chosen: Private,
    pub starts_at: Stamp,
    pub ends_at: Stamp,
    pub day: NaiveDate,
    pub answers: Option<Private>,
    pub held_until: Option<Stamp>,
    pub handover: String,
    pub next_try_at: Option<Stamp>,
    pub agency_reference: Option<String>,
    pub ticket: Option<String>,
    pub code: String,
    pub session_id: Option<SessionId>,
    pub replaces: Option<BookingId>,
    pub refund: bool,
    pub made_at: Stamp,
    pub changed_at: Stamp,
}

/// What was chosen, beside its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The calendar's own id for it.
    pub id: String,
    pub place: Option<String>,
    /// As the backend called it. Of the portal's own calendars the package knows the name.
    pub place_name: Option<String>,
    pub fee_fen: Option<u64>,
}

/// An appointment of a calendar that the portal keeps.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = booking_sessions)]
pub struct SessionRow {
    pub id: SessionId,
    pub service: String,
    pub agency: String,
    pub place: String,
    pub starts_at: Stamp,
    pub ends_at: Stamp,
    pub day: NaiveDate,
    pub capacity: i32,
    pub taken: i32,
    pub stopped_at: Option<Stamp>,
    pub stopped_why: Option<String>,
}

impl Booking {
    /// A word that no version of the program wrote is a booking whose state nobody may change.
    pub fn state(&self) -> Result<State, BookingError> {
        State::named(&self.state).ok_or_else(|| BookingError::Stored(format!("the state {}", self.state)))
    }

    pub fn starts(&self) -> Moment {
        self.starts_at.moment()
    }

    /// Which slot it is of.
    pub(super) fn slot(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Slot, BookingError> {
        let text = warrant.open(c, ring, CHOSEN, &self.chosen)?;
        serde_json::from_str(&text).map_err(|error| BookingError::Stored(error.to_string()))
    }

    /// What was filled in.
    pub(super) fn filled(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        warrant: &Warrant,
    ) -> Result<serde_json::Map<String, serde_json::Value>, BookingError> {
        let Some(answers) = &self.answers else { return Ok(serde_json::Map::new()) };
        let text = warrant.open(c, ring, ANSWERS, answers)?;
        serde_json::from_str(&text).map_err(|error| BookingError::Stored(error.to_string()))
    }

    /// About whom the agency is told.
    pub(super) fn about<'a>(&self, claims: &'a [Claim]) -> About<'a> {
        let parties = Parties {
            owner: self.citizen_id,
            acting: self.acting_id,
            company: self.company_id,
            relation: &self.relation,
            level: self.level,
        };
        parties.about(claims)
    }

    /// Whether the time to confirm it is over.
    pub fn is_over(&self, now: Moment) -> bool {
        self.held_until.is_some_and(|until| until.moment() <= now) || self.starts() <= now
    }
}

/// The digest by which the agency's word about a slot finds whom it concerns.
pub(super) fn slot_key(ring: &KeyRing, agency: &str, slot: &str) -> Vec<u8> {
    ring.lookup("bookings.slot", format!("{agency}/{slot}").as_bytes()).to_vec()
}

/// An appointment is to be kept, or not any more. `reminders` carries on from here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dated {
    pub citizen: CitizenId,
    pub reference: String,
}

impl Job for Dated {
    const KIND: &'static str = "bookings.dated";
}

/// An appointment was kept. `ratings` carries on from here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ended {
    pub citizen: CitizenId,
    pub reference: String,
}

impl Job for Ended {
    const KIND: &'static str = "bookings.ended";
}

#[derive(Debug, thiserror::Error)]
pub enum BookingError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Case(#[from] CaseError),
    /// Not there, or somebody else's: which of the two is not told.
    #[error("there is no such booking")]
    Unknown,
    /// It cannot be done with the booking as it stands.
    #[error("the booking does not allow this now")]
    NotNow,
    /// Somebody else was faster.
    #[error("it is taken")]
    Full,
    /// They have one on that day.
    #[error("there is one on this day already")]
    AlreadyThatDay,
    /// More is chosen and not confirmed than one person needs.
    #[error("too much is chosen at once")]
    TooMany,
    /// They did not come too often, until then.
    #[error("barred until {0}")]
    Barred(Moment),
    #[error("what is kept cannot be read: {0}")]
    Stored(String),
}

impl From<diesel::result::Error> for BookingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<BookingError> for Failure {
    fn from(error: BookingError) -> Self {
        match error {
            BookingError::Db(error) | BookingError::Ledger(LedgerError::Db(error)) => error.into(),
            BookingError::Gateway(error) => error.into(),
            BookingError::Case(error) => error.into(),
            BookingError::Unknown => Self::NotFound,
            BookingError::NotNow
            | BookingError::Full
            | BookingError::AlreadyThatDay
            | BookingError::TooMany
            | BookingError::Barred(_) => Self::Refused,
            BookingError::Ledger(error) => Self::broken(error),
            BookingError::Stored(why) => Self::broken(why),
        }
    }
}
