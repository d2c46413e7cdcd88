//! `/agency/cases`: the queue, the most urgent first. Nothing here says whose a case is.

use actix_web::{HttpRequest, web::Data};

use super::{LIST, ahead::agency_name, copies, names, row, said, seat};
use crate::{
    cases::desk::{self, DeskError, Filter, Seat, Show, Sort, views::DeskView},
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::{Texts, clock::city_day},
    web::{
        Failure, Page, Site, Visitor,
        frame::{Choice, Field, Pager, Tab},
        query,
    },
};

const AT_ONCE: usize = 20;

/// What the address asks for. Who does not work cases sees only what could not be handed over.
fn filter(seat: &Seat, request: &HttpRequest) -> Filter {
    let show = query(request, "show").and_then(|show| Show::named(&show)).unwrap_or(Show::Waiting);
    Filter {
        show: if seat.works() { show } else { Show::Failed },
        service: query(request, "service").filter(|code| !code.is_empty()),
        agency: query(request, "agency").filter(|slug| !slug.is_empty()),
        sort: query(request, "sort").map_or_else(Sort::default, |sort| Sort::named(&sort)),
    }
}

pub async fn list(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = seat(&visitor, &site).await?;
    let filter = filter(&seat, &request);
    let page = query(&request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(100_000);
    let stretch = (i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX), 20);
    let (now, asking, asked) = (site.clock.now(), filter.clone(), seat.clone());
    let today = city_day(now);
    let read = move |c: &mut Conn| {
        let (found, all) = desk::list(c, &asked, &asking, today, stretch)?;
        let shown: &[Show] = if asked.works() { &Show::ALL } else { &[Show::Failed] };
        // One small question for each tab, of which there are ten.
        let counts: Vec<(Show, i64)> = shown
            .iter()
            .map(|show| Ok((*show, desk::count(c, &asked, *show, today)?)))
            .collect::<Result<_, DeskError>>()?;
        let colleagues = desk::colleagues(c, &asked, now)?;
        let (services, agencies) = (desk::services(c, &asked)?, desk::agencies(c, &asked)?);
        Ok::<_, DeskError>((found, all, counts, (services, agencies), colleagues))
    };
    let (found, all, counts, (services, agencies), colleagues) = site.db.read(read).await?;
    let (t, edition, names) = (visitor.texts(), shelf.edition()?, names(&site, &colleagues)?);
    let present = Presenter::new(t, &edition.catalogue);
    let copies = !copies::services(&site, &seat, &edition.catalogue).await?.is_empty();
    let late = counts.iter().find(|(show, _)| *show == Show::Late).map_or(0, |(_, count)| *count);
    let all = usize::try_from(all).unwrap_or_default();
    let people = colleagues.iter().map(|one| {
        let name = names.get(&one.id).map_or("", String::as_str);
        Choice::new(one.id.to_string(), name, one.id == seat.member.id)
    });
    let people = Field::new("to", t.desk_give_to()).choices(people.collect());
    Page::new(&DeskView {
        csrf: visitor.form_token(&site)?,
        said: said(t, &request),
        only_failed: !seat.works(),
        tabs: tabs(t, &counts, filter.show),
        late: usize::try_from(late).unwrap_or_default(),
        show: filter.show.tag(),
        service: service_field(present, &services, filter.service.as_deref()),
        agency: agency_field(present, &agencies, filter.agency.as_deref()),
        sort: sort_field(t, filter.sort),
        rows: found.iter().map(|(line, work)| row(present, today, &names, (line, work))).collect(),
        all,
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base: base(&filter) },
        people: Some(people).filter(|_| seat.works() && !found.is_empty()),
        copies,
        frame: visitor.frame(),
    })
}

/// The address of a page of the same view, up to its number.
fn base(filter: &Filter) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("show", filter.show.tag()).append_pair("sort", filter.sort.tag());
    query.append_pair("service", filter.service.as_deref().unwrap_or_default());
    query.append_pair("agency", filter.agency.as_deref().unwrap_or_default());
    format!("{LIST}?{}&page=", query.finish())
}

fn tabs(t: Texts, counts: &[(Show, i64)], current: Show) -> Vec<Tab> {
    let tab = |(show, count): &(Show, i64)| Tab {
        label: t.desk_show(show.tag()),
        url: format!("{LIST}?show={}", show.tag()),
        count: usize::try_from(*count).ok().filter(|_| *show != Show::Done),
        current: *show == current,
    };
    counts.iter().map(tab).collect()
}

fn service_field(present: Presenter<'_>, services: &[String], chosen: Option<&str>) -> Field {
    let every = Choice::new("", present.t.desk_every_service(), chosen.is_none());
    let choice = |code: &String| {
        let entry = present.catalogue.service(code);
        let name = entry.map_or_else(|| code.clone(), |entry| present.text(&entry.service.name).text);
        Choice::new(code.as_str(), name, chosen == Some(code.as_str()))
    };
    let choices = [every].into_iter().chain(services.iter().map(choice)).collect();
    Field::new("service", present.t.case_service()).choices(choices)
}

/// Nobody chooses among one.
fn agency_field(present: Presenter<'_>, agencies: &[String], chosen: Option<&str>) -> Option<Field> {
    let every = Choice::new("", present.t.quality_everything(), chosen.is_none());
    let choice = |slug: &String| {
        Choice::new(slug.as_str(), agency_name(present, slug).text, chosen == Some(slug.as_str()))
    };
    let choices = [every].into_iter().chain(agencies.iter().map(choice)).collect();
    let several = agencies.len() > 1 || chosen.is_some();
    several.then(|| Field::new("agency", present.t.case_agency()).choices(choices))
}

fn sort_field(t: Texts, chosen: Sort) -> Field {
    let choices = Sort::ALL.map(|sort| Choice::new(sort.tag(), t.desk_sort_by(sort.tag()), sort == chosen));
    Field::new("sort", t.desk_sort()).choices(choices.into())
}
