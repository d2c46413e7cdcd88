//! What officers and administrators do about a case that could not be handed over.

use super::super::super::desk::Remedy;
use crate::{
    platform::Texts,
    web::{
        Submitted,
        frame::{Field, Input, StepView},
    },
};

/// The last parts of the addresses, with their words.
pub(super) fn acts(t: Texts) -> Vec<(&'static str, String)> {
    ["again", "arrived", "close"].map(|act| (act, t.desk_do(act))).into()
}

/// The boxes of a form. `None`: there is no such act.
pub(super) fn inputs(t: Texts, act: &str) -> Option<Vec<Input>> {
    let needed = |name: &'static str, label: &str| Field { required: true, ..Field::new(name, label) };
    Some(match act {
        "again" => Vec::new(),
        "arrived" => vec![Input::new("text", needed("number", t.case_agency_number()))],
        "close" => vec![
            Input::new("long", needed("reason", t.desk_words()).hint(t.desk_words_hint())),
            Input::new("text", needed("turn_to", t.case_turn_to()).hint(t.desk_turn_to_hint())),
        ],
        _ => return None,
    })
}

/// What a form asks for, or the boxes that are empty.
pub(super) fn read(view: &mut StepView, t: Texts, act: &str, form: &Submitted) -> Option<Remedy> {
    for input in &mut view.inputs {
        form.get(&input.field.name).clone_into(&mut input.field.value);
        if input.field.value.is_empty() || input.field.value.chars().count() > 2000 {
            input.field.error = Some(t.desk_words_wrong().to_owned());
        }
    }
    if view.is_wrong() {
        return None;
    }
    Some(match act {
        "again" => Remedy::Again,
        "arrived" => Remedy::Arrived(form.get("number").to_owned()),
        _ => Remedy::Close { reason: form.get("reason").to_owned(), turn_to: form.get("turn_to").to_owned() },
    })
}
