//! Sending a reminder: its source is asked once more, and what it says goes before what was known. The reminder is settled and
//! the notice said in one transaction.

use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_licences::reminders::{Event, Found, Phase, Reason, Recheck, recheck, step};

use super::{
    Means, Source, documents,
    keep::write,
    matters,
    model::{Deadline, DeadlineId, ReminderId, phase_named},
    yearly,
};
use crate::{
    accounts::{self, AccountError, acting},
    catalogue::Edition,
    db::{
        Conn, DbError,
        schema::{deadlines, reminders},
    },
    jobs::{Done, Failure, Job, Running},
    ledger::CitizenId,
    notices::{self, Principal, Reminded},
    platform::{Moment, clock::city_day},
    wallet::{
        self, DocumentId, Whose,
        pull::{Asker, Came},
    },
};

/// Sends one reminder, known by what it is: whose, of what, for which date, how long before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Send {
    citizen: CitizenId,
    deadline: DeadlineId,
    due: NaiveDate,
    days_before: u16,
}

impl Send {
    pub(super) fn of(deadline: &Deadline, days_before: u16) -> Self {
        Self { citizen: deadline.citizen_id, deadline: deadline.id, due: deadline.due_on, days_before }
    }

    /// Its source is waited for until this day: a third of the time that is left, three days at most.
    fn send_by(&self) -> NaiveDate {
        let planned = self.due.checked_sub_days(Days::new(self.days_before.into())).unwrap_or(self.due);
        planned.checked_add_days(Days::new(u64::from(self.days_before / 3).min(3))).unwrap_or(planned)
    }
}

impl Job for Send {
    const KIND: &'static str = "reminders.send";
    /// Longer than any source is waited for: what becomes of a reminder its runner says, not the queue.
    const BUDGET: TimeDelta = TimeDelta::days(14);

    fn key(&self) -> Option<String> {
        Some(format!("{}/{}/{}", self.deadline, self.due, self.days_before))
    }
}

/// The reminder as it stands, with its deadline; nothing, if it is not waiting.
fn waiting(c: &mut Conn, job: &Send) -> Result<Option<(Deadline, ReminderId)>, DbError> {
    let row: Option<(ReminderId, String, Option<String>)> = reminders::table
        .filter(reminders::citizen_id.eq(job.citizen))
        .filter(reminders::deadline_id.eq(job.deadline))
        .filter(reminders::due_on.eq(job.due))
        .filter(reminders::days_before.eq(i32::from(job.days_before)))
        .select((reminders::id, reminders::state, reminders::reason))
        .first(c)
        .optional()?;
    let Some((id, state, reason)) = row else { return Ok(None) };
    if phase_named(&state, reason.as_deref()) != Some(Phase::Waiting) {
        return Ok(None);
    }
    let deadline = deadlines::table
        .find((job.citizen, job.deadline))
        .select(Deadline::as_select())
        .first(c)
        .optional()?;
    Ok(deadline.map(|deadline| (deadline, id)))
}

/// What a source said, before it is taken over.
enum Said {
    /// It need not be asked: it stands in the portal's own tables.
    Here,
    Issuer {
        whose: Whose,
        agency: String,
        kind: String,
        came: Came,
    },
    /// Nobody may be asked about it any more.
    NotAsked,
}

/// Runs [`Send`].
pub async fn send(means: Means, job: Send, running: Running) -> Result<Done, Failure> {
    let site = means.wallet.site.clone();
    let asked = job.clone();
    let found = site.db.read(move |c| waiting(c, &asked)).await.map_err(Failure::from)?;
    let Some((deadline, _)) = found else { return running.finish(|_| Ok::<_, DbError>(())).await };
    let said = ask(&means, &deadline).await?;
    let edition = means.wallet.shelf.edition().map_err(|_| Failure::retry("there is no catalogue yet"))?;
    let today = site.clock.today();
    let away = matches!(&said, Said::Issuer { came: Came::Unavailable, .. });
    if away && today < job.send_by() {
        return Err(Failure::retry("its issuer does not answer"));
    }
    running.finish(move |c| settle(c, &means, &edition, &job, &said)).await
}

