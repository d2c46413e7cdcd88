//! `/me/reminders/{id}`: one date, what became of its reminders, and how its holder wants to be reminded.

use actix_web::{
    Either, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{Days, NaiveDate};

use super::{DATES, Reader, line, plan_typed};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::{Conn, DbError},
    ledger::LedgerError,
    platform::named,
    reminders::{
        Deadline, DeadlineId, Source, own, queries,
        views::{DateView, ReminderLine},
        wishes::{self, Answer, Wanted},
    },
    web::{
        Failure, Page, Site, Submitted, Visitor,
        frame::{Choice, Dates as _, Field},
        query, see_other,
    },
};

type Found = (Deadline, Option<String>, Vec<(i32, String, Option<String>)>);

async fn read(site: &Site, reader: &Reader, id: DeadlineId) -> Result<Found, Failure> {
    let (ring, now, reader) = (site.keys.clone(), site.clock.now(), reader.clone());
    let acts = reader.acts();
    let read = move |c: &mut Conn| {
        let Some(deadline) = queries::find(c, &reader.whose, id)? else { return Ok(None) };
        let warrant = reader.warrant(c, &ring, now)?;
        let reminders = queries::reminders_of(c, &deadline)?;
        let named = queries::named(c, &ring, (&warrant, &reader.whose), vec![deadline])?.pop();
        Ok::<_, LedgerError>(named.map(|(deadline, said)| (deadline, said, reminders)))
    };
    let found = if acts { site.db.tx(read).await } else { site.db.read(read).await };
    found?.ok_or(Failure::NotFound)
}

fn id_of(id: &str) -> Result<DeadlineId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn view(visitor: &Visitor, site: &Site, shelf: &Shelf, found: Found) -> Result<DateView, Failure> {
    let (deadline, said, reminders) = found;
    let edition = shelf.edition()?;
    let t = visitor.texts();
    let today = site.clock.today();
    let date = line(Presenter::new(t, &edition.catalogue), &deadline, said.as_deref(), today);
    let plan: Vec<String> = deadline.plan().iter().map(u16::to_string).collect();
    let own = deadline.source == Source::Own.tag();
    Ok(DateView {
        csrf: visitor.form_token(site)?,
        said: None,
        url: format!("{DATES}/{}", deadline.id),
        path: Some(deadline.path()).filter(|path| path != DATES),
        reminders: reminders
            .into_iter()
            .map(|(days, state, reason)| ReminderLine {
                days,
                on: deadline
                    .due_on
                    .checked_sub_days(Days::new(u64::try_from(days).unwrap_or_default()))
                    .unwrap_or(deadline.due_on),
                state,
                reason,
            })
            .collect(),
        plan: Field {
            required: true,
            ..Field::new("plan", t.date_plan()).hint(t.date_plan_hint()).value(plan.join(", "))
        },
        snooze: Field::new("snooze", t.date_snooze())
            .hint(t.date_snooze_hint())
            .value(deadline.snoozed_until.map(|day| day.to_string()).unwrap_or_default()),
        mute: Field::new("mute", t.date_mute()).choices(vec![Choice::new(
            "yes",
            t.date_mute_yes(),
            deadline.muted,
        )]),
        own,
        date,
        frame: visitor.frame(),
    })
}

pub async fn date(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    request: HttpRequest,
) -> Result<Page, Failure> {
    let id = id_of(&id)?;
    let reader = Reader::of(&visitor, &site).await?;
    let found = read(&site, &reader, id).await?;
    let said = query(&request, "said").map(|_| ("ok", visitor.texts().date_said_wanted().to_owned()));
    Page::new(&DateView { said, ..view(&visitor, &site, &shelf, found)? })
}

/// Keeps how somebody wants to be reminded.
pub async fn want(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    id: Path<String>,
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let id = id_of(&id)?;
    let reader = Reader::of(&visitor, &site).await?;
    let (now, today) = (site.clock.now(), site.clock.today());
    let (plan, typed) = (plan_typed(sent.get("plan")), sent.get("snooze").to_owned());
    let muted = sent.get("mute") == "yes";
    let snoozed = typed.parse::<NaiveDate>().ok().filter(|day| *day > today);
    let t = visitor.texts();
    let mut wrong_plan = plan.is_none().then(|| t.date_wrong_plan().to_owned());
    let misread = !typed.is_empty() && snoozed.is_none();
    let mut wrong_snooze = misread.then(|| t.date_wrong_snooze().to_owned());
    if wrong_plan.is_none() && wrong_snooze.is_none() {
        let wanted = Wanted { plan, muted, snoozed_until: snoozed };
        let whoever = reader.clone();
        let want = move |c: &mut Conn| {
            if queries::find(c, &whoever.whose, id)?.is_none() {
                return Ok(Answer::Unknown);
            }
            let answer = wishes::want(c, now, whoever.whose.citizen, id, &wanted)?;
            if answer == Answer::Kept {
                whoever.kept(c, now)?;
            }
            Ok::<_, DbError>(answer)
        };
        match site.db.tx(want).await? {
            Answer::Kept => return Ok(Either::Left(see_other(&format!("{DATES}/{id}?said=wanted")))),
            Answer::Unknown => return Err(Failure::NotFound),
            Answer::Late { closes, days } => {
                wrong_plan = Some(t.date_wrong_late(named::Day(t.day(&closes)), named::Days(days)));
            }
            Answer::Sleeps { until } => wrong_snooze = Some(t.date_wrong_sleep(t.day(&until))),
        }
    }
    let found = read(&site, &reader, id).await?;
    let mut view = view(&visitor, &site, &shelf, found)?;
    sent.get("plan").clone_into(&mut view.plan.value);
    view.mute = Field::new("mute", t.date_mute()).choices(vec![Choice::new("yes", t.date_mute_yes(), muted)]);
    (view.plan.error, view.snooze.error) = (wrong_plan, wrong_snooze);
    view.snooze.value = typed;
    Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// Forgets a date of one's own.
pub async fn forget(
    visitor: Visitor,
    site: Data<Site>,
    id: Path<String>,
    _sent: Submitted,
) -> Result<HttpResponse, Failure> {
    let id = id_of(&id)?;
    let reader = Reader::of(&visitor, &site).await?;
    let (now, citizen) = (site.clock.now(), reader.person()?);
    let forget = move |c: &mut Conn| {
        let gone = own::forget(c, now, citizen, id)?;
        if gone {
            reader.kept(c, now)?;
        }
        Ok::<_, DbError>(gone)
    };
    if site.db.tx(forget).await? {
        Ok(see_other(&format!("{DATES}?said=forgotten")))
    } else {
        Err(Failure::NotFound)
    }
}
