//! Samples of the pages of applications, for their snapshots.

mod handed_in;

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    occasion::Standing,
    papers::views::PaperSheet,
    views::{
        BeginView, Begun, CaseLine, CasesView, CheckMark, CheckView, FillView, GroundsView, OccasionView,
        ReviewLine, ReviewSheet, ReviewView, SourceView,
    },
};
use crate::{
    catalogue::{
        filling::Piece,
        views::{Barred, ClosureLine, Contact, FoundRecord},
    },
    platform::{Texts, named},
    web::frame::{Choice, Field, Frame, Input, Link, Pager, Text},
};
use yimen_contract::Bilingual;

pub(super) fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

/// A picture, of nothing.
pub(super) const SCAN: &str = "data:image/svg+xml;base64,PHN2Zy8+";

fn moment(day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, 30, 0).unwrap()
}

pub(super) fn name(t: Texts) -> Text {
    say(t, "道路运输从业资格证补证", "Replace road transport qualification")
}

fn domain(t: Texts) -> Link {
    Link::new(say(t, "交通出行", "Transport"), "/domains/D13")
}

pub(super) fn agency(t: Texts) -> Link {
    Link::new(say(t, "云州市交通运输局", "Yunzhou Transport Bureau"), "/agencies/transport")
}

fn contact(t: Texts) -> Contact {
    Contact {
        phone: "0990-5013000".to_owned(),
        complaint_phone: "0990-5013009".to_owned(),
        address: say(t, "政和路8号", "8 Zhenghe Road"),
        hours: say(t, "工作日", "Working days"),
    }
}

pub(super) fn begun(t: Texts) -> Begun {
    Begun { name: name(t), url: "/services/YZ13022/apply/0193".to_owned(), saved: moment(18, 9) }
}

impl BeginView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: name(t),
            summary: say(t, "证件丢失或损坏时补办。", "When it is lost or damaged."),
            guide: "/services/YZ13022".to_owned(),
            domain: domain(t),
            agency: agency(t),
            action: "/services/YZ13022/start".to_owned(),
            csrf: "token".to_owned(),
            pages: 2,
            promise: t.apply_promise_working(5),
            told: vec![t.data_field("name"), t.data_field("identity-number")],
            begun: vec![begun(t)],
            closures: vec![ClosureLine {
                title: t.planned_system_closed().to_owned(),
                reason: Text::default(),
                text: t.planned_waits_text(),
            }],
            barred: None,
            contact: contact(t),
            sample: true,
            frame,
        }
    }

    pub(crate) fn sample_barred(frame: Frame) -> Self {
        Self { barred: Some(Barred::InPerson), ..Self::sample(frame) }
    }
}

impl FillView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let why = vec![
            Choice::new("lost", say(t, "遗失", "Lost").text, true),
            Choice::new("damaged", say(t, "损坏", "Damaged").text, false),
        ];
        let number = Field {
            required: true,
            ..Field::new("cert_number", say(t, "证书编号", "Certificate number").text)
        };
        let wrong = number.value("TS").error(t.wrong_too_short(6));
        let reason = Field {
            required: true,
            ..Field::new("fix_reason", say(t, "办理原因", "Why").text).choices(why)
        };
        let place = Field::new("post[0].place", say(t, "地址", "Address").text);
        Self {
            name: name(t),
            guide: "/services/YZ13022".to_owned(),
            domain: domain(t),
            action: "/services/YZ13022/apply/0193/pages/cert_number".to_owned(),
            csrf: "token".to_owned(),
            title: Some(say(t, "您的证件", "Your certificate").text),
            hint: None,
            page: 1,
            pages: 2,
            pieces: vec![
                Piece::Input(Input::new("text", wrong)),
                Piece::Input(Input::new("radio", reason)),
                Piece::Open {
                    name: "post".to_owned(),
                    legend: say(t, "寄送地址", "Where to send it").text,
                    hint: None,
                    error: None,
                },
                Piece::Input(Input::new("text", place)),
                Piece::Add("post".to_owned(), t.form_add().to_owned()),
                Piece::Close,
            ],
            changed: true,
            too_much: false,
            sources: vec![SourceView {
                agency: "transport".to_owned(),
                name: agency(t).text,
                tells: vec![t.prefill_tells(
                    named::Licence(say(t, "道路运输从业人员资格证", "Road transport qualification").text),
                    named::What(say(t, "证书编号", "Certificate number").text),
                )],
            }],
            came: None,
            recipient: agency(t).text.text,
            grounds: None,
            occasion: None,
            agency: agency(t),
            told: vec![t.data_field("name")],
            frame,
        }
    }

    /// Handed in where it is filled in, about a record.
    pub(crate) fn sample_short(frame: Frame) -> Self {
        let grounds = grounds(frame.t, Standing::Changed);
        Self { changed: false, ..Self::sample(frame) }.on(Some(grounds))
    }
}

