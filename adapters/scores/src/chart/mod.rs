//! Charts as text: SVG that needs neither script nor style of its own, and the table that says the same.
//!
//! Whoever asks brings every word, and every number as it is shown: a chart knows no language. Colours come from the
//! page's style by class (`chart-bar`, `chart-line series-0` …), and bars and lines differ in more than colour. What cannot be
//! drawn (a gap, no values at all) is left out of the picture and stands in the table.

mod bars;
mod escape;
mod frame;
mod lines;
mod table;

pub use escape::escape;

/// One value, as it is drawn and as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// None is a gap: nothing is known, which is not nothing.
    pub at: Option<f64>,
    pub shown: String,
}

/// Values of the same kind, one for each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Vec<Value>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Names the picture and the table; must be unique on the page, of letters, digits and dashes.
    pub id: String,
    pub title: String,
    /// What the picture shows, in a sentence, for those who do not see it.
    pub summary: String,
    /// What the labels are: the head of the table's first column.
    pub over: String,
    pub labels: Vec<String>,
    pub series: Vec<Series>,
    /// The lowest and the highest value of the axis, where they are given: shares go from 0 to 100.
    pub range: Option<(f64, f64)>,
}

/// A picture and the table that says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub svg: String,
    pub table: String,
}

impl Chart {
    /// Lines over time.
    pub fn lines(&self) -> Drawn {
        Drawn { svg: lines::draw(self), table: table::of(self) }
    }

    /// Bars side by side.
    pub fn bars(&self) -> Drawn {
        Drawn { svg: bars::draw(self), table: table::of(self) }
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        let values = self.series.iter().flat_map(|series| series.values.iter().take(self.labels.len()));
        values.filter_map(Value::drawn)
    }
}

/// Beyond this nobody reads a chart, and sums of what is drawn could overflow.
const FURTHEST: f64 = 1e15;

impl Value {
    /// Where it is drawn, if it can be.
    fn drawn(&self) -> Option<f64> {
        self.at.filter(|at| at.is_finite()).map(|at| at.clamp(-FURTHEST, FURTHEST))
    }
}
