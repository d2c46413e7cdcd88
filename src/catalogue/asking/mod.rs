//! Asking: services that answer a question. The form comes from the package's `[query]`, the answer from the agency's
//! backend through the gateway, the words from the package again.
//!
//! A question that everybody may ask goes by its address, like a search. One about a person is a form: what it says
//! must not stand in an address. The page says what the agency is told before anything is told, and shows each
//! outcome as what it is: an answer, an answer of some time ago, nothing found, or no answer.

mod files;
pub mod found;
mod page;
mod party;
mod typed;

pub use crate::agencies::level_of;
pub use files::{FileLinks, file};
pub use page::{PATIENCE, ask, asked, preview};
pub use party::party;
pub use typed::answers;

use yimen_contract::{
    capability::person::Claim,
    query::{Query, ServedBy},
    service::{Service, ServiceKind},
};

/// The question of a service that is answered here; `None`, if it is served otherwise.
pub fn query_of(service: &Service) -> Option<&Query> {
    service.query.as_ref().filter(|_| service.served_by == Some(ServedBy::Lookup))
}

/// The form of a service that takes applications here: its path in the package.
pub fn form_of(service: &Service) -> Option<&str> {
    let taken = service.served_by == Some(ServedBy::Case) || is_at_desk(service);
    service.form.as_deref().filter(|_| taken)
}

/// Whether the agency's officers work it in the portal. An appointment is not worked: people come.
pub fn is_at_desk(service: &Service) -> bool {
    service.served_by == Some(ServedBy::Desk) && !keeps_calendar(service)
}

/// The form that is filled in here for a service: to apply, or to make an appointment.
pub fn filled_of(service: &Service) -> Option<&str> {
    let appointment = service.served_by == Some(ServedBy::Slots) || keeps_calendar(service);
    form_of(service).or_else(|| service.form.as_deref().filter(|_| appointment))
}

/// Whether the portal keeps the calendar of a service.
pub fn keeps_calendar(service: &Service) -> bool {
    service.booking.as_ref().is_some_and(|booking| !booking.places.is_empty())
}

/// Whether officers answer a service beforehand.
pub fn is_noted(service: &Service) -> bool {
    is_at_desk(service) && service.kind == ServiceKind::Query && service.form.is_none()
}

/// Whether a service is paid here: its agency says what is owed.
pub fn is_paid(service: &Service) -> bool {
    service.served_by == Some(ServedBy::Dues)
}

/// Whether only somebody who acts for a company can ask: the agency wants to know for which.
fn is_for_companies(service: &Service) -> bool {
    service.claims.iter().any(|claim| matches!(claim, Claim::Company | Claim::CreditCode))
}
