//! Pages about what citizens ask about their data: `/staff/requests`, where staff answer, and `/me/requests`, where the
//! citizen reads it.

mod desk;
mod mine;
mod opened;

use chrono::NaiveDate;

use super::{
    privacy::local,
    views::{AnswerRow, AskedRow, ClockLine, InquiryLine},
};
use crate::{
    accounts::inquiries::{Given, Inquiry, Kind, Level, Outcome, Standing, State, Told, standing},
    catalogue::present::Presenter,
    platform::Texts,
    web::frame::Text,
};

pub use desk::{assign_request, request, requests};
pub use mine::{my_request, object};
pub use opened::{answer_request, open_request};

/// The last day of what waits, and how near it is.
fn clock(present: Presenter<'_>, today: NaiveDate, inquiry: &Inquiry) -> Option<ClockLine> {
    let (t, due) = (present.t, inquiry.due_on());
    inquiry.state().waits_for()?;
    let (colour, words) = match standing(&present.catalogue.calendar, today, due) {
        Standing::OnTime(left) => ("ok", t.inquiry_left(left)),
        Standing::Soon(0) => ("warn", t.inquiry_last_day().to_owned()),
        Standing::Soon(left) => ("warn", t.inquiry_soon(left)),
        Standing::Late(0) => ("danger", t.inquiry_just_late().to_owned()),
        Standing::Late(days) => ("danger", t.inquiry_late(days)),
    };
    Some(ClockLine { due, provisional: inquiry.provisional, colour, words })
}

/// An inquiry without anything that says who asked. `url`: its address up to the id.
fn line(present: Presenter<'_>, today: NaiveDate, inquiry: &Inquiry, url: &str) -> InquiryLine {
    let t = present.t;
    InquiryLine {
        url: format!("{url}{}", inquiry.id),
        kind: match inquiry.kind() {
            Kind::Why => t.inquiry_kind_why(),
            Kind::Correct => t.inquiry_kind_correct(),
        },
        agency: agency(present, &inquiry.agency),
        made: local(inquiry.made_at()),
        state: match inquiry.state() {
            State::Open => t.inquiry_state_open(),
            State::Answered => t.inquiry_state_answered(),
            State::Objected => t.inquiry_state_objected(),
            State::Closed | State::Dropped => t.inquiry_state_closed(),
        },
        clock: clock(present, today, inquiry),
        with: None,
    }
}

/// Whom it concerns. An agency that has left the city keeps the name by which it was known.
fn agency(present: Presenter<'_>, slug: &str) -> Text {
    match present.catalogue.agency(slug) {
        _ if slug.is_empty() => Text::plain(present.t.inquiry_city()),
        Some(entry) => present.agency(entry).text,
        None => Text::plain(slug),
    }
}

fn answer(present: Presenter<'_>, inquiry: &Inquiry, given: Given) -> AnswerRow {
    let t = present.t;
    AnswerRow {
        by: match given.level {
            Level::Branch => agency(present, &inquiry.agency),
            Level::Above => Text::plain(t.inquiry_above()),
        },
        at: local(given.at),
        outcome: outcome(t, given.outcome),
        words: given.words,
        turn_to: given.turn_to,
        says_no: given.outcome.says_no(),
    }
}

/// What came of it, where an answer is more than its words.
fn outcome(t: Texts, outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Explained => None,
        Outcome::Corrected => Some(t.inquiry_outcome_corrected()),
        Outcome::Partly => Some(t.inquiry_outcome_partly()),
        Outcome::Refused => Some(t.inquiry_outcome_refused()),
    }
}

/// An inquiry of the reader's own, for a list.
pub(super) fn asked(present: Presenter<'_>, today: NaiveDate, told: Told) -> AskedRow {
    let Told { inquiry, answers, .. } = told;
    AskedRow {
        line: line(present, today, &inquiry, "/me/requests/"),
        may_object: inquiry.state() == State::Answered,
        answers: answers.into_iter().map(|given| answer(present, &inquiry, given)).collect(),
    }
}
