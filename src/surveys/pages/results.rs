//! `/agency/surveys/{id}` from the moment it is published: how many answered, and what.

use yimen_contract::Bilingual;

use super::{agency_name, at_desk, public_url};
use crate::{
    catalogue::present::Presenter,
    surveys::{
        Asked, Question, Stage, Survey,
        tally::{self, Tally},
        views::{AboutPortal, Bar, ResultsView, Total},
    },
    web::{
        Failure, Page, Site, Visitor,
        frame::{Link, Text},
    },
};

pub(super) async fn results(
    visitor: &Visitor,
    site: &Site,
    present: Presenter<'_>,
    (survey, stage): (&Survey, Stage),
    (said, leads): (Option<(&'static str, String)>, bool),
) -> Result<Page, Failure> {
    let id = survey.id;
    let tally = site.db.read(move |c| tally::of(c, id)).await?;
    Page::new(&ResultsView {
        csrf: visitor.form_token(site)?,
        url: at_desk(id),
        public: public_url(id),
        title: present.text(&survey.title()),
        agency: agency_name(present, &survey.agency),
        stage,
        who: survey.who(),
        names: survey.names(),
        opens: survey.opens_on,
        closes: survey.closes_on,
        kept: survey.kept_until(),
        named: tally.named(),
        unnamed: tally.unnamed(),
        totals: survey.questions().iter().map(|question| total(present, &tally, question)).collect(),
        said,
        leads,
        cleared: survey.is_cleared(),
        frame: visitor.frame(),
    })
}

/// What a survey about the portal came to: choices and numbers. What people wrote is no figure.
pub fn about_portal(present: Presenter<'_>, survey: &Survey, tally: &Tally) -> AboutPortal {
    let totals = survey.questions().iter().map(|question| total(present, tally, question));
    AboutPortal {
        title: Link::new(present.text(&survey.title()), public_url(survey.id)),
        opens: survey.opens_on,
        closes: survey.closes_on,
        answered: tally.all(),
        totals: totals.filter(|one| !one.bars.is_empty() || one.numbers.is_some()).collect(),
    }
}

fn total(present: Presenter<'_>, tally: &Tally, question: &Question) -> Total {
    let answered = tally.answered(question);
    let bar = |label: Text, choice: &str| {
        let count = tally.chose(question, choice);
        Bar { label, count, share: hundredths(count, answered) }
    };
    let bars = match question.asked {
        Asked::One | Asked::Several => question
            .valued()
            .map(|(value, label): (String, &Bilingual)| bar(present.text(label), &value))
            .collect(),
        Asked::YesNo => {
            let t = present.t;
            [("yes", t.survey_yes()), ("no", t.survey_no())]
                .map(|(value, word)| bar(Text::plain(word), value))
                .into()
        }
        _ => Vec::new(),
    };
    let numbers = (question.asked == Asked::Number && answered > 0).then(|| {
        let sum = tally.sum(question);
        (sum, tenths(sum, answered))
    });
    Total { label: present.text(&question.label), answered, bars, numbers }
}

/// A share in hundredths, rounded.
fn hundredths(part: u64, all: u64) -> u64 {
    if all == 0 { 0 } else { (part * 200 + all) / (all * 2) }
}

/// A mean with one place after the point, rounded.
fn tenths(sum: u64, count: u64) -> String {
    let tenths = (sum * 20 + count) / (count * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_means_are_rounded() {
        assert_eq!([hundredths(1, 3), hundredths(2, 3), hundredths(1, 2), hundredths(0, 0)], [33, 67, 50, 0]);
        assert_eq!([tenths(10, 4), tenths(2, 3), tenths(0, 5)], ["2.5", "0.7", "0.0"]);
    }
}
