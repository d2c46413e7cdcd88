//! The record from which an application is begun: what an agency found when somebody asked, and they want to do
//! something about. It is kept as it was shown, so that nobody agrees to something else than they saw.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use yimen_contract::{
    capability::{
        Outcome,
        lookup::{Fact, Input as Question, Output, Record},
        person::{Answers, Page as Part},
    },
    query::Query,
};
use yimen_forms::{Form, Origin, RecordPart};

use super::{CaseError, Whose};
use crate::{
    catalogue::{Catalogue, ServiceEntry, asking},
    gateway::{About, Gateway, GatewayError, Request},
};

/// A record as it was shown, and how it was found.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Occasion {
    /// The service that found it.
    pub found_by: String,
    pub asked: Answers,
    /// On which page of the answer it stood.
    pub page: u32,
    pub record: Record,
    #[serde(default)]
    pub standing: Standing,
}

/// Whether it is still what the person saw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    #[default]
    AsShown,
    /// It has changed since; they have to agree to it anew.
    Changed,
    /// This cannot be done about it any more.
    Gone,
}

/// Not what it says.
impl fmt::Debug for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Occasion").field("found_by", &self.found_by).finish_non_exhaustive()
    }
}

/// How a record is found.
pub struct Finding<'a> {
    pub gateway: &'a Gateway,
    pub catalogue: &'a Catalogue,
    pub whose: &'a Whose,
}

impl Finding<'_> {
    /// The record of this number, if this can be done about it. From what the agency said just now, if it did.
    pub async fn first(
        &self,
        (found_by, asked, page): (&str, Answers, u32),
        number: &str,
        service: &str,
    ) -> Result<Option<Occasion>, CaseError> {
        let Some((entry, query)) = self.question(found_by) else { return Ok(None) };
        let request = self.request(entry, query, asked.clone(), page);
        let found = match self.gateway.call(request).await? {
            Outcome::Fresh(found) | Outcome::Stale { value: found, .. } => found,
            Outcome::Empty | Outcome::NotEntitled => return Ok(None),
            Outcome::Unavailable { .. } => return Err(CaseError::Away),
        };
        let record = leading_to(found, number, query, service);
        Ok(record.map(|record| Occasion {
            found_by: found_by.to_owned(),
            asked,
            page,
            record,
            standing: Standing::AsShown,
        }))
    }

    /// How it stands at this moment. `None`: nobody can say; the agency, which decides, knows what it is asked.
    pub async fn now(&self, occasion: &Occasion, service: &str) -> Result<Option<Occasion>, CaseError> {
        let Some((entry, query)) = self.question(&occasion.found_by) else { return Ok(None) };
        let Some(number) = &occasion.record.reference else { return Ok(None) };
        let request = self.request(entry, query, occasion.asked.clone(), occasion.page);
        let record = match self.gateway.call_anew(request).await {
            Ok(Outcome::Fresh(found) | Outcome::Stale { value: found, .. }) => {
                leading_to(found, number, query, service)
            }
            Ok(Outcome::Empty | Outcome::NotEntitled) => None,
            Ok(Outcome::Unavailable { .. }) | Err(GatewayError::TooMany { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let (record, standing) = match record {
            Some(record) if record == occasion.record => (record, Standing::AsShown),
            Some(record) => (record, Standing::Changed),
            None => (occasion.record.clone(), Standing::Gone),
        };
        Ok(Some(Occasion { record, standing, ..occasion.clone() }))
    }

    fn question(&self, code: &str) -> Option<(&ServiceEntry, &Query)> {
        let entry = self.catalogue.service(code)?;
        Some((entry, asking::query_of(&entry.service)?))
    }

    fn request<'q>(
        &'q self,
        entry: &'q ServiceEntry,
        query: &Query,
        answers: Answers,
        number: u32,
    ) -> Request<'q, Question> {
        let service = &entry.service;
        Request {
            agency: &self.catalogue.agency_of(entry).slug,
            service: Some(&service.code),
            question: Question {
                service: service.code.clone(),
                person: None,
                answers,
                page: Part { number, size: query.page_size },
            },
            about: Some(About::service(&self.whose.party, self.whose.level, &service.claims)),
            within: asking::PATIENCE,
        }
    }
}

/// The record of this number from which a service can begin: the one it names, or another one that is offered beside
/// it.
fn leading_to(found: Output, number: &str, query: &Query, service: &str) -> Option<Record> {
    let record = found.records.into_iter().find(|record| record.reference.as_deref() == Some(number))?;
    let named = record.next.as_ref().is_some_and(|next| query.next.contains(next));
    (named && query.next.iter().any(|next| next == service)).then_some(record)
}

impl Occasion {
    /// What the record answers of a form.
    pub fn answers(&self, form: &Form) -> Map<String, Value> {
        let known = form.origins().filter_map(|(field, origin)| match origin {
            Origin::Record(part) => Some((field.name.clone(), self.part(part)?)),
            _ => None,
        });
        known.collect()
    }

    fn part(&self, part: &RecordPart) -> Option<Value> {
        let text = |text: &Option<String>| text.clone().map(Value::from);
        match part {
            RecordPart::Reference => text(&self.record.reference),
            RecordPart::Title => text(&self.record.title),
            RecordPart::Asked(key) => self.asked.0.get(key).cloned(),
            RecordPart::Fact(key) => self.record.facts.get(key).map(|fact| match fact {
                Fact::Flag(flag) => Value::from(*flag),
                Fact::Whole(number) => Value::from(*number),
                Fact::Decimal(number) => Value::from(*number),
                Fact::Text(text) => Value::from(text.as_str()),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query() -> Query {
        toml::from_str(
            "next = ['YZ02015', 'YZ02016', 'YZ02018']\nrecord = { zh = '记录', en = 'Record' }\n\
             empty = { zh = '没有', en = 'None' }",
        )
        .unwrap()
    }

    fn found() -> Output {
        serde_json::from_value(json!({ "records": [
            { "reference": "17", "next": "YZ02015" },
            { "reference": "18" },
            { "reference": "19", "next": "YZ99999" },
        ] }))
        .unwrap()
    }

    #[test]
    fn only_what_is_offered_about_a_record_begins_from_it() {
        let leads = |number, service| leading_to(found(), number, &query(), service).is_some();
        assert!(leads("17", "YZ02015"));
        assert!(leads("17", "YZ02018"), "whoever may accept may object");
        assert!(!leads("17", "YZ13022"), "no service of somebody's choice");
        assert!(!leads("18", "YZ02015"), "nothing is offered about this one");
        assert!(!leads("19", "YZ02015"), "what is offered is not declared");
        assert!(!leads("20", "YZ02015"), "there is no such record");
    }
}
