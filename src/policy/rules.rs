//! The rules, in their order on the page: what each is called, what it may be, and where its first numbers come from.

use yimen_contract::CityPackage;
use yimen_scores::Formula;

use super::Wrong;

/// Something that the city sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    ContactDue,
    FixDue,
    ComplexFixDue,
    AppealWindow,
    RateWindow,
    AmendOnce,
    MinSample,
    PreviewDays,
    LeastPeople,
    SilentDays,
    StarWeights,
    StarThresholds,
    StarRatings,
    StarMeasured,
    BurstExcess,
    BurstBest,
    SaturatedRatings,
    SaturatedBest,
    OrderDispatch,
    OrderGiveBack,
    OrderHandle,
    OrderAnswer,
    OrderExtend,
    OrderVisit,
    ReportsOwn,
    ReportsGuests,
    RestrictedShare,
    SanctionDays,
}

/// Rules that are about the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    FollowUps,
    Scorecards,
    Stars,
    Alarms,
    Orders,
    Sanctions,
}

impl Group {
    pub const ALL: [Self; 6] =
        [Self::FollowUps, Self::Scorecards, Self::Stars, Self::Alarms, Self::Orders, Self::Sanctions];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::FollowUps => "follow-ups",
            Self::Scorecards => "scorecards",
            Self::Stars => "stars",
            Self::Alarms => "alarms",
            Self::Orders => "orders",
            Self::Sanctions => "sanctions",
        }
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.tag() == tag)
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    WorkingDays,
    /// By the calendar.
    Days,
    Ratings,
    People,
    /// 1 is yes.
    YesNo,
    Percent,
    /// Out of a hundred parts.
    Parts,
    /// Out of ten thousand.
    Points,
    AnHour,
    /// One part in so many.
    Share,
}

/// What is known of a rule.
struct Facts {
    tag: &'static str,
    group: Group,
    unit: Unit,
    least: u32,
    most: u32,
    /// The names of its numbers, where it has several.
    parts: &'static [&'static str],
}

const fn one(tag: &'static str, group: Group, unit: Unit, (least, most): (u32, u32)) -> Facts {
    Facts { tag, group, unit, least, most, parts: &[] }
}

const WEIGHTS: [&str; 6] = ["satisfaction", "on-time", "first-pass", "availability", "speed", "guide"];
const THRESHOLDS: [&str; 4] = ["two", "three", "four", "five"];
/// Weights are parts of so many.
const WHOLE: u32 = 100;

impl Rule {
    pub const ALL: [Self; 28] = [
        Self::ContactDue,
        Self::FixDue,
        Self::ComplexFixDue,
        Self::AppealWindow,
        Self::RateWindow,
        Self::AmendOnce,
        Self::MinSample,
        Self::PreviewDays,
        Self::LeastPeople,
        Self::SilentDays,
        Self::StarWeights,
        Self::StarThresholds,
        Self::StarRatings,
        Self::StarMeasured,
        Self::BurstExcess,
        Self::BurstBest,
        Self::SaturatedRatings,
        Self::SaturatedBest,
        Self::OrderDispatch,
        Self::OrderGiveBack,
        Self::OrderHandle,
        Self::OrderAnswer,
        Self::OrderExtend,
        Self::OrderVisit,
        Self::ReportsOwn,
        Self::ReportsGuests,
        Self::RestrictedShare,
        Self::SanctionDays,
    ];

    /// From the first of these on, each takes no less time than the one before.
    pub(super) const RISING: [Self; 3] = [Self::ContactDue, Self::FixDue, Self::ComplexFixDue];
    /// What makes the formula of the stars.
    pub const OF_STARS: [Self; 4] =
        [Self::StarWeights, Self::StarThresholds, Self::StarRatings, Self::StarMeasured];

