//! `/agency/writing`: for staff, how often the notices and policies of their agencies were opened. Whoever leads one publishes there.

use std::collections::HashMap;

use actix_web::{HttpRequest, web::Data};
use chrono::NaiveDate;

use super::{PAGE, edition, page_of};
use crate::{
    accounts::staff::{Act, pages::AtAgencies},
    catalogue::{
        Shelf,
        counts::{self, Opened, Writing},
        issued,
        present::{Presenter, urls},
        views::{OpenedLine, OpenedView},
    },
    db::{Conn, DbError},
    platform::clock::city_day,
    web::{Failure, Page, Site, Visitor, frame::Pager, query},
};

/// Something that an agency wrote, before it is known how often it was opened.
struct Piece<'a> {
    kind: Writing,
    id: &'a str,
    agency: usize,
    /// Since when it is there to be read.
    since: NaiveDate,
}

pub async fn opened(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let at = AtAgencies::of(&visitor, &site).await?;
    let reads = |act: Act| at.allowed_here(act);
    if !reads(Act::WorkCases) && !reads(Act::Integrate) {
        return Err(Failure::Refused);
    }
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let theirs: Vec<bool> = catalogue
        .agencies
        .iter()
        .map(|entry| at.may(Act::WorkCases, &entry.slug) || at.may(Act::Integrate, &entry.slug))
        .collect();
    let bulletins = catalogue.bulletins.iter().map(|entry| Piece {
        kind: Writing::Bulletin,
        id: &entry.bulletin.id,
        agency: entry.agency,
        since: city_day(entry.bulletin.published),
    });
    let policies = catalogue.policies.iter().map(|entry| Piece {
        kind: Writing::Policy,
        id: &entry.policy.id,
        agency: entry.agency,
        since: entry.policy.issued,
    });
    let mut pieces: Vec<Piece<'_>> = bulletins.chain(policies).filter(|piece| theirs[piece.agency]).collect();
    pieces.sort_by(|one, other| (other.since, one.id).cmp(&(one.since, other.id)));
    let (page, pages) = page_of(query(&request, "page").as_deref(), pieces.len());
    let shown: Vec<Piece<'_>> = pieces.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let sums = sums(&site, &shown).await?;
    let present = Presenter::new(visitor.texts(), catalogue);
    let may_end = |piece: &Piece<'_>| {
        let slug = &catalogue.agencies[piece.agency].slug;
        let issued = piece.kind == Writing::Bulletin && issued::is_issued(slug, piece.id);
        (issued && at.may(Act::ApproveCases, slug)).then(|| (slug.clone(), piece.id.to_owned()))
    };
    let said = match query(&request, "said").as_deref() {
        Some("published") => Some(("ok", visitor.texts().publish_said().to_owned())),
        Some("ended") => Some(("ok", visitor.texts().publish_ended().to_owned())),
        _ => None,
    };
    let lines = shown.iter().filter_map(|piece| line(present, piece, &sums, may_end(piece)));
    Page::new(&OpenedView {
        lines: lines.collect(),
        csrf: visitor.form_token(&site)?,
        publishes: reads(Act::ApproveCases),
        said,
        days: counts::WINDOW_DAYS,
        pager: Pager { page, pages, base: "/agency/writing?page=".to_owned() },
        frame: visitor.frame(),
    })
}

type Sums = HashMap<(Writing, String), Opened>;

async fn sums(site: &Site, shown: &[Piece<'_>]) -> Result<Sums, Failure> {
    let ids = |kind: Writing| -> Vec<String> {
        shown.iter().filter(|piece| piece.kind == kind).map(|piece| piece.id.to_owned()).collect()
    };
    let (today, bulletins, policies) = (site.clock.today(), ids(Writing::Bulletin), ids(Writing::Policy));
    let read = move |c: &mut Conn| {
        let mut all = Sums::new();
        for (kind, ids) in [(Writing::Bulletin, bulletins), (Writing::Policy, policies)] {
            let opened = counts::opened(c, today, kind, &ids)?;
            all.extend(opened.into_iter().map(|(id, opened)| ((kind, id), opened)));
        }
        Ok::<_, DbError>(all)
    };
    Ok(site.db.read(read).await?)
}

fn line(
    present: Presenter<'_>,
    piece: &Piece<'_>,
    sums: &Sums,
    may_end: Option<(String, String)>,
) -> Option<OpenedLine> {
    let catalogue = present.catalogue;
    let (title, url) = match piece.kind {
        Writing::Bulletin => (&catalogue.bulletin(piece.id)?.bulletin.title, urls::bulletin(piece.id)),
        Writing::Policy => (&catalogue.policy(piece.id)?.policy.title, urls::policy(piece.id)),
    };
    let opened = sums.get(&(piece.kind, piece.id.to_owned())).copied().unwrap_or_default();
    Some(OpenedLine {
        title: present.text(title),
        url,
        kind: piece.kind,
        agency: present.agency(&catalogue.agencies[piece.agency]).text,
        since: piece.since,
        lately: opened.lately,
        ever: opened.ever,
        may_end,
    })
}
