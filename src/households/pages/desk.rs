//! `/agency/households`: the households that an agency helps, and how many they are. It opens nobody's record.

use actix_web::{HttpRequest, web::Data};

use super::{DESK, agencies, agency_name, district_name, officer, service_name};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    households::{
        Household, HouseholdError, figures,
        keep::{self, Show},
        views::{DeskView, FigureLine, HouseholdLine},
    },
    web::{Failure, Page, Part, Site, Visitor, frame::Tab, query},
};

const AT_ONCE: usize = 20;

/// `GET /agency/households`
pub async fn desk(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (at, edition) = (officer(&visitor, &site).await?, shelf.edition()?);
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let (t, today) = (present.t, site.clock.today());
    let asked = query(&request, "show").and_then(|tag| Show::named(&tag)).unwrap_or(Show::Open);
    let part = Part::asked(&request, AT_ONCE);
    let theirs = agencies(&at, &edition.catalogue);
    let read = move |c: &mut Conn| {
        let found = keep::list(c, &theirs, (asked, today), part.stretch())?;
        Ok::<_, HouseholdError>((found, figures::all(c, &theirs, today)?))
    };
    let ((found, all), figures) = site.db.read(read).await?;
    let line = |one: Household| HouseholdLine {
        url: format!("{DESK}/{}", one.id),
        name: service_name(present, &one.service),
        agency: agency_name(present, &one.agency),
        district: one.district.as_deref().map(|code| district_name(present, code)),
        members: one.members,
        late: one.is_late(today),
        visited: one.visited_on,
        next: one.ended_on.is_none().then_some(one.next_on),
    };
    let tab = |show: Show| Tab {
        label: t.household_show(show.tag()),
        url: format!("{DESK}?show={}", show.tag()),
        count: None,
        current: show == asked,
    };
    let pager =
        part.pager(usize::try_from(all).unwrap_or_default(), DESK, &[("show", asked.tag().to_owned())]);
    let counted = figures.into_iter().map(|((agency, service), figures)| {
        FigureLine::of(service_name(present, &service), agency_name(present, &agency), Some(figures), 0)
    });
    Page::new(&DeskView {
        tabs: Show::ALL.into_iter().map(tab).collect(),
        lines: found.into_iter().map(line).collect(),
        pager,
        figures: counted.collect(),
        frame: visitor.frame(),
    })
}