/// A record that stands so, and checks with each result.
fn grounds(t: Texts, standing: Standing) -> GroundsView {
    let check = |zh, en, mark, said| CheckView { what: say(t, zh, en), mark, said };
    let why = say(t, "您的驾驶证不在正常状态。", "Your licence is not in order.");
    GroundsView {
        occasion: Some(OccasionView {
            name: say(t, "违法记录", "Violation"),
            record: FoundRecord {
                title: t.marked("驾驶机动车违反禁令标志指示"),
                reference: Some(t.marked("990100261108000017")),
                state: None,
                facts: Vec::new(),
                number: None,
                next: Vec::new(),
            },
            standing,
        }),
        checks: vec![
            check("名下有驾驶证", "A licence in your name", CheckMark::Right, None),
            check("驾驶证状态正常", "The licence is in order", CheckMark::Wrong, Some(why)),
            check("记分未满12分", "Fewer than twelve points", CheckMark::Open, None),
        ],
        barred: true,
    }
}

impl ReviewView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |zh, en, value: Option<&str>| ReviewLine {
            label: say(t, zh, en).text,
            value: value.map(str::to_owned),
            wrong: false,
        };
        Self {
            name: name(t),
            guide: "/services/YZ13022".to_owned(),
            domain: domain(t),
            agency: agency(t),
            csrf: "token".to_owned(),
            sheets: vec![ReviewSheet {
                title: Some(say(t, "您的证件", "Your certificate").text),
                change: Some("/services/YZ13022/apply/0193/pages/cert_number".to_owned()),
                lines: vec![
                    line("证书编号", "Certificate number", Some("TS990100118823")),
                    line("备注", "Remarks", None),
                ],
            }],
            papers: PaperSheet::sample(t),
            mistakes: Vec::new(),
            changed: false,
            unfinished: None,
            told: vec![t.data_field("name")],
            grounds: GroundsView::default(),
            submit: "/services/YZ13022/apply/0193/submit".to_owned(),
            discard: "/services/YZ13022/apply/0193/discard".to_owned(),
            together: None,
            frame,
        }
    }

    /// The record is gone, and a check failed.
    pub(crate) fn sample_barred(frame: Frame) -> Self {
        let grounds = grounds(frame.t, Standing::Gone);
        Self { grounds, ..Self::sample(frame) }
    }

    pub(crate) fn sample_unfinished(frame: Frame) -> Self {
        let page = "/services/YZ13022/apply/0193/pages/cert_number?look=1".to_owned();
        Self { unfinished: Some(page), ..Self::sample(frame) }
    }
}

impl CasesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |reference: &str, state: &str| CaseLine {
            reference: reference.to_owned(),
            name: name(t),
            state: state.to_owned(),
            at: moment(19, 14),
        };
        Self {
            saved: true,
            events: vec![Begun { url: "/me/together/0193".to_owned(), ..begun(t) }],
            cases: vec![line("2026-7KQ3-MFXD", "in-review"), line("2026-0000-MFXE", "correction-required")],
            begun: vec![begun(t)],
            pager: Pager { page: 1, pages: 1, base: "/me/cases?page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { saved: false, events: Vec::new(), cases: Vec::new(), begun: Vec::new(), ..Self::sample(frame) }
    }
}
