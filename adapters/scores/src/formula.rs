//! The published formula: from what was counted to points and stars, reproducible by anybody who has the rows.

use serde::Deserialize;
use thiserror::Error;

use crate::row::Row;
use crate::share::Share;

/// Every version that was ever in force, the newest last.
const PUBLISHED: [&str; 1] = [include_str!("../formulas/1.toml")];

/// A version of the formula.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    pub version: u32,
    /// First day on which it is in force.
    pub from: String,
    pub min_ratings: u64,
    pub min_weight: u32,
    pub weights: Weights,
    pub stars: Thresholds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub satisfaction: u32,
    pub on_time: u32,
    pub first_pass: u32,
    pub availability: u32,
    pub speed: u32,
    pub guide: u32,
}

/// Least points for each number of stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    pub two: u16,
    pub three: u16,
    pub four: u16,
    pub five: u16,
}

/// What goes into the stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Indicator {
    Satisfaction,
    OnTime,
    FirstPass,
    Availability,
    Speed,
    Guide,
}

impl Indicator {
    pub const ALL: [Self; 6] =
        [Self::Satisfaction, Self::OnTime, Self::FirstPass, Self::Availability, Self::Speed, Self::Guide];
}

/// One indicator in a score, for the page that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub indicator: Indicator,
    pub weight: u32,
    /// None could not be measured; its weight went to the others.
    pub value: Option<Share>,
}

/// A score by one version of the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub version: u32,
    /// Out of 10,000, from what could be measured.
    pub points: Option<Share>,
    pub stars: Result<u8, NoStars>,
    pub parts: [Part; Indicator::ALL.len()],
}

/// Why a service has no stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoStars {
    #[error("{have} ratings, and {need} are needed")]
    FewRatings { have: u64, need: u64 },
    #[error("only {weight} of 100 parts could be measured")]
    LittleMeasured { weight: u32 },
}

/// Why a formula cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadFormula {
    #[error("{0}")]
    Unreadable(String),
    #[error("the weights add up to {0}, not to 100")]
    Weights(u32),
    #[error("the thresholds do not rise")]
    Thresholds,
}

impl Formula {
    /// Reads a version and looks whether it can be meant.
    pub fn read(text: &str) -> Result<Self, BadFormula> {
        let formula: Self =
            toml::from_str(text).map_err(|error| BadFormula::Unreadable(error.message().to_owned()))?;
        let sum = Indicator::ALL.iter().map(|indicator| formula.weights.of(*indicator)).sum();
        let Thresholds { two, three, four, five } = formula.stars;
        if sum != 100 {
            return Err(BadFormula::Weights(sum));
        }
        let rises = two < three && three < four && four < five && five <= Share::ALL.points();
        if rises { Ok(formula) } else { Err(BadFormula::Thresholds) }
    }

    /// The versions that the city has published, the newest last.
    pub fn published() -> Result<Vec<Self>, BadFormula> {
        PUBLISHED.iter().map(|text| Self::read(text)).collect()
    }

    /// The score of what was counted.
    pub fn score(&self, row: &Row) -> Score {
        let parts = Indicator::ALL.map(|indicator| Part {
            indicator,
            weight: self.weights.of(indicator),
            value: row.value(indicator),
        });
        let measured = || parts.iter().filter_map(|part| Some((u64::from(part.weight), part.value?)));
        let weight: u64 = measured().map(|(weight, _)| weight).sum();
        let sum: u64 = measured().map(|(weight, value)| weight * u64::from(value.points())).sum();
        let points = (weight > 0).then(|| Share::from_points((2 * sum + weight) / (2 * weight)));
        let stars = self.stars_for(row, u32::try_from(weight).unwrap_or(u32::MAX), points);
        Score { version: self.version, points, stars, parts }
    }

    fn stars_for(&self, row: &Row, weight: u32, points: Option<Share>) -> Result<u8, NoStars> {
        let rated = row.tally().rated();
        if rated < self.min_ratings {
            return Err(NoStars::FewRatings { have: rated, need: self.min_ratings });
        }
        let points =
            points.filter(|_| weight >= self.min_weight).ok_or(NoStars::LittleMeasured { weight })?.points();
        let Thresholds { two, three, four, five } = self.stars;
        let reached = [two, three, four, five].into_iter().filter(|least| points >= *least).count();
        Ok(u8::try_from(reached).unwrap_or(4) + 1)
    }
}

impl Weights {
    fn of(&self, indicator: Indicator) -> u32 {
        match indicator {
            Indicator::Satisfaction => self.satisfaction,
            Indicator::OnTime => self.on_time,
            Indicator::FirstPass => self.first_pass,
            Indicator::Availability => self.availability,
            Indicator::Speed => self.speed,
            Indicator::Guide => self.guide,
        }
    }
}
