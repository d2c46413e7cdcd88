//! `POST /services/{code}/pay`: from a due to an order, and to the provider.

use std::time::Duration;

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};
use yimen_contract::capability::{Capability, Outcome};

use super::{
    dues::{Told, shown, who},
    owed::{Owed, can_be_paid},
    wants_proof,
};
use crate::{
    catalogue::{Catalogue, Shelf, asking, filling::Forms},
    db::Conn,
    gateway::Gateway,
    payments::{
        Means, Order, PayError,
        life::State,
        order::{self, Wanted},
    },
    platform::config::PaymentsConfig,
    web::{Failure, Page, Site, Submitted, Visitor, see_other},
};

/// So long a payer waits for the provider; then the order's page says that it is on its way.
pub(super) const PATIENCE: Duration = Duration::from_secs(4);

/// Who takes payments: the first provider that does.
pub fn provider(catalogue: &Catalogue) -> Option<&str> {
    let takes = catalogue
        .providers
        .iter()
        .find(|provider| !provider.suspended && provider.agency.binding(Capability::PayCreate).is_some());
    takes.map(|provider| provider.slug.as_str())
}

/// Asks the agency once more what is owed. If it is what was shown, there is an order; else the payer decides anew.
pub async fn pay(
    visitor: Visitor,
    (site, shelf, gateway, forms): (Data<Site>, Data<Shelf>, Data<Gateway>, Data<Forms>),
    config: Data<PaymentsConfig>,
    code: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let edition = shelf.edition()?;
    let entry = edition.catalogue.service(&code).filter(|entry| asking::is_paid(&entry.service));
    let entry = entry.ok_or(Failure::NotFound)?;
    let payer = who(&visitor, &site, &entry.service).await?.map_err(|_| Failure::Refused)?;
    let owed = Owed::new((&site, &forms), &edition, entry, Some(sent.pairs().collect())).await?;
    let answers = owed.answers(&site).ok_or(Failure::BadRequest)?;
    let (number, amount) = (sent.get("pay-due").to_owned(), sent.get("pay-amount").parse::<u64>());
    let answered = owed.ask((&site, &gateway), &payer, answers).await?;
    let due = match &answered {
        Ok(Outcome::Fresh(dues) | Outcome::Stale { value: dues, .. }) => {
            dues.iter().find(|due| due.reference == number && can_be_paid(due)).cloned()
        }
        Ok(Outcome::Empty) => None,
        _ => {
            return shown(&visitor, &site, &owed, answered, (Told::Nothing, None)).map(Either::Left);
        }
    };
    let Some(due) = due else {
        return shown(&visitor, &site, &owed, answered, (Told::Gone, None)).map(Either::Left);
    };
    if amount != Ok(due.amount_fen) {
        let told = Told::Changed { reference: number };
        return shown(&visitor, &site, &owed, answered, (told, None)).map(Either::Left);
    }
    let Some(provider) = provider(&edition.catalogue).map(str::to_owned) else {
        return shown(&visitor, &site, &owed, answered, (Told::NoTill, None)).map(Either::Left);
    };
    let (ring, now) = (site.keys.clone(), site.clock.now());
    let (service, agency) = (entry.service.code.clone(), owed.agency().to_owned());
    let make = move |c: &mut Conn| {
        let wanted = Wanted { service: &service, agency: &agency, provider: &provider, due: &due };
        order::make(c, &ring, now, &payer, &wanted)
    };
    let order = match site.db.tx(make).await {
        Ok(order) => order,
        Err(PayError::Taken) => {
            return shown(&visitor, &site, &owed, answered, (Told::Gone, None)).map(Either::Left);
        }
        Err(error) => return Err(error.into()),
    };
    let means = Means { site, gateway, shelf };
    go_on(&visitor, &means, *config.get_ref(), order).await.map(Either::Right)
}

/// Opens a new order at the provider, unless whoever pays so much has to prove who they are first.
pub(super) async fn go_on(
    visitor: &Visitor,
    means: &Means,
    config: PaymentsConfig,
    order: Order,
) -> Result<HttpResponse, Failure> {
    let page = format!("/me/payments/{}", order.reference);
    if order.state()? == State::Created && wants_proof(visitor, &means.site, config, order.amount_fen) {
        let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        return Ok(see_other(&format!("/me/prove?next={next}")));
    }
    let title = means.title(&order);
    means.open(order, &title, PATIENCE).await?;
    Ok(see_other(&page))
}
