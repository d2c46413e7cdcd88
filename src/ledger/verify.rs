//! Recomputing the ledger: every entry's digest, every link, every head, page by page.
//!
//! Safe beside a running city: entries, links and heads of one run commit together, so what is read after a
//! position is at least as new as the position. Each fault is named where it is and does not spoil what
//! follows: a link whose own digest is right is a firm footing for the next.

use std::{collections::HashMap, sync::Arc};

use chrono::TimeDelta;
use diesel::{dsl::exists, prelude::*};
use p256::ecdsa::VerifyingKey;

use super::{
    CitizenId, Fault, LedgerError, LookId, Published, Report,
    chain::{self, BEGINNING, Link},
    entry::Entry,
    heads::{self, Head},
};
use crate::{
    db::{
        Conn, Db, DbError,
        schema::{chain as links, looks},
    },
    platform::{Moment, keys::KeyRing},
};

const AT_ONCE: i64 = 1000;

/// A transaction takes no longer than this, so an entry older than the newest link by more was left out.
const LATEST: TimeDelta = TimeDelta::minutes(10);

/// Verifies the whole ledger and, if given, that it still says what was published.
pub async fn verify(
    db: &Db,
    ring: &Arc<KeyRing>,
    published: Option<Published>,
) -> Result<Report, LedgerError> {
    let mut walk = Walk { before: Some(BEGINNING.to_vec()), ..Walk::default() };
    let keyring = Arc::clone(ring);
    walk = db.read(move |c| walk.keys(c, &keyring)).await?;
    loop {
        let keyring = Arc::clone(ring);
        let ended;
        (walk, ended) = db.read(move |c| walk.page(c, &keyring)).await?;
        if ended {
            break;
        }
    }
    walk = db.read(move |c| walk.beyond(c)).await?;
    let mut last = None;
    loop {
        let keyring = Arc::clone(ring);
        (walk, last) = db.read(move |c| walk.waiting(c, &keyring, last)).await?;
        if last.is_none() {
            break;
        }
    }
    for chunk in published.iter().flat_map(|published| published.heads.chunks(500)) {
        let part =
            Published { heads: chunk.to_vec(), earlier: None, ..published.clone().unwrap_or_default() };
        walk = db.read(move |c| walk.compare(c, &part)).await?;
    }
    walk.report.findings.sort();
    walk.report.findings.dedup();
    Ok(walk.report)
}

#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = looks)]
struct Placed {
    #[diesel(embed)]
    entry: Entry,
    position: Option<i64>,
}

type Pair = (Link, Option<Placed>);

/// How far the verification has come.
#[derive(Default)]
struct Walk {
    report: Report,
    keys: HashMap<String, VerifyingKey>,
    /// The last position seen.
    at: i64,
    /// The hash to go on from; unknown after a fault that leaves none to trust.
    before: Option<Vec<u8>>,
    last_head: i64,
    newest: Option<Moment>,
}

impl Walk {
    /// Takes only keys that the ring itself vouches for.
    fn keys(mut self, c: &mut Conn, ring: &KeyRing) -> Result<Self, LedgerError> {
        for key in heads::keys(c)? {
            match key.open(ring) {
                Some(signer) => drop(self.keys.insert(key.id, *signer.verifying_key())),
                None => self.report.about(None, Fault::KeyWrong, key.id),
            }
        }
        Ok(self)
    }

    /// Verifies the next links with their entries and heads. `true`: that was the end.
    fn page(mut self, c: &mut Conn, ring: &KeyRing) -> Result<(Self, bool), LedgerError> {
        let from = self.at;
        let page = load(c, from)?;
        let Some(to) = page.last().map(|(position, _)| *position) else {
            let ended = self.end(c)?;
            return Ok((self, ended));
        };
        let heads: Vec<Head> =
            heads::after(c, from, AT_ONCE * 2)?.into_iter().filter(|head| head.position <= to).collect();
        let claims: Vec<(Option<i64>, LookId)> = looks::table
            .filter(looks::position.gt(from))
            .filter(looks::position.le(to))
            .order(looks::position)
            .limit(AT_ONCE * 2)
            .select((looks::position, looks::id))
            .load(c)?;
        let mut hashes = HashMap::new();
        let mut places = HashMap::new();
        for (position, pair) in page {
            self.gap(position, &heads);
            self.report.sealed += 1;
            self.at = position;
            if let Some((link, found)) = pair {
                places.insert(position, Some(link.look_id));
                self.link(ring, &link, found.as_ref());
                hashes.insert(position, link.hash);
            } else {
                places.insert(position, None);
                self.report.at(position, Fault::Unreadable);
                self.before = None;
            }
        }
        for head in &heads {
            self.head(head, hashes.get(&head.position));
        }
        for (position, look) in claims {
            let Some(position) = position else { continue };
            let holder = places.get(&position).copied().unwrap_or(Some(LookId::from(uuid::Uuid::nil())));
            if holder.is_some_and(|holder| holder != look) {
                self.report.about(Some(position), Fault::NotChained, look.to_string());
            }
        }
        Ok((self, false))
    }

