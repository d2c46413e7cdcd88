//! Samples of the pages of payments, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::{Bilingual, capability::dues::Status};

use super::{
    life::State,
    queries::Shown,
    views::{
        DueLine, DuesSaid, DuesView, OrderLine, OrderView, OwedLine, PaymentsView, ReceiptView, StepView,
        shown_name,
    },
};
use crate::{
    catalogue::{
        filling::Piece,
        views::{Barred, Contact},
    },
    platform::Texts,
    web::frame::{Choice, Field, Frame, Input, Link, Pager, Tab, Text},
};

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn contact(t: Texts) -> Contact {
    Contact {
        phone: "0990-5431000".to_owned(),
        complaint_phone: "0990-5431009".to_owned(),
        address: say(t, "燃气路11号", "11 Ranqi Road"),
        hours: say(t, "每天", "Daily"),
    }
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn at(on: u32, hour: u32) -> NaiveDateTime {
    day(on).and_hms_opt(hour, 12, 0).unwrap()
}

fn due() -> DueLine {
    DueLine {
        title: "2026年9月燃气费".to_owned(),
        reference: "RQ2026090203317".to_owned(),
        status: Status::Open,
        amount: 12940,
        surcharge: 430,
        due_on: Some(day(10)),
        overdue: true,
        raised: Some(day(5)),
        payable: true,
        changed: false,
    }
}

impl DuesView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let field = Field::new("gas_account", say(t, "用户号", "Account number").text);
        let field = Field { required: true, ..field.value("9900203317") };
        Self {
            name: say(t, "燃气费缴纳", "Pay gas bill"),
            summary: say(t, "按用户号缴纳管道天然气费。", "Pay for piped gas by user number."),
            guide: "/services/YZ17010".to_owned(),
            domain: Link::new(say(t, "水电气暖", "Utilities"), "/domains/D17"),
            agency: Link::new(say(t, "云州市燃气集团", "Yunzhou Gas Group"), "/agencies/gas-supply"),
            action: "/services/YZ17010/start".to_owned(),
            pay: "/services/YZ17010/pay".to_owned(),
            csrf: "token".to_owned(),
            pieces: vec![Piece::Input(Input::new("text", field))],
            typed: vec![("gas_account".to_owned(), "9900203317".to_owned())],
            told: Vec::new(),
            anybody: true,
            basis: Some(say(
                t,
                "管道燃气价格由政府制定。",
                "Prices for piped gas are set by the government.",
            )),
            barred: None,
            said: Some(DuesSaid::Found),
            dues: vec![
                due(),
                DueLine {
                    status: Status::Settled,
                    payable: false,
                    surcharge: 0,
                    overdue: false,
                    title: "2026年8月燃气费".to_owned(),
                    ..due()
                },
            ],
            changed: false,
            gone: false,
            no_till: false,
            closures: Vec::new(),
            contact: contact(t),
            sample: false,
            frame,
        }
    }

    /// Another amount than the one shown before.
    pub fn changed(frame: Frame) -> Self {
        let dues = vec![DueLine { changed: true, ..due() }];
        Self { changed: true, dues, ..Self::sample(frame) }
    }

    pub fn away(frame: Frame) -> Self {
        let said = DuesSaid::Away { until: Some(at(23, 9)), tell: true };
        Self { said: Some(said), dues: Vec::new(), ..Self::sample(frame) }
    }

    pub fn barred(frame: Frame) -> Self {
        Self { barred: Some(Barred::NotAuthorised), said: None, ..Self::sample(frame) }
    }
}

impl OrderView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let step =
            |hour, by: &str, act: &str| StepView { at: at(20, hour), by: by.to_owned(), act: act.to_owned() };
        Self {
            csrf: "token".to_owned(),
            rate: None,
            reference: "P-2026-7KQ3-MFXD".to_owned(),
            name: say(t, "燃气费缴纳", "Pay gas bill"),
            title: "2026年9月燃气费".to_owned(),
            due: "RQ2026090203317".to_owned(),
            amount: 12940,
            surcharge: 430,
            agency: Some(Link::new(say(t, "云州市燃气集团", "Yunzhou Gas Group"), "/agencies/gas-supply")),
            contact: Some(contact(t)),
            provider: say(t, "云州城市支付（模拟）", "Yunzhou City Pay (simulated)"),
            state: State::Paying,
            with_staff: false,
            created: at(20, 9),
            expires: at(20, 10),
            paid: None,
            refunded: None,
            pay_at: Some("http://127.0.0.1:9/pay/CP000001".to_owned()),
            opening: false,
            prove: false,
            payment: Some("CP000001".to_owned()),
            receipt: None,
            again: Some("/services/YZ17010/start".to_owned()),
            steps: vec![step(9, "payer", "make"), step(9, "portal", "open")],
            back: false,
            wrong: None,
            frame,
        }
    }

    pub fn settled(frame: Frame) -> Self {
        let step =
            |hour, by: &str, act: &str| StepView { at: at(20, hour), by: by.to_owned(), act: act.to_owned() };
        Self {
            state: State::Settled,
            pay_at: None,
            paid: Some(at(20, 9)),
            receipt: Some("/me/payments/P-2026-7KQ3-MFXD/receipt".to_owned()),
            steps: vec![
                step(9, "payer", "make"),
                step(9, "portal", "open"),
                step(9, "provider", "confirm"),
                step(9, "portal", "settle"),
                step(9, "agency", "book"),
            ],
            wrong: Some(String::new()),
            ..Self::sample(frame)
        }
    }

    pub fn with_staff(frame: Frame) -> Self {
        Self { state: State::SettleUnknown, with_staff: true, pay_at: None, ..Self::sample(frame) }
    }

    pub fn expired(frame: Frame) -> Self {
        Self { state: State::Expired, pay_at: None, ..Self::sample(frame) }
    }
}

