//! Tables that people take away as files and open in a spreadsheet.

use actix_web::{
    HttpResponse,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};

use super::Failure;

/// A table as a file. `name` is ours, without its ending.
pub fn sheet(name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Result<HttpResponse, Failure> {
    let body = written(rows).map_err(Failure::broken)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")))
        .body(body))
}

/// A line for each row, with a mark at its head by which spreadsheets know the encoding.
fn written(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        table.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that no spreadsheet takes for a formula: what people write is opened on officers' desks. Some take the wide signs of
/// Chinese keyboards for the narrow ones.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=HYPERLINK(\"http://evil\")"), "'=HYPERLINK(\"http://evil\")");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("＝1＋1"), "'＝1＋1");
        assert_eq!(harmless("赞成"), "赞成");
    }
}
