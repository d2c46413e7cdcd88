//! Tables that nobody can be found in.

use proptest::prelude::*;
use yimen_scores::cells::{Published, publish};

const LEAST: u64 = 5;

#[test]
fn a_small_cell_takes_others_with_it() {
    let counts = vec![vec![2, 40, 60], vec![50, 30, 20], vec![70, 80, 90]];
    let published = publish(&counts, LEAST);
    assert_eq!(published.cells[0][0], None);
    // One cell alone could be counted back from the totals of its row and of its column.
    let left_out = published.cells.iter().flatten().filter(|cell| cell.is_none()).count();
    assert_eq!(left_out, 4);
    assert_eq!(published.cells[2], [Some(70), Some(80), Some(90)]);
    assert_eq!(published.rows, [Some(102), Some(100), Some(240)]);
    assert_eq!(published.total, Some(442));
}

#[test]
fn nobody_is_nobody_and_a_few_are_nothing() {
    let published = publish(&[vec![0, 10], vec![20, 0]], LEAST);
    assert_eq!(published.cells, [[Some(0), Some(10)], [Some(20), Some(0)]]);
    let few = publish(&[vec![1, 2]], LEAST);
    assert_eq!(
        few,
        Published { cells: vec![vec![None, None]], rows: vec![None], columns: vec![None, None], total: None }
    );
    assert_eq!(publish(&[], LEAST).total, Some(0));
}

proptest! {
    #[test]
    fn no_line_gives_a_cell_away(
        counts in proptest::collection::vec(proptest::collection::vec(prop_oneof![3 => 0_u64..8, 2 => 0_u64..200], 4), 1..7)
    ) {
        let published = publish(&counts, LEAST);
        let mut lines: Vec<Vec<(Option<u64>, u64)>> = Vec::new();
        let sum = |line: &[u64]| line.iter().sum::<u64>();
        for (row, cells) in counts.iter().enumerate() {
            let mut line: Vec<_> = published.cells[row].iter().copied().zip(cells.iter().copied()).collect();
            line.push((published.rows[row], sum(cells)));
            lines.push(line);
        }
        for column in 0..4 {
            let values: Vec<u64> = counts.iter().map(|row| row[column]).collect();
            let mut line: Vec<_> = published.cells.iter().map(|row| row[column]).zip(values.iter().copied()).collect();
            line.push((published.columns[column], sum(&values)));
            lines.push(line);
        }
        let rows: Vec<u64> = counts.iter().map(|row| sum(row)).collect();
        let mut corner: Vec<_> = published.rows.iter().copied().zip(rows.iter().copied()).collect();
        corner.push((published.total, sum(&rows)));
        lines.push(corner);
        for line in lines {
            for (shown, value) in &line {
                prop_assert!(shown.is_none_or(|shown| shown == *value), "what is shown is true");
                prop_assert!(shown.is_none_or(|shown| shown == 0 || shown >= LEAST), "and about enough people");
            }
            let hidden: Vec<u64> = line.iter().filter(|(shown, _)| shown.is_none()).map(|(_, value)| *value).collect();
            let whole = hidden.len() == line.len();
            prop_assert!(hidden.is_empty() || whole || hidden.len() >= 2 && sum(&hidden) >= LEAST, "{:?}", line);
        }
    }
}
