//! What was counted about one service in one month: the row that is published, and everything its stars follow from.

use thiserror::Error;

use crate::formula::Indicator;
use crate::level::Level;
use crate::share::Share;
use crate::tally::Tally;

/// The columns of the published file, in order.
pub const COLUMNS: [&str; 18] = [
    "service",
    "month",
    "finished",
    "very_dissatisfied",
    "dissatisfied",
    "basically_satisfied",
    "satisfied",
    "very_satisfied",
    "on_time",
    "on_time_of",
    "first_pass",
    "first_pass_of",
    "reachable",
    "reachable_of",
    "median_minutes",
    "promised_minutes",
    "guide",
    "guide_of",
];

const NUMBERS: usize = COLUMNS.len() - 2;

/// One service in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The service's code.
    pub service: String,
    /// Such as `2026-10`.
    pub month: String,
    numbers: [u64; NUMBERS],
    /// Half of the matters took this long; none, there were none.
    median_minutes: Option<u64>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    pub count: u64,
    pub of: u64,
}

/// What a row is made from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    pub ratings: Tally,
    pub on_time: Part,
    pub first_pass: Part,
    pub reachable: Part,
    pub median_minutes: Option<u64>,
    pub promised_minutes: u64,
    pub guide: Part,
}

/// Why a line is no row.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadRow {
    #[error("{0} columns, and there are {expected}", expected = COLUMNS.len())]
    Columns(usize),
    #[error("`{column}` is no number")]
    Number { column: &'static str },
    #[error("`{column}` is no code")]
    Code { column: &'static str },
    #[error("more of `{column}` than there are")]
    TooMany { column: &'static str },
}

impl Row {
    /// Puts together what was counted.
    pub fn new(service: &str, month: &str, counted: &Counted) -> Result<Self, BadRow> {
        let [worst, bad, basic, good, best] = counted.ratings.levels;
        let Counted { ratings, on_time, first_pass, reachable, guide, .. } = counted;
        let numbers = [
            ratings.finished,
            worst,
            bad,
            basic,
            good,
            best,
            on_time.count,
            on_time.of,
            first_pass.count,
            first_pass.of,
            reachable.count,
            reachable.of,
            counted.median_minutes.unwrap_or(0),
            counted.promised_minutes,
            guide.count,
            guide.of,
        ];
        let row = Self {
            service: service.to_owned(),
            month: month.to_owned(),
            numbers,
            median_minutes: counted.median_minutes,
        };
        row.checked()
    }

    fn checked(self) -> Result<Self, BadRow> {
        for (column, code) in [(COLUMNS[0], &self.service), (COLUMNS[1], &self.month)] {
            // A code that a spreadsheet takes for a formula, or that breaks the line, never gets into the file.
            let plain = code.starts_with(|c: char| c.is_ascii_alphanumeric())
                && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if !plain {
                return Err(BadRow::Code { column });
            }
        }
        if !self.tally().is_possible() {
            return Err(BadRow::TooMany { column: COLUMNS[2] });
        }
        for place in [6, 8, 10, 14] {
            if self.numbers[place] > self.numbers[place + 1] {
                return Err(BadRow::TooMany { column: COLUMNS[place + 2] });
            }
        }
        Ok(self)
    }

    /// A line of the published file.
    pub fn to_line(&self) -> String {
        let mut fields = vec![self.service.clone(), self.month.clone()];
        fields.extend(self.numbers.iter().map(u64::to_string));
        if self.median_minutes.is_none() {
            fields[2 + MEDIAN].clear();
        }
        fields.join(",")
    }

    /// Reads a line of the published file.
    pub fn from_line(line: &str) -> Result<Self, BadRow> {
        let fields: Vec<&str> = line.trim_end_matches(['\r', '\n']).split(',').collect();
        if fields.len() != COLUMNS.len() {
            return Err(BadRow::Columns(fields.len()));
        }
        let mut numbers = [0; NUMBERS];
        let unknown = fields[2 + MEDIAN].is_empty();
        for (place, number) in numbers.iter_mut().enumerate() {
            if place != MEDIAN || !unknown {
                let column = COLUMNS[place + 2];
                *number = fields[place + 2].parse().map_err(|_| BadRow::Number { column })?;
            }
        }
        let median_minutes = Some(numbers[MEDIAN]).filter(|_| !unknown);
        let (service, month) = (fields[0].to_owned(), fields[1].to_owned());
        Self { service, month, numbers, median_minutes }.checked()
    }

    /// Its ratings.
    pub fn tally(&self) -> Tally {
        let mut levels = [0; Level::ALL.len()];
        levels.copy_from_slice(&self.numbers[1..6]);
        Tally { finished: self.numbers[0], levels }
    }

    /// An indicator, where it could be measured.
    pub(crate) fn value(&self, indicator: Indicator) -> Option<Share> {
        let share = |place: usize| Share::of(self.numbers[place], self.numbers[place + 1]);
        match indicator {
            Indicator::Satisfaction => self.tally().satisfied().map(|interval| interval.low),
            Indicator::OnTime => share(6),
            Indicator::FirstPass => share(8),
            Indicator::Availability => share(10),
            Indicator::Speed => self.speed(),
            Indicator::Guide => share(14),
        }
    }

    /// All points when done at once, half at the promised time, none from twice that on.
    fn speed(&self) -> Option<Share> {
        let (median, promised) = (self.median_minutes?, self.numbers[PROMISED]);
        if promised == 0 {
            return Some(if median == 0 { Share::ALL } else { Share::NONE });
        }
        Share::of((2 * promised).saturating_sub(median), 2 * promised)
    }
}

const MEDIAN: usize = 12;
const PROMISED: usize = 13;
