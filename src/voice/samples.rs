//! Samples of the pages of orders, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::Bilingual;

use super::views::{
    AnswerLine, AnswersView, AuthorView, ChooseView, DeskOrderView, DeskView, DisputeLine, DraftLine,
    DraftsView, ElsewhereLine, FormView, JudgeForm, KindLine, MineView, OrderLine, OrderView, ReportLine,
    SentView, StepLine,
};
use crate::{
    cases::desk::views::ClockLine,
    platform::Texts,
    web::frame::{Choice, Field, Frame, Input, Link, Pager, Tab, Text},
};

const NUMBER: &str = "2026-7KQ3-MFXD";

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn at(hour: u32) -> NaiveDateTime {
    day(20).and_hms_opt(hour, 30, 0).unwrap()
}

fn agency(t: Texts) -> Text {
    say(t, "市城市管理局", "Urban Management Bureau")
}

fn elsewhere(t: Texts) -> ElsewhereLine {
    ElsewhereLine {
        name: say(t, "法院已经判决的事", "Something a court decided"),
        turn_to: say(t, "请向人民法院提出。", "Turn to the court."),
    }
}

fn answer(t: Texts) -> AnswerLine {
    AnswerLine {
        question: "路灯坏了找谁？<br>".to_owned(),
        answer: "请写明位置，三天内修好。".to_owned(),
        agency: agency(t),
        service: Some(Link::new(say(t, "路灯报修", "Street lamp repairs"), "/services/YZ22001")),
    }
}

pub(super) fn line(t: Texts, state: &str) -> OrderLine {
    OrderLine {
        url: format!("/me/voice/{NUMBER}"),
        number: NUMBER.to_owned(),
        kind: "report".to_owned(),
        state: state.to_owned(),
        topic: Some(say(t, "市容环卫", "Streets and cleaning")),
        agency: Some(agency(t)),
        district: Some(say(t, "云江区", "Yunjiang District")),
        made: at(9),
        clock: Some(ClockLine {
            due: Some(day(27)),
            provisional: false,
            colour: "ok",
            words: t.inquiry_left(4_usize),
        }),
        supervised: false,
        secret: false,
    }
}

fn step(act: &str, hour: u32, by: Option<Text>, words: &str) -> StepLine {
    StepLine {
        act: act.to_owned(),
        at: at(hour),
        by,
        words: words.to_owned(),
        elsewhere: None,
        number: None,
        finding: None,
    }
}

fn steps(t: Texts) -> Vec<StepLine> {
    vec![
        step("report", 9, None, ""),
        step("dispatch", 10, Some(agency(t)), ""),
        step("reply", 11, Some(agency(t)), "已更换灯泡。\n谢谢 <您>。"),
    ]
}

impl ChooseView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let kind = |kind: &str, guest: bool| KindLine {
            kind: kind.to_owned(),
            url: format!("/voice/{kind}/new?service=YZ22001"),
            guest: guest.then(|| format!("/voice/{kind}/guest?service=YZ22001")),
        };
        Self {
            q: "路灯 <坏了>".to_owned(),
            about: Some(Link::new(say(t, "路灯报修", "Street lamp repairs"), "/services/YZ22001")),
            hidden: vec![("service", "YZ22001".to_owned())],
            searched: true,
            hits: Vec::new(),
            answers: vec![answer(t)],
            kinds: vec![kind("consultation", false), kind("complaint", false), kind("report", true)],
            elsewhere: vec![elsewhere(t)],
            frame,
        }
    }

    pub(crate) fn sample_nothing(frame: Frame) -> Self {
        let bare = Self { about: None, hidden: Vec::new(), answers: Vec::new(), ..Self::sample(frame) };
        Self { elsewhere: Vec::new(), ..bare }
    }
}

impl AnswersView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self { q: String::new(), answers: vec![answer(frame.t)], frame }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { q: "x".to_owned(), answers: Vec::new(), frame }
    }
}

