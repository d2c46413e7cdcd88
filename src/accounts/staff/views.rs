//! What the pages of staff show.

use askama::Template;

use super::{Act, Member, Role};
use crate::{
    accounts::views::DeviceLine,
    platform::{Moment, Texts},
    web::frame::{Dates as _, Field, Frame, Input, Mistake},
};

pub fn role_name(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Administrator => t.staff_role_administrator(),
        Role::Manager => t.staff_role_manager(),
        Role::Officer => t.staff_role_officer(),
        Role::Integrator => t.staff_role_integrator(),
        Role::Auditor => t.staff_role_auditor(),
        Role::Helper => t.staff_role_helper(),
    }
}

pub fn act_name(t: Texts, act: Act) -> &'static str {
    match act {
        Act::SeePeople => t.staff_act_see_people(),
        Act::ManagePeople => t.staff_act_manage_people(),
        Act::Counter => t.staff_act_counter(),
        Act::WorkCases => t.staff_act_work_cases(),
        Act::WorkAssigned => t.staff_act_work_assigned(),
        Act::Integrate => t.staff_act_integrate(),
        Act::Audit => t.staff_act_audit(),
        Act::Approve => t.staff_act_approve(),
        Act::Warn => t.staff_act_warn(),
    }
}

pub fn state_name(t: Texts, member: &Member, now: Moment) -> &'static str {
    match member.state.as_str() {
        "invited" => t.staff_state_invited(),
        "active" if !member.is_over(now) => t.staff_state_active(),
        _ => t.staff_state_ended(),
    }
}

/// What was done to an account, in words.
pub fn history_words(t: Texts, act: &str) -> &'static str {
    match act {
        "invited" => t.staff_history_invited(),
        "invited-again" => t.staff_history_invited_again(),
        "joined" => t.staff_history_joined(),
        "handed-over" => t.staff_history_handed_over(),
        "ended" => t.staff_history_ended(),
        "password" => t.staff_history_password(),
        "codes" => t.staff_history_codes(),
        _ => t.staff_history_changed(),
    }
}

/// What came of a form.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub words: &'static str,
    pub warn: bool,
}

/// `/staff`
#[derive(Debug, Template)]
#[template(path = "accounts/staff/desk.html")]
pub struct DeskView {
    pub frame: Frame,
    pub role: &'static str,
    pub branch: String,
    pub may: Vec<&'static str>,
    pub people: bool,
    pub counter: bool,
    /// Agencies' own sites: registering or approving them.
    pub sites: bool,
}

/// `/staff/join`: setting up an account.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/join.html")]
pub struct JoinView {
    pub frame: Frame,
    pub csrf: String,
    pub token: String,
    /// The secret as the form carries it, encrypted.
    pub carried: String,
    pub login: String,
    /// The picture to scan, as a data address.
    pub picture: String,
    /// For those who cannot scan it, in groups.
    pub secret: String,
    pub password: Field,
    pub code: Field,
}

impl JoinView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        [&self.password, &self.code].into_iter().filter_map(Field::mistake).collect()
    }
}

/// A link that is no more.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/gone.html")]
pub struct GoneView {
    pub frame: Frame,
    pub title: &'static str,
    pub lead: &'static str,
    /// Address and words of the way on.
    pub next: (&'static str, &'static str),
}

/// After joining: the recovery codes, seen only now.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/joined.html")]
pub struct JoinedView {
    pub frame: Frame,
    pub title: &'static str,
    pub codes: Vec<String>,
    /// Address and words of the way on.
    pub next: (&'static str, &'static str),
}

/// `/staff/account`: one's own way in.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/account.html")]
pub struct AccountView {
    pub frame: Frame,
    pub csrf: String,
    pub done: Option<&'static str>,
    pub login: String,
    /// For another password: the one now, a code, the new one twice.
    pub inputs: Vec<Input>,
    /// The code for fresh recovery codes.
    pub code: Field,
    pub devices: Vec<DeviceLine>,
}

impl AccountView {
    pub fn mistakes(&self) -> Vec<Mistake> {
        let fields = self.inputs.iter().map(|input| &input.field).chain([&self.code]);
        fields.filter_map(Field::mistake).collect()
    }
}

/// A link that is seen only now: an invitation, or the way back into an account.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/link.html")]
pub struct LinkView {
    pub frame: Frame,
    pub title: &'static str,
    pub lead: String,
    pub link: String,
    /// Address and words of the way back.
    pub back: (&'static str, &'static str),
}

/// `/staff/counter`, once an account is open.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/citizen.html")]
pub struct CitizenView {
    pub frame: Frame,
    pub csrf: String,
    pub id: String,
    pub reason: String,
    pub name: Option<String>,
    pub number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub level: u8,
    pub open: bool,
    pub new_name: Field,
    pub new_number: Field,
    pub another: Field,
}

/// `/admin/people`
#[derive(Debug, Template)]
#[template(path = "accounts/staff/people.html")]
pub struct PeopleView {
    pub frame: Frame,
    pub csrf: String,
    pub branch: String,
    pub people: Vec<PersonLine>,
    /// Path and name.
    pub branches: Vec<(String, String)>,
    pub manages: bool,
    pub unit: Field,
    pub unit_name: Field,
}

#[derive(Debug, Clone)]
pub struct PersonLine {
    pub id: String,
    pub name: String,
    pub login: String,
    pub role: &'static str,
    pub branch: String,
    pub state: &'static str,
}

/// `/admin/people/{id}`
#[derive(Debug, Template)]
#[template(path = "accounts/staff/member.html")]
pub struct MemberView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<Said>,
    pub id: String,
    pub name: String,
    pub login: String,
    pub role: &'static str,
    pub branch: String,
    pub state: &'static str,
    /// Kind of work and how much.
    pub held: Vec<(String, usize)>,
    pub manages: bool,
    pub inputs: Vec<Input>,
    pub successor: Field,
    /// What was done to the account, the latest first.
    pub history: Vec<(&'static str, String)>,
}

/// `/me/breach`: what a citizen has to know.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/breach.html")]
pub struct BreachView {
    pub frame: Frame,
    pub csrf: String,
    pub next: String,
    /// Id, words and when it was written.
    pub notices: Vec<(String, String, String)>,
}

/// `/staff/claims`
#[derive(Debug, Template)]
#[template(path = "accounts/staff/claims.html")]
pub struct ClaimsView {
    pub frame: Frame,
    pub csrf: String,
    pub said: Option<Said>,
    pub claims: Vec<ClaimLine>,
}

/// A claim that waits, masked.
#[derive(Debug, Clone)]
pub struct ClaimLine {
    pub id: String,
    pub company: bool,
    pub name: String,
    pub code: Option<String>,
}

/// A claim opened, with the reason for which it was.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/claim.html")]
pub struct ClaimView {
    pub frame: Frame,
    pub csrf: String,
    pub id: String,
    pub company: bool,
    pub reason: String,
    /// Child or company.
    pub name: String,
    /// Identity number or credit code.
    pub number: String,
    /// Parent or legal person.
    pub claimant: String,
    pub proof: String,
}

#[cfg(test)]
mod samples;
