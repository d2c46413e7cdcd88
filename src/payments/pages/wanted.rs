//! What is asked for at `/admin/payments`: why something waits, and in which order.

use std::collections::BTreeSet;

use crate::{
    payments::{Order, desk::Row},
    platform::Texts,
    web::frame::{Choice, Field},
};

const NEWEST: &str = "newest";
const OLDEST: &str = "oldest";

/// Why an order waits for a person.
pub(super) const fn why(order: &Order) -> &'static str {
    if order.with_staff { "with-staff" } else { "refund-asked" }
}

/// A reason for which nothing waits asks for everything.
pub(super) struct Wanted {
    newest: bool,
    why: String,
}

impl Wanted {
    pub(super) fn of(asked: impl Fn(&str) -> String) -> Self {
        Self { newest: asked("sort") == NEWEST, why: asked("why") }
    }

    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("why", self.why.clone()), ("sort", self.sort().to_owned())]
    }

    const fn sort(&self) -> &'static str {
        if self.newest { NEWEST } else { OLDEST }
    }

    /// Leaves out what is not asked for, of what is read with the oldest first. Why anything waits at all.
    pub(super) fn narrow(&self, orders: &mut Vec<Order>, rows: &mut Vec<Row>) -> BTreeSet<String> {
        let kinds = orders.iter().map(|order| why(order).to_owned());
        let kinds: BTreeSet<String> = kinds.chain(rows.iter().map(|row| row.kind.clone())).collect();
        if kinds.contains(&self.why) {
            orders.retain(|order| why(order) == self.why);
            rows.retain(|row| row.kind == self.why);
        }
        if self.newest {
            orders.reverse();
            rows.reverse();
        }
        kinds
    }

    pub(super) fn fields(&self, t: Texts, kinds: &BTreeSet<String>) -> Vec<Field> {
        let every = Choice::new("", t.quality_everything(), !kinds.contains(&self.why));
        let kind =
            |tag: &String| Choice::new(tag.as_str(), t.desk_payments_why(tag.as_str()), *tag == self.why);
        let kinds = std::iter::once(every).chain(kinds.iter().map(kind)).collect();
        let sort = vec![
            Choice::new(OLDEST, t.audit_oldest(), !self.newest),
            Choice::new(NEWEST, t.audit_newest(), self.newest),
        ];
        vec![
            Field::new("why", t.rules_state()).choices(kinds),
            Field::new("sort", t.audit_order()).choices(sort),
        ]
    }
}
