//! The life of an order: its states, what can happen in each, and by whose word. The one table of it.
//!
//! `docs/payments.md` is printed from here. What does not stand in [`EDGES`] is refused, whoever says it, however often
//! and in whatever order: that is why a message that is lost, repeated or late charges nobody twice.

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Written down. Nobody has been called.
    Created,
    /// Open at the provider, as far as anybody knows.
    Paying,
    /// It can no longer be paid, and the provider has not said whether it was.
    Unknown,
    /// The money is there; the agency is to be told.
    Paid,
    /// The agency is being told.
    Settling,
    /// The agency was told, and nobody knows whether it heard.
    SettleUnknown,
    /// The agency has booked it.
    Settled,
    Failed,
    Cancelled,
    Expired,
    /// The payer wants the money back; a person decides.
    RefundAsked,
    /// It goes back.
    Refunding,
    Refunded,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// It is opened at the provider.
    Open,
    Cancel,
    Expire,
    Fail,
    /// The provider has the money.
    Confirm,
    /// Its time is over and nobody knows.
    Lose,
    /// The agency is called.
    Settle,
    /// It is certain that the agency was not reached.
    Hold,
    /// The agency has booked it.
    Book,
    /// The agency does not take it.
    Refuse,
    AskRefund,
    /// A refund is granted.
    Refund,
    /// A refund is not granted.
    Keep,
    /// The provider has given it back.
    GiveBack,
}

/// By whose word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    Payer,
    Portal,
    Provider,
    Agency,
    Clock,
    Staff,
}

/// One thing that can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub from: State,
    pub act: Act,
    pub by: By,
    pub to: State,
}

/// Everything that can happen.
pub const EDGES: &[Edge] = &[
    edge(State::Created, Act::Open, By::Portal, State::Paying),
    edge(State::Created, Act::Cancel, By::Payer, State::Cancelled),
    edge(State::Created, Act::Expire, By::Clock, State::Expired),
    edge(State::Paying, Act::Confirm, By::Provider, State::Paid),
    edge(State::Paying, Act::Fail, By::Provider, State::Failed),
    edge(State::Paying, Act::Expire, By::Provider, State::Expired),
    edge(State::Paying, Act::Lose, By::Clock, State::Unknown),
    edge(State::Unknown, Act::Confirm, By::Provider, State::Paid),
    edge(State::Unknown, Act::Fail, By::Provider, State::Failed),
    edge(State::Unknown, Act::Expire, By::Provider, State::Expired),
    // Money that comes for an order that is over goes back by itself.
    edge(State::Failed, Act::Confirm, By::Provider, State::Refunding),
    edge(State::Cancelled, Act::Confirm, By::Provider, State::Refunding),
    edge(State::Expired, Act::Confirm, By::Provider, State::Refunding),
    edge(State::Paid, Act::Settle, By::Portal, State::Settling),
    edge(State::Settling, Act::Hold, By::Portal, State::Paid),
    edge(State::Settling, Act::Lose, By::Portal, State::SettleUnknown),
    edge(State::Settling, Act::Book, By::Agency, State::Settled),
    edge(State::Settling, Act::Refuse, By::Agency, State::Refunding),
    edge(State::SettleUnknown, Act::Settle, By::Portal, State::Settling),
    edge(State::SettleUnknown, Act::Book, By::Agency, State::Settled),
    edge(State::SettleUnknown, Act::Refuse, By::Agency, State::Refunding),
    edge(State::Paid, Act::Book, By::Staff, State::Settled),
    edge(State::Paid, Act::Refund, By::Staff, State::Refunding),
    edge(State::SettleUnknown, Act::Book, By::Staff, State::Settled),
    edge(State::SettleUnknown, Act::Refund, By::Staff, State::Refunding),
    edge(State::Settled, Act::AskRefund, By::Payer, State::RefundAsked),
    edge(State::RefundAsked, Act::Refund, By::Staff, State::Refunding),
    edge(State::RefundAsked, Act::Keep, By::Staff, State::Settled),
    edge(State::Refunding, Act::GiveBack, By::Provider, State::Refunded),
];

const fn edge(from: State, act: Act, by: By, to: State) -> Edge {
    Edge { from, act, by, to }
}

/// Where an act leads. `None`: it cannot happen, by them or at all.
pub fn next(from: State, act: Act, by: By) -> Option<State> {
    EDGES.iter().find(|edge| (edge.from, edge.act, edge.by) == (from, act, by)).map(|edge| edge.to)
}

impl State {
    pub const ALL: [Self; 13] = [
        Self::Created,
        Self::Paying,
        Self::Unknown,
        Self::Paid,
        Self::Settling,
        Self::SettleUnknown,
        Self::Settled,
        Self::Failed,
        Self::Cancelled,
        Self::Expired,
        Self::RefundAsked,
        Self::Refunding,
        Self::Refunded,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Paying => "paying",
            Self::Unknown => "unknown",
            Self::Paid => "paid",
            Self::Settling => "settling",
            Self::SettleUnknown => "settle-unknown",
            Self::Settled => "settled",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::RefundAsked => "refund-asked",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }

