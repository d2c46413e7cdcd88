//! A question with its form, and what can come of it.

use super::{day, link, moment, say};
use crate::{
    catalogue::views::{
        AskView, Barred, ClosureLine, Contact, FoundFact, FoundFile, FoundNext, FoundRecord, FoundSaid,
        FoundState, FoundView, Offered,
    },
    platform::i18n::Texts,
    web::frame::{Choice, Field, Frame, Input, Text},
};

fn inputs(t: Texts) -> Vec<Input> {
    let plate = Field {
        required: true,
        ..Field::new("a-plate", say(t, "号牌号码", "Plate").text).hint(t.asking_such_as("测A12345"))
    };
    let kinds = vec![
        Choice::new("02", say(t, "小型汽车", "Small car").text, true),
        Choice::new("52", say(t, "小型新能源汽车", "Small new-energy car").text, false),
    ];
    let kind = Field {
        required: true,
        ..Field::new("a-kind", say(t, "号牌种类", "Type of plate").text).choices(kinds)
    };
    vec![Input::new("text", plate.value("测A12345")), Input::new("radio", kind)]
}

fn found(said: FoundSaid) -> FoundView {
    FoundView {
        said,
        summary: Vec::new(),
        records: Vec::new(),
        total: None,
        page: 1,
        more: false,
        asked: vec![("a-plate".to_owned(), "测A12345".to_owned())],
    }
}

impl AskView {
    /// Before anything was asked.
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            name: say(t, "机动车违法查询", "Traffic violations by plate"),
            summary: say(t, "查一辆车的违法记录。", "The violations recorded for a car."),
            guide: "/services/YZ02001".to_owned(),
            domain: link(t, "交通管理", "Traffic police", "/domains/D02"),
            agency: link(t, "云州市公安局交通警察支队", "Yunzhou Traffic Police", "/agencies/traffic-police"),
            action: "/services/YZ02001/start".to_owned(),
            code: "YZ02001".to_owned(),
            csrf: Some("token".to_owned()),
            inputs: inputs(t),
            told: vec![t.data_field("name"), t.data_field("identity-number")],
            barred: None,
            answer: None,
            closures: Vec::new(),
            contact: Contact {
                phone: "0990-5021000".to_owned(),
                complaint_phone: "0990-5021009".to_owned(),
                address: say(t, "通衢大道66号", "66 Tongqu Avenue"),
                hours: say(t, "工作日", "Working days"),
            },
            sample: true,
            offered: Offered::default(),
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        view.inputs[0].field.error = Some(view.frame.t.asking_pattern_such_as("测A12345"));
        view
    }

    /// As whoever reviews a version sees it.
    pub(crate) fn sample_preview(frame: Frame) -> Self {
        Self { offered: Offered { preview: true, closed: None }, csrf: None, ..Self::sample(frame) }
    }

    pub(crate) fn sample_barred(frame: Frame) -> Self {
        Self { barred: Some(Barred::InPerson), ..Self::sample(frame) }
    }

    /// What it asks is suspended.
    pub(crate) fn sample_closed(frame: Frame) -> Self {
        let t = frame.t;
        let closed = ClosureLine {
            title: t.planned_closed().to_owned(),
            reason: Text::default(),
            text: t.planned_closed_text(),
        };
        Self { closures: vec![closed], ..Self::sample(frame) }
    }

    /// Two records, and more behind them.
    pub(crate) fn sample_found(frame: Frame) -> Self {
        let t = frame.t;
        let fact = |zh: &str, en: &str, value: &str| FoundFact {
            label: say(t, zh, en),
            value: t.marked(value),
            file: None,
        };
        let record = |kind, zh, en| FoundRecord {
            title: t.marked("驾驶机动车不按交通信号灯指示通行"),
            reference: Some(t.marked("990100-17")),
            state: Some(FoundState { kind, word: say(t, zh, en) }),
            facts: vec![
                fact("违法地点", "Where", "通衢大道"),
                fact("罚款", "Fine", "200"),
                FoundFact {
                    file: Some(FoundFile { url: "/services/YZ02001/files/token".to_owned(), picture: true }),
                    ..fact("证据照片", "Photograph", "ZP990100")
                },
            ],
            number: Some("990100-17".to_owned()),
            next: vec![
                FoundNext {
                    link: link(t, "自助处理", "Handle it yourself", "/services/YZ02015/start"),
                    begins: true,
                },
                FoundNext {
                    link: link(t, "缴纳罚款", "Pay a fine", "/services/YZ02016/start"),
                    begins: false,
                },
            ],
        };
        let answer = FoundView {
            summary: vec![fact("罚款合计", "Fines in all", "400")],
            records: vec![record("warn", "未处理", "Not handled"), record("ok", "已处理", "Handled")],
            total: Some(22),
            more: true,
            ..found(FoundSaid::AsOf(moment(day(2026, 11, 21), 8, 30)))
        };
        Self { answer: Some(answer), ..Self::sample(frame) }
    }

    /// What was so before the agency went away.
    pub(crate) fn sample_earlier(frame: Frame) -> Self {
        let mut view = Self::sample_found(frame);
        if let Some(answer) = &mut view.answer {
            answer.said = FoundSaid::Earlier(moment(day(2026, 11, 21), 8, 30));
        }
        view
    }

    pub(crate) fn sample_nothing(frame: Frame) -> Self {
        let nothing = say(frame.t, "没有未处理的违法记录。", "There are no violations.");
        Self { answer: Some(found(FoundSaid::Nothing(nothing))), ..Self::sample(frame) }
    }

    pub(crate) fn sample_away(frame: Frame) -> Self {
        let away = FoundSaid::Away { until: Some(moment(day(2026, 11, 22), 3, 0)), tell: true };
        Self { answer: Some(found(away)), ..Self::sample(frame) }
    }

    /// Open to everybody, and told when it is away for no known time.
    pub(crate) fn sample_open(frame: Frame) -> Self {
        let away = FoundSaid::Away { until: None, tell: false };
        let told = Vec::new();
        Self { answer: Some(found(away)), csrf: None, told, sample: false, ..Self::sample(frame) }
    }
}