async fn ask(means: &Means, deadline: &Deadline) -> Result<Said, Failure> {
    if Source::named(&deadline.source) != Some(Source::Document) {
        return Ok(Said::Here);
    }
    let Ok(id) = deadline.source_id.parse::<DocumentId>() else { return Ok(Said::Here) };
    let citizen = deadline.citizen_id;
    let read = move |c: &mut Conn| {
        let Some(document) = wallet::queries::one(c, citizen, id)? else { return Ok(None) };
        let Some(agency) = document.agency.clone() else { return Ok(None) };
        let whose = document.whose();
        let known = wallet::queries::sources(c, &whose)?.iter().any(|source| source.agency == agency);
        let asker = if known { Asker::portal(c, &whose)? } else { None };
        Ok::<_, AccountError>(Some((document.kind, agency, whose, asker)))
    };
    let found = means.wallet.site.db.read(read).await.map_err(|error| match error {
        AccountError::Db(error) => Failure::from(error),
        error => Failure::give_up(error),
    })?;
    let Some((kind, agency, whose, asker)) = found else { return Ok(Said::Here) };
    // A company is asked about by those who act for it, not by the portal.
    let Some(asker) = asker.filter(|asker| asker.whose.company.is_none()) else { return Ok(Said::NotAsked) };
    let came = wallet::pull::look_again(&means.wallet, &asker, (&agency, &kind)).await;
    Ok(Said::Issuer { whose, agency, kind, came: came.map_err(Failure::retry)? })
}

/// Takes over what the source said, and sends the reminder if it is still meant.
fn settle(c: &mut Conn, means: &Means, edition: &Edition, job: &Send, said: &Said) -> Result<(), Failure> {
    let site = &means.wallet.site;
    let (ring, now) = (&site.keys, site.clock.now());
    let today = city_day(now);
    let Some((before, _)) = waiting(c, job)? else { return Ok(()) };
    let mut found = Found::Expiry(Some(job.due));
    match said {
        Said::Issuer { whose, agency, kind, came } => {
            let kinds = std::slice::from_ref(kind);
            wallet::pull::keep(c, ring, now, (whose, agency), (came, kinds))
                .map_err(wallet::pull::failure)?;
            if matches!(came, Came::Unavailable | Came::Refused) {
                found = Found::Unavailable;
            }
        }
        Said::NotAsked => found = Found::Unavailable,
        Said::Here => {}
    }
    again(c, now, edition, &before)?;
    // What the source said may have settled it: renewed, moved, gone.
    let Some((deadline, reminder)) = waiting(c, job)? else { return Ok(()) };
    if deadline.ended.is_some() || deadline.muted || deadline.snoozed_until.is_some_and(|until| today < until)
    {
        // The next look says what becomes of it.
        diesel::update(deadlines::table.find((deadline.citizen_id, deadline.id)))
            .set(
                deadlines::next_look
                    .eq(deadline.snoozed_until.filter(|until| today < *until).unwrap_or(today)),
            )
            .execute(c)
            .map_err(DbError::from)?;
        return Ok(());
    }
    let send_by = if matches!(said, Said::NotAsked) { today } else { job.send_by() };
    let event = match recheck(job.due, found, today, send_by) {
        // Whoever closed their account is told nothing more.
        _ if !is_open(c, job.citizen)? => Event::Suppress(Reason::AccountEnded),
        Recheck::Send { checked } => {
            tell(c, means, edition, now, &deadline, checked)?;
            diesel::update(reminders::table.find((job.citizen, reminder)))
                .set(reminders::checked.eq(Some(checked)))
                .execute(c)
                .map_err(DbError::from)?;
            Event::Send
        }
        Recheck::Suppress(reason) => Event::Suppress(reason),
        Recheck::Wait => return Err(Failure::retry("its issuer does not answer")),
    };
    let phase = step(Phase::Waiting, event).map_err(Failure::give_up)?;
    write(c, now, (job.citizen, reminder), phase)?;
    mark(c, &deadline, job.days_before, phase)?;
    Ok(())
}

fn is_open(c: &mut Conn, citizen: CitizenId) -> Result<bool, Failure> {
    match accounts::citizen(c, citizen) {
        Ok(person) => Ok(person.is_open()),
        Err(AccountError::Unknown) => Ok(false),
        Err(AccountError::Db(error)) => Err(error.into()),
        Err(error) => Err(Failure::give_up(error)),
    }
}

/// Counts its source anew.
fn again(c: &mut Conn, now: Moment, edition: &Edition, deadline: &Deadline) -> Result<(), Failure> {
    let (citizen, id) = (deadline.citizen_id, deadline.source_id.as_str());
    match Source::named(&deadline.source) {
        Some(Source::Document) => {
            if let Ok(id) = id.parse() {
                documents::count(c, now, &edition.catalogue, citizen, id)?;
            }
        }
        Some(Source::Booking) => matters::booking(c, now, citizen, id)?,
        Some(Source::Case) => matters::case(c, now, citizen, id)?,
        Some(Source::Due) => {
            if let Ok(id) = id.parse() {
                matters::due(c, now, citizen, id)?;
            }
        }
        Some(Source::Own) if !deadline.about.is_empty() => {
            yearly::again(c, now, &edition.catalogue, deadline)?;
        }
        Some(Source::Own) | None => {}
    }
    Ok(())
}

