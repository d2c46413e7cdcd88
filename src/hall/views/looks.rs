//! Who looked at my data.

use askama::Template;
use chrono::NaiveDateTime;

use super::{AnswerRow, InquiryLine};
use crate::web::frame::{Dates as _, Frame, Pager, Text};

#[derive(Debug, Template)]
#[template(path = "hall/looks.html")]
pub struct LooksView {
    pub frame: Frame,
    pub csrf: String,
    pub rows: Vec<LookRow>,
    /// Looks in all, on every page of the list.
    pub all: usize,
    pub pager: Pager,
    pub page: usize,
    /// A question has just been written down.
    pub asked: bool,
}

/// One look, in the reader's words.
#[derive(Debug, Clone)]
pub struct LookRow {
    pub id: String,
    /// In the city's zone.
    pub at: NaiveDateTime,
    pub who: Text,
    pub who_url: Option<String>,
    pub purpose: String,
    pub basis: String,
    pub fields: Vec<String>,
    /// The reason given, or the service it was for.
    pub detail: Option<Text>,
    /// It was the reader themself.
    pub own: bool,
    /// The reader asked why.
    pub asked: Option<AskedRow>,
}

/// A question why, and where it stands.
#[derive(Debug, Clone)]
pub struct AskedRow {
    pub line: InquiryLine,
    pub answers: Vec<AnswerRow>,
    /// The answer can be called none.
    pub may_object: bool,
}

#[cfg(test)]
impl LooksView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use super::ClockLine;
        use crate::catalogue::views::samples::{day, moment, say};
        let t = frame.t;
        let row = |id: &str, purpose: &str, basis: &str| LookRow {
            id: id.to_owned(),
            at: moment(day(2026, 11, 20), 12, 0),
            who: say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police"),
            who_url: Some("/agencies/traffic-police".to_owned()),
            purpose: t.look_purpose(purpose),
            basis: t.look_basis(basis),
            fields: ["name", "identity-number"].map(|field| t.data_field(field)).to_vec(),
            detail: Some(say(t, "驾驶证期满换证", "Renewing a driving licence")),
            own: false,
            asked: None,
        };
        let line = InquiryLine {
            url: "/me/requests/0193".to_owned(),
            kind: t.inquiry_kind_why(),
            agency: Text::plain(t.inquiry_city()),
            made: moment(day(2026, 11, 20), 13, 0),
            state: t.inquiry_state_open(),
            clock: Some(ClockLine {
                due: day(2026, 11, 27),
                provisional: false,
                colour: "ok",
                words: t.inquiry_left(5),
            }),
            with: None,
        };
        let waits = AskedRow { line: line.clone(), answers: Vec::new(), may_object: false };
        let asked = LookRow {
            who: Text::plain(t.looks_staff()),
            who_url: None,
            detail: None,
            asked: Some(waits),
            ..row("2", "counter", "duty")
        };
        let answer = AnswerRow {
            by: say(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police"),
            at: moment(day(2026, 11, 21), 9, 0),
            outcome: None,
            words: "You asked about your fines <online>.".to_owned(),
            turn_to: None,
            says_no: false,
        };
        let told = InquiryLine { state: t.inquiry_state_answered(), clock: None, ..line };
        let answered = LookRow {
            asked: Some(AskedRow { line: told, answers: vec![answer], may_object: true }),
            ..row("4", "service", "duty")
        };
        let own = LookRow {
            who: Text::plain(t.looks_yourself()),
            who_url: None,
            detail: None,
            own: true,
            fields: vec![t.data_field("everything")],
            ..row("3", "data-request", "consent")
        };
        Self {
            csrf: "token".to_owned(),
            rows: vec![row("1", "service", "duty"), asked, answered, own],
            all: 43,
            pager: Pager { page: 1, pages: 3, base: "/me/looks?page=".to_owned() },
            page: 1,
            asked: true,
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: "/me/looks?page=".to_owned() };
        Self { rows: Vec::new(), all: 0, asked: false, pager, ..Self::sample(frame) }
    }
}