    /// Whether it is on its way: nobody begins another for the same due.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Created | Self::Paying | Self::Unknown | Self::Paid | Self::Settling | Self::SettleUnknown
        )
    }

    /// Whether the city has the payer's money and has not said that it gives it back.
    pub const fn holds_money(self) -> bool {
        matches!(self, Self::Paid | Self::Settling | Self::SettleUnknown | Self::Settled | Self::RefundAsked)
    }

    /// Whether the provider still has something to say about the payment.
    pub const fn waits_for_provider(self) -> bool {
        matches!(self, Self::Paying | Self::Unknown)
    }

    /// Whether the agency is still to be told.
    pub const fn waits_for_agency(self) -> bool {
        matches!(self, Self::Paid | Self::Settling | Self::SettleUnknown)
    }

    /// Whether the payer hears of it. What lasts seconds is no news.
    pub const fn is_news(self) -> bool {
        matches!(
            self,
            Self::Paid | Self::Settled | Self::Failed | Self::Expired | Self::Refunding | Self::Refunded
        )
    }
}

impl Act {
    pub const ALL: [Self; 14] = [
        Self::Open,
        Self::Cancel,
        Self::Expire,
        Self::Fail,
        Self::Confirm,
        Self::Lose,
        Self::Settle,
        Self::Hold,
        Self::Book,
        Self::Refuse,
        Self::AskRefund,
        Self::Refund,
        Self::Keep,
        Self::GiveBack,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
            Self::Fail => "fail",
            Self::Confirm => "confirm",
            Self::Lose => "lose",
            Self::Settle => "settle",
            Self::Hold => "hold",
            Self::Book => "book",
            Self::Refuse => "refuse",
            Self::AskRefund => "ask-refund",
            Self::Refund => "refund",
            Self::Keep => "keep",
            Self::GiveBack => "give-back",
        }
    }
}

impl By {
    pub const ALL: [Self; 6] =
        [Self::Payer, Self::Portal, Self::Provider, Self::Agency, Self::Clock, Self::Staff];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Payer => "payer",
            Self::Portal => "portal",
            Self::Provider => "provider",
            Self::Agency => "agency",
            Self::Clock => "clock",
            Self::Staff => "staff",
        }
    }
}

/// The table as it stands in the documents.
pub fn printed() -> String {
    use std::fmt::Write as _;
    let mut text = String::from("| from | act | by | to |\n|---|---|---|---|\n");
    for Edge { from, act, by, to } in EDGES {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {} | {} | {} |", from.tag(), act.tag(), by.tag(), to.tag());
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_documents_print_the_table() {
        let docs = include_str!("../../docs/payments.md");
        assert!(docs.contains(&printed()), "docs/payments.md should hold:\n{}", printed());
    }

    #[test]
    fn what_is_not_in_the_table_is_refused() {
        let mut allowed = 0;
        for from in State::ALL {
            for act in Act::ALL {
                for by in By::ALL {
                    let edges = EDGES.iter().filter(|edge| (edge.from, edge.act, edge.by) == (from, act, by));
                    let count = edges.count();
                    assert!(count <= 1, "{from:?} {act:?} {by:?} leads to two places");
                    assert_eq!(next(from, act, by).is_some(), count == 1);
                    allowed += count;
                }
            }
        }
        assert_eq!(allowed, EDGES.len());
    }

    #[test]
    fn every_state_is_reached_and_every_name_is_its_own() {
        for state in State::ALL {
            assert_eq!(State::named(state.tag()), Some(state));
            assert!(state == State::Created || EDGES.iter().any(|edge| edge.to == state), "{state:?}");
        }
        for act in Act::ALL {
            assert!(EDGES.iter().any(|edge| edge.act == act), "{act:?}");
        }
    }

    /// The states that the unique index of the database names are those in which an order is on its way.
    #[test]
    fn the_database_keeps_one_open_order_for_a_due() {
        let named: Vec<String> = State::ALL
            .into_iter()
            .filter(|state| state.is_open())
            .map(|one| format!("'{}'", one.tag()))
            .collect();
        let wanted = format!("WHERE state IN ({})", named.join(", "));
        for migration in [
            include_str!("../../migrations/sqlite/2026-01-01-000110_payments/up.sql"),
            include_str!("../../migrations/postgres/2026-01-01-000110_payments/up.sql"),
        ] {
            assert!(migration.contains(&wanted), "{wanted}");
        }
    }

    proptest! {
        /// Whatever is said in whatever order: an order is booked or given back only after money came, nothing is given
        /// back twice, and what was given back stays so.
        #[test]
        fn money_is_booked_or_given_back_and_never_both(said in prop::collection::vec((0_usize..14, 0_usize..6), 0..80)) {
            let (mut state, mut came, mut back) = (State::Created, 0, 0);
            for (act, by) in said {
                let (act, by) = (Act::ALL[act], By::ALL[by]);
                let Some(to) = next(state, act, by) else { continue };
                came += usize::from(act == Act::Confirm);
                back += usize::from(act == Act::GiveBack);
                state = to;
                prop_assert!(came <= 1 && back <= came, "{came} came and {back} went");
                prop_assert_eq!(state.holds_money() || state == State::Refunding, came == 1 && back == 0);
            }
        }
    }
}