    /// Positions left out before this one.
    fn gap(&mut self, position: i64, heads: &[Head]) {
        if position == self.at + 1 {
            return;
        }
        self.report.between(self.at + 1, position - 1, Fault::Missing);
        // Where a head vouches for the hash before, the chain can be taken up again.
        let head = heads.iter().find(|head| head.position == position - 1);
        self.before = head.filter(|head| self.is_signed(head)).map(|head| head.hash.clone());
    }

    fn link(&mut self, ring: &KeyRing, link: &Link, placed: Option<&Placed>) {
        let sound = link.digest(ring, &link.hash) == link.mac;
        if !sound {
            self.report.at(link.position, Fault::Moved);
        }
        self.newest = self.newest.max(Some(link.sealed_at.moment()));
        let mut follows = None;
        match placed {
            None => self.report.at(link.position, Fault::Dropped),
            Some(Placed { entry, position }) => {
                if *position != Some(link.position) {
                    self.report.at(link.position, Fault::Misplaced);
                }
                if entry.is_genuine(ring) {
                    follows = self.before.as_ref().map(|before| chain::hash(before, entry));
                } else {
                    self.report.about(Some(link.position), Fault::Changed, entry.id.to_string());
                }
            }
        }
        if sound {
            if follows.is_some_and(|follows| follows != link.hash) {
                self.report.at(link.position, Fault::Broken);
            }
            self.before = Some(link.hash.clone());
        } else {
            // If only the hash was changed, the digest tells which one it was.
            self.before = follows.filter(|follows| link.digest(ring, follows) == link.mac);
        }
    }

    fn is_signed(&self, head: &Head) -> bool {
        self.keys.get(&head.key_id).is_some_and(|key| head.is_signed_by(key))
    }

    fn head(&mut self, head: &Head, hash: Option<&Vec<u8>>) {
        self.report.heads += 1;
        if !self.is_signed(head) || hash.is_some_and(|hash| *hash != head.hash) {
            self.report.at(head.position, Fault::HeadWrong);
        }
        if head.previous > self.last_head {
            self.report.at(head.previous, Fault::HeadMissing);
        }
        self.last_head = head.position;
    }

    /// Nothing follows on the chain: does its end have a head, and does no head name a later one?
    fn end(&mut self, c: &mut Conn) -> Result<bool, LedgerError> {
        let later = heads::after(c, self.at, AT_ONCE)?;
        // The sealer may have gone on meanwhile; read in this order, a head never comes before its links.
        let more: bool =
            diesel::select(exists(links::table.filter(links::position.gt(self.at)))).get_result(c)?;
        if more {
            return Ok(false);
        }
        self.report.position = self.at;
        if self.at > self.last_head {
            self.report.at(self.at, Fault::HeadMissing);
        }
        for head in &later {
            self.head(head, None);
        }
        if let Some(last) = later.last() {
            self.report.between(self.at + 1, last.position, Fault::Truncated);
        }
        Ok(true)
    }

    /// Entries that claim a place where the chain has none.
    fn beyond(mut self, c: &mut Conn) -> Result<Self, LedgerError> {
        let claims: Vec<(Option<i64>, LookId)> = looks::table
            .filter(looks::position.gt(self.at).or(looks::position.lt(1)))
            .filter(diesel::dsl::not(exists(links::table.filter(links::look_id.eq(looks::id)))))
            .limit(AT_ONCE)
            .select((looks::position, looks::id))
            .load(c)?;
        for (position, look) in claims {
            self.report.about(position, Fault::NotChained, look.to_string());
        }
        Ok(self)
    }

