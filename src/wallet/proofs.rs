//! Codes by which others see that a document is real.
//!
//! Its holder chooses what whoever checks the code is shown; how the document stands is looked up at that moment. A code on a
//! telephone lives a minute, one on paper half a year, and both end when the holder says so.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Document, DocumentId, Printed, WalletError, Whose,
    dates::{rule, state_tag},
    model::ProofId,
    queries,
};
use crate::{
    accounts::masking,
    catalogue::Shelf,
    db::{Conn, DbError, Sealed, Stamp, schema::wallet_proofs},
    jobs::{Job, Priority},
    ledger::{self, CitizenId, Private, Warrant},
    platform::{
        Moment,
        clock::{Clock, city_day},
        keys::KeyRing,
        spoken,
    },
    web::checks::{Checks, Fact, Proved, Value},
};

pub(super) const CODE: &str = "wallet_proofs.code";
const SHOWN: &str = "wallet_proofs.shown";
/// As many signs has a code: eighty bits, so that trying codes finds none.
const LENGTH: usize = 16;
/// As long as somebody holds out their telephone.
pub const ON_SCREEN: TimeDelta = TimeDelta::minutes(1);
pub const ON_PAPER: TimeDelta = TimeDelta::days(183);
/// More codes of one document are nobody's need.
const MOST: i64 = 20;

/// What a holder can show beside how the document stands.
pub const FIELDS: [&str; 5] = ["holder", "number", "issued-on", "expires-on", "remarks"];

/// What whoever checks is shown, by the names of [`FIELDS`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Shown(BTreeMap<String, String>);

/// A code that was given out.
#[derive(Debug, Clone)]
pub struct Proof {
    pub id: ProofId,
    pub code: String,
    pub on_paper: bool,
    pub until: Moment,
}

/// Forgets codes that nobody can check any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "wallet.sweep-proofs";
    const PRIORITY: Priority = Priority::Low;

    fn key(&self) -> Option<String> {
        Some(String::new())
    }
}

pub fn sweep(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let old = wallet_proofs::table.filter(wallet_proofs::until_at.lt(Stamp::from(now - TimeDelta::days(1))));
    Ok(diesel::delete(old).execute(c)?)
}

/// Gives out a code for a document. Name and number are shown covered, and only if its holder wants it.
pub fn give(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (whose, warrant): (&Whose, &Warrant),
    document: &Document,
    (fields, name, on_paper): (&[&str], Option<&str>, bool),
) -> Result<ProofId, WalletError> {
    let open = wallet_proofs::table
        .filter(wallet_proofs::citizen_id.eq(whose.citizen))
        .filter(wallet_proofs::document_id.eq(document.id))
        .filter(wallet_proofs::until_at.gt(Stamp::from(now)));
    if open.count().get_result::<i64>(c)? >= MOST {
        return Err(WalletError::TooMany);
    }
    let printed = document.printed(c, ring, warrant)?;
    let shown = shown(document, &printed, fields, name);
    let text = serde_json::to_string(&shown).map_err(|error| WalletError::Stored(error.to_string()))?;
    let code = spoken::new::<LENGTH>().map_err(|error| WalletError::Stored(error.to_string()))?;
    let id = ProofId::new();
    let life = if on_paper { ON_PAPER } else { ON_SCREEN };
    let sealed = Sealed::new(ring, SHOWN, &text).map_err(ledger::LedgerError::from)?;
    diesel::insert_into(wallet_proofs::table)
        .values((
            wallet_proofs::citizen_id.eq(whose.citizen),
            wallet_proofs::id.eq(id),
            wallet_proofs::document_id.eq(document.id),
            wallet_proofs::code.eq(ledger::seal(c, ring, whose.citizen, CODE, &code)?),
            wallet_proofs::code_hash.eq(ring.lookup(CODE, code.as_bytes()).to_vec()),
            wallet_proofs::shown.eq(sealed),
            wallet_proofs::on_paper.eq(on_paper),
            wallet_proofs::made_at.eq(Stamp::from(now)),
            wallet_proofs::until_at.eq(Stamp::from(now + life)),
        ))
        .execute(c)?;
    Ok(id)
}

fn shown(document: &Document, printed: &Printed, fields: &[&str], name: Option<&str>) -> Shown {
    let value = |field: &str| match field {
        "holder" => name.map(masking::name),
        "number" => Some(masking::number(&printed.number)),
        "issued-on" => Some(document.issued_on.to_string()),
        "expires-on" => document.expires_on.map(|day| day.to_string()),
        "remarks" => Some(printed.remarks.join("; ")),
        _ => None,
    };
    let chosen = FIELDS.into_iter().filter(|field| fields.contains(field));
    let said =
        chosen.filter_map(|field| Some((field.to_owned(), value(field).filter(|text| !text.is_empty())?)));
    Shown(said.collect())
}

type Row = (ProofId, DocumentId, Private, bool, Stamp);

