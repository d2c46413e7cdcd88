//! Lines: one for each series, broken where nothing is known.

use std::fmt::Write as _;

use super::Chart;
use super::escape::escape;
use super::frame::Frame;

pub(super) fn draw(chart: &Chart) -> String {
    let frame = Frame::of(chart, false);
    let mut marks = String::new();
    for (number, series) in chart.series.iter().enumerate() {
        let _ = write!(marks, "<g class=\"chart-line series-{number}\">");
        let points = series.values.iter().take(chart.labels.len()).enumerate();
        let mut path = String::new();
        let mut pen_down = false;
        let mut dots = String::new();
        for (place, value) in points {
            let Some(at) = value.drawn() else {
                pen_down = false;
                continue;
            };
            let (x, y) = (frame.x(place), frame.y(at));
            let _ = write!(path, "{}{x:.1} {y:.1}", if pen_down { 'L' } else { 'M' });
            pen_down = true;
            let _ = write!(
                dots,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"><title>{}: {} {}</title></circle>",
                escape(&chart.labels[place]),
                escape(&series.name),
                escape(&value.shown)
            );
        }
        if !path.is_empty() {
            let _ = write!(marks, "<path d=\"{path}\" fill=\"none\"/>{dots}");
        }
        marks.push_str("</g>");
    }
    frame.around(chart, &marks)
}
