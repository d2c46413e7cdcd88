//! What people say of their matters, and what is done about it: ratings bound to a matter that ended, calls and answers to
//! bad ones, what people say to those, and what agencies have against a rating.

use chrono::NaiveDate;
use yimen_scores::Level;

use super::{YearError, chance::Chance, matters::own};
use crate::{
    accounts::staff::Member,
    catalogue::Catalogue,
    db::Conn,
    ledger::CitizenId,
    platform::{Moment, keys::KeyRing},
    ratings::{
        Kind, RatingError, RatingId, Terms,
        appeal::{self, Fault, Ruling},
        follow::{
            self, Outcome, Verdict,
            life::State,
            work::{Work, Worker, work},
        },
        give::{Given, give},
        level_tag,
        queries::{Show, list},
    },
};

/// Of those who rate, so many write something.
const WRITES: f64 = 0.25;
/// As many as an agency looks at in a day.
const A_DAY: i64 = 20;
const GOOD: [&str; 6] = [
    "很快就办好了。",
    "网上全程办理，很方便。",
    "说明清楚，一次就通过了。",
    "工作人员回复及时。",
    "比以前省事多了，谢谢。",
    "没有跑腿，点赞。",
];
const BAD: [&str; 6] = [
    "等了很久没有消息。",
    "承诺的日子早就过了。",
    "打电话没有人接。",
    "说法前后不一样。",
    "到期了还是没有办好。",
    "希望说清楚到底要多久。",
];

/// Rates a matter. `false`: it did not end yet, or its time is over.
pub(super) fn rate(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    catalogue: &Catalogue,
    (citizen, rated, level): (CitizenId, (Kind, &str), Level),
    chance: &mut Chance,
) -> Result<bool, YearError> {
    let asked = Terms::of(catalogue).zip(catalogue.city.ratings.as_ref());
    let (terms, policy) = asked.ok_or(YearError::Poor("nobody is asked"))?;
    let tags = policy.tags.levels().into_iter().find(|(name, _)| *name == level_tag(level));
    let tags = tags.map(|(_, tags)| tags).unwrap_or_default();
    let ticked = tags.iter().filter(|_| chance.happens(0.3)).map(|tag| tag.id.clone()).collect();
    let words = if level.is_bad() { BAD } else { GOOD };
    let words = if chance.happens(WRITES) { chance.one(&words).copied() } else { None };
    let given = Given { level, tags: ticked, words: words.unwrap_or_default().to_owned() };
    match give(c, (ring, now), &terms, &own(citizen), rated, &given) {
        Ok(()) => Ok(true),
        Err(RatingError::Unknown | RatingError::Over) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// What whoever rated says to an answer. `None`: there is none yet.
pub(super) fn judge(
    c: &mut Conn,
    (ring, now): (&KeyRing, Moment),
    terms: &Terms<'_>,
    (citizen, rated): (CitizenId, (Kind, &str)),
    chance: &mut Chance,
) -> Result<Option<Verdict>, YearError> {
    let verdict = match chance.below(10) {
        0..=4 => Verdict::Satisfied,
        5..=7 => Verdict::Basic,
        _ => Verdict::Unsatisfied,
    };
    let words = if verdict == Verdict::Unsatisfied { "问题还是没有解决。" } else { "" };
    match follow::verdict(c, (ring, now), terms, &own(citizen), rated, (verdict, words)) {
        // Answered too long ago, or with nothing to follow any more: then there is nothing more to say, either.
        Ok(()) | Err(RatingError::Over | RatingError::Unknown) => Ok(Some(verdict)),
        Err(RatingError::NotNow) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What an agency did in a day about bad ratings.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Followed {
    pub answered: usize,
    pub appealed: usize,
}

/// An agency's day: whoever was not called is called, and what was looked into is answered. `quick`: of a hundred that
/// wait for an answer, so many get it today.
pub(super) fn follow_up(
    c: &mut Conn,
    (ring, now, today): (&KeyRing, Moment, NaiveDate),
    terms: &Terms<'_>,
    (member, agency, quick): (&Member, &str, f64),
    chance: &mut Chance,
) -> Result<Followed, YearError> {
    let worker = Worker { staff: member.id, agency, above: false };
    let mut done = Followed::default();
    let (lines, _) = list(c, &[agency.to_owned()], (Show::Open, today), (0, A_DAY))?;
    for (rating, one) in lines {
        let Some(one) = one else { continue };
        let todo = match one.state()? {
            State::Opened => Work::Contact("已电话联系，了解情况并致歉。".to_owned()),
            State::Contacted if chance.happens(quick) => Work::Answer {
                outcome: if chance.happens(0.7) { Outcome::Fixed } else { Outcome::Explained },
                words: "已经核实并处理，向您道歉。".to_owned(),
                reply: "问题已经核实，相关环节已改进。".to_owned(),
            },
            _ => continue,
        };
        let contacts = matches!(todo, Work::Contact(_));
        let seen = steps(c, ring, rating.id)?;
        work(c, (ring, now), terms, worker, (rating.id, seen), &todo)?;
        done.answered += usize::from(!contacts);
        if contacts && today <= rating.appeal_by && chance.happens(0.04) {
            let evidence = (Fault::Mistaken, "评价内容与本次办件无关，附办件记录。");
            match appeal::ask(c, (ring, now), worker, rating.id, evidence) {
                Ok(()) => done.appealed += 1,
                Err(RatingError::NotNow | RatingError::Already) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(done)
}

/// Somebody above decides what agencies and people could not settle between them. How many.
pub(super) fn decide(
    c: &mut Conn,
    (ring, now, today): (&KeyRing, Moment, NaiveDate),
    terms: &Terms<'_>,
    (above, agencies): (&Member, &[String]),
    chance: &mut Chance,
) -> Result<usize, YearError> {
    let (appeals, _) = list(c, agencies, (Show::Appeals, today), (0, A_DAY))?;
    let mut decided = appeals.len();
    for (rating, _) in appeals {
        let worker = Worker { staff: above.id, agency: &rating.agency, above: true };
        let ruling = if chance.happens(0.3) { Ruling::Upheld } else { Ruling::Rejected };
        appeal::decide(c, (ring, now), worker, rating.id, (ruling, "经核查办件记录和评价内容后决定。"))?;
    }
    let (escalated, _) = list(c, agencies, (Show::Escalated, today), (0, A_DAY))?;
    for (rating, one) in escalated {
        if one.is_none() {
            continue;
        }
        let worker = Worker { staff: above.id, agency: &rating.agency, above: true };
        let seen = steps(c, ring, rating.id)?;
        let last = Work::Settle("已责成部门当面答复并整改。".to_owned());
        work(c, (ring, now), terms, worker, (rating.id, seen), &last)?;
        decided += 1;
    }
    Ok(decided)
}

/// How many steps staff saw when they decided what to do.
fn steps(c: &mut Conn, ring: &KeyRing, id: RatingId) -> Result<i64, YearError> {
    Ok(i64::try_from(follow::of_rating(c, ring, id)?.len()).unwrap_or(i64::MAX))
}
