//! One call that goes nowhere: the portal's own translation of question and answer, with the wire left out.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use yimen_callback::taken;
use yimen_contract::{
    Package,
    agency::Driver,
    capability::{Binding, Capability, Repeat},
    protocol::Table,
};
use yimen_drivers::{
    Call, CallError, DialError, Dialer, Endpoint, Future, HttpAnswer, HttpRequest, Job, MapError, Maps,
    NoStore, Ports, TcpRequest, mapping, rest,
};
use yimen_soap::fault;

use super::wire::Wire;

/// The moment at which everything is tried that should come out the same every time.
pub fn moment() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::seconds(1_795_233_600)
}

/// A call as `n`th of its kind. All numbers are made up, and the same every time.
pub(super) struct Rehearsed<'a> {
    pub(super) package: &'a Package,
    pub(super) capability: Capability,
    pub(super) binding: &'a Binding,
    pub(super) question: &'a Value,
    pub(super) turn: u32,
}

/// Why a step failed, with the map's own words, which the portal never writes down: here they are for its author.
pub(super) struct Failed {
    pub(super) error: CallError,
    pub(super) words: Option<String>,
}

/// What the backend said: how, and what.
#[derive(Clone, Copy)]
pub(super) struct Reply<'a> {
    pub(super) status: u16,
    pub(super) body: &'a Value,
}

impl Rehearsed<'_> {
    /// What the backend would be sent.
    pub(super) async fn outgoing(&self, maps: &dyn Maps) -> Result<Value, Failed> {
        self.with(maps, async |call| {
            let mut question = call.outgoing().await?;
            self.key_column(&mut question, call.idempotency_key);
            Ok(question)
        })
        .await
    }

    /// What the portal would make of what the backend says.
    pub(super) async fn incoming(&self, reply: Reply<'_>, maps: &dyn Maps) -> Result<Value, Failed> {
        self.with(maps, async |call| match call.backend.driver {
            Driver::Csv => self.of_file(&call, reply.body).await,
            Driver::Soap => of_envelope(&call, reply).await,
            Driver::Fixed => call.incoming(reply.body.clone(), Instant::now()).await,
            _ => of_http(&call, reply).await,
        })
        .await
    }

    async fn with(
        &self,
        maps: &dyn Maps,
        then: impl AsyncFnOnce(Call<'_>) -> Result<Value, CallError>,
    ) -> Result<Value, Failed> {
        let failed = |error| Failed { error, words: None };
        let address = Url::parse("https://backend.example/")
            .map_err(|_| failed(CallError::Impossible("the address of nobody cannot be read".to_owned())))?;
        let endpoint = Endpoint { address, secrets: BTreeMap::new() };
        let maps = Overheard { maps, words: Mutex::default() };
        let key = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(self.turn));
        let since = TimeDelta::seconds(i64::from(self.turn) * 90_061);
        let call = Call {
            id: Uuid::from_u128(u128::from(self.turn) + 1),
            attempt: 1,
            now: moment() + since,
            within: Duration::from_secs(10),
            agency: &self.package.slug,
            capability: self.capability,
            input: self.question,
            idempotency_key: &key.to_string(),
            backend: &self.package.agency.backend,
            repeat: Repeat::Never,
            binding: self.binding,
            endpoint: &endpoint,
            vouch: None,
            programs: &self.package.maps,
            ports: Ports { dialer: &Nowhere, maps: &maps, store: &NoStore },
        };
        let result = then(call).await;
        let words = maps.words.into_inner().unwrap_or_else(PoisonError::into_inner);
        result.map_err(|error| Failed { error, words })
    }

    /// Of a daily file: looked up in one that came, or taken down for the next one that goes.
    async fn of_file(&self, call: &Call<'_>, body: &Value) -> Result<Value, CallError> {
        if self.outbound().is_none() {
            return call.incoming(body.clone(), Instant::now()).await;
        }
        let mut answer = mapping::undecided();
        answer["reference"] = call.idempotency_key.into();
        Ok(answer)
    }

    fn outbound(&self) -> Option<&Table> {
        let wire = Wire { package: self.package, binding: self.binding };
        wire.table().filter(|(_, outbound)| *outbound).map(|(table, _)| table)
    }

    /// The driver writes the call's key into the line.
    fn key_column(&self, question: &mut Value, key: &str) {
        if let (Some(table), Value::Object(line)) = (self.outbound(), question) {
            line.insert(table.key.clone(), key.into());
        }
    }
}

async fn of_http(call: &Call<'_>, reply: Reply<'_>) -> Result<Value, CallError> {
    match reply.status {
        200 | 201 | 204 => call.incoming(reply.body.clone(), Instant::now()).await,
        202 if call.backend.driver == Driver::Callback && !reply.body.is_null() => {
            Ok(taken(call.incoming(reply.body.clone(), Instant::now()).await))
        }
        202 => Ok(mapping::undecided()),
        status => Err(refusal(status)),
    }
}

async fn of_envelope(call: &Call<'_>, reply: Reply<'_>) -> Result<Value, CallError> {
    if let Some(told) = reply.body.get("Fault").filter(|_| matches!(reply.status, 200 | 400 | 500)) {
        if call.backend.codes.as_ref().is_some_and(|codes| codes.from.starts_with("Fault.")) {
            call.is_decided(&json!({ "Fault": told }))?;
        }
        return Err(fault::meaning(told));
    }
    match reply.status {
        200 => call.incoming(reply.body.clone(), Instant::now()).await,
        202 => Ok(mapping::undecided()),
        status => Err(refusal(status)),
    }
}

fn refusal(status: u16) -> CallError {
    rest::refusal(&HttpAnswer { status, retry_after: None, body: Bytes::new() })
}

/// Maps, with what a failing one said kept.
struct Overheard<'a> {
    maps: &'a dyn Maps,
    words: Mutex<Option<String>>,
}

impl Maps for Overheard<'_> {
    fn run<'a>(&'a self, job: Job<'a>) -> Future<'a, Result<Value, MapError>> {
        Box::pin(async move {
            let result = self.maps.run(job).await;
            if let Err(MapError::Failed { detail, .. }) = &result {
                *self.words.lock().unwrap_or_else(PoisonError::into_inner) = Some(detail.0.clone());
            }
            result
        })
    }
}

/// Opens no connection.
struct Nowhere;

impl Dialer for Nowhere {
    fn http<'a>(&'a self, _: HttpRequest<'a>) -> Future<'a, Result<HttpAnswer, DialError>> {
        Box::pin(async { Err(DialError::NotSent("this is a rehearsal".to_owned())) })
    }

    fn tcp<'a>(&'a self, _: TcpRequest<'a>) -> Future<'a, Result<yimen_drivers::Wire, DialError>> {
        Box::pin(async { Err(DialError::NotSent("this is a rehearsal".to_owned())) })
    }
}
