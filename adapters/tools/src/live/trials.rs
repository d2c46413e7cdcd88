//! What only a running backend shows: whether it answers what its samples say it answers, in time and in form; whether
//! it looks who asks; whether the same question twice does no more than once; and what its errors give away.

use std::collections::{BTreeMap, BTreeSet};

use secrecy::SecretString;
use serde_json::{Value, json};
use yimen_contract::{
    agency::{Auth, Driver},
    capability::{Capability, Repeat, lookup},
    sample::{Failure, Sample},
};
use yimen_drivers::CallError;

use super::{Asked, Question, Target, ask, ask_with, curl, files};
use crate::report::{Entry, Gravity};

/// Questions to one backend, at most: a trial is no attack.
const MOST: usize = 40;

/// Runs every trial. What changes something is asked only where `writes` says so.
pub async fn trials(target: &Target<'_>, writes: bool) -> Vec<Entry> {
    let by_files = target.package.agency.backend.driver == Driver::Csv;
    let mut entries = if by_files { files::arrived(target).await } else { Vec::new() };
    let (mut proved, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (path, sample) in target.package.samples.iter().take(MOST) {
        let Some(question) = Question::of(sample).filter(|question| writes || !question.capability.writes())
        else {
            continue;
        };
        let mut trial = Trial { target, path, sample, question, found: Vec::new() };
        trial.plainly().await;
        if sample.answer.is_some() && proved.insert(question.capability) {
            trial.as_a_stranger().await;
            trial.twice().await;
        }
        let taken = sample.answer.as_ref().and_then(word).is_some_and(|word| TAKEN.contains(&word));
        if taken && question.capability.writes() && found.insert(question.capability) {
            trial.found_again().await;
        }
        if sample.answer.is_some() {
            trial.with_nonsense().await;
        }
        entries.extend(trial.found);
    }
    entries
}

struct Trial<'t> {
    target: &'t Target<'t>,
    path: &'t str,
    sample: &'t Sample,
    question: Question<'t>,
    found: Vec<Entry>,
}