impl FormView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let needed = |field: Field| Field { required: true, ..field };
        let choice = |tag: &'static str| Choice::new(tag, t.voice_secret_choice(tag), tag == "yes");
        let district = Field::new("district", t.voice_field_district());
        let secret = Field::new("secret", t.voice_field_secret()).hint(t.voice_field_secret_hint());
        Self {
            csrf: "token".to_owned(),
            action: "/voice/report/new".to_owned(),
            kind: "report".to_owned(),
            guest: false,
            about: Some(say(t, "路灯 0001 号", "Street lamp 0001")),
            hidden: vec![("key", "0193".to_owned()), ("asset", "LD-0001".to_owned())],
            inputs: vec![
                Input::new("text", needed(Field::new("title", t.voice_field_title()).value("<灯不亮>"))),
                Input::new("long", needed(Field::new("text", t.voice_field_text()))),
                Input::new("select", district.choices(vec![Choice::new("", t.voice_district_none(), true)])),
                Input::new("radio", secret.choices(vec![choice("no"), choice("yes")])),
            ],
            picture: Some(Field::new("picture", t.voice_field_file()).hint(t.voice_field_file_hint())),
            turn_to: None,
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self {
            kind: "tip-off".to_owned(),
            guest: true,
            about: None,
            turn_to: Some(elsewhere(t).turn_to),
            action: "/voice/tip-off/guest".to_owned(),
            ..Self::sample(frame)
        };
        view.inputs[1].field.error = Some(t.voice_wrong_text(2000_usize));
        view.picture = Some(Field::new("picture", t.voice_field_picture()).error(t.papers_pictures_only()));
        view
    }
}

impl SentView {
    pub(crate) fn sample(frame: Frame) -> Self {
        Self {
            kind: "report".to_owned(),
            number: NUMBER.to_owned(),
            code: "7KQ3-MFXD-0000".to_owned(),
            frame,
        }
    }
}

impl MineView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let late = OrderLine { supervised: true, secret: true, ..line(t, "handling") };
        Self { rows: vec![line(t, "dispatched"), late], frame }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { rows: Vec::new(), frame }
    }
}

impl OrderView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: Some(("ok", t.voice_said_sent().to_owned())),
            guest: false,
            line: line(t, "handling"),
            goes_on: None,
            title: "灯不亮 <x>".to_owned(),
            text: "从周一开始不亮。\n晚上看不清路。".to_owned(),
            place: "政和路1号".to_owned(),
            photos: vec![format!("/me/voice/{NUMBER}/photos/0193")],
            steps: steps(t),
            verdict: None,
            judge: None,
            withdraw: Some(format!("/me/voice/{NUMBER}/withdraw")),
            frame,
        }
    }

    pub(crate) fn sample_answered(frame: Frame) -> Self {
        let t = frame.t;
        let verdict = Field::new("verdict", t.voice_judge()).choices(vec![Choice::new(
            "satisfied",
            t.voice_verdict("satisfied"),
            false,
        )]);
        let form = JudgeForm {
            action: "/voice/progress/judge".to_owned(),
            hidden: vec![("number", NUMBER.to_owned()), ("code", "7KQ3MFXD0000".to_owned())],
            verdict: verdict.error(t.voice_wrong_choice()),
            words: Field::new("words", t.voice_judge_words()).hint(t.voice_judge_words_hint()),
        };
        let answered = OrderLine { clock: None, supervised: true, ..line(t, "replied") };
        Self {
            guest: true,
            said: None,
            line: answered,
            goes_on: Some("2026-0000-0000".to_owned()),
            judge: Some(form),
            withdraw: None,
            photos: Vec::new(),
            ..Self::sample(frame)
        }
    }

    pub(crate) fn sample_not_taken(frame: Frame) -> Self {
        let t = frame.t;
        let away =
            StepLine { elsewhere: Some(elsewhere(t)), ..step("not-take", 11, None, "请向法院提出。") };
        Self {
            line: OrderLine { clock: None, ..line(t, "not-taken") },
            steps: vec![step("report", 9, None, ""), away],
            verdict: Some("dissatisfied".to_owned()),
            withdraw: None,
            ..Self::sample(frame)
        }
    }
}

