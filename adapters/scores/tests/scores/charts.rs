//! Charts that hold what they are given, and nothing that it could do.

use proptest::prelude::*;
use yimen_scores::chart::{Chart, Drawn, Series, Value, escape};

fn value(at: Option<f64>) -> Value {
    Value { at, shown: at.map_or_else(|| "—".to_owned(), |at| format!("{at}%")) }
}

fn chart(values: &[Option<f64>]) -> Chart {
    Chart {
        id: "satisfaction".to_owned(),
        title: "满意度".to_owned(),
        summary: "三个月都在九成以上".to_owned(),
        over: "月份".to_owned(),
        labels: (0..values.len()).map(|month| format!("{}月", month + 1)).collect(),
        series: vec![Series {
            name: "本市".to_owned(), values: values.iter().copied().map(value).collect()
        }],
        range: Some((0.0, 100.0)),
    }
}

fn times(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn a_gap_breaks_the_line_and_stands_in_the_table() {
    let drawn = chart(&[Some(91.0), Some(92.5), None, Some(95.0)]).lines();
    assert_eq!((times(&drawn.svg, "<circle"), times(&drawn.svg, "<path")), (3, 1));
    let path = drawn.svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!((times(path, "M"), times(path, "L")), (2, 1));
    assert!(drawn.table.contains("<tr><th scope=\"row\">3月</th><td>—</td></tr>"), "{}", drawn.table);
    assert!(drawn.svg.contains("<title id=\"csatisfaction-title\">满意度</title>"));
}

#[test]
fn bars_stand_on_nothing() {
    let mut chart = chart(&[Some(10.0), Some(-5.0)]);
    chart.range = None;
    let drawn = chart.bars();
    assert_eq!(times(&drawn.svg, "<rect"), 2);
    // Both begin at the line of nothing: one ends there, the other starts there.
    let attribute = |place: usize, name: &str| -> f64 {
        let rect = drawn.svg.split("<rect").nth(place).unwrap();
        rect.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!((attribute(1, "y") + attribute(1, "height") - attribute(2, "y")).abs() < 0.2);
}

#[test]
fn nothing_to_draw_is_still_a_chart() {
    for values in [&[][..], &[None, None], &[Some(f64::NAN), Some(f64::INFINITY)], &[Some(7.0)]] {
        for range in [None, Some((0.0, 0.0)), Some((f64::NAN, 1.0))] {
            let chart = Chart { range, ..chart(values) };
            for drawn in [chart.lines(), chart.bars()] {
                assert!(!drawn.svg.contains("NaN") && !drawn.svg.contains("inf"), "{}", drawn.svg);
            }
        }
    }
}

#[test]
fn a_policy_without_inline_style_and_script_lets_it_through() {
    let drawn = chart(&[Some(1.0)]).bars();
    assert!(!drawn.svg.contains("style") && !drawn.svg.contains("<script") && !drawn.svg.contains(" on"));
}

/// Whether every tag is closed by its like, and attributes are quoted.
fn is_well_formed(markup: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>') else { return false };
        let tag = &rest[start + 1..start + end];
        let quotes = times(tag, "\"");
        if !quotes.is_multiple_of(2) || tag.contains('<') {
            return false;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split_whitespace().next().unwrap_or_default().to_owned());
        }
        rest = &rest[start + end + 1..];
    }
    open.is_empty()
}

proptest! {
    #[test]
    fn no_text_breaks_out(
        words in proptest::collection::vec("(<script>|\"| onload=|'|&|</svg>|\\]\\]>|\\PC|[\u{0}-\u{20}]){0,6}", 6),
        values in proptest::collection::vec(proptest::option::of(any::<f64>()), 0..30),
    ) {
        let chart = Chart {
            id: words[0].clone(),
            title: words[1].clone(),
            summary: words[2].clone(),
            over: words[3].clone(),
            labels: values.iter().map(|_| words[4].clone()).collect(),
            series: vec![Series {
                name: words[5].clone(),
                values: values.iter().map(|at| Value { at: *at, shown: words[0].clone() }).collect(),
            }],
            range: None,
        };
        for Drawn { svg, table } in [chart.lines(), chart.bars()] {
            prop_assert!(is_well_formed(&svg), "{}", svg);
            prop_assert!(is_well_formed(&table), "{}", table);
            prop_assert!(!svg.contains("<script") && !table.contains("<script"));
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""));
        }
        let breaks_out = escape(&words[0]).contains(['<', '>', '"', '\'', '\u{0}']);
        prop_assert!(!breaks_out);
    }
}
