//! Every provider that is set up.

use std::sync::Arc;

use super::provider::{Provider, UpstreamError};
use crate::{platform::config::NationalConfig, web::Failure};

/// The national identity providers, in the operator's order.
#[derive(Clone, Default)]
pub struct Providers(Arc<Vec<Provider>>);

impl Providers {
    pub fn new(configs: &[NationalConfig]) -> Result<Self, UpstreamError> {
        Ok(Self(Arc::new(configs.iter().map(Provider::new).collect::<Result<_, _>>()?)))
    }

    pub(super) fn get(&self, id: &str) -> Result<&Provider, Failure> {
        self.0.iter().find(|provider| provider.config.id == id).ok_or(Failure::NotFound)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }

    /// Asks every provider what it publishes: each with its issuer, or what is wrong.
    pub async fn check(configs: &[NationalConfig]) -> Vec<(String, Result<String, String>)> {
        let mut found = Vec::new();
        for config in configs {
            let seen = match Provider::new(config) {
                Ok(provider) => provider.discover().await.map(|_| config.issuer.clone()),
                Err(error) => Err(error),
            };
            found.push((format!("national {}", config.id), seen.map_err(|error| error.to_string())));
        }
        found
    }
}
