//! What staff do: open an inquiry, which is a look, and answer it.

use diesel::prelude::*;

use super::{
    model::{Inquiry, InquiryError, InquiryId, Kind, Level, Outcome, State},
    queries::{self, TURN_TO, Told, WORDS},
    seat::Seat,
};
use crate::{
    accounts::{self, Tell, What, masking, staff::StaffError},
    db::{
        Conn, Stamp,
        schema::{inquiries, inquiry_answers},
    },
    id,
    ledger::{self, Actor, Basis, CitizenId, Look, Purpose, Seen, StaffId},
    platform::{Moment, keys::KeyRing},
};

id! {
    /// An answer to an inquiry.
    AnswerId
}

/// An inquiry as a member of staff sees it who opened it.
#[derive(Debug)]
pub struct Opened {
    pub told: Told,
    /// Masked.
    pub name: String,
    /// The look that is asked about.
    pub look: Option<Seen>,
}

/// Opens an inquiry. The person sees who did.
pub fn open(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    id: InquiryId,
) -> Result<Opened, InquiryError> {
    let inquiry = queries::one(c, seat, id)?;
    let look = Look { fields: &["name", "said"], ..look_of(seat.member.id, inquiry.citizen_id) };
    let warrant = ledger::look(c, ring, now, &look)?;
    let name = accounts::name(c, ring, &warrant)?.unwrap_or_default();
    let seen = match inquiry.look_id {
        Some(look) => ledger::seen_once(c, ring, &warrant, look)?,
        None => None,
    };
    let told = queries::opened(c, ring, &warrant, vec![inquiry])?.pop().ok_or(InquiryError::Unknown)?;
    Ok(Opened { told, name: masking::name(&name), look: seen })
}

fn look_of(staff: StaffId, citizen: CitizenId) -> Look<'static> {
    Look {
        citizen,
        actor: Actor::Staff(staff),
        purpose: Purpose::DataRequest,
        basis: Basis::Duty,
        fields: &[],
        detail: None,
    }
}

/// What a member of staff answers.
#[derive(Debug, Clone)]
pub struct Reply {
    pub outcome: Outcome,
    pub words: String,
    /// Where else the person can turn: compulsory where something is refused.
    pub turn_to: Option<String>,
}

impl Reply {
    /// Nothing is answered with nothing.
    fn is_whole(&self, kind: Kind) -> bool {
        let turns = self.turn_to.as_deref().is_some_and(|words| !words.trim().is_empty());
        Outcome::of(kind).contains(&self.outcome)
            && !self.words.trim().is_empty()
            && (turns || !self.outcome.says_no())
    }
}

/// Answers, once, and has the person told of it, once.
pub fn answer(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    id: InquiryId,
    reply: &Reply,
) -> Result<(), InquiryError> {
    let (inquiry, me) = (queries::one(c, seat, id)?, seat.member.id);
    let level = seat.answers().ok_or(StaffError::NotAllowed)?;
    if inquiry.state().waits_for() != Some(level) {
        return Err(InquiryError::Already);
    }
    if !reply.is_whole(inquiry.kind()) {
        return Err(StaffError::NotAllowed.into());
    }
    match level {
        Level::Branch if inquiry.assigned_to.is_some_and(|with| with != me) => {
            return Err(InquiryError::Taken);
        }
        // Nobody judges their own answer, whatever they have become since.
        Level::Above if has_answered(c, &inquiry, me)? => return Err(StaffError::NotAllowed.into()),
        _ => {}
    }
    let after = if level == Level::Branch { State::Answered } else { State::Closed };
    let settled = diesel::update(
        inquiries::table
            .filter(inquiries::citizen_id.eq(inquiry.citizen_id))
            .filter(inquiries::id.eq(id))
            .filter(inquiries::state.eq(inquiry.state().tag())),
    )
    .set(inquiries::state.eq(after.tag()))
    .execute(c)?;
    if settled != 1 {
        return Err(InquiryError::Already);
    }
    write(c, ring, now, &inquiry, (level, me), reply)?;
    let act = Look { fields: &["answer"], ..look_of(me, inquiry.citizen_id) };
    ledger::act(c, ring, now, &act)?;
    let what = match inquiry.kind() {
        Kind::Why => What::QuestionAnswered,
        Kind::Correct => What::CorrectionAnswered,
    };
    Ok(accounts::tell(c, now, &Tell::new(inquiry.citizen_id, what, now))?)
}

fn has_answered(c: &mut Conn, inquiry: &Inquiry, who: StaffId) -> Result<bool, InquiryError> {
    let count: i64 = inquiry_answers::table
        .filter(inquiry_answers::citizen_id.eq(inquiry.citizen_id))
        .filter(inquiry_answers::inquiry_id.eq(inquiry.id))
        .filter(inquiry_answers::answered_by.eq(who))
        .count()
        .get_result(c)?;
    Ok(count > 0)
}

fn write(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    inquiry: &Inquiry,
    (level, by): (Level, StaffId),
    reply: &Reply,
) -> Result<(), InquiryError> {
    let citizen = inquiry.citizen_id;
    let words = ledger::seal(c, ring, citizen, WORDS, reply.words.trim())?;
    let turn_to = match reply.turn_to.as_deref().map(str::trim) {
        Some(words) if !words.is_empty() => Some(ledger::seal(c, ring, citizen, TURN_TO, words)?),
        _ => None,
    };
    diesel::insert_into(inquiry_answers::table)
        .values((
            inquiry_answers::citizen_id.eq(citizen),
            inquiry_answers::id.eq(AnswerId::new()),
            inquiry_answers::inquiry_id.eq(inquiry.id),
            inquiry_answers::level.eq(level.tag()),
            inquiry_answers::outcome.eq(reply.outcome.tag()),
            inquiry_answers::words.eq(words),
            inquiry_answers::turn_to.eq(turn_to),
            inquiry_answers::answered_by.eq(by),
            inquiry_answers::answered_at.eq(Stamp::from(now)),
        ))
        .execute(c)?;
    Ok(())
}
