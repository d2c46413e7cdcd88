//! `/me/payments/{reference}`: where a payment stands, and what the payer can do about it.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    local,
    pay::{PATIENCE, go_on},
    payer,
};
use crate::{
    catalogue::{
        Shelf,
        pages::guide::contact,
        present::{Presenter, urls},
    },
    db::Conn,
    gateway::Gateway,
    ledger,
    payments::{
        Means, Order, PayError, back,
        life::State,
        model::TITLE,
        order as orders, queries,
        steps::{self, Step},
        views::{OrderView, StepView},
    },
    platform::{clock::city_day, config::PaymentsConfig},
    web::{Failure, Page, Site, Submitted, Visitor, frame::Text, query, see_other},
};

type Three = (Data<Site>, Data<Shelf>, Data<Gateway>);
/// In letters.
const REASON: usize = 300;

/// The page says what is true: while it is not known, it asks the provider itself.
pub async fn order(
    visitor: Visitor,
    (site, shelf, gateway): Three,
    config: Data<PaymentsConfig>,
    reference: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let (owner, number) = (payer(&visitor)?, reference.into_inner());
    let mut order = site.db.read(move |c| queries::find(c, owner, &number)).await?;
    let means = Means { site, gateway, shelf };
    let state = order.state()?;
    if state.waits_for_provider() {
        order = match state {
            State::Paying if order.pay_at.is_none() => {
                let title = means.title(&order);
                means.open(order, &title, PATIENCE).await?
            }
            _ => means.look_now(order, PATIENCE).await?,
        };
    }
    let back = query(&request, "back").is_some();
    let view = view(&visitor, &means, *config.get_ref(), order).await?;
    Page::new(&OrderView { back, wrong: None, ..view })
}

/// `POST`: goes on with an order that was written down.
pub async fn go(
    visitor: Visitor,
    (site, shelf, gateway): Three,
    config: Data<PaymentsConfig>,
    reference: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (owner, number) = (payer(&visitor)?, reference.into_inner());
    let order = site.db.read(move |c| queries::find(c, owner, &number)).await?;
    let means = Means { site, gateway, shelf };
    go_on(&visitor, &means, *config.get_ref(), order).await
}

/// `POST`: does not want it any more.
pub async fn cancel(
    visitor: Visitor,
    site: Data<Site>,
    reference: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let (owner, number, now) = (payer(&visitor)?, reference.into_inner(), site.clock.now());
    let page = format!("/me/payments/{number}");
    match site.db.tx(move |c| orders::cancel(c, now, owner, &number)).await {
        // It went on meanwhile: the page says how far.
        Ok(()) | Err(PayError::NotNow) => Ok(see_other(&page)),
        Err(error) => Err(error.into()),
    }
}

/// `POST`: wants the money back.
pub async fn ask_back(
    visitor: Visitor,
    (site, shelf, gateway): Three,
    config: Data<PaymentsConfig>,
    reference: Path<String>,
    sent: Submitted,
) -> Result<Either<Page, HttpResponse>, Failure> {
    let (owner, number, now) = (payer(&visitor)?, reference.into_inner(), site.clock.now());
    let page = format!("/me/payments/{number}");
    let reason = sent.get("reason").to_owned();
    if reason.is_empty() || reason.chars().count() > REASON {
        let order = site.db.read(move |c| queries::find(c, owner, &number)).await?;
        let means = Means { site, gateway, shelf };
        let view = view(&visitor, &means, *config.get_ref(), order).await?;
        let view = OrderView { wrong: Some(reason), ..view };
        return Ok(Either::Left(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let ring = site.keys.clone();
    let asked = move |c: &mut Conn| back::ask_back(c, &ring, now, owner, (&number, &reason));
    match site.db.tx(asked).await {
        Ok(_) | Err(PayError::NotNow) => Ok(Either::Right(see_other(&page))),
        Err(error) => Err(error.into()),
    }
}

async fn view(
    visitor: &Visitor,
    means: &Means,
    config: PaymentsConfig,
    order: Order,
) -> Result<OrderView, Failure> {
    let (ring, read) = (means.site.keys.clone(), order.clone());
    let read = move |c: &mut Conn| {
        let warrant = ledger::own(read.citizen_id);
        let title = warrant.open(c, &ring, TITLE, &read.title)?;
        Ok::<_, PayError>((title, steps::of_order(c, &read)?))
    };
    let (title, steps): (String, Vec<Step>) = means.site.db.read(read).await?;
    let edition = means.shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let entry = edition.catalogue.service(&order.service);
    let agency = edition.catalogue.agency(&order.agency);
    let provider = edition.catalogue.providers.iter().find(|provider| provider.slug == order.provider);
    let (state, now) = (order.state()?, means.site.clock.now());
    let open = now < order.expires_at.moment();
    Ok(OrderView {
        frame: visitor.frame(),
        csrf: visitor.form_token(&means.site)?,
        name: entry.map_or_else(|| Text::plain(&order.service), |entry| present.text(&entry.service.name)),
        again: entry.map(|entry| format!("{}/start", urls::service(&entry.service.code))),
        title,
        agency: agency.map(|agency| present.agency(agency)),
        contact: entry.zip(agency).map(|(entry, agency)| contact(present, &entry.service, agency)),
        provider: provider.map_or_else(|| Text::plain(&order.provider), |one| present.text(&one.agency.name)),
        prove: state == State::Created && super::wants_proof(visitor, &means.site, config, order.amount_fen),
        amount: order.fen(),
        surcharge: order.surcharge_fen.unsigned_abs(),
        due: order.due.clone(),
        created: local(order.created_at.moment()),
        paid: order.paid_at.map(|at| local(at.moment())),
        refunded: order.refunded_at.map(|at| local(at.moment())),
        expires: local(order.expires_at.moment()),
        pay_at: order.pay_at.clone().filter(|_| state == State::Paying && open),
        opening: state == State::Paying && order.pay_at.is_none() && open,
        with_staff: order.with_staff,
        receipt: order.receipt_code.is_some().then(|| format!("/me/payments/{}/receipt", order.reference)),
        payment: order.provider_payment.clone(),
        rate: (state == State::Settled
            && edition.catalogue.asks_for_rating(city_day(order.changed_at.moment()), city_day(now)))
        .then(|| urls::rate("payment", &order.reference)),
        steps: steps
            .into_iter()
            .map(|step| StepView { at: local(step.at.moment()), by: step.by_kind, act: step.act })
            .collect(),
        reference: order.reference,
        state,
        back: false,
        wrong: None,
    })
}
