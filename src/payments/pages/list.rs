//! `/me/payments`: everything somebody paid or began to pay.

use actix_web::{HttpRequest, web::Data};
use chrono::NaiveDate;

use super::{local, payer};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    payments::{
        PayError,
        life::State,
        queries::{self, Shown},
        told::{self, ToldDue},
        views::{OrderLine, OwedLine, PaymentsView, shown_name},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Pager, Tab, Text},
        query,
        session::Realm,
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
    let signed = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?.signed.clone();
    let (ring, now, today) = (site.keys.clone(), site.clock.now(), site.clock.today());
    let acts = signed.acting.is_some();
    let read = move |c: &mut Conn| {
        let first = page == 1 && matches!(shown, Shown::All | Shown::Open);
        let owed = if first { told::open(c, &ring, now, &signed)? } else { Vec::new() };
        Ok::<_, PayError>((queries::list(c, owner, shown, (skip, limit))?, owed))
    };
    // Who sees what somebody else owes is written down.
    let read = if acts { site.db.tx(read).await } else { site.db.read(read).await };
    let ((found, all), owed) = read?;
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
    let orders = orders.collect::<Result<Vec<_>, PayError>>()?;
    let all = usize::try_from(all).unwrap_or_default();
    let base = format!("/me/payments?show={}&page=", shown.tag());
    let view = PaymentsView {
        owed: owed.iter().map(|one| line(present, one, today)).collect(),
        open: orders.iter().filter(|order| order.state == State::Paying).count(),
        filtered: shown != Shown::All,
        tabs: tabs.into(),
        orders,
        pager: Pager { page, pages: all.div_ceil(AT_ONCE), base },
        frame: visitor.frame(),
    };
    Page::new(&view)
}

fn line(present: Presenter<'_>, (due, title): &(ToldDue, String), today: NaiveDate) -> OwedLine {
    let agency = present.catalogue.agency(&due.agency);
    OwedLine {
        url: format!("/me/payments/owed/{}", due.id),
        title: Text::written(present.t, title),
        agency: agency.map_or_else(|| Text::plain(&due.agency), |entry| present.text(&entry.agency.name)),
        amount: due.amount_fen.unsigned_abs(),
        due_on: due.due_on,
        overdue: due.due_on.is_some_and(|day| day < today),
    }
}
