//! What an agency says is owed: the question, from a form's answers to the list.

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;
use serde_json::Map;
use yimen_contract::{
    capability::{
        Outcome,
        dues::{Due, ListInput, ListOutput, Status},
        person::{Answers, Page as Part},
    },
    service::Service,
};
use yimen_forms::{Draft, Field, Form, Kind};

use crate::{
    accounts::acting::{self, Represented, What},
    catalogue::{Catalogue, Edition, ServiceEntry, filling::Forms},
    db::Conn,
    gateway::{About, Gateway, GatewayError, Request},
    payments::Payer,
    web::{Failure, Site},
};

/// Longer nobody looks at a page that does not come.
const PATIENCE: Duration = Duration::from_secs(5);
/// So much stands on one page; nobody owes more of one kind.
const AT_ONCE: u16 = 100;
const MOST_PAGES: u32 = 5;

/// A question about what is owed.
pub(super) struct Owed<'a> {
    pub edition: &'a Edition,
    pub entry: &'a ServiceEntry,
    pub form: Option<Arc<Form>>,
    pub draft: Draft,
}

/// What the agency answered, as far as it did.
pub(super) type Answered = Result<Outcome<Vec<Due>>, TooOften>;

/// This person has had too much asked.
#[derive(Debug)]
pub(super) struct TooOften;

impl<'a> Owed<'a> {
    /// A service's question with what was typed, or nothing typed yet.
    pub async fn new<'p>(
        (site, forms): (&Site, &Forms),
        edition: &'a Edition,
        entry: &'a ServiceEntry,
        typed: Option<Vec<(&'p str, &'p str)>>,
    ) -> Result<Self, Failure> {
        let agency = edition.catalogue.agency_of(entry);
        let form = match entry.service.form.as_deref() {
            Some(path) => Some(forms.live(&site.db, &agency.slug, path).await?.1),
            None => None,
        };
        let mut draft = Draft::default();
        if let (Some(form), Some(typed)) = (&form, typed) {
            for page in &form.pages {
                draft.take(form, page, typed.iter().copied()).map_err(|_| Failure::TooLarge)?;
            }
        }
        Ok(Self { edition, entry, form, draft })
    }

    pub fn catalogue(&self) -> &'a Catalogue {
        &self.edition.catalogue
    }

    pub fn service(&self) -> &'a Service {
        &self.entry.service
    }

    pub fn agency(&self) -> &'a str {
        &self.catalogue().agency_of(self.entry).slug
    }

    /// The question that a due's own number answers: one that must be answered before one that may be.
    pub fn asks_for(&self, number: &str, today: NaiveDate) -> Option<&str> {
        let form = self.form.as_ref()?;
        let fits = |field: &&Field| {
            let mut draft = Draft::default();
            draft.fix(form, &field.name, &number.into());
            matches!(field.kind, Kind::Text(_)) && form.fill(&draft, today).problem(&field.name).is_none()
        };
        let (must, may): (Vec<&Field>, Vec<&Field>) = form.fields.iter().partition(|field| field.required);
        must.into_iter().chain(may).find(fits).map(|field| field.name.as_str())
    }

    /// The answers as the agency gets them; `None`: something is wrong with them.
    pub fn answers(&self, site: &Site) -> Option<Answers> {
        let document = match &self.form {
            Some(form) => form.fill(&self.draft, site.clock.today()).submission().ok()?,
            None => Map::new(),
        };
        Some(Answers(document.into_iter().collect()))
    }

    /// What the form sent, to be sent again with the next step.
    pub fn typed(&self) -> Vec<(String, String)> {
        let Some(form) = &self.form else { return Vec::new() };
        let names = form.fields.iter().map(|field| &field.name);
        names
            .flat_map(|name| self.draft.ticked(name).iter().map(move |value| (name.clone(), value.clone())))
            .collect()
    }

    /// Asks the agency: the whole list, as it is now. What is to be paid is never taken from what was kept.
    pub async fn ask(
        &self,
        (site, gateway): (&Site, &Gateway),
        payer: &Payer,
        answers: Answers,
    ) -> Result<Answered, Failure> {
        let code = &self.service().code;
        if payer.party.represented != Represented::Oneself {
            let (party, code, now) = (payer.party.clone(), code.clone(), site.clock.now());
            let done = move |c: &mut Conn| acting::done(c, now, &party, What::Service, Some(&code));
            site.db.tx(done).await?;
        }
        let mut all = Vec::new();
        let mut number = 1;
        loop {
            let question = ListInput {
                service: code.clone(),
                person: None,
                answers: answers.clone(),
                page: Part { number, size: AT_ONCE },
            };
            let about = About::service(&payer.party, payer.level, &self.service().claims);
            let request = Request {
                agency: self.agency(),
                service: Some(code),
                question,
                about: Some(about),
                within: PATIENCE,
            };
            let found: Outcome<ListOutput> = match gateway.call(request).await {
                Ok(found) => found,
                Err(GatewayError::TooMany { .. }) => return Ok(Err(TooOften)),
                Err(error) => return Err(error.into()),
            };
            let (found, since) = match found {
                Outcome::Fresh(found) => (found, None),
                Outcome::Stale { value, since } => (value, Some(since)),
                Outcome::Unavailable { until } => return Ok(Ok(Outcome::Unavailable { until })),
                Outcome::NotEntitled => return Ok(Ok(Outcome::NotEntitled)),
                Outcome::Empty => return Ok(Ok(Outcome::Empty)),
            };
            all.extend(found.dues);
            number += 1;
            if !found.more || number > MOST_PAGES {
                return Ok(Ok(match since {
                    _ if all.is_empty() => Outcome::Empty,
                    None => Outcome::Fresh(all),
                    Some(since) => Outcome::Stale { value: all, since },
                }));
            }
        }
    }
}

/// Whether somebody can be asked to pay it: it is owed, and it is something.
pub(super) fn can_be_paid(due: &Due) -> bool {
    due.status == Status::Open
        && due.amount_fen > 0
        && i64::try_from(due.amount_fen).is_ok()
        && due.surcharge_fen <= due.amount_fen
        && !due.reference.is_empty()
        && due.reference.len() <= 200
}