    const fn facts(self) -> Facts {
        use Unit::{AnHour, Days, Parts, People, Percent, Points, Ratings, Share, WorkingDays, YesNo};
        const TERM: (u32, u32) = (1, 365);
        const WORK: (u32, u32) = (1, 60);
        match self {
            Self::ContactDue => one("contact-due", Group::FollowUps, WorkingDays, TERM),
            Self::FixDue => one("fix-due", Group::FollowUps, WorkingDays, TERM),
            Self::ComplexFixDue => one("complex-fix-due", Group::FollowUps, WorkingDays, TERM),
            Self::AppealWindow => one("appeal-window", Group::FollowUps, WorkingDays, TERM),
            Self::RateWindow => one("rate-window", Group::FollowUps, Days, TERM),
            Self::AmendOnce => one("amend-once", Group::FollowUps, YesNo, (0, 1)),
            Self::MinSample => one("min-sample", Group::Scorecards, Ratings, (1, 1_000)),
            Self::PreviewDays => one("preview-days", Group::Scorecards, Days, (1, 60)),
            Self::LeastPeople => one("least-people", Group::Scorecards, People, (2, 50)),
            Self::SilentDays => one("silent-days", Group::Scorecards, Days, (30, 1_000)),
            Self::StarWeights => {
                Facts { parts: &WEIGHTS, ..one("star-weights", Group::Stars, Parts, (0, WHOLE)) }
            }
            Self::StarThresholds => {
                Facts { parts: &THRESHOLDS, ..one("star-thresholds", Group::Stars, Points, (1, 10_000)) }
            }
            Self::StarRatings => one("star-ratings", Group::Stars, Ratings, (1, 1_000)),
            Self::StarMeasured => one("star-measured", Group::Stars, Parts, (1, WHOLE)),
            Self::BurstExcess => one("burst-excess", Group::Alarms, Ratings, (3, 1_000)),
            Self::BurstBest => one("burst-best", Group::Alarms, Percent, (50, 100)),
            Self::SaturatedRatings => one("saturated-ratings", Group::Alarms, Ratings, (5, 1_000)),
            Self::SaturatedBest => one("saturated-best", Group::Alarms, Percent, (50, 100)),
            Self::OrderDispatch => one("order-dispatch", Group::Orders, WorkingDays, WORK),
            Self::OrderGiveBack => one("order-give-back", Group::Orders, WorkingDays, WORK),
            Self::OrderHandle => one("order-handle", Group::Orders, WorkingDays, WORK),
            Self::OrderAnswer => one("order-answer", Group::Orders, WorkingDays, WORK),
            Self::OrderExtend => one("order-extend", Group::Orders, WorkingDays, WORK),
            Self::OrderVisit => one("order-visit", Group::Orders, WorkingDays, WORK),
            Self::ReportsOwn => one("reports-own", Group::Orders, AnHour, (1, 1_000)),
            Self::ReportsGuests => one("reports-guests", Group::Orders, AnHour, (1, 1_000)),
            Self::RestrictedShare => one("restricted-share", Group::Sanctions, Share, (2, 20)),
            Self::SanctionDays => one("sanction-days", Group::Sanctions, Days, (30, 1_000)),
        }
    }