impl Trial<'_> {
    async fn say(&mut self, gravity: Gravity, fault: &'static str, message: String, remedy: &str) {
        self.found.push(Entry {
            gravity,
            file: self.path.to_owned(),
            line: None,
            place: None,
            fault: Some(fault),
            message,
            remedy: remedy.to_owned(),
            curl: curl(self.target, self.sample).await,
        });
    }

    /// As the sample says.
    async fn plainly(&mut self) {
        let asked = ask(self.target, self.question).await;
        match (&asked.error, &asked.answer, self.sample.fails) {
            (Some(error), _, None) => {
                let remedy = match error {
                    CallError::Credentials(_) => "Compare the secrets with those of the backend.",
                    CallError::Unknown(_) => {
                        "Look whether the backend is well and quick enough: see `deadline_ms`."
                    }
                    _ => "Ask it by the line beside this, and compare what comes with the sample.",
                };
                self.say(
                    Gravity::Error,
                    "no-answer",
                    format!("The backend gives no answer: {error}."),
                    remedy,
                )
                .await;
            }
            (None, Some(answer), None) => self.form(answer).await,
            (Some(error), _, Some(fails)) if !agrees(error, fails) => {
                let message = format!("The sample says otherwise than the backend, which says: {error}.");
                self.say(Gravity::Warning, "other-failure", message, "Record it anew.").await;
            }
            _ => {}
        }
    }

    async fn form(&mut self, answer: &Value) {
        let capability = self.question.capability;
        let faults = capability.answer_faults(answer);
        let remedy = "Correct the map, and record a sample like this one.";
        for (place, problem) in faults.into_iter().take(5) {
            let message = format!("The answer does not fit the contract at {place}: {}", problem.message);
            self.say(Gravity::Error, "form", message, remedy).await;
        }
        let services = &self.target.package.services;
        let service = services.iter().find(|one| Some(one.code.as_str()) == self.question.service);
        let query = service.and_then(|service| service.query.as_ref());
        let query = query.filter(|_| capability == Capability::Lookup);
        let output = serde_json::from_value::<lookup::Output>(answer.clone()).ok();
        for misfit in query.zip(output).map(|(query, output)| query.misfits(&output)).unwrap_or_default() {
            let message = format!(
                "The answer does not fit the service at {}: {}",
                misfit.path,
                misfit.problem().message
            );
            self.say(Gravity::Warning, "form", message, remedy).await;
        }
    }

    /// With secrets that are none.
    async fn as_a_stranger(&mut self) {
        // A certificate or a key that is none is not even sent.
        let sent = matches!(
            self.target.package.agency.backend.auth,
            Auth::ApiKey | Auth::Token | Auth::Hmac | Auth::SharedSecret | Auth::WsSecurity | Auth::Oauth2
        );
        if !sent || self.target.secrets.is_empty() {
            return;
        }
        let wrong = |(name, _): (&String, &SecretString)| {
            (name.clone(), SecretString::from("not-the-secret-of-anybody"))
        };
        let secrets: BTreeMap<String, SecretString> = self.target.secrets.iter().map(wrong).collect();
        let ids = ((self.target.fresh)(), (self.target.fresh)());
        let asked = ask_with(self.target, self.question, &secrets, ids).await;
        match asked.error {
            None => {
                let message = "The backend answers whoever asks: it took a wrong secret.".to_owned();
                self.say(
                    Gravity::Critical,
                    "auth-ignored",
                    message,
                    "Have the backend check who asks before it answers.",
                )
                .await;
            }
            // Systems that speak in frames say nothing to a stranger, and that is right.
            Some(CallError::Unknown(why)) if self.target.package.agency.backend.driver != Driver::Fixed => {
                let message = format!("A wrong secret brings the backend into trouble: {why}.");
                self.say(Gravity::Warning, "auth-trouble", message, "Have it answer 401.").await;
            }
            Some(_) => {}
        }
        self.leaks(&asked.exchanges).await;
    }

    /// The same question under the same key.
    async fn twice(&mut self) {
        let agency = &self.target.package.agency;
        let binding = agency.binding_for(self.question.capability, self.question.service.unwrap_or_default());
        let idempotent = binding.is_some_and(|binding| binding.idempotent);
        if self.question.capability.writes() && !idempotent {
            return;
        }
        let key = (self.target.fresh)();
        let mut both = Vec::new();
        for _ in 0..2 {
            let id = (self.target.fresh)();
            both.push(ask_with(self.target, self.question, &self.target.secrets, (id, key)).await);
        }
        let [one, other] = both.as_slice() else { return };
        if self.question.capability.writes() && one.answer.is_some() && reference(one) != reference(other) {
            let message =
                format!("The same key twice did it twice: {} and {}.", reference(one), reference(other));
            let remedy = "Have the backend honour the key, or write idempotent = false.";
            self.say(Gravity::Critical, "duplicate", message, remedy).await;
        } else if one.answer.is_some() && other.answer.is_none() {
            let message = "Asked again, the backend gives no answer any more.".to_owned();
            self.say(Gravity::Warning, "duplicate", message, "Have it answer a repeat as it did at first.")
                .await;
        }
    }

    /// What the portal asks before it sends again what may have arrived: it must know what arrived, and nothing else.
    async fn found_again(&mut self) {
        let service = self.question.service.unwrap_or_default();
        let repeat = self.target.package.agency.repeat(self.question.capability, service);
        let (Repeat::After(find), Some(own)) = (repeat, own_number(self.question.capability)) else { return };
        let mut input = self.question.input.clone();
        let fresh = (self.target.fresh)().to_string();
        input[own] = fresh.as_str().into();
        let asks = |number: &str| json!({ "service": service, own: number });
        let (before, after) = (asks(&(self.target.fresh)().to_string()), asks(&fresh));
        let of = self.question.service;
        let about = |input| Question { capability: find, service: of, input };
        let unknown = ask(self.target, about(&before)).await;
        if unknown.answer.as_ref().and_then(word).is_some_and(|word| word != NOT_FOUND && word != "pending") {
            let message = format!(
                "`{}` knows what never arrived, so that what got lost on its way would never be sent again.",
                find.name()
            );
            let remedy = "Have it say not-found for a number that it does not know.";
            self.say(Gravity::Critical, "found-too-much", message, remedy).await;
        }
        let sent = ask(self.target, Question { input: &input, ..self.question }).await;
        // What was not taken need not be found.
        if !sent.answer.as_ref().and_then(word).is_some_and(|word| TAKEN.contains(&word)) {
            return;
        }
        let known = ask(self.target, about(&after)).await;
        if known.answer.as_ref().and_then(word) == Some(NOT_FOUND) {
            let message = format!(
                "What had arrived `{}` does not know, so that the portal would send it a second time.",
                find.name()
            );
            let remedy = "Have it find what arrived by the portal's own number, or honour the key and write idempotent = true.";
            self.say(Gravity::Critical, "not-found-again", message, remedy).await;
        }
    }

    /// A question that cannot be answered: the errors are looked at.
    async fn with_nonsense(&mut self) {
        let mut input = self.question.input.clone();
        let Some(answers) =
            input.get_mut("answers").and_then(Value::as_object_mut).filter(|all| !all.is_empty())
        else {
            return;
        };
        answers.values_mut().for_each(|value| *value = Value::String("~".to_owned()));
        let question = Question { input: &input, ..self.question };
        let asked = ask(self.target, question).await;
        self.leaks(&asked.exchanges).await;
    }

    /// Errors that repeat who was asked about.
    async fn leaks(&mut self, exchanges: &[super::Seen]) {
        let person = &self.question.input["person"];
        let words = ["identity_number", "name", "phone_number"].map(|name| person[name].as_str());
        let words: Vec<&str> = words.into_iter().flatten().filter(|word| word.chars().count() > 1).collect();
        let failed = exchanges.iter().filter(|one| one.status.is_some_and(|status| status >= 400));
        let leaks = failed.filter_map(|one| one.received.as_deref());
        let leaks = leaks.filter(|text| words.iter().any(|word| text.contains(word))).count();
        if leaks > 0 {
            let message = "An error of the backend repeats who was asked about.".to_owned();
            let remedy = "Have errors carry a code only: they end up in logs.";
            self.say(Gravity::Critical, "personal-data", message, remedy).await;
        }
    }
}

const NOT_FOUND: &str = "not-found";
/// What a backend says that has what it was sent.
const TAKEN: [&str; 7] = ["pending", "received", "accepted", "in-review", "granted", "held", "confirmed"];

/// The field by which the portal's own number stands in a question, where it can be asked for again by nothing else.
const fn own_number(capability: Capability) -> Option<&'static str> {
    match capability {
        Capability::CaseSubmit => Some("case"),
        Capability::SlotsHold | Capability::SlotsConfirm => Some("booking"),
        _ => None,
    }
}

fn word(answer: &Value) -> Option<&str> {
    answer["outcome"].as_str().or_else(|| answer["status"].as_str())
}

fn reference(asked: &Asked) -> String {
    let answer = asked.answer.as_ref().map(|answer| &answer["reference"]);
    answer.map_or_else(|| "no answer".to_owned(), ToString::to_string)
}

fn agrees(error: &CallError, fails: Failure) -> bool {
    matches!(
        (error, fails),
        (CallError::Refused(_), Failure::Refused)
            | (CallError::Busy { .. }, Failure::Busy)
            | (CallError::Unknown(_), Failure::Unknown)
    )
}
