//! Whether an agency is well, and noticing that one answers again.

use std::time::Duration;

use yimen_contract::capability::{
    Outcome,
    health::{Input, Status},
};

use super::{Gateway, GatewayError, Request, wishes};
use crate::{
    db::{Conn, DbError},
    jobs,
    platform::Moment,
};

/// Nobody waits before a screen for it.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often, at most, a node looks whether somebody waits for an agency that answers.
const LOOK_EVERY: chrono::TimeDelta = chrono::TimeDelta::seconds(30);

impl Gateway {
    /// Whether an agency says that it is well. One that cannot be asked does not say so.
    pub async fn is_well(&self, agency: &str) -> Result<bool, GatewayError> {
        let request = Request { agency, question: Input {}, about: None, within: PATIENCE };
        match self.call(request).await {
            Ok(outcome) => Ok(matches!(outcome, Outcome::Fresh(health) if health.status == Status::Up)),
            Err(GatewayError::Undeclared { .. } | GatewayError::UnknownAgency(_)) => Ok(false),
            Err(error) => Err(error),
        }
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
