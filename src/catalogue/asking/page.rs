//! The page of a question: its form, and the answer.

use std::{collections::HashMap, time::Duration};

use actix_web::{
    HttpRequest,
    http::StatusCode,
    web::{Data, Path},
};
use yimen_contract::{
    capability::{
        Outcome,
        lookup::{Input as Question, Output},
        person::{Answers, Page as Part},
    },
    query::Query,
    service::Service,
};

use super::{
    FileLinks, found, level_of, query_of,
    typed::{self, Wrong},
};
use crate::{
    accounts::acting::{self, Party, Represented, What},
    cache::Key,
    catalogue::{
        AgencyEntry, Catalogue, Edition, ServiceEntry, Shelf, closures,
        pages::{
            guide::{contact, domain},
            start::local,
        },
        present::{Presenter, urls},
        views::{AskView, Barred, FoundSaid, FoundView, Offered},
    },
    db::Conn,
    gateway::{self, About, Gateway, GatewayError, Request, told},
    web::{
        Failure, Frame, Page, Site, Submitted, Visitor, query as asked_for,
        session::{Realm, Signed},
    },
};

/// Longer nobody looks at a page that does not come.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Questions that somebody who is not signed in may have put to agencies in a minute.
const A_MINUTE: u64 = 120;
/// Nobody turns more pages than that.
const LAST_PAGE: u32 = 1000;

/// A question being asked: by whom, of whom, about what.
struct Asking<'a> {
    visitor: &'a Visitor,
    site: &'a Site,
    gateway: &'a Gateway,
    edition: &'a Edition,
    catalogue: &'a Catalogue,
    agency: &'a AgencyEntry,
    entry: &'a ServiceEntry,
    query: &'a Query,
}

/// `GET /services/{code}/start`: the form; and the answer too, where everybody may ask.
pub async fn asked(
    (visitor, site, gateway): (&Visitor, &Site, &Gateway),
    edition: &Edition,
    entry: &ServiceEntry,
    request: &HttpRequest,
) -> Result<Option<Page>, Failure> {
    let Some(query) = query_of(&entry.service) else { return Ok(None) };
    let catalogue = &*edition.catalogue;
    let agency = catalogue.agency_of(entry);
    let asking = Asking { visitor, site, gateway, edition, catalogue, agency, entry, query };
    let (asking, party) = asking.for_whom().await?;
    let (entry, query) = (asking.entry, asking.query);
    let open = level_of(&entry.service).is_none();
    let given: HashMap<String, String> = query
        .inputs
        .iter()
        .map(typed::name)
        .chain(["page".to_owned()])
        .filter_map(|name| Some((name.clone(), asked_for(request, &name)?)))
        .collect();
    if open && asked_for(request, "ask").is_some() {
        return asking.answer(&given, None).await.map(Some);
    }
    let view = AskView { barred: party.err(), ..asking.view(&given, &[])? };
    Page::new(&view).map(Some)
}

/// `POST /services/{code}/start`: asks the agency about a person, or puts down the wish to be told when it is back.
pub async fn ask(
    visitor: Visitor,
    site: Data<Site>,
    shelf: Data<Shelf>,
    gateway: Data<Gateway>,
    code: Path<String>,
    form: Submitted,
) -> Result<Page, Failure> {
    let edition = shelf.edition()?;
    let catalogue = &edition.catalogue;
    let entry = catalogue.service(&code).ok_or(Failure::NotFound)?;
    let query = query_of(&entry.service).ok_or(Failure::NotFound)?;
    let agency = catalogue.agency_of(entry);
    let asking = Asking {
        visitor: &visitor,
        site: &site,
        gateway: &gateway,
        edition: &edition,
        catalogue,
        agency,
        entry,
        query,
    };
    let (asking, party) = asking.for_whom().await?;
    let query = asking.query;
    let names = query.inputs.iter().map(typed::name).chain(["page".to_owned()]);
    let given: HashMap<String, String> =
        names.map(|name| (name.clone(), form.get(&name).to_owned())).collect();
    let party = match party {
        Ok(party) => party,
        Err(barred) => {
            let view = AskView { barred: Some(barred), ..asking.view(&given, &[])? };
            return Ok(Page::new(&view)?.status(StatusCode::FORBIDDEN));
        }
    };
    if !form.get("wish").is_empty() {
        return asking.wish(&given).await;
    }
    asking.answer(&given, party).await
}

type Whose = Result<Option<(Party, u8)>, Barred>;

