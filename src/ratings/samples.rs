//! Samples of the pages of ratings, for their snapshots.

use chrono::{NaiveDate, NaiveDateTime};
use yimen_contract::Bilingual;
use yimen_scores::Level;

use super::{
    level_tag,
    views::{
        AppealView, DeskLine, DeskView, FollowView, GivenView, HandView, LevelBar, MatterView, MineLine,
        MineView, MonthLine, OneView, OrderForm, PublicLine, PublicView, RateView, ReachView, Stage,
        StepLine,
    },
};
use crate::{
    catalogue::views::ScoreView,
    platform::Texts,
    web::frame::{Choice, Field, Frame, Input, Link, Pager, Tab, Text},
};

const URL: &str = "/me/ratings/case/2026-7KQ3-MFXD";

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn at(date: u32, hour: u32) -> NaiveDateTime {
    day(11, date).and_hms_opt(hour, 5, 0).unwrap()
}

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn name(t: Texts) -> Text {
    say(t, "道路运输证补证", "Replace a road transport certificate")
}

fn agency(t: Texts) -> Text {
    say(t, "市交通运输局", "Transport Bureau")
}

fn link(t: Texts) -> Link {
    Link::new(agency(t), "/agencies/transport")
}

fn tags(t: Texts) -> Vec<Text> {
    vec![say(t, "办得慢", "Slow"), say(t, "说得不清楚 <b>", "")]
}

fn levels(t: Texts, name: &'static str) -> Field {
    let choice = |level| Choice::new(level_tag(level), t.rating_level(level_tag(level)), false);
    Field::new(name, t.rating_question()).choices(Level::ALL.into_iter().rev().map(choice).collect())
}

fn step(date: u32, by: &str, act: &str, said: Option<&str>) -> StepLine {
    let (by, act, said) = (by.to_owned(), act.to_owned(), said.map(str::to_owned));
    StepLine { at: at(date, 9), day: None, by, act, said }
}

fn steps() -> Vec<StepLine> {
    vec![
        step(20, "person", "open", None),
        step(20, "agency", "contact", Some("电话联系，对方说等了三周。")),
        step(24, "agency", "answer", Some("已补发，并向您道歉。")),
    ]
}

/// The same for whoever rated.
fn told() -> Vec<StepLine> {
    let mut steps = steps();
    steps[1].said = None;
    steps
}

impl MineView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line =
            |until, level| MineLine { name: name(t), url: URL.to_owned(), ended: day(11, 20), until, level };
        Self {
            said: Some(("warn", t.rating_said("counter"))),
            open: vec![line(Some(day(12, 20)), None)],
            rated: vec![line(None, Some("satisfied")), line(None, Some("dissatisfied"))],
            frame,
        }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        Self { said: None, open: Vec::new(), rated: Vec::new(), frame }
    }
}

