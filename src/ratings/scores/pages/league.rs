//! `/quality`: how stars come about, who has how many, and how that went.

use actix_web::HttpRequest;

use super::{
    Here, Two, agency_line, asked_month, both, districts, for_everybody, portal::about, service_line, tabs,
    trend,
};
use crate::{
    catalogue::present::Presenter,
    db::Conn,
    ratings::{
        RatingError,
        scores::{
            queries,
            sheet::{self, League},
            stage::Month,
            views::{FormulaView, LeagueView},
        },
    },
    surveys::portal,
    web::{
        Failure, Page, Visitor,
        frame::{Choice, Field, Frame},
        query,
    },
};

/// Months of a trend.
const BACK: u32 = 11;

/// `GET /quality`
pub async fn league(visitor: Visitor, two: Two, request: HttpRequest) -> Result<Page, Failure> {
    if query(&request, "by").as_deref() == Some("district") {
        return districts::league(visitor, two, request).await;
    }
    let here = Here::of(&two)?;
    let last = here.latest();
    let asked = asked_month(&request, last)?;
    let read = move |c: &mut Conn| {
        let months = queries::months(c, last)?;
        let month = asked.or_else(|| months.first().copied()).filter(|month| months.contains(month));
        let rows = month.map(|month| queries::of_month(c, month)).transpose()?;
        let trend = queries::trend(c, (last.back(BACK), last))?;
        let days = month.map(|month| (month.first(), month.last()));
        let asked = days.map(|days| portal::asked(c, days)).transpose()?;
        Ok::<_, RatingError>((months, (month, rows.unwrap_or_default()), trend, asked.unwrap_or_default()))
    };
    let (months, (month, rows), sums, said) = two.0.db.read(read).await?;
    let t = visitor.texts();
    let present = here.present(t);
    let view = view(visitor.common_frame(), &here, query(&request, "domain").unwrap_or_default());
    let Some(month) = month else {
        return if asked.is_some() { Err(Failure::NotFound) } else { for_everybody(&view, &two.0) };
    };
    let sums: Vec<_> = sums.into_iter().map(|(month, tally)| (month, Some(tally))).collect();
    let view = LeagueView {
        months: tabs(t, &months, Some(month), "/quality?"),
        month: Some(both(t, month)),
        provisional: here.provisional(month),
        chart: trend(t, &sums),
        ..view
    };
    let domain = here.edition.catalogue.domain(&view.domain.value);
    if let Some(domain) = domain {
        let lines = sheet::lines(&rows, &here.formulas, here.least)?;
        let theirs = lines.iter().filter(|line| line.kept.domain == domain.code);
        let services = theirs.map(|line| service_line(present, line)).collect();
        let view = LeagueView { services: Some((present.text(&domain.name), services)), ..view };
        return for_everybody(&view, &two.0);
    }
    let agencies = sheet::agencies(&rows, month, &here.formulas, here.least)?;
    let league = League::of(&agencies);
    let ranked = league.ranked.iter().map(|(place, agency)| agency_line(present, agency, Some(*place)));
    let view = LeagueView {
        ranked: ranked.collect(),
        others: league.others.iter().map(|agency| agency_line(present, agency, None)).collect(),
        portal: about(present, &said, here.least),
        ..view
    };
    for_everybody(&view, &two.0)
}

/// What stands there before there is any month.
fn view(frame: Frame, here: &Here, domain: String) -> LeagueView {
    let t = frame.t;
    LeagueView {
        months: Vec::new(),
        month: None,
        provisional: None,
        domain: domains(here.present(t), domain),
        services: None,
        ranked: Vec::new(),
        others: Vec::new(),
        chart: None,
        formula: here.formulas.of(Month::of(here.today)).map(|formula| FormulaView::of(t, formula)),
        portal: Vec::new(),
        least_people: here.least,
        frame,
    }
}

/// The domains of the city, to choose one.
pub(super) fn domains(present: Presenter<'_>, chosen: String) -> Field {
    let t = present.t;
    let every = Choice::new("", t.quality_everything(), chosen.is_empty());
    let domains = present.catalogue.city.domains.domains.iter();
    let choice = |domain: &yimen_contract::city::Domain| {
        Choice::new(&domain.code, present.text(&domain.name).text, domain.code == chosen)
    };
    let choices = std::iter::once(every).chain(domains.map(choice)).collect();
    Field::new("domain", t.quality_domain()).choices(choices).value(chosen)
}
