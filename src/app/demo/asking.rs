//! What two agencies of the demo city ask: one of people who are verified, under their names, and one of anybody.

use chrono::Days;
use yimen_contract::Bilingual;

use super::people::SettleError;
use crate::{
    db::Conn,
    platform::{Moment, clock::city_day},
    surveys::{
        Asked, Names, Question, SurveyError, Who,
        design::{self, Plan},
    },
};

/// So long people can answer.
const OPEN: Days = Days::new(30);

type Both = (&'static str, &'static str);

struct Sheet {
    agency: &'static str,
    title: Both,
    lead: Both,
    who: Who,
    names: Names,
    questions: &'static [(Asked, bool, Both, &'static [Both])],
}

const SHEETS: [Sheet; 2] = [
    Sheet {
        agency: "government-services",
        title: ("政务大厅晚间开放意向登记", "Evening hours at the service hall"),
        lead: (
            "我们打算在工作日晚上开放部分窗口，请登记您的需要。登记结果只用来安排窗口和时间。",
            "We plan to open some counters on weekday evenings. What you tell us is used for planning them only.",
        ),
        who: Who::Verified,
        names: Names::Named,
        questions: &[
            (
                Asked::One,
                true,
                ("您希望开到几点？", "Until when should they be open?"),
                &[
                    ("19点", "7 p.m."),
                    ("20点", "8 p.m."),
                    ("21点", "9 p.m."),
                    ("不需要晚间开放", "I need no evening hours"),
                ],
            ),
            (Asked::Number, true, ("您一年大约来大厅几次？", "About how often do you come in a year?"), &[]),
            (Asked::YesNo, true, ("您能在线办理吗？", "Can you do these things online?"), &[]),
            (Asked::Long, false, ("您想在晚上办什么事？", "What would you come for in the evening?"), &[]),
        ],
    },
    Sheet {
        agency: "culture-tourism",
        title: ("公共文化活动，听听您的意见", "Public culture: what would you like?"),
        lead: (
            "明年的公共文化活动正在安排。不用登录就可以说，附不附姓名由您选择。",
            "We are planning next year. You can answer without signing in, and with or without your name.",
        ),
        who: Who::Everybody,
        names: Names::Choice,
        questions: &[
            (
                Asked::Several,
                true,
                ("您想多参加哪些活动？", "What would you like more of?"),
                &[
                    ("展览", "Exhibitions"),
                    ("演出", "Performances"),
                    ("讲座", "Talks"),
                    ("读书会", "Reading groups"),
                    ("手工和非遗体验", "Crafts and traditions"),
                ],
            ),
            (Asked::Line, false, ("最好在哪里？", "Where, best of all?"), &[]),
            (Asked::Long, false, ("请说得具体一些", "Please tell us more"), &[]),
        ],
    },
];

fn both((zh, en): Both) -> Bilingual {
    Bilingual::new(zh, en)
}

/// Asks what the agency that somebody manages asks: put together, then published.
pub(super) fn ask(c: &mut Conn, now: Moment, agency: &str, by: &str) -> Result<(), SettleError> {
    let today = city_day(now);
    for sheet in SHEETS.iter().filter(|sheet| sheet.agency == agency) {
        let plan = Plan {
            title: both(sheet.title),
            lead: both(sheet.lead),
            who: sheet.who,
            names: sheet.names,
            opens_on: today,
            closes_on: today.checked_add_days(OPEN).unwrap_or(today),
        };
        let id = design::begin(c, now, sheet.agency, by, &plan)?;
        for (asked, required, label, choices) in sheet.questions {
            let question = Question {
                name: String::new(),
                asked: *asked,
                label: both(*label),
                hint: Bilingual::default(),
                required: *required,
                choices: choices.iter().map(|choice| both(*choice)).collect(),
            };
            design::ask(c, now, id, question)?;
        }
        design::publish(c, now, id, by)?;
    }
    Ok(())
}

impl From<SurveyError> for SettleError {
    fn from(error: SurveyError) -> Self {
        match error {
            SurveyError::Db(error) => Self::Db(error),
            _ => Self::Refused("a survey"),
        }
    }
}
