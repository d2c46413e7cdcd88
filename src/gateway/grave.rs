//! Grave sanctions take two people: one administrator proposes, another imposes or refuses; whoever proposed takes it back.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::sanctions::{self, Grade, Imposition, SanctionError};
use crate::{
    agencies::clients::By,
    db::{Conn, DbError, Stamp, schema::sanction_proposals as p},
    each, id,
    platform::Moment,
};

id! {
    /// A grave sanction that somebody proposed.
    ProposalId
}

const ASKED: &str = "asked";

/// A grave sanction that waits for another person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = p)]
pub struct Proposal {
    pub id: ProposalId,
    pub agency: String,
    grade: i32,
    pub reason: String,
    pub at_once: bool,
    /// For so long; `None`: until it is lifted.
    pub days: Option<i32>,
    pub proposed_by: String,
    proposed_at: Stamp,
}

impl Proposal {
    pub fn grade(&self) -> Grade {
        Grade::kept(self.grade)
    }

    pub fn proposed_at(&self) -> Moment {
        self.proposed_at.moment()
    }

    /// Whether somebody proposed it, who then does not decide about it.
    pub fn is_by(&self, name: &str) -> bool {
        self.proposed_by.eq_ignore_ascii_case(name.trim())
    }
}

/// Proposes a grave sanction. Nothing happens to the agency yet.
pub fn propose(c: &mut Conn, now: Moment, new: &Imposition, by: &By) -> Result<ProposalId, SanctionError> {
    let reason = sanctions::check(c, now, new)?;
    let id = ProposalId::new();
    let row = (
        p::id.eq(id),
        p::agency.eq(&new.agency),
        p::grade.eq(new.grade.number()),
        p::reason.eq(reason),
        p::at_once.eq(new.at_once),
        p::days.eq(new.lasting.and_then(|lasting| i32::try_from(lasting.num_days()).ok())),
        p::proposed_by.eq(by.name.trim()),
        p::proposed_at.eq(Stamp::from(now)),
        p::state.eq(ASKED),
    );
    let taken = each!(c, |c| diesel::insert_into(p::table).values(row).on_conflict_do_nothing().execute(c))?;
    if taken == 1 { Ok(id) } else { Err(SanctionError::Waits) }
}

/// What waits of an agency.
pub fn waiting_of(c: &mut Conn, agency: &str) -> Result<Option<Proposal>, DbError> {
    let found = p::table.filter(p::agency.eq(agency)).filter(p::state.eq(ASKED));
    Ok(found.select(Proposal::as_select()).first(c).optional()?)
}

/// Everything that waits, the oldest first.
pub fn waiting(c: &mut Conn) -> Result<Vec<Proposal>, DbError> {
    Ok(p::table
        .filter(p::state.eq(ASKED))
        .order((p::proposed_at, p::id))
        .select(Proposal::as_select())
        .load(c)?)
}

/// One that waits, for whoever is about to decide: nobody else does so meanwhile.
fn held(c: &mut Conn, (agency, id): (&str, ProposalId)) -> Result<Proposal, SanctionError> {
    let row = p::table.find(id);
    // Writing first takes the row's lock on PostgreSQL; on SQLite there is one writer anyway.
    diesel::update(row).set(p::state.eq(p::state)).execute(c)?;
    let found = row.filter(p::agency.eq(agency)).filter(p::state.eq(ASKED));
    found.select(Proposal::as_select()).first(c).optional()?.ok_or(SanctionError::Decided)
}

/// Imposes what somebody else proposed. Both stand in the sanction.
pub fn impose(
    c: &mut Conn,
    now: Moment,
    (agency, id): (&str, ProposalId),
    by: &By,
) -> Result<Grade, SanctionError> {
    let proposal = held(c, (agency, id))?;
    if proposal.is_by(&by.name) {
        return Err(SanctionError::Own);
    }
    let grade = proposal.grade();
    let names = format!("{}, {}", proposal.proposed_by, by.name.trim());
    let new = Imposition {
        agency: proposal.agency,
        grade,
        reason: proposal.reason,
        at_once: proposal.at_once,
        lasting: proposal.days.map(|days| TimeDelta::days(days.into())),
    };
    sanctions::put(c, now, &new, (&names, by))?;
    settle(c, now, id, ("imposed", by), None)?;
    Ok(grade)
}

/// Refuses what somebody else proposed, with the reason.
pub fn refuse(
    c: &mut Conn,
    now: Moment,
    (agency, id): (&str, ProposalId),
    words: &str,
    by: &By,
) -> Result<Grade, SanctionError> {
    let words = sanctions::worded(words)?;
    let proposal = held(c, (agency, id))?;
    if proposal.is_by(&by.name) {
        return Err(SanctionError::Own);
    }
    settle(c, now, id, ("refused", by), Some(words))?;
    Ok(proposal.grade())
}

/// Takes back what one proposed oneself.
pub fn take_back(
    c: &mut Conn,
    now: Moment,
    (agency, id): (&str, ProposalId),
    by: &By,
) -> Result<Grade, SanctionError> {
    let proposal = held(c, (agency, id))?;
    if !proposal.is_by(&by.name) {
        return Err(SanctionError::Own);
    }
    settle(c, now, id, ("withdrawn", by), None)?;
    Ok(proposal.grade())
}

fn settle(
    c: &mut Conn,
    now: Moment,
    id: ProposalId,
    (state, by): (&str, &By),
    words: Option<&str>,
) -> Result<(), SanctionError> {
    diesel::update(p::table.find(id))
        .set((
            p::state.eq(state),
            p::decided_by.eq(Some(by.name.trim())),
            p::decided_at.eq(Some(Stamp::from(now))),
            p::words.eq(words),
        ))
        .execute(c)?;
    Ok(())
}
