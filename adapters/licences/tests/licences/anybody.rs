//! Every licence type of the city in the hands of a thousand people, over forty years.

use chrono::NaiveDate;
use yimen_licences::{Document, Due, Matter, Renewal, Rule, Standing, State};

use crate::city::{Chance, day, later, somebodys, table, types};

#[test]
fn every_type_answers_for_everybody() {
    let types = types();
    assert_eq!(types.len(), 68);
    for (kind, seed) in types.iter().zip(0..) {
        let rule = Rule::read(kind).unwrap_or_else(|mistake| panic!("{}: {mistake}", kind.code));
        let mut chance = Chance(seed);
        for _ in 0..1_000 {
            let document = somebodys(&mut chance, day("1995-02-28"));
            sane(&kind.code, &rule, &document, &mut chance);
        }
    }
}

/// What must hold whatever the type and whoever the holder.
fn sane(code: &str, rule: &Rule, document: &Document, chance: &mut Chance) {
    let dates = rule.dates(document, table());
    for deadline in dates.deadlines() {
        let Due::On(due) = deadline.due else { continue };
        assert!(
            due > document.issued || deadline.matter == Matter::Tied || deadline.matter == Matter::Plan,
            "{code}: {document:?}"
        );
        assert!(deadline.opens.is_none_or(|opens| opens <= deadline.closes), "{code}");
        if !matches!(deadline.matter, Matter::Plan | Matter::Again) {
            assert!(deadline.closes <= due, "{code}: no window is open after the expiry");
        }
        assert!(deadline.late_until.is_none_or(|until| until > due), "{code}");
    }
    for stages in dates.stages() {
        let days: Vec<NaiveDate> = stages.iter().map(|stage| stage.on).collect();
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "{code}");
        assert!(days.iter().all(|on| *on < stages.closes), "{code}: reminded when it is too late");
    }
    let mut today = document.issued;
    let mut before: Option<(NaiveDate, Standing)> = None;
    // Forty years in steps by chance, and every change on its day.
    while today < later(document.issued, 40 * 365) {
        let now = dates.on(today);
        if let Some((earlier, then)) = before {
            assert!(worsens(then.state, now.state), "{code}: {then:?} on {earlier}, {now:?} on {today}");
            let changed = Standing { next_change: None, ..then } != Standing { next_change: None, ..now };
            let announced = then.next_change.is_some_and(|change| change <= today);
            assert_eq!(changed, announced, "{code}: {then:?} on {earlier}, {now:?} on {today}");
        }
        means_something(code, &now, today);
        before = Some((today, now));
        let step = later(today, 1 + chance.below(1_500));
        today = now.next_change.filter(|change| *change < step || chance.once_in(3)).unwrap_or(step);
    }
}

/// Nothing gets better by waiting, except that what is still to come begins.
fn worsens(then: State, now: State) -> bool {
    then <= now
}

fn means_something(code: &str, now: &Standing, today: NaiveDate) {
    match now.renewal {
        Renewal::From(on) => assert!(on > today, "{code}"),
        Renewal::Open { until: Some(until) }
        | Renewal::Late { until: Some(until) }
        | Renewal::Restore { until: Some(until) } => assert!(until >= today, "{code}"),
        Renewal::Pending => panic!("{code}: nobody asked"),
        _ => {}
    }
    assert!(now.next_change.is_none_or(|change| change > today), "{code}");
    assert!(!now.expiring || now.state == State::Valid, "{code}");
}
