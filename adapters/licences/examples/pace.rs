//! How many documents a second can be looked at: every licence type of the city in a million hands.
//!
//! `cargo run --release -p yimen-licences --example pace`

#![expect(clippy::unwrap_used, reason = "an example that meets the unexpected should stop")]
#![expect(clippy::cast_precision_loss, reason = "a rate is read, not counted with")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use yimen_licences::reminders::{Marks, Wish, judge};
use yimen_licences::{Document, PlainWeek, Rule, Table};

const DOCUMENTS: u64 = 10_000_000;

fn main() {
    let rules = rules();
    let calendar = Table::of(&PlainWeek, 1990, 2100);
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let document = |number: u64| {
        let mut document = Document::issued(today - Days::new(number.wrapping_mul(7_919) % 7_300));
        document.born = document.issued.checked_sub_days(Days::new(number.wrapping_mul(104_729) % 30_000));
        document.class = Some("A");
        document.size = Some(50);
        (&rules[usize::try_from(number).unwrap() % rules.len()], document)
    };
    timed("dates", || {
        for number in 0..DOCUMENTS {
            let (rule, document) = document(number);
            black_box(rule.dates(&document, &calendar));
        }
    });
    timed("dates and standing", || {
        for number in 0..DOCUMENTS {
            let (rule, document) = document(number);
            black_box(rule.dates(&document, &calendar).on(today));
        }
    });
    timed("dates and due reminders", || {
        for number in 0..DOCUMENTS {
            let (rule, document) = document(number);
            let dates = rule.dates(&document, &calendar);
            for stages in dates.stages() {
                black_box(judge(&stages, Marks::default(), Wish::default(), today));
            }
        }
    });
}

fn timed(what: &str, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    let seconds = start.elapsed().as_secs_f64();
    println!("{what}: {:.1} million documents a second", DOCUMENTS as f64 / seconds / 1e6);
}

fn rules() -> Vec<Rule> {
    let agencies = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../agencies");
    let folders = std::fs::read_dir(agencies).unwrap().map(|entry| entry.unwrap().path().join("licences"));
    let files = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts.map(|text| Rule::read(&toml::from_str(&text).unwrap()).unwrap()).collect()
}
