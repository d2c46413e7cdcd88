//! A sample of every page, for the snapshots.

use super::*;
use crate::web::frame::{Choice, Who};

pub(crate) fn at_work(mut frame: Frame) -> Frame {
    frame.who =
        Some(Who { name: "Z*".to_owned(), acting: None, staff: true, left: 900, until: "10:45".to_owned() });
    frame
}

impl DeskView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            role: role_name(t, Role::Manager),
            branch: "/traffic-police/".to_owned(),
            may: Act::ALL.map(|act| act_name(t, act)).to_vec(),
            doors: Self::doors(t, true, |_| true),
            unread: 2,
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
        let t = frame.t;
        Self {
            title: t.staff_joined_title(),
            codes: vec!["2345A-6789B".to_owned(), "CDEFG-HJKLM".to_owned()],
            next: ("/staff/sign-in", t.staff_sign_in_title()),
            frame,
        }
    }
}

impl AccountView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let seen = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(9, 30, 0).unwrap();
        Self {
            csrf: "token".to_owned(),
            done: Some(t.security_done_password()),
            login: "zhou".to_owned(),
            inputs: vec![
                Input::new(
                    "password",
                    Field::new("password", t.staff_password()).error(t.staff_account_wrong()),
                ),
                Input::new("text", Field::new("code", t.staff_code()).hint(t.staff_code_hint())),
                Input::new("password", Field::new("new", t.staff_new_password())),
                Input::new("password", Field::new("again", t.password_again())),
            ],
            code: Field::new("app_code", t.staff_code()).hint(t.staff_code_hint()),
            devices: vec![DeviceLine {
                id: "1".to_owned(),
                device: "Firefox · Linux".to_owned(),
                seen,
                here: true,
            }],
            frame: at_work(frame),
        }
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
            filters: vec![Field::new("role", t.staff_role()).choices(vec![Choice::new(
                "",
                t.quality_everything(),
                true,
            )])],
            hidden: vec![("role", String::new())],
            all: 2,
            pager: Pager { page: 1, pages: 1, base: "/admin/people?page=".to_owned() },
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
            held: vec![(kind_name(t, CLAIMS).to_owned(), 3)],
            manages: true,
            inputs: vec![Input::new("radio", Field::new("role", t.staff_role()).choices(roles))],
            successor: Field::new("to", t.staff_successor()).choices(vec![Choice::new("wu", "Wu Di", false)]),
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
                ClaimLine {
                    id: "0193".to_owned(),
                    company: false,
                    name: "L**".to_owned(),
                    code: None,
                    assigned: Some(("wu".to_owned(), Some("Wu Di".to_owned()))),
                },
                ClaimLine {
                    id: "0194".to_owned(),
                    company: true,
                    name: "Yunjiang Soy".to_owned(),
                    code,
                    assigned: None,
                },
            ],
            given: false,
            people: vec![("wu".to_owned(), "Wu Di".to_owned()), ("zhou".to_owned(), "Zhou Min".to_owned())],
            frame: at_work(frame),
        }
    }

    pub fn sample_empty(frame: Frame) -> Self {
        let people = Vec::new();
        Self { said: None, claims: Vec::new(), given: true, people, ..Self::sample(frame) }
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

fn said_at() -> chrono::NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(9, 30, 0).unwrap()
}

impl CircularsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let line = |title: &str, read, taken_back| CircularLine {
            url: "/staff/circulars/0193".to_owned(),
            title: title.to_owned(),
            branch: "交警支队".to_owned(),
            said: said_at(),
            read,
            taken_back,
        };
        Self {
            done: Some(("ok", frame.t.circular_said_said().to_owned())),
            manages: true,
            told: vec![line("周五起启用新印章 <b>", false, false), line("值班安排", true, false)],
            said: vec![line("值班安排（旧）", true, true)],
            frame: at_work(frame),
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { done: None, manages: false, told: Vec::new(), said: Vec::new(), ..Self::sample(frame) }
    }
}

impl CircularView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let reach = |name: &str, people, read| ReachLine { name: name.to_owned(), people, read };
        Self {
            csrf: "token".to_owned(),
            action: "/staff/circulars/0193".to_owned(),
            title: "周五起启用新印章".to_owned(),
            paragraphs: vec!["旧印章同日停用。".to_owned(), "<b>请转告</b>窗口。".to_owned()],
            author: "郑海涛".to_owned(),
            branch: "交警支队".to_owned(),
            said: said_at(),
            taken_back: false,
            to_confirm: true,
            confirmed: false,
            may_take_back: true,
            reach: vec![reach("交警支队", 3, 3), reach("车管所", 5, 2)],
            frame: at_work(frame),
        }
    }

    /// As somebody sees it who is told, and confirmed it.
    pub(crate) fn sample_confirmed(frame: Frame) -> Self {
        let view = Self::sample(frame);
        Self { to_confirm: false, confirmed: true, may_take_back: false, reach: Vec::new(), ..view }
    }
}
