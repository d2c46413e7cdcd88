//! Bars: one for each label and series.

use std::fmt::Write as _;

use super::Chart;
use super::escape::escape;
use super::frame::{Frame, count};

/// How much of a label's place its bars fill.
const FILLED: f64 = 0.8;

pub(super) fn draw(chart: &Chart) -> String {
    let frame = Frame::of(chart, true);
    let width = frame.slot() * FILLED / count(chart.series.len().max(1));
    let mut marks = String::new();
    for (number, series) in chart.series.iter().enumerate() {
        let _ = write!(marks, "<g class=\"chart-bar series-{number}\">");
        for (place, value) in series.values.iter().enumerate().take(chart.labels.len()) {
            let Some(at) = value.drawn() else { continue };
            let x = frame.x(place) - frame.slot() * FILLED / 2.0 + width * count(number);
            let (one, other) = (frame.y(at), frame.bottom());
            let (top, height) = (one.min(other), (one - other).abs());
            let _ = write!(
                marks,
                "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"><title>{}: {} {}</title></rect>",
                escape(&chart.labels[place]),
                escape(&series.name),
                escape(&value.shown)
            );
        }
        marks.push_str("</g>");
    }
    frame.around(chart, &marks)
}
