//! What must be so before something is handed in, asked of the agencies that know; and what is said where it is not.
//!
//! What nobody can answer at this moment stops nobody: the agency decides, and looks itself. Whoever has asked an agency so often
//! that it is asked no more this hour has brought that about themselves, and waits.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use serde_json::Value;
use yimen_contract::{
    Bilingual,
    capability::{
        Outcome,
        lookup::{Input as Question, Output},
        person::{Answers, Page as Part},
    },
    precondition::Check,
    service::Service,
};

use super::Whose;
use crate::{
    catalogue::{Catalogue, asking},
    gateway::{About, Gateway, GatewayError, Request},
};

/// One check, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<'a> {
    pub what: &'a Bilingual,
    pub result: Verdict<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    Right,
    /// It is not so; this is said.
    Wrong(&'a Bilingual),
    /// Nobody can say now.
    Open,
}

impl Checked<'_> {
    pub fn is_wrong(&self) -> bool {
        matches!(self.result, Verdict::Wrong(_))
    }
}

/// A question: of which service, with which answers. Several checks may hang on one.
type Asked = (String, BTreeMap<String, Value>);

/// What they are looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// To be shown.
    Show,
    /// Something hangs on it.
    Hold,
}

/// Looks at all of them at once. `typed` says what stands in a field of the form.
pub async fn look<'a>(
    (gateway, catalogue): (&Gateway, &Catalogue),
    (whose, aim): (&Whose, Aim),
    service: &'a Service,
    typed: impl Fn(&str) -> Option<Value>,
) -> Result<Vec<Checked<'a>>, GatewayError> {
    let asked: Vec<Option<Asked>> = service.checks.iter().map(|check| asked(check, &typed)).collect();
    let mut questions: Vec<&Asked> = Vec::new();
    for one in asked.iter().flatten() {
        if !questions.contains(&one) {
            questions.push(one);
        }
    }
    let answers = join_all(questions.iter().map(|question| ask(gateway, catalogue, whose, question))).await;
    let lenient = |answer: Result<Outcome<Output>, GatewayError>| match answer {
        Err(GatewayError::TooMany { .. }) if aim == Aim::Show => Ok(Outcome::Unavailable { until: None }),
        answer => answer,
    };
    let answers: Vec<Outcome<Output>> = answers.into_iter().map(lenient).collect::<Result<_, _>>()?;
    let result = |check: &'a Check, asked: &Option<Asked>| {
        let at = questions.iter().position(|question| Some(*question) == asked.as_ref())?;
        Some(verdict(check, answers.get(at)?))
    };
    let checked = service.checks.iter().zip(&asked).map(|(check, asked)| Checked {
        what: &check.what,
        result: result(check, asked).unwrap_or(Verdict::Open),
    });
    Ok(checked.collect())
}

/// `None`: a field on which the question hangs is not filled in.
fn asked(check: &Check, typed: impl Fn(&str) -> Option<Value>) -> Option<Asked> {
    let answers = check.answers.iter().map(|(input, field)| Some((input.clone(), typed(field)?)));
    Some((check.lookup.clone(), answers.collect::<Option<_>>()?))
}

fn verdict<'a>(check: &'a Check, outcome: &Outcome<Output>) -> Verdict<'a> {
    let said = match outcome {
        Outcome::Fresh(found) | Outcome::Stale { value: found, .. } => check.wants.is_met(found),
        Outcome::Empty | Outcome::NotEntitled => false,
        Outcome::Unavailable { .. } => return Verdict::Open,
    };
    if said { Verdict::Right } else { Verdict::Wrong(&check.otherwise) }
}

async fn ask(
    gateway: &Gateway,
    catalogue: &Catalogue,
    whose: &Whose,
    (code, answers): &Asked,
) -> Result<Outcome<Output>, GatewayError> {
    let away = Ok(Outcome::Unavailable { until: None });
    let Some(entry) = catalogue.service(code) else { return away };
    let Some(query) = asking::query_of(&entry.service) else { return away };
    let request = Request {
        agency: &catalogue.agency_of(entry).slug,
        service: Some(code),
        question: Question {
            service: code.clone(),
            person: None,
            answers: Answers(answers.clone().into_iter().collect()),
            page: Part { number: 1, size: query.page_size },
        },
        about: Some(About::service(&whose.party, whose.level, &entry.service.claims)),
        within: asking::PATIENCE,
    };
    match gateway.call(request).await {
        Err(GatewayError::Undeclared { .. }) => away,
        outcome => outcome,
    }
}
