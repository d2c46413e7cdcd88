//! `/agency/ratings`, what an agency has to do about ratings of its own; `/admin/ratings`, the same from above.

use actix_web::{HttpRequest, web::Data};
use chrono::NaiveDate;

use super::{Seat, agency_name, local, service_name};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    platform::Texts,
    ratings::{
        RatingError,
        follow::{FollowUp, life::State},
        level_tag,
        queries::{self, Line, Show},
        views::{DeskLine, DeskView},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Pager, Tab},
        query,
    },
};

const AT_ONCE: usize = 20;

/// `GET /agency/ratings`
pub async fn desk(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::of_agency(&visitor, &two.0).await?;
    shown(&visitor, &two, &request, &seat).await
}

/// `GET /admin/ratings`
pub async fn admin_desk(
    visitor: Visitor,
    two: (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let seat = Seat::above(&visitor, &two.0).await?;
    shown(&visitor, &two, &request, &seat).await
}

async fn shown(
    visitor: &Visitor,
    (site, shelf): &(Data<Site>, Data<Shelf>),
    request: &HttpRequest,
    seat: &Seat,
) -> Result<Page, Failure> {
    let shows: &'static [Show] = if seat.above { &Show::ABOVE } else { &Show::AGENCY };
    let asked = query(request, "show");
    let show = shows.iter().copied().find(|one| asked.as_deref() == Some(one.tag())).unwrap_or(shows[0]);
    let page = query(request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(100_000);
    let stretch = (i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX), 20);
    let edition = shelf.edition()?;
    let (agencies, today) = (seat.agencies(&edition.catalogue), site.clock.today());
    let read = move |c: &mut Conn| {
        let (found, all) = queries::list(c, &agencies, (show, today), stretch)?;
        // One small question for each tab, of which there are five; how many there are in all no tab says.
        let count = |c: &mut Conn, show: &Show| Ok((*show, queries::count(c, &agencies, *show, today)?));
        let small = shows.iter().filter(|show| **show != Show::All);
        let counts = small.map(|show| count(c, show)).collect::<Result<Vec<_>, RatingError>>()?;
        Ok::<_, RatingError>((found, all, counts))
    };
    let (found, all, counts) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let lines = found.into_iter().map(|one| line(present, seat, today, one));
    let all = usize::try_from(all).unwrap_or_default();
    Page::new(&DeskView {
        above: seat.above,
        tabs: shows.iter().map(|one| tab(present.t, seat, &counts, *one, show)).collect(),
        lines: lines.collect::<Result<_, RatingError>>()?,
        pager: Pager {
            page,
            pages: all.div_ceil(AT_ONCE),
            base: format!("{}?show={}&page=", seat.list(), show.tag()),
        },
        frame: visitor.frame(),
    })
}

fn tab(t: Texts, seat: &Seat, counts: &[(Show, i64)], show: Show, current: Show) -> Tab {
    let count = counts.iter().find(|(one, _)| *one == show).map(|(_, count)| *count);
    Tab {
        label: t.rating_show(show.tag()),
        url: format!("{}?show={}", seat.list(), show.tag()),
        count: count.and_then(|count| usize::try_from(count).ok()),
        current: show == current,
    }
}

fn line(
    present: Presenter<'_>,
    seat: &Seat,
    today: NaiveDate,
    (rating, follow_up): Line,
) -> Result<DeskLine, RatingError> {
    Ok(DeskLine {
        url: seat.url(rating.id),
        name: service_name(present, &rating.service),
        agency: agency_name(present, &rating.agency),
        level: level_tag(rating.level()?),
        given: local(rating.given_at()),
        standing: rating.standing().tag(),
        state: follow_up.as_ref().map(FollowUp::state).transpose()?.map(State::tag),
        due: follow_up.as_ref().and_then(FollowUp::due),
        late: follow_up.is_some_and(|one| one.is_late(today)),
    })
}
