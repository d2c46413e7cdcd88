//! `/me/reminders`: what falls due, month by month; and setting a date of one's own.

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode, web::Data};
use chrono::{Datelike as _, NaiveDate};
use yimen_contract::text::is_unprintable;

use super::{DATES, Reader, line, plan_typed, yearly};
use crate::{
    catalogue::{Shelf, present::Presenter},
    db::Conn,
    ledger::LedgerError,
    platform::named,
    reminders::{
        Deadline, feed, own, queries,
        views::{DatesView, Month},
    },
    web::{Failure, Page, Site, Submitted, Visitor, frame::Field, query, see_other},
};

/// Longer words nobody needs for a date.
const LONGEST: usize = 60;

#[derive(Debug)]
struct Typed {
    words: String,
    due: String,
    plan: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self { words: String::new(), due: String::new(), plan: "30, 7, 1".to_owned() }
    }
}

type Found = (Vec<(Deadline, Option<String>)>, Option<String>);

async fn view(visitor: &Visitor, site: &Site, shelf: &Shelf, typed: &Typed) -> Result<DatesView, Failure> {
    let reader = Reader::of(visitor, site).await?;
    let (ring, now, today) = (site.keys.clone(), site.clock.now(), site.clock.today());
    let (acting, company) = (reader.acts(), reader.whose.company.is_some());
    let read = move |c: &mut Conn| {
        let coming = queries::coming(c, &reader.whose, today)?;
        let warrant = reader.warrant(c, &ring, now)?;
        let found = queries::named(c, &ring, (&warrant, &reader.whose), coming)?;
        let calendar = if reader.acts() { None } else { feed::token(c, &ring, &warrant)? };
        Ok::<Found, LedgerError>((found, calendar))
    };
    let (found, calendar) = if acting { site.db.tx(read).await } else { site.db.read(read).await }?;
    let edition = shelf.edition()?;
    let t = visitor.texts();
    let present = Presenter::new(t, &edition.catalogue);
    let mut months: Vec<Month> = Vec::new();
    for (deadline, said) in &found {
        let due = deadline.due_on;
        let id = format!("m{}-{}", due.year(), due.month());
        let name = t.found_month(named::Month(due.month()), named::Year(due.year()));
        if months.last().is_none_or(|month| month.id != id) {
            months.push(Month { name, id, dates: Vec::new() });
        }
        if let Some(month) = months.last_mut() {
            month.dates.push(line(present, deadline, said.as_deref(), today));
        }
    }
    let required = |field: Field| Field { required: true, ..field };
    Ok(DatesView {
        csrf: visitor.form_token(site)?,
        said: None,
        months,
        words: required(Field::new("words", t.date_words()).hint(t.date_words_hint()).value(&typed.words)),
        due: required(Field::new("due", t.date_due()).value(&typed.due)),
        plan: required(Field::new("plan", t.date_plan()).hint(t.date_plan_hint()).value(&typed.plan)),
        yearly: if company { Vec::new() } else { yearly::all(present) },
        calendar: calendar.map(|token| format!("{}/calendar/{token}.ics", site.origin())),
        acting,
        company,
        frame: visitor.frame(),
    })
}

pub async fn dates(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    request: HttpRequest,
) -> Result<Page, Failure> {
    let t = visitor.texts();
    let said = match query(&request, "said").as_deref() {
        Some("set") => Some(("ok", t.date_said_set().to_owned())),
        Some("forgotten") => Some(("ok", t.date_said_forgotten().to_owned())),
        Some("calendar") => Some(("ok", t.date_said_calendar().to_owned())),
        Some("ended") => Some(("ok", t.date_said_ended().to_owned())),
        _ => None,
    };
    let view = DatesView { said, ..view(&visitor, &site, &shelf, &Typed::default()).await? };
    Page::new(&view)
}

/// Sets a date of one's own.
pub async fn add(
    visitor: Visitor,
    (site, shelf): (Data<Site>, Data<Shelf>),
    sent: Submitted,
) -> Result<Either<HttpResponse, Page>, Failure> {
    let get = |name: &str| sent.get(name).to_owned();
    let typed = Typed { words: get("words"), due: get("due"), plan: get("plan") };
    let (t, today) = (visitor.texts(), site.clock.today());
    let due = typed.due.parse::<NaiveDate>().ok().filter(|day| (1900..2200).contains(&day.year()));
    let plan = plan_typed(&typed.plan);
    let fine = !typed.words.is_empty()
        && typed.words.chars().count() <= LONGEST
        && !typed.words.chars().any(is_unprintable);
    let mut many = false;
    if let (Some(due), Some(days), true) = (due.filter(|due| *due > today), &plan, fine) {
        let reader = Reader::of(&visitor, &site).await?;
        let citizen = reader.person()?;
        let (ring, now) = (site.keys.clone(), site.clock.now());
        let date = own::Set { words: typed.words.clone(), due, plan: days.clone() };
        let keep = move |c: &mut Conn| {
            let kept = own::set(c, &ring, now, citizen, &date)?;
            if kept {
                reader.kept(c, now)?;
            }
            Ok::<_, LedgerError>(kept)
        };
        if site.db.tx(keep).await? {
            return Ok(Either::Left(see_other(&format!("{DATES}?said=set"))));
        }
        many = true;
    }
    let mut shown = view(&visitor, &site, &shelf, &typed).await?;
    if !fine {
        shown.words.error = Some(t.date_wrong_words().to_owned());
    } else if many {
        shown.words.error = Some(t.date_wrong_many().to_owned());
    }
    match due {
        None => shown.due.error = Some(t.wrong_date().to_owned()),
        Some(due) if due <= today => shown.due.error = Some(t.date_wrong_due().to_owned()),
        Some(_) => {}
    }
    if plan.is_none() {
        shown.plan.error = Some(t.date_wrong_plan().to_owned());
    }
    Ok(Either::Right(Page::new(&shown)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}
