//! What is wrong with an answer, with what a sentence about it needs. The sentences are the portal's, in its languages.

use chrono::NaiveDate;

/// Something wrong at a place such as `child[1].name`.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// As in the form that is posted; of a repeated question or group as a whole, its name.
    pub name: String,
    pub problem: Problem,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// Not answered.
    Missing,
    /// Not ticked, and nothing goes on without.
    MustAgree,
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
        now: usize,
    },
    NotADate,
    NotAMonth,
    NotAYear,
    NotATime,
    /// A day before the first that is taken.
    Before {
        first: NaiveDate,
    },
    /// A day after the last that is taken.
    After {
        last: NaiveDate,
    },
    NotANumber,
    /// A number with decimals where a whole one is asked for.
    NotWhole,
    NotAnAmount,
    TooSmall {
        least: Limit,
    },
    TooLarge {
        most: Limit,
    },
    NotAMultiple {
        step: Limit,
    },
    NotOneOf,
    /// Neither yes nor no.
    NotYesOrNo,
    TooFew {
        least: usize,
    },
    TooMany {
        most: usize,
    },
    NotAnIdentityNumber,
    NotACreditCode,
    /// It has the right form, and was mistyped: birthday or check character do not fit.
    WrongCheckDigit,
    NotAPhone,
    NotAMail,
    /// An address without its district that does not say where it is.
    NoDistrict,
    NotAFile,
    /// Not of the form that is asked for.
    NotInForm {
        example: Option<String>,
    },
    /// It is not what the agency's schema takes. Nothing else says so, which is a fault of ours.
    DoesNotFit,
}

/// A limit, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    Whole(i64),
    Fen(i64),
    Number(f64),
}

impl Problem {
    /// The word by which texts are found.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::MustAgree => "must-agree",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::NotADate => "not-a-date",
            Self::NotAMonth => "not-a-month",
            Self::NotAYear => "not-a-year",
            Self::NotATime => "not-a-time",
            Self::Before { .. } => "before",
            Self::After { .. } => "after",
            Self::NotANumber => "not-a-number",
            Self::NotWhole => "not-whole",
            Self::NotAnAmount => "not-an-amount",
            Self::TooSmall { .. } => "too-small",
            Self::TooLarge { .. } => "too-large",
            Self::NotAMultiple { .. } => "not-a-multiple",
            Self::NotOneOf => "not-one-of",
            Self::NotYesOrNo => "not-yes-or-no",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::NotAnIdentityNumber => "not-an-identity-number",
            Self::NotACreditCode => "not-a-credit-code",
            Self::WrongCheckDigit => "wrong-check-digit",
            Self::NotAPhone => "not-a-phone",
            Self::NotAMail => "not-a-mail",
            Self::NoDistrict => "no-district",
            Self::NotAFile => "not-a-file",
            Self::NotInForm { .. } => "not-in-form",
            Self::DoesNotFit => "does-not-fit",
        }
    }
}
