//! `/me/payments/{reference}/receipt`: the receipt, to be printed, with the code under which anybody can check it.

use actix_web::web::{Data, Path};

use super::{local, payer};
use crate::{
    accounts,
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    ledger,
    payments::{PayError, model::TITLE, queries, views::ReceiptView},
    web::{Failure, Page, Site, Visitor, frame::Text, scan},
};

pub async fn receipt(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<Page, Failure> {
    let (owner, number, ring) = (payer(&visitor)?, reference.into_inner(), site.keys.clone());
    let read = move |c: &mut Conn| {
        let order = queries::find(c, owner, &number)?;
        let warrant = ledger::own(owner);
        let title = warrant.open(c, &ring, TITLE, &order.title)?;
        let details =
            accounts::details(c, &ring, &warrant).map_err(|error| PayError::Stored(error.to_string()))?;
        Ok::<_, PayError>((order, title, details.name))
    };
    let (order, title, name) = site.db.read(read).await?;
    let code = order.receipt_code.clone().ok_or(Failure::NotFound)?;
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let entry = edition.catalogue.service(&order.service);
    let agency = edition.catalogue.agency(&order.agency);
    let provider = edition.catalogue.providers.iter().find(|provider| provider.slug == order.provider);
    let check = format!("{}/verify/{code}", site.origin());
    let view = ReceiptView {
        frame: visitor.frame(),
        state: order.state()?,
        name: entry.map_or_else(|| Text::plain(&order.service), |entry| present.text(&entry.service.name)),
        agency: agency.map_or_else(|| Text::plain(&order.agency), |entry| present.text(&entry.agency.name)),
        provider: provider.map_or_else(|| Text::plain(&order.provider), |one| present.text(&one.agency.name)),
        payer: name,
        title,
        amount: order.fen(),
        surcharge: order.surcharge_fen.unsigned_abs(),
        due: order.due.clone(),
        paid: order.paid_at.map(|at| local(at.moment())),
        payment: order.provider_payment.clone(),
        agency_receipt: order.agency_receipt.clone(),
        scan: scan(&check, 160)?,
        check,
        reference: order.reference,
        code,
    };
    Page::new(&view)
}
