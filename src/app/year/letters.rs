//! What people ask, complain of, suggest and report, and what the city's desk and the units do with it, day by day.

use uuid::Uuid;

use super::{YearError, chance::Chance, people::Clerk};
use crate::{
    db::Conn,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    voice::{
        Clocks, Kind, State, Verdict, VoiceError, Words,
        acts::{self, Deed},
        desk::{self, Show},
        judge,
        mine::Whose,
        take::{Coming, from_citizen},
    },
};

/// As many as somebody looks at in a day.
const A_DAY: i64 = 60;
/// What there is to say, by the city's topics: kind, title and words.
const SAID: [(&str, Kind, &str, &str); 12] = [
    ("street", Kind::Report, "路灯不亮", "这盏路灯三个晚上没有亮了，晚上很暗，请派人看看。"),
    ("street", Kind::Complaint, "占道摆摊", "早上摊贩占了人行道，行人只能走到马路上。"),
    ("pollution", Kind::Complaint, "夜间施工噪声", "工地夜里十一点以后还在施工，噪声很大，影响休息。"),
    ("consumer", Kind::Complaint, "预付卡退款", "店铺关门了，预付卡里的钱退不了。"),
    ("tourism", Kind::Consultation, "景区预约", "请问周末到景区还要不要提前预约？"),
    ("water", Kind::Consultation, "水压低", "请问我们这一片水压低是什么原因？"),
    ("river", Kind::Report, "河面漂浮物", "河面上漂着很多塑料袋，有人打捞吗？"),
    ("housing", Kind::Complaint, "电梯经常停", "小区电梯这个月停了四次，物业一直没有修好。"),
    ("transport", Kind::Suggestion, "增加公交班次", "早高峰公交太挤，建议增加班次。"),
    ("park", Kind::Suggestion, "公园多放长椅", "公园里老人多，建议多放几张长椅。"),
    ("office", Kind::Complaint, "办件过期", "办件早就过了承诺的日子，打电话一直说再等等。"),
    ("office", Kind::Suggestion, "延长办理时间", "建议办事大厅中午也有人值班。"),
];
const REPLY: &str = "您反映的问题已经核实并处理，感谢您的意见。";
const PLACE: &str = "政和路1号附近";

/// Something that was reported, and not judged yet.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub number: String,
    pub citizen: CitizenId,
    /// The day of the year.
    pub day: usize,
}

/// Somebody writes. `about`: of whose matters it is, where that is known.
pub(super) fn write(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    (citizen, day): (CitizenId, usize),
    (about, districts): (Option<&str>, &[String]),
    chance: &mut Chance,
) -> Result<Letter, YearError> {
    let usual = SAID[chance.below(SAID.len())];
    // Whoever waits too long complains of the agency, and not of a street lamp.
    let (topic, kind, title, text) = if about.is_some() { SAID[10] } else { usual };
    let place = if kind.has_place() { PLACE } else { "" };
    let coming = Coming {
        kind,
        words: Words {
            title: title.to_owned(),
            text: text.to_owned(),
            place: place.to_owned(),
            phone: String::new(),
        },
        secret: kind.may_be_secret() && chance.happens(0.1),
        topic: Some(topic.to_owned()),
        service: None,
        agency: about.map(str::to_owned),
        district: chance.one(districts).cloned(),
        asset: None,
        picture: None,
    };
    let number = from_citizen(c, ring, now, clocks, (citizen, Uuid::now_v7()), &coming)?;
    Ok(Letter { number, citizen, day })
}

/// The desk gives out what came in: to the agency that it is about, or to the topic's. How many.
pub(super) fn give_out(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    desk: &Clerk,
) -> Result<usize, YearError> {
    let (orders, _) = desk::list(c, &desk.voice, Show::New, (0, A_DAY))?;
    let mut given = 0;
    for order in orders {
        let topic = order.topic.as_deref().and_then(|id| clocks.policy().ok()?.topic(id));
        let lead = order.agency.clone().or_else(|| topic.map(|topic| topic.agency.clone()));
        let Some(lead) = lead else { continue };
        let deed = Deed::Dispatch {
            topic: order.topic.clone(),
            lead,
            helpers: Vec::new(),
            decided: false,
            words: String::new(),
        };
        acts::carry_out(c, (ring, now), clocks, &desk.voice, &order.number, &deed)?;
        given += 1;
    }
    Ok(given)
}

/// A unit's day: it takes on what it got and answers some of it. `quick`: so many of those that it has taken on.
pub(super) fn deal(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    (unit, quick): (&Clerk, f64),
    chance: &mut Chance,
) -> Result<usize, YearError> {
    let (orders, _) = desk::list(c, &unit.voice, Show::Working, (0, A_DAY))?;
    let mut answered = 0;
    for order in orders {
        // Who sits at the desk sees what others deal with, too.
        if !unit.member.branch().covers(&order.branch) {
            continue;
        }
        let deed = match order.state()? {
            State::Dispatched => Deed::Take,
            State::Handling if chance.happens(quick) => {
                Deed::Reply { words: REPLY.to_owned(), finding: None }
            }
            _ => continue,
        };
        answered += usize::from(matches!(deed, Deed::Reply { .. }));
        acts::carry_out(c, (ring, now), clocks, &unit.voice, &order.number, &deed)?;
    }
    Ok(answered)
}

/// Whoever wrote says what they think of the answer. `false`: there is none yet.
pub(super) fn hear(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    clocks: &Clocks,
    letter: &Letter,
    chance: &mut Chance,
) -> Result<bool, YearError> {
    let verdict = if chance.happens(0.82) { Verdict::Satisfied } else { Verdict::Dissatisfied };
    let words = if verdict == Verdict::Dissatisfied { "问题没有真正解决。" } else { "" };
    let whose = Whose::Citizen(letter.citizen, letter.number.clone());
    match judge::judge(c, (ring, now), clocks, &whose, (verdict, words)) {
        Ok(()) => Ok(true),
        Err(VoiceError::NotNow) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Codes of the city's districts.
pub(super) fn districts(clocks: &Clocks) -> Vec<String> {
    clocks.edition().catalogue.city.city.districts.iter().map(|one| one.code.clone()).collect()
}

/// Agencies that somebody may be given an order for.
pub(super) fn units(clocks: &Clocks) -> Result<Vec<String>, YearError> {
    let policy = clocks.policy()?;
    let mut all: Vec<String> = policy.topics.iter().map(|topic| topic.agency.clone()).collect();
    all.push(policy.desk.clone());
    Ok(all)
}
