//! `/me/wallet`: everything somebody holds, what ends soon first; and fetching it.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::{Holder, PROVED, WALLET, document::renew_at, group_of, local, name_of, stands, url};
use crate::{
    accounts::masking,
    catalogue::{
        Shelf,
        present::{Presenter, urls},
    },
    db::Conn,
    gateway::Gateway,
    wallet::{
        Document, Printed, Ticket, Tickets, WalletError, pull,
        queries::{self, Source},
        views::{DocumentLine, Group, RenewAt, RenewalView, SourceLine, StandsView, TicketLine, WalletView},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Link, Text},
        query, see_other,
    },
};

/// The headings, in their order.
const GROUPS: [&str; 7] = ["soon", "licences", "vouchers", "business", "own", "over", "discarded"];

pub async fn wallet(
    visitor: Visitor,
    (site, shelf, tickets): (Data<Site>, Data<Shelf>, Data<dyn Tickets>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let holder = Holder::of(&visitor, &site).await?;
    let (documents, sources, tickets) = read(&site, &holder, tickets).await?;
    let edition = shelf.edition()?;
    let (t, catalogue, today) = (visitor.texts(), &edition.catalogue, site.clock.today());
    let present = Presenter::new(t, catalogue);
    let mut groups: Vec<Group> =
        GROUPS.iter().map(|tag| Group { tag: (*tag).to_owned(), documents: Vec::new() }).collect();
    for (document, printed) in &documents {
        let stands = stands(catalogue, document, today);
        let group = group_of(catalogue, document, &stands);
        let agency = document.agency.as_deref().map(|slug| {
            let entry = catalogue.agency(slug);
            entry.map_or_else(|| Text::plain(slug), |entry| present.text(&entry.agency.name))
        });
        let line = DocumentLine {
            url: url(document.id),
            name: name_of(present, document, printed),
            agency,
            number: masking::number(&printed.number),
            renew: renew_now(present, document, &stands).filter(|_| group == "soon"),
            stands,
        };
        if let Some(group) = groups.iter_mut().find(|known| known.tag == group) {
            group.documents.push(line);
        }
    }
    for group in &mut groups {
        // What comes first stands first; what never ends last.
        group.documents.sort_by_key(|line| (line.stands.due.is_none(), line.stands.due));
    }
    groups.retain(|group| !group.documents.is_empty());
    let issuers = pull::issuers(catalogue, holder.whose.company.is_some());
    let said = match query(&request, "said").as_deref() {
        Some("fetched") => Some(("ok", t.wallet_said_fetched().to_owned())),
        Some("discarded") => Some(("ok", t.wallet_said_discarded().to_owned())),
        Some("stopped") => Some(("ok", t.wallet_said_stopped().to_owned())),
        _ => None,
    };
    Page::new(&WalletView {
        csrf: visitor.form_token(&site)?,
        said,
        groups,
        tickets: tickets.into_iter().map(|ticket| ticket_line(present, ticket)).collect(),
        issuers: issuers.iter().map(|(entry, _)| present.agency(entry)).collect(),
        asked: sources.iter().map(|source| source.asked_at.moment()).min().map(local),
        silent: sources.iter().filter_map(|source| silent(present, source)).collect(),
        unproved: holder.level < PROVED,
        acting: holder.acts(),
        company: holder.whose.company.is_some(),
        frame: visitor.frame(),
    })
}

/// The service that renews a document, where that can be done now.
fn renew_now(present: Presenter<'_>, document: &Document, stands: &StandsView) -> Option<Link> {
    let now = matches!(stands.renewal, RenewalView::Open(_) | RenewalView::Late(_) | RenewalView::Restore(_));
    match renew_at(present, present.catalogue.licence(&document.kind)) {
        RenewAt::Online(link) if now => Some(link),
        _ => None,
    }
}

/// An issuer of which more is to be said than that it answered.
fn silent(present: Presenter<'_>, source: &Source) -> Option<SourceLine> {
    let outcome = source.outcome.as_str();
    if !matches!(outcome, "unavailable" | "refused" | "stale") {
        return None;
    }
    let agency = match present.catalogue.agency(&source.agency) {
        Some(entry) => present.agency(entry),
        None => Link::new(Text::plain(&source.agency), urls::agency(&source.agency)),
    };
    Some(SourceLine {
        agency,
        outcome: outcome.to_owned(),
        asked: local(source.asked_at.moment()),
        answered: source.answered_at.map(|at| local(at.moment())),
    })
}

fn ticket_line(present: Presenter<'_>, ticket: Ticket) -> TicketLine {
    let (service, agency) =
        (present.catalogue.service(&ticket.service), present.catalogue.agency(&ticket.agency));
    let name = service.map(|entry| present.text(&entry.service.name));
    let agency = agency.map(|entry| present.text(&entry.agency.name));
    TicketLine {
        url: ticket.path,
        name: name.unwrap_or_else(|| Text::plain(ticket.service)),
        agency: agency.unwrap_or_else(|| Text::plain(ticket.agency)),
        starts: local(ticket.starts),
    }
}

type Found = (Vec<(Document, Printed)>, Vec<Source>, Vec<Ticket>);

async fn read(site: &Site, holder: &Holder, tickets: Data<dyn Tickets>) -> Result<Found, Failure> {
    let (ring, now, reader) = (site.keys.clone(), site.clock.now(), holder.clone());
    let read = move |c: &mut Conn| {
        let documents = queries::all(c, &reader.whose)?;
        let sources = queries::sources(c, &reader.whose)?;
        // A company's appointments stand with those who made them.
        let tickets = if reader.whose.company.is_none() {
            tickets.coming(c, reader.whose.citizen, now)?
        } else {
            Vec::new()
        };
        if documents.is_empty() {
            return Ok((Vec::new(), sources, tickets));
        }
        let warrant = reader.warrant(c, &ring, now)?;
        let opened = documents.into_iter().map(|document| {
            let printed = document.printed(c, &ring, &warrant)?;
            Ok::<_, WalletError>((document, printed))
        });
        Ok::<Found, WalletError>((opened.collect::<Result<_, _>>()?, sources, tickets))
    };
    // Whoever reads for another leaves a line in the record.
    let found = if holder.acts() { site.db.tx(read).await } else { site.db.read(read).await };
    Ok(found?)
}

/// Asks the issuers.
pub async fn fetch(
    visitor: Visitor,
    (site, shelf, gateway): (Data<Site>, Data<Shelf>, Data<Gateway>),
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let holder = Holder::of(&visitor, &site).await?;
    if holder.level < PROVED {
        return Ok(see_other(&format!("/me/verify?level={PROVED}&next=%2Fme%2Fwallet")));
    }
    let edition = shelf.edition()?;
    let asker = pull::Asker::of(&holder.party, holder.level);
    pull::pull(&site, &gateway, &edition.catalogue, &asker).await?;
    Ok(see_other(&format!("{WALLET}?said=fetched")))
}

/// Nobody is asked on somebody's behalf any more.
pub async fn stop(visitor: Visitor, site: Data<Site>, _sent: Submitted) -> Result<HttpResponse, Failure> {
    let holder = Holder::of(&visitor, &site).await?;
    site.db.tx(move |c| pull::stop(c, &holder.whose)).await?;
    Ok(see_other(&format!("{WALLET}?said=stopped")))
}
