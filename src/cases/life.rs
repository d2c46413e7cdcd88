//! The life of a case: its states, what can be done in each, and by whom. The one table of it.
//!
//! `docs/cases.md` is printed from here. What does not stand in [`EDGES`] is refused.

use std::collections::VecDeque;

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Handed in. The agency has not looked at it yet, and perhaps not got it.
    Submitted,
    /// Something must be put right before it is taken on.
    CorrectionRequired,
    /// Put right, and handed in again.
    Resubmitted,
    /// Complete and taken on: the term runs.
    Accepted,
    NotAccepted,
    InReview,
    /// The clock stands still, by law.
    Suspended,
    Granted,
    Refused,
    /// Ended without a decision.
    Terminated,
    /// The result is on its way.
    Delivering,
    Delivered,
    Withdrawn,
}

/// What is done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    AskCorrection,
    Correct,
    /// Nobody corrected in time: that counts as taking it back.
    Lapse,
    Accept,
    /// Nobody said in time whether it is accepted: by law it is.
    Deem,
    NotAccept,
    Review,
    Suspend,
    Resume,
    /// The term is lengthened, once.
    Extend,
    Grant,
    Refuse,
    Terminate,
    Send,
    Deliver,
    Withdraw,
}

/// Who can do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The applicant, or whoever acts for them.
    Applicant,
    /// The agency: its backend, or an officer at the desk.
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
    edge(State::Submitted, Act::AskCorrection, By::Agency, State::CorrectionRequired),
    edge(State::Submitted, Act::Accept, By::Agency, State::Accepted),
    edge(State::Submitted, Act::Deem, By::Clock, State::Accepted),
    edge(State::Submitted, Act::NotAccept, By::Agency, State::NotAccepted),
    edge(State::Submitted, Act::Withdraw, By::Applicant, State::Withdrawn),
    edge(State::CorrectionRequired, Act::Correct, By::Applicant, State::Resubmitted),
    edge(State::CorrectionRequired, Act::Lapse, By::Clock, State::Withdrawn),
    edge(State::CorrectionRequired, Act::Lapse, By::Agency, State::Withdrawn),
    edge(State::CorrectionRequired, Act::Accept, By::Agency, State::Accepted),
    edge(State::CorrectionRequired, Act::NotAccept, By::Agency, State::NotAccepted),
    edge(State::CorrectionRequired, Act::Withdraw, By::Applicant, State::Withdrawn),
    edge(State::Resubmitted, Act::AskCorrection, By::Agency, State::CorrectionRequired),
    edge(State::Resubmitted, Act::Accept, By::Agency, State::Accepted),
    edge(State::Resubmitted, Act::Deem, By::Clock, State::Accepted),
    edge(State::Resubmitted, Act::NotAccept, By::Agency, State::NotAccepted),
    edge(State::Resubmitted, Act::Withdraw, By::Applicant, State::Withdrawn),
    edge(State::Accepted, Act::Review, By::Agency, State::InReview),
    edge(State::Accepted, Act::Withdraw, By::Applicant, State::Withdrawn),
    edge(State::InReview, Act::Suspend, By::Agency, State::Suspended),
    edge(State::InReview, Act::Extend, By::Agency, State::InReview),
    edge(State::InReview, Act::Grant, By::Agency, State::Granted),
    edge(State::InReview, Act::Refuse, By::Agency, State::Refused),
    edge(State::InReview, Act::Terminate, By::Agency, State::Terminated),
    edge(State::InReview, Act::Withdraw, By::Applicant, State::Withdrawn),
    edge(State::Suspended, Act::Resume, By::Agency, State::InReview),
    edge(State::Suspended, Act::Withdraw, By::Applicant, State::Withdrawn),
    edge(State::Granted, Act::Send, By::Agency, State::Delivering),
    edge(State::Granted, Act::Deliver, By::Agency, State::Delivered),
    edge(State::Delivering, Act::Deliver, By::Agency, State::Delivered),
];

const fn edge(from: State, act: Act, by: By, to: State) -> Edge {
    Edge { from, act, by, to }
}

/// Where an act leads. `None`: it cannot be done, by them or at all.
pub fn next(from: State, act: Act, by: By) -> Option<State> {
    EDGES.iter().find(|edge| (edge.from, edge.act, edge.by) == (from, act, by)).map(|edge| edge.to)
}

