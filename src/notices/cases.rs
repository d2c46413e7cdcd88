//! Telling people where their application stands: once for each change.

use askama::Template;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yimen_contract::Bilingual;

use super::{
    courier::Courier,
    letters::Letter,
    news::{News, Shown, Unreachable},
    say::say,
};
use crate::{
    agencies::{self, InstallError},
    db::Conn,
    jobs::{Done, Failure, Job, Priority, Running},
    ledger::CitizenId,
    platform::{Texts, named},
    web::frame::CityLine,
};

/// A case stands differently. Whoever enqueues it does so in the transaction that changes the case.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseNews {
    pub citizen: CitizenId,
    pub case: Uuid,
    pub reference: String,
    /// The service's code.
    pub service: String,
    /// The agency's public name.
    pub agency: String,
    /// The state's name in the table of cases.
    pub state: String,
}

impl Job for CaseNews {
    const KIND: &'static str = "notices.case";
    const PRIORITY: Priority = Priority::Normal;
    const BUDGET: TimeDelta = TimeDelta::days(2);
}

/// What a notice about a case says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CaseTold {
    reference: String,
    service: Bilingual,
    state: String,
}

/// Runs [`CaseNews`].
pub async fn case_changed(courier: Courier, job: CaseNews, running: Running) -> Result<Done, Failure> {
    running.finish(move |c| tell(c, &courier, job)).await
}

fn tell(c: &mut Conn, courier: &Courier, job: CaseNews) -> Result<(), Unreachable> {
    let service = match agencies::agency(c, &job.agency) {
        Ok(found) => found.package.services.into_iter().find(|service| service.code == job.service),
        Err(InstallError::Db(error)) => return Err(error.into()),
        Err(_) => None,
    };
    // A service that is gone is known by its code.
    let service = service.map_or_else(|| Bilingual::new(&job.service, &job.service), |service| service.name);
    let citizen = job.citizen;
    let told = CaseTold { reference: job.reference, service, state: job.state };
    say(c, courier, citizen, &News::Case(told))
}

struct CaseLetter {
    t: Texts,
    city: String,
    hotline: String,
    subject: String,
    lead: String,
    address: String,
}

#[derive(Template)]
#[template(path = "mail/case/subject.txt")]
struct CaseSubject<'a> {
    it: &'a CaseLetter,
}

#[derive(Template)]
#[template(path = "mail/case/body.txt", whitespace = "preserve")]
struct CaseText<'a> {
    it: &'a CaseLetter,
}

#[derive(Template)]
#[template(path = "mail/case/body.html")]
struct CaseHtml<'a> {
    it: &'a CaseLetter,
}

/// The letter about a case.
pub(super) fn letter(t: Texts, line: &CityLine, told: &CaseTold) -> askama::Result<Letter> {
    let it = &CaseLetter {
        t,
        city: t.say(&line.name).text.to_owned(),
        hotline: line.hotline.clone(),
        subject: said(t, told),
        lead: lead(t, told),
        address: address(line, told),
    };
    Ok(Letter {
        subject: CaseSubject { it }.render()?.trim().to_owned(),
        text: CaseText { it }.render()?,
        html: CaseHtml { it }.render()?,
    })
}

/// The text message about a case.
pub(super) fn text(t: Texts, line: &CityLine, told: &CaseTold) -> String {
    t.sms_case(named::Address(address(line, told)), named::Said(lead(t, told)))
}

fn said(t: Texts, told: &CaseTold) -> String {
    t.mail_case_subject(named::Service(t.say(&told.service).text), named::State(t.case_state(&told.state)))
}

fn lead(t: Texts, told: &CaseTold) -> String {
    t.mail_case_lead(
        named::Reference(told.reference.as_str()),
        named::Service(t.say(&told.service).text),
        named::State(t.case_state(&told.state)),
    )
}

fn address(line: &CityLine, told: &CaseTold) -> String {
    format!("{}{}", line.origin, path(told))
}

fn path(told: &CaseTold) -> String {
    format!("/me/cases/{}", told.reference)
}

/// In the inbox.
pub(super) fn shown(t: Texts, told: &CaseTold) -> Shown {
    Shown { title: said(t, told), text: lead(t, told), path: path(told) }
}
