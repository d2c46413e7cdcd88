//! What was said with a step, line by line: for whom it is about, and for officers. Why it was done stands before these.

use yimen_contract::service::Service;
use yimen_forms::Form;

use crate::{
    cases::{correct, steps::Said, views::Answered},
    platform::Texts,
    web::frame::Dates as _,
};

pub(super) fn told(
    t: Texts,
    (form, service): (Option<&Form>, Option<&Service>),
    said: &Said,
) -> Vec<Answered> {
    let line = |label: &str, value: &Option<String>| {
        value.clone().map(|value| Answered { label: label.to_owned(), value: Some(value) })
    };
    let about =
        |about: &str| form.map_or_else(|| about.to_owned(), |form| correct::label(t, form, service, about));
    let corrections = said
        .corrections
        .iter()
        .map(|(what, text)| Answered { label: about(what), value: Some(text.clone()) });
    let until = if said.corrections.is_empty() { t.desk_until() } else { t.desk_correct_by() };
    let due = said.due.map(|due| Answered { label: until.to_owned(), value: Some(t.day(&due)) });
    let by_code = said.by_code.then(|| t.desk_by_code().to_owned());
    let lines = [
        line(t.case_basis(), &said.basis),
        line(t.case_turn_to(), &said.turn_to),
        line(t.case_carrier(), &said.carrier),
        line(t.case_parcel(), &said.parcel),
        line(t.desk_pickup_place(), &said.place),
        line(t.desk_signed(), &said.signed),
        line(t.desk_pickup_code(), &by_code),
    ];
    lines.into_iter().flatten().chain(corrections).chain(due).collect()
}
