//! Samples of the pages of surveys, for their snapshots.

use chrono::NaiveDate;
use yimen_contract::Bilingual;
use yimen_forms::Draft;

use super::{
    Asked, Names, Question, Stage, Who,
    questions::schema,
    views::{
        AnswerLine, AnswersView, Bar, DesignView, DeskView, Door, FileAsked, FilesView, QuestionLine,
        ResultsView, SheetView, SurveyLine, SurveyView, SurveysView, Total,
    },
};
use crate::{
    cases::papers::views::FileLine,
    catalogue::filling::Drawn,
    platform::{Texts, named},
    web::frame::{Choice, Field, Frame, Link, Pager, Tab, Text},
};

const URL: &str = "/surveys/0193";
const DESK: &str = "/agency/surveys/0193";

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn say(t: Texts, zh: &str, en: &str) -> Text {
    Text::of(t, &Bilingual::new(zh, en))
}

fn title(t: Texts) -> Text {
    say(t, "小区停车情况调查", "Parking in your estate")
}

fn agency(t: Texts) -> Text {
    say(t, "市住房和城乡建设局", "Housing and Construction Bureau")
}

fn question(name: &str, asked: Asked, label: (&str, &str), choices: &[(&str, &str)]) -> Question {
    Question {
        name: name.to_owned(),
        asked,
        label: Bilingual::new(label.0, label.1),
        hint: Bilingual::default(),
        required: asked == Asked::One,
        choices: choices.iter().map(|(zh, en)| Bilingual::new(*zh, *en)).collect(),
    }
}

fn questions() -> Vec<Question> {
    vec![
        question(
            "q1",
            Asked::One,
            ("您家有几辆车？", "How many cars have you?"),
            &[("没有", "None"), ("一辆", "One")],
        ),
        question(
            "q2",
            Asked::Several,
            ("您平时停在哪里？", "Where do you park?"),
            &[("地下", "Underground"), ("路边", "")],
        ),
        question("q3", Asked::Number, ("每月停车费多少元？", "What do you pay a month, in yuan?"), &[]),
        question("q4", Asked::Long, ("您有什么建议？", "What do you suggest?"), &[]),
    ]
}

fn line(t: Texts, stage: Stage, url: &str) -> SurveyLine {
    SurveyLine {
        url: url.to_owned(),
        title: title(t),
        agency: agency(t),
        stage,
        opens: day(11, 16),
        closes: day(11, 30),
    }
}

impl SurveysView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self { open: vec![line(t, Stage::Open, URL)], others: vec![line(t, Stage::Over, URL)], frame }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { open: Vec::new(), others: Vec::new(), frame }
    }
}

impl SurveyView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            title: title(t),
            lead: say(
                t,
                "我们想了解各小区停车的情况。\n答案用来安排明年的改造。",
                "We want to know how parking is.\nThe answers help to plan next year.",
            ),
            agency: Link::new(agency(t), "/agencies/housing"),
            who: Who::Verified,
            names: Names::Choice,
            opens: day(11, 16),
            closes: day(11, 30),
            kept: NaiveDate::from_ymd_opt(2027, 11, 30).unwrap(),
            url: URL.to_owned(),
            said: Some(("ok", t.survey_said_sent().to_owned())),
            door: Door::Open { url: format!("{URL}/answer"), again: true },
            sheet: None,
            take_back: Some("token".to_owned()),
            preview: false,
            frame,
        }
    }

    pub(crate) fn sample_answered(frame: Frame) -> Self {
        Self { door: Door::Answered, take_back: None, said: None, ..Self::sample(frame) }
    }

    pub(crate) fn sample_acting(frame: Frame) -> Self {
        Self { door: Door::Acting, ..Self::sample_answered(frame) }
    }

    pub(crate) fn sample_over(frame: Frame) -> Self {
        Self { door: Door::Over, ..Self::sample_answered(frame) }
    }

    fn filled(frame: Frame, judged: bool) -> Self {
        let t = frame.t;
        let form = yimen_forms::Form::read(&schema(&questions())).unwrap();
        let draft = Draft::default();
        let filled = form.fill(&draft, day(11, 20));
        let drawn = Drawn {
            t,
            form: &form,
            draft: &draft,
            filled: &filled,
            offers: &[],
            named: &|agency: &str| agency.to_owned(),
            districts: &[],
            judged,
            fixed: serde_json::Map::new(),
        };
        let choice = |tag: &'static str| Choice::new(tag, t.survey_name_choice(tag), false);
        let mut name = Field::new("survey-name", t.survey_name())
            .hint(t.survey_name_hint())
            .choices(vec![choice("named"), choice("unnamed")]);
        name.error = judged.then(|| t.survey_name_missing().to_owned());
        let sheet = SheetView {
            action: Some(format!("{URL}/answer")),
            csrf: "token".to_owned(),
            pieces: drawn.page(&form.pages[0]),
            files: Vec::new(),
            files_at: None,
            name: Some(name),
            names: Names::Choice,
            too_much: false,
            again: !judged,
        };
        Self { sheet: Some(sheet), ..Self::sample_answered(frame) }
    }

    pub(crate) fn sample_form(frame: Frame) -> Self {
        Self::filled(frame, false)
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        Self::filled(frame, true)
    }

    pub(crate) fn sample_files(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self::filled(frame, false);
        if let Some(sheet) = &mut view.sheet {
            sheet.files = vec![permit(t), plan(t)];
            sheet.files_at = Some(format!("{URL}/files"));
        }
        view
    }
}

fn file(base: &str) -> FileLine {
    FileLine {
        id: "0193".to_owned(),
        name: "车位证.jpg".to_owned(),
        size: "240 KB".to_owned(),
        url: format!("{base}/files/0193"),
    }
}

