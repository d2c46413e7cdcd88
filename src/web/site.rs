//! What handlers of every room reach for, built once by `app`.

use std::{net::IpAddr, sync::Arc, time::Duration};

use url::Url;
use yimen_contract::Bilingual;
use yimen_drivers::address::Allowed;

use super::{Keeper, frame::CityLine, limits::Limits};
use crate::{
    cache::Cache,
    db::Db,
    platform::{
        Clock,
        config::{Channels, Config, FilesConfig},
        hashes::HashList,
        keys::KeyRing,
    },
};

/// The port through which a later room says what every page's frame shows.
pub trait Chrome: Send + Sync {
    fn city(&self) -> Arc<CityLine>;

    /// What an agency is called, by its public name; nothing where it is not known.
    fn agency(&self, _slug: &str) -> Option<Bilingual> {
        None
    }
}

/// The port through which a later room says how well somebody must be signed in for a service.
pub trait Demands: Send + Sync {
    /// `None`: nobody has to be.
    fn level(&self, service: &str) -> Option<u8>;
}

/// What a site is made of.
pub struct SiteParts {
    pub db: Db,
    pub cache: Cache,
    pub clock: Clock,
    pub keys: Arc<KeyRing>,
    /// Passwords that nobody may choose.
    pub leaked: Option<Arc<HashList>>,
    pub chrome: Arc<dyn Chrome>,
    pub demands: Arc<dyn Demands>,
    /// The address people type.
    pub public_url: Url,
    /// The addresses at which programs ask, and not people.
    pub machine_paths: Vec<&'static str>,
}

/// The portal as handlers see it.
pub struct Site {
    pub db: Db,
    pub cache: Cache,
    pub clock: Clock,
    pub keys: Arc<KeyRing>,
    /// Passwords that nobody may choose, because they were leaked.
    pub leaked: Option<Arc<HashList>>,
    pub chrome: Arc<dyn Chrome>,
    pub demands: Arc<dyn Demands>,
    pub kept: Keeper,
    pub public_url: Url,
    /// The ways by which codes can be sent.
    pub channels: Channels,
    /// The national identity providers that people can sign in with: id and name.
    pub national: Vec<(String, Bilingual)>,
    /// Where the portal may connect to besides the public internet.
    pub allowed: Allowed,
    /// Where papers lie that people hand in, and how large they may be.
    pub files: FilesConfig,
    /// Requests to the OpenID provider that one agency's site has in a minute.
    pub site_requests: u64,
    pub(super) limits: Limits,
    pub(super) one_name: bool,
    pub(super) trusted_proxies: Vec<IpAddr>,
    pub(super) deadline: Duration,
    pub(super) max_form_bytes: usize,
}

impl Site {
    pub fn new(parts: SiteParts, config: &Config) -> Self {
        let SiteParts { db, cache, clock, keys, leaked, chrome, demands, public_url, machine_paths } = parts;
        Self {
            limits: Limits::new(&config.limits, machine_paths),
            allowed: Allowed::new(config.gateway.allow.clone()),
            site_requests: config.limits.site_requests_per_minute.into(),
            kept: Keeper::new(config.cache.max_bytes),
            channels: config.channels(),
            national: config.national.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
            files: config.files.clone(),
            one_name: config.server.one_name,
            trusted_proxies: config.server.trusted_proxies.clone(),
            deadline: config.server.deadline,
            max_form_bytes: config.server.max_form_bytes,
            db,
            cache,
            clock,
            keys,
            leaked,
            chrome,
            demands,
            public_url,
        }
    }

    /// Whether people reach the portal over HTTPS. Cookies can then be pinned to this very host.
    pub fn https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The public address without a slash at its end.
    pub fn origin(&self) -> &str {
        self.public_url.as_str().trim_end_matches('/')
    }

    /// The public address of a path asked for by another name, where there is to be only one.
    pub(super) fn under_its_own_name(&self, host: &str, path_and_query: &str) -> Option<String> {
        if !self.one_name || path_and_query.starts_with("/health/") {
            return None;
        }
        let own = self.origin().split_once("://").map_or("", |(_, own)| own);
        (!host.eq_ignore_ascii_case(own)).then(|| format!("{}{path_and_query}", self.origin()))
    }

    /// A cookie's name: over HTTPS with the prefix by which browsers refuse to take it from anyone else.
    pub(super) fn cookie_name(&self, name: &str) -> String {
        if self.https() { format!("__Host-{name}") } else { name.to_owned() }
    }
}
