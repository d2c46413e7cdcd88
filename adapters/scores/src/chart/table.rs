//! The table that says what the picture shows.

use std::fmt::Write as _;

use super::Chart;
use super::escape::escape;

pub(super) fn of(chart: &Chart) -> String {
    let mut table = format!(
        "<table class=\"chart-table\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
        escape(&chart.title),
        escape(&chart.over)
    );
    for series in &chart.series {
        let _ = write!(table, "<th scope=\"col\">{}</th>", escape(&series.name));
    }
    table.push_str("</tr></thead><tbody>");
    for (place, label) in chart.labels.iter().enumerate() {
        let _ = write!(table, "<tr><th scope=\"row\">{}</th>", escape(label));
        for series in &chart.series {
            let shown = series.values.get(place).map_or("", |value| value.shown.as_str());
            let _ = write!(table, "<td>{}</td>", escape(shown));
        }
        table.push_str("</tr>");
    }
    table.push_str("</tbody></table>");
    table
}
