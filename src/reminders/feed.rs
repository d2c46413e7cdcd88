//! Somebody's dates in their own calendar: at an address that nobody can guess, and that ends when they say so. Whoever has
//! the address reads the dates, as with the calendars of others; so it says what each is, and nothing that stands on it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    model::{Deadline, Source},
    queries,
};
use crate::{
    bookings::{self, Booking},
    db::{Conn, DbError, Stamp, schema::date_feeds},
    ledger::{self, CitizenId, LedgerError, Private, Warrant},
    platform::{Moment, keys::KeyRing, spoken},
    upsert,
    wallet::Whose,
};

const TOKEN: &str = "date_feeds.token";
/// A hundred and sixty bits.
const LENGTH: usize = 32;

/// What stands in somebody's calendar.
pub struct Calendar {
    pub language: String,
    pub deadlines: Vec<(Deadline, Option<String>)>,
    pub bookings: Vec<Booking>,
}

/// Makes the address, in place of the one there was.
pub fn make(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    citizen: CitizenId,
    language: &str,
) -> Result<(), LedgerError> {
    let token = spoken::new::<LENGTH>().map_err(|_| LedgerError::Sealed)?;
    let (sealed, hash) =
        (ledger::seal(c, ring, citizen, TOKEN, &token)?, ring.lookup(TOKEN, token.as_bytes()).to_vec());
    let set = (
        date_feeds::token.eq(&sealed),
        date_feeds::token_hash.eq(&hash),
        date_feeds::language.eq(language),
        date_feeds::made_at.eq(Stamp::from(now)),
    );
    let row = (date_feeds::citizen_id.eq(citizen), set);
    upsert!(c, date_feeds::table => row, on date_feeds::citizen_id, set set)?;
    Ok(())
}

/// Ends it.
pub fn end(c: &mut Conn, citizen: CitizenId) -> Result<(), DbError> {
    diesel::delete(date_feeds::table.find(citizen)).execute(c)?;
    Ok(())
}

/// The end of the address, for the person themself.
pub fn token(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Option<String>, LedgerError> {
    let sealed: Option<Private> =
        date_feeds::table.find(warrant.citizen()).select(date_feeds::token).first(c).optional()?;
    sealed.map(|sealed| warrant.open(c, ring, TOKEN, &sealed)).transpose()
}

/// What stands in the calendar at an address. The address is the person's own, as a session is; nothing: there is none.
pub fn read(
    c: &mut Conn,
    ring: &KeyRing,
    (now, today): (Moment, NaiveDate),
    typed: &str,
) -> Result<Option<Calendar>, LedgerError> {
    let Some(token) = spoken::read(typed, LENGTH) else { return Ok(None) };
    let found: Option<(CitizenId, String)> = date_feeds::table
        .filter(date_feeds::token_hash.eq(ring.lookup(TOKEN, token.as_bytes()).to_vec()))
        .select((date_feeds::citizen_id, date_feeds::language))
        .first(c)
        .optional()?;
    let Some((citizen, language)) = found else { return Ok(None) };
    let warrant = ledger::own(citizen);
    let whose = Whose { citizen, company: None };
    let mut coming = queries::coming(c, &whose, today)?;
    // Appointments stand there with their hours.
    coming.retain(|deadline| deadline.source != Source::Booking.tag());
    let deadlines = queries::named(c, ring, (&warrant, &whose), coming)?;
    let bookings = bookings::queries::coming(c, citizen, now).map_err(|error| match error {
        bookings::BookingError::Db(error) => LedgerError::Db(error),
        _ => LedgerError::Sealed,
    })?;
    Ok(Some(Calendar { language, deadlines, bookings }))
}
