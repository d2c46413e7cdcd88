//! The line to one agency: how many calls at once (the bulkhead), and whether calling is worth it at all (the
//! circuit breaker). One that hangs fills its own line and nobody else's; one that fails again and again is
//! left alone for a while, and then asked by a single caller whether it is back.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How much a line carries.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Calls at once.
    pub concurrent: usize,
    /// Callers that may wait for one to end. Further ones are refused at once.
    pub waiting: usize,
    /// So many faults without a good answer between them open the breaker.
    pub faults: u32,
    /// For how long it stays open the first time; twice as long each further time.
    pub pause: TimeDelta,
    pub longest_pause: TimeDelta,
}

impl Bounds {
    /// What suits a backend that takes so many calls at once.
    pub fn of(concurrent: u16) -> Self {
        let concurrent = usize::from(concurrent.max(1));
        Self {
            concurrent,
            waiting: concurrent * 4,
            faults: 5,
            pause: TimeDelta::seconds(15),
            longest_pause: TimeDelta::minutes(5),
        }
    }
}

/// Why a call is not even tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// It failed again and again; nobody asks before then.
    Resting(DateTime<Utc>),
    /// As many callers as the line carries are on it or waiting.
    Full,
}

/// How a line stands, for those who look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Calls go through.
    Closed,
    /// The next call finds out whether it is back, or one is finding out.
    HalfOpen,
    /// Nobody asks before then.
    Open { until: DateTime<Utc> },
}

#[derive(Debug)]
pub struct Line {
    bounds: Bounds,
    calls: Semaphore,
    waiting: AtomicUsize,
    breaker: Mutex<Breaker>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Breaker {
    Closed {
        faults: u32,
    },
    Open {
        until: DateTime<Utc>,
        pause: TimeDelta,
    },
    /// One caller is asking whether the backend is back.
    Probing {
        pause: TimeDelta,
    },
}

impl Line {
    pub fn new(bounds: Bounds) -> Self {
        Self {
            calls: Semaphore::new(bounds.concurrent),
            waiting: AtomicUsize::new(0),
            breaker: Mutex::new(Breaker::Closed { faults: 0 }),
            bounds,
        }
    }

    /// Takes a place on the line, waiting for one at most so long.
    pub async fn place(&self, now: DateTime<Utc>, within: Duration) -> Result<Place<'_>, Shut> {
        self.look(now)?;
        let permit = match self.calls.try_acquire() {
            Ok(permit) => permit,
            Err(_) => self.wait(within).await?,
        };
        // While this one waited, others may have found that it is of no use.
        let probing = self.enter(now)?;
        Ok(Place { line: self, _permit: permit, probing, began: now, settled: false })
    }

    async fn wait(&self, within: Duration) -> Result<SemaphorePermit<'_>, Shut> {
        let _waiting = Waiting::begin(&self.waiting, self.bounds.waiting)?;
        match tokio::time::timeout(within, self.calls.acquire()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Shut::Full),
        }
    }

    /// Until when nobody asks, if that is so now.
    pub fn look(&self, now: DateTime<Utc>) -> Result<(), Shut> {
        match *self.breaker.lock().unwrap_or_else(PoisonError::into_inner) {
            Breaker::Open { until, .. } if now < until => Err(Shut::Resting(until)),
            _ => Ok(()),
        }
    }

    /// How the breaker stands.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        match *self.breaker.lock().unwrap_or_else(PoisonError::into_inner) {
            Breaker::Closed { .. } => Standing::Closed,
            Breaker::Open { until, .. } if now < until => Standing::Open { until },
            Breaker::Open { .. } | Breaker::Probing { .. } => Standing::HalfOpen,
        }
    }

    /// Places taken, and how many there are.
    pub fn places(&self) -> (usize, usize) {
        (self.bounds.concurrent.saturating_sub(self.calls.available_permits()), self.bounds.concurrent)
    }

    fn enter(&self, now: DateTime<Utc>) -> Result<bool, Shut> {
        let mut breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        match *breaker {
            Breaker::Closed { .. } => Ok(false),
            Breaker::Open { until, .. } if now < until => Err(Shut::Resting(until)),
            Breaker::Open { pause, .. } => {
                *breaker = Breaker::Probing { pause };
                Ok(true)
            }
            Breaker::Probing { .. } => Err(Shut::Resting(now)),
        }
    }

    fn settle(&self, now: DateTime<Utc>, fault: bool, probing: bool) {
        let mut breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let open = |pause: TimeDelta| Breaker::Open { until: now + pause, pause };
        *breaker = match *breaker {
            // An answer is an answer, whoever got it.
            _ if !fault => Breaker::Closed { faults: 0 },
            Breaker::Closed { faults } if faults + 1 >= self.bounds.faults => open(self.bounds.pause),
            Breaker::Closed { faults } => Breaker::Closed { faults: faults + 1 },
            Breaker::Probing { pause } if probing => open((pause * 2).min(self.bounds.longest_pause)),
            // The fault of a call that began before the breaker opened tells nothing new.
            other => other,
        };
    }
}

/// A place on the line, for one call. Dropping it without saying how the call went, as happens when a page's
/// time is over, counts as a fault: the backend did not answer.
#[derive(Debug)]
pub struct Place<'l> {
    line: &'l Line,
    _permit: SemaphorePermit<'l>,
    probing: bool,
    began: DateTime<Utc>,
    settled: bool,
}

