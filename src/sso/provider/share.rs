//! How much one site may ask for, and how often anybody may fail to be one.
//!
//! A site is counted once it has proved itself, so that nobody else can use up its share; an address is counted for
//! every proof that failed. What an address may ask altogether the entrance counts (`web/limits.rs`).

use std::{net::IpAddr, time::Duration};

use crate::{
    agencies::clients::ClientId,
    cache::{Key, Tally},
    web::Site,
};

const WINDOW: Duration = Duration::from_mins(1);
/// Proofs that may fail from one address in a window: a site with a wrong secret tries again, a guesser far oftener.
const FAILED: u64 = 60;

/// Whether the site has nothing left, or somebody at this address guessed too often: until when.
pub(super) async fn used_up(site: &Site, client: ClientId, address: IpAddr) -> Option<u64> {
    let now = site.clock.now();
    let asked = site.cache.tally(&of_site(client), WINDOW, now).await;
    if asked.count >= site.site_requests {
        return Some(wait(&asked, "site"));
    }
    let failed = site.cache.tally(&of_address(address), WINDOW, now).await;
    (failed.count >= FAILED).then(|| wait(&failed, "site-proof"))
}

pub(super) async fn proved(site: &Site, client: ClientId) {
    site.cache.count(&of_site(client), WINDOW, site.clock.now()).await;
}

pub(super) async fn failed(site: &Site, address: IpAddr) {
    site.cache.count(&of_address(address), WINDOW, site.clock.now()).await;
}

fn wait(tally: &Tally, what: &'static str) -> u64 {
    metrics::counter!("yimen_limited_total", "what" => what).increment(1);
    tally.resets_in.as_secs().max(1)
}

fn of_site(client: ClientId) -> Key {
    Key::new("oidc-site", &[&client])
}

fn of_address(address: IpAddr) -> Key {
    Key::new("oidc-failed", &[&address.to_canonical()])
}
