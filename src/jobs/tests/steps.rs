//! What can happen to the queue.

use proptest::prelude::*;

/// Something that happens. Claims and dead jobs are named by a number that counts round those there are.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Enqueue {
        priority: usize,
        later: i64,
        key: Option<u8>,
    },
    Claim {
        limit: usize,
    },
    /// The same, with the kind in the middle done in sets.
    ClaimSets {
        places: usize,
    },
    /// All jobs of a claim end together, each in its own way.
    Settle(usize, usize),
    Finish(usize),
    /// The effect fails after the claim was taken: all of it is undone.
    Fail(usize),
    Retry(usize),
    GiveUp(usize),
    Release(usize),
    Extend(usize),
    /// The clock, which may also be set back.
    Jump(i64),
    Redrive(usize),
    /// Everything is for somebody else from now on, who has the other of two names.
    Readdress,
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let claim = || 0..32_usize;
    let step = prop_oneof![
        4 => (0..3_usize, prop_oneof![Just(0), 0..300_i64], proptest::option::weighted(0.3, 0..3_u8))
            .prop_map(|(priority, later, key)| Step::Enqueue { priority, later, key }),
        4 => (1..4_usize).prop_map(|limit| Step::Claim { limit }),
        3 => (1..4_usize).prop_map(|places| Step::ClaimSets { places }),
        3 => (claim(), 0..5_usize).prop_map(|(at, first)| Step::Settle(at, first)),
        3 => claim().prop_map(Step::Finish),
        1 => claim().prop_map(Step::Fail),
        2 => claim().prop_map(Step::Retry),
        1 => claim().prop_map(Step::GiveUp),
        1 => claim().prop_map(Step::Release),
        1 => claim().prop_map(Step::Extend),
        2 => prop_oneof![-90..90_i64, 0..4000_i64].prop_map(Step::Jump),
        1 => claim().prop_map(Step::Redrive),
        1 => Just(Step::Readdress),
    ];
    proptest::collection::vec(step, 1..60)
}