/// How an agency gets from one state to another: the shortest way there is. Backends tell where a case stands and not
/// how it came there; what they leave out has happened all the same. `None`: there is no way, and what they tell is
/// not taken over.
pub fn way(from: State, to: State) -> Option<Vec<Edge>> {
    if from == to {
        return Some(Vec::new());
    }
    let mut waiting = VecDeque::from([(from, Vec::new())]);
    let mut seen = vec![from];
    while let Some((at, so_far)) = waiting.pop_front() {
        for edge in EDGES.iter().filter(|edge| edge.from == at && edge.by == By::Agency) {
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
    pub const ALL: [Self; 13] = [
        Self::Submitted,
        Self::CorrectionRequired,
        Self::Resubmitted,
        Self::Accepted,
        Self::NotAccepted,
        Self::InReview,
        Self::Suspended,
        Self::Granted,
        Self::Refused,
        Self::Terminated,
        Self::Delivering,
        Self::Delivered,
        Self::Withdrawn,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::CorrectionRequired => "correction-required",
            Self::Resubmitted => "resubmitted",
            Self::Accepted => "accepted",
            Self::NotAccepted => "not-accepted",
            Self::InReview => "in-review",
            Self::Suspended => "suspended",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Terminated => "terminated",
            Self::Delivering => "delivering",
            Self::Delivered => "delivered",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.tag() == tag)
    }

    /// Whether nothing can happen any more.
    pub fn is_final(self) -> bool {
        !EDGES.iter().any(|edge| edge.from == self)
    }

    /// Whether it was decided, or ended otherwise: the agency's clock has stopped.
    pub const fn is_decided(self) -> bool {
        matches!(
            self,
            Self::NotAccepted
                | Self::Granted
                | Self::Refused
                | Self::Terminated
                | Self::Delivering
                | Self::Delivered
                | Self::Withdrawn
        )
    }

    /// Whether people can say what it was like: the agency came to an end with it. What was taken back did not.
    pub const fn may_be_rated(self) -> bool {
        self.is_decided() && !matches!(self, Self::Withdrawn)
    }

    /// Whether remedies must be shown with it.
    pub const fn is_adverse(self) -> bool {
        matches!(self, Self::NotAccepted | Self::Refused | Self::Terminated)
    }
}

impl Act {
    pub const ALL: [Self; 16] = [
        Self::AskCorrection,
        Self::Correct,
        Self::Lapse,
        Self::Accept,
        Self::Deem,
        Self::NotAccept,
        Self::Review,
        Self::Suspend,
        Self::Resume,
        Self::Extend,
        Self::Grant,
        Self::Refuse,
        Self::Terminate,
        Self::Send,
        Self::Deliver,
        Self::Withdraw,
    ];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::AskCorrection => "ask-correction",
            Self::Correct => "correct",
            Self::Lapse => "lapse",
            Self::Accept => "accept",
            Self::Deem => "deem",
            Self::NotAccept => "not-accept",
            Self::Review => "review",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Extend => "extend",
            Self::Grant => "grant",
            Self::Refuse => "refuse",
            Self::Terminate => "terminate",
            Self::Send => "send",
            Self::Deliver => "deliver",
            Self::Withdraw => "withdraw",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.tag() == tag)
    }
}

impl By {
    pub const ALL: [Self; 3] = [Self::Applicant, Self::Agency, Self::Clock];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
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
        let docs = include_str!("../../docs/cases.md");
        assert!(docs.contains(&printed()), "docs/cases.md should hold:\n{}", printed());
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
            assert!(state == State::Submitted || EDGES.iter().any(|edge| edge.to == state), "{state:?}");
        }
        for act in Act::ALL {
            assert_eq!(Act::named(act.tag()), Some(act));
            assert!(EDGES.iter().any(|edge| edge.act == act), "{act:?}");
        }
    }

    #[test]
    fn a_backend_may_leave_steps_out_but_never_takes_anything_back() {
        let way = |from, to| way(from, to).map(|way| way.iter().map(|edge| edge.act).collect::<Vec<_>>());
        let all = vec![Act::Accept, Act::Review, Act::Grant, Act::Deliver];
        assert_eq!(way(State::Submitted, State::Delivered), Some(all));
        assert_eq!(way(State::Suspended, State::Granted), Some(vec![Act::Resume, Act::Grant]));
        assert_eq!(way(State::Granted, State::InReview), None);
        assert_eq!(way(State::Withdrawn, State::Accepted), None);
        assert_eq!(way(State::Refused, State::Granted), None);
        // Only the applicant corrects; a backend that goes on has what it needs.
        assert_eq!(way(State::CorrectionRequired, State::Resubmitted), None);
        assert_eq!(way(State::CorrectionRequired, State::InReview), Some(vec![Act::Accept, Act::Review]));
    }

    proptest! {
        /// Whatever happens in whatever order, a case that is over stays as it is, and one that is decided is not
        /// decided otherwise.
        #[test]
        fn what_is_decided_stays_decided(acts in prop::collection::vec((0_usize..16, 0_usize..3), 0..60)) {
            let mut state = State::Submitted;
            let mut decided = None;
            for (act, by) in acts {
                let before = state;
                if let Some(to) = next(state, Act::ALL[act], By::ALL[by]) {
                    prop_assert!(!before.is_final());
                    state = to;
                }
                if matches!(state, State::Granted | State::Refused | State::Terminated) {
                    prop_assert!(decided.is_none_or(|first| first == state));
                    decided = Some(state);
                }
                prop_assert!(decided.is_none() || state.is_decided());
            }
        }
    }
}
