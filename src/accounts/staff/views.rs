//! What the pages of staff show.

mod circulars;
#[cfg(test)]
mod samples;

use askama::Template;

use super::{Act, CASES, CLAIMS, Member, RATINGS, Role};
use crate::{
    accounts::{inquiries::INQUIRIES, views::DeviceLine},
    platform::{Moment, Texts},
    web::frame::{Dates as _, Field, Frame, Input, Mistake, Pager},
};

pub use circulars::{CircularLine, CircularView, CircularsView, ReachLine};
#[cfg(test)]
pub(crate) use samples::at_work;

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
        Act::ApproveCases => t.staff_act_approve_cases(),
        Act::Redrive => t.staff_act_redrive(),
        Act::Answer => t.staff_act_answer(),
        Act::AnswerAbove => t.staff_act_answer_above(),
        Act::WorkAssigned => t.staff_act_work_assigned(),
        Act::Integrate => t.staff_act_integrate(),
        Act::Audit => t.staff_act_audit(),
        Act::Approve => t.staff_act_approve(),
        Act::Suspend => t.staff_act_suspend(),
        Act::Warn => t.staff_act_warn(),
        Act::SeeAuthor => t.staff_act_see_author(),
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
        "assigned" => t.staff_history_assigned(),
        "ended" => t.staff_history_ended(),
        "password" => t.staff_history_password(),
        "codes" => t.staff_history_codes(),
        "notices-again" => t.staff_history_notices_again(),
        "job-redriven" => t.staff_history_job_redriven(),
        "jobs-redriven" => t.staff_history_jobs_redriven(),
        "job-discard-asked" => t.staff_history_job_discard_asked(),
        "job-discard-refused" => t.staff_history_job_discard_refused(),
        "job-discarded" => t.staff_history_job_discarded(),
        "exported" => t.staff_history_exported(),
        "bulletin-published" => t.staff_history_bulletin_published(),
        "bulletin-ended" => t.staff_history_bulletin_ended(),
        "policy-asked" => t.staff_history_policy_asked(),
        "policy-approved" => t.staff_history_policy_approved(),
        "policy-refused" => t.staff_history_policy_refused(),
        "policy-withdrawn" => t.staff_history_policy_withdrawn(),
        "sanction-asked" => t.staff_history_sanction_asked(),
        "sanction-imposed" => t.staff_history_sanction_imposed(),
        "sanction-refused" => t.staff_history_sanction_refused(),
        "sanction-withdrawn" => t.staff_history_sanction_withdrawn(),
        "sanction-lifted" => t.staff_history_sanction_lifted(),
        _ => t.staff_history_changed(),
    }
}

/// Work of a kind, in words.
pub fn kind_name(t: Texts, kind: &str) -> &'static str {
    match kind {
        CLAIMS => t.staff_kind_claims(),
        INQUIRIES => t.staff_kind_inquiries(),
        CASES => t.staff_kind_cases(),
        RATINGS => t.staff_kind_ratings(),
        _ => t.staff_kind_other(),
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
    /// Where the work is: address and words.
    pub doors: Vec<(&'static str, &'static str)>,
    /// What was said to one's branch and is not confirmed.
    pub unread: i64,
}

impl DeskView {
    /// The doors that open to whoever may do these, of a branch or of the whole city.
    pub(super) fn doors(
        t: Texts,
        city: bool,
        can: impl Fn(Act) -> bool,
    ) -> Vec<(&'static str, &'static str)> {
        let admin = can(Act::SeePeople).then(|| ("/admin", t.admin_title()));
        let people = can(Act::SeePeople).then(|| ("/admin/people", t.staff_people_title()));
        let agency = (can(Act::Integrate) || can(Act::Approve)).then(|| ("/agency", t.pkg_console()));
        let packages = can(Act::Approve).then(|| ("/admin/packages", t.pkg_queue()));
        let sites = (can(Act::Integrate) || can(Act::Approve)).then(|| ("/agency/sites", t.sites_title()));
        let health = can(Act::Integrate).then(|| ("/agency/health", t.health_title()));
        let backends = can(Act::Approve).then(|| ("/admin/agencies", t.admin_agencies_title()));
        let counter = can(Act::Counter).then(|| ("/staff/counter", t.counter_title()));
        let cases = (can(Act::WorkCases) || can(Act::Redrive)).then(|| ("/agency/cases", t.desk_title()));
        let apply = can(Act::WorkCases).then(|| ("/agency/counter", t.case_counter_title()));
        let claims = can(Act::WorkAssigned).then(|| ("/staff/claims", t.staff_claims_title()));
        let answers = [Act::Answer, Act::AnswerAbove, Act::WorkAssigned, Act::Audit].into_iter().any(&can);
        let answers = answers.then(|| ("/staff/requests", t.inquiries_title()));
        let calendars = can(Act::WorkCases).then(|| ("/agency/calendar", t.session_calendars()));
        let surveys = can(Act::WorkCases).then(|| ("/agency/surveys", t.survey_desk_title()));
        let notes = can(Act::WorkCases).then(|| ("/agency/notes", t.note_desk()));
        let households = can(Act::WorkCases).then(|| ("/agency/households", t.household_desk()));
        let writing = can(Act::WorkCases) || can(Act::Integrate);
        let writing = writing.then(|| ("/agency/writing", t.opened_title()));
        let ratings = can(Act::Answer).then(|| ("/agency/ratings", t.rating_desk()));
        let above = can(Act::AnswerAbove).then(|| ("/admin/ratings", t.rating_admin()));
        let quality = can(Act::Answer).then(|| ("/agency/quality", t.quality_desk()));
        let all_quality = can(Act::AnswerAbove).then(|| ("/admin/quality", t.quality_admin()));
        let topics = city && can(Act::AnswerAbove);
        let topics = topics.then(|| ("/admin/voice/topics", t.voice_topics_title()));
        let voice = can(Act::WorkCases).then(|| ("/agency/voice", t.voice_desk_title()));
        let author = can(Act::SeeAuthor).then(|| ("/agency/voice/author", t.voice_author_title()));
        let payments = (city && can(Act::Approve)).then(|| ("/admin/payments", t.desk_payments()));
        let balance = (city && can(Act::Approve)).then(|| ("/admin/balance", t.balance_title()));
        let doors = [
            admin,
            people,
            agency,
            packages,
            sites,
            health,
            backends,
            cases,
            apply,
            counter,
            calendars,
            surveys,
            notes,
            households,
            writing,
            voice,
            author,
            claims,
            answers,
            ratings,
            above,
            quality,
            all_quality,
            topics,
            payments,
            balance,
        ];
        doors.into_iter().flatten().collect()
    }
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
    /// Role, unit, order.
    pub filters: Vec<Field>,
    /// What is asked for, for the file.
    pub hidden: Vec<(&'static str, String)>,
    pub all: usize,
    pub pager: Pager,
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
    /// The reader sees only what they were given.
    pub given: bool,
    pub claims: Vec<ClaimLine>,
    /// To whom a claim can be given: id and name. Nobody for those who may not.
    pub people: Vec<(String, String)>,
}

/// A claim that waits, masked.
#[derive(Debug, Clone)]
pub struct ClaimLine {
    pub id: String,
    pub company: bool,
    pub name: String,
    pub code: Option<String>,
    /// The id of whoever was given it, and the name where the reader may know it.
    pub assigned: Option<(String, Option<String>)>,
}

impl ClaimLine {
    fn is_with(&self, id: &str) -> bool {
        self.assigned.as_ref().is_some_and(|(with, _)| with == id)
    }
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