    /// Its word in addresses, files and the database.
    pub const fn tag(self) -> &'static str {
        self.facts().tag
    }

    pub fn named(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.tag() == tag)
    }

    pub const fn group(self) -> Group {
        self.facts().group
    }

    pub const fn unit(self) -> Unit {
        self.facts().unit
    }

    /// The least and the most that each of its numbers may be.
    pub const fn bounds(self) -> (u32, u32) {
        let facts = self.facts();
        (facts.least, facts.most)
    }

    /// The names of its numbers; none where it has only one.
    pub const fn parts(self) -> &'static [&'static str] {
        self.facts().parts
    }

    /// How many numbers it has.
    pub const fn length(self) -> usize {
        if self.parts().is_empty() { 1 } else { self.parts().len() }
    }

    /// Whether its numbers can be meant, apart from those of other rules.
    pub fn check(self, numbers: &[u32]) -> Result<(), Wrong> {
        let (least, most) = self.bounds();
        if numbers.len() != self.length() {
            return Err(Wrong::Numbers);
        }
        if let Some(at) = numbers.iter().position(|number| !(least..=most).contains(number)) {
            return Err(Wrong::Number(at));
        }
        let sum: u32 = numbers.iter().sum();
        match self {
            Self::StarWeights if sum != WHOLE => Err(Wrong::Sum(sum)),
            Self::StarThresholds if !numbers.is_sorted_by(|one, next| one < next) => Err(Wrong::NotRising),
            _ => Ok(()),
        }
    }

    /// What it is as long as nobody changed it; nothing where the city does not do what it is about.
    pub fn first_numbers(self, city: &CityPackage) -> Option<Vec<u32>> {
        self.of_program().or_else(|| self.of_ratings(city)).or_else(|| self.of_orders(city))
    }

    /// Of rules about which a city's package says nothing.
    pub fn of_program(self) -> Option<Vec<u32>> {
        let number = match self {
            Self::BurstExcess => 12,
            Self::BurstBest => 80,
            Self::SaturatedRatings => 20,
            Self::SaturatedBest => 85,
            Self::RestrictedShare => 4,
            Self::SanctionDays => 365,
            _ => return None,
        };
        Some(vec![number])
    }

    fn of_ratings(self, city: &CityPackage) -> Option<Vec<u32>> {
        let ratings = city.ratings.as_ref()?;
        let quality = &ratings.quality;
        let number = match self {
            Self::ContactDue => ratings.contact_due,
            Self::FixDue => ratings.fix_due,
            Self::ComplexFixDue => ratings.complex_fix_due,
            Self::AppealWindow => ratings.appeal_window,
            Self::RateWindow => ratings.rate_window,
            Self::AmendOnce => ratings.amend_once.into(),
            Self::MinSample => ratings.min_sample_for_star,
            Self::PreviewDays => quality.preview_days,
            Self::LeastPeople => quality.least_people,
            Self::SilentDays => quality.silent_days,
            _ => return self.of_formula(),
        };
        Some(vec![number.into()])
    }

    /// Of the formula as it was published last.
    fn of_formula(self) -> Option<Vec<u32>> {
        let formula = Formula::published().ok()?.pop()?;
        let (weights, stars) = (&formula.weights, &formula.stars);
        match self {
            Self::StarWeights => Some(vec![
                weights.satisfaction,
                weights.on_time,
                weights.first_pass,
                weights.availability,
                weights.speed,
                weights.guide,
            ]),
            Self::StarThresholds => {
                Some([stars.two, stars.three, stars.four, stars.five].map(u32::from).to_vec())
            }
            Self::StarRatings => u32::try_from(formula.min_ratings).ok().map(|number| vec![number]),
            Self::StarMeasured => Some(vec![formula.min_weight]),
            _ => None,
        }
    }

    fn of_orders(self, city: &CityPackage) -> Option<Vec<u32>> {
        let terms = city.voice.as_ref()?.terms;
        let number = match self {
            Self::OrderDispatch => terms.dispatch,
            Self::OrderGiveBack => terms.give_back,
            Self::OrderHandle => terms.handle,
            Self::OrderAnswer => terms.answer,
            Self::OrderExtend => terms.extend,
            Self::OrderVisit => terms.visit,
            Self::ReportsOwn => 20,
            Self::ReportsGuests => 10,
            _ => return None,
        };
        Some(vec![number])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_word_of_its_own_and_stands_once() {
        let tags: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.tag()).collect();
        assert_eq!(tags.len(), Rule::ALL.len());
        assert!(Rule::ALL.is_sorted(), "in the order in which they are shown");
        for rule in Rule::ALL {
            assert_eq!(Rule::named(rule.tag()), Some(rule));
            assert!(rule.bounds().0 <= rule.bounds().1, "{rule:?}");
        }
        assert_eq!(Rule::named("nothing"), None);
    }

    #[test]
    fn what_the_program_says_can_be_meant() {
        for rule in Rule::ALL {
            if let Some(numbers) = rule.of_program().or_else(|| rule.of_formula()) {
                assert_eq!(rule.check(&numbers), Ok(()), "{rule:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (rule, numbers, wrong) in [
            (Rule::ContactDue, vec![0], Wrong::Number(0)),
            (Rule::ContactDue, vec![366], Wrong::Number(0)),
            (Rule::ContactDue, vec![1, 2], Wrong::Numbers),
            (Rule::AmendOnce, vec![2], Wrong::Number(0)),
            (Rule::StarWeights, vec![30, 20, 15, 15, 10, 11], Wrong::Sum(101)),
            (Rule::StarWeights, vec![30, 20, 15, 15, 10], Wrong::Numbers),
            (Rule::StarWeights, vec![101, 0, 0, 0, 0, 0], Wrong::Number(0)),
            (Rule::StarThresholds, vec![4_000, 6_000, 6_000, 8_800], Wrong::NotRising),
            (Rule::StarThresholds, vec![4_000, 6_000, 7_500, 10_001], Wrong::Number(3)),
        ] {
            assert_eq!(rule.check(&numbers), Err(wrong), "{rule:?} {numbers:?}");
        }
        assert_eq!(Rule::StarWeights.check(&[100, 0, 0, 0, 0, 0]), Ok(()));
    }
}
