//! What every chart has: its size, title, axis and labels.

use std::fmt::Write as _;

use super::Chart;
use super::escape::{escape, name};

pub(super) const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
pub(super) const LEFT: f64 = 48.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 36.0;
/// More labels than this would run into each other.
const MOST_LABELS: usize = 12;
const STEPS: u32 = 4;

/// The frame of one chart: where values lie.
pub(super) struct Frame {
    low: f64,
    high: f64,
    slots: f64,
}

impl Frame {
    /// An axis that holds every value; bars begin at nothing.
    pub fn of(chart: &Chart, from_nothing: bool) -> Self {
        let (mut low, mut high) = chart.range.unwrap_or_else(|| {
            let start = if from_nothing { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
            chart.values().fold(start, |(low, high), value| (low.min(value), high.max(value)))
        });
        if !(high - low).is_finite() {
            (low, high) = (0.0, 1.0);
        }
        if high <= low {
            let around = low.abs().max(1.0) / 2.0;
            (low, high) = if from_nothing { (low, low + 1.0) } else { (low - around, low + around) };
        }
        Self { low, high, slots: count(chart.labels.len().max(1)) }
    }

    /// The middle of a label's place.
    pub fn x(&self, place: usize) -> f64 {
        LEFT + (count(place) + 0.5) * self.slot()
    }

    /// How wide a label's place is.
    pub fn slot(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.slots
    }

    /// The height of a value; one beyond the axis stays at its end.
    pub fn y(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
    }

    pub fn bottom(&self) -> f64 {
        self.y(self.low.max(0.0).min(self.high))
    }

    /// The picture around its marks.
    pub fn around(&self, chart: &Chart, marks: &str) -> String {
        let (id, title, summary) = (name(&chart.id), escape(&chart.title), escape(&chart.summary));
        let mut svg = format!(
            "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-labelledby=\"{id}-title {id}-summary\">\
             <title id=\"{id}-title\">{title}</title><desc id=\"{id}-summary\">{summary}</desc>"
        );
        self.axis(&mut svg);
        self.labels(chart, &mut svg);
        svg.push_str(marks);
        svg.push_str("</svg>");
        svg
    }

    fn axis(&self, svg: &mut String) {
        svg.push_str("<g class=\"chart-axis\" aria-hidden=\"true\">");
        for step in 0..=STEPS {
            let value = self.low + (self.high - self.low) * f64::from(step) / f64::from(STEPS);
            let (y, said) = (self.y(value), axis_number(value, self.high - self.low));
            let (end, at) = (WIDTH - RIGHT, LEFT - 6.0);
            let _ = write!(
                svg,
                "<line x1=\"{LEFT}\" x2=\"{end}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text x=\"{at}\" y=\"{y:.1}\" \
                 text-anchor=\"end\" dominant-baseline=\"middle\">{said}</text>"
            );
        }
        svg.push_str("</g>");
    }

    fn labels(&self, chart: &Chart, svg: &mut String) {
        let every = chart.labels.len().div_ceil(MOST_LABELS).max(1);
        svg.push_str("<g class=\"chart-labels\" aria-hidden=\"true\">");
        for (place, label) in chart.labels.iter().enumerate().step_by(every) {
            let (x, y) = (self.x(place), HEIGHT - 12.0);
            let _ =
                write!(svg, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", escape(label));
        }
        svg.push_str("</g>");
    }
}

/// As many decimals as tell the steps apart.
fn axis_number(value: f64, span: f64) -> String {
    let decimals = if span >= 8.0 {
        0
    } else if span >= 0.8 {
        1
    } else {
        3
    };
    let said = format!("{value:.decimals$}");
    // Rounding must not leave a nothing that is less than nothing.
    if said.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
        return said.trim_start_matches('-').to_owned();
    }
    said
}

#[expect(clippy::cast_precision_loss, reason = "nobody draws that many labels")]
pub(super) fn count(count: usize) -> f64 {
    count as f64
}