    /// Entries that have no place yet, from one id on.
    fn waiting(
        mut self,
        c: &mut Conn,
        ring: &KeyRing,
        from: Option<(LookId, CitizenId)>,
    ) -> Result<(Self, Option<(LookId, CitizenId)>), LedgerError> {
        let unplaced = looks::table.filter(looks::position.is_null());
        let unplaced =
            unplaced.order((looks::id, looks::citizen_id)).limit(AT_ONCE).select(Entry::as_select());
        let page: Result<Vec<Entry>, _> = match from {
            Some((id, citizen)) => unplaced
                .filter(looks::id.gt(id).or(looks::id.eq(id).and(looks::citizen_id.gt(citizen))))
                .load(c),
            None => unplaced.load(c),
        };
        let page = match page {
            Err(diesel::result::Error::DeserializationError(_)) => {
                self.report.about(None, Fault::Unreadable, "an entry that waits".to_owned());
                return Ok((self, None));
            }
            page => page?,
        };
        for entry in &page {
            let at = entry.at.moment();
            self.report.waiting += 1;
            self.report.waiting_since = Some(self.report.waiting_since.map_or(at, |since| since.min(at)));
            if !entry.is_genuine(ring) {
                self.report.about(None, Fault::Changed, entry.id.to_string());
            } else if self.newest.is_some_and(|newest| at + LATEST < newest) {
                self.report.about(None, Fault::LeftOut, entry.id.to_string());
            }
        }
        Ok((self, page.last().map(|entry| (entry.id, entry.citizen_id))))
    }

    /// Whether the chain still is what was published.
    fn compare(mut self, c: &mut Conn, published: &Published) -> Result<Self, LedgerError> {
        let keys: HashMap<&str, VerifyingKey> =
            published.keys.iter().filter_map(|key| Some((key.id.as_str(), key.verifying()?))).collect();
        let positions: Vec<i64> = published.heads.iter().map(|head| head.position).collect();
        let hashes: Vec<(i64, Vec<u8>)> = links::table
            .filter(links::position.eq_any(&positions))
            .select((links::position, links::hash))
            .load(c)?;
        let hashes: HashMap<i64, Vec<u8>> = hashes.into_iter().collect();
        for said in &published.heads {
            self.report.compared += 1;
            let signed = said
                .head()
                .filter(|head| keys.get(said.key.as_str()).is_some_and(|key| head.is_signed_by(key)));
            let Some(head) = signed else {
                self.report.about(Some(said.position), Fault::HeadWrong, "in the file".to_owned());
                continue;
            };
            if head.position > self.at {
                self.report.between(self.at + 1, head.position, Fault::Truncated);
            }
            if hashes.get(&head.position) != Some(&head.hash) {
                self.report.at(head.position, Fault::Published);
            }
        }
        Ok(self)
    }
}

/// The next links with their entries. Where a row cannot be read, only its position.
fn load(c: &mut Conn, from: i64) -> Result<Vec<(i64, Option<Pair>)>, LedgerError> {
    let joined = links::table.left_join(
        looks::table.on(looks::citizen_id.eq(links::citizen_id).and(looks::id.eq(links::look_id))),
    );
    let joined = joined.select((Link::as_select(), Option::<Placed>::as_select()));
    let page: Result<Vec<Pair>, _> =
        joined.filter(links::position.gt(from)).order(links::position).limit(AT_ONCE).load(c);
    match page {
        Ok(page) => Ok(page.into_iter().map(|pair| (pair.0.position, Some(pair))).collect()),
        Err(diesel::result::Error::DeserializationError(_)) => {
            let positions: Vec<i64> = links::table
                .filter(links::position.gt(from))
                .order(links::position)
                .limit(AT_ONCE)
                .select(links::position)
                .load(c)?;
            let one = |position: i64| match joined.filter(links::position.eq(position)).first(c) {
                Ok(pair) => Ok((position, Some(pair))),
                Err(diesel::result::Error::DeserializationError(_)) => Ok((position, None)),
                Err(error) => Err(DbError::from(error).into()),
            };
            positions.into_iter().map(one).collect()
        }
        Err(error) => Err(error.into()),
    }
}