impl PaymentsView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |reference: &str, state, amount| OrderLine {
            reference: reference.to_owned(),
            name: say(t, "燃气费缴纳", "Pay gas bill"),
            state,
            amount,
            at: at(20, 9),
        };
        let tab = |one: Shown| Tab {
            label: shown_name(t, one).to_owned(),
            url: format!("/me/payments?show={}", one.tag()),
            count: None,
            current: one == Shown::All,
        };
        Self {
            owed: vec![
                OwedLine {
                    url: "/me/payments/owed/0193".to_owned(),
                    title: Text::written(t, "案件受理费（民间借贷纠纷）"),
                    agency: say(t, "市中级法院", "Intermediate court"),
                    amount: 230_000,
                    due_on: Some(day(24)),
                    overdue: false,
                },
                OwedLine {
                    url: "/me/payments/owed/0194".to_owned(),
                    title: Text::written(t, "<水费>"),
                    agency: say(t, "供水公司", "Water company"),
                    amount: 3_120,
                    due_on: Some(day(18)),
                    overdue: true,
                },
            ],
            tabs: Shown::ALL.map(tab).into(),
            orders: vec![
                line("P-2026-7KQ3-MFXD", State::Paying, 12940),
                line("P-2026-7KQ3-MFXE", State::Settled, 8618),
            ],
            open: 1,
            filtered: false,
            pager: Pager { page: 1, pages: 1, base: "/me/payments?show=all&page=".to_owned() },
            frame,
        }
    }
}

impl ReceiptView {
    pub fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            reference: "P-2026-7KQ3-MFXD".to_owned(),
            state: State::Settled,
            name: say(t, "燃气费缴纳", "Pay gas bill"),
            title: "2026年9月燃气费".to_owned(),
            due: "RQ2026090203317".to_owned(),
            amount: 12940,
            surcharge: 430,
            agency: say(t, "云州市燃气集团", "Yunzhou Gas Group"),
            provider: say(t, "云州城市支付（模拟）", "Yunzhou City Pay (simulated)"),
            payer: Some("林晓".to_owned()),
            paid: Some(at(20, 9)),
            payment: Some("CP000001".to_owned()),
            agency_receipt: Some("PJ2026112117010".to_owned()),
            code: "7KQ3-MFXD-7KQ3-MFXE".to_owned(),
            check: "https://yimen.example/verify/7KQ3-MFXD-7KQ3-MFXE".to_owned(),
            scan: "data:image/svg+xml;base64,PHN2Zy8+".to_owned(),
            frame,
        }
    }
}

impl super::views::DeskView {
    pub fn sample(frame: Frame) -> Self {
        use super::views::{DayLine, DeskLine, DifferenceLine};
        let t = frame.t;
        Self {
            done: true,
            orders: vec![DeskLine {
                reference: "P-2026-7KQ3-MFXD".to_owned(),
                name: say(t, "燃气费缴纳", "Pay gas bill"),
                agency: say(t, "云州市燃气集团", "Yunzhou Gas Group"),
                why: "refund-asked".to_owned(),
                state: State::RefundAsked.tag().to_owned(),
                amount: 12940,
                since: at(20, 9),
            }],
            differences: vec![DifferenceLine {
                day: day(19),
                reference: "P-2026-7KQ3-MFXE".to_owned(),
                kind: "agency-not-booked".to_owned(),
                portal: Some(t.amount_yuan("86.18")),
                provider: None,
                agency: Some("open".to_owned()),
            }],
            days: vec![DayLine {
                day: day(19),
                provider: say(t, "云州城市支付", "Yunzhou City Pay"),
                closed: true,
                payments: 12,
                refunds: 1,
                came: t.amount_yuan("1,024"),
                went: t.amount_yuan("86.18"),
                on_the_way: 1,
                unchecked: 0,
                differences: 1,
            }],
            ..Self::none(frame)
        }
    }

    pub fn none(frame: Frame) -> Self {
        let t = frame.t;
        let oldest = Choice::new("oldest", t.audit_oldest(), true);
        Self {
            csrf: "token".to_owned(),
            done: false,
            filters: vec![Field::new("sort", t.audit_order()).choices(vec![oldest])],
            hidden: vec![("why", String::new()), ("sort", "oldest".to_owned())],
            pager: Pager { page: 1, pages: 0, base: "/admin/payments?why=&sort=oldest&page=".to_owned() },
            orders: Vec::new(),
            differences: Vec::new(),
            days: Vec::new(),
            frame,
        }
    }
}
