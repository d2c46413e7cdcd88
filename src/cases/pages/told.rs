//! What was said with a step, for whom it is about and for officers: line by line, and the documents that came with it.

use yimen_contract::{capability::Capability, service::Service};
use yimen_forms::Form;

use super::{case::Seen, list::reach};
use crate::{
    cases::{correct, life::State, steps::Said, views::Answered},
    catalogue::{Edition, asking::FileLinks, present::Presenter},
    gateway::Gateway,
    platform::Texts,
    web::{
        Failure, Site, Visitor,
        frame::{Dates as _, Text},
    },
};

/// What a service does with a licence where whoever is granted it has one afterwards, or another.
const GIVES: [&str; 6] = ["new", "renew", "replace", "change", "endorse", "restore"];

/// Why it was done stands before these.
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

/// The agency's own documents, where its backend gives them: each by an address that is this reader's alone.
pub(super) async fn documents(
    visitor: &Visitor,
    (site, gateway): (&Site, &Gateway),
    edition: &Edition,
    Seen { case, steps, .. }: &Seen,
) -> Result<Vec<(String, String)>, Failure> {
    let mut files: Vec<&(String, String)> = steps.iter().flat_map(|step| &step.said.files).collect();
    files.dedup_by(|one, other| one.0 == other.0);
    if files.is_empty() || edition.catalogue.service(&case.service).is_none() {
        return Ok(Vec::new());
    }
    let declared = gateway.repeats(&case.agency, Capability::FileGet, &case.service).await;
    if !declared.is_ok_and(|declared| declared.is_some()) {
        return Ok(Vec::new());
    }
    let (whose, _) = reach(visitor, site).await?;
    let links = FileLinks::of(&site.keys, site.clock.now(), &whose.party, &case.service);
    Ok(files.into_iter().filter_map(|(id, name)| Some((name.clone(), links.url(id)?))).collect())
}

/// The licence that came of what was granted: it is fetched from its issuer.
pub(super) fn licence(present: Presenter<'_>, service: &Service, state: State) -> Option<Text> {
    let granted = matches!(state, State::Granted | State::Delivering | State::Delivered);
    let link = service.licence.as_ref().filter(|link| granted && GIVES.contains(&link.op.as_str()))?;
    let (_, licence) = present.catalogue.licence(&link.code)?;
    Some(present.text(&licence.name))
}
