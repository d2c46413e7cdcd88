//! Asking another agency, with the person's consent.

use std::time::Duration;

use yimen_contract::capability::{
    Outcome,
    licences::{Licence, ListInput, ListOutput, Status},
    person::{Claim, Person},
};
use yimen_forms::LicencePart;

use super::offer::{Asked, Source};
use crate::{
    accounts,
    cases::CaseError,
    db::Conn,
    gateway::{About, Gateway, GatewayError, Request},
    ledger::{
        self, Basis, CitizenId, Purpose,
        consent::{self, Grant},
    },
    web::{Failure, Site},
};

/// Somebody waits before a screen.
const WITHIN: Duration = Duration::from_secs(6);
/// The wording that is agreed to. Another wording is another consent.
const WORDING: &str = "prefill-1";
/// By what the other agency finds the person.
const CLAIMS: [Claim; 2] = [Claim::Name, Claim::IdentityNumber];
/// What is agreed to, in the words of the record of looks.
const KINDS: [&str; 1] = ["licences"];

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Answers by where they stand in the form.
    Known(Vec<(String, String)>),
    /// The agency has nothing of this kind for the person, or several and does not say which.
    Nothing,
    /// It cannot be asked now, or does not answer.
    Unavailable,
}

/// For whom and what for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub citizen: CitizenId,
    pub level: u8,
    /// The service that is applied for, and the agency that gets the answers with the application.
    pub service: &'a str,
    pub recipient: &'a str,
}

/// Writes down that the person agreed, and asks. The agency that is asked learns who it is about; that is on record.
pub async fn fetch(
    site: &Site,
    gateway: &Gateway,
    wanted: Wanted<'_>,
    source: &Source,
) -> Result<Came, Failure> {
    let (now, citizen) = (site.clock.now(), wanted.citizen);
    let (recipient, purpose) =
        (wanted.recipient.to_owned(), format!("prefill/{}/{}", wanted.service, source.agency));
    let give = move |c: &mut Conn| {
        let grant =
            Grant { citizen, recipient: &recipient, purpose: &purpose, kinds: &KINDS, version: WORDING };
        consent::give(c, now, &grant).map(|_| ()).map_err(|error| CaseError::Stored(error.to_string()))
    };
    site.db.tx(give).await?;
    let mut kinds: Vec<String> = source.asked.iter().map(|asked| asked.kind.clone()).collect();
    kinds.dedup();
    let about = About {
        citizen,
        agent: None,
        company: None,
        level: wanted.level,
        purpose: Purpose::Service,
        basis: Basis::Consent,
        fields: &KINDS,
        claims: Some(&CLAIMS),
    };
    let request = Request {
        agency: &source.agency,
        service: Some(wanted.service),
        question: ListInput { person: Person::default(), kinds },
        about: Some(about),
        within: WITHIN,
    };
    let answer = match gateway.call(request).await {
        Ok(Outcome::Fresh(answer) | Outcome::Stale { value: answer, .. }) => answer,
        Ok(Outcome::Empty) => return Ok(Came::Nothing),
        Ok(Outcome::Unavailable { .. } | Outcome::NotEntitled) | Err(GatewayError::TooMany { .. }) => {
            return Ok(Came::Unavailable);
        }
        Err(error) => return Err(error.into()),
    };
    let known: Vec<(String, String)> =
        source.asked.iter().filter_map(|asked| answer_to(asked, &answer)).collect();
    Ok(if known.is_empty() { Came::Nothing } else { Came::Known(known) })
}

/// What one question is answered with. Of several licences in force none is chosen for the person.
fn answer_to(asked: &Asked, answer: &ListOutput) -> Option<(String, String)> {
    let in_force = |licence: &&Licence| {
        licence.kind == asked.kind
            && !matches!(licence.status, Status::Cancelled | Status::Revoked | Status::Pending)
    };
    let mut of_kind = answer.licences.iter().filter(in_force);
    let (licence, None) = (of_kind.next()?, of_kind.next()) else { return None };
    let said = match asked.part {
        LicencePart::Number => licence.number.clone(),
        LicencePart::Issued => licence.issued.to_string(),
        LicencePart::Expires => licence.expires?.to_string(),
    };
    Some((asked.name.clone(), said))
}

/// Whether anything can be asked about the person: an agency finds nobody by a name alone.
pub async fn is_known(site: &Site, citizen: CitizenId) -> Result<bool, Failure> {
    let ring = site.keys.clone();
    let read = move |c: &mut Conn| accounts::details(c, &ring, &ledger::own(citizen));
    let details = site.db.read(read).await?;
    Ok(details.name.is_some() && details.identity_number.is_some())
}
