//! The life of what follows from a bad rating: its states, what can be done in each, and by whom. The one table of it.
//!
//! `docs/ratings.md` is printed from here. What does not stand in [`EDGES`] is refused.

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody has spoken with the person yet.
    Opened,
    /// Somebody has, and it is being put right.
    Contacted,
    /// The agency says what it did. The person says what they think of that.
    Answered,
    /// That did not do: the level above decides.
    Escalated,
    /// The person was content with it, or said nothing more.
    Closed,
    /// The level above had the last word.
    Settled,
    /// There is nothing to follow any more: the rating was set aside, or its person is gone.
    Dropped,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Somebody spoke with the person, or tried to.
    Contact,
    /// It is complex, and takes longer. Once, with a reason.
    Lengthen,
    /// The agency says what it did, or why nothing is to be done.
    Answer,
    /// The person is content with it.
    Accept,
    /// They are not.
    Object,
    /// They say nothing for as long as they could.
    Lapse,
    /// The level above gives it back to the agency.
    SendBack,
    /// The level above has the last word.
    Settle,
    Drop,
}

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Whoever rated.
    Person,
    /// Staff of the agency.
    Agency,
    /// An administrator above the agency.
    Above,
    /// The portal: by the clock, or because something else was decided.
    Portal,
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
    edge(State::Opened, Act::Contact, By::Agency, State::Contacted),
    edge(State::Opened, Act::Lengthen, By::Agency, State::Opened),
    edge(State::Opened, Act::Drop, By::Portal, State::Dropped),
    edge(State::Contacted, Act::Contact, By::Agency, State::Contacted),
    edge(State::Contacted, Act::Lengthen, By::Agency, State::Contacted),
    edge(State::Contacted, Act::Answer, By::Agency, State::Answered),
    edge(State::Contacted, Act::Drop, By::Portal, State::Dropped),
    edge(State::Answered, Act::Accept, By::Person, State::Closed),
    edge(State::Answered, Act::Object, By::Person, State::Escalated),
    edge(State::Answered, Act::Lapse, By::Portal, State::Closed),
    edge(State::Answered, Act::Drop, By::Portal, State::Dropped),
    edge(State::Escalated, Act::SendBack, By::Above, State::Contacted),
    edge(State::Escalated, Act::Settle, By::Above, State::Settled),
    edge(State::Escalated, Act::Drop, By::Portal, State::Dropped),
];

const fn edge(from: State, act: Act, by: By, to: State) -> Edge {
    Edge { from, act, by, to }
}

/// Where an act leads. `None`: it cannot be done, by them or at all.
pub fn next(from: State, act: Act, by: By) -> Option<State> {
    EDGES.iter().find(|edge| (edge.from, edge.act, edge.by) == (from, act, by)).map(|edge| edge.to)
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::Opened,
        Self::Contacted,
        Self::Answered,
        Self::Escalated,
        Self::Closed,
        Self::Settled,
        Self::Dropped,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Contacted => "contacted",
            Self::Answered => "answered",
            Self::Escalated => "escalated",
            Self::Closed => "closed",
            Self::Settled => "settled",
            Self::Dropped => "dropped",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }

    /// Whether nothing can happen any more.
    pub fn is_final(self) -> bool {
        !EDGES.iter().any(|edge| edge.from == self)
    }

    /// Whether the agency has something to do, by a day.
    pub const fn waits_for_agency(self) -> bool {
        matches!(self, Self::Opened | Self::Contacted)
    }
}

impl Act {
    pub const ALL: [Self; 9] = [
        Self::Contact,
        Self::Lengthen,
        Self::Answer,
        Self::Accept,
        Self::Object,
        Self::Lapse,
        Self::SendBack,
        Self::Settle,
        Self::Drop,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Lengthen => "lengthen",
            Self::Answer => "answer",
            Self::Accept => "accept",
            Self::Object => "object",
            Self::Lapse => "lapse",
            Self::SendBack => "send-back",
            Self::Settle => "settle",
            Self::Drop => "drop",
        }
    }

    /// Whether its words are for whoever rated. What staff note of a call is for those who work on it.
    pub fn is_told(tag: &str) -> bool {
        tag != Self::Contact.tag()
    }
}

impl By {
    pub const ALL: [Self; 4] = [Self::Person, Self::Agency, Self::Above, Self::Portal];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Agency => "agency",
            Self::Above => "above",
            Self::Portal => "portal",
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
        let docs = include_str!("../../../docs/ratings.md");
        assert!(docs.contains(&printed()), "docs/ratings.md should hold:\n{}", printed());
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
            assert!(state == State::Opened || EDGES.iter().any(|edge| edge.to == state), "{state:?}");
            assert!(state.is_final() || EDGES.contains(&edge(state, Act::Drop, By::Portal, State::Dropped)));
        }
        for act in Act::ALL {
            assert!(EDGES.iter().any(|edge| edge.act == act), "{act:?}");
            assert_eq!(Act::ALL.iter().filter(|other| other.tag() == act.tag()).count(), 1);
        }
    }

    proptest! {
        /// Whatever happens in whatever order: what is over stays over, an answer comes after a call, the agency never has the
        /// last word, and only the person's no leads above.
        #[test]
        fn nobody_closes_their_own_work(acts in prop::collection::vec((0_usize..9, 0_usize..4), 0..60)) {
            let (mut state, mut spoken) = (State::Opened, false);
            for (act, by) in acts {
                let (before, act, by) = (state, Act::ALL[act], By::ALL[by]);
                let Some(to) = next(before, act, by) else { continue };
                prop_assert!(!before.is_final());
                spoken |= act == Act::Contact;
                prop_assert!(to != State::Answered || spoken);
                prop_assert!(!to.is_final() || by != By::Agency);
                prop_assert!(to != State::Escalated || (act, by) == (Act::Object, By::Person));
                state = to;
            }
        }
    }
}
