//! What acting for others holds about people, for the port `PersonalData`.

use diesel::prelude::*;

use super::{actions, joined, queries};
use crate::{
    db::{
        Conn,
        schema::{deeds, delegations},
    },
    ledger::{CitizenId, Joining, LedgerError, PersonalData, Record, Value, Warrant},
    platform::{Moment, keys::KeyRing},
};

/// Delegations, what was done by them, and companies.
pub struct ActingData;

impl PersonalData for ActingData {
    fn kind(&self) -> &'static str {
        "delegations"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["delegations", "deeds", "companies"]
    }

    fn export(&self, c: &mut Conn, ring: &KeyRing, warrant: &Warrant) -> Result<Vec<Record>, LedgerError> {
        let citizen = warrant.citizen();
        let mut records = Vec::new();
        for one in queries::all_of_principal(c, citizen)? {
            let agent = warrant.open(c, ring, "delegations.agent_name", &one.agent_name)?;
            let mut record = vec![("acts-for-me", Value::Text(agent))];
            record.extend(terms(&one));
            record.push(("proof", Value::Text(warrant.open(c, ring, "delegations.proof", &one.proof)?)));
            records.push(record);
        }
        for one in queries::all_of_agent(c, citizen)? {
            let mut record = vec![("i-act-for", Value::Text(one.shown.clone()))];
            record.extend(terms(&one));
            records.push(record);
        }
        for company in queries::companies_of(c, citizen)? {
            records.push(vec![
                ("company", Value::Text(company.name)),
                ("credit-code", Value::Text(company.credit_code)),
                ("state", Value::Tag(company.state)),
                ("proof", Value::Text(warrant.open(c, ring, "companies.proof", &company.proof)?)),
            ]);
        }
        for deed in queries::deeds_for(c, citizen, i64::MAX)? {
            let agent = warrant.open(c, ring, "delegations.agent_name", &deed.agent_name)?;
            let mut record = vec![
                ("at", Value::At(deed.at.moment())),
                ("done-by", Value::Text(agent)),
                ("done", Value::Tag(deed.what)),
            ];
            record.extend(deed.service.map(|service| ("service", Value::Text(service))));
            records.push(record);
        }
        Ok(records)
    }

    /// What the person granted goes. By what they acted for others, the others keep: it is over, and names
    /// nobody that could still be read.
    fn erase(&self, c: &mut Conn, now: Moment, citizen: CitizenId) -> Result<(), LedgerError> {
        actions::end_all_of(c, now, citizen)?;
        diesel::delete(deeds::table.filter(deeds::citizen_id.eq(citizen))).execute(c)?;
        diesel::delete(delegations::table.filter(delegations::citizen_id.eq(citizen))).execute(c)?;
        Ok(())
    }

    fn join(&self, c: &mut Conn, joining: &Joining<'_>) -> Result<(), LedgerError> {
        joined::powers(c, joining)
    }
}

fn terms(one: &queries::Delegation) -> Record {
    vec![
        ("acting-kind", Value::Tag(one.kind().tag().to_owned())),
        ("state", Value::Tag(one.state().tag().to_owned())),
        ("from", Value::At(one.starts_at())),
        ("until", Value::At(one.ends_at())),
    ]
}
