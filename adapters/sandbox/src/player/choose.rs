//! Which sample answers a question: the one that resembles it most.

use sha2::{Digest as _, Sha256};
use yimen_contract::capability::Capability;

use super::{
    leaves::Leaves,
    recorded::{Recorded, Role},
};

/// More than all fields of a question count together.
const MEANT: i64 = 100_000;

/// The samples that resemble the question most, equally so.
pub fn nearest<'r>(all: &[&'r Recorded], asked: &Leaves) -> Vec<&'r Recorded> {
    let of_service = best(all, asked, false);
    if !of_service.is_empty() {
        return of_service;
    }
    // An application goes its way whatever it is about; a question has an answer of its own or none.
    let general = |one: &&&Recorded| one.capability != Capability::Lookup;
    best(&all.iter().filter(general).copied().collect::<Vec<_>>(), asked, true)
}

fn best<'r>(all: &[&'r Recorded], asked: &Leaves, any_service: bool) -> Vec<&'r Recorded> {
    let scored = all.iter().filter_map(|one| {
        let meant = if one.is_bad_news() { meant(one, all, asked) } else { Meant::Alone };
        let more = match meant {
            Meant::Not => return None,
            Meant::Alone => 0,
            Meant::ForIt => MEANT,
        };
        Some((score(one, asked, any_service)? + more, *one))
    });
    let mut scored: Vec<(i64, &Recorded)> = scored.collect();
    let most = scored.iter().map(|(score, _)| *score).max();
    scored.retain(|(score, _)| Some(*score) == most);
    scored.into_iter().map(|(_, one)| one).collect()
}

/// How much of the question is as it was recorded; nothing if it is about another service.
fn score(one: &Recorded, asked: &Leaves, any_service: bool) -> Option<i64> {
    let mut score = 0;
    for (path, leaf) in &one.request {
        match asked.get(path) {
            Some(text) if *text == leaf.text => {
                score += match leaf.role {
                    Role::Service | Role::Free => 20,
                    Role::Reference => 10,
                    // Made anew each time, so it only fits who asks exactly what was recorded.
                    Role::Own => 5,
                    Role::Person => 1,
                    Role::Span => 0,
                };
            }
            Some(_) if leaf.role == Role::Service && !any_service => return None,
            None if leaf.role == Role::Free => score -= 1,
            _ => {}
        }
    }
    let further = asked.keys().filter(|path| !one.request.contains_key(*path)).count();
    Some(score - i64::try_from(further).unwrap_or(i64::MAX))
}

/// Whether bad news is what this question was meant to bring, and whether for the question's own sake: everything that
/// tells its sample from those of good news is as recorded. Where only the person does, it is for that person.
fn meant(one: &Recorded, all: &[&Recorded], asked: &Leaves) -> Meant {
    let good: Vec<&&Recorded> =
        all.iter().filter(|other| other.is_beside(one) && !other.is_bad_news()).collect();
    if good.is_empty() {
        return Meant::Alone;
    }
    let telling = |role| matches!(role, Role::Service | Role::Span | Role::Reference | Role::Free);
    let leaves: Vec<_> = one.request.iter().filter(|(_, leaf)| telling(leaf.role)).collect();
    let differs =
        |other: &Recorded, path: &str, text: &str| other.request.get(path).is_none_or(|its| its.text != text);
    let alike =
        |other: &Recorded| !leaves.iter().any(|(path, leaf)| differs(other, path.as_str(), &leaf.text));
    if good.iter().any(|other| alike(other)) {
        return if one.is_their_own(asked) { Meant::Alone } else { Meant::Not };
    }
    let tells = |(path, leaf): &&(&String, &super::recorded::Leaf)| {
        good.iter().any(|other| differs(other, path.as_str(), &leaf.text))
    };
    let as_recorded = |(path, leaf): &(&String, &super::recorded::Leaf)| {
        asked.get(*path).is_some_and(|given| *given == leaf.text)
    };
    if leaves.iter().filter(tells).all(as_recorded) { Meant::ForIt } else { Meant::Not }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    Not,
    /// As much as any other sample.
    Alone,
    /// Whatever else resembles the question.
    ForIt,
}

/// One of several by somebody's number: different people get different ones, the same person always the same.
pub fn one_for<T: Copy>(several: &[T], who: &str) -> Option<T> {
    let count = u64::try_from(several.len()).ok().filter(|count| *count > 0)?;
    let digest = Sha256::digest(who.as_bytes());
    let number = digest.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    several.get(usize::try_from(number % count).ok()?).copied()
}
