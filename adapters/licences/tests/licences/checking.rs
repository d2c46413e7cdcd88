//! What is said to those who write licence types.

use yimen_contract::licence::{Late, LateState, LicenceType};
use yimen_licences::check;

use crate::city::{kind, types};

fn said(kind: &LicenceType) -> Vec<String> {
    check::mistakes(kind)
        .into_iter()
        .map(|(field, problem)| format!("{field}: {}", problem.message))
        .collect()
}

#[test]
fn the_city_makes_none_of_these_mistakes() {
    for kind in types() {
        assert_eq!(said(&kind), Vec::<String>::new(), "{}", kind.code);
    }
}

#[test]
fn a_reminder_on_the_last_day_to_act_is_refused() {
    let nurse = LicenceType { reminder_days: vec![120, 30], ..kind("L26") };
    let said = said(&nurse);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with(
            "reminder_days[1]: For one that expires on 2027-01-01, the last day to act is 2026-12-02;"
        ),
        "{said:?}"
    );
    assert_eq!(
        super::checking::said(&LicenceType { reminder_days: vec![31], ..kind("L26") }),
        Vec::<String>::new()
    );
    // Ninety days before is in time by most calendars, and not where three months have ninety-two days.
    let school = LicenceType { reminder_days: vec![180, 90], ..kind("B14") };
    assert!(super::checking::said(&school)[0].contains("of no use any more"));
    // The second date of a document is tried as well: in time for the end of May, too late for that of June.
    let two = |days: Vec<u16>| LicenceType {
        validity: "endorse(03-01..05-31)+annual_report(01-01..06-30)".to_owned(),
        renew_open: Some("fixed(01-01)".to_owned()),
        renew_close: Some("fixed(05-31)".to_owned()),
        reminder_days: days,
        ..kind("L32")
    };
    assert_eq!(super::checking::said(&two(vec![31])), Vec::<String>::new());
    assert!(super::checking::said(&two(vec![20]))[0].contains("expires on 2027-06-30"));
    let same_day = LicenceType { reminder_days: vec![7, 0], ..kind("L06") };
    assert!(super::checking::said(&same_day)[0].starts_with("reminder_days[1]"));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let windows = LicenceType {
        renew_open: Some("-30D".to_owned()),
        renew_close: Some("-1M".to_owned()),
        ..kind("L06")
    };
    assert!(
        said(&windows)[0].starts_with("renew_open: For one that expires on 2027-01-01"),
        "{:?}",
        said(&windows)
    );
    let prose = LicenceType { validity: "fixed(as on the licence)".to_owned(), ..kind("B15") };
    assert_eq!(said(&prose), ["validity: `fixed(as on the licence)` means nothing."]);
    let endless = LicenceType { validity: "long".to_owned(), ..kind("L06") };
    assert_eq!(said(&endless), ["reminder_days: It never ends, so nobody can be reminded before its end."]);
    let milder = Late { state: LateState::Expired, then: Some(LateState::Suspended), ..Late::default() };
    assert_eq!(
        said(&LicenceType { late: Some(milder), ..kind("L06") }),
        ["late.then: What follows later is milder than what follows first."]
    );
    let early = Late { renew_until: Some("-30D".to_owned()), ..Late::default() };
    assert_eq!(
        said(&LicenceType { late: Some(early), ..kind("L06") }),
        ["late.renew_until: `-30D` is no day that can be counted."]
    );
}

#[test]
fn the_licence_in_the_handbook_is_one() {
    let text = std::fs::read_to_string(crate::city::folder("../docs/agency.md")).unwrap();
    let section = text.split("\n## Licences\n").nth(1).unwrap();
    let lines = section.lines().skip_while(|line| !line.starts_with("    code"));
    let example: Vec<&str> = lines.take_while(|line| line.starts_with("    ")).collect();
    let kind: LicenceType = toml::from_str(&example.join("\n")).unwrap();
    assert_eq!(said(&kind), Vec::<String>::new());
    // Every term in the table of the handbook is one.
    let rows = section.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let terms: Vec<&str> = rows
        .take_while(|line| line.starts_with('|'))
        .flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2))
        .collect();
    assert!(terms.len() > 12);
    for term in terms {
        let kind = LicenceType { validity: term.to_owned(), ..kind.clone() };
        yimen_licences::Rule::read(&kind).unwrap_or_else(|mistake| panic!("{term}: {mistake}"));
    }
}
