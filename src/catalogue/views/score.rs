//! How satisfied people were, as pages say it: never a share without how many it is of, and how many said nothing.

use yimen_scores::{Interval, Share};

use crate::{
    catalogue::scores::Score,
    platform::{Texts, named},
};

/// How satisfied people were with a service, or with all of an agency's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreView {
    pub rated: u64,
    pub finished: u64,
    pub satisfied: Option<Interval>,
    pub response: Option<Share>,
    /// So few rated that it says little.
    pub small: bool,
    /// Where all of it is.
    pub url: Option<String>,
}

impl ScoreView {
    /// Nothing, where nothing has ended that could be rated.
    pub fn of(score: &Score, least: u64, url: Option<String>) -> Option<Self> {
        let tally = &score.tally;
        (tally.finished > 0).then(|| Self {
            rated: tally.rated(),
            finished: tally.finished,
            satisfied: tally.satisfied(),
            response: tally.response(),
            small: tally.is_small(least),
            url,
        })
    }

    /// What those said who rated.
    pub fn line(&self, t: &Texts) -> String {
        let Some(Interval { share, low, high }) = self.satisfied else { return t.score_none().to_owned() };
        t.score_line(
            named::High(percent(high)),
            named::Low(percent(low)),
            named::Rated(self.rated),
            named::Share(percent(share)),
        )
    }

    /// How many those are of how many.
    pub fn answered(&self, t: &Texts) -> String {
        let response = percent(self.response.unwrap_or_default());
        t.score_response(named::Finished(self.finished), named::Response(response))
    }
}

/// A share as people read it, to a tenth of a percent.
pub fn percent(share: Share) -> String {
    let tenths = (share.points() + 5) / 10;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
impl ScoreView {
    /// Of so many who had something to rate, a fortieth dissatisfied.
    pub(crate) fn sample(rated: u64, small: bool) -> Self {
        let levels = [0, rated / 40, 2, 5, rated - rated / 40 - 7];
        let tally = yimen_scores::Tally { finished: rated * 3, levels };
        let least = if small { rated + 1 } else { 0 };
        let url = Some("/services/YZ02022/ratings".to_owned());
        Self::of(&Score { tally, aside: 0 }, least, url).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_said_to_a_tenth_of_a_percent() {
        let said = |part, of| percent(Share::of(part, of).unwrap());
        assert_eq!([said(2, 3), said(1, 1), said(0, 7), said(1, 2000)], ["66.7%", "100.0%", "0.0%", "0.1%"]);
    }
}
