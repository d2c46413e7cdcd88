//! Applying at the counter: for a citizen who comes in person, found by their verified number and nothing else. That
//! they were looked up, by whom and why, is in their record; that somebody handed it in for them stands with the case.

use chrono::TimeDelta;
use serde_json::{Map, Value};

use super::{
    actions::look,
    clock::{Clocks, wind},
    model::DeskError,
    seat::Seat,
};
use crate::{
    accounts::{
        IdentityNumber,
        acting::{Party, Represented},
        staff::{
            self,
            counter::{By, Deed, Found, look_up},
        },
    },
    agencies::VersionId,
    cases::{
        Case, DraftId, DraftRow, Whose,
        submit::{self, Submission},
    },
    db::{Conn, DbError},
    ledger::{self, CitizenId, Look, Purpose, StaffId},
    platform::{Moment, keys::KeyRing},
};

/// Papers seen at a counter.
const AT_COUNTER: u8 = 5;
/// A form filled in at the counter is for somebody who stands there.
const HOLDS: TimeDelta = TimeDelta::hours(1);

/// The right of one officer to hand in one form for one citizen, for an hour. It goes with the form, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub citizen: CitizenId,
    pub draft: DraftId,
    pub service: String,
    until: i64,
}

impl Ticket {
    fn digest(&self, ring: &KeyRing, staff: StaffId) -> String {
        let Self { citizen, draft, service, until } = self;
        let bytes =
            ring.sign("cases.counter", format!("{staff}/{citizen}/{draft}/{service}/{until}").as_bytes());
        bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    /// As the form carries it.
    pub fn sealed(&self, ring: &KeyRing, staff: StaffId) -> String {
        let digest = self.digest(ring, staff);
        format!("{}.{}.{}.{}.{digest}", self.citizen, self.draft, self.service, self.until)
    }

    /// What came back with the form, if it is this officer's and still holds.
    pub fn read(ring: &KeyRing, now: Moment, staff: StaffId, sealed: &str) -> Option<Self> {
        let mut parts = sealed.split('.');
        let ticket = Self {
            citizen: parts.next()?.parse().ok()?,
            draft: parts.next()?.parse().ok()?,
            service: parts.next()?.to_owned(),
            until: parts.next()?.parse().ok()?,
        };
        let digest = parts.next()?;
        let same = constant_time_eq(ticket.digest(ring, staff).as_bytes(), digest.as_bytes());
        (same && now.timestamp() <= ticket.until && parts.next().is_none()).then_some(ticket)
    }
}

fn constant_time_eq(one: &[u8], other: &[u8]) -> bool {
    use subtle::ConstantTimeEq as _;
    one.ct_eq(other).into()
}

/// For which of some agencies somebody at this counter takes applications: those that stand within their branch. What a branch is
/// called is no sign of it.
pub fn agencies(c: &mut Conn, seat: &Seat, all: Vec<String>) -> Result<Vec<String>, DbError> {
    let (branch, places) = (seat.member.branch(), staff::places(c)?);
    let within = |slug: &String| places.of(slug).is_some_and(|place| branch.contains(&place));
    Ok(all.into_iter().filter(within).collect())
}

/// Looks a citizen up. `None`: nobody's account has this number, or it is shut.
pub fn meet(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    (number, reason): (&IdentityNumber, &str),
    service: &str,
) -> Result<Option<(Found, Ticket)>, DeskError> {
    seat.worker()?;
    let deed = Deed { staff: seat.member.id, now, reason: reason.to_owned() };
    let found = look_up(c, ring, &deed, &By::Number(number.clone()))?.filter(|found| found.open);
    Ok(found.map(|found| {
        let ticket = Ticket {
            citizen: found.citizen,
            draft: DraftId::new(),
            service: service.to_owned(),
            until: (now + HOLDS).timestamp(),
        };
        (found, ticket)
    }))
}

/// What was filled in at the counter.
pub struct Filled<'a> {
    pub ticket: &'a Ticket,
    pub agency: &'a str,
    pub desk: bool,
    pub version: VersionId,
    pub form: &'a str,
    pub answers: &'a Map<String, Value>,
    /// The code of the district that it is about.
    pub district: Option<&'a str>,
}

/// Hands it in, in the citizen's name. The second of two clicks finds the same case.
pub fn hand_in(
    c: &mut Conn,
    ring: &KeyRing,
    now: Moment,
    seat: &Seat,
    clocks: &Clocks,
    filled: &Filled<'_>,
) -> Result<Case, DeskError> {
    seat.worker()?;
    let ticket = filled.ticket;
    let party = Party { acting: ticket.citizen, represented: Represented::Oneself };
    let whose = Whose { party, level: AT_COUNTER };
    let typed = ledger::seal(c, ring, ticket.citizen, "drafts.typed", "{}")?;
    let draft = DraftRow {
        citizen_id: ticket.citizen,
        id: ticket.draft,
        for_id: None,
        company_id: None,
        service: ticket.service.clone(),
        version: filled.version,
        form: filled.form.to_owned(),
        typed,
        occasion: None,
        begun_at: now.into(),
        saved_at: now.into(),
    };
    let submission = Submission {
        draft: &draft,
        document: filled.answers,
        agency: filled.agency,
        desk: filled.desk,
        by: Some(seat.member.id),
        district: filled.district,
    };
    let case = submit::submit(c, ring, now, &whose, &submission)?;
    wind(c, clocks, &case)?;
    let deed = Look { purpose: Purpose::Counter, ..look(&case, seat.member.id, &[]) };
    ledger::act(c, ring, now, &deed)?;
    Ok(case)
}