impl RateView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            url: URL.to_owned(),
            matter: "/me/cases/2026-7KQ3-MFXD".to_owned(),
            name: name(t),
            agency: Some(link(t)),
            said: None,
            disputes: false,
            stage: Stage::Ask { levels: levels(t, "level"), until: day(12, 20), kept: None },
            mistakes: Vec::new(),
            frame,
        }
    }

    pub(crate) fn sample_add(frame: Frame) -> Self {
        let t = frame.t;
        let tags = vec![
            Choice::new("slow", "Slow", true),
            Choice::new("unclear", "说得不清楚", false).lang("zh-CN"),
        ];
        let words =
            Field::new("words", t.rating_words_bad()).hint(t.rating_words_hint()).value("Three weeks <b>");
        let words = words.error(t.rating_too_long(1000_u64));
        Self {
            mistakes: words.mistake().into_iter().collect(),
            stage: Stage::Add {
                level: "very-dissatisfied",
                tags: Field::new("tag", t.rating_tags()).choices(tags),
                words,
            },
            ..Self::sample(frame)
        }
    }

    /// Sent without a level, and with words.
    pub(crate) fn sample_missing(frame: Frame) -> Self {
        let t = frame.t;
        let tags = Field::new("tag", t.rating_tags()).choices(vec![Choice::new("slow", "Slow", true)]);
        let words =
            Field::new("words", t.rating_words()).hint(t.rating_words_hint()).value("Three weeks <b>");
        let levels = levels(t, "level").error(t.rating_choose());
        let stage = Stage::Ask { levels, until: day(12, 20), kept: Some((tags, words)) };
        Self { mistakes: stage.mistakes(), stage, ..Self::sample(frame) }
    }

    pub(crate) fn sample_over(frame: Frame) -> Self {
        Self { stage: Stage::Over, ..Self::sample(frame) }
    }

    /// Answered, and asked whether that will do.
    pub(crate) fn sample_answered(frame: Frame) -> Self {
        let t = frame.t;
        let verdict =
            ["satisfied", "basic", "unsatisfied"].map(|one| Choice::new(one, t.rating_verdict(one), false));
        let verdict = Field::new("verdict", t.rating_verdict_question()).choices(verdict.into());
        let still = Field::new("still", t.rating_still()).hint(t.rating_still_hint());
        let given = GivenView {
            level: "dissatisfied",
            first: None,
            tags: tags(t),
            words: Some("等了三周，电话 13800000001".to_owned()),
            at: at(20, 9),
            standing: "review",
            appeal: Some(("mistaken", None)),
            follow: Some(FollowView {
                state: "answered",
                due: None,
                steps: told(),
                verdict: Some((verdict, still, day(12, 24))),
                said: None,
                evidence: vec![format!("{URL}/evidence/0194")],
            }),
            amend: Some(levels(t, "new-level")),
        };
        Self {
            said: Some(("ok", t.rating_said("given"))),
            stage: Stage::Given(Box::new(given)),
            ..Self::sample(frame)
        }
    }

    /// Changed once, and set aside in the end.
    pub(crate) fn sample_aside(frame: Frame) -> Self {
        let given = GivenView {
            level: "satisfied",
            first: Some("dissatisfied"),
            tags: Vec::new(),
            words: None,
            at: at(20, 9),
            standing: "aside",
            appeal: Some(("malicious", Some("同一天重复提交。".to_owned()))),
            follow: Some(FollowView {
                state: "dropped",
                due: None,
                steps: vec![step(20, "person", "open", None), step(25, "portal", "drop", None)],
                verdict: None,
                said: Some("basic"),
                evidence: Vec::new(),
            }),
            amend: None,
        };
        Self { disputes: true, stage: Stage::Given(Box::new(given)), ..Self::sample(frame) }
    }
}

impl DeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let line = |level, state, standing, late: bool| DeskLine {
            url: "/agency/ratings/0193".to_owned(),
            name: name(t),
            agency: agency(t),
            level,
            given: day(11, 20),
            standing,
            state,
            due: late.then(|| day(11, 23)),
            late,
        };
        let tab = |tag, count, current| Tab {
            label: t.rating_show(tag),
            url: format!("/agency/ratings?show={tag}"),
            count,
            current,
        };
        Self {
            csrf: "token".to_owned(),
            hidden: vec![("show", "open".to_owned())],
            above: false,
            tabs: vec![tab("open", Some(2), true), tab("late", Some(1), false), tab("all", None, false)],
            lines: vec![
                line("very-dissatisfied", Some("opened"), "counts", true),
                line("dissatisfied", Some("closed"), "review", false),
                line("satisfied", None, "counts", false),
            ],
            show: "open",
            filters: vec![
                Field::new("month", t.rating_ended_in()).choices(vec![Choice::new(
                    "",
                    t.quality_everything(),
                    true,
                )]),
                Field::new("level", t.rating_level_label()).choices(vec![Choice::new(
                    "dissatisfied",
                    t.rating_level("dissatisfied"),
                    true,
                )]),
            ],
            service: Some(("YZ13022".to_owned(), name(t), "/agency/ratings?show=open".to_owned())),
            pager: Pager { page: 1, pages: 2, base: "/agency/ratings?show=open&page=".to_owned() },
            frame,
        }
    }

    pub(crate) fn sample_above(frame: Frame) -> Self {
        Self { above: true, lines: Vec::new(), ..Self::sample(frame) }
    }
}

