//! What a citizen agreed that an agency's sites may have. It is remembered for the agency, asked for again when
//! a site wants more, and looked up at every use: withdrawn, it opens nothing any more.

use super::{ProviderError, ask::Scope};
use crate::{
    accounts::credentials,
    db::{Conn, DbError},
    ledger::{
        CitizenId,
        consent::{self, Grant},
    },
    platform::Moment,
};

/// What it is for, in the register of consents.
const PURPOSE: &str = "sign-on";
/// The wording of the page. A new wording asks everybody again.
const WORDING: &str = "1";
/// Being known again under a pseudonym, which every signing in includes.
const KNOWN_AGAIN: &str = "pseudonym";

/// The kinds of data that scopes stand for.
pub(super) fn kinds(scopes: &[Scope]) -> Vec<&'static str> {
    scopes.iter().map(|scope| scope.kind()).collect()
}

/// Which of these scopes the citizen agreed to, and still does. `None`: they must be asked first. The identity
/// number is agreed to on its own and may be left out; whoever left it out is not asked again and again.
pub(super) fn agreed(
    c: &mut Conn,
    citizen: CitizenId,
    agency: &str,
    scopes: &[Scope],
) -> Result<Option<Vec<Scope>>, DbError> {
    let Some(given) = consent::given(c, citizen, agency, PURPOSE, WORDING)? else { return Ok(None) };
    let has = |scope: &Scope| given.covers(&[scope.kind()]);
    let enough =
        given.covers(&[KNOWN_AGAIN]) && scopes.iter().all(|scope| *scope == Scope::Identity || has(scope));
    Ok(enough.then(|| scopes.iter().copied().filter(has).collect()))
}

/// Remembers that the citizen agreed, besides what they agreed to before.
pub(super) fn remember(
    c: &mut Conn,
    now: Moment,
    citizen: CitizenId,
    agency: &str,
    scopes: &[Scope],
) -> Result<(), ProviderError> {
    // What two windows agree to at the same moment adds up.
    credentials::hold(c, citizen)?;
    let before = consent::given(c, citizen, agency, PURPOSE, WORDING)?;
    let mut all = vec![KNOWN_AGAIN];
    all.extend(kinds(scopes));
    if let Some(before) = &before {
        if before.covers(&all) {
            return Ok(());
        }
        all.extend(before.kinds.0.iter().map(String::as_str));
    }
    all.sort_unstable();
    all.dedup();
    let grant = Grant { citizen, recipient: agency, purpose: PURPOSE, kinds: &all, version: WORDING };
    consent::give(c, now, &grant)?;
    Ok(())
}
