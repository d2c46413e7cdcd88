//! Who is behind a call: recorded before anything leaves, said to the backend in a signed statement, and in the
//! question where it has a place for it.

use std::sync::Arc;

use serde_json::{Map, Value};
use yimen_contract::capability::person::{self, Claim};
use yimen_drivers::Vouch;

use super::{About, Gateway, GatewayError, introductions};
use crate::{
    accounts::{self, Details, acting},
    db::Conn,
    ledger::{self, Actor, Look},
    platform::{Clock, Moment, keys::KeyRing},
    sso::assertion::{self, Said, Voucher},
};

impl Gateway {
    /// The agency is about to learn something: that stands in the ledger first, or nothing leaves. Says in the
    /// question who the person is, where it has a place for it.
    pub(super) async fn introduce(
        &self,
        agency: &str,
        service: Option<&str>,
        about: &About<'_>,
        claims: &[Claim],
        question: &mut Value,
    ) -> Result<Vouching, GatewayError> {
        let (keys, now, issuer) = (Arc::clone(&self.keys), self.clock.now(), self.issuer.clone());
        let (agency, service) = (agency.to_owned(), service.map(str::to_owned));
        let (claims, told) = (claims.to_vec(), about.claims.map(<[_]>::to_vec));
        let fields: Vec<String> = about.fields.iter().map(|field| (*field).to_owned()).collect();
        let About { citizen, agent, company, level, purpose, basis, .. } = *about;
        // A company is asked about in the name of whoever acts for it today, and of nobody tomorrow.
        let first = company.is_none() && !self.introductions.has(&agency, citizen);
        let named = first.then(|| agency.clone());
        let introduce = move |c: &mut Conn| {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            let (fields, told) = (fields.as_slice(), told.as_deref());
            let about = About { citizen, agent, company, level, purpose, basis, fields, claims: told };
            let caller = Caller {
                agency: &agency,
                issuer: &issuer,
                about,
                service: service.as_deref(),
                claims: &claims,
            };
            if first {
                introductions::keep(c, &keys, now, (&agency, citizen))?;
            }
            caller.introduce(c, &keys, now)
        };
        let Introduced { voucher, person } = self.db.tx(introduce).await?;
        if let Some(agency) = named {
            self.introductions.remember(&agency, citizen);
        }
        if let Some(person) = person {
            let person =
                serde_json::to_value(&person).map_err(|error| GatewayError::Stored(error.to_string()))?;
            question["person"] = person;
        }
        Ok(Vouching { voucher, clock: self.clock.clone() })
    }
}

/// What is written down and said about one call.
struct Caller<'a> {
    agency: &'a str,
    issuer: &'a str,
    about: About<'a>,
    /// The service in whose name it happens.
    service: Option<&'a str>,
    /// What the agency's package asks to be told in the statement.
    claims: &'a [Claim],
}

/// What goes along with the call.
struct Introduced {
    voucher: Voucher,
    /// The person as the question names them.
    person: Option<person::Person>,
}

impl Caller<'_> {
    /// Writes the look into the record, and makes ready what the agency is told. Nothing is opened that was not
    /// both asked for by the package and named to the citizen.
    fn introduce(&self, c: &mut Conn, ring: &KeyRing, now: Moment) -> Result<Introduced, GatewayError> {
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
    voucher: Voucher,
    clock: Clock,
}

impl Vouch for Vouching {
    fn statement(&self) -> Option<String> {
        let made = self.voucher.statement(self.clock.now());
        made.inspect_err(|error| tracing::error!(%error, "a statement for an agency cannot be signed")).ok()
    }
}
