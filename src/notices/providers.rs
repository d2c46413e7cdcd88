//! The providers of a channel, in the order in which they are asked: what one cannot take, the next one does.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    vec,
};

use chrono::TimeDelta;

use super::courier::NotSent;
use crate::platform::Moment;

/// So long after it failed a provider is asked last.
const SHUNNED: TimeDelta = TimeDelta::minutes(1);

/// What it means if a message goes out by two providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Twice {
    /// Nothing: a code says the same both times, and somebody waits for it.
    Harmless,
    /// Somebody is told the same twice. Nobody else is asked while one may have it.
    Noticed,
}

/// Which providers are asked for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// All, in their order.
    Any,
    /// This one, which may have the message already.
    Only(i32),
    /// All, this one last: it may have the message, and has not said so for long.
    Others(i32),
}

#[derive(Debug)]
struct Provider<P> {
    door: P,
    /// The section of the configuration it stands in.
    section: &'static str,
    /// In milliseconds since 1970.
    shunned_until: AtomicI64,
}

#[derive(Debug)]
pub(super) struct Providers<P> {
    all: Arc<[Provider<P>]>,
}

impl<P> Clone for Providers<P> {
    fn clone(&self) -> Self {
        Self { all: Arc::clone(&self.all) }
    }
}

impl<P> Providers<P> {
    pub(super) fn new(doors: impl IntoIterator<Item = (&'static str, P)>) -> Self {
        let provider = |(section, door)| Provider { door, section, shunned_until: AtomicI64::new(0) };
        Self { all: doors.into_iter().map(provider).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn are_several(&self) -> bool {
        self.all.len() > 1
    }

    /// In the order of the configuration.
    pub(super) fn doors(&self) -> impl Iterator<Item = &P> {
        self.all.iter().map(|provider| &provider.door)
    }

    /// Those that failed lately come last, and each group in the order of the configuration.
    fn order(&self, now: Moment, whom: Whom) -> Vec<usize> {
        let there = |at: i32| usize::try_from(at).ok().filter(|at| *at < self.all.len());
        let last = match whom {
            Whom::Only(held) => match there(held) {
                Some(held) => return vec![held],
                // It was taken out of the configuration.
                None => None,
            },
            Whom::Others(held) => there(held),
            Whom::Any => None,
        };
        let shunned =
            |at: &usize| self.all[*at].shunned_until.load(Ordering::Relaxed) > now.timestamp_millis();
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|at| (last == Some(*at), shunned(at)));
        order
    }

    /// Asks one after the other until one takes it.
    pub(super) fn round(&self, now: Moment, whom: Whom, twice: Twice) -> Round<'_, P> {
        let order = self.order(now, whom).into_iter();
        let none = NotSent::Never("no provider is set up".to_owned());
        Round { all: &self.all, order, now, twice, asked: 0, came: Err(none), over: false }
    }
}

/// One message on its way round the providers: [`Round::next`] says whom to ask, [`Round::heard`] what came of it.
#[derive(Debug)]
pub(super) struct Round<'p, P> {
    all: &'p [Provider<P>],
    order: vec::IntoIter<usize>,
    now: Moment,
    twice: Twice,
    asked: usize,
    came: Result<(), NotSent>,
    over: bool,
}

