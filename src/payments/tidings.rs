//! What providers tell by themselves: `payment.changed`, proved as every event is, taken over as an answer would be.

use yimen_contract::capability::{EventKind, event::PaymentChanged};

use super::{PayError, learn, queries};
use crate::{
    db::{Conn, DbError},
    gateway::events::{Applies, Inbound, Settled},
    ledger::LedgerError,
    platform::Moment,
};

/// Events about payments.
pub struct Tidings;

impl Applies for Tidings {
    fn kind(&self) -> EventKind {
        EventKind::PaymentChanged
    }

    fn apply(&self, c: &mut Conn, now: Moment, event: &Inbound) -> Result<Settled, DbError> {
        let Ok(told) = serde_json::from_value::<PaymentChanged>(event.data.clone()) else {
            return Ok(Settled::Refused("it does not have the form of a payment"));
        };
        let Some(mut order) = queries::of_reference(c, &told.order)? else {
            return Ok(Settled::Refused("there is no such order"));
        };
        // A provider speaks of what it was given and of nothing else.
        if order.provider != event.agency {
            return Ok(Settled::Refused("the order is another provider's"));
        }
        let taken = match &told.refund {
            None => learn::payment(c, now, &mut order, &told.now),
            Some(refund) if *refund == order.refund() => learn::refund(c, now, &mut order, &told.now),
            Some(_) => return Ok(Settled::Refused("there is no such refund")),
        };
        match taken {
            Ok(_) => Ok(Settled::Applied),
            Err(PayError::Db(error) | PayError::Ledger(LedgerError::Db(error))) => Err(error),
            Err(PayError::NotNow) => Ok(Settled::NotYet),
            Err(error) => {
                tracing::error!(provider = event.agency, %error, "an event about a payment cannot be applied");
                Ok(Settled::Refused("it cannot be applied"))
            }
        }
    }
}
