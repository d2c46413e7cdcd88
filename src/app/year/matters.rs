//! Applications of the simulated year, from the form to the decision: by the functions that pages, jobs and backends use.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use yimen_contract::capability::{
    EventKind,
    case::{Correction, Output, Status},
    event::CaseChanged,
};

use super::{
    YearError, answers,
    city::Offer,
    people::{Clerk, LEVEL},
    plan::{Matter, Pace},
    played::Played,
};
use crate::{
    accounts::acting::{Party, Represented},
    cases::{
        Case, Reports, Whose,
        desk::{self, Clocks, Order},
        drafts::{self, Of},
        life::Act,
        place,
        steps::Said,
        submit::{self, Submission},
        term::Term,
    },
    catalogue::Edition,
    db::Conn,
    gateway::events::{Applies as _, Inbound, Settled},
    ledger::CitizenId,
    platform::{Moment, clock::city_day, keys::KeyRing},
};

/// Nobody waits longer for what is decided in time, however long the agency promises to need.
const LONGEST: u64 = 8;
/// Days in which something is put right.
const TO_CORRECT: Days = Days::new(15);
const GRANTED: &str = "经审查，符合规定，予以办理。";
const REFUSED: &str = "经审查，不符合规定的条件，不予办理。可以在六十日内申请行政复议。";

/// Something that was handed in, and is decided later.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    /// Its place in the plan.
    pub at: usize,
    pub reference: String,
    /// The last day that the agency promises.
    pub due: NaiveDate,
    /// How many days it is decided after it was handed in; nothing where it was decided at once.
    pub wait: Option<u64>,
}

/// Everybody acts for themselves.
pub(super) fn own(citizen: CitizenId) -> Whose {
    Whose { party: Party { acting: citizen, represented: Represented::Oneself }, level: LEVEL }
}

/// Fills in the form as it is today and hands it in. `None`: today it cannot be filled in so.
pub(super) fn hand_in(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    edition: &Arc<Edition>,
    (citizen, offer): (CitizenId, &Offer),
) -> Result<Option<Case>, YearError> {
    let (today, whose) = (city_day(now), own(citizen));
    let Some(draft) = answers::typed(&offer.form, today) else { return Ok(None) };
    let Ok(document) = offer.form.fill(&draft, today).submission() else { return Ok(None) };
    let stand = &offer.stand;
    let of = Of { service: stand.service.clone(), version: offer.version, form: offer.path.clone() };
    let id = drafts::begin(c, ring, now, &whose, &of, &draft)?;
    let row = drafts::find(c, &whose, id)?;
    let district = place::district(&offer.form, &document, &edition.catalogue.city.city);
    let district = district.as_deref();
    let submission = Submission {
        draft: &row,
        document: &document,
        agency: &stand.agency,
        desk: stand.desk,
        by: None,
        district,
    };
    let case = submit::submit(c, ring, now, &whose, &submission)?;
    desk::wind(c, &Clocks::of(edition, &stand.service), &case)?;
    Ok(Some(case))
}

/// What is to become of it, by the plan and the days that its agency promises; and what the agency answers first.
pub(super) fn pending(
    edition: &Edition,
    (at, matter, offer): (usize, &Matter, &Offer),
    (reference, today): (String, NaiveDate),
    played: &Played,
) -> Pending {
    let due = Term::promised(&offer.limits).due(&edition.catalogue.calendar, today, &[]).on;
    let promised = u64::try_from((due - today).num_days()).unwrap_or_default();
    let wait = match matter.pace {
        Pace::AtOnce => None,
        Pace::InTime(percent) => Some((promised * u64::from(percent) / 100).clamp(1, LONGEST)),
        Pace::Late(days) => Some(promised + u64::from(days)),
    };
    let first = match wait {
        None => decided(matter.refused, due),
        Some(_) if matter.corrected => Output {
            corrections: vec![Correction {
                about: "其他".to_owned(),
                text: "请按办事指南核对后确认。".to_owned(),
            }],
            due: today.checked_add_days(TO_CORRECT),
            status: Status::CorrectionRequired,
            ..Output::received()
        },
        Some(_) => Output { status: Status::Accepted, due: Some(due), ..Output::received() },
    };
    if !offer.stand.desk {
        played.stands(&reference, &first);
    }
    Pending { at, reference, due, wait }
}

/// What an agency says when it has decided: with the day on which it had to.
fn decided(refused: bool, due: NaiveDate) -> Output {
    let (status, reason) = if refused { (Status::Refused, Some(REFUSED)) } else { (Status::Delivered, None) };
    Output { status, reason: reason.map(str::to_owned), due: Some(due), ..Output::received() }
}

/// The agency's backend tells that it was decided, by an event. `false`: the portal does not know of it yet.
pub(super) fn tell(
    c: &mut Conn,
    (ring, now): (&Arc<KeyRing>, Moment),
    (agency, refused): (&str, bool),
    pending: &Pending,
    played: &Played,
) -> Result<bool, YearError> {
    let output = played.stands(&pending.reference, &decided(refused, pending.due));
    let changed = CaseChanged { case: Some(pending.reference.clone()), sequence: 1, now: output };
    let event = Inbound {
        agency: agency.to_owned(),
        kind: EventKind::CaseChanged,
        sequence: 1,
        happened_at: now,
        data: serde_json::to_value(&changed).map_err(|error| YearError::Unwritten(error.to_string()))?,
    };
    Ok(Reports::new(Arc::clone(ring)).apply(c, now, &event)? == Settled::Applied)
}

/// An officer takes it on and grants it, in the portal.
pub(super) fn grant(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    edition: &Arc<Edition>,
    clerk: &Clerk,
    (service, reference): (&str, &str),
) -> Result<(), YearError> {
    let clocks = Clocks::of(edition, service);
    let granted = Said { reason: Some(GRANTED.to_owned()), ..Said::default() };
    let (case, _) = desk::one(c, &clerk.cases, reference)?;
    // What nobody looked at for long counts as accepted.
    let accepts = desk::possible(&case)?.contains(&Act::Accept);
    let acts = [(Act::Accept, Said::default()), (Act::Grant, granted)];
    for (act, said) in acts.into_iter().filter(|(act, _)| accepts || *act != Act::Accept) {
        desk::carry_out(c, ring, now, &clerk.cases, &clocks, (reference, &Order { act, said, code: None }))?;
    }
    Ok(())
}
