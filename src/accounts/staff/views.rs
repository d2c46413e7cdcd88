//! What the pages of staff show.

use askama::Template;

use super::{Act, Member, Role};
use crate::{
    platform::{Moment, Texts},
    web::frame::{Field, Frame, Input, Mistake},
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
    pub codes: Vec<String>,
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
mod samples {
    use super::*;
    use crate::web::frame::{Choice, Who};

    fn at_work(mut frame: Frame) -> Frame {
        frame.who = Some(Who { name: "Z*".to_owned(), acting: None, staff: true, left: 900 });
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

    impl JoinView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            Self {
                csrf: "token".to_owned(),
                token: "0123456789".to_owned(),
                carried: "sealed".to_owned(),
                login: "zhou".to_owned(),
                picture: "data:image/svg+xml;base64,PHN2Zy8+".to_owned(),
                secret: "ABCD EFGH".to_owned(),
                password: Field::new("password", t.staff_new_password()),
                code: Field::new("code", t.staff_join_code()).error(t.staff_join_code_wrong()),
                frame,
            }
        }
    }

    impl GoneView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            let next = ("/staff/sign-in", t.staff_sign_in_title());
            Self { title: t.staff_join_title(), lead: t.staff_join_gone(), next, frame }
        }
    }

    impl JoinedView {
        pub fn sample(frame: Frame) -> Self {
            Self { frame, codes: vec!["2345A-6789B".to_owned(), "CDEFG-HJKLM".to_owned()] }
        }
    }

    impl LinkView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            Self {
                title: t.staff_invited_title(),
                lead: t.staff_invited_lead("Zhou Min"),
                link: "http://localhost:8080/staff/join?token=0123456789".to_owned(),
                back: ("/admin/people", t.staff_people_title()),
                frame: at_work(frame),
            }
        }
    }

    impl CitizenView {
        pub fn sample(frame: Frame) -> Self {
            let t = frame.t;
            Self {
                csrf: "token".to_owned(),
                id: "0193".to_owned(),
                reason: "Identity card".to_owned(),
                name: Some("Lin Xiao".to_owned()),
                number: Some("990101198501010010".to_owned()),
                phone: Some("13800000001".to_owned()),
                email: None,
                level: 3,
                open: true,
                new_name: Field { required: true, ..Field::new("name", t.staff_name()) },
                new_number: Field { required: true, ..Field::new("number", t.staff_claim_number()) },
                another: Field { required: true, ..Field::new("other", t.counter_other()) },
                frame: at_work(frame),
            }
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
                history: vec![(history_words(t, "invited"), "2026-11-20 12:00".to_owned())],
                frame: at_work(frame),
            }
        }
    }

    impl BreachView {
        pub fn sample(frame: Frame) -> Self {
            let words = "Lists with telephone numbers were taken. Do not give codes to callers.".to_owned();
            Self {
                csrf: "token".to_owned(),
                next: "/me".to_owned(),
                notices: vec![("0193".to_owned(), words, "2026-11-20 12:00".to_owned())],
                frame,
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
