//! `/quality/agencies/{slug}`: an agency's months, for everybody; the same for itself comes from `desk`.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, web::Path};
use yimen_scores::Tally;

use super::{Here, Two, agency_line, asked_month, both, for_everybody, service_line, tabs, trend};
use crate::{
    catalogue::present::urls,
    db::Conn,
    platform::Texts,
    ratings::{
        RatingError,
        pages::agency_name,
        scores::{
            complaints,
            model::{Kept, count},
            queries,
            sheet::{self, Agency},
            stage::{Month, Stage},
            views::AgencyCardView,
        },
    },
    web::{Failure, Frame, Page, Site, Visitor},
};

/// Months that are shown.
const BACK: u32 = 11;

/// `GET /quality/agencies/{slug}`
pub async fn agency(
    visitor: Visitor,
    two: Two,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let here = Here::of(&two)?;
    let slug = slug.into_inner();
    here.edition.catalogue.agency(&slug).ok_or(Failure::NotFound)?;
    let last = here.latest();
    let asked = asked_month(&request, last)?;
    let base = format!("/quality/agencies/{slug}?");
    let wanted = Wanted { slug, last, asked, base };
    for_everybody(&card(visitor.common_frame(), &two.0, &here, wanted).await?, &two.0)
}

/// Which months of which agency.
pub(super) struct Wanted {
    pub slug: String,
    /// The last one that whoever asks may see.
    pub last: Month,
    pub asked: Option<Month>,
    /// The page, up to the month.
    pub base: String,
}

pub(super) async fn card(
    frame: Frame,
    site: &Site,
    here: &Here,
    wanted: Wanted,
) -> Result<AgencyCardView, Failure> {
    let Wanted { slug, last, asked, base } = wanted;
    let agency = slug.clone();
    let read = move |c: &mut Conn| {
        let rows = queries::of_agency(c, &agency, (last.back(BACK), last))?;
        let month = asked.or_else(|| rows.first().map(Kept::month));
        let month = month.filter(|month| rows.iter().any(|row| row.month() == *month));
        let reply = month.map(|month| queries::reply(c, &agency, month)).transpose()?.flatten();
        let others = month.map(|month| complaints::of_agency(c, &agency, month)).transpose()?;
        Ok::<_, RatingError>((rows, month, (reply, others.unwrap_or_default())))
    };
    let (rows, month, (reply, others)) = site.db.read(read).await?;
    let mut months: BTreeMap<Month, Vec<Kept>> = BTreeMap::new();
    for row in rows {
        months.entry(row.month()).or_default().push(row);
    }
    let t = frame.t;
    let present = here.present(t);
    let view = AgencyCardView {
        name: agency_name(present, &slug),
        page: urls::agency(&slug),
        months: tabs(t, &months.keys().rev().copied().collect::<Vec<_>>(), month, &base),
        month: month.map(|month| both(t, month)),
        stage: month.map_or("closed", |month| here.stage(month).tag()),
        public_from: month
            .filter(|month| matches!(here.stage(*month), Stage::Running | Stage::Preview))
            .map(|month| here.publishing.public_from(month)),
        provisional: month.and_then(|month| here.provisional(month)),
        whole: Vec::new(),
        facts: Vec::new(),
        services: Vec::new(),
        chart: trend(t, &sums(here, &months)?),
        reply,
        desk: None,
        frame,
    };
    let Some((month, rows)) = month.and_then(|month| Some((month, months.get(&month)?))) else {
        return Ok(view);
    };
    let agencies = sheet::agencies(rows, month, &here.formulas, here.least)?;
    let lines = sheet::lines(rows, &here.formulas, here.least)?;
    Ok(AgencyCardView {
        facts: agencies.first().map(|agency| facts(t, agency, (others, here.least))).unwrap_or_default(),
        whole: agencies.iter().map(|agency| agency_line(present, agency, None)).collect(),
        services: lines.iter().map(|line| service_line(present, line)).collect(),
        ..view
    })
}

/// Complaints: of its services, and what else it dealt with.
fn facts(t: Texts, agency: &Agency<'_>, (others, least): (i64, u64)) -> Vec<(String, String)> {
    let hidden = || t.quality_hidden().to_owned();
    let others = match count(others) {
        few if (1..least).contains(&few) => hidden(),
        others => others.to_string(),
    };
    [
        ("complaints", agency.complaints.map_or_else(hidden, |times| times.to_string())),
        ("per-thousand", agency.per_thousand().unwrap_or_else(|| t.quality_unknown().to_owned())),
        ("other-complaints", others),
    ]
    .map(|(fact, value)| (t.quality_fact(fact), value))
    .into()
}

/// What was said in each month, where it may be shown.
fn sums(
    here: &Here,
    months: &BTreeMap<Month, Vec<Kept>>,
) -> Result<Vec<(Month, Option<Tally>)>, RatingError> {
    let sum = |(month, rows): (&Month, &Vec<Kept>)| {
        let agencies = sheet::agencies(rows, *month, &here.formulas, here.least)?;
        let shown = agencies.first().filter(|agency| agency.shown);
        Ok((*month, shown.map(|agency| agency.sum.tally)))
    };
    months.iter().map(sum).collect()
}