/// What a code shows, by its field.
pub type Said = Vec<(&'static str, String)>;

/// A code of somebody's, for them to show, with what it shows beside how the document stands.
pub fn find(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (whose, warrant): (&Whose, &Warrant),
    (document, id): (DocumentId, ProofId),
) -> Result<(Proof, Said), WalletError> {
    let found: Option<(Row, Sealed)> = wallet_proofs::table
        .find((whose.citizen, id))
        .select((
            (
                wallet_proofs::id,
                wallet_proofs::document_id,
                wallet_proofs::code,
                wallet_proofs::on_paper,
                wallet_proofs::until_at,
            ),
            wallet_proofs::shown,
        ))
        .first(c)
        .optional()?;
    let found = found.filter(|(row, _)| row.1 == document && row.4.moment() > now);
    let (row, sealed) = found.ok_or(WalletError::Unknown)?;
    let shown = read(ring, &sealed).map(known).unwrap_or_default();
    Ok((opened(c, ring, warrant, row)?, shown))
}

/// What a code shows. What cannot be read any more shows nothing.
fn read(ring: &KeyRing, sealed: &Sealed) -> Option<Shown> {
    let plain = sealed.open(ring, SHOWN);
    let plain = plain.inspect_err(|error| tracing::error!(%error, "a proof cannot be read")).ok()?;
    serde_json::from_str(&plain).ok()
}

/// By the names of [`FIELDS`].
fn known(Shown(shown): Shown) -> Vec<(&'static str, String)> {
    let known = |(field, text): (String, String)| {
        FIELDS.into_iter().find(|known| *known == field).map(|field| (field, text))
    };
    shown.into_iter().filter_map(known).collect()
}

/// The codes on paper that still hold.
pub fn on_paper(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    warrant: &Warrant,
    document: DocumentId,
) -> Result<Vec<Proof>, WalletError> {
    let rows: Vec<Row> = wallet_proofs::table
        .filter(wallet_proofs::citizen_id.eq(warrant.citizen()))
        .filter(wallet_proofs::document_id.eq(document))
        .filter(wallet_proofs::on_paper.eq(true))
        .filter(wallet_proofs::until_at.gt(Stamp::from(now)))
        .order(wallet_proofs::id)
        .select((
            wallet_proofs::id,
            wallet_proofs::document_id,
            wallet_proofs::code,
            wallet_proofs::on_paper,
            wallet_proofs::until_at,
        ))
        .load(c)?;
    rows.into_iter().map(|row| opened(c, ring, warrant, row)).collect()
}

fn opened(
    c: &mut Conn,
    ring: &KeyRing,
    warrant: &Warrant,
    (id, _, code, on_paper, until): Row,
) -> Result<Proof, WalletError> {
    let code = spoken::grouped(&warrant.open(c, ring, CODE, &code)?);
    Ok(Proof { id, code, on_paper, until: until.moment() })
}

/// A code of one of somebody's documents proves nothing any more.
pub fn end(c: &mut Conn, whose: &Whose, (document, id): (DocumentId, ProofId)) -> Result<(), WalletError> {
    queries::find(c, whose, document)?;
    let of = wallet_proofs::table.find((whose.citizen, id)).filter(wallet_proofs::document_id.eq(document));
    diesel::delete(of).execute(c)?;
    Ok(())
}

pub(super) fn end_all_of(c: &mut Conn, citizen: CitizenId, document: DocumentId) -> Result<(), DbError> {
    let of = wallet_proofs::table
        .filter(wallet_proofs::citizen_id.eq(citizen))
        .filter(wallet_proofs::document_id.eq(document));
    diesel::delete(of).execute(c)?;
    Ok(())
}

/// What the codes of documents prove to anybody.
pub struct Proofs {
    pub ring: Arc<KeyRing>,
    pub clock: Clock,
    pub shelf: Arc<Shelf>,
}

impl Checks for Proofs {
    fn check(&self, c: &mut Conn, typed: &str) -> Result<Option<Proved>, DbError> {
        let Some(code) = spoken::read(typed, LENGTH) else { return Ok(None) };
        let now = self.clock.now();
        let found: Option<(CitizenId, DocumentId, Sealed)> = wallet_proofs::table
            .filter(wallet_proofs::code_hash.eq(self.ring.lookup(CODE, code.as_bytes()).to_vec()))
            .filter(wallet_proofs::until_at.gt(Stamp::from(now)))
            .select((wallet_proofs::citizen_id, wallet_proofs::document_id, wallet_proofs::shown))
            .first(c)
            .optional()?;
        let Some((citizen, id, shown)) = found else { return Ok(None) };
        let Some(document) = queries::one(c, citizen, id)? else { return Ok(None) };
        let Some(shown) = read(&self.ring, &shown) else { return Ok(None) };
        Ok(self.proved(&document, shown, city_day(now)))
    }
}

impl Proofs {
    fn proved(&self, document: &Document, shown: Shown, today: NaiveDate) -> Option<Proved> {
        let agency = document.agency.clone()?;
        let edition = self.shelf.edition().ok()?;
        let rule = rule(&edition.catalogue, &document.kind);
        let standing = document.dates(&rule, &edition.catalogue.calendar).on(today);
        let state = if document.gone_at.is_some() { "unknown" } else { state_tag(standing.state) };
        let mut facts = vec![
            Fact::new("licence", Value::Licence(document.kind.clone())),
            Fact::new("agency", Value::Agency(agency)),
            Fact::new("stands", Value::LicenceState(state)),
            Fact::new("as-of", Value::Day(city_day(document.seen_at.moment()))),
        ];
        let shown = known(shown).into_iter().filter_map(|(label, text)| {
            // A document that was renewed since is shown with the dates that it has now.
            let value = match label {
                "issued-on" => Value::Day(document.issued_on),
                "expires-on" => Value::Day(document.expires_on?),
                _ => Value::Text(text),
            };
            Some(Fact::new(label, value))
        });
        facts.extend(shown);
        Some(Proved { kind: "licence", valid: matches!(state, "valid" | "renewal-pending"), facts })
    }
}
