//! Whether an agency is well, and noticing that one answers again.

use std::{sync::Arc, time::Duration};

use actix_web::web::Data;
use yimen_contract::capability::{
    Outcome,
    health::{Input, Status},
};
use yimen_drivers::Standing;

use super::{Gateway, GatewayError, Request, log, rounds, wishes};
use crate::{
    db::{Conn, DbError},
    jobs::{self, Done, Failure, Running},
    platform::Moment,
};

/// Nobody waits before a screen for it.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often, at most, a node looks whether somebody waits for an agency that answers.
const LOOK_EVERY: chrono::TimeDelta = chrono::TimeDelta::seconds(30);

/// How this node's line to an agency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineState {
    pub standing: Standing,
    /// Calls under way.
    pub taken: usize,
    pub places: usize,
}

impl LineState {
    /// Whether calls do not simply go through.
    pub fn is_bad(self) -> bool {
        self.standing != Standing::Closed
    }

    /// As a number: 0 closed, 1 half-open, 2 open.
    const fn number(self) -> u8 {
        match self.standing {
            Standing::Closed => 0,
            Standing::HalfOpen => 1,
            Standing::Open { .. } => 2,
        }
    }
}

impl Gateway {
    /// How this node's line to an agency stands; `None` if it was never called from here. A package that takes
    /// another number of calls at once has another line: of two the worse is told.
    pub fn line(&self, agency: &str) -> Option<LineState> {
        let now = self.clock.now();
        let states = self.book.lines_to(agency).into_iter().map(|line| {
            let (taken, places) = line.places();
            LineState { standing: line.standing(now), taken, places }
        });
        states.reduce(|one, other| {
            let worse = if other.number() > one.number() { other } else { one };
            LineState { taken: one.taken + other.taken, ..worse }
        })
    }

    /// The agencies that this node cannot simply call, by name.
    pub fn bad_lines(&self) -> Vec<(String, LineState)> {
        let lines = self.book.called().into_iter().filter_map(|agency| {
            let state = self.line(&agency)?;
            state.is_bad().then_some((agency, state))
        });
        lines.collect()
    }

    /// Brings the gauges up to date: how the breakers stand and how full the lines are.
    pub fn gauge(&self) {
        for agency in self.book.called() {
            let Some(state) = self.line(&agency) else { continue };
            let places = u32::try_from(state.taken).unwrap_or(u32::MAX);
            metrics::gauge!("yimen_agency_breaker_state", "agency" => agency.clone()).set(state.number());
            metrics::gauge!("yimen_agency_places_taken", "agency" => agency).set(places);
        }
    }

    /// Writes down the calls that have ended, instead of within seconds.
    pub async fn settle(&self) -> Result<(), DbError> {
        self.log.flush(&self.db).await
    }

    /// Writes down calls for as long as the process runs.
    pub async fn keep_log(self: Arc<Self>) {
        loop {
            tokio::time::sleep(log::EVERY).await;
            if let Err(error) = self.settle().await {
                tracing::warn!(%error, "calls could not be written down yet");
            }
        }
    }

    /// Whether an agency says that it is well. One that cannot be asked does not say so.
    pub async fn is_well(&self, agency: &str) -> Result<bool, GatewayError> {
        match self.says_it_is_well(agency).await {
            Err(GatewayError::Undeclared { .. } | GatewayError::UnknownAgency(_)) => Ok(false),
            said => said,
        }
    }

    /// The same; one that cannot be asked is an error.
    pub(super) async fn says_it_is_well(&self, agency: &str) -> Result<bool, GatewayError> {
        let request = Request { agency, service: None, question: Input {}, about: None, within: PATIENCE };
        let outcome = self.call(request).await?;
        Ok(matches!(outcome, Outcome::Fresh(health) if health.status == Status::Up))
    }

    /// Where somebody who waited for an agency can go on.
    pub(super) fn way_on(&self, agency: &str) -> String {
        if agency == self.identity_register() {
            "/me/verify".to_owned()
        } else {
            format!("/agencies/{agency}")
        }
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The agency answered somebody. If others wait to hear that it does, they are told; that this cannot be
    /// found out now is no reason to keep the answer back, and the next one finds it out.
    pub(super) async fn answered(&self, agency: &str) {
        let now = self.clock.now();
        if !self.book.is_time_to_look(agency, now, LOOK_EVERY) {
            return;
        }
        if let Err(error) = self.tell_those_waiting(agency, now).await {
            tracing::warn!(agency, %error, "nobody could be told that the agency answers");
        }
    }

    async fn tell_those_waiting(&self, agency: &str, now: Moment) -> Result<(), DbError> {
        let asked = agency.to_owned();
        if self.db.read(move |c| wishes::anybody_waits(c, &asked)).await? {
            let agency = agency.to_owned();
            let tell = move |c: &mut Conn| jobs::enqueue(c, now, &wishes::IsBack { agency }).map(|_| ());
            self.db.tx(tell).await?;
        }
        Ok(())
    }
}

/// Runs [`log::ForgetCalls`], a set at a time.
pub async fn forget_calls(
    gateway: Data<Gateway>,
    job: log::ForgetCalls,
    running: Running,
) -> Result<Done, Failure> {
    let now = gateway.now();
    let forget = move |c: &mut Conn| {
        if log::forget_old(c, now)? {
            jobs::enqueue(c, now, &job)?;
        }
        rounds::forget_old(c, now)?;
        Ok::<_, DbError>(())
    };
    running.finish(forget).await
}
