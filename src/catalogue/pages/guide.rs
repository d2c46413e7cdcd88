//! `/services/{code}`.

use actix_web::{
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::service::{self, Service};

use super::edition;
use crate::{
    catalogue::{
        AgencyEntry, Catalogue, ServiceEntry, Shelf, closures,
        counts::Counts,
        present::{Presenter, urls},
        retired,
        views::{
            Basis, Contact, Fee, GuideView, LicenceLine, Offered, Outcome, Paper, Question, Remedies,
            RetiredView, ScoreView, SpecialStep, Step, Visit,
        },
    },
    platform::Moment,
    policy::Rule,
    web::{Failure, Frame, Page, Site, Visitor, frame::Link},
};

/// Others of the same class shown under a guide.
const RELATED: usize = 6;

pub async fn guide(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    counts: Data<Counts>,
    code: Path<String>,
) -> Result<Page, Failure> {
    let edition = edition(&shelf)?;
    let catalogue = &edition.catalogue;
    let Some(at) = catalogue.position(&code) else {
        return gone(&visitor, &site, catalogue, &code).await;
    };
    let entry = &catalogue.services[at];
    let present = Presenter::new(visitor.texts(), catalogue);
    let mut view = view(present, visitor.common_frame(), at, entry, site.clock.now());
    let slug = &catalogue.agency_of(entry).slug;
    view.closures = closures::lines(present, &edition.closures, (slug, &entry.service));
    let least = least_ratings(catalogue, site.clock.now());
    let url = urls::ratings(&entry.service.code);
    view.score = least.and_then(|least| ScoreView::of(&edition.scores.service(&code), least, Some(url)));
    Ok(Page::new(&view)?.keep().counted(counts.of(&entry.service.code)))
}

/// How many ratings say something; nothing where the city does not ask for any.
pub(crate) fn least_ratings(catalogue: &Catalogue, now: Moment) -> Option<u64> {
    let asks = catalogue.city.ratings.is_some();
    asks.then(|| catalogue.rules.at(now).number(Rule::MinSample).into())
}

/// Codes are copied from paper, where small letters are as good as capitals.
pub(in crate::catalogue) fn known_as(
    catalogue: &Catalogue,
    code: &str,
    below: &str,
) -> Result<Page, Failure> {
    let entry = catalogue.service(&code.to_ascii_uppercase()).ok_or(Failure::NotFound)?;
    Ok(Page::moved(urls::service(&entry.service.code) + below))
}

/// The address of a service that there is not: as it is written properly, the one that took its place, or that it is not
/// offered any more and where to go. It is no address for good: the service may come back.
async fn gone(visitor: &Visitor, site: &Site, catalogue: &Catalogue, code: &str) -> Result<Page, Failure> {
    if let Ok(page) = known_as(catalogue, code, "") {
        return Ok(page);
    }
    let asked = code.to_ascii_uppercase();
    let found = site.db.read(move |c| retired::of(c, &asked)).await?.ok_or(Failure::NotFound)?;
    let next = found.successor.as_deref().and_then(|code| catalogue.service(code));
    if let Some(next) = next {
        return Ok(Page::moved(urls::service(&next.service.code)).status(StatusCode::FOUND));
    }
    let present = Presenter::new(visitor.texts(), catalogue);
    let view = RetiredView {
        name: found.name,
        agency: catalogue.agency(&found.agency).map(|agency| present.agency(agency)),
        frame: visitor.frame(),
    };
    Ok(Page::new(&view)?.status(StatusCode::GONE))
}

/// The guide to a service of a version that is not live, for whoever reviews it.
pub fn preview_guide(present: Presenter<'_>, frame: Frame, code: &str, now: Moment) -> Option<GuideView> {
    let at = present.catalogue.position(code)?;
    let view = view(present, frame, at, &present.catalogue.services[at], now);
    Some(GuideView { offered: Offered { preview: true, closed: None }, ..view })
}

fn view(present: Presenter<'_>, frame: Frame, at: usize, entry: &ServiceEntry, now: Moment) -> GuideView {
    let catalogue = present.catalogue;
    let service = &entry.service;
    let agency = catalogue.agency_of(entry);
    let related = catalogue.in_class(&service.class).iter().copied().filter(|other| *other != at);
    let bulletins = catalogue.bulletins_of(at).filter(|bulletin| bulletin.is_current(now));
    let zones = service.zones.iter().filter_map(|id| catalogue.zone(id));
    let joint = service.joint_with.iter().filter_map(|slug| catalogue.agency(slug));
    GuideView {
        frame,
        code: service.code.clone(),
        item_code: service.item_code.clone(),
        name: present.text(&service.name),
        summary: present.text(&service.summary),
        domain: domain(present, service),
        class: class(present, service),
        agency: present.agency(agency),
        joint_with: joint.map(|agency| present.agency(agency)).collect(),
        kind: service.kind,
        item_type: service.item_type,
        level: service.level,
        scope: service.scope,
        audience: service.audience,
        assurance: service.assurance,
        agent_allowed: service.agent_allowed,
        sample: service.sample,
        months: service.months.clone(),
        time: service.time.clone(),
        fee: fee(present, service),
        visits: service.visits,
        maturity: service.maturity(agency.agency.backend.driver),
        visit: visit(present, service),
        conditions: service.conditions.iter().map(|condition| present.text(condition)).collect(),
        papers: papers(present, service),
        steps: service.steps.iter().map(|it| step(present, it)).collect(),
        result: Outcome {
            name: present.text(&service.result.name),
            delivery: service.result.delivery.clone(),
            note: present.maybe(service.result.note.as_ref()),
        },
        basis: service
            .basis
            .iter()
            .map(|basis| Basis {
                law: present.text(&basis.law),
                article: present.text(&basis.article),
                text: present.text(&basis.text),
            })
            .collect(),
        contact: contact(present, service, agency),
        faq: service
            .faq
            .iter()
            .map(|it| Question { question: present.text(&it.q), answer: present.text(&it.a) })
            .collect(),
        remedies: Remedies {
            reconsideration_days: service.remedies.reconsideration_days,
            suit_months: service.remedies.suit_months,
            note: present.text(&service.remedies.note),
        },
        policies: catalogue.policies_of(at).map(|policy| present.policy(policy)).collect(),
        closures: Vec::new(),
        score: None,
        bulletins: bulletins.map(|bulletin| present.bulletin(bulletin)).collect(),
        licence: licence(present, service),
        related: related.take(RELATED).map(|at| present.service(&catalogue.services[at])).collect(),
        events: catalogue
            .events_of(at)
            .map(|event| Link::new(present.text(&event.name), urls::event(&event.id)))
            .collect(),
        zones: zones.map(|zone| Link::new(present.text(&zone.name), urls::zone(&zone.id))).collect(),
        version: entry.version,
        published: entry.published,
        offered: Offered::of(agency),
    }
}

pub(crate) fn domain(present: Presenter<'_>, service: &Service) -> Link {
    let name = present.catalogue.domain(&service.domain).map(|domain| present.text(&domain.name));
    Link::new(name.unwrap_or_default(), urls::domain(&service.domain))
}

fn class(present: Presenter<'_>, service: &Service) -> Link {
    let name = present.catalogue.class(&service.class).map(|class| present.text(&class.name));
    Link::new(name.unwrap_or_default(), urls::class(&service.domain, &service.class))
}

fn fee(present: Presenter<'_>, service: &Service) -> Fee {
    Fee {
        mode: service.fee.mode,
        amount_fen: service.fee.amount_fen,
        standard: present.maybe(service.fee.standard.as_ref()),
        basis: present.maybe(service.fee.basis.as_ref()),
    }
}

pub(in crate::catalogue) fn visit(present: Presenter<'_>, service: &Service) -> Option<Visit> {
    service.visit.as_ref().filter(|_| service.visits > 0).map(|visit| Visit {
        place: present.text(&visit.place),
        hours: present.text(&visit.hours),
        bring: present.text(&visit.bring),
        reason: present.text(&visit.reason),
        booking: None,
    })
}

pub(crate) fn papers(present: Presenter<'_>, service: &Service) -> Vec<Paper> {
    let paper = |paper: &service::Paper| Paper {
        name: present.text(&paper.name),
        form: paper.form,
        copies: paper.copies,
        original: paper.original,
        source: paper.source,
        necessity: paper.necessity,
        when: present.maybe(paper.when.as_ref()),
        may_be_late: paper.may_be_late,
        note: present.maybe(paper.note.as_ref()),
    };
    service.papers.iter().map(paper).collect()
}

fn step(present: Presenter<'_>, step: &service::Step) -> Step {
    Step {
        name: present.text(&step.name),
        role: present.text(&step.role),
        time: step.time,
        note: present.maybe(step.note.as_ref()),
        special: step.special.as_ref().map(|special| SpecialStep {
            basis: present.text(&special.basis),
            fee: present.maybe(special.fee.as_ref()),
            counted: special.counted,
        }),
    }
}

/// The service's own numbers, or else the agency's.
pub(crate) fn contact(present: Presenter<'_>, service: &Service, agency: &AgencyEntry) -> Contact {
    let office = &agency.agency.contact;
    let own = service.contact.as_ref();
    Contact {
        phone: own.map_or(&office.phone, |own| &own.phone).clone(),
        complaint_phone: own.map_or(&office.complaint_phone, |own| &own.complaint_phone).clone(),
        address: present.text(&office.address),
        hours: present.text(&office.hours),
    }
}

fn licence(present: Presenter<'_>, service: &Service) -> Option<LicenceLine> {
    let (issuer, licence) = present.catalogue.licence(&service.licence.as_ref()?.code)?;
    Some(LicenceLine {
        name: present.text(&licence.name),
        renewal: present.maybe(licence.overdue.as_ref()).unwrap_or_default(),
        url: urls::agency(&issuer.slug),
    })
}
