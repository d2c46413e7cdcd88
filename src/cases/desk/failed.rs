//! What could not be handed over: a person finds out what became of it, and says so.

use diesel::prelude::*;

use super::{actions::look, model::DeskError, queries, seat::Seat};
use crate::{
    cases::{
        CaseError,
        deliver::Deliver,
        follow::ask_again,
        life::{Act, By, State},
        report,
        steps::{self, Doer, Said},
    },
    db::{Conn, Stamp, schema::cases},
    jobs, ledger,
    platform::{Moment, keys::KeyRing},
};

/// What is done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// It did not arrive: it is tried again.
    Again,
    /// It arrived, under this number of the agency's.
    Arrived(String),
    /// It is not taken on, for this reason; and who is responsible.
    Close { reason: String, turn_to: String },
}

/// Brings a case that could not be handed over on its way again, or ends it.
pub fn mend(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    reference: &str,
    remedy: &Remedy,
) -> Result<(), DeskError> {
    let (mut case, _) = queries::one(c, seat, reference)?;
    let me = seat.member.id;
    if case.handover != "failed" || case.state()?.is_final() {
        return Err(CaseError::NotNow.into());
    }
    let handover = match remedy {
        Remedy::Again => "queued",
        Remedy::Arrived(_) | Remedy::Close { .. } => "taken",
    };
    // The agency's number is written down when it is first told, and never changed.
    let told = match remedy {
        Remedy::Arrived(number) => Some(number.trim().to_owned()).filter(|number| !number.is_empty()),
        _ => None,
    };
    let number = case.agency_reference.clone().or(told);
    if matches!(remedy, Remedy::Arrived(_)) && number.is_none() {
        return Err(DeskError::NotWhole);
    }
    // Of two who do something about it one does.
    let failed = report::own(&case).filter(cases::handover.eq("failed"));
    let mended = diesel::update(failed)
        .set((
            cases::handover.eq(handover),
            cases::agency_reference.eq(&number),
            cases::handed_at.eq(Some(Stamp::from(now))),
            cases::next_try_at.eq(None::<Stamp>),
        ))
        .execute(c)?;
    if mended != 1 {
        return Err(CaseError::NotNow.into());
    }
    handover.clone_into(&mut case.handover);
    case.agency_reference = number;
    ledger::act(c, ring, now, &look(&case, me, &[]))?;
    match remedy {
        Remedy::Again => drop(jobs::enqueue(c, now, &Deliver::of(&case))?),
        Remedy::Arrived(_) => ask_again(c, now, &case)?,
        Remedy::Close { reason, turn_to } => {
            let said =
                Said { reason: Some(reason.clone()), turn_to: Some(turn_to.clone()), ..Said::default() };
            let whom = me.to_string();
            let doer = Doer { by: By::Agency, whom: &whom };
            let act = if case.state()? == State::InReview { Act::Terminate } else { Act::NotAccept };
            steps::take(c, ring, now, &mut case, (act, &doer), &said)?;
            steps::tell(c, now, &case)?;
        }
    }
    Ok(())
}
