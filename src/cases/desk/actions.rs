//! What an officer does with a case, step by step through the table.

use diesel::prelude::*;
use yimen_contract::service::{Approval, Delivery, Service};

use super::{
    clock::{Clocks, wind},
    model::{Came, DeskError, Order, Work},
    propose, queries,
    seat::Seat,
};
use crate::{
    accounts::staff::StaffError,
    cases::{
        CaseError, correct, delivery,
        life::{Act, By, State, next},
        model::Case,
        report::{self, EXTENSION},
        steps::{self, Doer, Said},
    },
    db::{
        Conn,
        schema::{cases, desk_work},
    },
    ledger::{self, Actor, Basis, Look, Purpose, StaffId},
    platform::{Moment, keys::KeyRing},
};

/// Everything that officers do, in the order in which the page offers it.
const ALL: [Act; 11] = [
    Act::Accept,
    Act::AskCorrection,
    Act::NotAccept,
    Act::Grant,
    Act::Refuse,
    Act::Suspend,
    Act::Resume,
    Act::Extend,
    Act::Terminate,
    Act::Send,
    Act::Deliver,
];

/// Whether an act is possible as a case stands. Looking into it begins with the first act that calls for it.
fn leads(case: &Case, act: Act) -> Result<bool, CaseError> {
    let state = case.state()?;
    let from = if state == State::Accepted { State::InReview } else { state };
    let way = next(from, act, By::Agency).is_some() && ALL.contains(&act);
    // What the applicant was asked to put right is theirs to do, or the clock's to end.
    let theirs = state == State::CorrectionRequired;
    Ok(way && !theirs && (act != Act::Extend || case.extended_by == 0))
}

/// What can be done with a case now.
pub fn possible(case: &Case) -> Result<Vec<Act>, CaseError> {
    let mut acts = Vec::new();
    for act in ALL {
        if leads(case, act)? {
            acts.push(act);
        }
    }
    Ok(acts)
}

/// Whether the applicant is told everything that belongs to an act.
pub fn whole(act: Act, said: &Said) -> bool {
    let there = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    match act {
        Act::AskCorrection => {
            !said.corrections.is_empty()
                && said.corrections.iter().all(|(_, text)| !text.trim().is_empty())
                && said.due.is_some()
        }
        Act::NotAccept => there(&said.reason) && there(&said.turn_to),
        Act::Suspend => there(&said.reason) && there(&said.basis) && said.due.is_some(),
        Act::Extend | Act::Grant | Act::Refuse | Act::Terminate => there(&said.reason),
        Act::Send => there(&said.parcel) || there(&said.place),
        _ => true,
    }
}

/// Whether a second officer has to confirm it. A longer term the law itself wants confirmed.
pub(super) fn needs_second(service: Option<&Service>, act: Act) -> bool {
    let approval =
        service.and_then(|service| service.desk.as_ref()).map_or(Approval::default(), |desk| desk.approval);
    match act {
        Act::Extend => true,
        Act::Grant => approval == Approval::Every,
        Act::Refuse | Act::Terminate => approval != Approval::None,
        _ => false,
    }
}

/// By how many days a term is lengthened: what the service says, or what the law on permits does.
pub fn extension(service: Option<&Service>) -> u8 {
    let rules = service.and_then(|service| service.desk.as_ref());
    rules.and_then(|rules| rules.extension).unwrap_or(EXTENSION)
}

/// Does something with a case, or drafts it where a second officer has to confirm it.
pub fn carry_out(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    clocks: &Clocks,
    (reference, order): (&str, &Order),
) -> Result<Came, DeskError> {
    seat.worker()?;
    let (mut case, work) = queries::one(c, seat, reference)?;
    let me = seat.member.id;
    if !case.is_at_desk() {
        return Err(CaseError::NotNow.into());
    }
    if work.assigned_to.is_some_and(|with| with != me) {
        return Err(DeskError::Taken);
    }
    if propose::waits(c, &case)? {
        return Err(DeskError::Pending);
    }
    if !leads(&case, order.act)? {
        return Err(CaseError::NotNow.into());
    }
    if !whole(order.act, &order.said) {
        return Err(DeskError::NotWhole);
    }
    if order.act == Act::AskCorrection {
        once(c, ring, now, seat, &case, &order.said)?;
    }
    take(c, &work, me)?;
    if needs_second(clocks.service(), order.act) {
        propose::draft(c, ring, now, &case, me, order)?;
        return Ok(Came::Proposed);
    }
    apply(c, ring, now, (&mut case, me), clocks, order)?;
    Ok(Came::Done)
}

