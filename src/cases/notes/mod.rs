//! Questions that officers answer beforehand: services that are asked and not applied for, of agencies without a backend. Officers
//! put down what there is to know, and whoever asks reads it. Where somebody asks about their own matter, it is what they have at
//! the desk of that agency.

pub mod pages;
#[cfg(test)]
mod samples;
pub mod views;

use diesel::prelude::*;
use yimen_contract::Bilingual;

use super::{Case, Whose};
use crate::{
    accounts::acting::Represented,
    db::{
        Conn, DbError, Stamp,
        schema::{cases, desk_notes},
    },
    id,
    platform::Moment,
};

id! {
    /// Something that officers put down.
    NoteId
}

/// So many stand on a page.
const MOST: i64 = 200;

/// Something that officers put down for whoever asks.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = desk_notes)]
pub struct Note {
    pub id: NoteId,
    title_zh: String,
    title_en: String,
    text_zh: String,
    text_en: String,
    made_at: Stamp,
}

/// What is put down, in both languages; English may be missing.
#[derive(Debug, Clone, Default)]
pub struct Written {
    pub title: Bilingual,
    pub text: Bilingual,
}

impl Note {
    pub fn title(&self) -> Bilingual {
        Bilingual::new(self.title_zh.as_str(), self.title_en.as_str())
    }

    pub fn text(&self) -> Bilingual {
        Bilingual::new(self.text_zh.as_str(), self.text_en.as_str())
    }

    pub fn made_at(&self) -> Moment {
        self.made_at.moment()
    }

    /// Whether words that somebody looks for stand in it.
    pub fn has(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let texts = [&self.title_zh, &self.title_en, &self.text_zh, &self.text_en];
        texts.into_iter().any(|text| text.to_lowercase().contains(&words))
    }
}

/// What holds now about a service, the newest first.
pub fn of_service(c: &mut Conn, service: &str) -> Result<Vec<Note>, DbError> {
    Ok(desk_notes::table
        .filter(desk_notes::service.eq(service))
        .filter(desk_notes::ended_at.is_null())
        .order(desk_notes::id.desc())
        .limit(MOST)
        .select(Note::as_select())
        .load(c)?)
}

/// Puts something down.
pub fn put(
    c: &mut Conn,
    now: Moment,
    (agency, service): (&str, &str),
    written: &Written,
    by: &str,
) -> Result<(), DbError> {
    diesel::insert_into(desk_notes::table)
        .values((
            desk_notes::id.eq(NoteId::new()),
            desk_notes::agency.eq(agency),
            desk_notes::service.eq(service),
            desk_notes::title_zh.eq(&written.title.zh),
            desk_notes::title_en.eq(&written.title.en),
            desk_notes::text_zh.eq(&written.text.zh),
            desk_notes::text_en.eq(&written.text.en),
            desk_notes::made_by.eq(by),
            desk_notes::made_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// Takes something away. What is away already stays so.
pub fn end(c: &mut Conn, now: Moment, (service, id): (&str, NoteId), by: &str) -> Result<(), DbError> {
    let open = desk_notes::table
        .filter(desk_notes::id.eq(id))
        .filter(desk_notes::service.eq(service))
        .filter(desk_notes::ended_at.is_null());
    diesel::update(open)
        .set((desk_notes::ended_at.eq(Some(Stamp::from(now))), desk_notes::ended_by.eq(Some(by))))
        .execute(c)?;
    Ok(())
}

/// What somebody has at an agency, the newest first.
pub(super) fn own(c: &mut Conn, whose: &Whose, agency: &str) -> Result<Vec<Case>, DbError> {
    let theirs = cases::table
        .filter(cases::citizen_id.eq(whose.owner()))
        .filter(cases::agency.eq(agency))
        .into_boxed();
    let theirs = match whose.party.represented {
        Represented::Company { company, .. } => theirs.filter(cases::company_id.eq(company)),
        _ => theirs.filter(cases::company_id.is_null()),
    };
    Ok(theirs
        .order((cases::submitted_at.desc(), cases::id.desc()))
        .limit(MOST)
        .select(Case::as_select())
        .load(c)?)
}