/// In the deadline's own account of its places.
fn mark(c: &mut Conn, deadline: &Deadline, days_before: u16, phase: Phase) -> Result<(), DbError> {
    let plan = deadline.plan();
    let place = deadline.stages(&plan).iter().find(|stage| stage.days_before == days_before);
    let Some(place) = place.map(|stage| stage.place) else { return Ok(()) };
    let mut marks = deadline.marks();
    marks.set(place, phase);
    diesel::update(deadlines::table.find((deadline.citizen_id, deadline.id)))
        .set((
            deadlines::waiting.eq(i32::from(marks.waiting)),
            deadlines::settled.eq(i32::from(marks.settled)),
        ))
        .execute(c)?;
    Ok(())
}

/// Tells the holder, and the parents of a child.
fn tell(
    c: &mut Conn,
    means: &Means,
    edition: &Edition,
    now: Moment,
    deadline: &Deadline,
    checked: bool,
) -> Result<(), Failure> {
    let name = match Source::named(&deadline.source) {
        Some(Source::Document) => {
            edition.catalogue.licence(&deadline.about).map(|(_, licence)| licence.name.clone())
        }
        Some(Source::Booking | Source::Case | Source::Due | Source::Own) => {
            edition.catalogue.service(&deadline.about).map(|entry| entry.service.name.clone())
        }
        None => None,
    };
    // A company's documents are opened by those who act for it, after saying so.
    let company = company_of(c, deadline)?;
    let path = if company.is_some() { "/me/acting".to_owned() } else { deadline.path() };
    let told = |for_other: bool| Reminded {
        source: deadline.source.clone(),
        matter: deadline.matter.clone(),
        name: name.clone(),
        due: deadline.due_on,
        closes: deadline.closes_first().filter(|closes| city_day(now) <= *closes),
        days: (deadline.due_on - city_day(now)).num_days(),
        path: path.clone(),
        checked,
        for_other,
        deadline: Some(deadline.id.to_string()),
    };
    for (hearer, for_other, principal) in hearers(c, now, deadline, company)? {
        notices::remind(c, &means.courier, (hearer, principal), told(for_other))?;
    }
    Ok(())
}

/// Somebody who hears of a date, whether it is somebody else's, and for whom they act in it.
type Hearer = (CitizenId, bool, Option<Principal>);

/// The company whose document it is.
fn company_of(c: &mut Conn, deadline: &Deadline) -> Result<Option<acting::CompanyId>, DbError> {
    let id = Source::named(&deadline.source).filter(|source| *source == Source::Document);
    let Some(id) = id.and_then(|_| deadline.source_id.parse::<DocumentId>().ok()) else { return Ok(None) };
    let document = wallet::queries::one(c, deadline.citizen_id, id)?;
    Ok(document.and_then(|document| document.whose().company))
}

/// Who hears of a date, and whether it is somebody else's: the holder and, of a child's documents, the parents; of what was
/// applied for, the owner and whoever did it for them. A company's matters are its agents' to hear of.
fn hearers(
    c: &mut Conn,
    now: Moment,
    deadline: &Deadline,
    company: Option<acting::CompanyId>,
) -> Result<Vec<Hearer>, DbError> {
    let (owner, id) = (deadline.citizen_id, deadline.source_id.as_str());
    let parties = match Source::named(&deadline.source) {
        Some(Source::Booking) => matters::parties_of_booking(c, owner, id)?,
        Some(Source::Case) => matters::parties_of_case(c, owner, id)?,
        Some(Source::Document | Source::Due | Source::Own) | None => None,
    };
    if let Some((acting, relation, company)) = parties {
        let principal = Principal::of(owner, company, acting);
        let owner = (relation != "company").then_some(owner);
        let agent = (Some(acting) != owner).then_some((acting, relation != "company", principal));
        return Ok(owner.map(|owner| (owner, false, None)).into_iter().chain(agent).collect());
    }
    // They choose about the company apart from what is their own.
    if company.is_some() {
        return Ok(vec![(owner, true, Principal::of(owner, company, owner))]);
    }
    let parents = acting::of_principal(c, now, owner)?.into_iter().filter_map(|delegation| {
        let holds = delegation.kind() == acting::Kind::Child && delegation.state() == acting::State::Active;
        delegation.agent_id.filter(|_| holds)
    });
    let parent = |parent| (parent, true, Some(Principal::Person(owner)));
    Ok(std::iter::once((owner, false, None)).chain(parents.map(parent)).collect())
}
