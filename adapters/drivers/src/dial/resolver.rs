//! Names become addresses here, and only here: what was checked is what is dialled. The connection is made to
//! the very addresses that passed, so a name that changes its mind in between (rebinding) gains nothing.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::Allowed;
use crate::call::Future;

/// Asks for the addresses of a name. A port, so that tests can play the name server.
pub trait Lookup: Send + Sync {
    fn lookup<'a>(&'a self, name: &'a str) -> Future<'a, io::Result<Vec<IpAddr>>>;
}

/// The system's own way.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup<'a>(&'a self, name: &'a str) -> Future<'a, io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.map(|at| at.ip()).collect()) })
    }
}

/// Hands the HTTP client only addresses that may be dialled.
pub(super) struct Guarded {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) allowed: Allowed,
    pub(super) tls: bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, allowed, tls) = (Arc::clone(&self.lookup), self.allowed.clone(), self.tls);
        Box::pin(async move {
            let found = lookup.lookup(name.as_str()).await?;
            allowed.check_all(&found, tls)?;
            // Port 0 stands for the port of the address asked for.
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}
