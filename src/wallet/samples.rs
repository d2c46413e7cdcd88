//! Samples of the pages of the wallet, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::Bilingual;

use super::{
    proofs::FIELDS,
    views::{
        AddView, DocumentLine, DocumentView, Group, PaperLine, ProofView, RenewAt, RenewalView, SourceLine,
        StandsView, TicketLine, WalletView,
    },
};
use crate::{
    platform::Texts,
    web::frame::{Choice, Dates as _, Field, Frame, Link, Text},
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn moment() -> NaiveDateTime {
    day(2026, 11, 20).and_hms_opt(12, 0, 0).unwrap()
}

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn licence(t: Texts) -> Text {
    say(t, "机动车驾驶证", "Motor vehicle driving licence")
}

fn agency(t: Texts) -> Text {
    say(t, "市公安局交通警察支队", "Traffic Police")
}

fn stands(state: &'static str, due: Option<NaiveDate>, renewal: RenewalView) -> StandsView {
    StandsView {
        state,
        expiring: state == "valid" && due.is_some(),
        matter: "renewal",
        due,
        days: due.map_or(0, |due| (due - day(2026, 11, 20)).num_days()),
        provisional: false,
        renewal,
    }
}

impl WalletView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |name: Text, agency: Option<Text>, number: &str, stands| DocumentLine {
            url: "/me/wallet/0193".to_owned(),
            name,
            agency,
            number: number.to_owned(),
            stands,
            renew: None,
        };
        let soon = stands("valid", Some(day(2027, 2, 18)), RenewalView::Open(Some(day(2027, 2, 18))));
        let suspended = stands("suspended", Some(day(2026, 11, 10)), RenewalView::Late(None));
        let never = stands("valid", None, RenewalView::NotNeeded);
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.wallet_said_fetched().to_owned())),
            groups: vec![
                Group {
                    tag: "soon".to_owned(),
                    documents: vec![
                        line(say(t, "居住证", "Residence permit"), Some(agency(t)), "L03*****01", suspended),
                        line(licence(t), Some(agency(t)), "990*************10", soon),
                    ],
                },
                Group {
                    tag: "own".to_owned(),
                    documents: vec![line(say(t, "健身卡", "Gym"), None, "", never)],
                },
            ],
            tickets: vec![TicketLine {
                url: "/me/bookings/B0193".to_owned(),
                name: say(t, "驾驶证考试预约", "Book a driving test"),
                agency: agency(t),
                starts: moment(),
            }],
            issuers: vec![Link::new(agency(t), "/agencies/traffic-police")],
            asked: Some(moment()),
            silent: vec![
                SourceLine {
                    agency: Link::new(say(t, "市体育局", "Sports Bureau"), "/agencies/sports"),
                    outcome: "unavailable".to_owned(),
                    asked: moment(),
                    answered: None,
                },
                SourceLine {
                    agency: Link::new(say(t, "市教育局", "Education Bureau"), "/agencies/education"),
                    outcome: "stale".to_owned(),
                    asked: moment(),
                    answered: Some(moment()),
                },
            ],
            unproved: false,
            acting: false,
            company: false,
            frame,
        }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self {
            said: None,
            groups: Vec::new(),
            tickets: Vec::new(),
            asked: None,
            silent: Vec::new(),
            unproved: true,
            ..Self::sample(frame)
        }
    }
}

