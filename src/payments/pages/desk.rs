//! `/admin/payments`: what waits for a person, and settling it with a reason.

use actix_web::{
    Either, HttpResponse,
    web::{Data, Path},
};

use super::{
    local,
    wanted::{Wanted, why},
};
use crate::{
    accounts::staff::{
        Act, Branch, Member, may,
        pages::{present_member, shown, step},
    },
    catalogue::{Shelf, present::Presenter, views::Words as _},
    db::Conn,
    payments::{
        Order, PayError,
        desk::{self, Way},
        queries,
        views::{DayLine, DeskLine, DeskView, DifferenceLine},
    },
    platform::Texts,
    web::{
        Failure, Page, Part, Site, Submitted, Visitor,
        frame::{Choice, Dates as _, Field, Input, StepView, Text},
        query, see_other,
    },
};

/// In letters.
const REASON: usize = 500;

/// An administrator of the whole city: money does not keep to a branch.
pub(super) async fn treasurer(visitor: &Visitor, site: &Site) -> Result<Member, Failure> {
    let (member, signed) = present_member(visitor, site).await?;
    may(&signed, Act::Approve, &Branch::city())?;
    Ok(member)
}

const HERE: &str = "/admin/payments";
const AT_ONCE: usize = 50;

/// Money that may be owed either way.
pub(super) fn amount(t: Texts, fen: i64) -> String {
    let yuan = t.yuan(&fen.unsigned_abs());
    if fen < 0 { format!("−{yuan}") } else { yuan }
}

/// `GET /admin/payments`
pub async fn desk(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: actix_web::HttpRequest,
) -> Result<Page, Failure> {
    treasurer(&visitor, &site).await?;
    let wanted = Wanted::of(|name| query(&request, name).unwrap_or_default());
    let (mut orders, mut rows, days) = site.db.read(desk::waiting).await?;
    let kinds = wanted.narrow(&mut orders, &mut rows);
    // One list in two sections: what does not fit under the first goes on under the second.
    let (first, all) = (orders.len(), orders.len() + rows.len());
    let (part, hidden) = (Part::asked(&request, AT_ONCE), wanted.pairs());
    let shown = part.of((0..all).collect());
    let edition = shelf.edition()?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let name = |code: &str| {
        let entry = edition.catalogue.service(code);
        entry.map_or_else(|| Text::plain(code), |entry| present.text(&entry.service.name))
    };
    // Who has left the city keeps the name by which it was known.
    let agency = |slug: &str| {
        let entry = edition.catalogue.agency(slug);
        entry.map_or_else(|| Text::plain(slug), |entry| present.text(&entry.agency.name))
    };
    let provider = |slug: &str| {
        let entry = edition.catalogue.providers.iter().find(|provider| provider.slug == slug);
        entry.map_or_else(|| Text::plain(slug), |entry| present.text(&entry.agency.name))
    };
    let orders = orders.into_iter().enumerate().filter(|(at, _)| shown.contains(at));
    let orders = orders.map(|(_, order)| DeskLine {
        name: name(&order.service),
        why: why(&order).to_owned(),
        amount: order.fen(),
        since: local(order.changed_at.moment()),
        state: order.state,
        agency: agency(&order.agency),
        reference: order.reference,
    });
    let t = present.t;
    let amount = |fen: i64| amount(t, fen);
    let rows = rows.into_iter().enumerate().filter(|(at, _)| shown.contains(&(first + at)));
    let rows = rows.map(|(_, row)| DifferenceLine {
        day: row.day,
        reference: row.reference,
        kind: row.kind,
        portal: row.portal_fen.map(amount),
        provider: row.provider_fen.map(amount),
        agency: row.agency_says,
    });
    let days = days.into_iter().map(|day| DayLine {
        day: day.day,
        provider: provider(&day.provider),
        closed: day.closed,
        payments: day.payments,
        refunds: day.refunds,
        came: amount(day.in_fen),
        went: amount(day.out_fen),
        on_the_way: day.on_the_way,
        unchecked: day.unchecked,
        differences: day.differences,
    });
    let view = DeskView {
        frame: visitor.frame(),
        csrf: visitor.form_token(&site)?,
        filters: wanted.fields(t, &kinds),
        pager: part.pager(all, HERE, &hidden),
        hidden,
        done: query(&request, "done").is_some(),
        orders: orders.collect(),
        differences: rows.collect(),
        days: days.collect(),
    };
    Page::new(&view)
}

/// What is known of the matter of a number.
struct Matter {
    reference: String,
    order: Option<Order>,
    reason: Option<String>,
}