impl DeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let tab = |tag: &str, current| Tab {
            label: t.voice_show(tag),
            url: format!("/agency/voice?show={tag}"),
            count: None,
            current,
        };
        Self {
            said: Some(("ok", t.voice_said_done().to_owned())),
            desk: true,
            late: 2,
            tabs: vec![tab("new", true), tab("working", false)],
            rows: vec![line(t, "received")],
            all: 21,
            pager: Pager { page: 1, pages: 2, base: "/agency/voice?show=new&page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        let pager = Pager { page: 1, pages: 0, base: String::new() };
        Self { said: None, desk: false, late: 0, rows: Vec::new(), all: 0, pager, ..Self::sample(frame) }
    }
}

impl DeskOrderView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            said: None,
            list: "/agency/voice",
            line: line(t, "dispatched"),
            service: Some(Link::new(say(t, "路灯报修", "Street lamp repairs"), "/services/YZ22001")),
            asset: Some(say(t, "路灯 0001 号", "Street lamp 0001")),
            helpers: vec![say(t, "供电公司", "Power Supply")],
            merged_into: None,
            return_by: Some(day(23)),
            dispute: None,
            acts: vec![("take", t.voice_do("take")), ("give-back", t.voice_do("give-back"))],
            reports: vec![ReportLine {
                title: "灯不亮 <x>".to_owned(),
                text: "从周一开始不亮。".to_owned(),
                place: "政和路1号".to_owned(),
                name: Some("林*".to_owned()),
                at: at(9),
                photos: vec![format!("/agency/voice/{NUMBER}/photos/0193")],
            }],
            steps: steps(t),
            reason: Some(Field::new("reason", t.voice_reason()).error(t.voice_wrong_reason())),
            people: Vec::new(),
            publish: None,
            frame,
        }
    }

    pub(crate) fn sample_secret(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self {
            line: OrderLine { secret: true, kind: "tip-off".to_owned(), clock: None, ..line(t, "closed") },
            merged_into: Some("2026-0000-0000".to_owned()),
            return_by: None,
            acts: Vec::new(),
            reason: None,
            publish: Some(format!("/agency/voice/{NUMBER}/answer")),
            people: vec![(Some("林晓".to_owned()), Some("13800000001".to_owned())), (None, None)],
            ..Self::sample(frame)
        };
        view.reports[0].name = None;
        view
    }

    pub(crate) fn sample_dispute(frame: Frame) -> Self {
        let t = frame.t;
        let answer =
            step("reply", 11, Some(say(t, "市政务服务局", "Services Bureau")), "材料不能说明评价失实。");
        Self {
            line: OrderLine { secret: true, kind: "dispute".to_owned(), clock: None, ..line(t, "replied") },
            acts: vec![("visit", t.voice_do("visit"))],
            dispute: Some(DisputeLine {
                agency: agency(t),
                level: "dissatisfied",
                words: Some("等了三周。".to_owned()),
                fault: "malicious",
                evidence: Some("同一人提交了二十次".to_owned()),
                ruling: Some("rejected"),
                reason: Some("不属实".to_owned()),
                said: Some("提交记录在附件中 <二十次>".to_owned()),
            }),
            reports: Vec::new(),
            steps: vec![
                step("report", 9, None, ""),
                StepLine { finding: Some("stands".to_owned()), ..answer },
            ],
            reason: None,
            ..Self::sample(frame)
        }
    }
}

impl AuthorView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            number: Field::new("number", t.voice_number()).value("2026").error(t.voice_wrong_secret()),
            reason: Field::new("reason", t.voice_reason()).hint(t.voice_author_reason_hint()),
            people: None,
            frame,
        }
    }

    pub(crate) fn sample_shown(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            number: Field::new("number", t.voice_number()).value(NUMBER),
            people: Some(vec![(Some("林晓".to_owned()), Some("13800000001".to_owned()))]),
            ..Self::sample(frame)
        }
    }
}

impl DraftsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let draft = |published: bool, publishes: bool| DraftLine {
            id: "0193".to_owned(),
            question: "路灯坏了找谁？".to_owned(),
            answer: "请写明位置。".to_owned(),
            agency: agency(t),
            published,
            publishes,
        };
        Self {
            csrf: "token".to_owned(),
            said: Some(("warn", t.voice_said_own().to_owned())),
            drafts: vec![draft(false, true), draft(false, false), draft(true, false)],
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { said: None, drafts: Vec::new(), ..Self::sample(frame) }
    }
}
