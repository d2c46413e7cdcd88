//! What the pages of staff show.

use askama::Template;

use super::{Act, Member, Role};
use crate::{
    platform::{Moment, Texts},
    web::frame::{Field, Frame, Input},
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
    }
}

pub fn state_name(t: Texts, member: &Member, now: Moment) -> &'static str {
    match member.state.as_str() {
        "invited" => t.staff_state_invited(),
        "active" if !member.is_over(now) => t.staff_state_active(),
        _ => t.staff_state_ended(),
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
}

/// An invitation that is no more.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/gone.html")]
pub struct GoneView {
    pub frame: Frame,
}

/// After joining: the recovery codes, seen only now.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/joined.html")]
pub struct JoinedView {
    pub frame: Frame,
    pub codes: Vec<String>,
}

/// After inviting: the link, seen only now.
#[derive(Debug, Template)]
#[template(path = "accounts/staff/invited.html")]
pub struct InvitedView {
    pub frame: Frame,
    pub name: String,
    pub link: String,
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
mod samples {
    use super::*;
    use crate::web::frame::{Choice, Who};

    fn at_work(mut frame: Frame) -> Frame {
        frame.who = Some(Who { name: "Z*".to_owned(), acting: None, staff: true });
        frame
    }

    impl DeskView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            Self {
                role: role_name(t, Role::Manager),
                branch: "/traffic-police/".to_owned(),
                may: Act::ALL.map(|act| act_name(t, act)).to_vec(),
                people: true,
                counter: true,
                frame: at_work(frame),
            }
        }
    }

    impl GoneView {
        pub fn sample(frame: Frame) -> Self {
            Self { frame }
        }
    }

    impl JoinedView {
        pub fn sample(frame: Frame) -> Self {
            Self { frame, codes: vec!["2345A-6789B".to_owned(), "CDEFG-HJKLM".to_owned()] }
        }
    }

    impl InvitedView {
        pub fn sample(frame: Frame) -> Self {
            let link = "http://localhost:8080/staff/join?token=0123456789".to_owned();
            Self { frame: at_work(frame), name: "Zhou Min".to_owned(), link }
        }
    }

    impl PeopleView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let line = |login: &str, role, state| PersonLine {
                id: login.to_owned(),
                name: "Zhou Min".to_owned(),
                login: login.to_owned(),
                role: role_name(t, role),
                branch: "/traffic-police/".to_owned(),
                state,
            };
            Self {
                csrf: "token".to_owned(),
                branch: "/".to_owned(),
                people: vec![
                    line("zhou", Role::Administrator, t.staff_state_active()),
                    line("wu", Role::Officer, t.staff_state_invited()),
                ],
                branches: vec![("/traffic-police/".to_owned(), "Traffic police".to_owned())],
                manages: true,
                unit: Field { required: true, ..Field::new("unit", t.staff_unit_code()) },
                unit_name: Field { required: true, ..Field::new("unit_name", t.staff_unit_name()) },
                frame: at_work(frame),
            }
        }
    }

    impl MemberView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let roles = vec![Choice::new("officer", role_name(t, Role::Officer), true)];
            Self {
                csrf: "token".to_owned(),
                said: Some(Said { words: t.staff_said_holding(), warn: true }),
                id: "0193".to_owned(),
                name: "Zhou Min".to_owned(),
                login: "zhou".to_owned(),
                role: role_name(t, Role::Officer),
                branch: "/".to_owned(),
                state: t.staff_state_active(),
                held: vec![("case".to_owned(), 3)],
                manages: true,
                inputs: vec![Input::new("radio", Field::new("role", t.staff_role()).choices(roles))],
                successor: Field::new("to", t.staff_successor())
                    .choices(vec![Choice::new("wu", "Wu Di", false)]),
                frame: at_work(frame),
            }
        }
    }

    impl ClaimsView {
        pub fn sample(frame: Frame) -> Self {
            let code = Some("119901009900000172".to_owned());
            Self {
                csrf: "token".to_owned(),
                said: Some(Said { words: frame.t.staff_claim_confirmed(), warn: false }),
                claims: vec![
                    ClaimLine { id: "0193".to_owned(), company: false, name: "L**".to_owned(), code: None },
                    ClaimLine { id: "0194".to_owned(), company: true, name: "Yunjiang Soy".to_owned(), code },
                ],
                frame: at_work(frame),
            }
        }

        pub fn sample_empty(frame: Frame) -> Self {
            Self { said: None, claims: Vec::new(), ..Self::sample(frame) }
        }
    }

    impl ClaimView {
        pub fn sample(frame: Frame) -> Self {
            Self {
                csrf: "token".to_owned(),
                id: "0193".to_owned(),
                company: false,
                reason: "Household register".to_owned(),
                name: "Lin Xiaoman".to_owned(),
                number: "99010120151231003X".to_owned(),
                claimant: "Lin Xiao".to_owned(),
                proof: "Page 3".to_owned(),
                frame: at_work(frame),
            }
        }
    }
}
