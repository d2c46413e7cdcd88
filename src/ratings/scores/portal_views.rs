//! What the page shows on which it is said which surveys speak of the portal itself.

use askama::Template;
use chrono::NaiveDate;

use crate::web::frame::{Dates as _, Frame, Link, Text};

/// `/admin/quality/survey`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/portal.html")]
pub struct PortalView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub lines: Vec<PortalLine>,
}

/// A survey that can be counted there.
#[derive(Debug)]
pub struct PortalLine {
    pub id: String,
    pub name: Link,
    pub agency: Text,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
    /// Whether it speaks of the portal.
    pub named: bool,
}

#[cfg(test)]
impl PortalView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use super::samples::{day, say};

        let t = frame.t;
        let line = |named: bool, zh: &str, en: &str| PortalLine {
            id: "0193".to_owned(),
            name: Link::new(say(t, zh, en), "/surveys/0193"),
            agency: say(t, "市政务服务管理局 <旧>", "Government Services Bureau"),
            opens: day(11, 1),
            closes: day(11, 30),
            named,
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.survey_said_saved().to_owned())),
            lines: vec![
                line(true, "您觉得本网站好用吗？", "Is this site easy to use?"),
                line(false, "小区停车情况调查", "Parking in your estate"),
            ],
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { said: None, lines: Vec::new(), ..Self::sample(frame) }
    }
}
