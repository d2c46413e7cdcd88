//! Inquiries as data about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{
    answering::AnswerId,
    model::{InquiryId, State},
    queries,
};
use crate::{
    db::{
        Conn,
        schema::{inquiries, inquiry_answers},
    },
    hand_over,
    ledger::{CitizenId, Joining, Kept, LedgerError, PersonalData, Record, StaffId, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// What people asked and what they were answered.
pub struct Inquiries;

impl PersonalData for Inquiries {
    fn kind(&self) -> &'static str {
        "inquiries"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["inquiries", "inquiry_answers"]
    }

    /// Each answer is a record of its own, after what it answers.
    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let mut records = Vec::new();
        for told in queries::all_of(c, ring, warrant)? {
            let inquiry = &told.inquiry;
            let mut record = vec![
                ("request", Value::Tag(inquiry.kind().tag().to_owned())),
                ("made-at", Value::At(inquiry.made_at())),
                ("state", Value::Tag(format!("inquiry-{}", inquiry.state().tag()))),
            ];
            if !inquiry.agency.is_empty() {
                record.push(("recipient", Value::Text(inquiry.agency.clone())));
            }
            if let Some((what, words)) = told.said {
                record.push(("fields", Value::Tags(vec![what])));
                record.push(("said", Value::Text(words)));
            }
            record.extend(inquiry.objected_at().map(|at| ("objected-at", Value::At(at))));
            record.extend(told.objection.map(|words| ("objection", Value::Text(words))));
            records.push(record);
            for given in told.answers {
                let mut record = vec![
                    ("answered-at", Value::At(given.at)),
                    ("outcome", Value::Tag(given.outcome.tag().to_owned())),
                    ("answer", Value::Text(given.words)),
                ];
                record.extend(given.turn_to.map(|words| ("turn-to", Value::Text(words))));
                records.push(record);
            }
        }
        Ok(records)
    }

    /// Nobody is left to hear an answer, so staff see none of it any more; words become unreadable with the key.
    fn erase(&self, c: &mut Conn, _: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        let all = inquiries::table
            .filter(inquiries::citizen_id.eq(citizen))
            .filter(inquiries::state.ne(State::Dropped.tag()));
        diesel::update(all)
            .set((inquiries::state.eq(State::Dropped.tag()), inquiries::assigned_to.eq(None::<StaffId>)))
            .execute(c)?;
        Ok(())
    }

    /// What was asked about a look goes on being about it, though the look stays with the closed account.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        hand_over!(c, joining, inquiries, InquiryId, [], [said: queries::SAID, objection: queries::OBJECTION]);
        hand_over!(c, joining, inquiry_answers, AnswerId, [words: queries::WORDS], [turn_to: queries::TURN_TO]);
        Ok(())
    }

    fn retain(&self) -> Option<Kept> {
        Some(Kept::RequestProof)
    }
}
