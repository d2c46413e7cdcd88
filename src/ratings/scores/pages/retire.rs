//! What whoever is above does about what they see: a service that nobody uses its agency is asked to retire, and says why it
//! stays; of what is unusual they say what came of it.

use actix_web::{Either, HttpRequest, HttpResponse, http::StatusCode};
use chrono::NaiveDate;

use super::{Here, Two, admin::view, desk::Seat, service_url};
use crate::{
    accounts::staff::{Act as May, pages::AtAgencies},
    catalogue::{present::Presenter, retired::Retired},
    db::Conn,
    platform::Texts,
    ratings::{
        pages::{fits, service_name},
        scores::{
            noted::{self, Outcome},
            retire::{self as retiring, Retirement},
            views::{RetireLine, RetireView},
        },
    },
    web::{
        Failure, Page, Submitted, Visitor,
        frame::{Dates as _, Field, Link},
        query, see_other,
    },
};

/// Letters of a reason, and of an answer.
const LONGEST: usize = 300;
const ADMIN: &str = "/admin/quality";

/// What a form leads to: the way on, or itself with what is wrong.
type Answer = Result<Either<HttpResponse, Page>, Failure>;

/// `POST /admin/quality/retire`
pub async fn retire(visitor: Visitor, two: Two, request: HttpRequest, posted: Submitted) -> Answer {
    let here = Here::of(&two)?;
    let at = AtAgencies::of(&visitor, &two.0).await?;
    let catalogue = &here.edition.catalogue;
    let entry = catalogue.service(posted.get("service")).ok_or(Failure::NotFound)?;
    let (service, agency) = (entry.service.code.clone(), catalogue.agency_of(entry).slug.clone());
    if !at.may_above(May::AnswerAbove, &agency) {
        return Err(Failure::NotFound);
    }
    if posted.get("act") == "back" {
        two.0.db.tx(move |c: &mut Conn| retiring::take_back(c, &service)).await?;
        return Ok(Either::Left(see_other(&format!("{ADMIN}?said=back"))));
    }
    let t = visitor.texts();
    let typed =
        ["day", "reason", "successor"].map(|name| posted.get(&format!("{name}-{service}")).to_owned());
    let [day, reason, successor] = typed.clone();
    let on = day.parse::<NaiveDate>().ok().filter(|on| *on >= here.today);
    let unsaid = reason.is_empty() || !fits(&reason, LONGEST);
    let successor = Some(successor.to_ascii_uppercase()).filter(|code| !code.is_empty());
    let unknown =
        successor.as_ref().is_some_and(|code| *code == service || catalogue.service(code).is_none());
    let wrong = [
        on.is_none().then(|| t.quality_retire_day_wrong().to_owned()),
        unsaid.then(|| t.quality_retire_reason_wrong(LONGEST)),
        unknown.then(|| t.quality_retire_successor_wrong().to_owned()),
    ];
    let Some(on) = on.filter(|_| wrong.iter().all(Option::is_none)) else {
        return refused((&visitor, &two, &request), &service, (typed, wrong)).await;
    };
    let old = Retired { name: entry.service.name.zh.clone(), service, agency, successor };
    let (now, by) = (two.0.clock.now(), at.member.login.clone());
    let ask = move |c: &mut Conn| retiring::ask(c, now, &by, &old, (on, &reason));
    two.0.db.tx(ask).await?;
    Ok(Either::Left(see_other(&format!("{ADMIN}?said=asked"))))
}

/// The page once more, with what was typed, and what is wrong beside its field.
async fn refused(
    (visitor, two, request): (&Visitor, &Two, &HttpRequest),
    service: &str,
    (typed, wrong): ([String; 3], [Option<String>; 3]),
) -> Answer {
    let mut view = view(visitor, two, request).await?;
    let line = view.silent.iter_mut().find(|line| line.code == service && line.retire.is_none());
    // It was asked meanwhile, or somebody uses it again: there is no form of it any more.
    let Some(line) = line else {
        return Ok(Either::Left(see_other(&format!("{ADMIN}?said=missing"))));
    };
    for ((field, value), error) in line.ask.iter_mut().zip(typed).zip(wrong) {
        field.value = value;
        field.error = error;
    }
    view.mistakes = line.ask.iter().filter_map(Field::mistake).collect();
    Ok(Either::Right(Page::new(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY)))
}

