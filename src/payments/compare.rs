//! What portal, provider and agency say of one day, laid beside each other. No I/O: what differs follows from the three
//! lists alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{life::State, settle::Verdict};

/// How they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Paid here; the provider's statement has no such payment.
    NotInStatement,
    /// In the statement; the portal has no such order, or none that it knows to be paid.
    UnknownOrder,
    Amount,
    /// Given back here; the statement has no such refund.
    RefundNotInStatement,
    /// Given back by the provider; here it was not.
    RefundUnknown,
    /// Settled here; the agency says that it is owed.
    AgencyNotBooked,
    /// Given back; the agency has it booked by this order all the same.
    AgencyStillBooked,
}

impl Kind {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::NotInStatement => "not-in-statement",
            Self::UnknownOrder => "unknown-order",
            Self::Amount => "amount",
            Self::RefundNotInStatement => "refund-not-in-statement",
            Self::RefundUnknown => "refund-unknown",
            Self::AgencyNotBooked => "agency-not-booked",
            Self::AgencyStillBooked => "agency-still-booked",
        }
    }
}

/// An order as the portal has it.
#[derive(Debug, Clone)]
pub struct Ours {
    pub reference: String,
    pub state: State,
    pub fen: i64,
    /// Whether the money came, and whether it went back, on this day.
    pub paid: bool,
    pub returned: bool,
    /// Whether the agency ever booked it.
    pub booked: bool,
    pub agency: Asked,
}

/// What the agency says of an order's due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It has nothing to say yet.
    NotNeeded,
    Silent,
    Said(Verdict),
}

/// The provider's day, by the numbers of orders.
#[derive(Debug, Clone, Default)]
pub struct Theirs {
    /// What came in, in fen.
    pub payments: BTreeMap<String, i64>,
    /// What was given back, in fen, above nothing.
    pub refunds: BTreeMap<String, i64>,
    /// Whether nothing will be added.
    pub closed: bool,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub reference: String,
    pub kind: Kind,
    pub portal_fen: Option<i64>,
    pub provider_fen: Option<i64>,
}

/// What came of comparing.
#[derive(Debug, Default)]
pub struct Compared {
    pub differences: Vec<Difference>,
    /// Paid, and not yet booked or given back, in their time.
    pub on_the_way: usize,
    /// The agency could not be asked.
    pub unchecked: usize,
}

