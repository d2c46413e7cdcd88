//! How much one address may ask for. The counts live in the cache; where that is away, each node counts for
//! itself, so a limit may loosen to one per node but never opens.

use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};

use super::{Failure, Site, Visitor};
use crate::{cache::Key, platform::config::LimitsConfig};

/// Nobody but programs asks below it.
const MACHINES: &str = "/api/";
const WINDOW: Duration = Duration::from_mins(1);

#[derive(Debug, Clone)]
pub(super) struct Limits {
    requests: u64,
    searches: u64,
    machine_requests: u64,
    /// Where programs ask, and not people.
    machine_paths: Vec<&'static str>,
}

impl Limits {
    pub(super) fn new(config: &LimitsConfig, machine_paths: Vec<&'static str>) -> Self {
        Self {
            requests: config.requests_per_minute.into(),
            searches: config.searches_per_minute.into(),
            machine_requests: config.machine_requests_per_minute.into(),
            machine_paths,
        }
    }
}

/// Counts a request that costs work. A program speaks for many people from one address, so it has a share of its
/// own: neither takes anything from the other.
pub(super) async fn request(site: &Site, path: &str, address: IpAddr) -> Result<(), Failure> {
    if path.starts_with(MACHINES) || site.limits.machine_paths.contains(&path) {
        return check(site, "machine", address, site.limits.machine_requests).await;
    }
    check(site, "request", address, site.limits.requests).await
}

/// Counts a search, which costs more.
pub(super) async fn search(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    if let (Some(site), Some(visitor)) = (request.app_data::<Data<Site>>(), visitor) {
        check(site, "search", visitor.address(), site.limits.searches).await?;
    }
    next.call(request).await
}

async fn check(site: &Site, what: &'static str, address: IpAddr, limit: u64) -> Result<(), Failure> {
    let key = Key::new("limit", &[&what, &household(address)]);
    let tally = site.cache.count(&key, WINDOW, site.clock.now()).await;
    if tally.over(limit) {
        metrics::counter!("yimen_limited_total", "what" => what).increment(1);
        return Err(Failure::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
    }
    Ok(())
}

/// One subscriber of IPv6 has a whole /64 to choose addresses from.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}
