//! How often somebody may try: by account and by address, so that neither many guesses at one account nor one
//! guess at many gets far. The account is counted whether it exists or not. A passkey cannot be guessed and
//! always passes.

use std::time::Duration;

use crate::{
    cache::Key,
    web::{Failure, Site, Visitor, household},
};

const WINDOW: Duration = Duration::from_mins(15);
/// Tries for one account in a window.
const PER_ACCOUNT: u64 = 10;
/// Tries from one address: a library or an office has many people behind one.
const PER_ADDRESS: u64 = 100;

/// Counts a try, or says when to come back.
pub async fn attempt(site: &Site, visitor: &Visitor, what: &str, account: &str) -> Result<(), Failure> {
    // The account is hashed: what the counters are called must not tell who was asked for.
    let account = site.keys.sign("throttle", account.to_lowercase().as_bytes());
    let account = account.iter().take(12).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    count(site, what, &account, PER_ACCOUNT).await?;
    count(site, what, &household(visitor.address()).to_string(), PER_ADDRESS).await
}

async fn count(site: &Site, what: &str, whom: &str, limit: u64) -> Result<(), Failure> {
    let key = Key::new("throttle", &[&what, &whom]);
    let tally = site.cache.count(&key, WINDOW, site.clock.now()).await;
    if tally.over(limit) {
        metrics::counter!("yimen_throttled_total").increment(1);
        return Err(Failure::TooMany { retry_after: tally.resets_in.as_secs().max(1) });
    }
    Ok(())
}
