//! What became of the daily files: for the agency to read, and for whoever looks after it.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use yimen_daily::Came;

use crate::{
    db::{Conn, DbError, Json, Stamp, schema::daily_rounds},
    platform::Moment,
    upsert,
};

/// Of a bad file so many places are kept; the agency finds all of them in its report.
const PLACES: usize = 50;
/// For how many days it is kept.
const KEPT_DAYS: i64 = 30;

/// A place in a file and what is wrong there. Never what stands there, which is somebody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Counted from 1; 0 for the whole file.
    pub line: u64,
    pub column: String,
    pub problem: String,
    pub remedy: String,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    Taken,
    Refused,
    Unfinished,
    /// The folder could not be reached.
    Failed,
}

impl Became {
    const ALL: [Self; 4] = [Self::Taken, Self::Refused, Self::Unfinished, Self::Failed];

    pub const fn tag(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Unfinished => "unfinished",
            Self::Failed => "failed",
        }
    }
}

/// A file, or a round that failed.
#[derive(Debug, Clone, Queryable)]
pub struct Round {
    /// Empty where the folder could not be reached.
    pub file: String,
    outcome: String,
    pub lines: i32,
    pub left_out: i32,
    problems: Json<Vec<Place>>,
    at: Stamp,
}

impl Round {
    pub fn became(&self) -> Became {
        Became::ALL.into_iter().find(|one| one.tag() == self.outcome).unwrap_or(Became::Failed)
    }

    pub fn places(&self) -> &[Place] {
        &self.problems.0
    }

    pub fn at(&self) -> Moment {
        self.at.moment()
    }
}

/// Writes down what became of the files of a round. One that came before says nothing new.
pub(super) fn note(c: &mut Conn, now: Moment, agency: &str, came: &[Came]) -> Result<(), DbError> {
    for one in came {
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let (file, became, lines, left_out, problems) = match one {
            Came::Taken { file, lines, left_out } => {
                (file, Became::Taken, count(*lines), count(*left_out), Vec::new())
            }
            Came::Refused { file, problems } => {
                let places = problems.iter().take(PLACES).map(|problem| Place {
                    line: problem.line,
                    column: problem.column.clone(),
                    problem: problem.problem.clone(),
                    remedy: problem.remedy.clone(),
                });
                (file, Became::Refused, 0, count(problems.len()), places.collect())
            }
            Came::Unfinished { file, .. } => (file, Became::Unfinished, 0, 0, Vec::new()),
            Came::Known { .. } => continue,
        };
        put(c, now, (agency, file), became, (lines, left_out, problems))?;
    }
    Ok(())
}

/// Writes down that the folder could not be reached.
pub(super) fn failed(c: &mut Conn, now: Moment, agency: &str) -> Result<(), DbError> {
    put(c, now, (agency, ""), Became::Failed, (0, 0, Vec::new()))
}

fn put(
    c: &mut Conn,
    now: Moment,
    (agency, file): (&str, &str),
    became: Became,
    (lines, left_out, problems): (i32, i32, Vec<Place>),
) -> Result<(), DbError> {
    let said = (
        daily_rounds::outcome.eq(became.tag()),
        daily_rounds::lines.eq(lines),
        daily_rounds::left_out.eq(left_out),
        daily_rounds::problems.eq(Json(problems)),
        daily_rounds::at.eq(Stamp::from(now)),
    );
    let row = (daily_rounds::agency.eq(agency), daily_rounds::file.eq(file), said.clone());
    upsert!(c, daily_rounds::table => row, on (daily_rounds::agency, daily_rounds::file), set said)?;
    Ok(())
}

/// The latest files of an agency.
pub fn latest(c: &mut Conn, agency: &str, most: i64) -> Result<Vec<Round>, DbError> {
    Ok(daily_rounds::table
        .filter(daily_rounds::agency.eq(agency))
        .order((daily_rounds::at.desc(), daily_rounds::file.desc()))
        .limit(most)
        .select((
            daily_rounds::file,
            daily_rounds::outcome,
            daily_rounds::lines,
            daily_rounds::left_out,
            daily_rounds::problems,
            daily_rounds::at,
        ))
        .load(c)?)
}

/// Forgets what became of old files.
pub(super) fn forget_old(c: &mut Conn, now: Moment) -> Result<usize, DbError> {
    let end = Stamp::from(now - TimeDelta::days(KEPT_DAYS));
    Ok(diesel::delete(daily_rounds::table.filter(daily_rounds::at.lt(end))).execute(c)?)
}
