//! The last day of a term, for one document.

use chrono::NaiveDate;

use crate::document::Document;
use crate::grammar::{Band, Recurring, Term, Whom};
use crate::period::{Period, age};

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The last day on which it is in order.
    On(NaiveDate),
    Never,
    /// It does end; what is missing to say when.
    Unknown(Missing),
}

/// What nobody told about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The date printed on it.
    Expiry,
    /// The holder's birthday.
    Birthday,
    /// Its class or size, or one that the rule knows.
    Class,
    /// The end of what it is tied to.
    Tied,
    /// The next day of its plan.
    Plan,
    /// When it was checked, endorsed or inspected last.
    Check,
}

impl Term {
    /// Its last day by the rule, whatever is printed.
    pub(crate) fn due(&self, document: &Document) -> Due {
        let issued = document.issued;
        let checked = document.checked.unwrap_or(issued);
        match self {
            Self::Fixed(period) => ends(*period, issued, Missing::Expiry),
            Self::AgeBand(bands) => match document.born {
                Some(born) => by_band(bands, None, Some(age(born, issued)), issued),
                None => Due::Unknown(Missing::Birthday),
            },
            Self::Ladder(steps) => {
                let step = usize::from(document.step).min(steps.len() - 1);
                steps[step].map_or(Due::Never, |period| Due::On(period.after(issued)))
            }
            Self::Endorse(recurring) => recurring.due(document.endorsed.unwrap_or(issued)),
            Self::AnnualReport(recurring) => recurring.due(checked),
            Self::Inspect { at, then } => inspection(at, *then, document),
            Self::Check(bands) => by_band(bands, document.class, document.size, checked),
            // Who knows the day itself need not count it.
            Self::Interval(bands) => match document.next {
                Some(day) => Due::On(day),
                None => by_band(bands, document.class, document.size, checked),
            },
            Self::TiedTo => document.tied.map_or(Due::Unknown(Missing::Tied), Due::On),
            Self::Schedule => document.next.map_or(Due::Unknown(Missing::Plan), Due::On),
        }
    }
}

fn ends(period: Option<Period>, start: NaiveDate, missing: Missing) -> Due {
    period.map_or(Due::Unknown(missing), |period| Due::On(period.after(start)))
}

fn by_band(bands: &[Band], class: Option<&str>, size: Option<u32>, start: NaiveDate) -> Due {
    let fits = |band: &&Band| match &band.whom {
        Whom::All => true,
        Whom::Class(name) => class == Some(name.as_str()),
        Whom::Between(from, to) => size.is_some_and(|size| (*from..=*to).contains(&size)),
    };
    match bands.iter().find(fits) {
        Some(band) => band.period.map_or(Due::Never, |period| Due::On(period.after(start))),
        None => Due::Unknown(Missing::Class),
    }
}

impl Recurring {
    /// The end of the first span that opens after what was done last: done within a span, even late, settles it.
    fn due(self, last: NaiveDate) -> Due {
        match self {
            Self::Every(period) => Due::On(period.after(last)),
            Self::Yearly { from, to } => {
                let opens = from.next_after(last);
                let on_the_day = opens.pred_opt().unwrap_or(opens);
                Due::On(to.next_after(on_the_day))
            }
        }
    }
}

/// The first inspection after the last one made. One made late does not move those that follow.
fn inspection(at: &[Period], then: Option<Period>, document: &Document) -> Due {
    let Some(last) = at.last() else { return Due::Unknown(Missing::Expiry) };
    let issued = document.issued;
    let made = document.checked.unwrap_or(issued);
    // Made in the months before it is due, an inspection is that one and not the one before.
    let settled = |due: NaiveDate| due.checked_sub_months(EARLY).is_some_and(|opens| opens <= made);
    let due = at.iter().map(|age| age.after(issued)).find(|due| !settled(*due));
    due.map_or_else(
        || {
            let Some(then) = then else { return Due::Never };
            let start = last.after(issued);
            // About so many were settled; the loop corrects what months of unequal length make of "about".
            let days = (then.after(start) - start).num_days().max(1);
            let mut times = u32::try_from((made - start).num_days() / days).unwrap_or(0).max(1) - 1;
            loop {
                times += 1;
                let due = then.times_after(times, start);
                if !settled(due) || due == NaiveDate::MAX {
                    return Due::On(due);
                }
            }
        },
        Due::On,
    )
}

/// How long before its day an inspection can be made.
const EARLY: chrono::Months = chrono::Months::new(3);
