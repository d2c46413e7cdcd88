//! How a document stands on a day: its state, whether it can be renewed, and when that changes next.

use chrono::NaiveDate;
use yimen_contract::capability::licences::Status;
use yimen_contract::licence::LateState;

use crate::dates::{Dates, Deadline, Matter};
use crate::due::{Due, Missing};
use crate::rule::Rule;

/// How a document stands, from mild to severe. That it ends soon is no state but [`Standing::expiring`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Its first day is still to come.
    NotYet,
    Valid,
    /// A renewal is being decided on, and it is in force until then.
    RenewalPending,
    /// Its issuer says something that the contract does not know: neither valid nor invalid.
    Unknown,
    Suspended,
    Frozen,
    Lost,
    Expired,
    Cancelled,
    Revoked,
}

/// What its holder can do about its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// It does not end.
    NotNeeded,
    /// It does end; what is missing to say when.
    Unknown(Missing),
    From(NaiveDate),
    /// It can be renewed. Without a day, there is no last one.
    Open {
        until: Option<NaiveDate>,
    },
    /// Too late to be in time, and not too late. Without a day, it is never too late.
    Late {
        until: Option<NaiveDate>,
    },
    /// Only by other ways, such as a test.
    Restore {
        until: Option<NaiveDate>,
    },
    /// Asked for; the agency decides.
    Pending,
    /// A new one has to be applied for.
    Closed,
}

/// How a document stands on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    /// In force, and its end has come near: from the first reminder or the opening of the window.
    pub expiring: bool,
    pub renewal: Renewal,
    /// What comes first, and so what `renewal` is about.
    pub matter: Option<Matter>,
    pub due: Option<NaiveDate>,
    /// A date in it was counted through a year whose working days are not published yet.
    pub provisional: bool,
    /// The next day on which any of the above is otherwise, if nothing is done.
    pub next_change: Option<NaiveDate>,
}

impl Dates<'_> {
    /// How it stands on a day.
    pub fn on(&self, today: NaiveDate) -> Standing {
        let now = self.glance(today);
        let mut after = today;
        // A threshold that changes nothing, such as the end of a window in a revoked licence, is passed over.
        let next_change = loop {
            match self.threshold(after) {
                Some(day) if self.glance(day) != now => break Some(day),
                Some(day) => after = day,
                None => break None,
            }
        };
        Standing { next_change, ..now }
    }

    /// Everything but the next change.
    fn glance(&self, today: NaiveDate) -> Standing {
        let first = self.first();
        let by_dates = self.deadlines().map(|deadline| deadline.state(self.rule, today)).max();
        let state = self.with_status(by_dates.unwrap_or(State::Valid), today);
        let renewal = first.map_or(Renewal::NotNeeded, |deadline| deadline.renewal(today));
        let in_force = matches!(state, State::Valid | State::RenewalPending | State::Unknown);
        let near = |deadline: &Deadline| {
            deadline.on().is_some_and(|due| today <= due && today >= deadline.warned_from)
        };
        Standing {
            state,
            expiring: in_force && self.deadlines().any(near),
            renewal: match (state, renewal) {
                (State::RenewalPending, _) => Renewal::Pending,
                (State::Cancelled | State::Revoked, Renewal::Restore { .. }) => renewal,
                (State::Cancelled | State::Revoked, _) => Renewal::Closed,
                _ => renewal,
            },
            matter: first.map(|deadline| deadline.matter),
            due: first.and_then(Deadline::on),
            provisional: self.deadlines().any(|deadline| deadline.provisional),
            next_change: None,
        }
    }

    /// What its issuer says goes together with what the dates say: the more severe of both.
    fn with_status(&self, by_dates: State, today: NaiveDate) -> State {
        let said = match self.status {
            Status::RenewalPending if by_dates == State::Valid || self.rule.late.pending_extends => {
                return State::RenewalPending;
            }
            Status::Valid | Status::RenewalPending => State::Valid,
            Status::Pending => State::Unknown,
            Status::Suspended => State::Suspended,
            Status::Frozen => State::Frozen,
            Status::Lost => State::Lost,
            Status::Expired => State::Expired,
            Status::Cancelled => State::Cancelled,
            Status::Revoked => State::Revoked,
        };
        match said.max(by_dates) {
            State::Valid if today < self.issued => State::NotYet,
            state => state,
        }
    }

    /// The first day after `after` on which something may change.
    fn threshold(&self, after: NaiveDate) -> Option<NaiveDate> {
        let dates = self.deadlines().flat_map(Deadline::thresholds).flatten();
        dates.chain([self.issued]).filter(|day| *day > after).min()
    }
}

impl Deadline {
    fn state(&self, rule: &Rule, today: NaiveDate) -> State {
        if self.matter == Matter::Again || self.on().is_none_or(|due| today <= due) {
            return State::Valid;
        }
        let too_late = self.late_until.is_some_and(|until| until < today);
        match if too_late { rule.late.then } else { rule.late.state } {
            LateState::Valid => State::Valid,
            LateState::Suspended => State::Suspended,
            LateState::Frozen => State::Frozen,
            LateState::Expired => State::Expired,
            LateState::Cancelled => State::Cancelled,
            LateState::Revoked => State::Revoked,
        }
    }

    fn renewal(&self, today: NaiveDate) -> Renewal {
        let until = |day: NaiveDate| Some(day).filter(|day| *day != NaiveDate::MAX);
        match self.due {
            Due::Never => Renewal::NotNeeded,
            Due::Unknown(missing) => Renewal::Unknown(missing),
            Due::On(_) => match (self.opens, self.late_until, self.restore_until) {
                (Some(opens), ..) if today < opens => Renewal::From(opens),
                _ if today <= self.closes => Renewal::Open { until: until(self.closes) },
                (_, Some(late), _) if today <= late => Renewal::Late { until: until(late) },
                (.., Some(restore)) if today <= restore => Renewal::Restore { until: until(restore) },
                _ => Renewal::Closed,
            },
        }
    }

    fn thresholds(&self) -> [Option<NaiveDate>; 6] {
        let Some(due) = self.on() else { return [None; 6] };
        let after = |day: Option<NaiveDate>| day.and_then(|day| day.succ_opt());
        [
            Some(self.warned_from),
            self.opens,
            after(Some(self.closes)),
            after(Some(due)),
            after(self.late_until),
            after(self.restore_until),
        ]
    }
}
