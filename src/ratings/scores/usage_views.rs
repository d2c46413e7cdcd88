//! What the page of use shows.

use askama::Template;
use chrono::NaiveDate;

use super::usage::STAGES;
use crate::{
    platform::Texts,
    web::frame::{Dates as _, Frame, Text},
};

/// What stands in the columns after the stages.
const REST: [&str; 6] = ["views", "people", "ended", "by-services", "by-people", "gap"];

/// `/admin/use`
#[derive(Debug, Template)]
#[template(path = "ratings/scores/use.html")]
pub struct UseView {
    pub frame: Frame,
    pub agencies: Vec<AgencyUseLine>,
    /// Those that are looked at most.
    pub services: Vec<ServiceUseLine>,
    pub days: Vec<(NaiveDate, i64)>,
    /// How many days are counted.
    pub window: u32,
    /// Numbers of people smaller than this are not told.
    pub least: u64,
}

impl UseView {
    pub fn heads(&self) -> Vec<String> {
        heads(self.frame.t)
    }
}

/// The heads of an agency's cells.
pub fn heads(t: Texts) -> Vec<String> {
    let stages = STAGES.iter().map(|(_, tag)| t.quality_maturity(*tag));
    std::iter::once(t.use_head("services")).chain(stages).chain(REST.map(|head| t.use_head(head))).collect()
}

/// An agency: its cells in the order of the heads.
#[derive(Debug)]
pub struct AgencyUseLine {
    pub name: Text,
    pub cells: Vec<String>,
}

/// A service, and how often its guide was looked at.
#[derive(Debug)]
pub struct ServiceUseLine {
    pub name: Text,
    pub url: String,
    pub agency: Text,
    pub views: i64,
}

#[cfg(test)]
impl UseView {
    pub(crate) fn sample(frame: Frame) -> Self {
        use yimen_contract::Bilingual;

        let t = frame.t;
        let say = |zh: &str, en: &str| Text::of(t, &Bilingual::new(zh, en));
        let bureau = || say("市交通运输局", "Transport Bureau");
        let cells = |all: [&str; 11]| -> Vec<String> { all.map(str::to_owned).into() };
        let few = t.funnel_few(5_u64);
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        Self {
            agencies: vec![
                AgencyUseLine {
                    name: bureau(),
                    cells: cells(["12", "1", "4", "5", "2", "840", "61", "70", "2", "1", "-1"]),
                },
                AgencyUseLine {
                    name: say("市气象局 <旧>", "Meteorological Bureau"),
                    cells: cells(["30", "0", "30", "0", "0", "12", &few, &few, "1", "—", "—"]),
                },
            ],
            services: vec![ServiceUseLine {
                name: say("道路运输证补证", "Replace a road transport certificate"),
                url: "/services/YZ13022".to_owned(),
                agency: bureau(),
                views: 812,
            }],
            days: vec![(day(20), 31), (day(19), 0)],
            window: 30,
            least: 5,
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { agencies: Vec::new(), services: Vec::new(), ..Self::sample(frame) }
    }
}
