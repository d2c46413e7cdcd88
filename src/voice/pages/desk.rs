//! `/agency/voice`: orders by what is to be done with them. Nothing here says who reported one, or in which words.

use actix_web::{HttpRequest, web::Data};

use super::{DESK, clocks, line, said, seat};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::{Conn, DbError},
    voice::{
        desk::{self, Seat, Show},
        views::DeskView,
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Pager, Tab},
        query,
    },
};

const AT_ONCE: usize = 20;

/// What is shown first: what the desk is to give out, or what a unit is to deal with.
fn shown(seat: &Seat, request: &HttpRequest) -> Show {
    let first = if seat.desk { Show::New } else { Show::Working };
    query(request, "show").and_then(|tag| Show::named(&tag)).unwrap_or(first)
}

pub async fn desk(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let seat = seat(&visitor, &site, &clocks).await?;
    let show = shown(&seat, &request);
    let page = query(&request, "page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).max(1);
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let skip = i64::try_from((page - 1).saturating_mul(AT_ONCE)).unwrap_or(i64::MAX);
    let (today, asking) = (site.clock.today(), seat.clone());
    let read = move |c: &mut Conn| {
        let late = desk::late(c, &asking, today)?;
        Ok::<_, DbError>((desk::list(c, &asking, show, (skip, limit))?, late))
    };
    let ((orders, all), late) = site.db.read(read).await?;
    let present = Presenter::new(visitor.texts(), &clocks.edition().catalogue);
    let t = present.t;
    let tab = |one: Show| Tab {
        label: t.voice_show(one.tag()),
        url: format!("{DESK}?show={}", one.tag()),
        count: None,
        current: one == show,
    };
    let tabs = Show::ALL.into_iter().filter(|one| seat.desk || *one != Show::New).map(tab).collect();
    let all = usize::try_from(all).unwrap_or_default();
    Page::new(&DeskView {
        said: said(t, &request),
        desk: seat.desk,
        late: usize::try_from(late).unwrap_or_default(),
        tabs,
        rows: orders.iter().map(|order| line(present, today, order, DESK)).collect(),
        all,
        pager: Pager {
            page,
            pages: all.div_ceil(AT_ONCE),
            base: format!("{DESK}?show={}&page=", show.tag()),
        },
        frame: visitor.frame(),
    })
}
