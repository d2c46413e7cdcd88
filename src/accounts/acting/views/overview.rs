//! The list of who acts for whom, and the represented person's details.

use askama::Template;
use chrono::TimeDelta;
use yimen_contract::Bilingual;

use crate::{
    accounts::acting::{Delegation, Kind, Matters, Scope, State, asked_from, model::What},
    platform::{
        Moment, Texts,
        clock::{CITY_ZONE, city_day},
        named,
    },
    web::frame::{Dates as _, Frame},
};

/// `/me/acting`
#[derive(Debug, Template)]
#[template(path = "accounts/acting/overview.html")]
pub struct ActingView {
    pub frame: Frame,
    pub csrf: String,
    /// What the form before this page did.
    pub said: Option<Said>,
    pub now: Option<Now>,
    pub mine: Vec<Line>,
    pub offers: Vec<Line>,
    pub agents: Vec<Line>,
    pub companies: Vec<CompanyLine>,
    pub deeds: Vec<DeedLine>,
}

/// What came of a form.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub words: &'static str,
    /// Something to mind, rather than something done.
    pub warn: bool,
}

/// For whom the session acts.
#[derive(Debug, Clone)]
pub struct Now {
    pub name: String,
    pub holds: bool,
}

/// A delegation in a list.
#[derive(Debug, Clone)]
pub struct Line {
    pub id: String,
    /// The other side.
    pub name: String,
    pub kind: &'static str,
    pub scope: String,
    pub term: String,
    pub note: Option<&'static str>,
    pub standing: Standing,
}

/// Where a delegation stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be used.
    InForce,
    /// It is being used by this session.
    Current,
    /// Offered, or waiting for proof.
    Proposed,
    /// The child itself is asked.
    Asked,
    /// Its time has not come.
    Later,
}

#[derive(Debug, Clone)]
pub struct CompanyLine {
    pub name: String,
    pub code: String,
    pub confirmed: bool,
}

#[derive(Debug, Clone)]
pub struct DeedLine {
    pub text: String,
    pub company: bool,
    pub at: String,
}

impl Line {
    /// A delegation as either side sees it; `name` is the other side's.
    pub fn new(t: Texts, matters: &dyn Matters, now: Moment, one: &Delegation, name: String) -> Self {
        let kind = match one.kind() {
            Kind::Child => t.acting_kind_child(),
            Kind::Person => t.acting_kind_person(),
            Kind::Company => t.acting_kind_company(),
        };
        let last = city_day(one.ends_at() - TimeDelta::seconds(1));
        let term = t.acting_term(named::First(t.day(&city_day(one.starts_at()))), named::Last(t.day(&last)));
        let standing = if one.state() == State::Proposed {
            Standing::Proposed
        } else if one.kind() == Kind::Child && now >= asked_from(one.ends_at()) && !one.is_agreed() {
            Standing::Asked
        } else if one.starts_at() > now {
            Standing::Later
        } else {
            Standing::InForce
        };
        let note = match (standing, one.kind()) {
            (Standing::Proposed, Kind::Child) => Some(t.acting_note_papers()),
            (Standing::Proposed, Kind::Person | Kind::Company) => Some(t.acting_note_offered()),
            (Standing::Asked, _) => Some(t.acting_note_child()),
            (Standing::Later, _) => Some(t.acting_note_later()),
            (Standing::InForce | Standing::Current, _) => None,
        };
        Self {
            id: one.id.to_string(),
            name,
            kind,
            scope: scope_words(t, matters, one.scope()),
            term,
            note,
            standing,
        }
    }

    pub fn is(&self, standing: Standing) -> bool {
        self.standing == standing
    }
}

fn scope_words(t: Texts, matters: &dyn Matters, scope: &Scope) -> String {
    let joined = |names: Vec<String>| names.join(t.list_comma());
    match scope {
        Scope::All => t.acting_scope_all().to_owned(),
        Scope::Domains(codes) => {
            let known = matters.domains();
            let named = |code: &String| {
                let found = known.iter().find(|(known, _)| known == code);
                found.map_or_else(|| code.clone(), |(_, name)| t.say(name).text.to_owned())
            };
            t.acting_scope_domains(joined(codes.iter().map(named).collect()))
        }
        Scope::Services(codes) => {
            let named = |code: &String| service_name(t, matters, code);
            t.acting_scope_services(joined(codes.iter().map(named).collect()))
        }
    }
}

/// A service that is no longer offered keeps its code.
fn service_name(t: Texts, matters: &dyn Matters, code: &str) -> String {
    let name: Option<Bilingual> = matters.service(code).map(|(name, _)| name);
    name.map_or_else(|| code.to_owned(), |name| t.say(&name).text.to_owned())
}

impl DeedLine {
    pub fn new(
        t: Texts,
        matters: &dyn Matters,
        agent: &str,
        what: Option<What>,
        service: Option<&str>,
        at: Moment,
        company: bool,
    ) -> Self {
        let text = match (what, service) {
            (Some(What::SawDetails), _) => t.acting_deed_saw(agent),
            (Some(What::SawDocuments), _) => t.acting_deed_saw_documents(agent),
            (Some(What::KeptDocuments), _) => t.acting_deed_kept_documents(agent),
            (Some(What::Service), Some(code)) => {
                t.acting_deed_service(named::Name(agent), named::Service(service_name(t, matters, code)))
            }
            _ => t.acting_deed_began(agent),
        };
        Self { text, company, at: t.moment(&at.with_timezone(&CITY_ZONE).naive_local()) }
    }
}

/// `/me/acting/person`: whom one acts for.
#[derive(Debug, Template)]
#[template(path = "accounts/acting/person.html")]
pub struct PersonView {
    pub frame: Frame,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub number: Option<String>,
}
