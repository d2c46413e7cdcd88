//! `/policies`, `/policies/{id}`, `/bulletins`, `/bulletins/{id}`

use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use yimen_contract::writing::{BulletinKind, Warning};

use super::{PAGE, edition, page_of};
use crate::{
    catalogue::{
        BulletinEntry, Catalogue, Shelf,
        counts::{Counts, Writing},
        markdown,
        present::{self, Presenter, urls},
        views::{
            BulletinTextView, BulletinView, BulletinsView, Filter, FilterOption, PoliciesView, PolicyView,
            Words as _,
        },
    },
    platform::{
        Moment,
        clock::{CITY_ZONE, city_day},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Pager, Tab, Text},
        query,
    },
};

pub async fn policies(visitor: Visitor, shelf: Data<Shelf>, request: HttpRequest) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let found = catalogue.policies.len();
    let (page, pages) = page_of(query(&request, "page").as_deref(), found);
    let shown = catalogue.policies.iter().skip((page - 1) * PAGE).take(PAGE);
    let view = PoliciesView {
        frame: visitor.common_frame(),
        policies: shown.map(|entry| present.policy(entry)).collect(),
        found,
        pager: Pager { page, pages, base: "/policies?page=".to_owned() },
    };
    Ok(Page::new(&view)?.keep())
}

pub async fn policy(
    visitor: Visitor,
    site: Data<Site>,
    (shelf, counts): (Data<Shelf>, Data<Counts>),
    id: Path<String>,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let entry = catalogue.policy(&id).ok_or(Failure::NotFound)?;
    let policy = &entry.policy;
    let (body, body_fallback) = present.markdown(&policy.body);
    let view = PolicyView {
        frame: visitor.common_frame(),
        title: present.text(&policy.title),
        summary: present.text(&policy.summary),
        issuer: present.text(&policy.issuer),
        agency: present.agency(&catalogue.agencies[entry.agency]),
        issued: policy.issued,
        valid_from: policy.valid_from,
        valid_until: policy.valid_until,
        ended: present::has_ended(policy.valid_until, city_day(site.clock.now())),
        body,
        body_fallback,
        sample: policy.sample,
        services: present.services(&entry.services),
    };
    Ok(Page::new(&view)?.keep().counted(counts.of_writing(Writing::Policy, &policy.id)))
}

/// A warning's level, and the districts that it names.
fn warned(present: Presenter<'_>, warning: &Warning) -> (&'static str, Vec<Text>) {
    let districts = present.catalogue.city.city.districts.iter();
    let named = districts.filter(|district| warning.districts.contains(&district.code));
    (warning.level.tag(), named.map(|district| present.text(&district.name)).collect())
}

const KINDS: [(&str, BulletinKind); 4] = [
    ("news", BulletinKind::News),
    ("change", BulletinKind::Change),
    ("urgent", BulletinKind::Urgent),
    ("clarification", BulletinKind::Clarification),
];

pub async fn bulletins(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let t = visitor.texts();
    let present = Presenter::new(t, catalogue);
    let now = site.clock.now();
    let kind = query(&request, "kind").and_then(|asked| KINDS.into_iter().find(|(word, _)| *word == asked));
    let agency = query(&request, "agency").filter(|slug| catalogue.agency(slug).is_some());
    let of_kind = |entry: &&BulletinEntry| kind.is_none_or(|(_, kind)| entry.bulletin.kind == kind);
    let current: Vec<&BulletinEntry> =
        catalogue.bulletins.iter().filter(|entry| entry.is_current(now)).filter(of_kind).collect();
    let by_agency =
        |slug: &str| current.iter().filter(|entry| catalogue.agencies[entry.agency].slug == slug).count();
    let found: Vec<&BulletinEntry> = current
        .iter()
        .copied()
        .filter(|entry| agency.as_ref().is_none_or(|slug| catalogue.agencies[entry.agency].slug == *slug))
        .collect();
    let (page, pages) = page_of(query(&request, "page").as_deref(), found.len());
    let options = catalogue.agencies.iter().filter_map(|entry| {
        let count = by_agency(&entry.slug);
        (count > 0).then(|| FilterOption {
            value: entry.slug.clone(),
            label: present.text(&entry.agency.name),
            count,
            chosen: agency.as_deref() == Some(entry.slug.as_str()),
        })
    });
    let address = |kind: Option<&str>, agency: Option<&str>| {
        let parts = [("kind", kind), ("agency", agency)].into_iter();
        let parts: Vec<_> = parts.filter_map(|(key, value)| Some(format!("{key}={}", value?))).collect();
        if parts.is_empty() { "/bulletins".to_owned() } else { format!("/bulletins?{}", parts.join("&")) }
    };
    let word = kind.map(|(word, _)| word);
    let here = address(word, agency.as_deref());
    let joint = if here.contains('?') { '&' } else { '?' };
    let all = Tab {
        label: t.bulletins_all_kinds().to_owned(),
        url: address(None, agency.as_deref()),
        count: None,
        current: kind.is_none(),
    };
    let kinds = KINDS.iter().map(|(tag, kind)| Tab {
        label: t.bulletin_kind(kind).to_owned(),
        url: address(Some(tag), agency.as_deref()),
        count: None,
        current: word == Some(*tag),
    });
    let view = BulletinsView {
        frame: visitor.common_frame(),
        kinds: std::iter::once(all).chain(kinds).collect(),
        agency: Filter {
            name: "agency",
            label: t.filter_agency().to_owned(),
            options: options.collect(),
            without: address(word, None),
        },
        kind: word.map(str::to_owned),
        bulletins: found
            .iter()
            .skip((page - 1) * PAGE)
            .take(PAGE)
            .map(|entry| present.bulletin(entry))
            .collect(),
        found: found.len(),
        pager: Pager { page, pages, base: format!("{here}{joint}page=") },
    };
    Ok(Page::new(&view)?.keep())
}

