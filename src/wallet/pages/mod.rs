//! The pages of the wallet: everything somebody holds, one document, what they write down, what they show.

mod add;
mod document;
mod list;
mod proof;

pub use add::{add, add_page, change, change_page};
pub use document::{discard, document, restore};
pub use list::{fetch, stop, wallet};
pub use proof::{end, proof, show};

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::licence::LicenceClass;
use yimen_licences::Renewal;

use super::{
    Document, DocumentId, Printed, Whose,
    dates::{matter_tag, rule, state_tag},
    views::{RenewalView, StandsView},
};
use crate::{
    accounts::acting::{self, Party, Refused, Represented},
    catalogue::{Catalogue, present::Presenter},
    db::{Conn, DbError},
    ledger::{self, Actor, Basis, LedgerError, Look, Purpose, Warrant},
    platform::{Moment, clock::CITY_ZONE, keys::KeyRing},
    web::{Failure, Site, Visitor, frame::Text, session::Realm},
};

/// Where the wallet stands.
pub(super) const WALLET: &str = "/me/wallet";
/// From here on an issuer finds the person by a name and number that were checked.
pub(super) const PROVED: u8 = 3;

/// Who is before the screen, for whom, and how surely.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub party: Party,
    pub whose: Whose,
    pub level: u8,
}

impl Holder {
    /// Whoever is signed in, or whom they act for. An agent for some matters only does not look into the wallet.
    pub async fn of(visitor: &Visitor, site: &Site) -> Result<Self, Failure> {
        let signed = visitor.session(Realm::Citizen).ok_or(Failure::Refused)?.signed.clone();
        let (now, level) = (site.clock.now(), signed.level);
        let reach = move |c: &mut Conn| acting::in_everything(c, now, &signed);
        let party = match site.db.read(reach).await {
            Ok(party) => party,
            Err(Refused::Db(error)) => return Err(error.into()),
            Err(_) => return Err(Failure::Refused),
        };
        Ok(Self { whose: Whose::of(&party), party, level })
    }

    pub fn acts(&self) -> bool {
        self.party.represented != Represented::Oneself
    }

    /// Writes down for whoever is acted for that something was done about their documents.
    pub fn kept(&self, c: &mut Conn, now: Moment) -> Result<(), DbError> {
        acting::done(c, now, &self.party, acting::What::KeptDocuments, None)
    }

    /// The right to see what stands on the documents.
    pub fn warrant(&self, c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<Warrant, LedgerError> {
        warrant(c, ring, now, &self.party, &["licences"])
    }
}

/// The right to see what somebody's documents say, or their dates: one's own, or those of whom one acts for, a company too. Whoever
/// acts for another is on record with it.
pub fn warrant(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    party: &Party,
    fields: &[&str],
) -> Result<Warrant, LedgerError> {
    let whose = Whose::of(party);
    if whose.company.is_none() {
        return acting::see(c, ring, now, party, fields);
    }
    acting::done(c, now, party, acting::What::SawDocuments, None)?;
    let look = Look {
        citizen: whose.citizen,
        actor: Actor::Citizen(party.acting),
        purpose: Purpose::Service,
        basis: Basis::Consent,
        fields,
        detail: None,
    };
    ledger::look(c, ring, now, &look)
}

fn local(at: Moment) -> NaiveDateTime {
    at.with_timezone(&CITY_ZONE).naive_local()
}

fn id_of(id: &str) -> Result<DocumentId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn url(id: DocumentId) -> String {
    format!("{WALLET}/{id}")
}

/// What a document is called: by its kind, or as the person called it.
fn name_of(present: Presenter<'_>, document: &Document, printed: &Printed) -> Text {
    match (present.catalogue.licence(&document.kind), &printed.name) {
        (Some((_, kind)), _) => present.text(&kind.name),
        (None, Some(name)) => Text::written(present.t, name),
        (None, None) => Text::plain(document.kind.clone()),
    }
}

/// How it stands today.
fn stands(catalogue: &Catalogue, document: &Document, today: NaiveDate) -> StandsView {
    let rule = rule(catalogue, &document.kind);
    let standing = document.dates(&rule, &catalogue.calendar).on(today);
    let renewal = match standing.renewal {
        Renewal::NotNeeded => RenewalView::NotNeeded,
        Renewal::Unknown(_) => RenewalView::Unknown,
        Renewal::From(day) => RenewalView::From(day),
        Renewal::Open { until } => RenewalView::Open(until),
        Renewal::Late { until } => RenewalView::Late(until),
        Renewal::Restore { until } => RenewalView::Restore(until),
        Renewal::Pending => RenewalView::Pending,
        Renewal::Closed => RenewalView::Closed,
    };
    StandsView {
        state: if document.gone_at.is_some() { "gone" } else { state_tag(standing.state) },
        expiring: standing.expiring,
        matter: standing.matter.map_or("renewal", matter_tag),
        due: standing.due,
        days: standing.due.map_or(0, |due| (due - today).num_days()),
        provisional: standing.provisional,
        renewal,
    }
}

/// Under which heading a document stands.
fn group_of(catalogue: &Catalogue, document: &Document, stands: &StandsView) -> &'static str {
    if document.discarded_at.is_some() {
        return "discarded";
    }
    match stands.state {
        "cancelled" | "revoked" | "gone" => return "over",
        "expired" | "suspended" | "frozen" | "lost" => return "soon",
        _ if stands.expiring => return "soon",
        _ => {}
    }
    if document.is_own() {
        return "own";
    }
    match catalogue.licence(&document.kind).map(|(_, kind)| kind.class) {
        Some(LicenceClass::Voucher) => "vouchers",
        Some(LicenceClass::Enterprise) => "business",
        _ => "licences",
    }
}
