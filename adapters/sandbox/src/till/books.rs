//! What the provider has written down: payments by the shop's number, and what happened to each.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Books {
    /// By the shop's number of the order.
    payments: BTreeMap<String, Payment>,
    counted: u64,
    /// What was not told yet.
    #[serde(default)]
    pub untold: Vec<Untold>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Payment {
    pub order: String,
    /// The provider's own number; it stands in the page's address, so nobody must guess it.
    pub number: String,
    pub fen: u64,
    pub title: String,
    pub return_to: String,
    pub expires: DateTime<Utc>,
    pub state: State,
    pub paid_at: Option<DateTime<Utc>>,
    pub refunds: Vec<Refund>,
    /// How often it changed.
    pub changes: u64,
}

/// A line of a statement: order, refund, number, fen and when.
pub(super) type Line = (String, Option<String>, String, i64, DateTime<Utc>);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the portal's number for it is called so on the wire")]
pub(super) struct Refund {
    pub refund: String,
    pub number: String,
    pub fen: u64,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    Open,
    Paid,
    Closed,
}

/// An event that is to be told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Untold {
    pub order: String,
    pub refund: Option<String>,
    pub sequence: u64,
    pub word: String,
    pub number: String,
    pub fen: u64,
    pub at: DateTime<Utc>,
}

impl Payment {
    /// The provider's word for how it stands.
    pub fn word(&self, now: DateTime<Utc>) -> &'static str {
        match self.state {
            State::Paid => "SUCCESS",
            State::Closed => "CLOSED",
            State::Open if now >= self.expires => "EXPIRED",
            State::Open => "NOTPAY",
        }
    }
}

impl Books {
    pub fn of_order(&self, order: &str) -> Option<&Payment> {
        self.payments.get(order)
    }

    pub fn of_number(&self, number: &str) -> Option<&Payment> {
        self.payments.values().find(|payment| payment.number == number)
    }

    /// Opens a payment; the same again is the same one.
    pub fn open(&mut self, new: Payment) -> &Payment {
        self.payments.entry(new.order.clone()).or_insert(new)
    }

    /// A number nobody had before: counted, with chance behind it.
    pub fn number(&mut self, letters: &str, chance: &str) -> String {
        self.counted += 1;
        format!("{letters}{:06}{}", self.counted, chance.replace(['-', '_'], "0"))
    }

    /// Takes the money, or closes the payment. `false`: it is not open any more.
    pub fn decide(&mut self, number: &str, now: DateTime<Utc>, to: State) -> bool {
        let found = self.payments.values_mut().find(|payment| payment.number == number);
        let Some(payment) = found.filter(|one| one.state == State::Open && now < one.expires) else {
            return false;
        };
        payment.state = to;
        payment.paid_at = (to == State::Paid).then_some(now);
        payment.changes += 1;
        let told = Untold {
            order: payment.order.clone(),
            refund: None,
            sequence: payment.changes,
            word: if to == State::Paid { "paid" } else { "failed" }.to_owned(),
            number: payment.number.clone(),
            fen: payment.fen,
            at: now,
        };
        self.untold.push(told);
        true
    }

    /// Gives money back, each refund's number once, and never more than came in.
    pub fn refund(
        &mut self,
        (order, refund, fen): (&str, &str, u64),
        chance: &str,
        now: DateTime<Utc>,
    ) -> Option<Refund> {
        let before = self.payments.get(order)?;
        if let Some(done) = before.refunds.iter().find(|one| one.refund == refund) {
            return (done.fen == fen).then(|| done.clone());
        }
        let back: u64 = before.refunds.iter().map(|one| one.fen).sum();
        if before.state != State::Paid || fen == 0 || back + fen > before.fen {
            return None;
        }
        let number = self.number("CR", chance);
        let done = Refund { refund: refund.to_owned(), number, fen, at: now };
        let payment = self.payments.get_mut(order)?;
        payment.refunds.push(done.clone());
        self.untold.push(Untold {
            order: order.to_owned(),
            refund: Some(refund.to_owned()),
            sequence: 1,
            word: "refunded".to_owned(),
            number: done.number.clone(),
            fen,
            at: now,
        });
        Some(done)
    }

    /// Everything that happened on a day, in the city's time.
    pub fn statement(&self, day: NaiveDate) -> Vec<Line> {
        let on = |at: DateTime<Utc>| (at + TimeDelta::hours(8)).date_naive() == day;
        let fen = |fen: u64| i64::try_from(fen).unwrap_or(i64::MAX);
        let mut lines = Vec::new();
        for payment in self.payments.values() {
            if let Some(at) = payment.paid_at.filter(|at| on(*at)) {
                lines.push((payment.order.clone(), None, payment.number.clone(), fen(payment.fen), at));
            }
            for one in payment.refunds.iter().filter(|one| on(one.at)) {
                let refund = Some(one.refund.clone());
                lines.push((payment.order.clone(), refund, one.number.clone(), -fen(one.fen), one.at));
            }
        }
        lines
    }

    pub fn balance(&self) -> BTreeMap<String, i64> {
        let fen = |fen: u64| i64::try_from(fen).unwrap_or(i64::MAX);
        let holds = |payment: &Payment| {
            let came = if payment.state == State::Paid { fen(payment.fen) } else { 0 };
            came - payment.refunds.iter().map(|one| fen(one.fen)).sum::<i64>()
        };
        self.payments.values().map(|payment| (payment.order.clone(), holds(payment))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn open(books: &mut Books) -> String {
        let payment = Payment {
            order: "P-1".to_owned(),
            number: "CP1".to_owned(),
            fen: 500,
            title: String::new(),
            return_to: String::new(),
            expires: at(30),
            state: State::Open,
            paid_at: None,
            refunds: Vec::new(),
            changes: 0,
        };
        books.open(payment).number.clone()
    }

    #[test]
    fn a_payment_is_taken_once_and_in_time() {
        let mut books = Books::default();
        let number = open(&mut books);
        assert_eq!(open(&mut books), number);
        assert!(books.decide(&number, at(1), State::Paid));
        assert!(!books.decide(&number, at(2), State::Paid) && !books.decide(&number, at(2), State::Closed));
        assert_eq!((books.untold.len(), books.balance()["P-1"]), (1, 500));
        let mut late = Books::default();
        let number = open(&mut late);
        assert!(!late.decide(&number, at(30), State::Paid));
        assert_eq!(late.of_number(&number).map(|payment| payment.word(at(30))), Some("EXPIRED"));
    }

    #[test]
    fn no_more_goes_back_than_came_and_each_refund_once() {
        let mut books = Books::default();
        let number = open(&mut books);
        assert!(books.refund(("P-1", "R", 500), "a", at(1)).is_none());
        assert!(books.decide(&number, at(1), State::Paid));
        let first = books.refund(("P-1", "R", 500), "a", at(2)).map(|done| done.number);
        assert!(first.is_some());
        assert_eq!(books.refund(("P-1", "R", 500), "b", at(3)).map(|done| done.number), first);
        assert!(books.refund(("P-1", "R", 400), "c", at(3)).is_none());
        assert!(books.refund(("P-1", "R2", 1), "d", at(3)).is_none());
        assert_eq!((books.balance()["P-1"], books.statement(at(0).date_naive()).len()), (0, 2));
    }
}
