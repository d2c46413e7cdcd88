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

    /// Under whose names there may be something that the closing account did: the person's, and those of others.
    pub fn concerned(&self) -> Vec<CitizenId> {
        [&[self.into], self.acted_for].concat()
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

/// Hands the rows of a table over to the account that stays: whose they are, and each sealed column anew, by the
/// place it is sealed for. Columns that may be empty come second.
#[macro_export]
macro_rules! hand_over {
    ($c:expr, $joining:expr, $table:ident, $id:ty, [$($full:ident: $place:expr),* $(,)?]) => {
        $crate::hand_over!($c, $joining, $table, $id, [$($full: $place),*], [])
    };
    (
        $c:expr, $joining:expr, $table:ident, $id:ty,
        [$($full:ident: $place:expr),* $(,)?], [$($maybe:ident: $maybe_place:expr),* $(,)?]
    ) => {{
        type Rows = Vec<(
            $id,
            $($crate::hand_over!(@full $full),)*
            $($crate::hand_over!(@maybe $maybe),)*
        )>;
        let rows: Rows = $table::table
            .filter($table::citizen_id.eq($joining.from()))
            .select(($table::id, $($table::$full,)* $($table::$maybe,)*))
            .load($c)?;
        for (id, $($full,)* $($maybe,)*) in rows {
            $(let $full = $joining.anew($c, $place, &$full)?;)*
            $(let $maybe = $joining.anew_if($c, $maybe_place, $maybe.as_ref())?;)*
            diesel::update($table::table.find(($joining.from(), id)))
                .set((
                    $table::citizen_id.eq($joining.into),
                    $($table::$full.eq($full),)*
                    $($table::$maybe.eq($maybe),)*
                ))
                .execute($c)?;
        }
    }};
    (@full $column:ident) => { $crate::ledger::Private };
    (@maybe $column:ident) => { Option<$crate::ledger::Private> };
}

/// The same where nothing is sealed.
#[macro_export]
macro_rules! hand_over_plain {
    ($c:expr, $joining:expr, $($table:ident),+ $(,)?) => {$(
        diesel::update($table::table.filter($table::citizen_id.eq($joining.from())))
            .set($table::citizen_id.eq($joining.into))
            .execute($c)?;
    )+};
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
    /// Everything held about the person the warrant is for, with what stayed with accounts that became part of theirs.
    pub fn export(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        warrant: &Warrant,
    ) -> Result<Vec<Section>, LedgerError> {
        let accounts = vault::accounts_of(c, warrant.citizen())?;
        let mut sections = Vec::with_capacity(self.0.len());
        for holder in &self.0 {
            let mut records = Vec::new();
            for account in &accounts {
                records.extend(holder.export(c, ring, &warrant.over(&accounts, *account)?)?);
            }
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
        Ok(vault::join(c, joining.from(), joining.into)?)
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
        for account in vault::accounts_of(c, citizen)? {
            for holder in &self.0 {
                holder.erase(c, now, account)?;
            }
            vault::destroy_key(c, now, account)?;
        }
        Ok(true)
    }
}
