//! The life of an order: its states, what can be done in each, and by whom. The one table of it; what does not stand in
//! [`EDGES`] is refused. `docs/voice.md` is printed from here.

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It came in.
    Received,
    /// What it is about is known.
    Classified,
    /// A unit has it.
    Dispatched,
    /// The unit said that it deals with it.
    Handling,
    /// The unit said that it is the wrong one.
    Returned,
    Replied,
    /// Whoever reported it was asked whether it was dealt with well.
    Visited,
    Closed,
    /// It does not belong here; where it does was said.
    NotTaken,
    /// A duplicate: what it is about goes on under another number.
    Merged,
    Withdrawn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    Classify,
    Dispatch,
    NotTake,
    Merge,
    /// The unit takes it on.
    Take,
    GiveBack,
    /// To another part of the unit.
    Pass,
    /// What a unit that helps has to say.
    Note,
    Extend,
    Reply,
    /// Asking back.
    Visit,
    Close,
    /// It was not dealt with well: once.
    Reopen,
    Withdraw,
    /// It is late: those above look at it.
    Supervise,
}

/// Who can do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Whoever reported it.
    Reporter,
    /// The city's desk.
    Desk,
    /// The unit that leads.
    Unit,
    /// A unit that helps.
    Helper,
    Clock,
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
    edge(State::Received, Act::Classify, By::Desk, State::Classified),
    edge(State::Received, Act::NotTake, By::Desk, State::NotTaken),
    edge(State::Received, Act::Merge, By::Desk, State::Merged),
    edge(State::Received, Act::Withdraw, By::Reporter, State::Withdrawn),
    edge(State::Received, Act::Supervise, By::Clock, State::Received),
    edge(State::Classified, Act::Classify, By::Desk, State::Classified),
    edge(State::Classified, Act::Dispatch, By::Desk, State::Dispatched),
    edge(State::Classified, Act::NotTake, By::Desk, State::NotTaken),
    edge(State::Classified, Act::Merge, By::Desk, State::Merged),
    edge(State::Classified, Act::Withdraw, By::Reporter, State::Withdrawn),
    edge(State::Classified, Act::Supervise, By::Clock, State::Classified),
    edge(State::Dispatched, Act::Take, By::Unit, State::Handling),
    edge(State::Dispatched, Act::GiveBack, By::Unit, State::Returned),
    edge(State::Dispatched, Act::Pass, By::Unit, State::Dispatched),
    edge(State::Dispatched, Act::Note, By::Helper, State::Dispatched),
    edge(State::Dispatched, Act::Merge, By::Desk, State::Merged),
    edge(State::Dispatched, Act::Withdraw, By::Reporter, State::Withdrawn),
    edge(State::Dispatched, Act::Supervise, By::Clock, State::Dispatched),
    edge(State::Handling, Act::Note, By::Helper, State::Handling),
    edge(State::Handling, Act::Extend, By::Unit, State::Handling),
    edge(State::Handling, Act::Reply, By::Unit, State::Replied),
    edge(State::Handling, Act::Merge, By::Desk, State::Merged),
    edge(State::Handling, Act::Withdraw, By::Reporter, State::Withdrawn),
    edge(State::Handling, Act::Supervise, By::Clock, State::Handling),
    edge(State::Returned, Act::Classify, By::Desk, State::Classified),
    edge(State::Returned, Act::NotTake, By::Desk, State::NotTaken),
    edge(State::Returned, Act::Merge, By::Desk, State::Merged),
    edge(State::Returned, Act::Withdraw, By::Reporter, State::Withdrawn),
    edge(State::Returned, Act::Supervise, By::Clock, State::Returned),
    edge(State::Replied, Act::Visit, By::Desk, State::Visited),
    edge(State::Replied, Act::Close, By::Reporter, State::Closed),
    edge(State::Replied, Act::Close, By::Clock, State::Closed),
    edge(State::Replied, Act::Reopen, By::Reporter, State::Dispatched),
    edge(State::Visited, Act::Visit, By::Desk, State::Visited),
    edge(State::Visited, Act::Close, By::Desk, State::Closed),
    edge(State::Visited, Act::Close, By::Reporter, State::Closed),
    edge(State::Visited, Act::Close, By::Clock, State::Closed),
    edge(State::Visited, Act::Reopen, By::Desk, State::Dispatched),
    edge(State::Visited, Act::Reopen, By::Reporter, State::Dispatched),
    edge(State::Closed, Act::Reopen, By::Reporter, State::Dispatched),
];

