//! What staff do with an order: through the one table, as whom they sit, with everything said that must be.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    Act, By, Clocks, Finding, Kind, Order, Said, State, Verdict, VoiceError,
    desk::{self, Seat},
    disputes,
    life::next,
    merge,
    steps::{self, Doer},
};
use crate::{
    accounts::staff::{self, Branch},
    db::{Conn, Stamp, schema::voice_units},
    insert_new,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// What somebody at the desk or in a unit wants to do.
#[derive(Debug, Clone)]
pub enum Deed {
    Classify {
        topic: String,
    },
    Dispatch {
        topic: Option<String>,
        lead: String,
        helpers: Vec<String>,
        decided: bool,
        words: String,
    },
    NotTake {
        elsewhere: String,
        words: String,
    },
    Merge {
        into: String,
    },
    Take,
    GiveBack {
        words: String,
    },
    Pass {
        branch: String,
    },
    Note {
        words: String,
    },
    Extend {
        words: String,
    },
    Reply {
        words: String,
        finding: Option<Finding>,
    },
    /// `None`: nobody was reached.
    Visit {
        verdict: Option<Verdict>,
        words: String,
    },
}

impl Deed {
    pub const fn act(&self) -> Act {
        match self {
            Self::Classify { .. } => Act::Classify,
            Self::Dispatch { .. } => Act::Dispatch,
            Self::NotTake { .. } => Act::NotTake,
            Self::Merge { .. } => Act::Merge,
            Self::Take => Act::Take,
            Self::GiveBack { .. } => Act::GiveBack,
            Self::Pass { .. } => Act::Pass,
            Self::Note { .. } => Act::Note,
            Self::Extend { .. } => Act::Extend,
            Self::Reply { .. } => Act::Reply,
            Self::Visit { .. } => Act::Visit,
        }
    }

    /// Whether everything is said that people or colleagues must read.
    fn is_whole(&self) -> bool {
        match self {
            Self::NotTake { words, .. }
            | Self::GiveBack { words }
            | Self::Note { words }
            | Self::Extend { words }
            | Self::Reply { words, .. } => !words.trim().is_empty(),
            _ => true,
        }
    }
}

/// The forms that somebody can open for an order now. Giving out classifies as well, so what came in can be given out.
pub fn possible(seat: &Seat, order: &Order, helps: bool, today: NaiveDate) -> Vec<Act> {
    let Ok(state) = order.state() else { return Vec::new() };
    let parts = seat.parts(order, helps);
    let offered = [
        Act::Dispatch,
        Act::Classify,
        Act::Take,
        Act::Reply,
        Act::Note,
        Act::GiveBack,
        Act::Pass,
        Act::Extend,
        Act::Visit,
        Act::Merge,
        Act::NotTake,
    ];
    let can = |act: &Act| {
        let by_table = parts.iter().any(|by| next(state, *act, *by).is_some());
        let dispatches = *act == Act::Dispatch && parts.contains(&By::Desk) && state.waits_for_desk();
        // What is said of one rating is said of no other.
        let alone = *act == Act::Merge && order.kind().is_ok_and(|kind| kind == Kind::Dispute);
        (by_table || dispatches) && !alone && is_in_time(seat, order, *act, today)
    };
    offered.into_iter().filter(can).collect()
}

/// Giving back ends soon and after a decision, a term is lengthened once and by whoever leads.
fn is_in_time(seat: &Seat, order: &Order, act: Act, today: NaiveDate) -> bool {
    match act {
        Act::GiveBack => !order.decided && order.return_by.is_some_and(|last| today <= last),
        Act::Extend => !order.extended && seat.leads,
        _ => true,
    }
}

/// Does it, in the caller's transaction.
pub fn carry_out(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    seat: &Seat,
    number: &str,
    deed: &Deed,
) -> Result<(), VoiceError> {
    let seen = desk::one(c, seat, number)?;
    if !deed.is_whole() {
        return Err(VoiceError::NotWhole);
    }
    let mut order = steps::held(c, seen.id)?;
    let helpers = desk::helpers(c, order.id)?;
    let helping = desk::helps(seat, &helpers);
    if !possible(seat, &order, helping.is_some(), city_day(now)).contains(&deed.act()) {
        return Err(VoiceError::NotNow);
    }
    let by = if deed.act() == Act::Dispatch {
        By::Desk
    } else {
        let state = order.state()?;
        let parts = seat.parts(&order, helping.is_some());
        let part = parts.into_iter().find(|by| next(state, deed.act(), *by).is_some());
        part.ok_or(VoiceError::NotNow)?
    };
    let agency = match by {
        By::Desk => Some(clocks.policy()?.desk.clone()),
        By::Helper => helping,
        _ => order.agency.clone(),
    };
    let doer = Doer { by, staff: Some(seat.member.id), agency };
    apply(c, (ring, now), clocks, &mut order, &doer, deed)
}

fn apply(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    order: &mut Order,
    doer: &Doer,
    deed: &Deed,
) -> Result<(), VoiceError> {
    let act = deed.act();
    let said = said(clocks, deed)?;
    match deed {
        Deed::Merge { into } => return merge::merge(c, (ring, now), clocks, order, doer, into),
        Deed::Visit { verdict, .. } => {
            return visit(c, (ring, now), clocks, order, doer, (*verdict, &said));
        }
        Deed::Dispatch { .. } => return dispatch(c, (ring, now), clocks, order, doer, (deed, &said)),
        Deed::Classify { topic } => {
            clocks.policy()?.topic(topic).ok_or(VoiceError::NotWhole)?;
            order.topic = Some(topic.clone());
        }
        Deed::GiveBack { .. } => {
            let desk = staff::branch_of(c, &clocks.policy()?.desk)?;
            desk.as_str().clone_into(&mut order.branch);
        }
        Deed::Pass { branch } => order.branch = part_of(c, clocks, order, branch)?,
        Deed::Extend { .. } => {
            clocks.extend(order, now)?;
            order.extended = true;
        }
        Deed::Reply { finding, .. } => disputes::answer(c, (ring, now), order, doer, *finding)?,
        _ => {}
    }
    let (due, last) = ((order.due_on, order.provisional), order.return_by);
    steps::take(c, ring, now, order, (act, doer), &said)?;
    if act == Act::Reply || act == Act::NotTake {
        order.supervised_at = None;
    }
    steps::settle(c, clocks, now, order, act, None)?;
    if act == Act::Pass {
        // The unit has no more time because it went to another of its parts.
        (order.due_on, order.provisional) = due;
        order.return_by = last;
        steps::save(c, order)?;
    }
    Ok(())
}

fn said(clocks: &Clocks, deed: &Deed) -> Result<Said, VoiceError> {
    Ok(match deed {
        Deed::NotTake { elsewhere, words } => {
            clocks.policy()?.elsewhere(elsewhere).ok_or(VoiceError::NotWhole)?;
            Said { elsewhere: Some(elsewhere.clone()), ..Said::words(words) }
        }
        Deed::Reply { words, finding } => {
            Said { finding: finding.map(|finding| finding.tag().to_owned()), ..Said::words(words) }
        }
        Deed::GiveBack { words }
        | Deed::Note { words }
        | Deed::Extend { words }
        | Deed::Visit { words, .. }
        | Deed::Dispatch { words, .. } => Said::words(words),
        _ => Said::default(),
    })
}

/// A part of the branch that has it, to which it can be passed on: of the same agency, and not above it.
fn part_of(c: &mut Conn, clocks: &Clocks, order: &Order, branch: &str) -> Result<String, VoiceError> {
    let agency = order.agency.as_deref().unwrap_or(&clocks.policy()?.desk);
    let own = staff::branch_of(c, agency)?;
    let to = Branch::parse(branch).ok_or(VoiceError::NotWhole)?;
    let known = staff::branches_in(c, &own)?.into_iter().any(|(part, _)| part == to) || to == own;
    if known && to.as_str() != order.branch { Ok(to.as_str().to_owned()) } else { Err(VoiceError::NotWhole) }
}

fn dispatch(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    order: &mut Order,
    doer: &Doer,
    (deed, said): (&Deed, &Said),
) -> Result<(), VoiceError> {
    let Deed::Dispatch { topic, lead, helpers, decided, .. } = deed else { return Err(VoiceError::NotNow) };
    let catalogue = &clocks.edition().catalogue;
    let known = |slug: &String| catalogue.agency(slug).is_some();
    // Whose rating it is has its say about a dispute, and does not decide it.
    let disputed = disputes::agency(c, order)?;
    if !known(lead) || !helpers.iter().all(known) || disputed.as_ref() == Some(lead) {
        return Err(VoiceError::NotWhole);
    }
    if let Some(topic) = topic {
        clocks.policy()?.topic(topic).ok_or(VoiceError::NotWhole)?;
        order.topic = Some(topic.clone());
    }
    if order.state()? != State::Classified {
        steps::take(c, ring, now, order, (Act::Classify, doer), &Said::default())?;
    }
    let branch = desk::branch_for(c, lead, order.district.as_deref())?;
    branch.as_str().clone_into(&mut order.branch);
    order.agency = Some(lead.clone());
    // Whoever disputed it hears whose it is: from then on nobody gives it back.
    order.decided |= *decided && steps::was_given_back(c, order.id)?;
    diesel::delete(voice_units::table.filter(voice_units::order_id.eq(order.id))).execute(c)?;
    let helpers: Vec<String> = helpers.iter().cloned().chain(disputed).collect();
    help(c, now, order, lead, &helpers)?;
    let doer = Doer { agency: Some(lead.clone()), ..doer.clone() };
    steps::take(c, ring, now, order, (Act::Dispatch, &doer), said)?;
    order.supervised_at = None;
    steps::settle(c, clocks, now, order, Act::Dispatch, None)
}

#[derive(Insertable)]
#[diesel(table_name = voice_units)]
struct NewUnit {
    order_id: super::OrderId,
    agency: String,
    branch: String,
    since: Stamp,
}

pub(super) fn help(
    c: &mut Conn,
    now: Moment,
    order: &Order,
    lead: &str,
    helpers: &[String],
) -> Result<(), VoiceError> {
    let places = staff::places(c)?;
    let unit = |agency: &String| {
        let branch = places.of(agency).unwrap_or_else(Branch::city);
        NewUnit {
            order_id: order.id,
            agency: agency.clone(),
            branch: branch.as_str().to_owned(),
            since: Stamp::from(now),
        }
    };
    let rows: Vec<NewUnit> = helpers.iter().filter(|slug| *slug != lead).map(unit).collect();
    insert_new!(c, voice_units::table => &rows)?;
    Ok(())
}

/// The desk asked back. Whoever is not satisfied has it opened once more, and is on the supervision list.
fn visit(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    order: &mut Order,
    doer: &Doer,
    (verdict, said): (Option<Verdict>, &Said),
) -> Result<(), VoiceError> {
    steps::take(c, ring, now, order, (Act::Visit, doer), said)?;
    let then = match verdict {
        None => Act::Visit,
        Some(Verdict::Dissatisfied) if !order.reopened => {
            super::judge::reopen(c, (ring, now), order, doer, &Said::default())?;
            Act::Reopen
        }
        Some(verdict) => {
            if verdict == Verdict::Dissatisfied {
                order.supervised_at = Some(now.into());
            }
            steps::take(c, ring, now, order, (Act::Close, doer), &Said::default())?;
            Act::Close
        }
    };
    steps::settle(c, clocks, now, order, then, None)
}
