//! How the end of the chain stands: what an auditor sees without recomputing all of it, which is `yimen ledger verify`.

use diesel::prelude::*;

use super::{LedgerError, PublishedKey, heads};
use crate::{
    db::{
        Conn,
        schema::{chain, looks},
    },
    platform::Moment,
};

/// The last signed head, and what is not sealed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainEnd {
    pub position: i64,
    pub at: Moment,
    pub key: String,
    /// Its signature is by the key it names, and the chain has its hash at its position.
    pub holds: bool,
    /// Entries that wait for the sealer.
    pub waiting: i64,
}

/// `None`: nothing was ever sealed.
pub fn chain_end(c: &mut Conn) -> Result<Option<ChainEnd>, LedgerError> {
    let waiting: i64 = looks::table.filter(looks::position.is_null()).count().get_result(c)?;
    let Some(head) = heads::newest(c)? else { return Ok(None) };
    let key = heads::keys(c)?.into_iter().find(|key| key.id == head.key_id).map(PublishedKey::from);
    let signed = key.and_then(|key| key.verifying()).is_some_and(|key| head.is_signed_by(&key));
    let hash: Option<Vec<u8>> =
        chain::table.filter(chain::position.eq(head.position)).select(chain::hash).first(c).optional()?;
    Ok(Some(ChainEnd {
        position: head.position,
        at: head.at.moment(),
        holds: signed && hash.as_ref() == Some(&head.hash),
        key: head.key_id,
        waiting,
    }))
}
