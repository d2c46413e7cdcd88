//! The validity grammar: what the words of a rule and their arguments mean.
//!
//! | term | ends |
//! |---|---|
//! | `long` | never |
//! | `session(60s)` | within the minute; no date follows from it |
//! | `fixed(5y)` | so long after its issue; `fixed` alone: on the day printed on it |
//! | `age_band(<16=5y;16-25=10y;>=26=long)` | by the holder's age on the day of issue |
//! | `ladder(6y,10y,long)` | by how often it has been renewed |
//! | `endorse(1y)`, `endorse(03-01..05-31)` | so long after the last endorsement, or with the window of every year |
//! | `inspect(2y,4y;1y)` | at these ages, then at this interval; `inspect` alone: on the day printed on it |
//! | `check(2y)`, `check(A=12M;B=6M)`, `check(<100=1y;>=100=3y)` | so long after the last check, by class or by size |
//! | `annual_report(01-01..06-30)` | with the window of every year after that of its issue |
//! | `tied_to(L05)` | with what it is tied to |
//! | `schedule(vaccines)` | on the next day of a plan that the agency knows |
//! | `interval(whole-blood=6M;platelets=14D)` | never; from then on it may be done again |
//!
//! Terms are joined by `+`. Besides `long` and `session` there are at most two, so that a document has at most two
//! dates to keep.

use yimen_contract::validity::{self, Term as Written};

use crate::period::{MonthDay, Period, number};
use crate::rule::Mistake;

/// One term that something follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Term {
    Fixed(Option<Period>),
    AgeBand(Vec<Band>),
    Ladder(Vec<Option<Period>>),
    Endorse(Recurring),
    Inspect { at: Vec<Period>, then: Option<Period> },
    Check(Vec<Band>),
    AnnualReport(Recurring),
    TiedTo,
    Schedule,
    Interval(Vec<Band>),
}

/// How often something is due again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recurring {
    Every(Period),
    /// In a span of every year.
    Yearly {
        from: MonthDay,
        to: MonthDay,
    },
}

/// A period and for whom it is meant; without a period it never ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Band {
    pub whom: Whom,
    pub period: Option<Period>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whom {
    All,
    Class(String),
    /// From and up to a number, which belongs to it.
    Between(u32, u32),
}

/// Reads a rule's terms, without those that no date follows from.
pub(crate) fn read(rule: &str) -> Result<Vec<Term>, Mistake> {
    let written = validity::terms(rule).map_err(|error| Mistake::Grammar(error.to_string()))?;
    let mut terms = Vec::new();
    for term in written {
        terms.extend(self::term(term).ok_or_else(|| Mistake::Term(spelt(term)))?);
    }
    if terms.len() > crate::dates::MOST { Err(Mistake::TooManyTerms) } else { Ok(terms) }
}

fn spelt(term: Written) -> String {
    match term.arguments {
        Some(arguments) => format!("{}({arguments})", term.head),
        None => term.head.to_owned(),
    }
}

/// The outer option says whether it could be read, the inner one whether a date follows.
#[expect(clippy::option_option, reason = "read here, asked right above")]
fn term(written: Written) -> Option<Option<Term>> {
    let said = written.arguments;
    let term = match written.head {
        "long" => return said.is_none().then_some(None),
        "session" => return number(said?.strip_suffix('s')?).is_some().then_some(None),
        "fixed" => Term::Fixed(optional(said, Period::read)?),
        "age_band" => Term::AgeBand(bands(said?).filter(|bands| bands.iter().all(Band::is_range))?),
        "ladder" => Term::Ladder(list(said?, period_or_long)?),
        "endorse" => Term::Endorse(recurring(said?)?),
        "inspect" => inspect(said)?,
        "check" => Term::Check(bands(said?)?),
        "annual_report" => Term::AnnualReport(yearly(said?)?),
        "tied_to" => said.map(|_| Term::TiedTo)?,
        "schedule" => said.map(|_| Term::Schedule)?,
        "interval" => Term::Interval(bands(said?)?),
        _ => return None,
    };
    Some(Some(term))
}

#[expect(clippy::option_option, reason = "absent is fine, unreadable is not")]
fn optional<T>(said: Option<&str>, read: fn(&str) -> Option<T>) -> Option<Option<T>> {
    said.map_or(Some(None), |said| read(said).map(Some))
}

fn list<T>(said: &str, read: fn(&str) -> Option<T>) -> Option<Vec<T>> {
    said.split(',').map(|one| read(one.trim())).collect()
}

#[expect(clippy::option_option, reason = "`long` is an answer, unreadable is none")]
fn period_or_long(said: &str) -> Option<Option<Period>> {
    if said == "long" { Some(None) } else { Period::read(said).map(Some) }
}

fn recurring(said: &str) -> Option<Recurring> {
    Period::read(said).map(Recurring::Every).or_else(|| yearly(said))
}

