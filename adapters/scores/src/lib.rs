//! Ratings, and what they say.
//!
//! A [`Tally`] counts the five [levels](Level) and those who did not answer: a share stands beside the [`Interval`] it lies in and
//! the response rate, and few ratings are marked as few. A [`Row`] is everything that was counted about a service in a
//! month; a [`Formula`], published and versioned, makes one to five stars of it, the same again for anybody who has the
//! row. [`quantile`] has medians that add up, [`rank`] places in a league, [`cells`] tables that nobody can be found in.
//!
//! [`alarm`] finds ratings that nobody gave freely. [`mask`](mod@mask) hides in free text what tells who somebody is.
//! [`chart`] draws.
//!
//! Everything here is a pure function: no database, no clock, no language. Shares are whole numbers (10,000 is all), so
//! that what is published can be counted again.

pub mod alarm;
pub mod cells;
pub mod chart;
mod formula;
mod level;
pub mod mask;
pub mod quantile;
pub mod rank;
mod row;
mod share;
mod tally;

pub use formula::{BadFormula, Formula, Indicator, NoStars, Part as ScorePart, Score, Thresholds, Weights};
pub use level::Level;
pub use row::{BadRow, COLUMNS, Counted, Part, Row};
pub use share::{Interval, Share};
pub use tally::Tally;