async fn matter(site: &Site, member: &Member, reference: String) -> Result<Matter, Failure> {
    let (ring, now, who) = (site.keys.clone(), site.clock.now(), member.id);
    let read = move |c: &mut Conn| {
        let order = queries::of_reference(c, &reference)?;
        if order.is_none() && desk::of_order(c, &reference)?.is_empty() {
            return Err(PayError::Unknown);
        }
        let reason = match &order {
            Some(order) => desk::payers_reason(c, &ring, now, who, order)?,
            None => None,
        };
        Ok(Matter { reference, order, reason })
    };
    Ok(site.db.tx(read).await?)
}

/// `GET /admin/payments/{reference}`
pub async fn desk_item(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
) -> Result<Page, Failure> {
    let member = treasurer(&visitor, &site).await?;
    let matter = matter(&site, &member, reference.into_inner()).await?;
    shown(&form(&visitor, (&site, &shelf), &matter, &Submitted::default())?)
}

fn way_name(t: Texts, way: Way) -> &'static str {
    match way {
        Way::Book => t.desk_payment_book(),
        Way::Refund => t.desk_payment_refund(),
        Way::Keep => t.desk_payment_keep(),
        Way::Again => t.desk_payment_again(),
        Way::Explained => t.desk_payment_explained(),
    }
}

fn form(
    visitor: &Visitor,
    (site, shelf): (&Site, &Shelf),
    matter: &Matter,
    typed: &Submitted,
) -> Result<StepView, Failure> {
    let t = visitor.texts();
    let action = format!("/admin/payments/{}", matter.reference);
    let mut view = step(visitor, site, &action, &t.desk_payment_title(matter.reference.as_str()))?;
    view.lead = vec![t.desk_payment_lead().to_owned()];
    if let Some(order) = &matter.order {
        let edition = shelf.edition()?;
        let present = Presenter::new(t, &edition.catalogue);
        let service = edition.catalogue.service(&order.service);
        let service =
            service.map_or_else(|| order.service.clone(), |entry| present.text(&entry.service.name).text);
        let agency = edition.catalogue.agency(&order.agency);
        let agency =
            agency.map_or_else(|| order.agency.clone(), |entry| present.text(&entry.agency.name).text);
        let (amount, stands) = (t.yuan(&order.fen()), t.payment_state(&order.state));
        let when = t.moment(&local(order.changed_at.moment()));
        view.lead.push(format!("{service} · {agency} · {amount} · {stands} · {when}"));
    }
    view.lead.extend(matter.reason.as_ref().map(|reason| t.desk_payment_citizen_says(reason.as_str())));
    let open = Way::ALL.into_iter().filter(|way| way.is_open(matter.order.as_ref()));
    let choices: Vec<Choice> =
        open.map(|way| Choice::new(way.tag(), way_name(t, way), typed.get("way") == way.tag())).collect();
    let way = Field::new("way", t.desk_payment_what()).choices(choices);
    let reason = Field::new("reason", t.sanction_reason()).hint(t.desk_payment_reason_hint());
    view.inputs = vec![
        Input::new("radio", Field { required: true, ..way }),
        Input::new("long", Field { required: true, ..reason.value(typed.get("reason")) }),
    ];
    t.desk_payment_submit().clone_into(&mut view.submit);
    Ok(view)
}

/// `POST /admin/payments/{reference}`
pub async fn settle_item(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    reference: Path<String>,
    typed: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let member = treasurer(&visitor, &site).await?;
    let matter = matter(&site, &member, reference.into_inner()).await?;
    let t = visitor.texts();
    let mut view = form(&visitor, (&site, &shelf), &matter, &typed)?;
    let reason = typed.get("reason").to_owned();
    if reason.is_empty() || reason.chars().count() > REASON {
        view.wrong("reason", t.sanction_reason_wrong());
    }
    let way = Way::named(typed.get("way")).filter(|way| way.is_open(matter.order.as_ref()));
    let Some(way) = way else {
        view.wrong("way", t.form_choose_one());
        return shown(&view).map(Either::Right);
    };
    if view.is_wrong() {
        return shown(&view).map(Either::Right);
    }
    let (now, by, number) = (site.clock.now(), member.login.clone(), matter.reference.clone());
    match site.db.tx(move |c| desk::settle(c, now, (&number, way), (&by, &reason))).await {
        Ok(()) => Ok(Either::Left(see_other("/admin/payments?done=1"))),
        Err(PayError::NotNow) => {
            view.wrong("way", t.desk_payment_not_now());
            shown(&view).map(Either::Right)
        }
        Err(error) => Err(error.into()),
    }
}
