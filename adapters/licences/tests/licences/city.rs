//! The city's licence types, working days, and people made up by chance that can be repeated.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use yimen_contract::licence::LicenceType;
use yimen_licences::{Calendar, Document, Rule, Table};

pub fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// Every licence type of the demo city, by code.
pub fn types() -> Vec<LicenceType> {
    let mut types: Vec<LicenceType> = Vec::new();
    for agency in std::fs::read_dir(folder("agencies")).unwrap() {
        let Ok(files) = std::fs::read_dir(agency.unwrap().path().join("licences")) else { continue };
        for file in files {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            types.push(toml::from_str(&text).unwrap());
        }
    }
    types.sort_by(|a, b| a.code.cmp(&b.code));
    types
}

pub fn kind(code: &str) -> LicenceType {
    types().into_iter().find(|kind| kind.code == code).unwrap()
}

pub fn rule(code: &str) -> Rule {
    Rule::read(&kind(code)).unwrap()
}

/// The published years, read from the city's package.
#[derive(Debug, Clone, Default)]
pub struct Published {
    off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
    years: BTreeSet<i32>,
}

impl Calendar for Published {
    fn is_working(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.worked.contains(&day) || !weekend && !self.off.contains(&day)
    }

    fn is_published(&self, year: i32) -> bool {
        self.years.contains(&year)
    }
}

pub fn published() -> Published {
    let text = std::fs::read_to_string(folder("city/calendar.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let mut calendar = Published::default();
    for span in file["spans"].as_array().unwrap() {
        let end = |name: &str| day(span[name].as_str().unwrap());
        for day in end("from").iter_days().take_while(|day| *day <= end("to")) {
            calendar.years.insert(day.year());
            let into =
                if span["kind"].as_str() == Some("work") { &mut calendar.worked } else { &mut calendar.off };
            into.insert(day);
        }
    }
    calendar
}

/// The same, counted out over a century.
pub fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(&published(), 1990, 2100));
    &TABLE
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn later(from: NaiveDate, days: u64) -> NaiveDate {
    from + Days::new(days)
}

/// Chance that repeats itself (splitmix64).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Happens once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

/// A document in somebody's hands, with everything known that any rule asks for.
pub fn somebodys(chance: &mut Chance, around: NaiveDate) -> Document<'static> {
    let mut document = Document::issued(later(around, chance.below(40 * 365)));
    let issued = document.issued;
    document.born = issued.checked_sub_days(Days::new(chance.below(90 * 365)));
    document.class =
        Some(["A", "B", "C", "whole-blood", "platelets"][usize::try_from(chance.below(5)).unwrap()]);
    document.size = Some(u32::try_from(chance.below(300)).unwrap());
    document.step = u8::try_from(chance.below(5)).unwrap();
    document.checked = Some(later(issued, chance.below(3_000))).filter(|_| chance.once_in(2));
    document.endorsed = Some(later(issued, chance.below(3_000))).filter(|_| chance.once_in(2));
    document.tied = Some(later(issued, chance.below(20_000)));
    document.next = Some(later(issued, chance.below(2_000)));
    document
}