/// `/bulletins/{id}/text`: the notice as plain text, fit to be read aloud.
pub async fn bulletin_text(
    visitor: Visitor,
    site: Data<Site>,
    (shelf, counts): (Data<Shelf>, Data<Counts>),
    id: Path<String>,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let entry = published(&edition.catalogue, &id, site.clock.now())?;
    let agency = &edition.catalogue.agencies[entry.agency].agency;
    let view = BulletinTextView {
        t: visitor.texts(),
        title: present.text(&entry.bulletin.title),
        agency: present.text(&agency.name),
        phone: agency.contact.phone.clone(),
        published: entry.bulletin.published.with_timezone(&CITY_ZONE).naive_local(),
        body: markdown::plain(present.t.say(&entry.bulletin.body).text),
        services: entry
            .services
            .iter()
            .map(|at| present.text(&edition.catalogue.services[*at].service.name))
            .collect(),
    };
    Ok(Page::new(&view)?
        .typed("text/plain; charset=utf-8")
        .keep()
        .counted(counts.of_writing(Writing::Bulletin, &entry.bulletin.id)))
}

/// A link to a notice that has ended still leads to it, marked as ended; one not yet published to nothing.
fn published<'a>(catalogue: &'a Catalogue, id: &str, now: Moment) -> Result<&'a BulletinEntry, Failure> {
    catalogue.bulletin(id).filter(|entry| entry.bulletin.published <= now).ok_or(Failure::NotFound)
}

pub async fn bulletin(
    visitor: Visitor,
    site: Data<Site>,
    (shelf, counts): (Data<Shelf>, Data<Counts>),
    id: Path<String>,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let present = Presenter::new(visitor.texts(), catalogue);
    let now = site.clock.now();
    let entry = published(catalogue, &id, now)?;
    let bulletin = &entry.bulletin;
    let agency = &catalogue.agencies[entry.agency];
    let others = agency.bulletins.iter().map(|at| &catalogue.bulletins[*at]);
    let others = others.filter(|other| other.is_current(now) && other.bulletin.id != bulletin.id);
    let (body, body_fallback) = present.markdown(&bulletin.body);
    let local = |at: Moment| at.with_timezone(&CITY_ZONE).naive_local();
    let view = BulletinView {
        frame: visitor.common_frame(),
        text: urls::bulletin(&bulletin.id) + "/text",
        kind: bulletin.kind,
        warning: bulletin.warning.as_ref().map(|warning| warned(present, warning)),
        title: present.text(&bulletin.title),
        agency: present.agency(agency),
        published: local(bulletin.published),
        expires: bulletin.expires.map(local),
        expired: !entry.is_current(now),
        body,
        body_fallback,
        sample: bulletin.sample,
        services: present.services(&entry.services),
        others: others.take(5).map(|entry| present.bulletin(entry)).collect(),
    };
    Ok(Page::new(&view)?.keep().counted(counts.of_writing(Writing::Bulletin, &bulletin.id)))
}
