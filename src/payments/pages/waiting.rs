//! `POST /admin/payments.csv`: what waits for a person, as a file. That somebody took it away is on record.

use actix_web::{HttpResponse, web::Data};

use super::{
    desk::{amount, treasurer},
    local,
    wanted::{Wanted, why},
};
use crate::{
    accounts::staff::record,
    catalogue::Shelf,
    db::Conn,
    payments::{
        Order,
        desk::{self, Row},
    },
    platform::Texts,
    web::{Failure, Site, Submitted, Visitor, sheet},
};

pub async fn export_waiting(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let by = treasurer(&visitor, &site).await?.id;
    let (t, now, edition) = (visitor.texts(), site.clock.now(), shelf.edition()?);
    let (mut orders, mut rows, _) = site.db.read(desk::waiting).await?;
    Wanted::of(|name| sent.get(name).to_owned()).narrow(&mut orders, &mut rows);
    let detail = format!("payments: {}", orders.len() + rows.len());
    site.db.tx(move |c: &mut Conn| record(c, now, Some(by), by, "exported", &detail)).await?;
    let heads = [
        t.payment_number().to_owned(),
        t.rules_state().to_owned(),
        t.case_service().to_owned(),
        t.quality_agency().to_owned(),
        t.desk_payments_portal().to_owned(),
        t.desk_payments_provider().to_owned(),
        t.audit_at().to_owned(),
    ];
    let service = |code: &str| {
        let entry = edition.catalogue.service(code);
        entry.map_or_else(|| code.to_owned(), |entry| t.say(&entry.service.name).text.to_owned())
    };
    let orders = orders.iter().map(|order| of_order(t, order, service(&order.service)));
    let rows = rows.iter().map(|row| of_difference(t, row));
    sheet("payments", std::iter::once(Vec::from(heads)).chain(orders).chain(rows))
}

fn of_order(t: Texts, order: &Order, service: String) -> Vec<String> {
    vec![
        order.reference.clone(),
        t.desk_payments_why(why(order)),
        service,
        order.agency.clone(),
        amount(t, i64::try_from(order.fen()).unwrap_or(i64::MAX)),
        String::new(),
        local(order.changed_at.moment()).to_string(),
    ]
}

fn of_difference(t: Texts, row: &Row) -> Vec<String> {
    let told = |fen: Option<i64>| fen.map(|fen| amount(t, fen)).unwrap_or_default();
    vec![
        row.reference.clone(),
        t.desk_payments_why(row.kind.as_str()),
        String::new(),
        row.agency_says.clone().unwrap_or_default(),
        told(row.portal_fen),
        told(row.provider_fen),
        row.day.to_string(),
    ]
}
