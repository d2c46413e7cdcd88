//! What citizens ask about their data: as staff see it, and as the citizen does.

use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};

use crate::{
    accounts::staff::views::Said,
    web::frame::{Dates as _, Field, Frame, Input, Mistake, Pager, Tab, Text},
};

/// How an inquiry stands with its clock: a colour, and the same in words.
#[derive(Debug, Clone)]
pub struct ClockLine {
    pub due: NaiveDate,
    /// Counted through a year whose calendar nobody has published yet.
    pub provisional: bool,
    pub colour: &'static str,
    pub words: String,
}

/// `/staff/requests`
#[derive(Debug, Template)]
#[template(path = "hall/inquiries.html")]
pub struct InquiriesView {
    pub frame: Frame,
    pub said: Option<Said>,
    /// The reader sees only what they were given.
    pub given: bool,
    pub only_reads: bool,
    pub tabs: Vec<Tab>,
    pub late: usize,
    pub rows: Vec<InquiryLine>,
    pub pager: Pager,
}

/// An inquiry in a list: nothing in it says who asked.
#[derive(Debug, Clone)]
pub struct InquiryLine {
    pub url: String,
    pub kind: &'static str,
    pub agency: Text,
    pub made: NaiveDateTime,
    pub state: &'static str,
    /// Absent when it waits no more.
    pub clock: Option<ClockLine>,
    /// The name of whoever was given it.
    pub with: Option<String>,
}

/// `/staff/requests/{id}`
#[derive(Debug, Template)]
#[template(path = "hall/inquiry.html")]
pub struct InquiryView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<Said>,
    pub id: String,
    pub line: InquiryLine,
    /// The id of whoever has it, as the form says what its sender saw.
    pub held: String,
    /// To whom it can be given: id, name, and whether they have it. Nobody where the reader gives nothing out.
    pub people: Vec<(String, String, bool)>,
    /// The reader, if they can take it.
    pub take: Option<String>,
    pub opened: Option<OpenedRow>,
    /// The form of an answer, where the reader can give one now.
    pub inputs: Vec<Input>,
}

impl InquiryView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.inputs.iter().filter_map(|input| input.field.mistake()).collect()
    }
}

/// What only those see who opened it, which the citizen sees in turn.
#[derive(Debug, Clone)]
pub struct OpenedRow {
    /// Masked.
    pub name: String,
    pub what: Option<String>,
    pub words: Option<String>,
    pub look: Option<super::LookRow>,
    pub objection: Option<(NaiveDateTime, Option<String>)>,
    pub answers: Vec<AnswerRow>,
}

/// An answer, in the reader's words around those of whoever gave it.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    pub by: Text,
    pub at: NaiveDateTime,
    pub outcome: Option<&'static str>,
    pub words: String,
    pub turn_to: Option<String>,
    /// Something was refused: the law gives further ways.
    pub says_no: bool,
}

/// `/me/requests/{id}`
#[derive(Debug, Template)]
#[template(path = "hall/my-inquiry.html")]
pub struct MyInquiryView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<&'static str>,
    pub id: String,
    pub line: InquiryLine,
    pub what: Option<String>,
    pub words: Option<String>,
    pub answers: Vec<AnswerRow>,
    pub objection: Option<(NaiveDateTime, Option<String>)>,
    /// The box for what is missing, while the answer can still be called none.
    pub missing: Option<Field>,
}