fn permit(t: Texts) -> FileAsked {
    FileAsked {
        name: "q5".to_owned(),
        label: say(t, "车位证", "Your parking permit"),
        hint: Some(say(t, "拍照就可以", "A photograph will do")),
        required: true,
        file: Some(file(URL)),
        error: None,
    }
}

fn plan(t: Texts) -> FileAsked {
    FileAsked {
        name: "q6".to_owned(),
        label: say(t, "您画的示意图", ""),
        hint: None,
        required: false,
        file: None,
        error: None,
    }
}

impl FilesView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        Self {
            csrf: "token".to_owned(),
            title: title(t),
            url: URL.to_owned(),
            action: format!("{URL}/files"),
            files: vec![permit(t), plan(t)],
            accept: "application/pdf,image/jpeg,image/png".to_owned(),
            limits: t.papers_takes_both(named::Most(20), named::Picture(20)),
            again: true,
            frame,
        }
    }

    pub(crate) fn sample_wrong(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self { again: false, ..Self::sample(frame) };
        view.files[0].file = None;
        view.files[0].error = Some(t.papers_missing().to_owned());
        view.files[1].error =
            Some(t.papers_refused(named::Name("示意图.pdf"), named::Why(t.papers_active())));
        view
    }
}

impl DeskView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let surveys =
            vec![line(t, Stage::Draft, DESK), line(t, Stage::Soon, DESK), line(t, Stage::Open, DESK)];
        Self { surveys, said: Some(("ok", t.survey_said_discarded().to_owned())), begins: true, frame }
    }

    pub(crate) fn sample_empty(frame: Frame) -> Self {
        Self { surveys: Vec::new(), said: None, begins: false, frame }
    }
}

impl DesignView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let question = |one: Question| QuestionLine {
            label: Text::of(t, &one.label),
            asked: t.survey_asked_as(one.asked.tag()),
            required: one.required,
            choices: one.choices.iter().map(|choice| Text::of(t, choice)).collect(),
            name: one.name,
        };
        Self {
            csrf: "token".to_owned(),
            url: DESK.to_owned(),
            title: title(t),
            agency: agency(t),
            who: Who::SignedIn,
            names: Names::Named,
            opens: day(11, 23),
            closes: day(11, 30),
            questions: questions().into_iter().map(question).collect(),
            said: Some(("ok", t.survey_said_saved().to_owned())),
            leads: true,
            frame,
        }
    }

    pub(crate) fn sample_new(frame: Frame) -> Self {
        Self { questions: Vec::new(), said: None, leads: false, ..Self::sample(frame) }
    }
}

impl ResultsView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let bar = |zh: &str, en: &str, count, share| Bar { label: say(t, zh, en), count, share };
        let total = |zh: &str, en: &str, answered, bars| Total {
            label: say(t, zh, en),
            answered,
            bars,
            numbers: None,
        };
        Self {
            csrf: "token".to_owned(),
            url: DESK.to_owned(),
            public: URL.to_owned(),
            title: title(t),
            agency: agency(t),
            stage: Stage::Open,
            who: Who::Everybody,
            names: Names::Choice,
            opens: day(11, 16),
            closes: day(11, 30),
            kept: NaiveDate::from_ymd_opt(2027, 11, 30).unwrap(),
            named: 31,
            unnamed: 12,
            totals: vec![
                total(
                    "您家有几辆车？",
                    "How many cars have you?",
                    43,
                    vec![bar("没有", "None", 13, 30), bar("一辆", "One", 30, 70)],
                ),
                Total {
                    numbers: Some((12_400, "300.5".to_owned())),
                    ..total("每月停车费多少元？", "What do you pay a month?", 41, Vec::new())
                },
                total("您有什么建议？", "What do you suggest?", 1, Vec::new()),
            ],
            said: Some(("warn", t.survey_said_why().to_owned())),
            leads: true,
            cleared: false,
            frame,
        }
    }

    pub(crate) fn sample_cleared(frame: Frame) -> Self {
        Self { stage: Stage::Over, said: None, cleared: true, ..Self::sample(frame) }
    }
}

impl AnswersView {
    pub(crate) fn sample(frame: Frame) -> Self {
        let t = frame.t;
        let tab = |tag: &'static str, count, current| Tab {
            label: t.survey_tab(tag),
            url: format!("{DESK}/answers?part={tag}"),
            count: Some(count),
            current,
        };
        let said = vec![
            (
                say(t, "您家有几辆车？", "How many cars have you?"),
                t.say(&Bilingual::new("一辆", "One")).text.to_owned(),
            ),
            (say(t, "您有什么建议？", "What do you suggest?"), "<b>多建</b>".to_owned()),
        ];
        Self {
            url: DESK.to_owned(),
            title: title(t),
            tabs: vec![tab("named", 31, true), tab("unnamed", 12, false)],
            named: true,
            answers: vec![AnswerLine {
                name: Some("林晓".to_owned()),
                day: day(11, 19),
                said,
                files: Vec::new(),
            }],
            pager: Pager { page: 1, pages: 2, base: format!("{DESK}/answers?part=named&page=") },
            frame,
        }
    }

    pub(crate) fn sample_files(frame: Frame) -> Self {
        let t = frame.t;
        let mut view = Self::sample(frame);
        for answer in &mut view.answers {
            answer.files = vec![(say(t, "车位证", "Your parking permit"), file(DESK))];
        }
        view
    }

    pub(crate) fn sample_unnamed(frame: Frame) -> Self {
        let sample = Self::sample(frame);
        let answers = sample.answers.into_iter().map(|one| AnswerLine { name: None, ..one }).collect();
        Self { named: false, answers, pager: Pager { page: 1, pages: 1, base: String::new() }, ..sample }
    }
}