impl<'a> Asking<'a> {
    /// Who asks, and what they are asked: some get a version of the agency's package that is on trial.
    async fn for_whom(self) -> Result<(Self, Whose), Failure> {
        let party = self.party().await?;
        let Ok(Some((someone, level))) = &party else { return Ok((self, party)) };
        let citizen = About::service(someone, *level, &[]).citizen;
        let Some((agency, entry)) = self.catalogue.on_trial(self.entry, citizen) else {
            return Ok((self, party));
        };
        let Some(query) = query_of(&entry.service) else { return Ok((self, party)) };
        let other = Self { agency, entry, query, ..self };
        let party = other.party().await?;
        Ok((other, party))
    }

    fn service(&self) -> &'a Service {
        &self.entry.service
    }

    fn agency(&self) -> &'a str {
        &self.agency.slug
    }

    fn signed(&self) -> Option<&Signed> {
        self.visitor.session(Realm::Citizen).map(|session| &session.signed)
    }

    /// Who asks, and for whom. `None`: nobody has to say.
    async fn party(&self) -> Result<Whose, Failure> {
        super::party(self.visitor, self.site, self.service()).await
    }

    async fn answer(
        &self,
        given: &HashMap<String, String>,
        party: Option<(Party, u8)>,
    ) -> Result<Page, Failure> {
        let typed = |name: &str| given.get(name).map_or("", String::as_str);
        let answers = match typed::read(self.query, typed) {
            Ok(answers) => answers,
            Err(mistakes) => {
                let view = self.view(given, &mistakes)?;
                return Ok(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY));
            }
        };
        let number = typed("page").parse().unwrap_or(1_u32).clamp(1, LAST_PAGE);
        let mut view = self.view(given, &[])?;
        let (said, status) = match self.put(answers, number, party.as_ref()).await? {
            Some(outcome) => self.said(outcome, party.is_some()),
            None => (Shown::Only(FoundSaid::TooOften), StatusCode::TOO_MANY_REQUESTS),
        };
        view.answer = Some(self.found(said, number, given, party.as_ref()));
        Ok(Page::new(&view)?.status(status))
    }

    /// `None`: this visitor has had too much asked.
    async fn put(
        &self,
        answers: Answers,
        number: u32,
        party: Option<&(Party, u8)>,
    ) -> Result<Option<Outcome<Output>>, Failure> {
        let (code, now) = (&self.service().code, self.site.clock.now());
        if party.is_none() {
            let key = Key::new("public-questions", &[&self.visitor.address()]);
            let tally = self.site.cache.count(&key, Duration::from_mins(1), now).await;
            if tally.over(A_MINUTE) {
                return Ok(None);
            }
        }
        if let Some((party, _)) = party.filter(|(party, _)| party.represented != Represented::Oneself) {
            let (party, code) = (party.clone(), code.clone());
            let done = move |c: &mut Conn| acting::done(c, now, &party, What::Service, Some(&code));
            self.site.db.tx(done).await?;
        }
        let question = Question {
            service: code.clone(),
            person: None,
            answers,
            page: Part { number, size: self.query.page_size },
        };
        let claims = &self.service().claims;
        let about = party.map(|(party, level)| About::service(party, *level, claims));
        let request =
            Request { agency: self.agency(), service: Some(code), question, about, within: PATIENCE };
        match self.gateway.call(request).await {
            Ok(outcome) => Ok(Some(outcome)),
            Err(GatewayError::TooMany { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn said(&self, outcome: Outcome<Output>, signed_in: bool) -> (Shown, StatusCode) {
        let present = self.present();
        match outcome {
            Outcome::Fresh(found) if found.records.is_empty() && found.summary.is_empty() => {
                (Shown::Only(FoundSaid::Nothing(present.text(&self.query.empty))), StatusCode::OK)
            }
            Outcome::Empty => {
                (Shown::Only(FoundSaid::Nothing(present.text(&self.query.empty))), StatusCode::OK)
            }
            Outcome::Fresh(found) => {
                let said = found.as_of.map_or(FoundSaid::Answer, |at| FoundSaid::AsOf(local(at)));
                (Shown::Found(said, found), StatusCode::OK)
            }
            Outcome::Stale { value, since } => {
                // A daily file is as new as it can be; anything else is what there was before it went away.
                let daily = self.agency.agency.backend.daily_file_at.is_some();
                let at = local(since);
                let said = if daily { FoundSaid::AsOf(at) } else { FoundSaid::Earlier(at) };
                if value.records.is_empty() && value.summary.is_empty() && daily {
                    return (
                        Shown::Only(FoundSaid::Nothing(present.text(&self.query.empty))),
                        StatusCode::OK,
                    );
                }
                (Shown::Found(said, value), StatusCode::OK)
            }
            Outcome::Unavailable { until } => {
                let tell = signed_in && self.site.channels.any();
                let away = FoundSaid::Away { until: until.map(local), tell };
                (Shown::Only(away), StatusCode::SERVICE_UNAVAILABLE)
            }
            Outcome::NotEntitled => (Shown::Only(FoundSaid::NotEntitled), StatusCode::FORBIDDEN),
        }
    }

    fn found(
        &self,
        shown: Shown,
        page: u32,
        given: &HashMap<String, String>,
        party: Option<&(Party, u8)>,
    ) -> FoundView {
        let present = self.present();
        let mut asked: Vec<(String, String)> = self
            .query
            .inputs
            .iter()
            .filter_map(|input| given.get_key_value(&typed::name(input)))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if level_of(self.service()).is_none() {
            asked.push(("ask".to_owned(), "1".to_owned()));
        }
        let (said, found) = match shown {
            Shown::Only(said) => (said, None),
            Shown::Found(said, found) => (said, Some(found)),
        };
        let records = found.iter().flat_map(|found| &found.records);
        let (ring, now, service) = (&self.site.keys, self.site.clock.now(), &*self.service().code);
        let files = party.map(|(party, _)| FileLinks::of(ring, now, party, service));
        FoundView {
            said,
            summary: found.as_ref().map_or_else(Vec::new, |found| found::summary(present, self.query, found)),
            records: records.map(|one| found::record(present, self.query, one, files.as_ref())).collect(),
            total: found.as_ref().and_then(|found| found.total),
            page,
            more: found.as_ref().is_some_and(|found| found.more),
            asked,
        }
    }

    async fn wish(&self, given: &HashMap<String, String>) -> Result<Page, Failure> {
        let signed = self.signed().ok_or(Failure::Refused)?;
        let (citizen, now, agency) = (signed.subject.into(), self.site.clock.now(), self.agency().to_owned());
        self.site.db.tx(move |c| gateway::wish(c, now, citizen, &agency)).await?;
        let mut view = self.view(given, &[])?;
        view.answer = Some(self.found(Shown::Only(FoundSaid::Wished), 1, given, None));
        Page::new(&view)
    }

    fn present(&self) -> Presenter<'_> {
        Presenter::new(self.visitor.texts(), self.catalogue)
    }

    fn view(&self, given: &HashMap<String, String>, mistakes: &[(usize, Wrong)]) -> Result<AskView, Failure> {
        let personal = level_of(self.service()).is_some();
        let typed = |name: &str| given.get(name).map_or("", String::as_str);
        let inputs = typed::fields(self.present(), self.query, typed, mistakes);
        Ok(AskView {
            csrf: personal.then(|| self.visitor.form_token(self.site)).transpose()?,
            inputs,
            closures: closures::lines(
                self.present(),
                &self.edition.closures,
                (&self.agency.slug, self.service()),
            ),
            ..view(self.present(), self.visitor.frame(), self.agency, self.entry)
        })
    }
}

/// The page of a question without its fields.
fn view(present: Presenter<'_>, frame: Frame, agency: &AgencyEntry, entry: &ServiceEntry) -> AskView {
    let service = &entry.service;
    let guide = urls::service(&service.code);
    AskView {
        frame,
        name: present.text(&service.name),
        summary: present.text(&service.summary),
        action: format!("{guide}/start"),
        code: service.code.clone(),
        guide,
        domain: domain(present, service),
        agency: present.agency(agency),
        csrf: None,
        inputs: Vec::new(),
        told: told(&service.claims).map(|field| present.t.data_field(field)).collect(),
        barred: None,
        answer: None,
        closures: Vec::new(),
        contact: contact(present, service, agency),
        sample: service.sample,
        offered: Offered::default(),
    }
}

/// The question of a service as somebody would be asked it.
pub fn preview(
    present: Presenter<'_>,
    frame: Frame,
    agency: &AgencyEntry,
    entry: &ServiceEntry,
) -> Option<AskView> {
    let query = query_of(&entry.service)?;
    let inputs = typed::fields(present, query, |_| "", &[]);
    Some(AskView { inputs, ..view(present, frame, agency, entry) })
}

enum Shown {
    Only(FoundSaid),
    Found(FoundSaid, Output),
}
