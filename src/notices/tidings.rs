//! What carriers tell by themselves: `message.changed`, proved as every event is. It counts as a report does, and who told need not be
//! asked any more.

use yimen_contract::capability::{EventKind, event::MessageChanged};

use super::{carrier::Became, courier::Courier, model::WayId, reports};
use crate::{
    db::{Conn, DbError},
    gateway::events::{Applies, Inbound, Settled},
    platform::Moment,
};

/// Events about messages.
pub struct Tidings(pub Courier);

impl Applies for Tidings {
    fn kind(&self) -> EventKind {
        EventKind::MessageChanged
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(told) = serde_json::from_value::<MessageChanged>(event.data.clone()) else {
            return Ok(Settled::Refused("it does not have the form of a message"));
        };
        let Ok(way) = told.message.parse::<WayId>() else {
            return Ok(Settled::Refused("there is no such message"));
        };
        // A carrier speaks of its own channels and of nothing else.
        let carriers = self.0.carried_by(&event.agency);
        if carriers.is_empty() {
            return Ok(Settled::Refused("the configuration names it for no channel"));
        }
        let Some(became) = Became::of(told.now.status) else {
            return Ok(Settled::Refused("it tells of a message that it does not have"));
        };
        reports::pushed(c, now, (way, &carriers), became)?;
        Ok(Settled::Applied)
    }
}