fn yearly(said: &str) -> Option<Recurring> {
    let (from, to) = said.split_once("..")?;
    Some(Recurring::Yearly { from: MonthDay::read(from)?, to: MonthDay::read(to)? })
}

/// Ages rise, or an inspection would be due before the one it follows.
fn inspect(said: Option<&str>) -> Option<Term> {
    let Some(said) = said else { return Some(Term::Inspect { at: Vec::new(), then: None }) };
    let (at, then) = match said.split_once(';') {
        Some((at, then)) => (at, Some(Period::read(then.trim())?)),
        None => (said, None),
    };
    let at = list(at, Period::read)?;
    let start = chrono::NaiveDate::default();
    let rises = at.windows(2).all(|pair| pair[0].after(start) < pair[1].after(start));
    rises.then_some(Term::Inspect { at, then })
}

/// Bands of one kind, which do not overlap; a single period is for all.
fn bands(said: &str) -> Option<Vec<Band>> {
    if let Some(period) = Period::read(said) {
        return Some(vec![Band { whom: Whom::All, period: Some(period) }]);
    }
    let bands: Vec<Band> = said.split(';').map(|one| band(one.trim())).collect::<Option<_>>()?;
    let same_kind = bands.iter().all(Band::is_range) || !bands.iter().any(Band::is_range);
    let apart = bands.iter().enumerate().all(|(place, one)| {
        bands[..place].iter().all(|other| match (&one.whom, &other.whom) {
            (Whom::Between(from, to), Whom::Between(other_from, other_to)) => {
                to < other_from || other_to < from
            }
            (one, other) => one != other,
        })
    });
    (same_kind && apart).then_some(bands)
}

fn band(said: &str) -> Option<Band> {
    // The sign between whom and what may follow one of `>=`.
    let split = said.rfind('=')?;
    let (whom, period) = (said[..split].trim(), said[split + 1..].trim());
    Some(Band { whom: self::whom(whom)?, period: period_or_long(period)? })
}

fn whom(said: &str) -> Option<Whom> {
    let count = |text: &str| number(text).map(u32::from);
    if let Some(rest) = said.strip_prefix(">=") {
        return Some(Whom::Between(count(rest)?, u32::MAX));
    }
    if let Some(rest) = said.strip_prefix('<') {
        return Some(Whom::Between(0, count(rest)?.checked_sub(1)?));
    }
    if let Some((from, to)) = said.split_once('-').and_then(|(from, to)| Some((count(from)?, count(to)?))) {
        return (from <= to).then_some(Whom::Between(from, to));
    }
    let is_word = !said.is_empty() && said.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_word.then(|| Whom::Class(said.to_owned()))
}

impl Band {
    fn is_range(&self) -> bool {
        matches!(self.whom, Whom::Between(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rules_mean_what_they_say() {
        let months = |n| Some(Period::Months(n));
        assert_eq!(read("long"), Ok(vec![]));
        assert_eq!(read("session(60s)+tied_to(L01)"), Ok(vec![Term::TiedTo]));
        assert_eq!(read("fixed"), Ok(vec![Term::Fixed(None)]));
        assert_eq!(read("ladder(6y,10y,long)"), Ok(vec![Term::Ladder(vec![months(72), months(120), None])]));
        let Term::AgeBand(bands) = &read("age_band(<16=5y;16-25=10y;>=26=long)").unwrap()[0] else {
            panic!("no bands")
        };
        let whom: Vec<&Whom> = bands.iter().map(|band| &band.whom).collect();
        assert_eq!(whom, [&Whom::Between(0, 15), &Whom::Between(16, 25), &Whom::Between(26, u32::MAX)]);
        assert_eq!(read("fixed(6y)+check(3y)").unwrap().len(), 2);
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for rule in [
            "fixed(5)",
            "fixed(as on the licence)",
            "long(for ever)",
            "session(QR)",
            "ladder()",
            "ladder(6y,,long)",
            "age_band(5y)",
            "age_band(A=5y)",
            "age_band(<16=5y;10-20=3y)",
            "age_band(<0=5y)",
            "check(A=1y;A=2y)",
            "check(A=1y;<5=2y)",
            "check(9-3=1y)",
            "endorse(03-01..02-30)",
            "annual_report(1y)",
            "inspect(4y,2y)",
            "inspect(2y;yearly)",
            "tied_to",
            "schedule",
            "fixed(1y)+check(1y)+endorse(1y)",
        ] {
            assert!(read(rule).is_err(), "{rule}");
        }
    }

    proptest! {
        #[test]
        fn nothing_written_breaks_the_reader(rule in "(fixed|check|ladder|inspect|age_band|endorse|[a-z]{3})(\\([-0-9yMwD<>=;,.A-C年 ]{0,24}\\))?(\\+long)?") {
            let _ = read(&rule);
        }
    }
}
