//! A package beside its running backend: one question asked as the portal would ([`ask`]), the trials that only a
//! running backend can stand or not ([`trials`]), what the portal does when it is in trouble ([`troubles`]), and the
//! same for backends that are asked by files ([`files`]).
//!
//! Who calls this says where the backend is; what is sent are the samples' questions, which are about nobody.

pub mod files;
mod recorder;
mod trials;
mod trouble;

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;
use url::Url;
use uuid::Uuid;
use yimen_contract::{Package, agency::Driver as Protocol, capability::Capability, sample::Sample};
use yimen_drivers::{Answer, Call, CallError, Dialer, Driver, Endpoint, Maps, Ports, Store};

use crate::rehearsal::Story;

pub use recorder::Seen;
pub use trials::trials;
pub use trouble::{Course, Reach, Trouble, Troubles, troubles};

/// A running backend and everything that is needed to reach it.
pub struct Target<'a> {
    pub package: &'a Package,
    pub driver: &'a dyn Driver,
    pub address: Url,
    /// By the names in the package.
    pub secrets: BTreeMap<String, SecretString>,
    pub dialer: &'a dyn Dialer,
    pub maps: &'a dyn Maps,
    /// What files brought, where it is asked by files.
    pub store: &'a dyn Store,
    pub now: &'a (dyn Fn() -> DateTime<Utc> + Sync),
    /// Another one every time: a backend takes each number once.
    pub fresh: &'a (dyn Fn() -> Uuid + Sync),
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub capability: Capability,
    pub service: Option<&'a str>,
    pub input: &'a Value,
}

impl<'a> Question<'a> {
    /// That of a sample; nothing where it is of a capability that there is not.
    pub fn of(sample: &'a Sample) -> Option<Self> {
        let capability = Capability::named(&sample.capability)?;
        Some(Self { capability, service: sample.service.as_deref(), input: &sample.question })
    }
}

/// What came of a question.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// What travelled, in its own form; nothing for protocols other than HTTP.
    pub exchanges: Vec<Seen>,
    /// In the contract's form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fails: Option<String>,
    /// The way in which there is none, in one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<&'static str>,
    #[serde(skip)]
    pub error: Option<CallError>,
}

/// Asks once.
pub async fn ask(target: &Target<'_>, question: Question<'_>) -> Asked {
    let (id, key) = ((target.fresh)(), (target.fresh)());
    ask_with(target, question, &target.secrets, (id, key)).await
}

/// The same after what files have brought was taken over, where the backend is asked by files.
pub async fn asked_now(target: &Target<'_>, question: Question<'_>) -> Asked {
    if target.package.agency.backend.driver == Protocol::Csv {
        // What cannot be taken over is not there for the question either, which says so.
        files::arrived(target).await;
    }
    ask(target, question).await
}

/// The same with other secrets, or under a key that was used before.
async fn ask_with(
    target: &Target<'_>,
    question: Question<'_>,
    secrets: &BTreeMap<String, SecretString>,
    (id, key): (Uuid, Uuid),
) -> Asked {
    let recorder = recorder::Recorder::new(target.dialer);
    let driver = target.driver;
    let result =
        calling(target, question, secrets, (id, key), &recorder, async |call| driver.call(&call).await).await;
    let exchanges = recorder.seen(secrets);
    match result {
        Ok(answer) => Asked { exchanges, answer: Some(answer.value), fails: None, way: None, error: None },
        Err(error) => Asked {
            exchanges,
            answer: None,
            fails: Some(error.to_string()),
            way: Some(error.tag()),
            error: Some(error),
        },
    }
}

/// Makes the call that the portal would make, for somebody to make it with a dialer of theirs.
async fn calling(
    target: &Target<'_>,
    question: Question<'_>,
    secrets: &BTreeMap<String, SecretString>,
    (id, key): (Uuid, Uuid),
    dialer: &dyn Dialer,
    make: impl AsyncFnOnce(Call<'_>) -> Result<Answer, CallError>,
) -> Result<Answer, CallError> {
    let agency = &target.package.agency;
    let service = question.service.unwrap_or_default();
    let Some(binding) = agency.binding_for(question.capability, service) else {
        let why = format!("agency.toml does not declare {}", question.capability.name());
        return Err(CallError::Impossible(why));
    };
    let endpoint = Endpoint { address: target.address.clone(), secrets: secrets.clone() };
    let deadline = binding.deadline_ms.unwrap_or(agency.backend.deadline_ms);
    let call = Call {
        id,
        attempt: 1,
        now: (target.now)(),
        within: Duration::from_millis(deadline.into()),
        agency: &target.package.slug,
        capability: question.capability,
        input: question.input,
        idempotency_key: &key.to_string(),
        repeat: agency.repeat(question.capability, service),
        backend: &agency.backend,
        binding,
        endpoint: &endpoint,
        vouch: None,
        programs: &target.package.maps,
        ports: Ports { dialer, maps: target.maps, store: target.store },
    };
    make(call).await
}

/// The line that asks the same from a shell.
pub async fn curl(target: &Target<'_>, sample: &Sample) -> Option<String> {
    let story = Story::of(target.package, sample)?;
    let request = story.request(target.maps).await?;
    crate::faults::curl_of(target.package, story.binding(), &request)
}