/// `POST /admin/quality/alarm`: what came of looking into something unusual.
pub async fn alarm(visitor: Visitor, two: Two, sent: Submitted) -> Result<HttpResponse, Failure> {
    let limits = Here::of(&two)?.limits;
    let at = AtAgencies::of(&visitor, &two.0).await?;
    let (agency, kind) = (sent.get("agency").to_owned(), sent.get("kind").to_owned());
    let from: NaiveDate = sent.get("from").parse().map_err(|_| Failure::NotFound)?;
    if !at.may_above(May::AnswerAbove, &agency) {
        return Err(Failure::NotFound);
    }
    let which = format!("{agency}-{kind}-{from}");
    let outcome = Outcome::named(sent.get(&format!("outcome-{which}"))).ok_or(Failure::NotFound)?;
    let words = sent.get(&format!("words-{which}")).to_owned();
    if words.is_empty() || !fits(&words, LONGEST) {
        return Ok(see_other(&format!("{ADMIN}?said=unsaid")));
    }
    let (now, by) = (two.0.clock.now(), at.member.login.clone());
    let note =
        move |c: &mut Conn| noted::note(c, (now, &limits), &by, (&agency, &kind, from), (outcome, &words));
    two.0.db.tx(note).await?;
    Ok(see_other(&format!("{ADMIN}?said=noted")))
}

/// `POST /agency/quality/retire`
pub async fn stays(visitor: Visitor, two: Two, posted: Submitted) -> Result<HttpResponse, Failure> {
    let here = Here::of(&two)?;
    let seat = Seat::of(&visitor, &two.0, &here).await?;
    let agency = seat.agency(Some(posted.get("agency")))?.to_owned();
    if !seat.leads(&agency) {
        return Err(Failure::Refused);
    }
    let service = posted.get("service").to_owned();
    let words = posted.get(&format!("stays-{service}")).to_owned();
    let page = format!("/agency/quality?agency={agency}");
    if words.is_empty() || !fits(&words, LONGEST) {
        return Ok(see_other(&format!("{page}&said=missing")));
    }
    let (now, by) = (two.0.clock.now(), seat.at.member.login.clone());
    let say = move |c: &mut Conn| retiring::answer(c, now, &by, (&service, &agency), &words);
    two.0.db.tx(say).await?;
    Ok(see_other(&format!("{page}&said=replied")))
}

/// What came of a form, from the address that it led to.
pub(super) fn said(t: Texts, request: &HttpRequest) -> Option<(&'static str, String)> {
    let word = query(request, "said")?;
    if word == "unsaid" {
        return Some(("warn", t.quality_alarm_unsaid(LONGEST)));
    }
    if word == "missing" {
        return Some(("warn", t.quality_retire_missing(LONGEST)));
    }
    let words = t.quality_said(&word);
    (!words.is_empty()).then_some(("ok", words))
}

/// By when, why, and what takes its place.
pub(super) fn ask_fields(t: Texts, code: &str) -> [Field; 3] {
    let day = Field { required: true, ..Field::new(format!("day-{code}"), t.quality_retire_day()) };
    let reason = Field { required: true, ..Field::new(format!("reason-{code}"), t.quality_retire_reason()) };
    let successor = Field::new(format!("successor-{code}"), t.quality_retire_successor());
    [day, reason, successor.hint(t.quality_retire_successor_hint())]
}

pub(super) fn retire_view(t: Texts, today: NaiveDate, one: Retirement) -> RetireView {
    RetireView {
        day: t.day(&one.retire_on),
        late: one.retire_on < today,
        reason: one.reason,
        answer: one.answer,
    }
}

/// What an agency is asked. Whoever speaks for it may say why a service stays.
pub(super) fn retire_line(
    present: Presenter<'_>,
    today: NaiveDate,
    leads: bool,
    one: Retirement,
) -> RetireLine {
    let t = present.t;
    let code = one.service.clone();
    let field = || {
        let label = t.quality_retire_answer();
        Field { required: true, ..Field::new(format!("stays-{code}"), label) }
    };
    RetireLine {
        answer: leads.then(field),
        name: Link::new(service_name(present, &code), service_url(&code)),
        retire: retire_view(t, today, one),
        code,
    }
}
