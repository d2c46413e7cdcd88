//! `/me/acting`: who acts for whom, and for whom this session acts.

mod forms;
mod overview;

use crate::{
    ledger::CitizenId,
    web::{
        Failure, Visitor,
        session::{Realm, Session},
    },
};

pub use forms::{add_child, add_company, child, company, grant, send_offer};
pub use overview::{accept, agree, person, revoke, show, switch};

/// The page of all this, with what came of the form before.
fn back(said: &str) -> String {
    format!("/me/acting?said={said}")
}

fn session(visitor: &Visitor) -> Result<(&Session, CitizenId), Failure> {
    let session = visitor.session(Realm::Citizen);
    let session = session.ok_or_else(|| Failure::broken("a page for citizens was reached without one"))?;
    Ok((session, CitizenId::from(session.signed.subject)))
}