/// Lays the three beside each other.
pub fn compare(ours: &[Ours], theirs: &Theirs) -> Compared {
    let mut compared = Compared::default();
    let mut note = |reference: &str, kind, portal_fen, provider_fen| {
        let reference = reference.to_owned();
        compared.differences.push(Difference { reference, kind, portal_fen, provider_fen });
    };
    for one in ours.iter().filter(|one| one.paid) {
        match theirs.payments.get(&one.reference) {
            Some(fen) if *fen == one.fen => {}
            Some(fen) => note(&one.reference, Kind::Amount, Some(one.fen), Some(*fen)),
            None if theirs.closed => note(&one.reference, Kind::NotInStatement, Some(one.fen), None),
            None => {}
        }
    }
    for one in ours.iter().filter(|one| one.returned) {
        match theirs.refunds.get(&one.reference) {
            Some(fen) if *fen == one.fen => {}
            Some(fen) => note(&one.reference, Kind::Amount, Some(-one.fen), Some(-*fen)),
            None if theirs.closed => note(&one.reference, Kind::RefundNotInStatement, Some(-one.fen), None),
            None => {}
        }
    }
    let paid: BTreeSet<&str> = ours.iter().filter(|one| one.paid).map(|one| one.reference.as_str()).collect();
    let back: BTreeSet<&str> =
        ours.iter().filter(|one| one.returned).map(|one| one.reference.as_str()).collect();
    for (reference, fen) in theirs.payments.iter().filter(|(reference, _)| !paid.contains(reference.as_str()))
    {
        note(reference, Kind::UnknownOrder, None, Some(*fen));
    }
    for (reference, fen) in theirs.refunds.iter().filter(|(reference, _)| !back.contains(reference.as_str()))
    {
        note(reference, Kind::RefundUnknown, None, Some(-*fen));
    }
    for one in ours {
        let settled = matches!(one.state, State::Settled | State::RefundAsked);
        match &one.agency {
            Asked::Said(Verdict::Owed | Verdict::Refused) if settled => {
                note(&one.reference, Kind::AgencyNotBooked, Some(one.fen), None);
            }
            Asked::Said(Verdict::Booked(_)) if one.state == State::Refunded && one.booked => {
                note(&one.reference, Kind::AgencyStillBooked, Some(0), None);
            }
            _ => {}
        }
    }
    compared.on_the_way = ours
        .iter()
        .filter(|one| {
            one.state.waits_for_agency() || matches!(one.state, State::Refunding | State::RefundAsked)
        })
        .count();
    compared.unchecked = ours
        .iter()
        .filter(|one| matches!(one.agency, Asked::Silent | Asked::Said(Verdict::Undecided)))
        .count();
    compared.differences.sort();
    compared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(reference: &str, state: State, agency: Asked) -> Ours {
        let returned = state == State::Refunded;
        Ours { reference: reference.to_owned(), state, fen: 500, paid: true, returned, booked: false, agency }
    }

    fn theirs(payments: &[(&str, i64)], refunds: &[(&str, i64)]) -> Theirs {
        let map = |all: &[(&str, i64)]| all.iter().map(|(order, fen)| ((*order).to_owned(), *fen)).collect();
        Theirs { payments: map(payments), refunds: map(refunds), closed: true }
    }

    fn kinds(ours: &[Ours], theirs: &Theirs) -> Vec<Kind> {
        compare(ours, theirs).differences.into_iter().map(|one| one.kind).collect()
    }

    #[test]
    fn each_way_in_which_they_differ_has_its_name() {
        let booked = || Asked::Said(Verdict::Booked(None));
        let fine = ours("a", State::Settled, booked());
        assert_eq!(kinds(std::slice::from_ref(&fine), &theirs(&[("a", 500)], &[])), []);
        assert_eq!(kinds(std::slice::from_ref(&fine), &theirs(&[], &[])), [Kind::NotInStatement]);
        // Before the day is closed what is missing may still come.
        assert_eq!(kinds(std::slice::from_ref(&fine), &Theirs::default()), []);
        assert_eq!(kinds(std::slice::from_ref(&fine), &theirs(&[("a", 400)], &[])), [Kind::Amount]);
        assert_eq!(kinds(&[fine], &theirs(&[("a", 500), ("b", 1)], &[])), [Kind::UnknownOrder]);
        let owed = ours("a", State::Settled, Asked::Said(Verdict::Owed));
        assert_eq!(kinds(&[owed], &theirs(&[("a", 500)], &[])), [Kind::AgencyNotBooked]);
        let back = ours("a", State::Refunded, Asked::NotNeeded);
        assert_eq!(kinds(std::slice::from_ref(&back), &theirs(&[("a", 500)], &[("a", 500)])), []);
        assert_eq!(kinds(&[back], &theirs(&[("a", 500)], &[])), [Kind::RefundNotInStatement]);
        let kept = Ours { booked: true, ..ours("a", State::Refunded, booked()) };
        assert_eq!(kinds(&[kept], &theirs(&[("a", 500)], &[("a", 500)])), [Kind::AgencyStillBooked]);
        let paid = ours("a", State::Settled, booked());
        assert_eq!(kinds(&[paid], &theirs(&[("a", 500)], &[("a", 500)])), [Kind::RefundUnknown]);
    }

    #[test]
    fn what_is_on_its_way_or_could_not_be_asked_is_counted_and_no_difference() {
        let all =
            [ours("a", State::SettleUnknown, Asked::NotNeeded), ours("b", State::Settled, Asked::Silent)];
        let compared = compare(&all, &theirs(&[("a", 500), ("b", 500)], &[]));
        assert_eq!((compared.differences.len(), compared.on_the_way, compared.unchecked), (0, 1, 1));
    }
}