impl DocumentView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let choice = |field: &&str| Choice::new(*field, t.wallet_field(*field), *field == "holder");
        Self {
            csrf: "token".to_owned(),
            said: None,
            url: "/me/wallet/0193".to_owned(),
            name: licence(t),
            agency: Some(Link::new(agency(t), "/agencies/traffic-police")),
            number: "990101198501010010".to_owned(),
            covered: "990*************10".to_owned(),
            remarks: vec!["C1".to_owned()],
            issued: day(2021, 2, 18),
            expires: Some(day(2027, 2, 18)),
            checked: None,
            stands: stands("valid", Some(day(2027, 2, 18)), RenewalView::Open(Some(day(2027, 2, 18)))),
            seen: moment(),
            overdue: Some(say(t, "超过一年注销", "Cancelled after one year")),
            note: None,
            check: Some(say(t, "七十岁以上每年体检", "From 70 a medical check every year")),
            sample: true,
            renew: RenewAt::Online(Link::new(
                say(t, "驾驶证期满换证", "Renew a driving licence"),
                "/services/YZ02022",
            )),
            show: Field::new("show", t.wallet_show_what()).choices(FIELDS.iter().map(choice).collect()),
            papers: vec![PaperLine {
                id: "0194".to_owned(),
                code: "7KQ3-MFXD-7KQ3-MFXE".to_owned(),
                url: "/me/wallet/0193/proofs/0194".to_owned(),
                until: moment(),
            }],
            discarded: false,
            own: false,
            reminders: "/me/reminders".to_owned(),
            frame,
        }
    }

    /// Gone at its issuer, put aside, and renewed at an office only.
    pub(crate) fn sample_gone(frame: Frame) -> Self {
        let t = frame.t;
        let renew = RenewAt::Office {
            name: agency(t),
            address: say(t, "望山区车城路9号", "9 Checheng Road"),
            hours: say(t, "周一至周五", "Monday to Friday"),
            phone: "0990-5031000".to_owned(),
        };
        let stands = StandsView {
            provisional: true,
            ..stands("gone", Some(day(2026, 11, 1)), RenewalView::Restore(Some(day(2028, 11, 1))))
        };
        Self { stands, renew, discarded: true, papers: Vec::new(), sample: false, ..Self::sample(frame) }
    }

    pub(crate) fn sample_own(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: say(t, "健身卡", "Gym"),
            agency: None,
            remarks: Vec::new(),
            overdue: None,
            check: None,
            sample: false,
            renew: RenewAt::Nowhere,
            papers: Vec::new(),
            own: true,
            stands: stands("valid", None, RenewalView::Unknown),
            expires: None,
            ..Self::sample(frame)
        }
    }
}

impl ProofView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            url: "/me/wallet/0193".to_owned(),
            name: licence(t),
            agency: agency(t),
            code: "7KQ3-MFXD-7KQ3-MFXE".to_owned(),
            check: "https://yimen.example/verify/7KQ3-MFXD-7KQ3-MFXE".to_owned(),
            picture: "data:image/svg+xml;base64,PHN2Zy8+".to_owned(),
            shown: vec![
                (t.wallet_field("holder"), "林*".to_owned()),
                (t.wallet_field("expires-on"), t.day(&day(2027, 2, 18))),
            ],
            on_paper: false,
            until: moment(),
            id: "0194".to_owned(),
            frame,
        }
    }

    pub(crate) fn sample_paper(frame: Frame) -> Self {
        Self { on_paper: true, ..Self::sample(frame) }
    }
}

impl AddView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let required = |field: Field| Field { required: true, ..field };
        let kinds = vec![
            Choice::new("", t.wallet_add_choose(), true),
            Choice::new("L04", licence(t).text, false),
            Choice::new("other", t.wallet_add_other(), false),
        ];
        Self {
            csrf: "token".to_owned(),
            action: "/me/wallet/add".to_owned(),
            changes: false,
            kind: required(Field::new("kind", t.wallet_add_kind()).choices(kinds)),
            name: Field::new("name", t.wallet_add_name()).hint(t.wallet_add_name_hint()),
            number: Field::new("number", t.wallet_add_number()).hint(t.wallet_add_number_hint()),
            issued: required(Field::new("issued", t.wallet_add_issued())),
            expires: Field::new("expires", t.wallet_add_expires()).hint(t.wallet_add_expires_hint()),
            checked: Field::new("checked", t.wallet_add_checked()).hint(t.wallet_add_checked_hint()),
            next: Field::new("next", t.wallet_add_next()).hint(t.wallet_add_next_hint()),
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let t = frame.t;
        let view = Self::sample(frame);
        Self {
            changes: true,
            kind: view.kind.clone().error(t.wallet_wrong_kind()),
            issued: view.issued.clone().value("2027-01-01").error(t.wallet_wrong_issued()),
            expires: view.expires.clone().value("2020-01-01").error(t.wallet_wrong_expires()),
            ..view
        }
    }
}
