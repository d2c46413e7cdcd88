//! Services that are not offered any more: where their addresses lead. Written when an agency is asked to retire one
//! (`ratings::scores::retire`), because afterwards nobody knows what it was called. Of a service that is offered it says nothing.

use diesel::prelude::*;

use crate::{
    db::{Conn, DbError, schema::retired_services as r},
    upsert,
};

/// The longest code that is looked for.
const LONGEST: usize = 40;

/// A service as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = r)]
pub struct Retired {
    pub service: String,
    /// Who offered it, by public name.
    pub agency: String,
    /// As it was called in Chinese.
    pub name: String,
    /// The service that takes its place.
    pub successor: Option<String>,
}

/// Remembers a service. The last word counts.
pub fn note(c: &mut Conn, one: &Retired) -> Result<(), DbError> {
    let row = (
        r::service.eq(&one.service),
        r::agency.eq(&one.agency),
        r::name.eq(&one.name),
        r::successor.eq(&one.successor),
    );
    upsert!(c, r::table => row, on r::service, set (
        r::agency.eq(&one.agency),
        r::name.eq(&one.name),
        r::successor.eq(&one.successor),
    ))?;
    Ok(())
}

/// It stays.
pub fn forget(c: &mut Conn, service: &str) -> Result<(), DbError> {
    diesel::delete(r::table.find(service)).execute(c)?;
    Ok(())
}

/// What is remembered of a service.
pub fn of(c: &mut Conn, service: &str) -> Result<Option<Retired>, DbError> {
    if service.len() > LONGEST {
        return Ok(None);
    }
    Ok(r::table.find(service).select(Retired::as_select()).first(c).optional()?)
}