impl MyInquiryView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.missing.iter().filter_map(Field::mistake).collect()
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::{
        accounts::staff::views::at_work,
        catalogue::views::samples::{day, moment, say},
        web::frame::Choice,
    };

    fn line(frame: &Frame) -> InquiryLine {
        let t = frame.t;
        InquiryLine {
            url: "/staff/requests/0193".to_owned(),
            kind: t.inquiry_kind_correct(),
            agency: say(t, "云州市公安局户政管理支队", "Yunzhou Household Registration"),
            made: moment(day(2026, 10, 30), 12, 0),
            state: t.inquiry_state_open(),
            clock: Some(ClockLine {
                due: day(2026, 11, 20),
                provisional: false,
                colour: "danger",
                words: t.inquiry_late(2),
            }),
            with: Some("Zhou Min".to_owned()),
        }
    }

    fn answer(frame: &Frame) -> AnswerRow {
        let t = frame.t;
        AnswerRow {
            by: say(t, "云州市公安局户政管理支队", "Yunzhou Household Registration"),
            at: moment(day(2026, 11, 19), 9, 30),
            outcome: Some(t.inquiry_outcome_refused()),
            words: "The paper shown is a copy <1>.".to_owned(),
            turn_to: Some("Counter 3, with the original".to_owned()),
            says_no: true,
        }
    }

    fn clock(colour: &'static str, words: String) -> ClockLine {
        ClockLine { due: day(2027, 1, 8), provisional: true, colour, words }
    }

    impl InquiriesView {
        pub(crate) fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let frame = at_work(frame);
            let soon = InquiryLine {
                kind: t.inquiry_kind_why(),
                agency: Text::plain(t.inquiry_city()),
                clock: Some(clock("warn", t.inquiry_last_day().to_owned())),
                with: None,
                ..line(&frame)
            };
            let above = InquiryLine {
                state: t.inquiry_state_objected(),
                clock: Some(clock("ok", t.inquiry_left(12))),
                ..soon.clone()
            };
            let tab = |label: &str, url: &str, current| Tab {
                label: label.to_owned(),
                url: url.to_owned(),
                count: None,
                current,
            };
            Self {
                said: Some(Said { words: t.inquiry_said_answered(), warn: false }),
                given: false,
                only_reads: false,
                tabs: vec![
                    tab(t.inquiries_waiting(), "/staff/requests", true),
                    tab(t.inquiries_done(), "/staff/requests?show=done", false),
                ],
                late: 1,
                rows: vec![line(&frame), soon, above],
                pager: Pager { page: 1, pages: 3, base: "/staff/requests?page=".to_owned() },
                frame,
            }
        }

        pub(crate) fn sample_empty(frame: Frame) -> Self {
            let pager = Pager { page: 1, pages: 0, base: "/staff/requests?page=".to_owned() };
            Self { said: None, given: true, late: 0, rows: Vec::new(), pager, ..Self::sample(frame) }
        }
    }

    impl InquiryView {
        /// Before it is opened.
        pub(crate) fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let frame = at_work(frame);
            Self {
                csrf: "token".to_owned(),
                said: Some(Said { words: t.inquiry_said_taken(), warn: true }),
                id: "0193".to_owned(),
                line: line(&frame),
                held: "zhou".to_owned(),
                people: vec![
                    ("zhou".to_owned(), "Zhou Min".to_owned(), true),
                    ("wu".to_owned(), "Wu Di".to_owned(), false),
                ],
                take: Some("wu".to_owned()),
                opened: None,
                inputs: Vec::new(),
                frame,
            }
        }

        /// Opened, and answered with something missing.
        pub(crate) fn sample_wrong(frame: Frame) -> Self {
            let t = frame.t;
            let refused = Choice::new("refused", t.inquiry_outcome_refused(), true);
            let outcome = Field { required: true, ..Field::new("outcome", t.inquiry_outcome()) };
            let words = Field { required: true, ..Field::new("words", t.inquiry_words()) };
            let turn = Field::new("turn", t.inquiry_turn()).hint(t.inquiry_turn_hint());
            Self {
                said: None,
                take: None,
                opened: Some(OpenedRow {
                    name: "L* X*".to_owned(),
                    what: Some(t.data_field("birth-date")),
                    words: Some("It is the 10th <not> the 1st".to_owned()),
                    look: None,
                    objection: None,
                    answers: Vec::new(),
                }),
                inputs: vec![
                    Input::new("radio", outcome.choices(vec![refused])),
                    Input::new("long", words.value("The paper shown is a copy")),
                    Input::new("long", turn.error(t.inquiry_turn_wrong())),
                ],
                ..Self::sample(frame)
            }
        }

        /// A question about a look, which the level above has to answer again.
        pub(crate) fn sample_above(frame: Frame) -> Self {
            let look = super::super::LooksView::sample(frame.clone()).rows.remove(0);
            let view = Self::sample_wrong(frame);
            let t = view.frame.t;
            let mut line = line(&view.frame);
            line.kind = t.inquiry_kind_why();
            line.state = t.inquiry_state_objected();
            let words = Field { required: true, ..Field::new("words", t.inquiry_words()) };
            let answer = AnswerRow { outcome: None, turn_to: None, says_no: false, ..answer(&view.frame) };
            Self {
                line,
                people: Vec::new(),
                held: String::new(),
                opened: Some(OpenedRow {
                    name: "L* X*".to_owned(),
                    what: None,
                    words: None,
                    look: Some(look),
                    objection: Some((moment(day(2026, 11, 20), 8, 0), Some("That is no reason".to_owned()))),
                    answers: vec![answer],
                }),
                inputs: vec![Input::new("long", words)],
                ..view
            }
        }
    }

    impl MyInquiryView {
        /// The same as a line of the privacy centre.
        pub(crate) fn asked(self) -> super::super::AskedRow {
            let line = InquiryLine { url: "/me/requests/0193".to_owned(), ..self.line };
            super::super::AskedRow { line, answers: self.answers, may_object: true }
        }

        pub(crate) fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let line =
                InquiryLine { state: t.inquiry_state_answered(), clock: None, with: None, ..line(&frame) };
            let missing = Field::new("words", t.inquiry_missing()).hint(t.inquiry_missing_hint());
            Self {
                csrf: "token".to_owned(),
                said: None,
                id: "0193".to_owned(),
                line,
                what: Some(t.data_field("birth-date")),
                words: Some("It is the 10th <not> the 1st".to_owned()),
                answers: vec![answer(&frame)],
                objection: None,
                missing: Some(missing.error(t.inquiry_missing_wrong())),
                frame,
            }
        }

        /// The level above was asked, and is late.
        pub(crate) fn sample_above(frame: Frame) -> Self {
            let t = frame.t;
            let late = InquiryLine {
                kind: t.inquiry_kind_why(),
                state: t.inquiry_state_objected(),
                with: None,
                ..line(&frame)
            };
            let answer = AnswerRow { outcome: None, turn_to: None, says_no: false, ..answer(&frame) };
            Self {
                said: Some(t.inquiry_said_objected()),
                line: late,
                what: None,
                words: None,
                answers: vec![answer],
                objection: Some((moment(day(2026, 11, 20), 8, 0), None)),
                missing: None,
                ..Self::sample(frame)
            }
        }
    }
}
