//! `/quality?by=district`: the city's districts beside each other; `/quality/districts/{code}`: the months of one.

use actix_web::{HttpRequest, web::Path};
use yimen_scores::Tally;

use super::{Here, Two, asked_month, both, for_everybody, tabs, trend};
use crate::{
    catalogue::present::Presenter,
    db::Conn,
    ratings::scores::{
        district_views::{DistrictLine, DistrictsView},
        districts::{self, District},
        stage::Month,
    },
    web::{
        Failure, Page, Visitor,
        frame::{Link, Text},
    },
};

/// Months that are read.
const BACK: u32 = 11;
const LEAGUE: &str = "/quality?by=district";

/// Every month of every district, those of one month beside each other: which may be shown depends on the others.
struct Months(Vec<(Month, Vec<District>)>);

impl Months {
    async fn read(two: &Two, here: &Here) -> Result<Self, Failure> {
        let last = here.latest();
        let read = move |c: &mut Conn| districts::between(c, (last.back(BACK), last));
        let rows = two.0.db.read(read).await?;
        let mut months: Vec<(Month, Vec<District>)> = Vec::new();
        for row in rows {
            match months.last_mut().filter(|(month, _)| *month == row.month()) {
                Some((_, districts)) => districts.push(row),
                None => months.push((row.month(), vec![row])),
            }
        }
        Ok(Self(months))
    }

    fn named(&self) -> Vec<Month> {
        self.0.iter().map(|(month, _)| *month).collect()
    }
}

/// `GET /quality?by=district`
pub(super) async fn league(visitor: Visitor, two: Two, request: HttpRequest) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let asked = asked_month(&request, here.latest())?;
    let months = Months::read(&two, &here).await?;
    let t = visitor.texts();
    let chosen = match asked {
        Some(asked) => {
            months.0.iter().find(|(month, _)| *month == asked).ok_or(Failure::NotFound).map(Some)?
        }
        None => months.0.first(),
    };
    let month = chosen.map(|(month, _)| *month);
    let view = DistrictsView {
        name: None,
        months: tabs(t, &months.named(), month, &format!("{LEAGUE}&")),
        month: month.map(|month| both(t, month).0),
        provisional: month.and_then(|month| here.provisional(month)),
        lines: chosen.map(|(_, all)| lines(here.present(t), all, here.least)).unwrap_or_default(),
        chart: None,
        frame: visitor.common_frame(),
    };
    for_everybody(&view, &two.0)
}

/// The districts of a month, the best first.
fn lines(present: Presenter<'_>, all: &[District], least: u64) -> Vec<DistrictLine> {
    let (shown, complaints) = (districts::shown(all, least), districts::complaints_shown(all, least));
    let line = |at: usize| {
        let name = Link::new(name(present, &all[at].district), district_url(&all[at].district));
        DistrictLine::of(present.t, name, &all[at], (shown[at], complaints[at]))
    };
    // One that is not to be shown stands behind, where its place says nothing of it.
    let (open, hidden): (Vec<usize>, Vec<usize>) =
        districts::ranked(all).into_iter().partition(|at| shown[*at]);
    open.into_iter().chain(hidden).map(line).collect()
}

/// `GET /quality/districts/{code}`
pub async fn district(visitor: Visitor, two: Two, code: Path<String>) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let known = here.edition.catalogue.city.city.districts.iter().any(|district| district.code == *code);
    if !known {
        return Err(Failure::NotFound);
    }
    let months = Months::read(&two, &here).await?;
    let t = visitor.texts();
    let (mut lines, mut sums): (Vec<DistrictLine>, Vec<(Month, Option<Tally>)>) = (Vec::new(), Vec::new());
    for (month, all) in &months.0 {
        let Some(at) = all.iter().position(|district| district.district == *code) else { continue };
        let shown = districts::shown(all, here.least)[at];
        let (words, tag) = both(t, *month);
        let name = Link::new(Text::plain(words), format!("{LEAGUE}&month={tag}"));
        let complaints = districts::complaints_shown(all, here.least)[at];
        lines.push(DistrictLine::of(t, name, &all[at], (shown, complaints)));
        sums.push((*month, Some(all[at].tally()).filter(|_| shown)));
    }
    sums.reverse();
    let view = DistrictsView {
        name: Some(name(here.present(t), &code)),
        months: Vec::new(),
        month: None,
        provisional: None,
        lines,
        chart: trend(t, &sums),
        frame: visitor.common_frame(),
    };
    for_everybody(&view, &two.0)
}

/// What a district is called; its code if the city has it no more.
fn name(present: Presenter<'_>, code: &str) -> Text {
    let district = present.catalogue.city.city.districts.iter().find(|district| district.code == code);
    district.map_or_else(|| Text::plain(code), |district| present.text(&district.name))
}

fn district_url(code: &str) -> String {
    format!("/quality/districts/{code}")
}
