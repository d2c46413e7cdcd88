//! `/voice`: what somebody has to say. Guides and answers are looked through first; from each there is a way on to a person.
//! `/voice/answers`: questions that were answered for everybody.

use actix_web::{HttpRequest, web::Data};
use yimen_search::Page as Part;

use super::{agency_name, clocks};
use crate::{
    catalogue::{
        Edition, Shelf,
        present::{Presenter, urls},
    },
    voice::{
        Kind,
        answers::{self, Answer},
        views::{AnswerLine, AnswersView, ChooseView, ElsewhereLine, KindLine},
    },
    web::{Failure, Page, Site, Visitor, frame::Link, query, session::Realm},
};

/// So many of each kind of answer are shown.
const FEW: usize = 5;
/// Letters of a question that are read.
const READ: usize = 100;

fn words(request: &HttpRequest) -> String {
    let typed = query(request, "q").unwrap_or_default();
    let plain = typed.chars().filter(|c| !yimen_contract::text::is_unprintable(*c)).take(READ);
    plain.collect::<String>().trim().to_owned()
}

fn answer_line(present: Presenter<'_>, one: &Answer) -> AnswerLine {
    let service = one.service.as_deref().and_then(|code| present.catalogue.service(code));
    AnswerLine {
        question: one.question.clone(),
        answer: one.answer.clone(),
        agency: agency_name(present, &one.agency),
        service: service
            .map(|entry| Link::new(present.text(&entry.service.name), urls::service(&entry.service.code))),
    }
}

/// `GET /voice`
pub async fn choose(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let edition = clocks.edition();
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let (q, about) = (words(&request), About::of(present, &request));
    let searched = !q.is_empty();
    let code = about.service.clone().filter(|_| !searched);
    let published = if searched || code.is_some() {
        site.db.read(move |c| answers::public(c, code.as_deref())).await?
    } else {
        Vec::new()
    };
    let found = if searched { answers::matching(edition, published, &q, FEW) } else { published };
    let policy = clocks.policy()?;
    let signed = visitor.session(Realm::Citizen).is_some();
    let kind = |kind: Kind| KindLine {
        kind: kind.tag().to_owned(),
        url: format!("/voice/{}/new{}", kind.tag(), about.query()),
        guest: (!signed && policy.guests.iter().any(|tag| tag == kind.tag()))
            .then(|| format!("/voice/{}/guest{}", kind.tag(), about.query())),
    };
    Page::new(&ChooseView {
        hits: if searched { hits(present, edition, &q) } else { Vec::new() },
        answers: found.iter().take(FEW).map(|one| answer_line(present, one)).collect(),
        kinds: Kind::OPEN.map(kind).into(),
        elsewhere: policy
            .elsewhere
            .iter()
            .map(|one| ElsewhereLine { name: present.text(&one.name), turn_to: present.text(&one.turn_to) })
            .collect(),
        hidden: about.hidden(),
        about: about.link,
        searched,
        q,
        frame: visitor.frame(),
    })
}

fn hits(present: Presenter<'_>, edition: &Edition, q: &str) -> Vec<crate::catalogue::views::ServiceCard> {
    let found = edition.index.search(q, |_| true, Part::first(FEW));
    let positions: Vec<usize> = found.hits.iter().map(|hit| hit.doc).collect();
    present.services(&positions)
}

/// What somebody came from: a service's guide, or an agency's page.
pub(super) struct About {
    pub service: Option<String>,
    pub agency: Option<String>,
    pub link: Option<Link>,
}

impl About {
    pub(super) fn of(present: Presenter<'_>, request: &HttpRequest) -> Self {
        let get = |name| query(request, name).unwrap_or_default();
        Self::named(present, &get("service"), &get("agency"))
    }

    /// What there is not is nothing.
    pub(super) fn named(present: Presenter<'_>, service: &str, agency: &str) -> Self {
        let service = present.catalogue.service(service).map(|entry| &entry.service);
        let agency = present.catalogue.agency(agency).filter(|_| service.is_none());
        let link = match (service, agency) {
            (Some(service), _) => Some(Link::new(present.text(&service.name), urls::service(&service.code))),
            (None, Some(entry)) => Some(present.agency(entry)),
            (None, None) => None,
        };
        Self {
            service: service.map(|service| service.code.clone()),
            agency: agency.map(|entry| entry.slug.clone()),
            link,
        }
    }

    pub(super) fn hidden(&self) -> Vec<(&'static str, String)> {
        let service = self.service.iter().map(|code| ("service", code.clone()));
        service.chain(self.agency.iter().map(|slug| ("agency", slug.clone()))).collect()
    }

    /// As the end of an address.
    fn query(&self) -> String {
        let all: Vec<String> = self.hidden().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if all.is_empty() { String::new() } else { format!("?{}", all.join("&")) }
    }
}

/// `GET /voice/answers`
pub async fn answers(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let clocks = clocks(&shelf)?;
    let edition = clocks.edition();
    let present = Presenter::new(visitor.texts(), &edition.catalogue);
    let q = words(&request);
    let all = site.db.read(move |c| answers::public(c, None)).await?;
    let all = if q.is_empty() { all } else { answers::matching(edition, all, &q, usize::MAX) };
    Page::new(&AnswersView {
        answers: all.iter().map(|one| answer_line(present, one)).collect(),
        q,
        frame: visitor.frame(),
    })
}
