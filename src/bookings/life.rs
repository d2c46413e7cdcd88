//! The life of a booking: its states, what can be done in each, and by whom. The one table of it.
//!
//! `docs/bookings.md` is printed from here. What does not stand in [`EDGES`] is refused.

use std::collections::VecDeque;

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// A time is chosen and perhaps kept; the person has not confirmed yet.
    Chosen,
    /// Confirmed by the person. The agency is being told.
    Asked,
    Booked,
    /// Given back by the person. The agency is being told.
    Cancelling,
    /// Somebody else was faster.
    Full,
    /// The person may not book it.
    Barred,
    /// Nothing came of it.
    Failed,
    /// Not confirmed in time, or not wanted after all.
    Lapsed,
    Cancelled,
    /// It does not take place.
    Stopped,
    Kept,
    Missed,
}

/// What is done with a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// The person confirms; the agency has to be told.
    Confirm,
    /// The person confirms what the portal itself gives.
    Take,
    /// The person does not want what was chosen.
    Drop,
    /// It was not confirmed in time.
    Lapse,
    Book,
    Fill,
    Bar,
    Refuse,
    /// It could not be told before it begins.
    Fail,
    /// The person gives it back; the agency has to be told.
    Cancel,
    /// The person gives back what the portal itself gave.
    Return,
    Release,
    /// It could not be given back.
    Retain,
    Stop,
    Keep,
    Miss,
    /// That somebody did not come does not count after all.
    Excuse,
}

/// Who can do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The one who booked, or whoever acts for them.
    Person,
    /// The agency: its backend, or its staff.
    Agency,
    /// The portal, by the clock.
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
    edge(State::Chosen, Act::Confirm, By::Person, State::Asked),
    edge(State::Chosen, Act::Take, By::Person, State::Booked),
    edge(State::Chosen, Act::Drop, By::Person, State::Lapsed),
    edge(State::Chosen, Act::Lapse, By::Clock, State::Lapsed),
    edge(State::Chosen, Act::Fill, By::Agency, State::Full),
    edge(State::Chosen, Act::Bar, By::Agency, State::Barred),
    edge(State::Chosen, Act::Stop, By::Agency, State::Stopped),
    edge(State::Asked, Act::Book, By::Agency, State::Booked),
    edge(State::Asked, Act::Fill, By::Agency, State::Full),
    edge(State::Asked, Act::Bar, By::Agency, State::Barred),
    edge(State::Asked, Act::Refuse, By::Agency, State::Failed),
    edge(State::Asked, Act::Fail, By::Clock, State::Failed),
    edge(State::Asked, Act::Stop, By::Agency, State::Stopped),
    edge(State::Asked, Act::Drop, By::Person, State::Lapsed),
    edge(State::Booked, Act::Cancel, By::Person, State::Cancelling),
    edge(State::Booked, Act::Return, By::Person, State::Cancelled),
    edge(State::Booked, Act::Release, By::Agency, State::Cancelled),
    edge(State::Booked, Act::Stop, By::Agency, State::Stopped),
    edge(State::Booked, Act::Keep, By::Agency, State::Kept),
    edge(State::Booked, Act::Miss, By::Agency, State::Missed),
    edge(State::Booked, Act::Miss, By::Clock, State::Missed),
    edge(State::Cancelling, Act::Release, By::Agency, State::Cancelled),
    edge(State::Cancelling, Act::Retain, By::Agency, State::Booked),
    edge(State::Cancelling, Act::Retain, By::Clock, State::Booked),
    edge(State::Cancelling, Act::Stop, By::Agency, State::Stopped),
    edge(State::Missed, Act::Excuse, By::Agency, State::Cancelled),
];

const fn edge(from: State, act: Act, by: By, to: State) -> Edge {
    Edge { from, act, by, to }
}

/// Where an act leads. `None`: it cannot be done, by them or at all.
pub fn next(from: State, act: Act, by: By) -> Option<State> {
    EDGES.iter().find(|edge| (edge.from, edge.act, edge.by) == (from, act, by)).map(|edge| edge.to)
}

/// How an agency gets from one state to another: the shortest way there is. `None`: there is no way, and what it tells
/// is not taken over. That somebody's absence is excused is an act of its own and no part of a way.
pub fn way(from: State, to: State) -> Option<Vec<Edge>> {
    if from == to {
        return Some(Vec::new());
    }
    let mut waiting = VecDeque::from([(from, Vec::new())]);
    let mut seen = vec![from];
    while let Some((at, so_far)) = waiting.pop_front() {
        let by_agency =
            |edge: &&Edge| edge.from == at && edge.by == By::Agency && !matches!(edge.act, Act::Excuse);
        for edge in EDGES.iter().filter(by_agency) {
            if seen.contains(&edge.to) {
                continue;
            }
            let mut way: Vec<Edge> = so_far.clone();
            way.push(*edge);
            if edge.to == to {
                return Some(way);
            }
            seen.push(edge.to);
            waiting.push_back((edge.to, way));
        }
    }
    None
}

