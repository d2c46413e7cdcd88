//! The port `PersonalData`: what is held about a person, wherever it is held.
//!
//! Every table with a `citizen_id` has exactly one implementor, which exports, erases, or says why the law wants
//! it kept. A test reads the schema and names a table that nobody answers for. `app` binds them all into
//! [`Holders`]; the privacy centre knows no table.

use serde::Serialize;

use super::{
    Actor, Basis, CitizenId, LedgerError, Look, Private, Purpose, RequestId, Warrant, looks, requests, vault,
};
use crate::{
    db::{Conn, DbError},
    platform::{Moment, keys::KeyRing},
};

/// A value as it is exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Text(String),
    /// A word that pages put into the reader's language.
    Tag(String),
    /// Several of them.
    Tags(Vec<String>),
    At(Moment),
}

/// One thing that is held: names of fields and their values, in the order in which they are shown.
pub type Record = Vec<(&'static str, Value)>;

/// Why something stays when everything else is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// The record of who looked protects the person, and an erased key makes its contents unreadable.
    LookRecord,
    /// That and when somebody agreed must be provable.
    ConsentProof,
    /// That and when a request was answered must be provable.
    RequestProof,
    /// That the key was destroyed, and when.
    KeyDestroyed,
}

impl Kept {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::LookRecord => "look-record",
            Self::ConsentProof => "consent-proof",
            Self::RequestProof => "request-proof",
            Self::KeyDestroyed => "key-destroyed",
        }
    }
}

/// Whoever holds data about people.
pub trait PersonalData: Send + Sync {
    /// The kind of data, by the word under which pages explain it.
    fn kind(&self) -> &'static str;

    /// The tables it answers for.
    fn tables(&self) -> &'static [&'static str];

    /// Everything held about the person the warrant is for, secrets of the portal's own excepted.
    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError>;

    /// Removes what the law does not want kept.
    fn erase(&self, c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), LedgerError>;

    /// Two accounts of one person become one: what is held under the one is held under the other from now on.
    /// A record of what the closed account did may stay with it, where it is the record that matters.
    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError>;

    /// Why something stays, if it does.
    fn retain(&self) -> Option<Kept> {
        None
    }
}

/// One account closes, and what is held under it goes over to another of the same person.
#[derive(Debug)]
pub struct Joining<'a> {
    pub ring: &'a KeyRing,
    pub now: Moment,
    /// The right to see what the closing account holds.
    pub warrant: &'a Warrant,
    pub into: CitizenId,
    /// Whom the closing account acted for.
    pub acted_for: &'a [CitizenId],
}

impl Joining<'_> {
    /// The account that closes.
    pub const fn from(&self) -> CitizenId {
        self.warrant.citizen()
    }

    /// Sealed anew, under the key of the account that stays.
    pub fn anew(&self, c: &mut Conn, place: &str, value: &Private) -> Result<Private, LedgerError> {
        let plain = self.warrant.open(c, self.ring, place, value)?;
        vault::seal(c, self.ring, self.into, place, &plain)
    }

    /// The same for what may be absent.
    pub fn anew_if(
        &self,
        c: &mut Conn,
        place: &str,
        value: Option<&Private>,
    ) -> Result<Option<Private>, LedgerError> {
        value.map(|value| self.anew(c, place, value)).transpose()
    }
}

/// Why two accounts cannot become one.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Both hold something of this kind of which a person has one at a time.
    #[error("both accounts have open {0} that exclude one another")]
    Both(&'static str),
}

/// What is held of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub kind: &'static str,
    pub kept: Option<Kept>,
    pub records: Vec<Record>,
}

/// Everybody who holds data about people.
pub struct Holders(pub Vec<Box<dyn PersonalData>>);

impl Holders {
    /// Everything held about the person the warrant is for.
    pub fn export(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        warrant: &Warrant,
    ) -> Result<Vec<Section>, LedgerError> {
        let mut sections = Vec::with_capacity(self.0.len());
        for holder in &self.0 {
            let records = holder.export(c, ring, warrant)?;
            sections.push(Section { kind: holder.kind(), kept: holder.retain(), records });
        }
        Ok(sections)
    }

    /// What stays after an erasure, and why.
    pub fn kept(&self) -> Vec<(&'static str, Kept)> {
        self.0.iter().filter_map(|holder| Some((holder.kind(), holder.retain()?))).collect()
    }

    /// What goes.
    pub fn erased(&self) -> Vec<&'static str> {
        self.0.iter().filter(|holder| holder.retain().is_none()).map(|holder| holder.kind()).collect()
    }

    /// Hands everything over from one account of a person to another. All of it in the caller's transaction.
    pub fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), JoinError> {
        for holder in &self.0 {
            holder.join(c, joining).map_err(|error| match error {
                LedgerError::Db(DbError::Conflict(_)) => JoinError::Both(holder.kind()),
                other => other.into(),
            })?;
        }
        Ok(())
    }

    /// Carries out an erasure, if the person still wants it: every holder removes what it may, then the key is
    /// destroyed, so that what stays cannot be read. All of it in the caller's transaction.
    pub fn erase(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        now: Moment,
        citizen: CitizenId,
        request: RequestId,
    ) -> Result<bool, LedgerError> {
        if !requests::end(c, now, citizen, request, "done")? {
            return Ok(false);
        }
        let done = Look {
            citizen,
            actor: Actor::Portal("erasure"),
            purpose: Purpose::DataRequest,
            basis: Basis::Consent,
            fields: &[],
            detail: None,
        };
        looks::act(c, ring, now, &done)?;
        for holder in &self.0 {
            holder.erase(c, now, citizen)?;
        }
        vault::destroy_key(c, now, citizen)?;
        Ok(true)
    }
}