/// Whoever does something with a case that nobody has has it.
fn take(c: &mut Conn, work: &Work, me: StaffId) -> Result<(), DeskError> {
    let own =
        desk_work::table.filter(desk_work::citizen_id.eq(work.citizen_id)).filter(desk_work::id.eq(work.id));
    if work.assigned_to.is_none() {
        diesel::update(own).set(desk_work::assigned_to.eq(Some(me))).execute(c)?;
    }
    Ok(())
}

/// Everything is asked for at once. What had been there the first time is not asked for a second time, unless somebody
/// above says why.
fn once(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    case: &Case,
    said: &Said,
) -> Result<(), DeskError> {
    if case.round == 0 {
        return Ok(());
    }
    let warrant = ledger::look(c, ring, now, &look(case, seat.member.id, &["answers"]))?;
    let steps = steps::of_case(c, ring, (case.citizen_id, case.id), &warrant)?;
    let before = correct::asked(&steps);
    let again = said.corrections.iter().all(|(about, _)| before.iter().any(|(asked, _)| asked == about));
    if again {
        return Ok(());
    }
    let reason = said.above.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    if reason && seat.approves() { Ok(()) } else { Err(DeskError::SeenBefore) }
}

/// What an officer does, in the record of the person it is about.
pub(super) fn look<'a>(case: &'a Case, staff: StaffId, fields: &'a [&'a str]) -> Look<'a> {
    Look {
        citizen: case.citizen_id,
        actor: Actor::Staff(staff),
        purpose: Purpose::Service,
        basis: Basis::Duty,
        fields,
        detail: Some(&case.service),
    }
}

/// Takes the step, and everything that follows from it. The person is told once.
pub(super) fn apply(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    (case, me): (&mut Case, StaffId),
    clocks: &Clocks,
    order: &Order,
) -> Result<(), DeskError> {
    let whom = me.to_string();
    let doer = Doer { by: By::Agency, whom: &whom };
    if next(case.state()?, order.act, By::Agency).is_none() {
        steps::take(c, ring, now, case, (Act::Review, &doer), &Said::default())?;
    }
    let said = handed_over(c, ring, case, order)?;
    steps::take(c, ring, now, case, (order.act, &doer), &said)?;
    if order.act == Act::Extend {
        case.extended_by = extension(clocks.service()).into();
        diesel::update(report::own(case)).set(cases::extended_by.eq(case.extended_by)).execute(c)?;
    }
    // What comes by wire is there the moment it is granted.
    if order.act == Act::Grant && comes_by_wire(c, clocks, case)? {
        steps::take(c, ring, now, case, (Act::Deliver, &doer), &Said::default())?;
    }
    let word = match order.act {
        Act::Send => delivery::send(c, ring, case, &said)?.ok_or(DeskError::NotWhole)?,
        // It is under review as before; what there is to tell is that it takes longer.
        Act::Extend => steps::EXTENDED,
        _ => case.state()?.tag(),
    };
    wind(c, clocks, case)?;
    ledger::act(c, ring, now, &look(case, me, &[]))?;
    Ok(steps::tell_of(c, now, case, word)?)
}

/// What is said with an act. What somebody picks up is handed over against their code, or against a signature on paper; either ends
/// the code.
fn handed_over(c: &mut Conn, ring: &KeyRing, case: &Case, order: &Order) -> Result<Said, DeskError> {
    let mut said = order.said.clone();
    if order.act != Act::Deliver || delivery::way(c, case)? != Some(Delivery::Counter) {
        return Ok(said);
    }
    match &order.code {
        Some(code) if delivery::redeem(c, ring, case, code)? => said.by_code = true,
        Some(_) => return Err(DeskError::WrongCode),
        None if said.signed.is_some() => delivery::end(c, case)?,
        None => return Err(DeskError::NotWhole),
    }
    Ok(said)
}

fn comes_by_wire(c: &mut Conn, clocks: &Clocks, case: &Case) -> Result<bool, CaseError> {
    let only = clocks.service().is_some_and(only_electronic);
    Ok(only || delivery::way(c, case)? == Some(Delivery::Electronic))
}

fn only_electronic(service: &Service) -> bool {
    service.result.delivery.iter().all(|way| *way == Delivery::Electronic)
}

/// Whether somebody sits where this is decided.
pub(super) fn approver(seat: &Seat) -> Result<(), StaffError> {
    if seat.approves() { Ok(()) } else { Err(StaffError::NotAllowed) }
}
