//! A call that is ready but for what a test is about.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use yimen_contract::{
    agency::Backend,
    capability::{Binding, Capability, Repeat},
};
use yimen_drivers::{
    Answer, Call, CallError, Driver, Endpoint, Maps, NoMaps, Ports, SafeDialer, Vouch, address::Allowed,
    persist,
};

use crate::{Memory, provide};

pub struct Asked {
    pub backend: Backend,
    pub binding: Binding,
    pub capability: Capability,
    pub input: Value,
    pub secrets: BTreeMap<String, SecretString>,
    pub programs: BTreeMap<String, String>,
    pub address: String,
    pub milliseconds: u64,
    pub id: u128,
    pub key: String,
    pub now: DateTime<Utc>,
    pub vouch: Option<Box<dyn Vouch>>,
    pub maps: Box<dyn Maps>,
    pub store: Memory,
    pub dialer: SafeDialer,
}

impl Asked {
    /// As `agency.toml` would say it.
    pub fn new(address: impl std::fmt::Display, backend: Value, binding: Value) -> Self {
        provide();
        let allowed = Allowed::new(vec!["127.0.0.1".parse().unwrap()]);
        Self {
            backend: serde_json::from_value(backend).unwrap(),
            binding: serde_json::from_value(binding).unwrap(),
            capability: Capability::IdentityVerify,
            input: json!({ "name": "林晓", "identity_number": "990101198501010010", "level": 3 }),
            secrets: BTreeMap::new(),
            programs: BTreeMap::new(),
            address: address.to_string(),
            milliseconds: 5_000,
            id: 7,
            key: "01910000-0000-7000-8000-000000000001".to_owned(),
            now: DateTime::from_timestamp(1_795_233_600, 0).unwrap(),
            vouch: None,
            maps: Box::new(NoMaps),
            store: Memory::default(),
            dialer: SafeDialer::new(allowed),
        }
    }

    #[must_use]
    pub fn secret(mut self, name: &str, value: &str) -> Self {
        self.secrets.insert(name.to_owned(), SecretString::from(value));
        self.backend.secrets.push(name.to_owned());
        self
    }

    /// Does something with the call itself.
    pub async fn with<T>(&self, then: impl AsyncFnOnce(Call<'_>) -> T) -> T {
        let address = Url::parse(&self.address).unwrap();
        let endpoint = Endpoint { address, secrets: self.secrets.clone() };
        then(Call {
            id: Uuid::from_u128(self.id),
            attempt: 1,
            now: self.now,
            within: Duration::from_millis(self.milliseconds),
            agency: "sample",
            capability: self.capability,
            input: &self.input,
            idempotency_key: &self.key,
            backend: &self.backend,
            binding: &self.binding,
            repeat: if self.binding.idempotent || self.binding.method.is_safe() {
                Repeat::Yes
            } else {
                Repeat::Never
            },
            endpoint: &endpoint,
            vouch: self.vouch.as_deref(),
            programs: &self.programs,
            ports: Ports { dialer: &self.dialer, maps: self.maps.as_ref(), store: &self.store },
        })
        .await
    }

    /// Makes the call as the portal does.
    pub async fn of(&self, driver: &dyn Driver) -> Result<Value, CallError> {
        Ok(self.whole(driver).await?.value)
    }

    /// The same with what is said about the answer.
    pub async fn whole(&self, driver: &dyn Driver) -> Result<Answer, CallError> {
        self.with(async |call| persist(driver, call, || 0.5).await).await
    }
}
