//! Questions that were answered once and stand for everybody: taken from an answered consultation without what tells who
//! somebody is, drafted by one member of staff and published by another.

use diesel::prelude::*;
use yimen_scores::mask;

use super::{
    AnswerId, Kind, Order, OrderId, VoiceError,
    desk::{self, Seat},
};
use crate::{
    accounts::staff::{Branch, Places},
    catalogue::{Catalogue, Edition},
    db::{Conn, DbError, Stamp, schema::voice_answers},
    each,
    ledger::StaffId,
    platform::Moment,
};

/// So many stand on a page.
const MOST: i64 = 200;

/// A question with its answer.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = voice_answers)]
pub struct Answer {
    pub id: AnswerId,
    pub agency: String,
    pub service: Option<String>,
    pub question: String,
    pub answer: String,
    pub drafted_by: StaffId,
    pub published_by: Option<StaffId>,
    pub published_at: Option<Stamp>,
}

/// What is published, the latest first.
pub fn public(c: &mut Conn, service: Option<&str>) -> Result<Vec<Answer>, DbError> {
    let all = voice_answers::table
        .filter(voice_answers::published_at.is_not_null())
        .order((voice_answers::published_at.desc(), voice_answers::id.desc()))
        .limit(MOST)
        .into_boxed();
    let all = match service {
        Some(code) => all.filter(voice_answers::service.eq(Some(code.to_owned()))),
        None => all,
    };
    Ok(all.select(Answer::as_select()).load(c)?)
}

/// Those that answer what somebody typed, best first: by how much of what is asked for stands in them. The index knows the
/// words of guides; what stands in no guide is found as it was typed.
pub fn matching(edition: &Edition, all: Vec<Answer>, words: &str, most: usize) -> Vec<Answer> {
    let marker = edition.index.marker(words);
    let typed = words.trim().to_lowercase();
    let weight = |text: &str| {
        let known = marker.ranges(text).iter().map(std::ops::Range::len).sum::<usize>();
        let whole = !typed.is_empty() && text.to_lowercase().contains(&typed);
        known + if whole { typed.len() } else { 0 }
    };
    let mut scored: Vec<(usize, Answer)> =
        all.into_iter().map(|one| (3 * weight(&one.question) + weight(&one.answer), one)).collect();
    scored.retain(|(score, _)| *score > 0);
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(most).map(|(_, one)| one).collect()
}

/// What waits to be published and what is, of agencies whose staff somebody is one of; of all, for the city's desk.
pub fn of_seat(
    c: &mut Conn,
    seat: &Seat,
    places: &Places,
    catalogue: &Catalogue,
) -> Result<Vec<Answer>, DbError> {
    let all = voice_answers::table
        .order((voice_answers::published_at.is_not_null(), voice_answers::id.desc()))
        .limit(MOST)
        .into_boxed();
    let all = if seat.desk {
        all
    } else {
        let slugs = catalogue.agencies.iter().map(|entry| &entry.slug);
        let theirs: Vec<String> = slugs.filter(|slug| is_theirs(seat, places, slug)).cloned().collect();
        all.filter(voice_answers::agency.eq_any(theirs))
    };
    Ok(all.select(Answer::as_select()).load(c)?)
}

fn is_theirs(seat: &Seat, places: &Places, agency: &str) -> bool {
    let at = places.of(agency).unwrap_or_else(Branch::city);
    seat.works() && (seat.desk || seat.member.branch().contains(&at))
}

/// A text without what tells who somebody is.
pub fn masked(text: &str) -> String {
    mask::mask(text).text
}

/// Whether something can be made of an order: a question that is answered.
pub fn is_possible(order: &Order) -> bool {
    order.kind().is_ok_and(|kind| kind == Kind::Consultation)
        && order.state().is_ok_and(super::State::is_answered)
}

/// Drafts question and answer. What hides somebody is taken out once more, whatever was typed.
pub fn draft(
    c: &mut Conn,
    now: Moment,
    seat: &Seat,
    number: &str,
    (question, answer): (&str, &str),
) -> Result<(), VoiceError> {
    let order = desk::one(c, seat, number)?;
    if !is_possible(&order) {
        return Err(VoiceError::NotNow);
    }
    let agency = order.agency.clone().ok_or(VoiceError::NotNow)?;
    let row = (
        voice_answers::id.eq(AnswerId::new()),
        voice_answers::order_id.eq(order.id),
        voice_answers::agency.eq(agency),
        voice_answers::service.eq(order.service),
        voice_answers::question.eq(masked(question)),
        voice_answers::answer.eq(masked(answer)),
        voice_answers::drafted_by.eq(seat.member.id),
        voice_answers::drafted_at.eq(Stamp::from(now)),
    );
    let made = each!(c, |c| diesel::insert_into(voice_answers::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if made == 1 || is_same(c, order.id, question)? { Ok(()) } else { Err(VoiceError::NotNow) }
}

/// Whether the same was drafted already, by a second press of the same button.
fn is_same(c: &mut Conn, order: OrderId, question: &str) -> Result<bool, DbError> {
    let there: Option<String> = voice_answers::table
        .filter(voice_answers::order_id.eq(order))
        .select(voice_answers::question)
        .first(c)
        .optional()?;
    Ok(there.is_some_and(|there| there == masked(question)))
}

/// Publishes what a colleague drafted, or discards what is not published, or takes back what is.
pub fn settle(
    c: &mut Conn,
    now: Moment,
    seat: &Seat,
    places: &Places,
    id: AnswerId,
    publish: bool,
) -> Result<(), VoiceError> {
    let found: Option<Answer> =
        voice_answers::table.find(id).select(Answer::as_select()).first(c).optional()?;
    let one = found.filter(|one| is_theirs(seat, places, &one.agency)).ok_or(VoiceError::Unknown)?;
    let me = seat.member.id;
    if !publish {
        diesel::delete(voice_answers::table.find(id)).execute(c)?;
        return Ok(());
    }
    if one.drafted_by == me {
        return Err(VoiceError::Own);
    }
    diesel::update(voice_answers::table.find(id).filter(voice_answers::published_at.is_null()))
        .set((
            voice_answers::published_by.eq(Some(me)),
            voice_answers::published_at.eq(Some(Stamp::from(now))),
        ))
        .execute(c)?;
    Ok(())
}
