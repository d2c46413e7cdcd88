//! What the page of people's way through services shows. Numbers are words already.

use askama::Template;

use super::STEPS;
use crate::{
    platform::Texts,
    web::frame::{Field, Frame, Pager, Tab, Text},
};

/// `/admin/funnel/services`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/funnel.html")]
pub struct FunnelView {
    pub frame: Frame,
    pub csrf: String,
    pub months: Vec<Tab>,
    /// Its name and its tag; nothing where nothing was counted yet.
    pub month: Option<(String, String)>,
    /// By what, agency, domain, order.
    pub filters: [Field; 4],
    /// What the form asks for, as the file of it is asked for.
    pub hidden: Vec<(&'static str, String)>,
    pub by_service: bool,
    pub lines: Vec<FunnelLine>,
    pub all: FunnelLine,
    pub pager: Pager,
    /// Numbers smaller than this are not told.
    pub least: u64,
}

impl FunnelView {
    pub fn steps(&self) -> [String; STEPS.len()] {
        heads(self.frame.t)
    }
}

/// The heads of the steps.
pub fn heads(t: Texts) -> [String; STEPS.len()] {
    STEPS.map(|step| t.funnel_step(step))
}

#[derive(Debug)]
pub struct FunnelLine {
    pub name: Text,
    /// Of a service.
    pub agency: Option<Text>,
    pub steps: Vec<String>,
    /// Of those who began, how many handed in.
    pub finished: Option<String>,
}

#[cfg(test)]
impl FunnelView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use yimen_contract::Bilingual;

        use crate::web::frame::Choice;

        let t = frame.t;
        let say = |zh: &str, en: &str| Text::of(t, &Bilingual::new(zh, en));
        let select = |name: &'static str, label: &'static str| {
            Field::new(name, label).choices(vec![Choice::new("", t.quality_everything(), true)])
        };
        let line = |name: Text, agency: Option<Text>, steps: [&str; STEPS.len()], finished: Option<&str>| {
            FunnelLine {
                name,
                agency,
                steps: steps.map(str::to_owned).into(),
                finished: finished.map(str::to_owned),
            }
        };
        let bureau = || say("市交通运输局", "Transport Bureau");
        let lines = vec![
            line(
                say("道路运输证补证", "Replace a road transport certificate"),
                Some(bureau()),
                ["812", "240", "96", "90", "84"],
                Some("40%"),
            ),
            line(
                say("网约车驾驶员证", "Ride-hailing driver’s licence"),
                Some(bureau()),
                ["61", "0", "0", "0", "0"],
                None,
            ),
        ];
        Self {
            csrf: "token".to_owned(),
            months: vec![Tab {
                label: "2026-11".to_owned(),
                url: "/admin/funnel/services?month=2026-11".to_owned(),
                count: None,
                current: true,
            }],
            month: Some(("2026-11".to_owned(), "2026-11".to_owned())),
            filters: [
                select("by", t.funnel_by()),
                select("agency", t.quality_agency()),
                select("domain", t.quality_domain()),
                select("sort", t.funnel_sort()),
            ],
            hidden: vec![("month", "2026-11".to_owned()), ("by", "service".to_owned())],
            by_service: true,
            lines,
            all: line(Text::plain(t.funnel_all()), None, ["873", "240", "96", "90", "84"], Some("40%")),
            pager: Pager { page: 1, pages: 3, base: "/admin/funnel/services?month=2026-11&page=".to_owned() },
            least: 5,
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let view = Self::sample(frame);
        Self { months: Vec::new(), month: None, lines: Vec::new(), ..view }
    }
}
