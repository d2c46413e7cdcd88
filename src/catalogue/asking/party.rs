//! Who wants a service, and for whom: whether that can be.

use yimen_contract::service::{Audience, Service};

use super::{is_for_companies, level_of};
use crate::{
    accounts::acting::{self, Matter, Party, Refused, Represented},
    catalogue::views::Barred,
    db::Conn,
    web::{Failure, Site, Visitor, session::Realm},
};

/// Who acts in this session and for whom, and how surely they are signed in; or why it cannot be. `None`: nobody is
/// signed in, or nobody has to say.
pub async fn party(
    visitor: &Visitor,
    site: &Site,
    service: &Service,
) -> Result<Result<Option<(Party, u8)>, Barred>, Failure> {
    let signed = visitor.session(Realm::Citizen).map(|session| session.signed.clone());
    let Some(signed) = signed.filter(|_| level_of(service).is_some()) else { return Ok(Ok(None)) };
    let (now, level) = (site.clock.now(), signed.level);
    let Service { code, domain, agent_allowed, audience, .. } = service;
    let (code, domain, agent_allowed) = (code.clone(), domain.clone(), *agent_allowed);
    let look = move |c: &mut Conn| {
        let matter = Matter::Service { code: &code, domain: &domain, agent_allowed };
        acting::represented(c, now, &signed, &matter)
    };
    let party = match site.db.read(look).await {
        Ok(party) => party,
        Err(Refused::Db(error)) => return Err(error.into()),
        Err(Refused::InPerson) => return Ok(Err(Barred::InPerson)),
        Err(Refused::NotHolding | Refused::OutOfScope | Refused::ChildNotAsked) => {
            return Ok(Err(Barred::NotAuthorised));
        }
    };
    let company = matches!(party.represented, Represented::Company { .. });
    Ok(match (company, audience) {
        (false, _) if is_for_companies(service) => Err(Barred::Company),
        (true, Audience::Person) => Err(Barred::Person),
        _ => Ok(Some((party, level))),
    })
}
