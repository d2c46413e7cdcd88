//! What the page shows of what will be late across agencies.

use askama::Template;
use chrono::NaiveDate;

use crate::web::frame::{Dates as _, Field, Frame, Pager, Text};

/// `/admin/due`
#[derive(Debug, Template)]
#[template(path = "cases/desk/ahead.html")]
pub struct AheadView {
    pub frame: Frame,
    pub csrf: String,
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub rows: Vec<AheadRow>,
    pub all: usize,
    pub pager: Pager,
}

/// A case that will be late: nothing in it says whose it is.
#[derive(Debug)]
pub struct AheadRow {
    pub reference: String,
    pub name: Text,
    pub agency: Text,
    pub state: String,
    pub due: NaiveDate,
    pub colour: &'static str,
    pub words: String,
}

#[cfg(test)]
impl AheadView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use crate::{
            accounts::staff::views::at_work,
            catalogue::views::samples::{day, say},
            web::frame::Choice,
        };

        let frame = at_work(frame);
        let t = frame.t;
        let row = |reference: &str, due: u32, colour: &'static str, words: String| AheadRow {
            reference: reference.to_owned(),
            name: say(t, "政府信息公开申请", "Open government request"),
            agency: say(t, "云州市政务服务局 <旧>", "Yunzhou Government Services"),
            state: "in-review".to_owned(),
            due: day(2026, 11, due),
            colour,
            words,
        };
        Self {
            csrf: "token".to_owned(),
            filters: vec![
                Field::new("agency", t.quality_agency()).choices(vec![Choice::new(
                    "",
                    t.quality_everything(),
                    true,
                )]),
                Field::new("days", t.ahead_days()).choices(vec![Choice::new("3", t.ahead_within(3), true)]),
            ],
            hidden: vec![("agency", String::new()), ("days", "3".to_owned())],
            rows: vec![
                row("2026-7KQ3-MFXD", 20, "warn", t.inquiry_last_day().to_owned()),
                row("2026-0000-MFXE", 25, "ok", t.inquiry_left(3)),
            ],
            all: 52,
            pager: Pager { page: 1, pages: 2, base: "/admin/due?agency=&days=3&page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: "/admin/due?agency=&days=3&page=".to_owned() };
        Self { rows: Vec::new(), all: 0, pager, ..Self::sample(frame) }
    }
}
