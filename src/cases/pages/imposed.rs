//! Decisions that something is to be paid, which grant nothing: what they are called, and where they are paid.

use yimen_contract::service::Service;

use crate::{
    cases::{
        Case,
        life::{Act, State},
        views::PaymentLine,
    },
    catalogue::present::{Presenter, urls},
    payments::Order,
    web::frame::Link,
};

/// Whether it was decided that the applicant has something to pay, which is nothing that was granted.
pub(super) fn costs(service: &Service, state: State) -> bool {
    state == State::Granted && service.pays.is_some()
}

/// The word for what was done with a case.
pub(super) fn act_word(service: Option<&Service>, act: &str) -> String {
    let imposed = act == Act::Grant.tag() && service.is_some_and(|service| costs(service, State::Granted));
    if imposed { "decide".to_owned() } else { act.to_owned() }
}

/// The word for how a case stands.
pub(super) fn state_word(service: Option<&Service>, state: &str) -> String {
    let imposed =
        state == State::Granted.tag() && service.is_some_and(|service| costs(service, State::Granted));
    if imposed { "decided".to_owned() } else { state.to_owned() }
}

/// Where what the decision costs is paid: under the case's number at the agency.
pub(super) fn pays(present: Presenter<'_>, service: &Service, case: &Case) -> Option<Link> {
    let number = case.agency_reference.as_ref()?;
    let entry = present.catalogue.service(service.pays.as_ref()?)?;
    let url = urls::due(&entry.service.code, number);
    Some(Link::new(present.text(&entry.service.name), url))
}

/// The order by which it is paid, or was.
pub(super) fn payment(order: Order) -> PaymentLine {
    PaymentLine { url: format!("/me/payments/{}", order.reference), state: order.state }
}
