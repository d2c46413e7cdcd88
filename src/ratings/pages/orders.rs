//! What a member of staff can do about a rating: the forms of it, and what was sent with one.

use chrono::NaiveDate;

use super::fits;
use crate::{
    platform::Texts,
    ratings::{
        Standing,
        appeal::{Fault, Ruling},
        evidence::What,
        follow::{
            Outcome,
            life::{Act, By, State, next},
            work::Work,
        },
        queries::Whole,
        views::OrderForm,
    },
    web::{
        Submitted,
        frame::{Choice, Field, Input},
    },
};

/// Longest text, in letters; and of what everybody reads.
const LONGEST: usize = 2000;
const PUBLIC: usize = 300;

/// What is ordered.
pub(super) enum Order {
    Work(Work),
    Appeal(Fault, String),
    Decide(Ruling, String),
}

impl Order {
    /// What a file that comes with it shows.
    pub(super) const fn proves(&self) -> Option<What> {
        match self {
            Self::Work(Work::Answer { .. }) => Some(What::Fix),
            Self::Appeal(..) => Some(What::Appeal),
            Self::Work(_) | Self::Decide(..) => None,
        }
    }
}

/// Acts that have a form, in the order in which they stand on the page.
const ACTS: [&str; 9] =
    ["look", "matter", "contact", "lengthen", "answer", "appeal", "send-back", "settle", "decide"];

/// Whether something can be done now, by somebody of the agency or above it.
fn is_possible(act: &str, above: bool, today: NaiveDate, (rating, follow_up, appeal): &Whole) -> bool {
    let by = if above { By::Above } else { By::Agency };
    let state = follow_up.as_ref().and_then(|one| one.state().ok());
    let leads = |act| state.is_some_and(|state| next(state, act, by).is_some());
    match act {
        "look" => !above && state.is_some_and(State::waits_for_agency),
        "matter" => above,
        "contact" => leads(Act::Contact),
        "lengthen" => leads(Act::Lengthen) && follow_up.as_ref().is_some_and(|one| !one.complex),
        "answer" => leads(Act::Answer),
        "send-back" => leads(Act::SendBack),
        "settle" => leads(Act::Settle),
        "appeal" => {
            !above && appeal.is_none() && rating.standing() == Standing::Counts && today <= rating.appeal_by
        }
        _ => above && rating.standing() == Standing::Review,
    }
}

/// The forms of everything that can be done.
pub(super) fn forms(t: Texts, above: bool, today: NaiveDate, whole: &Whole) -> Vec<OrderForm> {
    let possible = ACTS.into_iter().filter(|act| is_possible(act, above, today, whole));
    possible.map(|act| OrderForm { act, inputs: inputs(t, act), file: file(t, act) }).collect()
}

/// What can be shown with it.
fn file(t: Texts, act: &str) -> Option<Field> {
    let what = match act {
        "answer" => What::Fix,
        "appeal" => What::Appeal,
        _ => return None,
    };
    let field = Field::new(format!("{act}-file"), t.rating_proof(what.tag()));
    Some(field.hint(t.rating_proof_hint()))
}

/// Names of fields are those of their act, because several forms stand on one page.
fn words(t: Texts, act: &'static str) -> Input {
    let field = Field { required: true, ..Field::new(format!("{act}-words"), t.rating_order_words(act)) };
    Input::new("long", field.hint(t.rating_order_hint(act)))
}

fn inputs(t: Texts, act: &'static str) -> Vec<Input> {
    let choose = |choices| Field {
        required: true,
        ..Field::new(format!("{act}-what"), t.rating_order_what(act)).choices(choices)
    };
    let radio = |tags: &[&'static str]| {
        let choices = tags.iter().map(|tag| Choice::new(*tag, t.rating_order_choice(*tag), false));
        Input::new("radio", choose(choices.collect()))
    };
    match act {
        "answer" => {
            let reply = Field { required: true, ..Field::new("answer-reply", t.rating_order_reply()) };
            let reply = Input::new("long", reply.hint(t.rating_order_reply_hint()));
            vec![radio(&Outcome::ALL.map(Outcome::tag)), words(t, act), reply]
        }
        "appeal" => vec![radio(&Fault::ALL.map(Fault::tag)), words(t, act)],
        "decide" => vec![radio(&Ruling::ALL.map(Ruling::tag)), words(t, act)],
        _ => vec![words(t, act)],
    }
}

/// What was sent, or the forms with what is wrong said beside it.
pub(super) fn read(t: Texts, sent: &Submitted, mut forms: Vec<OrderForm>) -> Result<Order, Vec<OrderForm>> {
    let wanted = sent.get("act");
    let Some(form) = forms.iter_mut().find(|form| form.act == wanted) else { return Err(forms) };
    judge(t, sent, form);
    if form.is_wrong() {
        return Err(forms);
    }
    order(sent, form.act).ok_or(forms)
}

/// The forms with what was sent, where the file that came with it is not taken.
pub(super) fn refused(
    t: Texts,
    sent: &Submitted,
    mut forms: Vec<OrderForm>,
    words: String,
) -> Vec<OrderForm> {
    let wanted = sent.get("act");
    if let Some(form) = forms.iter_mut().find(|form| form.act == wanted) {
        judge(t, sent, form);
        form.file = form.file.take().map(|field| field.error(words));
    }
    forms
}

/// Says beside each field what is wrong with it, and keeps what was typed.
pub(super) fn judge(t: Texts, sent: &Submitted, form: &mut OrderForm) {
    for input in &mut form.inputs {
        let typed = sent.get(&input.field.name).to_owned();
        let most = if input.field.name == "answer-reply" { PUBLIC } else { LONGEST };
        if input.is_choice() {
            let mut chosen = false;
            for choice in &mut input.field.choices {
                choice.chosen = choice.value == typed;
                chosen |= choice.chosen;
            }
            if !chosen {
                input.field.error = Some(t.rating_order_missing().to_owned());
            }
        } else {
            if typed.is_empty() {
                input.field.error = Some(t.rating_order_missing().to_owned());
            } else if !fits(&typed, most) {
                input.field.error = Some(t.rating_too_long(most));
            }
            input.field.value = typed;
        }
    }
}

fn order(sent: &Submitted, act: &str) -> Option<Order> {
    let words = sent.get(&format!("{act}-words")).to_owned();
    let what = sent.get(&format!("{act}-what"));
    Some(match act {
        "contact" => Order::Work(Work::Contact(words)),
        "lengthen" => Order::Work(Work::Lengthen(words)),
        "answer" => {
            let (outcome, reply) = (Outcome::named(what)?, sent.get("answer-reply").to_owned());
            Order::Work(Work::Answer { outcome, words, reply })
        }
        "send-back" => Order::Work(Work::SendBack(words)),
        "settle" => Order::Work(Work::Settle(words)),
        "appeal" => Order::Appeal(Fault::named(what)?, words),
        "decide" => Order::Decide(Ruling::named(what)?, words),
        _ => return None,
    })
}
