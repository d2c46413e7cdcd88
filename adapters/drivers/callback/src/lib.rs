//! The driver for agencies that take a submission now and say later what became of it.
//!
//! 1. [`Callback`] submits. `202`, with or without a body, means "taken": whatever a map or a table makes of the
//!    body, outcome and status stay `pending`. Any other answer is read as the driver `rest` reads it.
//! 2. The agency pushes an event. [`verify`](verify::verify) says whether it comes from the agency, is recent, and
//!    by which number a repeat is known; [`read`](event::read) makes CloudEvents of the body. The portal stores it
//!    before it answers, and applies it once.
//! 3. Should no event come, the portal asks by itself: [`next_poll`] says when.

pub mod event;
mod poll;
pub mod verify;

use std::time::Instant;

use serde_json::Value;
use yimen_drivers::{
    Answer, Call, CallError, Driver, Future, mapping,
    rest::{Rest, Said},
};

pub use poll::next_poll;

/// Submits over HTTP; the answer comes later.
#[derive(Default)]
pub struct Callback {
    rest: Rest,
}

impl Driver for Callback {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Future<'a, Result<Answer, CallError>> {
        Box::pin(async move {
            let began = Instant::now();
            match self.rest.ask(call).await? {
                Said::Answer(answer) => Ok(call.incoming(answer, began).await?.into()),
                Said::Taken(None) => Ok(mapping::undecided().into()),
                Said::Taken(Some(receipt)) => Ok(taken(call.incoming(receipt, began).await).into()),
            }
        })
    }
}

/// The receipt's own fields, such as the agency's number, with what is certain: nothing is decided yet. A
/// receipt that cannot be read is no reason to doubt that the submission was taken.
pub fn taken(receipt: Result<Value, CallError>) -> Value {
    let mut answer = mapping::undecided();
    if let (Some(fields), Ok(Value::Object(receipt))) = (answer.as_object_mut(), receipt) {
        for (name, value) in receipt {
            fields.entry(name).or_insert(value);
        }
    }
    answer
}