impl<'p, P> Round<'p, P> {
    pub(super) fn next(&mut self) -> Option<&'p P> {
        if self.over {
            return None;
        }
        self.asked = self.order.next()?;
        Some(&self.all[self.asked].door)
    }

    pub(super) fn heard(&mut self, came: Result<(), NotSent>) {
        let provider = &self.all[self.asked];
        let not_sent = match came {
            Ok(()) | Err(NotSent::Never(_) | NotSent::Gone(_)) => {
                if came.is_ok() {
                    provider.shunned_until.store(0, Ordering::Relaxed);
                }
                (self.came, self.over) = (came, true);
                return;
            }
            Err(NotSent::Unknown { reason, .. }) => {
                NotSent::Unknown { provider: i32::try_from(self.asked).unwrap_or_default(), reason }
            }
            Err(later) => later,
        };
        let until = (self.now + SHUNNED).timestamp_millis();
        provider.shunned_until.store(until, Ordering::Relaxed);
        tracing::warn!(provider = provider.section, reason = %not_sent, "a message was not taken");
        self.over = self.twice == Twice::Noticed && matches!(not_sent, NotSent::Unknown { .. });
        // What the first one said is kept, unless a later one may have it.
        if self.over || matches!(self.came, Err(NotSent::Never(_))) {
            self.came = Err(not_sent);
        }
    }

    pub(super) fn end(self) -> Result<(), NotSent> {
        self.came
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two providers that answer as told: which were asked, and what came of it.
    fn asked(
        providers: &Providers<char>,
        (seconds, whom): (i64, Whom),
        twice: Twice,
        answers: &[Result<(), NotSent>; 2],
    ) -> (String, Result<(), NotSent>) {
        let mut asked = String::new();
        let now = Moment::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let mut round = providers.round(now, whom, twice);
        while let Some(door) = round.next() {
            asked.push(*door);
            round.heard(answers[usize::from(*door == 'b')].clone());
        }
        (asked, round.end())
    }

    fn two() -> Providers<char> {
        Providers::new([("sms", 'a'), ("sms_second", 'b')])
    }

    fn later() -> Result<(), NotSent> {
        Err(NotSent::Later("busy".to_owned()))
    }

    fn unknown() -> Result<(), NotSent> {
        Err(NotSent::unknown("silence"))
    }

    #[test]
    fn the_second_is_asked_where_the_first_fails_and_first_for_a_minute() {
        let providers = two();
        assert_eq!(
            asked(&providers, (1, Whom::Any), Twice::Noticed, &[Ok(()), Ok(())]),
            ("a".into(), Ok(()))
        );
        assert_eq!(
            asked(&providers, (1, Whom::Any), Twice::Noticed, &[later(), Ok(())]),
            ("ab".into(), Ok(()))
        );
        assert_eq!(
            asked(&providers, (60, Whom::Any), Twice::Noticed, &[Ok(()), Ok(())]),
            ("b".into(), Ok(()))
        );
        assert_eq!(
            asked(&providers, (62, Whom::Any), Twice::Noticed, &[Ok(()), Ok(())]),
            ("a".into(), Ok(()))
        );
        assert_eq!(
            asked(&providers, (62, Whom::Any), Twice::Noticed, &[later(), later()]),
            ("ab".into(), later())
        );
    }

    #[test]
    fn nobody_else_is_asked_while_one_may_have_it() {
        let held = |at| Err(NotSent::Unknown { provider: at, reason: "silence".to_owned() });
        let providers = two();
        assert_eq!(
            asked(&providers, (1, Whom::Any), Twice::Noticed, &[unknown(), Ok(())]),
            ("a".into(), held(0))
        );
        assert_eq!(
            asked(&providers, (2, Whom::Only(0)), Twice::Noticed, &[later(), Ok(())]),
            ("a".into(), later())
        );
        assert_eq!(
            asked(&providers, (3, Whom::Any), Twice::Noticed, &[Ok(()), unknown()]),
            ("b".into(), held(1))
        );
        let others = asked(&providers, (300, Whom::Others(0)), Twice::Noticed, &[Ok(()), Ok(())]);
        assert_eq!(others, ("b".into(), Ok(())), "after that was in vain for long");
        // A code goes out in time.
        let providers = two();
        assert_eq!(
            asked(&providers, (1, Whom::Any), Twice::Harmless, &[unknown(), Ok(())]),
            ("ab".into(), Ok(()))
        );
        // A refusal of the receiver is the same everywhere.
        let never = || Err(NotSent::Never("no such number".to_owned()));
        assert_eq!(asked(&two(), (1, Whom::Any), Twice::Harmless, &[never(), Ok(())]), ("a".into(), never()));
        // A provider that was taken out of the configuration holds nothing any more.
        assert_eq!(
            asked(&two(), (1, Whom::Only(7)), Twice::Noticed, &[Ok(()), Ok(())]),
            ("a".into(), Ok(()))
        );
    }
}
