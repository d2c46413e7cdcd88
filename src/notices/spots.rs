//! Where somebody can be told: telephones and mailboxes of their account, and their outlets.

use std::collections::HashMap;

use super::{
    courier::Courier,
    model::{Carrier, Place, Spot},
    outlets,
};
use crate::{
    accounts::{self, AccountError, Reachable},
    db::{Conn, DbError},
    ledger::{self, Actor, Basis, CitizenId, Look, Purpose, Warrant},
};

/// All of somebody's, of each carrier the oldest first.
pub(super) fn of(c: &mut Conn, citizen: CitizenId) -> Result<Vec<Spot>, DbError> {
    Ok(of_each(c, &[citizen])?.remove(&citizen).unwrap_or_default())
}

/// The same of several people. Who has none is not among them.
pub(super) fn of_each(
    c: &mut Conn,
    citizens: &[CitizenId],
) -> Result<HashMap<CitizenId, Vec<Spot>>, DbError> {
    let spot = |known: Reachable| Spot {
        place: Place::Contact(known.id),
        carrier: known.channel.into(),
        unreached: known.unreached,
    };
    let reached = accounts::ways_to_reach_each(c, citizens)?;
    let mut all: HashMap<CitizenId, Vec<Spot>> =
        reached.into_iter().map(|(citizen, ways)| (citizen, ways.into_iter().map(spot).collect())).collect();
    for (citizen, outlets) in outlets::spots_each(c, citizens)? {
        all.entry(citizen).or_default().extend(outlets);
    }
    Ok(all)
}

/// The right to look up where these lead, and more of the person. That it was looked up is on record.
pub(super) fn look(
    c: &mut Conn,
    courier: &Courier,
    citizen: CitizenId,
    (carriers, more): (&[Carrier], Option<&str>),
) -> Result<Warrant, AccountError> {
    let mut fields: Vec<&str> = carriers.iter().map(|carrier| carrier.field()).chain(more).collect();
    fields.dedup();
    let look = Look {
        citizen,
        actor: Actor::Portal("notices"),
        purpose: Purpose::Notify,
        basis: Basis::Duty,
        fields: &fields,
        detail: None,
    };
    Ok(ledger::look(c, &courier.keys, courier.clock.now(), &look)?)
}

/// Where each of somebody's leads: a number, a mailbox, or an outlet's target.
pub(super) fn addresses(
    c: &mut Conn,
    courier: &Courier,
    warrant: &Warrant,
    carriers: &[Carrier],
) -> Result<HashMap<Place, String>, AccountError> {
    let mut all = HashMap::new();
    if carriers.iter().any(|carrier| carrier.is_usual()) {
        let contacts = accounts::contacts(c, &courier.keys, warrant)?;
        all.extend(contacts.into_iter().map(|contact| (Place::Contact(contact.id), contact.value)));
    }
    if carriers.iter().any(|carrier| !carrier.is_usual()) {
        let targets = outlets::targets(c, &courier.keys, warrant)?;
        all.extend(targets.into_iter().map(|(id, target)| (Place::Outlet(id), target)));
    }
    Ok(all)
}
