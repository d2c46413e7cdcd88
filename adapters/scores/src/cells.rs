//! Open data without anybody in it: cells of few people are left out, and so are as many others as it takes that
//! nobody can count them back from the totals.

/// A table of counts that is published with the totals of its rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// None is left out.
    pub cells: Vec<Vec<Option<u64>>>,
    pub rows: Vec<Option<u64>>,
    pub columns: Vec<Option<u64>>,
    /// None where the whole table is about too few.
    pub total: Option<u64>,
}

/// Leaves out what is about fewer than `least` people, but more than none. Totals are cells too: one of too few people
/// is left out like any other.
///
/// # What is promised
/// In every row and every column, totals included, either nothing is left out, or at least two cells are whose people
/// together are at least `least`. So no cell that was left out can be counted back from one line of the table.
pub fn publish(counts: &[Vec<u64>], least: u64) -> Published {
    let width = counts.iter().map(Vec::len).max().unwrap_or(0);
    let mut table: Vec<Vec<u64>> = counts
        .iter()
        .map(|row| {
            let mut row = row.clone();
            row.resize(width, 0);
            row.push(row.iter().sum());
            row
        })
        .collect();
    let totals = (0..=width).map(|column| table.iter().map(|row| row[column]).sum()).collect();
    table.push(totals);
    let mut hidden: Vec<Vec<bool>> =
        table.iter().map(|row| row.iter().map(|count| (1..least).contains(count)).collect()).collect();
    while protect_rows(&table, &mut hidden, least) | protect_columns(&table, &mut hidden, least) {}
    let shown = |row: usize, column: usize| Some(table[row][column]).filter(|_| !hidden[row][column]);
    let height = counts.len();
    Published {
        cells: (0..height).map(|row| (0..width).map(|column| shown(row, column)).collect()).collect(),
        rows: (0..height).map(|row| shown(row, width)).collect(),
        columns: (0..width).map(|column| shown(height, column)).collect(),
        total: shown(height, width),
    }
}

fn protect_rows(table: &[Vec<u64>], hidden: &mut [Vec<bool>], least: u64) -> bool {
    let mut changed = false;
    for (row, hidden) in table.iter().zip(hidden) {
        if let Some(column) = weakest(row, hidden, least) {
            hidden[column] = true;
            changed = true;
        }
    }
    changed
}

fn protect_columns(table: &[Vec<u64>], hidden: &mut [Vec<bool>], least: u64) -> bool {
    let mut changed = false;
    for column in 0..table.first().map_or(0, Vec::len) {
        let line: Vec<u64> = table.iter().map(|row| row[column]).collect();
        let marks: Vec<bool> = hidden.iter().map(|row| row[column]).collect();
        if let Some(row) = weakest(&line, &marks, least) {
            hidden[row][column] = true;
            changed = true;
        }
    }
    changed
}

/// The cell to leave out next, where those that are do not protect each other: the smallest that has people in it, the
/// total of the line last.
fn weakest(line: &[u64], hidden: &[bool], least: u64) -> Option<usize> {
    let left_out = hidden.iter().filter(|hidden| **hidden).count();
    let people: u64 = line.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(count, _)| count).sum();
    if left_out == 0 || left_out > 1 && people >= least {
        return None;
    }
    let open = line.iter().zip(hidden).enumerate().filter(|(_, (_, hidden))| !**hidden);
    open.min_by_key(|(place, (count, _))| (**count == 0, place + 1 == line.len(), **count))
        .map(|(place, _)| place)
}