impl State {
    pub const ALL: [Self; 12] = [
        Self::Chosen,
        Self::Asked,
        Self::Booked,
        Self::Cancelling,
        Self::Full,
        Self::Barred,
        Self::Failed,
        Self::Lapsed,
        Self::Cancelled,
        Self::Stopped,
        Self::Kept,
        Self::Missed,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Asked => "asked",
            Self::Booked => "booked",
            Self::Cancelling => "cancelling",
            Self::Full => "full",
            Self::Barred => "barred",
            Self::Failed => "failed",
            Self::Lapsed => "lapsed",
            Self::Cancelled => "cancelled",
            Self::Stopped => "stopped",
            Self::Kept => "kept",
            Self::Missed => "missed",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }

    /// Whether a place is taken up: it is given to nobody else.
    pub const fn takes_up(self) -> bool {
        matches!(self, Self::Chosen | Self::Asked | Self::Booked | Self::Cancelling)
    }

    /// Whether people are told that it came here. What they have just done themselves and see on the page is not news,
    /// and neither is that they were there.
    pub const fn is_news(self) -> bool {
        matches!(
            self,
            Self::Booked
                | Self::Full
                | Self::Barred
                | Self::Failed
                | Self::Cancelled
                | Self::Stopped
                | Self::Missed
        )
    }
}

impl Act {
    pub const ALL: [Self; 17] = [
        Self::Confirm,
        Self::Take,
        Self::Drop,
        Self::Lapse,
        Self::Book,
        Self::Fill,
        Self::Bar,
        Self::Refuse,
        Self::Fail,
        Self::Cancel,
        Self::Return,
        Self::Release,
        Self::Retain,
        Self::Stop,
        Self::Keep,
        Self::Miss,
        Self::Excuse,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Take => "take",
            Self::Drop => "drop",
            Self::Lapse => "lapse",
            Self::Book => "book",
            Self::Fill => "fill",
            Self::Bar => "bar",
            Self::Refuse => "refuse",
            Self::Fail => "fail",
            Self::Cancel => "cancel",
            Self::Return => "return",
            Self::Release => "release",
            Self::Retain => "retain",
            Self::Stop => "stop",
            Self::Keep => "keep",
            Self::Miss => "miss",
            Self::Excuse => "excuse",
        }
    }
}

impl By {
    pub const ALL: [Self; 3] = [Self::Person, Self::Agency, Self::Clock];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Agency => "agency",
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
        let docs = include_str!("../../docs/bookings.md");
        assert!(docs.contains(&printed()), "docs/bookings.md should hold:\n{}", printed());
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
            assert!(state == State::Chosen || EDGES.iter().any(|edge| edge.to == state), "{state:?}");
        }
        for act in Act::ALL {
            assert!(EDGES.iter().any(|edge| edge.act == act), "{act:?}");
        }
    }

    #[test]
    fn a_backend_may_leave_steps_out_but_never_brings_back_what_is_over() {
        let way = |from, to| way(from, to).map(|way| way.iter().map(|edge| edge.act).collect::<Vec<_>>());
        assert_eq!(way(State::Asked, State::Kept), Some(vec![Act::Book, Act::Keep]));
        assert_eq!(way(State::Asked, State::Cancelled), Some(vec![Act::Book, Act::Release]));
        assert_eq!(way(State::Cancelled, State::Booked), None);
        assert_eq!(way(State::Stopped, State::Booked), None);
        assert_eq!(way(State::Missed, State::Cancelled), None);
        // What the person has not confirmed is booked by nobody.
        assert_eq!(way(State::Chosen, State::Booked), None);
    }

    proptest! {
        /// Whatever happens in whatever order: a place that was given up is never taken up again by the same booking,
        /// and nothing is booked that the person did not confirm.
        #[test]
        fn what_is_given_up_stays_given_up(acts in prop::collection::vec((0_usize..17, 0_usize..3), 0..60)) {
            let (mut state, mut confirmed, mut given_up) = (State::Chosen, false, false);
            for (act, by) in acts {
                let (act, by) = (Act::ALL[act], By::ALL[by]);
                if let Some(to) = next(state, act, by) {
                    confirmed |= by == By::Person && matches!(act, Act::Confirm | Act::Take);
                    state = to;
                }
                prop_assert!(!(given_up && state.takes_up()));
                given_up |= !state.takes_up();
                prop_assert!(confirmed || !matches!(state, State::Booked | State::Kept | State::Missed));
            }
        }
    }
}