impl OneView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let words = |act: &'static str| {
            let field = Field::new(format!("{act}-words"), t.rating_order_words(act));
            Input::new("long", field.hint(t.rating_order_hint(act)))
        };
        let outcomes = ["fixed", "explained"].map(|tag| Choice::new(tag, t.rating_order_choice(tag), false));
        let outcome = Field::new("answer-what", t.rating_order_what("answer")).choices(outcomes.into());
        let outcome = outcome.error(t.rating_order_missing());
        Self {
            csrf: "token".to_owned(),
            above: false,
            list: "/agency/ratings",
            url: "/agency/ratings/0193".to_owned(),
            name: name(t),
            agency: agency(t),
            said: Some(("ok", t.rating_said("done"))),
            level: "dissatisfied",
            first: None,
            tags: tags(t),
            words: Some("等了三周，电话 ***".to_owned()),
            hidden: vec![t.rating_hidden("phone"), t.rating_hidden("name")],
            given: day(11, 20),
            standing: "counts",
            state: Some("opened"),
            contact_by: Some(day(11, 23)),
            fix_by: Some(day(11, 27)),
            provisional: true,
            late: true,
            steps: steps(),
            verdict: None,
            reply: None,
            appeal: None,
            evidence: vec![("fix".to_owned(), "/agency/ratings/0193/evidence/0194".to_owned())],
            hand: Some(HandView {
                holder: Some("周宁".to_owned()),
                was: "0192".to_owned(),
                to: Field::new("to", t.rating_hand_to()).choices(vec![Choice::new(
                    "0191",
                    t.rating_hand_me("林晓"),
                    true,
                )]),
            }),
            forms: vec![
                OrderForm { act: "look", inputs: vec![words("look")], file: None },
                OrderForm {
                    act: "answer",
                    inputs: vec![Input::new("radio", outcome), words("answer")],
                    file: Some(Field::new("answer-file", t.rating_proof("fix")).hint(t.rating_proof_hint())),
                },
            ],
            reach: Some(ReachView {
                name: Some("林晓".to_owned()),
                phone: Some("13800000001".to_owned()),
                email: None,
            }),
            matter: None,
            frame,
        }
    }

    /// From above, with an objection that was decided.
    pub(crate) fn sample_above(frame: Frame) -> Self {
        let appeal = AppealView {
            fault: "malicious",
            at: at(21, 10),
            evidence: Some("同一天提交了二十次。".to_owned()),
            ruling: Some("upheld"),
            reason: Some("属实。".to_owned()),
        };
        Self {
            above: true,
            list: "/admin/ratings",
            said: None,
            first: Some("very-dissatisfied"),
            standing: "aside",
            state: Some("dropped"),
            contact_by: None,
            fix_by: None,
            late: false,
            verdict: Some("unsatisfied"),
            reply: Some("已补发。".to_owned()),
            appeal: Some(appeal),
            hand: None,
            forms: Vec::new(),
            reach: None,
            matter: Some(MatterView {
                kind: "case",
                reference: "2026-7KQ3-MFXD".to_owned(),
                ended: day(11, 20),
            }),
            ..Self::sample(frame)
        }
    }
}

impl PublicView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let bar = |level, count, share, said: &str| LevelBar { level, count, share, said: said.to_owned() };
        let line = |level, state, standing| PublicLine {
            service: None,
            level,
            first: None,
            month: day(11, 1),
            tags: tags(t),
            standing,
            fault: Some("mistaken"),
            state,
            reply: Some("增加了一个窗口。".to_owned()),
            verdict: Some("satisfied"),
        };
        Self {
            name: name(t),
            page: "/services/YZ13022".to_owned(),
            of: Some((Link::new(say(t, "交通出行", "Transport"), "/domains/D13"), link(t))),
            score: Some(ScoreView { url: None, ..ScoreView::sample(400, false) }),
            bars: vec![bar("very-satisfied", 380, 95, "95.0%"), bar("very-dissatisfied", 20, 5, "5.0%")],
            months: vec![MonthLine { month: day(11, 1), score: ScoreView::sample(12, true) }],
            aside: 2,
            lines: vec![
                line("dissatisfied", Some("closed"), "counts"),
                line("very-dissatisfied", Some("dropped"), "aside"),
            ],
            frame,
        }
    }

    pub(crate) fn sample_agency(frame: Frame) -> Self {
        let mut view = Self::sample(frame);
        let t = view.frame.t;
        for line in &mut view.lines {
            line.service = Some(Link::new(name(t), "/services/YZ13022/ratings"));
        }
        Self { name: agency(t), page: "/agencies/transport".to_owned(), of: None, ..view }
    }

    pub(crate) fn sample_none(frame: Frame) -> Self {
        let (bars, months, lines) = (Vec::new(), Vec::new(), Vec::new());
        Self { score: None, aside: 0, bars, months, lines, ..Self::sample(frame) }
    }
}
