//! Counting the stars of a month again, from nothing but its open file and the published formula. What anybody outside can
//! do, done by the command `yimen quality verify`.

use serde::Serialize;
use thiserror::Error;
use yimen_scores::{COLUMNS, Row, Share};

use super::{sheet::Formulas, stage::Month};
use crate::ratings::RatingError;

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Verified {
    pub lines: usize,
    /// Lines about too few people to be published.
    pub left_out: usize,
    pub starred: usize,
    pub differences: Vec<Difference>,
}

/// A line whose stars do not follow from it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub service: String,
    /// What it says: version, points and stars.
    pub said: [String; 3],
    /// What comes out.
    pub counted: [String; 3],
}

/// Why a text is no table of a month.
#[derive(Debug, Error)]
pub enum BadTable {
    #[error("there is no column {0}")]
    Column(&'static str),
    #[error("line {line}: {why}")]
    Line { line: usize, why: String },
    #[error(transparent)]
    Formulas(#[from] RatingError),
}

/// Counts every line of a table again, by the formula that was in force in its month.
pub fn verify(table: &str, month: Month) -> Result<Verified, BadTable> {
    let formulas = Formulas::read()?;
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap_or_default();
    let place =
        |name: &'static str| heads.iter().position(|head| *head == name).ok_or(BadTable::Column(name));
    let (left_out, said) = (place("left_out")?, [place("formula")?, place("points")?, place("stars")?]);
    if !heads.starts_with(&COLUMNS) {
        return Err(BadTable::Column(COLUMNS[0]));
    }
    let mut verified = Verified::default();
    for (at, fields) in lines.enumerate() {
        let wrong = |why: String| BadTable::Line { line: at + 2, why };
        if fields.len() != heads.len() {
            return Err(wrong(format!("{} columns, and there are {}", fields.len(), heads.len())));
        }
        verified.lines += 1;
        if fields[left_out] == "yes" {
            verified.left_out += 1;
            continue;
        }
        let row =
            Row::from_line(&fields[..COLUMNS.len()].join(",")).map_err(|error| wrong(error.to_string()))?;
        let said = said.map(|at| fields[at].to_owned());
        let counted = counted(&formulas, month, &row);
        verified.starred += usize::from(!counted[2].is_empty());
        if said != counted || row.month != month.tag() {
            verified.differences.push(Difference { service: row.service, said, counted });
        }
    }
    Ok(verified)
}

/// Version, points and stars of a row, as the file writes them.
fn counted(formulas: &Formulas, month: Month, row: &Row) -> [String; 3] {
    let score = formulas.of(month).map(|formula| formula.score(row));
    let text = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        text(score.as_ref().map(|score| score.version.into())),
        text(score.as_ref().and_then(|score| score.points).map(Share::points).map(u64::from)),
        text(score.as_ref().and_then(|score| score.stars.ok()).map(u64::from)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        db::Json,
        ratings::scores::{model::Kept, open, sheet},
    };

    fn month() -> Month {
        Month::named("2026-11").unwrap()
    }

    /// Docs give this line as their example.
    fn table() -> String {
        let kept = |service: &str, rated: i64| Kept {
            agency: "an-agency".to_owned(),
            domain: "D01".to_owned(),
            maturity: "transaction".to_owned(),
            finished: 2 * rated,
            satisfied: rated - rated / 10,
            dissatisfied: rated / 10,
            decided: 2 * rated,
            on_time: 2 * rated - 10,
            on_time_of: 2 * rated,
            first_pass: 2 * rated - 20,
            reachable: 990,
            reachable_of: 1_000,
            durations: Json([(2_880, u64::try_from(2 * rated).unwrap())].into_iter().collect()),
            promised_minutes: 7_200,
            guide: 11,
            guide_of: 12,
            ..Kept::empty(service, month())
        };
        let rows = [kept("YZ1", 100), kept("YZ2", 40)];
        let formulas = Formulas::read().unwrap();
        open::table(&sheet::lines(&rows, &formulas, 5).unwrap(), 5)
    }

    #[test]
    fn what_the_portal_writes_comes_out_the_same() {
        let verified = verify(&table(), month()).unwrap();
        assert_eq!((verified.lines, verified.starred, verified.left_out), (2, 2, 0));
        assert!(verified.differences.is_empty(), "{:?}", verified.differences);
    }

    #[test]
    fn a_star_that_was_given_is_found() {
        let table = table();
        let forged = table.replacen(",1,8929,5,", ",1,8929,4,", 1);
        assert_ne!(forged, table, "the example of the documents: {table}");
        assert_eq!(verify(&forged, month()).unwrap().differences.len(), 1);
        // A rating more than there was changes what comes out, or cannot be.
        let forged = table.replacen("YZ1,2026-11,200,0,10,0,90,", "YZ1,2026-11,200,0,0,0,100,", 1);
        assert_ne!(forged, table);
        assert_eq!(verify(&forged, month()).unwrap().differences.len(), 1);
        // And a file of another month is not this month's.
        assert_eq!(verify(&table, month().next()).unwrap().differences.len(), 2);
    }

    #[test]
    fn what_is_no_table_is_said_so() {
        for bad in ["", "service,month\n", "<html>"] {
            assert!(verify(bad, month()).is_err(), "{bad}");
        }
        let cut = table().lines().map(|line| &line[..line.len() - 3]).collect::<Vec<_>>().join("\n");
        assert!(verify(&cut, month()).is_err());
    }
}
