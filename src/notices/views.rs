//! What the pages of notices show.

use askama::Template;
use chrono::NaiveDateTime;

use crate::web::frame::{Dates as _, Field, Frame, Mistake, Pager};

/// A notice in the inbox.
#[derive(Debug)]
pub struct NoticeLine {
    pub url: String,
    pub title: String,
    pub said: NaiveDateTime,
    pub read: bool,
    /// Whether the law says that they must be told.
    pub by_law: bool,
    /// For whom it is, where it is not their own matter.
    pub of_other: Option<&'static str>,
}

/// `/me/notices`
#[derive(Debug, Template)]
#[template(path = "notices/list.html")]
pub struct NoticesView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub unread: usize,
    pub notices: Vec<NoticeLine>,
    pub pager: Pager,
}

/// Another way that a notice went, and how that stands.
#[derive(Debug)]
pub struct WayLine {
    pub channel: String,
    pub stands: String,
}

/// `/me/notices/{id}`
#[derive(Debug, Template)]
#[template(path = "notices/notice.html")]
pub struct NoticeView {
    pub frame: Frame,
    pub title: String,
    pub text: String,
    /// Where to go on.
    pub path: String,
    pub said: NaiveDateTime,
    /// Whether the law says that they must be told.
    pub by_law: bool,
    /// For whom it is, where it is not their own matter.
    pub of_other: Option<&'static str>,
    pub ways: Vec<WayLine>,
}

/// `/notices/stop/{token}`: no more mails about something. Whose they are is not said.
#[derive(Debug, Template)]
#[template(path = "notices/stop.html")]
pub struct StopView {
    pub frame: Frame,
    pub topic: String,
    pub action: String,
    pub done: bool,
}

/// By which ways somebody wants to hear of one topic.
#[derive(Debug)]
pub struct TopicChoice {
    pub field: Field,
}

/// `/me/notices/choices`
#[derive(Debug, Template)]
#[template(path = "notices/choices.html")]
pub struct ChoicesView {
    pub frame: Frame,
    pub csrf: String,
    /// What is said of telephones and mailboxes at which nothing arrives.
    pub unreached: Vec<String>,
    pub topics: Vec<TopicChoice>,
    pub quiet_from: Field,
    pub quiet_until: Field,
    pub gathered_at: Field,
    /// Whether there are other ways than telephone and mailbox.
    pub outlets: bool,
    /// Those for whom they act.
    pub principals: Vec<PrincipalLine>,
}

/// Somebody for whom the reader acts.
#[derive(Debug)]
pub struct PrincipalLine {
    pub url: String,
    pub name: String,
    /// By what right.
    pub kind: &'static str,
}

/// `/me/notices/choices/{delegation}`
#[derive(Debug, Template)]
#[template(path = "notices/choices-for.html")]
pub struct PrincipalChoicesView {
    pub frame: Frame,
    pub csrf: String,
    pub action: String,
    pub line: PrincipalLine,
    /// Whether something was chosen for them, or all is as with one's own.
    pub apart: bool,
    pub topics: Vec<TopicChoice>,
}

impl ChoicesView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.quiet_from, &self.quiet_until, &self.gathered_at]
            .into_iter()
            .filter_map(Field::mistake)
            .collect()
    }
}

/// A program or a browser of somebody's.
#[derive(Debug)]
pub struct OutletLine {
    pub id: String,
    /// A host, or a browser.
    pub name: String,
    pub channel: String,
    /// How it stands, in words, and the kind of the tag.
    pub stands: (&'static str, &'static str),
    pub made: NaiveDateTime,
    /// It waits for its challenge.
    pub may_ask: bool,
}

/// The secret of a program's address, while it is shown.
#[derive(Debug)]
pub struct OutletSecret {
    pub secret: String,
    pub id: String,
}

/// `/me/notices/outlets`
#[derive(Debug, Template)]
#[template(path = "notices/outlets.html")]
pub struct OutletsView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    pub secret: Option<OutletSecret>,
    pub lines: Vec<OutletLine>,
    pub unreached: bool,
    /// Where the address of a program is typed.
    pub address: Option<Field>,
    /// The key by which browsers know who may send to them.
    pub push: Option<String>,
    /// Whether notices go to the city's app, which says by itself how it is reached.
    pub app: bool,
}

impl OutletsView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        self.address.iter().filter_map(Field::mistake).collect()
    }
}

/// What could not be delivered by a channel, for one reason.
#[derive(Debug)]
pub struct UndeliveredLine {
    pub channel: String,
    /// As it is kept.
    pub reason: String,
    /// As it is said.
    pub words: String,
    pub count: i64,
    pub first: Option<NaiveDateTime>,
    pub last: Option<NaiveDateTime>,
    pub may_go_again: bool,
}

/// `/admin/notices`
#[derive(Debug, Template)]
#[template(path = "notices/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<(&'static str, String)>,
    /// By which channel, in which order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub lines: Vec<UndeliveredLine>,
    pub pager: Pager,
}
