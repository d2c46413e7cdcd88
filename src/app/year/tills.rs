//! What agencies' books and the provider's till hold in a simulated year: what is owed, what was paid, what went back.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use yimen_contract::capability::{
    Capability,
    dues::{self, Due, ListOutput},
    pay::{self, CreateOutput, Line, StatementOutput},
};
use yimen_drivers::{Answer, Call, CallError};

use super::played::{said, word};
use crate::platform::{Moment, clock::city_day};

/// All of them.
#[derive(Default)]
pub(super) struct Tills(Mutex<Books>);

#[derive(Default)]
struct Books {
    /// What whoever asks next at a service owes there.
    next: HashMap<String, Due>,
    /// What was paid, by the agencies' numbers: the portal's order.
    booked: HashMap<String, String>,
    /// The provider's, by the portal's orders.
    payments: BTreeMap<String, Payment>,
}

/// A payment as its provider has it.
struct Payment {
    fen: u64,
    expires: Option<Moment>,
    paid: Option<Moment>,
    returned: Option<Moment>,
}

impl Tills {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on whoever asks at a service owes this.
    pub(super) fn owes(&self, service: &str, due: Due) {
        self.books().next.insert(service.to_owned(), due);
    }

    /// Somebody pays an order at the provider. `None`: it was never opened there.
    pub(super) fn pays(&self, order: &str, now: Moment) -> Option<pay::Output> {
        let mut books = self.books();
        let payment = books.payments.get_mut(order)?;
        payment.paid = Some(now);
        Some(payment.stands(order, now))
    }

    /// `None`: this is no business of theirs.
    pub(super) fn answer(&self, call: &Call<'_>) -> Option<Result<Answer, CallError>> {
        Some(match call.capability {
            Capability::DuesList => {
                let due = self.books().next.get(word(call, "service")).cloned();
                said(&ListOutput { dues: due.into_iter().collect(), more: false })
            }
            Capability::DuesSettle => said(&self.book(word(call, "reference"), word(call, "order"))),
            Capability::DuesStatus => said(&self.stands(word(call, "reference"))),
            Capability::PayCreate => said(&self.open(call)),
            Capability::PayQuery => said(&self.look(call)),
            Capability::PayRefund => said(&self.give_back(word(call, "order"), call.now)),
            Capability::PayStatement => said(&self.statement(call)),
            _ => return None,
        })
    }

    fn book(&self, reference: &str, order: &str) -> dues::Output {
        self.books().booked.insert(reference.to_owned(), order.to_owned());
        self.stands(reference)
    }

    /// How a bill stands at its agency. What was given back the agency was asked about before.
    fn stands(&self, reference: &str) -> dues::Output {
        let books = self.books();
        let plain = |status| dues::Output { status, order: None, amount_fen: None, receipt: None };
        let Some(order) = books.booked.get(reference) else { return plain(dues::Status::Open) };
        if books.payments.get(order).is_some_and(|payment| payment.returned.is_some()) {
            return plain(dues::Status::Refunded);
        }
        dues::Output {
            order: Some(order.clone()),
            receipt: Some(format!("S-{order}")),
            ..plain(dues::Status::Settled)
        }
    }

    fn open(&self, call: &Call<'_>) -> CreateOutput {
        let order = word(call, "order");
        let payment = Payment {
            fen: call.input["amount_fen"].as_u64().unwrap_or_default(),
            expires: word(call, "expires").parse().ok(),
            paid: None,
            returned: None,
        };
        self.books().payments.entry(order.to_owned()).or_insert(payment);
        CreateOutput {
            status: pay::Status::Open,
            payment: Some(number(order)),
            pay_at: Some(format!("https://pay.example/{order}")),
        }
    }

    fn look(&self, call: &Call<'_>) -> pay::Output {
        let (books, order) = (self.books(), word(call, "order"));
        let refund = call.input["refund"].is_string();
        match books.payments.get(order) {
            Some(payment) if !refund => payment.stands(order, call.now),
            Some(Payment { returned: Some(at), fen, .. }) => returned(order, *fen, *at),
            _ => pay::Output { status: pay::Status::NotFound, payment: None, amount_fen: None, at: None },
        }
    }

    fn give_back(&self, order: &str, now: Moment) -> pay::Output {
        let mut books = self.books();
        match books.payments.get_mut(order).filter(|payment| payment.paid.is_some()) {
            Some(payment) => returned(order, payment.fen, *payment.returned.get_or_insert(now)),
            None => pay::Output { status: pay::Status::NotFound, payment: None, amount_fen: None, at: None },
        }
    }

    /// A day that is over is closed.
    fn statement(&self, call: &Call<'_>) -> StatementOutput {
        let (books, day) = (self.books(), word(call, "day"));
        let of_day = |at: Option<Moment>| at.filter(|at| city_day(*at).to_string() == day);
        let mut lines = Vec::new();
        for (order, payment) in &books.payments {
            let fen = i64::try_from(payment.fen).unwrap_or(i64::MAX);
            lines.extend(of_day(payment.paid).map(|at| Line {
                order: order.clone(),
                refund: None,
                payment: number(order),
                amount_fen: fen,
                at,
            }));
            lines.extend(of_day(payment.returned).map(|at| Line {
                order: order.clone(),
                refund: Some(format!("{order}-R")),
                payment: number(order),
                amount_fen: -fen,
                at,
            }));
        }
        let closed = city_day(call.now).to_string().as_str() > day;
        StatementOutput { closed, lines }
    }
}

impl Payment {
    /// How it stands. What was paid stays paid, also when it goes back.
    fn stands(&self, order: &str, now: Moment) -> pay::Output {
        let status = match self.paid {
            Some(_) => pay::Status::Paid,
            None if self.expires.is_some_and(|at| at <= now) => pay::Status::Expired,
            None => pay::Status::Open,
        };
        pay::Output { status, payment: Some(number(order)), amount_fen: Some(self.fen), at: self.paid }
    }
}

fn returned(order: &str, fen: u64, at: Moment) -> pay::Output {
    pay::Output {
        status: pay::Status::Refunded,
        payment: Some(number(order)),
        amount_fen: Some(fen),
        at: Some(at),
    }
}

/// The provider's own number.
fn number(order: &str) -> String {
    format!("T-{order}")
}
