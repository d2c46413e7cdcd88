//! What the city knows of a person, opened with a warrant.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::IdentityNumber;
use crate::{
    db::{
        Conn,
        schema::{citizens, contact_points, identities},
    },
    ledger::{LedgerError, Private, Warrant},
    platform::keys::KeyRing,
};

/// A person's details. What is not known, or not verified where it has to be, is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    pub name: Option<String>,
    /// Only a verified one.
    pub identity_number: Option<String>,
    pub birth_date: Option<NaiveDate>,
    /// Only verified ones; the oldest if there are several.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub level: u8,
}

/// Only the name of the person the warrant is for.
pub fn name(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Option<String>, LedgerError> {
    let name: Option<Private> = citizens::table
        .filter(citizens::id.eq(warrant.citizen()))
        .select(citizens::name)
        .first(c)
        .optional()?
        .flatten();
    name.map(|name| warrant.open(c, ring, "citizens.name", &name)).transpose()
}

/// Opens what is known of the person the warrant is for.
pub fn details(c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Details, LedgerError> {
    type Row = (Option<Private>, i32, Option<Private>, Option<String>, Option<Private>);
    let citizen = warrant.citizen();
    // Asked for on nearly every page of one's own, so it is one question: a row for each address of theirs, or one alone.
    let verified = identities::citizen_id.eq(citizens::id).and(identities::verified_at.is_not_null());
    let reached = contact_points::citizen_id.eq(citizens::id).and(contact_points::verified_at.is_not_null());
    let rows: Vec<Row> = citizens::table
        .left_join(identities::table.on(verified))
        .left_join(contact_points::table.on(reached))
        .filter(citizens::id.eq(citizen))
        .order(contact_points::id)
        .select((
            citizens::name,
            citizens::level,
            identities::number.nullable(),
            contact_points::kind.nullable(),
            contact_points::value.nullable(),
        ))
        .load(c)?;
    let Some((name, level, number, ..)) = rows.first().cloned() else {
        return Err(diesel::result::Error::NotFound.into());
    };
    let mut found = Details { level: u8::try_from(level).unwrap_or_default(), ..Details::default() };
    if let Some(name) = name {
        found.name = Some(warrant.open(c, ring, "citizens.name", &name)?);
    }
    if let Some(number) = number {
        let number = warrant.open(c, ring, "identities.number", &number)?;
        found.birth_date = IdentityNumber::parse(&number).ok().map(|number| number.birthday());
        found.identity_number = Some(number);
    }
    for (kind, value) in rows.into_iter().filter_map(|(.., kind, value)| kind.zip(value)) {
        let place = if kind == "phone" { &mut found.phone } else { &mut found.email };
        if place.is_none() {
            *place = Some(warrant.open(c, ring, "contact_points.value", &value)?);
        }
    }
    Ok(found)
}