impl Place<'_> {
    /// Says how the call went.
    pub fn settle(mut self, now: DateTime<Utc>, fault: bool) {
        self.settled = true;
        self.line.settle(now, fault, self.probing);
    }

    /// Gives the place back: the backend was not asked after all, which says nothing about it.
    pub fn unused(mut self) {
        self.settled = true;
        let mut breaker = self.line.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        if let (true, Breaker::Probing { pause }) = (self.probing, *breaker) {
            *breaker = Breaker::Open { until: self.began, pause };
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.settled {
            self.line.settle(self.began, true, self.probing);
        }
    }
}

/// One of those who wait, also when they give up.
struct Waiting<'l>(&'l AtomicUsize);

impl<'l> Waiting<'l> {
    fn begin(count: &'l AtomicUsize, most: usize) -> Result<Self, Shut> {
        let before = count.fetch_add(1, Ordering::Relaxed);
        let waiting = Self(count);
        if before < most { Ok(waiting) } else { Err(Shut::Full) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_TIME: Duration = Duration::ZERO;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_233_600 + seconds, 0).unwrap()
    }

    fn line() -> Line {
        Line::new(Bounds { concurrent: 2, waiting: 1, faults: 3, ..Bounds::of(2) })
    }

    async fn call(line: &Line, seconds: i64, fault: bool) -> Result<(), Shut> {
        line.place(at(seconds), NO_TIME).await?.settle(at(seconds), fault);
        Ok(())
    }

    #[tokio::test]
    async fn no_more_calls_at_once_than_the_line_carries() {
        let line = line();
        let first = line.place(at(0), NO_TIME).await.unwrap();
        let second = line.place(at(0), NO_TIME).await.unwrap();
        assert_eq!(line.place(at(0), NO_TIME).await.unwrap_err(), Shut::Full);
        first.settle(at(0), false);
        line.place(at(0), NO_TIME).await.unwrap().settle(at(0), false);
        second.settle(at(0), false);
    }

    #[tokio::test]
    async fn only_so_many_wait_and_those_who_do_get_the_next_place() {
        let line = line();
        let first = line.place(at(0), NO_TIME).await.unwrap();
        let _second = line.place(at(0), NO_TIME).await.unwrap();
        let patient = line.place(at(0), Duration::from_mins(1));
        let refused = async {
            tokio::task::yield_now().await;
            let answer = line.place(at(0), Duration::from_mins(1)).await.map(|_| ());
            first.settle(at(0), false);
            answer
        };
        let (patient, refused) = tokio::join!(patient, refused);
        assert_eq!(refused, Err(Shut::Full));
        patient.unwrap().settle(at(0), false);
    }

    #[tokio::test]
    async fn it_opens_after_faults_in_a_row_and_one_caller_asks_whether_it_is_back() {
        let line = line();
        for fault in [true, true, false, true, true] {
            call(&line, 0, fault).await.unwrap();
        }
        call(&line, 0, true).await.unwrap();
        assert_eq!(call(&line, 14, false).await, Err(Shut::Resting(at(15))));
        assert_eq!(line.standing(at(14)), Standing::Open { until: at(15) });
        assert_eq!((line.standing(at(15)), line.places()), (Standing::HalfOpen, (0, 2)));
        let probe = line.place(at(15), NO_TIME).await.unwrap();
        assert_eq!((line.standing(at(15)), line.places()), (Standing::HalfOpen, (1, 2)));
        assert_eq!(call(&line, 15, false).await, Err(Shut::Resting(at(15))), "one is enough");
        // It is not back: twice the pause.
        probe.settle(at(16), true);
        assert_eq!(call(&line, 45, false).await, Err(Shut::Resting(at(46))));
        call(&line, 46, false).await.unwrap();
        assert_eq!(line.standing(at(46)), Standing::Closed);
        call(&line, 46, true).await.unwrap();
        call(&line, 46, true).await.unwrap();
        call(&line, 46, false).await.unwrap();
    }

    #[tokio::test]
    async fn a_call_that_is_given_up_is_a_fault_and_leaves_its_place() {
        let line = line();
        for _ in 0..3 {
            drop(line.place(at(0), NO_TIME).await.unwrap());
        }
        assert_eq!(call(&line, 0, false).await, Err(Shut::Resting(at(15))));
        drop(line.place(at(15), NO_TIME).await.unwrap());
        assert_eq!(call(&line, 16, false).await, Err(Shut::Resting(at(45))), "the probe was given up");
    }

    #[tokio::test]
    async fn a_place_given_back_says_nothing() {
        let line = line();
        for _ in 0..9 {
            line.place(at(0), NO_TIME).await.unwrap().unused();
        }
        for _ in 0..3 {
            call(&line, 0, true).await.unwrap();
        }
        line.place(at(15), NO_TIME).await.unwrap().unused();
        call(&line, 15, false).await.unwrap();
    }

    #[tokio::test]
    async fn a_late_fault_of_before_does_not_prolong_the_pause() {
        let line = line();
        let late = line.place(at(0), NO_TIME).await.unwrap();
        for _ in 0..3 {
            call(&line, 0, true).await.unwrap();
        }
        late.settle(at(10), true);
        assert_eq!(line.look(at(14)), Err(Shut::Resting(at(15))));
        assert_eq!(line.look(at(15)), Ok(()));
    }
}
