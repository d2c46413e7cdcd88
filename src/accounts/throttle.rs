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
/// How many right ones are given back in a window, so that whoever comes and goes often is not taken for a guesser.
/// Where very many sign in at once they share counts, so there has to be an end to it.
const GIVEN_BACK: u64 = 20;
/// Tries from one address: a library or an office has many people behind one.
const PER_ADDRESS: u64 = 100;

/// Counts a try, or says when to come back.
pub async fn attempt(site: &Site, visitor: &Visitor, what: &str, account: &str) -> Result<(), Failure> {
    let account = disguised(site, account);
    let right = site.cache.tally(&right(what, &account), WINDOW, site.clock.now()).await;
    count(site, what, &account, PER_ACCOUNT + right.count.min(GIVEN_BACK)).await?;
    count(site, what, &household(visitor.address()).to_string(), PER_ADDRESS).await
}

/// The try was right: it does not count against the account. It still counts against the address, where somebody
/// with an account of their own could otherwise go on guessing at others.
pub async fn give_back(site: &Site, what: &str, account: &str) {
    let key = right(what, &disguised(site, account));
    site.cache.count(&key, WINDOW, site.clock.now()).await;
}

/// Of the same parts as the tries, so that both counts begin anew together.
fn right(what: &str, account: &str) -> Key {
    Key::new("throttle-right", &[&what, &account])
}

/// What the counters are called must not tell who was asked for.
fn disguised(site: &Site, account: &str) -> String {
    let signed = site.keys.sign("throttle", account.to_lowercase().as_bytes());
    signed.iter().take(12).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
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
