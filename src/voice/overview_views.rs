//! What the list of every order shows.

use askama::Template;

use super::views::OrderLine;
use crate::web::frame::{Dates as _, Field, Frame, Pager};

/// `/admin/voice`
#[derive(Debug, Template)]
#[template(path = "voice/overview.html")]
pub struct OverviewView {
    pub frame: Frame,
    pub csrf: String,
    /// Kind, state, agency, district, what is the matter, order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub rows: Vec<OrderLine>,
    pub all: usize,
    pub pager: Pager,
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::{voice::samples, web::frame::Choice};

    impl OverviewView {
        pub(crate) fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let rows = vec![samples::line(t, "dispatched"), samples::line(t, "returned")];
            Self { all: rows.len(), rows, ..Self::sample_none(frame) }
        }

        pub(crate) fn sample_none(frame: Frame) -> Self {
            let t = frame.t;
            let kind = Choice::new("", t.voice_topics_every(), true);
            Self {
                csrf: "token".to_owned(),
                filters: vec![Field::new("kind", t.voice_topics_kind()).choices(vec![kind])],
                hidden: vec![("kind", String::new())],
                rows: Vec::new(),
                all: 0,
                pager: Pager { page: 1, pages: 1, base: "/admin/voice?page=".to_owned() },
                frame,
            }
        }
    }
}
