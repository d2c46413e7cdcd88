//! Telling an agency's own people, at the mailbox they left, what happens to its connection.

use askama::Template;

use super::{
    courier::Courier,
    letters::Letter,
    model::Carrier,
    providers::{Twice, Whom},
};
use crate::{
    agencies::warnings::{self, ContactError, Decision, News, TellAgency},
    db::Db,
    gateway::{sanctions::Grade, views::grade_name},
    jobs::{Done, Failure, Running},
    platform::{Texts, named},
    web::frame::{CityLine, Dates as _},
};

/// What the letter says.
struct Said {
    t: Texts,
    city: String,
    subject: String,
    happened: String,
    address: String,
}

#[derive(Template)]
#[template(path = "mail/agency/body.txt", whitespace = "preserve")]
struct Text<'a> {
    it: &'a Said,
}

#[derive(Template)]
#[template(path = "mail/agency/body.html")]
struct Html<'a> {
    it: &'a Said,
}

fn happened(t: Texts, news: &News) -> String {
    match news {
        News::Expiring { name, on } => {
            t.mail_agency_expiring(named::Day(t.day(on)), named::Name(name.as_str()))
        }
        News::Suspended { capability, calls, faults } => t.mail_agency_suspended(
            named::Calls(*calls),
            named::Capability(capability.as_str()),
            named::Faults(*faults),
        ),
        News::Resumed { capability } => t.mail_agency_resumed(capability.as_str()),
        News::Sanctioned { grade } => {
            let grade = Grade::named(grade).map_or(grade.as_str(), |grade| grade_name(t, grade));
            t.mail_agency_sanctioned(grade)
        }
        News::SanctionLifted => t.mail_agency_sanction_lifted().to_owned(),
        News::Decided { what } => t.mail_agency_decided(what.tag()),
        News::Retiring { service, on } => {
            t.mail_agency_retiring(named::Day(t.day(on)), named::Service(service.as_str()))
        }
        News::StillAway { since } => t.mail_agency_still_away(t.day(since)),
        News::DueSoon { cases, late, by } => {
            t.mail_agency_due_soon(named::Cases(*cases), named::Day(t.day(by)), named::Late(*late))
        }
    }
}

fn letter(t: Texts, line: &CityLine, job: &TellAgency) -> askama::Result<Letter> {
    let city = t.say(&line.name).text.to_owned();
    let agency = job.agency.as_str();
    let page = match job.news {
        News::Expiring { .. } => format!("bindings?agency={agency}"),
        News::Retiring { .. } => format!("quality?agency={agency}"),
        News::Decided { what: Decision::AppealUpheld | Decision::AppealRejected } => "ratings".to_owned(),
        News::Decided { .. } => format!("packages/{agency}"),
        News::StillAway { .. } => format!("maintenance?agency={agency}"),
        News::DueSoon { .. } => format!("cases?agency={agency}"),
        _ => format!("health?agency={agency}"),
    };
    let it = &Said {
        t,
        subject: t.mail_agency_subject(named::Agency(agency), named::City(city.as_str())),
        happened: happened(t, &job.news),
        address: format!("{}/agency/{page}", line.origin),
        city,
    };
    Ok(Letter {
        subject: it.subject.clone(),
        text: Text { it }.render()?,
        html: Html { it }.render()?,
        ..Letter::default()
    })
}

/// Sends one piece of news to an agency's mailbox, if it left one and mail is set up; its pages say it anyway.
pub async fn tell_agency(
    (db, courier): (Db, Courier),
    job: TellAgency,
    running: Running,
) -> Result<Done, Failure> {
    let (asked, ring) = (job.agency.clone(), courier.keys.clone());
    let contact = db.read(move |c| warnings::contact(c, &ring, &asked)).await;
    let contact = contact.map_err(|error| match error {
        ContactError::Db(error) => error.into(),
        ContactError::Keys(error) => Failure::give_up(error),
    })?;
    if let Some(contact) = contact.filter(|_| courier.has(Carrier::Email)) {
        let letter = letter(Texts::new(contact.lang), &courier.chrome.city(), &job)
            .map_err(|error| Failure::give_up(format!("the letter: {error}")))?;
        let key = running.idempotency_key();
        courier.mail(&key, &contact.email, &letter, (Whom::Any, Twice::Harmless)).await?;
    }
    running.finish(|_| Ok::<_, Failure>(())).await
}
