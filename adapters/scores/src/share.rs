//! Shares in hundredths of a percent, and how sure one can be of them.
//!
//! Whole numbers, so that a figure counted again from exported rows comes out the same on every machine.

use serde::{Deserialize, Serialize};

/// A share: 10,000 is all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Share(u16);

impl Share {
    pub const ALL: Self = Self(10_000);
    pub const NONE: Self = Self(0);

    /// So many of so many, rounded to the nearest; none of none is no share. More than all is all.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let (part, whole) = (u128::from(part), u128::from(whole));
        if whole == 0 {
            return None;
        }
        let points = (part * 20_000 + whole) / (2 * whole);
        Some(Self(u16::try_from(points.min(10_000)).unwrap_or(10_000)))
    }

    pub(crate) fn from_points(points: u64) -> Self {
        Self(u16::try_from(points.min(10_000)).unwrap_or(10_000))
    }

    /// In hundredths of a percent.
    pub fn points(self) -> u16 {
        self.0
    }
}

/// A share with the interval it lies in for all that is known (Wilson's, which never leaves 0 to 1 and is honest about
/// few cases).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    pub share: Share,
    pub low: Share,
    pub high: Share,
}

/// For 95 of 100 cases.
const Z: f64 = 1.96;

impl Interval {
    /// So many of so many.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let share = Share::of(part, whole)?;
        let (low, high) = wilson(part.min(whole), whole);
        // Rounded outwards: an interval that claims more than it knows would be none.
        Some(Self { share, low: floor(low), high: ceil(high) })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below what a float holds exactly")]
pub(crate) fn wilson(part: u64, whole: u64) -> (f64, f64) {
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    (((middle - spread) / scale).max(0.0), ((middle + spread) / scale).min(1.0))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
fn floor(value: f64) -> Share {
    // What should be a whole number may lie a hair beside it.
    Share((value * 10_000.0 + 1e-6).floor() as u16)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
fn ceil(value: f64) -> Share {
    Share((value * 10_000.0 - 1e-6).ceil() as u16)
}