const fn edge(from: State, act: Act, by: By, to: State) -> Edge {
    Edge { from, act, by, to }
}

/// Where an act leads. `None`: it cannot be done, by them or at all.
pub fn next(from: State, act: Act, by: By) -> Option<State> {
    EDGES.iter().find(|edge| (edge.from, edge.act, edge.by) == (from, act, by)).map(|edge| edge.to)
}

impl State {
    pub const ALL: [Self; 11] = [
        Self::Received,
        Self::Classified,
        Self::Dispatched,
        Self::Handling,
        Self::Returned,
        Self::Replied,
        Self::Visited,
        Self::Closed,
        Self::NotTaken,
        Self::Merged,
        Self::Withdrawn,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Classified => "classified",
            Self::Dispatched => "dispatched",
            Self::Handling => "handling",
            Self::Returned => "returned",
            Self::Replied => "replied",
            Self::Visited => "visited",
            Self::Closed => "closed",
            Self::NotTaken => "not-taken",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }

    /// Whether the desk is to give it to a unit.
    pub const fn waits_for_desk(self) -> bool {
        matches!(self, Self::Received | Self::Classified | Self::Returned)
    }

    /// Whether a unit is to deal with it.
    pub const fn waits_for_unit(self) -> bool {
        matches!(self, Self::Dispatched | Self::Handling)
    }

    /// Whether there is an answer to say something of.
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Replied | Self::Visited | Self::Closed)
    }
}

impl Act {
    pub const ALL: [Self; 15] = [
        Self::Classify,
        Self::Dispatch,
        Self::NotTake,
        Self::Merge,
        Self::Take,
        Self::GiveBack,
        Self::Pass,
        Self::Note,
        Self::Extend,
        Self::Reply,
        Self::Visit,
        Self::Close,
        Self::Reopen,
        Self::Withdraw,
        Self::Supervise,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Classify => "classify",
            Self::Dispatch => "dispatch",
            Self::NotTake => "not-take",
            Self::Merge => "merge",
            Self::Take => "take",
            Self::GiveBack => "give-back",
            Self::Pass => "pass",
            Self::Note => "note",
            Self::Extend => "extend",
            Self::Reply => "reply",
            Self::Visit => "visit",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
            Self::Supervise => "supervise",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.tag() == tag)
    }

    /// Whether whoever reported it hears of it, and reads it among the steps. The rest is between those who work on it.
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::Classify | Self::Note | Self::Visit | Self::Supervise | Self::Pass)
    }

    /// Whether whoever reported it reads what was said with it.
    pub const fn is_read(self) -> bool {
        matches!(self, Self::NotTake | Self::Merge | Self::Extend | Self::Reply)
    }
}

impl By {
    pub const ALL: [Self; 5] = [Self::Reporter, Self::Desk, Self::Unit, Self::Helper, Self::Clock];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Desk => "desk",
            Self::Unit => "unit",
            Self::Helper => "helper",
            Self::Clock => "clock",
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
        let docs = include_str!("../../docs/voice.md");
        assert!(docs.contains(&printed()), "docs/voice.md should hold:\n{}", printed());
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
            assert!(state == State::Received || EDGES.iter().any(|edge| edge.to == state), "{state:?}");
        }
        for act in Act::ALL {
            assert_eq!(Act::named(act.tag()), Some(act));
            assert!(EDGES.iter().any(|edge| edge.act == act), "{act:?}");
        }
    }

    proptest! {
        /// Whatever is tried in whatever order: nothing leads past a unit to an answer, what is not taken, merged or withdrawn
        /// stays so, and only whoever deals with an order answers it.
        #[test]
        fn no_order_is_answered_that_no_unit_took(tries in prop::collection::vec((0_usize..15, 0_usize..5), 0..80)) {
            let (mut at, mut taken) = (State::Received, false);
            for (act, by) in tries {
                let (act, by) = (Act::ALL[act], By::ALL[by]);
                let Some(to) = next(at, act, by) else { continue };
                prop_assert!(!matches!(at, State::NotTaken | State::Merged | State::Withdrawn));
                taken |= act == Act::Take;
                prop_assert!(act != Act::Reply || by == By::Unit);
                prop_assert!(!to.is_answered() || taken);
                prop_assert!(by != By::Helper || to == at, "who helps moves nothing");
                at = to;
            }
        }
    }
}
