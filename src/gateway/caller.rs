//! Who is behind a call: recorded before anything leaves, said to the backend in a signed statement, and in the
//! question where it has a place for it.

use serde_json::{Map, Value};
use yimen_contract::capability::person::{self, Claim};
use yimen_drivers::Vouch;

use super::{About, GatewayError};
use crate::{
    accounts::{self, Details, acting},
    db::Conn,
    ledger::{self, Actor, Look},
    platform::{Clock, Moment, keys::KeyRing},
    sso::assertion::{self, Said, Voucher},
};

/// What is written down and said about one call.
pub(super) struct Caller<'a> {
    pub(super) agency: &'a str,
    pub(super) issuer: &'a str,
    pub(super) about: About<'a>,
    /// The service in whose name it happens.
    pub(super) service: Option<&'a str>,
    /// What the agency's package asks to be told in the statement.
    pub(super) claims: &'a [Claim],
}

/// What goes along with the call.
pub(super) struct Introduced {
    pub(super) voucher: Voucher,
    /// The person as the question names them.
    pub(super) person: Option<person::Person>,
}

impl Caller<'_> {
    /// Writes the look into the record, and makes ready what the agency is told. Nothing is opened that was not
    /// both asked for by the package and named to the citizen.
    pub(super) fn introduce(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        now: Moment,
    ) -> Result<Introduced, GatewayError> {
        let About { citizen, agent, level, purpose, basis, claims, .. } = self.about;
        let asked = claims.unwrap_or_default();
        let claimed = asked.iter().map(|claim| -> &str { claim.field() });
        let fields: Vec<&str> = self.about.fields.iter().copied().chain(claimed).collect();
        let actor = Actor::Agency(self.agency.to_owned());
        let look = Look { citizen, actor, purpose, basis, fields: &fields, detail: self.service };
        let warrant = ledger::look(c, ring, now, &look)?;
        let stated: Vec<Claim> =
            self.claims.iter().copied().filter(|claim| fields.contains(&claim.field())).collect();
        let details = if stated.is_empty() && asked.is_empty() {
            Details::default()
        } else {
            accounts::details(c, ring, &warrant)?
        };
        let person = match claims {
            Some(claims) => Some(self.person(c, ring, claims, &details)?),
            None => None,
        };
        let said = Said {
            issuer: self.issuer,
            agency: self.agency,
            citizen: agent.map_or(citizen, |agent| agent.citizen),
            represented: agent.map(|_| citizen),
            level,
            purpose: self.service.unwrap_or_else(|| purpose.tag()),
            claims: statement(&stated, &details),
        };
        let voucher = Voucher::new(c, ring, now, &said);
        let voucher = voucher.map_err(|error| GatewayError::Stored(error.to_string()))?;
        Ok(Introduced { voucher, person })
    }

    /// The person, with what the service declared and nothing else.
    fn person(
        &self,
        c: &mut Conn,
        ring: &KeyRing,
        claims: &[person::Claim],
        details: &Details,
    ) -> Result<person::Person, GatewayError> {
        let About { citizen, agent, company, .. } = self.about;
        let told = |claim, value: &Option<String>| claims.contains(&claim).then(|| value.clone()).flatten();
        let (mut name, mut code) = (None, None);
        if let Some(company) = company {
            let (its_name, its_code) = acting::company(c, company)?;
            (name, code) = (Some(its_name), Some(its_code));
        }
        Ok(person::Person {
            subject: assertion::pseudonym(ring, self.agency, citizen),
            name: told(person::Claim::Name, &details.name),
            identity_number: told(person::Claim::IdentityNumber, &details.identity_number),
            birth_date: details.birth_date.filter(|_| claims.contains(&person::Claim::BirthDate)),
            phone_number: told(person::Claim::PhoneNumber, &details.phone),
            email: told(person::Claim::Email, &details.email),
            company: told(person::Claim::Company, &name),
            credit_code: told(person::Claim::CreditCode, &code),
            agent: agent.map(|agent| person::Agent {
                subject: assertion::pseudonym(ring, self.agency, agent.citizen),
                relation: agent.relation,
                name: None,
            }),
        })
    }
}

fn statement(claims: &[Claim], details: &Details) -> Map<String, Value> {
    let one = |claim: &Claim| {
        let value = match claim {
            Claim::Name => details.name.clone(),
            Claim::IdentityNumber => details.identity_number.clone(),
            Claim::BirthDate => details.birth_date.map(|day| day.to_string()),
            Claim::PhoneNumber => details.phone.clone(),
            Claim::Email => details.email.clone(),
            // A company is nothing that is known of a person: the question names it.
            Claim::Company | Claim::CreditCode => None,
        };
        Some((claim.word().to_owned(), Value::from(value?)))
    };
    claims.iter().filter_map(one).collect()
}

/// Makes a new statement for every attempt.
#[derive(Debug)]
pub(super) struct Vouching {
    pub(super) voucher: Voucher,
    pub(super) clock: Clock,
}

impl Vouch for Vouching {
    fn statement(&self) -> Option<String> {
        let made = self.voucher.statement(self.clock.now());
        made.inspect_err(|error| tracing::error!(%error, "a statement for an agency cannot be signed")).ok()
    }
}
