//! `/me/payments`: everything somebody paid or began to pay.

use actix_web::{HttpRequest, web::Data};

use super::{local, payer};
use crate::{
    catalogue::{Shelf, present::Presenter},
    payments::{
        life::State,
        queries::{self, Shown},
        views::{OrderLine, PaymentsView, shown_name},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Pager, Tab, Text},
        query,
    },
};

const AT_ONCE: usize = 20;

pub async fn payments(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let owner = payer(&visitor)?;
    let shown = query(&request, "show").map_or(Shown::All, |tag| Shown::named(&tag));
    let page = query(&request, "page").and_then(|page| page.parse().ok()).filter(|page| *page > 0);
    let page: usize = page.unwrap_or(1).min(10_000);
    let skip = i64::try_from((page - 1) * AT_ONCE).unwrap_or(i64::MAX);
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let (found, all) = site.db.read(move |c| queries::list(c, owner, shown, (skip, limit))).await?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let t = present.t;
    let tabs = Shown::ALL.map(|one| Tab {
        label: shown_name(t, one).to_owned(),
        url: format!("/me/payments?show={}", one.tag()),
        count: None,
        current: one == shown,
    });
    let orders = found.into_iter().map(|order| {
        let entry = edition.catalogue.service(&order.service);
        Ok(OrderLine {
            name: entry
                .map_or_else(|| Text::plain(&order.service), |entry| present.text(&entry.service.name)),
            state: order.state()?,
            amount: order.fen(),
            at: local(order.created_at.moment()),
            reference: order.reference,
        })
    });
    let orders = orders.collect::<Result<Vec<_>, crate::payments::PayError>>()?;
    let all = usize::try_from(all).unwrap_or_default();
    let base = format!("/me/payments?show={}&page=", shown.tag());
    let view = PaymentsView {
        open: orders.iter().filter(|order| order.state == State::Paying).count(),
        filtered: shown != Shown::All,
        tabs: tabs.into(),
        orders,
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base },
        frame: visitor.frame(),
    };
    Page::new(&view)
}
